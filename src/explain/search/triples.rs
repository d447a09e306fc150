//! Three edits together, band by band of what they cost. Comes in: a reading of
//! the signature and bands; goes out: what hits.

use super::super::edits::Tier;
use super::phase::{Search, add};
use super::plan::{Band, cost};
use super::walk;
use super::worker::{Harvest, Worker};

impl<'s, 'c> Search<'s, 'c> {
    /// Three edits together, or two and a value of a range: those that cost the
    /// least first.
    pub(super) fn triples(&self, target: usize, bands: &[Band]) -> Harvest {
        let steps = [Self::in_three_places, Self::over_one, Self::over_two, Self::with_a_range];
        let mut all = Harvest::default();
        for (&band, step) in bands.iter().flat_map(|band| steps.iter().map(move |step| (band, step))) {
            if !all.found.is_empty() || (self.stop)() {
                break;
            }
            add(&mut all, step(self, target, band));
        }
        all
    }

    /// Triples of single places.
    fn in_three_places(&self, target: usize, band: Band) -> Harvest {
        let (locals, _) = self.affordable(target, band.room(0, 2));
        let plan = self.plan(target, &[], band, &locals);
        self.spread(target, Some(self.stop), plan.jobs(), |job, worker| {
            walk::work(&plan, job..job + 1, 3, worker);
        })
    }

    /// One edit of the whole text and two of single places.
    fn over_one(&self, target: usize, band: Band) -> Harvest {
        let (locals, globals) = self.affordable(target, band.room(0, 2));
        let edits = &self.space.edits;
        self.spread(target, Some(self.stop), globals.len(), |job, worker| {
            let global = globals[job];
            let room = band.room(edits[global].cost, 1);
            let locals: Vec<usize> = locals.iter().copied().filter(|&e| edits[e].cost <= room).collect();
            let plan = self.plan(target, &[global], band, &locals);
            walk::work(&plan, 0..plan.jobs(), 2, worker);
        })
    }

    /// Two edits of the whole text, in both orders where that matters, and any third.
    fn over_two(&self, target: usize, band: Band) -> Harvest {
        let (locals, globals) = self.affordable(target, band.room(0, 2));
        self.spread(target, Some(self.stop), globals.len(), |job, worker| {
            let (first, more) = (globals[job], &globals[job + 1..]);
            for (index, &second) in more.iter().enumerate() {
                let [a, b] = [first, second].map(|e| &self.space.edits[e]);
                if a.excludes(b) || a.cost + b.cost > band.room(0, 1) {
                    continue;
                }
                self.and_third(target, band, [first, second], [&locals, &more[index + 1..]], worker);
                if a.chains_with(b) {
                    self.and_third(target, band, [second, first], [&locals, &more[index + 1..]], worker);
                }
            }
        })
    }

    fn and_third(
        &self,
        target: usize,
        band: Band,
        two: [usize; 2],
        lists: [&[usize]; 2],
        worker: &mut Worker<'s, 'c>,
    ) {
        let edits = &self.space.edits;
        let before = cost(edits, &two);
        let written = self.written(target, &two);
        let mut pen = self.space.pen(&written, &two);
        for list in lists {
            for &third in list.iter().take_while(|&&e| before + edits[e].cost <= band.upto) {
                let stands = || two.iter().all(|&e| !edits[e].excludes(&edits[third]));
                if band.has(before + edits[third].cost) && stands() && !worker.is_over() {
                    worker.try_edits(&mut pen, &[third]);
                }
            }
        }
    }

    /// Edits that change something and cost no more than this: those of single
    /// places, and those of the whole text.
    pub(super) fn affordable(&self, target: usize, most: u32) -> (Vec<usize>, Vec<usize>) {
        let (locals, globals) = self.sides(target, Tier::Rare);
        let cheap = |list: Vec<usize>| {
            let list: Vec<_> = list.into_iter().filter(|&e| self.space.edits[e].cost <= most).collect();
            let mut list = self.distinct(&list);
            list.sort_by_key(|&e| self.space.edits[e].cost);
            list
        };
        (cheap(locals), cheap(globals))
    }
}
