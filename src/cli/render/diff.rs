//! Two strings below each other with their differences marked: a window around each
//! difference, `…` where something is left out, never wider than the terminal. With
//! colour the marks are painted; without it `^` stands below them.

use std::ops::Range;

use colored::Colorize as _;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};
use wxkit::api::Lang;

use super::super::outcome::Marked;

/// More windows than this say no more.
const MOST_WINDOWS: usize = 8;
/// Less room than this is no room: a terminal may claim to have no columns.
const LEAST_ROOM: usize = 24;
/// Stands where the other string has something more.
const GAP: char = '‸';
const CUT: Cell = Cell { shown: '…', columns: 1, is_marked: false };

/// Columns on a terminal: Chinese characters take two.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The lines for a pair of strings; one alone has nothing to differ from.
pub fn lines(strings: &[Marked], lang: Lang, columns: usize) -> Vec<String> {
    let labels: Vec<&str> = strings.iter().map(|marked| marked.label.text(lang)).collect();
    let indent = 4 + labels.iter().map(|label| label.width()).max().unwrap_or(0);
    let room = columns.saturating_sub(indent).max(LEAST_ROOM);
    let mut lines = Vec::new();
    for window in windows(strings, room).iter().take(MOST_WINDOWS) {
        for (label, cells) in labels.iter().zip(window) {
            let pad = " ".repeat(indent - 2 - label.width());
            lines.push(format!("  {}{pad}{}", label.dimmed(), painted(cells)));
            if !colored::control::SHOULD_COLORIZE.should_colorize() && cells.iter().any(|cell| cell.is_marked)
            {
                lines.push(format!("{}{}", " ".repeat(indent), carets(cells)));
            }
        }
    }
    lines
}

/// A character as it is shown.
#[derive(Debug, Clone, Copy)]
struct Cell {
    shown: char,
    columns: usize,
    is_marked: bool,
}

impl Cell {
    fn new(c: char, is_marked: bool) -> Self {
        let shown = visible(c);
        Self { shown, columns: shown.width().unwrap_or(1), is_marked }
    }
}

/// Control characters, and those without a width, as something one column wide.
fn visible(c: char) -> char {
    match c {
        '\n' => '⏎',
        '\r' => '␍',
        '\t' => '⇥',
        c if c.width().unwrap_or(0) == 0 => '␣',
        c => c,
    }
}

fn columns(cells: &[Cell]) -> usize {
    cells.iter().map(|cell| cell.columns).sum()
}

fn painted(cells: &[Cell]) -> String {
    let runs = cells.chunk_by(|a, b| a.is_marked == b.is_marked);
    runs.map(|run| {
        let text: String = run.iter().map(|cell| cell.shown).collect();
        if run[0].is_marked { text.red().bold().underline().to_string() } else { text }
    })
    .collect()
}

fn carets(cells: &[Cell]) -> String {
    let signs: String =
        cells.iter().map(|cell| if cell.is_marked { "^" } else { " " }.repeat(cell.columns)).collect();
    signs.trim_end().to_owned()
}

/// What both strings have, then what each of them has there instead.
struct Step {
    same: Vec<Cell>,
    differs: Vec<Vec<Cell>>,
}

/// One line of each string.
type Window = Vec<Vec<Cell>>;

fn windows(strings: &[Marked], room: usize) -> Vec<Window> {
    let (steps, rest) = steps(strings);
    if steps.is_empty() {
        return folded(&rest, room).into_iter().map(|line| vec![line]).collect();
    }
    let mut windows: Vec<Window> = Vec::new();
    for (nth, step) in steps.iter().enumerate() {
        let fits = windows.last().is_some_and(|open| fits(open, step, room));
        if !fits {
            if let Some(open) = windows.last_mut() {
                close(open, &step.same, room);
            }
            let after = steps.get(nth + 1).map_or(&rest, |next| &next.same);
            windows.push(opened(step, after, room));
        }
        let Some(open) = windows.last_mut() else { continue };
        for (line, differs) in open.iter_mut().zip(&step.differs) {
            if fits {
                line.extend(&step.same);
            }
            let left = room.saturating_sub(columns(line) + 2);
            line.extend(shortened(differs, left.max(LEAST_ROOM / 3)));
        }
    }
    if let Some(open) = windows.last_mut() {
        close(open, &rest, room);
    }
    windows
}

/// The differences with what stands before each, and what stands behind the last.
fn steps(strings: &[Marked]) -> (Vec<Step>, Vec<Cell>) {
    let Some(first) = strings.first() else { return (Vec::new(), Vec::new()) };
    let cells = |marked: &Marked, span: Range<usize>, is_marked: bool| -> Vec<Cell> {
        let text = marked.text.get(span).unwrap_or_default();
        text.chars().map(|c| Cell::new(c, is_marked)).collect()
    };
    let count = strings.iter().map(|marked| marked.marks.len()).min().unwrap_or(0);
    let mut steps = Vec::with_capacity(count);
    let mut at = 0;
    for (nth, mark) in first.marks.iter().take(count).enumerate() {
        let differs = strings.iter().map(|marked| {
            let there = cells(marked, marked.marks[nth].clone(), true);
            if there.is_empty() { vec![Cell::new(GAP, true)] } else { there }
        });
        steps.push(Step { same: cells(first, at..mark.start, false), differs: differs.collect() });
        at = mark.end;
    }
    (steps, cells(first, at..first.text.len(), false))
}

/// Whether the next difference has room in this window, whole and with a sign
/// that something follows.
fn fits(open: &Window, step: &Step, room: usize) -> bool {
    let between = columns(&step.same);
    open.iter().zip(&step.differs).all(|(line, differs)| columns(line) + between + columns(differs) < room)
}

/// A new window: what stands before the difference takes a third of it, or what
/// the difference and what follows leave.
fn opened(step: &Step, after: &[Cell], room: usize) -> Window {
    let differs = step.differs.iter().map(|cells| columns(cells)).max().unwrap_or(0);
    let needed = differs + columns(after).min(room / 3) + 2;
    let kept = tail(&step.same, room.saturating_sub(needed).max(room / 3));
    let mut line = if kept.len() < step.same.len() { vec![CUT] } else { Vec::new() };
    line.extend(kept);
    vec![line; step.differs.len()]
}

/// Ends a window with as much of what follows as both strings have room for.
fn close(open: &mut Window, after: &[Cell], room: usize) {
    let used = open.iter().map(|line| columns(line)).max().unwrap_or(0);
    let kept = head(after, room.saturating_sub(used + 1));
    for line in open {
        line.extend(kept);
        if kept.len() < after.len() {
            line.push(CUT);
        }
    }
}

/// The middle of a long difference is left out.
fn shortened(cells: &[Cell], room: usize) -> Vec<Cell> {
    if columns(cells) <= room {
        return cells.to_vec();
    }
    let start = head(cells, room * 2 / 3);
    let end = tail(cells, (room / 3).saturating_sub(1));
    start.iter().chain(&[CUT]).chain(end).copied().collect()
}

fn head(cells: &[Cell], room: usize) -> &[Cell] {
    let mut used = 0;
    let fits = |cell: &&Cell| {
        used += cell.columns;
        used <= room
    };
    &cells[..cells.iter().take_while(fits).count()]
}

fn tail(cells: &[Cell], room: usize) -> &[Cell] {
    let mut used = 0;
    let fits = |cell: &&Cell| {
        used += cell.columns;
        used <= room
    };
    &cells[cells.len() - cells.iter().rev().take_while(fits).count()..]
}

/// A string without differences, in lines that fit.
fn folded(cells: &[Cell], room: usize) -> Vec<Vec<Cell>> {
    let (mut lines, mut rest) = (Vec::new(), cells);
    while !rest.is_empty() {
        let line = head(rest, room);
        lines.push(line.to_vec());
        rest = &rest[line.len()..];
    }
    lines
}

#[cfg(test)]
mod tests {
    use wxkit::api::Word;

    use super::*;

    /// Two strings, each with where its marks begin and end.
    fn pair(yours: (&str, &[(usize, usize)]), theirs: (&str, &[(usize, usize)])) -> Vec<Marked> {
        let marked = |label, (text, marks): (&str, &[(usize, usize)])| Marked {
            label,
            text: text.to_owned(),
            marks: marks.iter().map(|(start, end)| *start..*end).collect(),
        };
        vec![marked(Word::new("你", "yours"), yours), marked(Word::new("微信", "WeChat's"), theirs)]
    }

    fn plain(strings: &[Marked], columns: usize) -> Vec<String> {
        colored::control::set_override(false);
        lines(strings, Lang::En, columns)
    }

    #[test]
    fn carets_stand_below_what_differs() {
        let found =
            plain(&pair(("body=茶&x=1", &[(5, 8), (11, 12)]), ("body=?&x=22", &[(5, 6), (9, 11)])), 80);
        assert_eq!(
            found,
            [
                "  yours     body=茶&x=1",
                "                 ^^   ^",
                "  WeChat's  body=?&x=22",
                "                 ^   ^^",
            ]
        );
    }

    #[test]
    fn what_is_missing_has_a_mark_on_both_sides() {
        let found = plain(&pair(("a=1&b=2", &[(3, 3)]), ("a=1&attach=&b=2", &[(3, 11)])), 80);
        assert_eq!(
            found,
            [
                "  yours     a=1‸&b=2",
                "               ^",
                "  WeChat's  a=1&attach=&b=2",
                "               ^^^^^^^^",
            ]
        );
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let long = "appid=wx1&body=微信支付测试商品".repeat(30);
        let (mut yours, mut theirs) = (long.clone(), long.clone());
        yours.push_str("&x=1");
        theirs.push_str(&"中".repeat(200));
        let (a, b) = ([(0, 5), (long.len(), yours.len())], [(0, 8), (long.len(), theirs.len())]);
        let pair = pair((&yours, &a), (&theirs, &b));
        for columns in [40, 80, 133] {
            let found = plain(&pair, columns);
            assert_eq!(found.len(), 8, "two windows, two strings, each with its carets");
            assert!(found.iter().all(|line| line.width() <= columns), "{found:#?}");
            assert!(found[0].ends_with('…') && found[4].contains("  …"), "{found:#?}");
        }
    }

    #[test]
    fn a_string_alone_is_folded() {
        let one = vec![Marked { label: Word::new("串", "it"), text: "x".repeat(100), marks: Vec::new() }];
        let found = plain(&one, 46);
        assert_eq!(found.iter().map(|line| line.width()).collect::<Vec<_>>(), [46, 46, 26]);
    }

    #[test]
    fn chinese_takes_two_columns() {
        assert_eq!((width("签名"), width("sign")), (4, 4));
    }
}
