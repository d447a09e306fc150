//! The client against the gateway, in memory: every row once as it should go,
//! and each refusal in WeChat's own words. The client's `codec` writes and
//! reads, the gateway answers; no socket, a frozen clock.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use wxkit::api::keys::{Keys, Secret, SignType, V2};
use wxkit::api::{self, Answer, Endpoint, ReadError, Stamp, codec, invoke, notice};
use wxkit::mock::{Access, Answered, CertificateRule, Identity, Merchant, Mock, Options};
use wxkit::wire::{Fields, Later, Reply, Request, query, xml};

const BASE: &str = "http://127.0.0.1:7780";
const KEY: &str = "wxkitmockpaykey0wxkitmockpaykey0";
const NOTIFY: &str = "http://127.0.0.1:9/notify";
const OK: &str = "<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>";

struct World {
    mock: Mock,
    keys: Keys,
    now: u64,
    calls: u64,
    later: Vec<Later>,
}

/// Signed as the row wants it, whatever the fields are.
fn signed_for(row: &Endpoint, fields: Fields) -> Fields {
    let only_hmac = row == &api::pay_v2::DOWNLOADFUNDFLOW;
    let usual = if only_hmac { SignType::HmacSha256 } else { SignType::Md5 };
    let sign_type = fields.get("sign_type").and_then(SignType::named).unwrap_or(usual);
    invoke::pay_v2(fields, &Secret::new(KEY), sign_type).params
}

fn world() -> World {
    with(Options::default())
}

fn with(options: Options) -> World {
    let keys = Keys {
        app_id: Some("wx00c0ffee00c0ffee".into()),
        app_secret: Some(Secret::new("0123456789abcdef0123456789abcdef")),
        mch_id: Some("1900000109".into()),
        v2: Some(V2::new(Secret::new(KEY))),
        notify_url: Some(NOTIFY.into()),
        ..Keys::default()
    };
    // 2026-01-15 20:00:00 in Beijing.
    let mock = Mock::new(Identity::default(), options);
    World { mock, keys, now: 1_768_478_400, calls: 0, later: Vec::new() }
}

fn fields(text: &str) -> Fields {
    let pairs = text.split_whitespace().filter_map(|word| word.split_once('='));
    pairs.collect()
}

impl World {
    fn stamp(&mut self) -> Stamp {
        self.calls += 1;
        Stamp { now: self.now, nonce: format!("nonce{:020}", self.calls) }
    }

    fn send(&mut self, request: &Request) -> Answered {
        let stamp = self.stamp();
        let mut request = request.clone();
        if request.header("host").is_none() {
            request.headers.push(("host".into(), "127.0.0.1:7780".into()));
        }
        let answered = self.mock.answer(&request, &stamp);
        self.later.extend(answered.later.iter().cloned());
        answered
    }

    fn ask(&mut self, row: &str, said: &str) -> Reply {
        let stamp = self.stamp();
        let row = api::by_name(row).unwrap();
        let request = codec::write_request(row, &fields(said), &self.keys, &stamp, BASE).unwrap().request;
        self.send(&request).reply
    }

    fn call(&mut self, row: &str, said: &str) -> Result<Answer, ReadError> {
        let reply = self.ask(row, said);
        codec::read_reply(api::by_name(row).unwrap(), &reply, &self.keys)
    }

    fn good(&mut self, row: &str, said: &str) -> Fields {
        self.call(row, said).unwrap_or_else(|e| panic!("{row} {said}: {e:?}")).fields
    }

    /// Code and text of a refusal.
    fn no(&mut self, row: &str, said: &str) -> (String, String) {
        match self.call(row, said) {
            Err(ReadError::Refused(refusal)) => (refusal.code, refusal.text),
            other => panic!("{row} {said}: {other:?}"),
        }
    }

    /// The same for a message that a careful client would not even send.
    fn raw_no(&mut self, row: &str, said: &str) -> (String, String) {
        let row = api::by_name(row).unwrap();
        let mut all = fields("appid=wx00c0ffee00c0ffee mch_id=1900000109 nonce_str=n");
        all.extend(fields(said).iter());
        let all = signed_for(row, all);
        let body = xml::write(&all).unwrap();
        let request = Request::new("POST", row.path).with_body("text/xml", body);
        let reply = self.send(&request).reply;
        match codec::read_reply(row, &reply, &self.keys) {
            Err(ReadError::Refused(refusal)) => (refusal.code, refusal.text),
            other => panic!("{} {said}: {other:?}", row.name),
        }
    }

    fn get(&mut self, path: &str) -> Value {
        let reply = self.send(&Request::new("GET", path)).reply;
        serde_json::from_slice(&reply.body).unwrap()
    }

    fn post(&mut self, path: &str, body: &Value) -> (u16, Value) {
        let request = Request::new("POST", path).with_body("application/json", body.to_string());
        let reply = self.send(&request).reply;
        (reply.status, serde_json::from_slice(&reply.body).unwrap())
    }

    fn order(&mut self, number: &str, fee: u64) -> Fields {
        let said = format!("body=tea out_trade_no={number} total_fee={fee} trade_type=NATIVE product_id=p1");
        self.good("unifiedorder", &said)
    }

    fn pay(&mut self, number: &str) -> Value {
        let (status, order) = self.post(&format!("/_mock/orders/{number}/pay"), &json!({}));
        assert_eq!(status, 200, "{order}");
        order
    }

    fn paid_order(&mut self, number: &str, fee: u64) {
        self.order(number, fee);
        self.pay(number);
    }

    fn code(&mut self, scope: &str) -> String {
        let place = format!("redirect_uri=http://shop.test/back scope={scope} state=s1");
        let back = self.good("authorize", &place);
        let fields = Request::new("GET", back.get("location").unwrap()).query().unwrap();
        assert_eq!(fields.get("state"), Some("s1"));
        fields.get("code").unwrap().to_owned()
    }
}

fn is(said: &(String, String), code: &str, text: &str) {
    assert_eq!((said.0.as_str(), said.1.as_str()), (code, text));
}

// Tokens and tickets.

#[test]
fn tokens_expire_and_are_killed_by_a_refetch() {
    let mut w = world();
    let old = w.good("token", "");
    assert_eq!(old.get("expires_in"), Some("7200"));
    let ticket = |token: &Fields| format!("access_token={}", token.get("access_token").unwrap());
    let new = w.good("token", "");
    w.now += 299;
    w.good("getticket", &ticket(&old));
    w.now += 1;
    let (code, text) = w.no("getticket", &ticket(&old));
    assert_eq!(code, "40001");
    assert!(text.starts_with("invalid credential, access_token is invalid or not latest, could get"));
    assert!(text.contains(" rid: "), "{text}");
    w.good("getticket", &ticket(&new));
    w.now += 7200;
    let (code, text) = w.no("getticket", &ticket(&new));
    assert!(code == "42001" && text.starts_with("access_token expired rid: "), "{text}");
}

#[test]
fn the_stable_token_is_another_one_and_stays() {
    let mut w = world();
    let stable = w.good("stable_token", "");
    let classic = w.good("token", "");
    assert_ne!(stable.get("access_token"), classic.get("access_token"));
    assert_eq!(w.good("stable_token", "").get("access_token"), stable.get("access_token"));
    let forced = w.good("stable_token", "force_refresh=true");
    assert_ne!(forced.get("access_token"), stable.get("access_token"));
    let killed = format!("access_token={}", stable.get("access_token").unwrap());
    assert_eq!(w.no("getticket", &killed).0, "40001");
    assert_eq!(w.good("stable_token", "force_refresh=true").get("access_token"), forced.get("access_token"));
}

#[test]
fn tickets_are_the_same_until_they_are_old() {
    let mut w = world();
    let token = w.good("token", "");
    let token = token.get("access_token").unwrap();
    let said = format!("access_token={token}");
    let first = w.good("getticket", &said);
    assert_eq!((first.get("errcode"), first.get("errmsg")), (Some("0"), Some("ok")));
    assert_eq!(w.good("getticket", &said).get("ticket"), first.get("ticket"));
    let card = w.good("getticket", &format!("{said} type=wx_card"));
    assert_ne!(card.get("ticket"), first.get("ticket"));
    let reply =
        w.send(&Request::new("GET", format!("/cgi-bin/ticket/getticket?access_token={token}&type=x")));
    assert!(String::from_utf8_lossy(&reply.reply.body).contains("\"errcode\":40097"));
}

#[test]
fn accounts_are_refused_in_wechats_words() {
    let refused = [
        ("", "40002", "invalid grant_type"),
        ("grant_type=x", "40002", "invalid grant_type"),
        ("grant_type=client_credential", "41002", "appid missing"),
        ("grant_type=client_credential&appid=wx1", "40013", "invalid appid"),
        ("grant_type=client_credential&appid=wx00c0ffee00c0ffee", "41004", "appsecret missing"),
        ("grant_type=client_credential&appid=wx00c0ffee00c0ffee&secret=x", "40125", "invalid appsecret"),
        ("grant_type=%zz", "40035", "invalid argument"),
    ];
    let mut w = world();
    for (asked, code, text) in refused {
        let reply = w.send(&Request::new("GET", format!("/cgi-bin/token?{asked}"))).reply;
        let said: Value = serde_json::from_slice(&reply.body).unwrap();
        assert_eq!(said["errcode"].to_string(), code, "{asked}");
        let message = said["errmsg"].as_str().unwrap();
        assert!(message.starts_with(&format!("{text} rid: ")), "{message}");
    }
    let tokens = [("", "41001"), ("short", "40014"), ("unknown_token_unknown_token", "40001")];
    for (token, code) in tokens {
        let url = format!("/cgi-bin/ticket/getticket?type=jsapi&access_token={token}");
        let reply = w.send(&Request::new("GET", url)).reply;
        assert!(String::from_utf8_lossy(&reply.body).contains(&format!("\"errcode\":{code}")), "{token}");
    }
    let bodies = [("POST", "", 44002), ("POST", "{", 47001), ("GET", "", 43002)];
    for (method, body, code) in bodies {
        let request = Request::new(method, "/cgi-bin/stable_token").with_body("application/json", body);
        let reply = w.send(&request).reply;
        let said: Value = serde_json::from_slice(&reply.body).unwrap();
        assert_eq!(said["errcode"], code);
    }
}

#[test]
fn only_listed_addresses_get_tokens() {
    let mut w = with(Options { whitelist: vec!["10.0.0.1".into()], ..Options::default() });
    let url = "/cgi-bin/token?grant_type=client_credential&appid=wx00c0ffee00c0ffee&\
               secret=0123456789abcdef0123456789abcdef";
    let mut request = Request::new("GET", url);
    request.peer = Some("10.0.0.2:5000".into());
    let body = String::from_utf8(w.send(&request).reply.body).unwrap();
    let text = "invalid ip 10.0.0.2 ipv6 ::ffff:10.0.0.2, not in whitelist rid: ";
    assert!(body.contains("40164") && body.contains(text), "{body}");
    request.peer = Some("[::ffff:10.0.0.1]:5000".into());
    assert!(String::from_utf8_lossy(&w.send(&request).reply.body).contains("access_token"));
}

// Web authorization.

#[test]
fn a_code_becomes_a_user_once() {
    let mut w = world();
    let code = w.code("snsapi_userinfo");
    let reply = w.ask("sns_access_token", &format!("code={code}"));
    assert_eq!(reply.header("content-type"), Some("text/plain"));
    let user = codec::read_reply(api::by_name("sns_access_token").unwrap(), &reply, &w.keys).unwrap().fields;
    assert_eq!(user.get("openid"), Some("oMockUser0000000000000000001"));
    assert_eq!(user.get("scope"), Some("snsapi_userinfo"));
    let (token, openid) = (user.get("access_token").unwrap(), user.get("openid").unwrap());
    let who = format!("access_token={token} openid={openid}");
    assert_eq!(w.good("sns_auth", &who).get("errmsg"), Some("ok"));
    assert_eq!(w.good("sns_userinfo", &who).get("nickname"), Some("测试用户"));
    assert_eq!(w.no("sns_auth", &format!("access_token={token} openid=other")).0, "40003");
    let refresh = user.get("refresh_token").unwrap();
    let again = w.good("sns_refresh_token", &format!("refresh_token={refresh}"));
    assert_ne!(again.get("access_token"), Some(token));
    assert!(w.no("sns_access_token", &format!("code={code}")).1.starts_with("code been used"));
}

#[test]
fn codes_and_users_tokens_are_refused_in_wechats_words() {
    let mut w = world();
    let (code, text) = w.no("sns_access_token", "code=nobody_gave_this");
    assert!(code == "40029" && text.starts_with("invalid code"));
    let late = w.code("snsapi_base");
    let fresh = w.code("snsapi_base");
    let user = w.good("sns_access_token", &format!("code={fresh}"));
    assert_eq!(user.get("unionid"), None);
    let who =
        format!("access_token={} openid={}", user.get("access_token").unwrap(), user.get("openid").unwrap());
    assert_eq!(w.no("sns_userinfo", &who).0, "48001");
    w.now += 300;
    assert_eq!(w.no("sns_access_token", &format!("code={late}")).0, "42003");
    assert_eq!(w.no("sns_refresh_token", "refresh_token=x").0, "40030");
    let refresh = format!("refresh_token={}", user.get("refresh_token").unwrap());
    w.now += 30 * 86_400;
    assert_eq!(w.no("sns_refresh_token", &refresh).0, "42002");
    assert_eq!(w.no("sns_auth", &who).0, "42001");
}

#[test]
fn an_authorize_link_must_be_written_as_wechat_wants_it() {
    let right =
        "appid=wx00c0ffee00c0ffee&redirect_uri=http%3A%2F%2Fa.test%2F&response_type=code&scope=snsapi_base";
    let pages = [
        (right.to_owned(), ""),
        (format!("{right}&state=1&forcePopup=true"), ""),
        (
            right.replace("response_type=code&scope=snsapi_base", "scope=snsapi_base&response_type=code"),
            "参数顺序错误",
        ),
        (right.replace("appid=wx00c0ffee00c0ffee&", ""), "appid不能为空"),
        (right.replace("wx00c0ffee00c0ffee", "wx1"), "AppID 参数错误"),
        (right.replace("snsapi_base", "snsapi_all"), "10005"),
        (right.replace("http%3A", "javascript%3A"), "redirect_uri域名与后台配置不一致"),
    ];
    let mut w = world();
    for (link, text) in pages {
        let reply = w.send(&Request::new("GET", format!("/connect/oauth2/authorize?{link}"))).reply;
        let body = String::from_utf8_lossy(&reply.body).into_owned();
        assert_eq!(reply.status == 302, text.is_empty(), "{link}: {body}");
        assert!(body.contains(text), "{link}: {body}");
    }
    let back = w.good("qrconnect", "redirect_uri=http://a.test/ state=x");
    assert!(back.get("location").unwrap().starts_with("http://a.test/?code=0"));
}

// Orders.

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
        let told = codec::read_request(&notice::PAYMENT, &sent, &w.keys).unwrap().sound().unwrap();
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
    identity.merchants.push(Merchant {
        mch_id: "1900000110".into(),
        pay_key: Secret::new(KEY),
        app_ids: vec!["wx2".into()],
    });
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

// Notices.

#[test]
fn a_payment_is_told_until_it_is_heard() {
    let mut w = with(Options { speed: 100, ..Options::default() });
    w.good("unifiedorder", "body=t out_trade_no=order-1 total_fee=88 openid=o1 attach=a&b");
    w.pay("order-1");
    let first = w.later.pop().unwrap();
    assert_eq!((first.after.as_secs(), first.request.url.as_str()), (0, NOTIFY));
    let told = codec::read_request(&notice::PAYMENT, &first.request, &w.keys).unwrap().sound().unwrap();
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
    let told = codec::read_request(&notice::REFUND, &sent, &w.keys).unwrap().sound().unwrap();
    for (name, value) in [
        ("out_refund_no", "r2"),
        ("refund_fee", "60"),
        ("refund_status", "SUCCESS"),
        ("success_time", "2026-01-15 20:00:00"),
    ] {
        assert_eq!(told.get(name), Some(value));
    }
}

// Refunds.

#[test]
fn refunds_add_up_and_repeat() {
    let mut w = world();
    w.paid_order("order-1", 100);
    let ask = |no: &str, total: u64, fee: u64| {
        format!("out_trade_no=order-1 out_refund_no={no} total_fee={total} refund_fee={fee}")
    };
    let first = w.good("refund", &ask("r1", 100, 60));
    assert_eq!(w.good("refund", &ask("r1", 100, 60)).get("refund_id"), first.get("refund_id"));
    let mismatch = "订单金额或退款金额与之前请求不一致，请核实后再试";
    is(&w.no("refund", &ask("r1", 100, 50)), "REFUND_FEE_MISMATCH", mismatch);
    is(&w.no("refund", &ask("r2", 99, 1)), "REFUND_FEE_MISMATCH", mismatch);
    is(&w.no("refund", &ask("r2", 100, 41)), "INVALID_REQUEST", "refund_fee大于可退金额");
    is(&w.no("refund", &ask("r2", 100, 101)), "invalid refund_fee", "invalid refund_fee");
    w.good("refund", &ask("r2", 100, 40));
    is(&w.no("refund", &ask("r3", 100, 1)), "ERROR", "订单已全额退款");
    is(&w.no("refund", &ask("r3", 100, 1).replace("order-1", "order-9")), "ORDERNOTEXIST", "order not exist");
    w.order("order-2", 1);
    is(&w.no("refund", &ask("r4", 1, 1).replace("order-1", "order-2")), "ORDERNOTEXIST", "订单不存在");
}

#[test]
fn refunds_are_queried_by_four_names_and_in_pages() {
    let mut w = world();
    w.paid_order("order-1", 100);
    is(&w.no("refundquery", "out_trade_no=order-1"), "REFUNDNOTEXIST", "not exist");
    for n in 0..50 {
        w.good("refund", &format!("out_trade_no=order-1 out_refund_no=r{n} total_fee=100 refund_fee=1"));
    }
    let more = "out_trade_no=order-1 out_refund_no=r50 total_fee=100 refund_fee=1";
    is(&w.no("refund", more), "INVALID_REQUEST", "订单部分退款次数超过50次");
    let all = w.good("refundquery", "out_trade_no=order-1");
    assert_eq!((all.get("refund_count"), all.get("total_refund_count")), (Some("20"), None));
    assert_eq!(all.get("out_refund_no_19"), Some("r19"));
    let rest = w.good("refundquery", "out_trade_no=order-1 offset=40");
    assert_eq!((rest.get("refund_count"), rest.get("total_refund_count")), (Some("10"), Some("50")));
    assert_eq!(rest.get("out_refund_no_0"), Some("r40"));
    let one = w.good("refundquery", "out_refund_no=r7");
    assert_eq!((one.get("refund_count"), one.get("refund_status_0")), (Some("1"), Some("SUCCESS")));
    let id = one.get("refund_id_0").unwrap();
    assert_eq!(w.good("refundquery", &format!("refund_id={id}")).get("out_refund_no_0"), Some("r7"));
    is(&w.no("refundquery", "out_refund_no=r99"), "REFUNDNOTEXIST", "not exist");
}

#[test]
fn refunds_end_after_a_year_and_can_want_a_certificate() {
    let mut w = with(Options { certificate: CertificateRule::Required, ..Options::default() });
    w.paid_order("order-1", 100);
    let said = "out_trade_no=order-1 out_refund_no=r1 total_fee=100 refund_fee=1";
    let row = api::by_name("refund").unwrap();
    let stamp = w.stamp();
    let mut request = codec::write_request(row, &fields(said), &w.keys, &stamp, BASE).unwrap().request;
    request.certificate = false;
    let reply = w.send(&request).reply;
    assert_eq!(reply.status, 400);
    assert!(String::from_utf8_lossy(&reply.body).contains("No required SSL certificate was sent"));
    w.now += 366 * 86_400;
    is(&w.no("refund", said), "TRADE_OVERDUE", "订单已经超过退款期限");
}

// Payment codes and the small calls.

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

// Bills.

#[test]
fn a_bill_shows_the_day() {
    let mut w = world();
    w.paid_order("order-1", 1234);
    w.order("order-2", 1);
    w.good("refund", "out_trade_no=order-1 out_refund_no=r1 total_fee=1234 refund_fee=34");
    let mut text = |said: &str| {
        let bill = w.call("downloadbill", said).unwrap().file.unwrap();
        String::from_utf8(bill).unwrap()
    };
    let all = text("bill_date=20260115");
    let lines: Vec<&str> = all.trim_end().split("\r\n").collect();
    assert!(
        lines[0].starts_with("\u{feff}交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,")
    );
    assert!(lines[1].starts_with("`2026-01-15 20:00:00,`wx00c0ffee00c0ffee,`1900000109,`0,`,`4200000"));
    assert!(
        lines[1].contains("`order-1,`oMockUser0000000000000000001,`NATIVE,`SUCCESS,`OTHERS,`CNY,`12.34,")
    );
    assert!(lines[2].contains("`r1,`0.34,`0.00,`ORIGINAL,`SUCCESS,`tea,"));
    assert_eq!(lines[3].split(',').count(), 7);
    assert_eq!(lines[4], "`2,`12.34,`0.34,`0.00,`0.00000,`12.34,`0.34");
    for kind in ["ALL", "SUCCESS", "REFUND"] {
        let bill = text(&format!("bill_date=20260115 bill_type={kind}"));
        let columns: Vec<usize> = bill.lines().take(2).map(|line| line.split(',').count()).collect();
        assert_eq!(columns[0], columns[1], "{kind}");
    }
}

#[test]
fn bills_are_refused_in_wechats_words() {
    let mut w = world();
    is(&w.no("downloadbill", "bill_date=20260115"), "20002", "No Bill Exist");
    is(&w.raw_no("downloadbill", ""), "20001", "missing parameter");
    is(&w.raw_no("downloadbill", "bill_date=2026-01-15"), "20001", "data format error");
    is(&w.raw_no("downloadbill", "bill_date=20260115 bill_type=x"), "20001", "invalid bill_type");
    is(&w.no("downloadfundflow", "bill_date=20260115 account_type=Basic"), "NO_BILL_EXIST", "账单不存在");
    is(
        &w.raw_no("downloadfundflow", "bill_date=20260115 account_type=Basic"),
        "缺少参数sign_type",
        "缺少参数sign_type",
    );
    w.keys.v2 = Some(V2::new(Secret::new("wrong")));
    is(&w.no("downloadbill", "bill_date=20260115"), "20001", "SIGN ERROR");
    is(&w.no("downloadfundflow", "bill_date=20260115 account_type=Basic"), "签名错误", "签名错误");
}

#[test]
fn the_fund_flow_shows_money_in_and_out() {
    let mut w = world();
    w.paid_order("order-1", 1234);
    w.good("refund", "out_trade_no=order-1 out_refund_no=r1 total_fee=1234 refund_fee=34");
    let bill = w.call("downloadfundflow", "bill_date=20260115 account_type=Basic").unwrap().file.unwrap();
    let text = String::from_utf8(bill).unwrap();
    let lines: Vec<&str> = text.trim_end().split("\r\n").collect();
    assert!(lines[1].contains("`交易,`交易,`收入,`12.34,`12.34,"), "{text}");
    assert!(lines[2].contains("`退款,`退款,`支出,`0.34,`12.00,"), "{text}");
    assert_eq!(lines[4], "`2,`1,`12.34,`1,`0.34");
}

/// Unpacked by Python, which did not pack it.
#[test]
fn a_bill_comes_as_gzip() {
    let mut w = world();
    w.paid_order("order-1", 1);
    let plain = w.call("downloadbill", "bill_date=20260115").unwrap().file.unwrap();
    let packed = w.call("downloadbill", "bill_date=20260115 tar_type=GZIP").unwrap().file.unwrap();
    let script = "import gzip,sys;sys.stdout.buffer.write(gzip.decompress(bytes.fromhex(sys.argv[1])))";
    let hex: Vec<String> = packed.iter().map(|byte| format!("{byte:02x}")).collect();
    let run = std::process::Command::new("python3").args(["-c", script, &hex.concat()]).output();
    match run {
        Ok(out) => assert_eq!(out.stdout, plain),
        Err(_) => assert!(std::env::var_os("CI").is_none(), "python3 is needed"),
    }
}

// The control plane and faults.

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
    let mut open = with(Options { control: Access::Anyone, ..Options::default() });
    let mut far = Request::new("GET", "/_mock/healthz");
    far.peer = Some("192.168.1.2:5".into());
    assert_eq!(open.send(&far).reply.status, 200);
}

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
            assert_eq!(answered.verdict.as_deref(), Some("mock.cross_site"));
        }
    }
    assert_eq!(w.get("/_mock/orders"), json!({ "orders": [] }));
    // Where a browser has business, a page of another site may lead it.
    let link = "/connect/oauth2/authorize?appid=wx00c0ffee00c0ffee&redirect_uri=http%3A%2F%2Fa.test%2F\
                &response_type=code&scope=snsapi_base";
    let mut request = Request::new("GET", link);
    request.headers = vec![("sec-fetch-site".into(), "cross-site".into())];
    assert_eq!(w.send(&request).reply.status, 302);
    // A server calls by any name.
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
            if refused.scheme == "pay-v2" {
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

#[test]
fn the_control_plane_tells_what_happened() {
    let mut w = world();
    w.good("token", "");
    w.paid_order("order|1", 7);
    let calls = w.get("/_mock/requests");
    assert_eq!(calls["requests"].as_array().unwrap().len(), 2);
    assert_eq!(calls["requests"][0]["endpoint"], "token");
    assert!(!calls.to_string().contains("0123456789abcdef"), "no secret");
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
    assert_eq!(w.get("/_mock/orders"), json!({ "orders": [] }));
    assert_eq!(w.get("/_mock/requests"), json!({ "requests": [] }));
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
    assert!(matches!(codec::read_request(&notice::PAYMENT, &sent, &w.keys), Err(ReadError::Seal { .. })));
    let (status, told) = w.post("/_mock/faults", &json!({ "endpoint": "orderquery", "sign": true }));
    assert_eq!((status, &told["error"]["field"]), (400, &json!("sign")));
}

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
    let asked = codec::read_request(&notice::NATIVE_CALLBACK, &question.request, &w.keys).unwrap();
    let asked = asked.sound().unwrap();
    assert_eq!((asked.get("product_id"), asked.get("openid")), (Some("goods-1"), Some("oScanner")));
    assert!(w.mock.wants(question.ticket));
    let order = "body=tea out_trade_no=order-1 total_fee=5 trade_type=NATIVE product_id=goods-1";
    let prepay = w.good("unifiedorder", order).get("prepay_id").unwrap().to_owned();
    let told = [("return_code", "SUCCESS"), ("result_code", "SUCCESS"), ("prepay_id", &*prepay)];
    let mut answer = Answer::from(Fields::from_iter(told));
    answer.fields.extend([("appid", "wx00c0ffee00c0ffee"), ("mch_id", "1900000109"), ("nonce_str", "n")]);
    let reply = codec::write_reply(&notice::NATIVE_CALLBACK, answer, &w.keys).unwrap();
    let later = w.mock.delivered(question.ticket, &Ok(reply.clone()), &stamp);
    let paid = codec::read_request(&notice::PAYMENT, &later[0].request, &w.keys).unwrap().sound().unwrap();
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
        codec::read_request(&notice::PAYMENT, &sent, &w.keys).unwrap().fields.get("total_fee"),
        Some("1")
    );
    assert_eq!(w.post("/_mock/reset", &json!({})).0, 200);
    assert_eq!(w.get("/_mock/faults"), json!({ "faults": [] }));
    w.mock.add_faults(&json!("refund:drop")).unwrap();
    w.post("/_mock/reset", &json!({}));
    assert_eq!(w.get("/_mock/faults")["faults"][0]["endpoint"], "refund", "those of the beginning come back");
    assert!(w.get("/_mock/faults/known")["effects"].as_array().unwrap().len() > 20);
}

// What is not there, and what should not be.

#[test]
fn unknown_paths_get_wechats_404() {
    let mut w = world();
    let reply = w.send(&Request::new("POST", "/pay/nothing")).reply;
    assert_eq!(reply.status, 404);
    assert!(String::from_utf8_lossy(&reply.body).contains("<h1>404 Not Found</h1>"));
    let reply = w.send(&Request::new("GET", "/cgi-bin/nothing")).reply;
    assert!(
        String::from_utf8_lossy(&reply.body).contains("\"errcode\":40066,\"errmsg\":\"invalid url rid: ")
    );
    assert_eq!(w.send(&Request::new("BREW", "/pay/unifiedorder")).reply.status, 404);
    assert_eq!(w.get("/_mock/nothing")["error"]["code"], "mock.not_found");
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
            assert!(!reply.body.is_empty(), "{}", row.name);
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
