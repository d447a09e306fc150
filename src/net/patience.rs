//! How long a client may keep a connection waiting for what it has to say. The connection
//! looks at it now and then, so that a request sets no timer and asks no clock: comes in
//! what is waited for, goes out that it took too long. Ends nothing itself.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;

use tokio::time::sleep;

/// Longest wait for a complete head of a request.
pub(super) const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// Longest wait for a complete body.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);
/// So often it is looked whether something has come: who is late gets so much more.
const LOOK: Duration = Duration::from_millis(2500);

/// What a connection waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Awaited {
    /// The head of a request: the first, or the next.
    Head,
    /// The body of one.
    Body,
    /// Nothing of the client's: the answer, or the end of a stream.
    Nothing,
    /// The body, for too long already.
    Overdue,
}

impl Awaited {
    const ALL: [Self; 4] = [Self::Head, Self::Body, Self::Nothing, Self::Overdue];

    /// How many looks may find it the same.
    fn looks(self) -> u128 {
        let patience = match self {
            Self::Head => HEAD_TIMEOUT,
            Self::Body => BODY_TIMEOUT,
            Self::Nothing | Self::Overdue => Duration::MAX,
        };
        patience.as_millis() / LOOK.as_millis()
    }
}

/// What one connection waits for: how often that has changed, and below it what it is.
#[derive(Debug, Default)]
pub(super) struct Patience(AtomicU32);

impl Patience {
    /// From now on it waits for this. Only the connection itself says so.
    pub(super) fn awaits(&self, awaited: Awaited) {
        let changes = self.0.load(Relaxed) >> 2;
        self.0.store(changes.wrapping_add(1) << 2 | awaited as u32, Relaxed);
    }

    /// What it waits for.
    pub(super) fn awaited(&self) -> Awaited {
        Awaited::ALL[(self.0.load(Relaxed) & 3) as usize]
    }

    /// Ready with what it has waited for too long.
    pub(super) async fn ends(&self) -> Awaited {
        let (mut last, mut looks) = (self.0.load(Relaxed), 0);
        loop {
            sleep(LOOK).await;
            let now = self.0.load(Relaxed);
            looks = if now == last { looks + 1 } else { 0 };
            last = now;
            if looks >= self.awaited().looks() {
                return self.awaited();
            }
        }
    }
}
