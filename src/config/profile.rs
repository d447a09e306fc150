//! Every setting, and the pure merge of the four layers that may give it. Comes
//! in: flags, environment, profile and defaults as values; goes out: what is in
//! force, each with its origin. Reads neither file nor environment.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::sign::Secret;

/// One setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// Name in a profile.
    pub name: &'static str,
    /// Long flag, without `--`.
    pub flag: &'static str,
    /// Environment variable; a secret has one more with `_FILE` behind it.
    pub env: &'static str,
    /// Whether its value is shown.
    pub secrecy: Secrecy,
    /// Whether a profile may hold it.
    pub home: Home,
    /// What its value looks like.
    pub shape: Shape,
}

/// Whether a value is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrecy {
    /// Always.
    Open,
    /// Only with `--reveal`; its text may be a reference (`env:`, `file:` …).
    Secret,
}

/// Where a setting may be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// As a flag, in the environment, in a profile.
    Anywhere,
    /// For one run only: as a flag or in the environment.
    OneRun,
}

/// What a value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Any text.
    Text,
    /// `1`, `true`, `yes`, `on` or their opposites.
    Switch,
    /// A number of seconds, at least 1.
    Seconds,
    /// Unix time.
    Unix,
    /// One of these.
    Choice(&'static [&'static str]),
}

/// All settings, in the order in which they are listed.
pub const SETTINGS: &[Setting] = &[
    open("app_id", "app-id", "WXKIT_APP_ID"),
    secret("app_secret", "app-secret", "WXKIT_APP_SECRET"),
    open("mch_id", "mch-id", "WXKIT_MCH_ID"),
    secret("pay_key", "key", "WXKIT_PAY_KEY"),
    secret("jsapi_ticket", "ticket", "WXKIT_JSAPI_TICKET"),
    open("cert", "cert", "WXKIT_CERT"),
    open("cert_key", "cert-key", "WXKIT_CERT_KEY"),
    secret("cert_password", "cert-password", "WXKIT_CERT_PASSWORD"),
    secret("token", "token", "WXKIT_TOKEN"),
    secret("aes_key", "aes-key", "WXKIT_AES_KEY"),
    open("notify_url", "notify-url", "WXKIT_NOTIFY_URL"),
    open("sign_type", "sign-type", "WXKIT_SIGN_TYPE").shaped(Shape::Choice(&["MD5", "HMAC-SHA256"])),
    open("base", "base", "WXKIT_BASE"),
    open("proxy", "proxy", "WXKIT_PROXY"),
    open("ca_file", "ca-file", "WXKIT_CA_FILE"),
    open("timeout", "timeout", "WXKIT_TIMEOUT").shaped(Shape::Seconds),
    open("store", "store", "WXKIT_STORE"),
    open("store_dir", "store-dir", "WXKIT_STORE_DIR"),
    open("hub", "hub", "WXKIT_HUB"),
    secret("hub_token", "hub-token", "WXKIT_HUB_TOKEN"),
    open("lang", "lang", "WXKIT_LANG").for_one_run(Shape::Choice(&["zh", "en"])),
    open("color", "color", "WXKIT_COLOR").for_one_run(Shape::Choice(&["auto", "always", "never"])),
    open("profile", "profile", "WXKIT_PROFILE").for_one_run(Shape::Text),
    open("config", "config", "WXKIT_CONFIG").for_one_run(Shape::Text),
    open("at", "at", "WXKIT_AT").for_one_run(Shape::Unix),
    open("nonce", "nonce", "WXKIT_NONCE").for_one_run(Shape::Text),
    open("json", "json", "WXKIT_JSON").for_one_run(Shape::Switch),
    open("quiet", "quiet", "WXKIT_QUIET").for_one_run(Shape::Switch),
    open("verbose", "verbose", "WXKIT_VERBOSE").for_one_run(Shape::Switch),
    open("reveal", "reveal", "WXKIT_REVEAL").for_one_run(Shape::Switch),
    open("no_input", "no-input", "WXKIT_NO_INPUT").for_one_run(Shape::Switch),
    open("yes", "yes", "WXKIT_YES").for_one_run(Shape::Switch),
];

const fn open(name: &'static str, flag: &'static str, env: &'static str) -> Setting {
    Setting { name, flag, env, secrecy: Secrecy::Open, home: Home::Anywhere, shape: Shape::Text }
}

const fn secret(name: &'static str, flag: &'static str, env: &'static str) -> Setting {
    Setting { secrecy: Secrecy::Secret, ..open(name, flag, env) }
}

impl Setting {
    const fn shaped(self, shape: Shape) -> Self {
        Self { shape, ..self }
    }

    const fn for_one_run(self, shape: Shape) -> Self {
        Self { shape, home: Home::OneRun, ..self }
    }
}

/// The setting of this name or flag.
#[must_use]
pub fn setting(name: &str) -> Option<&'static Setting> {
    let by_name = SETTINGS.iter().find(|setting| setting.name == name);
    by_name.or_else(|| SETTINGS.iter().find(|setting| setting.flag == name))
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The command line.
    Flag,
    /// This environment variable.
    Env(String),
    /// This profile.
    Profile(String),
    /// Nobody said otherwise.
    Default,
}

/// A value as it was written, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    text: Secret,
    /// Where it comes from.
    pub origin: Origin,
}

impl Value {
    /// The text as it was written; of a secret, perhaps only where to find it.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.expose()
    }
}

/// What one of the four says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layer(BTreeMap<&'static str, Value>);

impl Layer {
    /// A layer with one origin. Names that are no settings are left out: whoever
    /// reads them from a person reports them before.
    #[must_use]
    pub fn of<N: AsRef<str>, V: Into<String>>(
        origin: &Origin,
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let mut layer = Self::default();
        for (name, text) in pairs {
            if let Some(setting) = setting(name.as_ref()) {
                layer.set(setting, text, origin.clone());
            }
        }
        layer
    }

    /// Sets one value.
    pub fn set(&mut self, setting: &Setting, text: impl Into<String>, origin: Origin) {
        self.0.insert(setting.name, Value { text: Secret::new(text), origin });
    }

    /// The value of this setting.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }
}

/// What is in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings(BTreeMap<&'static str, Value>);

/// A value that its setting cannot have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadValue {
    /// The setting.
    pub setting: &'static Setting,
    /// The value.
    pub text: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// The first layer that names a setting decides.
#[must_use]
pub fn resolve(flag: Layer, env: Layer, profile: Layer, default: Layer) -> Settings {
    let mut values = default.0;
    values.extend(profile.0);
    values.extend(env.0);
    values.extend(flag.0);
    Settings(values)
}

impl Settings {
    /// The same settings, with a profile below them.
    #[must_use]
    pub fn over(&self, profile: Layer) -> Self {
        let mut values = profile.0;
        values.extend(self.0.clone());
        Self(values)
    }

    /// The value of this setting.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Its text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).map(Value::text)
    }

    /// All that is set, in the order of [`SETTINGS`].
    pub fn iter(&self) -> impl Iterator<Item = (&'static Setting, &Value)> {
        SETTINGS.iter().filter_map(|setting| Some((setting, self.0.get(setting.name)?)))
    }

    /// Holds every value against the shape of its setting.
    ///
    /// # Errors
    /// The first that does not fit.
    pub fn check(&self) -> Result<(), BadValue> {
        self.iter().find(|(setting, value)| !setting.shape.takes(value.text())).map_or(
            Ok(()),
            |(setting, value)| {
                Err(BadValue { setting, text: value.text().to_owned(), origin: value.origin.clone() })
            },
        )
    }

    /// Whether a switch is on; off if it is not set or not a switch's word.
    #[must_use]
    pub fn is_on(&self, name: &str) -> bool {
        self.text(name).and_then(switch) == Some(true)
    }

    /// A number of seconds, of a checked setting.
    #[must_use]
    pub fn seconds(&self, name: &str) -> Option<Duration> {
        self.number(name).map(Duration::from_secs)
    }

    /// A number, of a checked setting.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<u64> {
        self.text(name)?.parse().ok()
    }
}

impl Shape {
    /// Whether a value fits.
    #[must_use]
    pub fn takes(self, text: &str) -> bool {
        match self {
            Self::Text => true,
            Self::Switch => switch(text).is_some(),
            Self::Seconds => text.parse::<u32>().is_ok_and(|seconds| seconds > 0),
            Self::Unix => text.parse::<u64>().is_ok(),
            Self::Choice(words) => words.contains(&text),
        }
    }
}

/// What the word of a switch means; none for any other word.
#[must_use]
pub fn switch(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" | "on" => Some(true),
        "0" | "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_layer_that_speaks_decides() {
        let layer = |origin: Origin, names: &[&str]| {
            let text = format!("{origin:?}");
            Layer::of(&origin, names.iter().map(|name| (*name, text.clone())))
        };
        let settings = resolve(
            layer(Origin::Flag, &["base"]),
            layer(Origin::Env("E".into()), &["base", "app_id"]),
            layer(Origin::Profile("p".into()), &["base", "app_id", "mch_id"]),
            layer(Origin::Default, &["base", "app_id", "mch_id", "lang"]),
        );
        let origins: Vec<_> = settings.iter().map(|(setting, value)| (setting.name, &value.origin)).collect();
        assert_eq!(
            origins,
            [
                ("app_id", &Origin::Env("E".into())),
                ("mch_id", &Origin::Profile("p".into())),
                ("base", &Origin::Flag),
                ("lang", &Origin::Default),
            ]
        );
        assert_eq!(settings.text("base"), Some("Flag"));
    }

    #[test]
    fn flags_and_names_find_the_same_setting() {
        assert_eq!(setting("key").map(|s| s.name), Some("pay_key"));
        assert_eq!(setting("pay_key").map(|s| s.env), Some("WXKIT_PAY_KEY"));
        assert_eq!(setting("nothing"), None);
        for one in SETTINGS {
            assert_eq!(setting(one.flag), Some(one), "{}", one.flag);
        }
    }

    #[test]
    fn a_value_of_the_wrong_shape_is_told_with_its_origin() {
        let bad = |name: &str, text: &str| {
            let flag = Layer::of(&Origin::Flag, [(name, text)]);
            resolve(flag, Layer::default(), Layer::default(), Layer::default())
                .check()
                .err()
                .map(|b| b.setting.name)
        };
        assert_eq!(bad("timeout", "soon"), Some("timeout"));
        assert_eq!(bad("timeout", "0"), Some("timeout"));
        assert_eq!(bad("timeout", "30"), None);
        assert_eq!(bad("sign_type", "SHA1"), Some("sign_type"));
        assert_eq!(bad("json", "maybe"), Some("json"));
        assert_eq!(bad("json", "ON"), None);
    }

    #[test]
    fn debug_shows_no_value() {
        let layer = Layer::of(&Origin::Flag, [("key", "hunter2")]);
        assert!(!format!("{layer:?}").contains("hunter2"));
    }
}
