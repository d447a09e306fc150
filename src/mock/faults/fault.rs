//! One fault: with whom, how often, what. Comes in: a case that fits; goes out: whether
//! it happens this time. Chances come from a seed and a count, never from a clock.

use serde_json::{Map, Value};

use super::effect::Effect;
use super::kind::Kind;

/// Chances are counted in millionths.
pub(super) const SURE: u32 = 1_000_000;

/// With whom it goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Everything,
    /// All calls, or all notices, of a kind.
    All(&'static str, &'static [Kind]),
    /// A row, by its name.
    One(&'static str, Kind),
}

impl Target {
    pub(super) fn is(self, kind: Kind, row: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::All(_, all) => all.contains(&kind),
            Self::One(one, _) => one == row,
        }
    }

    /// Whether something that fits there can happen to it at all.
    pub(super) fn takes(self, fits: &[Kind]) -> bool {
        match self {
            Self::Everything => true,
            Self::All(_, all) => all.iter().any(|kind| fits.contains(kind)),
            Self::One(_, kind) => fits.contains(&kind),
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Everything => "*",
            Self::All(name, _) | Self::One(name, _) => name,
        }
    }
}

/// How often it goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Often {
    /// So many times; none: for ever.
    pub(super) count: Option<u64>,
    /// The first ones go well.
    pub(super) after: u64,
    /// In so many of a million cases.
    pub(super) chance: u32,
    /// Only what is beyond so many in a minute.
    pub(super) per_minute: Option<u64>,
}

impl Default for Often {
    fn default() -> Self {
        Self { count: None, after: 0, chance: SURE, per_minute: None }
    }
}

/// One fault.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub(super) id: u64,
    pub(super) target: Target,
    pub(super) often: Often,
    /// What happens, each with where it can.
    pub(super) effects: Vec<(Effect, &'static [Kind])>,
    /// As it was given, for the list.
    pub(super) given: Map<String, Value>,
    /// Cases that fitted, and in how many of them it happened.
    pub(super) seen: u64,
    pub(super) happened: u64,
    /// The minute at hand, and the cases in it.
    pub(super) minute: (u64, u64),
}

impl Fault {
    /// Whether it happens this time.
    pub(super) fn strikes(&mut self, seed: u64, now: u64) -> bool {
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

    pub(super) fn shown(&self) -> Value {
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
