//! No secret gets out. Every command of the table is driven with a canary in every
//! place where a person might type a secret: flags, variables, files, references,
//! bare words, URLs, stdin, profiles; and everything that leaves is searched for
//! it: stdout, stderr, `-v`, `--json`, and every file that is left behind.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use support::table::{Flag, Row, TABLE};
use support::{Dir, Gateway, net, wxkit};

/// Long, mixed, and like nothing that a program would make up by itself.
const CANARY: &str = "cAnArY0k3y7Zq9Xw2Vb5Nm8Lp4Rt6Ys1";
/// The same bytes in base64, and at the two other places where they may start
/// (`printf cAnArY0k3y7Zq9Xw2Vb5Nm8Lp4Rt6Ys1 | base64`, with `a` and `ab` before).
const ENCODED: &[&str] = &[
    "Y0FuQXJZMGszeTdacTlYdzJWYjVObThMcDRSdDZZcz",
    "NBbkFyWTBrM3k3WnE5WHcyVmI1Tm04THA0UnQ2WXMx",
    "jQW5BclkwazN5N1pxOVh3MlZiNU5tOExwNFJ0NllzM",
];

/// Whether the canary is in it, whole or its beginning, in any case.
fn sings(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.contains(&CANARY[..12].to_ascii_lowercase()) || ENCODED.iter().any(|form| text.contains(form))
}

/// One run to be made.
struct Case {
    words: Vec<String>,
    env: Vec<(String, String)>,
    stdin: String,
    config: Option<String>,
}

impl Case {
    fn of(row: &Row) -> Self {
        let words = row.words.split(' ').map(str::to_owned).collect();
        Self { words, env: Vec::new(), stdin: String::new(), config: None }
    }

    fn words(mut self, words: &[&str]) -> Self {
        self.words.extend(words.iter().map(|word| (*word).to_owned()));
        self
    }

    fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    fn stdin(self, text: impl Into<String>) -> Self {
        Self { stdin: text.into(), ..self }
    }

    fn config(self, text: String) -> Self {
        Self { config: Some(text), ..self }
    }

    fn told(&self) -> String {
        format!("{:?} {:?} {:?} {:?}", self.words, self.env, self.stdin, self.config)
    }
}

/// Everywhere a secret may be typed for one command.
fn cases(row: &Row) -> Vec<Case> {
    let mut cases = words(row);
    cases.extend(row.flags.iter().flat_map(|flag| flags(row, flag)));
    cases.extend(handed_in(row));
    cases.extend(settings(row));
    cases
}

/// As a word, with and without a name, in the forms that are pasted.
fn words(row: &Row) -> Vec<Case> {
    let word = |word: String| Case::of(row).words(&[&word]);
    vec![
        word(CANARY.into()),
        word(format!("a=@{CANARY}")),
        word(format!("@{CANARY}")),
        word(format!("key={CANARY}")),
        word(format!("refresh_token={CANARY}")),
        word(format!("{{\"key\":\"{CANARY}\"}}")),
        word(format!("<xml><appsecret>{CANARY}</appsecret></xml>")),
        word(format!("--{CANARY}")),
        word(format!("--key{CANARY}")),
        word(format!("https://user:{CANARY}@127.0.0.1:1/x?token={CANARY}")),
        word(format!("body=tea&key={CANARY}")),
        Case::of(row).words(&["--from", CANARY]),
        Case::of(row).words(&["--config", CANARY]),
        Case::of(row).words(&["--profile", CANARY]),
    ]
}

/// As the value of a flag: itself, or what the shell made of a reference.
fn flags(row: &Row, flag: &Flag) -> Vec<Case> {
    let with = |value: &str| Case::of(row).words(&[&flag.name, value]);
    if flag.value.is_none() {
        return vec![Case::of(row).words(&[&format!("{}={CANARY}", flag.name)])];
    }
    let mut cases = vec![
        with(&format!("env:{CANARY}")),
        with(&format!("file:{CANARY}")),
        with(&format!("@{CANARY}")),
        with(&format!("https://user:{CANARY}@127.0.0.1:1/?token={CANARY}")),
    ];
    if flag.is_secret() {
        cases.push(with(CANARY));
        cases.push(Case::of(row).words(&[&format!("{}={CANARY}", flag.name)]));
        cases.push(with("env:MINE").env("MINE", CANARY));
        cases.push(with("file:key.txt"));
        cases.push(with("-").stdin(CANARY));
    }
    cases
}

/// On stdin, by itself or inside a message.
fn handed_in(row: &Row) -> Vec<Case> {
    let fed = |text: String| Case::of(row).stdin(text);
    vec![
        fed(format!("{CANARY}\n")),
        fed(format!(
            "{{\"scheme\":\"pay-v2\",\"fields\":{{\"a\":\"1\"}},\"signature\":\"0\",\"key\":\"{CANARY}\"}}"
        )),
        fed(format!("<xml><a>1</a><sign>0</sign><key>{CANARY}</key></xml>")),
        fed(format!("a=1&sign=0&key={CANARY}")),
    ]
}

/// In the environment and in a profile, right and wrong.
fn settings(row: &Row) -> Vec<Case> {
    let secrets: Vec<(String, String)> =
        row.global.iter().filter(|flag| flag.is_secret()).map(variable).collect();
    let mut all = Case::of(row);
    let mut files = Case::of(row);
    let mut missing = Case::of(row);
    for (_, name) in &secrets {
        all = all.env(name, CANARY);
        files = files.env(&format!("{name}_FILE"), "key.txt");
        missing = missing.env(&format!("{name}_FILE"), CANARY);
    }
    let profile: String = secrets.iter().fold(String::from("[profile.x]\n"), |mut text, (name, _)| {
        let _ = writeln!(text, "{name} = \"{CANARY}\"");
        text
    });
    let url = format!("https://user:{CANARY}@127.0.0.1:1/?token={CANARY}");
    let with = |config: String| Case::of(row).words(&["-p", "x"]).config(config);
    vec![
        all,
        files,
        missing,
        Case::of(row).env("WXKIT_BASE", &url),
        Case::of(row).env("WXKIT_HUB", &url),
        Case::of(row).env("WXKIT_STORE", &format!("redis://user:{CANARY}@127.0.0.1:1")),
        Case::of(row).env("WXKIT_PROXY", &url).env("WXKIT_BASE", "http://wechat.test"),
        Case::of(row).env("WXKIT_NOTIFY_URL", &url),
        with(profile),
        with(format!("[profile.x]\nbase = \"{url}\"\n")),
        with(format!("[profile.x]\npay_key = {CANARY}\n")),
        with(format!("[profile.x]\npay_key = \"{CANARY}\n")),
        with(format!("[profile.x]\n{CANARY} = 1\n")),
        with(format!("[profile.x]\ntimeout = \"{CANARY}\"\n")),
        with(format!("[profile.x]\nlang = [\"{CANARY}\"]\n")),
    ]
}

/// Name in a profile and variable of a secret flag.
fn variable(flag: &Flag) -> (String, String) {
    let plain = flag.name.trim_start_matches('-').replace('-', "_");
    let name = match plain.as_str() {
        "key" => "pay_key",
        "ticket" => "jsapi_ticket",
        other => other,
    };
    (name.to_owned(), format!("WXKIT_{}", name.to_uppercase()))
}

/// Answers to what was asked for: these show on purpose.
fn is_asked_for(case: &Case) -> bool {
    let has = |word: &str| case.words.iter().any(|w| w.starts_with(word));
    // A bare word behind these is the number of an order.
    let is_number = case.words.last().is_some_and(|word| word == CANARY)
        && case.words.first().is_some_and(|noun| noun == "pay")
        && ["query", "close", "reverse"].iter().any(|verb| case.words[1] == *verb);
    is_number || has("--reveal") || has("--print-env") || has("--env-file")
}

/// A server that cannot listen there ends, after it has read everything.
const NOWHERE: &str = "203.0.113.1:1";

fn play(case: &Case, row: &Row, gateway: &Gateway, format: &[&str], songs: &Mutex<Vec<String>>) {
    let home = Dir::new();
    let mine = home.file("key.txt", CANARY);
    let config = case.config.as_ref().map(|text| home.file("config/wxkit/config.toml", text));
    let words = case.words.iter().map(String::as_str).chain(format.iter().copied());
    let mut run = words.fold(wxkit(""), support::Run::word).on(gateway).home(&home);
    let names_place = case.words.iter().any(|word| word.starts_with("--listen"));
    if row.flags.iter().any(|flag| flag.name == "--listen") && !names_place {
        run = run.word("--listen").word(NOWHERE);
    }
    let has_base = case.env.iter().any(|(name, _)| name == "WXKIT_BASE");
    if case.config.is_some() && !has_base {
        run = run
            .without(&["WXKIT_BASE", "WXKIT_PAY_KEY", "WXKIT_APP_SECRET"])
            .env("WXKIT_BASE", &*gateway.url);
    }
    run = case.env.iter().fold(run, |run, (name, value)| run.env(name, value.as_str()));
    let done = run.words("--no-input --timeout 2").stdin(&case.stdin).run_unchecked();
    let mut sung = String::new();
    let is_named = |path: &Path| sings(&path.strip_prefix(&home.0).unwrap().display().to_string());
    // Who names a folder so is told what is in it.
    let names_folder = files(&home.0).iter().filter_map(|path| path.parent()).any(is_named);
    for (name, text) in [("stdout", &done.stdout), ("stderr", &done.stderr)] {
        if sings(text) && !is_asked_for(case) && !names_folder {
            let _ = write!(sung, "\n  {name}: {}", text.trim());
        }
    }
    for path in files(&home.0) {
        let shown = path.display().to_string();
        let is_ours = shown == mine || Some(&shown) == config.as_ref();
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        // The file of settings may hold what it was given, for its owner only.
        let kept = shown.ends_with("config.toml") && mode(&path) == 0o600;
        if !is_ours && !kept && !is_named(&path) && sings(&text) {
            let _ = write!(sung, "\n  file {shown}: {text}");
        }
    }
    if !sung.is_empty() {
        songs.lock().unwrap().push(format!("{}{sung}", case.told()));
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Every file below, however deep.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn no_command_lets_a_secret_out() {
    let gateway = Gateway::start();
    let rows: &[Row] = &TABLE;
    let mut all: Vec<(&Row, Case)> =
        rows.iter().flat_map(|row| cases(row).into_iter().map(move |case| (row, case))).collect();
    // What is read by everyone in the same way is tried on two commands only.
    for row in rows.iter().filter(|row| ["pay query", "errcode"].contains(&row.words.as_str())) {
        all.extend(row.global.iter().flat_map(|flag| flags(row, flag)).map(|case| (row, case)));
    }
    let (songs, next) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from).max(2) {
            scope.spawn(|| {
                while let Some((row, case)) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let format: &[&str] = if case.words.len() % 2 == 0 { &["-v"] } else { &["-v", "--json"] };
                    play(case, row, &gateway, format, &songs);
                }
            });
        }
    });
    let songs = songs.into_inner().unwrap();
    assert!(all.len() > 1000, "{} cases", all.len());
    assert!(
        songs.is_empty(),
        "{} of {} runs let the canary out:\n{}",
        songs.len(),
        all.len(),
        songs.join("\n\n")
    );
}

/// The rule must be able to fail.
#[test]
fn the_canary_is_heard() {
    assert!(sings(&format!("x{}", CANARY.to_uppercase())) && sings(&CANARY[..16]) && !sings("cAnArY"));
    assert!(sings(&wxkit("pay sign a=1 --reveal --json --key").word(CANARY).run_unchecked().stdout));
}

/// What servers and reports leave behind, in full work.
#[test]
fn no_artifact_holds_a_secret() {
    let dir = Dir::new();
    let receiver = net::answering(|_| net::Message::reply(200, "text/xml", "<xml>no</xml>"));
    let place = receiver.trim_start_matches("http://");
    let to = format!("http://user:{CANARY}@{place}/n?token={CANARY}");
    let reports = format!("junit={},json={}", dir.path("junit.xml"), dir.path("report.json"));
    let run = wxkit("notify check -v --report")
        .word(reports)
        .word("--to")
        .word(&to)
        .words("--key")
        .word(CANARY)
        .as_merchant();
    run.home(&dir).run().exits(1).hides(CANARY);
    let mut gateway = Gateway::with(&format!("--key {CANARY} --state {}", dir.path("state.json")));
    let order = "pay order body=tea trade_type=NATIVE product_id=1 total_fee=1 notify_url=http://127.0.0.1:1/ \
                 out_trade_no=CANARY01 -v";
    wxkit(order).on(&gateway).env("WXKIT_PAY_KEY", CANARY).run().exits(0).hides(CANARY);
    gateway.act("orders/CANARY01/pay", "");
    wxkit(order).on(&gateway).run().exits(6);
    let save = dir.path("saved");
    let mut command = wxkit("notify listen --count 1 --listen 127.0.0.1:0 --ready-file")
        .word(dir.path("ready"))
        .words("--save")
        .word(&*save)
        .words("--key")
        .word(CANARY)
        .command(&dir);
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let url = support::soon(|| fs::read_to_string(dir.path("ready")).ok()).unwrap();
    wxkit("notify send out_trade_no=CANARY02 total_fee=1 --to")
        .word(&url)
        .words("--key")
        .word(CANARY)
        .as_merchant()
        .run();
    let _ = support::soon(|| child.try_wait().unwrap());
    let _ = child.kill();
    let output = child.wait_with_output().unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(!sings(&said), "{said}");
    assert!(!sings(&gateway.log()), "{}", gateway.log());
    assert!(!sings(&gateway.look("requests").to_string()), "the control plane");
    gateway.terminate();
    let left = files(&dir.0);
    assert!(left.len() >= 4, "{left:?}");
    for path in left {
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        assert!(!sings(&text), "{}: {text}", path.display());
    }
}

/// The gateway's pay key, as everybody knows it and README exports it.
const PAY_KEY: &str = "wxkitmockpaykey0wxkitmockpaykey0";
const V3_KEY: &str = "wxkitmockapiv3keywxkitmockapiv3k";

/// What a shell or a program takes from stdout has no mask in it, whatever else is exported.
#[test]
fn what_was_asked_for_comes_whole() {
    let dir = Dir::new();
    let known = |words: &str| {
        let run =
            wxkit(words).env("PAY_KEY", PAY_KEY).env("SOME_KEY", V3_KEY).env("CA_KEY", "-----BEGIN CERT");
        run.env("TAB_KEY", "complete -F _wxkit").home(&dir)
    };
    for (words, whole) in [
        ("mock --print-env", format!("export WXKIT_PAY_KEY={PAY_KEY}\n")),
        ("mock --print-env -q", format!("export WXKIT_API_V3_KEY={V3_KEY}\n")),
        ("mock --print-env --json", format!("\"WXKIT_PAY_KEY\":\"{PAY_KEY}\"")),
        ("mock --env-file env.txt --json", format!("\"WXKIT_PAY_KEY\":\"{PAY_KEY}\"")),
        ("mock keys keys", format!("export WXKIT_API_V3_KEY={V3_KEY}\n")),
        ("mock keys keys --json", format!("\"WXKIT_API_V3_KEY\": \"{V3_KEY}\"")),
        ("mock ca", "-----BEGIN CERTIFICATE-----\n".to_owned()),
        ("completions bash", "complete -F _wxkit".to_owned()),
    ] {
        let done = known(words).run_unchecked().exits(0).shows(&whole);
        assert!(!done.stdout.contains("***"), "{words}:\n{done}");
    }
    assert!(fs::read_to_string(dir.path("env.txt")).unwrap().contains(&format!("WXKIT_PAY_KEY={PAY_KEY}\n")));
    // A token that was taken before, and is asked for again.
    let gateway = Gateway::start();
    for (words, name) in [("token get -q", "WX_ACCESS_TOKEN"), ("ticket get -q", "JSAPI_TICKET")] {
        let again = |run: support::Run| run.on(&gateway).home(&dir).run_unchecked().exits(0).answer();
        let first = again(wxkit(words));
        assert_eq!(again(wxkit(words).env(name, &*first)), first);
    }
}

/// Nor is there a mask under a signature: what is to be sent is whole, or refused.
#[test]
fn what_is_to_be_sent_is_whole_or_refused() {
    let order = "out_trade_no=abcdefg total_fee=1 nonce_str=n1 attach=";
    for (words, value) in [
        (format!("notify make {order}"), PAY_KEY),
        (format!("notify make --json {order}"), PAY_KEY),
        (format!("pay sign --xml {order}"), PAY_KEY),
        (format!("pay sign --xml -q {order}"), PAY_KEY),
        ("pay invoke --prepay-id=".to_owned(), PAY_KEY),
        ("oauth url --redirect-uri=https://example.com/?token=".to_owned(), "wx2014112719152"),
    ] {
        let run = || wxkit(&format!("{words}{value}")).as_merchant().env("PAY_KEY", PAY_KEY);
        run().run().exits(9).prints_nothing().says("secret of yours").says("--reveal").hides(value);
        let whole = run().word("--reveal").run().exits(0).shows(value);
        assert!(!whole.stdout.contains("***"), "{words}:\n{whole}");
        // What holds none is printed as ever.
        wxkit(&format!("{words}none")).as_merchant().env("PAY_KEY", PAY_KEY).run().exits(0).shows("none");
    }
}

/// A few letters in common with a key are not the key: the openid of the gateway's user has them.
#[test]
fn what_only_looks_like_the_beginning_of_a_key_is_sent_as_it_is() {
    let make = || wxkit("notify make out_trade_no=abcdefg total_fee=1").as_merchant();
    let zeros = "00000000000000000000000000000000";
    make().env("WXKIT_PAY_KEY", zeros).run().exits(0).shows("[oMockUser0000000000000000001]");
    make().env("WXKIT_PAY_KEY", zeros).words("--json").run().exits(0).shows("[oMockUser0000000000000000001]");
}

/// Nor in a bill, which is read by programs.
#[test]
fn a_bill_is_whole_or_refused() {
    let gateway = Gateway::start();
    let order =
        "pay order body=tea trade_type=NATIVE product_id=1 total_fee=1 notify_url=http://127.0.0.1:1/";
    wxkit(&format!("{order} out_trade_no=BILL0001 attach={CANARY}")).on(&gateway).run_unchecked().exits(0);
    gateway.act("orders/BILL0001/pay", "");
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let day = wxkit::api::calendar::rfc3339(now)[..10].replace('-', "");
    let dir = Dir::new();
    let bill = || wxkit(&format!("pay bill bill_date={day}")).on(&gateway).home(&dir);
    bill().run().exits(0).shows(CANARY);
    bill().env("SHOP_KEY", CANARY).run().exits(9).prints_nothing().says("secret of yours");
    bill().env("SHOP_KEY", CANARY).words("--out bill.csv").run().exits(0);
    assert!(fs::read_to_string(dir.path("bill.csv")).unwrap().contains(CANARY));
}
