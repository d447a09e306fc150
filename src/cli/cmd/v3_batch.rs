//! `v3 verify --batch`: many messages of v3, one a line, each by the key that its serial names.
//! Comes in: JSON cases, or messages with their headers as they are kept; goes out: how many are
//! right, and which are not. Keys are read once, and lines are not kept.

use std::collections::HashMap;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::Value;
use wxkit::api::keys::{PublicKey, Unproven, WechatKey};
use wxkit::api::{Message, Word};
use wxkit::wire::batch::Run;

use super::super::args::Args;
use super::super::error::{self, Error};
use super::super::outcome::Outcome;
use super::super::tally::{self, Bads, Checks};
use super::super::wiring::{Context, Name};

/// A line: a case, or a message with its headers.
#[derive(serde::Deserialize)]
struct Line {
    scheme: Option<String>,
    #[serde(default)]
    fields: HashMap<String, Part>,
    #[serde(default)]
    headers: HashMap<String, Part>,
    body: Option<String>,
    signature: Option<String>,
}

/// A text, or a number as many programs keep a time.
struct Part(String);

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match Value::deserialize(from)? {
            Value::String(text) => Ok(Self(text)),
            Value::Number(number) => Ok(Self(number.to_string())),
            _ => Err(D::Error::custom("neither a text nor a number")),
        }
    }
}

/// The keys of the settings, read once.
struct Keys {
    wechat: Vec<WechatKey>,
    merchant: Option<PublicKey>,
}

/// Checks a stream of messages without keeping them.
pub(super) fn verify(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let keys = Keys { wechat: ctx.wechat_keys()?, merchant: ctx.merchant_public()? };
    if keys.wechat.is_empty() && keys.merchant.is_none() {
        return Err(error::missing(Name::WechatKey));
    }
    let stream = ctx.stream(args)?;
    let name = stream.name().to_owned();
    tally::outcome(args, ctx.lang, stream, || Hands { keys: &keys, text: Vec::new(), name: &name })
}

struct Hands<'k> {
    keys: &'k Keys,
    /// The place where what was signed is put together.
    text: Vec<u8>,
    name: &'k str,
}

impl Checks for Hands<'_> {
    fn check(&mut self, run: &Run, bad: &mut Bads) {
        tally::one_by_one(run, self.name, bad, |_, line| checked(line, self.keys, &mut self.text));
    }
}

/// Whether a line is signed right.
fn checked(line: &[u8], keys: &Keys, text: &mut Vec<u8>) -> Result<(), Message> {
    let line: Line = serde_json::from_slice(line).map_err(|_| Message::from(NOT_READ))?;
    text.clear();
    let signature = line.signature().ok_or(Message::from(UNSIGNED))?;
    let is_request = match line.scheme.as_deref() {
        Some("v3") => true,
        Some("v3-verify") => false,
        Some(other) => return Err(OTHER_SCHEME.with([other])),
        None => line.get("method").is_some(),
    };
    let (names, key): (&[&str], _) = if is_request {
        (&["method", "url", "timestamp", "nonce_str"], keys.merchant.as_ref().ok_or(NO_MERCHANT))
    } else {
        (&["timestamp", "nonce"], keys.named(line.get("serial")))
    };
    let key = key?;
    for name in names.iter().chain(&["body"]) {
        let empty = (*name == "body").then_some("");
        let part = line.get(name).or(empty).ok_or_else(|| MISSING.with([*name]))?;
        text.extend_from_slice(part.as_bytes());
        text.push(b'\n');
    }
    key.verify(text, signature).map_err(|why| Message::from(word(why)))
}

impl Line {
    /// A part under the name that is signed, or in the header that carries it.
    fn get(&self, name: &str) -> Option<&str> {
        let body = self.body.as_deref().filter(|_| name == "body");
        body.or_else(|| self.fields.get(name).map(|part| part.0.as_str())).or_else(|| self.header(name))
    }

    fn header(&self, name: &str) -> Option<&str> {
        const BEFORE: &str = "wechatpay-";
        let is_it = |header: &str| {
            let (before, rest) = header.split_at_checked(BEFORE.len()).unwrap_or_default();
            before.eq_ignore_ascii_case(BEFORE) && rest.eq_ignore_ascii_case(name)
        };
        self.headers.iter().find(|(header, _)| is_it(header)).map(|(_, value)| value.0.as_str())
    }

    fn signature(&self) -> Option<&str> {
        let beside = self.signature.as_deref().or_else(|| self.get("signature"));
        beside.map(str::trim).filter(|signature| !signature.is_empty())
    }
}

impl Keys {
    /// The key of WeChat Pay that a serial names; without a serial the only one.
    fn named(&self, serial: Option<&str>) -> Result<&PublicKey, Word> {
        let found = match (serial, &*self.wechat) {
            (None, [only]) => Some(only),
            (Some(serial), all) => all.iter().find(|key| key.may_be(serial)),
            (None, _) => None,
        };
        found.map(|found| &found.key).ok_or(NO_KEY)
    }
}

fn word(why: Unproven) -> Word {
    match why {
        Unproven::NotBase64 => Word::new("签名不是 base64", "the signature is not base64"),
        Unproven::Length { .. } => {
            Word::new("签名的长度与公钥不符", "the signature is not as long as the key")
        }
        Unproven::Wrong => Word::new("签名不符", "the signature does not match"),
    }
}

const NOT_READ: Word = Word::new(
    "不是一行 JSON：{\"fields\": {…}, \"signature\": …} 或 {\"headers\": {…}, \"body\": …}",
    "no JSON in one line: {\"fields\": {…}, \"signature\": …} or {\"headers\": {…}, \"body\": …}",
);
const OTHER_SCHEME: Word = Word::new(
    "scheme {} 不在这里验：只验 v3（请求）和 v3-verify（应答、通知）",
    "scheme {} is not checked here: v3 (requests) and v3-verify (replies and notices) are",
);
const UNSIGNED: Word = Word::new("没有签名", "there is no signature");
const MISSING: Word = Word::new("没有 {}", "there is no {}");
const NO_KEY: Word =
    Word::new("给出的公钥和平台证书里没有它的序列号", "none of the keys that were given has its serial");
const NO_MERCHANT: Word = Word::new(
    "验证请求要商户的证书或私钥（--cert、--private-key）",
    "a request is checked with the merchant's certificate or key (--cert, --private-key)",
);
