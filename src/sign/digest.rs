//! Hashes and how their result is written. The only file that names the hash
//! crates. Comes in: bytes; goes out: a [`Hash`]. Comparison is constant-time.

use base64::Engine as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use subtle::ConstantTimeEq as _;

/// Which hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Digest {
    /// 16 bytes.
    Md5,
    /// 20 bytes.
    Sha1,
    /// 32 bytes, without a key: what RSA signs in v3.
    Sha256,
    /// 48 bytes; mistakes only.
    Sha384,
    /// 64 bytes; mistakes only.
    Sha512,
    /// 32 bytes, keyed.
    HmacSha256,
    /// 16 bytes, keyed; mistakes only.
    HmacMd5,
    /// 20 bytes, keyed; mistakes only.
    HmacSha1,
}

/// Letter case of the hex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Case {
    /// `0f9d…`
    Lower,
    /// `9A0A…`
    Upper,
}

impl Digest {
    /// Hashes one message. The key matters to the keyed ones only.
    #[must_use]
    pub fn of(self, key: &[u8], message: &[u8]) -> Hash {
        let mut hasher = Hasher::new(self, key);
        hasher.update(message);
        hasher.finish()
    }

    /// Bytes of the result.
    #[must_use]
    pub const fn size(self) -> usize {
        match self {
            Self::Md5 | Self::HmacMd5 => 16,
            Self::Sha1 | Self::HmacSha1 => 20,
            Self::Sha256 | Self::HmacSha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }
}

/// The hash inside OAEP.
pub(super) type OaepHash = Sha1;

/// A hash that goes on block by block, without a key: what can be done for many messages
/// side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Core {
    Md5,
    Sha1,
    Sha256,
}

impl Core {
    #[cfg(test)]
    pub(super) const ALL: [Self; 3] = [Self::Md5, Self::Sha1, Self::Sha256];

    /// The state before the first block: RFC 1321 section 3.3, FIPS 180-4 section 5.3.
    pub(super) const fn start(self) -> [u32; 8] {
        match self {
            Self::Md5 => [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0, 0, 0, 0],
            Self::Sha1 => [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0, 0, 0, 0],
            Self::Sha256 => [
                0x6a09_e667,
                0xbb67_ae85,
                0x3c6e_f372,
                0xa54f_f53a,
                0x510e_527f,
                0x9b05_688c,
                0x1f83_d9ab,
                0x5be0_cd19,
            ],
        }
    }

    /// Words of a state that count.
    pub(super) const fn words(self) -> usize {
        match self {
            Self::Md5 => 4,
            Self::Sha1 => 5,
            Self::Sha256 => 8,
        }
    }

    /// A word as it is written.
    pub(super) const fn bytes(self, word: u32) -> [u8; 4] {
        if matches!(self, Self::Md5) { word.to_le_bytes() } else { word.to_be_bytes() }
    }

    /// Four bytes as a word.
    pub(super) const fn word(self, bytes: [u8; 4]) -> u32 {
        if matches!(self, Self::Md5) { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) }
    }

    /// The bytes of a block.
    pub(super) fn written(self, words: &[u32; 16]) -> [u8; 64] {
        let mut bytes = [0; 64];
        for (four, word) in bytes.as_chunks_mut().0.iter_mut().zip(words) {
            *four = self.bytes(*word);
        }
        bytes
    }

    /// The hash by itself.
    pub(super) const fn digest(self) -> Digest {
        match self {
            Self::Md5 => Digest::Md5,
            Self::Sha1 => Digest::Sha1,
            Self::Sha256 => Digest::Sha256,
        }
    }

    /// The bits of a message, as its last block tells them.
    pub(super) const fn length(self, bits: u64) -> [u8; 8] {
        if matches!(self, Self::Md5) { bits.to_le_bytes() } else { bits.to_be_bytes() }
    }

    /// Hashes one more block of one message.
    pub(super) fn block(self, words: &mut [u32; 8], block: &[u8; 64]) {
        let blocks = std::slice::from_ref(block);
        match self {
            Self::Md5 => first(words, |words| md5::block_api::compress(words, blocks)),
            Self::Sha1 => first(words, |words| sha1::block_api::compress(words, blocks)),
            Self::Sha256 => sha2::block_api::compress256(words, blocks),
        }
    }
}

/// Does something to the first words alone.
fn first<const N: usize>(words: &mut [u32; 8], change: impl FnOnce(&mut [u32; N])) {
    if let Some(first) = words.first_chunk_mut() {
        change(first);
    }
}

/// A hash under way. A clone shares all that was hashed so far, so that many
/// messages with one beginning cost only their ends.
#[derive(Clone)]
pub struct Hasher(State);

#[derive(Clone)]
enum State {
    Md5(Md5),
    Sha1(Sha1),
    Sha256(Sha256),
    Sha384(Sha384),
    Sha512(Sha512),
    HmacSha256(Hmac<Sha256>),
    HmacMd5(Hmac<Md5>),
    HmacSha1(Hmac<Sha1>),
}

impl Hasher {
    /// Starts a hash. The key matters to the keyed ones only.
    #[must_use]
    pub fn new(digest: Digest, key: &[u8]) -> Self {
        Self(match digest {
            Digest::Md5 => State::Md5(Md5::new()),
            Digest::Sha1 => State::Sha1(Sha1::new()),
            Digest::Sha256 => State::Sha256(Sha256::new()),
            Digest::Sha384 => State::Sha384(Sha384::new()),
            Digest::Sha512 => State::Sha512(Sha512::new()),
            Digest::HmacSha256 => State::HmacSha256(keyed(Hmac::new_from_slice(key))),
            Digest::HmacMd5 => State::HmacMd5(keyed(Hmac::new_from_slice(key))),
            Digest::HmacSha1 => State::HmacSha1(keyed(Hmac::new_from_slice(key))),
        })
    }

    /// Hashes on.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            State::Md5(state) => state.update(bytes),
            State::Sha1(state) => state.update(bytes),
            State::Sha256(state) => state.update(bytes),
            State::Sha384(state) => state.update(bytes),
            State::Sha512(state) => state.update(bytes),
            State::HmacSha256(state) => state.update(bytes),
            State::HmacMd5(state) => state.update(bytes),
            State::HmacSha1(state) => state.update(bytes),
        }
    }

    /// The result.
    #[must_use]
    pub fn finish(self) -> Hash {
        match self.0 {
            State::Md5(state) => Hash::new(&state.finalize()),
            State::Sha1(state) => Hash::new(&state.finalize()),
            State::Sha256(state) => Hash::new(&state.finalize()),
            State::Sha384(state) => Hash::new(&state.finalize()),
            State::Sha512(state) => Hash::new(&state.finalize()),
            State::HmacSha256(state) => Hash::new(&state.finalize().into_bytes()),
            State::HmacMd5(state) => Hash::new(&state.finalize().into_bytes()),
            State::HmacSha1(state) => Hash::new(&state.finalize().into_bytes()),
        }
    }
}

fn keyed<H, E>(hmac: Result<H, E>) -> H {
    // HMAC takes keys of every length; the error type is a leftover of the trait.
    hmac.unwrap_or_else(|_| unreachable!("HMAC accepts any key length"))
}

/// The bytes of a finished hash, up to 64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hash {
    bytes: [u8; Self::MOST],
    len: u8,
}

impl Hash {
    const MOST: usize = 64;

    pub(super) fn new(result: &[u8]) -> Self {
        let mut bytes = [0; Self::MOST];
        bytes[..result.len()].copy_from_slice(result);
        #[expect(clippy::cast_possible_truncation, reason = "a hash here has at most 64 bytes")]
        let len = result.len() as u8;
        Self { bytes, len }
    }

    /// The raw bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    /// Two hex digits a byte.
    #[must_use]
    pub fn hex(&self, case: Case) -> String {
        let digits = match case {
            Case::Lower => b"0123456789abcdef",
            Case::Upper => b"0123456789ABCDEF",
        };
        let mut text = [0; 2 * Self::MOST];
        for (byte, pair) in self.as_bytes().iter().zip(text.chunks_exact_mut(2)) {
            pair.copy_from_slice(&[digits[usize::from(byte >> 4)], digits[usize::from(byte & 15)]]);
        }
        std::str::from_utf8(&text[..2 * self.as_bytes().len()]).unwrap_or_default().to_owned()
    }
}

/// Bytes of a hex text of either case; none if it is not hex.
#[must_use]
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    hex::decode(text).ok()
}

/// Bytes of standard base64 and nothing else: padded, one line.
#[must_use]
pub fn from_strict_base64(text: &str) -> Option<Vec<u8>> {
    base64::prelude::BASE64_STANDARD.decode(text).ok()
}

/// Bytes of a base64 text of either alphabet, padded or not; none if it is not.
#[must_use]
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    let plain = text.trim_end_matches('=').replace('-', "+").replace('_', "/");
    base64::prelude::BASE64_STANDARD_NO_PAD.decode(plain).ok()
}

/// Standard base64 with padding.
#[must_use]
pub fn base64_text(bytes: &[u8]) -> String {
    base64::prelude::BASE64_STANDARD.encode(bytes)
}

/// Compares without telling by its time where the first difference is.
#[must_use]
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}
