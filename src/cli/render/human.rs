//! Outcomes and errors for a person: calm lines and aligned names.

use std::fmt::Write as _;

use colored::Colorize as _;
use wxkit::api::{Lang, Word};

use super::super::error::Error;
use super::super::outcome::{Marked, View};
use super::diff::{self, width};
use super::mask::Mask;

/// A line where nobody knows how wide it may be.
pub const USUAL: usize = 80;

/// All pieces, one below the other. Marked strings are masked before they are
/// painted: colours in the middle of a secret would hide it from the mask.
pub fn views(views: &[View], lang: Lang, columns: Option<usize>, mask: &Mask) -> String {
    let mut out = String::new();
    for (index, view) in views.iter().enumerate() {
        if index > 0 && matches!(view, View::Head(_)) {
            out.push('\n');
        }
        piece(&mut out, view, lang, columns, mask);
    }
    out
}

/// A failure: what happened, why, what to do.
pub fn error(error: &Error, lang: Lang, columns: Option<usize>, mask: &Mask) -> String {
    let label = Word::new("错误：", "error: ").text(lang).red().bold();
    let mut out = format!("{label}{}\n", error.message.text(lang));
    out.push_str(&views(&error.view, lang, columns, mask));
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

fn piece(out: &mut String, view: &View, lang: Lang, columns: Option<usize>, mask: &Mask) {
    match view {
        View::Good(message) => line(out, &format!("{} ", "✓".green()), &message.text(lang)),
        View::Bad(message) => line(out, &format!("{} ", "✗".red()), &message.text(lang)),
        View::Say(message) => line(out, "  ", &message.text(lang)),
        View::Head(message) => line(out, "", &message.text(lang).bold()),
        View::Block(text) => line(out, "", text),
        View::Pairs(list) => pairs(out, list),
        View::Qr(text) => out.push_str(&qr(text)),
        View::TerminalQr(text) if columns.is_some() => out.push_str(&qr(text)),
        View::TerminalQr(_) => {}
        View::Diff(strings) => {
            let masked: Vec<Marked> = strings.iter().map(|marked| mask.marked(marked)).collect();
            for text in diff::lines(&masked, lang, columns.unwrap_or(USUAL)) {
                line(out, "", &text);
            }
        }
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

fn qr(text: &str) -> String {
    use qrcode::render::unicode::Dense1x2;
    match qrcode::QrCode::new(text) {
        Ok(code) => format!("{}\n", code.render::<Dense1x2>().quiet_zone(true).build()),
        Err(_) => format!("{text}\n"),
    }
}
