//! Mistakes of the fields of a pay v2 message: which ones are signed, under
//! which names, with which values.

use super::super::cause::{self, Cause};
use super::super::draft::Stay;
use super::super::draft::charset::{Charset, Digits};
use super::super::draft::form::{self, Form, Plus};
use super::edit::{Class, Tier};
use super::list::{List, Slips};
use super::names;
use super::others::{Kind, Other};
use super::url::BLANKS;
use crate::api;
use crate::api::endpoint::Format;
use crate::sign::Empty;

/// Fills the table.
pub(super) fn edits(list: &mut List<'_, '_>) {
    let others = list.others();
    which(list, others);
    for (entry, name, value) in list.fields() {
        one(list, entry, &name, &value, others);
    }
    renamed_together(list);
    notice(list);
}

fn which(list: &mut List<'_, '_>, others: &[Other]) {
    list.put(cause::P_EMPTY, Class::Presence, &[], |d| d.empty = Empty::Keep);
    for (entry, name, value) in list.fields() {
        if value.is_empty() {
            list.put(cause::P_EMPTY, Class::Presence, &[entry], move |d| d.entries[entry].stay = Stay::In);
            for null in List::nulls() {
                list.set(cause::P_NULL, entry, null);
            }
            continue;
        }
        let cause = match name.as_str() {
            "sign_type" if list.given.is_from_wechat() => cause::P_NOTIFY_ST,
            "sign_type" => cause::P_SIGNTYPE_MISS,
            _ => cause::P_FIELD_UNSIGNED,
        };
        list.leave_out(cause, &[entry]).about(name);
    }
    some_empty(list);
    nulls(list);
    for sign in list.given.signs {
        list.add(cause::P_SIGN_IN, "sign", sign, 0);
    }
    for sign_type in ["MD5", "HMAC-SHA256", "md5", "RSA"] {
        if list.right.place("sign_type").is_none() {
            list.add(cause::P_SIGNTYPE_EXTRA, "sign_type", sign_type, u32::from(sign_type == "md5"));
        }
    }
    unsent(list, others);
}

/// A type has some of the empty fields, and signs those.
fn some_empty(list: &mut List<'_, '_>) {
    let empty: Vec<usize> =
        list.fields().into_iter().filter(|(_, _, v)| v.is_empty()).map(|(e, ..)| e).collect();
    if !(3..=6).contains(&empty.len()) {
        return;
    }
    for mask in 1_u8..(1 << empty.len()) - 1 {
        let kept: Vec<usize> =
            empty.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1).map(|(_, &e)| e).collect();
        if kept.len() > 1 {
            let stays = kept.clone();
            list.put(cause::P_EMPTY, Class::Presence, &kept, move |d| {
                for &entry in &stays {
                    d.entries[entry].stay = Stay::In;
                }
            })
            .rare(1);
        }
    }
}

/// Every null as a text, in all empty fields at once; and in fields that are
/// not sent because they are null.
fn nulls(list: &mut List<'_, '_>) {
    let empty: Vec<usize> =
        list.fields().into_iter().filter(|(_, _, v)| v.is_empty()).map(|(e, ..)| e).collect();
    for null in List::nulls() {
        if empty.len() > 1 {
            let all = empty.clone();
            list.put(cause::P_NULL, Class::Value, &empty, move |d| {
                for &entry in &all {
                    d.entries[entry].value = null.into();
                }
            });
        }
        for name in OPTIONAL.iter().filter(|n| list.right.place(n).is_none()) {
            list.add(cause::P_NULL, name, null, 1);
            let known = list.table.edits.len();
            list.table.edits[known - 3..].iter_mut().for_each(|e| {
                e.wide();
            });
        }
    }
}

/// Fields that are often left out, and then stand as null in a map.
const OPTIONAL: &[&str] = &[
    "attach",
    "detail",
    "device_info",
    "goods_tag",
    "openid",
    "product_id",
    "limit_pay",
    "scene_info",
    "time_expire",
    "time_start",
    "fee_type",
    "sub_appid",
    "sub_mch_id",
    "sub_openid",
    "receipt",
    "sign_type",
    "profit_sharing",
    "refund_desc",
    "refund_account",
];

fn unsent(list: &mut List<'_, '_>, others: &[Other]) {
    for other in others {
        let names = field_names(other);
        for name in names.iter().filter(|n| list.right.place(n).is_none()) {
            list.add(cause::P_FIELD_UNSENT, name, &other.value, 0);
        }
    }
    for (name, value) in LIKELY.iter().filter(|(n, _)| list.right.place(n).is_none()) {
        list.add(cause::P_FIELD_UNSENT, name, value, 3);
    }
    for name in OPTIONAL.iter().filter(|n| list.right.place(n).is_none()) {
        list.add(cause::P_EMPTY, name, "", 2);
    }
}

/// Fields with the value they nearly always have.
const LIKELY: &[(&str, &str)] = &[
    ("fee_type", "CNY"),
    ("device_info", "WEB"),
    ("version", "1.0"),
    ("trade_type", "JSAPI"),
    ("trade_type", "NATIVE"),
    ("trade_type", "APP"),
    ("trade_type", "MWEB"),
    ("limit_pay", "no_credit"),
    ("receipt", "Y"),
    ("profit_sharing", "N"),
    ("profit_sharing", "Y"),
    ("spbill_create_ip", "127.0.0.1"),
    ("return_code", "SUCCESS"),
    ("return_msg", "OK"),
    ("result_code", "SUCCESS"),
];

/// The field that a label names.
fn field_names(other: &Other) -> Vec<String> {
    let known = known_names().filter(|name| name.replace('_', "") == other.label || *name == &*other.name);
    let mut names: Vec<String> = known.map(str::to_owned).collect();
    let is_name = other.name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if is_name && !other.says(&["key", "secret", "v3", "password", "token"]) {
        names.push(other.name.to_string());
    }
    names.sort();
    names.dedup();
    names
}

fn known_names() -> impl Iterator<Item = &'static str> {
    api::names_in(Format::Xml)
}

fn one(list: &mut List<'_, '_>, entry: usize, name: &str, value: &str, others: &[Other]) {
    if list.is_crowded() {
        return likeliest(list, entry, name, value);
    }
    spelling(list, entry, name, cause::P_FIELD_RENAME);
    blanks(list, entry, value);
    printed(list, entry, name, value);
    encoded(list, entry, value);
    from_others(list, entry, name, value, others);
}

/// What befalls a field most often, for messages of very many.
fn likeliest(list: &mut List<'_, '_>, entry: usize, name: &str, value: &str) {
    for (other, more) in names::spellings(name).into_iter().take(3) {
        list.rename(cause::P_FIELD_RENAME, entry, &other, more);
    }
    for blank in &BLANKS[..2] {
        list.value(cause::P_WS, entry, move |v| Some(format!("{v}{blank}")));
    }
    list.value(cause::P_WS, entry, |v| Some(v.trim().to_owned()));
    for number in form::numbers(value).into_iter().take(3) {
        list.set(cause::P_NUM, entry, number);
    }
    list.value(cause::P_CDATA, entry, |v| Some(format!("<![CDATA[{v}]]>")));
    if !form::is_number(value) {
        encoded_plainly(list, entry);
    }
}

fn encoded_plainly(list: &mut List<'_, '_>, entry: usize) {
    list.value(cause::P_URLENC, entry, |v| Some(form::PERCENTS[0].encode(v.as_bytes()))).rare(1);
    list.value(cause::P_URLDEC, entry, |v| form::decode(v, Plus::Stays));
    list.value(cause::P_XMLESC, entry, |v| Some(form::XMLS[0].escape(v))).rare(1);
    list.value(cause::P_JSONESC, entry, |v| Form::Slashes.apply("", v, Charset::Utf8));
}

/// Other names of one field.
pub(super) fn spelling(list: &mut List<'_, '_>, entry: usize, name: &str, cause: &'static Cause) {
    for (other, more) in names::spellings(name) {
        list.rename(cause, entry, &other, more);
    }
    let mut official: Vec<&str> =
        known_names().filter(|n| *n != name && api::near::distance(n, name) <= 2).collect();
    official.sort_unstable();
    official.dedup();
    for other in official {
        list.rename(cause, entry, other, 1);
    }
    list.typos(cause, entry, Slips::All);
}

fn blanks(list: &mut List<'_, '_>, entry: usize, value: &str) {
    for (index, blank) in BLANKS.iter().enumerate() {
        let tier = if index < 4 { Tier::Usual } else { Tier::Wide };
        list.value(cause::P_WS, entry, move |v| Some(format!("{v}{blank}")))
            .rare(u32::from(index > 3))
            .tier = tier;
        list.value(cause::P_WS, entry, move |v| Some(format!("{blank}{v}")))
            .rare(1 + u32::from(index > 3))
            .tier = tier;
    }
    list.value(cause::P_WS, entry, |v| Some(v.trim().to_owned()));
    list.value(cause::P_WS, entry, |v| Some(v.trim_end().to_owned())).rare(1);
    list.value(cause::P_WS, entry, |v| Some(v.trim_start().to_owned())).rare(1);
    if value.contains(' ') {
        list.value(cause::P_WS, entry, |v| Some(v.split_whitespace().collect::<Vec<_>>().join(" "))).rare(1);
        list.value(cause::P_WS, entry, |v| Some(v.split_whitespace().collect())).rare(1);
        list.value(cause::P_WS, entry, |v| Some(v.replace(' ', "+"))).rare(2);
    }
}

fn printed(list: &mut List<'_, '_>, entry: usize, name: &str, value: &str) {
    let is_amount = name.contains("fee")
        || name.contains("amount")
        || name.contains("count")
        || name.contains("price")
        || name.contains("num");
    for number in form::numbers(value) {
        let edit = list.set(cause::P_NUM, entry, number);
        if !is_amount {
            edit.wide();
        }
    }
    if let Some(amount) = value.parse::<i64>().ok().filter(|_| is_amount) {
        changed(list, entry, amount);
    }
    for style in form::json_styles(value) {
        list.value(cause::P_JSONESC, entry, move |v| style.again(v));
    }
    for form in [Form::Slashes, Form::JsonText, Form::HexQuotes] {
        list.value(cause::P_JSONESC, entry, move |v| form.apply("", v, Charset::Utf8));
    }
    list.value(cause::P_JSONESC, entry, |v| Some(v.replace("\\/", "/"))).rare(1);
    list.value(cause::P_JSONESC, entry, |v| {
        Form::JsonText.apply("", v, Charset::Utf8).map(|v| v.replace('/', "\\/"))
    })
    .rare(1);
    list.value(cause::P_JSONESC, entry, |v| serde_json::from_str(&format!("\"{v}\"")).ok()).rare(1);
    list.value(cause::P_JSONESC, entry, |v| Some(format!("\"{v}\""))).rare(1);
    list.value(cause::P_JSONESC, entry, |v| Some(v.replace('"', ""))).rare(2);
    list.value(cause::P_JSONESC, entry, |v| Some(v.replace('"', "'"))).rare(2);
    list.value(cause::P_JSONESC, entry, |v| Some(v.replace('"', "\\\\x22"))).rare(2);
    for digits in [Digits::Lower, Digits::Upper] {
        list.value(cause::P_ENC_UESC, entry, move |v| {
            String::from_utf8(Charset::Escaped(digits).encode(v).into_owned()).ok()
        })
        .rare(1);
    }
    list.value(cause::P_CDATA, entry, |v| Some(format!("<![CDATA[{v}]]>")));
    list.value(cause::P_CDATA, entry, |v| Some(v.strip_prefix("<![CDATA[")?.strip_suffix("]]>")?.to_owned()));
    if value.bytes().any(|b| b.is_ascii_alphabetic()) {
        list.value(cause::P_VALUE_DIFF, entry, |v| Some(v.to_lowercase())).rare(2);
        list.value(cause::P_VALUE_DIFF, entry, |v| Some(v.to_uppercase())).rare(2);
    }
}

/// An amount that became another one after signing: by a little, or the one fen
/// of a trial.
fn changed(list: &mut List<'_, '_>, entry: usize, amount: i64) {
    for by in [1, 10, 100, 1000, -1, -10, -100, -1000] {
        let other = amount.saturating_add(by);
        if other > 0 {
            list.set(cause::P_VALUE_DIFF, entry, other.to_string()).rare(1);
        }
    }
    list.set(cause::P_VALUE_DIFF, entry, "1").rare(1);
}

fn encoded(list: &mut List<'_, '_>, entry: usize, value: &str) {
    if form::is_number(value) {
        return;
    }
    for style in form::PERCENTS {
        list.value(cause::P_URLENC, entry, move |v| Some(style.encode(v.as_bytes()))).rare(1);
    }
    for style in form::URL_PERCENTS {
        list.value(cause::P_URLENC, entry, move |v| Some(style.encode(v.as_bytes()))).rare(2);
    }
    for plus in [Plus::Stays, Plus::Blank] {
        list.value(cause::P_URLDEC, entry, move |v| form::decode(v, plus));
    }
    for style in form::XMLS {
        list.value(cause::P_XMLESC, entry, move |v| Some(style.escape(v))).rare(1);
    }
    list.value(cause::P_XMLESC, entry, |v| Some(form::xml_undone(v))).rare(1);
}

fn from_others(list: &mut List<'_, '_>, entry: usize, name: &str, value: &str, others: &[Other]) {
    let plain = name.replace('_', "").to_lowercase();
    for other in others {
        let named = other.label.contains(&plain);
        let alike = other.value.len() == value.len() || is_like(name, other);
        if *other.value == *value || !(named || alike) {
            continue;
        }
        list.set(cause::P_VALUE_DIFF, entry, other.value.clone())
            .rare(if named { 0 } else { 2 })
            .trying(other);
    }
}

fn is_like(name: &str, other: &Other) -> bool {
    match name {
        "notify_url" => other.kind == Kind::Url,
        "spbill_create_ip" => other.kind == Kind::Host,
        "nonce_str" => other.says(&["nonce", "random"]),
        "time_start" | "time_expire" => other.kind == Kind::Number && other.value.len() == 14,
        "appid" | "sub_appid" => other.is_app_id(),
        "total_fee" | "refund_fee" => other.says(&["fee", "amount", "price", "total"]),
        _ => false,
    }
}

fn renamed_together(list: &mut List<'_, '_>) {
    let fields = list.fields();
    let all = |change: fn(&str) -> String| -> Vec<(usize, String)> {
        fields
            .iter()
            .map(|(e, n, _)| (*e, change(n)))
            .filter(|(e, n)| fields.iter().all(|(o, old, _)| o != e || old != n))
            .collect()
    };
    let lists = [
        all(names::camel),
        all(|n| n.replace('_', "")),
        all(str::to_lowercase),
        all(str::to_uppercase),
        all(names::snake),
    ];
    for (index, names) in lists.into_iter().enumerate().filter(|(_, names)| names.len() > 1) {
        list.rename_all(cause::P_FIELD_RENAME, names).rare(u32::from(index > 0));
    }
}

/// Fields that a typed object of a notice loses, or invents.
fn notice(list: &mut List<'_, '_>) {
    let fields = list.fields();
    let numbered = |n: &str| n.rsplit('_').next().is_some_and(form::is_number);
    let families: [fn(&str) -> bool; 5] = [
        |n| n.starts_with("coupon_"),
        |n| n.starts_with("settlement_"),
        |n| n.starts_with("sub_"),
        |n| n.starts_with("promotion_"),
        |n| n.rsplit('_').next().is_some_and(form::is_number),
    ];
    for mask in 1_u8..32 {
        let in_mask =
            |n: &str| families.iter().enumerate().any(|(i, family)| mask >> i & 1 == 1 && family(n));
        let gone: Vec<usize> =
            fields.iter().filter(|(_, n, v)| in_mask(n) && !v.is_empty()).map(|(e, ..)| *e).collect();
        // One field alone is no typed object, except where its family says so.
        if !gone.is_empty() && (list.given.is_from_wechat() || gone.len() > 1) {
            list.leave_out(cause::P_NOTIFY_DROP, &gone).rare(mask.count_ones() - 1);
        }
    }
    for prefix in ["coupon_id_", "coupon_fee_", "coupon_type_"] {
        let gone: Vec<usize> = fields
            .iter()
            .filter(|(_, n, _)| n.starts_with(prefix) && numbered(n))
            .map(|(e, ..)| *e)
            .collect();
        if !gone.is_empty() {
            list.leave_out(cause::P_NOTIFY_DROP, &gone).rare(1);
        }
    }
    invented(list, &fields);
}

fn invented(list: &mut List<'_, '_>, fields: &[(usize, String, String)]) {
    if !list.given.is_from_wechat() {
        return;
    }
    let numbers: Vec<&str> = fields.iter().filter_map(|(_, n, _)| n.strip_prefix("coupon_id_")).collect();
    for kind in ["CASH", "NO_CASH", ""] {
        for number in &numbers {
            list.add(cause::P_NOTIFY_DROP, &format!("coupon_type_{number}"), kind, 2);
        }
    }
}
