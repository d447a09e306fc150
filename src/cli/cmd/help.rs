//! `help` and `version`, as people type them.

use clap::Command;
use wxkit::api::Word;

use super::super::args::Args;
use super::super::error::{self, Error};
use super::super::outcome::{Outcome, View};
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;

/// `help`, `version`
pub const VERBS: &[&Verb] = &[
    &Verb {
        noun: "",
        name: "help",
        about: Word::new("显示某个命令的帮助", "Show the help of a command"),
        example: "help pay order",
        flags: &[],
        words: Words::Any("COMMAND", COMMAND),
        row: None,
        run: help,
    },
    &Verb {
        noun: "",
        name: "version",
        about: Word::new("显示版本", "Show the version"),
        example: "version -q",
        flags: &[],
        words: Words::None,
        row: None,
        run: version,
    },
];

/// What `COMMAND` is.
pub(super) const COMMAND: Word = Word::new("命令，如 pay order", "a command, such as pay order");

fn help(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let mut root = (ctx.grammar.whole)(ctx.lang);
    root.build();
    let text = found(&mut root, args)?.render_help().to_string();
    Ok(Outcome::new(serde_json::json!({ "help": text }), &*text).show(View::Block(text)))
}

/// The commands whose second word is this one: `refund` is `pay refund`.
fn with_second(root: &Command, word: &str) -> Vec<String> {
    let nouns = root.get_subcommands().filter(|noun| noun.find_subcommand(word).is_some());
    nouns.map(|noun| format!("{} {word}", noun.get_name())).collect()
}

/// The command that the words name.
pub(super) fn found<'a>(root: &'a mut Command, args: &Args) -> Result<&'a mut Command, Error> {
    let seconds = args.words().next().map(|word| with_second(root, word)).unwrap_or_default();
    let mut command = root;
    let mut path = Vec::new();
    for word in args.words() {
        if command.find_subcommand(word).is_none() {
            return Err(error::no_such_command(&path.join(" "), word, &seconds));
        }
        path.push(word);
        // Just looked: it is there.
        command = match command.find_subcommand_mut(word) {
            Some(inner) => inner,
            None => return Err(Error::bug(word)),
        };
    }
    Ok(command)
}

#[allow(clippy::unnecessary_wraps, reason = "as every command is called")]
fn version(_: &Args, _: &Context) -> Result<Outcome, Error> {
    let number = env!("CARGO_PKG_VERSION");
    let said = Word::new("wxkit {}", "wxkit {}").with([number]);
    Ok(Outcome::new(serde_json::json!({ "version": number }), number).show(View::Head(said)))
}
