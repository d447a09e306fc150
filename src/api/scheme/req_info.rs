//! Refund notices: not signed; what happened is in `req_info`, encrypted with
//! the pay key. <https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_16>

use crate::api::endpoint::Field;
use crate::sign::{self, CipherError, Secret};
use crate::wire::{Fields, WireError, xml};

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

/// Moves the inner fields into `req_info`, sorted as WeChat sorts them.
///
/// # Errors
/// A value that XML cannot carry.
pub fn seal(fields: &mut Fields, inner: &[Field], key: &Secret) -> Result<(), WireError> {
    let mut names: Vec<String> = fields.iter().map(|(n, _)| n.to_owned()).collect();
    names.sort_unstable();
    let mut inside = Fields::new();
    for name in names.into_iter().filter(|n| inner.iter().any(|f| f.matches(n))) {
        let value = fields.remove(&name).unwrap_or_default();
        inside.set(name, value);
    }
    let plain = xml::write_lines("root", &inside, |_| false)?;
    fields.set("req_info", sign::seal_req_info(key, &plain));
    Ok(())
}

/// Puts the fields inside `req_info` in its place.
///
/// # Errors
/// [`ReqInfoError`].
pub fn open(fields: &mut Fields, key: &Secret) -> Result<(), ReqInfoError> {
    let sealed = fields.filled("req_info").ok_or(ReqInfoError::Missing)?;
    let plain = sign::open_req_info(key, sealed).map_err(ReqInfoError::Cipher)?;
    let inside = xml::read(plain.as_bytes()).map_err(ReqInfoError::Inside)?;
    fields.remove("req_info");
    fields.extend(inside.iter());
    Ok(())
}
