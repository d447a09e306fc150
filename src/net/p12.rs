//! `apiclient_cert.p12` as PEM. The only file that reads PKCS#12; without the
//! feature `p12` it says so, and names the way out.

use super::error::NetError;
use crate::sign::Secret;

/// Without PKCS#12.
///
/// # Errors
/// Always.
#[cfg(not(feature = "p12"))]
pub fn unpacked(_: &[u8], _: &Secret) -> Result<Secret, NetError> {
    Err(NetError::NoPkcs12)
}

/// Key and certificates of a PKCS#12 file, as PEM.
///
/// # Errors
/// Not readable, a part missing, or the wrong password.
#[cfg(feature = "p12")]
pub fn unpacked(bytes: &[u8], password: &Secret) -> Result<Secret, NetError> {
    use p12_keystore::{KeyStore, Pkcs12ImportPolicy};
    let store =
        KeyStore::from_pkcs12(bytes, password.expose(), Pkcs12ImportPolicy::Relaxed).map_err(|error| {
            match error {
                p12_keystore::error::Error::MacError(_) => NetError::WrongPassword,
                other => NetError::BadIdentity { why: other.to_string() },
            }
        })?;
    let (_, chain) = store.private_key_chain().ok_or(NetError::NoKeyInside)?;
    if chain.certs().is_empty() {
        return Err(NetError::NoCertificateInside);
    }
    let key = std::iter::once(section("PRIVATE KEY", chain.key().as_der()));
    let certs = chain.certs().iter().map(|cert| section("CERTIFICATE", cert.as_der()));
    Ok(Secret::new(key.chain(certs).collect::<String>()))
}

#[cfg(feature = "p12")]
fn section(label: &str, der: &[u8]) -> String {
    let text = crate::sign::base64_text(der);
    let lines: Vec<&str> = (0..text.len()).step_by(64).map(|at| &text[at..text.len().min(at + 64)]).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}
