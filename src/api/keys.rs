//! What a call needs besides its fields: who we are ([`Keys`]), whose keys the
//! other side has ([`Keyring`]), and the second and the dice ([`Stamp`]). All
//! come in as values, so that this room reads no setting, no clock, no dice.

use std::sync::Arc;

use crate::sign::Digest;
pub use crate::sign::{
    Aead, Certificate, KeyError, Owner, PrivateKey, PublicKey, RsaError, Secret, SignType, Unproven,
};

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
    /// What signs and proves messages of pay v3.
    pub v3: Option<V3>,
}

/// What signs messages of pay v2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct V2 {
    /// APIv2 key of the merchant.
    pub key: Secret,
    /// Digest to sign with when the fields do not say.
    pub sign_type: SignType,
}

/// What signs messages of v3, and what proves those of WeChat Pay.
#[derive(Debug, Clone)]
pub struct V3 {
    /// Whose key it is: the merchant that signs, in partner mode the provider.
    pub mch_id: String,
    /// Serial of the merchant's certificate, upper-case hex.
    pub serial: String,
    /// The merchant's key.
    pub private: Arc<PrivateKey>,
    /// Opens notices and platform certificates; 32 bytes.
    pub api_v3_key: Option<Secret>,
    /// WeChat Pay's keys; during a switch both kinds.
    pub wechat: Vec<WechatKey>,
    /// The key that answers in WeChat Pay's place, where we stand in for it.
    pub stand_in: Option<StandIn>,
}

/// A private key with which a gateway answers like WeChat Pay.
#[derive(Debug, Clone)]
pub struct StandIn {
    /// What `Wechatpay-Serial` says of it.
    pub id: String,
    /// The key.
    pub private: Arc<PrivateKey>,
}

/// A key of WeChat Pay: its public key, or one out of a platform certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WechatKey {
    /// `PUB_KEY_ID_…`, or the serial of the certificate, as `Wechatpay-Serial` names it.
    pub id: String,
    /// The key.
    pub key: PublicKey,
    /// Unix time, in seconds, until which its certificate is valid; a public key does not expire.
    pub expires: Option<i64>,
}

/// What messages of WeChat Pay are proved and opened with. A receiver of notices
/// needs no more, and no private key.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// WeChat Pay's keys; during a switch both kinds.
    pub wechat: Vec<WechatKey>,
    /// Opens notices and platform certificates; 32 bytes.
    pub api_v3_key: Option<Secret>,
}

impl From<V3> for Trust {
    fn from(v3: V3) -> Self {
        Self { wechat: v3.wechat, api_v3_key: v3.api_v3_key }
    }
}

impl V3 {
    /// The key that `Wechatpay-Serial` names: ids as whole text, serials without
    /// regard to letter case.
    /// <https://pay.weixin.qq.com/doc/v3/merchant/4013053420>
    #[must_use]
    pub fn wechat_key(&self, id: &str) -> Option<&WechatKey> {
        self.wechat.iter().find(|key| key.is(id))
    }

    /// The key that fields are sealed with: the public one, else the certificate that
    /// is valid longest.
    /// <https://pay.weixin.qq.com/doc/v3/merchant/4012154180>
    #[must_use]
    pub fn sealing_key(&self) -> Option<&WechatKey> {
        self.wechat.iter().max_by_key(|key| key.expires.unwrap_or(i64::MAX))
    }
}

impl WechatKey {
    /// How the id of a public key begins.
    pub const PUBLIC_KEY_ID: &'static str = "PUB_KEY_ID_";

    /// Whether `Wechatpay-Serial` means this one.
    #[must_use]
    pub fn is(&self, id: &str) -> bool {
        if self.is_public_key() { self.id == id } else { self.id.eq_ignore_ascii_case(id) }
    }

    /// The same as far as is known: a public key without an id may be any.
    #[must_use]
    pub fn may_be(&self, id: &str) -> bool {
        self.is(id) || (self.id.is_empty() && id.starts_with(Self::PUBLIC_KEY_ID))
    }

    /// Seals a field for WeChat Pay; send this key's id as `Wechatpay-Serial` with it.
    /// <https://pay.weixin.qq.com/doc/v3/merchant/4013053257>
    ///
    /// # Errors
    /// [`RsaError::TooLong`]: 214 bytes fit into a key of 2048 bits.
    pub fn seal(&self, plain: &[u8], stamp: &Stamp) -> Result<String, RsaError> {
        let mut seed = [0; 20];
        seed.copy_from_slice(Digest::Sha1.of(&[], stamp.nonce.as_bytes()).as_bytes());
        self.key.seal(plain, seed)
    }

    /// Whether it is the public key, and no platform certificate.
    #[must_use]
    pub fn is_public_key(&self) -> bool {
        self.expires.is_none()
    }
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

impl Who<'static> {
    /// Who a message is from when it does not matter.
    pub const NOBODY: Self = Self { app_id: "", mch_id: "" };
}

/// Where the reader of a message finds the keys of its sender.
pub trait Keyring {
    /// The keys of this sender, if it is known.
    fn keys(&self, who: Who<'_>) -> Option<Keys>;

    /// What proves and opens what WeChat Pay says, if anything does.
    fn trust(&self) -> Option<Trust> {
        self.keys(Who::NOBODY)?.v3.map(Trust::from)
    }
}

/// A receiver of notices hears WeChat Pay and nobody else.
impl Keyring for Trust {
    fn keys(&self, _: Who<'_>) -> Option<Keys> {
        None
    }

    fn trust(&self) -> Option<Trust> {
        Some(self.clone())
    }
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

impl Stamp {
    /// Of a scheme that looks at no clock and throws no dice: pay v2, official accounts.
    pub const TIMELESS: Self = Self { now: 0, nonce: String::new() };

    /// A number of at most 13 digits that the random string stands for, so that ids
    /// repeat with it.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.nonce.bytes().fold(7_u64, |sum, b| (sum * 31 + u64::from(b)) % 10_000_000_000_000)
    }
}
