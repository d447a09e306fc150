//! What is to be explained: the scheme, the fields, the signature that was
//! refused, the secret, and everything else that might have been used instead.
//! Plain data; it reads nothing and decides nothing but its scheme.

use crate::api::Word;
use crate::sign::{self, Recipe, Secret, SignType};
use crate::wire::Fields;

/// Which signature it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// `wx.config`.
    Jssdk,
    /// `cardExt`, `chooseCard`.
    Card,
    /// A pay v2 request, reply or notice.
    PayV2,
    /// JSAPI and mini program pay parameters.
    PaySign,
    /// App pay parameters.
    AppSign,
    /// URL check of the message server.
    ServerToken,
    /// `msg_signature` of an encrypted message.
    MsgCrypt,
}

/// One signature to explain.
#[derive(Debug, Clone)]
pub struct Case {
    /// Which signature it is.
    pub scheme: Scheme,
    /// The fields it was made of, without the signature itself; ones that do
    /// not belong to the scheme stay: they may have been signed by mistake.
    pub fields: Fields,
    /// As it was given; empty if none was found.
    pub signature: String,
    /// Pay key, ticket or token.
    pub secret: Option<Secret>,
    /// The digest that was agreed on, where the fields do not say.
    pub sign_type: Option<SignType>,
    /// Further candidates with their labels: another key, ticket, URL, nonce.
    pub others: Vec<(String, Secret)>,
    /// Damage of the paste that was undone for reading.
    pub repairs: Vec<Repair>,
}

/// Damage that a page or a printer did to a paste; not a mistake of signing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    /// `×tamp` for `&timestamp`.
    Times,
    /// `\/` for `/`.
    Slashes,
    /// `&amp;` for `&`.
    Amp,
    /// Typographic quotes for plain ones.
    Quotes,
}

impl Repair {
    /// What was repaired.
    #[must_use]
    pub const fn word(self) -> Word {
        match self {
            Self::Times => Word::new(
                "粘贴内容里的 ×tamp 已还原为 &timestamp",
                "the paste had ×tamp; it was read as &timestamp",
            ),
            Self::Slashes => Word::new("粘贴内容里的 \\/ 已还原为 /", "the paste had \\/; it was read as /"),
            Self::Amp => Word::new("粘贴内容里的 &amp; 已还原为 &", "the paste had &amp;; it was read as &"),
            Self::Quotes => Word::new(
                "粘贴内容里的中文引号已还原",
                "the paste had curly quotes; they were read as plain ones",
            ),
        }
    }
}

impl Scheme {
    /// All of them, in the order of the contract.
    pub const ALL: [Self; 7] = [
        Self::Jssdk,
        Self::Card,
        Self::PayV2,
        Self::PaySign,
        Self::AppSign,
        Self::ServerToken,
        Self::MsgCrypt,
    ];

    /// The right recipe, with the digest that is usual.
    #[must_use]
    pub const fn recipe(self) -> &'static Recipe {
        match self {
            Self::Jssdk => &sign::JSSDK,
            Self::Card => &sign::CARD,
            Self::PayV2 => &sign::PAY_V2,
            Self::PaySign => &sign::PAY_SIGN,
            Self::AppSign => &sign::APP_SIGN,
            Self::ServerToken => &sign::SERVER_TOKEN,
            Self::MsgCrypt => &sign::MSG_CRYPT,
        }
    }

    /// As on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.recipe().scheme
    }

    /// From its name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }

    /// How its secret is called in a case.
    #[must_use]
    pub const fn secret_name(self) -> &'static str {
        match self {
            Self::Jssdk | Self::Card => "ticket",
            Self::PayV2 | Self::PaySign | Self::AppSign => "key",
            Self::ServerToken | Self::MsgCrypt => "token",
        }
    }

    /// Whether it is one of the three of WeChat Pay.
    #[must_use]
    pub const fn is_pay(self) -> bool {
        matches!(self, Self::PayV2 | Self::PaySign | Self::AppSign)
    }

    /// Tells the scheme from the names of the fields; none if they fit none.
    #[must_use]
    pub fn of(fields: &Fields) -> Option<Self> {
        let has = |name: &str| fields.get(name).is_some();
        if has("encrypt") && has("nonce") {
            return Some(Self::MsgCrypt);
        }
        if has("url") && (has("noncestr") || has("timestamp")) {
            return Some(Self::Jssdk);
        }
        if has("package") && (has("appId") || has("timeStamp") || has("signType") || has("nonceStr")) {
            return Some(Self::PaySign);
        }
        if has("prepayid") || (has("partnerid") && has("package")) {
            return Some(Self::AppSign);
        }
        let is_pay = [
            "mch_id",
            "mchid",
            "out_trade_no",
            "return_code",
            "sign_type",
            "nonce_str",
            "transaction_id",
            "wxappid",
        ];
        if (has("card_id") || (has("api_ticket") && has("nonce_str"))) && !has("mch_id") {
            return Some(Self::Card);
        }
        if is_pay.iter().any(|name| has(name)) {
            return Some(Self::PayV2);
        }
        (has("timestamp") && has("nonce")).then_some(Self::ServerToken)
    }
}

impl Case {
    /// The right recipe for this case: the digest of pay signatures follows
    /// from the fields, else from what was agreed on, else from the length.
    #[must_use]
    pub fn recipe(&self) -> Recipe {
        let recipe = self.scheme.recipe();
        match self.scheme {
            Scheme::PayV2 | Scheme::PaySign | Scheme::AppSign => self.digest().of(recipe),
            _ => *recipe,
        }
    }

    fn digest(&self) -> SignType {
        let said = match self.scheme {
            Scheme::PayV2 => self.fields.filled("sign_type"),
            Scheme::PaySign => self.fields.filled("signType"),
            _ => None,
        };
        let by_length = || {
            if self.is_plain_request() {
                SignType::Md5
            } else {
                SignType::of_signature(self.signature.trim())
            }
        };
        said.and_then(SignType::named).or(self.sign_type).unwrap_or_else(by_length)
    }

    /// A request that WeChat reads as MD5 because no `sign_type` is sent; in
    /// replies and notices it is often left out whatever the digest.
    fn is_plain_request(&self) -> bool {
        self.scheme == Scheme::PayV2
            && ["notify_url", "auth_code"].iter().any(|name| self.fields.get(name).is_some())
            && self.fields.get("spbill_create_ip").is_some()
            && self.fields.get("return_code").is_none()
    }

    /// A reply or notice of WeChat, as opposed to a request to it.
    #[must_use]
    pub fn is_from_wechat(&self) -> bool {
        self.scheme == Scheme::PayV2
            && ["return_code", "result_code", "transaction_id"]
                .iter()
                .filter(|n| self.fields.get(n).is_some())
                .count()
                >= 2
    }
}
