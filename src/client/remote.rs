//! A token central server as seen by its clients: asks it for a lease, or tells
//! it which token failed. Comes in: what is wanted; goes out: a lease as the
//! server's own clock sees it. Never sends the app secret.

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

impl Remote {
    /// Gets a lease from the server.
    ///
    /// # Errors
    /// [`CallError::Hub`], or the way to the server.
    pub async fn get(&self, caller: &Caller, kind: LeaseKind, want: Want) -> Result<Leased, CallError> {
        let app_id = caller.keys.app_id.as_deref().ok_or(WriteError::NoSetting(Fill::AppId))?;
        let url =
            format!("{}/v1/apps/{}/{}", self.url.trim_end_matches('/'), query::escape(app_id), path(kind));
        match want {
            Want::Fresh => self.ask(caller, Request::new("GET", url)).await,
            Want::Instead(old) | Want::After(old) => self.ask(caller, rotate(&url, &old)).await,
            Want::Renewed => {
                let held = self.ask(caller, Request::new("GET", url.as_str())).await?;
                self.ask(caller, rotate(&url, &held.lease.value)).await
            }
        }
    }

    async fn ask(&self, caller: &Caller, request: Request) -> Result<Leased, CallError> {
        let mut request = request;
        if let Some(token) = &self.token {
            request.headers.push(("authorization".into(), format!("Bearer {}", token.expose())));
        }
        let asked_at = caller.clock.now();
        let reply = caller.carry(&*self.transport, &request).await.map_err(CallError::HubAway)?;
        let lease = read(&reply, asked_at).map_err(CallError::Hub)?;
        Ok(Leased { lease, source: Source::Hub, unsaved: None })
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

fn read(reply: &Reply, asked_at: u64) -> Result<Lease, HubRefusal> {
    let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let value = body["access_token"].as_str().or(body["ticket"].as_str());
    // By its seconds left, so that two clocks need not agree.
    let left = body["expires_in"].as_u64().and_then(believed);
    if let (200, Some(value), Some(left)) = (reply.status, value, left) {
        let expires_at = asked_at.saturating_add(left);
        return Ok(Lease { value: Secret::new(value), fetched_at: asked_at, expires_at });
    }
    let error = &body["error"];
    Err(HubRefusal {
        code: text(&error["code"]),
        status: reply.status,
        errcode: text(&error["errcode"]),
        errmsg: text(&error["errmsg"]),
        retry_after: error["retry_after"].as_u64(),
    })
}
