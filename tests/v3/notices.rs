//! Notices of v3, both ways: the published vectors are proved and opened, every row is
//! read as it was written, and what is not WeChat's is not believed.

use serde_json::Value;
use wxkit::api::codec::{read_reply, read_request, write_reply, write_request};
use wxkit::api::keys::{PublicKey, Secret, Stamp, StandIn, Trust, WechatKey};
use wxkit::api::pay_v3::notice::{self, COMBINED_PAYMENT, PAYMENT, REFUND, make_up, of};
use wxkit::api::scheme::pay_v3::WINDOW;
use wxkit::api::scheme::wechatpay::PROBE;
use wxkit::api::{Answer, Endpoint, Keyring as _, ReadError, V3Unproved, WriteError};
use wxkit::sign::AeadError;
use wxkit::wire::{Fields, Reply, Request};

use super::keys::{API_V3_KEY, PLATFORM_KEY, PLATFORM_SERIAL, private};
use super::scheme::{BITS, NOW, fields, keys, some, stamp, with};

const TO: &str = "https://shop.example/notify";

// Vectors of a second implementation, named by their ids.

fn vector(id: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("../vectors/known_answers_v3.json")).unwrap();
    all["vectors"].as_array().unwrap().iter().find(|vector| vector["id"] == id).unwrap().clone()
}

fn of_vector(vector: &Value) -> (Request, Trust, u64) {
    let inputs = &vector["inputs"];
    let mut request =
        Request::new("POST", TO).with_body("application/json", inputs["body"].as_str().unwrap());
    for (name, value) in inputs["headers"].as_object().unwrap() {
        request.headers.push((name.to_ascii_lowercase(), value.as_str().unwrap().to_owned()));
    }
    let header = |name: &str| request.header(name).unwrap().to_owned();
    let (id, pem) = (header("wechatpay-serial"), inputs["public_key_pem"].as_str().unwrap());
    let expires = (!id.starts_with(WechatKey::PUBLIC_KEY_ID)).then_some(i64::MAX);
    let key = WechatKey { id, key: PublicKey::read(pem.as_bytes()).unwrap(), expires };
    let api_v3_key = inputs["apiv3_key"].as_str().map(Secret::new);
    let now = header("wechatpay-timestamp").parse().unwrap();
    (request, Trust { wechat: vec![key], api_v3_key }, now)
}

#[test]
fn the_published_notices_are_proved_and_opened() {
    for (id, row, sum) in [("K134", &PAYMENT, "amount.payer_total"), ("K135", &REFUND, "amount.payer_refund")]
    {
        let vector = vector(id);
        let (request, trust, now) = of_vector(&vector);
        let heard = read_request(row, &request, &trust, now).unwrap();
        assert_eq!(heard.problems, [], "{id}");
        let plain: Value = serde_json::from_str(vector["expected"]["plaintext"].as_str().unwrap()).unwrap();
        assert_eq!(heard.fields.get("out_trade_no"), plain["out_trade_no"].as_str(), "{id}");
        let (_, sum_of) = sum.split_once('.').unwrap();
        assert_eq!(heard.fields.get(sum), Some(&*plain["amount"][sum_of].to_string()), "{id}");
        assert_eq!(heard.fields.get("resource.ciphertext"), None);
        let event = heard.fields.get("event_type").unwrap();
        assert_eq!(of(event, &heard.fields), row, "{id}");
        let late = read_request(row, &request, &trust, now + WINDOW + 1);
        assert!(matches!(unproved(late), V3Unproved::Stale { .. }), "{id}");
    }
}

#[test]
fn a_probe_is_known_and_not_believed() {
    let (request, trust, now) = of_vector(&vector("K137"));
    assert_eq!(unproved(read_request(&PAYMENT, &request, &trust, now)), V3Unproved::Probe);
}

fn unproved<T: std::fmt::Debug>(read: Result<T, ReadError>) -> V3Unproved {
    match read {
        Err(ReadError::V3(why)) => *why,
        other => panic!("{other:?}"),
    }
}

// Rows, both ways.

fn written(row: &Endpoint, said: &Fields) -> Request {
    write_request(row, said, &keys(), &stamp(), TO).unwrap().request
}

/// The rows that say themselves what happened.
fn told() -> impl Iterator<Item = &'static Endpoint> {
    notice::ROWS.iter().copied().filter(|row| !row.inside().is_empty())
}

#[test]
fn notices_of_every_row_are_read_as_they_were_written() {
    let trust = keys().trust().unwrap();
    let other = Trust { api_v3_key: Some(Secret::new("a".repeat(32))), ..trust.clone() };
    for (row, bits) in told().flat_map(|row| BITS.map(|bits| (row, bits))) {
        let said = some(row.inside(), bits);
        let request = written(row, &said);
        assert!(!String::from_utf8_lossy(&request.body).contains("out_trade_no"), "{}", row.name);
        let heard = read_request(row, &request, &trust, NOW).unwrap();
        assert_eq!(heard.problems, [], "{}", row.name);
        for (name, value) in said.iter() {
            assert_eq!(heard.fields.get(name), Some(value), "{}.{name}", row.name);
        }
        let closed = read_request(row, &request, &other, NOW).err();
        assert_eq!(closed, Some(ReadError::Aead(AeadError::WrongTag)), "{}", row.name);
        let mut changed = request.clone();
        changed.body.push(b'\n');
        let doubt = unproved(read_request(row, &changed, &trust, NOW));
        assert!(matches!(doubt, V3Unproved::Wrong { .. }), "{}", row.name);
    }
}

#[test]
fn a_notice_says_what_a_caller_need_not() {
    let said = |row: &Endpoint, pairs: &[(&str, &str)]| {
        let mut fields = fields(pairs);
        make_up(row, &mut fields, &stamp());
        let request = written(row, &fields);
        read_request(row, &request, &keys(), NOW).unwrap().sound().unwrap()
    };
    let paid = said(&PAYMENT, &[("out_trade_no", "T-000001"), ("amount.total", "7")]);
    let expected = [
        ("event_type", "TRANSACTION.SUCCESS"),
        ("summary", "支付成功"),
        ("resource_type", "encrypt-resource"),
        ("trade_state", "SUCCESS"),
        ("amount.payer_total", "7"),
        // `TZ=Asia/Shanghai date -d @1795656000 --iso-8601=seconds`
        ("success_time", "2026-11-26T09:20:00+08:00"),
    ];
    for (name, value) in expected {
        assert_eq!(paid.get(name), Some(value), "{name}");
    }
    let ids = [("out_trade_no", "T-000001"), ("out_refund_no", "R1")];
    let sums = [("amount.total", "7"), ("amount.refund", "2")];
    for (given, event, summary) in [
        (("refund_status", "ABNORMAL"), "REFUND.ABNORMAL", "退款异常"),
        (("event_type", "REFUND.CLOSED"), "REFUND.CLOSED", "退款关闭"),
        (("reason", "none"), "REFUND.SUCCESS", "退款成功"),
    ] {
        let back = said(&REFUND, &[&ids[..], &sums, &[given]].concat());
        assert_eq!((back.get("event_type"), back.get("summary")), (Some(event), Some(summary)));
        assert!(event.ends_with(back.get("refund_status").unwrap()));
        assert_eq!(back.get("success_time").is_some(), event == "REFUND.SUCCESS", "{event}");
        assert_eq!(back.get("amount.payer_refund"), Some("2"));
    }
    let combined = said(
        &COMBINED_PAYMENT,
        &[
            ("combine_out_trade_no", "C1"),
            ("sub_orders.0.mchid", "1900000109"),
            ("sub_orders.0.out_trade_no", "T-000001"),
            ("sub_orders.0.amount.total_amount", "1"),
            ("sub_orders.1.mchid", "1900000110"),
            ("sub_orders.1.out_trade_no", "T-000002"),
            ("sub_orders.1.amount.total_amount", "2"),
        ],
    );
    assert_eq!(combined.get("sub_orders.1.amount.payer_amount"), Some("2"));
    assert_ne!(combined.get("sub_orders.0.transaction_id"), combined.get("sub_orders.1.transaction_id"));
}

#[test]
fn rows_are_told_by_event_and_content() {
    for (event, name, row) in [
        ("TRANSACTION.SUCCESS", "payer.openid", "v3_pay_notify"),
        ("TRANSACTION.FAIL", "trade_state", "v3_pay_notify"),
        ("TRANSACTION.SUCCESS", "combine_out_trade_no", "v3_combine_pay_notify"),
        ("REFUND.CLOSED", "mchid", "v3_refund_notify"),
        ("PROFITSHARING_RETURN", "sp_mchid", "v3_profitsharing_notify"),
        ("MCHTRANSFER.BATCH.CLOSED", "batch_id", "v3_transfer_batch_notify"),
        ("PAYSCORE.USER_PAID", "state", "v3_payscore_notify"),
        ("COUPON.USE", "coupon_id", "v3_notify"),
    ] {
        assert_eq!(of(event, &fields(&[(name, "1")])).name, row, "{event} with {name}");
    }
    let partner = |event, state| of(event, &fields(&[("sp_mchid", "1"), (state, "SUCCESS")])).name;
    assert_eq!(partner("TRANSACTION.SUCCESS", "trade_state"), "v3_partner_pay_notify");
    assert_eq!(partner("REFUND.SUCCESS", "refund_status"), "v3_partner_refund_notify");
}

#[test]
fn what_else_wechat_tells_is_opened_too() {
    let said = [("event_type", "COUPON.USE"), ("resource.original_type", "coupon"), ("coupon_id", "98")];
    let request = written(&notice::OTHER, &fields(&said));
    let heard = read_request(&notice::OTHER, &request, &keys(), NOW).unwrap().sound().unwrap();
    for (name, value) in said {
        assert_eq!(heard.get(name), Some(value));
    }
}

#[test]
fn associated_data_may_be_empty_and_a_cipher_may_be_given() {
    let mut said = fields(&[("out_trade_no", "T-000001"), ("amount.total", "7")]);
    said.set("resource.associated_data", "");
    make_up(&PAYMENT, &mut said, &stamp());
    let good = write_request(&PAYMENT, &said, &keys(), &stamp(), TO).unwrap();
    assert_eq!(good.fields.get("resource.associated_data"), Some(""));
    assert!(read_request(&PAYMENT, &good.request, &keys(), NOW).is_ok());
    let cipher = good.fields.get("resource.ciphertext").unwrap();
    let first = if cipher.starts_with('A') { "B" } else { "A" };
    said.set("resource.ciphertext", format!("{first}{}", &cipher[1..]));
    let bad = read_request(&PAYMENT, &written(&PAYMENT, &said), &keys(), NOW);
    assert_eq!(bad.err(), Some(ReadError::Aead(AeadError::WrongTag)));
    said.set("resource.nonce", "short");
    let bad = write_request(&PAYMENT, &said, &keys(), &stamp(), TO).err();
    assert_eq!(bad, Some(WriteError::Aead(AeadError::NonceLength { bytes: 5 })));
}

#[test]
fn no_nonce_serves_two_texts() {
    let nonce = |number: &str, stamp: &Stamp| {
        let mut said = fields(&[("out_trade_no", number), ("amount.total", "7")]);
        make_up(&PAYMENT, &mut said, stamp);
        write_request(&PAYMENT, &said, &keys(), stamp, TO)
            .unwrap()
            .fields
            .get("resource.nonce")
            .unwrap()
            .to_owned()
    };
    let again = Stamp { nonce: "0".repeat(32), ..stamp() };
    assert_eq!(nonce("T-000001", &stamp()), nonce("T-000001", &stamp()));
    assert_ne!(nonce("T-000001", &stamp()), nonce("T-000002", &stamp()));
    assert_ne!(nonce("T-000001", &stamp()), nonce("T-000001", &again));
}

#[test]
fn what_wechat_did_not_sign_is_not_believed() {
    let mut said = fields(&[("out_trade_no", "T-000001"), ("amount.total", "7")]);
    make_up(&PAYMENT, &mut said, &stamp());
    let read = |request: &Request| unproved(read_request(&PAYMENT, request, &keys(), NOW));
    let good = written(&PAYMENT, &said);
    let without = |names: &[&str]| {
        let mut request = good.clone();
        request.headers.retain(|(name, _)| !names.contains(&&**name));
        request
    };
    let proofs = ["wechatpay-timestamp", "wechatpay-nonce", "wechatpay-signature", "wechatpay-serial"];
    assert_eq!(read(&without(&proofs)), V3Unproved::Unsigned);
    assert_eq!(read(&without(&proofs[3..])), V3Unproved::NoHeader("Wechatpay-Serial".into()));
    let signed_by = |id: &str, pem: &str| {
        let stand_in = Some(StandIn { id: id.into(), private: private(pem) });
        write_request(&PAYMENT, &said, &with(|v3| v3.stand_in = stand_in), &stamp(), TO).unwrap().request
    };
    let unknown = read(&signed_by(PLATFORM_SERIAL, PLATFORM_KEY));
    assert!(matches!(unknown, V3Unproved::UnknownKey { serial, .. } if serial == PLATFORM_SERIAL));
    let serial = good.header("wechatpay-serial").unwrap();
    assert_eq!(read(&signed_by(serial, PLATFORM_KEY)), V3Unproved::Wrong { serial: serial.into() });
    let mut probe = good.clone();
    for (name, value) in &mut probe.headers {
        if name == "wechatpay-signature" {
            *value = format!("{PROBE}{value}");
        }
    }
    assert_eq!(read(&probe), V3Unproved::Probe);
}

#[test]
fn without_its_keys_nothing_is_written_or_opened() {
    let said = some(PAYMENT.inside(), 0);
    let error = |keys| write_request(&PAYMENT, &said, &keys, &stamp(), TO).err();
    assert!(matches!(error(with(|v3| v3.stand_in = None)), Some(WriteError::NoV3(_))));
    assert!(matches!(error(with(|v3| v3.api_v3_key = None)), Some(WriteError::NoV3(_))));
    let request = written(&PAYMENT, &said);
    let deaf = read_request(&PAYMENT, &request, &with(|v3| v3.api_v3_key = None), NOW);
    assert_eq!(deaf.err(), Some(ReadError::NoV3));
    let bare =
        Request::new("POST", TO).with_body("application/json", r#"{"event_type":"TRANSACTION.SUCCESS"}"#);
    let mut fields = wxkit::wire::tree::read(&bare.body, wxkit::wire::tree::Nulls::Empty).unwrap();
    let trust = Trust { api_v3_key: Some(Secret::new(API_V3_KEY)), ..Trust::default() };
    let none = wxkit::api::scheme::notice_v3::open(&mut fields, &trust);
    assert!(matches!(none, Err(ReadError::Fields(problems)) if problems[0].field == "resource.ciphertext"));
}

/// <https://pay.weixin.qq.com/doc/v3/partner/4012231898>: the status says it.
#[test]
fn a_status_is_the_whole_answer() {
    let says = |reply: Reply| read_reply(&PAYMENT, &reply, &keys(), NOW);
    let yes = write_reply(&PAYMENT, Answer::default(), &keys(), &stamp()).unwrap();
    assert_eq!((yes.status, yes.body.len(), yes.headers.len()), (204, 0, 0));
    for reply in [yes, Reply::empty(), Reply::ok("text/plain", "success"), Reply::ok("text/xml", "<xml/>")] {
        assert_eq!(says(reply), Ok(Answer::default()));
    }
    let no = fields(&[("code", "FAIL"), ("message", "失败")]);
    let no = write_reply(&PAYMENT, no.into(), &keys(), &stamp()).unwrap().with_status(401);
    assert_eq!(no.body, r#"{"code":"FAIL","message":"失败"}"#.as_bytes());
    assert!(matches!(says(no), Err(ReadError::Refused(refusal)) if refusal.text == "失败"));
    assert!(matches!(says(Reply::empty().with_status(500)), Err(ReadError::Refused(_))));
    assert!(says(Reply::ok("text/html", "<html>").with_status(502)).is_err());
}
