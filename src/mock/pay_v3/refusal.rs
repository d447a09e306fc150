//! How pay v3 says no: an HTTP status, a code, a message, and sometimes what exactly is
//! wrong. Comes in: a code, a problem found by `api`, or a wrong signature; goes out: a
//! [`Refusal`] in WeChat's words. Nothing of it is signed.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012365344>

use serde_json::{Value, json};

use super::super::refusal::RefusedSign;
use crate::api::error_codes::ErrorCode;
use crate::api::error_codes::pay_v3::CODES;

/// Why a call is refused.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: String,
    pub(super) message: String,
    pub(super) detail: Option<Value>,
    /// The case, if it is the signature.
    pub(super) sign: Option<Box<RefusedSign>>,
}

/// The statuses that are not 400.
const STATUSES: [(u16, &[&str]); 6] = [
    (202, &["USERPAYING", "USER_PAYING"]),
    (401, &["SIGN_ERROR"]),
    (
        403,
        &[
            "NO_AUTH",
            "NOAUTH",
            "OUT_TRADE_NO_USED",
            "RULE_LIMIT",
            "RULELIMIT",
            "TRADE_ERROR",
            "NOT_ENOUGH",
            "NOTENOUGH",
            "USER_ACCOUNT_ABNORMAL",
            "ACCOUNTERROR",
        ],
    ),
    (404, &["ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS"]),
    (429, &["FREQUENCY_LIMITED", "RATELIMIT_EXCEEDED", "FREQUENCY_LIMIT_EXCEED", "RATE_LIMITED"]),
    (
        500,
        &[
            "SYSTEM_ERROR",
            "SYSTEMERROR",
            "OPENID_MISMATCH",
            "BANK_ERROR",
            "BANKERROR",
            "INVALID_TRANSACTIONID",
        ],
    ),
];

fn status_of(code: &str) -> u16 {
    STATUSES.iter().find(|(_, codes)| codes.contains(&code)).map_or(400, |(status, _)| *status)
}

impl Refusal {
    /// In the words of the tables.
    pub(super) fn of(code: &str) -> Self {
        let text = CODES.iter().find(|known| known.code == code).map_or(code, |known| known.text);
        Self::because(code, text)
    }

    /// In these words.
    pub(super) fn because(code: &str, message: impl Into<String>) -> Self {
        Self { status: status_of(code), code: code.into(), message: message.into(), detail: None, sign: None }
    }

    /// The same with what is wrong and where.
    pub(super) fn at(self, location: &str, value: impl Into<Value>) -> Self {
        let detail = [("location".to_owned(), location.into()), ("value".to_owned(), value.into())];
        Self { detail: Some(Value::Object(detail.into_iter().collect())), ..self }
    }

    /// A code that somebody wants to see; pay v2 has other names for some.
    pub(super) fn forced(code: &str) -> Self {
        let bare = |code: &str| code.replace('_', "");
        let is_it = |known: &&ErrorCode| bare(known.code) == bare(code) || known.also.contains(&code);
        Self::of(CODES.iter().find(is_it).map_or(code, |known| known.code))
    }

    /// What is sent.
    pub(super) fn body(&self) -> Value {
        let mut told = json!({ "code": self.code, "message": self.message });
        if let Some(detail) = &self.detail {
            told["detail"] = detail.clone();
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_the_statuses_of_the_official_table() {
        let status = |code: &str| Refusal::forced(code).status;
        for (code, expected) in [
            ("PARAM_ERROR", 400),
            ("INVALID_REQUEST", 400),
            ("APPID_MCHID_NOT_MATCH", 400),
            ("ORDER_CLOSED", 400),
            ("NO_STATEMENT_EXIST", 400),
            ("SIGN_ERROR", 401),
            ("OUT_TRADE_NO_USED", 403),
            ("NOT_ENOUGH", 403),
            ("ORDER_NOT_EXIST", 404),
            ("RESOURCE_NOT_EXISTS", 404),
            ("FREQUENCY_LIMITED", 429),
            ("SYSTEM_ERROR", 500),
            ("SYSTEMERROR", 500),
        ] {
            assert_eq!(status(code), expected, "{code}");
        }
        assert_eq!(Refusal::forced("SYSTEMERROR").code, "SYSTEM_ERROR");
    }
}
