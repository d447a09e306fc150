//! Names and values in turn, a line for each: what the network panel of a browser copies,
//! `HGETALL` of redis-cli, two columns of a page. Counts only where several names of
//! WeChat's are followed by a value, a signature among them.

use super::super::cursor::{Cursor, Fuel};
use super::super::names;
use super::super::tree::{Found, Tree};

/// A longer line is no name.
const LONGEST: usize = 64;

/// Blocks of such lines.
pub(super) fn find(text: &str, fuel: &Fuel) -> Found {
    let mut found = Found::new();
    let mut block: Vec<(String, Tree)> = Vec::new();
    let (mut from, mut at) = (0, 0);
    let mut lines = text.split_inclusive('\n').chain([""]).peekable();
    while let Some(line) = lines.next() {
        if fuel.burn(line.len() / 8 + 1).is_none() {
            break;
        }
        let name = name(line, fuel).filter(|name| block.iter().all(|(known, _)| known != name));
        let begins = at;
        at += line.len();
        let Some(name) = name else {
            if names::are_signed(block.iter().map(|(name, _)| name.as_str())) {
                found.push((from..begins, Tree::Map(std::mem::take(&mut block), from..begins)));
            }
            block.clear();
            continue;
        };
        if block.is_empty() {
            from = begins;
        }
        // Behind a name without a value the next name stands.
        let value = lines.next_if(|next| !next.is_empty() && self::name(next, fuel).is_none());
        at += value.map_or(0, str::len);
        block.push((name, Tree::Text(value.map(|value| plain(value, fuel)).unwrap_or_default())));
    }
    found
}

/// The name that is all of a line, as it is or in quotes or with a colon.
fn name(line: &str, fuel: &Fuel) -> Option<String> {
    let line = line.trim().trim_end_matches([':', '：']);
    let name = (line.len() < LONGEST).then(|| plain(line, fuel))?;
    names::is_known(&name).then_some(name)
}

/// Without quotes.
fn plain(line: &str, fuel: &Fuel) -> String {
    let line = line.trim();
    Cursor::new(line, 0, fuel).quoted().unwrap_or_else(|| line.to_owned())
}
