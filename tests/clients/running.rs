//! The gateway as a child process, for tests that speak to it over a socket.
//! Comes in: a name for its home; goes out: its address, until it is dropped.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest wait for a child.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// A child that does not outlive its test.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The gateway on a free port, with a home of its own.
pub fn gateway(name: &str) -> (Running, String) {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&home);
    fs::create_dir_all(&home).unwrap();
    let ready = home.join("ready");
    let mut command = Command::new(env!("CARGO_BIN_EXE_wxkit"));
    command.args(["mock", "--listen", "127.0.0.1:0", "--ready-file"]).arg(&ready);
    let kept = ["PATH", "SystemRoot"].map(|name| (name, std::env::var_os(name).unwrap_or_default()));
    command.env_clear().envs(kept);
    command.envs(["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"].map(|name| (name, &home)));
    let running = Running(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
    let started = Instant::now();
    loop {
        match fs::read_to_string(&ready) {
            Ok(url) if !url.is_empty() => return (running, url.trim().to_owned()),
            _ => assert!(started.elapsed() < PATIENCE, "the gateway does not start"),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
