//! The wish to stop, as work under way sees it: a person pressed Ctrl-C, a
//! service manager sent SIGTERM. Comes in: the signal; goes out: the end of the
//! work, in its own words. Never cuts off what is being written to a store.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::sleep;

/// Longest wait for work that was told to stop: giving back a lock in a store
/// that does not answer takes two of its timeouts.
const WINDING_UP: Duration = Duration::from_secs(3);

/// A wish to stop, shared by all clones; until it is asked for, none.
#[derive(Debug, Clone, Default)]
pub struct Stop(watch::Sender<bool>);

impl Stop {
    /// Asks everybody who looks.
    pub fn ask(&self) {
        self.0.send_replace(true);
    }

    /// Whether it was asked for.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        *self.0.borrow()
    }

    /// Ready when it is asked for.
    pub async fn asked(&self) {
        // The sender is this one: it cannot be gone.
        let _ = self.0.subscribe().wait_for(|asked| *asked).await;
    }

    /// Works until done; what is done counts. When the signal comes, the work is
    /// told, and says how it ends; `None` if it does not within a moment, or the
    /// signal comes again.
    pub async fn heeded<T, S: Future>(
        &self,
        work: impl Future<Output = T>,
        signal: impl Fn() -> S,
    ) -> Option<T> {
        let mut work = pin!(work);
        tokio::select! {
            biased;
            done = &mut work => return Some(done),
            _ = signal() => self.ask(),
        }
        tokio::select! {
            biased;
            done = &mut work => Some(done),
            _ = signal() => None,
            () = sleep(WINDING_UP) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    fn run<T>(work: impl Future<Output = T>) -> T {
        super::super::block_on(work).unwrap()
    }

    #[test]
    fn work_that_looks_ends_in_its_own_words() {
        let stop = Stop::default();
        let work = async {
            stop.asked().await;
            "stopped"
        };
        assert!(!stop.is_asked());
        assert_eq!(run(stop.heeded(work, || sleep(Duration::from_millis(5)))), Some("stopped"));
        assert!(stop.is_asked());
    }

    #[test]
    fn done_is_done_and_deaf_is_left() {
        let stop = Stop::default();
        assert_eq!(run(stop.heeded(ready(1), || ready(()))), Some(1));
        assert_eq!(run(stop.heeded(pending::<()>(), || ready(()))), None);
    }
}
