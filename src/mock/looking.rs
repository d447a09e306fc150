//! What a script looks for under `/_mock/`: lists narrowed by a query, and things that
//! it waits for. Comes in: what there is, as it is shown, and a query; goes out: what
//! fits, and how long it may be worth to look again. Waits for nothing itself.

use std::time::Duration;

use serde_json::{Value, json};

use super::faults;
use super::no::{No, no};
use crate::wire::{Fields, Request};

/// Words of a query that are no names of what is shown.
const WAIT: &str = "wait";
const COUNT: &str = "count";
const UNTIL: &str = "until";

const BAD_QUERY: No = no(
    400,
    "mock.bad_query",
    "查询参数不认识：用列表里各项的字段名，另有 wait（如 10s）、count、until",
    "the query is not understood: it takes the fields of what is listed, and wait (such as 10s), count and until",
);
const BAD_UNTIL: No = no(
    400,
    "mock.bad_until",
    "until 可以是 paid、refunded、closed、notified",
    "until is paid, refunded, closed or notified",
);
const NOT_YET: No = no(408, "mock.not_yet", "等到最后也没有发生", "it did not happen in that time");

/// What came of a look.
#[derive(Debug)]
pub(super) struct Look {
    pub(super) found: Result<Value, No>,
    /// It is not there yet, and whoever asked would wait so long.
    pub(super) patience: Option<Duration>,
}

impl From<Result<Value, No>> for Look {
    fn from(found: Result<Value, No>) -> Self {
        Self { found, patience: None }
    }
}

/// What a script asks for.
pub(super) struct Query {
    fields: Fields,
    wait: Option<Duration>,
    count: Option<usize>,
}

impl Query {
    pub(super) fn of(request: &Request) -> Result<Self, No> {
        let fields = request.query().map_err(|_| BAD_QUERY)?;
        let wait = fields.get(WAIT).map(|text| faults::duration(text).ok_or(BAD_QUERY)).transpose()?;
        let count = fields.get(COUNT).map(|text| text.parse().map_err(|_| BAD_QUERY)).transpose()?;
        Ok(Self { fields, wait, count })
    }

    /// The list of what fits, under this name; waits, if it is told to, for `count` of
    /// them, or for the first.
    pub(super) fn list(&self, name: &str, all: impl Iterator<Item = Value>) -> Look {
        let all: Vec<Value> = all.collect();
        let asked = || self.fields.iter().filter(|(name, _)| ![WAIT, COUNT].contains(name));
        let is_known = |name: &str| all.is_empty() || all.iter().any(|one| one.get(name).is_some());
        if !asked().all(|(name, _)| is_known(name)) {
            return Err(BAD_QUERY).into();
        }
        let fits = |one: &Value| asked().all(|(name, wanted)| has(one, name, wanted));
        let found: Vec<Value> = all.into_iter().filter(fits).collect();
        let enough = found.len() >= self.count.unwrap_or(usize::from(self.wait.is_some()));
        let (count, wait) = (found.len(), self.wait.filter(|_| !enough));
        if self.count.is_some() && !enough {
            return Look { found: Err(NOT_YET), patience: wait };
        }
        Look { found: Ok(json!({ name: found, "count": count })), patience: wait }
    }

    /// One thing: as it is, or when what `until` says is true of it.
    pub(super) fn one(&self, found: Result<Value, No>, is: impl Fn(&Value, &str) -> Option<bool>) -> Look {
        let Some(until) = self.fields.get(UNTIL) else {
            let patience = self.wait.filter(|_| found.is_err());
            return Look { found, patience };
        };
        match found.map(|one| (is(&one, until), one)) {
            Ok((None, _)) => Err(BAD_UNTIL).into(),
            Ok((Some(true), one)) => Ok(one).into(),
            Ok((Some(false), _)) => Look { found: Err(NOT_YET), patience: self.wait },
            Err(no) => Look { found: Err(no), patience: self.wait },
        }
    }
}

/// Whether a member says this; of a verdict, `refused` is everything but `ok`.
fn has(one: &Value, name: &str, wanted: &str) -> bool {
    match one.get(name) {
        Some(Value::String(text)) if name == "verdict" && wanted == "refused" => text != "ok",
        Some(Value::String(text)) => text == wanted,
        Some(Value::Null) | None => wanted.is_empty(),
        Some(other) => serde_json::from_str::<Value>(wanted).is_ok_and(|wanted| wanted == *other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Result<Query, No> {
        Query::of(&Request::new("GET", format!("/_mock/x?{text}")))
    }

    fn numbers(text: &str) -> Look {
        let all = [json!({"n": 1, "verdict": "ok"}), json!({"n": 2, "verdict": "SIGNERROR"})];
        query(text).unwrap().list("all", all.into_iter())
    }

    #[test]
    fn lists_are_narrowed_and_waited_for() {
        let count = |text: &str| numbers(text).found.unwrap()["count"].clone();
        assert_eq!(count(""), 2);
        assert_eq!(count("n=2"), 1);
        assert_eq!(count("verdict=refused"), 1);
        assert_eq!(count("verdict=FAIL"), 0);
        assert_eq!(numbers("verdict=FAIL&wait=10s").patience, Some(Duration::from_secs(10)));
        assert_eq!(numbers("verdict=ok&wait=500ms").patience, None);
        assert_eq!(numbers("count=3&wait=2").patience, Some(Duration::from_secs(2)));
        assert_eq!(numbers("count=3").found.unwrap_err(), NOT_YET);
        assert_eq!(numbers("count=2").found.unwrap()["count"], 2);
        assert_eq!(numbers("colour=red").found.unwrap_err(), BAD_QUERY);
        for bad in ["wait=soon", "wait=-1", "count=x"] {
            assert_eq!(query(bad).err(), Some(BAD_QUERY), "{bad}");
        }
    }

    #[test]
    fn one_thing_is_waited_for() {
        let is = |_: &Value, until: &str| (until == "paid").then_some(false);
        let look = |text: &str| query(text).unwrap().one(Ok(json!({})), is);
        assert!(look("").found.is_ok());
        assert_eq!(look("until=paid&wait=1").patience, Some(Duration::from_secs(1)));
        assert_eq!(look("until=paid").found.unwrap_err(), NOT_YET);
        assert_eq!(look("until=eaten&wait=1").found.unwrap_err(), BAD_UNTIL);
        assert_eq!(look("until=eaten&wait=1").patience, None);
    }
}
