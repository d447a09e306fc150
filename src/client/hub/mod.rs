//! The token central server: a request comes in, a reply goes out, over leases
//! that keepers hold fresh. Answers from memory and at once wherever it can; lets
//! nobody have the app secret, and logs no token.

pub mod access;
pub mod keep;
mod keeper;
pub mod pause;
pub mod route;
mod show;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

pub use access::{BadClients, Clients};
pub use keep::Trouble;

use super::call::Client;
use crate::net::{self, Answer, Listener};
use crate::sign::{Secret, same};
use crate::store::{Lease, LeaseKind, StoreError};
use crate::wire::{Reply, Request};
use access::{bearer, is_from_page};
use keep::{Keep, Rotation};
use keeper::{Slot, StoreState, Surroundings};
use route::{Ask, Lost, Rotate, What, route};
use show::{No, Style};

/// Longest wait of a caller for something that is not there yet.
const PATIENCE: Duration = Duration::from_secs(15);
/// Longest wait for fetches under way when stopping.
const STOP: Duration = Duration::from_secs(5);

/// Something worth a line in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A lease was fetched.
    Fetched {
        /// Of this app.
        app_id: String,
        /// Of this kind.
        kind: LeaseKind,
        /// Good for so many seconds.
        left: u64,
    },
    /// A fetch failed.
    Failed {
        /// Of this app.
        app_id: String,
        /// Of this kind.
        kind: LeaseKind,
        /// Why, and when it is tried again.
        trouble: Option<Trouble>,
    },
    /// The store cannot be used; what is held is served on.
    StoreLost(StoreError),
    /// The store is back.
    StoreBack,
}

/// Who is told; called from the server's threads.
pub type Log = Arc<dyn Fn(Event) + Send + Sync>;

/// The server.
pub struct Hub {
    apps: Vec<App>,
    clients: Option<Clients>,
    around: Arc<Surroundings>,
    answered: AtomicU64,
    refused: AtomicU64,
    unavailable: AtomicU64,
}

struct App {
    id: String,
    secret: Option<Secret>,
    clock: super::Clock,
    /// Which kind its plain `token` is.
    main: LeaseKind,
    slots: Vec<Arc<Slot>>,
}

impl Hub {
    /// A server of these apps, each with a client that knows its keys; one
    /// without app id is left out. With `clients`, only they may ask.
    #[must_use]
    pub fn new(apps: &[Client], clients: Option<Clients>, log: Log) -> Arc<Self> {
        let stop = net::watch::Sender::new(false);
        let around = Arc::new(Surroundings { store: StoreState::default(), log, stop });
        let apps = apps.iter().filter_map(App::new).collect();
        let (answered, refused, unavailable) = Default::default();
        Arc::new(Self { apps, clients, around, answered, refused, unavailable })
    }

    /// Keeps and serves until `stop` is ready, then finishes what is under way.
    pub async fn serve(self: Arc<Self>, listener: Listener, stop: impl Future) {
        let mut keepers = net::JoinSet::new();
        for slot in self.apps.iter().flat_map(|app| &app.slots) {
            keepers.spawn(Arc::clone(slot).run(Arc::clone(&self.around)));
        }
        let hub = Arc::clone(&self);
        let answer = move |request: Request| hub.answer(&request);
        net::serve_wide(listener, answer, stop).await;
        self.around.stop.send_replace(true);
        let _ = net::timeout(STOP, keepers.join_all()).await;
    }

    /// Answers one request: at once from memory, or when there is an answer.
    pub fn answer(self: &Arc<Self>, request: &Request) -> Answer {
        match self.decide(request) {
            Decision::Now(style, result) => Answer::Now(self.shown(style, &result)),
            Decision::Reply(reply) => Answer::Now(reply),
            Decision::Wait(style, waiting) => {
                let hub = Arc::clone(self);
                Answer::When(Box::pin(async move {
                    let result = waiting.answer().await;
                    hub.shown(style, &result)
                }))
            }
        }
    }

    fn decide(&self, request: &Request) -> Decision {
        let ask = match route(request) {
            Ok(ask) => ask,
            Err(lost) => return lost_way(request, lost),
        };
        let style =
            if matches!(ask, Ask::Token { .. } | Ask::Ticket { .. }) { Style::WeChat } else { Style::Plain };
        if self.clients.is_none() && is_from_page(request) {
            return Decision::Now(Style::Plain, Err(No::FromPage));
        }
        let is_client = self.admits(request);
        let found = match ask {
            Ask::Health => return Decision::Reply(Reply::ok("application/json", r#"{"status":"ok"}"#)),
            Ask::Ready => return Decision::Reply(self.ready(is_client)),
            Ask::Metrics if is_client => return Decision::Reply(self.metrics()),
            Ask::Metrics => Err(No::Unauthorized),
            Ask::Plain { .. } if !is_client => Err(No::Unauthorized),
            Ask::Plain { app_id, what, rotate } => self.app(&app_id).map(|app| (app, what, rotate)),
            Ask::Token { app_id, secret, what, rotate } => self
                .app(&app_id)
                .and_then(|app| {
                    let proven = is_client || secret.is_some_and(|secret| self.is_proven(app, &secret));
                    if proven { Ok(app) } else { Err(No::Unauthorized) }
                })
                .map(|app| (app, what, rotate)),
            Ask::Ticket { token, ticket, rotate } => {
                self.app_of_token(&token).map(|app| (app, What::Kind(LeaseKind::Ticket(ticket)), rotate))
            }
        };
        match found {
            Err(no) => Decision::Now(style, Err(no)),
            Ok((app, what, rotate)) => app.decide(style, what, rotate),
        }
    }

    fn admits(&self, request: &Request) -> bool {
        let Some(clients) = &self.clients else { return true };
        bearer(request).is_some_and(|token| clients.who(token).is_some())
    }

    /// An SDK has one place for a credential: the app secret itself, or the
    /// bearer token of its machine in the same place.
    fn is_proven(&self, app: &App, secret: &Secret) -> bool {
        let text = secret.expose();
        let is_own = app.secret.as_ref().is_some_and(|own| same(own.expose().as_bytes(), text.as_bytes()));
        is_own || self.clients.as_ref().is_some_and(|clients| clients.who(text).is_some())
    }

    fn app(&self, id: &str) -> Result<&App, No> {
        self.apps.iter().find(|app| app.id == id).ok_or(No::UnknownApp)
    }

    fn app_of_token(&self, token: &Secret) -> Result<&App, No> {
        let fits = |value: &Secret| same(value.expose().as_bytes(), token.expose().as_bytes());
        let is_token = |slot: &Arc<Slot>| !matches!(slot.kind, LeaseKind::Ticket(_));
        let has = |app: &&App| app.slots.iter().any(|slot| is_token(slot) && slot.keep().knows(fits));
        self.apps.iter().find(has).ok_or(No::UnknownToken)
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

    fn ready(&self, is_client: bool) -> Reply {
        let state = |app: &App, slot: &Arc<Slot>| {
            let now = app.clock.now();
            let is_held = slot.keep().serve(now).is_some();
            (is_held, show::state(&app.id, slot, now))
        };
        let wanted = |app: &App| -> Vec<_> {
            let is_wanted = |slot: &&Arc<Slot>| slot.kind == app.main || slot.keep().is_wanted();
            app.slots.iter().filter(is_wanted).map(|slot| state(app, slot)).collect()
        };
        let leases: Vec<(bool, _)> = self.apps.iter().flat_map(wanted).collect();
        let can_serve = if leases.iter().all(|(held, _)| *held) { Ok(()) } else { Err(()) };
        let store = self.around.store.trouble().map(|error| format!("{error:?}"));
        let mut shown: Vec<_> = leases.into_iter().map(|(_, state)| state).collect();
        if !is_client {
            shown.clear();
        }
        show::ready(can_serve, store, shown)
    }

    fn metrics(&self) -> Reply {
        let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let requests = [
            ("ok", count(&self.answered)),
            ("refused", count(&self.refused)),
            ("unavailable", count(&self.unavailable)),
        ];
        let slots = |app: &'_ App| -> Vec<_> {
            app.slots.iter().cloned().map(|slot| (app.id.clone(), slot)).collect()
        };
        let all: Vec<(String, Arc<Slot>)> = self.apps.iter().flat_map(slots).collect();
        let all: Vec<(&str, &Slot)> = all.iter().map(|(id, slot)| (id.as_str(), &**slot)).collect();
        let now = self.apps.first().map_or(0, |app| app.clock.now());
        show::Figures::new(requests, u8::from(self.around.store.trouble().is_none())).leases(&all, now)
    }
}

/// What to do about a request.
enum Decision {
    /// This is the answer.
    Now(Style, Result<Given, No>),
    /// An answer that is no lease.
    Reply(Reply),
    /// A keeper is at it.
    Wait(Style, Waiting),
}

/// A lease for a caller.
struct Given {
    kind: LeaseKind,
    lease: Lease,
    now: u64,
}

/// A caller who waits.
struct Waiting {
    slot: Arc<Slot>,
    clock: super::Clock,
    /// The value that it does not want.
    unwanted: Option<Secret>,
}

impl Waiting {
    async fn answer(self) -> Result<Given, No> {
        let answer = |keep: &Keep| self.look(keep);
        self.slot.until(PATIENCE, answer).await.unwrap_or(Err(No::Slow))
    }

    fn look(&self, keep: &Keep) -> Option<Result<Given, No>> {
        let now = self.clock.now();
        let held = keep.serve(now);
        if let Some(lease) = held.filter(|lease| Some(&lease.value) != self.unwanted.as_ref()) {
            return Some(Ok(Given { kind: self.slot.kind, lease: lease.clone(), now }));
        }
        if let Some(trouble) = keep.paused(now) {
            return Some(Err(No::Paused(trouble)));
        }
        // It was asked, and WeChat gave the same one again.
        (held.is_some() && !keep.is_rotating()).then_some(Err(No::Soon(keep.soonest(now))))
    }
}

impl App {
    fn new(client: &Client) -> Option<Self> {
        let id = client.keys.app_id.clone()?;
        let slot = |kind| Arc::new(Slot::new(&id, client.clone(), kind));
        Some(Self {
            secret: client.keys.app_secret.clone(),
            clock: client.clock.clone(),
            main: client.tokens.kind,
            slots: LeaseKind::ALL.into_iter().map(slot).collect(),
            id,
        })
    }

    fn decide(&self, style: Style, what: What, rotate: Rotate) -> Decision {
        let kind = match what {
            What::Token => self.main,
            What::Kind(kind) => kind,
        };
        let Some(slot) = self.slots.iter().find(|slot| slot.kind == kind) else {
            return Decision::Now(style, Err(No::NotFound));
        };
        let now = self.clock.now();
        let given = |lease| Decision::Now(style, Ok(Given { kind, lease, now }));
        let wait = |unwanted| {
            let waiting = Waiting { slot: Arc::clone(slot), clock: self.clock.clone(), unwanted };
            Decision::Wait(style, waiting)
        };
        let failed = match rotate {
            Rotate::Keep => {
                return slot.serve(now).map_or_else(|| wait(None), given);
            }
            Rotate::Failed(failed) => Some(failed),
            Rotate::Anyway => None,
        };
        slot.counts.rotated.fetch_add(1, Ordering::Relaxed);
        let mut keep = slot.keep();
        let unwanted = failed.clone().or_else(|| keep.serve(now).map(|lease| lease.value.clone()));
        match keep.rotate(failed.as_ref(), now) {
            Rotation::Newer(lease) => given(lease),
            Rotation::Soon(seconds) => Decision::Now(style, Err(No::Soon(seconds))),
            Rotation::Paused(trouble) => Decision::Now(style, Err(No::Paused(trouble))),
            Rotation::Wait => {
                drop(keep);
                slot.wake();
                wait(unwanted)
            }
        }
    }
}

/// A path of WeChat's is answered in WeChat's words, whatever is wrong with it.
fn lost_way(request: &Request, lost: Lost) -> Decision {
    let style = if request.path().starts_with("/cgi-bin/") { Style::WeChat } else { Style::Plain };
    let no = match lost {
        Lost::NowhereToGo => No::NotFound,
        Lost::WrongMethod => No::WrongMethod,
        Lost::Unreadable => No::Unreadable,
        Lost::Missing(code) => No::Missing(code),
    };
    Decision::Now(style, Err(no))
}
