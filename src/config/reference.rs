//! Where a secret is: `env:NAME`, `file:PATH`, `-`, `prompt`, or the text itself.
//! Comes in: a text; goes out: a [`Reference`], and what it leads to. The
//! environment and the standard input come in from outside; asking a person is
//! left to the caller.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use crate::sign::Secret;

/// Longest secret that is read, in bytes.
const MAX_BYTES: usize = 64 * 1024;

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

/// Why a reference leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceError {
    /// The variable is not set.
    NoVariable(String),
    /// The file cannot be read.
    File {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        why: io::ErrorKind,
    },
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
    pub fn find(&self, env: Env<'_>, stdin: &mut dyn Read) -> Result<Secret, SourceError> {
        match self {
            Self::Variable(name) => {
                let text = env(name).ok_or_else(|| SourceError::NoVariable(name.clone()))?;
                filled(text, Place::Variable(name.clone()))
            }
            Self::File(path) => from_file(at_home(path, env)),
            Self::Stdin => {
                let bytes = bounded(stdin).map_err(|e| SourceError::Stdin(e.kind()))?;
                line(bytes, Place::Stdin)
            }
            Self::Prompt => Err(SourceError::Prompt),
            Self::Literal(secret) => filled(secret.expose().to_owned(), Place::Here),
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

fn from_file(path: PathBuf) -> Result<Secret, SourceError> {
    match File::open(&path).and_then(|mut file| bounded(&mut file)) {
        Ok(bytes) => line(bytes, Place::File(path)),
        Err(error) => Err(SourceError::File { path, why: error.kind() }),
    }
}

fn bounded(from: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Editors end a file with a newline that is not part of the secret.
fn line(bytes: Vec<u8>, place: Place) -> Result<Secret, SourceError> {
    if bytes.len() > MAX_BYTES {
        return Err(SourceError::TooLong(place));
    }
    let Ok(mut text) = String::from_utf8(bytes) else { return Err(SourceError::NotText(place)) };
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    filled(text, place)
}

fn filled(text: String, place: Place) -> Result<Secret, SourceError> {
    if text.is_empty() { Err(SourceError::Empty(place)) } else { Ok(Secret::new(text)) }
}

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

    fn look(reference: &str, stdin: &[u8]) -> Result<Secret, SourceError> {
        Reference::of(reference).find(&env, &mut { stdin })
    }

    #[test]
    fn references_are_followed() {
        let secret = |text: &str| Ok(Secret::new(text));
        assert_eq!(look("env:KEY", b""), secret("from env"));
        assert_eq!(look("-", b"typed\r\n"), secret("typed"));
        assert_eq!(look("-", b" kept \n\n"), secret(" kept \n"), "one newline only");
        assert_eq!(look("prompt", b""), Err(SourceError::Prompt));
        assert_eq!(look("plain", b""), secret("plain"));
        assert!(Reference::of("-").is_elsewhere() && !Reference::of("plain").is_elsewhere());
    }

    #[test]
    fn what_leads_nowhere_is_told() {
        assert_eq!(look("env:NONE", b""), Err(SourceError::NoVariable("NONE".into())));
        assert_eq!(look("env:VOID", b""), Err(SourceError::Empty(Place::Variable("VOID".into()))));
        assert_eq!(look("", b""), Err(SourceError::Empty(Place::Here)));
        assert_eq!(look("-", b"\n"), Err(SourceError::Empty(Place::Stdin)));
        assert_eq!(look("-", b"\xff"), Err(SourceError::NotText(Place::Stdin)));
        assert_eq!(look("-", &vec![b'x'; MAX_BYTES + 1]), Err(SourceError::TooLong(Place::Stdin)));
        let missing = SourceError::File { path: "/no/such/file".into(), why: io::ErrorKind::NotFound };
        assert_eq!(look("file:/no/such/file", b""), Err(missing));
    }
}
