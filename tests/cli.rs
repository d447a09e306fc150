//! Golden runs of the binary. Each file of `tests/cmd/` is a session on one
//! machine, line by line:
//!
//! ```text
//! # remark            @ NAME=value  environment from here on
//! < line of stdin     $ words       a run; 'quotes' keep spaces
//! ~ text              the output has this: a known answer, with its source in a remark
//! | stdout            ! stderr      = exit code, if it is not 0
//! ```
//!
//! `WXKIT_UPDATE=1` writes the last three kinds anew, never the known answers.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::format_push_string, clippy::format_collect, reason = "a few lines of text")]

mod support;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use support::{Dir, Done, repository, wxkit};

#[test]
fn every_recorded_run_repeats() {
    let updating = std::env::var_os("WXKIT_UPDATE").is_some();
    let mut differences = String::new();
    for path in recorded() {
        let before = std::fs::read_to_string(&path).unwrap();
        let after = play(&before, &path);
        if updating {
            std::fs::write(&path, after).unwrap();
        } else if before != after {
            let _ = write!(differences, "\n{}\n{}", path.display(), changed(&before, &after));
        }
    }
    assert!(differences.is_empty(), "recorded runs changed (WXKIT_UPDATE=1 accepts):\n{differences}");
}

fn recorded() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(repository("tests/cmd")).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 10, "{paths:?}");
    paths
}

/// The file as it would be recorded now.
fn play(script: &str, path: &Path) -> String {
    let home = Dir::new();
    let (mut out, mut env, mut stdin) = (String::new(), Vec::new(), String::new());
    let mut last: Option<String> = None;
    for line in script.lines() {
        let (kind, rest) = line.split_at_checked(2).unwrap_or((line, ""));
        match kind {
            "| " | "! " | "= " | "|" | "!" => continue,
            "@ " => env.push(rest.split_once('=').unwrap()),
            "< " => stdin += &format!("{rest}\n"),
            "~ " => {
                let shown = last.as_deref().unwrap();
                assert!(shown.contains(rest), "{}: no {rest} in\n{shown}", path.display());
            }
            _ => {}
        }
        if kind != "~ " {
            // A run's output stands behind its known answers.
            out += &last.take().unwrap_or_default();
        }
        out += &format!("{line}\n");
        if kind == "$ " {
            let run = words(rest).into_iter().skip(1).fold(wxkit(""), support::Run::word);
            let run = env.iter().fold(run, |run, (name, value)| run.env(name, *value));
            last = Some(transcript(&run.home(&home).stdin(std::mem::take(&mut stdin)).run(), &home));
        }
    }
    out + &last.unwrap_or_default()
}

/// Words as a shell would split them; only single quotes are known.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            c => word.push(c),
        }
    }
    words.push(word);
    words
}

fn transcript(done: &Done, home: &Dir) -> String {
    let place = home.0.display().to_string();
    let marked = |text: &str, mark: &str| -> String {
        let lines = text.lines().map(|line| format!("{mark} {}", line.replace(&place, "[HOME]")));
        lines.map(|line| format!("{}\n", line.trim_end())).collect()
    };
    let exit = if done.exit == 0 { String::new() } else { format!("= {}\n", done.exit) };
    marked(&done.stdout, "|") + &marked(&done.stderr, "!") + &exit
}

/// The lines that are not the same, both ways.
fn changed(before: &str, after: &str) -> String {
    let only = |mark: &str, here: &str, there: &str| -> String {
        let there: Vec<&str> = there.lines().collect();
        let lines = here.lines().filter(|line| !there.contains(line));
        lines.map(|line| format!("{mark} {line}\n")).collect()
    };
    only("-", before, after) + &only("+", after, before)
}
