//! All tables together, in the order in which they are asked. Comes in: nothing;
//! goes out: rows. Knows the rows, and nothing of how they are found.

use super::row::ErrorCode;
use super::{component, content, crypt, mini, oa, page, pay_v2, pay_v3, wecom, xpay};

/// Tables of codes; of two with the same code the first is the more usual.
static CODES: &[&[ErrorCode]] = &[
    oa::CODES,
    content::CODES,
    mini::CODES,
    component::CODES,
    page::CODES,
    pay_v2::CODES,
    pay_v3::CODES,
    crypt::CODES,
    xpay::CODES,
    wecom::CODES,
];

/// Tables of messages.
static TEXTS: &[&[ErrorCode]] = &[page::TEXTS, pay_v2::TEXTS, pay_v3::TEXTS, crypt::TEXTS];

/// Every documented code, once in each area.
pub fn codes() -> impl Iterator<Item = &'static ErrorCode> {
    CODES.iter().copied().flatten()
}

pub(super) fn messages() -> impl Iterator<Item = &'static ErrorCode> {
    TEXTS.iter().copied().flatten()
}

/// Every row: codes, then the messages that say more.
pub fn all() -> impl Iterator<Item = &'static ErrorCode> {
    codes().chain(messages())
}

/// What to ask for to get this row again: its code, where that leads here.
#[must_use]
pub fn name(row: &ErrorCode) -> &'static str {
    let is_code = codes().any(|known| known.code == row.code && known.text == row.text);
    if is_code { row.code } else { row.text }
}
