//! Transfers from a merchant to users: asked for, waiting for the user's yes, and what
//! came of it. Comes in: what was asked and decided; goes out: transfers and their states.
//! Bounded. Knows nothing of messages.

use serde::{Deserialize, Serialize};

use super::saved;
use crate::wire::Fields;

/// Most transfers that are remembered.
const KEEP: usize = 1000;
/// A user has a day to say yes.
const PATIENCE: u64 = 86_400;

/// Where a transfer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum State {
    /// The user has not said yes.
    Waiting,
    Done,
    Failed,
    /// The merchant wants it back; the next look finds it so.
    Cancelling,
    Cancelled,
}

impl State {
    /// In WeChat's own spelling.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "WAIT_USER_CONFIRM",
            Self::Done => "SUCCESS",
            Self::Failed => "FAIL",
            Self::Cancelling => "CANCELING",
            Self::Cancelled => "CANCELLED",
        }
    }
}

/// A transfer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Transfer {
    /// The API that it came by; the merchant is told in it.
    pub(super) api: String,
    pub(super) mch_id: String,
    pub(super) app_id: String,
    /// The merchant's number.
    pub(super) number: String,
    /// WeChat's number.
    pub(super) id: String,
    pub(super) openid: String,
    /// As the merchant gave it.
    pub(super) user_name: Option<String>,
    /// Fen.
    pub(super) fee: u64,
    pub(super) remark: String,
    pub(super) notify_url: Option<String>,
    /// What opens the page where the user says yes.
    pub(super) package: String,
    /// The key of WeChat Pay that the merchant knows, by its id.
    pub(super) proof: String,
    pub(super) state: State,
    pub(super) created: u64,
    pub(super) changed: u64,
    /// The request as it came.
    #[serde(with = "saved::fields")]
    pub(super) terms: Fields,
}

/// What a user decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    Takes,
    Refuses,
}

/// All transfers; the oldest are forgotten.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Transfers(Vec<Transfer>);

impl Transfers {
    pub(super) fn add(&mut self, transfer: Transfer) {
        if self.0.len() == KEEP {
            self.0.remove(0);
        }
        self.0.push(transfer);
    }

    /// The transfer of which this is true, as it stands now, and whether it has come to
    /// an end only now.
    pub(super) fn find(&mut self, now: u64, is: impl Fn(&Transfer) -> bool) -> Option<&mut Transfer> {
        let found = self.0.iter_mut().rev().find(|transfer| is(transfer))?;
        if found.state == State::Waiting && now >= found.created.saturating_add(PATIENCE) {
            found.turn(State::Failed, now);
        }
        Some(found)
    }

    /// All of them, oldest first.
    pub(super) fn all(&self) -> impl DoubleEndedIterator<Item = &Transfer> {
        self.0.iter()
    }
}

impl Transfer {
    pub(super) fn turn(&mut self, state: State, now: u64) {
        self.state = state;
        self.changed = now;
    }

    /// The user has decided; says whether there was anything to decide.
    pub(super) fn decide(&mut self, decision: Decision, now: u64) -> bool {
        let is_open = self.state == State::Waiting;
        if is_open {
            self.turn(if decision == Decision::Takes { State::Done } else { State::Failed }, now);
        }
        is_open
    }

    /// Why it failed, in WeChat's words.
    pub(super) fn fail_reason(&self) -> Option<&'static str> {
        (self.state == State::Failed).then_some("OVERDUE_CLOSE")
    }
}
