//! What every step of the search is made of: the space, how many threads, when
//! to stop; strings of no edit and of one; and the lists of edits that are combined.
//! Comes in: a space; goes out: harvests. Which step follows which is `levels`'.

use std::collections::HashSet;

use super::super::draft::Draft;
use super::super::edits::{Class, Tier};
use super::plan::{Band, Plan};
use super::space::{Space, Stop};
use super::trail::Trail;
use super::worker::{Harvest, Worker, spread};
use super::written::Written;

/// A search under way.
pub(super) struct Search<'s, 'c> {
    /// What is combined.
    pub(super) space: &'s Space<'c>,
    /// Threads to use.
    pub(super) threads: usize,
    /// When to stop.
    pub(super) stop: Stop<'s>,
}

impl<'s, 'c> Search<'s, 'c> {
    pub(super) fn plain(&self, target: usize) -> Harvest {
        spread(self.space, target, (1, None), 1, |_, worker| {
            worker.hash_draft(&self.space.right, Trail::new(&[]));
        })
    }

    pub(super) fn singles(&self, target: usize, stop: Option<Stop<'s>>) -> Harvest {
        // Small enough to share among threads, large enough to pay for a pen.
        const CHUNK: usize = 256;
        // Slips of the finger together with a wrong digest are left for later.
        let most = if self.space.targets[target].causes.is_empty() { Tier::Wide } else { Tier::Rare };
        let edits = self.up_to(most);
        let right = self.written(target, &[]);
        let chunks: Vec<&[usize]> = edits.chunks(CHUNK).collect();
        let mut all = self.spread(target, stop, chunks.len(), |job, worker| {
            let mut pen = self.space.pen(&right, &[]);
            for &edit in chunks[job] {
                if worker.is_over() {
                    return;
                }
                worker.try_edits(&mut pen, &[edit]);
            }
        });
        for sweep in 0..self.space.sweeps.len() {
            add(&mut all, self.sweep(target, sweep, &[], stop));
        }
        all
    }

    pub(super) fn up_to(&self, most: Tier) -> Vec<usize> {
        (0..self.space.edits.len()).filter(|&e| self.space.edits[e].tier <= most).collect()
    }

    /// The edits up to a tier: those of single places, and those of the whole text.
    pub(super) fn sides(&self, target: usize, most: Tier) -> (Vec<usize>, Vec<usize>) {
        let keyed = self.space.targets[target].is_keyed();
        self.up_to(most).into_iter().partition(|&e| {
            let class = self.space.edits[e].class;
            !(class.is_global() || (keyed && class == Class::Secret))
        })
    }

    pub(super) fn spread(
        &self,
        target: usize,
        stop: Option<Stop<'s>>,
        jobs: usize,
        work: impl Fn(usize, &mut Worker<'s, 'c>) + Sync,
    ) -> Harvest {
        spread(self.space, target, (self.threads, stop), jobs, work)
    }

    pub(super) fn write(&self, target: usize, draft: Draft<'c>) -> Written<'c> {
        let start = self.space.targets[target].start(&draft.secret);
        Written::new(draft, start)
    }

    pub(super) fn written(&self, target: usize, chosen: &[usize]) -> Written<'c> {
        self.write(target, self.space.draft(chosen))
    }

    pub(super) fn plan(&self, target: usize, chosen: &[usize], band: Band, list: &[usize]) -> Plan<'s, 'c> {
        Plan::new(self.space, self.written(target, chosen), chosen, band, list)
    }

    /// Edits that change something, each in its own way.
    pub(super) fn distinct(&self, list: &[usize]) -> Vec<usize> {
        self.space.effects().distinct(list).unwrap_or_else(|| {
            let right = self.written(0, &[]);
            let mut pen = self.space.pen(&right, &[]);
            let mut seen = HashSet::new();
            let mut is_new = |edit: usize| {
                let patches = pen.patches(&self.space.edits, &[edit]);
                !patches.is_empty() && seen.insert(patches.to_vec())
            };
            list.iter().copied().filter(|&edit| is_new(edit)).collect()
        })
    }

    /// The least costly ones.
    pub(super) fn likeliest(&self, list: &[usize], most: usize) -> Vec<usize> {
        let mut list = list.to_vec();
        list.sort_by_key(|&edit| self.space.edits[edit].cost);
        list.truncate(most);
        list
    }
}

/// Adds what another step brought.
pub(super) fn add(all: &mut Harvest, more: Harvest) {
    all.found.extend(more.found);
    all.tried += more.tried;
}
