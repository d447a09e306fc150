//! A running gateway as a tool: `mock pay`, `orders`, `requests`, `fault` and the rest,
//! and what a script waits for under `/_mock/`.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::time::{Duration, Instant};

use support::net::{Shop, http};
use support::{Gateway, Run, wxkit};

fn place(gateway: &Gateway, number: &str, notify_url: &str) {
    let said = "pay order body=tea total_fee=7 trade_type=NATIVE product_id=1 spbill_create_ip=127.0.0.1 -q";
    let run = wxkit(said).word(format!("out_trade_no={number}")).word(format!("notify_url={notify_url}"));
    run.on(gateway).run().exits(0);
}

fn ask(gateway: &Gateway, words: &str) -> Run {
    wxkit("mock").words(words).on(gateway)
}

#[test]
fn an_order_lives_from_the_command_line() {
    let (gateway, shop) = (Gateway::start(), Shop::open());
    place(&gateway, "tool-1", &shop.url);
    ask(&gateway, "orders").run().exits(0).shows("tool-1  NOTPAY  7");
    let paid = ask(&gateway, "pay tool-1 openid=oSomebody000000000000000001 --json").run().exits(0).json();
    assert_eq!(paid["openid"], "oSomebody000000000000000001");
    // The very notice: what the merchant gets is what was told.
    assert_eq!(paid["notice"]["body"], shop.next());
    assert_eq!(paid["notice"]["out_trade_no"], "tool-1");
    ask(&gateway, "pay tool-1").run().exits(1).says("cannot be paid in its present state");
    ask(&gateway, "refund tool-1 refund_fee=3").run().exits(0).shows("tool-1 is refunded");
    ask(&gateway, "refund tool-1 refund_fee=5").run().exits(1).says("the refund was refused");
    ask(&gateway, "orders tool-1 until=refunded -q").run().exits(0).shows("REFUND");
    ask(&gateway, "cancel tool-1").run().exits(1).says("only an unpaid order");
    ask(&gateway, "requests endpoint=unifiedorder verdict=ok").run().exits(0).shows("/pay/unifiedorder  ok");
    ask(&gateway, "requests verdict=refused --lang zh").run().exits(0).shows("没有");
    ask(&gateway, "notices state=delivered wait=10s count=1 -q").run().exits(0).shows("1");
    ask(&gateway, "orders colour=red").run().exits(2).says("the query is not understood");
    ask(&gateway, "pay tool-9").run().exits(1).says("mock.not_found");
    ask(&gateway, "pay").run().exits(2);
}

#[test]
fn what_has_not_come_yet_is_waited_for() {
    let gateway = Gateway::start();
    let waiting = std::thread::spawn({
        let url = format!("{}/_mock/orders/wait-1?until=paid&wait=20s", gateway.url);
        move || http("GET", &url, "")
    });
    place(&gateway, "wait-1", "http://127.0.0.1:9/n");
    ask(&gateway, "pay wait-1").run().exits(0);
    let come = waiting.join().unwrap();
    assert_eq!((come.status, &come.json()["trade_state"]), (200, &"SUCCESS".into()));
    let started = Instant::now();
    let never = http("GET", &format!("{}/_mock/orders/wait-1?until=refunded&wait=300ms", gateway.url), "");
    assert_eq!((never.status, &never.json()["error"]["code"]), (408, &"mock.not_yet".into()));
    assert!((Duration::from_millis(250)..Duration::from_secs(10)).contains(&started.elapsed()));
    ask(&gateway, "requests path=/pay/refund count=1 wait=200ms").run().exits(1).says("mock.not_yet");
}

#[test]
fn faults_and_states_are_set_from_the_command_line() {
    let gateway = Gateway::start();
    ask(&gateway, "fault unifiedorder:SYSTEMERROR,count=1 token:40164").run().exits(0).shows("code=40164");
    ask(&gateway, "fault refun:drop").run().exits(2).says("did you mean refund?");
    ask(&gateway, "fault").run().exits(0).shows("SYSTEMERROR");
    ask(&gateway, "fault --clear").run().exits(0).shows("none");
    place(&gateway, "state-1", "http://127.0.0.1:9/n");
    ask(&gateway, "state save one").run().exits(0);
    ask(&gateway, "reset").run().exits(0);
    ask(&gateway, "orders").run().exits(0).shows("none");
    ask(&gateway, "state load one").run().exits(0);
    ask(&gateway, "orders -q").run().exits(0).shows("state-1");
    ask(&gateway, "state load two").run().exits(1).says("mock.not_kept");
    ask(&gateway, "state one").run().exits(2).says("save NAME or load NAME");
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let run = |seed: &str| {
        let gateway = Gateway::with(&format!("--at 1768478400 --seed {seed}"));
        place(&gateway, "seed-1", "http://127.0.0.1:9/n");
        let paid = ask(&gateway, "pay seed-1 --json").run().exits(0).stdout;
        let token = format!(
            "{}/cgi-bin/token?grant_type=client_credential&appid={}&secret={}",
            gateway.url,
            support::APP_ID,
            support::APP_SECRET
        );
        (paid, http("GET", &token, "").body, http("GET", &format!("{}/sns/auth", gateway.url), "").body)
    };
    assert_eq!(run("7"), run("7"));
    assert_ne!(run("7"), run("8"));
}

#[test]
fn calls_that_are_not_played_can_be_answered() {
    let gateway =
        Gateway::with("--stub /cgi-bin/message/*={\"errcode\":0} --stub /mmpaymkttransfers/x=<xml/>");
    let post = |path: &str| http("POST", &format!("{}{path}", gateway.url), "{}");
    assert_eq!(post("/cgi-bin/message/template/send?access_token=x").body, "{\"errcode\":0}");
    assert_eq!(post("/mmpaymkttransfers/x").header("content-type"), Some("text/xml"));
    assert!(post("/cgi-bin/menu/create").body.contains("does not play this call"));
    ask(&gateway, "requests verdict=stub count=2")
        .run()
        .exits(0)
        .shows("/cgi-bin/message/template/send  stub");
    wxkit("mock --stub nothing").run().exits(2).says("/PATH=BODY");
}

#[test]
fn the_control_plane_opens_to_networks_with_a_token() {
    let token = "0123456789abcdef-token";
    let gateway = Gateway::with(&format!("--control-from any --control-token {token}"));
    // Under a name that is not the gateway's own only who shows the token gets through.
    let as_guest = |line: &str| {
        use std::io::{Read as _, Write as _};
        let mut stream = std::net::TcpStream::connect(gateway.url.trim_start_matches("http://")).unwrap();
        let head =
            format!("GET /_mock/orders HTTP/1.1\r\nhost: wx.example\r\nconnection: close\r\n{line}\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut said = String::new();
        stream.read_to_string(&mut said).unwrap();
        said
    };
    assert!(as_guest(&format!("authorization: Bearer {token}\r\n")).contains("\"orders\":[]"));
    assert!(as_guest("").contains("mock.foreign_name"));
    assert!(as_guest("authorization: Bearer 0123456789abcdef-tokem\r\n").contains("mock.foreign_name"));
    assert!(!gateway.log().contains(token), "{}", gateway.log());
    ask(&gateway, "orders --control-token").word(token).run().exits(0);
    wxkit("mock --control-from any").run().exits(2).says("goes with --control-token");
    wxkit("mock --control-from any --control-token short").run().exits(2).says("too short");
    wxkit("mock --control-from host --control-token").word(token).run().exits(2).says("is no network");
}

#[test]
fn who_is_no_gateway_is_told() {
    let nobody = support::net::nobody();
    wxkit("mock orders --base").word(&*nobody).run().exits(4).says("wxkit mock");
    let other = support::net::answering(|_| support::net::Message::reply(200, "text/html", "<html>"));
    wxkit("mock reset --base").word(&*other).run().exits(2).says("is no gateway of wxkit's");
}
