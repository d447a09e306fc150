//! Signatures with their verdict, and wrong ones with the reason: joins explain
//! to the commands, to refused calls and to the gateway.

use serde_json::{Value, json};
use wxkit::api::{Lang, Word};
use wxkit::explain::{Case, Scheme};
use wxkit::mock::RefusedSign;
use wxkit::sign::{self, Secret, SignType};
use wxkit::wire::Fields;

use super::error::Error;
use super::outcome::{Exit, Outcome, View, pairs};

/// Who reads a report, and what may be shown to them.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// Their language.
    pub lang: Lang,
    /// Whether secrets are shown.
    pub reveal: bool,
}

/// A case without more candidates.
pub fn case(scheme: Scheme, fields: Fields, secret: Secret, given: &str) -> Case {
    Case {
        scheme,
        fields,
        signature: given.to_owned(),
        secret: Some(secret),
        sign_type: None,
        others: Vec::new(),
        repairs: Vec::new(),
    }
}

/// The case of a signed pay object: the names of its fields tell which kind.
pub fn signed_message(mut fields: Fields, key: Secret) -> Result<Case, Error> {
    let (scheme, name) = match (fields.filled("paySign"), fields.get("prepayid")) {
        (Some(_), _) => (Scheme::PaySign, "paySign"),
        (None, Some(_)) => (Scheme::AppSign, "sign"),
        (None, None) => (Scheme::PayV2, "sign"),
    };
    let given = fields.remove(name).filter(|sign| !sign.is_empty()).ok_or_else(no_sign)?;
    // Without a `sign_type` the length of the signature tells the digest.
    let sign_type = Some(SignType::of_signature(&given));
    Ok(Case { sign_type, ..case(scheme, fields, key, &given) })
}

fn no_sign() -> Error {
    Error::new("input.no_sign", Exit::Usage, Word::new("没有 sign 字段", "there is no sign field"))
        .hint(Word::new("把完整的报文交给它，包括 sign", "pass the whole message, sign included"))
}

/// Valid or not; and if not, why.
pub fn verdict(case: &Case, reader: Reader) -> Outcome {
    let recipe = case.recipe();
    let key = case.secret.clone().unwrap_or_else(|| Secret::new(""));
    let kind = if case.scheme.is_pay() {
        Some(if recipe.digest == sign::Digest::HmacSha256 { "HMAC-SHA256" } else { "MD5" })
    } else {
        None
    };
    match sign::verify(&recipe, case.fields.iter(), &key, &case.signature) {
        Ok(expected) => {
            let data =
                json!({ "valid": true, "expected": expected, "given": case.signature, "sign_type": kind });
            Outcome::new(data, "valid")
                .show(View::Good(Word::new("签名正确", "the signature is valid").into()))
        }
        Err(wrong) => {
            let string =
                if reader.reveal { wrong.canonical.expose().to_owned() } else { wrong.canonical.masked() };
            let data = json!({ "valid": false, "expected": wrong.expected, "given": case.signature, "sign_type": kind, "string_to_sign": string });
            Outcome::new(data, "invalid")
                .show(View::Bad(Word::new("签名不对", "the signature is wrong").into()))
                .show(pairs([
                    ("given", &*case.signature),
                    ("expected", &wrong.expected),
                    ("string_to_sign", &string),
                ]))
                .no()
        }
    }
}

/// The report on a signature that the gateway refused.
pub fn of_refused(_: &RefusedSign) -> Option<Value> {
    None
}

/// A request that WeChat refused for its signature, with the report on it.
pub fn with_report(error: Error, _: Fields, _: Secret, _: Reader) -> Error {
    error
}
