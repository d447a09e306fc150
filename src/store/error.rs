//! Why a store cannot be used, as data.

use std::path::PathBuf;

use super::lease::LeaseKey;
use super::reading::Trouble;
use crate::wire::WireError;

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
    /// A file or directory that cannot be used.
    Disk(Trouble),
}

impl From<Trouble> for StoreError {
    fn from(trouble: Trouble) -> Self {
        Self::Disk(trouble)
    }
}

impl StoreError {
    /// Whether it may pass by itself: a server that is away, another fetcher.
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        matches!(self, Self::Away { .. } | Self::Busy { .. } | Self::Overtaken { .. })
    }
}

impl std::fmt::Display for StoreError {
    /// Short and technical, for logs and probes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Busy { waited, .. } => write!(f, "another process has been fetching for {waited} s"),
            Self::Corrupt { path, .. } => write!(f, "{} is damaged", path.display()),
            Self::Overtaken { .. } => f.write_str("another process has fetched meanwhile"),
            Self::Away { server, why } | Self::Refused { server, why } => write!(f, "{server}: {why}"),
            Self::BadUrl { why } => f.write_str(why),
            Self::Garbled { server, name, .. } => write!(f, "{server}: entry {name} is damaged"),
            Self::Disk(trouble) => write!(f, "{trouble}"),
        }
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
