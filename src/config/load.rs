//! The user's file of profiles. Comes in: its path; goes out: the profiles as
//! layers, or the file with one profile more. Refuses a file that others can
//! read, and every key it does not know.

use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, TableLike, Value as Toml};

use super::layer::{Layer, Origin};
use super::setting::{Home, Setting};
use super::settings::{BadValue, SETTINGS, setting};
use crate::api::Word;
use crate::api::near::nearest;
use crate::store::private;
use crate::store::reading::Trouble;

/// The profile that is taken when nobody names one.
pub(super) const DEFAULT_NAME: &str = "default";
pub(super) const DEFAULT_PROFILE: &str = "default_profile";
pub(super) const PROFILE: &str = "profile";

/// The profiles of a file, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// The file, if it is there.
    pub path: Option<PathBuf>,
    /// The profile to take when nobody names one.
    pub default_profile: Option<String>,
    profiles: Vec<(String, Layer)>,
}

/// Why the file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadError {
    /// A file or directory that cannot be used.
    Disk(Trouble),
    /// Not TOML.
    NotToml {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// The parser's words.
        why: String,
    },
    /// A key that is no setting, or none that a profile may hold.
    UnknownKey {
        /// The file.
        path: PathBuf,
        /// The profile; none for the top of the file.
        profile: Option<String>,
        /// The key.
        key: String,
        /// A key that is written almost like it.
        near: Option<&'static str>,
    },
    /// A value that is no text, number or truth value.
    WrongType {
        /// The file.
        path: PathBuf,
        /// The key, with its table.
        key: String,
    },
    /// An entry that cannot be used.
    BadEntry {
        /// The file.
        path: PathBuf,
        /// The key, with its table.
        key: String,
        /// What is wrong with it.
        why: Word,
    },
    /// A value that its setting cannot have.
    BadValue(BadValue),
    /// There is a profile of that name already.
    ProfileExists {
        /// The name.
        name: String,
    },
    /// There is no such profile.
    UnknownProfile {
        /// The name.
        name: String,
        /// Those that there are.
        existing: Vec<String>,
        /// The file, if it is there.
        path: Option<PathBuf>,
    },
}

impl Config {
    /// The names of all profiles.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.profiles.iter().map(|(name, _)| name.as_str())
    }

    /// The name of the profile that is in force: the given one, else the file's
    /// default, else the one called `default`.
    #[must_use]
    pub fn chosen<'a>(&'a self, given: Option<&'a str>) -> Option<&'a str> {
        let by_name = || self.names().find(|name| *name == DEFAULT_NAME);
        given.or(self.default_profile.as_deref()).or_else(by_name)
    }

    pub(super) fn no_profile(&self, name: &str) -> LoadError {
        LoadError::UnknownProfile {
            name: name.to_owned(),
            existing: self.names().map(str::to_owned).collect(),
            path: self.path.clone(),
        }
    }

    /// What the profile in force says; nothing if there is none and none was named.
    ///
    /// # Errors
    /// [`LoadError::UnknownProfile`].
    pub fn profile(&self, given: Option<&str>) -> Result<Layer, LoadError> {
        let Some(name) = self.chosen(given) else { return Ok(Layer::default()) };
        let found = self.profiles.iter().find(|(own, _)| own == name).map(|(_, layer)| layer.clone());
        found.ok_or_else(|| self.no_profile(name))
    }
}

/// Reads the file; no file is no profiles.
///
/// # Errors
/// [`LoadError`]; nothing is taken from a file with a mistake in it.
pub fn load(path: &Path) -> Result<Config, LoadError> {
    let Some(document) = document(path)? else { return Ok(Config::default()) };
    read(path, &document)
}

/// The profiles of a document.
pub(super) fn read(path: &Path, document: &DocumentMut) -> Result<Config, LoadError> {
    let mut config = Config { path: Some(path.to_owned()), ..Config::default() };
    let wrong = |key: &str| LoadError::WrongType { path: path.to_owned(), key: key.to_owned() };
    for (key, item) in document.as_table() {
        match key {
            DEFAULT_PROFILE => {
                config.default_profile = Some(item.as_str().ok_or_else(|| wrong(key))?.to_owned());
            }
            PROFILE => {
                for (name, table) in item.as_table_like().ok_or_else(|| wrong(key))?.iter() {
                    let table = table.as_table_like().ok_or_else(|| wrong(&format!("{PROFILE}.{name}")))?;
                    config.profiles.push((name.to_owned(), layer(path, name, table)?));
                }
            }
            _ => return Err(unknown(path, None, key)),
        }
    }
    Ok(config)
}

pub(super) fn document(path: &Path) -> Result<Option<DocumentMut>, LoadError> {
    let Some(bytes) = private::read(path)? else { return Ok(None) };
    // An editor of another system may have put a mark in front.
    parse(path, bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)).map(Some)
}

/// The document in these bytes; the path is for the error.
pub(super) fn parse(path: &Path, bytes: &[u8]) -> Result<DocumentMut, LoadError> {
    let broken = |at: usize, why: String| {
        let before = &bytes[..at.min(bytes.len())];
        let line = before.split(|byte| *byte == b'\n').count();
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
        LoadError::NotToml { path: path.to_owned(), line, column, why }
    };
    let text = std::str::from_utf8(bytes).map_err(|e| broken(e.valid_up_to(), e.to_string()))?;
    // The error's own Display quotes the line, which may hold a key.
    let parsed = text.parse::<DocumentMut>();
    parsed.map_err(|e| broken(e.span().map_or(0, |span| span.start), e.message().to_owned()))
}

fn layer(path: &Path, profile: &str, table: &dyn TableLike) -> Result<Layer, LoadError> {
    let mut layer = Layer::default();
    for (key, item) in table.iter() {
        let known = of_profile(key);
        let known = known.ok_or_else(|| unknown(path, Some(profile), key))?;
        let text = item.as_value().and_then(text_of);
        let text = text.ok_or_else(|| LoadError::WrongType {
            path: path.to_owned(),
            key: format!("{PROFILE}.{profile}.{key}"),
        })?;
        layer.set(known, text, Origin::Profile(profile.to_owned()));
    }
    Ok(layer)
}

fn text_of(value: &Toml) -> Option<String> {
    match value {
        Toml::String(text) => Some(text.value().clone()),
        Toml::Integer(number) => Some(number.value().to_string()),
        Toml::Boolean(truth) => Some(truth.value().to_string()),
        _ => None,
    }
}

/// `key` and `ticket` are understood too, as on the command line; `app-id` is not.
pub(super) fn of_profile(key: &str) -> Option<&'static Setting> {
    setting(key).filter(|setting| setting.home == Home::Anywhere && !key.contains('-'))
}

pub(super) fn unknown(path: &Path, profile: Option<&str>, key: &str) -> LoadError {
    let names = SETTINGS.iter().filter(|setting| setting.home == Home::Anywhere).map(|setting| setting.name);
    let near = match profile {
        Some(_) => nearest(key, names),
        None => nearest(key, [DEFAULT_PROFILE, PROFILE].into_iter()),
    };
    LoadError::UnknownKey {
        path: path.to_owned(),
        profile: profile.map(str::to_owned),
        key: key.to_owned(),
        near,
    }
}

impl From<Trouble> for LoadError {
    fn from(trouble: Trouble) -> Self {
        Self::Disk(trouble)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_near() {
        let near = |key| match unknown(Path::new("f"), Some("p"), key) {
            LoadError::UnknownKey { near, .. } => near,
            other => panic!("{other:?}"),
        };
        assert_eq!(near("app-id"), Some("app_id"));
        assert_eq!(near("appsecret"), Some("app_secret"));
        assert_eq!(near("mchid"), Some("mch_id"));
        assert_eq!(near("elephant"), None);
        assert_eq!(near("yes"), None, "a setting, but of one run");
    }
}
