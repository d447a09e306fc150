//! Mistakes of the two signatures of virtual payment: `pay_sig` over the uri and
//! the body, `signature` over the body alone. Comes in: the table under way;
//! goes out: its edits.

use super::super::cause;
use super::super::draft::charset::{Charset, Digits};
use super::super::draft::form::{self, Form};
use super::super::draft::{Entry, Glue, Sorting, Stay};
use super::edit::Class;
use super::list::List;
use super::others::{Kind, Other};
use super::{charsets, url};

/// The uri of a call from a page.
const PAGE_CALL: &str = "requestVirtualPayment";

/// Fills the table for `pay_sig`.
pub(in crate::explain) fn pay_sig(list: &mut List<'_, '_>) {
    let others = list.others();
    if let Some((entry, value)) = list.field("uri") {
        uri(list, entry, &value, others);
        list.leave_out(cause::X_PAYSIG_URI, &[entry]).about("uri");
    }
    for join in ["", "\n", "?", "&&", ",", " ", "+", "|", " & ", "&amp;", "&body=", "&data="] {
        list.put(cause::X_PAYSIG_URI, Class::Join, &[], move |d| d.join = join).rare(1);
    }
    list.put(cause::X_PAYSIG_URI, Class::Order, &[], |d| {
        d.sorting = Sorting::Fixed([1, 0].into());
    })
    .rare(1);
    shared(list, others);
}

/// Fills the table for `signature`.
pub(in crate::explain) fn signature(list: &mut List<'_, '_>) {
    let others = list.others();
    let spare = list.given.fields.filled("uri").map(str::to_owned);
    let handed = others.iter().filter(|o| o.says(&["uri", "path"])).map(|o| o.value.to_string());
    for uri in handed.chain(spare).chain([PAGE_CALL.to_owned()]) {
        // That is the text of `pay_sig`.
        list.put(cause::X_PAYSIG_URI, Class::Whole, &[], move |d| {
            d.entries.push(Entry { stay: Stay::In, ..Entry::new("uri", uri.clone()) });
            d.sorting = Sorting::Fixed([1, 0].into());
            d.join = "&";
        });
    }
    shared(list, others);
}

fn uri(list: &mut List<'_, '_>, entry: usize, value: &str, others: &[Other]) {
    const ID: &cause::Cause = cause::X_PAYSIG_URI;
    list.value(ID, entry, |u| Some(u.strip_prefix('/')?.to_owned()));
    list.value(ID, entry, |u| (!u.starts_with('/')).then(|| format!("/{u}")));
    list.value(ID, entry, |u| Some(u.split_once('?')?.0.to_owned()));
    list.value(ID, entry, |u| Some(format!("{u}?"))).rare(1);
    list.value(ID, entry, |u| match u.strip_suffix('/') {
        Some(bare) => Some(bare.to_owned()),
        None => Some(format!("{u}/")),
    })
    .rare(1);
    for host in ["https://api.weixin.qq.com", "api.weixin.qq.com", "http://api.weixin.qq.com"] {
        list.value(ID, entry, move |u| Some(format!("{host}/{}", u.trim_start_matches('/'))));
    }
    list.value(ID, entry, |u| url::parts(u).map(|p| p.path.to_owned()));
    list.value(ID, entry, |u| url::parts(u).map(|p| p.path.trim_start_matches('/').to_owned())).rare(1);
    list.value(ID, entry, |u| Some(u.rsplit_once('/')?.1.to_owned())).rare(1);
    for call in
        [PAGE_CALL, "/requestVirtualPayment", "wx.requestVirtualPayment", "requestMidasPaymentGameItem"]
    {
        if call != value {
            list.set(ID, entry, call);
        }
    }
    if value == PAGE_CALL {
        for path in ["/xpay/notify_provide_goods", "/xpay/query_order", "/xpay/currency_pay"] {
            list.set(ID, entry, path).rare(1);
        }
    }
    for other in others {
        with_query(list, entry, other);
        if other.kind == Kind::Url || other.says(&["uri", "path", "url"]) {
            list.set(ID, entry, other.value.clone()).trying(other);
        }
    }
    list.value(ID, entry, |u| Some(u.to_lowercase())).rare(2);
    for style in &form::PERCENTS[..2] {
        list.value(ID, entry, move |u| Some(style.encode(u.as_bytes()))).rare(2);
    }
    list.set(ID, entry, "").rare(1);
}

/// The uri as it is called: with the access token, with the signature's place.
fn with_query(list: &mut List<'_, '_>, entry: usize, other: &Other) {
    if !(other.is_access_token() || other.says(&["accesstoken"])) {
        return;
    }
    for end in ["", "&pay_sig=", "&pay_sig=&signature=", "&signature="] {
        let query = format!("?access_token={}{end}", other.value);
        list.value(cause::X_PAYSIG_URI, entry, move |u| Some(format!("{u}{query}")));
    }
}

/// What befalls both: the body, the secret, and where it goes.
fn shared(list: &mut List<'_, '_>, others: &[Other]) {
    if let Some((entry, value)) = list.field("body") {
        text(list, entry, &value, cause::X_PAYSIG_URI, others);
    }
    secret(list, cause::X_PAYSIG_KEY, others);
    for tail in [
        &[Glue::Text("&"), Glue::Secret][..],
        &[Glue::Text("&key="), Glue::Secret],
        &[Glue::Text("&appkey="), Glue::Secret],
        &[Glue::Text("&appKey="), Glue::Secret],
        &[Glue::Text("&session_key="), Glue::Secret],
        &[Glue::Secret],
    ] {
        list.put(cause::X_PAYSIG_ALGO, Class::Key, &[], move |d| d.tail = tail);
    }
    list.put(cause::X_PAYSIG_ALGO, Class::Key, &[], |d| d.head = &[Glue::Secret]);
    list.put(cause::X_PAYSIG_ALGO, Class::Key, &[], |d| d.head = &[Glue::Secret, Glue::Text("&")]);
    charsets::edits(list);
}

/// A text that must be signed as it was sent, and was written anew.
pub(super) fn text(
    list: &mut List<'_, '_>,
    entry: usize,
    value: &str,
    cause: &'static cause::Cause,
    others: &[Other],
) {
    for style in form::json_styles(value) {
        list.value(cause, entry, move |v| style.again(v));
    }
    for digits in [Digits::Lower, Digits::Upper] {
        list.value(cause, entry, move |v| {
            String::from_utf8(Charset::Escaped(digits).encode(v).into_owned()).ok()
        });
    }
    for form in [Form::Slashes, Form::JsonText, Form::Quoted, Form::HexQuotes] {
        list.value(cause, entry, move |v| form.apply("", v, Charset::Utf8)).rare(1);
    }
    list.value(cause, entry, |v| Some(v.replace("\\/", "/")));
    list.value(cause, entry, |v| serde_json::from_str(&format!("\"{v}\"")).ok()).rare(1);
    // A text inside a text, as it stands in the JSON around it, read once.
    list.value(cause, entry, |v| serde_json::from_str::<String>(v).ok());
    for style in &form::PERCENTS[..4] {
        list.value(cause, entry, move |v| Some(style.encode(v.as_bytes()))).rare(1);
    }
    for xml in &form::XMLS[..2] {
        list.value(cause, entry, move |v| Some(xml.escape(v))).rare(1);
    }
    list.value(cause, entry, |v| Some(form::xml_undone(v))).rare(1);
    list.value(cause, entry, |v| Some(v.trim().to_owned())).rare(1);
    list.value(cause, entry, |v| Some(v.split_whitespace().collect())).rare(1);
    list.value(cause, entry, |v| Some(v.replace('"', "'"))).rare(1);
    for blank in &url::BLANKS[..4] {
        list.value(cause, entry, move |v| Some(format!("{v}{blank}"))).rare(1);
    }
    for null in List::nulls().into_iter().chain(["", "{}"]) {
        list.set(cause, entry, null).rare(2);
    }
    for other in others {
        if other.kind == Kind::Structure || other.says(&["body", "data", "raw", "post"]) {
            list.set(cause, entry, other.value.clone()).trying(other);
        }
    }
}

/// Another secret, or this one damaged.
pub(super) fn secret(list: &mut List<'_, '_>, cause: &'static cause::Cause, others: &[Other]) {
    for other in others.iter().filter(|o| !matches!(o.kind, Kind::Url | Kind::Structure)) {
        let value = other.value.clone();
        list.secret(cause, move |_| Some(value.to_string())).trying(other);
    }
    for blank in &url::BLANKS[..4] {
        list.secret(cause, move |k| Some(format!("{k}{blank}")));
    }
    list.secret(cause, |k| Some(k.trim().to_owned()));
    // A session key is base64: in a query its plus signs become blanks.
    list.secret(cause, |k| Some(k.replace('+', " ")));
    list.secret(cause, |k| Some(k.replace(' ', "+")));
    for style in &form::PERCENTS[..2] {
        list.secret(cause, move |k| Some(style.encode(k.as_bytes()))).rare(1);
    }
    list.secret(cause, |k| Some(k.trim_end_matches('=').to_owned())).rare(1);
    for null in List::nulls().into_iter().chain([""]) {
        list.secret(cause, move |_| Some(null.to_owned())).rare(1);
    }
}
