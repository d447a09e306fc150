//! One lease as a server keeps it: what to hand out, when to look into the store,
//! when to fetch. Pure: the second and the dice come in as values, what happened
//! comes in as a call, and what to do next goes out as a [`Todo`].

use std::collections::VecDeque;

use super::pause::{Pause, pause};
use crate::client::lease::{Next, Others, Want, decide, renew_at};
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

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    const LIFE: u64 = 7200;

    fn lease(value: &str, at: u64, life: u64) -> Lease {
        Lease { value: Secret::new(value), fetched_at: at, expires_at: at + life }
    }

    fn refused(code: &str, at: u64) -> Failed {
        Failed { code: code.into(), text: String::new(), at }
    }

    fn keeping(care: Care) -> Keep {
        let mut keep = Keep::new(LeaseKind::Token, care, 1000);
        keep.fetched(lease("t1", 0, LIFE), Forced::No, 0);
        keep.looked(None, 0);
        keep
    }

    #[test]
    fn it_renews_before_the_last_five_minutes() {
        let mut keep = keeping(Care::Always);
        for now in [1, 3600, 6539] {
            assert_eq!(keep.todo(now), Todo::Look, "{now}");
            keep.looked(None, now);
            assert_eq!(keep.todo(now), Todo::Rest(now + 1), "{now}");
        }
        // 300 seconds, and 360 by these dice.
        assert_eq!(keep.todo(6540), Todo::Renew(Want::After(Secret::new("t1"))));
        assert_eq!(keep.serve(6540).map(|lease| lease.value.expose()), Some("t1"));
        assert_eq!(keep.serve(LIFE), None);
        assert_eq!(keep.todo(LIFE), Todo::Renew(Want::Fresh));
    }

    #[test]
    fn what_nobody_asks_for_is_let_go() {
        let mut keep = keeping(Care::WhenAsked);
        assert_eq!(keep.todo(7000), Todo::Look);
        assert_eq!(keep.todo(LIFE), Todo::Rest(u64::MAX));
        assert!(keep.ask() && !keep.ask(), "the first is told to the keeper");
        assert_eq!(keep.todo(LIFE), Todo::Renew(Want::Fresh));
    }

    #[test]
    fn only_the_first_who_complains_causes_a_fetch() {
        let (mut keep, dead) = (keeping(Care::Always), Secret::new("t1"));
        assert_eq!(keep.rotate(Some(&dead), 100), Rotation::Wait);
        assert_eq!(keep.todo(100), Todo::Renew(Want::Instead(dead.clone())));
        assert_eq!(keep.rotate(Some(&dead), 100), Rotation::Wait);
        keep.fetched(lease("t2", 100, LIFE), Forced::Yes, 100);
        assert_eq!(keep.rotate(Some(&dead), 101), Rotation::Newer(lease("t2", 100, LIFE)));
        assert_eq!(keep.rotate(Some(&Secret::new("t2")), 101), Rotation::Soon(29));
        assert_eq!(keep.rotate(Some(&Secret::new("t2")), 130), Rotation::Wait);
    }

    #[test]
    fn the_token_before_never_comes_back() {
        let mut keep = keeping(Care::Always);
        keep.fetched(lease("t2", 100, LIFE), Forced::No, 100);
        assert!(!keep.looked(Some(lease("t1", 0, LIFE)), 101), "a store that could not be written");
        assert!(keep.looked(Some(lease("t3", 102, LIFE)), 102));
        assert_eq!(keep.serve(102).map(|lease| lease.value.expose()), Some("t3"));
    }

    #[test]
    fn a_stop_ends_when_a_person_asks() {
        let mut keep = keeping(Care::Always);
        let dead = Secret::new("t1");
        keep.rotate(Some(&dead), 100);
        keep.failed(refused("40125", 100), 100, 0);
        assert!(matches!(keep.todo(6000), Todo::Look | Todo::Rest(_)), "stopped");
        assert!(keep.serve(6000).is_some(), "and serving");
        assert!(matches!(keep.rotate(None, 159), Rotation::Paused(_)));
        assert_eq!(keep.rotate(None, 160), Rotation::Wait);
        assert_eq!(keep.todo(160), Todo::Renew(Want::Instead(dead)));
    }

    #[test]
    fn twenty_stable_tokens_are_forced_a_day() {
        let mut keep = Keep::new(LeaseKind::StableToken, Care::Always, 0);
        keep.fetched(lease("s0", 0, LIFE), Forced::No, 0);
        for n in 1..=20 {
            assert_eq!(keep.rotate(None, n * 30), Rotation::Wait, "{n}");
            keep.fetched(lease(&format!("s{n}"), n * 30, LIFE), Forced::Yes, n * 30);
            assert!(matches!(keep.rotate(None, n * 30 + 29), Rotation::Soon(_)));
        }
        assert_eq!(keep.rotate(None, 1000), Rotation::Soon(30 + DAY - 1000));
    }

    #[test]
    fn a_pause_ends_at_its_second_and_none_outlasts_a_day() {
        let mut keep = keeping(Care::Always);
        keep.failed(refused("-1", 100), 100, 0);
        assert!(keep.paused(100).is_some() && keep.paused(101).is_none(), "a second");
        // A clock that was set back by more than a day.
        let mut keep = keeping(Care::Always);
        keep.failed(refused("-1", 10 * DAY), 10 * DAY, 0);
        assert!(keep.paused(9 * DAY + 1).is_some() && keep.paused(9 * DAY).is_none());
    }

    #[test]
    fn what_failed_is_known_until_it_is_replaced() {
        let (mut keep, is) =
            (keeping(Care::Always), |value: &'static str| move |known: &Secret| known.expose() == value);
        assert!(!keep.is_rotating());
        keep.rotate(Some(&Secret::new("t1")), 100);
        assert!(keep.is_rotating());
        keep.fetched(lease("t2", 100, LIFE), Forced::No, 100);
        assert!(!keep.is_rotating());
        assert!(keep.knows(is("t1")) && keep.knows(is("t2")) && !keep.knows(is("t3")));
        assert_eq!((keep.soonest(101), keep.soonest(129), keep.soonest(500)), (29, 1, 1));
    }

    #[test]
    fn a_store_that_is_away_pauses_for_a_second() {
        let mut keep = keeping(Care::Always);
        keep.failed(refused("-1", 6600), 6600, 0);
        keep.failed(refused("-1", 6601), 6601, 0);
        keep.stranded("away", 6700);
        let trouble = keep.paused(6700).unwrap();
        assert_eq!((trouble.until, trouble.row, trouble.failed.text.as_str()), (Some(6701), 0, "away"));
        assert_eq!(keep.paused(6701), None);
        // What WeChat does next counts from the beginning.
        keep.failed(refused("-1", 6701), 6701, 0);
        assert_eq!(keep.trouble().map(|trouble| trouble.row), Some(1));
    }

    #[test]
    fn who_comes_for_nothing_gets_it_fetched_again() {
        let mut keep = Keep::new(LeaseKind::Token, Care::WhenAsked, 0);
        assert_eq!(keep.todo(100), Todo::Rest(u64::MAX));
        assert_eq!(keep.rotate(None, 100), Rotation::Wait);
        assert_eq!(keep.todo(100), Todo::Renew(Want::Fresh), "a complaint is a question too");
        keep.failed(refused("40125", 100), 100, 0);
        assert!(matches!(keep.rotate(None, 159), Rotation::Paused(_)));
        assert_eq!(keep.rotate(None, 160), Rotation::Wait, "tried again a minute later");
    }

    #[test]
    fn a_clock_set_back_looks_at_once() {
        let mut keep = keeping(Care::Always);
        keep.looked(None, 5000);
        assert_eq!(keep.todo(3000), Todo::Rest(3001));
        assert!(!keep.looked(Some(lease("t3", 0, 100)), 3000), "a dead one is not taken");
        keep.rotate(Some(&Secret::new("t1")), 3000);
        assert!(!keep.looked(Some(lease("t1", 2999, LIFE)), 3000), "nor the one that failed");
    }

    #[test]
    fn a_platform_that_repeats_itself_is_not_hammered() {
        let mut keep = keeping(Care::Always);
        keep.fetched(lease("t1", 6900, 300), Forced::No, 6900);
        keep.looked(None, 6900);
        assert_eq!(keep.todo(6914), Todo::Look);
        assert_eq!(keep.todo(6915), Todo::Renew(Want::After(Secret::new("t1"))));
    }

    /// One thing that happens to some servers, their store and WeChat.
    #[derive(Debug, Clone, Copy)]
    enum Happens {
        Pass(u64),
        Act(usize),
        Done(usize),
        Refused(usize, &'static str),
        Complain(usize),
        Killed(usize),
        StoreLost,
    }

    fn happens() -> impl Strategy<Value = Happens> {
        let server = || 0usize..3;
        let codes = prop_oneof![Just("-1"), Just(""), Just("45009"), Just("40125")];
        prop_oneof![
            4 => (0u64..400).prop_map(Happens::Pass),
            1 => (6000u64..8000).prop_map(Happens::Pass),
            8 => server().prop_map(Happens::Act),
            6 => server().prop_map(Happens::Done),
            1 => (server(), codes).prop_map(|(server, code)| Happens::Refused(server, code)),
            2 => server().prop_map(Happens::Complain),
            1 => server().prop_map(Happens::Killed),
            1 => Just(Happens::StoreLost),
        ]
    }

    /// Three servers as their keepers drive them, one store with its lock, and a
    /// WeChat whose every fetch gives a new token.
    struct World {
        now: u64,
        life: u64,
        servers: Vec<Keep>,
        store: Option<Lease>,
        /// Who holds the lock and fetches, and what for.
        fetching: Option<(usize, Want)>,
        fetched: u64,
        complained: Vec<Secret>,
        /// Tokens replaced because they failed.
        replaced: Vec<Secret>,
    }

    impl World {
        fn new(life: u64) -> Self {
            let server = |dice| Keep::new(LeaseKind::Token, Care::Always, dice);
            Self {
                now: 1_000_000,
                life,
                servers: [0, 500, 1000].map(server).into(),
                store: None,
                fetching: None,
                fetched: 0,
                complained: Vec::new(),
                replaced: Vec::new(),
            }
        }

        /// As `Tokens` does it: the store first, then the lock, then WeChat.
        fn act(&mut self, at: usize) -> Result<(), TestCaseError> {
            if self.fetching.as_ref().is_some_and(|(holder, _)| *holder == at) {
                return Ok(());
            }
            match self.servers[at].todo(self.now) {
                Todo::Rest(until) => prop_assert!(until > self.now),
                Todo::Look => drop(self.servers[at].looked(self.store.clone(), self.now)),
                Todo::Renew(want) => {
                    let unwanted = match &want {
                        Want::Instead(value) | Want::After(value) => Some(value.clone()),
                        _ => None,
                    };
                    let others = if self.fetching.is_some() { Others::Fetching } else { Others::Idle };
                    let there = self.store.clone().filter(|lease| Some(&lease.value) != unwanted.as_ref());
                    if decide(there.as_ref(), self.now, others) == Next::Use {
                        self.servers[at].fetched(there.expect("it is used"), Forced::No, self.now);
                    } else if self.fetching.is_none() {
                        self.justified(&want)?;
                        self.fetching = Some((at, want));
                    }
                }
            }
            Ok(())
        }

        /// No fetch without need: what is stored is dead, or near its end, or failed.
        fn justified(&self, want: &Want) -> Result<(), TestCaseError> {
            let Some(stored) = &self.store else { return Ok(()) };
            let left = stored.expires_at.saturating_sub(self.now);
            let near_its_end = left <= (self.life / 4).min(300) + (self.life / 20).min(360);
            let failed =
                self.complained.contains(&stored.value) && *want == Want::Instead(stored.value.clone());
            prop_assert!(near_its_end || failed, "{left} of {} seconds left", self.life);
            Ok(())
        }

        fn done(&mut self, at: usize) -> Result<(), TestCaseError> {
            let Some((_, want)) = self.fetching.take_if(|(holder, _)| *holder == at) else { return Ok(()) };
            self.fetched += 1;
            let new = lease(&format!("t{}", self.fetched), self.now, self.life);
            // A server that comes late finds another token there, near its end by then.
            let is_there = |dead: &Secret| self.store.as_ref().is_some_and(|lease| lease.value == *dead);
            if let Want::Instead(dead) = want
                && is_there(&dead)
            {
                prop_assert!(!self.replaced.contains(&dead), "replaced twice");
                self.replaced.push(dead);
            }
            self.store = Some(new.clone());
            self.servers[at].fetched(new, Forced::No, self.now);
            Ok(())
        }

        fn step(&mut self, happens: Happens) -> Result<(), TestCaseError> {
            match happens {
                Happens::Pass(seconds) => self.now += seconds,
                Happens::Act(at) => self.act(at)?,
                Happens::Done(at) => self.done(at)?,
                Happens::Refused(at, code) => {
                    if self.fetching.take_if(|(holder, _)| *holder == at).is_some() {
                        self.servers[at].failed(refused(code, self.now), self.now, 500);
                    }
                }
                Happens::Complain(at) => {
                    if let Some(lease) = self.servers[at].serve(self.now).cloned() {
                        self.servers[at].rotate(Some(&lease.value), self.now);
                        self.complained.push(lease.value);
                    }
                }
                Happens::Killed(at) => {
                    self.fetching.take_if(|(holder, _)| *holder == at);
                    self.servers[at] = Keep::new(LeaseKind::Token, Care::Always, 250);
                }
                Happens::StoreLost => self.servers[0].stranded("away", self.now),
            }
            Ok(())
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]
        #[test]
        fn no_history_makes_it_fetch_without_need_or_serve_the_dead(
            life in prop_oneof![Just(LIFE), 8u64..LIFE],
            history in vec(happens(), 1..150),
        ) {
            let mut world = World::new(life);
            for happens in history {
                world.step(happens)?;
                for server in &world.servers {
                    if let Some(lease) = server.serve(world.now) {
                        prop_assert!(lease.expires_at > world.now && lease.fetched_at <= world.now);
                    }
                }
            }
        }

        #[test]
        fn left_alone_it_fetches_once_in_a_period(life in 100u64..LIFE, dice in 0u16..=1000, periods in 1u64..6) {
            let mut world = World::new(life);
            world.servers = vec![Keep::new(LeaseKind::Token, Care::Always, dice)];
            let period = life - (life / 4).min(300) - (life / 20).min(360) * u64::from(dice) / 1000;
            let end = world.now + period * periods;
            while world.now < end {
                world.act(0)?;
                world.done(0)?;
                prop_assert!(world.servers[0].serve(world.now).is_some());
                world.now += 1;
            }
            prop_assert_eq!(world.fetched, periods);
        }
    }
}
