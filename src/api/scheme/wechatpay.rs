//! WeChat Pay's own proof around what it says in v3: headers over the bytes of the body.
//! Comes in: a written reply or notice and the stamp, or one that came; goes out: its
//! headers, or why they prove nothing. It parses no body.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4013053420>

use super::proof::Envelope;
use crate::api::authorization::SCHEMA;
use crate::api::error::{ReadError, V3Part, V3Unproved, WriteError};
use crate::api::keys::{PublicKey, Stamp, Trust, V3};
use crate::sign::{self, Unproven};

/// How far the time of a message may be from ours, in seconds.
pub const WINDOW: u64 = 300;

/// How a signature begins that WeChat made wrong on purpose, to see whether it is checked.
pub const PROBE: &str = "WECHATPAY/SIGNTEST/";

/// In the order in which they are told as missing.
const HEADERS: [&str; 4] =
    ["Wechatpay-Timestamp", "Wechatpay-Nonce", "Wechatpay-Signature", "Wechatpay-Serial"];

/// The headers that prove a body, by the key that stands in for WeChat Pay.
pub(super) fn sealed(body: &[u8], v3: &V3, stamp: &Stamp) -> Result<Vec<(String, String)>, WriteError> {
    let stand_in = v3.stand_in.as_ref().ok_or(WriteError::NoV3(V3Part::WechatKey))?;
    let now = stamp.now.to_string();
    let signature = stand_in.private.sign(&signed(&now, &stamp.nonce, body)).map_err(WriteError::Rsa)?;
    let values = [now, stamp.nonce.clone(), signature, stand_in.id.clone()];
    let headers = HEADERS.map(str::to_ascii_lowercase).into_iter().zip(values);
    let kind = ("wechatpay-signature-type".to_owned(), SCHEMA.to_owned());
    Ok(headers.chain([kind]).collect())
}

/// Checks a message that nobody has parsed. `brought` looks for a key of this serial in
/// the message itself.
pub(super) fn prove(
    message: Envelope<'_>,
    trust: &Trust,
    now: u64,
    brought: impl FnOnce(&str) -> Result<Option<PublicKey>, ReadError>,
) -> Result<(), ReadError> {
    let seal = Seal::of(message).map_err(unproved)?;
    let known = trust.wechat.iter().find(|key| key.is(seal.serial)).map(|key| key.key.clone());
    let key = match known {
        Some(key) => Some(key),
        None => brought(seal.serial)?,
    };
    let key = key.ok_or_else(|| {
        let known = trust.wechat.iter().map(|key| key.id.clone()).collect();
        unproved(V3Unproved::UnknownKey { serial: seal.serial.to_owned(), known })
    })?;
    seal.check(&key, message.body(), now).map_err(unproved)
}

pub(super) fn unproved(why: V3Unproved) -> ReadError {
    ReadError::V3(Box::new(why))
}

pub(super) fn in_window(timestamp: &str, now: u64) -> Result<(), V3Unproved> {
    let then = timestamp.parse::<u64>().ok();
    let fresh = then.is_some_and(|then| then.abs_diff(now) <= WINDOW);
    if fresh { Ok(()) } else { Err(V3Unproved::Stale { timestamp: timestamp.to_owned(), now }) }
}

fn signed(timestamp: &str, nonce: &str, body: &[u8]) -> Vec<u8> {
    let parts = [("timestamp", timestamp.as_bytes()), ("nonce", nonce.as_bytes()), ("body", body)];
    sign::message(&sign::V3_VERIFY, parts)
}

/// What the headers say.
struct Seal<'a> {
    timestamp: &'a str,
    nonce: &'a str,
    signature: &'a str,
    serial: &'a str,
}

impl<'a> Seal<'a> {
    fn of(message: Envelope<'a>) -> Result<Self, V3Unproved> {
        let header =
            |name: &str| message.header(&name.to_ascii_lowercase()).filter(|value| !value.is_empty());
        let missing: Vec<&str> = HEADERS.into_iter().filter(|name| header(name).is_none()).collect();
        match HEADERS.map(|name| header(name).unwrap_or_default()) {
            _ if missing.len() == HEADERS.len() => Err(V3Unproved::Unsigned),
            _ if !missing.is_empty() => Err(V3Unproved::NoHeader(missing.join(", "))),
            [timestamp, nonce, signature, serial] => Ok(Self { timestamp, nonce, signature, serial }),
        }
    }

    fn check(&self, key: &PublicKey, body: &[u8], now: u64) -> Result<(), V3Unproved> {
        if self.signature.starts_with(PROBE) {
            return Err(V3Unproved::Probe);
        }
        in_window(self.timestamp, now)?;
        let serial = || self.serial.to_owned();
        key.verify(&signed(self.timestamp, self.nonce, body), self.signature).map_err(|why| match why {
            Unproven::NotBase64 => V3Unproved::NotBase64,
            Unproven::Length { .. } | Unproven::Wrong => V3Unproved::Wrong { serial: serial() },
        })
    }
}
