//! The network and the calls that go over it: not sent, not answered, unknown.

use wxkit::api::endpoint::{Leaves, Scheme};
use wxkit::api::word::Part;
use wxkit::api::{Endpoint, Message, ReadError, Word};
use wxkit::client::notices::examine::{Mute, NoExam};
use wxkit::client::{CallError, Unanswered, Unbelieved};
use wxkit::net::{NetError, SendError};
use wxkit::wire::Fields;
use wxkit::wire::tree::{self, Nulls};

use super::hub::{of_elsewhere, of_hub, of_hub_away};
use super::listen::{of_address, of_listen};
use super::parser::parser_word;
use super::send::{UNKNOWN, of_send, said_word};
use super::{Error, Exit, View, of_reply, shell_word};

impl From<NetError> for Error {
    fn from(error: NetError) -> Self {
        let (message, hint): (Message, Option<Word>) = match error {
            NetError::Address { addr, bad } => return of_address("listen", &addr, &bad),
            NetError::Listen { addr, why } => return of_listen(&addr, why),
            NetError::BadIdentity { why } => (
                Word::new("读不懂商户证书：{}", "the client certificate cannot be read: {}")
                    .with([parser_word(&why)]),
                None,
            ),
            NetError::NoPkcs12 => (
                Word::new("这个构建不读 p12 文件", "this build reads no p12 files").into(),
                Some(Word::new(
                    "用 PEM：--cert apiclient_cert.pem --cert-key apiclient_key.pem（商户平台的压缩包里都有）",
                    "use PEM: --cert apiclient_cert.pem --cert-key apiclient_key.pem (the archive of the merchant platform has both)",
                )),
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
                    "用 --cert-key 给出 apiclient_key.pem，或把 apiclient_cert.p12 给 --cert",
                    "name apiclient_key.pem with --cert-key, or give apiclient_cert.p12 to --cert",
                )),
            ),
            NetError::EncryptedKey => {
                (Word::new("私钥加了密码", "the private key is locked with a password").into(), None)
            }
            NetError::EmptyCaFile => (
                Word::new("根证书文件里没有证书", "there is no certificate in the CA file").into(),
                Some(CA_FILE),
            ),
            NetError::BadCaFile { why } => (
                Word::new("读不懂根证书文件：{}", "the CA file cannot be read: {}").with([parser_word(&why)]),
                Some(CA_FILE),
            ),
            NetError::BadProxy { why } => {
                (Word::new("代理地址不对：{}", "the proxy is not a URL: {}").with([parser_word(&why)]), None)
            }
            NetError::Ca { why } => (
                Word::new("CA 证书不可用：{}", "the CA cannot be used: {}").with([parser_word(&why)]),
                Some(Word::new(
                    "删掉这个文件，下次会重新生成",
                    "delete this file, and the next time a new one is made",
                )),
            ),
            NetError::Tls { why } => {
                (Word::new("TLS 设置不可用：{}", "TLS cannot be set up: {}").with([parser_word(&why)]), None)
            }
        };
        let mut error = Self::new("net.setup", Exit::Setting, message);
        error.hint = hint.map(Into::into);
        error
    }
}

const CA_FILE: Word = Word::new(
    "--ca-file 要 PEM 文件：以 -----BEGIN CERTIFICATE----- 开头",
    "--ca-file wants a PEM file: it begins with -----BEGIN CERTIFICATE-----",
);

/// A certificate that cannot be used, with its file.
pub fn of_identity(path: &str, error: &NetError) -> Error {
    let error = Error::from(error.clone());
    Error {
        message: Word::new("{}：{}", "{}: {}").with([Part::from(path), Part::from(error.message)]),
        ..error
    }
}

/// A receiver that cannot be examined.
pub fn of_exam(error: NoExam) -> Error {
    match error {
        NoExam::Write(error) => error.into(),
        NoExam::Nobody(error) => of_send(&error),
        NoExam::Mute(mute) => of_witness(&mute),
    }
}

/// Nobody counts what was booked.
fn of_witness(mute: &Mute) -> Error {
    let why = match mute {
        Mute::Failed(why) => Word::new("失败了：{}", "it failed: {}").with([said_word(why)]),
        Mute::NoNumber(said) => Word::new("它说的是“{}”", "it said \"{}\"").with([said.as_str()]),
        Mute::Late => Word::new("10 秒内没有说完", "it took more than 10 seconds").into(),
    };
    let message =
        Word::new("数不出入账次数：{}", "what was booked cannot be counted: {}").with([Part::from(why)]);
    let hint = Word::new(
        "--verify-cmd 的命令或 --verify-url 的地址只应给出一个整数，如 select count(*)",
        "the command of --verify-cmd, or the address of --verify-url, has to give one whole number, like select count(*)",
    );
    Error::usage(message).hint(hint)
}

/// A call that did not work, with what to type next.
pub fn of_call(error: CallError) -> Error {
    match error {
        CallError::NoHost(row) => Error::bug(row.name),
        CallError::Write(error) => error.into(),
        CallError::Store(error) => error.into(),
        CallError::Elsewhere(failed, kind) => of_elsewhere(failed, kind),
        CallError::Hub(refusal) => of_hub(refusal),
        CallError::HubAway(error) => of_hub_away(&error),
        CallError::Interrupted => interrupted(),
        CallError::Send(unanswered) => of_unanswered(&unanswered),
        CallError::Read(unbelieved) => of_unbelieved(*unbelieved),
    }
}

/// Told to stop before anything was sent.
fn interrupted() -> Error {
    Error::new("interrupted", Exit::Interrupted, Word::new("已中断", "interrupted"))
        .hint(Word::new("请求还没有发出", "no request was on its way"))
}

/// No reply: what that means depends on what the call may have done.
fn of_unanswered(unanswered: &Unanswered) -> Error {
    let Unanswered { error, row, sent, .. } = unanswered;
    let told = of_send(error);
    let told = match error {
        SendError::Lost { .. } => lost(told, row, sent),
        // Too long to be read: the reply of a trade may say that it was done.
        SendError::TooLong { .. } => doubted(told, row, sent),
        _ => told,
    };
    Error { exit: if error.is_interrupted() { Exit::Interrupted } else { told.exit }, ..told }
}

fn lost(error: Error, row: &Endpoint, sent: &Fields) -> Error {
    match row.leaves {
        Leaves::Trade => with_query(error, row, sent),
        Leaves::Token => error.hint(RETIRED).next("wxkit token get --force"),
        Leaves::UsedCode => error.hint(USED_UP),
        // A lost read changes nothing: it is only a bad line.
        Leaves::Nothing if matches!(row.scheme, Scheme::Oa) => {
            Error { exit: Exit::Network, ..error.hint(ONLY_READS) }
        }
        Leaves::Nothing => with_query(error.hint(ONLY_READS), row, sent),
    }
}

/// A reply that is no answer. WeChat's own no is one; everything else leaves a
/// trade unknown, whatever stands in it.
fn of_unbelieved(unbelieved: Unbelieved) -> Error {
    let Unbelieved { error, row, sent, reply, .. } = unbelieved;
    let is_refusal = matches!(error, ReadError::Refused(_));
    let mut error = of_reply(row, error);
    // What WeChat's support asks for first.
    if let Some(id) = reply.header("request-id") {
        error.view.push(View::Say(Word::new("Request-ID：{}", "Request-ID: {}").with([id])));
    }
    match error.exit {
        Exit::Unknown => with_query(error, row, &sent),
        _ if is_refusal => error,
        _ => doubted(error, row, &sent),
    }
}

/// A reply that nobody believes says nothing about what was done.
fn doubted(error: Error, row: &Endpoint, sent: &Fields) -> Error {
    let also = |first: Word, error: Error| match error.hint.clone() {
        Some(hint) => error.hint(Word::new("{}。{}", "{}. {}").with([Part::from(first), hint.into()])),
        None => error.hint(first),
    };
    match row.leaves {
        Leaves::Nothing => error,
        Leaves::Token => also(RETIRED, error).next("wxkit token get --force"),
        Leaves::UsedCode => also(USED_UP, error),
        Leaves::Trade => with_query(Error { exit: Exit::Unknown, ..also(UNKNOWN, error) }, row, sent),
    }
}

const RETIRED: Word = Word::new(
    "微信可能已经发了新的 token，那样旧的最多再用 5 分钟：请重新获取",
    "WeChat may have handed out a new token, and then the old one ends within 5 minutes: fetch again",
);
const USED_UP: Word = Word::new(
    "code 可能已经用掉，它只能用一次：请让用户重新授权",
    "the code may be used up, and it works only once: let the user authorize again",
);
const ONLY_READS: Word = Word::new(
    "这个请求只查询，不改变任何东西，可以重试",
    "this call only reads and changes nothing: it can be repeated",
);

/// The command that finds out what became of what was sent.
fn with_query(error: Error, row: &Endpoint, sent: &Fields) -> Error {
    if matches!(row.scheme, Scheme::PayV3(_)) {
        return with_v3_query(error, sent);
    }
    let names = ["out_refund_no", "out_trade_no", "transaction_id"];
    let Some((name, number)) = names.iter().find_map(|name| Some((*name, sent.filled(name)?))) else {
        return error;
    };
    let verb = if name == "out_refund_no" { "refund-query" } else { "query" };
    error.next(format!("wxkit pay {verb} {name}={}", shell_word(number)))
}

/// Own numbers of pay v3, the more special first, with the command that asks for each
/// and what it wants to know besides.
const V3_QUERIES: &[(&str, &str, &[&str])] = &[
    ("out_return_no", "profitsharing-return-query", &["out_order_no", "sub_mchid"]),
    ("out_refund_no", "refund-query", &["sub_mchid"]),
    ("out_bill_no", "transfer-query", &[]),
    ("combine_out_trade_no", "combine-query", &[]),
    ("out_order_no", "profitsharing-query", &["transaction_id", "sub_mchid"]),
    ("out_trade_no", "query", &["sub_mchid"]),
    ("transaction_id", "query", &["sub_mchid"]),
];

fn with_v3_query(error: Error, sent: &Fields) -> Error {
    // A body that was written elsewhere is one field without a name.
    let whole = sent.get("").and_then(|text| tree::read(text.as_bytes(), Nulls::Empty).ok());
    let said = |name: &str| sent.filled(name).or_else(|| whole.as_ref()?.filled(name));
    let Some((name, verb, more)) = V3_QUERIES.iter().find(|(name, ..)| said(name).is_some()) else {
        return error;
    };
    let names = [*name].into_iter().chain(more.iter().copied());
    let words = names.filter_map(|name| Some(format!(" {name}={}", shell_word(said(name)?))));
    error.next(format!("wxkit v3 {verb}{}", words.collect::<String>()))
}
