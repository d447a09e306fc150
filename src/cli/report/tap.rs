//! Cases in the Test Anything Protocol, version 14. Comes in: suites; goes out: the text
//! of the file. <https://testanything.org/tap-version-14-specification.html>

use std::fmt::Write as _;

use serde_json::Value;

use super::case::{Case, CaseResult, Suite};

/// The text of the file.
pub fn text(suites: &[Suite]) -> String {
    let cases: Vec<(&Suite, &Case)> =
        suites.iter().flat_map(|suite| suite.cases.iter().map(move |case| (suite, case))).collect();
    let mut out = format!("TAP version 14\n1..{}\n", cases.len());
    for (number, (suite, case)) in (1..).zip(cases) {
        let name = escaped(&format!("{}: {}", suite.name, case.name));
        // Writing to a string cannot fail.
        let _ = match &case.result {
            CaseResult::Passed => writeln!(out, "ok {number} - {name}"),
            CaseResult::Skipped(why) => writeln!(out, "ok {number} - {name} # SKIP {}", escaped(why)),
            CaseResult::Failed(line, story) => {
                let at = case.place.as_ref().map(|(file, line)| format!("{file}:{line}"));
                // A JSON text is a YAML text too.
                let said = [("message", Some(line.clone())), ("at", at), ("story", Some(story.clone()))];
                let said = said.into_iter().filter_map(|(name, text)| {
                    Some(format!("  {name}: {}\n", Value::from(text.filter(|text| !text.is_empty())?)))
                });
                let said: String = said.collect();
                writeln!(out, "not ok {number} - {name}\n  ---\n{said}  ...")
            }
        };
    }
    out
}

/// One line, in which nothing begins a directive.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '#' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn lines_stay_lines() {
        let case = |name: &str, result| Case {
            name: name.into(),
            place: Some(("a.toml".into(), 3)),
            time: Duration::ZERO,
            result,
        };
        let cases = vec![
            case("pay #1\nnot ok 9", CaseResult::Passed),
            case("b", CaseResult::Failed("x\ny".into(), "\"z\"\n".into())),
            case("c", CaseResult::Skipped("after b".into())),
        ];
        let told = text(&[Suite { name: "s".into(), cases }]);
        assert_eq!(
            told,
            "TAP version 14\n1..3\nok 1 - s: pay \\#1 not ok 9\nnot ok 2 - s: b\n  ---\n  message: \"x\\ny\"\n  \
             at: \"a.toml:3\"\n  story: \"\\\"z\\\"\\n\"\n  ...\nok 3 - s: c # SKIP after b\n"
        );
    }
}
