//! Many hashes with shared beginnings: each message starts from a [`Prefix`], and
//! waits in a [`Batch`] until enough of them can be hashed side by side. Comes in:
//! prefixes and the rest of each message; goes out: the hash of each, with the tag
//! it came with.

use super::bytes::copy;
use super::digest::{Core, Digest, Hash, Hasher};
use super::lanes::{Block, Column, LANES, Vectors, WORDS, ending, parts};

/// What is hashed of a message so far: whole blocks of [`Prefix::BLOCK`] bytes.
#[derive(Clone)]
pub struct Prefix(State);

#[derive(Clone)]
enum State {
    Blocks(Blocks),
    /// In a box: there are many of the others.
    Other(Box<Hasher>),
}

#[derive(Clone, Copy)]
struct Blocks {
    core: Core,
    words: [u32; WORDS],
    /// How many are hashed.
    count: usize,
    /// Of a keyed hash, the state in which the result is hashed once more.
    outer: Option<[u32; WORDS]>,
}

impl Prefix {
    /// Bytes of a block.
    pub const BLOCK: usize = 64;

    /// Starts a hash. The key matters to the keyed ones only.
    #[must_use]
    pub fn new(digest: Digest, key: &[u8]) -> Self {
        let (core, is_keyed) = match digest {
            Digest::Md5 => (Core::Md5, false),
            Digest::Sha1 => (Core::Sha1, false),
            Digest::Sha256 => (Core::Sha256, false),
            Digest::HmacMd5 => (Core::Md5, true),
            Digest::HmacSha1 => (Core::Sha1, true),
            Digest::HmacSha256 => (Core::Sha256, true),
            Digest::Sha384 | Digest::Sha512 => return Self(State::Other(Box::new(Hasher::new(digest, key)))),
        };
        Self(State::Blocks(if is_keyed { Blocks::keyed(core, key) } else { Blocks::start(core) }))
    }

    /// The same with one more block.
    #[must_use]
    pub fn with(&self, block: &[u8; Self::BLOCK]) -> Self {
        let mut next = self.clone();
        match &mut next.0 {
            State::Blocks(blocks) => blocks.add(block),
            State::Other(hasher) => hasher.update(block),
        }
        next
    }
}

impl Blocks {
    const fn start(core: Core) -> Self {
        Self { core, words: core.start(), count: 0, outer: None }
    }

    /// HMAC, RFC 2104: the key fills the first block of two hashes.
    fn keyed(core: Core, key: &[u8]) -> Self {
        let mut filled = [0; Prefix::BLOCK];
        if key.len() > Prefix::BLOCK {
            let hash = core.digest().of(&[], key);
            filled[..hash.as_bytes().len()].copy_from_slice(hash.as_bytes());
        } else {
            filled[..key.len()].copy_from_slice(key);
        }
        let (mut inner, mut outer) = (Self::start(core), Self::start(core));
        inner.add(&filled.map(|byte| byte ^ 0x36));
        outer.add(&filled.map(|byte| byte ^ 0x5c));
        Self { outer: Some(outer.words), ..inner }
    }

    fn add(&mut self, block: &[u8; Prefix::BLOCK]) {
        self.core.block(&mut self.words, block);
        self.count += 1;
    }

    /// The hash of this and the padded rest by themselves.
    fn alone(&self, rest: &[Block]) -> Hash {
        let mut words = self.words;
        for block in rest {
            self.core.block(&mut words, block);
        }
        let Some(mut outer) = self.outer else { return hash(self.core, words) };
        self.core
            .block(&mut outer, &self.core.written(&ending(&words[..self.core.words()], parts(self.core))));
        hash(self.core, outer)
    }

    /// Writes the rest of a message, and the padding behind it: a one bit, zeros, and the
    /// length in bits.
    fn write(&self, length: usize, write: impl FnOnce(&mut Seat<'_>), into: &mut [Block]) {
        into[length / Prefix::BLOCK..].fill([0; Prefix::BLOCK]);
        let bytes = into.as_flattened_mut();
        let mut seat = Seat { left: &mut bytes[..length] };
        write(&mut seat);
        debug_assert!(seat.left.is_empty(), "a message is as long as it is said to be");
        bytes[length] = 0x80;
        let bits = ((self.count * Prefix::BLOCK + length) as u64).wrapping_mul(8);
        if let Some(last) = bytes.last_chunk_mut() {
            *last = self.core.length(bits);
        }
    }
}

fn hash(core: Core, words: [u32; WORDS]) -> Hash {
    let mut bytes = [0; 4 * WORDS];
    for (four, word) in bytes.as_chunks_mut().0.iter_mut().zip(words) {
        *four = core.bytes(word);
    }
    Hash::new(&bytes[..4 * core.words()])
}

/// Where a message is written, piece by piece.
pub struct Seat<'b> {
    left: &'b mut [u8],
}

impl Seat<'_> {
    /// Writes the next piece.
    #[inline]
    pub fn put(&mut self, piece: &[u8]) {
        let (into, left) = std::mem::take(&mut self.left).split_at_mut(piece.len());
        copy(into, piece);
        self.left = left;
    }
}

/// Messages that wait for company, each with a tag.
pub struct Batch<T> {
    /// One queue for each number of blocks that are left, once there was such a message.
    queues: [Option<Box<Queue<T>>>; MOST + 1],
    /// A message that does not wait.
    alone: Vec<Block>,
    hands: Hands,
}

/// How hashes are made, and which are told.
#[derive(Clone, Copy)]
struct Hands {
    /// The vectors, once they were asked for.
    vectors: Option<Vectors>,
    /// What a hash must begin with to be told.
    sieve: Option<[u8; 4]>,
}

struct Queue<T> {
    /// What all of them are like: the hash, and whether it has a key.
    like: Blocks,
    states: [Column; WORDS],
    outer: [Column; WORDS],
    /// The padded rests, one after the other.
    blocks: Vec<Block>,
    each_has: usize,
    tags: Vec<T>,
}

impl<T> Batch<T> {
    /// An empty one. Hashes that do not begin with the `sieve`, if there is one, are
    /// not told: most are of no use to somebody who looks for one.
    #[must_use]
    pub fn new(sieve: Option<[u8; 4]>) -> Self {
        let queues = std::array::from_fn(|_| None);
        Self { queues, alone: Vec::new(), hands: Hands { vectors: None, sieve } }
    }

    /// Hashes what stands behind a beginning, now or with others that are alike: so many
    /// bytes, which are written where they are hashed. `done` is told every hash that is
    /// finished by then.
    #[inline]
    pub fn push(
        &mut self,
        prefix: &Prefix,
        length: usize,
        write: impl FnOnce(&mut Seat<'_>),
        tag: T,
        done: &mut impl FnMut(Hash, T),
    ) {
        let blocks = (length + PADDING).div_ceil(Prefix::BLOCK);
        match &prefix.0 {
            State::Blocks(before) if blocks <= MOST => self.enqueue(before, blocks, length, write, tag, done),
            State::Blocks(before) => {
                self.alone.resize(blocks, [0; Prefix::BLOCK]);
                before.write(length, write, &mut self.alone);
                done(before.alone(&self.alone), tag);
            }
            State::Other(hasher) => {
                self.alone.resize(blocks, [0; Prefix::BLOCK]);
                let bytes = &mut self.alone.as_flattened_mut()[..length];
                write(&mut Seat { left: &mut *bytes });
                let mut hasher = Hasher::clone(hasher);
                hasher.update(bytes);
                done(hasher.finish(), tag);
            }
        }
    }

    #[inline]
    fn enqueue(
        &mut self,
        before: &Blocks,
        blocks: usize,
        length: usize,
        write: impl FnOnce(&mut Seat<'_>),
        tag: T,
        done: &mut impl FnMut(Hash, T),
    ) {
        let queue = self.queues[blocks].get_or_insert_with(|| Box::new(Queue::new(blocks, before)));
        if queue.like.core != before.core || queue.like.outer.is_some() != before.outer.is_some() {
            queue.finish(&mut self.hands, done);
            queue.like = *before;
        }
        queue.add(before, length, write, tag);
        if queue.tags.len() == LANES {
            queue.finish(&mut self.hands, done);
        }
    }

    /// Hashes what still waits.
    pub fn flush(&mut self, done: &mut impl FnMut(Hash, T)) {
        for queue in self.queues.iter_mut().flatten().filter(|queue| !queue.tags.is_empty()) {
            queue.finish(&mut self.hands, done);
        }
    }
}

impl<T> Queue<T> {
    fn new(blocks: usize, like: &Blocks) -> Self {
        Self {
            like: *like,
            states: [[0; LANES]; WORDS],
            outer: [[0; LANES]; WORDS],
            blocks: vec![[0; Prefix::BLOCK]; blocks * LANES],
            each_has: blocks,
            tags: Vec::with_capacity(LANES),
        }
    }

    #[inline]
    fn add(&mut self, before: &Blocks, length: usize, write: impl FnOnce(&mut Seat<'_>), tag: T) {
        let lane = self.tags.len() % LANES;
        put(&mut self.states, lane, before.words);
        if let Some(words) = before.outer {
            put(&mut self.outer, lane, words);
        }
        before.write(length, write, &mut self.blocks[lane * self.each_has..][..self.each_has]);
        self.tags.push(tag);
    }

    fn finish(&mut self, hands: &mut Hands, done: &mut impl FnMut(Hash, T)) {
        // A few are done before the vectors are asked for.
        let are_few = self.tags.len() < FEW;
        let vectors = (!are_few).then(|| *hands.vectors.get_or_insert_default());
        match vectors.filter(|vectors| vectors.pay_off(self.like.core)) {
            Some(vectors) => self.side_by_side(vectors, hands.sieve, done),
            None => self.one_by_one(done),
        }
    }

    fn side_by_side(&mut self, vectors: Vectors, sieve: Option<[u8; 4]>, done: &mut impl FnMut(Hash, T)) {
        let core = self.like.core;
        let outer = self.like.outer.is_some().then_some(&self.outer);
        vectors.hash(core, &mut self.states, &self.blocks, outer);
        let wanted = sieve.map(|head| core.word(head));
        // All are counted at once: hardly ever is there one.
        let hits = |wanted| self.states[0].iter().filter(|word| **word == wanted).count();
        if wanted.is_some_and(|wanted| hits(wanted) == 0) {
            return self.tags.clear();
        }
        for (lane, tag) in self.tags.drain(..).enumerate() {
            if wanted.is_none_or(|wanted| self.states[0][lane] == wanted) {
                done(hash(core, taken(&self.states, lane)), tag);
            }
        }
    }

    fn one_by_one(&mut self, done: &mut impl FnMut(Hash, T)) {
        let messages = self.blocks.chunks_exact(self.each_has);
        for (lane, (tag, blocks)) in self.tags.drain(..).zip(messages).enumerate() {
            let outer = self.like.outer.map(|_| taken(&self.outer, lane));
            let before = Blocks { words: taken(&self.states, lane), outer, ..self.like };
            done(before.alone(blocks), tag);
        }
    }
}

fn put(states: &mut [Column; WORDS], lane: usize, words: [u32; WORDS]) {
    states.iter_mut().zip(words).for_each(|(column, word)| column[lane] = word);
}

fn taken(states: &[Column; WORDS], lane: usize) -> [u32; WORDS] {
    states.map(|column| column[lane])
}

/// Fewer than this take less time than to find out which vectors there are.
const FEW: usize = 8;

/// Bytes of the shortest padding.
const PADDING: usize = 1 + 8;

/// Blocks of the longest message that waits: a queue takes 2 KiB for each of its blocks,
/// so that all of them together take 4 MiB at most.
const MOST: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    const DIGESTS: [Digest; 8] = [
        Digest::Md5,
        Digest::Sha1,
        Digest::Sha256,
        Digest::Sha384,
        Digest::Sha512,
        Digest::HmacSha256,
        Digest::HmacMd5,
        Digest::HmacSha1,
    ];

    /// Every length around the borders of blocks, after every number of shared
    /// blocks, gives what the hash gives alone.
    #[test]
    fn a_long_message_is_hashed_alone() {
        let mut batch = Batch::new(None);
        let text = vec![7; (MOST + 3) * Prefix::BLOCK];
        for length in (MOST - 2) * Prefix::BLOCK..text.len() {
            let mut told = false;
            let mut done = |hash: Hash, ()| {
                told = true;
                assert_eq!(hash, Digest::Md5.of(&[], &text[..length]), "{length}");
            };
            batch.push(
                &Prefix::new(Digest::Md5, &[]),
                length,
                |seat| seat.put(&text[..length]),
                (),
                &mut done,
            );
            batch.flush(&mut done);
            assert!(told);
        }
    }

    #[test]
    fn a_batch_hashes_as_one_alone_does() {
        let text: Vec<u8> = (0..500_u32).map(|n| n.wrapping_mul(37).to_le_bytes()[0]).collect();
        for digest in DIGESTS {
            let mut batch = Batch::new(None);
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
                    let write = |seat: &mut Seat<'_>| {
                        seat.put(&text[shared * 64..middle]);
                        seat.put(&text[middle..length]);
                    };
                    batch.push(&prefix, length - shared * 64, write, length, &mut done);
                    sent += 1;
                }
            }
            batch.flush(&mut done);
            assert_eq!(told, sent);
        }
    }
}
