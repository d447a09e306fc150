//! wxkit
pub mod api;
pub mod mock;
pub mod sign;
pub mod wire;
