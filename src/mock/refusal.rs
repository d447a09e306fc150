//! How pay v2 says no, in WeChat's words: the whole protocol (`return_code`),
//! the business (`err_code`), or the signature. Comes in: a code or problems
//! found by `api`; goes out: a [`Refusal`].

use serde_json::Value;

use super::identity::is_built_in;
use crate::api::check::{FieldFault, Problem};
use crate::api::endpoint::{Endpoint, Kind};
use crate::api::error_codes;
use crate::api::keys::Secret;
use crate::wire::{Fields, WireError};

/// A signature that was refused, with everything needed to say why.
#[derive(Debug, Clone)]
pub struct RefusedSign {
    /// Number of the call, for [`super::Mock::attach`].
    pub request_id: u64,
    /// Name of the row, or the function of the page (`wx.config`).
    pub endpoint: &'static str,
    /// Which signature it is, as on the command line: `pay-v2`, `jssdk`, `pay-sign`.
    pub scheme: &'static str,
    /// The message as it came; of a page, without the signature.
    pub fields: Fields,
    /// The key or ticket it should be signed with.
    pub key: Secret,
    /// What may have been signed with instead, each with its label: an old
    /// ticket, an access token.
    pub others: Vec<(String, Secret)>,
    /// The signature it carries; empty if none.
    pub given: String,
    /// What it should carry; none where that is nobody's business.
    pub right: Option<Right>,
    /// `MD5`, `HMAC-SHA256` or `SHA1`
    pub sign_type: &'static str,
}

/// The right signature. It is told of keys that this gateway made up, and never of a
/// person's own: who can ask for it could have anything signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Right {
    /// The signature.
    pub signature: String,
    /// The string to sign, key masked.
    pub canonical: String,
}

impl Right {
    /// What may be told of a signature with this key.
    pub(super) fn of_key(key: &Secret, signature: String, canonical: String) -> Option<Self> {
        is_built_in(key).then_some(Self { signature, canonical })
    }
}

/// A report without anything that could be sent as a signature.
pub(super) fn without_right(report: Value) -> Value {
    let told = |name: &str| name != "expected" && name != "string_to_sign";
    match report {
        Value::Object(map) => {
            let kept = map.into_iter().filter(|(name, _)| told(name));
            Value::Object(kept.map(|(name, value)| (name, without_right(value))).collect())
        }
        Value::Array(list) => list.into_iter().map(without_right).collect(),
        plain => plain,
    }
}

/// Why a pay call is refused.
#[derive(Debug)]
pub(super) enum Refusal {
    /// `return_code` FAIL: the message was not even understood. Not signed.
    Protocol { code: String, text: String },
    /// `result_code` FAIL with an `err_code`. Signed.
    Business { code: String, text: String },
    /// 签名错误
    Sign(Box<RefusedSign>),
}

impl Refusal {
    /// A business refusal in the words of the tables.
    pub(super) fn of(code: &str) -> Self {
        Self::because(code, text_of(code))
    }

    /// A business refusal in these words.
    pub(super) fn because(code: &str, text: impl Into<String>) -> Self {
        Self::Business { code: code.into(), text: text.into() }
    }

    /// A protocol refusal in the words of the tables.
    pub(super) fn protocol(code: &str) -> Self {
        Self::Protocol { code: code.into(), text: text_of(code).into() }
    }

    /// A code that somebody wants to see.
    pub(super) fn forced(code: &str) -> Self {
        match error_codes::find(code).map_or(code, |known| known.code) {
            "SIGNERROR" => Self::Protocol { code: String::new(), text: "签名错误".into() },
            code @ ("XML_FORMAT_ERROR" | "NOT_UTF8" | "POST_DATA_EMPTY" | "REQUIRE_POST_METHOD") => {
                Self::protocol(code)
            }
            code => Self::of(code),
        }
    }

    /// The word for the list of calls.
    pub(super) fn verdict(&self) -> &str {
        match self {
            Self::Protocol { code, text } if code.is_empty() => text,
            Self::Protocol { code, .. } | Self::Business { code, .. } => code,
            Self::Sign(_) => "SIGNERROR",
        }
    }
}

impl From<WireError> for Refusal {
    fn from(error: WireError) -> Self {
        Self::protocol(match error {
            WireError::Empty => "POST_DATA_EMPTY",
            WireError::NotUtf8 { .. } => "NOT_UTF8",
            _ => "XML_FORMAT_ERROR",
        })
    }
}

/// WeChat's text for a code.
pub(super) fn text_of(code: &str) -> &str {
    error_codes::codes().find(|known| known.code == code).map_or(code, |known| known.text)
}

/// What WeChat says about the first of these problems.
pub(super) fn of_problem(row: &Endpoint, problem: &Problem) -> Refusal {
    let field = problem.field.as_str();
    let (code, text) = match &problem.fault {
        FieldFault::MissingBecause { is: "JSAPI", .. } if field == "openid" => {
            ("LACK_PARAMS", "JSAPI支付必须传openid".into())
        }
        FieldFault::Missing | FieldFault::MissingBecause { .. } => {
            ("LACK_PARAMS", format!("缺少参数{field}"))
        }
        FieldFault::MissingOneOf(names) => ("LACK_PARAMS", format!("缺少参数{}", names.join("或"))),
        FieldFault::TooLong { .. } => ("PARAM_ERROR", format!("{field}参数长度有误")),
        FieldFault::NotA { kind: Kind::OrderNo, value } if value.len() > 32 => {
            ("PARAM_ERROR", format!("{field}参数长度有误"))
        }
        FieldFault::NotA { .. } => ("PARAM_ERROR", format!("invalid {field}")),
    };
    // A call that has no word for what is missing says PARAM_ERROR.
    let words = ["LACK_PARAMS", "missing parameter"];
    let known = code != "LACK_PARAMS" || words.iter().any(|word| row.errors.contains(word));
    Refusal::because(if known { code } else { "PARAM_ERROR" }, text)
}
