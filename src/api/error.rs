//! Why a message cannot be written, or is not believed: data for whoever says it
//! in words (`cli/error`), or searches for the cause (`explain`).

use super::authorization::BadHeader;
use super::check::Problem;
use super::error_codes::ErrorCode;
use super::field::Fill;
use crate::sign::{AeadError, CipherError, Mismatch, RsaError, SignType};
use crate::wire::{Fields, WireError};

/// Why a message cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteError {
    /// A setting is needed that is not there.
    NoSetting(Fill),
    /// The pay key is needed and not there.
    NoPayKey,
    /// A key of pay v3 is needed and not there.
    NoV3(V3Part),
    /// A key of pay v3 does not work, or a field is longer than it can encrypt.
    Rsa(RsaError),
    /// The APIv3 key, or the nonce that was given, is not of its length.
    Aead(AeadError),
    /// Fields are missing or wrong.
    Fields(Vec<Problem>),
    /// A value that this shape cannot carry.
    Wire(WireError),
}

/// What pay v3 needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum V3Part {
    /// The merchant's private key.
    PrivateKey,
    /// The APIv3 key.
    ApiV3Key,
    /// WeChat Pay's public key, or a platform certificate.
    WechatKey,
}

/// Why a message of pay v3 is not proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum V3Unproved {
    /// It has none of the headers that prove it.
    Unsigned,
    /// Some of them are missing: their names.
    NoHeader(String),
    /// The `Authorization` of a request is not written as v3 wants it.
    BadHeader(BadHeader),
    /// It is signed with a key that is not known here.
    UnknownKey {
        /// What it names.
        serial: String,
        /// What is known.
        known: Vec<String>,
    },
    /// More than five minutes from now.
    Stale {
        /// Its time.
        timestamp: String,
        /// Ours, Unix time.
        now: u64,
    },
    /// WeChat made the signature wrong on purpose, to see whether it is checked.
    Probe,
    /// The signature is no base64.
    NotBase64,
    /// The signature is not one of these bytes by this key.
    Wrong {
        /// Whose key.
        serial: String,
    },
}

/// Why a message cannot be read, or is not believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// Not of the shape it should have.
    Wire(WireError),
    /// Neither WeChat's shape nor a WeChat refusal: an HTML page, a proxy.
    NotWeChat {
        /// HTTP status.
        status: u16,
        /// How the body begins.
        start: String,
    },
    /// Nobody has keys for who the message says it is from.
    Nobody,
    /// The pay key is needed and not there.
    NoPayKey,
    /// The signature is missing or wrong; nothing of the message is believed.
    Seal {
        /// What is wrong.
        broken: Box<SealBroken>,
        /// The message as it came, for explaining.
        fields: Fields,
    },
    /// `req_info` does not open.
    ReqInfo(ReqInfoError),
    /// The keys of pay v3 are needed and not there.
    NoV3,
    /// The proof around a message of pay v3 is missing or wrong.
    V3(Box<V3Unproved>),
    /// What the APIv3 key opens does not open.
    Aead(AeadError),
    /// Fields are missing or wrong.
    Fields(Vec<Problem>),
    /// WeChat says no.
    Refused(Box<Refusal>),
}

/// A signature that is missing or wrong, with everything needed to say why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealBroken {
    /// The signature that the message carries; empty if none.
    pub given: String,
    /// What it should carry, and the string that is the hash of.
    pub right: Mismatch,
    /// The digest that was assumed.
    pub sign_type: SignType,
}

impl SealBroken {
    /// There is none at all.
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        self.given.is_empty()
    }
}

/// Why `req_info` cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReqInfoError {
    /// There is none.
    Missing,
    /// It does not decrypt.
    Cipher(CipherError),
    /// It decrypts to something that is not XML: nearly always another key.
    Inside(WireError),
}

/// WeChat's no, in its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// `errcode`, `err_code`, or the `return_msg` of a refused protocol.
    pub code: String,
    /// `errmsg`, `err_code_des`, `return_msg`.
    pub text: String,
    /// What we know about the code.
    pub known: Option<&'static ErrorCode>,
    /// The whole reply.
    pub fields: Fields,
}
