//! What a page is told by WeChat's app: its message, a sentence of ours beside it, and
//! for a wrong signature the refused case. Owns the shape; the doors decide.

use serde_json::{Value, json};

use super::refusal::{RefusedSign, Right, Signed};
use crate::api::Word;
use crate::api::keys::Secret;
use crate::wire::Fields;

/// What a page is told.
#[derive(Debug)]
pub(super) struct Checked {
    /// `wx.config`, `wx.chooseWXPay`, `getBrandWCPayRequest`
    pub(super) function: &'static str,
    /// `ok`, or WeChat's message.
    pub(super) verdict: String,
    /// The same as the script reads it.
    pub(super) told: Value,
    pub(super) refused: Option<RefusedSign>,
}

pub(super) const UNKNOWN_APP: Word = Word::new(
    "网关不认识这个 AppID；用 --app-id 启动网关，或改用 wxkit mock --print-env 给出的 AppID",
    "the gateway does not know this app id: start it with --app-id, or use the one of wxkit mock --print-env",
);

/// A sentence for a page, in both languages.
pub(super) fn both(word: Word) -> Value {
    json!({ "zh": word.zh, "en": word.en })
}

/// A case without a key yet.
pub(super) fn refused(
    function: &'static str,
    what: Signed,
    fields: Fields,
    right: Option<Right>,
    given: &str,
) -> RefusedSign {
    RefusedSign {
        request_id: 0,
        endpoint: function,
        what,
        fields,
        key: Secret::new(""),
        others: Vec::new(),
        given: given.to_owned(),
        right,
        sign_type: "SHA1",
    }
}
