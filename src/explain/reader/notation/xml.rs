//! XML messages: with their root, without it, as a browser shows them, and the
//! place of a tag that is broken.

use std::ops::Range;

use super::super::cursor::{Fuel, near};
use super::super::names;
use super::super::tree::Tree;
use crate::wire::xml;

/// Every message.
pub(super) fn find(text: &str, fuel: &Fuel) -> Vec<(Range<usize>, Tree)> {
    let mut found: Vec<_> =
        pieces(text).into_iter().filter_map(|span| Some((span.clone(), tree(text, span, fuel)?))).collect();
    if found.is_empty() {
        found.extend(rootless(text, fuel));
    }
    found
}

/// From every `<xml` to the end tag that follows it; of a start tag that comes
/// again before its end the last one counts.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for root in ["xml", "root"] {
        let (start, end) = (format!("<{root}"), format!("</{root}>"));
        let mut begun = None;
        for (at, _) in text.match_indices('<') {
            if text[at..].starts_with(&start) {
                begun = Some(at);
            } else if text[at..].starts_with(&end) {
                found.extend(begun.take().map(|from| from..at + end.len()));
            }
        }
    }
    found
}

fn tree(text: &str, span: Range<usize>, fuel: &Fuel) -> Option<Tree> {
    fuel.burn(span.len())?;
    let fields = xml::read(text[span.clone()].as_bytes()).ok()?;
    let pairs = fields.iter().map(|(n, v)| (n.to_owned(), Tree::Text(v.to_owned()))).collect();
    Some(Tree::Map(pairs, span))
}

/// Elements that WeChat knows, without anything around them.
fn rootless(text: &str, fuel: &Fuel) -> Option<(Range<usize>, Tree)> {
    let is_tag = |at: usize, before: &str| {
        let near = near(&text[at + before.len()..], 60);
        let name = near.split(['>', ' ', '/']).next().unwrap_or_default();
        !name.is_empty() && name.len() < 40 && names::is_known(name)
    };
    let from = text.match_indices('<').map(|(at, _)| at).take(1000).find(|at| is_tag(*at, "<"))?;
    let last = text.rmatch_indices("</").map(|(at, _)| at).take(1000).find(|at| is_tag(*at, "</"))?;
    let to = last + text[last..].find('>')? + 1;
    let piece = text.get(from..to)?;
    fuel.burn(piece.len())?;
    let fields = xml::read(format!("<xml>{piece}</xml>").as_bytes()).ok()?;
    let pairs: Vec<_> = fields.iter().map(|(n, v)| (n.to_owned(), Tree::Text(v.to_owned()))).collect();
    (pairs.len() > 1).then_some((from..to, Tree::Map(pairs, from..to)))
}

/// A tag that another one closes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenTag {
    /// The element as it is opened.
    pub open: String,
    /// The end tag that came; empty if none came at all.
    pub close: String,
    /// Line and column of that end, from 1.
    pub line: usize,
    /// As above.
    pub column: usize,
}

/// The first broken tag of the messages in a text.
pub(in super::super) fn broken(text: &str) -> Option<BrokenTag> {
    let mut at = 0;
    while let Some(from) = text[at..].find("<xml").map(|i| at + i) {
        let to = text[from..].find("</xml>").map_or(text.len(), |i| from + i + "</xml>".len());
        if let Some((open, close, place)) = first_clash(&text[from..to]) {
            let before = &text[..from + place];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            return Some(BrokenTag { open, close, line, column });
        }
        at = to;
    }
    None
}

/// What is open, what closes it, and where.
fn first_clash(piece: &str) -> Option<(String, String, usize)> {
    let mut open: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(start) = piece[at..].find('<').map(|i| at + i) {
        let tag = &piece[start..];
        if tag.starts_with("<![CDATA[") {
            at = start + tag.find("]]>")? + 3;
            continue;
        }
        let Some(end) = tag.find('>') else { return cut(&open, piece.len()) };
        let inside = &tag[1..end];
        at = start + end + 1;
        if inside.starts_with(['!', '?']) || inside.ends_with('/') {
            continue;
        }
        match inside.strip_prefix('/') {
            None => open.push(inside.split(char::is_whitespace).next().unwrap_or_default()),
            Some(close) => {
                let last = open.pop().unwrap_or_default();
                if last != close.trim() {
                    return Some((last.to_owned(), close.trim().to_owned(), start));
                }
            }
        }
    }
    cut(&open, piece.len())
}

fn cut(open: &[&str], at: usize) -> Option<(String, String, usize)> {
    open.last().map(|last| ((*last).to_owned(), String::new(), at))
}

/// Whether a browser printed this: every CDATA with a blank at both sides.
pub(in super::super) fn is_browser_view(text: &str) -> bool {
    let sections: Vec<&str> = text.split("<![CDATA[").skip(1).collect();
    let spaced = |section: &str| {
        section
            .split_once("]]>")
            .is_some_and(|(value, _)| value.is_empty() || (value.starts_with(' ') && value.ends_with(' ')))
    };
    sections.len() > 1 && sections.iter().all(|s| spaced(s)) && text.contains(">\n<![CDATA[")
}
