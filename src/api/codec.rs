//! The two-by-two: write and read, request and reply, for every row. This file
//! holds the order and nothing else; what a proof is, the row's scheme knows.
//!
//! Outgoing: complete → check → mark (a proof among the fields) → write → seal
//! (a proof around the message). Incoming: prove → parse → open → check. The
//! client is write-request + read-reply, the gateway read-request + write-reply,
//! and a notice is the same with the roles swapped.

use super::calendar;
use super::check::{Problem, check};
use super::endpoint::{Certificate, Endpoint, Field, Fill, Format, Kind, Layout, Spot, Success, field_in};
use super::error::{ReadError, Refusal, WriteError};
use super::error_codes;
use super::keys::{Keyring, Keys, Stamp};
use super::path;
use super::scheme::{Envelope, Turn};
use crate::sign::{Secret, SignType};
use crate::wire::{Fields, Reply, Request, WireError, json, query, xml};

/// A request that is ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The request.
    pub request: Request,
    /// What it says, with all that was filled in and the proof among it.
    pub fields: Fields,
}

/// A request that is believed.
#[derive(Debug, Clone)]
pub struct Heard {
    /// What it says.
    pub fields: Fields,
    /// What is wrong with its fields all the same.
    pub problems: Vec<Problem>,
    /// What to answer with.
    pub keys: Keys,
}

impl Heard {
    /// The fields, if nothing is wrong with them.
    ///
    /// # Errors
    /// [`ReadError::Fields`].
    pub fn sound(self) -> Result<Fields, ReadError> {
        if self.problems.is_empty() { Ok(self.fields) } else { Err(ReadError::Fields(self.problems)) }
    }
}

/// What a reply says when it is believed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// Its fields.
    pub fields: Fields,
    /// The file, for the calls that answer one: a bill, as text or GZIP.
    pub file: Option<Vec<u8>>,
}

impl From<Fields> for Answer {
    fn from(fields: Fields) -> Self {
        Self { fields, file: None }
    }
}

/// Writes a request: fills what the caller need not say, checks every field,
/// proves. `origin` is `https://host`, or the whole URL of a merchant's receiver.
///
/// # Errors
/// [`WriteError`]; nothing is half-written.
pub fn write_request(
    row: &Endpoint,
    fields: &Fields,
    keys: &Keys,
    stamp: &Stamp,
    origin: &str,
) -> Result<Written, WriteError> {
    let mut fields = complete(row, fields, keys, stamp)?;
    let problems = problems(row, &fields);
    if !problems.is_empty() {
        return Err(WriteError::Fields(problems));
    }
    let scheme = row.scheme.proof();
    scheme.mark(Turn::Request, &mut fields, keys)?;
    let fields = laid_out(row.layout, fields);
    let mut request = request_of(row, &fields, origin).map_err(WriteError::Wire)?;
    let seal = scheme.seal(Envelope::Request(&request), keys)?;
    request.headers.extend(seal);
    Ok(Written { request, fields })
}

/// Reads a request: who it is from, whether that is proven, what it says. The
/// keys of the sender are found on the ring by what the message says of itself.
///
/// # Errors
/// [`ReadError`]; but not for fields that are missing or wrong, which the caller
/// may mind ([`Heard::sound`]) or not.
pub fn read_request(row: &Endpoint, request: &Request, ring: &dyn Keyring) -> Result<Heard, ReadError> {
    let scheme = row.scheme.proof();
    let around = scheme.prove(Envelope::Request(request), ring)?;
    let mut fields = parse_request(row, request).map_err(ReadError::Wire)?;
    let among = scheme.open(Turn::Request, &mut fields, ring)?;
    let problems = problems(row, &fields);
    Ok(Heard { fields, problems, keys: among.or(around).unwrap_or_default() })
}

/// Writes a reply.
///
/// # Errors
/// No pay key, or a value that the shape cannot carry.
pub fn write_reply(row: &Endpoint, answer: Answer, keys: &Keys) -> Result<Reply, WriteError> {
    let scheme = row.scheme.proof();
    let Answer { mut fields, file } = answer;
    let bare = file.map(|file| Reply::ok("text/plain", file)).or_else(|| bare_reply(row.success, &fields));
    let mut reply = if let Some(reply) = bare {
        reply
    } else {
        scheme.mark(Turn::Reply, &mut fields, keys)?;
        reply_of(row, &fields).map_err(WriteError::Wire)?
    };
    let seal = scheme.seal(Envelope::Reply(&reply), keys)?;
    reply.headers.extend(seal);
    Ok(reply)
}

/// Reads a reply. Its fields are not checked: WeChat may leave out what its
/// pages promise.
///
/// # Errors
/// [`ReadError`]; `Refused` carries WeChat's own words.
pub fn read_reply(row: &Endpoint, reply: &Reply, keys: &Keys) -> Result<Answer, ReadError> {
    let scheme = row.scheme.proof();
    scheme.prove(Envelope::Reply(reply), keys)?;
    if let Some(answer) = bare_answer(row, reply) {
        return Ok(answer);
    }
    let mut fields = parse_reply(row, reply).map_err(|error| stranger(reply, error))?;
    scheme.open(Turn::Reply, &mut fields, keys).map_err(|error| match error {
        ReadError::Wire(error) => stranger(reply, error),
        other => other,
    })?;
    match scheme.refusal(reply, &fields) {
        None => Ok(fields.into()),
        Some((code, text)) => Err(refused(code, text, fields)),
    }
}

/// Fields in the order of the row, filled; then those that travel hidden; then
/// those that the row does not know.
fn complete(row: &Endpoint, given: &Fields, keys: &Keys, stamp: &Stamp) -> Result<Fields, WriteError> {
    let mut out = Fields::new();
    for field in row.fields.iter().chain(row.inside()) {
        if let Some(value) = given.get(field.name) {
            out.set(field.name, value);
        } else if let Some(value) = filling(field, keys, stamp)? {
            out.set(field.name, value);
        }
    }
    for (name, value) in given.iter() {
        out.set(name, value);
    }
    Ok(out)
}

fn filling(field: &Field, keys: &Keys, stamp: &Stamp) -> Result<Option<String>, WriteError> {
    let secret = |secret: &Option<Secret>| secret.as_ref().map(|s| s.expose().to_owned());
    let value = match field.fill {
        Fill::Caller | Fill::Proof => return Ok(None),
        Fill::AppId => keys.app_id.clone(),
        Fill::AppSecret => secret(&keys.app_secret),
        Fill::MchId => keys.mch_id.clone(),
        Fill::AccessToken => secret(&keys.access_token),
        Fill::NotifyUrl => return Ok(keys.notify_url.clone()),
        Fill::Nonce => Some(stamp.nonce.clone()),
        Fill::Now => Some(moment(field.kind, stamp.now)),
        Fill::OrderNo => Some(format!("{}{:.16}", stamp.now, stamp.nonce)),
        Fill::SignType => {
            let named = keys.v2.as_ref().map(|v2| v2.sign_type).filter(|named| *named != SignType::Md5);
            return Ok(named.map(|named| named.as_str().to_owned()));
        }
        Fill::Literal(text) => Some(text.to_owned()),
    };
    value.map(Some).ok_or(WriteError::NoSetting(field.fill))
}

/// The present second as this kind of field writes it.
fn moment(kind: Kind, now: u64) -> String {
    match kind {
        Kind::Time14 => calendar::time14(now),
        Kind::DateTime => calendar::datetime(now),
        Kind::Date8 => calendar::date8(now),
        _ => now.to_string(),
    }
}

/// What is wrong with the fields of a request; the proof is the scheme's to judge.
fn problems(row: &Endpoint, fields: &Fields) -> Vec<Problem> {
    let mut problems = check(row.fields, fields);
    problems.extend(check(row.inside(), fields));
    problems.retain(|problem| row.field(&problem.field).is_none_or(|field| field.fill != Fill::Proof));
    problems
}

fn laid_out(layout: Layout, fields: Fields) -> Fields {
    let Layout::Sorted(_) = layout else { return fields };
    let mut sorted: Vec<_> = fields.iter().collect();
    sorted.sort_unstable();
    sorted.into_iter().collect()
}

fn request_of(row: &Endpoint, fields: &Fields, origin: &str) -> Result<Request, WireError> {
    let at = |spot: Spot| fields.only(|name| row.spot(name) == spot);
    let query = match query::write(&at(Spot::Query)) {
        query if query.is_empty() => query,
        query => format!("?{query}"),
    };
    let url = [origin, &path::write(row.path, fields), &query].concat();
    let mut request = Request::new(row.method.as_str(), url);
    for (name, value) in at(Spot::Header).iter() {
        request.headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let body = at(Spot::Body);
    let mut request = match row.sends {
        Format::Empty => request,
        Format::Json => request.with_body("application/json", json::write(&body, bare(row.fields))),
        Format::Xml => request.with_body("text/xml; charset=utf-8", xml_of(row.layout, &body)?),
    };
    request.certificate = row.certificate == Certificate::Needed;
    Ok(request)
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
fn parse_request(row: &Endpoint, request: &Request) -> Result<Fields, WireError> {
    // XML of WeChat stands alone: what hangs on its URL is nobody's.
    if row.sends == Format::Xml {
        return xml::read(&request.body);
    }
    let mut fields = row.at_path(request.path()).unwrap_or_else(|| Ok(Fields::new()))?;
    fields.extend(request.query()?.iter());
    extend_from_headers(&mut fields, row.fields, |name| request.header(name));
    if row.sends == Format::Json {
        fields.extend(json::read(&request.body)?.iter());
    }
    Ok(fields)
}

fn extend_from_headers<'a>(fields: &mut Fields, spec: &[Field], header: impl Fn(&str) -> Option<&'a str>) {
    for field in spec.iter().filter(|field| field.spot == Spot::Header) {
        if let Some(value) = header(&field.name.to_ascii_lowercase()) {
            fields.set(field.name, value);
        }
    }
}

/// The reply of an answer that has no fields for a body.
fn bare_reply(success: Success, fields: &Fields) -> Option<Reply> {
    match success {
        Success::Redirect => fields.get("location").map(Reply::redirect),
        Success::Nothing => fields.is_empty().then(|| Reply::empty().with_status(204)),
        Success::Fields | Success::File => None,
    }
}

fn reply_of(row: &Endpoint, fields: &Fields) -> Result<Reply, WireError> {
    Ok(match row.answers {
        Format::Empty => Reply::empty(),
        Format::Json => Reply::ok("application/json; charset=UTF-8", json::write(fields, bare(row.reply))),
        Format::Xml => {
            Reply::ok("text/xml; charset=utf-8", xml::write_lines("xml", fields, number(row.reply))?)
        }
    })
}

/// The answer of a reply that has no fields in its body.
fn bare_answer(row: &Endpoint, reply: &Reply) -> Option<Answer> {
    let fields_begin = if row.answers == Format::Xml { b"<" } else { b"{" };
    match row.success {
        Success::File if reply.status == 200 && !reply.body.trim_ascii_start().starts_with(fields_begin) => {
            Some(Answer { fields: Fields::new(), file: Some(reply.body.clone()) })
        }
        Success::Redirect => {
            let to = |url| Fields::from_iter([("location", url)]).into();
            reply.header("location").map(to)
        }
        Success::Nothing => (reply.status == 204).then(Answer::default),
        Success::File | Success::Fields => None,
    }
}

fn parse_reply(row: &Endpoint, reply: &Reply) -> Result<Fields, WireError> {
    let mut fields = match row.answers {
        Format::Empty => Fields::new(),
        Format::Json => json::read(&reply.body)?,
        Format::Xml => xml::read(&reply.body)?,
    };
    extend_from_headers(&mut fields, row.reply, |name| reply.header(name));
    Ok(fields)
}

fn refused(code: String, text: String, fields: Fields) -> ReadError {
    let known = error_codes::message(&text).or_else(|| error_codes::find(&code));
    let known = known.or_else(|| error_codes::find(&text));
    ReadError::Refused(Box::new(Refusal { code, text, known, fields }))
}

/// A body that is not WeChat's: tells a page of somebody else from a broken
/// message of WeChat.
fn stranger(reply: &Reply, error: WireError) -> ReadError {
    let start = reply.body.trim_ascii_start();
    let page = [&b"<!DOCTYPE"[..], b"<!doctype", b"<html", b"<HTML"].iter().any(|p| start.starts_with(p));
    if !page && reply.status == 200 && matches!(start.first(), Some(b'<' | b'{')) {
        return ReadError::Wire(error);
    }
    let start = String::from_utf8_lossy(&start[..start.len().min(200)]);
    let start = start.split_whitespace().collect::<Vec<_>>().join(" ");
    ReadError::NotWeChat { status: reply.status, start: start.chars().take(80).collect() }
}

fn bare(spec: &'static [Field]) -> impl Fn(&str) -> bool {
    move |name| field_in(spec, name).is_some_and(Field::is_bare)
}

/// In XML only numbers stand bare; JSON inside it is text.
fn number(spec: &'static [Field]) -> impl Fn(&str) -> bool {
    let is = |field: &Field| matches!(field.kind, Kind::Int | Kind::Fen | Kind::FenOrZero);
    move |name| field_in(spec, name).is_some_and(is)
}
