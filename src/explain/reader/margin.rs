//! What a tool prints in front of every line: the name of a container, the time and
//! place of a log, the number of a line, the `+` of a diff. Comes in: text; goes out:
//! the text behind it. Knows no tool: numbers and blanks may differ from line to line,
//! everything else is the same.

/// Fewer lines have nothing in common but chance.
const FEWEST: usize = 3;
/// No margin has more pieces.
const WIDEST: usize = 64;

/// The lines without what stands in front of all of them; the first and the last may be
/// of somebody else, such as a prompt.
pub(super) fn without(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let filled: Vec<&str> = lines.iter().copied().filter(|line| !line.trim().is_empty()).collect();
    let inner = || filled.get(1..filled.len().saturating_sub(1)).unwrap_or_default();
    let width =
        [filled.as_slice(), inner()].into_iter().find_map(|lines| common(lines).map(|w| (w, lines[0])));
    let Some((width, model)) = width else { return text.to_owned() };
    let bare = |line: &&str| behind(line, model, width).unwrap_or(line).to_owned();
    lines.iter().map(bare).collect::<Vec<_>>().join("\n")
}

/// How many pieces stand in front of each of these lines.
fn common(lines: &[&str]) -> Option<usize> {
    let (first, rest) = lines.split_first().filter(|_| lines.len() >= FEWEST)?;
    let all: Vec<Piece> = pieces(first).take(WIDEST).map(|(piece, _)| piece).collect();
    let shared = rest.iter().fold(all.len(), |shared, line| {
        let same = pieces(line).zip(&all).take(shared).take_while(|((piece, _), other)| piece == *other);
        same.count()
    });
    // What the messages themselves begin with, as `<` and `"`, belongs to them.
    let ends = all[..shared].iter().rposition(|piece| piece.ends())? + 1;
    // Blanks alone are the shape of the message.
    all[..ends].iter().any(|piece| *piece != Piece::Blanks).then_some(ends)
}

/// What stands behind so many pieces, if they are those of the model.
fn behind<'t>(line: &'t str, model: &str, width: usize) -> Option<&'t str> {
    let mut end = 0;
    for ((piece, to), (other, _)) in pieces(line).zip(pieces(model)).take(width) {
        if piece != other {
            return None;
        }
        end = to;
    }
    Some(&line[end..])
}

/// What two lines are compared by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Number,
    Blanks,
    One(char),
}

impl Piece {
    /// Whether a margin may end with it.
    const fn ends(self) -> bool {
        matches!(self, Self::Blanks | Self::One(':' | '|' | '│' | ']' | ')' | '+'))
    }

    const fn of(c: char) -> Self {
        match c {
            '0'..='9' => Self::Number,
            ' ' | '\t' => Self::Blanks,
            c => Self::One(c),
        }
    }
}

/// The pieces of a line, each with where it ends; digits and blanks in a row are one.
fn pieces(line: &str) -> impl Iterator<Item = (Piece, usize)> {
    // Numbers of lines stand to the right.
    let indent = line.len() - line.trim_start().len();
    let mut at = if line[indent..].starts_with(|c: char| c.is_ascii_digit()) { indent } else { 0 };
    std::iter::from_fn(move || {
        let piece = Piece::of(line[at..].chars().next()?);
        let is_more = |c: char| matches!(piece, Piece::Number | Piece::Blanks) && Piece::of(c) == piece;
        let first = line[at..].chars().next().map_or(0, char::len_utf8);
        at += first + line[at + first..].find(|c| !is_more(c)).unwrap_or(line.len() - at - first);
        Some((piece, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_every_line_is_left_out() {
        let bare = ["<xml>", "<appid>wx1</appid>", "  <total_fee>9</total_fee>", "", "</xml>"];
        let with = |margin: fn(usize) -> String| {
            let line = |(at, line): (usize, &&str)| format!("{}{line}", margin(at));
            bare.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
        };
        let margins: [fn(usize) -> String; 8] = [
            |_| "web-1  | ".to_owned(),
            |_| "0|app      | ".to_owned(),
            |at| format!("Nov 26 10:10:{:02} web1 app[{}]: ", at + 8, at * 99),
            |at| format!("{}:", at + 8),
            |at| format!("src/app.log:{}:", at + 8),
            |at| format!("{:6}\t", at + 8),
            |at| format!("2026-11-26T10:10:{:02}.{}Z stdout F ", at + 8, at * 1000),
            |_| "+".to_owned(),
        ];
        for margin in margins {
            let read = without(&with(margin));
            assert_eq!(read.split_whitespace().collect::<String>(), bare.concat().replace(' ', ""), "{read}");
        }
        let prompt = format!("$ cat -n x\n{}\n$ ", with(|at| format!("{:6}\t", at + 8)));
        assert!(without(&prompt).contains("\n<xml>\n"), "{}", without(&prompt));
    }

    #[test]
    fn a_message_keeps_what_is_its_own() {
        for text in [
            "<xml>\n<a>1</a>\n</xml>",
            "appid: wx1\nmch_id: 1\nsign: A",
            "{\n  \"a\": 1,\n  \"b\": 2\n}",
            "order.appid = 1\norder.mch_id = 2\norder.sign = 3",
            "one line",
            "",
        ] {
            assert_eq!(without(text), text);
        }
    }
}
