//! Literals of programming languages, all in one grammar, since they differ in
//! little: JSON, JavaScript and `util.inspect`, PHP arrays and `var_export`,
//! Laravel's `dd`, Ruby hashes, Python dicts and `OrderedDict`, Swift,
//! Objective-C, Kotlin, C#, Go and Dart maps, named arguments of a call.
//! Expressions are told apart from values and never evaluated.

use std::ops::Range;

use super::super::cursor::{Cursor, Fuel, is_in_name, is_quote};
use super::super::tree::{DEPTH, Tree, is_nothing};

/// Every literal with names in it.
pub(super) fn find(text: &str, fuel: &Fuel) -> Vec<(Range<usize>, Tree)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find(['{', '[', '(']).map(|i| at + i) {
        at = open + 1;
        if text[open..].starts_with('(') && !is_call(&text[..open]) {
            continue;
        }
        let mut parser = Parser { cursor: Cursor::new(text, open, fuel) };
        let is_flat = ["of", "Hash"].iter().any(|word| text[..open].ends_with(word));
        let tree = parser.bracket(0).map(|tree| match tree {
            Tree::List(items, span) if is_flat => flat(items, span),
            tree => tree,
        });
        match tree {
            Some(tree) if tree.has_names() => {
                at = parser.cursor.at;
                found.push((open..at, tree));
            }
            _ if fuel.burn(1).is_none() => break,
            _ => {}
        }
    }
    found.extend(entries(&found));
    found
}

/// `{"name": "a", "value": "1"}` line by line, as one.
fn entries(found: &[(Range<usize>, Tree)]) -> Option<(Range<usize>, Tree)> {
    let (first, last) = (found.first()?, found.last()?);
    let pairs: Option<Vec<_>> = found.iter().map(|(_, tree)| tree.entry()).collect();
    let span = first.0.start..last.0.end;
    pairs.filter(|pairs| pairs.len() > 1).map(|pairs| (span.clone(), Tree::Map(pairs, span)))
}

fn is_call(before: &str) -> bool {
    before.trim_end_matches(' ').chars().next_back().is_some_and(is_in_name)
}

/// Calls that only dress up the one text they are given.
const DRESSES: &[&str] = &[
    "AnyHashable",
    "Decimal",
    "Optional",
    "ObjectId",
    "String",
    "NSString",
    "NSNumber",
    "str",
    "valueOf",
    "of",
    "Some",
];

struct Parser<'t> {
    cursor: Cursor<'t>,
}

impl Parser<'_> {
    fn bracket(&mut self, depth: usize) -> Option<Tree> {
        let from = self.cursor.at;
        let close = closing(self.cursor.bump()?)?;
        if depth > DEPTH {
            return None;
        }
        let (mut pairs, mut items) = (Vec::new(), Vec::new());
        loop {
            self.cursor.blanks();
            match self.cursor.peek() {
                // A paste that was cut off is still worth something.
                None => break,
                Some(c) if c == close => {
                    self.cursor.bump()?;
                    break;
                }
                Some(',' | ';') => _ = self.cursor.bump()?,
                Some('}' | ']' | ')') => return None,
                Some(_) => match self.entry(depth)? {
                    (Some(name), value) => pairs.push((name, value)),
                    (None, value) => items.push(value),
                },
            }
        }
        Some(Tree::bracket(pairs, items, from..self.cursor.at))
    }

    /// A name with its value, or a value alone.
    fn entry(&mut self, depth: usize) -> Option<(Option<String>, Tree)> {
        let from = self.cursor.at;
        let name = self.key();
        if name.is_none() {
            self.cursor.at = from;
        }
        let value = self.value(depth)?;
        Some((name, value))
    }

    /// A name up to what stands between it and its value.
    fn key(&mut self) -> Option<String> {
        // Marks of visibility, of symbols, of Objective-C strings.
        self.casts();
        self.cursor.take_while(|c| matches!(c, '+' | '#' | '-' | '~' | '@'));
        let in_brackets = self.cursor.eat("[");
        let is_symbol = self.cursor.eat(":");
        let name = match self.cursor.peek()? {
            c if is_quote(c) => self.cursor.quoted()?,
            '<' if self.cursor.eat("<<") => self.binary()?,
            c if c.is_ascii_digit() && !in_brackets => {
                self.cursor.take_while(|c| c.is_ascii_digit()).to_owned()
            }
            _ if in_brackets => return None,
            _ => self.bare_name()?,
        };
        if in_brackets && !self.cursor.eat("]") {
            return None;
        }
        self.cursor.blanks();
        let rest = self.cursor.rest();
        let length = match () {
            () if rest.starts_with("=>") => 2,
            () if rest.starts_with("::") || rest.starts_with("==") => return None,
            () if rest.starts_with(':') && !is_symbol => 1,
            () if rest.starts_with('=') => 1,
            () if rest.starts_with("to ") => 3,
            // Clojure's `:a "1"`.
            () if is_symbol && rest.starts_with('"') => 0,
            () => return None,
        };
        self.cursor.skip(length)?;
        Some(name)
    }

    /// Erlang's `<<"a">>`, behind its first marks.
    fn binary(&mut self) -> Option<String> {
        let text = self.cursor.quoted()?;
        self.cursor.take_while(|c| c.is_alphanumeric() || c == '/');
        self.cursor.eat(">>").then_some(text)
    }

    /// `a`, `a.b`, `AnyHashable("a")`; the last part counts.
    fn bare_name(&mut self) -> Option<String> {
        let mut name = self.cursor.name()?;
        if name.len() <= 2 && self.cursor.peek().is_some_and(is_quote) {
            return self.cursor.quoted();
        }
        while self.cursor.rest().starts_with(['.', '-']) {
            self.cursor.bump()?;
            name = self.cursor.name()?;
        }
        if DRESSES.contains(&name) && self.cursor.eat("(") {
            let inner = self.cursor.quoted()?;
            return self.cursor.eat(")").then_some(inner);
        }
        Some(name.to_owned())
    }

    /// One value; what is none, or goes on behind one, is code.
    fn value(&mut self, depth: usize) -> Option<Tree> {
        self.cursor.blanks();
        let from = self.cursor.at;
        let value = self.literal(depth)?;
        let end = self.cursor.at;
        self.cursor.take_while(|c| c == ' ' || c == '\t');
        // Go's `%q` has nothing but a blank between two entries.
        if self.is_over() || self.cursor.at > end && self.begins_entry() {
            return Some(value);
        }
        // Brackets may be followed by anything: `{…} + x`, `[…] cost 3 ms`.
        if matches!(value, Tree::List(..) | Tree::Map(..)) {
            self.cursor.at = end;
            self.skip_expression(depth)?;
            return Some(value);
        }
        self.skip_expression(depth)?;
        Some(Tree::Code(self.cursor.text[from..self.cursor.at].trim().to_owned()))
    }

    /// Whether the value ends here.
    fn is_over(&self) -> bool {
        let rest = self.cursor.rest();
        rest.is_empty()
            || rest.starts_with([',', ';', '}', ']', ')', '\n', '\r', '#', '▶', '…'])
            || rest.starts_with("//")
            || rest.starts_with("/*")
    }

    /// `(string) (len=5) `: what Go's spew puts before a value.
    fn casts(&mut self) {
        while let Some((inside, _)) =
            self.cursor.ahead(44).strip_prefix('(').and_then(|rest| rest.split_once(") "))
        {
            let is_cast = inside.len() < 40 && inside.chars().all(|c| is_in_name(c) || "[]*.= ".contains(c));
            if !is_cast || self.cursor.skip(inside.len() + 3).is_none() {
                return;
            }
        }
    }

    fn literal(&mut self, depth: usize) -> Option<Tree> {
        self.casts();
        self.cursor.eat("@");
        let c = self.cursor.peek()?;
        if is_quote(c) {
            return self.string(c);
        }
        if self.cursor.rest().starts_with("<<\"") && self.cursor.eat("<<") {
            return self.binary().map(Tree::Text);
        }
        if matches!(c, '{' | '[' | '(') {
            let bracket = self.bracket(depth + 1)?;
            let is_type = matches!(&bracket, Tree::List(items, _) if items.is_empty());
            return if is_type { self.slice(bracket, depth) } else { Some(bracket) };
        }
        let from = self.cursor.at;
        if c.is_ascii_digit() || matches!(c, '-' | '.') {
            self.cursor.bump()?;
            self.cursor.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_'));
            let word = &self.cursor.text[from..self.cursor.at];
            return Some(if is_number(word) {
                Tree::Text(number(word))
            } else {
                Tree::Code(word.to_owned())
            });
        }
        if self.cursor.eat(":") || c.is_alphabetic() || matches!(c, '_' | '$' | '&' | '\\') {
            return self.word(depth);
        }
        self.skip_expression(depth)?;
        // A character that begins nothing, so that reading always goes on.
        if self.cursor.at == from {
            self.cursor.bump()?;
        }
        Some(Tree::Code(self.cursor.text[from..self.cursor.at].trim().to_owned()))
    }

    /// Go's `[]string{…}`, behind its first brackets.
    fn slice(&mut self, empty: Tree, depth: usize) -> Option<Tree> {
        let from = self.cursor.at;
        let word = self.cursor.take_while(is_in_name);
        if !word.is_empty() && self.cursor.peek() == Some('{') {
            return self.bracket(depth + 1);
        }
        self.cursor.at = from;
        Some(empty)
    }

    /// A string, with the pieces that are joined to it.
    fn string(&mut self, quote: char) -> Option<Tree> {
        let from = self.cursor.at;
        let mut text = self.cursor.quoted()?;
        loop {
            let end = self.cursor.at;
            self.cursor.blanks();
            let joins =
                self.cursor.eat("+") || (self.cursor.rest().starts_with(". ") && self.cursor.eat("."));
            self.cursor.blanks();
            if !joins || !self.cursor.peek().is_some_and(is_quote) {
                self.cursor.at = end;
                break;
            }
            text.push_str(&self.cursor.quoted()?);
        }
        let is_template = quote == '`' && text.contains("${");
        Some(if is_template {
            Tree::Code(self.cursor.text[from..self.cursor.at].to_owned())
        } else {
            Tree::Text(text)
        })
    }

    /// A word: nothing, a truth, the dress of a literal, or code.
    fn word(&mut self, depth: usize) -> Option<Tree> {
        let from = self.cursor.at;
        self.cursor.take_while(|c| is_in_name(c) || matches!(c, '.' | ':' | '\\' | '&' | '-' | '?'));
        let word = &self.cursor.text[from..self.cursor.at];
        let code = |word: &str| Some(Tree::Code(word.to_owned()));
        match self.cursor.peek() {
            Some(c) if is_quote(c) && word.len() <= 2 => return self.string(c),
            Some('<') => _ = self.cursor.take_while(|c| c.is_alphanumeric() || "<>, []?*".contains(c)),
            Some(' ')
                if word == "new" || word == "array" || word == "Array" || word.starts_with("array:") =>
            {
                self.cursor.spaces();
                if word == "new" {
                    return self.literal(depth);
                }
            }
            _ => {}
        }
        if is_nothing(word) {
            return Some(Tree::Text(String::new()));
        }
        if word == "true" || word == "false" {
            return Some(Tree::Text(word.to_owned()));
        }
        let opens = self.cursor.rest().trim_start_matches(' ').starts_with(['{', '[', '(']);
        if !opens || depth > DEPTH {
            return code(word);
        }
        self.cursor.take_while(|c| c == ' ');
        self.call(word, from, depth)
    }

    /// A word with a bracket: what it holds, if it is a literal at all.
    fn call(&mut self, word: &str, from: usize, depth: usize) -> Option<Tree> {
        let mut inside = self.bracket(depth + 1)?;
        // `map[string]string{…}`, `new Dictionary<…>() {…}`, `[]string{…}`.
        while !inside.has_names() {
            let before = self.cursor.at;
            self.cursor.take_while(|c| is_in_name(c) || c == ' ');
            if !self.cursor.rest().starts_with(['{', '(']) {
                self.cursor.at = before;
                break;
            }
            inside = self.bracket(depth + 1)?;
        }
        let last = word.rsplit(['.', ':', '\\']).next().unwrap_or(word);
        let code = Tree::Code(self.cursor.text[from..self.cursor.at].to_owned());
        Some(match inside {
            Tree::List(items, span) => match items.as_slice() {
                [one @ (Tree::List(..) | Tree::Map(..))] => one.clone(),
                [Tree::Text(text)] if DRESSES.contains(&last) => Tree::Text(text.clone()),
                _ if last == "of" || last == "Hash" => flat(items, span),
                _ if items.iter().any(Tree::has_names) || last == "entry" => Tree::List(items, span),
                [] if last == "array" || last == "Array" => Tree::List(items, span),
                _ => code,
            },
            map => map,
        })
    }

    /// Steps over an expression: up to a comma or closing bracket of its level.
    fn skip_expression(&mut self, depth: usize) -> Option<()> {
        let mut open = Vec::new();
        while let Some(c) = self.cursor.peek() {
            match c {
                c if is_quote(c) => {
                    let from = self.cursor.at;
                    // An apostrophe is no string.
                    if self.cursor.quoted().is_none() {
                        self.cursor.at = from;
                        self.cursor.bump()?;
                    }
                    continue;
                }
                '{' | '[' | '(' if open.len() < DEPTH * 4 => open.push(closing(c)?),
                '{' | '[' | '(' => return None,
                c if open.last() == Some(&c) => _ = open.pop(),
                ',' | ';' | '}' | ']' | ')' if open.is_empty() => return Some(()),
                '\n' if open.is_empty() && depth <= DEPTH && self.line_begins_entry() => return Some(()),
                _ => {}
            }
            self.cursor.bump()?;
        }
        Some(())
    }

    /// Whether the next line begins with a quoted name: `dd` writes no commas.
    fn line_begins_entry(&self) -> bool {
        let line = self.cursor.rest().trim_start();
        line.starts_with(['"', '\''])
            && line.lines().next().is_some_and(|line| line.contains("=>") || line.contains("\":"))
    }

    /// Whether a quoted name with its colon is next.
    fn begins_entry(&self) -> bool {
        let near = self.cursor.ahead(80).strip_prefix('"');
        near.and_then(|near| near.split_once('"')).is_some_and(|(_, after)| after.starts_with(':'))
    }
}

/// `of(a, 1, b, 2)`.
fn flat(items: Vec<Tree>, span: Range<usize>) -> Tree {
    let pair = |two: &[Tree]| match two {
        [Tree::Text(name), value] => Some((name.clone(), value.clone())),
        _ => None,
    };
    let pairs: Option<Vec<_>> = items.chunks(2).map(pair).collect();
    match pairs.filter(|pairs| !pairs.is_empty()) {
        Some(pairs) => Tree::Map(pairs, span),
        None => Tree::List(items, span),
    }
}

const fn closing(open: char) -> Option<char> {
    match open {
        '{' => Some('}'),
        '[' => Some(']'),
        '(' => Some(')'),
        _ => None,
    }
}

fn is_number(word: &str) -> bool {
    let digits = word.trim_start_matches('-').trim_end_matches(['L', 'n', 'f', 'd']);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'))
}

/// Without the letter that tells a compiler its type.
fn number(word: &str) -> String {
    word.trim_end_matches(['L', 'n']).to_owned()
}
