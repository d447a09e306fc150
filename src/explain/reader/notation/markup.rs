//! Names and values in tags that are not their own: fields of an HTML form, cells of a
//! table, entries of a plist or of Java's properties, attributes of one element. Counts
//! only where several names of WeChat's stand, a signature among them.

use super::super::cursor::{Cursor, Fuel, is_in_name, is_quote};
use super::super::names;
use super::super::tree::{Found, Tree};
use super::super::{escape, tree::is_nothing};

/// Attributes that hold a name, and those that hold its value.
const NAMED: &[&str] = &["name", "key", "id"];
const VALUED: &[&str] = &["value", "content"];

type Pairs = Vec<(String, Tree)>;

/// What the tags of a text say, in each of these ways.
pub(super) fn find(text: &str, fuel: &Fuel) -> Found {
    let (mut named, mut leaves) = (Pairs::new(), Vec::new());
    let mut found = Found::new();
    let mut cursor = Cursor::new(text, 0, fuel);
    while let Some(open) = cursor.rest().find('<').map(|at| cursor.at + at) {
        if fuel.burn((open - cursor.at) / 8 + 1).is_none() {
            break;
        }
        cursor.at = open + 1;
        let Some(tag) = Tag::read(&mut cursor) else { continue };
        let inside = tag.inside(&cursor);
        if let (Some(name), Some(value)) = (tag.get(NAMED), tag.get(VALUED).or(inside)) {
            add(&mut named, name, value);
        } else {
            leaves.extend(inside);
        }
        let own: Pairs =
            tag.attributes.iter().map(|(n, v)| (n.clone(), Tree::Text(escape::entities(v)))).collect();
        if is_signed(&own) {
            found.push((open..cursor.at, Tree::Map(own, open..cursor.at)));
        }
    }
    let cells = in_turn(&leaves);
    let all = [named, cells].into_iter().filter(is_signed);
    found.extend(all.map(|pairs| (0..text.len(), Tree::Map(pairs, 0..text.len()))));
    found
}

/// A start tag.
struct Tag<'t> {
    name: &'t str,
    attributes: Vec<(String, &'t str)>,
    is_closed: bool,
}

impl<'t> Tag<'t> {
    /// The tag behind a `<`, if one begins there.
    fn read(cursor: &mut Cursor<'t>) -> Option<Self> {
        let name = cursor.name()?;
        let mut attributes = Vec::new();
        loop {
            cursor.spaces();
            if cursor.eat("/>") {
                return Some(Self { name, attributes, is_closed: true });
            }
            if cursor.eat(">") {
                return Some(Self { name, attributes, is_closed: false });
            }
            let attribute = cursor.take_while(|c| is_in_name(c) || matches!(c, '-' | ':'));
            if attribute.is_empty() {
                return None;
            }
            let value = if cursor.eat("=") { value(cursor)? } else { "" };
            attributes.push((attribute.to_owned(), value));
        }
    }

    fn get(&self, names: &[&str]) -> Option<&'t str> {
        let found =
            |name: &&str| self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| *value);
        names.iter().find_map(found)
    }

    /// What stands between this tag and its end, if that is text alone.
    fn inside(&self, cursor: &Cursor<'t>) -> Option<&'t str> {
        let mut cursor = *cursor;
        let text = if self.is_closed { "" } else { cursor.take_while(|c| c != '<') };
        let is_end = cursor.eat("</") && cursor.eat(self.name) && cursor.eat(">");
        is_end.then_some(text.trim())
    }
}

/// The value of an attribute, in quotes or up to a blank.
fn value<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    match cursor.peek().filter(|c| is_quote(*c)) {
        Some(quote) => {
            cursor.bump()?;
            let value = cursor.take_while(|c| c != quote);
            cursor.bump().map(|_| value)
        }
        None => Some(cursor.take_while(|c| !c.is_whitespace() && c != '>')),
    }
}

/// The texts of elements, a name and its value in turn.
fn in_turn(leaves: &[&str]) -> Pairs {
    let mut pairs = Pairs::new();
    let mut at = 0;
    while let Some(name) = leaves.get(at) {
        at += 1;
        if let Some(value) = leaves.get(at).filter(|_| names::is_known(name)) {
            add(&mut pairs, name, value);
            at += 1;
        }
    }
    pairs
}

fn add(pairs: &mut Pairs, name: &str, value: &str) {
    let value = if is_nothing(value) { String::new() } else { escape::entities(value) };
    if pairs.iter().all(|(known, _)| known != name) {
        pairs.push((name.to_owned(), Tree::Text(value)));
    }
}

fn is_signed(pairs: &Pairs) -> bool {
    names::are_signed(pairs.iter().map(|(name, _)| name.as_str()))
}
