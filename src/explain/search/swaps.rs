//! Other readings of a hit: what it becomes when one of its edits is swapped for another
//! that gives the same signature. Comes in: a hit and which of its edits; goes out: hits.

use super::super::draft::Scratch;
use super::phase::Search;
use super::space::{Found, Space};
use super::trail::Trail;
use super::worker::Worker;

/// Edits that are tried in one piece: enough to pay for a pen.
const CHUNK: usize = 1024;

/// A hit with every other one of the first `most` edits in this place of it that gives the
/// same signature, in the order of the table.
pub(in crate::explain) fn swaps(
    space: &Space<'_>,
    threads: usize,
    (hit, place): (&Found, usize),
    most: usize,
) -> Vec<Found> {
    let search = Search { space, threads, stop: &|| false };
    let swap = Swap { space, hit, place };
    let rest: Vec<usize> = swap.rest().collect();
    let written = search.written(hit.target, &rest);
    let count = space.edits.len().min(most);
    let harvest = search.spread(hit.target, None, count.div_ceil(CHUNK), |job, worker| {
        let mut pen = space.pen(&written, &rest);
        for other in job * CHUNK..count.min((job + 1) * CHUNK) {
            if swap.is_possible(other) && !swap.is_plain(other) {
                swap.write_out(other, worker);
            } else if swap.is_possible(other) {
                worker.try_edits(&mut pen, &[other]);
            }
        }
    });
    let mut others: Vec<usize> =
        harvest.found.iter().flat_map(|found| &found.edits).copied().filter(|e| !rest.contains(e)).collect();
    others.sort_unstable();
    others.dedup();
    let mut scratch = Scratch::default();
    others.into_iter().map(|other| swap.by(other)).filter(|new| space.is_hit(new, &mut scratch)).collect()
}

/// One edit of a hit, to be swapped for another.
struct Swap<'a, 'c> {
    space: &'a Space<'c>,
    hit: &'a Found,
    place: usize,
}

impl<'a, 'c> Swap<'a, 'c> {
    fn by(&self, other: usize) -> Found {
        let mut swapped = self.hit.clone();
        swapped.edits[self.place] = other;
        swapped
    }

    /// What stays.
    fn rest(&self) -> impl Iterator<Item = usize> {
        let edits = self.hit.edits.iter().enumerate();
        edits.filter(|(index, _)| *index != self.place).map(|(_, &edit)| edit)
    }

    fn is_possible(&self, other: usize) -> bool {
        let edits = &self.space.edits;
        other != self.hit.edits[self.place]
            && self.rest().all(|edit| edit != other && !edits[edit].excludes(&edits[other]))
    }

    /// Whether it does not matter when it is made: then it is made last.
    fn is_plain(&self, other: usize) -> bool {
        let edits = &self.space.edits;
        self.hit.swept.is_none() && !self.rest().any(|edit| edits[edit].chains_with(&edits[other]))
    }

    fn write_out(&self, other: usize, worker: &mut Worker<'a, 'c>) {
        let swapped = self.by(other);
        let trail = Trail::new(&swapped.edits);
        let trail = swapped.swept.map_or(trail, |(sweep, value)| trail.swept(sweep, value));
        worker.hash_draft(&self.space.draft_of(&swapped), trail);
    }
}
