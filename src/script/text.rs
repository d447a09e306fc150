//! Texts with holes: `/orders/${no}`. Comes in: a text, and the values that were kept so
//! far; goes out: the text with every hole filled, or which one cannot be. `$${` stands
//! for `${` itself. What is filled in is never read for holes again.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// A text with holes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(pub String);

/// What holes are filled with, by name.
pub type Values = BTreeMap<String, String>;

/// Longest text that filling may give, in bytes: many holes with long values grow fast.
const LONGEST: usize = 1024 * 1024;

/// A hole, or that there is an opening without an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hole<'a> {
    /// `${name}`
    Named(&'a str),
    /// `${` and no `}`.
    Open,
}

/// Why a text cannot be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoValue {
    /// Nobody has kept anything under this name.
    Unknown(String),
    /// It would be longer than a megabyte.
    TooLong,
}

enum Piece<'a> {
    Plain(&'a str),
    Hole(Hole<'a>),
}

impl Text {
    /// Its holes, in their order.
    pub fn holes(&self) -> impl Iterator<Item = Hole<'_>> {
        pieces(&self.0).into_iter().filter_map(|piece| match piece {
            Piece::Hole(hole) => Some(hole),
            Piece::Plain(_) => None,
        })
    }

    /// The text, filled.
    ///
    /// # Errors
    /// [`NoValue`].
    pub fn fill(&self, values: &Values) -> Result<String, NoValue> {
        self.fill_with(values, str::to_owned)
    }

    /// The same, with every value written in another way first.
    pub(super) fn fill_with(
        &self,
        values: &Values,
        written: impl Fn(&str) -> String,
    ) -> Result<String, NoValue> {
        let mut out = String::with_capacity(self.0.len());
        for piece in pieces(&self.0) {
            match piece {
                Piece::Plain(text) => out.push_str(text),
                Piece::Hole(Hole::Open) => return Err(NoValue::Unknown(String::new())),
                Piece::Hole(Hole::Named(name)) => {
                    let value = values.get(name).ok_or_else(|| NoValue::Unknown(name.to_owned()))?;
                    out.push_str(&written(value));
                }
            }
            if out.len() > LONGEST {
                return Err(NoValue::TooLong);
            }
        }
        Ok(out)
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        if rest[..at].ends_with('$') {
            pieces.push(Piece::Plain(&rest[..at - 1]));
            pieces.push(Piece::Plain("${"));
            rest = &rest[at + 2..];
            continue;
        }
        pieces.push(Piece::Plain(&rest[..at]));
        let Some((name, after)) = rest[at + 2..].split_once('}') else {
            pieces.push(Piece::Hole(Hole::Open));
            return pieces;
        };
        pieces.push(Piece::Hole(Hole::Named(name)));
        rest = after;
    }
    pieces.push(Piece::Plain(rest));
    pieces
}

/// A JSON value with every text in it filled; names stay as they are.
///
/// # Errors
/// [`NoValue`].
pub fn filled(value: &Value, values: &Values) -> Result<Value, NoValue> {
    Ok(match value {
        Value::String(text) => Value::String(Text(text.clone()).fill(values)?),
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| filled(item, values)).collect::<Result<_, _>>()?)
        }
        Value::Object(members) => {
            let member =
                |(name, value): (&String, &Value)| Ok::<_, NoValue>((name.clone(), filled(value, values)?));
            Value::Object(members.iter().map(member).collect::<Result<Map<_, _>, _>>()?)
        }
        other => other.clone(),
    })
}

/// Tells `look` every text of a JSON value that may have holes.
pub fn holes_in(value: &Value, look: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => look(text),
        Value::Array(items) => items.iter().for_each(|item| holes_in(item, look)),
        Value::Object(members) => members.values().for_each(|value| holes_in(value, look)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn values() -> Values {
        [("no", "T1"), ("odd", "${no}")].map(|(name, value)| (name.to_owned(), value.to_owned())).into()
    }

    #[test]
    fn holes_are_filled_once() {
        let fill = |text: &str| Text(text.to_owned()).fill(&values());
        assert_eq!(fill("/orders/${no}/x${no}").as_deref(), Ok("/orders/T1/xT1"));
        assert_eq!(fill("a $${no} $5 $").as_deref(), Ok("a ${no} $5 $"));
        assert_eq!(fill("${odd}").as_deref(), Ok("${no}"), "a value is no text of the file");
        assert_eq!(fill("${nope}"), Err(NoValue::Unknown("nope".to_owned())));
        assert_eq!(fill("a ${no"), Err(NoValue::Unknown(String::new())));
        let open = Text("${a} ${".to_owned());
        assert_eq!(open.holes().collect::<Vec<_>>(), [Hole::Named("a"), Hole::Open]);
    }

    #[test]
    fn filling_has_a_limit() {
        let values: Values = [("x".to_owned(), "y".repeat(64 * 1024))].into();
        assert_eq!(Text("${x}".repeat(100)).fill(&values), Err(NoValue::TooLong));
    }

    #[test]
    fn objects_are_filled_too() {
        let given = json!({"a": ["${no}", 1], "b": {"c": "${no}"}});
        assert_eq!(filled(&given, &values()), Ok(json!({"a": ["T1", 1], "b": {"c": "T1"}})));
        let mut seen = Vec::new();
        holes_in(&given, &mut |text| seen.push(text.to_owned()));
        assert_eq!(seen, ["${no}", "${no}"]);
    }
}
