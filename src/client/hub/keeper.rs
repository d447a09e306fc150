//! The hands of [`Keep`]: a task for each lease that sleeps, looks and fetches as
//! it says, and the callers who wait for it. Readers take what is held; a fetch
//! never holds them up.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::around::Surroundings;
use super::event::{Deed, Event};
use super::keep::{Care, Forced, Keep, Todo, Trouble};
use crate::client::calls::Client;
use crate::client::ended::CallError;
use crate::client::lease::{Source, Want};
use crate::client::tokens::{Tokens, failure};
use crate::net;
use crate::store::{Lease, LeaseKind};

/// Shortest sleep: the clock has whole seconds, and the second may just be over.
const BLINK: Duration = Duration::from_millis(50);
/// Longest sleep, so that a clock that was set is noticed.
const NAP: u64 = 60;

/// One lease with its keeper.
pub struct Slot {
    /// What is kept.
    pub kind: LeaseKind,
    app_id: String,
    client: Client,
    keep: Mutex<Keep>,
    wake: net::Notify,
    changed: net::watch::Sender<()>,
    /// Figures.
    pub counts: Counts,
}

/// What happened to one lease.
#[derive(Default)]
pub struct Counts {
    /// Fetched from WeChat.
    pub fetched: AtomicU64,
    /// Found in the store, fetched by somebody else.
    pub found: AtomicU64,
    /// Fetches that failed.
    pub failed: AtomicU64,
    /// Callers who said that it failed.
    pub rotated: AtomicU64,
}

impl Slot {
    /// Nothing held yet.
    pub fn new(app_id: &str, client: Client, kind: LeaseKind) -> Self {
        let care = if kind == client.tokens.kind { Care::Always } else { Care::WhenAsked };
        let keep = Keep::new(kind, care, client.caller.clock.dice());
        Self {
            kind,
            app_id: app_id.to_owned(),
            client,
            keep: Mutex::new(keep),
            wake: net::Notify::new(),
            changed: net::watch::Sender::new(()),
            counts: Counts::default(),
        }
    }

    /// The lease's state; never held while something is awaited.
    pub fn keep(&self) -> MutexGuard<'_, Keep> {
        self.keep.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is held now, for a caller who came for it.
    pub fn serve(&self, now: u64) -> Option<Lease> {
        let mut keep = self.keep();
        if keep.ask() {
            self.wake.notify_one();
        }
        keep.serve(now).cloned()
    }

    /// Wakes the keeper.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Waits until there is an answer, or patience ends.
    pub async fn until<T>(&self, patience: Duration, answer: impl Fn(&Keep) -> Option<T>) -> Option<T> {
        let mut changes = self.changed.subscribe();
        let wait = async {
            loop {
                if let Some(answer) = answer(&self.keep()) {
                    return Some(answer);
                }
                changes.changed().await.ok()?;
            }
        };
        net::timeout(patience, wait).await.ok().flatten()
    }

    /// Keeps it until it is time to stop; finishes a fetch that is under way.
    pub async fn run(self: Arc<Self>, around: Arc<Surroundings>, mut stop: net::watch::Receiver<bool>) {
        while !*stop.borrow_and_update() {
            let now = self.client.caller.clock.now();
            let todo = self.keep().todo(now);
            match todo {
                Todo::Rest(until) => {
                    let sleep = Duration::from_secs(until.saturating_sub(now).min(NAP)).max(BLINK);
                    net::select! {
                        () = net::sleep(sleep) => {}
                        () = self.wake.notified() => {}
                        _ = stop.changed() => {}
                    }
                }
                Todo::Look => self.look(&around).await,
                Todo::Renew(want) => self.renew(want, &around).await,
            }
        }
    }

    async fn look(&self, around: &Surroundings) {
        let found = match Tokens::key(&self.client.caller, self.kind) {
            Ok(key) => self.client.tokens.load(&key).await,
            Err(_) => Ok(None),
        };
        let now = self.client.caller.clock.now();
        around.note(Deed::Read, found.as_ref().err());
        if self.keep().looked(found.ok().flatten(), now) {
            self.counts.found.fetch_add(1, Ordering::Relaxed);
            self.changed.send_replace(());
        }
    }

    async fn renew(&self, want: Want, around: &Surroundings) {
        let forced = matches!(want, Want::Instead(_));
        let result = self.client.lease(self.kind, want).await;
        let now = self.client.caller.clock.now();
        match result {
            Ok(leased) => {
                let is_ours = leased.source == Source::Fetched;
                around.note(if is_ours { Deed::Write } else { Deed::Read }, leased.unsaved.as_ref());
                let count = if is_ours { &self.counts.fetched } else { &self.counts.found };
                count.fetch_add(1, Ordering::Relaxed);
                let left = leased.lease.expires_at.saturating_sub(now);
                let forced = if forced && is_ours { Forced::Yes } else { Forced::No };
                self.keep().fetched(leased.lease, forced, now);
                if is_ours {
                    (around.log)(Event::Fetched { app_id: self.app_id.clone(), kind: self.kind, left });
                }
            }
            Err(CallError::Store(error)) => {
                around.note(Deed::Write, Some(&error));
                self.keep().stranded(&error.to_string(), now);
            }
            Err(error) => {
                self.counts.failed.fetch_add(1, Ordering::Relaxed);
                let trouble = self.fail(&error, now);
                (around.log)(Event::Failed { app_id: self.app_id.clone(), kind: self.kind, trouble });
            }
        }
        self.changed.send_replace(());
    }

    fn fail(&self, error: &CallError, now: u64) -> Option<Trouble> {
        let mut keep = self.keep();
        keep.failed(failure(error, now), now, self.client.caller.clock.dice());
        keep.trouble().cloned()
    }
}
