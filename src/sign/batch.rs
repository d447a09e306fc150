//! Many hashes with shared beginnings: each message starts from a [`Prefix`],
//! and MD5 ones wait in a [`Batch`] until enough of them can be hashed side by
//! side, since one alone leaves most of a core idle. Comes in: prefixes and the
//! rest of each message; goes out: the hash of each, with the tag it came with.

use wide::u32x8;

use super::digest::{Digest, Hash, Hasher, md5_block};

/// What is hashed of a message so far: whole blocks of [`Prefix::BLOCK`] bytes.
#[derive(Clone)]
pub struct Prefix(State);

#[derive(Clone)]
enum State {
    Md5 { words: [u32; 4], blocks: usize },
    Other(Hasher),
}

impl Prefix {
    /// Bytes of a block.
    pub const BLOCK: usize = 64;

    /// Starts a hash. The key matters to the keyed ones only.
    #[must_use]
    pub fn new(digest: Digest, key: &[u8]) -> Self {
        Self(match digest {
            Digest::Md5 => State::Md5 { words: START, blocks: 0 },
            _ => State::Other(Hasher::new(digest, key)),
        })
    }

    /// The same with one more block.
    #[must_use]
    pub fn with(&self, block: &[u8; Self::BLOCK]) -> Self {
        Self(match &self.0 {
            State::Md5 { words, blocks } => {
                let mut words = *words;
                md5_block(&mut words, block);
                State::Md5 { words, blocks: blocks + 1 }
            }
            State::Other(hasher) => {
                let mut hasher = hasher.clone();
                hasher.update(block);
                State::Other(hasher)
            }
        })
    }
}

/// Messages that wait for company, each with a tag.
pub struct Batch<T> {
    /// One queue for each number of blocks that are left.
    queues: Vec<Queue<T>>,
    sines: [u32; 64],
}

struct Queue<T> {
    words: [[u32; LANES]; 4],
    /// The padded rest of each message, one behind the other.
    rests: Vec<u8>,
    tags: Vec<T>,
}

impl<T> Default for Batch<T> {
    fn default() -> Self {
        Self { queues: Vec::new(), sines: sines() }
    }
}

impl<T> Batch<T> {
    /// Hashes a message, now or with others that are alike; `done` is told
    /// every hash that is finished by then.
    pub fn push(&mut self, prefix: &Prefix, rest: &[&[u8]], tag: T, done: &mut impl FnMut(Hash, T)) {
        match &prefix.0 {
            State::Md5 { words, blocks } => self.enqueue(words, *blocks, rest, tag, done),
            State::Other(hasher) => {
                let mut hasher = hasher.clone();
                for part in rest {
                    hasher.update(part);
                }
                done(hasher.finish(), tag);
            }
        }
    }

    fn enqueue(
        &mut self,
        words: &[u32; 4],
        before: usize,
        rest: &[&[u8]],
        tag: T,
        done: &mut impl FnMut(Hash, T),
    ) {
        const BLOCK: usize = Prefix::BLOCK;
        let length: usize = rest.iter().map(|part| part.len()).sum();
        let blocks = (length + 1 + 8).div_ceil(BLOCK);
        if self.queues.len() <= blocks {
            self.queues.resize_with(blocks + 1, Queue::default);
        }
        let queue = &mut self.queues[blocks];
        let lane = queue.tags.len();
        for (all, word) in queue.words.iter_mut().zip(words) {
            all[lane] = *word;
        }
        // Padding: a one bit, zeros, and the length in bits.
        let bits = ((before * BLOCK + length) as u64).wrapping_mul(8);
        for part in rest {
            queue.rests.extend_from_slice(part);
        }
        queue.rests.push(0x80);
        queue.rests.resize((lane + 1) * blocks * BLOCK - 8, 0);
        queue.rests.extend_from_slice(&bits.to_le_bytes());
        queue.tags.push(tag);
        if queue.tags.len() == LANES {
            queue.finish(blocks, &self.sines, done);
        }
    }

    /// Hashes what still waits.
    pub fn flush(&mut self, done: &mut impl FnMut(Hash, T)) {
        for (blocks, queue) in self.queues.iter_mut().enumerate() {
            if !queue.tags.is_empty() {
                queue.rests.resize(LANES * blocks * Prefix::BLOCK, 0);
                queue.finish(blocks, &self.sines, done);
            }
        }
    }
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self { words: [[0; LANES]; 4], rests: Vec::new(), tags: Vec::with_capacity(LANES) }
    }
}

impl<T> Queue<T> {
    fn finish(&mut self, blocks: usize, sines: &[u32; 64], done: &mut impl FnMut(Hash, T)) {
        let mut words = self.words.map(Words::new);
        for block in 0..blocks {
            let message = std::array::from_fn(|word| self.column(blocks, block * Prefix::BLOCK + word * 4));
            words = compress(words, &message, sines);
        }
        let words = words.map(Words::to_array);
        for (lane, tag) in self.tags.drain(..).enumerate() {
            let mut bytes = [0; 16];
            for (four, word) in bytes.chunks_exact_mut(4).zip(&words) {
                four.copy_from_slice(&word[lane].to_le_bytes());
            }
            done(Hash::new(&bytes), tag);
        }
        self.rests.clear();
    }

    /// The word at this place of every message.
    fn column(&self, blocks: usize, at: usize) -> Words {
        let mut column = [0; LANES];
        for (lane, rest) in column.iter_mut().zip(self.rests.chunks_exact(blocks * Prefix::BLOCK)) {
            if let Some(four) = rest[at..].first_chunk() {
                *lane = u32::from_le_bytes(*four);
            }
        }
        Words::new(column)
    }
}

/// Messages that are hashed side by side: enough to keep the vector units of
/// any processor busy.
const LANES: usize = 8;

/// A word of each message.
type Words = u32x8;

const START: [u32; 4] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];

/// The constants of RFC 1321: the whole part of 2³² · |sin(i)|.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 2³²")]
fn sines() -> [u32; 64] {
    std::array::from_fn(|i| (f64::from(i as u32 + 1).sin().abs() * 4_294_967_296.0) as u32)
}

/// MD5 of one block, RFC 1321 section 3.4, for every message at once.
fn compress(before: [Words; 4], message: &[Words; 16], sines: &[u32; 64]) -> [Words; 4] {
    let mut words = before;
    round::<7, 12, 17, 22>(&mut words, message, &sines[..16], |i| i, |x, y, z| z ^ (x & (y ^ z)));
    round::<5, 9, 14, 20>(&mut words, message, &sines[16..32], |i| 5 * i + 1, |x, y, z| y ^ (z & (x ^ y)));
    round::<4, 11, 16, 23>(&mut words, message, &sines[32..48], |i| 3 * i + 5, |x, y, z| x ^ y ^ z);
    round::<6, 10, 15, 21>(&mut words, message, &sines[48..], |i| 7 * i, |x, y, z| y ^ (x | !z));
    std::array::from_fn(|i| words[i] + before[i])
}

#[inline]
fn round<const A: u32, const B: u32, const C: u32, const D: u32>(
    words: &mut [Words; 4],
    message: &[Words; 16],
    sines: &[u32],
    place: impl Fn(usize) -> usize,
    mix: impl Fn(Words, Words, Words) -> Words,
) {
    let [mut a, mut b, mut c, mut d] = *words;
    for i in (0..16).step_by(4) {
        let added = |step: usize| message[place(i + step) % 16] + Words::splat(sines[i + step]);
        a = b + turned::<A>(a + mix(b, c, d) + added(0));
        d = a + turned::<B>(d + mix(a, b, c) + added(1));
        c = d + turned::<C>(c + mix(d, a, b) + added(2));
        b = c + turned::<D>(b + mix(c, d, a) + added(3));
    }
    *words = [a, b, c, d];
}

#[inline]
fn turned<const BITS: u32>(words: Words) -> Words {
    (words << BITS) | (words >> (32 - BITS))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every length around the borders of blocks, after every number of shared
    /// blocks, gives what the hash gives alone.
    #[test]
    fn a_batch_hashes_as_one_alone_does() {
        let text: Vec<u8> = (0..500_u32).map(|n| n.wrapping_mul(37).to_le_bytes()[0]).collect();
        for digest in [Digest::Md5, Digest::Sha1, Digest::HmacSha256] {
            let mut batch = Batch::default();
            let (mut told, mut sent) = (0, 0);
            let mut done = |hash: Hash, length: usize| {
                assert_eq!(hash, digest.of(b"key", &text[..length]), "{digest:?} {length}");
                told += 1;
            };
            for shared in 0..4 {
                let mut prefix = Prefix::new(digest, b"key");
                for block in text[..shared * 64].chunks_exact(64) {
                    prefix = prefix.with(block.try_into().unwrap());
                }
                for length in shared * 64..text.len() {
                    let middle = usize::midpoint(shared * 64, length);
                    batch.push(
                        &prefix,
                        &[&text[shared * 64..middle], &text[middle..length]],
                        length,
                        &mut done,
                    );
                    sent += 1;
                }
            }
            batch.flush(&mut done);
            assert_eq!(told, sent);
        }
    }
}
