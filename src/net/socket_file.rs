//! A socket file: made where nobody else can look, opened to whom it is for, and
//! only then put in its place. Takes away a socket that a killed server left, and
//! nothing else: no file, no link, no socket that somebody answers on.

use std::fs::{self, DirBuilder, Metadata, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt as _, FileTypeExt as _, MetadataExt as _, PermissionsExt as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use tokio::net::UnixListener;

use super::address::Access;

/// The file of a server that runs; it goes with the server.
#[derive(Debug)]
pub struct Claim {
    path: PathBuf,
    id: (u64, u64),
}

impl Drop for Claim {
    fn drop(&mut self) {
        // Somebody may have put another file there meanwhile: that one stays.
        if fs::symlink_metadata(&self.path).is_ok_and(|about| id(&about) == self.id) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Listens on a new socket file.
///
/// # Errors
/// `AddrInUse` if somebody answers there, `AlreadyExists` if something else than
/// a socket is there; what is there is untouched.
pub fn make(path: &Path, access: Access) -> io::Result<(UnixListener, Claim)> {
    let room = Room::beside(path)?;
    let born = room.socket();
    let listener = UnixListener::bind(&born)?;
    if access.group.is_some() {
        std::os::unix::fs::chown(&born, None, access.group)?;
    }
    fs::set_permissions(&born, Permissions::from_mode(access.mode))?;
    let id = id(&fs::symlink_metadata(&born)?);
    put(&room, path)?;
    Ok((listener, Claim { path: path.to_owned(), id }))
}

/// The id of a group by its name or number.
///
/// # Errors
/// `NotFound`; or what the system says of its list of groups.
pub fn group_id(name: &str) -> io::Result<u32> {
    if let Ok(number) = name.parse() {
        return Ok(number);
    }
    let list = fs::read_to_string("/etc/group")?;
    let row = list.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let number = row.and_then(|rest| rest.split(':').nth(1)?.parse().ok());
    number.ok_or_else(|| ErrorKind::NotFound.into())
}

/// A directory of our own beside the place, gone when dropped; what we could not
/// give back stays, and the directory with it.
struct Room(PathBuf);

impl Room {
    /// More than so many left-overs of killed processes with our number are none.
    const TRIES: u32 = 100;

    fn beside(path: &Path) -> io::Result<Self> {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        // Short: the path of a socket has about a hundred bytes.
        let name = |n: u32| parent.join(format!(".w{:x}-{n}", std::process::id()));
        let mut last = ErrorKind::AlreadyExists.into();
        for dir in (0..Self::TRIES).map(name) {
            match DirBuilder::new().mode(0o700).create(&dir) {
                Ok(()) => return Ok(Self(dir)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => last = error,
                Err(error) => return Err(error),
            }
        }
        Err(last)
    }

    fn socket(&self) -> PathBuf {
        self.0.join("s")
    }

    fn old(&self) -> PathBuf {
        self.0.join("o")
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = fs::remove_file(self.socket());
        let _ = fs::remove_dir(&self.0);
    }
}

/// Puts the new socket in its place. A link never replaces anything, as a rename
/// would.
fn put(room: &Room, path: &Path) -> io::Result<()> {
    match fs::hard_link(room.socket(), path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            clear(path, &room.old())?;
            fs::hard_link(room.socket(), path)
        }
        other => other,
    }
}

/// Takes a dead socket away.
fn clear(path: &Path, aside: &Path) -> io::Result<()> {
    refuse_all_but_dead(path)?;
    fs::rename(path, aside)?;
    // Another server may have come between the look and the move. Where it is now
    // nobody else can reach it: this look holds.
    match refuse_all_but_dead(aside) {
        Ok(()) => fs::remove_file(aside),
        Err(error) => {
            give_back(aside, path)?;
            Err(error)
        }
    }
}

fn give_back(aside: &Path, path: &Path) -> io::Result<()> {
    // A directory has no second name.
    if fs::symlink_metadata(aside)?.is_dir() {
        return fs::rename(aside, path);
    }
    fs::hard_link(aside, path)?;
    fs::remove_file(aside)
}

fn refuse_all_but_dead(path: &Path) -> io::Result<()> {
    if !fs::symlink_metadata(path)?.file_type().is_socket() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    match UnixStream::connect(path) {
        Err(error) if error.kind() == ErrorKind::ConnectionRefused => Ok(()),
        _ => Err(ErrorKind::AddrInUse.into()),
    }
}

fn id(about: &Metadata) -> (u64, u64) {
    (about.dev(), about.ino())
}
