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
    /// What it is called on the consent page.
    pub name: Option<String>,
}

/// A merchant.
#[derive(Debug, Clone)]
pub struct Merchant {
    /// Merchant id.
    pub mch_id: String,
    /// APIv2 key.
    pub pay_key: Secret,
    /// APIv3 key; the published one if there is none.
    pub v3_key: Option<Secret>,
    /// The accounts it may take payments for.
    pub app_ids: Vec<String>,
    /// For whom it may order as a partner; none means anybody.
    pub sub_mch_ids: Option<Vec<String>>,
}

/// A user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Id under every account that has none of its own.
    pub openid: String,
    /// Ids under single accounts: app id and openid.
    pub openids: Vec<(String, String)>,
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
        Self {
            apps: vec![App { app_id: app_id.into(), secret, name: None }],
            merchants: vec![Merchant::new(mch_id, pay_key, vec![app_id.into()])],
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
            v3: merchant.map(|merchant| merchant.v3(self.key_mode)),
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

    /// The user who has this openid under some account.
    #[must_use]
    pub fn user(&self, openid: &str) -> Option<&User> {
        let has = |user: &&User| user.openid == openid || user.openids.iter().any(|(_, own)| own == openid);
        self.users.iter().find(has)
    }

    /// The openid under this account of the user who acts when nobody says who.
    #[must_use]
    pub fn default_openid(&self, app_id: &str) -> String {
        self.users.first().map_or_else(|| User::default().openid, |user| user.openid_of(app_id).to_owned())
    }
}

impl Merchant {
    /// A merchant without partners, with the published APIv3 key.
    #[must_use]
    pub fn new(mch_id: &str, pay_key: Secret, app_ids: Vec<String>) -> Self {
        Self { mch_id: mch_id.into(), pay_key, v3_key: None, app_ids, sub_mch_ids: None }
    }

    /// Whether it may order for this sub-merchant.
    pub(super) fn may_order_for(&self, sub_mch_id: &str) -> bool {
        self.sub_mch_ids.as_ref().is_none_or(|known| known.iter().any(|id| id == sub_mch_id))
    }

    /// What it signs and opens with in v3.
    fn v3(&self, mode: KeyMode) -> V3 {
        let published = published::of_merchant(&self.mch_id, mode);
        let api_v3_key = self.v3_key.clone().or(published.api_v3_key);
        V3 { api_v3_key, ..published }
    }

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
        let v3 = V3 { stand_in: Some(stand_in), ..self.v3(mode) };
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
    /// Its id under this account.
    #[must_use]
    pub fn openid_of(&self, app_id: &str) -> &str {
        let own = self.openids.iter().find(|(app, _)| app == app_id);
        own.map_or(&self.openid, |(_, openid)| openid)
    }

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
            openids: Vec::new(),
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

/// The published key of the sandbox, of every merchant.
pub(super) const SANDBOX_KEY: &str = "wxkitsandboxkey0wxkitsandboxkey0";

/// Whether this is a published pay key, and no person's own.
pub(super) fn is_built_in(key: &Secret) -> bool {
    [PAY_KEY, SANDBOX_KEY].contains(&key.expose())
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
