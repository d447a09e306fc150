//! The variables that lead a program to a gateway. Comes in: an identity and an
//! address; goes out: names and values, as lines for a shell or in a file. It says
//! nothing of a gateway that runs, and starts none.

use std::path::Path;

use serde_json::{Map, json};
use wxkit::api::Word;
use wxkit::api::keys::Secret;
use wxkit::mock::Identity;
use wxkit::net::Address;

use super::super::args::{Args, Flag};
use super::super::door;
use super::super::error::{self, Error};
use super::super::outcome::{Outcome, Purpose, View};
use super::super::wiring::Context;
use super::mock_front::{Asked, hosts_line};
use super::mock_keys::{self, KEYS};

/// `mock --print-env`
pub static PRINT_ENV: Flag = Flag::switch(
    "print-env",
    "只打印可供 eval 的环境变量就结束；网关用同样的参数另外启动",
    "Only print environment variables to eval, and end; the gateway is started beside, with the same flags",
);
/// `mock --env-file`
pub static ENV_FILE: Flag = Flag::text(
    "env-file",
    "FILE",
    "只把这些变量写进文件（每行 名字=值）就结束",
    "Only write them into this file, NAME=VALUE lines, and end",
);

/// Every variable that may be told, with and without `--proxy`.
const NAMES: &[&str] = &[
    "WECHAT_BASE",
    "WXKIT_BASE",
    "WXKIT_APP_ID",
    "WXKIT_APP_SECRET",
    "WXKIT_MCH_ID",
    "WXKIT_PAY_KEY",
    "WXKIT_SERIAL",
    "WXKIT_API_V3_KEY",
    "WXKIT_PRIVATE_KEY",
    "WXKIT_WECHAT_KEY",
    "WXKIT_WECHAT_KEY_ID",
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "NODE_EXTRA_CA_CERTS",
    "PHP_INI_SCAN_DIR",
    "HTTPS_PROXY",
    "https_proxy",
    "NO_PROXY",
    "no_proxy",
    "NODE_USE_ENV_PROXY",
    "NODE_OPTIONS",
    "JAVA_TOOL_OPTIONS",
];

/// What leads a program to the gateway at this address; the keys of v3 are in `files`.
pub fn leading(
    files: Option<&Path>,
    ctx: &Context,
    identity: &Identity,
    url: &str,
    asked: Option<&Asked>,
) -> Result<Vec<(&'static str, String)>, Error> {
    let keys = identity.default_keys();
    let shown = |text: Option<String>| text.unwrap_or_default();
    let secret = |secret: Option<Secret>| secret.map(|s| s.expose().to_owned()).unwrap_or_default();
    let mut all = vec![
        ("WECHAT_BASE", url.to_owned()),
        ("WXKIT_BASE", url.to_owned()),
        ("WXKIT_APP_ID", shown(keys.app_id)),
        ("WXKIT_APP_SECRET", secret(keys.app_secret)),
        ("WXKIT_MCH_ID", shown(keys.mch_id)),
        ("WXKIT_PAY_KEY", secret(keys.v2.map(|v2| v2.key))),
    ];
    all.extend(mock_keys::variables(files, identity));
    if let Some(asked) = asked {
        all.extend(asked.variables(ctx, url)?);
    }
    debug_assert!(all.iter().all(|(name, _)| NAMES.contains(name)), "every variable is known");
    Ok(all)
}

/// The variables of a gateway at this address, on stdout or in the file that was asked for.
pub fn told(
    args: &Args,
    ctx: &Context,
    identity: &Identity,
    listen: &Address,
    asked: Option<&Asked>,
) -> Result<Outcome, Error> {
    let Some(url) = listen.known_url() else {
        let message = Word::new("要先知道端口，才能给出环境变量", "the variables have to know the port");
        return Err(Error::usage(message).hint(Word::new(
            "给网关一个固定的端口，如 --listen 127.0.0.1:7780；或直接在网关旁运行程序：wxkit mock -- npm test",
            "give the gateway a port of its own, like --listen 127.0.0.1:7780, or run the program beside it: wxkit mock -- npm test",
        )));
    };
    let pairs = leading(args.text(&KEYS).map(Path::new), ctx, identity, &url, asked)?;
    if let Some(path) = args.text(&ENV_FILE) {
        door::tell_variables(path, &pairs, NAMES)?;
    }
    let mut lines: Vec<String> =
        pairs.iter().map(|(name, value)| format!("export {name}={}", error::shell_word(value))).collect();
    let env: Map<_, _> = pairs.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    let mut data = json!({ "type": "env", "env": env });
    if asked.is_some() {
        let hosts = hosts_line(&url);
        lines.push(format!("# {}", HOSTS_FILE.text(ctx.lang)));
        lines.push(format!("# {hosts}"));
        data["hosts"] = hosts.into();
    }
    let outcome = if args.has(&PRINT_ENV) {
        Outcome::new(data, lines.join("\n")).show(View::Block(lines.join("\n")))
    } else {
        Outcome::new(data, "")
    };
    Ok(outcome.meant_for(Purpose::Asked))
}

const HOSTS_FILE: Word = Word::new(
    "不认识代理的程序：把下面一行加进 /etc/hosts，并让网关监听 443 端口",
    "for programs that know of no proxy: this line for /etc/hosts, and the gateway at port 443",
);
