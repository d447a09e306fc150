//! Every WeChat signature as data: which pairs, in which order, joined how,
//! where the secret goes, which hash, which letter case. A wrong signature is
//! the right function with one of these ingredients changed.

use std::cmp::Ordering;

use super::digest::{Case, Digest};

/// How one signature is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipe {
    /// Name of the scheme, as on the command line.
    pub scheme: &'static str,
    /// Which pairs take part.
    pub names: Names,
    /// Whether empty values take part.
    pub empty: Empty,
    /// Whether a part is cut from a value first.
    pub cut: Cut,
    /// In which order.
    pub order: Order,
    /// What of a pair is written.
    pub show: Show,
    /// What stands between two of them.
    pub join: &'static str,
    /// What stands behind the last one.
    pub end: &'static str,
    /// Where the secret goes.
    pub secret: Place,
    /// The hash.
    pub digest: Digest,
    /// Letter case of the hex.
    pub case: Case,
    /// The official page the rule is from.
    pub page: &'static str,
}

/// Which pairs take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// All but these.
    AllBut(&'static [&'static str]),
    /// Only these.
    Only(&'static [&'static str]),
}

impl Names {
    /// Whether a pair of this name takes part.
    #[must_use]
    pub fn take(self, name: &str) -> bool {
        match self {
            Self::AllBut(skip) => !skip.contains(&name),
            Self::Only(list) => list.contains(&name),
        }
    }
}

/// What happens to pairs with an empty value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// They are left out.
    Drop,
    /// They stay.
    Keep,
}

/// Which part of a value is not signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// None.
    Nothing,
    /// The fragment of the pair of this name, which no server ever sees.
    Fragment(&'static str),
    /// The query of the pair of this name.
    Query(&'static str),
}

impl Cut {
    /// What is signed of a value.
    #[must_use]
    pub fn of<'v>(self, name: &str, value: &'v str) -> &'v str {
        let end = match self {
            Self::Fragment(url) if url == name => value.find('#'),
            Self::Query(uri) if uri == name => value.find('?'),
            _ => None,
        };
        &value[..end.unwrap_or(value.len())]
    }
}

/// Order of the pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By name, byte by byte (ASCII order).
    ByName,
    /// By value, byte by byte.
    ByValue,
    /// As given.
    AsGiven,
    /// As these names stand here.
    Listed(&'static [&'static str]),
}

impl Order {
    /// A number that is less for what stands before; where it is the same,
    /// [`compare`](Self::compare) decides.
    pub(super) fn rank(self, (name, value): (&str, &str)) -> u64 {
        match self {
            Self::ByName => head(name.as_bytes()),
            Self::ByValue => head(value.as_bytes()),
            Self::AsGiven | Self::Listed(_) => 0,
        }
    }

    /// Which of two pairs stands first; equal ones keep their places.
    #[must_use]
    pub fn compare(self, a: (&str, &str), b: (&str, &str)) -> Ordering {
        match self {
            Self::ByName => a.0.cmp(b.0),
            Self::ByValue => a.1.cmp(b.1),
            Self::AsGiven => Ordering::Equal,
            Self::Listed(names) => {
                let place = |name: &str| names.iter().position(|n| *n == name).unwrap_or(names.len());
                place(a.0).cmp(&place(b.0))
            }
        }
    }
}

/// The first eight bytes as a number, which tells most names apart at once.
fn head(text: &[u8]) -> u64 {
    let mut head = [0; 8];
    match text.first_chunk() {
        Some(first) => head = *first,
        None => head[..text.len()].copy_from_slice(text),
    }
    u64::from_be_bytes(head)
}

/// What of a pair is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// `name=value`
    Pair,
    /// `value`
    Value,
}

impl Show {
    /// Writes what stands before a value.
    pub fn spell_name(self, name: &str, text: &mut String) {
        if self == Self::Pair {
            text.push_str(name);
            text.push('=');
        }
    }
}

/// Where the secret goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Among the pairs, under this name, ordered with them.
    Pair(&'static str),
    /// Behind all pairs, as one more pair of this name.
    Tail(&'static str),
    /// Nowhere in the text: it is the key of the hash alone.
    Nowhere,
}

/// The two digests of pay v2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignType {
    /// 32 hex digits; the default.
    Md5,
    /// 64 hex digits, keyed with the pay key.
    HmacSha256,
}

impl SignType {
    /// As it stands in `sign_type`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::HmacSha256 => "HMAC-SHA256",
        }
    }

    /// From the text of `sign_type`; none for any other text.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        match text {
            "MD5" => Some(Self::Md5),
            "HMAC-SHA256" => Some(Self::HmacSha256),
            _ => None,
        }
    }

    /// From the length of a signature: replies and notices often leave
    /// `sign_type` out, and 64 hex digits can only be HMAC-SHA256.
    #[must_use]
    pub const fn of_signature(signature: &str) -> Self {
        match signature.len() {
            64 => Self::HmacSha256,
            _ => Self::Md5,
        }
    }

    /// The same recipe with this digest.
    #[must_use]
    pub const fn of(self, recipe: &Recipe) -> Recipe {
        let digest = match self {
            Self::Md5 => Digest::Md5,
            Self::HmacSha256 => Digest::HmacSha256,
        };
        Recipe { digest, ..*recipe }
    }
}

const PAY_PAGE: &str = "https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=4_3";

/// What all signatures with the merchant's APIv2 key have in common, with MD5;
/// [`SignType::of`] gives the HMAC-SHA256 twin.
const KEYED: Recipe = Recipe {
    scheme: "",
    names: Names::AllBut(&["sign"]),
    empty: Empty::Drop,
    cut: Cut::Nothing,
    order: Order::ByName,
    show: Show::Pair,
    join: "&",
    end: "",
    secret: Place::Tail("key"),
    digest: Digest::Md5,
    case: Case::Upper,
    page: PAY_PAGE,
};

/// Pay v2: requests, replies, notices and the native link of mode 1.
pub const PAY_V2: Recipe = Recipe { scheme: "pay-v2", ..KEYED };

/// JSAPI and mini program pay parameters: five camel-case names, no other.
pub const PAY_SIGN: Recipe = Recipe {
    scheme: "pay-sign",
    names: Names::Only(&["appId", "timeStamp", "nonceStr", "package", "signType"]),
    page: "https://pay.weixin.qq.com/wiki/doc/api/wxa/wxa_api.php?chapter=7_7&index=5",
    ..KEYED
};

/// App pay parameters: six lower-case names, no other.
pub const APP_SIGN: Recipe = Recipe {
    scheme: "app-sign",
    names: Names::Only(&["appid", "partnerid", "prepayid", "package", "noncestr", "timestamp"]),
    page: "https://pay.weixin.qq.com/wiki/doc/api/app/app.php?chapter=9_12&index=2",
    ..KEYED
};

/// `wx.config`.
pub const JSSDK: Recipe = Recipe {
    scheme: "jssdk",
    names: Names::Only(&["noncestr", "timestamp", "url"]),
    empty: Empty::Keep,
    cut: Cut::Fragment("url"),
    order: Order::ByName,
    show: Show::Pair,
    join: "&",
    end: "",
    secret: Place::Pair("jsapi_ticket"),
    digest: Digest::Sha1,
    case: Case::Lower,
    page: "https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/JS-SDK.html",
};

/// `wx.agentConfig` of WeCom: the same with the ticket of one app of the corp.
pub const AGENT_CONFIG: Recipe = Recipe {
    scheme: "agent-config",
    page: "https://developer.work.weixin.qq.com/document/path/94313",
    ..JSSDK
};

/// `addrSign` of the deprecated `editAddress`, over the user's OAuth token.
pub const ADDRESS: Recipe = Recipe {
    scheme: "address",
    names: Names::Only(&["appid", "noncestr", "timestamp", "url"]),
    secret: Place::Pair("accesstoken"),
    ..JSSDK
};

/// `cardExt` and `chooseCard`: the values themselves are sorted and glued.
pub const CARD: Recipe = Recipe {
    scheme: "card",
    names: Names::Only(&[
        "timestamp",
        "nonce_str",
        "card_id",
        "code",
        "openid",
        "app_id",
        "location_id",
        "card_type",
    ]),
    empty: Empty::Drop,
    cut: Cut::Nothing,
    order: Order::ByValue,
    show: Show::Value,
    join: "",
    secret: Place::Pair("api_ticket"),
    ..JSSDK
};

/// URL check of the message server.
pub const SERVER_TOKEN: Recipe = Recipe {
    scheme: "server-token",
    names: Names::Only(&["timestamp", "nonce"]),
    empty: Empty::Keep,
    secret: Place::Pair("token"),
    page: "https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/Access_Overview.html",
    ..CARD
};

/// `msg_signature` of an encrypted message.
pub const MSG_CRYPT: Recipe = Recipe {
    scheme: "msg-crypt",
    names: Names::Only(&["timestamp", "nonce", "encrypt"]),
    page: "https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/Technical_Plan.html",
    ..SERVER_TOKEN
};

/// `pay_sig` of virtual payment: the uri and the body as they are sent. The uri
/// of a call from a page is `requestVirtualPayment`.
pub const XPAY: Recipe = Recipe {
    scheme: "xpay",
    names: Names::Only(URI_AND_BODY),
    empty: Empty::Keep,
    cut: Cut::Query("uri"),
    order: Order::Listed(URI_AND_BODY),
    show: Show::Value,
    join: "&",
    end: "",
    secret: Place::Nowhere,
    digest: Digest::HmacSha256,
    case: Case::Lower,
    page: "https://developers.weixin.qq.com/miniprogram/dev/platform-capabilities/business-capabilities/virtual-payment.html",
};

const URI_AND_BODY: &[&str] = &["uri", "body"];

/// `signature` of virtual payment: the body alone, for the user's session.
pub const XPAY_USER: Recipe = Recipe { scheme: "xpay-user", names: Names::Only(&["body"]), ..XPAY };

/// `signature` of a mini program's user data: `rawData` and the session key,
/// one behind the other.
pub const RAW_DATA: Recipe = Recipe {
    scheme: "raw-data",
    names: Names::Only(&["rawData"]),
    cut: Cut::Nothing,
    join: "",
    secret: Place::Tail("session_key"),
    digest: Digest::Sha1,
    page: "https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html",
    ..XPAY
};

/// What all signatures of v3 have in common: values line by line, each line with
/// its end, the last too. RSA then signs the SHA-256 of that text.
const LINES: Recipe = Recipe {
    scheme: "",
    names: Names::Only(V3_NAMES),
    empty: Empty::Keep,
    cut: Cut::Nothing,
    order: Order::Listed(V3_NAMES),
    show: Show::Value,
    join: "\n",
    end: "\n",
    secret: Place::Nowhere,
    digest: Digest::Sha256,
    case: Case::Lower,
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4012365336",
};

/// A request of v3: method, path with query as on the wire, seconds, nonce, body.
pub const V3: Recipe = Recipe { scheme: "v3", ..LINES };

const V3_NAMES: &[&str] = &["method", "url", "timestamp", "nonce_str", "body"];

/// A reply or notice of v3: the time and nonce of its headers, its raw body.
pub const V3_VERIFY: Recipe = Recipe {
    scheme: "v3-verify",
    names: Names::Only(V3_VERIFY_NAMES),
    order: Order::Listed(V3_VERIFY_NAMES),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4013053420",
    ..LINES
};

const V3_VERIFY_NAMES: &[&str] = &["timestamp", "nonce", "body"];

/// JSAPI and mini program pay parameters of v3; `signType` is not signed.
pub const V3_PAY_SIGN: Recipe = Recipe {
    scheme: "v3-pay-sign",
    names: Names::Only(V3_PAY_NAMES),
    order: Order::Listed(V3_PAY_NAMES),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4012365339",
    ..LINES
};

const V3_PAY_NAMES: &[&str] = &["appId", "timeStamp", "nonceStr", "package"];

/// App pay parameters of v3, with the bare prepay id.
pub const V3_APP_SIGN: Recipe = Recipe {
    scheme: "v3-app-sign",
    names: Names::Only(V3_APP_NAMES),
    order: Order::Listed(V3_APP_NAMES),
    page: "https://pay.weixin.qq.com/doc/v3/merchant/4012365340",
    ..LINES
};

const V3_APP_NAMES: &[&str] = &["appid", "timestamp", "noncestr", "prepayid"];
