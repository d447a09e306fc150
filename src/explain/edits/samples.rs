//! Secrets that everybody has read. Comes in: a secret; goes out: whether it
//! stands in documentation or samples.

use super::{jssdk, pay};

/// Whether a value stands in public documentation.
pub(in crate::explain) fn is_sample(secret: &str) -> bool {
    pay::SAMPLE_KEYS.contains(&secret) || jssdk::SAMPLE_TICKETS.contains(&secret)
}
