//! What befalls the url of a v3 request between the program and the wire. Comes
//! in: the table under way; goes out: changes of the url, each starting from what it
//! is by then.

use super::super::cause::{self, Cause};
use super::super::draft::form::{self, Percent, Plus};
use super::list::List;
use super::others::{Kind, Other};

/// Hosts of WeChat Pay.
const HOSTS: &[&str] = &["api.mch.weixin.qq.com", "api2.mch.weixin.qq.com", "apihk.mch.weixin.qq.com"];

/// What proxies of one's own put in front.
const PREFIXES: &[&str] =
    &["/api", "/wxpay", "/wechat", "/wechatpay", "/proxy", "/pay", "/v3", "/mch", "/weixin"];

/// Names that stand for a number in the templates of the documentation.
const NUMBERS: &[&str] = &[
    "out_trade_no",
    "transaction_id",
    "out_refund_no",
    "refund_id",
    "out_order_no",
    "order_id",
    "out_bill_no",
    "transfer_bill_no",
    "out_batch_no",
    "batch_id",
    "out_return_no",
    "combine_out_trade_no",
    "sub_mchid",
    "mchid",
    "id",
    "outTradeNo",
    "transactionId",
    "outRefundNo",
];

/// Puts every change of the url in the table.
pub(super) fn edits(list: &mut List<'_, '_>) {
    let Some((entry, url)) = list.field("url") else { return };
    query(list, entry);
    origin(list, entry);
    path(list, entry);
    encoding(list, entry);
    placeholders(list, entry, &url);
    for other in list.others() {
        if other.kind == Kind::Url || other.says(&["url", "uri", "path"]) {
            list.set(meant(other, &url), entry, other.value.clone()).trying(other);
        }
    }
}

/// What another url means beside this one.
fn meant(other: &Other, url: &str) -> &'static Cause {
    let bare = |url: &str| url.split('?').next().unwrap_or(url).to_owned();
    let plain = |url: &str| form::decode(url, Plus::Stays).unwrap_or_else(|| url.to_owned());
    match () {
        () if other.value.contains("://") => cause::V_URL_FULL,
        () if other.value.contains(['{', '<']) || other.value.contains("%7B") => cause::V_URL_PLACEHOLDER,
        () if plain(&other.value) == plain(url) => cause::V_URL_ENCODING,
        () if bare(&other.value) == bare(url) => cause::V_URL_NOQUERY,
        () => cause::V_URL_NOSLASH,
    }
}

fn query(list: &mut List<'_, '_>, entry: usize) {
    let without = |url: &str| Some(url.split_once('?')?.0.to_owned());
    list.value(cause::V_URL_NOQUERY, entry, without);
    list.value(cause::V_URL_NOQUERY, entry, move |url| Some(format!("{}?", without(url)?)));
    // A part of the query is added by the client, the other by hand.
    for keep in 1..4 {
        list.value(cause::V_URL_NOQUERY, entry, move |url| {
            let (path, query) = url.split_once('?')?;
            let kept: Vec<&str> = query.split('&').take(keep).collect();
            Some(format!("{path}?{}", kept.join("&")))
        });
    }
    list.value(cause::V_URL_PLACEHOLDER, entry, |url| (!url.contains('?')).then(|| format!("{url}?")));
    list.value(cause::V_URL_PLACEHOLDER, entry, |url| url.contains('?').then(|| format!("{url}&"))).rare(1);
}

fn origin(list: &mut List<'_, '_>, entry: usize) {
    for host in HOSTS {
        for scheme in ["https://", "http://", "", "//"] {
            list.value(cause::V_URL_FULL, entry, move |url| Some(format!("{scheme}{host}{url}")));
        }
        list.value(cause::V_URL_FULL, entry, move |url| Some(format!("{host}:443{url}"))).rare(1);
    }
    let own = list.others().iter().filter(|o| o.kind == Kind::Host || o.says(&["host", "base", "origin"]));
    for other in own {
        let host = other.value.trim_end_matches('/').to_owned();
        list.value(cause::V_URL_FULL, entry, move |url| Some(format!("{host}{url}"))).trying(other);
    }
}

fn path(list: &mut List<'_, '_>, entry: usize) {
    let id = cause::V_URL_NOSLASH;
    list.value(id, entry, |url| Some(url.strip_prefix('/')?.to_owned()));
    list.value(id, entry, |url| Some(url.strip_prefix("/v3")?.to_owned()));
    list.value(id, entry, |url| Some(url.strip_prefix("/v3/")?.to_owned()));
    list.value(id, entry, |url| Some(format!("/{url}")));
    list.value(id, entry, |url| match url.split_once('?') {
        Some((path, query)) => Some(format!("{path}/?{query}")),
        None => Some(format!("{url}/")),
    });
    list.value(id, entry, |url| Some(url.split_once('#')?.0.to_owned()));
    for prefix in PREFIXES {
        list.value(id, entry, move |url| Some(format!("{prefix}{url}")));
        list.value(id, entry, move |url| Some(url.strip_prefix(prefix)?.to_owned()));
    }
    list.value(id, entry, |url| Some(url.to_lowercase())).rare(1);
}

fn encoding(list: &mut List<'_, '_>, entry: usize) {
    let id = cause::V_URL_ENCODING;
    list.value(id, entry, |url| form::decode(url, Plus::Stays));
    list.value(id, entry, |url| form::decode(url, Plus::Blank));
    for style in form::URL_PERCENTS {
        list.value(id, entry, move |url| Some(style.encode(url.as_bytes())));
    }
    for style in form::PERCENTS {
        list.value(id, entry, move |url| values(url, |value| Some(style.encode(value.as_bytes()))));
        list.value(id, entry, move |url| {
            values(url, |value| Some(style.encode(form::decode(value, Plus::Blank)?.as_bytes())))
        });
        list.value(id, entry, move |url| Some(segments(url, *style)));
    }
    list.value(id, entry, |url| Some(url.replace("%20", "+")));
    list.value(id, entry, |url| Some(url.replace('+', "%20")));
    list.value(id, entry, |url| Some(url.replace('|', "%7C")));
    list.value(id, entry, |url| Some(url.replace("%2F", "/")));
    list.value(id, entry, |url| Some(hex_case(url, char::to_ascii_lowercase)));
    list.value(id, entry, |url| Some(hex_case(url, char::to_ascii_uppercase)));
    list.value(id, entry, |url| {
        let (path, query) = url.split_once('?')?;
        let mut pairs: Vec<&str> = query.split('&').collect();
        pairs.sort_unstable();
        Some(format!("{path}?{}", pairs.join("&")))
    });
    list.value(id, entry, |url| {
        let (path, query) = url.split_once('?')?;
        let pairs: Vec<&str> = query.split('&').rev().collect();
        Some(format!("{path}?{}", pairs.join("&")))
    });
    list.value(id, entry, |url| Some(url.replace('&', "&amp;")));
}

/// Every value of the query treated.
fn values(url: &str, treat: impl Fn(&str) -> Option<String>) -> Option<String> {
    let (path, query) = url.split_once('?')?;
    let pair = |pair: &str| match pair.split_once('=') {
        Some((name, value)) => Some(format!("{name}={}", treat(value)?)),
        None => Some(pair.to_owned()),
    };
    let pairs: Option<Vec<String>> = query.split('&').map(pair).collect();
    Some(format!("{path}?{}", pairs?.join("&")))
}

/// Every part of the path encoded.
fn segments(url: &str, style: Percent) -> String {
    let (path, query) = url.split_at(url.find('?').unwrap_or(url.len()));
    let parts: Vec<String> = path.split('/').map(|part| style.encode(part.as_bytes())).collect();
    parts.join("/") + query
}

fn hex_case(url: &str, case: fn(&char) -> char) -> String {
    let mut left = 0;
    let letter = |c: char| {
        let is_hex = left > 0;
        left = if c == '%' { 2 } else { left - i32::from(is_hex) };
        if is_hex { case(&c) } else { c }
    };
    url.chars().map(letter).collect()
}

/// A template of which one number was not filled in.
fn placeholders(list: &mut List<'_, '_>, entry: usize, url: &str) {
    let path = url.split('?').next().unwrap_or(url);
    let numbers = path
        .split('/')
        .enumerate()
        .filter(|(_, part)| part.bytes().any(|b| b.is_ascii_digit()) && *part != "v3");
    let places: Vec<usize> = numbers.map(|(place, _)| place).collect();
    let styles: [fn(&str) -> String; 6] = [
        |name| format!("{{{name}}}"),
        |name| format!("%7B{name}%7D"),
        |name| format!(":{name}"),
        |name| format!("${{{name}}}"),
        |name| format!("{{{{{name}}}}}"),
        |name| format!("%7b{name}%7d"),
    ];
    for name in NUMBERS {
        for style in styles {
            let text = style(name);
            for &place in &places {
                let text = text.clone();
                list.value(cause::V_URL_PLACEHOLDER, entry, move |url| with_part(url, place, &text));
            }
            list.value(cause::V_URL_PLACEHOLDER, entry, move |url| {
                let (path, query) = url.split_once('?')?;
                let (before, rest) = query.split_once(&format!("{name}="))?;
                let rest = &rest[rest.find('&').unwrap_or(rest.len())..];
                Some(format!("{path}?{before}{name}={text}{rest}"))
            });
        }
    }
}

fn with_part(url: &str, place: usize, text: &str) -> Option<String> {
    let (path, query) = url.split_at(url.find('?').unwrap_or(url.len()));
    let mut parts: Vec<&str> = path.split('/').collect();
    *parts.get_mut(place)? = text;
    Some(parts.join("/") + query)
}
