//! The string to sign of many messages, one after the other in the same memory. Comes in:
//! pairs as bytes; goes out: what [`canonical`](super::canonical()) writes for
//! [`PAY_V2`](super::PAY_V2) and its twin with HMAC-SHA256, which the test below compares.

use zeroize::Zeroizing;

use super::bytes::copy;
use super::secret::Secret;

/// A string to sign.
#[derive(Default)]
pub struct Line {
    /// As long as the longest one so far.
    bytes: Zeroizing<Vec<u8>>,
    length: usize,
}

impl Line {
    /// Writes pairs, which come in the order of their names, without `sign` and those that are
    /// empty, and the key behind them.
    pub fn write(&mut self, pairs: &[(&[u8], &[u8])], key: &Secret) -> &[u8] {
        let key = key.expose().as_bytes();
        let length = pairs.iter().map(|(name, value)| name.len() + value.len() + 2).sum::<usize>();
        if self.bytes.len() < length + key.len() + 4 {
            self.bytes.resize(length + key.len() + 4, 0);
        }
        self.length = 0;
        for (name, value) in pairs.iter().filter(|(name, value)| !value.is_empty() && *name != b"sign") {
            self.put(name);
            self.put_one(b'=');
            self.put(value);
            self.put_one(b'&');
        }
        self.put(b"key=");
        self.put(key);
        &self.bytes[..self.length]
    }

    fn put(&mut self, piece: &[u8]) {
        copy(&mut self.bytes[self.length..self.length + piece.len()], piece);
        self.length += piece.len();
    }

    fn put_one(&mut self, byte: u8) {
        self.bytes[self.length] = byte;
        self.length += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{PAY_V2, canonical};
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_line_is_the_string_to_sign(
            pairs in proptest::collection::btree_map("(total_fee|sign|[a-c_\u{0}]{0,12}|\\PC{0,9})", "\\PC{0,40}", 0..30),
            key in "[a-z0-9]{0,40}",
        ) {
            let (key, mut line) = (Secret::new(key), Line::default());
            for count in [pairs.len(), pairs.len() / 2] {
                let pairs: Vec<_> = pairs.iter().take(count).map(|(n, v)| (n.as_str(), v.as_str())).collect();
                let bytes: Vec<_> = pairs.iter().map(|(n, v)| (n.as_bytes(), v.as_bytes())).collect();
                let right = canonical(&PAY_V2, pairs, &key);
                proptest::prop_assert_eq!(line.write(&bytes, &key), right.expose().as_bytes());
            }
        }
    }
}
