//! What the token central server has to say while it runs, as data: no token in
//! it. Who logs decides on the words.

use std::sync::Arc;

use super::keep::Trouble;
use crate::store::{LeaseKind, StoreError};

/// What is done with a store. Each kind of trouble ends only when the same is done
/// again: that a broken store can be read says nothing about writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// A lease is looked up.
    Read,
    /// A lock is taken, a lease is saved.
    Write,
}

/// Something worth a line in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A lease was fetched.
    Fetched {
        /// Of this app.
        app_id: String,
        /// Of this kind.
        kind: LeaseKind,
        /// Good for so many seconds.
        left: u64,
    },
    /// A fetch failed.
    Failed {
        /// Of this app.
        app_id: String,
        /// Of this kind.
        kind: LeaseKind,
        /// Why, and when it is tried again.
        trouble: Option<Trouble>,
    },
    /// Somebody says that a lease failed, and another is fetched for it.
    Rotated {
        /// Of this app.
        app_id: String,
        /// Of this kind.
        kind: LeaseKind,
        /// Who: a client's name, else an address.
        by: String,
    },
    /// This cannot be done with the store; what is held is served on.
    StoreLost(Deed, StoreError),
    /// The store is back.
    StoreBack,
    /// A call that was to be passed on to WeChat did not get a reply.
    NotPassedOn {
        /// `POST /cgi-bin/menu/create`: no query, which holds a token.
        what: String,
        /// Short and technical.
        why: String,
    },
    /// Apps and clients were read again.
    Reloaded {
        /// The apps that are served now.
        apps: Vec<String>,
    },
}

/// Who is told; called from the server's threads.
pub type Log = Arc<dyn Fn(Event) + Send + Sync>;
