//! Examines a receiver of notices from outside: what WeChat would send, what an
//! attacker would, and what each reply shows. Comes in: who we play and where the
//! receiver is; goes out: a grade for each [`Item`]. Sees replies only, never the
//! merchant's database, and says so.

mod exam;
mod item;
mod items;
mod items_v3;
mod judge;
mod make;
mod make_v3;
mod maker;
mod witness;

use std::collections::BTreeSet;
use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

use super::Version;
use crate::api::WriteError;
use crate::net::{self, Landed, Load, SendError, Stop, Transport};
use crate::wire::Request;

pub use exam::Exam;
pub use item::{Graded, Item, Need};
use judge::{Expects, Observed};
pub use judge::{Finding, Form, Verdict, WECHAT_WAITS};
use maker::Maker;
use witness::Effect;
pub use witness::{Counted, Mute, Witness};

/// How long an examiner usually waits: longer than WeChat, to tell slow from dead.
pub const PATIENCE: Duration = Duration::from_secs(8);

/// Why there is no exam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoExam {
    /// A notice cannot be written: a key or a setting is missing, or a field of the
    /// order is wrong.
    Write(WriteError),
    /// Nobody is there to be examined.
    Nobody(SendError),
    /// Who should count what is booked does not.
    Mute(Mute),
}

impl From<WriteError> for NoExam {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

/// Sends everything, one item after the other, and tells `progress` after each.
/// What hangs on an item that did not pass is left out.
///
/// # Errors
/// [`NoExam`].
pub async fn examine(
    transport: Arc<dyn Transport>,
    exam: &Exam,
    progress: impl Fn(u64, u64),
) -> Result<Vec<Graded>, NoExam> {
    let maker = Maker::new(exam);
    let items = items_of(exam);
    let (total, pays) = (items.len() as u64, items.iter().find(|item| item.expects != Expects::Refused));
    let mut graded: Vec<Graded> = Vec::new();
    let mut met = BTreeSet::new();
    for (number, &item) in (1..).zip(&items) {
        if let Some(other) = hindrance(item, &graded) {
            let verdict = Verdict::Untold(other);
            graded.push(Graded { item, verdict, time: Duration::ZERO, counted: None });
            continue;
        }
        let before = match &exam.witness {
            Some(witness) => Some(witness.count(&transport).await?),
            None => None,
        };
        let mut one = graded_now((&transport, exam), item, &maker.at(item.id), &mut met).await?;
        if let (Some(witness), Some(before)) = (&exam.witness, before) {
            let due = match item.id {
                id if pays.is_some_and(|first| first.id == id) => Effect::Once,
                "refund" => Effect::Any,
                _ => Effect::Nothing,
            };
            one.book(witness.settled(&transport, before, due).await?, due);
        }
        graded.push(one);
        progress(number, total);
    }
    Ok(graded)
}

impl Graded {
    /// Takes down what was booked; a finding of the replies comes first.
    fn book(&mut self, counted: Counted, due: Effect) {
        self.counted = Some(counted);
        if self.verdict == Verdict::Passed && !counted.is(due) {
            self.verdict = Verdict::Failed(Finding::Booked(counted));
        }
    }
}

impl From<Mute> for NoExam {
    fn from(mute: Mute) -> Self {
        Self::Mute(mute)
    }
}

/// The item that this one hangs on, if its replies were not right.
fn hindrance(item: &Item, graded: &[Graded]) -> Option<&'static str> {
    let is_right =
        |one: &Graded| matches!(one.verdict, Verdict::Passed | Verdict::Failed(Finding::Booked(_)));
    let failed = |one: &&Graded| Some(one.item.id) == item.after && !is_right(one);
    graded.iter().find(failed).map(|one| one.item.id)
}

/// Tries one item. `met` are the addresses where somebody has answered: one that
/// goes silent later is a finding, one that never did is nobody.
async fn graded_now(
    (transport, exam): (&Arc<dyn Transport>, &Exam),
    item: &'static Item,
    maker: &Maker,
    met: &mut BTreeSet<String>,
) -> Result<Graded, NoExam> {
    let request = (item.make)(maker)?;
    let url = request.url.clone();
    let observed = post(transport, request, item.copies, exam.patience).await;
    let unsent = observed.iter().find_map(|one| one.reply.as_ref().err().filter(|error| error.is_unsent()));
    match unsent {
        Some(error) if !met.contains(&url) => return Err(NoExam::Nobody(error.clone())),
        _ => drop(met.insert(url)),
    }
    let time = observed.iter().map(|one| one.time).max().unwrap_or_default();
    let verdict = judge::judge(exam.version, item.expects, &observed);
    Ok(Graded { item, verdict, time, counted: None })
}

/// Every item for a receiver of this API, in the order in which they are sent.
#[must_use]
pub fn items(version: Version) -> &'static [Item] {
    match version {
        Version::V2 => items::ITEMS,
        Version::V3 => items_v3::ITEMS,
    }
}

/// The items of this exam, in their order. Where somebody counts, the order is paid by many
/// copies at once: a race shows only while it is unpaid.
fn items_of(exam: &Exam) -> Vec<&'static Item> {
    let mut chosen: Vec<&Item> = items(exam.version).iter().collect();
    let place = |id: &str| items(exam.version).iter().position(|item| item.id == id);
    if let (Some(valid), Some(at_once), Some(_)) = (place("valid"), place("at_once"), &exam.witness) {
        chosen[valid..=at_once].rotate_right(1);
    }
    chosen.retain(|item| !exam.skip.iter().any(|skip| skip == item.id));
    chosen
}

/// All copies at once, each over a connection of its own.
async fn post(
    transport: &Arc<dyn Transport>,
    request: Request,
    copies: usize,
    patience: Duration,
) -> Vec<Observed> {
    let workers = NonZero::new(copies).unwrap_or(NonZero::<usize>::MIN);
    let load = Load { workers, per_second: None, total: copies as u64, patience };
    let observe = |all: &mut Vec<Observed>, landed: Landed| {
        all.push(Observed { reply: landed.reply, time: landed.time });
    };
    let sent = net::load(&load, transport, vec![request], observe, (|_| {}, &Stop::default())).await;
    match sent {
        Ok(ended) => ended.sums.into_iter().flatten().collect(),
        Err(error) => vec![Observed { reply: Err(error), time: Duration::ZERO }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_each_hangs_on_one_before_it() {
        for items in [items(Version::V2), items(Version::V3)] {
            let mut names: Vec<_> = items.iter().map(|item| item.id).collect();
            for (at, item) in items.iter().enumerate() {
                assert!(item.after.is_none_or(|other| names[..at].contains(&other)), "{}", item.id);
            }
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), items.len());
        }
    }
}
