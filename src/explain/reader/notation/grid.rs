//! Tables with a row of names and rows of values: CSV, cells copied from a spreadsheet,
//! what mysql and psql print, `INSERT INTO … VALUES …`. A table counts only where names
//! of WeChat's stand at its head, a signature among them.

use std::borrow::Cow;

use super::super::cursor::{Cursor, Fuel, is_quote};
use super::super::names;
use super::super::tree::{Found, Tree, is_nothing};

/// What separates the cells of a row.
const MARKS: &[&str] = &["\t", "│", "|", ",", ";", "  "];
/// A longer line is no row.
const LONGEST: usize = 16 * 1024;
/// Most columns.
const WIDEST: usize = 512;
/// Most rows: nobody pastes a whole database.
const MOST: usize = 2000;

/// Every row of every table.
pub(super) fn find(text: &str, fuel: &Fuel) -> Found {
    let mut found = Found::new();
    let mut head: Option<(&str, Vec<String>)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = at..at + line.len();
        at = span.end;
        if fuel.burn(line.len() / 4 + 1).is_none() || found.len() > MOST {
            break;
        }
        if line.len() > LONGEST || is_rule(line) {
            continue;
        }
        let row = head.as_ref().map(|(mark, names)| (cells(line, mark), names));
        match row.filter(|(row, names)| is_row(line, row.len(), names.len())) {
            Some((mut row, names)) => {
                row.resize(names.len(), String::new());
                let pairs = names.iter().cloned().zip(row.into_iter().map(Tree::Text)).collect();
                found.push((span.clone(), Tree::Map(pairs, span)));
            }
            None => head = header(line),
        }
    }
    found.extend(inserted(text, fuel));
    found
}

/// Whether a line with so many cells belongs to so many names: of cells behind tabs the
/// last ones may be empty and cut off.
fn is_row(line: &str, cells: usize, names: usize) -> bool {
    cells == names || cells > 1 && cells < names && line.contains('\t')
}

/// A line that only draws: `+----+`, `|---|---|`, `├───┼───┤`.
fn is_rule(line: &str) -> bool {
    line.trim().chars().all(|c| matches!(c, '+' | '-' | '|' | ':' | '=' | ' ' | '\u{2500}'..='\u{257f}'))
}

/// The names of a table, and what stands between them.
fn header(line: &str) -> Option<(&'static str, Vec<String>)> {
    let named = |mark: &&'static str| Some((*mark, cells(line, mark))).filter(|(_, names)| is_head(names));
    MARKS.iter().find_map(named)
}

fn is_head(row: &[String]) -> bool {
    row.len() < WIDEST
        && names::are_signed(row.iter().map(String::as_str))
        && row.iter().enumerate().all(|(at, name)| !row[..at].contains(name))
}

/// The cells of a row; bars around it are no cells.
fn cells(line: &str, mark: &str) -> Vec<String> {
    let line = line.trim_end_matches(['\r', '\n']);
    if mark == "," || mark == ";" {
        return quoted_cells(line, mark);
    }
    let bar = line.trim().strip_prefix(mark).filter(|_| matches!(mark, "|" | "│"));
    let inner = bar.map_or(line, |inner| inner.strip_suffix(mark).unwrap_or(inner));
    let cells = inner.split(mark).map(str::trim);
    let cells = cells.filter(|cell| mark != "  " || !cell.is_empty());
    cells.map(|cell| filled(cell.trim_matches('"'))).collect()
}

/// Cells of CSV: a quote in quotes is doubled.
fn quoted_cells(line: &str, mark: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_open = false;
    for piece in line.split_inclusive([',', ';', '"']) {
        let (inner, end) = piece.split_at(piece.len() - piece.chars().next_back().map_or(0, char::len_utf8));
        let is_over = end == mark && !is_open;
        is_open ^= end == "\"";
        let kept = if is_over { inner } else { piece };
        if let Some(cell) = cells.last_mut() {
            cell.push_str(kept);
        }
        if is_over {
            cells.push(String::new());
        }
    }
    let plain = |cell: &String| {
        let cell = cell.trim();
        let inner = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
        filled(&inner.map_or(Cow::from(cell), |inner| Cow::from(inner.replace("\"\"", "\""))))
    };
    cells.iter().map(plain).collect()
}

/// The words of databases for nothing are empty.
fn filled(cell: &str) -> String {
    if is_nothing(cell) || cell == "\\N" { String::new() } else { cell.to_owned() }
}

/// `INSERT INTO orders (appid, …) VALUES ('wx1', …), (…)`.
fn inserted(text: &str, fuel: &Fuel) -> Found {
    let mut found = Found::new();
    let mut from = 0;
    while let Some(at) =
        text.as_bytes()[from..].windows(6).position(|word| word.eq_ignore_ascii_case(b"values"))
    {
        let values = from + at + "values".len();
        let before = text[from..from + at].trim_end();
        let names =
            before.strip_suffix(')').and_then(|before| before.rsplit_once('(')).map(|(_, names)| names);
        let names: Vec<String> = names.map(|names| quoted_cells(names, ",")).unwrap_or_default();
        let names: Vec<String> = names.iter().map(|name| name.trim_matches('`').to_owned()).collect();
        from = values;
        if fuel.burn(before.len() / 4 + 1).is_none() || !is_head(&names) {
            continue;
        }
        let mut cursor = Cursor::new(text, values, fuel);
        while let Some(row) = tuple(&mut cursor).filter(|row| row.len() == names.len() && found.len() < MOST)
        {
            let span = values..cursor.at;
            from = cursor.at;
            found.push((span.clone(), Tree::Map(names.iter().cloned().zip(row).collect(), span)));
            cursor.spaces();
            cursor.eat(",");
        }
    }
    found
}

/// `('a', 1, NULL)`.
fn tuple(cursor: &mut Cursor<'_>) -> Option<Vec<Tree>> {
    let mut row = Vec::new();
    cursor.spaces();
    cursor.eat("(").then_some(())?;
    loop {
        cursor.spaces();
        let mut texts = Vec::new();
        while cursor.peek().is_some_and(is_quote) {
            texts.push(cursor.quoted()?);
        }
        let word = cursor.take_while(|c| !matches!(c, ',' | ')')).trim();
        // Two quotes in a row are one of the text.
        row.push(Tree::Text(if texts.is_empty() { filled(word) } else { texts.join("'") }));
        match cursor.bump()? {
            ')' => return Some(row),
            _ if row.len() < WIDEST => {}
            _ => return None,
        }
    }
}
