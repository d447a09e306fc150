//! What a handed-in candidate may be: its label and its looks say which cause
//! it stands for. Comes in: a labelled value; goes out: what kinds of thing it
//! can be. Trying it is the tables' business.

use std::sync::Arc;

/// What a candidate looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A URL or a path of one.
    Url,
    /// A host, with or without a port.
    Host,
    /// JSON, XML or another structure.
    Structure,
    /// A number.
    Number,
    /// Any other text.
    Text,
}

/// A candidate.
pub(super) struct Other {
    /// Its label in small letters, without separators.
    pub(super) label: String,
    /// Its label as given.
    pub(super) name: Arc<str>,
    /// Its value.
    pub(super) value: Arc<str>,
    /// What it looks like.
    pub(super) kind: Kind,
}

impl Other {
    /// Reads a labelled value.
    pub(super) fn new(label: &str, value: &str) -> Self {
        let plain: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
        Self {
            label: plain.to_lowercase(),
            name: Arc::from(label),
            value: Arc::from(value),
            kind: kind(value),
        }
    }

    /// Whether the label has one of these words.
    pub(super) fn says(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.label.contains(word))
    }

    /// Whether it has the looks of an access token.
    pub(super) fn is_access_token(&self) -> bool {
        let Some((number, rest)) = self.value.split_once('_') else { return false };
        number.len() <= 3 && super::super::draft::form::is_number(number) && rest.len() > 60
    }

    /// Whether it has the looks of an AppSecret.
    pub(super) fn is_hex32(&self) -> bool {
        self.value.len() == 32 && self.value.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    }

    /// Whether it has the looks of an app id.
    pub(super) fn is_app_id(&self) -> bool {
        self.value.starts_with("wx") && self.value.len() == 18
    }
}

/// Whether a label names a secret.
pub(in crate::explain) fn is_secret_label(label: &str) -> bool {
    Other::new(label, "").says(&["key", "secret", "ticket", "token", "password", "v3", "sandbox"])
}

fn kind(value: &str) -> Kind {
    let text = value.trim();
    if text.starts_with(['{', '[', '<']) {
        return Kind::Structure;
    }
    if text.contains("://") || text.starts_with('/') {
        return Kind::Url;
    }
    if super::super::draft::form::is_number(text) {
        return Kind::Number;
    }
    let host = text.split(['/', '?']).next().unwrap_or(text);
    let letters = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':'));
    let dotted = host.contains('.') || host.starts_with("localhost");
    if letters && dotted && !host.starts_with('.') {
        if host.len() < text.len() { Kind::Url } else { Kind::Host }
    } else {
        Kind::Text
    }
}
