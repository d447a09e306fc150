//! A small WeChat Pay of v3, written from the published facts: it checks the signature
//! of every request, and signs its 2xx with the key that the request asks for.

use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use wxkit::api::keys::{Aead, PrivateKey, Secret};
use wxkit::sign::{from_base64, seal_resource};

use super::keys::{
    API_V3_KEY, MERCHANT_KEY, MERCHANT_SERIAL, PLATFORM_CERT, PLATFORM_KEY, PLATFORM_SERIAL, PUB_KEY_ID,
    WECHAT_KEY, private,
};
use super::support::net::{Message, answering_bytes};

/// What it does wrong on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    Nothing,
    /// A byte of the body, after signing.
    Byte,
    /// This header is left out.
    Header(&'static str),
    /// It names the platform certificate and signs with the public key's.
    Serial,
    /// Six minutes ago.
    Stale,
    /// A probe of WeChat's.
    Probe,
    /// No headers at all.
    Unsigned,
    /// Ten megabytes.
    Long,
}

/// What was asked: first line, `Wechatpay-Serial`, body.
pub type Asked = Arc<Mutex<Vec<(String, String, String)>>>;

/// A bill of one trade; two rows and a summary.
pub const BILL: &str =
    "交易时间,商户订单号,订单金额\r\n`2026-11-25 10:00:00,`A1,`0.01\r\n总交易单数,订单总金额\r\n`1,`0.01\r\n";

/// By Python's hashlib.
const BILL_SHA1: &str = "b5e0b4b400e36ceca2331e184bf0e472fa966133";

/// Starts one; its URL, and what it is asked.
pub fn start(wrong: Wrong) -> (String, Asked) {
    let asked = Asked::default();
    let log = Arc::clone(&asked);
    let keys = [private(WECHAT_KEY), private(PLATFORM_KEY)];
    let url = answering_bytes(move |request| {
        let serial = request.header("wechatpay-serial").unwrap_or_default().to_owned();
        log.lock().unwrap().push((request.first.clone(), serial.clone(), request.body.clone()));
        if !is_signed(request) {
            return plain(401, &json!({ "code": "SIGN_ERROR", "message": "签名错误" })).bytes();
        }
        let (method, url) = line(request);
        let public = serial.starts_with("PUB_KEY_ID_");
        match answer(&method, &url) {
            Told::No(status, body) => plain(status, &body).bytes(),
            Told::File => Message::reply(200, "text/plain", BILL).bytes(),
            Told::Sealed(n) => sealed_file(n),
            Told::Empty => signed(204, String::new(), &keys, public, wrong).bytes(),
            Told::Yes(body) => signed(200, body.to_string(), &keys, public, wrong).bytes(),
        }
    });
    (url, asked)
}

enum Told {
    Yes(Value),
    Empty,
    File,
    /// A file of a sub-merchant's bill.
    Sealed(usize),
    No(u16, Value),
}

fn line(request: &Message) -> (String, String) {
    let mut words = request.first.split(' ');
    let mut word = || words.next().unwrap_or_default().to_owned();
    (word(), word())
}

/// Checks the request as the page about signing says, with text put together by hand.
fn is_signed(request: &Message) -> bool {
    let header = request.header("authorization").unwrap_or_default();
    let Some(parts) = header.strip_prefix("WECHATPAY2-SHA256-RSA2048 ") else { return false };
    let part = |name: &str| {
        let pair = parts.split(',').find_map(|pair| pair.split_once('=').filter(|(own, _)| *own == name));
        pair.map_or("", |(_, value)| value.trim_matches('"'))
    };
    let (method, url) = line(request);
    let text = format!("{method}\n{url}\n{}\n{}\n{}\n", part("timestamp"), part("nonce_str"), request.body);
    let key = PrivateKey::read(MERCHANT_KEY.as_bytes()).unwrap();
    let named = part("mchid") == "1900000109" && part("serial_no") == MERCHANT_SERIAL;
    let accepts =
        request.header("accept") == Some("application/json") && request.header("user-agent").is_some();
    named && accepts && key.public().verify(text.as_bytes(), part("signature")).is_ok()
}

fn answer(method: &str, url: &str) -> Told {
    let path = url.split('?').next().unwrap_or_default();
    match (method, path) {
        ("POST", "/v3/pay/transactions/jsapi" | "/v3/pay/partner/transactions/jsapi") => {
            Told::Yes(json!({ "prepay_id": "wx26112410580621e9b8b0d5a1b1f1f90000" }))
        }
        ("POST", "/v3/pay/transactions/native") => {
            Told::Yes(json!({ "code_url": "weixin://wxpay/bizpayurl?pr=p4lpSuKzz" }))
        }
        ("POST", path) if path.ends_with("/close") => Told::Empty,
        ("GET", "/v3/pay/transactions/out-trade-no/NOBODY1") => {
            Told::No(404, json!({ "code": "ORDER_NOT_EXIST", "message": "订单不存在" }))
        }
        ("GET", path) if path.contains("/transactions/out-trade-no/") => Told::Yes(json!({
            "amount": { "currency": "CNY", "payer_total": 100, "total": 100 }, "mchid": "1900000109",
            "out_trade_no": "T00001", "payer": { "openid": "o1" }, "promotion_detail": [],
            "success_time": "2026-11-26T10:00:00+08:00", "trade_state": "SUCCESS", "trade_state_desc": "支付成功",
            "new_member": { "of": [1, "2"] },
        })),
        (_, path) if path.starts_with("/v3/refund/domestic/refunds") => Told::Yes(json!({
            "amount": { "refund": 1, "total": 100, "from": [] }, "out_refund_no": "R00001", "refund_id": "5030",
            "status": "PROCESSING", "transaction_id": "4200",
        })),
        ("GET", "/v3/bill/tradebill") => Told::Yes(json!({
            "hash_type": "SHA1", "hash_value": BILL_SHA1,
            "download_url": "https://api.mch.weixin.qq.com/v3/billdownload/file?token=a%2Bb&tartype=gzip",
        })),
        ("GET", "/v3/bill/fundflowbill") => Told::Yes(json!({
            "hash_type": "SHA1", "hash_value": "0".repeat(40),
            "download_url": "https://api.mch.weixin.qq.com/v3/billdownload/file?token=a%2Bb",
        })),
        ("GET", "/v3/billdownload/file") => Told::File,
        ("GET", "/v3/bill/sub-merchant-fundflowbill") => Told::Yes(sub_bill()),
        ("GET", "/v3/billdownload/sealed1") => Told::Sealed(0),
        ("GET", "/v3/billdownload/sealed2") => Told::Sealed(1),
        ("GET", "/v3/certificates") => Told::Yes(certificates()),
        ("POST", "/v3/fund-app/mch-transfer/transfer-bills") => Told::Yes(json!({
            "out_bill_no": "B1", "transfer_bill_no": "13", "create_time": "2026-11-26T10:00:00+08:00",
            "state": "ACCEPTED",
        })),
        (_, "/v3/any/path") => Told::Yes(json!({ "ok": true })),
        _ => rarer(method, path),
    }
}

/// Calls of which only the shape of the reply matters (§6.3, §6.6, §6.7 of the facts).
fn rarer(method: &str, path: &str) -> Told {
    let split = json!({ "transaction_id": "4200", "out_order_no": "S00001", "order_id": "3008", "state": "PROCESSING", "receivers": [
        { "type": "MERCHANT_ID", "account": "1900000110", "amount": 1, "result": "PENDING" }] });
    let back = json!({ "order_id": "3008", "out_order_no": "S00001", "out_return_no": "B00001", "return_id": "3009",
        "return_mchid": "1900000110", "amount": 1, "description": "r", "result": "SUCCESS",
        "create_time": "2026-11-26T10:00:00+08:00", "finish_time": "2026-11-26T10:00:01+08:00" });
    let told = match (method, path.strip_prefix("/v3/").unwrap_or_default()) {
        ("POST", "combine-transactions/jsapi") => {
            json!({ "prepay_id": "wx26112410580621e9b8b0d5a1b1f1f90000" })
        }
        ("POST", "combine-transactions/native") => {
            json!({ "code_url": "weixin://wxpay/bizpayurl?pr=p4lpSuKzz" })
        }
        ("GET", "combine-transactions/out-trade-no/C00001") => json!({
            "combine_appid": "wx2421b1c4370ec43b", "combine_mchid": "1900000109", "combine_out_trade_no": "C00001",
            "sub_orders": [{ "mchid": "1900000109", "out_trade_no": "T1", "trade_state": "SUCCESS",
                "amount": { "total_amount": 1, "currency": "CNY", "payer_amount": 1, "payer_currency": "CNY" } }] }),
        ("POST", "pay/transactions/codepay") => json!({
            "appid": "wx2421b1c4370ec43b", "mchid": "1900000109", "out_trade_no": "T00001", "trade_type": "MICROPAY",
            "trade_state": "USERPAYING", "trade_state_desc": "需要用户输入支付密码" }),
        ("POST", "pay/transactions/out-trade-no/T00001/reverse") => json!({
            "appid": "wx2421b1c4370ec43b", "mchid": "1900000109", "out_trade_no": "T00001" }),
        ("POST", "profitsharing/orders" | "profitsharing/orders/unfreeze")
        | ("GET", "profitsharing/orders/S00001") => split,
        ("POST", "profitsharing/return-orders") | ("GET", "profitsharing/return-orders/B00001") => back,
        ("GET", "profitsharing/transactions/4200/amounts") => {
            json!({ "transaction_id": "4200", "unsplit_amount": 30 })
        }
        ("POST", "profitsharing/receivers/add") => json!({
            "type": "PERSONAL_OPENID", "account": "o1", "relation_type": "STAFF" }),
        ("POST", "profitsharing/receivers/delete") => json!({ "type": "PERSONAL_OPENID", "account": "o1" }),
        ("GET", "profitsharing/merchant-configs/1900000110") => {
            json!({ "sub_mchid": "1900000110", "max_ratio": 2000 })
        }
        ("POST", "security/echo") => json!({ "echo_message": "hello" }),
        ("GET", "fund-app/mch-transfer/transfer-bills/out-bill-no/T00001") => json!({
            "mch_id": "1900000109", "out_bill_no": "T00001", "transfer_bill_no": "13", "appid": "wx2421b1c4370ec43b",
            "state": "WAIT_USER_CONFIRM", "transfer_amount": 1, "transfer_remark": "r",
            "create_time": "2026-11-26T10:00:00+08:00", "update_time": "2026-11-26T10:00:00+08:00" }),
        ("POST", "fund-app/mch-transfer/transfer-bills/out-bill-no/T00001/cancel") => json!({
            "out_bill_no": "T00001", "transfer_bill_no": "13", "state": "CANCELING",
            "update_time": "2026-11-26T10:00:00+08:00" }),
        _ => return Told::No(404, Value::Null),
    };
    Told::Yes(told)
}

/// By Python (`keys/make_bill.py`).
fn made_bill() -> Value {
    serde_json::from_str(include_str!("keys/sub_bill.json")).unwrap()
}

/// The text of a sub-merchant's bill.
pub fn sub_bill_text() -> String {
    made_bill()["text"].as_str().unwrap().to_owned()
}

/// Its files, the last one first.
fn sub_bill() -> Value {
    let mut files = made_bill()["files"].as_array().unwrap().clone();
    for (n, file) in files.iter_mut().enumerate() {
        file.as_object_mut().unwrap().remove("file");
        file["download_url"] =
            format!("https://api.mch.weixin.qq.com/v3/billdownload/sealed{}", n + 1).into();
    }
    files.reverse();
    json!({ "download_bill_count": 2, "download_bill_list": files })
}

fn sealed_file(n: usize) -> Vec<u8> {
    let bytes = from_base64(made_bill()["files"][n]["file"].as_str().unwrap()).unwrap();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        bytes.len()
    );
    [head.into_bytes(), bytes].concat()
}

fn certificates() -> Value {
    let aead = Aead { nonce: "abcdefghijkl", associated_data: "certificate" };
    let ciphertext = seal_resource(&Secret::new(API_V3_KEY), aead, PLATFORM_CERT.as_bytes()).unwrap();
    json!({ "data": [{
        "serial_no": PLATFORM_SERIAL, "effective_time": "2026-11-26T17:04:00+08:00",
        "expire_time": "2126-11-02T17:04:00+08:00",
        "encrypt_certificate": {
            "algorithm": "AEAD_AES_256_GCM", "nonce": "abcdefghijkl", "associated_data": "certificate",
            "ciphertext": ciphertext,
        },
    }]})
}

fn plain(status: u16, body: &Value) -> Message {
    let text = if body.is_null() { String::new() } else { body.to_string() };
    let mut reply = Message::reply(status, "application/json; charset=utf-8", text);
    reply.headers.push("Request-ID: 08F78BB5AF0610D302-268443699".into());
    reply
}

fn signed(status: u16, mut body: String, keys: &[Arc<PrivateKey>; 2], public: bool, wrong: Wrong) -> Message {
    if wrong == Wrong::Long {
        body = format!("{{\"a\":\"{}\"}}", "x".repeat(10 * 1024 * 1024));
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let time = if wrong == Wrong::Stale { now - 360 } else { now };
    let key = &keys[usize::from(!public)];
    let signature = key.sign(format!("{time}\nnonce1\n{body}\n").as_bytes()).unwrap();
    let public = public && wrong != Wrong::Serial;
    let signature = if wrong == Wrong::Probe { "WECHATPAY/SIGNTEST/abc".to_owned() } else { signature };
    if wrong == Wrong::Byte {
        body = body.replacen("00", "01", 1);
    }
    let mut reply = Message::reply(status, "application/json; charset=utf-8", body);
    let headers = [
        ("Wechatpay-Timestamp", time.to_string()),
        ("Wechatpay-Nonce", "nonce1".to_owned()),
        ("Wechatpay-Signature", signature),
        ("Wechatpay-Serial", if public { PUB_KEY_ID.to_owned() } else { PLATFORM_SERIAL.to_owned() }),
        ("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048".to_owned()),
        ("Request-ID", "08F78BB5AF0610D302-0".to_owned()),
    ];
    let kept = |name: &str| wrong != Wrong::Unsigned && wrong != Wrong::Header(leaked(name));
    reply.headers.extend(
        headers.iter().filter(|(name, _)| kept(name)).map(|(name, value)| format!("{name}: {value}")),
    );
    reply
}

fn leaked(name: &str) -> &'static str {
    ["Wechatpay-Timestamp", "Wechatpay-Nonce", "Wechatpay-Signature", "Wechatpay-Serial"]
        .into_iter()
        .find(|known| *known == name)
        .unwrap_or("")
}
