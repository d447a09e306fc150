//! Every case of the corpus: signatures that a second implementation (Python,
//! hashlib only: `vectors/explain/make_cases.py`) made with known mistakes, valid
//! ones, and ones that nothing explains. And the promise behind them all: a
//! cause is named only if its string gives the given signature.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};
use serde_json::Value;
use wxkit::explain::{Case, Limits, Report, Scheme, Verdict, explain, read};
use wxkit::sign::{self, Empty, Order, PAY_V2, Recipe, Secret};
use wxkit::wire::Fields;

const CORPUS: &str = include_str!("vectors/explain/cases.jsonl");

/// What a person waits by default, and more where builds are slow and machines busy.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 3 });

/// Most cases of one kind that a debug build tries.
const SAMPLE: usize = 20;

struct Entry {
    id: String,
    expect: Value,
    case: Case,
}

fn corpus(wanted: impl Fn(&Value) -> bool) -> Vec<Entry> {
    let lines = CORPUS.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let wanted = lines.filter(|line| wanted(&line["expect"]));
    let entry = |line: Value| Entry {
        id: line["id"].as_str().unwrap().to_owned(),
        case: read(line["case"].to_string().as_bytes()).unwrap(),
        expect: line["expect"].clone(),
    };
    wanted.map(entry).collect()
}

/// How many mistakes were made together.
fn mistakes(expect: &Value) -> usize {
    expect["causes"].as_array().and_then(|sets| sets.first()?.as_array().map(Vec::len)).unwrap_or(0)
}

fn explained(case: &Case) -> Report {
    let start = Instant::now();
    explain(case, &Limits::default(), &|| start.elapsed() > PATIENCE)
}

fn best(report: &Report) -> BTreeSet<&str> {
    let first = report.explanations.first();
    first.map(|e| e.causes.iter().map(|named| named.cause.id).collect()).unwrap_or_default()
}

fn accepts(expect: &Value, found: &BTreeSet<&str>) -> bool {
    let sets = expect["causes"].as_array().unwrap();
    sets.iter().any(|set| {
        set.as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect::<BTreeSet<_>>() == *found
    })
}

/// The best explanation is the mistake that was made, or one that gives the very
/// same bytes, in at least this share of the cases: a floor for slow and busy
/// machines, where the patience ends before the search does.
fn assert_named(count: impl Fn(usize) -> bool, percent: usize) {
    let all = corpus(|expect| expect["verdict"] == "explained" && count(mistakes(expect)));
    let cases: Vec<_> = sample(all).collect();
    let mut missed = Vec::new();
    for Entry { id, expect, case } in &cases {
        let report = explained(case);
        let found = best(&report);
        if report.verdict != Verdict::Explained || !accepts(expect, &found) {
            missed.push(format!("{id}: wanted {}, found {found:?}", expect["causes"]));
        }
        assert!(
            expect["expected"].is_null() || expect["expected"].as_str() == report.expected.as_deref(),
            "{id}"
        );
    }
    let named = cases.len() - missed.len();
    assert!(!cases.is_empty());
    assert!(named * 100 >= cases.len() * percent, "{named} of {} named\n{}", cases.len(), missed.join("\n"));
}

/// A debug build searches slowly: there an even sample has to do.
fn sample(all: Vec<Entry>) -> impl Iterator<Item = Entry> {
    let step = if cfg!(debug_assertions) { all.len().div_ceil(SAMPLE) } else { 1 };
    all.into_iter().step_by(step)
}

#[test]
fn single_mistakes_are_named() {
    assert_named(|n| n == 1, 97);
}

#[test]
fn two_mistakes_together_are_named() {
    assert_named(|n| n == 2, 90);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow without optimisation: cargo test --release --test explain")]
fn three_mistakes_together_are_named() {
    assert_named(|n| n >= 3, 75);
}

/// What was missed once; `vectors/explain/make_later.py` made the signatures.
/// Which thread is the first to find something decides nothing.
#[test]
fn the_same_is_told_by_any_number_of_threads() {
    let told = |case: &Case, threads| explain(case, &Limits { causes: 2, threads }, &|| false).explanations;
    for Entry { id, case, .. } in sample(corpus(|expect| mistakes(expect) == 1)) {
        assert_eq!(told(&case, 1), told(&case, 3), "{id}");
    }
}

#[test]
fn what_was_missed_once_is_named() {
    for line in include_str!("vectors/explain/later.jsonl").lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let report = explained(&read(line["case"].to_string().as_bytes()).unwrap());
        let wanted = line["causes"].as_array().unwrap().iter().map(|id| id.as_str().unwrap());
        assert_eq!(best(&report), wanted.collect::<BTreeSet<_>>(), "{}", line["id"]);
    }
}

/// Every signature that came later, right and wrong;
/// `vectors/explain/make_families.py` made the signatures.
#[test]
fn signatures_that_came_later_are_verified_and_explained() {
    for line in include_str!("vectors/explain/families.jsonl").lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let report = explained(&read(line["case"].to_string().as_bytes()).unwrap());
        let wanted: BTreeSet<&str> =
            line["causes"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
        let verdict = if wanted.is_empty() { Verdict::Valid } else { Verdict::Explained };
        assert_eq!((report.verdict, best(&report)), (verdict, wanted), "{}", line["id"]);
    }
}

fn later(ident: &str) -> Report {
    let lines = include_str!("vectors/explain/families.jsonl").lines();
    let line =
        lines.map(|line| serde_json::from_str::<Value>(line).unwrap()).find(|line| line["id"] == ident);
    explained(&read(line.unwrap()["case"].to_string().as_bytes()).unwrap())
}

#[test]
fn the_candidate_that_fits_is_named() {
    let named = &later("pay: an old key, named").explanations[0].causes[0];
    assert_eq!(named.candidate.as_deref(), Some("old-key"));
}

#[test]
fn a_call_with_its_own_rule_has_its_own_fix() {
    let report = later("pay: red packet, sign_type not signed");
    let fix = report.explanations[0].causes[0].fix();
    assert!(fix.en.contains("do not send sign_type") && fix.zh.contains("不要发送 sign_type"));
    assert!(report.lints.iter().any(|lint| lint.field.as_deref() == Some("sign_type")));
}

#[test]
fn what_is_valid_is_called_valid() {
    let cases = corpus(|expect| expect["verdict"] == "valid");
    assert!(cases.len() >= 20);
    for Entry { id, case, .. } in cases {
        assert_eq!(explained(&case).verdict, Verdict::Valid, "{id}");
    }
}

#[test]
fn nothing_is_invented() {
    let cases = corpus(|expect| expect["verdict"] == "unexplained");
    assert!(cases.len() >= 50);
    for Entry { id, case, .. } in sample(cases) {
        // Singles and pairs are finished even if time is up from the start.
        let report = explain(&case, &Limits::default(), &|| true);
        assert_eq!(report.verdict, Verdict::Unexplained, "{id}: {:?}", best(&report));
        assert!(!report.next.is_empty(), "{id} tells no next step");
    }
}

/// The pairs of a very long message do not run on when time is up: no more is hashed
/// than takes half a second.
#[test]
fn a_very_long_message_stops_in_time() {
    let usual = ["appid", "mch_id", "nonce_str", "total_fee"].map(str::to_owned);
    let names = usual.into_iter().chain((0..66).map(|n| format!("f{n:02}")));
    let fields: Fields = names.map(|name| (name, "1")).collect();
    let case = Case {
        scheme: Scheme::PayV2,
        fields,
        signature: "0123456789ABCDEF0123456789ABCDEF".into(),
        secret: Some(Secret::new("wxkitlong0key000wxkitlong0key000")),
        sign_type: None,
        others: Vec::new(),
        repairs: Vec::new(),
    };
    let report = explain(&case, &Limits::default(), &|| true);
    assert_eq!(report.verdict, Verdict::Unexplained);
    let length: usize = case.fields.iter().map(|(name, value)| name.len() + value.len() + 2).sum();
    let hashed = report.tried * u64::try_from(length).unwrap();
    assert!(hashed < 1 << 30, "{} strings, {hashed} bytes", report.tried);
}

#[test]
fn lints_are_told() {
    let cases = corpus(|expect| expect["lints"].is_array());
    assert!(cases.len() >= 15);
    for Entry { id, expect, case } in cases {
        let report = explain(&case, &Limits::default(), &|| true);
        let told: Vec<&str> = report.lints.iter().map(|lint| lint.id).collect();
        for lint in expect["lints"].as_array().unwrap() {
            assert!(told.contains(&lint.as_str().unwrap()), "{id}: {lint} is not in {told:?}");
        }
    }
}

const KEY: &str = "wxkitmockpaykey0wxkitmockpaykey0";

fn pay_case(fields: Fields, signature: String) -> Case {
    Case {
        scheme: Scheme::PayV2,
        fields,
        signature,
        secret: Some(Secret::new(KEY)),
        sign_type: None,
        others: Vec::new(),
        repairs: Vec::new(),
    }
}

fn orders() -> impl Strategy<Value = Fields> {
    let names = ["appid", "attach", "body", "mch_id", "nonce_str", "out_trade_no", "total_fee"];
    proptest::collection::vec("[a-z0-9 茶=&]{0,12}", names.len())
        .prop_map(move |values| names.into_iter().zip(values).collect())
}

/// Recipes with one ingredient changed, as mistakes change it.
fn wrong_recipes() -> impl Strategy<Value = Recipe> {
    any::<(bool, bool, bool)>().prop_map(|(keep, given, glued)| Recipe {
        empty: if keep { Empty::Keep } else { PAY_V2.empty },
        order: if given { Order::AsGiven } else { PAY_V2.order },
        join: if glued { "" } else { PAY_V2.join },
        ..PAY_V2
    })
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(12))]

    #[test]
    fn the_string_of_an_explanation_gives_the_signature(fields in orders(), recipe in wrong_recipes()) {
        let given = sign::sign(&recipe, fields.iter(), &Secret::new(KEY));
        let report = explain(&pay_case(fields, given.clone()), &Limits::default(), &|| true);
        if let Some(wrong) = report.explanations.first().and_then(|e| e.wrong.as_ref()) {
            let string = wrong.text.replacen(Secret::MASK, KEY, 1);
            prop_assert_eq!(PAY_V2.digest.of(&[], string.as_bytes()).hex(PAY_V2.case), given);
        }
    }

    #[test]
    fn a_random_signature_stays_unexplained(fields in orders(), signature in "[0-9A-F]{32}") {
        let report = explain(&pay_case(fields, signature), &Limits::default(), &|| true);
        prop_assert!(report.verdict == Verdict::Unexplained);
    }
}
