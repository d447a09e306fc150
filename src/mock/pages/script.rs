//! Our drop-in for `jweixin-*.js` and the three addresses it asks: check a
//! config, check a payment, read the report on a wrong signature. These alone
//! answer pages of other origins: a shop runs on another port.

use serde_json::{Value, json};

use super::super::answer::{Answered, Draft};
use super::super::caller::origin;
use super::super::checked::Checked;
use super::super::log::Entry;
use super::super::refusal::RefusedSign;
use super::super::sheet::asset;
use super::super::world::World;
use super::super::{desks, oa};
use crate::api::invoke::page_url;
use crate::wire::{Reply, Request, json as fields_of};

const SCRIPT: &str = include_str!("jweixin.js");
/// Versions that WeChat serves.
const VERSIONS: [&str; 7] = ["1.0.0", "1.1.0", "1.2.0", "1.3.0", "1.3.2", "1.4.0", "1.6.0"];
/// Hosts that serve the script; a proxy may ask for the whole URL as a path.
const HOSTS: [&str; 3] = ["", "/res.wx.qq.com", "/res2.wx.qq.com"];

/// The script, if this is one of its paths.
pub(super) fn drop_in(request: &Request) -> Option<Reply> {
    let path =
        HOSTS.iter().find_map(|host| request.path().strip_prefix(host)?.strip_prefix("/open/js/jweixin-"))?;
    let version = path.strip_suffix(".js").filter(|version| VERSIONS.contains(version))?;
    let text = SCRIPT.replace("%VERSION%", version).replace("%ORIGIN%", &origin(request));
    let reply = Reply::ok("application/javascript; charset=utf-8", text);
    Some(reply.with_header("cache-control", "no-cache").with_header("access-control-allow-origin", "*"))
}

/// Checks what a page passed to `wx.config` or to the cashier.
pub(super) fn check(world: &mut World, request: &Request, now: u64) -> Answered<Draft> {
    let asked = match request.method.as_str() {
        "OPTIONS" => return Answered::plain(preflight(request)),
        "POST" => fields_of::read(&request.body).ok(),
        _ => None,
    };
    let checked = asked.map(|asked| {
        let checked = match request.path() {
            "/_wx/config" => oa::jssdk::config(world, &asked, now),
            _ => desks::opened(world, &asked, now),
        };
        (checked, asked)
    });
    match checked {
        Some((checked, asked)) => logged(world, request, checked, asked.get("url").unwrap_or_default(), now),
        None => Answered::plain(shared(request, told(400, &json!({ "errMsg": "bad request" })))),
    }
}

fn logged(world: &mut World, request: &Request, checked: Checked, url: &str, now: u64) -> Answered<Draft> {
    let Checked { function, verdict, told: mut answer, refused } = checked;
    let refused = refused.map(|mut case| {
        // The report is for this page only.
        case.fields.set("url", page_url(url));
        case
    });
    let id = world.log.add(request, function, &verdict, 200, refused.clone(), now);
    let refused = refused.map(|case| RefusedSign { request_id: id, ..case });
    if let Some(case) = &refused {
        answer["report"] = format!("/_wx/report/{id}").into();
        answer["given"] = case.given.as_str().into();
        if let Some(right) = &case.right {
            answer["expected"] = right.signature.as_str().into();
            answer["string_to_sign"] = right.canonical.as_str().into();
        }
    }
    let reply = shared(request, told(200, &answer));
    Answered { refused, ..Answered::of(reply, verdict) }
}

fn told(status: u16, value: &Value) -> Reply {
    asset("application/json; charset=utf-8", &value.to_string()).with_status(status)
}

/// Lets the page that asks read the answer.
fn shared(request: &Request, reply: Reply) -> Reply {
    match request.header("origin") {
        Some(origin) => {
            reply.with_header("access-control-allow-origin", origin).with_header("vary", "origin")
        }
        None => reply,
    }
}

fn preflight(request: &Request) -> Reply {
    let reply = shared(request, Reply::ok("text/plain", "").with_status(204))
        .with_header("access-control-allow-methods", "POST")
        .with_header("access-control-allow-headers", "content-type")
        .with_header("access-control-max-age", "600");
    match request.header("access-control-request-private-network") {
        Some("true") => reply.with_header("access-control-allow-private-network", "true"),
        _ => reply,
    }
}

/// The report on a wrong signature, for the page that made it.
pub(super) fn report(world: &World, request: &Request) -> Reply {
    let id = request.path().rsplit('/').next().and_then(|id| id.parse().ok());
    let entry = id
        .and_then(|id| world.log.find(id))
        .filter(|entry| request.method == "GET" && is_theirs(entry, request));
    match entry {
        Some(Entry { report: Some(report), .. }) => shared(request, told(200, report)),
        Some(_) => shared(request, told(202, &json!({ "verdict": "pending" }))),
        None => told(404, &json!({ "error": { "code": "mock.not_found" } })),
    }
}

/// Only what a page passed, and only to a page of the same origin.
fn is_theirs(entry: &Entry, request: &Request) -> bool {
    let Some(case) = entry.refused.as_ref().filter(|case| case.what.is_of_a_page()) else { return false };
    let page = case.fields.get("url").unwrap_or_default();
    let asks = request.header("origin").map_or_else(|| origin(request), str::to_owned);
    page.strip_prefix(&asks).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
}
