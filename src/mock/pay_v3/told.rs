//! What pay v3 tells of an order: in the reply of a query, and in the notice of its
//! payment. Comes in: an order; goes out: fields, in WeChat's order of names.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4013070354>

use super::super::ledger::{Coupon, Order, Payment};
use crate::api::calendar::rfc3339;
use crate::wire::Fields;

/// An order, paid or not.
pub(super) fn trade(order: &Order) -> Fields {
    let mut fields = amounts(order);
    let names = parties(order);
    fields.extend(names.iter().filter(|(name, _)| name.ends_with("appid")).map(|(n, v)| (*n, v.as_str())));
    let payment = order.payment.as_ref();
    if let Some(payment) = payment {
        fields.set("attach", order.ask.attach.as_str());
        fields.set("bank_type", payment.bank_type.as_str());
    }
    fields.extend(names.iter().filter(|(name, _)| name.ends_with("mchid")).map(|(n, v)| (*n, v.as_str())));
    fields.set("out_trade_no", order.ask.out_trade_no.as_str());
    if let Some(payment) = payment {
        fields.set(payer_name(order), payment.openid.as_str());
    }
    fields.extend(payment.map_or_else(no_coupons, coupons).iter());
    fields.set("scene_info.device_id", order.ask.device.as_deref().unwrap_or_default());
    if let Some(payment) = payment {
        fields.set("success_time", rfc3339(payment.at));
    }
    fields.set("trade_state", order.state.as_str());
    fields.set("trade_state_desc", order.state.told());
    if let Some(payment) = payment {
        fields.set("trade_type", order.ask.trade_type.as_str());
        fields.set("transaction_id", payment.transaction_id.as_str());
    }
    fields
}

fn amounts(order: &Order) -> Fields {
    let mut fields = Fields::new();
    let currency = order.ask.currency.as_str();
    if order.payment.is_some() {
        fields.set("amount.currency", currency);
        fields.set("amount.payer_currency", currency);
        fields.set("amount.payer_total", order.cash().to_string());
    } else {
        fields.set("amount.payer_currency", currency);
    }
    fields.set("amount.total", order.ask.total_fee.to_string());
    fields
}

/// Who takes the money: the names of a merchant, or those of a partner.
pub(super) fn parties(order: &Order) -> Vec<(&'static str, String)> {
    let ask = &order.ask;
    let own = |names: [&'static str; 2]| {
        names.into_iter().zip([ask.app_id.clone(), ask.mch_id.clone()]).collect::<Vec<_>>()
    };
    let Some(sub_mch_id) = &ask.sub_mch_id else { return own(["appid", "mchid"]) };
    let mut named = own(["sp_appid", "sp_mchid"]);
    named.extend(ask.sub_app_id.clone().map(|app_id| ("sub_appid", app_id)));
    named.push(("sub_mchid", sub_mch_id.clone()));
    named
}

/// How the payer is called: a partner's order says under which account it knows them.
fn payer_name(order: &Order) -> &'static str {
    match &order.ask.sub_mch_id {
        None => "payer.openid",
        Some(_) if order.ask.term("payer.sub_openid").is_empty() => "payer.sp_openid",
        Some(_) => "payer.sub_openid",
    }
}

const LIST: &str = "promotion_detail";

fn no_coupons() -> Fields {
    [(LIST, "[]")].into_iter().collect()
}

fn coupons(payment: &Payment) -> Fields {
    if payment.coupons.is_empty() {
        return no_coupons();
    }
    payment.coupons.iter().enumerate().flat_map(|(n, one)| coupon(n, one)).collect()
}

fn coupon(n: usize, coupon: &Coupon) -> Vec<(String, String)> {
    let is_free = coupon.kind == "NO_CASH";
    let fee = coupon.fee.to_string();
    let members = [
        ("amount", fee.as_str()),
        ("coupon_id", &coupon.id),
        ("currency", "CNY"),
        ("merchant_contribute", if is_free { &fee } else { "0" }),
        ("name", "代金券"),
        ("other_contribute", "0"),
        ("scope", "GLOBAL"),
        ("type", if is_free { "NOCASH" } else { "CASH" }),
        ("wechatpay_contribute", if is_free { "0" } else { &fee }),
    ];
    members.map(|(name, value)| (format!("{LIST}.{n}.{name}"), value.to_owned())).into()
}
