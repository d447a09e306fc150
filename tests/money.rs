//! Money moves on `--yes`, or where it is play money: on this machine, on a private
//! network, or at a server that says it is a gateway of ours.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::sync::mpsc::{Receiver, channel};

use support::net::{Message, answering};
use support::{Done, Gateway, wxkit};

/// A proxy that carries nothing: it notes what was asked of it, and answers for a
/// gateway, or for somebody who only looks like one.
fn proxy() -> (String, Receiver<String>) {
    let (tell, asked) = channel();
    let url = answering(move |request| {
        let _ = tell.send(request.first.clone());
        let body = match () {
            () if request.first.contains("//gateway.test") => r#"{"status":"ok","gateway":"wxkit"}"#,
            () if request.first.contains("//page.test") => "<html>wxkit gateway</html>",
            () => r#"{"status":"ok"}"#,
        };
        Message::reply(200, "application/json", body)
    });
    (url, asked)
}

/// A refund to this origin, and what reached the proxy of it.
fn refund(base: &str, words: &str) -> (Done, Vec<String>) {
    let (proxy, asked) = proxy();
    let refund = "pay refund out_trade_no=T00001 out_refund_no=R00001 total_fee=1 refund_fee=1 --timeout 3";
    let run = wxkit(refund).words(words).word("--proxy").word(proxy).to(base).run();
    (run, asked.try_iter().collect())
}

#[test]
fn a_live_host_wants_a_yes_in_any_spelling() {
    for base in [
        "",
        "https://api.mch.weixin.qq.com",
        "http://API.MCH.WEIXIN.QQ.COM.",
        "http://127.0.0.1@api.mch.weixin.qq.com",
        "http://localhost:7780@api.mch.weixin.qq.com",
        "http://api.mch.weixin.qq.com:80/",
        "http://api2.wechatpay.cn",
    ] {
        let (done, asked) = refund(base, "");
        assert!(asked.is_empty(), "{base}: {asked:?}");
        done.exits(9).says("moves real money at api").prints_nothing();
    }
    // Any other name is asked whether it is a gateway, and not believed for its looks.
    for base in ["http://shop.test", "http://page.test", "http://127.0.0.1.shop.test", "http://8.8.8.8"] {
        let (done, asked) = refund(base, "");
        assert_eq!(asked.len(), 1, "{base}: {asked:?}");
        assert!(asked[0].contains("/_mock/healthz"), "{base}: {asked:?}");
        done.exits(9);
    }
    let unknown = "pay call /secapi/pay/unheard_of a=1";
    wxkit(unknown).to("http://8.8.8.8").words("--timeout 1 --proxy http://127.0.0.1:9").run().exits(9);
}

#[test]
fn play_money_is_free() {
    for base in [
        "http://127.0.0.1:1",
        "http://[::1]:1",
        "http://localhost.:1",
        "http://2130706433:1",
        "http://10.0.0.1",
    ] {
        let (done, asked) = refund(base, "");
        assert!(asked.iter().all(|line| !line.contains("healthz")), "{base}: {asked:?}");
        assert_ne!(done.exit, 9, "{base}: {done}");
    }
    let (done, asked) = refund("http://gateway.test", "");
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert_ne!(done.exit, 9, "{done}");
}

#[test]
fn a_yes_is_enough_and_nothing_is_asked() {
    let (done, asked) = refund("http://shop.test", "--yes");
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert!(asked[0].contains("/secapi/pay/refund"), "{asked:?}");
    assert_ne!(done.exit, 9, "{done}");
}

#[test]
fn a_gateway_says_what_it_is() {
    let gateway = Gateway::start();
    assert_eq!(gateway.look("healthz")["gateway"], "wxkit");
}

#[test]
fn who_leads_elsewhere_is_not_followed() {
    let (live, asked) = proxy();
    let leading = answering(move |_| Message {
        headers: vec![format!("location: {live}/secapi/pay/refund")],
        ..Message::reply(302, "text/plain", "")
    });
    let refund = "pay refund out_trade_no=T00001 out_refund_no=R00001 total_fee=1 refund_fee=1";
    let done = wxkit(refund).to(&leading).run();
    assert!(asked.try_iter().next().is_none(), "{done}");
    assert_ne!(done.exit, 0, "{done}");
}
