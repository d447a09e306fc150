//! Official accounts: what proves a caller is a plain field (`secret`,
//! `access_token`) that the receiver looks up, so there is nothing to mark or to
//! seal. Only the way to say no is its own.

use super::proof::Proof;
use crate::wire::{Fields, Reply};

/// No proof but the fields.
#[derive(Debug)]
pub struct Plain;

impl Proof for Plain {
    fn refusal(&self, _: &Reply, fields: &Fields) -> Option<(String, String)> {
        let code = fields.get("errcode").filter(|code| *code != "0")?;
        Some((code.to_owned(), fields.get("errmsg").unwrap_or_default().to_owned()))
    }
}
