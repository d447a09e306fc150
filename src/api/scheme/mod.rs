//! The schemes: how each kind of call proves who sent it. Each is one file with
//! the answers of a [`Proof`]; here is only which there are.

pub mod many;
pub mod notice_v3;
pub mod oa;
pub mod pay_v2;
pub mod pay_v3;
mod proof;
pub mod req_info;
mod resource;
pub mod wechatpay;
mod words;

pub use notice_v3::{Event, NoticeV3};
pub use pay_v2::{ReplySign, Rule, SignTypeRule};
pub use pay_v3::RuleV3;
pub use proof::{Believed, Columns, Envelope, Proof, Turn};

use super::field::Field;

/// Which scheme a row has.
#[derive(Debug, Clone, Copy)]
pub enum Scheme {
    /// Official-account call: credentials are plain fields (`secret`,
    /// `access_token`) and a refusal is `errcode` ≠ 0.
    Oa,
    /// Pay v2: a `sign` over every non-empty field.
    PayV2(Rule),
    /// Pay v3: a signature in the headers, over the bytes of the message.
    PayV3(RuleV3),
    /// Notice of pay v3: signed by WeChat in the headers, its resource encrypted with
    /// the APIv3 key.
    NoticeV3(NoticeV3),
    /// Refund notice: not signed; `req_info` is encrypted with the pay key.
    /// The columns are the fields inside.
    ReqInfo(&'static [&'static Field]),
    /// One that a test made up.
    #[cfg(test)]
    MadeUp(&'static dyn Proof),
}

impl Scheme {
    /// The file of this scheme.
    #[must_use]
    pub fn proof(&self) -> &dyn Proof {
        match self {
            Self::Oa => &oa::Plain,
            Self::PayV2(rule) => rule,
            Self::PayV3(rule) => rule,
            Self::NoticeV3(notice) => notice,
            Self::ReqInfo(inside) => inside,
            #[cfg(test)]
            Self::MadeUp(proof) => *proof,
        }
    }
}
