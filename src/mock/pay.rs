//! The door of pay v2: who asks, is it signed, are the fields right, and then
//! the one function of the row. Comes in: a row and a request; goes out: a
//! signed reply. To add a call, add its row in `api` and its line in
//! [`HANDLERS`].

use std::sync::Arc;

use super::dice::Dice;
use super::refusal::{Refusal, RefusedSign, Right, of_problem};
use super::{CertificateRule, Draft, Identity, Mock, Said, bills, counter, refunds, trade};
use crate::api::check::Problem;
use crate::api::codec::{read_request, write_reply};
use crate::api::endpoint::{Certificate, Endpoint, Scheme, Success};
use crate::api::keys::{Keys, SignType, Who};
use crate::api::pay_v2::{
    AUTHCODETOOPENID, CLOSEORDER, DOWNLOADBILL, DOWNLOADFUNDFLOW, MICROPAY, ORDERQUERY, REFUND, REFUNDQUERY,
    REPORT, REVERSE, SHORTURL, UNIFIEDORDER,
};
use crate::api::{Answer, ReadError, SealBroken};
use crate::wire::{Fields, Reply, Request, xml};

/// A call that is let in.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) row: &'static Endpoint,
    pub(super) fields: Fields,
    /// What of it stays with the order.
    pub(super) asked: Arc<Fields>,
    pub(super) app_id: String,
    pub(super) mch_id: String,
    /// What it was signed with; the reply is too.
    pub(super) keys: Keys,
    pub(super) now: u64,
    /// Where the caller reached us: `http://host`.
    pub(super) origin: String,
}

impl Call {
    /// A value of the request, empty if it is not there.
    pub(super) fn said(&self, name: &str) -> &str {
        self.fields.get(name).unwrap_or_default()
    }

    /// The digest it was signed with.
    pub(super) fn sign_type(&self) -> SignType {
        self.keys.v2.as_ref().map_or(SignType::Md5, |v2| v2.sign_type)
    }

    /// Money that `check` has seen already, in fen.
    pub(super) fn fen(&self, name: &str) -> u64 {
        self.said(name).parse().unwrap_or_default()
    }

    /// How every reply begins.
    pub(super) fn reply(&self, dice: &mut Dice) -> Fields {
        let mut fields: Fields = [("return_code", "SUCCESS"), ("return_msg", "OK")].into_iter().collect();
        fields.extend([("appid", self.app_id.as_str()), ("mch_id", self.mch_id.as_str())]);
        for name in ["sub_appid", "sub_mch_id", "device_info"] {
            if let Some(value) = self.fields.filled(name) {
                fields.set(name, value);
            }
        }
        fields.set("nonce_str", dice.text(16));
        fields.set("result_code", "SUCCESS");
        fields
    }
}

type Handler = fn(&mut Mock, &Call) -> Result<Answer, Refusal>;

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
];

/// A call that was read and examined, as far as no memory is needed.
#[derive(Debug)]
pub(super) struct Opened {
    /// The call, if a known merchant signed it.
    call: Result<Box<Call>, Refusal>,
    /// What is wrong with its account or fields.
    wrong: Option<Refusal>,
}

/// What a reply will say once it is signed.
#[derive(Debug)]
pub(super) struct Unsealed {
    row: &'static Endpoint,
    answer: Answer,
    keys: Keys,
}

impl Unsealed {
    pub(super) fn seal(self) -> Reply {
        let written = write_reply(self.row, self.answer, &self.keys);
        // A value that XML cannot carry cannot have come in as XML either.
        written.unwrap_or_else(|_| plain(&protocol_fields("SYSTEMERROR", "系统错误")))
    }
}

/// Whether a row is answered here.
pub(super) const fn is_mine(row: &Endpoint) -> bool {
    matches!(row.scheme, Scheme::PayV2(_))
}

/// Reads a call, and looks who signed it and whether its fields are right.
pub(super) fn open(identity: &Identity, row: &'static Endpoint, request: &Request) -> Opened {
    match admit(identity, row, request) {
        Ok((call, problems)) => {
            let wrong = examine(identity, &call, &problems).err();
            Opened { call: Ok(Box::new(call)), wrong }
        }
        Err(refusal) => Opened { call: Err(refusal), wrong: None },
    }
}

/// Answers a call of pay v2; with `forced`, refuses it with that code.
pub(super) fn answer(
    mock: &mut Mock,
    row: &'static Endpoint,
    request: &Request,
    opened: Opened,
    forced: Option<&str>,
    now: u64,
) -> Said {
    let careless = row.certificate == Certificate::Needed && !request.certificate;
    if careless && mock.options.certificate == CertificateRule::Required {
        return no_certificate();
    }
    let mut call = match opened.call {
        Ok(call) => call,
        Err(refusal) => return turned_away(row, refusal),
    };
    call.now = now;
    let outcome = match (forced, opened.wrong) {
        (Some(code), _) => Err(Refusal::forced(code)),
        (None, Some(wrong)) => Err(wrong),
        (None, None) => handle(mock, &call),
    };
    match outcome {
        Ok(answer) => {
            let unsealed = Unsealed { row, answer, keys: call.keys };
            Said { reply: Draft::Unsealed(Box::new(unsealed)), verdict: "ok".into(), refused: None }
        }
        Err(Refusal::Business { code, text }) => refused(mock, *call, &code, &text),
        Err(refusal) => turned_away(row, refusal),
    }
}

/// GET where POST is due.
pub(super) fn wrong_method(row: &'static Endpoint) -> Said {
    turned_away(row, Refusal::protocol("REQUIRE_POST_METHOD"))
}

/// Lets a request in that a known merchant signed.
fn admit(
    identity: &Identity,
    row: &'static Endpoint,
    request: &Request,
) -> Result<(Call, Vec<Problem>), Refusal> {
    let ring = |who: Who<'_>| Some(identity.merchant(who.mch_id)?.keys(who.app_id, SignType::Md5));
    let heard = read_request(row, request, &ring).map_err(|error| unheard(identity, row, error))?;
    let (fields, keys) = (heard.fields, heard.keys);
    let said = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    let (app_id, mch_id, origin) = (said("appid"), said("mch_id"), origin(request));
    let call = Call { row, asked: asked(row, &fields), fields, app_id, mch_id, keys, now: 0, origin };
    Ok((call, heard.problems))
}

/// What of a call is remembered with its order. What no page knows has no known
/// length: it is signed, but forgotten.
fn asked(row: &Endpoint, fields: &Fields) -> Arc<Fields> {
    if ![&UNIFIEDORDER, &MICROPAY].contains(&row) {
        return Arc::default();
    }
    Arc::new(fields.only(|name| name != "sign" && row.field(name).is_some()))
}

/// Account and fields.
fn examine(identity: &Identity, call: &Call, problems: &[Problem]) -> Result<(), Refusal> {
    if identity.app(&call.app_id).is_none() {
        return Err(Refusal::of("APPID_NOT_EXIST"));
    }
    let merchant = identity.merchant(&call.mch_id);
    if !merchant.is_some_and(|merchant| merchant.app_ids.contains(&call.app_id)) {
        return Err(Refusal::of("APPID_MCHID_NOT_MATCH"));
    }
    match problems.first() {
        Some(problem) => Err(of_problem(call.row, problem)),
        None => Ok(()),
    }
}

fn handle(mock: &mut Mock, call: &Call) -> Result<Answer, Refusal> {
    match HANDLERS.iter().find(|(answered, _)| *answered == call.row) {
        Some((_, handler)) => handler(mock, call),
        None => Err(Refusal::of("SYSTEMERROR")),
    }
}

/// What WeChat says to a call that is not believed.
fn unheard(identity: &Identity, row: &'static Endpoint, error: ReadError) -> Refusal {
    match error {
        ReadError::Wire(error) => error.into(),
        ReadError::Nobody => Refusal::protocol("MCHID_NOT_EXIST"),
        ReadError::Seal { broken, fields } => wrong_sign(identity, row, *broken, fields),
        _ => Refusal::protocol("SYSTEMERROR"),
    }
}

fn wrong_sign(identity: &Identity, row: &'static Endpoint, broken: SealBroken, fields: Fields) -> Refusal {
    let merchant = identity.merchant(fields.get("mch_id").unwrap_or_default());
    let Some(merchant) = merchant else { return Refusal::protocol("MCHID_NOT_EXIST") };
    Refusal::Sign(Box::new(RefusedSign {
        request_id: 0,
        endpoint: row.name,
        scheme: "pay-v2",
        fields,
        key: merchant.pay_key.clone(),
        others: Vec::new(),
        given: broken.given,
        right: Right::of_key(&merchant.pay_key, broken.right.expected, broken.right.canonical.masked()),
        sign_type: broken.sign_type.as_str(),
    }))
}

/// A business refusal: signed, with the names of who asked.
fn refused(mock: &mut Mock, call: Call, code: &str, text: &str) -> Said {
    let verdict = code.to_owned();
    if call.row.success == Success::File {
        return Said { reply: bills::no(call.row, code, text).into(), verdict, refused: None };
    }
    let mut fields = call.reply(&mut mock.dice);
    fields.extend([("result_code", "FAIL"), ("err_code", code), ("err_code_des", text)]);
    let unsealed = Unsealed { row: call.row, answer: fields.into(), keys: call.keys };
    Said { reply: Draft::Unsealed(Box::new(unsealed)), verdict, refused: None }
}

/// A protocol refusal: unsigned, without names.
fn turned_away(row: &'static Endpoint, refusal: Refusal) -> Said {
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
    Said { reply: reply.into(), verdict, refused }
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

/// An XML reply as it is.
pub(super) fn plain(fields: &Fields) -> Reply {
    Reply::ok("text/xml; charset=utf-8", xml::write_lines("xml", fields, |_| false).unwrap_or_default())
}

/// What WeChat's front server says, before anything is read.
fn no_certificate() -> Said {
    let page = "<html>\r\n<head><title>400 No required SSL certificate was sent</title></head>\r\n<body>\r\n\
                <center><h1>400 Bad Request</h1></center>\r\n<center>No required SSL certificate was sent\
                </center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    let reply = Reply::ok("text/html", page).with_status(400);
    Said { reply: reply.into(), verdict: "NO_CERTIFICATE".into(), refused: None }
}

/// Where the caller reached us.
pub(super) fn origin(request: &Request) -> String {
    let plausible = |host: &&str| host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b));
    let host = request.header("host").filter(|host| !host.is_empty()).filter(plausible);
    let scheme = match request.header("x-forwarded-proto") {
        Some("https") => "https",
        _ => "http",
    };
    [scheme, "://", host.unwrap_or("localhost")].concat()
}
