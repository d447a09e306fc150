//! All calls of one account: a [`Caller`] with the [`Tokens`] that its calls are
//! made with. The door of this room; adds nothing to the two but their meeting.

use super::caller::Caller;
use super::ended::{CallError, Called};
use super::lease::{Leased, Want};
use super::tokens::Tokens;
use crate::api::endpoint::Endpoint;
use crate::store::LeaseKind;
use crate::wire::Fields;

/// Makes calls, each with a token where it needs one.
#[derive(Clone)]
pub struct Client {
    /// Makes one call.
    pub caller: Caller,
    /// Keeps tokens and tickets.
    pub tokens: Tokens,
}

impl Client {
    /// Makes one call. A call that needs an access token gets one from the
    /// store; if WeChat calls it dead, the call is repeated once with another.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn call(&self, row: &'static Endpoint, fields: &Fields) -> Result<Called, CallError> {
        self.tokens.call(&self.caller, row, fields).await
    }

    /// Makes one signed call to any path of pay v2.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn call_path(&self, path: &str, fields: &Fields) -> Result<Called, CallError> {
        self.caller.call_path(path, fields).await
    }

    /// A token or ticket: the stored one while it is fresh.
    ///
    /// # Errors
    /// [`CallError`], of the fetch or of the store.
    pub async fn lease(&self, kind: LeaseKind, want: Want) -> Result<Leased, CallError> {
        self.tokens.get(&self.caller, kind, want).await
    }
}
