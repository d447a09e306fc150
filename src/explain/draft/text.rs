//! One hypothesis before it is hashed: which pairs, in which order, spelled and
//! joined how, where the secret stands, in which charset. The right draft comes
//! from the recipe; an edit changes one thing of it; [`Draft::spell`] writes it
//! down with the ingredients of `sign`. Hashing is the caller's.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use super::charset::Charset;
use super::damage::Damage;
use super::entry::{Entry, Role, Stay, Tie};
use super::form::Form;
use super::sorting::Sorting;
use crate::sign::{Empty, Place, Recipe, Show};
use crate::wire::Fields;

/// What would be hashed.
#[derive(Clone)]
pub(in crate::explain) struct Draft<'c> {
    /// The pairs in their given order, the secret among them where the recipe says so.
    pub(in crate::explain) entries: Vec<Entry<'c>>,
    /// The secret in force.
    pub(in crate::explain) secret: Cow<'c, str>,
    /// Its name behind the pairs.
    secret_name: &'static str,
    /// Order of the pairs.
    pub(in crate::explain) sorting: Sorting,
    /// Whether empty values are written.
    pub(in crate::explain) empty: Empty,
    /// Names and values, or values only.
    pub(in crate::explain) show: Show,
    /// Between two pairs.
    pub(in crate::explain) join: &'static str,
    /// Before everything.
    pub(in crate::explain) front: &'static str,
    /// Before the pairs.
    pub(in crate::explain) head: &'static [Glue],
    /// Behind the pairs.
    pub(in crate::explain) tail: &'static [Glue],
    /// Behind everything.
    pub(in crate::explain) end: Cow<'c, str>,
    /// What is done to every value, in turn.
    pub(in crate::explain) forms: [Option<Form>; 3],
    /// What is done to the finished text.
    pub(in crate::explain) damage: Option<Damage>,
    /// The bytes of the text.
    pub(in crate::explain) charset: Charset,
}

/// A piece outside the pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Glue {
    /// Fixed text.
    Text(&'static str),
    /// The usual join, if a pair stands before it.
    Join,
    /// The recipe's name of the secret.
    Name,
    /// The secret.
    Secret,
}

/// Working memory that is used again for every draft.
#[derive(Default)]
pub(in crate::explain) struct Scratch {
    order: Vec<u16>,
    text: String,
    spans: Vec<(u16, Range<usize>)>,
}

impl Scratch {
    /// The text that was spelled last.
    pub(in crate::explain) fn text(&self) -> &str {
        &self.text
    }

    /// Where its pairs stand, in their order.
    pub(in crate::explain) fn spans(&self) -> &[(u16, Range<usize>)] {
        &self.spans
    }
}

impl<'c> Draft<'c> {
    /// The right draft: what the recipe says about these fields.
    pub(in crate::explain) fn right(recipe: &Recipe, fields: &'c Fields, secret: &'c str) -> Self {
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
            end: Cow::Borrowed(recipe.end),
            forms: [None; 3],
            damage: None,
            charset: Charset::Utf8,
        }
    }

    /// Which entry has this name.
    pub(in crate::explain) fn place(&self, name: &str) -> Option<usize> {
        self.entries.iter().position(|e| e.name == name)
    }

    /// Bytes of its text, about.
    pub(in crate::explain) fn length(&self) -> usize {
        let pairs = self.entries.iter().map(|e| e.name.len() + e.value.len() + self.join.len() + 1);
        pairs.sum::<usize>() + self.secret.len()
    }

    /// Exchanges what stands in two entries.
    pub(in crate::explain) fn exchange(&mut self, first: usize, second: usize) {
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
    pub(in crate::explain) fn add_form(&mut self, form: Form) {
        if let Some(free) = self.forms.iter_mut().find(|f| f.is_none()) {
            *free = Some(form);
        }
    }

    /// The bytes that are hashed.
    pub(in crate::explain) fn bytes<'s>(&self, scratch: &'s mut Scratch) -> Cow<'s, [u8]> {
        self.spell(&self.secret, scratch);
        self.charset.encode(&scratch.text)
    }

    /// The text with something else in place of the secret.
    pub(in crate::explain) fn text_with(&self, secret: &str) -> String {
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
    pub(in crate::explain) fn spell_pair(&self, entry: usize, text: &mut String) {
        self.pair(&self.entries[entry], &self.secret, text);
    }

    /// What stands before the pairs.
    pub(in crate::explain) fn spell_head(&self, secret: &str, text: &mut String) {
        text.push_str(self.front);
        self.glue(self.head, secret, Tie::Glued, text);
    }

    /// What stands behind the pairs, if there are any.
    pub(in crate::explain) fn spell_tail(&self, text: &mut String) {
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
    pub(in crate::explain) fn arrange(&self, order: &mut Vec<u16>) {
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
    pub(in crate::explain) fn arrange_again(
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
    pub(in crate::explain) fn is_arranged_like(&self, other: &Self) -> bool {
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

const TAIL: &[Glue] = &[Glue::Join, Glue::Name, Glue::Secret];

#[expect(clippy::cast_possible_truncation, reason = "a message has at most 512 fields")]
fn small(index: usize) -> u16 {
    index as u16
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, prop_assert_eq, proptest};

    use super::*;
    use crate::sign::{self, Recipe, Secret};

    /// Every recipe there is.
    const RECIPES: [Recipe; 12] = [
        sign::JSSDK,
        sign::AGENT_CONFIG,
        sign::ADDRESS,
        sign::CARD,
        sign::PAY_V2,
        sign::PAY_SIGN,
        sign::APP_SIGN,
        sign::SERVER_TOKEN,
        sign::MSG_CRYPT,
        sign::XPAY,
        sign::XPAY_USER,
        sign::RAW_DATA,
    ];

    /// Names of every recipe, and some of none.
    fn names() -> Vec<&'static str> {
        let own = RECIPES.iter().flat_map(|recipe| match recipe.names {
            sign::Names::Only(names) | sign::Names::AllBut(names) => names,
        });
        let mut names: Vec<_> = own.copied().chain(["key", "session_key", "zz", "A"]).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn fields() -> impl Strategy<Value = Fields> {
        let value = proptest::option::of("[a-c茶=&?#{}/]{0,6}");
        let shuffled = proptest::prelude::Just(names()).prop_shuffle();
        let values = proptest::collection::vec(value, names().len());
        let field = |(name, value): (&'static str, Option<String>)| Some((name, value?));
        (shuffled, values)
            .prop_map(move |(names, values)| names.into_iter().zip(values).filter_map(field).collect())
    }

    proptest! {
        /// The fast way to spell is the plain one, whatever the recipe.
        #[test]
        fn a_right_draft_spells_the_string_to_sign(fields in fields(), secret in "[a-d]{0,4}") {
            for recipe in &RECIPES {
                let spelled = Draft::right(recipe, &fields, &secret).text_with(&secret);
                let key = Secret::new(secret.as_str());
                let canonical = sign::canonical(recipe, fields.iter(), &key);
                prop_assert_eq!(spelled, canonical.expose(), "{}", recipe.scheme);
            }
        }
    }

    /// A recipe that nobody has yet, with another name behind the pairs.
    #[test]
    fn the_tail_has_the_name_of_its_recipe() {
        let recipe = Recipe { secret: Place::Tail("secret"), ..sign::PAY_V2 };
        let fields: Fields = [("b", "2"), ("a", "1")].into_iter().collect();
        assert_eq!(Draft::right(&recipe, &fields, "K").text_with("K"), "a=1&b=2&secret=K");
    }
}
