//! Who calls v3, and whether that is proved: every check in WeChat's order and words, the
//! keys of each mode, and a changed byte on either side.

use crate::world::{BASE, World, fields, world};
use serde_json::{Value, json};
use wxkit::api::authorization::authorize;
use wxkit::api::keys::{Keys, WechatKey};
use wxkit::api::{self, ReadError, Stamp, V3Unproved, codec};
use wxkit::mock::{Identity, KeyMode, Mock, Options, PUB_KEY_ID};
use wxkit::wire::{Reply, Request};

const JSAPI: &str = "/v3/pay/transactions/jsapi";
const CERTIFICATES: &str = "/v3/certificates";
const BODY: &str = r#"{"appid":"wx00c0ffee00c0ffee","mchid":"1900000109","description":"tea","out_trade_no":"order-1","notify_url":"http://127.0.0.1:9/n","amount":{"total":1},"payer":{"openid":"o1"}}"#;

/// A request as anybody may write it.
struct Sent<'a> {
    method: &'a str,
    url: &'a str,
    body: &'a str,
    headers: Vec<(&'a str, String)>,
}

impl World {
    fn authorized(&mut self, method: &str, url: &str, body: &str, age: u64) -> String {
        let keys = self.keys.v3.clone().unwrap();
        let stamp = Stamp { now: self.now - age, ..self.stamp() };
        authorize(&keys, method, url, body.as_bytes(), &stamp).unwrap().header
    }

    fn raw(&mut self, sent: &Sent<'_>) -> Reply {
        let mut request = Request::new(sent.method, sent.url);
        request.body = sent.body.as_bytes().to_vec();
        request.headers =
            sent.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.send(&request).reply
    }
}

fn told(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.body).unwrap_or(Value::Null)
}

fn usual(authorization: String) -> Vec<(&'static str, String)> {
    vec![
        ("accept", "application/json".into()),
        ("user-agent", "a test".into()),
        ("content-type", "application/json".into()),
        ("authorization", authorization),
    ]
}

#[test]
fn the_checks_come_in_wechats_order() {
    let mut w = world();
    let post = |w: &mut World, authorization: &str, body: &str| {
        let headers = usual(authorization.to_owned());
        let reply = w.raw(&Sent { method: "POST", url: JSAPI, body, headers });
        (reply.status, told(&reply))
    };
    let get = |w: &mut World, headers: Vec<(&'static str, String)>| {
        let reply = w.raw(&Sent { method: "GET", url: CERTIFICATES, body: "", headers });
        (reply.status, told(&reply)["message"].as_str().unwrap_or_default().to_owned())
    };
    // 1. The route, where the gateway says in WeChat's place that it does not play the call.
    let reply = w.raw(&Sent { method: "POST", url: "/v3/no/such", body: "", headers: Vec::new() });
    assert_eq!((reply.status, &told(&reply)["code"]), (404, &"NOT_PLAYED".into()));
    // 2. The method: nothing but a status.
    for (method, url, status) in [("DELETE", JSAPI, 405), ("GET", JSAPI, 405)] {
        let reply = w.raw(&Sent { method, url, body: "", headers: Vec::new() });
        assert_eq!((reply.status, reply.body.len()), (status, 0), "{method} {url}");
    }
    // 3. Accept and User-Agent, not of /v3/pay/.
    let lacking = (400, "Http头缺少Accept或User-Agent".to_owned());
    assert_eq!(get(&mut w, vec![("authorization", "x".into())]), lacking);
    // 4. The header.
    let odd = "Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》";
    assert_eq!(get(&mut w, usual(String::new()).into_iter().take(3).collect()), (401, odd.into()));
    assert_eq!(get(&mut w, usual("Bearer x".into())), (401, "Http头Authorization认证类型不正确".into()));
    assert_eq!(post(&mut w, "Bearer x", "").1["message"], "签名信息错误，验签失败");
    let good = w.authorized("POST", JSAPI, BODY, 0);
    let (status, said) = post(&mut w, &good.replace("\",", "\", "), BODY);
    assert_eq!((status, &said["message"], &said["code"]), (401, &odd.into(), &"SIGN_ERROR".into()));
    // 5. The time, before anybody is known.
    let stale = "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟";
    let old = w.authorized("POST", JSAPI, BODY, 301).replace("1900000109", "1900000999");
    assert_eq!(post(&mut w, &old, BODY).1["message"], stale);
    // 6. The merchant and its certificate.
    let nobody = good.replace("1900000109", "1900000999");
    assert_eq!(post(&mut w, &nobody, "{").1, json!({ "code": "SIGN_ERROR", "message": "签名错误" }));
    let serial = good.replace("5F0C", "6F0C");
    let said = post(&mut w, &serial, "{").1;
    assert_eq!(said["message"], "商户证书序列号有误。请使用签名私钥匹配的证书序列号");
    // 7. The signature, with what arrived.
    let (status, said) = post(&mut w, &good, &BODY.replace("tea", "Tea"));
    assert_eq!((status, &said["message"]), (401, &"错误的签名，验签失败".into()));
    let information = &said["detail"]["sign_information"];
    assert_eq!((&information["method"], &information["url"]), (&"POST".into(), &JSAPI.into()));
    let shown = information["truncated_sign_message"].as_str().unwrap();
    assert!(
        shown.starts_with("POST\n/v3/pay/transactions/jsapi\n") && shown.ends_with("\n{\"appid\"\n"),
        "{shown}"
    );
    let whole = shown.len() - 8 + BODY.len();
    assert_eq!(information["sign_message_length"], whole);
    // 8. The body.
    let mut with = |body: &str| {
        let signed = w.authorized("POST", JSAPI, body, 0);
        let (status, said) = post(&mut w, &signed, body);
        (
            status,
            said["code"].as_str().unwrap_or_default().to_owned(),
            said["message"].as_str().unwrap_or_default().to_owned(),
        )
    };
    assert_eq!(with("{").1, "PARAM_ERROR");
    assert!(with("").2.contains("/body/"), "{:?}", with(""));
    let typed = with(&BODY.replace("\"total\":1", "\"total\":\"1\"")).2;
    assert!(typed.contains("此字段需要一个合法的 64 位有符号整数"), "{typed}");
    assert!(with(&BODY.replace("\"total\":1", "\"total\":0")).2.ends_with("值低于最小值 1"));
    assert_eq!(with(&BODY.replace("\"o1\"", "null")).1, "PARAM_ERROR");
    assert_eq!(with(&BODY.replace("tea", "茶😀")).1, "PARAM_ERROR");
    let other = with(&BODY.replace("1900000109", "1900000110"));
    assert_eq!(other.2, "http header中的mchid与post payload中的mchid不匹配");
    // 9. The business.
    let unbound = with(&BODY.replace("wx00c0ffee00c0ffee", "wx00c0ffee00c0ff00"));
    assert_eq!((unbound.0, &*unbound.1, &*unbound.2), (400, "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配"));
    assert_eq!(with(BODY).0, 200);
}

#[test]
fn a_refused_signature_is_kept_with_all_that_explains_it() {
    let mut w = world();
    let authorization = w.authorized("POST", JSAPI, BODY, 0);
    let mut request = Request::new("POST", JSAPI).with_body("application/json", BODY.replace("tea", "Tea"));
    request.headers.push(("authorization".into(), authorization));
    let refused = w.send(&request).refused.unwrap();
    assert_eq!((refused.fields.get("method"), refused.fields.get("url")), (Some("POST"), Some(JSAPI)));
    assert!(refused.fields.get("body").unwrap().contains("Tea"));
    assert!(refused.key.expose().starts_with("-----BEGIN CERTIFICATE-----"));
    let calls = w.get("/_mock/requests");
    assert_eq!(calls["requests"][0]["signature"]["given"], refused.given.as_str());
    assert!(
        calls["requests"][0]["signature"]["string_to_sign"].as_str().unwrap().starts_with("POST\n/v3/pay")
    );
}

#[test]
fn replies_are_signed_and_refusals_are_not() {
    let mut w = world();
    let good = w.ask("v3_native", "description=tea out_trade_no=order-1 amount.total=1");
    for name in ["timestamp", "nonce", "signature", "serial", "signature-type"] {
        assert!(good.header(&format!("wechatpay-{name}")).is_some(), "{name}");
    }
    let id = good.header("request-id").unwrap();
    assert!(id.starts_with("08") && id.ends_with("-0"), "{id}");
    let closed = w.ask("v3_close", "out_trade_no=order-1");
    assert_eq!((closed.status, closed.body.len()), (204, 0));
    assert!(closed.header("wechatpay-signature").is_some());
    let no = w.ask("v3_query", "out_trade_no=order-9");
    assert_eq!(
        (no.status, no.headers.iter().filter(|(name, _)| name.starts_with("wechatpay")).count()),
        (404, 0)
    );
    // A changed byte is seen by whoever proves.
    let mut reply = w.ask("v3_query", "out_trade_no=order-1");
    let row = api::by_name("v3_query").unwrap();
    assert!(codec::read_reply(row, &reply, &w.keys, w.now).is_ok());
    let at = reply.body.len() / 2;
    reply.body[at] ^= 1;
    let why = codec::read_reply(row, &reply, &w.keys, w.now).unwrap_err();
    assert!(matches!(why, ReadError::V3(why) if matches!(*why, V3Unproved::Wrong { .. })));
}

fn with_mode(key_mode: KeyMode) -> World {
    let identity = Identity { key_mode, ..Identity::default() };
    World { mock: Mock::new(identity, Options::default()), ..world() }
}

/// The same client without one of WeChat Pay's keys.
fn knowing(keys: &Keys, is_known: fn(&WechatKey) -> bool) -> Keys {
    let mut keys = keys.clone();
    keys.v3.as_mut().unwrap().wechat.retain(is_known);
    keys
}

#[test]
fn the_mode_says_which_key_signs() {
    let serial = |w: &mut World| {
        let reply = w.ask("v3_native", "description=tea out_trade_no=order-1 amount.total=1");
        reply.header("wechatpay-serial").map(str::to_owned)
    };
    let certificate = |key: &WechatKey| !key.is_public_key();
    let platform = world().keys.v3.unwrap().wechat.into_iter().find(certificate).unwrap().id;
    let mut w = world();
    assert_eq!(serial(&mut w).as_deref(), Some(PUB_KEY_ID), "the client names its public key");
    w.keys = knowing(&w.keys, certificate);
    assert_eq!(serial(&mut w), Some(platform.clone()));
    let mut new = with_mode(KeyMode::PublicKey);
    assert_eq!(new.no("v3_certificates", "").0, "RESOURCE_NOT_EXISTS");
    new.keys = knowing(&new.keys, certificate);
    assert_eq!(serial(&mut new).as_deref(), Some(PUB_KEY_ID), "a new merchant has nothing else");
    let mut old = with_mode(KeyMode::Certificate);
    let said = "description=tea out_trade_no=order-1 amount.total=1";
    assert_eq!(old.no("v3_native", said).1, "平台证书序列号Wechatpay-Serial错误");
    old.keys = knowing(&old.keys, certificate);
    assert_eq!(serial(&mut old), Some(platform.clone()));
    let told = old.good("v3_certificates", "");
    assert_eq!(told.get("data.0.serial_no"), Some(platform.as_str()));
    assert!(told.get("data.0.certificate").unwrap().starts_with("-----BEGIN CERTIFICATE-----"));
}

#[test]
fn a_switch_signs_its_share_of_the_notices_with_the_public_key() {
    let mut w = with_mode(KeyMode::Switching(300));
    for n in 0..200 {
        w.good("v3_native", &format!("description=tea out_trade_no=order-{n} amount.total=1"));
        w.pay(&format!("order-{n}"));
    }
    let serials: Vec<_> =
        w.later.iter().filter_map(|later| later.request.header("wechatpay-serial")).collect();
    let public = serials.iter().filter(|serial| **serial == PUB_KEY_ID).count();
    assert_eq!(serials.len(), 200);
    assert!((30..=90).contains(&public), "{public} of 200");
}

#[test]
fn what_is_sealed_for_wechat_is_opened_or_refused() {
    let mut w = world();
    let echo = w.good("v3_echo", "echo_message=hello encrypted_echo_message=secret");
    assert_eq!(
        (echo.get("echo_message"), echo.get("encrypted_echo_message")),
        (Some("hello"), Some("secret"))
    );
    let row = api::by_name("v3_echo").unwrap();
    let stamp = w.stamp();
    let sealed =
        codec::write_request(row, &fields("echo_message=a encrypted_echo_message=b"), &w.keys, &stamp, BASE);
    let body = String::from_utf8(sealed.unwrap().request.body).unwrap();
    let mut say = |body: &str, serial: Option<&str>| {
        let mut headers = usual(w.authorized("POST", "/v3/security/echo", body, 0));
        headers.extend(serial.map(|serial| ("wechatpay-serial", serial.to_owned())));
        told(&w.raw(&Sent { method: "POST", url: "/v3/security/echo", body, headers }))
    };
    assert_eq!(say(&body, None)["message"], "HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)");
    assert_eq!(say(&body, Some("ABC"))["message"], "平台证书序列号Wechatpay-Serial错误");
    let plain = r#"{"echo_message":"a","encrypted_echo_message":"b"}"#;
    assert_eq!(say(plain, Some(PUB_KEY_ID))["message"], "请确认待处理的消息是否为加密后的密文");
    assert_eq!(say(&body, Some(PUB_KEY_ID))["echo_message"], "a");
}
