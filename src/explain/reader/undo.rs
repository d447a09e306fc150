//! The texts that a paste may be once damage is undone: colours and margins of a
//! terminal, comment marks, escapes of a log or a language, entities, typographic
//! quotes, the carets of a Windows shell, a coding of the whole. Owns: which damage
//! exists. The text as it is comes first.

use super::{encoded, escape, margin};
use crate::explain::case::Repair;

/// One way to take a paste.
pub(super) struct View {
    pub(super) text: String,
    pub(super) repairs: Vec<Repair>,
}

/// All ways, the plainest first, each once.
pub(super) fn views(text: &str) -> Vec<View> {
    let mut views = vec![View { text: text.to_owned(), repairs: Vec::new() }];
    let mut base = 0;
    for (repair, undo) in LAYERS {
        if add(&mut views, base, *repair, *undo) {
            base = views.len() - 1;
        }
    }
    for (repair, undo) in SINGLES {
        if !add(&mut views, base, *repair, *undo) {
            continue;
        }
        if *repair == Repair::Carets {
            base = views.len() - 1;
        }
        if *repair == Repair::Escapes {
            let once = views.len() - 1;
            add(&mut views, once, Repair::Escapes, unescaped);
            add(&mut views, once, Repair::Entities, escape::entities);
        }
    }
    views
}

type Undo = fn(&str) -> String;

/// Damage below which all other damage lies.
const LAYERS: &[(Repair, Undo)] = &[
    (Repair::Colors, without_colors),
    (Repair::Dress, without_dress),
    (Repair::Hex, encoded::without_hex),
    (Repair::Margin, margin::without),
    (Repair::Comments, without_comments),
    (Repair::Base64, encoded::without_base64),
    (Repair::Percent, encoded::without_percent),
    (Repair::Times, with_ampersands),
    (Repair::Quotes, with_plain_quotes),
    (Repair::Wide, without_wide),
];

/// Damage that stands alone.
const SINGLES: &[(Repair, Undo)] = &[
    (Repair::Carets, without_carets),
    (Repair::Escapes, unescaped),
    (Repair::Joined, joined),
    (Repair::Entities, escape::entities),
];

fn add(views: &mut Vec<View>, base: usize, repair: Repair, undo: Undo) -> bool {
    let View { text, repairs } = &views[base];
    let undone = undo(text);
    let is_new = undone != *text;
    if is_new {
        let mut repairs = repairs.clone();
        repairs.push(repair);
        repairs.dedup();
        views.push(View { text: undone, repairs });
    }
    is_new
}

/// Without what makes a terminal print in colours: `\u{1b}[32m`, or what is left of it.
fn without_colors(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(piece.len());
        out.push_str(piece[end..].strip_prefix(['m', 'K']).unwrap_or(piece));
    }
    out
}

/// Lines without `//`, ` * `, `#`, `>` in front; only where most lines have it.
fn without_comments(text: &str) -> String {
    const MARKS: &[&str] =
        &["///", "//", "/**", "/*", "*/", "*", "#", ">", "-- ", "<!--", "&gt;", "'''", "REM "];
    let marked = |line: &&str| MARKS.iter().any(|mark| line.trim_start().starts_with(mark));
    let filled = text.lines().filter(|line| !line.trim().is_empty()).count();
    if text.lines().filter(marked).count() * 2 < filled {
        return text.to_owned();
    }
    let bare = |line: &str| {
        let mut rest = line.trim_start();
        for _ in 0..3 {
            let mark = MARKS.iter().find(|mark| rest.starts_with(**mark));
            rest = mark.map_or(rest, |mark| rest[mark.len()..].trim_start_matches([' ', '\t']));
        }
        rest.trim_end_matches("*/").trim_end_matches("-->").to_owned()
    };
    let lines: Vec<String> = text.lines().map(bare).collect();
    lines.join("\n")
}

/// What a page made of `&times…` and `&not…`.
fn with_ampersands(text: &str) -> String {
    text.replace("\u{d7}tamp", "&timestamp")
        .replace("\u{d7}Stamp", "&timeStamp")
        .replace("\u{ac}ify", "&notify")
}

fn with_plain_quotes(text: &str) -> String {
    text.replace(['“', '”', '＂', '„'], "\"").replace(['‘', '’', '＇'], "'")
}

/// Signs of Chinese keyboards, and the blanks of pages and word processors.
fn without_wide(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{a0}' | '\u{3000}' => ' ',
        '\u{ff1d}' => '=',
        '\u{ff06}' => '&',
        '\u{ff1c}' => '<',
        '\u{ff1e}' => '>',
        c => c,
    };
    text.chars().map(plain).filter(|c| !matches!(c, '\u{200b}' | '\u{feff}')).collect()
}

/// The carets of cmd.exe and the back ticks of PowerShell, which they take away
/// before they run a command.
fn without_carets(text: &str) -> String {
    if text.contains("`\"") {
        return text.replace("`\"", "\"").replace("`$", "$").replace("`n", "\n");
    }
    if !["^\n", "^\r", "^\"", "^<", "^&", "^\\"].iter().any(|mark| text.contains(mark)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.replace("\r\n", "\n").into_bytes().into_iter().peekable();
    let mut bytes = Vec::with_capacity(text.len());
    while let Some(byte) = chars.next() {
        match byte {
            b'^' if chars.peek() == Some(&b'\n') => bytes.extend(chars.next().map(|_| b' ')),
            b'^' => bytes.extend(chars.next()),
            byte => bytes.push(byte),
        }
    }
    out.push_str(&String::from_utf8_lossy(&bytes));
    out
}

fn unescaped(text: &str) -> String {
    const MARKS: &[&str] = &["\\/", "\\n", "\\\"", "\\x", "\\u", "\\U", "\\r", "\\t", "\\'"];
    if MARKS.iter().any(|mark| text.contains(mark)) { escape::undone(text) } else { text.to_owned() }
}

/// What Swift puts around the names of a bridged dictionary: `AnyHashable("appid"): wx1`.
fn without_dress(text: &str) -> String {
    const DRESS: &str = "AnyHashable(\"";
    let mut pieces = text.split(DRESS);
    let head = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(head, |out, piece| out + &piece.replacen("\")", "", 1))
}

/// A text that a program puts together from pieces: `"<xml>" + "…"`.
fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let quote = &from[..1];
        let after = from[1..].trim_start();
        let glued =
            after.strip_prefix(['+', '.', '&']).map(str::trim_start).and_then(|t| t.strip_prefix(quote));
        if glued.is_none() {
            out.push_str(quote);
        }
        rest = glued.unwrap_or(&from[1..]);
    }
    let out = out + rest;
    // Only where a message was put together does that matter.
    if out.contains('<') || out.contains('{') { unescaped(&out) } else { text.to_owned() }
}
