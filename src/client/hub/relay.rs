//! What the server does not answer itself, passed on to WeChat: one call, sent once, to
//! WeChat's host and no other. Comes in: a request that may be passed on; goes out:
//! WeChat's reply, or in its shape why there is none. Says nothing of queries and
//! bodies to anybody: secrets stand in them.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::event::{Event, Log};
use crate::api::endpoint::Host;
use crate::api::oa;
use crate::client::caller::Caller;
use crate::net::{self, Semaphore, SendError};
use crate::sign::Secret;
use crate::wire::{Fields, Reply, Request, query};

/// Whether calls that the server does not answer go on to WeChat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    /// They end here.
    Refused,
    /// They do.
    PassedOn,
}

/// So many calls are under way at once, and the others wait their turn: each holds its
/// body and its reply in memory.
pub(super) const UNDER_WAY: usize = 64;
/// So long a call waits for its turn.
const TURN: Duration = Duration::from_secs(15);

/// What is passed on of a request; all else is between the caller and this server.
const ASKED: [&str; 3] = ["content-type", "content-encoding", "accept"];
/// What is passed on of a reply.
const TOLD: [&str; 5] =
    ["content-type", "content-disposition", "content-encoding", "last-modified", "cache-control"];

/// Whether this is a call of WeChat's that may be passed on. What could be read as one
/// of the paths that are served here never is: WeChat would hand out a token that
/// retires the one which everybody has.
pub(super) fn may_pass(request: &Request) -> bool {
    let path = request.path();
    let is_wechats = ["/cgi-bin/", "/sns/"].iter().any(|start| path.starts_with(start));
    let is_plain = |step: &str| {
        !step.is_empty() && step.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    let is_step = |step: &str| is_plain(step) && !step.bytes().all(|b| b == b'.');
    let is_served = [oa::TOKEN.path, oa::STABLE_TOKEN.path, oa::GETTICKET.path]
        .iter()
        .any(|served| served.eq_ignore_ascii_case(path));
    let steps = path.get(1..).unwrap_or_default();
    is_wechats && !is_served && steps.split('/').all(is_step) && matches!(&*request.method, "GET" | "POST")
}

/// A call on its way.
pub(super) struct Passing {
    pub(super) caller: Caller,
    pub(super) request: Request,
    pub(super) room: Arc<Semaphore>,
    pub(super) log: Log,
}

impl Passing {
    /// WeChat's reply, or why there is none.
    pub(super) async fn reply(self) -> Reply {
        let turn = net::timeout(TURN, Arc::clone(&self.room).acquire_owned()).await;
        let Ok(Ok(_turn)) = turn else { return lacking(503, -1, BUSY) };
        match self.caller.carry(&*self.caller.transport, &self.request).await {
            Ok(reply) => told(reply),
            Err(error) => {
                let what = format!("{} {}", self.request.method, path_of(&self.request));
                (self.log)(Event::NotPassedOn { what, why: error.to_string() });
                why(&error)
            }
        }
    }
}

const BUSY: &str = "wxkit token serve: too many calls are under way; this one was not sent";
const NOT_SENT: &str = "wxkit token serve: WeChat was not reached; the call was not sent";
const LOST: &str = "wxkit token serve: WeChat did not answer; the call may have been done";

/// -1 is what SDKs try again, so it stands only where nothing was sent.
fn why(error: &SendError) -> Reply {
    match error {
        SendError::Lost { .. } | SendError::TooLong { .. } => lacking(504, -504, LOST),
        _ => lacking(502, -1, NOT_SENT),
    }
}

fn lacking(status: u16, code: i64, text: &str) -> Reply {
    let body = json!({ "errcode": code, "errmsg": text }).to_string();
    Reply::ok("application/json", body).with_status(status).with_header("cache-control", "no-store")
}

fn told(reply: Reply) -> Reply {
    let Reply { status, headers, body } = reply;
    Reply { status, headers: only(headers, &TOLD), body }
}

fn only(headers: Vec<(String, String)>, names: &[&str]) -> Vec<(String, String)> {
    headers.into_iter().filter(|(name, _)| names.contains(&name.as_str())).collect()
}

/// The path alone; the rest of an address may hold secrets.
fn path_of(request: &Request) -> &str {
    let rest = request.url.split_once("://").map_or("", |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    path.split('?').next().unwrap_or_default()
}

/// The request that WeChat gets. Of the query, only a `secret` that is a caller's bearer
/// token becomes the account's own.
pub(super) fn passed_on(request: &Request, caller: &Caller, secret: Option<&Secret>) -> Request {
    let origin = caller.base().or(Host::Api.origin()).unwrap_or_default();
    let text = match secret {
        Some(secret) => with_secret(request, secret),
        None => request.query_text().to_owned(),
    };
    let mark = if text.is_empty() { "" } else { "?" };
    let url = [origin, request.path(), mark, &text].concat();
    let headers = only(request.headers.clone(), &ASKED);
    Request { headers, body: request.body.clone(), ..Request::new(request.method.as_str(), url) }
}

fn with_secret(request: &Request, secret: &Secret) -> String {
    let mut fields: Fields = request.query().unwrap_or_default();
    fields.set("secret", secret.expose());
    query::write(&fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_wechat_that_are_read_in_one_way_go_on() {
        let may = |path: &str| may_pass(&Request::new("GET", path));
        for path in
            ["/cgi-bin/user/info?openid=a", "/sns/userinfo", "/cgi-bin/menu/get_current_selfmenu_info"]
        {
            assert!(may(path), "{path}");
        }
        for path in [
            "/",
            "/v1/x",
            "/cgi-bin",
            "/cgi-bin/",
            "/cgi-bin//user",
            "/cgi-bin/../x",
            "/cgi-bin/./token",
            "/cgi-bin/%2e%2e/x",
            "/cgi-bin/token",
            "/cgi-bin/Token",
            "/cgi-bin/token/",
            "/cgi-bin/token;x",
            "/cgi-bin/stable_token",
            "/sns/..",
            "/sns/a@b",
            "/cgi-bin/a\\b",
            "//evil.example/cgi-bin/x",
        ] {
            assert!(!may(path), "{path}");
        }
        assert!(!may_pass(&Request::new("DELETE", "/cgi-bin/user/info")));
    }
}
