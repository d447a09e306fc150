//! What can be wrong with a scenario file, and where: only data, whose words stand with
//! those of every other error.

use std::path::PathBuf;

use super::load::LoadError;
use crate::store::reading::Trouble;

/// Why a scenario cannot be run, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1, where there is one.
    pub line: Option<usize>,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What is wrong with a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// The file cannot be read.
    Disk(Trouble),
    /// Not TOML, in the parser's words.
    NotToml(String),
    /// A key that nobody knows here.
    UnknownKey {
        /// The key.
        key: String,
        /// One that is written almost like it.
        near: Option<&'static str>,
        /// All that there are.
        known: Vec<&'static str>,
    },
    /// A key that goes with another action.
    ElsewhereKey {
        /// The key.
        key: String,
        /// The actions it goes with.
        with: Vec<&'static str>,
    },
    /// A value of another kind.
    Kind {
        /// The key.
        key: String,
        /// What it should be.
        wanted: Wanted,
    },
    /// A step that does nothing.
    NoAction,
    /// A step that does two things.
    TwoActions(&'static str, &'static str),
    /// A key that has to be there.
    Missing(&'static str),
    /// No steps.
    NoSteps,
    /// So many steps are too many.
    TooManySteps(usize),
    /// A `${name}` that nobody has kept before.
    UnknownName {
        /// The name.
        name: String,
        /// One that is written almost like it.
        near: Option<String>,
    },
    /// `${` without an end.
    OpenHole,
    /// A pattern that is none.
    BadPattern(String),
    /// A name that nothing can be kept under.
    BadName(String),
    /// What the gateway's settings say.
    Mock(LoadError),
}

/// What a value should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Text.
    Text,
    /// A table.
    Table,
    /// A list of tables: `[[step]]`.
    Steps,
    /// A time: `10s`, `500ms`, `2m`; ten minutes at most.
    Time,
    /// A whole number from 1 to 20.
    Times,
    /// Unix time.
    Unix,
    /// Text, numbers, truth values, lists and tables of them.
    Plain,
    /// Values to compare with: text, numbers, truth values, or tables of them.
    Values,
    /// `POST /path`.
    Request,
    /// `sent`, `reversed` or `at once`.
    Sequence,
    /// Faults: text, a table, or a list of them.
    Faults,
}
