//! The HTTP server, thin: it turns each connection's bytes into a [`Request`],
//! asks the given function, and writes the [`Reply`], after the delay and with
//! the ending it was told. Bounded against slow and long-winded clients; knows
//! nothing of WeChat.

use std::future::Future;
use std::net::SocketAddr;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};

use super::NetError;
use super::body::{Payload, TooLong, whole};
use crate::wire::{Ending, MAX_BYTES, Reply, Request};

/// Longest wait for a complete head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// Longest wait for a complete body.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);
/// Longest wait for open connections when stopping.
const STOP_TIMEOUT: Duration = Duration::from_secs(3);
/// One byte more than a message may have, so that the reader can say so.
const MAX_BODY: usize = MAX_BYTES + 1;

/// A bound address, not yet answering.
#[derive(Debug)]
pub struct Listener {
    socket: TcpListener,
    addr: SocketAddr,
}

/// What is written, when, and how the connection goes on.
#[derive(Debug)]
pub struct Served {
    /// The reply.
    pub reply: Reply,
    /// How long to wait first.
    pub delay: Option<Duration>,
    /// How the connection goes on.
    pub ending: Ending,
}

impl From<Reply> for Served {
    fn from(reply: Reply) -> Self {
        Self { reply, delay: None, ending: Ending::Whole }
    }
}

impl From<(Reply, Option<Duration>)> for Served {
    fn from((reply, delay): (Reply, Option<Duration>)) -> Self {
        Self { reply, delay, ending: Ending::Whole }
    }
}

impl Listener {
    /// Where it listens.
    #[must_use]
    pub const fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// `http://127.0.0.1:PORT`, as a client on this machine would write it.
    #[must_use]
    pub fn local_url(&self) -> String {
        let mut addr = self.addr;
        if addr.ip().is_unspecified() {
            addr.set_ip(if addr.is_ipv4() { [127, 0, 0, 1].into() } else { [0, 0, 0, 0, 0, 0, 0, 1].into() });
        }
        format!("http://{addr}")
    }
}

/// Takes an address; port 0 takes a free one.
///
/// # Errors
/// [`NetError::Listen`].
pub async fn bind(addr: &str) -> Result<Listener, NetError> {
    let failed = |error: std::io::Error| NetError::Listen { addr: addr.to_owned(), why: error.kind() };
    let socket = TcpListener::bind(addr).await.map_err(failed)?;
    let addr = socket.local_addr().map_err(failed)?;
    Ok(Listener { socket, addr })
}

/// Answers until `stop` is ready, then lets open replies finish for a moment.
/// The function is asked on the runtime's own thread: it must not block.
pub async fn serve<A, S>(listener: Listener, answer: A, stop: impl Future)
where
    A: Fn(Request) -> S + Clone + Send + Sync + 'static,
    S: Into<Served> + Send + 'static,
{
    let (stopping, stopped) = watch::channel(());
    let take = |stream, peer| {
        tokio::spawn(connection(stream, peer, answer.clone(), stopped.clone()));
    };
    accept(listener, take, stop).await;
    drop(stopped);
    finish(stopping).await;
}

/// The same on a thread of its own for each processor. Connections are dealt out
/// in turn; the function is asked on all of these threads.
pub async fn serve_wide<A, S>(listener: Listener, answer: A, stop: impl Future)
where
    A: Fn(Request) -> S + Clone + Send + Sync + 'static,
    S: Into<Served> + Send + 'static,
{
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
    let hands: Vec<Hand> = (0..threads).map(|_| Hand::start(answer.clone())).collect();
    let mut turn = hands.iter().cycle();
    let take = |stream: TcpStream, peer| {
        // A socket that cannot change hands is already broken.
        if let (Some(hand), Ok(stream)) = (turn.next(), stream.into_std()) {
            let _ = hand.give.send((stream, peer));
        }
    };
    accept(listener, take, stop).await;
    let threads: Vec<_> = hands.into_iter().map(|hand| hand.thread).collect();
    let joined = tokio::task::spawn_blocking(move || {
        for thread in threads {
            let _ = thread.join();
        }
    });
    let _ = timeout(2 * STOP_TIMEOUT, joined).await;
}

/// More threads than this only wait for each other.
const MOST_THREADS: usize = 8;

/// A thread that serves the connections it is given.
struct Hand {
    give: mpsc::UnboundedSender<(std::net::TcpStream, SocketAddr)>,
    thread: std::thread::JoinHandle<()>,
}

impl Hand {
    fn start<A, S>(answer: A) -> Self
    where
        A: Fn(Request) -> S + Clone + Send + Sync + 'static,
        S: Into<Served> + Send + 'static,
    {
        let (give, mut given) = mpsc::unbounded_channel();
        let thread = std::thread::spawn(move || {
            let served = super::block_on(async move {
                let (stopping, stopped) = watch::channel(());
                while let Some((stream, peer)) = given.recv().await {
                    if let Ok(stream) = TcpStream::from_std(stream) {
                        tokio::spawn(connection(stream, peer, answer.clone(), stopped.clone()));
                    }
                }
                drop(stopped);
                finish(stopping).await;
            });
            // Without a runtime the thread ends, and its connections close.
            drop(served);
        });
        Self { give, thread }
    }
}

async fn accept(listener: Listener, mut take: impl FnMut(TcpStream, SocketAddr), stop: impl Future) {
    tokio::pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.socket.accept() => match accepted {
                Ok((stream, peer)) => take(stream, peer),
                // Out of file descriptors, most of the time: some will come back.
                Err(_) => sleep(Duration::from_millis(50)).await,
            },
            _ = &mut stop => return,
        }
    }
}

/// Tells the connections to end with their present reply, and waits for them.
async fn finish(stopping: watch::Sender<()>) {
    let _ = stopping.send(());
    let _ = timeout(STOP_TIMEOUT, stopping.closed()).await;
}

async fn connection<A, S>(stream: TcpStream, peer: SocketAddr, answer: A, mut stopped: watch::Receiver<()>)
where
    A: Fn(Request) -> S,
    S: Into<Served>,
{
    let _ = stream.set_nodelay(true);
    let (peer, reset) = (peer.to_string(), AtomicBool::new(false));
    let service = service_fn(|request| exchange(request, &peer, &answer, &reset));
    let mut serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    let served = tokio::select! {
        biased;
        served = &mut serving => served,
        _ = stopped.changed() => {
            std::pin::Pin::new(&mut serving).graceful_shutdown();
            (&mut serving).await
        }
    };
    // A client that goes away in the middle is its own affair.
    if served.is_err() && reset.load(Ordering::Relaxed) {
        let _ = serving.into_parts().io.into_inner().set_zero_linger();
    }
}

/// Why a connection ends without a reply: somebody asked for it.
#[derive(Debug)]
struct HungUp;

impl std::fmt::Display for HungUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("hung up on purpose")
    }
}

impl std::error::Error for HungUp {}

async fn exchange<A, S>(
    request: hyper::Request<hyper::body::Incoming>,
    peer: &str,
    answer: &A,
    reset: &AtomicBool,
) -> Result<Response<Payload>, HungUp>
where
    A: Fn(Request) -> S,
    S: Into<Served>,
{
    let (head, body) = request.into_parts();
    let body = match bounded(&head.headers, body).await {
        Ok(body) => body,
        Err(status) => return Ok(refusal(status)),
    };
    let Served { reply, delay, ending } = answer(Request {
        method: head.method.as_str().to_owned(),
        url: head.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
        headers: readable(&head.headers),
        body,
        peer: Some(peer.to_owned()),
        certificate: false,
    })
    .into();
    if let Some(delay) = delay {
        sleep(delay).await;
    }
    match ending {
        Ending::Whole => Ok(written(reply, Payload::whole)),
        Ending::Cut => Ok(written(reply, Payload::cut)),
        Ending::Closed => Err(HungUp),
        Ending::Reset => {
            reset.store(true, Ordering::Relaxed);
            Err(HungUp)
        }
    }
}

async fn bounded(headers: &HeaderMap, body: hyper::body::Incoming) -> Result<Vec<u8>, StatusCode> {
    if declared_length(headers).is_some_and(|length| length > MAX_BODY) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    match timeout(BODY_TIMEOUT, whole(body, MAX_BODY)).await {
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
        Ok(Err(Some(TooLong))) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Ok(Err(None)) => Err(StatusCode::BAD_REQUEST),
        Ok(Ok(body)) => Ok(body),
    }
}

fn declared_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn readable(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect()
}

/// A connection that is refused its body must close: the rest of it is still
/// on the way.
fn refusal(status: StatusCode) -> Response<Payload> {
    let mut response = Response::new(Payload::whole(Vec::new()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

fn written(reply: Reply, payload: impl FnOnce(Vec<u8>) -> Payload) -> Response<Payload> {
    let mut builder = Response::builder().status(reply.status);
    for (name, value) in &reply.headers {
        builder = builder.header(name, value);
    }
    builder.body(payload(reply.body)).unwrap_or_else(|_| refusal(StatusCode::INTERNAL_SERVER_ERROR))
}

/// Ready when the person or the system asks to stop: SIGINT or SIGTERM.
pub async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
