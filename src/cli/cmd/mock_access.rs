//! `mock --control-from`, `--control-token`: who beside this machine may use the control
//! plane of a gateway. Comes in: flags; goes out: the rule. A network alone opens nothing.

use wxkit::api::Word;
use wxkit::mock::{Access, Network};

use super::super::args::{Args, Flag};
use super::super::error::{self, Error};
use super::super::wiring::Context;

/// `mock --control-from`
pub static CONTROL_FROM: Flag = Flag::texts(
    "control-from",
    "CIDR|any",
    "本机以外，哪些网段也能用控制接口（/_mock/），可重复；要和 --control-token 一起用",
    "Networks that may use the control plane (/_mock/) beside this machine, repeatable; goes with --control-token",
);
/// `--control-token`, of the gateway and of those who use it.
pub static CONTROL_TOKEN: Flag = Flag::text(
    "control-token",
    "REF",
    "控制接口的访问令牌（Authorization: Bearer）；写法同 --app-secret",
    "Bearer token of the control plane; written like --app-secret",
);

/// Shorter ones are guessed.
const SHORTEST: usize = 16;

/// Who may use the control plane.
pub fn asked(args: &Args, ctx: &Context) -> Result<Access, Error> {
    let mut networks = Vec::new();
    for text in args.texts(&CONTROL_FROM) {
        networks.extend(Network::read(text).ok_or_else(|| no_network(text))?);
    }
    if networks.is_empty() {
        return Ok(Access::Loopback);
    }
    if args.text(&CONTROL_TOKEN).is_none() {
        let message = Word::new(
            "--control-from 要和 --control-token 一起用",
            "--control-from goes with --control-token",
        );
        return Err(Error::usage(message).hint(Word::new(
            "例如 --control-token env:CONTROL_TOKEN，请求带上 Authorization: Bearer",
            "such as --control-token env:CONTROL_TOKEN; requests show it as Authorization: Bearer",
        )));
    }
    let token = ctx.secret_of(&CONTROL_TOKEN, args)?;
    if token.expose().len() < SHORTEST {
        let message = Word::new(
            "--control-token 太短，至少 {} 个字符",
            "--control-token is too short: {} characters at least",
        );
        return Err(Error::usage(message.with([SHORTEST.to_string()])).next("openssl rand -hex 16"));
    }
    Ok(Access::Guests { networks, token })
}

fn no_network(text: &str) -> Error {
    let message = Word::new("--control-from 不是网段：{}", "--control-from is no network: {}")
        .with([error::typed(text)]);
    Error::usage(message).hint(Word::new("写成 172.17.0.0/16，或 any", "write 172.17.0.0/16, or any"))
}
