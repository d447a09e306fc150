//! What pay v3 encrypts with the APIv3 key inside of a message: platform
//! certificates. Comes in: the fields of a reply, or its bytes before anyone believes
//! it; goes out: the certificates. AEAD_AES_256_GCM, so that a changed byte shows.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012551764>

use crate::api::error::ReadError;
use crate::api::keys::{Aead, PublicKey, Secret, V3};
use crate::sign::key::{self, Item};
use crate::sign::open_resource;
use crate::wire::tree::{self, Nulls};
use crate::wire::{Fields, Reply};

/// Puts each certificate, as PEM, in the place of its cipher text.
pub(super) fn open_all(fields: &mut Fields, v3: &V3) -> Result<(), ReadError> {
    let Some(key) = &v3.api_v3_key else { return Err(ReadError::NoV3) };
    for at in places(fields) {
        let pem = opened(fields, &at, key)?;
        for name in ["algorithm", "nonce", "associated_data", "ciphertext"] {
            fields.remove(&format!("{at}.encrypt_certificate.{name}"));
        }
        fields.set(format!("{at}.certificate"), pem);
    }
    Ok(())
}

/// The key of the certificate of this serial that a reply brings: of the first
/// download nobody else can prove anything.
pub(super) fn certificate(told: &Reply, v3: &V3, serial: &str) -> Result<Option<PublicKey>, ReadError> {
    let Some(key) = &v3.api_v3_key else { return Ok(None) };
    let Ok(fields) = tree::read(&told.body, Nulls::Empty) else { return Ok(None) };
    for at in places(&fields) {
        let pem = opened(&fields, &at, key)?;
        for found in key::read(pem.as_bytes()) {
            match found.item {
                Item::Certificate(one) if one.serial.eq_ignore_ascii_case(serial) => {
                    return Ok(Some(one.key));
                }
                _ => {}
            }
        }
    }
    Ok(None)
}

/// Where the entries of the list are: `data.0`, `data.1`.
fn places(fields: &Fields) -> Vec<String> {
    let of = |name: &str| name.strip_suffix(".encrypt_certificate.ciphertext").map(str::to_owned);
    fields.iter().filter_map(|(name, _)| of(name)).collect()
}

fn opened(fields: &Fields, at: &str, key: &Secret) -> Result<String, ReadError> {
    let part = |name: &str| fields.get(&format!("{at}.encrypt_certificate.{name}")).unwrap_or_default();
    let aead = Aead { nonce: part("nonce"), associated_data: part("associated_data") };
    let plain = open_resource(key, aead, part("ciphertext")).map_err(ReadError::Aead)?;
    Ok(String::from_utf8_lossy(&plain).into_owned())
}
