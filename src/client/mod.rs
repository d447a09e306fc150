//! The caller's side of WeChat: a row and fields go in, a believed answer comes
//! out. From the ground up: `ended` (how calls end), `caller` (one call), `lease`
//! (what is lent), `remote` and `tokens` (one fresh lease for everybody), [`Client`]
//! (both in one), `hub` over it; `notices` stand beside. Prints nothing.

pub mod caller;
mod calls;
pub mod clock;
mod ended;
pub mod hub;
pub mod lease;
pub mod notices;
pub mod remote;
pub mod tokens;

pub use caller::{Caller, Observed, Observer};
pub use calls::Client;
pub use clock::Clock;
pub use ended::{CallError, Called, HubRefusal, Unanswered, Unbelieved};
pub use lease::{Leased, Source, Want};
pub use remote::{Forgetting, Kept, Remote};
pub use tokens::Tokens;

pub use crate::store::{Failed, LeaseKind, StoreError, TicketType};
