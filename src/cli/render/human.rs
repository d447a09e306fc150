//! Outcomes and errors for a person: calm lines and aligned names.

use std::borrow::Cow;
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
    let mut out = format!("{label}{}\n", visible(&error.message.text(lang), mask));
    out.push_str(&views(&error.view, lang, columns, mask));
    if let Some(hint) = &error.hint {
        line(&mut out, "  ", &visible(&hint.text(lang), mask));
    }
    for command in &error.next {
        line(&mut out, "  → ", &command.cyan());
    }
    out.truncate(out.trim_end().len());
    out
}

/// A remark on stderr.
pub fn note(text: &str, mask: &Mask) -> String {
    visible(text, mask).dimmed().to_string()
}

/// A sentence may repeat what somebody sent, and with it what a terminal obeys: that is
/// shown, and not done.
fn visible<'t>(text: &'t str, mask: &Mask) -> Cow<'t, str> {
    let is_obeyed = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| match c {
        '\u{7f}' => '\u{2421}',
        // Unicode has a picture of each of the first ones.
        c if is_obeyed(c) => {
            char::from_u32(0x2400 + u32::from(c)).filter(|_| c.is_ascii()).unwrap_or('\u{fffd}')
        }
        c => c,
    };
    // A secret is known by its own letters.
    Cow::Owned(mask.text(text).chars().map(shown).collect())
}

fn piece(out: &mut String, view: &View, lang: Lang, columns: Option<usize>, mask: &Mask) {
    match view {
        View::Good(message) => {
            line(out, &format!("{} ", "✓".green()), &visible(&message.text(lang), mask));
        }
        View::Bad(message) => line(out, &format!("{} ", "✗".red()), &visible(&message.text(lang), mask)),
        View::Say(message) => line(out, "  ", &visible(&message.text(lang), mask)),
        View::Head(message) => line(out, "", &visible(&message.text(lang), mask).bold()),
        View::Block(text) => line(out, "", text),
        View::Pairs(list) => pairs(out, list, mask),
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

fn pairs(out: &mut String, list: &[(String, String)], mask: &Mask) {
    let widest = list.iter().map(|(name, _)| width(name)).max().unwrap_or(0).min(28);
    for (name, value) in list {
        let name = padded(&visible(name, mask), widest);
        line(out, &format!("  {}  ", name.dimmed()), &visible(value, mask));
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
