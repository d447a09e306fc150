//! What became of it? A call that changes something and gets no answer, or one
//! that nobody can believe, ends with the command that finds out; so does one that
//! is interrupted. Each end is made by a real server on loopback.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::io::Write as _;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use support::net::{self, Message};
use support::{Done, Run, certificate, repository, wxkit};

/// Calls that leave something behind, and what finds it.
const TRADES: &[(&str, &str)] = &[
    (
        "pay order body=tea trade_type=NATIVE product_id=1 total_fee=1 notify_url=https://shop.example/n out_trade_no=DOUBT001",
        "wxkit pay query out_trade_no=DOUBT001",
    ),
    (
        "pay micropay body=tea total_fee=1 auth_code=134567890123456789 out_trade_no=DOUBT002 --yes",
        "wxkit pay query out_trade_no=DOUBT002",
    ),
    (
        "pay refund out_trade_no=DOUBT003 out_refund_no=R0000003 total_fee=1 refund_fee=1 --yes",
        "wxkit pay refund-query out_refund_no=R0000003",
    ),
    ("pay reverse out_trade_no=DOUBT004 --yes", "wxkit pay query out_trade_no=DOUBT004"),
    ("pay close out_trade_no=DOUBT005", "wxkit pay query out_trade_no=DOUBT005"),
    (
        "pay call /secapi/pay/refund out_trade_no=DOUBT006 out_refund_no=R0000006 total_fee=1 refund_fee=1 --yes",
        "wxkit pay refund-query out_refund_no=R0000006",
    ),
    (
        "pay call /pay/unheard partner_trade_no=1 out_trade_no=DOUBT007 --yes",
        "wxkit pay query out_trade_no=DOUBT007",
    ),
];

#[track_caller]
fn is_unknown(done: Done, query: &str, exit: i32) -> serde_json::Value {
    let error = done.exits(exit).prints_nothing().error();
    assert_eq!(error["exit"], exit, "{error}");
    assert_eq!(error["next"][0], query, "{error}");
    let hint = error["hint"].as_str().unwrap();
    assert!(hint.contains("the outcome is unknown; query before anything else"), "{error}");
    error
}

/// A server that never answers, and tells when a request has come.
fn waiting() -> (String, mpsc::Receiver<()>) {
    let (tell, told) = mpsc::channel();
    let url = net::rude(move |_open| {
        tell.send(()).unwrap();
        std::thread::sleep(Duration::from_secs(30));
    });
    (url, told)
}

#[test]
fn an_interrupted_trade_says_how_to_find_out() {
    for (signal, (words, query)) in ["INT", "TERM"].iter().cycle().zip(TRADES) {
        let (url, came) = waiting();
        let start = Instant::now();
        let done = wxkit(words).word("--json").to(&url).interrupted(signal, &came);
        assert!(start.elapsed() < Duration::from_secs(10), "{words}");
        let told = is_unknown(done, query, 130);
        // But for the time and the cause, the words are those of a timeout.
        let (url, _came) = waiting();
        let late = is_unknown(wxkit(words).words("--json --timeout 1").to(&url).run(), query, 7);
        for member in ["code", "hint", "next"] {
            assert_eq!(told[member], late[member], "{words}");
        }
        assert!(told["message"].as_str().unwrap().ends_with("interrupted"), "{told}");
    }
}

#[test]
fn an_interrupted_person_reads_it_too() {
    let (url, came) = waiting();
    let done = wxkit(TRADES[2].0).env("WXKIT_LANG", "zh").to(&url).interrupted("INT", &came);
    done.exits(130).prints_nothing().says("先查询，不要重下").says(TRADES[2].1);
}

/// Whatever a middleman makes of a reply.
fn spoiled() -> Vec<(&'static str, String)> {
    let xml = |body: &str| Message::reply(200, "text/xml", body);
    let signed_wrong = "<xml><return_code>SUCCESS</return_code><result_code>SUCCESS</result_code>\
                        <sign>00000000000000000000000000000000</sign></xml>";
    let unsigned = "<xml><return_code>SUCCESS</return_code><result_code>SUCCESS</result_code></xml>";
    let says = |reply: Message| net::answering(move |_| reply.clone());
    let gbk: &[u8] =
        b"<xml><return_code>SUCCESS</return_code><return_msg>\xb3\xc9\xb9\xa6</return_msg></xml>";
    vec![
        ("a page", says(Message::reply(200, "text/html", "<!DOCTYPE html><html>Log in</html>"))),
        ("a bad gateway", says(Message::reply(502, "text/html", "<html>bad gateway</html>"))),
        ("a server in trouble", says(Message::reply(503, "text/plain", "try later"))),
        ("cut XML", says(xml("<xml><return_code>SUCC"))),
        ("nothing", says(xml(""))),
        ("JSON", says(Message::reply(200, "application/json", r#"{"code":"SUCCESS"}"#))),
        ("no sign", says(xml(unsigned))),
        ("a wrong sign", says(xml(signed_wrong))),
        ("GBK", raw(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n", gbk)),
        (
            "a redirect",
            raw(b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n", b""),
        ),
        ("a body that is cut", raw(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n", b"<xml>")),
        (
            "chunks that are none",
            raw(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", b"zz\r\n<xml>"),
        ),
        ("no HTTP", raw(b"220 mail.example ESMTP\r\n", b"")),
        ("silence", net::rude(drop)),
        ("a reset", net::resetting()),
    ]
}

fn raw(head: &'static [u8], body: &'static [u8]) -> String {
    net::rude(move |mut stream| {
        let _ = stream.write_all(head).and_then(|()| stream.write_all(body));
    })
}

#[test]
fn a_trade_whose_reply_is_spoiled_is_unknown() {
    for (kind, url) in spoiled() {
        for (words, query) in TRADES {
            let done = wxkit(words).word("--json").to(&url).run();
            assert_eq!(done.exit, 7, "{kind}: {words}: {done}");
            is_unknown(done, query, 7);
        }
    }
}

#[test]
fn a_reply_without_end_is_unknown() {
    let url = net::rude(|mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<xml>");
        while stream.write_all(&[b' '; 16000]).is_ok() {}
    });
    is_unknown(wxkit(TRADES[2].0).word("--json").to(&url).run(), TRADES[2].1, 7);
    wxkit("pay query out_trade_no=DOUBT008").to(&url).run().exits(8).prints_nothing();
}

#[test]
fn a_tls_connection_that_ends_early_is_unknown() {
    let ca = repository("tests/tls/ca.pem");
    for said in ["", "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n<xml>"] {
        let url = net::broken_desk(said);
        let run = wxkit(TRADES[2].0).word("--json").word("--ca-file").word(&*ca).words(&certificate());
        is_unknown(run.to(&url).run(), TRADES[2].1, 7);
    }
}

#[test]
fn a_read_that_is_spoiled_is_only_not_believed() {
    for (kind, url) in spoiled().into_iter().take(9) {
        let done = wxkit("pay query out_trade_no=DOUBT009 --json").to(&url).run();
        assert_eq!(done.exit, 8, "{kind}: {done}");
    }
}

#[test]
fn a_refusal_is_an_answer() {
    let no = "<xml><return_code>FAIL</return_code><return_msg>mch_id is missing</return_msg></xml>";
    let url = net::answering(move |_| Message::reply(200, "text/xml", no));
    wxkit(TRADES[2].0).to(&url).run().exits(5).prints_nothing().says("mch_id is missing");
}

fn token(url: &str) -> Run {
    wxkit("token get --json --timeout 1").to(url)
}

#[test]
fn a_lost_token_may_have_ended_the_old_one() {
    for (kind, url) in [("silence", net::silent()), ("closed", net::rude(drop)), ("reset", net::resetting())]
    {
        let error = token(&url).run().exits(7).prints_nothing().error();
        assert_eq!(error["next"][0], "wxkit token get --force", "{kind}: {error}");
        assert!(error["hint"].as_str().unwrap().contains("5 minutes"), "{kind}: {error}");
    }
    let (url, came) = waiting();
    let error = wxkit("ticket get --json").to(&url).interrupted("INT", &came).exits(130).error();
    assert_eq!(error["next"][0], "wxkit token get --force", "{error}");
    // The stable one is given again.
    let stable = wxkit("token get --stable --json --timeout 1").to(&net::silent()).run().exits(4).error();
    assert!(stable["hint"].as_str().unwrap().contains("can be repeated"), "{stable}");
}

#[test]
fn a_lost_exchange_may_have_used_the_code() {
    let done = wxkit("oauth exchange 021abcdef --json --timeout 1").to(&net::silent()).run();
    let error = done.exits(7).prints_nothing().error();
    assert!(error["hint"].as_str().unwrap().contains("works only once"), "{error}");
}

/// Who waits for somebody else's fetch has sent nothing.
#[test]
fn interrupted_before_anything_was_sent() {
    let (url, came) = waiting();
    let home = support::Dir::new();
    let holder = wxkit("token get").to(&url).home(&home);
    let mut holder = holder.command(&home).stdout(std::process::Stdio::null()).spawn().unwrap();
    came.recv_timeout(Duration::from_secs(20)).unwrap();
    let (tell, now) = mpsc::channel();
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(700));
        tell.send(()).unwrap();
    });
    let error = wxkit("token get --json").to(&url).home(&home).interrupted("INT", &now);
    let error = error.exits(130).prints_nothing().error();
    assert_eq!(error["code"], "interrupted", "{error}");
    let _ = (holder.kill(), holder.wait());
}

/// A reply that is no lease is not kept: nobody would ever ask again.
#[test]
fn a_token_that_cannot_be_is_refused() {
    let expires = ["0", "-1", "1e30", "18446744073709551615", "86401", "7200.5", "\"soon\"", "null", "[]"];
    let lives = expires.map(|life| format!(r#"{{"access_token":"t0ken","expires_in":{life}}}"#));
    let values = [
        r#"{"expires_in":7200}"#,
        "{}",
        r#"{"access_token":"","expires_in":7200}"#,
        r#"{"access_token":"two\r\nlines","expires_in":7200}"#,
        r#"{"access_token":"a\u0000b","expires_in":7200}"#,
        r#"{"access_token":"a\u001b[31mb","expires_in":7200}"#,
        r#"{"access_token":"a b","expires_in":7200}"#,
        r#"{"access_token":"茶","expires_in":7200}"#,
        r#"{"access_token":"t0ken"}"#,
        r#"{"access_token":["t0ken"],"expires_in":7200}"#,
        r#"{"access_token":{"access_token":"t0ken"},"expires_in":7200}"#,
        r#"{"access_token":7200,"expires_in":7200}"#,
        r#"{"access_token":true,"expires_in":7200}"#,
        r#"{"access_token":null,"expires_in":7200}"#,
    ];
    for body in lives.into_iter().chain(values.map(str::to_owned)) {
        let home = support::Dir::new();
        let answer = body.clone();
        let url = net::answering(move |_| Message::reply(200, "application/json", answer.clone()));
        for words in ["token get --json", "token get --stable --json"] {
            let error = wxkit(words).to(&url).home(&home).run();
            assert_eq!(error.exit, 8, "{body}: {error}");
            let error = error.prints_nothing().error();
            assert!(
                !error.to_string().contains("t0ken") && !error.to_string().contains("{ "),
                "{body}: {error}"
            );
        }
        assert_eq!(wxkit("token status -q").to(&url).home(&home).run().exits(0).answer(), "0", "{body}");
    }
    let url = net::answering(|request| {
        let is_ticket = request.first.contains("getticket");
        let ticket = r#"{"errcode":0,"errmsg":"ok","ticket":"t","expires_in":99999999}"#;
        let token = r#"{"access_token":"t","expires_in":7200}"#;
        Message::reply(200, "application/json", if is_ticket { ticket } else { token })
    });
    wxkit("ticket get").to(&url).run().exits(8).prints_nothing().says("expires_in");
}

/// The same for the calls whose reply is not kept: an openid is a person's account.
#[test]
fn a_login_that_says_too_little_is_no_login() {
    let exchanged = |token: &str, openid: &str| {
        format!(
            r#"{{"access_token":{token},"expires_in":7200,"refresh_token":"r","openid":{openid},"scope":"snsapi_base"}}"#
        )
    };
    let wrong = [
        (exchanged(r#"["t0ken"]"#, r#""o1""#), "oauth exchange 0123456789abcdef0123456789abcdef"),
        (exchanged(r#""t0ken""#, r#"["o1"]"#), "oauth exchange 0123456789abcdef0123456789abcdef"),
        (exchanged(r#""t0ken""#, "1"), "oauth exchange 0123456789abcdef0123456789abcdef"),
        ("{}".to_owned(), "oauth exchange 0123456789abcdef0123456789abcdef"),
        ("{}".to_owned(), "oauth check --access-token t --openid o"),
        (r#"{"openid":{"a":1},"nickname":"n"}"#.to_owned(), "oauth userinfo --access-token t --openid o"),
    ];
    for (body, words) in wrong {
        let answer = body.clone();
        let url = net::answering(move |_| Message::reply(200, "application/json", answer.clone()));
        let error = wxkit(words).words("--json").to(&url).run();
        assert_eq!(error.exit, 8, "{words}: {body}: {error}");
        error.prints_nothing();
    }
}

/// Who stands in the way is named, and nothing was sent.
#[test]
fn a_proxy_in_the_way_is_named() {
    let nobody = net::nobody();
    let place = nobody.strip_prefix("http://").unwrap();
    let live = |run: Run| run.as_merchant().run().exits(4).prints_nothing();
    let dead = live(wxkit("token get").env("HTTPS_PROXY", format!("http://user:pa55word@{place}")));
    dead.says(&format!("the proxy {place}")).says("api.weixin.qq.com").says("HTTPS_PROXY").hides("pa55word");
    live(wxkit("token get --proxy").word(&*nobody)).says(&format!("the proxy {place}"));
    let zh = live(wxkit("token get --lang zh --proxy").word(&*nobody));
    zh.says(&format!("代理 {place} 不通"));
    let strict = net::answering(|_| Message::reply(407, "text/html", "<html>who are you?</html>"));
    let place = strict.strip_prefix("http://").unwrap().to_owned();
    // Through a tunnel, and passed on in plain.
    let tunnel = live(wxkit("token get").env("HTTPS_PROXY", &*strict));
    tunnel.says(&format!("the proxy {place}")).says("407").says("USER:PASSWORD");
    let plain = wxkit(
        "pay refund out_trade_no=PROXY001 out_refund_no=R0000001 total_fee=1 refund_fee=1 --yes --json --proxy",
    );
    let error = plain.word(&*strict).to("http://wechat.test").run().exits(4).prints_nothing().error();
    assert_eq!(error["code"], "net.proxy", "{error}");
    // One that cannot go on says so, too.
    let stuck = net::answering(|_| Message::reply(503, "text/plain", "no"));
    live(wxkit("token get").env("HTTPS_PROXY", &*stuck)).says("the proxy 127.0.0.1");
    // Not asked where it is not for.
    let done = wxkit("token get").env("HTTPS_PROXY", &*nobody).to(&net::nobody()).run().exits(4);
    assert!(!done.stderr.contains("the proxy"), "{done}");
}
