//! Input that cannot be read, fields that are wrong, secrets that do not open.

use std::path::Path;

use wxkit::api::check::Problem;
use wxkit::api::endpoint::Fill;
use wxkit::api::word::Part;
use wxkit::api::{Message, Word, WriteError};
use wxkit::config::Name;
use wxkit::mock::{BadFault, BadState};
use wxkit::sign::CipherError;
use wxkit::wire::WireError;

use super::parser::parser_word;
use super::proof::no_v3;
use super::{Error, Exit, View, missing, of_aead, of_rsa, shell_word};

impl From<WireError> for Error {
    fn from(error: WireError) -> Self {
        let (code, message, hint) = wire_words(&error);
        let mut out = Self::new(code, Exit::Usage, message);
        out.hint = hint.map(Into::into);
        out
    }
}

/// Two that want standard input: only one of them can have it.
pub fn stdin_twice(first: &str, second: &str) -> Error {
    let message = Word::new(
        "{} 和 {} 都要读标准输入，只能有一个",
        "{} and {} both want standard input: only one can have it",
    );
    Error::new("input.stdin", Exit::Usage, message.with([first, second])).hint(Word::new(
        "密钥可写成 env:变量名、file:路径 或 prompt；内容可用 --from 文件 给出（不写 --from 时管道就是内容）",
        "a secret can be env:NAME, file:PATH or prompt; the input can be a file, --from FILE (without it a pipe is the input)",
    ))
}

/// A fault that the gateway does not understand.
pub fn of_fault(given: &serde_json::Value, bad: &BadFault) -> Error {
    let shown = given.as_str().map_or_else(|| given.to_string(), str::to_owned);
    let message = Word::new("故障 “{}” 写得不对：{}", "the fault \"{}\" is not understood: {}")
        .with([Part::from(shown), bad.message().into()]);
    let hint = Word::new(
        "写法：接口:故障=值,count=N,rate=10%,after=N,per_minute=N；故障有 {}",
        "write CALL:FAULT=VALUE,count=N,rate=10%,after=N,per_minute=N; the faults are {}",
    );
    Error::new("mock.bad_fault", Exit::Usage, message).hint(hint.with([BadFault::known().join(" ")]))
}

/// Another gateway keeps its state in this file.
pub fn state_in_use(path: &Path) -> Error {
    let path = path.display().to_string();
    let message = Word::new("{} 正被另一个 wxkit mock 使用", "{} is in use by another wxkit mock");
    let hint = Word::new(
        "两个网关写同一个文件会互相覆盖；停掉那一个，或用 --state 换一个文件",
        "two gateways would overwrite each other there: stop the other one, or name another file with --state",
    );
    Error::new("mock.state_in_use", Exit::Busy, message.with([path])).hint(hint)
}

/// A file that holds no state of the gateway.
pub fn of_state(path: &Path, bad: &BadState) -> Error {
    let path = path.display().to_string();
    let message = Word::new("{}：{}", "{}: {}").with([Part::from(path.as_str()), bad.message().into()]);
    let hint = Word::new(
        "文件没有被改动；换一个 --state 文件，或移走它重新开始",
        "the file is untouched; name another one with --state, or move it away to start afresh",
    );
    let away = format!("mv {0} {0}.old", shell_word(&path));
    Error::new("mock.bad_state", Exit::Usage, message).hint(hint).next(away)
}

/// What to do with more than a message can be.
const ONE_MESSAGE: Word = Word::new(
    "没有这么大的报文：只传入那一条；成批的报文用 pay verify --batch",
    "no message is that large: hand in the one message; many go through pay verify --batch",
);

/// Code, what happened, what to do.
pub(super) fn wire_words(error: &WireError) -> (&'static str, Message, Option<Word>) {
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
        WireError::TooLong { .. } => (
            "input.too_long",
            Word::new("输入超过 1 MiB，没有读下去", "the input is longer than 1 MiB, the most that is read")
                .into(),
            Some(ONE_MESSAGE),
        ),
        WireError::TooManyFields => (
            "input.too_many_fields",
            Word::new(
                "字段超过 512 个，没有读下去",
                "there are more than 512 fields, the most that are read",
            )
            .into(),
            Some(ONE_MESSAGE),
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
        WireError::NotText { at: place, name } => (
            "input.not_text",
            Word::new("第 {} 字节处的 {} 不是字符串", "not a string at byte {}: {}")
                .with([at(place), name.clone()]),
            None,
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
            Word::new("第 {} 字节处格式错误：{}", "malformed at byte {}: {}")
                .with([Part::from(at(place)), parser_word(why).into()]),
            None,
        ),
        WireError::BadPercent { at: place } => (
            "input.percent",
            Word::new("第 {} 字节处的 % 后面不是两位十六进制", "a % without two hex digits at byte {}")
                .with([at(place)]),
            Some(Word::new("百分号本身要写成 %25", "a percent sign itself is written %25")),
        ),
        WireError::TooDeep { at: place } => ("input.too_deep", TOO_DEEP.with([at(place)]), None),
        WireError::Null { name } => ("input.null", NULL.with([name.clone()]), Some(NO_NULL)),
        WireError::FourBytes { c } => ("input.emoji", EMOJI.with([c.to_string()]), Some(NO_EMOJI)),
        WireError::Clash { name } => ("input.clash", CLASH.with([name.clone()]), Some(AS_PATHS)),
        WireError::Unwritable { name } => unwritable(name),
    }
}

fn unwritable(name: &str) -> (&'static str, Message, Option<Word>) {
    ("input.unwritable", UNWRITABLE.with([name]), Some(NO_CONTROLS))
}

const UNWRITABLE: Word =
    Word::new("字段 {} 含有 XML 不能携带的字符", "field {} has characters that XML cannot carry");
const NO_CONTROLS: Word = Word::new("去掉控制字符", "remove the control characters");
const TOO_DEEP: Word =
    Word::new("第 {} 字节处的 JSON 套得太深", "the JSON at byte {} has too many objects inside each other");
const NULL: Word =
    Word::new("{} 是 null，微信支付 v3 不接受", "{} is null, which WeChat Pay v3 does not take");
const NO_NULL: Word =
    Word::new("没有值的字段不要写进请求体", "leave a field without a value out of the body");
const EMOJI: Word = Word::new(
    "“{}” 占 4 个字节，微信支付 v3 不接受（表情符号、生僻字）",
    "\"{}\" has 4 bytes in UTF-8, which WeChat Pay v3 does not take (emoji, rare characters)",
);
const NO_EMOJI: Word = Word::new("去掉它，或换成文字", "leave it out, or put a word in its place");
const CLASH: Word = Word::new(
    "{} 既是值又是对象，或它的序号不是从 0 起连续的",
    "{} is a value and an object at once, or its numbers do not run on from 0",
);
const AS_PATHS: Word = Word::new(
    "对象写成 amount.total=1，数组写成 goods_detail.0.price=1",
    "write objects as amount.total=1 and lists as goods_detail.0.price=1",
);

impl From<WriteError> for Error {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::NoPayKey => missing(Name::PayKey),
            WriteError::NoSetting(Fill::AppId) => missing(Name::AppId),
            WriteError::NoSetting(Fill::MchId) => missing(Name::MchId),
            WriteError::NoSetting(_) => missing(Name::AppSecret),
            WriteError::NoV3(part) => no_v3(part),
            WriteError::Rsa(why) => of_rsa(why),
            WriteError::Aead(why) => of_aead(why),
            WriteError::Fields(problems) => of_problems(&problems),
            WriteError::Wire(error) => error.into(),
        }
    }
}

pub(super) fn of_problems(problems: &[Problem]) -> Error {
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
