//! What people paste, to a case. Comes in: bytes of any shape (a message, a
//! request, a print of any language, a log with several of them) and what was
//! said besides; goes out: a [`Case`] with what was read and repaired, or what
//! the paste is instead. Bounded in time and memory; nothing is guessed.

mod aside;
mod bytes;
mod cursor;
mod documents;
mod encoded;
mod error;
mod escape;
mod exchange;
mod margin;
mod names;
mod notation;
mod pick;
mod request;
mod shell;
mod sort_out;
mod tree;
mod undo;
mod v3;

use super::case::{Case, Repair};
use super::family::Scheme;
use crate::api::Word;
use crate::wire::{Fields, json, query, xml};

pub use aside::{Aside, LinkFault, Lone, V3Mark};
pub use error::ReadError;
pub use notation::xml::BrokenTag;

/// What was said besides the paste.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Which signature it is.
    pub scheme: Option<Scheme>,
    /// Fields that were given by flags or words; they win over the paste.
    pub fields: Fields,
    /// Whether the signature was given by a flag.
    pub signed: bool,
}

/// A case, and what it was read from.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What is to be explained.
    pub case: Case,
    /// The notation in which it stood.
    pub from: Word,
    /// What the scheme signs and nothing in the paste says.
    pub missing: Vec<&'static str>,
    /// Other ways to read the same signature; the one whose arithmetic is right
    /// is what was meant.
    pub others: Vec<Case>,
}

impl Reading {
    /// What it was taken for.
    #[must_use]
    pub fn what(&self) -> Word {
        self.case.scheme.family().what(&self.case.fields)
    }
}

/// Reads a paste.
///
/// # Errors
/// [`ReadError`] says what it is not.
pub fn read(bytes: &[u8]) -> Result<Case, ReadError> {
    reading(bytes, &Asked::default()).map(|reading| reading.case)
}

/// Reads a paste together with what was said besides.
///
/// # Errors
/// [`ReadError`] says what it is not, or is instead.
pub fn reading(bytes: &[u8], asked: &Asked) -> Result<Reading, ReadError> {
    let (text, charset) = bytes::text(bytes)?;
    let text = text.trim();
    if text.is_empty() {
        return Err(ReadError::Empty);
    }
    let mut reading = match sort_out::neutral(text, &asked.fields, asked.scheme) {
        Some(case) => Reading {
            case: case?,
            from: Word::new("JSON 案例", "a JSON case"),
            missing: Vec::new(),
            others: Vec::new(),
        },
        None => found(text, asked)?,
    };
    reading.case.repairs.splice(0..0, charset);
    Ok(reading)
}

/// The document that is meant, as a case.
fn found(text: &str, asked: &Asked) -> Result<Reading, ReadError> {
    if let Some(signed) = v3::message(text, &asked.fields) {
        return Ok(of_v3(signed));
    }
    if let Some(aside) = aside::of_text(text) {
        return Err(ReadError::Aside(aside));
    }
    let mut all = documents::find(text);
    if let Some(aside) = aside::v3(text, &all) {
        return Err(ReadError::Aside(aside));
    }
    pick::join_lone_signature(&mut all, text);
    let given = |key: &str| asked.fields.iter().any(|(n, _)| names::key(n) == key);
    let hints = pick::Asked { scheme: asked.scheme, has: &given };
    let best = pick::best(&all, &hints);
    if let Some(aside) = instead(text, &all, best.as_ref(), asked) {
        return Err(ReadError::Aside(aside));
    }
    let best = best.ok_or(ReadError::Unknown)?;
    let names = || best.document.fields.iter().map(|(n, _)| n.to_owned()).collect();
    let is_something = best.document.fields.len() + asked.fields.len() > 1;
    let no_scheme = || if is_something { ReadError::NoScheme { names: names() } } else { ReadError::Unknown };
    let scheme = of_call(best.scheme.ok_or_else(no_scheme)?, text);
    let as_case = |picked: &pick::Candidate<'_>| {
        let mut case = sort_out::case(picked, scheme, &all, &asked.fields);
        sort_out::complete_card(&mut case, text);
        case
    };
    let case = as_case(&best);
    let is_fixed = !scheme.family().is_pay() && scheme != Scheme::Card;
    let lacks = |name: &&&str| is_fixed && case.fields.get(name).is_none();
    let missing = names::signed(scheme).iter().filter(lacks).copied().collect();
    let others = pick::others(&all, &best, &hints).iter().map(as_case).collect();
    Ok(Reading { case, from: best.document.from, missing, others })
}

fn of_v3(v3::Message { scheme, fields, signature, missing }: v3::Message) -> Reading {
    let case = Case {
        scheme,
        fields,
        signature,
        secret: None,
        sign_type: None,
        others: Vec::new(),
        repairs: Vec::new(),
    };
    Reading {
        case,
        from: Word::new("带签名头的报文", "a message with its signed headers"),
        others: Vec::new(),
        missing,
    }
}

/// The same names are signed for two calls of pages: the call tells.
fn of_call(scheme: Scheme, text: &str) -> Scheme {
    let is_agent = text.contains("agentConfig") && !text.contains("wx.config");
    if scheme == Scheme::Jssdk && is_agent { Scheme::AgentConfig } else { scheme }
}

/// What the paste is, if it is not the thing needed.
fn instead(
    text: &str,
    all: &[documents::Document],
    best: Option<&pick::Candidate<'_>>,
    asked: &Asked,
) -> Option<Aside> {
    if asked.signed || best.is_some_and(pick::Candidate::is_signed) {
        return None;
    }
    let broken = notation::xml::broken(text).map(Aside::BrokenTag);
    broken.or_else(|| aside::of_documents(text, all, best))
}

/// The text of bytes in another charset than UTF-8, and which it was.
#[must_use]
pub fn recoded(bytes: &[u8]) -> Option<(String, Repair)> {
    let (text, repair) = bytes::text(bytes).ok()?;
    repair.map(|repair| (text, repair))
}

/// The fields of whatever is in a paste: of several documents the one that is
/// signed, or else the one with most names that WeChat knows.
///
/// # Errors
/// [`ReadError`] says what it is not.
pub fn fields(bytes: &[u8]) -> Result<Fields, ReadError> {
    let (text, _) = bytes::text(bytes)?;
    let all = documents::find(text.trim());
    let best = pick::best(&all, &pick::Asked { scheme: None, has: &|_| false }).ok_or(ReadError::Unknown)?;
    Ok(best.document.fields.clone())
}

/// The fields of a pasted curl command: its data, or else its query.
#[must_use]
pub fn curl(text: &str) -> Option<Fields> {
    let request = shell::curl(text)?;
    let asked = request.target.split_once('?').map_or("", |(_, q)| q.split('#').next().unwrap_or(q));
    let mut fields = query::read(asked).unwrap_or_default();
    fields.extend(message(request.body.trim()).unwrap_or_default().iter());
    (!fields.is_empty()).then_some(fields)
}

/// A message that was handed in as one value: XML, JSON or a query string.
pub(super) fn message(text: &str) -> Option<Fields> {
    let fields = match text.as_bytes().first()? {
        b'<' => xml::read(text.as_bytes()).ok()?,
        b'{' => json::read(text.as_bytes()).ok()?,
        _ => query::read(text).ok()?,
    };
    (fields.len() > 1).then_some(fields)
}
