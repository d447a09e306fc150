//! A person with a phone: Chromium clicks through the sample shop and the
//! gateway's own pages, and every page is looked at in the size of a phone.
//! Without Chromium these tests say so loudly and pass; CI must have it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod driver;

use driver::{World, site, world};
use serde_json::{Value, json};
use wxkit::api::keys::{Keys, Secret, V2};
use wxkit::api::{Stamp, by_name, codec, invoke};
use wxkit::net::{Http, Options, Transport, block_on};
use wxkit::wire::{Fields, Request};

/// Signs in as the second user and orders the first tea.
fn order(w: &World) {
    w.open("/shop");
    w.click("#login");
    w.sees("h1", "申请获取以下权限");
    w.picture("consent-zh");
    w.shot("consent", (375, 640));
    w.click("input[value=oMockUser0000000000000000002]");
    w.click("button[value=allow]");
    w.sees("#who", "小明");
    w.picture("shop-home-zh");
    w.click("#buy-longjing");
    w.sees("#config", "config:ok");
}

#[test]
fn a_person_buys_tea_and_gives_it_back() {
    let Some(w) = world("buy", &["--shop"]) else { return };
    order(&w);
    w.picture("shop-order-zh");
    w.click("#pay");
    w.enter_cashier();
    w.sees(".fee", "8.80");
    w.picture("cashier-zh");
    w.shot("cashier", (375, 640));
    w.click("button[value=poor]");
    w.sees(".banner", "余额不足");
    w.picture("cashier-poor-zh");
    w.click("button[value=pay]");
    w.sees("h1", "支付成功");
    w.picture("cashier-paid-zh");
    w.click("[data-result=ok]");
    w.leave_frame();
    w.sees("#state", "通知已收到并验签");
    w.picture("shop-paid-zh");
    w.click("#refund");
    w.sees("#state", "退款通知已解密");
    w.picture("shop-refunded-zh");
}

#[test]
fn a_person_cancels_and_pays_through_the_bridge() {
    let Some(w) = world("cancel", &["--shop"]) else { return };
    order(&w);
    w.click("#pay");
    w.enter_cashier();
    w.click(".button[data-result=cancel]");
    w.leave_frame();
    w.sees("#result", "chooseWXPay:cancel");
    w.sees("#state", "等待付款");
    w.click("#bridge");
    w.enter_cashier();
    w.click("button[value=pay]");
    w.click("[data-result=ok]");
    w.leave_frame();
    w.sees("#state", "通知已收到并验签");
}

/// What the card over the page says.
fn card(w: &World) -> String {
    let script = "const h = document.querySelector('wxkit-weixin'); const c = h && h.shadowRoot.querySelector('.refused'); \
                  return c && c.querySelector('.why') && c.textContent";
    w.wait_for(script).as_str().unwrap().to_owned()
}

#[test]
fn a_wrong_signature_is_told_with_its_reason() {
    let Some(w) = world("wrong", &["--shop"]) else { return };
    order(&w);
    w.console();
    w.click("#sign-config");
    w.sees("#config", "config:invalid signature");
    let said = card(&w);
    assert!(said.starts_with("config:invalid signature"), "{said}");
    assert!(said.contains("jsapi_ticket=***&noncestr="), "{said}");
    let console = w.console();
    assert!(console.contains("config:invalid signature") && console.contains("[wxkit]"), "{console}");
    let reason = w.wait_for(
        "const c = document.querySelector('wxkit-weixin').shadowRoot.querySelector('.refused .why'); return c.textContent",
    );
    assert!(reason.as_str().unwrap().contains("? 后面的参数"), "{reason}");
    w.picture("shop-wrong-config-zh");
    w.click("#sign-pay");
    w.sees("#config", "config:ok");
    w.click("#pay");
    w.sees("#result", "chooseWXPay:fail");
    let said = card(&w);
    assert!(said.starts_with("支付验证签名失败") && said.contains("prepay_id"), "{said}");
    w.picture("shop-wrong-pay-zh");
    w.open("/_mock/?lang=en");
    w.sees("#board", "config:invalid signature");
    w.sees(".reasons", "prepay_id");
    w.picture("dashboard-wrong-en");
}

#[test]
fn a_person_pays_by_v3_and_a_wrong_rsa_signature_is_told_with_its_reason() {
    let Some(w) = world("v3", &["--shop"]) else { return };
    order(&w);
    w.open("/shop");
    w.click("#api-v3");
    w.sees(".chosen", "APIv3");
    w.click("#buy-longjing");
    w.sees("#config", "config:ok");
    w.click("#sign-pay");
    w.sees("#config", "config:ok");
    w.click("#pay");
    w.sees("#result", "chooseWXPay:fail");
    let said = card(&w);
    assert!(said.starts_with("支付验证签名失败") && said.contains("prepay_id"), "{said}");
    w.picture("shop-v3-wrong-pay-zh");
    w.click("#sign-none");
    w.sees("#config", "config:ok");
    w.click("#pay");
    w.enter_cashier();
    w.sees(".fee", "8.80");
    w.click("button[value=pay]");
    w.click("[data-result=ok]");
    w.leave_frame();
    w.sees("#state", "通知已收到并验签");
    w.click("#refund");
    w.sees("#state", "退款通知已解密");
    w.picture("shop-v3-refunded-zh");
}

#[test]
fn a_person_refuses() {
    let Some(w) = world("refuse", &["--shop"]) else { return };
    w.open("/shop?lang=en");
    w.click("#login");
    w.click("button[value=refuse]");
    w.sees("h1", "Without your permission");
    w.picture("shop-refused-en");
    assert!(!w.url().contains("code="), "{}", w.url());
}

// Calls to the gateway beside the browser.

fn keys() -> Keys {
    Keys {
        app_id: Some("wx00c0ffee00c0ffee".into()),
        app_secret: Some(Secret::new("0123456789abcdef0123456789abcdef")),
        mch_id: Some("1900000109".into()),
        v2: Some(V2::new(Secret::new("wxkitmockpaykey0wxkitmockpaykey0"))),
        v3: None,
        ..Keys::default()
    }
}

fn call(w: &World, row: &str, fields: &[(&str, &str)], keys: &Keys) -> Fields {
    let row = by_name(row).unwrap();
    let stamp = Stamp { now: 1_768_478_400, nonce: "abcdefghijklmnop".into() };
    let request =
        codec::write_request(row, &fields.iter().copied().collect(), keys, &stamp, &w.base).unwrap().request;
    codec::read_reply(row, &send(&request), keys, Stamp::TIMELESS.now).unwrap().fields
}

fn send(request: &Request) -> wxkit::wire::Reply {
    let http = Http::new(Options::default()).unwrap();
    block_on(http.send(request)).unwrap().unwrap()
}

const NOTIFY: (&str, &str) = ("notify_url", "http://127.0.0.1:9/notify");

#[test]
fn a_code_is_scanned_and_a_link_leads_to_wechat() {
    let Some(w) = world("scan", &[]) else { return };
    let tea = [("body", "茶 <b>&\"'"), ("total_fee", "1"), NOTIFY];
    let native =
        [tea.as_slice(), &[("trade_type", "NATIVE"), ("product_id", "p1"), ("out_trade_no", "native-1")]]
            .concat();
    let code = call(&w, "unifiedorder", &native, &keys());
    w.open("/_wx/scan");
    w.sees(".list", "茶 <b>&\"'");
    w.types("input[name=code]", code.get("code_url").unwrap());
    w.picture("scan-zh");
    w.click("button");
    w.sees(".rows", "茶 <b>&\"'");
    w.click("button[value=pay]");
    w.sees("h1", "支付成功");
    w.open("/_wx/scan?code=nothing&lang=en");
    w.sees(".banner", "No order has this code");
    let scene = ("scene_info", r#"{"h5_info":{"type":"Wap"}}"#);
    let mweb = [tea.as_slice(), &[("trade_type", "MWEB"), ("out_trade_no", "mweb-1"), scene]].concat();
    let link = call(&w, "unifiedorder", &mweb, &keys());
    let link = invoke::h5_url(link.get("mweb_url").unwrap(), &format!("{}/_wx/scan?back=1", w.base));
    w.open(&link);
    w.sees("h1", "商家参数格式有误");
    w.picture("h5-no-referer-zh");
    w.click("a.button");
    w.sees("h1", "正在打开微信支付");
    w.picture("h5-zh");
    w.click("a.button");
    w.click("button[value=pay]");
    w.click("[data-result=ok]");
    assert!(w.url().ends_with("/_wx/scan?back=1"), "{}", w.url());
}

#[test]
fn the_dashboard_is_live_and_has_hands() {
    let Some(w) = world("dashboard", &[]) else { return };
    w.open("/_mock/");
    w.sees("#board", "还没有");
    w.picture("dashboard-empty-zh");
    let order = [
        ("body", "铁观音"),
        ("total_fee", "2500"),
        NOTIFY,
        ("trade_type", "APP"),
        ("out_trade_no", "app-order-1"),
    ];
    call(&w, "unifiedorder", &order, &keys());
    w.sees("#board", "铁观音");
    w.click("[data-post$='/pay']");
    w.sees("#board", "已支付");
    w.sees(".attempts", "connection refused");
    w.click("[data-post$='/refund']");
    w.sees("#board", "已退款 ¥25.00");
    w.click("[data-post$='/resend']");
    w.wait_for("return document.querySelectorAll('.attempts .bad').length >= 2");
    w.click("[data-fault] button");
    w.sees(".faults", "SYSTEMERROR");
    w.picture("dashboard-zh");
    let fault = by_name("unifiedorder").unwrap();
    let stamp = Stamp { now: 1, nonce: "abcdefghijklmnop".into() };
    let request = codec::write_request(fault, &order.iter().copied().collect(), &keys(), &stamp, &w.base)
        .unwrap()
        .request;
    assert!(codec::read_reply(fault, &send(&request), &keys(), Stamp::TIMELESS.now).is_err());
    w.sees(".calls", "SYSTEMERROR");
    w.types("#find", "no such order");
    w.wait_for("return !document.querySelector('.left .price')");
    w.open("/_mock/?lang=en");
    w.sees("#board", "Refunded");
    w.picture("dashboard-en");
    let tea = |number: &'static str| {
        [("body", "茉莉花茶"), ("total_fee", "880"), NOTIFY, ("trade_type", "APP"), ("out_trade_no", number)]
    };
    call(&w, "unifiedorder", &tea("tea-order-2"), &keys());
    let wrong = Keys { v2: Some(V2::new(Secret::new("WXKITMOCKPAYKEY0WXKITMOCKPAYKEY0"))), ..keys() };
    for number in ["tea-order-3", "tea-order-4"] {
        let said = tea(number).into_iter().collect();
        let written = codec::write_request(fault, &said, &wrong, &stamp, &w.base).unwrap();
        send(&written.request);
    }
    w.sees(".reasons", "letter case of the key");
    w.sees(".wrong .times", "×2");
    w.click(".calls summary");
    w.sees(".calls details[open] pre", "out_trade_no: tea-order-4");
    w.sees(".calls details[open] code", "wxkit explain --key env:WXKIT_PAY_KEY -- ");
    w.picture("dashboard-call-en");
    w.run("scrollTo(0, 0)");
    w.shot("dashboard", (1100, 720));
    w.run("scrollTo(0, 0)");
    w.click("[data-fault] button");
    w.click(".faults [data-method=DELETE]");
    w.wait_for("return !document.querySelector('.faults')");
}

const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><meta name="viewport" content="width=device-width">
<title>A page of somebody else</title><body><h1>Another origin</h1><script src="BASE/open/js/jweixin-1.4.0.js"></script>
<script>
window.said = [];
document.addEventListener('WeixinJSBridgeReady', function () { said.push('bridge'); });
window.configure = function (config) {
  wx.config(config);
  wx.ready(function () { said.push('ready'); wx.checkJsApi({ jsApiList: ['chooseWXPay', 'flyToMoon'], success: function (r) { said.push(r); } }); });
  wx.error(function (r) { said.push(r); });
};
window.address = function () {
  WeixinJSBridge.invoke('editAddress', {}, function (r) { said.push(r); });
};
</script></body></html>"#;

#[test]
fn a_page_of_another_origin_uses_the_script_too() {
    let Some(w) = world("origin", &[]) else { return };
    let token = call(&w, "stable_token", &[], &keys());
    let with_token = Keys { access_token: token.get("access_token").map(Secret::new), ..keys() };
    let ticket = Secret::new(call(&w, "getticket", &[], &with_token).get("ticket").unwrap());
    let url = format!("{}/p?a=1", site(PAGE.replace("BASE", &w.base)));
    w.open(&format!("{url}#/route"));
    w.wait_for("return said.includes('bridge')");
    let stamp = Stamp { now: 1_414_587_457, nonce: "Wm3WZYTPz0wzccnW".into() };
    let configure = |url: &str| {
        let config = json!({
            "appId": "wx00c0ffee00c0ffee", "timestamp": stamp.now, "nonceStr": stamp.nonce,
            "signature": invoke::jssdk(&ticket, url, &stamp).signature, "jsApiList": ["chooseWXPay"],
        });
        w.run(&format!("configure({config})"));
    };
    configure(&url);
    let checked = w.wait_for("return said.find(s => s.checkResult)");
    assert_eq!(checked["checkResult"], json!({ "chooseWXPay": true, "flyToMoon": false }));
    assert_eq!(checked["errMsg"], "checkJsApi:ok");
    configure(&url.replace("http:", "https:"));
    assert_eq!(
        w.wait_for("return said.find(s => s.errMsg && s.errMsg.startsWith('config'))")["errMsg"],
        "config:invalid signature"
    );
    let said = card(&w);
    assert!(said.contains("http"), "{said}");
    w.picture("other-origin-wrong-en");
    w.run("document.querySelector('wxkit-weixin').shadowRoot.querySelector('.close').click(); address()");
    w.picture("address-en");
    w.run("document.querySelector('wxkit-weixin').shadowRoot.querySelector('.choice .go').click()");
    let address = w.wait_for("return said.find(s => s.err_msg)");
    assert_eq!(
        (&address["err_msg"], &address["nationalCode"]),
        (&Value::from("edit_address:ok"), &Value::from("510000"))
    );
}
