//! Outcomes and errors for a person: calm lines, aligned names, differences
//! marked with colour, and with `^` where there is no colour.

use std::fmt::Write as _;
use std::ops::Range;

use colored::Colorize as _;
use wxkit::api::{Lang, Word};

use super::super::error::Error;
use super::super::outcome::{Marked, View};

/// All pieces, one below the other.
pub fn views(views: &[View], lang: Lang) -> String {
    let mut out = String::new();
    for (index, view) in views.iter().enumerate() {
        if index > 0 && matches!(view, View::Head(_)) {
            out.push('\n');
        }
        piece(&mut out, view, lang);
    }
    out
}

/// A failure: what happened, why, what to do.
pub fn error(error: &Error, lang: Lang) -> String {
    let label = Word::new("错误：", "error: ").text(lang).red().bold();
    let mut out = format!("{label}{}\n", error.message.text(lang));
    out.push_str(&views(&error.view, lang));
    if let Some(hint) = &error.hint {
        line(&mut out, "  ", &hint.text(lang));
    }
    for command in &error.next {
        line(&mut out, "  → ", &command.cyan());
    }
    out.truncate(out.trim_end().len());
    out
}

/// A remark on stderr.
pub fn note(text: &str) -> String {
    text.dimmed().to_string()
}

fn piece(out: &mut String, view: &View, lang: Lang) {
    match view {
        View::Good(message) => line(out, &format!("{} ", "✓".green()), &message.text(lang)),
        View::Bad(message) => line(out, &format!("{} ", "✗".red()), &message.text(lang)),
        View::Say(message) => line(out, "  ", &message.text(lang)),
        View::Head(message) => line(out, "", &message.text(lang).bold()),
        View::Block(text) => line(out, "", text),
        View::Pairs(list) => pairs(out, list),
        View::Qr(text) => out.push_str(&qr(text)),
        View::Diff(strings) => strings.iter().for_each(|marked| diff(out, marked, lang)),
        View::Step { title, detail, ok } => {
            let mark = if *ok { "✓".green() } else { "✗".red() };
            let title = padded(&title.text(lang), 34);
            line(out, &format!("{mark} {title} "), &detail.dimmed());
        }
    }
}

fn line(out: &mut String, before: &str, text: &dyn std::fmt::Display) {
    let _ = writeln!(out, "{before}{text}");
}

fn pairs(out: &mut String, list: &[(String, String)]) {
    let widest = list.iter().map(|(name, _)| width(name)).max().unwrap_or(0).min(28);
    for (name, value) in list {
        line(out, &format!("  {}  ", padded(name, widest).dimmed()), value);
    }
}

fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Columns on a terminal: Chinese characters take two.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| {
            if ('\u{1100}'..='\u{ffe6}').contains(&c) && !('\u{2000}'..='\u{2e7f}').contains(&c) {
                2
            } else {
                1
            }
        })
        .sum()
}

/// One labelled string with its differences. Colour marks them where there is
/// colour; a line of `^` does it everywhere else.
fn diff(out: &mut String, marked: &Marked, lang: Lang) {
    line(out, "  ", &marked.label.text(lang).dimmed());
    let coloured = colored::control::SHOULD_COLORIZE.should_colorize();
    let text = shown(&marked.text);
    if coloured || marked.marks.is_empty() {
        line(out, "    ", &painted(marked));
    } else {
        line(out, "    ", &text);
        line(out, "    ", &carets(marked));
    }
}

/// Control characters as what they are, each one column wide.
fn shown(text: &str) -> String {
    text.chars().map(visible).collect()
}

const fn visible(c: char) -> char {
    match c {
        '\n' => '⏎',
        '\r' => '␍',
        '\t' => '⇥',
        '\u{feff}' | '\u{200b}' => '␣',
        other => other,
    }
}

fn painted(marked: &Marked) -> String {
    let mut out = String::new();
    let mut at = 0;
    for Range { start, end } in marked.marks.iter().cloned() {
        out.push_str(&shown(marked.text.get(at..start).unwrap_or_default()));
        let piece = shown(marked.text.get(start..end).unwrap_or_default());
        out.push_str(&piece.red().bold().underline().to_string());
        at = end;
    }
    out.push_str(&shown(marked.text.get(at..).unwrap_or_default()));
    out
}

fn carets(marked: &Marked) -> String {
    let mut out = String::new();
    for (at, c) in marked.text.char_indices() {
        let hit = marked.marks.iter().any(|m| m.contains(&at) || (m.is_empty() && m.start == at));
        let sign = if hit { "^" } else { " " };
        out.push_str(&sign.repeat(width(c.encode_utf8(&mut [0; 4]))));
    }
    if marked.marks.iter().any(|m| m.start >= marked.text.len()) {
        out.push('^');
    }
    out.truncate(out.trim_end().len());
    out
}

fn qr(text: &str) -> String {
    use qrcode::render::unicode::Dense1x2;
    match qrcode::QrCode::new(text) {
        Ok(code) => format!("{}\n", code.render::<Dense1x2>().quiet_zone(true).build()),
        Err(_) => format!("{text}\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_below_what_differs() {
        let text = "body=茶&x=1".to_owned();
        let marked = Marked { label: Word::new("你", "yours"), text, marks: vec![5..8, 11..12] };
        assert_eq!(carets(&marked), "     ^^   ^");
    }

    #[test]
    fn chinese_takes_two_columns() {
        assert_eq!((width("签名"), width("sign")), (4, 4));
    }
}
