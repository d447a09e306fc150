//! A call of an official account on its way in, and WeChat's no to it. Comes in: the
//! fields; goes out: what the functions of the rows ask for.

use super::super::refusal::text_of;
use crate::wire::Fields;

/// WeChat's no.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) code: &'static str,
    pub(super) text: String,
}

impl Refusal {
    pub(super) fn of(code: &'static str) -> Self {
        Self { code, text: text_of(code).into() }
    }
}

/// A call with the address it came from.
pub(super) struct Call {
    pub(super) fields: Fields,
    pub(super) peer: String,
    pub(super) now: u64,
}

impl Call {
    pub(super) fn need(&self, name: &str, otherwise: &'static str) -> Result<&str, Refusal> {
        self.fields.filled(name).ok_or_else(|| Refusal::of(otherwise))
    }
}
