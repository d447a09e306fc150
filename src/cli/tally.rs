//! How many of a stream of signed payloads are right, and which are not. Comes in: a stream
//! and hands that give a verdict on each payload; goes out: the numbers, and every bad one
//! with its place in the stream. Some threads read in turn and check side by side.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use wxkit::api::word::Part;
use wxkit::api::{Lang, Message, Word};
use wxkit::wire::WireError;
use wxkit::wire::batch::{At, Run};

use super::args::{Args, Flag};
use super::error::Error;
use super::input::{Stream, unread};
use super::outcome::{Outcome, View};

/// Threads to use.
pub static THREADS: Flag = Flag::number(
    "threads",
    "N",
    "同时使用的线程数，默认为处理器数",
    "Threads to use, by default one for each processor",
);
/// Whether to tell how fast it was.
pub static STATS: Flag =
    Flag::switch("stats", "显示条数、字节数、用时和速度", "Tell records, bytes, seconds and speed");

/// More threads than this are no faster on any machine.
const MOST_THREADS: u64 = 256;

/// Most bad payloads that are named, the first ones: each takes 1.3 KB until all are told.
const MOST_NAMED: usize = 5_000;

/// Hands that give verdicts, one pair for each thread.
pub trait Checks {
    /// Gives the verdicts on all payloads of a run: those that are bad go to the list.
    fn check(&mut self, run: &Run, bad: &mut Bads);
}

/// The bad payloads: how many, and of the first ones the place and why.
#[derive(Default)]
pub struct Bads {
    count: u64,
    named: Vec<(At, Message)>,
}

impl Bads {
    /// Takes one more. They come in order, but for the few that were hashed together.
    pub fn add(&mut self, at: At, why: impl FnOnce() -> Message) {
        self.count += 1;
        // What is hashed together is less than this.
        if self.named.len() < 2 * MOST_NAMED {
            self.named.push((at, why()));
        }
    }

    /// The same of another thread.
    fn join(&mut self, other: Self) {
        self.count += other.count;
        self.named.extend(other.named);
    }

    /// The first of them, in order.
    fn sort(&mut self) {
        self.named.sort_by_key(|(at, _)| *at);
        self.named.truncate(MOST_NAMED);
    }
}

/// What was counted so far.
#[derive(Default)]
struct Tally {
    total: u64,
    bytes: u64,
    bad: Bads,
}

/// What says how a stream is read means nothing of one message.
pub fn refuse_alone(args: &Args) -> Result<(), Error> {
    let threads = args.positive(&THREADS)?.map(|_| THREADS.name);
    let Some(name) = threads.or(args.has(&STATS).then_some(STATS.name)) else { return Ok(()) };
    Err(Error::usage(Word::new("--{} 要和 --batch 一起用", "--{} goes with --batch").with([name])))
}

/// Checks a stream without keeping it.
pub fn outcome<C: Checks>(
    args: &Args,
    lang: Lang,
    stream: Stream,
    hands: impl Fn() -> C + Sync,
) -> Result<Outcome, Error> {
    let threads = match args.positive(&THREADS)? {
        Some(threads) => usize::try_from(threads.min(MOST_THREADS)).unwrap_or(1),
        None => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
    };
    let started = Instant::now();
    let tally = count(stream, threads, hands);
    let elapsed = args.has(&STATS).then(|| started.elapsed());
    tally.outcome(lang, elapsed)
}

fn count<C: Checks>(stream: Stream, threads: usize, hands: impl Fn() -> C + Sync) -> Tally {
    let stream = Mutex::new(stream);
    let work = || {
        let (mut run, mut part, mut hands) = (Run::default(), Tally::default(), hands());
        while stream.lock().unwrap_or_else(PoisonError::into_inner).read(&mut run) {
            part.add(&run);
            hands.check(&run, &mut part.bad);
        }
        part
    };
    std::thread::scope(|scope| {
        // Where the system has no room for one more thread, fewer do it.
        let spawn = |_| std::thread::Builder::new().spawn_scoped(scope, work).ok();
        let others: Vec<_> = (1..threads).map_while(spawn).collect();
        let mut all = work();
        for other in others {
            let part = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            all.total += part.total;
            all.bytes += part.bytes;
            all.bad.join(part.bad);
        }
        all.bad.sort();
        all
    })
}

/// The verdicts of hands that look at one payload after the other.
pub fn one_by_one<'r>(
    run: &'r Run,
    name: &str,
    bad: &mut Bads,
    mut check: impl FnMut(At, &'r [u8]) -> Result<(), Message>,
) {
    for (at, payload) in run.payloads() {
        let verdict = match payload {
            Ok(payload) => check(at, payload),
            Err(error) => Err(unread(error, name).message),
        };
        if let Err(why) = verdict {
            bad.add(at, || why);
        }
    }
}

impl Tally {
    fn add(&mut self, run: &Run) {
        for (_, payload) in run.payloads() {
            self.total += 1;
            self.bytes += payload.map_or(0, <[u8]>::len) as u64;
        }
    }

    /// The answer: yes if all are right; an empty stream is none.
    fn outcome(self, lang: Lang, elapsed: Option<Duration>) -> Result<Outcome, Error> {
        let Self { total, bytes, bad } = self;
        if total == 0 {
            return Err(WireError::Empty.into());
        }
        let (valid, unnamed) = (total - bad.count, bad.count - bad.named.len() as u64);
        let list: Vec<Value> = bad.named.iter().map(|(at, why)| failure(*at, why, lang)).collect();
        let data = json!({ "total": total, "valid": valid, "invalid": bad.count, "failures": list });
        let mut outcome = Outcome::new(data, format!("{valid}/{total}"));
        outcome.view = bad.named.into_iter().map(|(at, why)| View::Bad(line(at, why))).collect();
        if unnamed > 0 {
            outcome.data["unnamed"] = unnamed.into();
            outcome = outcome.show(View::Bad(MORE.with([unnamed.to_string()])));
        }
        if let Some(elapsed) = elapsed {
            let seconds = elapsed.as_secs_f64();
            outcome.data["bytes"] = bytes.into();
            outcome.data["elapsed_ms"] = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX).into();
            outcome = outcome.show(View::Say(speed(total, bytes, seconds)));
        }
        let said = Word::new("共 {} 条，{} 条有效", "payloads: {}, valid: {}")
            .with([total.to_string(), valid.to_string()]);
        Ok(if valid == total { outcome.show(View::Good(said)) } else { outcome.show(View::Bad(said)).no() })
    }
}

const MORE: Word = Word::new("另有 {} 条无效，没有逐条列出", "and {} more that are invalid");

fn failure(at: At, why: &Message, lang: Lang) -> Value {
    json!({ "number": at.number, "byte": at.byte, "reason": why.text(lang) })
}

fn line(at: At, why: Message) -> Message {
    let words = Word::new("第 {} 条（从第 {} 字节起）：{}", "payload {} (from byte {}): {}");
    words.with([at.number.to_string().into(), at.byte.to_string().into(), Part::from(why)])
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
fn speed(total: u64, bytes: u64, seconds: f64) -> Message {
    let a_second = bytes as f64 / seconds.max(1e-9) / 1e6;
    Word::new("{} 条，{} 字节，{} 秒，每秒 {} MB", "payloads: {}, bytes: {}, {} s, {} MB a second").with([
        total.to_string(),
        bytes.to_string(),
        format!("{seconds:.3}"),
        format!("{a_second:.0}"),
    ])
}
