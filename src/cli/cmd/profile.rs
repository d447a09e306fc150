//! `profile …`: the profiles, what is in force with its origin, and changes of the
//! user's file.

use std::process::Command;

use serde_json::{Value, json};
use wxkit::api::Word;

use super::super::args::Args;
use super::super::error::{self, Error};
use super::super::in_force::{self, InForce};
use super::super::input;
use super::super::outcome::{Outcome, View, pairs};
use super::super::verb::{Verb, Words};
use super::super::wiring::{Context, Draft};

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
    &Verb {
        noun: "profile",
        name: "set",
        about: Word::new("设置配置档里的值", "Set values of a profile"),
        example: "profile set app_id=wx… pay_key=env:PAY_KEY -p shop",
        flags: &[],
        words: Words::Many("NAME=VALUE", Word::new("设置与值", "settings and their values")),
        row: None,
        run: set,
    },
    &Verb {
        noun: "profile",
        name: "unset",
        about: Word::new("去掉配置档里的值", "Take values out of a profile"),
        example: "profile unset cert -p shop",
        flags: &[],
        words: Words::Many("NAME", Word::new("设置", "settings")),
        row: None,
        run: unset,
    },
    &Verb {
        noun: "profile",
        name: "use",
        about: Word::new("选定默认配置档", "Make a profile the default"),
        example: "profile use shop",
        flags: &[],
        words: Words::One("PROFILE", Word::new("配置档", "the profile")),
        row: None,
        run: choose,
    },
    &Verb {
        noun: "profile",
        name: "remove",
        about: Word::new("删除配置档", "Remove a profile"),
        example: "profile remove test",
        flags: &[],
        words: Words::One("PROFILE", Word::new("配置档", "the profile")),
        row: None,
        run: remove,
    },
    &Verb {
        noun: "profile",
        name: "edit",
        about: Word::new("用编辑器打开配置文件", "Open the file of profiles in an editor"),
        example: "profile edit",
        flags: &[],
        words: Words::None,
        row: None,
        run: edit,
    },
];

fn set(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let pairs = args.words().map(|word| pair(word, ctx)).collect::<Result<Vec<_>, _>>()?;
    let named = ctx.settings.profile.as_deref();
    let profile = ctx.edit(|draft| {
        let profile = named.map_or_else(|| draft.chosen_or_new(), |name| Ok(name.to_owned()))?;
        pairs.iter().try_for_each(|(name, text)| draft.set(&profile, name, text))?;
        Ok(profile)
    })?;
    let names: Vec<&str> = pairs.iter().map(|(name, _)| *name).collect();
    let said = Word::new("配置档 {}：已设置 {}", "profile {}: {} set");
    Ok(changed(&profile, &names, said))
}

fn pair<'a>(word: &'a str, ctx: &Context) -> Result<(&'a str, String), Error> {
    let pair = word.split_once('=').filter(|(name, _)| !name.is_empty());
    match pair {
        Some((name, "")) => {
            let message = Word::new("{} 没有值", "{} has no value").with([name]);
            Err(Error::usage(message).next(format!("wxkit profile unset {}", error::shell_word(name))))
        }
        Some((name, text)) => Ok((name, ctx.to_keep(name, text)?)),
        None => {
            let message =
                Word::new("“{}” 不是 设置=值", "\"{}\" is not NAME=VALUE").with([error::typed(word)]);
            Err(Error::usage(message).next("wxkit profile set app_id=wx…"))
        }
    }
}

fn unset(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let names: Vec<&str> = args.words().collect();
    let named = ctx.settings.profile.as_deref();
    let (profile, gone) = ctx.edit(|draft| {
        let profile = named.map_or_else(|| draft.chosen_or_new(), |name| Ok(name.to_owned()))?;
        let mut gone = Vec::new();
        for name in &names {
            if draft.unset(&profile, name)? {
                gone.push(*name);
            }
        }
        Ok((profile, gone))
    })?;
    if gone.is_empty() {
        let said = Word::new("配置档 {} 里本来就没有 {}", "profile {} has no {} anyway");
        return Ok(changed(&profile, &names, said));
    }
    Ok(changed(&profile, &gone, Word::new("配置档 {}：已去掉 {}", "profile {}: {} taken out")))
}

fn choose(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let name = args.word().unwrap_or_default();
    ctx.edit(|draft| draft.choose(name))?;
    Ok(changed(name, &[], Word::new("默认配置档：{}", "the default profile is {}")))
}

fn remove(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let name = args.word().unwrap_or_default();
    ctx.edit(|draft| draft.remove(name))?;
    Ok(changed(name, &[], Word::new("配置档 {} 已删除", "profile {} removed")))
}

fn changed(profile: &str, names: &[&str], said: Word) -> Outcome {
    let data = json!({ "profile": profile, "settings": names });
    Outcome::new(data, profile).show(View::Good(said.with([profile.to_owned(), names.join(", ")])))
}

fn edit(_: &Args, ctx: &Context) -> Result<Outcome, Error> {
    if ctx.settings.no_input || input::is_piped() {
        return Err(error::no_input("profile edit"));
    }
    let path = ctx.config_path()?;
    if !path.exists() {
        ctx.edit(Draft::chosen_or_new)?;
    }
    let shown = path.display().to_string();
    let editor = ctx.editor();
    // As git does it: an editor may be named with its flags.
    let line = format!("{editor} \"$1\"");
    let ended = Command::new("sh").args(["-c", &line, "sh", &shown]).status();
    let is_done = ended.map_err(|e| Error::io(&editor, &e))?.success();
    if !is_done {
        let message = Word::new("编辑器 {} 没有正常结束", "the editor {} did not end well").with([editor]);
        return Err(Error::usage(message).hint(Word::new("用 EDITOR 指定编辑器", "name an editor in EDITOR")));
    }
    // What is wrong in it is told now, and not by the next command.
    ctx.config()?;
    let said = Word::new("{} 没有错误", "{} is fine").with([shown.clone()]);
    Ok(Outcome::new(json!({ "file": shown }), shown).show(View::Good(said)))
}

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
    let list: Vec<Value> = values.iter().map(|value| document(value, ctx)).collect();
    let lines = values.iter().map(|v| (v.name, format!("{}  ({})", v.value, v.origin)));
    let answer: Vec<String> = values.iter().map(|v| format!("{}={}", v.name, v.value)).collect();
    let data = json!({ "profile": ctx.chosen, "values": list });
    let mut outcome = Outcome::new(data, answer.join("\n")).show(pairs(lines));
    for problem in values.iter().filter_map(|value| value.problem.clone()) {
        outcome = outcome.show(View::Bad(problem));
    }
    if values.iter().any(|value| !value.is_default) {
        return Ok(outcome);
    }
    let said =
        Word::new("除默认值外没有任何设置；运行 wxkit init", "nothing is set but defaults; run wxkit init");
    Ok(outcome.show(View::Say(said.into())))
}

fn document(value: &InForce, ctx: &Context) -> Value {
    let mut document = json!({ "name": value.name, "value": value.value, "origin": value.origin });
    if let Some(problem) = &value.problem {
        document["problem"] = problem.text(ctx.lang).into();
    }
    document
}
