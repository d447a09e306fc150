//! One step of a scenario, judged: done once, or again and again while there is time; what
//! came out is compared with what is expected, and what is asked for is kept. Comes in: a
//! step; goes out: how it went.

use std::time::{Duration, Instant};

use serde_json::Value;
use wxkit::api::Word;
use wxkit::script::{Action, Deed, Step, Text, Unmet, find, shown};
use wxkit::wire::Fields;

use super::super::super::error::{Error, PROGRAM};
use super::super::super::outcome::Exit;
use super::done::Done;
use super::scene::Scene;
use super::told::{Failure, Told, Verdict, beginning};

/// A step may take so long, unless it says otherwise.
const USUAL: Duration = Duration::from_secs(30);
/// A notice is on its way when its order is paid, and takes a moment.
const ON_ITS_WAY: Duration = Duration::from_secs(5);
/// What is tried again is given at least so long to answer.
const LEAST: Duration = Duration::from_secs(1);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(100);
/// Longest value that is kept, in bytes.
const KEPT: usize = 64 * 1024;

impl Scene {
    /// Plays one step; `number` is its place, from 1.
    pub(super) fn play(&mut self, step: &Step, number: usize) -> Told {
        self.at_step(number);
        let (started, title) = (Instant::now(), self.title(step));
        let (verdict, answer) = match self.until_right(step) {
            Ok(answer) => (Verdict::Passed, answer),
            Err(failure) => (Verdict::Failed(Box::new(self.failed(failure))), String::new()),
        };
        Told { line: step.line, title, verdict, answer, time: started.elapsed() }
    }

    /// A step that is not played any more.
    pub(super) fn skipped(&self, step: &Step) -> Told {
        let (verdict, answer) = (Verdict::Skipped, String::new());
        Told { line: step.line, title: self.title(step), verdict, answer, time: Duration::ZERO }
    }

    /// Does it until it is right; gives the answer in short.
    fn until_right(&mut self, step: &Step) -> Result<String, Failure> {
        let started = Instant::now();
        let patience = step.within.or(matches!(step.action, Action::Notice(_)).then_some(ON_ITS_WAY));
        loop {
            let left = patience.map(|patience| patience.saturating_sub(started.elapsed()));
            let limit = left.map_or_else(|| self.ctx.patience(USUAL), |left| left.max(LEAST));
            let failure = match self.once(step, limit) {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            if failure.is_final || left.is_none_or(|left| left.is_zero()) {
                return Err(failure);
            }
            self.heeded(PAUSE, std::future::pending::<()>()).map_err(Failure::from)?;
        }
    }

    fn once(&mut self, step: &Step, limit: Duration) -> Result<String, Failure> {
        let done = self.act(&step.action, limit)?;
        self.hide_secrets_of(&top(&done.document));
        self.judged(step, &done)?;
        for (name, path) in &step.capture {
            self.keep(name, path, &done.document)?;
        }
        Ok(beginning(&done.answer))
    }

    fn judged(&self, step: &Step, done: &Done) -> Result<(), Failure> {
        let mut unmet: Vec<Unmet> = Vec::new();
        for want in &step.expect {
            let judged = want.judge(&done.document, &self.values);
            unmet.extend(judged.map_err(|_| Error::usage(TOO_LONG))?);
        }
        let first = |path: &str| path.split('.').next().unwrap_or_default().to_owned();
        let is_expected = |key: &str| step.expect.iter().any(|want| first(&want.path) == key);
        match &done.lack {
            Some(lack) if !is_expected(lack.key) => {
                let error = lack.error.as_deref().cloned();
                Err(Failure { said: lack.said.clone(), unmet, error, ..Failure::default() })
            }
            _ if unmet.is_empty() => Ok(()),
            // What it says itself tells more than that it is something else.
            Some(lack) => Err(Failure { said: lack.said.clone(), unmet, ..Failure::default() }),
            None => Err(Failure { said: UNMET.into(), unmet, ..Failure::default() }),
        }
    }

    fn keep(&mut self, name: &str, path: &str, document: &Value) -> Result<(), Failure> {
        let found = find(document, path).map(shown).filter(|value| !value.is_empty());
        let Some(value) = found else {
            let said =
                Word::new("{} 处什么也没有，不能保存为 {}", "nothing stands at {}, so nothing is kept as {}");
            return Err(Failure { said: said.with([path, name]), ..Failure::default() });
        };
        if value.len() > KEPT {
            let said = Word::new(
                "{} 处的值超过 64 KB，不能保存",
                "what stands at {} is longer than 64 KB and is not kept",
            );
            return Err(Failure { said: said.with([path]), is_final: true, ..Failure::default() });
        }
        let last = path.rsplit('.').next().unwrap_or_default();
        self.hide_secrets_of(&Fields::from_iter([(name, value.as_str()), (last, value.as_str())]));
        self.values.insert(name.to_owned(), value);
        Ok(())
    }

    fn hide_secrets_of(&self, fields: &Fields) {
        self.ctx.hide_secrets_of(fields);
    }

    /// With what the gateway refused meanwhile, and what the program said.
    pub(super) fn failed(&self, failure: Failure) -> Failure {
        if failure.is_interrupt() {
            return failure;
        }
        let is_told = failure.error.as_ref().is_some_and(|error| error.code == PROGRAM);
        let ended = self.ended().filter(|_| !is_told);
        // A call of our own has told its refusal already.
        let refused = if failure.error.is_some() { Vec::new() } else { self.refusals() };
        Failure { refused, program: self.last_lines(), ended, ..failure }
    }

    /// What a step is called.
    fn title(&self, step: &Step) -> String {
        if let Some(name) = &step.name {
            return beginning(&self.fill(name).unwrap_or_else(|_| name.0.clone()));
        }
        let fill = |text: &Text| self.fill(text).unwrap_or_else(|_| text.0.clone());
        beginning(&match &step.action {
            Action::Call { words, .. } => words.iter().map(fill).collect::<Vec<_>>().join(" "),
            Action::Http { method, to, .. } => format!("{method} {}", fill(to)),
            Action::Order { deed: Deed::Pay, number, .. } => format!("pay {}", fill(number)),
            Action::Order { deed: Deed::Cancel, number, .. } => format!("cancel {}", fill(number)),
            Action::Order { deed: Deed::Refund, number, .. } => format!("refund {}", fill(number)),
            Action::Notify { number, times, .. } => format!("notify {} ×{times}", fill(number)),
            Action::Notice(number) => format!("notice {}", fill(number)),
            Action::Fault(_) => "fault".to_owned(),
            Action::Look(path) => format!("look {}", fill(path)),
            Action::Run(line) => format!("run {}", fill(line)),
            Action::Wait(time) => format!("wait {} ms", time.as_millis()),
        })
    }
}

/// The members of a document that are no tables.
fn top(document: &Value) -> Fields {
    let members = document.as_object().into_iter().flatten();
    members.filter(|(_, value)| value.is_string()).map(|(name, value)| (name.clone(), shown(value))).collect()
}

impl From<Error> for Failure {
    /// An error that nobody could expect.
    fn from(error: Error) -> Self {
        Self { said: error.message.clone(), error: Some(error), is_final: true, ..Self::default() }
    }
}

impl Failure {
    /// Whether somebody asked to stop.
    pub(super) fn is_interrupt(&self) -> bool {
        self.error.as_ref().is_some_and(|error| error.exit == Exit::Interrupted)
    }
}

const UNMET: Word = Word::new("与期望不符", "it is not what was expected");
const TOO_LONG: Word = Word::new("填好之后超过 1 MB", "filled, it is longer than 1 MB");
