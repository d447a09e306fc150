//! `completions`: a script for one shell, made from the command table.

use wxkit::api::Word;

use super::super::args::Args;
use super::super::error::Error;
use super::super::outcome::{Outcome, View};
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;

/// `completions`
pub const VERBS: &[&Verb] = &[&Verb {
    noun: "",
    name: "completions",
    about: Word::new("打印 shell 补全脚本", "Print a completion script for a shell"),
    example: "completions bash > /etc/bash_completion.d/wxkit",
    flags: &[],
    words: Words::One(
        "SHELL",
        Word::new("bash、zsh、fish、powershell 或 elvish", "bash, zsh, fish, powershell or elvish"),
    ),
    row: None,
    run: completions,
}];

fn completions(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let name = args.word().unwrap_or_default();
    let shell: clap_complete::Shell = name.parse().map_err(|_| {
        Error::usage(Word::new("不认识的 shell：{}", "unknown shell: {}").with([name])).hint(Word::new(
            "可选：bash、zsh、fish、powershell、elvish",
            "it is one of: bash, zsh, fish, powershell, elvish",
        ))
    })?;
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut (ctx.grammar)(ctx.lang), "wxkit", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    let data = serde_json::json!({ "shell": shell.to_string(), "script": script });
    Ok(Outcome::new(data, &*script).show(View::Block(script)))
}
