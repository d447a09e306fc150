//! From whatever people paste to a case: a JSON case, a message (XML, JSON,
//! query string, URL), a request (curl, HAR, raw HTTP), an object literal in
//! JavaScript, or a log line that holds one of these. Damage that a page or a
//! printer did is repaired and told. Comes in: bytes; goes out: a [`Case`].

mod har;
mod http;
mod script;
mod shell;
mod sort_out;
mod text;

use super::case::{Case, Repair};
use crate::wire::{Fields, MAX_BYTES, json, query, xml};

/// Why a paste is no case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// Nothing there.
    Empty,
    /// More than a message can have.
    TooLong {
        /// Bytes given.
        len: usize,
    },
    /// Not UTF-8: GBK, most of the time.
    NotUtf8 {
        /// First bad byte.
        at: usize,
    },
    /// None of the known shapes is in it.
    Unknown,
    /// The scheme that a case names does not exist.
    BadScheme {
        /// As given.
        name: String,
    },
    /// Fields, but of no known signature.
    NoScheme {
        /// Their names.
        names: Vec<String>,
    },
}

/// Fields as they were found, and what is known about them.
#[derive(Default)]
struct Paste {
    fields: Fields,
    /// What the place in which they stood says: `wx.config`, a header…
    hint: Option<Hint>,
    repairs: Vec<Repair>,
}

/// What the surroundings say about the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hint {
    /// An argument of `wx.config`.
    Config,
    /// An argument of a pay call in a page.
    Pay,
    /// A card.
    Card,
}

impl Paste {
    fn of(fields: Fields) -> Self {
        Self { fields, ..Self::default() }
    }
}

/// Reads a paste.
///
/// # Errors
/// [`ReadError`] says what it is not.
pub fn read(bytes: &[u8]) -> Result<Case, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLong { len: bytes.len() });
    }
    let text = std::str::from_utf8(bytes).map_err(|e| ReadError::NotUtf8 { at: e.valid_up_to() })?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(ReadError::Empty);
    }
    if let Some(case) = sort_out::json_case(text) {
        return case;
    }
    sort_out::case(paste(text).ok_or(ReadError::Unknown)?)
}

/// The fields of a pasted curl command: its data, or else its query.
#[must_use]
pub fn curl(text: &str) -> Option<Fields> {
    shell::curl(text).map(|paste| paste.fields)
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

/// Tries every shape, the strict ones first.
fn paste(text: &str) -> Option<Paste> {
    whole(text).or_else(|| text::inside(text)).or_else(|| repaired(text))
}

/// The text as one thing.
fn whole(text: &str) -> Option<Paste> {
    match text.as_bytes().first()? {
        b'<' => xml::read(text.as_bytes()).ok().map(Paste::of),
        b'{' => har::read(text)
            .or_else(|| json::read(text.as_bytes()).ok().map(text::unwrapped))
            .or_else(|| script::object(text)),
        _ if text.starts_with("curl") => shell::curl(text),
        _ if http::is_request(text) => http::read(text),
        _ if script::is_call(text) => script::call(text),
        _ if !text.contains(char::is_whitespace) || text.starts_with("jsapi_ticket=") => text::pairs(text),
        _ => None,
    }
    .filter(|paste| paste.fields.len() > 1)
}

/// The same after typographic quotes have become plain ones.
fn repaired(text: &str) -> Option<Paste> {
    if !text.contains(['“', '”', '‘', '’']) {
        return None;
    }
    let plain = text.replace(['“', '”'], "\"").replace(['‘', '’'], "'");
    let mut paste = whole(&plain).or_else(|| text::inside(&plain))?;
    paste.repairs.push(Repair::Quotes);
    Some(paste)
}
