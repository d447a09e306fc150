//! Keys of a merchant and of a WeChat Pay that exist in tests only; `keys/make` made them.

use std::sync::Arc;

use wxkit::api::keys::PrivateKey;

pub const MERCHANT_KEY: &str = include_str!("keys/merchant_key.pem");
pub const PLATFORM_KEY: &str = include_str!("keys/platform_key.pem");
pub const PLATFORM_CERT: &str = include_str!("keys/platform_cert.pem");
pub const WECHAT_KEY: &str = include_str!("keys/wechat_key.pem");
pub const WECHAT_PUB: &str = include_str!("keys/wechat_pub.pem");

pub const MERCHANT_SERIAL: &str = "4E1A5B0C7D3F2A9688E1D4C05B7A3F6E2D9C8B10";
pub const PLATFORM_SERIAL: &str = "6B2C9D4E1F8A7B3C5D0E9F1A2B4C6D8E0F1A3B5C";
pub const PUB_KEY_ID: &str = "PUB_KEY_ID_0119000001092026112600000000000001";
pub const API_V3_KEY: &str = "wxkittestapiv3keywxkittestapiv3k";

pub fn private(pem: &str) -> Arc<PrivateKey> {
    Arc::new(PrivateKey::read(pem.as_bytes()).unwrap())
}
