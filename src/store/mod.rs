//! Keeps leases: access tokens and tickets, each with its end. Comes in: a key;
//! goes out: a lease, or the lock that one fetcher at a time holds. Decides
//! nothing about freshness, reads no clock and waits for nobody. Its calls block
//! for a moment: who serves others makes them on a thread for blocking work.

mod contract;
mod error;
pub mod file;
mod lease;
pub mod memory;
pub mod private;
pub mod reading;
#[cfg(feature = "redis")]
pub mod redis;

#[cfg(feature = "redis")]
pub use self::redis::RedisStore;
pub use contract::{Forgotten, Locked, Store};
pub use error::{Damage, StoreError};
pub use file::FileStore;
pub use lease::{Failed, Lease, LeaseKey, LeaseKind, TicketType};
pub use memory::MemoryStore;
