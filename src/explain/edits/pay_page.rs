//! Mistakes of the second signature: the parameters that a page, mini program
//! or app passes to WeChat Pay.

use super::super::cause::{self, Cause};
use super::super::draft::{Draft, Entry, Stay};
use super::edit::Class;
use super::jssdk::{Times, spare_fields, timestamp};
use super::list::{List, Slips};
use super::others::{Kind, Other};
use super::{names, pay};

/// JSAPI and mini program.
pub(in crate::explain) fn jsapi(list: &mut List<'_, '_>) {
    let others = list.others();
    snakes(list);
    for (entry, name, value) in list.fields() {
        jsapi_names(list, entry, &name);
        match name.as_str() {
            "package" => package(list, entry, &value),
            "timeStamp" => timestamp(list, entry, &value, Times::PAY, others),
            "nonceStr" => {
                candidates(list, entry, cause::S_NONCE_DIFF, others, |o| o.says(&["nonce", "random"]));
            }
            "appId" => {
                candidates(list, entry, cause::S_APPID_OTHER, others, |o| {
                    o.is_app_id() || o.says(&["appid"])
                });
            }
            "signType" => sign_type(list, entry, &value),
            _ => {}
        }
        let cause = match name.as_str() {
            "appId" => cause::S_APPID_MISS,
            "signType" => cause::S_SIGNTYPE_MISS,
            _ => cause::P_FIELD_UNSIGNED,
        };
        list.leave_out(cause, &[entry]).about(name.clone());
        values(list, entry, &name, &value, others);
    }
    extras(list, others);
    app_template(list, others);
    pay::shared(list);
}

/// App.
pub(in crate::explain) fn app(list: &mut List<'_, '_>) {
    let others = list.others();
    camels(list);
    for (entry, name, value) in list.fields() {
        app_names(list, entry, &name);
        match name.as_str() {
            "package" => app_package(list, entry),
            "timestamp" => timestamp(list, entry, &value, Times::PAY, others),
            "noncestr" => {
                candidates(list, entry, cause::S_NONCE_DIFF, others, |o| o.says(&["nonce", "random"]));
            }
            "appid" => {
                candidates(list, entry, cause::S_APPID_OTHER, others, |o| {
                    o.is_app_id() || o.says(&["appid"])
                });
            }
            _ => {}
        }
        list.leave_out(cause::S_APP_MISS, &[entry]).about(name.clone());
        values(list, entry, &name, &value, others);
    }
    for sign_type in ["MD5", "HMAC-SHA256", "RSA", "md5"] {
        list.add(cause::S_APP_ST, "signType", sign_type, 0);
        list.add(cause::S_APP_ST, "sign_type", sign_type, 1);
        list.add(cause::S_APP_ST, "signtype", sign_type, 1);
    }
    extras(list, others);
    jsapi_template(list);
    pay::shared(list);
}

fn jsapi_names(list: &mut List<'_, '_>, entry: usize, name: &str) {
    for (other, more) in names::spellings(name) {
        let cause = match (name, other.as_str()) {
            ("timeStamp", "timestamp") => cause::S_TS_LOWER,
            ("appId", "appid") => cause::S_APPID_LOWER,
            ("nonceStr", "noncestr" | "nonce_str") => cause::S_NONCE_LOWER,
            ("package", _) => cause::S_PKG_NAME,
            _ => cause::P_FIELD_RENAME,
        };
        list.rename(cause, entry, &other, if cause == cause::P_FIELD_RENAME { more } else { more.min(1) });
    }
    slips(list, entry, name);
}

fn app_names(list: &mut List<'_, '_>, entry: usize, name: &str) {
    let camel = camel_of(name);
    for (other, more) in names::spellings(name).into_iter().chain(camel.map(|c| (c.to_owned(), 0))) {
        let cause = if Some(other.as_str()) == camel { cause::S_APP_MIX } else { cause::P_FIELD_RENAME };
        list.rename(cause, entry, &other, more);
    }
    slips(list, entry, name);
}

fn slips(list: &mut List<'_, '_>, entry: usize, name: &str) {
    for other in names::slips(name) {
        list.rename(cause::P_FIELD_RENAME, entry, &other, 5);
    }
    list.typos(cause::P_FIELD_RENAME, entry, Slips::Unusual);
}

fn camel_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "appid" => "appId",
        "partnerid" => "partnerId",
        "prepayid" => "prepayId",
        "noncestr" => "nonceStr",
        "timestamp" => "timeStamp",
        _ => return None,
    })
}

/// All names of the unified order, as one mistake.
fn snakes(list: &mut List<'_, '_>) {
    let fields = list.fields();
    for appid in ["appid", "app_id", "appId"] {
        for time in ["time_stamp", "timestamp", "timeStamp"] {
            for nonce in ["nonce_str", "noncestr"] {
                for sign_type in ["sign_type", "signtype", "signType"] {
                    let name = |old: &str| match old {
                        "appId" => Some(appid),
                        "timeStamp" => Some(time),
                        "nonceStr" => Some(nonce),
                        "signType" => Some(sign_type),
                        _ => None,
                    };
                    let names: Vec<(usize, String)> = fields
                        .iter()
                        .filter_map(|(e, n, _)| name(n).filter(|to| to != n).map(|to| (*e, to.to_owned())))
                        .collect();
                    // Two names alone are two slips; three or more are one habit.
                    if names.len() > 2 {
                        list.rename_all(cause::S_NAMES_SNAKE, names).rare(u32::from(appid == "app_id"));
                    }
                }
            }
        }
    }
}

fn camels(list: &mut List<'_, '_>) {
    let fields = list.fields();
    let names: Vec<(usize, String)> =
        fields.iter().filter_map(|(e, n, _)| Some((*e, camel_of(n)?.to_owned()))).collect();
    list.rename_all(cause::S_APP_CAMEL, names);
    let snakes: Vec<(usize, String)> =
        fields.iter().filter_map(|(e, n, _)| Some((*e, snake_of(n)?.to_owned()))).collect();
    list.rename_all(cause::P_FIELD_RENAME, snakes);
}

fn snake_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "partnerid" => "partner_id",
        "prepayid" => "prepay_id",
        "noncestr" => "nonce_str",
        "timestamp" => "time_stamp",
        _ => return None,
    })
}

fn package(list: &mut List<'_, '_>, entry: usize, value: &str) {
    list.value(cause::S_PKG_NOPREFIX, entry, |p| Some(p.strip_prefix("prepay_id=")?.to_owned()));
    list.value(cause::S_PKG_NOPREFIX, entry, |p| {
        (!p.starts_with("prepay_id=")).then(|| format!("prepay_id={p}"))
    })
    .rare(1);
    list.value(cause::S_PKG_DOUBLE, entry, |p| p.starts_with("prepay_id=").then(|| format!("prepay_id={p}")));
    list.value(cause::S_PKG_DOUBLE, entry, |p| {
        p.strip_prefix("prepay_id=").filter(|rest| rest.starts_with("prepay_id=")).map(str::to_owned)
    })
    .rare(1);
    for prefix in ["prepay_id:", "prepayid=", "prepayId=", "prepay_id = ", "prepay_id= ", "prepay_id%3D"] {
        list.value(cause::S_PKG_NOPREFIX, entry, move |p| {
            Some(format!("{prefix}{}", p.strip_prefix("prepay_id=")?))
        })
        .rare(2);
    }
    list.set(cause::S_APP_JS, entry, "Sign=WXPay").rare(2);
    for null in List::nulls().into_iter().chain([""]) {
        list.set(cause::S_PKG_NOPREFIX, entry, format!("prepay_id={null}")).rare(3);
    }
    // `prepay_id=…` for `package=prepay_id=…`: the bare pair.
    if let Some(id) = value.strip_prefix("prepay_id=") {
        let id = id.to_owned();
        list.put(cause::S_PKG_NAME, Class::Name, &[entry], move |d| {
            d.entries[entry].name = "prepay_id".into();
            d.entries[entry].rank = "prepay_id".into();
            d.entries[entry].value = id.clone().into();
        });
    }
}

fn app_package(list: &mut List<'_, '_>, entry: usize) {
    let prepay = list.given.fields.get("prepayid").unwrap_or_default().to_owned();
    for value in [
        format!("prepay_id={prepay}"),
        prepay,
        "Sign=WxPay".into(),
        "Sign=WXpay".into(),
        "sign=WXPay".into(),
        "WXPay".into(),
        "Sign%3DWXPay".into(),
        "prepay_id=".into(),
    ] {
        list.set(cause::S_APP_PKG, entry, value);
    }
}

fn sign_type(list: &mut List<'_, '_>, entry: usize, value: &str) {
    for other in [
        "MD5",
        "HMAC-SHA256",
        "md5",
        "RSA",
        "hmac-sha256",
        "HMAC_SHA256",
        "HMACSHA256",
        "SHA1",
        "sha1",
        "Md5",
        "HmacSHA256",
        "SHA256",
    ] {
        if other != value {
            list.set(cause::S_SIGNTYPE_VALUE, entry, other);
        }
    }
}

fn candidates(
    list: &mut List<'_, '_>,
    entry: usize,
    cause: &'static Cause,
    others: &[Other],
    fits: impl Fn(&Other) -> bool,
) {
    for other in others.iter().filter(|o| fits(o) && !matches!(o.kind, Kind::Url | Kind::Structure)) {
        list.set(cause, entry, other.value.clone());
    }
}

/// What can befall any value of the few.
fn values(list: &mut List<'_, '_>, entry: usize, name: &str, value: &str, others: &[Other]) {
    for blank in super::url::BLANKS {
        list.value(cause::P_WS, entry, move |v| Some(format!("{v}{blank}"))).rare(1);
        list.value(cause::P_WS, entry, move |v| Some(format!("{blank}{v}"))).rare(2);
    }
    list.value(cause::P_WS, entry, |v| Some(v.trim().to_owned())).rare(1);
    list.value(cause::P_VALUE_DIFF, entry, |v| Some(v.to_lowercase())).rare(2);
    list.value(cause::P_VALUE_DIFF, entry, |v| Some(v.to_uppercase())).rare(2);
    list.value(cause::P_CDATA, entry, |v| Some(format!("<![CDATA[{v}]]>"))).rare(1);
    for null in List::nulls() {
        list.set(cause::P_NULL, entry, null).rare(1);
    }
    if value.contains('=') {
        for style in &super::super::draft::form::PERCENTS[..4] {
            list.value(cause::P_URLENC, entry, move |v| Some(style.encode(v.as_bytes()))).rare(1);
        }
    }
    for other in
        others.iter().filter(|o| !matches!(o.kind, Kind::Url | Kind::Structure) && o.value.len() <= 128)
    {
        let named = other.label.contains(&name.to_lowercase());
        if named || other.value.len() == value.len() {
            list.set(cause::P_VALUE_DIFF, entry, other.value.clone()).rare(if named { 1 } else { 3 });
        }
    }
}

fn extras(list: &mut List<'_, '_>, others: &[Other]) {
    for other in others.iter().filter(|o| o.value.len() <= 128) {
        for name in [other.name.to_string(), names::camel(&other.name), names::snake(&other.name)] {
            list.add(cause::S_EXTRA, &name, &other.value, 0);
        }
    }
    for (name, value) in spare_fields(list) {
        list.add(cause::S_EXTRA, &name, &value, 0);
    }
    let package = list.given.fields.get("package").unwrap_or_default();
    if let Some(id) = package.strip_prefix("prepay_id=").map(str::to_owned) {
        for name in ["prepay_id", "prepayid", "prepayId"] {
            list.add(cause::S_EXTRA, name, &id, 1);
        }
    }
}

/// The five JSAPI fields, made of the six of the app.
fn jsapi_template(list: &mut List<'_, '_>) {
    let get = |name: &str| list.given.fields.get(name).unwrap_or_default().to_owned();
    let base = [("appId", get("appid")), ("timeStamp", get("timestamp")), ("nonceStr", get("noncestr"))];
    let packages = [format!("prepay_id={}", get("prepayid")), get("package"), get("prepayid")];
    for package in packages {
        for sign_type in ["MD5", "HMAC-SHA256", ""] {
            let mut fields: Vec<(&'static str, String)> = base.to_vec();
            fields.push(("package", package.clone()));
            if !sign_type.is_empty() {
                fields.push(("signType", sign_type.to_owned()));
            }
            template(list, fields);
        }
    }
}

/// The six app fields, made of the five of JSAPI.
fn app_template(list: &mut List<'_, '_>, others: &[Other]) {
    let get = |name: &str| list.given.fields.get(name).unwrap_or_default().to_owned();
    let partner = others
        .iter()
        .filter(|o| o.says(&["mch", "partner", "merchant"]) && o.kind == Kind::Number)
        .map(|o| o.value.to_string());
    let partner: Vec<String> =
        partner.chain(["mch_id", "partnerid"].iter().map(|n| get(n)).filter(|v| !v.is_empty())).collect();
    let prepay = get("package").trim_start_matches("prepay_id=").to_owned();
    for partner in partner {
        for package in ["Sign=WXPay".to_owned(), get("package")] {
            template(
                list,
                vec![
                    ("appid", get("appId")),
                    ("partnerid", partner.clone()),
                    ("prepayid", prepay.clone()),
                    ("package", package),
                    ("noncestr", get("nonceStr")),
                    ("timestamp", get("timeStamp")),
                ],
            );
        }
    }
}

fn template(list: &mut List<'_, '_>, fields: Vec<(&'static str, String)>) {
    list.put(cause::S_APP_JS, Class::Whole, &[], move |d: &mut Draft<'_>| {
        for entry in &mut d.entries {
            entry.stay = Stay::Out;
        }
        d.entries.extend(fields.iter().map(|(name, value)| Entry::new(*name, value.clone())));
    });
}
