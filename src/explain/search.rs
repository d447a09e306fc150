//! Which edits, one, two or three together, give exactly the given signature.
//! Comes in: a [`Space`] of edits and readings, limits, and a word when time is
//! up; goes out: every combination of the fewest edits that hits. It names
//! nothing and shows nothing.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::draft::{Draft, Scratch};
use super::edits::{Class, Edit, Family, Sweep, Tier};
use super::plan::{FEW, Plan};
use super::target::Target;
use super::worker::{Harvest, Trail, Worker, spread};
use super::written::{Patch, Written};

/// Says whether time is up.
pub type Stop<'a> = &'a (dyn Fn() -> bool + Sync);

/// How far to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most causes at once, 1 to 3. The form of the signature itself (its
    /// letter case, a wrong digest) comes on top.
    pub causes: usize,
    /// Threads to use.
    pub threads: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { causes: 3, threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get) }
    }
}

/// Everything that can be combined.
pub(super) struct Space<'c> {
    /// The right draft.
    pub(super) right: Draft<'c>,
    /// The edits, most usual first.
    pub(super) edits: Vec<Edit>,
    /// Values that are tried in ranges.
    pub(super) sweeps: Vec<Sweep>,
    /// Readings of the given signature, plainest first.
    pub(super) targets: Vec<Target>,
}

impl<'c> Space<'c> {
    /// The right draft with these edits, one after the other.
    pub(super) fn draft(&self, chosen: &[usize]) -> Draft<'c> {
        let mut draft = self.right.clone();
        chosen.iter().for_each(|&edit| self.edits[edit].apply(&mut draft));
        draft
    }

    /// The draft of a combination.
    pub(super) fn draft_of(&self, found: &Found) -> Draft<'c> {
        let mut draft = self.right.clone();
        if let Some((sweep, value)) = found.swept {
            draft.entries[self.sweeps[sweep].entry].value = value.to_string().into();
        }
        found.edits.iter().for_each(|&edit| self.edits[edit].apply(&mut draft));
        draft
    }

    /// Whether a combination gives the signature.
    pub(super) fn is_hit(&self, found: &Found, scratch: &mut Scratch) -> bool {
        let draft = self.draft_of(found);
        self.targets[found.target].is_of(&draft.secret, &draft.bytes(scratch))
    }
}

/// A combination that gives the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Index of the target.
    pub(super) target: usize,
    /// Indices of the edits, in the order in which they happened.
    pub(super) edits: Vec<usize>,
    /// A sweep and its value.
    pub(super) swept: Option<(usize, u64)>,
}

/// Searches, fewest causes first, and stops at the first number of causes that
/// explains the signature. Singles and pairs are always finished.
pub(super) fn search(space: &Space<'_>, limits: &Limits, stop: Stop<'_>) -> Harvest {
    let search = Search { space, threads: limits.threads.max(1), stop };
    let mut all = Harvest::default();
    let least = space.targets.iter().map(|t| t.causes.len()).min().unwrap_or(0);
    for level in 0..=limits.causes + least {
        let mut order: Vec<_> = space.targets.iter().enumerate().collect();
        if level > 2 + least {
            // Three edits are many: the readings that leave fewer to search come first.
            order.sort_by_key(|(_, reading)| (reading.is_odd(), std::cmp::Reverse(reading.causes.len())));
        }
        for (target, reading) in order {
            if level > 2 + least && !all.found.is_empty() {
                break;
            }
            let Some(edits) = level.checked_sub(reading.causes.len()).filter(|&e| e <= limits.causes) else {
                continue;
            };
            // The plainest readings are always finished, the others if there is time.
            let stop = (reading.causes.len() > least || edits > 2).then_some(stop);
            add(&mut all, search.combinations(target, edits, stop));
        }
        if !all.found.is_empty() {
            return all;
        }
        if level >= limits.causes.min(2) + least {
            for step in search.late(limits.causes, level - least) {
                if stop() {
                    return all;
                }
                add(&mut all, step(&search));
                if !all.found.is_empty() {
                    return all;
                }
            }
        }
    }
    all
}

fn add(all: &mut Harvest, more: Harvest) {
    all.found.extend(more.found);
    all.tried += more.tried;
}

/// Which ranges.
#[derive(PartialEq, Eq)]
enum Span {
    Short,
    Long,
}

/// One step of the search that may be cut off.
type Step<'s, 'c> = Box<dyn Fn(&Search<'s, 'c>) -> Harvest + 's>;

struct Search<'s, 'c> {
    space: &'s Space<'c>,
    threads: usize,
    stop: Stop<'s>,
}

impl<'s, 'c> Search<'s, 'c> {
    /// All combinations of this many edits.
    fn combinations(&self, target: usize, edits: usize, stop: Option<Stop<'s>>) -> Harvest {
        match edits {
            0 => self.plain(target),
            1 => self.singles(target, stop),
            2 => self.pairs(target, stop),
            _ => self.likely_triples(target),
        }
    }

    fn plain(&self, target: usize) -> Harvest {
        spread(self.space, target, (1, None), 1, |_, worker| {
            worker.hash_draft(&self.space.right, Trail::new(&[]));
        })
    }

    fn singles(&self, target: usize, stop: Option<Stop<'s>>) -> Harvest {
        const CHUNK: usize = 256;
        // Slips of the finger together with a wrong digest are left for later.
        let most = if self.space.targets[target].causes.is_empty() { Tier::Wide } else { Tier::Rare };
        let edits = self.up_to(most);
        let right = self.written(target, &[]);
        let chunks: Vec<&[usize]> = edits.chunks(CHUNK).collect();
        let mut all = self.spread(target, stop, chunks.len(), |job, worker| {
            let mut pen = right.pen();
            chunks[job].iter().for_each(|&edit| worker.try_edits(&mut pen, &[], &[edit]));
        });
        for sweep in 0..self.space.sweeps.len() {
            add(&mut all, self.sweep(target, sweep, &[], stop));
        }
        all
    }

    fn pairs(&self, target: usize, stop: Option<Stop<'s>>) -> Harvest {
        let (locals, globals) = self.sides(target, Tier::Rare);
        let plan = self.plan(target, &[], &locals);
        let locals = plan.distinct();
        let globals = self.effective(target, &globals);
        let jobs = plan.jobs() + globals.len();
        self.spread(target, stop, jobs, |job, worker| match job.checked_sub(plan.jobs()) {
            None => plan.work(job, 2, worker),
            Some(global) => {
                self.with_global(target, globals[global], &locals, &globals[global + 1..], worker);
            }
        })
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
        let (mut right, mut pen) = (right.pen(), written.pen());
        for &other in locals.iter().chain(more) {
            if edits[global].excludes(&edits[other]) || worker.is_over() {
                continue;
            }
            if edits[global].chains_with(&edits[other]) {
                worker.try_edits(&mut right, &[], &[global, other]);
            } else {
                worker.try_edits(&mut pen, &[global], &[other]);
            }
        }
    }

    /// The triples that are worth trying first.
    fn likely_triples(&self, target: usize) -> Harvest {
        let steps: [&dyn Fn() -> Harvest; 3] =
            [&|| self.swept_triples(target), &|| self.apart(target), &|| self.chained(target, (150, 60))];
        let mut all = Harvest::default();
        for step in steps {
            if all.found.is_empty() && !(self.stop)() {
                add(&mut all, step());
            }
        }
        all
    }

    /// Triples that touch three different parts: usual edits of fields, of the
    /// key, and of the whole text.
    fn apart(&self, target: usize) -> Harvest {
        let mut all = Harvest::default();
        for (weight, most) in [(4, 160), (5, 200), (6, 1500)] {
            for step in [Self::apart_up_to, Self::twice_global] {
                add(&mut all, step(self, target, weight, most));
                if !all.found.is_empty() || (self.stop)() {
                    return all;
                }
            }
        }
        all
    }

    /// Two different changes of the whole text and one of a single place.
    fn twice_global(&self, target: usize, weight: u32, most: usize) -> Harvest {
        let (locals, mut globals) = self.sides(target, Tier::Usual);
        globals.retain(|&e| self.space.edits[e].weight <= weight);
        let locals = self.likeliest(&self.plan(target, &[], &locals).distinct(), most / 4);
        let globals = self.distinct(target, &globals);
        let class = |e: usize| self.space.edits[e].class;
        self.spread(target, Some(self.stop), globals.len(), |job, worker| {
            let others: Vec<usize> =
                globals[job + 1..].iter().copied().filter(|&g| class(g) != class(globals[job])).collect();
            self.with_two(target, globals[job], &locals, &others, worker);
        })
    }

    fn apart_up_to(&self, target: usize, weight: u32, most: usize) -> Harvest {
        let (mut locals, mut globals) = self.sides(target, Tier::Usual);
        for list in [&mut locals, &mut globals] {
            list.retain(|&e| self.space.edits[e].weight <= weight);
        }
        // Every form of the key, since they all stand at the end and cost little.
        let (keys, fields): (Vec<usize>, Vec<usize>) = self
            .plan(target, &[], &locals)
            .distinct()
            .into_iter()
            .partition(|&e| self.space.edits[e].family() == Family::Key);
        let mut locals = [self.likeliest(&fields, most), keys].concat();
        locals.sort_unstable();
        let globals = self.distinct(target, &globals);
        let most = if self.space.right.entries.len() <= FEW { 600 } else { 300 };
        let plan = self.plan(target, &[], &self.likeliest(&locals, most)).apart();
        let jobs = globals.len() + plan.jobs();
        self.spread(target, Some(self.stop), jobs, |job, worker| {
            let Some(&global) = globals.get(job) else { return plan.work(job - globals.len(), 3, worker) };
            let plan = self.plan(target, &[global], &locals).apart();
            for first in 0..plan.jobs() {
                if !worker.is_over() {
                    plan.work(first, 2, worker);
                }
            }
        })
    }

    /// Two treatments of one value, one after the other, and a third mistake.
    fn chained(&self, target: usize, (firsts_most, thirds_most): (usize, usize)) -> Harvest {
        let edits = &self.space.edits;
        let (locals, globals) = self.sides(target, Tier::Usual);
        let locals = self.plan(target, &[], &locals).distinct();
        let firsts: Vec<usize> = locals.iter().copied().filter(|&e| edits[e].class == Class::Value).collect();
        let firsts = self.likeliest(&firsts, firsts_most);
        let pairs = self.chains(target, &firsts);
        let others = locals
            .iter()
            .chain(&globals)
            .copied()
            .filter(|&e| edits[e].class != Class::Value)
            .collect::<Vec<_>>();
        let thirds: Vec<usize> =
            firsts.iter().copied().chain(self.likeliest(&self.distinct(target, &others), thirds_most)).collect();
        self.spread(target, Some(self.stop), pairs.len(), |job, worker| {
            let [first, second] = pairs[job];
            let written = self.written(target, &[first, second]);
            let mut pen = written.pen();
            for &third in &thirds {
                let clash = third == second || third == first || edits[third].excludes(&edits[second]);
                if !clash && !worker.is_over() {
                    worker.try_edits(&mut pen, &[first, second], &[third]);
                }
            }
        })
    }

    /// Ordered pairs of treatments of one value that give something new.
    fn chains(&self, target: usize, list: &[usize]) -> Vec<[usize; 2]> {
        let edits = &self.space.edits;
        let right = self.written(target, &[]);
        let mut pen = right.pen();
        let mut seen: HashSet<Patch> = list.iter().map(|&e| pen.patch(&[&edits[e]])).collect();
        let pairs = list.iter().flat_map(|&a| list.iter().map(move |&b| [a, b]));
        pairs
            .filter(|[a, b]| a != b && edits[*a].chains_with(&edits[*b]))
            .filter(|[a, b]| {
                let patch = pen.patch(&[&edits[*a], &edits[*b]]);
                !patch.is_empty() && seen.insert(patch)
            })
            .collect()
    }

    /// The likeliest triples: local ones, one global edit with two local ones,
    /// two global ones with one local.
    fn triples(&self, target: usize, most: usize) -> Harvest {
        let (locals, globals) = self.sides(target, if most > 1000 { Tier::Rare } else { Tier::Usual });
        let locals = self.likeliest(&self.plan(target, &[], &locals).distinct(), most);
        let globals = self.likeliest(&self.distinct(target, &globals), 48);
        let mut all = self.spread(target, Some(self.stop), globals.len(), |job, worker| {
            self.with_two(target, globals[job], &locals, &globals[job + 1..], worker);
        });
        let plan = self.plan(target, &[], &locals);
        add(
            &mut all,
            self.spread(target, Some(self.stop), plan.jobs(), |job, worker| {
                plan.work(job, 3, worker);
            }),
        );
        add(
            &mut all,
            self.spread(target, Some(self.stop), globals.len(), |job, worker| {
                let plan = self.plan(target, &[globals[job]], &locals);
                for first in 0..plan.jobs() {
                    if !worker.is_over() {
                        plan.work(first, 2, worker);
                    }
                }
            }),
        );
        all
    }

    fn with_two(
        &self,
        target: usize,
        first: usize,
        locals: &[usize],
        globals: &[usize],
        worker: &mut Worker<'s, 'c>,
    ) {
        let edits = &self.space.edits;
        for (index, &second) in globals.iter().enumerate() {
            if edits[first].excludes(&edits[second]) {
                continue;
            }
            let mut orders = vec![[first, second]];
            if edits[first].chains_with(&edits[second]) {
                orders.push([second, first]);
            }
            for order in orders {
                let written = self.written(target, &order);
                let mut pen = written.pen();
                for &third in locals.iter().chain(&globals[index + 1..]) {
                    let clash = order.iter().any(|&o| edits[o].excludes(&edits[third]));
                    if !clash && !worker.is_over() {
                        worker.try_edits(&mut pen, &order, &[third]);
                    }
                }
            }
        }
    }

    /// What follows where time allows, in this order.
    fn late(&self, causes: usize, level: usize) -> Vec<Step<'s, 'c>> {
        let every = |work: fn(&Search<'s, 'c>, usize) -> Harvest| -> Step<'s, 'c> {
            Box::new(move |search| {
                let mut all = Harvest::default();
                for target in 0..search.space.targets.len().min(2) {
                    add(&mut all, work(search, target));
                }
                all
            })
        };
        match level {
            2 => vec![every(|s, t| s.swept_pairs(t, Span::Short)), every(Search::subsets)],
            3 if causes >= 3 => vec![
                every(|s, t| s.chained(t, (250, 200))),
                every(|s, t| s.triples(t, 120)),
                every(|s, t| s.swept_pairs(t, Span::Long)),
                every(Search::wide_pairs),
                every(|s, t| s.triples(t, 400)),
                every(Search::subsets_and_one),
                every(|s, t| s.triples(t, 1500)),
            ],
            _ => Vec::new(),
        }
    }

    /// A value of a range and one more mistake.
    fn swept_pairs(&self, target: usize, span: Span) -> Harvest {
        let edits = self.distinct(target, &self.up_to(Tier::Usual));
        if span == Span::Short {
            let lists: Vec<[usize; 1]> = edits.into_iter().map(|e| [e]).collect();
            return self.sweep_short(target, &lists);
        }
        let mut all = Harvest::default();
        for sweep in (0..self.space.sweeps.len()).filter(|&s| self.is_long(s)) {
            for &edit in &self.likeliest(&edits, 60) {
                add(&mut all, self.sweep(target, sweep, &[edit], Some(self.stop)));
                if !all.found.is_empty() || (self.stop)() {
                    return all;
                }
            }
        }
        all
    }

    /// A value of a short range and two more mistakes.
    fn swept_triples(&self, target: usize) -> Harvest {
        let edits = self.likeliest(&self.distinct(target, &self.up_to(Tier::Usual)), 90);
        let pairs: Vec<[usize; 2]> = edits
            .iter()
            .enumerate()
            .flat_map(|(i, &a)| edits[i + 1..].iter().map(move |&b| [a, b]))
            .filter(|[a, b]| !self.space.edits[*a].excludes(&self.space.edits[*b]))
            .collect();
        self.sweep_short(target, &pairs)
    }

    /// Every value of every short range on top of each list of edits.
    fn sweep_short<const N: usize>(&self, target: usize, lists: &[[usize; N]]) -> Harvest {
        let short: Vec<usize> = (0..self.space.sweeps.len()).filter(|&s| !self.is_long(s)).collect();
        self.spread(target, Some(self.stop), lists.len() * short.len(), |job, worker| {
            let (sweep, chosen) = (short[job % short.len()], &lists[job / short.len()]);
            if let Some(swept) = self.swept(target, sweep, chosen) {
                swept.run(self.space.sweeps[sweep].values.clone(), worker);
            }
        })
    }

    fn is_long(&self, sweep: usize) -> bool {
        let values = &self.space.sweeps[sweep].values;
        values.end - values.start > 10_000
    }

    /// Every value of one range on top of some edits, in pieces on all threads.
    fn sweep(&self, target: usize, sweep: usize, chosen: &[usize], stop: Option<Stop<'s>>) -> Harvest {
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
            Class::Value | Class::Presence => e.entries >> (*entry).min(95) & 1 == 1,
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

    /// Every pair of an unlikely edit and a likely one.
    fn wide_pairs(&self, target: usize) -> Harvest {
        let (locals, globals) = self.sides(target, Tier::Usual);
        let usual = self.likeliest(&self.plan(target, &[], &locals).distinct(), 600);
        let usual: Vec<usize> =
            usual.into_iter().chain(self.likeliest(&self.distinct(target, &globals), 48)).collect();
        let wide: Vec<usize> =
            (0..self.space.edits.len()).filter(|&e| self.space.edits[e].tier == Tier::Wide).collect();
        let wide = self.distinct(target, &wide);
        let edits = &self.space.edits;
        self.spread(target, Some(self.stop), wide.len(), |job, worker| {
            let written = self.written(target, &[wide[job]]);
            let mut pen = written.pen();
            for &other in &usual {
                if !edits[wide[job]].excludes(&edits[other]) && !worker.is_over() {
                    worker.try_edits(&mut pen, &[wide[job]], &[other]);
                }
            }
        })
    }

    /// Any subset of the fields left out, for messages of up to 16 fields.
    fn subsets(&self, target: usize) -> Harvest {
        self.subsets_on(target, &[])
    }

    /// The same with one more mistake.
    fn subsets_and_one(&self, target: usize) -> Harvest {
        let mut usual = self.up_to(Tier::Usual);
        usual.retain(|&e| self.space.edits[e].class != Class::Presence);
        let mut all = Harvest::default();
        for edit in self.likeliest(&self.distinct(target, &usual), 24) {
            add(&mut all, self.subsets_on(target, &[edit]));
        }
        all
    }

    fn subsets_on(&self, target: usize, chosen: &[usize]) -> Harvest {
        let drops = self.drops();
        if !(3..=16).contains(&drops.len()) {
            return Harvest::default();
        }
        let low = drops.len().min(8);
        let written = self.written(target, chosen);
        self.spread(target, Some(self.stop), 1 << (drops.len() - low), |high, worker| {
            let mut pen = written.pen();
            for mask in high << low..(high + 1) << low {
                let list: Vec<usize> =
                    drops.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1).map(|(_, &d)| d).collect();
                if list.len() > 1 && list.len() < drops.len() && !worker.is_over() {
                    worker.try_edits(&mut pen, chosen, &list);
                }
            }
        })
    }

    /// One edit for each field that leaves out this field alone.
    fn drops(&self) -> Vec<usize> {
        let edits = &self.space.edits;
        let entries = self.space.right.entries.iter().enumerate();
        let filled = entries.filter(|(_, e)| !e.value.is_empty()).map(|(i, _)| 1_u128 << i.min(95));
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
        draft.entries.iter().any(|e| e.stay == super::draft::Stay::Out)
    }

    fn up_to(&self, most: Tier) -> Vec<usize> {
        (0..self.space.edits.len()).filter(|&e| self.space.edits[e].tier <= most).collect()
    }

    /// The edits up to a tier: those of single places, and those of the whole text.
    fn sides(&self, target: usize, most: Tier) -> (Vec<usize>, Vec<usize>) {
        let keyed = self.space.targets[target].is_keyed();
        self.up_to(most).into_iter().partition(|&e| {
            let class = self.space.edits[e].class;
            !(class.is_global() || (keyed && class == Class::Secret))
        })
    }

    fn spread(
        &self,
        target: usize,
        stop: Option<Stop<'s>>,
        jobs: usize,
        work: impl Fn(usize, &mut Worker<'s, 'c>) + Sync,
    ) -> Harvest {
        spread(self.space, target, (self.threads, stop), jobs, work)
    }

    fn write(&self, target: usize, draft: Draft<'c>) -> Written<'c> {
        let start = self.space.targets[target].start(&draft.secret);
        Written::new(draft, start)
    }

    fn written(&self, target: usize, chosen: &[usize]) -> Written<'c> {
        self.write(target, self.space.draft(chosen))
    }

    fn plan(&self, target: usize, chosen: &[usize], list: &[usize]) -> Plan<'s, 'c> {
        Plan::new(self.written(target, chosen), chosen, &self.space.edits, list)
    }

    /// The same, and the orders: they can matter once a name has changed.
    fn effective(&self, target: usize, list: &[usize]) -> Vec<usize> {
        let mut kept = self.distinct(target, list);
        kept.extend(list.iter().filter(|&&e| self.space.edits[e].class == Class::Order));
        kept.sort_unstable();
        kept.dedup();
        kept
    }

    /// Edits that change something, each in its own way.
    fn distinct(&self, target: usize, list: &[usize]) -> Vec<usize> {
        let right = self.written(target, &[]);
        let mut pen = right.pen();
        let mut seen = HashSet::new();
        let mut is_new = |edit: &Edit| {
            let patch = pen.patch(&[edit]);
            !patch.is_empty() && seen.insert(patch)
        };
        list.iter().copied().filter(|&edit| is_new(&self.space.edits[edit])).collect()
    }

    /// The most usual ones, in turns from every cause.
    fn likeliest(&self, list: &[usize], most: usize) -> Vec<usize> {
        let mut counts: HashMap<(&str, u128), u32> = HashMap::new();
        let mut turns: Vec<(u32, usize)> = Vec::with_capacity(list.len());
        for &edit in list {
            let count =
                counts.entry((self.space.edits[edit].cause, self.space.edits[edit].entries)).or_default();
            *count += 1;
            turns.push((self.space.edits[edit].weight + *count / 4, edit));
        }
        turns.sort_unstable();
        let mut chosen: Vec<usize> = turns.into_iter().take(most).map(|(_, edit)| edit).collect();
        chosen.sort_unstable();
        chosen
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
                worker.hash_with(&self.written, at.clone(), print(value, &mut digits), trail);
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
        #[expect(clippy::cast_possible_truncation, reason = "one digit")]
        let digit = (value % 10) as u8;
        digits[at] = b'0' + digit;
        value /= 10;
        if value == 0 {
            return &digits[at..];
        }
    }
}
