//! What can go wrong at all: calls of each family, and notices. Comes in: a row; goes
//! out: its kind.

use crate::api::endpoint::{Endpoint, Host, Scheme};

/// What can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mock) enum Kind {
    /// A call of an official account.
    Oa,
    /// A call of pay v2.
    Pay,
    /// A call of pay v3.
    PayV3,
    /// A notice of pay v2 to the merchant.
    Notice,
    /// A notice of pay v3.
    NoticeV3,
}

impl Kind {
    /// What a row is; a path without a row answers like an official account.
    pub(in crate::mock) fn of(row: Option<&Endpoint>) -> Self {
        match row {
            Some(row) => match row.scheme {
                Scheme::PayV3(_) => Self::PayV3,
                Scheme::NoticeV3(_) => Self::NoticeV3,
                _ if row.host == Host::Merchant => Self::Notice,
                _ if row.host == Host::Mch => Self::Pay,
                _ => Self::Oa,
            },
            None => Self::Oa,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Oa => "oa",
            Self::Pay => "pay",
            Self::PayV3 => "v3",
            Self::Notice => "notify",
            Self::NoticeV3 => "v3_notify",
        }
    }
}
