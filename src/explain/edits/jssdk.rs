//! Mistakes of `wx.config` signatures.

use std::sync::Arc;

use super::super::cause::{self, Cause};
use super::super::draft::form::{self, Form};
use super::super::draft::{Damage, Glue, Sorting};
use super::edit::{Class, Sweep, Tier};
use super::list::{List, Slips};
use super::others::{Kind, Other};
use super::{charsets, names, url};
use crate::sign::{Order, Show};

/// The nonce of the official sample.
const SAMPLE_NONCES: &[&str] = &[
    "Wm3WZYTPz0wzccnW",
    "5K8264ILTKCH16CQ2502SI8ZNMTM67VS",
    "ibuaiVcKdpRxkhJA",
    "593BEC0C930BF1AFEB40B4A08C8FB242",
];
/// The tickets of the official samples.
pub(super) const SAMPLE_TICKETS: &[&str] = &[
    "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg",
    "bxLdikRXVbTPdHSM05e5u5sUoXNKd8-41ZO3MhKoyN5OfkWITDGgnr2fwJ0m9E8NYzWKVZvdVtaUgWvsdshFKA",
];

/// Which ticket is the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ticket {
    /// That of `wx.config`.
    Page,
    /// That of `wx.agentConfig`, of one app of a corp.
    Agent,
    /// That of cards.
    Card,
}

/// Fills the table for `wx.config`.
pub(in crate::explain) fn page(list: &mut List<'_, '_>) {
    edits(list, Ticket::Page);
}

/// Fills the table for `wx.agentConfig`.
pub(in crate::explain) fn agent(list: &mut List<'_, '_>) {
    edits(list, Ticket::Agent);
}

fn edits(list: &mut List<'_, '_>, right: Ticket) {
    let others = list.others();
    if let Some((entry, _)) = list.field("url") {
        let raw = list.given.fields.get("url").unwrap_or_default();
        let fragment = raw.find('#').map_or("", |at| &raw[at..]).to_owned();
        url::edits(list, entry, &fragment);
        other_urls(list, entry, others);
    }
    ticket(list, right, others);
    nonce(list, others);
    if let Some((entry, value)) = list.field("timestamp") {
        timestamp(list, entry, &value, Times::SDK, others);
    }
    spelling(list);
    layout(list, others);
    exchanged(list);
    charsets::edits(list);
}

/// Two inputs of the function that signs, handed over in the wrong order.
fn exchanged(list: &mut List<'_, '_>) {
    let count = list.right.entries.len();
    for (first, second) in (0..count).flat_map(|b| (0..b).map(move |a| (a, b))) {
        let field = list.right.entries[first].name.to_string();
        list.put(cause::J_EXCHANGED, Class::Whole, &[], move |d| d.exchange(first, second)).about(field);
    }
}

fn other_urls(list: &mut List<'_, '_>, entry: usize, others: &[Other]) {
    for other in others.iter().filter(|o| matches!(o.kind, Kind::Url | Kind::Host)) {
        let value = other.value.clone();
        if other.kind == Kind::Host {
            list.value(cause::J_URL_HOST, entry, move |u| {
                url::parts(u).map(|p| [p.scheme, &value, p.path, p.query].concat())
            });
            let value = other.value.clone();
            list.value(cause::J_URL_HOME, entry, move |_| Some(format!("https://{value}/"))).rare(2);
            continue;
        }
        for cause in url_causes(list, &other.value, other) {
            list.set(cause, entry, value.clone()).trying(other);
            let page = value.split('#').next().unwrap_or(&value).to_owned();
            list.set(cause, entry, page).trying(other);
        }
        if let Some(parts) = url::parts(&other.value) {
            let host = parts.host.to_owned();
            list.value(cause::J_URL_HOST, entry, move |u| {
                url::parts(u).map(|p| [p.scheme, &host, p.path, p.query].concat())
            })
            .rare(1);
        }
    }
}

/// What another URL stands for, the likeliest first.
fn url_causes(list: &List<'_, '_>, value: &str, other: &Other) -> Vec<&'static Cause> {
    let page = list.given.fields.get("url").unwrap_or_default().split('#').next().unwrap_or_default();
    if value.strip_prefix(page).is_some_and(|rest| rest.starts_with('#')) {
        return vec![cause::J_URL_HASH];
    }
    let path = url::parts(value).map_or(value, |p| p.path).to_lowercase();
    let looks_like_api =
        ["/api", "sign", "getconfig", "jssdk", "ticket", ".do", "ajax"].iter().any(|w| path.contains(w));
    if other.says(&["api", "endpoint", "backend", "request", "server", "signurl"]) {
        vec![cause::J_URL_API]
    } else if other.says(&["cache", "prev", "old", "last", "earlier", "before"]) {
        vec![cause::J_CACHED_SIG]
    } else if other
        .says(&["landing", "entry", "first", "current", "route", "boot", "initial", "referer", "spa"])
    {
        vec![cause::J_URL_LANDING]
    } else if looks_like_api {
        vec![cause::J_URL_API]
    } else {
        vec![cause::J_URL_LANDING, cause::J_CACHED_SIG]
    }
}

/// Mistakes of the ticket, for pages and for cards.
pub(super) fn ticket(list: &mut List<'_, '_>, right: Ticket, others: &[Other]) {
    list.secret(cause::J_TICKET_EMPTY, |_| Some(String::new()));
    for null in List::nulls() {
        list.secret(cause::J_TICKET_NULL, move |_| Some(null.to_owned()));
    }
    for blank in url::BLANKS {
        list.secret(cause::J_TICKET_WS, move |t| Some(format!("{t}{blank}")));
        list.secret(cause::J_TICKET_WS, move |t| Some(format!("{blank}{t}"))).rare(1);
    }
    list.secret(cause::J_TICKET_WS, |t| Some(t.trim().to_owned())).rare(1);
    list.secret(cause::J_TICKET_JSON, |t| Some(format!("\"{t}\"")));
    list.secret(cause::J_TICKET_JSON, |t| Some(format!("'{t}'"))).rare(1);
    for body in TICKET_BODIES {
        list.secret(cause::J_TICKET_JSON, move |t| Some(body.replace("{}", t))).rare(1);
    }
    for sample in SAMPLE_TICKETS {
        list.secret(cause::J_TICKET_OTHER, move |_| Some((*sample).to_owned())).rare(1);
    }
    for style in &form::PERCENTS[..5] {
        list.secret(cause::J_URLENC_ALL, move |t| Some(style.encode(t.as_bytes()))).rare(3);
    }
    list.secret(cause::J_URL_CASE, |t| Some(t.to_lowercase())).rare(3);
    for other in others {
        for (cause, more) in ticket_causes(right, other) {
            let value = other.value.clone();
            list.secret(cause, move |_| Some(value.to_string())).rare(more).trying(other);
        }
    }
    if let Some(id) = ["appId", "appid", "app_id"].iter().find_map(|n| list.given.fields.get(n)) {
        let id = id.to_owned();
        list.secret(cause::J_TICKET_SECRET, move |_| Some(id.clone()));
    }
}

const TICKET_BODIES: &[&str] = &[
    "{\"errcode\":0,\"errmsg\":\"ok\",\"ticket\":\"{}\",\"expires_in\":7200}",
    "{\"errcode\": 0, \"errmsg\": \"ok\", \"ticket\": \"{}\", \"expires_in\": 7200}",
    "{\"ticket\":\"{}\",\"expires_in\":7200}",
    "{\"ticket\":\"{}\"}",
];

fn ticket_causes(right: Ticket, other: &Other) -> Vec<(&'static Cause, u32)> {
    let is_old = other.says(&["old", "other", "test"]);
    let kinds: &[&str] = match right {
        // The corp has one, and each of its apps.
        Ticket::Agent => &["card", "type", "corp", "jsapi", "config"],
        _ => &["card", "agent", "type"],
    };
    if matches!(other.kind, Kind::Url | Kind::Host | Kind::Number) {
        return Vec::new();
    }
    if other.kind == Kind::Structure {
        return vec![(cause::J_TICKET_JSON, 0), (cause::J_TICKET_OTHER, 3)];
    }
    let kind = if other.says(&["accesstoken", "token"]) || other.is_access_token() {
        cause::J_TICKET_AT
    } else if other.says(&["secret", "appid"]) || other.is_hex32() || other.is_app_id() {
        cause::J_TICKET_SECRET
    } else if right == Ticket::Card && (other.says(&["jsapi", "jsticket"]) || !is_old) {
        cause::C_TICKET
    } else if other.says(kinds) || other.value.starts_with("IpK_") {
        cause::J_TICKET_TYPE
    } else {
        return vec![(cause::J_TICKET_OTHER, 0)];
    };
    vec![(kind, 0), (cause::J_TICKET_OTHER, 2)]
}

fn nonce(list: &mut List<'_, '_>, others: &[Other]) {
    let Some((entry, _)) = list.field("noncestr") else { return };
    for sample in SAMPLE_NONCES {
        list.set(cause::J_NONCE_REGEN, entry, *sample);
    }
    for other in others.iter().filter(|o| matches!(o.kind, Kind::Text | Kind::Number) && o.value.len() <= 64)
    {
        let more = if other.says(&["nonce", "random"]) { 0 } else { 3 };
        list.set(cause::J_NONCE_REGEN, entry, other.value.clone()).rare(more).trying(other);
    }
    list.value(cause::J_NONCE_REGEN, entry, |n| Some(n.to_lowercase())).rare(2);
    list.value(cause::J_NONCE_REGEN, entry, |n| Some(n.to_uppercase())).rare(2);
    for null in ["", "undefined", "null", "None"] {
        list.set(cause::J_NONCE_REGEN, entry, null).rare(2);
    }
}

/// The causes of a wrong timestamp.
#[derive(Clone, Copy)]
pub(super) struct Times {
    /// Milliseconds for seconds.
    pub(super) millis: &'static Cause,
    /// A float or grouped digits.
    pub(super) float: Option<&'static Cause>,
    /// Another second.
    pub(super) other: Option<&'static Cause>,
}

impl Times {
    /// Of `wx.config`.
    pub(super) const SDK: Self =
        Self { millis: cause::J_TS_MS, float: Some(cause::J_TS_FLOAT), other: Some(cause::J_TS_REGEN) };
    /// Of pay parameters.
    pub(super) const PAY: Self = Self { millis: cause::S_TS_MS, float: None, other: Some(cause::S_TS_DIFF) };
}

/// Mistakes of a Unix time.
pub(super) fn timestamp(list: &mut List<'_, '_>, entry: usize, value: &str, times: Times, others: &[Other]) {
    let Ok(now) = value.parse::<u64>() else { return };
    let field = list.right.entries[entry].name.to_string();
    list.set(times.millis, entry, now.saturating_mul(1000).to_string());
    if now > 100_000_000_000 {
        list.set(times.millis, entry, (now / 1000).to_string());
        list.set(times.millis, entry, ((now + 500) / 1000).to_string());
        list.set(times.millis, entry, now.div_ceil(1000).to_string());
        for tail in [
            format!("{:.3}", u32_over_1000(now)),
            format!("{}.{}", now / 1000, format!("{:03}", now % 1000).trim_end_matches('0')),
        ] {
            list.set(times.float.unwrap_or(times.millis), entry, tail).rare(1);
        }
    } else {
        let range = now.saturating_mul(1000)..now.saturating_mul(1000).saturating_add(1000);
        list.table.sweeps.push(Sweep { entry, field: field.clone(), cause: times.millis, values: range });
    }
    if let Some(cause) = times.float {
        for form in form::numbers(value).into_iter().filter(|f| f.contains(['.', 'e', 'E', ','])) {
            list.set(cause, entry, form);
        }
    }
    if let Some(cause) = times.other {
        let day = if now > 100_000_000_000 { 100_000 } else { 86_400 };
        // Mostly it was taken twice within a moment; that can be tried beside anything.
        for window in [60, day] {
            let values = now.saturating_sub(window)..now + window + 1;
            list.table.sweeps.push(Sweep { entry, field: field.clone(), cause, values });
        }
        for null in ["", "undefined", "null", "NaN", "0"] {
            list.set(cause, entry, null).rare(2);
        }
    }
    for other in others {
        let looks_right = other.says(&["time", "ts", "now", "date"]);
        let fraction = other.value.contains('.') && other.value.starts_with(|c: char| c.is_ascii_digit());
        if (other.kind != Kind::Number && !fraction && !looks_right) || other.value.len() > 32 {
            continue;
        }
        let cause = match (fraction, times.float) {
            (true, Some(float)) => float,
            _ if other.value.len() == 13 && value.len() == 10 => times.millis,
            _ => times.other.unwrap_or(times.millis),
        };
        list.set(cause, entry, other.value.clone()).rare(if looks_right { 0 } else { 2 });
    }
}

fn u32_over_1000(millis: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a Unix time in milliseconds has 41 bits")]
    let millis = millis as f64;
    millis / 1000.0
}

fn spelling(list: &mut List<'_, '_>) {
    for entry in 0..list.right.entries.len() {
        let name = list.right.entries[entry].name.to_string();
        for (other, more) in names::spellings(&name) {
            let cause = match (name.as_str(), other.as_str()) {
                ("noncestr", "nonceStr") => cause::J_KEY_NONCESTR,
                ("timestamp", "timeStamp") => cause::J_KEY_TIMESTAMP,
                _ => cause::J_KEY_TYPO,
            };
            list.rename(cause, entry, &other, if cause == cause::J_KEY_TYPO { more } else { 0 });
        }
        for other in names::slips(&name) {
            list.rename(cause::J_KEY_TYPO, entry, &other, 3);
        }
        list.typos(cause::J_KEY_TYPO, entry, Slips::Unusual);
        list.leave_out(cause::J_FIELD_MISSING, &[entry]).about(name);
    }
}

fn layout(list: &mut List<'_, '_>, others: &[Other]) {
    for order in permutations(list.right.entries.len()) {
        list.put(cause::J_ORDER, Class::Order, &[], move |d| d.sorting = Sorting::Fixed(order.clone()));
    }
    separators(list, cause::J_SEP);
    entities(list, 0);
    list.put(cause::J_URL_CASE, Class::Damage, &[], |d| d.damage = Some(Damage::Lower)).rare(2);
    list.put(cause::J_URLENC_ALL, Class::Damage, &[], |d| d.damage = Some(Damage::Percent)).rare(2);
    for style in form::PERCENTS {
        list.put(cause::J_URLENC_ALL, Class::Form, &[], move |d| d.add_form(Form::Percent(*style)));
    }
    for (join, sorting) in [
        ("", Sorting::Value),
        ("&", Sorting::Value),
        ("", Sorting::Right(Order::ByName)),
        ("&", Sorting::Right(Order::ByName)),
    ] {
        list.put(cause::J_VALSORT, Class::Show, &[], move |d| {
            d.show = Show::Value;
            d.join = join;
            d.sorting = sorting.clone();
        });
    }
    extras(list, others);
    keyed(list, others);
}

fn extras(list: &mut List<'_, '_>, others: &[Other]) {
    let spare: Vec<(String, String)> = spare_fields(list)
        .into_iter()
        .chain(others.iter().map(|o| (o.name.to_string(), o.value.to_string())))
        .collect();
    for (name, value) in spare {
        let app_id = value.starts_with("wx") && value.len() == 18;
        for name in if app_id { vec![name.as_str(), "appId", "appid", "app_id"] } else { vec![name.as_str()] }
        {
            list.add(cause::J_FIELD_EXTRA, name, &value, 0);
        }
    }
    for (name, value) in [
        ("debug", "true"),
        ("debug", "false"),
        ("expires_in", "7200"),
        ("sign_type", "SHA1"),
        ("signType", "SHA1"),
        ("type", "jsapi"),
        ("beta", "true"),
    ] {
        list.add(cause::J_FIELD_EXTRA, name, value, 2);
    }
}

/// Fields of the case that the recipe does not take.
pub(super) fn spare_fields(list: &List<'_, '_>) -> Vec<(String, String)> {
    let fields = list.given.fields.iter();
    fields.filter(|(n, _)| list.right.place(n).is_none()).map(|(n, v)| (n.to_owned(), v.to_owned())).collect()
}

fn keyed(list: &mut List<'_, '_>, others: &[Other]) {
    for other in others.iter().filter(|o| o.kind == Kind::Text) {
        for name in ["&key=", "&secret=", "key=", ""] {
            let tail = format!("{name}{}", other.value);
            list.put(cause::J_KEYED, Class::Key, &[], move |d| d.end = tail.clone().into());
        }
    }
    list.put(cause::J_KEYED, Class::Key, &[], |d| d.tail = &[Glue::Text("&key="), Glue::Secret]).rare(1);
}

/// `&times` read as an entity, the other `&` left alone or escaped.
pub(super) fn entities(list: &mut List<'_, '_>, more: u32) {
    list.put(cause::J_TIMES, Class::Damage, &[], |d| d.damage = Some(Damage::Entity)).rare(more);
    let has_times = list.right.entries.iter().any(|e| e.name.starts_with("times"));
    if has_times {
        list.put(cause::J_TIMES, Class::Damage, &[], |d| {
            d.join = "&amp;";
            d.damage = Some(Damage::Entity);
        })
        .rare(more);
    }
}

/// Wrong separators, ends and blanks.
pub(super) fn separators(list: &mut List<'_, '_>, cause: &'static Cause) {
    for (index, join) in JOINS.iter().enumerate() {
        let tier = if index < 10 { Tier::Usual } else { Tier::Wide };
        joined(list, cause, join, u32::from(index > 4), tier);
    }
    indented(list, cause);
    for end in ["&", "\n", "\r\n", " ", "&&", "?", ";", ","] {
        list.put(cause, Class::End, &[], move |d| d.end = end.into()).rare(if end == "&" { 0 } else { 3 });
    }
    for front in ["&", "?", " ", "\n", "\u{feff}", "&&"] {
        list.put(cause, Class::Front, &[], move |d| d.front = front).rare(if matches!(front, "&" | "?") {
            0
        } else {
            2
        });
    }
    for entry in 0..list.right.entries.len() {
        list.put(cause, Class::Lead, &[entry], move |d| {
            d.entries[entry].tie = super::super::draft::Tie::Glued;
        })
        .rare(2);
        for blanks in 1..=24 {
            let lead = " ".repeat(blanks);
            let many = list.right.entries.len() > 6;
            let edit =
                list.put(cause, Class::Lead, &[entry], move |d| d.entries[entry].lead = lead.clone().into());
            edit.rare(2 + u32::from(blanks > 1));
            // Few fields: blanks of every width can be tried together with more.
            if blanks > 1 && many {
                edit.wide();
            }
        }
        for lead in ["\n", "\t", "\r\n", "&", "amp;"] {
            list.put(cause, Class::Lead, &[entry], move |d| d.entries[entry].lead = lead.into())
                .rare(1)
                .wide();
        }
    }
}

/// The fields are joined by something else; the key like them, or as it should be.
fn joined(list: &mut List<'_, '_>, cause: &'static Cause, join: &'static str, more: u32, tier: Tier) {
    list.put(cause, Class::Join, &[], move |d| d.join = join).rare(more).tier = tier;
    if list.right.tail.is_empty() {
        return;
    }
    let edit = list.put(cause, Class::Join, &[], move |d| {
        d.join = join;
        if d.tail.first() == Some(&Glue::Join) {
            d.tail = AMP_KEY;
        }
    });
    edit.rare(more).tier = tier;
}

/// The key behind its usual `&`, whatever joins the fields.
const AMP_KEY: &[Glue] = &[Glue::Text("&key="), Glue::Secret];

const JOINS: &[&str] = &[
    "", ", ", "& ", "\n", ",", " & ", "&\n", "&amp;", ";", " ", "|", "&&", "+", "\r\n", "; ", "&\r\n", "%26",
    " &", "\\n", "\t", "#", "?", ":", "-", "_", "/", "&\t", "\\u0026",
];

/// A template over several lines keeps its indentation.
fn indented(list: &mut List<'_, '_>, cause: &'static Cause) {
    // Only few fields are written as one template.
    let tier = if list.right.entries.len() > 6 { Tier::Wide } else { Tier::Usual };
    for indent in 2..=24 {
        let join = &INDENTED[..=indent];
        let more = if matches!(indent, 2 | 4 | 8 | 12 | 13 | 16) { 2 } else { 4 };
        joined(list, cause, join, more, tier);
    }
    for indent in [2, 4, 8, 12, 16] {
        joined(list, cause, &NEW_LINE_INDENTED[..indent + 2], 3, tier);
    }
}

const INDENTED: &str = "&                        ";
const NEW_LINE_INDENTED: &str = "&\n                ";

/// Every order of a few entries.
pub(super) fn permutations(count: usize) -> Vec<Arc<[u16]>> {
    let mut all: Vec<Vec<u16>> = vec![Vec::new()];
    for index in 0..u16::try_from(count.min(6)).unwrap_or_default() {
        all = all
            .iter()
            .flat_map(|order| {
                (0..=order.len()).map(move |at| [&order[..at], &[index], &order[at..]].concat())
            })
            .collect();
    }
    all.into_iter().map(Arc::from).collect()
}
