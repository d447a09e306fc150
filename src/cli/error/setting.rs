//! Settings, secrets and private files: missing, wrong or unsafe.

use std::path::Path;

use wxkit::api::word::Part;
use wxkit::api::{Message, Word};
use wxkit::config::{BadValue, LoadError, Name, Origin, Place, Shape, SourceError};

use super::parser::parser_word;
use super::typed::{typed, typed_name};
use super::{Error, Exit, io_word, of_room};

/// A setting that is needed and not there.
pub fn missing(name: Name) -> Error {
    let setting = name.setting();
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

/// No place for tokens.
pub fn no_state_home() -> Error {
    let message =
        Word::new("没有设置 HOME，不知道 token 存在哪里", "HOME is not set, so there is no place for tokens");
    Error::new("setting.no_home", Exit::Setting, message).hint(Word::new(
        "用 WXKIT_STORE_DIR 指定目录，或用 --store memory",
        "name a directory in WXKIT_STORE_DIR, or use --store memory",
    ))
}

/// Money on live hosts without a yes.
pub fn money(host: &str) -> Error {
    let message = Word::new("这个操作会在 {} 动用真实资金", "this moves real money at {}").with([host]);
    Error::new("safety.money", Exit::Safety, message).hint(Word::new(
        "确认无误请加 --yes；只想试试请用 --base 指向 wxkit mock",
        "if you mean it, add --yes; to try it out, point --base at a wxkit mock",
    ))
}

/// Money on live hosts, signed with the gateway's published key.
pub fn published_key(host: &str) -> Error {
    let message = Word::new(
        "--private-key 是 wxkit mock 公开的测试密钥，不能用于 {}",
        "--private-key is the published test key of wxkit mock, and not for {}",
    );
    Error::new("safety.test_key", Exit::Safety, message.with([host])).hint(Word::new(
        "换成商户平台下载的 apiclient_key.pem；测试请用 --base 指向 wxkit mock",
        "take the apiclient_key.pem of the merchant platform; for tests point --base at a wxkit mock",
    ))
}

/// An answer to be used as it is, and with a secret in it.
pub fn secret_inside() -> Error {
    let message = Word::new(
        "结果里有你的密钥：遮盖成 *** 就不能用了，所以没有打印",
        "there is a secret of yours in the answer: with *** in its place it would be of no use, so it is not printed",
    );
    Error::new("safety.secret", Exit::Safety, message).hint(Word::new(
        "请从输入里去掉它；确实该在里面，就加 --reveal 原样打印",
        "take it out of what you handed in; if it does belong there, --reveal prints the answer as it is",
    ))
}

/// A reference to a secret that leads nowhere.
pub fn of_source(flag: &str, from: &SourceError) -> Error {
    let message = match from {
        SourceError::NoVariable(name) => Word::new("--{}：没有环境变量 {}", "--{}: there is no variable {}")
            .with([flag.to_owned(), typed_name(name)]),
        SourceError::File(trouble) => {
            let path = trouble.path().display().to_string();
            return dollarless(with_flag(flag, trouble.clone().into()), typed(&path) != path);
        }
        // Whoever can ask does not hand it on.
        SourceError::Prompt => return no_input(flag),
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
    let error = Error::new("setting.secret", Exit::Setting, message);
    let is_expanded = matches!(from, SourceError::NoVariable(name) if typed_name(name) != *name);
    dollarless(error, is_expanded)
}

/// `@FILE` in the place of a secret: it is signed with its own characters otherwise.
pub fn at_for_file(flag: &str) -> Error {
    let message =
        Word::new("--{}：这里不用 @ 表示文件", "--{}: a file is not written with @ here").with([flag]);
    Error::usage(message).hint(Word::new(
        "写 file:路径；密钥本身以 @ 开头时，用 env:变量名 交进来",
        "write file:PATH; a secret that begins with @ itself comes in by env:NAME",
    ))
}

/// A value in the place of a name: the shell put it there.
fn dollarless(error: Error, is_expanded: bool) -> Error {
    if !is_expanded {
        return error;
    }
    error.hint(Word::new(
        "env: 后面写变量的名字，file: 后面写路径，都不加 $：shell 会把 $名字 换成它的值",
        "a name stands behind env: and a path behind file:, both without a $: the shell puts the value in the place of $NAME",
    ))
}

/// A file that cannot be used, with the flag that named it.
fn with_flag(flag: &str, error: Error) -> Error {
    let message = Word::new("--{}：{}", "--{}: {}").with([Part::from(flag), error.message.into()]);
    Error { exit: Exit::Setting, message, ..error }
}

/// Where a secret was looked for.
pub fn place_word(place: &Place) -> Part {
    match place {
        Place::Variable(name) => typed_name(name).into(),
        Place::File(path) => typed(&path.display().to_string()).into(),
        Place::Stdin => Word::new("标准输入", "stdin").into(),
        Place::Here => Word::new("值", "the value").into(),
    }
}

/// A profile that would be written over.
pub fn profile_exists(name: &str) -> Error {
    let message = Word::new("配置档 {} 已存在", "there is a profile {} already").with([name]);
    Error::new("config.exists", Exit::Setting, message).hint(Word::new(
        "用 --force 覆盖，或用 --name 换个名字",
        "replace it with --force, or choose another --name",
    ))
}

impl From<LoadError> for Error {
    fn from(error: LoadError) -> Self {
        let setting = |code, message: Message| Self::new(code, Exit::Setting, message);
        let shown = |path: &Path| path.display().to_string();
        match error {
            LoadError::Disk(trouble) => of_room(Exit::Setting, trouble.into()),
            LoadError::NotToml { path, line, column, why } => setting(
                "config.malformed",
                Word::new("{} 第 {} 行第 {} 列不是 TOML：{}", "{} is not TOML at line {}, column {}: {}")
                    .with([
                        shown(&path).into(),
                        line.to_string().into(),
                        column.to_string().into(),
                        Part::from(parser_word(&why)),
                    ]),
            ),
            LoadError::UnknownKey { path, profile, key, near } => {
                let key = typed(&key);
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
                .with([shown(&path), typed(&key)]),
            ),
            LoadError::BadEntry { path, key, why } => setting(
                "config.bad_entry",
                Word::new("{}：{} {}", "{}: {} {}").with([
                    Part::from(shown(&path)),
                    typed(&key).into(),
                    why.into(),
                ]),
            ),
            LoadError::BadValue(bad) => bad.into(),
            LoadError::ProfileExists { name } => profile_exists(&name),
            LoadError::UnknownProfile { name, existing, path } => {
                let error = setting(
                    "config.unknown_profile",
                    Word::new("没有配置档 {}", "there is no profile {}").with([typed(&name)]),
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
        let advice = address_advice(&bad);
        // What is typed wrongly is wrong use; what stands in a profile or in the environment, a setting.
        let exit = if bad.origin == Origin::Flag { Exit::Usage } else { Exit::Setting };
        let origin = match bad.origin {
            Origin::Flag => format!("--{}", bad.setting.flag),
            Origin::Env(name) => name,
            Origin::Profile(name) => format!("profile.{name}.{}", bad.setting.name),
            Origin::Default => bad.setting.name.to_owned(),
        };
        let wanted = match bad.setting.shape {
            Shape::Text => Word::new("任意文本", "any text").into(),
            Shape::Id => {
                Word::new("半角的字母和数字，没有空白", "ASCII letters and digits, without blanks").into()
            }
            Shape::Switch => Word::new("true 或 false", "true or false").into(),
            Shape::Seconds => {
                Word::new("秒数，如 30、1.5、500ms、2m", "a number of seconds such as 30, 1.5, 500ms, 2m")
                    .into()
            }
            Shape::Url(starts) => Word::new("以 {} 开头的地址", "an address that begins with {}")
                .with([starts.join(", ")])
                .into(),
            Shape::Store => {
                Word::new("file、memory 或 redis://主机:端口", "file, memory or redis://HOST:PORT").into()
            }
            Shape::Unix => Word::new("以秒为单位的时间戳", "Unix time in seconds").into(),
            Shape::Choice(words) => Part::from(words.join(", ")),
        };
        let message = Word::new("{} 不能是 “{}”，应是：{}", "{} cannot be \"{}\"; it is: {}");
        let error = Self::new(
            "setting.invalid",
            exit,
            message.with([origin.into(), typed(&bad.text).into(), wanted]),
        );
        match advice {
            Some(advice) => error.hint(advice),
            None => error,
        }
    }
}

/// What somebody probably meant who wrote an address in another way.
fn address_advice(bad: &BadValue) -> Option<Message> {
    let Shape::Url(_) = bad.setting.shape else { return None };
    if bad.text.starts_with("socks") {
        return Some(
            Word::new(
                "不支持 SOCKS 代理；写 HTTP 代理：--proxy http://主机:端口",
                "SOCKS proxies are not spoken here; name an HTTP proxy: --proxy http://HOST:PORT",
            )
            .into(),
        );
    }
    let is_bare = !bad.text.is_empty() && !bad.text.contains([':', '/', ' ']) || is_host_and_port(&bad.text);
    let meant = Word::new("写成：--{} {}", "write it as: --{} {}");
    is_bare.then(|| meant.with([bad.setting.flag.to_owned(), format!("http://{}", typed(&bad.text))]))
}

fn is_host_and_port(text: &str) -> bool {
    let port = text.rsplit_once(':').map(|(_, port)| port.split('/').next().unwrap_or_default());
    port.is_some_and(|port| port.parse::<u16>().is_ok()) && !text.contains("://")
}
