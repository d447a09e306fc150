//! One lease as a server keeps it: what to hand out, when to look into the store,
//! when to fetch. Pure: the second and the dice come in as values, what happened
//! comes in as a call, and what to do next goes out as a [`Todo`].

use std::collections::VecDeque;

use super::pause::{Pause, pause};
use crate::client::lease::{Next, Others, decide, renew_at};
use crate::client::tokens::Want;
use crate::sign::Secret;
use crate::store::{Failed, Lease, LeaseKind};

/// How often the store is looked into: others may have put a newer lease there.
const LOOK: u64 = 1;
/// A stopped lease is tried again when a person asks for it, this far apart.
const RETRY_STOPPED: u64 = 60;
/// WeChat forces a new stable token so many times a day, so far apart.
/// <https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken>
const FORCED_A_DAY: usize = 20;
const FORCED_APART: u64 = 30;
const DAY: u64 = 86_400;

/// One lease under care.
#[derive(Debug, Clone)]
pub struct Keep {
    kind: LeaseKind,
    care: Care,
    dice: u16,
    held: Option<Lease>,
    /// The value that `held` took the place of.
    before: Option<Secret>,
    /// What a caller calls dead, while it is still held.
    dead: Option<Secret>,
    trouble: Option<Trouble>,
    /// Somebody came for it since it was fetched.
    asked: bool,
    full_life: u64,
    looked_at: u64,
    /// The platform gave the same one again: not to be asked before this second.
    not_before: u64,
    rotated_at: Option<u64>,
    forced: VecDeque<u64>,
}

/// How much care a lease gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// Kept fresh from the start, whether or not somebody asks.
    Always,
    /// Fetched when first asked for, renewed while it is asked for.
    WhenAsked,
}

/// Why a lease is not renewed now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What happened.
    pub failed: Failed,
    /// When it is tried again; none: not before a person acts.
    pub until: Option<u64>,
    /// How often it failed in a row.
    pub row: u32,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Todo {
    /// Nothing before this second.
    Rest(u64),
    /// See what the store has.
    Look,
    /// Fetch, unless somebody else has fetched.
    Renew(Want),
}

/// What a caller whose token failed is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rotation {
    /// There is another one already.
    Newer(Lease),
    /// It is being fetched.
    Wait,
    /// Too soon after the last time: again after so many seconds.
    Soon(u64),
    /// Fetching is paused.
    Paused(Trouble),
}

impl Keep {
    /// Nothing held yet. `dice`, in thousandths, is this server's own.
    #[must_use]
    pub fn new(kind: LeaseKind, care: Care, dice: u16) -> Self {
        Self {
            kind,
            care,
            dice,
            held: None,
            before: None,
            dead: None,
            trouble: None,
            asked: false,
            full_life: 0,
            looked_at: 0,
            not_before: 0,
            rotated_at: None,
            forced: VecDeque::new(),
        }
    }

    /// What to hand out now; never an expired one.
    #[must_use]
    pub fn serve(&self, now: u64) -> Option<&Lease> {
        self.held.as_ref().filter(|lease| decide(Some(lease), now, Others::Fetching) == Next::Use)
    }

    /// Why it is not renewed, if it is not.
    #[must_use]
    pub const fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    /// Why it is not fetched at this second.
    #[must_use]
    pub fn paused(&self, now: u64) -> Option<Trouble> {
        // A pause is an hour at most; a longer one is from before the clock was set back.
        let still = |until: u64| until > now && until <= now + DAY;
        self.trouble.clone().filter(|trouble| trouble.until.is_none_or(still))
    }

    /// Whether the one that is held is being replaced because it failed.
    #[must_use]
    pub fn is_rotating(&self) -> bool {
        self.held.as_ref().is_some_and(|held| self.dead.as_ref() == Some(&held.value))
    }

    /// How long until a caller may have it replaced again, at least a second.
    #[must_use]
    pub fn soonest(&self, now: u64) -> u64 {
        self.free_at(now).saturating_sub(now).max(1)
    }

    /// Whether this is the value that is held, or the one before.
    #[must_use]
    pub fn knows(&self, is: impl Fn(&Secret) -> bool) -> bool {
        self.held.iter().map(|lease| &lease.value).chain(&self.before).any(is)
    }

    /// Whether it is to be kept fresh.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        self.care == Care::Always || self.asked
    }

    /// Somebody came for it. True the first time, when its keeper must hear of it.
    pub fn ask(&mut self) -> bool {
        !std::mem::replace(&mut self.asked, true)
    }

    /// Somebody says that this value failed; with none, a person wants a new one.
    pub fn rotate(&mut self, failed: Option<&Secret>, now: u64) -> Rotation {
        self.asked = true;
        let Some(held) = self.serve(now).cloned() else {
            self.allow_retry(now);
            return self.paused(now).map_or(Rotation::Wait, Rotation::Paused);
        };
        if failed.is_some_and(|failed| *failed != held.value) {
            return Rotation::Newer(held);
        }
        if self.dead.as_ref() == Some(&held.value) && self.paused(now).is_none() {
            return Rotation::Wait;
        }
        self.allow_retry(now);
        if let Some(trouble) = self.paused(now) {
            return Rotation::Paused(trouble);
        }
        let free_at = self.free_at(now);
        if free_at > now {
            return Rotation::Soon(free_at - now);
        }
        self.rotated_at = Some(now);
        self.dead = Some(held.value);
        Rotation::Wait
    }

    /// What to do at this second.
    #[must_use]
    pub fn todo(&self, now: u64) -> Todo {
        let live = self.serve(now);
        if self.is_wanted() && self.paused(now).is_none() {
            match live {
                None => return Todo::Renew(Want::Fresh),
                Some(held) if self.dead.as_ref() == Some(&held.value) => {
                    return Todo::Renew(Want::Instead(held.value.clone()));
                }
                Some(held) if now >= self.due(held) => return Todo::Renew(Want::After(held.value.clone())),
                Some(_) => {}
            }
        }
        if live.is_none() && !self.is_wanted() {
            return Todo::Rest(u64::MAX);
        }
        // A clock set back must not make it wait for a second that was before.
        let next = self.looked_at.min(now) + LOOK;
        if now >= next { Todo::Look } else { Todo::Rest(next) }
    }

    /// The store was looked into. True if it had a newer lease.
    pub fn looked(&mut self, found: Option<Lease>, now: u64) -> bool {
        self.looked_at = now;
        let Some(found) = found else { return false };
        let is = |value: &Option<Secret>| value.as_ref() == Some(&found.value);
        let is_held = self.held.as_ref().is_some_and(|held| held.value == found.value);
        let is_live = decide(Some(&found), now, Others::Fetching) == Next::Use;
        if is_held || is(&self.before) || is(&self.dead) || !is_live {
            return false;
        }
        self.hold(found);
        true
    }

    /// A lease was fetched, by us or by somebody else just before us.
    pub fn fetched(&mut self, lease: Lease, forced: Forced, now: u64) {
        if forced == Forced::Yes && self.kind == LeaseKind::StableToken {
            self.forced.retain(|at| at + DAY > now);
            self.forced.push_back(now);
        }
        self.asked = false;
        let is_same = self.held.as_ref().is_some_and(|held| held.value == lease.value);
        let left = lease.expires_at.saturating_sub(now);
        self.hold(lease);
        // Not renewed yet: a platform that repeats itself is asked now and then.
        self.not_before = if is_same { now + (left / 20).max(1) } else { 0 };
    }

    /// A fetch failed.
    pub fn failed(&mut self, failed: Failed, now: u64, dice: u16) {
        let row = self.trouble.as_ref().map_or(1, |trouble| trouble.row.saturating_add(1));
        let until = match pause(self.kind, &failed, row, dice) {
            Pause::Stop => None,
            Pause::Seconds(wait) => Some(now + wait),
        };
        self.trouble = Some(Trouble { failed, until, row });
    }

    /// The store could not be used: nothing is fetched without it.
    pub fn stranded(&mut self, why: &str, now: u64) {
        let failed = Failed { code: String::new(), text: why.to_owned(), at: now };
        self.trouble = Some(Trouble { failed, until: Some(now + 1), row: 0 });
    }

    fn hold(&mut self, lease: Lease) {
        let old = self.held.take().map(|held| held.value).filter(|old| *old != lease.value);
        self.before = old.or_else(|| self.before.take());
        self.full_life = self.full_life.max(lease.expires_at.saturating_sub(lease.fetched_at));
        self.held = Some(lease);
        (self.dead, self.trouble, self.not_before) = (None, None, 0);
    }

    fn due(&self, held: &Lease) -> u64 {
        renew_at(held, self.full_life, self.dice).max(self.not_before)
    }

    fn allow_retry(&mut self, now: u64) {
        if let Some(trouble) = &mut self.trouble
            && trouble.until.is_none()
            && trouble.failed.at + RETRY_STOPPED <= now
        {
            trouble.until = Some(now);
        }
    }

    /// The first second at which a caller may have it replaced again.
    fn free_at(&self, now: u64) -> u64 {
        let apart = (self.full_life / 240).clamp(1, 30);
        let free = self.rotated_at.filter(|at| *at <= now).map_or(0, |at| at + apart);
        if self.kind != LeaseKind::StableToken {
            return free;
        }
        let last = self.forced.back().map_or(0, |at| at + FORCED_APART);
        let today: Vec<u64> = self.forced.iter().copied().filter(|at| at + DAY > now).collect();
        let day = if today.len() < FORCED_A_DAY { 0 } else { today[0] + DAY };
        free.max(last).max(day)
    }
}

/// Whether WeChat was made to give a new one before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forced {
    /// It was.
    Yes,
    /// It was not.
    No,
}
