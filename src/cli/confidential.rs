//! Which texts hold secrets, by the names that stand beside the values and by the
//! form of URLs. Comes in: a text, a value of a setting; goes out: what to hide,
//! or where it stands. Opens no file, asks nobody.

use std::ops::Range;

use wxkit::config::{Env, Secrecy};
use wxkit::sign::Secret;
use wxkit::wire::query;

/// How the names of fields and parameters end whose value is a secret.
const NAMES: &[&str] = &[
    "accesstoken",
    "aeskey",
    "apikey",
    "appkey",
    "appsecret",
    "key",
    "mchkey",
    "partnerkey",
    "passwd",
    "password",
    "paykey",
    "privatekey",
    "refreshtoken",
    "secret",
    "sessionkey",
    "signkey",
    "ticket",
    "token",
];
/// Beginnings that make a name harmless again.
const PUBLIC: &[&str] = &["public_", "wechat_"];

/// What stands between a name and its value, and what ends the value, in each
/// of the shapes that people paste and that cross the wire.
const SHAPES: &[(&str, &[char])] = &[
    ("=", &['&', '#', ' ', '"', '\'', ',', '}', '\n']),
    ("\":\"", &['"']),
    ("\": \"", &['"']),
    ("><![cdata[", &[']']),
    (">", &['<']),
];

/// The secrets of one value of a setting: itself, what its reference leads to, or
/// what is in it.
pub fn of_value(secrecy: Secrecy, text: &str, variable: Env<'_>) -> Vec<Secret> {
    match text.split_once(':') {
        Some(("env", name)) => variable(name).map(Secret::new).into_iter().collect(),
        Some(("file", _)) => Vec::new(),
        _ if secrecy == Secrecy::Open => of_text(text),
        _ if text == "prompt" || text == "-" => Vec::new(),
        // The name of a key's file, where a reference to it would do as well.
        _ if text.to_ascii_lowercase().ends_with(".pem") => Vec::new(),
        _ => vec![Secret::new(text)],
    }
}

/// The secrets in a text: passwords in URLs, and values of fields with such a name.
pub fn of_text(text: &str) -> Vec<Secret> {
    let mut found: Vec<Secret> = Vec::new();
    let named = by_name(text).into_iter().map(|range| &text[range]);
    // What is read from a file is not in the text.
    for value in named.filter(|value| !value.starts_with('@')).chain(passwords(text)) {
        found.push(Secret::new(value));
        let plain = query::read(&format!("v={value}")).ok();
        let plain = plain.as_ref().and_then(|fields| fields.get("v")).filter(|plain| *plain != value);
        found.extend(plain.map(Secret::new));
    }
    found
}

/// `password` of `scheme://user:password@host`; a name alone is as good as one.
fn passwords(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("://").filter_map(|(at, mark)| {
        let place = text[at + mark.len()..].split(['/', '?', '#', ' ', '"', '\'']).next()?;
        let (login, _) = place.rsplit_once('@')?;
        Some(login.split_once(':').map_or(login, |(_, password)| password))
    })
}

/// Whether a field of this name holds a secret. It is asked for every variable of
/// the environment before anything is parsed, so it builds no text.
pub fn is_secret_name(name: &str) -> bool {
    let (before, last) = name.split_at(name.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len());
    NAMES.iter().any(|name| name.eq_ignore_ascii_case(last))
        && !PUBLIC.iter().any(|start| ends_with(before, start))
}

/// Where the values stand whose names say that they are secrets; in order.
pub fn by_name(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices(['=', '"', '>']) {
        let free = found.last().is_none_or(|last| last.end <= at);
        if free && is_secret_name(&text[..at]) {
            found.extend(SHAPES.iter().find_map(|shape| value(text, at, shape)));
        }
    }
    found
}

/// The value behind a name that ends at `at`, if it has this shape.
fn value(text: &str, at: usize, (between, ends): &(&str, &[char])) -> Option<Range<usize>> {
    let mark = text.get(at..at + between.len())?;
    let start = at + mark.len();
    let end = text[start..].find(*ends).map_or(text.len(), |len| start + len);
    (mark.eq_ignore_ascii_case(between) && !text[start..end].trim().is_empty()).then_some(start..end)
}

fn ends_with(text: &str, end: &str) -> bool {
    let tail = text.len().checked_sub(end.len()).and_then(|at| text.get(at..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_is_secret() {
        assert!(
            ["key", "access_token", "Api_Key", "AppSecret", "session_key"].into_iter().all(is_secret_name)
        );
        assert!(!["total_fee", "sign", "nonce_str", "key_id", "public_key"].into_iter().any(is_secret_name));
    }
}
