//! The command line as data: a [`Verb`] row for each command, a [`Flag`] row for
//! each flag, both in two languages. One definition feeds the parser, the help,
//! the man pages and the completions. Comes in: the words typed; goes out: a
//! verb and its [`Args`].

use std::ffi::OsString;
use std::sync::LazyLock;

use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command};
use wxkit::api::endpoint::{Endpoint, Field, Fill, Kind};
use wxkit::api::{Lang, Word};

use super::cmd;
use super::context::Context;
use super::error::Error;
use super::outcome::Outcome;

/// One command.
pub struct Verb {
    /// First word; empty for commands of one word.
    pub noun: &'static str,
    /// Last word.
    pub name: &'static str,
    /// One line for the help.
    pub about: Word,
    /// A command to copy, without the leading `wxkit`.
    pub example: &'static str,
    /// Its own flags.
    pub flags: &'static [&'static Flag],
    /// What stands behind the flags.
    pub words: Words,
    /// The row it calls; its fields become flags too.
    pub row: Option<&'static Endpoint>,
    /// What it does.
    pub run: fn(&Args, &Context) -> Result<Outcome, Error>,
}

/// What stands behind the flags.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Nothing.
    None,
    /// `name=value …`, and `--from`.
    Fields,
    /// One word that has to be there.
    One(&'static str, Word),
    /// One word that may be there.
    Maybe(&'static str, Word),
    /// One or more words.
    Many(&'static str, Word),
    /// A path, then `name=value …`.
    PathAndFields,
}

/// One flag.
pub struct Flag {
    /// Long name, without `--`.
    pub name: &'static str,
    /// Short name.
    pub short: Option<char>,
    /// What it takes.
    pub takes: Takes,
    /// One line for the help.
    pub about: Word,
}

/// What a flag takes.
#[derive(Clone, Copy)]
pub enum Takes {
    /// Nothing: it is there or not.
    Nothing,
    /// Text, shown under this name in the help.
    Text(&'static str),
    /// A whole number.
    Number(&'static str),
    /// One of these.
    Choice(&'static [&'static str]),
}

impl Flag {
    /// A flag that is there or not.
    pub const fn switch(name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { name, short: None, takes: Takes::Nothing, about: Word::new(zh, en) }
    }

    /// A flag with a text value.
    pub const fn text(name: &'static str, value: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { name, short: None, takes: Takes::Text(value), about: Word::new(zh, en) }
    }

    /// A flag with a whole number.
    pub const fn number(name: &'static str, value: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { name, short: None, takes: Takes::Number(value), about: Word::new(zh, en) }
    }

    /// A flag with one of a few words.
    pub const fn choice(
        name: &'static str,
        words: &'static [&'static str],
        zh: &'static str,
        en: &'static str,
    ) -> Self {
        Self { name, short: None, takes: Takes::Choice(words), about: Word::new(zh, en) }
    }

    /// The same with a short name.
    pub const fn short(mut self, short: char) -> Self {
        self.short = Some(short);
        self
    }
}

/// Flags of every command. All but the switches of one run (`--reveal`,
/// `--yes` …) are settings too: environment and profile may hold them.
pub static GLOBAL: &[&Flag] = &[
    &Flag::text("profile", "NAME", "使用哪个配置档", "Profile to use").short('p'),
    &Flag::text("config", "FILE", "配置文件的位置", "Where the configuration file is"),
    &Flag::switch("json", "在标准输出上打印一个 JSON 文档", "Print one JSON document on stdout"),
    &Flag::switch("quiet", "只打印答案本身", "Print only the answer itself").short('q'),
    &Flag::switch("verbose", "显示网络上的往来（密钥已遮盖）", "Show what crossed the wire, secrets masked")
        .short('v'),
    &Flag::choice("lang", &["zh", "en"], "输出语言", "Language of the output"),
    &Flag::choice("color", &["auto", "always", "never"], "是否着色", "Whether to use colour"),
    &Flag::text(
        "base",
        "URL",
        "把所有微信请求发往这个地址（模拟器）",
        "Send every WeChat call to this origin (a mock)",
    ),
    &Flag::number(
        "at",
        "UNIX",
        "冻结时间，使结果可重复",
        "Freeze the time, so that a run repeats to the byte",
    ),
    &Flag::text(
        "nonce",
        "STR",
        "冻结随机串，使结果可重复",
        "Freeze the dice, so that a run repeats to the byte",
    ),
    &Flag::switch("reveal", "显示密钥而不是 ***", "Show secrets that are otherwise ***"),
    &Flag::number(
        "timeout",
        "SECS",
        "整个请求的时限，默认 30 秒",
        "Time limit of a call, 30 seconds by default",
    ),
    &Flag::text("proxy", "URL", "HTTP 代理", "HTTP proxy"),
    &Flag::text("ca-file", "PEM", "额外信任的根证书", "Root certificates to trust in addition"),
    &Flag::switch("no-input", "从不提问", "Never ask anything"),
    &Flag::switch("yes", "确认在正式环境动用资金", "Agree to move money on live hosts").short('y'),
    &Flag::text("app-id", "ID", "公众号或小程序的 AppID", "AppID of the account or mini program"),
    &Flag::text(
        "app-secret",
        "REF",
        "AppSecret；可写 env:名、file:路径、-、prompt",
        "AppSecret; env:NAME, file:PATH, - or prompt",
    ),
    &Flag::text("mch-id", "ID", "商户号", "Merchant id"),
    &Flag::text("key", "REF", "商户 APIv2 密钥；写法同上", "APIv2 key of the merchant; written likewise"),
    &Flag::text(
        "ticket",
        "REF",
        "jsapi_ticket 或卡券 api_ticket",
        "jsapi_ticket, or the api_ticket of cards",
    ),
    &Flag::text(
        "cert",
        "FILE",
        "商户证书：apiclient_cert.p12 或 PEM",
        "Client certificate: apiclient_cert.p12 or PEM",
    ),
    &Flag::text(
        "cert-password",
        "REF",
        "证书密码，默认是商户号",
        "Certificate password, the merchant id by default",
    ),
    &Flag::text(
        "store",
        "STORE",
        "token 存在哪里：file（默认）、memory 或 redis://主机",
        "Where tokens are kept: file (default), memory or redis://HOST",
    ),
    &Flag::text(
        "hub",
        "URL",
        "向这个 token 中控服务取 token，不直接请求微信",
        "Ask this token central server for tokens, in place of WeChat",
    ),
    &Flag::text(
        "hub-token",
        "REF",
        "中控服务的访问令牌；写法同 --app-secret",
        "Bearer token for the hub; written like --app-secret",
    ),
];

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
        cmd::mock::VERBS,
        cmd::errcode::VERBS,
        cmd::completions::VERBS,
        cmd::man::VERBS,
    ];
    rooms.concat()
});

/// What was typed behind the verb.
pub struct Args {
    verb: &'static Verb,
    matches: ArgMatches,
}

impl Args {
    /// The value of a flag.
    pub fn text(&self, flag: &Flag) -> Option<&str> {
        self.named(flag.name)
    }

    /// Whether a switch is there.
    pub fn has(&self, flag: &Flag) -> bool {
        self.matches.try_get_one::<bool>(flag.name).ok().flatten().copied().unwrap_or(false)
    }

    /// The value of a number flag.
    pub fn number(&self, flag: &Flag) -> Option<u64> {
        self.matches.try_get_one::<u64>(flag.name).ok().flatten().copied()
    }

    /// The one word, or the path.
    pub fn word(&self) -> Option<&str> {
        self.named(WORD)
    }

    /// The words.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let many = self.matches.try_get_many::<String>(WORDS).ok().flatten();
        many.into_iter().flatten().map(String::as_str)
    }

    /// The row that the verb calls.
    pub fn row(&self) -> Result<&'static Endpoint, Error> {
        self.verb.row.ok_or_else(|| Error::bug("this command has no row"))
    }

    /// The value of a flag that has to be there.
    pub fn needed(&self, flag: &Flag) -> Result<&str, Error> {
        self.text(flag).ok_or_else(|| {
            let message = Word::new("缺少 --{}", "--{} is missing").with([flag.name]);
            Error::usage(message).next(format!("wxkit {}", self.verb.example))
        })
    }

    /// Fields of the row that were typed as flags, in the row's order.
    pub fn row_flags(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let fields = self.verb.row.into_iter().flat_map(row_fields);
        fields.filter_map(|field| Some((field.name, self.named(field.name)?)))
    }

    /// A global flag as a setting's text.
    pub fn global(&self, name: &str) -> Option<String> {
        let flag = GLOBAL.iter().find(|flag| flag.name == name)?;
        match flag.takes {
            Takes::Nothing => self.has(flag).then(|| "true".to_owned()),
            Takes::Number(_) => self.number(flag).map(|n| n.to_string()),
            Takes::Text(_) | Takes::Choice(_) => self.text(flag).map(str::to_owned),
        }
    }

    fn named(&self, name: &str) -> Option<&str> {
        self.matches.try_get_one::<String>(name).ok().flatten().map(String::as_str)
    }
}

const WORD: &str = "word";
const WORDS: &str = "words";

/// `--from` of every command that takes fields.
pub static FROM: Flag = Flag::text(
    "from",
    "FILE|-",
    "从文件或标准输入读字段：XML、JSON、查询串或 curl 命令",
    "Read fields from a file or stdin: XML, JSON, a query string or a curl command",
);

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
    (verb, Args { verb, matches })
}

/// The whole parser; flags only for the verbs that are `wanted`, since building
/// those of all would cost more than most commands take.
pub fn command(lang: Lang, wanted: impl Fn(&Verb) -> bool) -> Command {
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
    let fields = || {
        let about = Word::new(
            "name=value；name=@文件 表示从文件读值",
            "name=value; name=@FILE reads the value from a file",
        );
        let words = Arg::new(WORDS).value_name("FIELD=VALUE").num_args(0..).help(about.text(lang));
        [words.help_heading(heading), arg(&FROM, lang).help_heading(OPTIONS_HEADING.text(lang))]
    };
    match words {
        Words::None => Vec::new(),
        Words::Fields => fields().into(),
        Words::One(name, about) => vec![one(name, &about).required(true)],
        Words::Maybe(name, about) => vec![one(name, &about)],
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

/// The fields of a row that make sense as flags: not those that the settings
/// fill, nor the numbered ones.
fn row_fields(row: &'static Endpoint) -> impl Iterator<Item = &'static Field> {
    row.fields.iter().filter(|field| {
        let filled =
            matches!(field.fill, Fill::AppId | Fill::AppSecret | Fill::MchId | Fill::Nonce | Fill::Sign);
        !filled && !field.name.contains('$') && GLOBAL.iter().all(|g| g.name != field.name.replace('_', "-"))
    })
}
