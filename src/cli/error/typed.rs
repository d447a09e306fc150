//! A word that somebody typed in the wrong place, as a complaint may repeat it:
//! whole, unless it looks like a secret, for one is easily typed there.

/// So many letters and digits in one go are no name any more.
const LONG: usize = 16;
/// A part of a name of this length that mixes letters and digits is none.
const MIXED: usize = 12;

/// The word with what looks like a secret cut short: `1920… (32)`.
pub fn typed(word: &str) -> String {
    if is_path(word) {
        return word.to_owned();
    }
    let mut out = String::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let len = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
        if len == 0 {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            out.push_str(&shown(&rest[..len]));
            rest = &rest[len..];
        }
    }
    out
}

/// The name behind `env:`: a name, or what the shell put in its place.
pub fn typed_name(name: &str) -> String {
    let upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let digits = name.chars().filter(char::is_ascii_digit).count();
    if name.chars().all(upper) && digits <= 4 { name.to_owned() } else { cut(name) }
}

/// A file that begins like a path, or whose name has an ending.
fn is_path(word: &str) -> bool {
    let starts = ["/", "./", "../", "~/"].iter().any(|start| word.starts_with(start));
    let ending = word.rsplit_once('.').map(|(_, ending)| ending);
    let has_ending =
        ending.is_some_and(|e| (1..=5).contains(&e.len()) && e.chars().all(char::is_alphanumeric));
    let plain = !word.contains(['=', '{', '"', '<', ':', '@']);
    plain && (starts || has_ending)
}

/// What secrets are made of.
const fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+')
}

fn shown(run: &str) -> String {
    let flag = run.len() - run.trim_start_matches('-').len();
    let (dashes, name) = run.split_at(flag);
    let is_secret = if flag > 0 {
        name.split('-').any(|part| part.len() >= MIXED && is_mixed(part))
    } else {
        name.len() >= LONG && is_mixed(name)
    };
    if is_secret { format!("{dashes}{}", cut(name)) } else { run.to_owned() }
}

/// Letters and digits, or capitals in the middle of small letters.
fn is_mixed(text: &str) -> bool {
    let has = |what: fn(&char) -> bool| text.chars().any(|c| what(&c));
    let letters = has(char::is_ascii_alphabetic);
    letters && (has(char::is_ascii_digit) || (has(char::is_ascii_uppercase) && has(char::is_ascii_lowercase)))
}

/// The first letters and the length.
pub fn cut(text: &str) -> String {
    let count = text.chars().count();
    let start: String = text.chars().take((count / 4).min(4)).collect();
    format!("{start}…({count})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_secret_is_cut_short() {
        for (word, shown) in [
            ("192006250b4c09247ec02edce69f6a2d", "1920…(32)"),
            ("a=@192006250b4c09247ec02edce69f6a2d", "a=@1920…(32)"),
            ("file:192006250b4c09247ec02edce69f6a2d", "file:1920…(32)"),
            (r#"{"key":"192006250b4c09247ec02edce69f6a2d"}"#, r#"{"key":"1920…(32)"}"#),
            ("--key192006250b4c09247ec02edce69f6a2d", "--key1…(35)"),
            ("refresh_token=QLhd7Xk_vvvvAAbbCC", "refresh_token=QLhd…(18)"),
            ("kPqWmZrTyBnVcXsDfGhJkLQwErTyUiOp", "kPqW…(32)"),
        ] {
            assert_eq!(typed(word), shown, "{word}");
        }
    }

    #[test]
    fn what_does_not_is_whole() {
        for word in [
            "body",
            "--out-trade-no",
            "--not-a-flag-of-ours",
            "/nonexistent/192006250b4c09247ec02edce69f6a2d/file",
            "notices-2024-11-26.xml",
            "~/keys/apiclient_cert_2024",
            "total_fee=1.00",
            "20241126000000000001",
            "https://shop.example/notify",
        ] {
            assert_eq!(typed(word), word);
        }
    }

    #[test]
    fn a_variable_keeps_its_name_and_its_value_does_not() {
        assert_eq!(typed_name("WXKIT_PAY_KEY"), "WXKIT_PAY_KEY");
        assert_eq!(typed_name("SHOP2_KEY"), "SHOP2_KEY");
        assert_eq!(typed_name("192006250b4c09247ec02edce69f6a2d"), "1920…(32)");
        assert_eq!(typed_name("hunter2"), "h…(7)");
        assert_eq!(typed_name("ABCDEF0123456789"), "ABCD…(16)");
    }
}
