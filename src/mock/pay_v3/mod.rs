//! The door of pay v3: who asks, is it signed, are the fields right, and then the one
//! function of the row. Comes in: a row and a request; goes out: a reply that is signed
//! with the key the merchant knows. To add a call, add its row in `api` and its line in
//! [`HANDLERS`].

mod admit;
mod bills;
mod call;
mod codes;
mod combine;
mod invoke;
mod keys;
mod notice;
mod orders;
mod problem;
mod refunds;
mod refusal;
mod sound;
mod split;
mod told;
mod transfer;

use serde_json::json;

use super::answer::{Answered, Draft};
use super::desk::{Desk, Heard, Till};
use super::dice::Dice;
use super::identity::Identity;
use super::no::{NOT_PLAYED, NOT_PLAYED_CODE, json_reply};
use super::world::World;
use crate::api::endpoint::{Endpoint, Scheme};
use crate::api::pay_v3::{
    ABNORMAL_REFUND, APP, BILL_FILE, CERTIFICATES, CLOSE, CODEPAY, COMBINE_APP, COMBINE_CLOSE, COMBINE_H5,
    COMBINE_JSAPI, COMBINE_NATIVE, COMBINE_QUERY, ECHO, FUNDFLOW, H5, JSAPI, NATIVE, PARTNER_APP,
    PARTNER_CLOSE, PARTNER_CODEPAY, PARTNER_H5, PARTNER_JSAPI, PARTNER_NATIVE, PARTNER_QUERY,
    PARTNER_QUERY_ID, PARTNER_REVERSE, QUERY, QUERY_ID, RECEIVER_ADD, RECEIVER_DELETE, REFUND, REFUND_QUERY,
    REVERSE, SPLIT, SPLIT_AMOUNTS, SPLIT_CONFIG, SPLIT_QUERY, SPLIT_RETURN, SPLIT_RETURN_QUERY, TRADE_BILL,
    TRANSFER, TRANSFER_CANCEL, TRANSFER_QUERY, TRANSFER_QUERY_ID, UNFREEZE,
};
use crate::api::{Answer, Stamp};
use crate::wire::{Fields, Reply, Request};
use admit::{Admitted, admit};
use call::{API, Call};
use refusal::Refusal;

type Handler = fn(&mut World, &Call) -> Result<Answer, Refusal>;

/// Which function answers which row.
static HANDLERS: &[(&Endpoint, Handler)] = &[
    (&JSAPI, orders::prepay),
    (&APP, orders::prepay),
    (&H5, orders::prepay),
    (&NATIVE, orders::prepay),
    (&PARTNER_JSAPI, orders::prepay),
    (&PARTNER_APP, orders::prepay),
    (&PARTNER_H5, orders::prepay),
    (&PARTNER_NATIVE, orders::prepay),
    (&QUERY, orders::query),
    (&QUERY_ID, orders::query),
    (&PARTNER_QUERY, orders::query),
    (&PARTNER_QUERY_ID, orders::query),
    (&CLOSE, orders::close),
    (&PARTNER_CLOSE, orders::close),
    (&REFUND, refunds::refund),
    (&REFUND_QUERY, refunds::query),
    (&ABNORMAL_REFUND, refunds::redirect),
    (&CODEPAY, codes::codepay),
    (&PARTNER_CODEPAY, codes::codepay),
    (&REVERSE, codes::reverse),
    (&PARTNER_REVERSE, codes::reverse),
    (&TRADE_BILL, bills::trades),
    (&FUNDFLOW, bills::funds),
    (&BILL_FILE, bills::file),
    (&COMBINE_JSAPI, combine::prepay),
    (&COMBINE_APP, combine::prepay),
    (&COMBINE_H5, combine::prepay),
    (&COMBINE_NATIVE, combine::prepay),
    (&COMBINE_QUERY, combine::query),
    (&COMBINE_CLOSE, combine::close),
    (&SPLIT, split::order),
    (&UNFREEZE, split::order),
    (&SPLIT_QUERY, split::query),
    (&SPLIT_RETURN, split::take_back),
    (&SPLIT_RETURN_QUERY, split::query_back),
    (&SPLIT_AMOUNTS, split::amounts),
    (&RECEIVER_ADD, split::allow),
    (&RECEIVER_DELETE, split::forbid),
    (&SPLIT_CONFIG, split::config),
    (&TRANSFER, transfer::transfer),
    (&TRANSFER_QUERY, transfer::query),
    (&TRANSFER_QUERY_ID, transfer::query),
    (&TRANSFER_CANCEL, transfer::cancel),
    (&CERTIFICATES, keys::certificates),
    (&ECHO, keys::echo),
];

/// Pay v3.
pub(super) static DESK: Desk = Desk {
    takes: |row| matches!(row.scheme, Scheme::PayV3(_)),
    row_at: |_| None,
    knows: |request| request.path().starts_with("/v3/"),
    hear: |identity, row, request, now| Box::new(hear(identity, row, request, now)),
    takes_any_method: true,
    wrong_method: |_, _, _| Answered::of(Reply::empty().with_status(405), "405"),
    // WeChat says nothing at all there, which no caller could tell from a call that is wrong.
    not_played: |_, _| {
        let told = json!({ "code": NOT_PLAYED_CODE, "message": NOT_PLAYED });
        Answered::of(json_reply(404, &told), NOT_PLAYED_CODE)
    },
    till: Some(&TILL),
};

static TILL: Till =
    Till { name: API, tell: notice::tell, is_platforms: false, proof: invoke::proof, codes: None };

/// A call that was read and examined, as far as no memory is needed.
#[derive(Debug)]
struct Examined {
    row: &'static Endpoint,
    /// The call, if a known merchant signed it.
    call: Result<Box<Call>, Refusal>,
    /// What is wrong with its accounts or fields.
    wrong: Option<Refusal>,
}

/// Reads a call, and looks who signed it and whether its fields are right.
fn hear(identity: &Identity, row: &'static Endpoint, request: &Request, now: u64) -> Examined {
    match admit(identity, row, request, now) {
        Ok(Admitted { call, wrong }) => {
            let wrong = wrong.or_else(|| is_bound(identity, &call).err());
            Examined { row, call: Ok(Box::new(call)), wrong }
        }
        Err(refusal) => Examined { row, call: Err(refusal), wrong: None },
    }
}

/// Whether the merchant may take money for the account that is named.
fn is_bound(identity: &Identity, call: &Call) -> Result<(), Refusal> {
    let Some(app_id) = call.any(&["appid", "sp_appid", "combine_appid"]) else { return Ok(()) };
    let merchant = identity.merchant(&call.mch_id);
    if merchant.is_some_and(|merchant| merchant.app_ids.iter().any(|bound| bound == app_id)) {
        return Ok(());
    }
    Err(Refusal::because("APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配"))
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
        let call = match call {
            Ok(call) => Call { now, ..*call },
            Err(refusal) => return refused(world, request, refusal),
        };
        let outcome = match (forced, wrong) {
            (Some(code), _) => Err(Refusal::forced(code)),
            (None, Some(wrong)) => Err(wrong),
            (None, None) => handle(world, &call),
        };
        let stamp = Stamp { now, nonce: world.dice.text(32) };
        match outcome {
            Ok(answer) => {
                let draft = Draft::stamped(row, answer, call.keys, stamp);
                Answered::of(draft.with_header(REQUEST_ID, request_id(&mut world.dice)), "ok")
            }
            // What is taken in, and is to be asked again, is signed as what is done.
            Err(refusal) if refusal.status < 300 => {
                let Refusal { status, code, message, .. } = refusal;
                let told: Fields = [("code", &code), ("message", &message)].into_iter().collect();
                let draft = Draft::stamped(row, told.into(), call.keys, stamp).with_status(status);
                Answered::of(draft.with_header(REQUEST_ID, request_id(&mut world.dice)), code)
            }
            Err(refusal) => refused(world, request, refusal),
        }
    }
}

fn handle(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    match HANDLERS.iter().find(|(answered, _)| *answered == call.row) {
        Some((_, handler)) => handler(world, call),
        None => Err(Refusal { status: 404, ..Refusal::because(NOT_PLAYED_CODE, NOT_PLAYED) }),
    }
}

const REQUEST_ID: &str = "request-id";

/// As WeChat writes it; the last part is the inner code, 0 where all is well.
fn request_id(dice: &mut Dice) -> String {
    format!("08{}01-0", dice.hex(38).to_ascii_uppercase())
}

/// A no, which nobody signs. Orders and queries do not even number those of the signature.
fn refused(world: &mut World, request: &Request, refusal: Refusal) -> Answered<Draft> {
    let body = refusal.body().to_string();
    let reply = Reply::ok("application/json; charset=utf-8", body).with_status(refusal.status);
    let is_bare = refusal.status == 401 && request.path().starts_with("/v3/pay/");
    let reply = if is_bare { reply } else { reply.with_header(REQUEST_ID, request_id(&mut world.dice)) };
    let refused = refusal.sign.map(|case| *case);
    Answered { refused, ..Answered::of(reply, refusal.code) }
}
