//! Reads codes and messages out of what people paste: a code alone, a log line, a
//! JSON or XML refusal, an exception. Comes in: text, or the fields of a refusal;
//! goes out: the rows it speaks of, best first. Never guesses: no row, no answer.

use std::ops::Range;

use super::row::{Area, ErrorCode, Fault, Messages};
use super::tables::{all, codes, messages};
use super::words::words;
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

/// The best reading of a code, a message or a paste: the first of [`in_text`].
#[must_use]
pub fn find(asked: &str) -> Option<&'static ErrorCode> {
    in_text(asked).into_iter().next()
}

/// The row of a message of pay that says more than the code it comes with; the
/// longest one wins. Messages of pages look like the texts of other codes.
#[must_use]
pub fn message(text: &str) -> Option<&'static ErrorCode> {
    let telling = messages().filter(|row| row.area.messages == Messages::SayMore);
    longest_first(spans(&words(&plain(text)), telling)).first().map(|hit| hit.row)
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
    let is_code = |row: &ErrorCode| row.code.eq_ignore_ascii_case(asked);
    let is_text = |row: &ErrorCode| row.texts().any(|text| text.eq_ignore_ascii_case(asked));
    let same_code = codes().filter(|row| is_code(row));
    let same: Vec<_> = same_code.chain(all().filter(|row| !is_code(row) && is_text(row))).collect();
    if said.is_empty() || same.iter().any(|row| is_code(row)) {
        return same;
    }
    let mut same_text: Vec<_> = all().filter(|row| row.texts().any(|text| words(text) == said)).collect();
    if !same_text.is_empty() {
        same_text.sort_by_key(|row| !is_text(row));
        return same_text;
    }
    // Libraries print the meaning in place of the text.
    let same_meaning: Vec<_> = all().filter(|row| words(row.meaning.zh) == said).collect();
    if !same_meaning.is_empty() {
        return same_meaning;
    }
    let folded = said.concat();
    codes().filter(|row| folded.len() > 2 && words(row.code).concat() == folded).collect()
}

/// Rows whose code or text stands inside a paste: messages that say more, then
/// codes, and where there is neither the usual texts of codes.
fn inside(paste: &str) -> Vec<&'static ErrorCode> {
    let is_message = |hit: &Hit| messages().any(|row| std::ptr::eq(row, hit.row));
    let hits = longest_first(spans(&words(paste), all()));
    let (said, usual): (Vec<_>, Vec<_>) = hits.into_iter().partition(is_message);
    let coded = coded(paste, said.is_empty() && usual.is_empty());
    let is_told = !said.is_empty() || coded.iter().any(|row| row.fault != Fault::None);
    let mut rows: Vec<&'static ErrorCode> = without_headings(&in_order(said));
    // A message that says more stands for its code too.
    let is_new = |rows: &[&ErrorCode], row: &ErrorCode| {
        !rows.iter().any(|known| known.code == row.code && known.area == row.area)
    };
    for row in coded.into_iter().chain(in_order(usual).into_iter().filter(|_| !is_told)) {
        if is_new(&rows, row) {
            rows.push(row);
        }
    }
    of_the_same_world(&rows, paste)
}

/// `config:fail` says nothing beside what follows it.
fn without_headings(rows: &[&'static ErrorCode]) -> Vec<&'static ErrorCode> {
    let says_more = |head: &ErrorCode| rows.iter().any(|row| row.code == head.code && row.text != head.text);
    rows.iter().copied().filter(|row| row.text != row.code || !says_more(row)).collect()
}

/// Where rows disagree only in whose code it is, those of the world that the paste
/// comes from.
fn of_the_same_world(rows: &[&'static ErrorCode], paste: &str) -> Vec<&'static ErrorCode> {
    let lower = paste.to_ascii_lowercase();
    let is_named = |area: &Area| area.marks.iter().any(|mark| lower.contains(mark));
    let twins = |row: &ErrorCode| {
        rows.iter().any(|other| {
            (other.code == row.code || other.text == row.text)
                && other.area != row.area
                && is_named(other.area)
        })
    };
    rows.iter().copied().filter(|row| is_named(row.area) || !twins(row)).collect()
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
        for text in row.texts() {
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

fn in_order(mut hits: Vec<Hit>) -> Vec<&'static ErrorCode> {
    hits.sort_by_key(|hit| hit.at.start);
    let mut rows: Vec<&'static ErrorCode> = Vec::new();
    for hit in hits {
        if !rows.iter().any(|row| std::ptr::eq(*row, hit.row)) {
            rows.push(hit.row);
        }
    }
    rows
}

/// Rows of the codes in a paste, in its order. A bare number or a plain word
/// (`ERROR`, `FAIL`) counts only behind the name of a code: order numbers and log
/// levels look alike. Where nothing else is known a long number will do.
fn coded(paste: &str, is_all: bool) -> Vec<&'static ErrorCode> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let (mut sure, mut tails, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    let mut end = 0;
    for piece in paste.split_inclusive(|c| !is_part(c)) {
        let (at, word) = (end, piece.trim_end_matches(|c| !is_part(c)));
        end += piece.len();
        // The last part of a Request-ID is a code.
        let tail = word.rsplit_once('-').map_or("", |(head, tail)| if head.is_empty() { "" } else { tail });
        for row in codes().filter(|row| row.code == word || (tail.len() == 9 && row.code == tail)) {
            let is_name = row.code.starts_with(|c: char| c.is_ascii_uppercase());
            if row.code == tail {
                tails.push(row);
            } else if (is_name && row.code.len() > 7) || is_behind_a_name(&paste[..at]) {
                sure.push(row);
            } else if !is_name && row.code.len() >= 5 {
                bare.push(row);
            }
        }
    }
    // Codes of several words (`No Bill Exist`) come only from the bill calls.
    sure.extend(codes().filter(|row| row.code.contains(' ') && paste.contains(row.code)));
    // It says where a request ended, not why: what the reply says comes first.
    sure.extend(tails);
    if sure.is_empty() && is_all { bare } else { sure }
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
