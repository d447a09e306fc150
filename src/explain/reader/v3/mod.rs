//! Messages of v3 as people paste them: a curl command, an HTTP message, a HAR, a log or an
//! exception of an SDK with its `Authorization`, a refusal with what WeChat checked, a reply or
//! notice with its headers. Comes in: text; goes out: the fields that were signed with their
//! signature, and the names of those that the paste does not have; or nothing.

mod found;
mod paste;
mod reply;
mod request;

use crate::wire::Fields;
use paste::Paste;

pub(super) use found::Message;

/// What stands in every paste of v3, in lower case.
const MARKS: [&str; 5] = [
    "wechatpay2-",
    "truncated_sign_message",
    "wechatpay-signature",
    "wechatpay_signature",
    "verify the response's data",
];

/// A signed message of v3; none if the text is something else.
pub(super) fn message(text: &str, more: &Fields) -> Option<Message> {
    let lower = text.to_ascii_lowercase();
    MARKS.iter().any(|mark| lower.contains(mark)).then(|| Paste::of(text)).and_then(|paste| {
        request::signed(&paste, more)
            .or_else(|| reply::signed(&paste, more))
            .or_else(|| request::refused(&paste, more))
    })
}
