//! Wrong use of the command line, in the words of the reader: what is wrong, what
//! was probably meant, and the help of the command in hand.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use wxkit::api::{Message, Word};

use super::{Error, typed};

/// Wrong use of the command in hand (`pay order`; empty for none). `elsewhere`
/// tells in which commands a word stands as the second.
pub fn of_usage(error: &clap::Error, in_hand: &str, elsewhere: impl Fn(&str) -> Vec<String>) -> Error {
    let text = |kind| text_of(error, kind);
    let unknown = text(ContextKind::InvalidSubcommand);
    let commands = if unknown.is_empty() { Vec::new() } else { elsewhere(&unknown) };
    let help = if in_hand.is_empty() { "wxkit --help".to_owned() } else { format!("wxkit {in_hand} --help") };
    let out = Error::usage(message(error));
    let near = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::ValidValue,
        ContextKind::ValidSubcommand,
    ];
    let meant = Word::new("是不是想要：{}", "did you mean: {}");
    if !commands.is_empty() {
        let out = out.hint(meant.with([commands.join(", ")]));
        return commands.iter().fold(out, |out, command| out.next(format!("wxkit {command} --help")));
    }
    let out = match near.into_iter().map(text).find(|near| !near.is_empty()) {
        Some(near) => out.hint(meant.with([near])),
        None if is_number(error) => out.hint(Word::new("要一个整数", "it is a whole number")),
        None => out,
    };
    out.next(help)
}

/// A command that there is not, asked for help. `near`: where its word stands as the second.
pub fn no_such_command(path: &str, word: &str, near: &[String]) -> Error {
    let message = Word::new("没有命令 {}", "there is no command {}");
    let error = Error::usage(message.with([format!("{path} {}", typed(word)).trim().to_owned()]));
    let next = if path.is_empty() { "wxkit --help".to_owned() } else { format!("wxkit {path} --help") };
    if near.is_empty() {
        return error.next(next);
    }
    let error = error.hint(Word::new("是不是想要：{}", "did you mean: {}").with([near.join(", ")]));
    near.iter().fold(error, |error, command| error.next(format!("wxkit help {command}")))
}

fn text_of(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        // The parser lists the nearest last.
        Some(ContextValue::Strings(list)) if is_near(kind) => {
            list.iter().rev().map(String::as_str).collect::<Vec<_>>().join(", ")
        }
        Some(ContextValue::Strings(list)) => list.join(", "),
        _ => String::new(),
    }
}

/// Whether this tells what was probably meant.
const fn is_near(kind: ContextKind) -> bool {
    matches!(kind, ContextKind::SuggestedArg | ContextKind::SuggestedSubcommand)
}

/// Whether a number was wanted: the parser's own complaints are about nothing else.
fn is_number(error: &clap::Error) -> bool {
    error.kind() == ErrorKind::ValueValidation
}

fn message(error: &clap::Error) -> Message {
    // A word in the wrong place may be a secret.
    let text = |kind| typed(&text_of(error, kind));
    let argument = text(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument => Word::new("不认识参数 {}", "unknown argument {}").with([argument]),
        ErrorKind::InvalidSubcommand => {
            Word::new("没有命令 {}", "there is no command {}").with([text(ContextKind::InvalidSubcommand)])
        }
        ErrorKind::MissingRequiredArgument => {
            let argument = argument.trim_end_matches("...").to_owned();
            Word::new("缺少 {}", "{} is missing").with([argument])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => match text(ContextKind::InvalidValue) {
            value if value.is_empty() => Word::new("{} 需要一个值", "{} takes a value").with([argument]),
            value => Word::new("{} 不能是 “{}”", "{} cannot be \"{}\"").with([argument, value]),
        },
        ErrorKind::TooManyValues => {
            let value = text(ContextKind::InvalidValue);
            Word::new("{} 不带值，“{}” 是多余的", "{} takes no value: \"{}\" is too much")
                .with([argument, value])
        }
        ErrorKind::InvalidUtf8 => Word::new("命令行里有不是 UTF-8 的文字", "a word is not UTF-8").into(),
        ErrorKind::ArgumentConflict => Word::new("{} 写了两次", "{} is given twice").with([argument]),
        _ => Word::new("命令写法不对：{}", "wrong use: {}").with([error.kind().to_string()]),
    }
}
