//! A stream of payloads: XML documents one after the other, one HTTP message, or one
//! payload a line, which may be a JSON object in many lines. Bounded: a payload over [`MAX_BYTES`] is an error of
//! its own, and memory never holds more than one.

use std::io::{self, BufRead};

use super::bounds::{MAX_BYTES, WireError};

/// Payloads of a reader.
pub struct Payloads<R> {
    reader: R,
}

/// Why the next payload cannot be had.
#[derive(Debug)]
pub enum BatchError {
    /// The stream broke.
    Io(io::Error),
    /// The payload cannot be read.
    Wire(WireError),
}

/// Whether these lines are all of a payload: one line, but for an HTTP message, which goes
/// on to the end, and an object that is printed in many, whose last brace stands alone.
fn is_whole(lines: &[u8]) -> bool {
    let first = lines.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii_end();
    match first {
        _ if first.ends_with(b" HTTP/1.1") || first.ends_with(b" HTTP/1.0") => false,
        b"{" => lines.ends_with(b"\n}\n") || lines.ends_with(b"\n}\r\n"),
        _ => true,
    }
}

/// The end of the root of every pay message.
const END: &[u8] = b"</xml>";

impl<R: BufRead> Payloads<R> {
    /// Payloads from here on.
    pub const fn new(reader: R) -> Self {
        Self { reader }
    }

    fn next_payload(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut payload = Vec::new();
        if !self.skip_space()? {
            return Ok(None);
        }
        let is_xml = self.reader.fill_buf()?.first() == Some(&b'<');
        let stop = if is_xml { b'>' } else { b'\n' };
        while self.reader.read_until(stop, &mut payload)? > 0 {
            let ends = if is_xml { payload.ends_with(END) } else { is_whole(&payload) };
            if ends || payload.len() > MAX_BYTES {
                break;
            }
        }
        Ok(Some(payload))
    }

    /// Skips white space and byte order marks; false at the end of the stream.
    fn skip_space(&mut self) -> io::Result<bool> {
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            let blank = |b: &&u8| b.is_ascii_whitespace() || [0xef, 0xbb, 0xbf].contains(*b);
            let skip = buffer.iter().take_while(blank).count();
            let (all, there) = (buffer.len(), skip < buffer.len());
            self.reader.consume(skip.min(all));
            if there {
                return Ok(true);
            }
        }
    }
}

impl<R: BufRead> Iterator for Payloads<R> {
    type Item = Result<Vec<u8>, BatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.next_payload() {
            Ok(None) => None,
            Ok(Some(payload)) if payload.len() > MAX_BYTES => {
                Some(Err(BatchError::Wire(WireError::TooLong { len: payload.len() })))
            }
            Ok(Some(payload)) => Some(Ok(payload)),
            Err(error) => Some(Err(BatchError::Io(error))),
        }
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
}
