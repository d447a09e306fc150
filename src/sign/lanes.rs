//! Blocks of many messages hashed side by side, by the widest vectors of the processor
//! at hand: one message alone leaves most of a core idle. Comes in: the state of each
//! message and its next blocks, word by word; goes out: the states behind them. Chooses
//! the instructions when it runs, so that one program serves every machine.

#![allow(
    clippy::inline_always,
    reason = "what is not inlined into a kernel is compiled without its vector instructions"
)]
#![allow(clippy::needless_range_loop, reason = "closures are not always inlined either")]
#![allow(clippy::many_single_char_names, reason = "the letters of RFC 1321 and FIPS 180-4")]

use std::sync::OnceLock;

use fearless_simd::{Bytes as _, Level, Simd, SimdBase, dispatch};

use super::digest::Core;

/// Messages that are hashed side by side: two of the widest vectors there are.
pub(super) const LANES: usize = 32;
/// Words of a state.
pub(super) const WORDS: usize = 8;
/// A word of each message.
pub(super) type Column = [u32; LANES];
/// The bytes of one block.
pub(super) type Block = [u8; 64];

/// The vectors of this processor that may be used; none: one message after the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vectors(Option<Level>);

/// What may be used, if somebody said so.
static WIDEST: OnceLock<Widest> = OnceLock::new();

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Widest {
    None,
    Sse2,
    Avx2,
    Avx512,
}

/// Lets hashes use vectors of this kind at most, `avx512`, `avx2`, `sse2` or `none`, from the
/// first one on; false for any other word. Results are the same with each.
pub fn use_at_most(word: &str) -> bool {
    let widest = match word {
        "none" => Widest::None,
        "sse2" => Widest::Sse2,
        "avx2" => Widest::Avx2,
        "avx512" => Widest::Avx512,
        _ => return false,
    };
    WIDEST.get_or_init(|| widest);
    true
}

impl Default for Vectors {
    /// Looks once: it takes 30 µs on some virtual machines.
    fn default() -> Self {
        Self::at_most(*WIDEST.get().unwrap_or(&Widest::Avx512))
    }
}

impl Vectors {
    #[cfg(target_arch = "x86_64")]
    fn at_most(widest: Widest) -> Self {
        let best = Level::new();
        Self(match widest {
            Widest::None => None,
            Widest::Sse2 => best.as_sse2().map(Level::Sse2),
            Widest::Avx2 if best.as_avx512().is_some() => best.as_avx2().map(Level::Avx2),
            Widest::Avx2 | Widest::Avx512 => Some(best),
        })
    }

    /// Other processors have one kind.
    #[cfg(not(target_arch = "x86_64"))]
    fn at_most(widest: Widest) -> Self {
        Self((widest != Widest::None).then(Level::new))
    }

    /// Whether they are faster than one message after the other: many processors have
    /// instructions for the SHA family which only the widest vectors outdo, and none for MD5.
    pub(super) fn pay_off(self, core: Core) -> bool {
        self.0.is_some() && (core == Core::Md5 || self.are_widest())
    }

    fn are_widest(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        return self.0.is_some_and(|level| level.as_avx512().is_some());
        #[cfg(not(target_arch = "x86_64"))]
        return false;
    }

    /// Hashes the blocks of each message: those of the first come first. The hashes of keyed
    /// ones are hashed once more, each behind its state in `outer`.
    pub(super) fn hash(
        self,
        core: Core,
        states: &mut [Column; WORDS],
        blocks: &[Block],
        outer: Option<&[Column; WORDS]>,
    ) {
        let Some(level) = self.0 else { return };
        dispatch!(level, simd => match core {
            Core::Md5 => in_turns::<_, 2, 4>(simd, Core::Md5, md5, states, blocks, outer),
            Core::Sha1 => in_turns::<_, 1, 5>(simd, Core::Sha1, sha1, states, blocks, outer),
            Core::Sha256 => in_turns::<_, 1, 8>(simd, Core::Sha256, sha256, states, blocks, outer),
        });
    }
}

/// The last block of a keyed hash: the inner hash and its padding, made of these [`parts`].
#[inline(always)]
pub(super) fn ending<V: Copy>(inner: &[V], [zero, mark, low, high]: [V; 4]) -> [V; 16] {
    let mut block = [zero; 16];
    block[..inner.len()].copy_from_slice(inner);
    (block[inner.len()], block[14], block[15]) = (mark, low, high);
    block
}

/// Zero, the one bit behind an inner hash, and its length: a block of a key and itself.
pub(super) fn parts(core: Core) -> [u32; 4] {
    let [a, b, c, d, e, f, g, h] = core.length((64 + 4 * core.words()) as u64 * 8);
    [[0; 4], [0x80, 0, 0, 0], [a, b, c, d], [e, f, g, h]].map(|bytes| core.word(bytes))
}

/// A word of as many messages as go side by side in `G` vectors.
type Words<S, const G: usize> = [<S as Simd>::u32s; G];

/// As many messages at a time as there are vectors for.
#[inline(always)]
fn in_turns<S: Simd, const G: usize, const N: usize>(
    simd: S,
    core: Core,
    block: impl Fn(S, [Words<S, G>; N], [Words<S, G>; 16]) -> [Words<S, G>; N],
    states: &mut [Column; WORDS],
    blocks: &[Block],
    outer: Option<&[Column; WORDS]>,
) {
    let (width, each_has) = (S::u32s::LEN, blocks.len() / LANES);
    let [zero, mark, low, high] = parts(core);
    let padding = [
        [S::u32s::splat(simd, zero); G],
        [S::u32s::splat(simd, mark); G],
        [S::u32s::splat(simd, low); G],
        [S::u32s::splat(simd, high); G],
    ];
    for from in (0..LANES).step_by(width * G) {
        let read = |columns: &[Column; WORDS]| -> [Words<S, G>; N] {
            each(|word| each(|g| S::u32s::from_slice(simd, &columns[word][from + g * width..][..width])))
        };
        let mut words = read(states);
        // One call of `block` and no more: it is inlined only if there is no other.
        for at in 0..each_has + usize::from(outer.is_some()) {
            let message = match outer {
                Some(outer) if at == each_has => {
                    let inner = words;
                    words = read(outer);
                    ending(&inner, padding)
                }
                _ => {
                    let mut message = [[S::u32s::splat(simd, 0); G]; 16];
                    for g in 0..G {
                        let first = (from + g * width) * each_has + at;
                        let words = word_by_word(simd, core, &blocks[first..], each_has);
                        for (all, word) in message.iter_mut().zip(words) {
                            all[g] = word;
                        }
                    }
                    message
                }
            };
            words = block(simd, words, message);
        }
        for (column, words) in states.iter_mut().zip(words) {
            for (g, vector) in words.into_iter().enumerate() {
                vector.store_slice(&mut column[from + g * width..][..width]);
            }
        }
    }
}

/// Words as they are counted with, from words as they stand in the bytes.
#[inline(always)]
fn ordered<S: Simd>(core: Core, words: S::u32s) -> S::u32s {
    if (core == Core::Md5) != cfg!(target_endian = "big") {
        return words;
    }
    let [left, right] = [(words << 8) | (words >> 24), (words >> 8) | (words << 24)];
    (left & 0x00ff_00ff) | (right & 0xff00_ff00)
}

/// The first word of each block, the second, and so on; `apart` says how far the next block
/// is. A vector holds as many words of one block as there are blocks; shuffling the vectors like
/// a pack of cards, once for each bit of that number, turns rows into columns.
#[inline(always)]
fn word_by_word<S: Simd>(simd: S, core: Core, blocks: &[Block], apart: usize) -> [S::u32s; 16] {
    let width = S::u32s::LEN;
    let mut vectors = [S::u32s::splat(simd, 0); 16];
    for (at, vector) in vectors.iter_mut().enumerate() {
        let bytes = &blocks[at % width * apart][at / width * width * 4..][..width * 4];
        *vector = ordered::<S>(core, S::u8s::from_slice(simd, bytes).bitcast());
    }
    let mut shuffled = 1;
    while shuffled < width {
        let old = vectors;
        for at in 0..8 {
            // The half pack that this card is in, and its place there.
            let (part, card) = (at / (width / 2) * width, at % (width / 2));
            let (low, high) = old[part + card].interleave(old[part + card + width / 2]);
            (vectors[part + 2 * card], vectors[part + 2 * card + 1]) = (low, high);
        }
        shuffled *= 2;
    }
    vectors
}

#[inline(always)]
fn each<V, const G: usize>(make: impl Fn(usize) -> V) -> [V; G] {
    std::array::from_fn(make)
}

#[inline(always)]
fn sum<S: Simd, const G: usize>(a: Words<S, G>, b: Words<S, G>) -> Words<S, G> {
    each(|g| a[g] + b[g])
}

#[inline(always)]
fn plus<S: Simd, const G: usize>(a: Words<S, G>, constant: u32) -> Words<S, G> {
    each(|g| a[g] + constant)
}

#[inline(always)]
fn left<S: Simd, const G: usize>(a: Words<S, G>, bits: u32) -> Words<S, G> {
    each(|g| (a[g] << bits) | (a[g] >> (32 - bits)))
}

/// MD5, RFC 1321 section 3.4.
#[inline(always)]
fn md5<S: Simd, const G: usize>(
    _: S,
    before: [Words<S, G>; 4],
    message: [Words<S, G>; 16],
) -> [Words<S, G>; 4] {
    let mut words = before;
    let f = |x: Words<S, G>, y: Words<S, G>, z: Words<S, G>| each(|g| z[g] ^ (x[g] & (y[g] ^ z[g])));
    let g = |x: Words<S, G>, y: Words<S, G>, z: Words<S, G>| each(|g| y[g] ^ (z[g] & (x[g] ^ y[g])));
    let h = |x: Words<S, G>, y: Words<S, G>, z: Words<S, G>| each(|g| x[g] ^ y[g] ^ z[g]);
    let i = |x: Words<S, G>, y: Words<S, G>, z: Words<S, G>| each(|g| y[g] ^ (x[g] | !z[g]));
    md5_round::<S, G, 0>(&mut words, &message, [7, 12, 17, 22], |i| i, f);
    md5_round::<S, G, 1>(&mut words, &message, [5, 9, 14, 20], |i| 5 * i + 1, g);
    md5_round::<S, G, 2>(&mut words, &message, [4, 11, 16, 23], |i| 3 * i + 5, h);
    md5_round::<S, G, 3>(&mut words, &message, [6, 10, 15, 21], |i| 7 * i, i);
    each(|word| sum::<S, G>(words[word], before[word]))
}

#[inline(always)]
fn md5_round<S: Simd, const G: usize, const ROUND: usize>(
    words: &mut [Words<S, G>; 4],
    message: &[Words<S, G>; 16],
    turns: [u32; 4],
    place: impl Fn(usize) -> usize,
    mix: impl Fn(Words<S, G>, Words<S, G>, Words<S, G>) -> Words<S, G>,
) {
    for step in 0..16 {
        let [a, b, c, d] = *words;
        let added = plus::<S, G>(message[place(step) % 16], SINES[16 * ROUND + step]);
        let turned = left::<S, G>(sum::<S, G>(sum::<S, G>(a, added), mix(b, c, d)), turns[step % 4]);
        *words = [d, sum::<S, G>(turned, b), b, c];
    }
}

/// SHA-1, FIPS 180-4 section 6.1.2.
#[inline(always)]
fn sha1<S: Simd, const G: usize>(
    _: S,
    before: [Words<S, G>; 5],
    message: [Words<S, G>; 16],
) -> [Words<S, G>; 5] {
    let mut w = message;
    let mut words = before;
    let choose = |x: Words<S, G>, y: Words<S, G>, z: Words<S, G>| each(|g| z[g] ^ (x[g] & (y[g] ^ z[g])));
    let parity = |x: Words<S, G>, y: Words<S, G>, z: Words<S, G>| each(|g| x[g] ^ y[g] ^ z[g]);
    let most =
        |x: Words<S, G>, y: Words<S, G>, z: Words<S, G>| each(|g| (x[g] & y[g]) | (z[g] & (x[g] | y[g])));
    sha1_round::<S, G, 0>(&mut words, &mut w, 0x5a82_7999, choose);
    sha1_round::<S, G, 1>(&mut words, &mut w, 0x6ed9_eba1, parity);
    sha1_round::<S, G, 2>(&mut words, &mut w, 0x8f1b_bcdc, most);
    sha1_round::<S, G, 3>(&mut words, &mut w, 0xca62_c1d6, parity);
    each(|word| sum::<S, G>(words[word], before[word]))
}

#[inline(always)]
fn sha1_round<S: Simd, const G: usize, const ROUND: usize>(
    words: &mut [Words<S, G>; 5],
    w: &mut [Words<S, G>; 16],
    constant: u32,
    mix: impl Fn(Words<S, G>, Words<S, G>, Words<S, G>) -> Words<S, G>,
) {
    for step in 20 * ROUND..20 * ROUND + 20 {
        let at = |back: usize| (step + 16 - back) % 16;
        if step >= 16 {
            let next = each(|g| w[at(3)][g] ^ w[at(8)][g] ^ w[at(14)][g] ^ w[at(16)][g]);
            w[step % 16] = left::<S, G>(next, 1);
        }
        let [a, b, c, d, e] = *words;
        let added = plus::<S, G>(sum::<S, G>(e, w[step % 16]), constant);
        let next = sum::<S, G>(sum::<S, G>(left::<S, G>(a, 5), mix(b, c, d)), added);
        *words = [next, a, left::<S, G>(b, 30), c, d];
    }
}

/// SHA-256, FIPS 180-4 section 6.2.2.
#[inline(always)]
fn sha256<S: Simd, const G: usize>(
    _: S,
    before: [Words<S, G>; 8],
    message: [Words<S, G>; 16],
) -> [Words<S, G>; 8] {
    let right = |x: Words<S, G>, bits: u32| left::<S, G>(x, 32 - bits);
    let both = |x: Words<S, G>, y: Words<S, G>, z: Words<S, G>| each(|g| x[g] ^ y[g] ^ z[g]);
    let mut w = message;
    let mut words = before;
    for step in 0..64 {
        let at = |back: usize| (step + 16 - back) % 16;
        if step >= 16 {
            let (old, new) = (w[at(15)], w[at(2)]);
            let old = both(right(old, 7), right(old, 18), each(|g| old[g] >> 3));
            let new = both(right(new, 17), right(new, 19), each(|g| new[g] >> 10));
            w[step % 16] = sum::<S, G>(sum::<S, G>(w[at(16)], old), sum::<S, G>(w[at(7)], new));
        }
        let [a, b, c, d, e, f, g, h] = words;
        let chosen = each(|i| g[i] ^ (e[i] & (f[i] ^ g[i])));
        let most = each(|i| (a[i] & b[i]) | (c[i] & (a[i] | b[i])));
        let added = plus::<S, G>(sum::<S, G>(h, w[step % 16]), PRIMES[step]);
        let first = sum::<S, G>(sum::<S, G>(added, chosen), both(right(e, 6), right(e, 11), right(e, 25)));
        let second = sum::<S, G>(both(right(a, 2), right(a, 13), right(a, 22)), most);
        words = [sum::<S, G>(first, second), a, b, c, sum::<S, G>(d, first), e, f, g];
    }
    each(|word| sum::<S, G>(words[word], before[word]))
}

/// RFC 1321 section 3.4: the whole part of 2³² · |sin(i)|.
const SINES: [u32; 64] = [
    0xd76a_a478,
    0xe8c7_b756,
    0x2420_70db,
    0xc1bd_ceee,
    0xf57c_0faf,
    0x4787_c62a,
    0xa830_4613,
    0xfd46_9501,
    0x6980_98d8,
    0x8b44_f7af,
    0xffff_5bb1,
    0x895c_d7be,
    0x6b90_1122,
    0xfd98_7193,
    0xa679_438e,
    0x49b4_0821,
    0xf61e_2562,
    0xc040_b340,
    0x265e_5a51,
    0xe9b6_c7aa,
    0xd62f_105d,
    0x0244_1453,
    0xd8a1_e681,
    0xe7d3_fbc8,
    0x21e1_cde6,
    0xc337_07d6,
    0xf4d5_0d87,
    0x455a_14ed,
    0xa9e3_e905,
    0xfcef_a3f8,
    0x676f_02d9,
    0x8d2a_4c8a,
    0xfffa_3942,
    0x8771_f681,
    0x6d9d_6122,
    0xfde5_380c,
    0xa4be_ea44,
    0x4bde_cfa9,
    0xf6bb_4b60,
    0xbebf_bc70,
    0x289b_7ec6,
    0xeaa1_27fa,
    0xd4ef_3085,
    0x0488_1d05,
    0xd9d4_d039,
    0xe6db_99e5,
    0x1fa2_7cf8,
    0xc4ac_5665,
    0xf429_2244,
    0x432a_ff97,
    0xab94_23a7,
    0xfc93_a039,
    0x655b_59c3,
    0x8f0c_cc92,
    0xffef_f47d,
    0x8584_5dd1,
    0x6fa8_7e4f,
    0xfe2c_e6e0,
    0xa301_4314,
    0x4e08_11a1,
    0xf753_7e82,
    0xbd3a_f235,
    0x2ad7_d2bb,
    0xeb86_d391,
];

/// FIPS 180-4 section 4.2.2: of the cube roots of the first 64 primes, the first 32
/// bits behind the point.
const PRIMES: [u32; 64] = [
    0x428a_2f98,
    0x7137_4491,
    0xb5c0_fbcf,
    0xe9b5_dba5,
    0x3956_c25b,
    0x59f1_11f1,
    0x923f_82a4,
    0xab1c_5ed5,
    0xd807_aa98,
    0x1283_5b01,
    0x2431_85be,
    0x550c_7dc3,
    0x72be_5d74,
    0x80de_b1fe,
    0x9bdc_06a7,
    0xc19b_f174,
    0xe49b_69c1,
    0xefbe_4786,
    0x0fc1_9dc6,
    0x240c_a1cc,
    0x2de9_2c6f,
    0x4a74_84aa,
    0x5cb0_a9dc,
    0x76f9_88da,
    0x983e_5152,
    0xa831_c66d,
    0xb003_27c8,
    0xbf59_7fc7,
    0xc6e0_0bf3,
    0xd5a7_9147,
    0x06ca_6351,
    0x1429_2967,
    0x27b7_0a85,
    0x2e1b_2138,
    0x4d2c_6dfc,
    0x5338_0d13,
    0x650a_7354,
    0x766a_0abb,
    0x81c2_c92e,
    0x9272_2c85,
    0xa2bf_e8a1,
    0xa81a_664b,
    0xc24b_8b70,
    0xc76c_51a3,
    0xd192_e819,
    0xd699_0624,
    0xf40e_3585,
    0x106a_a070,
    0x19a4_c116,
    0x1e37_6c08,
    0x2748_774c,
    0x34b0_bcb5,
    0x391c_0cb3,
    0x4ed8_aa4a,
    0x5b9c_ca4f,
    0x682e_6ff3,
    0x748f_82ee,
    0x78a5_636f,
    0x84c8_7814,
    0x8cc7_0208,
    0x90be_fffa,
    0xa450_6ceb,
    0xbef9_a3f7,
    0xc671_78f2,
];

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [Widest; 4] = [Widest::None, Widest::Sse2, Widest::Avx2, Widest::Avx512];

    #[test]
    fn every_vector_hashes_as_one_block_alone() {
        let word = |seed: usize| u32::try_from(seed).unwrap().wrapping_mul(0x9e37_79b9).rotate_left(7);
        let block = |block: usize| -> Block { each(|at| word(block * 64 + at).to_le_bytes()[3]) };
        let vectors = KINDS.map(Vectors::at_most).into_iter().filter(|vectors| vectors.0.is_some());
        let cases = vectors.flat_map(|vectors| Core::ALL.map(|core| (vectors, core)));
        for ((vectors, core), each_has) in cases.flat_map(|case| [1, 2, 3, 7].map(|blocks| (case, blocks))) {
            let blocks: Vec<Block> = (0..each_has * LANES).map(block).collect();
            let before: [Column; WORDS] = each(|at| each(|lane| word(7 + at * LANES + lane)));
            let outer: [Column; WORDS] = each(|at| each(|lane| word(901 + at * LANES + lane)));
            let [mut plain, mut keyed] = [before; 2];
            vectors.hash(core, &mut plain, &blocks, None);
            vectors.hash(core, &mut keyed, &blocks, Some(&outer));
            let of = |states: &[Column; WORDS], lane: usize| -> [u32; WORDS] { each(|at| states[at][lane]) };
            for (lane, blocks) in blocks.chunks(each_has).enumerate() {
                let (mut alone, mut last) = (of(&before, lane), of(&outer, lane));
                for block in blocks {
                    core.block(&mut alone, block);
                }
                let about = format!("{vectors:?} {core:?} {lane} of {each_has}");
                assert_eq!(of(&plain, lane)[..core.words()], alone[..core.words()], "{about}");
                core.block(&mut last, &core.written(&ending(&alone[..core.words()], parts(core))));
                assert_eq!(of(&keyed, lane)[..core.words()], last[..core.words()], "{about}, keyed");
            }
        }
    }
}
