//! `mock -- CMD`: a program runs beside a gateway that it finds by its variables,
//! and its exit code is the one that counts.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::io::Read as _;
use std::process::Stdio;
use std::sync::mpsc;

use support::{Dir, Run, soon, wxkit};

const OWN: &str = env!("CARGO_BIN_EXE_wxkit");

/// A shell beside a gateway; `$WXKIT` is the program under test.
fn beside(flags: &str, script: &str) -> Run {
    wxkit("mock").words(flags).words("-- sh -c").word(script).env("WXKIT", OWN)
}

#[test]
fn a_program_pays_at_the_gateway_beside_it() {
    let order = "\"$WXKIT\" pay order body=tea out_trade_no=beside-1 total_fee=1 trade_type=NATIVE product_id=1 \
                 spbill_create_ip=127.0.0.1 notify_url=http://127.0.0.1:9/n -q";
    let done = beside("", &format!("test \"$WECHAT_BASE\" = \"$WXKIT_BASE\" && {order}")).run().exits(0);
    assert!(done.answer().starts_with("weixin://wxpay/bizpayurl"), "{done}");
    assert_eq!(done.stderr, "", "the program spoke for itself: {done}");
}

#[test]
fn its_exit_code_is_handed_on() {
    for code in [0, 1, 7, 42, 255] {
        beside("", &format!("exit {code}")).run().exits(code).prints_nothing();
        beside("--json", &format!("exit {code}")).run().exits(code).prints_nothing();
    }
    beside("", "kill -TERM $$").run().exits(128 + 15);
    wxkit("mock -- no-such-program").run().exits(127).says("there is no program no-such-program");
    let dir = Dir::new();
    wxkit("mock --").word(dir.file("plain", "text")).run().exits(126).says("may not be run");
}

#[test]
fn a_failure_tells_which_calls_were_refused_and_why() {
    let wrong = "\"$WXKIT\" pay query out_trade_no=beside-1 --key 00000000000000000000000000000000";
    let done = beside("", &format!("{wrong} >/dev/null 2>&1; exit 3")).run().exits(3).prints_nothing();
    let done = done.says("sh ended with 3").says("POST /pay/orderquery  SIGNERROR");
    assert!(done.stderr.contains("the signature is wrong"), "its reason: {done}");
    // Who meant it to be refused is not told again.
    let done = beside("", &format!("{wrong} >/dev/null 2>&1; exit 0")).run().exits(0);
    assert_eq!(done.stderr, "", "{done}");
}

#[test]
fn a_program_reads_and_writes_where_the_person_does() {
    let done = beside("", "cat; echo aside >&2").stdin("typed").run().exits(0);
    assert_eq!((done.stdout.as_str(), done.stderr.as_str()), ("typed", "aside\n"), "{done}");
}

#[test]
fn flags_behind_the_dashes_are_the_program_s() {
    wxkit("mock -- echo --json -q --lang zh").run().exits(0).shows("--json -q --lang zh");
}

#[test]
fn a_polite_end_reaches_the_program() {
    for (signal, code) in [("TERM", 5), ("INT", 5)] {
        let dir = Dir::new();
        let started = dir.path("started");
        // The system asks the gateway alone; it hands the wish on.
        let script = format!("trap 'exit 5' TERM; echo $$ > {started}; while :; do sleep 0.1; done");
        let (sender, receiver) = mpsc::channel();
        let seen = started.clone();
        std::thread::spawn(move || {
            let pid = soon(|| std::fs::read_to_string(&seen).ok().filter(|pid| pid.ends_with('\n')));
            sender.send(()).map(|()| pid)
        });
        let done = beside("", &script).interrupted(signal, &receiver).exits(code);
        let pid = std::fs::read_to_string(&started).unwrap();
        let alive = std::process::Command::new("sh").args(["-c", &format!("kill -0 {pid}")]).output();
        assert!(!alive.unwrap().status.success(), "the program is gone: {done}");
    }
}

#[test]
fn the_gateway_ends_with_the_program() {
    let home = Dir::new();
    let ready = home.path("ready");
    let run = wxkit("mock --ready-file").word(&*ready).words("-- sh -c").word("cat >/dev/null");
    let mut command = run.command(&home);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let url =
        soon(|| std::fs::read_to_string(&ready).ok().filter(|url| !url.is_empty())).expect("it is ready");
    assert_eq!(support::net::http("GET", &format!("{url}/_mock/healthz"), "").status, 200);
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(said, "");
    let place = url.trim_start_matches("http://");
    assert!(std::net::TcpStream::connect(place).is_err(), "nothing listens there any more");
}

#[test]
fn variables_go_into_a_file_that_holds_nothing_else() {
    let home = Dir::new();
    let path = home.path("wx.env");
    let ask = || wxkit("mock --listen 127.0.0.1:7791 --env-file").word(&*path).home(&home);
    for _ in 0..2 {
        ask().run().exits(0).prints_nothing();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("WECHAT_BASE=http://127.0.0.1:7791\n") && text.ends_with('\n'), "{text}");
        assert_eq!(text.lines().count(), 9, "{text}");
    }
    let own = home.file("own.env", "DATABASE_URL=x\n");
    let done = wxkit("mock --env-file").word(&*own).run().exits(2);
    done.says("holds other lines");
    assert_eq!(std::fs::read_to_string(&own).unwrap(), "DATABASE_URL=x\n");
    wxkit("mock --listen 127.0.0.1:0 --print-env").run().exits(2).says("have to know the port");
}
