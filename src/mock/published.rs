//! The keys of pay v3 that everybody knows: those of the gateway's merchant and of the
//! WeChat Pay that it plays. Made once, for tests, by `keys/make.py`, and published on
//! purpose: no other key signs here, and none of these may ever sign for real money.

use std::sync::{Arc, LazyLock};

use crate::api::keys::{Certificate, PrivateKey, PublicKey, Secret, StandIn, V3, WechatKey};

/// The published APIv3 key.
pub const API_V3_KEY: &str = "wxkitmockapiv3keywxkitmockapiv3k";
/// The id of the published public key.
pub const PUB_KEY_ID: &str = "PUB_KEY_ID_0119000001092026112600000000000001";

/// A file of these keys, as the merchant platform hands it out.
#[derive(Debug)]
pub struct KeyFile {
    /// Its name there.
    pub name: &'static str,
    /// What is in it.
    pub bytes: &'static [u8],
    /// Whether it is for its owner's eyes only.
    pub is_secret: bool,
}

const fn file(name: &'static str, bytes: &'static [u8]) -> KeyFile {
    KeyFile { name, bytes, is_secret: false }
}

const fn secret(name: &'static str, bytes: &'static [u8]) -> KeyFile {
    KeyFile { name, bytes, is_secret: true }
}

const MERCHANT_KEY: &[u8] = include_bytes!("keys/apiclient_key.pem");
/// The merchant's certificate: what its signatures are held against.
pub(super) const MERCHANT_PEM: &str = include_str!("keys/apiclient_cert.pem");
const PUBLIC_KEY: &[u8] = include_bytes!("keys/pub_key.pem");
/// The platform certificate, as `/v3/certificates` gives it.
const PLATFORM_CERTIFICATE: &str = include_str!("keys/platform_cert.pem");

/// What a merchant has of these keys. The password of the last one is the merchant id.
pub static KEY_FILES: [KeyFile; 5] = [
    secret("apiclient_key.pem", MERCHANT_KEY),
    file("apiclient_cert.pem", MERCHANT_PEM.as_bytes()),
    file("pub_key.pem", PUBLIC_KEY),
    file("platform_cert.pem", PLATFORM_CERTIFICATE.as_bytes()),
    secret("apiclient_cert.p12", include_bytes!("keys/apiclient_cert.p12")),
];

/// Which of WeChat Pay's keys sign replies and notices of pay v3, and are handed out.
/// <https://pay.weixin.qq.com/doc/v3/merchant/4012154180>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyMode {
    /// Platform certificate and public key: a request says by its `Wechatpay-Serial`
    /// which one signs the reply, and an order that, which one signs its notices.
    Both,
    /// A merchant that never applied for a public key.
    Certificate,
    /// A new merchant: there are no platform certificates.
    PublicKey,
    /// The switch under way: as with both, but this share of the notices is signed
    /// with the public key whatever the order said, in thousandths.
    Switching(u16),
}

impl KeyMode {
    /// Whether there is a platform certificate.
    #[must_use]
    pub const fn has_certificate(self) -> bool {
        !matches!(self, Self::PublicKey)
    }

    /// Whether there is a public key.
    #[must_use]
    pub const fn has_public_key(self) -> bool {
        !matches!(self, Self::Certificate)
    }
}

/// Read once: a key takes longer to read than to use.
static KEYS: LazyLock<Published> = LazyLock::new(Published::read);

struct Published {
    merchant: Arc<PrivateKey>,
    serial: String,
    platform: Side,
    /// Unix time from which the platform certificate is valid.
    effective: i64,
    public: Side,
}

/// One of WeChat Pay's keys, both halves of it.
struct Side {
    private: Arc<PrivateKey>,
    known: WechatKey,
}

impl Side {
    fn stand_in(&self) -> StandIn {
        StandIn { id: self.known.id.clone(), private: Arc::clone(&self.private) }
    }
}

impl Published {
    #[expect(clippy::expect_used, reason = "the bytes stand in the program, and a test reads them")]
    fn read() -> Self {
        let private = |pem: &[u8]| Arc::new(PrivateKey::read(pem).expect("a private key"));
        let certificate = |pem: &[u8]| Certificate::read(pem).expect("a certificate");
        let platform = certificate(PLATFORM_CERTIFICATE.as_bytes());
        let public = PublicKey::read(PUBLIC_KEY).expect("a public key");
        Self {
            merchant: private(MERCHANT_KEY),
            effective: platform.not_before,
            serial: certificate(MERCHANT_PEM.as_bytes()).serial,
            platform: Side {
                private: private(include_bytes!("keys/platform_key.pem")),
                known: WechatKey {
                    id: platform.serial,
                    key: platform.key,
                    expires: Some(platform.not_after),
                },
            },
            public: Side {
                private: private(include_bytes!("keys/pub_key_private.pem")),
                known: WechatKey { id: PUB_KEY_ID.into(), key: public, expires: None },
            },
        }
    }
}

/// What a merchant signs with, and knows of WeChat Pay where its keys are these.
pub(super) fn of_merchant(mch_id: &str, mode: KeyMode) -> V3 {
    let keys = &*KEYS;
    let sides = [(mode.has_public_key(), &keys.public), (mode.has_certificate(), &keys.platform)];
    V3 {
        mch_id: mch_id.into(),
        serial: keys.serial.clone(),
        private: Arc::clone(&keys.merchant),
        api_v3_key: Some(Secret::new(API_V3_KEY)),
        wechat: sides
            .into_iter()
            .filter(|(is_there, _)| *is_there)
            .map(|(_, side)| side.known.clone())
            .collect(),
        stand_in: None,
    }
}

/// The key by which WeChat Pay answers this merchant, by its id; none of that id in
/// this mode.
pub(super) fn stand_in(mode: KeyMode, id: &str) -> Option<StandIn> {
    let keys = &*KEYS;
    let there = |side: &Side, is_there: bool| (is_there && side.known.is(id)).then(|| side.stand_in());
    there(&keys.public, mode.has_public_key()).or_else(|| there(&keys.platform, mode.has_certificate()))
}

/// The platform certificate as it is handed out.
pub(super) struct Platform {
    pub(super) serial: &'static str,
    pub(super) pem: &'static str,
    /// Unix time.
    pub(super) from: i64,
    pub(super) until: i64,
}

pub(super) fn platform() -> Platform {
    let Side { known, .. } = &KEYS.platform;
    Platform {
        serial: &known.id,
        pem: PLATFORM_CERTIFICATE,
        from: KEYS.effective,
        until: known.expires.unwrap_or_default(),
    }
}

/// The id of the key by which WeChat Pay answers who names none.
pub(super) fn usual_id(mode: KeyMode) -> &'static str {
    if mode.has_certificate() { &KEYS.platform.known.id } else { PUB_KEY_ID }
}

/// Whether this is the published merchant key: it signs for the gateway, and never for
/// real money.
#[must_use]
pub fn is_published(key: &PrivateKey) -> bool {
    key.public() == KEYS.merchant.public()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected values: `openssl x509 -serial -noout`, and the pages of WeChat for the
    /// shape of an id.
    #[test]
    fn the_published_keys_belong_together() {
        let keys = &*KEYS;
        assert_eq!(keys.serial, "5F0C4A1D7E2B3968A4D1C05E7B9F63D28A1C4E90");
        assert_eq!(keys.platform.known.id, "7A3E9C5B1F8D2640C7E5B3A19D0F4E6C82B5D713");
        assert_eq!(keys.merchant.public(), &Certificate::read(MERCHANT_PEM.as_bytes()).unwrap().key);
        for side in [&keys.platform, &keys.public] {
            assert_eq!(side.private.public(), &side.known.key);
        }
        assert_eq!((API_V3_KEY.len(), PUB_KEY_ID.len()), (32, "PUB_KEY_ID_".len() + 34));
    }

    #[test]
    fn a_mode_says_which_of_wechats_keys_there_are() {
        let ids = |mode| of_merchant("1", mode).wechat.into_iter().map(|key| key.id).collect::<Vec<_>>();
        let platform = KEYS.platform.known.id.as_str();
        assert_eq!(ids(KeyMode::Both), [PUB_KEY_ID, platform]);
        assert_eq!(ids(KeyMode::Certificate), [platform]);
        assert_eq!(ids(KeyMode::PublicKey), [PUB_KEY_ID]);
        assert!(stand_in(KeyMode::PublicKey, platform).is_none());
        assert!(stand_in(KeyMode::Certificate, PUB_KEY_ID).is_none());
        assert_eq!(stand_in(KeyMode::Both, &platform.to_ascii_lowercase()).unwrap().id, platform);
        assert_eq!([usual_id(KeyMode::Both), usual_id(KeyMode::PublicKey)], [platform, PUB_KEY_ID]);
    }
}
