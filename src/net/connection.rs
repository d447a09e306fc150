//! HTTP on one connection: turns its bytes into [`Request`]s, asks the given
//! function, and writes what it is told: now, late, in pieces, or not at all.
//! Bounded against slow and long-winded clients; knows nothing of WeChat.

use std::borrow::Cow;
use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

use hyper::body::Body as _;
use hyper::header::InvalidHeaderName;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::http::uri::Authority;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{mpsc, watch};
use tokio::task::yield_now;
use tokio::time::sleep;

use super::body::{Held, Payload, Unread, whole};
use super::patience::{Awaited, Patience};
use super::socket::Resets;
use crate::wire::{Ending, MAX_BYTES, Reply, Request};

/// One byte more than a message may have, so that the reader can say so.
const MAX_BODY: usize = MAX_BYTES + 1;

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

/// Who is at the other end of a connection, and how it came.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    /// Its address; none at a socket file.
    pub(super) peer: Option<String>,
    /// Whether it speaks TLS.
    pub(super) secure: bool,
    /// Whether it showed a client certificate.
    pub(super) certificate: bool,
    /// Whether it may ask again.
    pub(super) stay: Stay,
}

/// How many requests a connection carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stay {
    /// As many as it likes.
    Open,
    /// One.
    Once,
}

impl Caller {
    /// Plain HTTP.
    pub(super) const fn plain(peer: Option<String>) -> Self {
        Self { peer, secure: false, certificate: false, stay: Stay::Open }
    }
}

/// What the requests of one connection share.
struct Shared<A> {
    answer: A,
    caller: Caller,
    stopped: watch::Receiver<()>,
    patience: Patience,
    reset: AtomicBool,
}

/// Answers the requests of a connection until one side has enough.
pub(super) async fn connection<I, A, R>(
    stream: I,
    caller: Caller,
    answer: A,
    mut stopped: watch::Receiver<()>,
) where
    I: AsyncRead + AsyncWrite + Resets + Unpin,
    A: Fn(&Request) -> R,
    R: Into<Answer>,
{
    let keeps = caller.stay == Stay::Open;
    let (patience, reset) = (Patience::default(), AtomicBool::new(false));
    let shared = Shared { answer, caller, stopped: stopped.clone(), patience, reset };
    let mut serving = http1::Builder::new()
        // Head and body in one piece: small replies are nearly all there are.
        .writev(false)
        // Who has said everything may close that side and still wait (`nc -N`);
        // looking for it in the middle of each request costs more than it tells.
        .half_close(true)
        .keep_alive(keeps)
        // hyper's own would set a timer for each request; see `patience`.
        .header_read_timeout(None)
        .serve_connection(TokioIo::new(stream), service_fn(|request| exchange(request, &shared)));
    let served = tokio::select! {
        biased;
        served = &mut serving => served,
        _ = stopped.changed() => {
            Pin::new(&mut serving).graceful_shutdown();
            (&mut serving).await
        }
        awaited = shared.patience.ends() => {
            if awaited == Awaited::Head {
                return;
            }
            shared.patience.awaits(Awaited::Overdue);
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

thread_local! {
    /// The request that was answered last: the next one is written over it, which needs
    /// no memory from anybody.
    static LAST: Cell<Request> = Cell::new(Request::new("", ""));
}

async fn exchange<A, R>(
    request: hyper::Request<hyper::body::Incoming>,
    shared: &Shared<A>,
) -> Result<Response<Payload>, HungUp>
where
    A: Fn(&Request) -> R,
    R: Into<Answer>,
{
    let (head, body) = request.into_parts();
    let body = match bounded(&head.headers, body, &shared.patience).await {
        Ok(body) => body,
        Err(status) => return Ok(refusal(status)),
    };
    shared.patience.awaits(Awaited::Nothing);
    let mut request = LAST.replace(Request::new("", ""));
    read(&mut request, &head, body, &shared.caller);
    // Bound first: what the function returns must not live across the waiting.
    let answer: Answer = (shared.answer)(&request).into();
    LAST.set(request);
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
            shared.patience.awaits(Awaited::Head);
            Ok(written(reply, Payload::whole))
        }
        (Ending::Whole, Some(rest)) => {
            let rest = until(rest, shared.stopped.clone());
            Ok(last(written(reply, |first| Payload::pieces(first, rest))))
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

async fn bounded(
    headers: &HeaderMap,
    body: hyper::body::Incoming,
    patience: &Patience,
) -> Result<Vec<u8>, StatusCode> {
    if body.is_end_stream() {
        return Ok(Vec::new());
    }
    if declared_length(headers).is_some_and(|length| length > MAX_BODY) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    patience.awaits(Awaited::Body);
    let mut held = Held::default();
    let mut reading = pin!(whole(body, MAX_BODY, |more| held.has_room(more)));
    let read = poll_fn(|cx| match patience.awaited() {
        Awaited::Overdue => Poll::Ready(None),
        _ => reading.as_mut().poll(cx).map(Some),
    });
    match read.await {
        None => Err(StatusCode::REQUEST_TIMEOUT),
        Some(Err(Unread::TooLong)) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Some(Err(Unread::NoRoom)) => Err(StatusCode::SERVICE_UNAVAILABLE),
        Some(Err(Unread::Broken)) => Err(StatusCode::BAD_REQUEST),
        Some(Ok(body)) => Ok(body),
    }
}

fn declared_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Writes what came over what was there.
fn read(request: &mut Request, head: &Parts, body: Vec<u8>, caller: &Caller) {
    overwrite(&mut request.method, head.method.as_str());
    overwrite(&mut request.url, head.uri.path_and_query().map_or("/", |path| path.as_str()));
    read_headers(&mut request.headers, &head.headers, head.uri.authority());
    request.body = body;
    request.peer.clone_from(&caller.peer);
    (request.certificate, request.secure) = (caller.certificate, caller.secure);
}

/// Names and values. Who names the host in the address means that one, whatever the
/// `Host` says (RFC 9112, section 3.2.2).
fn read_headers(into: &mut Vec<(String, String)>, headers: &HeaderMap, named: Option<&Authority>) {
    let told = headers.iter().filter(|(name, _)| named.is_none() || *name != header::HOST);
    let told = told.map(|(name, value)| (name.as_str(), text_of(value.as_bytes())));
    let all = named.map(|host| ("host", host.as_str().into())).into_iter().chain(told);
    let mut count = 0;
    for (name, value) in all {
        match into.get_mut(count) {
            Some((old_name, old_value)) => {
                overwrite(old_name, name);
                overwrite(old_value, &value);
            }
            None => into.push((name.to_owned(), value.into_owned())),
        }
        count += 1;
    }
    into.truncate(count);
}

/// Nearly every value is text, and that is seen at once.
fn text_of(value: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(value).map_or_else(|_| String::from_utf8_lossy(value), Cow::Borrowed)
}

fn overwrite(old: &mut String, new: &str) {
    old.clear();
    old.push_str(new);
}

/// A connection that is refused its body must close: the rest of it is still
/// on the way.
fn refusal(status: StatusCode) -> Response<Payload> {
    let mut response = Response::new(Payload::whole(Vec::new()));
    *response.status_mut() = status;
    last(response)
}

/// The same as the last reply of its connection.
fn last(mut response: Response<Payload>) -> Response<Payload> {
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

fn written(reply: Reply, payload: impl FnOnce(Vec<u8>) -> Payload) -> Response<Payload> {
    let mut response = Response::new(payload(reply.body));
    let Ok(status) = StatusCode::from_u16(reply.status) else {
        return refusal(StatusCode::INTERNAL_SERVER_ERROR);
    };
    *response.status_mut() = status;
    for (name, value) in reply.headers {
        let (Ok(name), Ok(value)) = (named(&name), HeaderValue::try_from(value)) else {
            return refusal(StatusCode::INTERNAL_SERVER_ERROR);
        };
        response.headers_mut().append(name, value);
    }
    response
}

/// The name of a header. The usual ones need no look at each letter.
fn named(name: &str) -> Result<HeaderName, InvalidHeaderName> {
    const USUAL: [HeaderName; 2] = [header::CONTENT_TYPE, header::CACHE_CONTROL];
    USUAL.into_iter().find(|usual| usual == name).map_or_else(|| name.parse(), Ok)
}
