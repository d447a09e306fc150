//! `notify check` against one good receiver and several with one mistake each,
//! written in another language from the official pages; and `notify listen`
//! against the notices that `notify send` makes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

const APPID: &str = "wx00c0ffee00c0ffee";
const MCHID: &str = "1900000109";
const KEY: &str = "wxkitmockpaykey0wxkitmockpaykey0";

const API_V3_KEY: &str = "wxkitmockapiv3keywxkitmockapiv3k";
const PUB_KEY_ID: &str = "PUB_KEY_ID_0119000001092026112600000000000001";

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
    check_at(&receiver(mistake), mistake, more)
}

/// Status and body of a `GET`.
fn get(url: &str) -> (u16, String) {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap_or((&url[7..], ""));
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.0\r\nhost: {host}\r\n\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

fn check_at(receiver: &Running, mistake: &str, more: &[&str]) -> (Output, Value) {
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
    assert!(junit.contains("tests=\"21\" failures=\"0\""), "{junit}");
    let json: Value = serde_json::from_slice(&std::fs::read(json).unwrap()).unwrap();
    assert_eq!(json["counts"]["passed"], 21);
}

/// Replies alone do not show whether something was booked twice: its owner's count does.
#[test]
fn what_is_booked_twice_is_counted() {
    let every = ["again", "alive", "characters", "coupons", "hmac", "hmac_unnamed", "in_time", "md5_named"];
    let more = ["at_once", "new_fields", "reply_form", "valid"];
    let twice: BTreeSet<&str> = every.into_iter().chain(more).collect();
    for mistake in ["books_twice", "books_racing"] {
        let (unseen, told) = check(mistake, &[]);
        assert_eq!((unseen.status.code(), failed(&told)), (Some(0), BTreeSet::new()), "{told:#}");
    }
    for (mistake, expected) in
        [("", BTreeSet::new()), ("books_twice", twice), ("books_racing", BTreeSet::from(["at_once"]))]
    {
        let receiver = receiver(mistake);
        let books = receiver.url.replace("/notify", "/booked");
        let (output, told) = check_at(&receiver, mistake, &["--verify-url", &books]);
        assert_eq!(failed(&told), expected, "{mistake}: {told:#}");
        assert_eq!(output.status.code(), Some(i32::from(!expected.is_empty())));
    }
}

/// A replay tells what came of it: an event once at most, and one that was booked before
/// not at all.
#[test]
fn a_replay_counts_what_was_booked() {
    for (mistake, code, counts) in
        [("", 0, [(0, 1), (1, 1)]), ("books_twice", 1, [(0, 3), (3, 6)]), ("plain_text", 1, [(0, 1), (1, 1)])]
    {
        let (receiver, home) = (receiver(mistake), home(&format!("replay-count-{mistake}")));
        let books = receiver.url.replace("/notify", "/booked");
        let order = ["out_trade_no=shop-1", "total_fee=100"];
        let made = wxkit(&home).args(["notify", "make"]).args(order).output().unwrap();
        let file = home.join("n.xml");
        std::fs::write(&file, &made.stdout).unwrap();
        for (before, after) in counts {
            let words = ["notify", "replay", file.to_str().unwrap(), "--to", &receiver.url, "--repeat", "3"];
            let output = wxkit(&home).args(words).args(["--json", "--verify-url", &books]).output().unwrap();
            let told: Value = serde_json::from_slice(&output.stdout).unwrap();
            let booked = &told["booked"];
            assert_eq!((&booked["before"], &booked["after"]), (&before.into(), &after.into()), "{told:#}");
            assert_eq!((&booked["events"], &booked["ok"]), (&1.into(), &(after - before <= 1).into()));
            assert_eq!(output.status.code(), Some(code), "{mistake}: {told:#}");
        }
        let both = ["--verify-url", &books, "--verify-cmd", "echo 1"];
        let words = ["notify", "replay", file.to_str().unwrap(), "--to", &receiver.url];
        assert_eq!(wxkit(&home).args(words).args(both).output().unwrap().status.code(), Some(2));
    }
}

#[cfg(unix)]
#[test]
fn a_command_counts_too_or_the_exam_does_not_begin() {
    let receiver = receiver("");
    let (books, home) = (receiver.url.replace("/notify", "/booked"), home("verify"));
    let (output, told) = check_at(&receiver, "", &["--verify-cmd", &format!("curl -s {books}")]);
    assert_eq!(output.status.code(), Some(0), "{told:#}");
    let item = told["items"].as_array().unwrap().iter().find(|item| item["id"] == "at_once").unwrap();
    assert_eq!((&item["booked"], &item["not_seen"]), (&1.into(), &Value::Null));
    for (line, says) in [("echo many", "it said \"many\""), ("exit 3", "exit code 3")] {
        let words = ["notify", "check", "--to", &receiver.url, "--verify-cmd", line];
        let output = wxkit(&home).args(words).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(2) && said.contains(says), "{said}");
    }
    let sent = told["items"].as_array().unwrap().len() + 7;
    assert_eq!(
        get(&receiver.url).1,
        sent.to_string(),
        "eight copies of one item, and none after a bad count"
    );
}

#[test]
fn each_mistake_is_named() {
    let mistakes: [(&str, &[&str]); 9] = [
        ("no_verify", &["wrong_sign", "no_sign"]),
        ("sign_optional", &["no_sign"]),
        ("known_fields", &["new_fields", "characters", "coupons"]),
        ("md5_only", &["hmac", "hmac_unnamed"]),
        // Its HMAC notices fall with it: they name their digest too.
        ("drops_sign_type", &["md5_named", "hmac", "hmac_unnamed"]),
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
                "md5_named",
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
               coupons,md5_named,hmac,hmac_unnamed,refund,foreign_refund,alive,reply_form";
    let (output, told) = check("slow", &["--skip", all]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(failed(&told), ["in_time"].into());
    assert!(told["items"][1]["finding"].as_str().unwrap().starts_with("it took 5"), "{told:#}");
}

#[test]
fn nobody_there_is_said_once() {
    let home = home("nobody");
    let run = |to: &[&str]| {
        let output = wxkit(&home).args(["notify", "check"]).args(to).output().unwrap();
        assert!(output.stdout.is_empty(), "{output:?}");
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (exit, text) = run(&["--to", "http://127.0.0.1:1/n"]);
    assert_eq!(exit, Some(4), "{text}");
    assert_eq!(text.matches("connection refused").count(), 1, "{text}");
    assert!(text.contains("cannot reach 127.0.0.1:1") && !text.contains("how to fix"), "{text}");
    let behind = receiver("");
    let (exit, text) = run(&[
        "--to",
        &behind.url,
        "--refund-to",
        "http://127.0.0.1:1/n",
        "out_trade_no=shop-1",
        "total_fee=100",
    ]);
    assert_eq!((exit, text.matches("connection refused").count()), (Some(4), 1), "{text}");
    for words in [
        &["notify", "check", "--to", "foo"][..],
        &["notify", "check", "--to", "127.0.0.1:8080/n"],
        &["notify", "check", "--to", "http:///n"],
        &["notify", "send", "--to", "foo", "total_fee=1"],
        &["notify", "replay", "x.xml", "--to", "foo"],
        &["notify", "listen", "--forward", "foo"],
    ] {
        let output = wxkit(&home).args(words).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{words:?}: {text}");
        assert!(
            text.contains("is no address") && text.contains("http://127.0.0.1:8080/notify"),
            "{words:?}: {text}"
        );
        assert!(!text.contains("{ "), "{words:?}: {text}");
    }
}

/// A receiver that refuses everything is told so once; what hangs on that is left out.
#[test]
fn what_hangs_on_a_failed_item_is_not_tried() {
    let receiver = receiver("refuses_all");
    let (output, told) = check_at(&receiver, "refuses_all", &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(told["counts"]["required_failed"], 2, "{told:#}");
    let of = |verdict: &str| -> Vec<&str> {
        let items = told["items"].as_array().unwrap().iter();
        items.filter(|item| item["verdict"] == verdict).map(|item| item["id"].as_str().unwrap()).collect()
    };
    assert_eq!(of("fail"), ["valid", "refund"]);
    assert_eq!(of("pass"), ["amount"]);
    assert_eq!(of("untold").len(), 18);
    // The amount, the good notice and the refund: no more was sent.
    assert_eq!(get(&receiver.url).1, "3");
}

#[test]
fn nothing_to_do_is_no_order() {
    let home = home("zero");
    let to = "http://127.0.0.1:1/n";
    for words in [
        &["notify", "replay", "x.xml", "--to", to, "--repeat", "0"][..],
        &["notify", "replay", "x.xml", "--to", to, "--concurrency", "0"],
        &["notify", "replay", "x.xml", "--to", to, "--rate", "0"],
        &["notify", "listen", "--count", "0"],
    ] {
        let output = wxkit(&home).args(words).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{words:?}: {text}");
        assert!(text.contains("cannot be 0"), "{words:?}: {text}");
    }
}

#[test]
fn reports_and_items_are_checked_first() {
    let home = home("usage");
    for (args, wanted) in [
        (["--report", "pdf=x"], "--report does not know pdf=x"),
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
fn only_notices_are_counted() {
    let home = home("counted");
    let mut inbox = listening(&home, &["--count", "1"]);
    assert_eq!(get(&inbox.url).0, 405);
    assert_eq!(
        (inbox.line()["type"].clone(), send(&home, &inbox.url, &["total_fee=100"])),
        ("other".into(), Some(0))
    );
    assert_eq!((inbox.line()["type"].clone(), inbox.line()["received"].clone()), ("notice".into(), 1.into()));
}

/// Frozen to one second, so that both want the same name.
#[test]
fn two_listeners_keep_both_notices() {
    let home = home("twins");
    let store = home.join("kept");
    let args = ["--save", store.to_str().unwrap(), "--count", "1", "--at", "1700000000"];
    let (one, two) = (listening(&home, &args), listening(&home, &args));
    for (inbox, fee) in [(one, "total_fee=1"), (two, "total_fee=2")] {
        assert_eq!(send(&home, &inbox.url, &[fee]), Some(0));
        let mut inbox = inbox;
        while inbox.line()["type"] != "stopped" {}
    }
    let mut files: Vec<_> = std::fs::read_dir(&store).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let names: Vec<_> = files.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["1700000000-0001-pay_notify-2.xml", "1700000000-0001-pay_notify.xml"]);
    let text = |path: &PathBuf| std::fs::read_to_string(path).unwrap();
    assert!(
        text(&files[1]).contains("<total_fee>1</total_fee>")
            && text(&files[0]).contains("<total_fee>2</total_fee>")
    );
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

// Notices of v3.

fn keys_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/mock/keys")
}

/// A merchant of v3 in public-key mode, with the gateway's published keys.
fn wxkit_v3(home: &Path) -> Command {
    let mut command = wxkit(home);
    command.env("WXKIT_API_V3_KEY", API_V3_KEY).env("WXKIT_WECHAT_KEY", keys_dir().join("pub_key.pem"));
    command.env("WXKIT_WECHAT_KEY_ID", PUB_KEY_ID);
    command
}

fn run_v3(home: &Path, words: &[&str]) -> (Option<i32>, String) {
    let output = wxkit_v3(home).args(words).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).unwrap())
}

#[test]
fn listen_proves_opens_keeps_and_answers_notices_of_v3() {
    let home = home("listen-v3");
    let store = home.join("captured");
    let mut command = wxkit_v3(&home);
    command
        .args(["notify", "listen", "--listen", "127.0.0.1:0", "--json", "--count", "6", "--save"])
        .arg(&store);
    let mut inbox = Running::start(&mut command, |line| {
        serde_json::from_str::<Value>(line).unwrap()["url"].as_str().unwrap().to_owned()
    });
    let url = inbox.url.clone();
    let send = |more: &[&str]| {
        run_v3(&home, &[&["notify", "send", "--v3", "--json", "--to", &url], more].concat()).0
    };
    let order = ["out_trade_no=shop-1", "amount.total=100"];
    assert_eq!(send(&order), Some(0));
    let refund = ["--kind", "refund", "out_refund_no=R1", "amount.refund=40", "refund_status=ABNORMAL"];
    assert_eq!(send(&[&order[..], &refund].concat()), Some(0));
    assert_eq!(send(&[&order[..], &["--signed-by", "certificate"]].concat()), Some(1));
    assert_eq!(send(&[&order[..], &["--at", "1700000000"]].concat()), Some(1));
    assert_eq!(send(&[&order[..], &["--api-v3-key", "another0another0another0another0"]].concat()), Some(1));
    // The other API beside it.
    let v2 = ["notify", "send", "--to", &url, "out_trade_no=shop-1", "total_fee=100"];
    assert_eq!(run_v3(&home, &v2).0, Some(0));
    let (mut notices, mut files) = (Vec::new(), Vec::new());
    loop {
        let event = inbox.line();
        match event["type"].as_str().unwrap() {
            "notice" => notices.push(event),
            "stored" => files.push(event["file"].as_str().unwrap().to_owned()),
            _ => break,
        }
    }
    let valid: Vec<_> = notices.iter().map(|notice| notice["valid"].as_bool().unwrap()).collect();
    assert_eq!(valid, [true, true, false, false, false, true], "{notices:#?}");
    assert_eq!(
        (&notices[0]["kind"], &notices[0]["fields"]["amount"]["total"]),
        (&"v3_pay_notify".into(), &100.into())
    );
    let (back, event) = (&notices[1]["fields"], &"REFUND.ABNORMAL".into());
    assert_eq!((&notices[1]["kind"], &back["event_type"]), (&"v3_refund_notify".into(), event));
    assert_eq!(back["amount"]["payer_refund"], 40);
    for (notice, reason) in notices[2..5].iter().zip(["is not known here", "5 minutes", "does not open"]) {
        assert!(notice["reason"].as_str().unwrap().contains(reason), "{notice}");
    }
    the_kept_files_serve_again(&home, &store, &files);
}

/// The serial names the key, even where another one that is known fits:
/// <https://pay.weixin.qq.com/doc/v3/merchant/4013053420>
#[test]
fn a_serial_that_nobody_has_is_no_one_by_one_and_in_a_batch() {
    let home = home("serial-v3");
    let other = format!("{}99", &PUB_KEY_ID[..PUB_KEY_ID.len() - 2]);
    let (code, made) = run_v3(&home, &["notify", "make", "--v3", "out_trade_no=shop-1", "amount.total=1"]);
    assert_eq!(code, Some(0), "{made}");
    let hex = "1234567890ABCDEF1234567890ABCDEF12345678";
    for (serial, good) in [(PUB_KEY_ID, true), (&*other, false), (hex, false)] {
        let file = home.join("notice.http");
        std::fs::write(&file, made.replace(PUB_KEY_ID, serial)).unwrap();
        let file = file.to_str().unwrap();
        for words in [&["v3", "verify", file][..], &["notify", "verify", "--from", file]] {
            let (code, said) = run_v3(&home, words);
            assert_eq!(code, Some(i32::from(!good)), "{words:?}: {said}");
            assert_eq!(said.contains(&format!("Wechatpay-Serial is {serial}")), !good, "{said}");
            let (_, said) = run_v3(&home, &[words, &["--json"]].concat());
            let told: Value = serde_json::from_str(&said).unwrap();
            assert_eq!((&told["valid"], &told["key_id"]), (&good.into(), &serial.into()));
            assert_eq!(told["reason"]["id"] == "unknown_key", !good, "{told}");
        }
        let (head, body) = std::fs::read_to_string(file).unwrap().split_once("\n\n").map_or_else(
            || panic!("{made}"),
            |(head, body)| (head.to_owned(), body.trim_end_matches('\n').to_owned()),
        );
        let headers: serde_json::Map<_, _> = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_owned(), value.into()))
            .collect();
        let line = home.join("lines");
        std::fs::write(&line, serde_json::json!({ "headers": headers, "body": body }).to_string()).unwrap();
        let (code, said) = run_v3(&home, &["v3", "verify", "--batch", line.to_str().unwrap()]);
        assert_eq!(code, Some(i32::from(!good)), "{said}");
    }
}

/// Keys of both kinds in one file: each message is proved by its own.
#[test]
fn a_file_of_many_keys_proves_by_each_of_them() {
    let home = home("bundle-v3");
    let read = |name: &str| std::fs::read_to_string(keys_dir().join(name)).unwrap();
    let bundle = home.join("bundle.pem");
    std::fs::write(&bundle, read("platform_cert.pem") + &read("pub_key.pem")).unwrap();
    for by in ["public-key", "certificate"] {
        let words = ["notify", "make", "--v3", "out_trade_no=shop-1", "amount.total=1", "--signed-by", by];
        let file = home.join(by);
        std::fs::write(&file, run_v3(&home, &words).1).unwrap();
        let verify = ["v3", "verify", file.to_str().unwrap(), "--wechat-key", bundle.to_str().unwrap()];
        let (code, said) = run_v3(&home, &verify);
        assert_eq!(code, Some(0), "{by}: {said}");
    }
}

fn the_kept_files_serve_again(home: &Path, store: &Path, files: &[String]) {
    assert_eq!(run_v3(home, &["notify", "verify", "--from", &files[0]]).0, Some(0));
    let (code, text) = run_v3(home, &["notify", "decrypt", "--from", &files[1], "--json"]);
    let opened: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (code, &opened["out_refund_no"], &opened["amount"]["refund"]),
        (Some(0), &"R1".into(), &40.into())
    );
    let changed = home.join("changed.http");
    let kept = std::fs::read_to_string(&files[0]).unwrap();
    std::fs::write(&changed, kept.replace("TRANSACTION.SUCCESS", "TRANSACTION.FAIL")).unwrap();
    assert_eq!(run_v3(home, &["notify", "verify", "--from", changed.to_str().unwrap()]).0, Some(1));
    // The stale one and the one by another key are good again when they are signed again; what
    // does not open stays closed.
    for (flag, accepted) in [(&[][..], 3), (&["--resign"], 5)] {
        let mut command = wxkit_v3(home);
        command.args(["notify", "listen", "--listen", "127.0.0.1:0", "--json"]);
        let inbox = Running::start(&mut command, |line| {
            serde_json::from_str::<Value>(line).unwrap()["url"].as_str().unwrap().to_owned()
        });
        let words = ["notify", "replay", store.to_str().unwrap(), "--to", &inbox.url, "--json"];
        let output = wxkit_v3(home).args(words).args(flag).output().unwrap();
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        let (code, noted) =
            (output.status.code(), String::from_utf8_lossy(&output.stderr).contains("--resign"));
        assert_eq!(noted, flag.is_empty(), "the stale one is remarked upon");
        assert_eq!(
            (code, &told["sent"], &told["accepted"]),
            (Some(1), &6.into(), &accepted.into()),
            "{told:#}"
        );
    }
}

#[test]
fn kinds_belong_to_an_api() {
    let home = home("kinds");
    for (words, wanted) in [
        (&["notify", "make", "--v3", "--kind", "native"][..], "there is no notice native in v3"),
        (&["notify", "make", "--kind", "transfer"], "transfer is a notice of v3"),
    ] {
        let (code, text) = run_v3(&home, words);
        assert!(code == Some(2) && text.contains(wanted), "{words:?}: {code:?} {text}");
    }
}

#[test]
fn listen_says_which_key_it_lacks() {
    let home = home("keyless");
    for (name, wanted) in [
        ("WXKIT_WECHAT_KEY_ID", "wechat_key_id is not set"),
        ("WXKIT_WECHAT_KEY", "wechat_key is not set"),
        ("WXKIT_API_V3_KEY", "api_v3_key is not set"),
    ] {
        let mut command = wxkit_v3(&home);
        command.env_remove("WXKIT_PAY_KEY").env_remove(name).args([
            "notify",
            "listen",
            "--listen",
            "127.0.0.1:0",
        ]);
        let output = command.output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(3) && text.contains(wanted), "{name}: {text}");
    }
}

/// A Python that has `cryptography`: the one beside the SDKs, or the machine's. Without
/// one the tests that need it say so and pass, but fail where CI is `true`.
fn python() -> Option<PathBuf> {
    let installed = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("clients/python/bin/python");
    let has = |python: &PathBuf| {
        Command::new(python)
            .args(["-c", "import cryptography"])
            .output()
            .is_ok_and(|done| done.status.success())
    };
    let found = [installed, PathBuf::from("python3")].into_iter().find(has);
    let ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(found.is_some() || !ci, "no Python has cryptography: run tests/clients/install");
    if found.is_none() {
        // Not `eprintln`, which is swallowed when a test passes.
        let _ = writeln!(std::io::stderr(), "SKIPPED: no Python has cryptography; run tests/clients/install");
    }
    found
}

fn receiver_v3(python: &Path, mistake: &str) -> Running {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/receivers/receiver_v3.py");
    let mut command = Command::new(python);
    command.arg(script).arg(keys_dir()).args([PUB_KEY_ID, API_V3_KEY, APPID, MCHID, mistake]);
    Running::start(&mut command, str::to_owned)
}

fn check_v3(python: &Path, mistake: &str, more: &[&str]) -> (Option<i32>, Value, String) {
    let (receiver, home) = (receiver_v3(python, mistake), home(&format!("check-v3-{mistake}")));
    let mut command = wxkit_v3(&home);
    command.args(["notify", "check", "--json", "--to", &receiver.url]);
    let output = command.args(["out_trade_no=shop-1", "amount.total=100"]).args(more).output().unwrap();
    let told = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    (output.status.code(), told, get(&receiver.url).1)
}

#[test]
fn a_good_receiver_of_v3_passes() {
    let Some(python) = python() else { return };
    let (code, told, sent) = check_v3(&python, "", &[]);
    assert_eq!((code, failed(&told)), (Some(0), BTreeSet::new()), "{told:#}");
    assert_eq!((&told["counts"]["passed"], &*sent), (&23.into(), "30"), "eight came at once");
}

#[test]
fn each_mistake_of_v3_is_named() {
    let Some(python) = python() else { return };
    let mistakes: [(&str, &[&str]); 11] = [
        ("signtest", &["probe"]),
        ("always_200", ALL_REFUSALS),
        ("reserialised", &["other_bytes"]),
        ("no_window", &["stale"]),
        ("one_key", &["both_keys"]),
        ("no_tag", &["tag"]),
        ("fixed_aad", &["empty_aad"]),
        ("no_mch_check", &["foreign"]),
        ("no_verify", &["probe", "tampered", "wrong_sign", "unknown_serial", "no_sign", "stale"]),
        (
            "once_only",
            &[
                "reply_form",
                "in_time",
                "again",
                "at_once",
                "both_keys",
                "other_bytes",
                "empty_aad",
                "new_fields",
                "characters",
                "alive",
            ],
        ),
        ("created", &["reply_form"]),
    ];
    for (mistake, wanted) in mistakes {
        let (code, told, _) = check_v3(&python, mistake, &[]);
        let wanted: BTreeSet<&str> = wanted.iter().copied().collect();
        assert_eq!((code, failed(&told)), (Some(1), wanted), "{mistake}: {told:#}");
        for item in told["items"].as_array().unwrap() {
            assert!(item["why"].as_str().unwrap().len() > 10 && item["fix"].as_str().unwrap().len() > 10);
        }
    }
}

/// Whoever refuses with 200 loses every notice that he refuses.
const ALL_REFUSALS: &[&str] = &[
    "amount",
    "probe",
    "tampered",
    "wrong_sign",
    "unknown_serial",
    "no_sign",
    "stale",
    "tag",
    "foreign_cipher",
    "foreign",
    "empty_body",
];

#[test]
fn a_receiver_of_v2_only_is_told_so() {
    let Some(python) = python() else { return };
    let (code, told, sent) = check_v3(&python, "v2_only", &[]);
    let item = told["items"].as_array().unwrap().iter().find(|item| item["id"] == "valid").unwrap();
    assert_eq!((code, &item["verdict"], &*sent), (Some(1), &"fail".into(), "3"), "{told:#}");
    assert!(item["finding"].as_str().unwrap().contains("says no with a 2xx"), "{item}");
    assert!(item["why"].as_str().unwrap().contains("XML of v2 only"), "{item}");
}

#[test]
fn slow_is_told_from_dead_in_v3_too() {
    let Some(python) = python() else { return };
    let kept = ["valid", "in_time"];
    let all = check_v3(&python, "refuses_all", &[]).1;
    let others: Vec<&str> = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap())
        .filter(|id| !kept.contains(id))
        .collect();
    let (code, told, _) = check_v3(&python, "slow", &["--skip", &others.join(",")]);
    assert_eq!((code, failed(&told)), (Some(1), ["in_time"].into()), "{told:#}");
}
