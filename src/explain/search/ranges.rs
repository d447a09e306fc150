//! Values that are tried in a whole range, a timestamp for instance, alone and
//! beside edits. Comes in: a reading of the signature; goes out: what hits.

use std::ops::Range;

use super::super::edits::{Class, Edit, Sweep, Tier, bit};
use super::phase::Search;
use super::plan::{Band, cost};
use super::space::Stop;
use super::trail::Trail;
use super::worker::{Harvest, Worker};
use super::written::Written;

impl<'s, 'c> Search<'s, 'c> {
    /// Every value of a range, and what else can have happened: two more
    /// mistakes beside a short range, one beside a long one.
    pub(super) fn with_a_range(&self, target: usize, band: Band) -> Harvest {
        let (locals, globals) = self.affordable(target, band.room(0, 2));
        let all = [locals, globals].concat();
        let edits = &self.space.edits;
        let mut jobs: Vec<(usize, Vec<usize>)> = Vec::new();
        for (sweep, Sweep { cause, .. }) in self.space.sweeps.iter().enumerate() {
            let before = cause.weight() + self.cost_of_range(sweep);
            let is_due = |chosen: &[usize]| band.has(before + cost(edits, chosen));
            for (index, &first) in all.iter().enumerate() {
                if self.is_long(sweep) {
                    jobs.extend(is_due(&[first]).then(|| (sweep, vec![first])));
                    continue;
                }
                let seconds = all[index + 1..].iter().filter(|&&e| !edits[e].excludes(&edits[first]));
                jobs.extend(seconds.filter(|&&e| is_due(&[first, e])).map(|&e| (sweep, vec![first, e])));
            }
        }
        self.sweep_all(target, &jobs)
    }

    /// A value of a short range and one more mistake.
    pub(super) fn swept_pairs(&self, target: usize) -> Harvest {
        let edits = self.distinct(&self.up_to(Tier::Usual));
        let short = (0..self.space.sweeps.len()).filter(|&s| !self.is_long(s));
        let jobs: Vec<_> = short.flat_map(|s| edits.iter().map(move |&e| (s, vec![e]))).collect();
        self.sweep_all(target, &jobs)
    }

    /// Every value of a range on top of some edits, for each of these.
    fn sweep_all(&self, target: usize, jobs: &[(usize, Vec<usize>)]) -> Harvest {
        self.spread(target, Some(self.stop), jobs.len(), |job, worker| {
            let (sweep, chosen) = &jobs[job];
            if let Some(swept) = self.swept(target, *sweep, chosen) {
                swept.run(self.space.sweeps[*sweep].values.clone(), worker);
            }
        })
    }

    /// What a range costs, since every value of it is tried: about the logarithm of
    /// how many there are, in the units of [`Cause::weight`](super::super::cause::Cause::weight).
    /// After changing it: `cargo test --release --test explain`.
    fn cost_of_range(&self, sweep: usize) -> u32 {
        let values = &self.space.sweeps[sweep].values;
        match values.end - values.start {
            0..200 => 2,
            200..=10_000 => 5,
            _ => 10,
        }
    }

    /// Whether it is too long to stand beside two more mistakes: a day of seconds.
    fn is_long(&self, sweep: usize) -> bool {
        let values = &self.space.sweeps[sweep].values;
        values.end - values.start > 10_000
    }

    /// Every value of one range on top of some edits, in pieces on all threads.
    pub(super) fn sweep(
        &self,
        target: usize,
        sweep: usize,
        chosen: &[usize],
        stop: Option<Stop<'s>>,
    ) -> Harvest {
        // A day of seconds in some twenty pieces.
        const CHUNK: u64 = 8192;
        let values = &self.space.sweeps[sweep].values;
        let Some(swept) = self.swept(target, sweep, chosen) else { return Harvest::default() };
        let jobs = usize::try_from((values.end - values.start).div_ceil(CHUNK)).unwrap_or(usize::MAX);
        self.spread(target, stop, jobs, |job, worker| {
            let first = values.start + job as u64 * CHUNK;
            swept.run(first..values.end.min(first + CHUNK), worker);
        })
    }

    /// A draft with edits, ready for the values of a range; none if the edits
    /// touch the field themselves.
    fn swept(&self, target: usize, sweep: usize, chosen: &[usize]) -> Option<Swept<'c>> {
        let Sweep { entry, values, .. } = &self.space.sweeps[sweep];
        let touches = |e: &Edit| match e.class {
            Class::Whole => true,
            Class::Value | Class::Presence => e.entries & bit(*entry) != 0,
            _ => false,
        };
        if chosen.iter().any(|&e| touches(&self.space.edits[e])) {
            return None;
        }
        let mut draft = self.space.draft(chosen);
        draft.entries[*entry].value = values.start.to_string().into();
        let written = self.write(target, draft);
        let value = written.value(*entry);
        Some(Swept { written, entry: *entry, value, sweep, trail: Trail::new(chosen) })
    }
}

/// A draft in which one value runs through a range.
struct Swept<'c> {
    written: Written<'c>,
    entry: usize,
    /// Where the value stands, if it can simply be overwritten.
    value: Option<Range<usize>>,
    sweep: usize,
    trail: Trail,
}

impl Swept<'_> {
    fn run(&self, values: Range<u64>, worker: &mut Worker<'_, '_>) {
        let mut draft = self.written.draft.clone();
        let mut digits = [0; 20];
        for value in values {
            if worker.is_over() {
                return;
            }
            let trail = self.trail.swept(self.sweep, value);
            if let Some(at) = &self.value {
                worker.hash_with(&self.written.stem, at.clone(), print(value, &mut digits), trail);
            } else {
                draft.entries[self.entry].value = value.to_string().into();
                worker.hash_draft(&draft, trail);
            }
        }
    }
}

fn print(mut value: u64, digits: &mut [u8; 20]) -> &[u8] {
    let mut at = digits.len();
    loop {
        at -= 1;
        let digit = (value % 10) as u8;
        digits[at] = b'0' + digit;
        value /= 10;
        if value == 0 {
            return &digits[at..];
        }
    }
}
