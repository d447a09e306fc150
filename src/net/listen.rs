//! The HTTP server: turns each connection's bytes into a [`Request`], asks the
//! given function, and writes what it is told: now, late, in pieces, or not at
//! all; on one thread or on many. Bounded against slow and long-winded clients;
//! knows nothing of WeChat.

use std::future::Future;
use std::num::NonZero;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper::body::Body as _;
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{mpsc, watch};
use tokio::task::yield_now;
use tokio::time::{sleep, timeout};

use super::body::{Payload, TooLong, whole};
use super::runtime::block_on;
use super::socket::{Listener, Loose, Resets, Stream};
use crate::wire::{Ending, MAX_BYTES, Reply, Request};

/// Longest wait for a complete head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// Longest wait for a complete body.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);
/// Longest wait for open connections when stopping.
const STOP_TIMEOUT: Duration = Duration::from_secs(3);
/// One byte more than a message may have, so that the reader can say so.
const MAX_BODY: usize = MAX_BYTES + 1;
/// More threads than this only wait for each other.
const MOST_THREADS: usize = 8;

/// What a server answers to one request.
pub enum Answer {
    /// This, at once.
    Now(Reply),
    /// This, when and how it says.
    Goes(Outgoing),
    /// What comes of something that takes its time.
    When(Pin<Box<dyn Future<Output = Reply> + Send>>),
}

/// A reply, and when and how it goes on.
#[derive(Debug)]
pub struct Outgoing {
    /// Status, headers, and the body or its beginning.
    pub reply: Reply,
    /// How long to wait first.
    pub delay: Option<Duration>,
    /// The rest of the body, piece by piece, until the sender is dropped or the
    /// server stops.
    pub rest: Option<mpsc::Receiver<Vec<u8>>>,
    /// How the connection goes on.
    pub ending: Ending,
}

impl From<Reply> for Outgoing {
    fn from(reply: Reply) -> Self {
        Self { reply, delay: None, rest: None, ending: Ending::Whole }
    }
}

impl From<(Reply, Option<Duration>)> for Outgoing {
    fn from((reply, delay): (Reply, Option<Duration>)) -> Self {
        Self { delay, ..reply.into() }
    }
}

impl<O: Into<Outgoing>> From<O> for Answer {
    fn from(outgoing: O) -> Self {
        Self::Goes(outgoing.into())
    }
}

/// Answers until `stop` is ready, then lets open replies finish for a moment.
/// The function is asked on the runtime's own thread: it must not block.
pub async fn serve<A, R>(listener: Listener, answer: A, stop: impl Future)
where
    A: Fn(Request) -> R + Clone + Send + Sync + 'static,
    R: Into<Answer> + 'static,
{
    let (stopping, stopped) = watch::channel(());
    accept(&listener, |stream| greet(stream, answer.clone(), stopped.clone()), stop).await;
    drop((listener, stopped));
    finish(stopping).await;
}

/// The same on a thread of its own for each processor. Connections are dealt out
/// in turn; the function is asked on all of these threads.
pub async fn serve_wide<A, R>(listener: Listener, answer: A, stop: impl Future)
where
    A: Fn(Request) -> R + Clone + Send + Sync + 'static,
    R: Into<Answer> + 'static,
{
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
    let hands: Vec<Hand> = (0..threads).map(|_| Hand::start(answer.clone())).collect();
    let mut turn = hands.iter().cycle();
    let deal = |stream: Stream| {
        if let (Some(hand), Some(stream)) = (turn.next(), stream.loosened()) {
            let _ = hand.give.send(stream);
        }
    };
    accept(&listener, deal, stop).await;
    drop(listener);
    let threads: Vec<_> = hands.into_iter().map(|hand| hand.thread).collect();
    let joined = tokio::task::spawn_blocking(move || {
        for thread in threads {
            let _ = thread.join();
        }
    });
    let _ = timeout(2 * STOP_TIMEOUT, joined).await;
}

async fn accept(listener: &Listener, mut take: impl FnMut(Stream), stop: impl Future) {
    tokio::pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(stream) => take(stream),
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

/// A thread that serves the connections it is given.
struct Hand {
    give: mpsc::UnboundedSender<Loose>,
    thread: std::thread::JoinHandle<()>,
}

impl Hand {
    fn start<A, R>(answer: A) -> Self
    where
        A: Fn(Request) -> R + Clone + Send + Sync + 'static,
        R: Into<Answer> + 'static,
    {
        let (give, mut given) = mpsc::unbounded_channel::<Loose>();
        let thread = std::thread::spawn(move || {
            let served = block_on(async move {
                let (stopping, stopped) = watch::channel(());
                while let Some(loose) = given.recv().await {
                    if let Some(stream) = loose.bound() {
                        greet(stream, answer.clone(), stopped.clone());
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

/// Serves a connection in a task of its own.
fn greet<A, R>(stream: Stream, answer: A, stopped: watch::Receiver<()>)
where
    A: Fn(Request) -> R + Send + Sync + 'static,
    R: Into<Answer> + 'static,
{
    match stream {
        Stream::Tcp(stream, peer) => {
            tokio::spawn(connection(stream, Some(peer.to_string()), answer, stopped));
        }
        #[cfg(unix)]
        Stream::Unix(stream) => drop(tokio::spawn(connection(stream, None, answer, stopped))),
    }
}

/// What the requests of one connection share.
struct Shared<A> {
    answer: A,
    peer: Option<String>,
    stopped: watch::Receiver<()>,
    reset: AtomicBool,
}

async fn connection<I, A, R>(stream: I, peer: Option<String>, answer: A, mut stopped: watch::Receiver<()>)
where
    I: AsyncRead + AsyncWrite + Resets + Unpin,
    A: Fn(Request) -> R,
    R: Into<Answer>,
{
    let shared = Shared { answer, peer, stopped: stopped.clone(), reset: AtomicBool::new(false) };
    let mut serving = http1::Builder::new()
        .timer(TokioTimer::new())
        // Head and body in one piece: small replies are nearly all there are.
        .writev(false)
        // Who has said everything may close that side and still wait (`nc -N`);
        // looking for it in the middle of each request costs more than it tells.
        .half_close(true)
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service_fn(|request| exchange(request, &shared)));
    let served = tokio::select! {
        biased;
        served = &mut serving => served,
        _ = stopped.changed() => {
            Pin::new(&mut serving).graceful_shutdown();
            (&mut serving).await
        }
    };
    // A client that goes away in the middle is its own affair.
    if served.is_err() && shared.reset.load(Ordering::Relaxed) {
        serving.into_parts().io.into_inner().reset();
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

async fn exchange<A, R>(
    request: hyper::Request<hyper::body::Incoming>,
    shared: &Shared<A>,
) -> Result<Response<Payload>, HungUp>
where
    A: Fn(Request) -> R,
    R: Into<Answer>,
{
    let (head, body) = request.into_parts();
    let body = match bounded(&head.headers, body).await {
        Ok(body) => body,
        Err(status) => return Ok(refusal(status)),
    };
    let request = Request {
        method: head.method.as_str().to_owned(),
        url: head.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
        headers: readable(&head.headers),
        body,
        peer: shared.peer.clone(),
        certificate: false,
    };
    // Bound first: what the function returns must not live across the waiting.
    let answer: Answer = (shared.answer)(request).into();
    let Outgoing { reply, delay, rest, ending } = match answer {
        Answer::Now(reply) => reply.into(),
        Answer::Goes(outgoing) => outgoing,
        Answer::When(reply) => reply.await.into(),
    };
    if let Some(delay) = delay {
        sleep(delay).await;
    }
    match (ending, rest) {
        (Ending::Whole, None) => {
            // All that is ready is answered first and then written together: a
            // client with many connections is woken once, and not for each reply.
            yield_now().await;
            Ok(written(reply, Payload::whole))
        }
        (Ending::Whole, Some(rest)) => {
            let rest = until(rest, shared.stopped.clone());
            Ok(written(reply, |first| Payload::pieces(first, rest)))
        }
        (Ending::Cut, _) => Ok(written(reply, Payload::cut)),
        (Ending::Closed, _) => Err(HungUp),
        (Ending::Reset, _) => {
            shared.reset.store(true, Ordering::Relaxed);
            Err(HungUp)
        }
    }
}

/// The same pieces, but none after the server has stopped.
fn until(mut rest: mpsc::Receiver<Vec<u8>>, mut stopped: watch::Receiver<()>) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        loop {
            let piece = tokio::select! {
                piece = rest.recv() => piece,
                _ = stopped.changed() => None,
            };
            let Some(piece) = piece else { return };
            if sender.send(piece).await.is_err() {
                return;
            }
        }
    });
    receiver
}

async fn bounded(headers: &HeaderMap, body: hyper::body::Incoming) -> Result<Vec<u8>, StatusCode> {
    if body.is_end_stream() {
        return Ok(Vec::new());
    }
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

/// Who asks to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interrupt {
    /// The person: Ctrl-C, which the terminal sends to everything in it.
    Keyboard,
    /// The system, which asks this process alone.
    Terminate,
}

/// Ready when the person or the system asks to stop: SIGINT or SIGTERM. Asked for
/// from this call on, so call it before anybody is told that a server is ready.
pub fn interrupted() -> impl Future<Output = Interrupt> {
    #[cfg(unix)]
    let (mut terminate, mut interrupt) = {
        use tokio::signal::unix::{SignalKind, signal};
        (signal(SignalKind::terminate()).ok(), signal(SignalKind::interrupt()).ok())
    };
    async move {
        #[cfg(unix)]
        if let (Some(terminate), Some(interrupt)) = (&mut terminate, &mut interrupt) {
            return tokio::select! {
                _ = interrupt.recv() => Interrupt::Keyboard,
                _ = terminate.recv() => Interrupt::Terminate,
            };
        }
        let _ = tokio::signal::ctrl_c().await;
        Interrupt::Keyboard
    }
}
