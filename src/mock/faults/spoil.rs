//! Does to messages what the effects say. Comes in: a finished reply or body;
//! goes out: the same, broken on purpose.

use encoding_rs::GBK;

use super::effect::Effect;
use crate::api::invoke;
use crate::api::keys::{Secret, SignType};
use crate::api::scheme::wechatpay::PROBE;
use crate::wire::{Fields, Reply, xml};

/// Does to a reply what the effects say.
pub(in crate::mock) fn spoil(reply: &mut Reply, effects: &[Effect]) {
    for effect in effects {
        match effect {
            Effect::Status(status) => reply.status = *status,
            Effect::Html => {
                let page = "<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>";
                *reply = Reply::ok("text/html", page).with_status(502);
            }
            other => {
                spoil_seal(&mut reply.headers, other);
                spoil_body(&mut reply.body, other, None);
            }
        }
    }
}

/// Does to the headers that prove a message of v3 what this effect says.
pub(in crate::mock) fn spoil_seal(headers: &mut Vec<(String, String)>, effect: &Effect) {
    let mut change = |wanted: &str, change: &dyn Fn(&str) -> String| {
        for (_, value) in headers.iter_mut().filter(|(name, _)| name == wanted) {
            *value = change(value);
        }
    };
    match effect {
        Effect::WrongSign => change("wechatpay-signature", &other_start),
        Effect::SignTest => change("wechatpay-signature", &|sign| format!("{PROBE}{sign}")),
        Effect::WrongSerial => change("wechatpay-serial", &|_| STRANGER.to_owned()),
        Effect::DropSign => headers.retain(|(name, _)| !name.starts_with("wechatpay-")),
        _ => {}
    }
}

/// The serial of nobody's certificate.
const STRANGER: &str = "0000000000000000000000000000000000000BAD";

/// The same text with another first character.
pub(in crate::mock) fn other_start(text: &str) -> String {
    let first = if text.starts_with('A') { 'B' } else { 'A' };
    std::iter::once(first).chain(text.chars().skip(1)).collect()
}

/// Does to a message what this effect says; one without a signature stays.
pub(in crate::mock) fn spoil_body(body: &mut Vec<u8>, effect: &Effect, key: Option<&Secret>) {
    match effect {
        Effect::Truncated => body.truncate(body.len() / 2),
        Effect::DropSign => rewrite(body, |fields| drop(fields.remove("sign"))),
        Effect::WrongSign => rewrite(body, wrong_sign),
        Effect::Gbk => in_gbk(body),
        Effect::HmacUnnamed => rewrite(body, |fields| {
            // Refund notices are not signed.
            if let Some(key) = key.filter(|_| fields.get("sign").is_some()) {
                fields.remove("sign_type");
                *fields = invoke::pay_v2(std::mem::take(fields), key, SignType::HmacSha256).params;
            }
        }),
        _ => {}
    }
}

fn wrong_sign(fields: &mut Fields) {
    if let Some(sign) = fields.get("sign") {
        let first = if sign.starts_with('0') { '1' } else { '0' };
        let wrong: String = std::iter::once(first).chain(sign.chars().skip(1)).collect();
        fields.set("sign", wrong);
    }
}

fn rewrite(body: &mut Vec<u8>, change: impl FnOnce(&mut Fields)) {
    if let Ok(mut fields) = xml::read(body) {
        change(&mut fields);
        if let Ok(text) = xml::write(&fields) {
            *body = text.into();
        }
    }
}

/// A message of ASCII is the same in both encodings: it gets a word that is not.
fn in_gbk(body: &mut Vec<u8>) {
    let mut text = String::from_utf8_lossy(body).into_owned();
    if text.is_ascii() {
        let place = text.rfind("</").or_else(|| text.rfind('}')).unwrap_or(text.len());
        let word =
            if text[place..].starts_with('}') { ",\"note\":\"编码\"" } else { "<note>编码</note>" };
        text.insert_str(place, word);
    }
    *body = GBK.encode(&text).0.into_owned();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoiled(body: &str, effect: &Effect) -> Vec<u8> {
        let mut body = body.as_bytes().to_vec();
        spoil_body(&mut body, effect, Some(&Secret::new("k")));
        body
    }

    #[test]
    fn bodies_are_spoiled() {
        let told = |effect| String::from_utf8(spoiled("<xml><sign>AB</sign></xml>", &effect)).unwrap();
        assert_eq!(told(Effect::DropSign), "<xml></xml>");
        assert!(told(Effect::WrongSign).contains("0B"));
        assert_eq!(told(Effect::Truncated).len(), 13);
    }

    #[test]
    fn gbk_is_not_utf8() {
        for body in ["<xml><a>1</a></xml>", "<xml><a>茶</a></xml>", "{\"a\":1}", ""] {
            assert!(String::from_utf8(spoiled(body, &Effect::Gbk)).is_err(), "{body}");
        }
    }

    /// The expected value: Python, `hmac.new(b"k", b"a=1&key=k", "sha256")`.
    #[test]
    fn the_unnamed_digest_is_hmac() {
        let body =
            spoiled("<xml><a>1</a><sign_type>MD5</sign_type><sign>X</sign></xml>", &Effect::HmacUnnamed);
        let fields = xml::read(&body).unwrap();
        assert_eq!(
            fields.get("sign"),
            Some("598633A0305F32A66552EE11A67B14D1E270AE49BC37701C6DC2F3A5D41A88F6")
        );
        assert_eq!(fields.get("sign_type"), None);
    }
}
