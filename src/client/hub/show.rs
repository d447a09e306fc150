//! What callers are answered: a lease in plain words or in WeChat's, a no with
//! its code in both languages, the state for probes, figures for Prometheus.
//! Pure; shows tokens to those who may have them, and no other secret.

use std::fmt::Write as _;
use std::sync::atomic::Ordering;

use serde_json::{Value, json};

use super::event::Deed;
use super::keep::Trouble;
use super::keeper::Slot;
use super::pause::refused_ip;
use crate::api::Word;
use crate::sign::Secret;
use crate::store::{Lease, LeaseKind, StoreError};
use crate::wire::Reply;

/// Whose words an answer is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Ours, with HTTP statuses.
    Plain,
    /// WeChat's, always 200.
    WeChat,
}

/// Why a caller does not get what it wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum No {
    /// No such path.
    NotFound,
    /// The path is right, the method is not.
    WrongMethod,
    /// The request cannot be read.
    Unreadable,
    /// The same with WeChat's code.
    Missing(&'static str),
    /// No bearer token that we know.
    Unauthorized,
    /// A web page asks.
    FromPage,
    /// Not one of our apps.
    UnknownApp,
    /// Not one of our tokens.
    UnknownToken,
    /// Replaced a moment ago: again after so many seconds.
    Soon(u64),
    /// WeChat or the store does not give one now.
    Paused(Trouble),
    /// Not done within our patience.
    Slow,
}

/// A lease as an answer. `expires_in` is what is truly left.
#[must_use]
pub fn lease(style: Style, kind: LeaseKind, lease: &Lease, now: u64) -> Reply {
    let name = if matches!(kind, LeaseKind::Ticket(_)) { "ticket" } else { "access_token" };
    let (value, left) = (quoted(&lease.value), lease.expires_at.saturating_sub(now).to_string());
    let begin = match style {
        Style::WeChat if name == "ticket" => r#"{"errcode":0,"errmsg":"ok",""#,
        Style::Plain | Style::WeChat => "{\"",
    };
    let ends = match style {
        Style::Plain => [",\"expires_at\":\"", &lease.expires_at.to_string(), "\"}"].concat(),
        Style::WeChat => "}".to_owned(),
    };
    answer([begin, name, "\":", &value, ",\"expires_in\":", &left, &ends].concat())
}

fn quoted(value: &Secret) -> String {
    let text = value.expose();
    // All bytes are looked at, since that is done on many at once.
    let is_plain = |plain, b: u8| plain && b.is_ascii_graphic() && b != b'"' && b != b'\\';
    if text.bytes().fold(true, is_plain) {
        ["\"", text, "\""].concat()
    } else {
        Value::from(text).to_string()
    }
}

fn answer(body: impl Into<Vec<u8>>) -> Reply {
    let headers = [("content-type", "application/json"), ("cache-control", "no-store")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Reply { headers: headers.into(), body: body.into(), ..Reply::empty() }
}

/// A no as an answer.
#[must_use]
pub fn no(style: Style, no: &No) -> Reply {
    match style {
        Style::Plain => plain_no(no),
        Style::WeChat => {
            let (code, text) = wechat_no(no);
            answer(json!({ "errcode": code, "errmsg": text }).to_string())
        }
    }
}

fn plain_no(no: &No) -> Reply {
    let (status, code, word) = words(no);
    let mut error = json!({ "code": code, "zh": word.zh, "en": word.en });
    if *no == No::NotFound {
        error["serves"] = SERVES.into();
    }
    let mut retry = None;
    match no {
        No::Soon(seconds) => retry = Some(*seconds),
        No::Paused(trouble) => {
            retry = trouble.until.map(|until| until.saturating_sub(trouble.failed.at).max(1));
            error["errcode"] = trouble.failed.code.as_str().into();
            error["errmsg"] = trouble.failed.text.as_str().into();
            if let Some(ip) = refused_ip(&trouble.failed.text).filter(|_| trouble.failed.code == "40164") {
                error["add_to_whitelist"] = ip.into();
            }
        }
        _ => {}
    }
    if let Some(seconds) = retry {
        error["retry_after"] = seconds.into();
    }
    let mut body = json!({ "error": error });
    if *no == No::NotFound {
        // For an SDK that reads nothing but these two: "invalid url", and no retry.
        (body["errcode"], body["errmsg"]) = (40066.into(), word.en.into());
    }
    let reply = answer(body.to_string()).with_status(status);
    match (retry, no) {
        (Some(seconds), _) => reply.with_header("retry-after", seconds.to_string()),
        (_, No::Unauthorized) => reply.with_header("www-authenticate", "Bearer"),
        _ => reply,
    }
}

/// The paths that are served, as people look for them.
const SERVES: &[&str] = &[
    "GET /cgi-bin/token",
    "POST /cgi-bin/stable_token",
    "GET /cgi-bin/ticket/getticket",
    "GET /v1/apps/{appid}/token",
    "POST /v1/apps/{appid}/token/rotate",
    "GET /v1/apps/{appid}/stable_token",
    "GET /v1/apps/{appid}/ticket/{jsapi|wx_card}",
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
];

/// Status, code and words.
fn words(no: &No) -> (u16, &'static str, Word) {
    match no {
        No::NotFound => (
            404,
            "hub.not_found",
            Word::new(
                "这里只有 token 和 ticket；其他接口请直接调用微信，或用 wxkit token serve --relay 启动",
                "only tokens and tickets are served here; call WeChat itself for the rest, or start it with wxkit token serve --relay",
            ),
        ),
        No::WrongMethod => {
            (405, "hub.wrong_method", Word::new("请求方法不对", "the method is wrong for this path"))
        }
        No::Unreadable | No::Missing(_) => {
            (400, "hub.unreadable", Word::new("读不懂请求", "the request cannot be read"))
        }
        No::Unauthorized => (
            401,
            "hub.unauthorized",
            Word::new("没有令牌，或令牌不对", "there is no bearer token, or it is not a known one"),
        ),
        No::FromPage => {
            (403, "hub.from_page", Word::new("拒绝来自网页的请求", "requests from web pages are refused"))
        }
        No::UnknownApp => {
            (404, "hub.unknown_app", Word::new("不管理这个 AppID", "this app is not served here"))
        }
        No::UnknownToken => {
            (401, "hub.unknown_token", Word::new("不认识这个 access_token", "this access_token is not ours"))
        }
        No::Soon(_) => (
            429,
            "hub.too_soon",
            Word::new("刚刚换过，请稍后再试", "it was replaced a moment ago; try later"),
        ),
        No::Paused(trouble) if trouble.until.is_none() => (
            503,
            "hub.stopped",
            Word::new(
                "微信拒绝了凭据，已停止请求，需要人工处理",
                "WeChat refused the credentials; no more is asked until somebody acts",
            ),
        ),
        No::Paused(trouble) if trouble.row == 0 => {
            (503, "hub.store", Word::new("存储暂时不可用", "the store cannot be used now"))
        }
        No::Paused(_) => {
            (503, "hub.paused", Word::new("暂时无法从微信取得", "WeChat does not give one at the moment"))
        }
        No::Slow => (503, "hub.slow", Word::new("等待超时", "it took too long")),
    }
}

/// Code and text as WeChat would have them.
fn wechat_no(no: &No) -> (i64, String) {
    let known = |code: &str| {
        let text = crate::api::error_codes::find(code).map_or("", |row| row.text);
        (code.parse().unwrap_or(-1), text.to_owned())
    };
    match no {
        No::Missing(code) => known(code),
        No::WrongMethod => known("43001"),
        No::Unauthorized => known("40125"),
        No::UnknownApp => known("40013"),
        No::UnknownToken => known("40001"),
        No::Soon(_) => known("45011"),
        No::Paused(trouble) if !trouble.failed.code.is_empty() => {
            (trouble.failed.code.parse().unwrap_or(-1), trouble.failed.text.clone())
        }
        _ => known("-1"),
    }
}

/// How one lease is, for probes.
pub fn state(app_id: &str, slot: &Slot, now: u64) -> Value {
    let keep = slot.keep();
    let left = keep.serve(now).map(|lease| lease.expires_at.saturating_sub(now));
    let mut shown = json!({ "app_id": app_id, "kind": slot.kind.as_str(), "expires_in": left });
    if let Some(trouble) = keep.trouble() {
        shown["errcode"] = trouble.failed.code.as_str().into();
        shown["errmsg"] = trouble.failed.text.as_str().into();
        shown["retry_at"] = trouble.until.map(|until| until.to_string()).into();
    }
    shown
}

/// The state for a probe: 200 while everything that is wanted can be handed out.
#[must_use]
pub fn ready(can_serve: Result<(), ()>, store: Option<(Deed, StoreError)>, leases: Vec<Value>) -> Reply {
    let troubled = store.is_some() || leases.iter().any(|lease| lease.get("errmsg").is_some());
    let (status, word) = match can_serve {
        Err(()) => (503, "unavailable"),
        Ok(()) if troubled => (200, "degraded"),
        Ok(()) => (200, "ready"),
    };
    let state = match &store {
        None => "ok",
        Some((Deed::Read, _)) => "away",
        Some((Deed::Write, _)) => "read_only",
    };
    let mut body = json!({ "status": word, "store": state });
    if !leases.is_empty() {
        body["leases"] = leases.into();
        body["store_error"] = store.map(|(_, error)| error.to_string()).into();
    }
    answer(body.to_string()).with_status(status)
}

/// The text format of Prometheus.
/// <https://prometheus.io/docs/instrumenting/exposition_formats/>
pub struct Figures(String);

impl Figures {
    /// Begins with what concerns the whole server.
    #[must_use]
    pub fn new(requests: [(&str, u64); 3], store_up: u8) -> Self {
        let mut figures = Self(String::new());
        figures.head("requests_total", "counter", "Requests by outcome.");
        for (outcome, count) in requests {
            let _ = writeln!(figures.0, "wxkit_hub_requests_total{{outcome=\"{outcome}\"}} {count}");
        }
        figures.head("store_up", "gauge", "Whether the store can be used.");
        let _ = writeln!(figures.0, "wxkit_hub_store_up {store_up}");
        figures
    }

    fn head(&mut self, name: &str, kind: &str, help: &str) {
        let _ = writeln!(self.0, "# HELP wxkit_hub_{name} {help}\n# TYPE wxkit_hub_{name} {kind}");
    }

    /// Adds what concerns each lease.
    #[must_use]
    pub fn leases(mut self, slots: &[(&str, &Slot)], now: u64) -> Reply {
        type Figure = fn(&Slot, u64) -> u64;
        const FIGURES: [(&str, &str, &str, Figure); 5] = [
            ("lease_expires_in_seconds", "gauge", "Seconds left of what is handed out.", |slot, now| {
                slot.keep().serve(now).map_or(0, |lease| lease.expires_at.saturating_sub(now))
            }),
            ("fetches_total", "counter", "Leases fetched from WeChat.", |slot, _| {
                slot.counts.fetched.load(Ordering::Relaxed)
            }),
            ("found_total", "counter", "Leases that others had fetched.", |slot, _| {
                slot.counts.found.load(Ordering::Relaxed)
            }),
            ("failures_total", "counter", "Fetches that failed.", |slot, _| {
                slot.counts.failed.load(Ordering::Relaxed)
            }),
            ("rotations_total", "counter", "Callers who said that it failed.", |slot, _| {
                slot.counts.rotated.load(Ordering::Relaxed)
            }),
        ];
        for (name, kind, help, figure) in FIGURES {
            self.head(name, kind, help);
            for (app_id, slot) in slots {
                // An app id is checked to be letters, digits and the like.
                let labels = format!("app=\"{app_id}\",kind=\"{}\"", slot.kind.as_str());
                let _ = writeln!(self.0, "wxkit_hub_{name}{{{labels}}} {}", figure(slot, now));
            }
        }
        Reply::ok("text/plain; version=0.0.4; charset=utf-8", self.0)
    }
}
