//! What every notation yields: a value with its parts, in order. Owns the one
//! way from such a value to fields: lists of one are what they hold, empty ones
//! are empty, `null` is empty.

use std::ops::Range;

use crate::wire::{Fields, MAX_FIELDS};

/// Most levels that are followed.
pub(super) const DEPTH: usize = 32;

/// Where a notation stands, and what it says.
pub(super) type Found = Vec<(Range<usize>, Tree)>;

/// A value as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tree {
    /// A literal; `null` and its like are empty.
    Text(String),
    /// What a program would have to compute.
    Code(String),
    /// A list, and where it stands.
    List(Vec<Tree>, Range<usize>),
    /// Names and values, and where they stand.
    Map(Vec<(String, Tree)>, Range<usize>),
}

impl Tree {
    /// A bracket with what stood in it.
    pub(super) fn bracket(pairs: Vec<(String, Tree)>, items: Vec<Self>, span: Range<usize>) -> Self {
        if !pairs.is_empty() {
            return Self::Map(pairs, span);
        }
        let named: Option<Vec<_>> = items.iter().map(Self::entry).collect();
        match named.filter(|pairs| !pairs.is_empty()) {
            Some(pairs) => Self::Map(pairs, span),
            None => Self::List(items, span),
        }
    }

    /// A name and its value that stand as a list of two, or as `{key, value}`.
    pub(super) fn entry(&self) -> Option<(String, Self)> {
        match self {
            Self::List(two, _) => match two.as_slice() {
                [Self::Text(name), value] if is_name(name) => Some((name.clone(), value.clone())),
                _ => None,
            },
            Self::Map(pairs, _) => {
                let part = |names: &[&str]| {
                    pairs.iter().find(|(n, _)| names.contains(&n.to_lowercase().as_str())).map(|(_, v)| v)
                };
                match (part(&["key", "name"]), part(&["value"])) {
                    (Some(Self::Text(name)), Some(value)) if is_name(name) => {
                        Some((name.clone(), value.clone()))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The members of a map as fields, and the names of those that are code.
    pub(super) fn fields(pairs: &[(String, Self)], text: &str) -> (Fields, Vec<(String, String)>) {
        let mut fields = Fields::new();
        let mut code = Vec::new();
        // More than any message has: not a message.
        for (name, value) in pairs.iter().take(MAX_FIELDS) {
            match value {
                Self::Code(expression) => code.push((name.clone(), expression.clone())),
                _ => fields.set(name, value.plain(text)),
            }
        }
        (fields, code)
    }

    /// A value as the text that was signed.
    fn plain(&self, text: &str) -> String {
        match self {
            Self::Text(text) | Self::Code(text) => text.clone(),
            Self::Map(pairs, _) if pairs.is_empty() => String::new(),
            Self::List(items, span) => match items.as_slice() {
                [] => String::new(),
                [one @ (Self::Text(_) | Self::List(..))] => one.plain(text),
                [Self::Map(pairs, _)] if pairs.is_empty() => String::new(),
                _ => raw(text, span),
            },
            Self::Map(_, span) => raw(text, span),
        }
    }

    /// Whether there is a name in it anywhere.
    pub(super) fn has_names(&self) -> bool {
        match self {
            Self::Map(..) => true,
            Self::List(items, _) => items.iter().any(Self::has_names),
            _ => false,
        }
    }
}

/// A nested value as it stands; none is so long in a message.
fn raw(text: &str, span: &Range<usize>) -> String {
    if span.len() > 1 << 15 { String::new() } else { text.get(span.clone()).unwrap_or_default().to_owned() }
}

/// The words that languages have for nothing.
pub(super) fn is_nothing(word: &str) -> bool {
    matches!(word, "null" | "NULL" | "None" | "nil" | "undefined" | "<null>" | "<nil>" | "(null)" | "Null")
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
}
