//! What a language or a log writes for characters it does not print as they
//! are: `\n`, `\/`, `\u8336`, `\x22`, `&lt;`. Comes in: text; goes out: text.

/// What stands for one escape behind its backslash: how many bytes it takes and
/// what it means.
pub(super) fn one(rest: &str) -> (usize, String) {
    let Some(c) = rest.chars().next() else { return (0, "\\".to_owned()) };
    let plain = |text: &str| (c.len_utf8(), text.to_owned());
    match c {
        'n' => plain("\n"),
        'r' => plain("\r"),
        't' => plain("\t"),
        'u' | 'U' => unicode(rest).unwrap_or_else(|| plain(&c.to_string())),
        'x' => bytes(rest).unwrap_or_else(|| plain("x")),
        // A line that goes on.
        '\n' => plain(""),
        c => (c.len_utf8(), c.to_string()),
    }
}

/// `u8336`, `ud83c\udf75`, `u{8336}`, Objective-C's `U8336`.
fn unicode(rest: &str) -> Option<(usize, String)> {
    if let Some(inner) = rest[1..].strip_prefix('{') {
        let digits = &inner[..inner.bytes().take(8).position(|b| b == b'}')?];
        let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
        return Some((digits.len() + 3, c.to_string()));
    }
    let unit = |text: &str| u16::from_str_radix(text.get(..4)?, 16).ok();
    let first = unit(&rest[1..])?;
    let low = rest.get(5..).and_then(|more| unit(more.strip_prefix("\\u").or(more.strip_prefix("\\U"))?));
    let both = low.and_then(|low| String::from_utf16(&[first, low]).ok());
    match both.filter(|_| (0xd800..0xdc00).contains(&first)) {
        Some(text) => Some((11, text)),
        None => Some((5, char::from_u32(first.into())?.to_string())),
    }
}

/// `xe8\x8c\xb6`: the bytes of UTF-8, or else one character of Latin 1.
fn bytes(rest: &str) -> Option<(usize, String)> {
    let byte = |at: usize| u8::from_str_radix(rest.get(at..at + 2)?, 16).ok();
    let first = byte(1)?;
    let mut run = vec![first];
    while first >= 0x80 && run.len() < 4 && rest.get(run.len() * 4 - 1..run.len() * 4 + 1) == Some("\\x") {
        run.push(byte(run.len() * 4 + 1)?);
        if let Ok(text) = std::str::from_utf8(&run) {
            return Some((run.len() * 4 - 1, text.to_owned()));
        }
    }
    Some((3, char::from(first).to_string()))
}

/// A text that stands as a string in a program or a log, undone once.
pub(super) fn undone(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let (length, value) = one(&rest[at + 1..]);
        out.push_str(&value);
        rest = &rest[at + 1 + length..];
    }
    out + rest
}

/// The entities of a page, undone once.
pub(super) fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (length, value) = entity(&rest[at..]).unwrap_or((1, '&'));
        out.push(value);
        rest = &rest[at + length..];
    }
    out + rest
}

fn entity(text: &str) -> Option<(usize, char)> {
    const NAMED: &[(&str, char)] =
        &[("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&apos;", '\''), ("&amp;", '&'), ("&nbsp;", ' ')];
    if let Some((name, c)) = NAMED.iter().find(|(name, _)| text.starts_with(name)) {
        return Some((name.len(), *c));
    }
    let number = text.strip_prefix("&#")?;
    let end = number.bytes().take(8).position(|b| b == b';')?;
    let code = match number[..end].strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number[..end].parse().ok()?,
    };
    Some((end + 3, char::from_u32(code)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_all_languages() {
        for (text, wanted) in [
            (r#"\"a\/b\""#, "\"a/b\""),
            (r"\u8336\n", "茶\n"),
            (r"\ud83c\udf75!", "🍵!"),
            (r"\U8336", "茶"),
            (r"\xe8\x8c\xb6\x0A", "茶\n"),
            (r"\xe8x", "èx"),
            (r"\u{8336}", "茶"),
            (r"a\", "a\\"),
            (r"\u12", "u12"),
        ] {
            assert_eq!(undone(text), wanted, "{text}");
        }
        assert_eq!(entities("&lt;a&gt;&amp;&#33590;&#x8336;&x &"), "<a>&茶茶&x &");
    }
}
