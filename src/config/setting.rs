//! One setting as a row: its names in a profile, on the command line and in the
//! environment, who may hold it, what its value looks like and what it is when
//! nobody says. Knows no particular setting.

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
    /// What it is when nobody says.
    pub default: Option<&'static str>,
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
    /// An id as WeChat gives them: ASCII letters, digits, `_` and `-`.
    Id,
    /// `1`, `true`, `yes`, `on` or their opposites.
    Switch,
    /// A number of seconds, at least 1.
    Seconds,
    /// Unix time.
    Unix,
    /// `file`, `memory`, or the URL of a server.
    Store,
    /// One of these.
    Choice(&'static [&'static str]),
}

impl Setting {
    pub(super) const fn open(flag: &'static str, env: &'static str) -> Self {
        Self {
            name: "",
            flag,
            env,
            secrecy: Secrecy::Open,
            home: Home::Anywhere,
            shape: Shape::Text,
            default: None,
        }
    }

    pub(super) const fn secret(flag: &'static str, env: &'static str) -> Self {
        Self { secrecy: Secrecy::Secret, ..Self::open(flag, env) }
    }

    pub(super) const fn switch(flag: &'static str, env: &'static str) -> Self {
        Self { home: Home::OneRun, shape: Shape::Switch, ..Self::open(flag, env) }
    }

    pub(super) const fn for_one_run(mut self) -> Self {
        self.home = Home::OneRun;
        self
    }

    pub(super) const fn shaped(mut self, shape: Shape) -> Self {
        self.shape = shape;
        self
    }

    /// The same, with a value for when nobody says.
    pub(super) const fn or(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    pub(super) const fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }
}

impl Shape {
    /// Whether a value fits.
    #[must_use]
    pub fn takes(self, text: &str) -> bool {
        match self {
            Self::Text => true,
            Self::Id => {
                let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
                !text.is_empty() && text.bytes().all(is_plain)
            }
            Self::Switch => switch(text).is_some(),
            Self::Seconds => text.parse::<u32>().is_ok_and(|seconds| seconds > 0),
            Self::Unix => text.parse::<u64>().is_ok(),
            Self::Store => matches!(text, "file" | "memory") || text.contains("://"),
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
