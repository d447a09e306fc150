//! Replies that are refusals, or that are not believed.

use wxkit::api::endpoint::Endpoint;
use wxkit::api::error_codes::Fault;
use wxkit::api::{ReadError, Refusal, ReqInfoError, SealBroken, V3Part, Word, WriteError};
use wxkit::wire::{Fields, WireError};

use super::input::{of_problems, wire_words};
use super::proof::{no_v3, of_unproved};
use super::{Error, Exit, of_aead, shell_word};

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
        ReadError::NoPayKey | ReadError::Nobody => WriteError::NoPayKey.into(),
        ReadError::NoV3 => no_v3(V3Part::ApiV3Key),
        ReadError::V3(why) => of_unproved(&why),
        ReadError::Aead(why) => Error { exit: Exit::Untrusted, ..of_aead(why) },
        ReadError::Seal { broken, fields } => of_seal(&broken, fields),
        ReadError::ReqInfo(error) => of_req_info(error),
        ReadError::Fields(problems) => Error {
            code: "reply.fields",
            exit: Exit::Untrusted,
            ..of_problems(&problems).hint(Word::new(
                "这不像微信的回复：中间有代理，或 --base 指错了地方",
                "WeChat does not answer so: a proxy stands between, or --base names another place",
            ))
        },
    }
}

/// What the resource of a notice that does not open means.
pub fn of_resource(error: ReadError) -> Error {
    match error {
        ReadError::Aead(why) => of_aead(why),
        ReadError::Fields(_) => Error::new(
            "notify.no_resource",
            Exit::Usage,
            Word::new("没有 resource：这不是 v3 通知", "there is no resource: this is no notice of v3"),
        ),
        ReadError::Wire(wire) => wire.into(),
        _ => no_v3(V3Part::ApiV3Key),
    }
}

fn untrusted_shape(wire: &WireError) -> Error {
    if let WireError::TooLong { len } = wire {
        let message = Word::new(
            "回复有 {} 字节，微信的报文没有这么长",
            "the reply has {} bytes, and no message of WeChat's is that long",
        );
        return Error::new("reply.too_long", Exit::Untrusted, message.with([len.to_string()])).hint(
            Word::new(
                "中间有代理，或 --base 指错了地方",
                "a proxy stands between, or --base names another place",
            ),
        );
    }
    let (_, message, hint) = wire_words(wire);
    let mut error = Error::new("reply.malformed", Exit::Untrusted, message);
    error.hint = hint.map(Into::into);
    error
}

fn of_seal(broken: &SealBroken, fields: Fields) -> Error {
    let (code, message) = if broken.is_missing() {
        let message = Word::new("回复没有签名，不可信", "the reply carries no signature and is not believed");
        ("reply.unsigned", message)
    } else {
        let message =
            Word::new("回复的签名不对，不可信", "the signature of the reply is wrong; it is not believed");
        ("reply.bad_sign", message)
    };
    let mut error = Error::new(code, Exit::Untrusted, message);
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

pub(super) fn of_refusal(row: &Endpoint, refusal: Refusal) -> Error {
    let exit = refusal.known.map_or(Exit::Refused, |known| match known.fault {
        Fault::Credential | Fault::Token => Exit::Credential,
        Fault::Busy => Exit::Busy,
        Fault::Unknown => Exit::Unknown,
        Fault::None | Fault::Business | Fault::Request => Exit::Refused,
    });
    let exit = if refusal.code == ACCEPTED { Exit::Unknown } else { exit };
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
    match theirs.as_str() {
        ACCEPTED => error.hint = Some(AGAIN.into()),
        theirs if theirs.starts_with("HTTP 40") => error.hint = Some(NO_SUCH_PATH.into()),
        _ => {}
    }
    if known.is_some() {
        error.next.push(format!("wxkit errcode {}", shell_word(&theirs)));
    }
    error
}

/// Taken in by WeChat Pay v3, and not done yet.
const ACCEPTED: &str = "HTTP 202";
const AGAIN: Word = Word::new(
    "微信已受理，还没有结果：用完全相同的参数再调用一次，或先查询",
    "WeChat took it in and has no outcome yet: make the very same call again, or query first",
);
const NO_SUCH_PATH: Word = Word::new(
    "微信没有这个接口：核对方法和路径（含大小写）",
    "WeChat has no such call: check the method and the path, letter case included",
);
