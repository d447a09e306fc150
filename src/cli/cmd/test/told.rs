//! How a step and a scenario went, as people, scripts, CI systems and GitHub read it.
//! Comes in: results; goes out: views, JSON, cases of a report, annotations.

use std::time::Duration;

use serde_json::{Value, json};
use wxkit::api::{Lang, Message, Word};
use wxkit::script::Unmet;

use super::super::super::error::Error;
use super::super::super::outcome::{Event, View};
use super::super::super::report::{Case, CaseResult, Suite};

/// A scenario that was played.
pub(super) struct Played {
    /// Its file, as it was named.
    pub(super) file: String,
    /// What it shows.
    pub(super) name: String,
    /// Its steps.
    pub(super) steps: Vec<Told>,
}

/// A step that was played, or would have been.
pub(super) struct Told {
    /// Its line in the file.
    pub(super) line: usize,
    /// What it is called.
    pub(super) title: String,
    /// How it went.
    pub(super) verdict: Verdict,
    /// What came out, in short.
    pub(super) answer: String,
    /// How long it took.
    pub(super) time: Duration,
}

/// How a step went.
pub(super) enum Verdict {
    Passed,
    Failed(Box<Failure>),
    /// A step before it failed, or somebody asked to stop.
    Skipped,
}

/// Why a step failed.
pub(super) struct Failure {
    /// In a sentence.
    pub(super) said: Message,
    /// What was expected and is not there.
    pub(super) unmet: Vec<Unmet>,
    /// The error behind it, with its advice.
    pub(super) error: Option<Error>,
    /// What the gateway refused meanwhile, and why.
    pub(super) refused: Vec<Event>,
    /// The last lines of the program.
    pub(super) program: Vec<String>,
    /// The code with which it ended, if it did.
    pub(super) ended: Option<u8>,
    /// Whether another try cannot help.
    pub(super) is_final: bool,
}

impl Default for Failure {
    fn default() -> Self {
        Self {
            said: PLAIN.into(),
            unmet: Vec::new(),
            error: None,
            refused: Vec::new(),
            program: Vec::new(),
            ended: None,
            is_final: false,
        }
    }
}

/// A text that is the same in every language.
pub(super) const PLAIN: Word = Word::new("{}", "{}");
const SKIPPED: Word = Word::new("前面的步骤失败了", "a step before it failed");

impl Told {
    pub(super) fn has_passed(&self) -> bool {
        matches!(self.verdict, Verdict::Passed)
    }

    pub(super) fn failure(&self) -> Option<&Failure> {
        match &self.verdict {
            Verdict::Failed(failure) => Some(failure),
            Verdict::Passed | Verdict::Skipped => None,
        }
    }

    /// What a person sees the moment it is done.
    pub(super) fn views(&self, file: &str) -> Vec<View> {
        let title = PLAIN.with([self.title.as_str()]);
        let Some(failure) = self.failure() else {
            return vec![View::Step { title, detail: self.answer.clone(), ok: true }];
        };
        let place = format!("{file}:{}", self.line);
        let mut views = vec![View::Step { title, detail: place, ok: false }];
        views.extend(failure.lines().into_iter().map(View::Say));
        if let Some(error) = &failure.error {
            views.extend(error.view.clone());
            views.extend(error.hint.clone().map(View::Say));
        }
        if !failure.refused.is_empty() {
            views.push(View::Say(Word::new("网关拒绝了：", "the gateway refused:").into()));
        }
        views.extend(failure.refused.iter().flat_map(|event| event.view.clone()));
        views
    }

    pub(super) fn value(&self, scenario: &Played, lang: Lang, is_timed: bool) -> Value {
        let mut step = json!({
            "file": scenario.file, "line": self.line, "scenario": scenario.name, "name": self.title,
            "ok": self.has_passed(), "answer": self.answer,
        });
        if is_timed {
            step["elapsed_ms"] = u64::try_from(self.time.as_millis()).unwrap_or(u64::MAX).into();
        }
        match &self.verdict {
            Verdict::Passed => {}
            Verdict::Skipped => step["skipped"] = true.into(),
            Verdict::Failed(failure) => step["failure"] = failure.value(lang),
        }
        step
    }

    fn case(&self, file: &str, lang: Lang) -> Case {
        let result = match &self.verdict {
            Verdict::Passed => CaseResult::Passed,
            Verdict::Skipped => CaseResult::Skipped(SKIPPED.text(lang).to_owned()),
            Verdict::Failed(failure) => {
                CaseResult::Failed(failure.said.text(lang).into_owned(), failure.story(lang))
            }
        };
        Case { name: self.title.clone(), place: Some((file.to_owned(), self.line)), time: self.time, result }
    }
}

impl Failure {
    /// What happened, line by line.
    fn lines(&self) -> Vec<Message> {
        let mut lines = vec![self.said.clone()];
        for unmet in &self.unmet {
            let Unmet { path, wanted, got } = unmet;
            lines.push(match got {
                Some(got) => Word::new("{}：期望 {}，得到 {}", "{}: expected {}, got {}").with([
                    path.clone(),
                    quoted(wanted),
                    quoted(got),
                ]),
                None => Word::new("{}：期望 {}，那里什么也没有", "{}: expected {}, and nothing is there")
                    .with([path.clone(), quoted(wanted)]),
            });
        }
        if let Some(code) = self.ended {
            lines.push(
                Word::new("程序已经结束，退出码 {}", "the program has ended with {}")
                    .with([code.to_string()]),
            );
        }
        if !self.program.is_empty() {
            lines.push(Word::new("程序的输出：", "the program said:").into());
            lines.extend(self.program.iter().map(|line| Word::new("| {}", "| {}").with([line.as_str()])));
        }
        lines
    }

    /// All of it as text, for reports.
    fn story(&self, lang: Lang) -> String {
        let mut lines: Vec<String> = self.lines().iter().map(|line| line.text(lang).into_owned()).collect();
        let views = self.error.iter().flat_map(|error| &error.view);
        let views = views.chain(self.refused.iter().flat_map(|event| &event.view));
        lines.extend(views.filter_map(|view| match view {
            View::Good(said) | View::Bad(said) | View::Say(said) | View::Head(said) => {
                Some(said.text(lang).into_owned())
            }
            _ => None,
        }));
        lines.join("\n")
    }

    fn value(&self, lang: Lang) -> Value {
        let unmet = self
            .unmet
            .iter()
            .map(|unmet| json!({ "path": unmet.path, "expected": unmet.wanted, "got": unmet.got }));
        let mut value = json!({
            "message": self.said.text(lang),
            "unmet": unmet.collect::<Vec<_>>(),
            "refused": self.refused.iter().map(|event| event.data.clone()).collect::<Vec<_>>(),
            "program": self.program,
        });
        if let Some(error) = &self.error {
            value["code"] = error.code.into();
            value["explain"] = error.explain.clone().unwrap_or_default();
        }
        value
    }
}

impl Played {
    pub(super) fn failed(&self) -> Option<(&Told, &Failure)> {
        self.steps.iter().find_map(|told| Some((told, told.failure()?)))
    }

    pub(super) fn suite(&self, lang: Lang) -> Suite {
        let cases = self.steps.iter().map(|told| told.case(&self.file, lang)).collect();
        Suite { name: self.name.clone(), cases }
    }

    /// A line that GitHub shows beside the step that failed.
    /// <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message>
    pub(super) fn annotation(&self, lang: Lang) -> Option<String> {
        let (told, failure) = self.failed()?;
        let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
        let (file, title) = (property(&self.file), property(&format!("{}: {}", self.name, told.title)));
        Some(format!("::error file={file},line={},title={title}::{}", told.line, data(&failure.story(lang))))
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value in quotes, in one line and not too long.
fn quoted(text: &str) -> String {
    Value::from(beginning(text)).to_string()
}

/// So much of a text is shown.
const START: usize = 200;

/// The beginning of a text, on one line.
pub(super) fn beginning(text: &str) -> String {
    let line = text.trim().replace(['\n', '\r', '\t'], " ");
    let start: String = line.chars().take(START).collect();
    if start.len() < line.len() { start + "…" } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_annotation_is_one_line_whatever_it_says() {
        let failure = Failure { said: PLAIN.with(["50%\nof it"]), ..Failure::default() };
        let told = Told {
            line: 7,
            title: "a: b, c".to_owned(),
            verdict: Verdict::Failed(Box::new(failure)),
            answer: String::new(),
            time: Duration::ZERO,
        };
        let played = Played { file: "x,y.toml".to_owned(), name: "n".to_owned(), steps: vec![told] };
        assert_eq!(
            played.annotation(Lang::En).as_deref(),
            Some("::error file=x%2Cy.toml,line=7,title=n%3A a%3A b%2C c::50%25%0Aof it")
        );
    }
}
