//! A request of v3 in a paste: its `Authorization` in whatever notation, method and address,
//! the body byte for byte, and what WeChat says it checked (`sign_information` of a 401).

use serde_json::Value;

use super::super::shell;
use super::found::Message;
use super::paste::{Paste, is_refusal};
use super::reply;
use crate::api::pay_v3::ROWS;
use crate::api::{Field, authorization, endpoint::Spot};
use crate::explain::family::Scheme;
use crate::wire::{Fields, json as flat};

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
/// What the header is made of.
const PAIRS: [&str; 5] = ["mchid", "nonce_str", "signature", "timestamp", "serial_no"];
/// What tools and languages call the parts of a request, without case and joints.
const METHOD_NAMES: &[&str] = &["httpmethod", "method", "requestmethod"];
const URL_NAMES: &[&str] = &["url", "uri", "requesturl", "requesturi", "canonicalurl", "path"];
const BODY_NAMES: &[&str] = &["body", "requestbody", "data", "text", "json", "content", "params"];

/// A request with its `Authorization`.
pub(super) fn signed(paste: &Paste<'_>, more: &Fields) -> Option<Message> {
    let header = header(&paste.plain)?;
    let mut fields: Fields = PAIRS.iter().filter_map(|name| Some((*name, pair(header, name)?))).collect();
    let signature = fields.remove("signature").unwrap_or_default();
    fields.set("authorization", header);
    // Of an answer beside it the same header says something else.
    let asked = paste.plain.split("HTTP/1.1 ").next().unwrap_or_default();
    if let Some(serial) = reply::header(asked, "wechatpay-serial") {
        fields.set("Wechatpay-Serial", serial);
    }
    Some(whole(paste, fields, signature, more))
}

/// A request that is known only by what WeChat says about it.
pub(super) fn refused(paste: &Paste<'_>, more: &Fields) -> Option<Message> {
    paste.beside("truncated_sign_message")?;
    Some(whole(paste, Fields::new(), String::new(), more))
}

/// With method, address and body, as far as they are there.
fn whole(paste: &Paste<'_>, mut fields: Fields, signature: String, more: &Fields) -> Message {
    let seen = seen(paste);
    let (method, url) = line(paste);
    let told = |name: &str| seen.as_ref().and_then(|seen| seen.filled(name)).map(str::to_owned);
    if let Some(method) = method.or_else(|| told("method")) {
        fields.set("method", method);
    }
    if let Some(url) = url.or_else(|| told("url")) {
        fields.set("url", authorization::signed_url(&url));
    }
    fields.extend(more.iter());
    let is_bare = matches!(fields.get("method"), Some("GET" | "DELETE"));
    // What stands behind a request without a body is what the program said about it.
    let body = body(paste).filter(|body| !is_bare || body.starts_with(['{', '[']));
    let body = body.or_else(|| is_bare.then(String::new));
    if let Some(body) = body.filter(|_| fields.get("body").is_none()) {
        fields.set("body", body);
    }
    if let Some(seen) = &seen {
        complete(&mut fields, seen);
        fields.set("sign_information", flat::write(seen, |_| false));
    }
    let lacks = |name: &&str| fields.get(name).is_none();
    let missing = ["method", "url", "body"].into_iter().filter(lacks).collect();
    Message { scheme: Scheme::V3, fields, signature, missing }
}

/// What WeChat received, where nothing says what was sent.
fn complete(fields: &mut Fields, seen: &Fields) {
    let lines = seen.get("truncated_sign_message").unwrap_or_default().split('\n');
    for (name, line) in ["method", "url", "timestamp", "nonce_str"].into_iter().zip(lines) {
        if fields.get(name).is_none() {
            fields.set(name, line);
        }
    }
    let method = fields.get("method").unwrap_or_default();
    let is_empty = seen.get("truncated_sign_message").is_some_and(|text| text.ends_with("\n\n"));
    if is_empty && matches!(method, "GET" | "DELETE") && fields.get("body").is_none() {
        fields.set("body", "");
    }
}

/// `sign_information` in whatever notation.
fn seen(paste: &Paste<'_>) -> Option<Fields> {
    const NAMES: [&str; 4] = ["method", "url", "sign_message_length", "truncated_sign_message"];
    let fields = paste.beside("truncated_sign_message")?;
    Some(NAMES.iter().filter_map(|name| Some((*name, fields.filled(name)?))).collect())
}

/// From its schema to the last pair; none if there is no pair, as where only the type
/// of a signature is named.
fn header(text: &str) -> Option<&str> {
    text.match_indices("WECHATPAY2-").find_map(|(at, _)| {
        let rest = &text[at..];
        // Logs break the line between pairs.
        let end = PAIRS.iter().filter_map(|name| Some(value_at(rest, name)?.end)).max()?;
        Some(&rest[..end + usize::from(rest[end..].starts_with(['"', '\'']))])
    })
}

/// Where the value of a pair stands, if it belongs to the header at the start of the text.
fn value_at(text: &str, name: &str) -> Option<std::ops::Range<usize>> {
    const LONGEST: usize = 2000;
    let from = text.find(&format!("{name}="))? + name.len() + 1;
    let start = from + usize::from(text[from..].starts_with(['"', '\'']));
    let quoted = |c: char| matches!(c, '"' | '\'');
    let end = text[start..].find(|c| quoted(c) || (start == from && matches!(c, ',' | ' ' | '\n' | '\r')));
    let next = text[1..].find("WECHATPAY2-").map_or(text.len(), |next| next + 1);
    let end = start + end.unwrap_or(text.len() - start);
    (from < LONGEST && end <= next).then_some(start..end)
}

fn pair(header: &str, name: &str) -> Option<String> {
    Some(header[value_at(header, name)?].trim().to_owned())
}

fn line(paste: &Paste<'_>) -> (Option<String>, Option<String>) {
    if let Some(curl) = curl(paste).filter(|curl| !curl.target.is_empty()) {
        let usual = if curl.body.is_empty() { "GET" } else { "POST" };
        let method = flag(paste.text).unwrap_or_else(|| usual.to_owned());
        return (Some(method), Some(curl.target));
    }
    let is_method = |text: &str| METHODS.contains(&text.to_ascii_uppercase().as_str());
    let method = || paste.value(METHOD_NAMES, is_method).map(|method| method.to_ascii_uppercase());
    let url = || paste.value(URL_NAMES, is_address).map(|url| whole_address(&url));
    let (spoken, target) = spoken(&paste.plain).unzip();
    (spoken.or_else(method), target.or_else(url))
}

fn is_address(text: &str) -> bool {
    (text.contains("/v3/") || text.starts_with("v3/")) && !text.contains(char::is_whitespace)
}

/// Clients that have the host apart leave the first slash out.
fn whole_address(url: &str) -> String {
    if url.starts_with("v3/") { format!("/{url}") } else { url.to_owned() }
}

fn curl(paste: &Paste<'_>) -> Option<super::super::request::Request> {
    shell::curl(&paste.text[paste.text.find("curl ")?..])
}

/// The method that a curl command names.
fn flag(text: &str) -> Option<String> {
    let (_, rest) = ["-X ", "--request "].iter().find_map(|flag| text.split_once(flag))?;
    Some(rest.split_whitespace().next()?.trim_matches(['\'', '"']).to_owned())
}

/// `POST https://…/v3/…` in a line.
fn spoken(text: &str) -> Option<(String, String)> {
    text.lines().find_map(|line| METHODS.into_iter().find_map(|method| target(line, method)))
}

fn target(line: &str, method: &str) -> Option<(String, String)> {
    let (before, rest) = line.split_once(method)?;
    let is_word = !before.ends_with(|c: char| c.is_ascii_alphanumeric()) && rest.starts_with([' ', '\t']);
    let target = rest.split_whitespace().next().filter(|_| is_word)?;
    let target = target.trim_matches(['"', '\'', '`', ',']);
    is_address(target).then(|| (method.to_owned(), whole_address(target)))
}

/// The body: of a curl command, of a HAR, behind the blank line of an HTTP message, or
/// as an exception or a log prints it.
fn body(paste: &Paste<'_>) -> Option<String> {
    if let Some(curl) = curl(paste) {
        return Some(curl.body);
    }
    har(paste.text).or_else(|| http(paste.text)).or_else(|| printed(paste))
}

/// An HTTP message has its `Authorization` at the start of a line.
fn http(text: &str) -> Option<String> {
    let unix = text.replace("\r\n", "\n");
    let is_header = |line: &str| line.trim_start().to_ascii_lowercase().starts_with("authorization:");
    let is_http = unix.lines().any(is_header);
    let head = unix.find("WECHATPAY2-").filter(|_| is_http)?;
    let (_, rest) = unix[head..].split_once("\n\n")?;
    let ends = ["\nHTTP/", "\n< HTTP/", "\n\nHTTP/"];
    let end = ends.iter().filter_map(|mark| rest.find(mark)).min().unwrap_or(rest.len());
    let body = if rest.starts_with("HTTP/") { "" } else { rest[..end].trim_end_matches('\n') };
    let is_said_by_wechat = flat::read(body.as_bytes()).is_ok_and(|fields| is_refusal(&fields));
    (!is_said_by_wechat).then(|| body.to_owned())
}

fn har(text: &str) -> Option<String> {
    let value: Value = serde_json::from_str(text.trim()).ok()?;
    let entry = value["log"]["entries"].get(0).or(value["entries"].get(0)).unwrap_or(&value);
    let asked = if entry["request"].is_object() { &entry["request"] } else { entry };
    let is_har = asked["url"].is_string() && asked["headers"].is_array();
    is_har.then(|| asked["postData"]["text"].as_str().unwrap_or_default().to_owned())
}

/// Under the name of a body, or an object of a body that stands alone.
fn printed(paste: &Paste<'_>) -> Option<String> {
    let of_body = |text: &str| flat::read(text.as_bytes()).is_ok_and(|fields| is_body(&fields));
    paste.value(BODY_NAMES, of_body).or_else(|| paste.object(is_body))
}

/// Whether some call sends such a field.
fn is_body(fields: &Fields) -> bool {
    let sends = |name: &str| {
        let is_it = |field: &&Field| field.spot == Spot::Body && field.name.split('.').next() == Some(name);
        ROWS.iter().any(|row| row.fields.iter().any(is_it))
    };
    let is_wrapped = fields.get("body").is_some() || fields.get("headers").is_some();
    !is_refusal(fields) && !is_wrapped && fields.iter().any(|(name, _)| sends(name))
}
