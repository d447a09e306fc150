//! WeChat itself, as a pure state machine: a request and a stamp go in, a reply
//! and what is to be sent later come out. No socket, no clock, no dice of its
//! own, no printing; it signs through `api` and never explains (a report made
//! elsewhere is joined with [`Mock::attach`]).
//!
//! ```
//! use wxkit::{api::Stamp, mock::{Identity, Mock, Options}, wire::Request};
//! let mut mock = Mock::new(Identity::default(), Options::default());
//! let stamp = Stamp { now: 1_700_000_000, nonce: "a".into() };
//! let answered = mock.answer(&Request::new("GET", "/_mock/healthz"), &stamp);
//! assert_eq!(answered.reply.status, 200);
//! ```

mod access;
mod accounts;
mod answer;
mod bill;
mod caller;
mod cashier;
mod checked;

mod control;
mod desk;
mod desks;
mod dice;
mod faults;
mod gzip;
mod identity;
mod ledger;
mod letter;
mod log;
mod looking;
mod no;
mod notices;
mod oa;
mod opening;
mod pages;
mod paths;
mod pay_v2;
mod pay_v3;
mod paycode;
mod published;
mod refusal;
mod saved;
mod scans;
mod sheet;
mod shelf;
mod shop;
mod show;
mod splits;
mod state;
mod transfers;
mod world;

pub use access::{Access, Network};
pub use answer::{Answered, Draft};
pub use faults::BadFault;
pub use identity::{App, CertificateRule, Consent, Identity, Merchant, Options, Stub, User};
pub use no::NOT_PLAYED_CODE;
pub use published::{API_V3_KEY, KEY_FILES, KeyFile, KeyMode, PUB_KEY_ID, is_published};
pub use refusal::{RefusedSign, Right, Signed};
pub use shop::Shop;
pub use state::BadState;

use std::sync::Arc;

use crate::api::endpoint::{Endpoint, Method, Success};
use crate::api::{self, Stamp};
use crate::wire::{Ending, Later, Reply, Request};
use desk::{Desk, Heard};
use faults::{Effect, Kind, Moment};
use log::Said;
use world::World;

/// The gateway.
#[derive(Debug)]
pub struct Mock {
    world: World,
}

/// What can be found out about a request without the gateway's memory, on any
/// thread: whether it can be read and is believed. Shared by all of them.
#[derive(Debug, Clone)]
pub struct Door {
    identity: Arc<Identity>,
}

/// A request that was looked at.
#[derive(Debug)]
pub struct Opened {
    route: Route,
    /// The call, if it is one for a program.
    heard: Option<Box<dyn Heard>>,
}

/// What a request is for.
#[derive(Debug, Clone, Copy)]
enum Route {
    Call(&'static Endpoint, &'static Desk),
    /// The path is right, the method is not.
    WrongMethod(&'static Endpoint, &'static Desk),
    /// No row, or one that nobody plays.
    Nowhere,
}

impl Door {
    /// Reads and verifies; `now` is Unix time.
    #[must_use]
    pub fn open(&self, request: &Request, now: u64) -> Opened {
        let route = route(request);
        let heard = match route {
            Route::Call(row, desk) if route.is_for_programs() => {
                Some((desk.hear)(&self.identity, row, request, now))
            }
            _ => None,
        };
        Opened { route, heard }
    }
}

impl Mock {
    /// A gateway that has not been called yet.
    #[must_use]
    pub fn new(identity: Identity, options: Options) -> Self {
        Self { world: World::new(identity, options) }
    }

    /// Answers one request.
    pub fn answer(&mut self, request: &Request, stamp: &Stamp) -> Answered {
        let opened = self.door().open(request, stamp.now);
        self.decide(request, opened, stamp).finish()
    }

    /// The part of answering that needs no memory.
    #[must_use]
    pub fn door(&self) -> Door {
        Door { identity: Arc::clone(&self.world.identity) }
    }

    /// Does what a request asks for: the part of answering that needs the memory,
    /// and so one thread at a time.
    pub fn decide(&mut self, request: &Request, opened: Opened, stamp: &Stamp) -> Answered<Draft> {
        let world = &mut self.world;
        world.dice.stir(stamp);
        let mut answered = match beside(world, opened.route, request, stamp.now) {
            Some(answered) => answered,
            None => call(world, opened, request, stamp.now),
        };
        answered.later.extend(due(world, stamp.now));
        answered
    }

    /// Adds faults: one, or a list; each an object or a short text
    /// (`refund:SYSTEMERROR,count=2`). They are there again after a reset.
    ///
    /// # Errors
    /// [`BadFault`]; none is added then.
    pub fn add_faults(&mut self, faults: &serde_json::Value) -> Result<(), BadFault> {
        self.world.faults.add(faults)?;
        self.world.first_faults.add(faults)
    }

    /// Takes the outcome of something sent later: the reply, or why there was
    /// none. Comes back with the next attempt, if one is due.
    pub fn delivered(&mut self, ticket: u64, outcome: &Result<Reply, String>, stamp: &Stamp) -> Vec<Later> {
        let world = &mut self.world;
        if scans::is_scan(ticket) {
            world.dice.stir(stamp);
            desks::scan_answered(world, ticket, outcome, stamp.now);
            return due(world, stamp.now);
        }
        world.dice.stir(stamp);
        let next = world.notices.delivered(ticket, outcome, stamp.now);
        next.map(|later| letter::renewed(world, later, stamp.now)).into_iter().collect()
    }

    /// Whether something is still to be sent: not after a reset, and not when
    /// another attempt has succeeded meanwhile.
    #[must_use]
    pub fn wants(&self, ticket: u64) -> bool {
        let World { scans, notices, .. } = &self.world;
        if scans::is_scan(ticket) { scans.wants(ticket) } else { notices.wants(ticket) }
    }

    /// Joins a report about a refused signature to the list of calls.
    pub fn attach(&mut self, request_id: u64, report: serde_json::Value) {
        self.world.log.attach(request_id, report);
    }

    /// Everything that a restart should not lose.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        self.world.save()
    }

    /// Goes on where these bytes ended. Notices that were waiting are in
    /// [`Mock::due`] then.
    ///
    /// # Errors
    /// [`BadState`]; the gateway is as it was.
    pub fn load(&mut self, bytes: &[u8], now: u64) -> Result<(), BadState> {
        self.world.load(bytes, desks::is_till, now)?;
        let waiting = std::mem::take(&mut self.world.outbox);
        let again: Vec<_> =
            waiting.into_iter().map(|one| letter::renewed(&mut self.world, one, now)).collect();
        self.world.outbox = again;
        Ok(())
    }

    /// What is to be sent although nobody asked anything: notices that were
    /// waiting when the state was written down.
    pub fn due(&mut self) -> Vec<Later> {
        std::mem::take(&mut self.world.outbox)
    }

    /// Who the gateway plays.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.world.identity
    }
}

/// What has to be sent by now: merchants hear of everything that happened.
fn due(world: &mut World, now: u64) -> Vec<Later> {
    desks::tell_all(world, now);
    std::mem::take(&mut world.outbox)
}

/// The control plane and the pages, which are no calls; and pages where none has any
/// business.
fn beside(world: &mut World, route: Route, request: &Request, now: u64) -> Option<Answered<Draft>> {
    match route {
        Route::Nowhere if control::is_control(request.path()) => Some(control::answer(world, request, now)),
        // Whoever asks for a tunnel here would say the rest in a language of its own.
        _ if request.method == "CONNECT" => Some(turn_away(world, &no::NO_TUNNEL, route, request, now)),
        _ if caller::is_by_strange_name(request, &world.options.names) => {
            Some(turn_away(world, &no::STRANGE_NAME, route, request, now))
        }
        Route::Nowhere => pages::answer(world, request, now),
        _ if route.is_for_programs() && caller::is_foreign_page(request) => {
            Some(turn_away(world, &no::CROSS_SITE, route, request, now))
        }
        _ => None,
    }
}

/// A page that pretends to be a merchant's server, or a caller who was led here: its
/// orders would send notices wherever it likes.
fn turn_away(world: &mut World, no: &no::No, route: Route, request: &Request, now: u64) -> Answered<Draft> {
    let reply = no::refusal(no);
    world.log.add(request, route.name(), no.code, reply.status, None, now);
    Answered::of(reply, no.code)
}

/// A call of WeChat's, with everything that goes wrong on purpose.
fn call(world: &mut World, opened: Opened, request: &Request, now: u64) -> Answered<Draft> {
    let Opened { route, heard } = opened;
    let effects = world.faults.take(Kind::of(route.row()), route.name(), now);
    let mut answered = say_with(world, route, request, heard, &effects, now);
    let refused = answered.refused.take();
    // Nobody reads why a message of a megabyte is wrong.
    let worth_it = refused.clone().filter(|_| request.body.len() <= log::MESSAGE);
    let status = answered.reply.status();
    let id = world.log.add(request, route.name(), answered.verdict(), status, refused, now);
    let (asked, told) = if world.identity.has_own_key() {
        (Said::Withheld, Said::Withheld)
    } else {
        (Said::body(&request.body), answered.reply.said())
    };
    world.log.quote(asked, told);
    answered.delay = faults::delay(&effects);
    answered.ending = faults::ending(&effects).map_or(Ending::Whole, |(ending, _)| ending);
    answered.refused = worth_it.map(|refused| RefusedSign { request_id: id, ..refused });
    answered
}

/// So old is a reply that comes from too long ago, in seconds: a minute more than is taken.
const STALE: u64 = 360;

/// What is said when these faults happen.
fn say_with(
    world: &mut World,
    route: Route,
    request: &Request,
    heard: Option<Box<dyn Heard>>,
    effects: &[Effect],
    now: u64,
) -> Answered<Draft> {
    if effects.is_empty() {
        return say(world, route, request, heard, None, now);
    }
    world.upset = effects.to_vec();
    let said = say_upset(world, route, request, heard, effects, now);
    world.upset.clear();
    said
}

fn say_upset(
    world: &mut World,
    route: Route,
    request: &Request,
    heard: Option<Box<dyn Heard>>,
    effects: &[Effect],
    now: u64,
) -> Answered<Draft> {
    if let Some((_, Moment::Before)) = faults::ending(effects) {
        return Answered::of(Reply::ok("text/plain", ""), "dropped");
    }
    if let Some(how) = faults::token_end(effects) {
        oa::end_token(world, request, how, now);
    }
    let code = faults::code(effects, Kind::of(route.row()));
    let mut said = say(world, route, request, heard, code, now);
    if let Some(code) = faults::code_after(effects).filter(|_| said.verdict() == "ok") {
        let again = Door { identity: Arc::clone(&world.identity) }.open(request, now).heard;
        said = say(world, route, request, again, Some(code), now);
    }
    let draft = if effects.contains(&Effect::Stale) { said.reply.aged(STALE) } else { said.reply };
    let mut reply = draft.finish();
    faults::spoil(&mut reply, effects);
    Answered { reply: reply.into(), ..said }
}

fn say(
    world: &mut World,
    route: Route,
    request: &Request,
    heard: Option<Box<dyn Heard>>,
    forced: Option<&str>,
    now: u64,
) -> Answered<Draft> {
    match (heard, route) {
        (Some(heard), _) => heard.answer(world, request, forced, now),
        (None, Route::Call(row, _)) => pages::consent::answer(world, row, request, forced, now),
        (None, Route::WrongMethod(row, desk)) => (desk.wrong_method)(world, row, now),
        (None, Route::Nowhere) => nowhere(world, request, now),
    }
}

/// A path that no row has: what is WeChat's says so in the shape that its caller reads.
fn nowhere(world: &mut World, request: &Request, now: u64) -> Answered<Draft> {
    if let Some(stub) = world.options.stubs.iter().find(|stub| stub.fits(request.path())) {
        return Answered::of(stub.reply(), "stub");
    }
    match desks::knowing(request) {
        Some(desk) => (desk.not_played)(world, now),
        None => Answered::of(no::nginx(), "404"),
    }
}

impl Route {
    const fn row(self) -> Option<&'static Endpoint> {
        match self {
            Self::Call(row, _) | Self::WrongMethod(row, _) => Some(row),
            Self::Nowhere => None,
        }
    }

    /// Whether no browser has any business there.
    fn is_for_programs(self) -> bool {
        self.row().is_some_and(|row| row.success != Success::Redirect)
    }

    fn name(self) -> &'static str {
        self.row().map_or("", |row| row.name)
    }
}

fn route(request: &Request) -> Route {
    let (path, method) = (request.path(), Method::named(&request.method));
    let played = |row: &'static Endpoint| Some((row, desks::of(row)?));
    let elsewhere = || desks::row_at(path).filter(|row| Some(row.method) == method);
    let call = method.and_then(|method| api::find(method, path)).or_else(elsewhere).and_then(played);
    if let Some((row, desk)) = call {
        return Route::Call(row, desk);
    }
    // At most desks any other method does not get as far as the one who says that it is wrong.
    let usual = matches!(method, Some(Method::Get | Method::Post));
    let wrong = api::find_path(path)
        .or_else(|| desks::row_at(path))
        .and_then(played)
        .filter(|(_, desk)| usual || desk.takes_any_method);
    wrong.map_or(Route::Nowhere, |(row, desk)| Route::WrongMethod(row, desk))
}
