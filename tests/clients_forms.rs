//! Requests in the forms of other ecosystems, written by hand as bytes: what
//! WeChat accepts from PHP, Java, Go, .NET and plain scripts the gateway
//! accepts too, over a real socket. And what it answers stands in WeChat's
//! hand, as receivers have logged it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[path = "clients/running.rs"]
mod running;

use std::io::{Read, Write};
use std::net::TcpStream;

use running::{PATIENCE, gateway};
use wxkit::api::invoke;
use wxkit::api::keys::{Secret, SignType};
use wxkit::mock::{Identity, Mock, Options};
use wxkit::wire::{Fields, Request, xml};
use wxkit::{api, wire};

const KEY: &str = "wxkitmockpaykey0wxkitmockpaykey0";
const ORDER: &str = "/pay/unifiedorder";

/// A signed order; `said` comes on top of what every order needs.
fn order<'a>(said: impl IntoIterator<Item = (&'a str, &'a str)>) -> Fields {
    let mut fields: Fields = [
        ("total_fee", "101"),
        ("appid", "wx00c0ffee00c0ffee"),
        ("mch_id", "1900000109"),
        ("nonce_str", "5K8264ILTKCH16CQ2502SI8ZNMTM67VS"),
        ("body", "一杯茶 & <点心> 'a' \"b\""),
        ("notify_url", "http://127.0.0.1:9/notify"),
        ("spbill_create_ip", "127.0.0.1"),
        ("trade_type", "JSAPI"),
        ("openid", "oMockUser0000000000000000001"),
    ]
    .into_iter()
    .collect();
    fields.extend(said);
    invoke::pay_v2(fields, &Secret::new(KEY), SignType::Md5).params
}

/// `<xml>` with every value as `value` writes it, and `gap` between elements.
fn document(fields: &Fields, gap: &str, value: impl Fn(&str) -> String) -> String {
    let elements = fields.iter().map(|(name, said)| format!("<{name}>{}</{name}>{gap}", value(said)));
    format!("<xml>{gap}{}</xml>", elements.collect::<String>())
}

fn cdata(value: &str) -> String {
    format!("<![CDATA[{value}]]>")
}

fn entities(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Go's encoder: numbers for quotes.
fn references(value: &str) -> String {
    entities(value).replace('"', "&#34;").replace('\'', "&#39;")
}

struct Line(TcpStream);

impl Line {
    fn to(url: &str) -> Self {
        let stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self(stream)
    }

    fn say(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).unwrap();
    }

    /// One head, to its empty line.
    fn head(&mut self) -> String {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            self.0.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        String::from_utf8(head).unwrap()
    }

    /// One whole reply: its fields.
    fn reply(&mut self) -> Fields {
        let head = self.head().to_ascii_lowercase();
        assert!(head.contains(" 200 "), "{head}");
        let length = head.split("content-length: ").nth(1).unwrap().split("\r\n").next().unwrap();
        let mut body = vec![0; length.parse().unwrap()];
        self.0.read_exact(&mut body).unwrap();
        xml::read(&body).unwrap()
    }
}

fn prepared(reply: &Fields) {
    let said: Vec<_> = reply.iter().collect();
    assert_eq!(reply.get("result_code"), Some("SUCCESS"), "{said:?}");
    assert!(reply.get("prepay_id").is_some());
    assert_eq!(invoke::verify_pay_v2(reply, &Secret::new(KEY)), Ok(SignType::Md5));
}

/// CDATA around everything, numbers too; curl's own content type; a body of
/// more than 1 KiB waits for `100 Continue`.
#[test]
fn php() {
    let (_gateway, url) = gateway("forms_php");
    let detail = format!("{{\"goods_detail\":[{{\"goods_name\":\"{}\"}}]}}", "茶".repeat(500));
    let body = document(&order([("out_trade_no", "PHP-000001"), ("detail", &detail)]), "", cdata);
    assert!(body.len() > 1024);
    let mut line = Line::to(&url);
    line.say(format!(
        "POST {ORDER} HTTP/1.1\r\nHost: x\r\nAccept: */*\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    ));
    assert!(line.head().starts_with("HTTP/1.1 100 "));
    line.say(body);
    prepared(&line.reply());
}

/// A declaration, line ends of Windows, indentation, entities, the sign not at
/// the end, header names in small letters.
#[test]
fn java() {
    let (_gateway, url) = gateway("forms_java");
    let signed = order([("out_trade_no", "JAVA_00001"), ("attach", "a=1&b=2")]);
    let mut shuffled: Fields = [("sign", signed.get("sign").unwrap())].into_iter().collect();
    shuffled.extend(signed.iter());
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\r\n{}\r\n",
        document(&shuffled, "\r\n    ", entities)
    );
    let mut line = Line::to(&url);
    line.say(format!(
        "POST {ORDER} HTTP/1.1\r\nhost: x\r\ncontent-type: text/xml\r\nuser-agent: wxpay sdk java v1.0 1900000109\r\n\
         connection: Keep-Alive\r\naccept-encoding: gzip,deflate\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    ));
    prepared(&line.reply());
}

/// A chunked body, cut inside a character; references for quotes; empty
/// elements both ways. Twice on one connection, without waiting in between.
#[test]
fn go() {
    let (_gateway, url) = gateway("forms_go");
    let mut line = Line::to(&url);
    for number in ["GO|0000001", "GO*0000002"] {
        let signed = order([("out_trade_no", number), ("attach", ""), ("device_info", "")]);
        let body = document(&signed, "", references).replace("<attach></attach>", "<attach/>");
        assert!(body.contains("<attach/>") && body.contains("<device_info></device_info>"));
        let middle = body.find("茶").unwrap() + 1;
        line.say(format!(
            "POST {ORDER} HTTP/1.1\r\nHost: x\r\nContent-Type: application/xml; charset=utf-8\r\n\
             Transfer-Encoding: chunked\r\n\r\n"
        ));
        for chunk in [&body.as_bytes()[..middle], &body.as_bytes()[middle..]] {
            line.say(format!("{:x}\r\n", chunk.len()));
            line.say(chunk);
            line.say("\r\n");
        }
        line.say("0\r\n\r\n");
    }
    prepared(&line.reply());
    prepared(&line.reply());
}

/// A byte order mark, name spaces on the root, a tab between elements.
#[test]
fn dot_net() {
    let (_gateway, url) = gateway("forms_dot_net");
    let xml = document(&order([("out_trade_no", "NET0000001")]), "\t", entities);
    let spaces = "<xml xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">";
    let body = format!("\u{feff}<?xml version=\"1.0\"?>{}", xml.replacen("<xml>", spaces, 1));
    let mut line = Line::to(&url);
    line.say(format!(
        "POST {ORDER} HTTP/1.1\r\nContent-Type: text/xml\r\nHost: x\r\nContent-Length: {}\r\n\
         Expect: 100-continue\r\nConnection: Close\r\n\r\n",
        body.len()
    ));
    assert!(line.head().starts_with("HTTP/1.1 100 "));
    line.say(body);
    prepared(&line.reply());
}

/// HTTP/1.0 without a host and without a content type; and the address written
/// out, as through a proxy.
#[test]
fn plain_scripts() {
    let (_gateway, url) = gateway("forms_plain");
    for (number, start) in [
        ("PLAIN00001", format!("{ORDER} HTTP/1.0")),
        (
            "PLAIN00002",
            format!("http://api.mch.weixin.qq.com{ORDER} HTTP/1.1\r\nHost: api.mch.weixin.qq.com"),
        ),
    ] {
        let body = document(&order([("out_trade_no", number)]), "\n", entities) + "\n\n";
        let mut line = Line::to(&url);
        line.say(format!("POST {start}\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
        prepared(&line.reply());
    }
}

/// None of the forms is accepted for its form alone.
#[test]
fn a_wrong_sign_is_wrong_in_every_form() {
    let (_gateway, url) = gateway("forms_wrong");
    let mut wrong = order([("out_trade_no", "WRONG00001")]);
    wrong.set("total_fee", "1");
    for value in [cdata, entities, references] {
        let body = document(&wrong, "\n", value);
        let mut line = Line::to(&url);
        line.say(format!("POST {ORDER} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
        let reply = line.reply();
        let said: Vec<_> = reply.iter().collect();
        assert_eq!(said, [("return_code", "FAIL"), ("return_msg", "签名错误")]);
    }
}

struct Merchant {
    mock: Mock,
    calls: u64,
}

impl Merchant {
    fn new() -> Self {
        Self { mock: Mock::new(Identity::default(), Options::default()), calls: 0 }
    }

    fn send(&mut self, request: &Request) -> wxkit::mock::Answered {
        self.calls += 1;
        // 2026-01-15 20:00:00 in Beijing.
        self.mock.answer(request, &api::Stamp { now: 1_768_478_400, nonce: format!("n{}", self.calls) })
    }

    fn call(&mut self, path: &str, fields: &Fields) -> wxkit::mock::Answered {
        let body = document(fields, "", cdata);
        self.send(&Request::new("POST", path).with_body("text/xml", body))
    }

    /// Pays an order: the body of the notice.
    fn pay(&mut self, number: &str, how: &str) -> String {
        let request = Request::new("POST", format!("/_mock/orders/{number}/pay"));
        let mut later = self.send(&request.with_body("application/json", how)).later;
        text(later.remove(0).request.body)
    }
}

fn text(body: Vec<u8>) -> String {
    String::from_utf8(body).unwrap()
}

/// Values that differ from run to run, cut out of a message.
fn cut(message: &str, names: &[&str]) -> String {
    let fields = xml::read(message.as_bytes()).unwrap();
    names.iter().fold(message.to_owned(), |message, name| message.replacen(fields.get(name).unwrap(), "…", 1))
}

/// As receivers have logged them: an element a line, sorted, the fee bare and
/// the rest in CDATA. <https://github.com/binarywang/WxJava/issues/1585>
#[test]
fn a_payment_notice_is_in_wechats_hand() {
    let mut merchant = Merchant::new();
    merchant.call(ORDER, &order([("out_trade_no", "201901071301")]));
    let notice = merchant.pay("201901071301", "{}");
    let wanted = "<xml><appid><![CDATA[wx00c0ffee00c0ffee]]></appid>\n\
         <bank_type><![CDATA[OTHERS]]></bank_type>\n\
         <cash_fee><![CDATA[101]]></cash_fee>\n\
         <fee_type><![CDATA[CNY]]></fee_type>\n\
         <is_subscribe><![CDATA[N]]></is_subscribe>\n\
         <mch_id><![CDATA[1900000109]]></mch_id>\n\
         <nonce_str><![CDATA[…]]></nonce_str>\n\
         <openid><![CDATA[oMockUser0000000000000000001]]></openid>\n\
         <out_trade_no><![CDATA[201901071301]]></out_trade_no>\n\
         <result_code><![CDATA[SUCCESS]]></result_code>\n\
         <return_code><![CDATA[SUCCESS]]></return_code>\n\
         <sign><![CDATA[…]]></sign>\n\
         <time_end><![CDATA[20260115200000]]></time_end>\n\
         <total_fee>101</total_fee>\n\
         <trade_type><![CDATA[JSAPI]]></trade_type>\n\
         <transaction_id><![CDATA[…]]></transaction_id>\n</xml>";
    assert_eq!(cut(&notice, &["nonce_str", "sign", "transaction_id"]), wanted);

    merchant.call(ORDER, &order([("out_trade_no", "COUPON0001"), ("attach", "桌 7")]));
    let notice = merchant.pay("COUPON0001", "{\"coupon_fee\":1}");
    assert!(notice.starts_with("<xml><appid>") && notice.contains("\n<attach><![CDATA[桌 7]]></attach>\n"));
    assert!(notice.contains("\n<coupon_fee>1</coupon_fee>\n<coupon_fee_0><![CDATA[1]]></coupon_fee_0>\n"));
    assert!(notice.contains("\n<coupon_count><![CDATA[1]]></coupon_count>\n"));
}

/// Fees and counts bare, numbers of orders and empty values in CDATA.
#[test]
fn replies_are_in_wechats_hand() {
    let mut merchant = Merchant::new();
    let prepared = text(merchant.call(ORDER, &order([("out_trade_no", "1415757673")])).reply.body);
    assert!(
        prepared
            .starts_with("<xml><return_code><![CDATA[SUCCESS]]></return_code>\n<return_msg><![CDATA[OK]]>")
    );
    assert!(
        prepared.contains("\n<mch_id><![CDATA[1900000109]]></mch_id>\n") && prepared.ends_with("\n</xml>")
    );
    merchant.pay("1415757673", "{}");

    let mut refund = order([("out_trade_no", "1415757673"), ("out_refund_no", "1415701182")]);
    refund.extend([("refund_fee", "40"), ("notify_url", "http://127.0.0.1:9/refund")]);
    let refund = invoke::pay_v2(refund, &Secret::new(KEY), SignType::Md5).params;
    let answered = merchant.call("/secapi/pay/refund", &refund);
    let refunded = text(answered.reply.body);
    for line in [
        "<out_refund_no><![CDATA[1415701182]]></out_refund_no>",
        "<refund_channel><![CDATA[]]></refund_channel>",
        "<refund_fee>40</refund_fee>",
        "<coupon_refund_count>0</coupon_refund_count>",
        "<cash_refund_fee>40</cash_refund_fee>",
    ] {
        assert!(refunded.contains(&format!("\n{line}\n")), "{line} in {refunded}");
    }
    refund_notice(&text(answered.later[0].request.body.clone()));

    let refused = text(merchant.call("/pay/orderquery", &wire::Fields::new()).reply.body);
    assert!(refused.starts_with("<xml><return_code><![CDATA[FAIL]]></return_code>\n"), "{refused}");
}

/// The outer `return_code` is bare, everything inside is in CDATA.
fn refund_notice(notice: &str) {
    assert!(notice.starts_with("<xml><return_code>SUCCESS</return_code>\n"), "{notice}");
    assert!(notice.contains("<mch_id><![CDATA[1900000109]]></mch_id>"), "{notice}");
    let sealed = xml::read(notice.as_bytes()).unwrap();
    let inside = wxkit::sign::open_req_info(&Secret::new(KEY), sealed.get("req_info").unwrap()).unwrap();
    assert!(inside.starts_with("<root><out_refund_no><![CDATA[1415701182]]></out_refund_no>\n"), "{inside}");
    assert!(inside.contains("\n<refund_fee><![CDATA[40]]></refund_fee>\n"), "{inside}");
}
