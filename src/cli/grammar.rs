//! The command table and the parser made of it. Comes in: the words typed; goes
//! out: a verb and its [`Args`], or help, or wrong use.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::sync::LazyLock;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command};
use wxkit::api::endpoint::{Field, Kind};
use wxkit::api::{Lang, Word};

use super::args::{Args, FROM, Flag, GLOBAL, PROGRAM, Takes, WORD, WORDS, field_flag, row_fields};
use super::cmd;
use super::error::{self, Error};
use super::reference;
use super::verb::{Verb, Words};
use super::wiring::Command as Found;

/// The first words that have a second, with a line for the help.
pub static NOUNS: &[(&str, Word)] = &[
    ("profile", Word::new("配置档", "Profiles")),
    ("token", Word::new("access_token", "access_token")),
    ("ticket", Word::new("jsapi_ticket 和卡券 ticket", "jsapi_ticket and card tickets")),
    ("oauth", Word::new("网页授权", "Web authorization")),
    ("jssdk", Word::new("JS-SDK 签名", "JS-SDK signatures")),
    ("pay", Word::new("微信支付 v2", "WeChat Pay v2")),
    ("v3", Word::new("微信支付 v3", "WeChat Pay v3")),
    ("key", Word::new("密钥与证书", "Keys and certificates")),
    ("notify", Word::new("支付与退款通知", "Payment and refund notices")),
    ("test", Word::new("场景测试", "Scenarios: whole stories, run at a local gateway")),
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
        cmd::v3_calls::VERBS,
        cmd::v3_any::VERBS,
        cmd::v3::VERBS,
        cmd::key::VERBS,
        cmd::notify::VERBS,
        cmd::notify_listen::VERBS,
        cmd::notify_check::VERBS,
        cmd::explain::VERBS,
        cmd::mock::VERBS,
        cmd::mock_ca::VERBS,
        cmd::mock_keys::VERBS,
        cmd::mock_control::VERBS,
        cmd::test::VERBS,
        cmd::errcode::VERBS,
        cmd::completions::VERBS,
        cmd::man::VERBS,
        cmd::help::VERBS,
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
    if let Some((verb, args)) = straight(argv, lang) {
        return Ok((verb, args.of_line(argv)));
    }
    let whole = if argv.iter().any(|word| word == "-h") { brief(lang) } else { whole(lang) };
    let matches = whole.try_get_matches_from(in_order(argv)).map_err(|error| {
        use clap::error::ErrorKind as Kind;
        match error.kind() {
            Kind::DisplayHelp | Kind::DisplayVersion => Stop::Text(error.render().to_string()),
            Kind::DisplayHelpOnMissingArgumentOrSubcommand => Stop::Lost(error.render().to_string()),
            _ => Stop::Usage(Box::new(error)),
        }
    })?;
    let (verb, args) = found(matches);
    Ok((verb, args.of_line(argv)))
}

/// The command that these words are, typed behind `wxkit`.
pub fn command(lang: Lang, words: &[String]) -> Result<Found, Error> {
    let argv: Vec<OsString> = [String::from("wxkit")].iter().chain(words).map(OsString::from).collect();
    match parse(&argv, lang) {
        Ok((verb, args)) => Ok(Found {
            noun: verb.noun,
            name: verb.name,
            args,
            takes_fields: verb.words.are_fields(),
            run: verb.run,
        }),
        Err(Stop::Usage(error)) => Err(error::of_usage(&error, &in_hand(&argv), with_second)),
        Err(Stop::Text(_) | Stop::Lost(_)) => {
            let word = words.last().map_or("", String::as_str);
            Err(error::no_such_command("", word, &with_second(word)))
        }
    }
}

/// The line with both words of a command like `mock ca` in one place: flags between
/// them are put behind.
fn in_order(argv: &[OsString]) -> Vec<OsString> {
    match named_verb(argv) {
        Some((verb, rest)) if VERBS.iter().any(|first| first.noun.is_empty() && first.name == verb.noun) => {
            let command = [argv[0].clone(), verb.noun.into(), verb.name.into()];
            command.into_iter().chain(rest.into_iter().cloned()).collect()
        }
        _ => argv.to_vec(),
    }
}

/// The straight way: only the flags of the one verb that is named. Building the
/// whole parser takes longer than most commands do. Whatever does not fit, help
/// and slips among it, goes the long way, which has the words for it.
fn straight(argv: &[OsString], lang: Lang) -> Option<(&'static Verb, Args)> {
    let (verb, rest) = named_verb(argv)?;
    let bare =
        Command::new(verb.name).no_binary_name(true).disable_help_flag(true).disable_version_flag(true);
    let mut command = with_arguments(bare, verb, lang).args(verb.shared_flags().map(|flag| arg(flag, lang)));
    let matches = command.try_get_matches_from_mut(rest).ok()?;
    // The process ends soon: taking the parser apart would only cost time.
    std::mem::forget(command);
    Some((verb, Args::new(matches, verb.row, verb.example)))
}

/// The verb whose words stand first among the plain words, and all the rest.
fn named_verb(argv: &[OsString]) -> Option<(&'static Verb, Vec<&OsString>)> {
    let mut rest = Vec::with_capacity(argv.len());
    let mut noun = "";
    let mut words = argv.iter().skip(1);
    while let Some(word) = words.next() {
        let text = word.to_str()?;
        if text.starts_with('-') {
            rest.push(word);
            if takes_next(text)? {
                rest.push(words.next()?);
            }
        } else if let Some(verb) = VERBS.iter().find(|v| v.noun == noun && v.name == text) {
            let verb = if noun.is_empty() { second_verb(verb, &mut rest, &mut words) } else { verb };
            rest.extend(words);
            return Some((verb, rest));
        } else if noun.is_empty() && NOUNS.iter().any(|(n, _)| *n == text) {
            noun = text;
        } else {
            return None;
        }
    }
    None
}

/// A command of one word may have second words of its own (`mock`, `mock pay`): the one
/// that comes next, if it is one. Flags between them are put aside.
fn second_verb<'a>(
    first: &'static Verb,
    rest: &mut Vec<&'a OsString>,
    words: &mut std::iter::Skip<std::slice::Iter<'a, OsString>>,
) -> &'static Verb {
    let mut ahead = words.clone();
    let mut between = Vec::new();
    while let Some(word) = ahead.next() {
        let Some(text) = word.to_str() else { break };
        if let Some(second) = VERBS.iter().find(|verb| verb.noun == first.name && verb.name == text) {
            rest.append(&mut between);
            *words = ahead;
            return second;
        }
        let Some(takes_next) = takes_next(text) else { break };
        between.push(word);
        between.extend(if takes_next { ahead.next() } else { None });
    }
    first
}

/// The command that a wrong line is about: as many of its words as are right.
pub fn in_hand(argv: &[OsString]) -> String {
    let mut words =
        argv.iter().skip(1).filter_map(|word| word.to_str()).filter(|word| !word.starts_with('-'));
    let first = words.find(|word| first_words().contains(word)).unwrap_or_default();
    let second = words.find(|word| VERBS.iter().any(|verb| verb.noun == first && verb.name == *word));
    second.filter(|_| !first.is_empty()).map_or(first.to_owned(), |second| format!("{first} {second}"))
}

/// The commands whose second word is this one: `refund` is `pay refund`.
pub fn with_second(word: &str) -> Vec<String> {
    let verbs = VERBS.iter().filter(|verb| !verb.noun.is_empty() && verb.name == word);
    verbs.map(|verb| format!("{} {}", verb.noun, verb.name)).collect()
}

/// Whether the value of this global flag is the next word; none if it is no
/// global flag, or written in a way that only the parser understands.
fn takes_next(text: &str) -> Option<bool> {
    let (name, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)));
    let is_named = |flag: &&&Flag| match name.strip_prefix("--") {
        Some(long) => flag.name == long,
        None => {
            flag.short.is_some_and(|short| name.strip_prefix('-') == Some(short.encode_utf8(&mut [0; 4])))
        }
    };
    let flag = GLOBAL.iter().find(is_named)?;
    Some(value.is_none() && !matches!(flag.takes, Takes::Nothing))
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
    let mut root = shell("wxkit", lang)
        .version(env!("CARGO_PKG_VERSION"))
        .about(ABOUT.text(lang))
        .arg(version_arg(lang))
        .after_help(appendix(lang))
        .args(GLOBAL.iter().map(|flag| arg(flag, lang).global(true).help_heading(GLOBAL_HEADING.text(lang))));
    for (place, name) in first_words().into_iter().enumerate() {
        let noun = NOUNS.iter().find(|(noun, _)| *noun == name);
        let mut verbs = VERBS.iter().filter(|v| v.noun == name || (v.noun.is_empty() && v.name == name));
        let command = match (noun, verbs.next()) {
            (None, Some(verb)) => {
                let seconds: Vec<_> = verbs.map(|second| verb_command(second, lang)).collect();
                verb_command(verb, lang).subcommands(seconds).args_conflicts_with_subcommands(true)
            }
            (_, first) => {
                let verbs = first.into_iter().chain(verbs).map(|verb| verb_command(verb, lang));
                shell(name, lang).about(noun.map_or("", |(_, about)| about.text(lang))).subcommands(verbs)
            }
        };
        root = root.subcommand(command.display_order(place));
    }
    if std::io::stdout().is_terminal() { root } else { root.term_width(PIPED) }
}

/// Columns of a help that goes into a pipe, mostly to a pager: a terminal is asked
/// for its width.
const PIPED: usize = 100;

/// The same with a short help: of each command its own flags, and a word on the rest.
fn brief(lang: Lang) -> Command {
    let is_global = |arg: &Arg| GLOBAL.iter().any(|flag| flag.name == arg.get_id().as_str());
    let rest = Word::new(
        "通用选项、环境变量、文件与退出码：--help",
        "Flags of every command, variables, files, exit codes: --help",
    );
    let hidden = whole(lang).mut_args(|arg| if is_global(&arg) { arg.hide(true) } else { arg });
    hidden.after_help(rest.text(lang)).mut_subcommands(|command| in_brief(command, rest.text(lang)))
}

fn in_brief(command: Command, rest: &'static str) -> Command {
    let before = command.get_after_help().map(|text| format!("{text}\n")).unwrap_or_default();
    command.after_help(format!("{before}{rest}")).mut_subcommands(|inner| in_brief(inner, rest))
}

/// Variables, files and exit codes, as they stand at the end of the whole help.
fn appendix(lang: Lang) -> String {
    let mut text = String::new();
    for section in reference::sections(lang) {
        let widest = section.rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).min(28);
        let _ = writeln!(text, "{}:", section.heading.text(lang));
        for (name, about) in &section.rows {
            let _ = writeln!(text, "  {name:<widest$}  {about}");
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text
}

/// Nouns and one-word commands, in the order of the table.
fn first_words() -> Vec<&'static str> {
    let mut words: Vec<&str> =
        VERBS.iter().map(|v| if v.noun.is_empty() { v.name } else { v.noun }).collect();
    words.dedup();
    words
}

/// The help flag.
pub const HELP: Word =
    Word::new("显示帮助；-h 只列出这个命令自己的选项", "Show help; -h shows the command's own flags only");
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
    let help = HELP.text(lang);
    Command::new(name)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(
            Arg::new("help")
                .long("help")
                .short('h')
                .help(help)
                .action(ArgAction::HelpShort)
                .help_heading(OPTIONS_HEADING.text(lang)),
        )
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_version_flag(true)
        .subcommand_help_heading(COMMANDS_HEADING.text(lang))
        .help_template(format!("{{about}}\n\n{usage}: {{usage}}\n\n{{all-args}}{{after-help}}"))
}

fn verb_command(verb: &Verb, lang: Lang) -> Command {
    let command = shell(verb.name, lang)
        .about(verb.about.text(lang))
        .subcommand_required(false)
        .arg_required_else_help(false);
    let command = with_arguments(command, verb, lang);
    if verb.example.is_empty() {
        return command;
    }
    command.after_help(format!("{}: wxkit {}", EXAMPLE_HEADING.text(lang), verb.example))
}

/// A command with the flags, words and fields of this verb.
fn with_arguments(command: Command, verb: &Verb, lang: Lang) -> Command {
    let own = verb.flags.iter().map(|f| arg(f, lang).help_heading(OPTIONS_HEADING.text(lang)));
    let fields = verb.row.into_iter().flat_map(row_fields);
    let fields = fields.map(|f| field_arg(f, lang).help_heading(FIELDS_HEADING.text(lang)));
    command.args(own).args(word_args(verb.words, lang)).args(fields)
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
            let many =
                Arg::new(WORDS).value_name(name).num_args(1..).required(true).allow_negative_numbers(true);
            vec![many.help(about.text(lang)).help_heading(heading)]
        }
        Words::Any(name, about) => {
            let any = Arg::new(WORDS).value_name(name).num_args(0..).allow_negative_numbers(true);
            vec![any.help(about.text(lang)).help_heading(heading)]
        }
        Words::Program(about) => {
            let words = Arg::new(PROGRAM).value_name("CMD").num_args(0..).last(true);
            let words = words.value_parser(ValueParser::os_string());
            vec![words.help(about.text(lang)).help_heading(heading)]
        }
        Words::MethodPathAndFields => {
            let about = Word::new(
                "方法、路径（可带参数），然后 name=value …",
                "a method, a path with or without a query, then name=value words",
            );
            let words = Arg::new(WORDS).value_name("METHOD PATH [FIELD=VALUE]").num_args(2..).required(true);
            vec![words.help(about.text(lang)).help_heading(heading), from()]
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
            let is_open = value.contains('-') || value == "REF";
            arg.value_name(value).allow_hyphen_values(is_open).allow_negative_numbers(true)
        }
        Takes::Texts(value) => arg.value_name(value).action(ArgAction::Append),
        Takes::Number(value) => {
            let number = ValueParser::from(clap::value_parser!(u64));
            arg.value_name(value).value_parser(number).allow_negative_numbers(true)
        }
        Takes::Choice(_) if flag.name == "lang" => {
            let words = LANGUAGES.map(|(word, tags)| PossibleValue::new(word).aliases(tags));
            let first = |tag: String| tag.split(['_', '-', '.']).next().unwrap_or_default().to_owned();
            let parser = PossibleValuesParser::new(words).map(first);
            arg.value_name("zh|en").value_parser(parser).hide_possible_values(true)
        }
        Takes::Choice(words) => {
            let arg = arg.value_parser(PossibleValuesParser::new(words)).hide_possible_values(true);
            let all = words.join("|");
            if all.len() <= WIDEST {
                return arg.value_name(all);
            }
            let help = Word::new("{}：{}", "{}: {}").with([flag.about.text(lang), &words.join(" ")]);
            arg.value_name(flag.name.to_uppercase()).help(help.text(lang).into_owned())
        }
    }
}

/// Longest name of a value: what stands beside it wants some room too.
const WIDEST: usize = 40;

/// Languages, and the tags by which systems name them.
const LANGUAGES: [(&str, &[&str]); 2] = [
    ("zh", &["zh_CN", "zh-CN", "zh_CN.UTF-8", "zh_TW", "zh-TW", "zh_HK", "zh-Hans", "zh-Hant"]),
    ("en", &["en_US", "en-US", "en_US.UTF-8", "en_GB", "en-GB"]),
];

fn field_arg(field: &'static Field, lang: Lang) -> Arg {
    let arg = Arg::new(field.name).long(field_flag(field)).help(field.about.text(lang));
    match field.kind {
        Kind::Choice(words) if words.len() <= 4 => arg.value_name(words.join("|")),
        Kind::Fen | Kind::FenOrZero => arg.value_name("FEN"),
        Kind::Time14 => arg.value_name("yyyyMMddHHmmss"),
        Kind::Date8 => arg.value_name("yyyyMMdd"),
        Kind::Int => arg.value_name("N"),
        _ => arg.value_name("VALUE"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn argv(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    fn long_way(argv: &[OsString]) -> (&'static Verb, Args) {
        found(whole(Lang::En).try_get_matches_from(in_order(argv)).unwrap())
    }

    #[test]
    fn the_straight_way_ends_where_the_long_way_does() {
        for line in [
            "wxkit pay sign a=1 b=2 --key env:K -q",
            "wxkit -p shop --json pay order --body=tea --total-fee 1 --timeout 5",
            "wxkit --lang=zh -v demo",
            "wxkit notify replay a b --to http://x --rate 5",
            "wxkit mock --listen 127.0.0.1:0 --json -- ca --out F",
            "wxkit mock ca --out F",
            "wxkit --json mock --lang en ca -q",
        ] {
            let argv = argv(line);
            let ((verb, args), (verb2, args2)) = (straight(&argv, Lang::En).unwrap(), long_way(&argv));
            assert_eq!((verb.noun, verb.name), (verb2.noun, verb2.name), "{line}");
            assert_eq!(args.words().collect::<Vec<_>>(), args2.words().collect::<Vec<_>>(), "{line}");
            assert_eq!(args.row_flags().collect::<Vec<_>>(), args2.row_flags().collect::<Vec<_>>(), "{line}");
            for flag in GLOBAL {
                assert_eq!(args.global(flag.name), args2.global(flag.name), "{line}: {}", flag.name);
            }
        }
    }

    #[test]
    fn help_and_slips_go_the_long_way() {
        for line in [
            "wxkit",
            "wxkit pay",
            "wxkit pay sing",
            "wxkit pay sign --help",
            "wxkit --nope pay sign",
            "wxkit -p",
        ] {
            assert!(straight(&argv(line), Lang::En).is_none(), "{line}");
        }
    }

    #[test]
    fn no_two_flags_of_a_command_clash() {
        for verb in VERBS.iter() {
            let command = with_arguments(Command::new(verb.name), verb, Lang::Zh);
            command.args(verb.shared_flags().map(|flag| arg(flag, Lang::Zh))).debug_assert();
        }
    }
}
