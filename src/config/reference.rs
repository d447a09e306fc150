//! Where a secret is: `env:NAME`, `file:PATH`, `-`, `prompt`, or the text itself.
//! Comes in: a text; goes out: a [`Reference`], and what it leads to. The
//! environment and the standard input come in from outside; asking a person is
//! left to the caller.

use std::io::{self, Read};
use std::path::PathBuf;

use crate::sign::Secret;
use crate::store::reading::{self, SecretFile, Trouble};

/// Longest secret that is read, in bytes.
const MAX_BYTES: u64 = 64 * 1024;

/// Reads one environment variable.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Where a secret is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// `env:NAME`
    Variable(String),
    /// `file:PATH`
    File(String),
    /// `-`
    Stdin,
    /// `prompt`
    Prompt,
    /// The text is the secret: on a command line it shows in `ps`.
    Literal(Secret),
}

/// A secret that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The secret.
    pub secret: Secret,
    /// What a person should know of it.
    pub remarks: Vec<Remark>,
}

/// What a person should know of a secret that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// Other users can read its file.
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// Something stood around it that is no part of it, and was left out.
    Wrapped(Place, Wrap),
}

/// What stands around a secret by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrap {
    /// A byte order mark, as some editors write it.
    Mark,
    /// Blanks, of any width, or line ends.
    Blanks,
    /// A pair of quotes.
    Quotes,
}

/// Why a reference leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceError {
    /// The variable is not set.
    NoVariable(String),
    /// The file cannot be used.
    File(Trouble),
    /// The standard input cannot be read.
    Stdin(io::ErrorKind),
    /// A person has to be asked, which is the caller's to do.
    Prompt,
    /// Nothing there.
    Empty(Place),
    /// Longer than any secret.
    TooLong(Place),
    /// Not UTF-8 text.
    NotText(Place),
}

/// Where a secret was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// This variable.
    Variable(String),
    /// This file.
    File(PathBuf),
    /// The standard input.
    Stdin,
    /// The value itself.
    Here,
}

impl Reference {
    /// What a text says.
    #[must_use]
    pub fn of(text: &str) -> Self {
        if let Some(name) = text.strip_prefix("env:") {
            return Self::Variable(name.to_owned());
        }
        if let Some(path) = text.strip_prefix("file:") {
            return Self::File(path.to_owned());
        }
        match text {
            "-" => Self::Stdin,
            "prompt" => Self::Prompt,
            literal => Self::Literal(Secret::new(literal)),
        }
    }

    /// Whether the secret is somewhere else.
    #[must_use]
    pub const fn is_elsewhere(&self) -> bool {
        !matches!(self, Self::Literal(_))
    }

    /// Follows it.
    ///
    /// # Errors
    /// [`SourceError`]; an empty secret is an error too, never a key of no letters.
    pub fn find(&self, env: Env<'_>, stdin: &mut dyn Read) -> Result<Found, SourceError> {
        match self {
            Self::Variable(name) => {
                let text = env(name).ok_or_else(|| SourceError::NoVariable(name.clone()))?;
                clean(&text, Place::Variable(name.clone()))
            }
            Self::File(path) => from_file(at_home(path, env)),
            Self::Stdin => {
                let bytes = bounded(stdin).map_err(|e| SourceError::Stdin(e.kind()))?;
                line(bytes, Place::Stdin)
            }
            Self::Prompt => Err(SourceError::Prompt),
            Self::Literal(secret) => clean(secret.expose(), Place::Here),
        }
    }
}

/// The shell leaves the `~` of `file:~/key` alone.
fn at_home(path: &str, env: Env<'_>) -> PathBuf {
    match (path.strip_prefix("~/"), env("HOME")) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(path),
    }
}

fn from_file(path: PathBuf) -> Result<Found, SourceError> {
    let SecretFile { bytes, exposed } = reading::secret(&path, MAX_BYTES).map_err(SourceError::File)?;
    let found = line(bytes, Place::File(path.clone()))?;
    let exposed = exposed.map(|mode| Remark::Exposed { path, mode });
    Ok(Found { remarks: exposed.into_iter().chain(found.remarks).collect(), ..found })
}

fn bounded(from: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Editors end a file with a newline that is not part of the secret.
fn line(bytes: Vec<u8>, place: Place) -> Result<Found, SourceError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(SourceError::TooLong(place));
    }
    let Ok(mut text) = String::from_utf8(bytes) else { return Err(SourceError::NotText(place)) };
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    clean(&text, place)
}

/// The secret without what editors, chat programs and shells put around it.
fn clean(text: &str, place: Place) -> Result<Found, SourceError> {
    let (mut rest, mut wraps) = (text, Vec::new());
    while let Some((wrap, inner)) = unwrapped(rest) {
        rest = inner;
        if !wraps.contains(&wrap) {
            wraps.push(wrap);
        }
    }
    if rest.is_empty() {
        return Err(SourceError::Empty(place));
    }
    let remarks = wraps.into_iter().map(|wrap| Remark::Wrapped(place.clone(), wrap)).collect();
    Ok(Found { secret: Secret::new(rest), remarks })
}

fn unwrapped(text: &str) -> Option<(Wrap, &str)> {
    if let Some(rest) = text.strip_prefix('\u{feff}') {
        return Some((Wrap::Mark, rest));
    }
    // Zero-width characters come along from web pages and chats.
    let is_blank =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}');
    let trimmed = text.trim_matches(is_blank);
    if trimmed.len() < text.len() {
        return Some((Wrap::Blanks, trimmed));
    }
    let (first, last) = (text.chars().next()?, text.chars().next_back()?);
    let is_pair = text.chars().nth(1).is_some() && QUOTES.contains(&(first, last));
    is_pair.then(|| (Wrap::Quotes, &text[first.len_utf8()..text.len() - last.len_utf8()]))
}

/// Quotes that stand around a text, typed or made by a word processor.
const QUOTES: [(char, char); 8] =
    [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('‘', '’'), ('「', '」'), ('《', '》'), ('＂', '＂')];

#[cfg(test)]
mod tests {
    use super::*;

    fn env(name: &str) -> Option<String> {
        match name {
            "KEY" => Some("from env".into()),
            "VOID" => Some(String::new()),
            _ => None,
        }
    }

    fn look(reference: &str, stdin: &[u8]) -> Result<Found, SourceError> {
        Reference::of(reference).find(&env, &mut { stdin })
    }

    fn found(text: &str, remarks: Vec<Remark>) -> Found {
        Found { secret: Secret::new(text), remarks }
    }

    #[test]
    fn references_are_followed() {
        assert_eq!(look("env:KEY", b""), Ok(found("from env", vec![])));
        assert_eq!(look("-", b"typed\r\n"), Ok(found("typed", vec![])));
        assert_eq!(look("prompt", b""), Err(SourceError::Prompt));
        assert_eq!(look("plain", b""), Ok(found("plain", vec![])));
        assert!(Reference::of("-").is_elsewhere() && !Reference::of("plain").is_elsewhere());
    }

    #[test]
    fn what_stands_around_a_secret_is_left_out_and_told() {
        let told = |wraps: &[Wrap]| wraps.iter().map(|wrap| Remark::Wrapped(Place::Stdin, *wrap)).collect();
        for (typed, wraps) in [
            ("\u{feff}key\r\n", &[Wrap::Mark][..]),
            (" key \n\n", &[Wrap::Blanks]),
            ("\u{3000}key\u{200b}", &[Wrap::Blanks]),
            ("\"key\"", &[Wrap::Quotes]),
            ("“ key ”\n", &[Wrap::Quotes, Wrap::Blanks]),
            ("\u{feff}「key」 \n", &[Wrap::Mark, Wrap::Blanks, Wrap::Quotes]),
        ] {
            assert_eq!(look("-", typed.as_bytes()), Ok(found("key", told(wraps))), "{typed:?}");
        }
        assert_eq!(look("-", b"it's \"so\""), Ok(found("it's \"so\"", vec![])), "inside they are its own");
        assert_eq!(look("-", b"\""), Ok(found("\"", vec![])));
        assert_eq!(look("-", "“”".as_bytes()), Err(SourceError::Empty(Place::Stdin)));
    }

    #[test]
    fn what_leads_nowhere_is_told() {
        assert_eq!(look("env:NONE", b""), Err(SourceError::NoVariable("NONE".into())));
        assert_eq!(look("env:VOID", b""), Err(SourceError::Empty(Place::Variable("VOID".into()))));
        assert_eq!(look("", b""), Err(SourceError::Empty(Place::Here)));
        assert_eq!(look("-", b"\n"), Err(SourceError::Empty(Place::Stdin)));
        assert_eq!(look("-", b"\xff"), Err(SourceError::NotText(Place::Stdin)));
        let long = vec![b'x'; usize::try_from(MAX_BYTES).unwrap() + 1];
        assert_eq!(look("-", &long), Err(SourceError::TooLong(Place::Stdin)));
        let missing = Trouble::Io { path: "/no/such/file".into(), why: io::ErrorKind::NotFound };
        assert_eq!(look("file:/no/such/file", b""), Err(SourceError::File(missing)));
    }
}
