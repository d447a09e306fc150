//! The caller's side of WeChat: a row and fields go in, a believed answer comes
//! out. Stamps, writes, sends and reads; keeps one fresh token for everybody.
//! Never repeats what moves money, and prints nothing.

pub mod call;
pub mod clock;
pub mod examine;
pub mod hub;
pub mod lease;
pub mod receive;
pub mod remote;
pub mod replay;
pub mod tokens;

pub use call::{CallError, Called, Client, Observer, Unanswered, Unbelieved};
pub use clock::Clock;
pub use remote::{HubRefusal, Remote};
pub use tokens::{Leased, Source, Tokens, Want};

pub use crate::store::{Failed, LeaseKind, TicketType};
