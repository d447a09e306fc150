//! What a report tells: suites of cases, each with how it went. Only data.

use std::time::Duration;

/// Cases that belong together.
pub struct Suite {
    /// Its name.
    pub name: String,
    /// What was tried, in this order.
    pub cases: Vec<Case>,
}

/// One case.
pub struct Case {
    /// Its name.
    pub name: String,
    /// The file and the line that say what it is, if one does.
    pub place: Option<(String, usize)>,
    /// How long it took.
    pub time: Duration,
    /// How it went.
    pub result: CaseResult,
}

/// How a case went.
pub enum CaseResult {
    /// Well.
    Passed,
    /// Not; a line, and the whole story.
    Failed(String, String),
    /// It does not count; why.
    Skipped(String),
}
