//! What merchants of v3 are told: proved, opened, repeated with a new proof, and every way
//! in which a notice can be wrong.

use crate::world::{NOTIFY, World, with, world};
use serde_json::json;
use wxkit::api::pay_v3::notice;
use wxkit::api::{Endpoint, ReadError, Stamp, V3Unproved, codec};
use wxkit::mock::Options;
use wxkit::wire::{Fields, Later, Reply, json as flat};

impl World {
    fn paid_v3(&mut self, number: &str) -> Later {
        self.good("v3_native", &format!("description=tea out_trade_no={number} amount.total=100"));
        self.pay(number);
        self.later.pop().unwrap()
    }

    fn heard(&self, row: &'static Endpoint, later: &Later) -> Result<Fields, ReadError> {
        codec::read_request(row, &later.request, &self.keys, self.now).and_then(codec::Heard::sound)
    }

    fn delivered(&mut self, later: &Later, outcome: &Result<Reply, String>) -> Vec<Later> {
        let stamp = self.stamp();
        self.mock.delivered(later.ticket, outcome, &stamp)
    }
}

#[test]
fn a_payment_is_told_proved_and_sealed() {
    let mut w = world();
    let later = w.paid_v3("order-1");
    assert_eq!(later.request.url, NOTIFY);
    let told = w.heard(&notice::PAYMENT, &later).unwrap();
    assert_eq!((told.get("out_trade_no"), told.get("amount.total")), (Some("order-1"), Some("100")));
    assert_eq!(
        (told.get("event_type"), told.get("trade_state")),
        (Some("TRANSACTION.SUCCESS"), Some("SUCCESS"))
    );
    let refund =
        format!("out_trade_no=order-1 out_refund_no=R1 amount.refund=1 amount.total=100 notify_url={NOTIFY}");
    w.good("v3_refund", &refund);
    let later = w.later.pop().unwrap();
    let told = w.heard(&notice::REFUND, &later).unwrap();
    assert_eq!((told.get("refund_status"), told.get("amount.refund")), (Some("SUCCESS"), Some("1")));
    assert_eq!(told.get("event_type"), Some("REFUND.SUCCESS"));
    let mut changed = later.clone();
    changed.request.body[20] ^= 1;
    assert!(matches!(w.heard(&notice::REFUND, &changed), Err(ReadError::V3(_))));
}

#[test]
fn each_attempt_has_a_new_proof_and_the_same_id() {
    let mut w = world();
    let first = w.paid_v3("order-1");
    let id = |later: &Later| flat::read(&later.request.body).unwrap().get("id").unwrap().to_owned();
    let (mut later, mut waited) = (first.clone(), Vec::new());
    while let [next] = &w.delivered(&later, &Ok(Reply::empty().with_status(500)))[..] {
        waited.push(next.after.as_secs());
        w.now += next.after.as_secs();
        assert_eq!((id(next), &next.request.body), (id(&first), &first.request.body));
        assert_ne!(next.request.header("wechatpay-signature"), later.request.header("wechatpay-signature"));
        assert!(w.heard(&notice::PAYMENT, next).is_ok(), "after {waited:?}");
        later = next.clone();
    }
    // m/4012231898: fifteen repetitions.
    assert_eq!(
        waited,
        [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600]
    );
}

#[test]
fn a_status_says_that_it_is_received() {
    for (reply, is_received) in [
        (Reply::empty(), true),
        (Reply::empty().with_status(204), true),
        (Reply::ok("application/json", r#"{"code":"SUCCESS"}"#), true),
        (Reply::ok("application/json", r#"{"code":"FAIL","message":"失败"}"#).with_status(500), false),
        (Reply::empty().with_status(302), false),
    ] {
        let mut w = world();
        let later = w.paid_v3("order-1");
        let status = reply.status;
        assert_eq!(w.delivered(&later, &Ok(reply)).is_empty(), is_received, "{status}");
    }
}

#[test]
fn every_fault_of_a_notice_is_data() {
    let faulty = |fault: &str| {
        let mut w = world();
        assert_eq!(w.post("/_mock/faults", &json!(format!("v3_pay_notify:{fault}"))).0, 200, "{fault}");
        let later = w.paid_v3("order-1");
        let heard = w.heard(&notice::PAYMENT, &later);
        (w, later, heard)
    };
    let unproved = |fault: &str| match faulty(fault) {
        (w, later, Err(ReadError::V3(why))) => {
            // It comes again, rightly signed.
            let mut w = w;
            let next = w.delivered(&later, &Err("refused".into())).remove(0);
            w.now += 15;
            assert!(w.heard(&notice::PAYMENT, &next).is_ok(), "{fault}");
            *why
        }
        (_, _, other) => panic!("{fault}: {other:?}"),
    };
    assert_eq!(unproved("signtest"), V3Unproved::Probe);
    assert!(matches!(unproved("wrong_serial"), V3Unproved::UnknownKey { .. }));
    assert!(matches!(unproved("stale_time"), V3Unproved::Stale { .. }));
    assert!(matches!(unproved("wrong_sign"), V3Unproved::Wrong { .. }));
    assert_eq!(unproved("drop_sign"), V3Unproved::Unsigned);
    assert!(matches!(faulty("tampered").2, Err(ReadError::Aead(_))));
    let (_, later, heard) = faulty("empty_aad");
    assert!(heard.is_ok());
    assert!(String::from_utf8(later.request.body).unwrap().contains(r#""associated_data":"""#));
    assert_eq!(faulty("wrong_amount=7").2.unwrap().get("amount.total"), Some("7"));
    assert!(faulty("new_fields").2.unwrap().get("new_field_of_wechat").is_some());
    let mut w = world();
    w.post("/_mock/faults", &json!("v3_pay_notify:duplicate=2"));
    w.paid_v3("order-1");
    assert_eq!(w.later.len(), 2, "and the one that was taken");
}

#[test]
fn the_platform_tells_refunds_in_the_oldest_api() {
    let options = Options { refund_url: Some("http://127.0.0.1:9/platform".into()), ..Options::default() };
    let mut w = with(options);
    w.paid_v3("order-1");
    w.good("v3_refund", "out_trade_no=order-1 out_refund_no=R1 amount.refund=1 amount.total=100");
    let later = w.later.pop().unwrap();
    assert_eq!(later.request.url, "http://127.0.0.1:9/platform");
    let row = &wxkit::api::notice::REFUND;
    let heard = codec::read_request(row, &later.request, &w.keys, Stamp::TIMELESS.now).unwrap();
    assert_eq!(heard.fields.get("out_refund_no"), Some("R1"));
}

#[test]
fn a_refund_is_told_in_the_api_that_asked_for_it() {
    let mut w = world();
    w.paid_order("order-1", 5);
    w.later.clear();
    let back =
        format!("out_trade_no=order-1 out_refund_no=R1 amount.refund=1 amount.total=5 notify_url={NOTIFY}");
    w.good("v3_refund", &back);
    let later = w.later.pop().unwrap();
    assert!(w.heard(&notice::REFUND, &later).is_ok());
    w.paid_v3("order-2");
    w.good(
        "refund",
        &format!("out_trade_no=order-2 out_refund_no=R2 total_fee=100 refund_fee=1 notify_url={NOTIFY}"),
    );
    let later = w.later.pop().unwrap();
    assert!(later.request.body.starts_with(b"<xml>"), "{:?}", later.request);
}

#[test]
fn faults_reach_calls_of_v3() {
    let mut w = world();
    w.good("v3_native", "description=tea out_trade_no=order-1 amount.total=1");
    let asked = "out_trade_no=order-1";
    let fault = |w: &mut World, fault: &str| {
        w.send(&wxkit::wire::Request::new("DELETE", "/_mock/faults"));
        assert_eq!(w.post("/_mock/faults", &json!(fault)).0, 200, "{fault}");
    };
    fault(&mut w, "v3_query:SYSTEM_ERROR,count=1");
    assert_eq!(w.ask("v3_query", asked).status, 500);
    fault(&mut w, "pay:SYSTEMERROR");
    assert_eq!(w.no("v3_query", asked).0, "SYSTEM_ERROR");
    fault(&mut w, "v3:frequency_limit");
    assert_eq!(w.ask("v3_query", asked).status, 429);
    let unproved = |w: &mut World, text: &str| {
        fault(w, text);
        match w.call("v3_query", asked) {
            Err(ReadError::V3(why)) => *why,
            other => panic!("{text}: {other:?}"),
        }
    };
    assert_eq!(unproved(&mut w, "v3_query:signtest"), V3Unproved::Probe);
    assert_eq!(unproved(&mut w, "v3_query:drop_sign"), V3Unproved::Unsigned);
    assert!(matches!(unproved(&mut w, "v3_query:wrong_sign"), V3Unproved::Wrong { .. }));
    assert!(matches!(unproved(&mut w, "v3_query:wrong_serial"), V3Unproved::UnknownKey { .. }));
    assert!(matches!(unproved(&mut w, "v3_query:stale_time"), V3Unproved::Stale { .. }));
    fault(&mut w, "v3_close:code_after=SYSTEM_ERROR");
    assert_eq!(w.no("v3_close", asked).0, "SYSTEM_ERROR");
    assert_eq!(w.get("/_mock/orders/order-1")["trade_state"], "CLOSED", "the work is done all the same");
}
