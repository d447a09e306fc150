//! What carries a request: a promise that the network keeps, and tests and the demo
//! in memory.

use std::future::Future;
use std::pin::Pin;

use super::error::SendError;
use crate::wire::{Reply, Request};

/// A reply, or why there is none; still on its way.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Reply, SendError>> + Send + 'a>>;

/// Carries one request. [`super::Http`] does it for real; tests and the demo may
/// answer in memory.
pub trait Transport: Send + Sync {
    /// Sends once. Never repeats by itself: the request may move money.
    fn send<'a>(&'a self, request: &'a Request) -> Sending<'a>;

    /// Whether it reaches this address over TCP and nothing more: no TLS, no proxy.
    fn is_plain(&self, _url: &str) -> bool {
        false
    }
}
