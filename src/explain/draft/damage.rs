//! What happens to a finished text before it is hashed. Comes in: a text; goes
//! out: the damaged one.

/// What happens to the finished text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Damage {
    /// `&times` and `&not` became `×` and `¬`, as HTML reads them.
    Entity,
    /// The whole text became lower case.
    Lower,
    /// The whole text was percent-encoded.
    Percent,
}

impl Damage {
    /// The damaged text.
    pub(super) fn apply(self, text: &str) -> String {
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
