//! JSON objects with objects and arrays inside as [`Fields`]: the name of a value is
//! its path (`amount.total`, `goods_detail.0.price`). Comes in: bytes or fields; goes
//! out: the other. Leaves keep the very characters they crossed the wire with; an
//! empty object or array is a leaf of its own.

use serde_json::value::RawValue;

use super::bounds::{MAX_DEPTH, text_of};
use super::json::{Object, malformed, plain, quoted};
use super::{Fields, WireError};

/// What a `null` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nulls {
    /// An empty value, as a reply may have it.
    Empty,
    /// An error: WeChat takes none.
    Refused,
}

/// Reads one object and all that is in it.
///
/// # Errors
/// Too long, too many, too deep, not UTF-8, not one JSON object, a name twice, or a
/// `null` that is refused.
pub fn read(bytes: &[u8], nulls: Nulls) -> Result<Fields, WireError> {
    let text = text_of(bytes)?;
    let object: Object<'_> = serde_json::from_str(text).map_err(|e| malformed(text, &e))?;
    let mut reader = Reader { text, nulls, fields: Fields::with_room(text.len()) };
    reader.object("", &object, 0)?;
    Ok(reader.fields)
}

/// What has been read so far.
struct Reader<'a> {
    text: &'a str,
    nulls: Nulls,
    fields: Fields,
}

impl Reader<'_> {
    fn object(&mut self, path: &str, object: &Object<'_>, depth: usize) -> Result<(), WireError> {
        for (name, value) in &object.0 {
            self.value(&joined(path, name), value, depth)?;
        }
        Ok(())
    }

    fn value(&mut self, path: &str, value: &RawValue, depth: usize) -> Result<(), WireError> {
        let raw = value.get();
        let at = self.place(raw);
        if depth == MAX_DEPTH {
            return Err(WireError::TooDeep { at });
        }
        let is_empty = raw[1..].trim_ascii_start().starts_with(['}', ']']);
        match raw.as_bytes()[0] {
            b'{' if !is_empty => {
                let object: Object<'_> = serde_json::from_str(raw).map_err(|e| malformed(raw, &e))?;
                self.object(path, &object, depth + 1)
            }
            b'[' if !is_empty => {
                let items: Vec<&RawValue> = serde_json::from_str(raw).map_err(|e| malformed(raw, &e))?;
                let mut items = items.into_iter().enumerate();
                items.try_for_each(|(n, item)| self.value(&joined(path, &n.to_string()), item, depth + 1))
            }
            b'{' => self.fields.leaf(at, path, "{}"),
            b'[' => self.fields.leaf(at, path, "[]"),
            b'n' if self.nulls == Nulls::Refused => Err(WireError::Null { name: path.to_owned() }),
            _ => self.fields.leaf(at, path, plain(raw)),
        }
    }

    fn place(&self, raw: &str) -> usize {
        (raw.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Writes one object. `is_bare` tells which values are JSON already (numbers,
/// `true`, `[]`); a value that is not stays a string.
///
/// # Errors
/// [`WireError::Clash`] for a name that is a value and an object at once, or a
/// list whose numbers have a gap.
pub fn write(fields: &Fields, is_bare: impl Fn(&str, &str) -> bool) -> Result<String, WireError> {
    let mut root = Vec::new();
    for (name, value) in fields.iter() {
        let bare = is_bare(name, value) && serde_json::from_str::<&RawValue>(value).is_ok();
        let leaf = if bare { value.to_owned() } else { quoted(value) };
        place(&mut root, name, leaf).ok_or_else(|| WireError::Clash { name: name.to_owned() })?;
    }
    let mut out = String::with_capacity(256);
    written(&mut out, "", &root)?;
    Ok(out)
}

/// A value, or what has values inside.
enum Node {
    Leaf(String),
    Inner(Members),
}

type Members = Vec<(String, Node)>;

/// Puts a leaf in its place; none if something else stands there.
fn place(members: &mut Members, path: &str, leaf: String) -> Option<()> {
    let (own, below) = path.split_once('.').map_or((path, None), |(own, below)| (own, Some(below)));
    let found = members.iter().position(|(name, _)| name == own);
    match (below, found) {
        (None, None) => members.push((own.to_owned(), Node::Leaf(leaf))),
        (None, Some(_)) => return None,
        (Some(below), Some(at)) => match &mut members[at].1 {
            Node::Inner(inner) => place(inner, below, leaf)?,
            Node::Leaf(_) => return None,
        },
        (Some(below), None) => {
            let mut inner = Vec::new();
            place(&mut inner, below, leaf)?;
            members.push((own.to_owned(), Node::Inner(inner)));
        }
    }
    Some(())
}

fn written(out: &mut String, path: &str, members: &Members) -> Result<(), WireError> {
    let is_list =
        !path.is_empty() && members.iter().all(|(name, _)| name.bytes().all(|b| b.is_ascii_digit()));
    let whole = members.iter().enumerate().all(|(n, (name, _))| *name == n.to_string());
    if is_list && !whole {
        return Err(WireError::Clash { name: path.to_owned() });
    }
    out.push(if is_list { '[' } else { '{' });
    for (n, (name, node)) in members.iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        if !is_list {
            out.push_str(&quoted(name));
            out.push(':');
        }
        match node {
            Node::Leaf(leaf) => out.push_str(leaf),
            Node::Inner(inner) => written(out, &joined(path, name), inner)?,
        }
    }
    out.push(if is_list { ']' } else { '}' });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"amount":{"total":100,"currency":"CNY"},"attach":"{\"a\":1}","list":[{"n":1.0},["x"]],"none":[],"flag":true}"#;

    fn pairs(fields: &Fields) -> Vec<(&str, &str)> {
        fields.iter().collect()
    }

    #[test]
    fn paths_lead_to_leaves_and_back() {
        let fields = read(TEXT.as_bytes(), Nulls::Refused).unwrap();
        let expected = [
            ("amount.total", "100"),
            ("amount.currency", "CNY"),
            ("attach", "{\"a\":1}"),
            ("list.0.n", "1.0"),
            ("list.1.0", "x"),
            ("none", "[]"),
            ("flag", "true"),
        ];
        assert_eq!(pairs(&fields), expected);
        let bare = |name: &str, _: &str| ["amount.total", "list.0.n", "none", "flag"].contains(&name);
        assert_eq!(write(&fields, bare).unwrap(), TEXT);
    }

    #[test]
    fn members_of_one_object_come_together() {
        let fields: Fields = [("a.x", "1"), ("b", "2"), ("a.y", "3")].into_iter().collect();
        assert_eq!(write(&fields, |_, _| false).unwrap(), r#"{"a":{"x":"1","y":"3"},"b":"2"}"#);
        assert_eq!(write(&Fields::new(), |_, _| false).unwrap(), "{}");
    }

    #[test]
    fn what_is_no_tree_is_not_written() {
        for pairs in [
            [("a", "1"), ("a.b", "2")],
            [("a.b", "1"), ("a", "2")],
            [("l.0", "1"), ("l.2", "2")],
            [("l.1", "1"), ("l.2", "2")],
        ] {
            let fields: Fields = pairs.into_iter().collect();
            assert!(matches!(write(&fields, |_, _| false), Err(WireError::Clash { .. })), "{pairs:?}");
        }
    }

    #[test]
    fn nulls_are_empty_or_refused() {
        let text = br#"{"a":{"b":null}}"#;
        assert_eq!(read(text, Nulls::Empty).unwrap().get("a.b"), Some(""));
        assert_eq!(read(text, Nulls::Refused), Err(WireError::Null { name: "a.b".into() }));
    }

    #[test]
    fn damage_and_excess_are_told() {
        assert_eq!(read(b"{\"a\":{", Nulls::Empty), Err(WireError::Truncated { at: 6 }));
        assert!(matches!(read(b"{\"a\":1,\"a\":2}", Nulls::Empty), Err(WireError::Duplicate { at: 11, .. })));
        assert!(matches!(read(b"[1]", Nulls::Empty), Err(WireError::Malformed { .. })));
        let deep = format!("{}1{}", "{\"a\":".repeat(MAX_DEPTH + 2), "}".repeat(MAX_DEPTH + 2));
        assert!(matches!(read(deep.as_bytes(), Nulls::Empty), Err(WireError::TooDeep { .. })));
        let many: Vec<String> = (0..5000).map(|n| n.to_string()).collect();
        let many = format!("{{\"a\":[{}]}}", many.join(","));
        assert_eq!(read(many.as_bytes(), Nulls::Empty), Err(WireError::TooManyFields));
    }
}
