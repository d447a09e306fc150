//! Numbers and texts that look random: derived from the seed, a counter and the
//! nonce of the stamp, so that a run repeats. Not for anything that has to be
//! secret.

use crate::api::Stamp;

const ALPHANUMERIC: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The gateway's dice.
#[derive(Debug, Clone)]
pub(super) struct Dice {
    seed: u64,
    rolls: u64,
    nonce: u64,
}

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self { seed, rolls: 0, nonce: 0 }
    }

    /// Mixes the stamp of the next call in (FNV-1a).
    pub(super) fn stir(&mut self, stamp: &Stamp) {
        let offset = 0xcbf2_9ce4_8422_2325;
        self.nonce = stamp
            .nonce
            .bytes()
            .fold(offset, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    }

    /// The next 64 bits (splitmix64).
    pub(super) fn roll(&mut self) -> u64 {
        self.rolls += 1;
        let mut z = (self.seed ^ self.nonce).wrapping_add(self.rolls.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Digits and letters.
    pub(super) fn text(&mut self, len: usize) -> String {
        self.of(ALPHANUMERIC, len)
    }

    /// Digits.
    pub(super) fn digits(&mut self, len: usize) -> String {
        self.of(&ALPHANUMERIC[..10], len)
    }

    /// Lower-case hex digits.
    pub(super) fn hex(&mut self, len: usize) -> String {
        self.of(b"0123456789abcdef", len)
    }

    fn of(&mut self, letters: &[u8], len: usize) -> String {
        let count = letters.len() as u64;
        let mut out = String::with_capacity(len);
        while out.len() < len {
            let mut bits = self.roll();
            for _ in 0..8.min(len - out.len()) {
                let place = usize::try_from(bits % count).unwrap_or_default();
                out.push(char::from(letters[place]));
                bits /= count;
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_and_nonce_give_the_same_text() {
        let stamp = |nonce: &str| Stamp { now: 1, nonce: nonce.into() };
        let said = |seed, nonce| {
            let mut dice = Dice::new(seed);
            dice.stir(&stamp(nonce));
            [dice.text(40), dice.digits(10), dice.hex(8)]
        };
        assert_eq!(said(1, "a"), said(1, "a"));
        assert_ne!(said(1, "a"), said(2, "a"));
        assert_ne!(said(1, "a"), said(1, "b"));
        let [text, digits, hex] = said(7, "n");
        assert_eq!((text.len(), digits.len(), hex.len()), (40, 10, 8));
        assert!(digits.bytes().all(|b| b.is_ascii_digit()));
    }
}
