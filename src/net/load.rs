//! Many requests to one server: as many at once as there are workers, as fast as it
//! answers or as evenly as was asked. Comes in: the requests, and what is made of each
//! reply; goes out: the sums. Repeats nothing and judges nothing itself.

use std::num::NonZero;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::interval;

use super::carry::Transport;
use super::error::SendError;
use super::lane::{Lane, Shot};
use super::pace::Pace;
use super::runtime::block_on;
use super::stop::Stop;
use super::thread::thread;
use crate::wire::{Reply, Request};

/// More threads than this only wait for each other.
const MOST_THREADS: usize = 8;
/// How often it is told how far it is.
const TOLD_EVERY: Duration = Duration::from_millis(100);

/// How a load is sent.
#[derive(Debug, Clone)]
pub struct Load {
    /// How many requests are on their way at once, at most; each over a connection of
    /// its own.
    pub workers: NonZero<usize>,
    /// How many are started a second; without, the next follows each reply.
    pub per_second: Option<NonZero<u64>>,
    /// How many are sent: the requests in turn, from the first again after the last.
    pub total: u64,
    /// How long a reply may take.
    pub patience: Duration,
}

/// One request that was sent, or could not be.
#[derive(Debug)]
pub struct Landed {
    /// Which one, from 0.
    pub number: u64,
    /// What came back.
    pub reply: Result<Reply, SendError>,
    /// From the moment it was due to the one it was sent.
    pub lag: Duration,
    /// From the moment it was due to its reply.
    pub time: Duration,
}

/// The end of a load.
#[derive(Debug)]
pub struct Ended<T> {
    /// The sums, one of each thread.
    pub sums: Vec<T>,
    /// How many were started; fewer than asked for if it was stopped, and then some
    /// of them are in no sum.
    pub started: u64,
}

/// Sends it all, adding each reply to a sum with `count`, and tells `progress` how many
/// came. Once `stop` is asked, what is on its way is given up.
///
/// # Errors
/// A request that HTTP cannot carry.
pub async fn load<T: Default + Send + 'static>(
    load: &Load,
    transport: &Arc<dyn Transport>,
    requests: Vec<Request>,
    count: impl Fn(&mut T, Landed) + Clone + Send + 'static,
    (progress, stop): (impl Fn(u64), &Stop),
) -> Result<Ended<T>, SendError> {
    let shots = requests.into_iter().map(Shot::new).collect::<Result<Vec<_>, _>>()?;
    let workers = load.workers.get();
    let pace = Pace::start(if shots.is_empty() { 0 } else { load.total }, load.per_second, workers);
    let range = Arc::new(Range {
        shots,
        patience: load.patience,
        transport: Arc::clone(transport),
        pace,
        landed: AtomicU64::new(0),
        stop: stop.clone(),
    });
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS).min(workers);
    let all = by_hands(&range, threads, workers, count);
    let sums = telling(all, &range, progress).await;
    Ok(Ended { sums, started: range.pace.given() })
}

/// The sums of as many threads as there is room for; where there is none, of this one.
async fn by_hands<T: Default + Send + 'static>(
    range: &Arc<Range>,
    threads: usize,
    workers: usize,
    count: impl Fn(&mut T, Landed) + Clone + Send + 'static,
) -> Vec<T> {
    let (tell, mut told) = mpsc::unbounded_channel();
    let hand = |_| {
        let (give, share) = oneshot::channel();
        let (range, count, tell) = (Arc::clone(range), count.clone(), tell.clone());
        let work = async move {
            if let Ok(share) = share.await {
                let _ = tell.send(range.hand(share, count).await);
            }
        };
        // A hand without a runtime (no file descriptors left) has sent nothing.
        thread(move || drop(block_on(work))).ok().map(|_| give)
    };
    let hands: Vec<_> = (0..threads).map_while(hand).collect();
    if hands.is_empty() {
        return vec![Arc::clone(range).hand(workers, count).await];
    }
    drop(tell);
    let threads = hands.len();
    for (hand, give) in hands.into_iter().enumerate() {
        let _ = give.send((workers + hand) / threads);
    }
    let mut sums = Vec::new();
    while let Some(sum) = told.recv().await {
        sums.push(sum);
    }
    sums
}

async fn telling<T>(all: impl Future<Output = T>, range: &Range, progress: impl Fn(u64)) -> T {
    tokio::pin!(all);
    let mut ticks = interval(TOLD_EVERY);
    loop {
        tokio::select! {
            done = &mut all => return done,
            _ = ticks.tick() => progress(range.landed.load(Ordering::Relaxed)),
            () = range.stop.asked() => range.pace.stop(),
        }
        if range.stop.is_asked() {
            return all.await;
        }
    }
}

/// What all workers share.
struct Range {
    shots: Vec<Shot>,
    patience: Duration,
    transport: Arc<dyn Transport>,
    pace: Arc<Pace>,
    landed: AtomicU64,
    stop: Stop,
}

impl Range {
    /// The workers of one thread, until nothing is left.
    async fn hand<T: Default + Send + 'static>(
        self: Arc<Self>,
        workers: usize,
        count: impl Fn(&mut T, Landed) + Clone + Send + 'static,
    ) -> T {
        let sum = Arc::new(Mutex::new(T::default()));
        let mut working = JoinSet::new();
        for _ in 0..workers {
            working.spawn(Arc::clone(&self).work(Arc::clone(&sum), count.clone()));
        }
        tokio::select! {
            () = async { while working.join_next().await.is_some() {} } => {}
            () = self.stop.asked() => {}
        }
        std::mem::take(&mut *sum.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn work<T>(self: Arc<Self>, sum: Arc<Mutex<T>>, count: impl Fn(&mut T, Landed)) {
        let Some(first) = self.shots.first() else { return };
        let mut lane = Lane::of(&self.transport, first.url());
        while let Some(turn) = self.pace.turn().await {
            let lag = turn.due.elapsed();
            let shot = &self.shots[usize::try_from(turn.number).unwrap_or(0) % self.shots.len()];
            let reply = lane.send(shot, self.patience).await;
            let landed = Landed { number: turn.number, reply, lag, time: turn.due.elapsed() };
            count(&mut sum.lock().unwrap_or_else(PoisonError::into_inner), landed);
            self.landed.fetch_add(1, Ordering::Relaxed);
        }
    }
}
