//! Makes the notices of the exam for v3: good ones as WeChat would, and bad ones, each
//! with one thing wrong. Every one is signed at its own moment over bytes that repeat.
//! Pure; time and dice come in once.

use std::sync::Arc;

use super::maker::{FOREIGN, FOREIGN_KEY, Maker};
use crate::api::codec::write_request;
use crate::api::keys::{Keys, Secret, StandIn, V3};
use crate::api::pay_v3::notice::{PAYMENT, REFUND, make_up, signed_again};
use crate::api::scheme::wechatpay::{PROBE, WINDOW};
use crate::api::{Endpoint, V3Part, WriteError, Written};
use crate::wire::{Fields, Request};

/// A serial of no certificate of WeChat Pay's.
const FOREIGN_SERIAL: &str = "0123456789ABCDEF0123456789ABCDEF01234567";
const SIGNATURE: &str = "wechatpay-signature";

impl Maker {
    /// What a payment notice says inside.
    fn happened(&self) -> Fields {
        let mut fields = self.order.clone();
        make_up(&PAYMENT, &mut fields, &self.stamp);
        fields
    }

    fn sealed(&self, row: &Endpoint, fields: &Fields, keys: &Keys, to: &str) -> Result<Written, WriteError> {
        write_request(row, fields, keys, &self.stamp, to)
    }

    /// Written at the time of the exam, signed at that of the item.
    fn signed(&self, fields: &Fields) -> Result<Request, WriteError> {
        let written = self.sealed(&PAYMENT, fields, &self.keys, &self.to)?;
        signed_again(written.request, &self.keys, &self.moment)
    }

    fn v3(&self) -> Result<&V3, WriteError> {
        self.keys.v3.as_ref().ok_or(WriteError::NoV3(V3Part::WechatKey))
    }

    /// Signed by the merchant's key, as a stranger would sign with his own, which is said
    /// to be this one.
    fn signed_by_stranger(&self, id: &str) -> Result<Request, WriteError> {
        let v3 = self.v3()?.clone();
        let stand_in = Some(StandIn { id: id.to_owned(), private: Arc::clone(&v3.private) });
        let keys = Keys { v3: Some(V3 { stand_in, ..v3 }), ..self.keys.clone() };
        signed_again(good(self)?, &keys, &self.moment)
    }

    /// The good notice with its bytes changed and signed like that.
    fn resaid(&self, change: impl FnOnce(String) -> String) -> Result<Request, WriteError> {
        let good = good(self)?;
        let body = change(String::from_utf8_lossy(&good.body).into_owned()).into_bytes();
        signed_again(Request { body, ..good }, &self.keys, &self.moment)
    }

    fn signed_at(&self, now: u64) -> Result<Request, WriteError> {
        let moment = crate::api::Stamp { now, ..self.moment.clone() };
        signed_again(good(self)?, &self.keys, &moment)
    }
}

pub(super) fn good(maker: &Maker) -> Result<Request, WriteError> {
    maker.signed(&maker.happened())
}

/// One fen more than the order.
pub(super) fn other_amount(maker: &Maker) -> Result<Request, WriteError> {
    let mut fields = maker.happened();
    let fen: u64 = fields.get("amount.total").and_then(|fen| fen.parse().ok()).unwrap_or_default();
    fields.set("amount.total", (fen + 1).to_string());
    fields.set("amount.payer_total", (fen + 1).to_string());
    maker.signed(&fields)
}

pub(super) fn other_key(maker: &Maker) -> Result<Request, WriteError> {
    signed_again(good(maker)?, &maker.other, &maker.moment)
}

/// As WeChat sends now and then: a signature that cannot be right.
pub(super) fn probe(maker: &Maker) -> Result<Request, WriteError> {
    let mut request = good(maker)?;
    for (_, value) in request.headers.iter_mut().filter(|(name, _)| name == SIGNATURE) {
        value.insert_str(0, PROBE);
    }
    Ok(request)
}

/// Changed when it was signed already.
pub(super) fn tampered(maker: &Maker) -> Result<Request, WriteError> {
    let good = good(maker)?;
    let body = String::from_utf8_lossy(&good.body).replacen("\"summary\":\"", "\"summary\":\"!", 1);
    Ok(Request { body: body.into_bytes(), ..good })
}

/// By a key that is not the one it names.
pub(super) fn wrong_sign(maker: &Maker) -> Result<Request, WriteError> {
    let id = maker.v3()?.stand_in.as_ref().map_or("", |stand_in| &stand_in.id);
    maker.signed_by_stranger(id)
}

pub(super) fn unknown_serial(maker: &Maker) -> Result<Request, WriteError> {
    maker.signed_by_stranger(FOREIGN_SERIAL)
}

pub(super) fn no_sign(maker: &Maker) -> Result<Request, WriteError> {
    let mut request = good(maker)?;
    request.headers.retain(|(name, _)| !name.starts_with("wechatpay-"));
    Ok(request)
}

/// Rightly signed, ten minutes ago.
pub(super) fn stale(maker: &Maker) -> Result<Request, WriteError> {
    maker.signed_at(maker.moment.now.saturating_sub(2 * WINDOW))
}

/// The same words in other bytes: blanks, escapes, a line break at the end.
pub(super) fn other_bytes(maker: &Maker) -> Result<Request, WriteError> {
    let escaped = "\"summary\" : \"\\u652f\\u4ed8\\u6210\\u529f\"";
    maker.resaid(|body| body.replacen("\"summary\":\"支付成功\"", escaped, 1) + "\n")
}

/// The tag alone is changed, so that the text comes out right for who does not check it.
pub(super) fn tampered_cipher(maker: &Maker) -> Result<Request, WriteError> {
    let fields = maker.happened();
    let written = maker.sealed(&PAYMENT, &fields, &maker.keys, &maker.to)?;
    let cipher = written.fields.get("resource.ciphertext").unwrap_or_default();
    let mut changed = fields;
    changed.set("resource.ciphertext", with_another_tag(cipher));
    maker.signed(&changed)
}

/// A base64 of which a character within the last 16 bytes is another one.
fn with_another_tag(cipher: &str) -> String {
    let at = cipher.len().saturating_sub(12);
    let other = if cipher.as_bytes().get(at) == Some(&b'A') { "B" } else { "A" };
    [cipher.get(..at).unwrap_or_default(), other, cipher.get(at + 1..).unwrap_or_default()].concat()
}

/// Sealed with an APIv3 key that is not the merchant's, and signed by WeChat Pay's.
pub(super) fn foreign_cipher(maker: &Maker) -> Result<Request, WriteError> {
    let v3 = V3 { api_v3_key: Some(Secret::new(FOREIGN_KEY)), ..maker.v3()?.clone() };
    let keys = Keys { v3: Some(v3), ..maker.keys.clone() };
    let written = maker.sealed(&PAYMENT, &maker.happened(), &keys, &maker.to)?;
    signed_again(written.request, &keys, &maker.moment)
}

pub(super) fn empty_aad(maker: &Maker) -> Result<Request, WriteError> {
    let mut fields = maker.happened();
    fields.set("resource.associated_data", "");
    maker.signed(&fields)
}

/// Of another merchant, so that only a look at `mchid` refuses it.
pub(super) fn foreign(maker: &Maker) -> Result<Request, WriteError> {
    let mut fields = maker.happened();
    fields.set("mchid", FOREIGN);
    maker.signed(&fields)
}

pub(super) fn empty(maker: &Maker) -> Result<Request, WriteError> {
    maker.resaid(|_| String::new())
}

pub(super) fn new_fields(maker: &Maker) -> Result<Request, WriteError> {
    let mut fields = maker.happened();
    fields.extend([("wxkit_new_object.member", "1"), ("wxkit_new_list.0", "")]);
    let written = maker.signed(&fields)?;
    let body = String::from_utf8_lossy(&written.body).replacen('{', "{\"wxkit_new_member\":[1],", 1);
    signed_again(Request { body: body.into_bytes(), ..written }, &maker.keys, &maker.moment)
}

pub(super) fn characters(maker: &Maker) -> Result<Request, WriteError> {
    let mut fields = maker.happened();
    fields.set("attach", "茶 & <b>\"1\"</b> + 100% \\ / 🍵");
    maker.signed(&fields)
}

pub(super) fn refund(maker: &Maker) -> Result<Request, WriteError> {
    let mut fields = Fields::new();
    let order = &maker.order;
    let own = |name: &str| order.filled(name).map(str::to_owned);
    for name in ["out_trade_no", "transaction_id", "out_refund_no", "amount.total", "amount.refund"] {
        if let Some(value) = own(name) {
            fields.set(name, value);
        }
    }
    let usual = [
        ("out_refund_no", format!("wxkitr{}", maker.stamp.now)),
        ("amount.refund", own("amount.total").unwrap_or_default()),
    ];
    for (name, value) in usual {
        if fields.get(name).is_none() {
            fields.set(name, value);
        }
    }
    make_up(&REFUND, &mut fields, &maker.stamp);
    let written = maker.sealed(&REFUND, &fields, &maker.keys, &maker.refund_to)?;
    signed_again(written.request, &maker.keys, &maker.moment)
}
