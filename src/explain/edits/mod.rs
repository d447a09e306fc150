//! The table of mistakes: each [`Edit`] is one change to a draft with the id of
//! its cause. Comes in: a case and its right draft; goes out: every edit that
//! can apply to it. Which of them happened is found by `search`, never here.

mod card;
mod jssdk;
mod names;
mod others;
mod pay;
mod pay_fields;
mod pay_page;
mod token;
mod url;

use std::borrow::Cow;
use std::collections::HashMap;

use super::case::{Case, Scheme};
use super::cause::Cause;
use super::draft::{Draft, Entry, Stay};

/// One change to a draft.
pub(super) struct Edit {
    /// Its cause.
    pub(super) cause: &'static Cause,
    /// The field it changes, where it is one.
    pub(super) field: Option<String>,
    /// What it changes.
    pub(super) class: Class,
    /// The entries it changes, as bits.
    pub(super) entries: u128,
    /// The smaller, the more usual.
    pub(super) weight: u32,
    /// The same, where the many forms of one mistake take turns.
    pub(super) cost: u32,
    /// How deep it is searched.
    pub(super) tier: Tier,
    part: Part,
    change: Change,
}

/// How a draft is changed.
pub(super) type Change = Box<dyn Fn(&mut Draft<'_>) + Send + Sync>;

/// What an edit changes. Two edits of one class exclude each other, unless
/// they change different entries or the class is one of those that chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// The secret's value; chains.
    Secret,
    /// A field's value; chains.
    Value,
    /// A field's name.
    Name,
    /// Whether a field is there.
    Presence,
    /// Blanks and missing joins in front of a field.
    Lead,
    /// Where the key stands.
    Key,
    /// The very beginning.
    Front,
    /// The very end.
    End,
    /// Order of the pairs.
    Order,
    /// What joins the pairs.
    Join,
    /// Names and values, or values only, in their own order.
    Show,
    /// A treatment of every value; chains.
    Form,
    /// A treatment of the finished text.
    Damage,
    /// The charset.
    Charset,
    /// Everything at once: another template.
    Whole,
}

/// How deep an edit is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// In all combinations.
    Usual,
    /// Alone and in pairs.
    Rare,
    /// Alone, and with a usual one if there is time.
    Wide,
}

impl Class {
    /// Whether two edits of this class can both happen, one after the other.
    pub(super) const fn chains(self) -> bool {
        matches!(self, Self::Secret | Self::Value | Self::Form)
    }

    /// Whether it changes the text in so many places that a draft with it is
    /// searched as a plan of its own.
    pub(super) const fn is_global(self) -> bool {
        matches!(
            self,
            Self::Order | Self::Join | Self::Show | Self::Form | Self::Damage | Self::Charset | Self::Whole
        )
    }
}

/// Parts of a signature that go wrong independently of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// One of few fields.
    Field(u128),
    /// Fields of a long message.
    Fields,
    /// Which of its fields are there.
    Set,
    Key,
    Ends,
    Order,
    Join,
    Form,
    Charset,
    Whole,
}

impl Edit {
    /// Changes a draft.
    pub(super) fn apply(&self, draft: &mut Draft<'_>) {
        (self.change)(draft);
    }

    /// Whether the two cannot both have happened.
    pub(super) fn excludes(&self, other: &Self) -> bool {
        use Class::{Join, Name, Order, Presence, Show, Value, Whole};
        let meet = self.entries & other.entries != 0;
        if self.class == other.class {
            let same_place = meet || (self.entries == 0 && other.entries == 0);
            return same_place && !self.class.chains();
        }
        match (self.class, other.class) {
            (Whole, Presence | Name)
            | (Presence | Name, Whole)
            | (Show, Order | Join)
            | (Order | Join, Show) => true,
            (Presence, Value | Name) | (Value | Name, Presence) => meet,
            _ => false,
        }
    }

    /// Whether the order of the two matters.
    pub(super) fn chains_with(&self, other: &Self) -> bool {
        self.class == other.class
            && self.class.chains()
            && (self.entries & other.entries != 0 || (self.entries == 0 && other.entries == 0))
    }

    /// How unusual it is that both happened, besides what each costs: mistakes
    /// that come together are mostly made in different parts.
    pub(super) fn cost_beside(&self, other: &Self) -> u32 {
        match (self.part, other.part) {
            (Part::Field(_), _) => 0,
            (a, b) if a != b => 0,
            (Part::Set, _) => 1,
            (Part::Fields, _) if self.entries == other.entries => 1,
            (Part::Fields, _) => 6,
            _ => 4,
        }
    }

    /// The part that it is made in. Messages of few fields are put together by
    /// hand, and each field can go wrong by itself.
    fn part(&self, fields: usize) -> Part {
        match self.class {
            Class::Secret | Class::Key => Part::Key,
            Class::Value | Class::Name | Class::Presence if fields <= FEW => Part::Field(self.entries),
            Class::Presence if self.entries.count_ones() != 1 => Part::Set,
            Class::Value | Class::Name | Class::Presence => Part::Fields,
            Class::Lead | Class::Front | Class::End => Part::Ends,
            Class::Order => Part::Order,
            Class::Join | Class::Show => Part::Join,
            Class::Form | Class::Damage => Part::Form,
            Class::Charset => Part::Charset,
            Class::Whole => Part::Whole,
        }
    }

    /// One of a kind that is seen less often.
    fn rare(&mut self, more: u32) -> &mut Self {
        self.weight += more;
        self
    }

    /// Not one for deep searches.
    fn wide(&mut self) -> &mut Self {
        self.tier = Tier::Wide;
        self.weight += 4;
        self
    }

    /// Names the field it is about.
    fn about(&mut self, field: impl Into<String>) -> &mut Self {
        self.field = Some(field.into());
        self
    }
}

/// A value that is tried in a whole range: a timestamp.
pub(super) struct Sweep {
    /// The entry.
    pub(super) entry: usize,
    /// Name of the field.
    pub(super) field: String,
    /// Cause of each value.
    pub(super) cause: &'static Cause,
    /// The values.
    pub(super) values: std::ops::Range<u64>,
}

/// All edits of one case.
pub(super) struct Table {
    /// The single changes.
    pub(super) edits: Vec<Edit>,
    /// The ranges.
    pub(super) sweeps: Vec<Sweep>,
}

/// Lists every edit that can apply to this case.
pub(super) fn table(case: &Case, right: &Draft<'_>, given_sign: &[String]) -> Table {
    let mut list = List { case, right, table: Table { edits: Vec::new(), sweeps: Vec::new() } };
    match case.scheme {
        Scheme::Jssdk => jssdk::edits(&mut list),
        Scheme::Card => card::edits(&mut list),
        Scheme::PayV2 => pay::edits(&mut list, given_sign),
        Scheme::PaySign => pay_page::jsapi(&mut list),
        Scheme::AppSign => pay_page::app(&mut list),
        Scheme::ServerToken | Scheme::MsgCrypt => token::edits(&mut list),
    }
    for edit in list.table.edits.iter_mut().filter(|e| e.tier == Tier::Usual && e.weight > USUAL) {
        edit.tier = Tier::Rare;
    }
    list.table.edits.sort_by_key(|e| e.weight);
    let mut forms: HashMap<(&str, u128), u32> = HashMap::new();
    for edit in &mut list.table.edits {
        let form = forms.entry((edit.cause.id, edit.entries)).or_default();
        edit.cost = edit.weight + *form / 4;
        *form += 1;
        edit.part = edit.part(right.entries.len());
    }
    list.table
}

/// Few fields.
const FEW: usize = 6;

/// Edits that are less usual than this are not searched in triples at first.
const USUAL: u32 = 6;

/// The table while it is written.
struct List<'a, 'c> {
    case: &'a Case,
    right: &'a Draft<'c>,
    table: Table,
}

impl List<'_, '_> {
    fn put(
        &mut self,
        cause: &'static Cause,
        class: Class,
        entries: &[usize],
        change: impl Fn(&mut Draft<'_>) + Send + Sync + 'static,
    ) -> &mut Edit {
        let field = match entries {
            [one] if class != Class::Secret => self.right.entries.get(*one).map(|e| e.name.to_string()),
            _ => None,
        };
        let entries = entries.iter().fold(0, |bits, &e| bits | 1 << e.min(LAST_ENTRY));
        let weight = cause.weight();
        let tier = Tier::Usual;
        let (cost, change) = (weight, Box::new(change));
        let part = Part::Whole;
        self.table.edits.push(Edit { cause, field, class, entries, weight, cost, tier, part, change });
        let last = self.table.edits.len() - 1;
        &mut self.table.edits[last]
    }

    /// A field's value becomes something else, starting from what it is by then.
    fn value(
        &mut self,
        cause: &'static Cause,
        entry: usize,
        change: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> &mut Edit {
        self.put(cause, Class::Value, &[entry], move |draft| {
            if let Some(value) = change(&draft.entries[entry].value) {
                draft.entries[entry].value = Cow::Owned(value);
            }
        })
    }

    /// A field has this value.
    fn set(&mut self, cause: &'static Cause, entry: usize, value: impl Into<String>) -> &mut Edit {
        let value = value.into();
        self.value(cause, entry, move |_| Some(value.clone()))
    }

    /// The secret becomes something else.
    fn secret(
        &mut self,
        cause: &'static Cause,
        change: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> &mut Edit {
        self.put(cause, Class::Secret, &[], move |draft| {
            if let Some(secret) = change(&draft.secret) {
                draft.secret = Cow::Owned(secret);
            }
        })
    }

    /// A field is written under another name: where it stood, and where the
    /// new name belongs.
    fn rename(&mut self, cause: &'static Cause, entry: usize, name: &str, more: u32) {
        let to = name.to_owned();
        self.put(cause, Class::Name, &[entry], move |draft| {
            draft.entries[entry].name = Cow::Owned(to.clone());
        })
        .rare(more);
        let to = name.to_owned();
        self.put(cause, Class::Name, &[entry], move |draft| {
            draft.entries[entry].name = Cow::Owned(to.clone());
            draft.entries[entry].rank = Cow::Owned(to.clone());
        })
        .rare(more);
    }

    /// Several fields are written under other names, as one mistake.
    fn rename_all(&mut self, cause: &'static Cause, names: Vec<(usize, String)>) -> &mut Edit {
        let entries: Vec<usize> = names.iter().map(|(e, _)| *e).collect();
        self.put(cause, Class::Name, &entries, move |draft| {
            for (entry, name) in &names {
                draft.entries[*entry].name = Cow::Owned(name.clone());
                draft.entries[*entry].rank = Cow::Owned(name.clone());
            }
        })
    }

    /// Fields are left out.
    fn leave_out(&mut self, cause: &'static Cause, entries: &[usize]) -> &mut Edit {
        let gone = entries.to_vec();
        self.put(cause, Class::Presence, entries, move |draft| {
            for &entry in &gone {
                draft.entries[entry].stay = Stay::Out;
            }
        })
    }

    /// A field is added, in its place by the order and at both ends.
    fn add(&mut self, cause: &'static Cause, name: &str, value: &str, more: u32) {
        let (n, v) = (name.to_owned(), value.to_owned());
        self.put(cause, Class::Presence, &[], move |draft| {
            draft.entries.push(Entry { stay: Stay::In, ..Entry::new(n.clone(), v.clone()) });
        })
        .rare(more)
        .about(name)
        .entries = added(name);
        for rank in ["\u{1}", "\u{10ffff}"] {
            let (n, v) = (name.to_owned(), value.to_owned());
            self.put(cause, Class::Presence, &[], move |draft| {
                let rank = Cow::Borrowed(rank);
                draft.entries.push(Entry { stay: Stay::In, rank, ..Entry::new(n.clone(), v.clone()) });
            })
            .rare(more + 2)
            .about(name)
            .entries = added(name);
        }
    }

    /// Every field, without the secret, as (entry, name, value).
    fn fields(&self) -> Vec<(usize, String, String)> {
        let fields = self.right.entries.iter().enumerate();
        fields
            .filter(|(_, e)| e.role == super::draft::Role::Field)
            .map(|(i, e)| (i, e.name.to_string(), e.value.to_string()))
            .collect()
    }

    /// The value of one field.
    fn field(&self, name: &str) -> Option<(usize, String)> {
        let entry = self.right.place(name)?;
        Some((entry, self.right.entries[entry].value.to_string()))
    }

    /// What a missing value looks like in print.
    fn nulls() -> [&'static str; 12] {
        [
            "null",
            "undefined",
            "None",
            "nil",
            "<nil>",
            "NULL",
            "[object Object]",
            "false",
            "NaN",
            "Array",
            "(null)",
            "[object Promise]",
        ]
    }
}

/// Entries have the bits up to here; the rest is for names that are added.
const LAST_ENTRY: usize = 95;

/// The bit of an added name: two additions exclude each other if it is one name.
fn added(name: &str) -> u128 {
    let sum: u32 = name.bytes().fold(7, |sum, b| sum.wrapping_mul(31).wrapping_add(u32::from(b)));
    1 << (96 + sum % 31)
}

/// Whether a value stands in public documentation.
pub(super) fn is_sample(secret: &str) -> bool {
    pay::SAMPLE_KEYS.contains(&secret) || jssdk::SAMPLE_TICKETS.contains(&secret)
}

/// Whether a label names a secret.
pub(super) fn is_secret_label(label: &str) -> bool {
    let other = others::Other::new(label, "");
    other.says(&["key", "secret", "ticket", "token", "password", "v3", "sandbox"])
}
