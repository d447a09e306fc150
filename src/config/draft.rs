//! The user's file while it is changed: read, edited and written by one process at
//! a time, as a whole or not at all. Comments, other profiles and other keys stay.
//! Comes in: what to change; goes out: a file that can be read again.

use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, Table, TableLike, value};

use super::layer::Origin;
use super::load::{self, Config, DEFAULT_NAME, DEFAULT_PROFILE, LoadError, PROFILE, of_profile, unknown};
use super::setting::Setting;
use crate::store::private;

/// The file in memory.
pub struct Draft {
    path: PathBuf,
    document: DocumentMut,
}

/// Whether a profile may be there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It may, and what is not named again goes.
    Replace,
    /// It may not.
    Keep,
}

/// Changes the file, which is made if need be.
///
/// # Errors
/// [`LoadError`], of the file or of the change; the file is unchanged then.
pub fn edit<T>(path: &Path, change: impl FnOnce(&mut Draft) -> Result<T, LoadError>) -> Result<T, LoadError> {
    // A link, as keepers of dot files make them, shall stay one.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !parent.exists() {
        private::directory(parent)?;
    }
    let _turn = private::turn(parent)?;
    let document = load::document(&path)?.unwrap_or_default();
    let mut draft = Draft { path, document };
    let done = change(&mut draft)?;
    // What is written can be read again.
    load::read(&draft.path, &draft.document)?;
    private::replace(&draft.path, draft.document.to_string().as_bytes())?;
    Ok(done)
}

impl Draft {
    /// Makes a profile. The first one becomes the default.
    ///
    /// # Errors
    /// [`LoadError::ProfileExists`].
    pub fn create(&mut self, name: &str, existing: Existing) -> Result<(), LoadError> {
        if self.config()?.names().any(|known| known == name) {
            if existing == Existing::Keep {
                return Err(LoadError::ProfileExists { name: name.to_owned() });
            }
            self.profiles()?.remove(name);
        }
        if self.document.as_table().is_empty() {
            self.document[DEFAULT_PROFILE] = value(name);
        }
        self.profiles()?.insert(name, Item::Table(Table::new()));
        Ok(())
    }

    /// Sets one value of a profile.
    ///
    /// # Errors
    /// A key that a profile does not have, a value that it cannot have; no such profile.
    pub fn set(&mut self, profile: &str, key: &str, text: &str) -> Result<(), LoadError> {
        let setting = self.setting(profile, key)?;
        let origin = Origin::Profile(profile.to_owned());
        setting.takes(text, origin).map_err(LoadError::BadValue)?;
        let table = self.profile(profile)?;
        // Another name of it, such as `key` for `pay_key`, would stand beside it.
        table.remove(setting.flag);
        table.insert(setting.name, value(text));
        Ok(())
    }

    /// Takes one value out of a profile; tells whether it was there.
    ///
    /// # Errors
    /// As [`Draft::set`].
    pub fn unset(&mut self, profile: &str, key: &str) -> Result<bool, LoadError> {
        let setting = self.setting(profile, key)?;
        let table = self.profile(profile)?;
        let by_flag = table.remove(setting.flag).is_some();
        Ok(table.remove(setting.name).is_some() || by_flag)
    }

    /// Makes a profile the default.
    ///
    /// # Errors
    /// No such profile.
    pub fn choose(&mut self, name: &str) -> Result<(), LoadError> {
        self.profile(name)?;
        self.document[DEFAULT_PROFILE] = value(name);
        Ok(())
    }

    /// Takes a profile out, and the word that made it the default.
    ///
    /// # Errors
    /// No such profile.
    pub fn remove(&mut self, name: &str) -> Result<(), LoadError> {
        self.profile(name)?;
        self.profiles()?.remove(name);
        if self.document.get(DEFAULT_PROFILE).and_then(Item::as_str) == Some(name) {
            self.document.remove(DEFAULT_PROFILE);
        }
        Ok(())
    }

    /// The profile that is meant when nobody names one, made if there is none at all.
    ///
    /// # Errors
    /// The file cannot be understood.
    pub fn chosen_or_new(&mut self) -> Result<String, LoadError> {
        let config = self.config()?;
        if let Some(name) = config.chosen(None) {
            return Ok(name.to_owned());
        }
        if config.names().next().is_some() {
            return Err(config.no_profile(DEFAULT_NAME));
        }
        self.create(DEFAULT_NAME, Existing::Keep)?;
        Ok(DEFAULT_NAME.to_owned())
    }

    fn config(&self) -> Result<Config, LoadError> {
        load::read(&self.path, &self.document)
    }

    fn setting(&self, profile: &str, key: &str) -> Result<&'static Setting, LoadError> {
        of_profile(key).ok_or_else(|| unknown(&self.path, Some(profile), key))
    }

    fn wrong(&self, key: String) -> LoadError {
        LoadError::WrongType { path: self.path.clone(), key }
    }

    fn profiles(&mut self) -> Result<&mut dyn TableLike, LoadError> {
        let wrong = self.wrong(PROFILE.to_owned());
        let mut parent = Table::new();
        parent.set_implicit(true);
        let profiles = self.document.entry(PROFILE).or_insert(Item::Table(parent));
        profiles.as_table_like_mut().ok_or(wrong)
    }

    fn profile(&mut self, name: &str) -> Result<&mut dyn TableLike, LoadError> {
        let missing = self.config()?.no_profile(name);
        self.profiles()?.get_mut(name).and_then(Item::as_table_like_mut).ok_or(missing)
    }
}
