//! One fresh lease for everybody: tasks and processes that share a store share
//! its tokens and tickets, and one of them fetches while the others wait. Comes
//! in: what is wanted; goes out: a lease and where it came from.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::call::{CallError, Called, Client, Unbelieved};
use super::lease::{Next, Others, decide};
use super::remote::Remote;
use crate::api::check::{FieldFault, Problem};
use crate::api::endpoint::{Fill, Host};
use crate::api::{ReadError, WriteError, oa};
use crate::net;
use crate::sign::Secret;
use crate::store::{Failed, Lease, LeaseKey, LeaseKind, Locked, Store, StoreError, TicketType};
use crate::wire::Fields;

/// How soon a waiting caller looks again, at first and at last.
const POLL: (Duration, Duration) = (Duration::from_millis(20), Duration::from_millis(200));

/// Keeps tokens and tickets fresh.
#[derive(Clone)]
pub struct Tokens {
    /// Where they are kept.
    pub store: Arc<dyn Store>,
    /// Which of the two access tokens calls are made with.
    pub kind: LeaseKind,
    /// How long to wait for somebody else's fetch before giving up.
    pub patience: Duration,
    /// A token central server to ask in place of the store and WeChat.
    pub hub: Option<Remote>,
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Want {
    /// The stored one while it is fresh.
    Fresh,
    /// A new one, whatever is stored.
    Renewed,
    /// Any but this one, which WeChat calls dead.
    Instead(Secret),
    /// The one after this, which is still good but will not be for long.
    After(Secret),
}

/// A lease and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    /// The lease.
    pub lease: Lease,
    /// Where it came from.
    pub source: Source,
    /// Why a fetched one could not be stored: nobody else has it.
    pub unsaved: Option<StoreError>,
}

/// Where a lease came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// It was there, perhaps fetched by another process a moment ago.
    Store,
    /// Fetched from WeChat for this call.
    Fetched,
    /// A token central server had it.
    Hub,
}

impl Tokens {
    /// The classic access token, and patience for somebody else's slow fetch.
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, kind: LeaseKind::Token, patience: Duration::from_secs(40), hub: None }
    }

    /// The key under which this client's lease of this kind is stored.
    ///
    /// # Errors
    /// No app id.
    pub fn key(client: &Client, kind: LeaseKind) -> Result<LeaseKey, CallError> {
        let app_id = client.keys.app_id.clone().ok_or(WriteError::NoSetting(Fill::AppId))?;
        let base = client.base.as_deref().map(|base| base.trim_end_matches('/'));
        let origin = base.or(Host::Api.origin()).unwrap_or_default().to_owned();
        Ok(LeaseKey { app_id, origin, kind })
    }

    /// Gets a lease, fetching it if need be.
    ///
    /// # Errors
    /// [`CallError`], of the fetch, of the store or of the hub.
    pub async fn get(&self, client: &Client, kind: LeaseKind, want: Want) -> Result<Leased, CallError> {
        if let Some(hub) = &self.hub {
            return hub.get(client, kind, want).await;
        }
        let key = Self::key(client, kind)?;
        let unwanted = match &want {
            Want::Fresh => None,
            // Of many callers who want it renewed, one renews it.
            Want::Renewed => self.load(&key).await?.map(|lease| lease.value),
            Want::Instead(old) | Want::After(old) => Some(old.clone()),
        };
        let wish = Wish { key, want, unwanted, began: client.clock.now() };
        self.wait(client, &wish).await
    }

    /// What is stored, fresh or not.
    ///
    /// # Errors
    /// Of the store.
    pub async fn load(&self, key: &LeaseKey) -> Result<Option<Lease>, StoreError> {
        let key = key.clone();
        self.ask(move |store| store.load(&key)).await
    }

    async fn wait(&self, client: &Client, wish: &Wish) -> Result<Leased, CallError> {
        let (mut waited, mut poll) = (Duration::ZERO, POLL.0);
        loop {
            if let Some(leased) = self.stored(client, wish, Others::Idle).await? {
                return Ok(leased);
            }
            let lock = self.lock(&wish.key).await?;
            // Who waited for a fetch that failed has failed with it.
            if !waited.is_zero()
                && let Some(failed) = self.failed_since(wish).await?
            {
                release(lock).await;
                return Err(CallError::Elsewhere(failed, wish.key.kind));
            }
            if let Some(lock) = lock {
                match self.renew(client, wish, lock).await {
                    Err(CallError::Store(StoreError::Overtaken { .. })) => {}
                    other => return other,
                }
            } else if let Some(leased) = self.stored(client, wish, Others::Fetching).await? {
                return Ok(leased);
            }
            if waited >= self.patience {
                return Err(StoreError::Busy { key: wish.key.clone(), waited: waited.as_secs() }.into());
            }
            net::sleep(poll).await;
            waited += poll;
            poll = (poll * 3 / 2).min(POLL.1);
        }
    }

    async fn stored(
        &self,
        client: &Client,
        wish: &Wish,
        others: Others,
    ) -> Result<Option<Leased>, StoreError> {
        let lease = self.load(&wish.key).await?.filter(|lease| Some(&lease.value) != wish.unwanted.as_ref());
        let next = decide(lease.as_ref(), client.clock.now(), others);
        let lease = lease.filter(|_| next == Next::Use);
        Ok(lease.map(|lease| Leased { lease, source: Source::Store, unsaved: None }))
    }

    async fn failed_since(&self, wish: &Wish) -> Result<Option<Failed>, StoreError> {
        let key = wish.key.clone();
        let failed = self.ask(move |store| store.failed(&key)).await?;
        Ok(failed.filter(|failed| failed.at >= wish.began))
    }

    async fn lock(&self, key: &LeaseKey) -> Result<Option<Lock>, StoreError> {
        let key = key.clone();
        Ok(self.ask(move |store| store.try_lock(&key)).await?.map(Lock::from))
    }

    async fn renew(&self, client: &Client, wish: &Wish, lock: Lock) -> Result<Leased, CallError> {
        let renewed = self.renew_locked(client, wish, &lock).await;
        release(Some(lock)).await;
        renewed
    }

    async fn renew_locked(&self, client: &Client, wish: &Wish, lock: &Lock) -> Result<Leased, CallError> {
        // Who held the lock before us may have fetched what we want.
        if let Some(leased) = self.stored(client, wish, Others::Idle).await? {
            return Ok(leased);
        }
        on(lock, |lock| lock.prepare()).await?;
        match held(lock, fetch(client, wish.key.kind, &wish.want)).await {
            Err(error) => {
                let failed = failure(&error, client.clock.now());
                // The error of the fetch is the one to tell.
                let _ = on(lock, move |lock| lock.fail(&failed)).await;
                Err(error)
            }
            Ok(lease) => {
                let copy = lease.clone();
                let unsaved = match on(lock, move |lock| lock.save(&copy)).await {
                    Err(error @ StoreError::Overtaken { .. }) => return Err(error.into()),
                    saved => saved.err(),
                };
                Ok(Leased { lease, source: Source::Fetched, unsaved })
            }
        }
    }

    /// Asks the store on a thread where it may block.
    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let store = Arc::clone(&self.store);
        net::blocking(move || question(&*store)).await
    }
}

/// One caller and what it came for.
struct Wish {
    key: LeaseKey,
    want: Want,
    /// What it does not want.
    unwanted: Option<Secret>,
    /// When it came.
    began: u64,
}

type Lock = Arc<dyn Locked>;

async fn on(
    lock: &Lock,
    action: impl FnOnce(&dyn Locked) -> Result<(), StoreError> + Send + 'static,
) -> Result<(), StoreError> {
    let lock = Arc::clone(lock);
    net::blocking(move || action(&*lock)).await
}

async fn release(lock: Option<Lock>) {
    net::blocking(move || drop(lock)).await;
}

/// Keeps a lock alive while something takes its time.
async fn held<T>(lock: &Lock, work: impl Future<Output = T>) -> T {
    let Some(beat) = lock.beat() else { return work.await };
    let mut work = std::pin::pin!(work);
    loop {
        net::select! {
            done = &mut work => return done,
            // A beat that is missed shows when the lease is saved.
            () = net::sleep(beat) => drop(on(lock, |lock| lock.extend()).await),
        }
    }
}

/// What those who wait are told.
pub(super) fn failure(error: &CallError, at: u64) -> Failed {
    let (code, text) = match error {
        CallError::Read(unbelieved) => match &unbelieved.error {
            ReadError::Refused(refusal) => (refusal.code.clone(), refusal.text.clone()),
            ReadError::NotWeChat { status, .. } => (String::new(), format!("HTTP {status}")),
            other => (String::new(), format!("{other:?}")),
        },
        CallError::Send(unanswered) => (String::new(), unanswered.error.to_string()),
        CallError::Elsewhere(failed, _) => (failed.code.clone(), failed.text.clone()),
        other => (String::new(), format!("{other:?}")),
    };
    Failed { code, text, at }
}

/// Asks WeChat, once; a ticket may need a token first.
async fn fetch(client: &Client, kind: LeaseKind, want: &Want) -> Result<Lease, CallError> {
    // The life is counted from before the request, so it is never overrated.
    let asked_at = client.clock.now();
    let (called, row, name) = match kind {
        LeaseKind::Token => {
            (client.once(&oa::TOKEN, &Fields::new(), None).await?, &oa::TOKEN, "access_token")
        }
        LeaseKind::StableToken => {
            let fields = force_refresh(want);
            (client.once(&oa::STABLE_TOKEN, &fields, None).await?, &oa::STABLE_TOKEN, "access_token")
        }
        LeaseKind::Ticket(ticket) => (fetch_ticket(client, ticket).await?, &oa::GETTICKET, "ticket"),
    };
    lease(&called.answer.fields, name, asked_at).map_err(|problem| {
        let Called { sent, request, reply, .. } = called;
        let error = ReadError::Fields(vec![problem]);
        CallError::Read(Box::new(Unbelieved { error, row, sent, request, reply }))
    })
}

/// Asked again without it, WeChat answers the same stable token.
fn force_refresh(want: &Want) -> Fields {
    match want {
        Want::Fresh | Want::After(_) => Fields::new(),
        Want::Renewed | Want::Instead(_) => [("force_refresh", "true")].into_iter().collect(),
    }
}

type Calling<'a> = Pin<Box<dyn Future<Output = Result<Called, CallError>> + Send + 'a>>;

/// A ticket is a call like any other: it gets a token first, which is a lease
/// too. The box ends that circle.
fn fetch_ticket(client: &Client, ticket: TicketType) -> Calling<'_> {
    Box::pin(async move {
        let fields = [("type", ticket.as_str())].into_iter().collect();
        client.call(&oa::GETTICKET, &fields).await
    })
}

fn lease(fields: &Fields, name: &'static str, asked_at: u64) -> Result<Lease, Problem> {
    let missing = |field: &str| Problem { field: field.to_owned(), fault: FieldFault::Missing };
    let value = fields.filled(name).ok_or_else(|| missing(name))?;
    let life = fields.get("expires_in").and_then(|text| text.parse::<u64>().ok());
    let life = life.ok_or_else(|| missing("expires_in"))?;
    Ok(Lease { value: Secret::new(value), fetched_at: asked_at, expires_at: asked_at.saturating_add(life) })
}
