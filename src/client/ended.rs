//! How a call ends: an answer with everything that was said on the way, or a
//! [`CallError`] that tells "not sent" from "perhaps done". Data only.

use crate::api::endpoint::Endpoint;
use crate::api::{Answer, Lang, ReadError, WriteError};
use crate::net::SendError;
use crate::store::{Failed, LeaseKind, StoreError};
use crate::wire::{Fields, Reply, Request};

/// Codes that say "this access token is dead, fetch another".
const DEAD_TOKEN: [&str; 3] = ["40001", "40014", "42001"];

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
    /// The token central server gives no reply.
    HubAway(SendError),
    /// Told to stop while nothing was on its way.
    Interrupted,
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

impl std::fmt::Display for CallError {
    /// Short and technical, for logs and for those who waited; nothing of what was
    /// sent but the host.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoHost(row) => write!(f, "no server for {}", row.name),
            Self::Write(_) => f.write_str("the request lacks a setting or a field"),
            Self::Send(unanswered) => unanswered.error.fmt(f),
            Self::Read(unbelieved) => f.write_str(&said(&unbelieved.error)),
            Self::Store(error) => error.fmt(f),
            Self::Elsewhere(failed, _) => write!(f, "{} {}", failed.code, failed.text),
            Self::Hub(refusal) => write!(f, "hub: HTTP {} {}", refusal.status, refusal.code),
            Self::HubAway(error) => error.fmt(f),
            Self::Interrupted => f.write_str("interrupted"),
        }
    }
}

fn said(error: &ReadError) -> String {
    match error {
        ReadError::Refused(refusal) => format!("{} {}", refusal.code, refusal.text),
        ReadError::NotWeChat { status, .. } => format!("HTTP {status}"),
        ReadError::Fields(problems) => {
            let texts = problems.iter().map(|problem| problem.message().text(Lang::En).into_owned());
            texts.collect::<Vec<_>>().join("; ")
        }
        _ => "a reply that cannot be read or believed".to_owned(),
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

/// A token central server that says no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubRefusal {
    /// Its code: `hub.unauthorized`; empty if it is no such server.
    pub code: String,
    /// HTTP status.
    pub status: u16,
    /// WeChat's own code, if it was WeChat that refused.
    pub errcode: String,
    /// WeChat's own text, or what else is in the way.
    pub errmsg: String,
    /// After so many seconds it may be asked again.
    pub retry_after: Option<u64>,
}

impl HubRefusal {
    /// A no of the server's own, with nothing of WeChat's in it.
    pub(super) fn plain(code: &str, status: u16) -> Self {
        let (errcode, errmsg) = Default::default();
        Self { code: code.to_owned(), status, errcode, errmsg, retry_after: None }
    }
}
