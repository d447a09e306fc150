//! What the scheme of pay v3 keeps and refuses, with keys that exist in tests only
//! (`keys/make`), over every row and both ways.

use wxkit::api::authorization::BadHeader;
use wxkit::api::codec::{read_reply, read_request, write_reply, write_request};
use wxkit::api::endpoint::{Endpoint, Field, Fill, Kind, Need, Success};
use wxkit::api::keys::{Aead, Keys, PublicKey, Secret, Stamp, StandIn, V3, WechatKey};
use wxkit::api::pay_v3::{self, CERTIFICATES, CLOSE, ECHO, JSAPI, QUERY, REFUND, TRANSFER};
use wxkit::api::scheme::pay_v3::{SERIAL, WINDOW};
use wxkit::api::scheme::{Columns, Envelope, Proof as _, RuleV3, Scheme, Turn};
use wxkit::api::{Answer, ReadError, V3Part, V3Unproved, WriteError};
use wxkit::sign::seal_resource;
use wxkit::wire::{Fields, Reply, Request};

use super::keys::{
    API_V3_KEY, MERCHANT_KEY, MERCHANT_SERIAL, PLATFORM_CERT, PLATFORM_KEY, PLATFORM_SERIAL, PUB_KEY_ID,
    WECHAT_KEY, WECHAT_PUB, private,
};

pub const NOW: u64 = 1_795_656_000;
const ORIGIN: &str = "https://api.mch.weixin.qq.com";

pub fn stamp() -> Stamp {
    Stamp { now: NOW, nonce: "593BEC0C930BF1AFEB40B4A08C8FB242".into() }
}

/// A merchant in public-key mode, and the WeChat Pay that answers it.
pub fn keys() -> Keys {
    let key = PublicKey::read(WECHAT_PUB.as_bytes()).unwrap();
    let v3 = V3 {
        mch_id: "1900000109".into(),
        serial: MERCHANT_SERIAL.into(),
        private: private(MERCHANT_KEY),
        api_v3_key: Some(Secret::new(API_V3_KEY)),
        wechat: vec![WechatKey { id: PUB_KEY_ID.into(), key, expires: None }],
        stand_in: Some(StandIn { id: PUB_KEY_ID.into(), private: private(WECHAT_KEY) }),
    };
    Keys {
        app_id: Some("wx2421b1c4370ec43b".into()),
        mch_id: Some("1900000109".into()),
        notify_url: Some("https://shop.example/n".into()),
        v3: Some(v3),
        ..Keys::default()
    }
}

pub fn with(change: impl FnOnce(&mut V3)) -> Keys {
    let mut keys = keys();
    change(keys.v3.as_mut().unwrap());
    keys
}

pub fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().copied().collect()
}

fn value(field: &Field, number: usize) -> String {
    match field.kind {
        Kind::Encrypted => format!("秘密{number}"),
        Kind::Text if field.max == 0 || field.max > 24 => format!("茶 <{number}> & \"+%\\/"),
        Kind::Text => (number % 10).to_string(),
        Kind::Fen | Kind::FenOrZero | Kind::Int => (number + 1).to_string(),
        Kind::Choice(words) => words[number % words.len()].into(),
        Kind::Bool => number.is_multiple_of(2).to_string(),
        Kind::Url | Kind::NotifyUrl => format!("https://a.example/{number}"),
        Kind::Ip => "2001:db8::1".into(),
        Kind::OrderNo | Kind::OwnNo => format!("T-{number:06}"),
        Kind::Alphanumeric => format!("B{number}"),
        Kind::Date10 => "2026-01-15".into(),
        Kind::Rfc3339 => "2026-01-15T20:00:00+08:00".into(),
        Kind::AuthCode => "131234567890123456".into(),
        other => panic!("no row of v3 has a {other:?}"),
    }
}

/// Some of these fields, by the bits of a number; two items of each list.
pub fn some(spec: &[&Field], bits: usize) -> Fields {
    let mut said = Fields::new();
    for (n, field) in spec.iter().enumerate().filter(|(_, field)| field.fill != Fill::Proof) {
        if field.need == Need::Optional && (bits >> (n % 64)) & 1 == 0 {
            continue;
        }
        for item in ["0", "1"] {
            said.set(field.name.replace("$n", item).replace("$m", "0"), value(field, n));
        }
    }
    said
}

pub const BITS: [usize; 4] = [0, usize::MAX, 0x5555_5555_5555_5555, 0x3c3c_0f0f_9999_1234];

#[test]
fn requests_of_every_row_are_read_as_they_were_written() {
    let (keys, other) = (keys(), with(|v3| v3.private = private(PLATFORM_KEY)));
    for (row, bits) in pay_v3::ROWS.iter().flat_map(|row| BITS.map(|bits| (*row, bits))) {
        let said = some(row.fields, bits);
        let written = write_request(row, &said, &keys, &stamp(), ORIGIN).unwrap();
        let heard = read_request(row, &written.request, &keys, NOW).unwrap();
        assert_eq!(heard.problems, [], "{}", row.name);
        for (name, value) in said.iter() {
            assert_eq!(heard.fields.get(name), Some(value), "{}.{name}", row.name);
        }
        let body = String::from_utf8_lossy(&written.request.body);
        assert!(!body.contains("秘密"), "{} sends a hidden field in clear", row.name);
        assert!(read_request(row, &written.request, &other, NOW).is_err(), "{}", row.name);
        assert!(read_request(row, &written.request, &keys, NOW + WINDOW + 1).is_err(), "{}", row.name);
    }
}

#[test]
fn replies_of_every_row_are_read_as_they_were_written() {
    let keys = keys();
    let rows = pay_v3::ROWS.iter().filter(|row| row.success == Success::Fields && **row != &CERTIFICATES);
    for (row, bits) in rows.flat_map(|row| BITS.map(|bits| (*row, bits))) {
        let said = some(row.reply, bits);
        let reply = write_reply(row, said.clone().into(), &keys, &stamp()).unwrap();
        let told = read_reply(row, &reply, &keys, NOW).unwrap().fields;
        for (name, value) in said.iter() {
            assert_eq!(told.get(name), Some(value), "{}.{name}", row.name);
        }
        let mut changed = reply.clone();
        changed.body.push(b' ');
        let doubt = read_reply(row, &changed, &keys, NOW);
        assert!(
            matches!(doubt, Err(ReadError::V3(why)) if matches!(*why, V3Unproved::Wrong { .. })),
            "{}",
            row.name
        );
    }
}

fn paid() -> Reply {
    let said = some(QUERY.reply, 0);
    write_reply(&QUERY, said.into(), &keys(), &stamp()).unwrap()
}

fn doubt(reply: &Reply, keys: &Keys, now: u64) -> V3Unproved {
    match read_reply(&QUERY, reply, keys, now) {
        Err(ReadError::V3(why)) => *why,
        other => panic!("{other:?}"),
    }
}

fn without(reply: &Reply, name: &str) -> Reply {
    let mut reply = reply.clone();
    reply.headers.retain(|(own, _)| own != name);
    reply
}

fn instead(reply: &Reply, name: &str, value: &str) -> Reply {
    without(reply, name).with_header(name, value)
}

#[test]
fn a_2xx_is_believed_for_its_headers_only() {
    let (reply, keys) = (paid(), keys());
    let mut bare = reply.clone();
    bare.headers.retain(|(name, _)| !name.starts_with("wechatpay-"));
    assert_eq!(doubt(&bare, &keys, NOW), V3Unproved::Unsigned);
    for name in ["timestamp", "nonce", "signature", "serial"] {
        let name = format!("wechatpay-{name}");
        let V3Unproved::NoHeader(named) = doubt(&without(&reply, &name), &keys, NOW) else {
            panic!("{name}")
        };
        assert_eq!(named.to_ascii_lowercase(), name);
    }
    let nonce = instead(&reply, "wechatpay-nonce", "another");
    assert!(matches!(doubt(&nonce, &keys, NOW), V3Unproved::Wrong { .. }));
    let url_safe = instead(&reply, "wechatpay-signature", "_-_-");
    assert_eq!(doubt(&url_safe, &keys, NOW), V3Unproved::NotBase64);
    let probe = instead(&reply, "wechatpay-signature", "WECHATPAY/SIGNTEST/abc");
    assert_eq!(doubt(&probe, &keys, NOW), V3Unproved::Probe);
    let stranger = instead(&reply, "wechatpay-serial", PLATFORM_SERIAL);
    let known = vec![PUB_KEY_ID.to_owned()];
    assert_eq!(
        doubt(&stranger, &keys, NOW),
        V3Unproved::UnknownKey { serial: PLATFORM_SERIAL.into(), known }
    );
}

/// Five minutes, both ways, and not a second more.
#[test]
fn the_window_is_where_the_page_says() {
    let (reply, keys) = (paid(), keys());
    for now in [NOW - WINDOW, NOW, NOW + WINDOW] {
        assert!(read_reply(&QUERY, &reply, &keys, now).is_ok(), "{now}");
    }
    for now in [NOW - WINDOW - 1, NOW + WINDOW + 1, 0, u64::MAX] {
        assert_eq!(doubt(&reply, &keys, now), V3Unproved::Stale { timestamp: NOW.to_string(), now });
    }
    let odd = instead(&reply, "wechatpay-timestamp", "-5");
    assert!(matches!(doubt(&odd, &keys, NOW), V3Unproved::Stale { .. }));
}

/// A refusal says why without a signature; whatever calls itself a success does not.
#[test]
fn a_no_needs_no_proof_and_a_yes_does() {
    let keys = keys();
    let no = |status, body: &str| {
        let reply = Reply::ok("application/json", body).with_status(status);
        match read_reply(&QUERY, &reply, &keys, NOW) {
            Err(ReadError::Refused(refusal)) => (refusal.code.clone(), refusal.text.clone()),
            other => panic!("{other:?}"),
        }
    };
    let told = no(404, r#"{"code":"ORDER_NOT_EXIST","message":"订单不存在","detail":{"value":0,"x":null}}"#);
    assert_eq!(told, ("ORDER_NOT_EXIST".into(), "订单不存在".into()));
    assert_eq!(no(404, ""), ("HTTP 404".into(), String::new()));
    assert_eq!(no(405, ""), ("HTTP 405".into(), String::new()));
    // Taken in is not done, and is proved like all that is no refusal.
    let taken = paid().with_status(202);
    let told = read_reply(&QUERY, &taken, &keys, NOW);
    assert!(matches!(told, Err(ReadError::Refused(refusal)) if refusal.code == "HTTP 202"));
    let gone = Reply::empty().with_status(204);
    assert!(matches!(read_reply(&CLOSE, &gone, &keys, NOW), Err(ReadError::V3(_))), "204 is a yes");
    let signed = write_reply(&CLOSE, Answer::default(), &keys, &stamp()).unwrap();
    assert_eq!((signed.status, read_reply(&CLOSE, &signed, &keys, NOW)), (204, Ok(Answer::default())));
    let page = Reply::ok("text/html", "<html>sign in").with_status(502);
    assert!(matches!(read_reply(&REFUND, &page, &keys, NOW), Err(ReadError::NotWeChat { status: 502, .. })));
}

/// During a switch either key may sign.
#[test]
fn both_keys_are_believed_during_a_switch() {
    let platform = WechatKey {
        id: PLATFORM_SERIAL.into(),
        key: PublicKey::read(PLATFORM_CERT.as_bytes()).unwrap(),
        expires: Some(4_000_000_000),
    };
    let old = with(|v3| {
        v3.stand_in = Some(StandIn { id: PLATFORM_SERIAL.to_lowercase(), private: private(PLATFORM_KEY) });
    });
    let both = with(|v3| v3.wechat.push(platform.clone()));
    let reply = write_reply(&QUERY, some(QUERY.reply, 0).into(), &old, &stamp()).unwrap();
    assert!(read_reply(&QUERY, &reply, &both, NOW).is_ok());
    assert!(read_reply(&QUERY, &paid(), &both, NOW).is_ok());
    let serial = |keys: &Keys| {
        let said = fields(&[("out_trade_no", "T-000001")]);
        let request = write_request(&QUERY, &said, keys, &stamp(), ORIGIN).unwrap().request;
        request.header("wechatpay-serial").map(str::to_owned)
    };
    assert_eq!(serial(&both).as_deref(), Some(PUB_KEY_ID), "it decides who signs the reply");
    assert_eq!(serial(&with(|v3| v3.wechat = vec![platform.clone()])), None);
}

#[test]
fn a_request_is_signed_over_what_crosses_the_wire() {
    let said = fields(&[("out_trade_no", "T|0001*a")]);
    let request = write_request(&QUERY, &said, &keys(), &stamp(), ORIGIN).unwrap().request;
    let header = request.header("authorization").unwrap();
    assert!(header.starts_with("WECHATPAY2-SHA256-RSA2048 mchid=\"1900000109\",nonce_str=\""), "{header}");
    assert!(header.ends_with(&format!("serial_no=\"{MERCHANT_SERIAL}\"")), "{header}");
    assert_eq!(request.header("accept"), Some("application/json"));
    let url = "/v3/pay/transactions/out-trade-no/T%7C0001%2Aa?mchid=1900000109";
    let message = format!("GET\n{url}\n{NOW}\n{}\n\n", stamp().nonce);
    let signature = header.split("signature=\"").nth(1).unwrap().split('"').next().unwrap();
    let public = keys().v3.unwrap().private.public().clone();
    assert_eq!(public.verify(message.as_bytes(), signature), Ok(()));
}

#[test]
fn numbers_are_numbers_and_texts_are_texts() {
    let said = fields(&[
        ("description", "茶"),
        ("out_trade_no", "100000"),
        ("amount.total", "1"),
        ("payer.openid", "o1"),
        ("attach", "1"),
        ("limit_pay.0", "no_credit"),
        ("support_fapiao", "true"),
    ]);
    let request = write_request(&JSAPI, &said, &keys(), &stamp(), ORIGIN).unwrap().request;
    let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
    let expected = serde_json::json!({
        "appid": "wx2421b1c4370ec43b", "mchid": "1900000109", "description": "茶", "out_trade_no": "100000",
        "attach": "1", "notify_url": "https://shop.example/n", "support_fapiao": true,
        "amount": {"total": 1}, "payer": {"openid": "o1"}, "limit_pay": ["no_credit"],
    });
    assert_eq!(body, expected);
    let yuan = fields(&[("description", "茶"), ("amount.total", "1.00"), ("payer.openid", "o1")]);
    let Err(WriteError::Fields(problems)) = write_request(&JSAPI, &yuan, &keys(), &stamp(), ORIGIN) else {
        panic!("1.00 is no fen")
    };
    assert_eq!(problems[0].field, "amount.total");
}

#[test]
fn nothing_is_sent_whose_reply_nobody_could_prove() {
    let write = |row: &Endpoint, keys: &Keys| {
        write_request(row, &some(row.fields, 0), keys, &stamp(), ORIGIN).map(|_| ())
    };
    let lacks = |part| Err(WriteError::NoV3(part));
    assert_eq!(write(&REFUND, &with(|v3| v3.wechat.clear())), lacks(V3Part::WechatKey));
    assert_eq!(write(&REFUND, &Keys { v3: None, ..keys() }), lacks(V3Part::PrivateKey));
    assert_eq!(write(&CERTIFICATES, &with(|v3| v3.wechat.clear())), Ok(()));
    assert_eq!(write(&CERTIFICATES, &with(|v3| v3.api_v3_key = None)), lacks(V3Part::ApiV3Key));
}

#[test]
fn a_field_is_hidden_with_the_key_that_is_named() {
    let said = |more: &[(&str, &str)]| {
        let mut said = some(TRANSFER.fields, 0);
        said.set("user_name", "张三");
        said.extend(more.iter().copied());
        said
    };
    let written = |said: &Fields, keys: &Keys| write_request(&TRANSFER, said, keys, &stamp(), ORIGIN);
    let sent = written(&said(&[]), &keys()).unwrap();
    assert_eq!(sent.request.header("wechatpay-serial"), Some(PUB_KEY_ID));
    let cipher = sent.fields.get("user_name").unwrap();
    let plain = private(WECHAT_KEY).open(cipher).unwrap();
    assert_eq!(plain.as_slice(), "张三".as_bytes());
    // What is encrypted already is not encrypted again.
    let again = written(&said(&[("user_name", cipher), (SERIAL, PUB_KEY_ID)]), &keys()).unwrap();
    assert_eq!(again.fields.get("user_name"), Some(cipher));
    // Whoever sees the nonce in the header cannot make the same cipher from a guess.
    let guess = keys().v3.unwrap().wechat[0].seal("张三".as_bytes(), &stamp()).unwrap();
    assert_ne!(guess, cipher);
    let long = written(&said(&[("user_name", &"茶".repeat(72))]), &keys());
    assert!(matches!(long, Err(WriteError::Rsa(_))), "{long:?}");
}

#[test]
fn the_self_test_of_wechat_comes_back_open() {
    let keys = keys();
    let said = fields(&[("echo_message", "a"), ("encrypted_echo_message", "秘密")]);
    let reply = write_reply(&ECHO, said.clone().into(), &keys, &stamp()).unwrap();
    assert!(!String::from_utf8_lossy(&reply.body).contains("秘密"));
    assert_eq!(read_reply(&ECHO, &reply, &keys, NOW).unwrap().fields, said);
}

fn certificates(key: &str) -> Reply {
    let aead = Aead { nonce: "abcdefghijkl", associated_data: "certificate" };
    let cipher = seal_resource(&Secret::new(key), aead, PLATFORM_CERT.as_bytes()).unwrap();
    let said = fields(&[
        ("data.0.serial_no", PLATFORM_SERIAL),
        ("data.0.effective_time", "2026-01-15T20:00:00+08:00"),
        ("data.0.expire_time", "2031-01-15T20:00:00+08:00"),
        ("data.0.encrypt_certificate.algorithm", "AEAD_AES_256_GCM"),
        ("data.0.encrypt_certificate.nonce", "abcdefghijkl"),
        ("data.0.encrypt_certificate.associated_data", "certificate"),
        ("data.0.encrypt_certificate.ciphertext", &cipher),
    ]);
    let old =
        with(|v3| v3.stand_in = Some(StandIn { id: PLATFORM_SERIAL.into(), private: private(PLATFORM_KEY) }));
    write_reply(&CERTIFICATES, said.into(), &old, &stamp()).unwrap()
}

/// The first download is proved by the certificate that it brings.
#[test]
fn certificates_prove_themselves() {
    let first = with(|v3| v3.wechat.clear());
    let told = read_reply(&CERTIFICATES, &certificates(API_V3_KEY), &first, NOW).unwrap().fields;
    assert_eq!(told.get("data.0.certificate"), Some(PLATFORM_CERT));
    assert_eq!(told.get("data.0.encrypt_certificate.ciphertext"), None);
    let other = certificates("anotherapiv3key_anotherapiv3key_");
    assert!(matches!(read_reply(&CERTIFICATES, &other, &first, NOW), Err(ReadError::Aead(_))));
    let mut forged = certificates(API_V3_KEY);
    forged.body.push(b'\n');
    assert!(matches!(read_reply(&CERTIFICATES, &forged, &first, NOW), Err(ReadError::V3(_))));
}

#[test]
fn the_file_of_a_bill_is_not_signed() {
    let rule = RuleV3::Unsigned;
    let reply = Reply::ok("text/plain", "`1,`2");
    assert!(rule.prove(Envelope::Reply(&reply), &keys(), NOW).is_ok());
    assert_eq!(rule.seal(Envelope::Reply(&reply), &keys(), &stamp()), Ok(Vec::new()));
    assert!(matches!(pay_v3::BILL_FILE.scheme, Scheme::PayV3(RuleV3::Unsigned)));
}

#[test]
fn a_request_without_or_with_half_a_header_is_nobodys() {
    let request = Request::new("GET", "/v3/certificates");
    let doubt =
        |request: &Request| CERTIFICATES.scheme.proof().prove(Envelope::Request(request), &keys(), NOW);
    assert!(matches!(doubt(&request), Err(ReadError::V3(why)) if *why == V3Unproved::Unsigned));
    let mut half = request;
    half.headers.push(("authorization".into(), "WECHATPAY2-SHA256-RSA2048 mchid=\"1900000109\"".into()));
    let missing = V3Unproved::BadHeader(BadHeader::Pairs);
    assert!(matches!(doubt(&half), Err(ReadError::V3(why)) if *why == missing));
    // Nothing is hidden in what has no hidden field.
    let mut plain = fields(&[("a", "1")]);
    CERTIFICATES.scheme.proof().mark(Turn::Request, Columns(&[]), &mut plain, &keys(), &stamp()).unwrap();
    assert_eq!(plain.get(SERIAL), Some(PUB_KEY_ID));
}
