//! Posts many notices to one receiver and judges each reply. Comes in: bodies
//! and a [`Plan`]; goes out: a [`Tally`]. Keeps the wanted rate from intended
//! send times, so that a slow receiver does not hide behind a slow sender.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::net::{self, JoinSet, SendError, Transport};
use crate::wire::{Request, xml};

/// How to replay.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The receiver.
    pub url: String,
    /// How many are on their way at once, at most.
    pub concurrency: u64,
    /// How many are started a second, at most.
    pub per_second: Option<u64>,
    /// How often the whole set is sent.
    pub repeat: u64,
    /// How long a reply may take; WeChat waits 5 seconds.
    pub patience: Duration,
}

/// What became of one notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// `return_code` is `SUCCESS`.
    Accepted,
    /// Not a 200.
    Status(u16),
    /// A 200 that says something else.
    Said(String),
    /// No reply in time.
    Late,
    /// No connection, or it broke.
    Unreachable(String),
}

/// The sum of a replay.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// How many were sent.
    pub sent: u64,
    /// How many were accepted.
    pub accepted: u64,
    /// The first failures, each with its number, starting at 1.
    pub failures: Vec<(u64, Verdict)>,
    /// From the first to the last.
    pub elapsed: Duration,
    times: Vec<Duration>,
}

/// Most failures that are told one by one.
const MOST_FAILURES: usize = 100;

impl Tally {
    fn count(&mut self, number: u64, verdict: Verdict, time: Duration) {
        self.sent += 1;
        self.times.push(time);
        if verdict == Verdict::Accepted {
            self.accepted += 1;
        } else if self.failures.len() < MOST_FAILURES {
            self.failures.push((number, verdict));
        }
    }

    /// The time within which this share of the replies came.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Duration {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a rank among far fewer than 2^52 replies"
        )]
        let rank = (share * self.times.len() as f64).ceil() as usize;
        self.times.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }
}

/// Sends every body `repeat` times and tells `progress` after each.
pub async fn replay(
    transport: Arc<dyn Transport>,
    bodies: &[Vec<u8>],
    plan: &Plan,
    progress: impl Fn(u64, u64),
) -> Tally {
    let total = bodies.len() as u64 * plan.repeat;
    let start = Instant::now();
    let mut tally = Tally::default();
    let mut flying = JoinSet::new();
    for (number, body) in (1_u64..).zip(bodies.iter().cycle()).take_while(|(n, _)| *n <= total) {
        let due = start + plan.offset(number - 1);
        // A sleep takes a tick of the timer, a millisecond, even if there is nothing to wait for.
        if let Some(wait) = due.checked_duration_since(Instant::now()).filter(|wait| !wait.is_zero()) {
            net::sleep(wait).await;
        }
        // Without a rate there is no intended time but the real one.
        let since = if plan.per_second.is_some() { due } else { Instant::now() };
        let (transport, request, patience) = (Arc::clone(&transport), notice(&plan.url, body), plan.patience);
        flying.spawn(async move {
            let verdict = post(&*transport, &request, patience).await;
            (number, verdict, since.elapsed())
        });
        while flying.len() as u64 >= plan.concurrency || (number == total && !flying.is_empty()) {
            if let Some(Ok((number, verdict, time))) = flying.join_next().await {
                tally.count(number, verdict, time);
                progress(tally.sent, total);
            }
        }
    }
    tally.elapsed = start.elapsed();
    tally.times.sort_unstable();
    tally.failures.sort_by_key(|(number, _)| *number);
    tally
}

impl Plan {
    /// When the n-th notice is due, from the start.
    fn offset(&self, n: u64) -> Duration {
        self.per_second.filter(|rate| *rate > 0).map_or(Duration::ZERO, |rate| {
            Duration::from_nanos(
                u64::try_from(u128::from(n) * 1_000_000_000 / u128::from(rate)).unwrap_or(u64::MAX),
            )
        })
    }
}

fn notice(url: &str, body: &[u8]) -> Request {
    Request::new("POST", url).with_body("text/xml; charset=utf-8", body)
}

async fn post(transport: &dyn Transport, request: &Request, patience: Duration) -> Verdict {
    let reply = match net::timeout(patience, transport.send(request)).await {
        Err(_) => return Verdict::Late,
        Ok(Err(error)) => return unreachable(&error),
        Ok(Ok(reply)) => reply,
    };
    if reply.status != 200 {
        return Verdict::Status(reply.status);
    }
    match xml::read(&reply.body) {
        Ok(fields) if fields.get("return_code") == Some("SUCCESS") => Verdict::Accepted,
        _ => Verdict::Said(String::from_utf8_lossy(&reply.body).chars().take(120).collect()),
    }
}

fn unreachable(error: &SendError) -> Verdict {
    match error {
        SendError::Unreachable { why, .. } | SendError::Lost { why, .. } => {
            Verdict::Unreachable(why.to_string())
        }
        other => Verdict::Unreachable(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_spreads_the_starts() {
        let plan = Plan {
            url: String::new(),
            concurrency: 1,
            per_second: Some(4),
            repeat: 1,
            patience: Duration::ZERO,
        };
        assert_eq!(plan.offset(0), Duration::ZERO);
        assert_eq!(plan.offset(6), Duration::from_millis(1500));
        assert_eq!(Plan { per_second: None, ..plan }.offset(6), Duration::ZERO);
    }

    #[test]
    fn quantiles_come_from_ranks() {
        let times = (1..=100).map(Duration::from_millis).collect();
        let tally = Tally { times, ..Tally::default() };
        assert_eq!(tally.quantile(0.5), Duration::from_millis(50));
        assert_eq!(tally.quantile(0.99), Duration::from_millis(99));
        assert_eq!(Tally::default().quantile(0.5), Duration::ZERO);
    }
}
