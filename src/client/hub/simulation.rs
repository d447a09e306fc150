//! Token servers, their clients, one store and WeChat as values under one seed: time,
//! kills, stalls, cut lines, a store that is away, only read or empty, a platform
//! that refuses or loses its replies, clocks that jump. The decisions are the real
//! ones (`keep`, `pause`, `lease`); what carries them (tasks, sockets, Redis) is
//! played. Nobody may fetch without need, and nobody hand out what WeChat has ended.
//!
//! `WXKIT_SIMULATION_STEPS=20000000 cargo test --lib simulation` runs it long; `WXKIT_SIMULATION_SEED=N` repeats one seed.

use std::collections::BTreeSet;
use std::io::Write as _;

use super::keep::{Care, Forced, Keep, Rotation, Todo};
use crate::client::lease::{Next, Others, Want, decide};
use crate::sign::Secret;
use crate::store::{Failed, Lease, LeaseKind};

/// Seconds of one seed.
const SPAN: u64 = 20_000;
/// Steps of an ordinary run: a second or two.
const USUAL: u64 = 1_000_000;
/// WeChat keeps the token before alive so long.
const OVERLAP: u64 = 300;
/// A lock that nobody extends is free after this time, as in `store/redis.rs`.
const LOCK: u64 = 10;
/// Who looks every second has seen by then what stands in the store, fetches of its own
/// that hang for half a minute included.
const NOTICED: u64 = 120;
/// Longest pause is an hour; after so long without trouble everybody serves again.
const HEALED: u64 = 4_000;
/// A complaint in peace is heard by then.
const HEARD: u64 = 60;

#[test]
fn many_servers_never_fetch_without_need_nor_hand_out_the_dead() {
    // Read when it is built: nothing here looks at the environment of a run.
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<u64>().ok());
    let steps = number(option_env!("WXKIT_SIMULATION_STEPS"));
    let seeds = match number(option_env!("WXKIT_SIMULATION_SEED")) {
        Some(seed) => seed..seed + 1,
        None => 0..steps.unwrap_or(USUAL).div_ceil(SPAN),
    };
    let mut total = Figures::default();
    for seed in seeds.clone() {
        match play(seed) {
            Ok(figures) => total.add(&figures),
            Err(what) => {
                panic!("{what}\nto repeat: WXKIT_SIMULATION_SEED={seed} cargo test --lib simulation")
            }
        }
    }
    assert!(total.fetches > 0 && total.used > total.fetches && total.troubles > 0, "{total:?}");
    if steps.is_some() {
        writeln!(std::io::stdout(), "{} steps: {total:?}", (seeds.end - seeds.start) * SPAN).unwrap();
    }
}

/// One seed, to its end or to the first thing that must not be.
fn play(seed: u64) -> Result<Figures, String> {
    let mut world = World::new(seed);
    for second in 0..SPAN {
        world.step().map_err(|what| format!("after {second} s: {what}"))?;
    }
    Ok(world.figures)
}

#[derive(Debug, Default)]
struct Figures {
    /// Tokens that WeChat gave out.
    fetches: u64,
    /// Early ones, each with its need.
    needed: u64,
    /// Tokens handed to clients.
    used: u64,
    /// Handed out although dead, each with its excuse.
    excused: u64,
    troubles: u64,
}

impl Figures {
    fn add(&mut self, other: &Self) {
        self.fetches += other.fetches;
        self.needed += other.needed;
        self.used += other.used;
        self.excused += other.excused;
        self.troubles += other.troubles;
    }
}

/// SplitMix64: the same everywhere, for ever.
struct Dice(u64);

impl Dice {
    const fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    const fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }

    /// Once in so many times.
    const fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[usize::try_from(self.below(list.len() as u64)).unwrap()]
    }
}

struct World {
    dice: Dice,
    kind: LeaseKind,
    now: u64,
    /// Seconds between two troubles, on average.
    calm: u64,
    wechat: WeChat,
    store: Shared,
    servers: Vec<Server>,
    /// What clients have called dead.
    complained: BTreeSet<String>,
    /// Why WeChat's newest token may have been lost to everybody.
    lost: Option<&'static str>,
    /// Leases with times of a clock that was wrong may be around until then.
    clocks_wrong_until: u64,
    last_trouble: u64,
    figures: Figures,
}

/// The platform: every token with the second at which it ends.
struct WeChat {
    life: u64,
    issued: Vec<(u64, u64)>,
    /// Until then it refuses, loses replies, or cannot be reached.
    troubled_until: u64,
}

#[derive(Default)]
struct Shared {
    lease: Option<(u64, Lease)>,
    fence: u64,
    lock: Option<Lock>,
    failed: Option<Failed>,
    away_until: u64,
    read_only_until: u64,
    /// Since when it has WeChat's newest.
    newest_since: Option<u64>,
}

struct Lock {
    fence: u64,
    ends: u64,
}

struct Server {
    keep: Keep,
    dice: u16,
    /// What its clock is ahead.
    ahead: i64,
    /// Dead or asleep until then; a dead one starts anew.
    gone_until: u64,
    cut_until: u64,
    /// Since when it could read the store whenever it looked.
    sees_since: u64,
    /// The latest lease it has seen in the store, which it puts back.
    seen: Option<(u64, Lease)>,
    job: Job,
    /// What a client called dead, to be replaced, and when.
    heard: Option<(Secret, u64)>,
}

enum Job {
    Idle,
    /// As `Tokens::wait`.
    Waiting {
        want: Want,
        began: u64,
        waited: u64,
    },
    Fetching(Fetch),
}

/// A call that is on its way, under a lock.
struct Fetch {
    want: Want,
    fence: u64,
    asked_at: u64,
    arrives: u64,
    returns: u64,
    fate: Fate,
    given: Option<(String, u64)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Works,
    Unreachable,
    ReplyLost,
    Refused(&'static str),
}

/// The store cannot be used.
struct Away;

impl World {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let kind = if dice.once_in(3) { LeaseKind::StableToken } else { LeaseKind::Token };
        let life = if dice.once_in(4) { 1_800 + dice.below(5_400) } else { 7_200 };
        let (now, count) = (1_700_000_000, 1 + dice.below(6));
        let calm = dice.of(&[20, 200, 2_000, 20_000]);
        let servers = (0..count).map(|_| Server::new(kind, &mut dice, now)).collect();
        Self {
            dice,
            kind,
            now,
            calm,
            wechat: WeChat { life, issued: Vec::new(), troubled_until: 0 },
            store: Shared::default(),
            servers,
            complained: BTreeSet::new(),
            lost: None,
            clocks_wrong_until: 0,
            last_trouble: now,
            figures: Figures::default(),
        }
    }

    /// One second.
    fn step(&mut self) -> Result<(), String> {
        self.now += 1;
        if self.dice.once_in(self.calm) {
            self.trouble();
        }
        for at in 0..self.servers.len() {
            self.serve_on(at)?;
        }
        let newest = self.wechat.newest();
        let has = self
            .store
            .lease
            .as_ref()
            .is_some_and(|(_, lease)| Some(lease.value.expose()) == newest.as_deref());
        self.store.newest_since = has.then(|| self.store.newest_since.unwrap_or(self.now));
        for at in 0..self.servers.len() {
            self.client_of(at)?;
        }
        Ok(())
    }

    /// Something that happens in life.
    fn trouble(&mut self) {
        self.figures.troubles += 1;
        let long = self.dice.of(&[3, 30, 300, 900]);
        let until = self.now + 1 + self.dice.below(long);
        self.last_trouble = self.last_trouble.max(until);
        let at = usize::try_from(self.dice.below(self.servers.len() as u64)).unwrap();
        let server = &mut self.servers[at];
        match self.dice.below(13) {
            0 => {
                if matches!(server.job, Job::Fetching(_)) {
                    self.lost = Some("its fetcher was killed");
                }
                *server = Server { gone_until: until, ..Server::new(self.kind, &mut self.dice, self.now) };
            }
            1 => server.gone_until = until,
            2 => server.cut_until = until,
            3 => self.store.away_until = until,
            4 => self.store.read_only_until = until,
            5 => {
                self.store = Shared { away_until: self.store.away_until, ..Shared::default() };
                self.lost = Some("the store lost everything");
            }
            6 => {
                server.ahead = self.dice.of(&[-40_000, -600, -7, 7, 600, 40_000]);
                self.clocks_wrong_until = u64::MAX;
            }
            7 => self.wechat.troubled_until = until,
            // Long enough that somebody has to renew in it.
            10..13 => {
                self.wechat.troubled_until = until + 4_000;
                self.last_trouble = self.last_trouble.max(until + 4_000);
            }
            // Somebody else fetches with the same secret.
            8 if self.kind == LeaseKind::Token => drop(self.wechat.give(self.now, Forced::Yes)),
            _ => self.set_clocks_right(),
        }
    }

    fn set_clocks_right(&mut self) {
        if self.clocks_wrong_until == u64::MAX {
            self.clocks_wrong_until = self.now + 50_000;
            self.servers.iter_mut().for_each(|server| server.ahead = server.ahead.clamp(-2, 2));
        }
    }

    const fn are_clocks_wrong(&self) -> bool {
        self.now < self.clocks_wrong_until
    }

    /// What the keeper of one server does within a second.
    fn serve_on(&mut self, at: usize) -> Result<(), String> {
        let server = &mut self.servers[at];
        if server.gone_until > self.now {
            server.sees_since = self.now;
            return Ok(());
        }
        if let Err(Away) = self.can_read(at) {
            self.servers[at].sees_since = self.now;
        }
        // Looks, decides to renew, finds or locks: each in no time.
        for _ in 0..3 {
            match std::mem::replace(&mut self.servers[at].job, Job::Idle) {
                Job::Idle => match self.decided(at)? {
                    Some(want) => {
                        let began = self.local(at);
                        self.servers[at].job = Job::Waiting { want, began, waited: 0 };
                    }
                    None => return Ok(()),
                },
                Job::Waiting { want, began, waited } => {
                    self.wait(at, want, began, waited);
                    return Ok(());
                }
                Job::Fetching(fetch) => return self.go_on(at, fetch),
            }
        }
        Ok(())
    }

    fn decided(&mut self, at: usize) -> Result<Option<Want>, String> {
        let now = self.local(at);
        match self.servers[at].keep.todo(now) {
            Todo::Rest(until) if until <= now => {
                Err(format!("server {at} rests until {until}, and it is {now}"))
            }
            Todo::Rest(_) => Ok(None),
            Todo::Look => {
                let found = self.load(at).unwrap_or(None);
                self.servers[at].keep.looked(found, now);
                Ok(None)
            }
            Todo::Renew(want) => Ok(Some(want)),
        }
    }

    /// One look of `Tokens::wait`: the store, the lock, the store again.
    fn wait(&mut self, at: usize, want: Want, began: u64, waited: u64) {
        let now = self.local(at);
        match self.try_once(at, &want, began, waited) {
            Ok(Tried::Found(lease)) => self.servers[at].keep.fetched(lease, Forced::No, now),
            Ok(Tried::Failed(failed)) => {
                let dice = self.servers[at].dice;
                self.servers[at].keep.failed(failed, now, dice);
            }
            Ok(Tried::Begun(fetch)) => self.servers[at].job = Job::Fetching(fetch),
            Ok(Tried::Nothing) if waited < 40 => {
                self.servers[at].job = Job::Waiting { want, began, waited: waited + 1 };
            }
            Ok(Tried::Nothing) | Err(Away) => self.servers[at].keep.stranded("away", now),
        }
    }

    fn try_once(&mut self, at: usize, want: &Want, began: u64, waited: u64) -> Result<Tried, Away> {
        if let Some(lease) = self.stored(at, want, Others::Idle)? {
            return Ok(Tried::Found(lease));
        }
        self.can_read(at)?;
        if self.store.lock.as_ref().is_some_and(|lock| lock.ends > self.now) {
            return Ok(self.stored(at, want, Others::Fetching)?.map_or(Tried::Nothing, Tried::Found));
        }
        if self.store.read_only_until > self.now {
            return Err(Away);
        }
        if waited > 0
            && let Some(failed) = self.store.failed.clone().filter(|failed| failed.at >= began)
        {
            return Ok(Tried::Failed(failed));
        }
        self.store.fence += 1;
        let fence = self.store.fence.max(self.now);
        (self.store.fence, self.store.lock) = (fence, Some(Lock { fence, ends: self.now + LOCK }));
        let (fate, slow) = self.fate();
        let arrives = self.now + self.dice.below(slow);
        let returns = arrives + self.dice.below(slow);
        let asked_at = self.local(at);
        Ok(Tried::Begun(Fetch { want: want.clone(), fence, asked_at, arrives, returns, fate, given: None }))
    }

    fn fate(&mut self) -> (Fate, u64) {
        if self.wechat.troubled_until <= self.now {
            return (Fate::Works, 2);
        }
        let codes = ["-1", "45009", "45011", "40164", "40125", "40001"];
        let refused = Fate::Refused(self.dice.of(&codes));
        (self.dice.of(&[Fate::Works, Fate::Unreachable, Fate::ReplyLost, refused]), 15)
    }

    /// A fetch goes on: WeChat gets it, its reply comes back, the lock lives.
    fn go_on(&mut self, at: usize, mut fetch: Fetch) -> Result<(), String> {
        let is_ours = self.beat(at, fetch.fence);
        if self.now >= fetch.arrives
            && fetch.given.is_none()
            && matches!(fetch.fate, Fate::Works | Fate::ReplyLost)
        {
            self.is_needed(at, &fetch.want)?;
            self.figures.fetches += 1;
            let forced = if matches!(fetch.want, Want::Instead(_)) { Forced::Yes } else { Forced::No };
            let forced = if self.kind == LeaseKind::Token { Forced::Yes } else { forced };
            fetch.given = Some(self.wechat.give(self.now, forced));
            self.lost = None;
        }
        if !is_ours {
            self.lost = Some("its lock ended");
        }
        if self.now < fetch.returns {
            self.servers[at].job = Job::Fetching(fetch);
            return Ok(());
        }
        self.came_back(at, fetch);
        Ok(())
    }

    fn came_back(&mut self, at: usize, fetch: Fetch) {
        let now = self.local(at);
        let is_ours = self.beat(at, fetch.fence);
        let can_write = self.can_read(at).is_ok() && self.store.read_only_until <= self.now && is_ours;
        if is_ours {
            self.store.lock = None;
        }
        let server = &mut self.servers[at];
        let Some((value, left)) = fetch.given.filter(|_| fetch.fate == Fate::Works) else {
            if fetch.fate == Fate::ReplyLost {
                self.lost = Some("its reply was lost");
            }
            let code = if let Fate::Refused(code) = fetch.fate { code } else { "" };
            let failed = Failed { code: code.into(), text: String::new(), at: now };
            if can_write {
                self.store.failed = Some(failed.clone());
            }
            return server.keep.failed(failed, now, server.dice);
        };
        let lease = Lease {
            value: Secret::new(value),
            fetched_at: fetch.asked_at,
            expires_at: fetch.asked_at + left,
        };
        if self.store.fence > fetch.fence {
            // Overtaken: it looks again what the other one has put there.
            self.lost = Some("it was overtaken");
            server.job = Job::Waiting { want: fetch.want, began: now, waited: 0 };
            return;
        }
        if can_write {
            (self.store.lease, self.store.failed) = (Some((fetch.fence, lease.clone())), None);
            server.seen = Some((fetch.fence, lease.clone()));
        } else {
            self.lost = Some("it could not be saved");
        }
        let forced = if matches!(fetch.want, Want::Instead(_)) { Forced::Yes } else { Forced::No };
        server.keep.fetched(lease, forced, now);
    }

    /// No fetch without need: the newest nears its end, failed, or is nobody's.
    fn is_needed(&mut self, at: usize, want: &Want) -> Result<(), String> {
        let Some((since, _)) = self.wechat.issued.last() else { return Ok(()) };
        let life = self.wechat.life;
        let margin = (life / 4).min(300) + (life / 20).min(360) + 10;
        let stored = self.store.lease.as_ref().map(|(_, lease)| lease);
        // Of somebody else's fetch nobody here knows.
        let ends = stored.map_or(since + life, |lease| lease.expires_at.min(since + life));
        let is_old = self.now + margin >= ends;
        let in_store = stored.map(|lease| lease.value.expose());
        let failed = matches!(want, Want::Instead(value)
            if self.complained.contains(value.expose()) && in_store.is_none_or(|held| held == value.expose()));
        let asks_again = self.kind == LeaseKind::StableToken && !matches!(want, Want::Instead(_));
        if is_old || asks_again {
            return Ok(());
        }
        self.figures.needed += 1;
        if failed || in_store.is_none() || self.lost.is_some() || self.are_clocks_wrong() {
            return Ok(());
        }
        Err(format!(
            "server {at} fetches {want:?} {} s after the last, of a life of {life}",
            self.now - since
        ))
    }

    /// A client takes what is handed out, and asks WeChat for something with it.
    fn client_of(&mut self, at: usize) -> Result<(), String> {
        if self.servers[at].gone_until > self.now || !self.dice.once_in(3) {
            return Ok(());
        }
        let now = self.local(at);
        self.servers[at].keep.ask();
        let Some(lease) = self.servers[at].keep.serve(now).cloned() else {
            return self.without(at, now);
        };
        self.figures.used += 1;
        let is_dead = self.wechat.ends(lease.value.expose()) + 5 < self.now;
        if is_dead {
            self.figures.excused += 1;
            self.is_excused(at, lease.value.expose())?;
        }
        // Now and then a client complains about one that is good.
        if is_dead && self.dice.once_in(2) || self.dice.once_in(20_000) {
            return self.complain(at, &lease.value, now);
        }
        Ok(())
    }

    fn complain(&mut self, at: usize, value: &Secret, now: u64) -> Result<(), String> {
        match self.servers[at].keep.rotate(Some(value), now) {
            Rotation::Wait => {
                self.complained.insert(value.expose().to_owned());
                let heard = self.servers[at].heard.take().filter(|(other, _)| other == value);
                let (_, since) = heard.clone().unwrap_or((value.clone(), self.now));
                self.servers[at].heard = heard.or_else(|| Some((value.clone(), self.now)));
                if since + HEARD < self.now && self.last_trouble < since && !self.are_clocks_wrong() {
                    return Err(format!(
                        "server {at} was told {} s ago that a token is dead",
                        self.now - since
                    ));
                }
            }
            Rotation::Newer(lease) if lease.value == *value => {
                return Err(format!("server {at} calls the dead one newer"));
            }
            _ => {}
        }
        Ok(())
    }

    /// Nothing to hand out: after long peace that must not be.
    fn without(&mut self, at: usize, now: u64) -> Result<(), String> {
        let is_peace = self.now > self.last_trouble + HEALED && !self.are_clocks_wrong();
        if is_peace {
            return Err(format!("server {at} has nothing: {:?}", self.servers[at].keep.trouble()));
        }
        self.servers[at].keep.rotate(None, now);
        Ok(())
    }

    /// No dead token outside the overlap: somebody could not know better.
    fn is_excused(&self, at: usize, value: &str) -> Result<(), String> {
        let knew = |since: u64| since + NOTICED < self.now;
        let could_see = knew(self.servers[at].sees_since);
        let was_there = self.store.newest_since.is_some_and(knew);
        if could_see && was_there && !self.are_clocks_wrong() {
            return Err(format!(
                "server {at} hands out {value}, which WeChat ended at {}",
                self.wechat.ends(value)
            ));
        }
        Ok(())
    }

    fn local(&self, at: usize) -> u64 {
        self.now.saturating_add_signed(self.servers[at].ahead)
    }

    fn can_read(&self, at: usize) -> Result<(), Away> {
        let is_up = self.store.away_until <= self.now && self.servers[at].cut_until <= self.now;
        is_up.then_some(()).ok_or(Away)
    }

    /// As Redis is read: who has seen a later one puts it back.
    fn load(&mut self, at: usize) -> Result<Option<Lease>, Away> {
        self.can_read(at)?;
        let server = &mut self.servers[at];
        let there = self.store.lease.as_ref().map_or(0, |(fence, _)| *fence);
        match &server.seen {
            Some((fence, _)) if *fence > there && self.store.read_only_until <= self.now => {
                self.store.lease.clone_from(&server.seen);
                self.store.fence = self.store.fence.max(*fence);
            }
            _ => server.seen.clone_from(&self.store.lease),
        }
        Ok(self.store.lease.as_ref().map(|(_, lease)| lease.clone()))
    }

    fn stored(&mut self, at: usize, want: &Want, others: Others) -> Result<Option<Lease>, Away> {
        let lease = self.load(at)?;
        let unwanted = match want {
            Want::Fresh | Want::Renewed => None,
            Want::Instead(old) | Want::After(old) => Some(old),
        };
        let lease = lease.filter(|lease| Some(&lease.value) != unwanted);
        let next = decide(lease.as_ref(), self.local(at), others);
        Ok(lease.filter(|_| next == Next::Use))
    }

    /// Extends the lock, if it is still this one's.
    fn beat(&mut self, at: usize, fence: u64) -> bool {
        if self.can_read(at).is_err() || self.store.read_only_until > self.now {
            return self.store.lock.as_ref().is_some_and(|lock| lock.fence == fence && lock.ends > self.now);
        }
        let is_ours = self.store.fence <= fence;
        if is_ours {
            (self.store.fence, self.store.lock) = (fence, Some(Lock { fence, ends: self.now + LOCK }));
        }
        is_ours
    }
}

enum Tried {
    Found(Lease),
    Failed(Failed),
    Begun(Fetch),
    Nothing,
}

impl Server {
    fn new(kind: LeaseKind, dice: &mut Dice, now: u64) -> Self {
        let own = u16::try_from(dice.below(1001)).unwrap();
        Self {
            keep: Keep::new(kind, Care::Always, own),
            dice: own,
            ahead: i64::try_from(dice.below(5)).unwrap() - 2,
            gone_until: 0,
            cut_until: 0,
            sees_since: now,
            seen: None,
            job: Job::Idle,
            heard: None,
        }
    }
}

impl WeChat {
    /// A token with the seconds it has left.
    fn give(&mut self, now: u64, forced: Forced) -> (String, u64) {
        if let Some((_, ends)) = self.issued.last_mut() {
            if forced == Forced::No && *ends > now + OVERLAP {
                return (self.newest().unwrap(), self.issued.last().unwrap().1 - now);
            }
            *ends = (*ends).min(now + OVERLAP);
        }
        self.issued.push((now, now + self.life));
        (self.newest().unwrap(), self.life)
    }

    fn newest(&self) -> Option<String> {
        self.issued.len().checked_sub(1).map(|number| format!("t{number}"))
    }

    fn ends(&self, value: &str) -> u64 {
        self.issued[value[1..].parse::<usize>().unwrap()].1
    }
}
