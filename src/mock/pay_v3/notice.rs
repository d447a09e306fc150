//! What merchants of pay v3 are told: a paid order, a refund, a transfer. Comes in: what happened;
//! goes out: the notice, encrypted with the APIv3 key and signed by the key of WeChat Pay
//! that the merchant knows, among what is to be sent.
//! <https://pay.weixin.qq.com/doc/v3/partner/4012231898>

use super::super::dice::Dice;
use super::super::identity::Identity;
use super::super::ledger::{News, Order, Refund, Refunded};
use super::super::letter::{self, Letter};
use super::super::notices::About;
use super::super::published::{KeyMode, PUB_KEY_ID};
use super::super::world::World;
use super::combine;
use super::told::{parties, trade};
use super::transfer::happened;
use crate::api::Endpoint;
use crate::api::calendar::rfc3339;
use crate::api::keys::Keys;
use crate::api::pay_v3::notice::{
    COMBINED_PAYMENT, PARTNER_PAYMENT, PARTNER_REFUND, PAYMENT, REFUND, TRANSFER,
};
use crate::wire::Fields;

/// The amounts that the two kinds tell.
const TOTAL: &str = "amount.total";
const BACK: &str = "amount.refund";

/// Tells a merchant what happened.
pub(super) fn tell(world: &mut World, news: &News, now: u64) {
    match news {
        News::Paid(order) => paid(world, order, now),
        News::Refunded { order, refund, url, .. } => {
            let row = of_order(order, [&REFUND, &PARTNER_REFUND]);
            let about = About::of(row, order, Some(refund.out_refund_no.clone()));
            send(world, (row, BACK), url, about, refunded(order, refund), &refund.proof, now);
        }
        News::Ended(transfer) => {
            let about = About {
                endpoint: TRANSFER.name,
                mch_id: transfer.mch_id.clone(),
                out_trade_no: transfer.number.clone(),
                out_refund_no: None,
            };
            let Some(url) = &transfer.notify_url else { return };
            send(world, (&TRANSFER, "transfer_amount"), url, about, happened(transfer), &transfer.proof, now);
        }
    }
}

/// A combined order is told of once, as a whole.
fn paid(world: &mut World, order: &Order, now: u64) {
    let (row, fields, amount) = if order.parts.is_empty() {
        (of_order(order, [&PAYMENT, &PARTNER_PAYMENT]), trade(order), TOTAL)
    } else {
        (&COMBINED_PAYMENT, combine::told(world, order, now), "sub_orders.0.amount.total_amount")
    };
    let url = order.ask.notify_url.as_deref().unwrap_or_default();
    send(world, (row, amount), url, About::of(row, order, None), fields, &order.ask.proof, now);
}

fn send(
    world: &mut World,
    (row, amount): (&'static Endpoint, &'static str),
    url: &str,
    about: About,
    fields: Fields,
    proof: &str,
    now: u64,
) {
    if let Some(keys) = &keys(&world.identity, &mut world.dice, &about.mch_id, proof) {
        letter::post(world, Letter { row, url, fields, keys, about, amount }, now);
    }
}

/// The row of a merchant's order, or of a partner's.
fn of_order(order: &Order, [own, partners]: [&'static Endpoint; 2]) -> &'static Endpoint {
    if order.ask.sub_mch_id.is_some() { partners } else { own }
}

/// What a merchant is told with: the key that it named, unless a switch is under way,
/// when chance decides.
fn keys(identity: &Identity, dice: &mut Dice, mch_id: &str, proof: &str) -> Option<Keys> {
    let mode = identity.key_mode;
    let id = match mode {
        KeyMode::Switching(share) => (dice.roll() % 1000 < u64::from(share)).then_some(PUB_KEY_ID),
        _ => Some(proof),
    };
    let merchant = identity.merchant(mch_id)?;
    merchant.keys_v3(mode, id).or_else(|| merchant.keys_v3(mode, None))
}

/// Its state is called `refund_status` here and `status` in replies.
fn refunded(order: &Order, refund: &Refund) -> Fields {
    let fen = [
        (BACK, refund.fee),
        (TOTAL, order.ask.total_fee),
        ("amount.payer_refund", refund.cash()),
        ("amount.payer_total", order.cash()),
    ];
    let mut fields: Fields = fen.into_iter().map(|(name, fee)| (name, fee.to_string())).collect();
    fields.extend(parties(order).into_iter().filter(|(name, _)| name.ends_with("mchid")));
    let transaction_id = order.payment.as_ref().map_or("", |payment| &payment.transaction_id);
    let status = if refund.state == Refunded::Done { "SUCCESS" } else { "ABNORMAL" };
    fields.extend([
        ("out_refund_no", refund.out_refund_no.as_str()),
        ("out_trade_no", &order.ask.out_trade_no),
        ("refund_id", &refund.id),
        ("refund_status", status),
    ]);
    if refund.state == Refunded::Done {
        fields.set("success_time", rfc3339(refund.at));
    }
    fields.extend([("transaction_id", transaction_id), ("user_received_account", "支付用户零钱")]);
    fields
}
