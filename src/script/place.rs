//! Where something stands in a JSON document: `body.order.no`, `refunds.0.refund_fee`.
//! Comes in: a document and a path; goes out: the value, and the text that stands for it.

use serde_json::Value;

/// The value at a path of names and numbers, joined by dots; a name that has dots itself
/// is found too.
#[must_use]
pub fn find<'a>(document: &'a Value, path: &str) -> Option<&'a Value> {
    if let Some(found) = member(document, path) {
        return Some(found);
    }
    let (first, rest) = path.split_once('.')?;
    find(member(document, first)?, rest)
}

fn member<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    match value {
        Value::Object(members) => members.get(name),
        Value::Array(items) => items.get(name.parse::<usize>().ok()?),
        _ => None,
    }
}

/// A value as it is compared and kept: `1` and `"1"` are the same, null is nothing.
#[must_use]
pub fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_numbers_and_names_with_dots_lead_there() {
        let document = json!({"a": {"b": [10, {"c": "x"}]}, "d.e": true, "f": {"g.h": 1}});
        for (path, there) in [("a.b.0", "10"), ("a.b.1.c", "x"), ("d.e", "true"), ("f.g.h", "1")] {
            assert_eq!(find(&document, path).map(shown).as_deref(), Some(there), "{path}");
        }
        for path in ["", "a.x", "a.b.2", "a.b.c", "a.b.-1", "d", "a.b.0.c"] {
            assert!(find(&document, path).is_none_or(|v| path == "d" && v.is_null()), "{path}");
        }
    }
}
