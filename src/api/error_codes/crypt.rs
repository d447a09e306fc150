//! Messages that WeChat pushes to a server: the codes of the official crypt samples
//! (`WXBizMsgCrypt`), and what the console says when it checks the URL. Pure rows;
//! knows no other table.

use super::row::{Area, ErrorCode, Fault, Messages};
use crate::api::word::Word;

const PAGE: &str = "https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Message_encryption_and_decryption_instructions.html";
const URL_CHECK: &str =
    "https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/Access_Overview.html";

/// Messages that WeChat pushes to a server.
pub(super) const AREA: &Area = &Area {
    word: Word::new("消息推送与加解密", "message push and encryption"),
    marks: &["msg_signature", "encodingaeskey", "wxbizmsgcrypt"],
    messages: Messages::SayLess,
};

const fn code(code: &'static str, text: &'static str, fault: Fault) -> ErrorCode {
    ErrorCode::new(AREA, PAGE, code, text, fault)
}

/// What the official samples return.
pub static CODES: &[ErrorCode] = &[
    code("-40001", "签名验证错误", Fault::Credential)
        .also(&["ValidateSignatureError", "signature verification failed"])
        .means("msg_signature 与算出的不一致", "msg_signature is not the one that was computed")
        .remedy(
            "核对 Token；要用 msg_signature（不是 signature），对 Token、timestamp、nonce、Encrypt 四个值排序后做 SHA1。\
             把地址和请求体一起交给 wxkit explain",
            "Check the Token; use msg_signature (not signature): SHA1 of Token, timestamp, nonce and Encrypt, \
             sorted. Give the URL and the body to wxkit explain",
        ),
    code("-40002", "xml解析失败", Fault::Request)
        .also(&["ParseXmlError"])
        .means("收到的 XML 解析不了", "The XML that came cannot be parsed")
        .remedy(
            "把未改动的请求体交给解密函数；确认框架没有先读走或转码，消息格式选的是 XML 而不是 JSON",
            "Hand the untouched body to the function; check that the framework did not read or convert it, and \
             that the account sends XML and not JSON",
        ),
    code("-40003", "sha加密生成签名失败", Fault::Request)
        .also(&["ComputeSignatureError"])
        .means("计算 SHA1 签名时出错", "The SHA1 signature could not be computed")
        .remedy(
            "四个输入都要是字符串：核对 timestamp、nonce、Encrypt 有没有取到空值",
            "All four inputs have to be text: check that timestamp, nonce and Encrypt are not null",
        ),
    code("-40004", "SymmetricKey非法", Fault::Credential)
        .also(&["IllegalAesKey", "EncodingAESKey 非法"])
        .means("EncodingAESKey 不合法", "The EncodingAESKey is not valid")
        .remedy(
            "从后台重新复制 EncodingAESKey：43 位字母和数字，不带 = 和空格",
            "Copy the EncodingAESKey again: 43 letters and digits, no = and no blanks",
        ),
    code("-40005", "appid校验失败", Fault::Credential)
        .also(&["ValidateAppidError", "ValidateCorpidError", "corpid 校验失败", "AppID 校验错误"])
        .means("解密出的 AppID 与配置的不一致", "The decrypted app id is not the configured one")
        .remedy(
            "核对构造函数里的 AppID：公众号填公众号的，第三方平台填 component_appid，企业微信填 CorpID",
            "Check the app id you configured: the account's own, for a component its component_appid, for WeCom \
             the CorpID",
        ),
    code("-40006", "aes加密失败", Fault::Request)
        .also(&["EncryptAESError"])
        .means("AES 加密失败", "AES encryption failed")
        .remedy(
            "核对 EncodingAESKey（43 位）；旧版 Java 要装无限制强度策略文件，PHP 要用 openssl 而不是 mcrypt",
            "Check the EncodingAESKey (43 characters); old Java wants the unlimited-strength policy files, PHP \
             wants openssl and not mcrypt",
        ),
    code("-40007", "aes解密失败", Fault::Credential)
        .also(&["DecryptAESError"])
        .means("AES 解密失败", "AES decryption failed")
        .remedy(
            "核对 EncodingAESKey 是这个账号当前的；密文里的 + 不能变成空格，填充按 32 字节块去掉",
            "Check that the EncodingAESKey is the account's present one; no + of the cipher text may turn into a \
             blank, and the padding is that of 32-byte blocks",
        ),
    code("-40008", "解密后得到的buffer非法", Fault::Request)
        .also(&["IllegalBuffer"])
        .means("解密出的内容结构不对", "What was decrypted has the wrong structure")
        .remedy(
            "结构是 16 字节随机数、4 字节长度（大端）、消息、AppID；核对密钥和填充的去除方式",
            "It is 16 random bytes, 4 bytes of length (big endian), the message, the app id; check the key and \
             how the padding is taken off",
        ),
    code("-40009", "base64加密失败", Fault::Request)
        .also(&["EncodeBase64Error", "base64加密错误"])
        .means("base64 编码失败", "base64 encoding failed")
        .remedy("核对要加密的内容不是空的", "Check that there is something to encode"),
    code("-40010", "base64解密失败", Fault::Request)
        .also(&["DecodeBase64Error", "base64解密错误"])
        .means("base64 解码失败", "base64 decoding failed")
        .remedy(
            "Encrypt 要原样取出：不要做 URL 解码、不要带 CDATA 标记和换行",
            "Take Encrypt as it is: no URL decoding, no CDATA marks, no line breaks",
        ),
    code("-40011", "生成xml失败", Fault::Request)
        .also(&["GenReturnXmlError"])
        .means("生成回复的 XML 失败", "The XML of the reply could not be made")
        .remedy(
            "核对回复里的值都是文本，且没有多包一层 XML",
            "Check that every value of the reply is text, and that it is not wrapped in XML twice",
        ),
];

/// What the console says when it checks the URL.
pub static TEXTS: &[ErrorCode] = &[
    code("", "Token验证失败", Fault::Request)
        .page(URL_CHECK)
        .also(&["token校验失败", "配置失败，Token验证失败"])
        .means(
            "微信请求了你的 URL，但没有收到原样的 echostr",
            "WeChat called the URL and did not get its echostr back as it was",
        )
        .remedy(
            "验证签名（Token、timestamp、nonce 排序后 SHA1）后只输出 echostr 本身：没有引号、BOM、空行、HTML 或调试信息；\
             后台的 Token 与代码里的一致；GET 请求要放行。本地可用 wxkit mock 试",
            "After checking the signature (SHA1 of Token, timestamp and nonce, sorted) print nothing but echostr: no \
             quotes, BOM, blank line, HTML or debug output; the Token of the console and the code are the same; GET \
             is let through. Try it locally with wxkit mock",
        ),
    code("", "请求URL超时", Fault::Request)
        .page(URL_CHECK)
        .also(&["请求 URL 超时，请稍后再试", "系统发生错误，请稍后重试"])
        .means(
            "微信在 5 秒内没有从你的 URL 得到回答",
            "WeChat got no answer from the URL within 5 seconds",
        )
        .remedy(
            "URL 要能从公网访问（80 或 443 端口、域名已解析、防火墙和安全组放行、证书链完整），并立即返回 echostr",
            "The URL has to be reachable from outside (port 80 or 443, DNS, firewall and security group, whole \
             certificate chain) and to answer echostr at once",
        ),
    code("", "echostr校验失败", Fault::Request)
        .page(URL_CHECK)
        .also(&["echostr校验失败，请您检查是否正确解密并输出明文echostr", "openapi回调地址请求不通过"])
        .means(
            "返回的不是正确的 echostr（企业微信要先解密）",
            "The answer was not the right echostr (WeCom wants it decrypted)",
        )
        .remedy(
            "企业微信：用 EncodingAESKey 解密 echostr，再输出明文；先对参数做 URL 解码。公众号：原样输出 echostr。\
             两种都不要带引号、BOM 和换行",
            "WeCom: decrypt echostr with the EncodingAESKey and print the plain text; URL-decode the parameters \
             first. Official account: print echostr as it is. Neither with quotes, BOM or line end",
        ),
    code("", "该公众号提供的服务出现故障，请稍后再试", Fault::Request)
        .also(&["该小程序提供的服务出现故障，请稍后再试", "该公众号暂时无法提供服务，请稍后再试"])
        .means(
            "你的服务器没有在 5 秒内答复消息，或答复的格式不对",
            "Your server did not answer a message within 5 seconds, or answered in the wrong form",
        )
        .remedy(
            "先答复 success 或空串，再异步处理；答复 XML 时 ToUserName 和 FromUserName 要对调，密文模式要加密",
            "Answer success or nothing at first and work later; in an XML answer ToUserName and FromUserName \
             change places, and in safe mode it is encrypted",
        ),
];
