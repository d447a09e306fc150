//! wxkit
pub mod api;
pub mod sign;
pub mod wire;
