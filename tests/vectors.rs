//! Known answers: every published vector of the schemes that the core knows,
//! signed, verified, and refused when one byte differs.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use serde_json::Value;
use wxkit::sign::{self, Letter, Recipe, Secret, SignType};

fn vectors() -> Vec<Value> {
    let file = include_str!("vectors/known_answers.json");
    let mut file: Value = serde_json::from_str(file).unwrap();
    let Value::Array(vectors) = file["vectors"].take() else { panic!("no list of vectors") };
    vectors
}

fn strings(object: &Value) -> BTreeMap<String, String> {
    let members = object.as_object().unwrap();
    members.iter().filter_map(|(n, v)| Some((n.clone(), v.as_str()?.to_owned()))).collect()
}

/// Signs one vector by its recipe and holds it against what was published.
fn check(recipe: &Recipe, mut pairs: BTreeMap<String, String>, secret: &str, expected: &str) {
    let secret = Secret::new(secret);
    let borrow = |pairs: &BTreeMap<String, String>| -> Vec<(String, String)> {
        pairs.iter().rev().map(|(n, v)| (n.clone(), v.clone())).collect()
    };
    let given = borrow(&pairs);
    let given = || given.iter().map(|(n, v)| (n.as_str(), v.as_str()));
    assert_eq!(sign::sign(recipe, given(), &secret), expected);
    assert!(sign::verify(recipe, given(), &secret, expected).is_ok());
    let first = pairs.iter_mut().next().unwrap();
    first.1.insert(0, 'x');
    let flipped = borrow(&pairs);
    let flipped = flipped.iter().map(|(n, v)| (n.as_str(), v.as_str()));
    assert!(sign::verify(recipe, flipped, &secret, expected).is_err());
}

#[test]
fn signatures() {
    let mut seen = Vec::new();
    for vector in vectors() {
        let id = vector["id"].as_str().unwrap().to_owned();
        let expected = vector["expected"].as_str().unwrap();
        let inputs = &vector["inputs"];
        let mut flat = strings(inputs);
        let mut take = |name: &str| flat.remove(name).unwrap_or_default();
        match vector["scheme"].as_str().unwrap() {
            "jssdk" => {
                let ticket = take("jsapi_ticket");
                check(&sign::JSSDK, flat, &ticket, expected);
            }
            "card" => {
                let ticket = take("api_ticket");
                check(&sign::CARD, flat, &ticket, expected);
            }
            "server-token" => {
                let token = take("token");
                check(&sign::SERVER_TOKEN, flat, &token, expected);
            }
            "msg-crypt" if inputs.get("token").is_some() => {
                let token = take("token");
                check(&sign::MSG_CRYPT, flat, &token, expected);
            }
            scheme @ ("pay-v2" | "paySign") => {
                let recipe = if scheme == "paySign" { sign::PAY_SIGN } else { sign::PAY_V2 };
                let recipe = SignType::named(&take("sign_type")).unwrap().of(&recipe);
                check(&recipe, strings(&inputs["params"]), &take("key"), expected);
            }
            "pay-v2-notify" => {
                let fields = wxkit::wire::xml::read(take("xml").as_bytes()).unwrap();
                assert_eq!(fields.get("sign"), Some(expected));
                let pairs = fields.iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
                check(&sign::PAY_V2, pairs, &take("key"), expected);
            }
            _ => continue,
        }
        seen.push(id);
    }
    assert_eq!(
        seen.join(" "),
        "K01 K02 K04 K08 K10 K12 K13 K14 K16 K17 K19 K21 K25 K26 K28 K29 K32 K36 K41",
        "a vector was skipped, or a new one is here"
    );
}

#[test]
fn primitives() {
    for vector in vectors().iter().filter(|v| v["scheme"] == "primitive") {
        let values: Vec<&str> =
            vector["inputs"]["values"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let join = if vector["id"] == "K07" { "&" } else { "" };
        let hash = sign::Digest::Sha1.of(&[], values.join(join).as_bytes());
        assert_eq!(vector["expected"], hash.hex(sign::Case::Lower));
    }
}

#[test]
fn refund_notices_open_and_seal() {
    for vector in vectors().iter().filter(|v| v["scheme"] == "refund-notify") {
        let inputs = strings(&vector["inputs"]);
        let key = Secret::new(&*inputs["mch_key"]);
        let plain = sign::open_req_info(&key, &inputs["req_info"]).unwrap();
        assert_eq!(vector["expected"], plain);
        assert_eq!(sign::seal_req_info(&key, &plain), inputs["req_info"]);
        let other = Secret::new("x");
        assert!(sign::open_req_info(&other, &inputs["req_info"]).is_err());
    }
}

/// Made with `openssl enc -aes-256-ecb` and told in the project's facts.
#[test]
fn a_refund_notice_made_by_openssl_opens() {
    let key = Secret::new("192006250b4c09247ec02edce69f6a2d");
    let sealed = "WBzGpzQuNpcFxIlFjUUD9BZv+lpBMzd2SHiKCkwfALWid5G8ZvfOussfMIHLbKJmcnxPKdb1ZJEqTAp8ysQv+xa1fj+Eorgndx3fNxf3KAYa3LPgsjvZgxaeYyrhV05Kbjkj6ywg27cEyTTaPZFYNg==";
    let plain = "<root><out_refund_no><![CDATA[R1]]></out_refund_no><refund_status><![CDATA[SUCCESS]]></refund_status></root>";
    assert_eq!(sign::open_req_info(&key, sealed).as_deref(), Ok(plain));
}

#[test]
fn server_messages_open_and_seal() {
    let mut seen = 0;
    for vector in vectors().iter().filter(|v| v["inputs"].get("encoding_aes_key").is_some()) {
        let inputs = strings(&vector["inputs"]);
        let key = Secret::new(&*inputs["encoding_aes_key"]);
        if let Some(sealed) = inputs.get("encrypt") {
            let letter = sign::open_letter(&key, sealed).unwrap();
            assert!(vector["expected"] == letter.receiver || vector["expected"] == letter.message);
            let other = Secret::new("a".repeat(43));
            assert!(sign::open_letter(&other, sealed).is_err());
        } else {
            let random = inputs["random"].as_bytes().try_into().unwrap();
            let letter = Letter { message: inputs["msg"].clone(), receiver: inputs["receiveid"].clone() };
            let sealed = sign::seal_letter(&key, random, &letter).unwrap();
            assert_eq!(vector["expected"], sealed);
            assert_eq!(sign::open_letter(&key, &sealed), Ok(letter));
        }
        seen += 1;
    }
    assert_eq!(seen, 4);
}
