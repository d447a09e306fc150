//! The merchant's client certificate. Comes in: the bytes of PEM files, or of
//! `apiclient_cert.p12` with its password; goes out: what the TLS library shows
//! to the server. Opens no file and keeps the key out of every `Debug`.

use super::error::{NetError, root_cause};
use super::p12::unpacked;
use crate::sign::Secret;

/// A certificate and its private key.
#[derive(Clone)]
pub struct Identity(pub(super) reqwest::Identity);

impl Identity {
    /// PEM (certificate and key in one file, or the key in `key`), or PKCS#12
    /// with its password, which WeChat sets to the merchant id.
    ///
    /// # Errors
    /// Not readable, a part missing, or the wrong password.
    pub fn from_bytes(bytes: &[u8], key: Option<&[u8]>, password: &Secret) -> Result<Self, NetError> {
        let is_pem = bytes.windows(PEM_MARK.len()).any(|window| window == PEM_MARK);
        let pem = if is_pem { joined(bytes, key)? } else { unpacked(bytes, password)? };
        reqwest::Identity::from_pem(pem.expose().as_bytes())
            .map(Self)
            .map_err(|e| NetError::BadIdentity { why: root_cause(&e) })
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(Secret::MASK)
    }
}

const PEM_MARK: &[u8] = b"-----BEGIN ";

/// The PEM sections that matter: `openssl pkcs12` writes attributes around them
/// and other tools add parameters that the TLS library does not know.
fn joined(cert: &[u8], key: Option<&[u8]>) -> Result<Secret, NetError> {
    let text = |bytes| std::str::from_utf8(bytes).map_err(|e| NetError::BadIdentity { why: e.to_string() });
    let (cert, key) = (text(cert)?, text(key.unwrap_or_default())?);
    let certs = sections(cert, "CERTIFICATE-----");
    let keys = sections(if key.is_empty() { cert } else { key }, "PRIVATE KEY-----");
    if certs.is_empty() {
        return Err(NetError::NoCertificateInside);
    }
    match keys.first() {
        None => Err(NetError::NoKeyInside),
        Some(key) if key.contains("ENCRYPTED") => Err(NetError::EncryptedKey),
        Some(key) => Ok(Secret::new(format!("{}\n{key}\n", certs.join("\n")))),
    }
}

/// Whole PEM sections whose first line ends in `label`.
fn sections<'a>(text: &'a str, label: &str) -> Vec<&'a str> {
    let starts = text.match_indices("-----BEGIN ").map(|(at, _)| &text[at..]);
    starts
        .filter(|rest| rest.lines().next().is_some_and(|line| line.trim_end().ends_with(label)))
        .filter_map(|rest| {
            let end = rest.find("-----END ")?;
            let tail = rest[end..].find(label)?;
            Some(&rest[..end + tail + label.len()])
        })
        .collect()
}
