//! What WeChat's app checks when a page wants to pay: the parameters, the signature, the
//! order. Comes in: what the page passed; goes out: WeChat's own message and, for a
//! wrong signature, the refused case.

use serde_json::json;

use super::super::checked::{Checked, UNKNOWN_APP, both, refused};
use super::super::ledger::{Name, Order, State};
use super::super::refusal::{RefusedSign, Right, Signed};
use super::super::world::World;
use super::call::digest_of;
use crate::api::Word;
use crate::api::invoke;
use crate::api::keys::{Secret, SignType};
use crate::wire::{Fields, xml};

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
pub(super) fn pay(world: &mut World, asked: &Fields, now: u64) -> Checked {
    let function = match asked.get("via") {
        Some("chooseWXPay") => "wx.chooseWXPay",
        _ => "getBrandWCPayRequest",
    };
    match payable(world, function, asked, now) {
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

fn payable(world: &mut World, function: &'static str, asked: &Fields, now: u64) -> Result<String, NoPay> {
    let loose: Vec<&str> = asked.get("loose").unwrap_or_default().split(',').collect();
    let lacking = |name: &&str| asked.filled(name).is_none() || loose.contains(name);
    if let Some(name) = PAY_NAMES.iter().find(|name| lacking(name)) {
        return Err(no_pay(format!("调用支付JSAPI缺少参数：{name}"), NOT_TEXT));
    }
    let said = |name: &str| asked.get(name).unwrap_or_default();
    if world.identity.app(said("appId")).is_none() {
        return Err(no_pay("appid不存在", UNKNOWN_APP));
    }
    let prepay_id = said("package").strip_prefix("prepay_id=").unwrap_or_default();
    let order = world.ledger.find(Name::Prepay(prepay_id), now);
    let order = order.ok_or_else(|| no_pay("调用支付JSAPI缺少参数：total_fee", ORDER_PARTS))?.clone();
    if ![order.ask.app_id.as_str(), order.ask.term("sub_appid")].contains(&said("appId")) {
        return Err(no_pay("appid与下单时不一致", OTHER_APP));
    }
    is_signed(world, function, asked, &order)?;
    may_be_paid(&order, now)?;
    Ok(order.prepay_id)
}

/// What WeChat says to a wrong paySign.
const WRONG_PAY_SIGN: &str = "支付验证签名失败";

fn is_signed(world: &World, function: &'static str, asked: &Fields, order: &Order) -> Result<(), NoPay> {
    let Some(merchant) = world.identity.merchant(&order.ask.mch_id) else {
        return Err(no_pay("商户号不存在", UNKNOWN_APP));
    };
    let said = |name: &str| asked.get(name).unwrap_or_default();
    let sign_type = SignType::named(said("signType")).ok_or_else(|| no_pay(WRONG_PAY_SIGN, SIGN_TYPE))?;
    let params: Fields = PAY_NAMES[..5].iter().map(|name| (*name, said(name))).collect();
    let right = invoke::jsapi_of(&merchant.pay_key, sign_type, params.clone());
    if right.signature != said("paySign") {
        let key = &merchant.pay_key;
        let right = Right::of_key(key, right.signature, right.canonical.masked());
        let mut case = refused(function, Signed::PaySign, params, right, said("paySign"));
        case.key = merchant.pay_key.clone();
        case.sign_type = sign_type.as_str();
        // Its own signature may have been passed on as this one.
        case.others = xml::write(&order.ask.terms)
            .map(|order| ("order".to_owned(), Secret::new(order)))
            .into_iter()
            .collect();
        return Err(NoPay { text: WRONG_PAY_SIGN.into(), note: None, refused: Some(Box::new(case)) });
    }
    if sign_type == digest_of(order) { Ok(()) } else { Err(no_pay(WRONG_PAY_SIGN, SIGN_TYPE)) }
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
    use crate::mock::identity::{Identity, Options};

    #[test]
    fn a_number_is_a_missing_parameter() {
        let mut world = World::new(Identity::default(), Options::default());
        let mut fields: Fields = PAY_NAMES.iter().map(|name| (*name, "1")).collect();
        fields.set("loose", "timeStamp");
        assert_eq!(pay(&mut world, &fields, 0).verdict, "调用支付JSAPI缺少参数：timeStamp");
        fields.set("loose", "");
        assert_eq!(pay(&mut world, &fields, 0).verdict, "appid不存在");
        fields.set("appId", "wx00c0ffee00c0ffee");
        assert_eq!(pay(&mut world, &fields, 0).verdict, "调用支付JSAPI缺少参数：total_fee");
    }
}
