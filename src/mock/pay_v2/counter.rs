//! At the counter: payment codes, reversal, and the three small calls that stand
//! next to them. Comes in: an admitted call; goes out: the fields of the reply,
//! or WeChat's no. What happens to a payment code stands in its last digits.

use super::super::cashier::{self, How};
use super::super::ledger::{Decided, Name, Order, State};
use super::super::world::World;
use super::call::Call;
use super::notice::paid;
use super::refusal::Refusal;
use super::trade::{find, new_order};
use crate::api::Answer;
use crate::wire::Fields;

/// What a customer does with a payment code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Pays,
    /// Types a password first; two queries later it is decided.
    Types(Decided),
    /// Pays, but WeChat says SYSTEMERROR: only a query tells.
    PaysUnheard,
    Refused(&'static str),
}

/// The last two digits of a payment code that do not simply pay.
const FATES: [(&str, Fate); 10] = [
    ("90", Fate::Refused("AUTHCODEEXPIRE")),
    ("91", Fate::Refused("NOTENOUGH")),
    ("92", Fate::Refused("AUTH_CODE_INVALID")),
    ("93", Fate::Refused("NOTSUPORTCARD")),
    ("94", Fate::Refused("BANKERROR")),
    ("95", Fate::PaysUnheard),
    ("96", Fate::Refused("TRADE_ERROR")),
    ("97", Fate::Refused("BUYER_MISMATCH")),
    ("98", Fate::Types(Decided::Pays)),
    ("99", Fate::Types(Decided::Fails)),
];

/// Above 1000 yuan a password is always asked for.
const PASSWORD_ABOVE: u64 = 100_000;
/// A payment can be reversed for a week.
const WEEK: u64 = 7 * 86_400;

fn fate(auth_code: &str, total_fee: u64) -> Fate {
    match FATES.iter().find(|(end, _)| auth_code.ends_with(end)) {
        Some((_, fate)) => *fate,
        None if total_fee > PASSWORD_ABOVE => Fate::Types(Decided::Pays),
        None => Fate::Pays,
    }
}

/// Charges a payment code.
pub(super) fn micropay(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let number = call.said("out_trade_no");
    if let Some(order) = world.ledger.find(Name::Number(&call.mch_id, number), call.now) {
        return Err(already(order));
    }
    let fate = fate(call.said("auth_code"), call.fen("total_fee"));
    let state = match fate {
        Fate::Refused(code) => return Err(Refusal::of(code)),
        Fate::Types(then) => State::UserPaying { queries: 1, then },
        Fate::Pays | Fate::PaysUnheard => State::NotPay,
    };
    let order = new_order(world, call, "MICROPAY", state);
    world.ledger.add(order);
    if matches!(fate, Fate::Types(_)) {
        return Err(Refusal::because("USERPAYING", "需要用户输入支付密码"));
    }
    let order = cashier::pay(world, &call.mch_id, number, How::default(), call.now);
    match (order, fate) {
        (Ok(order), Fate::Pays) => {
            let mut fields = call.reply(&mut world.dice);
            fields.extend(paid(&order).iter());
            Ok(fields.into())
        }
        _ => Err(Refusal::of("SYSTEMERROR")),
    }
}

fn already(order: &Order) -> Refusal {
    match order.state {
        State::Success | State::Refund => Refusal::because("ORDERPAID", "该订单已支付"),
        State::Closed => Refusal::of("ORDERCLOSED"),
        State::Revoked => Refusal::of("ORDERREVERSED"),
        State::UserPaying { .. } => Refusal::because("USERPAYING", "需要用户输入支付密码"),
        State::NotPay | State::PayError => Refusal::of("OUT_TRADE_NO_USED"),
    }
}

/// Takes a payment back, or closes it for good. WeChat wants 15 seconds in
/// between; a mock that did would only make tests slow.
pub(super) fn reverse(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let order = find(world, call, "ORDER_NOT_EXIST")?;
    if order.ask.trade_type != "MICROPAY" {
        return Err(Refusal::because("INVALID_REQUEST", "仅付款码支付的订单可以撤销"));
    }
    if order.state == State::Refund {
        return Err(Refusal::of("TRADE_ERROR"));
    }
    if order.payment.as_ref().is_some_and(|payment| call.now > payment.at.saturating_add(WEEK)) {
        return Err(Refusal::of("REVERSE_EXPIRE"));
    }
    let name = Name::Number(&order.ask.mch_id, &order.ask.out_trade_no);
    if let Some(stored) = world.ledger.find(name, call.now) {
        stored.state = State::Revoked;
    }
    Ok(one(world, call, "recall", "N"))
}

/// Whose payment code this is.
pub(super) fn authcodetoopenid(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    if let Fate::Refused(code @ ("AUTHCODEEXPIRE" | "AUTH_CODE_INVALID")) = fate(call.said("auth_code"), 0) {
        return Err(Refusal::of(code));
    }
    let openid = world.identity.default_user().openid;
    Ok(one(world, call, "openid", &openid))
}

/// A short link for a long one.
pub(super) fn shorturl(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    if !call.said("long_url").starts_with("weixin://wxpay/bizpayurl") {
        return Err(Refusal::because("LACK_PARAMS", "invalid long_url"));
    }
    let short = format!("weixin://wxpay/s/{}", world.dice.text(6));
    Ok(one(world, call, "short_url", &short))
}

/// Takes note of nothing.
#[expect(clippy::unnecessary_wraps, reason = "every function of the table has one shape")]
pub(super) fn report(_: &mut World, _: &Call) -> Result<Answer, Refusal> {
    let told = [("return_code", "SUCCESS"), ("return_msg", "OK"), ("result_code", "SUCCESS")];
    Ok(told.into_iter().collect::<Fields>().into())
}

fn one(world: &mut World, call: &Call, name: &str, value: &str) -> Answer {
    let mut fields = call.reply(&mut world.dice);
    fields.set(name, value);
    fields.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payment_code_says_its_fate() {
        assert_eq!(fate("130000000000000001", 1), Fate::Pays);
        assert_eq!(fate("130000000000000001", 100_000), Fate::Pays);
        assert_eq!(fate("130000000000000001", 100_001), Fate::Types(Decided::Pays));
        assert_eq!(fate("130000000000000099", 1), Fate::Types(Decided::Fails));
        assert_eq!(fate("130000000000000091", 1), Fate::Refused("NOTENOUGH"));
    }
}
