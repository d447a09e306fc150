//! Who the gateway plays: the official accounts, the merchants and the users it
//! knows, and how it behaves. The defaults are public on purpose: test suites
//! of other projects are written against them.

use super::access::Access;
use super::published::{self, KeyMode};
use crate::api::Lang;
use crate::api::keys::{Keys, Secret, SignType, V2, V3};
use crate::wire::{Reply, Request};

/// The accounts, merchants and users of this gateway. The first user is the one
/// who pays and consents when nobody says who.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Official accounts.
    pub apps: Vec<App>,
    /// Merchants.
    pub merchants: Vec<Merchant>,
    /// Users.
    pub users: Vec<User>,
    /// Which of WeChat Pay's keys sign and are handed out.
    pub key_mode: KeyMode,
}

/// An official account.
#[derive(Debug, Clone)]
pub struct App {
    /// `wx…`
    pub app_id: String,
    /// AppSecret.
    pub secret: Secret,
}

/// A merchant.
#[derive(Debug, Clone)]
pub struct Merchant {
    /// Merchant id.
    pub mch_id: String,
    /// APIv2 key.
    pub pay_key: Secret,
    /// The accounts it may take payments for.
    pub app_ids: Vec<String>,
}

/// A user, who is the same under every account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Id under the account.
    pub openid: String,
    /// Id over all accounts.
    pub unionid: String,
    /// Nickname, as the user wrote it.
    pub nickname: String,
    /// The same for readers of English.
    pub english: String,
    /// Picture.
    pub headimgurl: String,
}

impl Identity {
    /// One account with one merchant, the default user and two more.
    #[must_use]
    pub fn new(app_id: &str, secret: Secret, mch_id: &str, pay_key: Secret) -> Self {
        let merchant = Merchant { mch_id: mch_id.into(), pay_key, app_ids: vec![app_id.into()] };
        Self {
            apps: vec![App { app_id: app_id.into(), secret }],
            merchants: vec![merchant],
            users: vec![User::default(), User::another(2, "小明", "Ming"), User::another(3, "安娜", "Anna")],
            key_mode: KeyMode::Both,
        }
    }

    /// What a client of the first account and merchant has to know.
    #[must_use]
    pub fn default_keys(&self) -> Keys {
        let (app, merchant) = (self.apps.first(), self.merchants.first());
        Keys {
            app_id: app.map(|app| app.app_id.clone()),
            app_secret: app.map(|app| app.secret.clone()),
            mch_id: merchant.map(|merchant| merchant.mch_id.clone()),
            v2: merchant.map(|merchant| V2::new(merchant.pay_key.clone())),
            v3: merchant.map(|merchant| published::of_merchant(&merchant.mch_id, self.key_mode)),
            ..Keys::default()
        }
    }

    /// Whether a merchant here signs with a key that is not the published one.
    #[must_use]
    pub fn has_own_key(&self) -> bool {
        self.merchants.iter().any(|merchant| !is_built_in(&merchant.pay_key))
    }

    /// The account of this id.
    #[must_use]
    pub fn app(&self, app_id: &str) -> Option<&App> {
        self.apps.iter().find(|app| app.app_id == app_id)
    }

    /// The merchant of this id.
    #[must_use]
    pub fn merchant(&self, mch_id: &str) -> Option<&Merchant> {
        self.merchants.iter().find(|merchant| merchant.mch_id == mch_id)
    }

    /// The user of this openid.
    #[must_use]
    pub fn user(&self, openid: &str) -> Option<&User> {
        self.users.iter().find(|user| user.openid == openid)
    }

    /// The user who acts when nobody says who.
    #[must_use]
    pub fn default_user(&self) -> User {
        self.users.first().cloned().unwrap_or_default()
    }
}

impl Merchant {
    /// What this merchant signs with, for messages about this account.
    #[must_use]
    pub fn keys(&self, app_id: &str, sign_type: SignType) -> Keys {
        Keys {
            app_id: Some(app_id.into()),
            mch_id: Some(self.mch_id.clone()),
            v2: Some(V2 { key: self.pay_key.clone(), sign_type }),
            ..Keys::default()
        }
    }

    /// What WeChat Pay answers and tells this merchant with in v3: the key of this id,
    /// or the usual one of the mode where none is named. None if there is no such key.
    #[must_use]
    pub fn keys_v3(&self, mode: KeyMode, id: Option<&str>) -> Option<Keys> {
        let stand_in = published::stand_in(mode, id.unwrap_or_else(|| published::usual_id(mode)))?;
        let v3 = V3 { stand_in: Some(stand_in), ..published::of_merchant(&self.mch_id, mode) };
        Some(Keys { mch_id: Some(self.mch_id.clone()), v3: Some(v3), ..Keys::default() })
    }
}

impl Default for Identity {
    /// The fixed identity that test suites rely on.
    fn default() -> Self {
        Self::new(
            "wx00c0ffee00c0ffee",
            Secret::new("0123456789abcdef0123456789abcdef"),
            "1900000109",
            Secret::new(PAY_KEY),
        )
    }
}

impl User {
    /// The nickname for a reader of this language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::En { &self.english } else { &self.nickname }
    }

    fn another(number: u8, nickname: &str, english: &str) -> Self {
        let id = |letter: char| format!("{letter}MockUser{number:019}");
        Self {
            openid: id('o'),
            unionid: id('u'),
            nickname: nickname.into(),
            english: english.into(),
            ..Self::default()
        }
    }
}

impl Default for User {
    fn default() -> Self {
        Self {
            openid: "oMockUser0000000000000000001".into(),
            unionid: "uMockUser0000000000000000001".into(),
            nickname: "测试用户".into(),
            english: "Test User".into(),
            headimgurl: "https://thirdwx.qlogo.cn/mmopen/vi_32/mock/132".into(),
        }
    }
}

/// The openid of a snapshot page's user, which is no real one.
pub(super) const SNAPSHOT: &str = "oSnapshotUser000000000000001";

/// The published pay key.
const PAY_KEY: &str = "wxkitmockpaykey0wxkitmockpaykey0";

/// Whether this is the published pay key, and no person's own.
pub(super) fn is_built_in(key: &Secret) -> bool {
    key.expose() == PAY_KEY
}

/// How the gateway behaves.
#[derive(Debug, Clone)]
pub struct Options {
    /// Notices are repeated this many times faster than WeChat would; at least 1.
    pub speed: u32,
    /// Makes tokens and numbers repeatable, together with the stamps' nonces.
    pub seed: u64,
    /// Life of access tokens and tickets, in seconds.
    pub token_life: u64,
    /// Addresses that may fetch access tokens; empty lets everyone.
    pub whitelist: Vec<String>,
    /// Where refunds are told that name no address: what a merchant sets on the platform.
    pub refund_url: Option<String>,
    /// Who may use `/_mock/`.
    pub control: Access,
    /// Names of hosts, in small letters, by which the calls of WeChat's may reach it
    /// beside those that nobody else gives out.
    pub names: Vec<String>,
    /// Replies for calls that it does not play.
    pub stubs: Vec<Stub>,
    /// Whether browsers see the consent page.
    pub consent: Consent,
    /// Whether refunds want a client certificate.
    pub certificate: CertificateRule,
    /// Calls remembered; the oldest go first.
    pub keep_requests: usize,
    /// Orders remembered, with their refunds; when there are more, the oldest
    /// finished ones go first, then the oldest. As many notices are remembered.
    pub keep_orders: usize,
}

/// A reply for paths that the gateway does not play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stub {
    /// The path, or its beginning and a `*`.
    pub path: String,
    /// The body: JSON, XML or text.
    pub body: String,
}

impl Stub {
    /// Whether it answers this path.
    pub(super) fn fits(&self, path: &str) -> bool {
        self.path.strip_suffix('*').map_or(path == self.path, |start| path.starts_with(start))
    }

    /// Its reply.
    pub(super) fn reply(&self) -> Reply {
        let kind = match self.body.trim_start().chars().next() {
            Some('{' | '[') => "application/json; charset=UTF-8",
            Some('<') => "text/xml",
            _ => "text/plain; charset=utf-8",
        };
        Reply::ok(kind, self.body.as_str())
    }
}

/// Whether a browser that opens an authorize link is asked. Scripts never are,
/// nor is anybody for `snsapi_base`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// Only if the link says `forcePopup=true`.
    Silent,
    /// Always.
    Asked,
}

/// Whether the calls that need a client certificate are held to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateRule {
    /// Not looked at: a plain HTTP listener cannot see one.
    Ignored,
    /// Refused without, where it could have been shown: over TLS.
    OverTls,
    /// Refused without, as WeChat's front server does.
    Required,
}

impl CertificateRule {
    /// Whether this request is held to it.
    pub(super) const fn holds_for(self, request: &Request) -> bool {
        match self {
            Self::Ignored => false,
            Self::OverTls => request.secure,
            Self::Required => true,
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            speed: 1,
            seed: 0,
            token_life: 7200,
            whitelist: Vec::new(),
            refund_url: None,
            control: Access::Loopback,
            names: Vec::new(),
            stubs: Vec::new(),
            consent: Consent::Silent,
            certificate: CertificateRule::Ignored,
            keep_requests: 1000,
            keep_orders: 10_000,
        }
    }
}
