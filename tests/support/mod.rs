//! What makes a test of the binary read like a manual: `wxkit("pay query
//! out_trade_no=T00001").on(&gateway).run().exits(0)`. Owns the process, its
//! empty home, a gateway, receivers and fakes on loopback. Every run also checks
//! that no secret it was given comes out again.

#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stderr, reason = "a skipped test says so")]
#![allow(clippy::format_push_string, clippy::wrong_self_convention, reason = "tests read like a manual")]

pub mod net;
pub mod table;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// A directory of its own, gone when dropped.
pub struct Dir(pub PathBuf);

impl Dir {
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("wxkit-test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    /// Writes a file for the owner only; its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        set_mode(&path, 0o600);
        path.display().to_string()
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn set_mode(path: impl AsRef<Path>, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// A file of the repository.
pub fn repository(path: &str) -> String {
    format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))
}

/// The flags of the merchant's certificate, in a form that this build reads.
pub fn certificate() -> String {
    if cfg!(feature = "p12") {
        format!("--cert {}", repository("tests/tls/merchant.p12"))
    } else {
        format!(
            "--cert {} --cert-key {}",
            repository("tests/tls/merchant.pem"),
            repository("tests/tls/merchant.key")
        )
    }
}

/// The mock's fixed identity.
pub const APP_ID: &str = "wx00c0ffee00c0ffee";
pub const APP_SECRET: &str = "0123456789abcdef0123456789abcdef";
pub const MCH_ID: &str = "1900000109";
pub const PAY_KEY: &str = "wxkitmockpaykey0wxkitmockpaykey0";
pub const OPENID: &str = "oMockUser0000000000000000001";

/// One run of the binary, still to be started.
pub struct Run {
    words: Vec<String>,
    env: Vec<(String, String)>,
    stdin: Vec<u8>,
    home: Option<PathBuf>,
    from: Option<PathBuf>,
}

/// The binary with these words; words with spaces go in with [`Run::word`].
pub fn wxkit(words: &str) -> Run {
    let words = words.split_whitespace().map(str::to_owned).collect();
    Run { words, env: Vec::new(), stdin: Vec::new(), home: None, from: None }
}

impl Run {
    /// One more word, as it is.
    pub fn word(mut self, word: impl Into<String>) -> Self {
        self.words.push(word.into());
        self
    }

    /// More words, split at spaces.
    pub fn words(mut self, words: &str) -> Self {
        self.words.extend(words.split_whitespace().map(str::to_owned));
        self
    }

    pub fn env(mut self, name: &str, value: impl Into<String>) -> Self {
        self.env.retain(|(known, _)| known != name);
        self.env.push((name.to_owned(), value.into()));
        self
    }

    /// The mock's fixed identity, as `mock --print-env` hands it out.
    pub fn as_merchant(self) -> Self {
        let pairs = [
            ("WXKIT_APP_ID", APP_ID),
            ("WXKIT_APP_SECRET", APP_SECRET),
            ("WXKIT_MCH_ID", MCH_ID),
            ("WXKIT_PAY_KEY", PAY_KEY),
        ];
        pairs.into_iter().fold(self, |run, (name, value)| run.env(name, value))
    }

    /// Sends every call to this gateway, as its merchant, in its home.
    pub fn on(self, gateway: &Gateway) -> Self {
        self.to(&gateway.url).home(&gateway.home)
    }

    /// Sends every call to this address, as the mock's merchant.
    pub fn to(self, url: &str) -> Self {
        self.as_merchant().env("WXKIT_BASE", url)
    }

    pub fn stdin(mut self, bytes: impl AsRef<[u8]>) -> Self {
        self.stdin = bytes.as_ref().to_vec();
        self
    }

    /// A home that outlives the run.
    pub fn home(mut self, dir: &Dir) -> Self {
        self.home = Some(dir.0.clone());
        self
    }

    /// The directory to run in; the home otherwise.
    pub fn from(mut self, dir: impl Into<PathBuf>) -> Self {
        self.from = Some(dir.into());
        self
    }

    /// Without these variables.
    pub fn without(mut self, names: &[&str]) -> Self {
        self.env.retain(|(name, _)| !names.contains(&name.as_str()));
        self
    }

    /// Runs it to its end.
    pub fn run(self) -> Done {
        let done = self.run_once();
        self.check_secrets(&done);
        done
    }

    /// The same, for tests that look for secrets by themselves.
    pub fn run_unchecked(self) -> Done {
        self.run_once()
    }

    fn run_once(&self) -> Done {
        let own = Dir::new();
        let mut child = self.start(&own);
        let mut stdin = child.stdin.take().unwrap();
        let bytes = self.stdin.clone();
        // A program that does not read all of its input is no failure here.
        let feeding = thread::spawn(move || drop(stdin.write_all(&bytes)));
        let output = child.wait_with_output().unwrap();
        feeding.join().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
        let exit = output.status.code().unwrap_or(-1);
        Done { stdout: text(output.stdout), stderr: text(output.stderr), exit }
    }

    /// Runs it, and sends this signal as soon as the channel says so.
    pub fn interrupted(self, signal: &str, when: &mpsc::Receiver<()>) -> Done {
        let own = Dir::new();
        let child = self.start(&own);
        when.recv_timeout(Duration::from_secs(20)).expect("the moment to interrupt it");
        send_signal(child.id(), signal);
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
        let exit = output.status.code().unwrap_or(-1);
        let done = Done { stdout: text(output.stdout), stderr: text(output.stderr), exit };
        self.check_secrets(&done);
        done
    }

    fn start(&self, own: &Dir) -> Child {
        let mut command = self.command(own);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    /// The process: nothing of this machine's environment but `PATH`.
    pub fn command(&self, own: &Dir) -> Command {
        let home = self.home.as_ref().unwrap_or(&own.0);
        let mut command = Command::new(env!("CARGO_BIN_EXE_wxkit"));
        command
            .args(&self.words)
            .current_dir(self.from.as_ref().unwrap_or(home))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", home)
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_STATE_HOME", home.join("state"))
            .env("LC_ALL", "C.UTF-8")
            .envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Flags whose value is a secret.
    const SECRET_FLAGS: &[&str] =
        &["--app-secret", "--key", "--ticket", "--cert-password", "--access-token", "--refresh-token"];

    fn secrets(&self) -> Vec<&str> {
        let named = |name: &str| {
            !name.ends_with("_FILE")
                && ["SECRET", "KEY", "TICKET", "TOKEN", "PASSWORD"].iter().any(|part| name.contains(part))
        };
        let env = self.env.iter().filter(|(name, _)| named(name)).map(|(_, value)| &**value);
        let flags = self.words.windows(2).filter(|pair| Self::SECRET_FLAGS.contains(&&*pair[0]));
        let all = env.chain(flags.map(|pair| &*pair[1]));
        all.filter(|v| v.len() >= 8 && !v.starts_with("env:") && !v.starts_with("file:")).collect()
    }

    fn check_secrets(&self, done: &Done) {
        if self.words.iter().any(|word| word == "--reveal" || word == "--print-env") {
            return;
        }
        for secret in self.secrets() {
            let shown = done.stdout.contains(secret) || done.stderr.contains(secret);
            assert!(!shown, "{:?} shows the secret {secret}:\n{done}", self.words);
        }
    }
}

/// What came of a run.
pub struct Done {
    pub stdout: String,
    pub stderr: String,
    pub exit: i32,
}

impl std::fmt::Display for Done {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "exit {}\n--- stdout\n{}\n--- stderr\n{}", self.exit, self.stdout, self.stderr)
    }
}

impl Done {
    #[track_caller]
    pub fn exits(self, exit: i32) -> Self {
        assert_eq!(self.exit, exit, "{self}");
        assert!(!self.stderr.contains("panicked"), "{self}");
        self
    }

    /// Stdout has this text.
    #[track_caller]
    pub fn shows(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "no {text:?} on stdout: {self}");
        self
    }

    /// Stderr has this text.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no {text:?} on stderr: {self}");
        self
    }

    /// Neither has it.
    #[track_caller]
    pub fn hides(self, text: &str) -> Self {
        let both = self.stdout.contains(text) || self.stderr.contains(text);
        assert!(!text.is_empty() && !both, "{text:?} is shown: {self}");
        self
    }

    #[track_caller]
    pub fn prints_nothing(self) -> Self {
        assert_eq!(self.stdout, "", "{self}");
        self
    }

    /// Stdout without the line end.
    pub fn answer(&self) -> String {
        self.stdout.trim_end().to_owned()
    }

    /// The one JSON document on stdout.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("{e}: {self}"))
    }

    /// The JSON error on stderr, behind any notes.
    #[track_caller]
    pub fn error(&self) -> Value {
        let notes = self.stderr.split_inclusive('\n').take_while(|line| line.starts_with("note: "));
        let document: Value = serde_json::from_str(&self.stderr[notes.map(str::len).sum()..])
            .unwrap_or_else(|e| panic!("{e}: {self}"));
        document["error"].clone()
    }
}

/// `wxkit mock` on a free port, stopped when dropped.
pub struct Gateway {
    pub url: String,
    pub home: Dir,
    child: Child,
}

impl Gateway {
    pub fn start() -> Self {
        Self::with("")
    }

    /// With more flags.
    pub fn with(flags: &str) -> Self {
        Self::listening("127.0.0.1:0", flags)
    }

    /// On this address.
    pub fn listening(address: &str, flags: &str) -> Self {
        let home = Dir::new();
        let ready = home.path("ready");
        let run = wxkit("mock --listen").word(address).words("--ready-file").word(&*ready).words(flags);
        let log = std::fs::File::create(home.path("log")).unwrap();
        let mut command = run.command(&home);
        command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
        let child = command.spawn().unwrap();
        let url = soon(|| std::fs::read_to_string(&ready).ok().filter(|url| !url.is_empty()));
        Self { url: url.expect("the gateway is ready"), home, child }
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// `GET` of a control path, as JSON.
    pub fn look(&self, path: &str) -> Value {
        net::http("GET", &format!("{}/_mock/{path}", self.url), "").json()
    }

    /// `POST` to a control path.
    pub fn act(&self, path: &str, body: &str) -> Value {
        let answer = net::http("POST", &format!("{}/_mock/{path}", self.url), body);
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    /// How often a path was called.
    pub fn calls(&self, path: &str) -> usize {
        let seen = self.look("requests");
        seen["requests"].as_array().unwrap().iter().filter(|call| call["path"] == path).count()
    }

    /// Asks it to end, as a service manager would.
    pub fn terminate(&mut self) -> ExitStatus {
        send_signal(self.child.id(), "TERM");
        soon(|| self.child.try_wait().unwrap()).expect("the gateway ends")
    }

    /// What it said so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.home.path("log")).unwrap()
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a signal, `TERM` for one.
pub fn send_signal(process: u32, signal: &str) {
    // The shell's own kill is everywhere; a program of that name is not.
    let kill = format!("kill -{signal} {process}");
    assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
}

/// Waits until there is something, at most ten seconds.
pub fn soon<T>(mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + Duration::from_secs(10);
    loop {
        let found = look();
        if found.is_some() || Instant::now() > end {
            return found;
        }
        thread::sleep(Duration::from_millis(10));
    }
}

/// Whether a program that a test needs is there. In CI it has to be.
pub fn has(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    assert!(found || std::env::var_os("CI").is_none(), "{program} is missing, and CI must have it");
    if !found {
        eprintln!("SKIPPED: this test needs {program}");
    }
    found
}
