//! Pairs in plain text: a query string, a URL, a string to sign, and log lines
//! with something readable inside.

use super::{Paste, har, http, script, shell};
use crate::explain::case::Repair;
use crate::wire::{Fields, json, query, xml};

/// `a=1&b=2`, alone or behind a `?`; the last pair of a JS-SDK string is a URL
/// and may hold `&` itself.
pub(super) fn pairs(text: &str) -> Option<Paste> {
    let mut repairs = Vec::new();
    let text = undamaged(text, &mut repairs);
    let fields = if text.starts_with("http://") || text.starts_with("https://") || text.starts_with('/') {
        query::read(text.split_once('?')?.1.split('#').next()?).ok()?
    } else {
        raw_string(&text).or_else(|| query::read(text.trim_start_matches('?')).ok())?
    };
    let has_values = fields.iter().any(|(_, v)| !v.is_empty());
    (fields.len() > 1 && has_values).then_some(Paste { fields, repairs, hint: None })
}

/// A string to sign is not percent-encoded: its values are taken as they are.
fn raw_string(text: &str) -> Option<Fields> {
    let is_page = text.starts_with("jsapi_ticket=");
    if !is_page && !text.contains("&key=") {
        return None;
    }
    let (head, url) = match text.split_once("&url=").filter(|_| is_page) {
        Some((head, url)) => (head, Some(url)),
        None => (text, None),
    };
    let mut fields: Fields = head.split('&').filter_map(|pair| pair.split_once('=')).collect();
    if let Some(url) = url {
        fields.set("url", url);
    }
    Some(fields)
}

/// Undoes what pages and printers do to a string with pairs.
pub(super) fn undamaged(text: &str, repairs: &mut Vec<Repair>) -> String {
    let steps: [(&str, &str, Repair); 4] = [
        ("\u{d7}tamp", "&timestamp", Repair::Times),
        ("\u{d7}Stamp", "&timeStamp", Repair::Times),
        ("\\/", "/", Repair::Slashes),
        ("&amp;", "&", Repair::Amp),
    ];
    let mut text = text.to_owned();
    for (from, to, repair) in steps {
        if text.contains(from) {
            text = text.replace(from, to);
            repairs.push(repair);
        }
    }
    repairs.dedup();
    text
}

/// Something readable inside a longer text: the piece with most fields.
pub(super) fn inside(text: &str) -> Option<Paste> {
    let found = [
        http_inside(text),
        curl_inside(text),
        script::call(text),
        xml_inside(text),
        json_inside(text),
        token_inside(text),
        printed(text),
        lines(text),
    ];
    // Of equals the first: it is the strictest reading.
    found.into_iter().flatten().rev().filter(|p| p.fields.len() > 1).max_by_key(|p| p.fields.len())
}

fn http_inside(text: &str) -> Option<Paste> {
    let at = ["POST ", "GET "].iter().filter_map(|m| text.find(m)).min()?;
    http::read(&text[at..])
}

fn curl_inside(text: &str) -> Option<Paste> {
    shell::curl(&text[text.find("curl ")?..])
}

fn xml_inside(text: &str) -> Option<Paste> {
    let from = text.find("<xml")?;
    let to = text.rfind("</xml>")? + "</xml>".len();
    let piece = text.get(from..to)?;
    let plain = piece.replace("\\n", "\n").replace("\\/", "/").replace("\\\"", "\"");
    let read = |piece: &str| xml::read(piece.as_bytes()).ok();
    let fields = read(piece).or_else(|| read(&plain)).or_else(|| read(&entities(piece)))?;
    Some(Paste::of(fields))
}

fn entities(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The object with most fields, plain or as JSON inside a JSON text.
fn json_inside(text: &str) -> Option<Paste> {
    let plain = text.replace("\\\"", "\"").replace("\\/", "/");
    object_inside(text).or_else(|| object_inside(&plain))
}

fn object_inside(text: &str) -> Option<Paste> {
    let mut best: Option<Paste> = None;
    for (at, _) in text.match_indices('{').take(16) {
        let Some(end) = script::end_of_object(&text[at..]) else { continue };
        let piece = &text[at..at + end];
        let read = har::read(piece).or_else(|| json::read(piece.as_bytes()).ok().map(unwrapped));
        let Some(paste) = read.or_else(|| script::object(piece)) else { continue };
        if best.as_ref().is_none_or(|b| b.fields.len() < paste.fields.len()) {
            best = Some(paste);
        }
    }
    best
}

/// An object that holds the real one: `{"data": {…}}`.
pub(super) fn unwrapped(fields: Fields) -> Paste {
    let is_signed =
        |f: &Fields| ["sign", "signature", "paySign", "msg_signature"].iter().any(|n| f.get(n).is_some());
    if is_signed(&fields) {
        return Paste::of(fields);
    }
    let inner =
        fields.iter().filter(|(_, v)| v.starts_with('{')).filter_map(|(_, v)| json::read(v.as_bytes()).ok());
    let best = inner.map(unwrapped).find(|p| is_signed(&p.fields));
    best.unwrap_or_else(|| Paste::of(fields))
}

/// A word of the text that is a query string or a URL with one.
fn token_inside(text: &str) -> Option<Paste> {
    let words = text.split(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '`' | '，' | '。' | ',' | ']' | '[')
    });
    words
        .filter(|word| word.contains('='))
        .filter_map(|word| {
            pairs(word.trim_end_matches([';', ')', '.']))
                .or_else(|| pairs(&word[word.find("jsapi_ticket=")?..]))
        })
        .max_by_key(|p| p.fields.len())
}

/// A map as Java (`{a=1, b=2}`) or Go (`map[a:1 b:2]`) prints it.
fn printed(text: &str) -> Option<Paste> {
    let java = text.find('{').zip(text.rfind('}')).and_then(|(from, to)| text.get(from + 1..to));
    let go = text.find("map[").zip(text.rfind(']')).and_then(|(from, to)| text.get(from + 4..to));
    let [java, go] = [(java, ", ", '='), (go, " ", ':')]
        .map(|(inner, between, is)| inner.map(|inner| entries(inner, between, is)).unwrap_or_default());
    let fields = if go.len() > java.len() { go } else { java };
    (fields.len() > 2).then(|| Paste::of(fields))
}

/// `name=value` after `name=value`; a value ends where the next name begins.
fn entries(text: &str, between: &str, is: char) -> Fields {
    let name_of = |piece: &str| -> Option<usize> {
        let end = piece.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
        (end > 0 && piece[end..].starts_with(is)).then_some(end)
    };
    let mut list: Vec<(String, String)> = Vec::new();
    for piece in text.split(between) {
        match (name_of(piece), list.last_mut()) {
            (Some(end), _) => list.push((piece[..end].to_owned(), piece[end + 1..].to_owned())),
            (None, Some((_, value))) => *value = format!("{value}{between}{piece}"),
            (None, None) => {}
        }
    }
    list.into_iter().collect()
}

/// `name: value` or `name=value`, one a line.
fn lines(text: &str) -> Option<Paste> {
    let pair = |line: &str| {
        let line = line.trim().trim_end_matches([',', ';']);
        let (name, value) = line.split_once(['=', ':', '：'])?;
        let (name, value) = (name.trim().trim_matches(['"', '\'']), value.trim().trim_matches(['"', '\'']));
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        is_name.then(|| (name.to_owned(), value.to_owned()))
    };
    let fields: Fields = text.lines().filter_map(pair).collect();
    (fields.len() > 2).then(|| Paste::of(fields))
}
