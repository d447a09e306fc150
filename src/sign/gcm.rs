//! AEAD_AES_256_GCM of v3: notices, platform certificates, bills. Comes in: the
//! APIv3 key, nonce, associated data, base64 text; goes out: the plain text, or what is wrong.
//! A nonce that is not 12 bytes is refused, and a tag is always checked.

use ring::aead::{AES_128_GCM, AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use zeroize::Zeroizing;

use super::cipher;
use super::digest::{base64_text, from_base64, from_strict_base64};
use super::secret::Secret;

/// What an AEAD resource is sealed with, beside the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aead<'a> {
    /// 12 bytes, as they stand in the message.
    pub nonce: &'a str,
    /// As it stands in the message; empty if there is none.
    pub associated_data: &'a str,
}

/// Why a resource cannot be opened or sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AeadError {
    /// An APIv3 key has 32 bytes.
    KeyLength {
        /// Bytes given.
        bytes: usize,
    },
    /// The nonce is not 12 bytes.
    NonceLength {
        /// Bytes given.
        bytes: usize,
    },
    /// Not base64.
    NotBase64,
    /// Shorter than the tag alone.
    TooShort {
        /// Bytes given.
        bytes: usize,
    },
    /// The tag does not fit: another key, nonce or associated data, or a changed byte.
    WrongTag,
}

/// Opens a resource with the 32 bytes of the APIv3 key.
/// <https://pay.weixin.qq.com/doc/v3/merchant/4012071382>
///
/// # Errors
/// [`AeadError`] says whether it is key, nonce or text.
pub fn open_resource(
    api_v3_key: &Secret,
    aead: Aead<'_>,
    ciphertext: &str,
) -> Result<Zeroizing<Vec<u8>>, AeadError> {
    open_gcm(api_v3_key_bytes(api_v3_key)?, aead, ciphertext)
}

/// Seals a resource; the reverse of [`open_resource`].
///
/// # Errors
/// [`AeadError::KeyLength`], [`AeadError::NonceLength`].
pub fn seal_resource(api_v3_key: &Secret, aead: Aead<'_>, plain: &[u8]) -> Result<String, AeadError> {
    let key = gcm_key(api_v3_key_bytes(api_v3_key)?)?;
    let mut sealed = plain.to_vec();
    key.seal_in_place_append_tag(nonce(aead.nonce)?, Aad::from(aead.associated_data), &mut sealed)
        .map_err(|_| AeadError::WrongTag)?;
    Ok(base64_text(&sealed))
}

/// The cipher alone, with a key of 16 or 32 bytes.
///
/// # Errors
/// As [`open_resource`].
pub fn open_gcm(key: &[u8], aead: Aead<'_>, ciphertext: &str) -> Result<Zeroizing<Vec<u8>>, AeadError> {
    let key = gcm_key(key)?;
    let nonce = nonce(aead.nonce)?;
    let mut sealed = Zeroizing::new(from_strict_base64(ciphertext.trim()).ok_or(AeadError::NotBase64)?);
    if sealed.len() < AES_256_GCM.tag_len() {
        return Err(AeadError::TooShort { bytes: sealed.len() });
    }
    let plain = key.open_in_place(nonce, Aad::from(aead.associated_data), &mut sealed);
    let length = plain.map_err(|_| AeadError::WrongTag)?.len();
    sealed.truncate(length);
    Ok(sealed)
}

/// Opens a file of a sub-merchant's bill: no associated data, a nonce of 12 bytes or, as the
/// page shows it, of 16, and a key that travelled sealed: 32 bytes, or base64 of them.
/// <https://pay.weixin.qq.com/doc/v3/merchant/4013071238>
///
/// # Errors
/// As [`open_resource`].
pub fn open_file(key: &str, nonce: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, AeadError> {
    let decoded = Zeroizing::new(from_base64(key).filter(|bytes| bytes.len() == 32));
    let key = if key.len() == 32 { Some(key.as_bytes()) } else { decoded.as_deref() };
    let key = key.ok_or(AeadError::KeyLength { bytes: decoded.as_ref().map_or(0, Vec::len) })?;
    if nonce.len() != 16 {
        return open_gcm(key, Aead { nonce, associated_data: "" }, &base64_text(sealed));
    }
    cipher::open_wide(key, nonce.as_bytes(), sealed).map(Zeroizing::new).ok_or(AeadError::WrongTag)
}

/// What a resource holds if its tag is not looked at; none if key or nonce have another
/// length. Whoever changed a byte would not be noticed: for finding a mistake only.
#[must_use]
pub fn peeked(key: &[u8], nonce: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    Some(cipher::untagged(key.try_into().ok()?, nonce.try_into().ok()?, sealed))
}

fn api_v3_key_bytes(key: &Secret) -> Result<&[u8], AeadError> {
    let bytes = key.expose().as_bytes();
    if bytes.len() == 32 { Ok(bytes) } else { Err(AeadError::KeyLength { bytes: bytes.len() }) }
}

fn gcm_key(key: &[u8]) -> Result<LessSafeKey, AeadError> {
    let wrong = AeadError::KeyLength { bytes: key.len() };
    let cipher = match key.len() {
        16 => &AES_128_GCM,
        32 => &AES_256_GCM,
        _ => return Err(wrong),
    };
    UnboundKey::new(cipher, key).map(LessSafeKey::new).map_err(|_| wrong)
}

fn nonce(text: &str) -> Result<Nonce, AeadError> {
    Nonce::try_assume_unique_for_key(text.as_bytes())
        .map_err(|_| AeadError::NonceLength { bytes: text.len() })
}
