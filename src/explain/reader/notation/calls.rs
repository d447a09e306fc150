//! Values handed to calls, one call a name: `map.put("a", "1")`,
//! `req.setA("1")`, a builder's `.a("1").b("2")`, Objective-C's
//! `setObject:@"1" forKey:@"a"`.

use super::super::cursor::{Cursor, Fuel, is_in_name, is_quote};
use super::super::names;
use super::super::tree::{Found, Tree};

/// Runs of such calls; a name that comes again begins a new one.
pub(super) fn find(text: &str, fuel: &Fuel) -> Found {
    let mut found: Found = Vec::new();
    let mut pairs: Vec<(String, Tree)> = Vec::new();
    let (mut from, mut to, mut at) = (0, 0, 0);
    while let Some(open) = text[at..].find(['(', ':']).map(|i| at + i) {
        at = open + 1;
        if fuel.burn(1).is_none() {
            break;
        }
        let Some((name, value, end)) = call(text, open, fuel) else { continue };
        if pairs.iter().any(|(known, _)| *known == name) {
            found.push((from..to, Tree::Map(std::mem::take(&mut pairs), from..to)));
        }
        if pairs.is_empty() {
            from = open;
        }
        pairs.push((name, Tree::Text(value)));
        (at, to) = (end, end);
    }
    if pairs.len() > 1 {
        found.push((from..to, Tree::Map(pairs, from..to)));
    }
    found
}

/// The name and value of a call whose bracket or colon is here, and its end.
fn call(text: &str, open: usize, fuel: &Fuel) -> Option<(String, String, usize)> {
    let before = &text[..open];
    let word = &before[before
        .rfind(|c| !is_in_name(c))
        .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8))..];
    let mut cursor = Cursor::new(text, open + 1, fuel);
    let first = argument(&mut cursor)?;
    if text[open..].starts_with(':') {
        cursor.spaces();
        let is_set = matches!(word, "setObject" | "setValue")
            && (cursor.eat("forKey:") || cursor.eat("forKeyedSubscript:"));
        return is_set.then(|| argument(&mut cursor)).flatten().map(|name| (name, first, cursor.at));
    }
    cursor.spaces();
    if cursor.eat(",") {
        let second = argument(&mut cursor)?;
        return names::is_known(&first).then_some((first, second, cursor.at));
    }
    let name = ["set", "Set", "with", "add"].iter().find_map(|verb| word.strip_prefix(verb)).unwrap_or(word);
    let name = name.trim_start_matches('_');
    (cursor.eat(")") && names::is_known(name)).then(|| (lower_first(name), first, cursor.at))
}

/// A string or a number.
fn argument(cursor: &mut Cursor<'_>) -> Option<String> {
    cursor.spaces();
    cursor.eat("@");
    if cursor.peek().is_some_and(is_quote) {
        return cursor.quoted();
    }
    let number = cursor.take_while(|c| c.is_ascii_digit());
    (!number.is_empty()).then(|| number.to_owned())
}

fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
