//! The environment as a layer of settings, and the places that it names for
//! files. Comes in: a way to read variables; goes out: values and paths. Opens
//! nothing.

use std::path::PathBuf;

use super::layer::{Layer, Origin};
use super::reference::Env;
use super::setting::Secrecy;
use super::settings::SETTINGS;
use crate::api::near::nearest;

/// How every variable of this program begins.
pub const PREFIX: &str = "WXKIT_";

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

/// The variable that says which vectors may be used: for measuring, so it is no setting.
pub const SIMD: &str = "WXKIT_SIMD";

/// The names that look like settings and are none, each with the one that it is
/// nearly.
pub fn unknown<'a>(
    names: impl Iterator<Item = &'a str>,
) -> impl Iterator<Item = (&'a str, Option<&'static str>)> {
    let is_known = |name: &str| {
        name == SIMD
            || SETTINGS.iter().any(|setting| {
                let is_secret = setting.secrecy == Secrecy::Secret;
                name == setting.env || (is_secret && name.strip_suffix("_FILE") == Some(setting.env))
            })
    };
    // The beginning that all share would make them all alike.
    let tail = |env: &'static str| env.trim_start_matches(PREFIX);
    let near = move |name: &str| {
        let typed = name.trim_start_matches(PREFIX).trim_end_matches("_FILE");
        let found = nearest(typed, SETTINGS.iter().map(|setting| tail(setting.env)))?;
        SETTINGS.iter().map(|setting| setting.env).find(|env| tail(env) == found)
    };
    names.filter(move |name| !is_known(name)).map(move |name| (name, near(name)))
}

/// Where files of this program are, as far as the environment tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The file of profiles.
    pub config: Option<PathBuf>,
    /// The directory of leases.
    pub leases: Option<PathBuf>,
    /// The directory of the gateway's CA.
    pub ca: Option<PathBuf>,
}

impl Places {
    /// By the rules of XDG; on Windows by `%APPDATA%`, `%LOCALAPPDATA%` and
    /// `%USERPROFILE%`. A relative path says nothing.
    #[must_use]
    pub fn of(env: Env<'_>) -> Self {
        let absolute = |name: &str| env(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let [home, config, state] = PLACES;
        let below = |named: &Named| {
            let usual = || absolute(home.variable).map(|home| home.join(named.below_home));
            absolute(named.variable).or_else(usual).map(|dir| dir.join("wxkit"))
        };
        Self {
            config: below(&config).map(|dir| dir.join("config.toml")),
            leases: below(&state).map(|dir| dir.join("leases")),
            ca: below(&state).map(|dir| dir.join("ca")),
        }
    }
}

/// A place, by its variable, else below the home.
struct Named {
    variable: &'static str,
    below_home: &'static str,
}

#[cfg(not(windows))]
const PLACES: [Named; 3] = [
    Named { variable: "HOME", below_home: "" },
    Named { variable: "XDG_CONFIG_HOME", below_home: ".config" },
    Named { variable: "XDG_STATE_HOME", below_home: ".local/state" },
];
#[cfg(windows)]
const PLACES: [Named; 3] = [
    Named { variable: "USERPROFILE", below_home: "" },
    Named { variable: "APPDATA", below_home: r"AppData\Roaming" },
    Named { variable: "LOCALAPPDATA", below_home: r"AppData\Local" },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Name;

    fn env(name: &str) -> Option<String> {
        match name {
            "WXKIT_APP_ID" => Some(String::new()),
            "WXKIT_PAY_KEY_FILE" => Some("/run/key".into()),
            "WXKIT_MCH_ID_FILE" => Some("/not/a/secret".into()),
            "WXKIT_APP_SECRET" => Some("s".into()),
            "WXKIT_APP_SECRET_FILE" => Some("/less/direct".into()),
            _ => None,
        }
    }

    #[test]
    fn the_environment_is_a_layer() {
        let layer = environment(&env);
        let value = |name: Name| layer.get(name.setting()).map(|v| (v.text().to_owned(), v.origin.clone()));
        assert_eq!(value(Name::AppId), None, "an empty variable says nothing");
        assert_eq!(value(Name::MchId), None, "only secrets have files");
        let file = ("file:/run/key".into(), Origin::Env("WXKIT_PAY_KEY_FILE".into()));
        assert_eq!(value(Name::PayKey), Some(file));
        assert_eq!(value(Name::AppSecret), Some(("s".into(), Origin::Env("WXKIT_APP_SECRET".into()))));
    }

    #[test]
    fn what_is_no_setting_is_told() {
        let names = ["WXKIT_PAYKEY", "WXKIT_PAY_KEY_FILE", "WXKIT_MCH_ID_FILE", "WXKIT_LANG", "WXKIT_X"];
        let told: Vec<_> = unknown(names.into_iter()).collect();
        let near = [Some("WXKIT_PAY_KEY"), Some("WXKIT_MCH_ID"), None];
        let names = ["WXKIT_PAYKEY", "WXKIT_MCH_ID_FILE", "WXKIT_X"];
        assert_eq!(told, names.into_iter().zip(near).collect::<Vec<_>>());
    }

    #[cfg(unix)]
    #[test]
    fn places_are_named_or_below_the_home() {
        let at = |known: &'static [(&'static str, &'static str)]| {
            Places::of(&|name| known.iter().find(|(n, _)| *n == name).map(|(_, path)| (*path).to_owned()))
        };
        let config = |path: &str| Some(PathBuf::from(path));
        assert_eq!(at(&[]), Places::default());
        assert_eq!(at(&[("HOME", "/h")]).config, config("/h/.config/wxkit/config.toml"));
        assert_eq!(at(&[("HOME", "/h")]).leases, config("/h/.local/state/wxkit/leases"));
        assert_eq!(at(&[("XDG_CONFIG_HOME", "/x")]).config, config("/x/wxkit/config.toml"));
        assert_eq!(
            at(&[("XDG_CONFIG_HOME", "x"), ("HOME", "/h")]).config,
            config("/h/.config/wxkit/config.toml")
        );
        assert_eq!(at(&[("XDG_CONFIG_HOME", "/x")]).leases, None);
    }
}
