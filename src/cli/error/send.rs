//! Requests without a reply, whoever was asked: not sent, stopped by a proxy, or
//! lost on the way.

use wxkit::api::word::Part;
use wxkit::api::{Message, Word};
use wxkit::config::Name;
use wxkit::net::{Distrust, SendError, Why};

use super::parser::parser_word;
use super::{Error, Exit, missing};

/// A request without a reply.
pub fn of_send(error: &SendError) -> Error {
    match error {
        SendError::Unreachable { host, why } => {
            let message = Word::new("连接不上 {}：{}", "cannot reach {}: {}")
                .with([Part::from(&**host), why_word(why)]);
            let hint =
                Word::new("请求没有发出，可以放心重试", "nothing was sent, so it is safe to try again");
            Error::new("net.unreachable", Exit::Network, message).hint(hint)
        }
        SendError::Proxy { proxy, host, why } => of_proxy(proxy, host, why),
        SendError::Lost { host, why, after } => {
            let message =
                Word::new("{} 在 {} 毫秒内没有完整应答：{}", "no complete reply from {} within {} ms: {}");
            let message =
                message.with([Part::from(&**host), after.as_millis().to_string().into(), why_word(why)]);
            Error::new("net.lost", Exit::Unknown, message).hint(UNKNOWN)
        }
        SendError::TooLong { limit } => Error::new(
            "reply.too_long",
            Exit::Untrusted,
            Word::new("回复超过 {} 字节", "the reply has more than {} bytes").with([limit.to_string()]),
        ),
        SendError::NoCertificate => missing(Name::Cert).hint(Word::new(
            "这个接口要求商户证书：在商户平台下载 apiclient_cert.p12，用 --cert 给出",
            "this call wants the merchant's certificate: download apiclient_cert.p12 and name it with --cert",
        )),
        SendError::BadRequest { why } => Error::usage(
            Word::new("请求无法发送：{}", "the request cannot be sent: {}").with([parser_word(why)]),
        ),
        SendError::Setup(error) => error.clone().into(),
    }
}

/// What happened to the connection. What another program said stays in its words.
pub fn why_word(why: &Why) -> Part {
    match why {
        Why::UnknownHost => Word::new("没有这个主机名", "unknown host").into(),
        Why::Refused => Word::new("连接被拒绝", "connection refused").into(),
        Why::TimedOut => Word::new("超时", "timed out").into(),
        Why::Reset => Word::new("连接被重置", "connection reset").into(),
        Why::Closed => Word::new("连接被关闭", "connection closed").into(),
        Why::Interrupted => Word::new("被中断", "interrupted").into(),
        Why::ProxyAuth => {
            Word::new("HTTP 407，需要用户名和密码", "HTTP 407, it wants a user and a password").into()
        }
        Why::Distrust(why) => distrust_word(*why).into(),
        Why::Tls(text) | Why::CertificateRefused(text) | Why::Other(text) => parser_word(text).into(),
    }
}

/// The same of its short English, in which logs and findings hold it.
pub fn said_word(said: &str) -> Message {
    let found = WHYS.iter().find(|why| why.to_string() == said);
    found.map_or_else(|| parser_word(said), |why| Word::new("{}", "{}").with([why_word(why)]))
}

/// Whatever has words of ours.
const WHYS: [Why; 13] = [
    Why::UnknownHost,
    Why::Refused,
    Why::TimedOut,
    Why::Reset,
    Why::Closed,
    Why::Interrupted,
    Why::ProxyAuth,
    Why::Distrust(Distrust::UnknownIssuer),
    Why::Distrust(Distrust::Expired),
    Why::Distrust(Distrust::NotYet),
    Why::Distrust(Distrust::OtherName),
    Why::Distrust(Distrust::Revoked),
    Why::Distrust(Distrust::Unfit),
];

const fn distrust_word(why: Distrust) -> Word {
    match why {
        Distrust::UnknownIssuer => Word::new("证书的签发者不受信任", Distrust::UnknownIssuer.as_str()),
        Distrust::Expired => Word::new("证书已过期", Distrust::Expired.as_str()),
        Distrust::NotYet => Word::new("证书还没有生效", Distrust::NotYet.as_str()),
        Distrust::OtherName => Word::new("证书是给别的域名的", Distrust::OtherName.as_str()),
        Distrust::Revoked => Word::new("证书已被吊销", Distrust::Revoked.as_str()),
        Distrust::Unfit => Word::new("证书不是服务器用的", Distrust::Unfit.as_str()),
    }
}

/// The proxy let nothing through: it is the one to look at, not WeChat.
fn of_proxy(proxy: &str, host: &str, why: &Why) -> Error {
    let message = Word::new("代理 {} 不通，到不了 {}：{}", "the proxy {} does not let through to {}: {}")
        .with([Part::from(proxy), host.into(), why_word(why)]);
    let hint = if *why == Why::ProxyAuth {
        Word::new(
            "代理要求登录：把地址写成 http://用户:密码@主机:端口；请求没有发出",
            "the proxy wants to know you: write its address as http://USER:PASSWORD@HOST:PORT; nothing was sent",
        )
    } else {
        Word::new(
            "检查 --proxy、WXKIT_PROXY 与 HTTPS_PROXY；请求没有发出，可以放心重试",
            "check --proxy, WXKIT_PROXY and HTTPS_PROXY; nothing was sent, so it is safe to try again",
        )
    };
    Error::new("net.proxy", Exit::Network, message).hint(hint)
}

/// What is said wherever it is not known what was done.
pub(super) const UNKNOWN: Word = Word::new(
    "请求可能已经生效：结果未知，先查询，不要重下",
    "it may have been done: the outcome is unknown; query before anything else",
);
