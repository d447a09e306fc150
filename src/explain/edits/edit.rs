//! One change to a draft, with its cause, what it changes, and how unusual it
//! is; and which of two can happen together. Comes in: a draft; goes out: the
//! draft with one ingredient changed. Which changes there are is the tables' business.

use std::sync::Arc;

use super::super::cause::Cause;
use super::super::draft::Draft;
use super::others::Other;

/// One change to a draft.
pub(in crate::explain) struct Edit {
    /// Its cause.
    pub(in crate::explain) cause: &'static Cause,
    /// The field it changes, where it is one.
    pub(in crate::explain) field: Option<String>,
    /// The candidate that it tries.
    pub(in crate::explain) candidate: Option<Arc<str>>,
    /// What it changes.
    pub(in crate::explain) class: Class,
    /// The entries it changes, as bits.
    pub(in crate::explain) entries: u128,
    /// The smaller, the more usual.
    pub(in crate::explain) weight: u32,
    /// The same, where the many forms of one mistake take turns.
    pub(in crate::explain) cost: u32,
    /// How deep it is searched.
    pub(in crate::explain) tier: Tier,
    pub(super) part: Part,
    pub(super) change: Change,
}

/// How a draft is changed.
pub(in crate::explain) type Change = Box<dyn Fn(&mut Draft<'_>) + Send + Sync>;

/// What an edit changes. Two edits of one class exclude each other, unless
/// they change different entries or the class is one of those that chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::explain) enum Class {
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
pub(in crate::explain) enum Tier {
    /// In all combinations.
    Usual,
    /// Alone and in pairs.
    Rare,
    /// Alone, and with a usual one if there is time.
    Wide,
}

impl Class {
    /// Whether two edits of this class can both happen, one after the other.
    pub(in crate::explain) const fn chains(self) -> bool {
        matches!(self, Self::Secret | Self::Value | Self::Form)
    }

    /// Whether it changes the text in so many places that a draft with it is
    /// searched as a plan of its own.
    pub(in crate::explain) const fn is_global(self) -> bool {
        matches!(
            self,
            Self::Order | Self::Join | Self::Show | Self::Form | Self::Damage | Self::Charset | Self::Whole
        )
    }
}

/// Parts of a signature that go wrong independently of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
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

/// What [`Edit::wide`] adds on the scale of [`Edit::rare`]: even the most usual cause
/// becomes as rare as one without a report.
const WIDE: u32 = 4;

impl Edit {
    /// Changes a draft.
    pub(in crate::explain) fn apply(&self, draft: &mut Draft<'_>) {
        (self.change)(draft);
    }

    /// Whether the two cannot both have happened.
    pub(in crate::explain) fn excludes(&self, other: &Self) -> bool {
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
    pub(in crate::explain) fn chains_with(&self, other: &Self) -> bool {
        self.class == other.class
            && self.class.chains()
            && (self.entries & other.entries != 0 || (self.entries == 0 && other.entries == 0))
    }

    /// How unusual it is that both happened, besides what each costs: mistakes
    /// that come together are mostly made in different parts.
    pub(in crate::explain) fn cost_beside(&self, other: &Self) -> u32 {
        match (self.part, other.part) {
            (Part::Field(_), _) => 0,
            (a, b) if a != b => 0,
            (Part::Set, _) => 1,
            (Part::Fields, _) if self.entries == other.entries => 1,
            (Part::Fields, _) => OTHER_FIELD,
            _ => SAME_PART,
        }
    }

    /// The part that it is made in. Messages of few fields are put together by
    /// hand, and each field can go wrong by itself.
    pub(super) fn part(&self, fields: usize) -> Part {
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

    /// A form of its cause that is seen less often: `more` steps on the scale of
    /// [`Cause::weight`](super::super::cause::Cause::weight), where each stands for about
    /// half as many reports. 1: another spelling of what is reported; 2: what only few
    /// programs can write; 3 and 4: thinkable, in no report. They order explanations that
    /// fit equally well, and what is tried first; `cargo test --release --test explain`
    /// shows what another choice costs.
    pub(super) fn rare(&mut self, more: u32) -> &mut Self {
        self.weight += more;
        self
    }

    /// Not one for deep searches: there are very many of its kind.
    pub(super) fn wide(&mut self) -> &mut Self {
        self.tier = Tier::Wide;
        self.weight += WIDE;
        self
    }

    /// Names the candidate that it tries.
    pub(super) fn trying(&mut self, other: &Other) -> &mut Self {
        self.candidate = Some(other.name.clone());
        self
    }

    /// Names the field it is about.
    pub(super) fn about(&mut self, field: impl Into<String>) -> &mut Self {
        self.field = Some(field.into());
        self
    }
}

/// A value that is tried in a whole range: a timestamp.
pub(in crate::explain) struct Sweep {
    /// The entry.
    pub(in crate::explain) entry: usize,
    /// Name of the field.
    pub(in crate::explain) field: String,
    /// Cause of each value.
    pub(in crate::explain) cause: &'static Cause,
    /// The values.
    pub(in crate::explain) values: std::ops::Range<u64>,
}

/// Few fields: as many as the parameters of a payment have, which are put together
/// by hand.
const FEW: usize = 6;

/// What a mistake in another field of a long message costs beside one: they have
/// mostly one reason, which is an edit of its own, and there are so many pairs of
/// fields that they would take all the time of the others. After changing this or [`SAME_PART`]:
/// `cargo test --release --test explain`.
const OTHER_FIELD: u32 = 6;

/// What a second mistake of the same part costs beside the first.
const SAME_PART: u32 = 4;

/// The entries of a message have a bit each up to this one, which all that
/// follow share: two thirds of the bits, since the rest is for names that are added.
/// No message of WeChat has half as many fields.
pub(in crate::explain) const LAST_ENTRY: usize = 95;

/// The bit of an entry.
pub(in crate::explain) fn bit(entry: usize) -> u128 {
    1 << entry.min(LAST_ENTRY)
}
