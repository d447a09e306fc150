//! The HTTP server, thin: it turns each connection's bytes into a [`Request`],
//! asks the given function, and writes the [`Reply`], after the delay it was
//! told. Bounded against slow and long-winded clients; knows nothing of WeChat.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{self, HeaderMap, StatusCode};
use hyper::body::{Bytes, Frame};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};

use super::NetError;
use crate::wire::{MAX_BYTES, Reply, Request};

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

/// What is answered: a reply, and when and how it goes on.
#[derive(Debug)]
pub struct Outgoing {
    /// Status, headers, and the body or its beginning.
    pub reply: Reply,
    /// How long to wait first.
    pub delay: Option<Duration>,
    /// The rest of the body, piece by piece, until the sender is dropped or the
    /// server stops.
    pub rest: Option<mpsc::Receiver<Vec<u8>>>,
}

impl From<(Reply, Option<Duration>)> for Outgoing {
    fn from((reply, delay): (Reply, Option<Duration>)) -> Self {
        Self { reply, delay, rest: None }
    }
}

/// Answers until `stop` is ready, then lets open replies finish for a moment.
/// The function is asked on the runtime's own thread: it must not block.
pub async fn serve<A, O>(listener: Listener, answer: A, stop: impl Future)
where
    A: Fn(Request) -> O + Clone + Send + Sync + 'static,
    O: Into<Outgoing> + 'static,
{
    let (stopping, stopped) = watch::channel(());
    let answer = move |request: Request| {
        let mut outgoing: Outgoing = answer(request).into();
        outgoing.rest = outgoing.rest.map(|rest| until(rest, stopped.clone()));
        outgoing
    };
    let connections = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.socket.accept() => match accepted {
                Ok((stream, peer)) => {
                    tokio::spawn(connection(stream, peer, answer.clone(), connections.watcher()));
                }
                // Out of file descriptors, most of the time: some will come back.
                Err(_) => sleep(Duration::from_millis(50)).await,
            },
            _ = &mut stop => break,
        }
    }
    drop((listener, stopping));
    let _ = timeout(STOP_TIMEOUT, connections.shutdown()).await;
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

async fn connection<A>(stream: TcpStream, peer: SocketAddr, answer: A, watcher: Watcher)
where
    A: Fn(Request) -> Outgoing + Clone + Send + Sync + 'static,
{
    let service = service_fn(move |request: http::Request<hyper::body::Incoming>| {
        let answer = answer.clone();
        async move { Ok::<_, Infallible>(exchange(request, peer, answer).await) }
    });
    let _ = stream.set_nodelay(true);
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    // A client that goes away in the middle is its own affair.
    let _ = watcher.watch(served).await;
}

async fn exchange<A>(
    request: http::Request<hyper::body::Incoming>,
    peer: SocketAddr,
    answer: A,
) -> http::Response<Body>
where
    A: Fn(Request) -> Outgoing,
{
    let (head, body) = request.into_parts();
    let body = match whole(&head.headers, body).await {
        Ok(body) => body,
        Err(status) => return refusal(status),
    };
    let url = head.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let Outgoing { reply, delay, rest } = answer(Request {
        method: head.method.as_str().to_owned(),
        url,
        headers: readable(&head.headers),
        body,
        peer: Some(peer.to_string()),
        certificate: false,
    });
    if let Some(delay) = delay {
        sleep(delay).await;
    }
    written(reply, rest)
}

async fn whole(headers: &HeaderMap, body: hyper::body::Incoming) -> Result<Vec<u8>, StatusCode> {
    if declared_length(headers).is_some_and(|length| length > MAX_BODY) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    match timeout(BODY_TIMEOUT, to_bytes(Body::new(body), MAX_BODY)).await {
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
        Ok(Err(error)) if is_too_long(&error) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Ok(Err(_)) => Err(StatusCode::BAD_REQUEST),
        Ok(Ok(body)) => Ok(body.to_vec()),
    }
}

fn declared_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(http::header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn is_too_long(error: &axum::Error) -> bool {
    let causes = std::iter::successors(Some(error as &dyn std::error::Error), |error| (*error).source());
    causes.into_iter().any(|cause| cause.to_string() == "length limit exceeded")
}

fn readable(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect()
}

/// A connection that is refused its body must close: the rest of it is still
/// on the way.
fn refusal(status: StatusCode) -> http::Response<Body> {
    let mut response = http::Response::new(Body::empty());
    *response.status_mut() = status;
    response.headers_mut().insert(http::header::CONNECTION, http::HeaderValue::from_static("close"));
    response
}

fn written(reply: Reply, rest: Option<mpsc::Receiver<Vec<u8>>>) -> http::Response<Body> {
    let mut builder = http::Response::builder().status(reply.status);
    for (name, value) in &reply.headers {
        builder = builder.header(name, value);
    }
    let body = match rest {
        None => Body::from(reply.body),
        Some(rest) => Body::new(Pieces { first: Some(reply.body), rest }),
    };
    builder.body(body).unwrap_or_else(|_| refusal(StatusCode::INTERNAL_SERVER_ERROR))
}

/// A body that goes on as long as somebody sends.
struct Pieces {
    first: Option<Vec<u8>>,
    rest: mpsc::Receiver<Vec<u8>>,
}

impl hyper::body::Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = match self.first.take() {
            Some(first) => Poll::Ready(Some(first)),
            None => self.rest.poll_recv(cx),
        };
        piece.map(|piece| piece.map(|bytes| Ok(Frame::data(bytes.into()))))
    }
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
