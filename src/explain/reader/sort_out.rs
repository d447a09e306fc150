//! From fields to a case: which of them is the signature, which the secret,
//! and which scheme they belong to. Names of pages become names of strings.

use super::{Hint, Paste, ReadError};
use crate::explain::case::{Case, Repair};
use crate::explain::family::Scheme;
use crate::sign::{Secret, SignType};
use crate::wire::{Fields, json};

/// A neutral case, `{"scheme", "fields", "signature", …}`; none if the text is
/// something else.
pub(super) fn json_case(text: &str) -> Option<Result<Case, ReadError>> {
    let all = json::read(text.as_bytes()).ok()?;
    let fields = json::read(all.get("fields")?.as_bytes()).ok()?;
    Some(from_case(&all, fields))
}

fn from_case(all: &Fields, mut fields: Fields) -> Result<Case, ReadError> {
    let scheme = match all.filled("scheme") {
        Some(name) => {
            Some(Scheme::named(name).ok_or_else(|| ReadError::BadScheme { name: name.to_owned() })?)
        }
        None => None,
    };
    let others = all.get("others").and_then(|o| json::read(o.as_bytes()).ok()).unwrap_or_default();
    for name in SECRETS.iter().chain(SIGNATURES) {
        if let Some(value) = all.get(name) {
            fields.set(format!("{TOP}{name}"), value);
        }
    }
    let mut case = finish(Paste::of(fields), scheme)?;
    case.sign_type = all.get("sign_type").and_then(SignType::named);
    case.others.extend(others.iter().map(|(label, value)| (label.to_owned(), Secret::new(value))));
    for name in ["app_id", "appid", "appId", "app_secret", "access_token", "mch_id"] {
        if let Some(value) = all.filled(name) {
            case.others.push((name.to_owned(), Secret::new(value)));
        }
    }
    Ok(case)
}

/// Marks names that stood beside the fields, not among them.
const TOP: &str = "\u{1}";

/// Names under which secrets are handed in.
const SECRETS: &[&str] = &[
    "ticket",
    "jsapi_ticket",
    "jsapiTicket",
    "api_ticket",
    "agent_ticket",
    "key",
    "token",
    "app_key",
    "appKey",
    "session_key",
    "sessionKey",
    "secret",
];

/// Names under which signatures are handed in.
const SIGNATURES: &[&str] =
    &["signature", "sign", "paySign", "msg_signature", "pay_sig", "paySig", "cardSign"];

/// A case from fields that were found somewhere.
pub(super) fn case(paste: Paste) -> Result<Case, ReadError> {
    finish(paste, None)
}

fn finish(paste: Paste, scheme: Option<Scheme>) -> Result<Case, ReadError> {
    let Paste { mut fields, hint, repairs } = paste;
    rename(&mut fields, hint);
    let scheme = scheme.or_else(|| hinted(hint, &fields)).or_else(|| Scheme::of(&fields));
    let Some(scheme) = scheme else {
        return Err(ReadError::NoScheme { names: fields.iter().map(|(n, _)| n.to_owned()).collect() });
    };
    let signature = signature(scheme, &mut fields);
    let secret = secret(scheme, &mut fields);
    let repairs: Vec<Repair> = repairs;
    Ok(Case {
        scheme,
        fields,
        signature,
        secret: secret.map(Secret::new),
        sign_type: None,
        others: Vec::new(),
        repairs,
    })
}

/// Names that only pages and requests have, as the string to sign has them.
fn rename(fields: &mut Fields, hint: Option<Hint>) {
    let is_page =
        hint == Some(Hint::Config) || (fields.get("signature").is_some() && fields.get("nonceStr").is_some());
    let is_pay = hint == Some(Hint::Pay) || fields.get("paySign").is_some();
    let mut pairs: Vec<(&str, &str)> = vec![("Encrypt", "encrypt"), ("encrypt_type", "encrypt_type")];
    if is_page && !is_pay {
        pairs.push(("nonceStr", "noncestr"));
    }
    if hint == Some(Hint::Pay) {
        pairs.push(("timestamp", "timeStamp"));
    }
    if fields.get("msg_signature").is_some() {
        pairs.push(("echostr", "encrypt"));
    }
    for (from, to) in pairs {
        if from != to && fields.get(to).is_none() && fields.get(from).is_some() {
            let renamed: Fields = fields
                .iter()
                .map(|(n, v)| (if n == from { to.to_owned() } else { n.to_owned() }, v.to_owned()))
                .collect();
            *fields = renamed;
        }
    }
}

fn hinted(hint: Option<Hint>, fields: &Fields) -> Option<Scheme> {
    match hint? {
        Hint::Config => Some(Scheme::Jssdk),
        Hint::Card => Some(Scheme::Card),
        Hint::Pay => Some(if fields.get("prepayid").is_some() { Scheme::AppSign } else { Scheme::PaySign }),
    }
}

fn signature(scheme: Scheme, fields: &mut Fields) -> String {
    let own = scheme.family().signatures;
    let top = own.iter().chain(SIGNATURES).find_map(|n| fields.remove(&format!("{TOP}{n}")));
    // A signature beside the fields leaves the one among them alone: a program
    // may have signed that one along.
    top.or_else(|| own.iter().find_map(|name| fields.remove(name))).unwrap_or_default()
}

fn secret(scheme: Scheme, fields: &mut Fields) -> Option<String> {
    let top: Vec<(&str, String)> =
        SECRETS.iter().filter_map(|n| Some((*n, fields.remove(&format!("{TOP}{n}"))?))).collect();
    let own = scheme.family().secrets;
    let named = top.iter().find(|(name, _)| own.contains(name)).map(|(_, v)| v.clone());
    named
        .or_else(|| own.iter().find_map(|name| fields.remove(name)))
        .or_else(|| top.into_iter().find(|(n, _)| *n == "secret").map(|(_, v)| v))
}
