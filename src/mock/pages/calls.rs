//! Calls on the dashboard: each opens with its request, its reply, why it was refused, and
//! a line to type; those that repeat stand there once, with a count. Comes in: the list of
//! calls; goes out: HTML. Secrets are masked, and no line leads out of its quotes.

use serde_json::Value;

use super::super::log::{Entry, Said, masked};
use super::super::refusal::{RefusedSign, Signed};
use super::super::sheet::html::{Html, fill};
use super::super::sheet::tag;
use crate::api::calendar::datetime;
use crate::api::{Lang, Word};
use crate::wire::{Fields, json, xml};

pub(super) const CALL: &str = include_str!("board_call.html");
pub(super) const REFUSED: &str = include_str!("board_refused.html");

/// Longest text of a request or reply that is shown, in characters.
const SHOWN: usize = 1200;

/// Entries of one kind, the last one first.
struct Group<'a> {
    last: &'a Entry,
    /// The first one: its number stays while more come.
    id: u64,
    times: usize,
}

/// The last calls; those that follow one another and say the same are one.
pub(super) fn calls<'a>(entries: impl Iterator<Item = &'a Entry>, most: usize, lang: Lang) -> Html {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for entry in entries {
        let is_full = groups.len() == most;
        match groups.last_mut() {
            Some(group) if is_same(group.last, entry) => {
                (group.id, group.times) = (entry.id, group.times + 1);
            }
            _ if is_full => break,
            _ => groups.push(Group { last: entry, id: entry.id, times: 1 }),
        }
    }
    groups.iter().map(|group| call(group, lang)).collect()
}

fn is_same(one: &Entry, other: &Entry) -> bool {
    (&one.method, &one.path, &one.verdict) == (&other.method, &other.path, &other.verdict)
}

/// The last wrong signatures, each reason once.
pub(super) fn wrong<'a>(entries: impl Iterator<Item = &'a Entry>, most: usize, lang: Lang) -> Html {
    let mut groups: Vec<(Group<'a>, &'a RefusedSign)> = Vec::new();
    for entry in entries {
        let Some(case) = &entry.refused else { continue };
        let is_full = groups.len() == most;
        let known = groups.iter_mut().find(|(group, _)| is_as_wrong(group.last, entry));
        match known {
            Some((group, _)) => (group.id, group.times) = (entry.id, group.times + 1),
            None if is_full => break,
            None => groups.push((Group { last: entry, id: entry.id, times: 1 }, case)),
        }
    }
    groups.iter().map(|(group, case)| refused(group, case, lang)).collect()
}

fn is_as_wrong(one: &Entry, other: &Entry) -> bool {
    let why = |entry: &Entry| entry.report.as_ref().map(|report| reasons(report, Lang::En));
    (one.endpoint, &one.verdict) == (other.endpoint, &other.verdict) && why(one) == why(other)
}

fn times(group: &Group<'_>, lang: Lang) -> Html {
    let count = [("count", group.times.to_string().into())];
    if group.times > 1 { fill(TIMES, lang, &count) } else { Html::none() }
}

const TIMES: &str = "<span class=\"times\">&times;{{count}}</span>";

fn call(group: &Group<'_>, lang: Lang) -> Html {
    let entry = group.last;
    let is_good = ["ok", "consent"].contains(&&*entry.verdict);
    let slots = [
        ("id", group.id.to_string().into()),
        ("at", clock(entry.at).into()),
        ("method", (*entry.method).into()),
        ("path", (*entry.path).into()),
        ("times", times(group, lang).into()),
        ("verdict", (*entry.verdict).into()),
        ("tone", if is_good { "good" } else { "bad" }.into()),
        ("status", entry.status.to_string().into()),
        ("request", said(&entry.asked, &entry.query, lang).into()),
        ("reply", said(&entry.told, "", lang).into()),
        ("reasons", list(entry, lang).into()),
        ("explain", entry.refused.as_ref().map_or_else(Html::none, |case| explain(case, lang)).into()),
    ];
    fill(CALL, lang, &slots)
}

/// A message as lines; what is no message we know, as it came.
fn said(said: &Said, query: &str, lang: Lang) -> String {
    let body = match said {
        Said::Nothing => String::new(),
        Said::Withheld => OWN_KEY.text(lang).to_owned(),
        Said::Fields(fields) => lines(fields),
        Said::Body(body) => {
            let read = xml::read(body).ok().or_else(|| json::read(body).ok());
            read.map_or_else(|| raw(body), |fields| lines(&fields))
        }
    };
    let text = if query.is_empty() { body } else { format!("?{query}\n{body}") };
    let text = text.trim_end();
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None if text.is_empty() => "–".to_owned(),
        None => text.to_owned(),
    }
}

fn lines(fields: &Fields) -> String {
    let lines: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}: {}", masked(name, value))).collect();
    lines.join("\n")
}

/// What cannot be read in parts is not shown where a secret may be in it.
fn raw(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    if ["secret", "token"].iter().any(|word| text.contains(word)) {
        "***".to_owned()
    } else {
        text.into_owned()
    }
}

fn list(entry: &Entry, lang: Lang) -> Html {
    let reasons = entry.report.as_ref().map_or_else(Vec::new, |report| reasons(report, lang));
    let reasons: Html = reasons
        .into_iter()
        .map(|(why, fix)| fill(REASON, lang, &[("why", why.into()), ("fix", fix.into())]))
        .collect();
    if reasons == Html::none() { reasons } else { fill(REASONS, lang, &[("reasons", reasons.into())]) }
}

const REASON: &str = "<li><strong>{{why}}</strong><span>{{fix}}</span></li>";
const REASONS: &str = "<ul class=\"reasons\">{{reasons}}</ul>";
const UNKNOWN: &str = "<li><span>[[还没有找到原因，请对照下面的待签名串|No reason found yet: compare with the string below]]</span></li>";
const OWN_KEY: Word = Word::new("不显示：这把密钥是你自己的", "not shown: the key is your own");

fn refused(group: &Group<'_>, case: &RefusedSign, lang: Lang) -> Html {
    let entry = group.last;
    let reasons = list(entry, lang);
    let unknown = || fill(UNKNOWN, lang, &[]);
    let own = OWN_KEY.text(lang);
    let slots = [
        ("id", group.id.to_string().into()),
        ("endpoint", entry.endpoint.into()),
        ("verdict", (*entry.verdict).into()),
        ("times", times(group, lang).into()),
        ("at", clock(entry.at).into()),
        ("given", case.given.as_str().into()),
        ("expected", case.right.as_ref().map_or(own, |right| &right.signature).into()),
        ("canonical", case.right.as_ref().map_or(own, |right| &right.canonical).into()),
        ("reasons", if reasons == Html::none() { unknown() } else { reasons }.into()),
        ("explain", explain(case, lang).into()),
    ];
    fill(REFUSED, lang, &slots)
}

/// The line that explains it again, to copy.
fn explain(case: &RefusedSign, lang: Lang) -> Html {
    let line = line(case);
    line.map_or_else(Html::none, |line| fill(EXPLAIN, lang, &[("line", line.into())]))
}

const EXPLAIN: &str = "<div class=\"copy\"><code class=\"mono\">{{line}}</code>\
    <button class=\"small-button plain\" data-copy>[[复制|Copy]]</button></div>";

/// None for what is too long, and for what no shell should be given.
fn line(case: &RefusedSign) -> Option<String> {
    let (signature, secret) = match case.what {
        Signed::Message | Signed::AppSign => ("sign", "--key env:WXKIT_PAY_KEY"),
        Signed::PaySign => ("paySign", "--key env:WXKIT_PAY_KEY"),
        Signed::Config => ("signature", "--ticket env:JSAPI_TICKET"),
        Signed::RequestV3 => ("signature", "--scheme v3 --cert apiclient_cert.pem"),
        Signed::PaySignV3 => ("paySign", "--scheme v3-pay-sign --cert apiclient_cert.pem"),
        Signed::AppSignV3 => ("sign", "--scheme v3-app-sign --cert apiclient_cert.pem"),
    };
    let mut fields = case.fields.clone();
    fields.set(signature, case.given.as_str());
    let is_plain = |text: &str| !text.is_empty() && !text.chars().any(char::is_control);
    let is_word = |(name, value): (&str, &str)| is_plain(name) && !value.chars().any(char::is_control);
    let is_short = fields.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>() < SHOWN;
    if case.fields.iter().next().is_none() || !is_short || !fields.iter().all(is_word) {
        return None;
    }
    let words = fields.iter().map(|(name, value)| quoted(&format!("{name}={value}")));
    Some(format!("wxkit explain {secret} -- {}", words.collect::<Vec<_>>().join(" ")))
}

/// One word for a shell, whatever is in it.
fn quoted(word: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"=_-.:/@,+".contains(&b);
    if word.bytes().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// Why, and what to do, of the best explanation of a report.
pub(super) fn reasons(report: &Value, lang: Lang) -> Vec<(String, String)> {
    let best = &report["explanations"][0];
    let own = &best[tag(lang)];
    let said = if own.is_object() { own } else { best };
    let list = |name: &str| said[name].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    list("why").iter().zip(list("fix").iter()).map(|(why, fix)| (text(why), text(fix))).collect()
}

/// The time of the day.
pub(super) fn clock(at: u64) -> String {
    datetime(at).split_off(11)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::super::checked::refused as case;
    use super::*;

    #[test]
    fn a_report_is_read_in_the_readers_language() {
        let both = json!({ "explanations": [{
            "why": ["w"], "fix": ["f"],
            "zh": { "why": ["因为"], "fix": ["这样改"] }, "en": { "why": ["because"], "fix": ["do this"] },
        }] });
        assert_eq!(reasons(&both, Lang::Zh), [("因为".to_owned(), "这样改".to_owned())]);
        assert_eq!(reasons(&both, Lang::En), [("because".to_owned(), "do this".to_owned())]);
        let one = json!({ "explanations": [{ "why": ["w"], "fix": ["f"] }] });
        assert_eq!(reasons(&one, Lang::Zh), [("w".to_owned(), "f".to_owned())]);
        assert!(reasons(&json!({}), Lang::En).is_empty());
    }

    #[test]
    fn the_clock_shows_the_time_in_beijing() {
        assert_eq!(clock(1_768_478_400), "20:00:00");
    }

    #[test]
    fn a_line_to_type_stays_in_its_quotes() {
        let of = |name: &str, value: &str| {
            let fields = [(name, value)].into_iter().collect();
            line(&case("unifiedorder", Signed::Message, fields, None, "AB"))
        };
        let start = "wxkit explain --key env:WXKIT_PAY_KEY -- ";
        assert_eq!(of("body", "tea").unwrap(), format!("{start}body=tea sign=AB"));
        assert_eq!(
            of("body", "a'; rm -rf ~ #").unwrap(),
            format!(r"{start}'body=a'\''; rm -rf ~ #' sign=AB")
        );
        assert_eq!(of("$(x)", "`y`").unwrap(), format!("{start}'$(x)=`y`' sign=AB"));
        for hostile in ["\u{1b}[201~\nrm", "a\nb", "\r"] {
            assert_eq!(of("body", hostile), None);
        }
        assert_eq!(of("body", &"x".repeat(SHOWN)), None);
        let fields = [("method", "POST"), ("body", "{\"a\":1}")].into_iter().collect();
        let v3 = line(&case("v3_native", Signed::RequestV3, fields, None, "AB+/=")).unwrap();
        let start = "wxkit explain --scheme v3 --cert apiclient_cert.pem -- ";
        assert_eq!(v3, format!("{start}method=POST 'body={{\"a\":1}}' signature=AB+/="));
    }

    #[test]
    fn secrets_of_a_message_are_masked() {
        let shown = |body: &str| said(&Said::Body(body.into()), "", Lang::En);
        assert_eq!(shown(r#"{"appid":"wx1","secret":"s3"}"#), "appid: wx1\nsecret: ***");
        assert_eq!(shown("<xml><a>1</a></xml>"), "a: 1");
        assert_eq!(shown(r#"{"secret":"s3""#), "***");
        assert_eq!(shown(""), "–");
        assert_eq!(said(&Said::Withheld, "", Lang::En), "not shown: the key is your own");
    }
}
