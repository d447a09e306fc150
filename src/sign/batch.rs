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
    /// One queue for each number of blocks that are left, once there was such a message.
    queues: [Option<Queue<T>>; MOST + 1],
    /// The rest of the message that is put together.
    rest: Vec<u8>,
    sines: [Words; 64],
}

struct Queue<T> {
    words: [[u32; LANES]; 4],
    /// The padded rests, word by word: the first word of each message, the second, and so on.
    columns: Vec<[u32; LANES]>,
    tags: Vec<T>,
}

impl<T> Default for Batch<T> {
    fn default() -> Self {
        Self { queues: std::array::from_fn(|_| None), rest: Vec::new(), sines: sines() }
    }
}

impl<T> Batch<T> {
    /// Hashes a message, now or with others that are alike; `done` is told
    /// every hash that is finished by then.
    pub fn push<'r>(
        &mut self,
        prefix: &Prefix,
        rest: impl IntoIterator<Item = &'r [u8]>,
        tag: T,
        done: &mut impl FnMut(Hash, T),
    ) {
        match &prefix.0 {
            State::Md5 { words, blocks } => {
                self.rest.clear();
                rest.into_iter().for_each(|part| self.rest.extend_from_slice(part));
                self.enqueue(words, *blocks, tag, done);
            }
            State::Other(hasher) => {
                let mut hasher = hasher.clone();
                rest.into_iter().for_each(|part| hasher.update(part));
                done(hasher.finish(), tag);
            }
        }
    }

    fn enqueue(&mut self, words: &[u32; 4], before: usize, tag: T, done: &mut impl FnMut(Hash, T)) {
        const BLOCK: usize = Prefix::BLOCK;
        // Padding: a one bit, zeros, and the length in bits.
        let length = self.rest.len();
        let blocks = (length + 1 + 8).div_ceil(BLOCK);
        let bits = ((before * BLOCK + length) as u64).wrapping_mul(8);
        self.rest.push(0x80);
        self.rest.resize(blocks * BLOCK - 8, 0);
        self.rest.extend_from_slice(&bits.to_le_bytes());

        let Some(queue) = self.queues.get_mut(blocks) else {
            return done(alone(*words, &self.rest), tag);
        };
        let queue = queue.get_or_insert_with(|| Queue::new(blocks));
        let lane = queue.tags.len() % LANES;
        for (all, word) in queue.words.iter_mut().zip(words) {
            all[lane] = *word;
        }
        for (column, four) in queue.columns.iter_mut().zip(self.rest.as_chunks().0) {
            column[lane] = u32::from_le_bytes(*four);
        }
        queue.tags.push(tag);
        if queue.tags.len() == LANES {
            queue.finish(&self.sines, done);
        }
    }

    /// Hashes what still waits.
    pub fn flush(&mut self, done: &mut impl FnMut(Hash, T)) {
        for queue in self.queues.iter_mut().flatten().filter(|queue| !queue.tags.is_empty()) {
            queue.finish(&self.sines, done);
        }
    }
}

impl<T> Queue<T> {
    fn new(blocks: usize) -> Self {
        Self {
            words: [[0; LANES]; 4],
            columns: vec![[0; LANES]; blocks * 16],
            tags: Vec::with_capacity(LANES),
        }
    }

    fn finish(&mut self, sines: &[Words; 64], done: &mut impl FnMut(Hash, T)) {
        let mut words = self.words.map(Words::new);
        for block in self.columns.as_chunks().0 {
            words = compress(words, &block.map(Words::new), sines);
        }
        let words = words.map(Words::to_array);
        for (lane, tag) in self.tags.drain(..).enumerate() {
            let mut bytes = [0; 16];
            for (four, word) in bytes.as_chunks_mut().0.iter_mut().zip(&words) {
                *four = word[lane].to_le_bytes();
            }
            done(Hash::new(&bytes), tag);
        }
    }
}

/// Blocks of the longest message that waits: a queue takes 512 bytes for each of
/// its blocks, so that all of them together take 4 MiB at most.
const MOST: usize = 128;

/// The hash of padded blocks by themselves.
fn alone(mut words: [u32; 4], padded: &[u8]) -> Hash {
    padded.as_chunks().0.iter().for_each(|block| md5_block(&mut words, block));
    let mut bytes = [0; 16];
    for (four, word) in bytes.as_chunks_mut().0.iter_mut().zip(words) {
        *four = word.to_le_bytes();
    }
    Hash::new(&bytes)
}

/// Messages that are hashed side by side: enough to keep the vector units of
/// any processor busy.
const LANES: usize = 8;

/// A word of each message.
type Words = u32x8;

const START: [u32; 4] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];

/// The constants of RFC 1321, for every message: the whole part of 2³² · |sin(i)|.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 2³²")]
fn sines() -> [Words; 64] {
    std::array::from_fn(|i| Words::splat((f64::from(i as u32 + 1).sin().abs() * 4_294_967_296.0) as u32))
}

/// MD5 of one block, RFC 1321 section 3.4, for every message at once.
fn compress(before: [Words; 4], message: &[Words; 16], sines: &[Words; 64]) -> [Words; 4] {
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
    sines: &[Words],
    place: impl Fn(usize) -> usize,
    mix: impl Fn(Words, Words, Words) -> Words,
) {
    let [mut a, mut b, mut c, mut d] = *words;
    for i in (0..16).step_by(4) {
        let added = |step: usize| message[place(i + step) % 16] + sines[i + step];
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
    fn a_long_message_is_hashed_alone() {
        let mut batch = Batch::default();
        let text = vec![7; (MOST + 3) * Prefix::BLOCK];
        for length in (MOST - 2) * Prefix::BLOCK..text.len() {
            let mut told = false;
            let mut done = |hash: Hash, ()| {
                told = true;
                assert_eq!(hash, Digest::Md5.of(&[], &text[..length]), "{length}");
            };
            batch.push(&Prefix::new(Digest::Md5, &[]), [&text[..length]], (), &mut done);
            batch.flush(&mut done);
            assert!(told);
        }
    }

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
                    let rest = [&text[shared * 64..middle], &text[middle..length]];
                    batch.push(&prefix, rest, length, &mut done);
                    sent += 1;
                }
            }
            batch.flush(&mut done);
            assert_eq!(told, sent);
        }
    }
}
