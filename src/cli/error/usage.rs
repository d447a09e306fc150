//! Wrong use of the command line, in the words of the reader.

use clap::error::ContextValue;
use wxkit::api::Word;

use super::Error;

/// Wrong use, in the words of the reader.
pub fn of_usage(error: &clap::Error) -> Error {
    use clap::error::{ContextKind, ErrorKind};
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(list)) => list.join(", "),
        _ => String::new(),
    };
    let (argument, value) = (text(ContextKind::InvalidArg), text(ContextKind::InvalidValue));
    let message = match error.kind() {
        ErrorKind::UnknownArgument => Word::new("不认识参数 {}", "unknown argument {}").with([argument]),
        ErrorKind::InvalidSubcommand => {
            Word::new("没有命令 {}", "there is no command {}").with([text(ContextKind::InvalidSubcommand)])
        }
        ErrorKind::MissingRequiredArgument => {
            let argument = argument.trim_end_matches("...").to_owned();
            Word::new("缺少 {}", "{} is missing").with([argument])
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            Word::new("{} 需要一个值", "{} takes a value").with([argument])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            Word::new("{} 不能是 “{}”", "{} cannot be \"{}\"").with([argument, value])
        }
        ErrorKind::InvalidUtf8 => Word::new("命令行里有不是 UTF-8 的文字", "a word is not UTF-8").into(),
        ErrorKind::ArgumentConflict => Word::new("{} 写了两次", "{} is given twice").with([argument]),
        _ => Word::new("命令写法不对：{}", "wrong use: {}").with([error.kind().to_string()]),
    };
    let mut out = Error::usage(message).next("wxkit --help");
    let near = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::ValidValue,
        ContextKind::ValidSubcommand,
    ];
    if let Some(near) = near.into_iter().map(text).find(|near| !near.is_empty()) {
        out = out.hint(Word::new("可选：{}", "did you mean: {}").with([near]));
    }
    out
}
