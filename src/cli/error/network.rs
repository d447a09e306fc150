//! The network and the calls that go over it: not sent, not answered, unknown.

use wxkit::api::endpoint::Scheme;
use wxkit::api::word::Part;
use wxkit::api::{Message, Word};
use wxkit::client::{CallError, Unbelieved};
use wxkit::config::Name;
use wxkit::net::{NetError, SendError};
use wxkit::wire::Fields;

use super::hub::{of_elsewhere, of_hub};
use super::listen::{of_address, of_listen};
use super::{Error, Exit, missing, of_reply, shell_word};

impl From<NetError> for Error {
    fn from(error: NetError) -> Self {
        let (message, hint): (Message, Option<Word>) = match error {
            NetError::Address { addr, bad } => return of_address("listen", &addr, &bad),
            NetError::Listen { addr, why } => return of_listen(&addr, why),
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
        SendError::NoCertificate => missing(Name::Cert).hint(Word::new(
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
pub fn of_call(error: CallError) -> Error {
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
            if error.exit == Exit::Unknown { with_query(error, &sent) } else { error }
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
