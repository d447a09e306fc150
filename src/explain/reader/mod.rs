//! What people paste, to a case. Comes in: bytes of any shape (a message, a
//! request, a print of any language, a log with several of them) and what was
//! said besides; goes out: a [`Case`] with what was read and repaired, or what
//! the paste is instead. Bounded in time and memory; nothing is guessed.

mod aside;
mod bytes;
mod cursor;
mod documents;
mod error;
mod escape;
mod exchange;
mod handed;
mod names;
mod notation;
mod paste;
mod pick;
mod reading;
mod request;
mod shell;
mod sort_out;
mod tree;
mod undo;

pub use aside::{Aside, LinkFault, Lone, V3Mark};
pub use error::ReadError;
pub(super) use handed::message;
pub use handed::{curl, fields};
pub use notation::xml::BrokenTag;
pub use paste::{Asked, read, reading};
pub use reading::Reading;
