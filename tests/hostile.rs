//! What a gateway must survive: faults that it plays itself, bytes that are no
//! HTTP, bodies without end, clients that sleep, many of everything, and being
//! killed while it writes its state.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use support::net::{Shop, http, nobody};
use support::{Dir, Gateway, soon, wxkit};
use wxkit::api::keys::{Keys, Secret, SignType, V2};
use wxkit::api::{self, Stamp, codec, invoke};
use wxkit::wire::{Fields, xml};

const TOKEN: &str = "/cgi-bin/token?grant_type=client_credential&appid=wx00c0ffee00c0ffee&secret=0123456789abcdef0123456789abcdef";

fn host(url: &str) -> &str {
    url.strip_prefix("http://").unwrap()
}

fn connect(url: &str) -> TcpStream {
    let stream = TcpStream::connect(host(url)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// Sends these bytes and reads until the other side closes.
fn raw(url: &str, bytes: &[u8]) -> Result<Vec<u8>, ErrorKind> {
    let mut stream = connect(url);
    stream.write_all(bytes).map_err(|e| e.kind())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).map_err(|e| e.kind())?;
    Ok(answer)
}

fn get(url: &str, path: &str) -> Result<Vec<u8>, ErrorKind> {
    raw(url, format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").as_bytes())
}

fn is_well(gateway: &Gateway) {
    assert_eq!(gateway.look("healthz")["status"], "ok");
}

/// A line of `/proc/PID/status`, in its own unit.
fn status(gateway: &Gateway, name: &str) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{}/status", gateway.id())).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim_matches([':', '\t', ' ']).split(' ').next().unwrap().parse().unwrap()
}

fn keys() -> Keys {
    Keys {
        app_id: Some("wx00c0ffee00c0ffee".into()),
        mch_id: Some("1900000109".into()),
        v2: Some(V2::new(Secret::new("wxkitmockpaykey0wxkitmockpaykey0"))),
        v3: None,
        ..Keys::default()
    }
}

/// A signed unifiedorder.
fn order(number: &str, notify_url: &str) -> String {
    let row = api::by_name("unifiedorder").unwrap();
    let mut fields: Fields =
        [("body", "tea"), ("total_fee", "1"), ("trade_type", "NATIVE")].into_iter().collect();
    fields.extend([("out_trade_no", number), ("notify_url", notify_url), ("product_id", "1")]);
    fields.extend([("spbill_create_ip", "127.0.0.1")]);
    let stamp = Stamp { now: 1_768_478_400, nonce: "n".repeat(32) };
    let request = codec::write_request(row, &fields, &keys(), &stamp, "").unwrap().request;
    String::from_utf8(request.body).unwrap()
}

fn ask(url: &str, number: &str, notify_url: &str) -> String {
    http("POST", &format!("{url}/pay/unifiedorder"), &order(number, notify_url)).body
}

#[test]
fn connections_end_as_faults_say() {
    let gateway =
        Gateway::with("--fault token:drop,count=1 --fault token:reset,count=1 --fault token:cut,count=1");
    assert_eq!(get(&gateway.url, TOKEN), Ok(Vec::new()));
    assert_eq!(get(&gateway.url, TOKEN), Err(ErrorKind::ConnectionReset));
    let cut = String::from_utf8(get(&gateway.url, TOKEN).unwrap()).unwrap();
    let (head, body) = cut.split_once("\r\n\r\n").unwrap();
    let length: usize =
        head.lines().find_map(|l| l.strip_prefix("content-length: ")).unwrap().parse().unwrap();
    assert_eq!(body.len(), length / 2);
    assert!(String::from_utf8(get(&gateway.url, TOKEN).unwrap()).unwrap().contains("access_token"));
}

#[test]
fn a_dropped_call_is_done_or_not_as_told() {
    let gateway = Gateway::with("--fault unifiedorder:drop=before,count=1 --fault unifiedorder:drop,count=1");
    let exists = |number: &str| {
        gateway.look("orders")["orders"].as_array().unwrap().iter().any(|o| o["out_trade_no"] == number)
    };
    for (number, done) in [("order-1", false), ("order-2", true)] {
        let body = order(number, "http://127.0.0.1:1/");
        let request = format!(
            "POST /pay/unifiedorder HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        assert_eq!(raw(&gateway.url, request.as_bytes()), Ok(Vec::new()));
        assert_eq!(exists(number), done, "{number}");
    }
}

#[test]
fn notices_go_wrong_as_told() {
    let dir = Dir::new();
    let scenario = dir.file(
        "s.toml",
        "faults = [\"pay_notify:out_of_order,count=1\", \"pay_notify:duplicate=2,new_fields,count=1\"]\n\
         [[fault]]\nendpoint = \"pay_notify\"\nwrong_amount = 7\nhmac_unnamed = true\n",
    );
    let gateway = Gateway::with(&format!("--scenario {scenario}"));
    let shop = Shop::open();
    for number in ["order-1", "order-2", "order-3"] {
        assert!(ask(&gateway.url, number, &shop.url).contains("prepay_id"));
    }
    let pay = |number: &str| gateway.act(&format!("orders/{number}/pay"), "");
    pay("order-1");
    pay("order-2");
    let first_four: Vec<String> = (0..4).map(|_| shop.next()).collect();
    let of = |text: &str, number: &str| text.contains(number);
    assert_eq!(
        first_four.iter().filter(|t| of(t, "order-2") && t.contains("new_field_of_wechat")).count(),
        3
    );
    assert!(of(&first_four[3], "order-1"), "{first_four:?}");
    pay("order-3");
    let notice = shop.next();
    assert!(notice.contains("<total_fee>7</total_fee>") && !notice.contains("sign_type"), "{notice}");
    let verified = wxkit("pay verify --json --from -").as_merchant().stdin(&notice).run();
    verified.exits(0).shows("HMAC");
}

#[test]
fn bad_faults_are_told_with_what_was_meant() {
    wxkit("mock --fault refund:wrongsign").run().exits(2).prints_nothing().says("did you mean wrong_sign");
    wxkit("mock --fault refunds:drop --lang zh").run().exits(2).says("是不是 refund");
    let dir = Dir::new();
    let file = dir.file("s.toml", "[[falt]]\nhtml = true");
    wxkit("mock --scenario").word(file).run().exits(3).says("falt").says("fault");
}

/// What a browser sends for a page at `http://rebound.example` that made its own name
/// point here: no `Sec-Fetch-Site`, for such names are not trustworthy ones.
#[test]
fn a_rebound_name_reaches_nothing() {
    let own = "a-persons-own-pay-key-in-secret-";
    let gateway = Gateway::with(&format!("--key {own}"));
    for (method, path) in
        [("GET", "requests"), ("GET", "identity"), ("GET", ""), ("GET", "board"), ("POST", "reset")]
    {
        let request = format!(
            "{method} /_mock/{path} HTTP/1.1\r\nhost: rebound.example:7780\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        );
        let answer = String::from_utf8(raw(&gateway.url, request.as_bytes()).unwrap()).unwrap();
        assert!(
            answer.starts_with("HTTP/1.1 403") && answer.contains("mock.foreign_name"),
            "{path}: {answer}"
        );
    }
    assert!(soon(|| gateway.log().contains("your own pay key").then_some(())).is_some(), "{}", gateway.log());
    let right = http(
        "POST",
        &format!("{}/pay/orderquery", gateway.url),
        "<xml><mch_id>1900000109</mch_id><sign>0</sign></xml>",
    );
    assert!(right.body.contains("签名错误"), "{}", right.body);
    let explained =
        || Some(gateway.look("requests")["requests"][0].clone()).filter(|call| !call["explain"].is_null());
    let call = soon(explained).unwrap();
    assert!(call["signature"]["expected"].is_null() && call["explain"].get("expected").is_none(), "{call}");
    for path in [
        "/cgi-bin/token?grant_type=client_credential",
        "/pay/orderquery",
        "/connect/oauth2/authorize",
        "/_wx/scan",
    ] {
        let call = |host: &str| {
            let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
            String::from_utf8(raw(&gateway.url, request.as_bytes()).unwrap()).unwrap()
        };
        let answer = call("rebound.example:7780");
        assert!(
            answer.starts_with("HTTP/1.1 403") && answer.contains("mock.strange_name"),
            "{path}: {answer}"
        );
        for own in ["api.mch.weixin.qq.com", "wxkit:7780", "127.0.0.1"] {
            assert!(!call(own).contains("mock.strange_name"), "{path}: {own}");
        }
    }
    let known = Gateway::with("--public-url https://rebound.example/x");
    let token = "GET /cgi-bin/token?grant_type=client_credential HTTP/1.1\r\nhost: rebound.example\r\nconnection: close\r\n\r\n";
    let answer = String::from_utf8(raw(&known.url, token.as_bytes()).unwrap()).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let board = token.replace("/cgi-bin/token?grant_type=client_credential", "/_mock/requests");
    let answer = String::from_utf8(raw(&known.url, board.as_bytes()).unwrap()).unwrap();
    assert!(answer.starts_with("HTTP/1.1 403"), "never the control plane: {answer}");
}

#[test]
fn who_can_be_reached_by_others_says_so() {
    let gateway = Gateway::listening("0.0.0.0:0", "");
    let said = || gateway.log().contains("it listens on 0.0.0.0:").then_some(());
    assert!(soon(said).is_some(), "{}", gateway.log());
    assert!(!Gateway::start().log().contains("listens on"));
}

// Hostile clients.

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 3, max_shrink_iters: 0, ..Default::default() })]
    #[test]
    fn no_bytes_stop_it(
        noise in proptest::collection::vec(proptest::collection::vec(proptest::num::u8::ANY, 0..600), 40),
        bodies in proptest::collection::vec(proptest::collection::vec(proptest::num::u8::ANY, 0..600), 40),
    ) {
        let gateway = Gateway::start();
        for bytes in &noise {
            let mut stream = connect(&gateway.url);
            let _ = stream.write_all(bytes);
        }
        let paths = ["/pay/unifiedorder", "/secapi/pay/refund", "/cgi-bin/stable_token", "/_mock/faults", "/_mock/js/config", "/"];
        for (n, body) in bodies.iter().enumerate() {
            let path = paths[n % paths.len()];
            let head = format!("POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            let answer = raw(&gateway.url, &[head.as_bytes(), body].concat()).unwrap();
            proptest::prop_assert!(answer.starts_with(b"HTTP/1.1 "), "{path}");
        }
        is_well(&gateway);
    }
}

/// Many who send half a body each cost no more memory than is set apart for them.
#[test]
fn half_sent_bodies_are_bounded_together() {
    let gateway = Gateway::start();
    ask(&gateway.url, "order-0", "http://127.0.0.1:1/");
    let before = status(&gateway, "VmRSS");
    let half = format!(
        "POST /pay/unifiedorder HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000000\r\n\r\n{}",
        "x".repeat(999_000)
    );
    let mut waiting: Vec<TcpStream> = (0..160).map(|_| connect(&gateway.url)).collect();
    // Who is refused may be cut off in the middle of it.
    let sent = waiting.iter_mut().filter_map(|stream| stream.write_all(half.as_bytes()).ok()).count();
    assert!(sent >= 60, "{sent} were taken");
    let grown = status(&gateway, "VmRSS") - before;
    assert!(grown < 150 << 10, "{grown} KiB more for 160 MB");
    drop(waiting);
    let order = || Some(ask(&gateway.url, "order-1", "http://127.0.0.1:1/"));
    assert!(soon(|| order().filter(|reply| reply.contains("prepay_id"))).is_some());
    is_well(&gateway);
}

#[test]
fn long_bodies_are_refused_and_not_kept() {
    let gateway = Gateway::start();
    ask(&gateway.url, "order-0", "http://127.0.0.1:1/");
    let before = status(&gateway, "VmRSS");
    let head = "POST /pay/unifiedorder HTTP/1.1\r\nhost: localhost\r\n";
    let chunk = format!("{:x}\r\n{}\r\n", 1 << 16, "x".repeat(1 << 16));
    for _ in 0..20 {
        let declared =
            raw(&gateway.url, format!("{head}content-length: {}\r\n\r\n", 10 << 20).as_bytes()).unwrap();
        assert!(declared.starts_with(b"HTTP/1.1 413"));
        let mut stream = connect(&gateway.url);
        stream.write_all(format!("{head}transfer-encoding: chunked\r\n\r\n").as_bytes()).unwrap();
        // It hangs up in the middle: a broken pipe is the wanted end.
        while stream.write_all(chunk.as_bytes()).is_ok() {}
    }
    // A megabyte is taken, read, refused, and forgotten.
    let junk = order("order-1", "http://127.0.0.1:1/").replace("tea", &"x".repeat(1_000_000));
    for _ in 0..100 {
        assert!(http("POST", &format!("{}/pay/unifiedorder", gateway.url), &junk).body.contains("签名错误"));
    }
    is_well(&gateway);
    let after = status(&gateway, "VmRSS");
    assert!(after < before + 60_000, "{before} kB, then {after} kB");
}

#[test]
fn sleepers_hold_nobody_up() {
    let gateway = Gateway::start();
    let before = status(&gateway, "VmRSS");
    let mut sleepers: Vec<TcpStream> = (0..200).map(|_| connect(&gateway.url)).collect();
    for stream in &mut sleepers {
        stream
            .write_all(
                b"POST /pay/unifiedorder HTTP/1.1\r\nhost: localhost\r\ncontent-length: 500\r\n\r\n<xml>",
            )
            .unwrap();
    }
    // As many idle ones as this process may open, a thousand if it may.
    let idle: Vec<TcpStream> = (0..1000).map_while(|_| TcpStream::connect(host(&gateway.url)).ok()).collect();
    assert!(idle.len() >= 500, "{}", idle.len());
    let started = Instant::now();
    for n in 0..20 {
        assert!(ask(&gateway.url, &format!("order-{n}"), "http://127.0.0.1:1/").contains("prepay_id"));
    }
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    let after = status(&gateway, "VmRSS");
    assert!(after < before + 60_000, "{before} kB, then {after} kB");
    assert!(status(&gateway, "Threads") < 40);
}

#[test]
fn ten_thousand_waiting_notices_need_no_threads() {
    const MANY: usize = 10_000;
    let (gateway, merchant) = (Gateway::start(), nobody());
    let post = |path: &str, body: &str| {
        format!("POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    };
    let ordered_and_paid = |n: usize| {
        let number = format!("order-{n}");
        post("/pay/unifiedorder", &order(&number, &merchant))
            + &post(&format!("/_mock/orders/{number}/pay"), "")
    };
    for start in (0..MANY).step_by(50) {
        let mut bytes: String = (start..start + 50).map(ordered_and_paid).collect();
        bytes += "GET /_mock/healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        let answer = String::from_utf8(raw(&gateway.url, bytes.as_bytes()).unwrap()).unwrap();
        assert_eq!(answer.matches("HTTP/1.1 200").count(), 101);
        assert_eq!(answer.matches("<prepay_id>").count(), 50);
    }
    let notices = gateway.look("notices");
    let waiting = notices["notices"].as_array().unwrap().iter().filter(|n| n["state"] == "waiting").count();
    assert_eq!(waiting, MANY);
    assert!(status(&gateway, "Threads") < 40, "{}", status(&gateway, "Threads"));
    assert!(status(&gateway, "VmRSS") < 300_000, "{} kB", status(&gateway, "VmRSS"));
    assert!(ask(&gateway.url, "one-more", &merchant).contains("prepay_id"));
}

// The state.

#[test]
fn a_restart_goes_on_where_it_ended() {
    let dir = Dir::new();
    let flags = format!("--speed 10 --state {}", dir.path("state.json"));
    let mut first = Gateway::with(&flags);
    let merchant = nobody();
    assert!(ask(&first.url, "order-1", &merchant).contains("prepay_id"));
    first.act("orders/order-1/pay", "");
    let token = get(&first.url, TOKEN).unwrap();
    let token = String::from_utf8(token).unwrap().split('"').nth(3).unwrap().to_owned();
    assert!(
        soon(|| (!first.look("notices")["notices"][0]["attempts"].as_array().unwrap().is_empty())
            .then_some(()))
        .is_some()
    );
    assert!(first.terminate().success());
    let second = Gateway::with(&flags);
    assert_eq!(second.look("orders/order-1")["trade_state"], "SUCCESS");
    let ticket = format!("/cgi-bin/ticket/getticket?type=jsapi&access_token={token}");
    assert!(String::from_utf8(get(&second.url, &ticket).unwrap()).unwrap().contains("\"ticket\""));
    // The notice goes on with its schedule.
    let attempts = || second.look("notices")["notices"][0]["attempts"].as_array().unwrap().len();
    assert!(soon(|| (attempts() >= 2).then_some(())).is_some());
}

#[test]
fn killed_while_writing_it_can_be_read() {
    let dir = Dir::new();
    let state = dir.path("state.json");
    let mut known = 0;
    for round in 0..6_u64 {
        let gateway = Gateway::with(&format!("--state {state}"));
        let orders = gateway.look("orders")["orders"].as_array().unwrap().len();
        assert!(orders >= known, "round {round}: {orders} of {known}");
        for n in 0..60 {
            ask(&gateway.url, &format!("round-{round}-{n}"), "http://127.0.0.1:1/");
        }
        // The last one is on the disk; then one more, and the end in the middle of
        // whatever that causes.
        let last = format!("round-{round}-59");
        let written = || std::fs::read_to_string(&state).ok().filter(|text| text.contains(&last));
        assert!(soon(written).is_some(), "round {round}");
        known = orders + 60;
        ask(&gateway.url, &format!("round-{round}-last"), "http://127.0.0.1:1/");
        std::thread::sleep(Duration::from_millis(round * 3));
        // Dropped is killed: SIGKILL.
        drop(gateway);
    }
    let whole: serde_json::Value = serde_json::from_slice(&std::fs::read(&state).unwrap()).unwrap();
    assert_eq!(whole["version"], 3);
}

#[test]
fn what_is_no_state_is_refused_and_left_alone() {
    let dir = Dir::new();
    for (content, said) in [
        ("", "not JSON"),
        ("{\"format\":\"wxkit mock state\",\"version\":3,\"ledger\":{", "not JSON at line 1"),
        ("{\"format\":\"wxkit mock state\",\"version\":99}", "its version is 99"),
        ("{\"orders\":[]}", "not a state file"),
        ("{\"format\":\"wxkit mock state\",\"version\":3,\"ledger\":{}}", "damaged"),
    ] {
        let file = dir.file("state.json", content);
        let run = wxkit("mock --listen 127.0.0.1:0 --state").word(&*file).run();
        run.exits(2).prints_nothing().says(said).says("mv ");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), content);
    }
    wxkit("mock --listen 127.0.0.1:0 --state /nowhere/at/all.json").run().exits(2).says("no such file");
    // Neither waited for, nor read without end.
    for endless in ["/dev/zero", "/dev/stdin"] {
        wxkit("mock --listen 127.0.0.1:0 --state").word(endless).run().exits(2).prints_nothing();
    }
}

#[test]
fn two_gateways_do_not_share_a_state() {
    let dir = Dir::new();
    let flags = format!("--state {}", dir.path("state.json"));
    let mut first = Gateway::with(&flags);
    let second = wxkit("mock --listen 127.0.0.1:0").words(&flags).run();
    second.exits(10).prints_nothing().says("in use by another wxkit mock").says("--state");
    assert!(first.terminate().success());
    // Nothing of the first one stands in the way of the next.
    drop(Gateway::with(&flags));
    drop(Gateway::with(&flags));
}

#[test]
fn a_state_that_cannot_be_written_is_no_good_end() {
    let dir = Dir::new();
    let folder = dir.path("kept");
    std::fs::create_dir(&folder).unwrap();
    let mut gateway = Gateway::with(&format!("--state {folder}/state.json"));
    assert!(gateway.log().contains("kill -9"), "{}", gateway.log());
    assert!(ask(&gateway.url, "order-1", "http://127.0.0.1:1/").contains("prepay_id"));
    // At once, whatever the gateway is writing there at that moment.
    std::fs::rename(&folder, dir.path("gone")).unwrap();
    assert!(!gateway.terminate().success());
    assert!(!gateway.log().contains("NotFound"), "no names of ours: {}", gateway.log());
}

#[test]
fn numbers_that_mean_nothing_are_refused() {
    wxkit("mock --speed 0").run().exits(2).prints_nothing().says("--speed 0").says("--speed 60");
    wxkit("mock --speed 4294967296").run().exits(2).prints_nothing();
    let dir = Dir::new();
    let file = dir.file("s.toml", "speed = 0");
    wxkit("mock --scenario").word(file).run().exits(2).prints_nothing();
    // A number without a unit is seconds, here as everywhere.
    let gateway = Gateway::with("--fault token:delay=1,count=1");
    let started = Instant::now();
    assert!(get(&gateway.url, TOKEN).is_ok());
    assert!(started.elapsed() >= Duration::from_secs(1), "{:?}", started.elapsed());
}

/// Whether it is refused, and why, come from one rule: of no message that the gateway
/// refuses for its signature does the explanation say that it is valid.
#[test]
fn a_refusal_and_its_explanation_agree() {
    let gateway = Gateway::start();
    let key = Secret::new("wxkitmockpaykey0wxkitmockpaykey0");
    let refusals = || {
        let calls = gateway.look("requests");
        let calls = calls["requests"].as_array().unwrap();
        let calls: Vec<_> = calls.iter().filter(|call| call["verdict"] == "SIGNERROR").cloned().collect();
        // The gateway explains one at a time and lets only some wait.
        calls.iter().all(|call| !call["explain"].is_null()).then_some(calls)
    };
    let mut refused = 0;
    for row in api::pay_v2::ROWS {
        for sign_type in [SignType::Md5, SignType::HmacSha256] {
            for named in [None, Some("MD5"), Some("HMAC-SHA256")] {
                let mut fields: Fields =
                    [("appid", "wx00c0ffee00c0ffee"), ("mch_id", "1900000109")].into_iter().collect();
                fields.extend([("nonce_str", "n"), ("out_trade_no", "order-1")]);
                fields.extend(named.map(|named| ("sign_type", named)));
                let signed = invoke::pay_v2(fields, &key, sign_type).params;
                let reply =
                    http("POST", &format!("{}{}", gateway.url, row.path), &xml::write(&signed).unwrap());
                refused += usize::from(reply.body.contains("签名错误") || reply.body.contains("SIGN ERROR"));
            }
        }
        soon(refusals).unwrap();
    }
    let calls = soon(refusals).unwrap();
    assert!(refused > 0 && calls.len() == refused, "{refused} refused, {} told", calls.len());
    for call in calls {
        assert_eq!(call["explain"]["verdict"], "explained", "{call}");
    }
}
