//! The one door to the network. [`send`] carries a request to a server,
//! [`listen`] answers requests; both speak [`wire`](crate::wire) and know
//! nothing of WeChat. The async runtime is built here and nowhere else.

pub mod address;
mod body;
pub mod identity;
pub mod listen;
mod reach;
mod route;
pub mod send;
mod service;
pub mod socket;
#[cfg(unix)]
mod socket_file;
mod stop;

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::time::Duration;

pub use address::{Access, Address, BadAddress};
pub use identity::Identity;
pub use listen::{Answer, Outgoing, interrupted, serve, serve_wide};
pub use reach::{Reach, reach};
pub use send::{Http, Options};
pub use service::{Reloads, tell_ready};
pub use socket::{Listener, Place, bind, bind_to};
#[cfg(unix)]
pub use socket_file::group_id;
pub use stop::Stop;
pub use tokio::sync::{Mutex, Notify, Semaphore, mpsc, oneshot, watch};
pub use tokio::task::{JoinHandle, JoinSet, spawn, spawn_blocking};
pub use tokio::time::{interval, sleep, timeout};
pub use tokio::{join, select};

use crate::wire::{Reply, Request};

/// A reply, or why there is none; still on its way.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Reply, SendError>> + Send + 'a>>;

/// Carries one request. [`Http`] does it for real; tests and the demo may
/// answer in memory.
pub trait Transport: Send + Sync {
    /// Sends once. Never repeats by itself: the request may move money.
    fn send<'a>(&'a self, request: &'a Request) -> Sending<'a>;
}

/// Why there is no reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendError {
    /// Provably not processed: no connection came about.
    Unreachable {
        /// Host (and port) that was asked.
        host: String,
        /// What stood in the way.
        why: Why,
    },
    /// Provably not processed: the proxy on the way did not let it through.
    Proxy {
        /// Host (and port) of the proxy.
        proxy: String,
        /// Host (and port) that was asked.
        host: String,
        /// What stood in the way.
        why: Why,
    },
    /// Sent, at least in part, and no complete reply: it may have been done.
    Lost {
        /// Host (and port) that was asked.
        host: String,
        /// How it ended.
        why: Why,
        /// How long it was waited.
        after: Duration,
    },
    /// The reply is longer than anything WeChat sends.
    TooLong {
        /// Most bytes that are read.
        limit: usize,
    },
    /// This call must show the merchant's certificate, and none is configured.
    NoCertificate,
    /// Not an absolute http(s) URL, or a method or header that HTTP cannot carry.
    BadRequest {
        /// What the HTTP library minds.
        why: String,
    },
    /// The secure connection cannot be set up here: CA file, certificate, proxy.
    Setup(NetError),
}

impl std::fmt::Display for SendError {
    /// Short and technical; of what was sent, only the host.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreachable { host, why } | Self::Lost { host, why, .. } => write!(f, "{host}: {why}"),
            Self::Proxy { proxy, host, why } => write!(f, "{host} through the proxy {proxy}: {why}"),
            Self::TooLong { limit } => write!(f, "more than {limit} bytes"),
            Self::NoCertificate => f.write_str("no client certificate"),
            Self::BadRequest { why } => f.write_str(why),
            Self::Setup(error) => error.fmt(f),
        }
    }
}

/// What happened to a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The name has no address.
    UnknownHost,
    /// Nobody listens there.
    Refused,
    /// Too slow.
    TimedOut,
    /// The other side cut the connection.
    Reset,
    /// The other side closed before the reply was complete.
    Closed,
    /// We were told to stop (Ctrl-C, SIGTERM) while it was on its way.
    Interrupted,
    /// No trust between the two sides, in the TLS library's words.
    Tls(String),
    /// The proxy wants to know who we are (407).
    ProxyAuth,
    /// The other side does not accept our client certificate.
    CertificateRefused(String),
    /// Anything else, in the words of the system.
    Other(String),
}

impl std::fmt::Display for Why {
    /// Short and technical, as an operating system would say it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::UnknownHost => "unknown host",
            Self::Refused => "connection refused",
            Self::TimedOut => "timed out",
            Self::Reset => "connection reset",
            Self::Closed => "connection closed",
            Self::Interrupted => "interrupted",
            Self::ProxyAuth => "HTTP 407, it wants a user and a password",
            Self::Tls(text) | Self::CertificateRefused(text) | Self::Other(text) => text,
        })
    }
}

/// Why the network cannot be used as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetError {
    /// Neither PEM nor PKCS#12, or damaged.
    BadIdentity {
        /// The parser's words.
        why: String,
    },
    /// The PKCS#12 file does not open with this password.
    WrongPassword,
    /// A PEM file without a certificate.
    NoCertificateInside,
    /// A PEM file without a private key, and no key file beside it.
    NoKeyInside,
    /// The private key is locked with a password.
    EncryptedKey,
    /// The CA file holds no certificate that can be read.
    BadCaFile {
        /// The parser's words.
        why: String,
    },
    /// Not a proxy URL.
    BadProxy {
        /// The parser's words.
        why: String,
    },
    /// The TLS library refuses the settings.
    Tls {
        /// Its words.
        why: String,
    },
    /// Not an address to listen on.
    Address {
        /// As it was typed.
        addr: String,
        /// What is wrong with it.
        bad: BadAddress,
    },
    /// The address cannot be listened on.
    Listen {
        /// The address.
        addr: String,
        /// What the system says.
        why: io::ErrorKind,
    },
}

impl std::fmt::Display for NetError {
    /// Short and technical, for logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::BadIdentity { why } => write!(f, "client certificate: {why}"),
            Self::WrongPassword => f.write_str("client certificate: wrong password"),
            Self::NoCertificateInside => f.write_str("client certificate: no certificate inside"),
            Self::NoKeyInside => f.write_str("client certificate: no private key"),
            Self::EncryptedKey => f.write_str("client certificate: the private key is locked"),
            Self::BadCaFile { why } => write!(f, "CA file: {why}"),
            Self::BadProxy { why } => write!(f, "proxy: {why}"),
            Self::Tls { why } => write!(f, "TLS: {why}"),
            Self::Address { addr, .. } => write!(f, "{addr} is no address"),
            Self::Listen { addr, why } => write!(f, "{addr}: {why}"),
        }
    }
}

/// Does what may block on a thread for that, and waits without blocking.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

/// Runs a future to its end on a runtime of one thread.
///
/// # Errors
/// The runtime cannot be made (no file descriptors left).
pub fn block_on<F: Future>(future: F) -> io::Result<F::Output> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let output = runtime.block_on(future);
    // A name lookup may hang in its thread for long after nobody waits for it.
    runtime.shutdown_background();
    Ok(output)
}
