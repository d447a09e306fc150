//! unifiedorder, orderquery, closeorder. Comes in: an admitted call; goes out:
//! the fields of the reply, or WeChat's no.

use std::sync::Arc;

use super::super::cashier::{self, How};
use super::super::dice::Dice;
use super::super::ledger::{Ask, Decided, Name, Order, PREPAY_LIFE, State};
use super::super::world::World;
use super::call::{API, Call};
use super::notice::paid;
use super::refusal::Refusal;
use crate::api::Answer;
use crate::api::calendar::{is_past, time14};
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
    let order = new_order(world, call, call.said("trade_type"), State::NotPay);
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
fn ask(call: &Call, trade_type: &str) -> Ask {
    let filled = |name: &str| call.fields.filled(name).map(str::to_owned);
    Ask {
        api: API.into(),
        proof: call.sign_type().as_str().into(),
        app_id: call.app_id.clone(),
        mch_id: call.mch_id.clone(),
        out_trade_no: call.said("out_trade_no").into(),
        trade_type: trade_type.into(),
        total_fee: call.fen("total_fee"),
        subject: call.said("body").into(),
        attach: call.said("attach").into(),
        notify_url: filled("notify_url").filter(|_| trade_type != "MICROPAY"),
        payer: filled("openid"),
        expires: filled("time_expire"),
        terms: call.fields.only(|name| name != "sign" && call.row.field(name).is_some()),
    }
}

/// An order as the call asks for it; not yet in the ledger.
pub(super) fn new_order(world: &mut World, call: &Call, trade_type: &str, state: State) -> Order {
    Order {
        ask: Arc::new(ask(call, trade_type)),
        prepay_id: ["wx", &time14(call.now), &world.dice.hex(20)].concat(),
        pr: world.dice.text(7) + "zz",
        created: call.now,
        prepay_expires: call.now + PREPAY_LIFE,
        state,
        payment: None,
        refunds: Vec::new(),
    }
}

fn prepared(dice: &mut Dice, call: &Call, order: &Order) -> Answer {
    let mut fields = call.reply(dice);
    fields.set("trade_type", order.ask.trade_type.as_str());
    fields.set("prepay_id", order.prepay_id.as_str());
    match order.ask.trade_type.as_str() {
        "NATIVE" => fields.set("code_url", format!("weixin://wxpay/bizpayurl?pr={}", order.pr)),
        "MWEB" => fields.set("mweb_url", mweb_url(dice, call, order)),
        _ => {}
    }
    fields.into()
}

fn mweb_url(dice: &mut Dice, call: &Call, order: &Order) -> String {
    let package = dice.digits(10);
    // Who reaches us by WeChat's own name is to see WeChat's own address there.
    let is_wechats = call.origin.ends_with(".weixin.qq.com");
    let origin = if is_wechats { "https://wx.tenpay.com" } else { &call.origin };
    format!("{origin}/cgi-bin/mmpayweb-bin/checkmweb?prepay_id={}&package={package}", order.prepay_id)
}

/// What became of an order. A customer who types a password has decided when
/// the order is asked for the second time.
pub(super) fn orderquery(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let order = find(world, call, "ORDERNOTEXIST")?;
    let order = if let State::UserPaying { queries, then } = order.state {
        decide(world, order, queries, then, call.now)
    } else {
        order
    };
    let mut fields = call.reply(&mut world.dice);
    if let Some(device) = order.ask.terms.filled("device_info") {
        fields.set("device_info", device);
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

fn decide(world: &mut World, order: Order, queries: u8, then: Decided, now: u64) -> Order {
    let (mch_id, number) = (&order.ask.mch_id, &order.ask.out_trade_no);
    if queries == 0 && then == Decided::Pays {
        return cashier::pay(world, mch_id, number, How::default(), now).unwrap_or(order);
    }
    let Some(stored) = world.ledger.find(Name::Number(mch_id, number), now) else { return order };
    stored.state = match queries.checked_sub(1) {
        Some(queries) => State::UserPaying { queries, then },
        None => State::PayError,
    };
    // The last query that still sees the customer typing.
    if queries > 0 { order } else { stored.clone() }
}

/// Closes an unpaid order. WeChat wants it five minutes old; a mock that did
/// would only make tests slow.
pub(super) fn closeorder(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let name = Name::Number(&call.mch_id, call.said("out_trade_no"));
    let order = world.ledger.find(name, call.now);
    let order = order.ok_or_else(|| Refusal::because("ORDERNOTEXIST", "order not exist"))?;
    match order.state {
        State::Success | State::Refund => return Err(Refusal::because("ORDERPAID", "order paid")),
        State::Closed => return Err(Refusal::because("ORDERCLOSED", "order closed")),
        State::Revoked | State::PayError | State::UserPaying { .. } => {
            return Err(Refusal::of("TRADE_STATE_ERROR"));
        }
        State::NotPay => order.state = State::Closed,
    }
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
