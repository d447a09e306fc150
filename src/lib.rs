//! wxkit
pub mod api;
pub mod explain;
pub mod sign;
pub mod wire;
