//! The language that calls and notices of pay v2 share whatever their proof is:
//! who speaks, and how a reply says no.

use crate::api::error::ReadError;
use crate::api::keys::Who;
use crate::wire::{Fields, WireError};

/// Who a message of pay says it is from.
pub(super) fn who(fields: &Fields) -> Who<'_> {
    let said = |name: &str| fields.get(name).unwrap_or_default();
    Who { app_id: said("appid"), mch_id: said("mch_id") }
}

/// Every reply in the language of pay v2 has a `return_code`.
pub(super) fn is_spoken(fields: &Fields) -> Result<(), ReadError> {
    match fields.get("return_code") {
        Some(_) => Ok(()),
        None => Err(ReadError::Wire(WireError::Stray { at: 0 })),
    }
}

/// A refused protocol (`return_code`), or a refused business (`result_code`).
pub(super) fn refusal(fields: &Fields) -> Option<(String, String)> {
    let text = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    if fields.get("return_code") != Some("SUCCESS") {
        let code = [text("error_code"), text("return_msg")].into_iter().find(|code| !code.is_empty());
        return Some((code.unwrap_or_default(), text("return_msg")));
    }
    fields.get("result_code").filter(|code| *code != "SUCCESS")?;
    Some((text("err_code"), text("err_code_des")))
}
