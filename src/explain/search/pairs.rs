//! Two edits together: all of them, those of a message too large to keep
//! anything of, and those with an unlikely edit. Comes in: a reading of the
//! signature; goes out: what hits.

use super::super::edits::{Class, Tier};
use super::phase::{Search, add};
use super::plan::Band;
use super::space::Stop;
use super::walk;
use super::worker::{Harvest, Worker};

/// Bytes of all pairs that are tried even if time is up, if each were written
/// whole: an order of 15 fields has 650 MB of them and takes 0.3 s on one core
/// (`cargo bench --bench explain`), so that a search ends within half a second.
const QUICK: usize = 1 << 30;

/// Edits of a large message that are combined in pairs: more than time allows for,
/// since the list is gone through from its likeliest end.
const LIKELIEST: usize = 4000;

/// The usual edits that stand beside an unlikely one: of single places, and of the
/// whole text. There are ten times as many unlikely edits; with more usual ones
/// this step leaves no time for the triples that cost most. After changing one of
/// the two: `cargo test --release --test explain`.
const BESIDE_UNLIKELY: (usize, usize) = (600, 48);

impl<'s, 'c> Search<'s, 'c> {
    pub(super) fn pairs(&self, target: usize, stop: Option<Stop<'s>>) -> Harvest {
        let (locals, globals) = self.sides(target, Tier::Rare);
        let plan = self.plan(target, &[], Band::ALL, &locals);
        let locals = plan.distinct();
        let globals = self.effective(&globals);
        let jobs = plan.jobs() + globals.len();
        self.spread(target, stop, jobs, |job, worker| match job.checked_sub(plan.jobs()) {
            None => walk::work(&plan, job..job + 1, 2, worker),
            Some(global) => {
                self.with_global(target, globals[global], &locals, &globals[global + 1..], worker);
            }
        })
    }

    /// Every pair of the likeliest edits, each string written anew: for messages
    /// for which nothing can be kept.
    pub(super) fn plain_pairs(&self, target: usize, stop: Option<Stop<'s>>) -> Harvest {
        let list = self.likeliest(&self.up_to(Tier::Rare), LIKELIEST);
        self.spread(target, stop, list.len(), |job, worker| {
            self.with_global(target, list[job], &[], &list[job + 1..], worker);
        })
    }

    /// Whether the pairs are so few that they are always finished.
    pub(super) fn is_quick(&self) -> bool {
        let edits = self.up_to(Tier::Rare).len();
        (edits * edits / 2).saturating_mul(self.space.length) <= QUICK
    }

    /// One edit of the whole text with every local one and the later global ones.
    fn with_global(
        &self,
        target: usize,
        global: usize,
        locals: &[usize],
        more: &[usize],
        worker: &mut Worker<'s, 'c>,
    ) {
        let edits = &self.space.edits;
        let (right, written) = (self.written(target, &[]), self.written(target, &[global]));
        let (mut right, mut pen) = (self.space.pen(&right, &[]), self.space.pen(&written, &[global]));
        for &other in locals.iter().chain(more) {
            if edits[global].excludes(&edits[other]) || worker.is_over() {
                continue;
            }
            if edits[global].chains_with(&edits[other]) {
                worker.try_edits(&mut right, &[global, other]);
            } else {
                worker.try_edits(&mut pen, &[other]);
            }
        }
    }

    /// Every pair of an unlikely edit and a likely one.
    pub(super) fn wide_pairs(&self, target: usize) -> Harvest {
        let (locals, globals) = self.sides(target, Tier::Usual);
        let usual = self.likeliest(&self.plan(target, &[], Band::ALL, &locals).distinct(), BESIDE_UNLIKELY.0);
        let usual: Vec<usize> =
            usual.into_iter().chain(self.likeliest(&self.distinct(&globals), BESIDE_UNLIKELY.1)).collect();
        let wide: Vec<usize> =
            (0..self.space.edits.len()).filter(|&e| self.space.edits[e].tier == Tier::Wide).collect();
        let wide = self.distinct(&wide);
        let edits = &self.space.edits;
        self.spread(target, Some(self.stop), wide.len(), |job, worker| {
            let written = self.written(target, &[wide[job]]);
            let mut pen = self.space.pen(&written, &[wide[job]]);
            for &other in &usual {
                if !edits[wide[job]].excludes(&edits[other]) && !worker.is_over() {
                    worker.try_edits(&mut pen, &[other]);
                }
            }
        })
    }

    /// Pairs for the readings that hardly ever are the right ones.
    pub(super) fn odd_pairs(&self) -> Harvest {
        let mut all = Harvest::default();
        let odd = self.space.targets.iter().enumerate().filter(|(_, reading)| reading.is_odd());
        for (target, _) in odd {
            add(&mut all, self.pairs(target, Some(self.stop)));
        }
        all
    }

    /// The same, and the orders: they can matter once a name has changed.
    fn effective(&self, list: &[usize]) -> Vec<usize> {
        let mut kept = self.distinct(list);
        kept.extend(list.iter().filter(|&&e| self.space.edits[e].class == Class::Order));
        kept.sort_unstable();
        kept.dedup();
        kept
    }
}
