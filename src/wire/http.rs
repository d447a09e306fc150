//! One request and one reply, for both sides of the wire, without a socket;
//! and a request that is to be sent later, which is how a pure server asks for
//! an effect.

use std::time::Duration;

use super::fields::Fields;
use super::{WireError, query};

/// What is asked.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// `GET` or `POST`.
    pub method: String,
    /// Absolute URL, or the path and query on the answering side.
    pub url: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// Who asks it, where the answering side knows: an address.
    pub peer: Option<String>,
    /// Whether the connection showed (or is to show) a client certificate.
    pub certificate: bool,
    /// Whether it came over TLS, where the answering side knows.
    pub secure: bool,
}

impl Request {
    /// A request without headers and body.
    #[must_use]
    pub fn new(method: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            method: method.into(),
            url: url.into(),
            headers: Vec::new(),
            body: Vec::new(),
            peer: None,
            certificate: false,
            secure: false,
        }
    }

    /// The same with a body and its content type.
    #[must_use]
    pub fn with_body(mut self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.headers.push(("content-type".into(), content_type.into()));
        self.body = body.into();
        self
    }

    /// The path, without origin and query.
    #[must_use]
    pub fn path(&self) -> &str {
        let url = self.url.as_str();
        let after = if url.starts_with('/') { None } else { url.split_once("://") };
        let after = after.map_or(url, |(_, rest)| rest.find('/').map_or("/", |slash| &rest[slash..]));
        let end = after.bytes().position(|b| matches!(b, b'?' | b'#')).unwrap_or(after.len());
        &after[..end]
    }

    /// The query, undecoded; empty if there is none.
    #[must_use]
    pub fn query_text(&self) -> &str {
        let end = self.url.bytes().position(|b| matches!(b, b'?' | b'#')).unwrap_or(self.url.len());
        let query = self.url[end..].strip_prefix('?').unwrap_or_default();
        query.split_once('#').map_or(query, |(query, _)| query)
    }

    /// The fields of the query.
    ///
    /// # Errors
    /// As [`query::read`].
    pub fn query(&self) -> Result<Fields, WireError> {
        query::read(self.query_text())
    }

    /// The first header of this lower-case name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// Whether it was sent to an address or to `localhost`: names that nobody else
    /// gives out. Under any other one a page may have led a browser here. Without
    /// a `Host` it is no browser's.
    #[must_use]
    pub fn is_to_own_name(&self) -> bool {
        self.header("host").is_none_or(|host| is_own_name(name_of(host)))
    }

    /// The name that it was sent to, in small letters and without its port.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        self.header("host").map(|host| name_of(host).to_ascii_lowercase())
    }
}

/// The name in a `Host`, without port, brackets and the dot of the root.
fn name_of(host: &str) -> &str {
    let name = match host.rsplit_once(':') {
        // A colon is also inside of an address without brackets, which has no port.
        Some((name, _)) if name.ends_with(']') || !name.contains(':') => name,
        _ => host,
    };
    name.trim_start_matches('[').trim_end_matches([']', '.'])
}

/// An address or `localhost`.
fn is_own_name(name: &str) -> bool {
    // Names under `localhost` never leave the machine (RFC 6761, section 6.3).
    let ends = |end: &str| {
        name.len()
            .checked_sub(end.len())
            .and_then(|at| name.get(at..))
            .is_some_and(|own| own.eq_ignore_ascii_case(end))
    };
    name.parse::<std::net::IpAddr>().is_ok() || name.eq_ignore_ascii_case("localhost") || ends(".localhost")
}

/// Method and path only: the rest may hold secrets.
impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ({} bytes)", self.method, self.path(), self.body.len())
    }
}

/// What is answered.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// A 200 without headers and body.
    #[must_use]
    pub const fn empty() -> Self {
        Self { status: 200, headers: Vec::new(), body: Vec::new() }
    }

    /// A 200 with this content type.
    #[must_use]
    pub fn ok(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, headers: vec![("content-type".into(), content_type.into())], body: body.into() }
    }

    /// The same with another status.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The same with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// A 302 to this URL.
    #[must_use]
    pub fn redirect(url: impl Into<String>) -> Self {
        Self::ok("text/html; charset=utf-8", "").with_status(302).with_header("location", url)
    }

    /// The first header of this lower-case name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

/// Status and size only: the rest may hold secrets.
impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.status, self.body.len())
    }
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
}

/// How the connection goes on after a reply. Anything but `Whole` is a fault that
/// somebody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ending {
    /// The reply is written; the connection stays for the next request.
    #[default]
    Whole,
    /// The head promises a whole body, and half of it comes before the end.
    Cut,
    /// Closed without a reply.
    Closed,
    /// Reset without a reply.
    Reset,
}

/// A request that a pure server wants sent after a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Later {
    /// How long to wait first.
    pub after: Duration,
    /// What to send.
    pub request: Request,
    /// By which the server knows it again when the outcome comes back.
    pub ticket: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_what_stands_before_the_query() {
        let path = |url: &str| Request::new("GET", url).path().to_owned();
        assert_eq!(path("https://api.mch.weixin.qq.com/pay/unifiedorder?a=1"), "/pay/unifiedorder");
        assert_eq!(path("https://api.mch.weixin.qq.com"), "/");
        assert_eq!(path("/a/b#c?d"), "/a/b");
        assert_eq!(path("/connect?redirect_uri=http://shop.example/back"), "/connect");
    }
}
