//! A certificate authority of one's own, for servers on this machine. Comes in: the
//! second at which it is made, or the PEM of one that was kept; goes out: that PEM,
//! and certificates for names. It is good for WeChat's names and those of this
//! machine only: who steals its key can pretend to be nobody else. Opens no file.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::{Duration, UNIX_EPOCH};

use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, NameConstraints,
};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::error::NetError;
use super::pem::section;
use crate::sign::{Secret, valid_until};

/// Its name, as trust stores show it.
const NAME: &str = "wxkit mock CA (local tests only)";
const DAY: u64 = 86_400;
/// Clocks of containers and virtual machines run behind.
const BACKDATED: u64 = 2 * DAY;
const LIFE: u64 = 3650 * DAY;
/// Apple and others refuse server certificates that live longer than 398 days.
const SERVER_LIFE: u64 = 365 * DAY;
/// What is nearly over is made anew, so that no long run outlives it.
const RENEWED: u64 = SERVER_LIFE;

/// A certificate authority.
pub struct Ca {
    certificate: String,
    der: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

/// A certificate for a server, with its key.
pub(super) struct Issued {
    pub(super) chain: Vec<CertificateDer<'static>>,
    pub(super) key: PrivateKeyDer<'static>,
}

impl Ca {
    /// Makes a new one; certificate and key as PEM, to be kept.
    ///
    /// # Errors
    /// [`NetError::Ca`]: no randomness.
    pub fn make(now: u64) -> Result<Secret, NetError> {
        let key = KeyPair::generate().map_err(refused)?;
        let mut params = params();
        (params.not_before, params.not_after) = (at(now.saturating_sub(BACKDATED)), at(now + LIFE));
        let certificate = params.self_signed(&key).map_err(refused)?;
        // The key first: where one is looked for, it is in the first section.
        Ok(Secret::new(key.serialize_pem() + &certificate.pem()))
    }

    /// One that was kept; none if it is not good for long any more.
    ///
    /// # Errors
    /// [`NetError::Ca`]: not what [`Ca::make`] made.
    pub fn kept(pem: &Secret, now: u64) -> Result<Option<Self>, NetError> {
        let damaged = |_| NetError::Ca { why: "no certificate or no key inside".into() };
        let der = CertificateDer::from_pem_slice(pem.expose().as_bytes()).map_err(damaged)?;
        let key = KeyPair::from_pem(pem.expose()).map_err(refused)?;
        if valid_until(&der).is_none_or(|until| until < i64::try_from(now + RENEWED).unwrap_or(i64::MAX)) {
            return Ok(None);
        }
        Ok(Some(Self { certificate: section("CERTIFICATE", &der), der, issuer: Issuer::new(params(), key) }))
    }

    /// Its certificate as PEM.
    #[must_use]
    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    pub(super) const fn der(&self) -> &CertificateDer<'static> {
        &self.der
    }

    /// A certificate for a server of these names and addresses.
    pub(super) fn issue(&self, names: &[String], now: u64) -> Result<Issued, NetError> {
        let key = KeyPair::generate().map_err(refused)?;
        let mut params = CertificateParams::new(names).map_err(refused)?;
        (params.not_before, params.not_after) = (at(now.saturating_sub(BACKDATED)), at(now + SERVER_LIFE));
        params.distinguished_name.push(DnType::CommonName, "wxkit mock");
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        let certificate = params.signed_by(&key, &self.issuer).map_err(refused)?;
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        Ok(Issued { chain: vec![certificate.der().clone(), self.der.clone()], key })
    }
}

impl std::fmt::Debug for Ca {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(NAME)
    }
}

/// What stands below it: WeChat, and names and addresses that belong to nobody else.
const BELOW: [&str; 6] = ["weixin.qq.com", "wx.tenpay.com", "localhost", "internal", "test", "wxkit"];

fn params() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, NAME);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let names = BELOW.map(|name| GeneralSubtree::DnsName(name.into()));
    let near = [
        (IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), 8),
        (IpAddr::V4(Ipv4Addr::new(10, 0, 0, 0)), 8),
        (IpAddr::V4(Ipv4Addr::new(172, 16, 0, 0)), 12),
        (IpAddr::V4(Ipv4Addr::new(192, 168, 0, 0)), 16),
        (IpAddr::V6(Ipv6Addr::LOCALHOST), 128),
    ];
    let near = near.map(|(ip, bits)| GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(ip, bits)));
    let permitted_subtrees = names.into_iter().chain(near).collect();
    params.name_constraints = Some(NameConstraints { permitted_subtrees, excluded_subtrees: Vec::new() });
    params
}

fn at<T: From<std::time::SystemTime>>(second: u64) -> T {
    (UNIX_EPOCH + Duration::from_secs(second)).into()
}

#[expect(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
fn refused(error: rcgen::Error) -> NetError {
    NetError::Ca { why: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_790_000_000;

    #[test]
    fn what_was_made_is_kept_until_it_is_nearly_over() {
        let pem = Ca::make(NOW).unwrap();
        let ca = Ca::kept(&pem, NOW).unwrap().unwrap();
        assert!(ca.certificate().starts_with("-----BEGIN CERTIFICATE-----"));
        assert!(!ca.certificate().contains("PRIVATE"), "the key stays here");
        assert!(Ca::kept(&pem, NOW + LIFE - RENEWED).unwrap().is_some());
        assert!(Ca::kept(&pem, NOW + LIFE - RENEWED + 1).unwrap().is_none());
        for damaged in ["", ca.certificate(), "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n"]
        {
            assert!(matches!(Ca::kept(&Secret::new(damaged), NOW), Err(NetError::Ca { .. })), "{damaged}");
        }
        assert_eq!(format!("{ca:?}"), NAME);
    }

    /// As clients judge it: by a library that is not the one it was made with.
    #[test]
    fn it_is_good_for_nobody_elses_names() {
        use rustls::client::WebPkiServerVerifier;
        use rustls::client::danger::ServerCertVerifier as _;
        use rustls::pki_types::{ServerName, UnixTime};
        let ca = Ca::kept(&Ca::make(NOW).unwrap(), NOW).unwrap().unwrap();
        let mut roots = rustls::RootCertStore::empty();
        roots.add(ca.der().clone()).unwrap();
        let provider = rustls::crypto::ring::default_provider().into();
        let verifier = WebPkiServerVerifier::builder_with_provider(roots.into(), provider).build().unwrap();
        let believed = |name: &str| {
            let issued = ca.issue(&[name.to_owned()], NOW).unwrap();
            let (server, now) =
                (ServerName::try_from(name).unwrap(), UnixTime::since_unix_epoch(Duration::from_secs(NOW)));
            verifier.verify_server_cert(&issued.chain[0], &[], &server, &[], now).is_ok()
        };
        for ours in [
            "api.mch.weixin.qq.com",
            "wx.tenpay.com",
            "localhost",
            "gw.internal",
            "127.0.0.1",
            "::1",
            "10.1.2.3",
        ] {
            assert!(believed(ours), "{ours}");
        }
        for theirs in ["example.com", "qq.com", "tenpay.com", "evilweixin.qq.com", "8.8.8.8", "172.32.0.1"] {
            assert!(!believed(theirs), "{theirs}");
        }
    }
}
