//! A place in a text, and the steps that every notation takes from it: blanks,
//! comments, names, quoted strings. Owns the fuel that keeps reading linear:
//! whoever steps pays, and without fuel nothing more is found.

use std::cell::Cell;

use super::escape;

/// How many steps a reading may still take.
pub(super) struct Fuel(Cell<usize>);

impl Fuel {
    /// Enough for every notation in every view of a text of usual size, and for
    /// some passes over the longest.
    ///
    /// Measured with a MiB each of `a=`, `{`, quotes and seventy more of that
    /// kind: all are read within a second in a release build. Run the fuzz
    /// target after a change.
    pub(super) const fn for_text(len: usize) -> Self {
        Self(Cell::new(len * 3 + 1_000_000))
    }

    /// Pays for so many steps; none once the fuel is used up.
    pub(super) fn burn(&self, steps: usize) -> Option<()> {
        let left = self.0.get().checked_sub(steps);
        self.0.set(left.unwrap_or(0));
        left.map(|_| ())
    }
}

/// A place in a text.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    fuel: &'t Fuel,
}

impl<'t> Cursor<'t> {
    pub(super) const fn new(text: &'t str, at: usize, fuel: &'t Fuel) -> Self {
        Self { text, at, fuel }
    }

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// At most so many bytes of what is next.
    pub(super) fn ahead(&self, most: usize) -> &'t str {
        near(self.rest(), most)
    }

    /// The same, for a search in it: the whole of it is paid.
    pub(super) fn paid(&self, most: usize) -> Option<&'t str> {
        let near = self.ahead(most);
        self.fuel.burn(near.len() / 8 + 1)?;
        Some(near)
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes one character.
    pub(super) fn bump(&mut self) -> Option<char> {
        self.fuel.burn(1)?;
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Steps over so many bytes, and no half character; a jump costs less than
    /// steps.
    pub(super) fn skip(&mut self, bytes: usize) -> Option<()> {
        self.fuel.burn(bytes / 8 + 1)?;
        let to = self.at + bytes;
        self.text.is_char_boundary(to).then_some(())?;
        self.at = to;
        Some(())
    }

    /// Takes this text, if it is next.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let is_next = self.rest().starts_with(text);
        if is_next {
            self.at += text.len();
        }
        is_next
    }

    /// Takes all characters of a kind.
    pub(super) fn take_while(&mut self, is: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !is(c)).unwrap_or(rest.len());
        if self.fuel.burn(end / 4 + 1).is_none() {
            return "";
        }
        self.at += end;
        &rest[..end]
    }

    /// White space.
    pub(super) fn spaces(&mut self) {
        self.take_while(char::is_whitespace);
    }

    /// White space, comments, and the triangles that a page draws to fold.
    pub(super) fn blanks(&mut self) {
        loop {
            self.take_while(|c| c.is_whitespace() || matches!(c, '▼' | '▶' | '…'));
            let rest = self.rest();
            let end = match () {
                () if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
                () if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
                () if is_hash_comment(rest) => rest.find('\n').unwrap_or(rest.len()),
                () => return,
            };
            if self.skip(end).is_none() {
                return;
            }
        }
    }

    /// A name as programs have them.
    pub(super) fn name(&mut self) -> Option<&'t str> {
        let first = self.peek()?;
        (first.is_alphabetic() || first == '_' || first == '$').then_some(())?;
        Some(self.take_while(is_in_name)).filter(|name| !name.is_empty())
    }

    /// A quoted string, its escapes undone.
    pub(super) fn quoted(&mut self) -> Option<String> {
        let quote = self.peek().filter(|c| is_quote(*c))?;
        self.bump()?;
        let mut out = String::new();
        loop {
            match self.bump()? {
                c if c == quote => return Some(out),
                '\\' => {
                    let (length, value) = escape::one(self.rest());
                    self.skip(length)?;
                    out.push_str(&value);
                }
                c => out.push(c),
            }
        }
    }
}

/// At most so many bytes of a text, and no half character.
pub(super) fn near(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

pub(super) const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`')
}

pub(super) fn is_in_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

/// `# remark`, but not `#123` of a PHP object and not `#anchor`.
fn is_hash_comment(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next() == Some('#') && chars.next().is_none_or(|c| c == ' ' || c == '\n' || !c.is_ascii())
}
