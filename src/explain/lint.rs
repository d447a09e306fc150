//! What looks wrong in the fields themselves, whatever the signature: shapes,
//! lengths, values from documentation, and what the rows say. Comes in: a case;
//! goes out: [`Lint`]s. A lint is a warning, never an explanation.

use serde_json::{Value, json};

use super::case::Case;
use super::cause::{self, Cause};
use super::endpoint::{self, Way};
use super::family::{Looks, SecretKind};
use super::lint_v3;
use crate::api::check::{Problem, check as check_fields};
use crate::api::endpoint::Host;
use crate::api::{self, Endpoint, Lang, Message, Word};
use crate::sign::{Secret, SignType};
use crate::wire::Fields;

/// One warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lint {
    /// A cause id, or `ROW` for a field that breaks its documented shape.
    pub id: &'static str,
    /// The field, where it is one.
    pub field: Option<String>,
    /// What to say.
    pub message: Message,
    /// What to do about it, where the cause is one of the table.
    pub fix: Option<Word>,
}

/// What no page and no call gets through with, however right the signature is:
/// a browser never shows such an address, and WeChat refuses such a value.
const SURE: &[&Cause] = &[
    cause::J_TS_MS,
    cause::J_URL_AMP,
    cause::J_URL_EMPTY,
    cause::J_URL_ENC,
    cause::J_URL_HASH,
    cause::J_URL_JSONESC,
    cause::J_URL_NOSCHEME,
    cause::J_URL_PCT,
    cause::J_URL_WS,
    cause::P_NUM,
    cause::S_APP_PKG,
    cause::S_PKG_DOUBLE,
    cause::S_PKG_NOPREFIX,
    cause::S_TS_MS,
    cause::V_AUTH_FORMAT,
    cause::V_KEY_SERIAL,
    cause::V_MCHID,
    cause::V_PS_APP,
    cause::V_PS_PREFIX,
    cause::V_PS_ST,
    cause::V_PS_TSMS,
    cause::V_SERIAL_FMT,
    cause::V_TS_MS,
];

/// Id of what a row says.
const ROW: &str = "ROW";

impl Lint {
    /// Whether it is refused even where the signature is right.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.id == ROW || SURE.iter().any(|cause| cause.id == self.id)
    }

    /// As the contract says.
    #[must_use]
    pub fn to_json(&self, lang: Lang) -> Value {
        let message = self.message.text(lang);
        match &self.field {
            Some(field) => json!({ "id": self.id, "field": field, "message": message }),
            None => json!({ "id": self.id, "message": message }),
        }
    }
}

/// All warnings of a case; what is sure comes first.
#[must_use]
pub fn lints(case: &Case) -> Vec<Lint> {
    let mut lints = Lints { case, list: Vec::new() };
    lints.signature();
    lints.secret();
    match case.scheme.family().looks {
        Looks::Page => lints.page(),
        Looks::Message => lints.message(),
        Looks::PayPage | Looks::PayApp => lints.pay_page(),
        Looks::Letter => lints.letter(),
        Looks::V3 => lints.of_v3(&lint_v3::request(case)),
        Looks::V3Reply => lints.of_v3(&lint_v3::reply(case)),
        Looks::V3Cashier => lints.of_v3(&lint_v3::cashier(case)),
        Looks::Nothing => {}
    }
    lints.rows();
    lints.list.sort_by_key(|lint| !lint.is_sure());
    lints.list
}

/// Signatures that stand in public documentation.
const SAMPLES: &[&str] = &[
    "0f9de62fce790f9a083d5c99e95740ceb90c27ed",
    "9a0a8659f005d6984697e2ca0a9cf3b7",
    "6a9ae1657590fd6257d693a078e1c3e4bb6ba4dc30b23e0ee2496e54170dacd6",
    "c380bec2bfd727a4b6845133519f3ad6",
    "0cb01533b8c1ef103065174f50bca001",
    "22d9b4e54ab1950f51e0649e8810acd6",
    "b552ed6b279343cb493c5dd0d78ab241",
    "bdf0099c15ff7bc6b1585fbb110ab635",
    "1316ed92e0827786cfda3ae355f33760c4f70c1f",
];

struct Lints<'a> {
    case: &'a Case,
    list: Vec<Lint>,
}

impl Lints<'_> {
    fn say(&mut self, cause: &'static Cause, field: Option<&str>, word: Word) {
        self.list.push(Lint {
            id: cause.id,
            field: field.map(str::to_owned),
            message: word.into(),
            fix: Some(cause.fix),
        });
    }

    fn get(&self, name: &str) -> &str {
        self.case.fields.get(name).unwrap_or_default()
    }

    fn looks(&self) -> Looks {
        self.case.scheme.family().looks
    }

    fn signature(&mut self) {
        let given = self.case.signature.trim().to_owned();
        if SAMPLES.contains(&given.to_lowercase().as_str()) || given.starts_with("MD5(") {
            self.say(
                cause::P_DOC_SAMPLE,
                None,
                Word::new("这个签名是文档里的示例值", "this signature is a sample from the documentation"),
            );
        }
        let right = self.case.recipe().digest.size() * 2;
        let is_hex = !given.is_empty() && given.bytes().all(|b| b.is_ascii_hexdigit());
        if self.looks() == Looks::Page && (!is_hex || given.len() != right) {
            self.say(
                cause::J_CONFIG_FIELD,
                None,
                Word::new(
                    "signature 应是 40 位十六进制，这里不是",
                    "signature should have 40 hex digits; this has not",
                ),
            );
        }
        if is_hex && [31, 30, 39, 38, 63, 62].contains(&given.len()) {
            self.say(
                cause::X_HEX_ZERO,
                None,
                Word::new(
                    "签名比应有的短一两位：可能丢了前导 0",
                    "the signature is a digit or two short: leading zeros may be lost",
                ),
            );
        }
    }

    fn of_v3(&mut self, seen: &[lint_v3::Seen]) {
        for (cause, field) in seen {
            self.say(cause, Some(field), cause.why);
        }
    }

    fn secret(&mut self) {
        let has_secret = !self.case.scheme.family().is_rsa();
        let Some(secret) = self.case.secret.as_ref().filter(|_| has_secret).map(Secret::expose) else {
            return;
        };
        let (is_pay, has_blanks) = (self.case.scheme.family().is_pay(), secret.trim() != secret);
        let is_hex32 =
            secret.len() == 32 && secret.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let is_token = secret
            .split_once('_')
            .is_some_and(|(n, rest)| n.len() < 4 && super::draft::form::is_number(n) && rest.len() > 60);
        if secret.is_empty() {
            let id = if is_pay {
                cause::P_KEY_EMPTY
            } else if self.is_ticket() {
                cause::J_TICKET_EMPTY
            } else {
                cause::T_TOKEN_EMPTY
            };
            self.say(id, None, Word::new("密钥（ticket、Token）是空的", "the secret is empty"));
        } else if has_blanks {
            let id = if is_pay {
                cause::P_KEY_WS
            } else if self.is_ticket() {
                cause::J_TICKET_WS
            } else {
                cause::T_TOKEN_OTHER
            };
            self.say(
                id,
                None,
                Word::new("密钥（ticket、Token）前后有空白", "there are blanks around the secret"),
            );
        } else if is_pay && super::edits::is_sample(secret) {
            self.say(
                cause::P_KEY_DOC,
                None,
                Word::new("这是文档里的示例密钥", "this is the sample key of the documentation"),
            );
        } else if is_pay && secret.chars().count() != 32 {
            self.say(
                cause::P_KEY_WS,
                None,
                Word::new("商户密钥应是 32 位，这个不是", "a pay key has 32 characters; this one has not"),
            );
        } else if self.is_ticket() && is_token {
            self.say(
                cause::J_TICKET_AT,
                None,
                Word::new(
                    "这看起来是 access_token，不是 ticket",
                    "this looks like an access_token, not a ticket",
                ),
            );
        } else if self.is_ticket() && (is_hex32 || (secret.starts_with("wx") && secret.len() == 18)) {
            self.say(
                cause::J_TICKET_SECRET,
                None,
                Word::new(
                    "这看起来是 AppSecret 或 appid，不是 ticket",
                    "this looks like an AppSecret or an appid, not a ticket",
                ),
            );
        } else if self.looks() == Looks::Page && secret.starts_with("IpK_") {
            self.say(
                cause::J_TICKET_TYPE,
                None,
                Word::new("这看起来是卡券的 api_ticket", "this looks like the api_ticket of cards"),
            );
        } else if self.is_ticket() && secret.contains(['{', '"']) {
            self.say(
                cause::J_TICKET_JSON,
                None,
                Word::new(
                    "ticket 里有引号或花括号：像是整个 JSON",
                    "the ticket has quotes or braces: it looks like JSON",
                ),
            );
        }
    }

    fn is_ticket(&self) -> bool {
        self.case.scheme.family().secret == SecretKind::Ticket
    }

    fn page(&mut self) {
        let url = self.get("url").to_owned();
        let lower = url.to_lowercase();
        let host = url
            .split_once("://")
            .map_or("", |(_, rest)| rest)
            .split(['/', '?', '#'])
            .next()
            .unwrap_or_default()
            .to_owned();
        let path = url.split(['?', '#']).next().unwrap_or_default().to_lowercase();
        let rules: [(bool, &'static Cause, Word); 10] = [
            (
                url.contains('#'),
                cause::J_URL_HASH,
                Word::new("url 里有 #：签名前要去掉它和后面的部分", "the url has a #: cut it before signing"),
            ),
            (
                lower.starts_with("http%3a") || lower.starts_with("https%3a"),
                cause::J_URL_ENC,
                Word::new("url 还是编码过的", "the url is still percent-encoded"),
            ),
            (
                !lower.starts_with("http") && !url.is_empty(),
                cause::J_URL_NOSCHEME,
                Word::new("url 没有 http(s)://", "the url has no http(s)://"),
            ),
            (
                url.contains("&amp;"),
                cause::J_URL_AMP,
                Word::new("url 里有 &amp;：被 HTML 转义了", "the url has &amp;: it was HTML-escaped"),
            ),
            (
                !url.is_ascii(),
                cause::J_URL_PCT,
                Word::new(
                    "url 里有未编码的中文：浏览器里是 %XX",
                    "the url has raw non-ASCII text; browsers show it percent-encoded",
                ),
            ),
            (
                url.trim() != url,
                cause::J_URL_WS,
                Word::new("url 前后有空白", "there are blanks around the url"),
            ),
            (url.contains("\\/"), cause::J_URL_JSONESC, Word::new("url 里有 \\/", "the url has \\/")),
            (url.is_empty(), cause::J_URL_EMPTY, Word::new("url 是空的", "the url is empty")),
            (
                is_private(&host),
                cause::J_URL_HOST,
                Word::new("url 是内网或本机地址", "the url has a private or local host"),
            ),
            (
                path.contains("/api/") || path.contains("getconfig") || path.contains("signature"),
                cause::J_URL_API,
                Word::new("url 像是接口地址，不是页面", "the url looks like an endpoint, not a page"),
            ),
        ];
        for (applies, id, word) in rules {
            if applies {
                self.say(id, Some("url"), word);
            }
        }
        self.seconds(cause::J_TS_MS, "timestamp");
        for wrong in ["nonceStr", "nonce_str", "timeStamp", "appid"] {
            if self.case.fields.get(wrong).is_some() && self.case.fields.get("noncestr").is_none() {
                self.say(
                    cause::J_CONFIG_FIELD,
                    Some(wrong),
                    Word::new(
                        "签名串里的名字应是 noncestr、timestamp、url",
                        "the names in the string are noncestr, timestamp, url",
                    ),
                );
            }
        }
    }

    fn seconds(&mut self, id: &'static Cause, field: &'static str) {
        let value = self.get(field);
        if value.len() == 13 && super::draft::form::is_number(value) {
            self.say(
                id,
                Some(field),
                Word::new(
                    "时间戳是 13 位毫秒，应是 10 位秒",
                    "the timestamp has 13 digits (milliseconds); it should have 10",
                ),
            );
        }
    }

    /// What the call does not want, signed or not.
    fn not_sent(&mut self) {
        let Some((rule, Way::Request)) = endpoint::rule(&self.case.fields) else { return };
        let unwanted = rule.not_sent.iter().filter(|name| self.case.fields.get(name).is_some());
        for name in unwanted.copied().collect::<Vec<_>>() {
            self.list.push(Lint {
                id: ROW,
                field: Some(name.to_owned()),
                message: rule.fix.into(),
                fix: None,
            });
        }
    }

    fn message(&mut self) {
        self.sign_type();
        self.not_sent();
        let fields: Vec<(String, String)> =
            self.case.fields.iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
        for (name, value) in &fields {
            let is_fee = (name.ends_with("_fee") || name.contains("_fee_")) && !value.is_empty();
            if is_fee && !super::draft::form::is_number(value) && !name.ends_with("fee_type") {
                self.say(
                    cause::P_NUM,
                    Some(name),
                    Word::new("金额应是整数分", "an amount is an integer in fen"),
                );
            }
            if value.trim() != value {
                self.say(
                    cause::P_WS,
                    Some(name),
                    Word::new("值的首尾有空白", "there are blanks around the value"),
                );
            }
            if value.starts_with("<![CDATA[") {
                self.say(
                    cause::P_CDATA,
                    Some(name),
                    Word::new("CDATA 标记成了值的一部分", "the CDATA marks are part of the value"),
                );
            }
            if matches!(value.as_str(), "null" | "undefined" | "None" | "nil") {
                self.say(cause::P_NULL, Some(name), Word::new("空值成了文字", "a missing value became text"));
            }
            if value.contains("&amp;") || value.contains("&lt;") || value.contains("&quot;") {
                self.say(
                    cause::P_XMLESC,
                    Some(name),
                    Word::new("值里有 XML 转义", "the value has XML escapes"),
                );
            }
        }
    }

    fn pay_page(&mut self) {
        self.seconds(cause::S_TS_MS, "timeStamp");
        self.seconds(cause::S_TS_MS, "timestamp");
        let package = self.get("package").to_owned();
        if self.looks() == Looks::PayApp {
            if package != "Sign=WXPay" {
                self.say(
                    cause::S_APP_PKG,
                    Some("package"),
                    Word::new(
                        "App 支付的 package 固定为 Sign=WXPay",
                        "for App payments package is Sign=WXPay",
                    ),
                );
            }
            return;
        }
        if !package.starts_with("prepay_id=") {
            self.say(
                cause::S_PKG_NOPREFIX,
                Some("package"),
                Word::new("package 应以 prepay_id= 开头", "package should start with prepay_id="),
            );
        } else if package.starts_with("prepay_id=prepay_id=") {
            self.say(
                cause::S_PKG_DOUBLE,
                Some("package"),
                Word::new("prepay_id= 写了两遍", "prepay_id= stands there twice"),
            );
        }
        if self.case.fields.get("timeStamp").is_none() && self.case.fields.get("timestamp").is_some() {
            self.say(
                cause::S_TS_LOWER,
                Some("timestamp"),
                Word::new("参数名应是 timeStamp", "the name is timeStamp"),
            );
        }
        if self.case.fields.get("appId").is_none() {
            self.say(
                cause::S_APPID_MISS,
                Some("appId"),
                Word::new("appId 也要参与签名，这里没有", "appId is signed too; it is not here"),
            );
        }
    }

    fn letter(&mut self) {
        let aes = self.case.others.iter().find(|(label, _)| label.to_lowercase().contains("aes"));
        if aes.is_some_and(|(_, key)| key.expose().chars().count() != 43) {
            self.say(
                cause::M_AESKEY,
                None,
                Word::new("EncodingAESKey 应是 43 位", "an EncodingAESKey has 43 characters"),
            );
        }
    }

    fn sign_type(&mut self) {
        let said = self.get("sign_type");
        if !said.is_empty() && SignType::named(said).is_none() {
            let word = Word::new(
                "sign_type 只能是 MD5 或 HMAC-SHA256，“{}” 不是",
                "sign_type is MD5 or HMAC-SHA256; \"{}\" is neither",
            );
            let message = word.with([said]);
            self.list.push(Lint { id: ROW, field: Some("sign_type".into()), message, fix: None });
        }
    }

    /// What the documentation says about the fields of this call.
    fn rows(&mut self) {
        let Some((row, fields)) = self.row() else { return };
        for problem in check_fields(row.fields, &fields) {
            let Problem { field, .. } = &problem;
            if !self.list.iter().any(|l| l.field.as_ref() == Some(field)) && field != "sign" {
                self.list.push(Lint {
                    id: ROW,
                    field: Some(field.clone()),
                    message: problem.message(),
                    fix: None,
                });
            }
        }
    }

    /// The call that these fields are for, where they tell.
    fn row(&self) -> Option<(&'static Endpoint, Fields)> {
        if self.looks() != Looks::Message {
            return None;
        }
        let has = |name: &&str| self.case.fields.get(name).is_some();
        // Only who tells what happened says how it went.
        let host = if has(&"return_code") { Host::Merchant } else { Host::Mch };
        let is_told = |row: &&Endpoint| !row.told_by.is_empty() && row.told_by.iter().all(has);
        let row = api::rows().filter(|row| row.host == host && is_told(row)).last()?;
        let mut fields = self.case.fields.clone();
        fields.set("sign", self.case.signature.clone());
        Some((row, fields))
    }
}

fn is_private(host: &str) -> bool {
    let name = host.split(':').next().unwrap_or(host);
    let second = name.split('.').nth(1).and_then(|n| n.parse::<u8>().ok());
    name == "localhost"
        || ["127.", "10.", "192.168.", "0.0.0.0"].iter().any(|start| name.starts_with(start))
        || (name.starts_with("172.") && second.is_some_and(|n| (16..32).contains(&n)))
}
