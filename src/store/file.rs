//! Leases in a directory of the user: one file for each lease, and beside it an
//! empty one that the fetcher locks. Safe to share between processes and to
//! kill at any moment: a dead process holds no lock, and a lease is replaced as
//! a whole or not at all.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::lease::{of_fields, short_origin, to_fields};
use super::private;
use super::reading::Trouble;
use super::{Damage, Failed, Forgotten, Lease, LeaseKey, Locked, Store, StoreError};
use crate::wire::{json, query};

/// A store for all processes of one user.
#[derive(Debug, Clone)]
pub struct FileStore {
    directory: PathBuf,
}

impl FileStore {
    /// The directory is made when first needed, for its owner only.
    #[must_use]
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self { directory: directory.into() }
    }

    /// Where a lease is kept.
    #[must_use]
    pub fn path(&self, key: &LeaseKey) -> PathBuf {
        let (app, origin) = (query::escape(&key.app_id), short_origin(key));
        let name = format!("{app}-{origin}.{}.json", key.kind.as_str());
        self.directory.join(name)
    }
}

impl Store for FileStore {
    fn place(&self) -> String {
        self.directory.display().to_string()
    }

    fn load(&self, key: &LeaseKey) -> Result<Option<Lease>, StoreError> {
        let path = self.path(key);
        let Some((found, lease)) = read(&path)? else { return Ok(None) };
        if found == *key { Ok(Some(lease)) } else { Err(StoreError::Corrupt { path, why: Damage::OtherKey }) }
    }

    fn try_lock(&self, key: &LeaseKey) -> Result<Option<Box<dyn Locked>>, StoreError> {
        private::directory(&self.directory)?;
        let path = self.path(key);
        let lock = path.with_extension("lock");
        let file = private::lock_file(&lock)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Box::new(Guard { path, key: key.clone(), _file: file }))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(Trouble::io(&lock, &error).into()),
        }
    }

    fn forget(&self, key: &LeaseKey) -> Result<Forgotten, StoreError> {
        let path = self.path(key);
        match fs::remove_file(&path) {
            Ok(()) => Ok(Forgotten::Dropped),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Forgotten::Nothing),
            Err(error) => Err(Trouble::io(&path, &error).into()),
        }
    }

    fn list(&self) -> Result<Vec<(LeaseKey, Lease)>, StoreError> {
        let failed = |error: std::io::Error| StoreError::from(Trouble::io(&self.directory, &error));
        let entries = match fs::read_dir(&self.directory) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(failed)?,
        };
        let mut leases = Vec::new();
        for entry in entries {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_some_and(|end| end == "json") {
                leases.extend(read(&path)?);
            }
        }
        leases.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(leases)
    }

    fn try_write(&self) -> Result<(), StoreError> {
        private::directory(&self.directory)?;
        // A file of this process alone: two that try at once are in nobody's way.
        let path = self.directory.join(format!("try-{}", std::process::id()));
        Ok(private::reserve(&path)?)
    }

    fn failed(&self, key: &LeaseKey) -> Result<Option<Failed>, StoreError> {
        let bytes = private::read(&failure_of(&self.path(key)))?;
        // Only a hint: what cannot be read was not said.
        Ok(bytes.and_then(|bytes| Failed::of_fields(&json::read(&bytes).ok()?)))
    }
}

/// Where word of a failed fetch is left.
fn failure_of(path: &Path) -> PathBuf {
    path.with_extension("failed")
}

struct Guard {
    path: PathBuf,
    key: LeaseKey,
    /// Closing it gives the lock back. The file itself stays: deleting it could
    /// take the lock from under the next one.
    _file: File,
}

impl Locked for Guard {
    fn prepare(&self) -> Result<(), StoreError> {
        Ok(private::reserve(&self.path)?)
    }

    fn save(&self, lease: &Lease) -> Result<(), StoreError> {
        let text = json::write(&to_fields(&self.key, lease), |name| name.ends_with("_at"));
        private::replace(&self.path, text.as_bytes())?;
        // It failed before and does not now; if the word stays, it is only old.
        let _ = fs::remove_file(failure_of(&self.path));
        Ok(())
    }

    fn fail(&self, failed: &Failed) -> Result<(), StoreError> {
        let text = json::write(&failed.to_fields(), |name| name == "at");
        Ok(private::replace(&failure_of(&self.path), text.as_bytes())?)
    }
}

fn read(path: &Path) -> Result<Option<(LeaseKey, Lease)>, StoreError> {
    let Some(bytes) = private::read(path)? else { return Ok(None) };
    let corrupt = |why| StoreError::Corrupt { path: path.to_owned(), why };
    let fields = json::read(&bytes).map_err(|e| corrupt(Damage::NotJson(e)))?;
    of_fields(&fields).map(Some).map_err(|member| corrupt(Damage::Member(member)))
}
