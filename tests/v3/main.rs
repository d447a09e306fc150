//! Pay v3: what its scheme keeps and refuses, and its calls against a small WeChat Pay
//! that is written from the published facts, with keys of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod keys;
mod scheme;
