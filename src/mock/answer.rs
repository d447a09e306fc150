//! What comes of a request: the reply, perhaps not signed yet, and all that goes with
//! it. Comes in: what a door decided; goes out: the same for the one who has the
//! socket.

use std::time::Duration;

use super::log::Said;
use super::refusal::RefusedSign;
use crate::api::codec::write_reply;
use crate::api::endpoint::Success;
use crate::api::keys::{Keys, Stamp};
use crate::api::{Answer, Endpoint};
use crate::wire::{Ending, Later, Reply};

/// What comes of a request.
#[derive(Debug)]
pub struct Answered<R = Reply> {
    /// What to answer.
    pub reply: R,
    /// How long to wait before answering, if a fault says so.
    pub delay: Option<Duration>,
    /// How the connection goes on.
    pub ending: Ending,
    /// What to send afterwards; each outcome goes to [`super::Mock::delivered`].
    pub later: Vec<Later>,
    /// A signature that was refused, for explaining.
    pub refused: Option<RefusedSign>,
    /// `ok`, or the code of the refusal; none for the control plane.
    pub verdict: Option<String>,
    /// What was asked for is not there yet, and is worth another look for so long
    /// whenever something has happened.
    pub patience: Option<Duration>,
}

/// A reply, or what it will say once it is signed: that needs no memory, and is done
/// when others may have it again.
#[derive(Debug)]
pub enum Draft {
    /// Nothing is left to do.
    Done(Reply),
    /// Still to be signed and written.
    Unsealed(Box<Unsealed>),
}

/// What a reply will say.
#[derive(Debug)]
pub struct Unsealed {
    row: &'static Endpoint,
    answer: Answer,
    keys: Keys,
    stamp: Stamp,
    /// Where it is no usual success.
    status: Option<u16>,
    /// What stands beside the proof.
    headers: Vec<(String, String)>,
}

impl Answered<Draft> {
    /// A reply with the word that goes into the list of calls.
    pub(super) fn of(reply: impl Into<Draft>, verdict: impl Into<String>) -> Self {
        let (delay, ending, later, refused, patience) = (None, Ending::Whole, Vec::new(), None, None);
        Self { reply: reply.into(), delay, ending, later, refused, verdict: Some(verdict.into()), patience }
    }

    /// Nothing but a reply, which is no call's.
    pub(super) fn plain(reply: Reply) -> Self {
        Self { verdict: None, ..Self::of(reply, "") }
    }

    /// The word for the list of calls.
    pub(super) fn verdict(&self) -> &str {
        self.verdict.as_deref().unwrap_or_default()
    }

    /// Signs and writes the reply.
    #[must_use]
    pub fn finish(self) -> Answered {
        let Self { reply, delay, ending, later, refused, verdict, patience } = self;
        Answered { reply: reply.finish(), delay, ending, later, refused, verdict, patience }
    }
}

impl Draft {
    /// A reply that is signed with these keys.
    pub(super) fn unsealed(row: &'static Endpoint, answer: Answer, keys: Keys) -> Self {
        Self::stamped(row, answer, keys, Stamp::TIMELESS)
    }

    /// A reply whose proof holds at this second only.
    pub(super) fn stamped(row: &'static Endpoint, answer: Answer, keys: Keys, stamp: Stamp) -> Self {
        Self::Unsealed(Box::new(Unsealed { row, answer, keys, stamp, status: None, headers: Vec::new() }))
    }

    /// The same with one more header, which no proof covers.
    pub(super) fn with_header(mut self, name: &str, value: String) -> Self {
        match &mut self {
            Self::Done(reply) => reply.headers.push((name.to_owned(), value)),
            Self::Unsealed(unsealed) => unsealed.headers.push((name.to_owned(), value)),
        }
        self
    }

    /// The same, proved so many seconds ago.
    pub(super) fn aged(mut self, seconds: u64) -> Self {
        if let Self::Unsealed(unsealed) = &mut self {
            unsealed.stamp.now = unsealed.stamp.now.saturating_sub(seconds);
        }
        self
    }

    /// The same with another status.
    pub(super) fn with_status(mut self, status: u16) -> Self {
        match &mut self {
            Self::Done(reply) => reply.status = status,
            Self::Unsealed(unsealed) => unsealed.status = Some(status),
        }
        self
    }

    /// Signs and writes.
    pub(super) fn finish(self) -> Reply {
        let Unsealed { row, answer, keys, stamp, status, headers } = match self {
            Self::Done(reply) => return reply,
            Self::Unsealed(unsealed) => *unsealed,
        };
        // A value that a message cannot carry cannot have come in by one either.
        let written = write_reply(row, answer, &keys, &stamp);
        let mut reply = written.unwrap_or_else(|_| Reply::empty().with_status(500));
        reply.status = status.unwrap_or(reply.status);
        reply.headers.extend(headers);
        reply
    }

    /// What it says, for the list of calls.
    pub(super) fn said(&self) -> Said {
        match self {
            Self::Done(reply) => Said::body(&reply.body),
            Self::Unsealed(unsealed) => match &unsealed.answer.file {
                Some(file) => Said::body(file),
                None => Said::Fields(unsealed.answer.fields.clone()),
            },
        }
    }

    /// What is signed is told with a 200, or with a 204 where there is nothing to tell.
    pub(super) fn status(&self) -> u16 {
        match self {
            Self::Done(reply) => reply.status,
            Self::Unsealed(unsealed) => {
                let usual = if unsealed.row.success == Success::Nothing { 204 } else { 200 };
                unsealed.status.unwrap_or(usual)
            }
        }
    }
}

impl From<Reply> for Draft {
    fn from(reply: Reply) -> Self {
        Self::Done(reply)
    }
}
