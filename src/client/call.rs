//! One call: stamp, write, send, read. Comes in: a row and fields; goes out: an
//! answer that is believed, or a [`CallError`] with everything that was said.
//! A dead access token is replaced once; nothing else is ever sent twice.

use std::sync::Arc;

use super::clock::Clock;
use super::remote::HubRefusal;
use super::tokens::{Leased, Tokens, Want};
use crate::api::endpoint::{Endpoint, Fill, Host, Method, Money};
use crate::api::{self, Answer, Keys, ReadError, WriteError, Written, codec, pay_v2};
use crate::net::{SendError, Transport};
use crate::sign::Secret;
use crate::store::{Failed, LeaseKind, StoreError};
use crate::wire::{Fields, Reply, Request};

/// Looks at everything that crosses the wire (`-v`).
pub type Observer = Arc<dyn Fn(&Request, Result<&Reply, &SendError>) + Send + Sync>;

/// Codes that say "this access token is dead, fetch another".
const DEAD_TOKEN: [&str; 3] = ["40001", "40014", "42001"];

/// Calls WeChat, or whatever stands in for it at `base`.
#[derive(Clone)]
pub struct Client {
    /// Carries the requests.
    pub transport: Arc<dyn Transport>,
    /// Time and dice.
    pub clock: Clock,
    /// Who we are.
    pub keys: Keys,
    /// Origin of all calls in place of WeChat's own hosts.
    pub base: Option<String>,
    /// Keeper of tokens and tickets.
    pub tokens: Tokens,
    /// Looks at everything that crosses the wire.
    pub observer: Option<Observer>,
}

/// A call that worked.
#[derive(Debug, Clone)]
pub struct Called {
    /// What WeChat answered; its signature is checked where one is due.
    pub answer: Answer,
    /// The fields as they were sent, with all that was filled in and the `sign`.
    pub sent: Fields,
    /// The request.
    pub request: Request,
    /// The reply.
    pub reply: Reply,
}

/// A call that did not work, or is not known to have.
#[derive(Debug, Clone)]
pub enum CallError {
    /// The row belongs to no server of WeChat's, and no `base` says where.
    NoHost(&'static Endpoint),
    /// Not sent: the request cannot be written.
    Write(WriteError),
    /// No reply.
    Send(Box<Unanswered>),
    /// A reply that is a refusal, or is not believed.
    Read(Box<Unbelieved>),
    /// The store of tokens cannot be used.
    Store(StoreError),
    /// Somebody else fetched for us, and failed.
    Elsewhere(Failed, LeaseKind),
    /// The token central server says no.
    Hub(HubRefusal),
}

/// A request without a reply.
#[derive(Debug, Clone)]
pub struct Unanswered {
    /// Why.
    pub error: SendError,
    /// Which call: perhaps the fetch of a token on the way to another one.
    pub row: &'static Endpoint,
    /// The fields as they were sent; holds the order number to query for.
    pub sent: Fields,
    /// The request.
    pub request: Request,
}

/// A request with a reply that is no answer.
#[derive(Debug, Clone)]
pub struct Unbelieved {
    /// Why.
    pub error: ReadError,
    /// Which call: perhaps the fetch of a token on the way to another one.
    pub row: &'static Endpoint,
    /// The fields as they were sent.
    pub sent: Fields,
    /// The request.
    pub request: Request,
    /// The reply.
    pub reply: Reply,
}

impl From<WriteError> for CallError {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

impl From<StoreError> for CallError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl CallError {
    /// The fields of a pay request whose signature WeChat refused.
    #[must_use]
    pub fn refused_signature(&self) -> Option<&Fields> {
        match self {
            Self::Read(unbelieved) => match &unbelieved.error {
                ReadError::Refused(refusal)
                    if refusal.known.is_some_and(|known| known.code == "SIGNERROR") =>
                {
                    Some(&unbelieved.sent)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether WeChat says that the access token is dead.
    #[must_use]
    pub fn is_dead_token(&self) -> bool {
        matches!(self, Self::Read(unbelieved) if matches!(&unbelieved.error,
            ReadError::Refused(refusal) if DEAD_TOKEN.contains(&refusal.code.as_str())))
    }
}

impl Client {
    /// Makes one call. A call that needs an access token gets one from the
    /// store; if WeChat calls it dead, the call is repeated once with another.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn call(&self, row: &'static Endpoint, fields: &Fields) -> Result<Called, CallError> {
        if !self.wants_token(row, fields) {
            return self.once(row, fields, None).await;
        }
        let kind = self.tokens.kind;
        let Leased { lease, .. } = self.lease(kind, Want::Fresh).await?;
        match self.once(row, fields, Some(&lease.value)).await {
            Err(error) if error.is_dead_token() && row.money == Money::Still => {
                let next = self.lease(kind, Want::Instead(lease.value)).await?;
                self.once(row, fields, Some(&next.lease.value)).await
            }
            other => other,
        }
    }

    /// Makes one signed call to any path of pay v2: through its row if it has
    /// one, else with the fields that all calls share.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn call_path(&self, path: &str, fields: &Fields) -> Result<Called, CallError> {
        let path = format!("/{}", path.trim_start_matches('/'));
        let known = api::find(Method::Post, &path).filter(|row| row.host == Host::Mch);
        if let Some(row) = known {
            return self.call(row, fields).await;
        }
        let row = pay_v2::other_call(&path);
        let url = format!("{}{path}", self.origin(row)?);
        self.exchange(row, fields, &self.keys, &url).await
    }

    /// A token or ticket: the stored one while it is fresh.
    ///
    /// # Errors
    /// [`CallError`], of the fetch or of the store.
    pub async fn lease(&self, kind: LeaseKind, want: Want) -> Result<Leased, CallError> {
        self.tokens.get(self, kind, want).await
    }

    /// Scheme and authority that calls of this row go to.
    ///
    /// # Errors
    /// [`CallError::NoHost`].
    pub fn origin(&self, row: &'static Endpoint) -> Result<&str, CallError> {
        let base = self.base.as_deref().map(|base| base.trim_end_matches('/'));
        base.or(row.host.origin()).ok_or(CallError::NoHost(row))
    }

    /// A token that the caller brought, as a field or a key, is the caller's to renew.
    fn wants_token(&self, row: &Endpoint, fields: &Fields) -> bool {
        let field = row.fields.iter().find(|field| field.fill == Fill::AccessToken);
        row.host == Host::Api
            && self.keys.access_token.is_none()
            && field.is_some_and(|field| fields.get(field.name).is_none())
    }

    pub(super) async fn once(
        &self,
        row: &'static Endpoint,
        fields: &Fields,
        token: Option<&Secret>,
    ) -> Result<Called, CallError> {
        let mut keys = self.keys.clone();
        keys.access_token = token.cloned().or(keys.access_token);
        self.exchange(row, fields, &keys, self.origin(row)?).await
    }

    async fn exchange(
        &self,
        row: &'static Endpoint,
        fields: &Fields,
        keys: &Keys,
        origin: &str,
    ) -> Result<Called, CallError> {
        let written = codec::write_request(row, fields, keys, &self.clock.stamp(), origin)?;
        let Written { request, fields: sent } = written;
        let replied = self.transport.send(&request).await;
        if let Some(observer) = &self.observer {
            observer(&request, replied.as_ref());
        }
        let reply = match replied {
            Ok(reply) => reply,
            Err(error) => return Err(CallError::Send(Box::new(Unanswered { error, row, sent, request }))),
        };
        match codec::read_reply(row, &reply, keys) {
            Ok(answer) => Ok(Called { answer, sent, request, reply }),
            Err(error) => Err(CallError::Read(Box::new(Unbelieved { error, row, sent, request, reply }))),
        }
    }
}
