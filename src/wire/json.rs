//! JSON objects as [`Fields`]: strings become their text, everything else keeps
//! the very characters it crossed the wire with (`1.0` stays `1.0`, an array
//! stays an array).

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::bounds::text_of;
use super::{Fields, WireError};

/// Reads one object.
///
/// # Errors
/// Too long, not UTF-8, not one JSON object, a name twice.
pub fn read(bytes: &[u8]) -> Result<Fields, WireError> {
    read_typed(bytes, |_| false)
}

/// The same where these names hold text: strings, or `null` for none. A list
/// that is taken for its characters would be believed for what nobody said.
///
/// # Errors
/// As [`read`]; [`WireError::NotText`].
pub fn read_typed(bytes: &[u8], is_text: impl Fn(&str) -> bool) -> Result<Fields, WireError> {
    read_by(bytes, is_text, plain)
}

fn read_by(
    bytes: &[u8],
    is_text: impl Fn(&str) -> bool,
    value_of: impl Fn(&str) -> String,
) -> Result<Fields, WireError> {
    let text = text_of(bytes)?;
    let Object(pairs) = serde_json::from_str(text).map_err(|e| malformed(text, &e))?;
    let mut fields = Fields::new();
    for (name, value) in pairs {
        let raw = value.get();
        let at = raw.as_ptr() as usize - text.as_ptr() as usize;
        if !matches!(raw.as_bytes(), [b'"', ..] | b"null") && is_text(&name) {
            return Err(WireError::NotText { at, name });
        }
        fields.read(at, name, value_of(raw))?;
    }
    Ok(fields)
}

/// The same of an object that was made from XML: an empty element is an empty object or
/// list there. A string of these characters is what it says.
///
/// # Errors
/// As [`read`].
pub fn read_converted(bytes: &[u8]) -> Result<Fields, WireError> {
    read_by(bytes, |_| false, |raw| if matches!(raw, "{}" | "[]") { String::new() } else { plain(raw) })
}

/// Writes one object. `is_bare` tells which names have values that are JSON
/// already (numbers, `true`, arrays); a value that is not stays a string.
#[must_use]
pub fn write(fields: &Fields, is_bare: impl Fn(&str) -> bool) -> String {
    let members: Vec<String> = fields
        .iter()
        .map(|(name, value)| {
            let bare = is_bare(name) && serde_json::from_str::<&RawValue>(value).is_ok();
            let value = if bare { value.to_owned() } else { quoted(value) };
            format!("{}:{value}", quoted(name))
        })
        .collect();
    format!("{{{}}}", members.join(","))
}

pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

pub(super) fn plain(raw: &str) -> String {
    match raw {
        "null" => String::new(),
        _ => serde_json::from_str::<String>(raw).unwrap_or_else(|_| raw.to_owned()),
    }
}

pub(super) fn malformed(text: &str, error: &serde_json::Error) -> WireError {
    let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = before + error.column().saturating_sub(1);
    if error.is_eof() {
        return WireError::Truncated { at: text.len() };
    }
    WireError::Malformed { at, why: error.to_string() }
}

/// The members of an object in their order, duplicates and all.
pub(super) struct Object<'a>(pub(super) Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Object(pairs))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_keep_their_characters() {
        let fields = read(br#" {"a":1.0,"b":"\u8336","c":[1, 2],"d":null,"e":true} "#).unwrap();
        let values: Vec<_> = fields.iter().map(|(_, v)| v).collect();
        assert_eq!(values, ["1.0", "茶", "[1, 2]", "", "true"]);
    }

    #[test]
    fn empty_elements_of_converters_are_no_strings() {
        let fields = read_converted(br#"{"a":{},"b":[],"c":"{}","d":"[]","e":{"f":1}}"#).unwrap();
        let values: Vec<_> = fields.iter().map(|(_, v)| v).collect();
        assert_eq!(values, ["", "", "{}", "[]", "{\"f\":1}"]);
    }

    #[test]
    fn text_is_a_string_or_nothing() {
        let typed = |text: &str| read_typed(text.as_bytes(), |name| name == "token");
        for good in [r#"{"token":"7200","life":7200}"#, r#"{"token":null}"#, r#"{"life":["x"]}"#] {
            assert_eq!(typed(good), read(good.as_bytes()), "{good}");
        }
        for bad in ["7200", "[\"abc\"]", "{\"a\":\"b\"}", "true", "-1.5e3"] {
            let refused = typed(&format!("{{\"token\": {bad}}}"));
            assert_eq!(refused, Err(WireError::NotText { at: 10, name: "token".into() }), "{bad}");
        }
    }

    #[test]
    fn bare_values_stay_bare() {
        let fields: Fields = [("expires_in", "7200"), ("ticket", "7200"), ("bad", "x")].into_iter().collect();
        let text = write(&fields, |name| name != "ticket");
        assert_eq!(text, r#"{"expires_in":7200,"ticket":"7200","bad":"x"}"#);
    }

    #[test]
    fn damage_is_told_with_its_place() {
        assert_eq!(read(b"{\"a\":1"), Err(WireError::Truncated { at: 6 }));
        assert_eq!(read(b"{\"a\":1,\"a\":2}"), Err(WireError::Duplicate { at: 11, name: "a".into() }));
        assert!(matches!(read(b"[1]"), Err(WireError::Malformed { at: 0, .. })));
        assert!(matches!(read(b"{\n\"a\":x}"), Err(WireError::Malformed { at: 6, .. })));
    }
}
