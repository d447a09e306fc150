//! A gzip file of stored blocks: valid for every reader, and needs no compressor.
//! Comes in: bytes; goes out: the file (RFC 1952, RFC 1951 section 3.2.4).

/// Longest stored block.
const BLOCK: usize = 0xffff;

/// Wraps bytes.
pub(super) fn stored(bytes: &[u8]) -> Vec<u8> {
    // Deflate, no flags, no time, unknown system.
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let last = bytes.len().saturating_sub(1) / BLOCK;
    for (n, block) in bytes.chunks(BLOCK).enumerate() {
        let len = u16::try_from(block.len()).unwrap_or_default();
        out.push(u8::from(n == last));
        out.extend(len.to_le_bytes());
        out.extend((!len).to_le_bytes());
        out.extend(block);
    }
    if bytes.is_empty() {
        out.extend([1, 0, 0, 0xff, 0xff]);
    }
    out.extend(crc32(bytes).to_le_bytes());
    out.extend(u32::try_from(bytes.len() & 0xffff_ffff).unwrap_or_default().to_le_bytes());
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected values: Python's `zlib.crc32`.
    #[test]
    fn checksums_are_those_of_zlib() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn blocks_carry_their_length_twice() {
        let file = stored(&vec![b'a'; BLOCK + 1]);
        assert_eq!(file[10..15], [0, 0xff, 0xff, 0, 0]);
        assert_eq!(file[15 + BLOCK..20 + BLOCK], [1, 1, 0, 0xfe, 0xff]);
        assert_eq!(file.len(), 10 + 5 + BLOCK + 5 + 1 + 8);
        assert_eq!(stored(b"")[10..15], [1, 0, 0, 0xff, 0xff]);
    }
}
