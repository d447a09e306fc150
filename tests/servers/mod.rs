//! Real servers for tests: the gateway, the token server, Redis, each in a
//! process of its own that ends with its test.

#![allow(dead_code, reason = "every test uses a part of it")]
#![allow(clippy::print_stderr, reason = "a skipped test says so")]

use std::fs;
#[cfg(feature = "redis")]
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use wxkit::api::Keys;
use wxkit::client::{Caller, Client, Clock, Tokens};
use wxkit::net::{self, Http, Options, Transport};
use wxkit::sign::Secret;
use wxkit::store::Store;
use wxkit::wire::{Reply, Request};

pub const APP: &str = "wx00c0ffee00c0ffee";
pub const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// A directory that goes away with its test.
pub struct Place(PathBuf);

impl Place {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("wxkit-servers-{}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The program, with nothing of the world outside but PATH.
    pub fn wxkit(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wxkit"));
        command.args(args).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        for (name, dir) in [("HOME", "home"), ("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state")] {
            command.env(name, self.path(dir));
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// The program as the app of the gateway.
    pub fn as_app(&self, mock: &Mock, args: &[&str]) -> Command {
        let mut command = self.wxkit(args);
        command.env("WXKIT_BASE", &mock.url).env("WXKIT_APP_ID", APP).env("WXKIT_APP_SECRET", SECRET);
        command
    }

    /// A token central server of its own, from these words.
    pub fn serving(&self, args: &[&str]) -> HubProcess {
        let (process, url) = self.start(self.wxkit(args));
        HubProcess { url, process }
    }

    fn start(&self, mut command: Command) -> (Process, String) {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("server-{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let (ready, log) = (self.path(&name), self.path(&format!("{name}.log")));
        let out = fs::File::create(&log).unwrap();
        command.arg("--ready-file").arg(&ready).stdout(out.try_clone().unwrap()).stderr(out);
        let child = command.spawn().unwrap();
        let process = Process { child, log };
        let said = || fs::read_to_string(&ready).ok().filter(|url| !url.is_empty());
        let url =
            until(Duration::from_secs(20), said).unwrap_or_else(|| panic!("not ready: {}", process.log()));
        (process, url)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Looks again and again until there is something.
pub fn until<T>(patience: Duration, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let began = Instant::now();
    loop {
        match look() {
            None if began.elapsed() < patience => thread::sleep(Duration::from_millis(20)),
            found => return found,
        }
    }
}

/// A process that ends with its test, by SIGKILL.
pub struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Asks it to stop and waits for it.
    pub fn stop(&mut self) {
        Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The local WeChat.
pub struct Mock {
    pub url: String,
    /// None if it plays elsewhere.
    pub process: Option<Process>,
}

impl Mock {
    pub fn start(place: &Place, args: &[&str]) -> Self {
        let words: Vec<&str> = ["mock", "--listen", "127.0.0.1:0"].iter().chain(args).copied().collect();
        let (process, url) = place.start(place.wxkit(&words));
        Self { url, process: Some(process) }
    }

    /// How often this row was called.
    pub fn calls(&self, row: &str) -> usize {
        let (_, shown) = get(&format!("{}/_mock/requests", self.url));
        let list = shown["requests"].as_array().unwrap();
        list.iter().filter(|call| call["endpoint"] == row).count()
    }

    pub fn fetches(&self) -> usize {
        self.calls("token")
    }

    pub fn fault(&self, fault: &str) {
        let (status, shown) = post(&format!("{}/_mock/faults", self.url), fault);
        assert_eq!(status, 200, "{shown}");
    }

    pub fn heal(&self) {
        let request = Request::new("DELETE", format!("{}/_mock/faults", self.url));
        assert_eq!(send(&request).status, 200);
    }

    /// Forgets all tokens, as if somebody had reset the secret, and all calls.
    pub fn forget(&self) {
        assert_eq!(post(&format!("{}/_mock/reset", self.url), "{}").0, 200);
    }

    /// Whether WeChat takes this token.
    pub fn takes(&self, token: &str) -> bool {
        let url = format!("{}/cgi-bin/ticket/getticket?type=jsapi&access_token={token}", self.url);
        get(&url).1["errcode"] == 0
    }
}

/// A token central server.
pub struct HubProcess {
    pub url: String,
    pub process: Process,
}

impl HubProcess {
    pub fn start(place: &Place, mock: &Mock, args: &[&str]) -> Self {
        let words: Vec<&str> = ["token", "serve", "--json"].iter().chain(args).copied().collect();
        let mut words = words;
        if !args.contains(&"--listen") {
            words.extend(["--listen", "127.0.0.1:0"]);
        }
        let (process, url) = place.start(place.as_app(mock, &words));
        Self { url, process }
    }

    pub fn at(&self, rest: &str) -> String {
        format!("{}/v1/apps/{APP}/{rest}", self.url)
    }

    /// The token it hands out.
    pub fn token(&self) -> String {
        let (status, shown) = get(&self.at("token"));
        assert_eq!(status, 200, "{shown}\n{}", self.process.log());
        shown["access_token"].as_str().unwrap().to_owned()
    }

    pub fn ready(&self) -> (u16, Value) {
        get(&format!("{}/readyz", self.url))
    }

    /// One figure of `/metrics` for the access token.
    pub fn figure(&self, name: &str) -> u64 {
        let reply = send(&Request::new("GET", format!("{}/metrics", self.url)));
        let text = String::from_utf8(reply.body).unwrap();
        let start = format!("wxkit_hub_{name}{{app=\"{APP}\",kind=\"token\"}} ");
        text.lines().find_map(|line| line.strip_prefix(&start)?.parse().ok()).expect("the figure")
    }
}

/// A Redis of our own on a free port, without persistence.
#[cfg(feature = "redis")]
pub struct Redis {
    pub port: u16,
    dir: PathBuf,
    process: Option<Child>,
}

#[cfg(feature = "redis")]
impl Redis {
    /// None, loudly, if there is no `redis-server`; a failure where tests must not be skipped.
    pub fn start(place: &Place) -> Option<Self> {
        if Command::new("redis-server").arg("--version").output().is_err() {
            assert!(std::env::var_os("CI").is_none(), "redis-server is not installed");
            eprintln!("SKIPPED: redis-server is not installed (apt-get install redis-server)");
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut redis = Self { port, dir: place.path(""), process: None };
        redis.run();
        Some(redis)
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    pub fn run(&mut self) {
        let port = self.port.to_string();
        let child = Command::new("redis-server")
            .args(["--port", &port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir"])
            .arg(&self.dir)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.process = Some(child);
        let connects = || TcpStream::connect(("127.0.0.1", self.port)).ok();
        assert!(until(Duration::from_secs(10), connects).is_some(), "redis-server does not answer");
    }

    /// SIGKILL: all that it knew is lost.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.process.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    pub fn ask<T: redis::FromRedisValue>(&self, words: &[&str]) -> T {
        let client = redis::Client::open(self.url()).unwrap();
        let mut command = redis::cmd(words[0]);
        command.arg(&words[1..]);
        command.query(&mut client.get_connection().unwrap()).unwrap()
    }
}

#[cfg(feature = "redis")]
impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A client in this process, on this store.
pub fn client(mock: &Mock, store: impl Store + 'static) -> Client {
    let caller = Caller {
        transport: Arc::new(Http::new(Options::default()).unwrap()),
        clock: Clock::default(),
        keys: Keys { app_id: Some(APP.into()), app_secret: Some(Secret::new(SECRET)), ..Keys::default() },
        base: Some(mock.url.clone()),
        observer: None,
        stop: wxkit::net::Stop::default(),
    };
    Client { caller, tokens: Tokens::new(Arc::new(store)) }
}

pub fn send(request: &Request) -> Reply {
    let http = Http::new(Options::default()).unwrap();
    net::block_on(http.send(request)).unwrap().unwrap_or_else(|error| panic!("{request:?}: {error}"))
}

pub fn get(url: &str) -> (u16, Value) {
    json(&send(&Request::new("GET", url)))
}

pub fn post(url: &str, body: &str) -> (u16, Value) {
    json(&send(&Request::new("POST", url).with_body("application/json", body)))
}

pub fn json(reply: &Reply) -> (u16, Value) {
    (reply.status, serde_json::from_slice(&reply.body).unwrap_or_default())
}

/// What a program printed, if it said yes.
pub fn answer(output: Output) -> String {
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{error}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

pub fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
