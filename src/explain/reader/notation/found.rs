//! What every notation hands on: where it stands in a text, what it says, and
//! how strict it is.

use std::ops::Range;

use super::super::tree::Tree;

/// Where a notation stands, and what it says.
pub(in super::super) type Found = Vec<(Range<usize>, Tree)>;

/// How sure a reading is: of two the stricter counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Class {
    /// Any line with a name and something behind it.
    Lines,
    /// Values without quotes: they end where the next name begins.
    Printed,
    /// Everything is quoted, counted or tagged.
    Strict,
}
