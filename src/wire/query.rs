//! Query strings and form bodies: `a=b&c=d`, percent-encoded UTF-8, `+` read as
//! a space. What is written is read back to the same bytes.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::{Fields, MAX_BYTES, WireError};

/// All but the unreserved characters of RFC 3986, as `encodeURIComponent` would
/// (which leaves `!*'()` too, and no reader minds).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Percent-encodes one value.
#[must_use]
pub fn escape(value: &str) -> String {
    utf8_percent_encode(value, ESCAPED).to_string()
}

/// Writes all fields in order.
#[must_use]
pub fn write(fields: &Fields) -> String {
    let pairs: Vec<String> = fields.iter().map(|(n, v)| format!("{}={}", escape(n), escape(v))).collect();
    pairs.join("&")
}

/// Reads a query without its `?`. No text is no fields.
///
/// # Errors
/// Too long, too many fields, a name twice, a stray `%`, or bytes that are not UTF-8.
pub fn read(text: &str) -> Result<Fields, WireError> {
    if text.len() > MAX_BYTES {
        return Err(WireError::TooLong { len: text.len() });
    }
    let mut fields = Fields::new();
    let mut at = 0;
    for pair in text.split('&') {
        if !pair.is_empty() {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value_at = at + name.len() + 1;
            fields.read(at, unescape(at, name)?, unescape(value_at, value)?)?;
        }
        at += pair.len() + 1;
    }
    Ok(fields)
}

/// Reads one segment of a path, where `+` is no space.
///
/// # Errors
/// A stray `%`, or bytes that are not UTF-8.
pub fn read_segment(text: &str) -> Result<String, WireError> {
    unescape(0, &text.replace('+', "%2B"))
}

fn unescape(at: usize, text: &str) -> Result<String, WireError> {
    let stray = text.match_indices('%').find(|(i, _)| {
        let digits = text.as_bytes().get(i + 1..i + 3);
        !digits.is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
    });
    if let Some((place, _)) = stray {
        return Err(WireError::BadPercent { at: at + place });
    }
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced)
        .decode_utf8()
        .map(std::borrow::Cow::into_owned)
        .map_err(|_| WireError::NotUtf8 { at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_values_survive() {
        let fields: Fields = [("a b", "1+1=2&%"), ("茶", ""), ("z", "0")].into_iter().collect();
        assert!(read(&write(&fields)).is_ok_and(|back| back == fields));
    }

    #[test]
    fn damage_is_told_with_its_place() {
        assert_eq!(read("a=1&b=%zz"), Err(WireError::BadPercent { at: 6 }));
        assert_eq!(read("a=1&a=2"), Err(WireError::Duplicate { at: 4, name: "a".into() }));
        assert_eq!(read("a=%d6%d0"), Err(WireError::NotUtf8 { at: 2 }));
    }
}
