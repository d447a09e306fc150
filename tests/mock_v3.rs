//! The built binary on both sides of v3: `wxkit mock` and `wxkit v3 …`, with the key files
//! that `mock keys` writes, over a real socket.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::os::unix::fs::PermissionsExt as _;

use support::{Dir, Gateway, Run, soon, wxkit};

const PUB_KEY_ID: &str = "PUB_KEY_ID_0119000001092026112600000000000001";

/// A merchant with the published keys, in public-key mode.
struct Merchant {
    keys: Dir,
    gateway: Gateway,
}

impl Merchant {
    fn with(flags: &str) -> Self {
        let keys = Dir::new();
        wxkit("mock keys").word(keys.path("")).run().exits(0);
        Self { keys, gateway: Gateway::with(flags) }
    }

    fn run(&self, words: &str) -> Run {
        wxkit(words)
            .on(&self.gateway)
            .env("WXKIT_LANG", "en")
            .env("WXKIT_NOTIFY_URL", "http://127.0.0.1:9/n")
            .env("WXKIT_PRIVATE_KEY", self.keys.path("apiclient_key.pem"))
            .env("WXKIT_CERT", self.keys.path("apiclient_cert.pem"))
            .env("WXKIT_API_V3_KEY", "wxkitmockapiv3keywxkitmockapiv3k")
            .env("WXKIT_WECHAT_KEY", self.keys.path("pub_key.pem"))
            .env("WXKIT_WECHAT_KEY_ID", PUB_KEY_ID)
    }
}

#[test]
fn the_key_files_are_written_once_and_for_the_owner() {
    let dir = Dir::new();
    let told = wxkit("mock keys --json").word(dir.path("keys")).run().exits(0).json();
    assert_eq!(told["files"].as_array().unwrap().len(), 5);
    assert_eq!(told["env"]["WXKIT_WECHAT_KEY_ID"], PUB_KEY_ID);
    let mode = |name: &str| {
        std::fs::metadata(dir.path(&format!("keys/{name}"))).unwrap().permissions().mode() & 0o777
    };
    assert_eq!([mode("apiclient_key.pem"), mode("apiclient_cert.p12")], [0o600; 2]);
    let seen = wxkit("key inspect --json").word(dir.path("keys/apiclient_cert.pem")).run().exits(0).json();
    assert_eq!(seen["files"][0]["serial"], "5F0C4A1D7E2B3968A4D1C05E7B9F63D28A1C4E90");
    // The same again is no change; what is something else stays.
    wxkit("mock keys").word(dir.path("keys")).run().exits(0);
    dir.file("keys/pub_key.pem", "mine");
    wxkit("mock keys").word(dir.path("keys")).run().exits(2).says("--force");
    assert_eq!(std::fs::read_to_string(dir.path("keys/pub_key.pem")).unwrap(), "mine");
    wxkit("mock keys --force").word(dir.path("keys")).run().exits(0);
    let env = wxkit("mock --print-env --keys").word(dir.path("keys")).run().exits(0).stdout;
    assert!(env.contains("export WXKIT_PRIVATE_KEY=") && env.contains("export WXKIT_SERIAL=5F0C"), "{env}");
}

#[test]
fn an_order_goes_its_whole_way() {
    let m = Merchant::with("--speed 100");
    let order = "v3 order description=tea amount.total=880 payer.openid=oMockUser0000000000000000001 out_trade_no=V3000001";
    let told = m.run(&format!("{order} --json")).run().exits(0).json();
    assert_eq!(told["invoke"]["signType"], "RSA");
    m.run("v3 query V3000001").run().exits(0).shows("not paid yet");
    m.run("pay query out_trade_no=V3000001").run().exits(0).shows("NOTPAY");
    m.gateway.act("orders/V3000001/pay", "");
    m.run("v3 query V3000001").run().exits(0).shows("paid, ¥8.80");
    let refund = "out_trade_no=V3000001 out_refund_no=R1 amount.refund=80 amount.total=880";
    m.run(&format!("v3 refund {refund}")).run().exits(0).shows("PROCESSING");
    m.run("pay refund-query out_trade_no=V3000001").run().exits(0).shows("R1");
    m.run("v3 certs").run().exits(0).shows("7A3E9C5B1F8D2640C7E5B3A19D0F4E6C82B5D713");
    m.run("v3 close V3000001").run().exits(5).says("ORDER_PAID");
    let today = m.run("v3 bill --json").word(format!("bill_date={}", beijing_day())).run().exits(0).json();
    assert_eq!(today["rows"][0]["商户订单号"], "V3000001");
    let notices = soon(|| {
        let told = m.gateway.look("notices");
        (told["notices"][0]["attempts"].as_array()?.len() > 1).then_some(told)
    })
    .unwrap();
    assert_eq!(notices["notices"][0]["endpoint"], "v3_pay_notify");
}

/// The day in Beijing, as bills name it.
fn beijing_day() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    wxkit::api::calendar::rfc3339(now)[..10].to_owned()
}

#[test]
fn a_wrong_signature_is_refused_and_explained() {
    let m = Merchant::with("");
    // Signed for another body: the key is right, so the reason is found.
    let url = format!("{}/v3/pay/transactions/native", m.gateway.url);
    let body = r#"{"appid":"wx00c0ffee00c0ffee","mchid":"1900000109"}"#;
    let signed = m
        .run("v3 sign POST /v3/pay/transactions/native --json --body")
        .word(format!("{body}\n"))
        .run()
        .exits(0)
        .json();
    let authorization = signed["authorization"].as_str().unwrap();
    let told = posted(&url, authorization, body);
    assert!(told.contains("401") && told.contains("truncated_sign_message"), "{told}");
    let report = soon(|| {
        let calls = m.gateway.look("requests");
        calls["requests"][0]["explain"].is_object().then(|| calls["requests"][0]["explain"].clone())
    })
    .unwrap();
    assert_eq!(report["verdict"], "explained", "{report}");
}

/// Posts with plain sockets, as no client of ours would.
fn posted(url: &str, authorization: &str, body: &str) -> String {
    use std::io::{Read as _, Write as _};
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_at(rest.find('/').unwrap());
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\nuser-agent: t\r\naccept: */*\r\nauthorization: {authorization}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    reply
}

#[test]
fn the_published_key_moves_no_real_money() {
    let m = Merchant::with("");
    let refund =
        "v3 refund out_trade_no=V3000001 out_refund_no=R1 amount.refund=1 amount.total=1 --yes --json";
    let refused = m.run(refund).without(&["WXKIT_BASE"]).run().exits(9).prints_nothing();
    assert_eq!(refused.error()["code"], "safety.test_key");
}

#[test]
fn new_merchants_have_no_certificates() {
    let m = Merchant::with("--key-mode public-key");
    m.run("v3 order trade_type=native description=tea amount.total=1 out_trade_no=V3000002").run().exits(0);
    m.run("v3 certs").run().exits(0).shows("public");
    m.run("v3 call GET /v3/certificates").run().exits(5).says("RESOURCE_NOT_EXISTS");
    wxkit("mock --key-mode nothing").run().exits(2).says("public-key");
}

#[test]
fn faults_and_the_platforms_own_address_reach_v3() {
    let m = Merchant::with(
        "--fault v3_query:signtest,count=1 --fault v3_close:drop=before,count=1 --refund-url http://127.0.0.1:9/p",
    );
    m.run("v3 order trade_type=native description=tea amount.total=1 out_trade_no=V3000003").run().exits(0);
    m.run("v3 query V3000003 --json").run().exits(8);
    m.run("v3 query V3000003").run().exits(0);
    m.run("v3 close V3000003").run().exits(7);
    m.gateway.act("orders/V3000003/pay", "");
    m.run("v3 refund out_trade_no=V3000003 out_refund_no=R3 amount.refund=1 amount.total=1").run().exits(0);
    let told = m.gateway.look("notices");
    let last = told["notices"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["endpoint"], &last["url"]), (&"refund_notify".into(), &"http://127.0.0.1:9/p".into()));
}
