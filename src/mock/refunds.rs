//! refund and refundquery. Comes in: an admitted call; goes out: the fields of
//! the reply, or WeChat's no. A refund is done as soon as it is accepted.

use super::Mock;
use super::ledger::{Name, Order, Payment, Refund, State};
use super::pay::Call;
use super::refusal::Refusal;
use super::trade::find;
use crate::api::Answer;
use crate::api::calendar::{date8, datetime};
use crate::wire::Fields;

/// An order is refunded in so many parts at most.
const MOST: usize = 50;
/// So many refunds fit into one reply.
const PAGE: usize = 20;
/// A payment can be refunded for a year.
const YEAR: u64 = 365 * 86_400;

/// Gives money back; the same refund number again gives the same answer again.
pub(super) fn refund(mock: &mut Mock, call: &Call) -> Result<Answer, Refusal> {
    if call.fen("refund_fee") > call.fen("total_fee") {
        return Err(Refusal::Protocol { code: "PARAM_ERROR".into(), text: "invalid refund_fee".into() });
    }
    let order = find(mock, call, "ORDERNOTEXIST")?;
    if let Some(done) = asked_before(mock, call, &order)? {
        return Ok(accepted(mock, call, &order, &done));
    }
    may_refund(&order, call)?;
    let refund = new_refund(mock, call, &order);
    let order = enter(mock, &order, refund.clone(), call.now);
    if let Some(url) = call.fields.filled("notify_url") {
        mock.tell_refund(&order, &refund, url, call.now);
    }
    Ok(accepted(mock, call, &order, &refund))
}

/// The refund of this number, if there is one and it is the same.
fn asked_before(mock: &mut Mock, call: &Call, order: &Order) -> Result<Option<Refund>, Refusal> {
    let number = call.said("out_refund_no");
    let Some(other) = mock.ledger.find(Name::OutRefund(&call.mch_id, number), call.now) else {
        return Ok(None);
    };
    let refund = other.refunds.iter().find(|refund| refund.out_refund_no == number);
    let same = |refund: &&Refund| {
        other.out_trade_no == order.out_trade_no
            && other.total_fee == call.fen("total_fee")
            && refund.fee == call.fen("refund_fee")
    };
    refund.filter(same).cloned().map(Some).ok_or_else(|| Refusal::of("REFUND_FEE_MISMATCH"))
}

fn may_refund(order: &Order, call: &Call) -> Result<(), Refusal> {
    let (Some(payment), State::Success | State::Refund) = (&order.payment, order.state) else {
        return Err(Refusal::because("ORDERNOTEXIST", "订单不存在"));
    };
    if order.total_fee != call.fen("total_fee") {
        return Err(Refusal::of("REFUND_FEE_MISMATCH"));
    }
    if call.now > payment.at + YEAR {
        return Err(Refusal::of("TRADE_OVERDUE"));
    }
    let left = order.total_fee - order.refunded();
    if left == 0 {
        return Err(Refusal::because("ERROR", "订单已全额退款"));
    }
    if call.fen("refund_fee") > left {
        return Err(Refusal::because("INVALID_REQUEST", "refund_fee大于可退金额"));
    }
    if order.refunds.len() >= MOST {
        return Err(Refusal::because("INVALID_REQUEST", "订单部分退款次数超过50次"));
    }
    Ok(())
}

fn new_refund(mock: &mut Mock, call: &Call, order: &Order) -> Refund {
    let fee = call.fen("refund_fee");
    let coupons = order.payment.as_ref().map_or(0, Payment::coupon_fee);
    let account = call.fields.filled("refund_account").unwrap_or("REFUND_SOURCE_UNSETTLED_FUNDS");
    Refund {
        out_refund_no: call.said("out_refund_no").into(),
        id: format!("50300{}{}{}", mock.dice.digits(5), date8(call.now), mock.dice.digits(11)),
        fee,
        // In proportion, as WeChat does.
        coupon_fee: coupons * fee / order.total_fee.max(1),
        account: account.into(),
        desc: call.said("refund_desc").into(),
        at: call.now,
    }
}

fn enter(mock: &mut Mock, order: &Order, refund: Refund, now: u64) -> Order {
    let name = Name::Number(&order.mch_id, &order.out_trade_no);
    let Some(stored) = mock.ledger.find(name, now) else { return order.clone() };
    stored.refunds.push(refund);
    stored.state = State::Refund;
    let changed = stored.clone();
    mock.ledger.rename(&order.mch_id, &order.out_trade_no);
    changed
}

fn accepted(mock: &mut Mock, call: &Call, order: &Order, refund: &Refund) -> Answer {
    let mut fields = call.reply(&mut mock.dice);
    fields.remove("device_info");
    fields.extend(amounts(order).iter());
    fields.set("out_refund_no", refund.out_refund_no.as_str());
    fields.set("refund_id", refund.id.as_str());
    fields.set("refund_channel", "");
    fields.set("refund_fee", refund.fee.to_string());
    fields.set("coupon_refund_fee", refund.coupon_fee.to_string());
    let coupons = order.payment.as_ref().map_or(0, |payment| payment.coupons.len());
    fields.set("coupon_refund_count", coupons.to_string());
    fields.set("cash_refund_fee", (refund.fee - refund.coupon_fee).to_string());
    fields.into()
}

/// What both calls say about the order.
fn amounts(order: &Order) -> Fields {
    let payment = order.payment.as_ref();
    let transaction_id = payment.map_or("", |payment| &payment.transaction_id);
    let mut fields: Fields =
        [("transaction_id", transaction_id), ("out_trade_no", &order.out_trade_no)].into_iter().collect();
    fields.set("total_fee", order.total_fee.to_string());
    let free = payment.map_or(0, Payment::free_fee);
    if free > 0 {
        fields.set("settlement_total_fee", (order.total_fee - free).to_string());
    }
    fields.set("fee_type", order.asked.filled("fee_type").unwrap_or("CNY"));
    fields.set("cash_fee", (order.total_fee - payment.map_or(0, Payment::coupon_fee)).to_string());
    fields
}

/// What became of the refunds of an order, or of one of them.
pub(super) fn refundquery(mock: &mut Mock, call: &Call) -> Result<Answer, Refusal> {
    let (order, wanted) = find_refunds(mock, call)?;
    let offset = call.fields.filled("offset");
    let skip = offset.and_then(|n| n.parse().ok()).unwrap_or(0);
    let shown: Vec<&Refund> = wanted.iter().skip(skip).take(PAGE).collect();
    if shown.is_empty() {
        return Err(Refusal::because("REFUNDNOTEXIST", "not exist"));
    }
    let mut fields = call.reply(&mut mock.dice);
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
fn find_refunds(mock: &mut Mock, call: &Call) -> Result<(Order, Vec<Refund>), Refusal> {
    let none = || Refusal::because("REFUNDNOTEXIST", "not exist");
    let filled = |name| call.fields.filled(name);
    let name = match (filled("refund_id"), filled("out_refund_no")) {
        (Some(id), _) => Name::Refund(id),
        (_, Some(number)) => Name::OutRefund(&call.mch_id, number),
        _ => {
            let order = find(mock, call, "REFUNDNOTEXIST").map_err(|_| none())?;
            let refunds = order.refunds.clone();
            return Ok((order, refunds));
        }
    };
    let order = mock.ledger.find(name, call.now).filter(|order| order.mch_id == call.mch_id);
    let order = order.ok_or_else(none)?.clone();
    let wanted = order.refunds.iter().filter(|refund| refund.is_called(name)).cloned().collect();
    Ok((order, wanted))
}

fn numbered(n: usize, refund: &Refund) -> Vec<(String, String)> {
    let settled = refund.fee - refund.coupon_fee;
    let mut fields = vec![
        ("out_refund_no", refund.out_refund_no.clone()),
        ("refund_id", refund.id.clone()),
        ("refund_channel", "ORIGINAL".into()),
        ("refund_fee", refund.fee.to_string()),
        ("refund_status", "SUCCESS".into()),
        ("refund_account", refund.account.clone()),
        // WeChat's own spelling: accout.
        ("refund_recv_accout", "支付用户零钱".into()),
        ("refund_success_time", datetime(refund.at)),
    ];
    if refund.coupon_fee > 0 {
        fields.push(("settlement_refund_fee", settled.to_string()));
        fields.push(("coupon_refund_fee", refund.coupon_fee.to_string()));
    }
    fields.into_iter().map(|(name, value)| (format!("{name}_{n}"), value)).collect()
}
