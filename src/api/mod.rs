//! WeChat as tables, and the four functions that read and write every row.
//! Pure: no socket, no store, no clock, no dice.

pub mod check;
pub mod codec;
pub mod endpoint;
pub mod error_codes;
pub mod invoke;
pub mod keys;
pub mod scheme;
pub mod word;

pub use codec::{Answer, ReadError, Refusal, WriteError};
pub use endpoint::{Endpoint, Field};
pub use keys::{Keys, Stamp};
pub use word::{Lang, Message, Word};
