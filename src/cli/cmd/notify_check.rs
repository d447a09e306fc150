//! `notify check`: examines a receiver of notices and prints a verdict for a
//! person, a CI job (exit code) and a test report (JUnit, JSON).

use serde_json::{Value, json};
use wxkit::api::keys::Keys;
use wxkit::api::word::Part;
use wxkit::api::{Lang, Message, Word};
use wxkit::client::notices::Version;
use wxkit::client::notices::examine::{self, Counted, Exam, Finding, Form, Graded, Need, Verdict};
use wxkit::wire::Fields;

use super::super::args::{Args, FROM, Flag};
use super::super::error::{self, Error};
use super::super::outcome::{Outcome, View};
use super::super::report::{Case, CaseResult, REPORT, Reports, Suite};
use super::super::verb::{Verb, Words};
use super::super::wechat_pay::SignedBy;
use super::super::wiring::Context;
use super::notify_make::V3;
use super::notify_witness::{VERIFY_CMD, VERIFY_URL, witness};
use super::v3_calls;

static TO: Flag = Flag::text("to", "URL", "接收支付通知的地址", "Where payment notices are received");
static REFUND_TO: Flag = Flag::text(
    "refund-to",
    "URL",
    "接收退款通知的地址，默认同 --to",
    "Where refund notices are received; as --to by default",
);
static SKIP: Flag = Flag::text("skip", "ID,ID…", "不检查这些项目", "Items to leave out, by their ids");

/// `notify check`
pub const VERBS: &[&Verb] = &[&Verb {
    noun: "notify",
    name: "check",
    about: Word::new(
        "检查你的通知接收端：验签、幂等、应答、安全",
        "Examine a receiver: signatures, repeats, replies, safety",
    ),
    example: "notify check --to http://127.0.0.1:8080/notify out_trade_no=20250101001 total_fee=1",
    flags: &[&TO, &REFUND_TO, &V3, &VERIFY_CMD, &VERIFY_URL, &SKIP, &REPORT],
    words: Words::Fields,
    row: None,
    run: check,
}];

fn untold(other: &str) -> Message {
    Word::new("没有检查：{} 没有通过，查了也看不出什么", "not tried: it tells nothing while {} does not pass")
        .with([other])
}

fn check(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let to = args.needed_address(&TO)?;
    let reports = Reports::asked(args)?;
    let exam = exam(args, ctx, to)?;
    let progress = |done, total| {
        ctx.show_crossed();
        ctx.stage.progress(done, total);
    };
    let graded =
        ctx.wait(examine::examine(ctx.watched_transport()?, &exam, progress))?.map_err(error::of_exam)?;
    let outcome = outcome(&graded, to, ctx.lang);
    let suite = |lang| vec![Suite { name: format!("wxkit notify check {to}"), cases: cases(&graded, lang) }];
    reports.write(ctx, &outcome.data, suite)?;
    Ok(outcome)
}

fn exam(args: &Args, ctx: &Context, to: &str) -> Result<Exam, Error> {
    let order = order(args, ctx)?;
    let version = version(args, ctx, &order)?;
    let (keys, other) = match version {
        Version::V2 => (ctx.keys_of_notices()?, Keys::default()),
        Version::V3 => {
            (ctx.playing_wechat_pay(SignedBy::PublicKey)?, ctx.playing_wechat_pay(SignedBy::Certificate)?)
        }
    };
    Ok(Exam {
        version,
        to: to.to_owned(),
        refund_to: args.address(&REFUND_TO)?.unwrap_or(to).to_owned(),
        keys,
        other,
        stamp: ctx.stamp(),
        order,
        skip: args.text(&SKIP).map(|text| skipped(text, version)).transpose()?.unwrap_or_default(),
        patience: ctx.patience(examine::PATIENCE),
        witness: witness(args)?,
    })
}

/// The order, if one is named; a CI job has a stdin too, with nothing in it.
fn order(args: &Args, ctx: &Context) -> Result<Fields, Error> {
    let named = args.words().next().is_some() || args.text(&FROM).is_some();
    if named { ctx.fields_by(args, str::to_owned, v3_calls::read) } else { Ok(Fields::new()) }
}

/// Which API the receiver is for: as it is said, as the order is written, or the one
/// whose key is known.
fn version(args: &Args, ctx: &Context, order: &Fields) -> Result<Version, Error> {
    let is_v3 = args.has(&V3)
        || order.iter().any(|(name, _)| name.starts_with("amount."))
        || (order.get("total_fee").is_none()
            && ctx.keys_of_notices()?.v2.is_none()
            && ctx.api_v3_key()?.is_some());
    Ok(if is_v3 { Version::V3 } else { Version::V2 })
}

fn skipped(text: &str, version: Version) -> Result<Vec<String>, Error> {
    let items = examine::items(version);
    let known = |id: &str| items.iter().any(|item| item.id == id);
    let ids: Vec<String> =
        text.split(',').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect();
    match ids.iter().find(|id| !known(id)) {
        None => Ok(ids),
        Some(id) => {
            let all: Vec<&str> = items.iter().map(|item| item.id).collect();
            let message = Word::new("没有叫 {} 的检查项目", "no item is named {}").with([error::typed(id)]);
            let hint = Word::new("项目有 {}", "the items are {}").with([all.join(" ")]);
            Err(Error::usage(message).hint(hint))
        }
    }
}

fn outcome(graded: &[Graded], to: &str, lang: Lang) -> Outcome {
    let failed = graded.iter().filter(|one| one.is_fatal()).count();
    let passed = graded.iter().filter(|one| one.verdict == Verdict::Passed).count();
    let data = json!({
        "to": to,
        "passed": failed == 0,
        "counts": { "items": graded.len(), "passed": passed, "required_failed": failed },
        "items": graded.iter().map(|one| shown(one, lang)).collect::<Vec<_>>(),
    });
    let mut outcome = Outcome::new(data, if failed == 0 { "pass" } else { "fail" });
    for one in graded {
        for view in views(one) {
            outcome = outcome.show(view);
        }
    }
    let sum = [passed.to_string(), graded.len().to_string(), failed.to_string()];
    if failed == 0 {
        let said =
            Word::new("通过：{} / {} 项，必需项失败 {}", "passed: {} of {} items, {} required ones failed");
        return outcome.show(View::Good(said.with(sum)));
    }
    let said = Word::new(
        "未通过：{} / {} 项正常，必需项失败 {}",
        "failed: {} of {} items are good, {} required ones failed",
    );
    outcome.show(View::Bad(said.with(sum))).no()
}

fn views(one: &Graded) -> Vec<View> {
    let item = one.item;
    let titled =
        |tail: Part| Word::new("{}（{}）{}", "{} ({}){}").with([item.title.into(), item.id.into(), tail]);
    let after = |message: Message| Word::new("：{}", ": {}").with([message]).into();
    let why = || View::Say(Word::new("    为什么：{}", "    why: {}").with([item.why]));
    let fix = || View::Say(Word::new("    怎么改：{}", "    how to fix: {}").with([item.fix]));
    // What was counted was seen.
    let unseen = item.unseen.filter(|_| one.counted.is_none());
    let unseen = unseen.map(|word| View::Say(Word::new("    看不到的：{}", "    not seen: {}").with([word])));
    match &one.verdict {
        Verdict::Passed => [View::Good(titled("".into()))].into_iter().chain(unseen).collect(),
        Verdict::Untold(other) => vec![View::Say(titled(after(untold(other))))],
        Verdict::Failed(finding) if item.need == Need::Advised => {
            let advice = Word::new("，建议：{}", ", advice: {}").with([told(finding)]);
            [View::Say(titled(advice.into())), why(), fix()].into_iter().chain(unseen).collect()
        }
        Verdict::Failed(finding) => {
            [View::Bad(titled(after(told(finding)))), why(), fix()].into_iter().chain(unseen).collect()
        }
    }
}

fn shown(one: &Graded, lang: Lang) -> Value {
    let item = one.item;
    let (verdict, finding) = match &one.verdict {
        Verdict::Passed => ("pass", Value::Null),
        Verdict::Failed(finding) => ("fail", told(finding).text(lang).into()),
        Verdict::Untold(other) => ("untold", untold(other).text(lang).into()),
    };
    json!({
        "id": item.id,
        "title": item.title.text(lang),
        "required": item.need == Need::Required,
        "verdict": verdict,
        "finding": finding,
        "why": item.why.text(lang),
        "fix": item.fix.text(lang),
        "not_seen": item.unseen.filter(|_| one.counted.is_none()).map(|word| word.text(lang)),
        "booked": one.counted.map(|counted| counted.after - counted.before),
        "elapsed_ms": u64::try_from(one.time.as_millis()).unwrap_or(u64::MAX),
    })
}

fn cases(graded: &[Graded], lang: Lang) -> Vec<Case> {
    let story = |one: &Graded| format!("{}\n{}", one.item.why.text(lang), one.item.fix.text(lang));
    let case = |one: &Graded| Case {
        name: format!("{}: {}", one.item.id, one.item.title.text(lang)),
        place: None,
        time: one.time,
        result: match &one.verdict {
            Verdict::Passed => CaseResult::Passed,
            Verdict::Failed(finding) if one.item.need == Need::Advised => {
                CaseResult::Skipped(told(finding).text(lang).into_owned())
            }
            Verdict::Failed(finding) => CaseResult::Failed(told(finding).text(lang).into_owned(), story(one)),
            Verdict::Untold(other) => CaseResult::Skipped(untold(other).text(lang).into_owned()),
        },
    };
    graded.iter().map(case).collect()
}

fn told(finding: &Finding) -> Message {
    match finding {
        Finding::Accepted => Word::new("被接受了", "it was accepted").into(),
        Finding::NoWithStatusOfYes { start } => Word::new(
            "正文说失败，状态却是 2xx，微信只看状态：{}",
            "the body says no with a 2xx, and WeChat looks at the status alone: {}",
        )
        .with([quoted(start)]),
        Finding::NotAccepted { status, start } => {
            Word::new("没有被接受：HTTP {}，{}", "it was not accepted: HTTP {}, {}")
                .with([status.to_string(), quoted(start)])
        }
        Finding::Booked(Counted { before, after }) => Word::new(
            "应答正确，入账次数却从 {} 变成 {}",
            "the reply is right, but what was booked went from {} to {}",
        )
        .with([before.to_string(), after.to_string()]),
        Finding::NoReply { why } => Word::new("没有应答：{}", "no reply: {}").with([error::said_word(why)]),
        Finding::Late { ms } => Word::new("用了 {} 毫秒", "it took {} ms").with([ms.to_string()]),
        Finding::NotWechat { form, start } => {
            let word = match form {
                Form::Status => Word::new("HTTP 状态不是 200：{}", "the HTTP status is not 200: {}"),
                Form::StatusV3 => Word::new(
                    "HTTP 状态既不是 200 也不是 204：{}",
                    "the HTTP status is neither 200 nor 204: {}",
                ),
                Form::NotXml => Word::new("不是 XML：{}", "it is not XML: {}"),
                Form::Code => {
                    Word::new("return_code 不是恰好 SUCCESS：{}", "return_code is not exactly SUCCESS: {}")
                }
            };
            word.with([quoted(start)])
        }
        Finding::Some { failed, of, first } => Word::new("{} / {} 份出错：{}", "{} of {} went wrong: {}")
            .with([failed.to_string().into(), of.to_string().into(), Part::from(told(first))]),
    }
}

fn quoted(start: &str) -> String {
    if start.is_empty() { "\"\"".to_owned() } else { start.to_owned() }
}
