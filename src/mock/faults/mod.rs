//! Faults as data: what goes wrong, with whom, how often. Comes in: JSON or short
//! texts (`refund:SYSTEMERROR,count=2`); goes out: the effects on one call or
//! notice, and the list with what is left of it. Chances come from a seed and a
//! count, never from a clock.

mod bad;
mod effect;
mod fault;
mod kind;
mod read;
mod spoil;

use serde_json::{Value, json};

pub use bad::BadFault;
pub(super) use effect::{Effect, End, Moment, code, code_after, delay, ending, token_end};
use fault::Fault;
pub(super) use kind::Kind;
pub(super) use spoil::{other_start, spoil, spoil_body, spoil_seal};

/// Most faults at one time.
const KEEP: usize = 1000;
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
        let fits = |fault: &Fault| {
            fault.target.is(kind, row) && fault.effects.iter().any(|(_, fits)| fits.contains(&kind))
        };
        let mut fitting = self.faults.iter_mut().filter(|fault| fits(fault));
        let Some(fault) = fitting.find_map(|fault| fault.strikes(seed, now).then_some(fault)) else {
            return Vec::new();
        };
        let here = fault.effects.iter().filter(|(_, fits)| fits.contains(&kind));
        here.map(|(effect, _)| effect.clone()).collect()
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

/// A time with a unit, as in faults; a number alone is seconds.
pub(super) fn duration(text: &str) -> Option<std::time::Duration> {
    effect::duration(text)
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
