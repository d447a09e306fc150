//! What merchants of pay v2 are told: a paid order, a refund. Comes in: what happened;
//! goes out: the signed notice, among what is to be sent. Faults of notices happen here.

use super::super::faults::{self, Effect, Kind};
use super::super::ledger::{Ask, By, News, Order, Refund, Refunded};
use super::super::notices::About;
use super::super::world::World;
use super::call::{digest_of, funds_named};
use crate::api::calendar::{datetime, time14};
use crate::api::codec::write_request;
use crate::api::{Endpoint, Stamp, notice};
use crate::wire::{Fields, Request};

/// Tells the merchant of an order what happened.
pub(super) fn tell(world: &mut World, news: &News, now: u64) {
    match news {
        News::Paid(order) => {
            let url = order.ask.notify_url.as_deref().unwrap_or_default();
            send(world, &notice::PAYMENT, url, &payment_told(order), order, None, now);
        }
        News::Refunded { order, refund, url } => {
            let mut fields = echo(order);
            fields.remove("device_info");
            fields.extend(refund_told(order, refund).iter());
            send(world, &notice::REFUND, url, &fields, order, Some(refund.out_refund_no.clone()), now);
        }
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
    row: &'static Endpoint,
    url: &str,
    fields: &Fields,
    order: &Order,
    out_refund_no: Option<String>,
    now: u64,
) {
    let Some(merchant) = world.identity.merchant(&order.ask.mch_id) else { return };
    let keys = merchant.keys(&order.ask.app_id, digest_of(order));
    let (mch_id, out_trade_no) = (order.ask.mch_id.clone(), order.ask.out_trade_no.clone());
    let about = About { endpoint: row.name, mch_id, out_trade_no, out_refund_no };
    let stamp = Stamp { now, nonce: world.dice.text(32) };
    let effects = world.faults.take(Kind::Notice, row.name, now);
    let mut request = match write_request(row, &told_wrong(fields, &effects), &keys, &stamp, url) {
        Ok(written) => written.request,
        Err(error) => {
            let request = Request::new("POST", url);
            return world.notices.unwritten(about, request, format!("{error:?}"), now);
        }
    };
    for effect in &effects {
        faults::spoil_body(&mut request.body, effect, keys.v2.as_ref().map(|v2| &v2.key));
    }
    if faults::ending(&effects).is_some() {
        return world.notices.unwritten(about, request, "fault: drop".into(), now);
    }
    let later = world.notices.send(about, request, &effects, now);
    world.outbox.extend(later);
}

/// What a notice says when it is told to say something else.
fn told_wrong(fields: &Fields, effects: &[Effect]) -> Fields {
    let mut fields = fields.clone();
    for effect in effects {
        match effect {
            Effect::NewFields => {
                fields.extend([("new_field_of_wechat", "1"), ("new_words_of_wechat", "新字段")]);
            }
            Effect::Amount(wrong) => {
                let name = if fields.get("refund_fee").is_some() { "refund_fee" } else { "total_fee" };
                let usual = if fields.get(name) == Some("1") { 2 } else { 1 };
                fields.set(name, wrong.unwrap_or(usual).to_string());
            }
            _ => {}
        }
    }
    fields
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
