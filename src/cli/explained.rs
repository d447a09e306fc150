//! Signatures with their verdict, and wrong ones with the reason: joins explain
//! to the commands, to refused calls and to the gateway, and puts a report into
//! pieces for a person and a document for a script.

use std::time::Duration;

use serde_json::{Value, json};
use wxkit::api::authorization::authorize;
use wxkit::api::keys::{RsaError, V3};
use wxkit::api::word::Part;
use wxkit::api::{Lang, Message, Stamp, Word};
use wxkit::client::clock::Stopwatch;
use wxkit::explain::{
    self, Case, Change, Comparison, Explanation, Limits, Lint, Named, Report, Scheme, Shown, Unlike, Verdict,
};
use wxkit::mock::{RefusedSign, Signed};
use wxkit::sign::key::Item;
use wxkit::sign::{self, Digest, Empty, Recipe, Secret, SignType};
use wxkit::wire::Fields;

use super::error::Error;
use super::outcome::{Exit, Marked, Outcome, View, pairs};

/// How long a search may take where nobody said otherwise.
pub const BUDGET: Duration = Duration::from_secs(2);

/// A report and how long it took.
pub struct Explained {
    /// The report.
    pub report: Report,
    /// Milliseconds.
    pub elapsed_ms: u64,
}

/// How long the gateway searches for one wrong signature.
const GATEWAY_BUDGET: Duration = Duration::from_secs(1);
/// Most fields of a message over which the gateway searches.
const MOST_FIELDS: usize = 64;

/// Searches until it is found or the budget is used up.
pub fn search(case: &Case, budget: Duration) -> Explained {
    within(case, Limits::default(), budget)
}

fn within(case: &Case, limits: Limits, budget: Duration) -> Explained {
    let watch = Stopwatch::start();
    let report = explain::explain(case, &limits, &|| watch.elapsed() >= budget);
    let elapsed_ms = u64::try_from(watch.elapsed().as_millis()).unwrap_or(u64::MAX);
    Explained { report, elapsed_ms }
}

/// A case without more candidates.
pub fn case(scheme: Scheme, fields: Fields, secret: Secret, given: &str) -> Case {
    Case {
        scheme,
        fields,
        signature: given.to_owned(),
        secret: Some(secret),
        sign_type: None,
        others: Vec::new(),
        repairs: Vec::new(),
    }
}

/// The case of a message whose `sign` is known by itself.
pub fn message(fields: Fields, key: Secret, given: &str) -> Case {
    case(Scheme::default(), fields, key, given)
}

/// The case of a signed pay object: the names of its fields tell which kind.
pub fn signed_message(mut fields: Fields, key: Secret) -> Result<Case, Error> {
    let (scheme, name) = match (fields.filled("paySign"), fields.get("prepayid")) {
        (Some(_), _) => (Scheme::PaySign, "paySign"),
        (None, Some(_)) => (Scheme::AppSign, "sign"),
        (None, None) => (Scheme::default(), "sign"),
    };
    let given = fields.remove(name).filter(|sign| !sign.is_empty()).ok_or_else(no_sign)?;
    // Without a `sign_type` the length of the signature tells the digest.
    let sign_type = Some(SignType::of_signature(&given));
    Ok(Case { sign_type, ..case(scheme, fields, key, &given) })
}

fn no_sign() -> Error {
    Error::new("input.no_sign", Exit::Usage, Word::new("没有 sign 字段", "there is no sign field"))
        .hint(Word::new("把完整的报文交给它，包括 sign", "pass the whole message, sign included"))
}

/// Valid or not; and if not, why.
pub fn verdict(case: &Case, lang: Lang) -> Outcome {
    let explained = search(case, BUDGET);
    let report = &explained.report;
    let valid = report.verdict == Verdict::Valid;
    let mut data = json!({ "valid": valid, "expected": report.expected, "given": report.given });
    if case.scheme.family().is_pay() {
        let hmac = case.recipe().digest == Digest::HmacSha256;
        data["sign_type"] = if hmac { "HMAC-SHA256" } else { "MD5" }.into();
    }
    if valid {
        data["lints"] = report.lints.iter().map(|lint| lint.to_json(lang)).collect();
        let mut outcome = Outcome::new(data, "valid");
        // A page can be refused although its signature is right; a message that
        // was signed right is done with.
        outcome.view = match case.scheme {
            Scheme::Jssdk => views(report),
            _ => [vec![View::Good(VALID.into())], sure(report), besides(report)].concat(),
        };
        return outcome;
    }
    data["explain"] = document(&explained, lang);
    let mut outcome = Outcome::new(data, "invalid").no();
    outcome.view = views(report);
    outcome.show(signatures(report))
}

fn signatures(report: &Report) -> View {
    let expected = report.expected.clone().map(|expected| ("expected", expected));
    let given = [("given", report.given.clone())].into_iter();
    pairs(given.chain(expected).chain([("string_to_sign", report.right.clone())]))
}

/// The report for a script.
pub fn document(explained: &Explained, lang: Lang) -> Value {
    explained.report.to_json(lang, explained.elapsed_ms)
}

/// The report for a person: what is wrong and what to do first.
pub fn views(report: &Report) -> Vec<View> {
    let mut views = match report.verdict {
        Verdict::Valid => valid(report),
        Verdict::Explained => explained_views(&report.explanations, labels(report.scheme)),
        Verdict::Unexplained => unexplained(report),
    };
    views.extend(besides(report));
    views
}

/// What else is to be said: repairs, and lints that were not told yet.
fn besides(report: &Report) -> Vec<View> {
    let mut told = causes(report);
    if report.verdict == Verdict::Valid {
        told.extend(report.lints.iter().filter(|lint| lint.is_sure()).map(|lint| lint.id));
    }
    let lints: Vec<_> = report.lints.iter().filter(|lint| !told.contains(&lint.id)).collect();
    let mut views = Vec::new();
    if !report.repairs.is_empty() || !lints.is_empty() {
        views.push(View::Head(Word::new("另外", "Besides").into()));
    }
    views.extend(report.repairs.iter().map(|repair| View::Say(repair.word().into())));
    views.extend(lints.into_iter().map(|lint| View::Say(lint_words(lint))));
    views
}

/// A lint and the id of its cause, where it has one.
fn lint_words(lint: &Lint) -> Message {
    match lint.fix {
        Some(_) => Word::new("{}（{}）", "{} ({})").with([Part::from(lint.message.clone()), lint.id.into()]),
        None => lint.message.clone(),
    }
}

/// What is refused although the signature is right.
fn sure(report: &Report) -> Vec<View> {
    let lints: Vec<_> = report.lints.iter().filter(|lint| lint.is_sure()).collect();
    if lints.is_empty() {
        return Vec::new();
    }
    let head = Word::new(
        "签名没错，但被签的值有问题",
        "The signature is right, the values that were signed are not",
    );
    let mut views = vec![View::Head(head.into())];
    for lint in lints {
        views.push(View::Bad(lint_words(lint)));
        views.extend(lint.fix.map(|fix| View::Say(Word::new("→ {}", "→ {}").with([fix]))));
    }
    views
}

/// What looks wrong in the fields that were just signed: a note for each.
pub fn noted(case: &Case, lang: Lang, note: impl Fn(&Message)) -> Value {
    let lints: Vec<_> = explain::lints(case).into_iter().filter(|lint| lint.field.is_some()).collect();
    for lint in &lints {
        note(&lint_words(lint));
    }
    lints.iter().map(|lint| lint.to_json(lang)).collect()
}

const VALID: Word = Word::new("签名正确", "the signature is valid");

fn valid(report: &Report) -> Vec<View> {
    let said = Word::new("对这些输入来说签名是正确的", "the signature is valid for these inputs");
    let mut views = vec![View::Good(said.into())];
    views.extend(sure(report));
    if !report.remaining.is_empty() {
        let head = if report.is_from_wechat {
            Word::new(
                "这是微信签的；如果你的程序不认，检查",
                "WeChat signed this; if your program refuses it, look at this",
            )
        } else {
            Word::new(
                "如果微信仍然拒绝，按可能性排查",
                "If WeChat still refuses it, look at these, most likely first",
            )
        };
        views.push(View::Head(head.into()));
    }
    let is_told = |id: &str| report.lints.iter().any(|lint| lint.is_sure() && lint.id == id);
    for cause in report.remaining.iter().filter(|cause| !is_told(cause.id)) {
        let args = [Part::from(cause.why), Part::from(cause.fix), Part::from(cause.id)];
        views.push(View::Say(Word::new("{}：{}（{}）", "{}: {} ({})").with(args)));
    }
    views
}

fn unexplained(report: &Report) -> Vec<View> {
    let said = if report.tried == 0 {
        Word::new("还无法判断这个签名", "nothing can be said about this signature yet").into()
    } else {
        Word::new(
            "签名不对，试过的 {} 种错误及其组合都得不到它",
            "the signature is wrong, and none of {} combinations of mistakes gives it",
        )
        .with([report.tried.to_string()])
    };
    let mut views = vec![View::Bad(said)];
    views.extend(report.received.iter().flat_map(|(text, bytes)| received(text, *bytes)));
    views.extend(report.next.iter().map(|step| View::Say((*step).into())));
    views
}

/// The lines that WeChat checked, with their ends.
fn received(text: &str, bytes: usize) -> Vec<View> {
    let head = Word::new(
        "微信收到并据以验签的各行（报文体共 {} 字节，只给出开头）",
        "the lines that WeChat received and checked (of {} bytes of the body it shows the first)",
    );
    let line = |line: &str| View::Say(Word::new("  {}⏎", "  {}⏎").with([line]));
    let head = View::Say(head.with([bytes.to_string()]));
    [head].into_iter().chain(text.split_terminator('\n').map(line)).collect()
}

/// Whose the string is that gives the signature, and whose the one that should. WeChat
/// Pay signs its replies and notices: what does not match there is what was received.
const fn labels(scheme: Scheme) -> [Word; 2] {
    match scheme {
        Scheme::V3Verify => [Word::new("微信签的", "WeChat's"), Word::new("你验的", "yours")],
        _ => [Word::new("你签的", "yours"), Word::new("微信签的", "WeChat's")],
    }
}

fn explained_views(explanations: &[Explanation], [signed, wanted]: [Word; 2]) -> Vec<View> {
    let mut views = Vec::new();
    let Some((best, others)) = explanations.split_first() else { return views };
    for named in &best.causes {
        views.push(View::Bad(why(named)));
        views.extend(signed_with(named).map(View::Say));
        views.push(View::Say(Word::new("→ {}", "→ {}").with([named.fix()])));
    }
    let same = best.wrong.as_ref().is_some_and(|wrong| wrong.text == best.right.text);
    // What the causes name is no part of it then: letter case, digest, charset, key.
    if same {
        views.push(View::Diff(vec![marked(Word::new("字符串", "the string"), &best.right)]));
    } else if let Some(wrong) = &best.wrong {
        views.push(View::Diff(vec![marked(signed, wrong), marked(wanted, &best.right)]));
    }
    if others.iter().any(|other| ids(other) != ids(best)) {
        views.push(View::Head(Word::new("其他解读", "Other readings").into()));
    }
    for other in others.iter().filter(|other| ids(other) != ids(best)) {
        let both = |a: Message, b: Message| {
            Word::new("{}，同时{}", "{}, and {}").with([Part::from(a), Part::from(b)])
        };
        views.extend(other.causes.iter().map(why).reduce(both).map(View::Say));
    }
    views
}

/// Which of the candidates it was.
fn signed_with(named: &Named) -> Option<Message> {
    let label = named.candidate.as_ref()?;
    Some(Word::new("签名用的是 {}", "{} is the one that signed").with([label.clone()]))
}

fn ids(explanation: &Explanation) -> Vec<&'static str> {
    explanation.causes.iter().map(|named| named.cause.id).collect()
}

/// What went wrong, where, and the id of the cause.
fn why(named: &Named) -> Message {
    let (why, id) = (Part::from(named.cause.why), Part::from(named.cause.id));
    match &named.field {
        Some(field) => Word::new("{}：{}（{}）", "{}: {} ({})").with([Part::from(&**field), why, id]),
        None => Word::new("{}（{}）", "{} ({})").with([why, id]),
    }
}

fn marked(label: Word, shown: &Shown) -> Marked {
    Marked { label, text: shown.text.clone(), marks: shown.marks.clone() }
}

/// The string that a person hashed, held against the right one.
pub fn comparison(compared: &Comparison) -> Vec<View> {
    let said = match compared.gives_signature {
        Some(true) => Word::new(
            "这个字符串的哈希正是给出的签名",
            "the hash of this string is the signature that was given",
        ),
        Some(false) => Word::new(
            "这个字符串的哈希不是给出的签名：实际哈希的是别的内容",
            "the hash of this string is not the signature that was given: something else was hashed",
        ),
        None => Word::new(
            "没有给出签名，只比对两个字符串；要核对哈希，加上 --signature HEX",
            "no signature was given, so only the strings are compared; --signature HEX checks the hash too",
        ),
    };
    let mut views = vec![View::Say(said.into())];
    if compared.is_secret_taken {
        let said = Word::new(
            "没有给出密钥，你的字符串里的那个当作是对的；用 --key 等给出就会比对",
            "no secret was given, so the one in your string was taken as right; with --key (or --ticket, --token) it is compared too",
        );
        views.push(View::Say(said.into()));
    }
    views.extend(compared.changes.iter().map(|change| View::Bad(changed(change))));
    views.push(View::Diff(vec![
        marked(Word::new("你签的", "yours"), &compared.yours),
        marked(Word::new("微信签的", "WeChat's"), &compared.right),
    ]));
    views
}

fn changed(change: &Change) -> Message {
    if let Some(unlike) = change.secret {
        return Word::new("密钥不同（不显示）：{}", "the secret differs (not shown): {}")
            .with([Part::from(told(unlike))]);
    }
    let field = change.field.clone().unwrap_or_default();
    let args = [
        Part::from(field),
        Part::from(change.word()),
        change.yours.clone().into(),
        change.right.clone().into(),
    ];
    Word::new("{} {}：你的是 “{}”，应为 “{}”", "{} {}: yours has \"{}\", it should be \"{}\"").with(args)
}

/// In what two secrets differ.
pub fn told(unlike: Unlike) -> Message {
    match unlike {
        Unlike::Letters => Word::new("只有大小写不同", "only capital and small letters differ").into(),
        Unlike::Blanks => {
            Word::new("首尾多了或少了空白、换行", "only the blanks or line breaks around it differ").into()
        }
        Unlike::Length { yours, right } => {
            Word::new("你的有 {} 个字符，应为 {} 个", "yours has {} characters, it should have {}")
                .with([yours.to_string(), right.to_string()])
        }
        Unlike::Other => {
            Word::new("长度一样，内容不同：是另一把密钥", "of the same length, but another one").into()
        }
    }
}

/// A signature as it comes out when two ingredients are wrong: empty values are
/// kept and the letters are small.
pub fn broken_on_purpose(fields: &Fields, key: &Secret) -> String {
    let right = Scheme::default().family().recipe;
    let recipe = Recipe { empty: Empty::Keep, case: sign::Case::Lower, ..*right };
    sign::sign(&recipe, fields.iter(), key)
}

/// A request of v3 whose signature is over the whole address, in place of its path.
pub fn broken_request_on_purpose(keys: &V3, path: &str, body: &str, stamp: &Stamp) -> Result<Case, RsaError> {
    let whole = format!("https://api.mch.weixin.qq.com{path}");
    let signed = authorize(keys, "POST", &whole, body.as_bytes(), stamp)?;
    let now = stamp.now.to_string();
    let fields =
        [("method", "POST"), ("url", path), ("timestamp", &now), ("nonce_str", &stamp.nonce), ("body", body)];
    let public = Item::Public(keys.private.public().clone()).pem().unwrap_or(Secret::new(""));
    Ok(case(Scheme::V3, fields.into_iter().collect(), public, &signed.signature))
}

/// The causes of the best explanation, by id.
pub fn causes(report: &Report) -> Vec<&'static str> {
    report.explanations.first().map(ids).unwrap_or_default()
}

/// The report on a signature that the gateway refused.
pub fn of_refused(refused: &RefusedSign) -> Explained {
    let mut fields = refused.fields.clone();
    fields.remove("sign");
    let sign_type = SignType::named(refused.sign_type);
    let scheme = match refused.what {
        Signed::Message => Scheme::default(),
        Signed::Config => Scheme::Jssdk,
        Signed::PaySign => Scheme::PaySign,
        Signed::AppSign => Scheme::AppSign,
        Signed::RequestV3 => Scheme::V3,
        Signed::PaySignV3 => Scheme::V3PaySign,
        Signed::AppSignV3 => Scheme::V3AppSign,
    };
    let case = case(scheme, fields, refused.key.clone(), &refused.given);
    let case = Case { sign_type, others: refused.others.clone(), ..case };
    // Anybody can post: one thread, an end that is kept, and no search over more
    // fields than any call of WeChat has.
    let causes = if case.fields.len() > MOST_FIELDS { 0 } else { Limits::default().causes };
    within(&case, Limits { causes, threads: 1 }, GATEWAY_BUDGET)
}

/// The report for a script, with the reasons in both languages: the gateway's
/// pages speak the language of each visitor.
pub fn bilingual(explained: &Explained, lang: Lang) -> Value {
    let mut document = document(explained, lang);
    for (index, explanation) in explained.report.explanations.iter().enumerate() {
        for (tag, lang) in [("zh", Lang::Zh), ("en", Lang::En)] {
            let why: Vec<&str> = explanation.causes.iter().map(|named| named.cause.why.text(lang)).collect();
            let fix: Vec<&str> = explanation.causes.iter().map(|named| named.fix().text(lang)).collect();
            document["explanations"][index][tag] = json!({ "why": why, "fix": fix });
        }
    }
    document
}

const OTHER_KEY: Word = Word::new(
    "对这把密钥来说签名算得没错，所以微信那边的密钥不是它：核对密钥是不是这个 mch_id 的 APIv2 密钥（不是 APIv3 密钥、AppSecret、沙箱密钥或重置前的旧密钥）",
    "for this key the signature is computed right, so WeChat has another one: check that it is the APIv2 key of this mch_id (not the APIv3 key, the AppSecret, a sandbox key or one from before a reset)",
);

/// A request that WeChat refused for its signature, with the report on it. The
/// arithmetic is ours, so it is nearly always right and the key is not.
pub fn with_report(error: Error, mut fields: Fields, key: Secret, lang: Lang) -> Error {
    let given = fields.remove("sign").unwrap_or_default();
    let explained = search(&message(fields, key, &given), BUDGET);
    let mut error = error;
    error.view = match explained.report.verdict {
        Verdict::Valid => vec![View::Say(OTHER_KEY.into())],
        Verdict::Explained | Verdict::Unexplained => views(&explained.report),
    };
    error.explain = Some(document(&explained, lang));
    error
}
