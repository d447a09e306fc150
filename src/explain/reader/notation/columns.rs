//! A name and its value a line with nothing but a blank between, as a loop of
//! `print(name, value)` writes them. Prose looks the same: it counts only where
//! several lines in a row begin with names of WeChat's, a signature among them.

use super::super::cursor::{Fuel, is_in_name};
use super::super::names;
use super::super::tree::{Found, Tree};

/// A longer line is no name with its value.
const LONGEST: usize = 16 * 1024;

/// Blocks of such lines.
pub(super) fn find(text: &str, fuel: &Fuel) -> Found {
    let mut found = Found::new();
    let mut block: Vec<(String, Tree)> = Vec::new();
    let (mut from, mut at) = (0, 0);
    for line in text.split_inclusive('\n').chain([""]) {
        if fuel.burn(line.len() / 8 + 1).is_none() {
            break;
        }
        let pair = pair(line).filter(|(name, _)| block.iter().all(|(known, _)| known != name));
        match pair {
            Some(pair) => block.push(pair),
            None if names::are_signed(block.iter().map(|(name, _)| name.as_str())) => {
                found.push((from..at, Tree::Map(std::mem::take(&mut block), from..at)));
            }
            None => block.clear(),
        }
        at += line.len();
        if block.is_empty() {
            from = at;
        }
    }
    found
}

/// A name that WeChat knows, a blank, the value.
fn pair(line: &str) -> Option<(String, Tree)> {
    let line = line.trim_end_matches(['\r', '\n']);
    let end = line.find(|c| !is_in_name(c)).unwrap_or(line.len());
    let (name, rest) = line.split_at(end);
    let value = rest.strip_prefix(' ').or(Some(rest).filter(|rest| rest.is_empty()))?;
    let is_pair = line.len() < LONGEST && !value.starts_with(['=', ':', ' ']) && names::is_known(name);
    is_pair.then(|| (name.to_owned(), Tree::Text(value.to_owned())))
}
