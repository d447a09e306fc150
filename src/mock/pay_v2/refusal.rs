//! How pay v2 says no, in WeChat's words: the whole protocol (`return_code`),
//! the business (`err_code`), or the signature. Comes in: a code or problems
//! found by `api`; goes out: a [`Refusal`].

use super::super::refusal::{RefusedSign, text_of};
use crate::api::check::{FieldFault, Problem};
use crate::api::endpoint::{Endpoint, Kind};
use crate::api::error_codes;
use crate::wire::WireError;

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
        FieldFault::NotA { .. } | FieldFault::OutOfRange { .. } | FieldFault::Unprintable => {
            ("PARAM_ERROR", format!("invalid {field}"))
        }
    };
    // A call that has no word for what is missing says PARAM_ERROR.
    let words = ["LACK_PARAMS", "missing parameter"];
    let known = code != "LACK_PARAMS" || words.iter().any(|word| row.errors.contains(word));
    Refusal::because(if known { code } else { "PARAM_ERROR" }, text)
}
