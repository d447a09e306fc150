//! What an RSA signature holds once it is opened with the public key: which
//! padding, which digest, which hash. Comes in: the bytes s^e mod n; goes out: a
//! [`Block`]. It knows no key and judges nothing.

use super::digest::Digest;

/// What was signed, as the opened signature shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// PKCS#1 v1.5: the hash, with the name of its digest.
    Hash {
        /// Which digest.
        digest: Digest,
        /// The hash itself.
        hash: Vec<u8>,
    },
    /// PKCS#1 v1.5 padding around something that names no digest: a bare hash, a text.
    Bare(Vec<u8>),
    /// RSASSA-PSS.
    Pss(Pss),
    /// No padding: the signature was made by another key.
    OtherKey,
    /// Not as long as the key is.
    Length {
        /// Bytes of the signature.
        given: usize,
        /// Bytes of a signature of this key.
        wanted: usize,
    },
}

/// The inside of an RSASSA-PSS signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pss {
    /// The digest of message and block.
    pub digest: Digest,
    /// The salt.
    pub salt: Vec<u8>,
    /// The hash over the hash of the message and the salt.
    pub hash: Vec<u8>,
    /// Bytes of zeros in front of the salt: a block has many by design, and
    /// by chance hardly one.
    pub zeros: usize,
}

impl Pss {
    /// Whether this is the block of a message with this hash (RFC 8017, 9.1.2).
    #[must_use]
    pub fn is_of(&self, message_hash: &[u8]) -> bool {
        let text = [&[0; 8], message_hash, &self.salt].concat();
        self.digest.of(&[], &text).as_bytes() == self.hash
    }
}

/// The beginning of `DigestInfo` of every digest that libraries offer (RFC 8017, 9.2).
const DIGEST_INFOS: [(Digest, &[u8]); 5] = [
    (Digest::Sha256, b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20"),
    (Digest::Sha1, b"\x30\x21\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04\x14"),
    (Digest::Md5, b"\x30\x20\x30\x0c\x06\x08\x2a\x86\x48\x86\xf7\x0d\x02\x05\x05\x00\x04\x10"),
    (Digest::Sha384, b"\x30\x41\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02\x05\x00\x04\x30"),
    (Digest::Sha512, b"\x30\x51\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40"),
];

impl Block {
    /// Reads an opened signature.
    #[must_use]
    pub(super) fn read(opened: &[u8]) -> Self {
        match padded(opened) {
            Some(inside) => Self::inside(inside),
            None => pss(opened).map_or(Self::OtherKey, Self::Pss),
        }
    }

    fn inside(inside: &[u8]) -> Self {
        let is_of = |digest: Digest, info: &[u8]| {
            let hash = inside.strip_prefix(info)?;
            (hash.len() == digest.size()).then(|| Self::Hash { digest, hash: hash.to_vec() })
        };
        let known = DIGEST_INFOS.iter().find_map(|(digest, info)| is_of(*digest, info));
        known.unwrap_or_else(|| Self::Bare(inside.to_vec()))
    }
}

/// What stands behind `00 01 FF … FF 00`.
fn padded(opened: &[u8]) -> Option<&[u8]> {
    let rest = opened.strip_prefix(&[0, 1])?;
    let ones = rest.iter().take_while(|byte| **byte == 0xff).count();
    // Eight at least (RFC 8017, 9.2): fewer are chance.
    if ones < 8 { None } else { rest[ones..].strip_prefix(&[0]) }
}

/// The block of RSASSA-PSS with the digest that makes it one.
fn pss(opened: &[u8]) -> Option<Pss> {
    let block = opened.strip_suffix(&[0xbc])?;
    let digests = || DIGEST_INFOS.iter().map(|(digest, _)| *digest);
    let all = digests().flat_map(|digest| digests().map(move |mask| (digest, mask)));
    all.filter_map(|(digest, mask)| unmasked(block, digest, mask)).max_by_key(|pss| pss.zeros)
}

fn unmasked(block: &[u8], digest: Digest, mask: Digest) -> Option<Pss> {
    let (masked, hash) = block.split_at_checked(block.len().checked_sub(digest.size())?)?;
    let mask = mgf1(mask, hash, masked.len());
    let mut data: Vec<u8> = masked.iter().zip(mask).map(|(a, b)| a ^ b).collect();
    // A modulus of whole bytes leaves one bit for the block's own sake.
    *data.first_mut()? &= 0x7f;
    let zeros = data.iter().take_while(|byte| **byte == 0).count();
    let salt = data[zeros..].strip_prefix(&[1])?.to_vec();
    Some(Pss { digest, salt, hash: hash.to_vec(), zeros })
}

fn mgf1(digest: Digest, seed: &[u8], length: usize) -> Vec<u8> {
    let mut mask = Vec::with_capacity(length + digest.size());
    for counter in 0_u32.. {
        if mask.len() >= length {
            break;
        }
        mask.extend(digest.of(&[], &[seed, &counter.to_be_bytes()].concat()).as_bytes());
    }
    mask.truncate(length);
    mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_is_not_seen_where_there_is_none() {
        assert_eq!(Block::read(&[7; 256]), Block::OtherKey);
        let mut short = [0xff; 256];
        (short[0], short[1], short[4]) = (0, 1, 0);
        assert_eq!(Block::read(&short), Block::OtherKey);
        assert_eq!(Block::read(&[]), Block::OtherKey);
    }

    #[test]
    fn what_names_no_digest_is_bare() {
        let block = [&[0, 1][..], &[0xff; 20], &[0], b"GET\n/v3"].concat();
        assert_eq!(Block::read(&block), Block::Bare(b"GET\n/v3".to_vec()));
    }
}
