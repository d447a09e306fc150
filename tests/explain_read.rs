//! Every shape of paste that explain reads. The signatures in them are the
//! published ones, so a paste that was read right is a valid signature.

use wxkit::explain::{Case, Limits, ReadError, Repair, Scheme, Verdict, explain, read};
use wxkit::sign::Secret;

const PAY_KEY: &str = "192006250b4c09247ec02edce69f6a2d";
const PAGE_KEY: &str = "qazwsxedcrfvtgbyhnujmikolp111111";
const TICKET: &str = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg";

#[track_caller]
fn case(text: &str, scheme: Scheme) -> Case {
    let case = read(text.as_bytes()).unwrap_or_else(|e| panic!("{e:?} for {text}"));
    assert_eq!(case.scheme, scheme, "{text}");
    case
}

#[track_caller]
fn is_valid(text: &str, scheme: Scheme, secret: &str) {
    let mut case = case(text, scheme);
    if case.secret.is_none() {
        case.secret = Some(Secret::new(secret));
    }
    let report = explain(&case, &Limits { causes: 1, threads: 1 }, &|| false);
    assert_eq!(report.verdict, Verdict::Valid, "{text}\n{:?}\n{}", case.fields, report.right);
}

const XML: &str = "<xml><appid>wxd930ea5d5a258f4f</appid><mch_id>10000100</mch_id><device_info>1000</device_info>\
    <body><![CDATA[test]]></body><nonce_str>ibuaiVcKdpRxkhJA</nonce_str><sign>9A0A8659F005D6984697E2CA0A9CF3B7</sign></xml>";
const QUERY: &str = "appid=wxd930ea5d5a258f4f&mch_id=10000100&device_info=1000&body=test&nonce_str=ibuaiVcKdpRxkhJA\
    &sign=9A0A8659F005D6984697E2CA0A9CF3B7";
const JSON: &str = r#"{"appid":"wxd930ea5d5a258f4f","mch_id":10000100,"device_info":1000,"body":"test","nonce_str":"ibuaiVcKdpRxkhJA","sign":"9A0A8659F005D6984697E2CA0A9CF3B7"}"#;

#[test]
fn messages() {
    for text in [XML, QUERY, JSON] {
        is_valid(text, Scheme::PayV2, PAY_KEY);
        is_valid(&format!("\u{feff}  {text}\n"), Scheme::PayV2, PAY_KEY);
    }
    is_valid(&format!("https://example.com/x?{QUERY}"), Scheme::PayV2, PAY_KEY);
    is_valid(&format!("{{\"code\":0,\"data\":{JSON}}}"), Scheme::PayV2, PAY_KEY);
}

#[test]
fn the_neutral_case() {
    let text = r#"{"scheme":"jssdk","fields":{"noncestr":"Wm3WZYTPz0wzccnW","timestamp":1414587457,"url":"http://mp.weixin.qq.com?params=value#x"},
        "signature":"0f9de62fce790f9a083d5c99e95740ceb90c27ed","ticket":"TICKET"}"#;
    is_valid(&text.replace("TICKET", TICKET), Scheme::Jssdk, "");
    assert_eq!(
        read(br#"{"scheme":"v9","fields":{"a":"1"}}"#).unwrap_err(),
        ReadError::BadScheme { name: "v9".into() }
    );
}

#[test]
fn requests() {
    let curl = format!(
        "curl -X POST 'https://api.mch.weixin.qq.com/pay/unifiedorder' \\\n  -H 'Content-Type: text/xml' \\\n  --data-binary '{XML}'"
    );
    is_valid(&curl, Scheme::PayV2, PAY_KEY);
    is_valid(&format!("curl \"https://a.example.com/n?{QUERY}\""), Scheme::PayV2, PAY_KEY);
    let http = format!(
        "POST /pay/unifiedorder HTTP/1.1\r\nHost: api.mch.weixin.qq.com\r\nContent-Type: text/xml\r\n\r\n{XML}"
    );
    is_valid(&http, Scheme::PayV2, PAY_KEY);
    let push = "GET /wx?signature=f21891de399b4e33a1a93c9a7b8a8fffb5a443ff&timestamp=1410685589&nonce=test&echostr=hi HTTP/1.1\nHost: a\n\n";
    is_valid(push, Scheme::ServerToken, "test");
}

#[test]
fn har_files() {
    let entry = serde_json::json!({ "request": { "method": "POST", "url": "https://api.mch.weixin.qq.com/pay/unifiedorder",
        "headers": [], "postData": { "mimeType": "text/xml", "text": XML } }, "response": {} });
    is_valid(&entry.to_string(), Scheme::PayV2, PAY_KEY);
    is_valid(
        &serde_json::json!({ "log": { "entries": [{ "request": { "url": "https://a/b.js" } }, entry] } })
            .to_string(),
        Scheme::PayV2,
        PAY_KEY,
    );
    let page = serde_json::json!({ "request": { "method": "GET", "url": "https://a.example.com/api/config",
            "headers": [{ "name": "Referer", "value": "http://mp.weixin.qq.com?params=value" }] },
        "response": { "content": { "text": "{\"data\":{\"appId\":\"wx1\",\"timestamp\":1414587457,\"nonceStr\":\"Wm3WZYTPz0wzccnW\",\"signature\":\"0f9de62fce790f9a083d5c99e95740ceb90c27ed\"}}" } } });
    is_valid(&page.to_string(), Scheme::Jssdk, TICKET);
}

#[test]
fn object_literals() {
    let config = "wx.config({\n  debug: true, // 开启调试\n  appId: 'wx1',\n  timestamp: 1414587457,\n  nonceStr: 'Wm3WZYTPz0wzccnW',\n  signature: '0f9de62fce790f9a083d5c99e95740ceb90c27ed',\n  jsApiList: ['chooseImage'],\n});";
    let read = case(config, Scheme::Jssdk);
    assert_eq!(read.signature, "0f9de62fce790f9a083d5c99e95740ceb90c27ed");
    assert_eq!(read.fields.get("noncestr"), Some("Wm3WZYTPz0wzccnW"));
    let choose = "wx.chooseWXPay({ timestamp: 1490840662, nonceStr: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS', package: 'prepay_id=wx2017033010242291fcfe0db70013231072',
        signType: 'MD5', paySign: '22D9B4E54AB1950F51E0649E8810ACD6', appId: 'wxd678efh567hg6787', success: function (res) { ok(res); } });";
    is_valid(choose, Scheme::PaySign, PAGE_KEY);
    let bridge = "WeixinJSBridge.invoke('getBrandWCPayRequest', {\"appId\":\"wxd678efh567hg6787\",\"timeStamp\":\"1490840662\",\"nonceStr\":\"5K8264ILTKCH16CQ2502SI8ZNMTM67VS\",\"package\":\"prepay_id=wx2017033010242291fcfe0db70013231072\",\"signType\":\"MD5\",\"paySign\":\"22D9B4E54AB1950F51E0649E8810ACD6\"}, function(res){});";
    is_valid(bridge, Scheme::PaySign, PAGE_KEY);
    is_valid(&bridge.replace('"', "“"), Scheme::PaySign, PAGE_KEY);
}

#[test]
fn log_lines() {
    is_valid(&format!("2024-06-15 14:22:33 INFO [pay] request: {XML} cost=12ms"), Scheme::PayV2, PAY_KEY);
    is_valid(
        &format!(
            "14:22:33 notify body={} ok",
            XML.replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace("&lt;xml", "<xml")
                .replace("&lt;/xml&gt;", "</xml>")
        ),
        Scheme::PayV2,
        PAY_KEY,
    );
    is_valid(&format!("[DEBUG] params={JSON} (retry 1)"), Scheme::PayV2, PAY_KEY);
    is_valid(&format!("DEBUG body=\"{}\"", JSON.replace('"', "\\\"")), Scheme::PayV2, PAY_KEY);
    is_valid(&format!("GET from 1.2.3.4: https://a.example.com/n?{QUERY} 200"), Scheme::PayV2, PAY_KEY);
}

#[test]
fn damage_by_display_is_repaired_and_told() {
    let raw = format!(
        "jsapi_ticket={TICKET}&noncestr=Wm3WZYTPz0wzccnW×tamp=1414587457&url=http:\\/\\/mp.weixin.qq.com?params=value"
    );
    let mut case = case(&raw, Scheme::Jssdk);
    assert_eq!(case.repairs, [Repair::Times, Repair::Escapes]);
    case.signature = "0f9de62fce790f9a083d5c99e95740ceb90c27ed".into();
    assert_eq!(explain(&case, &Limits::default(), &|| false).verdict, Verdict::Valid);
    let html = QUERY.replace('&', "&amp;");
    assert_eq!(read(html.as_bytes()).unwrap().repairs, [Repair::Amp]);
    is_valid(&html, Scheme::PayV2, PAY_KEY);
}

#[test]
fn a_string_to_sign_brings_its_secret() {
    let raw = format!("appid=wx1&mch_id=1&nonce_str=n&key={PAY_KEY}");
    assert_eq!(case(&raw, Scheme::PayV2).secret, Some(Secret::new(PAY_KEY)));
}

#[test]
fn what_is_no_case_says_so() {
    assert_eq!(read(b"  \n").unwrap_err(), ReadError::Empty);
    assert_eq!(read(b"hello there").unwrap_err(), ReadError::Unknown);
    assert_eq!(read(b"a\xff\xff").unwrap_err(), ReadError::NotUtf8 { at: 1 });
    assert_eq!(read(b"a=1&b=2").unwrap_err(), ReadError::NoScheme { names: vec!["a".into(), "b".into()] });
    assert!(matches!(read(&vec![b'a'; 2 << 20]), Err(ReadError::TooLong { .. })));
}
