//! The two-by-two: write and read, request and reply, for every row. The client
//! is write-request + read-reply, the gateway read-request + write-reply, and a
//! notice is the same with the roles swapped.

use super::calendar;
use super::check::{Problem, check};
use super::endpoint::{Endpoint, Field, Fill, Format, Host, Kind, ReplySign, Scheme, SignTypeRule, field_in};
use super::error_codes::{self, ErrorCode};
use super::keys::{Keys, Stamp};
use super::scheme::pay_v2::{self, SealBroken};
use super::scheme::req_info::{self, ReqInfoError};
use crate::sign::{Secret, SignType};
use crate::wire::{Fields, Reply, Request, WireError, json, query, xml};

/// Why a message cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteError {
    /// A setting is needed that is not there.
    NoSetting(Fill),
    /// The pay key is needed and not there.
    NoPayKey,
    /// Fields are missing or wrong.
    Fields(Vec<Problem>),
    /// A value that this shape cannot carry.
    Wire(WireError),
}

/// Why a message cannot be read, or is not believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// Not of the shape it should have.
    Wire(WireError),
    /// Neither WeChat's shape nor a WeChat refusal: an HTML page, a proxy.
    NotWeChat {
        /// HTTP status.
        status: u16,
        /// How the body begins.
        start: String,
    },
    /// The pay key is needed and not there.
    NoPayKey,
    /// The signature is missing or wrong; nothing of the message is believed.
    Seal {
        /// What is wrong.
        broken: SealBroken,
        /// The message as it came, for explaining.
        fields: Fields,
    },
    /// `req_info` does not open.
    ReqInfo(ReqInfoError),
    /// Fields are missing or wrong.
    Fields(Vec<Problem>),
    /// WeChat says no.
    Refused(Box<Refusal>),
}

/// WeChat's no, in its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// `errcode`, `err_code`, or the `return_msg` of a refused protocol.
    pub code: String,
    /// `errmsg`, `err_code_des`, `return_msg`.
    pub text: String,
    /// What we know about the code.
    pub known: Option<&'static ErrorCode>,
    /// The whole reply.
    pub fields: Fields,
}

/// What a reply says when it is believed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// Its fields.
    pub fields: Fields,
    /// The bill, for the calls that answer one: text, or GZIP if asked for.
    pub bill: Option<Vec<u8>>,
}

/// Writes a request: fills what the caller need not say, checks every field,
/// seals. `origin` is `https://host`, or the whole URL of a merchant's receiver.
///
/// # Errors
/// [`WriteError`]; nothing is half-written.
pub fn write_request(
    row: &Endpoint,
    fields: &Fields,
    keys: &Keys,
    stamp: &Stamp,
    origin: &str,
) -> Result<Request, WriteError> {
    let fields = complete(inner_fields(row), fields, keys, stamp)?;
    let mut fields = complete(row.fields, &fields, keys, stamp)?;
    let mut problems = check(row.fields, &fields);
    problems.extend(check(inner_fields(row), &fields));
    problems.retain(|problem| !matches!(problem.field.as_str(), "sign" | "req_info"));
    if !problems.is_empty() {
        return Err(WriteError::Fields(problems));
    }
    seal(row, &mut fields, keys)?;
    let url = format!("{origin}{}", row.path);
    let request = Request::new(row.method.as_str(), url);
    let mut request = match row.sends {
        Format::Json => request.with_body("application/json", json::write(&fields, bare(row.fields))),
        Format::Xml | Format::Bill => {
            let body =
                if row.host == Host::Merchant { write_notice(row, &fields) } else { xml::write(&fields) };
            request.with_body("text/xml; charset=utf-8", body.map_err(WriteError::Wire)?)
        }
        Format::Query | Format::Redirect => {
            Request { url: format!("{}?{}", request.url, query::write(&fields)), ..request }
        }
    };
    request.certificate = row.certificate == super::endpoint::Certificate::Needed;
    Ok(request)
}

/// A notice as WeChat writes it: sorted, an element a line, and only these bare,
/// seen in receivers' logs. Refund notices keep their order.
fn write_notice(row: &Endpoint, fields: &Fields) -> Result<String, WireError> {
    if matches!(row.scheme, Scheme::ReqInfo(_)) {
        return xml::write_lines("xml", fields, |name| name == "return_code");
    }
    let mut sorted: Vec<_> = fields.iter().collect();
    sorted.sort_unstable();
    xml::write_lines("xml", &sorted.into_iter().collect(), |name| matches!(name, "total_fee" | "coupon_fee"))
}

const fn inner_fields(row: &Endpoint) -> &'static [Field] {
    match row.scheme {
        Scheme::ReqInfo(inner) => inner,
        Scheme::Oa | Scheme::PayV2 => &[],
    }
}

/// Fields in the order of the row, filled; then those that the row does not know.
fn complete(spec: &[Field], given: &Fields, keys: &Keys, stamp: &Stamp) -> Result<Fields, WriteError> {
    let mut out = Fields::new();
    for field in spec {
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
        Fill::Caller | Fill::Sign => return Ok(None),
        Fill::AppId => keys.app_id.clone(),
        Fill::AppSecret => secret(&keys.app_secret),
        Fill::MchId => keys.mch_id.clone(),
        Fill::AccessToken => secret(&keys.access_token),
        Fill::NotifyUrl => return Ok(keys.notify_url.clone()),
        Fill::Nonce => Some(stamp.nonce.clone()),
        Fill::Now => Some(moment(field.kind, stamp.now)),
        Fill::OrderNo => Some(format!("{}{:.16}", stamp.now, stamp.nonce)),
        Fill::SignType => {
            let named = keys.sign_type.filter(|t| *t != SignType::Md5);
            return Ok(named.map(|t| t.as_str().to_owned()));
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

fn seal(row: &Endpoint, fields: &mut Fields, keys: &Keys) -> Result<(), WriteError> {
    let key = || keys.pay_key.as_ref().ok_or(WriteError::NoPayKey);
    match row.scheme {
        Scheme::Oa => Ok(()),
        Scheme::ReqInfo(inner) => req_info::seal(fields, inner, key()?).map_err(WriteError::Wire),
        Scheme::PayV2 => {
            if row.sign_type == SignTypeRule::HmacOnly {
                fields.set("sign_type", SignType::HmacSha256.as_str());
            }
            pay_v2::seal(fields, key()?, row.sign_type, keys.sign_type.unwrap_or(SignType::Md5));
            Ok(())
        }
    }
}

/// Parses a request without believing it: the gateway looks the merchant's key
/// up by `mch_id` before [`open_request`].
///
/// # Errors
/// Not of the row's shape.
pub fn parse_request(row: &Endpoint, request: &Request) -> Result<Fields, WireError> {
    match row.sends {
        Format::Json => {
            let mut fields = request.query()?;
            fields.extend(json::read(&request.body)?.iter());
            Ok(fields)
        }
        Format::Xml | Format::Bill => xml::read(&request.body),
        Format::Query | Format::Redirect => request.query(),
    }
}

/// Checks the seal of a parsed request, then its fields, and opens `req_info`.
///
/// # Errors
/// `Seal` before `Fields`, as WeChat does.
pub fn open_request(row: &Endpoint, mut fields: Fields, keys: &Keys) -> Result<Fields, ReadError> {
    let key = || keys.pay_key.as_ref().ok_or(ReadError::NoPayKey);
    match row.scheme {
        Scheme::Oa => {}
        Scheme::PayV2 => open_sealed(&fields, key()?, row.sign_type)?,
        Scheme::ReqInfo(inner) => {
            req_info::open(&mut fields, key()?).map_err(ReadError::ReqInfo)?;
            let problems = check(inner, &fields);
            return if problems.is_empty() { Ok(fields) } else { Err(ReadError::Fields(problems)) };
        }
    }
    let problems = check(row.fields, &fields);
    if problems.is_empty() { Ok(fields) } else { Err(ReadError::Fields(problems)) }
}

fn open_sealed(fields: &Fields, key: &Secret, rule: SignTypeRule) -> Result<(), ReadError> {
    match pay_v2::open(fields, key, rule) {
        Ok(_) => Ok(()),
        Err(broken) => Err(ReadError::Seal { broken, fields: fields.clone() }),
    }
}

/// Parses and opens a request in one go.
///
/// # Errors
/// [`ReadError`].
pub fn read_request(row: &Endpoint, request: &Request, keys: &Keys) -> Result<Fields, ReadError> {
    open_request(row, parse_request(row, request).map_err(ReadError::Wire)?, keys)
}

/// Writes a reply, signed where the row says so and `return_code` is `SUCCESS`
/// (WeChat does not sign a refused protocol).
///
/// # Errors
/// No pay key, or a value that the shape cannot carry.
pub fn write_reply(row: &Endpoint, answer: Answer, keys: &Keys) -> Result<Reply, WriteError> {
    let Answer { mut fields, bill } = answer;
    if let Some(bill) = bill {
        return Ok(Reply::ok("text/plain", bill));
    }
    match row.answers {
        Format::Json => {
            Ok(Reply::ok("application/json; charset=UTF-8", json::write(&fields, bare(row.reply))))
        }
        Format::Redirect => Ok(Reply::redirect(fields.get("location").unwrap_or_default())),
        Format::Query => Ok(Reply::ok("text/plain", query::write(&fields))),
        Format::Xml | Format::Bill => {
            if is_signed(row) && fields.get("return_code") == Some("SUCCESS") {
                let key = keys.pay_key.as_ref().ok_or(WriteError::NoPayKey)?;
                let sign_type = keys.sign_type.unwrap_or(SignType::Md5);
                pay_v2::seal(&mut fields, key, row.sign_type, sign_type);
            }
            let body = xml::write_lines("xml", &fields, number(row.reply)).map_err(WriteError::Wire)?;
            Ok(Reply::ok("text/xml; charset=utf-8", body))
        }
    }
}

/// Reads a reply in WeChat's order: `return_code`, then the sign, then
/// `result_code`; for official accounts `errcode`.
///
/// # Errors
/// [`ReadError`]; `Refused` carries WeChat's own words.
pub fn read_reply(row: &Endpoint, reply: &Reply, keys: &Keys) -> Result<Answer, ReadError> {
    match row.answers {
        Format::Json | Format::Query => read_oa(reply),
        Format::Redirect => Ok(Answer {
            fields: reply.header("location").map(|url| ("location", url)).into_iter().collect(),
            bill: None,
        }),
        Format::Bill if !reply.body.trim_ascii_start().starts_with(b"<") && reply.status == 200 => {
            Ok(Answer { fields: Fields::new(), bill: Some(reply.body.clone()) })
        }
        Format::Xml | Format::Bill => read_pay(row, reply, keys),
    }
}

fn read_oa(reply: &Reply) -> Result<Answer, ReadError> {
    let fields = json::read(&reply.body).map_err(|e| stranger(reply, e))?;
    match fields.get("errcode") {
        None | Some("0") => Ok(Answer { fields, bill: None }),
        Some(code) => {
            let (code, text) = (code.to_owned(), fields.get("errmsg").unwrap_or_default().to_owned());
            Err(refused(code, text, fields))
        }
    }
}

fn read_pay(row: &Endpoint, reply: &Reply, keys: &Keys) -> Result<Answer, ReadError> {
    let fields = xml::read(&reply.body).map_err(|e| stranger(reply, e))?;
    let text = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    if fields.get("return_code") != Some("SUCCESS") {
        if fields.get("return_code").is_none() {
            return Err(stranger(reply, WireError::Stray { at: 0 }));
        }
        let code = [text("error_code"), text("return_msg")].into_iter().find(|c| !c.is_empty());
        return Err(refused(code.unwrap_or_default(), text("return_msg"), fields));
    }
    if is_signed(row) {
        let key = keys.pay_key.as_ref().ok_or(ReadError::NoPayKey)?;
        open_sealed(&fields, key, row.sign_type)?;
    }
    match fields.get("result_code") {
        None | Some("SUCCESS") => Ok(Answer { fields, bill: None }),
        Some(_) => Err(refused(text("err_code"), text("err_code_des"), fields)),
    }
}

fn is_signed(row: &Endpoint) -> bool {
    row.reply_sign == ReplySign::Signed
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
    move |name| match name {
        "errcode" => true,
        _ => field_in(spec, name).is_some_and(Field::is_bare),
    }
}

/// In XML only numbers stand bare; JSON inside it is text.
fn number(spec: &'static [Field]) -> impl Fn(&str) -> bool {
    let is = |field: &Field| matches!(field.kind, Kind::Int | Kind::Fen | Kind::FenOrZero);
    move |name| field_in(spec, name).is_some_and(is)
}
