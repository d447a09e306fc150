//! The program under test: a line for the shell that runs beside the gateway of one
//! scenario. Comes in: the line and its variables; goes out: what it says, and whether it
//! has ended. Dropped, it is stopped with everything that it started.

use std::collections::VecDeque;
use std::sync::mpsc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use wxkit::net::{self, Group};

use super::super::super::error::Error;

/// Most that is kept of what it says, in bytes: the last of it.
const KEPT: usize = 64 * 1024;
/// So many of its last lines are shown beside what went wrong.
const SHOWN: usize = 20;

/// Whoever holds its streams after its end is waited for so long.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// A program that runs, or ran.
pub(super) struct Running {
    heard: Arc<Mutex<Heard>>,
    stop: Option<net::oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Heard {
    said: VecDeque<u8>,
    code: Option<u8>,
}

impl Running {
    /// Starts it.
    pub(super) fn start(line: &str, variables: Vec<(String, String)>) -> Result<Self, Error> {
        let heard = Arc::new(Mutex::new(Heard::default()));
        let (stop, stopped) = net::oneshot::channel();
        let (ready, started) = mpsc::channel();
        let (line, hearing) = (line.to_owned(), Arc::clone(&heard));
        let thread = net::thread(move || {
            let ran = net::block_on(async {
                match Group::start(&line, &variables) {
                    Ok(group) => {
                        let _ = ready.send(Ok(()));
                        run(group, &hearing, stopped).await;
                    }
                    Err(why) => drop(ready.send(Err(why))),
                }
            });
            drop(ran);
        });
        let thread = thread.map_err(|_| Error::no_thread())?;
        let started = started.recv().map_err(|_| Error::bug("the thread of the program died"))?;
        started.map_err(|why| Error::io("sh", &why))?;
        Ok(Self { heard, stop: Some(stop), thread: Some(thread) })
    }

    /// The code with which it ended, if it has.
    pub(super) fn ended(&self) -> Option<u8> {
        self.heard().code
    }

    /// Whether it has said this.
    pub(super) fn has_said(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// The last lines of what it said.
    pub(super) fn last_lines(&self) -> Vec<String> {
        let text = self.text();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(SHOWN)..].iter().map(|line| (*line).to_owned()).collect()
    }

    fn text(&self) -> String {
        let mut heard = self.heard();
        String::from_utf8_lossy(heard.said.make_contiguous()).into_owned()
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn run(mut group: Group, heard: &Arc<Mutex<Heard>>, stopped: net::oneshot::Receiver<()>) {
    let hearing = Arc::clone(heard);
    let listening = group.listen(move |piece| {
        let mut heard = hearing.lock().unwrap_or_else(PoisonError::into_inner);
        heard.said.extend(piece);
        let over = heard.said.len().saturating_sub(KEPT);
        heard.said.drain(..over);
    });
    let ended = net::select! {
        ended = group.ended() => Some(ended.unwrap_or(1)),
        _ = stopped => None,
    };
    let Some(code) = ended else { return group.stop().await };
    // What it left running ends with it; its last words are heard before its end is told.
    drop(group);
    let _ = net::timeout(LAST_WORDS, listening.join_all()).await;
    heard.lock().unwrap_or_else(PoisonError::into_inner).code = Some(code);
}
