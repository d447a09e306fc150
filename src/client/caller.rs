//! One call: stamp, write, send, read. Comes in: a row and fields; goes out: an
//! answer that is believed, or a [`CallError`] with everything that was said.
//! Never sends anything twice, and knows nothing of where tokens are kept.

use std::sync::Arc;

use super::clock::{Clock, Stopwatch};
use super::ended::{CallError, Called, Unanswered, Unbelieved};
use crate::api::authorization::signed_url;
use crate::api::endpoint::{Endpoint, Fill, Host, Method, Scheme};
use crate::api::{self, Keys, Written, codec, pay_v2, pay_v3};
use crate::net::{self, SendError, Sending, Stop, Transport};
use crate::sign::Secret;
use crate::wire::{Fields, Reply, Request};

/// Looks at everything that crosses the wire (`-v`).
pub type Observer = Arc<dyn Fn(&Request, Result<&Reply, &SendError>) + Send + Sync>;

/// Carries for those who make no calls of rows, and shows everything to an observer.
pub struct Observed {
    /// Carries the requests.
    pub transport: Arc<dyn Transport>,
    /// Looks at everything that crosses the wire.
    pub observer: Observer,
}

impl Transport for Observed {
    fn send<'a>(&'a self, request: &'a Request) -> Sending<'a> {
        Box::pin(async move {
            let replied = self.transport.send(request).await;
            (self.observer)(request, replied.as_ref());
            replied
        })
    }
}

/// Calls WeChat, or whatever stands in for it at `base`.
#[derive(Clone)]
pub struct Caller {
    /// Carries the requests.
    pub transport: Arc<dyn Transport>,
    /// Time and dice.
    pub clock: Clock,
    /// Who we are.
    pub keys: Keys,
    /// Origin of all calls in place of WeChat's own hosts.
    pub base: Option<String>,
    /// Looks at everything that crosses the wire.
    pub observer: Option<Observer>,
    /// Ends what is under way: a call that was sent says that it is lost.
    pub stop: Stop,
}

impl Caller {
    /// Makes one call, with this access token if one is given.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn call(
        &self,
        row: &'static Endpoint,
        fields: &Fields,
        token: Option<&Secret>,
    ) -> Result<Called, CallError> {
        let mut keys = self.keys.clone();
        keys.access_token = token.cloned().or(keys.access_token);
        self.exchange(row, fields, &keys, self.origin(row)?).await
    }

    /// Makes one signed call to any path of pay v2: through its row if it has
    /// one, else with the fields that all calls share.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn call_path(&self, path: &str, fields: &Fields) -> Result<Called, CallError> {
        let (path, row) = (rooted(path), Self::row_at(path));
        if !row.path.is_empty() {
            return self.call(row, fields, None).await;
        }
        let url = format!("{}{path}", self.origin(row)?);
        self.exchange(row, fields, &self.keys, &url).await
    }

    /// The row by which [`Caller::call_path`] calls this path: its own, or one
    /// without a path.
    #[must_use]
    pub fn row_at(path: &str) -> &'static Endpoint {
        let path = rooted(path);
        let known = api::find(Method::Post, &path).filter(|row| matches!(row.scheme, Scheme::PayV2(_)));
        known.unwrap_or_else(|| pay_v2::other_call(&path))
    }

    /// Makes one call to any path of pay v3, with its query as it is typed.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn call_v3(&self, method: Method, path: &str, fields: &Fields) -> Result<Called, CallError> {
        let row = pay_v3::other_call(method);
        let url = format!("{}{path}", self.origin(row)?);
        self.exchange(row, fields, &self.keys, &url).await
    }

    /// Fetches the file of a bill. Only WeChat's own host is asked, whatever the
    /// address says: the request carries our signature.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn bill_file(&self, download_url: &str) -> Result<Called, CallError> {
        let row = &pay_v3::BILL_AT;
        let url = format!("{}{}", self.origin(row)?, signed_url(download_url));
        self.exchange(row, &Fields::new(), &self.keys, &url).await
    }

    /// Scheme and authority that calls of this row go to.
    ///
    /// # Errors
    /// [`CallError::NoHost`].
    pub fn origin(&self, row: &'static Endpoint) -> Result<&str, CallError> {
        self.base().or(row.host.origin()).ok_or(CallError::NoHost(row))
    }

    /// The origin in place of WeChat's, without a slash at its end.
    pub(super) fn base(&self) -> Option<&str> {
        self.base.as_deref().map(|base| base.trim_end_matches('/'))
    }

    /// Whether this call needs a token that neither the fields nor the keys bring:
    /// a token that the caller brought is the caller's to renew.
    pub(super) fn wants_token(&self, row: &Endpoint, fields: &Fields) -> bool {
        let field = row.fields.iter().find(|field| field.fill == Fill::AccessToken);
        row.host == Host::Api
            && self.keys.access_token.is_none()
            && field.is_some_and(|field| fields.get(field.name).is_none())
    }

    async fn exchange(
        &self,
        row: &'static Endpoint,
        fields: &Fields,
        keys: &Keys,
        origin: &str,
    ) -> Result<Called, CallError> {
        if self.stop.is_asked() {
            return Err(CallError::Interrupted);
        }
        let written = codec::write_request(row, fields, keys, &self.clock.stamp(), origin)?;
        let Written { request, fields: sent } = written;
        let reply = match self.carry(&*self.transport, &request).await {
            Ok(reply) => reply,
            Err(error) => return Err(CallError::Send(Box::new(Unanswered { error, row, sent, request }))),
        };
        match codec::read_reply(row, &reply, keys, self.clock.now()) {
            Ok(answer) => Ok(Called { answer, sent, request, reply }),
            Err(error) => Err(CallError::Read(Box::new(Unbelieved { error, row, sent, request, reply }))),
        }
    }

    /// Sends once, and shows it to who wants to see. A reply that is there counts,
    /// even if a wish to stop came with it.
    pub(super) async fn carry(
        &self,
        transport: &dyn Transport,
        request: &Request,
    ) -> Result<Reply, SendError> {
        let sending = Stopwatch::start();
        let replied = net::select! {
            biased;
            replied = transport.send(request) => replied,
            () = self.stop.asked() => Err(SendError::interrupted(request, sending.elapsed())),
        };
        if let Some(observer) = &self.observer {
            observer(request, replied.as_ref());
        }
        replied
    }
}

/// A path as it stands on the request line, however it was typed.
fn rooted(path: &str) -> String {
    format!("/{}", path.trim_start_matches('/'))
}
