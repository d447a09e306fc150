//! From bytes to text. Owns: which charset a paste is in. Comes in: bytes of a
//! file or pipe; goes out: bounded text and what had to be undone for it. A
//! charset is never guessed where UTF-8 fits.

use encoding_rs::{Encoding, GBK, UTF_16BE, UTF_16LE};

use super::error::ReadError;
use crate::explain::case::Repair;
use crate::wire::MAX_BYTES;

/// The text of a paste, without its byte order mark.
pub(super) fn text(bytes: &[u8]) -> Result<(String, Option<Repair>), ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLong { len: bytes.len() });
    }
    if let Some(found) = utf16(bytes) {
        return Ok((found, Some(Repair::Utf16)));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.trim_start_matches('\u{feff}').to_owned(), None)),
        Err(broken) => {
            let gbk = clean(GBK, bytes).ok_or(ReadError::NotUtf8 { at: broken.valid_up_to() })?;
            Ok((gbk, Some(Repair::Gbk)))
        }
    }
}

/// UTF-16 with its mark, or told by the zeros between ASCII letters.
fn utf16(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => return clean(UTF_16LE, rest),
        [0xfe, 0xff, rest @ ..] => return clean(UTF_16BE, rest),
        _ => {}
    }
    let head = bytes.get(..bytes.len().min(256))?;
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // More than half of the letters are ASCII in every message of WeChat.
    let enough = head.len() / 4;
    match () {
        () if head.len() < 8 => None,
        () if odd > enough && even == 0 => clean(UTF_16LE, bytes),
        () if even > enough && odd == 0 => clean(UTF_16BE, bytes),
        () => None,
    }
}

fn clean(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_charset_that_people_have_is_read() {
        let both = |units: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "<xml><a>茶</a></xml>".encode_utf16().flat_map(units).collect()
        };
        let (little, big) = (both(u16::to_le_bytes), both(u16::to_be_bytes));
        let marked = |mark: [u8; 2], rest: &[u8]| [&mark, rest].concat();
        for bytes in [&little, &big, &marked([0xff, 0xfe], &little), &marked([0xfe, 0xff], &big)] {
            assert_eq!(text(bytes), Ok(("<xml><a>茶</a></xml>".to_owned(), Some(Repair::Utf16))));
        }
        assert_eq!(text(b"body=\xb2\xe8"), Ok(("body=茶".to_owned(), Some(Repair::Gbk))));
        assert_eq!(text(b"\xef\xbb\xbfa"), Ok(("a".to_owned(), None)));
        assert_eq!(text(b"a\xff\xff"), Err(ReadError::NotUtf8 { at: 1 }));
    }
}
