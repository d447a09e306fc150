//! `init`: asks for a profile and writes it. Every question is also a flag, so
//! that a script needs no terminal.

use serde_json::json;
use wxkit::api::Word;

use super::super::args::{Args, Flag};
use super::super::ask;
use super::super::error::{self, Error};
use super::super::input;
use super::super::outcome::{Outcome, View};
use super::super::verb::{Verb, Words};
use super::super::wiring::{Context, Name};

static NAME: Flag =
    Flag::text("name", "NAME", "配置档的名字，默认 default", "Name of the profile, \"default\" by default");
static NOTIFY_URL: Flag = Flag::text("notify-url", "URL", "接收支付通知的地址", "Where payment notices go");
static FORCE: Flag = Flag::switch("force", "覆盖已有的同名配置档", "Replace a profile of that name");

/// `init`
pub const VERBS: &[&Verb] = &[&Verb {
    noun: "",
    name: "init",
    about: Word::new(
        "新建配置档：逐项提问，或全部用参数给出",
        "Write a profile: asks, or takes everything from flags",
    ),
    example: "init --name shop --app-id wx… --app-secret env:APP_SECRET",
    flags: &[&NAME, &NOTIFY_URL, &FORCE],
    words: Words::None,
    row: None,
    run: init,
}];

/// One question: the setting, and how it is asked.
struct Question {
    setting: Name,
    is_secret: bool,
    ask: Word,
}

const QUESTIONS: &[Question] = &[
    Question {
        setting: Name::AppId,
        is_secret: false,
        ask: Word::new("AppID（回车跳过）", "AppID (Enter to skip)"),
    },
    Question { setting: Name::AppSecret, is_secret: true, ask: Word::new("AppSecret", "AppSecret") },
    Question {
        setting: Name::MchId,
        is_secret: false,
        ask: Word::new("商户号（回车跳过）", "Merchant id (Enter to skip)"),
    },
    Question { setting: Name::PayKey, is_secret: true, ask: Word::new("商户 APIv2 密钥", "APIv2 key") },
    Question {
        setting: Name::Cert,
        is_secret: false,
        ask: Word::new("商户证书文件（回车跳过）", "Client certificate file (Enter to skip)"),
    },
    Question {
        setting: Name::NotifyUrl,
        is_secret: false,
        ask: Word::new("支付通知地址（回车跳过）", "URL for payment notices (Enter to skip)"),
    },
];

fn init(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let asks = !ctx.settings.no_input && !input::is_piped();
    let name = name(args, ctx, asks)?;
    let path = ctx.config_path()?;
    if !args.has(&FORCE) && ctx.config()?.names().any(|known| known == name) {
        let message = Word::new("配置档 {} 已存在", "there is a profile {} already").with([&*name]);
        return Err(Error::new("config.exists", super::super::outcome::Exit::Setting, message).hint(
            Word::new(
                "用 --force 覆盖，或用 --name 换个名字",
                "replace it with --force, or choose another --name",
            ),
        ));
    }
    let mut values = Vec::new();
    for question in QUESTIONS {
        if let Some(value) = answer(question, args, ctx, asks)? {
            values.push((question.setting.setting().name, value));
        }
    }
    if let Some(base) = ctx.given(Name::Base) {
        values.push(("base", base));
    }
    if values.is_empty() {
        return Err(error::missing(Name::AppId));
    }
    ctx.write_profile(&name, &values)?;
    let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
    let said = Word::new("配置档 {} 已写入 {}（权限 600）", "profile {} written to {} (mode 600)")
        .with([name.clone(), path.display().to_string()]);
    let next = Word::new("下一步：wxkit -p {} token get", "next: wxkit -p {} token get").with([&*name]);
    let data = json!({ "profile": name, "file": path.display().to_string(), "settings": names });
    Ok(Outcome::new(data, name).show(View::Good(said)).show(View::Say(next)))
}

fn name(args: &Args, ctx: &Context, asks: bool) -> Result<String, Error> {
    let given = args.text(&NAME).map(str::to_owned);
    let question = Word::new("配置档的名字", "Name of the profile");
    let name = match given {
        Some(name) => Some(name),
        None if asks => ask::text("name", question, Some("default".into()), ctx.lang)?,
        None => None,
    };
    Ok(name.unwrap_or_else(|| "default".to_owned()))
}

/// What was typed or is in the environment, else what a person says. A secret
/// that was handed in as a reference is kept as one: it is not copied around.
fn answer(question: &Question, args: &Args, ctx: &Context, asks: bool) -> Result<Option<String>, Error> {
    let flag =
        if question.setting == Name::NotifyUrl { args.text(&NOTIFY_URL).map(str::to_owned) } else { None };
    let typed = flag.or_else(|| ctx.given(question.setting));
    match typed.as_deref() {
        Some("prompt" | "-") => {
            return Ok(ctx.secret_given(question.setting)?.map(|secret| secret.expose().to_owned()));
        }
        Some(_) => return Ok(typed),
        None if !asks => return Ok(None),
        None => {}
    }
    if !question.is_secret {
        return ask::text(question.setting.setting().name, question.ask, None, ctx.lang);
    }
    let secret = ask::secret(question.ask.text(ctx.lang), ctx.lang)?;
    Ok(Some(secret.expose().to_owned()).filter(|text| !text.is_empty()))
}
