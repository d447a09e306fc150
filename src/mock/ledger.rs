//! Orders with their payment and refunds, and how to find them again. Comes in:
//! what was asked and decided; goes out: orders and their states. Bounded:
//! beyond the limit a tenth goes, the oldest finished ones first. Knows nothing
//! of messages, keys and notices.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::saved;
use super::transfers::Transfer;
use crate::api::calendar::is_past;
use crate::wire::Fields;

/// A prepared payment is good for two hours.
pub(super) const PREPAY_LIFE: u64 = 7200;

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum State {
    /// Not paid.
    NotPay,
    /// The customer is typing the password; so many more queries see that,
    /// then it turns into the other state.
    UserPaying { queries: u8, then: Decided },
    /// Paid.
    Success,
    /// Paid, and at least partly refunded.
    Refund,
    /// Closed before it was paid.
    Closed,
    /// Reversed.
    Revoked,
    /// The payment failed.
    PayError,
}

/// How a customer who is typing will decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Decided {
    Pays,
    Fails,
}

impl State {
    /// `trade_state`
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::NotPay => "NOTPAY",
            Self::UserPaying { .. } => "USERPAYING",
            Self::Success => "SUCCESS",
            Self::Refund => "REFUND",
            Self::Closed => "CLOSED",
            Self::Revoked => "REVOKED",
            Self::PayError => "PAYERROR",
        }
    }

    /// `trade_state_desc`
    pub(super) const fn told(self) -> &'static str {
        match self {
            Self::NotPay => "订单未支付",
            Self::UserPaying { .. } => "需要用户输入支付密码",
            Self::Success => "支付成功",
            Self::Refund => "订单发生过退款，退款详情请查询退款单",
            Self::Closed => "订单已关闭",
            Self::Revoked => "订单已撤销",
            Self::PayError => "支付失败，请重新下单支付",
        }
    }

    const fn is_final(self) -> bool {
        !matches!(self, Self::NotPay | Self::UserPaying { .. })
    }
}

/// What a merchant asks for, in words of no API.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Ask {
    /// The API that it came by, as its desk calls itself; the merchant is told in it.
    pub(super) api: Cow<'static, str>,
    /// How the request was proved: the digest of pay v2, by its name; in v3 the key of
    /// WeChat Pay that the merchant knows, by its id.
    pub(super) proof: String,
    pub(super) app_id: String,
    pub(super) mch_id: String,
    /// For whom a partner orders, and under which account.
    pub(super) sub_mch_id: Option<String>,
    pub(super) sub_app_id: Option<String>,
    pub(super) out_trade_no: String,
    pub(super) trade_type: String,
    /// Fen.
    pub(super) total_fee: u64,
    pub(super) currency: String,
    /// The till or shop.
    pub(super) device: Option<String>,
    /// What is sold.
    pub(super) subject: String,
    /// Comes back with everything that is told of the order.
    pub(super) attach: String,
    /// Where a payment is told; nowhere for those that are answered at once.
    pub(super) notify_url: Option<String>,
    /// Who is to pay, if that is settled.
    pub(super) payer: Option<String>,
    /// The second it closes, `yyyyMMddHHmmss` of Beijing.
    pub(super) expires: Option<String>,
    /// The request as it came, under the names of its API: for its own door only.
    #[serde(with = "saved::fields")]
    pub(super) terms: Fields,
}

impl Ask {
    /// A value of the request, empty if it was not there.
    pub(super) fn term(&self, name: &str) -> &str {
        self.terms.get(name).unwrap_or_default()
    }
}

/// An order.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Order {
    #[serde(with = "saved::shared")]
    pub(super) ask: Arc<Ask>,
    pub(super) prepay_id: String,
    /// The `pr` of `code_url`.
    pub(super) pr: String,
    pub(super) created: u64,
    pub(super) prepay_expires: u64,
    pub(super) state: State,
    pub(super) payment: Option<Payment>,
    pub(super) refunds: Vec<Refund>,
    /// The orders that are paid with it, by merchant and number.
    pub(super) parts: Vec<(String, String)>,
}

/// Who says where a refund is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// The call; it is told in the call's own API.
    ByCall,
    /// The merchant platform, which speaks the oldest API only.
    ByPlatform,
}

/// What a merchant is to be told of.
#[derive(Debug)]
pub(super) enum News {
    Paid(Order),
    Refunded {
        order: Order,
        refund: Box<Refund>,
        /// Where it is told.
        url: String,
        /// Whether the call said so, or the settings of the merchant platform do.
        by: Told,
    },
    /// A transfer has come to an end.
    Ended(Box<Transfer>),
}

impl News {
    /// The API in which it is told; none where the merchant platform tells it.
    pub(super) fn api(&self) -> Option<&str> {
        match self {
            Self::Refunded { by: Told::ByPlatform, .. } => None,
            Self::Paid(order) => Some(&order.ask.api),
            Self::Refunded { refund, .. } => Some(&refund.api),
            Self::Ended(transfer) => Some(&transfer.api),
        }
    }
}

/// How an order was paid.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Payment {
    pub(super) transaction_id: String,
    pub(super) at: u64,
    pub(super) openid: String,
    pub(super) is_subscribe: String,
    pub(super) bank_type: String,
    pub(super) coupons: Vec<Coupon>,
}

/// A coupon the customer used.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Coupon {
    pub(super) id: String,
    /// `CASH` or `NO_CASH`
    pub(super) kind: String,
    /// Fen.
    pub(super) fee: u64,
}

/// Who asked for a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum By {
    /// A call.
    Call,
    /// A person, on the merchant's pages of WeChat.
    Person,
}

/// From which of the merchant's funds a refund is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Funds {
    /// What is not settled yet.
    Unsettled,
    /// The balance.
    Available,
}

/// What became of a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Refunded {
    /// Paid back.
    Done,
    /// The customer's account cannot be paid to: the merchant has to say where it goes.
    Abnormal,
}

/// A refund, done as soon as it is accepted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Refund {
    pub(super) out_refund_no: String,
    pub(super) id: String,
    /// Fen.
    pub(super) fee: u64,
    /// The part of it that came from coupons, fen.
    pub(super) coupon_fee: u64,
    pub(super) funds: Funds,
    pub(super) state: Refunded,
    /// The API by which it was asked for, and how that was proved; its end is told so.
    pub(super) api: String,
    pub(super) proof: String,
    /// Where its end is told.
    pub(super) notify_url: Option<String>,
    pub(super) desc: String,
    pub(super) by: By,
    pub(super) at: u64,
}

impl Refund {
    /// The part of it that is paid back in money, fen.
    pub(super) fn cash(&self) -> u64 {
        self.fee.saturating_sub(self.coupon_fee)
    }

    pub(super) fn is_called(&self, name: Name<'_>) -> bool {
        match name {
            Name::Refund(id) => self.id == id,
            Name::OutRefund(_, number) => self.out_refund_no == number,
            _ => false,
        }
    }
}

/// A state that was written by hand may hold any numbers.
fn sum(fees: impl Iterator<Item = u64>) -> u64 {
    fees.fold(0, u64::saturating_add)
}

impl Payment {
    pub(super) fn coupon_fee(&self) -> u64 {
        sum(self.coupons.iter().map(|coupon| coupon.fee))
    }

    /// Coupons that the merchant was not paid for.
    pub(super) fn free_fee(&self) -> u64 {
        sum(self.coupons.iter().filter(|coupon| coupon.kind == "NO_CASH").map(|coupon| coupon.fee))
    }
}

impl Order {
    /// What a QR code of it says.
    pub(super) fn code_url(&self) -> String {
        format!("weixin://wxpay/bizpayurl?pr={}", self.pr)
    }

    pub(super) fn refunded(&self) -> u64 {
        sum(self.refunds.iter().map(|refund| refund.fee))
    }

    /// What can still be refunded, fen.
    pub(super) fn left(&self) -> u64 {
        self.ask.total_fee.saturating_sub(self.refunded())
    }

    /// What the customer paid in money, fen.
    pub(super) fn cash(&self) -> u64 {
        self.ask.total_fee.saturating_sub(self.payment.as_ref().map_or(0, Payment::coupon_fee))
    }

    /// What the merchant is paid, fen.
    pub(super) fn settled(&self) -> u64 {
        self.ask.total_fee.saturating_sub(self.payment.as_ref().map_or(0, Payment::free_fee))
    }

    /// Whether a customer's code is for this order.
    fn has_code(&self, name: Name<'_>) -> bool {
        match name {
            Name::Prepay(id) => self.prepay_id == id,
            Name::Pr(pr) => self.pr == pr,
            _ => false,
        }
    }

    /// Closes what can no longer be paid.
    pub(super) fn settle(&mut self, now: u64) {
        let expires = self.ask.expires.as_deref();
        if self.state == State::NotPay && expires.is_some_and(|at| is_past(at, now)) {
            self.state = State::Closed;
        }
    }

    /// Its places in the index.
    fn names(&self) -> impl Iterator<Item = String> {
        let number = std::iter::once(Name::Number(&self.ask.mch_id, &self.ask.out_trade_no));
        let paid = self.payment.iter().map(|payment| Name::Transaction(&payment.transaction_id));
        let refunds = self.refunds.iter().flat_map(|refund| {
            [Name::OutRefund(&self.ask.mch_id, &refund.out_refund_no), Name::Refund(&refund.id)]
        });
        number.chain(paid).chain(refunds).filter_map(Name::key)
    }
}

/// One of the names an order can be found by.
#[derive(Debug, Clone, Copy)]
pub(super) enum Name<'a> {
    /// Merchant, and its own number.
    Number(&'a str, &'a str),
    Transaction(&'a str),
    Prepay(&'a str),
    Pr(&'a str),
    /// Merchant, and its own refund number.
    OutRefund(&'a str, &'a str),
    Refund(&'a str),
}

impl Name<'_> {
    /// Its place in the index. A customer's codes have none: they are asked for
    /// one at a time, by hand.
    fn key(self) -> Option<String> {
        Some(match self {
            Self::Number(mch_id, number) => ["n/", mch_id, "/", number].concat(),
            Self::Transaction(id) => ["t/", id].concat(),
            Self::OutRefund(mch_id, number) => ["r/", mch_id, "/", number].concat(),
            Self::Refund(id) => ["i/", id].concat(),
            Self::Prepay(_) | Self::Pr(_) => return None,
        })
    }
}

/// All orders.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Ledger {
    #[serde(skip)]
    limit: usize,
    next: u64,
    orders: BTreeMap<u64, Order>,
    #[serde(skip)]
    index: HashMap<String, u64>,
}

impl Ledger {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit: limit.max(1), next: 0, orders: BTreeMap::new(), index: HashMap::new() }
    }

    /// What was written down, ready for use again.
    pub(super) fn revived(self, limit: usize) -> Self {
        let named = |(id, order): (&u64, &Order)| order.names().map(|name| (name, *id)).collect::<Vec<_>>();
        let index = self.orders.iter().flat_map(named).collect();
        // A number that is taken would be given away again.
        let next = self.orders.last_key_value().map_or(0, |(last, _)| last + 1).max(self.next);
        let mut ledger = Self { limit: limit.max(1), index, next, ..self };
        while ledger.orders.len() > ledger.limit {
            ledger.make_room();
        }
        ledger
    }

    /// An order that came by an API of which nobody knows.
    pub(super) fn stray(&self, is_known: fn(&str) -> bool) -> Option<&Order> {
        self.orders.values().find(|order| !is_known(&order.ask.api))
    }

    /// An order whose refunds or coupons are more than it is worth, if somebody wrote
    /// one by hand.
    pub(super) fn contradiction(&self) -> Option<&Order> {
        let coupons = |order: &Order| order.payment.as_ref().map_or(0, Payment::coupon_fee);
        let is_wrong = |order: &&Order| {
            let worth = order.ask.total_fee;
            let parts = order.refunds.iter().any(|refund| refund.coupon_fee > refund.fee);
            order.refunded() > worth || coupons(order) > worth || parts
        };
        self.orders.values().find(is_wrong)
    }

    /// The order of this name, as it stands now.
    pub(super) fn find(&mut self, name: Name<'_>, now: u64) -> Option<&mut Order> {
        let order = match name.key() {
            Some(key) => self.orders.get_mut(self.index.get(&key)?)?,
            None => self.orders.values_mut().rev().find(|order| order.has_code(name))?,
        };
        order.settle(now);
        Some(order)
    }

    /// The latest order with this number, whoever the merchant is.
    pub(super) fn by_number(&mut self, out_trade_no: &str, now: u64) -> Option<&mut Order> {
        let order = self.orders.values_mut().rev().find(|order| order.ask.out_trade_no == out_trade_no)?;
        order.settle(now);
        Some(order)
    }

    /// Adds an order; makes room first.
    pub(super) fn add(&mut self, order: Order) {
        if self.orders.len() >= self.limit {
            self.make_room();
        }
        for name in order.names() {
            self.index.insert(name, self.next);
        }
        self.orders.insert(self.next, order);
        self.next += 1;
    }

    /// Makes an order findable by the names it got since it was added.
    pub(super) fn rename(&mut self, mch_id: &str, out_trade_no: &str) {
        let key = Name::Number(mch_id, out_trade_no).key();
        let Some(id) = key.and_then(|key| self.index.get(&key).copied()) else { return };
        if let Some(order) = self.orders.get(&id) {
            self.index.extend(order.names().map(|name| (name, id)));
        }
    }

    /// Every order, oldest first, as it stands now.
    pub(super) fn all(&mut self, now: u64) -> impl DoubleEndedIterator<Item = &Order> {
        self.orders.values_mut().for_each(|order| order.settle(now));
        self.orders.values()
    }

    fn make_room(&mut self) {
        let many = self.limit.div_ceil(10);
        let finished = self.orders.iter().filter(|(_, order)| order.state.is_final());
        let mut out: Vec<u64> = finished.map(|(id, _)| *id).take(many).collect();
        if out.is_empty() {
            out = self.orders.keys().copied().take(many).collect();
        }
        for order in out.into_iter().filter_map(|id| self.orders.remove(&id)) {
            for name in order.names() {
                self.index.remove(&name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(number: &str, state: State) -> Order {
        Order {
            ask: Arc::new(Ask {
                api: "till".into(),
                proof: "MD5".into(),
                app_id: "wx1".into(),
                mch_id: "1".into(),
                sub_mch_id: None,
                sub_app_id: None,
                out_trade_no: number.into(),
                trade_type: "JSAPI".into(),
                total_fee: 1,
                currency: "CNY".into(),
                device: None,
                subject: "tea".into(),
                attach: String::new(),
                notify_url: None,
                payer: None,
                expires: Some("20141029205737".into()),
                terms: Fields::new(),
            }),
            prepay_id: format!("p{number}"),
            pr: format!("c{number}"),
            created: 0,
            prepay_expires: PREPAY_LIFE,
            state,
            payment: None,
            refunds: Vec::new(),
            parts: Vec::new(),
        }
    }

    #[test]
    fn the_oldest_finished_orders_go_first() {
        let mut ledger = Ledger::new(10);
        for n in 0..10 {
            ledger.add(order(&n.to_string(), if n == 3 { State::Closed } else { State::NotPay }));
        }
        ledger.add(order("10", State::NotPay));
        assert!(ledger.find(Name::Number("1", "3"), 0).is_none());
        assert!(ledger.find(Name::Prepay("p0"), 0).is_some());
        ledger.add(order("11", State::NotPay));
        assert!(ledger.find(Name::Number("1", "0"), 0).is_none());
        assert_eq!((ledger.orders.len(), ledger.index.len()), (10, 10));
    }

    #[test]
    fn an_order_closes_at_its_time_expire() {
        let mut ledger = Ledger::new(10);
        ledger.add(order("1", State::NotPay));
        ledger.add(order("2", State::Success));
        let mut state = |no, now| ledger.find(Name::Number("1", no), now).map(|o| o.state);
        assert_eq!(state("1", 1_414_587_456), Some(State::NotPay));
        assert_eq!(state("1", 1_414_587_457), Some(State::Closed));
        assert_eq!(state("2", 1_414_587_457), Some(State::Success));
    }

    #[test]
    fn later_names_find_the_order_too() {
        let mut ledger = Ledger::new(10);
        ledger.add(order("1", State::NotPay));
        if let Some(order) = ledger.find(Name::Pr("c1"), 0) {
            order.prepay_id = "new".into();
        }
        ledger.rename("1", "1");
        assert!(ledger.find(Name::Prepay("new"), 0).is_some());
        assert!(ledger.find(Name::Prepay("newer"), 0).is_none());
    }
}
