//! `notify replay`: posts captured notices again, as fast as the receiver answers or
//! at a rate, and sums up its replies. Ctrl-C ends it with the sum so far.

use std::num::{NonZero, NonZeroUsize};
use std::time::Duration;

use serde_json::{Value, json};
use wxkit::api::keys::SignType;
use wxkit::api::pay_v3::notice::signed_again;
use wxkit::api::scheme::wechatpay::WINDOW;
use wxkit::api::word::Part;
use wxkit::api::{Message, Word, invoke};
use wxkit::client::notices::Version;
use wxkit::client::notices::examine::{Counted, WECHAT_WAITS};
use wxkit::client::notices::replay::{Plan, Spread, Tally, Verdict};
use wxkit::wire::{Fields, Request, xml};

use super::super::args::{Args, Flag};
use super::super::captured;
use super::super::error::{self, Error};
use super::super::input;
use super::super::outcome::{Exit, Outcome, View};
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;
use super::notify_make::{SIGNED_BY, TO, signed_by};
use super::notify_witness::{Before, VERIFY_CMD, VERIFY_URL, events, witness};

static CONCURRENCY: Flag =
    Flag::number("concurrency", "N", "同时进行的请求数，默认 1", "How many at once, 1 by default");
static RATE: Flag = Flag::number("rate", "R", "每秒最多多少条", "At most so many a second");
static REPEAT: Flag =
    Flag::number("repeat", "N", "整批重放几遍，默认 1", "How often the whole set is sent, 1 by default");
static RESIGN: Flag = Flag::switch("resign", "用当前密钥重新签名", "Sign again with the present key");

/// More connections than this are refused by most systems before they are slow.
const MOST_AT_ONCE: u64 = 1024;

/// `notify replay`
pub(super) const VERB: Verb = Verb {
    noun: "notify",
    name: "replay",
    about: Word::new("重放保存下来的通知，检查应答", "Post captured notices again and check the replies"),
    example: "notify replay captured/ --to http://127.0.0.1:8080/notify --concurrency 8",
    flags: &[&TO, &CONCURRENCY, &RATE, &REPEAT, &RESIGN, &SIGNED_BY, &VERIFY_CMD, &VERIFY_URL],
    words: Words::Many(
        "FILES",
        Word::new(
            "保存的通知（XML、v3 的 .http）、目录，或每行一条的文件",
            "Kept notices (XML, .http of v3), a directory, or a file with one payload a line",
        ),
    ),
    row: None,
    run: replay,
};

fn replay(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let plan = plan(args, ctx)?;
    if plan.patience > WECHAT_WAITS {
        ctx.stage.note(&LONGER.with([seconds(plan.patience)]));
    }
    let witness = witness(args)?;
    let notices = notices(args, ctx)?;
    let before = witness.as_ref().map(|witness| Before::counted(witness, ctx)).transpose()?;
    let tally = ctx.replay(&notices, &plan)?;
    let outcome = summary(&tally, &plan, ctx);
    match before.filter(|_| !tally.was_stopped()) {
        Some(before) => Ok(with_booked(outcome, before.after(ctx)?, events(&notices))),
        None => Ok(outcome),
    }
}

/// The same with what was booked meanwhile: each event once at most, and those that were
/// booked before not at all.
fn with_booked(mut outcome: Outcome, counted: Counted, events: usize) -> Outcome {
    let Counted { before, after } = counted;
    let most = i64::try_from(events).unwrap_or(i64::MAX);
    let is_right = (before..=before.saturating_add(most)).contains(&after);
    outcome.data["booked"] = json!({ "before": before, "after": after, "events": events, "ok": is_right });
    let counts = [before.to_string(), after.to_string(), events.to_string()];
    if is_right {
        let said =
            Word::new("入账次数 {} → {}，通知里有 {} 笔不同的事", "booked: {} → {}, for {} different events");
        return outcome.show(View::Good(said.with(counts)));
    }
    let said = Word::new(
        "入账次数 {} → {}，通知里却只有 {} 笔不同的事：每一笔最多入账一次",
        "booked: {} → {}, though there are only {} different events, each to be booked once at most",
    );
    outcome.show(View::Bad(said.with(counts))).no()
}

const LONGER: Word = Word::new(
    "提示：每条等 {} 秒；微信只等 5 秒，之后的应答算失败",
    "note: each waits {} s; WeChat waits 5, and takes what comes later for a failure",
);

/// Whole or not, as it is said.
fn seconds(time: Duration) -> String {
    time.as_secs_f64().to_string()
}

fn plan(args: &Args, ctx: &Context) -> Result<Plan, Error> {
    let url = args.needed_address(&TO)?;
    let at_once = args.positive(&CONCURRENCY)?.unwrap_or(1).min(MOST_AT_ONCE);
    Ok(Plan {
        url: url.to_owned(),
        concurrency: usize::try_from(at_once).ok().and_then(NonZero::new).unwrap_or(NonZeroUsize::MIN),
        per_second: args.positive(&RATE)?.and_then(NonZero::new),
        repeat: args.positive(&REPEAT)?.unwrap_or(1),
        patience: ctx.patience(WECHAT_WAITS),
    })
}

fn notices(args: &Args, ctx: &Context) -> Result<Vec<Request>, Error> {
    let mut notices = Vec::new();
    for path in args.words() {
        for file in input::files(path)? {
            let (name, before) = (file.display().to_string(), notices.len());
            for (number, payload) in (1..).zip(input::Stream::open(&name)?) {
                let there = |error: Error| error.hint(THERE.with([name.clone(), u64::to_string(&number)]));
                let notice = captured::request(&payload.map_err(there)?);
                notices.push(if args.has(&RESIGN) { resigned(args, ctx, notice)? } else { notice });
            }
            if notices.len() == before {
                ctx.stage.note(&NOTHING_IN.with([name]));
            }
        }
    }
    if notices.is_empty() {
        return Err(wxkit::wire::WireError::Empty.into());
    }
    if notices.iter().any(|notice| is_stale(notice, ctx.stamp().now)) {
        ctx.stage.note(&STALE.into());
    }
    Ok(notices)
}

const THERE: Word = Word::new("在 {} 里，第 {} 条", "in {}, payload {}");

const NOTHING_IN: Word =
    Word::new("提示：{} 是空的，没有可重放的通知", "note: {} is empty: no notice to post in it");

/// Whether a receiver of v3 that looks at the time refuses it.
fn is_stale(notice: &Request, now: u64) -> bool {
    let signed = notice.header("wechatpay-timestamp").and_then(|time| time.parse::<u64>().ok());
    signed.is_some_and(|then| then.abs_diff(now) > WINDOW)
}

const STALE: Word = Word::new(
    "有 5 分钟以前签名的 v3 通知，看时间戳的接收方会拒绝；--resign 重新签名",
    "some notices of v3 were signed more than 5 minutes ago, and a receiver that minds the time refuses them; --resign signs them anew",
);

/// The same notice, signed now and with the present keys.
fn resigned(args: &Args, ctx: &Context, notice: Request) -> Result<Request, Error> {
    if Version::of(&notice) == Version::V3 {
        let keys = ctx.playing_wechat_pay(signed_by(args))?;
        return Ok(signed_again(notice, &keys, &ctx.stamp())?);
    }
    let mut fields: Fields = input::read(&notice.body)?;
    if fields.get("req_info").is_none() {
        let named = fields.get("sign_type").and_then(SignType::named).unwrap_or(SignType::Md5);
        fields = invoke::pay_v2(fields, &ctx.pay_key()?, named).params;
    }
    Ok(Request { body: xml::write(&fields)?.into_bytes(), ..notice })
}

fn summary(tally: &Tally, plan: &Plan, ctx: &Context) -> Outcome {
    let mut outcome = Outcome::new(data(tally, plan, ctx), format!("{}/{}", tally.accepted, tally.sent));
    for (number, verdict) in &tally.failures {
        let words = Word::new("第 {} 条：{}", "payload {}: {}");
        outcome = outcome
            .show(View::Bad(words.with([number.to_string().into(), Part::from(reason(verdict, plan))])));
    }
    let is_good = tally.sent > 0 && tally.accepted == tally.sent;
    let sum = told(tally);
    outcome = if is_good { outcome.show(View::Good(sum)) } else { outcome.show(View::Bad(sum)).no() };
    if !tally.was_stopped() {
        return outcome;
    }
    let words = Word::new(
        "已中断：{} 条已发出但未等到应答，{} 条未发出",
        "interrupted: {} on their way were given up, {} were not sent",
    );
    let left = words.with([tally.given_up.to_string(), tally.unsent.to_string()]);
    Outcome { exit: Exit::Interrupted, ..outcome.show(View::Bad(left)) }
}

fn data(tally: &Tally, plan: &Plan, ctx: &Context) -> Value {
    let failures: Vec<Value> = tally
        .failures
        .iter()
        .map(|(number, verdict)| json!({ "number": number, "reason": reason(verdict, plan).text(ctx.lang) }))
        .collect();
    let mut data = json!({
        "sent": tally.sent, "accepted": tally.accepted, "failed": tally.sent - tally.accepted,
        "elapsed_ms": u64::try_from(tally.elapsed.as_millis()).unwrap_or(u64::MAX),
        "p50_ms": ms(&tally.times, 0.5), "p99_ms": ms(&tally.times, 0.99), "failures": failures,
    });
    if plan.per_second.is_some() {
        data["lag_p99_ms"] = ms(&tally.lags, 0.99).into();
    }
    if tally.was_stopped() {
        data["given_up"] = tally.given_up.into();
        data["unsent"] = tally.unsent.into();
    }
    data
}

fn told(tally: &Tally) -> Message {
    let words = Word::new(
        "发出 {} 条，{} 条被接受，用时 {} 毫秒（中位 {} 毫秒，99% 在 {} 毫秒内）",
        "{} sent, {} accepted, {} ms (median {} ms, 99 % within {} ms)",
    );
    words.with([
        tally.sent.to_string(),
        tally.accepted.to_string(),
        tally.elapsed.as_millis().to_string(),
        format!("{:.1}", ms(&tally.times, 0.5)),
        format!("{:.1}", ms(&tally.times, 0.99)),
    ])
}

/// In milliseconds, to the microsecond.
fn ms(spread: &Spread, share: f64) -> f64 {
    let whole = u32::try_from(spread.quantile(share).as_micros()).unwrap_or(u32::MAX);
    f64::from(whole) / 1e3
}

fn reason(verdict: &Verdict, plan: &Plan) -> Message {
    match verdict {
        Verdict::Accepted => Word::new("已接受", "accepted").into(),
        Verdict::Status(status) => Word::new("HTTP {}", "HTTP {}").with([status.to_string()]),
        Verdict::Said(text) => {
            Word::new("应答不是 SUCCESS：{}", "the reply is not SUCCESS: {}").with([text.clone()])
        }
        Verdict::Late => Word::new("{} 秒内没有应答", "no reply within {} s").with([seconds(plan.patience)]),
        Verdict::Unreachable(why) => {
            Word::new("连接不上：{}", "cannot connect: {}").with([error::why_word(why)])
        }
        Verdict::Unanswered(why) => {
            Word::new("已发出，没有读到完整的应答：{}", "sent, and no whole reply: {}")
                .with([error::why_word(why)])
        }
    }
}
