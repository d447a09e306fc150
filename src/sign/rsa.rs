//! RSA as v3 uses it: SHA-256 with PKCS#1 v1.5 to sign and verify, OAEP with
//! SHA-1 for single fields, and the opening of a signature. Comes in: keys as DER
//! and bytes; goes out: base64, a verdict, a [`Block`]. Which file a key comes
//! from is `key`'s business.

use ::rsa::hazmat::rsa_encrypt;
use ::rsa::pkcs1::{DecodeRsaPrivateKey as _, RsaPrivateKeyRef};
use ::rsa::rand_core::{TryCryptoRng, TryRng};
use ::rsa::traits::PublicKeyParts as _;
use ::rsa::{BoxedUint, Pkcs1v15Encrypt};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, RsaPublicKeyComponents};
use zeroize::Zeroizing;

use super::block::Block;
use super::digest::{OaepHash, base64_text, from_strict_base64};

/// A merchant's private key. Its DER is wiped when dropped; `Debug` shows nothing of it.
pub struct PrivateKey {
    pair: RsaKeyPair,
    pkcs1: Zeroizing<Vec<u8>>,
    public: PublicKey,
}

/// The public half: of a merchant, of a certificate, of WeChat Pay.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PublicKey {
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

/// Why RSA does not work with a key or a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RsaError {
    /// The numbers of the key do not belong together: a character of it was lost or changed.
    BrokenKey,
    /// Not of a size that WeChat Pay accepts: 2048 bits and more.
    Size {
        /// Bits of the modulus.
        bits: usize,
    },
    /// The text is longer than fits into one block.
    TooLong {
        /// Bytes of the text.
        bytes: usize,
        /// Most bytes of this key.
        most: usize,
    },
    /// Not base64, or not as long as the key is.
    NotSealed,
    /// It was sealed for another key, or with another padding.
    WrongKey,
}

/// A signature that does not prove a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unproven {
    /// Not standard base64 in one line.
    NotBase64,
    /// Not as long as the key is.
    Length {
        /// Bytes of the signature.
        given: usize,
        /// Bytes of a signature of this key.
        wanted: usize,
    },
    /// Of another message or by another key.
    Wrong,
}

impl PrivateKey {
    /// Takes a key as PKCS#1 DER.
    ///
    /// # Errors
    /// [`RsaError::Size`] or [`RsaError::BrokenKey`].
    pub(super) fn from_pkcs1(der: &[u8]) -> Result<Self, RsaError> {
        let numbers = RsaPrivateKeyRef::try_from(der).map_err(|_| RsaError::BrokenKey)?;
        let public = PublicKey::new(numbers.modulus.as_bytes(), numbers.public_exponent.as_bytes())?;
        let pair = RsaKeyPair::from_der(der).map_err(|_| RsaError::BrokenKey)?;
        Ok(Self { pair, pkcs1: Zeroizing::new(der.to_vec()), public })
    }

    /// SHA256withRSA, as one line of base64.
    /// <https://pay.weixin.qq.com/doc/v3/merchant/4012365336>
    ///
    /// # Errors
    /// [`RsaError::BrokenKey`] if the key's numbers do not give a right signature.
    pub fn sign(&self, message: &[u8]) -> Result<String, RsaError> {
        let mut signature = vec![0; self.pair.public().modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
            .map_err(|_| RsaError::BrokenKey)?;
        Ok(base64_text(&signature))
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Opens a field that WeChat Pay sealed with OAEP for this merchant.
    /// <https://pay.weixin.qq.com/doc/v3/merchant/4013053257>
    ///
    /// # Errors
    /// [`RsaError::NotSealed`], [`RsaError::WrongKey`], [`RsaError::BrokenKey`].
    pub fn open(&self, sealed: &str) -> Result<Zeroizing<Vec<u8>>, RsaError> {
        let sealed = self.sealed(sealed)?;
        let plain = self.key()?.oaep_decrypt::<OaepHash>(&sealed).map_err(|_| RsaError::WrongKey)?;
        Ok(Zeroizing::new(plain))
    }

    /// Opens a field of the few old interfaces that pad by PKCS#1 v1.5.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_pkcs1(&self, sealed: &str) -> Result<Zeroizing<Vec<u8>>, RsaError> {
        let sealed = self.sealed(sealed)?;
        let plain = self.key()?.decrypt(Pkcs1v15Encrypt, &sealed).map_err(|_| RsaError::WrongKey)?;
        Ok(Zeroizing::new(plain))
    }

    fn sealed(&self, sealed: &str) -> Result<Vec<u8>, RsaError> {
        let bytes = from_strict_base64(sealed.trim()).ok_or(RsaError::NotSealed)?;
        if bytes.len() == self.public.size() { Ok(bytes) } else { Err(RsaError::NotSealed) }
    }

    fn key(&self) -> Result<::rsa::PrivateKey, RsaError> {
        ::rsa::PrivateKey::from_pkcs1_der(&self.pkcs1).map_err(|_| RsaError::BrokenKey)
    }

    /// The key as PKCS#1 DER.
    pub(super) fn pkcs1(&self) -> &[u8] {
        &self.pkcs1
    }
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(super::Secret::MASK)
    }
}

impl PublicKey {
    /// Smallest key of WeChat Pay, in bits.
    pub const LEAST_BITS: usize = 2048;

    /// From modulus and exponent, big-endian.
    pub(super) fn new(modulus: &[u8], exponent: &[u8]) -> Result<Self, RsaError> {
        let bare = |number: &[u8]| {
            let zeros = number.iter().take_while(|byte| **byte == 0).count();
            number[zeros..].to_vec()
        };
        let key = Self { modulus: bare(modulus), exponent: bare(exponent) };
        if key.bits() < Self::LEAST_BITS || key.bits() > ::rsa::PublicKey::MAX_SIZE {
            return Err(RsaError::Size { bits: key.bits() });
        }
        Ok(key)
    }

    /// Bits of the modulus.
    #[must_use]
    pub fn bits(&self) -> usize {
        self.modulus.len() * 8 - self.modulus.first().map_or(0, |byte| byte.leading_zeros() as usize)
    }

    /// Bytes of a signature.
    #[must_use]
    pub fn size(&self) -> usize {
        self.modulus.len()
    }

    /// Checks a SHA256withRSA signature in standard base64.
    ///
    /// # Errors
    /// [`Unproven`] says whether the text or the signature is wrong.
    pub fn verify(&self, message: &[u8], signature: &str) -> Result<(), Unproven> {
        let signature = from_strict_base64(signature).ok_or(Unproven::NotBase64)?;
        if signature.len() != self.size() {
            return Err(Unproven::Length { given: signature.len(), wanted: self.size() });
        }
        let key = RsaPublicKeyComponents { n: &self.modulus, e: &self.exponent };
        key.verify(&RSA_PKCS1_2048_8192_SHA256, message, &signature).map_err(|_| Unproven::Wrong)
    }

    /// Opens a signature: what it says was signed.
    #[must_use]
    pub fn recover(&self, signature: &[u8]) -> Block {
        if signature.len() != self.size() {
            return Block::Length { given: signature.len(), wanted: self.size() };
        }
        self.opened(signature).map_or(Block::OtherKey, |opened| Block::read(&opened))
    }

    /// s^e mod n as bytes; none if s is not below n, so that it belongs to another key.
    fn opened(&self, signature: &[u8]) -> Option<Vec<u8>> {
        let key = self.key().ok()?;
        let bits = key.n_bits_precision();
        let number = BoxedUint::from_be_slice(signature, bits).ok()?;
        if number >= *key.n().as_ref() {
            return None;
        }
        let opened = rsa_encrypt(&key, &number).ok()?.to_be_bytes();
        Some(opened[opened.len().checked_sub(self.size())?..].to_vec())
    }

    pub(super) fn key(&self) -> Result<::rsa::PublicKey, RsaError> {
        let [n, e] = [&self.modulus, &self.exponent].map(|number| BoxedUint::from_be_slice_vartime(number));
        ::rsa::PublicKey::new(n, e).map_err(|_| RsaError::BrokenKey)
    }

    /// Seals a field with OAEP, SHA-1 and no label, as base64. The seed is chance
    /// that comes in as a value, so that a run can be repeated.
    /// <https://pay.weixin.qq.com/doc/v3/merchant/4013053257>
    ///
    /// # Errors
    /// [`RsaError::TooLong`], [`RsaError::BrokenKey`].
    pub fn seal(&self, plain: &[u8], seed: [u8; 20]) -> Result<String, RsaError> {
        let most = self.size() - 2 * seed.len() - 2;
        if plain.len() > most {
            return Err(RsaError::TooLong { bytes: plain.len(), most });
        }
        let sealed = self.key()?.oaep_encrypt_with_rng::<OaepHash, _>(&mut Seed(seed), plain);
        sealed.map(|bytes| base64_text(&bytes)).map_err(|_| RsaError::BrokenKey)
    }
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PublicKey({} bits)", self.bits())
    }
}

/// Chance that was thrown before: OAEP asks for one seed as long as its hash.
struct Seed([u8; 20]);

impl TryRng for Seed {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut word = [0; 4];
        self.try_fill_bytes(&mut word)?;
        Ok(u32::from_be_bytes(word))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut word = [0; 8];
        self.try_fill_bytes(&mut word)?;
        Ok(u64::from_be_bytes(word))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        for (byte, seed) in bytes.iter_mut().zip(self.0.iter().cycle()) {
            *byte = *seed;
        }
        Ok(())
    }
}

impl TryCryptoRng for Seed {}
