//! A reply or notice of v3 in a paste: the four headers in whatever notation, and the body
//! byte for byte.

use super::found::Message;
use super::paste::Paste;
use crate::explain::family::Scheme;
use crate::wire::Fields;

/// A header of WeChat Pay: the name under which it is signed, and its own.
const HEADERS: [(&str, &str); 4] = [
    ("signature", "wechatpay-signature"),
    ("timestamp", "wechatpay-timestamp"),
    ("nonce", "wechatpay-nonce"),
    ("serial", "wechatpay-serial"),
];

/// A reply or notice with its signature.
pub(super) fn signed(paste: &Paste<'_>, more: &Fields) -> Option<Message> {
    let mut fields = headers(&paste.plain).or_else(|| complained(&paste.plain)).or_else(|| refused(paste))?;
    let signature = fields.remove("signature")?;
    if let Some(body) = body(paste).filter(|_| fields.get("body").is_none()) {
        fields.set("body", body);
    }
    fields.extend(more.iter());
    let lacks = |name: &&str| fields.get(name).is_none();
    let missing = ["timestamp", "nonce", "body"].into_iter().filter(lacks).collect();
    Some(Message { scheme: Scheme::V3Verify, fields, signature, missing })
}

fn headers(text: &str) -> Option<Fields> {
    let lower = text.to_ascii_lowercase().replace('_', "-");
    let found = HEADERS.iter().filter_map(|(name, header)| Some((*name, value(text, &lower, header)?)));
    let fields: Fields = found.collect();
    fields.get("signature").is_some().then_some(fields)
}

/// One header of a message, by its name in lower case.
pub(super) fn header(text: &str, name: &str) -> Option<String> {
    value(text, &text.to_ascii_lowercase().replace('_', "-"), name)
}

/// A header in whatever notation: `Name: value`, `"Name": "value"`, `Name=[value]`,
/// `HTTP_WECHATPAY_NAME => value`.
fn value(text: &str, lower: &str, name: &str) -> Option<String> {
    // The type of the signature has a name that begins alike.
    let at =
        lower.match_indices(name).map(|(at, _)| at + name.len()).find(|at| !lower[*at..].starts_with('-'))?;
    let rest = text.get(at..)?.trim_start_matches(['"', '\'']).trim_start();
    let rest = rest.strip_prefix("=>").or_else(|| rest.strip_prefix([':', '=']))?;
    let rest = rest.trim_start_matches([' ', '\t', '[', '"', '\'']);
    let end = rest.find(['"', '\'', '\n', '\r', ']', ',', '}', '\t']).unwrap_or(rest.len());
    Some(rest[..end].trim().to_owned()).filter(|value| !value.is_empty())
}

/// `… data with: timestamp=1, nonce=n, signature=s, cert=[serial => …] failed`.
fn complained(text: &str) -> Option<Fields> {
    let (_, said) = text.split_once("data with: ")?;
    let part = |name: &str| {
        let (_, rest) = said.split_once(&format!("{name}="))?;
        rest.trim_start_matches('[').split([',', ' ', ']']).next().map(str::to_owned)
    };
    let names =
        [("timestamp", "timestamp"), ("nonce", "nonce"), ("signature", "signature"), ("serial", "cert")];
    Some(names.iter().filter_map(|(name, printed)| Some((*name, part(printed)?))).collect())
}

/// `serial[…]  message[time⏎nonce⏎body⏎]  sign[…]`.
fn refused(paste: &Paste<'_>) -> Option<Fields> {
    let part = |name: &str| paste.text.split_once(&format!("{name}[")).map(|(_, rest)| rest);
    let (_, rest) = paste.text.split_once("signature verification failed")?;
    let (message, signature) = rest.split_once("message[")?.1.split_once("]\tsign[")?;
    let mut lines = message.splitn(3, '\n');
    let mut fields: Fields = ["timestamp", "nonce"].into_iter().zip(lines.by_ref()).collect();
    let body = lines.next()?;
    fields.set("body", body.strip_suffix('\n').unwrap_or(body));
    fields.set("signature", signature.split(']').next()?);
    fields.set("serial", part("serial")?.split(']').next()?);
    Some(fields)
}

/// Behind the blank line of a message, or the first object that is no list of headers.
fn body(paste: &Paste<'_>) -> Option<String> {
    let unix = paste.text.replace("\r\n", "\n");
    let lower = unix.to_ascii_lowercase();
    let behind = |at: usize| unix.get(at..)?.split_once("\n\n").map(|(_, body)| body.trim_end_matches('\n'));
    let is_signed = |name: &str| {
        let name = name.to_ascii_lowercase().replace('_', "-");
        name.contains("wechatpay-") || matches!(&*name, "headers" | "header" | "request" | "response")
    };
    let of_http = lower.rfind("wechatpay-").and_then(behind).map(str::to_owned);
    of_http.or_else(|| paste.object(|fields| !fields.iter().any(|(name, _)| is_signed(name))))
}
