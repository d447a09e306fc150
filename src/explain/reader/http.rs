//! A raw HTTP request: the query and the body together.

use super::{Paste, text};
use crate::wire::{Fields, json, query, xml};

/// Whether the text begins with a request line.
pub(super) fn is_request(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let mut words = line.split(' ');
    let is_method = matches!(words.next(), Some("GET" | "POST" | "PUT"));
    is_method
        && words.next().is_some_and(|target| target.starts_with(['/', 'h']))
        && words.next().is_none_or(|v| v.starts_with("HTTP/"))
}

/// Reads a request.
pub(super) fn read(text: &str) -> Option<Paste> {
    if !is_request(text) {
        return None;
    }
    let normal = text.replace("\r\n", "\n");
    let (head, body) = normal.split_once("\n\n").unwrap_or((&normal, ""));
    let target = head.lines().next()?.split(' ').nth(1)?;
    let referer = head
        .lines()
        .find_map(|l| l.split_once(':').filter(|(n, _)| n.eq_ignore_ascii_case("referer")))
        .map(|(_, v)| v.trim());
    request(target, body, referer)
}

/// The fields of a target and a body. For page signatures the referer is the
/// page.
pub(super) fn request(target: &str, body: &str, referer: Option<&str>) -> Option<Paste> {
    let asked = target.split_once('?').map_or("", |(_, q)| q.split('#').next().unwrap_or(q));
    let mut fields = query::read(asked).unwrap_or_default();
    let body_fields = body_of(body.trim()).unwrap_or_default();
    fields.extend(body_fields.iter());
    if fields.get("signature").is_some()
        && fields.get("url").is_none()
        && let Some(page) =
            referer.filter(|_| fields.get("nonceStr").is_some() || fields.get("noncestr").is_some())
    {
        fields.set("url", page);
    }
    (!fields.is_empty()).then(|| Paste::of(fields))
}

fn body_of(body: &str) -> Option<Fields> {
    match body.as_bytes().first()? {
        b'<' => xml::read(body.as_bytes()).ok(),
        b'{' => json::read(body.as_bytes()).ok().map(|f| text::unwrapped(f).fields),
        _ => query::read(body).ok(),
    }
}
