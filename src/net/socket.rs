//! Ports and socket files: bound, accepted from, and handed from one thread to
//! another. Comes in: an [`Address`]; goes out: a [`Listener`] and its streams.
//! Knows nothing of HTTP.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use tokio::net::{TcpListener, TcpStream};
#[cfg(unix)]
use tokio::net::{UnixListener, UnixStream};

use super::address::{Access, Address, Spot, UNIX, local_url};
use super::error::NetError;
#[cfg(unix)]
use super::socket_file::{self, Claim};
use super::thread::addresses;

/// A bound address, not yet answering.
#[derive(Debug)]
pub struct Listener {
    socket: Socket,
    at: Place,
}

#[derive(Debug)]
enum Socket {
    Tcp(TcpListener),
    #[cfg(unix)]
    Unix(UnixListener, #[allow(dead_code, reason = "its file goes with it")] Claim),
}

/// Where a server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// An address and port.
    Ip(SocketAddr),
    /// A socket file.
    Path(PathBuf),
}

/// Takes an address; port 0 takes a free one. `unix:PATH` makes a socket file
/// that only its owner can use.
///
/// # Errors
/// [`NetError::Address`], [`NetError::Listen`].
pub async fn bind(addr: &str) -> Result<Listener, NetError> {
    let address = Address::read(addr);
    bind_to(&address.map_err(|bad| NetError::Address { addr: addr.to_owned(), bad })?).await
}

/// The same for an address that was read.
///
/// # Errors
/// [`NetError::Listen`]; what is in the way of a socket file is untouched.
pub async fn bind_to(address: &Address) -> Result<Listener, NetError> {
    let addr = match &address.spot {
        Spot::Port(addr) => addr,
        Spot::Path(path) => return bind_path(path, address.access),
    };
    let failed = |error: std::io::Error| NetError::Listen { addr: addr.clone(), why: error.kind() };
    let (host, port) = addr.rsplit_once(':').unwrap_or((addr, ""));
    let found = addresses(host.trim_matches(['[', ']']), port.parse().unwrap_or(0)).await.map_err(failed)?;
    let socket = TcpListener::bind(found.as_slice()).await.map_err(failed)?;
    let at = Place::Ip(socket.local_addr().map_err(failed)?);
    Ok(Listener { socket: Socket::Tcp(socket), at })
}

#[cfg(unix)]
fn bind_path(path: &Path, access: Access) -> Result<Listener, NetError> {
    let (socket, claim) = socket_file::make(path, access).map_err(|error| unbound(path, error.kind()))?;
    Ok(Listener { socket: Socket::Unix(socket, claim), at: Place::Path(path.to_owned()) })
}

#[cfg(not(unix))]
fn bind_path(path: &Path, _: Access) -> Result<Listener, NetError> {
    Err(unbound(path, ErrorKind::Unsupported))
}

fn unbound(path: &Path, why: ErrorKind) -> NetError {
    NetError::Listen { addr: format!("{UNIX}{}", path.display()), why }
}

impl Listener {
    /// Where it listens.
    #[must_use]
    pub const fn place(&self) -> &Place {
        &self.at
    }

    /// Whether only this machine can reach it.
    #[must_use]
    pub fn is_local(&self) -> bool {
        match &self.at {
            Place::Ip(addr) => addr.ip().to_canonical().is_loopback(),
            Place::Path(_) => true,
        }
    }

    /// `http://127.0.0.1:PORT`, as a client on this machine would write it, or
    /// `unix:PATH`.
    #[must_use]
    pub fn local_url(&self) -> String {
        match &self.at {
            Place::Ip(addr) => local_url(*addr),
            Place::Path(path) => format!("{UNIX}{}", path.display()),
        }
    }

    /// The next connection.
    pub(super) async fn accept(&self) -> std::io::Result<Stream> {
        match &self.socket {
            Socket::Tcp(socket) => {
                let (stream, peer) = socket.accept().await?;
                let _ = stream.set_nodelay(true);
                Ok(Stream::Tcp(stream, peer))
            }
            #[cfg(unix)]
            Socket::Unix(socket, _) => Ok(Stream::Unix(socket.accept().await?.0)),
        }
    }
}

/// A connection, bound to the runtime of its thread.
pub(super) enum Stream {
    Tcp(TcpStream, SocketAddr),
    #[cfg(unix)]
    Unix(UnixStream),
}

/// A connection on its way to another thread.
pub(super) enum Loose {
    Tcp(std::net::TcpStream, SocketAddr),
    #[cfg(unix)]
    Unix(std::os::unix::net::UnixStream),
}

impl Stream {
    /// None for a socket that is broken already.
    pub(super) fn loosened(self) -> Option<Loose> {
        match self {
            Self::Tcp(stream, peer) => Some(Loose::Tcp(stream.into_std().ok()?, peer)),
            #[cfg(unix)]
            Self::Unix(stream) => Some(Loose::Unix(stream.into_std().ok()?)),
        }
    }
}

impl Loose {
    pub(super) fn bound(self) -> Option<Stream> {
        match self {
            Self::Tcp(stream, peer) => Some(Stream::Tcp(TcpStream::from_std(stream).ok()?, peer)),
            #[cfg(unix)]
            Self::Unix(stream) => Some(Stream::Unix(UnixStream::from_std(stream).ok()?)),
        }
    }
}

/// A connection that can end rudely.
pub(super) trait Resets {
    /// Makes the other side see a reset when it closes, where that exists.
    fn reset(&self);
}

impl Resets for TcpStream {
    fn reset(&self) {
        let _ = self.set_zero_linger();
    }
}

#[cfg(unix)]
impl Resets for UnixStream {
    fn reset(&self) {}
}
