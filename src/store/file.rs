//! Leases in a directory of the user: one file for each lease, and beside it an
//! empty one that the fetcher locks. Safe to share between processes and to
//! kill at any moment: a dead process holds no lock, and a lease is replaced as
//! a whole or not at all.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::private::{self, Trouble};
use super::{Damage, Forgotten, Lease, LeaseKey, LeaseKind, Locked, Store, StoreError};
use crate::sign::{Case, Digest, Secret};
use crate::wire::{Fields, json, query};

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
        // Of the origin only a hash: it may be long, and holds `:` and `/`.
        let origin = Digest::Sha1.of(&[], key.origin.as_bytes()).hex(Case::Lower);
        let name = format!("{}-{:.12}.{}.json", query::escape(&key.app_id), origin, key.kind.as_str());
        self.directory.join(name)
    }
}

impl Store for FileStore {
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
            Err(TryLockError::Error(error)) => Err(StoreError::Io { path: lock, why: error.kind() }),
        }
    }

    fn forget(&self, key: &LeaseKey) -> Result<Forgotten, StoreError> {
        let path = self.path(key);
        match fs::remove_file(&path) {
            Ok(()) => Ok(Forgotten::Dropped),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Forgotten::Nothing),
            Err(error) => Err(StoreError::Io { path, why: error.kind() }),
        }
    }

    fn list(&self) -> Result<Vec<(LeaseKey, Lease)>, StoreError> {
        let failed =
            |error: std::io::Error| StoreError::Io { path: self.directory.clone(), why: error.kind() };
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
}

struct Guard {
    path: PathBuf,
    key: LeaseKey,
    /// Closing it gives the lock back. The file itself stays: deleting it could
    /// take the lock from under the next one.
    _file: File,
}

impl Locked for Guard {
    fn save(&self, lease: &Lease) -> Result<(), StoreError> {
        Ok(private::replace(&self.path, written(&self.key, lease).as_bytes())?)
    }
}

fn written(key: &LeaseKey, lease: &Lease) -> String {
    let fields: Fields = [
        ("app_id", key.app_id.clone()),
        ("origin", key.origin.clone()),
        ("kind", key.kind.as_str().to_owned()),
        ("value", lease.value.expose().to_owned()),
        ("fetched_at", lease.fetched_at.to_string()),
        ("expires_at", lease.expires_at.to_string()),
    ]
    .into_iter()
    .collect();
    json::write(&fields, |name| name.ends_with("_at"))
}

fn read(path: &Path) -> Result<Option<(LeaseKey, Lease)>, StoreError> {
    let Some(bytes) = private::read(path)? else { return Ok(None) };
    let corrupt = |why| StoreError::Corrupt { path: path.to_owned(), why };
    let fields = json::read(&bytes).map_err(|e| corrupt(Damage::NotJson(e)))?;
    parsed(&fields).map(Some).map_err(|member| corrupt(Damage::Member(member)))
}

fn parsed(fields: &Fields) -> Result<(LeaseKey, Lease), &'static str> {
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

impl From<Trouble> for StoreError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::TooOpen { path, mode, wanted } => Self::TooOpen { path, mode, wanted },
            Trouble::Io { path, why } => Self::Io { path, why },
        }
    }
}
