//! A receiver of notices on a socket: joins the judge with the network, a
//! directory for the raw bytes, and another receiver behind it. Comes in: notices;
//! goes out: the reply that was asked for, and an event for each.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use wxkit::client::Clock;
use wxkit::client::notices::Version;
use wxkit::client::notices::receive::{Ears, Received, receive};
use wxkit::net::{self, Answer, Listener, Outgoing, Transport};
use wxkit::store::private;
use wxkit::store::reading::Trouble;
use wxkit::wire::{Reply, Request};

use super::captured;
use super::host::{RECEIVED, why};

/// What is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyAs {
    /// Yes if the notice is WeChat's, no if not.
    Judged,
    /// Yes, whatever it is.
    Success,
    /// No, whatever it is.
    Fail,
    /// HTTP 500.
    Error,
    /// A page.
    Html,
    /// Nothing.
    Empty,
    /// Yes, after WeChat has stopped waiting.
    Slow,
    /// What the receiver behind answers.
    Forwarded,
}

/// Later than WeChat waits.
const SLOW: Duration = Duration::from_secs(6);
const REFUSED: &str =
    "<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[签名错误]]></return_msg></xml>";

const REFUSED_V3: &str = r#"{"code":"FAIL","message":"签名错误"}"#;
const XML: &str = "text/xml; charset=utf-8";

/// Something that happened to a notice.
pub enum Arrived {
    /// It came.
    Notice {
        /// Its number, from 1.
        number: u64,
        /// What it is.
        received: Box<Received>,
        /// How it came.
        request: Box<Request>,
        /// Where its bytes are, or why they are nowhere.
        stored: Option<Result<PathBuf, NotKept>>,
    },
    /// Something else came: notices are posted.
    Other {
        /// Its method.
        method: String,
        /// Its path.
        path: String,
    },
    /// The receiver behind has answered.
    Forwarded {
        /// Which notice.
        number: u64,
        /// HTTP status, or why there is none.
        outcome: Result<u16, String>,
    },
}

/// Why the bytes of a notice are nowhere.
pub enum NotKept {
    /// The file cannot be written.
    Trouble(Trouble),
    /// As much is kept as one run may: whoever can reach this could fill the disk.
    Full,
}

/// Most bytes that one run keeps: a hundred thousand notices.
pub const MOST_KEPT: u64 = 256 * 1024 * 1024;

/// Who is told.
pub type Log = Arc<dyn Fn(Arrived) + Send + Sync>;

/// What to do with notices.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What to answer.
    pub reply: ReplyAs,
    /// Where raw bytes go.
    pub store: Option<PathBuf>,
    /// The receiver behind.
    pub forward: Option<String>,
}

/// The receiver.
#[derive(Clone)]
pub struct Inbox {
    plan: Plan,
    ears: Ears,
    clock: Clock,
    transport: Arc<dyn Transport>,
    log: Log,
    count: Arc<AtomicU64>,
    kept: Arc<AtomicU64>,
}

impl Inbox {
    /// Joins the parts.
    pub fn new(plan: Plan, ears: Ears, clock: Clock, transport: Arc<dyn Transport>, log: Log) -> Self {
        Self { plan, ears, clock, transport, log, count: Arc::default(), kept: Arc::default() }
    }

    /// Serves until `stop` is ready.
    pub async fn serve(self, listener: Listener, stop: impl Future) {
        net::serve(listener, move |request: &Request| self.take(request.clone()), stop).await;
    }

    /// Takes one notice.
    fn take(&self, request: Request) -> Answer {
        if request.method != "POST" {
            let (method, path) = (request.method.clone(), request.path().to_owned());
            (self.log)(Arrived::Other { method, path });
            return Reply::ok("text/plain", "notices are posted")
                .with_status(405)
                .with_header("allow", "POST")
                .into();
        }
        let number = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        let received = receive(&request, &self.ears, self.clock.now());
        let answer = self.answer(Version::of(&request), &received);
        let stored = self.plan.store.as_deref().map(|dir| self.keep(dir, number, &received, &request));
        let onward = self.plan.forward.as_deref().map(|url| onward(&request, url));
        let (received, request) = (Box::new(received), Box::new(request));
        (self.log)(Arrived::Notice { number, received, request, stored });
        match onward {
            Some(onward) if self.plan.reply == ReplyAs::Forwarded => {
                let inbox = self.clone();
                Answer::When(Box::pin(async move { inbox.pass_on(number, onward).await }))
            }
            Some(onward) => {
                let inbox = self.clone();
                net::spawn(async move { inbox.pass_on(number, onward).await });
                answer
            }
            None => answer,
        }
    }

    fn answer(&self, version: Version, received: &Received) -> Answer {
        match self.plan.reply {
            ReplyAs::Judged if received.doubt.is_some() => no(version),
            ReplyAs::Judged | ReplyAs::Success | ReplyAs::Forwarded => yes(version),
            ReplyAs::Fail => no(version),
            ReplyAs::Error => Reply::ok("text/plain", "error").with_status(500),
            ReplyAs::Html => Reply::ok("text/html", "<html><body>success</body></html>"),
            ReplyAs::Empty => Reply::ok("text/plain", ""),
            ReplyAs::Slow => return Outgoing::from((yes(version), Some(SLOW))).into(),
        }
        .into()
    }

    /// `1700000000-0001-pay_notify.xml`, of v3 `….http` with its headers, for its owner only: it names a payer. What
    /// another listener keeps in the same second stays.
    fn keep(
        &self,
        dir: &Path,
        number: u64,
        received: &Received,
        request: &Request,
    ) -> Result<PathBuf, NotKept> {
        let (bytes, kind) = captured::kept(request);
        let size = bytes.len() as u64;
        if self.kept.fetch_add(size, Ordering::Relaxed) + size > MOST_KEPT {
            return Err(NotKept::Full);
        }
        let name = format!("{}-{number:04}-{}", self.clock.now(), received.row.name);
        private::create(dir, &name, kind, &bytes).map_err(NotKept::Trouble)
    }

    async fn pass_on(self, number: u64, request: Request) -> Reply {
        let outcome = self.transport.send(&request).await.map_err(|error| why(&error));
        let told = outcome.as_ref().map(|reply| reply.status).map_err(Clone::clone);
        (self.log)(Arrived::Forwarded { number, outcome: told });
        // The other one's length and encoding are not ours.
        outcome.map_or_else(
            |_| Reply::ok("text/plain", "bad gateway").with_status(502),
            |reply| {
                let kind = reply.header("content-type").unwrap_or("text/xml").to_owned();
                Reply::ok(&kind, reply.body).with_status(reply.status)
            },
        )
    }
}

/// <https://pay.weixin.qq.com/doc/v3/partner/4012231898>
fn yes(version: Version) -> Reply {
    match version {
        Version::V2 => Reply::ok(XML, RECEIVED),
        Version::V3 => Reply::empty().with_status(204),
    }
}

fn no(version: Version) -> Reply {
    match version {
        Version::V2 => Reply::ok(XML, REFUSED),
        Version::V3 => Reply::ok("application/json", REFUSED_V3).with_status(401),
    }
}

/// The same message to the receiver behind, with what proves it.
fn onward(request: &Request, url: &str) -> Request {
    let kind = request.header("content-type").unwrap_or("text/xml; charset=utf-8").to_owned();
    let mut onward = Request::new(&request.method, url).with_body(&kind, request.body.clone());
    let is_proof = |name: &str| name.starts_with("wechatpay-") || name == "request-id";
    onward.headers.extend(request.headers.iter().filter(|(name, _)| is_proof(name)).cloned());
    onward
}
