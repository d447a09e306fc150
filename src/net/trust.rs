//! What programs have to trust to speak with a server of ours: files that hold its CA
//! beside the roots of this system, because most programs take one file in place of
//! their own. Comes in: a [`Ca`]; goes out: PEM, and a trust store for Java.

use rustls::pki_types::CertificateDer;

use super::ca::Ca;
#[cfg(feature = "p12")]
use super::error::NetError;
use super::pem::section;

/// Roots that Mozilla trusted when this was built.
pub(super) fn built_in() -> impl Iterator<Item = &'static CertificateDer<'static>> {
    webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter()
}

/// The roots of this system (of `SSL_CERT_FILE`, where that is set); where there are
/// none, as in a bare container, those that were built in.
fn roots() -> Vec<CertificateDer<'static>> {
    let system = rustls_native_certs::load_native_certs().certs;
    if system.is_empty() { built_in().cloned().collect() } else { system }
}

/// The CA and the roots, as PEM.
#[must_use]
pub fn bundle(ca: &Ca) -> String {
    // A bundle of ours may be what is in force already.
    let roots = roots().into_iter().filter(|root| root != ca.der());
    roots.fold(ca.certificate().to_owned(), |all, root| all + &section("CERTIFICATE", &root))
}

/// The password of trust stores: Java's own, known to everybody; nothing in them is secret.
pub const STORE_PASSWORD: &str = "changeit";

/// The same as a PKCS#12 trust store, as Java reads it.
///
/// # Errors
/// [`NetError::Ca`]: a root cannot be written.
#[cfg(feature = "p12")]
pub fn store(ca: &Ca) -> Result<Vec<u8>, NetError> {
    let roots = roots().into_iter().filter(|root| root != ca.der());
    super::p12::trust_store(std::iter::once(ca.der().clone()).chain(roots), STORE_PASSWORD)
}
