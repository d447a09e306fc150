//! The world, read once: environment, profile, keys, clock, language; and the
//! rooms wired together. Commands ask it for what they need; what is not needed
//! is not opened, so that `pay sign` reads no file and starts no runtime.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use wxkit::api::endpoint::{Endpoint, Host, Money};
use wxkit::api::{Keys, Lang, Stamp, V2, Word};
use wxkit::client::examine::{self, Exam, Graded};
use wxkit::client::hub::{self, Clients, Hub};
use wxkit::client::replay::{self, Plan, Tally};
use wxkit::client::{CallError, Called, Client, Clock, LeaseKind, Leased, Observer, Remote, Tokens, Want};
use wxkit::config::{self, Config, Found, Layer, Origin, SETTINGS, Secrecy, Settings, setting, source};
use wxkit::mock::{Identity as MockIdentity, Mock, Options as MockOptions};
use wxkit::net::{self, Address, Http, Identity, Options, SendError, Transport};
use wxkit::sign::{Canonical, Secret, SignType};
#[cfg(feature = "redis")]
use wxkit::store::RedisStore;
use wxkit::store::{FileStore, Forgotten, MemoryStore, Store, private};
use wxkit::wire::{Fields, Reply, Request};

use super::args::{Args, FROM, Flag};
use super::ask;
use super::error::{self, Error};
use super::explained;
use super::host::{self, Beside, Happened, Journal};
use super::inbox::{self, Arrived, Inbox};
use super::input;
use super::outcome::{Colour, Format, Look, Stage};
use super::place::Place;

/// Reads the few flags and variables that decide how to complain about the rest.
pub fn look(argv: &[OsString]) -> Look {
    let words: Vec<&str> = argv.iter().filter_map(|a| a.to_str()).collect();
    let named = |flag: &str, env: &str| {
        let flag_value = words.iter().enumerate().find_map(|(i, word)| {
            let rest = word.strip_prefix(flag)?;
            rest.strip_prefix('=').or_else(|| words.get(i + 1).copied().filter(|_| rest.is_empty()))
        });
        flag_value.map(str::to_owned).or_else(|| variable(env))
    };
    let is_on = |flags: &[&str], env: &str| {
        words.iter().any(|w| flags.contains(w))
            || variable(env).as_deref().and_then(config::switch) == Some(true)
    };
    Look {
        lang: language(named("--lang", "WXKIT_LANG").as_deref()),
        format: match () {
            () if is_on(&["--json"], "WXKIT_JSON") => Format::Json,
            () if is_on(&["--quiet", "-q"], "WXKIT_QUIET") => Format::Quiet,
            () => Format::Human,
        },
        colour: match named("--color", "WXKIT_COLOR").as_deref() {
            Some("always") => Colour::Always,
            Some("never") => Colour::Never,
            _ => Colour::Auto,
        },
        no_color: variable("NO_COLOR").is_some(),
    }
}

fn language(named: Option<&str>) -> Lang {
    let locale = || ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| variable(name));
    match named {
        Some("zh") => Lang::Zh,
        Some("en") => Lang::En,
        _ if locale().is_some_and(|l| l.starts_with("zh")) => Lang::Zh,
        _ => Lang::En,
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The world.
pub struct Context {
    /// The reader's language.
    pub lang: Lang,
    /// Where a running command speaks.
    pub stage: Rc<dyn Stage>,
    /// The whole command line, for those who describe it.
    pub grammar: fn(Lang) -> clap::Command,
    format: Format,
    /// Flags and environment: all that is known without opening a file.
    typed: Settings,
    settings: OnceCell<Settings>,
    secrets: RefCell<BTreeMap<&'static str, Option<Secret>>>,
    transport: OnceCell<Arc<dyn Transport>>,
    store: OnceCell<Arc<dyn Store>>,
    crossed: Crossed,
}

/// What crossed the wire and was not shown yet (`-v`).
type Crossed = Arc<Mutex<Vec<(Request, Result<Reply, SendError>)>>>;

impl Context {
    /// Reads flags and environment. A profile or a file that was named is read
    /// too, so that a wrong name is told at once.
    pub fn new(
        args: &Args,
        look: Look,
        stage: Rc<dyn Stage>,
        grammar: fn(Lang) -> clap::Command,
    ) -> Result<Self, Error> {
        let mut flags = Layer::default();
        for setting in SETTINGS {
            if let Some(value) = args.global(setting.flag) {
                flags.set(setting, value, Origin::Flag);
            }
        }
        let env = source::environment(&variable);
        let typed = config::resolve(flags, env, Layer::default(), Layer::default());
        typed.check()?;
        let ctx = Self::of(typed, look.lang, look.format, stage, grammar);
        if ctx.typed.text("profile").is_some() || ctx.typed.text("config").is_some() {
            ctx.settings()?;
        }
        Ok(ctx)
    }

    fn of(
        typed: Settings,
        lang: Lang,
        format: Format,
        stage: Rc<dyn Stage>,
        grammar: fn(Lang) -> clap::Command,
    ) -> Self {
        Self {
            grammar,
            lang,
            stage,
            format,
            typed,
            settings: OnceCell::new(),
            secrets: RefCell::default(),
            transport: OnceCell::new(),
            store: OnceCell::new(),
            crossed: Crossed::default(),
        }
    }

    /// Whether the outcome will be one JSON document.
    pub fn wants_json(&self) -> bool {
        self.format == Format::Json
    }

    /// A switch of this run.
    pub fn is_on(&self, name: &str) -> bool {
        self.typed.is_on(name)
    }

    /// Everything in force, the profile included.
    pub fn settings(&self) -> Result<&Settings, Error> {
        if let Some(settings) = self.settings.get() {
            return Ok(settings);
        }
        let profile = self.config()?.profile(self.typed.text("profile"))?;
        let settings = self.typed.over(profile);
        settings.check()?;
        Ok(self.settings.get_or_init(|| settings))
    }

    /// The user's file, empty if there is none.
    pub fn config(&self) -> Result<Config, Error> {
        Ok(config::load(&self.config_path()?)?)
    }

    /// Where the user's file is, or would be.
    pub fn config_path(&self) -> Result<PathBuf, Error> {
        if let Some(path) = self.typed.text("config") {
            return Ok(PathBuf::from(path));
        }
        Ok(home("XDG_CONFIG_HOME", ".config")?.join("wxkit").join("config.toml"))
    }

    /// The names of the profiles there are.
    pub fn config_names(&self) -> Result<Vec<String>, Error> {
        Ok(self.config()?.names().map(str::to_owned).collect())
    }

    /// Writes one profile and leaves the others alone.
    pub fn write_profile(&self, name: &str, values: &[(&str, String)]) -> Result<(), Error> {
        Ok(config::write_profile(&self.config_path()?, name, values)?)
    }

    /// Whether a person can be asked.
    pub fn has_terminal(&self) -> bool {
        !input::is_piped()
    }

    /// Everything in force as it may be shown.
    pub fn in_force(&self) -> Result<Vec<InForce>, Error> {
        let shown = |setting: &config::Setting, value: &config::Value| {
            let open = setting.secrecy == Secrecy::Open || self.is_on("reveal") || is_reference(value.text());
            InForce {
                name: setting.name,
                value: if open { without_password(value.text()) } else { Secret::MASK.to_owned() },
                origin: match &value.origin {
                    Origin::Flag => format!("--{}", setting.flag),
                    Origin::Env(name) => name.clone(),
                    Origin::Profile(name) => format!("profile {name}"),
                    Origin::Default => "default".to_owned(),
                },
            }
        };
        Ok(self.settings()?.iter().map(|(setting, value)| shown(setting, value)).collect())
    }

    /// The name of the profile in force, for a person.
    pub fn profile_name(&self) -> Option<&str> {
        self.typed.text("profile")
    }

    /// A setting: what was typed, else what the profile says.
    pub fn text(&self, name: &str) -> Result<Option<String>, Error> {
        let typed = self.typed.text(name);
        let text = if typed.is_some() { typed } else { self.settings()?.text(name) };
        Ok(text.map(str::to_owned))
    }

    /// A setting that was typed or stands in the environment.
    pub fn typed_text(&self, name: &str) -> Option<String> {
        self.typed.text(name).map(str::to_owned)
    }

    /// A secret that was typed or stands in the environment.
    pub fn typed_secret(&self, name: &'static str) -> Result<Option<Secret>, Error> {
        if self.typed.get(name).is_some() { self.secret(name) } else { Ok(None) }
    }

    /// A secret setting, found where its reference points.
    pub fn secret(&self, name: &'static str) -> Result<Option<Secret>, Error> {
        if let Some(known) = self.secrets.borrow().get(name) {
            return Ok(known.clone());
        }
        let secret = self.find_secret(name)?;
        self.secrets.borrow_mut().insert(name, secret.clone());
        Ok(secret)
    }

    fn find_secret(&self, name: &'static str) -> Result<Option<Secret>, Error> {
        let value =
            if let Some(value) = self.typed.get(name) { Some(value) } else { self.settings()?.get(name) };
        let Some(value) = value else { return Ok(None) };
        let flag = setting(name).map_or(name, |s| s.flag);
        let on_argv = value.origin == Origin::Flag;
        self.follow(flag, value.text(), on_argv).map(Some)
    }

    /// Follows a reference to a secret; hides what is found from all output.
    fn follow(&self, flag: &str, reference: &str, on_argv: bool) -> Result<Secret, Error> {
        let found = source::find(reference, &variable, &mut std::io::stdin().lock());
        let secret = match found.map_err(|e| error::of_source(flag, &e))? {
            Found::Secret(secret) => secret,
            Found::Prompt if self.is_on("no_input") => return Err(error::no_input(flag)),
            Found::Prompt => ask::secret(flag, self.lang)?,
            Found::Literal(secret) => {
                if on_argv {
                    self.stage.note(&LITERAL.with([flag, flag]));
                }
                secret
            }
        };
        if !self.is_on("reveal") {
            self.stage.hide(&secret);
        }
        Ok(secret)
    }

    /// A secret that a flag of one command holds.
    pub fn secret_of(&self, flag: &Flag, args: &Args) -> Result<Secret, Error> {
        self.follow(flag.name, args.needed(flag)?, true)
    }

    /// A further candidate for a search; a key or ticket may be a reference.
    pub fn candidate(&self, label: &str, value: &str) -> Result<Secret, Error> {
        let is_reference = value.starts_with("env:") || value.starts_with("file:");
        if is_reference { self.follow(label, value, false) } else { Ok(Secret::new(value)) }
    }

    /// AppID, where one is known.
    pub fn app_id_if_known(&self) -> Result<Option<String>, Error> {
        self.text("app_id")
    }

    /// The app id.
    pub fn app_id(&self) -> Result<String, Error> {
        self.text("app_id")?.ok_or_else(|| error::missing("app_id"))
    }

    /// The merchant id.
    pub fn mch_id(&self) -> Result<String, Error> {
        self.text("mch_id")?.ok_or_else(|| error::missing("mch_id"))
    }

    /// The pay key.
    pub fn pay_key(&self) -> Result<Secret, Error> {
        self.secret("pay_key")?.ok_or_else(|| error::missing("pay_key"))
    }

    /// The configured ticket, or the shared one.
    pub fn jsapi_ticket(&self) -> Result<Secret, Error> {
        if let Some(ticket) = self.secret("jsapi_ticket")? {
            return Ok(ticket);
        }
        if self.text("app_id")?.is_none() {
            return Err(error::missing("jsapi_ticket"));
        }
        let kind = LeaseKind::Ticket(wxkit::client::TicketType::Jsapi);
        let ticket = self.lease(kind, false)?.lease.value;
        if !self.is_on("reveal") {
            self.stage.hide(&ticket);
        }
        Ok(ticket)
    }

    /// The digest that was typed or configured; the profile is asked only if it
    /// is open already.
    pub fn sign_type(&self) -> Option<SignType> {
        let typed = self.typed.text("sign_type");
        typed.or_else(|| self.settings.get()?.text("sign_type")).and_then(SignType::named)
    }

    /// Time and dice.
    pub fn clock(&self) -> Clock {
        Clock { at: self.typed.number("at"), nonce: self.typed.text("nonce").map(str::to_owned) }
    }

    /// This second and a random string.
    pub fn stamp(&self) -> Stamp {
        self.clock().stamp()
    }

    /// A string to sign as it may be shown.
    pub fn shown(&self, canonical: &Canonical) -> String {
        if self.is_on("reveal") { canonical.expose().to_owned() } else { canonical.masked() }
    }

    /// The fields that were handed in: `--from`, then the row's flags, then words.
    pub fn fields(&self, args: &Args) -> Result<Fields, Error> {
        let words: Vec<&str> = args.words().filter(|word| *word != "-").collect();
        let row_flags: Vec<_> = args.row_flags().collect();
        let dash = args.words().any(|word| word == "-").then_some("-");
        let silent = words.is_empty() && row_flags.is_empty() && input::is_piped();
        let source = args.text(&FROM).or(dash).or_else(|| silent.then_some("-"));
        let mut fields = match source {
            Some(source) => input::read(&input::bytes_of(source)?)?,
            None => Fields::new(),
        };
        fields.extend(row_flags);
        input::add_words(&mut fields, words.into_iter())?;
        Ok(fields)
    }

    /// The payloads that were handed in, one after the other.
    pub fn payloads(&self, args: &Args) -> Result<input::Payloads, Error> {
        input::payloads(args.text(&FROM).or_else(|| args.words().next()).unwrap_or("-"))
    }

    /// All that a call may need of who we are, as far as it is known.
    pub fn keys(&self) -> Result<Keys, Error> {
        let sign_type = self.sign_type().unwrap_or(SignType::Md5);
        let v2 = self.secret("pay_key")?.map(|key| V2 { key, sign_type });
        Ok(Keys {
            app_id: self.text("app_id")?,
            app_secret: self.secret("app_secret")?,
            mch_id: self.text("mch_id")?,
            v2,
            access_token: None,
            notify_url: self.text("notify_url")?,
        })
    }

    /// The origin that calls to this host go to.
    pub fn origin(&self, host: Host) -> Result<String, Error> {
        let base = self.text("base")?;
        let base = base.as_deref().or(host.origin()).unwrap_or_default();
        Ok(base.trim_end_matches('/').to_owned())
    }

    /// Calls one row; a refused signature comes with its explanation.
    pub fn call(&self, row: &'static Endpoint, fields: &Fields) -> Result<Called, Error> {
        self.allow(row)?;
        self.warn_unknown(row, fields);
        let client = self.client()?;
        self.wait(client.call(row, fields))?.map_err(|error| self.failed(error))
    }

    /// Calls any pay v2 path.
    pub fn call_path(&self, path: &str, fields: &Fields) -> Result<Called, Error> {
        let known = wxkit::api::find(wxkit::api::endpoint::Method::Post, path);
        match known {
            Some(row) => self.allow(row)?,
            // Nobody knows what an unknown path does: it is treated as the worst.
            None => self.allow_money()?,
        }
        let client = self.client()?;
        self.wait(client.call_path(path, fields))?.map_err(|error| self.failed(error))
    }

    /// A call that failed; a refused signature comes with its explanation.
    fn failed(&self, error: CallError) -> Error {
        let refused = error.refused_signature().cloned();
        let error = error::of_call(error);
        match (refused, self.secret("pay_key")) {
            (Some(fields), Ok(Some(key))) => explained::with_report(error, fields, key, self.lang),
            _ => error,
        }
    }

    fn allow(&self, row: &Endpoint) -> Result<(), Error> {
        if row.money == Money::Moves { self.allow_money() } else { Ok(()) }
    }

    /// Live hosts want a `--yes` before money moves.
    fn allow_money(&self) -> Result<(), Error> {
        if self.text("base")?.is_some() || self.is_on("yes") {
            return Ok(());
        }
        Err(error::money())
    }

    fn warn_unknown(&self, row: &Endpoint, fields: &Fields) {
        for (name, near) in wxkit::api::check::unknown(row.fields, fields) {
            self.stage.note(&match near {
                Some(near) => UNKNOWN_NEAR.with([name, near]),
                None => UNKNOWN.with([name]),
            });
        }
    }

    /// A token or ticket.
    pub fn lease(&self, kind: LeaseKind, force: bool) -> Result<Leased, Error> {
        let client = self.client()?;
        let want = if force { Want::Renewed } else { Want::Fresh };
        let leased = self.wait(client.lease(kind, want))?.map_err(|error| self.failed(error))?;
        if let Some(error) = &leased.unsaved {
            self.stage.note(&UNSAVED.with([Error::from(error.clone()).message]));
        }
        Ok(leased)
    }

    /// Posts or gets something as it is.
    pub fn deliver(&self, request: &Request) -> Result<Reply, Error> {
        let transport = self.transport()?;
        self.wait(transport.send(request))?.map_err(|e| error::of_send(&e))
    }

    /// Posts many notices.
    pub fn replay(&self, bodies: &[Vec<u8>], plan: &Plan) -> Result<Tally, Error> {
        let transport = self.transport()?;
        let progress = |done, total| self.stage.progress(done, total);
        self.wait(replay::replay(transport, bodies, plan, progress))
    }

    /// Examines a receiver of notices.
    pub fn examine(&self, exam: &Exam) -> Result<Vec<Graded>, Error> {
        let transport = self.transport()?;
        let progress = |done, total| self.stage.progress(done, total);
        Ok(self.wait(examine::examine(transport, exam, progress))??)
    }

    /// Receives notices until it is interrupted, or told that it was enough.
    /// Returns the address.
    pub fn receive(
        &self,
        listen: &Address,
        plan: inbox::Plan,
        ready: impl FnOnce(&Place) -> Result<(), Error>,
        mut tell: impl FnMut(Arrived) -> ControlFlow<()>,
    ) -> Result<String, Error> {
        let (sender, mut happened) = net::mpsc::unbounded_channel();
        let log: inbox::Log = Arc::new(move |event| drop(sender.send(event)));
        let inbox = Inbox::new(plan, self.keys()?, self.clock(), self.transport()?, log);
        self.wait(async {
            let interrupted = net::interrupted();
            let listener = net::bind_to(listen).await?;
            let place = Place::of(&listener);
            ready(&place)?;
            let (enough, stop) = net::oneshot::channel::<()>();
            let mut enough = Some(enough);
            let stop = async {
                // Nobody has had enough when the other side is gone.
                let _ = stop.await;
            };
            let stop = async {
                net::select! { () = stop => {}, () = interrupted => {} }
            };
            let mut serving = std::pin::pin!(inbox.serve(listener, stop));
            loop {
                net::select! {
                    () = &mut serving => return Ok(place.url),
                    Some(event) = happened.recv() => {
                        if tell(event).is_break() {
                            drop(enough.take());
                        }
                    }
                }
            }
        })?
    }

    /// Runs a future; the runtime lives only that long.
    pub fn wait<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        let output = net::block_on(future).map_err(|e| Error::io("runtime", &e));
        self.show_crossed();
        output
    }

    fn show_crossed(&self) {
        let crossed = std::mem::take(&mut *self.crossed.lock().unwrap_or_else(PoisonError::into_inner));
        for (request, reply) in &crossed {
            let reply = reply.as_ref().map_err(|e| error::of_send(e).message);
            self.stage.wire(request, reply.as_ref().copied());
        }
    }

    /// Remembers what crosses the wire, if it is to be shown.
    fn observer(&self) -> Option<Observer> {
        let crossed = Arc::clone(&self.crossed);
        self.is_on("verbose").then(|| -> Observer {
            Arc::new(move |request, reply| {
                let pair = (request.clone(), reply.cloned().map_err(Clone::clone));
                crossed.lock().unwrap_or_else(PoisonError::into_inner).push(pair);
            })
        })
    }

    /// The client, wired.
    pub fn client(&self) -> Result<Client, Error> {
        Ok(Client {
            transport: self.transport()?,
            clock: self.clock(),
            keys: self.keys()?,
            base: self.text("base")?,
            tokens: Tokens { hub: self.hub()?, ..Tokens::new(self.store()?) },
            observer: self.observer(),
        })
    }

    /// The token central server, if one is named.
    fn hub(&self) -> Result<Option<Remote>, Error> {
        let Some(url) = self.text("hub")? else { return Ok(None) };
        let socket = url.strip_prefix("unix:").map(PathBuf::from);
        let url = if socket.is_some() { "http://localhost".to_owned() } else { url };
        let ca_file = self.text("ca_file")?.map(|path| file(&path)).transpose()?;
        let timeout = self.timeout()?;
        // Not through the proxy that leads to WeChat.
        let transport = Arc::new(Http::new(Options { socket, ca_file, timeout, ..Options::default() })?);
        Ok(Some(Remote { transport, url, token: self.secret("hub_token")? }))
    }

    /// The network, set up as the settings say.
    pub fn transport(&self) -> Result<Arc<dyn Transport>, Error> {
        if let Some(transport) = self.transport.get() {
            return Ok(Arc::clone(transport));
        }
        let http: Arc<dyn Transport> = Arc::new(Http::new(self.net_options()?)?);
        Ok(Arc::clone(self.transport.get_or_init(|| http)))
    }

    fn net_options(&self) -> Result<Options, Error> {
        let (usual, timeout) = (Options::default(), self.timeout()?);
        Ok(Options {
            timeout,
            connect_timeout: timeout.min(usual.connect_timeout),
            socket: None,
            proxy: self.text("proxy")?,
            https_proxy: variable("HTTPS_PROXY").or_else(|| variable("https_proxy")),
            no_proxy: variable("NO_PROXY").or_else(|| variable("no_proxy")),
            ca_file: self.text("ca_file")?.map(|path| file(&path)).transpose()?,
            identity: self.identity()?,
        })
    }

    fn timeout(&self) -> Result<Duration, Error> {
        let seconds = self.text("timeout")?.and_then(|text| text.parse().ok()).map(Duration::from_secs);
        Ok(seconds.unwrap_or(Options::default().timeout))
    }

    /// The client certificate; its password is the merchant id unless said otherwise.
    fn identity(&self) -> Result<Option<Identity>, Error> {
        let Some(path) = self.text("cert")? else { return Ok(None) };
        let cert = file(&path)?;
        let key = self.text("cert_key")?.map(|path| file(&path)).transpose()?;
        let password = match self.secret("cert_password")? {
            Some(password) => password,
            None => Secret::new(self.text("mch_id")?.unwrap_or_default()),
        };
        let identity = Identity::from_bytes(&cert, key.as_deref(), &password);
        identity.map(Some).map_err(|e| error::of_identity(&path, &e))
    }

    /// The shared store of tokens and tickets.
    pub fn store(&self) -> Result<Arc<dyn Store>, Error> {
        if let Some(store) = self.store.get() {
            return Ok(Arc::clone(store));
        }
        let store: Arc<dyn Store> = match self.text("store")?.as_deref() {
            None | Some("file") => Arc::new(FileStore::new(self.store_dir()?)),
            Some("memory") => Arc::new(MemoryStore::default()),
            #[cfg(feature = "redis")]
            Some(url) if url.starts_with("redis") => Arc::new(RedisStore::new(url)?),
            Some(other) => return Err(error::no_such_store(other)),
        };
        Ok(Arc::clone(self.store.get_or_init(|| store)))
    }

    fn store_dir(&self) -> Result<PathBuf, Error> {
        match self.text("store_dir")? {
            Some(dir) => Ok(PathBuf::from(dir)),
            None => Ok(home("XDG_STATE_HOME", ".local/state")?.join("wxkit").join("leases")),
        }
    }

    /// Drops what is stored for this app; tells how much it was.
    pub fn forget_leases(&self) -> Result<usize, Error> {
        let (client, store) = (self.client()?, self.store()?);
        let mut dropped = 0;
        for kind in LeaseKind::ALL {
            let key = Tokens::key(&client, kind).map_err(error::of_call)?;
            dropped += usize::from(store.forget(&key)? == Forgotten::Dropped);
        }
        Ok(dropped)
    }

    /// Writes a file that only its owner can read, whole or not at all.
    pub fn write_file(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        Ok(private::replace(Path::new(path), bytes)?)
    }

    /// Writes a file that others may read too: a report without secrets.
    pub fn write_report(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        std::fs::write(path, bytes).map_err(|e| Error::io(path, &e))
    }

    /// Makes a directory that only its owner can use.
    pub fn make_directory(&self, path: &Path) -> Result<(), Error> {
        Ok(private::directory(path)?)
    }

    /// This world, but with the mock's identity, its address and a store of its own.
    pub fn against_mock(&self, url: &str) -> Self {
        let mock = MockIdentity::default();
        let keys = mock.default_keys();
        let secret = |secret: Option<Secret>| secret.map(|s| s.expose().to_owned()).unwrap_or_default();
        let pairs = [
            ("app_id", keys.app_id.unwrap_or_default()),
            ("app_secret", secret(keys.app_secret)),
            ("mch_id", keys.mch_id.unwrap_or_default()),
            ("pay_key", secret(keys.v2.map(|v2| v2.key))),
            ("base", url.to_owned()),
        ];
        // A frozen world stays frozen.
        let frozen = ["at", "nonce"].map(|name| (name, self.typed.text(name).map(str::to_owned)));
        let frozen = frozen.into_iter().filter_map(|(name, text)| Some((name, text?)));
        let layer = Layer::of(&Origin::Default, pairs.into_iter().chain(frozen));
        let typed = config::resolve(layer, Layer::default(), Layer::default(), Layer::default());
        let ctx = Self::of(typed.clone(), self.lang, self.format, Rc::clone(&self.stage), self.grammar);
        let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
        // All three are new cells: nothing is in them yet.
        let _ = (ctx.settings.set(typed), ctx.store.set(store));
        ctx
    }

    /// A file of faults.
    pub fn scenario(&self, path: &str) -> Result<config::Scenario, Error> {
        Ok(config::scenario(Path::new(path))?)
    }

    /// A gateway that nobody watches.
    pub fn quiet_host(&self) -> Result<host::Host, Error> {
        self.host(Mock::new(MockIdentity::default(), MockOptions::default()), Arc::new(|_| ()))
    }

    /// Serves a gateway until it is interrupted; tells where it listens, and then
    /// everything that happens. Returns its address.
    pub fn serve(
        &self,
        mock: Mock,
        beside: Beside,
        state: Option<&Path>,
        listen: &Address,
        ready: impl FnOnce(&Place) -> Result<(), Error>,
        tell: impl Fn(Happened),
    ) -> Result<String, Error> {
        let journal = Journal::default();
        let host = self.host(mock, self.watcher(&journal))?;
        let host = if let Some(path) = state { host.kept_in(path)? } else { host };
        self.wait(async {
            let interrupted = net::interrupted();
            let listener = net::bind_to(listen).await?;
            let place = Place::of(&listener);
            let host = if beside == Beside::Shop { host.with_shop(&place.url) } else { host };
            ready(&place)?;
            let mut serving = std::pin::pin!(host.serve(listener, interrupted));
            let mut looks = net::interval(Journal::LOOKS);
            loop {
                let ended = net::select! {
                    () = &mut serving => true,
                    _ = looks.tick() => false,
                };
                journal.take().into_iter().for_each(&tell);
                if ended {
                    return Ok(place.url);
                }
            }
        })?
    }

    /// The world of one profile of the user's file; what was typed goes first.
    pub fn of_profile(&self, name: &str) -> Result<Self, Error> {
        let settings = self.typed.over(self.config()?.profile(Some(name))?);
        settings.check()?;
        let ctx = Self::of(self.typed.clone(), self.lang, self.format, Rc::clone(&self.stage), self.grammar);
        // New cells: nothing is in them yet.
        let _ = (ctx.settings.set(settings), ctx.store.set(self.store()?));
        Ok(ctx)
    }

    /// A secret file that only its owner can read.
    pub fn private_file(&self, path: &str) -> Result<String, Error> {
        let bytes = private::read(Path::new(path))?;
        let bytes = bytes.ok_or_else(|| Error::io(path, &std::io::ErrorKind::NotFound.into()))?;
        String::from_utf8(bytes).map_err(|_| Error::io(path, &std::io::ErrorKind::InvalidData.into()))
    }

    /// Serves tokens until it is interrupted; tells where it listens, and then
    /// everything that happens. Returns its address.
    pub fn serve_tokens(
        &self,
        plan: HubPlan,
        ready: impl FnOnce(&str) -> Result<(), Error>,
        tell: impl Fn(hub::Event),
    ) -> Result<String, Error> {
        let (sender, mut happened) = net::mpsc::unbounded_channel();
        let has_clients = plan.clients.is_some();
        let hub = Hub::new(&plan.apps, plan.clients, Arc::new(move |event| drop(sender.send(event))));
        let serving = async {
            let interrupted = net::interrupted();
            let listener = net::bind_to(&plan.listen).await?;
            if !listener.is_local() && !has_clients {
                return Err(error::public_hub(&listener.local_url()));
            }
            let url = listener.local_url();
            ready(&url)?;
            let mut serving = std::pin::pin!(hub.serve(listener, interrupted));
            loop {
                net::select! {
                    () = &mut serving => return Ok(url),
                    Some(event) = happened.recv() => {
                        self.show_crossed();
                        tell(event);
                    }
                }
            }
        };
        self.wait(serving)?
    }

    /// Who is told what happens; nobody, where nothing would be shown.
    fn watcher(&self, journal: &Journal) -> host::Log {
        let journal = journal.clone();
        match self.format {
            Format::Quiet => Arc::new(|_| ()),
            Format::Human | Format::Json => Arc::new(move |happened| journal.note(happened)),
        }
    }

    /// A gateway on this world's clock and network.
    fn host(&self, mock: Mock, log: host::Log) -> Result<host::Host, Error> {
        let patience = Options { timeout: examine::WECHAT_WAITS, ..Options::default() };
        let transport: Arc<dyn Transport> = Arc::new(Http::new(patience)?);
        Ok(host::Host::new(mock, self.clock(), transport, log, self.lang))
    }
}

/// What a token central server serves, where, and to whom.
pub struct HubPlan {
    /// A client for each app.
    pub apps: Vec<Client>,
    /// Who may ask; none: whoever can reach it.
    pub clients: Option<Clients>,
    /// The address.
    pub listen: Address,
}

/// One setting in force.
pub struct InForce {
    /// Its name.
    pub name: &'static str,
    /// Its value, masked if it is a secret.
    pub value: String,
    /// Where it comes from.
    pub origin: String,
}

/// An address without the `user:password@` that may be in it.
fn without_password(text: &str) -> String {
    match text.split_once("://").map(|(scheme, rest)| (scheme, rest.rsplit_once('@'))) {
        Some((scheme, Some((_, place)))) => format!("{scheme}://{}@{place}", Secret::MASK),
        _ => text.to_owned(),
    }
}

/// Where a secret is, and not the secret.
fn is_reference(text: &str) -> bool {
    text.starts_with("env:") || text.starts_with("file:") || text == "prompt" || text == "-"
}

const LITERAL: Word = Word::new(
    "提示：--{} 的值会出现在进程列表里；可写 --{} env:变量名、file:路径、- 或 prompt",
    "note: the value of --{} shows in the list of processes; write --{} env:NAME, file:PATH, - or prompt",
);
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

fn file(path: &str) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|e| Error::io(path, &e))
}

fn home(variable_name: &str, inside: &str) -> Result<PathBuf, Error> {
    if let Some(dir) = variable(variable_name) {
        return Ok(PathBuf::from(dir));
    }
    let home = variable("HOME").ok_or_else(error::no_home)?;
    Ok(Path::new(&home).join(inside))
}
