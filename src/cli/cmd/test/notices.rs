//! Notices in a scenario: sent again by the gateway, or looked at where they came in.
//! Comes in: the number of an order; goes out: how each attempt was answered, or what a
//! notice says, proved and opened.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use wxkit::api::Word;
use wxkit::client::notices::receive::receive;
use wxkit::script::{Sequence, shown};
use wxkit::wire::query;

use super::super::super::error::Error;
use super::super::super::outcome::nested;
use super::done::{Done, late};
use super::scene::Scene;
use super::told::beginning;

/// So often the gateway is asked whether an answer has come.
const LOOKS: Duration = Duration::from_millis(20);

/// A notice that goes out by itself is answered within so long, or held back.
const ON_ITS_WAY: Duration = Duration::from_secs(2);

const NO_NOTICE: &str = "no_notice";
const UNPROVED: Word = Word::new("通知的签名不对", "the notice is not proved to be WeChat's");

impl Scene {
    /// Has the notices of an order sent again, and waits for the answers.
    pub(super) fn notify(
        &self,
        number: &str,
        times: usize,
        sequence: Sequence,
        limit: Duration,
    ) -> Result<Done, Error> {
        let started = Instant::now();
        let before = self.first_attempts(number, started)?;
        if before.is_empty() {
            let said = Word::new("还没有订单 {} 的通知", "there is no notice of order {} yet").with([number]);
            return Ok(Done::well(json!({ "error": "mock.not_found" }), "").lacking("error", said));
        }
        let mut ids: Vec<&str> = before.iter().map(|(id, _)| id.as_str()).collect();
        if sequence == Sequence::Reversed {
            ids.reverse();
        }
        let mut expected = before.clone();
        for id in ids.iter().cycle().take(ids.len() * times) {
            self.control("POST", &format!("notices/{id}/resend"), "")?;
            if let Some((_, count)) = expected.iter_mut().find(|(known, _)| known == id) {
                count.push(Value::Null);
            }
            if sequence != Sequence::AtOnce && !self.answered(number, &expected, limit, started)? {
                return Ok(late(limit));
            }
        }
        if !self.answered(number, &expected, limit, started)? {
            return Ok(late(limit));
        }
        Ok(summed(&before, &self.attempts(number)?))
    }

    /// The attempts so far: what was just sent by itself has its answer first, or it would
    /// be taken for one of ours. What a fault holds back is not waited for.
    fn first_attempts(&self, number: &str, started: Instant) -> Result<Vec<(String, Vec<Value>)>, Error> {
        let mut first = self.attempts(number)?;
        for (_, all) in &mut first {
            *all = vec![Value::Null];
        }
        self.answered(number, &first, ON_ITS_WAY, started)?;
        self.attempts(number)
    }

    /// Waits until there are as many attempts as are expected.
    fn answered(
        &self,
        number: &str,
        expected: &[(String, Vec<Value>)],
        limit: Duration,
        started: Instant,
    ) -> Result<bool, Error> {
        loop {
            let now = self.attempts(number)?;
            let has = |(id, wanted): &(String, Vec<Value>)| {
                now.iter().any(|(other, there)| other == id && there.len() >= wanted.len())
            };
            if expected.iter().all(has) {
                return Ok(true);
            }
            if started.elapsed() > limit {
                return Ok(false);
            }
            self.heeded(LOOKS, std::future::pending::<()>())?;
        }
    }

    /// The notices of an order, each with the attempts to deliver it.
    fn attempts(&self, number: &str) -> Result<Vec<(String, Vec<Value>)>, Error> {
        let list = self.control("GET", &format!("notices?out_trade_no={}", query::escape(number)), "")?;
        let notices = list.document["notices"].as_array().cloned().unwrap_or_default();
        let one = |notice: Value| {
            (shown(&notice["id"]), notice["attempts"].as_array().cloned().unwrap_or_default())
        };
        Ok(notices.into_iter().map(one).collect())
    }

    /// The oldest notice of this order that came to our own receiver and was not looked
    /// at yet, proved and opened.
    pub(super) fn notice(&self, number: &str) -> Result<Done, Error> {
        let ears = self.ctx.ears()?;
        let mut waiting = self.notices();
        for at in 0..waiting.len() {
            let received = receive(&waiting[at], &ears, self.ctx.stamp().now);
            let about = ["out_trade_no", "combine_out_trade_no"];
            if !about.iter().any(|name| received.fields.get(name) == Some(number)) {
                continue;
            }
            waiting.remove(at);
            let answer = received.row.name;
            let mut document = nested(&received.fields, received.row.fields);
            document["endpoint"] = answer.into();
            let done = Done::well(document, answer);
            return Ok(match received.doubt {
                None => done,
                Some(_) => done.lacking("endpoint", UNPROVED.into()),
            });
        }
        let said = Word::new(
            "没有收到订单 {} 的新通知（notify_url 要写 ${receiver}/…）",
            "no new notice of order {} has come (its notify_url has to be ${receiver}/…)",
        );
        Ok(Done::well(json!({ "error": NO_NOTICE }), NO_NOTICE).lacking("error", said.with([number])))
    }
}

/// The attempts that came since.
fn summed(before: &[(String, Vec<Value>)], after: &[(String, Vec<Value>)]) -> Done {
    let known = |id: &String| before.iter().find(|(other, _)| other == id).map_or(0, |(_, all)| all.len());
    let new: Vec<Value> = after.iter().flat_map(|(id, all)| all.iter().skip(known(id)).cloned()).collect();
    let accepted = new.iter().filter(|attempt| attempt["success"] == true).count();
    let (sent, said) = (new.len(), Word::new("{} / {} 次被接受：{}", "{} of {} were accepted: {}"));
    let refusal = new.iter().find(|attempt| attempt["success"] != true);
    let why = refusal.map_or_else(String::new, |attempt| {
        let why = attempt.get("error").or_else(|| attempt.get("reply")).map(shown).unwrap_or_default();
        format!("HTTP {} {}", attempt.get("status").map(shown).unwrap_or_default(), beginning(&why))
    });
    let document = json!({ "sent": sent, "accepted": accepted, "attempts": new });
    let done = Done::well(document, format!("{accepted}/{sent}"));
    let said = said.with([accepted.to_string(), sent.to_string(), why]);
    if accepted == sent { done } else { done.lacking("accepted", said) }
}
