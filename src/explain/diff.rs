//! Two strings side by side with their differences marked, secrets masked. Also
//! the string that a person says was hashed, held against the right one. Comes
//! in: two texts; goes out: both with byte spans.

use std::ops::Range;

use super::case::Case;
use crate::api::Word;
use crate::sign::{self, Place, Recipe, Secret, Show};
use crate::wire::Fields;

/// A text and the byte spans in which it differs from its twin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The text, secrets masked.
    pub text: String,
    /// Where it differs; an empty span is a place where something is missing.
    pub marks: Vec<Range<usize>>,
}

/// The string that was hashed, held against the right one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The right string.
    pub right: Shown,
    /// The string that was hashed.
    pub yours: Shown,
    /// Every difference, in order.
    pub changes: Vec<Change>,
    /// Whether the string does give the given signature; none if none was given.
    pub gives_signature: Option<bool>,
    /// Whether nobody gave the secret, so that the one in the string was taken.
    pub is_secret_taken: bool,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What the right string has here.
    pub right: String,
    /// What was hashed instead.
    pub yours: String,
    /// Name of the pair in which it lies, where there is one.
    pub field: Option<String>,
    /// In what two secrets differ that both are not shown.
    pub secret: Option<Unlike>,
}

/// In what a secret differs from the right one, told without showing either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlike {
    /// Only in capital and small letters.
    Letters,
    /// Only in blanks or line breaks around it.
    Blanks,
    /// Letters are missing or too much; how many each has.
    Length {
        /// Of the one that was hashed.
        yours: usize,
        /// Of the right one.
        right: usize,
    },
    /// In everything but its length.
    Other,
}

impl Unlike {
    fn of(yours: &str, right: &str) -> Self {
        let letters = |text: &str| text.chars().count();
        match () {
            () if yours.eq_ignore_ascii_case(right) => Self::Letters,
            () if yours.trim() == right.trim() => Self::Blanks,
            () if letters(yours) != letters(right) => {
                Self::Length { yours: letters(yours), right: letters(right) }
            }
            () => Self::Other,
        }
    }
}

impl Change {
    /// What kind of difference it is.
    #[must_use]
    pub const fn word(&self) -> Word {
        match (self.right.is_empty(), self.yours.is_empty()) {
            (true, _) => Word::new("多出", "too much"),
            (_, true) => Word::new("缺少", "missing"),
            _ => Word::new("不同", "different"),
        }
    }
}

/// Holds the string that was hashed against the right one, character by
/// character. A secret that is not known stands for whatever was hashed in its
/// place.
#[must_use]
pub fn compare(case: &Case, hashed: &str) -> Comparison {
    let recipe = case.recipe();
    let used = secret_in(&recipe, hashed);
    let secret =
        case.secret.clone().unwrap_or_else(|| Secret::new(used.clone().map_or("", |at| &hashed[at])));
    let right = sign::canonical(&recipe, case.fields.iter(), &secret);
    let given = case.signature.trim();
    let hash = recipe.digest.of(secret.expose().as_bytes(), hashed.as_bytes()).hex(recipe.case);
    let gives_signature = (!given.is_empty()).then(|| hash.eq_ignore_ascii_case(given));
    let unlike = used.clone().map(|at| &hashed[at]).filter(|used| *used != secret.expose());
    let unlike = unlike.map(|used| Unlike::of(used, secret.expose()));
    let yours = without_strangers(&hide(&without(hashed, used, &secret), &secret), &recipe, &case.fields);
    let right = hide(right.expose(), &secret);
    let changes = spans(&right, &yours).into_iter().map(|(a, b)| {
        let is_of_secret = yours[b.clone()].contains(OTHER_SECRET) && right[a.clone()].contains(RIGHT_SECRET);
        Change {
            field: field_at(&right, a.start),
            right: reveal(&right[a]),
            yours: reveal(&yours[b]),
            secret: unlike.filter(|_| is_of_secret),
        }
    });
    let changes = changes.collect();
    let (right, yours) = side_by_side(&right, &yours);
    let is_secret_taken = case.secret.is_none();
    Comparison { right, yours, changes, gives_signature, is_secret_taken }
}

/// Where the secret stands in a string that was hashed, if it has a name there.
fn secret_in(recipe: &Recipe, hashed: &str) -> Option<Range<usize>> {
    let (Place::Tail(name) | Place::Pair(name)) = recipe.secret else { return None };
    if recipe.show != Show::Pair {
        return None;
    }
    let mut at = 0;
    for pair in hashed.split_inclusive(recipe.join) {
        let from = at;
        at += pair.len();
        if let Some((found, value)) =
            pair.split_once('=').filter(|(found, _)| found.eq_ignore_ascii_case(name))
        {
            let from = from + found.len() + 1;
            return Some(from..from + value.trim_end_matches(recipe.join).len());
        }
    }
    None
}

/// The string with a stand-in for a secret that is not the right one.
fn without(hashed: &str, used: Option<Range<usize>>, secret: &Secret) -> String {
    match used.filter(|at| !hashed[at.clone()].is_empty() && hashed[at.clone()] != *secret.expose()) {
        Some(at) => format!("{}{OTHER_SECRET}{}", &hashed[..at.start], &hashed[at.end..]),
        None => hashed.to_owned(),
    }
}

/// Shorter words are no secrets.
const SHORTEST_SECRET: usize = 16;
/// Shorter values are not looked for inside words.
const SHORTEST_VALUE: usize = 6;

/// The string without words that may be another secret: they stand under a name
/// of secrets, behind a value that is a field's, or among bare values.
fn without_strangers(yours: &str, recipe: &Recipe, fields: &Fields) -> String {
    if recipe.show == Show::Value {
        return without_bare_strangers(yours, fields);
    }
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=')?;
        let own = fields.get(name).filter(|own| value.starts_with(*own));
        let stranger = match own {
            Some(own) => &value[own.len()..],
            None if fields.get(name).is_none() && is_secret_name(name) => value,
            None => return None,
        };
        // A longer address or text is a difference that has to be seen.
        let is_word = stranger.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        let is_long = is_word && stranger.len() >= SHORTEST_SECRET;
        is_long.then(|| format!("{}{OTHER}", &pair[..pair.len() - stranger.len()]))
    };
    let pairs: Vec<String> =
        yours.split('&').map(|piece| pair(piece).unwrap_or_else(|| piece.to_owned())).collect();
    pairs.join("&")
}

fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["key", "secret", "ticket", "token", "password"].iter().any(|part| name.contains(part))
}

/// Of a string of bare values the long words that no field has.
fn without_bare_strangers(yours: &str, fields: &Fields) -> String {
    // Short values stand in any word by chance.
    let mut known: Vec<&str> =
        fields.iter().map(|(_, value)| value).filter(|value| value.len() >= SHORTEST_VALUE).collect();
    known.sort_by_key(|value| std::cmp::Reverse(value.len()));
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let mut out = String::new();
    let (mut at, mut stranger) = (0, String::new());
    let flush = |stranger: &mut String, out: &mut String| {
        let is_long = stranger.len() >= SHORTEST_SECRET;
        out.push_str(if is_long { OTHER } else { stranger });
        stranger.clear();
    };
    while let Some(c) = yours[at..].chars().next() {
        let value = known.iter().find(|value| yours[at..].starts_with(**value));
        if let (None, true) = (value, is_letter(c)) {
            stranger.push(c);
            at += c.len_utf8();
            continue;
        }
        flush(&mut stranger, &mut out);
        let length = value.map_or(c.len_utf8(), |value| value.len());
        out.push_str(&yours[at..at + length]);
        at += length;
    }
    flush(&mut stranger, &mut out);
    out
}

/// Stands for the right secret, and for another one, while texts are compared.
pub(super) const RIGHT_SECRET: char = '\u{e000}';
/// See [`RIGHT_SECRET`].
pub(super) const OTHER_SECRET: char = '\u{e001}';
const OTHER: &str = "\u{e001}";

/// Two texts with their differences marked; the stand-ins become `***`.
pub(super) fn side_by_side(right: &str, wrong: &str) -> (Shown, Shown) {
    let spans = spans(right, wrong);
    let left = spans.iter().map(|(a, _)| a.clone()).collect();
    let other = spans.iter().map(|(_, b)| b.clone()).collect();
    (masked(right, left), masked(wrong, other))
}

fn hide(text: &str, secret: &Secret) -> String {
    match secret.expose() {
        "" => text.to_owned(),
        secret => text.replace(secret, &RIGHT_SECRET.to_string()),
    }
}

fn reveal(text: &str) -> String {
    text.replace([RIGHT_SECRET, OTHER_SECRET], Secret::MASK)
}

fn masked(text: &str, marks: Vec<Range<usize>>) -> Shown {
    // A stand-in has as many bytes as `***`, so the spans stay where they are.
    const { assert!(RIGHT_SECRET.len_utf8() == Secret::MASK.len()) };
    Shown { text: reveal(text), marks }
}

fn field_at(text: &str, at: usize) -> Option<String> {
    let from = text[..at].rfind('&').map_or(0, |amp| amp + 1);
    let pair = text[from..].split('&').next()?;
    pair.split_once('=').map(|(name, _)| name.to_owned())
}

/// Longest middle parts that are compared in all detail.
const DETAIL: usize = 1500;

/// Byte spans in which two texts differ.
fn spans(a: &str, b: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let (left, right): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let head = left.iter().zip(&right).take_while(|(x, y)| x == y).count();
    let tail = left[head..].iter().rev().zip(right[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (x, y) = (&left[head..left.len() - tail], &right[head..right.len() - tail]);
    if x.is_empty() && y.is_empty() {
        return Vec::new();
    }
    let inner =
        if x.len() <= DETAIL && y.len() <= DETAIL { detailed(x, y) } else { vec![(0..x.len(), 0..y.len())] };
    let offset = |chars: &[char], range: &Range<usize>| {
        let at = |n: usize| chars[..n].iter().map(|c| c.len_utf8()).sum::<usize>();
        at(head + range.start)..at(head + range.end)
    };
    inner.iter().map(|(x, y)| (offset(&left, x), offset(&right, y))).collect()
}

/// Differences by the longest common subsequence; common runs that are too
/// short to mean anything are counted as different.
fn detailed(x: &[char], y: &[char]) -> Vec<(Range<usize>, Range<usize>)> {
    let width = y.len() + 1;
    let mut longest = vec![0_u16; (x.len() + 1) * width];
    for i in (0..x.len()).rev() {
        for j in (0..y.len()).rev() {
            longest[i * width + j] = if x[i] == y[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut parts: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    while i < x.len() || j < y.len() {
        if i < x.len() && j < y.len() && x[i] == y[j] {
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let (from_i, from_j) = (i, j);
        while i < x.len() || j < y.len() {
            match (i < x.len(), j < y.len()) {
                (true, true) if x[i] == y[j] => break,
                (true, true) if longest[(i + 1) * width + j] >= longest[i * width + j + 1] => i += 1,
                (_, true) => j += 1,
                _ => i += 1,
            }
        }
        parts.push((from_i..i, from_j..j));
    }
    merged(parts)
}

fn merged(parts: Vec<(Range<usize>, Range<usize>)>) -> Vec<(Range<usize>, Range<usize>)> {
    const RUN: usize = 3;
    let mut out: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for (a, b) in parts {
        match out.last_mut() {
            Some(last) if a.start - last.0.end < RUN => {
                last.0.end = a.end;
                last.1.end = b.end;
            }
            _ => out.push((a, b)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_marked_on_both_sides() {
        let (right, wrong) = side_by_side("a=1&b=茶&key=\u{e000}", "a=1&b=?&c=2&key=\u{e001}");
        assert_eq!(right.text, "a=1&b=茶&key=***");
        assert_eq!(wrong.text, "a=1&b=?&c=2&key=***");
        let cut = |shown: &Shown| -> Vec<String> {
            shown.marks.iter().map(|m| shown.text[m.clone()].to_owned()).collect()
        };
        assert_eq!(cut(&right), ["茶&", "***"]);
        assert_eq!(cut(&wrong), ["?&c=2&", "***"]);
    }

    fn compared(key: &str, hashed: &str) -> Comparison {
        let fields = [("a", "1")].into_iter().collect();
        let secret = Some(Secret::new(key)).filter(|_| !key.is_empty());
        let (scheme, signature) = (crate::explain::Scheme::PayV2, String::new());
        let case = Case {
            scheme,
            fields,
            signature,
            secret,
            sign_type: None,
            others: Vec::new(),
            repairs: Vec::new(),
        };
        compare(&case, hashed)
    }

    #[test]
    fn secrets_are_told_apart_and_never_shown() {
        let key = "192006250b4c09247ec02edce69f6a2d";
        for (used, wanted) in [
            (key.to_uppercase(), Unlike::Letters),
            (format!("{key} "), Unlike::Blanks),
            (key[1..].to_owned(), Unlike::Length { yours: 31, right: 32 }),
            ("zz".repeat(16), Unlike::Other),
        ] {
            let found = compared(key, &format!("a=1&key={used}"));
            assert_eq!(found.changes.iter().map(|c| c.secret).collect::<Vec<_>>(), [Some(wanted)], "{used}");
            assert!(!format!("{found:?}").contains(used.trim()), "{found:?}");
        }
    }

    #[test]
    fn other_secrets_are_hidden_wherever_they_stand() {
        let other = "another0key0another0key0another0";
        for hashed in
            [format!("a=1{other}"), format!("a=1&secret={other}"), format!("a=1&appsecret={other}&key=x")]
        {
            let found = compared("192006250b4c09247ec02edce69f6a2d", &hashed);
            assert!(!format!("{found:?}").contains("another"), "{found:?}");
        }
    }

    #[test]
    fn nothing_is_said_of_what_was_not_given() {
        let found = compared("", "a=1&key=192006250b4c09247ec02edce69f6a2d");
        assert_eq!((found.gives_signature, found.changes.len(), found.is_secret_taken), (None, 0, true));
        assert_eq!(found.right.text, "a=1&key=***");
        assert!(!format!("{found:?}").contains("192006"));
    }

    #[test]
    fn bare_values_show_no_other_secret() {
        let fields = [("timestamp", "1409735669"), ("nonce", "2")].into_iter().collect();
        let (scheme, secret) =
            (crate::explain::Scheme::ServerToken, Some(Secret::new("token-of-the-console")));
        let signature = "f".repeat(40);
        let case = Case {
            scheme,
            fields,
            signature,
            secret,
            sign_type: None,
            others: Vec::new(),
            repairs: Vec::new(),
        };
        let found = compare(&case, "1409735669another-token-of-mine12");
        assert!(!format!("{found:?}").contains("another"), "{found:?}");
        assert_eq!(found.gives_signature, Some(false));
    }

    #[test]
    fn equal_texts_have_no_marks() {
        assert_eq!(side_by_side("x", "x").0.marks, Vec::<Range<usize>>::new());
    }
}
