//! Flags as data, in two languages, and what was typed for them. A [`Flag`] row
//! feeds the parser, the help, the man pages and the completions. Comes in: the
//! matches of the parser; goes out: [`Args`], asked by flag and not by name.

use std::ffi::OsString;

use clap::ArgMatches;
use wxkit::api::Word;
use wxkit::api::endpoint::{Endpoint, Field, Fill};
use wxkit::wire::Fields;

use super::error::{Error, typed};

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
    /// Text, as often as one likes.
    Texts(&'static str),
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

    /// A flag with a text value, as often as one likes.
    pub const fn texts(name: &'static str, value: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { name, short: None, takes: Takes::Texts(value), about: Word::new(zh, en) }
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
    &Flag::text(
        "timeout",
        "SECS",
        "整个请求的时限，默认 30 秒（重放通知同微信，5 秒）；可写 1.5、500ms、2m",
        "Time limit of a call, 30 seconds by default (of a replayed notice 5, as WeChat); 1.5, 500ms and 2m will do too",
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
        "cert-key",
        "FILE",
        "证书的私钥：apiclient_key.pem；--cert 是 p12 时不需要",
        "Private key of the certificate: apiclient_key.pem; not needed with a p12",
    ),
    &Flag::text(
        "cert-password",
        "REF",
        "证书密码，默认是商户号",
        "Certificate password, the merchant id by default",
    ),
    &Flag::text(
        "private-key",
        "REF",
        "v3 商户私钥 apiclient_key.pem：路径，或写法同 --app-secret",
        "Merchant key for v3, apiclient_key.pem: its path, or written like --app-secret",
    ),
    &Flag::text(
        "serial",
        "HEX",
        "v3 商户证书序列号；给了 --cert 就不用写",
        "Serial of the merchant certificate for v3; not needed with --cert",
    ),
    &Flag::text(
        "api-v3-key",
        "REF",
        "APIv3 密钥（32 字节）；写法同 --app-secret",
        "APIv3 key, 32 bytes; written like --app-secret",
    ),
    &Flag::texts(
        "wechat-key",
        "FILE",
        "微信支付公钥 pub_key.pem 或平台证书；可写多次",
        "WeChat Pay's pub_key.pem or platform certificates; may be given more than once",
    ),
    &Flag::text(
        "wechat-key-id",
        "ID",
        "微信支付公钥 ID：PUB_KEY_ID_…",
        "Id of WeChat Pay's public key: PUB_KEY_ID_…",
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

/// What was typed behind the verb.
pub struct Args {
    matches: ArgMatches,
    row: Option<&'static Endpoint>,
    example: &'static str,
    /// Whether `--` was the last word.
    is_open: bool,
    /// Fields that came with the words and need no reading.
    handed: Option<Fields>,
}

impl Args {
    /// What was typed behind a command that calls this row.
    pub fn new(matches: ArgMatches, row: Option<&'static Endpoint>, example: &'static str) -> Self {
        Self { matches, row, example, is_open: false, handed: None }
    }

    /// The same, of this line.
    pub fn of_line(self, line: &[OsString]) -> Self {
        Self { is_open: line.last().is_some_and(|word| word == "--"), ..self }
    }

    /// The same with fields that somebody else has read: neither a file nor stdin is.
    pub fn with_fields(self, fields: Fields) -> Self {
        Self { handed: Some(fields), ..self }
    }

    /// The fields that came with the words, if nothing is to be read for them.
    pub fn handed(&self) -> Option<&Fields> {
        self.handed.as_ref()
    }

    /// The value of a flag.
    pub fn text(&self, flag: &Flag) -> Option<&str> {
        self.named(flag.name)
    }

    /// All values of a flag.
    pub fn texts(&self, flag: &Flag) -> impl Iterator<Item = &str> {
        let many = self.matches.try_get_many::<String>(flag.name).ok().flatten();
        many.into_iter().flatten().map(String::as_str)
    }

    /// Whether a switch is there.
    pub fn has(&self, flag: &Flag) -> bool {
        self.matches.try_get_one::<bool>(flag.name).ok().flatten().copied().unwrap_or(false)
    }

    /// The value of a number flag.
    pub fn number(&self, flag: &Flag) -> Option<u64> {
        self.matches.try_get_one::<u64>(flag.name).ok().flatten().copied()
    }

    /// A number of things to do or to wait for: none of them would be no order.
    pub fn positive(&self, flag: &Flag) -> Result<Option<u64>, Error> {
        match self.number(flag) {
            Some(0) => {
                let message = Word::new("--{} 不能是 0", "--{} cannot be 0").with([flag.name]);
                Err(Error::usage(message).hint(Word::new("至少是 1", "at least 1")))
            }
            number => Ok(number),
        }
    }

    /// An address to post to, whole: scheme, host and path.
    pub fn address(&self, flag: &Flag) -> Result<Option<&str>, Error> {
        let Some(text) = self.text(flag) else { return Ok(None) };
        let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
        if rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')) {
            return Ok(Some(text));
        }
        let message =
            Word::new("--{} 不是网址：{}", "--{} is no address: {}").with([flag.name, &typed(text)]);
        let hint = Word::new(
            "写全，如 http://127.0.0.1:8080/notify",
            "write all of it, like http://127.0.0.1:8080/notify",
        );
        Err(Error::usage(message).hint(hint))
    }

    /// The same where there has to be one.
    pub fn needed_address(&self, flag: &Flag) -> Result<&str, Error> {
        self.needed(flag)?;
        self.address(flag).map(Option::unwrap_or_default)
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

    /// The program behind `--`, and its words; none without `--`.
    pub fn program(&self) -> Result<Option<(&OsString, Vec<OsString>)>, Error> {
        let words = self.matches.try_get_many::<OsString>(PROGRAM).ok().flatten();
        let mut words = words.into_iter().flatten();
        match words.next() {
            Some(program) => Ok(Some((program, words.cloned().collect()))),
            None if self.is_open => {
                let message = Word::new("-- 后面没有程序", "there is no program behind --");
                Err(Error::usage(message).next(format!("wxkit {} -- npm test", self.verb())))
            }
            None => Ok(None),
        }
    }

    /// The command of the example.
    fn verb(&self) -> &str {
        self.example.split(' ').next().unwrap_or_default()
    }

    /// The row that the verb calls.
    pub fn row(&self) -> Result<&'static Endpoint, Error> {
        self.row.ok_or_else(|| Error::bug("this command has no row"))
    }

    /// The value of a flag that has to be there.
    pub fn needed(&self, flag: &Flag) -> Result<&str, Error> {
        self.text(flag).ok_or_else(|| {
            let message = Word::new("缺少 --{}", "--{} is missing").with([flag.name]);
            Error::usage(message).next(format!("wxkit {}", self.example))
        })
    }

    /// Fields of the row that were typed as flags, in the row's order.
    pub fn row_flags(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let fields = self.row.into_iter().flat_map(row_fields);
        fields.filter_map(|field| Some((field.name, self.named(field.name)?)))
    }

    /// A global flag as a setting's text.
    pub fn global(&self, name: &str) -> Option<String> {
        let flag = GLOBAL.iter().find(|flag| flag.name == name)?;
        match flag.takes {
            Takes::Nothing => self.has(flag).then(|| "true".to_owned()),
            Takes::Number(_) => self.number(flag).map(|n| n.to_string()),
            Takes::Texts(_) => {
                let all: Vec<&str> = self.texts(flag).collect();
                (!all.is_empty()).then(|| all.join(","))
            }
            Takes::Text(_) | Takes::Choice(_) => self.text(flag).map(str::to_owned),
        }
    }

    fn named(&self, name: &str) -> Option<&str> {
        self.matches.try_get_one::<String>(name).ok().flatten().map(String::as_str)
    }
}

/// Id of the one word.
pub const WORD: &str = "word";
/// Id of the words.
pub const WORDS: &str = "words";

/// Id of the program behind `--`.
pub const PROGRAM: &str = "program";

/// `--from` of every command that takes fields.
pub static FROM: Flag = Flag::text(
    "from",
    "FILE|-",
    "从文件或标准输入读字段：XML、JSON、查询串或 curl 命令",
    "Read fields from a file or stdin: XML, JSON, a query string or a curl command",
);

/// The flag of a field: `out_trade_no` is `--out-trade-no`.
pub fn field_flag(field: &Field) -> String {
    field.name.replace('_', "-")
}

/// The fields of a row that make sense as flags: not those that the settings
/// fill, nor the numbered ones.
pub fn row_fields(row: &'static Endpoint) -> impl Iterator<Item = &'static Field> {
    row.fields.iter().copied().filter(|field| {
        let filled =
            matches!(field.fill, Fill::AppId | Fill::AppSecret | Fill::MchId | Fill::Nonce | Fill::Proof);
        !filled && !field.name.contains('$') && GLOBAL.iter().all(|g| g.name != field.name.replace('_', "-"))
    })
}
