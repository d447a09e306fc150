//! `profile list|show`: the profiles, and what is in force with its origin.

use serde_json::{Value, json};
use wxkit::api::Word;

use super::super::args::Args;
use super::super::error::Error;
use super::super::in_force::{self, InForce};
use super::super::outcome::{Outcome, View, pairs};
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;

/// `profile`
pub const VERBS: &[&Verb] = &[
    &Verb {
        noun: "profile",
        name: "list",
        about: Word::new("列出配置档", "List the profiles"),
        example: "profile list",
        flags: &[],
        words: Words::None,
        row: None,
        run: list,
    },
    &Verb {
        noun: "profile",
        name: "show",
        about: Word::new(
            "显示当前生效的设置及其来源",
            "Show what is in force and where each value comes from",
        ),
        example: "profile show -p shop",
        flags: &[],
        words: Words::None,
        row: None,
        run: show,
    },
];

fn list(_: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let config = ctx.config()?;
    let chosen = config.chosen(ctx.settings.profile.as_deref()).map(str::to_owned);
    let names: Vec<&str> = config.names().collect();
    let list: Vec<Value> = names
        .iter()
        .map(|name| json!({ "name": name, "default": chosen.as_deref() == Some(*name) }))
        .collect();
    let path = ctx.config_path()?.display().to_string();
    let mut outcome = Outcome::new(json!({ "profiles": list, "file": path }), names.join("\n"));
    if names.is_empty() {
        return Ok(outcome.show(View::Say(
            Word::new("{} 里还没有配置档；运行 wxkit init", "no profiles in {} yet; run wxkit init")
                .with([path]),
        )));
    }
    for name in &names {
        let here = chosen.as_deref() == Some(*name);
        let message = Word::new("{}", "{}").with([*name]);
        outcome = outcome.show(if here { View::Good(message) } else { View::Say(message) });
    }
    Ok(outcome)
}

#[expect(clippy::unnecessary_wraps, reason = "a command can fail")]
fn show(_: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let values = in_force::all(ctx);
    let list: Vec<Value> = values
        .iter()
        .map(|InForce { name, value, origin, .. }| json!({ "name": name, "value": value, "origin": origin }))
        .collect();
    let lines = values.iter().map(|v| (v.name, format!("{}  ({})", v.value, v.origin)));
    let answer: Vec<String> = values.iter().map(|v| format!("{}={}", v.name, v.value)).collect();
    let outcome = Outcome::new(
        json!({ "profile": ctx.settings.profile.as_deref(), "values": list }),
        answer.join("\n"),
    );
    let outcome = outcome.show(pairs(lines));
    if values.iter().any(|value| !value.is_default) {
        return Ok(outcome);
    }
    let said =
        Word::new("除默认值外没有任何设置；运行 wxkit init", "nothing is set but defaults; run wxkit init");
    Ok(outcome.show(View::Say(said.into())))
}
