//! What one of the four says: the command line, the environment, a profile, or
//! nobody. Comes in: settings with their text; goes out: a [`Layer`], each value
//! with its origin. Judges no value.

use std::collections::BTreeMap;

use super::setting::Setting;
use crate::sign::Secret;

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The command line.
    Flag,
    /// This environment variable.
    Env(String),
    /// This profile.
    Profile(String),
    /// Nobody said otherwise.
    Default,
}

impl Origin {
    /// Whether it was given for this run, and not written down for all.
    #[must_use]
    pub const fn is_this_run(&self) -> bool {
        matches!(self, Self::Flag | Self::Env(_))
    }
}

/// A value as it was written, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    text: Secret,
    /// Where it comes from.
    pub origin: Origin,
}

impl Value {
    /// The text as it was written; of a secret, perhaps only where to find it.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.expose()
    }
}

/// What one of the four says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layer(BTreeMap<&'static str, Value>);

impl Layer {
    /// Sets one value.
    pub fn set(&mut self, setting: &Setting, text: impl Into<String>, origin: Origin) {
        self.0.insert(setting.name, Value { text: Secret::new(text), origin });
    }

    /// The value of this setting.
    #[must_use]
    pub fn get(&self, setting: &Setting) -> Option<&Value> {
        self.0.get(setting.name)
    }

    /// This layer on top of another one: where both speak, this one decides.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        let mut values = below.0;
        values.extend(self.0);
        Self(values)
    }

    /// Only what was given for this run.
    #[must_use]
    pub fn of_this_run(&self) -> Self {
        let given = self.0.iter().filter(|(_, value)| value.origin.is_this_run());
        Self(given.map(|(name, value)| (*name, value.clone())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_value() {
        let mut layer = Layer::default();
        layer.set(&Setting::secret("key", "KEY").named("pay_key"), "hunter2", Origin::Flag);
        assert!(!format!("{layer:?}").contains("hunter2"));
    }
}
