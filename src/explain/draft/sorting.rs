//! The orders that pairs are put in, the right ones and those of other programs.
//! Comes in: names and values; goes out: which stands first.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::sign::Order;

/// Order of the pairs, the right ones and the wrong ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::explain) enum Sorting {
    /// As a recipe says.
    Right(Order),
    /// By name from z to a.
    Descending,
    /// By name, upper and lower case alike.
    IgnoreCase,
    /// By name without `_`.
    IgnoreUnderscore,
    /// By name, `_` behind the letters.
    UnderscoreLast,
    /// By name, `_` before everything.
    UnderscoreFirst,
    /// By name, numbers as numbers.
    Natural,
    /// By `name=value`.
    Joined,
    /// By `name=value&`.
    JoinedAmp,
    /// By length of the name.
    Length,
    /// By value.
    Value,
    /// By value, upper and lower case alike.
    ValueIgnoreCase,
    /// By value, numbers as numbers and before texts.
    ValueNumbers,
    /// By value, numbers as numbers and behind texts.
    ValueNumbersLast,
    /// By value, from high to low.
    ValueDescending,
    /// Letters before digits and case last, as a locale sorts values.
    ValueCulture,
    /// This order of the entries.
    Fixed(Arc<[u16]>),
}

impl Sorting {
    /// Whether the order depends on the values.
    pub(in crate::explain) const fn reads_values(&self) -> bool {
        matches!(
            self,
            Self::Right(Order::ByValue)
                | Self::Joined
                | Self::JoinedAmp
                | Self::Value
                | Self::ValueIgnoreCase
                | Self::ValueNumbers
                | Self::ValueNumbersLast
                | Self::ValueDescending
                | Self::ValueCulture
        )
    }

    /// Which of two pairs stands first in one of the wrong orders.
    pub(super) fn odd(&self, a: (&str, &str), b: (&str, &str)) -> Ordering {
        let joined = |p: (&str, &str), end: &str| format!("{}={}{end}", p.0, p.1);
        match self {
            Self::IgnoreCase => a.0.to_lowercase().cmp(&b.0.to_lowercase()),
            Self::IgnoreUnderscore => a.0.replace('_', "").cmp(&b.0.replace('_', "")),
            Self::UnderscoreLast => a.0.replace('_', "\u{7f}").cmp(&b.0.replace('_', "\u{7f}")),
            Self::UnderscoreFirst => a.0.replace('_', " ").cmp(&b.0.replace('_', " ")),
            Self::Natural => natural(a.0, b.0),
            Self::Joined => joined(a, "").cmp(&joined(b, "")),
            Self::JoinedAmp => joined(a, "&").cmp(&joined(b, "&")),
            Self::Value => a.1.cmp(b.1),
            Self::ValueIgnoreCase => a.1.to_lowercase().cmp(&b.1.to_lowercase()),
            Self::ValueNumbers => by_number(a.1, b.1),
            Self::ValueNumbersLast => by_number_last(a.1, b.1),
            Self::ValueCulture => culture(a.1).cmp(&culture(b.1)).then_with(|| b.1.cmp(a.1)),
            _ => Ordering::Equal,
        }
    }
}

/// Digits are compared as numbers, everything else by byte.
fn natural(a: &str, b: &str) -> Ordering {
    let parts = |text: &str| -> Vec<(u64, String)> {
        let mut parts: Vec<(u64, String)> = Vec::new();
        for c in text.chars() {
            match (c.to_digit(10), parts.last_mut()) {
                (Some(d), Some((number, word))) if word.is_empty() => {
                    *number = number.saturating_mul(10).saturating_add(u64::from(d));
                }
                (Some(d), _) => parts.push((u64::from(d), String::new())),
                (None, Some((_, word))) if !word.is_empty() => word.push(c),
                (None, _) => parts.push((0, c.to_string())),
            }
        }
        parts
    };
    let key = |part: &(u64, String)| (part.1.clone(), part.0);
    let (a, b) = (parts(a), parts(b));
    a.iter().map(key).cmp(b.iter().map(key))
}

fn by_number(a: &str, b: &str) -> Ordering {
    match (a.parse::<u128>(), b.parse::<u128>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => a.cmp(b),
    }
}

fn by_number_last(a: &str, b: &str) -> Ordering {
    match (a.parse::<u128>(), b.parse::<u128>()) {
        (Ok(_), Err(_)) => Ordering::Greater,
        (Err(_), Ok(_)) => Ordering::Less,
        _ => by_number(a, b),
    }
}

/// Signs first, then digits, then letters without their case.
fn culture(text: &str) -> Vec<(u8, char)> {
    let class = |c: char| if c.is_alphabetic() { 2 } else { u8::from(c.is_numeric()) };
    text.chars().flat_map(char::to_lowercase).filter(|&c| c != '-').map(|c| (class(c), c)).collect()
}
