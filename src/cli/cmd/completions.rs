//! `completions`: a small script for one shell, and what it asks for at every
//! Tab: the words that may stand at the cursor, from the command table.

use wxkit::api::Word;

use super::super::args::{Args, Flag};
use super::super::candidate::{Candidate, SHELLS, Wanted};
use super::super::error::{self, Error};
use super::super::outcome::{Outcome, Purpose, View};
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;

static TAB: Flag = Flag::switch(
    "tab",
    "打印 -- 后面最后一个词可以是什么（供脚本使用）",
    "Print what the last word behind -- may be (for the scripts)",
);

/// `completions`
pub const VERBS: &[&Verb] = &[&Verb {
    noun: "",
    name: "completions",
    about: Word::new("打印 shell 补全脚本", "Print a completion script for a shell"),
    example: "completions bash > ~/.local/share/bash-completion/completions/wxkit",
    flags: &[&TAB],
    words: Words::Many(
        "SHELL",
        Word::new("bash、zsh、fish、powershell 或 elvish", "bash, zsh, fish, powershell or elvish"),
    ),
    row: None,
    run: completions,
}];

fn completions(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let mut words = args.words();
    let shell = Shell::named(words.next().unwrap_or_default())?;
    if args.has(&TAB) {
        return Ok(candidates(shell, &words.collect::<Vec<_>>(), ctx));
    }
    let script = shell.script();
    let data = serde_json::json!({ "shell": shell.name, "script": script });
    Ok(Outcome::new(data, script).show(View::Block(script.to_owned())).meant_for(Purpose::Asked))
}

/// What may stand at the cursor, a line each; a no, if the name of a file belongs there.
fn candidates(shell: &Shell, words: &[&str], ctx: &Context) -> Outcome {
    let words = (shell.words)(words);
    let words: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
    let names = || ctx.config().map(|config| config.names().map(str::to_owned).collect()).unwrap_or_default();
    let Wanted::These(list) = (ctx.grammar.wanted)(ctx.lang, &names, &words) else {
        return Outcome::new(serde_json::json!({ "file": true }), "").no();
    };
    let current = words.last().copied().unwrap_or_default();
    let lines: Vec<String> = list.iter().map(|candidate| (shell.line)(candidate, current)).collect();
    let values: Vec<&str> = list.iter().map(|candidate| candidate.value.as_str()).collect();
    let text = lines.join("\n");
    Outcome::new(serde_json::json!({ "file": false, "values": values }), &*text).show(View::Block(text))
}

/// One shell: its script, how it hands over the words, how it takes a candidate.
struct Shell {
    name: &'static str,
    script: &'static str,
    words: fn(&[&str]) -> Vec<String>,
    line: fn(&Candidate, &str) -> String,
}

static TABLE: &[Shell] = &[
    Shell {
        name: "bash",
        script: include_str!("../../../completions/wxkit.bash"),
        words: rejoined,
        line: behind_break,
    },
    Shell {
        name: "zsh",
        script: include_str!("../../../completions/_wxkit"),
        words: as_they_are,
        line: with_colon,
    },
    Shell {
        name: "fish",
        script: include_str!("../../../completions/wxkit.fish"),
        words: as_they_are,
        line: with_tab,
    },
    Shell {
        name: "powershell",
        script: include_str!("../../../completions/_wxkit.ps1"),
        words: without_mark,
        line: with_tab,
    },
    Shell {
        name: "elvish",
        script: include_str!("../../../completions/wxkit.elv"),
        words: as_they_are,
        line: with_tab,
    },
];

impl Shell {
    fn named(name: &str) -> Result<&'static Self, Error> {
        TABLE.iter().find(|shell| shell.name == name).ok_or_else(|| {
            let message = Word::new("不认识的 shell：{}", "unknown shell: {}").with([error::typed(name)]);
            let hint = Word::new("可选：{}", "it is one of: {}").with([SHELLS.join(", ")]);
            Error::usage(message).hint(hint)
        })
    }

    fn script(&self) -> &'static str {
        self.script.trim_end()
    }
}

fn as_they_are(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Bash cuts words at `=` and `:`, and hands the marks over as words of their own.
fn rejoined(words: &[&str]) -> Vec<String> {
    let is_break = |word: &str| !word.is_empty() && word.chars().all(|c| c == '=' || c == ':');
    let mut joined: Vec<String> = Vec::new();
    let mut open = false;
    for word in words {
        match joined.last_mut() {
            Some(last) if open || is_break(word) => last.push_str(word),
            _ => joined.push((*word).to_owned()),
        }
        open = is_break(word);
    }
    joined
}

/// Older versions drop an empty last word: it comes with a mark behind it.
fn without_mark(words: &[&str]) -> Vec<String> {
    let mut words = as_they_are(words);
    if let Some(last) = words.last_mut() {
        last.pop();
    }
    words
}

/// Only what stands behind the last break of the word is replaced.
fn behind_break(candidate: &Candidate, current: &str) -> String {
    let start = current.rfind(['=', ':']).map_or(0, |at| at + 1);
    candidate.value.get(start..).unwrap_or_default().to_owned()
}

fn with_tab(candidate: &Candidate, _: &str) -> String {
    format!("{}\t{}", candidate.value, candidate.about)
}

fn with_colon(candidate: &Candidate, _: &str) -> String {
    format!("{}:{}", candidate.value.replace(':', "\\:"), candidate.about)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bash_words_are_whole_again() {
        let words = |list: &[&str]| rejoined(list).join("|");
        assert_eq!(words(&["wxkit", "--lang", "=", "z"]), "wxkit|--lang=z");
        assert_eq!(words(&["wxkit", "pay", "order", "trade_type", "="]), "wxkit|pay|order|trade_type=");
        assert_eq!(words(&["wxkit", "--base", "http", ":", "//h", ""]), "wxkit|--base|http://h|");
    }

    #[test]
    fn every_shell_has_a_script() {
        assert!(
            SHELLS.iter().all(|name| Shell::named(name).is_ok_and(|shell| shell.script().contains("--tab")))
        );
    }
}
