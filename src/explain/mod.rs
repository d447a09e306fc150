//! Why is this signature wrong? Comes in: a [`Case`] (read from a paste by
//! [`read`]), limits, and a word when time is up; goes out: a [`Report`] that
//! names the mistakes whose exact string gives the given signature, or says
//! that none does. Pure and offline: no clock, no socket, no setting.

mod case;
mod cause;
mod diff;
mod draft;
mod edits;
mod endpoint;
mod family;
mod lint;
mod lint_v3;
mod opened;
mod reader;
mod received;
mod report;
mod said;
mod search;
mod target;
mod unsealed;

pub use case::{Case, Repair};
pub use cause::{CAUSES, Cause};
pub use diff::{Change, Comparison, Shown, Unlike, compare};
pub use family::{Family, Scheme, SecretKind};
pub use lint::{Lint, lints};
pub use lint_v3::{KEY_ID, SERIAL};
pub use reader::{
    Aside, Asked, BrokenTag, LinkFault, Lone, ReadError, Reading, V3Mark, curl, fields, read, reading,
    recoded,
};
pub use report::{Certainty, Explanation, Named, Report, Verdict, explain};
pub use said::said;
pub use search::{Limits, Stop};
pub use unsealed::{Mistake, Resource, Unsealed, unseal};
