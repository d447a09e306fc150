//! The control plane under `/_mock/`: look at what happened, pay an order, send
//! a notice again, set faults. Comes in: a request; goes out: JSON. Answers this
//! machine only unless told otherwise, and no page of another site.

use serde_json::{Value, json};

use super::caller::{is_cross_site, is_on_this_machine};
use super::cashier::{CannotPay, How};
use super::ledger::{Coupon, State};
use super::pages::dashboard;
use super::scan::{self, Then};
use super::{Access, BadFault, Mock, faults, show};
use crate::api::codec::{read_reply, write_request};
use crate::api::pay_v2::REFUND;
use crate::api::{Lang, ReadError, Stamp, Word};
use crate::wire::{Fields, Reply, Request};

const ROOT: &str = "/_mock";
/// Most coupons of one payment.
const MOST_COUPONS: usize = 20;

/// Why the control plane says no.
#[derive(Debug, Clone, PartialEq, Eq)]
struct No {
    status: u16,
    code: &'static str,
    word: Word,
    /// What the gateway itself said to it.
    said: String,
    /// The fault that is not understood; it has words of its own.
    bad: Option<BadFault>,
}

const fn no(status: u16, code: &'static str, zh: &'static str, en: &'static str) -> No {
    No { status, code, word: Word::new(zh, en), said: String::new(), bad: None }
}

const NOT_LOCAL: No =
    no(403, "mock.not_local", "控制接口只接受本机访问", "the control plane answers this machine only");
const FOREIGN_NAME: No = no(
    403,
    "mock.foreign_name",
    "控制接口只在 IP 地址或 localhost 下可用，别的域名可能是网页冒用的",
    "the control plane answers under an address or localhost: any other name may be a web page's",
);
const CROSS_SITE: No =
    no(403, "mock.cross_site", "拒绝来自其他网站的请求", "requests from other sites are refused");
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
pub(super) fn answer(mock: &mut Mock, request: &Request, now: u64) -> Reply {
    if let Err(no) = admit(mock, request) {
        return refusal(&no);
    }
    if let Some(page) = dashboard::answer(mock, request, now) {
        return page;
    }
    handle(mock, request, now).map_or_else(|no| refusal(&no), |shown| json_reply(200, &shown))
}

fn refusal(no: &No) -> Reply {
    json_reply(no.status, &json!({ "error": told(no) }))
}

/// What a page of another site is told.
pub(super) fn foreign_page() -> Reply {
    refusal(&CROSS_SITE)
}

fn told(no: &No) -> Value {
    let Some(bad) = &no.bad else {
        let mut error = json!({ "code": no.code, "zh": no.word.zh, "en": no.word.en });
        if !no.said.is_empty() {
            error["field"] = no.said.as_str().into();
        }
        return error;
    };
    let (message, field) = (bad.message(), bad.field());
    let mut error = json!({ "code": no.code, "zh": message.text(Lang::Zh), "en": message.text(Lang::En), "field": field });
    if let Some(near) = bad.near() {
        error["near"] = near.into();
    }
    error
}

fn json_reply(status: u16, shown: &Value) -> Reply {
    Reply::ok("application/json; charset=UTF-8", shown.to_string()).with_status(status)
}

fn admit(mock: &Mock, request: &Request) -> Result<(), No> {
    let is_closed = mock.options.control == Access::Loopback;
    match request {
        _ if is_closed && !is_on_this_machine(request) => Err(NOT_LOCAL),
        _ if is_closed && !request.is_to_own_name() => Err(FOREIGN_NAME),
        _ if is_cross_site(request) => Err(CROSS_SITE),
        _ => Ok(()),
    }
}

fn handle(mock: &mut Mock, request: &Request, now: u64) -> Result<Value, No> {
    let path = request.path().trim_end_matches('/');
    let parts: Vec<&str> = path.split('/').skip(2).collect();
    match (request.method.as_str(), parts.as_slice()) {
        ("GET", ["healthz"]) => Ok(json!({ "status": "ok" })),
        ("GET", ["identity"]) => Ok(show::identity(&mock.identity)),
        ("GET", ["requests"]) => {
            Ok(json!({ "requests": mock.log.entries().map(show::call).collect::<Vec<_>>() }))
        }
        ("GET", ["orders"]) => {
            Ok(json!({ "orders": mock.ledger.all(now).map(show::order).collect::<Vec<_>>() }))
        }
        ("GET", ["orders", number]) => {
            mock.ledger.by_number(&plain(number), now).map(|order| show::order(order)).ok_or(NOT_FOUND)
        }
        ("POST", ["orders", number, "pay"]) => pay(mock, &plain(number), request, now),
        ("POST", ["orders", number, "refund"]) => refund(mock, &plain(number), request, now),
        ("POST", ["orders", number, "close"]) => close(mock, &plain(number), now),
        ("GET", ["notices"]) => {
            Ok(json!({ "notices": mock.notices.all().map(show::notice).collect::<Vec<_>>() }))
        }
        ("POST", ["notices", id, "resend"]) => resend(mock, id, now),
        ("GET", ["native"]) => Ok(mock.scans.shown()),
        ("POST", ["native", "scan"]) => scan_code(mock, request, now),
        ("GET", ["faults"]) => Ok(mock.faults.list()),
        ("GET", ["faults", "known"]) => Ok(faults::known()),
        ("POST", ["faults"]) => add_faults(mock, request),
        ("DELETE", ["faults"]) => {
            mock.faults.clear();
            Ok(mock.faults.list())
        }
        ("DELETE", ["faults", id]) if id.parse().is_ok_and(|id| mock.faults.remove(id)) => {
            Ok(mock.faults.list())
        }
        ("POST", ["reset"]) => {
            mock.reset();
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

fn pay(mock: &mut Mock, number: &str, request: &Request, now: u64) -> Result<Value, No> {
    let how = how(&body(request)?)?;
    let mch_id = mock.ledger.by_number(number, now).ok_or(NOT_FOUND)?.mch_id.clone();
    let order = mock.take_payment(&mch_id, number, how, now).map_err(|why| match why {
        CannotPay::NoSuchOrder => NOT_FOUND,
        CannotPay::NotPayable(_) => NOT_PAYABLE,
        CannotPay::TooManyCoupons => TOO_MANY_COUPONS,
    })?;
    Ok(show::order(&order))
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

/// `{refund_fee, out_refund_no, refund_desc, notify_url}`, all of it optional:
/// the call that the merchant would make, so that it can be refused like one.
fn refund(mock: &mut Mock, number: &str, request: &Request, now: u64) -> Result<Value, No> {
    let body = body(request)?;
    let order = mock.ledger.by_number(number, now).ok_or(NOT_FOUND)?.clone();
    let keys = mock.identity.merchant(&order.mch_id).map(|m| m.keys(&order.app_id, order.sign_type));
    let keys = keys.ok_or(NOT_FOUND)?;
    let left = order.total_fee - order.refunded();
    let fee = body.get("refund_fee").map_or(Ok(left), fen)?.to_string();
    let usual = format!("R{}", mock.dice.digits(20));
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let mut fields: Fields = [
        ("out_trade_no", number),
        ("out_refund_no", text("out_refund_no").unwrap_or(&usual)),
        ("total_fee", &order.total_fee.to_string()),
        ("refund_fee", &fee),
    ]
    .into_iter()
    .collect();
    fields
        .extend(["refund_desc", "notify_url"].iter().filter_map(|name| text(name).map(|said| (*name, said))));
    let stamp = Stamp { now, nonce: mock.dice.text(32) };
    let mut call = write_request(&REFUND, &fields, &keys, &stamp, "").map_err(|_| BAD_BODY)?.request;
    call.certificate = true;
    let answered = mock.answer(&call, &stamp);
    mock.outbox.extend(answered.later);
    if let Err(ReadError::Refused(why)) = read_reply(&REFUND, &answered.reply, &keys) {
        return Err(No { said: why.text, ..NOT_REFUNDED });
    }
    mock.ledger.by_number(number, now).map(|order| show::order(order)).ok_or(NOT_FOUND)
}

fn close(mock: &mut Mock, number: &str, now: u64) -> Result<Value, No> {
    let order = mock.ledger.by_number(number, now).ok_or(NOT_FOUND)?;
    if order.state != State::NotPay {
        return Err(NOT_OPEN);
    }
    order.state = State::Closed;
    Ok(show::order(order))
}

fn resend(mock: &mut Mock, id: &str, now: u64) -> Result<Value, No> {
    let id = id.parse().map_err(|_| NOT_FOUND)?;
    let later = mock.notices.resend(id, now).ok_or(NOT_FOUND)?;
    mock.outbox.push(later);
    mock.notices.all().find(|notice| notice.id == id).map(show::notice).ok_or(NOT_FOUND)
}

/// `{url, callback, openid, pay}`: a product code, and where the merchant answers;
/// the customer pays unless `pay` is false.
fn scan_code(mock: &mut Mock, request: &Request, now: u64) -> Result<Value, No> {
    let body = body(request)?;
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let (code, callback) = (text("url").ok_or(BAD_BODY)?, text("callback").ok_or(BAD_BODY)?);
    let then = if body.get("pay") == Some(&Value::Bool(false)) { Then::Looks } else { Then::Pays };
    let scanned = scan::scan(mock, code, callback, text("openid"), then, now);
    scanned.map_err(|bad| No { word: bad.word(), ..BAD_CODE })
}

fn add_faults(mock: &mut Mock, request: &Request) -> Result<Value, No> {
    mock.faults.add(&body(request)?).map_err(|bad| No { bad: Some(bad), ..BAD_FAULT })?;
    Ok(mock.faults.list())
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
