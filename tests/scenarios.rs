//! `test run` and `test new` as they are used: a real program under test, receivers that
//! book twice, files that are wrong, reports, and nothing left running.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::sync::mpsc;

use support::{Dir, Done, repository, soon, wxkit};

/// Plays a text as a file of this directory.
fn play(dir: &Dir, text: &str, flags: &str) -> Done {
    let file = dir.file("x.toml", text);
    wxkit("test run").word(file).words(flags).run()
}

/// The shop of `tests/scenarios/`, with a mistake.
fn shop(bug: &str) -> String {
    let text = std::fs::read_to_string(repository("tests/scenarios/shop.toml")).unwrap();
    let script = repository("tests/scenarios/shop.py");
    let text = text.replace("tests/scenarios/shop.py", &script);
    text.replace("ready =", &format!("env = {{ BUG = \"{bug}\" }}\nready ="))
}

#[test]
fn the_starter_passes_as_it_is_in_both_languages() {
    for lang in ["en", "zh"] {
        let dir = Dir::new();
        let file = dir.path("new.toml");
        wxkit("test new").word(&file).words("--lang").word(lang).run().exits(0);
        let done = wxkit("test run --json").word(&file).run().exits(0);
        let told = done.json();
        assert_eq!((&told["ok"], &told["failed"]), (&true.into(), &0.into()), "{done}");
        assert!(told["steps"].as_array().unwrap().iter().all(|step| step["ok"] == true), "{done}");
        let before = std::fs::read(&file).unwrap();
        wxkit("test new").word(&file).run().exits(2).says("already");
        assert_eq!(std::fs::read(&file).unwrap(), before, "it overwrites nothing");
        wxkit("test new").word(dir.path("new.txt")).run().exits(2).says("does not end with .toml");
    }
}

/// Everything that `demo` does at the gateway, by v2 and v3, as a file.
#[test]
fn the_story_of_the_demo_is_a_scenario() {
    let done = wxkit("test run --json").word(repository("tests/scenarios/demo.toml")).run().exits(0);
    assert_eq!(done.json()["passed"], 15, "{done}");
}

#[test]
fn a_shop_that_books_once_passes_and_one_that_books_twice_is_caught() {
    let dir = Dir::new();
    play(&dir, &shop("none"), "").exits(0).shows("0 failed");
    let done = play(&dir, &shop("twice"), "").exits(1);
    let done = done.shows("body.booked: expected \"1\", got \"").shows("x.toml:33");
    assert!(done.stdout.contains("| booked T202601 2"), "what the program said: {done}");
}

#[test]
fn a_shop_that_signs_wrongly_is_told_why() {
    let dir = Dir::new();
    let done = play(&dir, &shop("key"), "--json").exits(1);
    let told = done.json();
    let failed = told["steps"].as_array().unwrap().iter().find(|step| step["failure"].is_object()).unwrap();
    let failure = &failed["failure"];
    assert_eq!((&failed["line"], &failed["name"]), (&13.into(), &"POST /orders".into()), "{done}");
    assert_eq!(failure["refused"][0]["verdict"], "SIGNERROR", "{done}");
    assert!(failure["refused"][1]["explain"]["verdict"].is_string(), "its explanation: {done}");
    assert_eq!(told["skipped"], 5, "what comes after is left out: {done}");
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let dir = Dir::new();
    let text = "[mock]\nseed = 9\n[[step]]\ncall = \"pay order\"\nwith = { body = \"t\", total_fee = 1, \
                trade_type = \"NATIVE\", product_id = 1, notify_url = \"http://127.0.0.1:9/n\" }\ncapture = { no = \"out_trade_no\" }\n\
                [[step]]\npay = \"${no}\"\n[[step]]\ncall = \"pay query\"\nwith = { out_trade_no = \"${no}\" }\n\
                capture = { id = \"transaction_id\", s = \"sign\", n = \"nonce_str\" }\n\
                [[step]]\nname = \"${id} ${s} ${n}\"\nwait = \"1ms\"\n";
    let run = || play(&dir, text, "--json --at 1700000000").exits(0).stdout;
    assert_eq!(run(), run());
    let other = text.replace("seed = 9", "seed = 10");
    assert_ne!(run(), play(&dir, &other, "--json --at 1700000000").exits(0).stdout);
}

#[test]
fn what_is_wrong_in_a_file_is_told_with_its_line_before_anything_runs() {
    let dir = Dir::new();
    let good = dir.file("good.toml", format!("[[step]]\nrun = \"touch {}\"\n", dir.path("ran")));
    for (text, said) in [
        ("[[step]]\ncal = \"pay order\"\n", "bad.toml:2: unknown key cal"),
        ("[[step]]\ncall = \"pay ordr\"\n", "bad.toml:1: "),
        ("[[step]]\ncall = \"mock reset\"\n", "bad.toml:1: mock reset is no call"),
        ("[[step]]\ncall = \"token serve\"\n", "bad.toml:1: token serve is no call"),
        ("[[step]]\ncall = \"pay query --base http://x\"\n", "--base cannot stand in a call"),
        (
            "[[step]]\nwait = \"1s\"\n[[step]]\npay = \"${no}\"\n",
            "bad.toml:4: no step before this one has kept no",
        ),
        ("[mock]\nseeds = 1\n[[step]]\nwait = \"1s\"\n", "bad.toml:2: "),
        ("[mock]\nspeed = 0\n[[step]]\nwait = \"1s\"\n", "bad.toml: [mock]: "),
        ("[[step]]\ncall = \"pay\"\n", "bad.toml:1: pay is no call"),
        ("\0\x01\u{ff}", "bad.toml:1: this is not TOML"),
        ("", "bad.toml:1: there are no steps"),
    ] {
        let bad = dir.file("bad.toml", text);
        wxkit("test run").word(&good).word(bad).run().exits(2).says(said).prints_nothing();
    }
    let huge = dir.file("huge.toml", "#".repeat(2 << 20));
    wxkit("test run").word(huge).run().exits(2).says("huge.toml");
    wxkit("test run /nowhere/x.toml").run().exits(2).says("no such file");
    assert!(!std::path::Path::new(&dir.path("ran")).exists(), "nothing ran");
    wxkit("test run").word(dir.path("")).run().exits(2);
}

#[test]
fn a_directory_is_all_its_scenarios() {
    let dir = Dir::new();
    dir.file("all/a.toml", "[[step]]\nrun = \"true\"\n");
    dir.file("all/b.toml", "[[step]]\nrun = \"false\"\n");
    dir.file("all/notes.txt", "no scenario");
    let done = wxkit("test run --json").word(dir.path("all")).run().exits(1);
    assert_eq!(done.json()["scenarios"].as_array().unwrap().len(), 2, "{done}");
}

#[test]
fn steps_end_when_their_time_is_over() {
    let dir = Dir::new();
    let started = std::time::Instant::now();
    let done = play(&dir, "[[step]]\nrun = \"sleep 60\"\nwithin = \"200ms\"\n", "").exits(1);
    done.shows("nothing came within");
    play(&dir, "[[step]]\nrun = \"yes\"\n", "").exits(1);
    let never = "[[step]]\nlook = \"orders\"\nexpect = { count = 1 }\nwithin = \"300ms\"\n";
    play(&dir, never, "").exits(1).shows("count: expected \"1\", got \"0\"");
    let not_ready = "[program]\nrun = \"sleep 60\"\nwithin = \"300ms\"\n[[step]]\nwait = \"1s\"\n";
    play(&dir, not_ready, "").exits(1).shows("was not ready").shows("PORT");
    let dead = "[program]\nrun = \"echo no room; exit 3\"\n[[step]]\nwait = \"1s\"\n";
    play(&dir, dead, "").exits(1).shows("ended with 3").shows("| no room");
    assert!(started.elapsed().as_secs() < 20);
}

#[test]
fn only_this_machine_is_called_and_expected_refusals_are_none() {
    let dir = Dir::new();
    play(&dir, "[[step]]\nhttp = \"GET http://example.com/\"\n", "").exits(1).shows("not on this machine");
    play(&dir, "[[step]]\nhttp = \"GET /x\"\n", "").exits(1).shows("no program");
    play(&dir, "[[step]]\nlook = \"../cgi-bin/token\"\n", "").exits(1).shows("stays below /_mock/");
    let query = "[[step]]\ncall = \"pay query\"\nwith = { out_trade_no = \"T00001\" }\n";
    play(&dir, query, "").exits(1).shows("ORDERNOTEXIST");
    play(&dir, &format!("{query}expect = {{ error = \"ORDERNOTEXIST\" }}\n"), "").exits(0);
    play(&dir, &format!("{query}expect = {{ return_code = \"SUCCESS\" }}\n"), "").exits(1);
    // A value is a value, and no file.
    let file = "[[step]]\ncall = \"pay query\"\nwith = { out_trade_no = \"@/etc/hostname\" }\n";
    play(&dir, &format!("{file}expect = {{ error = \"/./\" }}\n"), "").exits(0);
}

#[test]
fn reports_are_whole_escaped_and_without_secrets() {
    let dir = Dir::new();
    let secret = "s3cr3t-of-the-shop-77";
    let text = format!(
        "name = \"a<b> & c\"\n[[step]]\nrun = \"echo {secret}\"\ncapture = {{ api_key = \"stdout\" }}\n\
         [[step]]\nname = \"x\\ny\"\nrun = \"echo ${{api_key}}; echo '<script>' >&2; exit 4\"\n"
    );
    std::fs::write(dir.path("old.xml"), "old").unwrap();
    std::os::unix::fs::symlink(dir.path("old.xml"), dir.path("link.xml")).unwrap();
    let reports = ["junit", "tap", "json", "html"].map(|kind| format!("{kind}={}", dir.path(kind))).join(",");
    let file = dir.file("x.toml", &text);
    let done =
        wxkit("test run").word(&file).words("--report").word(reports).env("GITHUB_ACTIONS", "true").run();
    let done = done.exits(1);
    assert!(
        done.stderr.contains("::error file=")
            && done.stderr.contains("x.toml,line=5,title=a<b> & c%3A x y::"),
        "{done}"
    );
    for kind in ["junit", "tap", "json", "html"] {
        let text = std::fs::read_to_string(dir.path(kind)).unwrap();
        assert!(!text.contains(secret), "{kind}: {text}");
        assert!(kind == "json" || kind == "tap" || !text.contains("<script>"), "{kind}: {text}");
    }
    assert!(!done.stdout.contains(secret), "{done}");
    let tap = std::fs::read_to_string(dir.path("tap")).unwrap();
    assert!(tap.starts_with("TAP version 14\n1..2\nok 1 - ") && tap.contains("\nnot ok 2 - "), "{tap}");
    wxkit("test run")
        .word(&file)
        .words("--report")
        .word(format!("junit={}", dir.path("link.xml")))
        .run()
        .exits(1);
    assert!(std::fs::read_to_string(dir.path("old.xml")).unwrap().starts_with("<?xml"), "a link is followed");
    let run =
        wxkit("test run").word(&file).words("--report").word(format!("tap={}", dir.path("no/dir/x"))).run();
    let told = run.exits(2);
    assert!(told.stdout.is_empty(), "nothing ran: {told}");
    wxkit("test run").word(&file).words("--report pdf=x").run().exits(2).says("--report does not know pdf=x");
}

#[test]
fn ctrl_c_ends_everything_and_tells_the_sum_so_far() {
    for signal in ["INT", "TERM"] {
        let dir = Dir::new();
        let started = dir.path("started");
        // It does not listen, and neither does what it started.
        let program = format!(
            "trap '' TERM INT; (trap '' TERM INT; while :; do sleep 0.1; done) & echo $! > {started}; wait"
        );
        let text = format!(
            "[program]\nrun = \"{program}\"\nready = \"here\"\nwithin = \"1m\"\n[[step]]\nwait = \"1m\"\n"
        );
        let text = text.replace("; wait\"", "; echo here; wait\"");
        let (sender, receiver) = mpsc::channel();
        let seen = started.clone();
        std::thread::spawn(move || {
            let pid = soon(|| std::fs::read_to_string(&seen).ok().filter(|pid| pid.ends_with('\n')));
            std::thread::sleep(std::time::Duration::from_millis(300));
            sender.send(()).map(|()| pid)
        });
        let file = dir.file("x.toml", text);
        let done = wxkit("test run --json").word(file).interrupted(signal, &receiver).exits(130);
        assert_eq!(done.json()["interrupted"], true, "{done}");
        let pid = std::fs::read_to_string(&started).unwrap();
        let state = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
        assert!(state.is_empty() || state.contains(") Z "), "{signal}: {pid} runs on: {state}");
    }
}

#[test]
fn a_program_that_is_there_already_is_not_taken_for_the_one_under_test() {
    let dir = Dir::new();
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = other.local_addr().unwrap();
    std::thread::spawn(move || {
        use std::io::{Read as _, Write as _};
        for stream in other.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 1024]);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        }
    });
    let text = format!("[program]\nrun = \"sleep 9\"\nurl = \"http://{address}\"\n[[step]]\nwait = \"1s\"\n");
    play(&dir, &text, "").exits(1).shows("somebody answers at");
}
