//! Calls about keys: WeChat's platform certificates, and its self-test of signing,
//! verifying and encrypting. Rows only.

use super::fields::{REFUSAL, SERIAL, fields, may, must, within};
use super::{CALL, QUERIED};
use crate::api::endpoint::{Endpoint, Kind, Spot};
use crate::api::scheme::{RuleV3, Scheme};
use crate::api::word::Word;

/// The platform certificates, each encrypted with the APIv3 key.
pub static CERTIFICATES: Endpoint = Endpoint {
    name: "v3_certificates",
    path: "/v3/certificates",
    scheme: Scheme::PayV3(RuleV3::Certificates),
    fields: &[
        SERIAL,
        &may("algorithm_type", Kind::Choice(&["RSA", "SM2", "ALL"]), 32)
            .means("证书算法，默认 RSA", "Kind of certificate: RSA (default), SM2 or ALL")
            .at(Spot::Query),
    ],
    reply: fields![
        &[
            &within("data.$n.serial_no", Kind::Text, 64)
                .means("平台证书序列号", "Serial number of the certificate"),
            &within("data.$n.effective_time", Kind::Rfc3339, 64).means("启用时间", "Good from"),
            &within("data.$n.expire_time", Kind::Rfc3339, 64).means("过期时间", "Good until"),
            &within("data.$n.encrypt_certificate.algorithm", Kind::Text, 32)
                .means("加密算法：AEAD_AES_256_GCM", "Cipher: AEAD_AES_256_GCM"),
            &within("data.$n.encrypt_certificate.nonce", Kind::Text, 16)
                .means("加密随机串", "Nonce of the cipher"),
            &may("data.$n.encrypt_certificate.associated_data", Kind::Text, 16)
                .means("附加数据：certificate", "What is authenticated beside it: certificate"),
            &within("data.$n.encrypt_certificate.ciphertext", Kind::Text, 0)
                .means("加密的证书 PEM", "The certificate as PEM, encrypted"),
        ],
        REFUSAL
    ],
    errors: &[
        "PARAM_ERROR",
        "INVALID_REQUEST",
        "SIGN_ERROR",
        "RESOURCE_NOT_EXISTS",
        "FREQUENCY_LIMITED",
        "SYSTEM_ERROR",
    ],
    about: Word::new("下载平台证书", "Download WeChat's platform certificates"),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4012551764",
    ..QUERIED
};

/// WeChat's own self-test.
pub static ECHO: Endpoint = Endpoint {
    name: "v3_echo",
    path: "/v3/security/echo",
    fields: &[
        SERIAL,
        &must("echo_message", Kind::Text, 0).means("任意文本，原样返回", "Any text; it comes back"),
        &may("notify_url", Kind::NotifyUrl, 256).means("接收测试通知的地址", "Where a test notice goes"),
        &may("encrypted_echo_message", Kind::Encrypted, 0)
            .means("任意文本，加密传送和返回", "Any text; it goes and comes back encrypted"),
    ],
    reply: fields![
        &[
            &must("echo_message", Kind::Text, 0).means("收到的文本", "The text as it arrived"),
            &may("encrypted_echo_message", Kind::Encrypted, 0)
                .means("收到的文本（加密）", "The text as it arrived, encrypted"),
        ],
        REFUSAL
    ],
    errors: &["PARAM_ERROR", "INVALID_REQUEST", "SIGN_ERROR", "FREQUENCY_LIMITED", "SYSTEM_ERROR"],
    about: Word::new("自检：签名、验签、加密是否都对", "Self-test of signing, verifying and encrypting"),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4012365336",
    ..CALL
};
