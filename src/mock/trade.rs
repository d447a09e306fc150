//! unifiedorder, orderquery, closeorder. Comes in: an admitted call; goes out:
//! the fields of the reply, or WeChat's no.

use std::sync::Arc;

use super::Mock;
use super::cashier::{How, paid};
use super::dice::Dice;
use super::ledger::{Decided, Name, Order, PREPAY_LIFE, State};
use super::pay::Call;
use super::refusal::Refusal;
use crate::api::Answer;
use crate::api::calendar::{is_past, time14};
use crate::wire::Fields;

/// Fields that must be the same when an order number comes again.
const TERMS: [&str; 8] =
    ["appid", "body", "total_fee", "openid", "product_id", "attach", "detail", "notify_url"];

/// Prepares a payment, or gives the same one again.
pub(super) fn unifiedorder(mock: &mut Mock, call: &Call) -> Result<Answer, Refusal> {
    let number = call.said("out_trade_no");
    if let Some(order) = mock.ledger.find(Name::Number(&call.mch_id, number), call.now) {
        may_come_again(order, call)?;
        order.prepay_expires = call.now + PREPAY_LIFE;
        return Ok(prepared(&mut mock.dice, call, order));
    }
    if call.fields.filled("time_expire").is_some_and(|at| is_past(at, call.now + 60)) {
        return Err(Refusal::because("INVALID_REQUEST", "time_expire时间过短，刷卡至少1分钟，其他5分钟"));
    }
    let order = new_order(mock, call, call.said("trade_type"), State::NotPay);
    let answer = prepared(&mut mock.dice, call, &order);
    mock.ledger.add(order);
    Ok(answer)
}

/// Whether this order number may be asked for again in these words.
fn may_come_again(order: &Order, call: &Call) -> Result<(), Refusal> {
    let same = |name: &&str| order.said(name) == call.said(name);
    match order.state {
        State::Success | State::Refund => Err(Refusal::because("ORDERPAID", "该订单已支付")),
        State::Closed => Err(Refusal::because("ORDERCLOSED", "该订单已关闭")),
        _ if order.trade_type != call.said("trade_type") => {
            Err(Refusal::because("INVALID_REQUEST", "201 商户订单号重复"))
        }
        State::NotPay if TERMS.iter().all(same) => Ok(()),
        _ => Err(Refusal::because("OUT_TRADE_NO_USED", "商户订单号重复")),
    }
}

/// An order as the call asks for it; not yet in the ledger.
pub(super) fn new_order(mock: &mut Mock, call: &Call, trade_type: &str, state: State) -> Order {
    Order {
        asked: Arc::clone(&call.asked),
        app_id: call.app_id.clone(),
        mch_id: call.mch_id.clone(),
        out_trade_no: call.said("out_trade_no").into(),
        trade_type: trade_type.into(),
        total_fee: call.fen("total_fee"),
        sign_type: call.sign_type(),
        prepay_id: ["wx", &time14(call.now), &mock.dice.hex(20)].concat(),
        pr: mock.dice.text(7) + "zz",
        created: call.now,
        prepay_expires: call.now + PREPAY_LIFE,
        state,
        payment: None,
        refunds: Vec::new(),
    }
}

fn prepared(dice: &mut Dice, call: &Call, order: &Order) -> Answer {
    let mut fields = call.reply(dice);
    fields.set("trade_type", order.trade_type.as_str());
    fields.set("prepay_id", order.prepay_id.as_str());
    match order.trade_type.as_str() {
        "NATIVE" => fields.set("code_url", format!("weixin://wxpay/bizpayurl?pr={}", order.pr)),
        "MWEB" => fields.set("mweb_url", mweb_url(dice, call, order)),
        _ => {}
    }
    fields.into()
}

fn mweb_url(dice: &mut Dice, call: &Call, order: &Order) -> String {
    let (origin, package) = (&call.origin, dice.digits(10));
    format!("{origin}/cgi-bin/mmpayweb-bin/checkmweb?prepay_id={}&package={package}", order.prepay_id)
}

/// What became of an order. A customer who types a password has decided when
/// the order is asked for the second time.
pub(super) fn orderquery(mock: &mut Mock, call: &Call) -> Result<Answer, Refusal> {
    let order = find(mock, call, "ORDERNOTEXIST")?;
    let order = if let State::UserPaying { queries, then } = order.state {
        decide(mock, order, queries, then, call.now)
    } else {
        order
    };
    let mut fields = call.reply(&mut mock.dice);
    if let Some(device) = order.asked.filled("device_info") {
        fields.set("device_info", device);
    }
    fields.set("trade_state", order.state.as_str());
    fields.set("trade_state_desc", order.state.told());
    fields.extend(if order.payment.is_some() { paid(&order) } else { unpaid(&order) }.iter());
    Ok(fields.into())
}

fn unpaid(order: &Order) -> Fields {
    let mut fields: Fields = [("out_trade_no", order.out_trade_no.as_str())].into_iter().collect();
    fields.set("attach", order.said("attach"));
    fields.set("total_fee", order.total_fee.to_string());
    fields
}

fn decide(mock: &mut Mock, order: Order, queries: u8, then: Decided, now: u64) -> Order {
    let (mch_id, number) = (&order.mch_id, &order.out_trade_no);
    if queries == 0 && then == Decided::Pays {
        return mock.take_payment(mch_id, number, How::default(), now).unwrap_or(order);
    }
    let Some(stored) = mock.ledger.find(Name::Number(mch_id, number), now) else { return order };
    stored.state = match queries.checked_sub(1) {
        Some(queries) => State::UserPaying { queries, then },
        None => State::PayError,
    };
    // The last query that still sees the customer typing.
    if queries > 0 { order } else { stored.clone() }
}

/// Closes an unpaid order. WeChat wants it five minutes old; a mock that did
/// would only make tests slow.
pub(super) fn closeorder(mock: &mut Mock, call: &Call) -> Result<Answer, Refusal> {
    let name = Name::Number(&call.mch_id, call.said("out_trade_no"));
    let order = mock.ledger.find(name, call.now);
    let order = order.ok_or_else(|| Refusal::because("ORDERNOTEXIST", "order not exist"))?;
    match order.state {
        State::Success | State::Refund => return Err(Refusal::because("ORDERPAID", "order paid")),
        State::Closed => return Err(Refusal::because("ORDERCLOSED", "order closed")),
        State::Revoked | State::PayError | State::UserPaying { .. } => {
            return Err(Refusal::of("TRADE_STATE_ERROR"));
        }
        State::NotPay => order.state = State::Closed,
    }
    let mut fields = call.reply(&mut mock.dice);
    fields.set("result_msg", "OK");
    Ok(fields.into())
}

/// The order that a call names, by WeChat's number first. A copy, because most
/// callers need the dice too.
pub(super) fn find(mock: &mut Mock, call: &Call, otherwise: &str) -> Result<Order, Refusal> {
    let name = match call.fields.filled("transaction_id") {
        Some(id) => Name::Transaction(id),
        None => Name::Number(&call.mch_id, call.said("out_trade_no")),
    };
    let order = mock.ledger.find(name, call.now).filter(|order| order.mch_id == call.mch_id);
    order.map(|order| order.clone()).ok_or_else(|| Refusal::because(otherwise, "order not exist"))
}
