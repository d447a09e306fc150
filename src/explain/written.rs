//! A draft written down: its bytes, where each part of them stands, and the
//! hash of every beginning. So that an edit of one part costs that part only:
//! it becomes a [`Patch`] of the bytes, and the hash goes on from the block
//! that the patch is in. Hashing itself is the worker's.

use std::ops::Range;

use super::charset::Charset;
use super::draft::{Draft, Role, Scratch, Tie};
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
        let plain =
            draft.forms[0].is_none() && !draft.sorting.reads_values() && draft.charset == Charset::Utf8;
        let length = self.draft.entries[entry].value.len();
        plain.then(|| pair.end - length..pair.end)
    }

    /// A pen that writes edits of this draft.
    pub(super) fn pen(&self) -> Pen<'_, 'c> {
        Pen {
            written: self,
            draft: self.draft.clone(),
            scratch: Scratch::default(),
            order: Vec::new(),
            text: String::new(),
            bytes: Vec::new(),
        }
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

/// Which parts of a draft some edits change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// These pairs, and ones that are added.
    Pairs(u128),
    /// The secret and what stands around it.
    Secret,
    Everything,
}

impl Reach {
    /// Pairs have bits below this one.
    const MOST: usize = 95;

    fn of(edits: &[&Edit]) -> Self {
        let one = |edit: &Edit| match edit.class {
            Class::Value | Class::Name | Class::Lead | Class::Presence => Self::Pairs(edit.entries),
            Class::Secret | Class::Key | Class::End => Self::Secret,
            _ => Self::Everything,
        };
        let all = edits.iter().map(|edit| one(edit));
        all.reduce(|reach, next| match (reach, next) {
            (Self::Pairs(a), Self::Pairs(b)) => Self::Pairs(a | b),
            (Self::Secret, Self::Secret) => reach,
            _ => Self::Everything,
        })
        .unwrap_or(Self::Everything)
    }
}

/// Applies edits to a copy of a draft, tells what they change, and takes them
/// back.
pub(super) struct Pen<'w, 'c> {
    written: &'w Written<'c>,
    draft: Draft<'c>,
    scratch: Scratch,
    order: Vec<u16>,
    text: String,
    bytes: Vec<u8>,
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
        for edit in edits {
            edit.apply(&mut draft);
        }
        draft
    }

    fn take_back(&mut self, reach: Reach) {
        let before = &self.written.draft;
        match reach {
            Reach::Pairs(touched) if touched >> Reach::MOST & 1 == 0 => {
                self.draft.entries.truncate(before.entries.len());
                self.draft.empty = before.empty;
                for (index, entry) in self.draft.entries.iter_mut().enumerate() {
                    if has(touched, index) {
                        entry.clone_from(&before.entries[index]);
                    }
                }
            }
            Reach::Secret => {
                self.draft.entries.truncate(before.entries.len());
                self.draft.secret.clone_from(&before.secret);
                self.draft.end.clone_from(&before.end);
                (self.draft.head, self.draft.tail) = (before.head, before.tail);
            }
            _ => self.draft.clone_from(before),
        }
    }

    /// The patch of some parts alone; none if more than these change.
    fn part(&mut self, reach: Reach) -> Option<Patch> {
        let parts = self.written.parts.as_ref().filter(|parts| !parts.order.is_empty())?;
        let (before, after) = (&self.written.draft, &self.draft);
        match reach {
            Reach::Pairs(touched) => self.pairs(parts, touched),
            Reach::Secret if after.entries.len() > before.entries.len() => None,
            Reach::Secret => {
                let holders = before.entries.iter().enumerate().filter(|(_, e)| e.role == Role::Secret);
                let holders = holders.fold(0, |bits, (index, _)| bits | 1 << index.min(Reach::MOST));
                let no_glue = |draft: &Draft<'_>| draft.head.is_empty() && draft.tail.is_empty();
                if holders == 0 && before.head.is_empty() && after.head.is_empty() {
                    Some(self.tail(parts))
                } else if holders != 0 && no_glue(before) && no_glue(after) && before.end == after.end {
                    self.pairs(parts, holders)
                } else {
                    None
                }
            }
            Reach::Everything => None,
        }
    }

    fn tail(&mut self, parts: &Parts) -> Patch {
        self.text.clear();
        self.draft.spell_tail(&mut self.text);
        let text = self.draft.charset.encode_again(&self.text, self.scratch.memo());
        Patch::trimmed(self.written.bytes(), parts.tail..self.written.bytes().len(), &text)
    }

    /// The pairs between the first and the last one that changed or moved.
    fn pairs(&mut self, parts: &Parts, touched: u128) -> Option<Patch> {
        if has(touched, Reach::MOST) {
            return None;
        }
        let mut order = std::mem::take(&mut self.order);
        if self.keeps_order(touched) {
            order.clone_from(&parts.order);
        } else {
            self.draft.arrange(&mut order);
        }
        let span = parts.span(touched, &order);
        let patch = span.map(|(at, middle)| {
            self.bytes.clear();
            self.spell(parts, touched, &order, middle);
            Patch::trimmed(self.written.bytes(), at, &self.bytes)
        });
        self.order = order;
        patch
    }

    /// Whether nothing is changed that the order is made of.
    fn keeps_order(&self, touched: u128) -> bool {
        let (before, after) = (&self.written.draft, &self.draft);
        let keeps = |index: usize| {
            let [old, new] = [before, after].map(|draft| &draft.entries[index]);
            old.stay == new.stay && old.rank == new.rank && old.value.is_empty() == new.value.is_empty()
        };
        before.empty == after.empty
            && before.entries.len() == after.entries.len()
            && !after.sorting.reads_values()
            && (0..before.entries.len()).filter(|&index| has(touched, index)).all(keeps)
    }

    /// Spells the pairs of this range of an order, with what joins them to their neighbours.
    fn spell(&mut self, parts: &Parts, touched: u128, order: &[u16], middle: Range<usize>) {
        let draft = &self.draft;
        for (place, &index) in order.iter().enumerate().take(middle.end + 1).skip(middle.start) {
            let index = usize::from(index);
            self.text.clear();
            if place > 0 && draft.entries[index].tie == Tie::Joined {
                self.text.push_str(draft.join);
            }
            let same = parts.unchanged(index, touched);
            if place < middle.end && same.is_none() {
                draft.spell_pair(index, &mut self.text);
            }
            self.bytes.extend_from_slice(&draft.charset.encode_again(&self.text, self.scratch.memo()));
            if let Some(at) = same.filter(|_| place < middle.end) {
                self.bytes.extend_from_slice(&self.written.bytes()[at]);
            }
        }
    }
}

fn has(bits: u128, index: usize) -> bool {
    index <= Reach::MOST && bits >> index & 1 == 1
}

impl Parts {
    /// Where a pair stands that is what it was.
    fn unchanged(&self, index: usize, touched: u128) -> Option<Range<usize>> {
        if has(touched, index) { None } else { self.pairs.get(index)?.clone() }
    }

    /// Which bytes a new order of the pairs, some of them changed, replaces,
    /// and which of its pairs stand there then. None if no pair is left.
    fn span(&self, touched: u128, order: &[u16]) -> Option<(Range<usize>, Range<usize>)> {
        let same =
            |(old, new): &(&u16, &u16)| old == new && self.unchanged(usize::from(**old), touched).is_some();
        let front = self.order.iter().zip(order).take_while(same).count();
        let (old, new) = (&self.order[front..], &order[front..]);
        let back = old.iter().rev().zip(new.iter().rev()).take_while(same).count();
        let place = |at: usize| self.pairs[usize::from(self.order[at])].clone();
        let from = match front.checked_sub(1) {
            Some(last) => place(last)?.end,
            None => place(0)?.start,
        };
        let to = match back {
            0 => self.tail,
            _ => place(self.order.len() - back)?.start,
        };
        (!order.is_empty()).then(|| (from..to, front..order.len() - back))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::{edits, read};
    use crate::sign::{Digest, Secret};

    const CASES: [&str; 3] = [
        r#"{"scheme":"pay-v2","sign":"A","key":"wxkitmockpaykey0wxkitmockpaykey0","others":{"old key":"b"},"fields":{
            "appid":"wx1","attach":"","body":"茶 & 🍵","detail":"{\"a\":1}","mch_id":"1","nonce_str":"N","notify_url":
            "http://a.example/b?c=d","out_trade_no":"7","sub_mch_id":"","total_fee":"100"}}"#,
        r#"{"scheme":"jssdk","signature":"a","ticket":"ticket","fields":{"noncestr":"N","timestamp":"1414587457",
            "url":"http://mp.example/?a=茶&b=1"}}"#,
        r#"{"scheme":"pay-sign","paySign":"A","key":"k","fields":{"appId":"wx1","nonceStr":"N","package":"prepay_id=1",
            "signType":"MD5","timeStamp":"1414587457"}}"#,
    ];

    /// What a pen writes is what the draft itself spells, for every edit of the
    /// table and on top of every edit of the whole text.
    #[test]
    fn a_patch_is_what_the_draft_spells() {
        for text in CASES {
            let case = read(text.as_bytes()).unwrap();
            let secret = case.secret.clone().unwrap_or(Secret::new(""));
            let right = Draft::right(&case.recipe(), &case.fields, secret.expose());
            let table = edits::table(&case, &right, &[String::new()]).edits;
            let globals = table.iter().enumerate().filter(|(_, e)| e.class.is_global());
            let bases: Vec<Option<&Edit>> =
                std::iter::once(None).chain(globals.map(|(_, e)| Some(e))).collect();
            for (nth, base) in bases.iter().enumerate() {
                let mut draft = right.clone();
                if let Some(edit) = base {
                    edit.apply(&mut draft);
                }
                let written = Written::new(draft, Prefix::new(Digest::Md5, &[]));
                let mut pen = written.pen();
                let step = if base.is_none() { 1 } else { 29 };
                for edit in table.iter().skip(nth % step).step_by(step) {
                    let patch = pen.patch(&[edit]);
                    let patched =
                        [&written.bytes()[..patch.at.start], &*patch.text, &written.bytes()[patch.at.end..]]
                            .concat();
                    let spelled = pen.draft(&[edit]).bytes(&mut Scratch::default()).into_owned();
                    let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                    assert_eq!(
                        shown(&patched),
                        shown(&spelled),
                        "{} {:?} after {nth}",
                        edit.cause,
                        edit.class
                    );
                    assert_eq!(pen.draft.entries.len(), written.draft.entries.len());
                }
            }
        }
    }
}
