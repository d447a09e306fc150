//! Mistakes that every pay signature can have: the key and its place, order,
//! separators, charset; and the table of pay v2 messages.

use super::super::cause::{self, Cause};
use super::super::draft::charset::Digits;
use super::super::draft::form::{self, Form, Plus, Which};
use super::super::draft::{Damage, Entry, Glue, Role, Sorting, Stay};
use super::edit::{Class, Tier};
use super::list::List;
use super::others::{Kind, Other};
use super::url::BLANKS;
use super::{charsets, jssdk, pay_fields};
use crate::sign::{Digest, Empty, Order};

/// Keys that stand in documentation and samples.
pub(super) const SAMPLE_KEYS: &[&str] = &[
    "192006250b4c09247ec02edce69f6a2d",
    "qazwsxedcrfvtgbyhnujmikolp111111",
    "8934e7d15453e97507ef794cf7b0519d",
    "e10adc3949ba59abbe56e057f20f883e",
    "12345678901234567890123456789012",
    "1234567890abcdef1234567890abcdef",
];

/// Fills the table for a pay v2 message.
pub(in crate::explain) fn edits(list: &mut List<'_, '_>) {
    pay_fields::edits(list);
    shared(list);
}

/// What befalls any pay signature.
pub(super) fn shared(list: &mut List<'_, '_>) {
    key_value(list, list.others());
    key_place(list);
    orders(list);
    jssdk::separators(list, cause::P_SEP);
    forms(list);
    charsets::edits(list);
    jssdk::entities(list, 2);
    list.put(cause::P_URLENC, Class::Damage, &[], |d| d.damage = Some(Damage::Percent)).rare(2);
}

fn key_value(list: &mut List<'_, '_>, others: &[Other]) {
    list.secret(cause::P_KEY_EMPTY, |_| Some(String::new()));
    for (index, null) in List::nulls().into_iter().enumerate() {
        list.secret(cause::P_KEY_EMPTY, move |_| Some(null.to_owned())).rare(if index < 4 { 1 } else { 3 });
    }
    for key in SAMPLE_KEYS {
        list.secret(cause::P_KEY_DOC, move |_| Some((*key).to_owned()));
    }
    for blank in BLANKS {
        list.secret(cause::P_KEY_WS, move |k| Some(format!("{k}{blank}")));
        list.secret(cause::P_KEY_WS, move |k| Some(format!("{blank}{k}"))).rare(1);
    }
    for quote in ["\"", "'", "`"] {
        list.secret(cause::P_KEY_WS, move |k| Some(format!("{quote}{k}{quote}"))).rare(1);
    }
    list.secret(cause::P_KEY_WS, |k| Some(k.trim().to_owned())).rare(1);
    list.secret(cause::P_KEY_WS, |k| Some(format!(" {k} "))).rare(2);
    list.secret(cause::P_KEY_WS, |k| Some(crate::sign::base64_text(k.as_bytes()))).rare(2);
    list.secret(cause::P_KEY_CASE, |k| Some(k.to_lowercase()));
    list.secret(cause::P_KEY_CASE, |k| Some(k.to_uppercase()));
    for case in [crate::sign::Case::Lower, crate::sign::Case::Upper] {
        list.secret(cause::P_KEY_CASE, move |k| Some(Digest::Md5.of(&[], k.as_bytes()).hex(case)));
        list.secret(cause::P_KEY_CASE, move |k| Some(Digest::Sha1.of(&[], k.as_bytes()).hex(case))).rare(2);
        list.secret(cause::P_KEY_CASE, move |k| Some(Digest::Sha256.of(&[], k.as_bytes()).hex(case))).rare(2);
    }
    for other in others.iter().filter(|o| !matches!(o.kind, Kind::Url | Kind::Structure)) {
        for (cause, more) in key_causes(other) {
            let value = other.value.clone();
            list.secret(cause, move |_| Some(value.to_string())).rare(more).trying(other);
        }
    }
}

fn key_causes(other: &Other) -> Vec<(&'static Cause, u32)> {
    let kind = if other.says(&["sandbox", "production", "prodkey", "livekey", "realkey"]) {
        cause::P_KEY_SANDBOX
    } else if other.says(&["v3"]) {
        cause::P_KEY_V3
    } else if other.says(&["secret"]) && !other.says(&["pay", "mch", "merchant"]) {
        cause::P_KEY_SECRET
    } else {
        return vec![(cause::P_KEY_OTHER, 0)];
    };
    vec![(kind, 0), (cause::P_KEY_OTHER, 2)]
}

fn key_place(list: &mut List<'_, '_>) {
    const K: Glue = Glue::Secret;
    let mut put = |cause, more, head: &'static [Glue], tail: &'static [Glue]| {
        list.put(cause, Class::Key, &[], move |d| {
            d.head = head;
            d.tail = tail;
        })
        .rare(more);
    };
    put(cause::P_KEY_MISSING, 0, &[], &[]);
    put(cause::P_KEY_RAW, 0, &[], &[K]);
    put(cause::P_KEY_RAW, 0, &[], &[Glue::Text("&"), K]);
    put(cause::P_KEY_NOAMP, 0, &[], &[Glue::Text("key="), K]);
    put(cause::P_KEY_FIRST, 0, &[Glue::Text("key="), K, Glue::Text("&")], &[]);
    put(cause::P_KEY_FIRST, 0, &[K], &[]);
    put(cause::P_KEY_FIRST, 0, &[K, Glue::Text("&")], &[]);
    put(cause::P_KEY_FIRST, 1, &[Glue::Text("key="), K], &[]);
    put(cause::P_KEY_FIRST, 1, &[K], &[K]);
    put(cause::P_KEY_FIRST, 1, &[Glue::Text("key="), K, Glue::Text("&")], &[Glue::Text("&key="), K]);
    put(cause::P_SEP, 0, &[], &[Glue::Text("&&key="), K]);
    put(cause::P_SEP, 1, &[], &[Glue::Text("& key="), K]);
    put(cause::P_SEP, 3, &[], &[Glue::Text("&key= "), K]);
    put(cause::P_SEP, 2, &[], &[Glue::Text("&key=="), K]);
    put(cause::P_SEP, 2, &[], &[Glue::Text("&key:"), K]);
    put(cause::P_SEP, 2, &[], &[Glue::Text("&key"), K]);
    put(cause::P_SEP, 2, &[], &[Glue::Text("?key="), K]);
    put(cause::P_SEP, 2, &[], &[Glue::Text(",key="), K]);
    put(cause::P_SEP, 3, &[], &[Glue::Text("&key=\""), K, Glue::Text("\"")]);
    put(cause::P_KEY_MISSING, 1, &[], &[Glue::Text("&")]);
    for (index, tail) in KEY_NAMES.iter().enumerate() {
        put(cause::P_KEY_NAME, u32::from(index > 15) + u32::from(index > 30), &[], tail);
    }
    let mut sorted = |more, name: &'static str, tail: Option<&'static [Glue]>| {
        list.put(cause::P_KEY_SORTED, Class::Key, &[], move |d| {
            d.entries.push(Entry { role: Role::Secret, stay: Stay::In, ..Entry::new(name, "") });
            d.tail = tail.unwrap_or(d.tail);
        })
        .rare(more);
    };
    for name in [
        "key",
        "Key",
        "secret",
        "api_key",
        "apikey",
        "mch_key",
        "paternerKey",
        "pay_key",
        "partnerKey",
        "apiKey",
    ] {
        let more = 2 * u32::from(name != "key");
        sorted(more, name, Some(&[]));
        sorted(more, name, None);
        sorted(more + 1, name, Some(&[K]));
    }
    if list.given.signature.trim().len() > 60 {
        list.put(cause::P_HMAC_NOKEY, Class::Key, &[], |d| d.tail = &[]);
    }
}

const KEY_NAMES: &[&[Glue]] = &[
    &[Glue::Join, Glue::Text("Key="), Glue::Secret],
    &[Glue::Join, Glue::Text("KEY="), Glue::Secret],
    &[Glue::Join, Glue::Text("secret="), Glue::Secret],
    &[Glue::Join, Glue::Text("api_key="), Glue::Secret],
    &[Glue::Join, Glue::Text("apikey="), Glue::Secret],
    &[Glue::Join, Glue::Text("apiKey="), Glue::Secret],
    &[Glue::Join, Glue::Text("appsecret="), Glue::Secret],
    &[Glue::Join, Glue::Text("app_secret="), Glue::Secret],
    &[Glue::Join, Glue::Text("mch_key="), Glue::Secret],
    &[Glue::Join, Glue::Text("mchKey="), Glue::Secret],
    &[Glue::Join, Glue::Text("mchkey="), Glue::Secret],
    &[Glue::Join, Glue::Text("paternerKey="), Glue::Secret],
    &[Glue::Join, Glue::Text("partnerKey="), Glue::Secret],
    &[Glue::Join, Glue::Text("partner_key="), Glue::Secret],
    &[Glue::Join, Glue::Text("pay_key="), Glue::Secret],
    &[Glue::Join, Glue::Text("signKey="), Glue::Secret],
    &[Glue::Join, Glue::Text("ApiKey="), Glue::Secret],
    &[Glue::Join, Glue::Text("APIKey="), Glue::Secret],
    &[Glue::Join, Glue::Text("api_secret="), Glue::Secret],
    &[Glue::Join, Glue::Text("app_key="), Glue::Secret],
    &[Glue::Join, Glue::Text("appkey="), Glue::Secret],
    &[Glue::Join, Glue::Text("appKey="), Glue::Secret],
    &[Glue::Join, Glue::Text("AppKey="), Glue::Secret],
    &[Glue::Join, Glue::Text("appSecret="), Glue::Secret],
    &[Glue::Join, Glue::Text("mch_secret="), Glue::Secret],
    &[Glue::Join, Glue::Text("merchant_key="), Glue::Secret],
    &[Glue::Join, Glue::Text("merchantKey="), Glue::Secret],
    &[Glue::Join, Glue::Text("payKey="), Glue::Secret],
    &[Glue::Join, Glue::Text("paykey="), Glue::Secret],
    &[Glue::Join, Glue::Text("paternerkey="), Glue::Secret],
    &[Glue::Join, Glue::Text("partnerkey="), Glue::Secret],
    &[Glue::Join, Glue::Text("sign_key="), Glue::Secret],
    &[Glue::Join, Glue::Text("signkey="), Glue::Secret],
    &[Glue::Join, Glue::Text("secret_key="), Glue::Secret],
    &[Glue::Join, Glue::Text("secretKey="), Glue::Secret],
    &[Glue::Join, Glue::Text("SecretKey="), Glue::Secret],
    &[Glue::Join, Glue::Text("private_key="), Glue::Secret],
    &[Glue::Join, Glue::Text("privateKey="), Glue::Secret],
    &[Glue::Join, Glue::Text("wx_key="), Glue::Secret],
    &[Glue::Join, Glue::Text("wxkey="), Glue::Secret],
    &[Glue::Join, Glue::Text("keys="), Glue::Secret],
    &[Glue::Join, Glue::Text("k="), Glue::Secret],
    &[Glue::Join, Glue::Text("ke="), Glue::Secret],
    &[Glue::Join, Glue::Text("kye="), Glue::Secret],
    &[Glue::Join, Glue::Text("token="), Glue::Secret],
    &[Glue::Join, Glue::Text("password="), Glue::Secret],
];

fn orders(list: &mut List<'_, '_>) {
    let mut put = |cause, more, sorting: Sorting| {
        list.put(cause, Class::Order, &[], move |d| d.sorting = sorting.clone()).rare(more);
    };
    put(cause::P_SORT_NONE, 0, Sorting::Right(Order::AsGiven));
    put(cause::P_SORT_CI, 0, Sorting::IgnoreCase);
    put(cause::P_SORT_DESC, 0, Sorting::Descending);
    put(cause::P_SORT_NAT, 0, Sorting::IgnoreUnderscore);
    put(cause::P_SORT_NAT, 0, Sorting::UnderscoreLast);
    put(cause::P_SORT_NAT, 2, Sorting::UnderscoreFirst);
    put(cause::P_SORT_NAT, 2, Sorting::Natural);
    put(cause::P_SORT_KV, 0, Sorting::Joined);
    put(cause::P_SORT_KV, 0, Sorting::JoinedAmp);
    put(cause::P_SORT_KV, 0, Sorting::Value);
    put(cause::P_SORT_KV, 1, Sorting::ValueIgnoreCase);
    put(cause::P_SORT_KV, 1, Sorting::ValueDescending);
    put(cause::P_SORT_KV, 2, Sorting::Length);
    let count = list.right.entries.len();
    let mut reversed: Vec<u16> = (0..u16::try_from(count).unwrap_or_default()).collect();
    reversed.sort_by_key(|&e| std::cmp::Reverse(list.right.entries[usize::from(e)].given));
    let reversed = Sorting::Fixed(reversed.into());
    list.put(cause::P_SORT_NONE, Class::Order, &[], move |d| d.sorting = reversed.clone()).rare(4);
    if count <= 6 {
        for order in jssdk::permutations(count) {
            list.put(cause::P_SORT_NONE, Class::Order, &[], move |d| {
                d.sorting = Sorting::Fixed(order.clone());
            })
            .rare(3)
            .tier = if count <= 5 { Tier::Usual } else { Tier::Wide };
        }
    }
}

fn forms(list: &mut List<'_, '_>) {
    let mut put = |cause, more: u32, form: Form| {
        list.put(cause, Class::Form, &[], move |d| d.add_form(form)).rare(more);
    };
    for (index, style) in form::PERCENTS.iter().enumerate() {
        put(cause::P_URLENC, u32::from(index > 6), Form::Percent(*style));
    }
    for style in form::URL_PERCENTS {
        put(cause::P_URLENC, 1, Form::Percent(*style));
    }
    for style in &form::PERCENTS[..5] {
        put(cause::P_URLENC, 2, Form::PercentTwice(*style));
    }
    put(cause::P_URLENC, 1, Form::NonAsciiOnly(Digits::Upper));
    put(cause::P_URLENC, 1, Form::NonAsciiOnly(Digits::Lower));
    put(cause::P_URLDEC, 0, Form::Decoded(Plus::Stays));
    put(cause::P_URLDEC, 0, Form::Decoded(Plus::Blank));
    for (index, style) in form::XMLS.iter().enumerate() {
        put(cause::P_XMLESC, u32::from(index > 6), Form::Xml(*style));
    }
    put(cause::P_XMLESC, 0, Form::XmlUndone);
    put(cause::P_CDATA, 0, Form::Cdata(Which::All));
    put(cause::P_CDATA, 0, Form::Cdata(Which::Texts));
    put(cause::P_CDATA, 0, Form::Cdata(Which::AllButAmounts));
    put(cause::P_CDATA, 1, Form::Cdata(Which::FreeTexts));
    put(cause::P_JSONESC, 0, Form::Slashes);
    put(cause::P_JSONESC, 0, Form::JsonText);
    put(cause::P_JSONESC, 1, Form::HexQuotes);
    put(cause::P_JSONESC, 1, Form::Quoted);
    put(cause::P_WS, 0, Form::Trimmed);
    for pad in [" ", "\n", "\r\n", "\t"] {
        put(cause::P_WS, 1, Form::Padded(pad));
    }
    put(cause::P_NUM, 0, Form::Money(".0"));
    put(cause::P_NUM, 0, Form::Money(".00"));
    // What is wrapped before the empty ones are left out is not empty any more.
    for (cause, form, wrapped) in [
        (cause::P_CDATA, Form::Cdata(Which::All), "<![CDATA[]]>"),
        (cause::P_CDATA, Form::Cdata(Which::Texts), "<![CDATA[]]>"),
        (cause::P_CDATA, Form::Cdata(Which::AllButAmounts), "<![CDATA[]]>"),
        (cause::P_JSONESC, Form::Quoted, "\"\""),
    ] {
        list.put(cause, Class::Form, &[], move |d| {
            d.add_form(form);
            d.add_form(Form::Empty(wrapped));
            d.empty = Empty::Keep;
        })
        .rare(1);
    }
}
