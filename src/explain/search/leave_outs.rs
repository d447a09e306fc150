//! Any subset of the fields left out, alone and with one more mistake. Comes in: a
//! reading of the signature; goes out: what hits.

use std::ops::RangeInclusive;

use super::super::draft::Stay;
use super::super::edits::{Class, Tier, bit};
use super::phase::{Search, add};
use super::worker::Harvest;

/// Fields of a message of which any subset is tried: fewer are found as pairs, and
/// of more there are over 65,000 subsets.
const FIELDS: RangeInclusive<usize> = 3..=16;

/// Mistakes that are tried beside every subset: each costs as much as all of them
/// alone, a few milliseconds for an order of 15 fields. After changing it:
/// `cargo test --release --test explain`.
const BESIDE: usize = 24;

impl Search<'_, '_> {
    /// Any subset of the fields left out, for messages of up to 16 fields.
    pub(super) fn subsets(&self, target: usize) -> Harvest {
        self.subsets_on(target, &[])
    }

    /// The same with one more mistake.
    pub(super) fn subsets_and_one(&self, target: usize) -> Harvest {
        let mut usual = self.up_to(Tier::Usual);
        usual.retain(|&e| self.space.edits[e].class != Class::Presence);
        let mut all = Harvest::default();
        for edit in self.likeliest(&self.distinct(&usual), BESIDE) {
            add(&mut all, self.subsets_on(target, &[edit]));
        }
        all
    }

    fn subsets_on(&self, target: usize, chosen: &[usize]) -> Harvest {
        let drops = self.drops();
        if !FIELDS.contains(&drops.len()) {
            return Harvest::default();
        }
        let low = drops.len().min(8);
        let written = self.written(target, chosen);
        self.spread(target, Some(self.stop), 1 << (drops.len() - low), |high, worker| {
            let mut pen = self.space.pen(&written, chosen);
            for mask in high << low..(high + 1) << low {
                let list: Vec<usize> =
                    drops.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1).map(|(_, &d)| d).collect();
                if list.len() > 1 && list.len() < drops.len() && !worker.is_over() {
                    worker.try_edits(&mut pen, &list);
                }
            }
        })
    }

    /// One edit for each field that leaves out this field alone.
    fn drops(&self) -> Vec<usize> {
        let edits = &self.space.edits;
        let entries = self.space.right.entries.iter().enumerate();
        let filled = entries.filter(|(_, e)| !e.value.is_empty()).map(|(i, _)| bit(i));
        filled
            .filter_map(|bit| {
                (0..edits.len()).find(|&e| {
                    edits[e].class == Class::Presence && edits[e].entries == bit && self.leaves_out(e)
                })
            })
            .collect()
    }

    fn leaves_out(&self, edit: usize) -> bool {
        let draft = self.space.draft(&[edit]);
        draft.entries.iter().any(|e| e.stay == Stay::Out)
    }
}
