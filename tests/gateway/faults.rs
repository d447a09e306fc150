//! Faults that the gateway plays itself.

use crate::world::{World, is, world};
use serde_json::Value;
use serde_json::json;
use wxkit::api::codec;
use wxkit::api::keys::Secret;
use wxkit::api::notice;
use wxkit::api::{ReadError, Stamp};
use wxkit::wire::Request;

#[test]
fn faults_happen_to_calls_and_notices() {
    let mut w = world();
    w.order("order-1", 1);
    let fault = |w: &mut World, fault: Value| {
        assert_eq!(w.send(&Request::new("DELETE", "/_mock/faults")).reply.status, 200);
        let (status, told) = w.post("/_mock/faults", &fault);
        assert_eq!(status, 200, "{told}");
    };
    let asked = "out_trade_no=order-1";
    fault(&mut w, json!({ "endpoint": "orderquery", "code": "SYSTEMERROR", "count": 1 }));
    is(&w.no("orderquery", asked), "SYSTEMERROR", "系统错误");
    w.good("orderquery", asked);
    fault(&mut w, json!({ "endpoint": "orderquery", "wrong_sign": true }));
    assert!(
        matches!(w.call("orderquery", asked), Err(ReadError::Seal { broken, .. }) if !broken.is_missing())
    );
    fault(&mut w, json!({ "endpoint": "orderquery", "drop_sign": true }));
    assert!(
        matches!(w.call("orderquery", asked), Err(ReadError::Seal { broken, .. }) if broken.is_missing())
    );
    fault(&mut w, json!({ "html": true }));
    assert!(matches!(w.call("orderquery", asked), Err(ReadError::NotWeChat { status: 502, .. })));
    fault(&mut w, json!({ "truncated": true }));
    assert!(matches!(w.call("orderquery", asked), Err(ReadError::Wire(_))));
    fault(&mut w, json!({ "endpoint": "token", "code": 45009 }));
    assert!(w.no("token", "").1.starts_with("reach max api daily quota limit"));
    fault(&mut w, json!({ "endpoint": "token", "code": "40001", "delay_ms": 20 }));
    let delayed = w.send(&Request::new("GET", "/cgi-bin/token"));
    assert_eq!(delayed.delay.map(|delay| delay.as_millis()), Some(20));
    fault(&mut w, json!([{ "endpoint": "pay_notify", "wrong_sign": true }]));
    w.pay("order-1");
    let sent = w.later.pop().unwrap().request;
    assert!(matches!(
        codec::read_request(&notice::PAYMENT, &sent, &w.keys, Stamp::TIMELESS.now),
        Err(ReadError::Seal { .. })
    ));
    let (status, told) = w.post("/_mock/faults", &json!({ "endpoint": "orderquery", "sign": true }));
    assert_eq!((status, &told["error"]["field"]), (400, &json!("sign")));
}

#[test]
fn faults_of_tokens_codes_and_amounts() {
    let mut w = world();
    let fault = |w: &mut World, fault: &str| {
        w.send(&Request::new("DELETE", "/_mock/faults"));
        assert_eq!(w.post("/_mock/faults", &json!(fault)).0, 200, "{fault}");
    };
    let token = w.good("token", "").get("access_token").unwrap().to_owned();
    w.keys.access_token = Some(Secret::new(token));
    fault(&mut w, "getticket:expired_token,count=1");
    assert_eq!(w.no("getticket", "type=jsapi").0, "42001");
    assert_eq!(w.no("getticket", "type=jsapi").0, "42001", "it stays expired");
    let token = w.good("token", "").get("access_token").unwrap().to_owned();
    w.keys.access_token = Some(Secret::new(token));
    fault(&mut w, "getticket:killed_token,count=1");
    assert_eq!(w.no("getticket", "type=jsapi").0, "40001");
    fault(&mut w, "oa:SYSTEMERROR");
    assert_eq!(w.no("token", "").0, "-1");
    fault(&mut w, "*:frequency_limit");
    assert_eq!(w.no("token", "").0, "45011");
    assert_eq!(w.no("orderquery", "out_trade_no=order-1").0, "FREQUENCY_LIMITED");
    fault(&mut w, "unifiedorder:code_after=SYSTEMERROR");
    let order = "body=tea out_trade_no=order-1 total_fee=5 trade_type=NATIVE product_id=1";
    assert_eq!(w.no("unifiedorder", order).0, "SYSTEMERROR");
    assert_eq!(w.get("/_mock/orders/order-1")["trade_state"], "NOTPAY", "the work is done all the same");
    fault(&mut w, "pay_notify:wrong_amount");
    w.pay("order-1");
    let sent = w.later.pop().unwrap().request;
    assert_eq!(
        codec::read_request(&notice::PAYMENT, &sent, &w.keys, Stamp::TIMELESS.now)
            .unwrap()
            .fields
            .get("total_fee"),
        Some("1")
    );
    assert_eq!(w.post("/_mock/reset", &json!({})).0, 200);
    assert_eq!(w.get("/_mock/faults"), json!({ "faults": [] }));
    w.mock.add_faults(&json!("refund:drop")).unwrap();
    w.post("/_mock/reset", &json!({}));
    assert_eq!(w.get("/_mock/faults")["faults"][0]["endpoint"], "refund", "those of the beginning come back");
    assert!(w.get("/_mock/faults/known")["effects"].as_array().unwrap().len() > 20);
}
