//! What WeChat received, as `sign_information` of a 401 shows it, held against what
//! was meant to be sent: line by line, then the first bytes of the body, then its
//! length; where nothing says what was meant, looked over for itself. Comes in: the fields, the draft and its edits; goes out: causes that are shown outright,
//! and causes that only the length agrees with. It hashes nothing.

use super::case::Case;
use super::cause::{self, Cause};
use super::draft::Draft;
use super::draft::form::{self, Plus};
use super::edits::Table;
use crate::api;
use crate::api::endpoint::{Method, Need, Spot};
use crate::wire::json;

/// What `sign_information` says.
pub(super) struct Received {
    /// Method, url, timestamp, nonce.
    lines: [String; 4],
    /// The first bytes of the body.
    start: String,
    /// Bytes of the whole body.
    pub(super) length: usize,
    /// What WeChat signed, as far as it shows it.
    pub(super) shown: String,
}

/// What it tells about the request.
pub(super) struct Told {
    /// What is shown outright, with the field it is about.
    pub(super) proved: Vec<(&'static Cause, &'static str)>,
    /// What agrees with what is shown: a body of just this length, or a line that
    /// looks like a mistake where nothing says what was meant.
    pub(super) consistent: Vec<(&'static Cause, &'static str)>,
    /// Nothing differs at all.
    pub(super) is_equal: bool,
}

const NAMES: [&str; 4] = ["method", "url", "timestamp", "nonce_str"];

/// Reads `sign_information`, or the `detail` or the reply around it.
/// <https://pay.weixin.qq.com/doc/v3/merchant/4012365336>
pub(super) fn received(case: &Case) -> Option<Received> {
    let given = ["sign_information", "detail", "reply", "response"].into_iter();
    given.filter_map(|name| case.fields.filled(name)).find_map(|text| read(text, 4))
}

fn read(text: &str, depth: u8) -> Option<Received> {
    let fields = json::read(text.as_bytes()).ok()?;
    let Some(message) = fields.get("truncated_sign_message") else {
        let inner = ["detail", "sign_information"].into_iter().filter_map(|name| fields.filled(name));
        return inner.filter(|_| depth > 0).find_map(|inner| read(inner, depth - 1));
    };
    let mut parts = message.splitn(5, '\n').map(str::to_owned);
    let lines = [parts.next()?, parts.next()?, parts.next()?, parts.next()?];
    let rest = parts.next()?;
    let start = rest.strip_suffix('\n').unwrap_or(&rest).to_owned();
    let before: usize = lines.iter().map(|line| line.len() + 1).sum();
    let whole: usize = fields.get("sign_message_length")?.trim().parse().ok()?;
    Some(Received { lines, start, length: whole.checked_sub(before + 1)?, shown: message.to_owned() })
}

impl Received {
    /// Holds it against the request that was meant.
    pub(super) fn told(&self, case: &Case, right: &Draft<'_>, table: &Table) -> Told {
        let mut proved = Vec::new();
        for (name, theirs) in NAMES.into_iter().zip(&self.lines) {
            let ours = case.fields.get(name).filter(|ours| ours != theirs);
            proved.extend(ours.map(|ours| (line_cause(name, ours, theirs), name)));
        }
        let Some(body) = case.fields.get("body").or_else(|| self.is_bare().then_some("")) else {
            return Told { proved, consistent: self.alone(), is_equal: false };
        };
        let mut consistent = if case.signature.is_empty() { self.alone() } else { Vec::new() };
        let same_start = body.as_bytes().starts_with(self.start.as_bytes())
            && (self.length >= 8 || self.start.len() == body.len());
        if !same_start || body.len() != self.length {
            let likely = self.bodies(right, table);
            match likely.first() {
                _ if self.length == 0 => proved.push((cause::V_BODY_EMPTY, "body")),
                Some(cause) if !same_start => proved.push((cause, "body")),
                _ if !same_start => proved.push((cause::V_BODY_REJSON, "body")),
                _ => consistent.extend(likely.into_iter().map(|cause| (cause, "body"))),
            }
        }
        let is_equal = proved.is_empty() && same_start && body.len() == self.length;
        Told { proved, consistent, is_equal }
    }

    fn is_bare(&self) -> bool {
        matches!(&*self.lines[0], "GET" | "DELETE")
    }

    /// What looks like a mistake in WeChat's lines themselves.
    fn alone(&self) -> Vec<(&'static Cause, &'static str)> {
        let [method, url, timestamp, _] = &self.lines;
        let is_bare = self.is_bare();
        let path = url.split('?').next().unwrap_or(url);
        let row = Method::named(method).and_then(|method| api::find(method, path));
        let wants =
            |spot| row.is_some_and(|row| row.fields.iter().any(|f| f.spot == spot && f.need == Need::Always));
        let starts = |marks: &[&str]| marks.iter().any(|mark| self.start.starts_with(mark));
        let is_form = self.start.contains('=') && !starts(&["{", "[", "\""]);
        let is_open = url.contains(['{', '<']) || url.contains("%7B") || url.ends_with('?');
        let rules = [
            (*method != method.to_uppercase(), cause::V_METHOD, "method"),
            (is_open, cause::V_URL_PLACEHOLDER, "url"),
            (!url.starts_with("/v3/") && !is_open, cause::V_URL_NOSLASH, "url"),
            (!url.contains('?') && wants(Spot::Query), cause::V_URL_NOQUERY, "url"),
            (timestamp.len() == 13, cause::V_TS_MS, "timestamp"),
            (is_bare && self.length > 0, cause::V_BODY_GETJUNK, "body"),
            (!is_bare && self.length == 0 && wants(Spot::Body), cause::V_BODY_EMPTY, "body"),
            (starts(&["[object", "map[", "System.", "Object"]), cause::V_BODY_OBJ, "body"),
            (starts(&["\"{", "\"["]), cause::V_BODY_TWICE, "body"),
            (is_form, cause::V_BODY_FORM, "body"),
            (starts(&["\u{feff}", "\n", "\r", " "]), cause::V_BODY_NL, "body"),
        ];
        rules.into_iter().filter(|(is, ..)| *is).map(|(_, cause, name)| (cause, name)).collect()
    }

    /// Single mistakes that make a body with this start and length, most usual first.
    fn bodies(&self, right: &Draft<'_>, table: &Table) -> Vec<&'static Cause> {
        let Some(entry) = right.place("body") else { return Vec::new() };
        let mut found: Vec<&'static Cause> = Vec::new();
        for edit in &table.edits {
            let mut draft = right.clone();
            edit.apply(&mut draft);
            let Some(changed) = draft.entries.get(entry).filter(|_| draft.join == "\n" && draft.end == "\n")
            else {
                continue;
            };
            let bytes = draft.charset.encode(&changed.value);
            let fits = bytes.len() == self.length && bytes.starts_with(self.start.as_bytes());
            let is_new = bytes.as_ref() != right.entries[entry].value.as_bytes();
            if fits && is_new && !found.contains(&edit.cause) {
                found.push(edit.cause);
            }
        }
        found
    }
}

/// What a line means that differs.
fn line_cause(name: &str, ours: &str, theirs: &str) -> &'static Cause {
    match name {
        "method" => cause::V_METHOD,
        "url" => url_cause(ours, theirs),
        "timestamp" if ours.starts_with(theirs) || theirs.starts_with(ours) => cause::V_TS_MS,
        "timestamp" => cause::V_TS_DIFF,
        _ => cause::V_NONCE_DIFF,
    }
}

fn url_cause(ours: &str, theirs: &str) -> &'static Cause {
    let bare = |url: &str| url.split('?').next().unwrap_or(url).to_owned();
    let plain = |url: &str| form::decode(url, Plus::Blank).unwrap_or_else(|| url.to_owned());
    let sorted = |url: &str| {
        let text = plain(url);
        let mut parts: Vec<String> = text.split(['?', '&']).map(str::to_owned).collect();
        parts.sort_unstable();
        parts
    };
    match () {
        () if ours.contains("://") || theirs.contains("://") => cause::V_URL_FULL,
        () if ours.trim_end_matches('?') == theirs.trim_end_matches('?') => cause::V_URL_PLACEHOLDER,
        () if sorted(ours) == sorted(theirs) => cause::V_URL_ENCODING,
        () if [ours, theirs].iter().any(|url| url.contains(['{', '<']) || url.contains("%7B")) => {
            cause::V_URL_PLACEHOLDER
        }
        () if bare(ours) == bare(theirs) => cause::V_URL_NOQUERY,
        () => cause::V_URL_NOSLASH,
    }
}
