//! Native mode 1: a product code is scanned.

use crate::world::{KEY, World, world};
use serde_json::Value;
use serde_json::json;
use wxkit::api::codec;
use wxkit::api::invoke;
use wxkit::api::keys::Secret;
use wxkit::api::notice;
use wxkit::api::{Answer, Stamp};
use wxkit::wire::Fields;
use wxkit::wire::Later;
use wxkit::wire::Reply;

fn scanned(w: &mut World, body: &Value) -> Later {
    let (status, told) = w.post("/_mock/native/scan", body);
    assert_eq!((status, &told["state"]), (200, &json!("asked")), "{told}");
    w.later.pop().unwrap()
}

#[test]
fn a_product_code_is_scanned_ordered_and_paid() {
    let mut w = world();
    let stamp = w.stamp();
    let key = Secret::new(KEY);
    let link = invoke::native_link("wx00c0ffee00c0ffee", "1900000109", "goods-1", &key, &stamp);
    let ask = json!({ "url": link, "callback": "http://127.0.0.1:9/native", "openid": "oScanner" });
    let question = scanned(&mut w, &ask);
    let asked =
        codec::read_request(&notice::NATIVE_CALLBACK, &question.request, &w.keys, Stamp::TIMELESS.now)
            .unwrap()
            .sound()
            .unwrap();
    assert_eq!((asked.get("product_id"), asked.get("openid")), (Some("goods-1"), Some("oScanner")));
    assert!(w.mock.wants(question.ticket));
    let order = "body=tea out_trade_no=order-1 total_fee=5 trade_type=NATIVE product_id=goods-1";
    let prepay = w.good("unifiedorder", order).get("prepay_id").unwrap().to_owned();
    let told = [("return_code", "SUCCESS"), ("result_code", "SUCCESS"), ("prepay_id", &*prepay)];
    let mut answer = Answer::from(Fields::from_iter(told));
    answer.fields.extend([("appid", "wx00c0ffee00c0ffee"), ("mch_id", "1900000109"), ("nonce_str", "n")]);
    let reply = codec::write_reply(&notice::NATIVE_CALLBACK, answer, &w.keys, &Stamp::TIMELESS).unwrap();
    let later = w.mock.delivered(question.ticket, &Ok(reply.clone()), &stamp);
    let paid = codec::read_request(&notice::PAYMENT, &later[0].request, &w.keys, Stamp::TIMELESS.now)
        .unwrap()
        .sound()
        .unwrap();
    assert_eq!((paid.get("out_trade_no"), paid.get("openid")), (Some("order-1"), Some("oScanner")));
    assert_eq!(w.get("/_mock/native")["scans"][0]["out_trade_no"], "order-1");
    // An answer that is not signed gives no order.
    let question = scanned(&mut w, &ask);
    let unsigned =
        Reply { body: String::from_utf8(reply.body).unwrap().replace("sign>", "nosign>").into(), ..reply };
    assert!(w.mock.delivered(question.ticket, &Ok(unsigned), &stamp).is_empty());
    assert_eq!(w.get("/_mock/native")["scans"][1]["state"], "failed");
    for (url, en) in [
        (link.replace("goods-1", "goods-2"), "the signature of the code is wrong"),
        (link.replace("1900000109", "1"), "no such merchant"),
        ("weixin://wxpay/bizpayurl?pr=abc".to_owned(), "not a code of mode 1"),
    ] {
        let (status, told) =
            w.post("/_mock/native/scan", &json!({ "url": url, "callback": "http://127.0.0.1:9/" }));
        assert_eq!(status, 400);
        assert!(told["error"]["en"].as_str().unwrap().starts_with(en), "{told}");
    }
}
