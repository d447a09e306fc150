//! The gateway driven by SDKs that nobody here wrote: wechatpy and wechatpayv3 in
//! Python, wechatpay-axios-plugin (both APIs) and wechatpay-node-v3 in Node,
//! installed by `tests/clients/install`. Each script goes through orders, notices,
//! refunds and bills and checks what it sees; the signatures it made are checked here
//! once more with our own.
//! Without the SDKs the tests say so and pass, but fail where CI is `true`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[path = "clients/running.rs"]
mod running;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use running::{PATIENCE, Running, gateway};
use serde_json::Value;
use wxkit::api::keys::{Secret, SignType};
use wxkit::api::{Stamp, invoke};
use wxkit::mock::Identity;
use wxkit::wire::{Fields, xml};

const APP_ID: &str = "wx00c0ffee00c0ffee";
const MCH_ID: &str = "1900000109";
const KEY: &str = "wxkitmockpaykey0wxkitmockpaykey0";
/// Where the SDKs are installed: beside the build, never in the sources.
fn installed() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("clients")
}

/// Whether an SDK is there as pinned; the copy of the pins is made last.
fn is_there(pins: &str, copy: &str) -> bool {
    let pinned = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients").join(pins)).unwrap();
    let there = fs::read(installed().join(copy)).is_ok_and(|copy| copy == pinned);
    let ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(there || !ci, "{pins} is not installed: run tests/clients/install");
    if !there {
        // Not `eprintln`, which is swallowed when a test passes.
        let _ = writeln!(std::io::stderr(), "SKIPPED: {pins} is not installed; run tests/clients/install");
    }
    there
}

/// Runs a script against a gateway of its own; what it found, from its last line.
fn run(program: &Path, script: &str) -> Value {
    let (_gateway, url) = gateway(script);
    let mut command = Command::new(program);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients").join(script));
    command.env("WXKIT_BASE", url).env("WXKIT_CLIENTS", installed());
    command.env("WXKIT_KEYS", Path::new(env!("CARGO_MANIFEST_DIR")).join("src/mock/keys"));
    command.env("NO_PROXY", "*").env("PYTHONDONTWRITEBYTECODE", "1");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = Running(command.spawn().unwrap());
    let started = Instant::now();
    while child.0.try_wait().unwrap().is_none() {
        assert!(started.elapsed() < PATIENCE, "{script} does not end");
        std::thread::sleep(Duration::from_millis(20));
    }
    let read = |stream: &mut dyn std::io::Read| std::io::read_to_string(stream).unwrap();
    let said = read(child.0.stdout.as_mut().unwrap());
    let told = read(child.0.stderr.as_mut().unwrap());
    assert!(child.0.wait().unwrap().success(), "{script}\n{said}\n{told}");
    serde_json::from_str(said.lines().last().unwrap_or_default()).expect(&said)
}

fn fields(value: &Value) -> Fields {
    value.as_object().unwrap().iter().map(|(n, v)| (n.as_str(), v.as_str().unwrap())).collect()
}

fn stamp(nonce: &str) -> Stamp {
    Stamp { now: 1_768_478_400, nonce: nonce.into() }
}

/// The SDK's pay parameters are ours, to the letter.
fn same_as_ours(theirs: &Value) {
    let theirs = fields(theirs);
    let prepay_id = theirs.get("package").unwrap().strip_prefix("prepay_id=").unwrap();
    let sign_type = SignType::named(theirs.get("signType").unwrap()).unwrap();
    let ours = invoke::jsapi(APP_ID, prepay_id, &Secret::new(KEY), sign_type, &stamp("nonce"));
    assert_eq!(theirs.len(), ours.params.len());
    for (name, value) in ours.params.iter() {
        assert_eq!(theirs.get(name), Some(value), "{name}");
    }
}

fn believed(message: &Fields) {
    let opened = invoke::verify_pay_v2(message, &Secret::new(KEY));
    assert_eq!(opened, Ok(SignType::HmacSha256));
}

/// Order, query, refund with a certificate: by the environment of `mock --proxy` alone.
#[cfg(unix)]
#[test]
fn an_sdk_whose_host_is_a_constant_runs_unchanged() {
    if !is_there("requirements.txt", "python/requirements.txt") {
        return;
    }
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("unchanged");
    let file = |path: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path);
    let mut command = Command::new(env!("CARGO_BIN_EXE_wxkit"));
    command.args(["mock", "--proxy", "--proxy-other", "refuse", "--"]);
    command.arg(installed().join("python/bin/python")).arg(file("clients/wechatpy_unchanged.py"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", home);
    command.env("MERCHANT_CERT", file("tls/merchant.pem")).env("MERCHANT_KEY", file("tls/merchant.key"));
    let done = command.env("PYTHONDONTWRITEBYTECODE", "1").output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn wechatpy_completes_its_flows() {
    if !is_there("requirements.txt", "python/requirements.txt") {
        return;
    }
    let found = run(&installed().join("python/bin/python"), "wechatpy_flow.py");
    let page = fields(&found["jssdk"]);
    let said = |name: &str| page.get(name).unwrap();
    let ours = invoke::jssdk(&Secret::new(said("ticket")), said("url"), &stamp(said("noncestr")));
    assert_eq!(ours.params.get("signature"), page.get("signature"));
    same_as_ours(&found["pay_sign"]);

    let app = fields(&found["app_sign"]);
    let prepay_id = app.get("prepayid").unwrap();
    let ours =
        invoke::app(APP_ID, MCH_ID, prepay_id, &Secret::new(KEY), SignType::Md5, &stamp("nonce")).params;
    assert_eq!(ours.get("sign"), app.get("sign"));

    believed(&fields(&found["hmac"]["reply"]));
    believed(&xml::read(found["hmac"]["notice"].as_str().unwrap().as_bytes()).unwrap());
}

#[test]
fn wechatpay_axios_plugin_completes_its_flows() {
    if !is_there("package.json", "node/installed.json") {
        return;
    }
    let found = run(Path::new("node"), "axios_plugin_flow.mjs");
    let signed = found["pay_sign"].as_array().unwrap();
    assert_eq!(signed.len(), 2);
    signed.iter().for_each(same_as_ours);
}

/// The same of v3: RSA gives one signature only.
fn same_as_ours_v3(theirs: &Value) {
    let theirs = fields(theirs);
    let said = |name: &str| theirs.get(name).unwrap();
    let prepay_id = said("package").strip_prefix("prepay_id=").unwrap();
    let at = Stamp { now: said("timeStamp").parse().unwrap(), nonce: said("nonceStr").into() };
    let keys = Identity::default().default_keys().v3.unwrap();
    let ours = invoke::jsapi_v3(APP_ID, prepay_id, &keys, &at).unwrap().params;
    for (name, value) in ours.iter() {
        assert_eq!(theirs.get(name), Some(value), "{name}");
    }
}

#[test]
fn wechatpayv3_completes_its_flows() {
    if is_there("requirements.txt", "python/requirements.txt") {
        let found = run(&installed().join("python/bin/python"), "wechatpayv3_flow.py");
        same_as_ours_v3(&found["pay_sign"]);
    }
}

#[test]
fn wechatpay_axios_plugin_completes_its_flows_of_v3() {
    if is_there("package.json", "node/installed.json") {
        let found = run(Path::new("node"), "axios_plugin_v3_flow.mjs");
        let signed = found["pay_sign"].as_array().unwrap();
        assert_eq!(signed.len(), 2);
        signed.iter().for_each(same_as_ours_v3);
    }
}

#[test]
fn wechatpay_node_v3_completes_its_flows() {
    if is_there("package.json", "node/installed.json") {
        let found = run(Path::new("node"), "node_v3_flow.mjs");
        same_as_ours_v3(&found["pay_sign"]);
    }
}
