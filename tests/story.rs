//! The whole road with the real binary on real sockets: token, ticket, web
//! authorization, orders, payment, notices, refunds; and what must not be
//! believed on the way.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;
use support::net::{self, Message, Shop, answering, nobody, serve};
use support::{APP_ID, Dir, Gateway, MCH_ID, OPENID, repository, wxkit};

const NOTIFY: &str = "notify_url=https://shop.example/notify";

fn order(gateway: &Gateway, number: &str, more: &str) -> Value {
    let run = wxkit("pay order --json body=龙井茶 total_fee=880").words(more);
    run.word(format!("out_trade_no={number}")).on(gateway).run().exits(0).json()
}

#[test]
fn token_and_ticket_are_fetched_once() {
    let gateway = Gateway::start();
    let first = wxkit("token get --json").on(&gateway).run().exits(0).json();
    let second = wxkit("token get --json").on(&gateway).run().exits(0).json();
    assert_eq!((&first["source"], &second["source"]), (&"wechat".into(), &"store".into()));
    assert_eq!(first["access_token"], second["access_token"]);
    assert!(first["expires_at"].is_string());
    let token = first["access_token"].as_str().unwrap();
    assert_eq!(wxkit("token get -q").on(&gateway).run().exits(0).answer(), token);
    let renewed = wxkit("token get --force -q").on(&gateway).run().exits(0).answer();
    assert_ne!(renewed, token);
    assert_eq!(gateway.calls("/cgi-bin/token"), 2);

    let ticket = wxkit("ticket get -q").on(&gateway).run().exits(0).answer();
    assert_eq!(wxkit("ticket get -q").on(&gateway).run().exits(0).answer(), ticket);
    assert_ne!(wxkit("ticket get --type wx_card -q").on(&gateway).run().exits(0).answer(), ticket);
    assert_eq!(gateway.calls("/cgi-bin/ticket/getticket"), 2);
    wxkit("token status").on(&gateway).run().exits(0).shows(APP_ID).hides(&renewed).hides(&ticket);
    wxkit("token forget").on(&gateway).run().exits(0);
    let third = wxkit("token get --json").on(&gateway).run().exits(0).json();
    assert_eq!(third["source"], "wechat");
}

#[test]
fn ten_processes_make_one_fetch() {
    let gateway = Gateway::start();
    let tokens: Vec<String> = std::thread::scope(|scope| {
        let gateway = &gateway;
        let ask = || wxkit("token get -q").on(gateway).run().exits(0).answer();
        let asking: Vec<_> = (0..10).map(|_| scope.spawn(ask)).collect();
        asking.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(tokens.iter().all(|token| *token == tokens[0]), "{tokens:?}");
    assert_eq!(gateway.calls("/cgi-bin/token"), 1);
}

#[test]
fn a_user_authorizes() {
    let gateway = Gateway::start();
    let page = "https://shop.example/cb?from=tea";
    let url = wxkit("oauth url --scope userinfo --state s1 -q --redirect-uri").word(page).on(&gateway);
    let url = url.run().exits(0).answer();
    assert!(url.ends_with("#wechat_redirect"), "{url}");
    let back = net::http("GET", &url, "");
    assert_eq!(back.status, 302);
    let location = back.header("location").unwrap();
    assert!(location.starts_with("https://shop.example/cb?from=tea&code="), "{location}");
    assert!(location.ends_with("&state=s1"), "{location}");

    let got = wxkit("oauth exchange --json").word(location).on(&gateway).run().exits(0).json();
    assert_eq!((&got["openid"], &got["scope"]), (&OPENID.into(), &"snsapi_userinfo".into()));
    // A code is good once.
    let again = wxkit("oauth exchange --json").word(location).on(&gateway).run();
    assert_eq!(again.exits(5).error()["upstream"]["errcode"], "40163");

    let token = got["access_token"].as_str().unwrap();
    let refresh = got["refresh_token"].as_str().unwrap();
    let as_user = |words: &str| {
        let run = wxkit(words).word("--access-token").word("env:USER_TOKEN").env("USER_TOKEN", token);
        run.word("--openid").word(OPENID).on(&gateway)
    };
    as_user("oauth check -v").run().exits(0);
    as_user("oauth userinfo --json").run().exits(0).shows("nickname");
    let renew = wxkit("oauth refresh -q --refresh-token env:REFRESH").env("REFRESH", refresh).on(&gateway);
    assert_ne!(renew.run().exits(0).answer(), "");
}

#[test]
fn every_kind_of_order() {
    let gateway = Gateway::start();
    let jsapi = order(&gateway, "JSAPI001", &format!("trade_type=JSAPI openid={OPENID} {NOTIFY}"));
    let prepay_id = jsapi["prepay_id"].as_str().unwrap();
    assert_eq!(jsapi["invoke"]["package"], format!("prepay_id={prepay_id}"));
    assert_eq!(jsapi["invoke"]["appId"], APP_ID);
    // What the page is handed verifies on its own.
    wxkit("pay verify --from -").stdin(jsapi["invoke"].to_string()).as_merchant().run().exits(0);

    let native = order(&gateway, "NATIVE01", &format!("trade_type=NATIVE product_id=9 {NOTIFY}"));
    assert!(native["code_url"].as_str().unwrap().starts_with("weixin://wxpay/bizpayurl?"));
    let app = order(&gateway, "APP00001", &format!("trade_type=APP {NOTIFY}"));
    assert_eq!(app["invoke"]["partnerid"], MCH_ID);
    wxkit("pay verify --from -").stdin(app["invoke"].to_string()).as_merchant().run().exits(0);
    let scene = r#"scene_info={"h5_info":{"type":"Wap","wap_url":"https://shop.example","wap_name":"茶"}}"#;
    let mweb = order(&gateway, "MWEB0001", &format!("trade_type=MWEB {scene} {NOTIFY}"));
    assert!(mweb["mweb_url"].as_str().unwrap().contains("prepay_id="), "{mweb}");

    // The code that a customer scans is a picture on a terminal, and nothing in a pipe.
    let shown = wxkit("pay order body=茶 total_fee=1 trade_type=NATIVE product_id=9").words(NOTIFY);
    shown.on(&gateway).run().exits(0).hides("▀").shows("weixin://");
    let orders = gateway.look("orders");
    assert_eq!(orders["orders"].as_array().unwrap().len(), 5);
}

#[test]
fn a_customer_pays_and_gets_the_money_back() {
    let gateway = Gateway::start();
    let shop = Shop::open();
    let number = "TEA00001";
    let to = |page: &str| format!("notify_url={}/{page}", shop.url);
    order(&gateway, number, &format!("trade_type=JSAPI openid={OPENID} {}", to("paid")));
    let state = || {
        let query = wxkit("pay query -q").word(format!("out_trade_no={number}"));
        query.on(&gateway).run().exits(0).answer()
    };
    assert_eq!(state(), "NOTPAY");
    gateway.act(&format!("orders/{number}/pay"), "");
    let notice = shop.next();
    wxkit("notify verify --from -").stdin(&notice).as_merchant().run().exits(0);
    let changed = notice.replace("<total_fee>880<", "<total_fee>1<");
    assert_ne!(changed, notice);
    wxkit("pay verify --batch --from -").stdin(changed).as_merchant().run().exits(1);
    assert_eq!(state(), "SUCCESS");

    let desk = net::certificate_desk(&gateway.url);
    let refund = || {
        let fields = format!("out_trade_no={number} out_refund_no=BACK0001 total_fee=880 refund_fee=880");
        let run = wxkit("pay refund --json").words(&fields).words(&to("back")).on(&gateway).to(&desk);
        run.word("--ca-file").word(repository("tests/tls/ca.pem"))
    };
    refund().run().exits(3).says("apiclient_cert.p12");
    let done = refund().words(&support::certificate()).run().exits(0).json();
    assert_eq!(done["refund_fee"], 880);
    let notice = shop.next();
    assert!(notice.contains("<req_info>"), "{notice}");
    let opened = wxkit("notify decrypt --json --from -").stdin(&notice).as_merchant().run().exits(0).json();
    assert_eq!(opened["out_refund_no"], "BACK0001");
    assert_eq!(opened["refund_status"], "SUCCESS");
    let asked = wxkit("pay refund-query out_refund_no=BACK0001 --json").on(&gateway).run().exits(0).json();
    assert_eq!(asked["refund_fee_0"], 880);
    assert_eq!(state(), "REFUND");
    let other = wxkit("notify decrypt --from -").stdin(&notice).as_merchant();
    other.env("WXKIT_PAY_KEY", "00000000000000000000000000000000").run().exits(1).prints_nothing();
}

#[test]
fn a_person_reads_what_became_of_the_money() {
    let gateway = Gateway::start();
    let typed = wxkit("pay order body=茶 total_fee=880 trade_type=native product_id=9 out_trade_no=HAND0001");
    typed.words(NOTIFY).on(&gateway).run().exits(0).says("trade_type=native is sent as NATIVE");
    let query = |more: &str| wxkit("pay query HAND0001").words(more).on(&gateway).run().exits(0);
    query("").shows("not paid yet").shows("NOTPAY");
    gateway.act("orders/HAND0001/pay", "");
    query("--lang zh_CN").shows("已支付 ¥8.80，20").shows("SUCCESS");
    let paid = query("--json").json();
    let number = paid["transaction_id"].as_str().unwrap();
    assert_eq!(number.len(), 28);
    wxkit("pay query").word(number).on(&gateway).run().exits(0).shows("paid, ¥8.80, at 20");
    wxkit("pay bill bill_date=yesterday").on(&gateway).run().says("bill_date=yesterday is sent as 20");
}

#[test]
fn an_order_is_closed() {
    let gateway = Gateway::start();
    order(&gateway, "CLOSE001", &format!("trade_type=NATIVE product_id=9 {NOTIFY}"));
    wxkit("pay close out_trade_no=CLOSE001").on(&gateway).run().exits(0);
    let query = wxkit("pay query -q out_trade_no=CLOSE001").on(&gateway).run().exits(0);
    assert_eq!(query.answer(), "CLOSED");
}

#[test]
fn the_same_number_is_refused() {
    let gateway = Gateway::start();
    let fields = format!("trade_type=NATIVE product_id=9 {NOTIFY} out_trade_no=TWICE001");
    let ask = |fee: &str| wxkit("pay order --json body=茶").words(&fields).word(fee).on(&gateway).run();
    ask("total_fee=1").exits(0);
    let refused = ask("total_fee=2").exits(5).prints_nothing().error();
    assert_eq!(refused["upstream"]["err_code"], "OUT_TRADE_NO_USED");
    assert_eq!((&refused["code"], &refused["exit"]), (&"pay.refused".into(), &5.into()));
}

#[test]
fn a_wrong_key_is_the_wrong_signature() {
    let gateway = Gateway::start();
    let run = || {
        let run = wxkit("pay query out_trade_no=NOBODY01").on(&gateway);
        run.env("WXKIT_PAY_KEY", "00000000000000000000000000000000")
    };
    run().run().exits(6).prints_nothing().says("签名错误");
    assert_eq!(run().word("--json").run().exits(6).error()["upstream"]["return_msg"], "签名错误");
}

#[test]
fn a_changed_reply_is_not_believed() {
    let gateway = Gateway::start();
    order(&gateway, "MIDDLE01", &format!("trade_type=NATIVE product_id=9 {NOTIFY}"));
    let query = |url: &str| wxkit("pay query out_trade_no=MIDDLE01 --json").on(&gateway).to(url).run();
    let honest = net::meddler(&gateway.url, |body| body);
    query(&honest).exits(0).shows("NOTPAY");
    let paid = net::meddler(&gateway.url, |body| body.replace("NOTPAY", "SUCCESS"));
    assert_eq!(query(&paid).exits(8).prints_nothing().error()["code"], "reply.bad_sign");
    let cut = |body: String| {
        let (before, rest) = body.split_once("<sign>").unwrap();
        let (_, after) = rest.split_once("</sign>").unwrap();
        format!("{before}{after}")
    };
    let unsigned = net::meddler(&gateway.url, cut);
    assert_eq!(query(&unsigned).exits(8).prints_nothing().error()["code"], "reply.unsigned");
}

#[test]
fn an_expired_token_is_renewed_once() {
    let gateway = Gateway::start();
    let first = wxkit("token get -q").on(&gateway).run().exits(0).answer();
    gateway.act("faults", r#"{"endpoint": "getticket", "code": 42001, "count": 1}"#);
    wxkit("ticket get -q").on(&gateway).run().exits(0);
    assert_ne!(wxkit("token get -q").on(&gateway).run().exits(0).answer(), first);
    assert_eq!(gateway.calls("/cgi-bin/token"), 2);
    assert_eq!(gateway.calls("/cgi-bin/ticket/getticket"), 2);
}

// Notices, sent again.

fn captured(dir: &Dir, count: usize) {
    for number in 0..count {
        let fields = format!("out_trade_no=REPLAY{number:03} total_fee={}", number + 1);
        let notice = wxkit("notify make").words(&fields).as_merchant().run().exits(0);
        dir.file(&format!("notices/{number:03}.xml"), notice.stdout);
    }
}

fn replay(dir: &Dir, shop: &Shop, more: &str) -> support::Done {
    let run = wxkit("notify replay --json").word(dir.path("notices")).word("--to").word(&*shop.url);
    run.words(more).as_merchant().run()
}

#[test]
fn a_directory_of_notices_is_sent_again() {
    let (dir, shop) = (Dir::new(), Shop::open());
    captured(&dir, 5);
    let told = replay(&dir, &shop, "--concurrency 4 --repeat 3").exits(0).json();
    assert_eq!((&told["sent"], &told["accepted"], &told["failed"]), (&15.into(), &15.into(), &0.into()));
    let arrived = shop.rest();
    assert_eq!(arrived.len(), 15);
    for number in 0..5 {
        let name = format!("REPLAY{number:03}");
        assert_eq!(arrived.iter().filter(|body| body.contains(&name)).count(), 3, "{name}");
    }
}

#[test]
fn an_interrupted_replay_tells_what_there_is() {
    let dir = Dir::new();
    captured(&dir, 2);
    let (tell, third) = mpsc::channel();
    let taken = AtomicUsize::new(0);
    let url = answering(move |_| {
        if taken.fetch_add(1, Ordering::Relaxed) == 2 {
            tell.send(()).unwrap();
            std::thread::sleep(Duration::from_secs(30));
        }
        Message::reply(200, "text/xml", Shop::SUCCESS)
    });
    let run = wxkit("notify replay --json --repeat 50").word(dir.path("notices")).word("--to").word(url);
    let told = run.interrupted("INT", &third).exits(130).json();
    let figures = ["sent", "accepted", "given_up", "unsent"].map(|name| told[name].as_u64().unwrap());
    assert_eq!(figures, [2, 2, 1, 97]);
}

#[test]
fn a_receiver_may_close_its_connections_as_it_likes() {
    let dir = Dir::new();
    captured(&dir, 7);
    let (tell, taken) = mpsc::channel();
    // Three notices for each connection, and then it is gone without a word; the next one has
    // to come later than that, also on a busy machine.
    let host = serve(move |mut stream| {
        for _ in 0..3 {
            let Some(request) = Message::read(&stream) else { return };
            tell.send(request.body.clone()).unwrap();
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", Shop::SUCCESS.len());
            stream.write_all((head + Shop::SUCCESS).as_bytes()).unwrap();
        }
    });
    let run = wxkit("notify replay --json --repeat 9 --concurrency 2 --rate 100").word(dir.path("notices"));
    let told = run.word("--to").word(format!("http://{host}/")).run().exits(0).json();
    assert_eq!((&told["sent"], &told["accepted"]), (&63.into(), &63.into()));
    assert!(told["elapsed_ms"].as_u64().unwrap() >= 62 * 1000 / 100, "{told}");
    let mut bodies: Vec<String> = taken.try_iter().collect();
    assert_eq!(bodies.len(), 63, "none came twice");
    bodies.sort_unstable();
    bodies.dedup();
    assert_eq!(bodies.len(), 7);
}

#[test]
fn a_replay_to_nobody_says_so() {
    let dir = Dir::new();
    captured(&dir, 1);
    let run = wxkit("notify replay").word(dir.path("notices")).word("--to").word(nobody());
    run.run().exits(1).shows("connection refused");
}

#[test]
fn resigned_notices_verify_with_the_present_key() {
    let (dir, shop) = (Dir::new(), Shop::open());
    let old = wxkit("notify make out_trade_no=REPLAY001 total_fee=1").as_merchant();
    let old = old.env("WXKIT_PAY_KEY", "00000000000000000000000000000000").run().exits(0);
    dir.file("notices/old.xml", &old.stdout);
    let verify = |body: String| wxkit("pay verify --batch --from -").stdin(body).as_merchant().run();
    replay(&dir, &shop, "").exits(0);
    verify(shop.next()).exits(1);
    replay(&dir, &shop, "--resign").exits(0);
    verify(shop.next()).exits(0);
}

#[test]
fn a_failing_receiver_is_told() {
    let dir = Dir::new();
    captured(&dir, 2);
    let broken = Shop::answering(500, "oops");
    let told = replay(&dir, &broken, "").exits(1).json();
    assert_eq!((&told["sent"], &told["failed"]), (&2.into(), &2.into()));
    let grumpy = Shop::answering(200, "<xml><return_code>FAIL</return_code></xml>");
    replay(&dir, &grumpy, "").exits(1).shows("FAIL");
    let plain = Shop::answering(200, "success");
    replay(&dir, &plain, "").exits(1);
}

#[test]
fn one_notice_is_made_and_sent() {
    let shop = Shop::open();
    let send = wxkit("notify send out_trade_no=SEND0001 total_fee=1 --to").word(&*shop.url);
    send.as_merchant().run().exits(0);
    wxkit("notify verify --from -").stdin(shop.next()).as_merchant().run().exits(0);
    let grumpy = Shop::answering(200, "<xml><return_code>FAIL</return_code></xml>");
    let send = wxkit("notify send out_trade_no=SEND0001 total_fee=1 --to").word(&*grumpy.url);
    send.as_merchant().run().exits(1);
}

#[test]
fn a_notice_that_fails_comes_again_on_schedule() {
    let gateway = Gateway::with("--speed 100");
    let shop = Shop::answering(200, "<xml><return_code>FAIL</return_code></xml>");
    order(&gateway, "AGAIN001", &format!("trade_type=NATIVE product_id=9 notify_url={}/n", shop.url));
    gateway.act("orders/AGAIN001/pay", "");
    // WeChat repeats after 15, 15 and 30 seconds: here after 0.15, 0.15 and 0.3.
    let first = shop.next();
    for _ in 0..3 {
        let again = shop.next();
        wxkit("notify verify --from -").stdin(&again).as_merchant().run().exits(0);
        assert!(again.contains("AGAIN001") && first.contains("AGAIN001"));
    }
}

#[test]
fn the_gateway_ends_when_it_is_asked() {
    let mut gateway = Gateway::start();
    assert_eq!(gateway.look("healthz")["status"], "ok");
    let status = gateway.terminate();
    assert_eq!(status.code(), Some(0), "{}", gateway.log());
}

#[test]
fn the_demo_walks_the_whole_story() {
    let told = wxkit("demo --json").run().exits(0).json();
    let steps = told["steps"].as_array().unwrap();
    let names: Vec<_> = steps.iter().map(|step| step["name"].as_str().unwrap()).collect();
    let order = [
        "token",
        "jssdk",
        "authorize",
        "openid",
        "unifiedorder",
        "invoke",
        "notice",
        "refund_notice",
        "v3_order",
        "v3_invoke",
        "v3_notice",
        "v3_explain",
    ];
    let places: Vec<_> = order.iter().map(|name| names.iter().position(|n| n == name)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{names:?}");
    assert!(steps.iter().all(|step| step["ok"] == true));
    wxkit("demo").env("LC_ALL", "zh_CN.UTF-8").run().exits(0).shows("统一下单").shows("全部完成");
}
