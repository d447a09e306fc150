//! One fresh lease for everybody: tasks and processes that share a store share
//! its tokens and tickets, and one of them fetches while the others wait. Comes
//! in: what is wanted; goes out: a lease and where it came from.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::caller::Caller;
use super::ended::{CallError, Called, Unbelieved};
use super::lease::{self, Leased, Next, Others, Source, Want, decide};
use super::remote::Remote;
use crate::api::endpoint::{Endpoint, Fill, Host, Money};
use crate::api::{ReadError, WriteError, oa};
use crate::net;
use crate::sign::Secret;
use crate::store::{Failed, Lease, LeaseKey, LeaseKind, Locked, MemoryStore, Store, StoreError, TicketType};
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

impl Tokens {
    /// The classic access token, and patience for somebody else's slow fetch.
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, kind: LeaseKind::Token, patience: Duration::from_secs(40), hub: None }
    }

    /// What a token central server lends; nothing is kept here.
    #[must_use]
    pub fn lent_by(hub: Remote) -> Self {
        Self { hub: Some(hub), ..Self::new(Arc::new(MemoryStore::default())) }
    }

    /// The key under which this client's lease of this kind is stored.
    ///
    /// # Errors
    /// No app id.
    pub fn key(caller: &Caller, kind: LeaseKind) -> Result<LeaseKey, CallError> {
        let app_id = caller.keys.app_id.clone().ok_or(WriteError::NoSetting(Fill::AppId))?;
        let origin = caller.base().or(Host::Api.origin()).unwrap_or_default().to_owned();
        Ok(LeaseKey { app_id, origin, kind })
    }

    /// Gets a lease, fetching it if need be.
    ///
    /// # Errors
    /// [`CallError`], of the fetch, of the store or of the hub.
    pub async fn get(&self, caller: &Caller, kind: LeaseKind, want: Want) -> Result<Leased, CallError> {
        if let Some(hub) = &self.hub {
            return hub.get(caller, kind, want).await;
        }
        let key = Self::key(caller, kind)?;
        let unwanted = match &want {
            Want::Fresh => None,
            // Of many callers who want it renewed, one renews it.
            Want::Renewed => self.load(&key).await?.map(|lease| lease.value),
            Want::Instead(old) | Want::After(old) => Some(old.clone()),
        };
        let wish = Wish { key, want, unwanted, began: caller.clock.now() };
        self.wait(caller, &wish).await
    }

    /// Makes one call, with a token where it needs one. A token that WeChat calls
    /// dead is replaced, and the call repeated once, unless it moves money.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn call(
        &self,
        caller: &Caller,
        row: &'static Endpoint,
        fields: &Fields,
    ) -> Result<Called, CallError> {
        if !caller.wants_token(row, fields) {
            return caller.call(row, fields, None).await;
        }
        let token = self.get(caller, self.kind, Want::Fresh).await?.lease.value;
        match caller.call(row, fields, Some(&token)).await {
            Err(error) if error.is_dead_token() && row.money == Money::Still => {
                let next = self.get(caller, self.kind, Want::Instead(token)).await?;
                caller.call(row, fields, Some(&next.lease.value)).await
            }
            other => other,
        }
    }

    /// What is stored, fresh or not.
    ///
    /// # Errors
    /// Of the store.
    pub async fn load(&self, key: &LeaseKey) -> Result<Option<Lease>, StoreError> {
        let key = key.clone();
        self.ask(move |store| store.load(&key)).await
    }

    async fn wait(&self, caller: &Caller, wish: &Wish) -> Result<Leased, CallError> {
        let (mut waited, mut poll) = (Duration::ZERO, POLL.0);
        loop {
            if let Some(leased) = self.stored(caller, wish, Others::Idle).await? {
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
                match self.renew(caller, wish, lock).await {
                    Err(CallError::Store(StoreError::Overtaken { .. })) => {}
                    other => return other,
                }
            } else if let Some(leased) = self.stored(caller, wish, Others::Fetching).await? {
                return Ok(leased);
            }
            if waited >= self.patience {
                return Err(StoreError::Busy { key: wish.key.clone(), waited: waited.as_secs() }.into());
            }
            net::select! {
                () = net::sleep(poll) => {}
                () = caller.stop.asked() => return Err(CallError::Interrupted),
            }
            waited += poll;
            poll = (poll * 3 / 2).min(POLL.1);
        }
    }

    async fn stored(
        &self,
        caller: &Caller,
        wish: &Wish,
        others: Others,
    ) -> Result<Option<Leased>, StoreError> {
        let lease = self.load(&wish.key).await?.filter(|lease| Some(&lease.value) != wish.unwanted.as_ref());
        let next = decide(lease.as_ref(), caller.clock.now(), others);
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

    async fn renew(&self, caller: &Caller, wish: &Wish, lock: Lock) -> Result<Leased, CallError> {
        let renewed = self.renew_locked(caller, wish, &lock).await;
        release(Some(lock)).await;
        renewed
    }

    async fn renew_locked(&self, caller: &Caller, wish: &Wish, lock: &Lock) -> Result<Leased, CallError> {
        // Who held the lock before us may have fetched what we want.
        if let Some(leased) = self.stored(caller, wish, Others::Idle).await? {
            return Ok(leased);
        }
        on(lock, |lock| lock.prepare()).await?;
        match held(lock, fetch(self, caller, wish.key.kind, &wish.want)).await {
            Err(error) => {
                let failed = failure(&error, caller.clock.now());
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
    let theirs = match error {
        CallError::Read(unbelieved) => match &unbelieved.error {
            ReadError::Refused(refusal) => Some((refusal.code.clone(), refusal.text.clone())),
            _ => None,
        },
        CallError::Elsewhere(failed, _) => Some((failed.code.clone(), failed.text.clone())),
        _ => None,
    };
    let (code, text) = theirs.unwrap_or_else(|| (String::new(), error.to_string()));
    Failed { code, text, at }
}

/// Asks WeChat, once; a ticket may need a token first.
async fn fetch(tokens: &Tokens, caller: &Caller, kind: LeaseKind, want: &Want) -> Result<Lease, CallError> {
    let asked_at = caller.clock.now();
    let called = match kind {
        LeaseKind::Token => caller.call(&oa::TOKEN, &Fields::new(), None).await?,
        LeaseKind::StableToken => caller.call(&oa::STABLE_TOKEN, &force_refresh(want), None).await?,
        LeaseKind::Ticket(ticket) => fetch_ticket(tokens, caller, ticket).await?,
    };
    lease::read(kind, &called.answer.fields, asked_at).map_err(|problem| {
        let Called { sent, request, reply, .. } = called;
        let (error, row) = (ReadError::Fields(vec![problem]), lease::row(kind));
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
fn fetch_ticket<'a>(tokens: &'a Tokens, caller: &'a Caller, ticket: TicketType) -> Calling<'a> {
    Box::pin(async move {
        let fields = [("type", ticket.as_str())].into_iter().collect();
        tokens.call(caller, &oa::GETTICKET, &fields).await
    })
}
