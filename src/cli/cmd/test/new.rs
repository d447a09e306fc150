//! `test new`: a scenario to begin with, which passes as it is. Comes in: a path; goes out:
//! a file with comments in the reader's language. It overwrites nothing.

use std::path::Path;

use serde_json::json;
use wxkit::api::{Lang, Word};

use super::super::super::args::Args;
use super::super::super::error::{Error, shell_word, typed};
use super::super::super::files;
use super::super::super::outcome::{Outcome, Purpose, View};
use super::super::super::verb::{Verb, Words};
use super::super::super::wiring::Context;

/// `test new`
pub(super) const VERB: Verb = Verb {
    noun: "test",
    name: "new",
    about: Word::new(
        "写一个带注释、直接能通过的场景文件",
        "Write a scenario with comments that passes as it is",
    ),
    example: "test new scenarios/pay.toml",
    flags: &[],
    words: Words::Any(
        "FILE",
        Word::new("文件，默认 wechat.toml；- 打印出来", "the file, wechat.toml by default; - prints it"),
    ),
    row: None,
    run: new,
};

const OTHER_NAME: Word = Word::new("没有覆盖；换一个名字", "it was left alone: take another name");
const USUAL: &str = "wechat.toml";

fn new(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let mut words = args.words();
    let path = words.next().unwrap_or(USUAL);
    if let Some(more) = words.next() {
        let message =
            Word::new("只能写一个文件，多了 {}", "one file at a time: {} is too much").with([typed(more)]);
        return Err(Error::usage(message).next("wxkit test new scenarios/pay.toml"));
    }
    let text = match ctx.lang {
        Lang::Zh => include_str!("starter.zh.toml"),
        Lang::En => include_str!("starter.en.toml"),
    };
    if path == "-" {
        let outcome = Outcome::new(json!({ "text": text }), text);
        return Ok(outcome.show(View::Block(text.trim_end().to_owned())).meant_for(Purpose::Asked));
    }
    if Path::new(path).extension().is_none_or(|kind| kind != "toml") {
        let message = Word::new("“{}” 不以 .toml 结尾", "\"{}\" does not end with .toml").with([typed(path)]);
        return Err(Error::usage(message).next("wxkit test new scenarios/pay.toml"));
    }
    files::create(path, text.as_bytes()).map_err(|error| {
        let is_there = Path::new(path).exists();
        if is_there { error.hint(OTHER_NAME) } else { error }
    })?;
    let next = format!("wxkit test run {}", shell_word(path));
    let said = Word::new("写好了 {}；运行：{}", "{} is written; play it: {}").with([path, &next]);
    Ok(Outcome::new(json!({ "file": path }), path).show(View::Good(said)))
}
