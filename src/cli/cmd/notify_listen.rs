//! `notify listen`: receives notices, checks and decrypts them, keeps their bytes,
//! passes them on, and answers as told.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};
use wxkit::api::word::Part;
use wxkit::api::{Message, ReadError, Word};
use wxkit::client::notices::Version;
use wxkit::client::notices::receive::{Ears, Received};
use wxkit::net::{self, Address};
use wxkit::wire::Request;

use super::super::args::{Args, Flag};
use super::super::door;
use super::super::error::{self, Error};
use super::super::files;
use super::super::inbox::{Arrived, Inbox, Log, MOST_KEPT, NotKept, Plan, ReplyAs};
use super::super::outcome::{Event, Outcome, View, nested, object};
use super::super::place::Place;
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;

static LISTEN: Flag = Flag::text(
    "listen",
    "ADDR",
    "监听地址，默认 127.0.0.1:7781，端口 0 表示任选",
    "Address, 127.0.0.1:7781 by default; port 0 takes a free one",
);
static FORWARD: Flag =
    Flag::text("forward", "URL", "把每条通知原样转发到这里", "Pass every notice on to this address");
static STORE: Flag =
    Flag::text("save", "DIR", "把原始字节存进这个目录", "Keep the raw bytes in this directory");
static REPLY: Flag = Flag::choice(
    "reply",
    &["judged", "success", "fail", "error", "html", "empty", "slow", "forwarded"],
    "怎样应答：默认 judged，验签通过才应答成功；forwarded 照搬转发目标的应答",
    "What to answer: judged (yes if it is WeChat's) by default; forwarded repeats the answer of --forward",
);
static COUNT: Flag = Flag::number("count", "N", "收到 N 条后停止", "Stop after so many notices");

/// `notify listen`
pub const VERBS: &[&Verb] = &[&Verb {
    noun: "notify",
    name: "listen",
    about: Word::new(
        "接收通知：验签、解密、打印、保存、转发",
        "Receive notices: check, decrypt, print, keep, pass on",
    ),
    example: "notify listen --listen 127.0.0.1:7781 --save captured --key env:PAY_KEY",
    flags: &[
        &LISTEN,
        &FORWARD,
        &STORE,
        &REPLY,
        &COUNT,
        &door::READY_FILE,
        &door::SOCKET_MODE,
        &door::SOCKET_GROUP,
    ],
    words: Words::None,
    row: None,
    run: listen,
}];

fn listen(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let ears = ctx.ears()?;
    let forward = args.address(&FORWARD)?.map(str::to_owned);
    let reply = reply(args.text(&REPLY));
    if reply == ReplyAs::Forwarded && forward.is_none() {
        let message = Word::new("--reply forwarded 需要 --forward", "--reply forwarded needs --forward");
        return Err(Error::usage(message));
    }
    let store = args.text(&STORE).map(PathBuf::from);
    if let Some(dir) = &store {
        files::make_directory(dir)?;
    }
    let plan = Plan { reply, store, forward };
    let (most, mut seen) = (args.positive(&COUNT)?, 0);
    let ready = |place: &Place| {
        let url = place.url.as_str();
        door::tell_ready(args, url)?;
        let words = Word::new("正在接收通知：{}（Ctrl-C 停止）", "receiving notices at {} (Ctrl-C stops it)");
        let data = json!({ "type": "ready", "url": url, "listen": place.public });
        ctx.stage.event(&Event {
            data,
            answer: Some(url.to_owned()),
            view: vec![View::Good(words.with([url]))],
        });
        place.warning().iter().for_each(|warning| ctx.stage.note(warning));
        Ok(())
    };
    let listen = door::address(args, &LISTEN, "127.0.0.1:7781")?;
    let url = receive(ctx, &listen, (plan, ears), ready, |arrived| {
        let ends = matches!(arrived, Arrived::Notice { .. });
        for event in events(&arrived, ctx) {
            ctx.stage.event(&event);
        }
        seen += u64::from(ends);
        if most.is_some_and(|most| seen >= most) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    let said = Word::new("收到 {} 条通知", "{} notices received").with([seen.to_string()]);
    Ok(Outcome::new(json!({ "type": "stopped", "url": url, "received": seen }), "").show(View::Say(said)))
}

/// Receives notices until it is interrupted, or told that it was enough. Returns
/// the address.
fn receive(
    ctx: &Context,
    listen: &Address,
    (plan, ears): (Plan, Ears),
    ready: impl FnOnce(&Place) -> Result<(), Error>,
    mut tell: impl FnMut(Arrived) -> ControlFlow<()>,
) -> Result<String, Error> {
    let (sender, mut happened) = net::mpsc::unbounded_channel();
    let log: Log = Arc::new(move |event| drop(sender.send(event)));
    let inbox = Inbox::new(plan, ears, ctx.clock(), ctx.watched_transport()?, log);
    ctx.wait(async {
        let interrupted = net::interrupted();
        let listener = net::bind_to(listen).await?;
        let place = Place::of(&listener);
        ready(&place)?;
        let (enough, stop) = net::oneshot::channel::<()>();
        let mut enough = Some(enough);
        let stop = async {
            // Nobody has had enough when the other side is gone.
            let _ = stop.await;
        };
        let stop = async {
            net::select! { () = stop => {}, _ = interrupted => {} }
        };
        let mut serving = std::pin::pin!(inbox.serve(listener, stop));
        loop {
            net::select! {
                () = &mut serving => return Ok(place.url),
                Some(event) = happened.recv() => {
                    ctx.show_crossed();
                    if tell(event).is_break() {
                        drop(enough.take());
                    }
                }
            }
        }
    })?
}

fn reply(named: Option<&str>) -> ReplyAs {
    match named {
        Some("success") => ReplyAs::Success,
        Some("fail") => ReplyAs::Fail,
        Some("error") => ReplyAs::Error,
        Some("html") => ReplyAs::Html,
        Some("empty") => ReplyAs::Empty,
        Some("slow") => ReplyAs::Slow,
        Some("forwarded") => ReplyAs::Forwarded,
        _ => ReplyAs::Judged,
    }
}

fn events(arrived: &Arrived, ctx: &Context) -> Vec<Event> {
    match arrived {
        Arrived::Notice { number, received, request, stored } => {
            let mut events = vec![notice(*number, received, request, ctx)];
            events.extend(stored.as_ref().map(|stored| kept(*number, stored, ctx)));
            events
        }
        Arrived::Forwarded { number, outcome } => vec![forwarded(*number, outcome)],
        Arrived::Other { method, path } => vec![other(method, path)],
    }
}

/// A browser, a probe: no notice, so not counted, kept or passed on.
fn other(method: &str, path: &str) -> Event {
    let data = json!({ "type": "other", "method": method, "path": path });
    let said = Word::new("不是通知：{} {}（通知都是 POST）", "no notice: {} {} (notices are posted)");
    Event { data, answer: None, view: vec![View::Say(said.with([method, path]))] }
}

fn notice(number: u64, received: &Received, request: &Request, ctx: &Context) -> Event {
    let doubt = received.doubt.as_ref().map(doubt);
    let data = json!({
        "type": "notice",
        "number": number,
        "kind": received.row.name,
        "valid": doubt.is_none(),
        "reason": doubt.as_ref().map(|message| message.text(ctx.lang).into_owned()),
        "bytes": request.body.len(),
        "fields": shown(received, request),
    });
    let about = [number.to_string(), received.row.name.to_owned(), subject(received), money(received)];
    let view = match doubt {
        None => View::Good(Word::new("第 {} 条 {}：{} {}", "{}: {} for {} {}").with(about)),
        Some(why) => {
            let [number, kind, order, _] = about;
            let parts: [Part; 4] = [number.into(), kind.into(), order.into(), why.into()];
            View::Bad(
                Word::new("第 {} 条 {}：{}，不可信：{}", "{}: {} for {} is not to be believed: {}")
                    .with(parts),
            )
        }
    };
    Event { data, answer: None, view: vec![view] }
}

fn shown(received: &Received, request: &Request) -> Value {
    let (row, fields) = (received.row, &received.fields);
    match Version::of(request) {
        Version::V2 if row.inside().is_empty() => object(fields, row.fields),
        Version::V2 => object(fields, row.inside()),
        Version::V3 => nested(fields, row.inside()),
    }
}

/// What a notice is about, the first that is there.
const SUBJECTS: &[&str] = &[
    "out_trade_no",
    "combine_out_trade_no",
    "out_bill_no",
    "out_batch_no",
    "out_order_no",
    "complaint_id",
    "out_request_no",
    "id",
];

fn subject(received: &Received) -> String {
    SUBJECTS.iter().find_map(|name| received.fields.get(name)).unwrap_or("-").to_owned()
}

/// The sum that a notice tells, the first that is there.
const SUMS: &[&str] = &[
    "refund_fee",
    "total_fee",
    "amount.refund",
    "amount.total",
    "receiver.amount",
    "transfer_amount",
    "total_amount",
];

fn money(received: &Received) -> String {
    let sum = SUMS.iter().find_map(|name| received.fields.get(name));
    sum.map(|fen| format!("{fen} fen")).unwrap_or_default()
}

fn doubt(error: &ReadError) -> Message {
    match error {
        ReadError::Seal { broken, .. } if broken.is_missing() => {
            Word::new("没有 sign", "it has no sign").into()
        }
        ReadError::Seal { .. } => Word::new(
            "签名错误，原因可用 wxkit notify verify --from 文件 查看",
            "the signature is wrong; wxkit notify verify --from FILE tells why",
        )
        .into(),
        ReadError::ReqInfo(_) => Word::new(
            "req_info 解不开：密钥不对，或者不是微信发的",
            "req_info does not open: another key, or not from WeChat",
        )
        .into(),
        ReadError::V3(why) => error::notice_unproved(why),
        ReadError::Aead(_) => Word::new(
            "resource 解不开：APIv3 密钥不对，或密文被改过",
            "its resource does not open: another APIv3 key, or a changed byte",
        )
        .into(),
        ReadError::NoPayKey => Word::new(
            "没有配置 APIv2 密钥（--key），无法验证 v2 通知",
            "no APIv2 key (--key) is set to check a notice of v2",
        )
        .into(),
        ReadError::NoV3 => Word::new(
            "没有配置 --api-v3-key，无法解密 v3 通知",
            "no --api-v3-key is set to open a notice of v3",
        )
        .into(),
        ReadError::Wire(_) => Word::new("不是微信的报文", "it is no message of WeChat's").into(),
        _ => Word::new("读不懂", "it cannot be read").into(),
    }
}

fn kept(number: u64, stored: &Result<PathBuf, NotKept>, ctx: &Context) -> Event {
    let (data, view) = match stored {
        Ok(path) => {
            let path = path.display().to_string();
            let said = Word::new("  已保存 {}", "  kept as {}").with([path.as_str()]);
            (json!({ "type": "stored", "number": number, "file": path }), View::Say(said))
        }
        Err(why) => {
            let why = not_kept(why);
            let data = json!({ "type": "stored", "number": number, "error": why.text(ctx.lang) });
            (data, View::Bad(Word::new("  没能保存：{}", "  could not be kept: {}").with([why])))
        }
    };
    Event { data, answer: None, view: vec![view] }
}

fn not_kept(why: &NotKept) -> Message {
    match why {
        NotKept::Trouble(trouble) => Error::from(trouble.clone()).message,
        NotKept::Full => {
            Word::new("这次运行已保存 {} MiB，不再保存", "{} MiB are kept from this run, and no more will be")
                .with([(MOST_KEPT >> 20).to_string()])
        }
    }
}

fn forwarded(number: u64, outcome: &Result<u16, String>) -> Event {
    let told: Value = match outcome {
        Ok(status) => json!({ "type": "forwarded", "number": number, "status": status }),
        Err(why) => json!({ "type": "forwarded", "number": number, "error": why }),
    };
    let said = match outcome {
        Ok(status) => Part::from(format!("HTTP {status}")),
        Err(why) => error::said_word(why).into(),
    };
    let words = Word::new("  第 {} 条已转发：{}", "  {} passed on: {}");
    let message = words.with([number.to_string().into(), said]);
    let view = if outcome.is_ok() { View::Say(message) } else { View::Bad(message) };
    Event { data: told, answer: None, view: vec![view] }
}
