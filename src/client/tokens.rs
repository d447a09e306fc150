//! One fresh lease for everybody: tasks and processes that share a store share
//! its tokens and tickets, and one of them fetches while the others wait. Comes
//! in: what is wanted; goes out: a lease and where it came from.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::call::{CallError, Called, Client, Unbelieved};
use super::lease::{Next, Others, decide};
use crate::api::check::{FieldFault, Problem};
use crate::api::endpoint::{Fill, Host};
use crate::api::{ReadError, WriteError, oa};
use crate::net;
use crate::sign::Secret;
use crate::store::{Lease, LeaseKey, LeaseKind, Locked, Store, StoreError, TicketType};
use crate::wire::Fields;

/// How often a waiting caller looks again.
const POLL: Duration = Duration::from_millis(20);

/// Keeps tokens and tickets fresh.
#[derive(Clone)]
pub struct Tokens {
    /// Where they are kept.
    pub store: Arc<dyn Store>,
    /// Which of the two access tokens calls are made with.
    pub kind: LeaseKind,
    /// How long to wait for somebody else's fetch before giving up.
    pub patience: Duration,
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
}

/// A lease and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    /// The lease.
    pub lease: Lease,
    /// Where it came from.
    pub source: Source,
}

/// Where a lease came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// It was there, perhaps fetched by another process a moment ago.
    Store,
    /// Fetched from WeChat for this call.
    Fetched,
}

impl Tokens {
    /// The classic access token, and patience for somebody else's slow fetch.
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, kind: LeaseKind::Token, patience: Duration::from_secs(40) }
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
    /// [`CallError`], of the fetch or of the store.
    pub async fn get(&self, client: &Client, kind: LeaseKind, want: Want) -> Result<Leased, CallError> {
        let key = Self::key(client, kind)?;
        let mut waited = Duration::ZERO;
        loop {
            if let Some(leased) = self.stored(client, &key, &want, Others::Idle)? {
                return Ok(leased);
            }
            if let Some(lock) = self.store.try_lock(&key)? {
                return self.renew(client, &key, &want, &*lock).await;
            }
            if let Some(leased) = self.stored(client, &key, &want, Others::Fetching)? {
                return Ok(leased);
            }
            if waited >= self.patience {
                return Err(StoreError::Busy { key, waited: waited.as_secs() }.into());
            }
            net::sleep(POLL).await;
            waited += POLL;
        }
    }

    fn stored(
        &self,
        client: &Client,
        key: &LeaseKey,
        want: &Want,
        others: Others,
    ) -> Result<Option<Leased>, CallError> {
        let lease = match want {
            Want::Renewed => None,
            Want::Fresh => self.store.load(key)?,
            Want::Instead(dead) => self.store.load(key)?.filter(|lease| lease.value != *dead),
        };
        let next = decide(lease.as_ref(), client.clock.now(), others);
        Ok(lease.filter(|_| next == Next::Use).map(|lease| Leased { lease, source: Source::Store }))
    }

    async fn renew(
        &self,
        client: &Client,
        key: &LeaseKey,
        want: &Want,
        lock: &dyn Locked,
    ) -> Result<Leased, CallError> {
        // Who held the lock before us may have fetched what we want.
        if let Some(leased) = self.stored(client, key, want, Others::Idle)? {
            return Ok(leased);
        }
        let lease = fetch(client, key.kind, want).await?;
        lock.save(&lease)?;
        Ok(Leased { lease, source: Source::Fetched })
    }
}

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
        Want::Fresh => Fields::new(),
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
