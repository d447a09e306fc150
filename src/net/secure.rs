//! TLS at a server's side. Comes in: a [`Ca`] and the names of the server; goes out:
//! streams that were greeted, and whether the client showed a certificate of its own.
//! It is asked for one and may go without: who must have one is decided above.

use std::io;
use std::sync::Arc;

use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms};
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{DigitallySignedStruct, DistinguishedName, ServerConfig, SignatureScheme};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::ca::Ca;
use super::error::NetError;
use super::patience::HEAD_TIMEOUT;
use super::socket::Resets;

/// How a server speaks TLS; shared by all clones.
#[derive(Clone)]
pub struct Secure(Arc<ServerConfig>);

impl Secure {
    /// With a certificate for these names and addresses.
    ///
    /// # Errors
    /// [`NetError::Ca`]: not a name; [`NetError::Tls`].
    pub fn of(ca: &Ca, names: &[String], now: u64) -> Result<Self, NetError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let issued = ca.issue(names, now)?;
        let refused = |error: rustls::Error| NetError::Tls { why: error.to_string() };
        let config =
            ServerConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions();
        let config =
            config.map_err(refused)?.with_client_cert_verifier(Arc::new(AnyCertificate::of(&provider)));
        let mut config = config.with_single_cert(issued.chain, issued.key).map_err(refused)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self(Arc::new(config)))
    }

    /// Greets a client.
    ///
    /// # Errors
    /// It says no TLS, goes away, or does not believe our certificate.
    pub(super) async fn greet(&self, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        let greeting = TlsAcceptor::from(Arc::clone(&self.0)).accept(stream);
        timeout(HEAD_TIMEOUT, greeting).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl std::fmt::Debug for Secure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secure")
    }
}

/// Whether the client showed a certificate.
pub(super) fn showed_certificate(stream: &TlsStream<TcpStream>) -> bool {
    stream.get_ref().1.peer_certificates().is_some()
}

/// Whether a greeting failed because the client does not believe our certificate.
pub(super) fn is_distrust(error: &io::Error) -> bool {
    use rustls::AlertDescription as Alert;
    let alert = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    matches!(
        alert,
        Some(rustls::Error::AlertReceived(
            Alert::UnknownCA | Alert::BadCertificate | Alert::CertificateUnknown
        ))
    )
}

impl Resets for TlsStream<TcpStream> {
    fn reset(&self) {
        self.get_ref().0.reset();
    }
}

/// Any certificate will do whose key the client has: merchants in tests make their own.
#[derive(Debug)]
struct AnyCertificate(WebPkiSupportedAlgorithms);

impl AnyCertificate {
    fn of(provider: &CryptoProvider) -> Self {
        Self(provider.signature_verification_algorithms)
    }
}

impl ClientCertVerifier for AnyCertificate {
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, rustls::Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls12_signature(message, certificate, signed, &self.0)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls13_signature(message, certificate, signed, &self.0)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_schemes()
    }
}
