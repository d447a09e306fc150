//! A signature that was refused, with all that explains it, and what of that may be
//! told to whom. Owns the rule that a person's own key signs for nobody else.

use serde_json::Value;

use super::identity::is_built_in;
use crate::api::error_codes;
use crate::api::keys::Secret;
use crate::wire::Fields;

/// Which signatures the gateway checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// A message of pay v2.
    Message,
    /// `wx.config`.
    Config,
    /// What a page hands to WeChat Pay.
    PaySign,
    /// What an app hands to it.
    AppSign,
    /// A request of pay v3.
    RequestV3,
    /// What a page hands to WeChat Pay for an order of v3.
    PaySignV3,
    /// What an app hands to it for an order of v3.
    AppSignV3,
}

impl Signed {
    /// Whether a page made it, and may read why it is wrong.
    pub(super) const fn is_of_a_page(self) -> bool {
        !matches!(self, Self::Message | Self::RequestV3)
    }
}

/// A signature that was refused, with everything needed to say why.
#[derive(Debug, Clone)]
pub struct RefusedSign {
    /// Number of the call, for [`super::Mock::attach`].
    pub request_id: u64,
    /// Name of the row, or the function of the page (`wx.config`).
    pub endpoint: &'static str,
    /// Which signature it is.
    pub what: Signed,
    /// The message as it came; of a page, without the signature.
    pub fields: Fields,
    /// The key or ticket it should be signed with; of RSA the merchant's certificate.
    pub key: Secret,
    /// What may have been signed with instead, each with its label: an old
    /// ticket, an access token.
    pub others: Vec<(String, Secret)>,
    /// The signature it carries; empty if none.
    pub given: String,
    /// What it should carry; none where that is nobody's business.
    pub right: Option<Right>,
    /// `MD5`, `HMAC-SHA256`, `SHA1` or `RSA`
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

/// WeChat's text for a code.
pub(super) fn text_of(code: &str) -> &str {
    error_codes::codes().find(|known| known.code == code).map_or(code, |known| known.text)
}
