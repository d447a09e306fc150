//! How to speak: language, format, colour. Comes in: the words typed, before or
//! after they are understood, and the environment; goes out: a [`Look`]. A flag
//! goes before a variable, and of two flags the later one counts.

use std::ffi::OsString;

use wxkit::api::Lang;
use wxkit::config::switch;

use super::args::{Args, GLOBAL, Takes};
use super::outcome::{Colour, Format, Look};
use super::world::World;

/// The look that the raw words ask for: they may be wrong, and that has to be
/// told too.
pub fn scanned(argv: &[OsString], world: &World) -> Look {
    let typed = typed(argv);
    let last =
        |name: &str| typed.iter().rev().find(|(flag, _)| *flag == name).map(|(_, value)| value.clone());
    let format = typed.iter().rev().find_map(|(flag, _)| format_of(flag));
    look(format, last("lang"), last("color"), world)
}

/// The look that was understood.
pub fn of(args: &Args, world: &World) -> Look {
    let format = ["json", "quiet"].into_iter().find(|flag| args.global(flag).is_some()).and_then(format_of);
    look(format, args.global("lang"), args.global("color"), world)
}

fn format_of(flag: &str) -> Option<Format> {
    match flag {
        "json" => Some(Format::Json),
        "quiet" => Some(Format::Quiet),
        _ => None,
    }
}

fn look(format: Option<Format>, lang: Option<String>, colour: Option<String>, world: &World) -> Look {
    let is_on = |name: &str| world.variable(name).as_deref().and_then(switch) == Some(true);
    let in_environment = || match () {
        () if is_on("WXKIT_JSON") => Format::Json,
        () if is_on("WXKIT_QUIET") => Format::Quiet,
        () => Format::Human,
    };
    let colour = colour.or_else(|| world.variable("WXKIT_COLOR"));
    Look {
        lang: language(lang.or_else(|| world.variable("WXKIT_LANG")).as_deref(), world),
        format: format.unwrap_or_else(in_environment),
        colour: match colour.as_deref() {
            Some("always") => Colour::Always,
            Some("never") => Colour::Never,
            _ => usual_colour(world),
        },
    }
}

/// What the environment says of colour: <https://bixense.com/clicolors/>.
fn usual_colour(world: &World) -> Colour {
    let is_forced = world.variable("CLICOLOR_FORCE").is_some_and(|value| value != "0");
    match world.variable("TERM") {
        _ if world.variable("NO_COLOR").is_some() => Colour::Never,
        _ if is_forced => Colour::Always,
        Some(term) if term == "dumb" => Colour::Never,
        _ => Colour::Auto,
    }
}

/// Where a system says which language its user reads.
pub const LOCALES: &[&str] = &["LC_ALL", "LC_MESSAGES", "LANG"];

fn language(named: Option<&str>, world: &World) -> Lang {
    let locale = || world.first(LOCALES);
    match named {
        Some(tag) if tag.starts_with("zh") => Lang::Zh,
        Some(tag) if tag.starts_with("en") => Lang::En,
        _ if locale().is_some_and(|(_, locale)| locale.starts_with("zh")) => Lang::Zh,
        _ => Lang::En,
    }
}

/// The global flags among these words, in order, as far as they can be told
/// without knowing the command.
fn typed(argv: &[OsString]) -> Vec<(&'static str, String)> {
    let mut typed = Vec::new();
    let mut words = argv.iter().skip(1).filter_map(|word| word.to_str());
    while let Some(word) = words.next().filter(|word| *word != "--") {
        if let Some(long) = word.strip_prefix("--") {
            let (name, value) = long.split_once('=').map_or((long, None), |(n, v)| (n, Some(v)));
            let Some(flag) = GLOBAL.iter().find(|flag| flag.name == name) else { continue };
            let takes = !matches!(flag.takes, Takes::Nothing);
            let value = value.or_else(|| takes.then(|| words.next()).flatten());
            typed.push((flag.name, value.unwrap_or_default().to_owned()));
        } else if let Some(letters) = word.strip_prefix('-') {
            typed.extend(switches(letters));
        }
    }
    typed
}

/// The switches of `-qv`; what stands behind a letter that takes a value is its value.
fn switches(letters: &str) -> impl Iterator<Item = (&'static str, String)> {
    let flag = |letter| GLOBAL.iter().find(|flag| flag.short == Some(letter));
    let known = letters.chars().map_while(flag);
    known.take_while(|flag| matches!(flag.takes, Takes::Nothing)).map(|flag| (flag.name, String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_found_in_any_spelling() {
        let names = |line: &str| {
            let argv: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            typed(&argv)
                .into_iter()
                .map(|(name, value)| name.to_owned() + &value)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(names("wxkit pay sign -qv --lang zh a=1"), "quiet verbose langzh");
        assert_eq!(names("wxkit -vq --color=never --json"), "verbose quiet colornever json");
        assert_eq!(names("wxkit -pq pay -oq --nonce --json"), "nonce--json");
        assert_eq!(names("wxkit mock -- run -q"), "");
    }
}
