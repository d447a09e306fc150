//! What every store can do: give a lease, lend the right to fetch one, forget.

use std::time::Duration;

use super::error::StoreError;
use super::lease::{Failed, Lease, LeaseKey};

/// A place for leases, shared by tasks, and by processes too unless it says no.
pub trait Store: Send + Sync {
    /// Where it is, without password: two stores of one place hold the same.
    fn place(&self) -> String;

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

    /// Whether something could be written now: a place that is only read serves
    /// what it has until that ends, and then nobody can renew it.
    ///
    /// # Errors
    /// The place cannot be written.
    fn try_write(&self) -> Result<(), StoreError> {
        Ok(())
    }

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
