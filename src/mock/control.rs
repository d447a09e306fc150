//! The control plane under `/_mock/`: look at what happened, pay an order, send
//! a notice again, set faults. Comes in: a request; goes out: JSON. Answers this
//! machine only unless told otherwise, and no page of another site.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::answer::{Answered, Draft};
use super::caller::{is_cross_site, is_on_this_machine};
use super::cashier::{self, CannotPay, GiveBack, How};
use super::desks;
use super::faults;
use super::ledger::{By, Coupon, Order};
use super::letter;
use super::looking::{Look, Query};
use super::no::{CROSS_SITE, No, json_reply, no, refusal};
use super::notices::{Notice, State as Delivery};
use super::pages::dashboard;
use super::paths;
use super::scans::{Code, Then};
use super::sheet::wants_page;
use super::show;
use super::transfers::Decision;
use super::world::World;
use crate::wire::{Reply, Request};

const ROOT: &str = "/_mock";
/// Most coupons of one payment.
const MOST_COUPONS: usize = 20;

const NOT_LOCAL: No =
    no(403, "mock.not_local", "控制接口只接受本机访问", "the control plane answers this machine only");
const NO_TOKEN: No = no(
    401,
    "mock.no_token",
    "控制接口的令牌缺失或不对：Authorization: Bearer",
    "the token of the control plane is missing or wrong: Authorization: Bearer",
);
const FOREIGN_NAME: No = no(
    403,
    "mock.foreign_name",
    "控制接口只在 IP 地址或 localhost 下可用，别的域名可能是网页冒用的",
    "the control plane answers under an address or localhost: any other name may be a web page's",
);
const NOT_FOUND: No = no(404, "mock.not_found", "没有这个地址、订单或通知", "no such path, order or notice");
const BAD_BODY: No = no(400, "mock.bad_body", "请求体不是可用的 JSON", "the body is not usable JSON");
const BAD_FAULT: No = no(400, "mock.bad_fault", "故障写得不对", "the fault is not understood");
const BAD_CODE: No = no(400, "mock.bad_code", "二维码不对", "the code cannot be scanned");
const NOT_PAYABLE: No =
    no(409, "mock.not_payable", "订单当前状态不能支付", "the order cannot be paid in its present state");
const NOT_OPEN: No = no(409, "mock.not_open", "只能关闭未支付的订单", "only an unpaid order can be closed");
const NOT_REFUNDED: No = no(409, "mock.not_refunded", "退款被拒绝", "the refund was refused");
const TOO_MANY_COUPONS: No =
    no(400, "mock.too_many_coupons", "代金券金额超过订单金额", "the coupons are worth more than the order");

/// Whether a path belongs to the control plane.
pub(super) fn is_control(path: &str) -> bool {
    path == ROOT || path.starts_with("/_mock/")
}

/// Answers a control request.
pub(super) fn answer(world: &mut World, request: &Request, now: u64) -> Answered<Draft> {
    let (reply, patience) = said(world, request, now);
    Answered { patience, ..Answered::plain(reply) }
}

/// The reply, and how long another look is worth it.
fn said(world: &mut World, request: &Request, now: u64) -> (Reply, Option<Duration>) {
    if request.method == "GET" && request.path() == "/_mock/healthz" && !is_cross_site(request) {
        // Whoever is about to move money asks, from wherever it is, and it tells nothing else.
        return (json_reply(200, &health()), None);
    }
    if let Err(no) = admit(world, request) {
        return (refusal(&no), None);
    }
    let is_index = request.path().trim_end_matches('/') == ROOT && !wants_page(request);
    if let Some(page) = dashboard::answer(world, request, now).filter(|_| !is_index) {
        return (page, None);
    }
    let Look { found, patience } = look(world, request, now);
    (found.map_or_else(|no| refusal(&no), |shown| json_reply(200, &shown)), patience)
}

/// That it lives, and what it is.
fn health() -> Value {
    json!({ "status": "ok", "gateway": "wxkit" })
}

fn admit(world: &World, request: &Request) -> Result<(), No> {
    let access = &world.options.control;
    let is_guest = access.invites(request);
    match request {
        _ if is_cross_site(request) => Err(CROSS_SITE),
        // No page can show a token that it does not know, whatever name it gave itself.
        _ if is_guest && access.believes(request) => Ok(()),
        _ if !is_on_this_machine(request) => Err(if is_guest { NO_TOKEN } else { NOT_LOCAL }),
        _ if !request.is_to_own_name() => Err(FOREIGN_NAME),
        _ => Ok(()),
    }
}

/// Lists and things that can be waited for; what is left is done at once.
fn look(world: &mut World, request: &Request, now: u64) -> Look {
    let parts = parts(request);
    if request.method != "GET" {
        return handle(world, request, &parts, now).into();
    }
    let query = match Query::of(request) {
        Ok(query) => query,
        Err(no) => return Err(no).into(),
    };
    match parts.as_slice() {
        ["requests"] => query.list("requests", world.log.entries().map(show::call)),
        ["orders"] => query.list("orders", world.ledger.all(now).map(show::order)),
        ["notices"] => query.list("notices", world.notices.all().map(show::notice)),
        ["orders", number] => {
            let number = plain(number);
            let found = world.ledger.by_number(&number, now).map(|order| show::order(order)).ok_or(NOT_FOUND);
            query.one(found, |order, until| has_come(world, order, until))
        }
        _ => handle(world, request, &parts, now).into(),
    }
}

/// The path below `/_mock`.
fn parts(request: &Request) -> Vec<&str> {
    request.path().trim_end_matches('/').split('/').skip(2).collect()
}

/// Whether an order has come so far; none for a word that names no point on its way.
fn has_come(world: &World, order: &Value, until: &str) -> Option<bool> {
    let is_delivered = |notice: &Notice| {
        notice.state == Delivery::Delivered && order["out_trade_no"] == *notice.about.out_trade_no
    };
    Some(match until {
        "paid" => order.get("paid_at").is_some(),
        "refunded" => order["refunds"].as_array().is_some_and(|refunds| !refunds.is_empty()),
        "closed" => order["trade_state"] == "CLOSED" || order["trade_state"] == "REVOKED",
        "notified" => world.notices.all().any(is_delivered),
        _ => return None,
    })
}

fn handle(world: &mut World, request: &Request, parts: &[&str], now: u64) -> Result<Value, No> {
    match (request.method.as_str(), parts) {
        ("GET", []) => Ok(paths::index()),
        ("GET", ["openapi.json"]) => Ok(paths::openapi()),
        ("GET", ["healthz"]) => Ok(health()),
        ("GET", ["identity"]) => Ok(show::identity(&world.identity)),
        ("GET", ["state"]) => Ok(counts(world, now)),
        ("PUT", ["state", name]) => keep(world, name),
        ("POST", ["state", name]) => go_back(world, name, now),
        ("POST", ["orders", number, "pay"]) => pay(world, &plain(number), request, now),
        ("POST", ["orders", number, "refund"]) => refund(world, &plain(number), request, now),
        ("POST", ["orders", number, "close"]) => close(world, &plain(number), now),
        ("POST", ["notices", id, "resend"]) => resend(world, id, now),
        ("GET", ["transfers"]) => {
            Ok(json!({ "transfers": world.transfers.all().map(show::transfer).collect::<Vec<_>>() }))
        }
        ("POST", ["transfers", number, "confirm"]) => decide(world, &plain(number), Decision::Takes, now),
        ("POST", ["transfers", number, "refuse"]) => decide(world, &plain(number), Decision::Refuses, now),
        ("GET", ["native"]) => Ok(world.scans.shown()),
        ("POST", ["native", "scan"]) => scan_code(world, request, now),
        ("GET", ["faults"]) => Ok(world.faults.list()),
        ("GET", ["faults", "known"]) => Ok(faults::known()),
        ("POST", ["faults"]) => add_faults(world, request),
        ("DELETE", ["faults"]) => {
            world.faults.clear();
            Ok(world.faults.list())
        }
        ("DELETE", ["faults", id]) if id.parse().is_ok_and(|id| world.faults.remove(id)) => {
            Ok(world.faults.list())
        }
        ("POST", ["reset"]) => {
            world.reset();
            Ok(json!({ "status": "ok" }))
        }
        _ => Err(NOT_FOUND),
    }
}

/// `|` and `*` may stand in an order number, and come percent-encoded.
fn plain(number: &str) -> String {
    let pair = format!("n={}", number.replace('+', "%2B"));
    let fields = crate::wire::query::read(&pair).unwrap_or_default();
    fields.get("n").unwrap_or(number).to_owned()
}

fn body(request: &Request) -> Result<Value, No> {
    if request.body.trim_ascii().is_empty() {
        return Ok(json!({}));
    }
    let value = serde_json::from_slice(&request.body).map_err(|_| BAD_BODY)?;
    Ok(value)
}

fn pay(world: &mut World, number: &str, request: &Request, now: u64) -> Result<Value, No> {
    let how = how(&body(request)?)?;
    let mch_id = world.ledger.by_number(number, now).ok_or(NOT_FOUND)?.ask.mch_id.clone();
    let order = cashier::pay(world, &mch_id, number, how, now).map_err(|why| match why {
        CannotPay::NoSuchOrder => NOT_FOUND,
        CannotPay::NotPayable(_) => NOT_PAYABLE,
        CannotPay::TooManyCoupons => TOO_MANY_COUPONS,
    })?;
    let mut shown = show::order(&order);
    if let Some(notice) = told(world, &order, now) {
        shown["notice"] = notice;
    }
    Ok(shown)
}

/// The notice that an order's merchant is about to get for what has just happened, as
/// it will be sent. Not of a person's own key: what is signed with it goes to the
/// merchant alone.
fn told(world: &mut World, order: &Order, now: u64) -> Option<Value> {
    let before = world.notices.all().next_back().map_or(0, |notice| notice.id);
    desks::tell_all(world, now);
    let news = world.notices.all().rev().take_while(|notice| notice.id > before);
    let notice = news.into_iter().find(|notice| notice.about.out_trade_no == order.ask.out_trade_no)?;
    let mut shown = show::notice(notice);
    if !world.identity.has_own_key() {
        shown["headers"] = notice.request.headers.iter().cloned().collect();
        shown["body"] = String::from_utf8_lossy(&notice.request.body).into();
    }
    Some(shown)
}

/// How much there is of everything.
fn counts(world: &mut World, now: u64) -> Value {
    let mut orders = Map::new();
    for order in world.ledger.all(now) {
        let count = orders.get(order.state.as_str()).and_then(Value::as_u64).unwrap_or(0);
        orders.insert(order.state.as_str().to_owned(), (count + 1).into());
    }
    let refused = world.log.entries().filter(|entry| entry.verdict != "ok").count();
    let waiting = world.notices.all().filter(|notice| notice.state == Delivery::Waiting).count();
    json!({
        "orders": orders,
        "notices": { "all": world.notices.all().count(), "waiting": waiting },
        "requests": { "all": world.log.entries().count(), "refused": refused },
        "kept": world.kept.keys().collect::<Vec<_>>(),
    })
}

/// Most states that are kept under a name.
const MOST_KEPT: usize = 16;
const TOO_MANY_KEPT: No = no(409, "mock.too_many_kept", "最多保存 16 个状态", "16 states are kept at most");
const NOT_KEPT: No = no(404, "mock.not_kept", "没有保存过这个名字的状态", "no state is kept under this name");

fn keep(world: &mut World, name: &str) -> Result<Value, No> {
    let name = plain(name);
    if world.kept.len() >= MOST_KEPT && !world.kept.contains_key(&name) {
        return Err(TOO_MANY_KEPT);
    }
    let bytes = world.save();
    world.kept.insert(name.clone(), bytes);
    Ok(json!({ "kept": name }))
}

/// Orders, tokens and notices as they were; the list of calls and the faults stay.
fn go_back(world: &mut World, name: &str, now: u64) -> Result<Value, No> {
    let name = plain(name);
    let bytes = world.kept.get(&name).cloned().ok_or(NOT_KEPT)?;
    let before = world.notices.emptied();
    world.load(&bytes, desks::is_till, now).map_err(|_| NOT_KEPT)?;
    world.notices.go_on_from(&before);
    Ok(counts(world, now))
}

/// `{openid, bank_type, is_subscribe, coupon_fee | coupons: [{id, type, fee}]}`,
/// all of it optional.
fn how(body: &Value) -> Result<How, No> {
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    let mut coupons = Vec::new();
    if let Some(fee) = body.get("coupon_fee") {
        let fee = fen(fee)?;
        coupons.extend((fee > 0).then(|| Coupon { id: "10000".into(), kind: "CASH".into(), fee }));
    }
    if let Some(list) = body.get("coupons") {
        let list = list.as_array().filter(|list| list.len() <= MOST_COUPONS).ok_or(BAD_BODY)?;
        coupons = list.iter().map(coupon).collect::<Result<_, _>>()?;
    }
    let (openid, bank_type, is_subscribe) = (text("openid"), text("bank_type"), text("is_subscribe"));
    Ok(How { openid, bank_type, is_subscribe, coupons })
}

fn coupon(given: &Value) -> Result<Coupon, No> {
    let fee = fen(given.get("fee").unwrap_or(&Value::Null))?;
    let text =
        |name: &str, default: &str| given.get(name).and_then(Value::as_str).unwrap_or(default).to_owned();
    Ok(Coupon { id: text("id", "10000"), kind: text("type", "CASH"), fee })
}

fn fen(value: &Value) -> Result<u64, No> {
    value.as_u64().filter(|fee| *fee < 1_000_000_000_000).ok_or(BAD_BODY)
}

/// `{refund_fee, out_refund_no, refund_desc, notify_url}`, all of it optional: what a
/// person does on the merchant's pages of WeChat.
fn refund(world: &mut World, number: &str, request: &Request, now: u64) -> Result<Value, No> {
    let body = body(request)?;
    let order = world.ledger.by_number(number, now).ok_or(NOT_FOUND)?.clone();
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    let asked = GiveBack {
        out_refund_no: text("out_refund_no").unwrap_or_else(|| format!("R{}", world.dice.digits(20))),
        total_fee: order.ask.total_fee,
        fee: body.get("refund_fee").map_or_else(|| Ok(order.left()), fen)?,
        funds: None,
        desc: text("refund_desc").unwrap_or_default(),
        api: order.ask.api.to_string(),
        proof: order.ask.proof.clone(),
        notify_url: text("notify_url"),
        by: By::Person,
    };
    let is_web = asked.notify_url.as_deref().is_none_or(|url| url.starts_with("http"));
    if asked.fee == 0 || !is_number(&asked.out_refund_no) || !is_web || asked.desc.len() > LONGEST {
        return Err(BAD_BODY);
    }
    let done = cashier::refund(world, &order, asked, now);
    let (order, _) = done.map_err(|why| No { why: Some(why.word()), ..NOT_REFUNDED })?;
    Ok(show::order(&order))
}

/// Whether it can be a merchant's number.
fn is_number(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"_-|*@".contains(&b);
    (1..=64).contains(&text.len()) && text.bytes().all(plain)
}

/// Longest reason of a refund, in bytes.
const LONGEST: usize = 80;

fn close(world: &mut World, number: &str, now: u64) -> Result<Value, No> {
    let order = world.ledger.by_number(number, now).ok_or(NOT_FOUND)?.clone();
    cashier::close(world, &order, now).map_err(|_| NOT_OPEN)?;
    world.ledger.by_number(number, now).map(|order| show::order(order)).ok_or(NOT_FOUND)
}

/// What the user whom a transfer is for does on the phone.
fn decide(world: &mut World, number: &str, decision: Decision, now: u64) -> Result<Value, No> {
    cashier::decide(world, number, decision, now).map(|transfer| show::transfer(&transfer)).ok_or(NOT_FOUND)
}

fn resend(world: &mut World, id: &str, now: u64) -> Result<Value, No> {
    let id = id.parse().map_err(|_| NOT_FOUND)?;
    let later = world.notices.resend(id, now).ok_or(NOT_FOUND)?;
    let later = letter::renewed(world, later, now);
    world.outbox.push(later);
    world.notices.all().find(|notice| notice.id == id).map(show::notice).ok_or(NOT_FOUND)
}

/// `{url, callback, openid, pay}`: a product code, and where the merchant answers;
/// the customer pays unless `pay` is false.
fn scan_code(world: &mut World, request: &Request, now: u64) -> Result<Value, No> {
    let body = body(request)?;
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let (link, callback) = (text("url").ok_or(BAD_BODY)?, text("callback").ok_or(BAD_BODY)?);
    let then = if body.get("pay") == Some(&Value::Bool(false)) { Then::Looks } else { Then::Pays };
    let code = Code { link, callback, openid: text("openid"), then };
    desks::scan(world, code, now).map_err(|word| No { word, ..BAD_CODE })?;
    Ok(world.scans.last())
}

/// JSON, or short texts as a flag takes them, one a line.
fn add_faults(world: &mut World, request: &Request) -> Result<Value, No> {
    let text = std::str::from_utf8(&request.body).map_err(|_| BAD_BODY)?.trim();
    let given = match text.chars().next() {
        Some('{' | '[' | '"') | None => body(request)?,
        Some(_) => text.lines().map(str::trim).filter(|line| !line.is_empty()).collect(),
    };
    world.faults.add(&given).map_err(|bad| No { bad: Some(bad), ..BAD_FAULT })?;
    Ok(world.faults.list())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_numbers_come_percent_encoded() {
        assert_eq!(plain("a%7Cb%2Ac"), "a|b*c");
        assert_eq!(plain("a+b%zz"), "a+b%zz");
    }
}
