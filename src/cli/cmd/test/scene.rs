//! The stage of one scenario: a gateway, a receiver of notices, and the program under
//! test, each on a free port of this machine. Comes in: the settings of the gateway; goes
//! out: everybody in place, or why not. Dropped, everything is gone.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;
use wxkit::api::Word;
use wxkit::client::CallError;
use wxkit::mock::{Identity, Mock};
use wxkit::net::{self, Reach};
use wxkit::script::{NoValue, Program, Text, Values, filled};
use wxkit::wire::{Fields, Request};

use super::super::super::error::{self, Error};
use super::super::super::files;
use super::super::super::host::{Background, Happened, Host, Journal};
use super::super::super::outcome::Event;
use super::super::super::wiring::Context;
use super::super::mock::{is_refusal, line};
use super::super::mock_env;
use super::super::mock_keys::{self, Existing};
use super::program::Running;

/// Everybody who plays in a scenario.
pub(super) struct Scene {
    // First, so that it ends first: nobody is left alone with a gateway that is gone.
    program: Option<Running>,
    /// The merchant of the gateway.
    pub(super) ctx: Context,
    pub(super) gateway: Background,
    /// What was kept so far.
    pub(super) values: Values,
    /// What leads a program to the gateway.
    pub(super) variables: Vec<(String, String)>,
    host: Host,
    journal: Journal,
    received: Arc<Mutex<Vec<Request>>>,
    _receiver: Background,
    _keys: KeyFiles,
    seed: u64,
    /// Whether the person froze the dice with `--nonce`.
    is_frozen: bool,
}

/// Most notices that wait at the receiver; what comes then was not asked for by anybody.
const MOST_NOTICES: usize = 1000;
/// How long a program may take until it is ready, unless it says otherwise.
const STARTING: Duration = Duration::from_secs(30);
/// So often somebody looks whether it is.
const LOOKS: Duration = Duration::from_millis(50);
/// Whoever is there answers a first look within so long.
const GLANCE: Duration = Duration::from_secs(2);

impl Scene {
    /// Puts everybody in place but the program.
    pub(super) fn open(outer: &Context, at: Option<u64>, seed: u64, mock: Mock) -> Result<Self, Error> {
        let identity = mock.identity().clone();
        let mut ctx = outer.of_somebody(identity.default_keys(), "http://127.0.0.1")?;
        ctx.settings.at = at.or(ctx.settings.at);
        let journal = Journal::default();
        let notes = journal.clone();
        let host = Host::wired(&ctx, mock, Arc::new(move |happened| notes.note(happened)))?.seeded(seed);
        let gateway = Background::gateway(host.clone())?;
        ctx.settings.base = Some(gateway.url.clone());
        let received: Arc<Mutex<Vec<Request>>> = Arc::default();
        let taking = Arc::clone(&received);
        let receiver = Background::receiver(move |request| {
            let mut all = taking.lock().unwrap_or_else(PoisonError::into_inner);
            if all.len() < MOST_NOTICES {
                all.push(request);
            }
        })?;
        let keys = KeyFiles::written()?;
        let pairs = mock_env::leading(Some(&keys.0), &ctx, &identity, &gateway.url, None)?;
        Ok(Self {
            program: None,
            values: given(&identity, &gateway.url, &receiver.url),
            variables: pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            ctx,
            gateway,
            host,
            journal,
            received,
            _receiver: receiver,
            _keys: keys,
            seed,
            is_frozen: outer.settings.nonce.is_some(),
        })
    }

    pub(super) fn fill(&self, text: &Text) -> Result<String, Error> {
        text.fill(&self.values).map_err(|why| no_value(&why))
    }

    pub(super) fn filled(&self, value: &Value) -> Result<Value, Error> {
        filled(value, &self.values).map_err(|why| no_value(&why))
    }

    /// Works until it is done, until time is over (none then), or until somebody asks
    /// to stop.
    pub(super) fn heeded<T>(
        &self,
        limit: Duration,
        work: impl Future<Output = T>,
    ) -> Result<Option<T>, Error> {
        let stop = self.ctx.stop.clone();
        self.ctx.wait(async move {
            net::select! {
                biased;
                done = work => Ok(Some(done)),
                () = stop.asked() => Err(error::of_call(CallError::Interrupted)),
                () = net::sleep(limit) => Ok(None),
            }
        })?
    }

    /// Starts the program and waits until it is ready; where it answers.
    pub(super) fn start(&mut self, program: &Program) -> Result<String, Error> {
        let free = self.ctx.wait(async { net::bind("127.0.0.1:0").await.map(|free| free.local_url()) })??;
        let port = free.rsplit(':').next().unwrap_or_default().to_owned();
        self.values.insert("port".to_owned(), port.clone());
        let url = program.url.as_ref().map_or(Ok(free), |url| self.fill(url))?;
        if net::reach(&url) != Some(Reach::Near) {
            let message = Word::new("[program] url 不在本机：{}", "[program] url is not on this machine: {}");
            return Err(Error::usage(message.with([error::typed(&url)])));
        }
        if self.answers(&url)?.is_some() {
            return Err(error::program_is_there(&url));
        }
        self.values.insert("program".to_owned(), url.clone());
        self.variables.push(("PORT".to_owned(), port));
        for (name, value) in &program.env {
            let value = self.fill(value)?;
            self.ctx.hide_secrets_of(&Fields::from_iter([(name.as_str(), value.as_str())]));
            self.variables.push((name.clone(), value));
        }
        self.program = Some(Running::start(&self.fill(&program.run)?, self.variables.clone())?);
        self.ready(&url, program)?;
        Ok(url)
    }

    fn ready(&self, url: &str, program: &Program) -> Result<(), Error> {
        let sign = program.ready.as_ref().map(|sign| self.fill(sign)).transpose()?;
        let patience = program.within.unwrap_or(STARTING);
        let started = Instant::now();
        loop {
            if let Some(code) = self.ended() {
                return Err(error::program_ended(code));
            }
            let is_ready = match &sign {
                None => self.answers(url)?.is_some(),
                Some(path) if path.starts_with('/') => {
                    let status = self.answers(&format!("{}{path}", url.trim_end_matches('/')))?;
                    status.is_some_and(|status| status < 400)
                }
                Some(words) => self.program.as_ref().is_some_and(|program| program.has_said(words)),
            };
            if is_ready {
                return Ok(());
            }
            if started.elapsed() > patience {
                return Err(error::program_not_ready(patience));
            }
            self.heeded(LOOKS, std::future::pending::<()>())?;
        }
    }

    /// The status with which somebody answers there, if anybody does.
    fn answers(&self, url: &str) -> Result<Option<u16>, Error> {
        let transport = self.ctx.watched_transport()?;
        let reply = self.heeded(GLANCE, transport.send(&Request::new("GET", url)))?;
        Ok(reply.and_then(Result::ok).map(|reply| reply.status))
    }

    /// Random strings of this step, the same in every run.
    pub(super) fn at_step(&mut self, number: usize) {
        // Two orders of the same second would have the same usual number.
        if !self.is_frozen {
            self.ctx.settings.nonce = Some(format!("{number:08}{:024}", self.seed));
        }
        self.journal.take();
    }

    /// The code with which the program ended, if it has.
    pub(super) fn ended(&self) -> Option<u8> {
        self.program.as_ref().and_then(Running::ended)
    }

    /// The last lines that the program said.
    pub(super) fn last_lines(&self) -> Vec<String> {
        self.program.as_ref().map(Running::last_lines).unwrap_or_default()
    }

    /// What the gateway refused in this step, with the reasons.
    pub(super) fn refusals(&self) -> Vec<Event> {
        let mut happened: Vec<Happened> = self.journal.take();
        if happened.iter().any(is_refusal) && self.ctx.wait(self.host.explained()).is_ok() {
            happened.extend(self.journal.take());
        }
        happened.iter().filter(|one| is_refusal(one)).map(|one| line(one, self.ctx.lang)).collect()
    }

    /// The notices that came to the receiver and were not looked at yet.
    pub(super) fn notices(&self) -> MutexGuard<'_, Vec<Request>> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn no_value(why: &NoValue) -> Error {
    Error::usage(match why {
        NoValue::Unknown(name) => {
            Word::new("没有保存过 {}", "nothing is kept as {}").with([error::typed(name)])
        }
        NoValue::TooLong => Word::new("填好之后超过 1 MB", "filled, it is longer than 1 MB").into(),
    })
}

/// The values that are there before any step.
fn given(identity: &Identity, gateway: &str, receiver: &str) -> Values {
    let keys = identity.default_keys();
    let app_id = keys.app_id.unwrap_or_default();
    let openid = identity.default_openid(&app_id);
    let pairs = [
        ("gateway", gateway.to_owned()),
        ("receiver", receiver.to_owned()),
        ("app_id", app_id),
        ("mch_id", keys.mch_id.unwrap_or_default()),
        ("openid", openid),
    ];
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The published keys of v3 in a directory of their own, gone when dropped.
struct KeyFiles(PathBuf);

impl KeyFiles {
    fn written() -> Result<Self, Error> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("wxkit-test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let keys = Self(std::env::temp_dir().join(name));
        files::make_directory(&keys.0)?;
        mock_keys::written(&keys.0, Existing::Kept)?;
        Ok(keys)
    }
}

impl Drop for KeyFiles {
    fn drop(&mut self) {
        // What cannot be removed holds nothing that is not published.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
