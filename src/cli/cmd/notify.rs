//! `notify make|send|verify|decrypt|replay`: payment and refund notices, from
//! WeChat's side and from the merchant's.

use std::time::Duration;

use serde_json::{Value, json};
use wxkit::api::endpoint::Endpoint;
use wxkit::api::keys::SignType;
use wxkit::api::notice::{NATIVE_CALLBACK, PAYMENT, REFUND, make_up};
use wxkit::api::scheme::req_info;
use wxkit::api::word::Part;
use wxkit::api::{Message, Word, Written, codec, invoke};
use wxkit::client::notices::replay::{self, Plan, Tally, Verdict};
use wxkit::wire::{Fields, xml};

use super::super::args::{Args, Flag};
use super::super::error::{self, Error};
use super::super::explained;
use super::super::input;
use super::super::outcome::{Exit, Outcome, View, object};
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;

static KIND: Flag = Flag::choice(
    "kind",
    &["payment", "refund", "native"],
    "通知种类，默认 payment",
    "Kind of notice, payment by default",
);
static TO: Flag = Flag::text("to", "URL", "接收通知的地址", "Where the notice is posted");
static CONCURRENCY: Flag =
    Flag::number("concurrency", "N", "同时进行的请求数，默认 1", "How many at once, 1 by default");
static RATE: Flag = Flag::number("rate", "R", "每秒最多多少条", "At most so many a second");
static REPEAT: Flag =
    Flag::number("repeat", "N", "整批重放几遍，默认 1", "How often the whole set is sent, 1 by default");
static RESIGN: Flag = Flag::switch("resign", "用当前密钥重新签名", "Sign again with the present key");

/// More connections than this are refused by most systems before they are slow.
const MOST_AT_ONCE: u64 = 1024;

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
    &Verb {
        noun: "notify",
        name: "replay",
        about: Word::new("重放保存下来的通知，检查应答", "Post captured notices again and check the replies"),
        example: "notify replay captured/ --to http://127.0.0.1:8080/notify --concurrency 8",
        flags: &[&TO, &CONCURRENCY, &RATE, &REPEAT, &RESIGN],
        words: Words::Many(
            "FILES",
            Word::new(
                "XML 文件、目录，或每行一条的文件",
                "XML files, a directory, or a file with one payload a line",
            ),
        ),
        row: None,
        run: replay,
    },
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

fn replay(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let url = args.needed_address(&TO)?;
    let (concurrency, repeat) = (args.positive(&CONCURRENCY)?, args.positive(&REPEAT)?);
    let per_second = args.positive(&RATE)?;
    let mut bodies = Vec::new();
    for path in args.words() {
        for file in input::files(path)? {
            for payload in input::payloads(&file.display().to_string())? {
                bodies.push(if args.has(&RESIGN) { resigned(ctx, &payload?)? } else { payload? });
            }
        }
    }
    if bodies.is_empty() {
        return Err(wxkit::wire::WireError::Empty.into());
    }
    let plan = Plan {
        url: url.to_owned(),
        concurrency: concurrency.unwrap_or(1).min(MOST_AT_ONCE),
        per_second,
        repeat: repeat.unwrap_or(1),
        patience: Duration::from_secs(5),
    };
    let progress = |done, total| ctx.stage.progress(done, total);
    let tally = ctx.wait(replay::replay(ctx.transport()?, &bodies, &plan, progress))?;
    Ok(summary(&tally, ctx))
}

fn resigned(ctx: &Context, payload: &[u8]) -> Result<Vec<u8>, Error> {
    let mut fields: Fields = input::read(payload)?;
    if fields.get("req_info").is_none() {
        let named = fields.get("sign_type").and_then(SignType::named).unwrap_or(SignType::Md5);
        fields = invoke::pay_v2(fields, &ctx.pay_key()?, named).params;
    }
    Ok(xml::write(&fields)?.into_bytes())
}

fn summary(tally: &Tally, ctx: &Context) -> Outcome {
    let failures: Vec<Value> = tally
        .failures
        .iter()
        .map(|(number, verdict)| json!({ "number": number, "reason": reason(verdict).text(ctx.lang) }))
        .collect();
    let failed = tally.sent - tally.accepted;
    let data = json!({
        "sent": tally.sent, "accepted": tally.accepted, "failed": failed, "elapsed_ms": u64::try_from(tally.elapsed.as_millis()).unwrap_or(u64::MAX),
        "p50_ms": tally.quantile(0.5).as_secs_f64() * 1e3, "p99_ms": tally.quantile(0.99).as_secs_f64() * 1e3,
        "failures": failures,
    });
    let said =
        Word::new("发出 {} 条，{} 条应答 SUCCESS，用时 {} 毫秒", "{} sent, {} answered SUCCESS, {} ms").with(
            [tally.sent.to_string(), tally.accepted.to_string(), tally.elapsed.as_millis().to_string()],
        );
    let mut outcome = Outcome::new(data, format!("{}/{}", tally.accepted, tally.sent));
    for (number, verdict) in &tally.failures {
        let words = Word::new("第 {} 条：{}", "payload {}: {}");
        outcome =
            outcome.show(View::Bad(words.with([number.to_string().into(), Part::from(reason(verdict))])));
    }
    if failed == 0 { outcome.show(View::Good(said)) } else { outcome.show(View::Bad(said)).no() }
}

fn reason(verdict: &Verdict) -> Message {
    match verdict {
        Verdict::Accepted => Word::new("已接受", "accepted").into(),
        Verdict::Status(status) => Word::new("HTTP {}", "HTTP {}").with([status.to_string()]),
        Verdict::Said(text) => {
            Word::new("应答不是 SUCCESS：{}", "the reply is not SUCCESS: {}").with([text.clone()])
        }
        Verdict::Late => Word::new("5 秒内没有应答", "no reply within 5 seconds").into(),
        Verdict::Unreachable(why) => Word::new("连接不上：{}", "cannot connect: {}").with([why.clone()]),
    }
}
