//! The dashboard at `/_mock/`: wrong signatures with their reasons, orders,
//! refunds, notices with every attempt, calls, faults; buttons for all of it.
//! Comes in: what the gateway remembers; goes out: the page, or its changing
//! part alone, which the page fetches again whenever something happened.

use serde_json::Value;

use super::super::faults::Faults;
use super::super::ledger::{Order, State};
use super::super::log::Entry;
use super::super::notices::{self, Attempt, Notice, Outcome};
use super::super::refusal::RefusedSign;
use super::super::sheet::html::{Html, fill};
use super::super::sheet::{Frame, asset, lang_of, page, tag, yuan};
use super::super::world::World;
use crate::api::calendar::datetime;
use crate::api::{Lang, Word};
use crate::wire::{Reply, Request};

pub(super) const PAGE: &str = include_str!("dashboard.html");
pub(super) const BOARD: &str = include_str!("board.html");
pub(super) const ORDER: &str = include_str!("board_order.html");
pub(super) const NOTICE: &str = include_str!("board_notice.html");
pub(super) const ATTEMPT: &str = include_str!("board_attempt.html");
pub(super) const CALL: &str = include_str!("board_call.html");
pub(super) const REFUSED: &str = include_str!("board_refused.html");

/// Most things of one kind that are shown.
const SHOWN: usize = 40;
/// Most wrong signatures that are shown.
const WRONG: usize = 8;

/// The page, its changing part, or the beginning of the stream that tells of
/// changes; the server keeps that stream open.
pub(in crate::mock) fn answer(world: &mut World, request: &Request, now: u64) -> Option<Reply> {
    let lang = lang_of(request);
    match (request.method.as_str(), request.path()) {
        ("GET", "/_mock") => Some(Reply::redirect("/_mock/")),
        ("GET", "/_mock/") => {
            let whole = whole(world, lang, now);
            Some(page(TITLE.text(lang), whole, lang, Frame::Never))
        }
        ("GET", "/_mock/board") => {
            Some(asset("text/html; charset=utf-8", &board(world, lang, now).into_text()))
        }
        ("GET", "/_mock/events") => {
            Some(asset("text/event-stream", "retry: 1000\nevent: changed\ndata: {}\n\n"))
        }
        _ => None,
    }
}

const TITLE: Word = Word::new("本地微信网关", "Local WeChat gateway");

fn whole(world: &mut World, lang: Lang, now: u64) -> Html {
    let keys = world.identity.default_keys();
    let (board, other) = (board(world, lang, now), if lang == Lang::Zh { Lang::En } else { Lang::Zh });
    let slots = [
        ("app_id", keys.app_id.unwrap_or_default().into()),
        ("mch_id", keys.mch_id.unwrap_or_default().into()),
        ("lang", tag(lang).into()),
        ("other", tag(other).into()),
        ("other_name", if other == Lang::Zh { "中文" } else { "English" }.into()),
        ("board", board.into()),
    ];
    fill(PAGE, lang, &slots)
}

fn board(world: &mut World, lang: Lang, now: u64) -> Html {
    let wrong =
        world.log.entries().rev().filter_map(|entry| Some(refused(entry, entry.refused.as_ref()?, lang)));
    let wrong: Html = wrong.take(WRONG).collect();
    let calls: Html = world.log.entries().rev().take(SHOWN).map(|entry| call(entry, lang)).collect();
    let notices: Html = world.notices.all().rev().take(SHOWN).map(|one| notice(one, lang)).collect();
    let orders: Html = world.ledger.all(now).rev().take(SHOWN).map(|one| order(one, lang)).collect();
    let or_none = |html: Html| if html == Html::none() { fill(NOTHING, lang, &[]) } else { html };
    let slots = [
        (
            "wrong",
            if wrong == Html::none() { wrong } else { fill(WRONG_ONES, lang, &[("wrong", wrong.into())]) }
                .into(),
        ),
        ("orders", or_none(orders).into()),
        ("notices", or_none(notices).into()),
        ("calls", or_none(calls).into()),
        ("faults", faults(&world.faults, lang).into()),
    ];
    fill(BOARD, lang, &slots)
}

const NOTHING: &str = "<p class=\"quiet none\">[[还没有|None yet]]</p>";
const WRONG_ONES: &str = "<section><h2>[[签名错误|Wrong signatures]]</h2>{{wrong}}</section>";

fn order(order: &Order, lang: Lang) -> Html {
    let refund = matches!(order.state, State::Success | State::Refund) && order.left() > 0;
    let action = match order.state {
        State::NotPay | State::UserPaying { .. } => PAY,
        _ if refund => REFUND,
        _ => "",
    };
    let refunds: Html = order
        .refunds
        .iter()
        .map(|refund| {
            let slots = [("number", refund.out_refund_no.as_str().into()), ("fee", yuan(refund.fee).into())];
            fill(REFUND_LINE, lang, &slots)
        })
        .collect();
    let number = crate::wire::query::escape(&order.ask.out_trade_no);
    let slots = [
        ("body", order.ask.subject.as_str().into()),
        ("fee", yuan(order.ask.total_fee).into()),
        ("state", order.state.as_str().into()),
        ("tone", tone(order.state).into()),
        ("told", told(order.state).text(lang).into()),
        ("out_trade_no", order.ask.out_trade_no.as_str().into()),
        ("trade_type", order.ask.trade_type.as_str().into()),
        ("at", datetime(order.created).into()),
        ("refunds", refunds.into()),
        ("action", fill(action, lang, &[("number", number.into())]).into()),
    ];
    fill(ORDER, lang, &slots)
}

const PAY: &str =
    "<button class=\"small-button\" data-post=\"/_mock/orders/{{number}}/pay\">[[付款|Pay]]</button>";
const REFUND: &str = "<button class=\"small-button plain\" data-post=\"/_mock/orders/{{number}}/refund\">[[退款|Refund]]</button>";
const REFUND_LINE: &str =
    "<p class=\"quiet\">[[已退款|Refunded]] &yen;{{fee}} <span class=\"mono\">{{number}}</span></p>";

const fn tone(state: State) -> &'static str {
    match state {
        State::Success => "good",
        State::NotPay | State::UserPaying { .. } => "open",
        State::Refund => "back",
        State::Closed | State::Revoked | State::PayError => "over",
    }
}

const fn told(state: State) -> Word {
    match state {
        State::NotPay => Word::new("未支付", "Not paid"),
        State::UserPaying { .. } => Word::new("输入密码中", "Typing the password"),
        State::Success => Word::new("已支付", "Paid"),
        State::Refund => Word::new("有退款", "Refunded"),
        State::Closed => Word::new("已关闭", "Closed"),
        State::Revoked => Word::new("已撤销", "Reversed"),
        State::PayError => Word::new("支付失败", "Failed"),
    }
}

fn notice(notice: &Notice, lang: Lang) -> Html {
    let (tone, told) = match notice.state {
        notices::State::Waiting => ("open", Word::new("等待", "Waiting")),
        notices::State::Delivered => ("good", Word::new("已送达", "Delivered")),
        notices::State::GivenUp => ("bad", Word::new("已放弃", "Given up")),
    };
    let kind = match notice.about.out_refund_no {
        Some(_) => Word::new("退款通知", "Refund notice"),
        None => Word::new("支付通知", "Payment notice"),
    };
    let next = notice.next_at.map_or_else(Html::none, |at| fill(NEXT, lang, &[("at", clock(at).into())]));
    let slots = [
        ("id", notice.id.to_string().into()),
        ("kind", kind.text(lang).into()),
        ("tone", tone.into()),
        ("told", told.text(lang).into()),
        ("url", notice.request.url.as_str().into()),
        ("out_trade_no", notice.about.out_trade_no.as_str().into()),
        ("attempts", notice.attempts.iter().map(|one| attempt(one, lang)).collect::<Html>().into()),
        ("next", next.into()),
    ];
    fill(NOTICE, lang, &slots)
}

const NEXT: &str = "<li class=\"quiet\">[[下一次|Next]] {{at}}</li>";

fn attempt(attempt: &Attempt, lang: Lang) -> Html {
    let (tone, status, reply) = match &attempt.outcome {
        Outcome::Answered { status, success, start } => {
            (if *success { "good" } else { "bad" }, format!("HTTP {status}"), start.as_str())
        }
        Outcome::Failed { why } => ("bad", why.clone(), ""),
    };
    let slots = [
        ("at", clock(attempt.at).into()),
        ("tone", tone.into()),
        ("status", status.into()),
        ("reply", reply.into()),
    ];
    fill(ATTEMPT, lang, &slots)
}

fn call(entry: &Entry, lang: Lang) -> Html {
    let is_good = ["ok", "consent"].contains(&&*entry.verdict);
    let slots = [
        ("at", clock(entry.at).into()),
        ("method", (*entry.method).into()),
        ("path", (*entry.path).into()),
        ("verdict", (*entry.verdict).into()),
        ("tone", if is_good { "good" } else { "bad" }.into()),
    ];
    fill(CALL, lang, &slots)
}

/// The time of the day.
fn clock(at: u64) -> String {
    datetime(at).split_off(11)
}

fn refused(entry: &Entry, case: &RefusedSign, lang: Lang) -> Html {
    let reasons = entry.report.as_ref().map_or_else(Vec::new, |report| reasons(report, lang));
    let reasons: Html = reasons
        .into_iter()
        .map(|(why, fix)| fill(REASON, lang, &[("why", why.into()), ("fix", fix.into())]))
        .collect();
    let unknown = || fill(UNKNOWN, lang, &[]);
    let own = OWN_KEY.text(lang);
    let slots = [
        ("id", entry.id.to_string().into()),
        ("endpoint", entry.endpoint.into()),
        ("verdict", (*entry.verdict).into()),
        ("at", clock(entry.at).into()),
        ("given", case.given.as_str().into()),
        ("expected", case.right.as_ref().map_or(own, |right| &right.signature).into()),
        ("canonical", case.right.as_ref().map_or(own, |right| &right.canonical).into()),
        ("reasons", if reasons == Html::none() { unknown() } else { reasons }.into()),
    ];
    fill(REFUSED, lang, &slots)
}

const OWN_KEY: Word = Word::new("不显示：这把密钥是你自己的", "not shown: the key is your own");
const REASON: &str = "<li><strong>{{why}}</strong><span>{{fix}}</span></li>";
const UNKNOWN: &str = "<li><span>[[还没有找到原因，请对照下面的待签名串|No reason found yet: compare with the string below]]</span></li>";

/// Why, and what to do, of the best explanation of a report.
pub(in crate::mock) fn reasons(report: &Value, lang: Lang) -> Vec<(String, String)> {
    let best = &report["explanations"][0];
    let own = &best[tag(lang)];
    let said = if own.is_object() { own } else { best };
    let list = |name: &str| said[name].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    list("why").iter().zip(list("fix").iter()).map(|(why, fix)| (text(why), text(fix))).collect()
}

fn faults(faults: &Faults, lang: Lang) -> Html {
    let list = faults.list();
    let list = list["faults"].as_array().cloned().unwrap_or_default();
    let lines: Html = list.iter().rev().take(SHOWN).map(|one| fault(one, lang)).collect();
    if lines == Html::none() { lines } else { fill(FAULTS, lang, &[("lines", lines.into())]) }
}

/// `unifiedorder code=SYSTEMERROR`, and how often it will still happen.
fn fault(fault: &Value, lang: Lang) -> Html {
    let own = ["endpoint", "count", "id", "left", "happened"];
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let effects = fault.as_object().into_iter().flatten().filter(|(name, _)| !own.contains(&name.as_str()));
    let effects: Vec<String> = effects.map(|(name, value)| format!("{name}={}", text(value))).collect();
    let slots = [
        ("what", format!("{} {}", text(&fault["endpoint"]), effects.join(" ")).into()),
        ("left", fault["left"].as_u64().map_or_else(|| "\u{221e}".to_owned(), |n| n.to_string()).into()),
        ("tone", if fault["left"] == 0 { "spent" } else { "" }.into()),
    ];
    fill(FAULT, lang, &slots)
}

const FAULT: &str = "<p class=\"{{tone}}\"><span class=\"mono\">{{what}}</span><span class=\"quiet\">[[还剩|left]] {{left}}</span></p>";
const FAULTS: &str = "<section class=\"faults\">{{lines}}<button class=\"small-button plain\" \
    data-method=\"DELETE\" data-post=\"/_mock/faults\">[[全部清除|Clear all]]</button></section>";

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_report_is_read_in_the_readers_language() {
        let both = json!({ "explanations": [{
            "why": ["w"], "fix": ["f"],
            "zh": { "why": ["因为"], "fix": ["这样改"] }, "en": { "why": ["because"], "fix": ["do this"] },
        }] });
        assert_eq!(reasons(&both, Lang::Zh), [("因为".to_owned(), "这样改".to_owned())]);
        assert_eq!(reasons(&both, Lang::En), [("because".to_owned(), "do this".to_owned())]);
        let one = json!({ "explanations": [{ "why": ["w"], "fix": ["f"] }] });
        assert_eq!(reasons(&one, Lang::Zh), [("w".to_owned(), "f".to_owned())]);
        assert!(reasons(&json!({}), Lang::En).is_empty());
    }

    #[test]
    fn the_clock_shows_the_time_in_beijing() {
        assert_eq!(clock(1_768_478_400), "20:00:00");
    }
}
