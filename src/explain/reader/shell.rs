//! A curl command, as a browser or a person writes it.

use super::request::Request;

/// Reads a command.
pub(super) fn curl(text: &str) -> Option<Request> {
    let words = words(text);
    let mut words = words.iter().map(String::as_str);
    if !words.next()?.starts_with("curl") {
        return None;
    }
    let (mut url, mut body, mut page) = (None, Vec::new(), None);
    while let Some(word) = words.next() {
        let (flag, glued) = match word.split_once('=') {
            Some((flag, value)) if flag.starts_with("--") => (flag, Some(value)),
            _ => (word, None),
        };
        match flag {
            "-d" | "--data" | "--data-raw" | "--data-binary" | "--data-ascii" | "--data-urlencode"
            | "--json" => {
                body.push(glued.or_else(|| words.next())?.to_owned());
            }
            "-H" | "--header" => {
                let header = glued.or_else(|| words.next())?;
                let (name, value) = header.split_once(':').unwrap_or((header, ""));
                if name.eq_ignore_ascii_case("referer") {
                    page = Some(value.trim().to_owned());
                }
            }
            "-e" | "--referer" => page = Some(glued.or_else(|| words.next())?.to_owned()),
            "--url" => url = Some(glued.or_else(|| words.next())?.to_owned()),
            "-X" | "--request" | "-u" | "--user" | "-A" | "--user-agent" | "-o" | "--output" | "-b"
            | "--cookie" | "-x" | "--proxy" | "--cert" | "--key" | "-E" | "--cacert" | "-m"
            | "--max-time"
                if glued.is_none() =>
            {
                words.next();
            }
            _ if word.starts_with("-d") && word.len() > 2 => body.push(word[2..].to_owned()),
            _ if !word.starts_with('-') && url.is_none() => url = Some(word.to_owned()),
            _ => {}
        }
    }
    Some(Request { target: url.unwrap_or_default(), body: body.join("&"), page })
}

/// Splits a command line as a shell does.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            c if c.is_whitespace() => words.extend(word.take()),
            '\\' | '^' if matches!(chars.peek(), Some('\n' | '\r')) => {
                chars.next();
            }
            '\\' => word.get_or_insert_default().extend(chars.next()),
            '\'' => quoted(&mut chars, '\'', word.get_or_insert_default()),
            '"' => quoted(&mut chars, '"', word.get_or_insert_default()),
            '$' if chars.peek() == Some(&'\'') => {
                chars.next();
                quoted(&mut chars, '$', word.get_or_insert_default());
            }
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// The rest of a quoted part; `$` stands for `$'…'`.
fn quoted(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, quote: char, word: &mut String) {
    let end = if quote == '$' { '\'' } else { quote };
    while let Some(c) = chars.next() {
        match c {
            c if c == end => return,
            '\\' if quote == '"' => match chars.next() {
                Some('\n') | None => {}
                Some(c) if matches!(c, '"' | '\\' | '$' | '`') => word.push(c),
                Some(c) => word.extend(['\\', c]),
            },
            '\\' if quote == '$' => match chars.next() {
                Some('n') => word.push('\n'),
                Some('r') => word.push('\r'),
                Some('t') => word.push('\t'),
                Some('u') => {
                    let digits: String = chars.by_ref().take(4).collect();
                    word.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
                }
                Some(c) => word.push(c),
                None => {}
            },
            c => word.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_a_shell() {
        let text = "curl 'http://a/?b=c' \\\n  -H \"X: \\\"y\\\"\" --data-raw $'<a>\\u8336\\n</a>' -d a\\ b";
        assert_eq!(
            words(text),
            ["curl", "http://a/?b=c", "-H", "X: \"y\"", "--data-raw", "<a>茶\n</a>", "-d", "a b"]
        );
    }
}
