//! A stream of payloads: XML documents one after the other, one HTTP message, or one
//! payload a line, which may be a JSON object in many lines. Comes in: a reader; goes
//! out: one payload at a time, or [`Run`]s of them for hands that work side by side.
//! Bounded: a payload over [`MAX_BYTES`] is an error of its own, and is not kept. What is
//! broken costs as few others as it can: the next payload begins where one is seen.

use std::io::{self, Read};
use std::ops::Range;

use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter, memrchr};

use super::bounds::{MAX_BYTES, WireError};
use super::markup::{Markup, is_usual};

/// Payloads of a reader.
pub struct Payloads<R> {
    reader: R,
    /// The beginning of a payload whose end has not been read yet.
    rest: Vec<u8>,
    state: State,
    told: u64,
    /// Bytes that were read.
    consumed: u64,
    /// Where the next payload begins.
    place: Place,
    root: Finder<'static>,
    end: Finder<'static>,
    /// How far an unusual document is read.
    markup: Markup,
    /// What is given out one by one.
    run: Run,
    next: usize,
}

#[derive(PartialEq, Eq)]
enum State {
    Open,
    Ended,
}

/// Where a payload begins: in a line of its own, or behind a document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Line,
    Behind,
}

/// Whole payloads that were read together, in order.
#[derive(Default)]
pub struct Run {
    bytes: Vec<u8>,
    filled: usize,
    /// Each with the byte of the stream that it begins at.
    pieces: Vec<(u64, Piece)>,
    first: u64,
}

type Piece = Result<Range<usize>, BatchError>;

/// Where a payload stands in its stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// Its number, from 1 on.
    pub number: u64,
    /// The bytes before it.
    pub byte: u64,
}

/// Why the next payload cannot be had.
#[derive(Debug)]
pub enum BatchError {
    /// The stream broke.
    Io(io::Error),
    /// The payload cannot be read.
    Wire(WireError),
}

impl Run {
    /// The payloads, each with its place in the stream.
    pub fn payloads(&self) -> impl Iterator<Item = (At, Result<&[u8], &BatchError>)> {
        let bytes = |piece: &Range<usize>| &self.bytes[piece.clone()];
        let pieces = (self.first..).zip(&self.pieces);
        pieces.map(move |(number, (byte, piece))| (At { number, byte: *byte }, piece.as_ref().map(bytes)))
    }

    fn start(&mut self, rest: &[u8]) {
        self.pieces.clear();
        self.bytes.resize(self.bytes.len().max(rest.len() + BLOCK), 0);
        self.bytes[..rest.len()].copy_from_slice(rest);
        self.filled = rest.len();
    }

    /// Reads once, so many bytes; none at the end.
    fn read(&mut self, reader: &mut impl Read) -> io::Result<usize> {
        if self.filled == self.bytes.len() {
            self.bytes.resize(self.filled + BLOCK, 0);
        }
        loop {
            match reader.read(&mut self.bytes[self.filled..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => {
                    let read = read?;
                    self.filled += read;
                    return Ok(read);
                }
            }
        }
    }

    fn end_line(&mut self) {
        self.bytes.truncate(self.filled);
        self.bytes.push(b'\n');
        self.filled += 1;
    }

    /// Blanks before the first payload are not kept.
    fn forget(&mut self, blanks: usize) {
        self.bytes.copy_within(blanks..self.filled, 0);
        self.filled -= blanks;
    }

    /// The bytes from here on.
    fn open(&self, at: usize) -> &[u8] {
        &self.bytes[at..self.filled]
    }
}

/// Bytes that are asked for at once: what is read together is parsed while it is still near
/// the processor. Half and twice as many are as fast; after changing it: `benches/batch.sh`.
const BLOCK: usize = 256 * 1024;

/// The root of every pay message, and its end.
const ROOT: &[u8] = b"<xml>";
const END: &[u8] = b"</xml>";
/// What both have.
const NAME: &[u8] = b"xml>";

impl<R: Read> Payloads<R> {
    /// Payloads from here on.
    pub fn new(reader: R) -> Self {
        Self {
            reader,
            rest: Vec::new(),
            state: State::Open,
            told: 0,
            consumed: 0,
            place: Place::Line,
            root: Finder::new(NAME),
            end: Finder::new(END),
            markup: Markup::default(),
            run: Run::default(),
            next: 0,
        }
    }

    /// Reads on until there is at least one payload; false at the end of the stream.
    pub fn read(&mut self, run: &mut Run) -> bool {
        run.start(&self.rest);
        run.first = self.told + 1;
        let (mut at, mut seen) = (0, 0);
        while run.pieces.is_empty() && self.state == State::Open {
            match self.read_on(run) {
                Ok(true) => {
                    (at, seen) = self.cut(run, at, seen);
                    if run.pieces.is_empty() {
                        run.forget(at);
                        at = 0;
                    }
                }
                Ok(false) => {
                    self.state = State::Ended;
                    // The last line ends too, and what is no line ends before.
                    if run.open(at).len() < MAX_BYTES {
                        run.end_line();
                        self.consumed += 1;
                        (at, _) = self.cut(run, at, seen);
                        run.filled -= 1;
                        self.consumed -= 1;
                    }
                    let last = run.filled.saturating_sub(at);
                    run.pieces.extend((last > 0).then(|| (self.byte(run, at), piece(at, last))));
                    at = run.filled;
                }
                Err(error) => {
                    self.state = State::Ended;
                    run.pieces.push((self.consumed, Err(BatchError::Io(error))));
                    at = run.filled;
                }
            }
        }
        self.rest.clear();
        self.rest.extend_from_slice(run.open(at));
        self.told += run.pieces.len() as u64;
        !run.pieces.is_empty()
    }

    fn read_on(&mut self, run: &mut Run) -> io::Result<bool> {
        let read = run.read(&mut self.reader)?;
        self.consumed += read as u64;
        Ok(read > 0)
    }

    /// The byte of the stream that stands here.
    fn byte(&self, run: &Run, at: usize) -> u64 {
        self.consumed - run.open(at).len() as u64
    }

    /// Cuts off every payload that is whole; tells where the next one begins, and how much
    /// of it was looked through.
    fn cut(&mut self, run: &mut Run, mut at: usize, mut seen: usize) -> (usize, usize) {
        loop {
            let blanks = blank(run.open(at));
            if memchr(b'\n', &run.open(at)[..blanks]).is_some() {
                self.place = Place::Line;
            }
            at += blanks;
            let open = run.open(at);
            if open.is_empty() {
                return (at, 0);
            }
            match self.length(open, seen) {
                Some(length) => {
                    self.place = if open[length - 1] == b'\n' { Place::Line } else { Place::Behind };
                    run.pieces.push((self.byte(run, at), piece(at, length)));
                    at += length;
                    (seen, self.markup) = (0, Markup::default());
                }
                None if open.len() > MAX_BYTES => {
                    let byte = self.byte(run, at);
                    let skipped = self.skip(run, at);
                    run.pieces.push((byte, Err(skipped)));
                    (seen, self.markup) = (0, Markup::default());
                }
                None => return (at, open.len()),
            }
        }
    }

    /// Length of the payload that begins here, if it ends here too: at the first sign of an
    /// end, or, where there is none within [`MAX_BYTES`], at the next place where one could be.
    fn length(&mut self, open: &[u8], seen: usize) -> Option<usize> {
        let (head, rest) = open.split_at(open.len().min(MAX_BYTES));
        let from = seen.saturating_sub(END.len()).min(head.len());
        let end = match open[0] {
            b'<' => self.document(head, from),
            first if self.place == Place::Behind && first != b'{' => self.stray(head),
            _ => end_of_lines(head, from),
        };
        end.or_else(|| {
            (!rest.is_empty()).then_some(())?;
            let from = MAX_BYTES - overlap(open[0]);
            Some(from + self.resume(open[0], &open[from..])?)
        })
    }

    /// Length of a document. Most are those of WeChat, and their end is the first.
    fn document(&mut self, head: &[u8], from: usize) -> Option<usize> {
        if !self.markup.is_begun() && head.starts_with(ROOT) {
            let mut at = from.max(ROOT.len());
            loop {
                at += self.root.find(&head[at..])?;
                let (before, end) = (&head[..at], at + NAME.len());
                if before.ends_with(b"</") && is_usual(&head[..end]) {
                    return Some(end);
                }
                if before.ends_with(b"<") || before.ends_with(b"</") {
                    break;
                }
                at = end;
            }
        }
        self.markup.end(head)
    }

    /// Length of what stands between two documents and is none: to the next one, or to the
    /// end of the line.
    fn stray(&self, head: &[u8]) -> Option<usize> {
        let line = memchr(b'\n', head);
        let line = &head[..line.map_or(head.len(), |end| end + 1)];
        let root = self.root.find_iter(line).find(|at| line[..*at].ends_with(b"<"));
        root.map(|at| at - 1).or_else(|| line.ends_with(b"\n").then_some(line.len()))
    }

    /// Where the next payload may begin, behind one that is too long.
    fn resume(&self, first: u8, bytes: &[u8]) -> Option<usize> {
        match first {
            b'<' => Some(self.end.find(bytes)? + END.len()),
            _ => Some(memchr(b'\n', bytes)? + 1),
        }
    }

    /// Reads over a payload that is too long, without keeping it; tells what is to be said.
    fn skip(&mut self, run: &mut Run, at: usize) -> BatchError {
        let first = run.bytes[at];
        let mut length = 0;
        loop {
            let kept = run.open(at).len().min(overlap(first));
            length += run.open(at).len() - kept;
            run.bytes.copy_within(run.filled - kept..run.filled, at);
            run.filled = at + kept;
            match self.read_on(run) {
                Ok(true) => {
                    if let Some(end) = self.resume(first, run.open(at)) {
                        length += end;
                        run.bytes.copy_within(at + end..run.filled, at);
                        run.filled -= end;
                        break;
                    }
                }
                Ok(false) => {
                    (length, run.filled) = (length + kept, at);
                    self.state = State::Ended;
                    break;
                }
                Err(error) => {
                    run.filled = at;
                    self.state = State::Ended;
                    return BatchError::Io(error);
                }
            }
        }
        BatchError::Wire(WireError::TooLong { len: length })
    }
}

/// An end may stand across a border: so many of its bytes before it.
const fn overlap(first: u8) -> usize {
    if first == b'<' { END.len() - 1 } else { 0 }
}

fn piece(at: usize, length: usize) -> Piece {
    if length > MAX_BYTES {
        return Err(BatchError::Wire(WireError::TooLong { len: length }));
    }
    Ok(at..at + length)
}

/// White space and byte order marks at the beginning.
fn blank(bytes: &[u8]) -> usize {
    let is_blank = |b: &u8| b.is_ascii_whitespace() || [0xef, 0xbb, 0xbf].contains(b);
    bytes.iter().position(|b| !is_blank(b)).unwrap_or(bytes.len())
}

/// One line, but for an HTTP message, which goes on to the end, and an object that is
/// printed in many, whose last brace stands alone. Where another payload begins before, that
/// was none.
fn end_of_lines(open: &[u8], from: usize) -> Option<usize> {
    let line = memchr(b'\n', open)?;
    match open[..line].trim_ascii_end() {
        first if first.ends_with(b" HTTP/1.1") || first.ends_with(b" HTTP/1.0") => None,
        b"{" => {
            // Of each line its beginning is looked at once the next one is there.
            let from = memrchr(b'\n', &open[..from]).map_or(line, |at| at.max(line));
            let starts = memchr_iter(b'\n', &open[from..]).map(|at| from + at + 1);
            starts.filter(|start| *start < open.len()).find_map(|start| {
                let ends = memchr(b'\n', &open[start..]).map(|length| start + length + 1)?;
                match open[start..ends].trim_ascii_end() {
                    b"}" => Some(ends),
                    [b'{' | b'<', ..] => Some(start),
                    _ => None,
                }
            })
        }
        _ => Some(line + 1),
    }
}

impl<R: Read> Iterator for Payloads<R> {
    type Item = Result<Vec<u8>, BatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next == self.run.pieces.len() {
            let mut run = std::mem::take(&mut self.run);
            self.read(&mut run);
            (self.run, self.next) = (run, 0);
        }
        let (_, piece) = self.run.pieces.get_mut(self.next)?;
        self.next += 1;
        let taken = std::mem::replace(piece, Ok(0..0));
        Some(taken.map(|at| self.run.bytes[at].to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let payloads = Payloads::new(io::Cursor::new(text.to_owned()));
        payloads.map(|p| String::from_utf8(p.unwrap()).unwrap().trim_end().to_owned()).collect()
    }

    #[test]
    fn documents_and_lines_are_told_apart() {
        assert_eq!(
            split("<xml><a>1</a></xml>\n\n<xml>\n<b>2</b>\n</xml>"),
            ["<xml><a>1</a></xml>", "<xml>\n<b>2</b>\n</xml>"]
        );
        assert_eq!(split("{\"a\":1}\na=1&b=2\n\n"), ["{\"a\":1}", "a=1&b=2"]);
        assert_eq!(split("{\n  \"a\": {\n  }\n}\n{\"b\":1}"), ["{\n  \"a\": {\n  }\n}", "{\"b\":1}"]);
        assert_eq!(split("POST / HTTP/1.1\na: b\n\n{}\n"), ["POST / HTTP/1.1\na: b\n\n{}"]);
        assert_eq!(split(" \n"), [""; 0]);
    }

    #[test]
    fn a_broken_end_is_still_a_payload() {
        assert_eq!(split("<xml><a>1</a></xml><xml><a>"), ["<xml><a>1</a></xml>", "<xml><a>"]);
    }

    /// A reader that gives so many bytes at a time.
    struct Dribble<'a>(&'a [u8], usize);

    impl Read for Dribble<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let most = self.1.min(into.len());
            Read::read(&mut self.0, &mut into[..most])
        }
    }

    /// Each payload, or the length of what is too long.
    fn cut(text: &[u8], at_once: usize) -> Vec<Result<Vec<u8>, usize>> {
        let told = |error| match error {
            BatchError::Wire(WireError::TooLong { len }) => len,
            other => panic!("{other:?}"),
        };
        Payloads::new(Dribble(text, at_once)).map(|payload| payload.map_err(told)).collect()
    }

    const PIECES: &[&str] = &[
        "<xml>",
        "</xml>",
        "<a>1</a>",
        "</",
        "xml",
        ">",
        "<",
        "\n",
        "\r\n",
        " ",
        "{",
        "}",
        "{\"a\":1}",
        "a=1",
        "\u{feff}",
        "POST / HTTP/1.1",
        "a: b",
    ];

    proptest::proptest! {
        #[test]
        fn payloads_are_the_same_however_they_are_read(
            picks in proptest::collection::vec(0..PIECES.len(), 0..24),
            at_once in 1..9_usize,
        ) {
            let text: String = picks.into_iter().map(|at| PIECES[at]).collect();
            proptest::prop_assert_eq!(cut(text.as_bytes(), at_once), cut(text.as_bytes(), usize::MAX), "{}", text);
        }
    }

    /// Around the limit, and far over it: cut at the next place where an end could be.
    #[test]
    fn what_is_too_long_is_told_and_passed_over() {
        for (start, end) in [("<xml><a>", "</a></xml>"), ("{\"a\":\"", "\"}\n"), ("a HTTP/1.1\n", "\n")] {
            for over in [0, 1, 2, 5, 6, 7, 12, 3 * BLOCK] {
                let length = MAX_BYTES - start.len() - end.len() + over;
                let text = [start, &"x".repeat(length), end, "\n<xml><b>2</b></xml>\n"].concat();
                let (first, rest) = text.split_at(MAX_BYTES + over);
                let first = if over == 0 { Ok(first.as_bytes().to_vec()) } else { Err(first.len()) };
                // Nothing says where an HTTP message ends.
                let first = if start.starts_with('a') { Err(MAX_BYTES + over.max(1)) } else { first };
                let right = [first, Ok(rest.trim().as_bytes().to_vec())];
                for at_once in [1000, usize::MAX] {
                    assert!(cut(text.as_bytes(), at_once) == right, "{start} {over} {at_once}");
                }
            }
        }
    }

    /// Without an end, of just the longest length, one less and one more.
    #[test]
    fn what_has_no_end_is_one_payload() {
        for start in ["<xml><a>", "<a>", "{\"a\":\"", "{\n\"", "a HTTP/1.1\n", "a=1&b="] {
            for length in [0, 1, 2, 7].map(|over| MAX_BYTES - 1 + over) {
                let text = [start, &"x".repeat(length - start.len())].concat();
                let right = if length > MAX_BYTES { Err(length) } else { Ok(text.clone().into_bytes()) };
                for at_once in [BLOCK / 8 - 1, usize::MAX] {
                    let told = cut(text.as_bytes(), at_once);
                    let told: Vec<_> = told
                        .into_iter()
                        .map(|one| one.map(|bytes| bytes.trim_ascii_end().to_vec()))
                        .collect();
                    assert!(told == [right.clone()], "{start} {length} {at_once}");
                }
            }
        }
    }

    /// An end tag in a value is none, and what is broken takes no other payload with it.
    #[test]
    fn payloads_end_where_they_end() {
        let good = "<xml><a>1</a></xml>";
        let inside = [
            "<xml><a><![CDATA[</xml>]]></a></xml>",
            "<xml><a><![CDATA[</xml><xml><b>1</b></xml><xml>]]></a><b><![CDATA[2]]></b></xml>",
            "<xml><!-- </xml> --><a>1</a></xml>",
            "<xml><!-- <![CDATA[ ]]> </xml> --><a>1</a></xml>",
            "<xml><a><![CDATA[ <!-- ]]></a></xml>",
            "<?xml version=\"1.0\"?>\n<xml><a>1</a></xml>",
            "<!DOCTYPE x [<!ENTITY e \"1\">]><xml><a>&e;</a></xml>",
            "<root><a>1</a></root>",
            "<root/>",
            "<a>1</a>",
        ];
        for whole in inside {
            let text = [good, whole, "\n", good, whole, good].concat();
            assert_eq!(split(&text), [good, whole, good, whole, good], "{whole}");
        }
        let broken = [
            ("<xml\n", "{\"a\":\"1\"}"),
            ("<xml><a>1</a>", "<xml><b>2</b></xml>"),
            ("<xml ", "<xml><b>2</b></xml>"),
            ("<\n", "{\"a\":1}"),
            ("< xml>\n", "{\"a\":1}"),
            ("<?xml version=\"1.0\"?>\n", "{\"a\":1}"),
            ("{\n", "{\"a\":1}"),
            ("{\n", "<xml><b>2</b></xml>"),
            ("{ \n\"a\": 1\n", "{\"a\":1}"),
        ];
        for (bad, next) in broken {
            let text = [good, "\n", bad, next, "\n", good, "\n"].concat();
            assert_eq!(split(&text), [good, bad.trim_end(), next, good], "{bad}{next}");
            assert_eq!(split(&[bad, next].concat()), [bad.trim_end(), next], "{bad}{next}");
        }
    }

    #[test]
    fn runs_number_their_payloads() {
        let text = "a=1\n".repeat(BLOCK / 4 * 3);
        let mut payloads = Payloads::new(text.as_bytes());
        let (mut run, mut last, mut runs) = (Run::default(), 0, 0);
        while payloads.read(&mut run) {
            for (at, payload) in run.payloads() {
                let expected = At { number: last + 1, byte: last * 4 };
                assert_eq!((at, payload.unwrap()), (expected, &b"a=1\n"[..]));
                last = at.number;
            }
            runs += 1;
        }
        assert_eq!((usize::try_from(last).unwrap(), runs > 2), (BLOCK / 4 * 3, true));
    }

    /// What stands between two documents in a line costs none of them.
    #[test]
    fn strays_cost_no_document() {
        let good = "<xml><a>1</a></xml>";
        for stray in [";", "&", "\0", "ÿ", ", a=1", "]]>"] {
            let text = [good, good, stray, good, " ", stray, "\n", good, stray].concat();
            assert_eq!(split(&text), [good, good, stray, good, stray, good, stray], "{stray}");
        }
        // A line of a log is one payload.
        let line = ["time: ", good].concat();
        assert_eq!(split(&[&line, "\n", good].concat()), [&line, good]);
    }

    #[test]
    fn a_payload_is_where_it_is_said_to_be() {
        let good = "<xml><a>1</a></xml>";
        let long = "<xml><a>".to_owned() + &"1".repeat(MAX_BYTES + 3 * BLOCK);
        let parts = [
            "\n ",
            good,
            good,
            "; ",
            good,
            "\r\n\n{\"a\":1}\na=1\n",
            &long,
            "</xml>",
            good,
            "{\n\"a\":1\n}\n",
            good,
        ];
        let text = parts.concat().repeat(3);
        let (mut payloads, mut run, mut seen) = (Payloads::new(text.as_bytes()), Run::default(), 0);
        while payloads.read(&mut run) {
            for (at, payload) in run.payloads() {
                let here = &text[usize::try_from(at.byte).unwrap()..];
                match payload {
                    Ok(payload) => assert!(here.as_bytes().starts_with(payload.trim_ascii_end()), "{at:?}"),
                    Err(_) => assert!(here.starts_with(&long), "{at:?}"),
                }
                seen += 1;
            }
        }
        assert_eq!(seen, 3 * 10);
    }

    #[test]
    fn blanks_take_no_memory() {
        let text = " \n".repeat(4 * BLOCK) + "<xml><a>1</a></xml>";
        let mut run = Run::default();
        assert!(Payloads::new(text.as_bytes()).read(&mut run));
        assert_eq!(run.payloads().next().unwrap().1.unwrap(), b"<xml><a>1</a></xml>");
        assert!(run.bytes.len() <= 2 * BLOCK, "{}", run.bytes.len());
    }

    #[test]
    fn a_broken_stream_ends_with_its_error() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("gone"))
            }
        }
        let mut payloads = Payloads::new(Read::chain(&b"a=1\nb"[..], Broken));
        assert!(matches!(payloads.next(), Some(Ok(_))));
        assert!(matches!(payloads.next(), Some(Err(BatchError::Io(_)))));
        assert!(payloads.next().is_none());
    }
}
