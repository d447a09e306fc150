//! Keeps leases: access tokens and tickets, each with its end. Comes in: a key;
//! goes out: a lease, or the lock that one fetcher at a time holds. Decides
//! nothing about freshness, reads no clock and waits for nobody.

pub mod file;
pub mod memory;
pub mod private;

use std::path::PathBuf;

pub use file::FileStore;
pub use memory::MemoryStore;

use crate::sign::Secret;
use crate::wire::WireError;

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
}

/// The right to fetch one lease. Only who holds it can save, so that two
/// fetchers never overwrite each other.
pub trait Locked: Send + Sync {
    /// Replaces the lease.
    ///
    /// # Errors
    /// The place cannot be written.
    fn save(&self, lease: &Lease) -> Result<(), StoreError>;
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
