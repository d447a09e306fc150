//! Refunds of pay v3. Comes in: an admitted call; goes out: what became of the refund, or
//! WeChat's no. Accepted means PROCESSING in the reply; whoever asks later sees the end.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012791862>

use super::super::cashier::{self, CannotRefund, GiveBack};
use super::super::ledger::{By, Funds, Name, Order, Refund, Refunded};
use super::super::world::World;
use super::call::{API, Call};
use super::orders::{named, theirs};
use super::refusal::Refusal;
use crate::api::Answer;
use crate::api::calendar::rfc3339;
use crate::wire::Fields;

/// The names of the funds.
const FUNDS: [(&str, Funds); 2] = [("UNSETTLED", Funds::Unsettled), ("AVAILABLE", Funds::Available)];

/// How far a refund is told to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// It was asked for this moment.
    Accepted,
    /// As it stands.
    Ended,
}

/// Gives money back; the same refund number again gives the same answer again.
pub(super) fn refund(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let (fee, total_fee) = (call.fen("amount.refund"), call.fen("amount.total"));
    if fee > total_fee {
        return Err(Refusal::because("PARAM_ERROR", "退款金额大于订单金额"));
    }
    let order = theirs(world, call, named(call));
    let order = order.ok_or_else(|| Refusal::because("RESOURCE_NOT_EXISTS", "订单不存在"))?;
    let funds = call.filled("funds_account");
    let asked = GiveBack {
        out_refund_no: call.said("out_refund_no").into(),
        total_fee,
        fee,
        funds: funds.and_then(|named| FUNDS.iter().find(|(name, _)| *name == named)).map(|(_, funds)| *funds),
        desc: call.said("reason").into(),
        api: API.into(),
        proof: call.key_id().into(),
        notify_url: call.filled("notify_url"),
        by: By::Call,
    };
    let (order, refund) = cashier::refund(world, &order, asked, call.now).map_err(no)?;
    Ok(told(&order, &refund, Told::Accepted).into())
}

fn no(why: CannotRefund) -> Refusal {
    let invalid = |text: &str| Refusal::because("INVALID_REQUEST", text);
    match why {
        CannotRefund::NotPaid => Refusal::because("RESOURCE_NOT_EXISTS", "原订单不存在"),
        CannotRefund::OtherTerms => invalid("订单金额或退款金额与之前请求不一致，请核实后再试"),
        CannotRefund::TooLate => invalid("订单已超过退款期限"),
        CannotRefund::AllGone => invalid("订单已全额退款"),
        CannotRefund::TooMuch => invalid("申请退款金额大于订单剩余可退金额"),
        CannotRefund::TooManyParts => invalid("订单部分退款次数超过50次"),
    }
}

/// What became of a refund.
pub(super) fn query(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let number = call.said("out_refund_no");
    let (order, refund) = find(world, call, Name::OutRefund(&call.mch_id, number))?;
    Ok(told(&order, &refund, Told::Ended).into())
}

/// Sends a refund that could not go back to where it came from to a bank card.
pub(super) fn redirect(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let name = Name::Refund(call.said("refund_id"));
    let (_, refund) = find(world, call, name)?;
    if refund.out_refund_no != call.said("out_refund_no") {
        return Err(Refusal::because("RESOURCE_NOT_EXISTS", "退款单不存在"));
    }
    let redirected = cashier::redirect(world, name, call.now);
    let no = || Refusal::because("INVALID_REQUEST", "退款单状态不是退款异常，不能发起异常退款");
    let (order, refund) = redirected.ok_or_else(no)?;
    Ok(told(&order, &refund, Told::Accepted).into())
}

fn find(world: &mut World, call: &Call, name: Name<'_>) -> Result<(Order, Refund), Refusal> {
    let order = world.ledger.find(name, call.now).filter(|order| order.ask.mch_id == call.mch_id);
    let refund = order.as_ref().and_then(|order| order.refunds.iter().find(|refund| refund.is_called(name)));
    let refund = refund.cloned();
    let found = order.map(|order| order.clone()).zip(refund);
    found.ok_or_else(|| Refusal::because("RESOURCE_NOT_EXISTS", "退款单不存在"))
}

fn told(order: &Order, refund: &Refund, how: Told) -> Fields {
    let mut fields = amounts(order, refund);
    let transaction_id = order.payment.as_ref().map_or("", |payment| &payment.transaction_id);
    let status = match (how, refund.state) {
        (Told::Accepted, _) => "PROCESSING",
        (Told::Ended, Refunded::Done) => "SUCCESS",
        (Told::Ended, Refunded::Abnormal) => "ABNORMAL",
    };
    let at = rfc3339(refund.at);
    let funds = FUNDS.iter().find(|(_, funds)| *funds == refund.funds).map_or("", |(name, _)| name);
    fields.extend([
        ("channel", "ORIGINAL"),
        ("create_time", &at),
        ("funds_account", funds),
        ("out_refund_no", &refund.out_refund_no),
        ("out_trade_no", &order.ask.out_trade_no),
        ("promotion_detail", "[]"),
        ("refund_id", &refund.id),
        ("status", status),
    ]);
    if status == "SUCCESS" {
        fields.set("success_time", at);
    }
    fields.extend([("transaction_id", transaction_id), ("user_received_account", "支付用户零钱")]);
    fields
}

fn amounts(order: &Order, refund: &Refund) -> Fields {
    let mut fields: Fields = [("amount.currency", order.ask.currency.as_str())].into_iter().collect();
    let free = order.ask.total_fee.saturating_sub(order.settled());
    let fen = [
        ("discount_refund", refund.coupon_fee),
        ("payer_refund", refund.cash()),
        ("payer_total", order.cash()),
        ("refund", refund.fee),
        ("settlement_refund", if free == 0 { refund.fee } else { refund.cash() }),
        ("settlement_total", order.settled()),
        ("total", order.ask.total_fee),
    ];
    for (name, fee) in fen {
        fields.set(format!("amount.{name}"), fee.to_string());
        if name == "discount_refund" {
            fields.set("amount.from", "[]");
        }
    }
    fields
}
