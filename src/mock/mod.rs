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

mod accounts;
mod authorize;
mod bills;
mod caller;
mod cashier;
mod control;
mod counter;
mod dice;
mod faults;
mod gzip;
mod identity;
mod jssdk;
mod ledger;
mod log;
mod notices;
mod oa;
mod pages;
mod pay;
mod refunds;
mod refusal;
mod scan;
mod shop;
mod show;
mod state;
mod trade;

pub use faults::BadFault;
pub use identity::{Access, App, CertificateRule, Consent, Identity, Merchant, Options, User};
pub use refusal::{RefusedSign, Right};
pub use shop::Shop;
pub use state::BadState;

use std::sync::Arc;
use std::time::Duration;

use crate::api::endpoint::{Endpoint, Method, Success};
use crate::api::{self, Stamp};
use crate::wire::{Ending, Later, Reply, Request};
use accounts::Accounts;
use dice::Dice;
use faults::{Effect, Faults, Kind, Moment};
use ledger::Ledger;
use log::Log;
use notices::Notices;
use scan::Scans;

/// The gateway.
#[derive(Debug)]
pub struct Mock {
    identity: Arc<Identity>,
    options: Options,
    dice: Dice,
    accounts: Accounts,
    ledger: Ledger,
    notices: Notices,
    scans: Scans,
    faults: Faults,
    /// The faults of the beginning, to which a reset goes back.
    first_faults: Faults,
    log: Log,
    outbox: Vec<Later>,
}

/// What comes of a request.
#[derive(Debug)]
pub struct Answered {
    /// What to answer.
    pub reply: Reply,
    /// How long to wait before answering, if a fault says so.
    pub delay: Option<Duration>,
    /// How the connection goes on.
    pub ending: Ending,
    /// What to send afterwards; each outcome goes to [`Mock::delivered`].
    pub later: Vec<Later>,
    /// A signature that was refused, for explaining.
    pub refused: Option<RefusedSign>,
    /// `ok`, or the code of the refusal; none for the control plane.
    pub verdict: Option<String>,
}

impl From<Reply> for Answered {
    /// Nothing but a reply.
    fn from(reply: Reply) -> Self {
        Self { reply, delay: None, ending: Ending::Whole, later: Vec::new(), refused: None, verdict: None }
    }
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
    pay: Option<pay::Opened>,
}

/// What the gateway has decided and done; the reply is still to be written.
#[derive(Debug)]
pub struct Decided {
    answered: Answered,
    draft: Draft,
}

/// A reply, or what it will say once it is signed.
#[derive(Debug)]
enum Draft {
    Done(Reply),
    Unsealed(Box<pay::Unsealed>),
}

impl Door {
    /// Reads and verifies.
    #[must_use]
    pub fn open(&self, request: &Request) -> Opened {
        let route = route(request);
        let pay = match route {
            Route::Call(row) if pay::is_mine(row) => Some(pay::open(&self.identity, row, request)),
            _ => None,
        };
        Opened { route, pay }
    }
}

impl Decided {
    /// Signs and writes the reply.
    #[must_use]
    pub fn finish(self) -> Answered {
        Answered { reply: self.draft.finish(), ..self.answered }
    }
}

impl From<Answered> for Decided {
    fn from(mut answered: Answered) -> Self {
        let reply = std::mem::replace(&mut answered.reply, Reply::empty());
        Self { answered, draft: Draft::Done(reply) }
    }
}

impl Draft {
    fn finish(self) -> Reply {
        match self {
            Self::Done(reply) => reply,
            Self::Unsealed(unsealed) => unsealed.seal(),
        }
    }

    /// What is signed is always told with a 200.
    const fn status(&self) -> u16 {
        match self {
            Self::Done(reply) => reply.status,
            Self::Unsealed(_) => 200,
        }
    }
}

impl From<Reply> for Draft {
    fn from(reply: Reply) -> Self {
        Self::Done(reply)
    }
}

/// A reply with the word that goes into the list of calls.
struct Said {
    reply: Draft,
    verdict: String,
    refused: Option<RefusedSign>,
}

/// What a request is for.
#[derive(Debug, Clone, Copy)]
enum Route {
    Call(&'static Endpoint),
    /// The path is right, the method is not.
    WrongMethod(&'static Endpoint),
    Nowhere,
}

impl Mock {
    /// A gateway that has not been called yet.
    #[must_use]
    pub fn new(identity: Identity, options: Options) -> Self {
        Self {
            dice: Dice::new(options.seed),
            accounts: Accounts::new(&options),
            ledger: Ledger::new(options.keep_orders),
            notices: Notices::new(options.keep_orders, options.speed),
            scans: Scans::default(),
            faults: Faults::new(options.seed),
            first_faults: Faults::new(options.seed),
            log: Log::new(options.keep_requests),
            outbox: Vec::new(),
            identity: Arc::new(identity),
            options,
        }
    }

    /// Answers one request.
    pub fn answer(&mut self, request: &Request, stamp: &Stamp) -> Answered {
        let opened = self.door().open(request);
        self.decide(request, opened, stamp).finish()
    }

    /// The part of answering that needs no memory.
    #[must_use]
    pub fn door(&self) -> Door {
        Door { identity: Arc::clone(&self.identity) }
    }

    /// Does what a request asks for: the part of answering that needs the memory,
    /// and so one thread at a time.
    pub fn decide(&mut self, request: &Request, opened: Opened, stamp: &Stamp) -> Decided {
        self.dice.stir(stamp);
        let Opened { route, pay } = opened;
        let beside = if route.row().is_none() { self.beside(request, stamp.now) } else { None };
        if let Some(answered) = beside {
            return answered.into();
        }
        if route.is_for_programs() && caller::is_foreign_page(request) {
            return self.turn_page_away(route, request, stamp.now).into();
        }
        let endpoint = route.name();
        let effects = self.faults.take(Kind::of(route.row()), endpoint, stamp.now);
        let said = self.say_with(route, request, pay, &effects, stamp.now);
        // Nobody reads why a message of a megabyte is wrong.
        let worth_it = said.refused.clone().filter(|_| request.body.len() <= log::MESSAGE);
        let id = self.log.add(request, endpoint, &said.verdict, said.reply.status(), said.refused, stamp.now);
        let answered = Answered {
            delay: faults::delay(&effects),
            ending: faults::ending(&effects).map_or(Ending::Whole, |(ending, _)| ending),
            later: self.take_outbox(),
            refused: worth_it.map(|refused| RefusedSign { request_id: id, ..refused }),
            verdict: Some(said.verdict),
            ..Reply::empty().into()
        };
        Decided { answered, draft: said.reply }
    }

    /// Adds faults: one, or a list; each an object or a short text
    /// (`refund:SYSTEMERROR,count=2`). They are there again after a reset.
    ///
    /// # Errors
    /// [`BadFault`]; none is added then.
    pub fn add_faults(&mut self, faults: &serde_json::Value) -> Result<(), BadFault> {
        self.faults.add(faults)?;
        self.first_faults.add(faults)
    }

    /// Takes the outcome of something sent later: the reply, or why there was
    /// none. Comes back with the next attempt, if one is due.
    pub fn delivered(&mut self, ticket: u64, outcome: &Result<Reply, String>, stamp: &Stamp) -> Vec<Later> {
        if scan::is_scan(ticket) {
            self.dice.stir(stamp);
            scan::answered(self, ticket, outcome, stamp.now);
            return self.take_outbox();
        }
        self.notices.delivered(ticket, outcome, stamp.now).into_iter().collect()
    }

    /// Whether something is still to be sent: not after [`reset`](Self::reset),
    /// and not when another attempt has succeeded meanwhile.
    #[must_use]
    pub fn wants(&self, ticket: u64) -> bool {
        if scan::is_scan(ticket) { self.scans.wants(ticket) } else { self.notices.wants(ticket) }
    }

    /// What is to be sent although nobody asked anything: notices that were
    /// waiting when the state was written down.
    pub fn due(&mut self) -> Vec<Later> {
        self.take_outbox()
    }

    /// Joins a report about a refused signature to the list of calls.
    pub fn attach(&mut self, request_id: u64, report: serde_json::Value) {
        self.log.attach(request_id, report);
    }

    /// Forgets everything but the identity and the options.
    pub fn reset(&mut self) {
        let (dice, notices, scans) = (self.dice.clone(), self.notices.emptied(), self.scans.emptied());
        let (faults, first_faults) = (self.first_faults.clone(), self.first_faults.clone());
        let new = Self::new((*self.identity).clone(), self.options.clone());
        *self = Self { dice, notices, scans, faults, first_faults, ..new };
    }

    /// Who the gateway plays.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The control plane and the pages, which are no calls.
    fn beside(&mut self, request: &Request, now: u64) -> Option<Answered> {
        if !control::is_control(request.path()) {
            return pages::answer(self, request, now);
        }
        let reply = control::answer(self, request, now);
        Some(Answered { later: self.take_outbox(), ..reply.into() })
    }

    /// A page that pretends to be a merchant's server: its orders would send
    /// notices wherever it likes.
    fn turn_page_away(&mut self, route: Route, request: &Request, now: u64) -> Answered {
        let (reply, verdict) = (control::foreign_page(), "mock.cross_site");
        self.log.add(request, route.name(), verdict, reply.status, None, now);
        Answered { verdict: Some(verdict.into()), ..reply.into() }
    }

    fn take_outbox(&mut self) -> Vec<Later> {
        std::mem::take(&mut self.outbox)
    }

    /// What is said when these faults happen.
    fn say_with(
        &mut self,
        route: Route,
        request: &Request,
        opened: Option<pay::Opened>,
        effects: &[Effect],
        now: u64,
    ) -> Said {
        if effects.is_empty() {
            return self.say(route, request, opened, None, now);
        }
        if let Some((_, Moment::Before)) = faults::ending(effects) {
            let reply = Reply::ok("text/plain", "").into();
            return Said { reply, verdict: "dropped".into(), refused: None };
        }
        if let Some(how) = faults::token_end(effects) {
            oa::end_token(self, request, how, now);
        }
        let code = faults::code(effects, Kind::of(route.row()));
        let mut said = self.say(route, request, opened, code, now);
        if let Some(code) = faults::code_after(effects).filter(|_| said.verdict == "ok") {
            let again = self.door().open(request).pay;
            said = self.say(route, request, again, Some(code), now);
        }
        let mut reply = said.reply.finish();
        faults::spoil(&mut reply, effects);
        Said { reply: reply.into(), ..said }
    }

    fn say(
        &mut self,
        route: Route,
        request: &Request,
        opened: Option<pay::Opened>,
        forced: Option<&str>,
        now: u64,
    ) -> Said {
        let row = match route {
            Route::Call(row) => row,
            Route::WrongMethod(row) if pay::is_mine(row) => return pay::wrong_method(row),
            Route::WrongMethod(row) => return oa::wrong_method(self, row, now),
            Route::Nowhere => return oa::nowhere(self, request.path(), now),
        };
        match (opened, row.success) {
            (Some(opened), _) => pay::answer(self, row, request, opened, forced, now),
            (None, Success::Redirect) => authorize::answer(self, row, request, forced, now),
            (None, _) => oa::answer(self, row, request, forced, now),
        }
    }
}

impl Route {
    const fn row(self) -> Option<&'static Endpoint> {
        match self {
            Self::Call(row) | Self::WrongMethod(row) => Some(row),
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
    let call = method.and_then(|method| api::find(method, path)).map(Route::Call);
    // Any other method does not get as far as the one who says that it is wrong.
    let known = matches!(method, Some(Method::Get | Method::Post));
    let wrong = || api::find_path(path).filter(|_| known).map(Route::WrongMethod);
    call.or_else(wrong).unwrap_or(Route::Nowhere)
}
