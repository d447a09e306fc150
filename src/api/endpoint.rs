//! What one WeChat call is, as data. An [`Endpoint`] row feeds every reader:
//! the request writer, the mock's checker, explain's lint, the flags and the
//! help of the command line. Nothing here acts; see `codec.rs` for that.

use super::word::Word;

/// One call, or one notice (a call that WeChat makes to the merchant).
#[derive(Debug)]
pub struct Endpoint {
    /// WeChat's own short name: `unifiedorder`.
    pub name: &'static str,
    /// GET or POST.
    pub method: Method,
    /// Whose server answers.
    pub host: Host,
    /// Path with its leading `/`; empty for notices, whose URL the merchant chose.
    pub path: &'static str,
    /// How the request proves who sent it, and how the reply does.
    pub scheme: Scheme,
    /// Shape of the request.
    pub sends: Format,
    /// Shape of the reply.
    pub answers: Format,
    /// The request, in the order of the official page.
    pub fields: &'static [Field],
    /// The reply, in the order of the official page.
    pub reply: &'static [Field],
    /// Codes this call is documented to refuse with; looked up in `error_codes`.
    pub errors: &'static [&'static str],
    /// Whether the reply carries a signature that must be checked.
    pub reply_sign: ReplySign,
    /// Which digest the call may be signed with.
    pub sign_type: SignTypeRule,
    /// Whether the connection must show the merchant's client certificate.
    pub certificate: Certificate,
    /// Whether a success moves money.
    pub money: Money,
    /// One line for help and reference.
    pub about: Word,
    /// Official page.
    pub page: &'static str,
}

/// HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET: fields travel in the query.
    Get,
    /// POST: fields travel in the body.
    Post,
}

impl Method {
    /// As it stands on the request line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// Whose server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// `https://api.weixin.qq.com`
    Api,
    /// `https://open.weixin.qq.com`: pages for the user's browser.
    Open,
    /// `https://api.mch.weixin.qq.com`
    Mch,
    /// The merchant's own server: WeChat is the caller (notices).
    Merchant,
}

impl Host {
    /// Scheme and authority of the live server; none for the merchant's.
    #[must_use]
    pub const fn origin(self) -> Option<&'static str> {
        match self {
            Self::Api => Some("https://api.weixin.qq.com"),
            Self::Open => Some("https://open.weixin.qq.com"),
            Self::Mch => Some("https://api.mch.weixin.qq.com"),
            Self::Merchant => None,
        }
    }
}

/// How a call is authenticated. `api/scheme/` holds one file for each kind
/// that has work to do.
#[derive(Debug, Clone, Copy)]
pub enum Scheme {
    /// Official-account call: credentials are plain fields (`secret`,
    /// `access_token`) and a refusal is `errcode` ≠ 0.
    Oa,
    /// Pay v2: a `sign` over every non-empty field.
    PayV2,
    /// Refund notice: not signed; `req_info` is encrypted with the pay key.
    /// The columns are the fields inside.
    ReqInfo(&'static [Field]),
}

/// Shape on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Query string of the URL.
    Query,
    /// JSON object.
    Json,
    /// `<xml>` with one level of children.
    Xml,
    /// CSV text on success, XML on refusal (bills).
    Bill,
    /// 302 with the answer in the `Location` (the authorize page).
    Redirect,
}

/// Whether the reply is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplySign {
    /// A reply without a valid `sign` is not to be believed.
    Signed,
    /// This call's reply carries no `sign`, officially.
    Unsigned,
}

/// Which digest the call may be signed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignTypeRule {
    /// MD5 unless `sign_type` says HMAC-SHA256.
    Free,
    /// HMAC-SHA256 only (`downloadfundflow`).
    HmacOnly,
    /// MD5 only, and `sign_type` is neither sent nor signed.
    Md5LeftOut,
}

/// Client certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certificate {
    /// Plain TLS.
    NotNeeded,
    /// `apiclient_cert` must be shown.
    Needed,
}

/// Whether a success moves money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Money {
    /// Reads, or only prepares.
    Still,
    /// Charges or refunds: never retried by itself, and live hosts want `--yes`.
    Moves,
}

/// One field of a request or a reply.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// WeChat's name. `$n` and `$m` stand for a number (`coupon_fee_$n`).
    pub name: &'static str,
    /// When it has to be there.
    pub need: Need,
    /// What its value looks like.
    pub kind: Kind,
    /// Longest value in bytes; 0 where no page gives a limit.
    pub max: usize,
    /// What puts it there when the caller did not.
    pub fill: Fill,
    /// One line for help and reference.
    pub about: Word,
}

/// When a field has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Always,
    /// May be left out.
    Optional,
    /// Needed when `field` has the value `is`, unless one of `unless` is there.
    When {
        /// The deciding field.
        field: &'static str,
        /// The value that makes this one necessary.
        is: &'static str,
        /// Fields that may stand in for it.
        unless: &'static [&'static str],
    },
    /// One of these names (this one among them) has to be there.
    OneOf(&'static [&'static str]),
}

/// What a value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// Money: an integer in fen, at least 1.
    Fen,
    /// Money that may be 0 (replies: coupons, settlement).
    FenOrZero,
    /// A whole number.
    Int,
    /// Unix time in seconds, 10 digits.
    Unix,
    /// `yyyyMMddHHmmss`, Beijing time.
    Time14,
    /// `yyyyMMdd`.
    Date8,
    /// `yyyy-MM-dd HH:mm:ss`, Beijing time.
    DateTime,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// `true` or `false` (JSON).
    Bool,
    /// An http(s) URL.
    Url,
    /// A public notify URL: no query allowed.
    NotifyUrl,
    /// IPv4 or IPv6 address.
    Ip,
    /// A JSON object or array as text.
    Json,
    /// An order number: `[0-9A-Za-z_\-|*]`, 6 to 32 characters for payments.
    OrderNo,
    /// Lower-case or upper-case hex signature, or none of our business.
    Sign,
    /// 18 digits from the customer's payment code, starting 10 to 15.
    AuthCode,
}

/// What puts a field there when the caller did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// Nothing: only the caller can know.
    Caller,
    /// The configured app id.
    AppId,
    /// The configured app secret.
    AppSecret,
    /// The configured merchant id.
    MchId,
    /// A fresh access token.
    AccessToken,
    /// The configured notify URL.
    NotifyUrl,
    /// A random string.
    Nonce,
    /// The present second, written as the field's kind wants it.
    Now,
    /// A new order number, from the time and the random string.
    OrderNo,
    /// The signature.
    Sign,
    /// The name of the digest, when it is not MD5.
    SignType,
    /// This text.
    Literal(&'static str),
}

impl Field {
    /// A field that only the caller can give.
    #[must_use]
    pub const fn new(
        name: &'static str,
        need: Need,
        kind: Kind,
        max: usize,
        zh: &'static str,
        en: &'static str,
    ) -> Self {
        Self { name, need, kind, max, fill: Fill::Caller, about: Word::new(zh, en) }
    }

    /// A field that always has to be there; [`Field::means`] says what it is.
    #[must_use]
    pub const fn must(name: &'static str, kind: Kind, max: usize) -> Self {
        Self::new(name, Need::Always, kind, max, "", "")
    }

    /// A field that may be left out; [`Field::means`] says what it is.
    #[must_use]
    pub const fn may(name: &'static str, kind: Kind, max: usize) -> Self {
        Self::new(name, Need::Optional, kind, max, "", "")
    }

    /// The same field with its meaning, Chinese first.
    #[must_use]
    pub const fn means(mut self, zh: &'static str, en: &'static str) -> Self {
        self.about = Word::new(zh, en);
        self
    }

    /// The same field under another condition.
    #[must_use]
    pub const fn needed(mut self, need: Need) -> Self {
        self.need = need;
        self
    }

    /// The same field, filled when the caller leaves it out.
    #[must_use]
    pub const fn filled(mut self, fill: Fill) -> Self {
        self.fill = fill;
        self
    }

    /// Whether `name` is this field; `$n` and `$m` match any number.
    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        self.is_called(name) || matches_numbered(self.name, name)
    }

    /// Most names differ in length or first letter, and that is seen at once.
    fn is_called(&self, name: &str) -> bool {
        let (own, given) = (self.name.as_bytes(), name.as_bytes());
        own.len() == given.len() && own.first() == given.first() && own == given
    }

    /// Whether the value stands bare in JSON: a number, `true`, an array.
    #[must_use]
    pub const fn is_bare(&self) -> bool {
        matches!(self.kind, Kind::Int | Kind::Bool | Kind::Json | Kind::Fen | Kind::FenOrZero | Kind::Unix)
    }
}

fn matches_numbered(pattern: &str, name: &str) -> bool {
    if !pattern.contains('$') {
        return false;
    }
    let mut wanted = pattern.split('_');
    let mut given = name.split('_');
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(w), Some(g)) if w == g => {}
            (Some(w), Some(g)) if w.starts_with('$') => {
                if g.is_empty() || !g.bytes().all(|b| b.is_ascii_digit()) {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

/// The field of this name in a list.
#[must_use]
pub fn field_in<'a>(list: &'a [Field], name: &str) -> Option<&'a Field> {
    // This is asked about every name of every message: the usual answer first.
    let numbered = || list.iter().find(|field| matches_numbered(field.name, name));
    let called = list.iter().find(|field| field.is_called(name));
    called.or_else(|| if name.ends_with(|c: char| c.is_ascii_digit()) { numbered() } else { None })
}

impl Endpoint {
    /// The request field of this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        field_in(self.fields, name)
    }

    /// The reply field of this name.
    #[must_use]
    pub fn reply_field(&self, name: &str) -> Option<&'static Field> {
        field_in(self.reply, name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_names_match_numbers_only() {
        let field = Field::new("coupon_fee_$n", Need::Optional, Kind::FenOrZero, 0, "", "");
        assert!(field.matches("coupon_fee_0"));
        assert!(field.matches("coupon_fee_12"));
        assert!(!field.matches("coupon_fee_"));
        assert!(!field.matches("coupon_fee"));
        assert!(!field.matches("coupon_fee_x"));
        assert!(!field.matches("coupon_fee_1_2"));
        let two = Field::new("coupon_refund_id_$n_$m", Need::Optional, Kind::Text, 0, "", "");
        assert!(two.matches("coupon_refund_id_0_1"));
    }
}
