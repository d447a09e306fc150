//! `pay verify --batch` gives every message the verdict that it has alone, in its place in the
//! stream: however many threads there are, whichever vectors, plain messages among odd ones.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use serde_json::json;
use support::wxkit;
use wxkit::sign::{self, PAY_V2, Secret, SignType};
use wxkit::wire::{Fields, MAX_BYTES, json, xml};

const KEY: &str = "192006250b4c09247ec02edce69f6a2d";

/// A notice, signed.
fn notice(number: usize, sign_type: SignType) -> Fields {
    let mut fields: Fields =
        [("return_code", "SUCCESS"), ("attach", "支付 & <测试>"), ("err_code", "")].into_iter().collect();
    fields.set("out_trade_no", format!("{:0>1$}", number, 1 + number % 200));
    if sign_type == SignType::HmacSha256 && number.is_multiple_of(2) {
        fields.set("sign_type", sign_type.as_str());
    }
    let sign = sign::sign(&sign_type.of(&PAY_V2), fields.iter(), &Secret::new(KEY));
    fields.set("sign", sign);
    fields
}

/// A message as it crosses the wire, and what is wrong with it.
fn message(number: usize) -> (String, Option<&'static str>) {
    let fields = notice(number, if number % 7 == 3 { SignType::HmacSha256 } else { SignType::Md5 });
    let plain = xml::write(&fields).unwrap();
    let changed = |name: &str, value: &str| {
        let mut fields = fields.clone();
        fields.set(name, value);
        fields
    };
    match number % 11 {
        0 => (json::write(&fields, |_| false) + "\n", None),
        1 => (plain.replace("<![CDATA[支付 & <测试>]]>", "支付 &amp; &lt;测试>"), None),
        2 => (plain.replace("<xml>", "<xml><!-- c -->\n"), None),
        3 => (xml::write(&changed("return_code", "FAIL")).unwrap(), Some("the signature does not match")),
        4 => (json::write(&changed("sign", ""), |_| false) + "\n", Some("there is no sign field")),
        5 => (plain.replace("</xml>", "<sign>1</sign></xml>"), Some("the second field of this name")),
        6 if number == 6 => (format!("a={}\n", "x".repeat(MAX_BYTES)), Some("longer than 1 MiB")),
        _ => (plain, None),
    }
}

#[test]
fn every_message_is_told_with_its_place() {
    let messages: Vec<_> = (0..3000).map(message).collect();
    let stream: String = messages.iter().map(|(text, _)| text.as_str()).collect();
    let bytes = messages.iter().scan(0, |next, (text, _)| Some(std::mem::replace(next, *next + text.len())));
    let places = (1..).zip(bytes);
    let wrong: Vec<_> = places.zip(&messages).filter_map(|(at, (_, why))| Some((at, (*why)?))).collect();
    let run = |flags: &str, vectors: &str| {
        let run = wxkit("pay verify --batch --from - --json").words(flags).stdin(&stream);
        run.env("WXKIT_PAY_KEY", KEY).env("WXKIT_SIMD", vectors).run().exits(1).json()
    };
    let told = run("--threads 1", "none");
    assert_eq!((&told["total"], &told["invalid"]), (&json!(3000), &json!(wrong.len())));
    for (bad, ((number, byte), why)) in told["failures"].as_array().unwrap().iter().zip(&wrong) {
        let (reason, is_there) = (bad["reason"].as_str().unwrap(), bad["byte"] == json!(byte));
        assert!(bad["number"] == json!(number) && is_there && reason.contains(why), "{bad}: {number}, {why}");
    }
    for (flags, vectors) in
        [("--threads 1", "avx512"), ("--threads 3", "avx2"), ("--threads 2", "sse2"), ("", "")]
    {
        assert_eq!(run(flags, vectors), told, "{flags} {vectors}");
    }
}

#[test]
fn vectors_that_are_none_are_told() {
    let run = wxkit("pay verify --batch --from -").env("WXKIT_PAY_KEY", KEY).env("WXKIT_SIMD", "mmx");
    run.stdin("a=1&sign=\n").run().exits(1).says("WXKIT_SIMD can be avx512, avx2, sse2 or none, not mmx");
}
