//! How many of a stream of signed payloads are right, and which are not. Comes in: a verdict
//! for each; goes out: the numbers, and every bad one with its place in the stream.

use serde_json::{Value, json};
use wxkit::api::word::Part;
use wxkit::api::{Lang, Message, Word};
use wxkit::wire::WireError;

use super::error::Error;
use super::outcome::{Outcome, View};

/// What was counted so far.
#[derive(Default)]
pub struct Tally {
    total: u64,
    invalid: Vec<(u64, Message)>,
}

impl Tally {
    /// Counts one: right, or why not.
    pub fn count(&mut self, verdict: Result<(), Message>) {
        self.total += 1;
        self.invalid.extend(verdict.err().map(|why| (self.total, why)));
    }

    /// The answer: yes if all are right; an empty stream is none.
    pub fn outcome(self, lang: Lang) -> Result<Outcome, Error> {
        let Self { total, invalid } = self;
        if total == 0 {
            return Err(WireError::Empty.into());
        }
        let valid = total - invalid.len() as u64;
        let list: Vec<Value> =
            invalid.iter().map(|(n, why)| json!({ "number": n, "reason": why.text(lang) })).collect();
        let data = json!({ "total": total, "valid": valid, "invalid": list.len(), "failures": list });
        let mut outcome = Outcome::new(data, format!("{valid}/{total}"));
        outcome.view = invalid.into_iter().map(|(n, why)| View::Bad(line(n, why))).collect();
        let said = Word::new("共 {} 条，{} 条有效", "{} payloads, {} valid")
            .with([total.to_string(), valid.to_string()]);
        Ok(if valid == total { outcome.show(View::Good(said)) } else { outcome.show(View::Bad(said)).no() })
    }
}

fn line(number: u64, why: Message) -> Message {
    Word::new("第 {} 条：{}", "payload {}: {}").with([number.to_string().into(), Part::from(why)])
}
