//! What a signature of RSA can be: opened once with the public key, it shows which
//! hash was signed, and every hypothesis costs one hash. Comes in: the text of the
//! signature and the keys; goes out: [`Target`]s, or what the block alone proves. No
//! string is hashed here.

use super::case::Case;
use super::cause::{self, Cause};
use super::draft::form::{self, Plus};
use super::family::Scheme;
use super::lint_v3;
use super::target::{Again, Form, KeyOf, Target, Unreadable};
use crate::sign::{self, Block, Case as LetterCase, Digest, PublicKey};

/// What was found in the signature.
pub(super) enum Opened {
    /// Readings to search for.
    Targets(Vec<Target>),
    /// The block alone proves these: there is nothing to search for.
    Proved(Vec<&'static Cause>),
}

/// How a probe of WeChat Pay begins.
const PROBE: &str = "WECHATPAY/SIGNTEST/";

/// Opens the signature with the key of the case, and with the keys among its candidates.
pub(super) fn opened(case: &Case, key: &PublicKey) -> Result<Opened, Unreadable> {
    let text = case.signature.trim().trim_matches(['"', '\'']);
    if matches!(text, "" | "null" | "undefined" | "None" | "nil") {
        return Err(Unreadable::Missing);
    }
    if text.starts_with(PROBE) {
        return Ok(Opened::Proved(vec![cause::V_RESP_SIGNTEST]));
    }
    let size = key.size();
    let Some((bytes, form)) = decoded(&case.signature, size) else {
        return not_rsa(text).map(Opened::Targets);
    };
    let mut targets = block_targets(&key.recover(&bytes), &form);
    for (label, other) in &case.others {
        let Some(other) = PublicKey::read(other.expose().as_bytes()).ok().filter(|other| other != key) else {
            continue;
        };
        let own = [&[wrong_key(case)][..], &form].concat();
        let more = block_targets(&other.recover(&bytes), &own).into_iter();
        targets.extend(more.map(|target| Target { candidate: Some(label.clone()), ..target }));
    }
    if targets.is_empty() {
        return Ok(Opened::Proved([vec![wrong_key(case)], form].concat()));
    }
    targets.sort_by_key(|target| target.causes.len());
    Ok(Opened::Targets(targets))
}

/// What another key means.
pub(super) fn wrong_key(case: &Case) -> &'static Cause {
    match case.scheme {
        Scheme::V3Verify => lint_v3::reply_key(case).unwrap_or(cause::V_RESP_CERT),
        Scheme::V3PaySign | Scheme::V3AppSign => cause::V_PS_KEY,
        _ => cause::V_KEY_OTHER,
    }
}

/// The bytes of the signature, and whether its form is damaged.
fn decoded(given: &str, size: usize) -> Option<(Vec<u8>, Vec<&'static Cause>)> {
    let fits = |bytes: &Vec<u8>| bytes.len() == size;
    let text = given.trim();
    if let Some(bytes) = sign::from_strict_base64(text).filter(fits) {
        return Some((bytes, Vec::new()));
    }
    let bare: String = text.trim_matches(['"', '\'']).split_whitespace().collect();
    let percent = form::decode(&bare, Plus::Stays).unwrap_or_default();
    let plus = text.trim_matches(['"', '\'']).replace(' ', "+");
    let unescaped = bare.replace("\\n", "").replace("\\r", "").replace("\\/", "/");
    let texts = [&bare, &percent, &plus, &unescaped];
    let mut readings = texts.into_iter().filter_map(|text| sign::from_base64(text));
    let hex = || sign::from_hex(&bare);
    let twice =
        || String::from_utf8(sign::from_base64(&bare)?).ok().and_then(|text| sign::from_base64(text.trim()));
    let found = readings.find(fits).or_else(|| hex().filter(fits)).or_else(|| twice().filter(fits));
    found.map(|bytes| (bytes, vec![cause::V_OUT]))
}

/// The readings of an opened block; none if it shows no padding.
fn block_targets(block: &Block, form: &[&'static Cause]) -> Vec<Target> {
    match block {
        Block::Hash { digest, hash } => of_hash(*digest, hash, form),
        Block::Bare(inside) => bare(inside, form),
        Block::Pss(pss) => {
            let causes = [&[cause::V_ALGO][..], form].concat();
            vec![target(pss.digest, None, causes, Form::Pss(pss.clone()))]
        }
        Block::OtherKey | Block::Length { .. } => Vec::new(),
    }
}

fn of_hash(digest: Digest, hash: &[u8], form: &[&'static Cause]) -> Vec<Target> {
    let algorithm = (digest != Digest::Sha256).then_some(cause::V_ALGO);
    let causes: Vec<_> = algorithm.into_iter().chain(form.iter().copied()).collect();
    let bytes = || Form::Bytes { from: 0, bytes: hash.to_vec() };
    let again = [Again::Raw, Again::Hex(LetterCase::Lower), Again::Hex(LetterCase::Upper), Again::Base64];
    let hashed = again.into_iter().map(|again| {
        let causes = [&[cause::V_PREHASH][..], &causes].concat();
        target(digest, Some(again), causes, bytes())
    });
    [target(digest, None, causes.clone(), bytes())].into_iter().chain(hashed).collect()
}

/// A hash or a text that was encrypted as it is.
fn bare(inside: &[u8], form: &[&'static Cause]) -> Vec<Target> {
    let text = std::str::from_utf8(inside).unwrap_or_default();
    let bytes = sign::from_hex(text).or_else(|| sign::from_base64(text)).filter(|bytes| bytes.len() >= 16);
    let bytes = bytes.unwrap_or_else(|| inside.to_vec());
    let causes = [&[cause::V_RAWRSA][..], form].concat();
    let digests = [Digest::Sha256, Digest::Sha1, Digest::Md5, Digest::Sha384, Digest::Sha512];
    let known = digests.into_iter().filter(|digest| digest.size() == bytes.len());
    let mut all: Vec<Target> = known
        .map(|digest| target(digest, None, causes.clone(), Form::Bytes { from: 0, bytes: bytes.clone() }))
        .collect();
    if all.is_empty() {
        // A text: whatever hashes like it is it.
        let hash = Digest::Sha256.of(&[], inside);
        let bytes = hash.as_bytes().to_vec();
        all.push(target(Digest::Sha256, None, causes, Form::Bytes { from: 0, bytes }));
    }
    all
}

/// A hash in place of a signature: hex or base64 of so few bytes.
fn not_rsa(text: &str) -> Result<Vec<Target>, Unreadable> {
    let is_hex = text.len() >= 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let bytes = if is_hex { sign::from_hex(text) } else { sign::from_base64(text) };
    let bytes = bytes.ok_or(Unreadable::NotBase64)?;
    let upper = is_hex && text.bytes().any(|b| b.is_ascii_uppercase());
    let digests: &[(Digest, KeyOf)] = match bytes.len() {
        16 => &[(Digest::Md5, KeyOf::Nothing)],
        20 => &[(Digest::Sha1, KeyOf::Nothing), (Digest::HmacSha1, KeyOf::Secret)],
        32 => &[(Digest::Sha256, KeyOf::Nothing), (Digest::HmacSha256, KeyOf::Secret)],
        _ => return Err(Unreadable::NotOfKey),
    };
    // Capital hex is how v2 writes its signatures.
    let cause = if upper { cause::V_V2MIX } else { cause::V_NOTRSA };
    let form = || Form::Bytes { from: 0, bytes: bytes.clone() };
    Ok(digests
        .iter()
        .map(|(digest, key)| Target { key: *key, ..target(*digest, None, vec![cause], form()) })
        .collect())
}

fn target(digest: Digest, again: Option<Again>, causes: Vec<&'static Cause>, form: Form) -> Target {
    Target { digest, key: KeyOf::Nothing, again, causes, candidate: None, form }
}
