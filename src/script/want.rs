//! What is expected of a step: a place in what came out, and a value or a `/pattern/`.
//! Comes in: a document; goes out: nothing, or what is there in its place. The only file
//! that names the regex crate, whose time is bounded by pattern and text.

use regex_lite::{Regex, escape};
use serde_json::Value;

use super::place::{find, shown};
use super::text::{NoValue, Text, Values};

/// One expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Want {
    /// Where: `body.order.no`.
    pub path: String,
    /// What, as it is written: a value, or a pattern between slashes. Nothing at all
    /// stands for nothing there.
    pub value: Text,
}

/// An expectation that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// Where.
    pub path: String,
    /// What was expected.
    pub wanted: String,
    /// What is there; none if nothing is.
    pub got: Option<String>,
}

/// A pattern that is none, in the words of the crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadPattern(pub String);

impl Want {
    /// Whether it can be judged at all.
    ///
    /// # Errors
    /// [`BadPattern`].
    pub fn check(&self) -> Result<(), BadPattern> {
        let Some(pattern) = pattern(&self.value.0) else { return Ok(()) };
        // Whatever stands in a hole later stands there escaped.
        let holes = self.value.holes().filter_map(|hole| match hole {
            super::text::Hole::Named(name) => Some((name.to_owned(), "x".to_owned())),
            super::text::Hole::Open => None,
        });
        let holes: Values = holes.collect();
        let text = Text(pattern.to_owned()).fill(&holes).unwrap_or_default();
        Regex::new(&text).map(drop).map_err(|why| BadPattern(why.to_string()))
    }

    /// Whether the document has it; none if it does.
    ///
    /// # Errors
    /// [`NoValue`]: a hole that nothing fills.
    pub fn judge(&self, document: &Value, values: &Values) -> Result<Option<Unmet>, NoValue> {
        let got = find(document, &self.path).map(shown);
        let there = got.as_deref().unwrap_or_default();
        let (holds, wanted) = match pattern(&self.value.0) {
            None => {
                let wanted = self.value.fill(values)?;
                (wanted == there, wanted)
            }
            Some(pattern) => {
                let wanted = Text(pattern.to_owned()).fill_with(values, escape)?;
                let holds = got.is_some() && Regex::new(&wanted).is_ok_and(|regex| regex.is_match(there));
                (holds, format!("/{wanted}/"))
            }
        };
        Ok((!holds).then(|| Unmet { path: self.path.clone(), wanted, got }))
    }
}

/// What stands between two slashes.
fn pattern(text: &str) -> Option<&str> {
    text.strip_prefix('/')?.strip_suffix('/').filter(|pattern| !pattern.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn holds(path: &str, value: &str) -> bool {
        let document = json!({"no": "T.1", "fee": 1, "paid": true, "none": null, "path": "/a/"});
        let want = Want { path: path.to_owned(), value: Text(value.to_owned()) };
        assert_eq!(want.check(), Ok(()), "{value}");
        let values = [("no".to_owned(), "T.1".to_owned())].into();
        want.judge(&document, &values).unwrap().is_none()
    }

    #[test]
    fn values_patterns_and_nothing() {
        for (path, value) in [
            ("no", "T.1"),
            ("no", "${no}"),
            ("no", "/^T/"),
            ("no", "/^${no}$/"),
            ("fee", "1"),
            ("paid", "true"),
            ("none", ""),
            ("missing", ""),
            ("path", "/^.a.$/"),
        ] {
            assert!(holds(path, value), "{path} {value}");
        }
        for (path, value) in [("no", "T"), ("no", "/^x/"), ("missing", "/.*/"), ("fee", "1.0"), ("paid", "1")]
        {
            assert!(!holds(path, value), "{path} {value}");
        }
    }

    #[test]
    fn a_value_in_a_pattern_means_itself() {
        let want = Want { path: "no".to_owned(), value: Text("/^${no}$/".to_owned()) };
        let values = [("no".to_owned(), "T.1".to_owned())].into();
        let unmet = want.judge(&json!({"no": "Tx1"}), &values).unwrap().unwrap();
        assert_eq!((unmet.wanted.as_str(), unmet.got.as_deref()), (r"/^T\.1$/", Some("Tx1")));
    }

    #[test]
    fn a_pattern_that_is_none_is_told() {
        for (value, good) in [("/(/", false), ("/[${no}]/", true), ("//", true)] {
            let want = Want { path: "x".to_owned(), value: Text(value.to_owned()) };
            assert_eq!(want.check().is_ok(), good, "{value}");
        }
    }
}
