//! The rows that an unknown code or message may have been meant to be. Comes in:
//! what was asked; goes out: a few rows, nearest first.

use super::super::near::{distance, likeness};
use super::read::words;
use super::{ErrorCode, all, codes};

/// How many are offered.
const MOST: usize = 3;

/// Two texts that share fewer pairs of letters than this mean different things:
/// half of them is about one changed word in three.
const ALIKE: f64 = 0.5;

/// Up to three rows that the input may have been meant to be, nearest first.
#[must_use]
pub fn nearest(asked: &str) -> Vec<&'static ErrorCode> {
    let wanted = words(asked).concat();
    let mut near = near_codes(&wanted);
    for row in near_texts(&wanted) {
        if !near.iter().any(|known| known.code == row.code) {
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

fn near_texts(wanted: &str) -> Vec<&'static ErrorCode> {
    let alike = |row: &ErrorCode| {
        let shared = row.texts().map(|text| likeness(&words(text).concat(), wanted));
        shared.fold(0.0, f64::max)
    };
    let mut near: Vec<_> = all().map(|row| (alike(row), row)).filter(|(alike, _)| *alike >= ALIKE).collect();
    near.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    near.into_iter().map(|(_, row)| row).collect()
}
