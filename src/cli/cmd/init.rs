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
use super::super::wiring::{Context, Existing, Name};

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
    let path = ctx.config_path()?.display().to_string();
    let existing = if args.has(&FORCE) { Existing::Replace } else { Existing::Keep };
    if existing == Existing::Keep && ctx.config()?.names().any(|known| known == name) {
        // Told before anything is asked.
        return Err(error::profile_exists(&name));
    }
    let mut values = Vec::new();
    for question in QUESTIONS {
        let value = answer(question, args, ctx, asks)?;
        values.extend(value.map(|value| (question.setting.setting().name, value)));
    }
    values.extend(ctx.given(Name::Base).map(|base| (Name::Base.setting().name, base)));
    if values.is_empty() {
        return Err(error::missing(Name::AppId));
    }
    ctx.edit(|draft| {
        draft.create(&name, existing)?;
        values.iter().try_for_each(|(key, text)| draft.set(&name, key, text))
    })?;
    Ok(written(name, path, &values))
}

fn written(name: String, path: String, values: &[(&str, String)]) -> Outcome {
    let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
    let data = json!({ "profile": name, "file": path, "settings": names });
    let said = Word::new("配置档 {} 已写入 {}（权限 600）", "profile {} written to {} (mode 600)");
    let next = Word::new("下一步：wxkit -p {} token get", "next: wxkit -p {} token get");
    let views = [View::Good(said.with([name.clone(), path])), View::Say(next.with([&*name]))];
    views.into_iter().fold(Outcome::new(data, name), Outcome::show)
}

/// What was typed for it, `-p` among it, else what a person says.
fn name(args: &Args, ctx: &Context, asks: bool) -> Result<String, Error> {
    let given = args.text(&NAME).or(ctx.settings.profile.as_deref());
    let name = match given {
        Some(name) => name.to_owned(),
        None if asks => {
            let question = Word::new("配置档的名字", "Name of the profile");
            ask::text("name", question, Some(USUAL_NAME), ctx.lang)?.unwrap_or_default()
        }
        None => USUAL_NAME.to_owned(),
    };
    if is_name(&name) { Ok(name) } else { Err(bad_name(&name)) }
}

const USUAL_NAME: &str = "default";

/// A name that can be typed again behind `-p`, and in a list with commas.
fn is_name(name: &str) -> bool {
    let is_wide = |c: char| matches!(c, '\u{3000}' | '\u{ff00}'..='\u{ffef}');
    let is_out = |c: char| c.is_whitespace() || c.is_control() || is_wide(c) || c == ',';
    !name.is_empty() && !name.starts_with('-') && !name.contains(is_out)
}

fn bad_name(name: &str) -> Error {
    let message = Word::new("“{}” 不能作配置档的名字", "\"{}\" is no name for a profile").with([name]);
    Error::usage(message).hint(Word::new(
        "名字不能为空，不含空白、逗号和全角符号，不以 - 开头",
        "a name is not empty, has no blanks, commas or full-width characters, and does not begin with -",
    ))
}

/// What was typed or is in the environment, else what a person says. A secret
/// that was handed in as a reference is kept as one: it is not copied around.
fn answer(question: &Question, args: &Args, ctx: &Context, asks: bool) -> Result<Option<String>, Error> {
    let flag = args.text(&NOTIFY_URL).filter(|_| question.setting == Name::NotifyUrl).map(str::to_owned);
    match flag.or_else(|| ctx.given(question.setting)) {
        Some(text) if question.is_secret && matches!(&*text, "prompt" | "-") => {
            Ok(ctx.secret_given(question.setting)?.map(|secret| secret.expose().to_owned()))
        }
        Some(text) => Ok(Some(text)),
        None if !asks => Ok(None),
        None if question.is_secret => {
            let secret = ask::secret(question.ask.text(ctx.lang), ctx.lang)?;
            Ok(Some(secret.expose().trim().to_owned()).filter(|text| !text.is_empty()))
        }
        None => asked(question, ctx),
    }
}

/// Asks until the answer can be one.
fn asked(question: &Question, ctx: &Context) -> Result<Option<String>, Error> {
    loop {
        let Some(text) = ask::text(question.setting.setting().name, question.ask, None, ctx.lang)? else {
            return Ok(None);
        };
        match ctx.fits(question.setting, &text) {
            Ok(()) => return Ok(Some(text)),
            Err(error) => ctx.stage.note(&error.message),
        }
    }
}
