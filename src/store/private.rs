//! Files that only their owner may read: replaced as a whole or not at all, and
//! refused when others could have read or written them. Used for leases and for
//! the settings. Knows nothing of what is inside.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::reading::{self, Trouble, refuse_foreign, refuse_open_to_others};

/// Longest private file that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;
/// Permissions of a file for its owner, and of one for everybody, whom the system may
/// still keep out.
const OWNER: u32 = 0o600;
const EVERYBODY: u32 = 0o666;
/// More than a lease takes.
const USUAL_BYTES: usize = 4096;

/// Reads a whole file; `None` if there is none.
///
/// # Errors
/// [`Trouble`]; nothing of a file that others could read is returned.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, Trouble> {
    match open(path) {
        Err(trouble) if trouble.is_missing() => Ok(None),
        bytes => bytes.map(Some),
    }
}

fn open(path: &Path) -> Result<Vec<u8>, Trouble> {
    let (bytes, about) = reading::kept(path, MAX_BYTES)?;
    if about.is_file() {
        refuse_foreign(path, &about)?;
        refuse_open_to_others(path, &about, 0o077, 0o600)?;
    }
    Ok(bytes)
}

/// Replaces a file. A reader, or the next start after a crash, sees the old
/// bytes or the new ones. One writer at a time is the caller's business.
///
/// # Errors
/// [`Trouble`]; the old file is untouched then.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    replace_for(path, bytes, OWNER)
}

/// The same of a file that holds no secret: others may read it as far as the system lets
/// them, and a pipe is written to.
///
/// # Errors
/// [`Trouble`]; the old file is untouched then.
pub fn publish(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    if is_pipe(path) {
        return fs::write(path, bytes).map_err(|e| Trouble::io(path, &e));
    }
    replace_for(path, bytes, EVERYBODY)
}

/// Tries whether [`publish`] could write there now.
///
/// # Errors
/// [`Trouble`]; what is there is untouched.
pub fn try_publish(path: &Path) -> Result<(), Trouble> {
    if is_pipe(path) {
        return Ok(());
    }
    match target(path)? {
        Target::File(path) => reserve(&path),
        Target::Device => Ok(()),
    }
}

fn is_pipe(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir())
}

fn replace_for(path: &Path, bytes: &[u8], mode: u32) -> Result<(), Trouble> {
    let path = match target(path)? {
        Target::File(path) => path,
        Target::Device => return fs::write(path, bytes).map_err(|e| Trouble::io(path, &e)),
    };
    let path = path.as_path();
    let beside = beside(path);
    // What a killed writer left may have been made with other permissions.
    remove(&beside)?;
    let written = write_new(&beside, bytes, mode).and_then(|()| fs::rename(&beside, path));
    if let Err(error) = written {
        let _ = remove(&beside);
        return Err(Trouble::io(path, &error));
    }
    path.parent().map_or(Ok(()), sync_directory).map_err(|e| Trouble::io(path, &e))
}

/// Writes a file of this name, whole or not at all, and over none that is there:
/// then a number stands behind the name. Returns its path.
///
/// # Errors
/// [`Trouble`]; nothing is written then.
pub fn create(directory: &Path, name: &str, extension: &str, bytes: &[u8]) -> Result<PathBuf, Trouble> {
    let beside = directory.join(format!(".{name}.{}.new", std::process::id()));
    remove(&beside)?;
    let written = write_new(&beside, bytes, OWNER).map_err(|e| Trouble::io(&beside, &e));
    let created = written.and_then(|()| {
        let mut number = 1;
        loop {
            let path = directory.join(numbered(name, number, extension));
            match give_name(&beside, &path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                named => return named.map(|()| path.clone()).map_err(|e| Trouble::io(&path, &e)),
            }
        }
    });
    remove(&beside)?;
    created
}

/// Gives a whole file its name, unless the name is taken. Where there are no links
/// (exFAT, network drives), the name is taken first and then replaced.
fn give_name(file: &Path, name: &Path) -> io::Result<()> {
    match fs::hard_link(file, name) {
        Err(error)
            if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied) =>
        {
            OpenOptions::new().write(true).create_new(true).open(name)?;
            fs::rename(file, name)
        }
        linked => linked,
    }
}

fn numbered(name: &str, number: u64, extension: &str) -> String {
    if number == 1 { format!("{name}.{extension}") } else { format!("{name}-{number}.{extension}") }
}

/// What a path leads to that is to be written.
enum Target {
    /// A file, or a place for one; links are followed and stay.
    File(PathBuf),
    /// Something like `/dev/null`: written to, and never replaced.
    Device,
}

/// A directory, a socket, a pipe is in the way: it is told, and left alone.
fn target(path: &Path) -> Result<Target, Trouble> {
    let Ok(link) = fs::symlink_metadata(path) else { return Ok(Target::File(path.to_owned())) };
    let about = fs::metadata(path).map_err(|e| Trouble::io(path, &e))?;
    if about.is_file() {
        let end = if link.is_symlink() { fs::canonicalize(path) } else { Ok(path.to_owned()) };
        return end.map(Target::File).map_err(|e| Trouble::io(path, &e));
    }
    if is_device(&about) {
        return Ok(Target::Device);
    }
    let why = if about.is_dir() { io::ErrorKind::IsADirectory } else { io::ErrorKind::AlreadyExists };
    Err(Trouble::Io { path: path.to_owned(), why })
}

#[cfg(unix)]
fn is_device(about: &fs::Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_char_device(&about.file_type())
}

#[cfg(not(unix))]
fn is_device(_: &fs::Metadata) -> bool {
    false
}

/// Tries whether a file of a usual size could be replaced now: whether there is
/// room, and the right to write.
///
/// # Errors
/// [`Trouble`]; the old file is untouched.
pub fn reserve(path: &Path) -> Result<(), Trouble> {
    let beside = beside(path);
    remove(&beside)?;
    let written = write_new(&beside, &[b' '; USUAL_BYTES], OWNER);
    let removed = remove(&beside);
    written.map_err(|e| Trouble::io(path, &e)).and(removed)
}

/// Makes a directory, its parents too, for the owner only; refuses one that
/// others may write to.
///
/// # Errors
/// [`Trouble`].
pub fn directory(path: &Path) -> Result<(), Trouble> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|e| Trouble::io(path, &e))?;
    let about = fs::metadata(path).map_err(|e| Trouble::io(path, &e))?;
    refuse_foreign(path, &about)?;
    refuse_open_to_others(path, &about, 0o022, 0o700)
}

/// Waits for the turn to change files of this directory; it is given back when the
/// file that is returned is closed, or its process dies. Leaves nothing behind.
///
/// # Errors
/// [`Trouble`].
pub fn turn(directory: &Path) -> Result<File, Trouble> {
    #[cfg(unix)]
    let file = File::open(directory).map_err(|e| Trouble::io(directory, &e))?;
    // A directory cannot be opened there: a file beside those that change stands for it.
    #[cfg(not(unix))]
    let file = lock_file(&directory.join("wxkit.lock"))?;
    file.lock().map_err(|e| Trouble::io(directory, &e))?;
    Ok(file)
}

/// Opens a file for locking, made if need be.
///
/// # Errors
/// [`Trouble`].
pub fn lock_file(path: &Path) -> Result<File, Trouble> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    for_whom(&mut options, OWNER).open(path).map_err(|e| Trouble::io(path, &e))
}

fn remove(path: &Path) -> Result<(), Trouble> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Trouble::io(path, &error)),
        _ => Ok(()),
    }
}

/// A name that nobody else gives to a file: what is there is a left-over of ours.
fn beside(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".wxkit-new");
    path.with_file_name(name)
}

fn write_new(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    let mut file = for_whom(&mut options, mode).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg_attr(not(unix), allow(unused_variables, reason = "there are no modes"))]
fn for_whom(options: &mut OpenOptions, mode: u32) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, mode);
    options
}

#[cfg(unix)]
fn sync_directory(path: &Path) -> io::Result<()> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    File::open(path)?.sync_all()
}

/// A directory is no file elsewhere.
#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}
