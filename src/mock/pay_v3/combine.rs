//! Combined orders of pay v3: one payment for several orders. Comes in: an admitted call;
//! goes out: the fields of the reply, or WeChat's no. The whole is an order of the ledger
//! that is paid on the cashier, and each part is one that is refunded by itself.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012556926>

use super::super::cashier::{self, CannotClose};
use super::super::ledger::{Ask, Name, Order, PREPAY_LIFE, State};
use super::super::world::World;
use super::call::{API, Call};
use super::orders::{kind, may_come_again, prepared};
use super::refusal::Refusal;
use crate::api::Answer;
use crate::api::calendar::{from_rfc3339, rfc3339, time14};
use crate::wire::Fields;

/// So many orders are combined.
const LEAST: usize = 2;
const MOST: usize = 50;

/// Prepares one payment for all, or gives the same one again.
pub(super) fn prepay(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let parts: Vec<Ask> = (0..).map_while(|n| part(call, n)).collect();
    if !(LEAST..=MOST).contains(&parts.len()) {
        return Err(Refusal::because("PARAM_ERROR", "子单信息的数量应为 2 到 50").at("body", parts.len()));
    }
    let whole = whole(call, &parts);
    if let Some(order) = world.ledger.find(Name::Number(&call.mch_id, &whole.out_trade_no), call.now) {
        may_come_again(order, &whole)?;
        order.prepay_expires = call.now + PREPAY_LIFE;
        let order = order.clone();
        return Ok(prepared(world, call, &order));
    }
    for part in &parts {
        is_new(world, part, call.now)?;
    }
    let mut order = cashier::prepare(world, whole, State::NotPay, call.now);
    order.parts = parts.iter().map(|part| (part.mch_id.clone(), part.out_trade_no.clone())).collect();
    for part in parts {
        let part = cashier::prepare(world, part, State::NotPay, call.now);
        world.ledger.add(part);
    }
    world.ledger.add(order.clone());
    Ok(prepared(world, call, &order))
}

/// Whether a part's merchant is known and its number new.
fn is_new(world: &mut World, part: &Ask, now: u64) -> Result<(), Refusal> {
    if world.identity.merchant(&part.mch_id).is_none() {
        return Err(Refusal::of("MCH_NOT_EXISTS"));
    }
    match world.ledger.find(Name::Number(&part.mch_id, &part.out_trade_no), now) {
        Some(_) => Err(Refusal::of("OUT_TRADE_NO_USED")),
        None => Ok(()),
    }
}

fn whole(call: &Call, parts: &[Ask]) -> Ask {
    Ask {
        api: API.into(),
        proof: call.key_id().into(),
        app_id: call.said("combine_appid").into(),
        mch_id: call.mch_id.clone(),
        sub_mch_id: None,
        sub_app_id: None,
        out_trade_no: call.said("combine_out_trade_no").into(),
        trade_type: kind(call).into(),
        total_fee: parts.iter().fold(0, |sum: u64, part| sum.saturating_add(part.total_fee)),
        currency: "CNY".into(),
        device: call.filled("scene_info.device_id"),
        subject: parts.iter().map(|part| part.subject.as_str()).collect::<Vec<_>>().join("、"),
        attach: String::new(),
        notify_url: call.filled("notify_url"),
        payer: call.filled("combine_payer_info.openid"),
        expires: from_rfc3339(call.said("time_expire")).map(time14),
        terms: call.terms(),
    }
}

/// One of the orders; it is not told of by itself.
fn part(call: &Call, n: usize) -> Option<Ask> {
    let name = |own: &str| format!("sub_orders.{n}.{own}");
    let filled = |own: &str| call.filled(&name(own));
    let mch_id = filled("mchid")?;
    let prefix = name("");
    let terms = call.fields.iter().filter_map(|(name, value)| Some((name.strip_prefix(&prefix)?, value)));
    Some(Ask {
        api: API.into(),
        proof: call.key_id().into(),
        app_id: call.said("combine_appid").into(),
        mch_id,
        sub_mch_id: filled("sub_mchid"),
        sub_app_id: filled("sub_appid"),
        out_trade_no: filled("out_trade_no").unwrap_or_default(),
        trade_type: kind(call).into(),
        total_fee: call.fen(&name("amount.total_amount")),
        currency: filled("amount.currency").unwrap_or_else(|| "CNY".into()),
        device: call.filled("scene_info.device_id"),
        subject: filled("description").unwrap_or_default(),
        attach: filled("attach").unwrap_or_default(),
        notify_url: None,
        payer: call.filled("combine_payer_info.openid"),
        expires: from_rfc3339(call.said("time_expire")).map(time14),
        terms: terms.collect(),
    })
}

/// What became of all of them.
pub(super) fn query(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let order = find(world, call)?;
    Ok(told(world, &order, call.now).into())
}

/// Closes all of them.
pub(super) fn close(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let order = find(world, call)?;
    cashier::close(world, &order, call.now).map_err(|why| match why {
        CannotClose::Paid => Refusal::because("ORDER_PAID", "该订单已支付"),
        CannotClose::Closed | CannotClose::Decided => Refusal::because("ORDER_CLOSED", "该订单已关闭"),
    })?;
    Ok(Answer::default())
}

fn find(world: &mut World, call: &Call) -> Result<Order, Refusal> {
    let name = Name::Number(&call.mch_id, call.said("combine_out_trade_no"));
    let order = world.ledger.find(name, call.now).filter(|order| !order.parts.is_empty());
    order.map(|order| order.clone()).ok_or_else(|| Refusal::of("ORDER_NOT_EXIST"))
}

/// A combined order with its parts, as a reply and a notice tell it.
pub(super) fn told(world: &mut World, order: &Order, now: u64) -> Fields {
    let mut fields: Fields =
        [("combine_appid", order.ask.app_id.as_str()), ("combine_mchid", &order.ask.mch_id)]
            .into_iter()
            .collect();
    fields.set("combine_out_trade_no", order.ask.out_trade_no.as_str());
    if let Some(payment) = &order.payment {
        fields.set("combine_payer_info.openid", payment.openid.as_str());
        fields.set("combine_transaction_id", payment.transaction_id.as_str());
    }
    if let Some(device) = &order.ask.device {
        fields.set("scene_info.device_id", device.as_str());
    }
    for (n, (mch_id, number)) in order.parts.iter().enumerate() {
        if let Some(part) = world.ledger.find(Name::Number(mch_id, number), now) {
            let named = told_part(part).into_iter();
            fields.extend(named.map(|(name, value)| (format!("sub_orders.{n}.{name}"), value)));
        }
    }
    fields
}

fn told_part(part: &Order) -> Vec<(&'static str, String)> {
    let ask = &part.ask;
    let mut told = vec![
        ("amount.currency", ask.currency.clone()),
        ("amount.payer_amount", part.payment.as_ref().map_or(0, |_| part.cash()).to_string()),
        ("amount.total_amount", ask.total_fee.to_string()),
        ("attach", ask.attach.clone()),
        ("mchid", ask.mch_id.clone()),
        ("out_trade_no", ask.out_trade_no.clone()),
        ("trade_state", part.state.as_str().to_owned()),
    ];
    told.extend(ask.sub_mch_id.clone().map(|id| ("sub_mchid", id)));
    told.extend(ask.sub_app_id.clone().map(|id| ("sub_appid", id)));
    if let Some(payment) = &part.payment {
        told.extend([
            ("bank_type", payment.bank_type.clone()),
            ("success_time", rfc3339(payment.at)),
            ("trade_type", ask.trade_type.clone()),
            ("transaction_id", payment.transaction_id.clone()),
        ]);
    }
    told
}
