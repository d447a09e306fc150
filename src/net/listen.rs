//! The HTTP server, thin: it turns each connection's bytes into a [`Request`],
//! asks the given function, and writes the [`Reply`], after the delay it was
//! told. Bounded against slow and long-winded clients; knows nothing of WeChat.

use std::convert::Infallible;
use std::future::Future;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::thread::JoinHandle;
use std::time::Duration;

use axum::body::{Body, HttpBody as _, to_bytes};
use axum::http::{self, HeaderMap, StatusCode};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::net::UnixListener;
use tokio::sync::mpsc;
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

/// What a server answers to one request.
pub enum Answer {
    /// This, at once.
    Now(Reply),
    /// This, after a delay.
    Late(Reply, Duration),
    /// What comes of something that takes its time.
    When(Pin<Box<dyn Future<Output = Reply> + Send>>),
}

impl From<(Reply, Option<Duration>)> for Answer {
    fn from((reply, delay): (Reply, Option<Duration>)) -> Self {
        match delay {
            None => Self::Now(reply),
            Some(delay) => Self::Late(reply, delay),
        }
    }
}

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
    Unix(UnixListener),
}

/// Where a server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// An address and port.
    Ip(SocketAddr),
    /// A socket file.
    Path(PathBuf),
}

/// What stands before the path of a socket file.
const UNIX: &str = "unix:";

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
        let mut addr = match &self.at {
            Place::Ip(addr) => *addr,
            Place::Path(path) => return format!("{UNIX}{}", path.display()),
        };
        if addr.ip().is_unspecified() {
            addr.set_ip(if addr.is_ipv4() { [127, 0, 0, 1].into() } else { [0, 0, 0, 0, 0, 0, 0, 1].into() });
        }
        format!("http://{addr}")
    }
}

/// The socket file is this process's, and goes with it.
#[cfg(unix)]
impl Drop for Listener {
    fn drop(&mut self) {
        if let Place::Path(path) = &self.at {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Takes an address; port 0 takes a free one. `unix:PATH` makes a socket file
/// that only its owner can use.
///
/// # Errors
/// [`NetError::Listen`].
pub async fn bind(addr: &str) -> Result<Listener, NetError> {
    let failed = |error: std::io::Error| NetError::Listen { addr: addr.to_owned(), why: error.kind() };
    if let Some(path) = addr.strip_prefix(UNIX) {
        return bind_path(Path::new(path)).map_err(failed);
    }
    let socket = TcpListener::bind(addr).await.map_err(failed)?;
    let at = Place::Ip(socket.local_addr().map_err(failed)?);
    Ok(Listener { socket: Socket::Tcp(socket), at })
}

#[cfg(unix)]
fn bind_path(path: &Path) -> std::io::Result<Listener> {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::net::UnixStream as Probe;
    let bound = match UnixListener::bind(path) {
        // A server that was killed leaves its file; nobody listens behind it.
        Err(error) if error.kind() == ErrorKind::AddrInUse => match Probe::connect(path) {
            Err(dead) if dead.kind() == ErrorKind::ConnectionRefused => {
                std::fs::remove_file(path)?;
                UnixListener::bind(path)
            }
            _ => Err(error),
        },
        other => other,
    };
    let socket = bound?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    Ok(Listener { socket: Socket::Unix(socket), at: Place::Path(path.to_owned()) })
}

#[cfg(not(unix))]
fn bind_path(_: &Path) -> std::io::Result<Listener> {
    Err(ErrorKind::Unsupported.into())
}

/// Answers until `stop` is ready, then lets open replies finish for a moment.
/// The function is asked on the runtime's own thread: it must not block.
pub async fn serve<A, R>(listener: Listener, answer: A, stop: impl Future)
where
    A: Fn(Request) -> R + Clone + Send + Sync + 'static,
    R: Into<Answer> + 'static,
{
    let connections = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        tokio::select! {
            accepted = accept(&listener.socket) => match accepted {
                Ok(line) => line.serve(&answer, &connections),
                // Out of file descriptors, most of the time: some will come back.
                Err(_) => sleep(Duration::from_millis(50)).await,
            },
            _ = &mut stop => break,
        }
    }
    drop(listener);
    let _ = timeout(STOP_TIMEOUT, connections.shutdown()).await;
}

/// The same with a runtime of one thread for each core, so that no two cores
/// share a connection: for servers with many callers.
///
/// # Errors
/// The runtimes cannot be made (no file descriptors or threads left).
pub async fn serve_on_all_cores<A, R>(listener: Listener, answer: A, stop: impl Future) -> std::io::Result<()>
where
    A: Fn(Request) -> R + Clone + Send + Sync + 'static,
    R: Into<Answer> + 'static,
{
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let cores: Vec<Core> = (0..cores).map(|_| Core::start(answer.clone())).collect::<Result<_, _>>()?;
    tokio::pin!(stop);
    for core in cores.iter().cycle() {
        tokio::select! {
            accepted = accept(&listener.socket) => match accepted {
                Ok(line) => drop(core.lines.send(line)),
                Err(_) => sleep(Duration::from_millis(50)).await,
            },
            _ = &mut stop => break,
        }
    }
    drop(listener);
    // Without lines to serve, each thread ends by itself.
    let threads: Vec<_> = cores.into_iter().map(|core| core.thread).collect();
    super::blocking(move || threads.into_iter().for_each(|thread| drop(thread.join()))).await;
    Ok(())
}

/// A thread with the connections that it was given.
struct Core {
    lines: mpsc::UnboundedSender<Line>,
    thread: JoinHandle<()>,
}

impl Core {
    fn start<A, R>(answer: A) -> std::io::Result<Self>
    where
        A: Fn(Request) -> R + Clone + Send + Sync + 'static,
        R: Into<Answer> + 'static,
    {
        let (lines, mut given) = mpsc::unbounded_channel::<Line>();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let work = async move {
            let connections = GracefulShutdown::new();
            while let Some(line) = given.recv().await {
                line.serve(&answer, &connections);
            }
            let _ = timeout(STOP_TIMEOUT, connections.shutdown()).await;
        };
        let thread = std::thread::Builder::new().name("serve".into()).spawn(move || {
            runtime.block_on(work);
            runtime.shutdown_background();
        })?;
        Ok(Self { lines, thread })
    }
}

/// An accepted connection, of no runtime yet.
enum Line {
    Tcp(std::net::TcpStream, SocketAddr),
    #[cfg(unix)]
    Unix(std::os::unix::net::UnixStream),
}

async fn accept(socket: &Socket) -> std::io::Result<Line> {
    match socket {
        Socket::Tcp(socket) => {
            let (stream, peer) = socket.accept().await?;
            let _ = stream.set_nodelay(true);
            Ok(Line::Tcp(stream.into_std()?, peer))
        }
        #[cfg(unix)]
        Socket::Unix(socket) => Ok(Line::Unix(socket.accept().await?.0.into_std()?)),
    }
}

impl Line {
    /// Serves it on this runtime. One that cannot be registered is dropped.
    fn serve<A, R>(self, answer: &A, connections: &GracefulShutdown)
    where
        A: Fn(Request) -> R + Clone + Send + Sync + 'static,
        R: Into<Answer> + 'static,
    {
        let (answer, watcher) = (answer.clone(), connections.watcher());
        match self {
            Self::Tcp(stream, peer) => {
                if let Ok(stream) = tokio::net::TcpStream::from_std(stream) {
                    tokio::spawn(connection(stream, Some(peer), answer, watcher));
                }
            }
            #[cfg(unix)]
            Self::Unix(stream) => {
                if let Ok(stream) = tokio::net::UnixStream::from_std(stream) {
                    tokio::spawn(connection(stream, None, answer, watcher));
                }
            }
        }
    }
}

async fn connection<S, A, R>(stream: S, peer: Option<SocketAddr>, answer: A, watcher: Watcher)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    A: Fn(Request) -> R + Clone + Send + Sync + 'static,
    R: Into<Answer> + 'static,
{
    let peer = peer.map(|peer| peer.to_string());
    let service = service_fn(move |request: http::Request<hyper::body::Incoming>| {
        let (answer, peer) = (answer.clone(), peer.clone());
        async move { Ok::<_, Infallible>(exchange(request, peer, answer).await) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    // A client that goes away in the middle is its own affair.
    let _ = watcher.watch(served).await;
}

async fn exchange<A, R>(
    request: http::Request<hyper::body::Incoming>,
    peer: Option<String>,
    answer: A,
) -> http::Response<Body>
where
    A: Fn(Request) -> R,
    R: Into<Answer>,
{
    let (head, body) = request.into_parts();
    let body = match whole(&head.headers, body).await {
        Ok(body) => body,
        Err(status) => return refusal(status),
    };
    let url = head.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let answer = answer(Request {
        method: head.method.as_str().to_owned(),
        url,
        headers: readable(&head.headers),
        body,
        peer,
        certificate: false,
    });
    let answer: Answer = answer.into();
    match answer {
        Answer::Now(reply) => written(reply),
        Answer::Late(reply, delay) => {
            sleep(delay).await;
            written(reply)
        }
        Answer::When(reply) => written(reply.await),
    }
}

async fn whole(headers: &HeaderMap, body: hyper::body::Incoming) -> Result<Vec<u8>, StatusCode> {
    if body.is_end_stream() {
        return Ok(Vec::new());
    }
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

fn written(reply: Reply) -> http::Response<Body> {
    let mut builder = http::Response::builder().status(reply.status);
    for (name, value) in &reply.headers {
        builder = builder.header(name, value);
    }
    builder.body(Body::from(reply.body)).unwrap_or_else(|_| refusal(StatusCode::INTERNAL_SERVER_ERROR))
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
