//! Tokens, tickets and the calls behind web authorization: who asks, with what,
//! and the one function of the row. Comes in: a row and a request; goes out:
//! JSON in WeChat's words. To add a call, add its row in `api` and its line in
//! [`HANDLERS`].

mod authorize;
mod call;
pub(super) mod jssdk;
mod tokens;
mod users;

pub(super) use authorize::{Way, Wrong, allowed, checked, granted, refused};
pub(super) use tokens::end_token;

use super::answer::{Answered, Draft};
use super::caller::peer_ip;
use super::no::NOT_PLAYED;
use super::refusal::text_of;
use super::world::World;
use crate::api::codec::{read_request, write_reply};
use crate::api::endpoint::{Endpoint, Method, Success};
use crate::api::oa::{
    GETTICKET, SNS_ACCESS_TOKEN, SNS_AUTH, SNS_REFRESH_TOKEN, SNS_USERINFO, STABLE_TOKEN, TOKEN,
};
use crate::api::{Keys, ReadError};
use crate::wire::{Fields, Reply, Request, WireError};
use call::{Call, Refusal};

type Handler = fn(&mut World, &Call) -> Result<Fields, Refusal>;

/// Which function answers which row.
static HANDLERS: &[(&Endpoint, Handler)] = &[
    (&TOKEN, tokens::token),
    (&STABLE_TOKEN, tokens::stable_token),
    (&GETTICKET, tokens::getticket),
    (&SNS_ACCESS_TOKEN, users::access_token),
    (&SNS_REFRESH_TOKEN, users::refresh_token),
    (&SNS_AUTH, users::auth),
    (&SNS_USERINFO, users::userinfo),
];

/// Answers a call; with `forced`, refuses it with that code.
pub(super) fn answer(
    world: &mut World,
    row: &'static Endpoint,
    request: &Request,
    forced: Option<&str>,
    now: u64,
) -> Answered<Draft> {
    let outcome = match forced {
        Some("40164") => Err(tokens::not_whitelisted(&peer_ip(request))),
        Some(code) => return no(world, row, code, text_of(code), now),
        None => handle(world, row, request, now),
    };
    match outcome {
        Ok(fields) => Answered::of(json(row, fields), "ok"),
        Err(refusal) => no(world, row, refusal.code, &refusal.text, now),
    }
}

fn handle(world: &mut World, row: &'static Endpoint, request: &Request, now: u64) -> Result<Fields, Refusal> {
    let heard = read_request(row, request, &Keys::default()).map_err(|error| match (row.method, error) {
        (Method::Get, _) => Refusal::of("40035"),
        (_, ReadError::Wire(WireError::Empty)) => Refusal::of("44002"),
        _ => Refusal::of("47001"),
    })?;
    let call = Call { fields: heard.fields, peer: peer_ip(request), now };
    match HANDLERS.iter().find(|(known, _)| *known == row) {
        Some((_, handler)) => handler(world, &call),
        None => Err(Refusal::of("-1")),
    }
}

/// GET where POST is due, or the other way round.
pub(super) fn wrong_method(world: &mut World, row: &'static Endpoint, now: u64) -> Answered<Draft> {
    let code = if row.method == Method::Post { "43002" } else { "43001" };
    no(world, row, code, text_of(code), now)
}

/// A call of an official account that no row has.
pub(super) fn not_played(world: &mut World, now: u64) -> Answered<Draft> {
    let text = format!("{}: {NOT_PLAYED}", text_of("40066"));
    no(world, &TOKEN, "40066", &text, now)
}

fn no(world: &mut World, row: &'static Endpoint, code: &str, text: &str, now: u64) -> Answered<Draft> {
    let rid = format!("{now:08x}-{}-{}", world.dice.hex(8), world.dice.hex(8));
    let message = format!("{text} rid: {rid}");
    let fields = [("errcode", code), ("errmsg", &message)].into_iter().collect();
    Answered::of(json(row, fields), code)
}

/// `/sns/` answers JSON under the name of plain text, as WeChat does.
fn json(row: &'static Endpoint, fields: Fields) -> Reply {
    // A link opened in the wrong way has no place to redirect to.
    let shape = if row.success == Success::Fields { row } else { &TOKEN };
    let written = write_reply(shape, fields.into(), &Keys::default());
    let mut reply = written.unwrap_or_else(|_| Reply::ok("application/json", "{}"));
    if row.path.starts_with("/sns/") {
        reply.headers = vec![("content-type".into(), "text/plain".into())];
    }
    reply
}
