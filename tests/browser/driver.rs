//! A browser and a gateway for one test: starts Chromium's driver and speaks
//! the W3C WebDriver protocol with it over plain HTTP. Goes away with the test.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// One browser at a time: it is heavy, and the machine of CI is small.
static TURN: Mutex<()> = Mutex::new(());
/// Longest wait for anything to appear.
const PATIENCE: Duration = Duration::from_secs(20);

/// The browser, the gateway and the directory that both may write to.
pub struct World {
    pub base: String,
    _driver: Running,
    _gateway: Running,
    port: u16,
    session: String,
    room: PathBuf,
    _turn: MutexGuard<'static, ()>,
}

/// Starts both; none where Chromium is not installed, which CI does not allow.
pub fn world(name: &str, flags: &[&str]) -> Option<World> {
    let (Some(driver), Some(chromium)) = (program("chromedriver"), program("chromium")) else {
        assert!(
            std::env::var_os("CI").is_none_or(|ci| ci != "true"),
            "CI needs chromium and chromium-driver"
        );
        let loud = format!(
            "\n*** SKIPPED {name}: install chromium and chromium-driver to run the browser tests ***\n\n"
        );
        // Not a print, which the test runner would keep to itself.
        let _ = std::io::stderr().write_all(loud.as_bytes());
        return None;
    };
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let room = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("browser-{name}-{}", std::process::id()));
    fs::create_dir_all(&room).unwrap();
    let (gateway, base) = start_gateway(&room, flags);
    let (driver, port) = start_driver(&driver, &room);
    let mut world =
        World { base, _driver: driver, _gateway: gateway, port, session: String::new(), room, _turn: turn };
    world.session = world.new_session(&chromium);
    Some(world)
}

/// A process that ends with its test.
struct Running(Child);

impl Running {
    fn start(command: &mut Command) -> Self {
        Self(command.spawn().unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file())
}

fn start_gateway(room: &Path, flags: &[&str]) -> (Running, String) {
    let ready = room.join("ready");
    let mut command = Command::new(env!("CARGO_BIN_EXE_wxkit"));
    command.args(["mock", "--listen", "127.0.0.1:0", "--ready-file"]).arg(&ready).args(flags);
    let child = Running::start(command.env_clear().env("HOME", room).stdout(Stdio::null()));
    let start = Instant::now();
    loop {
        let base = fs::read_to_string(&ready).unwrap_or_default();
        if !base.is_empty() {
            return (child, base.trim().to_owned());
        }
        assert!(start.elapsed() < PATIENCE, "the gateway does not start");
        sleep(Duration::from_millis(20));
    }
}

fn start_driver(program: &Path, room: &Path) -> (Running, u16) {
    let mut command = Command::new(program);
    command.arg("--port=0").env("HOME", room).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = Running::start(&mut command);
    let mut lines = BufReader::new(child.0.stdout.take().unwrap()).lines().map_while(Result::ok);
    let said = lines.find_map(|line| {
        let after = line.split_once("successfully on port ")?.1.trim_end_matches('.').to_owned();
        after.parse().ok()
    });
    // Nobody reads the rest, and it must not stop for that.
    std::thread::spawn(move || lines.for_each(drop));
    (child, said.expect("chromedriver says its port"))
}

impl Drop for World {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let path = format!("/session/{}", self.session);
            let _ = self.http("DELETE", &path, &Value::Null);
        }
        let _ = fs::remove_dir_all(&self.room);
    }
}

/// Where the screenshots of all tests are kept.
pub fn album() -> PathBuf {
    let album = Path::new(env!("CARGO_TARGET_TMPDIR")).join("screenshots");
    fs::create_dir_all(&album).unwrap();
    album
}

impl World {
    fn new_session(&self, chromium: &Path) -> String {
        let flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--accept-lang=zh-CN,zh",
            "--lang=zh-CN",
        ];
        let mut args: Vec<String> = flags.iter().map(ToString::to_string).collect();
        args.push(format!("--user-data-dir={}", self.room.join("profile").display()));
        let phone =
            json!({ "deviceMetrics": { "width": 375, "height": 812, "pixelRatio": 2.0, "touch": true } });
        let options = json!({ "binary": chromium, "args": args, "mobileEmulation": phone });
        let wanted = json!({ "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } });
        let made = self.http("POST", "/session", &json!({ "capabilities": { "alwaysMatch": wanted } }));
        made.unwrap()["sessionId"].as_str().unwrap().to_owned()
    }

    /// One command of the protocol: its value, or its error.
    fn http(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).map_err(|e| e.to_string())?;
        stream.set_read_timeout(Some(PATIENCE * 2)).map_err(|e| e.to_string())?;
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all((head + &body).as_bytes()).map_err(|e| e.to_string())?;
        let body = body_of(BufReader::new(stream)).map_err(|e| e.to_string())?;
        let mut said: Value = serde_json::from_str(&body).map_err(|e| format!("{e}: {body}"))?;
        match said["value"]["error"].as_str() {
            Some(error) => Err(format!("{error}: {}", said["value"]["message"].as_str().unwrap_or_default())),
            None => Ok(said["value"].take()),
        }
    }

    fn ask(&self, method: &str, command: &str, body: &Value) -> Result<Value, String> {
        self.http(method, &format!("/session/{}/{command}", self.session), body)
    }

    /// Opens a page of the gateway, or any other.
    pub fn open(&self, url: &str) {
        let url = if url.starts_with('/') { format!("{}{url}", self.base) } else { url.to_owned() };
        self.ask("POST", "url", &json!({ "url": url })).unwrap();
    }

    pub fn url(&self) -> String {
        self.ask("GET", "url", &Value::Null).unwrap().as_str().unwrap().to_owned()
    }

    /// The result of a script.
    pub fn run(&self, script: &str) -> Value {
        self.ask("POST", "execute/sync", &json!({ "script": script, "args": [] })).unwrap()
    }

    /// The first element that a CSS selector finds, and that a person can see.
    fn find(&self, css: &str) -> Result<String, String> {
        let found = self.ask("POST", "element", &json!({ "using": "css selector", "value": css }))?;
        let id = found.as_object().and_then(|o| o.values().next()).and_then(Value::as_str).ok_or("no id")?;
        Ok(id.to_owned())
    }

    pub fn click(&self, css: &str) {
        self.until(css, |world| {
            let id = world.find(css)?;
            world.ask("POST", &format!("element/{id}/click"), &json!({}))
        });
    }

    pub fn text(&self, css: &str) -> String {
        let text = |world: &Self| {
            let id = world.find(css)?;
            world.ask("GET", &format!("element/{id}/text"), &Value::Null)
        };
        self.until(css, text).as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the element says this.
    pub fn sees(&self, css: &str, words: &str) {
        let start = Instant::now();
        loop {
            let text = self.text(css);
            if text.contains(words) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{css} says {text:?}, not {words:?}, at {}", self.url());
            sleep(Duration::from_millis(50));
        }
    }

    pub fn types(&self, css: &str, words: &str) {
        self.until(css, |world| {
            let id = world.find(css)?;
            world.ask("POST", &format!("element/{id}/value"), &json!({ "text": words }))
        });
    }

    /// Waits until a script gives something true.
    pub fn wait_for(&self, script: &str) -> Value {
        self.until(script, |world| {
            let value = world.ask("POST", "execute/sync", &json!({ "script": script, "args": [] }))?;
            let is_there = !value.is_null() && value != Value::Bool(false) && value != "";
            if is_there { Ok(value) } else { Err("not yet".into()) }
        })
    }

    fn until<T>(&self, what: &str, attempt: impl Fn(&Self) -> Result<T, String>) -> T {
        let start = Instant::now();
        loop {
            match attempt(self) {
                Ok(value) => return value,
                Err(why) => assert!(start.elapsed() < PATIENCE, "{what}: {why} at {}", self.url()),
            }
            sleep(Duration::from_millis(50));
        }
    }

    /// Goes into the cashier, which lies over the page in a frame of a shadow tree.
    pub fn enter_cashier(&self) {
        let script = "const h = document.querySelector('wxkit-weixin'); \
                      return h && h.shadowRoot.querySelector('iframe.window')";
        let frame = self.wait_for(script);
        self.ask("POST", "frame", &json!({ "id": frame })).unwrap();
    }

    pub fn leave_frame(&self) {
        self.ask("POST", "frame", &json!({ "id": null })).unwrap();
    }

    /// What the console was told since the last time.
    pub fn console(&self) -> String {
        let lines = self.ask("POST", "se/log", &json!({ "type": "browser" })).unwrap();
        let text = |line: &Value| line["message"].as_str().unwrap_or_default().to_owned();
        lines.as_array().unwrap().iter().map(text).collect::<Vec<_>>().join("\n")
    }

    /// Keeps a picture of what is on the screen.
    pub fn picture(&self, name: &str) {
        let picture = self.ask("GET", "screenshot", &Value::Null).unwrap();
        let bytes = base64(picture.as_str().unwrap());
        assert!(bytes.starts_with(b"\x89PNG") && bytes.len() > 4000, "{name} is no picture");
        fs::write(album().join(format!("{name}.png")), bytes).unwrap();
        let wide = self.run("return document.documentElement.scrollWidth").as_u64().unwrap();
        assert!(wide <= 375, "{name} is {wide} px wide on a phone of 375 px");
    }

    /// One of the pictures in the READMEs, on a screen of this size; `WXKIT_UPDATE=1` keeps it.
    pub fn shot(&self, name: &str, (width, height): (u32, u32)) {
        self.screen(&json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }));
        let small = json!({ "cmd": "Page.captureScreenshot", "params": { "format": "webp", "quality": 80 } });
        let picture = self.ask("POST", "goog/cdp/execute", &small).unwrap();
        let bytes = base64(picture["data"].as_str().unwrap());
        assert!(bytes.starts_with(b"RIFF") && bytes.len() > 4000, "{name} is no picture");
        assert!(bytes.len() < 60 * 1024, "{name} has {} bytes", bytes.len());
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/shots");
        let to = if std::env::var_os("WXKIT_UPDATE").is_some() { kept } else { album() };
        fs::create_dir_all(&to).unwrap();
        fs::write(to.join(format!("{name}.webp")), bytes).unwrap();
        let wide = self.run("return document.documentElement.scrollWidth").as_u64().unwrap();
        assert!(wide <= u64::from(width), "{name} is {wide} px wide on {width} px");
        self.screen(&json!({ "width": 375, "height": 812, "deviceScaleFactor": 2, "mobile": true }));
    }

    fn screen(&self, size: &Value) {
        let command = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": size });
        self.ask("POST", "goog/cdp/execute", &command).unwrap();
    }
}

/// The driver keeps connections open, so the length counts.
fn body_of(mut stream: BufReader<TcpStream>) -> std::io::Result<String> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let line = line.trim_end().to_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or_default();
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(String::from_utf8_lossy(&body).into_owned())
}

fn base64(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut out = Vec::new();
    for chunk in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits =
            chunk.iter().fold(0u32, |bits, c| bits << 6 | u32::from(value(*c))) << (6 * (4 - chunk.len()));
        out.extend(&bits.to_be_bytes()[1..chunk.len()]);
    }
    out
}

/// Serves one page to everybody on a port of its own, as a developer's server would.
pub fn site(page: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            while lines.next().is_some_and(|line| !line.is_empty()) {}
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
                page.len()
            );
            let _ = stream.write_all((head + &page).as_bytes());
        }
    });
    url
}
