//! Payment codes, which a customer shows and a shop scans: what comes of one stands in
//! its last digits. Comes in: what is asked for, and the code; goes out: the paid order,
//! or why it is not. The words for it the doors know.

use super::cashier::{self, How};
use super::ledger::{Ask, Decided, Name, Order, State};
use super::world::World;

/// The trade type of an order by a payment code.
pub(super) const TRADE: &str = "MICROPAY";

/// What a customer does with a payment code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Pays,
    /// Types a password first; two queries later it is decided.
    Types(Decided),
    /// Pays, but WeChat says SYSTEMERROR: only a query tells.
    PaysUnheard,
    Refused(Why),
}

/// Why a code does not pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    Expired,
    /// The customer has not enough.
    Poor,
    Invalid,
    /// The card cannot be used here.
    Card,
    Bank,
    Trade,
    /// The order was begun with another customer's code.
    OtherBuyer,
}

/// Why nothing is paid yet.
#[derive(Debug)]
pub(super) enum NotCharged {
    Refused(Why),
    /// The customer is typing the password.
    Typing,
    /// It is paid, and nobody is told.
    Unheard,
}

/// The last two digits of a payment code that do not simply pay.
const FATES: [(&str, Fate); 10] = [
    ("90", Fate::Refused(Why::Expired)),
    ("91", Fate::Refused(Why::Poor)),
    ("92", Fate::Refused(Why::Invalid)),
    ("93", Fate::Refused(Why::Card)),
    ("94", Fate::Refused(Why::Bank)),
    ("95", Fate::PaysUnheard),
    ("96", Fate::Refused(Why::Trade)),
    ("97", Fate::Refused(Why::OtherBuyer)),
    ("98", Fate::Types(Decided::Pays)),
    ("99", Fate::Types(Decided::Fails)),
];

/// Above 1000 yuan a password is always asked for.
const PASSWORD_ABOVE: u64 = 100_000;

fn fate(auth_code: &str, total_fee: u64) -> Fate {
    match FATES.iter().find(|(end, _)| auth_code.ends_with(end)) {
        Some((_, fate)) => *fate,
        None if total_fee > PASSWORD_ABOVE => Fate::Types(Decided::Pays),
        None => Fate::Pays,
    }
}

/// Why a code belongs to nobody, if it does not.
pub(super) fn useless(auth_code: &str) -> Option<Why> {
    match fate(auth_code, 0) {
        Fate::Refused(why @ (Why::Expired | Why::Invalid)) => Some(why),
        _ => None,
    }
}

/// Charges a code for an order whose number is new.
pub(super) fn charge(world: &mut World, ask: Ask, auth_code: &str, now: u64) -> Result<Order, NotCharged> {
    let fate = fate(auth_code, ask.total_fee);
    let state = match fate {
        Fate::Refused(why) => return Err(NotCharged::Refused(why)),
        Fate::Types(then) => State::UserPaying { queries: 1, then },
        Fate::Pays | Fate::PaysUnheard => State::NotPay,
    };
    let order = cashier::prepare(world, ask, state, now);
    world.ledger.add(order.clone());
    if matches!(fate, Fate::Types(_)) {
        return Err(NotCharged::Typing);
    }
    let paid = cashier::pay(world, &order.ask.mch_id, &order.ask.out_trade_no, How::default(), now);
    paid.ok().filter(|_| fate == Fate::Pays).ok_or(NotCharged::Unheard)
}

/// A payment can be reversed for a week.
const WEEK: u64 = 7 * 86_400;

/// Why an order is not reversed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CannotReverse {
    /// It was not paid by a code.
    NoCode,
    Refunded,
    TooLate,
}

/// Takes a payment back, or closes it for good. WeChat wants 15 seconds in between; a
/// mock that did would only make tests slow.
pub(super) fn reverse(world: &mut World, order: &Order, now: u64) -> Result<(), CannotReverse> {
    if order.ask.trade_type != TRADE {
        return Err(CannotReverse::NoCode);
    }
    if order.state == State::Refund {
        return Err(CannotReverse::Refunded);
    }
    if order.payment.as_ref().is_some_and(|payment| now > payment.at.saturating_add(WEEK)) {
        return Err(CannotReverse::TooLate);
    }
    if let Some(stored) = world.ledger.find(Name::Number(&order.ask.mch_id, &order.ask.out_trade_no), now) {
        stored.state = State::Revoked;
    }
    Ok(())
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
        assert_eq!(fate("130000000000000091", 1), Fate::Refused(Why::Poor));
        assert_eq!(useless("130000000000000092"), Some(Why::Invalid));
        assert_eq!(useless("130000000000000091"), None);
    }
}
