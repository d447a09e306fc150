//! wxkit
pub mod api;
pub mod client;
pub mod config;
pub mod mock;
pub mod net;
pub mod sign;
pub mod store;
pub mod wire;
