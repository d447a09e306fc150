//! Hypotheses: what would be hashed if this or that went wrong.
//!
//! ```text
//! text                          one hypothesis: pairs, order, joins, where the secret stands; and its bytes
//! entry   sorting   damage      one pair; in which order; what befalls the finished text
//! form                          what programs do to a value by mistake
//! charset                       what a text becomes in the wrong charset
//! ```
//!
//! Arrows go down only. A right draft must spell what `sign::canonical` spells, for
//! every recipe: `text::tests`.

pub(super) mod charset;
mod damage;
mod entry;
pub(super) mod form;
mod sorting;
mod text;

pub(super) use damage::Damage;
pub(super) use entry::{Entry, Role, Stay, Tie};
pub(super) use sorting::Sorting;
pub(super) use text::{Draft, Glue, Scratch};
