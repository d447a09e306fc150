//! A paste, to the case in it. Comes in: bytes and what was said besides; goes
//! out: a [`Reading`], or what the paste is instead.

use super::aside::{self, Aside, V3Mark};
use super::error::ReadError;
use super::reading::Reading;
use super::{bytes, documents, names, notation, pick, sort_out};
use crate::api::Word;
use crate::explain::case::Case;
use crate::explain::family::Scheme;
use crate::wire::Fields;

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
        Some(case) => {
            Reading { case: case?, from: Word::new("JSON 案例", "a JSON case"), missing: Vec::new() }
        }
        None => found(text, asked)?,
    };
    reading.case.repairs.splice(0..0, charset);
    Ok(reading)
}

/// The document that is meant, as a case.
fn found(text: &str, asked: &Asked) -> Result<Reading, ReadError> {
    if let Some(aside) = aside::of_text(text) {
        return Err(ReadError::Aside(aside));
    }
    let mut all = documents::find(text);
    if let Some(aside) = aside::v3(text, &all) {
        return Err(ReadError::Aside(aside));
    }
    pick::join_lone_signature(&mut all, text);
    let given = |key: &str| asked.fields.iter().any(|(n, _)| names::key(n) == key);
    let best = pick::best(&all, &pick::Asked { scheme: asked.scheme, has: &given });
    if let Some(aside) = instead(text, &all, best.as_ref(), asked) {
        return Err(ReadError::Aside(aside));
    }
    let best = best.ok_or(ReadError::Unknown)?;
    let names = || best.document.fields.iter().map(|(n, _)| n.to_owned()).collect();
    let is_something = best.document.fields.len() + asked.fields.len() > 1;
    let no_scheme = || if is_something { ReadError::NoScheme { names: names() } } else { ReadError::Unknown };
    let scheme = of_call(best.scheme.ok_or_else(no_scheme)?, text);
    let mut case = sort_out::case(&best, scheme, &all, &asked.fields);
    sort_out::complete_card(&mut case, text);
    let is_fixed = !scheme.family().is_pay() && scheme != Scheme::Card;
    let lacks = |name: &&&str| is_fixed && case.fields.get(name).is_none();
    let missing = names::signed(scheme).iter().filter(lacks).copied().collect();
    Ok(Reading { case, from: best.document.from, missing })
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
    let is_signed = asked.signed || best.is_some_and(|best| best.proof > pick::Proof::Rsa);
    if best.is_some_and(|best| aside::is_v3_pay(best.document)) {
        return Some(Aside::V3 { mark: V3Mark::PaySign, signed: None });
    }
    if is_signed {
        return None;
    }
    let broken = notation::xml::broken(text).map(Aside::BrokenTag);
    broken.or_else(|| aside::of_documents(text, all, best))
}
