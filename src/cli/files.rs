//! Files that a person names: read whole, written for their owner only, or for
//! everybody where they are reports.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

pub use wxkit::config::Scenario;
use wxkit::config::{self};
use wxkit::script::Script;
use wxkit::store::reading::Trouble;
use wxkit::store::{private, reading};

use super::error::Error;
use super::outcome::Stage;
use super::remark;

/// Longest certificate file that is read, in bytes: the roots of trust of a whole
/// system have about 250 KB.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// The bytes of a file.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    Ok(once(path, || reading::bytes(path, MAX_BYTES))?)
}

/// A pipe can be read once, and more than one reader may be named the same: the
/// certificate and its key, the server's key and its id.
fn once(path: &Path, read: impl FnOnce() -> Result<Vec<u8>, Trouble>) -> Result<Vec<u8>, Trouble> {
    static PIPED: Mutex<BTreeMap<PathBuf, Vec<u8>>> = Mutex::new(BTreeMap::new());
    if !is_pipe(path) {
        return read();
    }
    let mut piped = PIPED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(bytes) = piped.get(path) {
        return Ok(bytes.clone());
    }
    let bytes = read()?;
    piped.insert(path.to_owned(), bytes.clone());
    Ok(bytes)
}

fn is_pipe(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir())
}

/// The bytes of a file that holds a private key; others should not read it.
pub fn key(path: &Path, stage: &dyn Stage) -> Result<Vec<u8>, Error> {
    if is_pipe(path) {
        return Ok(once(path, || Ok(reading::secret(path, MAX_BYTES)?.bytes))?);
    }
    let file = reading::secret(path, MAX_BYTES)?;
    if let Some(mode) = file.exposed {
        stage.note(&remark::exposed(path, mode));
    }
    Ok(file.bytes)
}

/// The text of a file that only its owner can read.
pub fn private_text(path: &str) -> Result<String, Error> {
    let bytes = private::read(Path::new(path))?;
    let bytes = bytes.ok_or_else(|| Error::io(path, &std::io::ErrorKind::NotFound.into()))?;
    String::from_utf8(bytes).map_err(|_| Error::io(path, &std::io::ErrorKind::InvalidData.into()))
}

/// A scenario of faults.
pub fn scenario(path: &str) -> Result<Scenario, Error> {
    Ok(config::scenario(Path::new(path))?)
}

/// Writes a file that only its owner can read, whole or not at all.
pub fn write(path: &str, bytes: &[u8]) -> Result<(), Error> {
    Ok(private::replace(Path::new(path), bytes)?)
}

/// A scenario as steps, and the settings of its gateway.
pub fn script(path: &Path) -> Result<(Script, Scenario), Error> {
    Ok(config::script::script(path)?)
}

/// Writes a file that is not there yet.
pub fn create(path: &str, bytes: &[u8]) -> Result<(), Error> {
    let opened = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    let written = opened.and_then(|mut file| std::io::Write::write_all(&mut file, bytes));
    written.map_err(|why| Error::io(path, &why))
}

/// Writes a file that others may read too, whole or not at all: a report without secrets.
pub fn write_report(path: &str, bytes: &[u8]) -> Result<(), Error> {
    Ok(private::publish(Path::new(path), bytes)?)
}

/// Whether [`write_report`] could write there now.
pub fn try_report(path: &str) -> Result<(), Error> {
    Ok(private::try_publish(Path::new(path))?)
}

/// Makes a directory that only its owner can use.
pub fn make_directory(path: &Path) -> Result<(), Error> {
    Ok(private::directory(path)?)
}
