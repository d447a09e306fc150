//! Access tokens, tickets, authorization codes and users' tokens: what is good
//! at which second, and since when not. Comes in: ids, openids, the present
//! second; goes out: a token, or why it is none. Knows nothing of messages.

use std::collections::{HashMap, VecDeque};

use serde::{Deserialize, Serialize};

use super::dice::Dice;
use super::identity::Options;
use super::saved;

/// For so long the old token works beside the new one.
const OVERLAP: u64 = 300;
/// For so long an authorization code is good.
const CODE_LIFE: u64 = 300;
/// Life of a user's refresh token: 30 days.
const REFRESH_LIFE: u64 = 30 * 86_400;
/// Forced refreshes of the stable token: so many a day, so far apart.
const FORCED_A_DAY: usize = 20;
const FORCED_APART: u64 = 30;
/// Most things of one kind that are remembered.
const KEEP: usize = 5000;

/// Why a token, ticket or code is not good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotGood {
    /// Nobody was ever given it, or it is long forgotten.
    Unknown,
    /// A newer one has taken its place.
    Replaced,
    /// Its time is over.
    Expired,
    /// It was good for one use.
    Used,
}

/// A token or ticket with the seconds it has left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) text: String,
    pub(super) expires_in: u64,
}

/// Which of an account's tokens or tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum Family {
    /// `/cgi-bin/token`
    Classic,
    /// `/cgi-bin/stable_token`
    Stable,
    /// `jsapi_ticket`
    Jsapi,
    /// `api_ticket` of cards
    Card,
}

/// Who consented to what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Grant {
    pub(super) app_id: String,
    pub(super) openid: String,
    pub(super) scope: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Lease {
    app_id: String,
    family: Family,
    expires: u64,
    killed: Option<u64>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Held {
    grant: Grant,
    expires: u64,
    used: bool,
}

/// All of it, for all accounts.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Accounts {
    #[serde(skip)]
    life: u64,
    leases: Shelf<Lease>,
    #[serde(with = "saved::pairs")]
    current: HashMap<(String, Family), String>,
    forced: HashMap<String, VecDeque<u64>>,
    codes: Shelf<Held>,
    user_tokens: Shelf<Held>,
    refresh_tokens: Shelf<Held>,
}

impl Accounts {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            life: options.token_life,
            leases: Shelf::default(),
            current: HashMap::new(),
            forced: HashMap::new(),
            codes: Shelf::default(),
            user_tokens: Shelf::default(),
            refresh_tokens: Shelf::default(),
        }
    }

    /// What was written down, ready for use again.
    pub(super) fn revived(self, life: u64) -> Self {
        Self { life, ..self }
    }

    /// A new classic token; the one before dies after the overlap.
    pub(super) fn classic(&mut self, app_id: &str, now: u64, dice: &mut Dice) -> Given {
        self.replace(app_id, Family::Classic, now, Some(now + OVERLAP), dice)
    }

    /// The stable token: the same one until its last five minutes.
    pub(super) fn stable(&mut self, app_id: &str, now: u64, dice: &mut Dice) -> Given {
        self.same(app_id, Family::Stable, now, dice)
    }

    /// A new stable token; the old one dies at once. Too soon after the last
    /// time it is not replaced, too often a day it is refused.
    pub(super) fn forced(&mut self, app_id: &str, now: u64, dice: &mut Dice) -> Option<Given> {
        let times = self.forced.entry(app_id.to_owned()).or_default();
        times.retain(|at| at + 86_400 > now);
        if times.back().is_some_and(|last| last + FORCED_APART > now) {
            return Some(self.stable(app_id, now, dice));
        }
        if times.len() == FORCED_A_DAY {
            return None;
        }
        times.push_back(now);
        Some(self.replace(app_id, Family::Stable, now, Some(now), dice))
    }

    /// The ticket of this kind: the same one until its last five minutes.
    pub(super) fn ticket(&mut self, app_id: &str, family: Family, now: u64, dice: &mut Dice) -> Given {
        self.same(app_id, family, now, dice)
    }

    /// Whose account token this is.
    pub(super) fn account_of(&self, token: &str, now: u64) -> Result<&str, NotGood> {
        let lease = self.leases.get(token).ok_or(NotGood::Unknown)?;
        lease.standing(now).map(|()| &*lease.app_id)
    }

    /// All tokens and tickets that an account was given, newest first, and
    /// whether they are still good.
    pub(super) fn given_to(
        &self,
        app_id: &str,
        now: u64,
    ) -> impl Iterator<Item = (Family, &str, Result<(), NotGood>)> {
        let newest = self.leases.order.iter().rev();
        let all = newest.filter_map(|text| Some((&**text, self.leases.get(text)?)));
        all.filter(move |(_, lease)| lease.app_id == app_id)
            .map(move |(text, lease)| (lease.family, text, lease.standing(now)))
    }

    /// From now on this token or user's token is expired.
    pub(super) fn expire(&mut self, token: &str, now: u64) {
        if let Some(lease) = self.leases.get_mut(token) {
            lease.expires = lease.expires.min(now);
        }
        if let Some(held) = self.user_tokens.get_mut(token) {
            held.expires = held.expires.min(now);
        }
    }

    /// From now on this token is none, as if somebody had fetched a newer one.
    pub(super) fn kill(&mut self, token: &str, now: u64) {
        if let Some(lease) = self.leases.get_mut(token) {
            lease.killed = Some(now);
        }
        self.user_tokens.things.remove(token);
    }

    fn same(&mut self, app_id: &str, family: Family, now: u64, dice: &mut Dice) -> Given {
        if let Some(text) = self.current.get(&(app_id.to_owned(), family)) {
            let alive = self.leases.get(text).filter(|lease| lease.killed.is_none_or(|at| now < at));
            let left = alive.map_or(0, |lease| lease.expires.saturating_sub(now));
            if left > OVERLAP.min(self.life / 2) {
                return Given { text: text.clone(), expires_in: left };
            }
        }
        // The old one lives on to its natural end.
        self.replace(app_id, family, now, None, dice)
    }

    fn replace(
        &mut self,
        app_id: &str,
        family: Family,
        now: u64,
        old_dies: Option<u64>,
        dice: &mut Dice,
    ) -> Given {
        let text = format!("{}_{}", 40 + dice.roll() % 60, dice.text(133));
        let lease = Lease { app_id: app_id.to_owned(), family, expires: now + self.life, killed: None };
        self.leases.put(text.clone(), lease);
        let old = self.current.insert((app_id.to_owned(), family), text.clone());
        if let (Some(old), Some(dies)) = (old.and_then(|old| self.leases.get_mut(&old)), old_dies) {
            old.killed = Some(old.killed.map_or(dies, |killed| killed.min(dies)));
        }
        Given { text, expires_in: self.life }
    }

    /// A code for the redirect.
    pub(super) fn code(&mut self, grant: Grant, now: u64, dice: &mut Dice) -> String {
        let code = format!("0{}", dice.text(31));
        self.codes.put(code.clone(), Held { grant, expires: now + CODE_LIFE, used: false });
        code
    }

    /// Takes a code; it is good once. A code of another account is unknown.
    pub(super) fn redeem(&mut self, app_id: &str, code: &str, now: u64) -> Result<Grant, NotGood> {
        let held = self.codes.get_mut(code).filter(|held| held.grant.app_id == app_id);
        let held = held.ok_or(NotGood::Unknown)?;
        if held.used {
            return Err(NotGood::Used);
        }
        if now >= held.expires {
            return Err(NotGood::Expired);
        }
        held.used = true;
        Ok(held.grant.clone())
    }

    /// A user's token.
    pub(super) fn user_token(&mut self, grant: Grant, now: u64, dice: &mut Dice) -> Given {
        let text = format!("{}_{}", 40 + dice.roll() % 60, dice.text(86));
        self.user_tokens.put(text.clone(), Held { grant, expires: now + self.life, used: false });
        Given { text, expires_in: self.life }
    }

    /// A token to refresh the user's token with.
    pub(super) fn refresh_token(&mut self, grant: Grant, now: u64, dice: &mut Dice) -> String {
        let text = format!("{}_{}", 40 + dice.roll() % 60, dice.text(86));
        self.refresh_tokens.put(text.clone(), Held { grant, expires: now + REFRESH_LIFE, used: false });
        text
    }

    /// What a refresh token stands for.
    pub(super) fn refreshed(&self, app_id: &str, token: &str, now: u64) -> Result<Grant, NotGood> {
        let held = self.refresh_tokens.get(token).filter(|held| held.grant.app_id == app_id);
        held_grant(held, now)
    }

    /// What a user's token stands for.
    pub(super) fn user_of(&self, token: &str, now: u64) -> Result<Grant, NotGood> {
        held_grant(self.user_tokens.get(token), now)
    }
}

impl Lease {
    fn standing(&self, now: u64) -> Result<(), NotGood> {
        match self.killed {
            _ if now >= self.expires => Err(NotGood::Expired),
            Some(at) if now >= at => Err(NotGood::Replaced),
            _ => Ok(()),
        }
    }
}

fn held_grant(held: Option<&Held>, now: u64) -> Result<Grant, NotGood> {
    let held = held.ok_or(NotGood::Unknown)?;
    if now >= held.expires { Err(NotGood::Expired) } else { Ok(held.grant.clone()) }
}

/// Things by name; the oldest is forgotten when there are too many.
#[derive(Debug, Serialize, Deserialize)]
struct Shelf<T> {
    things: HashMap<String, T>,
    order: VecDeque<String>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { things: HashMap::new(), order: VecDeque::new() }
    }
}

impl<T> Shelf<T> {
    fn put(&mut self, name: String, thing: T) {
        if self.order.len() == KEEP
            && let Some(oldest) = self.order.pop_front()
        {
            self.things.remove(&oldest);
        }
        self.order.push_back(name.clone());
        self.things.insert(name, thing);
    }

    fn get(&self, name: &str) -> Option<&T> {
        self.things.get(name)
    }

    fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.things.get_mut(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting() -> (Accounts, Dice) {
        (Accounts::new(&Options::default()), Dice::new(1))
    }

    #[test]
    fn a_refetch_kills_the_old_token_after_five_minutes() {
        let (mut accounts, mut dice) = setting();
        let old = accounts.classic("wx1", 1000, &mut dice).text;
        let new = accounts.classic("wx1", 2000, &mut dice).text;
        assert_eq!(accounts.account_of(&old, 2299), Ok("wx1"));
        assert_eq!(accounts.account_of(&old, 2300), Err(NotGood::Replaced));
        assert_eq!(accounts.account_of(&new, 9199), Ok("wx1"));
        assert_eq!(accounts.account_of(&new, 9200), Err(NotGood::Expired));
        assert_eq!(accounts.account_of("x", 1), Err(NotGood::Unknown));
    }

    #[test]
    fn the_stable_token_stays_until_its_last_five_minutes() {
        let (mut accounts, mut dice) = setting();
        let first = accounts.stable("wx1", 0, &mut dice);
        let again = accounts.stable("wx1", 6899, &mut dice);
        assert_eq!((again.text, again.expires_in), (first.text.clone(), 301));
        let renewed = accounts.stable("wx1", 6900, &mut dice);
        assert_ne!(renewed.text, first.text);
        assert_eq!(accounts.account_of(&first.text, 7199), Ok("wx1"));
        accounts.classic("wx1", 6901, &mut dice);
        assert_eq!(accounts.account_of(&renewed.text, 7300), Ok("wx1"));
    }

    #[test]
    fn forced_refreshes_are_rationed() {
        let (mut accounts, mut dice) = setting();
        let first = accounts.stable("wx1", 0, &mut dice).text;
        let forced = accounts.forced("wx1", 100, &mut dice).unwrap().text;
        assert_ne!(forced, first);
        assert_eq!(accounts.account_of(&first, 100), Err(NotGood::Replaced));
        assert_eq!(accounts.forced("wx1", 129, &mut dice).unwrap().text, forced);
        for n in 1..20 {
            assert!(accounts.forced("wx1", 100 + n * 30, &mut dice).is_some());
        }
        assert_eq!(accounts.forced("wx1", 800, &mut dice), None);
        assert!(accounts.forced("wx1", 100 + 86_400, &mut dice).is_some());
    }

    #[test]
    fn what_an_account_was_given_is_told_newest_first() {
        let (mut accounts, mut dice) = setting();
        let token = accounts.classic("wx1", 0, &mut dice).text;
        let old = accounts.ticket("wx1", Family::Jsapi, 0, &mut dice).text;
        accounts.ticket("wx2", Family::Jsapi, 0, &mut dice);
        let new = accounts.ticket("wx1", Family::Jsapi, 7000, &mut dice).text;
        let told: Vec<_> = accounts.given_to("wx1", 7200).collect();
        let dead = Err(NotGood::Expired);
        assert_eq!(
            told,
            [(Family::Jsapi, &*new, Ok(())), (Family::Jsapi, &*old, dead), (Family::Classic, &*token, dead)]
        );
    }

    #[test]
    fn codes_are_good_once_and_for_five_minutes() {
        let (mut accounts, mut dice) = setting();
        let grant = Grant { app_id: "wx1".into(), openid: "o".into(), scope: "snsapi_base".into() };
        let code = accounts.code(grant.clone(), 0, &mut dice);
        assert_eq!(accounts.redeem("wx2", &code, 1), Err(NotGood::Unknown));
        assert_eq!(accounts.redeem("wx1", &code, 299), Ok(grant.clone()));
        assert_eq!(accounts.redeem("wx1", &code, 299), Err(NotGood::Used));
        let late = accounts.code(grant, 0, &mut dice);
        assert_eq!(accounts.redeem("wx1", &late, 300), Err(NotGood::Expired));
    }

    #[test]
    fn memory_is_bounded() {
        let (mut accounts, mut dice) = setting();
        for now in 0..6000 {
            accounts.classic("wx1", now, &mut dice);
        }
        assert_eq!((accounts.leases.things.len(), accounts.leases.order.len()), (KEEP, KEEP));
    }
}
