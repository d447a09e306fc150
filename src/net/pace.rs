//! When each of many requests is due. Comes in: how many, and how many a second;
//! goes out: their numbers, each at its intended moment, whatever became of those
//! before it. Knows nothing of what is sent.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use tokio::time::sleep_until;

use super::thread::thread;

/// Numbers from 0 to a total, given out once each, to any number of threads.
#[derive(Debug)]
pub(super) struct Pace {
    next: AtomicU64,
    total: u64,
    start: Instant,
    per_second: Option<NonZero<u64>>,
    /// One for each number that is due.
    due: Semaphore,
    /// Whether nobody lets them out: there was no room for a thread, and each waits itself.
    is_alone: bool,
}

/// A number, and when it should be used: now, if there is no rate.
pub(super) struct Turn {
    pub(super) number: u64,
    pub(super) due: Instant,
}

impl Pace {
    /// Starts the clock. `takers` is how many will ask, at most.
    pub(super) fn start(total: u64, per_second: Option<NonZero<u64>>, takers: usize) -> Arc<Self> {
        let (start, next, due) = (Instant::now(), AtomicU64::new(0), Semaphore::new(0));
        let pace = Arc::new(Self { next, total, start, per_second, due, is_alone: false });
        if per_second.is_none() {
            return pace;
        }
        let ticking = Arc::clone(&pace);
        match thread(move || ticking.tick(takers)) {
            Ok(_) => pace,
            Err(_) => Arc::new(Self::alone(total, per_second, start)),
        }
    }

    /// The same to the millisecond, without a thread.
    fn alone(total: u64, per_second: Option<NonZero<u64>>, start: Instant) -> Self {
        let (next, due) = (AtomicU64::new(0), Semaphore::new(0));
        Self { next, total, start, per_second, due, is_alone: true }
    }

    /// The next number, when it is due; none when all are given out or it was stopped.
    pub(super) async fn turn(&self) -> Option<Turn> {
        if self.per_second.is_some() && !self.is_alone {
            self.due.acquire().await.ok()?.forget();
        } else if self.due.is_closed() {
            return None;
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        if self.is_alone && number < self.total {
            tokio::select! {
                () = sleep_until((self.start + self.offset(number)).into()) => {}
                // Nothing is ever let out: this is ready once it was stopped.
                _ = self.due.acquire() => return None,
            }
        }
        let due = if self.per_second.is_some() { self.start + self.offset(number) } else { Instant::now() };
        (number < self.total).then_some(Turn { number, due })
    }

    /// Gives out no more.
    pub(super) fn stop(&self) {
        self.due.close();
    }

    /// How many were given out.
    pub(super) fn given(&self) -> u64 {
        self.next.load(Ordering::Relaxed).min(self.total)
    }

    /// From the start to the n-th.
    fn offset(&self, n: u64) -> Duration {
        let Some(rate) = self.per_second else { return Duration::ZERO };
        let nanos = u128::from(n) * 1_000_000_000 / u128::from(rate.get());
        Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
    }

    /// Lets out each number at its moment. On a thread that sleeps by the system's own
    /// clock: the runtime's counts in milliseconds.
    fn tick(&self, takers: usize) {
        precise();
        let mut out = 0;
        while out < self.total && !self.due.is_closed() {
            let now = self.start.elapsed();
            let Some(wait) = self.offset(out).checked_sub(now).filter(|wait| !wait.is_zero()) else {
                self.due.add_permits(1);
                out += 1;
                continue;
            };
            std::thread::sleep(wait.min(LONGEST_NAP));
        }
        // Everybody hears once that there is nothing left.
        self.due.add_permits(takers);
    }
}

/// A slow rate hears within this time that it was stopped.
const LONGEST_NAP: Duration = Duration::from_millis(100);

/// Asks the system to wake this thread when it said, not when it suits: Linux takes up
/// to 50 µs more otherwise.
fn precise() {
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::set_current_timer_slack(NonZero::new(1));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paced(total: u64, per_second: Option<u64>) -> Arc<Pace> {
        Pace::start(total, per_second.and_then(NonZero::new), 1)
    }

    #[test]
    fn a_rate_spreads_the_moments() {
        let pace = paced(0, Some(4));
        assert_eq!(pace.offset(0), Duration::ZERO);
        assert_eq!(pace.offset(6), Duration::from_millis(1500));
        assert_eq!(paced(0, None).offset(6), Duration::ZERO);
        assert_eq!(paced(0, Some(1)).offset(u64::MAX), Duration::from_nanos(u64::MAX));
    }

    #[test]
    fn each_number_is_given_out_once_and_none_too_early() {
        let alone = || Arc::new(Pace::alone(100, NonZero::new(2000), Instant::now()));
        for pace in [paced(100, None), paced(100, Some(2000)), alone()] {
            let turns = crate::net::block_on(async {
                let mut turns = Vec::new();
                while let Some(turn) = pace.turn().await {
                    turns.push((turn.number, turn.due <= Instant::now()));
                }
                turns
            });
            let expected: Vec<_> = (0..100).map(|number| (number, true)).collect();
            assert_eq!(turns.unwrap(), expected);
            assert_eq!(pace.given(), 100);
        }
    }

    #[test]
    fn who_waits_is_told_that_it_was_stopped() {
        let alone = Arc::new(Pace::alone(1000, NonZero::new(1), Instant::now()));
        for pace in [paced(1000, None), paced(1000, Some(1)), alone] {
            pace.stop();
            assert!(crate::net::block_on(pace.turn()).unwrap().is_none());
        }
    }
}
