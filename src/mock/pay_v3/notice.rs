//! What merchants of pay v3 are told: a paid order, a refund. Comes in: what happened;
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
use super::told::{parties, trade};
use crate::api::Endpoint;
use crate::api::calendar::rfc3339;
use crate::api::keys::Keys;
use crate::api::pay_v3::notice::{PARTNER_PAYMENT, PARTNER_REFUND, PAYMENT, REFUND};
use crate::wire::Fields;

/// The amounts that the two kinds tell.
const TOTAL: &str = "amount.total";
const BACK: &str = "amount.refund";

/// Tells the merchant of an order what happened.
pub(super) fn tell(world: &mut World, news: &News, now: u64) {
    let order = news.order();
    let (mch_id, proof) = (&order.ask.mch_id, &order.ask.proof);
    let Some(keys) = &keys(&world.identity, &mut world.dice, mch_id, proof) else { return };
    let letter = match news {
        News::Paid(order) => {
            let row = of_order(order, [&PAYMENT, &PARTNER_PAYMENT]);
            let url = order.ask.notify_url.as_deref().unwrap_or_default();
            Letter { row, url, fields: trade(order), keys, about: About::of(row, order, None), amount: TOTAL }
        }
        News::Refunded { order, refund, url, .. } => {
            let row = of_order(order, [&REFUND, &PARTNER_REFUND]);
            let about = About::of(row, order, Some(refund.out_refund_no.clone()));
            Letter { row, url, fields: refunded(order, refund), keys, about, amount: BACK }
        }
    };
    letter::post(world, letter, now);
}

/// The row of a merchant's order, or of a partner's.
fn of_order(order: &Order, [own, partners]: [&'static Endpoint; 2]) -> &'static Endpoint {
    if order.ask.sub_mch_id.is_some() { partners } else { own }
}

/// What a merchant is told with: the key that it named, unless a switch is under way,
/// when chance decides.
pub(super) fn keys(identity: &Identity, dice: &mut Dice, mch_id: &str, proof: &str) -> Option<Keys> {
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
