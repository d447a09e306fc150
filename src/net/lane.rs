//! What a load of requests is sent over: a connection of its own that is kept from one
//! request to the next, or, where TLS or a proxy stands in between, the client that
//! everybody shares. Comes in: a [`Shot`]; goes out: its reply. Sends nothing twice.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use hyper::client::conn::http1::{self, Connection, SendRequest};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Uri};
use hyper_util::rt::TokioIo;
use reqwest::Url;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::body::{Payload, Unread, whole};
use super::carry::Transport;
use super::error::{SendError, Why, root_cause};
use super::route::authority;
use super::send::{AGENT, known_cause};
use super::thread::addresses;
use crate::wire::{MAX_BYTES, Reply, Request};

/// A request that is made ready once and sent any number of times.
#[derive(Debug)]
pub(super) struct Shot {
    request: Request,
    url: Url,
    method: Method,
    target: Uri,
    headers: HeaderMap,
}

impl Shot {
    pub(super) fn new(request: Request) -> Result<Self, SendError> {
        let bad = |why: String| SendError::BadRequest { why };
        let url = Url::parse(&request.url).map_err(|e| bad(e.to_string()))?;
        let method = Method::from_bytes(request.method.as_bytes()).map_err(|e| bad(e.to_string()))?;
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        let target = Uri::try_from(format!("{}{query}", url.path())).map_err(|e| bad(e.to_string()))?;
        let headers = headers(&request, &url).map_err(|e| bad(e.to_string()))?;
        Ok(Self { request, url, method, target, headers })
    }

    fn http(&self) -> hyper::Request<Payload> {
        let mut http = hyper::Request::new(Payload::whole(self.request.body.clone()));
        http.method_mut().clone_from(&self.method);
        http.uri_mut().clone_from(&self.target);
        http.headers_mut().clone_from(&self.headers);
        http
    }

    pub(super) fn url(&self) -> &str {
        &self.request.url
    }

    fn host(&self) -> String {
        authority(&self.url)
    }

    fn lost(&self, why: Why, started: Instant) -> SendError {
        SendError::Lost { host: self.host(), why, after: started.elapsed() }
    }
}

fn headers(request: &Request, url: &Url) -> Result<HeaderMap, hyper::http::Error> {
    let mut headers = HeaderMap::with_capacity(request.headers.len() + 2);
    headers.insert(header::HOST, HeaderValue::try_from(authority(url))?);
    headers.insert(header::USER_AGENT, HeaderValue::from_static(AGENT));
    for (name, value) in &request.headers {
        headers.insert(HeaderName::from_bytes(name.as_bytes())?, HeaderValue::try_from(value)?);
    }
    Ok(headers)
}

/// One way to the server, for one request at a time.
pub(super) enum Lane {
    /// A connection of its own, once it stands.
    Own(Option<Box<Line>>),
    /// Whatever the shared client does.
    Shared(Arc<dyn Transport>),
}

impl Lane {
    /// A connection of its own if the client would only make one too.
    pub(super) fn of(transport: &Arc<dyn Transport>, url: &str) -> Self {
        if transport.is_plain(url) { Self::Own(None) } else { Self::Shared(Arc::clone(transport)) }
    }

    /// Sends it and waits so long for the reply, connecting included.
    pub(super) async fn send(&mut self, shot: &Shot, patience: Duration) -> Result<Reply, SendError> {
        let started = Instant::now();
        let line = match self {
            Self::Own(line) => line,
            Self::Shared(transport) => {
                let sent = timeout(patience, transport.send(&shot.request)).await;
                return sent.unwrap_or_else(|_| Err(shot.lost(Why::TimedOut, started)));
            }
        };
        // Taken out while it is in use: a reply that was given up would come as the next one's.
        let (reply, kept) = match timeout(patience, carry(line.take(), shot, patience)).await {
            Ok(carried) => carried,
            Err(_) => (Err(shot.lost(Why::TimedOut, started)), None),
        };
        *line = kept;
        reply
    }
}

/// A connection over which nothing is under way.
pub(super) struct Line {
    sender: SendRequest<Payload>,
    /// None once it has ended.
    link: Option<Connection<TokioIo<TcpStream>, Payload>>,
}

async fn carry(
    mut line: Option<Box<Line>>,
    shot: &Shot,
    patience: Duration,
) -> (Result<Reply, SendError>, Option<Box<Line>>) {
    let mut reply = match &mut line {
        Some(kept) => kept.exchange(shot).await,
        None => None,
    };
    // None was kept, or the server had closed it: nothing was sent.
    if reply.is_none() {
        let mut fresh = match Line::open(shot, patience).await {
            Ok(fresh) => fresh,
            Err(error) => return (Err(error), None),
        };
        reply = fresh.exchange(shot).await;
        line = Some(fresh);
    }
    let closed = || Err(SendError::Unreachable { host: shot.host(), why: Why::Closed });
    let reply = reply.unwrap_or_else(closed);
    let fit = reply.is_ok();
    (reply, line.filter(|_| fit))
}

impl Line {
    async fn open(shot: &Shot, patience: Duration) -> Result<Box<Self>, SendError> {
        let unreachable = |why| SendError::Unreachable { host: shot.host(), why };
        let host = shot.url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let port = shot.url.port_or_known_default().unwrap_or(80);
        // Strikes before the whole patience: after that nobody knows whether it was sent.
        let connecting = timeout(patience / 10 * 9, connected(host, port)).await;
        let stream = connecting.map_err(|_| unreachable(Why::TimedOut))?.map_err(unreachable)?;
        let _ = stream.set_nodelay(true);
        let shaken = http1::Builder::new().writev(false).handshake(TokioIo::new(stream)).await;
        let (sender, link) = shaken.map_err(|e| unreachable(why(&e)))?;
        Ok(Box::new(Self { sender, link: Some(link) }))
    }

    /// None if the connection was over before anything was sent.
    async fn exchange(&mut self, shot: &Shot) -> Option<Result<Reply, SendError>> {
        let started = Instant::now();
        let Self { sender, link } = self;
        let exchange = async {
            sender.ready().await.ok()?;
            let head = match sender.try_send_request(shot.http()).await {
                Err(error) if error.message().is_some() => return None,
                Err(error) => return Some(Err(shot.lost(why(error.error()), started))),
                Ok(head) => head,
            };
            let status = head.status().as_u16();
            let body = whole(head.into_body(), MAX_BYTES, |_| true).await;
            Some(match body {
                Ok(body) => Ok(Reply { status, headers: Vec::new(), body }),
                Err(Unread::TooLong | Unread::NoRoom) => Err(SendError::TooLong { limit: MAX_BYTES }),
                Err(Unread::Broken) => Err(shot.lost(Why::Closed, started)),
            })
        };
        driving(link, exchange).await
    }
}

async fn connected(host: &str, port: u16) -> Result<TcpStream, Why> {
    let found = addresses(host, port).await.map_err(|_| Why::UnknownHost)?;
    let stream = TcpStream::connect(found.as_slice()).await;
    stream.map_err(|e| known_cause(&e).unwrap_or_else(|| Why::Other(root_cause(&e))))
}

/// Moves a connection on while something waits for it: in the same task, which is
/// woken once for both.
async fn driving<T>(
    link: &mut Option<Connection<TokioIo<TcpStream>, Payload>>,
    exchange: impl Future<Output = T>,
) -> T {
    let mut exchange = pin!(exchange);
    poll_fn(|cx| {
        if let Some(moving) = link
            && Pin::new(moving).poll(cx).is_ready()
        {
            *link = None;
        }
        match exchange.as_mut().poll(cx) {
            // Nobody moves it any more: whoever waits for it is told by its end.
            Poll::Pending if link.is_none() => exchange.as_mut().poll(cx),
            polled => polled,
        }
    })
    .await
}

fn why(error: &hyper::Error) -> Why {
    super::error::causes(error).find_map(known_cause).unwrap_or_else(|| Why::Other(root_cause(error)))
}
