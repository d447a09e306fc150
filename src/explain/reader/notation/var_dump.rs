//! What PHP's `var_dump` prints, with or without Xdebug, on lines or on one
//! line: every value with its type, every string with its length in bytes.

use std::ops::Range;

use super::super::cursor::{Cursor, Fuel};
use super::super::tree::{DEPTH, Tree};

/// No value of a message is longer.
const LONGEST: usize = 32 * 1024;

const WORDS: [&str; 2] = ["array", "object"];

/// Every array and object.
pub(super) fn find(text: &str, fuel: &Fuel) -> Vec<(Range<usize>, Tree)> {
    let mut found = Vec::new();
    let mut at = 0;
    let starts = text.char_indices().filter(|(i, _)| WORDS.iter().any(|word| text[*i..].starts_with(word)));
    for (start, _) in starts {
        if start < at || fuel.burn(1).is_none() {
            continue;
        }
        let mut dump = Dump { cursor: Cursor::new(text, start, fuel) };
        if let Some(tree) = dump.value(0).filter(Tree::has_names) {
            at = dump.cursor.at;
            found.push((start..at, tree));
        }
    }
    found
}

struct Dump<'t> {
    cursor: Cursor<'t>,
}

impl Dump<'_> {
    fn value(&mut self, depth: usize) -> Option<Tree> {
        self.cursor.spaces();
        let from = self.cursor.at;
        let kind = self.cursor.name()?;
        match kind {
            "string" => self.string(),
            "int" | "integer" | "float" | "double" | "bool" | "boolean" => Some(self.scalar()),
            "NULL" | "null" => Some(Tree::Text(String::new())),
            "array" | "object" if depth < DEPTH => self.members(from, depth),
            _ => None,
        }
    }

    /// `string(3) "CFT"`, Xdebug's `string 'CFT' (length=3)`.
    fn string(&mut self) -> Option<Tree> {
        let length = self.in_round().and_then(|n| n.parse::<usize>().ok());
        self.cursor.spaces();
        let quote = self.cursor.bump().filter(|c| matches!(c, '"' | '\''))?;
        let rest = self.cursor.rest();
        let end = match length.filter(|n| rest.get(*n..).is_some_and(|r| r.starts_with(quote))) {
            Some(length) => length,
            None if quote == '\'' => self.cursor.paid(LONGEST)?.find("' (length=")?,
            None => self.cursor.paid(LONGEST)?.find(quote)?,
        };
        let text = rest[..end].to_owned();
        self.cursor.skip(end + 1)?;
        self.cursor.eat(" ");
        if self.cursor.rest().starts_with("(length=") {
            self.in_round()?;
        }
        Some(Tree::Text(text))
    }

    /// `int(1)`, Xdebug's `int 1`.
    fn scalar(&mut self) -> Tree {
        if let Some(text) = self.in_round() {
            return Tree::Text(text.to_owned());
        }
        self.cursor.spaces();
        let word = self.cursor.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
        Tree::Text(word.to_owned())
    }

    fn in_round(&mut self) -> Option<&str> {
        let inside = self.cursor.rest().strip_prefix('(')?;
        let end = inside.bytes().take(40).position(|b| b == b')')?;
        self.cursor.skip(end + 2)?;
        Some(&inside[..end])
    }

    /// `array(2) { … }`, `object(stdClass)#1 (2) { … }`, Xdebug's `array (size=2) …`.
    fn members(&mut self, from: usize, depth: usize) -> Option<Tree> {
        self.cursor.take_while(|c| c != '{' && c != '\n' && c != '\'' && c != '"');
        self.cursor.spaces();
        let braced = self.cursor.eat("{");
        let mut pairs = Vec::new();
        loop {
            self.cursor.spaces();
            if braced && self.cursor.eat("}") || self.cursor.rest().is_empty() {
                break;
            }
            let before = self.cursor.at;
            let Some(name) = self.name() else {
                if braced {
                    return None;
                }
                self.cursor.at = before;
                self.cursor.take_while(char::is_alphabetic);
                break;
            };
            pairs.push((name, self.value(depth + 1)?));
        }
        Some(Tree::bracket(pairs, Vec::new(), from..self.cursor.at))
    }

    /// `["a"]=>`, `[0]=>`, `["a":protected]=>`, Xdebug's `'a' =>`, `public 'a' =>`.
    fn name(&mut self) -> Option<String> {
        let near = self.cursor.ahead(120);
        let head = &near[..near.find("=>")?];
        let name = match head.split(['"', '\'']).nth(1) {
            Some(name) => name,
            None => head.trim().trim_matches(['[', ']']),
        };
        let name = name.to_owned();
        let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '@'));
        if !plain || name.is_empty() || !self.cursor.rest()[head.len()..].starts_with("=>") {
            return None;
        }
        self.cursor.skip(head.len() + 2)?;
        Some(name)
    }
}
