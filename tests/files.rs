//! Every file that the tool reads goes through one door: never a directory, a pipe
//! that nobody fills, or a device without end; and no advice that would break the
//! machine of whoever follows it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::process::Command;
use std::time::{Duration, Instant};

use support::{Dir, Done, Run, set_mode, wxkit};

const KEY: &str = "192006250b4c09247ec02edce69f6a2d";

/// Every way to name a file, with `F` in its place.
const WAYS: &[&str] = &[
    "pay sign a=1 --config F",
    "profile list --config F",
    "init --app-id wx00c0ffee00c0ffee --config F",
    "pay sign a=1 --key file:F",
    "pay sign a=@F",
    "pay sign --from F",
    "pay verify --batch --from F",
    "explain F",
    "explain --hashed @F a=1 sign=00000000000000000000000000000000",
    "pay refund --cert F out_trade_no=T00001 out_refund_no=R00001 total_fee=1 refund_fee=1 --base https://127.0.0.1:1",
    "token get --ca-file F",
    "token serve --auth-file F --listen 127.0.0.1:0",
    "mock --scenario F --listen 127.0.0.1:0",
    "mock --state F --listen 127.0.0.1:0",
    "notify replay F --to http://127.0.0.1:1/",
];

fn run(way: &str, file: &str, home: &Dir) -> (Done, Duration) {
    let words: Vec<String> = way.split(' ').map(|word| named(word, file)).collect();
    let began = Instant::now();
    let run =
        words.into_iter().fold(wxkit(""), Run::word).as_merchant().home(home).env("WXKIT_NO_INPUT", "1");
    (run.run(), began.elapsed())
}

fn named(word: &str, file: &str) -> String {
    word.strip_suffix('F').map_or_else(|| word.to_owned(), |start| format!("{start}{file}"))
}

#[test]
fn what_is_no_file_is_told_at_once() {
    let home = Dir::new();
    let pipe = home.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for file in [&*pipe, "/dev/zero", "/tmp"] {
        for way in WAYS {
            if *way == "notify replay F --to http://127.0.0.1:1/" && file == "/tmp" {
                continue; // a directory is what it takes
            }
            let (done, time) = run(way, file, &home);
            assert!(matches!(done.exit, 2 | 3), "{way} with {file}: {done}");
            assert!(done.stderr.contains(file), "{way} with {file}: {done}");
            assert!(!done.stderr.contains("chmod"), "{way} with {file}: {done}");
            assert!(time < Duration::from_secs(5), "{way} with {file}: {time:?}");
        }
    }
}

#[test]
fn what_all_share_is_not_to_be_closed() {
    let home = Dir::new();
    let shared = wxkit("token get --base http://127.0.0.1:1")
        .as_merchant()
        .env("WXKIT_STORE_DIR", "/tmp")
        .home(&home)
        .run();
    let advice = shared.exits(3);
    assert!(advice.stderr.contains("/tmp has mode 1777") && !advice.stderr.contains("chmod"), "{advice}");
    let system = wxkit("profile list --config /etc/passwd").home(&home).run().exits(3);
    assert!(!system.stderr.contains("chmod"), "{system}");
    let own = home.file("config.toml", "");
    set_mode(&own, 0o644);
    let own = wxkit("profile list --config").word(own).home(&home).run().exits(3);
    own.says("chmod 600 ");
}

fn with_key(home: &Dir, mode: u32, content: &str) -> Run {
    let file = home.file("key", content);
    set_mode(&file, mode);
    wxkit("pay sign a=1 -q --key").word(format!("file:{file}")).home(home)
}

/// `a=1`, by Python's hashlib: md5(b"a=1&key=" + KEY).hexdigest().upper()
const SIGN: &str = "05A8262EF14793F0004DE3EBB14AC453";

#[test]
fn a_key_that_others_can_read_is_told_and_one_that_they_can_change_refused() {
    let home = Dir::new();
    let quiet = with_key(&home, 0o600, KEY).run().exits(0);
    assert_eq!((quiet.answer().as_str(), quiet.stderr.as_str()), (SIGN, ""));
    let told = with_key(&home, 0o644, KEY).run().exits(0).says("has mode 644").says("chmod 600 ");
    assert_eq!(told.answer(), SIGN);
    for mode in [0o622, 0o666, 0o660] {
        with_key(&home, mode, KEY).run().exits(3).says("other users can get at it").prints_nothing();
    }
}

#[test]
fn what_stands_around_a_key_is_left_out_and_told() {
    let home = Dir::new();
    let around = [
        ("\u{feff}", "", "byte order mark"),
        (" ", "\u{3000}\n", "blanks"),
        ("“", "”", "quotes"),
        ("'", "'\n", "quotes"),
    ];
    for (before, after, what) in around {
        let done = with_key(&home, 0o600, &format!("{before}{KEY}{after}")).run().exits(0).says(what);
        assert_eq!(done.answer(), SIGN, "{what}");
        let env = wxkit("pay sign a=1 -q").env("WXKIT_PAY_KEY", format!("{before}{KEY}{after}"));
        assert_eq!(env.run().exits(0).says(what).answer(), SIGN, "{what}");
    }
}

#[test]
fn what_a_shell_opens_for_us_is_read() {
    let home = Dir::new();
    let line = "\"$0\" pay sign -q --from <(printf 'a=1') --key file:<(printf %s \"$K\")";
    let run = Command::new("bash")
        .args(["-c", line, env!("CARGO_BIN_EXE_wxkit")])
        .env("K", KEY)
        .env("HOME", &home.0)
        .output();
    let run = run.unwrap();
    assert_eq!(String::from_utf8_lossy(&run.stdout).trim(), SIGN, "{run:?}");
    let null = wxkit("profile list --config /dev/null").home(&home).run();
    null.exits(0);
}

/// What everybody may know needs no closing.
#[test]
fn certificates_may_be_read_by_all() {
    let dir = Dir::new();
    let file = |name: &str, mode: u32| {
        let path =
            dir.file(name, std::fs::read(support::repository(&format!("tests/v3/keys/{name}"))).unwrap());
        set_mode(&path, mode);
        path
    };
    let (certificate, key) = (file("merchant_cert.pem", 0o664), file("merchant_key.pem", 0o644));
    let done = wxkit("key inspect").word(&*certificate).run().exits(0);
    assert_eq!(done.stderr, "", "{done}");
    done.shows("the merchant API certificate");
    wxkit("key inspect").word(&*key).run().exits(0).says("has mode 644");
    set_mode(&key, 0o666);
    wxkit("key inspect").word(&*key).run().exits(3).says("chmod 600");
    let text = dir.file("notes.txt", "neither key nor certificate");
    wxkit("key inspect").word(&*text).run().exits(1).hides("mended").hides("mode");
}
