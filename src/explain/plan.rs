//! A draft with every edit of it as a patch of its bytes, so that edits can be
//! combined without writing the whole string again, and strings that begin
//! alike are hashed from where they part. Comes in: a draft and edits; goes
//! out: combinations of a given size, each hashed once.

use std::collections::HashSet;

use super::draft::{Draft, Scratch};
use super::edits::{Edit, Family};
use super::target::Target;
use super::worker::Worker;
use crate::sign::Hasher;

/// A draft and the patches that lead away from it.
pub(super) struct Plan<'s, 'c> {
    /// The draft that the patches start from.
    pub(super) draft: Draft<'c>,
    /// The edits that are in the draft already.
    pub(super) chosen: Vec<usize>,
    /// Index of the target.
    pub(super) target: usize,
    /// Which combinations are tried.
    pub(super) mix: Mix,
    edits: &'s [Edit],
    start: Hasher,
    base: Vec<u8>,
    patches: Vec<Patch>,
    /// Edits that change nothing here, or the same as another one does.
    echoes: Vec<usize>,
}

/// Signatures of so few pairs can afford more combinations.
pub(super) const FEW: usize = 6;

/// Which combinations of patches are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mix {
    /// All that can happen together.
    All,
    /// Those that touch different parts of the signature: a field, the key…
    Apart,
    /// The same, where every value is a part of its own.
    ApartByValue,
}

/// What one edit does to the bytes: from `from` to `to` they become `text`.
struct Patch {
    edit: usize,
    from: usize,
    to: usize,
    text: Box<[u8]>,
}

impl<'s, 'c> Plan<'s, 'c> {
    /// Makes a patch of every edit in the list that does not clash with what is chosen.
    pub(super) fn new(
        draft: Draft<'c>,
        chosen: Vec<usize>,
        (target, reading): (usize, &Target),
        edits: &'s [Edit],
        list: &[usize],
    ) -> Self {
        let mut scratch = Scratch::default();
        let base = draft.bytes(&mut scratch).into_owned();
        let start = reading.start(&draft.secret);
        let mut plan = Self {
            draft,
            chosen,
            target,
            mix: Mix::All,
            edits,
            start,
            base,
            patches: Vec::new(),
            echoes: Vec::new(),
        };
        let mut seen: HashSet<(usize, usize, Box<[u8]>)> = HashSet::new();
        for &edit in list {
            if plan.chosen.iter().any(|&c| c == edit || edits[c].excludes(&edits[edit])) {
                continue;
            }
            let mut changed = plan.draft.clone();
            edits[edit].apply(&mut changed);
            let patch = difference(edit, &plan.base, &changed.bytes(&mut scratch));
            let is_noop = patch.from == patch.to && patch.text.is_empty();
            if is_noop || !seen.insert((patch.from, patch.to, patch.text.clone())) {
                plan.echoes.push(edit);
            } else {
                plan.patches.push(patch);
            }
        }
        plan.patches.sort_by_key(|p| (p.from, p.to));
        plan
    }

    /// How many jobs there are: one for each first patch.
    pub(super) fn jobs(&self) -> usize {
        self.patches.len()
    }

    /// Edits that stand for themselves here, in the order of the table.
    pub(super) fn distinct(&self) -> Vec<usize> {
        let mut list: Vec<usize> = self.patches.iter().map(|p| p.edit).collect();
        list.sort_unstable();
        list
    }

    /// Tries only combinations that touch different parts.
    pub(super) fn apart(mut self) -> Self {
        let few = self.draft.entries.len() <= FEW;
        self.mix = if few { Mix::ApartByValue } else { Mix::Apart };
        self
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

    /// Tries every combination of `size` patches that begins with this one.
    pub(super) fn work(&self, first: usize, size: usize, worker: &mut Worker<'s, 'c>) {
        let mut hasher = self.start.clone();
        hasher.update(&self.base[..self.patches[first].from]);
        let mut taken = Vec::with_capacity(size);
        self.take(first, &hasher, size, &mut taken, worker);
        if size == 2 && self.mix == Mix::All {
            self.work_echoes(first, worker);
        }
    }

    /// Puts one patch on what is hashed so far, and goes on behind it.
    fn take(
        &self,
        index: usize,
        before: &Hasher,
        left: usize,
        taken: &mut Vec<usize>,
        worker: &mut Worker<'s, 'c>,
    ) {
        let patch = &self.patches[index];
        let mut hasher = before.clone();
        hasher.update(&patch.text);
        taken.push(index);
        if left == 1 {
            hasher.update(&self.base[patch.to..]);
            self.check(hasher, taken, worker);
        } else {
            self.go_on(&hasher, left - 1, taken, worker);
        }
        taken.pop();
    }

    fn go_on(&self, after: &Hasher, left: usize, taken: &mut Vec<usize>, worker: &mut Worker<'s, 'c>) {
        let Some(&last) = taken.last() else { return };
        let end = &self.patches[last];
        let mut hasher = after.clone();
        let mut at = end.to;
        for next in last + 1..self.patches.len() {
            if worker.is_over() {
                return;
            }
            if self.clashes(next, taken) {
                continue;
            }
            let patch = &self.patches[next];
            if !end.is_before(patch) {
                self.write_out(next, left, taken, worker);
                continue;
            }
            hasher.update(&self.base[at..patch.from]);
            at = patch.from;
            self.take(next, &hasher, left, taken, worker);
        }
    }

    /// The patches overlap: the string is written anew by the draft itself.
    fn write_out(&self, next: usize, left: usize, taken: &mut Vec<usize>, worker: &mut Worker<'s, 'c>) {
        taken.push(next);
        if left == 1 {
            let chosen: Vec<usize> = taken.iter().map(|&t| self.patches[t].edit).collect();
            worker.write(&self.draft, &self.chosen, &chosen, self.target);
        } else {
            for more in next + 1..self.patches.len() {
                if !self.clashes(more, taken) && !worker.is_over() {
                    self.write_out(more, left - 1, taken, worker);
                }
            }
        }
        taken.pop();
    }

    /// An edit that changes nothing alone can change something after another
    /// one of its kind.
    fn work_echoes(&self, first: usize, worker: &mut Worker<'s, 'c>) {
        let edit = self.patches[first].edit;
        for &echo in &self.echoes {
            if self.edits[edit].chains_with(&self.edits[echo]) && !worker.is_over() {
                worker.write(&self.draft, &self.chosen, &[edit, echo], self.target);
            }
        }
    }

    fn clashes(&self, next: usize, taken: &[usize]) -> bool {
        let edit = &self.edits[self.patches[next].edit];
        taken
            .iter()
            .map(|&t| &self.edits[self.patches[t].edit])
            .any(|other| edit.excludes(other) || self.is_one_part(edit, other))
    }

    fn check(&self, hasher: Hasher, taken: &[usize], worker: &mut Worker<'s, 'c>) {
        if worker.is_hit(hasher, self.target) {
            let chosen: Vec<usize> = taken.iter().map(|&t| self.patches[t].edit).collect();
            worker.report(&self.chosen, &chosen, self.target);
        }
    }
}

impl Patch {
    /// Whether another patch starts behind this one, so that both can be put on.
    fn is_before(&self, next: &Self) -> bool {
        let touches = self.to == next.from;
        let inserts = self.from == self.to || next.from == next.to;
        self.to < next.from || (touches && !inserts)
    }
}

/// The part in which two texts differ.
fn difference(edit: usize, base: &[u8], other: &[u8]) -> Patch {
    let from = base.iter().zip(other).take_while(|(a, b)| a == b).count();
    let behind =
        base[from..].iter().rev().zip(other[from..].iter().rev()).take_while(|(a, b)| a == b).count();
    Patch { edit, from, to: base.len() - behind, text: other[from..other.len() - behind].into() }
}
