//! The way of a proxy to servers that are somebody else's. Comes in: where a client
//! wants to go; goes out: a connection, or why there is none. It never looks into what
//! it passes. Bounded: so many ways at one time, none that nobody uses.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hyper::http::uri::Authority;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Duration, sleep, timeout};

use super::reach::is_inside;
use super::thread::addresses;

/// Most ways at one time.
const WAYS: usize = 256;
/// Longest wait for a server.
const CONNECTING: Duration = Duration::from_secs(10);
/// A way that nobody used for so long is closed: pings of long connections come more often.
const IDLE: Duration = Duration::from_secs(300);

/// What a server does for clients that take it for their proxy; shared by all clones.
#[derive(Clone)]
pub struct Proxy {
    /// Whether it answers for the host of this name (in small letters) itself.
    pub is_ours: fn(&str) -> bool,
    /// What becomes of the rest.
    pub others: Others,
    /// The words for a client that is not let through to this host.
    pub words: fn(&str, NoWay) -> String,
    ways: Arc<Semaphore>,
}

/// What becomes of connections to somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// They pass untouched; clients of other machines not to where only this one is at home.
    Pass,
    /// They are refused.
    Refuse,
}

/// Why a client is not let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoWay {
    /// Nobody is.
    Refused,
    /// It is on another machine, and wants to somebody inside.
    Inside,
    /// Too many are under way.
    Full,
    /// Nobody answers there.
    Nobody,
}

/// A way to a server; it counts until it is dropped.
pub(super) struct Way {
    pub(super) stream: TcpStream,
    _counted: OwnedSemaphorePermit,
}

/// Where a client wants to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// In small letters; an address without brackets.
    pub(super) host: String,
    pub(super) port: u16,
}

impl Proxy {
    /// A proxy that answers for these hosts itself.
    #[must_use]
    pub fn new(is_ours: fn(&str) -> bool, others: Others, words: fn(&str, NoWay) -> String) -> Self {
        Self { is_ours, others, words, ways: Arc::new(Semaphore::new(WAYS)) }
    }

    /// A way for this client.
    pub(super) async fn way(&self, target: &Target, peer: SocketAddr) -> Result<Way, NoWay> {
        if self.others == Others::Refuse {
            return Err(NoWay::Refused);
        }
        let counted = Arc::clone(&self.ways).try_acquire_owned().map_err(|_| NoWay::Full)?;
        let stream = timeout(CONNECTING, connected(target, peer)).await.map_err(|_| NoWay::Nobody)??;
        let _ = stream.set_nodelay(true);
        Ok(Way { stream, _counted: counted })
    }
}

/// The addresses are judged that are connected to: a name may lead elsewhere next time.
async fn connected(target: &Target, peer: SocketAddr) -> Result<TcpStream, NoWay> {
    let found = addresses(&target.host, target.port).await.map_err(|_| NoWay::Nobody)?.into_iter();
    let (open, inside): (Vec<_>, Vec<_>) = found.partition(|address| !is_inside(address.ip()));
    let is_near = peer.ip().to_canonical().is_loopback();
    let may = if is_near { [open, inside.clone()].concat() } else { open };
    if may.is_empty() && !inside.is_empty() {
        return Err(NoWay::Inside);
    }
    TcpStream::connect(may.as_slice()).await.map_err(|_| NoWay::Nobody)
}

impl NoWay {
    /// Status and its words.
    pub(super) const fn status(self) -> &'static str {
        match self {
            Self::Refused | Self::Inside => "403 Forbidden",
            Self::Full => "503 Service Unavailable",
            Self::Nobody => "502 Bad Gateway",
        }
    }
}

impl Target {
    /// Host and port; the port may be left out where there is a usual one.
    pub(super) fn of(text: &str, usual: Option<u16>) -> Option<Self> {
        let authority: Authority = text.parse().ok()?;
        let written = authority.as_str().rsplit('@').next().unwrap_or_default();
        let has_port = written.rsplit(']').next().unwrap_or_default().contains(':');
        let port = if has_port { authority.port_u16() } else { usual }?;
        let host = authority.host().trim_matches(['[', ']']).trim_end_matches('.').to_ascii_lowercase();
        (!host.is_empty()).then_some(Self { host, port })
    }

    /// The server of a URL.
    pub(super) fn of_url(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let usual = match scheme.to_ascii_lowercase().as_str() {
            "http" => 80,
            "https" => 443,
            _ => return None,
        };
        Self::of(rest.split(['/', '?', '#']).next().unwrap_or_default(), Some(usual))
    }

    /// Whether it names the machine it is said on.
    pub(super) fn is_this_machine(&self) -> bool {
        self.host == "localhost" || self.host.parse().is_ok_and(|ip: IpAddr| ip.to_canonical().is_loopback())
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

/// Passes bytes in both directions until both have ended, nobody uses it any more, or
/// the server stops.
pub(super) async fn join(mut client: TcpStream, mut way: Way, mut stopped: watch::Receiver<()>) {
    let used = AtomicBool::new(true);
    let (from_client, to_client) = client.split();
    let (from_server, to_server) = way.stream.split();
    let both =
        async { tokio::join!(pass(from_client, to_server, &used), pass(from_server, to_client, &used)) };
    tokio::select! {
        _ = both => {}
        () = unused(&used) => {}
        _ = stopped.changed() => {}
    }
}

async fn pass(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, used: &AtomicBool) {
    let mut piece = vec![0; 16 * 1024];
    while let Ok(len @ 1..) = from.read(&mut piece).await {
        used.store(true, Ordering::Relaxed);
        if to.write_all(&piece[..len]).await.is_err() {
            return;
        }
    }
    let _ = to.shutdown().await;
}

async fn unused(used: &AtomicBool) {
    while used.swap(false, Ordering::Relaxed) {
        sleep(IDLE).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_on_another_machine_does_not_get_inside() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let way = |others, host: &str, peer: &str| {
            let target = Target { host: host.into(), port };
            let proxy = Proxy::new(|_| false, others, |_, _| String::new());
            let way = async { proxy.way(&target, peer.parse().unwrap()).await.map(drop) };
            super::super::block_on(way).unwrap()
        };
        for near in ["127.0.0.1:5", "[::1]:5", "[::ffff:127.0.0.1]:5"] {
            assert_eq!(way(Others::Pass, "127.0.0.1", near), Ok(()), "{near}");
        }
        let inside = [
            "127.0.0.1",
            "localhost",
            "0.0.0.0",
            "10.0.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "::1",
            "::ffff:127.0.0.1",
        ];
        for host in inside {
            assert_eq!(way(Others::Pass, host, "192.168.1.9:5"), Err(NoWay::Inside), "{host}");
        }
        assert_eq!(way(Others::Refuse, "127.0.0.1", "127.0.0.1:5"), Err(NoWay::Refused));
    }

    #[test]
    fn there_is_a_limit() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let target = Target { host: "127.0.0.1".into(), port: listener.local_addr().unwrap().port() };
        let proxy = Proxy::new(|_| false, Others::Pass, |_, _| String::new());
        let peer = "127.0.0.1:5".parse().unwrap();
        let full = Arc::clone(&proxy.ways).try_acquire_many_owned(u32::try_from(WAYS).unwrap()).unwrap();
        let way = || super::super::block_on(async { proxy.way(&target, peer).await.map(drop) }).unwrap();
        assert_eq!(way(), Err(NoWay::Full));
        drop(full);
        assert_eq!(way(), Ok(()));
    }
}
