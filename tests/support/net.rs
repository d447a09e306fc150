//! The other side on loopback: a plain HTTP request, a receiver of notices, fakes
//! that answer whatever a test wants, and a TLS front that asks for a client
//! certificate as WeChat does. Nothing here uses wxkit's own network code.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::Value;

/// One HTTP message: first line, header lines, body.
#[derive(Debug, Clone, Default)]
pub struct Message {
    pub first: String,
    pub headers: Vec<String>,
    pub status: u16,
    pub body: String,
}

impl Message {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let named = |line: &&String| line.split(':').next().is_some_and(|n| n.eq_ignore_ascii_case(name));
        self.headers.iter().find(named).and_then(|line| Some(line.split_once(':')?.1.trim()))
    }

    pub fn read(stream: impl Read) -> Option<Self> {
        let mut reader = BufReader::new(stream);
        let mut line = || {
            let mut text = String::new();
            reader.read_line(&mut text).ok()?;
            Some(text.trim_end().to_owned())
        };
        let first = line().filter(|first| !first.is_empty())?;
        let mut headers = Vec::new();
        while let Some(header) = line().filter(|header| !header.is_empty()) {
            headers.push(header);
        }
        let status = first.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
        let mut message = Self { first, headers, status, body: String::new() };
        let length = message.header("content-length").and_then(|len| len.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        message.body = String::from_utf8(body).unwrap();
        Some(message)
    }

    /// As bytes, its length put right, the connection closed behind it.
    pub fn bytes(&self) -> Vec<u8> {
        let kept = |line: &&String| {
            let line = line.to_ascii_lowercase();
            !line.starts_with("content-length:") && !line.starts_with("connection:")
        };
        let mut out = format!("{}\r\n", self.first);
        self.headers.iter().filter(kept).for_each(|line| out += &format!("{line}\r\n"));
        out += &format!("content-length: {}\r\nconnection: close\r\n\r\n{}", self.body.len(), self.body);
        out.into_bytes()
    }

    /// A reply.
    pub fn reply(status: u16, kind: &str, body: impl Into<String>) -> Self {
        let headers = vec![format!("content-type: {kind}")];
        Self { first: format!("HTTP/1.1 {status} X"), headers, status, body: body.into() }
    }
}

fn host_of(url: &str) -> &str {
    url.strip_prefix("http://").unwrap().split('/').next().unwrap()
}

/// One request over a fresh connection; redirects are not followed.
pub fn http(method: &str, url: &str, body: &str) -> Message {
    let (host, path) = (host_of(url), &url["http://".len() + host_of(url).len()..]);
    let path = path.split('#').next().unwrap();
    let headers = vec![format!("host: {host}")];
    let request =
        Message { first: format!("{method} {path} HTTP/1.1"), headers, status: 0, body: body.into() };
    forward(&request, host)
}

fn forward(request: &Message, host: &str) -> Message {
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.write_all(&request.bytes()).unwrap();
    Message::read(stream).expect("a reply")
}

/// A server on loopback that lives as long as the test.
pub fn serve(handle: impl Fn(TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let handle = Arc::new(handle);
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let handle = Arc::clone(&handle);
            thread::spawn(move || handle(stream));
        }
    });
    host
}

/// An HTTP server that answers each request with this function; its URL.
pub fn answering(answer: impl Fn(&Message) -> Message + Send + Sync + 'static) -> String {
    answering_bytes(move |request| answer(request).bytes())
}

/// The same with replies that may be no text.
pub fn answering_bytes(answer: impl Fn(&Message) -> Vec<u8> + Send + Sync + 'static) -> String {
    let host = serve(move |mut stream| {
        if let Some(request) = Message::read(&stream) {
            let _ = stream.write_all(&answer(&request));
        }
    });
    format!("http://{host}")
}

/// A server that reads each request and does something rude; its URL.
pub fn rude(then: impl Fn(TcpStream) + Send + Sync + 'static) -> String {
    let host = serve(move |stream| {
        if Message::read(&stream).is_some() {
            then(stream);
        }
    });
    format!("http://{host}")
}

/// A server that begins a reply and resets the connection: what it has not read
/// makes the system send a reset; its URL.
pub fn resetting() -> String {
    let host = serve(|mut stream| {
        let _ = stream.read_exact(&mut [0; 64]);
        thread::sleep(Duration::from_millis(50));
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n<xml>");
        thread::sleep(Duration::from_millis(50));
    });
    format!("http://{host}")
}

/// A server that takes requests and never says anything; its URL.
pub fn silent() -> String {
    let host = serve(|stream| {
        let _ = Message::read(&stream);
        thread::sleep(Duration::from_secs(30));
    });
    format!("http://{host}")
}

/// An address where nobody listens.
pub fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

/// Somebody in the middle who changes replies; its URL.
pub fn meddler(url: &str, change: impl Fn(String) -> String + Send + Sync + 'static) -> String {
    let host = host_of(url).to_owned();
    answering(move |request| {
        let reply = forward(request, &host);
        Message { body: change(reply.body.clone()), ..reply }
    })
}

/// A merchant's server: keeps what it gets, answers what it is told.
pub struct Shop {
    pub url: String,
    taken: Receiver<String>,
}

impl Shop {
    pub const SUCCESS: &str = "<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>";

    /// Answers SUCCESS.
    pub fn open() -> Self {
        Self::answering(200, Self::SUCCESS)
    }

    pub fn answering(status: u16, body: &'static str) -> Self {
        let (tell, taken) = mpsc::channel();
        let url = answering(move |request| {
            let _ = tell.send(request.body.clone());
            Message::reply(status, "text/xml", body)
        });
        Self { url, taken }
    }

    /// The next notice.
    pub fn next(&self) -> String {
        self.taken.recv_timeout(Duration::from_secs(10)).expect("a notice arrives")
    }

    /// What has arrived and was not looked at.
    pub fn rest(&self) -> Vec<String> {
        self.taken.try_iter().collect()
    }
}

/// HTTPS that takes a request, says this, and goes away without the farewell
/// that ends a TLS connection; its URL.
pub fn broken_desk(said: &'static str) -> String {
    let config = strict_tls();
    let desk = serve(move |mut stream| {
        let mut tls = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
        let mut tls = rustls::Stream::new(&mut tls, &mut stream);
        if Message::read(&mut tls).is_some() {
            let _ = tls.write_all(said.as_bytes());
            let _ = tls.flush();
        }
    });
    format!("https://{desk}")
}

/// HTTPS in front of a gateway, for those only who show a certificate of the
/// test CA, as `api.mch.weixin.qq.com/secapi` does; its URL.
pub fn certificate_desk(url: &str) -> String {
    let (host, config) = (host_of(url).to_owned(), strict_tls());
    let desk = serve(move |mut stream| {
        let mut tls = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
        let mut tls = rustls::Stream::new(&mut tls, &mut stream);
        if let Some(request) = Message::read(&mut tls) {
            let _ = tls.write_all(&forward(&request, &host).bytes());
            tls.conn.send_close_notify();
            let _ = tls.flush();
        }
    });
    format!("https://{desk}")
}

fn strict_tls() -> Arc<rustls::ServerConfig> {
    let file = |name: &str| std::fs::read(super::repository(&format!("tests/tls/{name}"))).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(&file("ca.pem")).unwrap()).unwrap();
    let verifier =
        rustls::server::WebPkiClientVerifier::builder_with_provider(roots.into(), Arc::clone(&provider));
    let certificate = CertificateDer::from_pem_slice(&file("server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(&file("server.key")).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier.build().unwrap())
        .with_single_cert(vec![certificate], key);
    Arc::new(config.unwrap())
}
