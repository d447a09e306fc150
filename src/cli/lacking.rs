//! A signature of which a part is missing: what it is, how it is handed in, and the fields
//! as they were read, so that a misreading is seen at once. Comes in: a case and the names of
//! what nobody gave; goes out: an honest no with the next step. Nothing of a secret is shown.

use serde_json::{Value, json};
use wxkit::api::keys::Secret;
use wxkit::api::{Lang, Word};
use wxkit::explain::Case;
use wxkit::wire::Fields;

use super::outcome::{Outcome, View};

/// All that is missing, named at once, and how to hand it in: no search is made.
pub fn outcome(case: &Case, missing: &[&'static str], lang: Lang) -> Outcome {
    let data = json!({
        "verdict": "unexplained", "scheme": case.scheme.name(), "given": case.signature, "expected": Value::Null,
        "explanations": [], "lints": [], "tried": 0, "elapsed_ms": 0,
    });
    let mut outcome = told(Outcome::new(data, "incomplete"), case, missing, lang).no();
    show_fields(&mut outcome, &case.fields);
    outcome
}

/// An answer with what is missing for a better one; nothing is added if all is there.
pub fn told(mut outcome: Outcome, case: &Case, missing: &[&'static str], lang: Lang) -> Outcome {
    let is_refusal = case.scheme.family().is_rsa() && case.signature.is_empty();
    if missing.is_empty() && !is_refusal {
        return outcome;
    }
    let names = names(case, missing);
    let ways: Vec<String> = names.iter().map(|name| way(name, case)).collect();
    let message =
        Word::new("要得出结论还缺少 {}", "still missing for an answer: {}").with([names.join(", ")]);
    outcome.data["missing"] = json!(names);
    outcome.data["reason"] =
        json!({ "id": "incomplete", "message": message.text(lang), "more": [], "next": ways });
    outcome.view.push(View::Bad(message));
    outcome.show(View::Say(Word::new("加上：{}", "add: {}").with([ways.join(" ")])))
}

fn names(case: &Case, missing: &[&'static str]) -> Vec<String> {
    let mut names: Vec<String> = missing.iter().map(|name| (*name).to_owned()).collect();
    names.extend(case.secret.is_none().then(|| case.scheme.family().secret.name().to_owned()));
    names.extend(case.signature.is_empty().then(|| "signature".to_owned()));
    names
}

/// How a part is handed in.
fn way(name: &str, case: &Case) -> String {
    let is_rsa = case.scheme.family().is_rsa();
    match name {
        "method" => "method=POST".to_owned(),
        "url" if is_rsa => "url=/v3/…".to_owned(),
        "body" => "body=@body.json".to_owned(),
        "url" => "--url URL".to_owned(),
        "noncestr" => "--nonce-str STR".to_owned(),
        "timestamp" => "--timestamp UNIX".to_owned(),
        "signature" if is_rsa => "--signature BASE64".to_owned(),
        "signature" => "--signature HEX".to_owned(),
        "ticket" => "--ticket env:TICKET".to_owned(),
        "token" => "--token env:TOKEN".to_owned(),
        "key" => "--key env:PAY_KEY".to_owned(),
        "public_key" => public_key(case).to_owned(),
        name => format!("{name}=…"),
    }
}

fn public_key(case: &Case) -> &'static str {
    if case.scheme == wxkit::explain::Scheme::V3Verify {
        "--wechat-key pub_key.pem"
    } else {
        "--cert apiclient_cert.pem"
    }
}

/// The fields as they were read, so that a misreading is seen at once.
pub fn show_fields(outcome: &mut Outcome, fields: &Fields) {
    let shown: Vec<(String, String)> = fields.iter().map(|(n, v)| (n.to_owned(), masked(n, v))).collect();
    let object: serde_json::Map<String, Value> =
        shown.iter().map(|(n, v)| (n.clone(), v.as_str().into())).collect();
    outcome.data["fields"] = object.into();
    outcome.view.push(View::Head(Word::new("读到的字段", "Fields as they were read").into()));
    outcome.view.push(View::Pairs(shown));
}

/// A value short enough to be compared by eye; nothing of what may be a secret.
fn masked(name: &str, value: &str) -> String {
    let name = name.to_lowercase();
    if ["ticket", "key", "secret", "token", "password"].iter().any(|part| name.contains(part))
        && !value.is_empty()
    {
        return Secret::MASK.to_owned();
    }
    let length = value.chars().count();
    if length <= 24 {
        return value.to_owned();
    }
    let (head, tail) = (value.chars().take(12), value.chars().skip(length - 6));
    head.chain("…".chars()).chain(tail).collect()
}
