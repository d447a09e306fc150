//! Files that come as GZIP. Comes in: bytes; goes out: what was packed. Bounded, since
//! a small file may unpack to a huge one.

use std::io::Read as _;

use flate2::read::MultiGzDecoder;

use super::WireError;

/// Longest file that is unpacked, in bytes: the bill of a busy day.
pub const MAX_UNPACKED: usize = 256 * 1024 * 1024;

/// Whether bytes begin like GZIP.
#[must_use]
pub fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// Unpacks a file.
///
/// # Errors
/// Damaged, cut off, or longer than [`MAX_UNPACKED`].
pub fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, WireError> {
    let mut plain = Vec::new();
    let mut reader = MultiGzDecoder::new(bytes).take(MAX_UNPACKED as u64 + 1);
    let read = reader.read_to_end(&mut plain);
    read.map_err(|error| WireError::Malformed { at: 0, why: error.to_string() })?;
    if plain.len() > MAX_UNPACKED { Err(WireError::TooLong { len: plain.len() }) } else { Ok(plain) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printf 'a,b\n' | gzip -n`
    const PACKED: [u8; 24] = [
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0xd4, 0x49, 0xe2, 2, 0, 0xc5, 0x10, 0x97, 0x24, 4, 0, 0, 0,
    ];

    #[test]
    fn what_gzip_packed_is_unpacked() {
        assert!(is_packed(&PACKED) && !is_packed(b"a,b"));
        assert_eq!(unpacked(&PACKED).unwrap(), b"a,b\n");
        assert!(matches!(unpacked(&PACKED[..20]), Err(WireError::Malformed { .. })));
    }
}
