//! What is not there, what should not be, and what must not break it.

use crate::world::{is, signed_for, with, world};
use serde_json::{Value, json};
use wxkit::api;
use wxkit::api::Stamp;
use wxkit::mock::Identity;
use wxkit::mock::Mock;
use wxkit::mock::Options;
use wxkit::wire::Fields;
use wxkit::wire::Request;
use wxkit::wire::query;
use wxkit::wire::xml;

#[test]
fn a_call_that_is_not_played_says_so_as_its_caller_reads() {
    let mut w = world();
    let mut said = |method: &str, path: &str, body: &str| {
        let reply = w.send(&Request::new(method, path).with_body("text/xml", body)).reply;
        (reply.status, String::from_utf8(reply.body).unwrap())
    };
    let order = "<xml><mch_id>1</mch_id></xml>";
    for path in ["/mmpaymkttransfers/promotion/transfers", "/pay/nothing", "/some/new/call"] {
        let (status, text) = said("POST", path, order);
        let fields = xml::read(text.as_bytes()).unwrap();
        assert_eq!((status, fields.get("return_code")), (200, Some("FAIL")), "{path}");
        assert!(fields.get("return_msg").unwrap().contains("wxkit mock does not play this call"), "{text}");
    }
    let (status, text) = said("POST", "/cgi-bin/message/template/send", "{}");
    let told: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((status, &told["errcode"]), (200, &json!(40066)));
    let message = told["errmsg"].as_str().unwrap();
    assert!(message.starts_with("invalid url: wxkit mock does not play this call"), "{message}");
    let (status, text) = said("GET", "/v3/payscore/serviceorder", "");
    let told: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((status, &told["code"]), (404, &json!("NOT_PLAYED")));
    assert!(told["message"].as_str().unwrap().starts_with("wxkit mock does not play this call"), "{told}");
    // What is nobody's gets what a front server says.
    let (status, text) = said("GET", "/nothing", "");
    assert!(status == 404 && text.contains("<h1>404 Not Found</h1>"), "{text}");
    assert_eq!(said("BREW", "/pay/unifiedorder", "").0, 404);
    assert_eq!(w.get("/_mock/nothing")["error"]["code"], "mock.not_found");
    assert_eq!(w.get("/_mock/requests")["requests"][0]["verdict"], "NOT_PLAYED");
}

#[test]
fn a_browser_at_the_root_is_led_to_the_dashboard() {
    let mut w = world();
    let mut request = Request::new("GET", "/");
    assert_eq!(w.send(&request).reply.status, 404);
    request.headers.push(("accept".into(), "text/html,*/*".into()));
    let reply = w.send(&request).reply;
    assert_eq!((reply.status, reply.header("location")), (302, Some("/_mock/")));
}

#[test]
fn memory_is_bounded() {
    let mut w = with(Options { keep_requests: 5, keep_orders: 10, ..Options::default() });
    for n in 0..40 {
        w.paid_order(&format!("order-{n}"), 1);
    }
    assert_eq!(w.get("/_mock/requests")["requests"].as_array().unwrap().len(), 5);
    assert_eq!(w.get("/_mock/orders")["orders"].as_array().unwrap().len(), 10);
    assert_eq!(w.get("/_mock/notices")["notices"].as_array().unwrap().len(), 10);
    assert_eq!(w.good("orderquery", "out_trade_no=order-39").get("trade_state"), Some("SUCCESS"));
    is(&w.no("orderquery", "out_trade_no=order-0"), "ORDERNOTEXIST", "order not exist");
}

#[test]
fn hostile_bodies_are_answered() {
    let mut w = world();
    let deep = "<xml>".repeat(100_000);
    let bodies: [&[u8]; 5] = [
        &vec![b'<'; 2 << 20],
        deep.as_bytes(),
        b"\xff\xfe<\0x\0",
        b"<xml>\xd6\xd0\xce\xc4</xml>",
        b"\xef\xbb\xbf",
    ];
    for row in api::rows().filter(|row| !row.path.is_empty()) {
        for body in bodies {
            let reply = w.send(&Request::new("POST", row.path).with_body("text/xml", body)).reply;
            assert!(!reply.body.is_empty() || reply.status == 405, "{}", row.name);
        }
    }
    for body in bodies {
        w.post("/_mock/faults", &json!({}));
        w.send(&Request::new("POST", "/_mock/faults").with_body("application/json", body));
    }
    assert_eq!(w.get("/_mock/faults"), json!({ "faults": [] }));
}

proptest::proptest! {
    #[test]
    fn nothing_makes_it_panic(
        method in "GET|POST|HEAD|DELETE|\\PC{0,4}",
        place in 0..40usize,
        tail in "\\PC{0,20}",
        body in proptest::collection::vec(proptest::num::u8::ANY, 0..200),
        host in "\\PC{0,12}",
    ) {
        let mut paths: Vec<&str> = api::rows().map(|row| row.path).collect();
        paths.extend(["/_mock/faults", "/_mock/orders/x/pay", "/_mock/notices/1/resend", "/_mock/", "/"]);
        let url = format!("{}{tail}", paths[place % paths.len()]);
        let mut request = Request::new(method, url).with_body("text/xml", body);
        request.headers.push(("host".into(), host));
        request.peer = Some("127.0.0.1:1".into());
        let stamp = Stamp { now: 1_768_478_400, nonce: "n".into() };
        let mut mock = Mock::new(Identity::default(), Options::default());
        let answered = mock.answer(&request, &stamp);
        proptest::prop_assert!(answered.reply.status >= 200);
    }

    /// A signed message with any values in it is let in as far as the row's function.
    #[test]
    fn no_signed_value_makes_it_panic(
        place in 0..12usize,
        values in proptest::collection::vec("[0-9]{1,18}|[a-zA-Z]{1,8}|\\PC{0,12}|-?[0-9]{1,25}", 40),
    ) {
        let row = api::pay_v2::ROWS[place % api::pay_v2::ROWS.len()];
        let mut all = Fields::new();
        for (field, value) in row.fields.iter().zip(&values) {
            all.set(field.name, value.as_str());
        }
        all.extend([("appid", "wx00c0ffee00c0ffee"), ("mch_id", "1900000109"), ("out_trade_no", "order-1")]);
        all.remove("sign_type");
        let all = signed_for(row, all);
        if let Ok(body) = xml::write(&all) {
            let mut w = world();
            w.paid_order("order-1", 100);
            let request = Request::new("POST", row.path).with_body("text/xml", body);
            proptest::prop_assert!(!w.send(&request).reply.body.is_empty());
        }
    }
}

/// What a page shows of a redirect is what came in, unchanged.
#[test]
fn a_redirect_keeps_its_own_query() {
    let mut w = world();
    let page = query::escape("https://shop.test/a?b=茶&c=1#/route");
    let link = format!(
        "/connect/oauth2/authorize?appid=wx00c0ffee00c0ffee&redirect_uri={page}&response_type=code\
         &scope=snsapi_base&state=x"
    );
    let reply = w.send(&Request::new("GET", link)).reply;
    let location = reply.header("location").unwrap();
    assert!(location.starts_with("https://shop.test/a?b=%E8%8C%B6&c=1&code=0"), "{location}");
    assert!(location.ends_with("&state=x#/route"), "{location}");
}
