//! Which edits, one, two or three together, give exactly the given signature.
//! Comes in: a [`Space`] of edits and readings, limits, and a word when time is
//! up; goes out: every combination of the fewest edits that hits. It names
//! nothing and shows nothing.

use std::collections::HashSet;
use std::ops::Range;

use super::draft::Draft;
use super::edits::{Class, Edit, Sweep, Tier, bit};
use super::plan::{Band, Plan, cost};
use super::space::{Size, Space, Stop};
use super::walk;
use super::worker::{Harvest, Trail, Worker, spread};
use super::written::Written;

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
            if reading.is_odd() && edits > 1 {
                continue;
            }
            // The plainest readings are always finished, the others if there is time;
            // so are the pairs of a message that is far longer than any of WeChat's.
            let is_endless = edits > 1 && !search.is_quick() || space.size == Size::Large && edits > 0;
            let stop = (reading.causes.len() > least || edits > 2 || is_endless).then_some(stop);
            add(&mut all, search.combinations(target, edits, stop));
        }
        if !all.found.is_empty() {
            return all;
        }
        if level >= limits.causes.min(2) + least && space.size == Size::Usual {
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

/// Bytes of all pairs that are tried even if time is up, if each were written
/// whole: an order of 15 fields has 650 MB of them and takes 0.3 s on one core
/// (`cargo bench --bench explain`), so that a search ends within half a second.
const QUICK: usize = 1 << 30;

fn add(all: &mut Harvest, more: Harvest) {
    all.found.extend(more.found);
    all.tried += more.tried;
}

/// Edits of a large message that are combined in pairs.
const LIKELIEST: usize = 4000;

/// What triples cost that are tried first, for every reading of the signature.
const EARLY: &[Band] = &[Band { above: 0, upto: 11 }, Band { above: 11, upto: 13 }];

/// And those that follow where time allows.
const LATE: &[Band] = &[
    Band { above: 13, upto: 15 },
    Band { above: 15, upto: 17 },
    Band { above: 17, upto: 20 },
    Band { above: 20, upto: 30 },
];

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
            2 if self.space.size == Size::Large => self.plain_pairs(target, stop),
            2 => self.pairs(target, stop),
            _ if self.space.size == Size::Large => Harvest::default(),
            _ => self.triples(target, EARLY),
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
            let mut pen = self.space.pen(&right, &[]);
            for &edit in chunks[job] {
                if worker.is_over() {
                    return;
                }
                worker.try_edits(&mut pen, &[], &[edit]);
            }
        });
        for sweep in 0..self.space.sweeps.len() {
            add(&mut all, self.sweep(target, sweep, &[], stop));
        }
        all
    }

    fn pairs(&self, target: usize, stop: Option<Stop<'s>>) -> Harvest {
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
    fn plain_pairs(&self, target: usize, stop: Option<Stop<'s>>) -> Harvest {
        let list = self.likeliest(&self.up_to(Tier::Rare), LIKELIEST);
        self.spread(target, stop, list.len(), |job, worker| {
            self.with_global(target, list[job], &[], &list[job + 1..], worker);
        })
    }

    /// Whether the pairs are so few that they are always finished.
    fn is_quick(&self) -> bool {
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
                worker.try_edits(&mut right, &[], &[global, other]);
            } else {
                worker.try_edits(&mut pen, &[global], &[other]);
            }
        }
    }

    /// Three edits together, or two and a value of a range: those that cost the
    /// least first.
    fn triples(&self, target: usize, bands: &[Band]) -> Harvest {
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
                    worker.try_edits(&mut pen, &two, &[third]);
                }
            }
        }
    }

    /// Every value of a range, and what else can have happened: two more
    /// mistakes beside a short range, one beside a long one.
    fn with_a_range(&self, target: usize, band: Band) -> Harvest {
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

    /// Edits that change something and cost no more than this: those of single
    /// places, and those of the whole text.
    fn affordable(&self, target: usize, most: u32) -> (Vec<usize>, Vec<usize>) {
        let (locals, globals) = self.sides(target, Tier::Rare);
        let cheap = |list: Vec<usize>| {
            let list: Vec<_> = list.into_iter().filter(|&e| self.space.edits[e].cost <= most).collect();
            let mut list = self.distinct(&list);
            list.sort_by_key(|&e| self.space.edits[e].cost);
            list
        };
        (cheap(locals), cheap(globals))
    }

    /// What follows where time allows, in this order.
    fn late(&self, causes: usize, level: usize) -> Vec<Step<'s, 'c>> {
        let band = |band: Band| every(move |s, t| s.triples(t, &[band]));
        match level {
            2 => vec![every(Search::swept_pairs), every(Search::subsets)],
            3 if causes >= 3 => {
                let (first, last) = LATE.split_at(2);
                let mut steps: Vec<_> = first.iter().map(|&late| band(late)).collect();
                steps.extend([Box::new(Search::odd_pairs), every(Search::wide_pairs)]);
                steps.extend(last.iter().map(|&late| band(late)));
                steps.push(every(Search::subsets_and_one));
                steps
            }
            _ => Vec::new(),
        }
    }

    /// Pairs for the readings that hardly ever are the right ones.
    fn odd_pairs(&self) -> Harvest {
        let mut all = Harvest::default();
        let odd = self.space.targets.iter().enumerate().filter(|(_, reading)| reading.is_odd());
        for (target, _) in odd {
            add(&mut all, self.pairs(target, Some(self.stop)));
        }
        all
    }

    /// A value of a short range and one more mistake.
    fn swept_pairs(&self, target: usize) -> Harvest {
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

    /// What a range costs, since every value of it is tried.
    fn cost_of_range(&self, sweep: usize) -> u32 {
        let values = &self.space.sweeps[sweep].values;
        match values.end - values.start {
            0..200 => 2,
            200..=10_000 => 5,
            _ => 10,
        }
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

    /// Every pair of an unlikely edit and a likely one.
    fn wide_pairs(&self, target: usize) -> Harvest {
        let (locals, globals) = self.sides(target, Tier::Usual);
        let usual = self.likeliest(&self.plan(target, &[], Band::ALL, &locals).distinct(), 600);
        let usual: Vec<usize> =
            usual.into_iter().chain(self.likeliest(&self.distinct(&globals), 48)).collect();
        let wide: Vec<usize> =
            (0..self.space.edits.len()).filter(|&e| self.space.edits[e].tier == Tier::Wide).collect();
        let wide = self.distinct(&wide);
        let edits = &self.space.edits;
        self.spread(target, Some(self.stop), wide.len(), |job, worker| {
            let written = self.written(target, &[wide[job]]);
            let mut pen = self.space.pen(&written, &[wide[job]]);
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
        for edit in self.likeliest(&self.distinct(&usual), 24) {
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
            let mut pen = self.space.pen(&written, chosen);
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

    fn plan(&self, target: usize, chosen: &[usize], band: Band, list: &[usize]) -> Plan<'s, 'c> {
        Plan::new(self.space, self.written(target, chosen), chosen, band, list)
    }

    /// The same, and the orders: they can matter once a name has changed.
    fn effective(&self, list: &[usize]) -> Vec<usize> {
        let mut kept = self.distinct(list);
        kept.extend(list.iter().filter(|&&e| self.space.edits[e].class == Class::Order));
        kept.sort_unstable();
        kept.dedup();
        kept
    }

    /// Edits that change something, each in its own way.
    fn distinct(&self, list: &[usize]) -> Vec<usize> {
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
    fn likeliest(&self, list: &[usize], most: usize) -> Vec<usize> {
        let mut list = list.to_vec();
        list.sort_by_key(|&edit| self.space.edits[edit].cost);
        list.truncate(most);
        list
    }
}

/// The same for the two plainest readings of the signature.
fn every<'s, 'c: 's>(work: impl Fn(&Search<'s, 'c>, usize) -> Harvest + 's) -> Step<'s, 'c> {
    Box::new(move |search| {
        let mut all = Harvest::default();
        let plain = search.space.targets.iter().enumerate().filter(|(_, reading)| !reading.is_odd());
        for (target, _) in plain.take(2) {
            add(&mut all, work(search, target));
        }
        all
    })
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
        let digit = (value % 10) as u8;
        digits[at] = b'0' + digit;
        value /= 10;
        if value == 0 {
            return &digits[at..];
        }
    }
}
