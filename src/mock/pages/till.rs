//! Where an order is paid: the cashier, the page between H5 and WeChat, the
//! scanner. Comes in: a prepay_id, a `pr` or a pasted link; goes out: the
//! page; on the person's word the order is paid as the control plane pays it.

use super::super::caller::is_on_this_machine;
use super::super::cashier::{self, CannotPay, How};
use super::super::ledger::{Name, Order, PREPAY_LIFE, State};
use super::super::no::{CROSS_SITE, refusal};
use super::super::sheet::html::{Html, fill};
use super::super::sheet::{Frame, asked, is_foreign_post, lang_of, page, problem, tag, yuan};
use super::super::world::World;
use crate::api::{Lang, Word};
use crate::wire::{Fields, Reply, Request, query};

pub(super) const CASHIER: &str = include_str!("cashier.html");
pub(super) const END: &str = include_str!("cashier_end.html");
pub(super) const H5: &str = include_str!("h5.html");
pub(super) const SCAN: &str = include_str!("scan.html");
pub(super) const SCAN_ORDER: &str = include_str!("scan_order.html");

const TITLE: Word = Word::new("微信支付", "WeChat Pay");
const NO_ORDER: Word = Word::new(
    "没有这个 prepay_id 的订单：检查下单是否成功，网关是否重启过",
    "no order has this prepay_id: was it ordered here, has the gateway been restarted?",
);
const OVER: Word = Word::new("订单已经结束：不能再支付", "the order has ended: it cannot be paid any more");
const TOO_LATE: Word =
    Word::new("prepay_id 超过两小时，重新下单", "the prepay_id is older than two hours: order again");

/// The cashier of one order; a post pays it or tries to.
pub(super) fn cashier(world: &mut World, request: &Request, now: u64) -> Reply {
    if is_foreign_post(request) {
        return refusal(&CROSS_SITE);
    }
    let (asked, lang) = (asked(request), lang_of(request));
    let name = Name::Prepay(asked.get("prepay_id").unwrap_or_default());
    let Some(order) = world.ledger.find(name, now).map(|order| order.clone()) else {
        return problem("订单不存在", NO_ORDER.text(lang), None, lang);
    };
    let place = Place::of(&asked);
    match (request.method.as_str(), asked.get("action")) {
        ("POST", Some("pay")) => pay(world, &order, &place, lang, now),
        ("POST", Some("poor")) => till(&order, &place, Banner::Poor, lang),
        _ if matches!(order.state, State::Success | State::Refund) => paid(&order, &place, lang),
        _ if !is_open(order.state) => problem("该订单已关闭", OVER.text(lang), None, lang),
        _ if now >= order.prepay_expires => {
            problem("订单已过期，请重新下单", TOO_LATE.text(lang), None, lang)
        }
        _ => till(&order, &place, Banner::None, lang),
    }
}

const fn is_open(state: State) -> bool {
    matches!(state, State::NotPay | State::UserPaying { .. })
}

fn pay(world: &mut World, order: &Order, place: &Place, lang: Lang, now: u64) -> Reply {
    if is_open(order.state) && now >= order.prepay_expires {
        return problem("订单已过期，请重新下单", TOO_LATE.text(lang), None, lang);
    }
    match cashier::pay(world, &order.ask.mch_id, &order.ask.out_trade_no, How::default(), now) {
        Ok(order) => paid(&order, place, lang),
        Err(CannotPay::NotPayable(State::Success | State::Refund)) => paid(order, place, lang),
        Err(_) => problem("该订单已关闭", OVER.text(lang), None, lang),
    }
}

/// Where the cashier was opened: over a page of the shop, or as a page of its own.
struct Place {
    from: &'static str,
    /// The page to go back to; empty if there is none.
    back: String,
}

impl Place {
    fn of(asked: &Fields) -> Self {
        let from = if asked.get("from") == Some("frame") { "frame" } else { "page" };
        let back = asked.get("back").filter(|url| is_web(url)).unwrap_or_default().to_owned();
        Self { from, back }
    }

    /// Where a button leads; in a frame the script takes it.
    fn way_out(&self) -> &str {
        if self.back.is_empty() { "/_wx/scan" } else { &self.back }
    }
}

/// A link that is no script.
fn is_web(url: &str) -> bool {
    url.starts_with("https://")
        || url.starts_with("http://")
        || (url.starts_with('/') && !url.starts_with("//"))
}

/// What stands above the buttons.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Banner {
    None,
    Poor,
}

const POOR: &str = "<p class=\"banner\" role=\"alert\">[[余额不足，请更换支付方式|Insufficient balance, choose another way to pay]]</p>";

fn till(order: &Order, place: &Place, banner: Banner, lang: Lang) -> Reply {
    let banner = if banner == Banner::Poor { fill(POOR, lang, &[]) } else { Html::none() };
    let body = fill(
        CASHIER,
        lang,
        &[
            ("fee", yuan(order.ask.total_fee).into()),
            ("mch_id", order.ask.mch_id.as_str().into()),
            ("body", order.ask.subject.as_str().into()),
            ("out_trade_no", order.ask.out_trade_no.as_str().into()),
            ("prepay_id", order.prepay_id.as_str().into()),
            ("from", place.from.into()),
            ("back", place.back.as_str().into()),
            ("way_out", place.way_out().into()),
            ("lang", tag(lang).into()),
            ("banner", banner.into()),
        ],
    );
    page(TITLE.text(lang), body, lang, Frame::Anywhere)
}

fn paid(order: &Order, place: &Place, lang: Lang) -> Reply {
    let slots = [
        ("fee", yuan(order.ask.total_fee).into()),
        ("mch_id", order.ask.mch_id.as_str().into()),
        ("from", place.from.into()),
        ("way_out", place.way_out().into()),
    ];
    page(TITLE.text(lang), fill(END, lang, &slots), lang, Frame::Anywhere)
}

/// A link of H5 is good for five minutes.
const H5_LIFE: u64 = 300;
const NO_REFERER: Word = Word::new(
    "打开 mweb_url 的请求没有 Referer：必须从商户页面跳转过来，页面不能设置 no-referrer，也不能直接输入地址",
    "the request for mweb_url has no Referer: the shop's own page has to lead here; no-referrer or a typed address will not do",
);
const STALE: Word =
    Word::new("mweb_url 只在 5 分钟内有效，重新下单", "a mweb_url is good for five minutes: order again");

/// The page that leads from a browser to WeChat (`mweb_url`).
pub(super) fn h5(world: &mut World, request: &Request, now: u64) -> Reply {
    let (asked, lang) = (asked(request), lang_of(request));
    let name = Name::Prepay(asked.get("prepay_id").unwrap_or_default());
    let Some(order) = world.ledger.find(name, now).filter(|order| order.ask.trade_type == "MWEB") else {
        return problem("订单不存在", NO_ORDER.text(lang), None, lang);
    };
    if request.header("referer").is_none() {
        // This page is the Referer of its own link.
        return problem(
            "商家参数格式有误，请联系商家解决",
            NO_REFERER.text(lang),
            Some(request.url.clone()),
            lang,
        );
    }
    if now >= order.prepay_expires.saturating_sub(PREPAY_LIFE - H5_LIFE) {
        return problem("支付请求已失效，请重新发起支付", STALE.text(lang), None, lang);
    }
    let back = asked
        .get("redirect_url")
        .filter(|url| is_web(url))
        .or(request.header("referer").filter(|url| is_web(url)));
    let back = back.unwrap_or("/");
    let till =
        format!("/_wx/cashier?prepay_id={}&back={}", query::escape(&order.prepay_id), query::escape(back));
    let slots = [
        ("fee", yuan(order.ask.total_fee).into()),
        ("body", order.ask.subject.as_str().into()),
        ("till", till.into()),
        ("back", back.into()),
    ];
    page(TITLE.text(lang), fill(H5, lang, &slots), lang, Frame::Never)
}

const NO_CODE: &str =
    "<p class=\"banner\" role=\"alert\">[[没有这个二维码的订单|No order has this code]]</p>";

/// The scanner: a link is pasted or clicked in place of a camera.
pub(super) fn scan(world: &mut World, request: &Request, now: u64) -> Reply {
    let (asked, lang) = (asked(request), lang_of(request));
    let code = asked.filled("code").map(str::trim);
    let order = code.and_then(|code| world.ledger.find(Name::Pr(pr_of(code)), now));
    if let Some(order) = order {
        return Reply::redirect(format!("/_wx/cashier?prepay_id={}", query::escape(&order.prepay_id)));
    }
    let banner = if code.is_some() { fill(NO_CODE, lang, &[]) } else { Html::none() };
    // What waits here is nobody's business but this machine's.
    let is_ours = is_on_this_machine(request) && request.is_to_own_name();
    let waiting = if is_ours { waiting(world, lang, now) } else { Html::none() };
    let slots = [
        ("code", code.unwrap_or_default().into()),
        ("lang", tag(lang).into()),
        ("banner", banner.into()),
        ("waiting", waiting.into()),
    ];
    page(SCAN_TITLE.text(lang), fill(SCAN, lang, &slots), lang, Frame::Never)
}

const SCAN_TITLE: Word = Word::new("扫一扫", "Scan");
/// Most orders that are offered to click.
const OFFERED: usize = 10;

fn waiting(world: &mut World, lang: Lang, now: u64) -> Html {
    let open = world
        .ledger
        .all(now)
        .rev()
        .filter(|order| order.ask.trade_type == "NATIVE" && order.state == State::NotPay);
    let row = |order: &Order| {
        let slots = [
            ("prepay_id", order.prepay_id.as_str().into()),
            ("body", order.ask.subject.as_str().into()),
            ("out_trade_no", order.ask.out_trade_no.as_str().into()),
            ("fee", yuan(order.ask.total_fee).into()),
        ];
        fill(SCAN_ORDER, lang, &slots)
    };
    open.take(OFFERED).map(row).collect()
}

/// The `pr` of `weixin://wxpay/bizpayurl?pr=…`, or the text itself.
fn pr_of(code: &str) -> &str {
    let after = code.split_once("pr=").map_or(code, |(_, after)| after);
    after.split('&').next().unwrap_or(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_with_or_without_its_link() {
        assert_eq!(pr_of("weixin://wxpay/bizpayurl?pr=NwY5Mz9zz"), "NwY5Mz9zz");
        assert_eq!(pr_of("weixin://wxpay/bizpayurl?pr=NwY5Mz9zz&x=1"), "NwY5Mz9zz");
        assert_eq!(pr_of("NwY5Mz9zz"), "NwY5Mz9zz");
    }

    #[test]
    fn the_way_back_is_no_script() {
        let links =
            ["https://a.cn/b", "http://a/", "/shop", "javascript:alert(1)", "//evil", "data:text/html,x"];
        assert_eq!(links.map(is_web), [true, true, true, false, false, false]);
    }
}
