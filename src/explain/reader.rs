//! From a paste to a case (JSON case only for now).

use super::case::{Case, Scheme};
use crate::sign::{Secret, SignType};
use crate::wire::{Fields, WireError, json};

/// Why a paste is no case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// Nothing there.
    Empty,
    /// One of the known shapes, but damaged.
    Wire(WireError),
    /// None of the known shapes.
    Unknown,
}

/// Reads a paste.
///
/// # Errors
/// See [`ReadError`].
pub fn read(bytes: &[u8]) -> Result<Case, ReadError> {
    let all = json::read(bytes).map_err(|_| ReadError::Unknown)?;
    let fields =
        json::read(all.get("fields").unwrap_or_default().as_bytes()).map_err(|_| ReadError::Unknown)?;
    let scheme = all
        .get("scheme")
        .and_then(Scheme::named)
        .or_else(|| Scheme::of(&fields))
        .ok_or(ReadError::Unknown)?;
    let others = all.get("others").and_then(|o| json::read(o.as_bytes()).ok()).unwrap_or_default();
    Ok(Case {
        scheme,
        signature: all.get("signature").unwrap_or_default().to_owned(),
        secret: all.get(scheme.secret_name()).map(Secret::new),
        sign_type: all.get("sign_type").and_then(SignType::named),
        others: others.iter().map(|(l, v)| (l.to_owned(), Secret::new(v))).collect(),
        fields,
        repairs: Vec::new(),
    })
}

/// Reads one message.
pub(super) fn message(text: &str) -> Option<Fields> {
    json::read(text.as_bytes()).ok().or_else(|| crate::wire::xml::read(text.as_bytes()).ok())
}
