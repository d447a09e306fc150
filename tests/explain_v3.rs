//! Signatures of v3 that another implementation made wrong: each mistake is named, what
//! is right stays right, and what nothing gives stays unexplained. The cases and their
//! makers are in `vectors/explain/`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::{Duration, Instant};

use serde_json::Value;
use wxkit::explain::{Limits, Report, Verdict, explain, read};

struct Made {
    keys: Value,
    cases: Vec<Value>,
}

fn made(text: &str) -> Made {
    let mut lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let keys = lines.next().unwrap()["keys"].take();
    Made { keys, cases: lines.collect() }
}

fn report(made: &Made, line: &Value) -> Report {
    let mut case = line["case"].clone();
    let key = |name: &Value| made.keys.get(name.as_str().unwrap_or_default()).cloned();
    if let Some(key) = key(&case["key"]) {
        case["public_key"] = key;
    }
    if let Some(others) = case["others"].as_object_mut() {
        for value in others.values_mut() {
            *value = key(value).unwrap_or(value.clone());
        }
    }
    case.as_object_mut().unwrap().remove("key");
    let case = read(case.to_string().as_bytes()).unwrap();
    let from = Instant::now();
    // A third of what a person waits: thirty signatures here use it all, and nothing that is
    // found needs more (rerun with 2000 after a change of the tables: the same must be met).
    explain(&case, &Limits::default(), &|| from.elapsed() > Duration::from_millis(700))
}

fn names(report: &Report) -> Vec<&'static str> {
    let causes = report.explanations.iter().flat_map(|explanation| &explanation.causes);
    causes.map(|named| named.cause.id).chain(report.lints.iter().map(|lint| lint.id)).collect()
}

fn wanted(line: &Value) -> Vec<&str> {
    line["want"].as_array().unwrap().iter().filter_map(Value::as_str).collect()
}

#[test]
fn every_cause_is_named_and_nothing_is_invented() {
    let made = made(include_str!("vectors/explain/v3.jsonl"));
    let (mut wrong, mut unexplained) = (Vec::new(), 0);
    for (nth, line) in made.cases.iter().enumerate() {
        let report = report(&made, line);
        let (want, names) = (wanted(line), names(&report));
        let fits = match &*want {
            [] => report.verdict == Verdict::Valid && names.is_empty(),
            ["unexplained"] => {
                unexplained += 1;
                report.verdict == Verdict::Unexplained
            }
            want => want.iter().all(|id| names.contains(id)),
        };
        if !fits {
            wrong.push(format!("line {}: wants {want:?}, says {:?} {names:?}", nth + 2, report.verdict));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), made.cases.len(), wrong.join("\n"));
    assert!(unexplained >= 30);
}

/// Cases that were made apart from the tables, by `make_v3_held.py`: singles to 95 of
/// 100, pairs to 85, what is right always, and never more causes than there are.
#[test]
fn held_out_cases_are_met() {
    let made = made(include_str!("vectors/explain/v3_held.jsonl"));
    let (mut met, mut all, mut missed) = ([0; 3], [0; 3], Vec::new());
    for (nth, line) in made.cases.iter().enumerate() {
        let report = report(&made, line);
        let want = wanted(line);
        let kind = want.len().min(2);
        let is_it = |ids: &Vec<&str>| want.iter().all(|id| ids.contains(id)) && ids.len() == want.len();
        let fits = match want.len() {
            0 => report.verdict == Verdict::Valid && report.lints.is_empty(),
            _ => readings(&report).iter().any(is_it),
        };
        all[kind] += 1;
        met[kind] += usize::from(fits);
        if !fits {
            missed.push(format!(
                "line {}: wants {want:?}, says {:?} {:?}",
                nth + 2,
                report.verdict,
                readings(&report)
            ));
        }
        let most = readings(&report).iter().map(Vec::len).max().unwrap_or_default();
        assert!(most <= want.len().max(1), "line {}: {:?}", nth + 2, readings(&report));
    }
    let enough = met[0] == all[0] && met[1] * 100 >= all[1] * 95 && met[2] * 100 >= all[2] * 85;
    assert!(all.iter().sum::<usize>() >= 60 && enough, "{met:?} of {all:?}:\n{}", missed.join("\n"));
}

/// The causes of every explanation.
fn readings(report: &Report) -> Vec<Vec<&'static str>> {
    let ids = |explanation: &wxkit::explain::Explanation| {
        explanation.causes.iter().map(|named| named.cause.id).collect()
    };
    report.explanations.iter().map(ids).collect()
}
