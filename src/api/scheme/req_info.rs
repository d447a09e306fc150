//! Refund notices: not signed; what happened is in `req_info`, encrypted with
//! the pay key. <https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_16>

use super::proof::{Believed, Columns, Proof, Turn};
use super::words::{is_spoken, refusal, who};
use crate::api::error::{ReadError, ReqInfoError, WriteError};
use crate::api::field::Field;
use crate::api::keys::{Keyring, Keys, Stamp};
use crate::sign::{self, Secret};
use crate::wire::{Fields, Reply, xml};

/// The scheme is its columns: the fields inside `req_info`.
impl Proof for &'static [&'static Field] {
    fn inside(&self) -> &'static [&'static Field] {
        self
    }

    /// Moves the inner fields into `req_info`, sorted as WeChat sorts them.
    fn mark(
        &self,
        turn: Turn,
        _: Columns,
        fields: &mut Fields,
        keys: &Keys,
        _: &Stamp,
    ) -> Result<(), WriteError> {
        if turn == Turn::Reply {
            return Ok(());
        }
        let v2 = keys.v2.as_ref().ok_or(WriteError::NoPayKey)?;
        let mut names: Vec<String> = fields.iter().map(|(n, _)| n.to_owned()).collect();
        names.sort_unstable();
        let mut inside = Fields::new();
        for name in names.into_iter().filter(|n| self.iter().any(|f| f.matches(n))) {
            let value = fields.remove(&name).unwrap_or_default();
            inside.set(name, value);
        }
        let plain = xml::write_lines("root", &inside, |_| false).map_err(WriteError::Wire)?;
        fields.set("req_info", sign::seal_req_info(&v2.key, &plain));
        Ok(())
    }

    fn open(&self, turn: Turn, _: Columns, fields: &mut Fields, ring: &dyn Keyring) -> Believed {
        if turn == Turn::Reply {
            return is_spoken(fields).map(|()| None);
        }
        let keys = ring.keys(who(fields)).ok_or(ReadError::Nobody)?;
        let v2 = keys.v2.as_ref().ok_or(ReadError::NoPayKey)?;
        open(fields, &v2.key).map_err(ReadError::ReqInfo)?;
        Ok(Some(keys))
    }

    /// The merchant's receipt speaks the language of pay v2.
    fn refusal(&self, _: &Reply, fields: &Fields) -> Option<(String, String)> {
        refusal(fields)
    }
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
