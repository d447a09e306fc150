//! What a page of somebody else gets out of a gateway on this machine: nothing.

use crate::world::{KEY, World, fields, world};
use serde_json::Value;
use serde_json::json;
use wxkit::api;
use wxkit::api::Stamp;
use wxkit::api::codec;
use wxkit::api::invoke;
use wxkit::api::keys::Secret;
use wxkit::api::keys::SignType;
use wxkit::api::keys::V2;
use wxkit::mock::Identity;
use wxkit::mock::Mock;
use wxkit::mock::Options;
use wxkit::mock::Signed;
use wxkit::wire::Request;

/// A browser on this machine, led here by a page of somebody else.
#[test]
fn no_page_can_be_a_merchants_server() {
    let mut w = world();
    let pages: &[&[(&str, &str)]] = &[
        &[("host", "127.0.0.1:7780"), ("origin", "http://evil.test")],
        &[("host", "127.0.0.1:7780"), ("origin", "null")],
        &[("host", "localhost:7780"), ("sec-fetch-site", "cross-site")],
        &[("host", "rebound.example:7780"), ("origin", "http://rebound.example:7780")],
    ];
    for headers in pages {
        // The published key signs for everyone: only the browser's own words tell.
        for (row, said) in [
            ("micropay", "body=t out_trade_no=order-1 total_fee=5 auth_code=130000000000000001"),
            (
                "refund",
                "out_trade_no=order-1 out_refund_no=r1 total_fee=5 refund_fee=5 notify_url=http://10.0.0.1/",
            ),
            ("token", ""),
        ] {
            let stamp = w.stamp();
            let row = api::by_name(row).unwrap();
            let mut request = codec::write_request(row, &fields(said), &w.keys, &stamp, "").unwrap().request;
            request.headers.extend(headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
            request.peer = Some("127.0.0.1:5".into());
            let answered = w.mock.answer(&request, &stamp);
            assert_eq!(answered.reply.status, 403, "{headers:?} {}", row.name);
            assert!(answered.later.is_empty());
            let led_here = headers[0].1.starts_with("rebound");
            let verdict = if led_here { "mock.strange_name" } else { "mock.cross_site" };
            assert_eq!(answered.verdict.as_deref(), Some(verdict));
        }
    }
    assert_eq!(w.get("/_mock/orders"), json!({ "orders": [], "count": 0 }));
    // Where a browser has business, a page of another site may lead it.
    let link = "/connect/oauth2/authorize?appid=wx00c0ffee00c0ffee&redirect_uri=http%3A%2F%2Fa.test%2F\
                &response_type=code&scope=snsapi_base";
    let mut request = Request::new("GET", link);
    request.headers = vec![("sec-fetch-site".into(), "cross-site".into())];
    assert_eq!(w.send(&request).reply.status, 302);
    // A server calls by WeChat's own names, and by none of a stranger's.
    let mut strange = Request::new("GET", "/cgi-bin/token?grant_type=client_credential");
    strange.headers = vec![("host".into(), "rebound.example".into())];
    assert_eq!(w.send(&strange).reply.status, 403);
    w.mock.answer(&Request::new("POST", "/_mock/reset"), &Stamp { now: 1, nonce: String::new() });
    let mut request = Request::new("GET", "/cgi-bin/token?grant_type=client_credential");
    request.headers = vec![("host".into(), "api.weixin.qq.com".into())];
    let answered = w.mock.answer(&request, &Stamp { now: 1, nonce: String::new() });
    assert_eq!(answered.reply.status, 200);
}

/// Whoever can ask for the right signature can have anything signed.
#[test]
fn the_right_signature_of_a_persons_key_is_never_told() {
    let own = "another key another key another k";
    for (key, told) in [(KEY, true), (own, false)] {
        let fixed = Identity::default().default_keys();
        let identity = Identity::new(
            &fixed.app_id.unwrap(),
            fixed.app_secret.unwrap(),
            &fixed.mch_id.unwrap(),
            Secret::new(key),
        );
        assert_eq!(identity.has_own_key(), !told);
        let mut w = World { mock: Mock::new(identity, Options::default()), ..world() };
        w.keys.v2 = Some(V2::new(Secret::new(key)));
        let prepay = w.good("unifiedorder", "body=tea out_trade_no=order-1 total_fee=5 openid=o1");
        let prepay = prepay.get("prepay_id").unwrap().to_owned();
        let message = "<xml><mch_id>1900000109</mch_id><appid>wx00c0ffee00c0ffee</appid><sign>0</sign></xml>";
        let call = w.send(&Request::new("POST", "/pay/orderquery").with_body("text/xml", message));
        let page = json!({
            "appId": "wx00c0ffee00c0ffee", "timeStamp": "1", "nonceStr": "n", "signType": "MD5",
            "package": format!("prepay_id={prepay}"), "paySign": "0", "url": "http://a.test/",
        });
        let mut paying = Request::new("POST", "/_wx/pay").with_body("application/json", page.to_string());
        paying.headers.push(("origin".into(), "http://a.test".into()));
        let paid = w.send(&paying);
        let mut right = Vec::new();
        for refused in [call.refused.unwrap(), paid.refused.unwrap()] {
            let mut all = refused.fields.clone();
            if refused.what == Signed::Message {
                all.remove("sign")
            } else {
                all.remove("url")
            };
            right.push(invoke::pay_v2(all, &Secret::new(key), SignType::Md5).signature);
            let report = json!({
                "verdict": "explained", "expected": right.last(), "string_to_sign": "a=1&key=***",
                "explanations": [{ "why": ["w"], "fix": ["f"], "string_to_sign": "a=1" }],
            });
            w.mock.attach(refused.request_id, report);
        }
        let asked = |w: &mut World, path: &str| {
            let mut request = Request::new("GET", path);
            request.headers.push(("origin".into(), "http://a.test".into()));
            String::from_utf8(w.send(&request).reply.body).unwrap()
        };
        let report = serde_json::from_slice::<Value>(&paid.reply.body).unwrap()["report"].clone();
        let own_report = asked(&mut w, report.as_str().unwrap());
        let everything = [
            String::from_utf8(paid.reply.body).unwrap(),
            own_report,
            w.get("/_mock/requests").to_string(),
            String::from_utf8(w.send(&Request::new("GET", "/_mock/board")).reply.body).unwrap(),
        ];
        for text in &everything {
            assert!(right.iter().any(|right| text.contains(right.as_str())) == told, "{key}: {text}");
            assert!(told || !text.contains("key=***"), "{text}");
        }
        assert!(everything[2].contains("\"why\":[\"w\"]"), "the reason is told in any case");
    }
}
