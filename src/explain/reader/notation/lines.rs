//! One name and its value a line, in the many ways in which people and programs
//! write that: `a: 1`, `a = "1";`, `req.a = "1"`, `map.put("a", "1")`,
//! `a, 1`, `a=[1]`, the cells of `console.table`. The weakest of all readings:
//! what it finds counts only where nothing stricter does.

use std::ops::Range;

use super::super::cursor::{Cursor, Fuel, is_in_name, is_quote};
use super::super::names;
use super::super::tree::{Tree, is_nothing};

/// Blocks of lines; a name that comes again begins a new one.
pub(super) fn find(text: &str, fuel: &Fuel) -> Vec<(Range<usize>, Tree)> {
    let mut found: Vec<(Range<usize>, Tree)> = Vec::new();
    let mut pairs: Vec<(String, Tree)> = Vec::new();
    let (mut from, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        for piece in statements(line) {
            let Some((name, value)) = pair(piece, fuel) else { continue };
            if pairs.iter().any(|(known, _)| *known == name) {
                found.push((from..at, Tree::Map(std::mem::take(&mut pairs), from..at)));
            }
            if pairs.is_empty() {
                from = at;
            }
            // More than any message has: not a message.
            if pairs.len() < 512 {
                pairs.push((name, Tree::Text(value)));
            }
        }
        at += line.len();
        if fuel.burn(1).is_none() || found.len() > MOST_BLOCKS {
            break;
        }
    }
    if !pairs.is_empty() {
        found.push((from..at, Tree::Map(pairs, from..at)));
    }
    found
}

/// A paste with more blocks than this is no message: a dump of one name for ever
/// would be as many maps as it has lines.
const MOST_BLOCKS: usize = 2000;

/// The statements of a line of a program; any other line as it is.
fn statements(line: &str) -> impl Iterator<Item = &str> {
    let is_code = line.trim_end().ends_with(';') && line.contains(['"', '\'']);
    let mut quote = None;
    let mut before = ' ';
    line.split(move |c| {
        let is_escaped = std::mem::replace(&mut before, c) == '\\';
        if is_quote(c) && !is_escaped {
            quote = if quote == Some(c) { None } else { quote.or(Some(c)) };
        }
        is_code && c == ';' && quote.is_none()
    })
}

/// A longer line is no name with its value.
const LONGEST: usize = 16 * 1024;

/// A name that WeChat knows with its value; else the only name of a plain line.
fn pair(line: &str, fuel: &Fuel) -> Option<(String, String)> {
    if line.len() > LONGEST {
        return None;
    }
    if let Some(entry) = key_and_value(line) {
        return Some(entry);
    }
    let line = cells(line);
    let line = line.trim().trim_start_matches(['-', '*', '•', '|', '│']).trim_start();
    let mut first = None;
    let mut at = 0;
    while let Some(start) = line[at..].find(|c: char| c.is_ascii_alphabetic() || c == '_').map(|i| at + i) {
        let end = line[start..].find(|c| !is_in_name(c)).map_or(line.len(), |i| start + i);
        fuel.burn(end - at)?;
        let name = &line[start..end];
        if let Some(value) = behind(&line[end..]).or_else(|| behind_gap(&line[end..]).filter(|_| start == 0))
        {
            if is_query(&line[end..], value) || start == 0 && is_heading(name, value) {
                return None;
            }
            if names::is_known(name) {
                return Some((name.to_owned(), cleaned(name, value, fuel)));
            }
            first = first.or_else(|| (start == 0).then_some((name, value)));
        }
        at = end;
    }
    let (name, value) = first.filter(|(name, _)| name.len() < 40)?;
    Some((name.to_owned(), cleaned(name, value, fuel)))
}

/// `Key = a, Value = 1`, `key= a and value= 1`.
fn key_and_value(line: &str) -> Option<(String, String)> {
    let lower = line.to_ascii_lowercase();
    let key = lower.find("key")?;
    let value = key + lower[key..].find("value")?;
    let marked = |at: usize| line[at..].trim_start().starts_with(['=', ':', '：']);
    if !marked(key + "key".len()) || !marked(value + "value".len()) {
        return None;
    }
    let trimmed = |text: &str| text.trim_matches(|c: char| " =:：,;\"'{}[]\r\n".contains(c)).to_owned();
    let name = trimmed(&line[key + "key".len()..value]);
    let name = name.split([' ', ',']).next().unwrap_or_default().to_owned();
    names::is_known(&name).then(|| (name, trimmed(&line[value + "value".len()..])))
}

/// A row of a table as `name: value`.
fn cells(line: &str) -> String {
    let bar = if line.contains('│') { '│' } else { '|' };
    let inner = line.trim();
    // Without a bar in front, the last one stands before an empty cell.
    let inner = inner.strip_prefix(bar).map_or(inner, |inner| inner.strip_suffix(bar).unwrap_or(inner));
    let cells: Vec<&str> = inner.split(bar).map(str::trim).collect();
    match cells.as_slice() {
        [name, value] if is_heading(name, value) => String::new(),
        [name, value] if names::is_known(name.trim_matches(['\'', '"'])) => format!("{name}: {value}"),
        [_, name, value] if names::is_known(name.trim_matches(['\'', '"'])) => format!("{name}: {value}"),
        _ => line.to_owned(),
    }
}

/// The head of two columns.
fn is_heading(name: &str, value: &str) -> bool {
    let name = name.to_lowercase();
    matches!(name.as_str(), "name" | "key" | "field" | "参数" | "参数名" | "字段" | "名称")
        && matches!(value.to_lowercase().as_str(), "value" | "values" | "值" | "参数值" | "示例值")
}

/// What stands behind a tab or a column of blanks.
fn behind_gap(rest: &str) -> Option<&str> {
    (rest.starts_with('\t') || rest.starts_with("  ")).then(|| rest.trim())
}

/// Whether the line goes on with `&name=`: that is for another notation.
fn is_query(rest: &str, value: &str) -> bool {
    rest.starts_with('=')
        && !value.starts_with("http")
        && value.split('&').skip(1).any(|pair| pair.contains('='))
}

/// What stands behind a name, if something between says that it is its value.
fn behind(rest: &str) -> Option<&str> {
    let rest = rest.trim_start_matches(['"', '\'', ']', ' ', '\t', '`', '*']);
    for mark in ["=>", "->", ":=", "=", ":", "：", ",", "，"] {
        if let Some(value) = rest.strip_prefix(mark) {
            let is_path = mark == ":" && value.starts_with("//");
            return (!is_path && !value.starts_with('=')).then(|| value.trim());
        }
    }
    None
}

/// The value without quotes, brackets, commas and remarks.
fn cleaned(name: &str, value: &str, fuel: &Fuel) -> String {
    let value = without_type(value.trim_start_matches('@'));
    let mut cursor = Cursor::new(value, 0, fuel);
    if let Some(text) = cursor.quoted() {
        return with_quotes(value, cursor.at).map_or(text, str::to_owned);
    }
    let mut value = value.trim_end_matches([',', ';', ' ', '\r']);
    for mark in [" //", "\t//", " # ", " /*"] {
        value = value.split_once(mark).map_or(value, |(before, _)| before).trim_end();
    }
    if let Some(inner) = value.strip_prefix('[').and_then(|v| v.strip_suffix(']')) {
        value = inner;
    }
    let value = value.trim_matches(['"', '\'']);
    if let Some(number) = value.split_once('(').and_then(|(_, v)| v.strip_suffix(')')) {
        // `UInt32(1704081600)`
        if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) {
            return number.to_owned();
        }
    }
    if is_nothing(value) {
        return String::new();
    }
    if names::is_prose(name) { value.to_owned() } else { without_remark(value).to_owned() }
}

/// `string (18) "wx77…"`: what a dump says of a text before it.
fn without_type(value: &str) -> &str {
    let behind = value.strip_prefix("string").map(str::trim_start);
    let length = behind.and_then(|rest| rest.strip_prefix('(')?.split_once(") "));
    length.filter(|(length, _)| length.bytes().all(|b| b.is_ascii_digit())).map_or(value, |(_, text)| text)
}

/// A text with quotes in it that nobody escaped: one ends before a letter, and the last one
/// stands where the value ends.
fn with_quotes(value: &str, end: usize) -> Option<&str> {
    let goes_on = value[end..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '{' | '['));
    let inner = value.trim_end_matches([',', ';', ' ', '\r']).strip_suffix(&value[..1]);
    inner.filter(|inner| goes_on && inner.len() >= end)?.get(1..)
}

/// `CMB_CREDIT 付款银行`: a remark in another script behind a code.
fn without_remark(value: &str) -> &str {
    match value.split_once([' ', '\t']) {
        Some((code, remark))
            if code.is_ascii() && remark.trim_start().starts_with(|c: char| !c.is_ascii()) =>
        {
            code
        }
        _ => value,
    }
}
