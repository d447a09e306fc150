//! Of all documents of a paste the one that is meant: it carries a signature
//! that can be one, has the most names that WeChat knows, and is a request
//! rather than the reply to it. Owns that order of preference.

use std::cmp::Reverse;

use super::documents::Document;
use super::names;
use super::notation::{Class, Escapes};
use crate::explain::family::Scheme;

/// What stands where the signature should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Proof {
    /// Nothing.
    None,
    /// What a program would have put its value: `data.sign`, `<?php … ?>`.
    Placeholder,
    /// Something else: cut, masked, empty.
    Odd,
    /// Base64 of an RSA signature: APIv3.
    Rsa,
    /// Hex or base64 of a length that a digest can have.
    Hash,
}

/// A document, seen as something signed.
#[derive(Debug, Clone)]
pub(super) struct Candidate<'d> {
    pub(super) document: &'d Document,
    /// Name of its signature, as it stands there.
    pub(super) signature: Option<String>,
    pub(super) proof: Proof,
    /// What it signs; none if the names do not tell.
    pub(super) scheme: Option<Scheme>,
    known: usize,
}

/// The best of all, and all.
pub(super) fn best<'d>(documents: &'d [Document], asked: &Asked<'_>) -> Option<Candidate<'d>> {
    let candidates: Vec<Candidate<'d>> = documents.iter().map(|d| Candidate::of(d, asked)).collect();
    let is_ordered = documents.iter().any(is_order_reply);
    let rank = |c: &Candidate<'_>| {
        let lone = c.known < 2 && c.document.class == Class::Lines;
        (
            c.proof,
            !lone,
            c.document.class,
            role(c, is_ordered),
            c.scheme.is_some(),
            !is_escaped(c.document),
            c.known,
            // What needs no undoing belongs to the values.
            Reverse(c.document.repairs.len()),
            c.document.fields.len(),
        )
    };
    // Of equals the first: it is the strictest reading of the plainest view.
    let best = candidates.iter().rev().max_by_key(|c| rank(c))?;
    // The same signature may be read twice, once with fewer of its fields: behind
    // a comment mark, cut at a quote.
    let is_same = |c: &&Candidate<'_>| c.proof == best.proof && c.value() == best.value();
    let fuller = candidates.iter().rev().filter(is_same).max_by_key(|c| (c.known, rank(c)));
    fuller.filter(|_| best.value().is_some()).or(Some(best)).cloned()
}

/// The other documents that carry the same signature and mean the same scheme:
/// what they disagree in, the arithmetic decides.
pub(super) fn others<'d>(
    documents: &'d [Document],
    best: &Candidate<'d>,
    asked: &Asked<'_>,
) -> Vec<Candidate<'d>> {
    let mut others: Vec<Candidate<'d>> = Vec::new();
    let Some(signature) = best.value() else { return others };
    let has_it = |d: &&Document| d.fields.iter().any(|(_, value)| value == signature);
    for other in documents.iter().filter(has_it).map(|d| Candidate::of(d, asked)) {
        let is_same =
            other.proof == best.proof && other.value() == best.value() && other.scheme == best.scheme;
        let is_new = || others.iter().chain([best]).all(|c| c.document.fields != other.document.fields);
        if others.len() < MOST_OTHERS && is_same && is_new() {
            others.push(other);
        }
    }
    others
}

/// So many readings of one signature are tried.
const MOST_OTHERS: usize = 8;

/// Whether plain values have escapes that another view of the text undoes;
/// JSON inside a value may have them by right.
fn is_escaped(document: &Document) -> bool {
    let mut plain = document.fields.iter().map(|(_, v)| v).filter(|v| !v.starts_with(['{', '[']));
    // A literal that has undone its own escapes means the slashes that are left;
    // letters are left only where they were escaped twice.
    let is_left = document.escapes == Escapes::Left;
    plain.any(|value| has_letters(value) || (is_left && value.contains(":\\/\\/")))
}

/// `\u8336`.
fn has_letters(value: &str) -> bool {
    let is_unit = |rest: &str| rest.get(..4).is_some_and(|unit| unit.bytes().all(|b| b.is_ascii_hexdigit()));
    value.split("\\u").skip(1).any(is_unit)
}

/// What is known besides the paste.
pub(super) struct Asked<'a> {
    /// The scheme that was named.
    pub(super) scheme: Option<Scheme>,
    /// Whether this name was given by a flag.
    pub(super) has: &'a dyn Fn(&str) -> bool,
}

impl<'d> Candidate<'d> {
    fn value(&self) -> Option<&'d str> {
        self.document.fields.get(self.signature.as_deref()?)
    }

    fn of(document: &'d Document, asked: &Asked<'_>) -> Self {
        let named = |key: &str| {
            let plain = document.fields.iter().map(|(n, v)| (n, Some(v)));
            let code = document.code.iter().map(|(n, _)| (n.as_str(), None));
            plain.chain(code).find(|(n, _)| names::plain(n) == key)
        };
        let found = names::SIGNATURES.iter().filter_map(|key| named(key));
        let proof_of = |value: Option<&str>| value.map_or(Proof::Placeholder, proof);
        let best = found
            .map(|(name, value)| (name.to_owned(), proof_of(value)))
            .rev()
            .max_by_key(|(_, proof)| *proof);
        let known = document.fields.iter().filter(|(n, _)| names::is_known(n)).count();
        let scheme = scheme(document, best.as_ref().map(|(name, _)| name.as_str()), asked);
        let (signature, proof) = best.map_or((None, Proof::None), |(name, proof)| (Some(name), proof));
        let scheme =
            if asked.scheme.is_none() { scheme.map(|of| of_rsa(of, document, proof)) } else { scheme };
        Self { document, signature, proof, scheme, known }
    }

    /// Whether it has a signature of a kind that is known here.
    pub(super) fn is_signed(&self) -> bool {
        let is_rsa = self.scheme.is_some_and(|scheme| scheme.family().is_rsa());
        self.proof > Proof::Placeholder && (is_rsa || self.proof != Proof::Rsa)
    }
}

/// The scheme of v3 for one of the same names, where the type or the signature says RSA.
fn of_rsa(scheme: Scheme, document: &Document, proof: Proof) -> Scheme {
    let says = |(name, value): (&str, &str)| {
        names::plain(name) == "signtype" && value.trim().eq_ignore_ascii_case("RSA")
    };
    if proof != Proof::Rsa && !document.fields.iter().any(says) {
        return scheme;
    }
    match scheme {
        Scheme::ServerToken if proof == Proof::Rsa => Scheme::V3Verify,
        Scheme::Jssdk if document.fields.get("method").is_some() => Scheme::V3,
        scheme => scheme.of_v3(),
    }
}

/// A signature that stands alone, under its name or without one, belongs to
/// the unsigned fields beside it: tools print them in steps.
pub(super) fn join_lone_signature(all: &mut Vec<Document>, text: &str) {
    let known = |d: &Document| d.fields.iter().filter(|(n, _)| names::is_known(n)).count();
    let signature = |d: &Document| {
        d.fields
            .iter()
            .find(|(n, v)| names::is_signature(n) && proof(v) == Proof::Hash)
            .map(|(n, v)| (n.to_owned(), v.to_owned()))
    };
    if all.iter().any(|d| known(d) > 2 && d.fields.iter().any(|(n, _)| names::is_signature(n))) {
        return;
    }
    let lone = all.iter().find_map(signature).or_else(|| Some(("sign".to_owned(), loose_hash(text)?)));
    let has_secret = |d: &Document| d.fields.get("key").is_some() || d.fields.get("jsapi_ticket").is_some();
    let unsigned = all.iter().filter(|d| known(d) > 1 && d.class > Class::Lines);
    let base = unsigned.rev().max_by_key(|d| (known(d), has_secret(d))).cloned();
    if let (Some((name, value)), Some(mut base)) = (lone, base) {
        let is_page = base.fields.get("jsapi_ticket").is_some() && name == "sign";
        base.fields.set(if is_page { "signature" } else { &name }, value);
        all.insert(0, base);
    }
}

/// The only hash of a text that stands as a word of its own.
fn loose_hash(text: &str) -> Option<String> {
    let is_hash =
        |word: &&str| matches!(word.len(), 32 | 40 | 64) && word.bytes().all(|b| b.is_ascii_hexdigit());
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(is_hash);
    let only = words.next()?;
    words.all(|word| word == only).then(|| only.to_owned())
}

/// What a value looks like.
pub(super) fn proof(value: &str) -> Proof {
    let value = value.trim().trim_matches(['"', '\'']);
    let is_hex = value.len() >= 16 && value.len() <= 64 && value.bytes().all(|b| b.is_ascii_hexdigit());
    let is_base64 =
        value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'-' | b'_'));
    match () {
        () if is_hex => Proof::Hash,
        () if is_placeholder(value) => Proof::Placeholder,
        () if is_base64 && value.len() >= 170 => Proof::Rsa,
        () if is_base64 && value.len() >= 16 => Proof::Hash,
        () => Proof::Odd,
    }
}

/// Whether a value is what stood in a program or a template.
pub(super) fn is_placeholder(value: &str) -> bool {
    const MARKS: &[&str] =
        &["<?", "{{", "${", "<%", "#{", "@{", "}}", "$_", "->", "()", "YOUR_", "xxxx", "XXXX"];
    let is_word =
        |part: &str| part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && part.len() < 32;
    let is_path = value.contains('.') && value.split('.').all(is_word);
    MARKS.iter().any(|mark| value.contains(mark))
        || value.starts_with('$')
        || (is_path && value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_')))
}

/// An order's reply: what it brings, a page signs next.
fn is_order_reply(document: &Document) -> bool {
    document.fields.filled("prepay_id").is_some() && document.fields.get("result_code") == Some("SUCCESS")
}

/// Of several the request counts; once an order was made, what the page got.
fn role(candidate: &Candidate<'_>, is_ordered: bool) -> u8 {
    let has = |name: &str| candidate.document.fields.get(name).is_some();
    match candidate.scheme {
        Some(Scheme::PaySign | Scheme::AppSign | Scheme::V3PaySign | Scheme::V3AppSign) => {
            if is_ordered {
                3
            } else {
                1
            }
        }
        // A piece of a message is neither.
        Some(scheme) if scheme.family().is_message() && candidate.known < 4 => 0,
        Some(scheme)
            if scheme.family().is_message()
                && ["return_code", "result_code", "returnCode"].into_iter().any(has) =>
        {
            1
        }
        Some(Scheme::MsgCrypt) => 3,
        Some(_) => 2,
        None => 0,
    }
}

/// Which signature it is, from the names.
pub(super) fn scheme(document: &Document, signature: Option<&str>, asked: &Asked<'_>) -> Option<Scheme> {
    if asked.scheme.is_some() {
        return asked.scheme;
    }
    let value = |key: &str| document.fields.iter().find(|(n, _)| names::key(n) == key).map(|(_, v)| v);
    let has = |key: &str| {
        value(key).is_some() || document.code.iter().any(|(n, _)| names::key(n) == key) || (asked.has)(key)
    };
    let package = value("package").unwrap_or_default();
    let names_order = has("prepayid") || has("partnerid");
    let has_stamp = has("timestamp") && (has("noncestr") || has("nonce")) && !has("returncode");
    let is_app = names_order && (has("package") || has_stamp) || package == "Sign=WXPay";
    let is_page = package.starts_with("prepay_id=") || has("paysign");
    match signature.map(names::plain).as_deref() {
        Some("cardsign") => Some(Scheme::Card),
        Some("paysig") => Some(Scheme::Xpay),
        Some("msgsignature") => Some(Scheme::MsgCrypt),
        Some("paysign") if has("partnerid") || package == "Sign=WXPay" => Some(Scheme::AppSign),
        Some("paysign") => Some(Scheme::PaySign),
        Some("signature") => Some(of_signature(&has)),
        _ if has("msgsignature") => Some(Scheme::MsgCrypt),
        Some(_) if is_app || passed_on(document) => Some(Scheme::AppSign),
        Some(_) if is_page || (has("package") && has("signtype")) => Some(Scheme::PaySign),
        Some(_) if has("nonce") && has("timestamp") && !has("mchid") => Some(Scheme::ServerToken),
        Some(_) => Some(Scheme::default()),
        None if has("jsapiticket") => Some(Scheme::Jssdk),
        None => Scheme::of(&document.fields),
    }
}

fn of_signature(has: &dyn Fn(&str) -> bool) -> Scheme {
    match () {
        () if has("encrypt") && has("nonce") => Scheme::MsgCrypt,
        () if has("rawdata") => Scheme::RawData,
        () if has("url") && !has("cardid") => Scheme::Jssdk,
        () if has("cardid") || (has("noncestr") && (has("code") || has("openid")) && !has("appid")) => {
            Scheme::Card
        }
        () if has("noncestr") || has("jsapiticket") => Scheme::Jssdk,
        () if has("mchid") => Scheme::default(),
        () if has("nonce") || has("echostr") => Scheme::ServerToken,
        () if has("timestamp") => Scheme::Jssdk,
        () => Scheme::ServerToken,
    }
}

/// An order's reply with what only an App needs: it was passed on.
pub(super) fn passed_on(document: &Document) -> bool {
    let has = |name: &str| document.fields.get(name).is_some();
    let has_time = ["timestamp", "timeStamp", "time_stamp"].iter().any(|name| has(name));
    has("prepay_id") && has("return_code") && has("sign") && has("nonce_str") && has_time
}
