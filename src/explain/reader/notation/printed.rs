//! Maps and objects as languages print them without quotes: Java's
//! `{a=1, b=2}` and `Name(a=1, b=2)`, Go's `map[a:1 b:2]` and `%+v`, Dart's
//! `{a: 1}`, a log's `a:1,b:2` and `a=1, b=2`, C#'s `{[a, 1], [b, 2]}`. A value
//! goes on until the next name.

use std::cell::LazyCell;
use std::ops::Range;

use super::super::cursor::{Cursor, Fuel, is_in_name, near};
use super::super::tree::{Tree, is_nothing};
use super::super::{escape, names};

/// Every run of at least two names.
pub(super) fn find(text: &str, fuel: &Fuel) -> Vec<(Range<usize>, Tree)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let before = text[..at].chars().next_back();
        let begins = before.is_none_or(|c| !is_in_name(c) && c != '.')
            && text[at..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        if !begins {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        match longest(text, at, fuel) {
            Some((end, pairs)) => {
                found.push((at..end, Tree::Map(pairs, at..end)));
                at = end;
            }
            None => at += text[at..].find(|c| !is_in_name(c)).unwrap_or(text.len() - at).max(1),
        }
        if fuel.burn(1).is_none() {
            break;
        }
    }
    found
}

type Pairs = Vec<(String, Tree)>;

/// How a run is written.
#[derive(Clone, Copy)]
struct Style {
    /// Between name and value.
    is: &'static str,
    /// Whether blanks stand around that, and so around values.
    loose: bool,
    /// Between two entries.
    between: Between,
    /// What ends the run.
    close: Option<char>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    Comma,
    Semicolon,
    Space,
    Brackets,
    Bar,
}

/// The reading of a run with most entries, of all that its beginning allows.
fn longest(text: &str, at: usize, fuel: &Fuel) -> Option<(usize, Pairs)> {
    let opener = text[..at].trim_end().chars().next_back();
    let close = opener.and_then(|c| match c {
        '{' => Some('}'),
        '[' => Some(']'),
        '(' => Some(')'),
        _ => None,
    });
    let after = text[at..].trim_start_matches(is_in_name);
    let rest = after.trim_start_matches(' ');
    let is = ["->", "=>", "=", ":", ","].into_iter().find(|is| rest.starts_with(is))?;
    let loose = rest.len() < after.len();
    let styles: &[Between] = match (is, close) {
        (",", Some(']')) => &[Between::Brackets],
        (",", _) => return None,
        _ => &[Between::Comma, Between::Space, Between::Semicolon, Between::Bar],
    };
    // A stray bracket inside a value is no reason to lose the run; one that opens a
    // map on this line is.
    let may_ignore = LazyCell::new(|| close.is_some() || !opens_map(&text[at..], fuel));
    let runs = styles.iter().filter_map(|between| {
        let style = Style { is, loose, between: *between, close };
        let run = Run { cursor: Cursor::new(text, at, fuel), style };
        run.read(Nesting::Heeded).or_else(|| may_ignore.then(|| run.read(Nesting::Ignored)).flatten())
    });
    let fits = |(_, pairs): &(usize, Pairs)| {
        !pairs.iter().any(|(_, v)| matches!(v, Tree::Text(v) if v.ends_with(',')))
    };
    let (end, pairs) = runs.filter(fits).rev().max_by_key(|(_, pairs)| pairs.len())?;
    Some((end, without_brackets(without_label(pairs, is))))
}

/// `params: appid: wx1, …`: what the run is called stands before its first name.
fn without_label(mut pairs: Pairs, is: &str) -> Pairs {
    let inner = |(label, value): &(String, Tree)| match value {
        Tree::Text(text) => {
            let (name, value) = text.split_once(is)?;
            let (name, value) = (name.trim(), value.trim());
            let is_label = !names::is_known(label) && names::is_known(name);
            is_label.then(|| (name.to_owned(), Tree::Text(value.to_owned())))
        }
        _ => None,
    };
    if let Some(first) = pairs.first().and_then(inner) {
        pairs[0] = first;
    }
    pairs
}

/// Whether the line goes on with a bracket. What it takes to look is paid, since
/// every name of a line may ask.
fn opens_map(rest: &str, fuel: &Fuel) -> bool {
    let line = near(rest, 2000).lines().next().unwrap_or_default();
    fuel.burn(line.len() / 32 + 1).is_none() || line.contains(['{', '[', '('])
}

/// `a=[1] b=[2]`, Go's `map[a:[1] b:[2]]`: every value in a list of one.
fn without_brackets(pairs: Pairs) -> Pairs {
    let inner = |(name, value): &(String, Tree)| match value {
        Tree::Text(text) => {
            let text = text.strip_prefix('[')?.strip_suffix(']')?;
            Some((name.clone(), Tree::Text(text.to_owned())))
        }
        _ => None,
    };
    let all: Option<Pairs> = pairs.iter().map(inner).collect();
    all.unwrap_or(pairs)
}

/// Whether brackets inside values count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nesting {
    Heeded,
    Ignored,
}

struct Run<'t> {
    cursor: Cursor<'t>,
    style: Style,
}

impl Run<'_> {
    fn read(&self, nesting: Nesting) -> Option<(usize, Pairs)> {
        let mut cursor = self.cursor;
        let mut pairs = Vec::new();
        loop {
            let name = cursor.take_while(is_in_name);
            cursor.take_while(|c| c == ' ');
            cursor.skip(self.style.is.len())?;
            // Go writes an empty value and the blank behind it the same way.
            if self.style.between != Between::Space && (self.style.is != "=" || self.style.loose) {
                cursor.take_while(|c| c == ' ');
            }
            let (value, end) = self.value(cursor, nesting)?;
            pairs.push((name.to_owned(), Tree::Text(value)));
            match end {
                End::More(at) => cursor.at = at,
                End::Over(at) => return (pairs.len() > 1).then_some((at, pairs)),
            }
        }
    }

    /// One value and where it goes on.
    fn value(&self, from: Cursor<'_>, nesting: Nesting) -> Option<(String, End)> {
        let mut cursor = from;
        if let Some((text, end)) = self.in_quotes(from) {
            return Some((text, end));
        }
        let mut depth = 0_usize;
        let mut last_close = None;
        loop {
            let text = &from.text[from.at..cursor.at];
            let Some(c) = cursor.peek() else {
                return self.cut_off(from, cursor.at, last_close, nesting);
            };
            if depth == 0 {
                if let Some(next) = self.next_name(cursor) {
                    return Some((tidy(text, self.style), End::More(next)));
                }
                if self.ends(c, cursor) {
                    return Some((tidy(text, self.style), End::Over(cursor.at)));
                }
            }
            if Some(c) == self.style.close {
                last_close = Some(cursor.at);
            }
            if c == '\n' && self.style.close.is_none() {
                return self.cut_off(from, cursor.at, last_close, nesting);
            }
            match c {
                '{' | '[' | '(' if nesting == Nesting::Heeded => depth += 1,
                '}' | ']' | ')' if nesting == Nesting::Heeded => depth = depth.checked_sub(1)?,
                _ => {}
            }
            cursor.bump()?;
        }
    }

    /// `'text'` up to a quote behind which something ends.
    fn in_quotes(&self, from: Cursor<'_>) -> Option<(String, End)> {
        let quote = from.peek().filter(|c| matches!(c, '\'' | '"'))?;
        let mut cursor = from;
        cursor.bump()?;
        loop {
            let c = cursor.bump()?;
            if c == '\n' {
                return None;
            }
            if c == quote {
                let text = || unquoted(&from.text[from.at + 1..cursor.at - 1], quote);
                if let Some(next) = self.next_name(cursor) {
                    return Some((text(), End::More(next)));
                }
                if cursor.peek().is_none_or(|c| self.ends(c, cursor) || c == '\n') {
                    return Some((text(), End::Over(cursor.at)));
                }
            }
        }
    }

    /// A run whose end is the end of the line or text.
    fn cut_off(
        &self,
        from: Cursor<'_>,
        to: usize,
        close: Option<usize>,
        nesting: Nesting,
    ) -> Option<(String, End)> {
        let to = match (self.style.close, nesting) {
            (Some(_), Nesting::Heeded) => return None,
            (Some(_), Nesting::Ignored) => close.unwrap_or(to),
            (None, _) => to,
        };
        Some((tidy(&from.text[from.at..to], self.style), End::Over(to)))
    }

    /// Whether the run ends at this character.
    fn ends(&self, c: char, cursor: Cursor<'_>) -> bool {
        match self.style.close {
            Some(close) if self.style.between == Between::Brackets => {
                c == close && !cursor.rest()[1..].trim_start().starts_with(']')
            }
            Some(close) => c == close && (self.style.between != Between::Space || !self.goes_on(cursor)),
            None => matches!(c, '}' | ']' | ')' | '"' | '\'' | '，' | '。' | '>'),
        }
    }

    /// A bracket inside a value of a map: something that is no end follows it.
    fn goes_on(&self, cursor: Cursor<'_>) -> bool {
        let mut behind = cursor;
        behind.at += 1;
        self.next_name(behind).is_some()
    }

    /// Where the next name begins, if something that separates stands here.
    fn next_name(&self, mut cursor: Cursor<'_>) -> Option<usize> {
        let mark = match self.style.between {
            Between::Comma => cursor.eat(","),
            Between::Semicolon => cursor.eat(";"),
            Between::Bar => cursor.eat("|"),
            Between::Space => cursor.peek().is_some_and(|c| matches!(c, ' ' | '\t')),
            Between::Brackets => cursor.eat("]"),
        };
        mark.then_some(())?;
        // A name stands near, and is not long.
        let rest = cursor.ahead(240);
        let left = cursor.rest().len() - rest.len();
        let mut name = rest.trim_start();
        if self.style.between == Between::Brackets {
            name = name.trim_start_matches([',', ' ', '\n', '\r', ';']).strip_prefix('[')?;
        }
        let length = name.find(|c| !is_in_name(c)).filter(|length| *length > 0)?;
        let after = &name[length..];
        let is_next = match self.style.between {
            Between::Space => after.starts_with(self.style.is),
            _ => after.trim_start_matches(' ').starts_with(self.style.is),
        };
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        (is_next && is_name).then(|| cursor.text.len() - left - name.len())
    }
}

/// Where a value ended.
enum End {
    /// The next name begins here.
    More(usize),
    /// Nothing more.
    Over(usize),
}

/// A quoted value; only double quotes have escapes in prints.
fn unquoted(text: &str, quote: char) -> String {
    if quote == '"' && text.contains("\\\"") { escape::undone(text) } else { text.to_owned() }
}

/// A value without what the print put around it.
fn tidy(text: &str, style: Style) -> String {
    let is_exact = style.is == "=" && !style.loose;
    let text = if is_exact { text.trim_end_matches(['\r', '\n']) } else { text.trim() };
    if is_nothing(text.trim()) { String::new() } else { text.to_owned() }
}
