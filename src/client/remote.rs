//! A token central server as seen by its clients: asks it for a lease, or tells
//! it which token failed. Comes in: what is wanted; goes out: a lease as the
//! server's own clock sees it. Never sends the app secret.

use std::sync::Arc;

use serde_json::Value;

use super::call::{CallError, Client, Unanswered};
use super::tokens::{Leased, Source, Want};
use crate::api::endpoint::{Endpoint, Fill};
use crate::api::{WriteError, oa};
use crate::net::Transport;
use crate::sign::Secret;
use crate::store::{Lease, LeaseKind, TicketType};
use crate::wire::{Fields, Reply, Request, query};

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

/// A token central server that says no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubRefusal {
    /// Its code: `hub.unauthorized`; empty if it is no such server.
    pub code: String,
    /// HTTP status.
    pub status: u16,
    /// WeChat's own code, if it was WeChat that refused.
    pub errcode: String,
    /// WeChat's own text, or what else is in the way.
    pub errmsg: String,
    /// After so many seconds it may be asked again.
    pub retry_after: Option<u64>,
}

impl Remote {
    /// Gets a lease from the server.
    ///
    /// # Errors
    /// [`CallError::Hub`], or the way to the server.
    pub async fn get(&self, client: &Client, kind: LeaseKind, want: Want) -> Result<Leased, CallError> {
        let app_id = client.keys.app_id.as_deref().ok_or(WriteError::NoSetting(Fill::AppId))?;
        let url =
            format!("{}/v1/apps/{}/{}", self.url.trim_end_matches('/'), query::escape(app_id), path(kind));
        match want {
            Want::Fresh => self.ask(client, kind, Request::new("GET", url)).await,
            Want::Instead(old) | Want::After(old) => self.ask(client, kind, rotate(&url, &old)).await,
            Want::Renewed => {
                let held = self.ask(client, kind, Request::new("GET", url.as_str())).await?;
                self.ask(client, kind, rotate(&url, &held.lease.value)).await
            }
        }
    }

    async fn ask(&self, client: &Client, kind: LeaseKind, request: Request) -> Result<Leased, CallError> {
        let mut request = request;
        if let Some(token) = &self.token {
            request.headers.push(("authorization".into(), format!("Bearer {}", token.expose())));
        }
        let asked_at = client.clock.now();
        let replied = self.transport.send(&request).await;
        if let Some(observer) = &client.observer {
            observer(&request, replied.as_ref());
        }
        let reply = replied.map_err(|error| {
            let (row, sent) = (row(kind), Fields::new());
            CallError::Send(Box::new(Unanswered { error, row, sent, request }))
        })?;
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

/// The row that such a lease comes from.
#[must_use]
pub fn row(kind: LeaseKind) -> &'static Endpoint {
    match kind {
        LeaseKind::Token => &oa::TOKEN,
        LeaseKind::StableToken => &oa::STABLE_TOKEN,
        LeaseKind::Ticket(_) => &oa::GETTICKET,
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
    if let (200, Some(value), Some(left)) = (reply.status, value, body["expires_in"].as_u64()) {
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
