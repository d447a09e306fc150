//! Posts many notices to one receiver and judges each reply. Comes in: notices
//! and a [`Plan`]; goes out: a [`Tally`]. Times count from the intended moment, so
//! that a slow receiver does not hide behind a slow sender.

use std::num::NonZero;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

use super::Version;
use crate::net::{self, Landed, Load, SendError, Stop, Transport, Why};
use crate::wire::{Reply, Request};

/// How to replay.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The receiver.
    pub url: String,
    /// How many are on their way at once, at most.
    pub concurrency: NonZero<usize>,
    /// How many are started a second.
    pub per_second: Option<NonZero<u64>>,
    /// How often the whole set is sent.
    pub repeat: u64,
    /// How long a reply may take, connecting included; WeChat waits 5 seconds.
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
    /// No connection came about.
    Unreachable(Why),
    /// It was sent, and no reply came that can be read.
    Unanswered(Why),
}

/// The sum of a replay.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// How many were sent and ended.
    pub sent: u64,
    /// How many were accepted.
    pub accepted: u64,
    /// The first failures, each with its number, starting at 1.
    pub failures: Vec<(u64, Verdict)>,
    /// How many were on their way when it was stopped.
    pub given_up: u64,
    /// How many were not sent, because it was stopped.
    pub unsent: u64,
    /// From the first to the last.
    pub elapsed: Duration,
    /// From the intended moments to the replies.
    pub times: Spread,
    /// From the intended moments to the real ones.
    pub lags: Spread,
}

/// Most failures that are told one by one.
const MOST_FAILURES: usize = 100;

/// Durations, of which only the distribution is kept: in microseconds, to three digits,
/// in a few kilobytes however many there are.
#[derive(Debug, Clone)]
pub struct Spread(Histogram<u64>);

/// Longer ones count as this.
const LONGEST: u64 = 3_600_000_000;

impl Default for Spread {
    fn default() -> Self {
        #[expect(clippy::expect_used, reason = "1 µs to an hour with three digits is in its range")]
        Self(Histogram::new_with_bounds(1, LONGEST, 3).expect("good bounds"))
    }
}

impl Spread {
    fn add(&mut self, time: Duration) {
        self.0.saturating_record(u64::try_from(time.as_micros()).unwrap_or(LONGEST));
    }

    /// The time within which this share of them lies.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Duration {
        Duration::from_micros(self.0.value_at_quantile(share))
    }
}

impl Tally {
    /// Whether it ended before everything was sent and answered.
    #[must_use]
    pub const fn was_stopped(&self) -> bool {
        self.given_up + self.unsent > 0
    }

    fn count(&mut self, version: Version, landed: Landed) {
        self.sent += 1;
        self.times.add(landed.time);
        self.lags.add(landed.lag);
        match judged(version, landed.reply) {
            Verdict::Accepted => self.accepted += 1,
            verdict if self.failures.len() < MOST_FAILURES => {
                self.failures.push((landed.number + 1, verdict));
            }
            _ => {}
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.sent += other.sent;
        self.accepted += other.accepted;
        self.failures.extend(other.failures);
        self.failures.sort_by_key(|(number, _)| *number);
        self.failures.truncate(MOST_FAILURES);
        // Both have the same bounds.
        let _ = (self.times.0.add(other.times.0), self.lags.0.add(other.lags.0));
        self
    }
}

/// Sends every notice `repeat` times and tells `progress` now and then how many of all
/// came. Once `stop` is asked, the rest is left.
///
/// # Errors
/// The URL is none.
pub async fn replay(
    transport: &Arc<dyn Transport>,
    notices: &[Request],
    plan: &Plan,
    progress: impl Fn(u64, u64),
    stop: &Stop,
) -> Result<Tally, SendError> {
    let total = notices.len() as u64 * plan.repeat;
    let load =
        Load { workers: plan.concurrency, per_second: plan.per_second, total, patience: plan.patience };
    let requests = notices.iter().map(|notice| Request { url: plan.url.clone(), ..notice.clone() }).collect();
    let versions: Arc<[Version]> = notices.iter().map(Version::of).collect();
    // In turn, from the first again after the last.
    let version = move |number: u64| versions[usize::try_from(number).unwrap_or(0) % versions.len()];
    let count = move |tally: &mut Tally, landed: Landed| tally.count(version(landed.number), landed);
    let start = Instant::now();
    let ended = net::load(&load, transport, requests, count, (|done| progress(done, total), stop)).await?;
    let tally = ended.sums.into_iter().fold(Tally::default(), Tally::and);
    progress(total, total);
    let (given_up, unsent) = (ended.started - tally.sent, total - ended.started);
    Ok(Tally { elapsed: start.elapsed(), given_up, unsent, ..tally })
}

fn judged(version: Version, reply: Result<Reply, SendError>) -> Verdict {
    match reply {
        Ok(reply) if version.accepts(&reply) => Verdict::Accepted,
        Ok(reply) if reply.status == 200 => {
            Verdict::Said(String::from_utf8_lossy(&reply.body).chars().take(120).collect())
        }
        Ok(reply) => Verdict::Status(reply.status),
        Err(error) => unanswered(&error),
    }
}

fn unanswered(error: &SendError) -> Verdict {
    match error {
        SendError::Lost { why: Why::TimedOut, .. } => Verdict::Late,
        SendError::Unreachable { why, .. } => Verdict::Unreachable(why.clone()),
        SendError::Lost { why, .. } => Verdict::Unanswered(why.clone()),
        SendError::TooLong { .. } => Verdict::Unanswered(Why::Other(error.to_string())),
        other => Verdict::Unreachable(Why::Other(other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_all_parts() {
        let part = |range: std::ops::RangeInclusive<u64>| {
            let mut tally = Tally::default();
            for ms in range {
                tally.times.add(Duration::from_millis(ms));
            }
            tally
        };
        let times = part(1..=50).and(part(51..=100)).times;
        for (share, ms) in [(0.5, 50), (0.99, 99), (1.0, 100)] {
            let told = times.quantile(share).as_secs_f64() * 1e3;
            assert!((told / f64::from(ms) - 1.0).abs() < 0.002, "{share}: {told}");
        }
        assert_eq!(Spread::default().quantile(0.5), Duration::ZERO);
    }

    #[test]
    fn the_first_failures_are_kept_in_order() {
        let part = |numbers: Vec<u64>| Tally {
            failures: numbers.into_iter().map(|number| (number, Verdict::Late)).collect(),
            ..Tally::default()
        };
        let both = part(vec![1, 5]).and(part(vec![2, 3]));
        let numbers: Vec<u64> = both.failures.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [1, 2, 3, 5]);
    }
}
