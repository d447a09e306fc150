//! `notify verify|decrypt`: what came as a payment or refund notice, of both APIs, told
//! apart by content. The other verbs of the noun are files beside this one.

use wxkit::api::notice::REFUND;
use wxkit::api::pay_v3::notice::of;
use wxkit::api::scheme::{notice_v3, req_info};
use wxkit::api::{Trust, Word};
use wxkit::wire::Fields;

use super::super::args::Args;
use super::super::captured;
use super::super::error::{self, Error};
use super::super::explained;
use super::super::input;
use super::super::outcome::{Exit, Outcome, nested, pairs};
use super::super::verb::{Verb, Words};
use super::super::wiring::{Context, Name};
use super::{notify_make, notify_replay, v3};

/// `notify`
pub const VERBS: &[&Verb] = &[
    &notify_make::MAKE,
    &notify_make::SEND,
    &Verb {
        noun: "notify",
        name: "verify",
        about: Word::new("验证收到的通知", "Check the signature of a notice"),
        example: "notify verify --from notice.xml --key env:PAY_KEY",
        flags: &[],
        words: Words::Fields,
        row: None,
        run: verify,
    },
    &Verb {
        noun: "notify",
        name: "decrypt",
        about: Word::new(
            "解密退款通知的 req_info，或 v3 通知的 resource",
            "Decrypt the req_info of a refund notice, or the resource of a notice of v3",
        ),
        example: "notify decrypt --from refund.xml --key env:PAY_KEY",
        flags: &[],
        words: Words::Fields,
        row: None,
        run: decrypt,
    },
    &notify_replay::VERB,
];

/// What was handed in.
enum Handed {
    V2(Fields),
    V3(Vec<u8>),
}

fn handed(args: &Args, ctx: &Context) -> Result<Handed, Error> {
    // A message of v3 is one field without a name: what it is made of is signed as bytes.
    let read = |bytes: &[u8]| {
        let whole = || Fields::from_iter([("", String::from_utf8_lossy(bytes))]);
        if captured::is_v3(bytes) { Ok(whole()) } else { input::read(bytes) }
    };
    let fields = ctx.fields_by(args, str::to_owned, read)?;
    Ok(match fields.get("") {
        Some(text) => Handed::V3(text.as_bytes().to_vec()),
        None => Handed::V2(fields),
    })
}

fn verify(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let fields = match handed(args, ctx)? {
        Handed::V3(bytes) if captured::is_signed(&bytes) => return v3::proved(&bytes, Fields::new(), ctx),
        Handed::V3(_) => return Err(headless()),
        Handed::V2(fields) => fields,
    };
    if fields.get("req_info").is_some() && fields.get("sign").is_none() {
        let hint = Word::new(
            "退款通知没有签名：能解密就可信",
            "refund notices are not signed: what decrypts can be trusted",
        );
        return Err(Error::usage(Word::new("这是退款通知", "this is a refund notice"))
            .hint(hint)
            .next("wxkit notify decrypt --from -"));
    }
    let Some(given) = fields.filled("sign").map(str::to_owned) else {
        let message =
            Word::new("通知没有 sign，不可信", "the notice carries no sign and is not to be believed");
        return Err(Error::new("notify.unsigned", Exit::Untrusted, message));
    };
    Ok(explained::verdict(&explained::message(fields, ctx.pay_key()?, &given), ctx.lang))
}

fn decrypt(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let mut fields = match handed(args, ctx)? {
        Handed::V3(bytes) => return decrypt_v3(&bytes, ctx),
        Handed::V2(fields) => fields,
    };
    req_info::open(&mut fields, &ctx.pay_key()?).map_err(error::of_req_info)?;
    let status = fields.get("refund_status").unwrap_or_default().to_owned();
    Ok(Outcome::of_fields(&fields, REFUND.inside(), &status))
}

fn headless() -> Error {
    let message = Word::new(
        "这里只有 v3 通知的正文：没有 Wechatpay-* 头，不可信",
        "this is the body of a notice of v3 alone: without its Wechatpay-* headers it is not to be believed",
    );
    let hint = Word::new(
        "连同请求头一起给出（notify listen --save 保存的 .http 就是）；只想看内容，用 notify decrypt",
        "hand it in with its headers (as notify listen --save keeps it); to see what is in it, use notify decrypt",
    );
    Error::new("notify.unsigned", Exit::Untrusted, message)
        .hint(hint)
        .next("wxkit notify decrypt --from FILE")
}

/// Which field says how it went, the first that is there.
const STATES: &[&str] = &["trade_state", "refund_status", "state", "batch_status", "event_type"];

fn decrypt_v3(bytes: &[u8], ctx: &Context) -> Result<Outcome, Error> {
    let mut fields = captured::sealed(bytes)?;
    let api_v3_key = ctx.api_v3_key()?.ok_or_else(|| error::missing(Name::ApiV3Key))?;
    let trust = Trust { api_v3_key: Some(api_v3_key), ..Trust::default() };
    notice_v3::open(&mut fields, &trust).map_err(error::of_resource)?;
    let row = of(fields.get("event_type").unwrap_or_default(), &fields);
    let state = STATES.iter().find_map(|name| fields.filled(name)).unwrap_or_default();
    Ok(Outcome::new(nested(&fields, row.inside()), state).show(pairs(fields.iter())))
}
