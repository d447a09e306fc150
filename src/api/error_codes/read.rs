//! Reads codes and messages out of what people paste: a code alone, a log line, a
//! JSON or XML refusal, an exception. Comes in: text, or the fields of a refusal;
//! goes out: the rows it speaks of, best first. Never guesses: no row, no answer.

use std::ops::Range;

use super::{Area, ErrorCode, Fault, all, codes, messages};
use crate::wire::Fields;

/// Longer pastes are cut: what is refused stands in its first lines.
const LONGEST: usize = 64 * 1024;

/// Every row that a text speaks of, best first: a code or message alone, or all
/// that stand in a paste. Messages that say more come before the code they stand
/// beside; of texts inside each other only the longest counts. Letter case,
/// blanks, punctuation and full-width letters make no difference.
#[must_use]
pub fn in_text(paste: &str) -> Vec<&'static ErrorCode> {
    let paste = plain(paste);
    let alone = alone(paste.trim());
    let rows = if alone.is_empty() { inside(&paste) } else { alone };
    let refusals: Vec<_> = rows.iter().copied().filter(|row| row.fault != Fault::None).collect();
    if refusals.is_empty() { rows } else { refusals }
}

/// The row of a refusal that was parsed already, of any of WeChat's worlds.
#[must_use]
pub fn in_fields(fields: &Fields) -> Option<&'static ErrorCode> {
    const NAMES: [&str; 8] =
        ["err_code", "err_code_des", "errcode", "errmsg", "code", "message", "error_code", "return_msg"];
    let said = NAMES.iter().filter_map(|name| Some(format!("{name}={}", fields.filled(name)?)));
    in_text(&said.collect::<Vec<_>>().join("\n")).into_iter().next()
}

/// The row with the longest text that stands in this one.
pub(super) fn longest(
    text: &str,
    rows: impl Iterator<Item = &'static ErrorCode>,
) -> Option<&'static ErrorCode> {
    let words = words(&plain(text));
    longest_first(spans(&words, rows)).first().map(|hit| hit.row)
}

/// Half-width letters, and `\u7b7e` as the letter it stands for.
fn plain(text: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        c => c,
    };
    let text: String = text.chars().take(LONGEST).map(half).collect();
    let mut pieces = text.split("\\u");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let code = piece.get(..4).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        match code.and_then(char::from_u32) {
            Some(letter) => out.extend([letter.encode_utf8(&mut [0; 4]), &piece[4..]]),
            None => out.extend(["\\u", piece]),
        }
    }
    out
}

/// Rows whose code or text is all that was asked for. The code as WeChat writes it
/// goes before one that only sounds like it.
fn alone(asked: &str) -> Vec<&'static ErrorCode> {
    let said = words(asked);
    let same_code: Vec<_> = codes().filter(|row| row.code.eq_ignore_ascii_case(asked)).collect();
    if said.is_empty() || !same_code.is_empty() {
        return same_code;
    }
    let same_text: Vec<_> = all().filter(|row| row.texts().any(|text| words(text) == said)).collect();
    if !same_text.is_empty() {
        return same_text;
    }
    let folded = said.concat();
    codes().filter(|row| folded.len() > 2 && words(row.code).concat() == folded).collect()
}

/// Rows whose code or text stands inside a paste.
fn inside(paste: &str) -> Vec<&'static ErrorCode> {
    let said = words(paste);
    let texts = longest_first(spans(&said, all()));
    let (more, less): (Vec<_>, Vec<_>) =
        texts.into_iter().partition(|hit| messages().any(|row| std::ptr::eq(row, hit.row)));
    let coded = coded(paste, more.is_empty() && less.is_empty());
    let mut rows: Vec<&'static ErrorCode> = Vec::new();
    for row in in_order(more).chain(coded).chain(in_order(less)) {
        // A message that says more stands for its code too.
        if !rows.iter().any(|known| known.code == row.code && known.area == row.area) {
            rows.push(row);
        }
    }
    of_the_same_world(&rows, paste)
}

/// Where rows disagree only in whose code it is, those of the world that the paste
/// comes from.
fn of_the_same_world(rows: &[&'static ErrorCode], paste: &str) -> Vec<&'static ErrorCode> {
    let lower = paste.to_ascii_lowercase();
    let is_named = |area: Area| marks(area).iter().any(|mark| lower.contains(mark));
    let twins = |row: &ErrorCode| {
        rows.iter().any(|other| {
            (other.code == row.code || other.text == row.text)
                && other.area != row.area
                && is_named(other.area)
        })
    };
    rows.iter().copied().filter(|row| is_named(row.area) || !twins(row)).collect()
}

/// Words by which a paste shows its world.
const fn marks(area: Area) -> &'static [&'static str] {
    match area {
        Area::Oa => &["errcode", "errmsg"],
        Area::Page => &[":fail", "config:", "open.weixin"],
        Area::PayV2 => &["return_code", "return_msg", "err_code", "<xml"],
    }
}

/// A text of a row, found in the words of a paste.
struct Hit {
    row: &'static ErrorCode,
    at: Range<usize>,
    letters: usize,
}

fn spans(said: &[String], rows: impl Iterator<Item = &'static ErrorCode>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for row in rows {
        // A code of several words (`No Bill Exist`) is written like a text.
        let code = Some(row.code).filter(|code| code.contains(' '));
        for text in row.texts().chain(code) {
            let wanted = words(text);
            let letters = wanted.iter().map(|word| word.chars().count()).sum();
            let found =
                said.windows(wanted.len().max(1)).enumerate().filter(|(_, some)| **some == wanted[..]);
            hits.extend(found.map(|(at, _)| Hit { row, at: at..at + wanted.len(), letters }));
        }
    }
    hits
}

/// The longest first, without those that lie in the same words as a longer one.
fn longest_first(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.letters));
    let mut kept: Vec<Hit> = Vec::new();
    for hit in hits {
        let hidden = |long: &Hit| {
            long.at.start < hit.at.end && hit.at.start < long.at.end && long.letters > hit.letters
        };
        if !kept.iter().any(hidden) {
            kept.push(hit);
        }
    }
    kept
}

fn in_order(mut hits: Vec<Hit>) -> impl Iterator<Item = &'static ErrorCode> {
    hits.sort_by_key(|hit| hit.at.start);
    hits.into_iter().map(|hit| hit.row)
}

/// Rows of the codes in a paste, in its order. A bare number or a plain word
/// (`ERROR`, `FAIL`) counts only behind the name of a code: order numbers and log
/// levels look alike. Where nothing else is known a long number will do.
fn coded(paste: &str, is_all: bool) -> Vec<&'static ErrorCode> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let named = |at: usize, code: &str| {
        let is_name = code.starts_with(|c: char| c.is_ascii_uppercase()) && code.len() > 7;
        let is_long = code.trim_start_matches('-').len() >= 5;
        is_name || is_behind_a_name(&paste[..at]) || (is_all && is_long)
    };
    let mut rows = Vec::new();
    let mut end = 0;
    for piece in paste.split_inclusive(|c| !is_part(c)) {
        let (at, word) = (end, piece.trim_end_matches(|c| !is_part(c)));
        end += piece.len();
        // The last part of a Request-ID is a code.
        let tail = word.rsplit_once('-').map_or("", |(head, tail)| if head.is_empty() { "" } else { tail });
        let known = codes().filter(|row| row.code == word || (tail.len() == 9 && row.code == tail));
        rows.extend(known.filter(|row| named(at, row.code)));
    }
    rows
}

fn is_behind_a_name(before: &str) -> bool {
    const NAMES: [&str; 9] = ["code", "errno", "ret", "?e", "&e", "错误码", "返回码", "代码", "状态码"];
    let before = before.trim_end_matches("<![CDATA[");
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || "\"'=:>[]({\\,".contains(c));
    NAMES.iter().any(|name| {
        let from = before.len().saturating_sub(name.len());
        before.get(from..).is_some_and(|end| end.eq_ignore_ascii_case(name))
    })
}

/// Letters in words: ASCII letters and digits that stand together, every other
/// letter for itself; all small, no punctuation.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut grows = false;
    for c in text.chars() {
        let joins = c.is_ascii_alphanumeric();
        if joins && grows {
            if let Some(word) = words.last_mut() {
                word.push(c.to_ascii_lowercase());
            }
        } else if c.is_alphanumeric() {
            words.push(c.to_lowercase().collect());
        }
        grows = joins;
    }
    words
}
