//! Two strings side by side with their differences marked, secrets masked. Also
//! the string that a person says was hashed, held against the right one. Comes
//! in: two texts; goes out: both with byte spans.

use std::ops::Range;

use super::case::Case;
use crate::api::Word;
use crate::sign::{self, Secret};

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
    /// Whether the string does give the given signature.
    pub gives_signature: bool,
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
/// character.
#[must_use]
pub fn compare(case: &Case, hashed: &str) -> Comparison {
    let nothing = Secret::new("");
    let secret = case.secret.as_ref().unwrap_or(&nothing);
    let recipe = case.recipe();
    let right = sign::canonical(&recipe, case.fields.iter(), secret);
    let hash = recipe.digest.of(secret.expose().as_bytes(), hashed.as_bytes());
    let gives_signature = hash.hex(recipe.case).eq_ignore_ascii_case(case.signature.trim());
    let (right, yours) = (hide(right.expose(), secret), hide(hashed, secret));
    let changes = spans(&right, &yours)
        .into_iter()
        .map(|(a, b)| Change {
            field: field_at(&right, a.start),
            right: reveal(&right[a]),
            yours: reveal(&yours[b]),
        })
        .collect();
    let (right, yours) = side_by_side(&right, &yours);
    Comparison { right, yours, changes, gives_signature }
}

/// Stands for the right secret, and for another one, while texts are compared.
pub(super) const RIGHT_SECRET: char = '\u{e000}';
/// See [`RIGHT_SECRET`].
pub(super) const OTHER_SECRET: char = '\u{e001}';

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

    #[test]
    fn equal_texts_have_no_marks() {
        assert_eq!(side_by_side("x", "x").0.marks, Vec::<Range<usize>>::new());
    }
}
