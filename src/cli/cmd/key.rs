//! `key inspect`: what a key file is, which files belong together, and a mended
//! PEM of a damaged one. Nothing of a private key is shown.

use serde_json::{Value, json};
use wxkit::api::keys::{Certificate, Owner};
use wxkit::api::{Lang, Message, Word, calendar};

use super::super::args::{Args, Flag};
use super::super::error::{self, Error};
use super::super::files;
use super::super::merchant::{Held, Thing};
use super::super::outcome::{Outcome, View, pairs};
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;

static REPAIR: Flag = Flag::text(
    "repair",
    "OUT",
    "把修好的 PEM 写到这里（仅自己可读）",
    "Write a mended PEM there, readable by its owner only",
);

/// `key`
pub const VERBS: &[&Verb] = &[&Verb {
    noun: "key",
    name: "inspect",
    about: Word::new(
        "看清密钥和证书：是什么、序列号、谁的、何时到期、哪些是一对",
        "What key files are: kind, serial, owner, expiry, and which belong together",
    ),
    example: "key inspect apiclient_key.pem apiclient_cert.pem pub_key.pem",
    flags: &[&REPAIR],
    words: Words::Many(
        "FILE",
        Word::new("密钥或证书文件；- 从标准输入读", "Key or certificate files; - reads stdin"),
    ),
    row: None,
    run: inspect,
}];

fn inspect(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let mut held = Vec::new();
    for path in args.words() {
        held.extend(ctx.held(path)?);
    }
    if let Some(out) = args.text(&REPAIR) {
        repair(&held, out)?;
    }
    let now = i64::try_from(ctx.clock().now()).unwrap_or(i64::MAX);
    let rows: Vec<Value> = held.iter().map(|one| document(one, &held, now, ctx.lang)).collect();
    let mut outcome = Outcome::new(json!({ "files": rows }), summary(&held, ctx.lang));
    for one in &held {
        outcome = outcome.show(shown(one, &held, now, ctx.lang));
    }
    let is_useless = held.iter().all(|one| matches!(one.thing, Thing::Useless(_)));
    Ok(if is_useless { outcome.no() } else { outcome })
}

fn repair(held: &[Held], out: &str) -> Result<(), Error> {
    let pem: String = held.iter().filter_map(|one| Some(one.pem.as_ref()?.expose())).collect();
    if pem.is_empty() {
        let why = Word::new("没有可以修的密钥或证书", "there is no key or certificate to mend");
        return Err(Error::usage(why));
    }
    files::write(out, pem.as_bytes())
}

/// The files that hold the same key as this one.
fn matches<'h>(one: &Held, held: &'h [Held]) -> Vec<&'h str> {
    let same = |other: &&Held| other.file != one.file && other.fingerprint == one.fingerprint;
    let mut files: Vec<&str> =
        held.iter().filter(same).filter(|_| one.fingerprint.is_some()).map(|other| &*other.file).collect();
    files.dedup();
    files
}

fn document(one: &Held, held: &[Held], now: i64, lang: Lang) -> Value {
    let certificate = certificate(&one.thing);
    json!({
        "file": one.file, "kind": kind(&one.thing), "about": about(&one.thing).text(lang),
        "serial": certificate.map(|c| &c.serial), "subject": certificate.map(|c| &c.common_name),
        "organization": certificate.map(|c| &c.organization), "issuer": certificate.map(|c| &c.issuer),
        "starts": certificate.map(|c| c.not_before.to_string()),
        "expires": certificate.map(|c| c.not_after.to_string()),
        "expired": certificate.map(|c| !c.is_valid_at(now)),
        "fingerprint": one.fingerprint, "matches": matches(one, held),
        "mended": one.mends.iter().map(|mend| mend.text(lang)).collect::<Vec<_>>(),
    })
}

fn shown(one: &Held, held: &[Held], now: i64, lang: Lang) -> View {
    let mut rows = vec![("file", one.file.clone()), ("kind", about(&one.thing).text(lang).into_owned())];
    if let Some(certificate) = certificate(&one.thing) {
        rows.push(("serial", certificate.serial.clone()));
        rows.push(("subject", format!("{} {}", certificate.common_name, certificate.organization)));
        rows.push(("expires", expiry(certificate, now, lang)));
    }
    let matches = matches(one, held);
    if !matches.is_empty() {
        rows.push(("matches", matches.join(", ")));
    }
    if !one.mends.is_empty() {
        rows.push(("mended", one.mends.iter().map(|mend| mend.text(lang)).collect::<Vec<_>>().join("; ")));
    }
    pairs(rows)
}

fn expiry(certificate: &Certificate, now: i64, lang: Lang) -> String {
    let until = calendar::datetime(u64::try_from(certificate.not_after).unwrap_or_default());
    let over = Word::new("已过期", "over").text(lang);
    if certificate.is_valid_at(now) { until } else { format!("{until} ({over})") }
}

fn summary(held: &[Held], lang: Lang) -> String {
    held.iter()
        .map(|one| format!("{}: {}", one.file, about(&one.thing).text(lang)))
        .collect::<Vec<_>>()
        .join("\n")
}

fn certificate(thing: &Thing) -> Option<&Certificate> {
    match thing {
        Thing::Certificate(certificate) => Some(certificate),
        _ => None,
    }
}

/// For scripts.
fn kind(thing: &Thing) -> &'static str {
    match thing {
        Thing::Private => "private_key",
        Thing::Public => "public_key",
        Thing::Certificate(certificate) => match certificate.owner() {
            Owner::Merchant => "merchant_certificate",
            Owner::WeChat => "platform_certificate",
            Owner::Unknown => "certificate",
        },
        Thing::Useless(_) => "unusable",
    }
}

/// What it is, and what WeChat Pay calls it.
fn about(thing: &Thing) -> Message {
    match thing {
        Thing::Private => Word::new(
            "商户私钥（apiclient_key.pem）：签名请求、解密微信支付加密的字段",
            "the merchant's private key (apiclient_key.pem): signs requests, opens fields that WeChat Pay sealed",
        )
        .into(),
        Thing::Public => Word::new(
            "公钥；若是微信支付公钥（pub_key.pem），它的 ID 是 PUB_KEY_ID_…",
            "a public key; if it is WeChat Pay's (pub_key.pem), its id is PUB_KEY_ID_…",
        )
        .into(),
        Thing::Certificate(certificate) => match certificate.owner() {
            Owner::Merchant => Word::new(
                "商户 API 证书（apiclient_cert.pem）：它的序列号写进 Authorization 的 serial_no",
                "the merchant API certificate (apiclient_cert.pem): its serial is serial_no of Authorization",
            )
            .into(),
            Owner::WeChat => Word::new(
                "微信支付平台证书：验证应答和通知，它的序列号是 Wechatpay-Serial",
                "a platform certificate of WeChat Pay: proves replies and notices; its serial is Wechatpay-Serial",
            )
            .into(),
            Owner::Unknown => {
                Word::new("证书，名字看不出是商户的还是微信支付的", "a certificate; its names do not tell whose").into()
            }
        },
        Thing::Useless(why) => error::key_word(*why),
    }
}
