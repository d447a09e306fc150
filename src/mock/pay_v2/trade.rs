//! unifiedorder, orderquery, closeorder. Comes in: an admitted call; goes out:
//! the fields of the reply, or WeChat's no.

use super::super::cashier::{self, CannotClose};
use super::super::dice::Dice;
use super::super::ledger::{Ask, Name, Order, PREPAY_LIFE, State};
use super::super::world::World;
use super::call::{API, Call};
use super::notice::paid;
use super::refusal::Refusal;
use crate::api::Answer;
use crate::api::calendar::is_past;
use crate::wire::Fields;

/// Fields that must be the same when an order number comes again.
const TERMS: [&str; 8] =
    ["appid", "body", "total_fee", "openid", "product_id", "attach", "detail", "notify_url"];

/// Prepares a payment, or gives the same one again.
pub(super) fn unifiedorder(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let number = call.said("out_trade_no");
    if let Some(order) = world.ledger.find(Name::Number(&call.mch_id, number), call.now) {
        may_come_again(order, call)?;
        order.prepay_expires = call.now + PREPAY_LIFE;
        return Ok(prepared(&mut world.dice, call, order));
    }
    if call.fields.filled("time_expire").is_some_and(|at| is_past(at, call.now + 60)) {
        return Err(Refusal::because("INVALID_REQUEST", "time_expire时间过短，刷卡至少1分钟，其他5分钟"));
    }
    let order = cashier::prepare(world, ask(call, call.said("trade_type")), State::NotPay, call.now);
    let answer = prepared(&mut world.dice, call, &order);
    world.ledger.add(order);
    Ok(answer)
}

/// Whether this order number may be asked for again in these words.
fn may_come_again(order: &Order, call: &Call) -> Result<(), Refusal> {
    let same = |name: &&str| order.ask.term(name) == call.said(name);
    match order.state {
        State::Success | State::Refund => Err(Refusal::because("ORDERPAID", "该订单已支付")),
        State::Closed => Err(Refusal::because("ORDERCLOSED", "该订单已关闭")),
        _ if order.ask.trade_type != call.said("trade_type") => {
            Err(Refusal::because("INVALID_REQUEST", "201 商户订单号重复"))
        }
        State::NotPay if TERMS.iter().all(same) => Ok(()),
        _ => Err(Refusal::because("OUT_TRADE_NO_USED", "商户订单号重复")),
    }
}

/// The order that a call asks for. What no page knows has no known length: it is
/// signed, but forgotten.
pub(super) fn ask(call: &Call, trade_type: &str) -> Ask {
    let filled = |name: &str| call.fields.filled(name).map(str::to_owned);
    Ask {
        api: API.into(),
        proof: call.proof(),
        app_id: call.app_id.clone(),
        mch_id: call.mch_id.clone(),
        sub_mch_id: filled("sub_mch_id"),
        sub_app_id: filled("sub_appid"),
        out_trade_no: call.said("out_trade_no").into(),
        trade_type: trade_type.into(),
        total_fee: call.fen("total_fee"),
        currency: filled("fee_type").unwrap_or_else(|| "CNY".into()),
        device: filled("device_info"),
        subject: call.said("body").into(),
        attach: call.said("attach").into(),
        notify_url: filled("notify_url").filter(|_| trade_type != "MICROPAY"),
        payer: filled("openid"),
        expires: filled("time_expire"),
        terms: call.fields.only(|name| name != "sign" && call.row.field(name).is_some()),
    }
}

fn prepared(dice: &mut Dice, call: &Call, order: &Order) -> Answer {
    let mut fields = call.reply(dice);
    fields.set("trade_type", order.ask.trade_type.as_str());
    fields.set("prepay_id", order.prepay_id.as_str());
    match order.ask.trade_type.as_str() {
        "NATIVE" => fields.set("code_url", order.code_url()),
        "MWEB" => fields.set("mweb_url", cashier::h5_url(dice, &call.origin, order)),
        _ => {}
    }
    fields.into()
}

/// What became of an order.
pub(super) fn orderquery(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let order = find(world, call, "ORDERNOTEXIST")?;
    let order = cashier::seen(world, order, call.now);
    let mut fields = call.reply(&mut world.dice);
    if let Some(device) = &order.ask.device {
        fields.set("device_info", device.as_str());
    }
    fields.set("trade_state", order.state.as_str());
    fields.set("trade_state_desc", order.state.told());
    fields.extend(if order.payment.is_some() { paid(&order) } else { unpaid(&order) }.iter());
    Ok(fields.into())
}

fn unpaid(order: &Order) -> Fields {
    let mut fields: Fields = [("out_trade_no", order.ask.out_trade_no.as_str())].into_iter().collect();
    fields.set("attach", order.ask.attach.as_str());
    fields.set("total_fee", order.ask.total_fee.to_string());
    fields
}

/// Closes an unpaid order.
pub(super) fn closeorder(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let name = Name::Number(&call.mch_id, call.said("out_trade_no"));
    let order = world.ledger.find(name, call.now).map(|order| order.clone());
    let order = order.ok_or_else(|| Refusal::because("ORDERNOTEXIST", "order not exist"))?;
    cashier::close(world, &order, call.now).map_err(|why| match why {
        CannotClose::Paid => Refusal::because("ORDERPAID", "order paid"),
        CannotClose::Closed => Refusal::because("ORDERCLOSED", "order closed"),
        CannotClose::Decided => Refusal::of("TRADE_STATE_ERROR"),
    })?;
    let mut fields = call.reply(&mut world.dice);
    fields.set("result_msg", "OK");
    Ok(fields.into())
}

/// The order that a call names, by WeChat's number first. A copy, because most
/// callers need the dice too.
pub(super) fn find(world: &mut World, call: &Call, otherwise: &str) -> Result<Order, Refusal> {
    let name = match call.fields.filled("transaction_id") {
        Some(id) => Name::Transaction(id),
        None => Name::Number(&call.mch_id, call.said("out_trade_no")),
    };
    let order = world.ledger.find(name, call.now).filter(|order| order.ask.mch_id == call.mch_id);
    order.map(|order| order.clone()).ok_or_else(|| Refusal::because(otherwise, "order not exist"))
}
