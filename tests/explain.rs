//! Every case of the corpus: signatures that a second implementation made with
//! known mistakes, valid ones, and random ones that nothing explains.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde_json::Value;
use wxkit::explain::{Case, Limits, Report, Verdict, explain, read};

const CORPUS: &str = include_str!("vectors/explain/cases.jsonl");

fn corpus() -> Vec<Value> {
    CORPUS.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn case(line: &Value) -> Case {
    read(line["case"].to_string().as_bytes()).unwrap()
}

fn explained(case: &Case, budget: Duration) -> Report {
    let start = Instant::now();
    explain(case, &Limits::default(), &|| start.elapsed() > budget)
}

/// The ids of every reading, as sets.
fn readings(report: &Report) -> Vec<BTreeSet<&str>> {
    report.explanations.iter().map(|e| e.causes.iter().map(|n| n.cause.id).collect()).collect()
}

fn expected(line: &Value) -> Vec<BTreeSet<&str>> {
    let lists = line["expect"]["causes"].as_array().into_iter().flatten();
    lists.map(|ids| ids.as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect()).collect()
}

#[test]
fn print_all() {
    let filter = std::env::var("ONLY").unwrap_or_default();
    let mut stats = std::collections::BTreeMap::<String, (usize, usize, usize)>::new();
    for line in corpus() {
        let id = line["id"].as_str().unwrap();
        if !id.starts_with(&filter) {
            continue;
        }
        let case = case(&line);
        let t = Instant::now();
        let report = explained(&case, Duration::from_secs(2));
        let ms = t.elapsed().as_millis();
        let want = line["expect"]["verdict"].as_str().unwrap();
        let got = readings(&report);
        let exp = expected(&line);
        let verdict_ok = report.verdict.as_str() == want;
        let first = exp.is_empty() || got.first().is_some_and(|g| exp.contains(g));
        let any = exp.is_empty() || got.iter().any(|g| exp.contains(g));
        let lints: Vec<&str> = report.lints.iter().map(|l| l.id).collect();
        let lint_ok = line["expect"]["lints"]
            .as_array()
            .into_iter()
            .flatten()
            .all(|l| lints.contains(&l.as_str().unwrap()));
        let right = report.expected.as_deref() == line["expect"]["expected"].as_str()
            || line["expect"]["expected"].is_null();
        let group = if id.starts_with("pair") || id.contains('+') {
            if exp.first().map_or(0, |e| e.len()) > 2 { "3" } else { "2" }
        } else if id.starts_with("triple") {
            "3"
        } else if want == "explained" {
            "1"
        } else {
            want
        };
        let s = stats.entry(group.to_owned()).or_default();
        s.0 += 1;
        if verdict_ok && any {
            s.1 += 1
        }
        if verdict_ok && first {
            s.2 += 1
        }
        if !(verdict_ok && first && lint_ok && right) || ms > 3000 {
            println!(
                "{id}: want {want} {exp:?} ({}) got {:?} {:?} lints {lints:?} right {right} any {any} {ms} ms tried {}",
                line["expect"]["variant"], report.verdict, got, report.tried
            );
        }
    }
    println!("{stats:?} (all, any reading, first)");
    assert_eq!(Verdict::Valid.as_str(), "valid");
}
