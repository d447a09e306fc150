//! PHP's `serialize()`: `a:1:{s:5:"appid";s:3:"wx1";}`. Lengths count bytes;
//! where a paste has changed them the quotes count.

use std::ops::Range;

use super::super::cursor::{Cursor, Fuel};
use super::super::tree::{DEPTH, Tree};

/// No value of a message is longer.
const LONGEST: usize = 32 * 1024;

const WORDS: [&str; 2] = ["a:", "O:"];

/// Every array and object.
pub(super) fn find(text: &str, fuel: &Fuel) -> Vec<(Range<usize>, Tree)> {
    let mut found = Vec::new();
    let mut at = 0;
    let starts = text.char_indices().filter(|(i, _)| WORDS.iter().any(|word| text[*i..].starts_with(word)));
    for (start, _) in starts {
        if start < at || fuel.burn(1).is_none() {
            continue;
        }
        let mut reader = Serialized { cursor: Cursor::new(text, start, fuel) };
        if let Some(tree) = reader.value(0).filter(Tree::has_names) {
            at = reader.cursor.at;
            found.push((start..at, tree));
        }
    }
    found
}

struct Serialized<'t> {
    cursor: Cursor<'t>,
}

impl Serialized<'_> {
    fn value(&mut self, depth: usize) -> Option<Tree> {
        let from = self.cursor.at;
        match self.cursor.bump()? {
            'N' => self.cursor.eat(";").then(|| Tree::Text(String::new())),
            's' => {
                let text = self.string()?;
                self.cursor.eat(";").then_some(Tree::Text(text))
            }
            'i' | 'd' | 'b' => {
                self.cursor.eat(":").then_some(())?;
                let word =
                    self.cursor.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+'));
                self.cursor.eat(";").then(|| Tree::Text(word.to_owned()))
            }
            'O' if depth < DEPTH => {
                self.string()?;
                self.members(from, depth)
            }
            'a' if depth < DEPTH => self.members(from, depth),
            _ => None,
        }
    }

    /// `:5:"appid"`
    fn string(&mut self) -> Option<String> {
        self.cursor.eat(":").then_some(())?;
        let length: usize = self.cursor.take_while(|c| c.is_ascii_digit()).parse().ok()?;
        self.cursor.eat(":\"").then_some(())?;
        let rest = self.cursor.rest();
        let fits = rest.get(length..).is_some_and(|after| after.starts_with('"'));
        let end = if fits { length } else { self.closing_quote()? };
        let text = rest[..end].to_owned();
        self.cursor.skip(end + 1)?;
        Some(text)
    }

    /// The quote that ends a string whose length is wrong; what it takes to look
    /// for it is paid, since the next string may lack it too.
    fn closing_quote(&mut self) -> Option<usize> {
        let near = self.cursor.paid(LONGEST)?;
        near.find("\";").or_else(|| near.find("\":"))
    }

    fn members(&mut self, from: usize, depth: usize) -> Option<Tree> {
        self.cursor.eat(":").then_some(())?;
        self.cursor.take_while(|c| c.is_ascii_digit());
        self.cursor.eat(":{").then_some(())?;
        let mut pairs = Vec::new();
        while !self.cursor.eat("}") {
            let Tree::Text(name) = self.value(depth + 1)? else { return None };
            // Private members carry their class between zeros.
            let name = name.rsplit('\0').next().unwrap_or_default().to_owned();
            pairs.push((name, self.value(depth + 1)?));
        }
        Some(Tree::bracket(pairs, Vec::new(), from..self.cursor.at))
    }
}
