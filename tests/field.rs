//! What people really paste: each paste of `field/cases.json` as it was run by
//! a new user, and `field/made.jsonl`, the same kinds in many more notations.
//! Expected values come from Python's hashlib (`field/make.py`).

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use serde_json::Value;
use support::{repository, wxkit};
use wxkit::explain::read;
use wxkit::sign::from_base64;

fn cases() -> Vec<Value> {
    let text = std::fs::read_to_string(repository("tests/field/cases.json")).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    all["cases"].as_array().unwrap().clone()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|v| v.as_str().unwrap().to_owned()).collect()
}

/// What differs from what is right; nothing if all is well.
fn wrong(case: &Value) -> Vec<String> {
    let want = &case["expected"];
    let mut run = strings(&case["argv"]).into_iter().fold(wxkit(""), support::Run::word).word("--json");
    for (name, value) in case["env"].as_object().into_iter().flatten() {
        run = run.env(name, value.as_str().unwrap());
    }
    if let Some(file) = case["stdin"].as_str() {
        run = run.stdin(std::fs::read(repository(&format!("tests/field/{file}"))).unwrap());
    }
    let done = run.run();
    let report: Value = serde_json::from_str(&done.stdout).unwrap_or_default();
    let mut why = Vec::new();
    let is_open = want.get("or").is_some();
    if let Some(exit) = want["exit"].as_i64().filter(|exit| !is_open && i64::from(done.exit) != *exit) {
        why.push(format!("exit {}, not {exit}", done.exit));
    }
    if let Some(verdict) = want["verdict"].as_str().filter(|v| !is_open && report["verdict"] != **v) {
        why.push(format!("verdict {}, not {verdict}", report["verdict"]));
    }
    let first: Vec<String> =
        report["explanations"].as_array().into_iter().flatten().take(3).map(Value::to_string).collect();
    for id in strings(&want["causes"]).iter().filter(|id| id.as_bytes()[1] == b'-') {
        if !first.iter().any(|e| e.contains(&format!("\"{id}\""))) {
            why.push(format!("{id} is not among {first:?}"));
        }
    }
    if want["must_not"].as_str().is_some_and(|text| done.stdout.contains(text)) {
        why.push(format!("it says {}", want["must_not"]));
    }
    if case["name"].as_str().unwrap().starts_with("v3_")
        && !format!("{}{}", done.stdout, done.stderr).to_lowercase().contains("v3")
    {
        why.push("v3 is not named".to_owned());
    }
    why
}

#[test]
fn every_paste_is_answered_as_it_should_be() {
    let mut bad = Vec::new();
    for case in cases() {
        let why = wrong(&case);
        if !why.is_empty() {
            bad.push(format!("{}: {}", case["name"], why.join("; ")));
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[test]
fn the_same_kinds_in_every_notation() {
    let text = std::fs::read_to_string(repository("tests/field/made.jsonl")).unwrap();
    let mut bad = Vec::new();
    let mut count = 0;
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let paste = from_base64(case["paste"].as_str().unwrap()).unwrap();
        count += 1;
        bad.extend(misread(&case, &paste).map(|why| format!("{}: {why}", case["name"])));
    }
    assert!(count > 800, "{count}");
    assert!(bad.is_empty(), "{} of {count}:\n{}", bad.len(), bad.join("\n"));
}

fn misread(case: &Value, paste: &[u8]) -> Option<String> {
    let read = match read(paste) {
        Ok(read) => read,
        Err(error) => return Some(format!("{error:?}")),
    };
    if read.scheme.name() != case["scheme"] || read.signature != *case["signature"].as_str().unwrap() {
        return Some(format!("{} with signature {}", read.scheme.name(), read.signature));
    }
    let wanted = case["fields"].as_object().unwrap();
    let differs = |(name, value): (&String, &Value)| {
        let found = read.fields.get(name).unwrap_or_default();
        (found != value.as_str().unwrap()).then(|| format!("{name} is {found:?}, not {value}"))
    };
    let extra = || {
        let is_message = case["scheme"] == "pay-v2";
        let mut more =
            read.fields.iter().filter(|(n, v)| is_message && !v.is_empty() && !wanted.contains_key(*n));
        more.next().map(|(name, value)| format!("{name} is not one: {value:?}"))
    };
    wanted.iter().find_map(differs).or_else(extra)
}
