//! Why a signature is wrong.

pub mod case;

pub use case::{Case, Repair, Scheme};
