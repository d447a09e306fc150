//! The hands of the search: one worker a thread. It hashes what it is given,
//! counts, notices when time is up, and keeps what was found. And the one place
//! where jobs are spread over threads.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::draft::{Draft, Scratch};
use super::search::{Found, Space, Stop};
use super::target::Target;
use crate::sign::Hasher;

/// One worker.
pub(super) struct Worker<'s, 'c> {
    space: &'s Space<'c>,
    stop: Option<Stop<'s>>,
    scratch: Scratch,
    tried: u64,
    over: Over,
    ladder: Ladder,
    /// Target and secret of the ladder.
    footing: Option<(usize, String)>,
    found: Vec<Found>,
}

/// One string hashed block by block, so that a string which begins like it can
/// be hashed from where they part.
#[derive(Default)]
struct Ladder {
    bytes: Vec<u8>,
    steps: Vec<Hasher>,
}

impl Ladder {
    const STEP: usize = 64;

    fn new(start: Hasher, bytes: &[u8]) -> Self {
        let mut steps = vec![start];
        for block in bytes.chunks_exact(Self::STEP) {
            let mut next = steps[steps.len() - 1].clone();
            next.update(block);
            steps.push(next);
        }
        Self { bytes: bytes.to_vec(), steps }
    }

    /// The hash of these bytes; the ladder must have been built for their key.
    fn hash(&self, bytes: &[u8]) -> Hasher {
        let common = self.bytes.iter().zip(bytes).take_while(|(a, b)| a == b).count();
        let step = common / Self::STEP;
        let mut hasher = self.steps[step].clone();
        hasher.update(&bytes[step * Self::STEP..]);
        hasher
    }
}

#[derive(PartialEq, Eq)]
enum Over {
    Yes,
    No,
}

/// What a phase brought.
#[derive(Default)]
pub(super) struct Harvest {
    /// Hits.
    pub(super) found: Vec<Found>,
    /// Strings hashed.
    pub(super) tried: u64,
}

/// Does all jobs on all threads; stops early only where a `stop` is given.
pub(super) fn spread<'s, 'c>(
    space: &'s Space<'c>,
    threads: usize,
    stop: Option<Stop<'s>>,
    jobs: usize,
    work: impl Fn(usize, &mut Worker<'s, 'c>) + Sync,
) -> Harvest {
    let next = AtomicUsize::new(0);
    let hits = AtomicUsize::new(0);
    let run = || {
        let mut worker = Worker {
            space,
            stop,
            scratch: Scratch::default(),
            tried: 0,
            over: Over::No,
            ladder: Ladder::default(),
            footing: None,
            found: Vec::new(),
        };
        loop {
            let job = next.fetch_add(1, Ordering::Relaxed);
            // Where time counts, one hit is enough: its other readings are found from it.
            let enough = stop.is_some() && hits.load(Ordering::Relaxed) > 0;
            if job >= jobs || enough || worker.is_out_of_time() {
                return Harvest { found: worker.found, tried: worker.tried };
            }
            work(job, &mut worker);
            hits.fetch_add(worker.found.len(), Ordering::Relaxed);
        }
    };
    if threads < 2 || jobs < 2 {
        return run();
    }
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
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
    /// Whether to stop; asks the clock every few thousand strings.
    pub(super) fn is_over(&mut self) -> bool {
        if self.tried.is_multiple_of(2048) { self.is_out_of_time() } else { self.over == Over::Yes }
    }

    fn is_out_of_time(&mut self) -> bool {
        if self.over == Over::No && self.stop.is_some_and(|stop| stop()) {
            self.over = Over::Yes;
        }
        self.over == Over::Yes
    }

    /// Whether a finished hash is the given signature.
    pub(super) fn is_hit(&mut self, hasher: Hasher, target: usize) -> bool {
        self.tried += 1;
        self.space.targets[target].is_hit(hasher)
    }

    /// Keeps a hit.
    pub(super) fn report(&mut self, before: &[usize], chosen: &[usize], target: usize) {
        self.found.push(Found { target, edits: [before, chosen].concat(), swept: None });
    }

    /// Keeps a hit of a range.
    pub(super) fn report_swept(&mut self, chosen: &[usize], target: usize, swept: (usize, u64)) {
        self.found.push(Found { target, edits: chosen.to_vec(), swept: Some(swept) });
    }

    /// Writes a string by its draft and hashes it; in every order of the edits
    /// where the order matters.
    pub(super) fn write(&mut self, draft: &Draft<'c>, before: &[usize], chosen: &[usize], target: usize) {
        let edits = &self.space.edits;
        let chain = chosen
            .iter()
            .enumerate()
            .any(|(i, &a)| chosen[i + 1..].iter().any(|&b| edits[a].chains_with(&edits[b])));
        if !chain {
            self.write_in_order(draft, before, chosen, target);
            return;
        }
        for order in orders(chosen) {
            self.write_in_order(draft, before, &order, target);
        }
    }

    fn write_in_order(&mut self, draft: &Draft<'c>, before: &[usize], chosen: &[usize], target: usize) {
        let mut changed = draft.clone();
        for &edit in chosen {
            self.space.edits[edit].apply(&mut changed);
        }
        if self.hashes(&changed, target) {
            self.report(before, chosen, target);
        }
    }

    /// Makes a draft the one from which others are hashed.
    pub(super) fn stand_on(&mut self, draft: &Draft<'c>, target: usize) {
        let start = self.space.targets[target].start(&draft.secret);
        self.ladder = Ladder::new(start, &draft.bytes(&mut self.scratch));
        self.footing = Some((target, draft.secret.to_string()));
    }

    /// Whether a draft hashes to the given signature.
    pub(super) fn hashes(&mut self, draft: &Draft<'_>, target: usize) -> bool {
        self.tried += 1;
        let reading = &self.space.targets[target];
        let bytes = draft.bytes(&mut self.scratch);
        let stands = self
            .footing
            .as_ref()
            .is_some_and(|(t, secret)| *t == target && (!reading.is_keyed() || *secret == draft.secret));
        let hasher = if stands {
            self.ladder.hash(&bytes)
        } else {
            let mut hasher = reading.start(&draft.secret);
            hasher.update(&bytes);
            hasher
        };
        reading.is_hit(hasher)
    }

    /// The readings of the signature.
    pub(super) fn target(&self, target: usize) -> &'s Target {
        &self.space.targets[target]
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
