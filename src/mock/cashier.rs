//! Somebody pays: the order changes, the notice goes out. Comes in: which order
//! and how it is paid; goes out: the paid order, or why not. The same for the
//! control plane, payment codes and pages.

use super::Mock;
use super::ledger::{Coupon, Name, Order, Payment, Refund, State};
use super::notices::About;
use crate::api::codec::write_request;
use crate::api::{Endpoint, Stamp, notice};
use crate::wire::{Fields, Request};

use super::faults::{self, Effect, Kind};
use crate::api::calendar::{date8, datetime, time14};

/// How an order is paid.
#[derive(Debug, Default)]
pub(super) struct How {
    /// The payer; otherwise who was named in the order, or the default user.
    pub(super) openid: Option<String>,
    pub(super) bank_type: Option<String>,
    pub(super) is_subscribe: Option<String>,
    pub(super) coupons: Vec<Coupon>,
}

/// Why an order cannot be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CannotPay {
    NoSuchOrder,
    /// In a state that cannot be paid any more.
    NotPayable(State),
    /// The coupons are worth more than the order.
    TooManyCoupons,
}

impl Mock {
    /// Pays an order and sends its notice; payment codes have none.
    pub(super) fn take_payment(
        &mut self,
        mch_id: &str,
        out_trade_no: &str,
        how: How,
        now: u64,
    ) -> Result<Order, CannotPay> {
        let user = self.identity.default_user();
        let transaction_id = format!("4200000{}{}{}", self.dice.digits(3), date8(now), self.dice.digits(10));
        let order = self.ledger.find(Name::Number(mch_id, out_trade_no), now);
        let order = order.ok_or(CannotPay::NoSuchOrder)?;
        if !matches!(order.state, State::NotPay | State::UserPaying { .. }) {
            return Err(CannotPay::NotPayable(order.state));
        }
        if how.coupons.iter().map(|coupon| coupon.fee).sum::<u64>() > order.total_fee {
            return Err(CannotPay::TooManyCoupons);
        }
        let named = order.asked.filled("openid").map(str::to_owned);
        order.state = State::Success;
        order.payment = Some(Payment {
            transaction_id,
            at: now,
            openid: how.openid.or(named).unwrap_or(user.openid),
            is_subscribe: how.is_subscribe.unwrap_or_else(|| "N".into()),
            bank_type: how.bank_type.unwrap_or_else(|| "OTHERS".into()),
            coupons: how.coupons,
        });
        let order = order.clone();
        self.ledger.rename(mch_id, out_trade_no);
        if order.trade_type != "MICROPAY" {
            self.tell_payment(&order, now);
        }
        Ok(order)
    }

    fn tell_payment(&mut self, order: &Order, now: u64) {
        let mut fields = echo(order);
        fields.extend(paid(order).iter());
        // A query tells both, a notice neither.
        fields.remove("cash_fee_type");
        if order.said("attach").is_empty() {
            fields.remove("attach");
        }
        let about = About {
            endpoint: notice::PAYMENT.name,
            mch_id: order.mch_id.clone(),
            out_trade_no: order.out_trade_no.clone(),
            out_refund_no: None,
        };
        self.tell(&notice::PAYMENT, order.said("notify_url"), &fields, order, about, now);
    }

    /// Sends the notice of a refund.
    pub(super) fn tell_refund(&mut self, order: &Order, refund: &Refund, url: &str, now: u64) {
        let mut fields = echo(order);
        fields.remove("device_info");
        fields.extend(refund_told(order, refund).iter());
        let about = About {
            endpoint: notice::REFUND.name,
            mch_id: order.mch_id.clone(),
            out_trade_no: order.out_trade_no.clone(),
            out_refund_no: Some(refund.out_refund_no.clone()),
        };
        self.tell(&notice::REFUND, url, &fields, order, about, now);
    }

    fn tell(&mut self, row: &Endpoint, url: &str, fields: &Fields, order: &Order, about: About, now: u64) {
        let Some(merchant) = self.identity.merchant(&order.mch_id) else { return };
        let keys = merchant.keys(&order.app_id, order.sign_type);
        let stamp = Stamp { now, nonce: self.dice.text(32) };
        let effects = self.faults.take(Kind::Notice, row.name, now);
        let written = write_request(row, &told_wrong(fields, &effects), &keys, &stamp, url);
        let mut request = match written {
            Ok(written) => written.request,
            Err(error) => {
                let request = Request::new("POST", url);
                return self.notices.unwritten(about, request, format!("{error:?}"), now);
            }
        };
        for effect in &effects {
            faults::spoil_body(&mut request.body, effect, keys.v2.as_ref().map(|v2| &v2.key));
        }
        if faults::ending(&effects).is_some() {
            return self.notices.unwritten(about, request, "fault: drop".into(), now);
        }
        let later = self.notices.send(about, request, &effects, now);
        self.outbox.extend(later);
    }
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
    let names = ["sub_appid", "sub_mch_id", "device_info"];
    names.iter().filter_map(|name| order.asked.filled(name).map(|value| (*name, value))).collect()
}

/// The fields of a paid order, in the order of the official page.
pub(super) fn paid(order: &Order) -> Fields {
    let mut fields = Fields::new();
    let Some(payment) = &order.payment else { return fields };
    let coupon_fee = payment.coupon_fee();
    fields.extend([
        ("openid", payment.openid.as_str()),
        ("is_subscribe", &payment.is_subscribe),
        ("trade_type", &order.trade_type),
        ("bank_type", &payment.bank_type),
    ]);
    fields.set("total_fee", order.total_fee.to_string());
    if payment.free_fee() > 0 {
        fields.set("settlement_total_fee", (order.total_fee - payment.free_fee()).to_string());
    }
    fields.set("fee_type", order.asked.filled("fee_type").unwrap_or("CNY"));
    fields.set("cash_fee", (order.total_fee - coupon_fee).to_string());
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
    fields.set("out_trade_no", order.out_trade_no.as_str());
    fields.set("attach", order.said("attach"));
    fields.set("time_end", time14(payment.at));
    fields
}

/// What `req_info` hides.
fn refund_told(order: &Order, refund: &Refund) -> Fields {
    let payment = order.payment.as_ref();
    let free = payment.map_or(0, Payment::free_fee);
    let fen = |fee: u64| fee.to_string();
    let mut fields: Fields = [
        ("out_refund_no", refund.out_refund_no.as_str()),
        ("out_trade_no", &order.out_trade_no),
        ("refund_account", &refund.account),
        ("refund_id", &refund.id),
        ("refund_recv_accout", "支付用户零钱"),
        ("refund_request_source", "API"),
        ("refund_status", "SUCCESS"),
    ]
    .into_iter()
    .collect();
    fields.set("refund_fee", fen(refund.fee));
    fields.set("settlement_refund_fee", fen(refund.fee - refund.coupon_fee));
    fields.set("settlement_total_fee", fen(order.total_fee - free));
    fields.set("success_time", datetime(refund.at));
    fields.set("total_fee", fen(order.total_fee));
    fields.set("transaction_id", payment.map_or("", |payment| &payment.transaction_id));
    fields
}
