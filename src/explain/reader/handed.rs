//! Fields alone, of a paste or of one value, where nothing is to be explained.

use super::error::ReadError;
use super::{bytes, documents, pick, shell};
use crate::wire::{Fields, json, query, xml};

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
pub(in crate::explain) fn message(text: &str) -> Option<Fields> {
    let fields = match text.as_bytes().first()? {
        b'<' => xml::read(text.as_bytes()).ok()?,
        b'{' => json::read(text.as_bytes()).ok()?,
        _ => query::read(text).ok()?,
    };
    (fields.len() > 1).then_some(fields)
}
