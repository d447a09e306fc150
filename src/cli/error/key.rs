//! Keys and certificates of v3 that cannot be used, and what cannot be opened with
//! them: what the file is, what it should be, what to type next.

use wxkit::api::word::Part;
use wxkit::api::{Message, Word, calendar};
use wxkit::sign::key::Algorithm;
use wxkit::sign::{AeadError, KeyError, RsaError};

use super::{Error, Exit};

const INSPECT: &str = "wxkit key inspect apiclient_key.pem apiclient_cert.pem";

fn key(code: &'static str, message: impl Into<Message>) -> Error {
    Error::new(code, Exit::Setting, message).next(INSPECT)
}

/// A file that is not the private key that it should be.
pub fn of_key(place: &str, why: KeyError) -> Error {
    let message = Word::new("{}：{}", "{}: {}").with([Part::from(place), what(why).into()]);
    let hint = match why {
        KeyError::Encrypted => {
            return key("key.encrypted", message)
                .hint(OPEN_FIRST)
                .next("openssl pkcs8 -topk8 -nocrypt -in apiclient_key.pem -out key.pem");
        }
        KeyError::Algorithm(Algorithm::Sm2) => Word::new(
            "国密商户用 SM2 签名，这里只支持 RSA（WECHATPAY2-SHA256-RSA2048）",
            "SM2 merchants sign by another scheme; only RSA (WECHATPAY2-SHA256-RSA2048) is supported here",
        ),
        KeyError::Rsa(RsaError::BrokenKey) => Word::new(
            "复制时丢了或改了字符：重新从证书工具导出 apiclient_key.pem",
            "a character was lost or changed in copying: take apiclient_key.pem from the certificate tool again",
        ),
        _ => Word::new(
            "需要商户 API 证书的私钥 apiclient_key.pem（PKCS#8，BEGIN PRIVATE KEY）",
            "the private key of the merchant API certificate is needed: apiclient_key.pem (PKCS#8, BEGIN PRIVATE KEY)",
        ),
    };
    key("key.wrong_kind", message).hint(hint)
}

const OPEN_FIRST: Word = Word::new(
    "先用它的密码解开；微信支付下发的 apiclient_key.pem 没有密码",
    "open it with its password first; apiclient_key.pem as WeChat Pay hands it out has none",
);

/// What a block is that is of no use.
pub fn what(why: KeyError) -> Message {
    match why {
        KeyError::Empty => Word::new("是空的", "it is empty").into(),
        KeyError::NotPem => {
            Word::new("不是 PEM，也不是密钥的 base64", "neither a PEM nor the base64 of a key").into()
        }
        KeyError::Encrypted => Word::new("私钥有密码保护", "a password protects the private key").into(),
        KeyError::Algorithm(Algorithm::Ec) => Word::new(
            "是椭圆曲线（EC）密钥，微信支付用 RSA",
            "an elliptic-curve (EC) key; WeChat Pay uses RSA",
        )
        .into(),
        KeyError::Algorithm(Algorithm::Sm2) => Word::new("是国密 SM2 密钥", "an SM2 key").into(),
        KeyError::Algorithm(Algorithm::Other) => Word::new("不是 RSA 密钥", "not an RSA key").into(),
        KeyError::Certificate => Word::new("是证书，不是私钥", "a certificate, not a private key").into(),
        KeyError::Public => Word::new("是公钥，不是私钥", "a public key, not a private key").into(),
        KeyError::Request => Word::new("是证书请求（CSR）", "a request for a certificate (CSR)").into(),
        KeyError::Pkcs12 => Word::new("是 PKCS#12（.p12）", "PKCS#12 (.p12)").into(),
        KeyError::Rsa(RsaError::Size { bits }) => Word::new(
            "RSA 密钥只有 {} 位，微信支付要 2048 位",
            "the RSA key has {} bits, and WeChat Pay wants 2048",
        )
        .with([bits.to_string()]),
        KeyError::Rsa(_) => {
            Word::new("RSA 密钥的数字互相对不上", "the numbers of the RSA key do not belong together").into()
        }
    }
}

/// An RSA operation that did not work.
pub fn of_rsa(why: RsaError) -> Error {
    match why {
        RsaError::TooLong { bytes, most } => {
            let message = Word::new("有 {} 字节，最多能加密 {} 字节", "{} bytes; {} fit at most");
            Error::usage(message.with([bytes.to_string(), most.to_string()]))
                .hint(Word::new("只加密单个字段，如姓名、证件号", "seal single fields, like a name or an id number"))
        }
        RsaError::NotSealed => Error::new(
            "v3.not_sealed",
            Exit::Usage,
            Word::new("不是密文：应是 344 个字符的 base64", "this is no ciphertext: it should be base64 of 344 characters"),
        ),
        RsaError::WrongKey => Error::new(
            "v3.wrong_key",
            Exit::No,
            Word::new("用这个私钥解不开", "this private key does not open it"),
        )
        .hint(Word::new(
            "微信支付用商户证书里的公钥加密：用同一张证书的 apiclient_key.pem；填充是 OAEP（SHA-1）",
            "WeChat Pay seals it for the merchant's certificate: use the apiclient_key.pem of that one; the padding is OAEP (SHA-1)",
        )),
        RsaError::BrokenKey | RsaError::Size { .. } => of_key("--private-key", KeyError::Rsa(why)),
    }
}

/// A resource that cannot be opened.
pub fn of_aead(why: AeadError) -> Error {
    let refused = |message: Message| Error::new("v3.aead", Exit::Usage, message);
    match why {
        AeadError::KeyLength { bytes } => api_v3_key_length(bytes),
        AeadError::NonceLength { bytes } => refused(
            Word::new("nonce 有 {} 字节，应为 12 字节", "the nonce has {} bytes, and 12 are needed").with([bytes.to_string()]),
        )
        .hint(Word::new("照报文里的 nonce 原样给出，不要解码", "hand in the nonce as it stands in the message, not decoded")),
        AeadError::NotBase64 => {
            refused(Word::new("ciphertext 不是 base64", "the ciphertext is not base64").into()).hint(Word::new(
                "经过 URL 解码时 + 会变成空格：从原始报文取",
                "URL-decoding turns + into a blank: take it from the raw message",
            ))
        }
        AeadError::TooShort { bytes } => refused(
            Word::new("ciphertext 只有 {} 字节，比认证标签还短", "the ciphertext has {} bytes, less than its tag")
                .with([bytes.to_string()]),
        ),
        AeadError::WrongTag => Error::new(
            "v3.wrong_tag",
            Exit::No,
            Word::new("认证标签不对，解不开", "the tag does not fit: it cannot be opened"),
        )
        .hint(Word::new(
            "核对 APIv3 密钥（不是 APIv2 密钥，也不是改之前的）；associated_data 与 nonce 要和报文一字不差",
            "check the APIv3 key (not the APIv2 key, not the one before a change); associated_data and nonce must be those of the message to the byte",
        )),
    }
}

/// An APIv3 key of another length.
pub fn api_v3_key_length(bytes: usize) -> Error {
    let message =
        Word::new("APIv3 密钥有 {} 字节，应为 32 字节", "the APIv3 key has {} bytes, and 32 are needed");
    Error::new("key.api_v3_length", Exit::Setting, message.with([bytes.to_string()])).hint(Word::new(
        "它是商户平台「API安全」里自己设的 32 位字母数字，不是证书序列号，也不是公钥 ID；别带空格或换行",
        "it is the 32 letters and digits that you set in the console under API security, no serial and no key id; without blanks or line breaks",
    ))
}

/// A file without a key of WeChat Pay.
pub fn no_wechat_key(place: &str) -> Error {
    key("key.wrong_kind", Word::new("{}：里面没有公钥或证书", "{}: no public key and no certificate in it").with([place]))
        .hint(Word::new(
            "需要 pub_key.pem（微信支付公钥）或平台证书；商户自己的证书不能用来验签",
            "pub_key.pem (WeChat Pay's public key) or a platform certificate is needed; the merchant's own certificate verifies nothing",
        ))
}

/// A file without a certificate.
pub fn no_certificate(place: &str) -> Error {
    key("key.wrong_kind", Word::new("{}：里面没有证书", "{}: no certificate in it").with([place]))
}

/// A certificate of another key.
pub fn other_key(place: &str) -> Error {
    key(
        "key.mismatch",
        Word::new("{}：证书与私钥不是一对", "{}: the certificate belongs to another key").with([place]),
    )
    .hint(Word::new(
        "换过证书的话，私钥和证书要一起换（V-KEY-SERIAL）",
        "after a renewal, key and certificate change together (V-KEY-SERIAL)",
    ))
}

/// A certificate whose time is over, or has not begun.
pub fn expired(place: &str, until: i64) -> Error {
    let message = Word::new(
        "{}：证书不在有效期内（到期：{}）",
        "{}: the certificate is out of its time (valid until {})",
    );
    let until = calendar::datetime(u64::try_from(until).unwrap_or_default());
    key("key.expired", message.with([place.to_owned(), until])).hint(Word::new(
        "在商户平台「API安全」里申请新证书；微信支付会回「商户证书已过期」",
        "apply for a new one in the console under API security; WeChat Pay answers 商户证书已过期",
    ))
}

/// Plain text that is none.
pub fn not_text() -> Error {
    let message = Word::new("解开的内容不是 UTF-8 文本", "what was opened is not UTF-8 text");
    Error::new("v3.not_text", Exit::Usage, message)
}
