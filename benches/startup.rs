//! `cargo bench --bench startup`: what it costs to start wxkit. Runs `wxkit pay
//! sign`, `md5sum` and `openssl md5` over the same string, and `true`, one after the
//! other many times, and prints the ratios of the medians beside their targets. Needs
//! nothing but those programs; exits 1 if a target is missed.

#![allow(clippy::print_stdout, reason = "a measurement is there to be read")]

use std::fs::File;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

const KEY: &str = "192006250b4c09247ec02edce69f6a2d";
const FIELDS: &[&str] = &[
    "appid=wxd930ea5d5a258f4f",
    "body=test",
    "device_info=1000",
    "mch_id=10000100",
    "nonce_str=ibuaiVcKdpRxkhJA",
];
const SIGN: &str = "9a0a8659f005d6984697e2ca0a9cf3b7";
const ROUNDS: usize = 400;
const MEBIBYTE: u64 = 1 << 20;

/// One program that signs.
struct Signer {
    name: &'static str,
    command: Command,
    /// What it reads, for those that want the whole string.
    input: Option<&'static Path>,
    /// What it prints when it works.
    says: &'static str,
    times: Vec<Duration>,
}

impl Signer {
    fn new(name: &'static str, program: &str, args: &[&str], input: Option<&'static Path>) -> Self {
        let mut command = Command::new(program);
        command.args(args).env("WXKIT_PAY_KEY", KEY).stderr(Stdio::null());
        Self { name, command, input, says: SIGN, times: Vec::new() }
    }

    fn stdin(&self) -> Stdio {
        self.input.and_then(|path| File::open(path).ok()).map_or_else(Stdio::null, Stdio::from)
    }

    /// Whether it is there, and says what is right.
    fn works(&mut self) -> bool {
        let output = self.command.stdin(self.stdin()).output();
        output.is_ok_and(|o| String::from_utf8_lossy(&o.stdout).to_lowercase().contains(self.says))
    }

    fn run(&mut self) {
        let stdin = self.stdin();
        let start = Instant::now();
        let status = self.command.stdin(stdin).stdout(Stdio::null()).status();
        let time = start.elapsed();
        if status.is_ok_and(|status| status.success()) {
            self.times.push(time);
        }
    }

    fn median(&mut self) -> f64 {
        self.times.sort_unstable();
        self.times.get(self.times.len() / 2).map_or(f64::NAN, |time| time.as_secs_f64() * 1e6)
    }
}

fn main() -> ExitCode {
    let path: &'static Path = Path::new(concat!(env!("CARGO_TARGET_TMPDIR"), "/string-to-sign"));
    let string = format!("{}&key={KEY}", FIELDS.join("&"));
    if let Err(error) = std::fs::write(path, string) {
        println!("{}: {error}", path.display());
        return ExitCode::FAILURE;
    }
    let wxkit = env!("CARGO_BIN_EXE_wxkit");
    let words = [&["pay", "sign", "-q"], FIELDS].concat();
    let mut signers = [
        Signer::new("wxkit pay sign", wxkit, &words, None),
        Signer::new("md5sum", "md5sum", &[], Some(path)),
        Signer::new("openssl md5", "openssl", &["md5"], Some(path)),
        // What any process costs.
        Signer { says: "", ..Signer::new("true", "true", &[], None) },
    ];
    if let Some(broken) = signers.iter_mut().find_map(|s| (!s.works()).then_some(s.name)) {
        println!("{broken} is not there, or does not sign this string");
        return ExitCode::FAILURE;
    }
    for _ in 0..ROUNDS {
        signers.iter_mut().for_each(Signer::run);
    }
    let [ours, md5sum, openssl, least] = signers.each_mut().map(Signer::median);
    println!(
        "median of {ROUNDS}: wxkit pay sign {ours:.0} µs, md5sum {md5sum:.0} µs, openssl md5 {openssl:.0} µs, true {least:.0} µs"
    );
    let bytes = std::fs::metadata(wxkit).map_or(u64::MAX, |file| file.len());
    #[expect(clippy::cast_precision_loss, reason = "a size to be read")]
    let size = bytes as f64 / MEBIBYTE as f64;
    let fine = [
        told("wxkit / true", ours / least, 1.9),
        told("wxkit / md5sum", ours / md5sum, 1.5),
        told("wxkit / openssl md5", ours / openssl, 0.5),
        told("size of the binary, MiB", size, 8.0),
    ];
    if fine.iter().all(|fine| *fine) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints a figure beside its target.
fn told(what: &str, figure: f64, target: f64) -> bool {
    let fine = figure <= target;
    println!("{} {what}: {figure:.2} (at most {target})", if fine { "✓" } else { "✗" });
    fine
}
