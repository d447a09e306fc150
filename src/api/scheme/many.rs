//! Many messages of pay v2, proven side by side. Comes in: their bytes, each with a tag; goes
//! out: for each tag whether its `sign` is right. Only plain messages are taken, and get the
//! verdict that [`verify`](super::pay_v2::verify) gives them one by one.

use crate::sign::{Batch, Digest, Hash, Line, Prefix, Secret, SignType, same};
use crate::wire::plain;

/// Hands that check many messages with one key.
pub struct Many<T> {
    key: Secret,
    reader: plain::Reader,
    line: Line,
    md5: Side<T>,
    hmac: Side<T>,
}

/// Messages with one digest.
struct Side<T> {
    start: Prefix,
    batch: Batch<(T, Given)>,
}

/// The bytes of a signature.
type Given = [u8; 32];

/// Why a signature is not right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// There is none.
    Missing,
    /// It is another one.
    Other,
}

impl<T> Many<T> {
    /// For messages with this key.
    #[must_use]
    pub fn new(key: &Secret) -> Self {
        let side =
            |digest| Side { start: Prefix::new(digest, key.expose().as_bytes()), batch: Batch::new(None) };
        Self {
            key: key.clone(),
            reader: plain::Reader::default(),
            line: Line::default(),
            md5: side(Digest::Md5),
            hmac: side(Digest::HmacSha256),
        }
    }

    /// Takes a message; none if it is not plain, or says something unusual of its signature.
    /// `told` hears every verdict that is ready.
    /// `pairs` is memory that is used again.
    pub fn check<'t>(
        &mut self,
        text: &'t [u8],
        pairs: &mut Vec<plain::Pair<'t>>,
        tag: T,
        told: &mut impl FnMut(T, Result<(), Wrong>),
    ) -> Option<()> {
        if !self.reader.read(text, pairs) {
            return None;
        }
        let value = |wanted: &[u8]| pairs.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
        let given = value(b"sign").unwrap_or_default();
        let said = value(b"sign_type").filter(|said| !said.is_empty());
        let named = said.and_then(|said| SignType::named(std::str::from_utf8(said).ok()?));
        if said.is_some() && named.is_none() || given.trim_ascii() != given {
            return None;
        }
        let (side, size) = match named {
            Some(SignType::HmacSha256) => (&mut self.hmac, 32),
            None if given.len() == 64 => (&mut self.hmac, 32),
            _ => (&mut self.md5, 16),
        };
        let line = self.line.write(pairs, &self.key);
        match read(given, size) {
            Ok(given) => {
                let mut done = |hash, (tag, given)| told(tag, verdict(hash, given));
                side.batch.push(&side.start, line.len(), |seat| seat.put(line), (tag, given), &mut done);
            }
            Err(wrong) => told(tag, Err(wrong)),
        }
        Some(())
    }

    /// Tells the verdicts on what still waits.
    pub fn finish(&mut self, told: &mut impl FnMut(T, Result<(), Wrong>)) {
        for side in [&mut self.md5, &mut self.hmac] {
            side.batch.flush(&mut |hash, (tag, given)| told(tag, verdict(hash, given)));
        }
    }
}

fn verdict(hash: Hash, given: Given) -> Result<(), Wrong> {
    let hash = hash.as_bytes();
    if same(hash, &given[..hash.len()]) { Ok(()) } else { Err(Wrong::Other) }
}

/// The bytes that hex of upper case stands for.
fn read(given: &[u8], size: usize) -> Result<Given, Wrong> {
    if given.is_empty() {
        return Err(Wrong::Missing);
    }
    let (mut bytes, mut odd) = ([0; 32], given.len() ^ (2 * size));
    for (byte, [high, low]) in bytes.iter_mut().zip(given.as_chunks().0) {
        let [high, low] = [high, low].map(|digit| DIGITS[usize::from(*digit)]);
        *byte = high << 4 | low & 0x0f;
        odd |= usize::from((high | low) & 0xf0);
    }
    if odd == 0 { Ok(bytes) } else { Err(Wrong::Other) }
}

/// What each byte is worth as a digit of hex; more than 15 if it is none.
const DIGITS: [u8; 256] = {
    let (mut digits, mut worth) = ([0xff; 256], 0);
    while worth < 16 {
        digits[b"0123456789ABCDEF"[worth as usize] as usize] = worth;
        worth += 1;
    }
    digits
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::scheme::pay_v2::verify;
    use crate::sign::{self, PAY_V2};
    use crate::wire::{Fields, json, xml};

    fn verdict_of(text: &str, key: &Secret) -> Option<Result<(), Wrong>> {
        let (mut many, mut verdict) = (Many::new(key), None);
        many.check(text.as_bytes(), &mut Vec::new(), 7, &mut |tag, told| verdict = Some((tag, told)))?;
        many.finish(&mut |tag, told| verdict = Some((tag, told)));
        verdict.map(|(tag, told)| {
            assert_eq!(tag, 7);
            told
        })
    }

    fn right(fields: &Fields, key: &Secret) -> Result<(), Wrong> {
        verify(fields, key)
            .map(|_| ())
            .map_err(|broken| if broken.is_missing() { Wrong::Missing } else { Wrong::Other })
    }

    /// What befalls a signature that was right.
    fn spoiled(sign: &str, how: usize) -> String {
        match how {
            0 => String::new(),
            1 => sign.to_lowercase(),
            2 => sign[1..].to_owned(),
            3 => format!("{sign}0"),
            4 => format!("G{}", &sign[1..]),
            5 => format!("{}0", &sign[..sign.len() - 1]),
            6 => format!("茶{}", &sign[3..]),
            7 => sign.repeat(2)[..64].to_owned(),
            _ => sign.to_owned(),
        }
    }

    proptest::proptest! {
        #[test]
        fn the_verdict_is_the_one_of_a_message_alone(
            pairs in proptest::collection::btree_map("[a-z][a-z_]{0,14}", "[ -~茶]{0,70}", 0..20),
            named in proptest::option::of("(MD5|HMAC-SHA256|RSA|)"),
            is_hmac: bool,
            how in 0..16_usize,
        ) {
            let key = Secret::new("192006250b4c09247ec02edce69f6a2d");
            let mut fields: Fields = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            fields.remove("sign");
            if let Some(named) = named {
                fields.set("sign_type", named);
            }
            let sign_type = if is_hmac { SignType::HmacSha256 } else { SignType::Md5 };
            let sign = sign::sign(&sign_type.of(&PAY_V2), fields.iter(), &key);
            if how > 0 {
                fields.set("sign", spoiled(&sign, how));
            }
            for text in [xml::write(&fields).unwrap(), json::write(&fields, |_| false)] {
                if let Some(told) = verdict_of(&text, &key) {
                    proptest::prop_assert_eq!(told, right(&fields, &key), "{}", text);
                } else {
                    let is_odd = fields.get("sign_type") == Some("RSA") || text.contains(['\\', ']']);
                    proptest::prop_assert!(is_odd || fields.is_empty(), "{}", text);
                }
            }
        }
    }

    #[test]
    fn a_name_that_is_there_twice_is_left_to_others() {
        let key = Secret::new("k");
        assert_eq!(verdict_of("<xml><a>1</a><b>2</b><a>1</a></xml>", &key), None);
        assert_eq!(verdict_of("<xml><a>1</a><b>2</b></xml>", &key), Some(Err(Wrong::Missing)));
        assert_eq!(verdict_of("{\"a\":1,\"a\":1}", &key), None);
    }
}
