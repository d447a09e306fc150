//! Examines a receiver of notices from outside: what WeChat would send, what an
//! attacker would, and what each reply shows. Comes in: who we play and where the
//! receiver is; goes out: a grade for each [`Item`]. Sees replies only, never the
//! merchant's database, and says so.

mod items;
mod judge;
mod make;

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::api::{Keys, Stamp, Word, WriteError};
use crate::net::{self, JoinSet, SendError, Transport};
use crate::wire::{Fields, Reply, Request};

pub use items::ITEMS;
pub use judge::{Finding, Form};
pub use make::Maker;

/// WeChat waits so long.
pub const WECHAT_WAITS: Duration = Duration::from_secs(5);
/// The examiner waits longer, to tell slow from dead.
const PATIENCE: Duration = Duration::from_secs(8);

/// One thing that is examined.
#[derive(Debug)]
pub struct Item {
    /// Its name in reports.
    pub id: &'static str,
    /// Whether the verdict hangs on it.
    pub need: Need,
    /// What a good receiver does.
    pub title: Word,
    /// Why it matters.
    pub why: Word,
    /// How to make it so.
    pub fix: Word,
    /// What cannot be seen from outside.
    pub unseen: Option<Word>,
    /// What the reply has to be.
    expects: Expects,
    /// How many of it are sent at once.
    copies: usize,
    make: fn(&Maker) -> Result<Request, WriteError>,
}

/// Whether the verdict hangs on an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Without it the receiver fails.
    Required,
    /// Told, and no more.
    Advised,
}

/// What a reply has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expects {
    /// SUCCESS, in whatever form.
    Accepted,
    /// SUCCESS, and in time.
    AcceptedInTime,
    /// Exactly what WeChat reads as SUCCESS.
    WellFormed,
    /// Anything but SUCCESS.
    Refused,
}

/// What came back for one copy.
#[derive(Debug, Clone)]
pub struct Observed {
    /// The reply, or why there is none.
    pub reply: Result<Reply, String>,
    /// How long it took.
    pub time: Duration,
}

/// How an item went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be.
    Passed,
    /// Not as it should be.
    Failed(Finding),
    /// A receiver that accepts nothing shows nothing by refusing.
    Untold,
}

/// An item with its grade.
#[derive(Debug)]
pub struct Graded {
    /// The item.
    pub item: &'static Item,
    /// How it went.
    pub verdict: Verdict,
    /// The longest reply.
    pub time: Duration,
}

impl Graded {
    /// Whether the receiver fails because of this.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        self.item.need == Need::Required && self.verdict != Verdict::Passed
    }
}

/// Who is played, and where the receiver is.
#[derive(Debug)]
pub struct Exam {
    /// Where payment notices go.
    pub to: String,
    /// Where refund notices go.
    pub refund_to: String,
    /// Account, merchant and key.
    pub keys: Keys,
    /// Time and dice.
    pub stamp: Stamp,
    /// The order that is paid, as far as the caller said.
    pub order: Fields,
    /// Items that are left out.
    pub skip: Vec<String>,
}

impl Exam {
    /// The items of this exam, in their order.
    pub fn items(&self) -> impl Iterator<Item = &'static Item> {
        ITEMS.iter().filter(|item| !self.skip.iter().any(|skip| skip == item.id))
    }
}

/// Sends everything, one item after the other, and tells `progress` after each.
///
/// # Errors
/// A notice that cannot be written: a key or a setting is missing, or a field of
/// the order is wrong.
pub async fn examine(
    transport: Arc<dyn Transport>,
    exam: &Exam,
    progress: impl Fn(u64, u64),
) -> Result<Vec<Graded>, WriteError> {
    let maker = Maker::new(exam);
    let total = exam.items().count() as u64;
    let (mut graded, mut accepts) = (Vec::new(), true);
    for (number, item) in (1..).zip(exam.items()) {
        let request = (item.make)(&maker)?;
        let observed = post(&transport, request, item.copies).await;
        let verdict = judge::judge(item.expects, &observed, accepts);
        if item.id == items::FIRST {
            accepts = verdict == Verdict::Passed;
        }
        let time = observed.iter().map(|one| one.time).max().unwrap_or_default();
        graded.push(Graded { item, verdict, time });
        progress(number, total);
    }
    Ok(graded)
}

async fn post(transport: &Arc<dyn Transport>, request: Request, copies: usize) -> Vec<Observed> {
    let mut flying = JoinSet::new();
    for _ in 0..copies {
        let (transport, request) = (Arc::clone(transport), request.clone());
        flying.spawn(async move {
            let start = Instant::now();
            let reply = net::timeout(PATIENCE, transport.send(&request)).await;
            let reply = reply.map_or_else(|_| Err("timed out".into()), |sent| sent.map_err(|e| why(&e)));
            Observed { reply, time: start.elapsed() }
        });
    }
    let mut observed = Vec::new();
    while let Some(one) = flying.join_next().await {
        observed.extend(one.ok());
    }
    observed
}

fn why(error: &SendError) -> String {
    match error {
        SendError::Unreachable { why, .. } | SendError::Lost { why, .. } => why.to_string(),
        other => format!("{other:?}"),
    }
}
