//! What goes wrong on the network, as data: who is at fault, and whether the other
//! side may have done what it was asked. The words for people stand elsewhere.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use super::address::BadAddress;

/// Why there is no reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendError {
    /// Provably not processed: no connection came about.
    Unreachable {
        /// Host (and port) that was asked.
        host: String,
        /// What stood in the way.
        why: Why,
    },
    /// Provably not processed: the proxy on the way did not let it through.
    Proxy {
        /// Host (and port) of the proxy.
        proxy: String,
        /// Host (and port) that was asked.
        host: String,
        /// What stood in the way.
        why: Why,
    },
    /// Sent, at least in part, and no complete reply: it may have been done.
    Lost {
        /// Host (and port) that was asked.
        host: String,
        /// How it ended.
        why: Why,
        /// How long it was waited.
        after: Duration,
    },
    /// The reply is longer than anything WeChat sends.
    TooLong {
        /// Most bytes that are read.
        limit: usize,
    },
    /// This call must show the merchant's certificate, and none is configured.
    NoCertificate,
    /// Not an absolute http(s) URL, or a method or header that HTTP cannot carry.
    BadRequest {
        /// What the HTTP library minds.
        why: String,
    },
    /// The secure connection cannot be set up here: CA file, certificate, proxy.
    Setup(NetError),
}

impl std::fmt::Display for SendError {
    /// Short and technical; of what was sent, only the host.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreachable { host, why } | Self::Lost { host, why, .. } => write!(f, "{host}: {why}"),
            Self::Proxy { proxy, host, why } => write!(f, "{host} through the proxy {proxy}: {why}"),
            Self::TooLong { limit } => write!(f, "more than {limit} bytes"),
            Self::NoCertificate => f.write_str("no client certificate"),
            Self::BadRequest { why } => f.write_str(why),
            Self::Setup(error) => error.fmt(f),
        }
    }
}

/// What happened to a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The name has no address.
    UnknownHost,
    /// Nobody listens there.
    Refused,
    /// Too slow.
    TimedOut,
    /// The other side cut the connection.
    Reset,
    /// The other side closed before the reply was complete.
    Closed,
    /// We were told to stop (Ctrl-C, SIGTERM) while it was on its way.
    Interrupted,
    /// The other side's certificate is not to be trusted.
    Distrust(Distrust),
    /// No trust between the two sides, in the TLS library's words.
    Tls(String),
    /// The proxy wants to know who we are (407).
    ProxyAuth,
    /// The other side does not accept our client certificate.
    CertificateRefused(String),
    /// Anything else, in the words of the system.
    Other(String),
}

/// What is wrong with a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distrust {
    /// Nobody we trust has signed it.
    UnknownIssuer,
    /// Its time is over.
    Expired,
    /// Its time has not begun.
    NotYet,
    /// It is for another name.
    OtherName,
    /// Its owner or issuer took it back.
    Revoked,
    /// It is damaged, or not one for servers: an authority's own, for example.
    Unfit,
}

impl Distrust {
    /// Short and technical.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownIssuer => "certificate of an unknown issuer",
            Self::Expired => "certificate has expired",
            Self::NotYet => "certificate is not valid yet",
            Self::OtherName => "certificate is for another name",
            Self::Revoked => "certificate was revoked",
            Self::Unfit => "certificate is not one of a server",
        }
    }
}

impl std::fmt::Display for Why {
    /// Short and technical, as an operating system would say it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::UnknownHost => "unknown host",
            Self::Refused => "connection refused",
            Self::TimedOut => "timed out",
            Self::Reset => "connection reset",
            Self::Closed => "connection closed",
            Self::Interrupted => "interrupted",
            Self::ProxyAuth => "HTTP 407, it wants a user and a password",
            Self::Distrust(why) => why.as_str(),
            Self::Tls(text) | Self::CertificateRefused(text) | Self::Other(text) => text,
        })
    }
}

/// Why the network cannot be used as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetError {
    /// Neither PEM nor PKCS#12, or damaged.
    BadIdentity {
        /// The parser's words.
        why: String,
    },
    /// Not PEM, and this build reads no PKCS#12.
    NoPkcs12,
    /// The PKCS#12 file does not open with this password.
    WrongPassword,
    /// A PEM file without a certificate.
    NoCertificateInside,
    /// A PEM file without a private key, and no key file beside it.
    NoKeyInside,
    /// The private key is locked with a password.
    EncryptedKey,
    /// The CA file holds no certificate that can be read.
    BadCaFile {
        /// The parser's words.
        why: String,
    },
    /// The CA file holds no certificate at all.
    EmptyCaFile,
    /// Not a proxy URL.
    BadProxy {
        /// The parser's words.
        why: String,
    },
    /// The TLS library refuses the settings.
    Tls {
        /// Its words.
        why: String,
    },
    /// A certificate authority of our own cannot be made, read or used.
    Ca {
        /// The library's words.
        why: String,
    },
    /// Not an address to listen on.
    Address {
        /// As it was typed.
        addr: String,
        /// What is wrong with it.
        bad: BadAddress,
    },
    /// The address cannot be listened on.
    Listen {
        /// The address.
        addr: String,
        /// What the system says.
        why: io::ErrorKind,
    },
}

impl std::fmt::Display for NetError {
    /// Short and technical, for logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::BadIdentity { why } => write!(f, "client certificate: {why}"),
            Self::NoPkcs12 => f.write_str("client certificate: no PKCS#12 in this build"),
            Self::WrongPassword => f.write_str("client certificate: wrong password"),
            Self::NoCertificateInside => f.write_str("client certificate: no certificate inside"),
            Self::NoKeyInside => f.write_str("client certificate: no private key"),
            Self::EncryptedKey => f.write_str("client certificate: the private key is locked"),
            Self::BadCaFile { why } => write!(f, "CA file: {why}"),
            Self::EmptyCaFile => f.write_str("CA file: no certificate inside"),
            Self::BadProxy { why } => write!(f, "proxy: {why}"),
            Self::Tls { why } => write!(f, "TLS: {why}"),
            Self::Ca { why } => write!(f, "CA: {why}"),
            Self::Address { addr, .. } => write!(f, "{addr} is no address"),
            Self::Listen { addr, why } => write!(f, "{addr}: {why}"),
        }
    }
}

/// The innermost cause: the outer ones only repeat it, and show the URL with
/// whatever secrets its query holds.
pub(super) fn root_cause(error: &(dyn StdError + 'static)) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

pub(super) fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| (*error).source())
}
