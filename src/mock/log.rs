//! The last calls: what was asked, what came of it, and for a refused signature
//! why. Bounded: of each message the beginning, of a query no secret. Of a message with
//! a person's own key nothing is kept.

use std::borrow::Cow;
use std::collections::VecDeque;

use serde_json::Value;

use super::refusal::{RefusedSign, without_right};
use crate::api;
use crate::wire::{Fields, Request};

/// One call.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: u64,
    pub(super) at: u64,
    pub(super) method: Cow<'static, str>,
    pub(super) path: Cow<'static, str>,
    /// The query of a GET, secrets masked; empty if there is none.
    pub(super) query: String,
    /// Name of the row; empty if no row has this path.
    pub(super) endpoint: &'static str,
    /// `ok`, or the code of the refusal.
    pub(super) verdict: Cow<'static, str>,
    pub(super) status: u16,
    pub(super) refused: Option<RefusedSign>,
    pub(super) report: Option<Value>,
    /// How the request and the reply begin.
    pub(super) asked: Said,
    pub(super) told: Said,
}

/// A message, as far as it is kept.
#[derive(Debug, Default)]
pub(super) enum Said {
    /// No message.
    #[default]
    Nothing,
    /// It is signed with a person's own key.
    Withheld,
    /// The beginning of its body.
    Body(Vec<u8>),
    /// What it says, where it was not written yet.
    Fields(Fields),
}

impl Said {
    /// The beginning of a body.
    pub(super) fn body(body: &[u8]) -> Self {
        let kept = &body[..body.len().min(BODY)];
        if kept.is_empty() { Self::Nothing } else { Self::Body(kept.to_vec()) }
    }
}

/// The last calls.
#[derive(Debug)]
pub(super) struct Log {
    limit: usize,
    next: u64,
    entries: VecDeque<Entry>,
}

/// Longest method, path and verdict that are kept.
const PATH: usize = 200;
/// Longest query that is kept.
const QUERY: usize = 500;
/// Longest body that is kept of any message: an order with a list of goods.
const BODY: usize = 2048;
/// Longest body of a refused message that is kept, and worth an explanation.
pub(super) const MESSAGE: usize = 16 * 1024;

impl Log {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit: limit.max(1), next: 1, entries: VecDeque::new() }
    }

    /// Adds a call and says its number.
    pub(super) fn add(
        &mut self,
        request: &Request,
        endpoint: &'static str,
        verdict: &str,
        status: u16,
        refused: Option<RefusedSign>,
        at: u64,
    ) -> u64 {
        if self.entries.len() == self.limit {
            self.entries.pop_front();
        }
        let id = self.next;
        self.next += 1;
        // A huge message is told, and not kept a thousand times.
        let kept = |refused: RefusedSign| {
            if request.body.len() <= MESSAGE {
                return refused;
            }
            RefusedSign { fields: Fields::new(), right: None, ..refused }
        };
        self.entries.push_back(Entry {
            id,
            at,
            method: known(&["POST", "GET"], &request.method),
            path: known(api::by_name(endpoint).map(|row| row.path).as_slice(), request.path()),
            query: told(request),
            endpoint,
            verdict: known(&["ok"], verdict),
            status,
            refused: refused.map(kept),
            report: None,
            asked: Said::Nothing,
            told: Said::Nothing,
        });
        id
    }

    /// Joins what was said to the call that was added last.
    pub(super) fn quote(&mut self, asked: Said, told: Said) {
        if let Some(entry) = self.entries.back_mut() {
            (entry.asked, entry.told) = (asked, told);
        }
    }

    /// Joins a report to a call, if it is still there.
    pub(super) fn attach(&mut self, id: u64, report: Value) {
        let entry = self.entries.iter_mut().rev().find(|entry| entry.id == id);
        if let Some(entry) = entry {
            let is_told = entry.refused.as_ref().is_some_and(|refused| refused.right.is_some());
            entry.report = Some(if is_told { report } else { without_right(report) });
        }
    }

    /// The call of this number.
    pub(super) fn find(&self, id: u64) -> Option<&Entry> {
        self.entries.iter().rev().find(|entry| entry.id == id)
    }

    /// The calls, oldest first.
    pub(super) fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }
}

/// Names whose values open something.
const SECRETS: [&str; 5] = ["secret", "access_token", "refresh_token", "code", "ticket"];

/// A value as it may be shown.
pub(super) fn masked<'a>(name: &str, value: &'a str) -> &'a str {
    if SECRETS.contains(&name) && !value.is_empty() { "***" } else { value }
}

/// The query as it may be shown.
fn told(request: &Request) -> String {
    let query = request.query_text();
    if query.is_empty() || request.method == "POST" {
        return String::new();
    }
    let shown = |pair: &str| match pair.split_once('=') {
        Some((name, value)) if masked(name, value) != value => format!("{name}=***"),
        _ => pair.to_owned(),
    };
    let pairs: Vec<String> = query.split('&').map(shown).collect();
    pairs.join("&").chars().take(QUERY).collect()
}

/// The beginning of a text. What is the same in nearly every call is not copied.
fn known(usual: &[&'static str], text: &str) -> Cow<'static, str> {
    match usual.iter().find(|usual| **usual == text) {
        Some(usual) => Cow::Borrowed(usual),
        None if text.len() <= PATH => text.to_owned().into(),
        None => text.chars().take(PATH).collect(),
    }
}
