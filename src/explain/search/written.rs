//! A draft written down: its bytes, where each part of them stands, and the
//! hash of every beginning. So that an edit of one part costs that part only:
//! it becomes a few [`Patch`]es of the bytes, and the hash goes on from the
//! block that the first one is in. Hashing itself is the worker's.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use super::super::draft::charset::Charset;
use super::super::draft::{Draft, Scratch};
use crate::sign::Prefix;

/// A draft, its bytes, and the hashes of their beginnings.
pub(in crate::explain) struct Written<'c> {
    /// The draft.
    pub(in crate::explain) draft: Draft<'c>,
    /// Its bytes.
    pub(in crate::explain) stem: Stem,
    /// Where its parts stand, if they do not depend on one another.
    pub(in crate::explain) parts: Option<Parts>,
}

/// Where the parts of a draft stand in its bytes.
pub(in crate::explain) struct Parts {
    /// The pairs in their order.
    pub(in crate::explain) order: Vec<u16>,
    /// All pairs.
    pub(in crate::explain) middle: Range<usize>,
    /// Name and value of each pair that is written.
    pairs: Vec<Option<Range<usize>>>,
    length: usize,
}

/// One part of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::explain) enum Part {
    /// What stands before the pairs.
    Head,
    /// The pair of this entry.
    Pair(u16),
    /// What stands behind the pairs.
    Tail,
}

/// A change of the bytes: what stands in one place becomes this text.
#[derive(Debug, Clone)]
pub(in crate::explain) struct Patch<'t> {
    /// Where.
    pub(in crate::explain) at: Range<usize>,
    /// The new bytes.
    pub(in crate::explain) text: Cow<'t, [u8]>,
    /// The part that it stays within.
    pub(in crate::explain) part: Option<Part>,
}

/// Two patches are equal if they do the same.
impl PartialEq for Patch<'_> {
    fn eq(&self, other: &Self) -> bool {
        (&self.at, &self.text) == (&other.at, &other.text)
    }
}

impl Eq for Patch<'_> {}

impl Hash for Patch<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.at, &self.text).hash(state);
    }
}

impl Patch<'_> {
    /// The same with a text of its own.
    pub(in crate::explain) fn into_owned(self) -> Patch<'static> {
        Patch { text: Cow::Owned(self.text.into_owned()), at: self.at, part: self.part }
    }

    /// The same in another place.
    pub(in crate::explain) fn moved(&self, by: isize) -> Patch<'_> {
        let at = self.at.start.wrapping_add_signed(by)..self.at.end.wrapping_add_signed(by);
        Patch { at, text: Cow::Borrowed(&self.text), part: self.part }
    }

    /// How much longer the text becomes.
    pub(in crate::explain) fn growth(&self) -> isize {
        self.text.len().wrapping_sub(self.at.len()).cast_signed()
    }
}

/// Bytes with the hash of every beginning of whole blocks.
#[derive(Default)]
pub(in crate::explain) struct Stem {
    bytes: Vec<u8>,
    steps: Vec<Prefix>,
}

impl Stem {
    /// No bytes yet.
    pub(in crate::explain) fn new(start: Prefix) -> Self {
        Self { bytes: Vec::new(), steps: vec![start] }
    }

    /// What it holds.
    pub(in crate::explain) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Adds bytes.
    pub(in crate::explain) fn extend(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        let first = (self.steps.len() - 1) * Prefix::BLOCK;
        for block in self.bytes[first..].as_chunks().0 {
            self.steps.push(self.steps[self.steps.len() - 1].with(block));
        }
    }

    /// Where the block begins that this place is in, and the hash of what stands before.
    pub(in crate::explain) fn before(&self, place: usize) -> (usize, &Prefix) {
        let blocks = place / Prefix::BLOCK;
        (blocks * Prefix::BLOCK, &self.steps[blocks])
    }

    /// The bytes from here on with patches, each of which stands so many bytes further on.
    #[inline]
    pub(in crate::explain) fn pieces(
        &self,
        mut from: usize,
        (patches, by): (&[Patch<'_>], isize),
        mut put: impl FnMut(&[u8]),
    ) {
        for Patch { at, text, .. } in patches {
            put(&self.bytes[from..at.start.wrapping_add_signed(by)]);
            put(text);
            from = at.end.wrapping_add_signed(by);
        }
        put(&self.bytes[from..]);
    }

    /// Becomes another one with patches.
    pub(in crate::explain) fn renew(&mut self, other: &Self, patches: &[Patch<'_>]) {
        let (from, _) = other.before(patches.first().map_or(other.bytes.len(), |first| first.at.start));
        self.bytes.clear();
        self.bytes.extend_from_slice(&other.bytes[..from]);
        self.steps.clear();
        self.steps.extend_from_slice(&other.steps[..=from / Prefix::BLOCK]);
        other.pieces(from, (patches, 0), |piece| self.bytes.extend_from_slice(piece));
        self.extend(&[]);
    }
}

impl<'c> Written<'c> {
    /// Writes a draft down.
    pub(in crate::explain) fn new(draft: Draft<'c>, start: Prefix) -> Self {
        let mut scratch = Scratch::default();
        let mut stem = Stem::new(start);
        stem.extend(&draft.bytes(&mut scratch));
        let parts = Parts::of(&draft, &scratch, stem.bytes());
        Self { draft, stem, parts }
    }

    /// Its bytes.
    pub(in crate::explain) fn bytes(&self) -> &[u8] {
        self.stem.bytes()
    }

    /// The bytes of a part, and where they begin.
    pub(in crate::explain) fn part(&self, part: Part) -> Option<(usize, &[u8])> {
        let at = self.parts.as_ref()?.place(part)?;
        Some((at.start, &self.bytes()[at]))
    }

    /// Where the value of a pair stands, if it can be overwritten by itself.
    pub(in crate::explain) fn value(&self, entry: usize) -> Option<Range<usize>> {
        let pair = self.parts.as_ref()?.pairs.get(entry)?.clone()?;
        let draft = &self.draft;
        let plain =
            draft.forms[0].is_none() && !draft.sorting.reads_values() && draft.charset == Charset::Utf8;
        let length = self.draft.entries[entry].value.len();
        plain.then(|| pair.end - length..pair.end)
    }
}

impl Parts {
    fn of(draft: &Draft<'_>, scratch: &Scratch, bytes: &[u8]) -> Option<Self> {
        if draft.damage.is_some() || !draft.charset.is_piecewise(draft.join) {
            return None;
        }
        let (mut text_at, mut at) = (0, 0);
        let mut place = |end: usize| {
            let piece = draft.charset.encode(&scratch.text()[text_at..end]);
            text_at = end;
            at += piece.len();
            bytes[..at.min(bytes.len())].ends_with(&piece).then_some(at)
        };
        let mut pairs = vec![None; draft.entries.len()];
        let mut middle: Option<Range<usize>> = None;
        for (entry, text) in scratch.spans() {
            let at = place(text.start)?..place(text.end)?;
            middle = Some(middle.map_or(at.start, |m| m.start)..at.end);
            pairs[usize::from(*entry)] = Some(at);
        }
        let length = place(scratch.text().len())?;
        let order = scratch.spans().iter().map(|(entry, _)| *entry).collect();
        (length == bytes.len()).then_some(Self { order, pairs, middle: middle?, length })
    }

    /// Where a part stands.
    pub(in crate::explain) fn place(&self, part: Part) -> Option<Range<usize>> {
        match part {
            Part::Head => Some(0..self.middle.start),
            Part::Pair(entry) => self.pairs.get(usize::from(entry))?.clone(),
            Part::Tail => Some(self.middle.end..self.length),
        }
    }

    /// Where a place of other parts is here, if these come in the same order:
    /// inside a pair only if that has been moved as it is.
    pub(in crate::explain) fn same_point(
        &self,
        other: &Self,
        at: usize,
        moved: &[Option<(usize, usize)>],
    ) -> Option<usize> {
        let before = other.order.partition_point(|&pair| other.start(pair) <= at);
        let pair = usize::from(other.order[before.checked_sub(1)?]);
        let (old, new) = (other.pairs[pair].as_ref()?, self.pairs[pair].as_ref()?);
        if at == old.start {
            Some(new.start)
        } else if at >= old.end {
            (at <= other.middle.end || before < other.order.len()).then_some(at - old.end + new.end)
        } else {
            let (from, to) = moved[pair]?;
            Some(at - from + to)
        }
    }

    fn start(&self, pair: u16) -> usize {
        self.pairs[usize::from(pair)].as_ref().map_or(0, |at| at.start)
    }
}
