//! One app of the server: its leases with their keepers, and what becomes of a
//! request that may have one of them. Comes in: what is wanted; goes out: a
//! [`Decision`]. Knows no client and no HTTP.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::around::Surroundings;
use super::event::Event;
use super::keep::{Keep, Rotation};
use super::keeper::Slot;
use super::relay::Passing;
use super::route::{Rotate, What};
use super::show::{No, Style};
use crate::client::caller::Caller;
use crate::client::calls::Client;
use crate::client::clock::Clock;
use crate::net;
use crate::sign::Secret;
use crate::store::{Lease, LeaseKind};
use crate::wire::Reply;

/// Longest wait of a caller for something that is not there yet.
const PATIENCE: Duration = Duration::from_secs(15);

/// One app.
pub struct App {
    /// `wx…`
    pub id: String,
    /// Its AppSecret, which admits an SDK.
    pub secret: Option<Secret>,
    /// Calls WeChat for it.
    pub caller: Caller,
    /// Its clock.
    pub clock: Clock,
    /// Which kind its plain `token` is.
    pub main: LeaseKind,
    /// A lease of each kind.
    pub slots: Vec<Arc<Slot>>,
    /// What it shares with the other apps of its store.
    pub around: Arc<Surroundings>,
    /// Becomes true when its keepers are to end.
    pub leave: net::watch::Sender<bool>,
}

/// What to do about a request.
pub enum Decision {
    /// This is the answer.
    Now(Style, Result<Given, No>),
    /// An answer that is no lease.
    Reply(Reply),
    /// WeChat answers it.
    Pass(Box<Passing>),
    /// A keeper is at it.
    Wait(Style, Waiting),
}

/// A lease for a caller.
pub struct Given {
    /// Of this kind.
    pub kind: LeaseKind,
    /// It.
    pub lease: Lease,
    /// At this second.
    pub now: u64,
}

/// A caller who waits.
pub struct Waiting {
    slot: Arc<Slot>,
    clock: Clock,
    /// The value that it does not want.
    unwanted: Option<Secret>,
}

impl Waiting {
    /// The answer, when there is one.
    pub async fn answer(self) -> Result<Given, No> {
        let answer = |keep: &Keep| self.look(keep);
        self.slot.until(PATIENCE, answer).await.unwrap_or(Err(No::Slow))
    }

    fn look(&self, keep: &Keep) -> Option<Result<Given, No>> {
        let now = self.clock.now();
        let held = keep.serve(now);
        if let Some(lease) = held.filter(|lease| Some(&lease.value) != self.unwanted.as_ref()) {
            return Some(Ok(Given { kind: self.slot.kind, lease: lease.clone(), now }));
        }
        if let Some(trouble) = keep.paused(now) {
            return Some(Err(No::Paused(trouble)));
        }
        // It was asked, and WeChat gave the same one again.
        (held.is_some() && !keep.is_rotating()).then_some(Err(No::Soon(keep.soonest(now))))
    }
}

impl App {
    /// An app that nobody keeps yet; none without an app id.
    pub fn new(client: &Client, around: Arc<Surroundings>) -> Option<Self> {
        let id = client.caller.keys.app_id.clone()?;
        let slot = |kind| Arc::new(Slot::new(&id, client.clone(), kind));
        Some(Self {
            secret: client.caller.keys.app_secret.clone(),
            caller: client.caller.clone(),
            clock: client.caller.clock.clone(),
            main: client.tokens.kind,
            slots: LeaseKind::ALL.into_iter().map(slot).collect(),
            around,
            leave: net::watch::Sender::new(false),
            id,
        })
    }

    /// Whether this client is the same account at the same place: then what is
    /// held stays good.
    pub fn is_of(&self, client: &Client) -> bool {
        let (caller, tokens) = (&client.caller, &client.tokens);
        caller.keys.app_id.as_ref() == Some(&self.id)
            && caller.keys.app_secret == self.secret
            && caller.base == self.caller.base
            && tokens.kind == self.main
            && self.around.are_of(&*tokens.store)
    }

    /// Ends its keepers, each after the fetch that is under way.
    pub fn leave(&self) {
        self.leave.send_replace(true);
    }

    /// Decides about a request of somebody who may have the lease.
    pub fn decide(&self, style: Style, who: &str, what: What, rotate: Rotate) -> Decision {
        let kind = match what {
            What::Token => self.main,
            What::Kind(kind) => kind,
        };
        let Some(slot) = self.slots.iter().find(|slot| slot.kind == kind) else {
            return Decision::Now(style, Err(No::NotFound));
        };
        let now = self.clock.now();
        let given = |lease| Decision::Now(style, Ok(Given { kind, lease, now }));
        let wait = |unwanted| {
            let waiting = Waiting { slot: Arc::clone(slot), clock: self.clock.clone(), unwanted };
            Decision::Wait(style, waiting)
        };
        let failed = match rotate {
            Rotate::Keep => {
                return slot.serve(now).map_or_else(|| wait(None), given);
            }
            Rotate::Failed(failed) => Some(failed),
            Rotate::Anyway => None,
        };
        slot.counts.rotated.fetch_add(1, Ordering::Relaxed);
        let mut keep = slot.keep();
        let was_rotating = keep.is_rotating();
        let unwanted = failed.clone().or_else(|| keep.serve(now).map(|lease| lease.value.clone()));
        match keep.rotate(failed.as_ref(), now) {
            Rotation::Newer(lease) => given(lease),
            Rotation::Soon(seconds) => Decision::Now(style, Err(No::Soon(seconds))),
            Rotation::Paused(trouble) => Decision::Now(style, Err(No::Paused(trouble))),
            Rotation::Wait => {
                drop(keep);
                slot.wake();
                if !was_rotating {
                    let (app_id, by) = (self.id.clone(), who.to_owned());
                    (self.around.log)(Event::Rotated { app_id, kind, by });
                }
                wait(unwanted)
            }
        }
    }
}
