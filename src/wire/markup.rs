//! Where an XML document ends in a stream of them, whatever stands in its values: an end tag
//! in CDATA or in a comment is none. Comes in: the bytes from the beginning of a document on,
//! more of them each time; goes out: its length. A document that is broken ends where the
//! next one is seen to begin. Judges nothing else.

use memchr::{memchr, memchr_iter, memchr2, memmem, memrchr_iter};

const CDATA: &[u8] = b"<![CDATA[";
const END_OF_CDATA: &[u8] = b"]]>";
const COMMENT: &[u8] = b"<!--";

/// Whether the first `</xml>` of this document, at its end, is markup: the usual case, seen
/// without reading the whole of it. No says nothing. Every document passes here, so single
/// bytes are looked for that are rare: after changing it, `benches/batch.sh`.
pub(super) fn is_usual(document: &[u8]) -> bool {
    let is_markup = |bang: &usize| document[..*bang].ends_with(b"<");
    let Some(last) = memrchr_iter(b'!', document).find(is_markup) else { return true };
    let last = &document[last - 1..];
    let is_closed = || memchr_iter(b']', last).any(|at| last[at..].starts_with(END_OF_CDATA));
    let has_comment = || memchr_iter(b'-', document).any(|at| document[..at].ends_with(b"<!"));
    last.starts_with(CDATA) && is_closed() && !has_comment()
}

/// How far a document is read.
#[derive(Default)]
pub(super) struct Markup {
    at: usize,
    depth: usize,
}

/// What stands at a `<`.
enum Token {
    /// A comment, CDATA, an instruction: so long.
    Aside(usize),
    /// An element without anything in it.
    Empty(usize),
    Open(usize),
    Close(usize),
    /// The tag is broken: the document ends behind so many bytes.
    Broken(usize),
}

impl Markup {
    /// Whether a part of the document is read already.
    pub(super) const fn is_begun(&self) -> bool {
        self.at > 0
    }

    /// The length of the document, if its end is there. What was read is not read again.
    pub(super) fn end(&mut self, document: &[u8]) -> Option<usize> {
        loop {
            let next = memchr(b'<', &document[self.at..]).map(|at| self.at + at);
            let text = &document[self.at..next.unwrap_or(document.len())];
            let stray = text.iter().position(|b| !b.is_ascii_whitespace());
            if self.depth == 0
                && self.at > 0
                && let Some(stray) = stray
            {
                return Some(self.at + stray);
            }
            let start = next?;
            let rest = &document[start..];
            match token(rest)? {
                Token::Empty(length) if self.depth == 0 => return Some(start + length),
                Token::Aside(length) | Token::Empty(length) => self.at = start + length,
                Token::Open(_) if self.depth > 0 && is_root(rest) => return Some(start),
                Token::Open(length) => (self.at, self.depth) = (start + length, self.depth + 1),
                Token::Close(length) => {
                    (self.at, self.depth) = (start + length, self.depth.saturating_sub(1));
                    if self.depth == 0 || is_root(&rest[1..]) {
                        return Some(self.at);
                    }
                }
                Token::Broken(length) => return Some(start + length),
            }
        }
    }
}

/// A tag of this name: `<xml>`, `/xml>`.
fn is_root(tag: &[u8]) -> bool {
    tag[1..]
        .strip_prefix(b"xml")
        .is_some_and(|rest| rest.first().is_some_and(|b| !b.is_ascii_alphanumeric() && *b != b'_'))
}

/// None if it is not whole yet.
fn token(rest: &[u8]) -> Option<Token> {
    let until = |end: &[u8]| Some(Token::Aside(memmem::find(rest, end)? + end.len()));
    match rest.get(1)? {
        b'!' if rest.starts_with(COMMENT) => until(b"-->"),
        b'!' if rest.starts_with(CDATA) => until(END_OF_CDATA),
        // The beginning of one of these.
        b'!' if rest.len() < CDATA.len() => None,
        // Declarations may stand inside the one of a type.
        b'!' if rest[memchr2(b'[', b'>', rest)?] == b'[' => until(b"]>"),
        b'!' | b'?' => until(b">"),
        first if first.is_ascii_alphabetic() || matches!(first, b'_' | b'/' | 0x80..) => tag(rest),
        _ => memchr2(b'\n', b'<', &rest[1..]).map(|at| Token::Broken(1 + at)),
    }
}

fn tag(rest: &[u8]) -> Option<Token> {
    let end = memchr2(b'<', b'>', &rest[1..]).map(|at| 1 + at);
    let inside = &rest[..end.unwrap_or(rest.len())];
    // An object that begins in a line of its own is no attribute.
    if let Some(stop) = memmem::find(inside, b"\n{") {
        return Some(Token::Broken(stop));
    }
    let end = end?;
    Some(match rest[end] {
        b'<' => Token::Broken(end),
        _ if rest[1] == b'/' => Token::Close(end + 1),
        _ if inside.ends_with(b"/") => Token::Empty(end + 1),
        _ => Token::Open(end + 1),
    })
}
