//! One hypothesis before it is hashed: which pairs, in which order, spelled and
//! joined how, where the secret stands, in which charset. The right draft comes
//! from the recipe; an edit changes one thing of it; [`Draft::spell`] writes it
//! down with the ingredients of `sign`. Hashing is the caller's.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use super::charset::Charset;
use super::form::Form;
use crate::sign::{Empty, Order, Place, Recipe, Show};
use crate::wire::Fields;

/// What would be hashed.
#[derive(Clone)]
pub(super) struct Draft<'c> {
    /// The pairs in their given order, the secret among them where the recipe says so.
    pub(super) entries: Vec<Entry<'c>>,
    /// The secret in force.
    pub(super) secret: Cow<'c, str>,
    /// Its name behind the pairs.
    secret_name: &'static str,
    /// Order of the pairs.
    pub(super) sorting: Sorting,
    /// Whether empty values are written.
    pub(super) empty: Empty,
    /// Names and values, or values only.
    pub(super) show: Show,
    /// Between two pairs.
    pub(super) join: &'static str,
    /// Before everything.
    pub(super) front: &'static str,
    /// Before the pairs.
    pub(super) head: &'static [Glue],
    /// Behind the pairs.
    pub(super) tail: &'static [Glue],
    /// Behind everything.
    pub(super) end: Cow<'c, str>,
    /// What is done to every value, in turn.
    pub(super) forms: [Option<Form>; 3],
    /// What is done to the finished text.
    pub(super) damage: Option<Damage>,
    /// The bytes of the text.
    pub(super) charset: Charset,
}

/// One pair.
#[derive(Clone)]
pub(super) struct Entry<'c> {
    /// Its name.
    pub(super) name: Cow<'c, str>,
    /// The name by which it is ordered.
    pub(super) rank: Cow<'c, str>,
    /// Its value; for the secret, nothing: that is in the draft.
    pub(super) value: Cow<'c, str>,
    /// Blanks in front of the name.
    pub(super) lead: Cow<'c, str>,
    /// Whether it is written.
    pub(super) stay: Stay,
    /// Whose value it is.
    pub(super) role: Role,
    /// Whether something joins it to the pair before.
    pub(super) tie: Tie,
    /// Its place in the given order; what is added comes last.
    pub(super) given: u16,
}

/// Whether a pair is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stay {
    /// As the rule for empty values says.
    Rule,
    /// Never.
    Out,
    /// Even if it is empty.
    In,
}

/// Whose value a pair shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Its own.
    Field,
    /// The draft's secret.
    Secret,
}

/// Whether something stands between a pair and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// The usual join.
    Joined,
    /// Nothing.
    Glued,
}

/// A piece outside the pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glue {
    /// Fixed text.
    Text(&'static str),
    /// The usual join, if a pair stands before it.
    Join,
    /// The recipe's name of the secret.
    Name,
    /// The secret.
    Secret,
}

/// What happens to the finished text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Damage {
    /// `&times` and `&not` became `×` and `¬`, as HTML reads them.
    Entity,
    /// The whole text became lower case.
    Lower,
    /// The whole text was percent-encoded.
    Percent,
}

/// Order of the pairs, the right ones and the wrong ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sorting {
    /// As a recipe says.
    Right(Order),
    /// By name from z to a.
    Descending,
    /// By name, upper and lower case alike.
    IgnoreCase,
    /// By name without `_`.
    IgnoreUnderscore,
    /// By name, `_` behind the letters.
    UnderscoreLast,
    /// By name, `_` before everything.
    UnderscoreFirst,
    /// By name, numbers as numbers.
    Natural,
    /// By `name=value`.
    Joined,
    /// By `name=value&`.
    JoinedAmp,
    /// By length of the name.
    Length,
    /// By value.
    Value,
    /// By value, upper and lower case alike.
    ValueIgnoreCase,
    /// By value, numbers as numbers and before texts.
    ValueNumbers,
    /// By value, numbers as numbers and behind texts.
    ValueNumbersLast,
    /// By value, from high to low.
    ValueDescending,
    /// Letters before digits and case last, as a locale sorts values.
    ValueCulture,
    /// This order of the entries.
    Fixed(Arc<[u16]>),
}

/// Working memory that is used again for every draft.
#[derive(Default)]
pub(super) struct Scratch {
    order: Vec<u16>,
    text: String,
    spans: Vec<(u16, Range<usize>)>,
}

impl Scratch {
    /// The text that was spelled last.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where its pairs stand, in their order.
    pub(super) fn spans(&self) -> &[(u16, Range<usize>)] {
        &self.spans
    }
}

impl<'c> Draft<'c> {
    /// The right draft: what the recipe says about these fields.
    pub(super) fn right(recipe: &Recipe, fields: &'c Fields, secret: &'c str) -> Self {
        let taken = fields.iter().filter(|(name, _)| recipe.names.take(name));
        let mut entries: Vec<Entry<'c>> =
            taken.map(|(name, value)| Entry::new(name, recipe.cut.of(name, value))).collect();
        let (mut tail, mut secret_name): (&'static [Glue], _) = (&[], "");
        match recipe.secret {
            Place::Pair(name) => entries.insert(0, Entry::secret(name)),
            Place::Tail(name) => (secret_name, tail) = (name, TAIL),
            Place::Nowhere => {}
        }
        for (given, entry) in entries.iter_mut().enumerate() {
            entry.given = small(given);
        }
        // Entries stand in the right order, so that writing them hardly has to sort.
        entries.sort_by(|a, b| a.rank.cmp(&b.rank));
        Self {
            entries,
            secret: Cow::Borrowed(secret),
            secret_name,
            sorting: Sorting::Right(recipe.order),
            empty: recipe.empty,
            show: recipe.show,
            join: recipe.join,
            front: "",
            head: &[],
            tail,
            end: Cow::Borrowed(""),
            forms: [None; 3],
            damage: None,
            charset: Charset::Utf8,
        }
    }

    /// Which entry has this name.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.entries.iter().position(|e| e.name == name)
    }

    /// Bytes of its text, about.
    pub(super) fn length(&self) -> usize {
        let pairs = self.entries.iter().map(|e| e.name.len() + e.value.len() + self.join.len() + 1);
        pairs.sum::<usize>() + self.secret.len()
    }

    /// Exchanges what stands in two entries.
    pub(super) fn exchange(&mut self, first: usize, second: usize) {
        let value = |draft: &Self, at: usize| draft.shown(&draft.entries[at]).to_owned();
        let values = [value(self, first), value(self, second)];
        for (at, value) in [(second, &values[0]), (first, &values[1])] {
            match self.entries[at].role {
                Role::Secret => self.secret = Cow::Owned(value.clone()),
                Role::Field => self.entries[at].value = Cow::Owned(value.clone()),
            }
        }
    }

    /// Adds one more treatment of every value.
    pub(super) fn add_form(&mut self, form: Form) {
        if let Some(free) = self.forms.iter_mut().find(|f| f.is_none()) {
            *free = Some(form);
        }
    }

    /// The bytes that are hashed.
    pub(super) fn bytes<'s>(&self, scratch: &'s mut Scratch) -> Cow<'s, [u8]> {
        self.spell(&self.secret, scratch);
        self.charset.encode(&scratch.text)
    }

    /// The text with something else in place of the secret.
    pub(super) fn text_with(&self, secret: &str) -> String {
        let mut scratch = Scratch::default();
        self.spell(secret, &mut scratch);
        scratch.text
    }

    fn spell(&self, secret: &str, scratch: &mut Scratch) {
        let Scratch { order, text, spans, .. } = scratch;
        self.arrange(order);
        text.clear();
        spans.clear();
        self.spell_head(secret, text);
        let mut tie = Tie::Glued;
        for &index in order.iter() {
            let entry = &self.entries[usize::from(index)];
            if tie == Tie::Joined && entry.tie == Tie::Joined {
                text.push_str(self.join);
            }
            tie = Tie::Joined;
            let from = text.len();
            self.pair(entry, secret, text);
            spans.push((index, from..text.len()));
        }
        self.glue(self.tail, secret, tie, text);
        text.push_str(&self.end);
        if let Some(damage) = self.damage {
            *text = damage.apply(text);
        }
    }

    /// One pair, as it stands in the text.
    pub(super) fn spell_pair(&self, entry: usize, text: &mut String) {
        self.pair(&self.entries[entry], &self.secret, text);
    }

    /// What stands before the pairs.
    pub(super) fn spell_head(&self, secret: &str, text: &mut String) {
        text.push_str(self.front);
        self.glue(self.head, secret, Tie::Glued, text);
    }

    /// What stands behind the pairs, if there are any.
    pub(super) fn spell_tail(&self, text: &mut String) {
        self.glue(self.tail, &self.secret, Tie::Joined, text);
        text.push_str(&self.end);
    }

    fn pair(&self, entry: &Entry<'_>, secret: &str, text: &mut String) {
        text.push_str(&entry.lead);
        self.show.spell_name(&entry.name, text);
        self.value(entry, secret, text);
    }

    fn value(&self, entry: &Entry<'_>, secret: &str, text: &mut String) {
        let value = if entry.role == Role::Secret { secret } else { &entry.value };
        // A stand-in for the secret is no text that could be treated.
        let stands_in = entry.role == Role::Secret && *secret != *self.secret;
        if self.forms[0].is_none() || stands_in {
            text.push_str(value);
            return;
        }
        let mut value = Cow::Borrowed(value);
        for form in self.forms.iter().flatten() {
            if let Some(changed) = form.apply(&entry.name, &value, self.charset) {
                value = Cow::Owned(changed);
            }
        }
        text.push_str(&value);
    }

    fn glue(&self, pieces: &[Glue], secret: &str, tie: Tie, text: &mut String) {
        for piece in pieces {
            match piece {
                Glue::Text(piece) => text.push_str(piece),
                Glue::Join if tie == Tie::Joined => text.push_str(self.join),
                Glue::Join => {}
                Glue::Name => self.show.spell_name(self.secret_name, text),
                Glue::Secret => text.push_str(secret),
            }
        }
    }

    /// The pairs that are written, in their order.
    pub(super) fn arrange(&self, order: &mut Vec<u16>) {
        order.clear();
        if let Sorting::Fixed(fixed) = &self.sorting {
            order.extend(fixed.iter().filter(|&&i| self.is_written(usize::from(i))));
            order.extend(
                (0..self.entries.len())
                    .filter(|&i| !fixed.contains(&small(i)) && self.is_written(i))
                    .map(small),
            );
            return;
        }
        (0..self.entries.len()).for_each(|index| self.put_in_order(index, order));
    }

    /// The same, given the order of before some pairs changed and others came.
    pub(super) fn arrange_again(
        &self,
        before: &Self,
        has_changed: impl Fn(u16) -> bool,
        order: &mut Vec<u16>,
    ) {
        if self.empty != before.empty || matches!(self.sorting, Sorting::Fixed(_)) {
            return self.arrange(order);
        }
        order.retain(|&index| !has_changed(index));
        let is_new = |&index: &usize| index >= before.entries.len() || has_changed(small(index));
        (0..self.entries.len()).filter(is_new).for_each(|index| self.put_in_order(index, order));
    }

    /// Puts a pair where it belongs among those in front of it.
    fn put_in_order(&self, index: usize, order: &mut Vec<u16>) {
        if self.is_written(index) {
            let entry = &self.entries[index];
            // The fields nearly always come in order already.
            let behind =
                |&&other: &&u16| self.compare(&self.entries[usize::from(other)], entry) == Ordering::Greater;
            let place = order.len() - order.iter().rev().take_while(behind).count();
            order.insert(place, small(index));
        }
    }

    /// Whether the same edit moves the same pairs here and there.
    pub(super) fn is_arranged_like(&self, other: &Self) -> bool {
        let same = |(a, b): (&Entry<'_>, &Entry<'_>)| {
            (a.stay, a.tie, &a.rank, a.value.is_empty()) == (b.stay, b.tie, &b.rank, b.value.is_empty())
        };
        (self.empty, self.show, self.join) == (other.empty, other.show, other.join)
            && self.sorting == other.sorting
            && !self.sorting.reads_values()
            && self.entries.len() == other.entries.len()
            && self.entries.iter().zip(&other.entries).all(same)
    }

    fn is_written(&self, index: usize) -> bool {
        let entry = &self.entries[index];
        match entry.stay {
            Stay::Out => false,
            Stay::In => true,
            Stay::Rule => {
                self.empty == Empty::Keep
                    || !(if entry.role == Role::Secret {
                        self.secret.is_empty()
                    } else {
                        entry.value.is_empty()
                    })
            }
        }
    }

    fn compare(&self, a: &Entry<'_>, b: &Entry<'_>) -> Ordering {
        self.by_sorting(a, b).then_with(|| a.given.cmp(&b.given))
    }

    fn by_sorting(&self, a: &Entry<'_>, b: &Entry<'_>) -> Ordering {
        match &self.sorting {
            Sorting::Right(order) => order.compare((&a.rank, self.shown(a)), (&b.rank, self.shown(b))),
            Sorting::Fixed(_) => Ordering::Equal,
            Sorting::Descending => b.rank.cmp(&a.rank),
            Sorting::Length => a.rank.len().cmp(&b.rank.len()),
            Sorting::ValueDescending => self.shown(b).cmp(self.shown(a)),
            other => other.odd((&a.rank, self.shown(a)), (&b.rank, self.shown(b))),
        }
    }

    fn shown(&self, entry: &'c Entry<'_>) -> &str
    where
        Self: 'c,
    {
        if entry.role == Role::Secret { &self.secret } else { &entry.value }
    }
}

impl<'c> Entry<'c> {
    /// A field.
    pub(super) fn new(name: impl Into<Cow<'c, str>>, value: impl Into<Cow<'c, str>>) -> Self {
        let name = name.into();
        Self {
            rank: name.clone(),
            name,
            value: value.into(),
            lead: Cow::Borrowed(""),
            stay: Stay::Rule,
            role: Role::Field,
            tie: Tie::Joined,
            given: u16::MAX,
        }
    }

    /// The secret as a pair.
    pub(super) fn secret(name: &'c str) -> Self {
        Self { role: Role::Secret, ..Self::new(name, "") }
    }
}

const TAIL: &[Glue] = &[Glue::Join, Glue::Name, Glue::Secret];

#[expect(clippy::cast_possible_truncation, reason = "a message has at most 512 fields")]
fn small(index: usize) -> u16 {
    index as u16
}

impl Sorting {
    /// Whether the order depends on the values.
    pub(super) const fn reads_values(&self) -> bool {
        matches!(
            self,
            Self::Right(Order::ByValue)
                | Self::Joined
                | Self::JoinedAmp
                | Self::Value
                | Self::ValueIgnoreCase
                | Self::ValueNumbers
                | Self::ValueNumbersLast
                | Self::ValueDescending
                | Self::ValueCulture
        )
    }

    fn odd(&self, a: (&str, &str), b: (&str, &str)) -> Ordering {
        let joined = |p: (&str, &str), end: &str| format!("{}={}{end}", p.0, p.1);
        match self {
            Self::IgnoreCase => a.0.to_lowercase().cmp(&b.0.to_lowercase()),
            Self::IgnoreUnderscore => a.0.replace('_', "").cmp(&b.0.replace('_', "")),
            Self::UnderscoreLast => a.0.replace('_', "\u{7f}").cmp(&b.0.replace('_', "\u{7f}")),
            Self::UnderscoreFirst => a.0.replace('_', " ").cmp(&b.0.replace('_', " ")),
            Self::Natural => natural(a.0, b.0),
            Self::Joined => joined(a, "").cmp(&joined(b, "")),
            Self::JoinedAmp => joined(a, "&").cmp(&joined(b, "&")),
            Self::Value => a.1.cmp(b.1),
            Self::ValueIgnoreCase => a.1.to_lowercase().cmp(&b.1.to_lowercase()),
            Self::ValueNumbers => by_number(a.1, b.1),
            Self::ValueNumbersLast => by_number_last(a.1, b.1),
            Self::ValueCulture => culture(a.1).cmp(&culture(b.1)).then_with(|| b.1.cmp(a.1)),
            _ => Ordering::Equal,
        }
    }
}

/// Digits are compared as numbers, everything else by byte.
fn natural(a: &str, b: &str) -> Ordering {
    let parts = |text: &str| -> Vec<(u64, String)> {
        let mut parts: Vec<(u64, String)> = Vec::new();
        for c in text.chars() {
            match (c.to_digit(10), parts.last_mut()) {
                (Some(d), Some((number, word))) if word.is_empty() => {
                    *number = number.saturating_mul(10).saturating_add(u64::from(d));
                }
                (Some(d), _) => parts.push((u64::from(d), String::new())),
                (None, Some((_, word))) if !word.is_empty() => word.push(c),
                (None, _) => parts.push((0, c.to_string())),
            }
        }
        parts
    };
    let key = |part: &(u64, String)| (part.1.clone(), part.0);
    let (a, b) = (parts(a), parts(b));
    a.iter().map(key).cmp(b.iter().map(key))
}

fn by_number(a: &str, b: &str) -> Ordering {
    match (a.parse::<u128>(), b.parse::<u128>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => a.cmp(b),
    }
}

fn by_number_last(a: &str, b: &str) -> Ordering {
    match (a.parse::<u128>(), b.parse::<u128>()) {
        (Ok(_), Err(_)) => Ordering::Greater,
        (Err(_), Ok(_)) => Ordering::Less,
        _ => by_number(a, b),
    }
}

/// Signs first, then digits, then letters without their case.
fn culture(text: &str) -> Vec<(u8, char)> {
    let class = |c: char| if c.is_alphabetic() { 2 } else { u8::from(c.is_numeric()) };
    text.chars().flat_map(char::to_lowercase).filter(|&c| c != '-').map(|c| (class(c), c)).collect()
}

impl Damage {
    fn apply(self, text: &str) -> String {
        match self {
            Self::Entity => entity(text),
            Self::Lower => text.to_lowercase(),
            // The stand-ins of the secret are in the private use area: they stay.
            Self::Percent => text
                .split_inclusive(is_private)
                .map(|part| match part.char_indices().next_back() {
                    Some((at, c)) if is_private(c) => {
                        format!("{}{c}", crate::wire::query::escape(&part[..at]))
                    }
                    _ => crate::wire::query::escape(part),
                })
                .collect(),
        }
    }
}

fn is_private(c: char) -> bool {
    ('\u{e000}'..'\u{f8ff}').contains(&c)
}

fn entity(text: &str) -> String {
    text.replace("&amp;times", "\u{d7}")
        .replace("&times", "\u{d7}")
        .replace("&not", "\u{ac}")
        .replace("&curren", "\u{a4}")
}
