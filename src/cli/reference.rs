//! What help and man pages say beside the commands: every variable, every file,
//! every exit code. Comes in: the tables; goes out: names and a line for each.

use wxkit::api::{Lang, Word};
use wxkit::config::{SETTINGS, Secrecy};

use super::args::GLOBAL;

/// A heading and its rows: a name, and what it is.
pub struct Section {
    /// As man pages call it.
    pub title: &'static str,
    /// As the reader calls it.
    pub heading: Word,
    /// The rows.
    pub rows: Vec<(String, String)>,
}

/// All of them, in the order of man pages.
pub fn sections(lang: Lang) -> [Section; 4] {
    let rows = |rows: &[(&str, Word)]| rows.iter().map(|(name, about)| row(name, about, lang)).collect();
    [
        Section {
            title: "ENVIRONMENT",
            heading: Word::new("环境变量", "Environment"),
            rows: settings(lang)
                .chain(VARIABLES.iter().map(|(name, about)| row(name, about, lang)))
                .collect(),
        },
        Section { title: "FILES", heading: Word::new("文件", "Files"), rows: rows(FILES) },
        Section { title: "EXIT STATUS", heading: Word::new("退出码", "Exit status"), rows: rows(EXITS) },
        Section { title: "SEE ALSO", heading: Word::new("另见", "See also"), rows: rows(ALSO) },
    ]
}

fn row(name: &str, about: &Word, lang: Lang) -> (String, String) {
    (name.to_owned(), about.text(lang).to_owned())
}

/// Every setting is a variable too; a secret may stand in a file that one names.
fn settings(lang: Lang) -> impl Iterator<Item = (String, String)> {
    SETTINGS.iter().map(move |setting| {
        let name = match setting.secrecy {
            Secrecy::Secret => format!("{}[_FILE]", setting.env),
            Secrecy::Open => setting.env.to_owned(),
        };
        (name, about(setting.flag).map_or_else(String::new, |about| about.text(lang).to_owned()))
    })
}

/// What a setting is: its flag says it, or, where it has none, this table.
fn about(flag: &str) -> Option<Word> {
    let of_flag = GLOBAL.iter().find(|global| global.name == flag).map(|global| global.about);
    of_flag.or_else(|| FLAGLESS.iter().find(|(name, _)| *name == flag).map(|(_, about)| *about))
}

/// Settings without a flag of every command.
const FLAGLESS: &[(&str, Word)] = &[
    ("token", Word::new("服务器配置里的 Token", "Token of the server configuration")),
    ("aes-key", Word::new("服务器配置里的 EncodingAESKey", "EncodingAESKey of the server configuration")),
    (
        "notify-url",
        Word::new("支付通知的默认地址", "Where payment notices go unless an order says otherwise"),
    ),
    ("sign-type", Word::new("默认的签名算法：MD5 或 HMAC-SHA256", "Usual digest: MD5 or HMAC-SHA256")),
    ("store-dir", Word::new("--store file 的目录", "Directory of --store file")),
];

/// Variables that are no settings, most of them not ours.
const VARIABLES: &[(&str, Word)] = &[
    ("LC_ALL, LC_MESSAGES, LANG", Word::new("输出语言", "Language of the output")),
    ("NO_COLOR", Word::new("不着色", "No colour")),
    ("CLICOLOR_FORCE", Word::new("总是着色", "Colour even into a pipe")),
    ("TERM", Word::new("dumb 时不着色", "No colour if it is dumb")),
    (
        "HTTPS_PROXY, NO_PROXY",
        Word::new("HTTP 代理，及不经过它的主机", "HTTP proxy, and the hosts that it is not for"),
    ),
    (
        "WXKIT_SIMD",
        Word::new(
            "最多用到哪种向量指令：avx512、avx2、sse2 或 none",
            "Widest vectors that may be used: avx512, avx2, sse2 or none",
        ),
    ),
    ("XDG_CONFIG_HOME, XDG_STATE_HOME, HOME", Word::new("下列文件的位置", "Where the files below are")),
];

const FILES: &[(&str, Word)] = &[
    ("~/.config/wxkit/config.toml", Word::new("配置档，权限 600", "Profiles, mode 600")),
    (
        "~/.local/state/wxkit/leases/",
        Word::new("各进程共用的 access_token 与 ticket", "access_token and tickets that all processes share"),
    ),
    (
        "~/.local/state/wxkit/ca/",
        Word::new("网关的 CA，私钥权限 600", "the CA of the gateway, its key with mode 600"),
    ),
];

const EXITS: &[(&str, Word)] = &[
    ("0", Word::new("是，完成", "yes, done")),
    (
        "1",
        Word::new(
            "否：签名不符、检查未通过、无法解释",
            "no: a signature does not match, a check failed, nothing could be explained",
        ),
    ),
    ("2", Word::new("用法错误，输入读不懂", "wrong use, unreadable input")),
    ("3", Word::new("缺少设置或密钥，或它不安全", "a setting or secret is missing or unsafe")),
    ("4", Word::new("网络问题，请求肯定没有被处理", "network; the request was provably not processed")),
    ("5", Word::new("微信拒绝（业务）", "WeChat refused")),
    ("6", Word::new("微信拒绝了凭证或签名", "WeChat refused the credentials or the signature")),
    ("7", Word::new("结果未知：已发出，没有应答", "outcome unknown: sent, and no answer")),
    (
        "8",
        Word::new(
            "应答不可信：签名缺失或错误",
            "the reply is not to be trusted: its signature is missing or wrong",
        ),
    ),
    (
        "9",
        Word::new(
            "出于安全拒绝：正式环境动用资金而没有 --yes",
            "refused for safety: money on live hosts without --yes",
        ),
    ),
    ("10", Word::new("忙或被限流，稍后再试", "busy or rate-limited, try later")),
    ("101", Word::new("程序的错误", "a bug of ours")),
    ("130", Word::new("被中断", "interrupted")),
];

const ALSO: &[(&str, Word)] = &[
    ("wxkit help COMMAND", Word::new("某个命令的帮助", "the help of a command")),
    (
        "wxkit errcode CODE",
        Word::new("微信错误码的含义与对策", "what a code of WeChat means, and its remedy"),
    ),
    ("https://pay.weixin.qq.com/doc/", Word::new("微信支付文档", "WeChat Pay documents")),
    (
        "https://developers.weixin.qq.com/doc/offiaccount/",
        Word::new("公众号文档", "documents of Official Accounts"),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_told() {
        let untold: Vec<_> =
            SETTINGS.iter().filter(|setting| about(setting.flag).is_none()).map(|s| s.flag).collect();
        assert!(untold.is_empty(), "{untold:?}");
    }
}
