//! `errcode`: what a code or message of WeChat means and what to do, offline.

use serde_json::json;
use wxkit::api::{Word, error_codes};

use super::super::args::Args;
use super::super::error::Error;
use super::super::outcome::{Exit, Outcome, View};
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;

/// `errcode`
pub const VERBS: &[&Verb] = &[&Verb {
    noun: "",
    name: "errcode",
    about: Word::new(
        "解释微信的错误码或错误信息（离线）",
        "Explain an error code or message of WeChat, offline",
    ),
    example: "errcode 40029",
    flags: &[],
    words: Words::One(
        "CODE",
        Word::new(
            "40029、SIGNERROR 或 签名错误 这样的错误码或信息",
            "a code or message: 40029, SIGNERROR, 签名错误",
        ),
    ),
    row: None,
    run: errcode,
}];

fn errcode(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let asked = args.word().unwrap_or_default();
    let found = error_codes::find(asked).ok_or_else(|| unknown(asked))?;
    let both = |word: Word| json!({ "zh": word.zh, "en": word.en });
    let data = json!({
        "code": found.code,
        "text": found.text,
        "meaning": found.meaning.text(ctx.lang),
        "remedy": found.remedy.text(ctx.lang),
        "meanings": both(found.meaning),
        "remedies": both(found.remedy),
    });
    let head = Word::new("{}  {}", "{}  {}").with([found.code, found.text]);
    Ok(Outcome::new(data, found.meaning.text(ctx.lang))
        .show(View::Head(head))
        .show(View::Say(found.meaning.into()))
        .show(View::Say(found.remedy.into())))
}

fn unknown(asked: &str) -> Error {
    let message = Word::new("没有收录 {}", "{} is not in the tables").with([asked]);
    let mut error = Error::new("errcode.unknown", Exit::No, message);
    for near in error_codes::nearest(asked) {
        error.next.push(format!("wxkit errcode {}", near.name()));
    }
    error
}
