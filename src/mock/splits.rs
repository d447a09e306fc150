//! Shares of payments: who may receive, what was shared out, what came back. Comes in:
//! what was asked; goes out: the same with its result. Bounded. Knows nothing of messages.

use serde::{Deserialize, Serialize};

use super::saved;
use crate::wire::Fields;

/// Most of each kind that are remembered.
const KEEP: usize = 1000;

/// Somebody who may receive shares of a merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Receiver {
    pub(super) mch_id: String,
    /// `MERCHANT_ID`, `PERSONAL_OPENID` …
    pub(super) kind: String,
    pub(super) account: String,
}

/// What one receiver gets.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Share {
    pub(super) kind: String,
    pub(super) account: String,
    /// Fen.
    pub(super) fee: u64,
    pub(super) description: String,
    pub(super) id: String,
    /// Whether the merchant may share with them at all.
    pub(super) is_related: bool,
}

/// A payment, or a part of it, shared out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Split {
    pub(super) mch_id: String,
    pub(super) transaction_id: String,
    /// The merchant's number.
    pub(super) number: String,
    /// WeChat's number.
    pub(super) id: String,
    pub(super) shares: Vec<Share>,
    pub(super) rest: Rest,
    pub(super) at: u64,
    /// The request as it came.
    #[serde(with = "saved::fields")]
    pub(super) terms: Fields,
}

/// What becomes of the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Rest {
    /// It stays frozen for later shares.
    Frozen,
    /// It is the merchant's.
    Thawed,
}

/// A share that was taken back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Return {
    pub(super) mch_id: String,
    /// WeChat's number of the split, and the merchant's.
    pub(super) split_id: String,
    pub(super) split_number: String,
    pub(super) number: String,
    pub(super) id: String,
    /// The merchant that gives it back.
    pub(super) from: String,
    /// Fen.
    pub(super) fee: u64,
    pub(super) description: String,
    pub(super) at: u64,
    #[serde(with = "saved::fields")]
    pub(super) terms: Fields,
}

/// All of it; the oldest are forgotten.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Splits {
    receivers: Vec<Receiver>,
    done: Vec<Split>,
    returns: Vec<Return>,
}

fn keep<T>(list: &mut Vec<T>, one: T) {
    if list.len() == KEEP {
        list.remove(0);
    }
    list.push(one);
}

impl Splits {
    pub(super) fn allow(&mut self, receiver: Receiver) {
        if !self.receivers.contains(&receiver) {
            keep(&mut self.receivers, receiver);
        }
    }

    pub(super) fn forbid(&mut self, receiver: &Receiver) {
        self.receivers.retain(|known| known != receiver);
    }

    pub(super) fn is_allowed(&self, receiver: &Receiver) -> bool {
        self.receivers.contains(receiver)
    }

    pub(super) fn add(&mut self, split: Split) {
        keep(&mut self.done, split);
    }

    pub(super) fn take_back(&mut self, one: Return) {
        keep(&mut self.returns, one);
    }

    /// The split of a merchant of which this is true.
    pub(super) fn find(&self, mch_id: &str, is: impl Fn(&Split) -> bool) -> Option<&Split> {
        self.done.iter().rev().find(|split| split.mch_id == mch_id && is(split))
    }

    /// What was taken back under this number.
    pub(super) fn returned(&self, mch_id: &str, number: &str) -> Option<&Return> {
        self.returns.iter().rev().find(|one| one.mch_id == mch_id && one.number == number)
    }

    /// What of a payment was shared out, fen; what came back is not counted again.
    pub(super) fn shared(&self, transaction_id: &str) -> u64 {
        let splits = self.done.iter().filter(|split| split.transaction_id == transaction_id);
        splits.flat_map(|split| &split.shares).filter(|share| share.is_related).map(|share| share.fee).sum()
    }

    /// Whether the rest of a payment is the merchant's.
    pub(super) fn is_thawed(&self, transaction_id: &str) -> bool {
        let mut splits = self.done.iter().filter(|split| split.transaction_id == transaction_id);
        splits.any(|split| split.rest == Rest::Thawed)
    }

    /// What a merchant still has of its share in a split, fen.
    pub(super) fn held(&self, split: &Split, account: &str) -> u64 {
        let own = split.shares.iter().filter(|share| share.account == account && share.is_related);
        let got: u64 = own.map(|share| share.fee).sum();
        let back = self.returns.iter().filter(|one| one.split_id == split.id && one.from == account);
        got.saturating_sub(back.map(|one| one.fee).sum())
    }
}
