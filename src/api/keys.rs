//! What a call needs besides its fields: who we are ([`Keys`]), and the second
//! and the dice ([`Stamp`]). Both come in as values, so that this room reads
//! no setting, no clock and no random source.

pub use crate::sign::{Secret, SignType};

/// Who we are, as far as it is known.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// `wx…`
    pub app_id: Option<String>,
    /// AppSecret of the official account.
    pub app_secret: Option<Secret>,
    /// Merchant id.
    pub mch_id: Option<String>,
    /// APIv2 key of the merchant.
    pub pay_key: Option<Secret>,
    /// A fresh access token.
    pub access_token: Option<Secret>,
    /// Where payment notices go.
    pub notify_url: Option<String>,
    /// Digest to sign with when the fields do not say.
    pub sign_type: Option<SignType>,
}

/// The present second and a random string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Unix time in seconds.
    pub now: u64,
    /// At least 16 characters of `[0-9A-Za-z]`.
    pub nonce: String,
}
