//! Object literals as they stand in JavaScript: the argument of `wx.config`,
//! `chooseWXPay`, `getBrandWCPayRequest` and their like. Only literals count;
//! what a program would have to compute is left out.

use super::{Hint, Paste};
use crate::wire::Fields;

const CALLS: &[(&str, Hint)] = &[
    ("wx.config", Hint::Config),
    ("jWeixin.config", Hint::Config),
    ("chooseWXPay", Hint::Pay),
    ("getBrandWCPayRequest", Hint::Pay),
    ("requestPayment", Hint::Pay),
    ("cardExt", Hint::Card),
    ("addCard", Hint::Card),
    ("chooseCard", Hint::Card),
];

/// Whether the text begins with one of the known calls.
pub(super) fn is_call(text: &str) -> bool {
    CALLS.iter().any(|(name, _)| text.trim_start_matches("wx.").starts_with(name.trim_start_matches("wx.")))
}

/// The argument of the first known call in a text.
pub(super) fn call(text: &str) -> Option<Paste> {
    let (at, hint) =
        CALLS.iter().filter_map(|(name, hint)| Some((text.find(name)?, *hint))).min_by_key(|(at, _)| *at)?;
    let open = at + text[at..].find('{')?;
    let mut paste = object(&text[open..])?;
    paste.hint = Some(hint);
    Some(paste)
}

/// One object literal.
pub(super) fn object(text: &str) -> Option<Paste> {
    let mut parser = Parser { text, at: 0 };
    let fields = parser.object()?;
    (!fields.is_empty()).then(|| Paste::of(fields))
}

/// Where the object that a text begins with ends.
pub(super) fn end_of_object(text: &str) -> Option<usize> {
    let mut parser = Parser { text, at: 0 };
    parser.skip_value()?;
    Some(parser.at)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, c: char) -> Option<()> {
        (self.peek()? == c).then(|| self.at += c.len_utf8())
    }

    /// White space and comments.
    fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            let skipped = rest.len() - trimmed.len();
            let comment = if trimmed.starts_with("//") {
                trimmed.find('\n').unwrap_or(trimmed.len())
            } else if trimmed.starts_with("/*") {
                trimmed.find("*/").map_or(trimmed.len(), |end| end + 2)
            } else {
                0
            };
            self.at += skipped + comment;
            if comment == 0 {
                return;
            }
        }
    }

    fn object(&mut self) -> Option<Fields> {
        self.blanks();
        self.eat('{')?;
        let mut fields = Fields::new();
        loop {
            self.blanks();
            match self.peek()? {
                '}' => {
                    self.at += 1;
                    return Some(fields);
                }
                ',' => self.at += 1,
                _ => self.member(&mut fields)?,
            }
        }
    }

    fn member(&mut self, fields: &mut Fields) -> Option<()> {
        let name = self.name()?;
        self.blanks();
        if self.eat(':').is_none() {
            // A shorthand member or a method: its value is not here.
            return self.skip_value();
        }
        self.blanks();
        if let Some(value) = self.value()? {
            fields.set(name, value);
        }
        Some(())
    }

    /// A value up to the comma or bracket behind it; none for expressions.
    #[expect(clippy::option_option, reason = "nothing left, or a value that is no literal")]
    fn value(&mut self) -> Option<Option<String>> {
        let from = self.at;
        let text = match self.peek()? {
            quote @ ('"' | '\'' | '`') => {
                Some(self.string(quote)?).filter(|text| quote != '`' || !text.contains("${"))
            }
            '[' | '{' => {
                self.skip_value()?;
                return Some(Some(self.text[from..self.at].trim().to_owned()));
            }
            _ => {
                let rest = self.rest();
                let end = rest.find([',', '}', '\n', ' ', '/']).unwrap_or(rest.len());
                let word = rest[..end].trim().to_owned();
                self.at += end;
                Some(word).filter(|word| is_number(word) || matches!(&**word, "true" | "false"))
            }
        };
        self.blanks();
        let is_whole = matches!(self.peek()?, ',' | '}');
        self.skip_value()?;
        Some(text.filter(|_| is_whole))
    }

    fn name(&mut self) -> Option<String> {
        if let Some(quote @ ('"' | '\'')) = self.peek() {
            return self.string(quote);
        }
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').unwrap_or(rest.len());
        let name = rest.get(..end).filter(|n| !n.is_empty())?.to_owned();
        self.at += end;
        Some(name)
    }

    fn string(&mut self, quote: char) -> Option<String> {
        self.eat(quote)?;
        let mut out = String::new();
        loop {
            let c = self.peek()?;
            self.at += c.len_utf8();
            match c {
                c if c == quote => return Some(out),
                '\\' => out.extend(self.escape()?),
                c => out.push(c),
            }
        }
    }

    #[expect(clippy::option_option, reason = "nothing left, or a line break that stands for nothing")]
    fn escape(&mut self) -> Option<Option<char>> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(match c {
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            '\n' => None,
            'u' | 'x' => {
                let length = if c == 'u' { 4 } else { 2 };
                let digits = self.rest().get(..length)?.to_owned();
                self.at += length;
                u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32)
            }
            c => Some(c),
        })
    }

    /// Steps over one value, whatever it is: up to a comma or a closing bracket
    /// of the level it stands on.
    fn skip_value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            let c = self.peek()?;
            match c {
                '"' | '\'' | '`' => {
                    self.string(c)?;
                    continue;
                }
                '/' if self.rest().starts_with("//") || self.rest().starts_with("/*") => {
                    self.blanks();
                    continue;
                }
                '{' | '[' | '(' => depth += 1,
                '}' | ']' | ')' | ',' if depth == 0 => return Some(()),
                '}' | ']' | ')' => {
                    depth -= 1;
                    if depth == 0 && c == '}' {
                        self.at += 1;
                        return Some(());
                    }
                }
                _ => {}
            }
            self.at += c.len_utf8();
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The layout of the official sample.
    #[test]
    fn comments_behind_values_are_no_part_of_them() {
        let text = "WeixinJSBridge.invoke('getBrandWCPayRequest', {\n \"appId\":\"wx24\",     //公众号名称，由商户传入\n \
            'timeStamp': 1395712654 /* it's a number */,\n \"package\":\"prepay_id=u8//0\" //订单, 详情\n }, f);";
        let fields = call(text).unwrap().fields;
        let pairs: Vec<_> = fields.iter().collect();
        assert_eq!(pairs, [("appId", "wx24"), ("timeStamp", "1395712654"), ("package", "prepay_id=u8//0")]);
    }

    #[test]
    fn literals_are_read_and_expressions_left_out() {
        let text = "wx.config({ debug: true, // on\n appId: 'wx1', timestamp: 1414587457,\n nonceStr: \"a\\/b\", signature: `ff`, other: data.x, jsApiList: ['a', 'b'], done() { return { a: 1 }; }, });";
        let paste = call(text).unwrap();
        let names: Vec<_> = paste.fields.iter().map(|(n, v)| format!("{n}={v}")).collect();
        assert_eq!(
            names,
            [
                "debug=true",
                "appId=wx1",
                "timestamp=1414587457",
                "nonceStr=a/b",
                "signature=ff",
                "jsApiList=['a', 'b']"
            ]
        );
    }
}
