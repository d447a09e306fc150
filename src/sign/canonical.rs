//! (recipe, pairs, secret) → the string to sign, and from there the signature
//! and the verdict. The places where the secret stands are remembered, so that
//! the string can be shown with the secret masked.

use std::ops::Range;

use zeroize::Zeroizing;

use super::digest::{Hash, same};
use super::recipe::{Empty, Place, Recipe};
use super::secret::Secret;

/// A string to sign, as it is hashed.
#[derive(Clone, PartialEq, Eq)]
pub struct Canonical {
    text: Zeroizing<String>,
    secret: Range<usize>,
}

impl Canonical {
    /// What is hashed, secret and all.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// The string with the secret replaced by `***`.
    #[must_use]
    pub fn masked(&self) -> String {
        if self.secret.is_empty() {
            return self.text.to_string();
        }
        let Range { start, end } = self.secret;
        [&self.text[..start], Secret::MASK, &self.text[end..]].concat()
    }

    /// Where the secret stands, in bytes; empty if it does not.
    #[must_use]
    pub fn secret_at(&self) -> Range<usize> {
        self.secret.clone()
    }

    /// The hash of the string under this recipe's digest.
    #[must_use]
    pub fn hash(&self, recipe: &Recipe, secret: &Secret) -> Hash {
        recipe.digest.of(secret.expose().as_bytes(), self.text.as_bytes())
    }
}

impl std::fmt::Debug for Canonical {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.masked())
    }
}

/// A signature that is not the right one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The right one.
    pub expected: String,
    /// The string it is the hash of.
    pub canonical: Canonical,
}

/// Writes the string to sign.
#[must_use]
pub fn canonical<'a>(
    recipe: &Recipe,
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    secret: &'a Secret,
) -> Canonical {
    let pairs = pairs.into_iter();
    let mut parts = Vec::with_capacity(pairs.size_hint().0 + 1);
    let mut take = |part| parts.push((recipe.order.rank(part), part));
    for (name, value) in pairs.filter(|(name, _)| recipe.names.take(name)) {
        let value = recipe.cut.of(name, value);
        if recipe.empty == Empty::Keep || !value.is_empty() {
            take((name, value));
        }
    }
    if let Place::Pair(name) = recipe.secret {
        take((name, secret.expose()));
    }
    parts.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| recipe.order.compare(*one, *other)));
    if let Place::Tail(name) = recipe.secret {
        parts.push((0, (name, secret.expose())));
    }
    write(recipe, &parts, secret)
}

/// Writes the string to sign of a recipe without a secret, byte by byte: a body
/// is signed as it crosses the wire, and need not be UTF-8.
#[must_use]
pub fn message<'a>(recipe: &Recipe, pairs: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut parts: Vec<_> = pairs.into_iter().filter(|(name, _)| recipe.names.take(name)).collect();
    parts.sort_by(|a, b| recipe.order.compare((a.0, ""), (b.0, "")));
    let values: Vec<&[u8]> = parts.into_iter().map(|(_, value)| value).collect();
    let mut bytes = values.join(recipe.join.as_bytes());
    bytes.extend(recipe.end.as_bytes());
    bytes
}

fn write(recipe: &Recipe, parts: &[(u64, (&str, &str))], secret: &Secret) -> Canonical {
    let length = parts.iter().map(|(_, (name, value))| name.len() + value.len() + 2).sum();
    let mut text = Zeroizing::new(String::with_capacity(length));
    let mut at = 0..0;
    for (index, (_, (name, value))) in parts.iter().enumerate() {
        if index > 0 {
            text.push_str(recipe.join);
        }
        recipe.show.spell_name(name, &mut text);
        // The very same slice, not an equal one: a field may happen to hold the key.
        if std::ptr::eq(*value, secret.expose()) {
            at = text.len()..text.len() + value.len();
        }
        text.push_str(value);
    }
    text.push_str(recipe.end);
    Canonical { text, secret: at }
}

/// The signature.
#[must_use]
pub fn sign<'a>(
    recipe: &Recipe,
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    secret: &'a Secret,
) -> String {
    canonical(recipe, pairs, secret).hash(recipe, secret).hex(recipe.case)
}

/// Checks a signature, in constant time and with its letter case.
///
/// # Errors
/// [`Mismatch`] carries the right signature and the string it belongs to.
pub fn verify<'a>(
    recipe: &Recipe,
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    secret: &'a Secret,
    given: &str,
) -> Result<String, Mismatch> {
    let canonical = canonical(recipe, pairs, secret);
    let expected = canonical.hash(recipe, secret).hex(recipe.case);
    if same(expected.as_bytes(), given.as_bytes()) {
        Ok(expected)
    } else {
        Err(Mismatch { expected, canonical })
    }
}

#[cfg(test)]
mod tests {
    use super::super::recipe::{
        ADDRESS, APP_SIGN, CARD, JSSDK, MSG_CRYPT, PAY_V2, RAW_DATA, SERVER_TOKEN, SignType, XPAY, XPAY_USER,
    };
    use super::*;

    #[test]
    fn the_secret_is_masked_where_it_stands_and_only_there() {
        let key = Secret::new("k1");
        let pairs = [("b", "k1"), ("a", "0"), ("c", ""), ("sign", "X")];
        let string = canonical(&PAY_V2, pairs, &key);
        assert_eq!(string.expose(), "a=0&b=k1&key=k1");
        assert_eq!(string.masked(), "a=0&b=k1&key=***");
        assert_eq!(format!("{string:?}"), string.masked());
    }

    #[test]
    fn the_ticket_is_masked_in_the_middle() {
        let ticket = Secret::new("T");
        let pairs = [("url", "http://a/#x"), ("noncestr", "N"), ("timestamp", "1")];
        let string = canonical(&JSSDK, pairs, &ticket);
        assert_eq!(string.masked(), "jsapi_ticket=***&noncestr=N&timestamp=1&url=http://a/");
    }

    /// The strings by the pages of each; the hash by Python's hashlib.
    #[test]
    fn every_recipe_has_its_secret_in_its_place() {
        let secret = Secret::new("S");
        let text = |recipe: &Recipe, pairs: &[(&'static str, &'static str)]| {
            canonical(recipe, pairs.iter().copied(), &secret).expose().to_owned()
        };
        let page =
            [("url", "http://a/?b#c"), ("timestamp", "1"), ("x", "y"), ("noncestr", "n"), ("appid", "a")];
        let address = "accesstoken=S&appid=a&noncestr=n&timestamp=1&url=http://a/?b";
        assert_eq!(text(&ADDRESS, &page), address);
        assert_eq!(sign(&ADDRESS, page, &secret), "e40db829289626a8bbea8d6df34d38f02896d59b");
        let card = [("card_id", "c"), ("timestamp", "1"), ("code", ""), ("nonce_str", "n"), ("x", "y")];
        assert_eq!(text(&CARD, &card), "1Scn");
        let push = [("timestamp", "1"), ("nonce", "n"), ("encrypt", "e"), ("echostr", "x")];
        assert_eq!((&*text(&SERVER_TOKEN, &push), &*text(&MSG_CRYPT, &push)), ("1Sn", "1Sen"));
        assert_eq!(text(&RAW_DATA, &[("rawData", "{}")]), "{}S");
        let call = [("body", "{}"), ("uri", "/xpay/q?access_token=t")];
        assert_eq!((&*text(&XPAY, &call), &*text(&XPAY_USER, &call)), ("/xpay/q&{}", "{}"));
        assert_eq!(
            text(&APP_SIGN, &[("prepayid", "p"), ("appid", "a"), ("sign", "x")]),
            "appid=a&prepayid=p&key=S"
        );
    }

    #[test]
    fn a_signature_tells_its_digest_by_its_length() {
        assert_eq!(SignType::of_signature(&"A".repeat(32)), SignType::Md5);
        assert_eq!(SignType::of_signature(&"A".repeat(64)), SignType::HmacSha256);
        assert_eq!(SignType::named("HMAC-SHA256"), Some(SignType::HmacSha256));
    }
}
