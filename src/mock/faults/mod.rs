//! Faults as data: what goes wrong, with whom, how often. Comes in: JSON or short
//! texts (`refund:SYSTEMERROR,count=2`); goes out: the effects on one call or
//! notice, and the list with what is left of it. Chances come from a seed and a
//! count, never from a clock.

mod bad;
mod effect;
mod read;
mod spoil;

use serde_json::{Map, Value, json};

use crate::api::endpoint::{Endpoint, Host};

pub use bad::BadFault;
pub(super) use effect::{Effect, End, Moment, code, code_after, delay, ending, token_end};
pub(super) use spoil::{spoil, spoil_body};

/// Most faults at one time.
const KEEP: usize = 1000;
/// Chances are counted in millionths.
const SURE: u32 = 1_000_000;

/// What can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A call of an official account.
    Oa,
    /// A call of pay.
    Pay,
    /// A notice to the merchant.
    Notice,
}

impl Kind {
    /// What a row is; a path without a row answers like an official account.
    pub(super) fn of(row: Option<&Endpoint>) -> Self {
        match row {
            Some(row) if row.host == Host::Merchant => Self::Notice,
            Some(row) if row.host == Host::Mch => Self::Pay,
            _ => Self::Oa,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Oa => "oa",
            Self::Pay => "pay",
            Self::Notice => "notify",
        }
    }
}

/// With whom it goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Everything,
    /// All calls, or all notices, of a kind.
    All(Kind),
    /// A row, by its name.
    One(&'static str, Kind),
}

impl Target {
    fn is(self, kind: Kind, row: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::All(all) => all == kind,
            Self::One(one, _) => one == row,
        }
    }

    const fn kind(self) -> Option<Kind> {
        match self {
            Self::Everything => None,
            Self::All(kind) | Self::One(_, kind) => Some(kind),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Everything => "*",
            Self::All(kind) => kind.name(),
            Self::One(name, _) => name,
        }
    }
}

/// How often it goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Often {
    /// So many times; none: for ever.
    count: Option<u64>,
    /// The first ones go well.
    after: u64,
    /// In so many of a million cases.
    chance: u32,
    /// Only what is beyond so many in a minute.
    per_minute: Option<u64>,
}

impl Default for Often {
    fn default() -> Self {
        Self { count: None, after: 0, chance: SURE, per_minute: None }
    }
}

/// One fault.
#[derive(Debug, Clone)]
struct Fault {
    id: u64,
    target: Target,
    often: Often,
    effects: Vec<Effect>,
    /// As it was given, for the list.
    given: Map<String, Value>,
    /// Cases that fitted, and in how many of them it happened.
    seen: u64,
    happened: u64,
    /// The minute at hand, and the cases in it.
    minute: (u64, u64),
}

/// All faults, oldest first: the first that fits a case happens to it.
#[expect(clippy::struct_field_names, reason = "the faults are what it holds")]
#[derive(Debug, Clone, Default)]
pub(super) struct Faults {
    seed: u64,
    next: u64,
    faults: Vec<Fault>,
}

impl Faults {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }

    /// Adds one fault, or a list, or `{"faults": […]}`. If one is not understood,
    /// none is added.
    pub(super) fn add(&mut self, given: &Value) -> Result<(), BadFault> {
        let list = given.get("faults").unwrap_or(given);
        let list: Vec<&Value> = list.as_array().map_or_else(|| vec![list], |list| list.iter().collect());
        if self.faults.len() + list.len() > KEEP {
            return Err(BadFault::TooMany { most: KEEP });
        }
        let read: Vec<Fault> = list.into_iter().map(read::fault).collect::<Result<_, _>>()?;
        for fault in read {
            self.next += 1;
            self.faults.push(Fault { id: self.next, ..fault });
        }
        Ok(())
    }

    /// What happens to this case; counts it.
    pub(super) fn take(&mut self, kind: Kind, row: &str, now: u64) -> Vec<Effect> {
        let seed = self.seed;
        let fits = |fault: &Fault| fault.target.is(kind, row) && fault.effects.iter().any(|e| e.fits(kind));
        let mut fitting = self.faults.iter_mut().filter(|fault| fits(fault));
        let Some(fault) = fitting.find_map(|fault| fault.strikes(seed, now).then_some(fault)) else {
            return Vec::new();
        };
        fault.effects.iter().filter(|effect| effect.fits(kind)).cloned().collect()
    }

    /// All faults with what is left of them.
    pub(super) fn list(&self) -> Value {
        json!({ "faults": self.faults.iter().map(Fault::shown).collect::<Vec<_>>() })
    }

    /// No more faults.
    pub(super) fn clear(&mut self) {
        self.faults.clear();
    }

    /// Takes one away; says whether it was there.
    pub(super) fn remove(&mut self, id: u64) -> bool {
        let before = self.faults.len();
        self.faults.retain(|fault| fault.id != id);
        self.faults.len() < before
    }
}

impl Fault {
    /// Whether it happens this time.
    fn strikes(&mut self, seed: u64, now: u64) -> bool {
        if self.often.count.is_some_and(|count| self.happened >= count) {
            return false;
        }
        self.seen += 1;
        let minute = now / 60;
        self.minute = (minute, if self.minute.0 == minute { self.minute.1 + 1 } else { 1 });
        let strikes = self.seen > self.often.after
            && self.often.per_minute.is_none_or(|most| self.minute.1 > most)
            && chance(seed, self.id, self.seen) < self.often.chance;
        self.happened += u64::from(strikes);
        strikes
    }

    fn shown(&self) -> Value {
        let mut shown = self.given.clone();
        shown.insert("id".into(), self.id.to_string().into());
        shown.insert("endpoint".into(), self.target.name().into());
        shown.insert("left".into(), self.often.count.map(|count| count - self.happened).into());
        shown.insert("happened".into(), self.happened.into());
        Value::Object(shown)
    }
}

/// A number below a million for the n-th case of a fault (splitmix64): the same
/// one whatever else happens meanwhile.
fn chance(seed: u64, fault: u64, case: u64) -> u32 {
    let mut z = (seed ^ fault.rotate_left(32)).wrapping_add(case.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    u32::try_from((z ^ (z >> 31)) % u64::from(SURE)).unwrap_or(SURE)
}

/// Every effect with what it means, for pages and help.
pub(super) fn known() -> Value {
    let row = |row: &effect::Row| {
        let fits: Vec<&str> = row.fits.iter().map(|kind| kind.name()).collect();
        json!({ "name": row.name, "zh": row.about.zh, "en": row.about.en, "fits": fits })
    };
    json!({ "effects": effect::EFFECTS.iter().map(row).collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(given: &Value) -> Faults {
        let mut faults = Faults::new(7);
        faults.add(given).unwrap();
        faults
    }

    fn strikes(faults: &mut Faults, times: u64) -> Vec<u64> {
        (1..=times).filter(|n| !faults.take(Kind::Pay, "refund", *n).is_empty()).collect()
    }

    #[test]
    fn a_fault_happens_as_often_as_it_says() {
        let mut faults =
            with(&json!([{"endpoint": "refund", "code": "SYSTEMERROR", "count": 2, "after": 1}]));
        assert!(faults.take(Kind::Pay, "orderquery", 0).is_empty());
        assert_eq!(strikes(&mut faults, 5), [2, 3]);
        let listed = &faults.list()["faults"][0];
        assert_eq!((&listed["happened"], &listed["left"]), (&json!(2), &json!(0)));
        assert!(faults.remove(1) && !faults.remove(1));
    }

    #[test]
    fn chances_repeat_with_the_seed() {
        let rate = json!({"endpoint": "refund", "drop": true, "rate": 0.3});
        let run = || strikes(&mut with(&rate), 1000);
        assert_eq!(run(), run());
        assert!((250..350).contains(&run().len()), "{}", run().len());
        let mut other = Faults::new(8);
        other.add(&rate).unwrap();
        assert_ne!(strikes(&mut other, 1000), run());
    }

    #[test]
    fn a_minute_lets_some_through() {
        let mut faults = with(&json!("refund:frequency_limit,per_minute=2"));
        let mut at = |now| !faults.take(Kind::Pay, "refund", now).is_empty();
        assert_eq!([at(0), at(1), at(2), at(59), at(60)], [false, false, true, true, false]);
    }

    #[test]
    fn what_missed_its_chance_leaves_room_for_the_next() {
        let mut faults = with(&json!(["refund:drop,rate=0", "pay:SYSTEMERROR", "*:html"]));
        assert_eq!(faults.take(Kind::Pay, "refund", 0), [Effect::Code("SYSTEMERROR".into())]);
        assert_eq!(faults.take(Kind::Oa, "token", 0), [Effect::Html]);
        assert_eq!(faults.take(Kind::Notice, "pay_notify", 0), []);
    }
}
