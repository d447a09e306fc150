//! A token central server as seen by its clients: asks it for a lease, or tells
//! it which token failed, or looks at what it holds. Comes in: what is wanted; goes
//! out: a lease as the server's own clock sees it. Never sends the app secret.

use std::sync::Arc;

use serde_json::Value;

use super::caller::Caller;
use super::ended::{CallError, HubRefusal};
use super::lease::{Leased, Source, Want, believed};
use crate::api::WriteError;
use crate::api::endpoint::Fill;
use crate::net::Transport;
use crate::sign::Secret;
use crate::store::{Lease, LeaseKind, TicketType};
use crate::wire::{Reply, Request, query};

/// Where a token central server is.
#[derive(Clone)]
pub struct Remote {
    /// How to reach it; not through the proxy that WeChat is reached through.
    pub transport: Arc<dyn Transport>,
    /// Scheme and authority.
    pub url: String,
    /// What it knows us by.
    pub token: Option<Secret>,
}

/// A lease as the server tells of it, without its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Whose it is.
    pub app_id: String,
    /// Its kind, as [`LeaseKind::as_str`]; of a newer server perhaps one that we do not know.
    pub kind: String,
    /// Seconds left; none if there is nothing to hand out.
    pub left: Option<u64>,
    /// WeChat's code and text, if it did not renew it.
    pub trouble: Option<(String, String)>,
}

/// What became of a lease that was to be forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgetting {
    /// The server holds another one.
    Replaced(LeaseKind),
    /// It stayed: it was replaced only a moment ago.
    TooSoon(LeaseKind),
}

impl Remote {
    /// Gets a lease from the server.
    ///
    /// # Errors
    /// [`CallError::Hub`], or the way to the server.
    pub async fn get(&self, caller: &Caller, kind: LeaseKind, want: Want) -> Result<Leased, CallError> {
        let url = format!("{}/{}", self.app(caller)?, path(kind));
        match want {
            Want::Fresh => self.ask(caller, Request::new("GET", url)).await,
            Want::Instead(old) | Want::After(old) => self.ask(caller, rotate(&url, &old)).await,
            Want::Renewed => {
                let held = self.ask(caller, Request::new("GET", url.as_str())).await?;
                self.ask(caller, rotate(&url, &held.lease.value)).await
            }
        }
    }

    /// What the server holds, of all its apps.
    ///
    /// # Errors
    /// [`CallError::Hub`], or the way to the server.
    pub async fn status(&self, caller: &Caller) -> Result<Vec<Kept>, CallError> {
        let url = format!("{}/readyz", self.url.trim_end_matches('/'));
        let reply = self.reply(caller, Request::new("GET", url)).await?;
        kept(&reply).map_err(CallError::Hub)
    }

    /// Has the server replace what it holds for this app: a token before the
    /// tickets that are fetched with it.
    ///
    /// # Errors
    /// [`CallError::Hub`], or the way to the server; all was too soon, too.
    pub async fn forget(&self, caller: &Caller) -> Result<Vec<Forgetting>, CallError> {
        let app = self.app(caller)?;
        let id = caller.keys.app_id.as_deref();
        let listed = self.status(caller).await?;
        if !listed.iter().any(|kept| Some(kept.app_id.as_str()) == id) {
            return Err(CallError::Hub(HubRefusal::plain("hub.unknown_app", 404)));
        }
        let is_held = |kind: &LeaseKind| {
            listed.iter().any(|k| Some(&*k.app_id) == id && k.kind == kind.as_str() && k.left.is_some())
        };
        let (mut done, mut refused) = (Vec::new(), None);
        for kind in LeaseKind::ALL.into_iter().filter(is_held) {
            match self.ask(caller, Request::new("POST", format!("{app}/{}/rotate", path(kind)))).await {
                Ok(_) => done.push(Forgetting::Replaced(kind)),
                Err(CallError::Hub(no)) if no.code == "hub.too_soon" => {
                    done.push(Forgetting::TooSoon(kind));
                    refused = Some(no);
                }
                Err(error) => return Err(error),
            }
        }
        let is_any = done.iter().any(|done| matches!(done, Forgetting::Replaced(_)));
        refused.filter(|_| !is_any).map_or(Ok(done), |no| Err(CallError::Hub(no)))
    }

    /// The path of the caller's app.
    fn app(&self, caller: &Caller) -> Result<String, CallError> {
        let id = caller.keys.app_id.as_deref().ok_or(WriteError::NoSetting(Fill::AppId))?;
        Ok(format!("{}/v1/apps/{}", self.url.trim_end_matches('/'), query::escape(id)))
    }

    async fn ask(&self, caller: &Caller, request: Request) -> Result<Leased, CallError> {
        let asked_at = caller.clock.now();
        let reply = self.reply(caller, request).await?;
        let lease = read(&reply, asked_at).map_err(CallError::Hub)?;
        Ok(Leased { lease, source: Source::Hub, unsaved: None })
    }

    async fn reply(&self, caller: &Caller, request: Request) -> Result<Reply, CallError> {
        let mut request = request;
        if let Some(token) = &self.token {
            request.headers.push(("authorization".into(), format!("Bearer {}", token.expose())));
        }
        caller.carry(&*self.transport, &request).await.map_err(CallError::HubAway)
    }
}

/// The end of the path of a kind of lease.
#[must_use]
pub const fn path(kind: LeaseKind) -> &'static str {
    match kind {
        LeaseKind::Token => "token",
        LeaseKind::StableToken => "stable_token",
        LeaseKind::Ticket(TicketType::Jsapi) => "ticket/jsapi",
        LeaseKind::Ticket(TicketType::WxCard) => "ticket/wx_card",
    }
}

fn rotate(url: &str, failed: &Secret) -> Request {
    let body = serde_json::json!({ "rotate": failed.expose() }).to_string();
    Request::new("POST", format!("{url}/rotate")).with_body("application/json", body)
}

/// The list that a known client sees.
fn kept(reply: &Reply) -> Result<Vec<Kept>, HubRefusal> {
    let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match (body["leases"].as_array(), body["store"].as_str()) {
        (Some(leases), Some(_)) => {
            let kept = |lease: &Value| {
                let trouble = text(&lease["errcode"]).zip(text(&lease["errmsg"]));
                let (app_id, kind) = (text(&lease["app_id"])?, text(&lease["kind"])?);
                Some(Kept { app_id, kind, left: lease["expires_in"].as_u64(), trouble })
            };
            Ok(leases.iter().filter_map(kept).collect())
        }
        // To strangers it only says how it is.
        (None, Some(_)) => Err(HubRefusal::plain("hub.unauthorized", 401)),
        _ => Err(refusal(&body, reply.status)),
    }
}

fn read(reply: &Reply, asked_at: u64) -> Result<Lease, HubRefusal> {
    let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    let value = body["access_token"].as_str().or(body["ticket"].as_str());
    // By its seconds left, so that two clocks need not agree.
    let left = body["expires_in"].as_u64().and_then(believed);
    if let (200, Some(value), Some(left)) = (reply.status, value, left) {
        let expires_at = asked_at.saturating_add(left);
        return Ok(Lease { value: Secret::new(value), fetched_at: asked_at, expires_at });
    }
    Err(refusal(&body, reply.status))
}

fn refusal(body: &Value, status: u16) -> HubRefusal {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let error = &body["error"];
    HubRefusal {
        code: text(&error["code"]),
        status,
        errcode: text(&error["errcode"]),
        errmsg: text(&error["errmsg"]),
        retry_after: error["retry_after"].as_u64(),
    }
}
