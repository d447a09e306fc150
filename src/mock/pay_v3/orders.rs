//! Orders of pay v3: prepay of four kinds, query, close; of merchants and partners. Comes
//! in: an admitted call; goes out: the fields of the reply, or WeChat's no. The order is
//! the same that pay v2 sees.

use super::super::cashier::{self, CannotClose};
use super::super::ledger::{Ask, Name, Order, PREPAY_LIFE, State};
use super::super::world::World;
use super::call::{API, Call};
use super::refusal::Refusal;
use super::told::trade;
use crate::api::Answer;
use crate::api::calendar::{from_rfc3339, time14};
use crate::wire::Fields;

/// The kinds of orders by the end of their path.
const KINDS: [(&str, &str); 5] = [
    ("/jsapi", "JSAPI"),
    ("/app", "APP"),
    ("/h5", "MWEB"),
    ("/native", "NATIVE"),
    ("/codepay", super::super::paycode::TRADE),
];

/// Prepares a payment, or gives the same one again.
pub(super) fn prepay(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let ask = ask(call);
    let number = Name::Number(&call.mch_id, &ask.out_trade_no);
    if let Some(order) = world.ledger.find(number, call.now) {
        may_come_again(order, &ask)?;
        order.prepay_expires = call.now + PREPAY_LIFE;
        let order = order.clone();
        return Ok(prepared(world, call, &order));
    }
    if from_rfc3339(call.said("time_expire")).is_some_and(|at| at < call.now + 60) {
        return Err(Refusal::because("INVALID_REQUEST", "time_expire时间过短，刷卡至少1分钟，其他5分钟"));
    }
    let order = cashier::prepare(world, ask, State::NotPay, call.now);
    world.ledger.add(order.clone());
    Ok(prepared(world, call, &order))
}

/// Whether this order number may be asked for again: in the very same words, until it
/// is paid or closed.
pub(super) fn may_come_again(order: &Order, ask: &Ask) -> Result<(), Refusal> {
    let is_same = order.ask.api == ask.api
        && (&order.ask.trade_type, &order.ask.terms) == (&ask.trade_type, &ask.terms);
    match order.state {
        State::Success | State::Refund => Err(Refusal::because("INVALID_REQUEST", "该订单已支付")),
        State::Closed => Err(Refusal::because("ORDER_CLOSED", "该订单已关闭")),
        State::NotPay if is_same => Ok(()),
        _ => Err(Refusal::of("OUT_TRADE_NO_USED")),
    }
}

/// The trade type that a path stands for.
pub(super) fn kind(call: &Call) -> &'static str {
    KINDS.iter().find(|(end, _)| call.row.path.ends_with(end)).map_or("", |(_, kind)| kind)
}

/// The order that a call asks for.
pub(super) fn ask(call: &Call) -> Ask {
    let payer = call.any(&["payer.openid", "payer.sub_openid", "payer.sp_openid"]);
    Ask {
        api: API.into(),
        proof: call.key_id().into(),
        app_id: call.any(&["appid", "sp_appid"]).unwrap_or_default().into(),
        mch_id: call.mch_id.clone(),
        sub_mch_id: call.filled("sub_mchid"),
        sub_app_id: call.filled("sub_appid"),
        out_trade_no: call.said("out_trade_no").into(),
        trade_type: kind(call).into(),
        total_fee: call.fen("amount.total"),
        currency: call.filled("amount.currency").unwrap_or_else(|| "CNY".into()),
        device: call.filled("scene_info.device_id"),
        subject: call.said("description").into(),
        attach: call.said("attach").into(),
        notify_url: call.filled("notify_url"),
        payer: payer.map(str::to_owned),
        expires: from_rfc3339(call.said("time_expire")).map(time14),
        terms: call.terms(),
    }
}

pub(super) fn prepared(world: &mut World, call: &Call, order: &Order) -> Answer {
    let (name, value) = match order.ask.trade_type.as_str() {
        "NATIVE" => ("code_url", order.code_url()),
        "MWEB" => ("h5_url", cashier::h5_url(&mut world.dice, &call.origin, order)),
        _ => ("prepay_id", order.prepay_id.clone()),
    };
    [(name, value)].into_iter().collect::<Fields>().into()
}

/// What became of an order.
pub(super) fn query(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let order = find(world, call)?;
    Ok(trade(&cashier::seen(world, order, call.now)).into())
}

/// Closes an unpaid order.
pub(super) fn close(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let order = find(world, call)?;
    cashier::close(world, &order, call.now).map_err(|why| match why {
        CannotClose::Paid => Refusal::because("ORDER_PAID", "该订单已支付"),
        CannotClose::Closed => Refusal::because("ORDER_CLOSED", "该订单已关闭"),
        CannotClose::Decided => Refusal::of("TRADE_ERROR"),
    })?;
    Ok(Answer::default())
}

/// The order that a call names. One that was combined is asked for as such.
pub(super) fn find(world: &mut World, call: &Call) -> Result<Order, Refusal> {
    let order = theirs(world, call, named(call)).filter(|order| order.parts.is_empty());
    order.ok_or_else(|| Refusal::of("ORDER_NOT_EXIST"))
}

/// The number that a call names an order by, WeChat's first.
pub(super) fn named(call: &Call) -> Name<'_> {
    match call.fields.filled("transaction_id") {
        Some(id) => Name::Transaction(id),
        None => Name::Number(&call.mch_id, call.said("out_trade_no")),
    }
}

/// The order of this name, if it is the caller's own, or the one of the sub-merchant that
/// is named.
pub(super) fn theirs(world: &mut World, call: &Call, name: Name<'_>) -> Option<Order> {
    let sub_mch_id = call.filled("sub_mchid");
    let order = world.ledger.find(name, call.now)?;
    let is_theirs = order.ask.mch_id == call.mch_id && order.ask.sub_mch_id == sub_mch_id;
    is_theirs.then(|| order.clone())
}
