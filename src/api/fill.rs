//! Fills in what a caller need not say: who we are, the second, the dice, and
//! what is always the same. Comes in: a row and what was said; goes out: all
//! fields in the order of the row, not yet checked.

use super::calendar;
use super::endpoint::Endpoint;
use super::error::WriteError;
use super::field::{Field, Fill, Kind};
use super::keys::{Keys, Stamp};
use crate::sign::{Secret, SignType};
use crate::wire::Fields;

/// Fields in the order of the row, filled; then those that travel hidden; then
/// those that the row does not know.
pub(super) fn complete(
    row: &Endpoint,
    given: &Fields,
    keys: &Keys,
    stamp: &Stamp,
) -> Result<Fields, WriteError> {
    let mut out = Fields::new();
    for field in row.fields.iter().chain(row.inside()) {
        if let Some(value) = given.get(field.name) {
            out.set(field.name, value);
        } else if let Some(value) = filling(field, keys, stamp)? {
            out.set(field.name, value);
        }
    }
    for (name, value) in given.iter() {
        out.set(name, value);
    }
    Ok(out)
}

fn filling(field: &Field, keys: &Keys, stamp: &Stamp) -> Result<Option<String>, WriteError> {
    let secret = |secret: &Option<Secret>| secret.as_ref().map(|s| s.expose().to_owned());
    let value = match field.fill {
        Fill::Caller | Fill::Proof => return Ok(None),
        Fill::AppId => keys.app_id.clone(),
        Fill::AppSecret => secret(&keys.app_secret),
        Fill::MchId => keys.mch_id.clone(),
        Fill::AccessToken => secret(&keys.access_token),
        Fill::NotifyUrl => return Ok(keys.notify_url.clone()),
        Fill::Nonce => Some(stamp.nonce.clone()),
        Fill::Now => Some(moment(field.kind, stamp.now)),
        Fill::OrderNo => Some(format!("{}{:.16}", stamp.now, stamp.nonce)),
        Fill::SignType => {
            let named = keys.v2.as_ref().map(|v2| v2.sign_type).filter(|named| *named != SignType::Md5);
            return Ok(named.map(|named| named.as_str().to_owned()));
        }
        Fill::Literal(text) => Some(text.to_owned()),
    };
    value.map(Some).ok_or(WriteError::NoSetting(field.fill))
}

/// The present second as this kind of field writes it.
fn moment(kind: Kind, now: u64) -> String {
    match kind {
        Kind::Time14 => calendar::time14(now),
        Kind::DateTime => calendar::datetime(now),
        Kind::Date8 => calendar::date8(now),
        Kind::Rfc3339 => calendar::rfc3339(now),
        _ => now.to_string(),
    }
}
