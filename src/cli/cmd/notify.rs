//! `notify make|send|verify|decrypt`: payment and refund notices, from
//! WeChat's side and from the merchant's.

use serde_json::json;
use wxkit::api::endpoint::Endpoint;
use wxkit::api::notice::{NATIVE_CALLBACK, PAYMENT, REFUND, make_up};
use wxkit::api::scheme::req_info;
use wxkit::api::{Word, Written, codec};

use super::super::args::{Args, Flag};
use super::super::error::{self, Error};
use super::super::explained;
use super::super::outcome::{Exit, Outcome, View, object};
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;
use super::notify_replay::{self, TO};

static KIND: Flag = Flag::choice(
    "kind",
    &["payment", "refund", "native"],
    "通知种类，默认 payment",
    "Kind of notice, payment by default",
);

/// `notify`
pub const VERBS: &[&Verb] = &[
    &Verb {
        noun: "notify",
        name: "make",
        about: Word::new("像微信那样生成一条签好名的通知", "Make a notice, signed as WeChat would"),
        example: "notify make out_trade_no=20250101001 total_fee=1 > notice.xml",
        flags: &[&KIND],
        words: Words::Fields,
        row: None,
        run: make,
    },
    &Verb {
        noun: "notify",
        name: "send",
        about: Word::new("生成一条通知并发给你的服务", "Make a notice and post it to your server"),
        example: "notify send --to http://127.0.0.1:8080/notify out_trade_no=20250101001 total_fee=1",
        flags: &[&TO, &KIND],
        words: Words::Fields,
        row: None,
        run: send,
    },
    &Verb {
        noun: "notify",
        name: "verify",
        about: Word::new("验证收到的支付通知", "Check the signature of a payment notice"),
        example: "notify verify --from notice.xml --key env:PAY_KEY",
        flags: &[],
        words: Words::Fields,
        row: None,
        run: verify,
    },
    &Verb {
        noun: "notify",
        name: "decrypt",
        about: Word::new("解密退款通知的 req_info", "Decrypt the req_info of a refund notice"),
        example: "notify decrypt --from refund.xml --key env:PAY_KEY",
        flags: &[],
        words: Words::Fields,
        row: None,
        run: decrypt,
    },
    &notify_replay::VERB,
];

fn row_of(args: &Args) -> &'static Endpoint {
    match args.text(&KIND) {
        Some("refund") => &REFUND,
        Some("native") => &NATIVE_CALLBACK,
        _ => &PAYMENT,
    }
}

/// A notice as WeChat would send it: what the caller left out is made up.
fn notice(args: &Args, ctx: &Context, url: &str) -> Result<(&'static Endpoint, Written), Error> {
    let row = row_of(args);
    let mut fields = ctx.fields(args)?;
    let stamp = ctx.stamp();
    make_up(row, &mut fields, &stamp);
    Ok((row, codec::write_request(row, &fields, &ctx.keys_of_notices()?, &stamp, url)?))
}

fn make(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let (row, Written { request, fields }) = notice(args, ctx, "")?;
    let body = String::from_utf8_lossy(&request.body).into_owned();
    let data = json!({ "kind": args.text(&KIND).unwrap_or("payment"), "xml": body, "fields": object(&fields, row.fields) });
    Ok(Outcome::new(data, &*body).show(View::Block(body)))
}

fn send(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let (row, Written { request, .. }) = notice(args, ctx, args.needed_address(&TO)?)?;
    let reply = ctx.deliver(&request)?;
    let text = String::from_utf8_lossy(&reply.body).chars().take(500).collect::<String>();
    let data = |accepted: bool| json!({ "accepted": accepted, "status": reply.status, "reply": text });
    match codec::read_reply(row, &reply, &ctx.keys_of_notices()?, ctx.stamp().now) {
        Ok(_) if reply.status == 200 => Ok(Outcome::new(data(true), "SUCCESS")
            .show(View::Good(Word::new("接收方应答 SUCCESS", "the receiver answered SUCCESS").into()))),
        _ => Ok(Outcome::new(data(false), "FAIL")
            .show(View::Bad(
                Word::new(
                    "接收方没有应答 SUCCESS（HTTP {}），微信会重发",
                    "the receiver did not answer SUCCESS (HTTP {}); WeChat would send again",
                )
                .with([reply.status.to_string()]),
            ))
            .show(View::Block(text.clone()))
            .no()),
    }
}

fn verify(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let fields = ctx.fields(args)?;
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
    let mut fields = ctx.fields(args)?;
    req_info::open(&mut fields, &ctx.pay_key()?).map_err(error::of_req_info)?;
    let status = fields.get("refund_status").unwrap_or_default().to_owned();
    Ok(Outcome::of_fields(&fields, REFUND.inside(), &status))
}
