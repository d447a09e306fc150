//! A stream of payloads: XML documents one after the other, one HTTP message, or one
//! payload a line, which may be a JSON object in many lines. Comes in: a reader; goes
//! out: one payload at a time, or [`Run`]s of them for hands that work side by side.
//! Bounded: a payload over [`MAX_BYTES`] is an error of its own, and is not kept.

use std::io::{self, Read};
use std::ops::Range;

use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter};

use super::bounds::{MAX_BYTES, WireError};

/// Payloads of a reader.
pub struct Payloads<R> {
    reader: R,
    /// The beginning of a payload whose end has not been read yet.
    rest: Vec<u8>,
    state: State,
    told: u64,
    end: Finder<'static>,
    /// What is given out one by one.
    run: Run,
    next: usize,
}

#[derive(PartialEq, Eq)]
enum State {
    Open,
    Ended,
}

/// Whole payloads that were read together, in order.
#[derive(Default)]
pub struct Run {
    bytes: Vec<u8>,
    filled: usize,
    pieces: Vec<Result<Range<usize>, BatchError>>,
    first: u64,
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
    /// The payloads, each with its number in the stream, from 1 on.
    pub fn payloads(&self) -> impl Iterator<Item = (u64, Result<&[u8], &BatchError>)> {
        let bytes = |piece: &Range<usize>| &self.bytes[piece.clone()];
        (self.first..).zip(self.pieces.iter().map(move |piece| piece.as_ref().map(bytes)))
    }

    fn start(&mut self, rest: &[u8]) {
        self.pieces.clear();
        self.bytes.resize(self.bytes.len().max(rest.len() + BLOCK), 0);
        self.bytes[..rest.len()].copy_from_slice(rest);
        self.filled = rest.len();
    }

    /// Reads once; false at the end.
    fn read(&mut self, reader: &mut impl Read) -> io::Result<bool> {
        if self.filled == self.bytes.len() {
            self.bytes.resize(self.filled + BLOCK, 0);
        }
        loop {
            match reader.read(&mut self.bytes[self.filled..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => {
                    let read = read?;
                    self.filled += read;
                    return Ok(read > 0);
                }
            }
        }
    }

    /// The bytes from here on.
    fn open(&self, at: usize) -> &[u8] {
        &self.bytes[at..self.filled]
    }
}

/// Bytes that are asked for at once: what is read together is parsed while it is still near
/// the processor. Half and twice as many are as fast; after changing it: `benches/batch.sh`.
const BLOCK: usize = 256 * 1024;

/// The end of the root of every pay message.
const END: &[u8] = b"</xml>";

impl<R: Read> Payloads<R> {
    /// Payloads from here on.
    pub fn new(reader: R) -> Self {
        Self {
            reader,
            rest: Vec::new(),
            state: State::Open,
            told: 0,
            end: Finder::new(END),
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
            match run.read(&mut self.reader) {
                Ok(true) => (at, seen) = self.cut(run, at, seen),
                ended => {
                    self.state = State::Ended;
                    at += blank(run.open(at));
                    let last = run.filled - at;
                    run.pieces.extend(match ended {
                        Err(error) => Some(Err(BatchError::Io(error))),
                        Ok(_) => (last > 0).then(|| piece(at, last)),
                    });
                    at = run.filled;
                }
            }
        }
        self.rest.clear();
        self.rest.extend_from_slice(run.open(at));
        self.told += run.pieces.len() as u64;
        !run.pieces.is_empty()
    }

    /// Cuts off every payload that is whole; tells where the next one begins, and how much
    /// of it was looked through.
    fn cut(&mut self, run: &mut Run, mut at: usize, mut seen: usize) -> (usize, usize) {
        loop {
            at += blank(run.open(at));
            let open = run.open(at);
            if open.is_empty() {
                return (at, 0);
            }
            match self.length(open, seen) {
                Some(length) => {
                    run.pieces.push(piece(at, length));
                    at += length;
                    seen = 0;
                }
                None if open.len() > MAX_BYTES => {
                    self.skip(run, at);
                    seen = 0;
                }
                None => return (at, open.len()),
            }
        }
    }

    /// Length of the payload that begins here, if it ends here too: at the first sign of an
    /// end, or, where there is none within [`MAX_BYTES`], at the next place where one could be.
    fn length(&self, open: &[u8], seen: usize) -> Option<usize> {
        let (head, rest) = open.split_at(open.len().min(MAX_BYTES));
        let from = seen.saturating_sub(END.len()).min(head.len());
        let end = if open[0] == b'<' {
            self.end.find(&head[from..]).map(|at| from + at + END.len())
        } else {
            end_of_lines(head, from)
        };
        end.or_else(|| Some(MAX_BYTES + memchr(stop(open[0]), rest)? + 1))
    }

    /// Reads over a payload that is too long, without keeping it.
    fn skip(&mut self, run: &mut Run, at: usize) {
        let stop = stop(run.bytes[at]);
        let mut length = run.filled - at;
        loop {
            run.filled = at;
            match run.read(&mut self.reader) {
                Ok(true) => match memchr(stop, run.open(at)) {
                    Some(end) => {
                        length += end + 1;
                        run.bytes.copy_within(at + end + 1..run.filled, at);
                        run.filled -= end + 1;
                        break;
                    }
                    None => length += run.filled - at,
                },
                Ok(false) => {
                    self.state = State::Ended;
                    break;
                }
                Err(error) => {
                    self.state = State::Ended;
                    return run.pieces.push(Err(BatchError::Io(error)));
                }
            }
        }
        run.pieces.push(Err(BatchError::Wire(WireError::TooLong { len: length })));
    }
}

fn piece(at: usize, length: usize) -> Result<Range<usize>, BatchError> {
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

/// Where payloads that begin like this may end.
const fn stop(first: u8) -> u8 {
    if first == b'<' { b'>' } else { b'\n' }
}

/// One line, but for an HTTP message, which goes on to the end, and an object that is
/// printed in many, whose last brace stands alone.
fn end_of_lines(open: &[u8], from: usize) -> Option<usize> {
    let line = memchr(b'\n', open)?;
    match open[..line].trim_ascii_end() {
        first if first.ends_with(b" HTTP/1.1") || first.ends_with(b" HTTP/1.0") => None,
        b"{" => memchr_iter(b'\n', &open[from..]).map(|at| from + at + 1).find(|end| {
            let lines = &open[..*end];
            lines.ends_with(b"\n}\n") || lines.ends_with(b"\n}\r\n")
        }),
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
        let piece = self.run.pieces.get_mut(self.next)?;
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

    /// The plain way: byte by byte, each payload from its beginning.
    fn plainly(text: &[u8]) -> Vec<Result<Vec<u8>, usize>> {
        let (mut rest, mut all) = (&text[blank(text)..], Vec::new());
        while let Some(&first) = rest.first() {
            let ends = |end: &usize| {
                let open = &rest[..*end];
                if !open.ends_with(&[stop(first)]) {
                    return false;
                }
                let line = open.split(|b| *b == b'\n').next().unwrap_or_default().trim_ascii_end();
                let is_end = match first {
                    b'<' => open.ends_with(END),
                    _ if line.ends_with(b" HTTP/1.1") || line.ends_with(b" HTTP/1.0") => false,
                    _ if line == b"{" => open.ends_with(b"\n}\n") || open.ends_with(b"\n}\r\n"),
                    _ => true,
                };
                is_end || *end > MAX_BYTES
            };
            let end = (1..=rest.len()).find(ends).unwrap_or(rest.len());
            all.push(if end > MAX_BYTES { Err(end) } else { Ok(rest[..end].to_vec()) });
            rest = &rest[end..];
            rest = &rest[blank(rest)..];
        }
        all
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
            proptest::prop_assert_eq!(cut(text.as_bytes(), at_once), plainly(text.as_bytes()), "{}", text);
        }
    }

    /// Around the limit, and far over it: cut at the next place where an end could be.
    #[test]
    fn what_is_too_long_is_told_and_passed_over() {
        for (start, end) in
            [("<xml><a>", "</a></xml>"), ("{\"a\":\"", "\"}\n"), ("{\n\"", "\"\n}\n"), ("a HTTP/1.1\n", "\n")]
        {
            for over in [0, 1, 12, 3 * BLOCK] {
                let length = MAX_BYTES - start.len() - end.len() + over;
                let text = [start, &"x".repeat(length), end, "\n<xml><b>2</b></xml>\n"].concat();
                let right = plainly(text.as_bytes());
                for at_once in [1000, usize::MAX] {
                    let told = cut(text.as_bytes(), at_once);
                    assert!(told == right, "{start} {over}");
                    assert!(told.len() < 4);
                }
            }
        }
    }

    #[test]
    fn runs_number_their_payloads() {
        let text = "a=1\n".repeat(BLOCK / 4 * 3);
        let mut payloads = Payloads::new(text.as_bytes());
        let (mut run, mut last, mut runs) = (Run::default(), 0, 0);
        while payloads.read(&mut run) {
            for (number, payload) in run.payloads() {
                assert_eq!((number, payload.unwrap()), (last + 1, &b"a=1\n"[..]));
                last = number;
            }
            runs += 1;
        }
        assert_eq!((usize::try_from(last).unwrap(), runs > 2), (BLOCK / 4 * 3, true));
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
