//! Keeps leases: access tokens and tickets, each with its end. Comes in: a key;
//! goes out: a lease, or the lock that one fetcher at a time holds. Decides
//! nothing about freshness, reads no clock and waits for nobody. Its calls block
//! for a moment: who serves others makes them on a thread for blocking work.

pub mod file;
pub mod memory;
pub mod private;
#[cfg(feature = "redis")]
pub mod redis;

use std::path::PathBuf;
use std::time::Duration;

#[cfg(feature = "redis")]
pub use self::redis::RedisStore;
pub use file::FileStore;
pub use memory::MemoryStore;

use crate::sign::{Case, Digest, Secret};
use crate::wire::{Fields, WireError};

/// Something WeChat lends for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The token or ticket.
    pub value: Secret,
    /// When it was asked for, Unix seconds.
    pub fetched_at: u64,
    /// When it stops working, Unix seconds.
    pub expires_at: u64,
}

/// A fetch that failed, told to those who were waiting for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// WeChat's code; empty if WeChat did not answer.
    pub code: String,
    /// WeChat's text, or what happened to the connection.
    pub text: String,
    /// When, Unix seconds.
    pub at: u64,
}

/// What kind of lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeaseKind {
    /// `/cgi-bin/token`: each fetch retires the one before.
    Token,
    /// `/cgi-bin/stable_token`: independent of [`LeaseKind::Token`].
    StableToken,
    /// `/cgi-bin/ticket/getticket`.
    Ticket(TicketType),
}

/// What a ticket signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TicketType {
    /// `wx.config`
    Jsapi,
    /// Cards and coupons.
    WxCard,
}

impl TicketType {
    /// As the `type` of the call.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jsapi => "jsapi",
            Self::WxCard => "wx_card",
        }
    }
}

impl LeaseKind {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::Token, Self::StableToken, Self::Ticket(TicketType::Jsapi), Self::Ticket(TicketType::WxCard)];

    /// A name for files and lists.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::StableToken => "stable_token",
            Self::Ticket(TicketType::Jsapi) => "jsapi_ticket",
            Self::Ticket(TicketType::WxCard) => "wx_card_ticket",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Whose lease. The origin is part of it: what a mock hands out must never be
/// sent to WeChat, nor the other way round.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeaseKey {
    /// The account.
    pub app_id: String,
    /// Scheme and authority of the server that lends.
    pub origin: String,
    /// What is lent.
    pub kind: LeaseKind,
}

/// A place for leases, shared by tasks, and by processes too unless it says no.
pub trait Store: Send + Sync {
    /// The lease, fresh or not; `None` if there is none.
    ///
    /// # Errors
    /// Unreadable, unsafe or damaged.
    fn load(&self, key: &LeaseKey) -> Result<Option<Lease>, StoreError>;

    /// Takes the right to fetch this lease; `None` if somebody else has it. It
    /// is given back when the guard is dropped, or its process dies.
    ///
    /// # Errors
    /// The place cannot be used.
    fn try_lock(&self, key: &LeaseKey) -> Result<Option<Box<dyn Locked>>, StoreError>;

    /// Drops a lease; tells whether there was one.
    ///
    /// # Errors
    /// The place cannot be used.
    fn forget(&self, key: &LeaseKey) -> Result<Forgotten, StoreError>;

    /// All leases, in the order of their keys.
    ///
    /// # Errors
    /// As [`Store::load`].
    fn list(&self) -> Result<Vec<(LeaseKey, Lease)>, StoreError>;

    /// How the last fetch failed, if the last one did.
    ///
    /// # Errors
    /// As [`Store::load`].
    fn failed(&self, key: &LeaseKey) -> Result<Option<Failed>, StoreError>;
}

/// The right to fetch one lease. Only who holds it can save, so that two
/// fetchers never overwrite each other.
pub trait Locked: Send + Sync {
    /// Makes sure that a lease can be saved, before one is fetched: a token that
    /// nobody can keep has retired the one before for nothing.
    ///
    /// # Errors
    /// The place cannot be written.
    fn prepare(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// Replaces the lease.
    ///
    /// # Errors
    /// The place cannot be written, or somebody else has the lock by now.
    fn save(&self, lease: &Lease) -> Result<(), StoreError>;

    /// Leaves word that the fetch failed.
    ///
    /// # Errors
    /// The place cannot be written.
    fn fail(&self, failed: &Failed) -> Result<(), StoreError>;

    /// How often [`extend`](Locked::extend) wants to be called; none: never.
    fn beat(&self) -> Option<Duration> {
        None
    }

    /// Says that the fetcher is still alive, where a lock has an end.
    ///
    /// # Errors
    /// The place cannot be reached, or somebody else has the lock by now.
    fn extend(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

/// What [`Store::forget`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgotten {
    /// It was there, and is gone.
    Dropped,
    /// There was none.
    Nothing,
}

/// Why the store cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// Somebody else has been fetching for too long.
    Busy {
        /// Which lease.
        key: LeaseKey,
        /// How long it was waited, in seconds.
        waited: u64,
    },
    /// Not what this program wrote. Never replaced silently: a second live
    /// token would retire the first.
    Corrupt {
        /// The file to look at and to delete.
        path: PathBuf,
        /// What is wrong.
        why: Damage,
    },
    /// Somebody else took the lock while we were fetching, and has the newer lease.
    Overtaken {
        /// Which lease.
        key: LeaseKey,
    },
    /// The server of the store does not answer now; it may later.
    Away {
        /// Its address.
        server: String,
        /// What happened, in technical words.
        why: String,
    },
    /// The server of the store says no.
    Refused {
        /// Its address.
        server: String,
        /// Its words.
        why: String,
    },
    /// Not an address of a store.
    BadUrl {
        /// What is wrong with it.
        why: String,
    },
    /// An entry that is not what this program wrote.
    Garbled {
        /// The server that has it.
        server: String,
        /// Its name there.
        name: String,
        /// What is wrong.
        why: Damage,
    },
    /// Other users can read or change it.
    TooOpen {
        /// File or directory.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
        /// What they should be.
        wanted: u32,
    },
    /// The system says no.
    Io {
        /// File or directory.
        path: PathBuf,
        /// What it says.
        why: std::io::ErrorKind,
    },
}

impl StoreError {
    /// Whether it may pass by itself: a server that is away, another fetcher.
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        matches!(self, Self::Away { .. } | Self::Busy { .. } | Self::Overtaken { .. })
    }
}

/// What is wrong with a stored lease.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// Not a JSON object.
    NotJson(WireError),
    /// A member is missing or not of its kind.
    Member(&'static str),
    /// It belongs to another key.
    OtherKey,
}

/// A lease as fields, for stores that write text.
fn to_fields(key: &LeaseKey, lease: &Lease) -> Fields {
    [
        ("app_id", key.app_id.clone()),
        ("origin", key.origin.clone()),
        ("kind", key.kind.as_str().to_owned()),
        ("value", lease.value.expose().to_owned()),
        ("fetched_at", lease.fetched_at.to_string()),
        ("expires_at", lease.expires_at.to_string()),
    ]
    .into_iter()
    .collect()
}

/// The lease in these fields, or the member that is missing or wrong.
fn of_fields(fields: &Fields) -> Result<(LeaseKey, Lease), &'static str> {
    let text = |name: &'static str| fields.filled(name).ok_or(name);
    let time = |name: &'static str| text(name)?.parse::<u64>().map_err(|_| name);
    let key = LeaseKey {
        app_id: text("app_id")?.to_owned(),
        origin: text("origin")?.to_owned(),
        kind: LeaseKind::named(text("kind")?).ok_or("kind")?,
    };
    let value = Secret::new(text("value")?);
    Ok((key, Lease { value, fetched_at: time("fetched_at")?, expires_at: time("expires_at")? }))
}

impl Failed {
    fn to_fields(&self) -> Fields {
        let pairs = [("code", self.code.clone()), ("text", self.text.clone()), ("at", self.at.to_string())];
        pairs.into_iter().collect()
    }

    fn of_fields(fields: &Fields) -> Option<Self> {
        let text = |name| fields.get(name).map(str::to_owned);
        Some(Self { code: text("code")?, text: text("text")?, at: text("at")?.parse().ok()? })
    }
}

/// An origin in a name: it may be long, and holds `:` and `/`.
fn short_origin(key: &LeaseKey) -> String {
    let hash = Digest::Sha1.of(&[], key.origin.as_bytes()).hex(Case::Lower);
    format!("{hash:.12}")
}
