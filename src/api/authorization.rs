//! The `Authorization` header of v3. Comes in: who signs, the request, the stamp;
//! goes out: the header with its string to sign, or a header that somebody else
//! wrote, read part by part. It sends nothing.

use super::keys::{RsaError, Stamp, V3};
use crate::sign;

/// The only schema of RSA merchants.
pub const SCHEMA: &str = "WECHATPAY2-SHA256-RSA2048";

/// A signed header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorization {
    /// The value of the header.
    pub header: String,
    /// The signature in it.
    pub signature: String,
    /// The bytes that were signed.
    pub message: Vec<u8>,
}

/// Signs a request: the path with its query as on the wire, the body as it is sent.
/// <https://pay.weixin.qq.com/doc/v3/merchant/4012365337>
///
/// # Errors
/// [`RsaError`] if the key does not sign.
pub fn authorize(
    keys: &V3,
    method: &str,
    url: &str,
    body: &[u8],
    stamp: &Stamp,
) -> Result<Authorization, RsaError> {
    let now = stamp.now.to_string();
    let parts = [
        ("method", method.as_bytes()),
        ("url", url.as_bytes()),
        ("timestamp", now.as_bytes()),
        ("nonce_str", stamp.nonce.as_bytes()),
        ("body", body),
    ];
    let message = sign::message(&sign::V3, parts);
    let signature = keys.private.sign(&message)?;
    let header = format!(
        "{SCHEMA} mchid=\"{}\",nonce_str=\"{}\",signature=\"{signature}\",timestamp=\"{now}\",serial_no=\"{}\"",
        keys.mch_id, stamp.nonce, keys.serial
    );
    Ok(Authorization { header, signature, message })
}

/// What is signed of an address: path and query as they stand, without scheme,
/// host and fragment.
/// <https://pay.weixin.qq.com/doc/v3/merchant/4012365336>
#[must_use]
pub fn signed_url(url: &str) -> String {
    let bare = url.split('#').next().unwrap_or(url);
    let path = match bare.split_once("://") {
        Some((_, rest)) => rest.find(['/', '?']).map_or("", |at| &rest[at..]),
        None => bare,
    };
    if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_signed_from_its_first_slash_on() {
        for (url, signed) in [
            ("https://api.mch.weixin.qq.com/v3/certificates?a=%2F#top", "/v3/certificates?a=%2F"),
            ("/v3/certificates", "/v3/certificates"),
            ("v3/certificates", "/v3/certificates"),
            ("https://api.mch.weixin.qq.com?a=1", "/?a=1"),
            ("https://api.mch.weixin.qq.com", "/"),
        ] {
            assert_eq!(signed_url(url), signed, "{url}");
        }
    }
}
