//! What a command line and the variables behind it hold that nobody else shall
//! see, found before anything is parsed: a complaint about a word must not repeat
//! the keys beside it. Comes in: words and the world; goes out: values to hide.

use std::ffi::OsString;

use wxkit::config::{Env, SETTINGS, Secrecy, switch};
use wxkit::sign::Secret;

use super::args::{Flag, GLOBAL, Takes};
use super::confidential::{is_secret_name, of_text, of_value};
use super::error::{typed, typed_name};
use super::grammar::VERBS;
use super::world::World;

/// Shorter values of variables that are not ours are words more often than secrets.
const AMBIENT: usize = 12;

/// Every value to hide; none, if the person asked to see them.
pub fn of(argv: &[OsString], world: &World) -> Vec<Secret> {
    let words: Vec<&str> = argv.iter().filter_map(|word| word.to_str()).collect();
    let reveals = world.variable("WXKIT_REVEAL").as_deref().and_then(switch) == Some(true);
    if reveals || words.contains(&"--reveal") {
        return Vec::new();
    }
    let mut found = world.asked(|variable| of_words(&words, variable));
    let set = SETTINGS.iter().filter_map(|setting| Some((setting.secrecy, world.variable(setting.env)?)));
    for (secrecy, text) in set {
        found.extend(world.asked(|variable| of_value(secrecy, &text, variable)));
    }
    let files = world.names("WXKIT_").filter(|name| name.ends_with("_FILE"));
    found.extend(files.filter_map(|name| mistaken(&world.variable(name)?)));
    // `--key env:$PAY_KEY` is the value of a variable of such a name.
    let named = world.names("").filter(|name| is_secret_name(name) && !name.ends_with("_FILE"));
    let values = named.filter_map(|name| world.variable(name));
    let values = values.filter(|value| value.len() >= AMBIENT && !value.contains(['/', ':']));
    found.extend(values.map(Secret::new));
    found
}

/// The secrets among the words.
fn of_words(words: &[&str], variable: Env<'_>) -> Vec<Secret> {
    let mut found = Vec::new();
    let mut words = words.iter().skip(1).peekable();
    while let Some(word) = words.next() {
        let (name, value) = word.split_once('=').map_or((*word, None), |(name, value)| (name, Some(value)));
        let flag = name.strip_prefix("--");
        if let Some(value) =
            flag.filter(|flag| names_file(flag)).and(value.or_else(|| words.peek().copied().copied()))
        {
            found.extend(mistaken(value));
        }
        found.extend(value.into_iter().chain([*word]).filter_map(expanded));
        match flag.filter(|flag| holds_secret(flag)) {
            Some(_) => {
                let value = value.or_else(|| words.peek().copied().copied());
                found.extend(value.into_iter().flat_map(|value| of_value(Secrecy::Secret, value, variable)));
            }
            None => found.extend(of_text(word)),
        }
    }
    found
}

/// What stands behind `env:`, `file:` or `@` where a name belongs, if it looks like
/// the secret itself: the shell put it there.
fn expanded(word: &str) -> Option<Secret> {
    let name = word.strip_prefix("env:").filter(|name| typed_name(name) != *name);
    let path = || word.strip_prefix("file:").or_else(|| word.split_once('@').map(|(_, path)| path));
    name.map(Secret::new).or_else(|| path().and_then(mistaken))
}

/// A path that looks like a secret.
fn mistaken(path: &str) -> Option<Secret> {
    (typed(path) != path).then(|| Secret::new(path))
}

/// Whether a flag takes the name of a file or a profile.
fn names_file(flag: &str) -> bool {
    let names = |flag: &Flag| matches!(flag.takes, Takes::Text("FILE" | "FILE|-" | "DIR" | "PEM" | "NAME"));
    let mut flags = GLOBAL.iter().copied().chain(VERBS.iter().flat_map(|verb| verb.flags.iter().copied()));
    flags.any(|own| own.name == flag && names(own))
}

/// Whether a flag takes a secret; its row says so by the name of the value.
fn holds_secret(flag: &str) -> bool {
    let of_setting = || SETTINGS.iter().any(|s| s.flag == flag && s.secrecy == Secrecy::Secret);
    let of_verb = || {
        let mut flags = VERBS.iter().flat_map(|verb| verb.flags);
        flags.any(|own| own.name == flag && matches!(own.takes, Takes::Text("REF") | Takes::Texts("REF")))
    };
    of_setting() || of_verb()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<String> {
        let words: Vec<&str> = line.split(' ').collect();
        let env = |name: &str| (name == "MINE").then(|| "of MINE".to_owned());
        of_words(&words, &env).into_iter().map(|secret| secret.expose().to_owned()).collect()
    }

    #[test]
    fn secrets_are_found_where_people_type_them() {
        for (line, secrets) in [
            ("wxkit pay sign --key k3y a=1", &["k3y"][..]),
            ("wxkit pay sign --key=k3y", &["k3y"]),
            ("wxkit pay sign --key env:MINE", &["of MINE"]),
            ("wxkit oauth refresh refresh_token=r3f", &["r3f"]),
            ("wxkit oauth check --access-token t0k --openid o1", &["t0k"]),
            ("wxkit notify check --to https://u:p4ss@h/n?token=t0k&a=1", &["t0k", "p4ss"]),
            ("wxkit explain {\"appSecret\":\"k3y\",\"a\":\"1\"}", &["k3y"]),
            ("wxkit explain --hashed a=1&key=k3y", &["k3y"]),
            ("wxkit pay sign <xml><pay_key><![CDATA[k3y]]></pay_key></xml>", &["k3y"]),
            ("wxkit token get --store redis://:p%40ss@h", &["p%40ss", "p@ss"]),
            ("wxkit pay sign key=@file body=tea monkey=1 public_key=x <key></key>", &[]),
        ] {
            assert_eq!(found(line), secrets, "{line}");
        }
    }
}
