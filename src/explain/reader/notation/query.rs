//! Query strings and URLs, and strings to sign, which look the same but are not
//! percent-encoded: `a=1&b=2`, `https://…?a=1&b=2#x`, `jsapi_ticket=…&url=…`.

use std::ops::Range;

use super::super::cursor::{Fuel, is_in_name};
use super::super::tree::Tree;
use crate::wire::query;

/// Every run of `name=value&name=value`.
pub(super) fn find(text: &str, fuel: &Fuel) -> Vec<(Range<usize>, Tree)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(and) = text[at..].find('&').map(|i| at + i) {
        at = and + 1;
        if fuel.burn(1).is_none() {
            break;
        }
        let Some(from) = start(text, and, fuel) else { continue };
        let Some(to) = end(text, from, and, fuel) else { break };
        at = to.max(at);
        if fuel.burn((to - from) / 4).is_none() {
            break;
        }
        if let Some(pairs) = pairs(text, from..to).filter(|pairs| pairs.len() > 1) {
            let open = open_ended(&text[from..to], &pairs);
            found.push((from..to, Tree::Map(pairs, from..to)));
            found.extend(open.map(|pairs| (from..to, Tree::Map(pairs, from..to))));
        }
    }
    found
}

/// The same, if an address that nobody encoded has a query of its own: it may
/// reach to the end.
fn open_ended(piece: &str, pairs: &[(String, Tree)]) -> Option<Vec<(String, Tree)>> {
    let start = ["=http://", "=https://"].iter().filter_map(|mark| piece.find(mark)).min()?;
    let address = &piece[start + 1..];
    let place = piece[..start].matches('&').count();
    if !address.contains('?') || !address.contains('&') || place >= pairs.len() {
        return None;
    }
    let mut open = pairs[..=place].to_vec();
    open[place].1 = Tree::Text(address.split('#').next().unwrap_or(address).to_owned());
    Some(open)
}

/// Where the first name before this `&` begins.
fn start(text: &str, and: usize, fuel: &Fuel) -> Option<usize> {
    let line = text[..and].rfind(['\n', '"', '\'', '`', '<', '>']).map_or(0, |i| i + 1);
    fuel.burn(and - line)?;
    let head = &text[line..and];
    // Of an address the query counts.
    let asked = head.find('?').map_or(0, |at| at + 1);
    let mut ends = head[asked..].match_indices('=').map(|(at, _)| asked + at);
    ends.find_map(|is| {
        let name = head[..is].rfind(|c| !is_in_name(c));
        let name = name.map_or(0, |i| i + head[i..].chars().next().map_or(1, char::len_utf8));
        (name < is).then_some(line + name)
    })
}

/// An address ends at a blank or quote; a string to sign at the quote before
/// it or with its line, since JSON may stand in it.
fn end(text: &str, from: usize, and: usize, fuel: &Fuel) -> Option<usize> {
    let before = text[..from].chars().next_back();
    let quote = before.filter(|c| matches!(c, '"' | '\'' | '`'));
    let line = match (before, quote) {
        (Some('?'), _) => text[and..].find(|c: char| c.is_whitespace() || "\"'`<>".contains(c)),
        (_, Some(quote)) => text[and..].find(['\n', '\r', quote]),
        _ => text[and..].find(['\n', '\r']),
    };
    let line = line.map_or(text.len(), |i| and + i);
    // The same line is looked through again from its next `&`.
    fuel.burn((line - and) / 4)?;
    let last = text[and..line].rfind('&').map_or(and, |i| and + i);
    let tail = &text[last..line];
    let stop = tail.find(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '，' | '。' | '）' | '】' | '}')
    });
    let stop = last + stop.unwrap_or(tail.len());
    let piece = &text[and..stop];
    Some(and + piece.trim_end_matches([';', ')', '.', ',', ']']).len())
}

fn pairs(text: &str, span: Range<usize>) -> Option<Vec<(String, Tree)>> {
    let before = &text[..span.start];
    let piece = &text[span];
    // A log has escaped it: another view of the text has it plain.
    if piece.contains(":\\/\\/") || piece.contains("\\u0026") {
        return None;
    }
    let stands_alone =
        before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || "\"'(".contains(c));
    let fields: Vec<(String, String)> = if before.ends_with('?') || (stands_alone && !is_raw(piece)) {
        let query = piece.split('#').next().unwrap_or(piece);
        query::read(query).ok()?.iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect()
    } else {
        raw(piece)
    };
    Some(fields.into_iter().map(|(name, value)| (name, Tree::Text(value))).collect())
}

/// Whether a string of pairs is a string to sign: something in it would be
/// encoded in a query.
fn is_raw(piece: &str) -> bool {
    piece.starts_with("jsapi_ticket=")
        || piece.contains("&key=")
        || !piece.is_ascii()
        || piece.contains("://")
        || piece.contains(' ')
}

/// A string to sign: the URL of a page comes last and may hold `&` itself.
fn raw(piece: &str) -> Vec<(String, String)> {
    let split = |pair: &str| pair.split_once('=').map(|(n, v)| (n.to_owned(), v.to_owned()));
    match piece.split_once("&url=").filter(|_| piece.starts_with("jsapi_ticket=")) {
        Some((head, url)) => {
            head.split('&').filter_map(split).chain([("url".to_owned(), url.to_owned())]).collect()
        }
        None => piece.split('&').filter_map(split).collect(),
    }
}
