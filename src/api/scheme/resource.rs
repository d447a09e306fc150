//! What pay v3 encrypts with the APIv3 key inside of a message: the resource of a
//! notice, platform certificates. Comes in: fields, or the bytes of a reply before anyone
//! believes it; goes out: what was hidden. AEAD_AES_256_GCM, so that a changed byte shows.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012071382>

use crate::api::check::{FieldFault, Problem};
use crate::api::error::ReadError;
use crate::api::keys::{Aead, PublicKey, Secret, Trust};
use crate::sign::key::{self, Item};
use crate::sign::{AeadError, Case, Digest, open_resource, seal_resource};
use crate::wire::tree::{self, Nulls};
use crate::wire::{Fields, Reply};

/// The cipher, by the name that messages give it.
pub(super) const ALGORITHM: &str = "AEAD_AES_256_GCM";

/// Seals a text. No nonce that is given is thrown from the stamp and the text, so that
/// two texts under one stamp have two nonces.
pub(super) fn seal(
    key: &Secret,
    (given, chance): (Option<&str>, &str),
    associated_data: &str,
    plain: &str,
) -> Result<(String, String), AeadError> {
    let thrown = Digest::HmacSha256.of(key.expose().as_bytes(), format!("{chance}\n{plain}").as_bytes());
    let nonce = given.map_or_else(|| thrown.hex(Case::Lower)[..12].to_owned(), str::to_owned);
    let cipher = seal_resource(key, Aead { nonce: &nonce, associated_data }, plain.as_bytes())?;
    Ok((nonce, cipher))
}

/// Hides each certificate (`data.0.certificate`, PEM), as WeChat Pay hands them out.
pub(super) fn seal_all(fields: &mut Fields, key: &Secret, chance: &str) -> Result<(), AeadError> {
    let mut out = Fields::new();
    for (name, value) in fields.iter() {
        let Some(at) = name.strip_suffix(".certificate") else {
            out.set(name, value);
            continue;
        };
        let (nonce, cipher) = seal(key, (None, chance), BESIDE, value)?;
        let members = [
            ("algorithm", ALGORITHM),
            ("associated_data", BESIDE),
            ("ciphertext", &cipher),
            ("nonce", &nonce),
        ];
        out.extend(members.map(|(name, value)| (format!("{at}.{CERTIFICATE}.{name}"), value.to_owned())));
    }
    *fields = out;
    Ok(())
}

/// What is authenticated beside a certificate.
const BESIDE: &str = "certificate";

/// Takes the resource at this path out of the fields, and opens it.
pub(super) fn take(fields: &mut Fields, at: &str, trust: &Trust) -> Result<String, ReadError> {
    let plain = opened(fields, at, trust.api_v3_key.as_ref().ok_or(ReadError::NoV3)?)?;
    for name in ["algorithm", "nonce", "associated_data", "ciphertext"] {
        fields.remove(&format!("{at}.{name}"));
    }
    Ok(plain)
}

/// Puts each certificate, as PEM, in the place of its cipher text.
pub(super) fn open_all(fields: &mut Fields, trust: &Trust) -> Result<(), ReadError> {
    for at in places(fields) {
        let pem = take(fields, &format!("{at}.{CERTIFICATE}"), trust)?;
        fields.set(format!("{at}.certificate"), pem);
    }
    Ok(())
}

/// The key of the certificate of this serial that a reply brings: of the first
/// download nobody else can prove anything.
pub(super) fn certificate(told: &Reply, trust: &Trust, serial: &str) -> Result<Option<PublicKey>, ReadError> {
    let Some(key) = &trust.api_v3_key else { return Ok(None) };
    let Ok(fields) = tree::read(&told.body, Nulls::Empty) else { return Ok(None) };
    for at in places(&fields) {
        let pem = opened(&fields, &format!("{at}.{CERTIFICATE}"), key)?;
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

const CERTIFICATE: &str = "encrypt_certificate";

/// Where the entries of the list are: `data.0`, `data.1`.
fn places(fields: &Fields) -> Vec<String> {
    let of = |name: &str| name.strip_suffix(".encrypt_certificate.ciphertext").map(str::to_owned);
    fields.iter().filter_map(|(name, _)| of(name)).collect()
}

fn opened(fields: &Fields, at: &str, key: &Secret) -> Result<String, ReadError> {
    let part = |name: &str| fields.get(&format!("{at}.{name}"));
    let Some(cipher) = part("ciphertext") else {
        let missing = Problem { field: format!("{at}.ciphertext"), fault: FieldFault::Missing };
        return Err(ReadError::Fields(vec![missing]));
    };
    let (nonce, associated_data) = (part("nonce"), part("associated_data"));
    let aead =
        Aead { nonce: nonce.unwrap_or_default(), associated_data: associated_data.unwrap_or_default() };
    let plain = open_resource(key, aead, cipher).map_err(ReadError::Aead)?;
    Ok(String::from_utf8_lossy(&plain).into_owned())
}
