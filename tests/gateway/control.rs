//! The control plane under `/_mock/`.

use crate::world::{with, world};
use serde_json::json;
use wxkit::mock::Access;
use wxkit::mock::Options;
use wxkit::wire::Request;

#[test]
fn the_control_plane_is_for_this_machine_and_this_site() {
    let mut w = world();
    let mut status = |peer: Option<&str>, headers: &[(&str, &str)]| {
        let mut request = Request::new("POST", "/_mock/reset");
        request.peer = peer.map(str::to_owned);
        request.headers = headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        w.send(&request).reply.status
    };
    for name in ["localhost:7780", "127.0.0.1:7780", "[::1]:7780", "wx.localhost", "10.0.0.2"] {
        assert_eq!(status(Some("127.0.0.1:5"), &[("host", name)]), 200, "{name}");
    }
    // A name that a page made to point here, as browsers send it: without Sec-Fetch-Site.
    for name in ["rebound.example:7780", "rebound.example", "localhost.evil.test", ""] {
        assert_eq!(status(Some("127.0.0.1:5"), &[("host", name)]), 403, "{name}");
        assert_eq!(status(None, &[("host", name)]), 403, "{name}");
    }
    assert_eq!(status(None, &[]), 200);
    assert_eq!(status(Some("127.0.0.1:5"), &[]), 200);
    assert_eq!(status(Some("[::1]:5"), &[]), 200);
    assert_eq!(status(Some("192.168.1.2:5"), &[]), 403);
    assert_eq!(status(Some("127.0.0.1:5"), &[("origin", "http://127.0.0.1:7780")]), 200);
    assert_eq!(status(Some("127.0.0.1:5"), &[("origin", "http://evil.test")]), 403);
    assert_eq!(status(Some("127.0.0.1:5"), &[("origin", "null")]), 403);
    assert_eq!(status(Some("127.0.0.1:5"), &[("sec-fetch-site", "cross-site")]), 403);
    let guests = Access::Guests {
        networks: wxkit::mock::Network::read("192.168.0.0/16").unwrap(),
        token: wxkit::api::keys::Secret::new("a token of guests"),
    };
    let mut invited = with(Options { control: guests, ..Options::default() });
    let mut ask = |peer: &str, token: &str| {
        let mut request = Request::new("GET", "/_mock/orders");
        request.peer = Some(peer.to_owned());
        request.headers = vec![("authorization".into(), format!("Bearer {token}"))];
        invited.send(&request).reply.status
    };
    assert_eq!(ask("192.168.1.2:5", "a token of guests"), 200);
    assert_eq!(ask("192.168.1.2:5", "a token of guest"), 401);
    assert_eq!(ask("192.168.1.2:5", ""), 401);
    assert_eq!(ask("172.17.0.2:5", "a token of guests"), 403);
    assert_eq!(ask("127.0.0.1:5", ""), 200);
    let mut open = with(Options { control: Access::Anyone, ..Options::default() });
    let mut far = Request::new("GET", "/_mock/healthz");
    far.peer = Some("192.168.1.2:5".into());
    assert_eq!(open.send(&far).reply.status, 200);
}

#[test]
fn the_control_plane_tells_what_happened() {
    let mut w = world();
    w.good("token", "");
    w.paid_order("order|1", 7);
    let calls = w.get("/_mock/requests");
    assert_eq!(calls["requests"].as_array().unwrap().len(), 2);
    assert_eq!(calls["requests"][0]["endpoint"], "token");
    assert!(!calls.to_string().contains("0123456789abcdef"), "no secret");
    let query = calls["requests"][0]["query"].as_str().unwrap();
    assert_eq!(query, "grant_type=client_credential&appid=wx00c0ffee00c0ffee&secret=***");
    assert_eq!(w.get("/_mock/orders")["orders"][0]["trade_state"], "SUCCESS");
    assert_eq!(w.get("/_mock/orders/order%7C1")["total_fee"], 7);
    assert_eq!(w.get("/_mock/orders/none")["error"]["code"], "mock.not_found");
    assert_eq!(w.get("/_mock/identity")["users"][0]["openid"], "oMockUser0000000000000000001");
    w.order("order-2", 7);
    assert_eq!(w.post("/_mock/orders/order-2/close", &json!({})).1["trade_state"], "CLOSED");
    assert_eq!(w.post("/_mock/orders/order-2/close", &json!({})).0, 409);
    let first = w.later.remove(0);
    w.post("/_mock/reset", &json!({}));
    assert!(!w.mock.wants(first.ticket));
    assert_eq!(w.get("/_mock/orders"), json!({ "orders": [], "count": 0 }));
    assert_eq!(w.get("/_mock/requests"), json!({ "requests": [], "count": 0 }));
}

#[test]
fn every_path_that_is_listed_is_there() {
    let mut w = world();
    w.paid_order("order-1", 7);
    let listed = w.get("/_mock/")["paths"].clone();
    for row in listed.as_array().unwrap() {
        let (method, path) = (row["method"].as_str().unwrap(), row["path"].as_str().unwrap());
        let path = path.replace("{out_trade_no}", "order-1");
        let mut request = Request::new(method, path.replace("{id}", "1").replace("{name}", "a"));
        request.peer = Some("127.0.0.1:5".into());
        let said = w.send(&request).reply;
        // What has nothing to work on says what is missing, and not that there is no such path.
        let is_there = said.status != 404 || path.contains("{out_bill_no}") || method == "DELETE";
        assert!(is_there, "{method} {path}: {}", String::from_utf8_lossy(&said.body));
    }
    let described = &w.get("/_mock/openapi.json")["paths"];
    assert!(
        listed.as_array().unwrap().iter().all(|row| described.get(row["path"].as_str().unwrap()).is_some())
    );
    let mut faults = Request::new("POST", "/_mock/faults");
    faults.body = b"refund:SYSTEMERROR,count=1\ntoken:40164\n".to_vec();
    assert_eq!(w.send(&faults).reply.status, 200);
    assert_eq!(w.get("/_mock/faults")["faults"].as_array().unwrap().len(), 2);
}

#[test]
fn payments_with_nonsense_are_refused() {
    let mut w = world();
    w.order("order-1", 7);
    for (body, code) in [
        (json!({ "coupon_fee": 8 }), "mock.too_many_coupons"),
        (json!({ "coupon_fee": -1 }), "mock.bad_body"),
        (json!({ "coupon_fee": u64::MAX }), "mock.bad_body"),
        (json!({ "coupons": 1 }), "mock.bad_body"),
    ] {
        assert_eq!(w.post("/_mock/orders/order-1/pay", &body).1["error"]["code"], code);
    }
    assert_eq!(w.post("/_mock/orders/order-1/pay", &json!({ "coupon_fee": 7 })).1["cash_fee"], 0);
}
