//! Why an encrypted resource of v3 does not open (V-AEAD): each key that was handed in, each
//! nonce, each associated data, each form of the cipher text. Comes in: the resource and keys;
//! goes out: what has to be changed so that it opens, which is a proof, or what the text alone
//! shows. The plain text goes nowhere.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012071382>

use super::cause::{self, Cause};
use super::draft::form::{self, Plus};
use crate::api::{Message, Word};
use crate::sign::{self, Aead, Secret};
use crate::wire::{Fields, json};

/// A resource as it was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resource {
    /// 12 bytes.
    pub nonce: String,
    /// Empty if there is none.
    pub associated_data: String,
    /// Base64 of the cipher text and its tag of 16 bytes.
    pub ciphertext: String,
    /// What it is a message of: `transaction`, `refund`; empty if nothing says so.
    pub original_type: String,
}

/// What is to be said about one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsealed {
    /// It opens as it was handed in.
    Opens,
    /// It does not: what is known to be wrong, all of it together.
    Wrong(Vec<Mistake>),
    /// Nothing that was tried opens it, but what was handed in cannot be right.
    Unfit(Vec<Mistake>),
    /// Nothing that was tried opens it: another key, most likely.
    Unknown,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where: `api_v3_key`, `nonce`, `associated_data` or `ciphertext`.
    pub field: &'static str,
    /// What, and what to do.
    pub said: Message,
}

impl Mistake {
    /// The cause that all of them have.
    pub const CAUSE: &'static Cause = cause::V_AEAD;
}

/// A value that may be the right one, and what it means if it is.
struct Guess<T> {
    value: T,
    mistake: Option<Mistake>,
}

impl Resource {
    /// Of the body of a notice.
    #[must_use]
    pub fn of_notice(body: &str) -> Option<Self> {
        let resource = json::read(body.as_bytes()).ok()?.remove("resource")?;
        Self::of(&json::read(resource.as_bytes()).ok()?)
    }

    /// From the members of a notice's `resource`; none without a cipher text.
    #[must_use]
    pub fn of(fields: &Fields) -> Option<Self> {
        let part = |name: &str| fields.get(name).unwrap_or_default().to_owned();
        fields.filled("ciphertext").map(|ciphertext| Self {
            nonce: part("nonce"),
            associated_data: part("associated_data"),
            ciphertext: ciphertext.to_owned(),
            original_type: part("original_type"),
        })
    }
}

/// Says why a resource does not open. `others` are further keys with their labels.
#[must_use]
pub fn unseal(resource: &Resource, key: &Secret, others: &[(String, Secret)]) -> Unsealed {
    let (keys, nonces) = (keys(key, others), nonces(resource));
    let mut best: Option<Vec<Mistake>> = None;
    for text in texts(&resource.ciphertext) {
        for nonce in &nonces {
            for key in &keys {
                let Some(last) = fits(resource, &key.value, &nonce.value, &text.value) else { continue };
                let parts = [&key.mistake, &nonce.mistake, &text.mistake];
                let mistakes: Vec<Mistake> = parts.into_iter().flatten().cloned().chain(last).collect();
                if best.as_ref().is_none_or(|best| mistakes.len() < best.len()) {
                    best = Some(mistakes);
                }
            }
        }
    }
    match best {
        Some(mistakes) if mistakes.is_empty() => Unsealed::Opens,
        Some(mistakes) => Unsealed::Wrong(mistakes),
        None => seen(resource, key),
    }
}

/// Whether key and nonce are those that sealed it, and what is wrong with the rest then.
fn fits(resource: &Resource, key: &[u8], nonce: &[u8], sealed: &[u8]) -> Option<Vec<Mistake>> {
    let whole = sign::peeked(key, nonce, sealed)?;
    let plain = sealed.len().checked_sub(TAG).filter(|length| *length > 0)?;
    if !is_text(&whole[..plain]) {
        return None;
    }
    let nonce = std::str::from_utf8(nonce).ok()?;
    let opens = |associated_data: &str| {
        let sealed = sign::base64_text(sealed);
        sign::open_gcm(key, Aead { nonce, associated_data }, &sealed).is_ok()
    };
    if let Some(right) = associated(resource).into_iter().find(|guess| opens(&guess.value)) {
        return Some(right.mistake.into_iter().collect());
    }
    Some(vec![if is_text(&whole) { no_tag() } else { other_tag() }])
}

/// Bytes behind the cipher text that prove it.
const TAG: usize = 16;

/// Whether bytes are text, the last character perhaps cut.
fn is_text(bytes: &[u8]) -> bool {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(why) if why.error_len().is_none() => {
            std::str::from_utf8(&bytes[..why.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.is_empty() && !text.contains(|c: char| c.is_control() && !c.is_whitespace())
}

fn mistake(field: &'static str, word: Word) -> Mistake {
    Mistake { field, said: word.into() }
}

fn no_tag() -> Mistake {
    let word = Word::new(
        "密文少了末尾 16 字节的认证标签：密钥和 nonce 都对，解密要交给密文和标签一起",
        "the cipher text lacks the 16 bytes of its tag at the end: key and nonce are right, hand over cipher text and tag together",
    );
    Mistake { field: "ciphertext", said: word.into() }
}

fn other_tag() -> Mistake {
    let word = Word::new(
        "密钥和 nonce 都对，但认证标签不符：associated_data 不是报文里的那个，或密文被改动、截断",
        "key and nonce are right, but the tag does not fit: associated_data is not that of the message, or the cipher text was changed or cut",
    );
    Mistake { field: "associated_data", said: word.into() }
}

/// The key as it was given, in the forms that programs make of it, and the other keys.
fn keys(key: &Secret, others: &[(String, Secret)]) -> Vec<Guess<Vec<u8>>> {
    let given = key.expose();
    let bare = given.trim().trim_matches(['"', '\'']);
    let form = |value: Vec<u8>, word| Guess { value, mistake: Some(mistake("api_v3_key", word)) };
    let mut all = vec![
        Guess { value: given.as_bytes().to_vec(), mistake: None },
        form(bare.as_bytes().to_vec(), BLANKS),
    ];
    let decoded = [sign::from_hex(bare), sign::from_base64(bare)].into_iter().flatten();
    all.extend(decoded.map(|value| form(value, ENCODED)));
    all.extend(others.iter().map(|(label, other)| {
        let word = Word::new(
            "用 {} 才解得开：给出的不是加密时的 APIv3 密钥",
            "{} opens it: the key that was given is not the APIv3 key that sealed it",
        );
        let said = word.with([label.clone()]);
        let value = other.expose().trim().as_bytes().to_vec();
        Guess { value, mistake: Some(Mistake { field: "api_v3_key", said }) }
    }));
    all.retain(|guess| guess.value.len() == 32);
    all
}

const BLANKS: Word = Word::new(
    "APIv3 密钥带了空格、换行或引号：去掉它们",
    "the APIv3 key has blanks, a line break or quotes around it: take them off",
);
const ENCODED: Word = Word::new(
    "给出的是 APIv3 密钥的十六进制或 base64：直接用那 32 个字符",
    "this is the hex or base64 of the APIv3 key: use its 32 characters as they are",
);

/// The nonce as it was given, and what it may have become.
fn nonces(resource: &Resource) -> Vec<Guess<Vec<u8>>> {
    let given = &resource.nonce;
    let form = |value: Vec<u8>, word| Guess { value, mistake: Some(mistake("nonce", word)) };
    let mut all = vec![
        Guess { value: given.as_bytes().to_vec(), mistake: None },
        form(given.trim().as_bytes().to_vec(), NONCE_BLANKS),
        form(resource.associated_data.as_bytes().to_vec(), SWAPPED),
    ];
    let decoded = [sign::from_base64(given), sign::from_hex(given)].into_iter().flatten();
    all.extend(decoded.map(|value| form(value, NONCE_ENCODED)));
    all.retain(|guess| guess.value.len() == 12);
    all
}

const NONCE_BLANKS: Word =
    Word::new("nonce 前后有空白：去掉它们", "the nonce has blanks around it: take them off");
const SWAPPED: Word =
    Word::new("nonce 和 associated_data 放反了", "nonce and associated_data are in each other's place");
const NONCE_ENCODED: Word = Word::new(
    "nonce 被编码过：照报文里的 12 个字符原样使用",
    "the nonce was encoded: use its 12 characters as they stand in the message",
);

/// The cipher text in the forms that it may have got on its way.
fn texts(given: &str) -> Vec<Guess<Vec<u8>>> {
    let bare: String = given.trim_matches(['"', '\'']).split_whitespace().collect();
    let inner = |text: &str| String::from_utf8(sign::from_base64(text)?).ok();
    let readings = [
        (sign::from_strict_base64(given.trim()), None),
        (sign::from_base64(&given.trim().replace(' ', "+")), Some(PLUS)),
        (form::decode(&bare, Plus::Stays).and_then(|text| sign::from_base64(&text)), Some(FORM)),
        (sign::from_base64(&bare.replace("\\/", "/").replace("\\n", "")), Some(FORM)),
        (sign::from_hex(&bare), Some(FORM)),
        (inner(&bare).and_then(|text| sign::from_base64(text.trim())), Some(TWICE)),
    ];
    let guess = |(value, word): (Option<Vec<u8>>, Option<Word>)| {
        Some(Guess { value: value?, mistake: word.map(|word| mistake("ciphertext", word)) })
    };
    readings.into_iter().filter_map(guess).collect()
}

const PLUS: Word = Word::new(
    "密文里的 + 变成了空格：它被 URL 解码过，从原始报文取",
    "the + of the cipher text became blanks: it was URL-decoded, take it from the raw message",
);
const FORM: Word = Word::new(
    "密文换了写法（URL 编码、转义、换行或十六进制）：照报文里的 base64 原样使用",
    "the cipher text is written in another way (percent-encoded, escaped, broken into lines, hex): use the base64 as it stands in the message",
);
const TWICE: Word = Word::new(
    "密文做了两次 base64：只解一次是不够的，问题出在转发的一方",
    "the cipher text is base64 of base64: whoever passed it on encoded it once more",
);

/// The associated data as it was given, and what else it may be.
fn associated(resource: &Resource) -> Vec<Guess<String>> {
    const KNOWN: [&str; 8] =
        ["", "transaction", "refund", "certificate", "profitsharing", "mch_payment", "payscore", "complaint"];
    let given = &resource.associated_data;
    let mut all = vec![Guess { value: given.clone(), mistake: None }];
    if resource.nonce.len() != 12 || given.len() == 12 {
        // The mistake is told with the nonce.
        all.push(Guess { value: resource.nonce.clone(), mistake: None });
    }
    let others = KNOWN.into_iter().chain([&*resource.original_type, given.trim(), "null"]);
    let others = others.filter(|other| other != given).map(|other| {
        let word =
            Word::new("associated_data 应是 “{}”，而不是 “{}”", "associated_data is \"{}\", not \"{}\"");
        let said = word.with([other.to_owned(), given.clone()]);
        Guess { value: other.to_owned(), mistake: Some(Mistake { field: "associated_data", said }) }
    });
    all.extend(others);
    all
}

/// What can be seen where nothing opens it.
fn seen(resource: &Resource, key: &Secret) -> Unsealed {
    let (key, nonce) = (key.expose().len(), resource.nonce.len());
    let key = (key != 32).then(|| {
        let word = Word::new(
            "APIv3 密钥有 {} 字节，应为 32 字节：不是 APIv2 密钥、证书序列号或公钥 ID",
            "the APIv3 key has {} bytes, and 32 are needed: it is no serial and no key id",
        );
        Mistake { field: "api_v3_key", said: word.with([key.to_string()]) }
    });
    let nonce = (nonce != 12).then(|| {
        let word = Word::new(
            "nonce 有 {} 字节，应为 12 字节：照报文里的 nonce 原样使用",
            "the nonce has {} bytes, and 12 are needed: use it as it stands in the message",
        );
        Mistake { field: "nonce", said: word.with([nonce.to_string()]) }
    });
    let text = texts(&resource.ciphertext)
        .is_empty()
        .then(|| Mistake { field: "ciphertext", said: NO_BASE64.into() });
    let mistakes: Vec<Mistake> = [key, nonce, text].into_iter().flatten().collect();
    if mistakes.is_empty() { Unsealed::Unknown } else { Unsealed::Unfit(mistakes) }
}

const NO_BASE64: Word = Word::new(
    "ciphertext 不是 base64：从原始报文取",
    "the ciphertext is not base64: take it from the raw message",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::seal_resource;

    const KEY: &str = "wxkitApiV3Key0123456789abcdefghi";
    const PLAIN: &str = r#"{"mchid":"1900000109","out_trade_no":"ORDER20261126001","attach":"茶"}"#;

    fn resource() -> Resource {
        let aead = Aead { nonce: "aB3dE5fG7hJ9", associated_data: "transaction" };
        Resource {
            ciphertext: seal_resource(&Secret::new(KEY), aead, PLAIN.as_bytes()).unwrap(),
            nonce: "aB3dE5fG7hJ9".to_owned(),
            associated_data: "transaction".to_owned(),
            original_type: "transaction".to_owned(),
        }
    }

    fn fields(resource: &Resource, key: &str) -> Vec<&'static str> {
        let others = [("old_key".to_owned(), Secret::new(KEY))];
        let others: &[_] = if key.contains("another") { &others } else { &[] };
        match unseal(resource, &Secret::new(key), others) {
            Unsealed::Opens => Vec::new(),
            Unsealed::Wrong(mistakes) | Unsealed::Unfit(mistakes) => {
                mistakes.iter().map(|mistake| mistake.field).collect()
            }
            Unsealed::Unknown => vec!["unknown"],
        }
    }

    /// A good resource with one thing changed.
    fn changed(change: impl Fn(&mut Resource)) -> Resource {
        let mut resource = resource();
        change(&mut resource);
        resource
    }

    #[test]
    fn what_is_right_opens_and_a_wrong_key_is_named() {
        assert!(fields(&resource(), KEY).is_empty());
        for key in [&format!(" {KEY}\n"), "anotherapiv3key_anotherapiv3key_", &hex(KEY.as_bytes())] {
            assert_eq!(fields(&resource(), key), ["api_v3_key"], "{key}");
        }
        assert_eq!(fields(&resource(), &KEY[1..]), ["api_v3_key"], "31 bytes");
        assert_eq!(fields(&resource(), &"x".repeat(32)), ["unknown"]);
    }

    fn hex(bytes: &[u8]) -> String {
        bytes
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 15])
            .filter_map(|n| char::from_digit(n.into(), 16))
            .collect()
    }

    #[test]
    fn associated_data_and_nonce_are_told() {
        for associated in ["", "refund", "certificate", " transaction", "something else"] {
            let resource = changed(|one| associated.clone_into(&mut one.associated_data));
            assert_eq!(fields(&resource, KEY), ["associated_data"], "{associated}");
        }
        for nonce in ["YUIzZEU1Zkc3aEo5", " aB3dE5fG7hJ9"] {
            assert_eq!(fields(&changed(|one| nonce.clone_into(&mut one.nonce)), KEY), ["nonce"], "{nonce}");
        }
        assert_eq!(fields(&changed(|one| "short".clone_into(&mut one.nonce)), KEY), ["nonce"]);
        let swapped = changed(|one| std::mem::swap(&mut one.nonce, &mut one.associated_data));
        assert_eq!(fields(&swapped, KEY), ["nonce"]);
    }

    #[test]
    fn a_damaged_cipher_text_is_told() {
        let sealed = sign::from_base64(&resource().ciphertext).unwrap();
        let forms = [
            resource().ciphertext.replace('+', " "),
            resource().ciphertext.replace('/', "\\/"),
            resource().ciphertext.replace('+', "%2B").replace('/', "%2F"),
            sign::base64_text(resource().ciphertext.as_bytes()),
            hex(&sealed),
            sign::base64_text(&sealed[..sealed.len() - 16]),
            "not base64!".to_owned(),
        ];
        for ciphertext in forms {
            let resource = changed(|one| ciphertext.clone_into(&mut one.ciphertext));
            assert_eq!(fields(&resource, KEY), ["ciphertext"], "{ciphertext}");
        }
    }
}
