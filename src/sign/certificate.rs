//! X.509 certificates as v3 needs them: serial, owner, time of validity, key.
//! Comes in: DER; goes out: a [`Certificate`]. It asks no clock and checks no chain.

use x509_parser::prelude::{FromDer as _, X509Certificate, X509Name};
use x509_parser::public_key::PublicKey as Numbers;

use super::rsa::{PublicKey, RsaError};

/// A certificate of a merchant, or of WeChat Pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Upper-case hex without separators, as `Wechatpay-Serial` and `serial_no` have it.
    pub serial: String,
    /// Common name of its owner: the merchant number of a merchant.
    pub common_name: String,
    /// Organisation of its owner.
    pub organization: String,
    /// Common name of who signed it.
    pub issuer: String,
    /// Unix time, in seconds, from which it is valid.
    pub not_before: i64,
    /// Unix time, in seconds, until which it is valid.
    pub not_after: i64,
    /// Its key.
    pub key: PublicKey,
    der: Vec<u8>,
}

/// Whose certificate it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A merchant's.
    Merchant,
    /// WeChat Pay's own: a platform certificate.
    WeChat,
    /// Its names do not tell.
    Unknown,
}

/// Why a certificate is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CertificateError {
    /// No certificate.
    NotOne,
    /// Its key is not RSA.
    NotRsa,
    /// Its key is of no use.
    Key(RsaError),
}

/// Until when a certificate is valid, whatever its key: Unix time, in seconds. None if
/// it is no certificate.
#[must_use]
pub fn valid_until(der: &[u8]) -> Option<i64> {
    X509Certificate::from_der(der).ok().map(|(_, parsed)| parsed.validity().not_after.timestamp())
}

impl Certificate {
    pub(super) fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        let (_, parsed) = X509Certificate::from_der(der).map_err(|_| CertificateError::NotOne)?;
        let Ok(Numbers::RSA(numbers)) = parsed.public_key().parsed() else {
            return Err(CertificateError::NotRsa);
        };
        let key = PublicKey::new(numbers.modulus, numbers.exponent).map_err(CertificateError::Key)?;
        Ok(Self {
            serial: serial(parsed.raw_serial()),
            common_name: common_name(parsed.subject()),
            organization: organization(parsed.subject()),
            issuer: common_name(parsed.issuer()),
            not_before: parsed.validity().not_before.timestamp(),
            not_after: parsed.validity().not_after.timestamp(),
            key,
            der: der.to_vec(),
        })
    }

    /// Whose it is, by the names in it.
    /// <https://pay.weixin.qq.com/doc/v3/merchant/4012551764>
    #[must_use]
    pub fn owner(&self) -> Owner {
        let is_number = |text: &str| text.len() >= 8 && text.bytes().all(|b| b.is_ascii_digit());
        match &*self.common_name {
            "Tenpay.com sign" => Owner::WeChat,
            name if is_number(name) => Owner::Merchant,
            _ => Owner::Unknown,
        }
    }

    /// Whether it is valid at this time, in Unix seconds.
    #[must_use]
    pub fn is_valid_at(&self, now: i64) -> bool {
        (self.not_before..=self.not_after).contains(&now)
    }

    /// The whole certificate.
    pub(super) fn der(&self) -> &[u8] {
        &self.der
    }
}

/// Without the byte that only keeps the number positive.
fn serial(number: &[u8]) -> String {
    let number = if let [0, rest @ ..] = number { rest } else { number };
    number.iter().fold(String::new(), |text, byte| text + &format!("{byte:02X}"))
}

fn common_name(name: &X509Name<'_>) -> String {
    name.iter_common_name().next().and_then(|name| name.as_str().ok()).unwrap_or_default().to_owned()
}

fn organization(name: &X509Name<'_>) -> String {
    name.iter_organization().next().and_then(|name| name.as_str().ok()).unwrap_or_default().to_owned()
}
