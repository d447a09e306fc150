//! Why a paste is no case: what it is not, or what it is instead. Data only;
//! the words are for whoever shows it.

use super::aside::Aside;

/// Why a paste is no case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// Nothing there.
    Empty,
    /// More than a message can have.
    TooLong {
        /// Bytes given.
        len: usize,
    },
    /// In no charset that can be told.
    NotUtf8 {
        /// First bad byte.
        at: usize,
    },
    /// None of the known shapes is in it.
    Unknown,
    /// The scheme that a case names does not exist.
    BadScheme {
        /// As given.
        name: String,
    },
    /// Fields, but of no known signature.
    NoScheme {
        /// Their names.
        names: Vec<String>,
    },
    /// Not the thing that is needed.
    Aside(Aside),
}
