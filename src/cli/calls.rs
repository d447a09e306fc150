//! Calls as commands make them: allowed by the policy, remarked upon, carried by
//! the client, and, if WeChat refuses the signature, explained.

use wxkit::api::endpoint::{Certificate, Endpoint, Fill, Method};
use wxkit::api::pay_v3::other_call;
use wxkit::api::{Word, WriteError};
use wxkit::client::notices::{
    self,
    replay::{Plan, Tally},
};
use wxkit::client::{CallError, Called, Caller, Client, Forgetting, Kept, LeaseKind, Leased, Tokens, Want};
use wxkit::net::{self, NetError, SendError};
use wxkit::store::Forgotten;
use wxkit::wire::{Fields, Reply, Request};

use super::error::{self, Error};
use super::explained;
use super::policy;
use super::wiring::Context;

impl Context {
    /// Calls one row; a refused signature comes with its explanation.
    pub fn call(&self, row: &'static Endpoint, fields: &Fields) -> Result<Called, Error> {
        self.admit(row)?;
        self.warn_unknown(row, fields);
        let wants_token = row.fields.iter().any(|field| field.fill == Fill::AccessToken);
        let client = if wants_token { self.client()? } else { self.tokenless_client()? };
        self.calling(client.call(row, fields))
    }

    /// Calls any pay v2 path.
    pub fn call_path(&self, path: &str, fields: &Fields) -> Result<Called, Error> {
        self.admit(Caller::row_at(path))?;
        let client = self.tokenless_client()?;
        self.calling(client.call_path(path, fields))
    }

    /// Lets a call go that may be made, with a certificate if it wants one.
    fn admit(&self, row: &'static Endpoint) -> Result<(), Error> {
        policy::allow(self, row)?;
        if row.certificate == Certificate::Needed {
            // A gateway asks for none; one that was named must still be one.
            self.identity()?;
        }
        Ok(())
    }

    /// Calls one row of pay v3.
    pub fn call_v3(&self, row: &'static Endpoint, fields: &Fields) -> Result<Called, Error> {
        policy::allow(self, row)?;
        self.warn_unknown(row, fields);
        let client = self.client_v3()?;
        self.calling(client.call(row, fields))
    }

    /// Calls any path of pay v3.
    pub fn call_v3_path(&self, method: Method, path: &str, fields: &Fields) -> Result<Called, Error> {
        let known = wxkit::api::find(method, path.split('?').next().unwrap_or_default());
        policy::allow(self, known.unwrap_or_else(|| other_call(method)))?;
        let client = self.client_v3()?;
        self.calling(client.caller.call_v3(method, path, fields))
    }

    /// Fetches the file of a bill of pay v3.
    pub fn bill_file(&self, download_url: &str) -> Result<Called, Error> {
        let client = self.client_v3()?;
        self.calling(client.caller.bill_file(download_url))
    }

    /// The client, with the keys of v3.
    fn client_v3(&self) -> Result<Client, Error> {
        let mut client = self.tokenless_client()?;
        client.caller.keys.v3 = Some(self.proving_v3()?);
        Ok(client)
    }

    /// A token or ticket.
    pub fn lease(&self, kind: LeaseKind, force: bool) -> Result<Leased, Error> {
        let client = self.client()?;
        let want = if force { Want::Renewed } else { Want::Fresh };
        let leased = self.calling(client.lease(kind, want))?;
        if let Some(error) = &leased.unsaved {
            self.stage.note(&UNSAVED.with([Error::from(error.clone()).message]));
        }
        Ok(leased)
    }

    /// What the token central server holds; none if no server is named.
    pub fn held_by_hub(&self) -> Result<Option<Vec<Kept>>, Error> {
        let client = self.client()?;
        let Some(hub) = &client.tokens.hub else { return Ok(None) };
        self.calling(hub.status(&client.caller)).map(Some)
    }

    /// Has the token central server replace what it holds for this app; none if
    /// no server is named.
    pub fn forget_at_hub(&self) -> Result<Option<Vec<Forgetting>>, Error> {
        let client = self.client()?;
        let Some(hub) = &client.tokens.hub else { return Ok(None) };
        self.calling(hub.forget(&client.caller)).map(Some)
    }

    /// Drops what is stored here for this app; tells how much it was.
    pub fn forget_leases(&self) -> Result<usize, Error> {
        let (client, store) = (self.keeping_client()?, self.store()?);
        let mut dropped = 0;
        for kind in LeaseKind::ALL {
            let key = Tokens::key(&client.caller, kind).map_err(error::of_call)?;
            dropped += usize::from(store.forget(&key)? == Forgotten::Dropped);
        }
        Ok(dropped)
    }

    /// Posts or gets something as it is.
    pub fn deliver(&self, request: &Request) -> Result<Reply, Error> {
        let transport = self.watched_transport()?;
        self.wait(transport.send(request))?
            .map_err(|e| self.unreachable(&e).unwrap_or_else(|| error::of_send(&e)))
    }

    /// Posts many notices. Who is interrupted gets the sum so far.
    pub fn replay(&self, notices: &[Request], plan: &Plan) -> Result<Tally, Error> {
        let transport = self.watched_transport()?;
        let progress = |done, total| {
            self.show_crossed();
            self.stage.progress(done, total);
        };
        let replaying = notices::replay::replay(&transport, notices, plan, progress, &self.stop);
        match self.wait(self.stop.heeded(replaying, net::interrupted))? {
            Some(tally) => tally.map_err(|e| error::of_send(&e)),
            None => Err(self.failed(CallError::Interrupted)),
        }
    }

    /// Waits for a call. Who is interrupted is told what was on its way.
    fn calling<T>(&self, call: impl Future<Output = Result<T, CallError>>) -> Result<T, Error> {
        let ended = self.wait(self.stop.heeded(call, net::interrupted))?;
        ended.unwrap_or(Err(CallError::Interrupted)).map_err(|error| self.failed(error))
    }

    /// A call that failed: a refused signature comes with its explanation, what
    /// could not be read with the reason.
    fn failed(&self, error: CallError) -> Error {
        if let Some(why) = self.lacking(&error) {
            return why;
        }
        let refused = error.refused_signature().cloned();
        let error = error::of_call(error);
        match (refused, self.pay_key()) {
            (Some(fields), Ok(key)) => explained::with_report(error, fields, key, self.lang),
            _ => error,
        }
    }

    /// Why there was not what a call needed: a setting that leads nowhere breaks the
    /// calls that need it, and no other.
    fn lacking(&self, error: &CallError) -> Option<Error> {
        match error {
            CallError::Send(unanswered) => self.unreachable(&unanswered.error),
            CallError::HubAway(error) => self.unreachable(error),
            CallError::Write(WriteError::NoPayKey) => self.pay_key().err(),
            CallError::Write(WriteError::NoSetting(Fill::AppSecret)) => self.app_secret().err(),
            _ => None,
        }
    }

    /// The same of a connection.
    fn unreachable(&self, error: &SendError) -> Option<Error> {
        match error {
            SendError::NoCertificate => self.identity().err(),
            SendError::Setup(NetError::EmptyCaFile) => self.ca_file().err(),
            _ => None,
        }
    }

    fn warn_unknown(&self, row: &Endpoint, fields: &Fields) {
        for (name, near) in wxkit::api::check::unknown(row.fields, fields) {
            self.stage.note(&match near {
                Some(near) => UNKNOWN_NEAR.with([name, near]),
                None => UNKNOWN.with([error::typed(name)]),
            });
        }
    }
}

const UNSAVED: Word = Word::new(
    "提示：没能保存（{}），下次会重新获取",
    "note: it could not be stored ({}), and will be fetched again",
);
const UNKNOWN: Word = Word::new(
    "提示：不认识字段 {}，照样签名发送",
    "note: unknown field {}; it is signed and sent all the same",
);
const UNKNOWN_NEAR: Word = Word::new(
    "提示：不认识字段 {}，是不是 {}？照样签名发送",
    "note: unknown field {}, did you mean {}? It is signed and sent all the same",
);
