//! WeChat as tables, and the four functions that read and write every row.
//! Pure: no socket, no store, no clock, no dice.

pub mod check;
pub mod codec;
pub mod endpoint;
pub mod error_codes;
pub mod invoke;
pub mod keys;
pub mod notice;
pub mod oa;
pub mod pay_v2;
pub mod scheme;
pub mod word;

pub use codec::{Answer, ReadError, Refusal, WriteError};
pub use endpoint::{Endpoint, Field};
pub use keys::{Keys, Stamp};
pub use word::{Lang, Message, Word};

use endpoint::{Host, Method};

/// Every row, in the order of the help: official accounts, payments, notices.
pub fn rows() -> impl Iterator<Item = &'static Endpoint> {
    oa::ROWS.iter().chain(pay_v2::ROWS).chain(notice::ROWS).copied()
}

/// The call that WeChat answers at this path (`/pay/unifiedorder`). Notices
/// are never found: they go to a path that the merchant chose.
#[must_use]
pub fn find(method: Method, path: &str) -> Option<&'static Endpoint> {
    rows().find(|row| row.host != Host::Merchant && row.method == method && row.path == path)
}

/// The row of this name (`unifiedorder`, `pay_notify`).
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Endpoint> {
    rows().find(|row| row.name == name)
}
