//! Shapes that cross the network: ordered [`Fields`], and XML, JSON and query
//! strings as bytes of them. Pure and bounded: whatever comes in is either read
//! completely or refused with the place and the reason. Knows nothing of WeChat.

pub mod batch;
mod bounds;
pub mod fields;
pub mod gzip;
pub mod http;
pub mod json;
mod markup;
pub mod message;
pub mod plain;
pub mod query;
pub mod tree;
pub mod xml;

pub use bounds::{MAX_BYTES, MAX_FIELDS, WireError};
pub use fields::Fields;
pub use http::{Ending, Later, Reply, Request};
