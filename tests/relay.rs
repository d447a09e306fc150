//! `token serve --relay`: an SDK that changes nothing but its base URL, with the gateway
//! in place of WeChat, and callers who mean no good, with a WeChat that tells what it saw.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod servers;
mod support;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};

use serde_json::json;
use servers::{APP, HubProcess, Mock, Place, SECRET, get, post, until};
use std::time::Duration;
use support::net::{Message, answering, http, nobody, silent};

/// A WeChat that answers everything and remembers what it was asked.
fn witness() -> (String, Arc<Mutex<Vec<String>>>) {
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = Arc::clone(&seen);
    let url = answering(move |message: &Message| {
        kept.lock().unwrap().push(String::from_utf8_lossy(&message.bytes()).into_owned());
        Message::reply(
            200,
            "application/json",
            r#"{"errcode":0,"access_token":"fromWeChat","expires_in":7200}"#,
        )
    });
    (url, seen)
}

/// A hub before this WeChat.
fn hub(place: &Place, wechat: &str, args: &[&str]) -> HubProcess {
    let mock = Mock { url: wechat.to_owned(), process: None };
    HubProcess::start(place, &mock, args)
}

/// The reply to bytes as they are.
fn raw(url: &str, text: &str) -> String {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.write_all(text.as_bytes()).unwrap();
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply);
    String::from_utf8_lossy(&reply).into_owned()
}

#[test]
fn an_sdk_only_changes_its_base_url() {
    let place = Place::new();
    let mock = Mock::start(&place, &[]);
    let hub = HubProcess::start(&place, &mock, &["--relay"]);
    let token =
        get(&format!("{}/cgi-bin/token?grant_type=client_credential&appid={APP}&secret={SECRET}", hub.url)).1;
    let token = token["access_token"].as_str().unwrap().to_owned();
    // Signing in goes through, by the path of the gateway that no hub has.
    let link = format!(
        "{}/connect/oauth2/authorize?appid={APP}&redirect_uri=http%3A%2F%2Fa.test%2F&response_type=code&scope=snsapi_userinfo",
        mock.url
    );
    let back = http("GET", &link, "");
    let code =
        back.header("location").unwrap().split_once("code=").unwrap().1.split('&').next().unwrap().to_owned();
    let url = format!(
        "{}/sns/oauth2/access_token?appid={APP}&secret={SECRET}&code={code}&grant_type=authorization_code",
        hub.url
    );
    let (status, told) = get(&url);
    assert_eq!(status, 200, "{told}");
    let (user, openid) = (told["access_token"].as_str().unwrap(), told["openid"].as_str().unwrap());
    let info = get(&format!("{}/sns/userinfo?access_token={user}&openid={openid}", hub.url)).1;
    assert_eq!(info["openid"], openid, "{info}");
    // What the gateway does not play comes back in its words: they are WeChat's to say.
    let sent = post(&format!("{}/cgi-bin/message/template/send?access_token={token}", hub.url), "{}").1;
    assert_eq!(sent["errcode"], 40066, "{sent}");
    assert_eq!(mock.fetches(), 1);
}

#[test]
fn without_relay_a_path_of_wechats_ends_here() {
    let place = Place::new();
    let (wechat, seen) = witness();
    let hub = hub(&place, &wechat, &[]);
    let (status, told) = get(&format!("{}/cgi-bin/menu/get?access_token=x", hub.url));
    assert_eq!((status, &told["errcode"]), (404, &json!(40066)), "{told}");
    assert!(told["errmsg"].as_str().unwrap().contains("--relay"), "{told}");
    assert!(!seen.lock().unwrap().iter().any(|asked| asked.contains("/cgi-bin/menu")));
}

#[test]
fn only_the_call_goes_on_and_only_once() {
    let place = Place::new();
    let (wechat, seen) = witness();
    let hub = hub(&place, &wechat, &["--relay"]);
    let body = r#"{"touser":"o1"}"#;
    let reply = raw(
        &hub.url,
        &format!(
            "POST /cgi-bin/message/send?access_token=T&x=a%2Fb HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n\
             cookie: a=b\r\nx-forwarded-for: 1.2.3.4\r\nauthorization: Bearer hub-token\r\nconnection: close, x-secret\r\nx-secret: 1\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        ),
    );
    assert!(reply.starts_with("HTTP/1.1 200") && reply.contains("fromWeChat"), "{reply}");
    let seen = seen.lock().unwrap();
    let calls: Vec<&String> = seen.iter().filter(|asked| asked.contains("/cgi-bin/message")).collect();
    assert_eq!(calls.len(), 1);
    let call = calls[0].to_lowercase();
    assert!(call.starts_with("post /cgi-bin/message/send?access_token=t&x=a%2fb"), "{call}");
    assert!(
        call.contains("content-type: application/json") && call.ends_with(&body.to_lowercase()),
        "{call}"
    );
    for kept in ["cookie", "x-forwarded-for", "authorization", "x-secret", "hub-token"] {
        assert!(!call.contains(kept), "{kept}: {call}");
    }
}

#[test]
fn nothing_leads_anywhere_else() {
    let place = Place::new();
    let (wechat, seen) = witness();
    let hub = hub(&place, &wechat, &["--relay"]);
    let before = seen.lock().unwrap().len();
    for path in [
        "//evil.example/cgi-bin/x",
        "/cgi-bin/../_mock/orders",
        "/cgi-bin/%2e%2e/x",
        "/cgi-bin//x",
        "/cgi-bin/Token?grant_type=client_credential",
        "/cgi-bin/token/?grant_type=client_credential",
        "/cgi-bin/x@evil.example",
        "/cgi-bin/x;y",
        "/sns/",
        "/pay/unifiedorder",
        "/_mock/orders",
    ] {
        let reply =
            raw(&hub.url, &format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n"));
        assert!(reply.starts_with("HTTP/1.1 4"), "{path}: {reply}");
    }
    // An absolute form names a host of its own, and is answered or refused here.
    raw(
        &hub.url,
        "GET http://evil.example/cgi-bin/menu/get HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n",
    );
    // A page makes no calls.
    raw(
        &hub.url,
        "GET /cgi-bin/menu/get HTTP/1.1\r\nhost: 127.0.0.1\r\norigin: http://evil.example\r\nconnection: close\r\n\r\n",
    );
    raw(&hub.url, "DELETE /cgi-bin/menu/get HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n");
    let seen = seen.lock().unwrap();
    assert!(
        !seen[before..].iter().any(|asked| !asked.starts_with("GET /cgi-bin/token?grant_type")),
        "{seen:?}"
    );
}

#[test]
fn who_may_ask_for_a_token_may_pass_and_nobody_else() {
    const TOKEN: &str = "a-token-of-one-machine-0123456789";
    let place = Place::new();
    let (wechat, seen) = witness();
    let clients = place.path("clients");
    std::fs::write(&clients, format!("shop {TOKEN}\n")).unwrap();
    support::set_mode(&clients, 0o600);
    let hub = hub(&place, &wechat, &["--relay", "--auth-file", clients.to_str().unwrap()]);
    let count = || {
        seen.lock()
            .unwrap()
            .iter()
            .filter(|asked| asked.contains("/menu/") || asked.contains("/sns/"))
            .count()
    };
    for path in
        ["/cgi-bin/menu/get", "/cgi-bin/menu/get?access_token=guess", "/sns/userinfo?access_token=guess"]
    {
        assert_eq!(get(&format!("{}{path}", hub.url)).1["errcode"], 40125, "{path}");
    }
    assert_eq!(count(), 0);
    // The token that it handed out, and the client's own token in the place of the secret.
    let held = until(Duration::from_secs(10), || {
        let url =
            format!("{}/cgi-bin/token?grant_type=client_credential&appid={APP}&secret={TOKEN}", hub.url);
        get(&url).1["access_token"].as_str().map(str::to_owned)
    });
    assert_eq!(get(&format!("{}/cgi-bin/menu/get?access_token={}", hub.url, held.unwrap())).0, 200);
    let sns = format!(
        "{}/sns/oauth2/access_token?appid={APP}&secret={TOKEN}&code=C&grant_type=authorization_code",
        hub.url
    );
    assert_eq!(get(&sns).0, 200);
    assert_eq!(count(), 2);
    let seen = seen.lock().unwrap();
    let asked = seen.iter().find(|asked| asked.contains("/sns/")).unwrap();
    assert!(asked.contains(&format!("secret={SECRET}")) && !asked.contains(TOKEN), "{asked}");
    assert!(!hub.process.log().contains(SECRET) && !hub.process.log().contains(TOKEN));
}

#[test]
fn a_wechat_that_does_not_answer_is_said_so_without_secrets() {
    let place = Place::new();
    for (wechat, status, code) in [(nobody(), 502, -1), (silent(), 504, -504)] {
        let hub = hub(&place, &wechat, &["--relay", "--timeout", "1"]);
        let (found, told) = get(&format!("{}/cgi-bin/menu/get?access_token=secret-token", hub.url));
        assert_eq!((found, &told["errcode"]), (status, &json!(code)), "{told}");
        let log = until(Duration::from_secs(5), || {
            Some(hub.process.log()).filter(|log| log.contains("/cgi-bin/menu/get"))
        });
        assert!(!log.expect("a line").contains("secret-token"));
    }
}
