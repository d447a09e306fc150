//! Settings are the same for whoever asks: flag, environment, profile, default,
//! whatever the command and whatever else was typed.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

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
