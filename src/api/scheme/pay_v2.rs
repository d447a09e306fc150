//! Pay v2: a `sign` over every non-empty field, in a request and in most replies.
//! <https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=4_3>

use super::proof::{Believed, Columns, Proof, Turn};
use super::words::{is_spoken, refusal, who};
use crate::api::error::{ReadError, SealBroken, WriteError};
use crate::api::keys::{Keyring, Keys, Stamp, V2};
use crate::sign::{self, PAY_V2, Recipe, Secret, SignType};
use crate::wire::{Fields, Reply};

/// What one call of pay v2 does differently from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Which digest the call may be signed with.
    pub sign_type: SignTypeRule,
    /// Whether the reply carries a signature that must be checked.
    pub reply: ReplySign,
}

/// Which digest the call may be signed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignTypeRule {
    /// MD5 unless `sign_type` says HMAC-SHA256.
    Free,
    /// HMAC-SHA256 only (`downloadfundflow`).
    HmacOnly,
    /// MD5 only, and `sign_type` is neither sent nor signed.
    Md5LeftOut,
}

/// Whether the reply is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplySign {
    /// A reply without a valid `sign` is not to be believed.
    Signed,
    /// This call's reply carries no `sign`, officially.
    Unsigned,
}

impl Rule {
    /// Any digest, and a signed reply.
    pub const USUAL: Self = Self { sign_type: SignTypeRule::Free, reply: ReplySign::Signed };
    /// Any digest; the reply is not signed.
    pub const UNSIGNED_REPLY: Self = Self { reply: ReplySign::Unsigned, ..Self::USUAL };

    const fn recipe(self, sign_type: SignType) -> Recipe {
        match self.sign_type {
            SignTypeRule::Md5LeftOut => {
                Recipe { names: sign::Names::AllBut(&["sign", "sign_type"]), ..PAY_V2 }
            }
            SignTypeRule::Free | SignTypeRule::HmacOnly => sign_type.of(&PAY_V2),
        }
    }

    /// The digest is the row's if it has only one, else what `sign_type` says,
    /// else the one of the keys.
    fn sign(self, fields: &mut Fields, keys: &V2) {
        let sign_type = match self.sign_type {
            SignTypeRule::HmacOnly => SignType::HmacSha256,
            SignTypeRule::Md5LeftOut => SignType::Md5,
            SignTypeRule::Free => named(fields).unwrap_or(keys.sign_type),
        };
        let sign = sign::sign(&self.recipe(sign_type), fields.iter(), &keys.key);
        fields.set("sign", sign);
    }

    /// The digest is the row's if `sign_type` is left out, else what it says, else
    /// what the length of the signature says.
    fn verify(self, fields: &Fields, key: &Secret) -> Result<SignType, SealBroken> {
        let given = fields.get("sign").unwrap_or_default();
        let sign_type = match self.sign_type {
            SignTypeRule::Md5LeftOut => SignType::Md5,
            SignTypeRule::Free | SignTypeRule::HmacOnly => {
                named(fields).unwrap_or_else(|| SignType::of_signature(given))
            }
        };
        self.verify_as(sign_type, fields, key)
    }

    fn verify_as(self, sign_type: SignType, fields: &Fields, key: &Secret) -> Result<SignType, SealBroken> {
        let given = fields.get("sign").unwrap_or_default();
        match sign::verify(&self.recipe(sign_type), fields.iter(), key, given) {
            Ok(_) => Ok(sign_type),
            Err(right) => Err(SealBroken { given: given.to_owned(), right, sign_type }),
        }
    }
}

fn named(fields: &Fields) -> Option<SignType> {
    fields.get("sign_type").and_then(SignType::named)
}

impl Proof for Rule {
    fn mark(
        &self,
        turn: Turn,
        _: Columns,
        fields: &mut Fields,
        keys: &Keys,
        _: &Stamp,
    ) -> Result<(), WriteError> {
        if !self.is_signed(turn, fields) {
            return Ok(());
        }
        let keys = keys.v2.as_ref().ok_or(WriteError::NoPayKey)?;
        if turn == Turn::Request && self.sign_type == SignTypeRule::HmacOnly {
            fields.set("sign_type", SignType::HmacSha256.as_str());
        }
        self.sign(fields, keys);
        Ok(())
    }

    fn open(&self, turn: Turn, _: Columns, fields: &mut Fields, ring: &dyn Keyring) -> Believed {
        if turn == Turn::Reply {
            is_spoken(fields)?;
        }
        if !self.is_signed(turn, fields) {
            return Ok(None);
        }
        let mut keys = ring.keys(who(fields)).ok_or(ReadError::Nobody)?;
        let v2 = keys.v2.as_mut().ok_or(ReadError::NoPayKey)?;
        match self.verify(fields, &v2.key) {
            Ok(sign_type) => v2.sign_type = sign_type,
            Err(broken) => {
                return Err(ReadError::Seal { broken: Box::new(broken), fields: fields.clone() });
            }
        }
        Ok(Some(keys))
    }

    fn refusal(&self, _: &Reply, fields: &Fields) -> Option<(String, String)> {
        refusal(fields)
    }
}

impl Rule {
    /// WeChat does not sign a refused protocol.
    fn is_signed(self, turn: Turn, fields: &Fields) -> bool {
        turn == Turn::Request
            || self.reply == ReplySign::Signed && fields.get("return_code") == Some("SUCCESS")
    }
}

/// Checks the `sign` of any fields of pay v2.
///
/// # Errors
/// [`SealBroken`]: nothing of the message may be believed then.
pub fn verify(fields: &Fields, key: &Secret) -> Result<SignType, SealBroken> {
    Rule::USUAL.verify(fields, key)
}

/// The same with the digest that somebody named, whatever the fields say of it.
///
/// # Errors
/// As [`verify`].
pub fn verify_as(sign_type: SignType, fields: &Fields, key: &Secret) -> Result<SignType, SealBroken> {
    Rule::USUAL.verify_as(sign_type, fields, key)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sample of the official page, with both its signatures.
    /// <https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=4_3>
    const SAMPLE: [(&str, &str); 5] = [
        ("appid", "wxd930ea5d5a258f4f"),
        ("mch_id", "10000100"),
        ("device_info", "1000"),
        ("body", "test"),
        ("nonce_str", "ibuaiVcKdpRxkhJA"),
    ];
    const MD5: &str = "9A0A8659F005D6984697E2CA0A9CF3B7";
    const HMAC: &str = "6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6";

    fn v2(sign_type: SignType) -> V2 {
        V2 { key: Secret::new("192006250b4c09247ec02edce69f6a2d"), sign_type }
    }

    fn keys(sign_type: SignType) -> Keys {
        Keys { v2: Some(v2(sign_type)), ..Keys::default() }
    }

    fn stamp() -> Stamp {
        Stamp { now: 0, nonce: String::new() }
    }

    fn sample() -> Fields {
        SAMPLE.into_iter().collect()
    }

    fn marked(rule: Rule, turn: Turn, mut fields: Fields) -> Fields {
        rule.mark(turn, Columns(&[]), &mut fields, &keys(SignType::Md5), &stamp()).unwrap();
        fields
    }

    #[test]
    fn the_sample_of_the_official_page() {
        for (sign_type, official) in [(SignType::Md5, MD5), (SignType::HmacSha256, HMAC)] {
            let mut fields = sample();
            fields.set("sign", "of somebody else");
            Rule::USUAL.sign(&mut fields, &v2(sign_type));
            assert_eq!(fields.get("sign"), Some(official));
            // Without a name, the length tells the digest.
            assert_eq!(verify(&fields, &v2(SignType::Md5).key), Ok(sign_type));
        }
    }

    #[test]
    fn a_broken_seal_tells_the_right_one() {
        let mut fields = sample();
        let broken = verify(&fields, &v2(SignType::Md5).key).unwrap_err();
        assert!(broken.is_missing());
        assert_eq!((broken.right.expected.as_str(), broken.sign_type), (MD5, SignType::Md5));
        fields.set("sign", HMAC.to_lowercase());
        let broken = verify(&fields, &v2(SignType::Md5).key).unwrap_err();
        assert!(!broken.is_missing());
        assert_eq!((broken.right.expected.as_str(), broken.sign_type), (HMAC, SignType::HmacSha256));
    }

    #[test]
    fn the_row_decides_before_the_fields_and_the_fields_before_the_keys() {
        let only = Rule { sign_type: SignTypeRule::HmacOnly, ..Rule::USUAL };
        let fields = marked(only, Turn::Request, sample());
        assert_eq!(fields.get("sign_type"), Some("HMAC-SHA256"));
        assert_eq!(fields.get("sign").map(str::len), Some(64));
        let mut named = sample();
        named.set("sign_type", "HMAC-SHA256");
        assert_eq!(marked(Rule::USUAL, Turn::Request, named.clone()).get("sign").map(str::len), Some(64));
        let left_out = Rule { sign_type: SignTypeRule::Md5LeftOut, ..Rule::USUAL };
        assert_eq!(marked(left_out, Turn::Request, named).get("sign"), Some(MD5));
        assert_eq!(marked(left_out, Turn::Request, sample()).get("sign"), Some(MD5));
    }

    #[test]
    fn only_an_understood_call_is_answered_with_a_signature() {
        let told = |rule: Rule, code: &str| {
            let mut fields: Fields = [("return_code", code)].into_iter().collect();
            fields = marked(rule, Turn::Reply, fields);
            fields.get("sign").is_some()
        };
        assert!(told(Rule::USUAL, "SUCCESS"));
        assert!(!told(Rule::USUAL, "FAIL"));
        assert!(!told(Rule::UNSIGNED_REPLY, "SUCCESS"));
        // What need not be signed needs no key either.
        let mut fields: Fields = [("return_code", "FAIL")].into_iter().collect();
        assert_eq!(
            Rule::USUAL.mark(Turn::Reply, Columns(&[]), &mut fields, &Keys::default(), &stamp()),
            Ok(())
        );
        assert_eq!(
            Rule::USUAL.mark(Turn::Request, Columns(&[]), &mut fields, &Keys::default(), &stamp()),
            Err(WriteError::NoPayKey)
        );
    }
}
