//! What PHP's `print_r` prints, on lines or on one line (as a page shows it):
//! arrays, objects, `SimpleXMLElement Object`.

use std::ops::Range;

use super::super::cursor::{Cursor, Fuel, near};
use super::super::tree::{DEPTH, Tree};

/// Every array and object.
pub(super) fn find(text: &str, fuel: &Fuel) -> Vec<(Range<usize>, Tree)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('(').map(|i| at + i) {
        at = open + 1;
        let inside = text[at..].trim_start();
        if !is_head(&text[..open]) || !(inside.starts_with('[') || inside.is_empty()) {
            continue;
        }
        let mut printed = Printed { cursor: Cursor::new(text, open, fuel) };
        if let Some(tree) = printed.bracket(0).filter(Tree::has_names) {
            at = printed.cursor.at;
            found.push((open..at, tree));
        }
    }
    found
}

/// `Array (`, `stdClass Object (`, `ArrayObject Object (`.
fn is_head(before: &str) -> bool {
    let before = before.trim_end();
    ["Array", "Object", "array"].iter().any(|word| before.ends_with(word))
}

struct Printed<'t> {
    cursor: Cursor<'t>,
}

impl Printed<'_> {
    fn bracket(&mut self, depth: usize) -> Option<Tree> {
        let from = self.cursor.at;
        self.cursor.bump()?;
        let head = self.cursor.at;
        self.cursor.spaces();
        let layout =
            if self.cursor.text[head..self.cursor.at].contains('\n') { Layout::Lines } else { Layout::Line };
        let mut pairs = Vec::new();
        loop {
            self.cursor.spaces();
            if self.cursor.eat(")") || self.cursor.rest().is_empty() {
                break;
            }
            let name = self.name()?;
            let value = self.value(layout, depth)?;
            pairs.push((name, value));
        }
        Some(Tree::bracket(pairs, Vec::new(), from..self.cursor.at))
    }

    /// `[name] =>`, `[name:protected] =>`, `[name:Class:private] =>`.
    fn name(&mut self) -> Option<String> {
        let length = head(self.cursor.rest())?;
        let name = self.cursor.rest()[1..].split([':', ']']).next()?.to_owned();
        self.cursor.skip(length)?;
        self.cursor.eat(" ");
        Some(name)
    }

    fn value(&mut self, layout: Layout, depth: usize) -> Option<Tree> {
        let rest = self.cursor.rest();
        if let Some(open) = opening(rest).filter(|_| depth < DEPTH) {
            self.cursor.skip(open)?;
            return self.bracket(depth + 1);
        }
        let end = self.end_of_value(layout)?;
        let text = rest[..end].trim_end_matches(['\r', '\n']);
        self.cursor.at += end;
        Some(Tree::Text(if layout == Layout::Line { text.trim().to_owned() } else { text.to_owned() }))
    }

    /// A value goes on until the next name, or the bracket that closes all.
    fn end_of_value(&self, layout: Layout) -> Option<usize> {
        let rest = self.cursor.rest();
        let mut at = 0;
        let mut probe = self.cursor;
        loop {
            let gap = rest[at..].find(char::is_whitespace).map(|i| at + i);
            let next_name = if at == 0 && head(rest).is_some() { Some(0) } else { None };
            let Some(gap) = next_name.or(gap) else { return Some(closed(rest)) };
            let after = rest[gap..].trim_start();
            let behind = rest.len() - after.len();
            let breaks = next_name.is_some() || layout == Layout::Line || rest[gap..behind].contains('\n');
            if breaks && (after.is_empty() || head(after).is_some() || closes(after, layout)) {
                return Some(gap);
            }
            probe.skip(behind - at)?;
            at = behind;
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    Lines,
    Line,
}

/// How long `[name] =>` is, if that is next.
fn head(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('[')?;
    let end = inside.bytes().take(80).position(|b| b == b']')?;
    let is_name =
        inside[..end].chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '\\' | '.' | '@'));
    (is_name && inside[end..].starts_with("] =>")).then_some(end + 5)
}

/// How far it is to the bracket of a nested array.
fn opening(rest: &str) -> Option<usize> {
    let (head, _) = rest.split_once('(')?;
    (head.len() <= 80 && !head.contains('[') && !head.trim_end().contains('\n') && is_head(head))
        .then_some(head.len())
}

/// A `)` that closes: alone on its line, or before another name or nothing.
fn closes(after: &str, layout: Layout) -> bool {
    let Some(behind) = after.strip_prefix(')') else { return false };
    let near = near(behind, 200);
    let line = near.split('\n').next().unwrap_or_default().trim_start();
    match layout {
        Layout::Lines => line.is_empty(),
        Layout::Line => {
            line.is_empty() || line.starts_with(')') || line.starts_with('[') || !line.contains("] =>")
        }
    }
}

/// The last value of a line whose bracket touches it.
fn closed(rest: &str) -> usize {
    rest.strip_suffix(')').unwrap_or(rest).len()
}
