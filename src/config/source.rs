//! Where values really are: the environment as a layer, and the references
//! `env:NAME`, `file:PATH`, `-` and `prompt` as secrets. The environment and
//! the standard input come in from outside; asking a person is left to the caller.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use super::profile::{Layer, Origin, SETTINGS, Secrecy};
use crate::sign::Secret;

/// Longest secret that is read, in bytes.
const MAX_BYTES: usize = 64 * 1024;

/// Reads one environment variable.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A secret that was found, or who has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Read from where the reference points.
    Secret(Secret),
    /// The text was the secret itself: on a command line it shows in `ps`.
    Literal(Secret),
    /// A person has to be asked.
    Prompt,
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

/// What the environment says. An empty variable says nothing. For a secret,
/// `WXKIT_…_FILE` names the file that holds it.
#[must_use]
pub fn environment(env: Env<'_>) -> Layer {
    let filled = |name: &str| env(name).filter(|text| !text.is_empty());
    let mut layer = Layer::default();
    for setting in SETTINGS {
        if let Some(text) = filled(setting.env) {
            layer.set(setting, text, Origin::Env(setting.env.to_owned()));
        } else if setting.secrecy == Secrecy::Secret {
            let name = format!("{}_FILE", setting.env);
            if let Some(path) = filled(&name) {
                layer.set(setting, format!("file:{path}"), Origin::Env(name));
            }
        }
    }
    layer
}

/// Follows a reference.
///
/// # Errors
/// [`SourceError`]; an empty secret is an error too, never a key of no letters.
pub fn find(reference: &str, env: Env<'_>, stdin: &mut dyn Read) -> Result<Found, SourceError> {
    if let Some(name) = reference.strip_prefix("env:") {
        let text = env(name).ok_or_else(|| SourceError::NoVariable(name.to_owned()))?;
        return filled(text, Place::Variable(name.to_owned())).map(Found::Secret);
    }
    if let Some(path) = reference.strip_prefix("file:") {
        return from_file(at_home(path, env)).map(Found::Secret);
    }
    match reference {
        "-" => {
            let bytes = bounded(stdin).map_err(|e| SourceError::Stdin(e.kind()))?;
            line(bytes, Place::Stdin).map(Found::Secret)
        }
        "prompt" => Ok(Found::Prompt),
        literal => filled(literal.to_owned(), Place::Here).map(Found::Literal),
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
            "VOID" | "WXKIT_APP_ID" => Some(String::new()),
            "WXKIT_PAY_KEY_FILE" => Some("/run/key".into()),
            "WXKIT_MCH_ID_FILE" => Some("/not/a/secret".into()),
            "WXKIT_APP_SECRET" => Some("s".into()),
            "WXKIT_APP_SECRET_FILE" => Some("/less/direct".into()),
            _ => None,
        }
    }

    fn look(reference: &str, stdin: &[u8]) -> Result<Found, SourceError> {
        find(reference, &env, &mut { stdin })
    }

    fn secret(text: &str) -> Found {
        Found::Secret(Secret::new(text))
    }

    #[test]
    fn the_environment_is_a_layer() {
        let layer = environment(&env);
        let value = |name: &str| layer.get(name).map(|v| (v.text().to_owned(), v.origin.clone()));
        assert_eq!(value("app_id"), None, "an empty variable says nothing");
        assert_eq!(value("mch_id"), None, "only secrets have files");
        assert_eq!(
            value("pay_key"),
            Some(("file:/run/key".into(), Origin::Env("WXKIT_PAY_KEY_FILE".into())))
        );
        assert_eq!(value("app_secret"), Some(("s".into(), Origin::Env("WXKIT_APP_SECRET".into()))));
    }

    #[test]
    fn references_are_followed() {
        assert_eq!(look("env:KEY", b""), Ok(secret("from env")));
        assert_eq!(look("-", b"typed\r\n"), Ok(secret("typed")));
        assert_eq!(look("-", b" kept \n\n"), Ok(secret(" kept \n")), "one newline only");
        assert_eq!(look("prompt", b""), Ok(Found::Prompt));
        assert_eq!(look("plain", b""), Ok(Found::Literal(Secret::new("plain"))));
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
