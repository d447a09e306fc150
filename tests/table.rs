//! What holds for every command of the table, from the day that it is there: bad
//! input is told in words, never in the program's own shapes; the examples of the
//! help can be typed.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use support::table::{Row, TABLE};
use support::{Dir, net, wxkit};

/// What people and scripts get wrong.
const BAD: &[&str] = &[
    "",
    " ",
    "foo",
    "-1",
    "1.5",
    "99999999999999999999",
    "茶",
    "{",
    "{\"a\":",
    "<xml>",
    "<xml><a>1",
    "a=1&a=2",
    "%zz",
    "http://",
    "http://[",
    "host:port",
    "socks5://127.0.0.1:1",
    "/dev/null/file",
    "/",
    "env:",
    "file:",
    "@",
    "=",
    "a=@/dev/null/none",
    "\u{feff}",
];

/// How a value looks when a program shows it as it is inside.
const SHAPES: &[&str] =
    &["Some(", "Ok(", "Err(", "None,", " { ", "\"))", "Error(", "Kind(", "PoisonError", "panicked"];

/// The exit codes that scripts know.
const EXITS: &[i32] = &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

fn cases(row: &Row) -> Vec<Vec<String>> {
    let words = || row.words.split(' ').map(str::to_owned);
    let mut cases: Vec<Vec<String>> = Vec::new();
    for bad in BAD {
        cases.push(words().chain([(*bad).to_owned()]).collect());
        cases.push(words().chain(["--from".to_owned(), (*bad).to_owned()]).collect());
    }
    for flag in row.flags.iter().filter(|flag| flag.value.is_some()) {
        cases.extend(BAD.iter().map(|bad| words().chain([flag.name.clone(), (*bad).to_owned()]).collect()));
    }
    cases
}

fn play(words: &[String], row: &Row, base: &str) -> Option<String> {
    let dir = Dir::new();
    let run = words.iter().fold(wxkit(""), support::Run::word).to(base).from(&dir.0);
    let listens = row.flags.iter().any(|flag| flag.name == "--listen");
    let run = if listens && !words.contains(&"--listen".to_owned()) {
        run.words("--listen 203.0.113.1:1")
    } else {
        run
    };
    let done = run.words("--no-input --timeout 2").run_unchecked();
    let shape = SHAPES.iter().find(|shape| done.stderr.contains(**shape));
    let fault = match shape {
        Some(shape) => format!("shows {shape:?}"),
        None if !EXITS.contains(&done.exit) => "ends in no known way".to_owned(),
        None if done.exit > 1 && done.stderr.is_empty() => "says nothing".to_owned(),
        None => return None,
    };
    Some(format!("{words:?} {fault}: {done}"))
}

#[test]
fn bad_input_is_told_in_words() {
    let base = net::nobody();
    let rows: &[Row] = &TABLE;
    let mut all: Vec<(&Row, Vec<String>)> =
        rows.iter().flat_map(|row| cases(row).into_iter().map(move |words| (row, words))).collect();
    let query = rows.iter().find(|row| row.words == "pay query").unwrap();
    for flag in query.global.iter().filter(|flag| flag.value.is_some()) {
        let words = |bad: &&str| {
            ["pay", "query", "out_trade_no=TABLE001", &*flag.name, bad].map(str::to_owned).to_vec()
        };
        all.extend(BAD.iter().map(|bad| (query, words(bad))));
    }
    let (faults, next) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from).max(2) {
            scope.spawn(|| {
                while let Some((row, words)) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    faults.lock().unwrap().extend(play(words, row, &base));
                }
            });
        }
    });
    let faults = faults.into_inner().unwrap();
    assert!(all.len() > 1000, "{} cases", all.len());
    assert!(faults.is_empty(), "{} of {} runs:\n{}", faults.len(), all.len(), faults.join("\n"));
}

/// Every example of the help is understood; what it then lacks is a file or a key.
#[test]
fn every_example_can_be_typed() {
    let base = net::nobody();
    let mut tried = 0;
    for row in TABLE.iter() {
        let Some(example) = &row.example else { panic!("{} has no example", row.words) };
        assert!(example.starts_with(&row.words), "{}: {example}", row.words);
        let dir = Dir::new();
        let mut words = spoken(example);
        if row.flags.iter().any(|flag| flag.name == "--listen") {
            // A server that really listens would not end.
            let at = words.iter().position(|word| word == "--listen").unwrap_or(words.len());
            let end = words.len().min(at + 2);
            words.splice(at..end, ["--listen".to_owned(), "203.0.113.1:1".to_owned()]);
        }
        let run = words.iter().fold(wxkit(""), support::Run::word).to(&base).from(&dir.0);
        let done = run.words("--no-input --timeout 2 --json").run_unchecked();
        let code = if done.stderr.starts_with('{') { done.error()["code"].clone() } else { "".into() };
        assert_ne!(code, "usage", "{example}: {done}");
        tried += 1;
    }
    assert!(tried > 30, "{tried}");
}

/// The words of an example, up to where the shell takes over.
fn spoken(example: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for c in example.chars().chain([' ']) {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted && !word.is_empty() => words.push(std::mem::take(&mut word)),
            ' ' if !quoted => {}
            c => word.push(c),
        }
    }
    words.into_iter().take_while(|word| ![">", "|", "&&"].contains(&word.as_str())).collect()
}

#[test]
fn help_is_found_as_people_ask_for_it() {
    let asked = |words: &str| wxkit(words).run();
    let whole = asked("pay order --help").exits(0).stdout;
    assert_eq!(asked("help pay order").exits(0).stdout, whole);
    assert!(asked("help").exits(0).stdout.contains("WXKIT_PAY_KEY[_FILE]"));
    let brief = asked("pay order -h").exits(0).stdout;
    assert!(
        brief.contains("--out-trade-no") && !brief.contains("--hub-token") && brief.len() < whole.len(),
        "{brief}"
    );
    asked("version").exits(0).shows(env!("CARGO_PKG_VERSION"));
    asked("refund").exits(2).says("did you mean: pay refund").says("wxkit pay refund --help");
    asked("help refund").exits(2).says("pay refund").says("wxkit help pay refund");
    asked("pay order --nope").exits(2).says("wxkit pay order --help");
    asked("pay nope").exits(2).says("wxkit pay --help");
    asked("get").exits(2).says("token get").says("ticket get");
}

#[test]
fn every_variable_file_and_exit_code_is_told() {
    let help = wxkit("--help").run().exits(0).stdout;
    let man = wxkit("man pay order").run().exits(0).stdout;
    for heading in ["ENVIRONMENT", "FILES", "EXIT STATUS", "SEE ALSO"] {
        assert!(man.contains(heading), "{heading}");
    }
    for flag in &TABLE[0].global {
        let name = format!("WXKIT_{}", flag.name.trim_start_matches('-').replace('-', "_").to_uppercase());
        let name = name.replace("WXKIT_KEY", "WXKIT_PAY_KEY").replace("WXKIT_TICKET", "WXKIT_JSAPI_TICKET");
        assert!(help.contains(&name) && man.contains(&name), "{name}");
    }
    for code in ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "101", "130"] {
        assert!(help.lines().any(|line| line.trim_start().starts_with(&format!("{code} "))), "{code}");
    }
    assert!(help.contains("~/.config/wxkit/config.toml") && man.contains("config.toml"));
}

/// <https://bixense.com/clicolors/> and <https://no-color.org/>.
#[test]
fn colour_is_what_the_environment_says() {
    let coloured = |pairs: &[(&str, &str)]| {
        let run = pairs.iter().fold(wxkit("errcode 40029"), |run, (name, value)| run.env(name, *value));
        run.run().exits(0).stdout.contains('\u{1b}')
    };
    assert!(!coloured(&[]), "a pipe");
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "0")]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(coloured(&[("WXKIT_COLOR", "always"), ("NO_COLOR", "1")]), "ours goes before");
}
