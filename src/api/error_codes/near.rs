//! The rows that an unknown code or message may have been meant to be. Comes in:
//! what was asked; goes out: a few rows, nearest first.

use super::super::near::{distance, likeness};
use super::row::ErrorCode;
use super::tables::{all, codes, name};
use super::words::words;

/// How many are offered.
const MOST: usize = 3;

/// Texts in which more than two letters of five differ mean different things.
const ALIKE: f64 = 0.6;

/// A longer text is no code or message that was mistyped, and would be compared
/// with every row letter by letter.
const LONGEST: usize = 120;

/// A shorter part of a text stands in too many of them.
const SHORTEST_PART: usize = 3;

/// Up to three rows that the input may have been meant to be, nearest first.
#[must_use]
pub fn nearest(asked: &str) -> Vec<&'static ErrorCode> {
    let wanted = words(asked).concat();
    if wanted.chars().count() > LONGEST {
        return Vec::new();
    }
    let mut near: Vec<&'static ErrorCode> = Vec::new();
    for row in near_codes(&wanted).into_iter().chain(near_texts(&wanted)) {
        if !near.iter().any(|known| name(known) == name(row)) {
            near.push(row);
        }
    }
    near.truncate(MOST);
    near
}

fn near_codes(wanted: &str) -> Vec<&'static ErrorCode> {
    let letters = wanted.chars().count();
    let far = |row: &ErrorCode| distance(&words(row.code).concat(), wanted);
    let mut near: Vec<_> = codes()
        .map(|row| (far(row), row))
        .filter(|(far, _)| *far <= letters / 4 + 1 && *far < letters)
        .collect();
    near.sort_by_key(|(far, _)| *far);
    near.into_iter().map(|(_, row)| row).collect()
}

/// Texts that are nearly the same, or of which the input is a part.
fn near_texts(wanted: &str) -> Vec<&'static ErrorCode> {
    let is_long = wanted.chars().count() >= SHORTEST_PART;
    let alike = |text: &str| {
        let text = words(text).concat();
        if is_long && text.contains(wanted) { 1.0 } else { likeness(&text, wanted) }
    };
    // Libraries print the meaning in place of the text, in Chinese only.
    let meaning = |row: &ErrorCode| (!wanted.is_ascii()).then_some(row.meaning.zh);
    let mut near: Vec<_> = all()
        .map(|row| (row.texts().chain(meaning(row)).map(alike).fold(0.0, f64::max), row))
        .filter(|(alike, _)| *alike >= ALIKE)
        .collect();
    near.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    near.into_iter().map(|(_, row)| row).collect()
}
