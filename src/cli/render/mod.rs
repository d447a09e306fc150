//! The only room that prints. Comes in: outcomes, events, errors and notes;
//! goes out: data on stdout, talk on stderr. Decides format, language and
//! colour, and lets no secret through.

mod diff;
mod human;
mod json;
mod mask;
mod traffic;

use std::cell::{Cell, OnceCell, RefCell};
use std::io::{self, IsTerminal as _, Write as _};

use indicatif::ProgressBar;
use wxkit::api::{Lang, Message};
use wxkit::sign::Secret;
use wxkit::wire::{Reply, Request};

use super::error::{self, Error};
use super::outcome::{Colour, Event, Exit, Format, Look, Outcome, Purpose, Stage};
use mask::Mask;

/// Where everything is shown.
pub struct Screen {
    /// How.
    pub format: Format,
    /// To whom.
    pub lang: Lang,
    /// How wide the terminal is, where there is one.
    columns: Option<usize>,
    mask: RefCell<Mask>,
    open: Cell<bool>,
    /// Why the last words did not get out, if a reader did not just go away.
    lost: RefCell<Option<io::Error>>,
    bar: OnceCell<ProgressBar>,
}

impl Screen {
    /// A screen; decides colour once for the whole process.
    pub fn new(look: Look, hidden: &[Secret]) -> Self {
        let on = match look.colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => io::stdout().is_terminal(),
        };
        colored::control::set_override(on);
        let mut mask = Mask::default();
        for secret in hidden {
            mask.add(secret);
        }
        Self {
            format: look.format,
            lang: look.lang,
            columns: columns(),
            mask: RefCell::new(mask),
            open: Cell::new(true),
            lost: RefCell::default(),
            bar: OnceCell::new(),
        }
    }

    /// Shows the end of a command and tells its exit code.
    pub fn end(&self, result: &Result<Outcome, Error>) -> Exit {
        match result {
            Ok(outcome) if self.is_spoilt(outcome) => self.failed(&error::secret_inside()),
            Ok(outcome) => {
                self.outcome(outcome);
                self.delivered(outcome.exit)
            }
            Err(error) => self.failed(error),
        }
    }

    fn failed(&self, error: &Error) -> Exit {
        self.error(error);
        error.exit
    }

    /// Whether it is of no use once its secrets are masked.
    fn is_spoilt(&self, outcome: &Outcome) -> bool {
        let masked = || self.mask.borrow().of_whole_values().text(&outcome.answer);
        outcome.purpose == Purpose::Sending && masked() != outcome.answer
    }

    /// The exit code, unless the answer did not get out: half an answer must not
    /// look like a whole one.
    fn delivered(&self, exit: Exit) -> Exit {
        let Some(why) = self.lost.take() else { return exit };
        self.failed(&Error::io("stdout", &why))
    }

    /// Prints text as it is: help, version.
    pub fn plain(&self, text: &str) -> Exit {
        self.out(text.trim_end_matches('\n'), &self.mask.borrow());
        self.delivered(Exit::Done)
    }

    /// Prints text as it is, on stderr.
    pub fn talk(&self, text: &str) {
        self.err(text.trim_end_matches('\n'));
    }

    fn outcome(&self, outcome: &Outcome) {
        let mask = match outcome.purpose {
            Purpose::Reading => &*self.mask.borrow(),
            Purpose::Sending => &self.mask.borrow().of_whole_values(),
            Purpose::Asked => &Mask::default(),
        };
        let text = match self.format {
            Format::Quiet => outcome.answer.clone(),
            Format::Json if outcome.data.is_null() => String::new(),
            Format::Json => json::outcome(outcome),
            Format::Human => {
                let text = human::views(&outcome.view, self.lang, self.columns, mask);
                text.trim_end_matches('\n').to_owned()
            }
        };
        self.out(&text, mask);
    }

    fn error(&self, error: &Error) {
        let text = match self.format {
            Format::Json => json::error(error, self.lang),
            Format::Human | Format::Quiet => {
                human::error(error, self.lang, self.columns, &self.mask.borrow())
            }
        };
        self.err(&text);
    }

    fn said(&self, event: &Event) -> String {
        match self.format {
            Format::Json => event.data.to_string(),
            Format::Quiet => event.answer.clone().unwrap_or_default(),
            Format::Human => {
                let text = human::views(&event.view, self.lang, self.columns, &self.mask.borrow());
                text.trim_end().to_owned()
            }
        }
    }

    /// Writes a line to stdout. A reader that has gone away is no failure.
    fn out(&self, text: &str, mask: &Mask) {
        if text.is_empty() || !self.open.get() {
            return;
        }
        let line = mask.text(text) + "\n";
        let mut stdout = io::stdout().lock();
        if let Err(why) = stdout.write_all(line.as_bytes()).and_then(|()| stdout.flush()) {
            self.open.set(false);
            self.lost.replace(Some(why).filter(|why| why.kind() != io::ErrorKind::BrokenPipe));
        }
    }

    fn err(&self, text: &str) {
        let line = self.mask.borrow().text(text) + "\n";
        // Nobody is left to tell if stderr is gone.
        let _ = io::stderr().lock().write_all(line.as_bytes());
    }
}

/// The width of the terminal, where stdout is one.
fn columns() -> Option<usize> {
    let terminal = console::Term::stdout();
    let width = || terminal.size_checked().map_or(human::USUAL, |(_, columns)| columns.into());
    terminal.is_term().then(width)
}

impl Stage for Screen {
    fn event(&self, event: &Event) {
        self.out(&self.said(event), &self.mask.borrow());
    }

    fn aside(&self, event: &Event) {
        let said = self.said(event);
        if !said.is_empty() {
            self.err(&said);
        }
    }

    fn note(&self, note: &Message) {
        self.err(&human::note(&note.text(self.lang), &self.mask.borrow()));
    }

    fn hide(&self, secret: &Secret) {
        self.mask.borrow_mut().add(secret);
    }

    fn masked(&self, text: &str) -> String {
        self.mask.borrow().text(text)
    }

    fn annotation(&self, line: &str) {
        self.err(line);
    }

    fn wire(&self, request: &Request, reply: Result<&Reply, &Message>) {
        self.err(&traffic::request(request));
        self.err(&traffic::reply(reply, self.lang));
    }

    fn progress(&self, done: u64, total: u64) {
        if self.format == Format::Human && io::stderr().is_terminal() {
            let bar = self.bar.get_or_init(|| ProgressBar::new(total));
            bar.set_position(done);
            if done == total {
                bar.finish_and_clear();
            }
        }
    }
}
