//! One row per signature: everything that explain knows about it. A new one is
//! a row here, its recipe in `sign`, and a file of edits. Comes in: the name of
//! a scheme, or fields; goes out: the [`Family`]. It searches and says nothing.

use super::cause::{self, Cause};
use super::edits::{self, List};
use crate::api::Word;
use crate::sign::{self, Names, Recipe};
use crate::wire::{Fields, json};

/// Which signature it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scheme {
    /// `wx.config`, of official accounts and of WeCom.
    Jssdk,
    /// `wx.agentConfig` of WeCom.
    AgentConfig,
    /// `cardExt`, `chooseCard`.
    Card,
    /// A pay v2 request, reply or notice; a signed message is one if nothing in it
    /// tells otherwise.
    #[default]
    PayV2,
    /// JSAPI and mini program pay parameters.
    PaySign,
    /// App pay parameters.
    AppSign,
    /// URL check of the message server.
    ServerToken,
    /// `msg_signature` of an encrypted message.
    MsgCrypt,
    /// `pay_sig` of virtual payment.
    Xpay,
    /// `signature` of virtual payment.
    XpayUser,
    /// `signature` of a mini program's user data.
    RawData,
    /// A request of v3.
    V3,
    /// A reply or notice of v3.
    V3Verify,
    /// JSAPI and mini program pay parameters of v3.
    V3PaySign,
    /// App pay parameters of v3.
    V3AppSign,
}

/// What a secret is, or the key that stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    /// A ticket of pages or of cards.
    Ticket,
    /// The key of pay v2.
    PayKey,
    /// The token of the message server.
    Token,
    /// The app key of virtual payment.
    AppKey,
    /// The session key of a mini program's user.
    SessionKey,
    /// The public key of who signed, a certificate of it, or the private key.
    PublicKey,
}

/// Everything that explain knows about one signature.
pub struct Family {
    /// Which one it is.
    pub scheme: Scheme,
    /// How it is made, with the digest that is usual.
    pub recipe: &'static Recipe,
    /// What carries it, by the fields that it has: the first that fits.
    what: &'static [What],
    /// What its secret is.
    pub secret: SecretKind,
    /// The names under which its secret is handed in.
    pub secrets: &'static [&'static str],
    /// The names of the signature itself, the usual one first.
    pub signatures: &'static [&'static str],
    /// Names that are signed, with other words that pages, apps and programs
    /// have for them; letter case and underscores do not matter.
    pub spellings: &'static [(&'static str, &'static [&'static str])],
    /// A field whose value is a JSON object with more fields.
    pub nested: Option<&'static str>,
    /// A field that is signed, but that pages pass elsewhere.
    pub(super) apart: Option<Apart>,
    /// Fields by which it is told where nobody names it: all of one list.
    told_by: &'static [&'static [&'static str]],
    /// Fields with which it is another one.
    unless: &'static [&'static str],
    /// Which digests are allowed.
    pub(super) digests: Digests,
    /// What a wrong digest or a wrong form of its result means.
    pub(super) output: &'static Output,
    /// What its fields are looked over for.
    pub(super) looks: Looks,
    /// Its mistakes.
    pub(super) edits: fn(&mut List<'_, '_>),
    /// What can still be wrong where the arithmetic is right, most usual first.
    pub(super) remaining: &'static [&'static Cause],
    /// What to do next where nothing explains it.
    pub(super) next: &'static [Word],
}

/// What carries a signature, for those who read a paste.
struct What {
    /// Fields that it has.
    with: &'static [&'static str],
    /// Fields that it has not.
    without: &'static [&'static str],
    word: Word,
}

/// A field that is signed, but that pages pass elsewhere.
pub(super) struct Apart {
    /// Its name.
    pub(super) name: &'static str,
    /// Labels under which it is handed in.
    pub(super) labels: &'static [&'static str],
    /// Fields with which it is not signed.
    pub(super) unless: &'static [&'static str],
    /// What it means if nobody hands it in.
    pub(super) missing: Option<&'static Cause>,
}

/// Which digests a signature may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Digests {
    /// That of the recipe.
    One,
    /// MD5 or HMAC-SHA256, as this field says where there is one.
    Two(Option<&'static str>),
    /// RSA over that of the recipe: the signature itself shows which one it is.
    Rsa,
}

/// What a wrong digest or a wrong form of its result means.
pub(super) struct Output {
    /// A digest that is never right.
    pub(super) digest: &'static Cause,
    /// The other one of two digests.
    pub(super) swapped: &'static Cause,
    /// A digest without its key.
    pub(super) unkeyed: &'static Cause,
    /// Base64, a part of the hash, a list of numbers.
    pub(super) form: &'static Cause,
    /// Small letters for capitals, or the reverse.
    pub(super) letters: &'static Cause,
}

/// What the fields are looked over for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looks {
    /// A page's url, nonce and time.
    Page,
    /// The fields of a message of pay v2.
    Message,
    /// What a page hands to WeChat Pay.
    PayPage,
    /// What an app hands to WeChat Pay.
    PayApp,
    /// An encrypted message.
    Letter,
    /// A request of v3.
    V3,
    /// A reply or notice of v3.
    V3Reply,
    /// What a page or an app hands to WeChat Pay, in v3.
    V3Cashier,
    /// Nothing.
    Nothing,
}

/// The table, in the order of the contract.
pub const FAMILIES: [Family; 15] = [
    Family {
        scheme: Scheme::Jssdk,
        recipe: &sign::JSSDK,
        what: &[What::always("JS-SDK 签名", "a JS-SDK signature")],
        secret: SecretKind::Ticket,
        secrets: &["ticket", "jsapi_ticket", "jsapiTicket"],
        signatures: &["signature"],
        spellings: PAGE_NAMES,
        nested: None,
        apart: None,
        told_by: &[&["url", "noncestr"], &["url", "timestamp"]],
        unless: &[],
        digests: Digests::One,
        output: &PAGE,
        looks: Looks::Page,
        edits: edits::jssdk::page,
        remaining: &[
            cause::J_URL_LANDING,
            cause::J_TICKET_STALE,
            cause::J_CONFIG_FIELD,
            cause::J_APPID,
            cause::J_TICKET_OTHER,
            cause::J_TICKET_TYPE,
        ],
        next: &[OTHER_URL, OTHER_TICKET],
    },
    Family {
        scheme: Scheme::AgentConfig,
        recipe: &sign::AGENT_CONFIG,
        what: &[What::always("企业微信 agentConfig 签名", "a signature of WeCom's agentConfig")],
        secret: SecretKind::Ticket,
        secrets: &["ticket", "agent_ticket", "jsapi_ticket"],
        signatures: &["signature"],
        spellings: PAGE_NAMES,
        nested: None,
        apart: None,
        told_by: &[],
        unless: &[],
        digests: Digests::One,
        output: &PAGE,
        looks: Looks::Page,
        edits: edits::jssdk::agent,
        remaining: &[
            cause::J_TICKET_TYPE,
            cause::J_URL_LANDING,
            cause::J_TICKET_STALE,
            cause::J_CONFIG_FIELD,
            cause::J_TICKET_OTHER,
        ],
        next: &[OTHER_AGENT_TICKET, OTHER_URL],
    },
    Family {
        scheme: Scheme::Card,
        recipe: &sign::CARD,
        what: &[What::always("卡券签名", "a card signature")],
        secret: SecretKind::Ticket,
        secrets: &["ticket", "api_ticket"],
        signatures: &["signature", "cardSign", "card_sign"],
        spellings: &[
            ("timestamp", &[]),
            ("nonce_str", &["nonce"]),
            ("card_id", &[]),
            ("code", &["card_code"]),
            ("openid", &[]),
            ("app_id", &["appid"]),
            ("location_id", &["shop_id"]),
            ("card_type", &[]),
        ],
        nested: Some("cardExt"),
        // chooseCard signs the app id and passes it nowhere; addCard does not sign it.
        apart: Some(Apart {
            name: "app_id",
            labels: APP_ID,
            unless: &["card_id", "code", "openid"],
            missing: None,
        }),
        told_by: &[&["card_id"], &["api_ticket", "nonce_str"]],
        unless: &["mch_id"],
        digests: Digests::One,
        output: &PAGE,
        looks: Looks::Nothing,
        edits: edits::card::edits,
        remaining: &[cause::C_TICKET, cause::J_TICKET_STALE, cause::J_APPID],
        next: &[OTHER_CARD_TICKET],
    },
    Family {
        scheme: Scheme::PayV2,
        recipe: &sign::PAY_V2,
        what: &[
            What {
                with: &["transaction_id", "bank_type", "return_code"],
                without: &["trade_state"],
                ..What::always("支付 v2 通知", "a pay v2 notice")
            },
            What { with: &["return_code"], ..PAY_REPLY },
            What { with: &["result_code"], ..PAY_REPLY },
            What::always("支付 v2 请求", "a pay v2 request"),
        ],
        secret: SecretKind::PayKey,
        secrets: &["key"],
        signatures: &["sign", "paySign"],
        spellings: &[],
        nested: None,
        apart: None,
        told_by: &[
            &["mch_id"],
            &["mchid"],
            &["out_trade_no"],
            &["return_code"],
            &["sign_type"],
            &["nonce_str"],
            &["transaction_id"],
            &["wxappid"],
        ],
        unless: &[],
        digests: Digests::Two(Some("sign_type")),
        output: &PAY,
        looks: Looks::Message,
        edits: edits::pay::edits,
        remaining: &[
            cause::P_KEY_SANDBOX,
            cause::P_KEY_OTHER,
            cause::P_KEY_V3,
            cause::P_FIELD_UNSENT,
            cause::P_ENC_GBK,
            cause::P_NOTIFY_RAW,
        ],
        next: &[OTHER_KEY],
    },
    Family {
        scheme: Scheme::PaySign,
        recipe: &sign::PAY_SIGN,
        what: &[What::always("JSAPI/小程序支付参数", "JSAPI pay parameters")],
        secret: SecretKind::PayKey,
        secrets: &["key"],
        signatures: &["paySign", "sign"],
        spellings: &[
            ("appId", &[]),
            ("timeStamp", &[]),
            ("nonceStr", &[]),
            ("package", PACKAGES),
            ("signType", &[]),
        ],
        nested: None,
        apart: Some(Apart { name: "appId", labels: APP_ID, unless: &[], missing: Some(cause::S_APPID_MISS) }),
        told_by: &[
            &["package", "appId"],
            &["package", "timeStamp"],
            &["package", "signType"],
            &["package", "nonceStr"],
        ],
        unless: &[],
        digests: Digests::Two(Some("signType")),
        output: &Output { swapped: cause::S_ALGO_MIX, ..PAY },
        looks: Looks::PayPage,
        edits: edits::pay_page::jsapi,
        remaining: &[cause::S_TS_LOWER, cause::P_KEY_OTHER, cause::S_APPID_OTHER, cause::S_ALGO_MIX],
        next: &[OTHER_KEY, ORDER_SIGN],
    },
    Family {
        scheme: Scheme::AppSign,
        recipe: &sign::APP_SIGN,
        what: &[What::always("App 支付参数", "App pay parameters")],
        secret: SecretKind::PayKey,
        secrets: &["key"],
        signatures: &["sign", "paySign"],
        spellings: &[
            ("appid", &[]),
            ("partnerid", &["mch_id", "partner"]),
            ("prepayid", &[]),
            ("package", PACKAGES),
            ("noncestr", &["nonce"]),
            ("timestamp", &[]),
        ],
        nested: None,
        apart: None,
        told_by: &[&["prepayid"], &["partnerid", "package"]],
        unless: &[],
        digests: Digests::Two(None),
        output: &PAY,
        looks: Looks::PayApp,
        edits: edits::pay_page::app,
        remaining: &[cause::P_KEY_OTHER, cause::S_APPID_OTHER],
        next: &[OTHER_KEY, ORDER_SIGN],
    },
    Family {
        scheme: Scheme::ServerToken,
        recipe: &sign::SERVER_TOKEN,
        what: &[What::always("服务器地址校验", "a URL check of the message server")],
        secret: SecretKind::Token,
        secrets: &["token"],
        signatures: &["signature"],
        spellings: &[],
        nested: None,
        apart: None,
        told_by: &[&["timestamp", "nonce"]],
        unless: &[],
        digests: Digests::One,
        output: &SERVER,
        looks: Looks::Nothing,
        edits: edits::token::edits,
        // WeChat made the signature: that it is right proves the token.
        remaining: &[cause::T_ECHO],
        next: &[OTHER_TOKEN],
    },
    Family {
        scheme: Scheme::MsgCrypt,
        recipe: &sign::MSG_CRYPT,
        what: &[What::always("加密消息", "an encrypted message")],
        secret: SecretKind::Token,
        secrets: &["token"],
        signatures: &["msg_signature", "signature"],
        spellings: &[],
        nested: None,
        apart: None,
        told_by: &[&["encrypt", "nonce"]],
        unless: &[],
        digests: Digests::One,
        output: &SERVER,
        looks: Looks::Letter,
        edits: edits::token::edits,
        remaining: &[cause::M_RECEIVEID, cause::M_AESKEY, cause::T_ECHO],
        next: &[OTHER_TOKEN],
    },
    Family {
        scheme: Scheme::Xpay,
        recipe: &sign::XPAY,
        what: &[What::always("虚拟支付 pay_sig", "a pay_sig of virtual payment")],
        secret: SecretKind::AppKey,
        secrets: &["app_key", "appKey", "appkey"],
        signatures: &["pay_sig", "paySig"],
        spellings: &[("uri", &["path"]), ("body", &["sign_data", "post_body"])],
        nested: None,
        apart: None,
        told_by: &[&["uri", "body"]],
        unless: &["mch_id"],
        digests: Digests::One,
        output: &XPAY,
        looks: Looks::Nothing,
        edits: edits::xpay::pay_sig,
        remaining: &[cause::X_PAYSIG_KEY, cause::X_PAYSIG_URI],
        next: &[OTHER_APP_KEY, OTHER_BODY],
    },
    Family {
        scheme: Scheme::XpayUser,
        recipe: &sign::XPAY_USER,
        what: &[What::always("虚拟支付用户态签名", "a user signature of virtual payment")],
        secret: SecretKind::SessionKey,
        secrets: &["session_key", "sessionKey"],
        signatures: &["signature"],
        spellings: &[("body", &["sign_data", "post_body"])],
        nested: None,
        apart: None,
        told_by: &[&["body"]],
        unless: &[],
        digests: Digests::One,
        output: &XPAY,
        looks: Looks::Nothing,
        edits: edits::xpay::signature,
        remaining: &[cause::X_PAYSIG_KEY],
        next: &[OTHER_SESSION_KEY, OTHER_BODY],
    },
    Family {
        scheme: Scheme::RawData,
        recipe: &sign::RAW_DATA,
        what: &[What::always("小程序用户数据签名", "a signature of a mini program's user data")],
        secret: SecretKind::SessionKey,
        secrets: &["session_key", "sessionKey"],
        signatures: &["signature"],
        spellings: &[("rawData", &[])],
        nested: None,
        apart: None,
        told_by: &[&["rawData"]],
        unless: &[],
        digests: Digests::One,
        output: &PAGE,
        looks: Looks::Nothing,
        edits: edits::raw_data::edits,
        remaining: &[cause::W_RAWDATA],
        next: &[OTHER_SESSION_KEY],
    },
    Family {
        scheme: Scheme::V3,
        recipe: &sign::V3,
        what: &[What::always("支付 v3 请求", "a request of pay v3")],
        secret: SecretKind::PublicKey,
        secrets: KEYS,
        signatures: &["signature"],
        spellings: &[
            ("method", &["http_method", "request_method"]),
            ("url", &["canonical_url", "request_uri"]),
            ("timestamp", &[]),
            ("nonce_str", &["nonce"]),
            ("body", &["request_body"]),
        ],
        nested: None,
        apart: None,
        told_by: &[&["method", "url", "nonce_str"], &["method", "url", "timestamp"]],
        unless: &[],
        digests: Digests::Rsa,
        output: &RSA,
        looks: Looks::V3,
        edits: edits::v3::request,
        remaining: &[
            cause::V_KEY_SERIAL,
            cause::V_SERIAL_FMT,
            cause::V_MCHID,
            cause::V_AUTH_FORMAT,
            cause::V_BODY_REJSON,
            cause::V_CLOCK,
        ],
        next: &[OTHER_RSA_KEY, SIGN_INFORMATION],
    },
    Family {
        scheme: Scheme::V3Verify,
        recipe: &sign::V3_VERIFY,
        what: &[What::always("支付 v3 应答或通知", "a reply or notice of pay v3")],
        secret: SecretKind::PublicKey,
        secrets: KEYS,
        signatures: &["signature", "Wechatpay-Signature"],
        spellings: &[
            ("timestamp", &["Wechatpay-Timestamp"]),
            ("nonce", &["Wechatpay-Nonce"]),
            ("body", &["response_body"]),
        ],
        nested: None,
        apart: None,
        told_by: &[&["Wechatpay-Timestamp", "Wechatpay-Nonce"], &["timestamp", "nonce", "body"]],
        unless: &["method"],
        digests: Digests::Rsa,
        output: &RSA,
        looks: Looks::V3Reply,
        edits: edits::v3::reply,
        remaining: &[
            cause::V_RESP_BODY,
            cause::V_RESP_CERT,
            cause::V_RESP_SWITCH,
            cause::V_RESP_CLOCK,
            cause::V_RESP_KEYID,
        ],
        next: &[OTHER_WECHAT_KEY, RAW_BODY],
    },
    Family {
        scheme: Scheme::V3PaySign,
        recipe: &sign::V3_PAY_SIGN,
        what: &[What::always("v3 JSAPI/小程序支付参数", "JSAPI pay parameters of v3")],
        secret: SecretKind::PublicKey,
        secrets: KEYS,
        signatures: &["paySign", "sign", "signature"],
        spellings: &[("appId", &[]), ("timeStamp", &[]), ("nonceStr", &[]), ("package", PACKAGES)],
        nested: None,
        apart: Some(Apart { name: "appId", labels: APP_ID, unless: &[], missing: Some(cause::V_PS_APPID) }),
        told_by: &[],
        unless: &[],
        digests: Digests::Rsa,
        output: &RSA,
        looks: Looks::V3Cashier,
        edits: edits::v3::pay_sign,
        remaining: &[cause::V_PS_KEY, cause::V_PS_APPID, cause::V_PS_ST, cause::V_PS_EXPIRED],
        next: &[OTHER_RSA_KEY, OTHER_APP_ID],
    },
    Family {
        scheme: Scheme::V3AppSign,
        recipe: &sign::V3_APP_SIGN,
        what: &[What::always("v3 App 支付参数", "App pay parameters of v3")],
        secret: SecretKind::PublicKey,
        secrets: KEYS,
        signatures: &["sign", "paySign", "signature"],
        spellings: &[("appid", &[]), ("timestamp", &[]), ("noncestr", &["nonce"]), ("prepayid", &[])],
        nested: None,
        apart: None,
        told_by: &[],
        unless: &[],
        digests: Digests::Rsa,
        output: &RSA,
        looks: Looks::V3Cashier,
        edits: edits::v3::app_sign,
        remaining: &[cause::V_PS_KEY, cause::V_PS_APPID, cause::V_PS_EXPIRED],
        next: &[OTHER_RSA_KEY, OTHER_APP_ID],
    },
];

/// The order in which fields are held against the table: those whose names
/// are the most telling first.
const TELLING: [Scheme; 12] = [
    Scheme::V3,
    Scheme::V3Verify,
    Scheme::MsgCrypt,
    Scheme::Jssdk,
    Scheme::PaySign,
    Scheme::AppSign,
    Scheme::Card,
    Scheme::RawData,
    Scheme::Xpay,
    Scheme::PayV2,
    Scheme::ServerToken,
    Scheme::XpayUser,
];

const PAY_REPLY: What = What::always("支付 v2 应答", "a pay v2 reply");
const PAGE_NAMES: &[(&str, &[&str])] =
    &[("noncestr", &["nonce"]), ("timestamp", &[]), ("url", &["page_url", "link"])];
/// `package` is a word of Java, Kotlin and Swift's kin.
const PACKAGES: &[&str] = &["package_value", "package_str", "pack_age", "packages", "pkg"];
const APP_ID: &[&str] = &["appId", "appid", "app_id"];

const PAGE: Output = Output {
    digest: cause::J_ALGO,
    swapped: cause::J_ALGO,
    unkeyed: cause::J_ALGO,
    form: cause::J_OUT_UPPER,
    letters: cause::J_OUT_UPPER,
};
const SERVER: Output =
    Output { digest: cause::T_ALGO, swapped: cause::T_ALGO, unkeyed: cause::T_ALGO, ..PAGE };
const PAY: Output = Output {
    digest: cause::P_ALGO_OTHER,
    swapped: cause::P_ALGO_SWAP,
    unkeyed: cause::P_HMAC_NOTHMAC,
    form: cause::P_ALGO_OTHER,
    letters: cause::P_CASE_LOWER,
};
const XPAY: Output = Output {
    digest: cause::X_PAYSIG_ALGO,
    swapped: cause::X_PAYSIG_ALGO,
    unkeyed: cause::X_PAYSIG_ALGO,
    ..PAGE
};

const RSA: Output = Output {
    digest: cause::V_ALGO,
    swapped: cause::V_ALGO,
    unkeyed: cause::V_NOTRSA,
    form: cause::V_OUT,
    letters: cause::V_OUT,
};
/// Where the key of a signature of RSA stands in a case.
const KEYS: &[&str] = &["public_key", "publicKey", "certificate", "private_key"];

const OTHER_RSA_KEY: Word = Word::new(
    "用 --other key=file:… 给出别的证书或公钥：签名的私钥可能属于另一张证书",
    "hand in other certificates or keys with --other key=file:…: the private key that signed may belong to another one",
);
const SIGN_INFORMATION: Word = Word::new(
    "把 401 应答里的 sign_information 一起贴进来：它是微信收到的内容",
    "paste sign_information of the 401 along: it is what WeChat received",
);
const OTHER_WECHAT_KEY: Word = Word::new(
    "按 Wechatpay-Serial 取对应的公钥或平台证书；用 --other key=file:… 给出手上其他的",
    "take the key that Wechatpay-Serial names; hand in others with --other key=file:…",
);
const RAW_BODY: Word = Word::new(
    "给出收到的原始正文，一个字节也不要改：先取字节，再解析",
    "hand in the body exactly as it was received: take the bytes first, parse later",
);
const OTHER_APP_ID: Word = Word::new(
    "用 --other appid=… 给出其他 appid（公众号、小程序、服务商的）",
    "hand in other appids with --other appid=… (official account, mini program, provider)",
);

const OTHER_URL: Word = Word::new(
    "用 --other url=… 给出其他可能的地址：落地页、接口地址、上一个页面",
    "hand in other urls with --other url=…: the landing page, the endpoint, the page before",
);
const OTHER_TICKET: Word = Word::new(
    "用 --other ticket=… 给出其他 ticket 或 access_token：签名时用的可能不是现在这个",
    "hand in other tickets or the access_token with --other ticket=…: the one that was signed may not be today's",
);
const OTHER_AGENT_TICKET: Word = Word::new(
    "用 --other corp_ticket=… 给出企业的 jsapi_ticket：agentConfig 要用应用的 ticket，两者常被用混",
    "hand in the corp's jsapi ticket with --other corp_ticket=…: agentConfig wants the agent's ticket, and the two are often mixed up",
);
const OTHER_CARD_TICKET: Word = Word::new(
    "用 --other ticket=… 给出其他 ticket（jsapi_ticket、旧的 api_ticket）",
    "hand in other tickets with --other ticket=… (the jsapi ticket, an older api_ticket)",
);
const OTHER_KEY: Word = Word::new(
    "用 --other key=… 给出其他密钥：旧密钥、沙箱密钥、APIv3 密钥、AppSecret、别的商户号的密钥",
    "hand in other keys with --other key=…: an old one, the sandbox key, the APIv3 key, the AppSecret, another merchant's",
);
const ORDER_SIGN: Word = Word::new(
    "用 --other order_sign=… 给出统一下单的 sign：它可能被直接当成了 paySign",
    "hand in the sign of unifiedorder with --other order_sign=…: it may have been passed on as paySign",
);
const OTHER_TOKEN: Word = Word::new(
    "核对后台「服务器配置」里的 Token，并用 --other token=… 给出其他可能的值",
    "check the Token in the console, and hand in other values with --other token=…",
);
const OTHER_APP_KEY: Word = Word::new(
    "用 --other key=… 给出另一个 AppKey（现网、沙箱）和 session_key：签名时用的可能是它",
    "hand in the other app key (live, sandbox) and the session_key with --other key=…: it may be the one that was used",
);
const OTHER_SESSION_KEY: Word = Word::new(
    "用 --other session_key=… 给出之前的 session_key：wx.login 之后它就变了",
    "hand in earlier session keys with --other session_key=…: each wx.login may replace it",
);
const OTHER_BODY: Word = Word::new(
    "用 --other body=… 给出实际发送的请求体原文，一个字符也不要改",
    "hand in the body exactly as it was sent with --other body=…",
);

// A row stands where its scheme says, so that finding it cannot fail.
const _: () = {
    let mut row = 0;
    while row < FAMILIES.len() {
        assert!(FAMILIES[row].scheme as usize == row);
        row += 1;
    }
};

static TABLE: [Family; FAMILIES.len()] = FAMILIES;

impl Scheme {
    /// The names of all, as on the command line.
    pub const NAMES: [&'static str; FAMILIES.len()] = {
        let mut names = [""; FAMILIES.len()];
        let mut row = 0;
        while row < names.len() {
            names[row] = FAMILIES[row].recipe.scheme;
            row += 1;
        }
        names
    };

    /// Its row.
    #[must_use]
    pub fn family(self) -> &'static Family {
        &TABLE[self as usize]
    }

    /// All of them, in the order of the contract.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|family| family.scheme)
    }

    /// As on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.family().recipe.scheme
    }

    /// From its name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|scheme| scheme.name() == name)
    }

    /// Tells the scheme from the names of the fields; none if they fit none.
    #[must_use]
    pub fn of(fields: &Fields) -> Option<Self> {
        let told = TELLING.into_iter().find(|scheme| scheme.family().is_told_by(fields));
        let is_rsa = fields.get("signType").is_some_and(|text| text.eq_ignore_ascii_case("RSA"));
        told.map(|scheme| if is_rsa { scheme.of_v3() } else { scheme })
    }

    /// The same signature in v3, where there is one.
    #[must_use]
    pub fn of_v3(self) -> Self {
        match self {
            Self::PaySign => Self::V3PaySign,
            Self::AppSign => Self::V3AppSign,
            other => other,
        }
    }
}

impl Family {
    fn is_told_by(&self, fields: &Fields) -> bool {
        let has = |name: &&str| fields.get(name).is_some();
        !self.unless.iter().any(has) && self.told_by.iter().any(|all| all.iter().all(&has))
    }

    /// What carries it, told from these fields.
    #[must_use]
    pub(super) fn what(&self, fields: &Fields) -> Word {
        let has = |name: &&str| fields.get(name).is_some();
        let fits = |what: &&What| what.with.iter().all(has) && !what.without.iter().any(has);
        self.what.iter().find(fits).map_or(Word::new("", ""), |what| what.word)
    }

    /// Whether it is in a message of WeChat Pay, and not in what a page or an app
    /// hands over.
    pub(super) fn is_message(&self) -> bool {
        self.looks == Looks::Message
    }

    /// The signed name that a field of this name is, in whatever spelling.
    #[must_use]
    pub fn name_of(&self, given: &str) -> Option<&'static str> {
        let given = plain(given);
        let is = |name: &&str| plain(name) == given;
        self.spellings.iter().find(|(name, others)| is(name) || others.iter().any(is)).map(|(name, _)| *name)
    }

    /// The fields under the names that are signed, nested ones among the others;
    /// a field whose name is taken stays as it is.
    #[must_use]
    pub fn respelled(&self, fields: &Fields) -> Fields {
        let fields = self.unfolded(fields);
        let name = |given: &str| {
            let name = self.name_of(given).filter(|name| fields.get(name).is_none());
            name.unwrap_or(given).to_owned()
        };
        fields.iter().map(|(given, value)| (name(given), value.to_owned())).collect()
    }

    fn unfolded(&self, fields: &Fields) -> Fields {
        let mut all = Fields::new();
        for (name, value) in fields.iter() {
            let is_nested = self.nested.is_some_and(|nested| plain(nested) == plain(name));
            match json::read(value.as_bytes()).ok().filter(|_| is_nested) {
                Some(inner) => all.extend(inner.iter()),
                None => all.extend([(name, value)]),
            }
        }
        all
    }

    /// Whether it is one of WeChat Pay.
    #[must_use]
    pub fn is_pay(&self) -> bool {
        self.secret == SecretKind::PayKey
    }

    /// Whether it is one of RSA.
    #[must_use]
    pub fn is_rsa(&self) -> bool {
        self.digests == Digests::Rsa
    }

    /// Whether it is made of what another signature brought: the parameters of
    /// a payment.
    pub(super) fn is_second(&self) -> bool {
        self.is_pay() && matches!(self.recipe.names, Names::Only(_))
    }

    /// Whether an app id that was handed in beside the fields can matter.
    #[must_use]
    pub fn takes_app_id(&self) -> bool {
        self.secret == SecretKind::Ticket || self.apart.is_some()
    }
}

impl What {
    const fn always(zh: &'static str, en: &'static str) -> Self {
        Self { with: &[], without: &[], word: Word::new(zh, en) }
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
}

impl SecretKind {
    /// How it is called in a case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::PayKey => "key",
            Self::Token => "token",
            Self::AppKey => "app_key",
            Self::SessionKey => "session_key",
            Self::PublicKey => "public_key",
        }
    }

    /// What to say where it is missing.
    pub(super) const fn missing(self) -> Word {
        match self {
            Self::Ticket => Word::new(
                "缺少 ticket：用 --ticket 或 JSON 里的 \"ticket\" 给出",
                "the ticket is missing: hand it in with --ticket, or as \"ticket\" in the JSON",
            ),
            Self::PayKey => Word::new(
                "缺少商户密钥：用 --key 或 JSON 里的 \"key\" 给出",
                "the pay key is missing: hand it in with --key, or as \"key\" in the JSON",
            ),
            Self::Token => Word::new(
                "缺少 Token：用 --token 或 JSON 里的 \"token\" 给出",
                "the token is missing: hand it in with --token, or as \"token\" in the JSON",
            ),
            Self::AppKey => Word::new(
                "缺少 AppKey：在 JSON 里用 \"app_key\" 给出（小程序后台「虚拟支付」里的现网或沙箱 AppKey）",
                "the app key is missing: hand it in as \"app_key\" in the JSON (the live or sandbox AppKey of virtual payment)",
            ),
            Self::PublicKey => Word::new(
                "缺少公钥：用 --private-key、--cert 或 JSON 里的 \"public_key\" 给出（证书、公钥或私钥都行；应答和通知用 --wechat-key）",
                "the public key is missing: hand it in with --private-key, --cert, or as \"public_key\" in the JSON (a certificate, public or private key; for replies and notices with --wechat-key)",
            ),
            Self::SessionKey => Word::new(
                "缺少 session_key：在 JSON 里用 \"session_key\" 给出（code2Session 返回的）",
                "the session_key is missing: hand it in as \"session_key\" in the JSON (from code2Session)",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_every_spelling() {
        let card = Scheme::Card.family();
        for (given, name) in [
            ("appId", "app_id"),
            ("appid", "app_id"),
            ("shopId", "location_id"),
            ("cardType", "card_type"),
            ("NonceStr", "nonce_str"),
        ] {
            assert_eq!(card.name_of(given), Some(name), "{given}");
        }
        assert_eq!(card.name_of("cardSign"), None);
        assert_eq!(Scheme::PaySign.family().name_of("packageValue"), Some("package"));
        assert_eq!(Scheme::PayV2.family().name_of("mchId"), None, "a message is signed as it is sent");
    }

    #[test]
    fn a_taken_name_is_left_alone() {
        let fields: Fields = [("appid", "a"), ("app_id", "b"), ("cardType", "CASH")].into_iter().collect();
        let names = Scheme::Card.family().respelled(&fields);
        assert_eq!(names.iter().map(|(n, _)| n).collect::<Vec<_>>(), ["appid", "app_id", "card_type"]);
    }

    #[test]
    fn every_signed_name_and_every_secret_has_its_words() {
        for family in &TABLE {
            for (name, _) in family.spellings {
                assert!(family.recipe.names.take(name), "{} signs no {name}", family.recipe.scheme);
            }
            assert_eq!(family.secrets[0], family.secret.name());
            assert!(!family.remaining.is_empty() && !family.next.is_empty());
        }
    }
}
