//! `errcode`: what codes and messages of WeChat mean and what to do, offline. Takes
//! them as people have them: alone, several, or inside a line of a log or a reply.

use serde_json::{Value, json};
use wxkit::api::error_codes::{self, ErrorCode};
use wxkit::api::word::Part;
use wxkit::api::{Lang, Message, Word};

use super::super::args::Args;
use super::super::error::{Error, shell_word};
use super::super::input;
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
    words: Words::Any(
        "CODE",
        Word::new(
            "错误码或信息：40029、-40001、SIGNERROR、签名错误，可以多个，也可以是整行日志；- 为标准输入",
            "codes or messages: 40029, -40001, SIGNERROR, 签名错误; several, or a whole line of a log; - is stdin",
        ),
    ),
    row: None,
    run: errcode,
}];

fn errcode(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let (mut rows, mut strange) = (Vec::<&ErrorCode>::new(), Vec::new());
    for asked in asked(args)? {
        let found = error_codes::in_text(&asked);
        if found.is_empty() {
            strange.push(asked);
        }
        let is_new = |row: &&ErrorCode| !rows.contains(row);
        rows.extend(found.into_iter().filter(is_new).collect::<Vec<_>>());
    }
    let Some((first, others)) = rows.split_first() else { return Err(unknown(&strange.join(" "))) };
    let mut data = document(first, ctx.lang);
    data["others"] = others.iter().map(|row| document(row, ctx.lang)).collect();
    data["unknown"] = strange.iter().map(|asked| shortened(asked)).collect();
    let answers: Vec<&str> = rows.iter().map(|row| row.meaning.text(ctx.lang)).collect();
    let mut outcome = Outcome::new(data, answers.join("\n"));
    let area = |row: &ErrorCode| (!others.is_empty()).then_some(row.area.word);
    outcome.view = rows.iter().flat_map(|row| shown(row, area(row))).collect();
    for asked in &strange {
        outcome = outcome.no().show(View::Bad(not_there(asked)));
    }
    Ok(outcome)
}

/// More words are a paste without quotes, not a list of codes.
const MOST_CODES: usize = 32;

/// What is asked for: one thing, or several codes; without a word what is piped in.
fn asked(args: &Args) -> Result<Vec<String>, Error> {
    let mut words = Vec::new();
    let piped = (args.words().next().is_none() && input::is_piped()).then_some("-");
    for word in args.words().chain(piped) {
        words.push(match word {
            "-" => String::from_utf8_lossy(&input::bytes_of("-")?).into_owned(),
            word => word.to_owned(),
        });
    }
    if words.iter().all(|word| word.trim().is_empty()) {
        let message = Word::new("没有给出错误码或错误信息", "no code or message is given");
        return Err(Error::usage(message).next("wxkit errcode 40029").next("wxkit errcode - < app.log"));
    }
    let is_code = |word: &String| is_like_a_code(word) || !error_codes::in_text(word).is_empty();
    let is_list = words.len() <= MOST_CODES && words.iter().all(is_code);
    Ok(if is_list { words } else { vec![words.join(" ")] })
}

fn is_like_a_code(word: &str) -> bool {
    let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let is_name = |word: &str| word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    word.len() > 3 && (is_number(word.strip_prefix('-').unwrap_or(word)) || is_name(word))
}

fn document(row: &ErrorCode, lang: Lang) -> Value {
    let both = |word: Word| json!({ "zh": word.zh, "en": word.en });
    json!({
        "code": if row.code.is_empty() { row.text } else { row.code },
        "text": row.text,
        "area": row.area.word.text(lang),
        "meaning": row.meaning.text(lang),
        "remedy": row.remedy.text(lang),
        "page": row.page,
        "meanings": both(row.meaning),
        "remedies": both(row.remedy),
    })
}

/// A row for a person; with its world where there are several to tell apart.
fn shown(row: &ErrorCode, area: Option<Word>) -> [View; 4] {
    let name = match row.code {
        code if code.is_empty() || code == row.text => row.text.to_owned(),
        code => format!("{code}  {}", row.text),
    };
    let head = match area {
        Some(area) => Word::new("{}（{}）", "{}  ({})").with([Part::from(name), area.into()]),
        None => Word::new("{}", "{}").with([name]),
    };
    let page = Word::new("见 {}", "See {}").with([row.page]);
    [View::Head(head), View::Say(row.meaning.into()), View::Say(row.remedy.into()), View::Say(page)]
}

fn not_there(asked: &str) -> Message {
    Word::new("没有收录 “{}”", "\"{}\" is not in the tables").with([shortened(asked)])
}

fn unknown(asked: &str) -> Error {
    let mut error = Error::new("errcode.unknown", Exit::No, not_there(asked));
    for near in error_codes::nearest(asked) {
        error.next.push(format!("wxkit errcode {}", shell_word(error_codes::name(near))));
    }
    error.hint(Word::new(
        "整行日志、整个答复也可以粘贴进来",
        "a whole line of a log or a whole reply may be pasted too",
    ))
}

/// Longest part of a paste that is repeated.
const LONGEST: usize = 60;
/// Longer words are tokens, openids, signatures: they are not repeated.
const LONGEST_WORD: usize = 20;

/// What a reply says went wrong, for one that was pasted whole.
fn said(asked: &str) -> Option<String> {
    const NAMES: [&str; 7] =
        ["err_code", "errcode", "code", "err_code_des", "errmsg", "message", "return_msg"];
    let fields = wxkit::explain::fields(asked.as_bytes()).ok()?;
    NAMES.iter().find_map(|name| fields.filled(name)).map(str::to_owned)
}

/// The beginning of what was asked, without what may be a secret.
fn shortened(asked: &str) -> String {
    let is_reply = asked.trim_start().starts_with(['{', '<', '[']);
    let said = is_reply.then(|| said(asked)).flatten();
    let asked = said.as_deref().unwrap_or(asked);
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let mut out = String::new();
    for piece in asked.split_inclusive(|c| !is_part(c)) {
        let word = piece.trim_end_matches(|c| !is_part(c));
        match word.get(..4).filter(|_| word.len() > LONGEST_WORD) {
            Some(start) => out.extend([start, "…", &piece[word.len()..]]),
            None => out.push_str(piece),
        }
    }
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    match out.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &out[..at]),
        None => out,
    }
}
