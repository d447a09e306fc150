//! One setting as a row: its names in a profile, on the command line and in the
//! environment, who may hold it, what its value looks like and what it is when
//! nobody says. Knows no particular setting.

use std::time::Duration;

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
    /// A time: `30`, `1.5` (seconds), `1500ms`, `2m`.
    Seconds,
    /// A URL with one of these beginnings.
    Url(&'static [&'static str]),
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
            Self::Seconds => time(text).is_some(),
            Self::Url(starts) => starts.iter().any(|start| text.strip_prefix(start).is_some_and(is_place)),
            Self::Unix => text.parse::<u64>().is_ok(),
            Self::Store => matches!(text, "file" | "memory") || text.contains("://"),
            Self::Choice(words) => words.contains(&text),
        }
    }
}

/// A time as it is typed; a bare number is seconds. None for nothing at all, and for
/// more than a century.
#[must_use]
pub fn time(text: &str) -> Option<Duration> {
    let unit = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(unit);
    let seconds = match unit {
        "" | "s" => 1.0,
        "ms" => 0.001,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return None,
    };
    let time = Duration::try_from_secs_f64(number.trim().parse::<f64>().ok()? * seconds).ok()?;
    (time >= Duration::from_millis(1) && u32::try_from(time.as_secs()).is_ok()).then_some(time)
}

/// Whether this is a host with or without a port, or a path.
fn is_place(text: &str) -> bool {
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let port = host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')).map(|(_, port)| port);
    let is_path = text.starts_with('/') && text.len() > 1;
    let has_host =
        !host.is_empty() && !host.starts_with(':') && port.is_none_or(|port| port.parse::<u16>().is_ok());
    (is_path || has_host) && !text.contains(char::is_whitespace)
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
    fn times_are_read_with_their_unit() {
        for (text, ms) in [
            ("30", 30_000),
            ("1.5", 1500),
            ("1.5s", 1500),
            ("250ms", 250),
            ("2m", 120_000),
            ("1h", 3_600_000),
        ] {
            assert_eq!(time(text), Some(Duration::from_millis(ms)), "{text}");
        }
        for text in ["", "0", "-1", "soon", "1d", "inf", "NaN", "1e300", "0.0001", "s"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn an_address_has_its_scheme_and_a_host() {
        let takes = |text: &str| Shape::Url(&["http://", "https://", "unix:"]).takes(text);
        for text in ["http://a", "https://a.cn:80/x?y", "http://[::1]:1", "http://u:p@h", "unix:/run/s"] {
            assert!(takes(text), "{text}");
        }
        for text in [
            "",
            "a.cn",
            "127.0.0.1:80",
            "http://",
            "http://:80",
            "http://a:b",
            "http://a b",
            "socks5://a:1",
            "unix:",
        ] {
            assert!(!takes(text), "{text}");
        }
    }
}
