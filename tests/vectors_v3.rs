//! Known answers of v3: every published vector signed, verified, opened, read,
//! and refused when one byte differs. Expected values come from official SDKs and pages and
//! from Python `cryptography`, as each vector says.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use serde_json::{Value, json};
use wxkit::explain::{Limits, Report, Resource, Unsealed, Verdict, explain, read, unseal};
use wxkit::sign::key::{self, Algorithm, Item};
use wxkit::sign::{
    self, Aead, AeadError, Block, Certificate, Digest, KeyError, Mend, Owner, PrivateKey, PublicKey, Recipe,
    RsaError, Secret, Unproven,
};

fn vectors() -> Vec<Value> {
    let mut file: Value = serde_json::from_str(include_str!("vectors/known_answers_v3.json")).unwrap();
    let Value::Array(vectors) = file["vectors"].take() else { panic!("no list of vectors") };
    vectors
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

fn vector(id: &str) -> Value {
    vectors().into_iter().find(|vector| vector["id"] == id).unwrap()
}

fn ids<'v>(vectors: impl IntoIterator<Item = &'v Value>) -> String {
    let ids: BTreeSet<&str> = vectors.into_iter().map(|vector| text(vector, "id")).collect();
    ids.into_iter().collect::<Vec<_>>().join(" ")
}

fn private(pem: &str) -> PrivateKey {
    PrivateKey::read(pem.as_bytes()).unwrap()
}

fn certificate(pem: &str) -> Certificate {
    match key::read(pem.as_bytes()).remove(0).item {
        Item::Certificate(certificate) => *certificate,
        other => panic!("{other:?}"),
    }
}

/// Every file is one of these; a new scheme must be looked at.
#[test]
fn every_vector_has_its_test() {
    let schemes: BTreeSet<String> = vectors().iter().map(|v| text(v, "scheme").to_owned()).collect();
    assert_eq!(
        schemes.into_iter().collect::<Vec<_>>().join(" "),
        "v3 v3-bill v3-cert v3-decrypt v3-key v3-oaep v3-paySign v3-recover v3-verify"
    );
}

fn recipe_of(vector: &Value) -> Recipe {
    match text(vector, "scheme") {
        "v3" => sign::V3,
        "v3-paySign" => sign::V3_PAY_SIGN,
        _ => sign::V3_VERIFY,
    }
}

fn message(vector: &Value) -> Vec<u8> {
    let inputs = vector["inputs"].as_object().unwrap();
    let pairs = inputs.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?.as_bytes())));
    sign::message(&recipe_of(vector), pairs)
}

#[test]
fn strings_to_sign_are_spelled_as_published() {
    let all = vectors();
    let spelled = all.iter().filter(|v| matches!(text(v, "scheme"), "v3" | "v3-paySign"));
    let spelled: Vec<_> =
        spelled.filter(|v| v["inputs"].get("timestamp").or(v["inputs"].get("timeStamp")).is_some()).collect();
    for vector in &spelled {
        let expected = vector["inputs"].get("message").unwrap_or(&vector["expected"]);
        assert_eq!(String::from_utf8(message(vector)).unwrap(), expected.as_str().unwrap());
    }
    assert_eq!(ids(spelled), "K101 K102 K104 K106 K124 K126 K127 K129 K131 K139");
}

#[test]
fn requests_and_pay_parameters_sign_and_verify() {
    let all = vectors();
    let signed: Vec<_> = all.iter().filter(|v| v["inputs"].get("message").is_some()).collect();
    let signed: Vec<_> =
        signed.into_iter().filter(|v| v["inputs"].get("private_key_pem").is_some()).collect();
    for vector in &signed {
        let (inputs, expected) = (&vector["inputs"], text(vector, "expected"));
        let key = private(text(inputs, "private_key_pem"));
        let message = text(inputs, "message");
        assert_eq!(key.sign(message.as_bytes()).unwrap(), expected);
        for name in ["public_key_pem", "certificate_pem", "private_key_pem"] {
            let Some(pem) = inputs[name].as_str() else { continue };
            let public = PublicKey::read(pem.as_bytes()).unwrap();
            assert_eq!(&public, key.public());
            assert_eq!(public.verify(message.as_bytes(), expected), Ok(()));
            assert_eq!(public.verify(format!("{message} ").as_bytes(), expected), Err(Unproven::Wrong));
            let hash = Digest::Sha256.of(&[], message.as_bytes()).as_bytes().to_vec();
            let signature = sign::from_base64(expected).unwrap();
            assert_eq!(public.recover(&signature), Block::Hash { digest: Digest::Sha256, hash });
        }
    }
    assert_eq!(ids(signed), "K101 K102 K104 K106 K116 K126 K127 K129 K131 K132 K139");
}

/// Every vector that is a signature or a resource, with its verdict in explain; the others
/// are neither.
#[test]
fn explain_says_of_every_vector_what_is_true_of_it() {
    let all = vectors();
    let (mut valid, mut wrong, mut opened, mut neither) = (vec![], vec![], vec![], vec![]);
    for vector in &all {
        match (explained(vector), resource(vector)) {
            (Some(report), _) if report.verdict == Verdict::Valid => valid.push(vector),
            (Some(report), _) => {
                let causes: Vec<_> =
                    report.explanations.iter().flat_map(|e| &e.causes).map(|n| n.cause.id).collect();
                wrong.push((vector, causes));
            }
            (None, Some(())) => opened.push(vector),
            (None, None) => neither.push(vector),
        }
    }
    assert_eq!(ids(valid), "K101 K102 K104 K106 K108 K110 K126 K127 K129 K131 K132 K134 K135 K139");
    // The key of K109 is another one; K137 is a probe.
    let causes: Vec<_> =
        wrong.iter().map(|(vector, causes)| (text(vector, "id"), causes.as_slice())).collect();
    assert_eq!(causes, [("K109", &["V-RESP-CERT"][..]), ("K137", &["V-RESP-SIGNTEST"])]);
    assert_eq!(ids(opened), "K115 K122");
    assert_eq!(ids(neither), "K112 K113 K116 K118 K119 K121 K124 K138 K140 K141 K143");
}

/// The report on the signature of a vector; none if it has no string of lines, or no signature.
fn explained(vector: &Value) -> Option<Report> {
    let inputs = &vector["inputs"];
    let (mut case, pem) = match text(vector, "scheme") {
        "v3-verify" => {
            let headers = &inputs["headers"];
            let serial = text(headers, "Wechatpay-Serial");
            let is_public = inputs["public_key_pem"].is_string() && serial.starts_with("PUB_KEY_ID_");
            let fields = json!({ "timestamp": headers["Wechatpay-Timestamp"], "nonce": headers["Wechatpay-Nonce"],
                "body": inputs["body"], "serial": serial });
            let case = json!({ "scheme": "v3-verify", "fields": fields, "signature": headers["Wechatpay-Signature"] });
            (case, if is_public { "public_key_pem" } else { "certificate_pem" })
        }
        "v3" | "v3-paySign" if inputs["private_key_pem"].is_string() => {
            let lines: Vec<&str> = text(inputs, "message").splitn(5, '\n').collect();
            let names: &[&str] = if lines[0].starts_with("wx") {
                &["appId", "timeStamp", "nonceStr", "package"]
            } else {
                &["method", "url", "timestamp", "nonce_str", "body"]
            };
            // K116 is a text of no lines.
            if lines.len() < 4 {
                return None;
            }
            let fields: serde_json::Map<String, Value> = names
                .iter()
                .zip(&lines)
                .map(|(name, line)| ((*name).to_owned(), line.strip_suffix('\n').unwrap_or(line).into()))
                .collect();
            let scheme = if names.len() == 4 { "v3-pay-sign" } else { "v3" };
            (
                json!({ "scheme": scheme, "fields": fields, "signature": vector["expected"] }),
                "private_key_pem",
            )
        }
        _ => return None,
    };
    case["public_key"] = inputs[pem].clone();
    Some(explain(&read(case.to_string().as_bytes()).unwrap(), &Limits::default(), &|| false))
}

/// The resource of a vector that is one, held against its key: opened by the cipher, and by
/// explain if the key is one of 32 bytes.
fn resource(vector: &Value) -> Option<()> {
    let inputs = &vector["inputs"];
    let key = Secret::new(inputs["key"].as_str()?);
    let reply: Value = serde_json::from_str(inputs["reply"].as_str().unwrap_or("{}")).unwrap();
    let sealed = reply["data"][0].get("encrypt_certificate").unwrap_or(inputs);
    let members = sealed.as_object()?.iter().filter_map(|(name, value)| Some((name, value.as_str()?)));
    let resource = Resource::of(&members.collect())?;
    let wanted = matches!(unseal(&resource, &key, &[]), Unsealed::Opens);
    assert_eq!(wanted, key.expose().len() == 32, "{vector}");
    Some(())
}

#[test]
fn both_forms_of_a_key_are_one_key() {
    let inputs = vector("K132")["inputs"].take();
    let [pkcs1, pkcs8] =
        ["private_key_pem", "private_key_pkcs8_pem"].map(|name| private(text(&inputs, name)));
    assert_eq!(pkcs1.public().fingerprint(), pkcs8.public().fingerprint());
    let mended = key::read(text(&inputs, "private_key_pem").as_bytes()).remove(0).item.pem().unwrap();
    assert_eq!(mended.expose(), text(&inputs, "private_key_pkcs8_pem"));
}

#[test]
fn replies_and_notices_verify_over_their_raw_bytes() {
    let all = vectors();
    let verified: Vec<_> = all.iter().filter(|v| v["scheme"] == "v3-verify").collect();
    for vector in &verified {
        let inputs = &vector["inputs"];
        let header = |name: &str| text(&inputs["headers"], name);
        let (time, nonce) = (header("Wechatpay-Timestamp"), header("Wechatpay-Nonce"));
        let pairs = [("timestamp", time), ("nonce", nonce), ("body", text(inputs, "body"))];
        let spelled = sign::message(&sign::V3_VERIFY, pairs.map(|(name, value)| (name, value.as_bytes())));
        assert_eq!(String::from_utf8(spelled.clone()).unwrap(), text(inputs, "message"));
        // Two keys stand in some vectors: the serial says which one.
        let is_public =
            inputs["public_key_pem"].is_string() && header("Wechatpay-Serial").starts_with("PUB_KEY_ID_");
        let pem = if is_public { "public_key_pem" } else { "certificate_pem" };
        let public = PublicKey::read(text(inputs, pem).as_bytes()).unwrap();
        let expected = vector["expected"].as_str().or(vector["expected"]["verify"].as_str()).unwrap();
        let verdict = public.verify(&spelled, header("Wechatpay-Signature"));
        assert_eq!(verdict.is_ok(), expected == "valid", "{}: {verdict:?}", vector["id"]);
        if let Some(plain) = vector["expected"]["plaintext"].as_str() {
            let body: Value = serde_json::from_str(text(inputs, "body")).unwrap();
            let resource = &body["resource"];
            let aead = Aead {
                nonce: text(resource, "nonce"),
                associated_data: resource["associated_data"].as_str().unwrap_or_default(),
            };
            let key = Secret::new(text(inputs, "apiv3_key"));
            let opened = sign::open_resource(&key, aead, text(resource, "ciphertext")).unwrap();
            assert_eq!(std::str::from_utf8(&opened).unwrap(), plain);
        }
    }
    assert_eq!(ids(verified), "K108 K109 K110 K134 K135 K137");
}

#[test]
fn a_signature_shows_what_was_signed() {
    let vector = vector("K141");
    let public = PublicKey::read(text(&vector["inputs"], "public_key_pem").as_bytes()).unwrap();
    let signature = sign::from_base64(text(&vector["inputs"], "signature")).unwrap();
    let Block::Hash { digest, hash } = public.recover(&signature) else { panic!("no hash") };
    assert_eq!(digest, Digest::Sha256);
    assert_eq!(hash, sign::from_hex(text(&vector["expected"], "sha256")).unwrap());
    assert_eq!(public.recover(&[0xff; 256]), Block::OtherKey, "not below n");
    assert_eq!(public.recover(&signature[1..]), Block::Length { given: 255, wanted: 256 });
}

#[test]
fn sealed_fields_open_and_seal() {
    let all = vectors();
    let sealed: Vec<_> = all.iter().filter(|v| v["scheme"] == "v3-oaep").collect();
    for vector in &sealed {
        let (inputs, expected) = (&vector["inputs"], text(vector, "expected"));
        let key = private(text(inputs, "private_key_pem"));
        let ciphertext = text(inputs, "ciphertext");
        if inputs.get("padding").is_some() {
            assert_eq!(key.open_pkcs1(ciphertext).unwrap().as_slice(), expected.as_bytes());
            continue;
        }
        assert_eq!(key.open(ciphertext).unwrap().as_slice(), expected.as_bytes());
        let again = key.public().seal(expected.as_bytes(), [7; 20]).unwrap();
        assert_eq!(key.open(&again).unwrap().as_slice(), expected.as_bytes());
        assert_eq!(
            key.public().seal(&[b'a'; 215], [7; 20]),
            Err(RsaError::TooLong { bytes: 215, most: 214 })
        );
        assert_eq!(key.open(&ciphertext[4..]).unwrap_err(), RsaError::NotSealed);
    }
    assert_eq!(ids(sealed), "K112 K121 K138");
    let other = private(text(&vector("K138")["inputs"], "private_key_pem"));
    let sealed = vector("K112");
    assert_eq!(other.open(text(&sealed["inputs"], "ciphertext")).unwrap_err(), RsaError::WrongKey);
}

#[test]
fn resources_open_and_seal() {
    let vector = vector("K122");
    let inputs = &vector["inputs"];
    let key = Secret::new(text(inputs, "key"));
    let aead = Aead { nonce: text(inputs, "nonce"), associated_data: text(inputs, "associated_data") };
    let ciphertext = text(inputs, "ciphertext");
    let plain = text(&vector, "expected");
    assert_eq!(sign::open_resource(&key, aead, ciphertext).unwrap().as_slice(), plain.as_bytes());
    assert_eq!(sign::seal_resource(&key, aead, plain.as_bytes()).unwrap(), ciphertext);
    let open = |key: &str, aead, text: &str| sign::open_resource(&Secret::new(key), aead, text).unwrap_err();
    let right = key.expose();
    assert_eq!(open(&right[1..], aead, ciphertext), AeadError::KeyLength { bytes: 31 });
    assert_eq!(open(&right.to_uppercase(), aead, ciphertext), AeadError::WrongTag);
    assert_eq!(open(right, Aead { associated_data: "", ..aead }, ciphertext), AeadError::WrongTag);
    let long = Aead { nonce: "uluk4a9R25RWulu4", ..aead };
    assert_eq!(open(right, long, ciphertext), AeadError::NonceLength { bytes: 16 });
    assert_eq!(open(right, aead, "ulwSiIajGClcvcOYvOQ7 l 0PAbzzwI="), AeadError::NotBase64);
    assert_eq!(open(right, aead, "ulwS"), AeadError::TooShort { bytes: 3 });
}

/// Its key has 16 bytes, which no command takes.
#[test]
fn a_platform_certificate_comes_out_of_its_reply() {
    let vector = vector("K115");
    let reply: Value = serde_json::from_str(text(&vector["inputs"], "reply")).unwrap();
    let sealed = &reply["data"][0]["encrypt_certificate"];
    let aead = Aead { nonce: text(sealed, "nonce"), associated_data: text(sealed, "associated_data") };
    let key = text(&vector["inputs"], "key");
    let plain = sign::open_gcm(key.as_bytes(), aead, text(sealed, "ciphertext")).unwrap();
    assert_eq!(std::str::from_utf8(&plain).unwrap(), text(&vector, "expected"));
    assert_eq!(certificate(text(&vector, "expected")).serial, text(&reply["data"][0], "serial_no"));
    let refused = sign::open_resource(&Secret::new(key), aead, text(sealed, "ciphertext"));
    assert_eq!(refused.unwrap_err(), AeadError::KeyLength { bytes: 16 });
}

#[test]
fn certificates_tell_serial_owner_and_time() {
    let all = vectors();
    let held: Vec<_> = all.iter().filter(|v| v["scheme"] == "v3-cert").collect();
    for vector in &held {
        let (inputs, expected) = (&vector["inputs"], &vector["expected"]);
        let certificate = certificate(text(inputs, "certificate_pem"));
        assert_eq!(certificate.serial, text(expected, "serial_no"));
        for name in ["private_key_pem", "public_key_pem"] {
            let Some(pem) = inputs[name].as_str() else { continue };
            assert_eq!(PublicKey::read(pem.as_bytes()).unwrap(), certificate.key);
        }
        if expected.get("not_before").is_some() {
            // 2021-04-27T08:40:32Z and 2031-04-25T08:40:32Z.
            assert_eq!((certificate.not_before, certificate.not_after), (1_619_512_832, 1_934_872_832));
        }
        assert!(
            certificate.is_valid_at(certificate.not_after)
                && !certificate.is_valid_at(certificate.not_after + 1)
        );
    }
    assert_eq!(ids(held), "K113 K118 K119");
}

#[test]
fn damaged_pem_is_mended_and_told() {
    let vector = vector("K140");
    let told = [
        ("one_line_base64", &[Mend::NoLabels, Mend::OneLine][..]),
        ("literal_backslash_n", &[Mend::LiteralNewlines]),
        ("crlf", &[Mend::CarriageReturns]),
        ("bom", &[Mend::Bom]),
        ("quoted_env", &[Mend::Quotes, Mend::LiteralNewlines]),
        ("blank_for_newline", &[Mend::Blanks]),
        ("wrong_label", &[Mend::WrongLabel]),
        ("indented", &[Mend::Blanks]),
        ("no_label_pkcs1", &[Mend::NoLabels, Mend::OneLine]),
    ];
    let forms = vector["inputs"]["forms"].as_object().unwrap();
    assert_eq!(forms.len(), told.len());
    for (name, mends) in told {
        let form = forms[name].as_str().unwrap();
        let found = key::read(form.as_bytes()).remove(0);
        let mut sorted = mends.to_vec();
        sorted.sort_unstable();
        assert_eq!(found.mends, sorted, "{name}");
        let Item::Private(key) = &found.item else { panic!("{name}: {:?}", found.item) };
        assert_eq!(key.public().fingerprint(), text(&vector, "expected"), "{name}");
        // What is written again needs no more mending, and a base64 of it neither is in the way.
        let pem = found.item.pem().unwrap();
        assert!(key::read(pem.expose().as_bytes()).remove(0).mends.is_empty(), "{name}");
        let twice = sign::base64_text(form.as_bytes());
        let found = key::read(twice.as_bytes()).remove(0);
        assert!(matches!(found.item, Item::Private(_)) && found.mends.contains(&Mend::Twice), "{name}");
    }
}

/// Made by OpenSSL and Python: `vectors/make_keys_v3.py`.
fn files() -> Value {
    serde_json::from_str(include_str!("vectors/keys_v3.json")).unwrap()
}

fn bytes(files: &Value, name: &str) -> Vec<u8> {
    let text = text(files, name);
    if name.ends_with("_base64") { sign::from_base64(text).unwrap() } else { text.as_bytes().to_vec() }
}

#[test]
fn what_is_no_private_key_is_told_apart() {
    let files = files();
    for (name, why) in [
        ("encrypted_pkcs8", KeyError::Encrypted),
        ("encrypted_traditional", KeyError::Encrypted),
        ("ec_pkcs8", KeyError::Algorithm(Algorithm::Ec)),
        ("ec_sec1", KeyError::Algorithm(Algorithm::Ec)),
        ("ec_public", KeyError::Algorithm(Algorithm::Ec)),
        ("sm2_pkcs8", KeyError::Algorithm(Algorithm::Sm2)),
        ("sm2_sec1", KeyError::Algorithm(Algorithm::Sm2)),
        ("small_rsa", KeyError::Rsa(RsaError::Size { bits: 1024 })),
        ("public_pkcs1", KeyError::Public),
        ("public_spki", KeyError::Public),
        ("request", KeyError::Request),
        ("expired_certificate", KeyError::Certificate),
        ("pkcs12_base64", KeyError::Pkcs12),
        ("broken_base64", KeyError::Rsa(RsaError::BrokenKey)),
    ] {
        assert_eq!(PrivateKey::read(&bytes(&files, name)).unwrap_err(), why, "{name}");
    }
    assert_eq!(PrivateKey::read(b"").unwrap_err(), KeyError::Empty);
    assert_eq!(PrivateKey::read(b"apiclient_key.pem").unwrap_err(), KeyError::NotPem);
    let cut = &text(&files, "merchant_key")[..1000];
    assert_eq!(PrivateKey::read(cut.as_bytes()).unwrap_err(), KeyError::NotPem);
}

#[test]
fn a_key_whose_numbers_lie_signs_nothing() {
    let key = PrivateKey::read(&bytes(&files(), "faulty_base64")).unwrap();
    assert_eq!(key.sign(b"m"), Err(RsaError::BrokenKey));
}

#[test]
fn every_file_of_one_key_has_its_fingerprint() {
    let files = files();
    for name in [
        "merchant_key",
        "public_pkcs1",
        "public_spki",
        "expired_certificate",
        "platform_certificate",
        "der_base64",
    ] {
        let key = PublicKey::read(&bytes(&files, name)).unwrap();
        assert_eq!(key.fingerprint(), text(&files, "merchant_public_sha256"), "{name}");
    }
}

#[test]
fn certificates_tell_whose_they_are() {
    let files = files();
    let merchant = certificate(text(&files, "expired_certificate"));
    assert_eq!(merchant.serial, "0A1B2C3D4E5F60718293A4B5C6D7E8F901234567");
    assert_eq!((merchant.owner(), &*merchant.common_name), (Owner::Merchant, "1900000109"));
    // 2025-11-25T00:00:00Z.
    assert_eq!(merchant.not_after, 1_764_028_800);
    let platform = certificate(text(&files, "platform_certificate"));
    assert_eq!(platform.serial, "7132D72A03E93CDDF8C03BBD1F37EEDF");
    assert_eq!(platform.owner(), Owner::WeChat);
}

/// The bytes of a bill are what its hash is of; unzipping is the caller's.
#[test]
fn a_bill_has_its_hash() {
    let vector = vector("K143");
    let hash = Digest::Sha1.of(&[], text(&vector["inputs"], "text").as_bytes());
    assert_eq!(vector["expected"], hash.hex(sign::Case::Lower));
}
