//! Takes secrets out of text that is about to be shown: every known value, and
//! on the wire every value of a field that holds one by its name.

use std::borrow::Cow;

use wxkit::sign::Secret;

/// Shorter values are left alone: replacing every `1` would destroy the text
/// and protect nothing.
const SHORTEST: usize = 6;

/// Replaces every known secret value.
pub fn known(text: &str, secrets: &[Secret]) -> String {
    let mut text = Cow::Borrowed(text);
    for secret in secrets {
        let value = secret.expose();
        if value.len() >= SHORTEST && text.contains(value) {
            text = Cow::Owned(text.replace(value, Secret::MASK));
        }
    }
    text.into_owned()
}

/// Fields whose value is a secret wherever it stands.
const NAMES: &[&str] =
    &["secret", "access_token", "refresh_token", "ticket", "session_key", "sandbox_signkey"];

/// What stands between a name and its value, and what ends the value, in each
/// of the shapes that cross the wire.
const SHAPES: &[(&str, &str, &[char])] = &[
    ("", "=", &['&', '#', ' ', '"']),
    ("\"", "\":\"", &['"']),
    ("<", "><![CDATA[", &[']']),
    ("<", ">", &['<']),
];

/// Replaces the values of fields that hold secrets by their name.
pub fn by_name(text: &str) -> String {
    let mut text = text.to_owned();
    for name in NAMES {
        for (before, between, ends) in SHAPES {
            text = after(&text, &format!("{before}{name}{between}"), ends);
        }
    }
    text
}

/// Replaces what follows each `mark`, up to one of `ends`.
fn after(text: &str, mark: &str, ends: &[char]) -> String {
    let mut pieces = text.split(mark);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find(ends).unwrap_or(piece.len());
        let hidden =
            if piece[..end].is_empty() || piece.starts_with('<') { &piece[..end] } else { Secret::MASK };
        out.extend([mark, hidden, &piece[end..]]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values_go_everywhere() {
        let secrets = [Secret::new("s3cr3tkey"), Secret::new("1")];
        assert_eq!(known("key=s3cr3tkey&n=1 s3cr3tkey", &secrets), "key=***&n=1 ***");
    }

    #[test]
    fn values_go_by_their_name_in_every_shape() {
        assert_eq!(by_name("/t?appid=a&secret=xy&n=1"), "/t?appid=a&secret=***&n=1");
        assert_eq!(
            by_name(r#"{"access_token":"73_x","expires_in":7200}"#),
            r#"{"access_token":"***","expires_in":7200}"#
        );
        assert_eq!(
            by_name("<secret><![CDATA[k]]></secret><a>1</a>"),
            "<secret><![CDATA[***]]></secret><a>1</a>"
        );
    }
}
