//! What is kept: an access token or a ticket with its end, whose it is, and
//! how both are written as fields.

use crate::sign::{Case, Digest, Secret};
use crate::wire::Fields;

/// Something WeChat lends for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The token or ticket.
    pub value: Secret,
    /// When it was asked for, Unix seconds.
    pub fetched_at: u64,
    /// When it stops working, Unix seconds.
    pub expires_at: u64,
}

/// A fetch that failed, told to those who were waiting for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// WeChat's code; empty if WeChat did not answer.
    pub code: String,
    /// WeChat's text, or what happened to the connection.
    pub text: String,
    /// When, Unix seconds.
    pub at: u64,
}

/// What kind of lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeaseKind {
    /// `/cgi-bin/token`: each fetch retires the one before.
    Token,
    /// `/cgi-bin/stable_token`: independent of [`LeaseKind::Token`].
    StableToken,
    /// `/cgi-bin/ticket/getticket`.
    Ticket(TicketType),
}

/// What a ticket signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TicketType {
    /// `wx.config`
    Jsapi,
    /// Cards and coupons.
    WxCard,
}

impl TicketType {
    /// As the `type` of the call.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jsapi => "jsapi",
            Self::WxCard => "wx_card",
        }
    }
}

impl LeaseKind {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::Token, Self::StableToken, Self::Ticket(TicketType::Jsapi), Self::Ticket(TicketType::WxCard)];

    /// A name for files and lists.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::StableToken => "stable_token",
            Self::Ticket(TicketType::Jsapi) => "jsapi_ticket",
            Self::Ticket(TicketType::WxCard) => "wx_card_ticket",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Whose lease. The origin is part of it: what a mock hands out must never be
/// sent to WeChat, nor the other way round.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeaseKey {
    /// The account.
    pub app_id: String,
    /// Scheme and authority of the server that lends.
    pub origin: String,
    /// What is lent.
    pub kind: LeaseKind,
}

/// A lease as fields, for stores that write text.
pub(super) fn to_fields(key: &LeaseKey, lease: &Lease) -> Fields {
    [
        ("app_id", key.app_id.clone()),
        ("origin", key.origin.clone()),
        ("kind", key.kind.as_str().to_owned()),
        ("value", lease.value.expose().to_owned()),
        ("fetched_at", lease.fetched_at.to_string()),
        ("expires_at", lease.expires_at.to_string()),
    ]
    .into_iter()
    .collect()
}

/// The lease in these fields, or the member that is missing or wrong.
pub(super) fn of_fields(fields: &Fields) -> Result<(LeaseKey, Lease), &'static str> {
    let text = |name: &'static str| fields.filled(name).ok_or(name);
    let time = |name: &'static str| text(name)?.parse::<u64>().map_err(|_| name);
    let key = LeaseKey {
        app_id: text("app_id")?.to_owned(),
        origin: text("origin")?.to_owned(),
        kind: LeaseKind::named(text("kind")?).ok_or("kind")?,
    };
    let value = Secret::new(text("value")?);
    Ok((key, Lease { value, fetched_at: time("fetched_at")?, expires_at: time("expires_at")? }))
}

impl Failed {
    pub(super) fn to_fields(&self) -> Fields {
        let pairs = [("code", self.code.clone()), ("text", self.text.clone()), ("at", self.at.to_string())];
        pairs.into_iter().collect()
    }

    pub(super) fn of_fields(fields: &Fields) -> Option<Self> {
        let text = |name| fields.get(name).map(str::to_owned);
        Some(Self { code: text("code")?, text: text("text")?, at: text("at")?.parse().ok()? })
    }
}

/// An origin in a name: it may be long, and holds `:` and `/`.
pub(super) fn short_origin(key: &LeaseKey) -> String {
    let hash = Digest::Sha1.of(&[], key.origin.as_bytes()).hex(Case::Lower);
    format!("{hash:.12}")
}
