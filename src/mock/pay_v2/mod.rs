//! The door of pay v2: who asks, is it signed, are the fields right, and then
//! the one function of the row. Comes in: a row and a request; goes out: a
//! signed reply. To add a call, add its row in `api` and its line in
//! [`HANDLERS`].

mod bills;
mod call;
mod counter;
mod invoke;
mod notice;
mod place;
mod refunds;
mod refusal;
mod scan;
mod trade;

use super::answer::{Answered, Draft};
use super::caller::origin;
use super::desk::{Codes, Desk, Heard, Till};
use super::identity::Identity;
use super::no::{NOT_PLAYED, NOT_PLAYED_CODE};
use super::refusal::{RefusedSign, Right, Signed};
use super::world::World;
use crate::api::check::{FieldFault, Problem};
use crate::api::codec::read_request;
use crate::api::endpoint::{Certificate, Endpoint, Kind, Rule, Scheme, SignTypeRule, Success};
use crate::api::keys::{SignType, Who};
use crate::api::pay_v2::{
    AUTHCODETOOPENID, CLOSEORDER, DOWNLOADBILL, DOWNLOADFUNDFLOW, GETSIGNKEY, MICROPAY, ORDERQUERY, REFUND,
    REFUNDQUERY, REPORT, REVERSE, SHORTURL, UNIFIEDORDER,
};
use crate::api::{Answer, ReadError, SealBroken, Stamp};
use crate::wire::{Fields, Reply, Request, query, xml};
use call::{API, Call, plain};
use place::Place;
use refusal::{Refusal, of_problem};

type Handler = fn(&mut World, &Call) -> Result<Answer, Refusal>;

/// Which function answers which row.
static HANDLERS: &[(&Endpoint, Handler)] = &[
    (&UNIFIEDORDER, trade::unifiedorder),
    (&ORDERQUERY, trade::orderquery),
    (&CLOSEORDER, trade::closeorder),
    (&REFUND, refunds::refund),
    (&REFUNDQUERY, refunds::refundquery),
    (&DOWNLOADBILL, bills::downloadbill),
    (&DOWNLOADFUNDFLOW, bills::downloadfundflow),
    (&MICROPAY, counter::micropay),
    (&REVERSE, counter::reverse),
    (&AUTHCODETOOPENID, counter::authcodetoopenid),
    (&SHORTURL, counter::shorturl),
    (&REPORT, counter::report),
    (&GETSIGNKEY, counter::getsignkey),
];

/// Pay v2.
pub(super) static DESK: Desk = Desk {
    takes: |row| matches!(row.scheme, Scheme::PayV2(_)),
    row_at: place::row_at,
    knows: |request| {
        let is_in_family = FAMILIES.iter().any(|family| request.path().starts_with(family));
        request.method == "POST" && (is_in_family || request.body.trim_ascii_start().starts_with(b"<xml"))
    },
    hear: |identity, row, request, _| Box::new(hear(identity, row, request)),
    takes_any_method: false,
    wrong_method: |_, row, _| turned_away(row, Refusal::protocol("REQUIRE_POST_METHOD")),
    not_played: |_, _| Answered::of(plain(&protocol_fields(NOT_PLAYED_CODE, NOT_PLAYED)), NOT_PLAYED_CODE),
    till: Some(&TILL),
};

static TILL: Till = Till {
    name: API,
    tell: notice::tell,
    is_platforms: true,
    proof: invoke::proof,
    codes: Some(&Codes { scan: scan::scan, answered: scan::answered }),
};

/// How the paths of pay v2 begin.
const FAMILIES: [&str; 9] = [
    "/pay/",
    "/sandboxnew/",
    "/secapi/",
    "/mmpaymkttransfers/",
    "/mmpaysptrans/",
    "/tools/",
    "/payitil/",
    "/billcommentsp/",
    "/xdc/",
];

/// A call that was read and examined, as far as no memory is needed.
#[derive(Debug)]
struct Examined {
    row: &'static Endpoint,
    /// The call, if a known merchant signed it.
    call: Result<Box<Call>, Refusal>,
    /// What is wrong with its account or fields.
    wrong: Option<Refusal>,
}

/// Reads a call, and looks who signed it and whether its fields are right.
fn hear(identity: &Identity, row: &'static Endpoint, request: &Request) -> Examined {
    match admit(identity, row, request) {
        Ok((call, problems)) => {
            let wrong = examine(identity, &call, &problems).err();
            Examined { row, call: Ok(Box::new(call)), wrong }
        }
        Err(refusal) => Examined { row, call: Err(refusal), wrong: None },
    }
}

impl Heard for Examined {
    fn answer(
        self: Box<Self>,
        world: &mut World,
        request: &Request,
        forced: Option<&str>,
        now: u64,
    ) -> Answered<Draft> {
        let Self { row, call, wrong } = *self;
        let is_careless = row.certificate == Certificate::Needed && !request.certificate;
        if is_careless && world.options.certificate.holds_for(request) {
            return no_certificate();
        }
        let mut call = match call {
            Ok(call) => call,
            Err(refusal) => return turned_away(row, refusal),
        };
        call.now = now;
        let outcome = match (forced, wrong) {
            (Some(code), _) => Err(Refusal::forced(code)),
            (None, Some(wrong)) => Err(wrong),
            (None, None) => handle(world, &call),
        };
        match outcome {
            Ok(answer) => Answered::of(Draft::unsealed(row, answer, call.keys), "ok"),
            Err(Refusal::Business { code, text }) => refused(world, *call, &code, &text),
            Err(refusal) => turned_away(row, refusal),
        }
    }
}

/// Lets a request in that a known merchant signed.
fn admit(
    identity: &Identity,
    row: &'static Endpoint,
    request: &Request,
) -> Result<(Call, Vec<Problem>), Refusal> {
    let place = Place::of(request.path());
    let ring = |who: Who<'_>| Some(place.keys(identity.merchant(who.mch_id)?, who.app_id, SignType::Md5));
    let mut heard = read_request(row, request, &ring, Stamp::TIMELESS.now);
    if let Some(plain) = heard.as_ref().err().and_then(|_| with_plain_url(row, request)) {
        heard = read_request(row, &plain, &ring, Stamp::TIMELESS.now).or(heard);
    }
    let heard = heard.map_err(|error| unheard(identity, (row, place), error))?;
    let (fields, keys) = (heard.fields, heard.keys);
    let said = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    let (app_id, mch_id, origin) = (said("appid"), said("mch_id"), origin(request));
    let call = Call { row, place, fields, app_id, mch_id, keys, now: 0, origin };
    Ok((call, heard.problems))
}

/// A link to shorten is signed as it is, and may be sent URL-encoded: the same message
/// as it was signed.
/// <https://pay.weixin.qq.com/wiki/doc/api/native.php?chapter=9_9&index=10>
fn with_plain_url(row: &Endpoint, request: &Request) -> Option<Request> {
    let mut fields = xml::read(&request.body).ok().filter(|_| row == &SHORTURL)?;
    let url = fields.get(LONG_URL).filter(|url| url.contains('%'))?;
    let plain = query::read(&format!("u={}", url.replace('+', "%2B"))).ok()?;
    fields.set(LONG_URL, plain.get("u")?);
    Some(Request { body: xml::write(&fields).ok()?.into(), ..request.clone() })
}

const LONG_URL: &str = "long_url";

/// Account and fields.
fn examine(identity: &Identity, call: &Call, problems: &[Problem]) -> Result<(), Refusal> {
    let is_of_an_app = call.row.field("appid").is_some();
    if is_of_an_app && identity.app(&call.app_id).is_none() {
        return Err(Refusal::of("APPID_NOT_EXIST"));
    }
    let merchant = identity.merchant(&call.mch_id);
    if is_of_an_app && !merchant.is_some_and(|merchant| merchant.app_ids.contains(&call.app_id)) {
        return Err(Refusal::of("APPID_MCHID_NOT_MATCH"));
    }
    let sub = call.fields.filled("sub_mch_id");
    if sub.is_some_and(|sub| merchant.is_some_and(|merchant| !merchant.may_order_for(sub))) {
        return Err(Refusal::of("SUB_MCH_ID_INVALID"));
    }
    match problems.iter().find(|problem| is_minded(call.row, problem)) {
        Some(problem) => Err(of_problem(call.row, problem)),
        None => Ok(()),
    }
}

/// The six characters that an order number has at least are asked of new orders only:
/// by a shorter one no order is found.
fn is_minded(row: &Endpoint, problem: &Problem) -> bool {
    let is_short = match &problem.fault {
        FieldFault::NotA { kind: Kind::OrderNo, value } => is_number(value),
        _ => false,
    };
    let orders = [&UNIFIEDORDER, &MICROPAY].contains(&row);
    orders || !is_short
}

/// Whether it would be an order number if it were longer.
fn is_number(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"_-|*".contains(&b);
    text.len() <= 32 && text.bytes().all(plain)
}

fn handle(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    match HANDLERS.iter().find(|(answered, _)| *answered == call.row) {
        Some((_, handler)) => handler(world, call),
        None => Err(Refusal::of("SYSTEMERROR")),
    }
}

/// A call, and where it was made.
type Made = (&'static Endpoint, Place);

/// What WeChat says to a call that is not believed.
fn unheard(identity: &Identity, made: Made, error: ReadError) -> Refusal {
    match error {
        ReadError::Wire(error) => error.into(),
        ReadError::Nobody => Refusal::protocol("MCHID_NOT_EXIST"),
        ReadError::Seal { broken, fields } => wrong_sign(identity, made, *broken, fields),
        _ => Refusal::protocol("SYSTEMERROR"),
    }
}

fn wrong_sign(identity: &Identity, (row, place): Made, broken: SealBroken, fields: Fields) -> Refusal {
    let merchant = identity.merchant(fields.get("mch_id").unwrap_or_default());
    let Some(merchant) = merchant else { return Refusal::protocol("MCHID_NOT_EXIST") };
    let (key, (label, other)) = (place.key_of(merchant), place.other_key_of(merchant));
    let mut fields = fields;
    if matches!(row.scheme, Scheme::PayV2(Rule { sign_type: SignTypeRule::Md5LeftOut, .. })) {
        // What was not looked at is no part of the case either.
        fields.remove("sign_type");
    }
    Refusal::Sign(Box::new(RefusedSign {
        request_id: 0,
        endpoint: row.name,
        what: Signed::Message,
        fields,
        right: Right::of_key(&key, broken.right.expected, broken.right.canonical.masked()),
        key,
        others: vec![(label.to_owned(), other)],
        given: broken.given,
        sign_type: broken.sign_type.as_str(),
    }))
}

/// A business refusal: signed, with the names of who asked.
fn refused(world: &mut World, call: Call, code: &str, text: &str) -> Answered<Draft> {
    if call.row.success == Success::File {
        return Answered::of(bills::no(call.row, code, text), code);
    }
    let mut fields = call.reply(&mut world.dice);
    fields.extend([("result_code", "FAIL"), ("err_code", code), ("err_code_des", text)]);
    Answered::of(Draft::unsealed(call.row, fields.into(), call.keys), code)
}

/// A protocol refusal: unsigned, without names.
fn turned_away(row: &'static Endpoint, refusal: Refusal) -> Answered<Draft> {
    let verdict = refusal.verdict().to_owned();
    let (code, text, refused) = match refusal {
        Refusal::Protocol { code, text } | Refusal::Business { code, text } => (code, text, None),
        Refusal::Sign(refused) => (String::new(), "签名错误".to_owned(), Some(*refused)),
    };
    let reply = if row.success == Success::File {
        bills::no(row, if refused.is_some() { "SIGNERROR" } else { &code }, &text)
    } else {
        plain(&protocol_fields(&code, &text))
    };
    Answered { refused, ..Answered::of(reply, verdict) }
}

/// WeChat sends the text alone; the documented code stands beside it, where a
/// reader who stops at `return_code` does not look.
fn protocol_fields(code: &str, text: &str) -> Fields {
    let mut fields: Fields = [("return_code", "FAIL"), ("return_msg", text)].into_iter().collect();
    if !code.is_empty() {
        fields.extend([("result_code", "FAIL"), ("err_code", code), ("err_code_des", text)]);
    }
    fields
}

/// What WeChat's front server says, before anything is read.
fn no_certificate() -> Answered<Draft> {
    let page = "<html>\r\n<head><title>400 No required SSL certificate was sent</title></head>\r\n<body>\r\n\
                <center><h1>400 Bad Request</h1></center>\r\n<center>No required SSL certificate was sent\
                </center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    let reply = Reply::ok("text/html", page).with_status(400);
    Answered::of(reply, "NO_CERTIFICATE")
}
