//! Edits made on trial in a copy of a draft, written down and taken back. An edit
//! of a few parts costs these parts only. Comes in: a written draft and edits;
//! goes out: patches of its bytes.

use std::borrow::Cow;
use std::ops::Range;

use super::super::draft::charset::Charset;
use super::super::draft::{Draft, Entry, Role, Scratch, Tie};
use super::super::edits::{Class, Edit, LAST_ENTRY, bit};
use super::written::{Part, Parts, Patch, Written};

/// A copy of a draft in which edits are made and taken back.
pub(in crate::explain) struct Trial<'w, 'c> {
    written: &'w Written<'c>,
    draft: Draft<'c>,
    scratch: Scratch,
    order: Vec<u16>,
    text: String,
}

impl<'w, 'c> Trial<'w, 'c> {
    /// Copies a draft.
    pub(in crate::explain) fn of(written: &'w Written<'c>) -> Self {
        let draft = written.draft.clone();
        Self { written, draft, scratch: Scratch::default(), order: Vec::new(), text: String::new() }
    }

    /// Adds what these edits of a table, one after the other, do to the bytes:
    /// from front to back, each patch apart from the others.
    pub(in crate::explain) fn write(
        &mut self,
        table: &[Edit],
        chosen: &[usize],
        patches: &mut Vec<Patch<'_>>,
    ) {
        for &edit in chosen {
            table[edit].apply(&mut self.draft);
        }
        let (reach, first) = (Reach::of(table, chosen), patches.len());
        if self.parts(reach, patches).is_none() {
            patches.truncate(first);
            let bytes = self.draft.bytes(&mut self.scratch);
            let base = self.written.bytes();
            put(base, 0..base.len(), &bytes, None, patches);
        }
        self.take_back(reach);
    }

    fn take_back(&mut self, reach: Reach) {
        let before = &self.written.draft;
        if reach.everything {
            return self.draft.clone_from(before);
        }
        self.draft.entries.truncate(before.entries.len());
        self.draft.empty = before.empty;
        for index in pairs_of(reach.pairs) {
            if let (Some(entry), Some(before)) =
                (self.draft.entries.get_mut(index), before.entries.get(index))
            {
                entry.clone_from(before);
            }
        }
        if reach.ends {
            self.draft.secret.clone_from(&before.secret);
            self.draft.end.clone_from(&before.end);
            (self.draft.front, self.draft.head, self.draft.tail) = (before.front, before.head, before.tail);
        }
    }

    /// Patches of some parts alone; none if more than these change.
    fn parts(&mut self, reach: Reach, patches: &mut Vec<Patch<'_>>) -> Option<()> {
        let parts = self.written.parts.as_ref().filter(|_| !reach.everything)?;
        if !reach.ends {
            return self.pairs(parts, reach.pairs, patches);
        }
        let pairs = self.written.draft.entries.iter().enumerate();
        let holders = pairs.filter(|(_, entry)| entry.role == Role::Secret);
        let touched = holders.fold(reach.pairs, |bits, (index, _)| bits | bit(index));
        self.end(parts, Part::Head, patches)?;
        self.pairs(parts, touched, patches)?;
        self.end(parts, Part::Tail, patches)
    }

    /// What stands before or behind the pairs.
    fn end(&mut self, parts: &Parts, part: Part, patches: &mut Vec<Patch<'_>>) -> Option<()> {
        self.text.clear();
        if part == Part::Head {
            self.draft.spell_head(&self.draft.secret, &mut self.text);
            if !self.text.is_ascii() && self.draft.charset != Charset::Utf8 {
                // Its last character can swallow the first one of the pairs.
                return None;
            }
        } else {
            self.draft.spell_tail(&mut self.text);
        }
        let (at, text) = (parts.place(part)?, self.draft.charset.encode(&self.text));
        put(self.written.bytes(), at.clone(), &text, Some((part, at)), patches);
        Some(())
    }

    /// The pairs that nobody touched stay in their order: what stands between
    /// them is spelled anew.
    fn pairs(&mut self, parts: &Parts, touched: u128, patches: &mut Vec<Patch<'_>>) -> Option<()> {
        let mut order = std::mem::take(&mut self.order);
        order.clone_from(&parts.order);
        let stays = self.keeps_order(touched);
        if !stays {
            self.draft.arrange_again(&self.written.draft, |pair| has(touched, pair), &mut order);
        }
        let all = (!order.is_empty()).then_some(());
        let done = all.and_then(|()| self.gaps(parts, touched, (&order, stays), patches));
        self.order = order;
        done
    }

    fn gaps(
        &mut self,
        parts: &Parts,
        touched: u128,
        (order, stays): (&[u16], bool),
        patches: &mut Vec<Patch<'_>>,
    ) -> Option<()> {
        let mut old = parts.order.iter();
        let (mut from, mut first) = (parts.middle.start, 0);
        for place in 0..=order.len() {
            let (at, gone) = match order.get(place) {
                Some(&pair) if has(touched, pair) => continue,
                Some(&pair) => match parts.place(Part::Pair(pair)) {
                    Some(at) => (at, old.position(|&other| other == pair)?),
                    None => continue,
                },
                None => (parts.middle.end..parts.middle.end, old.len()),
            };
            if gone > 0 || first < place {
                self.text.clear();
                for place in first..place {
                    self.join(order, place);
                    self.draft.spell_pair(usize::from(order[place]), &mut self.text);
                }
                self.join(order, place);
                let text = self.draft.charset.encode(&self.text);
                let only = order.get(first).filter(|_| stays && place == first + 1);
                let within = only.and_then(|&pair| {
                    let part = Part::Pair(pair);
                    Some((part, parts.place(part)?))
                });
                put(self.written.bytes(), from..at.start, &text, within, patches);
            }
            (from, first) = (at.end, place + 1);
        }
        Some(())
    }

    /// What joins a pair to the one before.
    fn join(&mut self, order: &[u16], place: usize) {
        let joined = |&index: &u16| self.draft.entries[usize::from(index)].tie == Tie::Joined;
        if place > 0 && order.get(place).is_some_and(joined) {
            self.text.push_str(self.draft.join);
        }
    }

    /// Whether nothing is changed that the order is made of.
    fn keeps_order(&self, touched: u128) -> bool {
        let (before, after) = (&self.written.draft, &self.draft);
        let both = |index: usize| Some((before.entries.get(index)?, after.entries.get(index)?));
        let is_same = |(old, new): (&Entry<'_>, &Entry<'_>)| {
            (old.stay, old.value.is_empty()) == (new.stay, new.value.is_empty()) && old.rank == new.rank
        };
        before.empty == after.empty
            && before.secret.is_empty() == after.secret.is_empty()
            && before.entries.len() == after.entries.len()
            && !after.sorting.reads_values()
            && pairs_of(touched).filter_map(both).all(is_same)
    }
}

/// Which parts of a draft some edits change.
#[derive(Clone, Copy, Default)]
struct Reach {
    /// These pairs, and ones that are added.
    pairs: u128,
    /// The secret, and what stands around the pairs.
    ends: bool,
    everything: bool,
}

impl Reach {
    fn of(table: &[Edit], chosen: &[usize]) -> Self {
        let mut reach = Self::default();
        for edit in chosen.iter().map(|&edit| &table[edit]) {
            match edit.class {
                Class::Value | Class::Name | Class::Lead | Class::Presence => reach.pairs |= edit.entries,
                Class::Secret | Class::Key | Class::Front | Class::End => reach.ends = true,
                _ => reach.everything = true,
            }
        }
        reach.everything |= reach.pairs & bit(LAST_ENTRY) != 0;
        reach
    }
}

/// The pairs whose bits are set.
fn pairs_of(mut bits: u128) -> impl Iterator<Item = usize> {
    bits &= bit(LAST_ENTRY) - 1;
    std::iter::from_fn(move || {
        let first = (bits != 0).then(|| bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        first
    })
}

fn has(bits: u128, index: u16) -> bool {
    bits & bit(usize::from(index)) != 0
}

/// Adds a patch without the bytes that stay the same at both ends, if any are
/// left; notes the part if it stays within that.
fn put(
    base: &[u8],
    at: Range<usize>,
    text: &[u8],
    within: Option<(Part, Range<usize>)>,
    patches: &mut Vec<Patch<'_>>,
) {
    let old = &base[at.clone()];
    let front = old.iter().zip(text).take_while(|(a, b)| a == b).count();
    let (old, text) = (&old[front..], &text[front..]);
    let back = old.iter().rev().zip(text.iter().rev()).take_while(|(a, b)| a == b).count();
    let at = at.start + front..at.end - back;
    let text = &text[..text.len() - back];
    if !at.is_empty() || !text.is_empty() {
        let is_within = |(_, place): &(Part, Range<usize>)| place.start <= at.start && at.end <= place.end;
        let part = within.filter(is_within).map(|(part, _)| part);
        patches.push(Patch { at, text: Cow::Owned(text.to_vec()), part });
    }
}
