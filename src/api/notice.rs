//! x
use super::endpoint::Endpoint;
/// x
pub static ROWS: &[&Endpoint] = &[];
