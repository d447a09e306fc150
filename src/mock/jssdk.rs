//! What WeChat's app checks when a page calls `wx.config` or wants to pay: the
//! account, the ticket, the signature, the order. Comes in: what the page
//! passed, as JSON from our script; goes out: WeChat's own message, a
//! sentence of ours beside it, and for a wrong signature the refused case.

use serde_json::{Value, json};

use super::accounts::Family;
use super::ledger::{Name, Order, State};
use super::{Mock, RefusedSign, Right};
use crate::api::Word;
use crate::api::invoke;
use crate::api::keys::{Secret, SignType};
use crate::wire::{Fields, xml};

/// What a page is told.
#[derive(Debug)]
pub(super) struct Checked {
    /// `wx.config`, `wx.chooseWXPay`, `getBrandWCPayRequest`
    pub(super) function: &'static str,
    /// `ok`, or WeChat's message.
    pub(super) verdict: String,
    /// The same as the script reads it.
    pub(super) told: Value,
    pub(super) refused: Option<RefusedSign>,
}

const NO_TICKET: Word = Word::new(
    "这个 AppID 没有有效的 jsapi_ticket：先取 access_token，再取 jsapi_ticket",
    "no jsapi_ticket of this app id is alive: get an access_token first, then a jsapi_ticket",
);
const UNKNOWN_APP: Word = Word::new(
    "网关不认识这个 AppID；用 --app-id 启动网关，或改用 wxkit mock --print-env 给出的 AppID",
    "the gateway does not know this app id: start it with --app-id, or use the one of wxkit mock --print-env",
);
const ORDER_PARTS: Word = Word::new(
    "package 必须是 prepay_id= 加上统一下单返回的 prepay_id",
    "package has to be prepay_id= and the prepay_id that unifiedorder returned",
);
const NOT_TEXT: Word = Word::new(
    "这个参数缺失、为空或不是字符串；timeStamp 传数字时 iOS 会当作缺少",
    "this parameter is missing, empty or no string; iOS treats a number as missing",
);
const SIGN_TYPE: Word = Word::new(
    "signType 必须与统一下单时的签名方式一致，取值 MD5 或 HMAC-SHA256",
    "signType has to be the one that unifiedorder was signed with: MD5 or HMAC-SHA256",
);
const OTHER_APP: Word = Word::new(
    "appId 与下单时的 appid（或 sub_appid）不一致",
    "appId is not the appid (or sub_appid) of the order",
);
const STATE: Word = Word::new("订单已经不能再支付", "the order cannot be paid any more");
const EXPIRED: Word =
    Word::new("prepay_id 超过两小时，重新下单", "the prepay_id is older than two hours: order again");

/// `wx.config`: the signature against every ticket that is alive.
pub(super) fn config(mock: &Mock, asked: &Fields, now: u64) -> Checked {
    let said = |name: &str| asked.get(name).unwrap_or_default();
    let app_id = said("appId");
    if mock.identity.app(app_id).is_none() {
        return no_config("config:invalid appid", Some(UNKNOWN_APP), None);
    }
    let params: Fields =
        [("noncestr", said("nonceStr")), ("timestamp", said("timestamp")), ("url", said("url"))]
            .into_iter()
            .collect();
    let tickets = tickets(mock, app_id, now);
    let signed = |ticket: &Secret| invoke::jssdk_of(ticket, params.clone());
    let given = said("signature");
    if tickets.iter().any(|ticket| signed(ticket).signature == given) {
        let told = json!({ "errMsg": "config:ok" });
        return Checked { function: "wx.config", verdict: "ok".into(), told, refused: None };
    }
    let note = tickets.is_empty().then_some(NO_TICKET);
    let ticket = tickets.into_iter().next().unwrap_or_else(|| Secret::new(""));
    // A ticket is always one of ours.
    let right = signed(&ticket);
    let right = Right { canonical: right.canonical.masked(), signature: right.signature };
    let mut case = refused("wx.config", "jssdk", params.clone(), Some(right), given);
    case.key = ticket;
    case.others = candidates(mock, app_id, now);
    no_config("config:invalid signature", note, Some(case))
}

fn no_config(message: &str, note: Option<Word>, refused: Option<RefusedSign>) -> Checked {
    let told = json!({ "errMsg": message, "note": note.map(both) });
    Checked { function: "wx.config", verdict: message.into(), told, refused }
}

fn both(word: Word) -> Value {
    json!({ "zh": word.zh, "en": word.en })
}

/// The tickets that are alive, newest first.
fn tickets(mock: &Mock, app_id: &str, now: u64) -> Vec<Secret> {
    let given = mock.accounts.given_to(app_id, now);
    let alive = given.filter(|(family, _, standing)| *family == Family::Jsapi && standing.is_ok());
    alive.map(|(_, text, _)| Secret::new(text)).collect()
}

/// Most tokens and tickets that are tried as what was signed with instead.
const CANDIDATES: usize = 12;

fn candidates(mock: &Mock, app_id: &str, now: u64) -> Vec<(String, Secret)> {
    let label = |family, standing: &Result<(), _>| match (family, standing) {
        (Family::Jsapi, Ok(())) => "ticket",
        (Family::Jsapi, Err(_)) => "old_ticket",
        (Family::Card, _) => "card_ticket",
        (Family::Classic | Family::Stable, _) => "access_token",
    };
    let given = mock.accounts.given_to(app_id, now).take(CANDIDATES);
    let mut others: Vec<_> = given
        .map(|(family, text, standing)| (label(family, &standing).to_owned(), Secret::new(text)))
        .collect();
    others.extend(mock.identity.app(app_id).map(|app| ("app_secret".to_owned(), app.secret.clone())));
    others
}

fn refused(
    function: &'static str,
    scheme: &'static str,
    fields: Fields,
    right: Option<Right>,
    given: &str,
) -> RefusedSign {
    RefusedSign {
        request_id: 0,
        endpoint: function,
        scheme,
        fields,
        key: Secret::new(""),
        others: Vec::new(),
        given: given.to_owned(),
        right,
        sign_type: "SHA1",
    }
}

/// The five names that are signed, and the signature.
const PAY_NAMES: [&str; 6] = ["appId", "timeStamp", "nonceStr", "package", "signType", "paySign"];

/// Why the cashier does not open.
struct NoPay {
    text: String,
    /// What it means; for a wrong signature the report says it better.
    note: Option<Word>,
    refused: Option<Box<RefusedSign>>,
}

fn no_pay(text: impl Into<String>, note: Word) -> NoPay {
    NoPay { text: text.into(), note: Some(note), refused: None }
}

/// Whether the cashier opens, and for which order.
pub(super) fn pay(mock: &mut Mock, asked: &Fields, now: u64) -> Checked {
    let function = match asked.get("via") {
        Some("chooseWXPay") => "wx.chooseWXPay",
        _ => "getBrandWCPayRequest",
    };
    match payable(mock, function, asked, now) {
        Ok(prepay_id) => {
            let told = json!({ "ok": true, "prepay_id": prepay_id });
            Checked { function, verdict: "ok".into(), told, refused: None }
        }
        Err(no) => {
            let told = json!({ "ok": false, "err_desc": no.text, "note": no.note.map(both) });
            Checked { function, verdict: no.text, told, refused: no.refused.map(|refused| *refused) }
        }
    }
}

fn payable(mock: &mut Mock, function: &'static str, asked: &Fields, now: u64) -> Result<String, NoPay> {
    let loose: Vec<&str> = asked.get("loose").unwrap_or_default().split(',').collect();
    let lacking = |name: &&str| asked.filled(name).is_none() || loose.contains(name);
    if let Some(name) = PAY_NAMES.iter().find(|name| lacking(name)) {
        return Err(no_pay(format!("调用支付JSAPI缺少参数：{name}"), NOT_TEXT));
    }
    let said = |name: &str| asked.get(name).unwrap_or_default();
    if mock.identity.app(said("appId")).is_none() {
        return Err(no_pay("appid不存在", UNKNOWN_APP));
    }
    let prepay_id = said("package").strip_prefix("prepay_id=").unwrap_or_default();
    let order = mock.ledger.find(Name::Prepay(prepay_id), now);
    let order = order.ok_or_else(|| no_pay("调用支付JSAPI缺少参数：total_fee", ORDER_PARTS))?.clone();
    if ![order.app_id.as_str(), order.said("sub_appid")].contains(&said("appId")) {
        return Err(no_pay("appid与下单时不一致", OTHER_APP));
    }
    is_signed(mock, function, asked, &order)?;
    may_be_paid(&order, now)?;
    Ok(order.prepay_id)
}

/// What WeChat says to a wrong paySign.
const WRONG_PAY_SIGN: &str = "支付验证签名失败";

fn is_signed(mock: &Mock, function: &'static str, asked: &Fields, order: &Order) -> Result<(), NoPay> {
    let Some(merchant) = mock.identity.merchant(&order.mch_id) else {
        return Err(no_pay("商户号不存在", UNKNOWN_APP));
    };
    let said = |name: &str| asked.get(name).unwrap_or_default();
    let sign_type = SignType::named(said("signType")).ok_or_else(|| no_pay(WRONG_PAY_SIGN, SIGN_TYPE))?;
    let params: Fields = PAY_NAMES[..5].iter().map(|name| (*name, said(name))).collect();
    let right = invoke::jsapi_of(&merchant.pay_key, sign_type, params.clone());
    if right.signature != said("paySign") {
        let key = &merchant.pay_key;
        let right = Right::of_key(key, right.signature, right.canonical.masked());
        let mut case = refused(function, "pay-sign", params, right, said("paySign"));
        case.key = merchant.pay_key.clone();
        case.sign_type = sign_type.as_str();
        // Its own signature may have been passed on as this one.
        case.others = xml::write(&order.asked)
            .map(|order| ("order".to_owned(), Secret::new(order)))
            .into_iter()
            .collect();
        return Err(NoPay { text: WRONG_PAY_SIGN.into(), note: None, refused: Some(Box::new(case)) });
    }
    if sign_type == order.sign_type { Ok(()) } else { Err(no_pay(WRONG_PAY_SIGN, SIGN_TYPE)) }
}

/// Whether an order can still be paid: WeChat's text if not.
fn may_be_paid(order: &Order, now: u64) -> Result<(), NoPay> {
    match order.state {
        State::Success | State::Refund => Err(no_pay("该订单已支付", STATE)),
        State::Closed | State::Revoked | State::PayError => Err(no_pay("该订单已关闭", STATE)),
        State::NotPay | State::UserPaying { .. } if now >= order.prepay_expires => {
            Err(no_pay("订单已过期，请重新下单", EXPIRED))
        }
        State::NotPay | State::UserPaying { .. } => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Stamp;
    use crate::mock::{Identity, Options};

    fn mock() -> Mock {
        Mock::new(Identity::default(), Options::default())
    }

    const APP: &str = "wx00c0ffee00c0ffee";

    fn asked(signature: &str, url: &str) -> Fields {
        [
            ("appId", APP),
            ("nonceStr", "Wm3WZYTPz0wzccnW"),
            ("timestamp", "1414587457"),
            ("url", url),
            ("signature", signature),
        ]
        .into_iter()
        .collect()
    }

    #[test]
    fn any_living_ticket_of_the_account_will_do() {
        let mut mock = mock();
        let none = config(&mock, &asked("x", "http://a/"), 0);
        assert_eq!(none.told["errMsg"], "config:invalid signature");
        assert!(none.told["note"]["en"].as_str().unwrap().contains("no jsapi_ticket"));
        let old = mock.accounts.ticket(APP, Family::Jsapi, 0, &mut mock.dice).text;
        let new = mock.accounts.ticket(APP, Family::Jsapi, 7000, &mut mock.dice).text;
        let stamp = Stamp { now: 1_414_587_457, nonce: "Wm3WZYTPz0wzccnW".into() };
        let signature = |ticket: &str| invoke::jssdk(&Secret::new(ticket), "http://a/?b=1", &stamp).signature;
        let verdict =
            |ticket: &str, url: &str, now| config(&mock, &asked(&signature(ticket), url), now).verdict;
        assert_eq!(verdict(&old, "http://a/?b=1", 7100), "ok");
        assert_eq!(verdict(&new, "http://a/?b=1", 7100), "ok");
        assert_eq!(verdict(&old, "http://a/?b=1", 7200), "config:invalid signature");
        assert_eq!(verdict(&new, "http://a/", 7100), "config:invalid signature");
    }

    #[test]
    fn a_refused_config_carries_what_explain_needs() {
        let mut mock = mock();
        mock.accounts.ticket(APP, Family::Jsapi, 0, &mut mock.dice);
        let case = config(&mock, &asked("0", "http://a/"), 1).refused.unwrap();
        assert_eq!((case.endpoint, case.scheme, &*case.given), ("wx.config", "jssdk", "0"));
        assert_eq!(case.others.len(), 2);
        assert!(case.right.unwrap().canonical.starts_with("jsapi_ticket=***&noncestr=Wm3"));
        let mut foreign = asked("0", "http://a/");
        foreign.set("appId", "wx1");
        assert_eq!(config(&mock, &foreign, 1).verdict, "config:invalid appid");
    }

    #[test]
    fn a_number_is_a_missing_parameter() {
        let mut fields: Fields = PAY_NAMES.iter().map(|name| (*name, "1")).collect();
        fields.set("loose", "timeStamp");
        assert_eq!(pay(&mut mock(), &fields, 0).verdict, "调用支付JSAPI缺少参数：timeStamp");
        fields.set("loose", "");
        assert_eq!(pay(&mut mock(), &fields, 0).verdict, "appid不存在");
        fields.set("appId", APP);
        assert_eq!(pay(&mut mock(), &fields, 0).verdict, "调用支付JSAPI缺少参数：total_fee");
    }
}
