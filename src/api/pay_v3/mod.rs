//! The calls of WeChat Pay v3, of merchants and of partners: orders, refunds, bills,
//! combined orders, profit sharing, transfers, keys; and its notices. Rows only; `codec.rs` reads them.
//! JSON with objects inside, names are paths; the proof is in the headers.

mod bill;
mod combine;
mod fields;
mod keys;
pub mod notice;
mod order;
mod refund;
mod split;
mod transfer;

pub use bill::{BILL_AT, BILL_FILE, FUNDFLOW, SPLIT_BILL, SUB_FUNDFLOW, TRADE_BILL};
pub use combine::{COMBINE_APP, COMBINE_CLOSE, COMBINE_H5, COMBINE_JSAPI, COMBINE_NATIVE, COMBINE_QUERY};
pub use keys::{CERTIFICATES, ECHO};
pub use order::{
    APP, CLOSE, CODEPAY, H5, JSAPI, NATIVE, PARTNER_APP, PARTNER_CLOSE, PARTNER_CODEPAY, PARTNER_H5,
    PARTNER_JSAPI, PARTNER_NATIVE, PARTNER_QUERY, PARTNER_QUERY_ID, PARTNER_REVERSE, QUERY, QUERY_ID,
    REVERSE,
};
pub use refund::{ABNORMAL_REFUND, REFUND, REFUND_QUERY};
pub use split::{
    RECEIVER_ADD, RECEIVER_DELETE, SPLIT, SPLIT_AMOUNTS, SPLIT_CONFIG, SPLIT_QUERY, SPLIT_RETURN,
    SPLIT_RETURN_QUERY, UNFREEZE,
};
pub use transfer::{TRANSFER, TRANSFER_CANCEL, TRANSFER_QUERY, TRANSFER_QUERY_ID};

use super::endpoint::{Certificate, Endpoint, Format, Host, Layout, Leaves, Method, Money, Success};
use super::scheme::{RuleV3, Scheme};
use super::word::Word;

/// All rows of this room.
pub static ROWS: &[&Endpoint] = &[
    &JSAPI,
    &APP,
    &H5,
    &NATIVE,
    &PARTNER_JSAPI,
    &PARTNER_APP,
    &PARTNER_H5,
    &PARTNER_NATIVE,
    &QUERY,
    &QUERY_ID,
    &PARTNER_QUERY,
    &PARTNER_QUERY_ID,
    &CLOSE,
    &PARTNER_CLOSE,
    &CODEPAY,
    &PARTNER_CODEPAY,
    &REVERSE,
    &PARTNER_REVERSE,
    &REFUND,
    &REFUND_QUERY,
    &ABNORMAL_REFUND,
    &TRADE_BILL,
    &FUNDFLOW,
    &SUB_FUNDFLOW,
    &SPLIT_BILL,
    &BILL_FILE,
    &COMBINE_JSAPI,
    &COMBINE_APP,
    &COMBINE_H5,
    &COMBINE_NATIVE,
    &COMBINE_QUERY,
    &COMBINE_CLOSE,
    &SPLIT,
    &SPLIT_QUERY,
    &UNFREEZE,
    &SPLIT_RETURN,
    &SPLIT_RETURN_QUERY,
    &SPLIT_AMOUNTS,
    &RECEIVER_ADD,
    &RECEIVER_DELETE,
    &SPLIT_CONFIG,
    &TRANSFER,
    &TRANSFER_QUERY,
    &TRANSFER_QUERY_ID,
    &TRANSFER_CANCEL,
    &CERTIFICATES,
    &ECHO,
];

/// What these calls have in common.
const CALL: Endpoint = Endpoint {
    name: "",
    method: Method::Post,
    host: Host::Mch,
    path: "",
    scheme: Scheme::PayV3(RuleV3::Signed),
    sends: Format::Tree,
    answers: Format::Tree,
    success: Success::Fields,
    layout: Layout::OneLine,
    fields: &[],
    reply: &[],
    told_by: &[],
    errors: &[],
    certificate: Certificate::NotNeeded,
    money: Money::Still,
    leaves: Leaves::Nothing,
    about: Word::new("", ""),
    page: "",
};

/// Calls that only read.
const QUERIED: Endpoint = Endpoint { method: Method::Get, sends: Format::Empty, ..CALL };

/// Calls that end something and answer nothing.
const CLOSED: Endpoint = Endpoint { success: Success::Nothing, leaves: Leaves::Trade, ..CALL };

/// The call at a path that has no row of its own: signed and proved like all, the
/// rest is the caller's. Taken to move money unless it only reads, because nobody
/// knows that it does not.
#[must_use]
pub const fn other_call(method: Method) -> &'static Endpoint {
    match method {
        Method::Get => &OTHER_GET,
        Method::Post => &OTHER_POST,
        Method::Put => &OTHER_PUT,
        Method::Patch => &OTHER_PATCH,
        Method::Delete => &OTHER_DELETE,
    }
}

const OTHER: Endpoint = Endpoint {
    name: "v3_call",
    fields: &[fields::SERIAL],
    reply: fields::REFUSAL,
    success: Success::Either,
    money: Money::Moves,
    leaves: Leaves::Trade,
    about: Word::new("调用任意 v3 接口", "Call any v3 path"),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4012365336",
    ..CALL
};

static OTHER_GET: Endpoint = Endpoint {
    method: Method::Get,
    sends: Format::Empty,
    money: Money::Still,
    leaves: Leaves::Nothing,
    ..OTHER
};
static OTHER_POST: Endpoint = OTHER;
static OTHER_PUT: Endpoint = Endpoint { method: Method::Put, ..OTHER };
static OTHER_PATCH: Endpoint = Endpoint { method: Method::Patch, ..OTHER };
static OTHER_DELETE: Endpoint = Endpoint { method: Method::Delete, sends: Format::Empty, ..OTHER };
