//! `ticket get`: the shared jsapi_ticket, or the ticket of cards.

use wxkit::api::Word;
use wxkit::client::{LeaseKind, TicketType};

use super::super::args::{Args, Flag};
use super::super::error::Error;
use super::super::outcome::Outcome;
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;
use super::token::{FORCE, leased};

static TYPE: Flag = Flag::choice(
    "type",
    &["jsapi", "wx_card"],
    "ticket 种类，默认 jsapi",
    "Kind of ticket, jsapi by default",
);

/// `ticket`
pub const VERBS: &[&Verb] = &[&Verb {
    noun: "ticket",
    name: "get",
    about: Word::new("取得有效的 jsapi_ticket 或卡券 ticket", "Get a fresh jsapi_ticket or card ticket"),
    example: "ticket get --type wx_card -q",
    flags: &[&TYPE, &FORCE],
    words: Words::None,
    row: None,
    run: get,
}];

fn get(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let kind = if args.text(&TYPE) == Some("wx_card") { TicketType::WxCard } else { TicketType::Jsapi };
    let lease = ctx.lease(LeaseKind::Ticket(kind), args.has(&FORCE))?;
    Ok(leased("ticket", &lease))
}
