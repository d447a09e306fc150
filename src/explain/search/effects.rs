//! What every usual edit does to the right draft, and to the drafts that are
//! one edit of the whole text away from it, found once: it does the same to any
//! other draft that spells the part alike, and need not be made and written
//! again there. Comes in: the right draft and the table; goes out: a
//! [`Carrier`] for another draft.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::draft::charset::Charset;
use super::super::draft::form::Form;
use super::super::draft::{Draft, Entry, Role, Stay};
use super::super::edits::{Class, Edit, Tier};
use super::trial::Trial;
use super::written::{Part, Parts, Patch, Written};
use crate::sign::{Digest, Prefix};

/// The drafts whose effects are carried over to others.
pub(in crate::explain) struct Effects<'c> {
    /// By edit: its place among the facts.
    numbers: Vec<Option<u16>>,
    /// What holds everywhere, for those edits that are combined.
    facts: Vec<Fact>,
    right: Base<'c>,
    /// By the edit of the whole text.
    over: BTreeMap<usize, OnceLock<Base<'c>>>,
    /// Bytes that are kept for those.
    kept: AtomicUsize,
}

/// Most bytes that are kept for the drafts with an edit of the whole text: what
/// finds no room is written anew each time. An order of 15 fields needs 12 MiB.
const ROOM: usize = 24 << 20;

/// What is true of an edit in every draft.
struct Fact {
    edit: usize,
    class: Class,
    /// The first edit that does the same to the right draft; none if it does nothing.
    twin: Option<usize>,
    /// Name and value of every pair that it changes or adds; none if it changes more.
    pairs: Option<Vec<(String, String)>>,
    beside: OnceLock<Vec<u8>>,
}

/// What a piece of memory takes beside its bytes.
const ALLOCATED: usize = 32;

/// In place of a cost: it cannot be.
pub(in crate::explain) const NEVER: u8 = u8::MAX;

/// A draft, and what edits do to it.
struct Base<'c> {
    written: Written<'c>,
    /// By number of the edit.
    known: Vec<Option<Effect>>,
    /// Whether the edits find the pairs there that they find in the right draft.
    keeps_pairs: bool,
}

struct Effect {
    patches: Vec<Patch<'static>>,
    is_ascii: bool,
}

impl<'c> Effects<'c> {
    /// Makes every edit that is combined once.
    pub(in crate::explain) fn of(right: &Draft<'c>, table: &[Edit]) -> Self {
        let written = write(right.clone());
        let (mut trial, mut patches) = (Trial::of(&written), Vec::new());
        let mut twins = HashMap::new();
        let mut numbers = vec![None; table.len()];
        let (mut facts, mut known, mut over) = (Vec::new(), Vec::new(), BTreeMap::new());
        let combined = table.iter().enumerate().filter(|(_, edit)| edit.tier <= Tier::Rare);
        for (index, edit) in combined {
            let Ok(number) = u16::try_from(facts.len()) else { break };
            numbers[index] = Some(number);
            patches.clear();
            trial.write(table, &[index], &mut patches);
            let effect = Effect::of(&patches);
            let does_nothing = effect.patches.is_empty();
            let twin = (!does_nothing).then(|| *twins.entry(effect.patches.clone()).or_insert(index));
            facts.push(Fact {
                edit: index,
                class: edit.class,
                twin,
                pairs: pairs(right, edit),
                beside: OnceLock::new(),
            });
            // Edits of the whole text do something else everywhere.
            known.push((!edit.class.is_global()).then_some(effect));
            if edit.class.is_global() {
                over.insert(index, OnceLock::new());
            }
        }
        Self {
            numbers,
            facts,
            right: Base { written, known, keeps_pairs: true },
            over,
            kept: AtomicUsize::new(0),
        }
    }

    /// The number of an edit, if it is one that is combined.
    pub(in crate::explain) fn number(&self, edit: usize) -> Option<usize> {
        self.numbers[edit].map(usize::from)
    }

    /// What every edit, by its number, costs more beside this one; [`NEVER`] if
    /// the two exclude each other. None for edits that are not combined.
    pub(in crate::explain) fn beside(&self, table: &[Edit], edit: usize) -> Option<&[u8]> {
        let one = &table[edit];
        let beside = |fact: &Fact| {
            let other = &table[fact.edit];
            if one.excludes(other) { NEVER } else { u8::try_from(one.cost_beside(other)).unwrap_or(NEVER) }
        };
        let row = &self.facts[self.number(edit)?].beside;
        Some(row.get_or_init(|| self.facts.iter().map(beside).collect()))
    }

    /// Those of some edits that change something, each in its own way; none if
    /// one of them is not known.
    pub(in crate::explain) fn distinct(&self, list: &[usize]) -> Option<Vec<usize>> {
        let mut seen = vec![false; self.numbers.len()];
        let mut kept = Vec::new();
        for &edit in list {
            let Some(twin) = self.facts[self.number(edit)?].twin else { continue };
            if !std::mem::replace(&mut seen[twin], true) {
                kept.push(edit);
            }
        }
        Some(kept)
    }

    /// What is known about another draft, which has these edits: from the drafts
    /// with one of them, or from the right one.
    pub(in crate::explain) fn on<'w>(
        &self,
        written: &'w Written<'c>,
        table: &[Edit],
        chosen: &[usize],
    ) -> Vec<Carrier<'_, 'w, 'c>> {
        let mut over: Vec<usize> =
            chosen.iter().copied().filter(|edit| self.over.contains_key(edit)).collect();
        // Where everything changed, what was true before that is true no more.
        let changes_all = |edit: &usize| table[*edit].class == Class::Whole;
        if over.iter().any(changes_all) {
            over.retain(changes_all);
        }
        over.sort_by_key(|&edit| leaves_alike(table[edit].class, written.draft.charset));
        let base = |edit: &usize| Some(self.over.get(edit)?.get_or_init(|| self.base(table, *edit)));
        let bases = over.iter().filter_map(base);
        let mut known: Vec<_> = bases.map(|base| self.carrier(base, written)).collect();
        if known.is_empty() {
            known.push(self.carrier(&self.right, written));
        }
        known
    }

    /// The right draft with an edit of the whole text.
    fn base(&self, table: &[Edit], global: usize) -> Base<'c> {
        let mut draft = self.right.written.draft.clone();
        table[global].apply(&mut draft);
        let written = write(draft);
        let carrier = self.carrier(&self.right, &written);
        let (mut trial, mut patches) = (Trial::of(&written), Vec::new());
        let mut effect = |edit: usize| {
            patches.clear();
            if !carrier.put(edit, &mut patches) {
                trial.write(table, &[edit], &mut patches);
            }
            Effect::of(&patches)
        };
        let known = self.facts.iter().zip(&self.right.known).map(|(fact, known)| {
            let stands = known.is_some() && !table[global].excludes(&table[fact.edit]);
            let is_first = fact.twin == Some(fact.edit);
            (stands && is_first).then(|| effect(fact.edit)).filter(|effect| self.has_room(effect))
        });
        let known = known.collect();
        Base { written, known, keeps_pairs: table[global].class != Class::Whole }
    }

    fn has_room(&self, effect: &Effect) -> bool {
        let bytes: usize = effect.patches.iter().map(|p| size_of_val(p) + p.text.len() + ALLOCATED).sum();
        self.kept.fetch_add(bytes, Ordering::Relaxed) + bytes <= ROOM
    }

    fn carrier<'w, 's>(&'s self, base: &'s Base<'c>, written: &'w Written<'c>) -> Carrier<'s, 'w, 'c> {
        let (old, new) = (&base.written.draft, &written.draft);
        let shift = |part: Part| {
            let [(from, old), (to, new)] = [base.written.part(part)?, written.part(part)?];
            (old == new).then_some((from, to))
        };
        let entries = if new.sorting.reads_values() { 0 } else { old.entries.len() };
        let pairs = (0..entries).map(|entry| shift(Part::Pair(u16::try_from(entry).ok()?))).collect();
        Carrier {
            effects: self,
            base,
            draft: &written.draft,
            parts: written.parts.as_ref().filter(|_| new.is_arranged_like(old)),
            pairs,
            ends: [Part::Head, Part::Tail].map(|part| shift(part).filter(|_| new.join == old.join)),
        }
    }
}

/// How much of every pair an edit of the whole text leaves alike: effects carry
/// best from the draft that has the one that leaves the least.
fn leaves_alike(class: Class, charset: Charset) -> u8 {
    match class {
        Class::Whole | Class::Damage => 0,
        Class::Charset if !charset.keeps_ascii() => 1,
        Class::Form => 2,
        Class::Charset => 3,
        _ => 4,
    }
}

fn write(draft: Draft<'_>) -> Written<'_> {
    Written::new(draft, Prefix::new(Digest::Md5, &[]))
}

fn pairs(right: &Draft<'_>, edit: &Edit) -> Option<Vec<(String, String)>> {
    let mut draft = right.clone();
    edit.apply(&mut draft);
    let is_secret_a_pair = right.entries.iter().any(|entry| entry.role == Role::Secret);
    if draft.empty != right.empty || (is_secret_a_pair && draft.secret != right.secret) {
        return None;
    }
    let is_old = |(index, entry): &(usize, &Entry<'_>)| {
        let is_same =
            |old: &Entry<'_>| (&old.name, &old.value, old.stay) == (&entry.name, &entry.value, entry.stay);
        entry.stay == Stay::Out || right.entries.get(*index).is_some_and(is_same)
    };
    let new = draft.entries.iter().enumerate().filter(|entry| !is_old(entry));
    let spelled = |entry: &Entry<'_>| match entry.role {
        Role::Field => (entry.name.to_string(), entry.value.to_string()),
        Role::Secret => (entry.name.to_string(), draft.secret.to_string()),
    };
    Some(new.map(|(_, entry)| spelled(entry)).collect())
}

impl Effect {
    fn of(patches: &[Patch<'_>]) -> Self {
        let patches: Vec<_> = patches.iter().cloned().map(Patch::into_owned).collect();
        Self { is_ascii: patches.iter().all(|patch| patch.text.is_ascii()), patches }
    }
}

/// Takes effects over from one draft to another that was made from it.
pub(in crate::explain) struct Carrier<'s, 'w, 'c> {
    effects: &'s Effects<'c>,
    base: &'s Base<'c>,
    draft: &'w Draft<'c>,
    /// Where the parts stand, if they come in the same order and joined alike.
    parts: Option<&'w Parts>,
    /// Where each pair stood and where it stands, if it is spelled alike.
    pairs: Vec<Option<(usize, usize)>>,
    ends: [Option<(usize, usize)>; 2],
}

impl<'s> Carrier<'s, '_, '_> {
    /// Adds what an edit does; tells whether that is known.
    pub(in crate::explain) fn put(&self, edit: usize, patches: &mut Vec<Patch<'s>>) -> bool {
        let Some(number) = self.effects.number(edit) else { return false };
        let Some(effect) = self.base.known.get(number).and_then(Option::as_ref) else { return false };
        let fact = &self.effects.facts[number];
        // What writes the secret writes another one here.
        if matches!(fact.class, Class::Key | Class::Secret)
            && self.base.written.draft.secret != self.draft.secret
        {
            return false;
        }
        // What changes nothing there can still change the order here.
        let is_clear = !effect.patches.is_empty() || self.parts.is_some();
        if !is_clear || !self.is_spelled_alike(effect, fact) {
            return false;
        }
        let first = patches.len();
        for patch in &effect.patches {
            let Some(at) = self.place(patch) else {
                patches.truncate(first);
                return false;
            };
            patches.push(Patch { at, text: Cow::Borrowed(&*patch.text), part: patch.part });
        }
        // The parts can stand in another order here.
        if effect.patches.len() > 1 {
            patches[first..].sort_by_key(|patch| patch.at.start);
        }
        true
    }

    /// Where the bytes are that a patch replaces.
    fn place(&self, patch: &Patch<'_>) -> Option<Range<usize>> {
        let (from, to) = match patch.part {
            Some(Part::Pair(entry)) => self.pairs.get(usize::from(entry)).copied()??,
            Some(Part::Head) => self.ends[0]?,
            Some(Part::Tail) => self.ends[1]?,
            None => {
                let old = self.base.written.parts.as_ref()?;
                let point = |at| self.parts?.same_point(old, at, &self.pairs);
                return Some(point(patch.at.start)?..point(patch.at.end)?);
            }
        };
        Some(patch.at.start - from + to..patch.at.end - from + to)
    }

    /// Whether what is new in this draft, its charset and its forms, leaves the
    /// new text as it is.
    fn is_spelled_alike(&self, effect: &Effect, fact: &Fact) -> bool {
        let (old, new) = (&self.base.written.draft, self.draft);
        let pairs = fact.pairs.as_ref().filter(|_| self.base.keeps_pairs);
        let every_pair = |stays: &dyn Fn(&str, &str) -> bool| {
            pairs.is_some_and(|pairs| pairs.iter().all(|(name, value)| stays(name, value)))
        };
        let same_bytes = || {
            let is_ascii = effect.is_ascii && old.charset.keeps_ascii() && new.charset.keeps_ascii();
            is_ascii && (old.forms[0].is_none() || every_pair(&|_, value| value.is_ascii()))
        };
        let stays = |name: &str, value: &str| {
            let apply = |value, forms: &[Option<Form>], charset| {
                forms.iter().flatten().fold(Cow::Borrowed(value), |value: Cow<'_, str>, form| {
                    form.apply(name, &value, charset).map_or(value, Cow::Owned)
                })
            };
            let before = apply(value, &old.forms, old.charset);
            apply(value, &new.forms, new.charset) == before
        };
        (old.charset == new.charset || same_bytes()) && (old.forms == new.forms || every_pair(&stays))
    }
}
