//! Keys and certificates as files hold them. Comes in: bytes of a PEM, however
//! damaged, or of DER; goes out: what each block of it is, ready for use, with what was
//! mended. It opens no file and asks for no password.

use ::rsa::pkcs1::{self, RsaPrivateKeyRef, RsaPublicKeyRef};
use ::rsa::pkcs8::der::pem::{LineEnding, encode_string};
use ::rsa::pkcs8::spki::SubjectPublicKeyInfoRef;
use ::rsa::pkcs8::{AlgorithmIdentifierRef, EncodePublicKey as _, ObjectIdentifier, PrivateKeyInfoRef};
use zeroize::Zeroizing;

use super::certificate::{Certificate, CertificateError};
use super::digest::{Case, Digest};
use super::pem::{Mend, Piece, pieces};
use super::rsa::{PrivateKey, PublicKey, RsaError};
use super::secret::Secret;

/// One block of a file.
#[derive(Debug)]
pub struct Found {
    /// What it is.
    pub item: Item,
    /// What had to be mended to read it.
    pub mends: Vec<Mend>,
}

/// What a block is.
#[derive(Debug)]
pub enum Item {
    /// An RSA private key.
    Private(Box<PrivateKey>),
    /// A certificate with an RSA key.
    Certificate(Box<Certificate>),
    /// An RSA public key alone.
    Public(PublicKey),
    /// Something that cannot be used.
    Useless(KeyError),
}

/// Why a file is not the key that it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyError {
    /// Nothing in it, or no text.
    Empty,
    /// Neither PEM nor base64 of a key.
    NotPem,
    /// A password protects it.
    Encrypted,
    /// The key is of this algorithm; RSA is needed.
    Algorithm(Algorithm),
    /// A certificate, where a private key is needed.
    Certificate,
    /// A public key, where a private key is needed.
    Public,
    /// A request for a certificate.
    Request,
    /// PKCS#12: a key and its certificate, with a password.
    Pkcs12,
    /// The key itself is of no use.
    Rsa(RsaError),
}

/// Algorithms of keys that WeChat Pay's RSA cannot use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// An elliptic curve.
    Ec,
    /// SM2, the Chinese curve: its own signature scheme.
    Sm2,
    /// Another one.
    Other,
}

/// Everything in a file, in its order.
#[must_use]
pub fn read(bytes: &[u8]) -> Vec<Found> {
    pieces(bytes).into_iter().map(Found::of).collect()
}

impl PrivateKey {
    /// The first private key of a file; a damaged PEM is mended.
    ///
    /// # Errors
    /// [`KeyError`] says what the file holds instead.
    pub fn read(bytes: &[u8]) -> Result<Self, KeyError> {
        first(bytes, |item| match item {
            Item::Private(key) => Ok(*key),
            Item::Certificate(_) => Err(KeyError::Certificate),
            Item::Public(_) => Err(KeyError::Public),
            Item::Useless(why) => Err(why),
        })
    }
}

impl Certificate {
    /// The first certificate of a file, if there is one; a damaged PEM is mended.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        read(bytes).into_iter().find_map(|found| match found.item {
            Item::Certificate(certificate) => Some(*certificate),
            _ => None,
        })
    }
}

impl PublicKey {
    /// The first key of a file: a public one, that of a certificate, or the
    /// public half of a private one.
    ///
    /// # Errors
    /// [`KeyError`] says what the file holds instead.
    pub fn read(bytes: &[u8]) -> Result<Self, KeyError> {
        first(bytes, |item| match item {
            Item::Public(key) => Ok(key),
            Item::Certificate(certificate) => Ok(certificate.key),
            Item::Private(key) => Ok(key.public().clone()),
            Item::Useless(why) => Err(why),
        })
    }

    /// SHA-256 of the key as DER, in hex: equal for all files of one key.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        Digest::Sha256.of(&[], &self.der()).hex(Case::Lower)
    }

    fn der(&self) -> Vec<u8> {
        let der = self.key().ok().and_then(|key| key.to_public_key_der().ok());
        der.map(|der| der.as_bytes().to_vec()).unwrap_or_default()
    }
}

fn first<T>(bytes: &[u8], take: impl Fn(Item) -> Result<T, KeyError>) -> Result<T, KeyError> {
    let mut why = None;
    for found in read(bytes) {
        match take(found.item) {
            Ok(item) => return Ok(item),
            Err(error) => why = why.or(Some(error)),
        }
    }
    Err(why.unwrap_or(KeyError::Empty))
}

impl Found {
    fn of(piece: Piece) -> Self {
        let item = Item::of(&piece);
        let Piece { label, der, mut mends, .. } = piece;
        let wanted = item.label(der.as_deref().map_or(&[], Vec::as_slice));
        let is_wrong = label.is_some_and(|label| wanted.is_some_and(|wanted| label != wanted));
        mends.extend(is_wrong.then_some(Mend::WrongLabel));
        Self { item, mends }
    }
}

impl Item {
    fn of(piece: &Piece) -> Self {
        let label = piece.label.as_deref().unwrap_or_default();
        if piece.is_encrypted || label.contains("ENCRYPTED") {
            return Self::Useless(KeyError::Encrypted);
        }
        let Some(der) = piece.der.as_deref() else { return Self::Useless(KeyError::NotPem) };
        let known = certificate(der).or_else(|| private(der)).or_else(|| public(der));
        known.unwrap_or_else(|| Self::Useless(useless(label, der)))
    }

    /// The label that this DER of it needs.
    fn label(&self, der: &[u8]) -> Option<&'static str> {
        match self {
            Self::Private(key) if key.pkcs1() == der => Some("RSA PRIVATE KEY"),
            Self::Public(key) if key.der() != der => Some("RSA PUBLIC KEY"),
            Self::Useless(_) => None,
            Self::Private(_) => Some("PRIVATE KEY"),
            Self::Public(_) => Some("PUBLIC KEY"),
            Self::Certificate(_) => Some("CERTIFICATE"),
        }
    }

    /// A clean PEM of it: PKCS#8 for a private key; none of what is useless.
    #[must_use]
    pub fn pem(&self) -> Option<Secret> {
        let (label, der) = match self {
            Self::Private(key) => ("PRIVATE KEY", pkcs8(key)?),
            Self::Certificate(certificate) => ("CERTIFICATE", Zeroizing::new(certificate.der().to_vec())),
            Self::Public(key) => ("PUBLIC KEY", Zeroizing::new(key.der())),
            Self::Useless(_) => return None,
        };
        encode_string(label, LineEnding::LF, &der).ok().map(Secret::new)
    }
}

fn pkcs8(key: &PrivateKey) -> Option<Zeroizing<Vec<u8>>> {
    use pkcs1::der::Encode as _;
    let octets = pkcs1::der::asn1::OctetStringRef::new(key.pkcs1()).ok()?;
    PrivateKeyInfoRef::new(pkcs1::ALGORITHM_ID, octets).to_der().ok().map(Zeroizing::new)
}

fn certificate(der: &[u8]) -> Option<Item> {
    match Certificate::from_der(der) {
        Ok(certificate) => Some(Item::Certificate(Box::new(certificate))),
        Err(CertificateError::NotOne) => None,
        Err(CertificateError::NotRsa) => Some(Item::Useless(KeyError::Algorithm(curve(der)))),
        Err(CertificateError::Key(why)) => Some(Item::Useless(KeyError::Rsa(why))),
    }
}

fn private(der: &[u8]) -> Option<Item> {
    let take = |der: &[u8]| match PrivateKey::from_pkcs1(der) {
        Ok(key) => Item::Private(Box::new(key)),
        Err(why) => Item::Useless(KeyError::Rsa(why)),
    };
    if let Ok(info) = PrivateKeyInfoRef::try_from(der) {
        let is_rsa = info.algorithm.oid == pkcs1::ALGORITHM_OID;
        return Some(if is_rsa {
            take(info.private_key.as_bytes())
        } else {
            Item::Useless(KeyError::Algorithm(algorithm(&info.algorithm)))
        });
    }
    RsaPrivateKeyRef::try_from(der).ok().map(|_| take(der))
}

fn public(der: &[u8]) -> Option<Item> {
    let take = |key: RsaPublicKeyRef<'_>| match PublicKey::new(
        key.modulus.as_bytes(),
        key.public_exponent.as_bytes(),
    ) {
        Ok(key) => Item::Public(key),
        Err(why) => Item::Useless(KeyError::Rsa(why)),
    };
    let Ok(info) = SubjectPublicKeyInfoRef::try_from(der) else {
        return RsaPublicKeyRef::try_from(der).ok().map(take);
    };
    if info.algorithm.oid != pkcs1::ALGORITHM_OID {
        return Some(Item::Useless(KeyError::Algorithm(algorithm(&info.algorithm))));
    }
    let key = RsaPublicKeyRef::try_from(info.subject_public_key.as_bytes()?).ok()?;
    Some(take(key))
}

const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const SM2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.301");

fn algorithm(id: &AlgorithmIdentifierRef<'_>) -> Algorithm {
    match id.parameters_oid() {
        Ok(SM2) => Algorithm::Sm2,
        _ if id.oid == EC => Algorithm::Ec,
        _ => Algorithm::Other,
    }
}

/// The curve by the name that stands somewhere in the bytes.
fn curve(der: &[u8]) -> Algorithm {
    let holds = |id: ObjectIdentifier| der.windows(id.as_bytes().len()).any(|bytes| bytes == id.as_bytes());
    match () {
        () if holds(SM2) => Algorithm::Sm2,
        () if holds(EC) => Algorithm::Ec,
        () => Algorithm::Other,
    }
}

/// What a block is that is no key: by its label, and by how its bytes begin.
fn useless(label: &str, der: &[u8]) -> KeyError {
    /// Password-based encryption, PKCS#5.
    const PBE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5");
    let start = &der[..der.len().min(32)];
    let begins = |bytes: &[u8]| start.windows(bytes.len()).take(5).any(|window| window == bytes);
    match () {
        () if label.ends_with("REQUEST") => KeyError::Request,
        () if start.windows(PBE.as_bytes().len()).any(|bytes| bytes == PBE.as_bytes()) => KeyError::Encrypted,
        () if begins(&[2, 1, 3, 0x30]) => KeyError::Pkcs12,
        () if label.starts_with("EC") || begins(&[2, 1, 1, 4]) => match curve(der) {
            Algorithm::Sm2 => KeyError::Algorithm(Algorithm::Sm2),
            _ => KeyError::Algorithm(Algorithm::Ec),
        },
        () if curve(der) == Algorithm::Sm2 => KeyError::Algorithm(Algorithm::Sm2),
        () => KeyError::NotPem,
    }
}
