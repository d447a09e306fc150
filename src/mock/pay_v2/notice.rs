//! What merchants of pay v2 are told: a paid order, a refund. Comes in: what happened;
//! goes out: the signed notice, among what is to be sent.

use super::super::ledger::{Ask, By, News, Order, Refund, Refunded};
use super::super::letter::{self, Letter};
use super::super::notices::About;
use super::super::world::World;
use super::call::funds_named;
use super::place::proof_of;
use crate::api::calendar::{datetime, time14};
use crate::api::{Endpoint, notice};
use crate::wire::Fields;

/// The two rows, with the amount that each tells.
const PAYMENT: (&Endpoint, &str) = (&notice::PAYMENT, "total_fee");
const REFUND: (&Endpoint, &str) = (&notice::REFUND, "refund_fee");

/// Tells the merchant of an order what happened.
pub(super) fn tell(world: &mut World, news: &News, now: u64) {
    match news {
        News::Paid(order) => {
            let url = order.ask.notify_url.as_deref().unwrap_or_default();
            send(world, PAYMENT, url, payment_told(order), order, None, now);
        }
        News::Refunded { order, refund, url, .. } => {
            let mut fields = echo(order);
            fields.remove("device_info");
            fields.extend(refund_told(order, refund).iter());
            send(world, REFUND, url, fields, order, Some(refund.out_refund_no.clone()), now);
        }
        // Nothing of the kind comes by this API.
        News::Ended(_) => {}
    }
}

fn payment_told(order: &Order) -> Fields {
    let mut fields = echo(order);
    fields.extend(paid(order).iter());
    // A query tells both, a notice neither.
    fields.remove("cash_fee_type");
    if order.ask.attach.is_empty() {
        fields.remove("attach");
    }
    fields
}

fn send(
    world: &mut World,
    (row, amount): (&'static Endpoint, &'static str),
    url: &str,
    fields: Fields,
    order: &Order,
    out_refund_no: Option<String>,
    now: u64,
) {
    let Some(merchant) = world.identity.merchant(&order.ask.mch_id) else { return };
    let (place, digest) = proof_of(order);
    let keys = &place.keys(merchant, &order.ask.app_id, digest);
    let about = About::of(row, order, out_refund_no);
    letter::post(world, Letter { row, url, fields, keys, about, amount }, now);
}

/// What of the request comes back in replies and notices.
fn echo(order: &Order) -> Fields {
    let Ask { sub_app_id, sub_mch_id, device, .. } = &*order.ask;
    let named = [("sub_appid", sub_app_id), ("sub_mch_id", sub_mch_id), ("device_info", device)];
    named.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))).collect()
}

/// The fields of a paid order, in the order of the official page.
pub(super) fn paid(order: &Order) -> Fields {
    let mut fields = Fields::new();
    let Some(payment) = &order.payment else { return fields };
    let coupon_fee = payment.coupon_fee();
    fields.extend([
        ("openid", payment.openid.as_str()),
        ("is_subscribe", &payment.is_subscribe),
        ("trade_type", &order.ask.trade_type),
        ("bank_type", &payment.bank_type),
    ]);
    fields.set("total_fee", order.ask.total_fee.to_string());
    if payment.free_fee() > 0 {
        fields.set("settlement_total_fee", order.settled().to_string());
    }
    fields.set("fee_type", order.ask.currency.as_str());
    fields.set("cash_fee", order.cash().to_string());
    fields.set("cash_fee_type", "CNY");
    if coupon_fee > 0 {
        fields.set("coupon_fee", coupon_fee.to_string());
        fields.set("coupon_count", payment.coupons.len().to_string());
    }
    for (n, coupon) in payment.coupons.iter().enumerate() {
        fields.set(format!("coupon_type_{n}"), coupon.kind.as_str());
        fields.set(format!("coupon_id_{n}"), coupon.id.as_str());
        fields.set(format!("coupon_fee_{n}"), coupon.fee.to_string());
    }
    fields.set("transaction_id", payment.transaction_id.as_str());
    fields.set("out_trade_no", order.ask.out_trade_no.as_str());
    fields.set("attach", order.ask.attach.as_str());
    fields.set("time_end", time14(payment.at));
    fields
}

/// What `req_info` hides.
fn refund_told(order: &Order, refund: &Refund) -> Fields {
    let payment = order.payment.as_ref();
    let source = if refund.by == By::Call { "API" } else { "VENDOR_PLATFORM" };
    let fen = |fee: u64| fee.to_string();
    let mut fields: Fields = [
        ("out_refund_no", refund.out_refund_no.as_str()),
        ("out_trade_no", &order.ask.out_trade_no),
        ("refund_account", funds_named(refund.funds)),
        ("refund_id", &refund.id),
        ("refund_recv_accout", "支付用户零钱"),
        ("refund_request_source", source),
        ("refund_status", if refund.state == Refunded::Done { "SUCCESS" } else { "CHANGE" }),
    ]
    .into_iter()
    .collect();
    fields.set("refund_fee", fen(refund.fee));
    fields.set("settlement_refund_fee", fen(refund.cash()));
    fields.set("settlement_total_fee", fen(order.settled()));
    fields.set("success_time", datetime(refund.at));
    fields.set("total_fee", fen(order.ask.total_fee));
    fields.set("transaction_id", payment.map_or("", |payment| &payment.transaction_id));
    fields
}
