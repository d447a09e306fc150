//! `jssdk sign` and `jssdk verify`: the signature of `wx.config`.

use serde_json::json;
use wxkit::api::keys::Secret;
use wxkit::api::{Word, invoke};
use wxkit::explain::{Aside, Asked, Case, Scheme};
use wxkit::wire::Fields;

use super::super::args::{Args, FROM, Flag};
use super::super::aside;
use super::super::error::Error;
use super::super::explained;
use super::super::input;
use super::super::outcome::{Outcome, pairs};
use super::super::paste;
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;

pub(super) static URL: Flag =
    Flag::text("url", "URL", "网页完整地址（# 之后会去掉）", "Full URL of the page; what follows # is cut");
pub(super) static NONCE_STR: Flag =
    Flag::text("nonce-str", "STR", "wx.config 里的 nonceStr", "nonceStr of wx.config");
pub(super) static TIMESTAMP: Flag =
    Flag::text("timestamp", "UNIX", "wx.config 里的 timestamp", "timestamp of wx.config");
pub(super) static SIGNATURE: Flag = Flag::text("signature", "HEX", "要验证的签名", "The signature to check");

/// `jssdk`
pub const VERBS: &[&Verb] = &[
    &Verb {
        noun: "jssdk",
        name: "sign",
        about: Word::new("计算 wx.config 的签名", "Sign the values of wx.config"),
        example: "jssdk sign --url 'https://example.com/page?a=1' --ticket env:JSAPI_TICKET",
        flags: &[&URL],
        words: Words::None,
        row: None,
        run: sign,
    },
    &Verb {
        noun: "jssdk",
        name: "verify",
        about: Word::new(
            "验证 wx.config 的签名，不符时解释原因",
            "Check a wx.config signature, and explain a wrong one",
        ),
        example: "jssdk verify --url https://example.com/ --nonce-str N --timestamp 1414587457 --signature 0f9d…",
        flags: &[&URL, &NONCE_STR, &TIMESTAMP, &SIGNATURE],
        words: Words::FileOrFields,
        row: None,
        run: verify,
    },
];

fn sign(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let url = args.needed(&URL)?;
    let ticket = ctx.jsapi_ticket()?;
    let stamp = ctx.stamp();
    let app_id = &ctx.settings.app_id;
    let signed = invoke::jssdk(&ticket, url, &stamp);
    let string = ctx.shown(&signed.canonical);
    let lints = {
        let now = stamp.now.to_string();
        let fields = [("noncestr", &*stamp.nonce), ("timestamp", &now), ("url", invoke::page_url(url))];
        let case = explained::case(Scheme::Jssdk, fields.into_iter().collect(), ticket, &signed.signature);
        explained::noted(&case, ctx.lang, |lint| ctx.stage.note(lint))
    };
    let timestamp = stamp.now.to_string();
    let mut config =
        json!({ "timestamp": stamp.now, "nonceStr": stamp.nonce, "signature": signed.signature });
    if let Some(id) = app_id {
        config["appId"] = json!(id);
    }
    let data = json!({
        "signature": signed.signature, "string_to_sign": string, "app_id": app_id,
        "nonce_str": stamp.nonce, "timestamp": timestamp, "url": invoke::page_url(url), "config": config,
        "lints": lints,
    });
    Ok(Outcome::new(data, &*signed.signature).show(pairs([
        ("signature", &*signed.signature),
        ("nonceStr", &stamp.nonce),
        ("timestamp", &timestamp),
        ("url", invoke::page_url(url)),
        ("string_to_sign", &string),
    ])))
}

fn verify(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let case = match handed_in(args, ctx)? {
        Ok(case) => case,
        Err(aside) => return aside::answer(&aside, ctx.lang),
    };
    for (name, flag) in PARTS {
        if case.fields.get(name).is_none() {
            args.needed(flag)?;
        }
    }
    if case.signature.is_empty() {
        args.needed(&SIGNATURE)?;
    }
    Ok(explained::verdict(&with_ticket(case, ctx)?, ctx.lang))
}

/// What is signed beside the ticket, in the order in which it is missed.
const PARTS: [(&str, &Flag); 3] = [("timestamp", &TIMESTAMP), ("noncestr", &NONCE_STR), ("url", &URL)];

/// A paste, and flags and words that win over it; or flags and words alone.
fn handed_in(args: &Args, ctx: &Context) -> Result<Result<Case, Aside>, Error> {
    let handed = input::handed(args.words(), args.text(&FROM))?;
    let mut words = Fields::new();
    input::add_words(&mut words, handed.pairs.into_iter())?;
    let mut fields: Fields = words.iter().map(|(name, value)| (name.to_lowercase(), value)).collect();
    for (name, flag) in PARTS.into_iter().chain([("signature", &SIGNATURE)]) {
        if let Some(value) = args.text(flag) {
            fields.set(name, value);
        }
    }
    let signature = fields.remove("signature");
    let is_whole = signature.is_some() && PARTS.iter().all(|(name, _)| fields.get(name).is_some());
    let pasted = match handed.source {
        Some(source) => paste::bytes(source, ctx)?,
        None if !is_whole && input::is_piped() => input::bytes_of("-")?,
        None => Vec::new(),
    };
    let mut case = if pasted.is_empty() && handed.source.is_none() {
        Case { secret: None, ..explained::case(Scheme::Jssdk, fields, Secret::new(""), "") }
    } else {
        let asked = Asked { scheme: Some(Scheme::Jssdk), fields, signed: signature.is_some() };
        match paste::read(&pasted, &asked)? {
            Ok(reading) => reading.case,
            Err(aside) => return Ok(Err(aside)),
        }
    };
    case.signature = signature.unwrap_or(case.signature);
    Ok(Ok(case))
}

/// The ticket of flags and settings is the right one; one that stood in the
/// paste is not repeated, and may be the one that signed.
fn with_ticket(mut case: Case, ctx: &Context) -> Result<Case, Error> {
    let pasted = case.secret.take();
    if let Some(pasted) = pasted.as_ref().filter(|_| !ctx.settings.reveal) {
        ctx.stage.hide(pasted);
    }
    let named = ctx.secret(ctx.settings.jsapi_ticket.as_ref())?;
    case.secret = match (named, pasted) {
        (Some(named), pasted) => {
            case.others.extend(pasted.map(|pasted| ("jsapi_ticket".to_owned(), pasted)));
            Some(named)
        }
        (None, Some(pasted)) => Some(pasted),
        (None, None) => Some(ctx.jsapi_ticket()?),
    };
    Ok(case)
}
