//! What the given signature can be: which digest, written how. Decoded once, so
//! that a hypothesis costs one comparison of raw bytes. Comes in: the text of
//! the signature and the right recipe; goes out: a list of [`Target`]s, each
//! with the causes that this reading of the signature alone already means.

use super::case::Case;
use super::cause::{self, Cause};
use super::family::Output;
use crate::sign::{self, Case as LetterCase, Digest, Hash, Prefix, Pss, Recipe};

/// One reading of the given signature.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// The digest that could have made it.
    pub(super) digest: Digest,
    /// The key of a keyed digest.
    pub(super) key: KeyOf,
    /// A second hash over the first.
    pub(super) again: Option<Again>,
    /// What the reading means; empty if the signature is written as it should be.
    pub(super) causes: Vec<&'static Cause>,
    /// The candidate whose reading it is.
    pub(super) candidate: Option<String>,
    pub(super) form: Form,
}

/// How a first hash is written before it is hashed once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// In hex.
    Hex(LetterCase),
    /// In base64.
    Base64,
    /// As it is.
    Raw,
}

/// The key of a keyed digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyOf {
    /// The secret of the draft.
    Secret,
    /// No key.
    Nothing,
}

/// What a finished hash is held against.
#[derive(Debug, Clone)]
pub(super) enum Form {
    /// These bytes, from this byte of the hash on.
    Bytes { from: usize, bytes: Vec<u8> },
    /// Hex with the zero of every byte below 16 left out.
    Ragged(Vec<u8>),
    /// The inside of an RSASSA-PSS block.
    Pss(Pss),
}

/// Why a signature cannot be searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// Nothing there, or the text of an empty variable.
    Missing,
    /// Not hex and not base64.
    NotHex,
    /// Not base64, where RSA is.
    NotBase64,
    /// As long as no hash is, and not as long as the key.
    NotOfKey,
    /// A length that no digest has.
    Length,
}

impl Target {
    /// The start of a hash that is keyed as this reading says.
    pub(super) fn start(&self, secret: &str) -> Prefix {
        let key = if self.key == KeyOf::Secret { secret.as_bytes() } else { &[] };
        Prefix::new(self.digest, key)
    }

    /// Whether these bytes give the given signature.
    pub(super) fn is_of(&self, secret: &str, bytes: &[u8]) -> bool {
        let key = if self.key == KeyOf::Secret { secret.as_bytes() } else { &[] };
        self.is(&self.digest.of(key, bytes))
    }

    /// Whether it is a reading that hardly ever is the right one: two hashes in
    /// a row, a digest that no SDK offers, a part of a longer hash.
    pub(super) fn is_odd(&self) -> bool {
        let cut = matches!(&self.form, Form::Bytes { bytes, .. } if bytes.len() < self.digest.size());
        self.again.is_some() || cut || matches!(self.digest, Digest::HmacMd5 | Digest::HmacSha1)
    }

    /// Whether the secret goes into the hash as a key.
    pub(super) fn is_keyed(&self) -> bool {
        self.key == KeyOf::Secret
            && matches!(self.digest, Digest::HmacSha256 | Digest::HmacMd5 | Digest::HmacSha1)
    }

    /// What the last hash begins with, where the signature shows it.
    pub(super) fn head(&self) -> Option<[u8; 4]> {
        match &self.form {
            Form::Bytes { from: 0, bytes } => bytes.first_chunk().copied(),
            _ => None,
        }
    }

    /// Whether the finished hash is the given signature.
    pub(super) fn is(&self, hash: &Hash) -> bool {
        match self.again {
            None => self.shows(hash),
            Some(again) => self.shows(&self.digest.of(&[], &again.text(hash))),
        }
    }

    /// Whether the last hash is the given signature.
    pub(super) fn shows(&self, hash: &Hash) -> bool {
        match &self.form {
            Form::Bytes { from, bytes } => hash.as_bytes()[*from..].starts_with(bytes),
            Form::Ragged(text) => is_ragged(hash.as_bytes(), text),
            Form::Pss(block) => block.is_of(hash.as_bytes()),
        }
    }
}

impl Again {
    /// What is hashed once more.
    pub(super) fn text(self, hash: &Hash) -> Vec<u8> {
        match self {
            Self::Hex(case) => hash.hex(case).into_bytes(),
            Self::Base64 => sign::base64_text(hash.as_bytes()).into_bytes(),
            Self::Raw => hash.as_bytes().to_vec(),
        }
    }
}

fn is_ragged(hash: &[u8], text: &[u8]) -> bool {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut rest = text;
    for byte in hash {
        let (high, low) = (DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]);
        rest = match rest {
            [a, rest @ ..] if high == b'0' && *a == low => rest,
            [a, b, rest @ ..] if high != b'0' && *a == high && *b == low => rest,
            _ => return false,
        };
    }
    rest.is_empty()
}

/// All readings of the signature, those that mean the fewest causes first.
pub(super) fn targets(case: &Case, recipe: &Recipe) -> Result<Vec<Target>, Unreadable> {
    let text = case.signature.trim().trim_matches(['"', '\'']);
    if matches!(text, "" | "null" | "undefined" | "None" | "nil") {
        return Err(Unreadable::Missing);
    }
    let reader = Reader { recipe, output: case.scheme.family().output };
    let mut list =
        if text.bytes().all(|b| b.is_ascii_hexdigit()) { reader.hex(text) } else { reader.bytes(text)? };
    if list.is_empty() {
        return Err(Unreadable::Length);
    }
    list.sort_by_key(|t| t.causes.len());
    Ok(list)
}

struct Reader<'a> {
    recipe: &'a Recipe,
    output: &'static Output,
}

impl Reader<'_> {
    fn hex(&self, text: &str) -> Vec<Target> {
        let case = self.letter_case(text);
        let mut list = Vec::new();
        let lower = text.to_ascii_lowercase();
        match text.len() {
            32 => {
                self.whole(&lower, &[Digest::Md5, Digest::HmacMd5], &case, &mut list);
                self.cut(&lower, &[Digest::Sha1, Digest::Sha256], &case, &mut list);
            }
            40 => {
                self.whole(&lower, &[Digest::Sha1, Digest::HmacSha1], &case, &mut list);
                self.cut(&lower, &[Digest::Sha256], &case, &mut list);
            }
            64 => self.whole(&lower, &[Digest::HmacSha256, Digest::Sha256], &case, &mut list),
            16 => self.sixteen(&lower, &case, &mut list),
            length => self.zeros(&lower, length, &case, &mut list),
        }
        list
    }

    fn whole(&self, hex: &str, digests: &[Digest], case: &[&'static Cause], list: &mut Vec<Target>) {
        let Some(bytes) = sign::from_hex(hex) else { return };
        for &digest in digests {
            self.push(digest, KeyOf::Secret, None, case, &bytes, list);
            if digest == Digest::HmacSha256 {
                self.push(digest, KeyOf::Nothing, None, case, &bytes, list);
            }
            if !matches!(digest, Digest::HmacMd5 | Digest::HmacSha1 | Digest::HmacSha256) {
                self.push(digest, KeyOf::Nothing, Some(Again::Hex(LetterCase::Lower)), case, &bytes, list);
                self.push(digest, KeyOf::Nothing, Some(Again::Hex(LetterCase::Upper)), case, &bytes, list);
            }
        }
    }

    fn push(
        &self,
        digest: Digest,
        key: KeyOf,
        again: Option<Again>,
        extra: &[&'static Cause],
        bytes: &[u8],
        list: &mut Vec<Target>,
    ) {
        let mut causes: Vec<&'static Cause> = self.digest_cause(digest, key, again).into_iter().collect();
        causes.extend(extra);
        list.push(Target {
            digest,
            key,
            again,
            causes,
            candidate: None,
            form: Form::Bytes { from: 0, bytes: bytes.to_vec() },
        });
    }

    /// The first half of a longer hash.
    fn cut(&self, hex: &str, digests: &[Digest], case: &[&'static Cause], list: &mut Vec<Target>) {
        let Some(bytes) = sign::from_hex(hex) else { return };
        for &digest in digests {
            let mut causes = vec![self.output.form];
            causes.extend(
                (digest != self.recipe.digest)
                    .then_some(self.output.digest)
                    .filter(|c| *c != self.output.form),
            );
            causes.extend(case);
            let form = Form::Bytes { from: 0, bytes: bytes.clone() };
            list.push(Target { digest, key: KeyOf::Nothing, again: None, causes, candidate: None, form });
        }
    }

    /// The middle of an MD5, or its first half.
    fn sixteen(&self, hex: &str, case: &[&'static Cause], list: &mut Vec<Target>) {
        let Some(bytes) = sign::from_hex(hex) else { return };
        for from in [4, 0, 8] {
            let mut causes = vec![self.output.digest];
            causes.extend(case);
            let form = Form::Bytes { from, bytes: bytes.clone() };
            list.push(Target {
                digest: Digest::Md5,
                key: KeyOf::Nothing,
                again: None,
                causes,
                candidate: None,
                form,
            });
        }
    }

    /// A length that only lost zeros explain.
    fn zeros(&self, hex: &str, length: usize, case: &[&'static Cause], list: &mut Vec<Target>) {
        for digest in [self.recipe.digest, Digest::Md5, Digest::Sha1, Digest::HmacSha256, Digest::Sha256] {
            let full = digest.size() * 2;
            let known = list.iter().any(|t| t.digest == digest);
            if known || !(full / 2 + full / 8..full).contains(&length) {
                continue;
            }
            let mut causes = vec![cause::X_HEX_ZERO];
            causes.extend(self.digest_cause(digest, KeyOf::Secret, None));
            causes.extend(case);
            let target = |form| Target {
                digest,
                key: KeyOf::Secret,
                again: None,
                causes: causes.clone(),
                candidate: None,
                form,
            };
            if let Some(bytes) = sign::from_hex(&format!("{hex:0>full$}")) {
                list.push(target(Form::Bytes { from: 0, bytes }));
            }
            list.push(target(Form::Ragged(hex.as_bytes().to_vec())));
        }
    }

    /// Base64 of the hash or of its hex, or a list of byte values.
    fn bytes(&self, text: &str) -> Result<Vec<Target>, Unreadable> {
        let bytes = sign::from_base64(text).or_else(|| byte_list(text)).ok_or(Unreadable::NotHex)?;
        let mut list = Vec::new();
        if let Some(hex) = std::str::from_utf8(&bytes)
            .ok()
            .filter(|t| t.len() >= 32 && t.bytes().all(|b| b.is_ascii_hexdigit()))
        {
            list = self.hex(hex);
        } else {
            for digest in [Digest::Md5, Digest::Sha1, Digest::HmacSha256, Digest::Sha256] {
                if digest.size() == bytes.len() {
                    self.push(digest, KeyOf::Secret, None, &[], &bytes, &mut list);
                }
            }
        }
        for target in &mut list {
            target.causes.push(self.output.form);
            target.causes.dedup();
        }
        if list.is_empty() { Err(Unreadable::NotHex) } else { Ok(list) }
    }

    fn letter_case(&self, text: &str) -> Vec<&'static Cause> {
        let upper = text.bytes().any(|b| b.is_ascii_uppercase());
        let lower = text.bytes().any(|b| b.is_ascii_lowercase());
        match self.recipe.case {
            LetterCase::Upper if lower => vec![self.output.letters],
            LetterCase::Lower if upper => vec![self.output.letters],
            _ => Vec::new(),
        }
    }

    fn digest_cause(&self, digest: Digest, key: KeyOf, again: Option<Again>) -> Option<&'static Cause> {
        if again.is_some() {
            return Some(self.output.digest);
        }
        let right = self.recipe.digest;
        match (digest, key) {
            (d, KeyOf::Secret) if d == right => None,
            (Digest::Md5, _) if right == Digest::HmacSha256 => Some(self.output.swapped),
            (Digest::HmacSha256, KeyOf::Secret) if right == Digest::Md5 => Some(self.output.swapped),
            (Digest::HmacSha256 | Digest::Sha256, _) => Some(self.output.unkeyed),
            _ => Some(self.output.digest),
        }
    }
}

/// `[-12, 34, …]`
fn byte_list(text: &str) -> Option<Vec<u8>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let byte = |item: &str| -> Option<u8> {
        let number: i16 = item.trim().parse().ok()?;
        u8::try_from(number & 0xff).ok().filter(|_| (-128..256).contains(&number))
    };
    inner.split(',').map(byte).collect()
}
