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
    let message = request_message(method, url, &now, &stamp.nonce, body);
    let signature = keys.private.sign(&message)?;
    let header = format!(
        "{SCHEMA} mchid=\"{}\",nonce_str=\"{}\",signature=\"{signature}\",timestamp=\"{now}\",serial_no=\"{}\"",
        keys.mch_id, stamp.nonce, keys.serial
    );
    Ok(Authorization { header, signature, message })
}

/// The bytes that are signed of a request; `url` is [`signed_url`].
#[must_use]
pub fn request_message(method: &str, url: &str, timestamp: &str, nonce_str: &str, body: &[u8]) -> Vec<u8> {
    let parts = [
        ("method", method.as_bytes()),
        ("url", url.as_bytes()),
        ("timestamp", timestamp.as_bytes()),
        ("nonce_str", nonce_str.as_bytes()),
        ("body", body),
    ];
    sign::message(&sign::V3, parts)
}

/// A header that somebody else wrote, part by part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The merchant who signed.
    pub mchid: &'a str,
    /// Random text.
    pub nonce_str: &'a str,
    /// Base64.
    pub signature: &'a str,
    /// Unix time in seconds.
    pub timestamp: &'a str,
    /// Serial of the merchant's certificate.
    pub serial_no: &'a str,
}

/// Why a header is not one of v3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadHeader {
    /// Another schema than [`SCHEMA`]: `Bearer`, one of SM2.
    Schema,
    /// A pair that is not there, twice, unknown, or not written as `name="value"` with
    /// nothing but a comma to the next.
    Pairs,
}

impl<'a> Parts<'a> {
    const NAMES: [&'static str; 5] = ["mchid", "nonce_str", "signature", "timestamp", "serial_no"];

    /// Reads the value of a header: the schema, a blank, five pairs in any order.
    /// <https://pay.weixin.qq.com/doc/v3/merchant/4012365337>
    ///
    /// # Errors
    /// [`BadHeader`].
    pub fn read(header: &'a str) -> Result<Self, BadHeader> {
        let (schema, rest) = header.split_once(' ').unwrap_or((header, ""));
        if schema != SCHEMA {
            return Err(BadHeader::Schema);
        }
        let mut found = [None; 5];
        for pair in rest.split(',') {
            let (name, value) = pair.split_once("=\"").ok_or(BadHeader::Pairs)?;
            let value = value.strip_suffix('"').filter(|value| !value.is_empty() && !value.contains('"'));
            let at = Self::NAMES.iter().position(|known| *known == name).ok_or(BadHeader::Pairs)?;
            if found[at].replace(value.ok_or(BadHeader::Pairs)?).is_some() {
                return Err(BadHeader::Pairs);
            }
        }
        match found {
            [Some(mchid), Some(nonce_str), Some(signature), Some(timestamp), Some(serial_no)] => {
                Ok(Self { mchid, nonce_str, signature, timestamp, serial_no })
            }
            _ => Err(BadHeader::Pairs),
        }
    }
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
    fn a_header_is_read_as_strictly_as_wechat_reads_it() {
        let good = r#"mchid="1",nonce_str="n",signature="s=",timestamp="7",serial_no="A""#;
        let read =
            |pairs: &str| Parts::read(&format!("{SCHEMA} {pairs}")).map(|parts| parts.signature.to_owned());
        assert_eq!(read(good), Ok("s=".into()));
        assert_eq!(
            read(r#"serial_no="A",timestamp="7",signature="s=",nonce_str="n",mchid="1""#),
            Ok("s=".into())
        );
        for bad in [
            "",
            &good.replace("mchid", "mch_id"),
            &good.replace(',', ", "),
            &good.replace('"', ""),
            &good.replace("\"n\"", "\"\""),
            &good.replace("nonce_str", "mchid"),
            &format!("{good},x=\"1\""),
        ] {
            assert_eq!(read(bad), Err(BadHeader::Pairs), "{bad}");
        }
        assert_eq!(Parts::read(&format!("Bearer {good}")), Err(BadHeader::Schema));
        assert_eq!(Parts::read(""), Err(BadHeader::Schema));
    }

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
