//! Fields ⇄ messages: where each field of a row travels, and what its body looks
//! like. Nothing here proves, believes or refuses; that is the codec's order.

use std::borrow::Cow;

use super::endpoint::{Certificate, Endpoint, Field, Format, Host, Kind, Layout, Spot, Success, field_in};
use super::error::ReadError;
use super::field::is_bare_in;
use super::path;
use crate::wire::tree::{self, Nulls};
use crate::wire::{Fields, Reply, Request, WireError, json, query, xml};

/// In the order in which they are written.
pub(super) fn laid_out(layout: Layout, fields: Fields) -> Fields {
    let Layout::Sorted(_) = layout else { return fields };
    let mut sorted: Vec<_> = fields.iter().collect();
    sorted.sort_unstable();
    sorted.into_iter().collect()
}

/// The request that says this. `origin` is scheme and authority, or the whole URL
/// of a row without a path.
pub(super) fn request(row: &Endpoint, fields: &Fields, origin: &str) -> Result<Request, WireError> {
    let at = |spot: Spot| fields.only(|name| row.spot(name) == spot);
    let query = match query::write(&at(Spot::Query)) {
        query if query.is_empty() => query,
        // A whole URL may have a query of its own, which is kept as it was typed.
        query => format!("{}{query}", if origin.contains('?') { '&' } else { '?' }),
    };
    let url = [origin, &path::write(row.path, fields), &query].concat();
    let mut request = Request::new(row.method.as_str(), url);
    request.headers = headers(row.fields, fields)?;
    request.certificate = row.certificate == Certificate::Needed;
    let body = at(Spot::Body);
    Ok(match row.sends {
        Format::Empty => request,
        Format::Json => request.with_body("application/json", json::write(&body, bare(row.fields))),
        Format::Tree => request.with_body("application/json", tree_of(row.fields, &body)?),
        Format::Xml => request.with_body("text/xml; charset=utf-8", xml_of(row.layout, &body)?),
    })
}

/// The fields that travel in headers.
fn headers(spec: &[&Field], fields: &Fields) -> Result<Vec<(String, String)>, WireError> {
    let there = spec.iter().filter(|field| field.spot == Spot::Header);
    let there = there.filter_map(|field| Some((field.name, fields.get(field.name)?)));
    let written = |(name, value): (&str, &str)| {
        // A line break in a value would begin another header.
        let fits = value.bytes().all(|b| matches!(b, b' '..=b'~'));
        let header = || (name.to_ascii_lowercase(), value.to_owned());
        fits.then(header).ok_or_else(|| WireError::Unwritable { name: name.to_owned() })
    };
    there.map(written).collect()
}

fn xml_of(layout: Layout, fields: &Fields) -> Result<String, WireError> {
    match layout {
        Layout::OneLine => xml::write(fields),
        Layout::Sorted(bare) | Layout::InOrder(bare) => {
            xml::write_lines("xml", fields, |name| bare.contains(&name))
        }
    }
}

/// Parses a request without believing it.
pub(super) fn read_request(row: &Endpoint, request: &Request) -> Result<Fields, WireError> {
    // XML of WeChat, and its notices, stand alone: what hangs on the URL is nobody's.
    match row.sends {
        Format::Xml => return xml::read(&request.body),
        Format::Tree if row.host == Host::Merchant => return tree::read(&request.body, Nulls::Empty),
        _ => {}
    }
    let mut fields = request.query()?;
    match row.sends {
        Format::Json => fields.extend(json::read(&request.body)?.iter()),
        Format::Tree => fields.extend(tree::read(&request.body, Nulls::Refused)?.iter()),
        Format::Empty | Format::Xml => {}
    }
    extend_from_headers(&mut fields, row.fields, |name| request.header(name));
    // The path says what the call is about, whatever else calls itself so.
    if let Some(found) = row.at_path(request.path()) {
        fields.extend(found?.iter());
    }
    Ok(fields)
}

fn extend_from_headers<'a>(fields: &mut Fields, spec: &[&Field], header: impl Fn(&str) -> Option<&'a str>) {
    for field in spec.iter().filter(|field| field.spot == Spot::Header) {
        if let Some(value) = header(&field.name.to_ascii_lowercase()) {
            fields.set(field.name, value);
        }
    }
}

/// The reply of an answer that has no fields for a body.
pub(super) fn bare_reply(success: Success, fields: &Fields) -> Option<Reply> {
    match success {
        Success::Redirect => fields.get("location").map(Reply::redirect),
        Success::Nothing | Success::Either | Success::Status => {
            fields.is_empty().then(|| Reply::empty().with_status(204))
        }
        Success::Fields | Success::File => None,
    }
}

/// The reply that says this.
pub(super) fn reply(row: &Endpoint, fields: &Fields) -> Result<Reply, WireError> {
    let headers = headers(row.reply, fields)?;
    let in_body = || fields.only(|name| row.reply_field(name).is_none_or(|field| field.spot != Spot::Header));
    let body = if headers.is_empty() { Cow::Borrowed(fields) } else { Cow::Owned(in_body()) };
    let mut reply = match row.answers {
        Format::Empty => Reply::empty(),
        Format::Json => Reply::ok("application/json; charset=UTF-8", json::write(&body, bare(row.reply))),
        Format::Tree => Reply::ok(
            "application/json; charset=utf-8",
            tree::write(&body, |name, value| is_bare_in(row.reply, name, value))?,
        ),
        Format::Xml => {
            Reply::ok("text/xml; charset=utf-8", xml::write_lines("xml", &body, number(row.reply))?)
        }
    };
    reply.headers.extend(headers);
    Ok(reply)
}

/// The file in a reply; none where fields begin, which are a refusal. A sealed file is no
/// text, and begins with any byte.
pub(super) fn file(fields: Format, reply: &Reply) -> Option<&[u8]> {
    let begin = if fields == Format::Xml { b"<" } else { b"{" };
    let is_text = || std::str::from_utf8(&reply.body).is_ok();
    let refuses = reply.status != 200 || reply.body.trim_ascii_start().starts_with(begin) && is_text();
    (!refuses).then_some(&reply.body)
}

/// Parses a reply without believing it.
pub(super) fn read_reply(row: &Endpoint, reply: &Reply) -> Result<Fields, WireError> {
    let mut fields = match row.answers {
        Format::Empty => Fields::new(),
        Format::Json => json::read_typed(&reply.body, text(row.reply))?,
        // A path that WeChat does not know is answered with a status alone.
        Format::Tree if reply.status >= 400 && reply.body.trim_ascii().is_empty() => Fields::new(),
        Format::Tree => tree::read(&reply.body, Nulls::Empty)?,
        Format::Xml => xml::read(&reply.body)?,
    };
    extend_from_headers(&mut fields, row.reply, |name| reply.header(name));
    Ok(fields)
}

/// A body that is not WeChat's: tells a page of somebody else from a broken
/// message of WeChat.
pub(super) fn stranger(reply: &Reply, error: WireError) -> ReadError {
    let start = reply.body.trim_ascii_start();
    let page = [&b"<!DOCTYPE"[..], b"<!doctype", b"<html", b"<HTML"].iter().any(|p| start.starts_with(p));
    if !page && reply.status == 200 && matches!(start.first(), Some(b'<' | b'{')) {
        return ReadError::Wire(error);
    }
    let start = String::from_utf8_lossy(&start[..start.len().min(200)]);
    let start = start.split_whitespace().collect::<Vec<_>>().join(" ");
    ReadError::NotWeChat { status: reply.status, start: start.chars().take(80).collect() }
}

fn bare(spec: &'static [&'static Field]) -> impl Fn(&str) -> bool {
    move |name| field_in(spec, name).is_some_and(Field::is_bare)
}

/// What WeChat sends as a JSON string.
fn text(spec: &'static [&'static Field]) -> impl Fn(&str) -> bool {
    move |name| field_in(spec, name).is_some_and(|field| field.kind == Kind::Text)
}

/// A field without a name is the whole body, written elsewhere.
fn tree_of(spec: &'static [&'static Field], body: &Fields) -> Result<String, WireError> {
    let text = match body.get("") {
        Some(whole) => tree::read(whole.as_bytes(), Nulls::Refused).map(|_| whole.to_owned())?,
        None => tree::write(body, |name, value| is_bare_in(spec, name, value))?,
    };
    // WeChat's v3 takes characters of up to three bytes.
    match text.chars().find(|c| c.len_utf8() == 4) {
        Some(c) => Err(WireError::FourBytes { c }),
        None => Ok(text),
    }
}

/// In XML only numbers stand bare; JSON inside it is text.
fn number(spec: &'static [&'static Field]) -> impl Fn(&str) -> bool {
    let is = |field: &Field| matches!(field.kind, Kind::Int | Kind::Fen | Kind::FenOrZero);
    move |name| field_in(spec, name).is_some_and(is)
}
