//! The one way into a file that somebody named: bounded, and never a directory or a
//! device without end; a pipe only where what comes out of it is wanted once. Comes in: a
//! path and a limit; goes out: bytes, or a [`Trouble`]. For secrets it also looks at whose file it
//! is and who else may read it. Writes nothing.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
#[cfg(unix)]
use std::time::Duration;

/// Why a file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Other users can read or change it.
    TooOpen {
        /// File or directory.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
        /// What they should be.
        wanted: u32,
    },
    /// It belongs to another user, who could change it at any moment.
    NotOurs {
        /// File or directory.
        path: PathBuf,
        /// The user's number.
        owner: u32,
    },
    /// Something that is no file.
    NotAFile {
        /// Its path.
        path: PathBuf,
        /// What it is.
        what: Kind,
    },
    /// More bytes than such a file has.
    TooLong {
        /// The file.
        path: PathBuf,
        /// Most bytes that are read.
        limit: u64,
    },
    /// The system says no.
    Io {
        /// File or directory.
        path: PathBuf,
        /// What it says.
        why: io::ErrorKind,
    },
}

impl Trouble {
    /// The file or directory.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::TooOpen { path, .. }
            | Self::NotOurs { path, .. }
            | Self::NotAFile { path, .. }
            | Self::TooLong { path, .. }
            | Self::Io { path, .. } => path,
        }
    }
}

impl std::fmt::Display for Trouble {
    /// Short and technical, for logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooOpen { path, mode, .. } => write!(f, "{} has mode {mode:o}", path.display()),
            Self::NotOurs { path, owner } => write!(f, "{} belongs to user {owner}", path.display()),
            Self::NotAFile { path, .. } => write!(f, "{} is no file", path.display()),
            Self::TooLong { path, limit } => write!(f, "{} has more than {limit} bytes", path.display()),
            Self::Io { path, why } => write!(f, "{}: {why}", path.display()),
        }
    }
}

impl Trouble {
    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        Self::Io { path: path.to_owned(), why: error.kind() }
    }

    /// Whether there is simply no such file.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Io { why: io::ErrorKind::NotFound, .. })
    }
}

/// What is no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A directory.
    Directory,
    /// A named pipe that nobody fills, or where a file is kept.
    Pipe,
    /// A device or a socket: reading may never end.
    Device,
}

/// A file that holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretFile {
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Its permission bits, if others may read it too.
    pub exposed: Option<u32>,
}

/// Reads a whole file.
///
/// # Errors
/// [`Trouble`]; of a file that is longer than `limit` nothing is returned.
pub fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>, Trouble> {
    whole(open(path)?, path, limit).map(|(bytes, _)| bytes)
}

/// What is in a file that is kept, and what it is.
pub(super) fn kept(path: &Path, limit: u64) -> Result<(Vec<u8>, Metadata), Trouble> {
    whole(open_kept(path)?, path, limit)
}

fn whole(mut file: File, path: &Path, limit: u64) -> Result<(Vec<u8>, Metadata), Trouble> {
    let about = file.metadata().map_err(|e| Trouble::io(path, &e))?;
    let mut bytes = Vec::new();
    (&mut file).take(limit + 1).read_to_end(&mut bytes).map_err(|e| Trouble::io(path, &e))?;
    if bytes.len() as u64 > limit {
        return Err(Trouble::TooLong { path: path.to_owned(), limit });
    }
    Ok((bytes, about))
}

/// Reads a whole file that holds a secret. Downloads and containers hand such
/// files out readable by all, so that is told and not refused; one that others
/// could change is.
///
/// # Errors
/// As [`bytes`]; [`Trouble::NotOurs`], [`Trouble::TooOpen`].
pub fn secret(path: &Path, limit: u64) -> Result<SecretFile, Trouble> {
    let (bytes, about) = whole(open(path)?, path, limit)?;
    if !about.is_file() && is_descriptor(path) {
        // A descriptor that the shell has opened for us alone.
        return Ok(SecretFile { bytes, exposed: None });
    }
    refuse_foreign(path, &about)?;
    refuse_open_to_others(path, &about, 0o022, 0o600)?;
    let exposed = Some(mode(&about)).filter(|mode| about.is_file() && mode & 0o044 != 0 && !is_lent(&about));
    Ok(SecretFile { bytes, exposed })
}

/// Opens what can be read to its end, once: a file, or a pipe that somebody fills.
///
/// # Errors
/// [`Trouble::NotAFile`], [`Trouble::Io`].
pub fn open(path: &Path) -> Result<File, Trouble> {
    opened(path, Pipes::Taken)
}

/// Opens a file that is kept and read again: no named pipe.
///
/// # Errors
/// As [`open`].
pub fn open_kept(path: &Path) -> Result<File, Trouble> {
    opened(path, Pipes::Refused)
}

/// Whether it can be opened, as far as can be seen without emptying a pipe.
///
/// # Errors
/// As [`open`].
pub fn check(path: &Path) -> Result<(), Trouble> {
    let is_named_pipe = std::fs::metadata(path).is_ok_and(|about| is_pipe(&about));
    if is_named_pipe { Ok(()) } else { open(path).map(drop) }
}

/// What becomes of a pipe with a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pipes {
    Taken,
    Refused,
}

fn opened(path: &Path, pipes: Pipes) -> Result<File, Trouble> {
    let mut options = OpenOptions::new();
    options.read(true);
    let is_open_already = is_descriptor(path);
    #[cfg(unix)]
    if !is_open_already {
        // A pipe that nobody fills would wait here before it can be looked at.
        let flags = rustix::fs::OFlags::NONBLOCK.bits();
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags.cast_signed());
    }
    let file = match options.open(path) {
        // A socket file cannot even be opened.
        Err(_) if std::fs::metadata(path).is_ok_and(|about| is_socket(&about)) => {
            return Err(Trouble::NotAFile { path: path.to_owned(), what: Kind::Device });
        }
        opened => opened.map_err(|e| Trouble::io(path, &e))?,
    };
    let about = file.metadata().map_err(|e| Trouble::io(path, &e))?;
    match kind(&about) {
        Some(Kind::Pipe) if is_open_already || (pipes == Pipes::Taken && is_filled(&file)) => Ok(file),
        Some(Kind::Device) if path == Path::new("/dev/null") || is_open_already => Ok(file),
        Some(what) => Err(Trouble::NotAFile { path: path.to_owned(), what }),
        None => Ok(file),
    }
}

/// Who fills a pipe in place of `<(command)` is there at once.
#[cfg(unix)]
const FILLER_COMES: Duration = Duration::from_secs(2);

/// Whether somebody fills this pipe; if so, reading it waits for what comes.
#[cfg(unix)]
fn is_filled(pipe: &File) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::fs::{OFlags, fcntl_setfl};
    let Ok(patience) = Timespec::try_from(FILLER_COMES) else { return false };
    // Ready with what was written, and when all who wrote have left.
    let somebody = poll(&mut [PollFd::new(pipe, PollFlags::IN)], Some(&patience));
    somebody.is_ok_and(|ready| ready > 0) && fcntl_setfl(pipe, OFlags::empty()).is_ok()
}

#[cfg(not(unix))]
fn is_filled(_: &File) -> bool {
    false
}

/// What a shell puts in place of `<(command)`, and the standard input by name.
fn is_descriptor(path: &Path) -> bool {
    ["/dev/fd", "/proc/self/fd"].iter().any(|dir| path.starts_with(dir)) || path == Path::new("/dev/stdin")
}

fn kind(about: &Metadata) -> Option<Kind> {
    if about.is_file() {
        return None;
    }
    if about.is_dir() {
        return Some(Kind::Directory);
    }
    Some(if is_pipe(about) { Kind::Pipe } else { Kind::Device })
}

#[cfg(unix)]
fn is_pipe(about: &Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&about.file_type())
}

#[cfg(unix)]
fn is_socket(about: &Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_socket(&about.file_type())
}

/// The permission bits.
#[cfg(unix)]
fn mode(about: &Metadata) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o7777
}

/// Whether root lends it to us through our group alone, as service managers do.
#[cfg(unix)]
fn is_lent(about: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::uid(about) == 0
        && [0o004, 0o002, 0o001].iter().all(|bit| mode(about) & bit == 0)
}

/// Root's files are as good as ours; and root may read everybody's.
#[cfg(unix)]
pub(super) fn refuse_foreign(path: &Path, about: &Metadata) -> Result<(), Trouble> {
    let owner = std::os::unix::fs::MetadataExt::uid(about);
    let ours = rustix::process::geteuid().as_raw();
    if [ours, 0].contains(&owner) || ours == 0 {
        return Ok(());
    }
    Err(Trouble::NotOurs { path: path.to_owned(), owner })
}

#[cfg(unix)]
pub(super) fn refuse_open_to_others(
    path: &Path,
    about: &Metadata,
    bad: u32,
    wanted: u32,
) -> Result<(), Trouble> {
    let mode = mode(about);
    if mode & bad == 0 {
        return Ok(());
    }
    Err(Trouble::TooOpen { path: path.to_owned(), mode, wanted })
}

#[cfg(not(unix))]
fn is_pipe(_: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn is_socket(_: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn mode(_: &Metadata) -> u32 {
    0
}

#[cfg(not(unix))]
fn is_lent(_: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
pub(super) fn refuse_foreign(_: &Path, _: &Metadata) -> Result<(), Trouble> {
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn refuse_open_to_others(_: &Path, _: &Metadata, _: u32, _: u32) -> Result<(), Trouble> {
    Ok(())
}
