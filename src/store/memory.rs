//! Leases of one process: for tests, the demo, and commands that shall leave
//! nothing behind. Shared by clones and tasks, not by processes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Failed, Forgotten, Lease, LeaseKey, Locked, Store, StoreError};

/// A store that ends with its process.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    leases: BTreeMap<LeaseKey, Lease>,
    locked: BTreeSet<LeaseKey>,
    failed: BTreeMap<LeaseKey, Failed>,
}

impl MemoryStore {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // Nothing in here panics half-way, so a poisoned map is a whole map.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    fn place(&self) -> String {
        "memory".to_owned()
    }

    fn load(&self, key: &LeaseKey) -> Result<Option<Lease>, StoreError> {
        Ok(self.inner().leases.get(key).cloned())
    }

    fn try_lock(&self, key: &LeaseKey) -> Result<Option<Box<dyn Locked>>, StoreError> {
        let is_free = self.inner().locked.insert(key.clone());
        Ok(is_free.then(|| -> Box<dyn Locked> { Box::new(Guard { store: self.clone(), key: key.clone() }) }))
    }

    fn forget(&self, key: &LeaseKey) -> Result<Forgotten, StoreError> {
        let found = self.inner().leases.remove(key);
        Ok(if found.is_some() { Forgotten::Dropped } else { Forgotten::Nothing })
    }

    fn list(&self) -> Result<Vec<(LeaseKey, Lease)>, StoreError> {
        Ok(self.inner().leases.iter().map(|(key, lease)| (key.clone(), lease.clone())).collect())
    }

    fn failed(&self, key: &LeaseKey) -> Result<Option<Failed>, StoreError> {
        Ok(self.inner().failed.get(key).cloned())
    }
}

struct Guard {
    store: MemoryStore,
    key: LeaseKey,
}

impl Locked for Guard {
    fn save(&self, lease: &Lease) -> Result<(), StoreError> {
        let mut inner = self.store.inner();
        inner.leases.insert(self.key.clone(), lease.clone());
        inner.failed.remove(&self.key);
        Ok(())
    }

    fn fail(&self, failed: &Failed) -> Result<(), StoreError> {
        self.store.inner().failed.insert(self.key.clone(), failed.clone());
        Ok(())
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.store.inner().locked.remove(&self.key);
    }
}
