//! `notify make|send`: notices as WeChat would send them, of both APIs. What the caller
//! left out is made up; those of v3 are signed with the gateway's published keys.

use serde_json::{Map, Value, json};
use wxkit::api::endpoint::Endpoint;
use wxkit::api::keys::Keys;
use wxkit::api::notice::{self, NATIVE_CALLBACK};
use wxkit::api::pay_v3::notice as v3;
use wxkit::api::{Word, Written, codec};
use wxkit::client::notices::Version;
use wxkit::wire::{Request, message};

use super::super::args::{Args, Flag};
use super::super::error::Error;
use super::super::outcome::{Outcome, Purpose, View, nested, object};
use super::super::verb::{Verb, Words};
use super::super::wechat_pay::SignedBy;
use super::super::wiring::Context;
use super::v3_calls;

pub(super) static TO: Flag = Flag::text("to", "URL", "接收通知的地址", "Where the notice is posted");
pub(super) static V3: Flag = Flag::switch(
    "v3",
    "v3 的通知：用 APIv3 密钥加密，用本地网关的密钥签名",
    "A notice of v3, sealed with the APIv3 key and signed with the gateway's key",
);
static KIND: Flag =
    Flag::choice("kind", KIND_NAMES, "通知种类，默认 payment", "Kind of notice, payment by default");
pub(super) static SIGNED_BY: Flag = Flag::choice(
    "signed-by",
    &["public-key", "certificate"],
    "v3 用微信支付公钥还是平台证书的密钥签名，默认 public-key",
    "Of v3: signed with the public key (by default) or the platform certificate's key",
);

/// A kind of notice and its rows, where an API has it.
struct Kind {
    name: &'static str,
    v2: Option<&'static Endpoint>,
    v3: Option<&'static Endpoint>,
}

impl Kind {
    const fn row(&self, version: Version) -> Option<&'static Endpoint> {
        match version {
            Version::V2 => self.v2,
            Version::V3 => self.v3,
        }
    }
}

const fn v3_only(name: &'static str, row: &'static Endpoint) -> Kind {
    Kind { name, v2: None, v3: Some(row) }
}

static KINDS: [Kind; 13] = [
    Kind { name: "payment", v2: Some(&notice::PAYMENT), v3: Some(&v3::PAYMENT) },
    Kind { name: "refund", v2: Some(&notice::REFUND), v3: Some(&v3::REFUND) },
    Kind { name: "native", v2: Some(&NATIVE_CALLBACK), v3: None },
    v3_only("partner-payment", &v3::PARTNER_PAYMENT),
    v3_only("partner-refund", &v3::PARTNER_REFUND),
    v3_only("combine", &v3::COMBINED_PAYMENT),
    v3_only("profitsharing", &v3::PROFIT_SHARING),
    v3_only("transfer", &v3::TRANSFER),
    v3_only("transfer-batch", &v3::TRANSFER_BATCH),
    v3_only("complaint", &v3::COMPLAINT),
    v3_only("payscore", &v3::PAYSCORE),
    v3_only("payscore-user", &v3::PAYSCORE_USER),
    v3_only("other", &v3::OTHER),
];

const KIND_NAMES: &[&str] = &names();

const fn names() -> [&'static str; KINDS.len()] {
    let (mut names, mut n) = ([""; KINDS.len()], 0);
    while n < names.len() {
        names[n] = KINDS[n].name;
        n += 1;
    }
    names
}

pub(super) const MAKE: Verb = Verb {
    noun: "notify",
    name: "make",
    about: Word::new("像微信那样生成一条签好名的通知", "Make a notice, signed as WeChat would"),
    example: "notify make out_trade_no=20250101001 total_fee=1 > notice.xml",
    flags: &[&KIND, &V3, &SIGNED_BY],
    words: Words::Fields,
    row: None,
    run: make,
};

pub(super) const SEND: Verb = Verb {
    noun: "notify",
    name: "send",
    about: Word::new("生成一条通知并发给你的服务", "Make a notice and post it to your server"),
    example: "notify send --to http://127.0.0.1:8080/notify out_trade_no=20250101001 total_fee=1",
    flags: &[&TO, &KIND, &V3, &SIGNED_BY],
    words: Words::Fields,
    row: None,
    run: send,
};

fn version(args: &Args) -> Version {
    if args.has(&V3) { Version::V3 } else { Version::V2 }
}

pub(super) fn signed_by(args: &Args) -> SignedBy {
    if args.text(&SIGNED_BY) == Some("certificate") { SignedBy::Certificate } else { SignedBy::PublicKey }
}

fn row_of(args: &Args) -> Result<&'static Endpoint, Error> {
    let named = args.text(&KIND).unwrap_or("payment");
    let version = version(args);
    let found = KINDS.iter().find(|kind| kind.name == named).and_then(|kind| kind.row(version));
    found.ok_or_else(|| not_of(version, named))
}

/// A kind that the other API has.
fn not_of(version: Version, named: &str) -> Error {
    let known = KINDS.iter().filter(|kind| kind.row(version).is_some());
    let known = known.map(|kind| kind.name).collect::<Vec<_>>().join(" ");
    let (message, hint) = match version {
        Version::V2 => (
            Word::new("{} 是 v3 的通知", "{} is a notice of v3"),
            Word::new("加上 --v3；v2 的通知有 {}", "add --v3; those of v2 are {}"),
        ),
        Version::V3 => (
            Word::new("v3 没有 {} 通知", "there is no notice {} in v3"),
            Word::new("v3 的通知有 {}", "those of v3 are {}"),
        ),
    };
    Error::usage(message.with([named])).hint(hint.with([known]))
}

/// A notice to send, and what its sender is.
struct Made {
    row: &'static Endpoint,
    keys: Keys,
    written: Written,
}

fn made(args: &Args, ctx: &Context, url: &str) -> Result<Made, Error> {
    let (row, stamp) = (row_of(args)?, ctx.stamp());
    let (fields, keys) = match version(args) {
        Version::V2 => {
            let mut fields = ctx.fields(args)?;
            notice::make_up(row, &mut fields, &stamp);
            (fields, ctx.keys_of_notices()?)
        }
        Version::V3 => {
            let mut fields = ctx.fields_by(args, str::to_owned, v3_calls::read)?;
            v3::make_up(row, &mut fields, &stamp);
            (fields, ctx.playing_wechat_pay(signed_by(args))?)
        }
    };
    let written = codec::write_request(row, &fields, &keys, &stamp, url)?;
    Ok(Made { row, keys, written })
}

fn make(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let Made { row, written: Written { request, fields }, .. } = made(args, ctx, "")?;
    let body = String::from_utf8_lossy(&request.body).into_owned();
    let kind = args.text(&KIND).unwrap_or("payment");
    if version(args) == Version::V2 {
        let data = json!({ "kind": kind, "xml": body, "fields": object(&fields, row.fields) });
        return Ok(Outcome::new(data, &*body).show(View::Block(body)).meant_for(Purpose::Sending));
    }
    let data = json!({
        "kind": kind, "headers": headers(&request), "body": body, "fields": nested(&fields, row.fields),
    });
    let whole = String::from_utf8_lossy(&message::write(&request)).into_owned();
    Ok(Outcome::new(data, &*whole).show(View::Block(whole)).meant_for(Purpose::Sending))
}

fn headers(request: &Request) -> Value {
    let pairs = request.headers.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str())));
    Value::Object(pairs.collect::<Map<_, _>>())
}

fn send(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let Made { row, keys, written } = made(args, ctx, args.needed_address(&TO)?)?;
    let reply = ctx.deliver(&written.request)?;
    let is_read = codec::read_reply(row, &reply, &keys, ctx.stamp().now).is_ok();
    let (version, status) = (version(args), reply.status.to_string());
    let accepted = is_read && version.accepts(&reply);
    let text = String::from_utf8_lossy(&reply.body).chars().take(500).collect::<String>();
    let data = json!({ "accepted": accepted, "status": reply.status, "reply": text });
    if accepted {
        return Ok(Outcome::new(data, "SUCCESS").show(View::Good(yes(version).with([status]))));
    }
    let said = View::Bad(no(version).with([status]));
    let outcome = Outcome::new(data, "FAIL").show(said).show(View::Block(text)).no();
    Ok(if version == Version::V3 { outcome.show(View::Say(KEYS.into())) } else { outcome })
}

const fn yes(version: Version) -> Word {
    match version {
        Version::V2 => Word::new("接收方应答 SUCCESS（HTTP {}）", "the receiver answered SUCCESS (HTTP {})"),
        Version::V3 => Word::new("接收方接受了（HTTP {}）", "the receiver accepted it (HTTP {})"),
    }
}

const fn no(version: Version) -> Word {
    match version {
        Version::V2 => Word::new(
            "接收方没有应答 SUCCESS（HTTP {}），微信会重发",
            "the receiver did not answer SUCCESS (HTTP {}); WeChat would send again",
        ),
        Version::V3 => Word::new(
            "接收方没有接受（HTTP {}，应为 200 或 204），微信会重发",
            "the receiver did not accept it (HTTP {}, not 200 or 204); WeChat would send again",
        ),
    }
}

/// What a receiver must know to believe notices of ours.
const KEYS: Word = Word::new(
    "接收方要用本地网关的密钥验签和解密：wxkit mock keys DIR 写出 pub_key.pem、platform_cert.pem",
    "the receiver has to know the gateway's keys: wxkit mock keys DIR writes pub_key.pem and platform_cert.pem",
);
