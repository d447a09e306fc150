//! The token central server, in words: who may ask it, and what it answers its
//! clients.

use wxkit::api::word::Part;
use wxkit::api::{Refusal, Word};
use wxkit::client::hub::BadClients;
use wxkit::client::{Failed, HubRefusal, LeaseKind, lease};
use wxkit::net::SendError;
use wxkit::wire::Fields;

use super::reply::of_refusal;
use super::send::of_send;
use super::{Error, Exit};

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
pub(super) fn of_hub(refusal: HubRefusal) -> Error {
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

/// A token central server that gives no reply. Asking it changes nothing.
pub(super) fn of_hub_away(error: &SendError) -> Error {
    let told = of_send(error);
    let exit = match told.exit {
        Exit::Unknown if error.is_interrupted() => Exit::Interrupted,
        Exit::Unknown => Exit::Network,
        other => other,
    };
    Error { exit, ..told }.hint(Word::new(
        "检查 --hub 的地址，以及中控服务是否在运行；可以重试",
        "check the address of --hub, and whether the hub is running; it is safe to try again",
    ))
}

/// A fetch that somebody else made for us and that failed.
pub(super) fn of_elsewhere(failed: Failed, kind: LeaseKind) -> Error {
    if failed.code.is_empty() {
        let message = Word::new("另一个进程没能从微信取得：{}", "another process could not fetch it: {}");
        return Error::new("net.elsewhere", Exit::Network, message.with([failed.text]))
            .hint(Word::new("稍后再试", "try again later"));
    }
    let known = wxkit::api::error_codes::find(&failed.code);
    let fields = [("errcode", &failed.code), ("errmsg", &failed.text)];
    let fields = fields.into_iter().map(|(n, v)| (n, v.as_str())).collect();
    of_refusal(lease::row(kind), Refusal { code: failed.code, text: failed.text, known, fields })
}
