//! A draft written down: its bytes, where each part of them stands, and the
//! hash of every beginning. So that an edit of one part costs that part only:
//! it becomes a [`Patch`] of the bytes, and the hash goes on from the block
//! that the patch is in. Hashing itself is the worker's.

use std::cmp::Ordering;
use std::ops::Range;

use super::charset::Charset;
use super::draft::{Draft, Role, Scratch, Sorting};
use super::edits::{Class, Edit};
use crate::sign::Prefix;

/// A draft, its bytes, and the hashes of their beginnings.
pub(super) struct Written<'c> {
    /// The draft.
    pub(super) draft: Draft<'c>,
    /// Its bytes.
    pub(super) stem: Stem,
    parts: Option<Parts>,
}

/// Where the parts stand; only for drafts whose parts do not depend on one another.
struct Parts {
    /// The pairs in their order.
    order: Vec<u16>,
    /// Name and value of each pair that is written.
    pairs: Vec<Option<Range<usize>>>,
    /// Everything behind the pairs.
    tail: usize,
}

/// What an edit does: these bytes become this text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Patch {
    /// Where.
    pub(super) at: Range<usize>,
    /// The new bytes.
    pub(super) text: Box<[u8]>,
}

impl Patch {
    /// Whether it changes nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.at.is_empty() && self.text.is_empty()
    }

    /// Whether another patch starts behind this one, so that both can be put on.
    pub(super) fn is_before(&self, next: &Self) -> bool {
        let touches = self.at.end == next.at.start;
        let inserts = self.at.is_empty() || next.at.is_empty();
        self.at.end < next.at.start || (touches && !inserts)
    }

    /// Without the bytes that stay the same at both ends.
    fn trimmed(base: &[u8], at: Range<usize>, text: &[u8]) -> Self {
        let old = &base[at.clone()];
        let front = old.iter().zip(text).take_while(|(a, b)| a == b).count();
        let (old, text) = (&old[front..], &text[front..]);
        let back = old.iter().rev().zip(text.iter().rev()).take_while(|(a, b)| a == b).count();
        Self { at: at.start + front..at.end - back, text: text[..text.len() - back].into() }
    }
}

/// Bytes with the hash of every beginning of whole blocks.
#[derive(Clone)]
pub(super) struct Stem {
    bytes: Vec<u8>,
    steps: Vec<Prefix>,
}

impl Stem {
    /// No bytes yet.
    pub(super) fn new(start: Prefix) -> Self {
        Self { bytes: Vec::new(), steps: vec![start] }
    }

    /// What it holds.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Adds bytes.
    pub(super) fn extend(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        let first = (self.steps.len() - 1) * Prefix::BLOCK;
        for block in self.bytes[first..].as_chunks().0 {
            self.steps.push(self.steps[self.steps.len() - 1].with(block));
        }
    }

    /// Goes back to its first bytes.
    pub(super) fn truncate(&mut self, length: usize) {
        self.bytes.truncate(length);
        self.steps.truncate(length / Prefix::BLOCK + 1);
    }

    /// The hash of the whole blocks of its first bytes, and what is left of those.
    pub(super) fn until(&self, length: usize) -> (&Prefix, &[u8]) {
        let blocks = length / Prefix::BLOCK;
        (&self.steps[blocks], &self.bytes[blocks * Prefix::BLOCK..length])
    }
}

impl<'c> Written<'c> {
    /// Writes a draft down.
    pub(super) fn new(draft: Draft<'c>, start: Prefix) -> Self {
        let mut scratch = Scratch::default();
        let mut stem = Stem::new(start);
        stem.extend(&draft.bytes(&mut scratch));
        let parts = Parts::of(&draft, &scratch);
        Self { draft, stem, parts }
    }

    /// Its bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        self.stem.bytes()
    }

    /// Where the value of a pair stands, if it can be overwritten by itself.
    pub(super) fn value(&self, entry: usize) -> Option<Range<usize>> {
        let pair = self.parts.as_ref()?.pairs.get(entry)?.clone()?;
        let draft = &self.draft;
        let plain = draft.forms[0].is_none()
            && !draft.sorting.reads_values()
            && draft.charset == Charset::Utf8;
        let length = self.draft.entries[entry].value.len();
        plain.then(|| pair.end - length..pair.end)
    }

    /// A pen that writes edits of this draft.
    pub(super) fn pen(&self) -> Pen<'_, 'c> {
        Pen { written: self, draft: self.draft.clone(), scratch: Scratch::default(), text: String::new() }
    }
}

impl Parts {
    fn of(draft: &Draft<'_>, scratch: &Scratch) -> Option<Self> {
        if draft.damage.is_some() || !draft.charset.is_piecewise() {
            return None;
        }
        let bytes = |text: &str| draft.charset.encode(text).len();
        let mut pairs = vec![None; draft.entries.len()];
        let (mut at, mut text_at) = (0, 0);
        for (entry, text) in scratch.spans() {
            let from = at + bytes(&scratch.text()[text_at..text.start]);
            at = from + bytes(&scratch.text()[text.clone()]);
            text_at = text.end;
            pairs[usize::from(*entry)] = Some(from..at);
        }
        let order = scratch.spans().iter().map(|(entry, _)| *entry).collect();
        Some(Self { order, pairs, tail: at })
    }
}

/// Which part of a draft some edits change.
#[derive(Clone, Copy)]
enum Reach {
    Pair(usize),
    Tail,
    Everything,
}

impl Reach {
    fn of(edits: &[&Edit]) -> Self {
        let one = |edit: &Edit| match edit.class {
            Class::Value | Class::Name | Class::Lead if edit.entries.count_ones() == 1 => {
                Self::Pair(edit.entries.trailing_zeros() as usize)
            }
            Class::Secret | Class::Key | Class::End => Self::Tail,
            _ => Self::Everything,
        };
        let mut all = edits.iter().map(|edit| one(edit));
        let first = all.next().unwrap_or(Self::Everything);
        all.fold(first, |reach, next| match (reach, next) {
            (Self::Pair(a), Self::Pair(b)) if a == b => reach,
            (Self::Tail, Self::Tail) => reach,
            _ => Self::Everything,
        })
    }
}

/// Applies edits to a copy of a draft, tells what they change, and takes them
/// back.
pub(super) struct Pen<'w, 'c> {
    written: &'w Written<'c>,
    draft: Draft<'c>,
    scratch: Scratch,
    text: String,
}

impl<'w, 'c> Pen<'w, 'c> {
    /// The draft that it starts from.
    pub(super) fn written(&self) -> &'w Written<'c> {
        self.written
    }

    /// What these edits, one after the other, do to the bytes.
    pub(super) fn patch(&mut self, edits: &[&Edit]) -> Patch {
        for edit in edits {
            edit.apply(&mut self.draft);
        }
        let reach = Reach::of(edits);
        let patch = self.part(reach).unwrap_or_else(|| {
            let bytes = self.draft.bytes(&mut self.scratch);
            Patch::trimmed(self.written.bytes(), 0..self.written.bytes().len(), &bytes)
        });
        self.take_back(reach);
        patch
    }

    /// The draft with these edits.
    pub(super) fn draft(&self, edits: &[&Edit]) -> Draft<'c> {
        let mut draft = self.written.draft.clone();
        edits.iter().for_each(|edit| edit.apply(&mut draft));
        draft
    }

    fn take_back(&mut self, reach: Reach) {
        let before = &self.written.draft;
        match reach {
            Reach::Pair(entry) if self.draft.entries.len() == before.entries.len() => {
                self.draft.entries[entry].clone_from(&before.entries[entry]);
            }
            Reach::Tail if self.draft.entries.len() == before.entries.len() => {
                self.draft.secret.clone_from(&before.secret);
                self.draft.end.clone_from(&before.end);
                (self.draft.head, self.draft.tail) = (before.head, before.tail);
            }
            _ => self.draft.clone_from(before),
        }
    }

    /// The patch of one part alone; none if more than this part changes.
    fn part(&mut self, reach: Reach) -> Option<Patch> {
        let parts = self.written.parts.as_ref()?;
        if self.draft.entries.len() != self.written.draft.entries.len() {
            return None;
        }
        self.text.clear();
        let at = match reach {
            Reach::Pair(entry) => {
                let at = parts.pairs.get(entry)?.clone()?;
                self.stays(entry, &parts.order).then(|| self.draft.spell_pair(entry, &mut self.text))?;
                at
            }
            Reach::Tail => {
                let is_behind = |draft: &Draft<'_>| {
                    draft.head.is_empty() && draft.entries.iter().all(|e| e.role != Role::Secret)
                };
                (is_behind(&self.draft) && is_behind(&self.written.draft) && !parts.order.is_empty())
                    .then(|| self.draft.spell_tail(&mut self.text))?;
                parts.tail..self.written.bytes().len()
            }
            Reach::Everything => return None,
        };
        let text = self.draft.charset.encode_again(&self.text, self.scratch.memo());
        Some(Patch::trimmed(self.written.bytes(), at, &text))
    }

    /// Whether a pair is still written, in its place between its neighbours.
    fn stays(&self, entry: usize, order: &[u16]) -> bool {
        let (old, new) = (&self.written.draft.entries[entry], &self.draft.entries[entry]);
        if old.tie != new.tie || !self.draft.is_written(entry) {
            return false;
        }
        let sorting = &self.draft.sorting;
        if matches!(sorting, Sorting::Fixed(_)) || (old.rank == new.rank && !sorting.reads_values()) {
            return true;
        }
        let Some(place) = order.iter().position(|&e| usize::from(e) == entry) else { return false };
        let is_behind = |after: usize, before: usize| {
            let entries = &self.draft.entries;
            let [before, after] = [before, after].map(|place| &entries[usize::from(order[place])]);
            self.draft.compare(before, after) != Ordering::Greater
        };
        (place == 0 || is_behind(place, place - 1))
            && (place + 1 == order.len() || is_behind(place + 1, place))
    }
}
