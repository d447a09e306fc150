//! Messages of pay v3 that are not proved, and keys of v3 that are missing: what is
//! wrong with a reply, why it is not believed, what to look at.

use wxkit::api::bill::BillError;
use wxkit::api::{Message, V3Part, V3Unproved, Word};
use wxkit::config::Name;

use super::{Error, Exit, missing};

/// A part of v3 that a call needs.
pub(super) fn no_v3(part: V3Part) -> Error {
    match part {
        V3Part::PrivateKey => missing(Name::PrivateKey),
        V3Part::ApiV3Key => missing(Name::ApiV3Key),
        V3Part::WechatKey => missing(Name::WechatKey).hint(Word::new(
            "没有它就无法验证微信的应答，所以没有发送。新商户：在商户平台“API安全”下载 pub_key.pem，\
             用 --wechat-key 和 --wechat-key-id 给出；老商户：wxkit v3 certs 下载平台证书",
            "without it no reply can be verified, so nothing was sent. New merchants download pub_key.pem from the \
             merchant platform (API security) and give it with --wechat-key and --wechat-key-id; others get the \
             platform certificates with: wxkit v3 certs",
        )),
    }
}

/// The file of a bill that is not the one that was told.
pub fn of_bill(why: &BillError) -> Error {
    match why {
        BillError::Packed(wire) => Error { exit: Exit::Untrusted, ..wire.clone().into() },
        BillError::OtherDigest { told, own } => {
            let message = Word::new(
                "账单的 SHA-1 是 {}，微信说的是 {}；不可信",
                "the SHA-1 of the bill is {}, and WeChat told {}; it is not believed",
            );
            let hint = Word::new(
                "没有收完整，或在途中被改动：再下载一次",
                "it did not arrive whole, or was changed on the way: download it again",
            );
            Error::new("reply.bad_digest", Exit::Untrusted, message.with([own.clone(), told.clone()]))
                .hint(hint)
        }
    }
}

/// A reply that is not proved.
pub(super) fn of_unproved(why: &V3Unproved) -> Error {
    let (code, message, hint) = words(why);
    Error::new(code, Exit::Untrusted, message).hint(hint)
}

/// Why a notice is not believed.
pub fn notice_unproved(why: &V3Unproved) -> Message {
    match why {
        V3Unproved::Unsigned => Word::new("没有 Wechatpay-* 头", "it has no Wechatpay-* headers").into(),
        V3Unproved::NoHeader(names) => Word::new("缺少 {} 头", "it has no header {}").with([names.clone()]),
        V3Unproved::BadHeader(_) => BAD_HEADER.into(),
        V3Unproved::UnknownKey { known, .. } if known.is_empty() => Word::new(
            "没有配置 --wechat-key（pub_key.pem 或平台证书），无法验证 v3 通知",
            "no --wechat-key (pub_key.pem or platform certificates) is set to check a notice of v3",
        )
        .into(),
        V3Unproved::UnknownKey { serial, .. } => {
            Word::new("是用 {} 签名的，没有配置这把密钥", "it is signed with {}, which is not known here")
                .with([serial.clone()])
        }
        V3Unproved::Stale { timestamp, .. } => Word::new(
            "时间 {} 与现在相差超过 5 分钟：旧通知被重放，或时钟不准",
            "its time, {}, is more than 5 minutes from now: an old one repeated, or a wrong clock",
        )
        .with([timestamp.clone()]),
        V3Unproved::Probe => PROBE.into(),
        V3Unproved::NotBase64 => Word::new("签名不是 base64", "its signature is no base64").into(),
        V3Unproved::Wrong { serial } => Word::new(
            "签名与内容不符（密钥 {}），原因可用 wxkit notify verify --from 文件 查看",
            "the signature does not match its bytes (key {}); wxkit notify verify --from FILE tells why",
        )
        .with([serial.clone()]),
    }
}

/// A message that is signed right, and not with the key that it names.
pub fn of_another_key(serial: &str, known: &[String]) -> (Message, Word) {
    (ANOTHER_KEY.with([serial.to_owned(), known.join(", ")]), wanted_key(serial))
}

fn wanted_key(serial: &str) -> Word {
    if serial.starts_with("PUB_KEY_ID_") { WANTS_PUBLIC } else { WANTS_CERTIFICATE }
}

fn words(why: &V3Unproved) -> (&'static str, Message, Message) {
    match why {
        V3Unproved::Unsigned => ("reply.unsigned", UNSIGNED.into(), STRIPPED.into()),
        V3Unproved::NoHeader(names) => ("reply.unsigned", NO_HEADER.with([names.clone()]), STRIPPED.into()),
        V3Unproved::BadHeader(_) => ("request.bad_header", BAD_HEADER.into(), AUTHORIZATION.into()),
        V3Unproved::UnknownKey { serial, known } => {
            let known = if known.is_empty() { "–".to_owned() } else { known.join(", ") };
            ("reply.unknown_key", UNKNOWN_KEY.with([serial.clone(), known]), wanted_key(serial).into())
        }
        V3Unproved::Stale { timestamp, now } => {
            ("reply.stale", STALE.with([timestamp.clone(), now.to_string()]), CLOCK.into())
        }
        V3Unproved::Probe => ("reply.probe", PROBE.into(), PROBED.into()),
        V3Unproved::NotBase64 => ("reply.bad_sign", NOT_BASE64.into(), CHANGED.into()),
        V3Unproved::Wrong { serial } => ("reply.bad_sign", WRONG.with([serial.clone()]), CHANGED.into()),
    }
}

const BAD_HEADER: Word =
    Word::new("Authorization 头不是 v3 的格式", "the Authorization header is not written as v3 wants it");
const AUTHORIZATION: Word = Word::new(
    "应为 WECHATPAY2-SHA256-RSA2048 加一个空格，再是 mchid nonce_str signature timestamp serial_no 五项，值用双引号，逗号后没有空格",
    "WECHATPAY2-SHA256-RSA2048, a blank, then mchid nonce_str signature timestamp serial_no as name=\"value\", a comma without blanks between them",
);
const UNSIGNED: Word = Word::new(
    "回复没有签名（没有 Wechatpay-* 头），不可信",
    "the reply carries no signature (no Wechatpay-* headers) and is not believed",
);
const NO_HEADER: Word = Word::new("回复缺少 {} 头，不可信", "the reply has no header {} and is not believed");
const STRIPPED: Word = Word::new(
    "微信的 2xx 应答都有签名：这不是微信答的，或中间的代理、网关删了这些头",
    "WeChat signs every 2xx: this is not WeChat, or a proxy on the way removed the headers",
);
const UNKNOWN_KEY: Word = Word::new(
    "回复是用 {} 签名的，这里只有：{}；不可信",
    "the reply is signed with {}, and only these are known: {}; it is not believed",
);
const ANOTHER_KEY: Word = Word::new(
    "签名与内容相符，但 Wechatpay-Serial 是 {}，这里只有：{}；微信按序列号指定密钥，接收方应拒绝",
    "the signature matches, but Wechatpay-Serial is {}, and only these are known: {}; the serial names the key, so a receiver has to refuse it",
);
const WANTS_PUBLIC: Word = Word::new(
    "商户已切换到微信支付公钥：把 pub_key.pem 和它的 ID 用 --wechat-key、--wechat-key-id 给出（可与平台证书并存）",
    "the merchant is in public-key mode: give pub_key.pem and its id with --wechat-key and --wechat-key-id; platform certificates may stay beside it",
);
const WANTS_CERTIFICATE: Word = Word::new(
    "平台证书可能换了：用 wxkit v3 certs 重新下载；核对 serial 是平台证书的，不是商户证书的",
    "the platform certificate may have changed: download it again with wxkit v3 certs; a merchant's serial is another thing",
);
const STALE: Word = Word::new(
    "回复的时间 {} 与本机时间 {} 相差超过 5 分钟，不可信",
    "the time of the reply, {}, is more than 5 minutes from ours, {}; it is not believed",
);
const CLOCK: Word = Word::new(
    "校准本机时钟；时钟没错的话，这是被重放的旧应答",
    "set this machine's clock right; if it is, somebody repeats an old reply",
);
const PROBE: Word = Word::new(
    "这是微信的探测：签名故意写错（WECHATPAY/SIGNTEST/）",
    "a probe of WeChat's: the signature is wrong on purpose (WECHATPAY/SIGNTEST/)",
);
const PROBED: Word = Word::new(
    "拒绝它就对了，不是故障；原样重试一次",
    "refusing it is right, and nothing is broken; repeat the call as it is",
);
const NOT_BASE64: Word =
    Word::new("回复的签名不是 base64，不可信", "the signature of the reply is no base64; it is not believed");
const WRONG: Word = Word::new(
    "回复的签名与内容不符（密钥 {}），不可信",
    "the signature of the reply does not match its bytes (key {}); it is not believed",
);
const CHANGED: Word = Word::new(
    "回复可能被篡改，或 --wechat-key 的文件不是这个 ID 的；不要按它发货",
    "it was changed on the way, or the file of --wechat-key is not the one of this id; do not deliver goods on it",
);
