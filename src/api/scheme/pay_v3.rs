//! Pay v3: the proof stands in the headers of a message, over its very bytes; only
//! single fields are hidden inside. Comes in: a written message and the keys; goes
//! out: its headers, or why it is not believed. It parses nothing before it is proved.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012365336>

use super::proof::{Believed, Columns, Envelope, Proof, Turn};
use super::resource;
pub use super::wechatpay::WINDOW;
use super::wechatpay::{self, in_window, unproved};
use crate::api::authorization::{Parts, authorize, request_message, signed_url};
use crate::api::error::{ReadError, V3Part, V3Unproved, WriteError};
use crate::api::field::Kind;
use crate::api::keys::{Keyring, Keys, PublicKey, Stamp, V3, WechatKey, Who};
use crate::sign;
use crate::wire::{Fields, Reply, Request};

/// What proves the reply of a call of pay v3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleV3 {
    /// Its headers: a 2xx without a valid signature is not to be believed.
    Signed,
    /// Nothing (the file of a bill): a digest that was told before proves it.
    Unsigned,
    /// Its headers, perhaps by a certificate that it brings itself.
    Certificates,
}

/// The header that names the key of WeChat's that is meant.
pub const SERIAL: &str = "Wechatpay-Serial";

impl Proof for RuleV3 {
    /// Hides what only the other side may read, and says which key opens it.
    fn mark(
        &self,
        turn: Turn,
        columns: Columns,
        fields: &mut Fields,
        keys: &Keys,
        stamp: &Stamp,
    ) -> Result<(), WriteError> {
        let v3 = keys.v3.as_ref().ok_or(WriteError::NoV3(V3Part::PrivateKey))?;
        let hidden = hidden(columns, fields);
        if turn == Turn::Reply {
            if *self == Self::Certificates {
                let key = v3.api_v3_key.as_ref().ok_or(WriteError::NoV3(V3Part::ApiV3Key))?;
                resource::seal_all(fields, key, &stamp.nonce).map_err(WriteError::Aead)?;
            }
            let merchants = WechatKey { id: String::new(), key: v3.private.public().clone(), expires: None };
            return hide(&hidden, fields, v3, &merchants, stamp);
        }
        let named = fields.filled(SERIAL).map(str::to_owned);
        let key = match &named {
            Some(id) => v3.wechat_key(id),
            None => v3.sealing_key(),
        };
        match key {
            Some(key) => {
                hide(&hidden, fields, v3, key, stamp)?;
                if key.is_public_key() || !hidden.is_empty() {
                    fields.set(SERIAL, &key.id);
                }
                Ok(())
            }
            // What was encrypted elsewhere goes as it is, with the name it was given.
            None if hidden.is_empty() || named.is_some() => Ok(()),
            None => Err(WriteError::NoV3(V3Part::WechatKey)),
        }
    }

    fn seal(
        &self,
        message: Envelope<'_>,
        keys: &Keys,
        stamp: &Stamp,
    ) -> Result<Vec<(String, String)>, WriteError> {
        let v3 = keys.v3.as_ref().ok_or(WriteError::NoV3(V3Part::PrivateKey))?;
        match message {
            Envelope::Request(asked) => self.seal_request(asked, v3, stamp),
            Envelope::Reply(told) if self.is_signed(told) => wechatpay::sealed(&told.body, v3, stamp),
            Envelope::Reply(_) => Ok(Vec::new()),
        }
    }

    fn prove(&self, message: Envelope<'_>, ring: &dyn Keyring, now: u64) -> Believed {
        match message {
            Envelope::Request(asked) => prove_request(asked, ring, now).map(Some),
            Envelope::Reply(told) if self.is_signed(told) => self.prove_reply(told, ring, now).map(|()| None),
            Envelope::Reply(_) => Ok(None),
        }
    }

    /// Opens what was hidden for us. What does not open stays as it came: it was
    /// hidden for another certificate, and the rest of the message holds.
    fn open(&self, turn: Turn, columns: Columns, fields: &mut Fields, ring: &dyn Keyring) -> Believed {
        let Some(v3) = ring.keys(Who::NOBODY).and_then(|keys| keys.v3) else { return Ok(None) };
        let private = match turn {
            Turn::Reply => Some(&v3.private),
            Turn::Request => v3.stand_in.as_ref().map(|stand_in| &stand_in.private),
        };
        for name in private.map(|_| hidden(columns, fields)).unwrap_or_default() {
            let plain = private.and_then(|key| key.open(fields.get(&name)?).ok());
            if let Some(text) = plain.and_then(|plain| String::from_utf8(plain.to_vec()).ok()) {
                fields.set(&name, text);
            }
        }
        if *self == Self::Certificates && turn == Turn::Reply {
            resource::open_all(fields, &v3.into())?;
        }
        Ok(None)
    }

    fn refusal(&self, reply: &Reply, fields: &Fields) -> Option<(String, String)> {
        refusal(reply, fields)
    }
}

/// Everything but 200 and 204 is a no, and says why; a path that WeChat does not
/// know has nothing but its status.
pub(super) fn refusal(reply: &Reply, fields: &Fields) -> Option<(String, String)> {
    if matches!(reply.status, 200 | 204) {
        return None;
    }
    let text = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    match fields.filled("code") {
        Some(code) => Some((code.to_owned(), text("message"))),
        // 202: taken in, and the same call has to be made again.
        None if reply.status == 202 || reply.status >= 400 => {
            Some((format!("HTTP {}", reply.status), text("message")))
        }
        None => None,
    }
}

impl RuleV3 {
    /// WeChat signs what it did; a no it may leave unsigned.
    fn is_signed(self, reply: &Reply) -> bool {
        self != Self::Unsigned && (200..300).contains(&reply.status)
    }

    fn seal_request(
        self,
        asked: &Request,
        v3: &V3,
        stamp: &Stamp,
    ) -> Result<Vec<(String, String)>, WriteError> {
        // Sent without them, nobody could tell what became of it.
        match self {
            Self::Signed if v3.wechat.is_empty() => return Err(WriteError::NoV3(V3Part::WechatKey)),
            Self::Certificates if v3.api_v3_key.is_none() => {
                return Err(WriteError::NoV3(V3Part::ApiV3Key));
            }
            _ => {}
        }
        let signed = authorize(v3, &asked.method, &signed_url(&asked.url), &asked.body, stamp);
        let header = signed.map_err(WriteError::Rsa)?.header;
        // WeChat turns away what does not say which shape of reply it takes.
        Ok(vec![("accept".into(), "application/json".into()), ("authorization".into(), header)])
    }

    fn prove_reply(self, told: &Reply, ring: &dyn Keyring, now: u64) -> Result<(), ReadError> {
        let trust = ring.trust().ok_or(ReadError::NoV3)?;
        wechatpay::prove(Envelope::Reply(told), &trust, now, |serial| match self {
            Self::Certificates => resource::certificate(told, &trust, serial),
            _ => Ok(None),
        })
    }
}

/// The names of the fields that are hidden on the way.
fn hidden(columns: Columns, fields: &Fields) -> Vec<String> {
    let is_hidden = |name: &str| columns.field(name).is_some_and(|field| field.kind == Kind::Encrypted);
    let filled = fields.iter().filter(|(_, value)| !value.is_empty());
    filled.filter(|(name, _)| is_hidden(name)).map(|(name, _)| name.to_owned()).collect()
}

fn hide(
    names: &[String],
    fields: &mut Fields,
    v3: &V3,
    key: &WechatKey,
    stamp: &Stamp,
) -> Result<(), WriteError> {
    for name in names {
        let plain = fields.get(name).unwrap_or_default().to_owned();
        if is_sealed(&plain, &key.key) {
            continue;
        }
        // The nonce crosses the wire in clear: whoever saw it could try names until
        // one gives the same cipher. A signature over it nobody else can make.
        let secret = v3.private.sign(format!("{}\n{name}\n{plain}\n", stamp.nonce).as_bytes());
        let chance = Stamp { now: stamp.now, nonce: secret.map_err(WriteError::Rsa)? };
        fields.set(name, key.seal(plain.as_bytes(), &chance).map_err(WriteError::Rsa)?);
    }
    Ok(())
}

/// Whether a value is sealed already: longer than a key can seal, and base64 of one block.
fn is_sealed(value: &str, key: &PublicKey) -> bool {
    sign::from_strict_base64(value).is_some_and(|bytes| bytes.len() == key.size())
}

/// In WeChat's order: the header, its time, who it is, and only then the signature.
fn prove_request(asked: &Request, ring: &dyn Keyring, now: u64) -> Result<Keys, ReadError> {
    let header = asked.header("authorization").ok_or_else(|| unproved(V3Unproved::Unsigned))?;
    let parts = Parts::read(header).map_err(|why| unproved(V3Unproved::BadHeader(why)))?;
    in_window(parts.timestamp, now).map_err(unproved)?;
    let keys = ring.keys(Who { app_id: "", mch_id: parts.mchid }).ok_or(ReadError::Nobody)?;
    let v3 = keys.v3.as_ref().ok_or(ReadError::Nobody)?;
    let serial = || parts.serial_no.to_owned();
    if !v3.serial.eq_ignore_ascii_case(parts.serial_no) {
        let known = vec![v3.serial.clone()];
        return Err(unproved(V3Unproved::UnknownKey { serial: serial(), known }));
    }
    let message = request_message(
        &asked.method,
        &signed_url(&asked.url),
        parts.timestamp,
        parts.nonce_str,
        &asked.body,
    );
    let right = v3.private.public().verify(&message, parts.signature);
    right.map_err(|_| unproved(V3Unproved::Wrong { serial: serial() }))?;
    Ok(keys)
}
