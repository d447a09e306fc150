//! Somebody pays, somebody gives back: the order changes, and its merchant is to hear of
//! it. Comes in: which order, and how; goes out: the changed order, or why not. The same
//! for calls of any kind, payment codes, the control plane and pages.

use std::sync::Arc;

use super::dice::Dice;
use super::faults::Effect;
use super::ledger::{
    Ask, By, Coupon, Decided, Funds, Name, News, Order, PREPAY_LIFE, Payment, Refund, Refunded, State, Told,
};
use super::transfers::{Decision, Transfer};
use super::world::World;
use crate::api::Word;
use crate::api::calendar::{date8, time14};

/// An order as it is asked for; not yet in the ledger.
pub(super) fn prepare(world: &mut World, ask: Ask, state: State, now: u64) -> Order {
    Order {
        ask: Arc::new(ask),
        prepay_id: ["wx", &time14(now), &world.dice.hex(20)].concat(),
        pr: world.dice.text(7) + "zz",
        created: now,
        prepay_expires: now + PREPAY_LIFE,
        state,
        payment: None,
        refunds: Vec::new(),
        parts: Vec::new(),
    }
}

/// The page that leads from a browser to WeChat, for who reached us at this address.
pub(super) fn h5_url(dice: &mut Dice, origin: &str, order: &Order) -> String {
    let package = dice.digits(10);
    // Who reaches us by WeChat's own name is to see WeChat's own address there.
    let is_wechats = origin.ends_with(".weixin.qq.com");
    let origin = if is_wechats { "https://wx.tenpay.com" } else { origin };
    format!("{origin}/cgi-bin/mmpayweb-bin/checkmweb?prepay_id={}&package={package}", order.prepay_id)
}

/// Why an order is not closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CannotClose {
    Paid,
    /// It is closed.
    Closed,
    /// A payment code has decided.
    Decided,
}

/// Closes an order that nobody has paid. WeChat wants it five minutes old; a mock that
/// did would only make tests slow.
pub(super) fn close(world: &mut World, order: &Order, now: u64) -> Result<(), CannotClose> {
    match order.state {
        State::Success | State::Refund => return Err(CannotClose::Paid),
        State::Closed => return Err(CannotClose::Closed),
        State::Revoked | State::PayError | State::UserPaying { .. } => return Err(CannotClose::Decided),
        State::NotPay => {}
    }
    let own = (order.ask.mch_id.clone(), order.ask.out_trade_no.clone());
    for (mch_id, number) in order.parts.iter().chain([&own]) {
        if let Some(stored) = world.ledger.find(Name::Number(mch_id, number), now) {
            stored.state = State::Closed;
        }
    }
    Ok(())
}

/// The order as a query sees it. A customer who types a password has decided when it is
/// asked for the second time.
pub(super) fn seen(world: &mut World, order: Order, now: u64) -> Order {
    let State::UserPaying { queries, then } = order.state else { return order };
    let (mch_id, number) = (&order.ask.mch_id, &order.ask.out_trade_no);
    if queries == 0 && then == Decided::Pays {
        return pay(world, mch_id, number, How::default(), now).unwrap_or(order);
    }
    let Some(stored) = world.ledger.find(Name::Number(mch_id, number), now) else { return order };
    stored.state = match queries.checked_sub(1) {
        Some(queries) => State::UserPaying { queries, then },
        None => State::PayError,
    };
    // The last query that still sees the customer typing.
    if queries > 0 { order } else { stored.clone() }
}

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

/// Pays an order; its merchant hears of it if the order says where.
pub(super) fn pay(
    world: &mut World,
    mch_id: &str,
    out_trade_no: &str,
    how: How,
    now: u64,
) -> Result<Order, CannotPay> {
    let identity = std::sync::Arc::clone(&world.identity);
    let transaction_id = format!("4200000{}{}{}", world.dice.digits(3), date8(now), world.dice.digits(10));
    let order = world.ledger.find(Name::Number(mch_id, out_trade_no), now);
    let order = order.ok_or(CannotPay::NoSuchOrder)?;
    if !matches!(order.state, State::NotPay | State::UserPaying { .. }) {
        return Err(CannotPay::NotPayable(order.state));
    }
    let coupons = how.coupons.iter().fold(0, |sum: u64, coupon| sum.saturating_add(coupon.fee));
    if coupons > order.ask.total_fee {
        return Err(CannotPay::TooManyCoupons);
    }
    order.state = State::Success;
    order.payment = Some(Payment {
        transaction_id,
        at: now,
        openid: how
            .openid
            .or_else(|| order.ask.payer.clone())
            .unwrap_or_else(|| identity.default_openid(&order.ask.app_id)),
        is_subscribe: how.is_subscribe.unwrap_or_else(|| "N".into()),
        bank_type: how.bank_type.unwrap_or_else(|| "OTHERS".into()),
        coupons: how.coupons,
    });
    let order = order.clone();
    world.ledger.rename(mch_id, out_trade_no);
    pay_parts(world, &order, now);
    if order.ask.notify_url.is_some() {
        world.news.push(News::Paid(order.clone()));
    }
    Ok(order)
}

/// What is paid with an order is paid by the same customer.
fn pay_parts(world: &mut World, order: &Order, now: u64) {
    for (mch_id, number) in &order.parts {
        let openid = order.payment.as_ref().map(|payment| payment.openid.clone());
        // One that was paid or closed by itself stays so.
        drop(pay(world, mch_id, number, How { openid, ..How::default() }, now));
    }
}

/// The user whom a transfer is for has decided; its merchant is to hear of it.
pub(super) fn decide(world: &mut World, number: &str, decision: Decision, now: u64) -> Option<Transfer> {
    let transfer = world.transfers.find(now, |one| one.number == number)?;
    let ended = transfer.decide(decision, now).then(|| transfer.clone())?;
    world.news.push(News::Ended(Box::new(ended.clone())));
    Some(ended)
}

/// An order is refunded in so many parts at most.
const MOST: usize = 50;
/// A payment can be refunded for a year.
const YEAR: u64 = 365 * 86_400;

/// What is to be given back.
#[derive(Debug)]
pub(super) struct GiveBack {
    /// The merchant's own number.
    pub(super) out_refund_no: String,
    /// What the order is said to be worth, fen.
    pub(super) total_fee: u64,
    /// Fen.
    pub(super) fee: u64,
    pub(super) funds: Option<Funds>,
    pub(super) desc: String,
    /// The API by which it is asked for, and how that was proved.
    pub(super) api: String,
    pub(super) proof: String,
    /// Where it is told.
    pub(super) notify_url: Option<String>,
    pub(super) by: By,
}

/// Why nothing is given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CannotRefund {
    /// The order was never paid.
    NotPaid,
    /// Not what was said of the order, or of this number, before.
    OtherTerms,
    TooLate,
    AllGone,
    TooMuch,
    TooManyParts,
}

impl CannotRefund {
    /// Why, for a person.
    pub(super) const fn word(self) -> Word {
        match self {
            Self::NotPaid => Word::new("订单没有付过款", "the order was not paid"),
            Self::OtherTerms => Word::new(
                "与订单金额不符，或与同一退款单号之前的请求不一致",
                "not the amount of the order, or not what was asked with this refund number before",
            ),
            Self::TooLate => Word::new("付款已超过一年", "the payment is older than a year"),
            Self::AllGone => Word::new("订单已全额退款", "all of it is refunded already"),
            Self::TooMuch => Word::new("超过可退金额", "more than is left"),
            Self::TooManyParts => {
                Word::new("一个订单最多退 50 次", "an order is refunded in 50 parts at most")
            }
        }
    }
}

/// Gives money back; the same number again gives the same refund again.
pub(super) fn refund(
    world: &mut World,
    order: &Order,
    asked: GiveBack,
    now: u64,
) -> Result<(Order, Refund), CannotRefund> {
    if let Some(done) = asked_before(world, order, &asked, now)? {
        return Ok((order.clone(), done));
    }
    may_refund(order, &asked, now)?;
    let refund = new_refund(world, order, asked, now);
    let order = enter(world, order, refund.clone(), now);
    announce(world, &order, &refund);
    Ok((order, refund))
}

/// The merchant is to hear of a refund, if anybody says where.
fn announce(world: &mut World, order: &Order, refund: &Refund) {
    let by_call = refund.notify_url.clone().map(|url| (url, Told::ByCall));
    let by_platform = || world.options.refund_url.clone().map(|url| (url, Told::ByPlatform));
    if let Some((url, by)) = by_call.or_else(by_platform) {
        world.news.push(News::Refunded { order: order.clone(), refund: Box::new(refund.clone()), url, by });
    }
}

/// A refund that could not go back to where it came from goes elsewhere; none of this
/// name is in need of that.
pub(super) fn redirect(world: &mut World, name: Name<'_>, now: u64) -> Option<(Order, Refund)> {
    let order = world.ledger.find(name, now)?;
    let refund = order.refunds.iter_mut().find(|refund| refund.is_called(name))?;
    if refund.state == Refunded::Done {
        return None;
    }
    refund.state = Refunded::Done;
    let (refund, order) = (refund.clone(), order.clone());
    announce(world, &order, &refund);
    Some((order, refund))
}

/// The refund of this number, if there is one and it is the same.
fn asked_before(
    world: &mut World,
    order: &Order,
    asked: &GiveBack,
    now: u64,
) -> Result<Option<Refund>, CannotRefund> {
    let number = asked.out_refund_no.as_str();
    let Some(other) = world.ledger.find(Name::OutRefund(&order.ask.mch_id, number), now) else {
        return Ok(None);
    };
    let refund = other.refunds.iter().find(|refund| refund.out_refund_no == number);
    let same = |refund: &&Refund| {
        other.ask.out_trade_no == order.ask.out_trade_no
            && other.ask.total_fee == asked.total_fee
            && refund.fee == asked.fee
    };
    refund.filter(same).cloned().map(Some).ok_or(CannotRefund::OtherTerms)
}

fn may_refund(order: &Order, asked: &GiveBack, now: u64) -> Result<(), CannotRefund> {
    // Of what was paid together each part is refunded by itself.
    let (Some(payment), State::Success | State::Refund, []) = (&order.payment, order.state, &*order.parts)
    else {
        return Err(CannotRefund::NotPaid);
    };
    match asked {
        _ if order.ask.total_fee != asked.total_fee => Err(CannotRefund::OtherTerms),
        _ if now > payment.at.saturating_add(YEAR) => Err(CannotRefund::TooLate),
        _ if order.left() == 0 => Err(CannotRefund::AllGone),
        _ if asked.fee > order.left() => Err(CannotRefund::TooMuch),
        _ if order.refunds.len() >= MOST => Err(CannotRefund::TooManyParts),
        _ => Ok(()),
    }
}

fn new_refund(world: &mut World, order: &Order, asked: GiveBack, now: u64) -> Refund {
    let coupons = order.payment.as_ref().map_or(0, Payment::coupon_fee);
    let share = u128::from(coupons) * u128::from(asked.fee) / u128::from(order.ask.total_fee.max(1));
    Refund {
        out_refund_no: asked.out_refund_no,
        id: format!("50300{}{}{}", world.dice.digits(5), date8(now), world.dice.digits(11)),
        fee: asked.fee,
        // In proportion, as WeChat does.
        coupon_fee: u64::try_from(share).unwrap_or(coupons),
        funds: asked.funds.unwrap_or(Funds::Unsettled),
        state: if world.upset.contains(&Effect::Abnormal) { Refunded::Abnormal } else { Refunded::Done },
        api: asked.api,
        proof: asked.proof,
        notify_url: asked.notify_url,
        desc: asked.desc,
        by: asked.by,
        at: now,
    }
}

fn enter(world: &mut World, order: &Order, refund: Refund, now: u64) -> Order {
    let name = Name::Number(&order.ask.mch_id, &order.ask.out_trade_no);
    let Some(stored) = world.ledger.find(name, now) else { return order.clone() };
    stored.refunds.push(refund);
    stored.state = State::Refund;
    let changed = stored.clone();
    world.ledger.rename(&order.ask.mch_id, &order.ask.out_trade_no);
    changed
}
