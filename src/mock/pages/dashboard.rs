//! The dashboard at `/_mock/`: wrong signatures with their reasons, orders,
//! refunds, notices with every attempt, calls, faults; buttons for all of it.
//! Comes in: what the gateway remembers; goes out: the page, or its changing
//! part alone, which the page fetches again whenever something happened.

use serde_json::Value;

use super::super::faults::Faults;
use super::super::ledger::{Order, State};
use super::super::notices::{self, Attempt, Notice, Outcome};
use super::super::sheet::html::{Html, fill};
use super::super::sheet::{Frame, asked, asset, lang_of, page, tag, yuan};
use super::super::world::World;
use super::calls::{self, clock};
use crate::api::calendar::datetime;
use crate::api::{Lang, Word};
use crate::wire::{Reply, Request};

pub(super) const PAGE: &str = include_str!("dashboard.html");
pub(super) const BOARD: &str = include_str!("board.html");
pub(super) const ORDER: &str = include_str!("board_order.html");
pub(super) const NOTICE: &str = include_str!("board_notice.html");
pub(super) const ATTEMPT: &str = include_str!("board_attempt.html");

/// Most things of one kind that are shown.
const SHOWN: usize = 40;
/// Most wrong signatures that are shown.
const WRONG: usize = 8;

/// The page, its changing part, or the beginning of the stream that tells of
/// changes; the server keeps that stream open.
pub(in crate::mock) fn answer(world: &mut World, request: &Request, now: u64) -> Option<Reply> {
    let lang = lang_of(request);
    let wanted = asked(request).get("q").unwrap_or_default().trim().to_lowercase();
    match (request.method.as_str(), request.path()) {
        ("GET", "/_mock") => Some(Reply::redirect("/_mock/")),
        ("GET", "/_mock/") => {
            let whole = whole(world, lang, now);
            Some(page(TITLE.text(lang), whole, lang, Frame::Never))
        }
        ("GET", "/_mock/board") => {
            Some(asset("text/html; charset=utf-8", &board(world, &wanted, lang, now).into_text()))
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
    let (board, other) = (board(world, "", lang, now), if lang == Lang::Zh { Lang::En } else { Lang::Zh });
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

/// The changing part, with the orders in whose number or goods this stands.
fn board(world: &mut World, wanted: &str, lang: Lang, now: u64) -> Html {
    let wrong = calls::wrong(world.log.entries().rev(), WRONG, lang);
    let calls = calls::calls(world.log.entries().rev(), SHOWN, lang);
    let notices: Html = world.notices.all().rev().take(SHOWN).map(|one| notice(one, lang)).collect();
    let is_wanted = |order: &&&Order| {
        let ask = &order.ask;
        wanted.is_empty()
            || [&ask.out_trade_no, &ask.subject].iter().any(|text| text.to_lowercase().contains(wanted))
    };
    let orders: Vec<&Order> = world.ledger.all(now).rev().collect();
    let orders: Html = orders.iter().filter(is_wanted).take(SHOWN).map(|one| order(one, lang)).collect();
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

/// Faults that will still happen; those that are alike are one line.
fn faults(faults: &Faults, lang: Lang) -> Html {
    let list = faults.list();
    let mut lines: Vec<Line> = Vec::new();
    let in_force = list["faults"].as_array().into_iter().flatten().filter(|fault| fault["left"] != 0);
    for fault in in_force {
        let (what, left) = (told_fault(fault), fault["left"].as_u64());
        let url = format!("/_mock/faults/{}", text_of(&fault["id"]));
        match lines.iter_mut().find(|line| line.what == what) {
            Some(line) => {
                line.left = line.left.zip(left).map(|(one, more)| one + more);
                line.urls.push(url);
            }
            None => lines.push(Line { what, left, urls: vec![url] }),
        }
    }
    let lines: Html = lines.iter().rev().take(SHOWN).map(|line| line.shown(lang)).collect();
    if lines == Html::none() { lines } else { fill(FAULTS, lang, &[("lines", lines.into())]) }
}

/// Faults that are alike.
struct Line {
    what: String,
    /// How often it will happen; none is always.
    left: Option<u64>,
    /// Where they are taken away.
    urls: Vec<String>,
}

impl Line {
    fn shown(&self, lang: Lang) -> Html {
        let slots = [
            ("what", self.what.as_str().into()),
            ("left", self.left.map_or_else(|| "\u{221e}".to_owned(), |n| n.to_string()).into()),
            ("urls", self.urls.join(" ").into()),
        ];
        fill(FAULT, lang, &slots)
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// `unifiedorder code=SYSTEMERROR`
fn told_fault(fault: &Value) -> String {
    let own = ["endpoint", "count", "id", "left", "happened"];
    let effects = fault.as_object().into_iter().flatten().filter(|(name, _)| !own.contains(&name.as_str()));
    let effects: Vec<String> = effects.map(|(name, value)| format!("{name}={}", text_of(value))).collect();
    format!("{} {}", text_of(&fault["endpoint"]), effects.join(" "))
}

const FAULT: &str = "<p><span class=\"mono\">{{what}}</span><span class=\"quiet\">[[还剩|left]] {{left}}</span>\
    <button class=\"small-button plain\" data-method=\"DELETE\" data-post=\"{{urls}}\">[[清除|Clear]]</button></p>";
const FAULTS: &str =
    "<section><h2>[[生效中的故障|Faults in force]]</h2><div class=\"faults\">{{lines}}</div></section>";
