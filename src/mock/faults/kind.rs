//! What can go wrong at all: calls of either family, and notices. Comes in: a row; goes
//! out: its kind.

use crate::api::endpoint::{Endpoint, Host};

/// What can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mock) enum Kind {
    /// A call of an official account.
    Oa,
    /// A call of pay.
    Pay,
    /// A notice to the merchant.
    Notice,
}

impl Kind {
    /// What a row is; a path without a row answers like an official account.
    pub(in crate::mock) fn of(row: Option<&Endpoint>) -> Self {
        match row {
            Some(row) if row.host == Host::Merchant => Self::Notice,
            Some(row) if row.host == Host::Mch => Self::Pay,
            _ => Self::Oa,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Oa => "oa",
            Self::Pay => "pay",
            Self::Notice => "notify",
        }
    }
}
