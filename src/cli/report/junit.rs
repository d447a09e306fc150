//! Cases as JUnit XML, which every CI system reads. Comes in: suites; goes out: the text
//! of the file.

use std::fmt::Write as _;
use std::time::Duration;

use super::case::{Case, CaseResult, Suite};
use super::markup::escaped;

/// The text of the file.
pub fn text(suites: &[Suite]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for suite in suites {
        whole(&mut out, suite);
    }
    out.push_str("</testsuites>\n");
    out
}

fn whole(out: &mut String, Suite { name, cases }: &Suite) {
    let count = |wanted: fn(&CaseResult) -> bool| cases.iter().filter(|case| wanted(&case.result)).count();
    let failures = count(|result| matches!(result, CaseResult::Failed(..)));
    let skipped = count(|result| matches!(result, CaseResult::Skipped(_)));
    let time: Duration = cases.iter().map(|case| case.time).sum();
    let suite = escaped(name);
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "<testsuite name=\"{suite}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\" time=\"{:.3}\">",
        cases.len(),
        time.as_secs_f64(),
    );
    for case in cases {
        one(out, &suite, case);
    }
    out.push_str("</testsuite>\n");
}

fn one(out: &mut String, suite: &str, case: &Case) {
    let (name, time) = (escaped(&case.name), case.time.as_secs_f64());
    let place =
        case.place.as_ref().map(|(file, line)| format!(" file=\"{}\" line=\"{line}\"", escaped(file)));
    let place = place.unwrap_or_default();
    let inside = match &case.result {
        CaseResult::Passed => String::new(),
        CaseResult::Failed(line, story) => {
            format!("<failure message=\"{}\">{}</failure>", escaped(line), escaped(story))
        }
        CaseResult::Skipped(why) => format!("<skipped message=\"{}\"/>", escaped(why)),
    };
    let _ = writeln!(
        out,
        "<testcase classname=\"{suite}\" name=\"{name}\"{place} time=\"{time:.3}\">{inside}</testcase>"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_escaped_and_counted() {
        let case = |name: &str, result| Case {
            name: name.into(),
            place: None,
            time: Duration::from_millis(5),
            result,
        };
        let cases = vec![
            case("a<b", CaseResult::Passed),
            case("b", CaseResult::Failed("\"x\"".into(), "<html>\u{0}\n&".into())),
            case("c", CaseResult::Skipped("advice".into())),
        ];
        let text = text(&[Suite { name: "notify check".into(), cases }]);
        assert!(
            text.contains("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\" time=\"0.015\""),
            "{text}"
        );
        assert!(text.contains("name=\"a&lt;b\""));
        assert!(text.contains("message=\"&quot;x&quot;\">&lt;html&gt;?&#10;&amp;</failure>"));
    }
}
