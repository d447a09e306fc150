//! What looks wrong around a signature of v3, however right it is: serial, merchant
//! number, time, header, and which kind of key proves what. Comes in: a case; goes out:
//! causes with their field. Two of three reports of v3 are about these.

use super::case::Case;
use super::cause::{self, Cause};
use super::family::Scheme;
use crate::api;
use crate::api::authorization::SCHEMA;
use crate::api::endpoint::{Kind, Method};
use crate::api::keys::WechatKey;
use crate::sign::key::{self, Item};
use crate::sign::{self, Certificate, Owner};
use crate::wire::json;
use crate::wire::tree::{self, Nulls};

/// A cause, and the field it is about.
pub(super) type Seen = (&'static Cause, &'static str);

/// The label of the id of WeChat Pay's public key among the candidates.
pub const KEY_ID: &str = "wechat_key_id";
/// The label of the serial of the merchant's certificate among the candidates.
pub const SERIAL: &str = "serial_no";

/// What is to be said about the parameters of a page or an app.
pub(super) fn cashier(case: &Case) -> Vec<Seen> {
    let filled = |name| case.fields.filled(name);
    let is_other_type = |kind: &str| !kind.eq_ignore_ascii_case("RSA");
    let rules = [
        (filled("signType").is_some_and(is_other_type), cause::V_PS_ST, "signType"),
        (filled("timeStamp").is_some_and(is_milliseconds), cause::V_PS_TSMS, "timeStamp"),
        (filled("timestamp").is_some_and(is_milliseconds), cause::V_PS_TSMS, "timestamp"),
        (filled("prepayid").is_some_and(|id| id.starts_with("prepay_id=")), cause::V_PS_APP, "prepayid"),
        (is_page(case) && filled("package").is_some_and(is_bare), cause::V_PS_PREFIX, "package"),
    ];
    rules.into_iter().filter(|(is, ..)| *is).map(|(_, cause, name)| (cause, name)).collect()
}

fn is_page(case: &Case) -> bool {
    case.scheme == Scheme::V3PaySign
}

fn is_bare(package: &str) -> bool {
    !package.starts_with("prepay_id=")
}

fn is_milliseconds(time: &str) -> bool {
    time.len() == 13
}

/// What is to be said about a request.
pub(super) fn request(case: &Case) -> Vec<Seen> {
    let certificate = certificate(case);
    let mut seen = Vec::new();
    let told = || case.others.iter().find(|(label, _)| label == SERIAL).map(|(_, serial)| serial.expose());
    let own = certificate.as_ref().map(|certificate| &*certificate.serial).or_else(told);
    if let Some(serial) = case.fields.filled("serial_no") {
        seen.extend(serial_cause(serial, own).map(|cause| (cause, "serial_no")));
    }
    if case.fields.get("mchid").is_some_and(|id| !is_owner(id, case, certificate.as_ref())) {
        seen.push((cause::V_MCHID, "mchid"));
    }
    if case.fields.filled("timestamp").is_some_and(is_milliseconds) {
        seen.push((cause::V_TS_MS, "timestamp"));
    }
    if case.fields.filled("authorization").is_some_and(|header| !is_well_formed(header)) {
        seen.push((cause::V_AUTH_FORMAT, "authorization"));
    }
    seen.extend(sensitive(case, own));
    seen
}

/// Whether sensitive fields are sealed, and whether the header names WeChat Pay's key.
fn sensitive(case: &Case, own: Option<&str>) -> Vec<Seen> {
    let get = |name| case.fields.filled(name).unwrap_or_default();
    let path = get("url").split('?').next().unwrap_or_default();
    let row = Method::named(get("method")).and_then(|method| api::find(method, path));
    let (Some(row), Ok(body)) = (row, tree::read(get("body").as_bytes(), Nulls::Empty)) else {
        return Vec::new();
    };
    let is_hidden = |name: &str| row.field(name).is_some_and(|field| field.kind == Kind::Encrypted);
    let hidden: Vec<&str> = body.iter().filter(|(name, _)| is_hidden(name)).map(|(_, value)| value).collect();
    let is_sealed = |value: &&str| sign::from_base64(value).is_some_and(|bytes| bytes.len() >= SEALED);
    let serial = case.fields.filled(WECHATPAY_SERIAL);
    let is_merchants = serial.zip(own).is_some_and(|(serial, own)| serial.eq_ignore_ascii_case(own));
    let is_unnamed = serial.is_none() && case.fields.get("authorization").is_some();
    let rules = [
        (!hidden.iter().all(is_sealed), cause::V_SENS_PLAIN, "body"),
        (!hidden.is_empty() && (is_merchants || is_unnamed), cause::V_SENS_SERIAL, WECHATPAY_SERIAL),
    ];
    rules.into_iter().filter(|(is, ..)| *is).map(|(_, cause, name)| (cause, name)).collect()
}

/// Bytes of a field that is sealed with a key of 2048 bits.
const SEALED: usize = 256;
/// The header that names the key of sealed fields.
const WECHATPAY_SERIAL: &str = "Wechatpay-Serial";

/// What is to be said about a reply or notice.
pub(super) fn reply(case: &Case) -> Vec<Seen> {
    let Some(serial) = case.fields.filled("serial").or(case.fields.filled("Wechatpay-Serial")) else {
        return Vec::new();
    };
    let is_digits = serial.len() > 30 && serial.bytes().all(|b| b.is_ascii_digit());
    let is_cut = serial.starts_with("PUB_KEY_ID") && !serial.starts_with(WechatKey::PUBLIC_KEY_ID);
    let keyed = reply_key(case).map(|cause| (cause, "serial"));
    let own = case.others.iter().find(|(label, _)| label == KEY_ID && certificate(case).is_none());
    let is_other =
        serial.starts_with(WechatKey::PUBLIC_KEY_ID) && own.is_some_and(|(_, own)| own.expose() != serial);
    let id = (is_digits || is_cut || is_other).then_some((cause::V_RESP_KEYID, "serial"));
    id.into_iter().chain(keyed).collect()
}

/// What is wrong with the key that proves a reply, as far as its serial tells.
pub(super) fn reply_key(case: &Case) -> Option<&'static Cause> {
    let serial = case.fields.filled("serial").or(case.fields.filled("Wechatpay-Serial"))?;
    let is_public = serial.starts_with("PUB_KEY_ID");
    match certificate(case) {
        Some(certificate) if certificate.owner() == Owner::Merchant => Some(cause::V_RESP_CERT),
        Some(_) if is_public => Some(cause::V_RESP_SWITCH),
        Some(certificate) if !certificate.serial.eq_ignore_ascii_case(serial) => Some(cause::V_RESP_CERT),
        Some(_) => None,
        None => (!is_public && case.secret.is_some()).then_some(cause::V_RESP_SWITCH),
    }
}

/// The certificate among what was handed in as the key.
fn certificate(case: &Case) -> Option<Certificate> {
    let found = key::read(case.secret.as_ref()?.expose().as_bytes()).into_iter();
    found.map(|found| found.item).find_map(|item| match item {
        Item::Certificate(certificate) => Some(*certificate),
        _ => None,
    })
}

fn serial_cause(serial: &str, own: Option<&str>) -> Option<&'static Cause> {
    let is_written_right = serial.bytes().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b));
    let Some(own) = own else {
        return match () {
            () if serial.starts_with("PUB_KEY_ID") => Some(cause::V_KEY_SERIAL),
            () if !is_written_right || serial.len() != 40 => Some(cause::V_SERIAL_FMT),
            () => None,
        };
    };
    match () {
        () if serial == own => None,
        () if is_same_number(serial, own) => Some(cause::V_SERIAL_FMT),
        () => Some(cause::V_KEY_SERIAL),
    }
}

/// The same number in another spelling: case, separators, `0x`, without its zero,
/// decimal, or only its end.
fn is_same_number(serial: &str, own: &str) -> bool {
    let bare: String =
        serial.trim().trim_start_matches("0x").chars().filter(char::is_ascii_hexdigit).collect();
    let zeros = |text: &str| text.trim_start_matches('0').to_ascii_uppercase();
    let is_part = serial.len() >= 8 && own.ends_with(&serial.to_ascii_uppercase());
    serial == "0"
        || zeros(&bare) == zeros(own)
        || decimal(own).is_some_and(|number| number == serial)
        || is_part
}

/// A number of hex digits, in decimal.
fn decimal(hex: &str) -> Option<String> {
    let mut digits = vec![0_u32];
    for digit in hex.chars() {
        let mut carry = digit.to_digit(16)?;
        for place in &mut digits {
            let sum = *place * 16 + carry;
            (*place, carry) = (sum % 10, sum / 10);
        }
        while carry > 0 {
            digits.push(carry % 10);
            carry /= 10;
        }
    }
    Some(digits.iter().rev().map(u32::to_string).collect())
}

/// Whether this merchant number is the one of the body and of the certificate.
fn is_owner(mchid: &str, case: &Case, certificate: Option<&Certificate>) -> bool {
    let body =
        case.fields.filled("body").and_then(|body| json::read(body.as_bytes()).ok()).unwrap_or_default();
    let inside = ["sp_mchid", "combine_mchid", "mchid"].into_iter().find_map(|name| body.filled(name));
    let of_certificate =
        certificate.filter(|one| one.owner() == Owner::Merchant).map(|one| &*one.common_name);
    inside.is_none_or(|inside| inside == mchid) && of_certificate.is_none_or(|own| own == mchid)
}

/// One blank after the schema, five pairs with commas, values in quotes.
/// <https://pay.weixin.qq.com/doc/v3/merchant/4012365337>
fn is_well_formed(header: &str) -> bool {
    let Some(pairs) = header.strip_prefix(SCHEMA).and_then(|rest| rest.strip_prefix(' ')) else {
        return false;
    };
    let name = |pair: &str| {
        let (name, value) = pair.split_once('=')?;
        let inside = value.strip_prefix('"')?.strip_suffix('"')?;
        (!inside.is_empty() && !inside.contains(['"', '\n', ' '])).then(|| name.to_owned())
    };
    let names: Option<Vec<String>> = pairs.split(',').map(name).collect();
    let mut names = names.unwrap_or_default();
    names.sort_unstable();
    names == ["mchid", "nonce_str", "serial_no", "signature", "timestamp"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_serial_has_many_spellings() {
        // printf '%d' by Python: int("0A1B2C3D4E5F60718293A4B5C6D7E8F901234567", 16)
        let own = "0A1B2C3D4E5F60718293A4B5C6D7E8F901234567";
        let decimal = "57695881630579109672551728465758925132512052583";
        assert_eq!(super::decimal(own).as_deref(), Some(decimal));
        for serial in [
            decimal,
            "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
            "A1B2C3D4E5F60718293A4B5C6D7E8F901234567",
            "0x0A1B2C3D4E5F60718293A4B5C6D7E8F901234567",
            "0A:1B:2C:3D:4E:5F:60:71:82:93:A4:B5:C6:D7:E8:F9:01:23:45:67",
        ] {
            assert!(is_same_number(serial, own), "{serial}");
        }
        assert!(!is_same_number("5157F09EFDC096DE15EBE81A47057A7232F1B8E2", own));
    }

    #[test]
    fn the_header_has_one_form() {
        let good =
            r#"WECHATPAY2-SHA256-RSA2048 mchid="1",nonce_str="n",signature="s=",timestamp="2",serial_no="A""#;
        assert!(is_well_formed(good));
        for bad in [
            good.replace(',', ", "),
            good.replace("RSA2048 ", "RSA2048"),
            good.replace("mchid", "mchId"),
            good.replace("WECHATPAY2", "Bearer WECHATPAY2"),
            good.replace('"', ""),
            good.replace("\"s=\"", "\"s=\n\""),
        ] {
            assert!(!is_well_formed(&bad), "{bad}");
        }
    }
}
