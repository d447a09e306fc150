//! Orders of pay v2: unifiedorder, orderquery, closeorder, payment codes, the small calls, and their notices.

use crate::world::{BASE, KEY, NOTIFY, OK, World, fields, is, with, world};
use serde_json::json;
use wxkit::api;
use wxkit::api::Stamp;
use wxkit::api::codec;
use wxkit::api::keys::Secret;
use wxkit::api::keys::SignType;
use wxkit::api::keys::V2;
use wxkit::api::notice;
use wxkit::mock::Identity;
use wxkit::mock::Merchant;
use wxkit::mock::Mock;
use wxkit::mock::Options;
use wxkit::wire::Reply;
use wxkit::wire::Request;
use wxkit::wire::xml;

#[test]
fn each_trade_type_is_prepared() {
    let mut w = world();
    let jsapi = w.good("unifiedorder", "body=t out_trade_no=order-1 total_fee=1 openid=o1");
    assert_eq!(jsapi.get("trade_type"), Some("JSAPI"));
    assert!(jsapi.get("prepay_id").is_some_and(|id| id.starts_with("wx20260115200000") && id.len() == 36));
    let native = w.order("order-2", 1);
    assert!(native.get("code_url").unwrap().starts_with("weixin://wxpay/bizpayurl?pr="));
    let app = w.good("unifiedorder", "body=t out_trade_no=order-3 total_fee=1 trade_type=APP");
    assert_eq!((app.get("code_url"), app.get("mweb_url")), (None, None));
    let h5 = w.good(
        "unifiedorder",
        r#"body=t out_trade_no=order-4 total_fee=1 trade_type=MWEB scene_info={"h5_info":{"type":"Wap"}}"#,
    );
    let url = h5.get("mweb_url").unwrap();
    assert!(url.starts_with("http://127.0.0.1:7780/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx"), "{url}");
}

#[test]
fn both_digests_are_answered_in_kind() {
    for sign_type in [SignType::Md5, SignType::HmacSha256] {
        let mut w = world();
        w.keys = w.keys.signing(sign_type);
        let reply = w.order("order-1", 1);
        assert_eq!(SignType::of_signature(reply.get("sign").unwrap()), sign_type);
        w.pay("order-1");
        let sent = w.later.pop().unwrap().request;
        let told = codec::read_request(&notice::PAYMENT, &sent, &w.keys, Stamp::TIMELESS.now)
            .unwrap()
            .sound()
            .unwrap();
        assert_eq!(told.get("sign_type"), (sign_type == SignType::HmacSha256).then_some("HMAC-SHA256"));
    }
}

#[test]
fn an_order_number_comes_again() {
    let mut w = world();
    let first = w.order("order-1", 1);
    assert_eq!(w.order("order-1", 1).get("prepay_id"), first.get("prepay_id"));
    let again =
        |fee, kind| format!("body=tea out_trade_no=order-1 total_fee={fee} trade_type={kind} product_id=p1");
    is(&w.no("unifiedorder", &again(2, "NATIVE")), "OUT_TRADE_NO_USED", "商户订单号重复");
    is(&w.no("unifiedorder", &again(1, "APP")), "INVALID_REQUEST", "201 商户订单号重复");
    w.pay("order-1");
    is(&w.no("unifiedorder", &again(1, "NATIVE")), "ORDERPAID", "该订单已支付");
    w.order("order-2", 1);
    w.good("closeorder", "out_trade_no=order-2");
    let closed = again(1, "NATIVE").replace("order-1", "order-2");
    is(&w.no("unifiedorder", &closed), "ORDERCLOSED", "该订单已关闭");
}

#[test]
fn what_is_wrong_with_a_request_is_said_in_wechats_words() {
    let order = "body=t out_trade_no=order-1 total_fee=1 spbill_create_ip=1.1.1.1 notify_url=http://a.cn/n \
                 trade_type=APP";
    let mut w = world();
    let mut no = |said: String| w.raw_no("unifiedorder", &said);
    is(&no(format!("{order} mch_id=1")), "MCHID不存在", "MCHID不存在");
    is(&no(format!("{order} appid=wx1")), "APPID_NOT_EXIST", "APPID不存在");
    is(&no(order.replace("trade_type=APP", "")), "LACK_PARAMS", "缺少参数trade_type");
    is(&no(order.replace("APP", "JSAPI")), "LACK_PARAMS", "JSAPI支付必须传openid");
    is(&no(format!("{order} total_fee=1.00")), "PARAM_ERROR", "invalid total_fee");
    is(&no(format!("{order} body={}", "茶".repeat(43))), "PARAM_ERROR", "body参数长度有误");
    is(&no(format!("{order} out_trade_no={}", "1".repeat(33))), "PARAM_ERROR", "out_trade_no参数长度有误");
    is(
        &no(format!("{order} time_expire=20260115200059")),
        "INVALID_REQUEST",
        "time_expire时间过短，刷卡至少1分钟，其他5分钟",
    );
    is(&w.raw_no("orderquery", ""), "PARAM_ERROR", "缺少参数transaction_id或out_trade_no");
}

#[test]
fn a_foreign_account_does_not_match() {
    let mut identity = Identity::default();
    identity.merchants.push(Merchant::new("1900000110", Secret::new(KEY), vec!["wx2".into()]));
    let mut w = World { mock: Mock::new(identity, Options::default()), ..world() };
    w.keys.mch_id = Some("1900000110".into());
    is(&w.no("closeorder", "out_trade_no=order-1"), "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配");
}

#[test]
fn what_is_no_message_is_said_in_wechats_words() {
    let mut w = world();
    let mut said = |method: &str, body: &[u8]| {
        let request = Request::new(method, "/pay/unifiedorder").with_body("text/xml", body);
        xml::read(&w.send(&request).reply.body).unwrap()
    };
    for (method, body, told) in [
        ("POST", &b""[..], "post数据为空"),
        ("POST", b"{}", "XML格式错误"),
        ("POST", b"<xml><a>1</xml>", "XML格式错误"),
        (
            "POST",
            b"<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><xml><a>&a;</a></xml>",
            "XML格式错误",
        ),
        ("POST", b"<xml><body>\xb2\xe8</body></xml>", "编码格式错误"),
        ("GET", b"", "请使用post方法"),
        ("HEAD", b"", "请使用post方法"),
    ] {
        let reply = said(method, body);
        assert_eq!((reply.get("return_code"), reply.get("return_msg")), (Some("FAIL"), Some(told)));
    }
}

#[test]
fn a_wrong_signature_is_refused_and_remembered() {
    let mut w = world();
    w.keys.v2 = Some(V2::new(Secret::new("another key another key another k")));
    let stamp = w.stamp();
    let row = api::by_name("unifiedorder").unwrap();
    let said = fields("body=t out_trade_no=order-1 total_fee=1 openid=o");
    let request = codec::write_request(row, &said, &w.keys, &stamp, BASE).unwrap().request;
    let answered = w.send(&request);
    let told = xml::read(&answered.reply.body).unwrap();
    let told: Vec<_> = told.iter().collect();
    assert_eq!(told, [("return_code", "FAIL"), ("return_msg", "签名错误")]);
    let refused = answered.refused.unwrap();
    assert_eq!((refused.endpoint, refused.sign_type, refused.given.len()), ("unifiedorder", "MD5", 32));
    let right = refused.right.unwrap();
    assert!(right.canonical.ends_with("&trade_type=JSAPI&key=***"), "{}", right.canonical);
    w.mock.attach(refused.request_id, json!({ "verdict": "explained" }));
    let call = &w.get("/_mock/requests")["requests"][0];
    assert_eq!(call["verdict"], "SIGNERROR");
    assert_eq!(call["explain"]["verdict"], "explained");
    assert_eq!(call["signature"]["expected"], right.signature);
    assert!(!call.to_string().contains(KEY));

    let unsigned = "<xml><mch_id>1900000109</mch_id><appid>wx00c0ffee00c0ffee</appid></xml>";
    let refused = w.send(&Request::new("POST", row.path).with_body("text/xml", unsigned)).refused.unwrap();
    assert_eq!((refused.given.as_str(), refused.right.unwrap().signature.len()), ("", 32));
}

#[test]
fn an_order_is_queried_in_every_state() {
    let mut w = world();
    is(&w.no("orderquery", "out_trade_no=order-0"), "ORDERNOTEXIST", "order not exist");
    w.good(
        "unifiedorder",
        "body=t out_trade_no=order-1 total_fee=1 openid=o attach=a time_expire=20260115210000",
    );
    let state = |w: &mut World, said: &str| w.good("orderquery", said).get("trade_state").unwrap().to_owned();
    assert_eq!(state(&mut w, "out_trade_no=order-1"), "NOTPAY");
    w.now += 3600;
    assert_eq!(state(&mut w, "out_trade_no=order-1"), "CLOSED");
    w.order("order-2", 100);
    let (_, paid) = w.post(
        "/_mock/orders/order-2/pay",
        &json!({ "openid": "oOther", "coupons": [{ "id": "77", "type": "NO_CASH", "fee": 30 }] }),
    );
    let found = w.good("orderquery", &format!("transaction_id={}", paid["transaction_id"].as_str().unwrap()));
    for (name, value) in [
        ("trade_state", "SUCCESS"),
        ("openid", "oOther"),
        ("total_fee", "100"),
        ("cash_fee", "70"),
        ("coupon_fee", "30"),
        ("settlement_total_fee", "70"),
        ("coupon_id_0", "77"),
        ("time_end", "20260115210000"),
    ] {
        assert_eq!(found.get(name), Some(value), "{name}");
    }
    w.good("refund", "out_trade_no=order-2 out_refund_no=r1 total_fee=100 refund_fee=10");
    assert_eq!(state(&mut w, "out_trade_no=order-2"), "REFUND");
}

#[test]
fn an_order_is_closed_once() {
    let mut w = world();
    is(&w.no("closeorder", "out_trade_no=order-1"), "ORDERNOTEXIST", "order not exist");
    w.order("order-1", 1);
    w.good("closeorder", "out_trade_no=order-1");
    is(&w.no("closeorder", "out_trade_no=order-1"), "ORDERCLOSED", "order closed");
    let (status, no) = w.post("/_mock/orders/order-1/pay", &json!({}));
    assert_eq!((status, no["error"]["code"].as_str()), (409, Some("mock.not_payable")));
    w.paid_order("order-2", 1);
    is(&w.no("closeorder", "out_trade_no=order-2"), "ORDERPAID", "order paid");
}

#[test]
fn a_payment_is_told_until_it_is_heard() {
    let mut w = with(Options { speed: 100, ..Options::default() });
    w.good("unifiedorder", "body=t out_trade_no=order-1 total_fee=88 openid=o1 attach=a&b");
    w.pay("order-1");
    let first = w.later.pop().unwrap();
    assert_eq!((first.after.as_secs(), first.request.url.as_str()), (0, NOTIFY));
    let told = codec::read_request(&notice::PAYMENT, &first.request, &w.keys, Stamp::TIMELESS.now)
        .unwrap()
        .sound()
        .unwrap();
    for (name, value) in
        [("total_fee", "88"), ("openid", "o1"), ("attach", "a&b"), ("result_code", "SUCCESS")]
    {
        assert_eq!(told.get(name), Some(value));
    }
    let stamp = w.stamp();
    let second = w.mock.delivered(first.ticket, &Err("connection refused".into()), &stamp).pop().unwrap();
    assert_eq!(second.after.as_millis(), 150);
    assert_eq!(second.request.body, first.request.body);
    assert!(w.mock.wants(second.ticket));
    assert!(w.mock.delivered(second.ticket, &Ok(Reply::ok("text/xml", OK)), &stamp).is_empty());
    let notice = w.get("/_mock/notices")["notices"][0].clone();
    assert_eq!(notice["state"], "delivered");
    assert_eq!(notice["attempts"][0]["error"], "connection refused");
    assert_eq!(notice["attempts"][1]["status"], 200);
    let (status, again) = w.post("/_mock/notices/1/resend", &json!({}));
    assert_eq!((status, again["id"].as_str()), (200, Some("1")));
    assert_eq!(w.later.pop().unwrap().request.body, first.request.body);
}

#[test]
fn a_refund_is_told_in_cipher() {
    let mut w = world();
    w.paid_order("order-1", 100);
    w.later.clear();
    w.good("refund", "out_trade_no=order-1 out_refund_no=r1 total_fee=100 refund_fee=40");
    assert!(w.later.is_empty());
    w.good(
        "refund",
        "out_trade_no=order-1 out_refund_no=r2 total_fee=100 refund_fee=60 notify_url=http://a.cn/refund",
    );
    let sent = w.later.pop().unwrap().request;
    assert!(!String::from_utf8_lossy(&sent.body).contains("out_refund_no"));
    let told =
        codec::read_request(&notice::REFUND, &sent, &w.keys, Stamp::TIMELESS.now).unwrap().sound().unwrap();
    for (name, value) in [
        ("out_refund_no", "r2"),
        ("refund_fee", "60"),
        ("refund_status", "SUCCESS"),
        ("success_time", "2026-01-15 20:00:00"),
    ] {
        assert_eq!(told.get(name), Some(value));
    }
}

#[test]
fn a_payment_code_pays_or_says_why_not() {
    let mut w = world();
    let charge = |no: &str, fee: u64, code: &str| {
        format!("body=t out_trade_no={no} total_fee={fee} auth_code=1300000000000000{code}")
    };
    let paid = w.good("micropay", &charge("order-1", 5, "01"));
    assert_eq!((paid.get("trade_type"), paid.get("cash_fee")), (Some("MICROPAY"), Some("5")));
    assert!(w.later.is_empty(), "payment codes have no notice");
    is(&w.no("micropay", &charge("order-1", 5, "01")), "ORDERPAID", "该订单已支付");
    is(&w.no("micropay", &charge("order-2", 5, "91")), "NOTENOUGH", "余额不足");
    is(
        &w.no("micropay", &charge("order-2", 5, "90")),
        "AUTHCODEEXPIRE",
        "二维码已过期，请用户在微信上刷新后再试",
    );

    for (number, fee, code, end) in [
        ("order-3", 100_001, "01", "SUCCESS"),
        ("order-4", 5, "98", "SUCCESS"),
        ("order-5", 5, "99", "PAYERROR"),
    ] {
        is(&w.no("micropay", &charge(number, fee, code)), "USERPAYING", "需要用户输入支付密码");
        let said = format!("out_trade_no={number}");
        assert_eq!(w.good("orderquery", &said).get("trade_state"), Some("USERPAYING"));
        assert_eq!(w.good("orderquery", &said).get("trade_state"), Some(end));
    }
    is(&w.no("micropay", &charge("order-6", 5, "95")), "SYSTEMERROR", "系统错误");
    assert_eq!(w.good("orderquery", "out_trade_no=order-6").get("trade_state"), Some("SUCCESS"));
}

#[test]
fn a_payment_code_is_reversed() {
    let mut w = world();
    w.good("micropay", "body=t out_trade_no=order-1 total_fee=5 auth_code=130000000000000001");
    assert_eq!(w.good("reverse", "out_trade_no=order-1").get("recall"), Some("N"));
    assert_eq!(w.good("orderquery", "out_trade_no=order-1").get("trade_state"), Some("REVOKED"));
    let again = "body=t out_trade_no=order-1 total_fee=5 auth_code=130000000000000001";
    is(&w.no("micropay", again), "ORDERREVERSED", "订单已撤销");
    is(&w.no("reverse", "out_trade_no=order-9"), "ORDER_NOT_EXIST", "order not exist");
    w.good("micropay", "body=t out_trade_no=order-2 total_fee=5 auth_code=130000000000000001");
    w.now += 8 * 86_400;
    assert_eq!(w.no("reverse", "out_trade_no=order-2").0, "REVERSE_EXPIRE");
    w.order("order-3", 1);
    assert_eq!(w.no("reverse", "out_trade_no=order-3").0, "INVALID_REQUEST");
}

#[test]
fn the_small_calls_answer() {
    let mut w = world();
    let openid = w.good("authcodetoopenid", "auth_code=130000000000000001");
    assert_eq!(openid.get("openid"), Some("oMockUser0000000000000000001"));
    assert_eq!(w.no("authcodetoopenid", "auth_code=130000000000000092").0, "AUTH_CODE_INVALID");
    let short = w.good("shorturl", "long_url=weixin://wxpay/bizpayurl?sign=x&appid=y");
    assert!(short.get("short_url").unwrap().starts_with("weixin://wxpay/s/"));
    let reported = w.good(
        "report",
        "interface_url=https://api.mch.weixin.qq.com/pay/unifiedorder execute_time_=10 return_code=SUCCESS \
         result_code=SUCCESS",
    );
    assert_eq!((reported.get("result_code"), reported.get("sign")), (Some("SUCCESS"), None));
}

#[test]
fn a_short_number_finds_no_order_and_makes_none() {
    let mut w = world();
    for (row, code) in
        [("orderquery", "ORDERNOTEXIST"), ("closeorder", "ORDERNOTEXIST"), ("reverse", "ORDER_NOT_EXIST")]
    {
        assert_eq!(w.raw_no(row, "out_trade_no=T1").0, code, "{row}");
    }
    let order =
        "body=t out_trade_no=T1 total_fee=1 spbill_create_ip=1.1.1.1 notify_url=http://a.cn/n trade_type=APP";
    is(&w.raw_no("unifiedorder", order), "PARAM_ERROR", "invalid out_trade_no");
    is(&w.raw_no("orderquery", "out_trade_no=a.b"), "PARAM_ERROR", "invalid out_trade_no");
}

/// Official: signed as it is, sent URL-encoded. SDKs send it as it is.
#[test]
fn a_link_to_shorten_may_come_encoded() {
    let mut w = world();
    let link = "weixin://wxpay/bizpayurl?sign=x&appid=y";
    let mut signed = w.signed("shorturl", &format!("long_url={link}"));
    signed.set("long_url", "weixin%3A%2F%2Fwxpay%2Fbizpayurl%3Fsign%3Dx%26appid%3Dy");
    let told = w.post_xml("/tools/shorturl", &signed);
    assert!(told.get("short_url").unwrap_or_default().starts_with("weixin://wxpay/s/"), "{told:?}");
    signed.set("long_url", "weixin%3A%2F%2Fwxpay%2Fbizpayurl%3Fsign%3Dz%26appid%3Dy");
    assert_eq!(w.post_xml("/tools/shorturl", &signed).get("return_msg"), Some("签名错误"));
}

/// Who reaches the gateway by WeChat's own name is not to notice that it is one.
#[test]
fn the_h5_link_is_wechats_under_wechats_name() {
    let mut w = world();
    let scene = r#"{"h5_info":{"type":"Wap"}}"#;
    let said = format!("body=t out_trade_no=order-1 total_fee=1 trade_type=MWEB scene_info={scene}");
    let row = api::by_name("unifiedorder").unwrap();
    let stamp = w.stamp();
    let mut request = codec::write_request(row, &fields(&said), &w.keys, &stamp, BASE).unwrap().request;
    request.headers.push(("host".into(), "api.mch.weixin.qq.com".into()));
    let told = xml::read(&w.send(&request).reply.body).unwrap();
    let url = told.get("mweb_url").unwrap();
    assert!(url.starts_with("https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx"), "{url}");
}
