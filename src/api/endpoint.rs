//! What one WeChat call is, as data. An [`Endpoint`] row feeds every reader:
//! the request writer, the mock's checker, explain's lint, the flags and the
//! help of the command line. Nothing here acts; see `codec.rs` for that.

pub use super::field::{Field, Fill, Kind, Need, Spot, Unit, field_in};
use super::path;
pub use super::scheme::{ReplySign, Rule, Scheme, SignTypeRule};
use super::word::Word;
use crate::wire::{Fields, WireError};

/// One call, or one notice (a call that WeChat makes to the merchant).
#[derive(Debug)]
pub struct Endpoint {
    /// WeChat's own short name: `unifiedorder`.
    pub name: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Whose server answers.
    pub host: Host,
    /// Path with its leading `/`; `{name}` stands for a field of [`Spot::Path`].
    /// Empty for notices, whose URL the merchant chose.
    pub path: &'static str,
    /// How the request proves who sent it, and how the reply does.
    pub scheme: Scheme,
    /// Shape of the request's body.
    pub sends: Format,
    /// Shape of the reply's body, where it holds fields.
    pub answers: Format,
    /// What a success brings.
    pub success: Success,
    /// How XML of the request looks.
    pub layout: Layout,
    /// The request, in the order of the official page.
    pub fields: &'static [&'static Field],
    /// The reply, in the order of the official page.
    pub reply: &'static [&'static Field],
    /// Fields by which its message is told where nobody names it: all of them. Of
    /// two that fit, the later row is the more special. Empty: it is never guessed.
    pub told_by: &'static [&'static str],
    /// Codes this call is documented to refuse with; looked up in `error_codes`.
    pub errors: &'static [&'static str],
    /// Whether the connection must show the merchant's client certificate.
    pub certificate: Certificate,
    /// Whether a success moves money.
    pub money: Money,
    /// What it may have done although no reply came, or none to believe.
    pub leaves: Leaves,
    /// One line for help and reference.
    pub about: Word,
    /// Official page.
    pub page: &'static str,
}

/// HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
    /// PUT
    Put,
    /// PATCH
    Patch,
    /// DELETE
    Delete,
}

impl Method {
    const ALL: [Self; 5] = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete];

    /// As it stands on the request line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// The method of a request line; HEAD is a GET that wants no body.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        let text = if text == "HEAD" { "GET" } else { text };
        Self::ALL.into_iter().find(|method| method.as_str() == text)
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

/// The domains under which WeChat's servers stand; nobody else gives out names there.
const WECHAT: &[&str] = &["qq.com", "wechat.com", "wechatpay.cn", "tenpay.com"];

/// Whether a host's name (in small letters) is one of WeChat's own.
#[must_use]
pub fn is_wechats(host: &str) -> bool {
    let below =
        |domain: &&str| host.strip_suffix(*domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    WECHAT.iter().any(below)
}

/// Shape of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// No body: fields travel in the URL and in headers.
    Empty,
    /// JSON object of one level.
    Json,
    /// JSON object with objects inside; the names of its fields are paths.
    Tree,
    /// `<xml>` with one level of children.
    Xml,
}

/// What a success brings. A refusal always comes as fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Success {
    /// Fields.
    Fields,
    /// A file (bills).
    File,
    /// The browser goes on to another page (authorize).
    Redirect,
    /// Nothing: 204.
    Nothing,
    /// Fields, or nothing: 204. Nobody knows before.
    Either,
    /// Its status alone, 200 or 204: nobody looks into the body.
    Status,
}

/// How XML of a request looks to a person, seen in receivers' logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// All in one line, everything in CDATA.
    OneLine,
    /// An element a line, sorted by name; these names without CDATA.
    Sorted(&'static [&'static str]),
    /// An element a line, in the order of the row; these names without CDATA.
    InOrder(&'static [&'static str]),
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

/// What a call may have done although its reply never came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaves {
    /// Nothing: it can be asked again.
    Nothing,
    /// An order, a payment or a refund, or the end of one: a query finds it.
    Trade,
    /// A new token, and with it the end of the old one.
    Token,
    /// A code that works no second time.
    UsedCode,
}

/// A row is a thing of its own: two are the same if they are the same static.
impl PartialEq for Endpoint {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Endpoint {}

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

    /// The fields that travel hidden in another one (`req_info`).
    #[must_use]
    pub fn inside(&self) -> &'static [&'static Field] {
        self.scheme.proof().inside()
    }

    /// The parameters in this path, if it is a path of this row.
    ///
    /// # Errors
    /// A parameter that is no percent-encoded UTF-8.
    #[must_use]
    pub fn at_path(&self, path: &str) -> Option<Result<Fields, WireError>> {
        path::read(self.path, path)
    }

    /// Where a field of this name travels in a request. What the row does not
    /// know goes where most others go.
    #[must_use]
    pub fn spot(&self, name: &str) -> Spot {
        let usual = if self.sends == Format::Empty { Spot::Query } else { Spot::Body };
        self.field(name).map_or(usual, |field| field.spot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_known_by_their_names() {
        for method in Method::ALL {
            assert_eq!(Method::named(method.as_str()), Some(method));
        }
        assert_eq!(Method::named("HEAD"), Some(Method::Get));
        assert_eq!((Method::named("get"), Method::named("BREW"), Method::named("")), (None, None, None));
    }
}
