//! `notify check` against one good receiver and several with one mistake each,
//! written in another language from the official pages; and `notify listen`
//! against the notices that `notify send` makes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

const APPID: &str = "wx00c0ffee00c0ffee";
const MCHID: &str = "1900000109";
const KEY: &str = "wxkitmockpaykey0wxkitmockpaykey0";

/// A process that ends with the test.
struct Running {
    child: Child,
    url: String,
    out: BufReader<std::process::ChildStdout>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// Starts it and waits for its address, which `find` sees in its first line.
    fn start(command: &mut Command, find: fn(&str) -> String) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        Self { child, url: find(line.trim()), out }
    }

    fn line(&mut self) -> Value {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line}"))
    }
}

fn receiver(mistake: &str) -> Running {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/receivers/receiver.py");
    Running::start(Command::new("python3").arg(script).args([KEY, APPID, MCHID, mistake]), str::to_owned)
}

/// A home of its own for every run of the command.
fn home(name: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("wxkit-notify-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

fn wxkit(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wxkit"));
    command.env_clear().env("HOME", home).env("WXKIT_LANG", "en");
    command.envs([("WXKIT_APP_ID", APPID), ("WXKIT_MCH_ID", MCHID), ("WXKIT_PAY_KEY", KEY)]);
    command.stdin(Stdio::null());
    command
}

fn check(mistake: &str, more: &[&str]) -> (Output, Value) {
    let receiver = receiver(mistake);
    let home = home(&format!("check-{mistake}"));
    let order = ["out_trade_no=shop-1", "total_fee=100"];
    let output = wxkit(&home)
        .args(["notify", "check", "--json", "--to", &receiver.url])
        .args(order)
        .args(more)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let told = serde_json::from_str(&told).unwrap_or_else(|_| panic!("{output:?}"));
    (output, told)
}

fn failed(told: &Value) -> BTreeSet<&str> {
    let items = told["items"].as_array().unwrap();
    items.iter().filter(|item| item["verdict"] != "pass").map(|item| item["id"].as_str().unwrap()).collect()
}

#[test]
fn a_good_receiver_passes() {
    let home = home("reports");
    let (junit, json) = (home.join("r.xml"), home.join("r.json"));
    let reports = format!("junit={},json={}", junit.display(), json.display());
    let (output, told) = check("", &["--report", &reports]);
    assert_eq!(output.status.code(), Some(0), "{told:#}");
    assert_eq!((&told["passed"], failed(&told)), (&Value::Bool(true), BTreeSet::new()), "{told:#}");
    let junit = std::fs::read_to_string(junit).unwrap();
    assert!(junit.contains("tests=\"20\" failures=\"0\""), "{junit}");
    let json: Value = serde_json::from_slice(&std::fs::read(json).unwrap()).unwrap();
    assert_eq!(json["counts"]["passed"], 20);
}

#[test]
fn each_mistake_is_named() {
    let mistakes: [(&str, &[&str]); 8] = [
        ("no_verify", &["wrong_sign", "no_sign"]),
        ("sign_optional", &["no_sign"]),
        ("known_fields", &["new_fields", "characters", "coupons"]),
        ("md5_only", &["hmac", "hmac_unnamed"]),
        (
            "once_only",
            &[
                "again",
                "at_once",
                "in_time",
                "reply_form",
                "new_fields",
                "characters",
                "coupons",
                "hmac",
                "hmac_unnamed",
                "alive",
            ],
        ),
        ("plain_text", &["reply_form"]),
        ("doctype", &["doctype"]),
        ("no_mch_check", &["foreign"]),
    ];
    for (mistake, wanted) in mistakes {
        let (output, told) = check(mistake, &[]);
        assert_eq!(output.status.code(), Some(1), "{mistake}");
        assert_eq!(failed(&told), wanted.iter().copied().collect(), "{mistake}: {told:#}");
        for item in told["items"].as_array().unwrap() {
            assert!(item["why"].as_str().unwrap().len() > 10 && item["fix"].as_str().unwrap().len() > 10);
        }
    }
}

#[test]
fn advice_does_not_fail_the_exam() {
    let (output, told) = check("no_amount_check", &[]);
    assert_eq!((output.status.code(), failed(&told)), (Some(0), ["amount"].into()), "{told:#}");
}

#[test]
fn slow_is_told_from_dead() {
    let all = "amount,again,at_once,tampered,wrong_sign,no_sign,foreign,empty_body,doctype,new_fields,characters,\
               coupons,hmac,hmac_unnamed,refund,foreign_refund,alive,reply_form";
    let (output, told) = check("slow", &["--skip", all]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(failed(&told), ["in_time"].into());
    assert!(told["items"][1]["finding"].as_str().unwrap().starts_with("it took 5"), "{told:#}");
}

#[test]
fn nobody_there_fails_everything() {
    let home = home("nobody");
    let output = wxkit(&home).args(["notify", "check", "--to", "http://127.0.0.1:1/n"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("no reply: connection refused") && text.contains("how to fix"), "{text}");
}

#[test]
fn reports_and_items_are_checked_first() {
    let home = home("usage");
    for (args, wanted) in [
        (["--report", "html=x"], "--report does not know html=x"),
        (["--skip", "nothing"], "no item is named nothing"),
    ] {
        let output = wxkit(&home)
            .args(["notify", "check", "--to", "http://127.0.0.1:1/n"])
            .args(args)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains(wanted), "{output:?}");
    }
}

fn listening(home: &Path, args: &[&str]) -> Running {
    let mut command = wxkit(home);
    command.args(["notify", "listen", "--listen", "127.0.0.1:0", "--json"]).args(args);
    Running::start(&mut command, |line| {
        let ready: Value = serde_json::from_str(line).unwrap();
        assert_eq!(ready["type"], "ready");
        ready["url"].as_str().unwrap().to_owned()
    })
}

fn send(home: &Path, to: &str, more: &[&str]) -> Option<i32> {
    let mut command = wxkit(home);
    command.args(["notify", "send", "--to", to, "out_trade_no=shop-1"]).args(more);
    command.output().unwrap().status.code()
}

#[test]
fn listen_checks_decrypts_keeps_and_passes_on() {
    let home = home("listen");
    let behind = receiver("");
    let store = home.join("captured");
    let mut inbox =
        listening(&home, &["--save", store.to_str().unwrap(), "--forward", &behind.url, "--count", "3"]);
    assert_eq!(send(&home, &inbox.url, &["total_fee=100"]), Some(0));
    let refund = ["total_fee=100", "--kind", "refund", "out_refund_no=R1", "refund_fee=40"];
    assert_eq!(send(&home, &inbox.url, &refund), Some(0));
    assert_eq!(send(&home, &inbox.url, &["total_fee=100", "--key", "another"]), Some(1));
    let mut events = Vec::new();
    loop {
        let event = inbox.line();
        if event["type"] == "stopped" {
            assert_eq!(event["received"], 3);
            break;
        }
        events.push(event);
    }
    let of = |kind: &str| events.iter().filter(|event| event["type"] == kind).collect::<Vec<_>>();
    let notices = of("notice");
    assert_eq!((&notices[0]["valid"], &notices[0]["fields"]["total_fee"]), (&true.into(), &100.into()));
    assert_eq!(
        (&notices[1]["kind"], &notices[1]["fields"]["refund_fee"]),
        (&"refund_notify".into(), &40.into())
    );
    assert_eq!(notices[2]["valid"], false);
    assert!(!of("forwarded").is_empty() && of("forwarded").iter().all(|event| event["status"] == 200));
    let file = of("stored")[0]["file"].as_str().unwrap().to_owned();
    let verified = wxkit(&home).args(["notify", "verify", "--from", &file]).output().unwrap();
    assert_eq!(verified.status.code(), Some(0), "{verified:?}");
}

#[test]
fn listen_says_who_else_can_reach_it() {
    let home = home("public");
    let mut command = wxkit(&home);
    command.args(["notify", "listen", "--listen", "0.0.0.0:0", "--json"]);
    let inbox = Running::start(&mut command, |line| {
        let ready: Value = serde_json::from_str(line).unwrap();
        assert!(ready["listen"].as_str().unwrap().starts_with("0.0.0.0:"), "{ready}");
        ready["url"].as_str().unwrap().to_owned()
    });
    assert!(inbox.url.starts_with("http://127.0.0.1:"), "{}", inbox.url);
}

#[test]
fn listen_answers_as_told() {
    let home = home("reply");
    for (reply, code) in [("success", 0), ("fail", 1), ("error", 1), ("html", 1), ("empty", 1)] {
        let inbox = listening(&home, &["--reply", reply]);
        assert_eq!(send(&home, &inbox.url, &["total_fee=100"]), Some(code), "{reply}");
    }
    let behind = receiver("");
    let inbox = listening(&home, &["--reply", "forwarded", "--forward", &behind.url]);
    assert_eq!(send(&home, &inbox.url, &["total_fee=100"]), Some(0));
    assert_eq!(send(&home, &inbox.url, &["total_fee=99"]), Some(1));
}
