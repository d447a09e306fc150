//! Requests as tools hand them on: a raw HTTP message, a curl command, a HAR or
//! an entry of one. Owns: which query, body and page belong together. What the
//! parts say is read like any other document.

use serde_json::Value;

use super::cursor::Fuel;
use super::request::Request;
use super::shell;
use crate::api::Word;

/// Every request in a text.
pub(super) fn find(text: &str, fuel: &Fuel) -> Vec<(Word, Request)> {
    let mut found: Vec<(Word, Request)> = Vec::new();
    let curl = text.match_indices("curl ").take(16).filter_map(|(at, _)| {
        // All of it is cut into words.
        fuel.burn((text.len() - at) / 2)?;
        shell::curl(&text[at..])
    });
    found.extend(curl.map(|request| (Word::new("curl 命令", "a curl command"), request)));
    found.extend(messages(text, fuel).map(|request| (Word::new("HTTP 报文", "an HTTP message"), request)));
    found.extend(har(text).into_iter().map(|request| (Word::new("HAR", "a HAR"), request)));
    found
}

/// From a request line to the end, or to the answer.
fn messages<'t>(text: &'t str, fuel: &'t Fuel) -> impl Iterator<Item = Request> + use<'t> {
    let lines = text.split_inclusive('\n').scan(0, |at, line| {
        let from = *at;
        *at += line.len();
        Some((from, line))
    });
    let heads = lines.filter_map(|(from, line)| {
        let start = ["POST ", "GET ", "PUT "].iter().filter_map(|m| line.find(m)).min()?;
        Some((from + start, target(&line[start..])?))
    });
    let mut heads = heads.take(256).peekable();
    std::iter::from_fn(move || {
        let (from, target) = heads.next()?;
        let to = heads.peek().map_or(text.len(), |(next, _)| *next);
        fuel.burn(to - from)?;
        Some(message(target, text.get(from..to)?))
    })
}

fn target(line: &str) -> Option<&str> {
    let mut words = line.trim_end().split(' ');
    let target = words.nth(1)?;
    (target.starts_with('/') || target.starts_with("http")).then_some(target)
}

fn message(target: &str, text: &str) -> Request {
    let end = text[1..].find("\nHTTP/").map_or(text.len(), |i| i + 1);
    let text = text[..end].replace("\r\n", "\n");
    let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
    let page = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("referer").then(|| value.trim().to_owned())
    });
    Request { target: target.to_owned(), body: body.trim().to_owned(), page }
}

/// Requests and answers of a HAR, an entry, or a request of one.
fn har(text: &str) -> Vec<Request> {
    let Some(text) = text.trim_start().strip_prefix('{').map(|_| text) else { return Vec::new() };
    let Ok(value) = serde_json::from_str::<Value>(text) else { return Vec::new() };
    let entries = match (&value["log"]["entries"], &value["entries"]) {
        (Value::Array(entries), _) | (_, Value::Array(entries)) => entries.clone(),
        _ if value["request"]["url"].is_string() => vec![value],
        _ if value["url"].is_string() && value["method"].is_string() => {
            vec![serde_json::json!({ "request": value })]
        }
        _ => return Vec::new(),
    };
    entries.iter().take(200).flat_map(entry).collect()
}

fn entry(entry: &Value) -> Vec<Request> {
    let asked = &entry["request"];
    let is_referer = |h: &&Value| h["name"].as_str().is_some_and(|n| n.eq_ignore_ascii_case("referer"));
    let page = asked["headers"].as_array().into_iter().flatten().find(is_referer);
    let page = page.and_then(|h| h["value"].as_str()).map(str::to_owned);
    let target = asked["url"].as_str().unwrap_or_default().to_owned();
    let answer = entry["response"]["content"]["text"].as_str().unwrap_or_default().to_owned();
    vec![
        Request { target, body: posted(&asked["postData"]), page: page.clone() },
        Request { target: String::new(), body: answer, page },
    ]
}

fn posted(posted: &Value) -> String {
    match (&posted["text"], &posted["params"]) {
        (Value::String(text), _) => text.clone(),
        (_, Value::Array(params)) => {
            let pair = |p: &Value| Some(format!("{}={}", p["name"].as_str()?, p["value"].as_str()?));
            params.iter().filter_map(pair).collect::<Vec<_>>().join("&")
        }
        _ => String::new(),
    }
}
