//! The front of a port: looks at the first bytes of a connection and leads it to where
//! it belongs: plain HTTP, TLS, or, where this server is a proxy, through to others.
//! What is ours is answered here, whichever way it came.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Duration, sleep, timeout};

use super::connection::{Answer, Caller, Stay, connection};
use super::patience::HEAD_TIMEOUT;
use super::proxy::{NoWay, Proxy, Target, join};
use super::secure::{Secure, is_distrust, showed_certificate};
use crate::wire::Request;

/// What a port takes beside plain HTTP.
#[derive(Clone, Default)]
pub struct Front {
    /// TLS, if it is spoken here.
    pub tls: Option<Secure>,
    /// What it does for clients that take it for their proxy; none for a server that is none.
    pub proxy: Option<Proxy>,
    /// Who is told what happens here; called from the server's threads.
    pub tell: Option<Arc<dyn Fn(AtFront) + Send + Sync>>,
}

/// What happens at the front, and never becomes a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AtFront {
    /// A client does not believe our certificate.
    Distrusted,
    /// A connection to somebody else, host and port, was let through, or was not.
    Elsewhere(String, Result<(), NoWay>),
}

/// A connection with all that answers it.
struct Met<A> {
    stream: TcpStream,
    peer: SocketAddr,
    front: Front,
    answer: A,
    stopped: watch::Receiver<()>,
}

/// Leads a connection to where it belongs, until it ends.
pub(super) async fn meet<A, R>(
    stream: TcpStream,
    peer: SocketAddr,
    front: Front,
    answer: A,
    stopped: watch::Receiver<()>,
) where
    A: Fn(&Request) -> R + Send + Sync + 'static,
    R: Into<Answer> + 'static,
{
    let met = Met { stream, peer, front, answer, stopped };
    if met.front.tls.is_none() && met.front.proxy.is_none() {
        return met.plain(Stay::Open).await;
    }
    let Ok(Some(opening)) = timeout(HEAD_TIMEOUT, opening(&met.stream)).await else { return };
    let proxy = met.front.proxy.clone();
    // Every connection has the room that the largest of these needs: what TLS needs is
    // four times as much as all the rest, and stands elsewhere.
    match (opening, proxy) {
        (Opening::Tls, _) => Box::pin(met.secured()).await,
        (Opening::Tunnel(target), Some(proxy)) => Box::pin(met.tunnel(&proxy, &target)).await,
        (Opening::Through(target), Some(proxy)) if !met.is_ours(&proxy, &target) => {
            Box::pin(met.through(&proxy, &target)).await;
        }
        // The next one may be for somebody else, and only the first is looked at.
        (Opening::Through(_), Some(_)) => met.plain(Stay::Once).await,
        _ => met.plain(Stay::Open).await,
    }
}

impl<A, R> Met<A>
where
    A: Fn(&Request) -> R + Send + Sync + 'static,
    R: Into<Answer> + 'static,
{
    async fn plain(self, stay: Stay) {
        let caller = Caller { stay, ..Caller::plain(Some(self.peer.to_string())) };
        connection(self.stream, caller, self.answer, self.stopped).await;
    }

    async fn secured(self) {
        let Some(tls) = &self.front.tls else { return };
        let stream = match tls.greet(self.stream).await {
            Ok(stream) => stream,
            Err(error) if is_distrust(&error) => return self.front.tell(AtFront::Distrusted),
            // A client that goes away in the middle is its own affair.
            Err(_) => return,
        };
        let certificate = showed_certificate(&stream);
        let caller = Caller { secure: true, certificate, ..Caller::plain(Some(self.peer.to_string())) };
        connection(stream, caller, self.answer, self.stopped).await;
    }

    /// Whether we answer for it: by its name, or because it is this very port.
    fn is_ours(&self, proxy: &Proxy, target: &Target) -> bool {
        let is_here = self.stream.local_addr().is_ok_and(|here| here.port() == target.port);
        (proxy.is_ours)(&target.host) || is_here && target.is_this_machine()
    }

    /// A client asks for a tunnel: to us it ends here.
    async fn tunnel(mut self, proxy: &Proxy, target: &Target) {
        if head(&mut self.stream).await.is_none() {
            return;
        }
        if self.is_ours(proxy, target) {
            return match self.stream.write_all(ESTABLISHED).await {
                Ok(()) if target.port == HTTP => self.plain(Stay::Open).await,
                Ok(()) => self.secured().await,
                Err(_) => {}
            };
        }
        self.elsewhere(proxy, target, ESTABLISHED, b"").await;
    }

    /// A client asks for one request to be passed on.
    async fn through(mut self, proxy: &Proxy, target: &Target) {
        if let Some(head) = head(&mut self.stream).await {
            self.elsewhere(proxy, target, b"", passed_on(&head).as_bytes()).await;
        }
    }

    /// Joins a client with somebody else, if it may be: first each side is told this.
    async fn elsewhere(mut self, proxy: &Proxy, target: &Target, client: &[u8], server: &[u8]) {
        let way = proxy.way(target, self.peer).await;
        self.front.tell(AtFront::Elsewhere(target.to_string(), way.as_ref().map(drop).map_err(|no| *no)));
        match way {
            Err(no) => farewell(self.stream, no, &(proxy.words)(&target.host, no)).await,
            Ok(mut way) => {
                if self.stream.write_all(client).await.is_ok() && way.stream.write_all(server).await.is_ok() {
                    join(self.stream, way, self.stopped).await;
                }
            }
        }
    }
}

impl Front {
    fn tell(&self, happened: AtFront) {
        if let Some(tell) = &self.tell {
            tell(happened);
        }
    }
}

const ESTABLISHED: &[u8] = b"HTTP/1.1 200 Connection established\r\n\r\n";
/// The one port at which no TLS is spoken.
const HTTP: u16 = 80;

/// How a connection begins.
#[derive(Debug, PartialEq, Eq)]
enum Opening {
    Tls,
    /// `CONNECT host:port`
    Tunnel(Target),
    /// `GET http://host/…`
    Through(Target),
    Plain,
}

/// The first byte of a TLS handshake; no method begins with it.
const HANDSHAKE: u8 = 22;
/// So much of the first line tells where it leads: method, scheme, and the longest name.
const BEGINNING: usize = 512;
/// How often a beginning that is not enough yet is looked at again.
const AGAIN: Duration = Duration::from_millis(20);

/// Looks at the first bytes and leaves them where they are. None for a client that is
/// gone.
async fn opening(stream: &TcpStream) -> Option<Opening> {
    let mut seen = [0; BEGINNING];
    loop {
        let len = stream.peek(&mut seen).await.ok().filter(|len| *len > 0)?;
        if seen[0] == HANDSHAKE {
            return Some(Opening::Tls);
        }
        if len == BEGINNING || seen[..len].contains(&b'\n') {
            return Some(opening_of(&String::from_utf8_lossy(&seen[..len])));
        }
        sleep(AGAIN).await;
    }
}

fn opening_of(beginning: &str) -> Opening {
    let mut words = beginning.lines().next().unwrap_or_default().split(' ');
    let (method, address) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let found = if method == "CONNECT" {
        Target::of(address, None).map(Opening::Tunnel)
    } else {
        Target::of_url(address).map(Opening::Through)
    };
    found.unwrap_or(Opening::Plain)
}

/// Longest head of a request that is passed on.
const HEAD: usize = 64 * 1024;

/// Takes the head of a request, and not a byte more.
async fn head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let reading = async {
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.ok().filter(|_| head.len() < HEAD)?);
        }
        Some(())
    };
    timeout(HEAD_TIMEOUT, reading).await.ok()??;
    String::from_utf8(head).ok()
}

/// Headers that are between a client and its proxy, in small letters.
const BETWEEN: [&str; 4] = ["connection", "keep-alive", "proxy-connection", "proxy-authorization"];

/// A head as its server is to see it: the path alone, and one request only.
fn passed_on(head: &str) -> String {
    let mut lines = head.split("\r\n").take_while(|line| !line.is_empty());
    let mut words = lines.next().unwrap_or_default().splitn(3, ' ');
    let [method, url, version] = [(); 3].map(|()| words.next().unwrap_or_default());
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find(['/', '?']).map_or("", |at| &rest[at..]);
    let slash = if path.starts_with('/') { "" } else { "/" };
    let is_ours = |line: &&str| {
        let name = line.split(':').next().unwrap_or_default().trim().to_ascii_lowercase();
        !BETWEEN.contains(&name.as_str())
    };
    let kept: Vec<&str> = lines.filter(is_ours).collect();
    format!("{method} {slash}{path} {version}\r\n{}\r\nconnection: close\r\n\r\n", kept.join("\r\n"))
}

/// How long, and how far, a request is read that nobody answers: closed before, the
/// system would take the words back.
const LEAVING: (Duration, usize) = (Duration::from_secs(2), 1 << 20);

/// Says why there is no way, and closes.
async fn farewell(mut stream: TcpStream, no: NoWay, words: &str) {
    let (status, length) = (no.status(), words.len());
    let reply = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n{words}"
    );
    if stream.write_all(reply.as_bytes()).await.is_err() || stream.shutdown().await.is_err() {
        return;
    }
    let mut unread = stream.take(LEAVING.1 as u64);
    let _ = timeout(LEAVING.0, tokio::io::copy(&mut unread, &mut tokio::io::sink())).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_tells_where_a_connection_leads() {
        let target = |host: &str, port| Target { host: host.into(), port };
        for (line, opening) in [
            ("GET / HTTP/1.1\r\n", Opening::Plain),
            ("POST /pay?u=http://a.test/ HTTP/1.1\r\n", Opening::Plain),
            (
                "CONNECT API.mch.weixin.qq.com.:443 HTTP/1.1\r\n",
                Opening::Tunnel(target("api.mch.weixin.qq.com", 443)),
            ),
            ("CONNECT [::1]:7780 HTTP/1.1\r\n", Opening::Tunnel(target("::1", 7780))),
            ("CONNECT a.test HTTP/1.1\r\n", Opening::Plain),
            ("CONNECT a.test:0x HTTP/1.1\r\n", Opening::Plain),
            ("CONNECT /a.test:1 HTTP/1.1\r\n", Opening::Plain),
            ("GET http://a.test/x?y HTTP/1.1\r\n", Opening::Through(target("a.test", 80))),
            ("GET http://a.test HTTP/1.1\r\n", Opening::Through(target("a.test", 80))),
            ("GET http://u:p@a.test:81?y HTTP/1.1\r\n", Opening::Through(target("a.test", 81))),
            ("GET https://a.test/ HTTP/1.1\r\n", Opening::Through(target("a.test", 443))),
            ("GET ftp://a.test/ HTTP/1.1\r\n", Opening::Plain),
            ("\n", Opening::Plain),
        ] {
            assert_eq!(opening_of(line), opening, "{line}");
        }
    }

    #[test]
    fn a_head_is_passed_on_without_what_is_between_client_and_proxy() {
        let head = "GET http://u:p@a.test:81/x?y=http://z/ HTTP/1.1\r\nHost: a.test:81\r\nProxy-Connection: Keep-Alive\r\n\
                    Connection: keep-alive\r\nProxy-Authorization: Basic eA==\r\nAccept: */*\r\n\r\n";
        let passed =
            "GET /x?y=http://z/ HTTP/1.1\r\nHost: a.test:81\r\nAccept: */*\r\nconnection: close\r\n\r\n";
        assert_eq!(passed_on(head), passed);
        let bare = "GET http://a.test HTTP/1.0\r\nHost: a.test\r\n\r\n";
        assert_eq!(passed_on(bare), "GET / HTTP/1.0\r\nHost: a.test\r\nconnection: close\r\n\r\n");
        assert!(
            passed_on("GET http://a.test?q HTTP/1.1\r\nHost: a.test\r\n\r\n")
                .starts_with("GET /?q HTTP/1.1\r\n")
        );
    }
}
