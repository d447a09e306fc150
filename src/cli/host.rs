//! The gateway on a socket: joins the pure mock with the network, the clock and
//! explain, which must not know of one another. Comes in: a mock and an address;
//! goes out: a running server that answers, sends notices and tells of both.

use std::collections::VecDeque;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use wxkit::api::{Lang, Message};
use wxkit::client::Clock;
use wxkit::mock::{Answered, Door, Mock, RefusedSign, Shop};
use wxkit::net::{self, AtFront, Front, Listener, Outgoing, Semaphore, Transport, watch};
use wxkit::store::private;
use wxkit::store::reading::{self, Trouble};
use wxkit::wire::{Later, Reply, Request};

use super::error::{self, Error};
use super::explained::{self, Explained};
use super::wiring::Context;

/// Something worth a line in the log.
pub enum Happened {
    /// A call was answered.
    Answered {
        /// `POST /pay/unifiedorder`
        what: String,
        /// `ok`, or the code of the refusal.
        verdict: String,
    },
    /// A signature that was refused has its reason.
    Explained(Explained),
    /// So much more happened than can be told.
    Missed(u64),
    /// The state could not be written.
    NotKept(Message),
    /// A connection came to the front and never became a request.
    AtFront(AtFront),
    /// A notice was delivered, or was not.
    Delivered {
        /// Where it went.
        url: String,
        /// HTTP status, or why there is none.
        outcome: Result<u16, String>,
    },
}

/// How long a stream of events may be silent.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Changes closer together than this are told as one.
const GATHER: Duration = Duration::from_millis(150);

/// At least so long between two writings of the state.
pub const WRITING: Duration = Duration::from_millis(200);
/// So many notices are on their way at once; the others wait their turn.
const SENDING: usize = 256;
/// So long the end of a gateway waits for explanations: one takes up to two seconds,
/// and whoever reads them has waited for a whole test run.
const EXPLAINING: Duration = Duration::from_secs(5);
/// So often it looks whether they are there.
const LOOKING: Duration = Duration::from_millis(10);
/// So many wrong signatures wait to be explained; more get no explanation.
const WAITING: usize = 16;

/// What is served beside the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// Nothing.
    Nothing,
    /// The sample shop.
    Shop,
}

/// Who is told; called from the server's threads.
pub type Log = Arc<dyn Fn(Happened) + Send + Sync>;

/// What happened and was not told yet. A busy gateway writes here and wakes nobody:
/// who tells it looks in now and then.
#[derive(Clone, Default)]
pub struct Journal(Arc<Mutex<Pages>>);

#[derive(Default)]
struct Pages {
    happened: Vec<Happened>,
    missed: u64,
}

/// Most events between two looks; what is more is only counted.
const UNTOLD: usize = 10_000;

impl Journal {
    /// So often somebody should look in.
    pub const LOOKS: Duration = Duration::from_millis(20);

    /// Notes something down.
    pub fn note(&self, happened: Happened) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.happened.len() < UNTOLD {
            pages.happened.push(happened);
        } else {
            pages.missed += 1;
        }
    }

    /// Takes everything that was noted down.
    pub fn take(&self) -> Vec<Happened> {
        let Pages { mut happened, missed } =
            std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        happened.extend((missed > 0).then_some(Happened::Missed(missed)));
        happened
    }
}

/// The file of the state, which is this process's as long as it lives.
struct State {
    path: PathBuf,
    /// Closing it gives the lock back.
    _lock: File,
}

impl State {
    fn of(path: &Path) -> Result<Self, Error> {
        let mut beside = path.as_os_str().to_owned();
        beside.push(".lock");
        let lock = private::lock_file(Path::new(&beside))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(error::state_in_use(path)),
            Err(TryLockError::Error(trouble)) => Err(Error::io(&path.display().to_string(), &trouble)),
        }
    }
}

/// A mock and all that it needs to act.
#[derive(Clone)]
pub struct Host {
    mock: Arc<Mutex<Mock>>,
    door: Door,
    front: Front,
    shop: Option<Arc<Mutex<Shop>>>,
    changes: Arc<watch::Sender<()>>,
    clock: Clock,
    transport: Arc<dyn Transport>,
    log: Log,
    lang: Lang,
    /// Where the state is kept.
    state: Option<Arc<State>>,
    sending: Arc<Semaphore>,
    waiting: Arc<Mutex<Waiting>>,
}

/// Wrong signatures that are explained one after the other: a flood of them is
/// neither a flood of threads nor of memory.
#[derive(Default)]
struct Waiting {
    refused: VecDeque<RefusedSign>,
    /// Whether somebody is at it.
    worked_on: bool,
}

impl Host {
    /// Joins the parts.
    fn new(mock: Mock, clock: Clock, transport: Arc<dyn Transport>, log: Log, lang: Lang) -> Self {
        let door = mock.door();
        let (mock, changes) = (Arc::new(Mutex::new(mock)), Arc::new(watch::Sender::new(())));
        let (sending, waiting) = (Arc::new(Semaphore::new(SENDING)), Arc::default());
        let front = Front::default();
        Self {
            mock,
            door,
            front,
            shop: None,
            changes,
            clock,
            transport,
            log,
            lang,
            state: None,
            sending,
            waiting,
        }
    }

    /// A gateway on the clock and network of this run.
    pub fn wired(ctx: &Context, mock: Mock, log: Log) -> Result<Self, Error> {
        Ok(Self::new(mock, ctx.clock(), ctx.notifying_transport()?, log, ctx.lang))
    }

    /// The same, going on where the state in this file ended, and keeping it there.
    pub fn kept_in(mut self, path: &Path) -> Result<Self, Error> {
        let exists = is_there(path)?;
        let state = State::of(path)?;
        if exists {
            let bytes = std::fs::read(path).map_err(|e| Error::io(&path.display().to_string(), &e))?;
            let loaded = self.mock().load(&bytes, self.clock.now());
            loaded.map_err(|bad| error::of_state(path, &bad))?;
        }
        // A directory that cannot be written to is told now, and not after the first order.
        private::replace(path, &self.mock().save())?;
        self.state = Some(Arc::new(state));
        Ok(self)
    }

    /// The same with dice that fall alike in every run.
    pub fn seeded(self, seed: u64) -> Self {
        let nonce = self.clock.nonce.clone().or(Some(format!("{seed:032}")));
        Self { clock: Clock { nonce, ..self.clock }, ..self }
    }

    /// The same with more than plain HTTP at the front.
    pub fn with_front(self, front: Front) -> Self {
        Self { front, ..self }
    }

    /// The same with the sample shop under `/shop` of this address.
    pub fn with_shop(mut self, address: &str) -> Self {
        let shop = Shop::new(self.mock().identity().default_keys(), address.to_owned());
        self.shop = Some(Arc::new(Mutex::new(shop)));
        self
    }

    /// Serves until `stop` is ready.
    ///
    /// # Errors
    /// The state as it was in the end could not be written.
    pub async fn serve(self, listener: Listener, stop: impl Future) -> Result<(), Error> {
        let due = self.mock().due();
        self.schedule(due);
        let keeper = self.state.clone().map(|state| net::spawn(self.clone().keep(state)));
        let (host, front) = (self.clone(), self.front.clone());
        net::serve_wide(listener, front, move |request: &Request| host.answer(request), stop).await;
        if let (Some(keeper), Some(state)) = (keeper, &self.state) {
            keeper.abort();
            self.write_state(&state.path).await?;
        }
        Ok(())
    }

    /// Writes the state whenever it has changed, at most a tenth of the time.
    async fn keep(self, state: Arc<State>) {
        let mut changes = self.changes.subscribe();
        while changes.changed().await.is_ok() {
            let started = Instant::now();
            if let Err(trouble) = self.write_state(&state.path).await {
                (self.log)(Happened::NotKept(Error::from(trouble).message));
            }
            net::sleep(WRITING.max(started.elapsed() * 10)).await;
        }
    }

    async fn write_state(&self, path: &Path) -> Result<(), Trouble> {
        let bytes = self.mock().save();
        let path = path.to_owned();
        net::blocking(move || private::replace(&path, &bytes)).await
    }

    /// Answers now, or when what was asked for has come about.
    fn answer(&self, request: &Request) -> net::Answer {
        let (outgoing, patience) = self.look(request);
        let Some(patience) = patience else { return net::Answer::Goes(outgoing) };
        net::Answer::When(Box::pin(self.clone().look_again(request.clone(), patience)))
    }

    /// Looks again whenever something has happened, until it is there or time is over.
    async fn look_again(self, request: Request, patience: Duration) -> Reply {
        let mut changes = self.changes.subscribe();
        let started = Instant::now();
        loop {
            let (outgoing, more) = self.look(&request);
            let left = patience.saturating_sub(started.elapsed());
            if more.is_none() || net::timeout(left, changes.changed()).await.is_err() {
                return outgoing.reply;
            }
        }
    }

    /// The reply as things are, and how long better ones are worth waiting for.
    fn look(&self, request: &Request) -> (Outgoing, Option<Duration>) {
        match &self.shop {
            Some(shop) if Shop::serves(request.path()) => {
                let mut shop = shop.lock().unwrap_or_else(PoisonError::into_inner);
                // The shop calls as any site would, only without a socket.
                let reply = shop.answer(request, &self.clock.stamp(), &mut |call| self.gateway(call).0.reply);
                (reply.into(), None)
            }
            shop => {
                let (outgoing, patience) = self.gateway(request);
                if let Some(shop) = shop.as_ref().filter(|_| is_reset(request, &outgoing.reply)) {
                    shop.lock().unwrap_or_else(PoisonError::into_inner).reset();
                }
                let is_stream = outgoing.reply.header("content-type") == Some("text/event-stream");
                (Outgoing { rest: is_stream.then(|| self.follow()), ..outgoing }, patience)
            }
        }
    }

    fn gateway(&self, request: &Request) -> (Outgoing, Option<Duration>) {
        let stamp = self.clock.stamp();
        let opened = self.door.open(request, stamp.now);
        // Bound: the lock is free again before the reply is signed.
        let decided = self.mock().decide(request, opened, &stamp);
        let Answered { reply, delay, ending, later, refused, verdict, patience } = decided.finish();
        if self.changes.receiver_count() > 0 && (verdict.is_some() || request.method != "GET") {
            self.changes.send_replace(());
        }
        if let Some(verdict) = verdict {
            (self.log)(Happened::Answered { what: [&request.method, " ", request.path()].concat(), verdict });
        }
        if let Some(refused) = refused {
            self.explain(refused);
        }
        self.schedule(later);
        (Outgoing { reply, delay, rest: None, ending }, patience)
    }

    /// Says `changed` whenever something happened, several at once as one, and
    /// something now and then so that a reader who has left is noticed.
    fn follow(&self) -> net::mpsc::Receiver<Vec<u8>> {
        let (sender, receiver) = net::mpsc::channel(4);
        let mut changes = self.changes.subscribe();
        net::spawn(async move {
            loop {
                let event: &[u8] = match net::timeout(HEARTBEAT, changes.changed()).await {
                    Ok(Ok(())) => b"event: changed\ndata: {}\n\n",
                    Ok(Err(_)) => return,
                    Err(_) => b": still here\n\n",
                };
                if sender.send(event.to_vec()).await.is_err() {
                    return;
                }
                net::sleep(GATHER).await;
            }
        });
        receiver
    }

    /// A notice is a small task that sleeps, sends and tells the mock.
    fn schedule(&self, later: Vec<Later>) {
        for later in later {
            let host = self.clone();
            net::spawn(async move {
                net::sleep(later.after).await;
                let turn = host.sending.clone().acquire_owned().await;
                if host.mock().wants(later.ticket) {
                    host.deliver(later).await;
                }
                drop(turn);
            });
        }
    }

    async fn deliver(self, later: Later) {
        let outcome = self.transport.send(&later.request).await.map_err(|error| why(&error));
        let told = outcome.as_ref().map(|reply| reply.status).map_err(Clone::clone);
        (self.log)(Happened::Delivered { url: later.request.url, outcome: told });
        let next = self.mock().delivered(later.ticket, &outcome, &self.clock.stamp());
        self.changes.send_replace(());
        self.schedule(next);
    }

    /// Finds out why a signature was wrong, away from the thread that answers.
    fn explain(&self, refused: RefusedSign) {
        let mut waiting = self.waiting();
        if waiting.refused.len() < WAITING {
            waiting.refused.push_back(refused);
        }
        if !std::mem::replace(&mut waiting.worked_on, true) {
            let host = self.clone();
            if net::thread(move || while host.explain_next() {}).is_err() {
                // No room for one more thread: what has no reason is refused all the same.
                *waiting = Waiting::default();
            }
        }
    }

    /// Explains the one that has waited longest; tells whether there was one.
    fn explain_next(&self) -> bool {
        let mut waiting = self.waiting();
        let Some(refused) = waiting.refused.pop_front() else {
            waiting.worked_on = false;
            return false;
        };
        drop(waiting);
        let explained = explained::of_refused(&refused);
        self.mock().attach(refused.request_id, explained::bilingual(&explained, self.lang));
        self.changes.send_replace(());
        (self.log)(Happened::Explained(explained));
        true
    }

    /// Waits, though not for long, until every wrong signature has its reason.
    pub async fn explained(&self) {
        let all = async {
            while self.waiting().worked_on {
                net::sleep(LOOKING).await;
            }
        };
        let _ = net::timeout(EXPLAINING, all).await;
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn mock(&self) -> MutexGuard<'_, Mock> {
        // A panic while answering leaves the state as it was before that step.
        self.mock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_reset(request: &Request, reply: &Reply) -> bool {
    request.method == "POST" && request.path() == "/_mock/reset" && reply.status == 200
}

/// Longest state that is read, in bytes: ten thousand orders with fifty refunds each
/// are less than a fifth of it.
const LONGEST: u64 = 1 << 30;

/// Whether there is a state yet, and it can be one.
fn is_there(path: &Path) -> Result<bool, Error> {
    let file = match reading::open_kept(path) {
        Err(trouble) if trouble.is_missing() => return Ok(false),
        opened => opened?,
    };
    let about = file.metadata().map_err(|e| Error::io(&path.display().to_string(), &e))?;
    if about.len() > LONGEST {
        return Err(Trouble::TooLong { path: path.to_owned(), limit: LONGEST }.into());
    }
    Ok(true)
}

/// Why there is no reply, in a few words.
pub fn why(error: &net::SendError) -> String {
    match error {
        net::SendError::Unreachable { why, .. } | net::SendError::Lost { why, .. } => why.to_string(),
        other => other.to_string(),
    }
}

/// A server in a thread of its own, for commands that talk to it meanwhile.
pub struct Background {
    /// Where it listens.
    pub url: String,
    stop: Option<net::oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Background {
    /// Starts the gateway on a free port of loopback.
    pub fn gateway(host: Host) -> Result<Self, Error> {
        // Nothing is kept there, so nothing can fail to be.
        Self::start(move |listener, stop| Box::pin(async { drop(host.serve(listener, stop).await) }))
    }

    /// Starts a receiver that hands every request to `take` and says SUCCESS.
    pub fn receiver(take: impl Fn(Request) + Clone + Send + Sync + 'static) -> Result<Self, Error> {
        Self::start(move |listener, stop| {
            let answer = move |request: &Request| {
                take(request.clone());
                Reply::ok("text/xml", RECEIVED)
            };
            Box::pin(net::serve(listener, answer, stop))
        })
    }

    fn start<F>(run: F) -> Result<Self, Error>
    where
        F: FnOnce(Listener, net::oneshot::Receiver<()>) -> std::pin::Pin<Box<dyn Future<Output = ()>>>
            + Send
            + 'static,
    {
        let (stop, stopped) = net::oneshot::channel();
        let (ready, bound) = std::sync::mpsc::channel();
        let thread = net::thread(move || {
            let served = net::block_on(async {
                match net::bind("127.0.0.1:0").await {
                    Err(error) => drop(ready.send(Err(Error::from(error)))),
                    Ok(listener) => {
                        let _ = ready.send(Ok(listener.local_url()));
                        run(listener, stopped).await;
                    }
                }
            });
            if let Err(error) = served {
                let _ = ready.send(Err(Error::io("runtime", &error)));
            }
        });
        let thread = thread.map_err(|_| Error::no_thread())?;
        let bound = bound.recv().map_err(|_| Error::bug("the server thread died"))?;
        Ok(Self { url: bound?, stop: Some(stop), thread: Some(thread) })
    }
}

/// What a merchant answers so that WeChat stops sending.
pub const RECEIVED: &str =
    "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>";

impl Drop for Background {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
