//! What a paste of v3 turned out to be: a request, or a reply or notice, its fields, its
//! signature, and the names of what is signed and not there. Plain data.

use crate::explain::family::Scheme;
use crate::wire::Fields;

/// What was found.
pub(in super::super) struct Message {
    pub(in super::super) scheme: Scheme,
    pub(in super::super) fields: Fields,
    pub(in super::super) signature: String,
    /// What is signed, and not in the paste.
    pub(in super::super) missing: Vec<&'static str>,
}
