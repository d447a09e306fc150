//! What a call needs besides its fields: who we are ([`Keys`]), whose keys the
//! other side has ([`Keyring`]), and the second and the dice ([`Stamp`]). All
//! come in as values, so that this room reads no setting, no clock, no dice.

pub use crate::sign::{Secret, SignType};

/// Who we are, as far as it is known.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// `wx…`
    pub app_id: Option<String>,
    /// AppSecret of the official account.
    pub app_secret: Option<Secret>,
    /// A fresh access token.
    pub access_token: Option<Secret>,
    /// Merchant id.
    pub mch_id: Option<String>,
    /// Where payment notices go.
    pub notify_url: Option<String>,
    /// What signs messages of pay v2.
    pub v2: Option<V2>,
}

/// What signs messages of pay v2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct V2 {
    /// APIv2 key of the merchant.
    pub key: Secret,
    /// Digest to sign with when the fields do not say.
    pub sign_type: SignType,
}

impl V2 {
    /// This key, with the digest that WeChat takes when nothing is said.
    #[must_use]
    pub const fn new(key: Secret) -> Self {
        Self { key, sign_type: SignType::Md5 }
    }
}

impl Keys {
    /// The same keys, with another digest for pay v2.
    #[must_use]
    pub fn signing(mut self, sign_type: SignType) -> Self {
        if let Some(v2) = &mut self.v2 {
            v2.sign_type = sign_type;
        }
        self
    }
}

/// Who a message says it is from; empty where it does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who<'a> {
    /// App id.
    pub app_id: &'a str,
    /// Merchant id.
    pub mch_id: &'a str,
}

/// Where the reader of a message finds the keys of its sender.
pub trait Keyring {
    /// The keys of this sender, if it is known.
    fn keys(&self, who: Who<'_>) -> Option<Keys>;
}

/// A merchant has one pair of partners only: its own keys, whoever speaks.
impl Keyring for Keys {
    fn keys(&self, _: Who<'_>) -> Option<Self> {
        Some(self.clone())
    }
}

impl<F: Fn(Who<'_>) -> Option<Keys>> Keyring for F {
    fn keys(&self, who: Who<'_>) -> Option<Keys> {
        self(who)
    }
}

/// The present second and a random string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Unix time in seconds.
    pub now: u64,
    /// At least 16 characters of `[0-9A-Za-z]`.
    pub nonce: String,
}
