//! From a document to a case: which of its values is the signature, which the
//! secret, and what the rest is called where it is signed. What it lacks is
//! taken from the other documents of the paste.

use super::documents::Document;
use super::error::ReadError;
use super::names;
use super::notation::Class;
use super::pick::{self, Candidate};
use crate::explain::case::Case;
use crate::explain::family::{Scheme, SecretKind};
use crate::sign::{Secret, SignType};
use crate::wire::{Fields, json};

/// A case from the document that was picked.
pub(super) fn case(picked: &Candidate<'_>, scheme: Scheme, all: &[Document], more: &Fields) -> Case {
    let document = picked.document;
    let mut fields = document.fields.clone();
    let signature = picked.signature.as_ref().and_then(|name| fields.remove(name)).unwrap_or_default();
    let mut others = Vec::new();
    if scheme == Scheme::AppSign && pick::passed_on(document) {
        let reply = document.fields.only(|name| names::as_snake(name).is_some_and(|snake| snake == name));
        others.push((ORDER_REPLY.to_owned(), Secret::new(json::write(&reply, |_| false))));
        fields = of_passed_on(&document.fields);
    }
    others.extend(order_replies(scheme, document, all));
    let own = secret(scheme, &mut fields, document.class);
    let mut fields = renamed(scheme, &fields, document);
    fields.extend(more.iter());
    fill(scheme, &mut fields, all);
    if scheme == Scheme::AppSign && fields.get("package").is_none() {
        // The SDK of some platforms fills in the constant itself.
        fields.set("package", "Sign=WXPay");
    }
    if scheme == Scheme::Card {
        card_id(&mut fields, all);
    }
    if scheme == Scheme::V3Verify && fields.get("body").is_some_and(|body| !is_json(body)) {
        // What a program printed of the parsed body is not what was signed.
        fields.remove("body");
    }
    let secret = own.or_else(|| all.iter().find_map(|d| secret(scheme, &mut d.fields.clone(), d.class)));
    let mut repairs = document.repairs.clone();
    repairs.dedup();
    Case { scheme, fields, signature, secret: secret.map(Secret::new), sign_type: None, others, repairs }
}

/// How the reply of an order is called among the candidates.
const ORDER_REPLY: &str = "unifiedorder";

/// The names that an App signs, from a reply that was passed on to it.
fn of_passed_on(reply: &Fields) -> Fields {
    let part = |names: &[&str]| names.iter().find_map(|n| reply.filled(n)).unwrap_or_default().to_owned();
    [
        ("appid", part(&["appid"])),
        ("partnerid", part(&["partnerid", "mch_id"])),
        ("prepayid", part(&["prepay_id"])),
        ("package", "Sign=WXPay".to_owned()),
        ("noncestr", part(&["nonceStr", "noncestr", "nonce_str"])),
        ("timestamp", part(&["timestamp", "timeStamp", "time_stamp"])),
    ]
    .into_iter()
    .collect()
}

/// Signed replies beside pay parameters: their `sign` may have been passed on.
fn order_replies(scheme: Scheme, picked: &Document, all: &[Document]) -> Vec<(String, Secret)> {
    if !matches!(scheme, Scheme::PaySign | Scheme::AppSign) {
        return Vec::new();
    }
    let is_reply = |d: &&Document| {
        d.fields.filled("prepay_id").is_some()
            && d.fields.filled("sign").is_some()
            && d.fields != picked.fields
    };
    let label = |d: &Document| (ORDER_REPLY.to_owned(), Secret::new(json::write(&d.fields, |_| false)));
    all.iter().find(is_reply).map(label).into_iter().collect()
}

/// The fields under the names that are signed. A message keeps its own names,
/// since a wrong one may be the mistake; only beans print others.
fn renamed(scheme: Scheme, fields: &Fields, document: &Document) -> Fields {
    if scheme.family().is_message() {
        let is_bean = document.class != Class::Lines && is_bean(fields);
        let name = |n: &str| if is_bean { names::as_snake(n) } else { None }.unwrap_or_else(|| n.to_owned());
        return fields.iter().map(|(n, v)| (name(n), v)).collect();
    }
    let mut out = Fields::new();
    for (name, value) in fields.iter() {
        // The right spelling wins over an alias beside it.
        let to = names::as_signed(scheme, name).filter(|to| *to == name || fields.get(to).is_none());
        let to = to.unwrap_or(name);
        let value = if is_page_pay(scheme) && names::key(name) == "prepayid" && to == "package" {
            format!("prepay_id={value}")
        } else {
            value.to_owned()
        };
        if out.get(to).is_none() || to == name {
            out.set(to, value);
        }
    }
    out
}

fn is_json(text: &str) -> bool {
    text.is_empty() || serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

fn is_page_pay(scheme: Scheme) -> bool {
    matches!(scheme, Scheme::PaySign | Scheme::V3PaySign)
}

/// Names like `mchId` or `MchId` and none like `mch_id`.
fn is_bean(fields: &Fields) -> bool {
    let has_joint = |name: &str| name.contains('_') && names::is_known(name);
    let is_camel = |name: &str| {
        names::as_snake(name).is_some_and(|snake| snake != name && snake.contains('_') && !name.contains('_'))
    };
    !fields.iter().any(|(n, _)| has_joint(n)) && fields.iter().any(|(n, _)| is_camel(n))
}

/// `addCard` hands the id of a card beside its `cardExt`, where it is signed.
fn card_id(fields: &mut Fields, all: &[Document]) {
    let part = |d: &Document, key: &str| {
        d.fields.iter().find(|(n, v)| names::key(n) == key && !v.is_empty()).map(|(_, v)| v.to_owned())
    };
    if fields.get("card_id").is_none() {
        let beside = all.iter().filter(|d| part(d, "cardext").is_some()).find_map(|d| part(d, "cardid"));
        if let Some(id) = beside {
            fields.set("card_id", id);
        }
    }
}

/// That an invoice is chosen is signed, and only the call says so.
pub(super) fn complete_card(case: &mut Case, text: &str) {
    let is_card = case.scheme == Scheme::Card && case.fields.get("card_type").is_none();
    if is_card && text.to_ascii_lowercase().contains("chooseinvoice") {
        case.fields.set("card_type", "INVOICE");
    }
}

/// What the scheme signs and this document has not.
fn fill(scheme: Scheme, fields: &mut Fields, all: &[Document]) {
    for name in names::signed(scheme) {
        let optional = scheme == Scheme::Card || scheme.family().is_pay();
        if fields.get(name).is_some() || optional {
            continue;
        }
        let found = all.iter().find_map(|document| {
            document.fields.iter().find(|(n, v)| names::as_signed(scheme, n) == Some(name) && !v.is_empty())
        });
        if let Some((_, value)) = found {
            fields.set(name, value);
        }
    }
}

/// Other words for the pay key.
const PAY_KEYS: &[&str] = &["paykey", "apikey", "mchkey", "partnerkey"];

/// The secret that stands among fields, taken out of them.
fn secret(scheme: Scheme, fields: &mut Fields, class: Class) -> Option<String> {
    let is_own = |name: &str, value: &str| {
        let name = names::plain(name);
        let is_named = scheme.family().secrets.iter().any(|own| names::plain(own) == name);
        match scheme.family().secret {
            SecretKind::Ticket => (is_named || name == "jsapiticket") && value.len() > 20,
            SecretKind::Token => is_named && (3..=32).contains(&value.len()),
            SecretKind::PayKey => (is_named || PAY_KEYS.contains(&name.as_str())) && value.len() >= 16,
            SecretKind::AppKey | SecretKind::SessionKey | SecretKind::PublicKey => {
                is_named && value.len() >= 16
            }
        }
    };
    let names: Vec<String> = fields
        .iter()
        .filter(|(n, v)| is_own(n, v) && !v.contains(' ') && !names::is_known(v))
        .map(|(n, _)| n.to_owned())
        .collect();
    let known = fields.iter().filter(|(n, _)| names::is_known(n)).count();
    let name = names.first().filter(|_| known > 1 || class == Class::Lines)?;
    fields.remove(name)
}

/// A neutral case, `{"scheme", "fields", "signature", …}`; none if the text is
/// something else.
pub(super) fn neutral(text: &str, more: &Fields, asked: Option<Scheme>) -> Option<Result<Case, ReadError>> {
    let all = json::read(text.as_bytes()).ok()?;
    let fields = json::read(all.get("fields")?.as_bytes()).ok()?;
    Some(from_neutral(&all, fields, more, asked))
}

const ANY_SIGNATURE: [&str; 4] = ["signature", "sign", "paySign", "msg_signature"];

fn from_neutral(
    all: &Fields,
    mut fields: Fields,
    more: &Fields,
    asked: Option<Scheme>,
) -> Result<Case, ReadError> {
    let named = all
        .filled("scheme")
        .map(|name| Scheme::named(name).ok_or_else(|| ReadError::BadScheme { name: name.to_owned() }));
    let named = named.transpose()?;
    fields.extend(more.iter());
    neutral_names(&mut fields, named);
    let no_scheme = || ReadError::NoScheme { names: fields.iter().map(|(n, _)| n.to_owned()).collect() };
    let told = || {
        let has_key = all.get("public_key").is_some();
        Scheme::of(&fields).map(|scheme| if has_key { scheme.of_v3() } else { scheme })
    };
    let scheme = asked.or(named).or_else(told).ok_or_else(no_scheme)?;
    let own = scheme.family().signatures;
    let beside = own.iter().chain(&ANY_SIGNATURE).find_map(|name| all.get(name)).map(str::to_owned);
    // A signature beside the fields leaves the one among them alone: a program
    // may have signed that one along.
    let signature = beside.or_else(|| own.iter().find_map(|name| fields.remove(name))).unwrap_or_default();
    let own = scheme.family().secrets;
    let beside = own.iter().find_map(|name| all.get(name)).map(str::to_owned);
    let secret = beside
        .or_else(|| own.iter().find_map(|name| fields.remove(name)))
        .or_else(|| all.get("secret").map(str::to_owned));
    let others = all.get("others").and_then(|o| json::read(o.as_bytes()).ok()).unwrap_or_default();
    let mut others: Vec<(String, Secret)> =
        others.iter().map(|(l, v)| (l.to_owned(), Secret::new(v))).collect();
    for name in ["app_id", "appid", "appId", "app_secret", "access_token", "mch_id"] {
        others.extend(all.filled(name).map(|value| (name.to_owned(), Secret::new(value))));
    }
    let sign_type = all.get("sign_type").and_then(SignType::named);
    Ok(Case {
        scheme,
        fields,
        signature,
        secret: secret.map(Secret::new),
        sign_type,
        others,
        repairs: Vec::new(),
    })
}

/// A case has the names that are signed already, but for a few that only pages
/// and messages have.
fn neutral_names(fields: &mut Fields, scheme: Option<Scheme>) {
    let is_page = scheme.is_none() && fields.get("signature").is_some();
    let rename = |name: &str| match name {
        "Encrypt" => "encrypt".to_owned(),
        "nonceStr" if is_page => "noncestr".to_owned(),
        name if scheme == Some(Scheme::Card) => {
            names::as_signed(Scheme::Card, name).unwrap_or(name).to_owned()
        }
        name => name.to_owned(),
    };
    let has_letter = fields.get("msg_signature").is_some();
    let renamed: Fields = fields.iter().map(|(n, v)| (rename(n), v.to_owned())).collect();
    *fields = renamed;
    let is_echo = has_letter && fields.get("encrypt").is_none();
    if let Some(echo) = is_echo.then(|| fields.remove("echostr")).flatten() {
        fields.set("encrypt", echo);
    }
}
