//! What programs do to a value by mistake: percent-encoding as six languages
//! do it, XML and JSON escapes, CDATA, numbers and JSON printed anew. Comes in:
//! one value; goes out: what it became. Knows nothing of signatures.

use serde_json::Value;

use super::charset::{Charset, Digits};

/// A treatment that can befall every value of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Form {
    /// Percent-encoded.
    Percent(Percent),
    /// Percent-encoded twice.
    PercentTwice(Percent),
    /// Percent-encoded, names as well (`encodeURIComponent` of `k=v` keeps names as they are).
    NonAsciiOnly(Digits),
    /// Percent-decoded; `+` too where it says so.
    Decoded(Plus),
    /// XML characters escaped.
    Xml(Xml),
    /// XML escapes resolved.
    XmlUndone,
    /// In a CDATA section.
    Cdata(Which),
    /// `/` as `\/`.
    Slashes,
    /// `"` as `\"` and what else JSON escapes.
    JsonText,
    /// `"` as `\x22`.
    HexQuotes,
    /// In double quotes.
    Quoted,
    /// This, if it is empty.
    Empty(&'static str),
    /// Without blanks around it.
    Trimmed,
    /// With this behind it.
    Padded(&'static str),
    /// With this behind it, if it is an amount of money.
    Money(&'static str),
}

/// What becomes of `+` when a text is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Plus {
    /// It stays.
    Stays,
    /// It is a blank.
    Blank,
}

/// Which values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Which {
    /// All.
    All,
    /// Those that are no numbers.
    Texts,
    /// All but amounts of money.
    AllButAmounts,
    /// Texts that people write.
    FreeTexts,
}

impl Which {
    fn has(self, name: &str, value: &str) -> bool {
        match self {
            Self::All => true,
            Self::Texts => !is_number(value),
            Self::AllButAmounts => !name.ends_with("_fee"),
            Self::FreeTexts => matches!(name, "body" | "detail" | "attach"),
        }
    }
}

/// How one language percent-encodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) struct Percent {
    /// What stays as it is, besides letters and digits.
    pub(in crate::explain) keep: &'static str,
    /// What a blank becomes.
    pub(in crate::explain) blank: &'static str,
    /// Letter case of the digits.
    pub(in crate::explain) digits: Digits,
}

const fn percent(keep: &'static str, blank: &'static str, digits: Digits) -> Percent {
    Percent { keep, blank, digits }
}

/// Every known way, the most usual first.
pub(in crate::explain) const PERCENTS: &[Percent] = &[
    percent("-_.!~*'()", "%20", Digits::Upper), // JavaScript encodeURIComponent
    percent("-_.*", "+", Digits::Upper),        // Java URLEncoder, URLSearchParams
    percent("-_.", "+", Digits::Upper),         // PHP urlencode, http_build_query
    percent("-_.~", "%20", Digits::Upper),      // PHP rawurlencode, RFC 3986
    percent("-_.!*()", "+", Digits::Lower),     // .NET HttpUtility.UrlEncode
    percent("-_.~/", "%20", Digits::Upper),     // Python quote
    percent("-_.~", "+", Digits::Upper),        // Go QueryEscape, Python quote_plus
    percent("-_.!*()", "+", Digits::Upper),     // .NET WebUtility.UrlEncode
    percent("-_.*", "%20", Digits::Upper),      // Java with + replaced
    percent("-_.", "%20", Digits::Upper),
    percent("-_.~*", "+", Digits::Upper),
    percent("-_.!~*'()", "%20", Digits::Lower),
    percent("-_.~", "%20", Digits::Lower),
    percent("-_.*", "+", Digits::Lower),
    percent("-_.", "+", Digits::Lower),
    percent("-_.!~*'()", "+", Digits::Upper),
    percent("-_.~", "+", Digits::Lower),
    percent("-_.~/", "%20", Digits::Lower),
    percent("-_.~/", "+", Digits::Upper),
    percent("", "%20", Digits::Upper),
];

/// Ways that leave the shape of a URL alone.
pub(in crate::explain) const URL_PERCENTS: &[Percent] = &[
    percent("-_.!~*'();/?:@&=+$,#", "%20", Digits::Upper), // JavaScript encodeURI
    percent("-_.!~*'();/?:@&=+$,#[]%", "%20", Digits::Upper), // the same, escapes kept
    percent("-_.!~*'();/?:@&=+$,#[]%", "%20", Digits::Lower),
    percent("-_.!~*'();/?:@&=+$,#", "%20", Digits::Lower),
    percent("-_.!~*'();/?:@&=+$,#[]", "%20", Digits::Upper), // .NET EscapeUriString
    percent("-_.~$&+=:@/?", "%20", Digits::Upper),           // Go
    percent("-_.!~*'();/?:@&=+$,#%", "+", Digits::Upper),
    percent("-_.~:/", "%20", Digits::Upper),
    percent("-_.~:/?&=", "%20", Digits::Upper),
];

/// Which characters XML escaping touches, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) struct Xml(&'static [(char, &'static str)]);

const AMP: (char, &str) = ('&', "&amp;");
const LT: (char, &str) = ('<', "&lt;");
const GT: (char, &str) = ('>', "&gt;");
const QUOT: (char, &str) = ('"', "&quot;");

/// Every known way.
pub(in crate::explain) const XMLS: &[Xml] = &[
    Xml(&[AMP, LT, GT, QUOT]),
    Xml(&[AMP, LT, GT, QUOT, ('\'', "&#039;")]),
    Xml(&[AMP, LT, GT, QUOT, ('\'', "&#39;")]),
    Xml(&[AMP, LT, GT, QUOT, ('\'', "&apos;")]),
    Xml(&[AMP, LT, GT]),
    Xml(&[AMP]),
    Xml(&[AMP, LT]),
    Xml(&[AMP, LT, GT, ('"', "&#34;"), ('\'', "&#39;")]),
    Xml(&[AMP, LT, GT, QUOT, ('\'', "&#x27;")]),
    Xml(&[AMP, LT, GT, QUOT, ('\'', "&#x27;"), ('/', "&#x2F;")]),
    Xml(&[LT, GT]),
    Xml(&[LT, GT, QUOT, ('\'', "&#39;")]),
    Xml(&[QUOT]),
    Xml(&[('"', "&#34;")]),
    Xml(&[('\'', "&#39;")]),
    Xml(&[('\'', "&#039;")]),
    Xml(&[('\'', "&apos;")]),
    Xml(&[LT, GT, QUOT]),
];

impl Form {
    /// What the value becomes; none if it stays. Percent-encoding works on the
    /// bytes of the charset that is in force.
    pub(in crate::explain) fn apply(self, name: &str, value: &str, charset: Charset) -> Option<String> {
        let changed = match self {
            Self::Percent(style) => style.encode(&charset.encode(value)),
            Self::PercentTwice(style) => style.encode(style.encode(&charset.encode(value)).as_bytes()),
            Self::NonAsciiOnly(digits) => non_ascii(value, digits),
            Self::Decoded(plus) => decode(value, plus)?,
            Self::Xml(style) => style.escape(value),
            Self::XmlUndone => xml_undone(value),
            Self::Empty(text) if value.is_empty() => text.to_owned(),
            Self::Cdata(_) | Self::Quoted if value.is_empty() => return None,
            Self::Cdata(which) if !which.has(name, value) => return None,
            Self::Cdata(_) => format!("<![CDATA[{value}]]>"),
            Self::Slashes => value.replace('/', "\\/"),
            Self::JsonText => json_text(value),
            Self::HexQuotes => value.replace('"', "\\x22"),
            Self::Quoted => format!("\"{value}\""),
            Self::Trimmed => value.trim().to_owned(),
            Self::Padded(pad) => format!("{value}{pad}"),
            Self::Money(tail) if name.ends_with("_fee") && is_number(value) => format!("{value}{tail}"),
            Self::Money(_) | Self::Empty(_) => return None,
        };
        (changed != value).then_some(changed)
    }
}

impl Percent {
    /// Encodes bytes.
    pub(in crate::explain) fn encode(&self, bytes: &[u8]) -> String {
        let mut out = String::with_capacity(bytes.len() * 3);
        for &byte in bytes {
            match byte {
                b' ' => out.push_str(self.blank),
                _ if byte.is_ascii_alphanumeric() || self.keep.as_bytes().contains(&byte) => {
                    out.push(char::from(byte));
                }
                _ => hex_escape(byte, self.digits, &mut out),
            }
        }
        out
    }
}

fn hex_escape(byte: u8, digits: Digits, out: &mut String) {
    out.push('%');
    out.push(digits.digit(byte >> 4));
    out.push(digits.digit(byte));
}

/// Percent-encodes what is not ASCII and blanks, nothing else.
pub(in crate::explain) fn non_ascii(value: &str, digits: Digits) -> String {
    let mut out = String::with_capacity(value.len() * 3);
    for byte in value.bytes() {
        if byte.is_ascii() && byte != b' ' {
            out.push(char::from(byte));
        } else {
            hex_escape(byte, digits, &mut out);
        }
    }
    out
}

/// Percent-decodes UTF-8; none if it does not decode.
pub(in crate::explain) fn decode(value: &str, plus: Plus) -> Option<String> {
    let spaced = if plus == Plus::Blank { value.replace('+', " ") } else { value.to_owned() };
    percent_encoding::percent_decode_str(&spaced).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

impl Xml {
    /// Escapes a value.
    pub(in crate::explain) fn escape(self, value: &str) -> String {
        let mut out = String::with_capacity(value.len() + 16);
        for c in value.chars() {
            match self.0.iter().find(|(from, _)| *from == c) {
                Some((_, to)) => out.push_str(to),
                None => out.push(c),
            }
        }
        out
    }
}

/// Resolves the escapes of XML and HTML that a value carries.
pub(in crate::explain) fn xml_undone(value: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(value.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// A value as it stands between the quotes of JSON.
pub(in crate::explain) fn json_text(value: &str) -> String {
    let quoted = Value::from(value).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

/// Whether it is a plain number.
pub(in crate::explain) fn is_number(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit())
}

/// Other ways to write a number: as a float, in yuan, as fen of yuan, with an
/// exponent, with zeros, with the artefacts of binary fractions.
pub(in crate::explain) fn numbers(value: &str) -> Vec<String> {
    let mut forms = Vec::new();
    if let Some((whole, fraction)) = value.split_once('.') {
        forms.extend(from_decimal(value, whole, fraction));
    }
    let Ok(number) = value.parse::<i64>() else { return forms };
    if !is_number(value) {
        return forms;
    }
    forms.extend([".0", ".00", ".000", ".000000", "."].map(|tail| format!("{value}{tail}")));
    forms.extend(in_yuan(number));
    forms.extend([number.saturating_mul(100), number.saturating_mul(10)].map(|n| n.to_string()));
    forms.extend([format!("{}.0", number.saturating_mul(100)), format!("{}.00", number.saturating_mul(100))]);
    forms.extend(["0", "00"].map(|zeros| format!("{zeros}{value}")));
    forms.extend([format!("+{value}"), format!("-{value}"), format!("{value}L"), grouped(value)]);
    forms.extend(exponents(value));
    forms.extend(artefacts(number));
    forms
}

fn in_yuan(fen: i64) -> Vec<String> {
    let (yuan, rest) = (fen / 100, fen % 100);
    let full = format!("{yuan}.{rest:02}");
    let short = full.trim_end_matches('0').trim_end_matches('.').to_owned();
    let one = format!("{yuan}.{:01}", rest / 10);
    vec![
        full,
        short,
        one,
        yuan.to_string(),
        format!("{yuan}.0"),
        format!("{fen}元"),
        format!("¥{yuan}.{rest:02}"),
    ]
}

fn from_decimal(value: &str, whole: &str, fraction: &str) -> Vec<String> {
    let digits = format!("{whole}{fraction:0<2}");
    let fen = digits.get(..whole.len() + 2).unwrap_or(&digits).trim_start_matches('0').to_owned();
    let short = value.trim_end_matches('0').trim_end_matches('.').to_owned();
    vec![whole.to_owned(), fen, short, format!("{whole}.{fraction:0<2}")]
}

fn exponents(value: &str) -> Vec<String> {
    let power = value.len() - 1;
    let head = &value[..1];
    let tail = value[1..].trim_end_matches('0');
    let mantissa = if tail.is_empty() { head.to_owned() } else { format!("{head}.{tail}") };
    let point = if tail.is_empty() { format!("{head}.0") } else { mantissa.clone() };
    vec![
        format!("{mantissa}e+{power:02}"),
        format!("{mantissa}e{power}"),
        format!("{mantissa}e+{power}"),
        format!("{mantissa}E{power}"),
        format!("{mantissa}E+{power}"),
        format!("{mantissa}E+{power:02}"),
        format!("{point}E{power}"),
        format!("{point}e{power}"),
        format!("{point}e+{power:02}"),
        format!("{head}.{:0<6.6}e+{power:02}", &value[1..]),
        format!("{head}.{:0<5.5}e+{power:02}", &value[1..]),
        format!("{head}.{:0<8.8}E9", &value[1..]),
        format!("{head}.{}e{power}", &value[1..]),
        format!("{head}.{}E{power}", &value[1..]),
        format!("{head}.{}e+{power:02}", &value[1..]),
    ]
}

/// `1414587457` as `1,414,587,457`.
pub(in crate::explain) fn grouped(value: &str) -> String {
    let mut out = String::new();
    for (index, c) in value.chars().enumerate() {
        if index > 0 && (value.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[expect(clippy::cast_precision_loss, reason = "the loss is the mistake")]
fn artefacts(fen: i64) -> Vec<String> {
    let yuan = fen as f64 / 100.0;
    let back = yuan * 100.0;
    let mut forms =
        vec![format!("{back:?}"), format!("{back}"), format!("{back:.17}"), format!("{}", back.floor())];
    let noise = fen as f64;
    forms.extend([1.0, -1.0].map(|sign| format!("{}", noise + sign * noise * f64::EPSILON)));
    forms.extend([format!("{}", yuan / 10.0 * 1000.0), format!("{}", (yuan - 0.1 + 0.1) * 100.0)]);
    forms
}

/// Every usual way to print a JSON value anew; none if it is no object or array.
pub(in crate::explain) fn json_styles(value: &str) -> &'static [JsonStyle] {
    let is_json = parsed(value).is_some();
    if is_json { JSON_STYLES } else { &[] }
}

fn parsed(value: &str) -> Option<Value> {
    let is_compound = value.trim_start().starts_with(['{', '[']);
    is_compound.then(|| serde_json::from_str(value).ok())?
}

/// A way to print JSON.
pub(in crate::explain) struct JsonStyle {
    item: &'static str,
    colon: &'static str,
    indent: usize,
    sorted: Sorted,
    text: fn(&str) -> String,
}

#[derive(PartialEq, Eq)]
enum Sorted {
    Yes,
    No,
}

const fn style(
    item: &'static str,
    colon: &'static str,
    indent: usize,
    sorted: Sorted,
    text: fn(&str) -> String,
) -> JsonStyle {
    JsonStyle { item, colon, indent, sorted, text }
}

const JSON_STYLES: &[JsonStyle] = &[
    style(",", ":", 0, Sorted::No, json_text),
    style(", ", ": ", 0, Sorted::No, json_text),
    style(",", ":", 0, Sorted::Yes, json_text),
    style(", ", ": ", 0, Sorted::Yes, json_text),
    style(",", ":", 0, Sorted::No, slashed),
    style(",", ":", 0, Sorted::No, ascii),
    style(", ", ": ", 0, Sorted::No, ascii),
    style(",", ":", 0, Sorted::No, php),
    style(",", ":", 0, Sorted::Yes, ascii),
    style(", ", ": ", 0, Sorted::Yes, ascii),
    style(",", ": ", 2, Sorted::No, json_text),
    style(",", ": ", 4, Sorted::No, json_text),
    style(",", ": ", 0, Sorted::No, json_text),
    style(", ", ":", 0, Sorted::No, json_text),
];

fn slashed(text: &str) -> String {
    json_text(text).replace('/', "\\/")
}

fn ascii(text: &str) -> String {
    String::from_utf8_lossy(&Charset::Escaped(Digits::Lower).encode(&json_text(text))).into_owned()
}

fn php(text: &str) -> String {
    ascii(text).replace('/', "\\/")
}

impl JsonStyle {
    /// Whether it writes lines.
    pub(in crate::explain) const fn is_indented(&self) -> bool {
        self.indent > 0
    }

    /// Blanks for each depth.
    pub(in crate::explain) const fn indented(&self) -> usize {
        self.indent
    }

    /// A JSON text printed anew; none if it is none.
    pub(in crate::explain) fn again(&self, text: &str) -> Option<String> {
        let mut out = String::with_capacity(text.len());
        self.write(&parsed(text)?, 0, &mut out);
        Some(out)
    }

    fn write(&self, value: &Value, depth: usize, out: &mut String) {
        match value {
            Value::String(text) => {
                out.push('"');
                out.push_str(&(self.text)(text));
                out.push('"');
            }
            Value::Array(items) => {
                self.list('[', items, ']', depth, out, |me, item, out| me.write(item, depth + 1, out));
            }
            Value::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                if self.sorted == Sorted::Yes {
                    members.sort_by(|a, b| a.0.cmp(b.0));
                }
                self.list('{', &members, '}', depth, out, |me, (name, value), out| {
                    out.push('"');
                    out.push_str(&(me.text)(name));
                    out.push('"');
                    out.push_str(me.colon);
                    me.write(value, depth + 1, out);
                });
            }
            other => out.push_str(&other.to_string()),
        }
    }

    fn list<T>(
        &self,
        open: char,
        items: &[T],
        close: char,
        depth: usize,
        out: &mut String,
        one: impl Fn(&Self, &T, &mut String),
    ) {
        let line = |depth: usize, out: &mut String| {
            if self.indent > 0 {
                out.push('\n');
                out.push_str(&" ".repeat(self.indent * depth));
            }
        };
        out.push(open);
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                out.push_str(self.item);
            }
            line(depth + 1, out);
            one(self, item, out);
        }
        if !items.is_empty() {
            line(depth, out);
        }
        out.push(close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_encodings_are_those_of_their_languages() {
        let text = "a b~*/茶".as_bytes();
        let got: Vec<String> = PERCENTS[..5].iter().map(|p| p.encode(text)).collect();
        // encodeURIComponent, URLEncoder, urlencode, rawurlencode, HttpUtility.UrlEncode
        assert_eq!(got[0], "a%20b~*%2F%E8%8C%B6");
        assert_eq!(got[1], "a+b%7E*%2F%E8%8C%B6");
        assert_eq!(got[2], "a+b%7E%2A%2F%E8%8C%B6");
        assert_eq!(got[3], "a%20b~%2A%2F%E8%8C%B6");
        assert_eq!(got[4], "a+b%7e*%2f%e8%8c%b6");
    }

    #[test]
    fn json_is_printed_as_python_php_and_javascript_do() {
        let text = r#"{"b":["茶/"],"a":1}"#;
        let forms: Vec<String> = json_styles(text).iter().filter_map(|style| style.again(text)).collect();
        assert!(json_styles("no JSON").is_empty() && json_styles("1").is_empty());
        assert!(forms.contains(&r#"{"b": ["茶/"], "a": 1}"#.to_owned()));
        assert!(forms.contains(&r#"{"b":["\u8336\/"],"a":1}"#.to_owned()));
        assert!(forms.contains(&r#"{"a":1,"b":["茶/"]}"#.to_owned()));
        assert!(forms.contains(&"{\n  \"b\": [\n    \"茶/\"\n  ],\n  \"a\": 1\n}".to_owned()));
    }

    #[test]
    fn amounts_take_their_wrong_forms() {
        let forms = numbers("1990");
        for form in ["19.9", "19.90", "1990.0", "199000", "1.99e+03", "01990"] {
            assert!(forms.iter().any(|f| f == form), "{form}");
        }
        assert!(numbers("1000000").contains(&"1e+06".to_owned()));
        assert!(numbers("110").contains(&"110.00000000000001".to_owned()));
        assert!(numbers("19.90").contains(&"1990".to_owned()));
    }
}
