//! The command table and the parser made of it. Comes in: the words typed; goes
//! out: a verb and its [`Args`], or help, or wrong use.

use std::ffi::OsString;
use std::sync::LazyLock;

use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command};
use wxkit::api::endpoint::{Field, Kind};
use wxkit::api::{Lang, Word};

use super::args::{Args, FROM, Flag, GLOBAL, Takes, WORD, WORDS, row_fields};
use super::cmd;
use super::verb::{Verb, Words};

/// The first words that have a second, with a line for the help.
pub static NOUNS: &[(&str, Word)] = &[
    ("profile", Word::new("配置档", "Profiles")),
    ("token", Word::new("access_token", "access_token")),
    ("ticket", Word::new("jsapi_ticket 和卡券 ticket", "jsapi_ticket and card tickets")),
    ("oauth", Word::new("网页授权", "Web authorization")),
    ("jssdk", Word::new("JS-SDK 签名", "JS-SDK signatures")),
    ("pay", Word::new("微信支付 v2", "WeChat Pay v2")),
    ("notify", Word::new("支付与退款通知", "Payment and refund notices")),
];

/// Every command, in the order of the help.
pub static VERBS: LazyLock<Vec<&'static Verb>> = LazyLock::new(|| {
    let rooms: &[&[&Verb]] = &[
        cmd::demo::VERBS,
        cmd::init::VERBS,
        cmd::profile::VERBS,
        cmd::token::VERBS,
        cmd::ticket::VERBS,
        cmd::oauth::VERBS,
        cmd::jssdk::VERBS,
        cmd::pay::VERBS,
        cmd::notify::VERBS,
        cmd::explain::VERBS,
        cmd::mock::VERBS,
        cmd::errcode::VERBS,
        cmd::completions::VERBS,
        cmd::man::VERBS,
    ];
    rooms.concat()
});

/// How a parse can end without a verb to run.
pub enum Stop {
    /// Help or version was asked for.
    Text(String),
    /// A command of commands was typed without the second word: help, and wrong use.
    Lost(String),
    /// Wrong use.
    Usage(Box<clap::Error>),
}

/// Finds the verb and its arguments.
pub fn parse(argv: &[OsString], lang: Lang) -> Result<(&'static Verb, Args), Stop> {
    let typed = |word: &str| word.is_empty() || argv.iter().any(|a| a == word);
    let root = command(lang, |verb| typed(verb.noun) && typed(verb.name));
    let matches = root.try_get_matches_from(argv).map_err(|error| {
        use clap::error::ErrorKind as Kind;
        match error.kind() {
            Kind::DisplayHelp | Kind::DisplayVersion => Stop::Text(error.render().to_string()),
            Kind::DisplayHelpOnMissingArgumentOrSubcommand => Stop::Lost(error.render().to_string()),
            _ => Stop::Usage(Box::new(error)),
        }
    })?;
    Ok(found(matches))
}

fn found(mut matches: ArgMatches) -> (&'static Verb, Args) {
    let mut path = Vec::new();
    while let Some((name, inner)) = matches.remove_subcommand() {
        path.push(name);
        matches = inner;
    }
    let noun = if path.len() > 1 { path[0].as_str() } else { "" };
    let name = path.last().map_or("", String::as_str);
    let verb = VERBS.iter().find(|v| v.noun == noun && v.name == name);
    // The parser knows no command that the table does not have.
    let verb = verb.unwrap_or_else(|| unreachable!("{noun} {name}"));
    (verb, Args::new(matches, verb.row, verb.example))
}

/// The whole parser, with every flag: for help, man pages and completions.
pub fn whole(lang: Lang) -> Command {
    command(lang, |_| true)
}

/// The parser; flags only for the verbs that are `wanted`, since building
/// those of all would cost more than most commands take.
fn command(lang: Lang, wanted: impl Fn(&Verb) -> bool) -> Command {
    let mut root = shell("wxkit", lang)
        .version(env!("CARGO_PKG_VERSION"))
        .about(ABOUT.text(lang))
        .arg(version_arg(lang))
        .args(GLOBAL.iter().map(|flag| arg(flag, lang).global(true).help_heading(GLOBAL_HEADING.text(lang))));
    for (place, name) in first_words().into_iter().enumerate() {
        let noun = NOUNS.iter().find(|(noun, _)| *noun == name);
        let mut verbs = VERBS.iter().filter(|v| v.noun == name || (v.noun.is_empty() && v.name == name));
        let command = match (noun, verbs.next()) {
            (None, Some(verb)) => verb_command(verb, lang, wanted(verb)),
            (_, first) => {
                let verbs = first.into_iter().chain(verbs).map(|verb| verb_command(verb, lang, wanted(verb)));
                shell(name, lang).about(noun.map_or("", |(_, about)| about.text(lang))).subcommands(verbs)
            }
        };
        root = root.subcommand(command.display_order(place));
    }
    root
}

/// Nouns and one-word commands, in the order of the table.
fn first_words() -> Vec<&'static str> {
    let mut words: Vec<&str> =
        VERBS.iter().map(|v| if v.noun.is_empty() { v.name } else { v.noun }).collect();
    words.dedup();
    words
}

const ABOUT: Word = Word::new(
    "微信公众号与微信支付的命令行工具：签名、验签、解释错签、调用接口、本地模拟",
    "WeChat Official Accounts and WeChat Pay on the command line: sign, verify, explain, call, mock",
);
const GLOBAL_HEADING: Word = Word::new("通用选项", "Global options");
const OPTIONS_HEADING: Word = Word::new("选项", "Options");
const FIELDS_HEADING: Word = Word::new("字段（也可写成 name=value）", "Fields (also as name=value)");
const COMMANDS_HEADING: Word = Word::new("命令", "Commands");
const ARGUMENTS_HEADING: Word = Word::new("参数", "Arguments");
const USAGE_HEADING: Word = Word::new("用法", "Usage");
const EXAMPLE_HEADING: Word = Word::new("例", "Example");

fn version_arg(lang: Lang) -> Arg {
    let help = Word::new("显示版本", "Show the version").text(lang);
    let arg = Arg::new("version").long("version").short('V').action(ArgAction::Version);
    arg.help(help).help_heading(OPTIONS_HEADING.text(lang))
}

/// A command without content, its headings in the reader's language.
fn shell(name: &'static str, lang: Lang) -> Command {
    let usage = USAGE_HEADING.text(lang);
    let help = Word::new("显示帮助", "Show help").text(lang);
    Command::new(name)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(
            Arg::new("help")
                .long("help")
                .short('h')
                .help(help)
                .action(ArgAction::Help)
                .help_heading(OPTIONS_HEADING.text(lang)),
        )
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_version_flag(true)
        .subcommand_help_heading(COMMANDS_HEADING.text(lang))
        .help_template(format!("{{about}}\n\n{usage}: {{usage}}\n\n{{all-args}}{{after-help}}"))
}

fn verb_command(verb: &Verb, lang: Lang, full: bool) -> Command {
    let command = shell(verb.name, lang)
        .about(verb.about.text(lang))
        .subcommand_required(false)
        .arg_required_else_help(false);
    if !full {
        return command;
    }
    let own = verb.flags.iter().map(|f| arg(f, lang).help_heading(OPTIONS_HEADING.text(lang)));
    let mut command = command.args(own).args(word_args(verb.words, lang));
    if let Some(row) = verb.row {
        let fields = row_fields(row).map(|f| field_arg(f, lang).help_heading(FIELDS_HEADING.text(lang)));
        command = command.args(fields);
    }
    if !verb.example.is_empty() {
        command = command.after_help(format!("{}: wxkit {}", EXAMPLE_HEADING.text(lang), verb.example));
    }
    command
}

fn word_args(words: Words, lang: Lang) -> Vec<Arg> {
    let heading = ARGUMENTS_HEADING.text(lang);
    let one = |name: &'static str, about: &Word| {
        Arg::new(WORD).value_name(name).help(about.text(lang)).help_heading(heading)
    };
    let from = || arg(&FROM, lang).help_heading(OPTIONS_HEADING.text(lang));
    let fields = || {
        let about = Word::new(
            "name=value；name=@文件 表示从文件读值",
            "name=value; name=@FILE reads the value from a file",
        );
        let words = Arg::new(WORDS).value_name("FIELD=VALUE").num_args(0..).help(about.text(lang));
        [words.help_heading(heading), from()]
    };
    match words {
        Words::None => Vec::new(),
        Words::Fields => fields().into(),
        Words::One(name, about) => vec![one(name, &about).required(true)],
        Words::FileOrFields => {
            let about = Word::new(
                "文件（- 为标准输入），或 name=value …",
                "a file (- is stdin), or name=value words",
            );
            let words = Arg::new(WORDS).value_name("FILE|FIELD=VALUE").num_args(0..).help(about.text(lang));
            vec![words.help_heading(heading), from()]
        }
        Words::Many(name, about) => {
            let many = Arg::new(WORDS).value_name(name).num_args(1..).required(true);
            vec![many.help(about.text(lang)).help_heading(heading)]
        }
        Words::PathAndFields => {
            let about =
                Word::new("接口路径，如 /pay/orderquery", "path of the call, such as /pay/orderquery");
            let mut args = vec![one("PATH", &about).required(true)];
            args.extend(fields());
            args
        }
    }
}

fn arg(flag: &'static Flag, lang: Lang) -> Arg {
    let arg = Arg::new(flag.name).long(flag.name).help(flag.about.text(lang));
    let arg = if let Some(short) = flag.short { arg.short(short) } else { arg };
    match flag.takes {
        Takes::Nothing => arg.action(ArgAction::SetTrue),
        Takes::Text(value) => {
            arg.value_name(value).allow_hyphen_values(value.contains('-') || value == "REF")
        }
        Takes::Texts(value) => arg.value_name(value).action(ArgAction::Append),
        Takes::Number(value) => {
            arg.value_name(value).value_parser(ValueParser::from(clap::value_parser!(u64)))
        }
        Takes::Choice(words) => arg
            .value_name(words.join("|"))
            .value_parser(PossibleValuesParser::new(words))
            .hide_possible_values(true),
    }
}

fn field_arg(field: &'static Field, lang: Lang) -> Arg {
    let arg = Arg::new(field.name).long(field.name.replace('_', "-")).help(field.about.text(lang));
    match field.kind {
        Kind::Choice(words) if words.len() <= 4 => arg.value_name(words.join("|")),
        Kind::Fen | Kind::FenOrZero => arg.value_name("FEN"),
        Kind::Time14 => arg.value_name("yyyyMMddHHmmss"),
        Kind::Date8 => arg.value_name("yyyyMMdd"),
        Kind::Int => arg.value_name("N"),
        _ => arg.value_name("VALUE"),
    }
}
