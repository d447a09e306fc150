//! A draft with every edit of it as a patch of its bytes, so that edits can be
//! combined without writing the whole string again, and strings that begin
//! alike are hashed from where they part. Comes in: a draft and edits; goes
//! out: combinations of a given size, each hashed once.

use std::collections::HashSet;

use super::edits::{Edit, Family};
use super::worker::{Trail, Worker};
use super::written::{Patch, Pen, Stem, Written};

/// A draft and the patches that lead away from it.
pub(super) struct Plan<'s, 'c> {
    written: Written<'c>,
    /// The edits that are in the draft already.
    chosen: Vec<usize>,
    mix: Mix,
    edits: &'s [Edit],
    /// Edits of one place each, from front to back.
    steps: Vec<Step>,
    /// Edits of so much of the text that hardly anything stands beside them.
    wide: Vec<usize>,
    /// Edits that change nothing here, or the same as another one does.
    echoes: Vec<usize>,
}

/// Signatures of so few pairs can afford more combinations.
pub(super) const FEW: usize = 6;

/// Bytes from which on an edit is a wide one.
const WIDE: usize = 128;

/// Which combinations of patches are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mix {
    /// All that can happen together.
    All,
    /// Those that touch different parts of the signature: a field, the key…
    Apart,
    /// The same, where every value is a part of its own.
    ApartByValue,
}

/// An edit and what it does.
struct Step {
    edit: usize,
    patch: Patch,
}

impl<'s, 'c> Plan<'s, 'c> {
    /// Makes a patch of every edit in the list that does not clash with what is chosen.
    pub(super) fn new(written: Written<'c>, chosen: &[usize], edits: &'s [Edit], list: &[usize]) -> Self {
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
        Self { written, chosen: chosen.to_vec(), mix: Mix::All, edits, steps, wide, echoes }
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

    /// Tries only combinations that touch different parts.
    pub(super) fn apart(mut self) -> Self {
        let few = self.written.draft.entries.len() <= FEW;
        self.mix = if few { Mix::ApartByValue } else { Mix::Apart };
        self
    }

    /// Tries every combination of `size` edits, two or more, that begins with this one.
    pub(super) fn work(&self, first: usize, size: usize, worker: &mut Worker<'s, 'c>) {
        let Some(first) = first.checked_sub(self.wide.len()) else {
            return self.work_wide(first, size - 1, worker);
        };
        let mut stem = self.written.stem.clone();
        stem.truncate(self.steps[first].patch.at.start);
        let mut walk = Walk { plan: self, stem, pen: self.written.pen(), taken: Vec::new(), worker };
        walk.take(first, size);
        if size == 2 && self.mix == Mix::All {
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
        list.retain(|&other| {
            let [edit, other] = [edit, other].map(|e| &self.edits[e]);
            !edit.excludes(other) && !self.is_one_part(edit, other)
        });
        let written = Written::new(draft, start);
        if size == 1 {
            let mut pen = written.pen();
            return list.iter().for_each(|&other| worker.try_edits(&mut pen, &chosen, &[other]));
        }
        let plan = Self { mix: self.mix, ..Self::new(written, &chosen, self.edits, &list) };
        for next in 0..plan.jobs() {
            if worker.is_over() {
                return;
            }
            plan.work(next, size, worker);
        }
    }

    /// The edits of one place each, and the wide ones from here on.
    fn list(&self, wide: usize) -> Vec<usize> {
        self.steps.iter().map(|step| step.edit).chain(self.wide[wide..].iter().copied()).collect()
    }

    /// Whether two edits change the same part of the signature.
    fn is_one_part(&self, a: &Edit, b: &Edit) -> bool {
        let is_field = |e: &Edit| matches!(e.family(), Family::Value(_) | Family::Fields);
        match self.mix {
            Mix::All => false,
            Mix::Apart => a.family() == b.family() || (is_field(a) && is_field(b)),
            Mix::ApartByValue => a.family() == b.family(),
        }
    }

    fn clash(&self, step: &Step, taken: &[usize]) -> bool {
        let edit = &self.edits[step.edit];
        taken
            .iter()
            .map(|&t| &self.edits[self.steps[t].edit])
            .any(|other| edit.excludes(other) || self.is_one_part(edit, other))
    }
}

/// One way through the patches of a plan, from front to back.
struct Walk<'p, 's, 'c> {
    plan: &'p Plan<'s, 'c>,
    /// Everything before the place where it stands.
    stem: Stem,
    pen: Pen<'p, 'c>,
    taken: Vec<usize>,
    worker: &'p mut Worker<'s, 'c>,
}

impl Walk<'_, '_, '_> {
    /// Puts one patch on what is there so far, and goes on behind it.
    fn take(&mut self, index: usize, left: usize) {
        let Step { patch, .. } = &self.plan.steps[index];
        self.taken.push(index);
        let length = self.stem.bytes().len();
        if left == 1 {
            let trail = Trail::new(self.plan.chosen.iter().chain(self.taken.iter().map(|&t| &self.plan.steps[t].edit)));
            let (prefix, rest) = self.stem.until(length);
            let behind = &self.plan.written.bytes()[patch.at.end..];
            self.worker.hash(prefix, &[rest, &patch.text, behind], trail);
        } else {
            self.stem.extend(&patch.text);
            self.go_on(index, left - 1);
            self.stem.truncate(length);
        }
        self.taken.pop();
    }

    fn go_on(&mut self, last: usize, left: usize) {
        let plan = self.plan;
        let end = &plan.steps[last].patch;
        let mut at = end.at.end;
        for (next, step) in plan.steps.iter().enumerate().skip(last + 1) {
            if self.worker.is_over() {
                return;
            }
            if plan.clash(step, &self.taken) {
                continue;
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
        self.taken.push(next);
        if left == 1 {
            let chosen = self.edits();
            self.worker.try_edits(&mut self.pen, &self.plan.chosen, &chosen);
        } else {
            for (more, step) in self.plan.steps.iter().enumerate().skip(next + 1) {
                if !self.plan.clash(step, &self.taken) && !self.worker.is_over() {
                    self.write_out(more, left - 1);
                }
            }
        }
        self.taken.pop();
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

    fn edits(&self) -> Vec<usize> {
        self.taken.iter().map(|&t| self.plan.steps[t].edit).collect()
    }
}
