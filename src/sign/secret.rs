//! A secret value: shown only on purpose, wiped when dropped. It has no
//! `Display` and no `Serialize`, and its `Debug` is `***`.

use zeroize::Zeroizing;

/// A key, ticket, password or token.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// What stands where a secret would.
    pub const MASK: &'static str = "***";

    /// Takes the value over; the caller's own copy is the caller's to wipe.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self(Zeroizing::new(value.into()))
    }

    /// The value itself. Every use of this is a place to look at twice.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(Self::MASK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_never_shows_it() {
        assert_eq!(format!("{:?}", Some(Secret::new("k"))), "Some(***)");
    }
}
