//! Pay v2: a `sign` over every non-empty field.
//! <https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=4_3>

use crate::api::endpoint::SignTypeRule;
use crate::sign::{self, Mismatch, PAY_V2, Recipe, Secret, SignType};
use crate::wire::Fields;

/// Why a message is not believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealBroken {
    /// No `sign` at all.
    Unsigned,
    /// A `sign`, but not the right one.
    Wrong(Box<Wrong>),
}

/// A wrong signature with everything needed to say why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// What the message carries.
    pub given: String,
    /// What it should carry, and the string that is the hash of.
    pub right: Mismatch,
    /// The digest that was assumed.
    pub sign_type: SignType,
}

/// Signs, and sets `sign`. The digest is the row's if it has only one, else what
/// `sign_type` says, else `default`.
pub fn seal(fields: &mut Fields, key: &Secret, rule: SignTypeRule, default: SignType) {
    let sign_type = match rule {
        SignTypeRule::HmacOnly => SignType::HmacSha256,
        SignTypeRule::Md5LeftOut => SignType::Md5,
        SignTypeRule::Free => fields.get("sign_type").and_then(SignType::named).unwrap_or(default),
    };
    fields.remove("sign");
    let sign = sign::sign(&recipe(rule, sign_type), fields.iter(), key);
    fields.set("sign", sign);
}

/// Checks `sign`. The digest is what `sign_type` says, else what the length of
/// the signature says.
///
/// # Errors
/// [`SealBroken`]: nothing of the message may be believed then.
pub fn open(fields: &Fields, key: &Secret, rule: SignTypeRule) -> Result<SignType, SealBroken> {
    let given = fields.filled("sign").ok_or(SealBroken::Unsigned)?;
    let named = fields.get("sign_type").and_then(SignType::named);
    let sign_type = named.unwrap_or_else(|| SignType::of_signature(given));
    match sign::verify(&recipe(rule, sign_type), fields.iter(), key, given) {
        Ok(_) => Ok(sign_type),
        Err(right) => Err(SealBroken::Wrong(Box::new(Wrong { given: given.to_owned(), right, sign_type }))),
    }
}

const fn recipe(rule: SignTypeRule, sign_type: SignType) -> Recipe {
    match rule {
        SignTypeRule::Md5LeftOut => Recipe { names: sign::Names::AllBut(&["sign", "sign_type"]), ..PAY_V2 },
        SignTypeRule::Free | SignTypeRule::HmacOnly => sign_type.of(&PAY_V2),
    }
}
