//! What a scheme can be asked, on both sides of the wire. When each question
//! comes is the order that `codec` keeps.

use crate::api::check::Problem;
use crate::api::error::{ReadError, WriteError};
use crate::api::field::{Field, field_in};
use crate::api::keys::{Keyring, Keys, Stamp};
use crate::wire::{Fields, Reply, Request};

/// Which of the two messages of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// What is asked.
    Request,
    /// What is answered.
    Reply,
}

/// A whole message, as a proof around it sees it.
#[derive(Debug, Clone, Copy)]
pub enum Envelope<'a> {
    /// What is asked.
    Request(&'a Request),
    /// What is answered.
    Reply(&'a Reply),
}

impl<'a> Envelope<'a> {
    /// A header of the message, by its name in lower case.
    #[must_use]
    pub fn header(self, name: &str) -> Option<&'a str> {
        match self {
            Self::Request(asked) => asked.header(name),
            Self::Reply(told) => told.header(name),
        }
    }

    /// Its body, byte for byte.
    #[must_use]
    pub fn body(self) -> &'a [u8] {
        match self {
            Self::Request(asked) => &asked.body,
            Self::Reply(told) => &told.body,
        }
    }
}

/// The fields that a message of a row may have.
#[derive(Debug, Clone, Copy)]
pub struct Columns(pub &'static [&'static Field]);

impl Columns {
    /// The field of this name.
    #[must_use]
    pub fn field(self, name: &str) -> Option<&'static Field> {
        field_in(self.0, name)
    }
}

/// The keys to answer a believed message with; none if it needed none.
pub type Believed = Result<Option<Keys>, ReadError>;

/// What a scheme can be asked. A proof *inside* a message is put there by `mark`
/// and checked by `open`; one *around* it is put there by `seal` and checked by
/// `prove`. A scheme has what it needs and leaves the rest.
pub trait Proof: std::fmt::Debug + Sync {
    /// Fields that travel hidden in another one.
    fn inside(&self) -> &'static [&'static Field] {
        &[]
    }

    /// Puts the proof among the fields.
    ///
    /// # Errors
    /// No key, or a value that cannot be hidden.
    fn mark(
        &self,
        _turn: Turn,
        _columns: Columns,
        _fields: &mut Fields,
        _keys: &Keys,
        _stamp: &Stamp,
    ) -> Result<(), WriteError> {
        Ok(())
    }

    /// The headers that prove a message that is written.
    ///
    /// # Errors
    /// No key.
    fn seal(
        &self,
        _message: Envelope<'_>,
        _keys: &Keys,
        _stamp: &Stamp,
    ) -> Result<Vec<(String, String)>, WriteError> {
        Ok(Vec::new())
    }

    /// Checks the proof around a message that nobody has parsed. `now` is Unix time.
    ///
    /// # Errors
    /// Nothing of the message may be believed.
    fn prove(&self, _message: Envelope<'_>, _ring: &dyn Keyring, _now: u64) -> Believed {
        Ok(None)
    }

    /// Checks the proof among the fields, and puts what was hidden in its place.
    ///
    /// # Errors
    /// Nothing of the message may be believed.
    fn open(&self, _turn: Turn, _columns: Columns, _fields: &mut Fields, _ring: &dyn Keyring) -> Believed {
        Ok(None)
    }

    /// What is missing in a reply that says yes: nothing where a proof says who
    /// answers, for WeChat may leave out what its pages promise.
    fn lacking(&self, _promised: &[&Field], _fields: &Fields) -> Vec<Problem> {
        Vec::new()
    }

    /// Code and text, if a reply says no.
    fn refusal(&self, reply: &Reply, fields: &Fields) -> Option<(String, String)>;
}
