//! `explain`: why is this signature wrong?

use std::time::Duration;

use serde_json::Value;
use wxkit::api::keys::{Secret, SignType};
use wxkit::api::{Message, Word, word::Part};
use wxkit::explain::{self, Case, ReadError, Scheme, SecretKind, Verdict};
use wxkit::wire::{Fields, WireError};

use super::super::args::{Args, FROM, Flag};
use super::super::error::Error;
use super::super::explained;
use super::super::input;
use super::super::outcome::{Exit, Outcome, View};
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
static OTHER: Flag = Flag::texts(
    "other",
    "LABEL=VALUE",
    "也试试这个值：别的密钥、ticket、网址；可重复，值可写 env:名 或 file:路径",
    "Try this value too: another key, ticket, url; repeatable, the value may be env:NAME or file:PATH",
);
static TOKEN: Flag = Flag::text("token", "REF", "服务器配置里的 Token", "Token of the server configuration");
static HASHED: Flag = Flag::text(
    "hashed",
    "STRING|@FILE",
    "你实际哈希的字符串，与正确的逐字符比对",
    "The string that you hashed; it is compared character by character",
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
    let case = complete(case(args)?, args, ctx)?;
    if let Some(hashed) = args.text(&HASHED) {
        return compared(&case, hashed, ctx);
    }
    let explained = explained::search(&case, budget);
    let report = &explained.report;
    let answer = match report.verdict {
        Verdict::Explained => explained::causes(report).join(" "),
        verdict => verdict.as_str().to_owned(),
    };
    let mut outcome = Outcome::new(explained::document(&explained, ctx.lang), answer);
    outcome.view = explained::views(report);
    Ok(if report.verdict == Verdict::Unexplained { outcome.no() } else { outcome })
}

fn budget(args: &Args) -> Result<Duration, Error> {
    let Some(text) = args.text(&BUDGET) else { return Ok(explained::BUDGET) };
    let seconds = text.parse::<f64>().ok().filter(|s| s.is_finite() && (0.0..=3600.0).contains(s));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| {
        Error::usage(
            Word::new("--budget 应是 0 到 3600 秒，不是 “{}”", "--budget is 0 to 3600 seconds, not \"{}\"")
                .with([text]),
        )
    })
}

/// The case that was pasted, or that the flags and words spell out.
fn case(args: &Args) -> Result<Case, Error> {
    let words: Vec<&str> = args.words().collect();
    let flags = [(&URL, "url"), (&NONCE_STR, "noncestr"), (&TIMESTAMP, "timestamp")];
    let flags = flags.into_iter().filter_map(|(flag, name)| Some((name, args.text(flag)?)));
    let mut fields: Fields = flags.collect();
    match *words {
        [file] if !file.contains('=') => return pasted(file, &fields),
        [] if fields.is_empty() => return pasted(args.text(&FROM).unwrap_or("-"), &fields),
        _ => input::add_words(&mut fields, words.into_iter())?,
    }
    let scheme = Scheme::of(&fields).unwrap_or(Scheme::PayV2);
    let signature = ["sign", "paySign", "signature"].iter().find_map(|name| fields.remove(name));
    Ok(Case {
        signature: signature.unwrap_or_default(),
        secret: None,
        ..explained::case(scheme, fields, Secret::new(""), "")
    })
}

fn pasted(source: &str, more: &Fields) -> Result<Case, Error> {
    let bytes = input::bytes_of(source)?;
    let mut case =
        explain::read(&bytes).map_err(|error| broken_xml(&bytes).unwrap_or_else(|| unreadable(error)))?;
    case.fields.extend(more.iter());
    Ok(case)
}

/// What is meant to be XML has its own errors, which tell more.
fn broken_xml(bytes: &[u8]) -> Option<Error> {
    let is_xml = bytes.trim_ascii_start().starts_with(b"<");
    is_xml.then(|| wxkit::wire::xml::read(bytes).err())?.map(Error::from)
}

fn unreadable(error: ReadError) -> Error {
    let unknown = |message: Message| Error::new("explain.unknown", Exit::Usage, message);
    match error {
        ReadError::Empty => WireError::Empty.into(),
        ReadError::TooLong { len } => WireError::TooLong { len }.into(),
        ReadError::NotUtf8 { at } => WireError::NotUtf8 { at }.into(),
        ReadError::Unknown => {
            unknown(Word::new("没有找到可以解释的签名", "no signature to explain was found in this").into()).hint(Word::new(
                "可以是 curl 命令、HAR、HTTP 请求、XML、JSON、查询串、网址、wx.config({...}) 或含有它们的日志行",
                "it can be a curl command, a HAR entry, an HTTP request, XML, JSON, a query string, a URL, wx.config({...}), or a log line with one of these",
            ))
        }
        ReadError::BadScheme { name } => unknown(Word::new("没有签名种类 “{}”", "there is no scheme \"{}\"").with([name]))
            .hint(Word::new("可选：{}", "it is one of: {}").with([Scheme::NAMES.join(", ")])),
        ReadError::NoScheme { names } => {
            unknown(Word::new("从这些字段看不出是哪种签名：{}", "these fields do not tell which signature it is: {}").with([names.join(", ")]))
                .hint(Word::new("用 --scheme 指明", "name it with --scheme"))
        }
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
    if case.secret.is_none() {
        case.secret = secret(case.scheme, args, ctx)?;
    }
    if case.scheme.family().takes_app_id() {
        case.others
            .extend(ctx.settings.app_id.clone().map(|app_id| ("appId".to_owned(), Secret::new(app_id))));
    }
    for text in args.texts(&OTHER) {
        let (label, value) = text.split_once('=').ok_or_else(|| no_label(text))?;
        case.others.push((label.to_owned(), ctx.candidate(label, value)?));
    }
    Ok(case)
}

fn secret(scheme: Scheme, args: &Args, ctx: &Context) -> Result<Option<Secret>, Error> {
    match scheme.family().secret {
        SecretKind::Ticket => ctx.secret(ctx.settings.jsapi_ticket.as_ref()),
        SecretKind::PayKey => ctx.secret(ctx.settings.pay_key.as_ref()),
        SecretKind::Token if args.text(&TOKEN).is_some() => ctx.secret_of(&TOKEN, args).map(Some),
        SecretKind::Token => ctx.secret(ctx.settings.token.as_ref()),
        SecretKind::AppKey | SecretKind::SessionKey => Ok(None),
    }
}

fn no_label(text: &str) -> Error {
    let message =
        Word::new("--other 写作 名称=值，“{}” 不是", "--other is LABEL=VALUE; \"{}\" is not").with([text]);
    Error::usage(message).next("wxkit explain case.json --other old_key=env:OLD_KEY")
}

/// The string that was really hashed, held against the right one.
fn compared(case: &Case, hashed: &str, ctx: &Context) -> Result<Outcome, Error> {
    let hashed = match hashed.strip_prefix('@') {
        Some(path) => {
            String::from_utf8_lossy(&input::bytes_of(path)?).trim_end_matches(['\r', '\n']).to_owned()
        }
        None => hashed.to_owned(),
    };
    let compared = explain::compare(case, &hashed);
    let changes: Vec<Value> = compared
        .changes
        .iter()
        .map(|c| serde_json::json!({ "field": c.field, "kind": c.word().text(ctx.lang), "yours": c.yours, "right": c.right }))
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
