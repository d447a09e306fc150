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
fn who_is_no_gateway_is_told() {
    let nobody = support::net::nobody();
    wxkit("mock orders --base").word(&*nobody).run().exits(4).says("wxkit mock");
    let other = support::net::answering(|_| support::net::Message::reply(200, "text/html", "<html>"));
    wxkit("mock reset --base").word(&*other).run().exits(2).says("is no gateway of wxkit's");
}
