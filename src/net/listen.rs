//! The HTTP server: accepts connections, and has each of them met at the front and
//! answered by the given function, on one thread or on many. Stops when it is asked
//! to, and lets open replies finish for a moment.

use std::future::Future;
use std::io;
use std::num::NonZero;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{sleep, timeout};

use super::connection::Answer;
#[cfg(unix)]
use super::connection::{Caller, connection};
use super::front::{Front, meet};
use super::runtime::block_on;
use super::socket::{Listener, Loose, Stream};
use super::thread::thread;
use crate::wire::Request;

/// Longest wait for open connections when stopping.
const STOP_TIMEOUT: Duration = Duration::from_secs(3);
/// More threads than this only wait for each other.
const MOST_THREADS: usize = 8;

/// Answers until `stop` is ready, then lets open replies finish for a moment.
/// The function is asked on the runtime's own thread: it must not block.
pub async fn serve<A, R>(listener: Listener, answer: A, stop: impl Future)
where
    A: Fn(&Request) -> R + Clone + Send + Sync + 'static,
    R: Into<Answer> + 'static,
{
    serve_here(listener, Front::default(), answer, stop).await;
}

async fn serve_here<A, R>(listener: Listener, front: Front, answer: A, stop: impl Future)
where
    A: Fn(&Request) -> R + Clone + Send + Sync + 'static,
    R: Into<Answer> + 'static,
{
    let (stopping, stopped) = watch::channel(());
    accept(&listener, |stream| greet(stream, &front, answer.clone(), stopped.clone()), stop).await;
    drop((listener, stopped));
    finish(stopping).await;
}

/// The same on a thread of its own for each processor, and with more than plain HTTP
/// at the front. Connections are dealt out in turn; the function is asked on all of
/// these threads.
pub async fn serve_wide<A, R>(listener: Listener, front: Front, answer: A, stop: impl Future)
where
    A: Fn(&Request) -> R + Clone + Send + Sync + 'static,
    R: Into<Answer> + 'static,
{
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
    let start = |_| Hand::start(front.clone(), answer.clone()).ok();
    let hands: Vec<Hand> = (0..threads).map_while(start).collect();
    if hands.is_empty() {
        // No room for one more thread: this one does it.
        return serve_here(listener, front, answer, stop).await;
    }
    let mut turn = hands.iter().cycle();
    let deal = |stream: Stream| {
        if let (Some(hand), Some(stream)) = (turn.next(), stream.loosened()) {
            let _ = hand.give.send(stream);
        }
    };
    accept(&listener, deal, stop).await;
    drop(listener);
    let ends: Vec<_> = hands.into_iter().map(|hand| hand.end).collect();
    let ended = async {
        for end in ends {
            // Nothing is sent: its thread is over, and the other side gone with it.
            let _ = end.await;
        }
    };
    let _ = timeout(2 * STOP_TIMEOUT, ended).await;
}

async fn accept(listener: &Listener, mut take: impl FnMut(Stream), stop: impl Future) {
    tokio::pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(stream) => take(stream),
                // Out of file descriptors, most of the time: some will come back.
                Err(_) => sleep(Duration::from_millis(50)).await,
            },
            _ = &mut stop => return,
        }
    }
}

/// Tells the connections to end with their present reply, and waits for them.
async fn finish(stopping: watch::Sender<()>) {
    let _ = stopping.send(());
    let _ = timeout(STOP_TIMEOUT, stopping.closed()).await;
}

/// A thread that serves the connections it is given.
struct Hand {
    give: mpsc::UnboundedSender<Loose>,
    end: oneshot::Receiver<()>,
}

impl Hand {
    fn start<A, R>(front: Front, answer: A) -> io::Result<Self>
    where
        A: Fn(&Request) -> R + Clone + Send + Sync + 'static,
        R: Into<Answer> + 'static,
    {
        let (give, mut given) = mpsc::unbounded_channel::<Loose>();
        let (over, end) = oneshot::channel();
        thread(move || {
            let served = block_on(async move {
                let (stopping, stopped) = watch::channel(());
                while let Some(loose) = given.recv().await {
                    if let Some(stream) = loose.bound() {
                        greet(stream, &front, answer.clone(), stopped.clone());
                    }
                }
                drop(stopped);
                finish(stopping).await;
            });
            // Without a runtime the thread ends, and its connections close.
            drop((served, over));
        })?;
        Ok(Self { give, end })
    }
}

/// Serves a connection in a task of its own.
fn greet<A, R>(stream: Stream, front: &Front, answer: A, stopped: watch::Receiver<()>)
where
    A: Fn(&Request) -> R + Send + Sync + 'static,
    R: Into<Answer> + 'static,
{
    match stream {
        Stream::Tcp(stream, peer) => {
            tokio::spawn(meet(stream, peer, front.clone(), answer, stopped));
        }
        #[cfg(unix)]
        Stream::Unix(stream) => {
            tokio::spawn(connection(stream, Caller::plain(None), answer, stopped));
        }
    }
}
