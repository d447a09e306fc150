//! Settings are the same for whoever asks: flag, environment, profile, default,
//! whatever the command and whatever else was typed.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use proptest::prelude::*;

use support::{APP_ID, APP_SECRET, Dir, Gateway, MCH_ID, PAY_KEY, Run, wxkit};

/// A home whose file of profiles says this.
fn home(profiles: &str) -> Dir {
    let home = Dir::new();
    home.file("config/wxkit/config.toml", profiles);
    home
}

/// `a=1`, signed with `192006250b4c09247ec02edce69f6a2d`, by Python's hashlib:
/// hmac.new(key, b"a=1&key=" + key, sha256).hexdigest().upper()
const HMAC: &str = "3CC49964FD76CA4855A3E1E95992501265A98D5687940A799B64172CDAB2032D";
const KEY: &str = "192006250b4c09247ec02edce69f6a2d";

#[test]
fn a_sign_type_holds_whatever_else_is_typed() {
    let home = home("[profile.default]\nsign_type = \"HMAC-SHA256\"\n");
    let sign = |run: Run| run.home(&home).run().exits(0).answer();
    assert_eq!(sign(wxkit("pay sign a=1 -q").env("WXKIT_PAY_KEY", KEY)), HMAC);
    assert_eq!(sign(wxkit("pay sign a=1 -q --key env:K").env("K", KEY)), HMAC);
    let invoke = "pay invoke --prepay-id wx1 --at 1 --nonce n --json";
    let run = wxkit(invoke).env("WXKIT_PAY_KEY", KEY).env("WXKIT_APP_ID", APP_ID).home(&home).run().exits(0);
    assert_eq!(run.json()["params"]["signType"], "HMAC-SHA256");
    let shown = wxkit("profile show -q").home(&home).run().exits(0);
    assert!(shown.stdout.contains("sign_type=HMAC-SHA256"), "{shown}");
}

#[test]
fn a_flag_goes_before_the_environment() {
    let quiet = |words: &str, name: &str| {
        let run = wxkit(words).env("WXKIT_PAY_KEY", KEY).env("WXKIT_SIGN_TYPE", "HMAC-SHA256").env(name, "1");
        assert_eq!(run.run().exits(0).stdout, format!("{HMAC}\n"), "{words}");
    };
    for words in
        ["pay sign a=1 -q", "-q pay sign a=1", "pay sign a=1 -qv", "pay sign -vq a=1", "pay sign -qy a=1"]
    {
        quiet(words, "WXKIT_JSON");
    }
    let run = wxkit("pay sign a=1 --json").env("WXKIT_PAY_KEY", KEY).env("WXKIT_QUIET", "1").run().exits(0);
    assert_eq!(run.json()["sign_type"], "MD5");
    // Wrong use is told in the same look.
    wxkit("pay sign -qv --nope").env("WXKIT_JSON", "1").run().exits(2).says("error: unknown argument --nope");
}

#[test]
fn a_profile_has_its_own_store() {
    let gateway = Gateway::start();
    let own = gateway.home.path("own");
    gateway.home.file(
        "config/wxkit/config.toml",
        format!(
            "default_profile = \"other\"\n[profile.other]\napp_id = \"wx0000000000000001\"\n[profile.shop]\napp_id = \
             \"{APP_ID}\"\napp_secret = \"{APP_SECRET}\"\nbase = \"{}\"\nstore_dir = \"{own}\"\n",
            gateway.url
        ),
    );
    let ready = gateway.home.path("hub-ready");
    let serve = wxkit("token serve --app shop --listen 127.0.0.1:0 --ready-file").word(&*ready);
    let mut hub = serve.command(&gateway.home).stdout(std::process::Stdio::null()).spawn().unwrap();
    let stored = support::soon(|| std::fs::read_dir(&own).ok()?.next());
    hub.kill().unwrap();
    hub.wait().unwrap();
    assert!(stored.is_some(), "nothing in the profile's own store");
    assert!(!std::path::Path::new(&gateway.home.path("state/wxkit/leases")).exists());
}

#[test]
fn a_certificate_that_cannot_be_read_breaks_only_what_needs_it() {
    let gateway = Gateway::start();
    let query = |flag: &str| wxkit("pay query out_trade_no=T00001").words(flag).on(&gateway).run();
    query("--cert /no/such/file").exits(5);
    let token = wxkit("token get -q --cert /no/such/file").on(&gateway).run();
    token.exits(0);
    let refund = wxkit("pay refund out_trade_no=T00001 out_refund_no=R00001 total_fee=1 refund_fee=1 --yes")
        .words("--cert /no/such/file --base https://127.0.0.1:1")
        .as_merchant();
    refund.run().exits(2).says("/no/such/file: no such file");
}

/// Every reference that can lead nowhere, and a call that does not need it.
#[test]
fn a_reference_that_leads_nowhere_breaks_only_what_needs_it() {
    let gateway = Gateway::start();
    let query = |flags: &str| wxkit("pay query out_trade_no=T00001").words(flags).on(&gateway).run();
    for idle in [
        "--app-secret file:/no/such/file",
        "--app-secret env:NOWHERE",
        "--ca-file /no/such/file",
        "--cert-key /no/such/file --cert /no/such/file",
        "--hub http://127.0.0.1:9 --hub-token env:NOWHERE",
        "--store redis://127.0.0.1:9",
    ] {
        query(idle).exits(5).says("ORDERNOTEXIST");
    }
    query("--key env:NOWHERE").exits(3).says("NOWHERE");
    let token = |flags: &str| wxkit("token get -q").words(flags).on(&gateway).run();
    token("--key env:NOWHERE --ca-file /no/such/file").exits(0);
    // One that is held needs no secret.
    token("--app-secret env:NOWHERE").exits(0);
    token("--force --app-secret env:NOWHERE").exits(3).says("NOWHERE");
    token("--hub http://127.0.0.1:9 --hub-token env:NOWHERE").exits(3).says("NOWHERE");
    token("--ca-file /no/such/file --base https://127.0.0.1:1").exits(2).says("/no/such/file: no such file");
}

#[test]
fn a_call_by_its_path_wants_the_same_certificate() {
    let gateway = Gateway::start();
    for path in ["/secapi/pay/refund", "secapi/pay/refund", "/secapi/pay/unheard_of"] {
        let call = wxkit("pay call").word(path).words("out_trade_no=T00001 --yes --cert /no/such/file");
        call.on(&gateway).run().exits(2).says("/no/such/file: no such file");
    }
    let call = "pay call /pay/orderquery out_trade_no=T00001 --cert /no/such/file";
    wxkit(call).on(&gateway).run().exits(5).says("ORDERNOTEXIST");
}

#[test]
fn only_one_can_have_standard_input() {
    let run = |words: &str| wxkit(words).stdin("a=1&sign=B\n").run();
    for (words, first, second) in [
        ("pay sign --key - --from -", "--key", "--from"),
        ("pay verify --key - -", "--key", "--from"),
        ("explain --key - --from -", "--key", "--from"),
        (
            "pay query out_trade_no=T00001 --app-id wx1 --mch-id 1 --key - --app-secret -",
            "--key",
            "--app-secret",
        ),
    ] {
        let done = run(words).exits(2);
        done.says("both want standard input").says(first).says(second);
    }
    wxkit("pay sign a=1 --key -").stdin(KEY).run().exits(0);
}

#[test]
fn no_home_is_no_trouble() {
    let homeless = |words: &str| {
        let own = Dir::new();
        let mut command = wxkit(words).env("WXKIT_PAY_KEY", KEY).command(&own);
        command.env_remove("HOME").env_remove("XDG_CONFIG_HOME").env_remove("XDG_STATE_HOME");
        let output = command.output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    for words in
        ["pay sign a=1", "profile show", "jssdk sign --url http://a/ --ticket env:WXKIT_PAY_KEY", "errcode 0"]
    {
        assert_eq!(homeless(words), (0, String::new()), "{words}");
    }
    for words in ["pay sign a=1 -p shop", "profile list"] {
        let (exit, stderr) = homeless(words);
        assert!(exit == 3 && stderr.contains("HOME is not set"), "{words}: {stderr}");
    }
    let (exit, stderr) = homeless("token get --app-id wx1 --app-secret env:WXKIT_PAY_KEY");
    assert!(exit == 3 && stderr.contains("no place for tokens"), "{stderr}");
}

#[test]
fn a_broken_file_is_told_by_whoever_stands_on_it() {
    let home = home("[profile.default]\ntimeout = \"soon\"\n");
    let run = |words: &str| wxkit(words).env("WXKIT_PAY_KEY", KEY).home(&home).run();
    for words in ["pay sign a=1", "explain", "oauth url", "token status", "profile show"] {
        run(words).exits(3).says("profile.default.timeout cannot be \"soon\"");
    }
    for words in ["completions bash", "man", "errcode 40029", "profile list"] {
        run(words).exits(0);
    }
}

#[test]
fn a_gateway_takes_the_identity_of_a_named_profile_only() {
    let profile = "[profile.default]\napp_id = \"wx2222222222222222\"\npay_key = \"0123456789abcdef0123456789abcdef\"\n";
    let shown = |words: &str| {
        let home = home(profile);
        let ready = home.path("ready");
        let run = wxkit("mock --listen 127.0.0.1:0 --json --ready-file").word(&*ready).words(words);
        let log = std::fs::File::create(home.path("log")).unwrap();
        let mut child = run.command(&home).stdout(log).spawn().unwrap();
        support::soon(|| std::fs::read_to_string(&ready).ok().filter(|url| !url.is_empty())).unwrap();
        let line =
            support::soon(|| std::fs::read_to_string(home.path("log")).ok().filter(|log| log.contains('\n')));
        child.kill().unwrap();
        child.wait().unwrap();
        serde_json::from_str::<serde_json::Value>(line.unwrap().lines().next().unwrap()).unwrap()
    };
    let named = shown("-p default");
    assert_eq!((&named["app_id"], &named["mch_id"]), (&"wx2222222222222222".into(), &MCH_ID.into()));
    assert_eq!(shown("")["app_id"], APP_ID);
}

#[test]
fn a_variable_that_is_no_setting_is_remarked() {
    let run = wxkit("pay sign a=1 -q").env("WXKIT_PAY_KEY", KEY).env("WXKIT_PAYKEY", PAY_KEY).run();
    run.exits(0).says("note: no setting is called WXKIT_PAYKEY, did you mean WXKIT_PAY_KEY?");
    let run = wxkit("completions bash").env("WXKIT_PAYKEY", PAY_KEY).run().exits(0);
    assert_eq!(run.stderr, "");
}

/// What one source says of a setting: nothing, or one of these.
fn said(values: &'static [&'static str]) -> impl Strategy<Value = Option<&'static str>> {
    prop::option::of(prop::sample::select(values))
}

const KEYS: &[&str] = &[KEY, "0123456789abcdef0123456789abcdef"];
const APPS: &[&str] = &["wx0000000000000001", "wx0000000000000002", "wx0000000000000003"];
const BASES: &[&str] = &["http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:3"];
const TYPES: &[&str] = &["MD5", "HMAC-SHA256"];

/// A name in a profile, its flag (none if it is no global one), its variable.
const NAMES: [(&str, Option<&str>, &str); 4] = [
    ("app_id", Some("--app-id"), "WXKIT_APP_ID"),
    ("pay_key", Some("--key"), "WXKIT_PAY_KEY"),
    ("base", Some("--base"), "WXKIT_BASE"),
    ("sign_type", None, "WXKIT_SIGN_TYPE"),
];

proptest! {
    // Six runs of the binary a case: enough to meet every pair of sources.
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_shown_is_what_is_used(
        flags in (said(APPS), said(KEYS), said(BASES), Just(None::<&str>)),
        env in (said(APPS), said(KEYS), said(BASES), said(TYPES)),
        profile in (said(APPS), said(KEYS), said(BASES), said(TYPES)),
        named in any::<bool>(),
    ) {
        let list = |of: (Option<&'static str>, Option<&'static str>, Option<&'static str>, Option<&'static str>)| {
            [of.0, of.1, of.2, of.3]
        };
        let lines: Vec<String> = NAMES.iter().zip(list(profile))
            .filter_map(|((name, ..), value)| Some(format!("{name} = \"{}\"\n", value?))).collect();
        let home = home(&format!("[profile.default]\n{}", lines.concat()));
        let run = |words: &str| {
            let run = wxkit(words).words(if named { "-p default" } else { "" }).home(&home);
            let run = NAMES.iter().zip(list(flags)).fold(run, |run, ((_, flag, _), value)| match (flag, value) {
                (Some(flag), Some(value)) => run.word(*flag).word(value),
                _ => run,
            });
            NAMES.iter().zip(list(env)).fold(run, |run, ((.., variable), value)| match value {
                Some(value) => run.env(variable, value),
                None => run,
            })
        };
        let shown = run("profile show --json --reveal").run().exits(0).json();
        let shown = |name: &str| {
            let values = shown["values"].as_array().unwrap();
            let value = values.iter().find(|value| value["name"] == name);
            value.map(|value| value["value"].as_str().unwrap().to_owned())
        };
        for (at, (name, ..)) in NAMES.iter().enumerate() {
            let given = list(flags)[at].or(list(env)[at]).or(list(profile)[at]);
            let usual = match *name {
                "sign_type" => Some("MD5".to_owned()),
                "base" => Some("https://api.weixin.qq.com https://api.mch.weixin.qq.com https://open.weixin.qq.com".into()),
                _ => None,
            };
            prop_assert_eq!(shown(name), given.map(str::to_owned).or(usual), "{}", name);
        }
        let (app_id, key, sign_type) = (shown("app_id"), shown("pay_key"), shown("sign_type").unwrap());
        let signed = run("pay sign a=1 --json --reveal").run();
        match &key {
            None => prop_assert_eq!(signed.exit, 3),
            Some(key) => {
                let signed = signed.json();
                prop_assert_eq!(&signed["sign_type"], &sign_type);
                prop_assert_eq!(&signed["string_to_sign"], &format!("a=1&key={key}"));
            }
        }
        let invoked = run("pay invoke --prepay-id wx1 --json").run();
        if let (Some(app_id), Some(_)) = (&app_id, &key) {
            let params = &invoked.json()["params"];
            prop_assert_eq!(&params["appId"], app_id);
            prop_assert_eq!(&params["signType"], &sign_type);
        } else {
            prop_assert_eq!(invoked.exit, 3);
        }
        let link = run("oauth url --redirect-uri http://a.example/ -q").run();
        if let Some(app_id) = &app_id {
            let base = shown("base").unwrap();
            let origin = base.rsplit(' ').next().unwrap();
            prop_assert!(link.answer().starts_with(origin), "{}", link);
            let asked = format!("appid={app_id}");
            prop_assert!(link.answer().contains(&asked), "{}", link);
        } else {
            prop_assert_eq!(link.exit, 3);
        }
    }
}

#[test]
fn what_stands_in_for_nothing_is_shown_too() {
    let home = home(
        "[profile.shop]\napp_secret = \"env:NOWHERE\"\npay_key = \"file:/no/such/key\"\ncert = \"/no/such/cert\"\n",
    );
    let run =
        wxkit("profile show -p shop --json").home(&home).env("HTTPS_PROXY", "http://u:hunter22@proxy:1");
    let run = run.env("NO_PROXY", "a.example").run().exits(0).hides("hunter22");
    let document = run.json();
    let find = |name: &str| {
        document["values"].as_array().unwrap().iter().find(|v| v["name"] == name).cloned().unwrap()
    };
    assert_eq!(document["profile"], "shop");
    assert_eq!(find("store_dir")["value"], home.path("state/wxkit/leases"));
    assert_eq!(find("config")["value"], home.path("config/wxkit/config.toml"));
    assert_eq!((&find("timeout")["value"], &find("timeout")["origin"]), (&"30".into(), &"default".into()));
    assert_eq!(find("https_proxy")["origin"], "HTTPS_PROXY");
    assert_eq!(find("no_proxy")["value"], "a.example");
    assert!(find("app_secret")["problem"].as_str().unwrap().contains("there is no variable NOWHERE"));
    assert!(find("pay_key")["problem"].as_str().unwrap().contains("/no/such/key: no such file"));
    assert!(find("cert")["problem"].as_str().unwrap().contains("/no/such/cert: no such file"));
    // A proxy that was named is used in its place.
    let run =
        wxkit("profile show -q --proxy http://other:1").env("HTTPS_PROXY", "http://proxy:1").run().exits(0);
    assert!(!run.stdout.contains("https_proxy"), "{run}");
}
