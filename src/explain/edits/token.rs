//! Mistakes of the message server: the URL check and `msg_signature`.

use super::super::cause;
use super::super::draft::form::{self, Plus};
use super::super::draft::{Entry, Sorting, Stay};
use super::card;
use super::edit::Class;
use super::list::List;
use super::others::{Kind, Other};
use crate::sign::{Order, Show};

/// Fills the table.
pub(in crate::explain) fn edits(list: &mut List<'_, '_>) {
    let others = list.others();
    token(list, others);
    orders(list);
    joins(list);
    template(list, others);
    if let Some((entry, _)) = list.field("encrypt") {
        encrypt(list, entry, others);
    }
}

fn token(list: &mut List<'_, '_>, others: &[Other]) {
    list.secret(cause::T_TOKEN_EMPTY, |_| Some(String::new()));
    for null in List::nulls() {
        list.secret(cause::T_TOKEN_EMPTY, move |_| Some(null.to_owned()));
    }
    for blank in super::url::BLANKS {
        list.secret(cause::T_TOKEN_OTHER, move |t| Some(format!("{t}{blank}")));
        list.secret(cause::T_TOKEN_OTHER, move |t| Some(format!("{blank}{t}"))).rare(1);
    }
    for quote in ["\"", "'"] {
        list.secret(cause::T_TOKEN_OTHER, move |t| Some(format!("{quote}{t}{quote}"))).rare(1);
    }
    list.secret(cause::T_TOKEN_OTHER, |t| Some(t.trim().to_owned())).rare(1);
    list.secret(cause::T_TOKEN_OTHER, |t| Some(t.to_lowercase())).rare(2);
    list.secret(cause::T_TOKEN_OTHER, |t| Some(t.to_uppercase())).rare(2);
    for other in others.iter().filter(|o| o.kind != Kind::Structure) {
        let value = other.value.clone();
        list.secret(cause::T_TOKEN_OTHER, move |_| Some(value.to_string())).trying(other);
    }
}

fn orders(list: &mut List<'_, '_>) {
    for sorting in [Sorting::ValueNumbers, Sorting::ValueNumbersLast] {
        list.put(cause::T_SORT_NUM, Class::Order, &[], move |d| d.sorting = sorting.clone());
    }
    card::orders(list, cause::T_NOSORT, cause::T_SORT_CULTURE);
}

fn joins(list: &mut List<'_, '_>) {
    for join in ["&", ",", " ", "\n", "|", ", ", "+", "-", "_", ":", ";"] {
        list.put(cause::T_JOIN, Class::Join, &[], move |d| d.join = join);
    }
    for join in ["&", "", ","] {
        for sorting in [
            Sorting::Right(Order::ByName),
            Sorting::Right(Order::ByValue),
            Sorting::Right(Order::AsGiven),
            Sorting::Joined,
        ] {
            list.put(cause::T_JOIN, Class::Show, &[], move |d| {
                d.show = Show::Pair;
                d.join = join;
                d.sorting = sorting.clone();
            });
        }
    }
}

/// The three-value hash for the four-value one, and the reverse.
fn template(list: &mut List<'_, '_>, others: &[Other]) {
    if let Some((entry, _)) = list.field("encrypt") {
        list.leave_out(cause::T_MSGSIG, &[entry]);
        return;
    }
    for name in ["encrypt", "Encrypt", "echostr", "msg_encrypt"] {
        if let Some(value) = list.given.fields.filled(name).map(str::to_owned) {
            with_encrypt(list, value);
        }
    }
    for other in others
        .iter()
        .filter(|o| o.kind == Kind::Text && (o.value.len() >= 40 || o.says(&["encrypt", "echostr"])))
    {
        with_encrypt(list, other.value.to_string());
    }
}

fn with_encrypt(list: &mut List<'_, '_>, value: String) {
    list.put(cause::T_MSGSIG, Class::Presence, &[], move |d| {
        d.entries.push(Entry { stay: Stay::In, ..Entry::new("encrypt", value.clone()) });
    });
}

fn encrypt(list: &mut List<'_, '_>, entry: usize, others: &[Other]) {
    list.value(cause::T_ENC_PLUS, entry, |e| Some(e.replace('+', " ")));
    list.value(cause::T_ENC_PLUS, entry, |e| Some(e.replace(' ', "+")));
    for style in form::PERCENTS {
        list.value(cause::T_ENC_PLUS, entry, move |e| Some(style.encode(e.as_bytes())));
    }
    for plus in [Plus::Stays, Plus::Blank] {
        list.value(cause::T_ENC_PLUS, entry, move |e| form::decode(e, plus)).rare(1);
    }
    list.value(cause::T_ENC_PLUS, entry, |e| Some(e.trim_end_matches('=').to_owned())).rare(1);
    list.value(cause::T_ENC_PLUS, entry, |e| Some(e.replace('+', "-").replace('/', "_"))).rare(1);
    list.value(cause::T_ENC_XML, entry, |e| Some(e.replace('/', "\\/"))).rare(1);
    for blank in super::url::BLANKS {
        list.value(cause::T_ENC_XML, entry, move |e| Some(format!("{e}{blank}")));
        list.value(cause::T_ENC_XML, entry, move |e| Some(format!("{blank}{e}")));
        list.value(cause::T_ENC_XML, entry, move |e| Some(format!("{blank}{e}{blank}"))).rare(1);
    }
    list.value(cause::T_ENC_XML, entry, |e| Some(e.trim().to_owned()));
    list.value(cause::T_ENC_XML, entry, |e| Some(e.split_whitespace().collect()));
    for (before, after) in WRAPS {
        list.value(cause::T_ENC_XML, entry, move |e| Some([*before, e, *after].concat()));
    }
    for null in List::nulls().into_iter().chain([""]) {
        list.set(cause::T_ENC_XML, entry, null).rare(2);
    }
    for other in others {
        let cause = match () {
            () if other.says(&["plain", "decrypt", "message", "msg"]) => cause::T_ENC_PLAIN,
            () if other.says(&["xml", "body", "raw", "post"]) => cause::T_ENC_XML,
            () if other.value.contains("Encrypt") => cause::T_ENC_XML,
            () => cause::T_ENC_PLAIN,
        };
        list.set(cause, entry, other.value.clone()).rare(u32::from(other.kind != Kind::Structure));
    }
}

const WRAPS: &[(&str, &str)] = &[
    ("<![CDATA[", "]]>"),
    ("<Encrypt><![CDATA[", "]]></Encrypt>"),
    ("<Encrypt>", "</Encrypt>"),
    ("<xml><Encrypt><![CDATA[", "]]></Encrypt></xml>"),
    ("\"", "\""),
];
