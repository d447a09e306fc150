//! Whom `mock --scenario` makes the gateway know: the example of both READMEs, run.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use serde_json::Value;
use support::net::{Message, http};
use support::{Dir, Gateway, wxkit};

const FIRST: &str = "wx1111111111111111";
const SECOND: &str = "wx2222222222222222";

/// The block of TOML in a README that begins with `# accounts.toml`.
fn example(readme: &str) -> String {
    let text = std::fs::read_to_string(support::repository(readme)).unwrap();
    let (_, rest) = text.split_once("```toml\n# accounts.toml").expect("the example");
    rest.split_once("\n```").unwrap().0.replace("env:SHOP_SECRET", "a secret of the shop")
}

fn get(gateway: &Gateway, path: &str) -> Message {
    http("GET", &format!("{}{path}", gateway.url), "")
}

fn token(gateway: &Gateway, app_id: &str, secret: &str) -> Value {
    let secret = secret.replace(' ', "%20");
    get(gateway, &format!("/cgi-bin/token?grant_type=client_credential&appid={app_id}&secret={secret}"))
        .json()
}

/// The user who consents under an account.
fn user(gateway: &Gateway, app_id: &str, secret: &str) -> Value {
    let link = format!(
        "/connect/oauth2/authorize?appid={app_id}&redirect_uri=http%3A%2F%2Fa.test%2F&response_type=code&scope=snsapi_userinfo"
    );
    let reply = get(gateway, &link);
    let code = reply.header("location").unwrap().split_once("code=").unwrap().1.split('&').next().unwrap();
    let secret = secret.replace(' ', "%20");
    let url = format!(
        "/sns/oauth2/access_token?appid={app_id}&secret={secret}&code={code}&grant_type=authorization_code"
    );
    let told = get(gateway, &url).json();
    let (token, openid) = (told["access_token"].as_str().unwrap(), told["openid"].as_str().unwrap());
    get(gateway, &format!("/sns/userinfo?access_token={token}&openid={openid}")).json()
}

fn order(gateway: &Gateway, words: &str) -> support::Run {
    let usual = "pay order body=tea total_fee=7 trade_type=NATIVE product_id=1 spbill_create_ip=127.0.0.1 \
                 notify_url=http://127.0.0.1:9/n";
    wxkit(usual).words(words).on(gateway)
}

#[test]
fn the_example_of_both_readmes_is_what_the_gateway_knows() {
    for readme in ["README.md", "README.zh-CN.md"] {
        let dir = Dir::new();
        let gateway = Gateway::with(&format!("--scenario {}", dir.file("accounts.toml", example(readme))));
        for _ in 0..2 {
            assert!(token(&gateway, FIRST, "a secret of the shop")["access_token"].is_string(), "{readme}");
            assert_eq!(token(&gateway, FIRST, "another")["errcode"], 40125);
            assert!(token(&gateway, SECOND, support::APP_SECRET)["access_token"].is_string());
            assert_eq!(token(&gateway, support::APP_ID, support::APP_SECRET)["errcode"], 40013);
            let (one, two) =
                (user(&gateway, FIRST, "a secret of the shop"), user(&gateway, SECOND, support::APP_SECRET));
            assert_eq!((&one["openid"], &one["unionid"]), (&"oZhangSan".into(), &"uZhangSan".into()));
            assert_eq!((&two["openid"], &two["nickname"]), (&"oZhangSan2".into(), &"张三".into()));
            let known = gateway.look("identity");
            assert_eq!(known["merchants"][0]["sub_mch_ids"][1], "1900000003", "{known}");
            assert!(!known.to_string().contains("1111111111111111111"), "a key is shown: {known}");
            gateway.act("reset", "");
        }
        assert_eq!(gateway.look("faults")["faults"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn a_partner_orders_for_those_it_serves() {
    let dir = Dir::new();
    let gateway = Gateway::with(&format!("--scenario {}", dir.file("accounts.toml", example("README.md"))));
    let partner = format!("--mch-id 1900000001 --app-id {FIRST} --key 11111111111111111111111111111111");
    order(&gateway, &format!("{partner} sub_mch_id=1900000002 out_trade_no=order-1 -q")).run().exits(0);
    order(&gateway, &format!("{partner} sub_mch_id=1900000008 out_trade_no=order-2"))
        .run()
        .exits(5)
        .says("SUB_MCH_ID_INVALID");
    let own = format!("--mch-id 1900000009 --key {}", support::PAY_KEY);
    order(&gateway, &format!("{own} --app-id {SECOND} out_trade_no=order-3 -q")).run().exits(0);
    order(&gateway, &format!("{own} --app-id {FIRST} out_trade_no=order-4"))
        .run()
        .exits(5)
        .says("APPID_MCHID_NOT_MATCH");
    // Each is paid by the openid of its own account.
    assert_eq!(gateway.act("orders/order-1/pay", "{}")["openid"], "oZhangSan");
    assert_eq!(gateway.act("orders/order-3/pay", "{}")["openid"], "oZhangSan2");
}

#[test]
fn what_cannot_be_used_is_named() {
    let dir = Dir::new();
    let file = |text: &str| dir.file("bad.toml", text);
    let run = |text: &str| wxkit("mock --print-env --scenario").word(file(text)).run();
    run("[[app]]\nname = \"x\"").exits(3).says("app[1].app_id is missing");
    run("[[app]]\napp_id = \"wx1\"\nsecret = \"env:NO_SUCH_VARIABLE\"").exits(3).says("NO_SUCH_VARIABLE");
    run("[[merchant]]\nmch_id = \"1\"\napp_ids = [\"wx9\"]").exits(2).says("no [[app]] with app_id wx9");
    run("[[merchant]]\nmch_id = \"1\"\nv3_key = \"short\"").exits(2).says("32 bytes").says("merchant 1");
    run("[[user]]\nopenid = \"a;b\"").exits(3).says("user[1].openid is made of");
    run("[[app]]\napp_id = \"wx5\"").exits(0).shows("wx5");
}

/// What is exported is what the gateway goes by: a notice that it seals opens with it.
#[test]
fn the_first_of_a_scenario_are_exported() {
    let dir = Dir::new();
    let scenario = dir.file(
        "sc.toml",
        "key_mode = \"certificate\"\n[[app]]\napp_id = \"wx1111111111111111\"\nsecret = \"the secret of app one\"\n\
         [[app]]\napp_id = \"wx2222222222222222\"\n\
         [[merchant]]\nmch_id = \"1900000001\"\npay_key = \"11111111111111111111111111111111\"\n\
         v3_key = \"env:V3_OF_ONE\"\n[[merchant]]\nmch_id = \"1900000002\"\n\
         v3_key = \"55555555555555555555555555555555\"\n",
    );
    let one = "33333333333333333333333333333333";
    let mock = |words: &str| {
        let run = wxkit("mock --keys keys --scenario").word(&*scenario).words(words).env("V3_OF_ONE", one);
        run.home(&dir).from(&dir.0)
    };
    let expected = [
        ("WXKIT_APP_ID", "wx1111111111111111"),
        ("WXKIT_APP_SECRET", "the secret of app one"),
        ("WXKIT_MCH_ID", "1900000001"),
        ("WXKIT_PAY_KEY", "11111111111111111111111111111111"),
        ("WXKIT_API_V3_KEY", one),
    ];
    let env = mock("--print-env --json").run().exits(0).json()["env"].clone();
    let line = |(name, value): (&str, &str)| format!("{name}={value}\n");
    mock("--env-file told.env").run().exits(0);
    let told = std::fs::read_to_string(dir.path("told.env")).unwrap();
    let beside = mock("-- env").run_unchecked().exits(0).stdout;
    for (name, value) in expected {
        assert_eq!(env[name], value);
        assert!(beside.contains(&line((name, value))), "{name}: {beside}");
        assert!(told.contains(&line((name, value))), "{name}: {told}");
    }
    assert!(env["WXKIT_WECHAT_KEY"].as_str().unwrap().ends_with("platform_cert.pem"), "{env}");
    assert!(env.get("WXKIT_WECHAT_KEY_ID").is_none(), "{env}");
    // The certificates of the gateway are sealed with the key of this merchant.
    let certs = format!("-- {} v3 certs", env!("CARGO_BIN_EXE_wxkit"));
    mock(&certs).run().exits(0).shows("7A3E9C5B1F8D2640C7E5B3A19D0F4E6C82B5D713");
}
