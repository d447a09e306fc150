//! One pair of a draft: its name, its value, and whether it is written. Plain data.

use std::borrow::Cow;

/// One pair.
#[derive(Clone)]
pub(in crate::explain) struct Entry<'c> {
    /// Its name.
    pub(in crate::explain) name: Cow<'c, str>,
    /// The name by which it is ordered.
    pub(in crate::explain) rank: Cow<'c, str>,
    /// Its value; for the secret, nothing: that is in the draft.
    pub(in crate::explain) value: Cow<'c, str>,
    /// Blanks in front of the name.
    pub(in crate::explain) lead: Cow<'c, str>,
    /// Whether it is written.
    pub(in crate::explain) stay: Stay,
    /// Whose value it is.
    pub(in crate::explain) role: Role,
    /// Whether something joins it to the pair before.
    pub(in crate::explain) tie: Tie,
    /// Its place in the given order; what is added comes last.
    pub(in crate::explain) given: u16,
}

/// Whether a pair is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Stay {
    /// As the rule for empty values says.
    Rule,
    /// Never.
    Out,
    /// Even if it is empty.
    In,
}

/// Whose value a pair shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Role {
    /// Its own.
    Field,
    /// The draft's secret.
    Secret,
}

/// Whether something stands between a pair and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Tie {
    /// The usual join.
    Joined,
    /// Nothing.
    Glued,
}

impl<'c> Entry<'c> {
    /// A field.
    pub(in crate::explain) fn new(name: impl Into<Cow<'c, str>>, value: impl Into<Cow<'c, str>>) -> Self {
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
    pub(in crate::explain) fn secret(name: &'c str) -> Self {
        Self { role: Role::Secret, ..Self::new(name, "") }
    }
}
