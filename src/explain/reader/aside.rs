//! Pastes that are not the thing needed, each told apart by what it is: only
//! the refusal, a reply that has no signature, placeholders, an authorize link,
//! a v3 message, a key or a token alone, an error text. No search is made for
//! them. Owns what they are; what to say is for whoever shows it.

use super::documents::Document;
use super::names;
use super::notation::xml::BrokenTag;
use super::pick::{Candidate, Proof, is_placeholder};
use crate::api::error_codes;
use crate::explain::said::said;
use crate::explain::unsealed::Resource;

/// What a paste is, if it is no signed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aside {
    /// WeChat's refusal without the request.
    Refusal {
        /// Code or text, as WeChat wrote it.
        said: String,
    },
    /// A reply of a call whose replies carry no signature.
    UnsignedReply {
        /// Name of the call, where the fields tell.
        call: Option<&'static str>,
    },
    /// A refund notice: encrypted, not signed.
    RefundNotice,
    /// Expressions or template marks where values should be.
    Placeholders {
        /// Names with what stands there.
        found: Vec<(String, String)>,
    },
    /// The link that asks a user to log in.
    AuthorizeLink {
        /// What is wrong with it.
        faults: Vec<LinkFault>,
    },
    /// A message or call of APIv3.
    V3 {
        /// What tells.
        mark: V3Mark,
        /// The text that WeChat says was signed.
        signed: Option<String>,
    },
    /// An encrypted resource of APIv3: of a notice, or a platform certificate.
    Resource(Resource),
    /// A PEM file: certificate or key.
    Pem {
        /// What its first line calls it.
        label: String,
    },
    /// A token, ticket or signature and nothing else.
    Alone {
        /// Which of them.
        what: Lone,
    },
    /// An error of WeChat in words or as a code.
    ErrorText {
        /// The code or text.
        said: String,
    },
    /// XML whose tags do not match.
    BrokenTag(BrokenTag),
}

/// By what an APIv3 paste is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum V3Mark {
    /// `Wechatpay-Signature` and its companions.
    Headers,
    /// `sign_information` of a refusal.
    SignInformation,
    /// `WECHATPAY2-SHA256-RSA2048 …`.
    Authorization,
    /// `signType` RSA, or a signature as long as RSA makes them.
    PaySign,
}

/// What can be wrong in an authorize link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkFault {
    /// The parameters stand in another order.
    Order,
    /// `redirect_uri` is not percent-encoded.
    NotEncoded,
    /// `redirect_uri` is an IP address.
    Ip,
    /// `redirect_uri` has a port.
    Port,
    /// `redirect_uri` has a fragment.
    Fragment,
    /// `#wechat_redirect` is missing.
    NoRedirectMark,
    /// A parameter is missing.
    Missing,
    /// `scope` is none that exists.
    Scope,
}

/// A lone value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lone {
    /// An access_token.
    AccessToken,
    /// A jsapi_ticket or api_ticket.
    Ticket,
    /// A hash.
    Signature,
}

/// What can be told from the text alone.
pub(super) fn of_text(text: &str) -> Option<Aside> {
    pem(text).or_else(|| link(text)).or_else(|| v3_text(text)).or_else(|| alone(text))
}

/// What can be told from the documents, if none of them is signed.
pub(super) fn of_documents(text: &str, all: &[Document], best: Option<&Candidate<'_>>) -> Option<Aside> {
    if best.is_some_and(|best| best.proof == Proof::Rsa) {
        return Some(Aside::V3 { mark: V3Mark::PaySign, signed: None });
    }
    let placeholders = best.filter(|best| best.proof == Proof::Placeholder).map(placeholders);
    placeholders.or_else(|| all.iter().find_map(reply)).or_else(|| error_text(text))
}

/// Marks of v3 that win over everything else in a paste.
pub(super) fn v3(text: &str, all: &[Document]) -> Option<Aside> {
    let value = |name: &str| all.iter().find_map(|d| d.fields.filled(name)).map(str::to_owned);
    let lower = text.to_ascii_lowercase();
    let mark = match () {
        () if lower.contains("sign_information") => V3Mark::SignInformation,
        () if lower.contains("wechatpay-signature") || lower.contains("wechatpay_signature") => {
            V3Mark::Headers
        }
        () if text.contains("WECHATPAY2-") => V3Mark::Authorization,
        () => return all.iter().find_map(|document| Resource::of(&document.fields)).map(Aside::Resource),
    };
    Some(Aside::V3 { mark, signed: value("truncated_sign_message").or_else(|| value("sign_message")) })
}

fn v3_text(text: &str) -> Option<Aside> {
    let text = text.trim();
    text.starts_with("WECHATPAY2-").then_some(Aside::V3 { mark: V3Mark::Authorization, signed: None })
}

fn pem(text: &str) -> Option<Aside> {
    let (_, rest) = text.split_once("-----BEGIN ")?;
    let (label, _) = rest.split_once("-----")?;
    Some(Aside::Pem { label: label.chars().take(40).collect() })
}

fn alone(text: &str) -> Option<Aside> {
    let text = text.trim().trim_matches(['"', '\'']);
    let is_word = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if !is_word || text.len() < 16 {
        return None;
    }
    let head = text.split('_').next().unwrap_or_default();
    let is_token = text.len() > 100 && head.len() < 4 && head.bytes().all(|b| b.is_ascii_digit());
    let what = match () {
        () if text.bytes().all(|b| b.is_ascii_hexdigit()) && matches!(text.len(), 32 | 40 | 64) => {
            Lone::Signature
        }
        () if is_token => Lone::AccessToken,
        () if text.len() == 86 => Lone::Ticket,
        () => return None,
    };
    Some(Aside::Alone { what })
}

fn placeholders(best: &Candidate<'_>) -> Aside {
    let code = best.document.code.iter().cloned();
    let marks = best.document.fields.iter().filter(|(_, v)| is_placeholder(v));
    let marks = marks.map(|(n, v)| (n.to_owned(), v.to_owned()));
    let shown = |(name, value): (String, String)| (name, value.chars().take(60).collect::<String>());
    let found = code.chain(marks).filter(|(n, _)| names::is_known(n)).map(shown).take(12).collect();
    Aside::Placeholders { found }
}

/// A reply without a signature.
fn reply(document: &Document) -> Option<Aside> {
    let get = |key: &str| document.fields.iter().find(|(n, _)| names::plain(n) == key).map(|(_, v)| v);
    let has = |key: &str| get(key).is_some();
    if has("reqinfo") {
        return Some(Aside::RefundNotice);
    }
    if let Some(code) = get("errcode").filter(|code| *code != "0") {
        let said = if code.is_empty() { get("errmsg")? } else { code };
        return Some(Aside::Refusal { said: said.to_owned() });
    }
    let (code, result) = (get("returncode"), get("resultcode"));
    code.or(result)?;
    if code == Some("FAIL") || result == Some("FAIL") {
        let said =
            ["errcode", "errcodedes", "returnmsg"].iter().find_map(|k| get(k).filter(|v| !v.is_empty()));
        return Some(Aside::Refusal { said: said.unwrap_or("FAIL").to_owned() });
    }
    Some(Aside::UnsignedReply { call: unsigned_call(&has) })
}

/// Calls whose replies carry no sign (sendredpack, transfers, …), by what they return.
fn unsigned_call(has: &dyn Fn(&str) -> bool) -> Option<&'static str> {
    match () {
        () if has("hblist") || has("hbtype") || has("detailid") => Some("gethbinfo"),
        () if has("mchbillno") => Some("sendredpack"),
        () if has("paymentno") => Some("promotion/transfers"),
        () if has("partnertradeno") && has("transferamount") => Some("gettransferinfo"),
        () if has("partnertradeno") => Some("pay_bank"),
        () if has("sandboxsignkey") => Some("getsignkey"),
        () if has("pubkey") => Some("getpublickey"),
        () => None,
    }
}

/// So many lines are held against the known errors.
const LINES: usize = 40;

fn error_text(text: &str) -> Option<Aside> {
    let named = |line: &&str| said(line).is_some();
    if let Some(line) = text.lines().take(LINES).find(named) {
        return Some(Aside::ErrorText { said: line.trim().chars().take(400).collect() });
    }
    let line = |line: &&str| line.chars().count() < 400 && error_codes::find(line.trim()).is_some();
    let said = text
        .lines()
        .take(LINES)
        .find(line)
        .or_else(|| text.lines().take(LINES).find(|l| error_codes::message(l.trim()).is_some()))?;
    Some(Aside::ErrorText { said: said.trim().chars().take(120).collect() })
}

/// The official order; WeChat's page matches the link as one expression.
const LINK_ORDER: &[&str] = &["appid", "redirect_uri", "response_type", "scope", "state"];

fn link(text: &str) -> Option<Aside> {
    let at = ["/connect/oauth2/authorize", "/connect/qrconnect"].iter().find_map(|path| text.find(path))?;
    let url: &str =
        text[at..].split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '`')).next()?;
    let (_, rest) = url.split_once('?')?;
    let (query, fragment) =
        rest.split_once("#wechat_redirect").map_or((rest, false), |(query, _)| (query, true));
    let names: Vec<&str> = query.split('&').filter_map(|p| p.split('=').next()).collect();
    let places: Vec<usize> =
        LINK_ORDER.iter().filter_map(|name| names.iter().position(|n| n == name)).collect();
    let value = |name: &str| query.split('&').find_map(|p| p.strip_prefix(name)?.strip_prefix('='));
    let target = value("redirect_uri").unwrap_or_default();
    let plain = crate::wire::query::read(&format!("u={}", target.split('#').next().unwrap_or_default()))
        .ok()
        .and_then(|f| f.get("u").map(str::to_owned))
        .unwrap_or_else(|| target.to_owned());
    let host = plain
        .split_once("://")
        .map_or("", |(_, rest)| rest)
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default();
    let rules = [
        (LINK_ORDER.iter().any(|name| !names.contains(name) && *name != "state"), LinkFault::Missing),
        (!places.is_sorted(), LinkFault::Order),
        (target.contains("://"), LinkFault::NotEncoded),
        (host.split(':').next().is_some_and(|h| h.parse::<std::net::Ipv4Addr>().is_ok()), LinkFault::Ip),
        (host.contains(':'), LinkFault::Port),
        (plain.contains('#') || target.contains('#'), LinkFault::Fragment),
        (!fragment, LinkFault::NoRedirectMark),
        (
            !matches!(
                value("scope"),
                Some("snsapi_base" | "snsapi_userinfo" | "snsapi_login" | "snsapi_privateinfo") | None
            ),
            LinkFault::Scope,
        ),
    ];
    Some(Aside::AuthorizeLink {
        faults: rules.into_iter().filter(|(is, _)| *is).map(|(_, fault)| fault).collect(),
    })
}
