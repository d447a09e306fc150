//! Pay v3: what its scheme keeps and refuses, and its commands against a small WeChat
//! Pay that is written from the published facts, with keys of its own.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod calls;
mod keys;
mod notices;
mod scheme;
#[path = "../support/mod.rs"]
mod support;
mod wechat;
