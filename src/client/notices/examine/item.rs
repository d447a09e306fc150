//! One thing that is examined, and how it went: the shape of a row of `items` and
//! of a line of the report. Data only.

use std::time::Duration;

use super::judge::{Expects, Verdict};
use super::maker::Maker;
use super::witness::Counted;
use crate::api::{Word, WriteError};
use crate::wire::Request;

/// One thing that is examined.
#[derive(Debug)]
pub struct Item {
    /// Its name in reports.
    pub id: &'static str,
    /// Whether the verdict hangs on it.
    pub need: Need,
    /// What a good receiver does.
    pub title: Word,
    /// Why it matters.
    pub why: Word,
    /// How to make it so.
    pub fix: Word,
    /// What cannot be seen from outside.
    pub unseen: Option<Word>,
    /// Tells something only if this item has passed; left out otherwise.
    pub(super) after: Option<&'static str>,
    /// What the reply has to be.
    pub(super) expects: Expects,
    /// How many of it are sent at once.
    pub(super) copies: usize,
    pub(super) make: fn(&Maker) -> Result<Request, WriteError>,
}

/// Whether the verdict hangs on an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Without it the receiver fails.
    Required,
    /// Told, and no more.
    Advised,
}

/// An item with its grade.
#[derive(Debug)]
pub struct Graded {
    /// The item.
    pub item: &'static Item,
    /// How it went.
    pub verdict: Verdict,
    /// The longest reply.
    pub time: Duration,
    /// What was booked meanwhile, where it was counted.
    pub counted: Option<Counted>,
}

impl Graded {
    /// Whether the receiver fails because of this; what could not be told has its
    /// reason in another item.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        self.item.need == Need::Required && matches!(self.verdict, Verdict::Failed(_))
    }
}
