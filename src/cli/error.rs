//! The one sum of all that can go wrong, as a person and a script see it: what
//! happened, why, what to type next; a stable code and the exit code. Rooms
//! report data; here it gets its words.

use std::io;
use std::path::Path;

use clap::error::ContextValue;
use serde_json::Value;
use wxkit::api::check::Problem;
use wxkit::api::endpoint::{Endpoint, Fill, Scheme};
use wxkit::api::error_codes::Fault;
use wxkit::api::scheme::pay_v2::SealBroken;
use wxkit::api::scheme::req_info::ReqInfoError;
use wxkit::api::word::Part;
use wxkit::api::{Message, ReadError, Refusal, Word, WriteError};
use wxkit::client::hub::BadClients;
use wxkit::client::{CallError, Failed, HubRefusal, LeaseKind, Unbelieved, remote};
use wxkit::config::{BadValue, LoadError, Origin, Place, Shape, SourceError, setting};
use wxkit::net::{NetError, SendError};
use wxkit::sign::CipherError;
use wxkit::store::StoreError;
use wxkit::store::private::Trouble;
use wxkit::wire::{Fields, WireError};

use super::context::Context;
use super::explained;
use super::outcome::{Exit, View};

/// A failure with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Error {
    /// Stable, for scripts: `pay.refused`.
    pub code: &'static str,
    /// Exit code.
    pub exit: Exit,
    /// What happened.
    pub message: Message,
    /// Why, and what to do.
    pub hint: Option<Message>,
    /// Commands to type.
    pub next: Vec<String>,
    /// WeChat's own fields.
    pub upstream: Option<Fields>,
    /// More for a person: the explanation of a signature.
    pub view: Vec<View>,
    /// The same for a script: the `explain` member.
    pub explain: Option<Value>,
}

impl Error {
    /// A failure without advice yet.
    pub fn new(code: &'static str, exit: Exit, message: impl Into<Message>) -> Self {
        Self {
            code,
            exit,
            message: message.into(),
            hint: None,
            next: Vec::new(),
            upstream: None,
            view: Vec::new(),
            explain: None,
        }
    }

    /// Wrong use.
    pub fn usage(message: impl Into<Message>) -> Self {
        Self::new("usage", Exit::Usage, message)
    }

    /// The same with its why and what to do.
    pub fn hint(mut self, hint: impl Into<Message>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with one more command to type.
    pub fn next(mut self, command: impl Into<String>) -> Self {
        self.next.push(command.into());
        self
    }

    /// A failure that is nobody's fault but ours.
    pub fn bug(what: &str) -> Self {
        let message = Word::new("程序内部错误：{}", "a bug of ours: {}").with([what]);
        Self::new("bug", Exit::Bug, message)
            .hint(Word::new("请把重现步骤告诉我们", "please tell us how to repeat it"))
    }

    /// A file or device that the system refuses.
    pub fn io(what: &str, error: &io::Error) -> Self {
        of_io(what, error.kind())
    }
}

fn of_io(what: &str, kind: io::ErrorKind) -> Error {
    let message = Word::new("{}：{}", "{}: {}").with([Part::from(what), io_word(kind)]);
    Error::new("io", Exit::Usage, message)
}

fn io_word(kind: io::ErrorKind) -> Part {
    match kind {
        io::ErrorKind::NotFound => Word::new("没有这个文件", "no such file").into(),
        io::ErrorKind::PermissionDenied => Word::new("没有权限", "permission denied").into(),
        io::ErrorKind::IsADirectory => Word::new("这是目录", "is a directory").into(),
        io::ErrorKind::StorageFull => Word::new("磁盘已满", "the disk is full").into(),
        io::ErrorKind::AddrInUse => Word::new("地址已被占用", "the address is in use").into(),
        other => other.to_string().into(),
    }
}

/// A setting that is needed and not there.
pub fn missing(name: &str) -> Error {
    let Some(setting) = setting(name) else { return Error::bug(name) };
    let message = Word::new("缺少 {}", "{} is not set").with([setting.name]);
    let hint = Word::new("用 --{}、环境变量 {} 或配置档给出", "give it with --{}, in {} or in a profile");
    Error::new("setting.missing", Exit::Setting, message)
        .hint(hint.with([setting.flag, setting.env]))
        .next("wxkit init")
}

/// A question that nobody can be asked.
pub fn no_input(name: &str) -> Error {
    let message =
        Word::new("需要 {}，但没有终端可以提问", "{} is needed, and there is no terminal to ask on")
            .with([name]);
    let hint = Word::new("用参数、环境变量或文件给出", "give it as a flag, in the environment or in a file");
    Error::new("setting.no_input", Exit::Setting, message).hint(hint)
}

/// No place for settings.
pub fn no_home() -> Error {
    let message =
        Word::new("没有设置 HOME，不知道配置放在哪里", "HOME is not set, so there is no place for settings");
    Error::new("setting.no_home", Exit::Setting, message)
        .hint(Word::new("用 --config 指定文件", "name a file with --config"))
}

/// Money on live hosts without a yes.
pub fn money() -> Error {
    let message = Word::new("这个操作会在正式环境动用资金", "this moves money on WeChat's live hosts");
    Error::new("safety.money", Exit::Safety, message).hint(Word::new(
        "确认无误请加 --yes；只想试试请用 --base 指向 wxkit mock",
        "if you mean it, add --yes; to try it out, point --base at a wxkit mock",
    ))
}

/// A place for tokens that there is not.
pub fn no_such_store(name: &str) -> Error {
    let message = Word::new("不认识存储 “{}”", "there is no store \"{}\"").with([name]);
    Error::usage(message).hint(Word::new(
        "可选：file、memory、redis://主机:端口",
        "there are: file, memory, redis://HOST:PORT",
    ))
}

/// A token server that anybody could ask.
pub fn public_hub(listen: &str) -> Error {
    let message = Word::new(
        "{} 不只本机能访问，而没有指定谁可以取 token",
        "{} can be reached from other machines, and nobody said who may ask",
    );
    Error::new("safety.public", Exit::Safety, message.with([listen]))
        .hint(Word::new(
            "用 --auth-file 给出访问令牌（每行：名称 令牌），或只监听 127.0.0.1 或 unix:路径",
            "name a file of bearer tokens with --auth-file (a line: name token), or listen on 127.0.0.1 or unix:PATH",
        ))
        .next("echo \"shop $(openssl rand -hex 32)\" > clients.txt && chmod 600 clients.txt")
}

/// A file of clients that cannot be used.
pub fn of_clients(path: &str, bad: BadClients) -> Error {
    let line = |word: Word, line: usize| word.with([path.to_owned(), line.to_string()]);
    let message = match bad {
        BadClients::Nobody => Word::new("{} 里没有任何令牌", "there is no token in {}").with([path]),
        BadClients::Malformed(at) => {
            line(Word::new("{} 第 {} 行不是 “名称 令牌”", "{}, line {}: not a name and a token"), at)
        }
        BadClients::TooShort(at) => line(
            Word::new(
                "{} 第 {} 行的令牌不足 16 个字符",
                "{}, line {}: the token has less than 16 characters",
            ),
            at,
        ),
        BadClients::Twice(at) => {
            line(Word::new("{} 第 {} 行与前面重复", "{}, line {}: a name or token that stood before"), at)
        }
    };
    Error::new("setting.clients", Exit::Setting, message).hint(Word::new(
        "每行一个客户端：名称 令牌；令牌可用 openssl rand -hex 32 生成",
        "one client a line: name token; make a token with openssl rand -hex 32",
    ))
}

/// Two profiles that are one app.
pub fn app_twice(app_id: &str) -> Error {
    let message = Word::new("{} 出现了两次", "{} is there twice").with([app_id]);
    Error::usage(message).hint(Word::new(
        "环境变量或参数里的 --app-id 优先于配置档；服务多个应用时请去掉它",
        "an --app-id in the environment or on the command line goes before the profiles; drop it to serve many apps",
    ))
}

/// A token central server that says no.
fn of_hub(refusal: HubRefusal) -> Error {
    let HubRefusal { code, status, errcode, errmsg, retry_after } = refusal;
    if !errcode.is_empty() {
        let fields: Fields =
            [("errcode", errcode.as_str()), ("errmsg", errmsg.as_str())].into_iter().collect();
        let known = wxkit::api::error_codes::find(&errcode);
        return of_refusal(&wxkit::api::oa::TOKEN, Refusal { code: errcode, text: errmsg, known, fields });
    }
    let (exit, word, hint) = match code.as_str() {
        "hub.unauthorized" => (
            Exit::Setting,
            Word::new("中控服务不认识这个令牌", "the hub does not know this bearer token"),
            Word::new(
                "用 --hub-token 给出它的令牌文件里的令牌",
                "give one of its auth file with --hub-token",
            ),
        ),
        "hub.unknown_app" => (
            Exit::Setting,
            Word::new("中控服务不管理这个 AppID", "the hub does not serve this app"),
            Word::new(
                "检查 --app-id，或在中控服务的 --app 里加上它",
                "check --app-id, or add it to --app of the hub",
            ),
        ),
        "hub.too_soon" => (
            Exit::Busy,
            Word::new("刚刚换过 token", "the token was replaced a moment ago"),
            Word::new("稍后再试", "try again later"),
        ),
        "" => (
            Exit::Untrusted,
            Word::new("那里不是 token 中控服务", "no token central server answered"),
            Word::new("检查 --hub 的地址", "check the address of --hub"),
        ),
        _ => (
            Exit::Busy,
            Word::new("中控服务暂时没有可用的 token", "the hub has no token at the moment"),
            Word::new("查看它的 /readyz 和日志", "look at its /readyz and its log"),
        ),
    };
    let shown = if code.is_empty() { format!("HTTP {status}") } else { errmsg };
    let message = match (shown.as_str(), retry_after) {
        ("", None) => word.into(),
        ("", Some(seconds)) => Word::new("{}（{} 秒后再试）", "{} (again in {} seconds)")
            .with([Part::from(word), seconds.to_string().into()]),
        _ => Word::new("{}：{}", "{}: {}").with([Part::from(word), shown.into()]),
    };
    let code = match code.as_str() {
        "hub.unauthorized" => "hub.unauthorized",
        "hub.unknown_app" => "hub.unknown_app",
        "hub.too_soon" => "hub.too_soon",
        "" => "hub.not_a_hub",
        _ => "hub.unavailable",
    };
    Error::new(code, exit, message).hint(hint)
}

/// A fetch that somebody else made for us and that failed.
fn of_elsewhere(failed: Failed, kind: LeaseKind) -> Error {
    if failed.code.is_empty() {
        let message = Word::new("另一个进程没能从微信取得：{}", "another process could not fetch it: {}");
        return Error::new("net.elsewhere", Exit::Network, message.with([failed.text]))
            .hint(Word::new("稍后再试", "try again later"));
    }
    let known = wxkit::api::error_codes::find(&failed.code);
    let fields = [("errcode", &failed.code), ("errmsg", &failed.text)];
    let fields = fields.into_iter().map(|(n, v)| (n, v.as_str())).collect();
    of_refusal(remote::row(kind), Refusal { code: failed.code, text: failed.text, known, fields })
}

/// A reference to a secret that leads nowhere.
pub fn of_source(flag: &str, error: &SourceError) -> Error {
    let message = match error {
        SourceError::NoVariable(name) => {
            Word::new("--{}：没有环境变量 {}", "--{}: there is no variable {}").with([flag, name])
        }
        SourceError::File { path, why } => Word::new("--{}：{}：{}", "--{}: {}: {}").with([
            Part::from(flag),
            path.display().to_string().into(),
            io_word(*why),
        ]),
        SourceError::Stdin(why) => {
            Word::new("--{}：标准输入：{}", "--{}: stdin: {}").with([Part::from(flag), io_word(*why)])
        }
        SourceError::Empty(place) => {
            Word::new("--{}：{} 是空的", "--{}: {} is empty").with([Part::from(flag), place_word(place)])
        }
        SourceError::TooLong(place) => {
            Word::new("--{}：{} 太长，不像密钥", "--{}: {} is too long for a secret")
                .with([Part::from(flag), place_word(place)])
        }
        SourceError::NotText(place) => Word::new("--{}：{} 不是 UTF-8 文本", "--{}: {} is not UTF-8 text")
            .with([Part::from(flag), place_word(place)]),
    };
    Error::new("setting.secret", Exit::Setting, message)
}

fn place_word(place: &Place) -> Part {
    match place {
        Place::Variable(name) => name.clone().into(),
        Place::File(path) => path.display().to_string().into(),
        Place::Stdin => Word::new("标准输入", "stdin").into(),
        Place::Here => Word::new("值", "the value").into(),
    }
}

/// Other users can read or change a private file.
fn too_open(path: &Path, mode: u32, wanted: u32) -> Error {
    let path = path.display().to_string();
    let message = Word::new("{} 的权限是 {}，别的用户也能访问", "{} has mode {}: other users can get at it");
    let command = format!("chmod {wanted:o} {}", shell_word(&path));
    Error::new("setting.unsafe", Exit::Setting, message.with([path, format!("{mode:o}")]))
        .hint(Word::new("里面有密钥，请先收紧权限", "it holds secrets: close it first"))
        .next(command)
}

impl From<Trouble> for Error {
    fn from(error: Trouble) -> Self {
        match error {
            Trouble::TooOpen { path, mode, wanted } => too_open(&path, mode, wanted),
            Trouble::Io { path, why } => of_io(&path.display().to_string(), why),
        }
    }
}

impl From<LoadError> for Error {
    fn from(error: LoadError) -> Self {
        let setting = |code, message: Message| Self::new(code, Exit::Setting, message);
        let shown = |path: &Path| path.display().to_string();
        match error {
            LoadError::TooOpen { path, mode, wanted } => too_open(&path, mode, wanted),
            LoadError::Io { path, why } => Self { exit: Exit::Setting, ..of_io(&shown(&path), why) },
            LoadError::NotToml { path, line, column, why } => setting(
                "config.malformed",
                Word::new("{} 第 {} 行第 {} 列不是 TOML：{}", "{} is not TOML at line {}, column {}: {}")
                    .with([shown(&path), line.to_string(), column.to_string(), why]),
            ),
            LoadError::UnknownKey { path, profile, key, near } => {
                let place = profile.map_or(key.clone(), |profile| format!("profile.{profile}.{key}"));
                let error = setting(
                    "config.unknown_key",
                    Word::new("{}：不认识 {}", "{}: unknown key {}").with([shown(&path), place]),
                );
                match near {
                    Some(near) => error.hint(Word::new("是不是 {}？", "did you mean {}?").with([near])),
                    None => error,
                }
            }
            LoadError::WrongType { path, key } => setting(
                "config.wrong_type",
                Word::new(
                    "{}：{} 应是文本、数字或 true/false",
                    "{}: {} should be text, a number or true/false",
                )
                .with([shown(&path), key]),
            ),
            LoadError::UnknownProfile { name, existing, path } => {
                let error = setting(
                    "config.unknown_profile",
                    Word::new("没有配置档 {}", "there is no profile {}").with([name]),
                );
                let hint = if existing.is_empty() {
                    Word::new("还没有任何配置档", "there are no profiles yet").into()
                } else {
                    Word::new("已有：{}", "there are: {}").with([existing.join(", ")])
                };
                let _ = path;
                error.hint(hint).next("wxkit init")
            }
        }
    }
}

impl From<BadValue> for Error {
    fn from(bad: BadValue) -> Self {
        let origin = match bad.origin {
            Origin::Flag => format!("--{}", bad.setting.flag),
            Origin::Env(name) => name,
            Origin::Profile(name) => format!("profile.{name}.{}", bad.setting.name),
            Origin::Default => bad.setting.name.to_owned(),
        };
        let wanted = match bad.setting.shape {
            Shape::Text => Word::new("任意文本", "any text").into(),
            Shape::Switch => Word::new("true 或 false", "true or false").into(),
            Shape::Seconds => Word::new("不小于 1 的秒数", "a number of seconds, at least 1").into(),
            Shape::Unix => Word::new("以秒为单位的时间戳", "Unix time in seconds").into(),
            Shape::Choice(words) => Part::from(words.join(", ")),
        };
        let message = Word::new("{} 不能是 “{}”，应是：{}", "{} cannot be \"{}\"; it is: {}");
        Self::new("setting.invalid", Exit::Setting, message.with([origin.into(), bad.text.into(), wanted]))
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::TooOpen { path, mode, wanted } => too_open(&path, mode, wanted),
            StoreError::Io { path, why } => {
                Self { exit: Exit::Setting, ..of_io(&path.display().to_string(), why) }
            }
            StoreError::Busy { waited, .. } => Self::new(
                "store.busy",
                Exit::Busy,
                Word::new(
                    "另一个进程已取了 {} 秒还没取完",
                    "another process has been fetching for {} seconds",
                )
                .with([waited.to_string()]),
            )
            .hint(Word::new("稍后再试", "try again later")),
            StoreError::Overtaken { .. } => Self::new(
                "store.busy",
                Exit::Busy,
                Word::new("另一个进程抢先取了", "another process has fetched meanwhile"),
            )
            .hint(Word::new("再试一次", "try again")),
            StoreError::Away { server, why } => Self::new(
                "store.away",
                Exit::Network,
                Word::new("连接不上 Redis {}：{}", "cannot reach Redis at {}: {}").with([server, why]),
            )
            .hint(Word::new(
                "没有它就不会向微信取 token，以免各机器互相顶掉；检查 --store 和 Redis",
                "no token is fetched without it, or machines would retire each other's; check --store and Redis",
            )),
            StoreError::Refused { server, why } => Self::new(
                "store.refused",
                Exit::Setting,
                Word::new("Redis {} 拒绝了：{}", "Redis at {} says no: {}").with([server, why]),
            )
            .hint(Word::new(
                "检查用户名、密码和权限：redis://用户:密码@主机:端口",
                "check user, password and permissions: redis://USER:PASSWORD@HOST:PORT",
            )),
            StoreError::BadUrl { why } => {
                Self::usage(Word::new("--store 的地址不对：{}", "--store is no address: {}").with([why])).hint(
                    Word::new("写法：redis://[用户:密码@]主机[:端口][/库号]", "like redis://[USER:PASSWORD@]HOST[:PORT][/DB]"),
                )
            }
            StoreError::Garbled { server, name, why: _ } => {
                let command = format!("redis-cli DEL {}", shell_word(&name));
                let message = Word::new("Redis {} 里的条目损坏：{}", "damaged entry in Redis at {}: {}").with([server, name]);
                Self::new("store.corrupt", Exit::Setting, message)
                    .hint(Word::new(
                        "不会自动重取，因为那会让别处正在用的 token 失效；确认后删除它",
                        "it is not replaced by itself, since a new token would retire the one in use elsewhere; delete it if that is fine",
                    ))
                    .next(command)
            }
            StoreError::Corrupt { path, why: _ } => {
                let path = path.display().to_string();
                let command = format!("rm {}", shell_word(&path));
                Self::new("store.corrupt", Exit::Setting, Word::new("{} 损坏", "{} is damaged").with([path]))
                    .hint(Word::new(
                        "不会自动重取，因为那会让别处正在用的 token 失效；确认后删除它",
                        "it is not replaced by itself, since a new token would retire the one in use elsewhere; delete it if that is fine",
                    ))
                    .next(command)
            }
        }
    }
}

impl From<NetError> for Error {
    fn from(error: NetError) -> Self {
        let (message, hint): (Message, Option<Word>) = match error {
            NetError::BadIdentity { why } => (
                Word::new("读不懂商户证书：{}", "the client certificate cannot be read: {}").with([why]),
                None,
            ),
            NetError::WrongPassword => (
                Word::new("商户证书的密码不对", "the password of the client certificate is wrong").into(),
                Some(Word::new(
                    "默认密码是商户号；用 --mch-id 或 --cert-password 给出",
                    "it is the merchant id by default: give --mch-id or --cert-password",
                )),
            ),
            NetError::NoCertificateInside => {
                (Word::new("文件里没有证书", "there is no certificate in that file").into(), None)
            }
            NetError::NoKeyInside => (
                Word::new("文件里没有私钥", "there is no private key in that file").into(),
                Some(Word::new(
                    "把 apiclient_key.pem 也给出（WXKIT_CERT_KEY 或配置 cert_key），或用 apiclient_cert.p12",
                    "name apiclient_key.pem too (WXKIT_CERT_KEY, or cert_key in a profile), or use apiclient_cert.p12",
                )),
            ),
            NetError::EncryptedKey => {
                (Word::new("私钥加了密码", "the private key is locked with a password").into(), None)
            }
            NetError::BadCaFile { why } => {
                (Word::new("读不懂根证书文件：{}", "the CA file cannot be read: {}").with([why]), None)
            }
            NetError::BadProxy { why } => {
                (Word::new("代理地址不对：{}", "the proxy is not a URL: {}").with([why]), None)
            }
            NetError::Tls { why } => {
                (Word::new("TLS 设置不可用：{}", "TLS cannot be set up: {}").with([why]), None)
            }
            NetError::Listen { addr, why } => (
                Word::new("无法监听 {}：{}", "cannot listen on {}: {}")
                    .with([Part::from(addr), io_word(why)]),
                None,
            ),
        };
        let mut error = Self::new("net.setup", Exit::Setting, message);
        error.hint = hint.map(Into::into);
        error
    }
}

/// A certificate that cannot be used, with its file.
pub fn of_identity(path: &str, error: &NetError) -> Error {
    let error = Error::from(error.clone());
    Error {
        message: Word::new("{}：{}", "{}: {}").with([Part::from(path), Part::from(error.message)]),
        ..error
    }
}

/// A request without a reply.
pub fn of_send(error: &SendError) -> Error {
    match error {
        SendError::Unreachable { host, why } => {
            let message =
                Word::new("连接不上 {}：{}", "cannot reach {}: {}").with([host.clone(), why.to_string()]);
            let hint =
                Word::new("请求没有发出，可以放心重试", "nothing was sent, so it is safe to try again");
            Error::new("net.unreachable", Exit::Network, message).hint(hint)
        }
        SendError::Lost { host, why, after } => {
            let message =
                Word::new("{} 在 {} 毫秒内没有完整应答：{}", "no complete reply from {} within {} ms: {}");
            let message = message.with([host.clone(), after.as_millis().to_string(), why.to_string()]);
            let hint = Word::new(
                "请求可能已经生效：结果未知，先查询，不要重下",
                "it may have been done: the outcome is unknown; query before anything else",
            );
            Error::new("net.lost", Exit::Unknown, message).hint(hint)
        }
        SendError::TooLong { limit } => Error::new(
            "reply.too_long",
            Exit::Untrusted,
            Word::new("回复超过 {} 字节", "the reply has more than {} bytes").with([limit.to_string()]),
        ),
        SendError::NoCertificate => missing("cert").hint(Word::new(
            "这个接口要求商户证书：在商户平台下载 apiclient_cert.p12，用 --cert 给出",
            "this call wants the merchant's certificate: download apiclient_cert.p12 and name it with --cert",
        )),
        SendError::BadRequest { why } => {
            Error::usage(Word::new("请求无法发送：{}", "the request cannot be sent: {}").with([why.clone()]))
        }
        SendError::Setup(error) => error.clone().into(),
    }
}

/// A call that did not work, with what to type next.
pub fn of_call(error: CallError, ctx: &Context) -> Error {
    match error {
        CallError::NoHost(row) => Error::bug(row.name),
        CallError::Write(error) => error.into(),
        CallError::Store(error) => error.into(),
        CallError::Elsewhere(failed, kind) => of_elsewhere(failed, kind),
        CallError::Hub(refusal) => of_hub(refusal),
        CallError::Send(unanswered) => {
            let error = of_send(&unanswered.error);
            // A lost read changes nothing: it is only a bad line.
            let harmless = matches!(unanswered.row.scheme, Scheme::Oa);
            let exit = if harmless && error.exit == Exit::Unknown { Exit::Network } else { error.exit };
            let error = Error { exit, ..error };
            if error.exit == Exit::Unknown { with_query(error, &unanswered.sent) } else { error }
        }
        CallError::Read(unbelieved) => {
            let Unbelieved { error, row, sent, .. } = *unbelieved;
            let error = of_reply(row, error);
            match error.exit {
                Exit::Unknown => with_query(error, &sent),
                Exit::Credential if error.code == "pay.credential" => {
                    explained::of_refused_request(error, sent, ctx)
                }
                _ => error,
            }
        }
    }
}

/// The command that finds out what became of an order or refund.
fn with_query(error: Error, sent: &Fields) -> Error {
    let names = ["out_refund_no", "out_trade_no", "transaction_id"];
    let Some((name, number)) = names.iter().find_map(|name| Some((*name, sent.filled(name)?))) else {
        return error;
    };
    let verb = if name == "out_refund_no" { "refund-query" } else { "query" };
    error.next(format!("wxkit pay {verb} {name}={}", shell_word(number)))
}

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
        ErrorKind::MissingRequiredArgument => Word::new("缺少 {}", "{} is missing").with([argument]),
        ErrorKind::InvalidValue if value.is_empty() => {
            Word::new("{} 需要一个值", "{} takes a value").with([argument])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            Word::new("{} 不能是 “{}”", "{} cannot be \"{}\"").with([argument, value])
        }
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

impl From<WireError> for Error {
    fn from(error: WireError) -> Self {
        let (code, message, hint) = wire_words(&error);
        let mut out = Self::new(code, Exit::Usage, message);
        out.hint = hint.map(Into::into);
        out
    }
}

/// Code, what happened, what to do.
fn wire_words(error: &WireError) -> (&'static str, Message, Option<Word>) {
    let at = |at: &usize| at.to_string();
    match error {
        WireError::Empty => (
            "input.empty",
            Word::new("输入是空的", "the input is empty").into(),
            Some(Word::new(
                "请传入 XML、JSON、查询串或 name=value",
                "pass XML, JSON, a query string or name=value words",
            )),
        ),
        WireError::TooLong { len } => (
            "input.too_long",
            Word::new("输入有 {} 字节，最多读 1 MiB", "the input has {} bytes; at most 1 MiB is read")
                .with([at(len)]),
            None,
        ),
        WireError::TooManyFields => (
            "input.too_many_fields",
            Word::new("字段超过 512 个", "there are more than 512 fields").into(),
            None,
        ),
        WireError::NotUtf8 { at: place } => (
            "input.not_utf8",
            Word::new("第 {} 字节起不是 UTF-8", "not UTF-8 from byte {} on").with([at(place)]),
            Some(Word::new(
                "多半是 GBK：微信只接受 UTF-8，先转码，例如 iconv -f GBK -t UTF-8",
                "probably GBK; WeChat takes UTF-8 only: convert it first, for example with iconv -f GBK -t UTF-8",
            )),
        ),
        WireError::Doctype { at: place } => (
            "input.doctype",
            Word::new("第 {} 字节处有 DOCTYPE", "there is a DOCTYPE at byte {}").with([at(place)]),
            Some(Word::new(
                "微信从不发送 DOCTYPE，它可用于 XXE 攻击：请在程序里同样拒绝",
                "WeChat never sends one, and it can be used for XXE attacks: refuse it in your program too",
            )),
        ),
        WireError::Entity { at: place, name } => (
            "input.entity",
            Word::new("第 {} 字节处有未知实体 &{};", "unknown entity at byte {}: &{};")
                .with([at(place), name.clone()]),
            Some(Word::new(
                "XML 只有 lt gt amp quot apos；把 & 写成 &amp; 或使用 CDATA",
                "XML knows lt gt amp quot apos only; write & as &amp; or use CDATA",
            )),
        ),
        WireError::Nested { at: place, name } => (
            "input.nested",
            Word::new("第 {} 字节处的值里又有元素 <{}>", "an element inside a value at byte {}: <{}>")
                .with([at(place), name.clone()]),
            Some(Word::new(
                "微信支付的 XML 只有一层；复杂的值写成 JSON 文本放进 CDATA",
                "pay messages have one level; write complex values as JSON text in CDATA",
            )),
        ),
        WireError::Duplicate { at: place, name } => (
            "input.duplicate",
            Word::new("第 {} 字节处重复出现字段 {}", "the second field of this name at byte {}: {}")
                .with([at(place), name.clone()]),
            Some(Word::new("每个字段只能出现一次", "each name may stand once only")),
        ),
        WireError::Stray { at: place } => (
            "input.stray",
            Word::new("第 {} 字节处有多余的文字", "text where none belongs, at byte {}").with([at(place)]),
            None,
        ),
        WireError::Truncated { at: place } => (
            "input.truncated",
            Word::new("内容在第 {} 字节处中断", "it ends too early, after {} bytes").with([at(place)]),
            Some(Word::new("请检查是否完整复制或接收", "check that it was copied or received completely")),
        ),
        WireError::Malformed { at: place, why } => (
            "input.malformed",
            Word::new("第 {} 字节处格式错误：{}", "malformed at byte {}: {}").with([at(place), why.clone()]),
            None,
        ),
        WireError::BadPercent { at: place } => (
            "input.percent",
            Word::new("第 {} 字节处的 % 后面不是两位十六进制", "a % without two hex digits at byte {}")
                .with([at(place)]),
            Some(Word::new("百分号本身要写成 %25", "a percent sign itself is written %25")),
        ),
        WireError::Unwritable { name } => (
            "input.unwritable",
            Word::new("字段 {} 含有 XML 不能携带的字符", "field {} has characters that XML cannot carry")
                .with([name.clone()]),
            Some(Word::new("去掉控制字符", "remove the control characters")),
        ),
    }
}

impl From<WriteError> for Error {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::NoPayKey => missing("pay_key"),
            WriteError::NoSetting(Fill::AppId) => missing("app_id"),
            WriteError::NoSetting(Fill::MchId) => missing("mch_id"),
            WriteError::NoSetting(_) => missing("app_secret"),
            WriteError::Fields(problems) => of_problems(&problems),
            WriteError::Wire(error) => error.into(),
        }
    }
}

fn of_problems(problems: &[Problem]) -> Error {
    let mut messages = problems.iter().map(Problem::message);
    let first = messages.next().unwrap_or_else(|| Word::new("字段有误", "fields are wrong").into());
    let mut error = Error::new("fields.invalid", Exit::Usage, first);
    error.view = messages.map(View::Bad).collect();
    error
}

impl From<CipherError> for Error {
    fn from(error: CipherError) -> Self {
        let (code, message) = match error {
            CipherError::NotBase64 => {
                ("cipher.not_base64", Word::new("密文不是 base64", "the cipher text is not base64").into())
            }
            CipherError::NotWholeBlocks { len } => (
                "cipher.length",
                Word::new(
                    "密文有 {} 字节，不是 16 的倍数：多半被截断",
                    "the cipher text has {} bytes, no multiple of 16: probably cut off",
                )
                .with([len.to_string()]),
            ),
            CipherError::WrongKey | CipherError::NotText => (
                "cipher.wrong_key",
                Word::new("解密失败：密钥不对", "it does not decrypt: another key").into(),
            ),
            CipherError::BadAesKey { len } => (
                "cipher.aes_key",
                Word::new(
                    "EncodingAESKey 应有 43 个字符，这里有 {} 个",
                    "an EncodingAESKey has 43 characters, this one has {}",
                )
                .with([len.to_string()]),
            ),
        };
        let hint = Word::new(
            "退款通知用该商户号的 APIv2 密钥解密（不是 APIv3 密钥）",
            "refund notices are encrypted with the merchant's APIv2 key, not the APIv3 key",
        );
        Self::new(code, Exit::No, message).hint(hint)
    }
}

/// What a failed read of a reply means to the caller.
pub fn of_reply(row: &Endpoint, error: ReadError) -> Error {
    match error {
        ReadError::Refused(refusal) => of_refusal(row, *refusal),
        ReadError::Wire(wire) => untrusted_shape(&wire),
        ReadError::NotWeChat { status, start } => {
            let message =
                Word::new("回复不是微信的（HTTP {}）：{}", "the reply is not WeChat's (HTTP {}): {}");
            let hint = Word::new(
                "中间有代理、登录页或地址写错；请检查 --base 与 --proxy",
                "a proxy, a login page or a wrong address answered; check --base and --proxy",
            );
            Error::new("reply.not_wechat", Exit::Untrusted, message.with([status.to_string(), start]))
                .hint(hint)
        }
        ReadError::NoPayKey => WriteError::NoPayKey.into(),
        ReadError::Seal { broken, fields } => of_seal(&broken, fields),
        ReadError::ReqInfo(error) => of_req_info(error),
        ReadError::Fields(problems) => of_problems(&problems),
    }
}

fn untrusted_shape(wire: &WireError) -> Error {
    let (_, message, hint) = wire_words(wire);
    let mut error = Error::new("reply.malformed", Exit::Untrusted, message);
    error.hint = hint.map(Into::into);
    error
}

fn of_seal(broken: &SealBroken, fields: Fields) -> Error {
    let mut error = match broken {
        SealBroken::Unsigned => Error::new(
            "reply.unsigned",
            Exit::Untrusted,
            Word::new("回复没有签名，不可信", "the reply carries no signature and is not believed"),
        ),
        SealBroken::Wrong(_) => Error::new(
            "reply.bad_sign",
            Exit::Untrusted,
            Word::new("回复的签名不对，不可信", "the signature of the reply is wrong; it is not believed"),
        ),
    };
    error.upstream = Some(fields);
    error.hint(Word::new(
        "回复可能被篡改，或密钥不是这个商户号的；不要按它发货",
        "it was changed on the way, or the key is another merchant's; do not deliver goods on it",
    ))
}

/// What an encrypted notice that does not open means.
pub fn of_req_info(error: ReqInfoError) -> Error {
    match error {
        ReqInfoError::Missing => Error::new(
            "notify.no_req_info",
            Exit::Usage,
            Word::new("没有 req_info：这不是退款通知", "there is no req_info: this is no refund notice"),
        ),
        ReqInfoError::Cipher(cipher) => cipher.into(),
        ReqInfoError::Inside(wire) => wire.into(),
    }
}

fn of_refusal(row: &Endpoint, refusal: Refusal) -> Error {
    let exit = refusal.known.map_or(Exit::Refused, |known| match known.fault {
        Fault::Credential | Fault::Token => Exit::Credential,
        Fault::Busy => Exit::Busy,
        Fault::Unknown => Exit::Unknown,
        Fault::None | Fault::Business | Fault::Request => Exit::Refused,
    });
    let world = if row.path.starts_with("/cgi-bin") || row.path.starts_with("/sns") { "oa" } else { "pay" };
    let code = match (world, exit) {
        ("oa", Exit::Credential) => "oa.credential",
        ("oa", Exit::Busy) => "oa.busy",
        ("oa", _) => "oa.refused",
        (_, Exit::Credential) => "pay.credential",
        (_, Exit::Busy) => "pay.busy",
        (_, Exit::Unknown) => "pay.unknown",
        _ => "pay.refused",
    };
    let Refusal { code: theirs, text, known, fields } = refusal;
    let said = if text.is_empty() || text == theirs { theirs.clone() } else { format!("{theirs} {text}") };
    let mut error = Error::new(code, exit, Word::new("微信拒绝了：{}", "WeChat refused: {}").with([said]));
    error.hint = known.map(|known| Word::new("{}。{}", "{}. {}").with([known.meaning, known.remedy]));
    error.upstream = Some(fields);
    if known.is_some() {
        error.next.push(format!("wxkit errcode {}", shell_word(&theirs)));
    }
    error
}

/// Quotes a word for a shell, if it needs it.
pub fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_=:./,@%+".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}
