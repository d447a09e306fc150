//! The front of a gateway's port: TLS with its own CA, and the proxy that leads unchanged
//! programs there. Driven by programs that nobody here wrote (curl, Python, Node); where
//! one is missing, its test says so and passes, but fails where CI is `true`.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::time::Duration;

use support::net::{Message, answering};
use support::{Dir, Done, Gateway, repository, soon, wxkit};

/// Whether a program of this machine is there.
fn has(program: &str) -> bool {
    let there = Command::new(program).arg("--version").output().is_ok_and(|done| done.status.success());
    let ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(there || !ci, "{program} is not installed");
    if !there {
        let _ = writeln!(std::io::stderr(), "SKIPPED: there is no {program}");
    }
    there
}

/// curl with this gateway's CA and no other.
fn curl(gateway: &Gateway, words: &[&str]) -> Done {
    let ca = gateway.home.path("state/wxkit/ca/ca.pem");
    let mut command = Command::new("curl");
    command.args(["-sS", "-m", "20", "--noproxy", "", "--cacert", &ca]).args(words).env_clear();
    let output = command.env("PATH", std::env::var_os("PATH").unwrap()).output().unwrap();
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    Done {
        stdout: text(&output.stdout),
        stderr: text(&output.stderr),
        exit: output.status.code().unwrap_or(-1),
    }
}

/// The gateway says this, in a moment.
fn logs(gateway: &Gateway, text: &str) {
    assert!(soon(|| gateway.log().contains(text).then_some(())).is_some(), "{}", gateway.log());
}

fn port(gateway: &Gateway) -> &str {
    gateway.url.rsplit(':').next().unwrap()
}

/// An order of a merchant that nobody knows: what the gateway says of it, nobody else does.
const ORDER: [&str; 2] = ["-d", "<xml><appid>wx0</appid><mch_id>1</mch_id></xml>"];
const UNKNOWN: &str = "MCHID_NOT_EXIST";

#[test]
fn every_host_of_wechats_is_spoken_to_over_tls() {
    if !has("curl") {
        return;
    }
    let gateway = Gateway::with("--tls");
    for host in ["api.mch", "api2.mch", "fraud.mch", "api", "api2", "file.api", "open", "mp", "sh.api"] {
        let host = format!("{host}.weixin.qq.com:{}", port(&gateway));
        let here = format!("{host}:127.0.0.1");
        let url = format!("https://{host}/pay/unifiedorder");
        curl(&gateway, &[&["--resolve", &here], &ORDER[..], &[&url]].concat()).exits(0).shows(UNKNOWN);
    }
    let tenpay = format!("wx.tenpay.com:{}:127.0.0.1", port(&gateway));
    let url = format!("https://wx.tenpay.com:{}/cgi-bin/mmpayweb-bin/checkmweb", port(&gateway));
    curl(&gateway, &["--resolve", &tenpay, &url]).exits(0);
    for own in ["localhost", "127.0.0.1"] {
        let url = format!("https://{own}:{}/_mock/healthz", port(&gateway));
        curl(&gateway, &[&url]).exits(0).shows("\"gateway\":\"wxkit\"");
    }
    curl(&gateway, &[&format!("{}/_mock/healthz", gateway.url)]).exits(0).shows("wxkit");
    let strange = format!("shop.example:{}:127.0.0.1", port(&gateway));
    let url = format!("https://shop.example:{}/", port(&gateway));
    curl(&gateway, &["--resolve", &strange, &url]).exits(60);
    let another = repository("tests/tls/ca.pem");
    let url = format!("https://localhost:{}/", port(&gateway));
    curl(&gateway, &["--cacert", &another, &url]).exits(60);
    logs(&gateway, "does not trust the certificate");
}

#[test]
fn refunds_over_tls_show_a_certificate() {
    if !has("curl") {
        return;
    }
    let gateway = Gateway::with("--tls");
    let secure = format!("https://localhost:{}/secapi/pay/refund", port(&gateway));
    curl(&gateway, &[&ORDER[..], &[&secure]].concat()).exits(0).shows("No required SSL certificate was sent");
    let (cert, key) = (repository("tests/tls/merchant.pem"), repository("tests/tls/merchant.key"));
    for version in ["1.2", "1.3"] {
        let own = ["--cert", &cert, "--key", &key, "--tls-max", version];
        curl(&gateway, &[&own, &ORDER[..], &[&secure]].concat()).exits(0).shows(UNKNOWN);
    }
    // A certificate of which the client has no key is worth nothing.
    let stranger = repository("tests/tls/stranger.key");
    let done = curl(&gateway, &[&["--cert", &cert, "--key", &stranger], &ORDER[..], &[&secure]].concat());
    assert_ne!(done.exit, 0, "{done}");
    // Without TLS nobody could show one.
    let plain = format!("{}/secapi/pay/refund", gateway.url);
    curl(&gateway, &[&ORDER[..], &[&plain]].concat()).exits(0).shows(UNKNOWN);
}

#[test]
fn calls_to_wechat_end_at_the_gateway_and_no_others() {
    if !has("curl") {
        return;
    }
    let other = answering(|request| Message::reply(200, "text/plain", format!("seen: {}", request.first)));
    let gateway = Gateway::with("--proxy");
    let through = |words: &[&str]| curl(&gateway, &[&["-x", &gateway.url], words].concat());
    let order = |url| through(&[&ORDER[..], &[url]].concat());
    order("https://api.mch.weixin.qq.com/pay/unifiedorder").exits(0).shows(UNKNOWN);
    order("http://api.mch.weixin.qq.com/pay/unifiedorder").exits(0).shows(UNKNOWN);
    through(&["-p", "http://api.weixin.qq.com/cgi-bin/token"]).exits(0).shows("errcode");
    let calls = gateway.look("requests")["requests"].as_array().unwrap().len();
    // Through a tunnel and as one request, and in turn over one connection.
    through(&["-p", &format!("{other}/a?b")]).exits(0).shows("seen: GET /a?b HTTP/1.1");
    let mixed = [&format!("{other}/c"), "http://api.weixin.qq.com/x", &format!("{other}/d")];
    let done = through(&mixed).exits(0);
    assert_eq!(done.stdout.matches("seen: GET /").count(), 2, "{done}");
    assert_eq!(gateway.look("requests")["requests"].as_array().unwrap().len(), calls + 1);
    // It is a proxy to itself as well; the control plane sees who asks, and by which name.
    through(&[&format!("{}/_mock/healthz", gateway.url)]).exits(0).shows("wxkit");
    through(&["http://api.mch.weixin.qq.com/_mock/orders"]).exits(0).shows("mock.foreign_name");
    through(&["https://nobody.invalid/"]).exits(56).says("502");
    logs(&gateway, "nobody answers at nobody.invalid:443");
}

#[test]
fn others_are_refused_where_that_is_asked_for() {
    if !has("curl") {
        return;
    }
    let other = answering(|_| Message::reply(200, "text/plain", "reached"));
    let gateway = Gateway::with("--proxy --proxy-other refuse");
    let through = |words: &[&str]| curl(&gateway, &[&["-x", &gateway.url], words].concat());
    through(&[&other]).exits(0).shows("--proxy-other pass");
    through(&["-d", &"x".repeat(100_000), &other]).exits(0).shows("is no host of WeChat's");
    through(&["-p", &other]).exits(56).says("403");
    through(&["https://api.weixin.qq.com.evil.example/"]).exits(56).says("403");
    through(&["http://api.weixin.qq.com@evil.example/"]).exits(0).shows("is no host of WeChat's");
    assert_eq!(gateway.look("requests")["requests"].as_array().unwrap().len(), 0);
    // A gateway that is no proxy says so.
    let plain = Gateway::start();
    curl(&plain, &["-x", &plain.url, "https://api.mch.weixin.qq.com/"]).exits(56).says("405");
}

#[test]
fn strange_beginnings_end_and_hurt_nobody() {
    let gateway = Gateway::with("--proxy");
    let say = |bytes: &[u8]| {
        let mut stream = TcpStream::connect(gateway.url.trim_start_matches("http://")).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut said = Vec::new();
        let _ = stream.read_to_end(&mut said);
        String::from_utf8_lossy(&said).into_owned()
    };
    let long =
        [b"CONNECT a.test:1 HTTP/1.1\r\n".to_vec(), vec![b'x'; 100_000], b"\r\n\r\n".to_vec()].concat();
    for strange in [
        b"".as_slice(),
        b"\x16",
        b"\x16\x03\x01\xff\xff\x01",
        b"CONNECT",
        b"CONNECT api.mch.weixin.qq.com:443 HTTP/1.1\r\n",
        b"CONNECT api.mch.weixin.qq.com:443 HTTP/1.1\r\n\xff: x\r\n\r\n",
        &long,
    ] {
        let said = say(strange);
        assert!(!said.contains("HTTP"), "{said}");
    }
    for (strange, status) in [
        (b"CONNECT : HTTP/1.1\r\n\r\n".as_slice(), " 405 "),
        (b"GET http:// HTTP/1.1\r\n\r\n", " 400 "),
        (b"CONNECT 127.0.0.1:1 HTTP/1.1\r\n\r\n", " 502 "),
    ] {
        let said = say(strange);
        assert!(said.lines().next().is_some_and(|first| first.contains(status)), "{said}");
    }
    let eager = b"CONNECT api.weixin.qq.com:80 HTTP/1.1\r\n\r\nGET /cgi-bin/token HTTP/1.1\r\nhost: api.weixin.qq.com\r\n\r\n";
    assert!(say(eager).contains("errcode"), "who does not wait is served too");
    assert_eq!(gateway.look("healthz")["status"], "ok");
}

#[test]
fn the_ca_is_made_once_and_kept_from_others() {
    let home = Dir::new();
    let ask = || wxkit("mock ca -q").home(&home);
    let racing: Vec<_> = (0..8)
        .map(|_| {
            std::thread::spawn({
                let run = ask();
                move || run.run().exits(0).stdout
            })
        })
        .collect();
    let all: Vec<String> = racing.into_iter().map(|one| one.join().unwrap()).collect();
    assert!(all.iter().all(|one| *one == all[0]) && all[0].starts_with("-----BEGIN CERTIFICATE-----"));
    let kept = home.path("state/wxkit/ca/ca-key.pem");
    assert_eq!(std::fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
    let out = home.path("out.pem");
    let own = home.file("own.txt", "precious");
    wxkit("mock ca --out").word(&*own).home(&home).run().exits(2).says("no certificate");
    assert_eq!(std::fs::read_to_string(&own).unwrap(), "precious");
    // The second time it replaces what it wrote itself.
    for _ in 0..2 {
        wxkit("mock ca --out").word(&*out).home(&home).run().exits(0);
    }
    assert_eq!(std::fs::read_to_string(&out).unwrap(), all[0]);
    support::set_mode(&kept, 0o644);
    ask().run().exits(3).says("chmod 600");
    support::set_mode(&kept, 0o600);
    let cut = &std::fs::read(&kept).unwrap()[..300];
    std::fs::write(&kept, cut).unwrap();
    ask().run().exits(3).says("ca-key.pem").says("delete this file");
    std::fs::remove_file(&kept).unwrap();
    assert_ne!(ask().run().exits(0).stdout, all[0]);
    wxkit("mock --tls --listen unix:x.sock").run().exits(2).says("at a socket file");
}

/// Runs a program beside a proxy; what it printed.
fn beside(script: &str, file: &str, source: &str) -> String {
    let home = Dir::new();
    home.file(file, source);
    let run = wxkit("mock --proxy -- sh -c").word(script).home(&home);
    run.env("NO_PROXY", "*").run().exits(0).stdout
}

#[test]
fn unchanged_programs_reach_the_gateway_by_their_environment_alone() {
    let url = "https://api.weixin.qq.com/cgi-bin/token?grant_type=x";
    if has("curl") {
        assert!(beside(&format!("curl -sS -m 20 '{url}'"), "x", "").contains("40002"));
    }
    if has("python3") {
        let source = format!("import urllib.request as u\nprint(u.urlopen('{url}').read())\n");
        assert!(beside("python3 a.py", "a.py", &source).contains("40002"));
    }
    if has("node") {
        let source = format!(
            "import https from 'node:https';\nimport http from 'node:http';\n\
             const say = (reply) => reply.on('data', (data) => console.log(String(data)));\n\
             console.log(await (await fetch('{url}')).text());\nhttps.get('{url}', say);\n\
             http.get('{}', say);\n",
            url.replace("https", "http")
        );
        assert_eq!(beside("node a.mjs", "a.mjs", &source).matches("40002").count(), 3);
    }
}

#[test]
fn the_variables_are_told_and_keep_what_others_put_there() {
    let home = Dir::new();
    let own = home.file("own.pem", "-----BEGIN CERTIFICATE-----\nown\n-----END CERTIFICATE-----\n");
    let ask = || wxkit("mock --listen 127.0.0.1:7792 --proxy --json --print-env").home(&home);
    let told = ask()
        .env("NO_PROXY", ".corp.example,.weixin.qq.com,*")
        .env("NODE_OPTIONS", "--max-old-space-size=500")
        .env("NODE_EXTRA_CA_CERTS", &*own)
        .env("JAVA_TOOL_OPTIONS", "-Dx=y")
        .run()
        .exits(0)
        .json();
    let env = |name: &str| told["env"][name].as_str().unwrap_or_else(|| panic!("{name}: {told}")).to_owned();
    for name in ["HTTPS_PROXY", "https_proxy"] {
        assert_eq!(env(name), "http://127.0.0.1:7792");
    }
    assert_eq!(env("NO_PROXY"), ".corp.example,localhost,127.0.0.1,::1");
    assert_eq!((env("no_proxy"), env("NODE_USE_ENV_PROXY")), (env("NO_PROXY"), "1".to_owned()));
    assert!(env("NODE_OPTIONS").starts_with("--max-old-space-size=500 --require="));
    assert!(env("JAVA_TOOL_OPTIONS").starts_with("-Dx=y "));
    let read = |name: &str| std::fs::read_to_string(env(name)).unwrap();
    assert!(read("NODE_EXTRA_CA_CERTS").ends_with("own\n-----END CERTIFICATE-----\n"));
    let ca = wxkit("mock ca -q").home(&home).run().exits(0).stdout;
    for name in ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"] {
        let roots = read(name).matches("BEGIN CERTIFICATE").count();
        assert!(read(name).starts_with(&ca) && roots > 20, "the roots stay trusted: {roots}");
    }
    assert!(told["hosts"].as_str().unwrap().starts_with("127.0.0.1 api.mch.weixin.qq.com "));
    let path = home.path("wx.env");
    for flags in ["--proxy", "--tls", ""] {
        wxkit("mock --env-file").word(&*path).words(flags).home(&home).run().exits(0);
    }
    let ready = home.path("ready");
    let script =
        format!("{} mock --listen 127.0.0.1:0 --ready-fd 3 -- true 3>{ready}", env!("CARGO_BIN_EXE_wxkit"));
    assert!(Command::new("sh").args(["-c", &script]).status().unwrap().success());
    let told = std::fs::read_to_string(&ready).unwrap();
    assert!(told.starts_with("http://127.0.0.1:") && told.ends_with('\n'), "{told}");
    wxkit("mock --ready-fd 77 -- true").run().exits(2).says("file descriptor 77");
    wxkit("mock --").run().exits(2).says("no program behind --");
}

/// Whoever starts a gateway holds its stdin; when that ends, killed or not, so does this.
#[test]
fn a_gateway_that_is_told_so_ends_with_its_stdin() {
    let script =
        "(sleep 1; echo read and not heeded; sleep 1) | \"$0\" mock --quiet --listen 127.0.0.1:0 --until-eof";
    let begun = std::time::Instant::now();
    let done = Command::new("sh").args(["-c", script, env!("CARGO_BIN_EXE_wxkit")]).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    assert!(done.stdout.starts_with(b"http://127.0.0.1:"), "{done:?}");
    assert!(begun.elapsed() >= Duration::from_secs(2), "what is read does not end it");
    wxkit("mock --until-eof -- true").run().exits(2).says("stdin is the program's own");
    wxkit("mock --until-eof --key -").stdin("k").run().exits(2).says("--until-eof");
}
