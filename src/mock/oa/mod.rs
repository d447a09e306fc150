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
use super::desk::{Desk, Heard};
use super::no::{NOT_PLAYED, NOT_PLAYED_CODE};
use super::refusal::text_of;
use super::world::World;
use crate::api::codec::{read_request, write_reply};
use crate::api::endpoint::{Endpoint, Method, Scheme, Success};
use crate::api::oa::{
    GETTICKET, SNS_ACCESS_TOKEN, SNS_AUTH, SNS_REFRESH_TOKEN, SNS_USERINFO, STABLE_TOKEN, TOKEN,
};
use crate::api::{Keys, ReadError, Stamp};
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

/// Official accounts.
pub(super) static DESK: Desk = Desk {
    takes: |row| matches!(row.scheme, Scheme::Oa),
    row_at: |_| None,
    knows: |request| FAMILIES.iter().any(|family| request.path().starts_with(family)),
    hear: |_, row, request, _| Box::new(Read { row, fields: read(row, request) }),
    takes_any_method: false,
    wrong_method: |world, row, now| {
        let code = if row.method == Method::Post { "43002" } else { "43001" };
        no(world, row, code, text_of(code), now)
    },
    not_played: |world, now| {
        let text = format!("{}: {NOT_PLAYED}", text_of("40066"));
        Answered { verdict: Some(NOT_PLAYED_CODE.into()), ..no(world, &TOKEN, "40066", &text, now) }
    },
    till: None,
};

/// How the paths of official accounts begin.
const FAMILIES: [&str; 8] =
    ["/cgi-bin/", "/sns/", "/wxa/", "/card/", "/datacube/", "/customservice/", "/semantic/", "/shakearound/"];

/// A call that was read.
#[derive(Debug)]
struct Read {
    row: &'static Endpoint,
    fields: Result<Fields, Refusal>,
}

fn read(row: &'static Endpoint, request: &Request) -> Result<Fields, Refusal> {
    let heard =
        read_request(row, request, &Keys::default(), Stamp::TIMELESS.now).map_err(|error| {
            match (row.method, error) {
                (Method::Get, _) => Refusal::of("40035"),
                (_, ReadError::Wire(WireError::Empty)) => Refusal::of("44002"),
                _ => Refusal::of("47001"),
            }
        })?;
    Ok(heard.fields)
}

impl Heard for Read {
    fn answer(
        self: Box<Self>,
        world: &mut World,
        request: &Request,
        forced: Option<&str>,
        now: u64,
    ) -> Answered<Draft> {
        let Self { row, fields } = *self;
        let outcome = match forced {
            Some("40164") => Err(tokens::not_whitelisted(&peer_ip(request))),
            Some(code) => return no(world, row, code, text_of(code), now),
            None => {
                fields.and_then(|fields| handle(world, row, &Call { fields, peer: peer_ip(request), now }))
            }
        };
        match outcome {
            Ok(fields) => Answered::of(json(row, fields), "ok"),
            Err(refusal) => no(world, row, refusal.code, &refusal.text, now),
        }
    }
}

fn handle(world: &mut World, row: &Endpoint, call: &Call) -> Result<Fields, Refusal> {
    match HANDLERS.iter().find(|(known, _)| *known == row) {
        Some((_, handler)) => handler(world, call),
        None => Err(Refusal::of("-1")),
    }
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
    let written = write_reply(shape, fields.into(), &Keys::default(), &Stamp::TIMELESS);
    let mut reply = written.unwrap_or_else(|_| Reply::ok("application/json", "{}"));
    if row.path.starts_with("/sns/") {
        reply.headers = vec![("content-type".into(), "text/plain".into())];
    }
    reply
}
