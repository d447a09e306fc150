//! A HAR file, or one entry of it: the first exchange that holds a signature.

use serde_json::Value;

use super::{Paste, http, text};
use crate::wire::json;

/// Reads a HAR; none if the JSON is something else.
pub(super) fn read(text: &str) -> Option<Paste> {
    let value: Value = serde_json::from_str(text).ok()?;
    let entries = match &value["log"]["entries"] {
        Value::Array(entries) => entries.clone(),
        _ if value["entries"].is_array() => value["entries"].as_array()?.clone(),
        _ if value["request"]["url"].is_string() => vec![value],
        _ if value["url"].is_string() && value["method"].is_string() => {
            vec![serde_json::json!({ "request": value })]
        }
        _ => return None,
    };
    entries.iter().find_map(entry)
}

fn entry(entry: &Value) -> Option<Paste> {
    let asked = &entry["request"];
    let referer = asked["headers"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|h| h["name"].as_str().is_some_and(|n| n.eq_ignore_ascii_case("referer")));
    let referer = referer.and_then(|h| h["value"].as_str());
    let posted = body(&asked["postData"]);
    let sent = http::request(asked["url"].as_str()?, &posted, referer).filter(is_signed);
    sent.or_else(|| answer(entry["response"]["content"]["text"].as_str()?, referer))
}

fn body(posted: &Value) -> String {
    match (&posted["text"], &posted["params"]) {
        (Value::String(text), _) => text.clone(),
        (_, Value::Array(params)) => {
            let pair = |p: &Value| Some(format!("{}={}", p["name"].as_str()?, p["value"].as_str()?));
            params.iter().filter_map(pair).collect::<Vec<_>>().join("&")
        }
        _ => String::new(),
    }
}

/// A signature that a server handed to a page; the page is the referer.
fn answer(body: &str, referer: Option<&str>) -> Option<Paste> {
    let mut paste = text::unwrapped(json::read(body.as_bytes()).ok()?);
    if let Some(page) =
        referer.filter(|_| paste.fields.get("url").is_none() && paste.fields.get("signature").is_some())
    {
        paste.fields.set("url", page);
    }
    is_signed(&paste).then_some(paste)
}

fn is_signed(paste: &Paste) -> bool {
    ["sign", "signature", "paySign", "msg_signature"].iter().any(|name| paste.fields.get(name).is_some())
}
