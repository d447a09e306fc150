//! Cases as one page that needs nothing else, in both languages. Comes in: suites in each
//! of them; goes out: the text of the file, everything in it escaped, no script.

use std::fmt::Write as _;

use wxkit::api::{Lang, Word};

use super::case::{Case, CaseResult, Suite};
use super::markup::escaped;

const STYLE: &str = "\
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}\
h2{font-size:1.05rem;margin:1.5rem 0 .3rem}ol{list-style:none;margin:0;padding:0}\
li{padding:.3rem 0;border-top:1px solid #ddd}li>span{display:inline-block;width:1.4em}\
.ok>span{color:#07813f}.no>span{color:#c0261c}.not{color:#767676}small{color:#767676;float:right}\
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f5f5f5;padding:.6rem;margin:.3rem 0 .3rem 1.4em}\
label{margin-right:1rem}#zh:checked~.en,#en:checked~.zh{display:none}\
@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#161616}pre{background:#242424}li{border-color:#383838}}";

/// The text of the file; `first` is the language that it opens in.
pub fn text(zh: &[Suite], en: &[Suite], first: Lang) -> String {
    let checked = |lang: Lang| if lang == first { " checked" } else { "" };
    let (open_zh, open_en) = (checked(Lang::Zh), checked(Lang::En));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>wxkit</title>\n<style>{STYLE}</style>\n\
         <input type=\"radio\" name=\"lang\" id=\"zh\"{open_zh}><label for=\"zh\">中文</label>\n\
         <input type=\"radio\" name=\"lang\" id=\"en\"{open_en}><label for=\"en\">English</label>\n",
        if first == Lang::Zh { "zh-CN" } else { "en" },
    );
    for (lang, class, tag, suites) in [(Lang::Zh, "zh", "zh-CN", zh), (Lang::En, "en", "en", en)] {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "<main class=\"{class}\" lang=\"{tag}\">\n<h1>{}</h1>",
            escaped(&sum(suites, lang))
        );
        for suite in suites {
            let _ = writeln!(out, "<h2>{}</h2>\n<ol>", escaped(&suite.name));
            suite.cases.iter().for_each(|case| item(&mut out, case));
            out.push_str("</ol>\n");
        }
        out.push_str("</main>\n");
    }
    out.push_str("</html>\n");
    out
}

fn sum(suites: &[Suite], lang: Lang) -> String {
    let count = |wanted: fn(&CaseResult) -> bool| {
        let cases = suites.iter().flat_map(|suite| &suite.cases);
        cases.filter(|case| wanted(&case.result)).count().to_string()
    };
    Word::new("{} 项通过，{} 项失败，{} 项跳过", "{} passed, {} failed, {} skipped")
        .with([
            count(|result| matches!(result, CaseResult::Passed)),
            count(|result| matches!(result, CaseResult::Failed(..))),
            count(|result| matches!(result, CaseResult::Skipped(_))),
        ])
        .text(lang)
        .into_owned()
}

fn item(out: &mut String, case: &Case) {
    let (class, mark, more) = match &case.result {
        CaseResult::Passed => ("ok", "✓", String::new()),
        CaseResult::Skipped(why) => ("not", "–", format!(" — {}", escaped(why))),
        CaseResult::Failed(line, story) => {
            let at = case.place.as_ref().map(|(file, line)| format!("{file}:{line}\n")).unwrap_or_default();
            let story = if story.is_empty() { line } else { story };
            ("no", "✗", format!("<pre>{}</pre>", escaped(&format!("{at}{story}"))))
        }
    };
    let ms = case.time.as_millis();
    let _ = writeln!(
        out,
        "<li class=\"{class}\"><small>{ms} ms</small><span>{mark}</span>{}{more}</li>",
        escaped(&case.name)
    );
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn nothing_on_the_page_is_markup_of_others() {
        let suite = |name: &str| {
            let evil = "<script>alert(1)</script>\u{1b}[31m";
            let results = [
                CaseResult::Passed,
                CaseResult::Failed(evil.into(), evil.into()),
                CaseResult::Skipped(evil.into()),
            ];
            let case = |result| Case {
                name: evil.into(),
                place: Some((evil.into(), 1)),
                time: Duration::ZERO,
                result,
            };
            Suite { name: format!("{name}{evil}"), cases: results.into_iter().map(case).collect() }
        };
        let page = text(&[suite("场景")], &[suite("scenario")], Lang::En);
        assert!(!page.contains("<script") && !page.contains('\u{1b}'), "{page}");
        assert!(
            page.contains("1 项通过，1 项失败，1 项跳过") && page.contains("1 passed, 1 failed, 1 skipped")
        );
        assert!(page.contains("id=\"en\" checked") && !page.contains("id=\"zh\" checked"));
    }
}
