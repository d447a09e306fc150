//! What the notices of an exam are made from: who is played, the order, time and dice.
//! What is made of it, each version says in a file of its own. Pure.

use super::exam::Exam;
use crate::api::Stamp;
use crate::api::keys::{Keys, SignType};
use crate::client::notices::Version;
use crate::sign::{Case, Digest};
use crate::wire::Fields;

/// A merchant number that is nobody's.
pub(super) const FOREIGN: &str = "1999999999";
/// A key that is nobody's.
pub(super) const FOREIGN_KEY: &str = "anotherkey0anotherkey0anotherkey";

/// Makes one notice after the other about the same order.
#[derive(Debug, Clone)]
pub struct Maker {
    pub(super) to: String,
    pub(super) refund_to: String,
    pub(super) keys: Keys,
    pub(super) other: Keys,
    pub(super) stamp: Stamp,
    /// Of this item: v3 signs every sending anew.
    pub(super) moment: Stamp,
    pub(super) order: Fields,
}

impl Maker {
    /// About the order of this exam; what the caller did not say is made up.
    #[must_use]
    pub fn new(exam: &Exam) -> Self {
        let mut order = exam.order.clone();
        let sum = match exam.version {
            Version::V2 => "total_fee",
            Version::V3 => "amount.total",
        };
        let usual = [("out_trade_no", format!("wxkit{}", exam.stamp.now)), (sum, "1".to_owned())];
        for (name, value) in usual {
            if order.filled(name).is_none() {
                order.set(name, value);
            }
        }
        let (to, refund_to, other) = (exam.to.clone(), exam.refund_to.clone(), exam.other.clone());
        let (keys, stamp) = (exam.keys.clone().signing(SignType::Md5), exam.stamp.clone());
        Self { to, refund_to, keys, other, moment: stamp.clone(), stamp, order }
    }

    /// The same at the sending of another item.
    pub(super) fn at(&self, item: &str) -> Self {
        let thrown = Digest::Sha256.of(&[], format!("{}\n{item}", self.stamp.nonce).as_bytes());
        let nonce = thrown.hex(Case::Upper)[..32].to_owned();
        Self { moment: Stamp { nonce, ..self.moment.clone() }, ..self.clone() }
    }
}
