//! AES: ECB of refund notices (`req_info`), CBC of encrypted server messages, and what of
//! GCM its own file cannot do: the wide nonce of bills, a look past a tag. Comes in: base64
//! text or bytes, and a secret; goes out: the plain text, or what is wrong with it.

use aes::Aes256;
use aes::cipher::block_padding::{NoPadding, Pkcs7};
use aes::cipher::{
    BlockCipherEncrypt as _, BlockModeDecrypt as _, BlockModeEncrypt as _, KeyInit as _, KeyIvInit as _,
};
use aes_gcm::AesGcm;
use aes_gcm::aead::{Aead as _, consts::U16};
use base64::Engine as _;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

use super::digest::{Case, Digest, same};
use super::secret::Secret;

/// Why a text cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CipherError {
    /// Not base64.
    NotBase64,
    /// The cipher text is not a whole number of blocks.
    NotWholeBlocks {
        /// Its length in bytes.
        len: usize,
    },
    /// The padding is wrong: nearly always another key.
    WrongKey,
    /// The plain text is not UTF-8: nearly always another key.
    NotText,
    /// An EncodingAESKey has 43 characters of base64.
    BadAesKey {
        /// Characters given.
        len: usize,
    },
}

/// Opens the `req_info` of a refund notice: base64, then AES-256-ECB with the
/// 32 characters of lower-case `md5(pay key)` as the key, PKCS#7.
/// <https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_16>
///
/// # Errors
/// [`CipherError`] says whether it is the text or the key.
pub fn open_req_info(pay_key: &Secret, req_info: &str) -> Result<String, CipherError> {
    let sealed = blocks(req_info)?;
    let plain = ecb::Decryptor::<Aes256>::new(&(*req_info_key(pay_key)).into())
        .decrypt_padded_vec::<Pkcs7>(&sealed)
        .map_err(|_| CipherError::WrongKey)?;
    String::from_utf8(plain).map_err(|_| CipherError::NotText)
}

/// Seals the inner XML of a refund notice; the reverse of [`open_req_info`].
#[must_use]
pub fn seal_req_info(pay_key: &Secret, plain: &str) -> String {
    let sealed = ecb::Encryptor::<Aes256>::new(&(*req_info_key(pay_key)).into())
        .encrypt_padded_vec::<Pkcs7>(plain.as_bytes());
    BASE64_STANDARD.encode(sealed)
}

fn req_info_key(pay_key: &Secret) -> Zeroizing<[u8; 32]> {
    let hash = Digest::Md5.of(&[], pay_key.expose().as_bytes());
    let text = Zeroizing::new(hash.hex(Case::Lower));
    let mut key = Zeroizing::new([0; 32]);
    key.copy_from_slice(text.as_bytes());
    key
}

/// What an encrypted server message holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The message: XML, JSON or the echo string.
    pub message: String,
    /// The app id (or corp id) it is meant for.
    pub receiver: String,
}

/// Opens an encrypted server message: AES-256-CBC, IV = first half of the key,
/// PKCS#7 with blocks of 32; inside 16 random bytes, the length as a big-endian
/// `u32`, the message, the receiver.
/// <https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/Message_encryption_and_decryption.html>
///
/// # Errors
/// [`CipherError`] says whether it is the text or the key.
pub fn open_letter(aes_key: &Secret, encrypt: &str) -> Result<Letter, CipherError> {
    let key = letter_key(aes_key)?;
    let sealed = blocks(encrypt)?;
    let plain = cbc::Decryptor::<Aes256>::new_from_slices(&key, &key[..16])
        .map_err(|_| CipherError::WrongKey)?
        .decrypt_padded_vec::<NoPadding>(&sealed)
        .map_err(|_| CipherError::WrongKey)?;
    unpack(unpadded(&plain)?)
}

/// Seals a server message; the reverse of [`open_letter`]. The random bytes
/// come in as a value, so that a run can be repeated.
///
/// # Errors
/// [`CipherError::BadAesKey`] if the EncodingAESKey is not 43 characters.
pub fn seal_letter(aes_key: &Secret, random: [u8; 16], letter: &Letter) -> Result<String, CipherError> {
    let key = letter_key(aes_key)?;
    let mut plain = Zeroizing::new(random.to_vec());
    let length = u32::try_from(letter.message.len()).map_err(|_| CipherError::NotText)?;
    plain.extend(length.to_be_bytes());
    plain.extend(letter.message.bytes());
    plain.extend(letter.receiver.bytes());
    let padding = LETTER_BLOCK - plain.len() % LETTER_BLOCK;
    #[expect(clippy::cast_possible_truncation, reason = "padding is at most 32")]
    plain.extend(std::iter::repeat_n(padding as u8, padding));
    let sealed = cbc::Encryptor::<Aes256>::new_from_slices(&key, &key[..16])
        .map_err(|_| CipherError::WrongKey)?
        .encrypt_padded_vec::<NoPadding>(&plain);
    Ok(BASE64_STANDARD.encode(sealed))
}

const LETTER_BLOCK: usize = 32;

/// The last of the 43 characters carries two bits that no key uses, and keys
/// with such bits set exist; so this decoder does not mind them.
const LETTER_KEY_BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

fn letter_key(aes_key: &Secret) -> Result<Zeroizing<Vec<u8>>, CipherError> {
    let text = aes_key.expose();
    let bad = CipherError::BadAesKey { len: text.chars().count() };
    let key = Zeroizing::new(LETTER_KEY_BASE64.decode(text).map_err(|_| bad)?);
    if key.len() == 32 { Ok(key) } else { Err(bad) }
}

fn blocks(text: &str) -> Result<Vec<u8>, CipherError> {
    let text: String = text.split_ascii_whitespace().collect();
    let sealed = BASE64_STANDARD.decode(text).map_err(|_| CipherError::NotBase64)?;
    if sealed.is_empty() || sealed.len() % 16 != 0 {
        return Err(CipherError::NotWholeBlocks { len: sealed.len() });
    }
    Ok(sealed)
}

fn unpadded(plain: &[u8]) -> Result<&[u8], CipherError> {
    let padding = usize::from(*plain.last().ok_or(CipherError::WrongKey)?);
    if !(1..=LETTER_BLOCK).contains(&padding) || padding > plain.len() {
        return Err(CipherError::WrongKey);
    }
    let (body, tail) = plain.split_at(plain.len() - padding);
    if same(tail, &[tail[0]; LETTER_BLOCK][..padding]) { Ok(body) } else { Err(CipherError::WrongKey) }
}

fn unpack(plain: &[u8]) -> Result<Letter, CipherError> {
    let (length, rest) =
        plain.get(16..).and_then(|rest| rest.split_first_chunk::<4>()).ok_or(CipherError::WrongKey)?;
    let length = u32::from_be_bytes(*length) as usize;
    let (message, receiver) = rest.split_at_checked(length).ok_or(CipherError::WrongKey)?;
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map_err(|_| CipherError::NotText);
    Ok(Letter { message: text(message)?, receiver: text(receiver)? })
}

/// What AES-256-GCM holds under this key and nonce whatever its tag says: counter mode
/// from 2 on. It proves nothing and may only be looked at.
pub(super) fn untagged(key: &[u8; 32], nonce: &[u8; 12], sealed: &[u8]) -> Zeroizing<Vec<u8>> {
    let cipher = Aes256::new(key.into());
    let mut plain = Zeroizing::new(sealed.to_vec());
    for (chunk, counter) in plain.chunks_mut(16).zip(2_u32..) {
        let mut block = [0; 16];
        block[..12].copy_from_slice(nonce);
        block[12..].copy_from_slice(&counter.to_be_bytes());
        let mut block = block.into();
        cipher.encrypt_block(&mut block);
        chunk.iter_mut().zip(block).for_each(|(byte, mask)| *byte ^= mask);
    }
    plain
}

/// AES-256-GCM with a nonce of 16 bytes and no associated data, as files of bills have it; none
/// if the tag does not fit.
pub(super) fn open_wide(key: &[u8], nonce: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let cipher = AesGcm::<Aes256, U16>::new_from_slice(key).ok()?;
    cipher.decrypt(nonce.try_into().ok()?, sealed).ok()
}
