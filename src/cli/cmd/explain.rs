//! `explain`: why is this signature wrong?

use std::time::Duration;

use serde_json::Value;
use wxkit::api::keys::{Secret, SignType};
use wxkit::api::{Lang, Word, word::Part};
use wxkit::explain::{
    self, Aside, Asked, Case, Mistake, Reading, Repair, Resource, SERIAL, Scheme, SecretKind, Unsealed,
    Verdict,
};
use wxkit::wire::Fields;

use super::super::args::{Args, FROM, Flag};
use super::super::aside;
use super::super::error::{self, Error};
use super::super::explained;
use super::super::input;
use super::super::lacking;
use super::super::outcome::{Outcome, View};
use super::super::paste;
use super::super::unsealing;
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;
use super::jssdk::{NONCE_STR, SIGNATURE, TIMESTAMP, URL};
use super::pay::SIGN_TYPE;

static SCHEME: Flag = Flag::choice(
    "scheme",
    &Scheme::NAMES,
    "哪一种签名，默认由字段判断",
    "Which signature it is; by default the fields tell",
);
pub static OTHER: Flag = Flag::texts(
    "other",
    "LABEL=VALUE",
    "也试试这个值：别的密钥、ticket、网址；可重复，值可写 env:名 或 file:路径",
    "Try this value too: another key, ticket, url; repeatable, the value may be env:NAME or file:PATH",
);
static TOKEN: Flag = Flag::text("token", "REF", "服务器配置里的 Token", "Token of the server configuration");
static HASHED: Flag = Flag::text(
    "hashed",
    "STRING|@FILE",
    "你实际哈希的字符串，与正确的逐字符比对；也可写 file:路径、env:名",
    "The string that you hashed, compared character by character; file:PATH and env:NAME work too",
);
static BUDGET: Flag =
    Flag::text("budget", "SECS", "最多搜索几秒，默认 2", "Longest search in seconds, 2 by default");

/// `explain`
pub const VERBS: &[&Verb] = &[&Verb {
    noun: "",
    name: "explain",
    about: Word::new("解释签名为什么错", "Explain why a signature is wrong"),
    example: "explain request.xml --key env:PAY_KEY",
    flags: &[&SCHEME, &URL, &NONCE_STR, &TIMESTAMP, &SIGNATURE, &SIGN_TYPE, &TOKEN, &OTHER, &HASHED, &BUDGET],
    words: Words::FileOrFields,
    row: None,
    run: explain,
}];

fn explain(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let budget = budget(args)?;
    let reading = match reading(args, ctx)? {
        Ok(reading) => reading,
        Err(aside) => return instead(&aside, args, ctx),
    };
    let mut read = read_as(&reading);
    let missing = reading.missing.clone();
    let mut case = complete(reading.case, args, ctx)?;
    if let Some(right) = the_right_one(&case, reading.others) {
        read.count = right.fields.len() + 1;
        case = right;
    }
    if let Some(hashed) = args.text(&HASHED) {
        return compared(&case, hashed, ctx);
    }
    if !missing.is_empty() && !case.scheme.family().is_rsa() {
        return Ok(read.first(lacking::outcome(&case, &missing, ctx.lang), ctx.lang));
    }
    let mut explained = explained::search(&case, budget);
    let document = explained::document(&explained, ctx.lang);
    // The first line tells them.
    explained.report.repairs.clear();
    let report = &explained.report;
    let answer = match report.verdict {
        Verdict::Explained => explained::causes(report).join(" "),
        verdict => verdict.as_str().to_owned(),
    };
    let mut outcome = Outcome::new(document, answer);
    outcome.view = explained::views(report);
    if report.verdict == Verdict::Unexplained {
        outcome = lacking::told(outcome, &case, &missing, ctx.lang);
        lacking::show_fields(&mut outcome, &case.fields);
        outcome = outcome.no();
    }
    let outcome = with_resource(outcome, &case, ctx)?;
    Ok(read.first(outcome, ctx.lang))
}

/// Of what is no signature, a resource is opened where there is a key.
fn instead(aside: &Aside, args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let unsealed = match aside {
        Aside::Resource(resource) => unsealing::unseal(resource, &others(args, ctx)?, ctx)?,
        _ => None,
    };
    match unsealed {
        Some(unsealed) => Ok(unsealing::outcome(&unsealed, ctx.lang)),
        None => aside::answer(aside, ctx.lang),
    }
}

/// A notice whose resource does not open fails whatever its signature.
fn with_resource(mut outcome: Outcome, case: &Case, ctx: &Context) -> Result<Outcome, Error> {
    let body = case.fields.get("body").filter(|_| case.scheme == Scheme::V3Verify);
    let Some(resource) = body.and_then(Resource::of_notice) else { return Ok(outcome) };
    match unsealing::unseal(&resource, &case.others, ctx)? {
        None | Some(Unsealed::Opens) => Ok(outcome),
        Some(unsealed) => {
            let why = unsealing::why();
            let lint = serde_json::json!({ "id": Mistake::CAUSE.id, "field": "resource", "message": why.text(ctx.lang) });
            if let Some(lints) = outcome.data["lints"].as_array_mut() {
                lints.push(lint);
            }
            outcome = outcome.show(View::Bad(why));
            Ok(unsealing::told(&unsealed).into_iter().fold(outcome, |all, said| all.show(View::Say(said))))
        }
    }
}

/// What was taken from the paste: the first line of every answer.
struct ReadAs {
    what: Word,
    count: usize,
    from: Word,
    repairs: Vec<Repair>,
}

fn read_as(reading: &Reading) -> ReadAs {
    let count = reading.case.fields.len() + usize::from(!reading.case.signature.is_empty());
    ReadAs { what: reading.what(), count, from: reading.from, repairs: reading.case.repairs.clone() }
}

impl ReadAs {
    fn first(self, mut outcome: Outcome, lang: Lang) -> Outcome {
        let repairs: Vec<&str> = self.repairs.iter().map(|repair| repair.word().text(lang)).collect();
        outcome.data["read"] = serde_json::json!({
            "what": self.what.text(lang), "fields": self.count, "from": self.from.text(lang), "repairs": repairs,
        });
        let mut args = vec![Part::from(self.what), self.count.to_string().into(), self.from.into()];
        let line = if repairs.is_empty() {
            Word::new("读作：{}，{} 个字段，来自 {}", "read as: {}, {} fields, from {}").with(args)
        } else {
            args.push(repairs.join(Word::new("；", "; ").text(lang)).into());
            Word::new(
                "读作：{}，{} 个字段，来自 {}；已修正：{}",
                "read as: {}, {} fields, from {}; repaired: {}",
            )
            .with(args)
        };
        outcome.view.insert(0, View::Say(line));
        outcome
    }
}

fn budget(args: &Args) -> Result<Duration, Error> {
    let Some(text) = args.text(&BUDGET) else { return Ok(explained::BUDGET) };
    let seconds = text.parse::<f64>().ok().filter(|s| s.is_finite() && (0.0..=3600.0).contains(s));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| {
        Error::usage(
            Word::new("--budget 应是 0 到 3600 秒，不是 “{}”", "--budget is 0 to 3600 seconds, not \"{}\"")
                .with([error::typed(text)]),
        )
    })
}

/// What was pasted, read in the light of the flags; or what it is instead.
fn reading(args: &Args, ctx: &Context) -> Result<Result<Reading, Aside>, Error> {
    let handed = input::handed(args.words(), args.text(&FROM))?;
    let flags = [(&URL, "url"), (&NONCE_STR, "noncestr"), (&TIMESTAMP, "timestamp")];
    let flags = flags.into_iter().filter_map(|(flag, name)| Some((name, args.text(flag)?)));
    let mut fields: Fields = flags.collect();
    let is_spelled_out = !fields.is_empty() && args.text(&SIGNATURE).is_some() || !handed.pairs.is_empty();
    input::add_words(&mut fields, handed.pairs.into_iter())?;
    let scheme = args.text(&SCHEME).and_then(Scheme::named);
    let source = match handed.source {
        None if is_spelled_out => return Ok(Ok(spelled_out(fields, scheme))),
        None => input::Source::File("-"),
        Some(source) => source,
    };
    let signed = args.text(&SIGNATURE).is_some() || args.text(&HASHED).is_some();
    paste::read(&paste::bytes(source, ctx)?, &Asked { scheme, fields, signed })
}

/// A case of flags and words alone.
fn spelled_out(mut fields: Fields, scheme: Option<Scheme>) -> Reading {
    let scheme = scheme.or_else(|| Scheme::of(&fields)).unwrap_or_default();
    let signature = ["sign", "paySign", "signature"].iter().find_map(|name| fields.remove(name));
    let case = explained::case(scheme, fields, Secret::new(""), "");
    let case = Case { signature: signature.unwrap_or_default(), secret: None, ..case };
    Reading {
        case, from: Word::new("命令行", "the command line"), missing: Vec::new(), others: Vec::new()
    }
}

/// Adds what the flags and settings say: scheme, signature, secret, candidates.
fn complete(mut case: Case, args: &Args, ctx: &Context) -> Result<Case, Error> {
    if let Some(scheme) = args.text(&SCHEME).and_then(Scheme::named) {
        case.scheme = scheme;
    }
    if let Some(signature) = args.text(&SIGNATURE) {
        signature.clone_into(&mut case.signature);
    }
    case.sign_type = args.text(&SIGN_TYPE).and_then(SignType::named).or(case.sign_type);
    match &case.secret {
        None if case.scheme.family().is_rsa() => ctx.hand_key(&mut case)?,
        None => case.secret = secret(case.scheme, args, ctx)?,
        // It stood in the paste, and is not repeated either.
        Some(secret) if !ctx.settings.reveal => ctx.stage.hide(secret),
        Some(_) => {}
    }
    let app_id = ctx.settings.app_id.as_ref().filter(|_| case.fields.get("appid").is_none());
    if let Some(app_id) = app_id.filter(|_| case.scheme == Scheme::AppSign) {
        case.fields.set("appid", app_id);
    }
    if case.scheme == Scheme::V3 {
        case.others.extend(ctx.settings.serial.clone().map(|own| (SERIAL.to_owned(), Secret::new(own))));
    }
    if case.scheme.family().takes_app_id() {
        case.others
            .extend(ctx.settings.app_id.clone().map(|app_id| ("appId".to_owned(), Secret::new(app_id))));
    }
    case.others.extend(others(args, ctx)?);
    Ok(case)
}

/// The candidates that were handed in.
pub fn others(args: &Args, ctx: &Context) -> Result<Vec<(String, Secret)>, Error> {
    let one = |text: &str| {
        let (label, value) = text.split_once('=').ok_or_else(|| no_label(text))?;
        Ok((label.to_owned(), ctx.candidate(label, value)?))
    };
    args.texts(&OTHER).map(one).collect()
}

/// Of several ways to read one signature the one that makes it right, if the
/// first does not.
fn the_right_one(case: &Case, others: Vec<Case>) -> Option<Case> {
    let same = |other: Case| Case { fields: other.fields, repairs: other.repairs, ..case.clone() };
    (!case.is_right()).then(|| others.into_iter().map(same).find(Case::is_right)).flatten()
}

fn secret(scheme: Scheme, args: &Args, ctx: &Context) -> Result<Option<Secret>, Error> {
    match scheme.family().secret {
        SecretKind::Ticket => ctx.secret(ctx.settings.jsapi_ticket.as_ref()),
        SecretKind::PayKey => ctx.secret(ctx.settings.pay_key.as_ref()),
        SecretKind::Token if args.text(&TOKEN).is_some() => ctx.secret_of(&TOKEN, args).map(Some),
        SecretKind::Token => ctx.secret(ctx.settings.token.as_ref()),
        SecretKind::AppKey | SecretKind::SessionKey | SecretKind::PublicKey => Ok(None),
    }
}

fn no_label(text: &str) -> Error {
    let message = Word::new("--other 写作 名称=值，“{}” 不是", "--other is LABEL=VALUE; \"{}\" is not")
        .with([error::typed(text)]);
    Error::usage(message).next("wxkit explain case.json --other old_key=env:OLD_KEY")
}

/// The string that was really hashed, held against the right one.
fn compared(case: &Case, hashed: &str, ctx: &Context) -> Result<Outcome, Error> {
    let hashed = hashed_text(hashed, ctx)?;
    let compared = explain::compare(case, &hashed);
    let changes: Vec<Value> = compared
        .changes
        .iter()
        .map(|c| serde_json::json!({ "field": c.field, "kind": c.word().text(ctx.lang), "yours": c.yours, "right": c.right, "secret": c.secret.map(|unlike| explained::told(unlike).text(ctx.lang).into_owned()) }))
        .collect();
    let data = serde_json::json!({
        "gives_signature": compared.gives_signature, "string_to_sign": compared.right.text, "yours": compared.yours.text, "changes": changes,
    });
    let mut outcome = Outcome::new(data, compared.changes.len().to_string());
    outcome.view = explained::comparison(&compared);
    if compared.changes.is_empty() {
        let said = Word::new("两个字符串完全相同", "the two strings are the same");
        outcome.view.insert(0, View::Good(said.with(Vec::<Part>::new())));
    }
    Ok(outcome)
}

/// The string itself, or what a file, a variable or stdin holds.
fn hashed_text(hashed: &str, ctx: &Context) -> Result<String, Error> {
    let path = hashed.strip_prefix('@').or_else(|| hashed.strip_prefix("file:"));
    let text = match path.or((hashed == "-").then_some("-")) {
        Some(path) => String::from_utf8_lossy(&input::bytes_of(path)?).into_owned(),
        None => ctx.candidate(HASHED.name, hashed)?.expose().to_owned(),
    };
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
