//! What a command has to say, as plain data: one JSON document, one answer for
//! `-q`, and lines for a person. And [`Event`]: the same, for commands that go
//! on speaking. `render/` decides which of them is shown.

use serde_json::{Map, Value};
use wxkit::api::endpoint::Kind;
use wxkit::api::{Field, Lang, Message, Word};
use wxkit::sign::Secret;
use wxkit::wire::{Fields, Reply, Request, tree};

/// The exit codes, as scripts know them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Yes, done.
    Done,
    /// No: a signature does not match, a check failed.
    No,
    /// Wrong use, unreadable input.
    Usage,
    /// A setting or secret is missing or unsafe.
    Setting,
    /// Network; the request was provably not processed.
    Network,
    /// WeChat refused.
    Refused,
    /// WeChat refused the credentials or the signature.
    Credential,
    /// Sent, no answer: the outcome is unknown.
    Unknown,
    /// The reply is not to be trusted.
    Untrusted,
    /// Refused by us, for safety.
    Safety,
    /// Busy or rate-limited.
    Busy,
    /// A bug of ours.
    Bug,
    /// Interrupted: Ctrl-C, or a polite end by the system.
    Interrupted,
    /// The code of a program that ran beside a gateway, as it is.
    HandedOn(u8),
}

impl Exit {
    /// The code itself.
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::No => 1,
            Self::Usage => 2,
            Self::Setting => 3,
            Self::Network => 4,
            Self::Refused => 5,
            Self::Credential => 6,
            Self::Unknown => 7,
            Self::Untrusted => 8,
            Self::Safety => 9,
            Self::Busy => 10,
            Self::Bug => 101,
            Self::Interrupted => 130,
            Self::HandedOn(code) => code,
        }
    }
}

/// What a command has to say.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The JSON document.
    pub data: Value,
    /// The answer itself, for `-q`.
    pub answer: String,
    /// For a person.
    pub view: Vec<View>,
    /// 0, 1 for an honest no, or what a program beside us ended with.
    pub exit: Exit,
    /// What it is for.
    pub purpose: Purpose,
}

/// What an outcome is for, and so what happens to secrets in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be read: they are masked.
    Reading,
    /// To be sent, opened or counted by a program: with a mask in it the answer would be
    /// another one, so it is whole or refused.
    Sending,
    /// It is what was asked for, with the secrets that it is made of: nothing is masked.
    Asked,
}

/// One piece of what a person sees.
#[derive(Debug, Clone, PartialEq)]
pub enum View {
    /// A line that says it went well.
    Good(Message),
    /// A line that says it did not.
    Bad(Message),
    /// A plain line.
    Say(Message),
    /// A line for a heading.
    Head(Message),
    /// Names and values, aligned.
    Pairs(Vec<(String, String)>),
    /// Text to copy, as it is.
    Block(String),
    /// Text as a QR code.
    Qr(String),
    /// The same, where a person sits before a terminal to scan it.
    TerminalQr(String),
    /// Two strings, with the ranges (in bytes) that differ marked.
    Diff(Vec<Marked>),
    /// A numbered step and whether it went well.
    Step {
        /// What was done.
        title: Message,
        /// What came out.
        detail: String,
        /// Whether it went well.
        ok: bool,
    },
}

/// A labelled string with marked ranges.
#[derive(Debug, Clone, PartialEq)]
pub struct Marked {
    /// Whose string it is.
    pub label: Word,
    /// The string, secrets masked.
    pub text: String,
    /// What is different in it.
    pub marks: Vec<std::ops::Range<usize>>,
}

/// One line of a command that goes on speaking.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The JSON line, with its `type`.
    pub data: Value,
    /// For `-q`; none is shown without one.
    pub answer: Option<String>,
    /// For a person.
    pub view: Vec<View>,
}

impl Outcome {
    /// An outcome that is only data and an answer so far.
    pub fn new(data: Value, answer: impl Into<String>) -> Self {
        Self { data, answer: answer.into(), view: Vec::new(), exit: Exit::Done, purpose: Purpose::Reading }
    }

    /// The outcome of a call: WeChat's own fields.
    pub fn of_fields(fields: &Fields, spec: &[&Field], answer: &str) -> Self {
        Self::new(object(fields, spec), answer).show(pairs(fields.iter()))
    }

    /// The same with one more piece for a person.
    pub fn show(mut self, view: View) -> Self {
        self.view.push(view);
        self
    }

    /// The same as a no.
    pub fn no(mut self) -> Self {
        self.exit = Exit::No;
        self
    }

    /// The same for another purpose.
    pub fn meant_for(mut self, purpose: Purpose) -> Self {
        self.purpose = purpose;
        self
    }

    /// Nothing to say but the code of a program that spoke for itself.
    pub fn handed_on(code: u8) -> Self {
        Self { exit: Exit::HandedOn(code), ..Self::new(Value::Null, "") }
    }
}

/// Fields as a JSON object: ids and times are strings, money and counts numbers.
pub fn object(fields: &Fields, spec: &[&Field]) -> Value {
    let member = |(name, value): (&str, &str)| {
        let kind = spec.iter().find(|f| f.matches(name)).map(|f| f.kind);
        let value = match kind {
            Some(Kind::Fen | Kind::FenOrZero | Kind::Int) => {
                value.parse::<i64>().map_or(value.into(), Value::from)
            }
            Some(Kind::Json | Kind::Bool) => serde_json::from_str(value).unwrap_or_else(|_| value.into()),
            _ => Value::from(value),
        };
        (name.to_owned(), value)
    };
    Value::Object(fields.iter().map(member).collect::<Map<_, _>>())
}

/// The same where names are paths: objects inside objects, as WeChat sends them.
pub fn nested(fields: &Fields, spec: &[&Field]) -> Value {
    let bare = |name: &str, value: &str| match spec.iter().find(|field| field.matches(name)) {
        Some(field) => field.is_bare(),
        None => value.starts_with(['{', '[']),
    };
    let text = tree::write(fields, bare).ok();
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_else(|| object(fields, spec))
}

/// Labels and values for [`View::Pairs`].
pub fn pairs<L: Into<String>, V: Into<String>>(list: impl IntoIterator<Item = (L, V)>) -> View {
    View::Pairs(list.into_iter().map(|(l, v)| (l.into(), v.into())).collect())
}

/// How an outcome is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a person.
    Human,
    /// One JSON document.
    Json,
    /// Only the answer.
    Quiet,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How everything is shown; known before the words typed are understood.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Language.
    pub lang: Lang,
    /// Format.
    pub format: Format,
    /// Colour.
    pub colour: Colour,
}

/// Where a running command speaks. Implemented by `render/`, so that commands
/// can speak without printing.
pub trait Stage {
    /// Says one line of a stream, on stdout.
    fn event(&self, event: &Event);
    /// The same on stderr, where stdout is somebody else's.
    fn aside(&self, event: &Event);
    /// Remarks something, on stderr.
    fn note(&self, note: &Message);
    /// From now on this value is never shown.
    fn hide(&self, secret: &Secret);
    /// A text for a file, without what is hidden.
    fn masked(&self, text: &str) -> String;
    /// Says one line to the system that runs this, on stderr, as it is.
    fn annotation(&self, line: &str);
    /// Shows one exchange with a server, secrets masked, on stderr.
    fn wire(&self, request: &Request, reply: Result<&Reply, &Message>);
    /// Shows how far a long command is, on a terminal.
    fn progress(&self, done: u64, total: u64);
}
