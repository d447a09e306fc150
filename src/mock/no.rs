//! How the gateway itself says no, in words that are not WeChat's: a code, a sentence in
//! both languages, and why. Comes in: which no; goes out: JSON for scripts and pages.

use serde_json::{Value, json};

use super::faults::BadFault;
use crate::api::{Lang, Word};
use crate::wire::Reply;

/// A no with its status, code and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct No {
    pub(super) status: u16,
    pub(super) code: &'static str,
    pub(super) word: Word,
    /// Why, where there is more than one reason.
    pub(super) why: Option<Word>,
    /// The fault that is not understood; it has words of its own.
    pub(super) bad: Option<BadFault>,
}

pub(super) const fn no(status: u16, code: &'static str, zh: &'static str, en: &'static str) -> No {
    No { status, code, word: Word::new(zh, en), why: None, bad: None }
}

pub(super) const CROSS_SITE: No =
    no(403, "mock.cross_site", "拒绝来自其他网站的请求", "requests from other sites are refused");

/// As a script reads it.
pub(super) fn refusal(no: &No) -> Reply {
    json_reply(no.status, &json!({ "error": told(no) }))
}

fn told(no: &No) -> Value {
    let Some(bad) = &no.bad else {
        let mut error = json!({ "code": no.code, "zh": no.word.zh, "en": no.word.en });
        if let Some(why) = no.why {
            error["why"] = json!({ "zh": why.zh, "en": why.en });
        }
        return error;
    };
    let (message, field) = (bad.message(), bad.field());
    let mut error = json!({ "code": no.code, "zh": message.text(Lang::Zh), "en": message.text(Lang::En), "field": field });
    if let Some(near) = bad.near() {
        error["near"] = near.into();
    }
    error
}

/// A JSON document.
pub(super) fn json_reply(status: u16, shown: &Value) -> Reply {
    Reply::ok("application/json; charset=UTF-8", shown.to_string()).with_status(status)
}
