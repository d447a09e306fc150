//! What befalls the body of a v3 message between the signature and the wire: JSON
//! written anew by six languages, another charset, blanks, a text that is no body.
//! Comes in: the table under way; goes out: its edits.

use serde_json::{Map, Value};

use super::super::cause::{self, Cause};
use super::super::draft::charset::{Charset, Endian, Legacy, Lost, Reading, Times};
use super::super::draft::form::{self, Form, Plus};
use super::edit::Class;
use super::list::List;
use super::others::Kind;
use super::url::BLANKS;

/// Puts every change of the body of a request in the table.
pub(super) fn of_request(list: &mut List<'_, '_>) {
    let Some((entry, body)) = list.field("body") else { return };
    if body.is_empty() {
        junk(list, entry);
        from_query(list, entry);
    } else {
        again(list, entry, &body, cause::V_BODY_REJSON);
        around(list, entry, cause::V_BODY_NL);
        objects(list, entry);
        twice(list, entry);
        forms(list, entry);
        list.set(cause::V_BODY_EMPTY, entry, "");
        for length in [8, 16, 32, 64, 100] {
            list.value(cause::V_BODY_TRUNC, entry, move |body| cut(body, length)).rare(u32::from(length > 8));
        }
        charsets(list, cause::V_BODY_ENC);
    }
    others(list, entry, &body);
}

/// Puts every change of the body of a reply or notice in the table.
pub(super) fn of_reply(list: &mut List<'_, '_>) {
    let Some((entry, body)) = list.field("body") else { return };
    again(list, entry, &body, cause::V_RESP_BODY);
    around(list, entry, cause::V_RESP_BODY);
    list.set(cause::V_RESP_BODY, entry, "").rare(1);
    list.value(cause::V_RESP_BODY, entry, |body| serde_json::from_str::<String>(body).ok());
    list.value(cause::V_RESP_BODY, entry, |body| Some(form::xml_undone(body))).rare(1);
    for plus in [Plus::Stays, Plus::Blank] {
        list.value(cause::V_RESP_BODY, entry, move |body| form::decode(body, plus)).rare(1);
    }
    charsets(list, cause::V_RESP_BODY);
    for other in list.others().iter().filter(|o| o.kind == Kind::Structure || o.says(&["body", "raw"])) {
        list.set(cause::V_RESP_BODY, entry, other.value.clone()).trying(other);
    }
}

/// The same JSON, written by another program.
fn again(list: &mut List<'_, '_>, entry: usize, body: &str, cause: &'static Cause) {
    for style in form::json_styles(body) {
        list.value(cause, entry, move |body| style.again(body));
        list.value(cause, entry, move |body| style.again(body).map(|text| go(&text))).rare(1);
        list.value(cause, entry, move |body| style.again(body).map(|text| text + "\n")).rare(1);
    }
    if serde_json::from_str::<Value>(body).is_err() {
        return;
    }
    for change in [go, tabs, python, no_solidus, spaced_brace, decimals] {
        list.value(cause, entry, move |body| Some(change(body)));
    }
    for style in form::json_styles(body) {
        list.value(cause, entry, move |body| style.again(&pruned(body)?));
        list.value(cause, entry, move |body| style.again(body).map(|text| decimals(&text))).rare(1);
    }
    list.value(cause, entry, |body| Some(body.split_whitespace().collect())).rare(1);
    for form in [Form::Slashes, Form::HexQuotes] {
        list.value(cause, entry, move |body| form.apply("", body, Charset::Utf8)).rare(1);
    }
}

/// Go's encoder escapes what would be markup.
fn go(text: &str) -> String {
    text.replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e")
}

/// Indented by tabs.
fn tabs(text: &str) -> String {
    let Some(style) = form::json_styles(text).iter().find(|style| style.is_indented()) else {
        return text.to_owned();
    };
    let lines = style.again(text).unwrap_or_default();
    let line = |line: &str| {
        let blanks = line.len() - line.trim_start().len();
        "\t".repeat(blanks / style.indented()) + line.trim_start()
    };
    lines.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// `str(dict)`
fn python(text: &str) -> String {
    let spaced = form::json_styles(text).get(1).and_then(|style| style.again(text)).unwrap_or_default();
    let quoted = spaced.replace('\'', "\\'").replace('"', "'");
    quoted.replace(": true", ": True").replace(": false", ": False").replace(": null", ": None")
}

fn no_solidus(text: &str) -> String {
    text.replace("\\/", "/")
}

/// `{ "a": 1 }`, as some printers put blanks inside the braces.
fn spaced_brace(text: &str) -> String {
    let spaced = form::json_styles(text).get(1).and_then(|style| style.again(text)).unwrap_or_default();
    spaced.replace('{', "{ ").replace('}', " }")
}

/// Whole numbers as `1.0`.
fn decimals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut is_text, mut before) = (false, ' ');
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        if c == '"' && before != '\\' {
            is_text = !is_text;
        }
        out.push(c);
        let ends = letters.peek().is_none_or(|next| matches!(next, ',' | '}' | ']' | ' ' | '\n'));
        if !is_text && c.is_ascii_digit() && ends && !out.ends_with(".0") {
            out.push_str(".0");
        }
        before = c;
    }
    out
}

/// Without members that are null or empty.
fn pruned(text: &str) -> Option<String> {
    fn prune(value: Value) -> Value {
        match value {
            Value::Object(members) => {
                let kept = members.into_iter().filter(|(_, v)| !v.is_null() && v.as_str() != Some(""));
                Value::Object(kept.map(|(name, v)| (name, prune(v))).collect())
            }
            other => other,
        }
    }
    let value: Value = serde_json::from_str(text).ok()?;
    let text_of = prune(value.clone());
    (text_of != value).then(|| text_of.to_string())
}

/// Blanks, line ends and marks around the body on one side only.
fn around(list: &mut List<'_, '_>, entry: usize, cause: &'static Cause) {
    for blank in BLANKS.iter().chain(&["\u{feff}", "\r\n", "\n\n"]) {
        list.value(cause, entry, move |body| Some(format!("{body}{blank}")));
        list.value(cause, entry, move |body| Some(format!("{blank}{body}")));
        list.value(cause, entry, move |body| Some(body.strip_suffix(blank)?.to_owned()));
        list.value(cause, entry, move |body| Some(body.strip_prefix(blank)?.to_owned()));
    }
    list.value(cause, entry, |body| Some(body.trim().to_owned()));
    list.value(cause, entry, |body| Some(body.replace(['\n', '\r'], "")));
    list.value(cause, entry, |body| Some(body.replace('\n', "\r\n")));
    list.value(cause, entry, |body| Some(body.replace("\r\n", "\n")));
}

fn junk(list: &mut List<'_, '_>, entry: usize) {
    let id = cause::V_BODY_GETJUNK;
    for text in [
        "{}",
        "[]",
        "null",
        "undefined",
        "\"\"",
        "None",
        "nil",
        "''",
        "\"{}\"",
        "false",
        "[object Object]",
        "{ }",
        "<nil>",
        "\"null\"",
    ] {
        list.set(id, entry, text);
    }
    for blank in [" ", "\n", "\r\n"] {
        list.set(cause::V_BODY_NL, entry, blank).rare(1);
    }
}

/// The query signed as a body, with or without it in the url.
fn from_query(list: &mut List<'_, '_>, body: usize) {
    let Some((url, text)) = list.field("url") else { return };
    let Some((path, query)) = text.split_once('?') else { return };
    for numbers in [false, true] {
        let Some(object) = object(query, numbers) else { continue };
        let texts = form::json_styles(&object).iter().filter_map(|style| style.again(&object));
        for text in texts.collect::<Vec<_>>() {
            list.set(cause::V_GET_BODY, body, text.clone());
            let bare = path.to_owned();
            list.put(cause::V_GET_BODY, Class::Whole, &[], move |d| {
                d.entries[body].value = text.clone().into();
                d.entries[url].value = bare.clone().into();
            });
        }
    }
    list.set(cause::V_GET_BODY, body, query);
}

fn object(query: &str, numbers: bool) -> Option<String> {
    let mut members = Map::new();
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=')?;
        let value = form::decode(value, Plus::Blank).unwrap_or_else(|| value.to_owned());
        let value = match value.parse::<u64>() {
            Ok(number) if numbers => number.into(),
            _ => Value::String(value),
        };
        members.insert(name.to_owned(), value);
    }
    Some(Value::Object(members).to_string())
}

fn objects(list: &mut List<'_, '_>, entry: usize) {
    for text in [
        "[object Object]",
        "Array",
        "map[]",
        "System.Object",
        "{}",
        "null",
        "undefined",
        "System.String",
        "System.Net.Http.StringContent",
        "java.lang.Object",
        "[object Promise]",
        "None",
        "<nil>",
    ] {
        list.set(cause::V_BODY_OBJ, entry, text);
    }
    // What Java and Go print of a map.
    list.value(cause::V_BODY_OBJ, entry, |body| {
        let members: Map<String, Value> = serde_json::from_str(body).ok()?;
        let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let pairs: Vec<String> =
            members.iter().map(|(name, value)| format!("{name}={}", plain(value))).collect();
        Some(format!("{{{}}}", pairs.join(", ")))
    });
    list.value(cause::V_BODY_OBJ, entry, |body| {
        let members: Map<String, Value> = serde_json::from_str(body).ok()?;
        let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let mut pairs: Vec<String> =
            members.iter().map(|(name, value)| format!("{name}:{}", plain(value))).collect();
        pairs.sort_unstable();
        Some(format!("map[{}]", pairs.join(" ")))
    });
}

fn twice(list: &mut List<'_, '_>, entry: usize) {
    let id = cause::V_BODY_TWICE;
    list.value(id, entry, |body| Some(format!("\"{}\"", form::json_text(body))));
    list.value(id, entry, |body| Some(form::json_text(body)));
    list.value(id, entry, |body| serde_json::to_string(body).ok());
    list.value(id, entry, |body| Some(form::json_text(body).replace('/', "\\/")));
    list.value(id, entry, |body| Some(format!("\"{}\"", form::json_text(body).replace('/', "\\/"))));
    list.value(id, entry, |body| serde_json::from_str::<String>(body).ok());
}

/// `k=v&k=v` of a flat body.
fn forms(list: &mut List<'_, '_>, entry: usize) {
    for style in [None].into_iter().chain(form::PERCENTS[..8].iter().map(Some)) {
        for sorted in [false, true] {
            list.value(cause::V_BODY_FORM, entry, move |body| {
                let members: Map<String, Value> = serde_json::from_str(body).ok()?;
                let spelled = |value: &Value| {
                    let plain = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    style.map_or(plain.clone(), |style| style.encode(plain.as_bytes()))
                };
                let mut pairs: Vec<String> =
                    members.iter().map(|(name, value)| format!("{name}={}", spelled(value))).collect();
                if sorted {
                    pairs.sort_unstable();
                }
                Some(pairs.join("&"))
            });
        }
    }
}

fn cut(body: &str, length: usize) -> Option<String> {
    (body.len() > length).then(|| String::from_utf8_lossy(&body.as_bytes()[..length]).into_owned())
}

/// The whole text in another charset, as one cause.
fn charsets(list: &mut List<'_, '_>, cause: &'static Cause) {
    use Charset::{Ascii, Crossed, Latin1, Legacy as Old, LegacyUnits, LowByte, Mojibake, Utf16};
    let mut all = vec![LowByte];
    for legacy in [Legacy::Gbk, Legacy::Gb18030, Legacy::Big5, Legacy::Cp1252, Legacy::ShiftJis] {
        all.extend([Old(legacy), LegacyUnits(legacy)]);
        all.extend([Reading::Latin1, Reading::Utf8, Reading::Cp1252].map(|reading| Crossed(legacy, reading)));
    }
    for reading in [Reading::Latin1, Reading::Cp1252, Reading::Gbk] {
        all.extend([Mojibake(reading, Times::Once), Mojibake(reading, Times::Twice)]);
    }
    for lost in [Lost::PerChar, Lost::PerUnit, Lost::PerByte, Lost::Gone] {
        all.extend([Latin1(lost), Ascii(lost)]);
    }
    all.extend([Utf16(Endian::Little), Utf16(Endian::Big)]);
    for charset in all {
        list.put(cause, Class::Charset, &[], move |d| d.charset = charset);
    }
    // The body alone: the other lines are ASCII and stay what they are.
    if let Some((entry, _)) = list.field("body") {
        list.value(cause, entry, |body| {
            Some(body.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect())
        })
        .rare(1);
    }
}

/// Bodies that were handed in.
fn others(list: &mut List<'_, '_>, entry: usize, body: &str) {
    let is_upload = list.field("url").is_some_and(|(_, url)| url.contains("upload"));
    let parsed = serde_json::from_str::<Value>(body).ok();
    for other in list.others() {
        if !(other.kind == Kind::Structure
            || other.says(&["body", "data", "file", "multipart", "payload", "json"]))
        {
            continue;
        }
        let same = parsed.is_some() && serde_json::from_str::<Value>(&other.value).ok() == parsed;
        let id = match () {
            () if is_upload || other.says(&["multipart", "file"]) => cause::V_BODY_MULTIPART,
            () if same => cause::V_BODY_REJSON,
            () => cause::V_BODY_EMPTY,
        };
        list.set(id, entry, other.value.clone()).trying(other);
    }
    if is_upload {
        list.value(cause::V_BODY_MULTIPART, entry, |body| Some(format!("meta={body}")));
        list.value(cause::V_BODY_MULTIPART, entry, |body| Some(format!("{{\"meta\":{body}}}")));
    }
}
