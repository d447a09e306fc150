//! The table of edits while it is written. Comes in: what was given, and the
//! right draft; goes out: [`Table`]. The words in which every table of mistakes
//! is written; the mistakes themselves stand in files of their own.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::super::cause::Cause;
use super::super::draft::{Draft, Entry, Role, Stay};
use super::edit::{Class, Edit, LAST_ENTRY, Part, Sweep, Tier, bit};
use super::names;
use super::others::Other;
use crate::sign::Secret;
use crate::wire::Fields;

/// All edits of one case.
pub(in crate::explain) struct Table {
    /// The single changes.
    pub(in crate::explain) edits: Vec<Edit>,
    /// The ranges.
    pub(in crate::explain) sweeps: Vec<Sweep>,
}

/// What a table is made from, besides the right draft.
pub(in crate::explain) struct Given<'a> {
    /// All fields, also those that are not signed.
    pub(in crate::explain) fields: &'a Fields,
    /// The signature.
    pub(in crate::explain) signature: &'a str,
    /// Values that `sign` may have had when it was signed along.
    pub(in crate::explain) signs: &'a [String],
    others: Vec<Other>,
}

impl<'a> Given<'a> {
    /// Reads the labels of the candidates.
    pub(in crate::explain) fn new(
        fields: &'a Fields,
        signature: &'a str,
        signs: &'a [String],
        others: &[(String, Secret)],
    ) -> Self {
        let others = others.iter().map(|(label, value)| Other::new(label, value.expose())).collect();
        Self { fields, signature, signs, others }
    }

    /// Whether it is a reply or notice of WeChat, as opposed to a request to it.
    pub(super) fn is_from_wechat(&self) -> bool {
        let marks = ["return_code", "result_code", "transaction_id"];
        marks.iter().filter(|name| self.fields.get(name).is_some()).count() >= 2
    }
}

/// Lists every edit that can apply.
pub(in crate::explain) fn table(
    given: &Given<'_>,
    right: &Draft<'_>,
    edits: impl Fn(&mut List<'_, '_>),
) -> Table {
    let table = Table { edits: Vec::new(), sweeps: Vec::new() };
    let mut list = List { given, right, table, typos: Vec::new(), spare: None };
    edits(&mut list);
    list.add_typos();
    for edit in list.table.edits.iter_mut().filter(|e| e.tier == Tier::Usual && e.weight > USUAL) {
        edit.tier = Tier::Rare;
    }
    list.table.edits.sort_by_key(|e| e.weight);
    let mut forms: HashMap<(&str, u128), u32> = HashMap::new();
    for edit in &mut list.table.edits {
        let form = forms.entry((edit.cause.id, edit.entries)).or_default();
        edit.cost = edit.weight + *form / FORMS;
        *form += 1;
        edit.part = edit.part(right.entries.len());
    }
    list.table
}

/// Edits that are less usual than this are not searched in triples at first: three of
/// this weight cost more than the last band. After changing it:
/// `cargo test --release --test explain`.
const USUAL: u32 = 6;

/// So many forms of one mistake cost the same, so that one with very many forms (a
/// hundred ways to write a number) does not take the turn of all others. Changed
/// with [`USUAL`].
const FORMS: u32 = 4;

/// The table while it is written.
pub(in crate::explain) struct List<'a, 'c> {
    /// What was given.
    pub(super) given: &'a Given<'a>,
    /// The right draft.
    pub(super) right: &'a Draft<'c>,
    /// What is written so far.
    pub(super) table: Table,
    /// Names whose every slip is listed at the end, as far as there is room.
    typos: Vec<(&'static Cause, usize, Slips)>,
    /// What found no room.
    spare: Option<Edit>,
}

/// Which slips of the finger in a name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slips {
    /// All of them.
    All,
    /// Those that are not among the usual ones.
    Unusual,
}

/// Most edits of one table: a [`Trail`](crate::explain) numbers them by 16 bits, and
/// each takes about 300 bytes. An order of 15 fields has 27,000, one of 32 has 57,000.
const MOST: usize = 60_000;

/// A message of more fields than this is longer than any of WeChat's.
const MANY: usize = 64;

impl<'a> List<'a, '_> {
    /// Whether there are so many fields that each gets its likeliest edits alone.
    pub(super) fn is_crowded(&self) -> bool {
        self.right.entries.len() > MANY
    }

    /// Every slip of the finger in the name of a field.
    pub(super) fn typos(&mut self, cause: &'static Cause, entry: usize, slips: Slips) {
        if !self.is_crowded() {
            self.typos.push((cause, entry, slips));
        }
    }

    fn add_typos(&mut self) {
        for (cause, entry, slips) in std::mem::take(&mut self.typos) {
            let known = self.table.edits.len();
            let name = self.right.entries[entry].name.to_string();
            if slips == Slips::All {
                for other in names::slips(&name) {
                    self.rename(cause, entry, &other, 0);
                }
            }
            for other in names::typos(&name) {
                self.rename(cause, entry, &other, 2);
            }
            for edit in &mut self.table.edits[known..] {
                edit.wide();
            }
        }
    }

    /// The candidates that were handed in.
    pub(super) fn others(&self) -> &'a [Other] {
        &self.given.others
    }

    pub(super) fn put(
        &mut self,
        cause: &'static Cause,
        class: Class,
        entries: &[usize],
        change: impl Fn(&mut Draft<'_>) + Send + Sync + 'static,
    ) -> &mut Edit {
        let field = match entries {
            [one] if class != Class::Secret => self.right.entries.get(*one).map(|e| e.name.to_string()),
            _ => None,
        };
        let entries = entries.iter().fold(0, |bits, &e| bits | bit(e));
        let weight = cause.weight();
        let tier = Tier::Usual;
        let (cost, change) = (weight, Box::new(change));
        let part = Part::Whole;
        let candidate = None;
        let edit = Edit { cause, field, candidate, class, entries, weight, cost, tier, part, change };
        if self.table.edits.len() >= MOST {
            return self.spare.insert(edit);
        }
        self.table.edits.push(edit);
        let last = self.table.edits.len() - 1;
        &mut self.table.edits[last]
    }

    /// A field's value becomes something else, starting from what it is by then.
    pub(super) fn value(
        &mut self,
        cause: &'static Cause,
        entry: usize,
        change: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> &mut Edit {
        self.put(cause, Class::Value, &[entry], move |draft| {
            if let Some(value) = change(&draft.entries[entry].value) {
                draft.entries[entry].value = Cow::Owned(value);
            }
        })
    }

    /// A field has this value.
    pub(super) fn set(
        &mut self,
        cause: &'static Cause,
        entry: usize,
        value: impl Into<Arc<str>>,
    ) -> &mut Edit {
        let value = value.into();
        self.value(cause, entry, move |_| Some(value.to_string()))
    }

    /// The secret becomes something else.
    pub(super) fn secret(
        &mut self,
        cause: &'static Cause,
        change: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> &mut Edit {
        self.put(cause, Class::Secret, &[], move |draft| {
            if let Some(secret) = change(&draft.secret) {
                draft.secret = Cow::Owned(secret);
            }
        })
    }

    /// A field is written under another name: where it stood, and where the
    /// new name belongs.
    pub(super) fn rename(&mut self, cause: &'static Cause, entry: usize, name: &str, more: u32) {
        let to = name.to_owned();
        self.put(cause, Class::Name, &[entry], move |draft| {
            draft.entries[entry].name = Cow::Owned(to.clone());
        })
        .rare(more);
        let to = name.to_owned();
        self.put(cause, Class::Name, &[entry], move |draft| {
            draft.entries[entry].name = Cow::Owned(to.clone());
            draft.entries[entry].rank = Cow::Owned(to.clone());
        })
        .rare(more);
    }

    /// Several fields are written under other names, as one mistake.
    pub(super) fn rename_all(&mut self, cause: &'static Cause, names: Vec<(usize, String)>) -> &mut Edit {
        let entries: Vec<usize> = names.iter().map(|(e, _)| *e).collect();
        self.put(cause, Class::Name, &entries, move |draft| {
            for (entry, name) in &names {
                draft.entries[*entry].name = Cow::Owned(name.clone());
                draft.entries[*entry].rank = Cow::Owned(name.clone());
            }
        })
    }

    /// Fields are left out.
    pub(super) fn leave_out(&mut self, cause: &'static Cause, entries: &[usize]) -> &mut Edit {
        let gone = entries.to_vec();
        self.put(cause, Class::Presence, entries, move |draft| {
            for &entry in &gone {
                draft.entries[entry].stay = Stay::Out;
            }
        })
    }

    /// A field is added, in its place by the order and at both ends.
    pub(super) fn add(&mut self, cause: &'static Cause, name: &str, value: &str, more: u32) {
        let (n, v) = (name.to_owned(), value.to_owned());
        self.put(cause, Class::Presence, &[], move |draft| {
            draft.entries.push(Entry { stay: Stay::In, ..Entry::new(n.clone(), v.clone()) });
        })
        .rare(more)
        .about(name)
        .entries = added(name);
        for rank in ["\u{1}", "\u{10ffff}"] {
            let (n, v) = (name.to_owned(), value.to_owned());
            self.put(cause, Class::Presence, &[], move |draft| {
                let rank = Cow::Borrowed(rank);
                draft.entries.push(Entry { stay: Stay::In, rank, ..Entry::new(n.clone(), v.clone()) });
            })
            .rare(more + 2)
            .about(name)
            .entries = added(name);
        }
    }

    /// Every field, without the secret, as (entry, name, value).
    pub(super) fn fields(&self) -> Vec<(usize, String, String)> {
        let fields = self.right.entries.iter().enumerate();
        fields
            .filter(|(_, e)| e.role == Role::Field)
            .map(|(i, e)| (i, e.name.to_string(), e.value.to_string()))
            .collect()
    }

    /// The value of one field.
    pub(super) fn field(&self, name: &str) -> Option<(usize, String)> {
        let entry = self.right.place(name)?;
        Some((entry, self.right.entries[entry].value.to_string()))
    }

    /// What a missing value looks like in print.
    pub(super) fn nulls() -> [&'static str; 12] {
        [
            "null",
            "undefined",
            "None",
            "nil",
            "<nil>",
            "NULL",
            "[object Object]",
            "false",
            "NaN",
            "Array",
            "(null)",
            "[object Promise]",
        ]
    }
}

/// The first bit of added names: those of the entries end before it.
#[expect(clippy::cast_possible_truncation, reason = "below 128")]
const FIRST_ADDED: u32 = LAST_ENTRY as u32 + 1;

/// The bit of an added name: two additions exclude each other if it is one name.
fn added(name: &str) -> u128 {
    let sum: u32 = name.bytes().fold(7, |sum, b| sum.wrapping_mul(31).wrapping_add(u32::from(b)));
    1 << (FIRST_ADDED + sum % (u128::BITS - FIRST_ADDED))
}

/// What each table of mistakes does to a draft, one edit at a time; used by the tests of
/// the tables.
#[cfg(test)]
pub(super) mod trying {
    use super::*;
    use crate::sign::Recipe;

    /// Every string that edits of this cause make of these fields.
    pub(in crate::explain) fn strings(
        (recipe, edits): (&Recipe, fn(&mut List<'_, '_>)),
        fields: &[(&str, &str)],
        others: &[(&str, &str)],
        cause: &Cause,
    ) -> Vec<String> {
        let fields: Fields = fields.iter().copied().collect();
        let others: Vec<_> = others.iter().map(|(l, v)| ((*l).to_owned(), Secret::new(*v))).collect();
        let right = Draft::right(recipe, &fields, "SECRET");
        let signs = [String::from("SIGN")];
        let table = table(&Given::new(&fields, "", &signs, &others), &right, edits);
        let of_cause = table.edits.iter().filter(|edit| edit.cause == cause);
        let made = of_cause.map(|edit| {
            let mut draft = right.clone();
            edit.apply(&mut draft);
            let secret = draft.secret.to_string();
            draft.text_with(&secret)
        });
        made.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{jssdk, pay, pay_page, raw_data, token, xpay};
    use super::trying::strings;
    use super::*;
    use crate::explain::cause;
    use crate::sign::{self, Recipe};

    type Table = (&'static Recipe, fn(&mut List<'_, '_>));
    type Pairs<'a> = &'a [(&'a str, &'a str)];

    const ORDER: &[(&str, &str)] =
        &[("appid", "wx1"), ("attach", ""), ("body", "茶 1"), ("sign_type", "MD5"), ("total_fee", "880")];
    const PAGE: &[(&str, &str)] =
        &[("noncestr", "n"), ("timestamp", "1414587457"), ("url", "http://a.cn/p?q=1")];
    const CALL: &[(&str, &str)] = &[("uri", "/xpay/a"), ("body", r#"{"b":1,"a":"茶"}"#)];

    /// One line for each kind of mistake: what it is called, and the string that it must make.
    #[test]
    fn each_edit_makes_the_string_of_its_mistake() {
        let pay: Table = (&sign::PAY_V2, pay::edits);
        let page: Table = (&sign::JSSDK, jssdk::page);
        let xpay: Table = (&sign::XPAY, xpay::pay_sig);
        let raw: Table = (&sign::RAW_DATA, raw_data::edits);
        let server: Table = (&sign::SERVER_TOKEN, token::edits);
        let jsapi: Table = (&sign::PAY_SIGN, pay_page::jsapi);
        let cases: &[(Table, Pairs<'_>, &Cause, &str)] = &[
            (
                pay,
                ORDER,
                cause::P_EMPTY,
                "appid=wx1&attach=&body=茶 1&sign_type=MD5&total_fee=880&key=SECRET",
            ),
            (pay, ORDER, cause::P_KEY_RAW, "appid=wx1&body=茶 1&sign_type=MD5&total_fee=880SECRET"),
            (pay, ORDER, cause::P_KEY_FIRST, "key=SECRET&appid=wx1&body=茶 1&sign_type=MD5&total_fee=880"),
            (pay, ORDER, cause::P_SIGNTYPE_MISS, "appid=wx1&body=茶 1&total_fee=880&key=SECRET"),
            (
                pay,
                ORDER,
                cause::P_SIGN_IN,
                "appid=wx1&body=茶 1&sign=SIGN&sign_type=MD5&total_fee=880&key=SECRET",
            ),
            (pay, ORDER, cause::P_NUM, "appid=wx1&body=茶 1&sign_type=MD5&total_fee=8.80&key=SECRET"),
            (pay, ORDER, cause::P_VALUE_DIFF, "appid=wx1&body=茶 1&sign_type=MD5&total_fee=881&key=SECRET"),
            (pay, ORDER, cause::P_SORT_DESC, "total_fee=880&sign_type=MD5&body=茶 1&appid=wx1&key=SECRET"),
            (
                pay,
                ORDER,
                cause::P_CDATA,
                "appid=wx1&body=<![CDATA[茶 1]]>&sign_type=MD5&total_fee=880&key=SECRET",
            ),
            (
                pay,
                ORDER,
                cause::P_URLENC,
                "appid=wx1&body=%E8%8C%B6%201&sign_type=MD5&total_fee=880&key=SECRET",
            ),
            (
                page,
                PAGE,
                cause::J_URL_NOQUERY,
                "jsapi_ticket=SECRET&noncestr=n&timestamp=1414587457&url=http://a.cn/p",
            ),
            (
                page,
                PAGE,
                cause::J_KEY_NONCESTR,
                "jsapi_ticket=SECRET&nonceStr=n&timestamp=1414587457&url=http://a.cn/p?q=1",
            ),
            (
                page,
                PAGE,
                cause::J_EXCHANGED,
                "jsapi_ticket=n&noncestr=SECRET&timestamp=1414587457&url=http://a.cn/p?q=1",
            ),
            (
                page,
                PAGE,
                cause::J_TICKET_EMPTY,
                "jsapi_ticket=&noncestr=n&timestamp=1414587457&url=http://a.cn/p?q=1",
            ),
            (xpay, CALL, cause::X_PAYSIG_URI, r#"xpay/a&{"b":1,"a":"茶"}"#),
            (xpay, CALL, cause::X_PAYSIG_URI, r#"requestVirtualPayment&{"b":1,"a":"茶"}"#),
            (xpay, CALL, cause::X_PAYSIG_URI, r#"/xpay/a&{"b": 1, "a": "茶"}"#),
            (xpay, CALL, cause::X_PAYSIG_ALGO, r#"/xpay/a&{"b":1,"a":"茶"}&key=SECRET"#),
            (raw, &[("rawData", r#"{"b":"/"}"#)], cause::W_RAWDATA, r#"{"b":"\/"}SECRET"#),
            (raw, &[("rawData", "{}")], cause::W_RAWDATA, "SECRET{}"),
            (server, &[("nonce", "9"), ("timestamp", "10")], cause::T_NOSORT, "SECRET910"),
            (
                jsapi,
                &[("appId", "wx1"), ("package", "prepay_id=1")],
                cause::S_PKG_NOPREFIX,
                "appId=wx1&package=1&key=SECRET",
            ),
        ];
        for (table, fields, cause, string) in cases {
            let made = strings(*table, fields, &[], cause);
            assert!(made.iter().any(|one| one == string), "{} does not make {string}:\n{made:#?}", cause.id);
        }
    }

    #[test]
    fn a_candidate_is_tried_as_what_it_can_be() {
        let made =
            strings((&sign::JSSDK, jssdk::agent), PAGE, &[("corp ticket", "T2")], cause::J_TICKET_TYPE);
        assert_eq!(made, ["jsapi_ticket=T2&noncestr=n&timestamp=1414587457&url=http://a.cn/p?q=1"]);
        let others = [("AppSecret", "0123456789abcdef0123456789abcdef")];
        let made = strings((&sign::PAY_V2, pay::edits), &[("a", "1")], &others, cause::P_KEY_SECRET);
        assert_eq!(made, ["a=1&key=0123456789abcdef0123456789abcdef"]);
    }

    #[test]
    fn a_crowded_message_has_fewer_edits_a_field() {
        let many: Vec<String> = (0..200).map(|n| format!("f{n:03}")).collect();
        let count = |names: &[String]| {
            let fields: Fields = names.iter().map(|name| (name.as_str(), "1")).collect();
            let right = Draft::right(&sign::PAY_V2, &fields, "K");
            table(&Given::new(&fields, "", &[], &[]), &right, pay::edits).edits.len()
        };
        assert!(count(&many[..20]) / 20 > 10 * (count(&many) / 200));
        assert!(count(&many[..64]) <= MOST);
    }
}
