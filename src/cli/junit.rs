//! An exam as JUnit XML, which every CI system reads. Comes in: names, times and
//! what went wrong; goes out: the text of the file.

use std::fmt::Write as _;
use std::time::Duration;

/// One test case.
pub struct Case {
    /// Its name.
    pub name: String,
    /// How long it took.
    pub time: Duration,
    /// How it went.
    pub result: CaseResult,
}

/// How a test case went.
pub enum CaseResult {
    /// Well.
    Passed,
    /// Not; a line, and the whole story.
    Failed(String, String),
    /// It does not count; why.
    Skipped(String),
}

/// The text of the file.
pub fn junit(suite: &str, cases: &[Case]) -> String {
    let count = |wanted: fn(&CaseResult) -> bool| cases.iter().filter(|case| wanted(&case.result)).count();
    let failures = count(|result| matches!(result, CaseResult::Failed(..)));
    let skipped = count(|result| matches!(result, CaseResult::Skipped(_)));
    let time: Duration = cases.iter().map(|case| case.time).sum();
    let suite = escaped(suite);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "<testsuite name=\"{suite}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\" time=\"{:.3}\">",
        cases.len(),
        time.as_secs_f64(),
    );
    for case in cases {
        let (name, time) = (escaped(&case.name), case.time.as_secs_f64());
        let inside = match &case.result {
            CaseResult::Passed => String::new(),
            CaseResult::Failed(line, story) => {
                format!("<failure message=\"{}\">{}</failure>", escaped(line), escaped(story))
            }
            CaseResult::Skipped(why) => format!("<skipped message=\"{}\"/>", escaped(why)),
        };
        let _ = writeln!(
            out,
            "<testcase classname=\"{suite}\" name=\"{name}\" time=\"{time:.3}\">{inside}</testcase>"
        );
    }
    out.push_str("</testsuite>\n</testsuites>\n");
    out
}

/// Characters that XML cannot carry become a question mark.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('?'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_escaped_and_counted() {
        let case = |name: &str, result| Case { name: name.into(), time: Duration::from_millis(5), result };
        let cases = [
            case("a<b", CaseResult::Passed),
            case("b", CaseResult::Failed("\"x\"".into(), "<html>\u{0}\n&".into())),
            case("c", CaseResult::Skipped("advice".into())),
        ];
        let text = junit("notify check", &cases);
        assert!(
            text.contains("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\" time=\"0.015\""),
            "{text}"
        );
        assert!(text.contains("name=\"a&lt;b\""));
        assert!(text.contains("message=\"&quot;x&quot;\">&lt;html&gt;?&#10;&amp;</failure>"));
    }
}
