//! The token central server: a request comes in, a reply goes out, over leases
//! that keepers hold fresh. Answers from memory and at once wherever it can; lets
//! nobody have the app secret, and logs no token.

pub mod access;
mod app;
mod around;
mod event;
pub mod keep;
mod keeper;
pub mod pause;
mod relay;
pub mod route;
mod show;
#[cfg(test)]
mod simulation;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

pub use access::{BadClients, Clients};
pub use event::{Deed, Event, Log};
pub use keep::Trouble;
pub use relay::Elsewhere;

use super::calls::Client;
use crate::net::{self, Answer, Listener};
use crate::sign::{Secret, same};
use crate::store::{LeaseKind, StoreError};
use crate::wire::{Reply, Request};
use access::{bearer, is_from_page};
use app::{App, Decision, Given};
use around::Surroundings;
use keeper::Slot;
use relay::{Passing, may_pass, passed_on};
use route::{Ask, Lost, What, route};
use show::{No, Style};

/// Longest wait for fetches under way when stopping.
const STOP: Duration = Duration::from_secs(5);

/// The server.
pub struct Hub {
    served: RwLock<Arc<Served>>,
    log: Log,
    keepers: Mutex<net::JoinSet<()>>,
    answered: AtomicU64,
    refused: AtomicU64,
    unavailable: AtomicU64,
    elsewhere: Elsewhere,
    /// Where calls that are passed on wait for their turn.
    room: Arc<net::Semaphore>,
}

/// What is served, and to whom: replaced as a whole, so that no request sees the
/// apps of one file with the clients of another.
struct Served {
    apps: Vec<Arc<App>>,
    clients: Option<Clients>,
    stores: Vec<Arc<Surroundings>>,
}

impl Hub {
    /// A server of these apps, each with a client that knows its keys; one
    /// without app id is left out. With `clients`, only they may ask.
    #[must_use]
    pub fn new(apps: &[Client], clients: Option<Clients>, elsewhere: Elsewhere, log: Log) -> Arc<Self> {
        let none = Served { apps: Vec::new(), clients: None, stores: Vec::new() };
        let served = RwLock::new(Arc::new(none.renewed(apps, clients, &log)));
        let (keepers, answered, refused, unavailable) = Default::default();
        let room = Arc::new(net::Semaphore::new(relay::UNDER_WAY));
        Arc::new(Self { served, log, keepers, answered, refused, unavailable, elsewhere, room })
    }

    /// Keeps and serves until `stop` is ready, then finishes what is under way.
    pub async fn serve(self: Arc<Self>, listener: Listener, stop: impl Future) {
        let served = self.served();
        self.keep(served.apps.iter(), served.stores.iter());
        let hub = Arc::clone(&self);
        let answer = move |request: &Request| hub.answer(request);
        net::serve_wide(listener, net::Front::default(), answer, stop).await;
        let served = self.served();
        served.apps.iter().for_each(|app| app.leave());
        served.stores.iter().for_each(|store| store.leave());
        let keepers = std::mem::take(&mut *self.keepers.lock().unwrap_or_else(PoisonError::into_inner));
        let _ = net::timeout(STOP, keepers.join_all()).await;
    }

    /// Serves these apps to these clients from now on. An app that is the same as
    /// before keeps what it holds; one that is gone finishes its fetch and ends.
    pub fn reload(&self, apps: &[Client], clients: Option<Clients>) {
        let old = self.served();
        let new = Arc::new(old.renewed(apps, clients, &self.log));
        *self.served.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&new);
        missing(&old.apps, &new.apps).for_each(|app| app.leave());
        missing(&old.stores, &new.stores).for_each(|store| store.leave());
        self.keep(missing(&new.apps, &old.apps), missing(&new.stores, &old.stores));
        (self.log)(Event::Reloaded { apps: new.apps.iter().map(|app| app.id.clone()).collect() });
    }

    /// Starts the keepers of these apps, and the watch over these stores.
    fn keep<'a>(
        &self,
        apps: impl Iterator<Item = &'a Arc<App>>,
        stores: impl Iterator<Item = &'a Arc<Surroundings>>,
    ) {
        let mut keepers = self.keepers.lock().unwrap_or_else(PoisonError::into_inner);
        for app in apps {
            for slot in &app.slots {
                keepers.spawn(Arc::clone(slot).run(Arc::clone(&app.around), app.leave.subscribe()));
            }
        }
        for store in stores {
            keepers.spawn(Arc::clone(store).watch());
        }
    }

    fn served(&self) -> Arc<Served> {
        Arc::clone(&self.served.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Answers one request: at once from memory, or when there is an answer.
    pub fn answer(self: &Arc<Self>, request: &Request) -> Answer {
        match self.decide(request, &self.served()) {
            Decision::Now(style, result) => Answer::Now(self.shown(style, &result)),
            Decision::Reply(reply) => Answer::Now(reply),
            Decision::Pass(passing) => {
                self.answered.fetch_add(1, Ordering::Relaxed);
                Answer::When(Box::pin(passing.reply()))
            }
            Decision::Wait(style, waiting) => {
                let hub = Arc::clone(self);
                Answer::When(Box::pin(async move {
                    let result = waiting.answer().await;
                    hub.shown(style, &result)
                }))
            }
        }
    }

    fn decide(&self, request: &Request, served: &Served) -> Decision {
        let ask = match route(request) {
            Ok(ask) => ask,
            Err(Lost::NowhereToGo) if self.elsewhere == Elsewhere::PassedOn && may_pass(request) => {
                return self.pass(request, served);
            }
            Err(lost) => return lost_way(request, lost),
        };
        let style =
            if matches!(ask, Ask::Token { .. } | Ask::Ticket { .. }) { Style::WeChat } else { Style::Plain };
        if served.clients.is_none() && is_from_page(request) {
            return Decision::Now(Style::Plain, Err(No::FromPage));
        }
        let admitted = served.admitted(request);
        let found = match ask {
            Ask::Health => return Decision::Reply(Reply::ok("application/json", r#"{"status":"ok"}"#)),
            Ask::Ready => return Decision::Reply(served.ready(admitted.is_ok())),
            Ask::Metrics if admitted.is_ok() => return Decision::Reply(self.metrics(served)),
            Ask::Metrics => Err(No::Unauthorized),
            Ask::Plain { app_id, what, rotate } => {
                admitted.and_then(|who| Ok((served.app(&app_id)?, who, what, rotate)))
            }
            Ask::Token { app_id, secret, what, rotate } => {
                let proven =
                    |app| admitted.or_else(|no| served.proven(app, secret.as_ref(), request).ok_or(no));
                served.app(&app_id).and_then(|app| Ok((app, proven(app)?, what, rotate)))
            }
            Ask::Ticket { token, ticket, rotate } => {
                let what = What::Kind(LeaseKind::Ticket(ticket));
                served.app_of_token(&token).map(|app| (app, address(request), what, rotate))
            }
        };
        match found {
            Err(no) => Decision::Now(style, Err(no)),
            Ok((app, who, what, rotate)) => app.decide(style, who, what, rotate),
        }
    }

    /// Passes a call on, if its caller may ask for anything here: a client, whoever has
    /// a token of ours, or an app's secret.
    fn pass(&self, request: &Request, served: &Served) -> Decision {
        if served.clients.is_none() && is_from_page(request) {
            return Decision::Now(Style::Plain, Err(No::FromPage));
        }
        let said = request.query().unwrap_or_default();
        let given = |name: &str| said.filled(name).map(Secret::new);
        let of_token = given("access_token").and_then(|token| served.app_of_token(&token).ok());
        let named = said.filled("appid").and_then(|id| served.app(id).ok());
        let secret = given("secret");
        let proven = |app: &&App| served.proven(app, secret.as_ref(), request).is_some();
        let is_admitted =
            served.admitted(request).is_ok() || of_token.is_some() || named.is_some_and(|app| proven(&app));
        let Some(app) = of_token.or(named).or(served.apps.first().map(|app| &**app)).filter(|_| is_admitted)
        else {
            return Decision::Now(Style::WeChat, Err(No::Unauthorized));
        };
        let is_clients =
            |text: &Secret| served.clients.as_ref().is_some_and(|all| all.who(text.expose()).is_some());
        let own = app.secret.as_ref().filter(|_| secret.as_ref().is_some_and(is_clients));
        Decision::Pass(Box::new(Passing {
            request: passed_on(request, &app.caller, own),
            caller: app.caller.clone(),
            room: Arc::clone(&self.room),
            log: Arc::clone(&self.log),
        }))
    }

    fn shown(&self, style: Style, result: &Result<Given, No>) -> Reply {
        match result {
            Ok(given) => {
                self.answered.fetch_add(1, Ordering::Relaxed);
                show::lease(style, given.kind, &given.lease, given.now)
            }
            Err(no) => {
                let is_ours = matches!(no, No::Paused(_) | No::Slow);
                let count = if is_ours { &self.unavailable } else { &self.refused };
                count.fetch_add(1, Ordering::Relaxed);
                show::no(style, no)
            }
        }
    }

    fn metrics(&self, served: &Served) -> Reply {
        let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let requests = [
            ("ok", count(&self.answered)),
            ("refused", count(&self.refused)),
            ("unavailable", count(&self.unavailable)),
        ];
        let slots = |app: &'_ Arc<App>| -> Vec<_> {
            app.slots.iter().cloned().map(|slot| (app.id.clone(), slot)).collect()
        };
        let all: Vec<(String, Arc<Slot>)> = served.apps.iter().flat_map(slots).collect();
        let all: Vec<(&str, &Slot)> = all.iter().map(|(id, slot)| (id.as_str(), &**slot)).collect();
        let now = served.apps.first().map_or(0, |app| app.clock.now());
        show::Figures::new(requests, u8::from(served.trouble().is_none())).leases(&all, now)
    }
}

impl Served {
    /// What is served after these were read again. Whose keys and place are the
    /// same stays; a store that is another is watched from now on.
    fn renewed(&self, apps: &[Client], clients: Option<Clients>, log: &Log) -> Self {
        let mut new = Self { apps: Vec::new(), clients, stores: Vec::new() };
        for client in apps {
            let around = self.around(client, &new.stores, log);
            if !new.stores.iter().any(|known| Arc::ptr_eq(known, &around)) {
                new.stores.push(Arc::clone(&around));
            }
            let kept = self.apps.iter().find(|app| app.is_of(client)).cloned();
            new.apps.extend(kept.or_else(|| App::new(client, around).map(Arc::new)));
        }
        new
    }

    /// What surrounds this client's store, now or in the making.
    fn around(&self, client: &Client, new: &[Arc<Surroundings>], log: &Log) -> Arc<Surroundings> {
        let store = &client.tokens.store;
        let known = new.iter().chain(&self.stores).find(|around| around.are_of(&**store));
        known.cloned().unwrap_or_else(|| Arc::new(Surroundings::new(Arc::clone(store), Arc::clone(log))))
    }

    /// Who asks, if it may: a client's name, or where everybody may, an address.
    fn admitted<'a>(&'a self, request: &'a Request) -> Result<&'a str, No> {
        let Some(clients) = &self.clients else { return Ok(address(request)) };
        bearer(request).and_then(|token| clients.who(token)).ok_or(No::Unauthorized)
    }

    /// An SDK has one place for a credential: the app secret itself, or the
    /// bearer token of its machine in the same place.
    fn proven<'a>(&'a self, app: &App, secret: Option<&Secret>, request: &'a Request) -> Option<&'a str> {
        let text = secret?.expose();
        let is_own = app.secret.as_ref().is_some_and(|own| same(own.expose().as_bytes(), text.as_bytes()));
        let name = self.clients.as_ref().and_then(|clients| clients.who(text));
        name.or_else(|| is_own.then(|| address(request)))
    }

    fn app(&self, id: &str) -> Result<&App, No> {
        self.apps.iter().find(|app| app.id == id).map(|app| &**app).ok_or(No::UnknownApp)
    }

    fn app_of_token(&self, token: &Secret) -> Result<&App, No> {
        let fits = |value: &Secret| same(value.expose().as_bytes(), token.expose().as_bytes());
        let is_token = |slot: &Arc<Slot>| !matches!(slot.kind, LeaseKind::Ticket(_));
        let has = |app: &&Arc<App>| app.slots.iter().any(|slot| is_token(slot) && slot.keep().knows(fits));
        self.apps.iter().find(has).map(|app| &**app).ok_or(No::UnknownToken)
    }

    /// What is wrong with the stores, if anything is.
    fn trouble(&self) -> Option<(Deed, StoreError)> {
        let worst =
            |store: &Arc<Surroundings>| store.troubles().worst().map(|(deed, error)| (deed, error.clone()));
        self.stores.iter().find_map(worst)
    }

    fn ready(&self, is_client: bool) -> Reply {
        let state = |app: &App, slot: &Arc<Slot>| {
            let now = app.clock.now();
            let is_held = slot.keep().serve(now).is_some();
            (is_held, show::state(&app.id, slot, now))
        };
        let wanted = |app: &Arc<App>| -> Vec<_> {
            let is_wanted = |slot: &&Arc<Slot>| slot.kind == app.main || slot.keep().is_wanted();
            app.slots.iter().filter(is_wanted).map(|slot| state(app, slot)).collect()
        };
        let leases: Vec<(bool, _)> = self.apps.iter().flat_map(wanted).collect();
        let can_serve = if leases.iter().all(|(held, _)| *held) { Ok(()) } else { Err(()) };
        let mut shown: Vec<_> = leases.into_iter().map(|(_, state)| state).collect();
        if !is_client {
            shown.clear();
        }
        show::ready(can_serve, self.trouble(), shown)
    }
}

/// Those of one list that are not in the other.
fn missing<'a, T>(list: &'a [Arc<T>], other: &'a [Arc<T>]) -> impl Iterator<Item = &'a Arc<T>> {
    list.iter().filter(|one| !other.iter().any(|known| Arc::ptr_eq(known, one)))
}

/// Where a request comes from; a socket file has no address.
fn address(request: &Request) -> &str {
    request.peer.as_deref().unwrap_or("local")
}

/// A path of WeChat's is answered in WeChat's words, whatever is wrong with it.
fn lost_way(request: &Request, lost: Lost) -> Decision {
    // A path of WeChat's that is not served is no passing trouble: an SDK that is
    // told -1 tries it for ever.
    let is_ours = request.path().starts_with("/cgi-bin/") && lost != Lost::NowhereToGo;
    let style = if is_ours { Style::WeChat } else { Style::Plain };
    let no = match lost {
        Lost::NowhereToGo => No::NotFound,
        Lost::WrongMethod => No::WrongMethod,
        Lost::Unreadable => No::Unreadable,
        Lost::Missing(code) => No::Missing(code),
    };
    Decision::Now(style, Err(no))
}
