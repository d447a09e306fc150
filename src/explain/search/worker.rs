//! The hands of the search: one worker a thread. It hashes what it is given,
//! counts, notices when time is up, and keeps what was found. And the one place
//! where jobs are spread over threads.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::draft::{Draft, Scratch};
use super::super::edits::Class;
use super::super::target::Target;
use super::pen::Pen;
use super::space::{Found, Space, Stop};
use super::trail::Trail;
use super::written::{Patch, Stem};
use crate::sign::{Batch, Hash, Prefix, Seat};

/// One worker.
pub(in crate::explain) struct Worker<'s, 'c> {
    space: &'s Space<'c>,
    target: usize,
    stop: Option<Stop<'s>>,
    batch: Batch<Trail>,
    sieve: Sieve<'s>,
    scratch: Scratch,
    tried: u64,
    /// Questions whether time is up until the clock is asked again.
    unasked: u32,
    over: Over,
}

/// Bytes that are written and hashed between two looks at the clock: about a
/// millisecond, so that a long message ends as soon as a short one.
const BETWEEN: usize = 256 * 1024;
/// Most strings between two looks at the clock: it costs as much as one of them.
const MOST_BETWEEN: usize = 2048;

#[derive(PartialEq, Eq)]
enum Over {
    Yes,
    No,
}

/// Holds hashes against the given signature.
struct Sieve<'s> {
    reading: &'s Target,
    /// First hashes that are hashed once more.
    again: Batch<Trail>,
    hits: Vec<Trail>,
}

impl<'s> Sieve<'s> {
    fn new(reading: &'s Target) -> Self {
        Self { reading, again: Batch::new(reading.head()), hits: Vec::new() }
    }

    fn first(&mut self, hash: Hash, trail: Trail) {
        let Some(again) = self.reading.again else { return last(self.reading, &mut self.hits, &hash, trail) };
        let (text, start) = (again.text(&hash), Prefix::new(self.reading.digest, &[]));
        let mut done = |hash, trail| last(self.reading, &mut self.hits, &hash, trail);
        self.again.push(&start, text.len(), |seat| seat.put(&text), trail, &mut done);
    }

    fn flush(&mut self) {
        self.again.flush(&mut |hash, trail| last(self.reading, &mut self.hits, &hash, trail));
    }
}

fn last(reading: &Target, hits: &mut Vec<Trail>, hash: &Hash, trail: Trail) {
    if reading.shows(hash) {
        hits.push(trail);
    }
}

/// What a phase brought.
#[derive(Default)]
pub(in crate::explain) struct Harvest {
    /// Hits.
    pub(in crate::explain) found: Vec<Found>,
    /// Strings hashed.
    pub(in crate::explain) tried: u64,
}

/// Does all jobs for one reading of the signature on all threads; stops early
/// only where a `stop` is given.
pub(in crate::explain) fn spread<'s, 'c>(
    space: &'s Space<'c>,
    target: usize,
    (threads, stop): (usize, Option<Stop<'s>>),
    jobs: usize,
    work: impl Fn(usize, &mut Worker<'s, 'c>) + Sync,
) -> Harvest {
    let next = AtomicUsize::new(0);
    let hits = AtomicUsize::new(0);
    let run = || {
        let mut worker = Worker::new(space, target, stop);
        loop {
            let job = next.fetch_add(1, Ordering::Relaxed);
            // Where time counts, one hit is enough: its other readings are found from it.
            let enough = stop.is_some() && hits.load(Ordering::Relaxed) > 0;
            if job >= jobs || enough || worker.is_out_of_time() {
                return worker.harvest();
            }
            work(job, &mut worker);
            hits.fetch_add(worker.sieve.hits.len(), Ordering::Relaxed);
        }
    };
    if threads < 2 || jobs < 2 {
        return run();
    }
    std::thread::scope(|scope| {
        // Where the system has no room for one more thread, fewer do it.
        let spawn = |_| std::thread::Builder::new().spawn_scoped(scope, run).ok();
        let others: Vec<_> = (1..threads).map_while(spawn).collect();
        let mut all = run();
        for other in others {
            let Ok(part) = other.join() else { continue };
            all.found.extend(part.found);
            all.tried += part.tried;
        }
        all
    })
}

impl<'s, 'c> Worker<'s, 'c> {
    fn new(space: &'s Space<'c>, target: usize, stop: Option<Stop<'s>>) -> Self {
        let reading = &space.targets[target];
        Self {
            space,
            target,
            stop,
            batch: Batch::new(reading.head().filter(|_| reading.again.is_none())),
            sieve: Sieve::new(reading),
            scratch: Scratch::default(),
            tried: 0,
            unasked: 0,
            over: Over::No,
        }
    }

    /// Whether to stop; asked before each string, it looks at the clock now and then.
    pub(in crate::explain) fn is_over(&mut self) -> bool {
        if self.unasked == 0 {
            let strings = BETWEEN / self.space.length.max(1);
            self.unasked = u32::try_from(strings.clamp(1, MOST_BETWEEN)).unwrap_or(1);
            return self.is_out_of_time();
        }
        self.unasked -= 1;
        self.over == Over::Yes
    }

    fn is_out_of_time(&mut self) -> bool {
        if self.over == Over::No && self.stop.is_some_and(|stop| stop()) {
            self.over = Over::Yes;
        }
        self.over == Over::Yes
    }

    /// Hashes what stands behind a beginning: so many bytes.
    #[inline]
    fn hash(&mut self, prefix: &Prefix, length: usize, write: impl FnOnce(&mut Seat<'_>), trail: Trail) {
        self.tried += 1;
        let sieve = &mut self.sieve;
        self.batch.push(prefix, length, write, trail, &mut |hash, trail| sieve.first(hash, trail));
    }

    /// Hashes a draft as a whole.
    pub(in crate::explain) fn hash_draft(&mut self, draft: &Draft<'_>, trail: Trail) {
        let prefix = self.target().start(&draft.secret);
        let mut scratch = std::mem::take(&mut self.scratch);
        let bytes = draft.bytes(&mut scratch);
        self.hash(&prefix, bytes.len(), |seat| seat.put(&bytes), trail);
        drop(bytes);
        self.scratch = scratch;
    }

    /// Hashes a text with something else in one place.
    pub(in crate::explain) fn hash_with(&mut self, stem: &Stem, at: Range<usize>, text: &[u8], trail: Trail) {
        let (from, prefix) = stem.before(at.start);
        let (front, back) = (&stem.bytes()[from..at.start], &stem.bytes()[at.end..]);
        let write = |seat: &mut Seat<'_>| [front, text, back].iter().for_each(|piece| seat.put(piece));
        self.hash(prefix, front.len() + text.len() + back.len(), write, trail);
    }

    /// Hashes a text with patches, each of which stands so many bytes further on.
    #[inline]
    pub(in crate::explain) fn hash_patched(
        &mut self,
        stem: &Stem,
        (patches, by): (&[Patch<'_>], isize),
        trail: Trail,
    ) {
        let Some(first) = patches.first() else { return };
        let (from, prefix) = stem.before(first.at.start.wrapping_add_signed(by));
        let growth: isize = patches.iter().map(Patch::growth).sum();
        let length = (stem.bytes().len() - from).wrapping_add_signed(growth);
        self.hash(prefix, length, |seat| stem.pieces(from, (patches, by), |piece| seat.put(piece)), trail);
    }

    /// Hashes a draft with some edits; in every order of them where it matters.
    pub(in crate::explain) fn try_edits(&mut self, pen: &mut Pen<'_, 's, 'c>, chosen: &[usize]) {
        let edits = &self.space.edits;
        let chains =
            |(i, &a): (usize, &usize)| chosen[i + 1..].iter().any(|&b| edits[a].chains_with(&edits[b]));
        if !chosen.iter().enumerate().any(chains) {
            return self.try_in_order(pen, chosen);
        }
        // Neighbours that do not chain have only one order.
        let is_plain = |order: &&Vec<usize>| {
            let place = |edit: usize| chosen.iter().position(|&e| e == edit);
            order
                .windows(2)
                .all(|two| place(two[0]) < place(two[1]) || edits[two[0]].chains_with(&edits[two[1]]))
        };
        for order in orders(chosen).iter().filter(is_plain) {
            self.try_in_order(pen, order);
        }
    }

    fn try_in_order(&mut self, pen: &mut Pen<'_, 's, 'c>, chosen: &[usize]) {
        let space = self.space;
        let trail = match chosen {
            [one] => pen.trail().and(*one),
            more => pen.trail().with(more),
        };
        let is_secret = |&edit: &usize| space.edits[edit].class == Class::Secret;
        if self.target().is_keyed() && chosen.iter().any(is_secret) {
            // Another secret is another key: nothing of the hash can be shared.
            return self.hash_draft(&pen.draft(&space.edits, chosen), trail);
        }
        let stem = &pen.written().stem;
        let patches = pen.patches(&space.edits, chosen);
        self.hash_patched(stem, (patches, 0), trail);
    }

    /// The reading of the signature that is searched for.
    pub(in crate::explain) fn target(&self) -> &'s Target {
        &self.space.targets[self.target]
    }

    fn harvest(mut self) -> Harvest {
        let sieve = &mut self.sieve;
        self.batch.flush(&mut |hash, trail| sieve.first(hash, trail));
        self.sieve.flush();
        let found = self.sieve.hits.iter().filter_map(|trail| self.proven(trail)).collect();
        Harvest { found, tried: self.tried }
    }

    /// A hit, with its edits in an order that gives the signature when they are
    /// made one after the other, and everything is hashed anew.
    fn proven(&self, trail: &Trail) -> Option<Found> {
        let chosen = trail.edits();
        let orders = if chosen.len() < 5 { orders(&chosen) } else { vec![chosen] };
        let found =
            orders.into_iter().map(|edits| Found { target: self.target, edits, swept: trail.value() });
        let mut scratch = Scratch::default();
        found.into_iter().find(|found| self.space.is_hit(found, &mut scratch))
    }
}

fn orders(chosen: &[usize]) -> Vec<Vec<usize>> {
    if chosen.len() < 2 {
        return vec![chosen.to_vec()];
    }
    let mut all = Vec::new();
    for (index, &first) in chosen.iter().enumerate() {
        let rest = [&chosen[..index], &chosen[index + 1..]].concat();
        all.extend(orders(&rest).into_iter().map(|tail| [&[first][..], &tail].concat()));
    }
    all
}
