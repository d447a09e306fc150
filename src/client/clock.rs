//! Time and dice: the only file that asks for either. Goes out: a
//! [`Stamp`]. Both can be frozen, so that a run repeats to the byte.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rand::distr::{Alphanumeric, SampleString as _};

use crate::api::Stamp;

/// Where the second and the random string come from.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// Frozen Unix time.
    pub at: Option<u64>,
    /// Frozen random string.
    pub nonce: Option<String>,
}

impl Clock {
    /// Unix time in seconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.at.unwrap_or_else(|| {
            SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
        })
    }

    /// The second, and 32 letters and digits that nobody can foresee.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        let nonce = self.nonce.clone().unwrap_or_else(|| Alphanumeric.sample_string(&mut rand::rng(), 32));
        Stamp { now: self.now(), nonce }
    }

    /// A throw of the dice, 0 to 1000; frozen, the middle.
    #[must_use]
    pub fn dice(&self) -> u16 {
        if self.nonce.is_some() { 500 } else { rand::random_range(0..=1000) }
    }
}

/// Measures how long something takes, on a clock that never jumps.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[must_use]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Since the start.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stamp_is_new() {
        let (one, two) = (Clock::default().stamp(), Clock::default().stamp());
        assert_ne!(one.nonce, two.nonce);
        assert_eq!(one.nonce.len(), 32);
        assert!(one.nonce.bytes().all(|b| b.is_ascii_alphanumeric()));
        assert!(one.now > 1_700_000_000);
    }

    #[test]
    fn frozen_is_frozen() {
        let clock = Clock { at: Some(1), nonce: Some("abc".into()) };
        assert_eq!(clock.stamp(), Stamp { now: 1, nonce: "abc".into() });
    }
}
