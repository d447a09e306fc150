//! The ways through a plan: every pair and every triple of its edits within its
//! band. Each string is the one before it with other patches, and is hashed from
//! the block in which the two part. Comes in: a plan and where to begin; goes
//! out: strings to the worker.

use std::ops::Range;

use super::effects::NEVER;
use super::pen::Pen;
use super::plan::{Plan, cost, is_before};
use super::trail::Trail;
use super::worker::Worker;
use super::written::{Patch, Stem, Written};

/// Tries every combination of `size` edits, two or three, that belongs to these jobs.
pub(in crate::explain) fn work<'s, 'c>(
    plan: &Plan<'s, 'c>,
    jobs: Range<usize>,
    size: usize,
    worker: &mut Worker<'s, 'c>,
) {
    let wide = plan.wide.len();
    for job in jobs.start..jobs.end.min(wide) {
        over_wide(plan, job, size - 1, worker);
    }
    let mut walk = Walk::new(plan, worker);
    for job in jobs.start.max(wide)..jobs.end {
        if size == 2 { walk.pairs(job - wide) } else { walk.triples(job - wide) }
    }
}

/// A wide edit, and others that start from what it leaves.
fn over_wide<'s, 'c>(plan: &Plan<'s, 'c>, wide: usize, size: usize, worker: &mut Worker<'s, 'c>) {
    let (space, edit) = (plan.space, plan.wide[wide]);
    let edits = &space.edits;
    let mut draft = plan.written.draft.clone();
    edits[edit].apply(&mut draft);
    let start = worker.target().start(&draft.secret);
    let written = Written::new(draft, start);
    let chosen = [&plan.chosen[..], &[edit]].concat();
    let before = cost(edits, &chosen);
    let room = plan.band.room(before, size - 1);
    let mut list = plan.list(wide + 1);
    list.retain(|&other| edits[other].cost <= room && !edits[edit].excludes(&edits[other]));
    if size > 1 {
        let plan = Plan::new(space, written, &chosen, plan.band, &list);
        return work(&plan, 0..plan.jobs(), size, worker);
    }
    let mut pen = space.pen(&written, &chosen);
    for other in list {
        let beside = chosen.iter().map(|&one| edits[other].cost_beside(&edits[one]));
        if plan.band.has(before + edits[other].cost + beside.sum::<u32>()) && !worker.is_over() {
            worker.try_edits(&mut pen, &[other]);
        }
    }
}

/// A way through a plan.
struct Walk<'p, 's, 'c> {
    plan: &'p Plan<'s, 'c>,
    /// The text with the first step, and with the first two.
    layers: [Layer; 2],
    /// The edits that are made, those of the plan first.
    taken: Vec<usize>,
    /// The same.
    trail: Trail,
    /// What others cost beside each of these.
    beside: Vec<&'p [u8]>,
    /// The patches of the last step, moved to where they belong now.
    moved: Vec<Patch<'p>>,
    pen: Option<Pen<'p, 's, 'c>>,
    worker: &'p mut Worker<'s, 'c>,
}

/// Which layer has how many steps.
const ONE: usize = 0;
const TWO: usize = 1;

/// The text of a plan with some patches.
#[derive(Default)]
struct Layer {
    stem: Stem,
    /// What was replaced in the text of the plan, and how much longer it became.
    made: Vec<(Range<usize>, isize)>,
    /// Where the last of it ended.
    end: usize,
    /// How much longer the whole text became.
    growth: isize,
}

impl Layer {
    /// Becomes another text with patches that were moved there.
    fn renew(
        &mut self,
        below: &Stem,
        made: &[(Range<usize>, isize)],
        patches: &[Patch<'_>],
        moved: &[Patch<'_>],
    ) {
        self.stem.renew(below, moved);
        self.made.clear();
        self.made.extend_from_slice(made);
        self.made.extend(patches.iter().map(|patch| (patch.at.clone(), patch.growth())));
        self.end = self.made.iter().map(|(at, _)| at.end).max().unwrap_or(0);
        self.growth = self.made.iter().map(|(_, growth)| growth).sum();
    }
}

impl<'p, 's, 'c> Walk<'p, 's, 'c> {
    fn new(plan: &'p Plan<'s, 'c>, worker: &'p mut Worker<'s, 'c>) -> Self {
        let (effects, edits) = (plan.space.effects(), &plan.space.edits);
        Self {
            plan,
            layers: Default::default(),
            taken: plan.chosen.clone(),
            trail: Trail::new(&plan.chosen),
            beside: plan.chosen.iter().filter_map(|&edit| effects.beside(edits, edit)).collect(),
            moved: Vec::new(),
            pen: None,
            worker,
        }
    }

    /// Every pair of the step in this place and one behind it: so strings part
    /// as late as they can.
    fn pairs(&mut self, place: usize) {
        let plan = self.plan;
        let first = plan.places[place];
        let Some(cost) = self.cost(plan.cost, first, 1) else { return };
        self.take(first);
        let mut is_laid = false;
        for &next in plan.behind(place, plan.band.room(cost, 0)) {
            let second = plan.places[next];
            if self.cost(cost, second, 0).is_none() {
                continue;
            }
            if !std::mem::replace(&mut is_laid, true) {
                self.lay(ONE, first);
            }
            if !self.hash(ONE, second) {
                self.write_out(second);
            }
        }
        if plan.band.upto == u32::MAX {
            self.with_echoes(plan.steps[first].edit);
        }
        self.leave();
    }

    /// Every triple in which this step is the least costly one.
    fn triples(&mut self, first: usize) {
        let plan = self.plan;
        let Some(cost) = self.cost(plan.cost, first, 2) else { return };
        self.take(first);
        self.lay(ONE, first);
        for (place, &second) in plan.places.iter().enumerate().filter(|(_, step)| **step > first) {
            if let Some(cost) = self.cost(cost, second, 1) {
                self.take(second);
                if self.is_apart(ONE, second) {
                    self.apart([first, second], cost, place);
                } else {
                    self.overlapping([first, second], cost);
                }
                self.leave();
            }
        }
        self.leave();
    }

    /// Two steps that do not touch each other, and every third one behind them.
    fn apart(&mut self, two: [usize; 2], cost: u32, place: usize) {
        let plan = self.plan;
        let mut is_laid = false;
        for &next in plan.behind(place, plan.band.room(cost, 0)) {
            let third = plan.places[next];
            if third < two[0] || self.cost(cost, third, 0).is_none() {
                continue;
            }
            if !std::mem::replace(&mut is_laid, true) {
                self.lay(TWO, two[1]);
            }
            // Those that overlap one of the two are made from that pair.
            self.hash(TWO, third);
        }
    }

    /// Two steps that overlap are one change together, in both orders where
    /// that matters; and any third step.
    fn overlapping(&mut self, two: [usize; 2], cost: u32) {
        let (plan, edits) = (self.plan, &self.plan.space.edits);
        let [a, b] = two.map(|step| plan.steps[step].edit);
        let ways = if edits[a].chains_with(&edits[b]) { &[[a, b], [b, a]][..] } else { &[[a, b]] };
        for (way, both) in ways.iter().enumerate() {
            let pen = self.pen.get_or_insert_with(|| plan.space.pen(&plan.written, &plan.chosen));
            let patches = pen.patches(edits, both);
            self.layers[TWO].renew(&plan.written.stem, &[], patches, patches);
            let room = plan.band.room(cost, 0);
            let thirds = (0..plan.steps.len()).take_while(|&third| plan.steps[third].cost <= room);
            for third in thirds.filter(|third| !two.contains(third)) {
                if self.cost(cost, third, 0).is_none() {
                    continue;
                }
                if !self.hash(TWO, third) && way == 0 && plan.is_first_overlap(two, third) {
                    self.write_out(third);
                }
            }
        }
    }

    /// What the edits cost with one more, if it can stand beside the others,
    /// leaves room for as many as are to come, and there is time.
    fn cost(&mut self, before: u32, step: usize, more: usize) -> Option<u32> {
        let (band, step) = (self.plan.band, &self.plan.steps[step]);
        let mut cost = before + step.cost;
        for row in &self.beside {
            match row[step.number] {
                NEVER => return None,
                beside => cost += u32::from(beside),
            }
        }
        let fits = cost <= band.room(0, more) && (more > 0 || band.has(cost));
        (fits && !self.worker.is_over()).then_some(cost)
    }

    fn take(&mut self, step: usize) {
        let (space, edit) = (self.plan.space, self.plan.steps[step].edit);
        self.taken.push(edit);
        self.trail = Trail::new(&self.taken);
        self.beside.extend(space.effects().beside(&space.edits, edit));
    }

    fn leave(&mut self) {
        self.taken.pop();
        self.trail = Trail::new(&self.taken);
        self.beside.pop();
    }

    /// Puts the patches of a step on the text of the plan, or on the layer below.
    fn lay(&mut self, layer: usize, step: usize) {
        let (below, rest) = self.layers.split_at_mut(layer);
        let patches = self.plan.patches(step);
        let (stem, made) = match below.last() {
            Some(below) => (&below.stem, &below.made[..]),
            None => (&self.plan.written.stem, &[][..]),
        };
        shift(made, patches, &mut self.moved);
        rest[0].renew(stem, made, patches, &self.moved);
    }

    /// Moves the patches of a step to where they belong on top of a layer;
    /// tells whether they touch nothing that was patched.
    fn is_apart(&mut self, layer: usize, step: usize) -> bool {
        shift(&self.layers[layer].made, self.plan.patches(step), &mut self.moved)
    }

    /// Hashes a layer with one more step; tells whether that touches nothing that was patched.
    #[inline]
    fn hash(&mut self, layer: usize, step: usize) -> bool {
        let (layer, patches) = (&self.layers[layer], self.plan.patches(step));
        let trail = self.trail.and(self.plan.steps[step].edit);
        if patches.first().is_some_and(|first| layer.end < first.at.start) {
            self.worker.hash_patched(&layer.stem, (patches, layer.growth), trail);
            return true;
        }
        let is_apart = shift(&layer.made, patches, &mut self.moved);
        if is_apart {
            self.worker.hash_patched(&layer.stem, (&self.moved, 0), trail);
        }
        is_apart
    }

    /// The patches overlap: the string is written anew with all edits.
    fn write_out(&mut self, step: usize) {
        let plan = self.plan;
        let pen = self.pen.get_or_insert_with(|| plan.space.pen(&plan.written, &plan.chosen));
        self.taken.push(plan.steps[step].edit);
        self.worker.try_edits(pen, &self.taken[plan.chosen.len()..]);
        self.taken.pop();
    }

    /// An edit that changes nothing alone can change something after another
    /// one of its kind.
    fn with_echoes(&mut self, edit: usize) {
        let (plan, edits) = (self.plan, &self.plan.space.edits);
        let pen = self.pen.get_or_insert_with(|| plan.space.pen(&plan.written, &plan.chosen));
        for &echo in &plan.echoes {
            if edits[edit].chains_with(&edits[echo]) && !self.worker.is_over() {
                self.worker.try_edits(pen, &[edit, echo]);
            }
        }
    }
}

/// Moves patches to where their places are once other patches are made; tells
/// whether all are apart from those.
fn shift<'t>(made: &[(Range<usize>, isize)], patches: &'t [Patch<'_>], moved: &mut Vec<Patch<'t>>) -> bool {
    moved.clear();
    for patch in patches {
        let mut by = 0;
        for (at, growth) in made {
            if is_before(at, &patch.at) {
                by += growth;
            } else if !is_before(&patch.at, at) {
                return false;
            }
        }
        moved.push(patch.moved(by));
    }
    true
}
