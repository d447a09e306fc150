//! refund and refundquery. Comes in: an admitted call; goes out: the fields of
//! the reply, or WeChat's no. A refund is done as soon as it is accepted.

use super::super::cashier::{self, CannotRefund, GiveBack};
use super::super::ledger::{By, Name, Order, Refund, Refunded};
use super::super::world::World;
use super::call::{API, Call, funds, funds_named};
use super::refusal::Refusal;
use super::trade::find;
use crate::api::Answer;
use crate::api::calendar::datetime;
use crate::wire::Fields;

/// So many refunds fit into one reply.
const PAGE: usize = 20;

/// Gives money back; the same refund number again gives the same answer again.
pub(super) fn refund(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    if call.fen("refund_fee") > call.fen("total_fee") {
        return Err(Refusal::Protocol { code: "PARAM_ERROR".into(), text: "invalid refund_fee".into() });
    }
    let order = find(world, call, "ORDERNOTEXIST")?;
    let filled = |name: &str| call.fields.filled(name).map(str::to_owned);
    let asked = GiveBack {
        out_refund_no: call.said("out_refund_no").into(),
        total_fee: call.fen("total_fee"),
        fee: call.fen("refund_fee"),
        funds: filled("refund_account").map(|named| funds(&named)),
        desc: call.said("refund_desc").into(),
        api: API.into(),
        proof: call.proof(),
        notify_url: filled("notify_url"),
        by: By::Call,
    };
    let (order, refund) = cashier::refund(world, &order, asked, call.now).map_err(no)?;
    Ok(accepted(world, call, &order, &refund))
}

fn no(why: CannotRefund) -> Refusal {
    match why {
        CannotRefund::NotPaid => Refusal::because("ORDERNOTEXIST", "订单不存在"),
        CannotRefund::OtherTerms => Refusal::of("REFUND_FEE_MISMATCH"),
        CannotRefund::TooLate => Refusal::of("TRADE_OVERDUE"),
        CannotRefund::AllGone => Refusal::because("ERROR", "订单已全额退款"),
        CannotRefund::TooMuch => Refusal::because("REFUND_FEE_INVALID", "累计退款金额大于支付金额"),
        CannotRefund::TooManyParts => Refusal::because("INVALID_REQUEST", "订单部分退款次数超过50次"),
    }
}

fn accepted(world: &mut World, call: &Call, order: &Order, refund: &Refund) -> Answer {
    let mut fields = call.reply(&mut world.dice);
    fields.remove("device_info");
    fields.extend(amounts(order).iter());
    fields.set("out_refund_no", refund.out_refund_no.as_str());
    fields.set("refund_id", refund.id.as_str());
    fields.set("refund_channel", "");
    fields.set("refund_fee", refund.fee.to_string());
    fields.set("coupon_refund_fee", refund.coupon_fee.to_string());
    let coupons = order.payment.as_ref().map_or(0, |payment| payment.coupons.len());
    fields.set("coupon_refund_count", coupons.to_string());
    fields.set("cash_refund_fee", refund.cash().to_string());
    fields.into()
}

/// What both calls say about the order.
fn amounts(order: &Order) -> Fields {
    let payment = order.payment.as_ref();
    let transaction_id = payment.map_or("", |payment| &payment.transaction_id);
    let mut fields: Fields =
        [("transaction_id", transaction_id), ("out_trade_no", &order.ask.out_trade_no)].into_iter().collect();
    fields.set("total_fee", order.ask.total_fee.to_string());
    if order.settled() < order.ask.total_fee {
        fields.set("settlement_total_fee", order.settled().to_string());
    }
    fields.set("fee_type", order.ask.currency.as_str());
    fields.set("cash_fee", order.cash().to_string());
    fields
}

/// What became of the refunds of an order, or of one of them.
pub(super) fn refundquery(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let (order, wanted) = find_refunds(world, call)?;
    let offset = call.fields.filled("offset");
    let skip = offset.and_then(|n| n.parse().ok()).unwrap_or(0);
    let shown: Vec<&Refund> = wanted.iter().skip(skip).take(PAGE).collect();
    if shown.is_empty() {
        return Err(Refusal::because("REFUNDNOTEXIST", "not exist"));
    }
    let mut fields = call.reply(&mut world.dice);
    fields.remove("device_info");
    if offset.is_some() {
        fields.set("total_refund_count", wanted.len().to_string());
    }
    fields.extend(amounts(&order).iter());
    fields.set("refund_count", shown.len().to_string());
    for (n, refund) in shown.into_iter().enumerate() {
        fields.extend(numbered(n, refund));
    }
    Ok(fields.into())
}

/// The order and those of its refunds that are asked for: by `refund_id`, else
/// `out_refund_no`, else all of the order.
fn find_refunds(world: &mut World, call: &Call) -> Result<(Order, Vec<Refund>), Refusal> {
    let none = || Refusal::because("REFUNDNOTEXIST", "not exist");
    let filled = |name| call.fields.filled(name);
    let name = match (filled("refund_id"), filled("out_refund_no")) {
        (Some(id), _) => Name::Refund(id),
        (_, Some(number)) => Name::OutRefund(&call.mch_id, number),
        _ => {
            let order = find(world, call, "REFUNDNOTEXIST").map_err(|_| none())?;
            let refunds = order.refunds.clone();
            return Ok((order, refunds));
        }
    };
    let order = world.ledger.find(name, call.now).filter(|order| order.ask.mch_id == call.mch_id);
    let order = order.ok_or_else(none)?.clone();
    let wanted = order.refunds.iter().filter(|refund| refund.is_called(name)).cloned().collect();
    Ok((order, wanted))
}

fn numbered(n: usize, refund: &Refund) -> Vec<(String, String)> {
    let mut fields = vec![
        ("out_refund_no", refund.out_refund_no.clone()),
        ("refund_id", refund.id.clone()),
        ("refund_channel", "ORIGINAL".into()),
        ("refund_fee", refund.fee.to_string()),
        ("refund_status", if refund.state == Refunded::Done { "SUCCESS" } else { "CHANGE" }.into()),
        ("refund_account", funds_named(refund.funds).into()),
        // WeChat's own spelling: accout.
        ("refund_recv_accout", "支付用户零钱".into()),
        ("refund_success_time", datetime(refund.at)),
    ];
    if refund.coupon_fee > 0 {
        fields.push(("settlement_refund_fee", refund.cash().to_string()));
        fields.push(("coupon_refund_fee", refund.coupon_fee.to_string()));
    }
    fields.into_iter().map(|(name, value)| (format!("{name}_{n}"), value)).collect()
}
