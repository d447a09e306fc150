//! The string to sign of many messages, one after the other in the same memory. Comes in:
//! pairs as bytes; goes out: what [`canonical`](super::canonical()) writes for
//! [`PAY_V2`](super::PAY_V2) and its twin with HMAC-SHA256, which the test below compares.

use std::cmp::Ordering;

use zeroize::Zeroizing;

use super::secret::Secret;

/// A string to sign.
#[derive(Default)]
pub struct Line {
    /// As long as the longest one so far.
    bytes: Zeroizing<Vec<u8>>,
    length: usize,
    /// Which pairs are signed, in the order of their names, and for which shape this holds.
    order: Vec<usize>,
    shape: Option<u64>,
}

/// Most pairs of one message: an official notice has 40, and with coupons 100.
const MOST: usize = 128;

impl Line {
    /// Writes the pairs in the order of their names, without `sign` and those that are empty,
    /// and the key behind them. None if a name is there twice, or of more pairs than usual.
    /// Pairs of the shape of those before have the same names in the same places.
    pub fn write(&mut self, pairs: &[(&[u8], &[u8])], shape: u64, key: &Secret) -> Option<&[u8]> {
        if self.shape != Some(shape) {
            self.shape = None;
            sort(pairs, &mut self.order)?;
            self.shape = Some(shape);
        }
        let key = key.expose().as_bytes();
        let length = pairs.iter().map(|(name, value)| name.len() + value.len() + 2).sum::<usize>();
        if self.bytes.len() < length + key.len() + 4 {
            self.bytes.resize(length + key.len() + 4, 0);
        }
        self.length = 0;
        for at in 0..self.order.len() {
            let (name, value) = pairs[self.order[at]];
            if !value.is_empty() {
                self.put(name);
                self.put_one(b'=');
                self.put(value);
                self.put_one(b'&');
            }
        }
        self.put(b"key=");
        self.put(key);
        Some(&self.bytes[..self.length])
    }

    /// Copies in steps of fixed size: a call that copies any number of bytes costs more than
    /// copying a usual name or value.
    fn put(&mut self, piece: &[u8]) {
        let into = &mut self.bytes[self.length..self.length + piece.len()];
        self.length += piece.len();
        match piece.len() {
            0..4 => into.iter_mut().zip(piece).for_each(|(to, from)| *to = *from),
            4..8 => ends::<4>(into, piece),
            8..16 => ends::<8>(into, piece),
            16..=32 => ends::<16>(into, piece),
            _ => into.copy_from_slice(piece),
        }
    }

    fn put_one(&mut self, byte: u8) {
        self.bytes[self.length] = byte;
        self.length += 1;
    }
}

/// Copies the first and the last `N` bytes, which are all.
fn ends<const N: usize>(into: &mut [u8], piece: &[u8]) {
    if let (Some(to), Some(from)) = (into.first_chunk_mut::<N>(), piece.first_chunk()) {
        *to = *from;
    }
    if let (Some(to), Some(from)) = (into.last_chunk_mut::<N>(), piece.last_chunk()) {
        *to = *from;
    }
}

/// The places of the pairs by their names, without `sign`; none if a name is there twice. Most
/// come in order, and those that do not are a few places off.
fn sort(pairs: &[(&[u8], &[u8])], order: &mut Vec<usize>) -> Option<()> {
    if pairs.len() > MOST {
        return None;
    }
    order.clear();
    for (at, (name, _)) in pairs.iter().enumerate() {
        let mut place = order.len();
        while let Some(before) = place.checked_sub(1) {
            match compare(pairs[order[before]].0, name) {
                Ordering::Less => break,
                Ordering::Equal => return None,
                Ordering::Greater => place = before,
            }
        }
        order.insert(place, at);
    }
    order.retain(|at| pairs[*at].0 != b"sign");
    Some(())
}

/// As bytes; the first eight tell most names apart, and that is seen at once.
fn compare(a: &[u8], b: &[u8]) -> Ordering {
    head(a).cmp(&head(b)).then_with(|| a.cmp(b))
}

fn head(name: &[u8]) -> u64 {
    let mut head = [0; 8];
    match name.first_chunk() {
        Some(first) => head = *first,
        None => head[..name.len()].copy_from_slice(name),
    }
    u64::from_be_bytes(head)
}

#[cfg(test)]
mod tests {
    use super::super::{PAY_V2, canonical};
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_line_is_the_string_to_sign(
            pairs in proptest::collection::vec(("(total_fee|sign|[a-c_\u{0}]{0,12}|\\PC{0,9})", "\\PC{0,40}"), 0..30),
            key in "[a-z0-9]{0,40}",
        ) {
            let (key, mut line) = (Secret::new(key), Line::default());
            // The second time with other values, of which some are empty.
            let turned = |at: usize| (pairs[at].0.as_str(), pairs[pairs.len() - 1 - at].1.as_str());
            let as_they_are = |at: usize| (pairs[at].0.as_str(), pairs[at].1.as_str());
            let all = 0..pairs.len();
            for (shape, pairs) in [
                (1, all.clone().map(as_they_are).collect::<Vec<_>>()),
                (1, all.map(turned).collect()),
                (2, (0..pairs.len() / 2).map(as_they_are).collect()),
            ] {
                let bytes: Vec<_> = pairs.iter().map(|(n, v)| (n.as_bytes(), v.as_bytes())).collect();
                let written = line.write(&bytes, shape, &key);
                let is_twice = |at: usize| pairs[..at].iter().any(|(name, _)| *name == pairs[at].0);
                if (0..pairs.len()).any(is_twice) {
                    proptest::prop_assert_eq!(written, None);
                } else {
                    let right = canonical(&PAY_V2, pairs.iter().copied(), &key);
                    proptest::prop_assert_eq!(written, Some(right.expose().as_bytes()));
                }
            }
        }
    }

    #[test]
    fn more_pairs_than_usual_are_left_to_others() {
        let names: Vec<String> = (0..=MOST).map(|n| n.to_string()).collect();
        let pairs = |most: usize| {
            names.iter().take(most).map(|name| (name.as_bytes(), &b"1"[..])).collect::<Vec<_>>()
        };
        let (key, mut line) = (Secret::new("k"), Line::default());
        assert!(line.write(&pairs(MOST), 1, &key).is_some());
        assert!(line.write(&pairs(MOST + 1), 2, &key).is_none());
    }
}
