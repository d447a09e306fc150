//! PKCS#12: `apiclient_cert.p12` as PEM, and trust stores for Java. The only file that
//! knows it; without the feature `p12` it says so, and names the way out.

use super::error::NetError;
#[cfg(feature = "p12")]
use super::pem::section;
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

/// Certificates to trust, as a store that Java reads.
#[cfg(feature = "p12")]
pub(super) fn trust_store(
    certificates: impl Iterator<Item = rustls::pki_types::CertificateDer<'static>>,
    password: &str,
) -> Result<Vec<u8>, NetError> {
    use p12_keystore::{Certificate, KeyStore, KeyStoreEntry};
    let mut store = KeyStore::new();
    for (place, der) in certificates.enumerate() {
        // A root that only other libraries can read is left out, as they leave out others.
        if let Ok(certificate) = Certificate::from_der(&der) {
            store.add_entry(&format!("root-{place}"), KeyStoreEntry::Certificate(certificate));
        }
    }
    store.writer(password).write().map_err(|error| NetError::Ca { why: error.to_string() })
}
