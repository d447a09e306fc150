//! A draft with every edit of it as patches of its bytes, so that edits can be
//! combined without writing the whole string again. Comes in: a draft and
//! edits; goes out: jobs, each a set of combinations that is tried as a whole.
//! How they are combined is `walk`'s.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use super::super::edits::Edit;
use super::space::Space;
use super::written::{Patch, Written};

/// A draft and the patches that lead away from it.
pub(in crate::explain) struct Plan<'s, 'c> {
    pub(in crate::explain) space: &'s Space<'c>,
    pub(in crate::explain) written: Written<'c>,
    /// The edits that are in the draft already.
    pub(in crate::explain) chosen: Vec<usize>,
    /// What these cost.
    pub(in crate::explain) cost: u32,
    pub(in crate::explain) band: Band,
    /// Edits of few places each, the least costly first.
    pub(in crate::explain) steps: Vec<Step>,
    /// The same from front to back.
    pub(in crate::explain) places: Vec<usize>,
    /// The places of those that cost no more than this.
    affordable: Vec<Vec<usize>>,
    /// Their patches.
    patches: Vec<Patch<'s>>,
    /// Edits of so much of the text that hardly anything stands beside them.
    pub(in crate::explain) wide: Vec<usize>,
    /// Edits that change nothing here, or the same as another one does.
    pub(in crate::explain) echoes: Vec<usize>,
}

/// Bytes from which on an edit is a wide one: two blocks of the hash, so that
/// nothing is gained by hashing from where it begins. After changing it:
/// `cargo bench --bench explain`.
const WIDE: usize = 128;

/// Which combinations are tried: those that cost more than the first and at
/// most the second.
#[derive(Debug, Clone, Copy)]
pub(in crate::explain) struct Band {
    /// What was tried already.
    pub(in crate::explain) above: u32,
    /// The limit.
    pub(in crate::explain) upto: u32,
}

impl Band {
    /// Every combination.
    pub(in crate::explain) const ALL: Self = Self { above: 0, upto: u32::MAX };
    /// What any edit costs at least.
    const LEAST: u32 = 1;

    /// What one edit may cost beside others of this cost, if more are to come.
    pub(in crate::explain) fn room(self, others: u32, more: usize) -> u32 {
        let more = u32::try_from(more).unwrap_or(u32::MAX).saturating_mul(Self::LEAST);
        self.upto.saturating_sub(others.saturating_add(more))
    }

    /// Whether a whole combination of this cost is to be tried.
    pub(in crate::explain) fn has(self, cost: u32) -> bool {
        self.above < cost && cost <= self.upto
    }
}

/// What some edits cost together.
pub(in crate::explain) fn cost(edits: &[Edit], chosen: &[usize]) -> u32 {
    let each = chosen.iter().enumerate().map(|(index, &edit)| {
        let beside = chosen[..index].iter().map(|&other| edits[edit].cost_beside(&edits[other]));
        edits[edit].cost + beside.sum::<u32>()
    });
    each.sum()
}

/// An edit, and which patches it is made of.
pub(in crate::explain) struct Step {
    pub(in crate::explain) edit: usize,
    /// Its number among those that are combined.
    pub(in crate::explain) number: usize,
    pub(in crate::explain) cost: u32,
    patches: Range<usize>,
}

impl<'s, 'c> Plan<'s, 'c> {
    /// Makes patches of every edit in the list that does not clash with what is chosen.
    pub(in crate::explain) fn new(
        space: &'s Space<'c>,
        written: Written<'c>,
        chosen: &[usize],
        band: Band,
        list: &[usize],
    ) -> Self {
        let edits = &space.edits;
        let clashes = |edit: usize| chosen.iter().any(|&c| c == edit || edits[c].excludes(&edits[edit]));
        let (mut steps, mut wide, mut echoes) = (Vec::new(), Vec::new(), Vec::new());
        let (mut patches, mut seen) = (Vec::new(), HashSet::new());
        // What is carried over from the right draft is as distinct as it is there.
        let is_distinct = !chosen.is_empty();
        let mut pen = space.pen(&written, chosen);
        for edit in list.iter().copied().filter(|&e| !clashes(e)) {
            let Some(number) = space.effects().number(edit) else { continue };
            let new = pen.patches(edits, &[edit]);
            let is_known = new.iter().all(|patch| matches!(patch.text, Cow::Borrowed(_)));
            let bytes: usize = new.iter().map(|patch| patch.at.len()).sum();
            if new.is_empty() || !(is_known && is_distinct || seen.insert(new.to_vec())) {
                echoes.push(edit);
            } else if bytes > WIDE && !edits[edit].class.chains() {
                wide.push(edit);
            } else {
                let first = patches.len();
                patches.extend_from_slice(new);
                let cost = edits[edit].cost;
                steps.push(Step { edit, number, cost, patches: first..patches.len() });
            }
        }
        steps.sort_by_key(|step| step.cost);
        let mut places: Vec<usize> = (0..steps.len()).collect();
        places.sort_by_key(|&step| patches[steps[step].patches.start].at.start);
        let most = steps.last().map_or(0, |step| step.cost);
        let cheap =
            |room: u32| (0..places.len()).filter(|&place| steps[places[place]].cost <= room).collect();
        let affordable = (0..=most).map(cheap).collect();
        let (chosen, cost) = (chosen.to_vec(), cost(edits, chosen));
        Self { space, written, chosen, cost, band, steps, places, affordable, patches, wide, echoes }
    }

    /// How many jobs there are: one for each first edit.
    pub(in crate::explain) fn jobs(&self) -> usize {
        self.wide.len() + self.steps.len()
    }

    /// Edits that stand for themselves here, in the order of the table.
    pub(in crate::explain) fn distinct(&self) -> Vec<usize> {
        let mut list = self.list(0);
        list.sort_unstable();
        list
    }

    /// The edits of few places each, and the wide ones from here on.
    pub(in crate::explain) fn list(&self, wide: usize) -> Vec<usize> {
        self.steps.iter().map(|step| step.edit).chain(self.wide[wide..].iter().copied()).collect()
    }

    /// The places behind this one of steps that cost no more than this.
    pub(in crate::explain) fn behind(&self, place: usize, room: u32) -> &[usize] {
        let room = usize::try_from(room).unwrap_or(usize::MAX).min(self.affordable.len() - 1);
        let list = &self.affordable[room];
        &list[list.partition_point(|&other| other <= place)..]
    }

    /// The patches of a step.
    pub(in crate::explain) fn patches(&self, step: usize) -> &[Patch<'s>] {
        &self.patches[self.steps[step].patches.clone()]
    }

    /// Whether two steps are the first ones among three that overlap.
    pub(in crate::explain) fn is_first_overlap(&self, two: [usize; 2], third: usize) -> bool {
        let [a, b] = two.map(|step| self.patches(step));
        let c = self.patches(third);
        (third > two[1] || !overlap(a, c)) && (third > two[0] || !overlap(b, c))
    }
}

fn overlap(some: &[Patch<'_>], others: &[Patch<'_>]) -> bool {
    let is_apart = |a: &Patch<'_>, b: &Patch<'_>| is_before(&a.at, &b.at) || is_before(&b.at, &a.at);
    !some.iter().all(|a| others.iter().all(|b| is_apart(a, b)))
}

/// Whether one place is before another, so that both can change by themselves.
pub(in crate::explain) fn is_before(at: &Range<usize>, next: &Range<usize>) -> bool {
    at.end < next.start || (at.end == next.start && !at.is_empty() && !next.is_empty())
}
