//! What browsers and pages get from the gateway, in memory: who sees the
//! consent page, who may read what, and that no text of anybody becomes HTML.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use wxkit::api::keys::{Keys, Secret, SignType};
use wxkit::api::{self, Stamp, codec, invoke};
use wxkit::mock::{Answered, Consent, Identity, Mock, Options, Shop, Signed};
use wxkit::wire::{Fields, Reply, Request, query};

const HOST: &str = "127.0.0.1:7780";
const APP: &str = "wx00c0ffee00c0ffee";
const BROWSER: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
const EVIL: &str = "<img src=x onerror=alert(1)>'\"&";

struct World {
    mock: Mock,
    calls: u64,
    now: u64,
}

fn with(options: Options) -> World {
    World { mock: Mock::new(Identity::default(), options), calls: 0, now: 1_768_478_400 }
}

fn world() -> World {
    with(Options::default())
}

impl World {
    fn stamp(&mut self) -> Stamp {
        self.calls += 1;
        Stamp { now: self.now, nonce: format!("nonce{:020}", self.calls) }
    }

    fn send(&mut self, mut request: Request, headers: &[(&str, &str)]) -> Answered {
        let stamp = self.stamp();
        request.headers.extend(headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
        request.headers.push(("host".into(), HOST.into()));
        self.mock.answer(&request, &stamp)
    }

    fn get(&mut self, url: &str, headers: &[(&str, &str)]) -> Reply {
        self.send(Request::new("GET", url), headers).reply
    }

    fn post(&mut self, url: &str, form: &[(&str, &str)], headers: &[(&str, &str)]) -> Reply {
        let form = query::write(&form.iter().copied().collect());
        self.send(Request::new("POST", url).with_body("application/x-www-form-urlencoded", form), headers)
            .reply
    }

    fn ask(&mut self, url: &str, body: &Value, headers: &[(&str, &str)]) -> (Value, Answered) {
        let request = Request::new("POST", url).with_body("application/json", body.to_string());
        let answered = self.send(request, headers);
        (serde_json::from_slice(&answered.reply.body).unwrap(), answered)
    }

    fn call(&mut self, row: &str, fields: &[(&str, &str)]) -> Fields {
        let keys =
            Keys { notify_url: Some("http://127.0.0.1:9/n".into()), ..Identity::default().default_keys() };
        self.call_as(row, fields, &keys)
    }

    fn call_as(&mut self, row: &str, fields: &[(&str, &str)], keys: &Keys) -> Fields {
        let row = api::by_name(row).unwrap();
        let stamp = self.stamp();
        let request =
            codec::write_request(row, &fields.iter().copied().collect(), keys, &stamp, "").unwrap().request;
        codec::read_reply(row, &self.send(request, &[]).reply, keys, Stamp::TIMELESS.now).unwrap().fields
    }

    fn ticket(&mut self) -> Secret {
        let token = self.call("stable_token", &[]);
        let keys = Keys { access_token: token.get("access_token").map(Secret::new), ..Keys::default() };
        Secret::new(self.call_as("getticket", &[], &keys).get("ticket").unwrap())
    }
}

fn text(reply: &Reply) -> String {
    String::from_utf8(reply.body.clone()).unwrap()
}

// Consent.

fn link(scope: &str, more: &str) -> String {
    format!(
        "/connect/oauth2/authorize?appid={APP}&redirect_uri=http%3A%2F%2Fshop.test%2Fback&response_type=code\
         &scope={scope}&state=s1{more}"
    )
}

#[test]
fn only_a_browser_that_is_to_be_asked_sees_the_consent_page() {
    let curl = ("accept", "*/*");
    let cases = [
        (Consent::Silent, "snsapi_userinfo", "", BROWSER, 302),
        (Consent::Silent, "snsapi_userinfo", "&forcePopup=true", curl, 302),
        (Consent::Silent, "snsapi_userinfo", "&forcePopup=true", BROWSER, 200),
        (Consent::Silent, "snsapi_base", "&forcePopup=true", BROWSER, 302),
        (Consent::Asked, "snsapi_userinfo", "", BROWSER, 200),
        (Consent::Asked, "snsapi_userinfo", "", curl, 302),
        (Consent::Asked, "snsapi_base", "", BROWSER, 302),
    ];
    for (consent, scope, more, accept, status) in cases {
        let mut w = with(Options { consent, ..Options::default() });
        assert_eq!(
            w.get(&link(scope, more), &[accept]).status,
            status,
            "{consent:?} {scope} {more} {accept:?}"
        );
    }
}

fn decision(url: &str, openid: &str, decision: &str) -> [(&'static str, String); 4] {
    let (path, link) = url.split_once('?').unwrap();
    [("path", path.into()), ("link", link.into()), ("openid", openid.into()), ("decision", decision.into())]
}

fn decide(w: &mut World, url: &str, openid: &str, word: &str, headers: &[(&str, &str)]) -> Reply {
    let form = decision(url, openid, word);
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
    w.post("/_wx/consent", &form, headers)
}

fn openid_of(w: &mut World, back: &Reply) -> Fields {
    let back = Request::new("GET", back.header("location").unwrap()).query().unwrap();
    w.call("sns_access_token", &[("code", back.get("code").unwrap())])
}

#[test]
fn a_person_chooses_who_they_are() {
    let mut w = world();
    let url = link("snsapi_userinfo", "&forcePopup=true");
    let anna = "oMockUser0000000000000000003";
    let back = decide(&mut w, &url, anna, "allow", &[]);
    assert_eq!(openid_of(&mut w, &back).get("openid"), Some(anna));
    let cookie = back.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let silent = w.get(&link("snsapi_base", ""), &[BROWSER, ("cookie", &cookie)]);
    assert_eq!(openid_of(&mut w, &silent).get("openid"), Some(anna));
    let stranger = w.get(&link("snsapi_base", ""), &[("cookie", "wxkit_user=oNobody")]);
    assert_eq!(openid_of(&mut w, &stranger).get("openid"), Some("oMockUser0000000000000000001"));
    let no = decide(&mut w, &url, anna, "refuse", &[]);
    assert_eq!(no.header("location"), Some("http://shop.test/back?state=s1"));
    let wrong = decide(&mut w, &url.replace(APP, "wx1"), anna, "allow", &[]);
    assert!(wrong.status == 200 && wrong.header("location").is_none());
}

#[test]
fn a_snapshot_user_is_no_user() {
    let mut w = world();
    for back in [
        w.get(&link("snsapi_userinfo", "&forcePopup=false&forceSnapShot=true"), &[]),
        decide(&mut w, &link("snsapi_userinfo", ""), "oSnapshotUser000000000000001", "allow", &[]),
    ] {
        let granted = openid_of(&mut w, &back);
        assert_eq!(granted.get("is_snapshotuser"), Some("1"));
        assert_eq!(granted.get("unionid"), None);
        let who = format!(
            "/sns/userinfo?access_token={}&openid={}",
            granted.get("access_token").unwrap(),
            granted.get("openid").unwrap()
        );
        assert!(text(&w.get(&who, &[])).contains("48001"));
    }
}

// The script and what it asks.

#[test]
fn the_script_stands_at_wechats_paths() {
    let mut w = world();
    for version in ["1.0.0", "1.2.0", "1.4.0", "1.6.0"] {
        let reply = w.get(&format!("/open/js/jweixin-{version}.js"), &[]);
        assert_eq!((reply.status, reply.header("access-control-allow-origin")), (200, Some("*")));
        assert!(text(&reply).contains(&format!("jweixin {version}")) && text(&reply).contains(HOST));
    }
    assert_eq!(w.get("/res.wx.qq.com/open/js/jweixin-1.6.0.js", &[]).status, 200);
    assert_eq!(w.get("/open/js/jweixin-9.9.9.js", &[]).status, 404);
}

const PAGE: &str = "http://localhost:3000/p?a=1";
const ORIGIN: (&str, &str) = ("origin", "http://localhost:3000");

fn config(signature: &str) -> Value {
    json!({ "appId": APP, "timestamp": "1414587457", "nonceStr": "Wm3WZYTPz0wzccnW", "url": PAGE, "signature": signature })
}

#[test]
fn a_report_is_for_the_page_that_signed_wrongly() {
    let mut w = world();
    let ticket = w.ticket();
    let stamp = Stamp { now: 1_414_587_457, nonce: "Wm3WZYTPz0wzccnW".into() };
    let right = config(&invoke::jssdk(&ticket, PAGE, &stamp).signature);
    assert_eq!(w.ask("/_wx/config", &right, &[ORIGIN]).0, json!({ "errMsg": "config:ok" }));
    let (told, answered) = w.ask("/_wx/config", &config("0"), &[ORIGIN]);
    assert_eq!(told["errMsg"], "config:invalid signature");
    assert_eq!(answered.reply.header("access-control-allow-origin"), Some(ORIGIN.1));
    assert!(!told.to_string().contains(ticket.expose()));
    let (path, case) = (told["report"].as_str().unwrap().to_owned(), answered.refused.unwrap());
    assert_eq!((case.what, case.endpoint), (Signed::Config, "wx.config"));
    assert_eq!(w.get(&path, &[ORIGIN]).status, 202);
    w.mock.attach(case.request_id, json!({ "verdict": "explained" }));
    assert_eq!(text(&w.get(&path, &[ORIGIN])), r#"{"verdict":"explained"}"#);
    assert_eq!(w.get(&path, &[("origin", "http://evil.test")]).status, 404);
    assert_eq!(w.get(&path, &[("origin", "http://localhost:30")]).status, 404);
    assert_eq!(w.get("/_wx/report/99", &[ORIGIN]).status, 404);
    let listed = w.get("/_mock/requests", &[]);
    assert!(text(&listed).contains("config:invalid signature") && text(&listed).contains("explained"));
}

#[test]
fn only_the_scripts_addresses_answer_other_origins() {
    let mut w = world();
    let preflight = |w: &mut World, url: &str| w.send(Request::new("OPTIONS", url), &[ORIGIN]).reply;
    for url in ["/_wx/config", "/_wx/pay"] {
        let reply = preflight(&mut w, url);
        assert_eq!(
            (reply.status, reply.header("access-control-allow-origin")),
            (204, Some(ORIGIN.1)),
            "{url}"
        );
        assert_eq!(reply.header("access-control-allow-headers"), Some("content-type"));
    }
    for url in ["/_wx/cashier", "/_wx/consent", "/_mock/reset", "/cgi-bin/token", "/pay/unifiedorder"] {
        assert_eq!(preflight(&mut w, url).header("access-control-allow-origin"), None, "{url}");
    }
    assert_eq!(w.post("/_wx/consent", &[], &[ORIGIN]).status, 403);
    assert_eq!(w.post("/_wx/cashier", &[], &[("sec-fetch-site", "cross-site")]).status, 403);
    assert_eq!(w.get("/_mock/", &[("sec-fetch-site", "same-origin")]).status, 200);
    assert_eq!(w.get("/_mock/events", &[]).header("content-type"), Some("text/event-stream"));
    let mut stranger = Request::new("GET", "/_mock/");
    stranger.peer = Some("10.0.0.9:1".into());
    assert_eq!(w.send(stranger, &[]).reply.status, 403);
}

// Paying.

fn jsapi_order(w: &mut World) -> String {
    let fields = [
        ("body", "tea"),
        ("total_fee", "880"),
        ("openid", "o1"),
        ("out_trade_no", "jsapi-order-1"),
        ("trade_type", "JSAPI"),
    ];
    w.call("unifiedorder", &fields).get("prepay_id").unwrap().to_owned()
}

fn pay_params(prepay_id: &str, sign_type: SignType) -> Value {
    let key = Identity::default().default_keys().v2.unwrap().key;
    let stamp = Stamp { now: 1_490_840_662, nonce: "5K8264ILTKCH16CQ2502SI8ZNMTM67VS".into() };
    let signed = invoke::jsapi(APP, prepay_id, &key, sign_type, &stamp);
    let params: serde_json::Map<_, _> = signed.params.iter().map(|(n, v)| (n.to_owned(), v.into())).collect();
    params.into()
}

#[test]
fn the_cashier_opens_for_a_signed_order_only() {
    let mut w = world();
    let prepay_id = jsapi_order(&mut w);
    let right = pay_params(&prepay_id, SignType::Md5);
    let said = |w: &mut World, change: &dyn Fn(&mut Value)| {
        let mut params = right.clone();
        change(&mut params);
        w.ask("/_wx/pay", &params, &[]).0
    };
    assert_eq!(said(&mut w, &|_| ()), json!({ "ok": true, "prepay_id": prepay_id }));
    let cases = [
        ("paySign", "0", "支付验证签名失败"),
        ("nonceStr", "x", "支付验证签名失败"),
        ("signType", "RSA", "支付验证签名失败"),
        ("package", "prepay_id=x", "调用支付JSAPI缺少参数：total_fee"),
        ("timeStamp", "", "调用支付JSAPI缺少参数：timeStamp"),
        ("appId", "wx1", "appid不存在"),
    ];
    for (name, value, words) in cases {
        assert_eq!(said(&mut w, &|params| params[name] = value.into())["err_desc"], words, "{name}={value}");
    }
    let hmac = pay_params(&prepay_id, SignType::HmacSha256);
    let (told, answered) = w.ask("/_wx/pay", &hmac, &[]);
    assert!(told["note"]["en"].as_str().unwrap().contains("signType") && answered.refused.is_none());
    w.now += 7200;
    assert_eq!(said(&mut w, &|_| ())["err_desc"], "订单已过期，请重新下单");
}

#[test]
fn a_payment_at_the_cashier_sends_the_notice() {
    let mut w = world();
    let prepay_id = jsapi_order(&mut w);
    let page = w.get(&format!("/_wx/cashier?prepay_id={prepay_id}&lang=en"), &[]);
    assert!(text(&page).contains("Pay now") && text(&page).contains("8.80"));
    let poor = w.post("/_wx/cashier", &[("prepay_id", &prepay_id), ("action", "poor"), ("lang", "zh")], &[]);
    assert!(text(&poor).contains("余额不足"));
    let form = query::write(&[("prepay_id", &*prepay_id), ("action", "pay")].into_iter().collect());
    let answered = w.send(Request::new("POST", "/_wx/cashier").with_body("text/plain", form), &[]);
    assert!(text(&answered.reply).contains("Paid") && answered.later.len() == 1);
    assert_eq!(
        w.call("orderquery", &[("out_trade_no", "jsapi-order-1")]).get("trade_state"),
        Some("SUCCESS")
    );
    let (order, answered) = w.ask(
        "/_mock/orders/jsapi-order-1/refund",
        &json!({ "refund_fee": 80, "notify_url": "http://127.0.0.1:9/r" }),
        &[],
    );
    assert_eq!((&order["refunded_fee"], answered.later.len()), (&json!(80), 1));
    let (no, _) = w.ask("/_mock/orders/jsapi-order-1/refund", &json!({ "refund_fee": 801 }), &[]);
    assert_eq!(
        (&no["error"]["code"], &no["error"]["why"]["en"]),
        (&json!("mock.not_refunded"), &json!("more than is left"))
    );
}

#[test]
fn h5_wants_a_referer_and_comes_in_time() {
    let mut w = world();
    let scene = r#"{"h5_info":{"type":"Wap"}}"#;
    let fields = [("body", "t"), ("total_fee", "1"), ("trade_type", "MWEB"), ("scene_info", scene)];
    let order = w.call("unifiedorder", &fields);
    let link = invoke::h5_url(order.get("mweb_url").unwrap(), "https://shop.test/done?a=1");
    let referer = ("referer", "https://shop.test/");
    assert!(text(&w.get(&link, &[])).contains("商家参数格式有误"));
    let page = text(&w.get(&link, &[referer]));
    assert!(
        page.contains("https://shop.test/done?a=1") && page.contains("/_wx/cashier?prepay_id="),
        "{page}"
    );
    let script = invoke::h5_url(order.get("mweb_url").unwrap(), "javascript:alert(1)");
    assert!(!text(&w.get(&script, &[referer])).contains("javascript:"));
    w.now += 300;
    assert!(text(&w.get(&link, &[referer])).contains("支付请求已失效"));
}

// Nobody's text becomes HTML.

#[test]
fn a_text_stays_a_text_on_every_page() {
    let mut w = world();
    let fields =
        [("body", EVIL), ("total_fee", "1"), ("trade_type", "NATIVE"), ("product_id", "p"), ("attach", EVIL)];
    let order = w.call("unifiedorder", &fields);
    let evil = query::escape(EVIL);
    let fault = Request::new("GET", format!("/{evil}")).with_body("text/plain", EVIL);
    w.send(fault, &[]);
    let prepay_id = order.get("prepay_id").unwrap();
    let urls = [
        "/_mock/".to_owned(),
        "/_mock/board".to_owned(),
        "/_wx/scan".to_owned(),
        format!("/_wx/scan?code={evil}"),
        format!("/_wx/cashier?prepay_id={prepay_id}&back=http%3A%2F%2F{evil}&from={evil}"),
        format!("/_wx/cashier?prepay_id={evil}"),
        link("snsapi_userinfo", &format!("&forcePopup=true&x={evil}")),
        link(&evil, ""),
    ];
    for url in urls {
        let reply = w.get(&url, &[BROWSER]);
        let page = text(&reply);
        assert!(!page.contains("<img") && !page.contains("'\"&"), "{url}: {page}");
        let policy = reply.header("content-security-policy");
        assert!(policy.is_none_or(|policy| !policy.contains("unsafe")), "{url}");
    }
    assert!(text(&w.get("/_wx/scan", &[])).contains("&lt;img src=x onerror=alert(1)&gt;&#39;&quot;&amp;"));
}

// The shop, without a browser.

struct Visitor {
    w: World,
    shop: Shop,
    cookie: String,
}

impl Visitor {
    fn send(&mut self, request: Request) -> Reply {
        let stamp = self.w.stamp();
        let mut request = request;
        request.headers.push(("host".into(), HOST.into()));
        request.headers.push(("cookie".into(), self.cookie.clone()));
        let (shop, mock) = (&mut self.shop, &mut self.w.mock);
        let reply = shop.answer(&request, &stamp, &mut |call| mock.answer(call, &stamp).reply);
        if let Some(cookie) = reply.header("set-cookie") {
            self.cookie = cookie.split(';').next().unwrap().into();
        }
        reply
    }

    fn get(&mut self, url: &str) -> Reply {
        self.send(Request::new("GET", url))
    }

    fn post(&mut self, url: &str, form: &str) -> Reply {
        self.send(Request::new("POST", url).with_body("application/x-www-form-urlencoded", form))
    }
}

#[test]
fn the_shop_believes_signed_notices_only() {
    let w = world();
    let shop = Shop::new(w.mock.identity().default_keys(), "http://127.0.0.1:7780".into());
    let mut v = Visitor { w, shop, cookie: String::new() };
    assert!(Shop::serves("/shop/x") && !Shop::serves("/shopping"));
    v.get("/shop");
    let to_wechat = v.get("/shop/login").header("location").unwrap().to_owned();
    let back = v.w.get(to_wechat.split('#').next().unwrap(), &[]);
    let back = back.header("location").unwrap().strip_prefix("http://127.0.0.1:7780").unwrap().to_owned();
    let (cookie, stranger) = (v.cookie.clone(), String::new());
    v.cookie = stranger;
    assert_eq!(v.get(&back).status, 404, "another visitor's state");
    v.cookie = cookie;
    assert_eq!(v.get(&back).status, 303);
    let order = v.post("/shop/order", "tea=longjing").header("location").unwrap().to_owned();
    let page = text(&v.get(&order));
    assert!(page.contains("明前龙井") || page.contains("Longjing"), "{page}");
    let number = order.split_once("no=").unwrap().1.to_owned();
    let state = |v: &mut Visitor| text(&v.get(&format!("/shop/state?no={number}")));
    let (_, paid) = v.w.ask(&format!("/_mock/orders/{number}/pay"), &json!({}), &[]);
    let notice = paid.later[0].request.clone();
    let mut forged = notice.clone();
    forged.body = String::from_utf8(forged.body).unwrap().replace("880", "881").into();
    assert!(text(&v.send(Request { url: "/shop/notify".into(), ..forged })).contains("FAIL"));
    assert_eq!(state(&mut v), r#"{"state":"open"}"#);
    assert!(text(&v.send(Request { url: "/shop/notify".into(), ..notice })).contains("SUCCESS"));
    assert_eq!(state(&mut v), r#"{"state":"paid"}"#);
    v.cookie = String::new();
    assert_eq!(v.get(&order).status, 404, "somebody else's order");
}

#[test]
fn the_shop_pays_by_v3_when_it_is_switched() {
    let w = world();
    let shop = Shop::new(w.mock.identity().default_keys(), "http://127.0.0.1:7780".into());
    let mut v = Visitor { w, shop, cookie: String::new() };
    v.get("/shop");
    let to_wechat = v.get("/shop/login").header("location").unwrap().to_owned();
    let back = v.w.get(to_wechat.split('#').next().unwrap(), &[]);
    let back = back.header("location").unwrap().strip_prefix("http://127.0.0.1:7780").unwrap().to_owned();
    v.get(&back);
    assert_eq!(v.post("/shop/api", "api=v3").status, 303);
    let order = v.post("/shop/order", "tea=longjing").header("location").unwrap().to_owned();
    let page = text(&v.get(&order));
    assert!(page.contains("&quot;signType&quot;:&quot;RSA&quot;"), "{page}");
    let number = order.split_once("no=").unwrap().1.to_owned();
    let state = |v: &mut Visitor| text(&v.get(&format!("/shop/state?no={number}")));
    let (_, paid) = v.w.ask(&format!("/_mock/orders/{number}/pay"), &json!({}), &[]);
    let notice = paid.later[0].request.clone();
    assert_eq!(notice.url, "http://127.0.0.1:7780/shop/v3/notify");
    let mut forged = notice.clone();
    forged.body[30] ^= 1;
    assert_eq!(v.send(Request { url: "/shop/v3/notify".into(), ..forged }).status, 500);
    assert_eq!(state(&mut v), r#"{"state":"open"}"#);
    assert_eq!(v.send(Request { url: "/shop/v3/notify".into(), ..notice }).status, 204);
    assert_eq!(state(&mut v), r#"{"state":"paid"}"#);
    v.post("/shop/refund", &format!("no={number}"));
    assert_eq!(state(&mut v), r#"{"state":"refunding"}"#);
}
