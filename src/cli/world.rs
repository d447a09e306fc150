//! The environment, read once. Everything that this program knows of variables
//! is asked here, so that two questions never get two answers.

use std::collections::BTreeMap;

use wxkit::config::Env;

/// The variables as they were at the start.
#[derive(Clone)]
pub struct World(BTreeMap<String, String>);

impl World {
    /// Reads all variables; one that is not text is as good as none.
    pub fn read() -> Self {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self(std::env::vars_os().filter_map(text).collect())
    }

    /// A variable; an empty one says nothing.
    pub fn variable(&self, name: &str) -> Option<String> {
        self.0.get(name).filter(|value| !value.is_empty()).cloned()
    }

    /// The first of these that is set, and its name.
    pub fn first(&self, names: &[&'static str]) -> Option<(&'static str, String)> {
        names.iter().find_map(|name| Some((*name, self.variable(name)?)))
    }

    /// The names of all variables that begin like this.
    pub fn names(&self, start: &'static str) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str).filter(move |name| name.starts_with(start))
    }

    /// Asks for variables, for those who know of no world.
    pub fn asked<T>(&self, ask: impl FnOnce(Env<'_>) -> T) -> T {
        ask(&|name| self.variable(name))
    }
}
