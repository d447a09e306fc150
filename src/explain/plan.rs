//! A draft with every edit of it as a patch of its bytes, so that edits can be
//! combined without writing the whole string again, and strings that begin
//! alike are hashed from where they part. Comes in: a draft and edits; goes
//! out: combinations of a given size, each hashed once.

use std::collections::HashSet;

use super::edits::Edit;
use super::worker::{Trail, Worker};
use super::written::{Patch, Pen, Stem, Written};

/// A draft and the patches that lead away from it.
pub(super) struct Plan<'s, 'c> {
    written: Written<'c>,
    /// The edits that are in the draft already.
    chosen: Vec<usize>,
    band: Band,
    edits: &'s [Edit],
    /// Edits of one place each, from front to back.
    steps: Vec<Step>,
    /// Edits of so much of the text that hardly anything stands beside them.
    wide: Vec<usize>,
    /// Edits that change nothing here, or the same as another one does.
    echoes: Vec<usize>,
}

/// Bytes from which on an edit is a wide one.
const WIDE: usize = 128;

/// Which combinations are tried: those that cost more than the first and at
/// most the second.
#[derive(Debug, Clone, Copy)]
pub(super) struct Band {
    /// What was tried already.
    pub(super) above: u32,
    /// The limit.
    pub(super) upto: u32,
}

impl Band {
    /// Every combination.
    pub(super) const ALL: Self = Self { above: 0, upto: u32::MAX };
    /// What any edit costs at least.
    const LEAST: u32 = 1;

    /// What one edit may cost beside others of this cost, if more are to come.
    pub(super) fn room(self, others: u32, more: usize) -> u32 {
        let more = u32::try_from(more).unwrap_or(u32::MAX).saturating_mul(Self::LEAST);
        self.upto.saturating_sub(others.saturating_add(more))
    }

    /// Whether a whole combination of this cost is to be tried.
    pub(super) fn has(self, cost: u32) -> bool {
        self.above < cost && cost <= self.upto
    }
}

/// What some edits cost together.
pub(super) fn cost(edits: &[Edit], chosen: &[usize]) -> u32 {
    let each = chosen.iter().enumerate().map(|(index, &edit)| {
        let beside = chosen[..index].iter().map(|&other| edits[edit].cost_beside(&edits[other]));
        edits[edit].cost + beside.sum::<u32>()
    });
    each.sum()
}

/// An edit and what it does.
struct Step {
    edit: usize,
    patch: Patch,
}

impl<'s, 'c> Plan<'s, 'c> {
    /// Makes a patch of every edit in the list that does not clash with what is chosen.
    pub(super) fn new(
        written: Written<'c>,
        chosen: &[usize],
        band: Band,
        edits: &'s [Edit],
        list: &[usize],
    ) -> Self {
        let clashes = |edit: usize| chosen.iter().any(|&c| c == edit || edits[c].excludes(&edits[edit]));
        let (mut steps, mut wide, mut echoes) = (Vec::new(), Vec::new(), Vec::new());
        let mut seen = HashSet::new();
        let mut pen = written.pen();
        for edit in list.iter().copied().filter(|&e| !clashes(e)) {
            let patch = pen.patch(&[&edits[edit]]);
            if patch.is_empty() || !seen.insert(patch.clone()) {
                echoes.push(edit);
            } else if patch.at.len() > WIDE && !edits[edit].class.chains() {
                wide.push(edit);
            } else {
                steps.push(Step { edit, patch });
            }
        }
        steps.sort_by_key(|step| (step.patch.at.start, step.patch.at.end));
        Self { written, chosen: chosen.to_vec(), band, edits, steps, wide, echoes }
    }

    /// How many jobs there are: one for each first edit.
    pub(super) fn jobs(&self) -> usize {
        self.wide.len() + self.steps.len()
    }

    /// Edits that stand for themselves here, in the order of the table.
    pub(super) fn distinct(&self) -> Vec<usize> {
        let mut list = self.list(0);
        list.sort_unstable();
        list
    }

    /// Tries every combination of `size` edits, two or more, that begins with this one.
    pub(super) fn work(&self, first: usize, size: usize, worker: &mut Worker<'s, 'c>) {
        let Some(first) = first.checked_sub(self.wide.len()) else {
            return self.work_wide(first, size - 1, worker);
        };
        let mut stem = self.written.stem.clone();
        stem.truncate(self.steps[first].patch.at.start);
        let (taken, cost) = (self.chosen.clone(), cost(self.edits, &self.chosen));
        let mut walk = Walk { plan: self, stem, pen: self.written.pen(), taken, cost, worker };
        walk.take(first, size);
        if size == 2 && self.band.upto == u32::MAX {
            walk.with_echoes(self.steps[first].edit);
        }
    }

    /// The others start from what a wide edit leaves.
    fn work_wide(&self, first: usize, size: usize, worker: &mut Worker<'s, 'c>) {
        let edit = self.wide[first];
        let mut draft = self.written.draft.clone();
        self.edits[edit].apply(&mut draft);
        let start = worker.target().start(&draft.secret);
        let chosen = [&self.chosen[..], &[edit]].concat();
        let mut list = self.list(first + 1);
        let before = cost(self.edits, &chosen);
        let room = self.band.room(before, size - 1);
        list.retain(|&other| {
            self.edits[other].cost <= room && !self.edits[edit].excludes(&self.edits[other])
        });
        let written = Written::new(draft, start);
        if size == 1 {
            let mut pen = written.pen();
            for other in list {
                let cost = before + self.cost_on(other, &chosen);
                if self.band.has(cost) && !worker.is_over() {
                    worker.try_edits(&mut pen, &chosen, &[other]);
                }
            }
            return;
        }
        let plan = Self::new(written, &chosen, self.band, self.edits, &list);
        for next in 0..plan.jobs() {
            if worker.is_over() {
                return;
            }
            plan.work(next, size, worker);
        }
    }

    /// What one more edit costs on top of others.
    fn cost_on(&self, edit: usize, chosen: &[usize]) -> u32 {
        let edit = &self.edits[edit];
        edit.cost + chosen.iter().map(|&other| edit.cost_beside(&self.edits[other])).sum::<u32>()
    }

    /// The edits of one place each, and the wide ones from here on.
    fn list(&self, wide: usize) -> Vec<usize> {
        self.steps.iter().map(|step| step.edit).chain(self.wide[wide..].iter().copied()).collect()
    }
}

/// One way through the patches of a plan, from front to back.
struct Walk<'p, 's, 'c> {
    plan: &'p Plan<'s, 'c>,
    /// Everything before the place where it stands.
    stem: Stem,
    pen: Pen<'p, 'c>,
    /// The edits that are made, those of the plan first.
    taken: Vec<usize>,
    /// What they cost.
    cost: u32,
    worker: &'p mut Worker<'s, 'c>,
}

impl Walk<'_, '_, '_> {
    /// Puts one patch on what is there so far, and goes on behind it.
    fn take(&mut self, index: usize, left: usize) {
        let Step { edit, patch } = &self.plan.steps[index];
        let Some(before) = self.add(*edit, left) else { return };
        let length = self.stem.bytes().len();
        if left > 1 {
            self.stem.extend(&patch.text);
            self.go_on(index, left - 1);
            self.stem.truncate(length);
        } else if self.plan.band.has(self.cost) {
            let (prefix, rest) = self.stem.until(length);
            let behind = &self.plan.written.bytes()[patch.at.end..];
            self.worker.hash(prefix, &[rest, &patch.text, behind], Trail::new(&self.taken));
        }
        self.remove(before);
    }

    /// Adds an edit to those that are made, if it can stand beside them; tells
    /// what they cost before.
    fn add(&mut self, edit: usize, left: usize) -> Option<u32> {
        let edits = self.plan.edits;
        let cost = self.cost.saturating_add(self.plan.cost_on(edit, &self.taken));
        let clash = self.taken.iter().any(|&other| edits[edit].excludes(&edits[other]));
        (!clash && cost <= self.plan.band.room(0, left - 1)).then(|| {
            self.taken.push(edit);
            std::mem::replace(&mut self.cost, cost)
        })
    }

    fn remove(&mut self, cost: u32) {
        self.taken.pop();
        self.cost = cost;
    }

    fn go_on(&mut self, last: usize, left: usize) {
        let plan = self.plan;
        let end = &plan.steps[last].patch;
        let mut at = end.at.end;
        let room = plan.band.room(self.cost, left - 1);
        for (next, step) in plan.steps.iter().enumerate().skip(last + 1) {
            if plan.edits[step.edit].cost > room {
                continue;
            }
            if self.worker.is_over() {
                return;
            }
            if !end.is_before(&step.patch) {
                self.write_out(next, left);
                continue;
            }
            let start = step.patch.at.start;
            self.stem.extend(&plan.written.bytes()[at..start]);
            at = start;
            self.take(next, left);
        }
    }

    /// The patches overlap: the string is written anew with all edits.
    fn write_out(&mut self, next: usize, left: usize) {
        let Some(before) = self.add(self.plan.steps[next].edit, left) else { return };
        if left == 1 {
            if self.plan.band.has(self.cost) {
                let (chosen, new) = self.taken.split_at(self.plan.chosen.len());
                self.worker.try_edits(&mut self.pen, chosen, new);
            }
        } else {
            for more in next + 1..self.plan.steps.len() {
                if self.worker.is_over() {
                    break;
                }
                self.write_out(more, left - 1);
            }
        }
        self.remove(before);
    }

    /// An edit that changes nothing alone can change something after another
    /// one of its kind.
    fn with_echoes(&mut self, edit: usize) {
        let edits = self.plan.edits;
        for &echo in &self.plan.echoes {
            if edits[edit].chains_with(&edits[echo]) && !self.worker.is_over() {
                self.worker.try_edits(&mut self.pen, &self.plan.chosen, &[edit, echo]);
            }
        }
    }
}
