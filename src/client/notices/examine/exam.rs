//! Who is played in an exam, and where the receiver is. Data only.

use std::time::Duration;

use super::witness::Witness;
use crate::api::{Keys, Stamp};
use crate::client::notices::Version;
use crate::wire::Fields;

/// Who is played, and where the receiver is.
#[derive(Debug)]
pub struct Exam {
    /// Which API the receiver is for.
    pub version: Version,
    /// Where payment notices go.
    pub to: String,
    /// Where refund notices go.
    pub refund_to: String,
    /// Account, merchant and key.
    pub keys: Keys,
    /// Of v3: the same with the other of WeChat Pay's keys, which signs during a switch.
    pub other: Keys,
    /// Time and dice.
    pub stamp: Stamp,
    /// The order that is paid, as far as the caller said.
    pub order: Fields,
    /// How long a reply may take before it is given up: longer than WeChat waits, to tell
    /// slow from dead.
    pub patience: Duration,
    /// Items that are left out.
    pub skip: Vec<String>,
    /// Who counts what was booked, if somebody does.
    pub witness: Option<Witness>,
}
