//! The rooms wired together as the settings say: keys, clock, network, store,
//! client. Settings are resolved once and before any command runs; only what
//! they name is opened when it is needed.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use wxkit::api::endpoint::Host;
use wxkit::api::{Keys, Lang, Stamp, V2, V3, Word};
use wxkit::client::notices::examine::WECHAT_WAITS;
use wxkit::client::{Caller, Client, Clock, Observed, Observer, Remote, Tokens};
use wxkit::config::{
    self, Config, Layer, LoadError, Origin, Places, Reference, SETTINGS, Secrecy, Settings, StorePlace,
};
use wxkit::net::{self, Http, Identity, Options, SendError, Stop, Transport};
use wxkit::sign::{Canonical, Secret};
#[cfg(feature = "redis")]
use wxkit::store::RedisStore;
use wxkit::store::{FileStore, MemoryStore, Store};
use wxkit::wire::{Reply, Request};

use super::args::Args;
use super::candidate::Wanted;
use super::confidential::of_value;
use super::error::{self, Error};
use super::files;
use super::outcome::{Format, Look, Outcome, Stage};
use super::world::World;

pub use wxkit::config::{Draft, Existing, Located, Name};

/// What a command stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Flags and environment: it needs no profile, or it is there to mend one.
    Bare,
    /// A profile too.
    Profile,
}

/// All that a command has at hand.
pub struct Context {
    /// Everything in force.
    pub settings: Settings,
    /// The reader's language.
    pub lang: Lang,
    /// Where a running command speaks.
    pub stage: Rc<dyn Stage>,
    /// The whole command line, for those who describe it.
    pub grammar: Grammar,
    /// How the outcome is shown.
    pub format: Format,
    /// The profile in force, if there is one.
    pub chosen: Option<String>,
    pub(super) world: World,
    pub(super) secrets: RefCell<BTreeMap<&'static str, Secret>>,
    /// Keys of v3 that stand in no file: of somebody who is played.
    pub(super) played_v3: Option<V3>,
    transport: OnceCell<Arc<dyn Transport>>,
    store: OnceCell<Arc<dyn Store>>,
    crossed: Arc<Mutex<Crossed>>,
    /// Ends calls under way.
    pub(super) stop: Stop,
}

/// The names of the profiles there are, found only when asked for.
pub type Names<'a> = &'a dyn Fn() -> Vec<String>;

/// The whole command line, handed down to the commands that describe it.
#[derive(Clone, Copy)]
pub struct Grammar {
    /// Its parser, which knows every help text.
    pub whole: fn(Lang) -> clap::Command,
    /// What may follow some words, with the profiles there are.
    pub wanted: fn(Lang, Names<'_>, &[&str]) -> Wanted,
    /// The command that these words are, typed behind `wxkit`.
    pub command: fn(Lang, &[String]) -> Result<Command, Error>,
}

/// A command that was found by its words, for those who run others.
pub struct Command {
    /// Its first word, of two.
    pub noun: &'static str,
    /// Its last word.
    pub name: &'static str,
    /// What was typed behind it.
    pub args: Args,
    /// Whether fields may be handed to it.
    pub takes_fields: bool,
    /// What it does.
    pub run: fn(&Args, &Context) -> Result<Outcome, Error>,
}

/// What crossed the wire and was not shown yet (`-v`).
#[derive(Default)]
struct Crossed {
    seen: Vec<(Request, Result<Reply, SendError>)>,
    /// How much more there was.
    unseen: u64,
}

/// Most that waits to be shown: a replay sends faster than a terminal scrolls.
const MOST_CROSSED: usize = 1000;

impl Context {
    /// Resolves every setting: flags, environment, and the profile where the
    /// command stands on one.
    pub fn new(
        args: &Args,
        ground: Ground,
        world: World,
        look: Look,
        stage: Rc<dyn Stage>,
        grammar: Grammar,
    ) -> Result<Self, Error> {
        let mut flags = Layer::default();
        for setting in SETTINGS {
            if let Some(value) = args.global(setting.flag) {
                flags.set(setting, value, Origin::Flag);
            }
        }
        let settings = config::resolve(flags, world.asked(config::environment), Layer::default())?;
        let ctx = Self::of(settings, world, look, stage, grammar);
        let ctx = match ground {
            Ground::Bare => ctx,
            Ground::Profile => {
                ctx.note_unknown_variables();
                ctx.on_profile()?
            }
        };
        ctx.only_one_reads_stdin()?;
        Ok(ctx)
    }

    fn of(settings: Settings, world: World, look: Look, stage: Rc<dyn Stage>, grammar: Grammar) -> Self {
        Self {
            settings,
            lang: look.lang,
            stage,
            grammar,
            format: look.format,
            chosen: None,
            world,
            secrets: RefCell::default(),
            played_v3: None,
            transport: OnceCell::new(),
            store: OnceCell::new(),
            crossed: Arc::default(),
            stop: Stop::default(),
        }
    }

    fn on_profile(self) -> Result<Self, Error> {
        let named = self.settings.profile.as_deref();
        // Without a home there is no file, and nothing to miss unless a profile is named.
        let config = if named.is_some() { self.config()? } else { self.config_if_any()? };
        let profile = config.profile(named)?;
        let settings = self.settings.with_profile(profile)?;
        self.hide_all(&settings);
        let chosen = config.chosen(named).map(str::to_owned);
        Ok(Self { settings, chosen, ..self })
    }

    fn only_one_reads_stdin(&self) -> Result<(), Error> {
        let reads = |name: &&Name| {
            let is_secret = name.setting().secrecy == Secrecy::Secret;
            let value = self.settings.written(**name).filter(|_| is_secret);
            value.is_some_and(|value| matches!(Reference::of(value.text()), Reference::Stdin))
        };
        let mut readers = Name::ALL.iter().filter(reads).map(|name| format!("--{}", name.setting().flag));
        match (readers.next(), readers.next()) {
            (Some(first), Some(second)) => Err(error::stdin_twice(&first, &second)),
            _ => Ok(()),
        }
    }

    /// Nothing that a profile holds in clear is shown, whether it is used or not.
    fn hide_all(&self, settings: &Settings) {
        if settings.reveal {
            return;
        }
        for (name, value) in Name::ALL.iter().filter_map(|name| Some((name, settings.written(*name)?))) {
            let secrecy = name.setting().secrecy;
            let secrets = self.world.asked(|env| of_value(secrecy, value.text(), env));
            for secret in &secrets {
                self.stage.hide(secret);
            }
        }
    }

    fn note_unknown_variables(&self) {
        let vectors = self.world.variable(config::source::SIMD);
        if let Some(word) = vectors.filter(|word| !wxkit::sign::use_at_most(word)) {
            self.stage.note(&NO_VECTORS.with([word]));
        }
        for (name, near) in config::source::unknown(self.world.names(config::source::PREFIX)) {
            self.stage.note(&match near {
                Some(near) => UNKNOWN_NEAR.with([name, near]),
                None => UNKNOWN.with([name]),
            });
        }
    }

    /// This world with other settings; nothing of it is open yet.
    fn with(&self, settings: Settings) -> Self {
        Self {
            settings,
            chosen: None,
            lang: self.lang,
            stage: Rc::clone(&self.stage),
            grammar: self.grammar,
            format: self.format,
            world: self.world.clone(),
            secrets: RefCell::default(),
            played_v3: None,
            transport: OnceCell::new(),
            store: OnceCell::new(),
            crossed: Arc::clone(&self.crossed),
            stop: self.stop.clone(),
        }
    }

    /// This world with the user's file as it is now; what was typed goes first.
    pub fn anew(&self) -> Result<Self, Error> {
        let profile = self.config_if_any()?.profile(self.settings.profile.as_deref())?;
        Ok(self.with(self.settings.with_profile(profile)?))
    }

    /// The world of one profile of the user's file; what was typed goes first.
    pub fn of_profile(&self, name: &str) -> Result<Self, Error> {
        let settings = self.settings.with_profile(self.config()?.profile(Some(name))?)?;
        self.hide_all(&settings);
        Ok(self.with(settings))
    }

    /// The world of somebody else who calls this address, with a store that ends with it.
    pub fn of_somebody(&self, keys: Keys, base: &str) -> Result<Self, Error> {
        let text = |secret: Option<Secret>| secret.map(|secret| secret.expose().to_owned());
        let pairs = [
            (Name::AppId, keys.app_id),
            (Name::AppSecret, text(keys.app_secret)),
            (Name::MchId, keys.mch_id),
            (Name::PayKey, text(keys.v2.map(|v2| v2.key))),
            (Name::Base, Some(base.to_owned())),
            (Name::Store, Some("memory".to_owned())),
        ];
        let mut layer = Layer::default();
        for (name, text) in pairs {
            if let Some(text) = text {
                layer.set(name.setting(), text, Origin::Default);
            }
        }
        for name in STAYS {
            if let Some(value) = self.settings.written(name) {
                layer.set(name.setting(), value.text(), value.origin.clone());
            }
        }
        let settings = config::resolve(layer, Layer::default(), Layer::default())?;
        Ok(Self { played_v3: keys.v3, ..self.with(settings) })
    }

    /// What was given for this run, as a profile would hold it: a secret of the
    /// environment is not copied out of it.
    pub fn given(&self, name: Name) -> Option<String> {
        let value = self.settings.written(name).filter(|value| value.origin.is_this_run())?;
        let is_literal = !Reference::of(value.text()).is_elsewhere();
        Some(match &value.origin {
            Origin::Env(variable) if is_literal && name.setting().secrecy == Secrecy::Secret => {
                format!("env:{variable}")
            }
            _ => value.text().to_owned(),
        })
    }

    /// Whether a setting can have this value.
    pub fn fits(&self, name: Name, text: &str) -> Result<(), Error> {
        Ok(name.setting().takes(text, Origin::Default)?)
    }

    /// Whether this was named for this run, or stands in a profile that was.
    pub fn is_named(&self, name: Name) -> bool {
        let origin = self.settings.written(name).map(|value| &value.origin);
        origin.is_some_and(|origin| origin.is_this_run() || self.settings.profile.is_some())
    }

    /// Whether this is a flag of the line itself.
    pub fn is_typed(&self, name: Name) -> bool {
        self.settings.written(name).is_some_and(|value| value.origin == Origin::Flag)
    }

    /// Whether the outcome will be one JSON document.
    pub fn wants_json(&self) -> bool {
        self.format == Format::Json
    }

    /// The user's file, empty if there is none.
    pub fn config(&self) -> Result<Config, Error> {
        Ok(config::load(&self.config_path()?)?)
    }

    fn config_if_any(&self) -> Result<Config, Error> {
        let place = self.settings.config.clone().or_else(|| self.world.asked(Places::of).config);
        Ok(place.map(|path| config::load(&path)).transpose()?.unwrap_or_default())
    }

    /// Where the user's file is, or would be.
    pub fn config_path(&self) -> Result<PathBuf, Error> {
        let usual = || self.world.asked(Places::of).config;
        self.settings.config.clone().or_else(usual).ok_or_else(error::no_home)
    }

    /// Changes the user's file, alone and as a whole.
    pub fn edit<T>(&self, change: impl FnOnce(&mut Draft) -> Result<T, LoadError>) -> Result<T, Error> {
        Ok(config::edit(&self.config_path()?, change)?)
    }

    /// The program that this person edits files with.
    pub fn editor(&self) -> String {
        let usual = if cfg!(windows) { "notepad" } else { "vi" };
        self.world.first(&["VISUAL", "EDITOR"]).map_or_else(|| usual.to_owned(), |(_, editor)| editor)
    }

    /// How long an answer may take: as somebody has said, else as is usual there.
    pub fn patience(&self, usual: Duration) -> Duration {
        let said = self.settings.written(Name::Timeout).filter(|value| value.origin != Origin::Default);
        said.map_or(usual, |_| self.settings.timeout)
    }

    /// Time and dice.
    pub fn clock(&self) -> Clock {
        Clock { at: self.settings.at, nonce: self.settings.nonce.clone() }
    }

    /// This second and a random string.
    pub fn stamp(&self) -> Stamp {
        self.clock().stamp()
    }

    /// A string to sign as it may be shown.
    pub fn shown(&self, canonical: &Canonical) -> String {
        if self.settings.reveal { canonical.expose().to_owned() } else { canonical.masked() }
    }

    /// The origin that calls to this host go to.
    pub fn origin(&self, host: Host) -> String {
        let base = self.settings.base.as_deref().or(host.origin()).unwrap_or_default();
        base.trim_end_matches('/').to_owned()
    }

    /// All that a call may need of who we are, as far as it can be read: a reference
    /// that leads nowhere is told to whoever needs it.
    pub fn keys(&self) -> Keys {
        let sign_type = self.settings.sign_type;
        let readable = |located| self.secret(located).unwrap_or_default();
        Keys {
            app_id: self.settings.app_id.clone(),
            app_secret: readable(self.settings.app_secret.as_ref()),
            mch_id: self.settings.mch_id.clone(),
            access_token: None,
            notify_url: self.settings.notify_url.clone(),
            v2: readable(self.settings.pay_key.as_ref()).map(|key| V2 { key, sign_type }),
            v3: None,
        }
    }

    /// The same for notices, all of which need the pay key if it was named.
    pub fn keys_of_notices(&self) -> Result<Keys, Error> {
        self.secret(self.settings.pay_key.as_ref())?;
        Ok(self.keys())
    }

    /// The client, wired. With a token central server the store is not even opened.
    pub fn client(&self) -> Result<Client, Error> {
        let tokens = match self.hub()? {
            Some(hub) => Tokens::lent_by(hub),
            None => Tokens::new(self.store()?),
        };
        Ok(Client { caller: self.caller()?, tokens })
    }

    /// The client of calls that take no token: neither store nor server is opened.
    pub fn tokenless_client(&self) -> Result<Client, Error> {
        Ok(Client { caller: self.caller()?, tokens: Tokens::new(Arc::new(MemoryStore::default())) })
    }

    /// The client of who is the one place itself: it keeps its own store, whatever
    /// server others are told to ask.
    pub fn keeping_client(&self) -> Result<Client, Error> {
        Ok(Client { caller: self.caller()?, tokens: Tokens::new(self.store()?) })
    }

    fn caller(&self) -> Result<Caller, Error> {
        Ok(Caller {
            transport: self.transport()?,
            clock: self.clock(),
            keys: self.keys(),
            base: self.settings.base.clone(),
            observer: self.observer(),
            stop: self.stop.clone(),
        })
    }

    /// The token central server, if one is named.
    fn hub(&self) -> Result<Option<Remote>, Error> {
        let Some(url) = self.settings.hub.clone() else { return Ok(None) };
        let socket = url.strip_prefix("unix:").map(PathBuf::from);
        let url = if socket.is_some() { "http://localhost".to_owned() } else { url };
        let timeout = self.settings.timeout;
        let ca_file = self.ca_file().unwrap_or_else(|_| Some(Vec::new()));
        // Not through the proxy that leads to WeChat.
        let transport = Arc::new(Http::new(Options { socket, ca_file, timeout, ..Options::default() })?);
        Ok(Some(Remote { transport, url, token: self.secret(self.settings.hub_token.as_ref())? }))
    }

    /// The network, set up as the settings say.
    pub fn transport(&self) -> Result<Arc<dyn Transport>, Error> {
        if let Some(transport) = self.transport.get() {
            return Ok(Arc::clone(transport));
        }
        let http: Arc<dyn Transport> = Arc::new(Http::new(self.net_options())?);
        Ok(Arc::clone(self.transport.get_or_init(|| http)))
    }

    /// The same for those who make no calls of rows: what crosses it is shown too.
    pub fn watched_transport(&self) -> Result<Arc<dyn Transport>, Error> {
        Ok(self.watched(self.transport()?))
    }

    /// The network of who plays WeChat: it waits as long as WeChat does, whatever is said.
    pub fn notifying_transport(&self) -> Result<Arc<dyn Transport>, Error> {
        let (timeout, ca_file) = (WECHAT_WAITS, self.ca_file()?);
        let http = Http::new(Options { timeout, ca_file, ..Options::default() })?;
        Ok(self.watched(Arc::new(http)))
    }

    /// A transport of which is shown what crosses it, if anything is.
    pub fn watched(&self, transport: Arc<dyn Transport>) -> Arc<dyn Transport> {
        match self.observer() {
            Some(observer) => Arc::new(Observed { transport, observer }),
            None => transport,
        }
    }

    fn net_options(&self) -> Options {
        let timeout = self.settings.timeout;
        Options {
            timeout,
            connect_timeout: timeout.min(Options::default().connect_timeout),
            socket: None,
            proxy: self.settings.proxy.clone(),
            https_proxy: self.world.first(HTTPS_PROXY).map(|(_, proxy)| proxy),
            no_proxy: self.world.first(NO_PROXY).map(|(_, hosts)| hosts),
            // Whoever needs one of the two is told why there is none; an empty file of
            // certificates is no file for whoever does not.
            ca_file: self.ca_file().unwrap_or_else(|_| Some(Vec::new())),
            identity: self.identity().unwrap_or_default(),
        }
    }

    /// Certificates to trust besides those of the system.
    pub(super) fn ca_file(&self) -> Result<Option<Vec<u8>>, Error> {
        self.settings.ca_file.as_deref().map(files::bytes).transpose()
    }

    /// The client certificate; its password is the merchant id unless said otherwise.
    pub(super) fn identity(&self) -> Result<Option<Identity>, Error> {
        let Some(path) = &self.settings.cert else { return Ok(None) };
        let private = |path: &Path| files::key(path, &*self.stage);
        // Where the key has a file of its own, the certificate is no secret; nor is a
        // PEM of certificates alone, which calls of v3 are content with.
        let key = self.settings.cert_key.as_deref().map(private).transpose()?;
        let bytes = files::bytes(path)?;
        let is_open = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes);
            text.contains("-----BEGIN CERTIFICATE-----") && !text.contains("PRIVATE KEY-----")
        };
        let cert = if key.is_some() || is_open(&bytes) { bytes } else { private(path)? };
        let password = match self.secret(self.settings.cert_password.as_ref())? {
            Some(password) => password,
            None => Secret::new(self.settings.mch_id.clone().unwrap_or_default()),
        };
        let identity = Identity::from_bytes(&cert, key.as_deref(), &password);
        identity.map(Some).map_err(|e| error::of_identity(&path.display().to_string(), &e))
    }

    /// The shared store of tokens and tickets.
    pub fn store(&self) -> Result<Arc<dyn Store>, Error> {
        if let Some(store) = self.store.get() {
            return Ok(Arc::clone(store));
        }
        let store: Arc<dyn Store> = match &self.settings.store {
            StorePlace::Files => Arc::new(FileStore::new(self.store_dir()?)),
            StorePlace::Memory => Arc::new(MemoryStore::default()),
            #[cfg(feature = "redis")]
            StorePlace::Server(url) if url.starts_with("redis") => Arc::new(RedisStore::new(url)?),
            StorePlace::Server(other) => return Err(error::no_such_store(other)),
        };
        Ok(Arc::clone(self.store.get_or_init(|| store)))
    }

    /// The directory of the store of files.
    pub(super) fn store_dir(&self) -> Result<PathBuf, Error> {
        let usual = || self.world.asked(Places::of).leases;
        self.settings.store_dir.clone().or_else(usual).ok_or_else(error::no_state_home)
    }

    /// The directory of the gateway's CA, as far as the environment tells.
    pub fn ca_directory(&self) -> Option<PathBuf> {
        self.world.asked(Places::of).ca
    }

    /// A variable of this run, for those who hand the environment on.
    pub fn variable(&self, name: &str) -> Option<String> {
        self.world.variable(name)
    }

    /// Runs a future; the runtime lives only that long.
    pub fn wait<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        let output = net::block_on(future).map_err(|e| Error::io("runtime", &e));
        self.show_crossed();
        output
    }

    /// Shows what crossed the wire since the last time.
    pub fn show_crossed(&self) {
        let crossed = std::mem::take(&mut *self.crossed.lock().unwrap_or_else(PoisonError::into_inner));
        for (request, reply) in &crossed.seen {
            let reply = reply.as_ref().map_err(|e| error::of_send(e).message);
            self.stage.wire(request, reply.as_ref().copied());
        }
        if crossed.unseen > 0 {
            self.stage.note(&UNSEEN.with([crossed.unseen.to_string()]));
        }
    }

    /// Remembers what crosses the wire, if it is to be shown.
    fn observer(&self) -> Option<Observer> {
        let crossed = Arc::clone(&self.crossed);
        self.settings.verbose.then(|| -> Observer {
            Arc::new(move |request, reply| {
                let mut crossed = crossed.lock().unwrap_or_else(PoisonError::into_inner);
                if crossed.seen.len() < MOST_CROSSED {
                    crossed.seen.push((request.clone(), reply.cloned().map_err(Clone::clone)));
                } else {
                    crossed.unseen += 1;
                }
            })
        })
    }
}

/// What a person said of a whole run, whoever is played in it: a frozen world stays frozen.
const STAYS: [Name; 6] = [Name::At, Name::Nonce, Name::Timeout, Name::Verbose, Name::Reveal, Name::CaFile];

/// Where the proxy of the environment stands, in the order of curl.
pub(super) const HTTPS_PROXY: &[&str] = &["HTTPS_PROXY", "https_proxy"];
/// Where the hosts stand that it is not for.
pub(super) const NO_PROXY: &[&str] = &["NO_PROXY", "no_proxy"];

const UNSEEN: Word =
    Word::new("提示：还有 {} 次往来，快得来不及显示", "note: {} more crossed, too fast to be shown");
const UNKNOWN: Word = Word::new("提示：没有叫 {} 的设置", "note: no setting is called {}");
const NO_VECTORS: Word = Word::new(
    "提示：WXKIT_SIMD 可以是 avx512、avx2、sse2 或 none，不能是 {}",
    "note: WXKIT_SIMD can be avx512, avx2, sse2 or none, not {}",
);
const UNKNOWN_NEAR: Word =
    Word::new("提示：没有叫 {} 的设置，是不是 {}？", "note: no setting is called {}, did you mean {}?");
