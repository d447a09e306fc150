//! Tokens, tickets, codes and users: the calls of an official account.

use crate::world::{with, world};
use serde_json::Value;
use wxkit::api;
use wxkit::api::Stamp;
use wxkit::api::codec;
use wxkit::mock::Options;
use wxkit::wire::Fields;
use wxkit::wire::Request;

#[test]
fn tokens_expire_and_are_killed_by_a_refetch() {
    let mut w = world();
    let old = w.good("token", "");
    assert_eq!(old.get("expires_in"), Some("7200"));
    let ticket = |token: &Fields| format!("access_token={}", token.get("access_token").unwrap());
    let new = w.good("token", "");
    w.now += 299;
    w.good("getticket", &ticket(&old));
    w.now += 1;
    let (code, text) = w.no("getticket", &ticket(&old));
    assert_eq!(code, "40001");
    assert!(text.starts_with("invalid credential, access_token is invalid or not latest, could get"));
    assert!(text.contains(" rid: "), "{text}");
    w.good("getticket", &ticket(&new));
    w.now += 7200;
    let (code, text) = w.no("getticket", &ticket(&new));
    assert!(code == "42001" && text.starts_with("access_token expired rid: "), "{text}");
}

#[test]
fn the_stable_token_is_another_one_and_stays() {
    let mut w = world();
    let stable = w.good("stable_token", "");
    let classic = w.good("token", "");
    assert_ne!(stable.get("access_token"), classic.get("access_token"));
    assert_eq!(w.good("stable_token", "").get("access_token"), stable.get("access_token"));
    let forced = w.good("stable_token", "force_refresh=true");
    assert_ne!(forced.get("access_token"), stable.get("access_token"));
    let killed = format!("access_token={}", stable.get("access_token").unwrap());
    assert_eq!(w.no("getticket", &killed).0, "40001");
    assert_eq!(w.good("stable_token", "force_refresh=true").get("access_token"), forced.get("access_token"));
}

#[test]
fn tickets_are_the_same_until_they_are_old() {
    let mut w = world();
    let token = w.good("token", "");
    let token = token.get("access_token").unwrap();
    let said = format!("access_token={token}");
    let first = w.good("getticket", &said);
    assert_eq!((first.get("errcode"), first.get("errmsg")), (Some("0"), Some("ok")));
    assert_eq!(w.good("getticket", &said).get("ticket"), first.get("ticket"));
    let card = w.good("getticket", &format!("{said} type=wx_card"));
    assert_ne!(card.get("ticket"), first.get("ticket"));
    let reply =
        w.send(&Request::new("GET", format!("/cgi-bin/ticket/getticket?access_token={token}&type=x")));
    assert!(String::from_utf8_lossy(&reply.reply.body).contains("\"errcode\":40097"));
}

#[test]
fn accounts_are_refused_in_wechats_words() {
    let refused = [
        ("", "40002", "invalid grant_type"),
        ("grant_type=x", "40002", "invalid grant_type"),
        ("grant_type=client_credential", "41002", "appid missing"),
        ("grant_type=client_credential&appid=wx1", "40013", "invalid appid"),
        ("grant_type=client_credential&appid=wx00c0ffee00c0ffee", "41004", "appsecret missing"),
        ("grant_type=client_credential&appid=wx00c0ffee00c0ffee&secret=x", "40125", "invalid appsecret"),
        ("grant_type=%zz", "40035", "invalid argument"),
    ];
    let mut w = world();
    for (asked, code, text) in refused {
        let reply = w.send(&Request::new("GET", format!("/cgi-bin/token?{asked}"))).reply;
        let said: Value = serde_json::from_slice(&reply.body).unwrap();
        assert_eq!(said["errcode"].to_string(), code, "{asked}");
        let message = said["errmsg"].as_str().unwrap();
        assert!(message.starts_with(&format!("{text} rid: ")), "{message}");
    }
    let tokens = [("", "41001"), ("short", "40014"), ("unknown_token_unknown_token", "40001")];
    for (token, code) in tokens {
        let url = format!("/cgi-bin/ticket/getticket?type=jsapi&access_token={token}");
        let reply = w.send(&Request::new("GET", url)).reply;
        assert!(String::from_utf8_lossy(&reply.body).contains(&format!("\"errcode\":{code}")), "{token}");
    }
    let bodies = [("POST", "", 44002), ("POST", "{", 47001), ("GET", "", 43002)];
    for (method, body, code) in bodies {
        let request = Request::new(method, "/cgi-bin/stable_token").with_body("application/json", body);
        let reply = w.send(&request).reply;
        let said: Value = serde_json::from_slice(&reply.body).unwrap();
        assert_eq!(said["errcode"], code);
    }
}

#[test]
fn only_listed_addresses_get_tokens() {
    let mut w = with(Options { whitelist: vec!["10.0.0.1".into()], ..Options::default() });
    let url = "/cgi-bin/token?grant_type=client_credential&appid=wx00c0ffee00c0ffee&\
               secret=0123456789abcdef0123456789abcdef";
    let mut request = Request::new("GET", url);
    request.peer = Some("10.0.0.2:5000".into());
    let body = String::from_utf8(w.send(&request).reply.body).unwrap();
    let text = "invalid ip 10.0.0.2 ipv6 ::ffff:10.0.0.2, not in whitelist rid: ";
    assert!(body.contains("40164") && body.contains(text), "{body}");
    request.peer = Some("[::ffff:10.0.0.1]:5000".into());
    assert!(String::from_utf8_lossy(&w.send(&request).reply.body).contains("access_token"));
}

#[test]
fn a_code_becomes_a_user_once() {
    let mut w = world();
    let code = w.code("snsapi_userinfo");
    let reply = w.ask("sns_access_token", &format!("code={code}"));
    assert_eq!(reply.header("content-type"), Some("text/plain"));
    let user =
        codec::read_reply(api::by_name("sns_access_token").unwrap(), &reply, &w.keys, Stamp::TIMELESS.now)
            .unwrap()
            .fields;
    assert_eq!(user.get("openid"), Some("oMockUser0000000000000000001"));
    assert_eq!(user.get("scope"), Some("snsapi_userinfo"));
    let (token, openid) = (user.get("access_token").unwrap(), user.get("openid").unwrap());
    let who = format!("access_token={token} openid={openid}");
    assert_eq!(w.good("sns_auth", &who).get("errmsg"), Some("ok"));
    assert_eq!(w.good("sns_userinfo", &who).get("nickname"), Some("测试用户"));
    assert_eq!(w.no("sns_auth", &format!("access_token={token} openid=other")).0, "40003");
    let refresh = user.get("refresh_token").unwrap();
    let again = w.good("sns_refresh_token", &format!("refresh_token={refresh}"));
    assert_ne!(again.get("access_token"), Some(token));
    assert!(w.no("sns_access_token", &format!("code={code}")).1.starts_with("code been used"));
}

#[test]
fn codes_and_users_tokens_are_refused_in_wechats_words() {
    let mut w = world();
    let (code, text) = w.no("sns_access_token", "code=nobody_gave_this");
    assert!(code == "40029" && text.starts_with("invalid code"));
    let late = w.code("snsapi_base");
    let fresh = w.code("snsapi_base");
    let user = w.good("sns_access_token", &format!("code={fresh}"));
    assert_eq!(user.get("unionid"), None);
    let who =
        format!("access_token={} openid={}", user.get("access_token").unwrap(), user.get("openid").unwrap());
    assert_eq!(w.no("sns_userinfo", &who).0, "48001");
    w.now += 300;
    assert_eq!(w.no("sns_access_token", &format!("code={late}")).0, "42003");
    assert_eq!(w.no("sns_refresh_token", "refresh_token=x").0, "40030");
    let refresh = format!("refresh_token={}", user.get("refresh_token").unwrap());
    w.now += 30 * 86_400;
    assert_eq!(w.no("sns_refresh_token", &refresh).0, "42002");
    assert_eq!(w.no("sns_auth", &who).0, "42001");
}

#[test]
fn an_authorize_link_must_be_written_as_wechat_wants_it() {
    let right =
        "appid=wx00c0ffee00c0ffee&redirect_uri=http%3A%2F%2Fa.test%2F&response_type=code&scope=snsapi_base";
    let pages = [
        (right.to_owned(), ""),
        (format!("{right}&state=1&forcePopup=true"), ""),
        (
            right.replace("response_type=code&scope=snsapi_base", "scope=snsapi_base&response_type=code"),
            "参数顺序错误",
        ),
        (right.replace("appid=wx00c0ffee00c0ffee&", ""), "appid不能为空"),
        (right.replace("wx00c0ffee00c0ffee", "wx1"), "AppID 参数错误"),
        (right.replace("snsapi_base", "snsapi_all"), "10005"),
        (right.replace("http%3A", "javascript%3A"), "redirect_uri域名与后台配置不一致"),
    ];
    let mut w = world();
    for (link, text) in pages {
        let reply = w.send(&Request::new("GET", format!("/connect/oauth2/authorize?{link}"))).reply;
        let body = String::from_utf8_lossy(&reply.body).into_owned();
        assert_eq!(reply.status == 302, text.is_empty(), "{link}: {body}");
        assert!(body.contains(text), "{link}: {body}");
    }
    let back = w.good("qrconnect", "redirect_uri=http://a.test/ state=x");
    assert!(back.get("location").unwrap().starts_with("http://a.test/?code=0"));
}
