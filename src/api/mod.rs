//! api
pub mod endpoint;
pub mod error_codes;
pub mod word;
