//! Everything that can be combined for one case, and one such combination.
//! Comes in: the right draft, the table of edits, the readings of the signature;
//! goes out: the draft of any combination, and whether it gives the signature.

use std::sync::OnceLock;

use super::super::draft::{Draft, Scratch};
use super::super::edits::{Edit, Sweep, Table, Tier};
use super::super::target::Target;
use super::effects::Effects;
use super::pen::Pen;
use super::written::Written;

/// Says whether time is up.
pub type Stop<'a> = &'a (dyn Fn() -> bool + Sync);

/// Everything that can be combined.
pub(in crate::explain) struct Space<'c> {
    /// The right draft.
    pub(in crate::explain) right: Draft<'c>,
    /// The edits, most usual first.
    pub(in crate::explain) edits: Vec<Edit>,
    /// Values that are tried in ranges.
    pub(in crate::explain) sweeps: Vec<Sweep>,
    /// Readings of the given signature, plainest first.
    pub(in crate::explain) targets: Vec<Target>,
    /// Bytes of the right text, about.
    pub(in crate::explain) length: usize,
    /// How it is searched.
    pub(in crate::explain) size: Size,
    effects: OnceLock<Effects<'c>>,
}

/// How much there is to combine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Size {
    /// As much as a message of WeChat has: what edits do is kept, and carried over.
    Usual,
    /// More: every string is written anew, and nothing is kept.
    Large,
}

impl Size {
    /// Bytes of a usual text. The longest field of WeChat has 6,000.
    const BYTES: usize = 16 * 1024;
    /// Edits that are combined with each other. What is kept for that grows with
    /// their square: 36 MiB for so many, about those of 60 fields. After changing one
    /// of the two, measure again: `cargo test --test bounds`.
    const EDITS: usize = 6000;

    fn of(length: usize, edits: &[Edit]) -> Self {
        let combined = edits.iter().filter(|edit| edit.tier <= Tier::Rare).count();
        if length > Self::BYTES || combined > Self::EDITS { Self::Large } else { Self::Usual }
    }
}

impl<'c> Space<'c> {
    /// Everything that can be made of a table and these readings.
    pub(in crate::explain) fn new(
        right: Draft<'c>,
        Table { edits, sweeps }: Table,
        targets: Vec<Target>,
    ) -> Self {
        let length = right.length();
        let size = Size::of(length, &edits);
        Self { right, edits, sweeps, targets, length, size, effects: OnceLock::new() }
    }

    /// What the edits do to the right draft.
    pub(in crate::explain) fn effects(&self) -> &Effects<'c> {
        self.effects.get_or_init(|| Effects::of(&self.right, &self.edits))
    }

    /// A pen for a draft that has these edits.
    pub(in crate::explain) fn pen<'w>(&self, written: &'w Written<'c>, chosen: &[usize]) -> Pen<'w, '_, 'c> {
        let known = match self.size {
            Size::Usual => self.effects().on(written, &self.edits, chosen),
            Size::Large => Vec::new(),
        };
        Pen::new(written, chosen, known)
    }

    /// The right draft with these edits, one after the other.
    pub(in crate::explain) fn draft(&self, chosen: &[usize]) -> Draft<'c> {
        let mut draft = self.right.clone();
        for &edit in chosen {
            self.edits[edit].apply(&mut draft);
        }
        draft
    }

    /// The draft of a combination.
    pub(in crate::explain) fn draft_of(&self, found: &Found) -> Draft<'c> {
        let mut draft = self.right.clone();
        if let Some((sweep, value)) = found.swept {
            draft.entries[self.sweeps[sweep].entry].value = value.to_string().into();
        }
        for &edit in &found.edits {
            self.edits[edit].apply(&mut draft);
        }
        draft
    }

    /// Whether a combination gives the signature.
    pub(in crate::explain) fn is_hit(&self, found: &Found, scratch: &mut Scratch) -> bool {
        let draft = self.draft_of(found);
        self.targets[found.target].is_of(&draft.secret, &draft.bytes(scratch))
    }
}

/// A combination that gives the signature.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::explain) struct Found {
    /// Index of the target.
    pub(in crate::explain) target: usize,
    /// Indices of the edits, in the order in which they happened.
    pub(in crate::explain) edits: Vec<usize>,
    /// A sweep and its value.
    pub(in crate::explain) swept: Option<(usize, u64)>,
}
