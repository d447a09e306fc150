//! The network room against real sockets on loopback: what counts as "provably
//! not processed" and what as "perhaps done", client certificates of every
//! kind, and a listener that bad clients cannot hurt.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use wxkit::net::{self, Distrust, Http, Identity, NetError, Options, SendError, Transport, Why};
use wxkit::sign::Secret;
use wxkit::wire::{Reply, Request};

/// A server that is given each connection once.
fn server(handle: impl Fn(TcpStream) + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    thread::spawn(move || listener.incoming().for_each(|stream| handle(stream.unwrap())));
    addr
}

/// A server that reads a request and writes these bytes.
fn replying(reply: &'static [u8]) -> SocketAddr {
    server(move |mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        stream.write_all(reply).unwrap();
    })
}

fn quick() -> Options {
    Options { timeout: Duration::from_millis(600), ..Options::default() }
}

fn send(options: Options, request: &Request) -> Result<Reply, SendError> {
    let http = Http::new(options).unwrap();
    net::block_on(http.send(request)).unwrap()
}

fn get(url: String) -> Result<Reply, SendError> {
    send(quick(), &Request::new("GET", url))
}

#[test]
fn nobody_listening_is_provably_not_processed() {
    let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = get(format!("http://{addr}/cgi-bin/token?secret=abc")).unwrap_err();
    assert_eq!(error, SendError::Unreachable { host: addr.to_string(), why: Why::Refused });
    assert!(!format!("{error:?}").contains("abc"));
}

#[test]
fn a_handshake_that_hangs_is_provably_not_processed() {
    let addr = server(|stream| {
        thread::sleep(Duration::from_secs(5));
        drop(stream);
    });
    let error = get(format!("https://localhost:{}/", addr.port())).unwrap_err();
    let host = format!("localhost:{}", addr.port());
    assert_eq!(error, SendError::Unreachable { host, why: Why::TimedOut });
}

#[test]
fn silence_after_the_request_may_mean_done() {
    let addr = server(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        thread::sleep(Duration::from_secs(5));
    });
    match get(format!("http://{addr}/")).unwrap_err() {
        SendError::Lost { host, why: Why::TimedOut, after } => {
            assert_eq!(host, addr.to_string());
            assert!(after >= Duration::from_millis(550) && after < Duration::from_secs(3), "{after:?}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_connection_cut_after_the_request_may_mean_done() {
    // Closing with unread bytes makes the system send a reset.
    let addr = server(|stream| while stream.peek(&mut [0; 8]).unwrap_or(1) == 0 {});
    assert!(matches!(
        get(format!("http://{addr}/")),
        Err(SendError::Lost { why: Why::Reset | Why::Closed, .. })
    ));
    let addr = replying(b"");
    assert!(matches!(
        get(format!("http://{addr}/")),
        Err(SendError::Lost { why: Why::Closed | Why::Reset, .. })
    ));
}

#[test]
fn half_a_reply_may_mean_done() {
    let addr = replying(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n<xml><return_code>");
    let error = get(format!("http://{addr}/")).unwrap_err();
    assert!(
        matches!(error, SendError::Lost { why: Why::Closed | Why::Reset | Why::Other(_), .. }),
        "{error:?}"
    );
}

#[test]
fn redirects_and_errors_are_replies() {
    let addr = replying(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n");
    let reply = get(format!("http://{addr}/")).unwrap();
    assert_eq!((reply.status, reply.header("location")), (302, Some("http://127.0.0.1:1/")));
    let addr =
        replying(b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\ncontent-length: 6\r\n\r\n<html>");
    let reply = get(format!("http://{addr}/")).unwrap();
    assert_eq!((reply.status, reply.body.as_slice()), (502, b"<html>".as_slice()));
}

#[test]
fn an_endless_reply_is_cut_off() {
    let addr = server(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
        let piece = vec![b'x'; 1 << 20];
        while stream.write_all(&piece).is_ok() {}
    });
    let error = send(Options::default(), &Request::new("GET", format!("http://{addr}/"))).unwrap_err();
    assert_eq!(error, SendError::TooLong { limit: 64 << 20 });
}

#[test]
fn a_url_that_is_none_is_told_before_sending() {
    assert!(matches!(get("wx/relative".into()), Err(SendError::BadRequest { .. })));
    assert!(matches!(get("ftp://127.0.0.1/".into()), Err(SendError::BadRequest { .. })));
    let request = Request::new("GET", "http://127.0.0.1:1/").with_body("text/xml\n", "");
    assert!(matches!(send(quick(), &request), Err(SendError::BadRequest { .. })));
}

#[test]
fn a_proxy_gets_the_whole_url() {
    let (tell, told) = std::sync::mpsc::channel();
    let addr = server(move |mut stream| {
        let mut head = [0; 4096];
        let len = stream.read(&mut head).unwrap();
        tell.send(String::from_utf8_lossy(&head[..len]).into_owned()).unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").unwrap();
    });
    let options = Options { proxy: Some(format!("http://{addr}")), ..quick() };
    assert_eq!(send(options, &Request::new("GET", "http://mock.test/a?b=c")).unwrap().body, b"ok");
    let head = told.recv().unwrap();
    assert!(head.starts_with("GET http://mock.test/a?b=c HTTP/1.1\r\n"), "{head}");
    assert!(head.contains(concat!("user-agent: wxkit/", env!("CARGO_PKG_VERSION"))), "{head}");
    let broken = Options { proxy: Some("::".into()), ..quick() };
    assert!(matches!(Http::new(broken), Err(NetError::BadProxy { .. })));
}

// Client certificates. The files come from tests/tls/make.sh.

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/tls/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn identity(cert: &str, key: Option<&str>, password: &str) -> Result<Identity, NetError> {
    Identity::from_bytes(&file(cert), key.map(file).as_deref(), &Secret::new(password))
}

/// A server that talks only to those whom the test CA knows. Answers "merchant"
/// and counts the requests that it read.
fn strict_server(version: &'static rustls::SupportedProtocolVersion, served: Arc<AtomicUsize>) -> SocketAddr {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(&file("ca.pem")).unwrap()).unwrap();
    let verifier =
        rustls::server::WebPkiClientVerifier::builder_with_provider(roots.into(), provider.clone());
    let certificate = CertificateDer::from_pem_slice(&file("server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(&file("server.key")).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[version])
        .unwrap()
        .with_client_cert_verifier(verifier.build().unwrap())
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let config = Arc::new(config);
    server(move |mut stream| {
        let mut tls = rustls::ServerConnection::new(config.clone()).unwrap();
        let mut tls = rustls::Stream::new(&mut tls, &mut stream);
        if tls.read(&mut [0; 4096]).is_ok_and(|len| len > 0) {
            served.fetch_add(1, Ordering::SeqCst);
            let _ =
                tls.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 8\r\nconnection: close\r\n\r\nmerchant");
            tls.conn.send_close_notify();
            let _ = tls.flush();
        }
    })
}

fn refund(addr: SocketAddr, identity: Option<Identity>) -> Result<Reply, SendError> {
    let mut request = Request::new("POST", format!("https://{addr}/secapi/pay/refund"));
    request.certificate = true;
    let options = Options {
        timeout: Duration::from_secs(10),
        ca_file: Some(file("ca.pem")),
        identity,
        ..Options::default()
    };
    send(options, &request)
}

#[test]
fn every_form_of_the_certificate_is_accepted() {
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let addr = strict_server(version, Arc::default());
        let mut forms = vec![("merchant.pem", Some("merchant.key"), "")];
        if cfg!(feature = "p12") {
            forms.extend([("merchant.p12", None, "1900000109"), ("modern.p12", None, "1900000109")]);
        }
        for (cert, key, password) in forms {
            let reply = refund(addr, Some(identity(cert, key, password).unwrap()));
            assert_eq!(reply.unwrap().body, b"merchant", "{cert}");
        }
        let one_file = [file("merchant.key"), b"Bag Attributes\n".to_vec(), file("merchant.pem")].concat();
        let identity = Identity::from_bytes(&one_file, None, &Secret::new("")).unwrap();
        assert_eq!(refund(addr, Some(identity)).unwrap().body, b"merchant");
    }
}

#[test]
fn a_stranger_is_provably_not_served() {
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let served = Arc::<AtomicUsize>::default();
        let addr = strict_server(version, served.clone());
        let error =
            refund(addr, Some(identity("stranger.pem", Some("stranger.key"), "").unwrap())).unwrap_err();
        assert!(
            matches!(&error, SendError::Unreachable { why: Why::CertificateRefused(_), .. }),
            "{error:?}"
        );
        assert_eq!(served.load(Ordering::SeqCst), 0);
    }
}

#[test]
fn without_a_certificate_nothing_is_sent() {
    let served = Arc::<AtomicUsize>::default();
    let addr = strict_server(&rustls::version::TLS13, served.clone());
    assert_eq!(refund(addr, None), Err(SendError::NoCertificate));
    assert_eq!(served.load(Ordering::SeqCst), 0);
    // A mock on plain HTTP sees no certificate and needs none.
    let addr = replying(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    let mut request = Request::new("POST", format!("http://{addr}/secapi/pay/refund"));
    request.certificate = true;
    assert_eq!(send(quick(), &request).unwrap().body, b"ok");
}

#[test]
fn a_server_that_nobody_vouches_for_gets_nothing() {
    let served = Arc::<AtomicUsize>::default();
    let addr = strict_server(&rustls::version::TLS13, served.clone());
    let error = get(format!("https://{addr}/")).unwrap_err();
    assert!(
        matches!(&error, SendError::Unreachable { why: Why::Distrust(Distrust::UnknownIssuer), .. }),
        "{error:?}"
    );
    assert_eq!(served.load(Ordering::SeqCst), 0);
}

#[test]
fn a_bad_certificate_file_says_what_is_wrong() {
    let wrong = |cert, key, password| identity(cert, key, password).unwrap_err();
    let locked = if cfg!(feature = "p12") { NetError::WrongPassword } else { NetError::NoPkcs12 };
    assert_eq!(wrong("merchant.p12", None, "1900000108"), locked);
    assert_eq!(wrong("modern.p12", None, ""), locked);
    assert_eq!(wrong("merchant.pem", None, ""), NetError::NoKeyInside);
    assert_eq!(wrong("merchant.key", None, ""), NetError::NoCertificateInside);
    assert_eq!(wrong("merchant.pem", Some("locked.key"), ""), NetError::EncryptedKey);
    assert!(matches!(wrong("make.sh", None, ""), NetError::BadIdentity { .. } | NetError::NoPkcs12));
    // Looked into where it is needed, and not before.
    let ca = |bytes: &[u8]| {
        let http = Http::new(Options { ca_file: Some(bytes.to_vec()), ..quick() }).unwrap();
        let request = Request::new("GET", "https://127.0.0.1:1/");
        match net::block_on(http.send(&request)).unwrap().unwrap_err() {
            SendError::Setup(error) => error,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(ca(b""), NetError::EmptyCaFile);
    assert_eq!(ca(b"no certificate"), NetError::EmptyCaFile);
    assert!(matches!(
        ca(b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"),
        NetError::BadCaFile { .. }
    ));
}

/// In a container without roots of trust, plain HTTP works, and HTTPS trusts
/// the built-in roots: a private server is refused, not an error of setting up.
#[test]
fn a_system_without_roots_of_trust_is_enough() {
    if std::env::var_os("WXKIT_TEST_NO_ROOTS").is_some() {
        let plain = replying(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
        assert_eq!(get(format!("http://{plain}/")).unwrap().body, b"ok");
        let private = strict_server(&rustls::version::TLS13, Arc::default());
        let error = get(format!("https://{private}/")).unwrap_err();
        assert!(
            matches!(&error, SendError::Unreachable { why: Why::Distrust(Distrust::UnknownIssuer), .. }),
            "{error:?}"
        );
        return;
    }
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_system_without_roots_of_trust_is_enough"])
        .env("WXKIT_TEST_NO_ROOTS", "1")
        .env("SSL_CERT_FILE", "/nonexistent/roots.pem")
        .env("SSL_CERT_DIR", "/nonexistent")
        .status();
    assert!(status.unwrap().success());
}

// The listener.

/// Runs the answering side in its own thread until the test drops the sender.
fn listening<A, O>(answer: A) -> (SocketAddr, net::oneshot::Sender<()>, thread::JoinHandle<()>)
where
    A: Fn(&Request) -> O + Clone + Send + Sync + 'static,
    O: Into<net::Outgoing> + 'static,
{
    let (stop, stopped) = net::oneshot::channel::<()>();
    let (tell, told) = std::sync::mpsc::channel();
    let served = thread::spawn(move || {
        net::block_on(async {
            let listener = net::bind("127.0.0.1:0").await.unwrap();
            let net::Place::Ip(addr) = *listener.place() else { panic!("no address") };
            assert_eq!(listener.local_url(), format!("http://{addr}"));
            tell.send(addr).unwrap();
            net::serve(listener, answer, stopped).await;
        })
        .unwrap();
    });
    (told.recv().unwrap(), stop, served)
}

/// Sends bytes and reads until the other side closes.
fn talk(addr: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(addr).unwrap();
    let _ = stream.write_all(bytes);
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply);
    String::from_utf8_lossy(&reply).into_owned()
}

#[test]
fn a_request_arrives_as_it_was_sent() {
    let (addr, _stop, _) = listening(|request| {
        let told = format!(
            "{} {} {:?} {:?} {}",
            request.method,
            request.url,
            request.header("x-mixed"),
            String::from_utf8_lossy(&request.body),
            request.peer.as_deref().is_some_and(|peer| peer.starts_with("127.0.0.1:")),
        );
        (Reply::ok("text/plain", told).with_header("x-more", "1"), None)
    });
    let reply = talk(
        addr,
        b"POST /a/b?c=%20d HTTP/1.1\r\nHost: x\r\nX-Mixed: v\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody",
    );
    assert!(reply.starts_with("HTTP/1.1 200 OK\r\n"), "{reply}");
    assert!(reply.contains("\r\nx-more: 1\r\n"), "{reply}");
    assert!(reply.ends_with("\r\n\r\nPOST /a/b?c=%20d Some(\"v\") \"body\" true"), "{reply}");
}

#[test]
fn long_winded_clients_are_refused() {
    let asked = Arc::<AtomicUsize>::default();
    let count = asked.clone();
    let (addr, _stop, _) = listening(move |request| {
        count.fetch_add(1, Ordering::SeqCst);
        (Reply::ok("text/plain", request.body.len().to_string()), None)
    });
    let declared = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10485760\r\n\r\n";
    assert!(talk(addr, declared).starts_with("HTTP/1.1 413 "));
    let piece = format!("80000\r\n{}\r\n", "x".repeat(0x80000));
    let chunked =
        format!("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{piece}{piece}2\r\nxx\r\n");
    assert!(talk(addr, chunked.as_bytes()).starts_with("HTTP/1.1 413 "));
    assert!(talk(addr, b"\x16\x03\x01 no http \r\n\r\n").starts_with("HTTP/1.1 400 "));
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    let longest = format!(
        "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1048577\r\n\r\n{}",
        "x".repeat(1_048_577)
    );
    assert!(talk(addr, longest.as_bytes()).ends_with("\r\n\r\n1048577"));
}

/// Says these bytes and then nothing; how long that was borne, and the answer.
fn dawdle(addr: SocketAddr, bytes: &[u8]) -> (Duration, String) {
    let mut stream = TcpStream::connect(addr).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
    let began = Instant::now();
    stream.write_all(bytes).unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    (began.elapsed(), reply)
}

/// Head and next request have ten seconds, a body thirty; all of them at once here.
#[test]
fn clients_that_say_no_more_are_let_go() {
    let (addr, _stop, _) = listening(|request| {
        let delay = (request.url == "/late").then_some(Duration::from_secs(14));
        (Reply::ok("text/plain", "there"), delay)
    });
    let cases: [(&[u8], std::ops::Range<u64>, &str, &str); 5] = [
        (b"", 9..14, "", ""),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", 9..14, "", ""),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", 9..14, "HTTP/1.1 200 ", "there"),
        // A slow answer is not the client's fault; after it the clock begins anew.
        (b"GET /late HTTP/1.1\r\nHost: x\r\n\r\n", 23..28, "HTTP/1.1 200 ", "there"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab", 29..34, "HTTP/1.1 408 ", "\r\n\r\n"),
    ];
    let dawdlers = cases.map(|(said, borne, begins, ends)| {
        thread::spawn(move || {
            let (after, reply) = dawdle(addr, said);
            let told = String::from_utf8_lossy(said).into_owned();
            assert!(borne.contains(&after.as_secs()), "{told:?}: {after:?}");
            assert!(reply.starts_with(begins) && reply.ends_with(ends), "{told:?}: {reply}");
        })
    });
    for dawdler in dawdlers {
        dawdler.join().unwrap();
    }
}

#[test]
fn stopping_lets_a_reply_finish() {
    let (addr, stop, served) =
        listening(|_| (Reply::ok("text/plain", "done"), Some(Duration::from_millis(400))));
    let asking = thread::spawn(move || talk(addr, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    thread::sleep(Duration::from_millis(150));
    let started = Instant::now();
    stop.send(()).unwrap();
    served.join().unwrap();
    assert!(started.elapsed() < Duration::from_secs(2));
    assert!(asking.join().unwrap().ends_with("\r\n\r\ndone"));
    assert!(TcpStream::connect(addr).is_err());
}

#[test]
fn who_closed_one_side_still_gets_every_reply() {
    let (addr, _stop, _) =
        listening(|request| (Reply::ok("text/plain", request.url.clone()), Some(Duration::from_millis(100))));
    let mut stream = TcpStream::connect(addr).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream.write_all(b"GET /one HTTP/1.1\r\nHost: x\r\n\r\nGET /two HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut replies = String::new();
    stream.read_to_string(&mut replies).unwrap();
    assert!(replies.contains("\r\n\r\n/one") && replies.ends_with("\r\n\r\n/two"), "{replies}");
}

#[test]
fn a_stream_comes_piece_by_piece_and_ends_with_the_server() {
    let (addr, stop, served) = listening(|_| {
        let (sender, rest) = net::mpsc::channel(1);
        net::spawn(async move {
            for n in 0..3 {
                let _ = sender.send(format!("piece {n}\n").into_bytes()).await;
            }
            net::sleep(Duration::from_secs(60)).await;
        });
        net::Outgoing { rest: Some(rest), ..Reply::ok("text/event-stream", "begin\n").into() }
    });
    let mut stream = TcpStream::connect(addr).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let (mut seen, mut piece) = (String::new(), [0; 1000]);
    while !seen.contains("piece 2") {
        let n = stream.read(&mut piece).unwrap();
        assert!(n > 0, "{seen}");
        seen.push_str(&String::from_utf8_lossy(&piece[..n]));
    }
    assert!(seen.contains("begin"), "{seen}");
    let started = Instant::now();
    stop.send(()).unwrap();
    served.join().unwrap();
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[test]
fn an_address_in_use_is_told() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    let error = net::block_on(net::bind(&addr)).unwrap().unwrap_err();
    assert_eq!(error, NetError::Listen { addr, why: std::io::ErrorKind::AddrInUse });
}
