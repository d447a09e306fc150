//! WeChat Pay's side of v3: what its notices are believed for, and, where a command
//! plays it, what signs and seals them. Comes in: settings and the gateway's published
//! keys; goes out: [`Ears`] and [`Keys`]. No private key of WeChat's is anybody's.

use wxkit::api::Word;
use wxkit::api::keys::{Keys, Trust, V3};
use wxkit::client::notices::receive::Ears;
use wxkit::config::Name;
use wxkit::mock::{Identity, KeyMode, PUB_KEY_ID};

use super::error::{self, Error};
use super::wiring::Context;

/// Which of the gateway's keys signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedBy {
    /// WeChat Pay's public key, as for new merchants.
    PublicKey,
    /// The platform certificate.
    Certificate,
}

impl Context {
    /// What notices of v3 are believed for, as far as it is known.
    pub fn trust(&self) -> Result<Trust, Error> {
        if let Some(played) = &self.played_v3 {
            return Ok(played.clone().into());
        }
        let (wechat, api_v3_key) = (self.wechat_keys()?, self.api_v3_key()?);
        let named = wechat.iter().all(|key| !key.id.is_empty());
        if named { Ok(Trust { wechat, api_v3_key }) } else { Err(error::missing(Name::WechatKeyId)) }
    }

    /// What a receiver believes notices for: those of v2, of v3, or of both.
    pub fn ears(&self) -> Result<Ears, Error> {
        let ears = Ears { keys: self.keys_of_notices()?, trust: self.trust()? };
        let hears_v3 = ears.trust.api_v3_key.is_some() && !ears.trust.wechat.is_empty();
        if ears.keys.v2.is_some() || hears_v3 {
            return Ok(ears);
        }
        let missing = match (&ears.trust.api_v3_key, ears.trust.wechat.is_empty()) {
            (None, true) => return Err(error::missing(Name::PayKey).hint(EITHER)),
            (None, false) => Name::ApiV3Key,
            (Some(_), _) => Name::WechatKey,
        };
        Err(error::missing(missing))
    }

    /// The keys of who plays WeChat Pay in v3: the gateway's key signs, and the merchant's
    /// APIv3 key seals, or the gateway's where none is set.
    pub fn playing_wechat_pay(&self, by: SignedBy) -> Result<Keys, Error> {
        let gateway = Identity::default();
        let id = match by {
            SignedBy::PublicKey => Some(PUB_KEY_ID),
            SignedBy::Certificate => None,
        };
        let keys = gateway.merchants.first().and_then(|merchant| merchant.keys_v3(KeyMode::Both, id));
        let keys = keys.ok_or_else(|| Error::bug("the gateway has no keys of v3"))?;
        let own = self.api_v3_key()?;
        let sealing = |v3: V3| V3 { api_v3_key: own.or(v3.api_v3_key.clone()), ..v3 };
        let (app_id, mch_id) = (self.settings.app_id.clone(), self.settings.mch_id.clone());
        Ok(Keys { app_id, mch_id, v3: keys.v3.map(sealing), ..keys })
    }
}

const EITHER: Word = Word::new(
    "v2 通知用 --key（APIv2 密钥）验证；v3 通知用 --api-v3-key 与 --wechat-key（pub_key.pem 或平台证书）",
    "notices of v2 are checked with --key (the APIv2 key), those of v3 with --api-v3-key and --wechat-key (pub_key.pem or platform certificates)",
);
