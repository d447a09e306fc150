//! `jssdk sign` and `jssdk verify`: the signature of `wx.config`.

use serde_json::json;
use wxkit::api::{Word, invoke};
use wxkit::explain::Scheme;

use super::super::args::{Args, Flag};
use super::super::error::Error;
use super::super::explained;
use super::super::outcome::{Outcome, pairs};
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
        words: Words::None,
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
    let now = args.needed(&TIMESTAMP)?;
    let nonce = args.needed(&NONCE_STR)?.to_owned();
    let (url, given) = (args.needed(&URL)?, args.needed(&SIGNATURE)?);
    let ticket = ctx.jsapi_ticket()?;
    let fields = [("noncestr", &*nonce), ("timestamp", now), ("url", url)].into_iter().collect();
    Ok(explained::verdict(&explained::case(Scheme::Jssdk, fields, ticket, given), ctx.lang))
}
