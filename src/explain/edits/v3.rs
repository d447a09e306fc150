//! Mistakes of the signatures of v3: the lines of a request, of a reply or notice, of
//! JSAPI and of App parameters. Comes in: the table under way; goes out: its
//! edits. What befalls a body or a url stands in `v3_body` and `v3_url`.

use super::super::cause::{self, Cause};
use super::super::draft::{Entry, Glue, Sorting, Stay};
use super::edit::{Class, Sweep};
use super::list::List;
use super::others::Other;
use super::{jssdk, v3_body, v3_url};
use crate::sign::{Order, Show};

/// A day before and after: clocks of other time zones, and a request that waited.
const DAY: u64 = 86_400;

/// Fills the table for a request.
pub(in crate::explain) fn request(list: &mut List<'_, '_>) {
    method(list);
    v3_url::edits(list);
    time(list, "timestamp", cause::V_TS_MS, cause::V_TS_DIFF);
    nonce(list, "nonce_str");
    v3_body::of_request(list);
    lines(list, cause::V_NL_END);
    orders(list, cause::V_ORDER);
    without_body(list, cause::V_NL_BODY);
    keyed(list, cause::V_NOTRSA);
}

/// Fills the table for a reply or notice.
pub(in crate::explain) fn reply(list: &mut List<'_, '_>) {
    v3_body::of_reply(list);
    time(list, "timestamp", cause::V_RESP_ORDER, cause::V_RESP_ORDER);
    nonce(list, "nonce");
    lines(list, cause::V_RESP_ORDER);
    orders(list, cause::V_RESP_ORDER);
    headers(list);
    if list.field("body").is_some_and(|(_, body)| body.is_empty()) {
        without_body(list, cause::V_RESP_204);
    }
}

/// Fills the table for JSAPI and mini programs.
pub(in crate::explain) fn pay_sign(list: &mut List<'_, '_>) {
    if let Some((entry, _)) = list.field("package") {
        list.value(cause::V_PS_PREFIX, entry, |p| Some(p.strip_prefix("prepay_id=")?.to_owned()));
        list.value(cause::V_PS_PREFIX, entry, |p| {
            (!p.starts_with("prepay_id=")).then(|| format!("prepay_id={p}"))
        });
        list.value(cause::V_PS_PREFIX, entry, |p| Some(format!("prepay_id={p}"))).rare(1);
        list.set(cause::V_PS_APP, entry, "Sign=WXPay");
        prepay(list, entry, cause::V_PS_EXPIRED);
    }
    parameters(list, "appId", "timeStamp", "nonceStr");
    sign_type(list);
    key_value(list);
}

/// Fills the table for App parameters.
pub(in crate::explain) fn app_sign(list: &mut List<'_, '_>) {
    if let Some((entry, _)) = list.field("prepayid") {
        list.value(cause::V_PS_APP, entry, |p| Some(format!("prepay_id={p}")));
        list.value(cause::V_PS_APP, entry, |p| Some(p.strip_prefix("prepay_id=")?.to_owned()));
        for package in ["Sign=WXPay", "Sign=WXpay", "Sign=Wxpay"] {
            list.set(cause::V_PS_APP, entry, package);
        }
        list.put(cause::V_PS_APP, Class::Presence, &[], |d| {
            d.entries.push(Entry { stay: Stay::In, ..Entry::new("package", "Sign=WXPay") });
        });
        prepay(list, entry, cause::V_PS_EXPIRED);
    }
    parameters(list, "appid", "timestamp", "noncestr");
    sign_type(list);
    key_value(list);
}

/// What pages and apps have in common.
fn parameters(list: &mut List<'_, '_>, app_id: &str, time_name: &str, nonce_name: &str) {
    if let Some((entry, _)) = list.field(app_id) {
        for other in list.others().iter().filter(|o| o.is_app_id() || o.says(&["appid"])) {
            list.set(cause::V_PS_APPID, entry, other.value.clone()).trying(other);
        }
        let spare = ["sub_appid", "sp_appid", "appid", "appId", "app_id"].into_iter();
        let spare: Vec<String> =
            spare.filter_map(|name| list.given.fields.filled(name)).map(str::to_owned).collect();
        for other in spare {
            list.set(cause::V_PS_APPID, entry, other);
        }
        list.set(cause::V_PS_APPID, entry, "").rare(1);
        list.value(cause::V_PS_APPID, entry, |id| Some(id.to_lowercase())).rare(1);
    }
    time(list, time_name, cause::V_PS_TSMS, cause::V_TS_DIFF);
    nonce(list, nonce_name);
    lines(list, cause::V_PS_NL);
    orders(list, cause::V_ORDER);
}

fn prepay(list: &mut List<'_, '_>, entry: usize, cause: &'static Cause) {
    for other in list.others().iter().filter(|o| o.says(&["prepay", "package"])) {
        list.set(cause, entry, other.value.clone()).trying(other);
    }
}

/// The type signed as one more line.
fn sign_type(list: &mut List<'_, '_>) {
    for text in ["RSA", "MD5", "HMAC-SHA256", "SHA256", "RSA2", "SHA256-RSA2048"] {
        list.put(cause::V_PS_ST, Class::Presence, &[], move |d| {
            d.entries.push(Entry { stay: Stay::In, ..Entry::new("signType", text) });
        });
    }
}

/// `k=v&…`, the way of v2, with a key or without.
fn key_value(list: &mut List<'_, '_>) {
    for (order, tail) in [
        (Order::ByName, &[][..]),
        (Order::ByName, &[Glue::Text("&key="), Glue::Secret][..]),
        (Order::AsGiven, &[]),
        (Order::AsGiven, &[Glue::Text("\n")]),
        (Order::ByName, &[Glue::Text("\n")]),
    ] {
        for signed_along in ["", "RSA", "MD5", "HMAC-SHA256"] {
            list.put(cause::V_PS_KV, Class::Whole, &[], move |d| {
                if !signed_along.is_empty() {
                    d.entries.push(Entry { stay: Stay::In, ..Entry::new("signType", signed_along) });
                }
                (d.show, d.join, d.tail) = (Show::Pair, "&", tail);
                d.end.to_mut().clear();
                d.sorting = Sorting::Right(order);
            });
        }
    }
    keyed(list, cause::V_PS_KV);
}

fn method(list: &mut List<'_, '_>) {
    let Some((entry, given)) = list.field("method") else { return };
    list.value(cause::V_METHOD, entry, |m| Some(m.to_lowercase()));
    list.value(cause::V_METHOD, entry, |m| Some(m.to_uppercase()));
    list.value(cause::V_METHOD, entry, |m| {
        let mut letters = m.chars();
        Some(letters.next()?.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect())
    })
    .rare(1);
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "get", "post", ""] {
        if method != given {
            list.set(cause::V_METHOD, entry, method);
        }
    }
}

/// Another second, or milliseconds: before and after.
fn time(list: &mut List<'_, '_>, name: &str, milli: &'static Cause, other: &'static Cause) {
    let Some((entry, text)) = list.field(name) else { return };
    for given in list.others().iter().filter(|o| o.says(&["time", "date"])) {
        list.set(other, entry, given.value.clone()).trying(given);
    }
    list.set(other, entry, "").rare(2);
    let Ok(number) = text.parse::<u64>() else { return };
    let mut sweep =
        |cause, values| list.table.sweeps.push(Sweep { entry, field: name.to_owned(), cause, values });
    if number > 100_000_000_000 {
        list.set(milli, entry, (number / 1000).to_string());
        return;
    }
    sweep(milli, number * 1000..number * 1000 + 1000);
    sweep(other, number.saturating_sub(DAY)..number + DAY + 1);
    list.value(milli, entry, |t| Some(format!("{t}000")));
    list.value(milli, entry, |t| Some(format!("{t}.0"))).rare(2);
}

fn nonce(list: &mut List<'_, '_>, name: &str) {
    let Some((entry, _)) = list.field(name) else { return };
    let id = cause::V_NONCE_DIFF;
    list.value(id, entry, |n| Some(n.to_uppercase()));
    list.value(id, entry, |n| Some(n.to_lowercase()));
    list.value(id, entry, |n| Some(n.replace('-', "")));
    list.value(id, entry, dashed);
    list.value(id, entry, |n| dashed(&n.to_lowercase())).rare(1);
    list.value(id, entry, |n| Some(n.trim().to_owned())).rare(1);
    list.value(id, entry, |n| Some(format!("\"{n}\""))).rare(2);
    list.set(id, entry, "").rare(1);
    for other in list.others().iter().filter(|o| o.says(&["nonce", "random", "uuid"])) {
        list.set(id, entry, other.value.clone()).trying(other);
    }
}

/// A UUID that lost its dashes.
fn dashed(text: &str) -> Option<String> {
    if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    Some([&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]].join("-"))
}

/// How the lines end, and what stands between them.
fn lines(list: &mut List<'_, '_>, no_end: &'static Cause) {
    list.put(no_end, Class::End, &[], |d| d.end.to_mut().clear());
    for end in ["\n\n", "\n\n\n", "\n \n", "\n "] {
        list.put(cause::V_NL_EXTRA, Class::End, &[], move |d| d.end = end.into());
    }
    list.put(cause::V_NL_EXTRA, Class::Join, &[], |d| {
        d.join = "\n\n";
        d.end = "\n\n".into();
    });
    list.put(cause::V_NL_EXTRA, Class::Join, &[], |d| d.join = "\n\n");
    list.put(cause::V_NL_EXTRA, Class::Front, &[], |d| d.front = "\n");
    for break_ in ["\r\n", "\\n", "\r", "\\r\\n", "\n\r"] {
        list.put(cause::V_CRLF, Class::Join, &[], move |d| {
            d.join = break_;
            d.end = break_.into();
        });
        list.put(cause::V_CRLF, Class::Join, &[], move |d| d.join = break_).rare(1);
        list.put(cause::V_CRLF, Class::End, &[], move |d| d.end = break_.into()).rare(1);
    }
    for join in ["", " ", "&", ",", "|"] {
        list.put(no_end, Class::Join, &[], move |d| {
            d.join = join;
            d.end.to_mut().clear();
        })
        .rare(2);
    }
}

fn orders(list: &mut List<'_, '_>, cause: &'static Cause) {
    for order in jssdk::permutations(list.right.entries.len()) {
        list.put(cause, Class::Order, &[], move |d| d.sorting = Sorting::Fixed(order.clone()));
    }
}

/// The empty line of no body left out, or not empty.
fn without_body(list: &mut List<'_, '_>, cause: &'static Cause) {
    if let Some((entry, _)) = list.field("body") {
        list.leave_out(cause, &[entry]);
    }
}

/// Values of other headers in place of the right ones.
fn headers(list: &mut List<'_, '_>) {
    let fields = list.given.fields;
    let named = ["serial", "Wechatpay-Serial", "signature_type", "request_id"].into_iter();
    let mut values: Vec<String> = named.filter_map(|name| fields.filled(name)).map(str::to_owned).collect();
    values.push(list.given.signature.to_owned());
    for name in ["timestamp", "nonce"] {
        let Some((entry, _)) = list.field(name) else { continue };
        for value in values.clone() {
            list.set(cause::V_RESP_ORDER, entry, value);
        }
    }
}

/// A hash with a key of the merchant in place of RSA.
fn keyed(list: &mut List<'_, '_>, cause: &'static Cause) {
    let is_key = |other: &&Other| other.says(&["key", "secret", "v2", "v3"]) && other.value.len() <= 64;
    for other in list.others().iter().filter(is_key) {
        let value = other.value.clone();
        list.secret(cause, move |_| Some(value.to_string())).trying(other);
    }
}
