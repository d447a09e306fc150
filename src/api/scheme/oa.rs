//! Official accounts: what proves a caller is a plain field (`secret`,
//! `access_token`) that the receiver looks up, so there is nothing to mark or to
//! seal. Only the way to say no is its own.

use super::proof::Proof;
use crate::api::check::{FieldFault, Problem, check};
use crate::api::field::Field;
use crate::wire::{Fields, Reply};

/// No proof but the fields.
#[derive(Debug)]
pub struct Plain;

impl Proof for Plain {
    /// Anybody can answer `{}`. The remark beside the code is read by people only.
    fn lacking(&self, promised: &[&Field], fields: &Fields) -> Vec<Problem> {
        let mut lacking = check(promised, fields);
        lacking.retain(|problem| problem.fault == FieldFault::Missing && problem.field != "errmsg");
        lacking
    }

    fn refusal(&self, _: &Reply, fields: &Fields) -> Option<(String, String)> {
        let code = fields.get("errcode").filter(|code| *code != "0")?;
        Some((code.to_owned(), fields.get("errmsg").unwrap_or_default().to_owned()))
    }
}
