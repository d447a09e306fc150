//! What edits change in a written draft. An edit of a few parts costs these
//! parts only; what is known from another draft costs next to nothing. Comes
//! in: a written draft and edits; goes out: patches of its bytes.

use std::borrow::Cow;
use std::ops::Range;

use super::charset::Charset;
use super::draft::{Draft, Role, Scratch, Tie};
use super::edits::{Class, Edit};
use super::effects::Carrier;
use super::written::{Part, Parts, Patch, Written};

/// Tells what edits change in a written draft: from what is known about the
/// right draft where that carries over, otherwise by making them in a copy.
pub(super) struct Pen<'w, 's, 'c> {
    written: &'w Written<'c>,
    known: Option<Carrier<'s, 'w, 'c>>,
    trial: Option<Trial<'w, 'c>>,
    patches: Vec<Patch<'s>>,
}

impl<'w, 's, 'c> Pen<'w, 's, 'c> {
    /// A pen for a draft.
    pub(super) fn new(written: &'w Written<'c>, known: Option<Carrier<'s, 'w, 'c>>) -> Self {
        Self { written, known, trial: None, patches: Vec::new() }
    }

    /// The draft that it starts from.
    pub(super) fn written(&self) -> &'w Written<'c> {
        self.written
    }

    /// What these edits of a table, one after the other, do to the bytes: from
    /// front to back, each patch apart from the others.
    pub(super) fn patches(&mut self, table: &[Edit], chosen: &[usize]) -> &[Patch<'s>] {
        self.patches.clear();
        if let (Some(known), &[one]) = (&self.known, chosen)
            && known.put(one, &mut self.patches)
        {
            return &self.patches;
        }
        let written = self.written;
        let trial = self.trial.get_or_insert_with(|| Trial::of(written));
        trial.write(table, chosen, &mut self.patches);
        &self.patches
    }

    /// The draft with these edits.
    pub(super) fn draft(&self, table: &[Edit], chosen: &[usize]) -> Draft<'c> {
        let mut draft = self.written.draft.clone();
        for &edit in chosen {
            table[edit].apply(&mut draft);
        }
        draft
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
    /// Pairs have bits below this one.
    const MOST: u16 = 95;

    fn of(table: &[Edit], chosen: &[usize]) -> Self {
        let mut reach = Self::default();
        for edit in chosen.iter().map(|&edit| &table[edit]) {
            match edit.class {
                Class::Value | Class::Name | Class::Lead | Class::Presence => reach.pairs |= edit.entries,
                Class::Secret | Class::Key | Class::Front | Class::End => reach.ends = true,
                _ => reach.everything = true,
            }
        }
        reach.everything |= has(reach.pairs, Self::MOST);
        reach
    }
}

fn has(bits: u128, index: u16) -> bool {
    index <= Reach::MOST && bits >> index & 1 == 1
}

/// A copy of a draft in which edits are made and taken back.
struct Trial<'w, 'c> {
    written: &'w Written<'c>,
    draft: Draft<'c>,
    scratch: Scratch,
    order: Vec<u16>,
    text: String,
}

impl<'w, 'c> Trial<'w, 'c> {
    fn of(written: &'w Written<'c>) -> Self {
        let draft = written.draft.clone();
        Self { written, draft, scratch: Scratch::default(), order: Vec::new(), text: String::new() }
    }

    fn write(&mut self, table: &[Edit], chosen: &[usize], patches: &mut Vec<Patch<'_>>) {
        for &edit in chosen {
            table[edit].apply(&mut self.draft);
        }
        let reach = Reach::of(table, chosen);
        if self.parts(reach, patches).is_none() {
            patches.clear();
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
        for (index, (entry, before)) in (0..).zip(self.draft.entries.iter_mut().zip(&before.entries)) {
            if has(reach.pairs, index) {
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
        let pairs = (0..).zip(&self.written.draft.entries);
        let holders = pairs.filter(|(_, entry)| entry.role == Role::Secret);
        let touched = holders.fold(reach.pairs, |bits, (index, _)| bits | 1 << Reach::MOST.min(index));
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
        let mut pairs = (0..).zip(before.entries.iter().zip(&after.entries));
        before.empty == after.empty
            && before.secret.is_empty() == after.secret.is_empty()
            && before.entries.len() == after.entries.len()
            && !after.sorting.reads_values()
            && pairs.all(|(index, (old, new))| {
                !has(touched, index)
                    || (old.stay == new.stay
                        && old.rank == new.rank
                        && old.value.is_empty() == new.value.is_empty())
            })
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::edits::Tier;
    use crate::explain::effects::Effects;
    use crate::explain::written::Stem;
    use crate::explain::{edits, read};
    use crate::sign::{Digest, Prefix, Secret};

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
            let globals: Vec<usize> = (0..table.len()).filter(|&e| table[e].class.is_global()).collect();
            let two = globals.iter().flat_map(|&a| globals.iter().map(move |&b| vec![a, b]));
            let two = two.filter(|two| !table[two[0]].excludes(&table[two[1]])).step_by(97);
            let bases = [vec![]].into_iter().chain(globals.iter().map(|&one| vec![one])).chain(two);
            let effects = Effects::of(&right, &table);
            for (nth, base) in bases.enumerate() {
                let mut draft = right.clone();
                for &edit in &base {
                    table[edit].apply(&mut draft);
                }
                let written = Written::new(draft, Prefix::new(Digest::Md5, &[]));
                let mut pen = Pen::new(&written, Some(effects.on(&written, &table, &base)));
                let step = if base.is_empty() { 1 } else { 29 };
                let singles = (nth % step..table.len()).step_by(step).map(|edit| vec![edit]);
                let few = |from: usize| (from..table.len()).filter(|&e| table[e].tier <= Tier::Rare);
                let pairs =
                    few(nth % 31).step_by(31).zip(few(nth).cycle().step_by(17)).map(|(a, b)| vec![a, b]);
                let pairs = pairs.filter(|two| !table[two[0]].excludes(&table[two[1]]));
                for chosen in singles.chain(pairs) {
                    let mut patched = Stem::default();
                    patched.renew(&written.stem, pen.patches(&table, &chosen));
                    let spelled = pen.draft(&table, &chosen).bytes(&mut Scratch::default()).into_owned();
                    let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                    let made = base.iter().chain(&chosen).map(|&e| (table[e].cause, table[e].class));
                    let made: Vec<_> = made.collect();
                    assert_eq!(shown(patched.bytes()), shown(&spelled), "{made:?}");
                }
            }
        }
    }
}
