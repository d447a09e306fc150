//! Makes the notices of the exam for v2: good ones as WeChat would, and bad ones, each
//! with one thing wrong. Pure; time and dice come in once, so that an exam repeats.

use super::maker::{FOREIGN, FOREIGN_KEY, Maker};
use crate::api::codec::write_request;
use crate::api::invoke;
use crate::api::keys::{Keys, Secret, SignType, V2};
use crate::api::notice::{self, PAYMENT, REFUND};
use crate::api::{Endpoint, WriteError, Written};
use crate::wire::{Fields, Request, xml};

impl Maker {
    /// What a payment notice says.
    fn paid(&self) -> Fields {
        let mut fields = self.order.clone();
        notice::make_up(&PAYMENT, &mut fields, &self.stamp);
        fields
    }

    fn write(&self, row: &Endpoint, fields: &Fields, keys: &Keys, to: &str) -> Result<Request, WriteError> {
        Ok(write_request(row, fields, keys, &self.stamp, to)?.request)
    }

    fn payment(&self, fields: &Fields) -> Result<Request, WriteError> {
        self.write(&PAYMENT, fields, &self.keys, &self.to)
    }

    fn key(&self) -> Result<&Secret, WriteError> {
        self.keys.v2.as_ref().map(|v2| &v2.key).ok_or(WriteError::NoPayKey)
    }

    /// The good notice with something done to it when it is signed already.
    fn spoiled(&self, spoil: impl FnOnce(&mut Fields)) -> Result<Request, WriteError> {
        let written = write_request(&PAYMENT, &self.paid(), &self.keys, &self.stamp, &self.to)?;
        let Written { mut request, mut fields } = written;
        spoil(&mut fields);
        request.body = xml::write(&fields).map_err(WriteError::Wire)?.into_bytes();
        Ok(request)
    }
}

pub(super) fn good(maker: &Maker) -> Result<Request, WriteError> {
    maker.payment(&maker.paid())
}

/// One fen more than the order, rightly signed.
pub(super) fn other_amount(maker: &Maker) -> Result<Request, WriteError> {
    let mut fields = maker.paid();
    more(&mut fields);
    maker.payment(&fields)
}

fn more(fields: &mut Fields) {
    let fen: u64 = fields.get("total_fee").and_then(|fee| fee.parse().ok()).unwrap_or_default();
    fields.set("total_fee", (fen + 1).to_string());
    fields.set("cash_fee", (fen + 1).to_string());
}

pub(super) fn tampered(maker: &Maker) -> Result<Request, WriteError> {
    maker.spoiled(more)
}

pub(super) fn wrong_sign(maker: &Maker) -> Result<Request, WriteError> {
    maker.spoiled(|fields| {
        sign(fields, &Secret::new(FOREIGN_KEY), SignType::Md5);
    })
}

fn sign(fields: &mut Fields, key: &Secret, sign_type: SignType) {
    *fields = invoke::pay_v2(std::mem::take(fields), key, sign_type).params;
}

pub(super) fn no_sign(maker: &Maker) -> Result<Request, WriteError> {
    maker.spoiled(|fields| drop(fields.remove("sign")))
}

/// Signed with our key, so that only a look at `mch_id` refuses it.
pub(super) fn foreign(maker: &Maker) -> Result<Request, WriteError> {
    let keys = Keys { mch_id: Some(FOREIGN.into()), ..maker.keys.clone() };
    let mut fields = maker.paid();
    fields.remove("mch_id");
    maker.write(&PAYMENT, &fields, &keys, &maker.to)
}

pub(super) fn empty(maker: &Maker) -> Result<Request, WriteError> {
    let mut request = good(maker)?;
    request.body.clear();
    Ok(request)
}

/// Good in every other way: only a parser that minds DOCTYPE refuses it.
pub(super) fn doctype(maker: &Maker) -> Result<Request, WriteError> {
    let mut request = good(maker)?;
    let declared = b"<?xml version=\"1.0\"?><!DOCTYPE xml [<!ENTITY wxkit \"1\">]>";
    request.body = [declared.as_slice(), &request.body].concat();
    Ok(request)
}

pub(super) fn new_fields(maker: &Maker) -> Result<Request, WriteError> {
    let mut fields = maker.paid();
    fields.extend([("wxkit_new_field", "1"), ("aaa_first_field", "new"), ("zzz_empty_field", "")]);
    maker.payment(&fields)
}

pub(super) fn characters(maker: &Maker) -> Result<Request, WriteError> {
    let mut fields = maker.paid();
    fields.set("wxkit_new_words", "茶 & <b>\"1\"</b> + 100% ]]> 🍵");
    maker.payment(&fields)
}

/// Paid with a coupon; an order of one fen is paid with nothing else.
pub(super) fn coupons(maker: &Maker) -> Result<Request, WriteError> {
    let mut fields = maker.paid();
    let fen: u64 = fields.get("total_fee").and_then(|fee| fee.parse().ok()).unwrap_or(1);
    fields.set("cash_fee", fen.saturating_sub(1).to_string());
    fields.set("settlement_total_fee", fen.to_string());
    fields.extend([
        ("coupon_fee", "1"),
        ("coupon_count", "1"),
        ("coupon_type_0", "CASH"),
        ("coupon_id_0", "10000"),
        ("coupon_fee_0", "1"),
    ]);
    maker.payment(&fields)
}

pub(super) fn hmac(maker: &Maker) -> Result<Request, WriteError> {
    let keys = maker.keys.clone().signing(SignType::HmacSha256);
    maker.write(&PAYMENT, &maker.paid(), &keys, &maker.to)
}

/// The plain notice with its digest named, which is then signed like the rest.
pub(super) fn md5_named(maker: &Maker) -> Result<Request, WriteError> {
    let mut fields = maker.paid();
    fields.set("sign_type", SignType::Md5.as_str());
    maker.payment(&fields)
}

pub(super) fn hmac_unnamed(maker: &Maker) -> Result<Request, WriteError> {
    let key = maker.key()?.clone();
    maker.spoiled(|fields| {
        fields.remove("sign_type");
        sign(fields, &key, SignType::HmacSha256);
    })
}

pub(super) fn refund(maker: &Maker) -> Result<Request, WriteError> {
    refunded(maker, &maker.keys)
}

/// Encrypted with a key that is not the merchant's.
pub(super) fn foreign_refund(maker: &Maker) -> Result<Request, WriteError> {
    refunded(maker, &Keys { v2: Some(V2::new(Secret::new(FOREIGN_KEY))), ..maker.keys.clone() })
}

fn refunded(maker: &Maker, keys: &Keys) -> Result<Request, WriteError> {
    let mut fields = Fields::new();
    for name in ["out_trade_no", "total_fee", "transaction_id", "out_refund_no", "refund_fee"] {
        if let Some(value) = maker.order.filled(name) {
            fields.set(name, value);
        }
    }
    if fields.get("refund_fee").is_none() {
        fields.set("refund_fee", maker.order.get("total_fee").unwrap_or("1"));
    }
    if fields.get("out_refund_no").is_none() {
        fields.set("out_refund_no", format!("wxkitr{}", maker.stamp.now));
    }
    notice::make_up(&REFUND, &mut fields, &maker.stamp);
    maker.write(&REFUND, &fields, keys, &maker.refund_to)
}

#[cfg(test)]
mod tests {
    use super::super::Exam;
    use super::*;
    use crate::api::codec::read_request;
    use crate::api::{Heard, ReadError, Stamp};
    use crate::client::notices::Version;

    fn maker() -> Maker {
        let keys = Keys {
            app_id: Some("wx1".into()),
            mch_id: Some("1900000109".into()),
            v2: Some(V2::new(Secret::new("k".repeat(32)))),
            v3: None,
            ..Keys::default()
        };
        let stamp = Stamp { now: 1_700_000_000, nonce: "n".repeat(32) };
        let to = "http://127.0.0.1:1/n".to_owned();
        let order = Fields::new();
        let (version, other) = (Version::V2, Keys::default());
        Maker::new(&Exam {
            patience: crate::client::notices::examine::PATIENCE,
            version,
            refund_to: to.clone(),
            to,
            keys,
            other,
            stamp,
            order,
            skip: Vec::new(),
            witness: None,
        })
    }

    type Make = fn(&Maker) -> Result<Request, WriteError>;

    #[test]
    fn good_notices_are_good() {
        let maker = maker();
        let makes: [Make; 7] = [good, other_amount, new_fields, characters, coupons, hmac, hmac_unnamed];
        for (n, make) in makes.into_iter().enumerate() {
            let read = read_request(&PAYMENT, &make(&maker).unwrap(), &maker.keys, Stamp::TIMELESS.now)
                .and_then(Heard::sound);
            assert!(read.is_ok(), "{n} {:?}", read.err());
        }
        let told = read_request(&REFUND, &refund(&maker).unwrap(), &maker.keys, Stamp::TIMELESS.now)
            .unwrap()
            .sound()
            .unwrap();
        assert_eq!(told.get("refund_fee"), Some("1"));
    }

    #[test]
    fn each_bad_one_is_bad_in_its_own_way() {
        let maker = maker();
        let read = |make: Make| {
            read_request(&PAYMENT, &make(&maker).unwrap(), &maker.keys, Stamp::TIMELESS.now)
                .and_then(Heard::sound)
        };
        let wrong = |made| matches!(made, Err(ReadError::Seal { broken, .. }) if !broken.is_missing());
        assert!(wrong(read(tampered)));
        assert!(wrong(read(wrong_sign)));
        assert!(matches!(read(no_sign), Err(ReadError::Seal { broken, .. }) if broken.is_missing()));
        assert!(matches!(read(empty), Err(ReadError::Wire(crate::wire::WireError::Empty))));
        assert!(matches!(read(doctype), Err(ReadError::Wire(crate::wire::WireError::Doctype { .. }))));
        assert_eq!(read(foreign).unwrap().get("mch_id"), Some(FOREIGN));
        let sealed = foreign_refund(&maker).unwrap();
        assert!(matches!(
            read_request(&REFUND, &sealed, &maker.keys, Stamp::TIMELESS.now),
            Err(ReadError::ReqInfo(_))
        ));
        let unnamed = xml::read(&hmac_unnamed(&maker).unwrap().body).unwrap();
        assert_eq!((unnamed.get("sign_type"), unnamed.get("sign").map(str::len)), (None, Some(64)));
    }
}
