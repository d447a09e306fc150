//! What people and networks do wrong, and what the program says to it: each with
//! its documented exit code, nothing on stdout, no secret anywhere.

#![allow(clippy::format_collect, reason = "a few lines of text")]
#![allow(clippy::print_stderr, reason = "a skipped test says so")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::io::Read as _;
use std::process::Stdio;
use std::time::Instant;

use support::net::{self, Message};
use support::{APP_SECRET, Dir, Gateway, OPENID, PAY_KEY, set_mode, wxkit};

const KEY: (&str, &str) = ("WXKIT_PAY_KEY", "192006250b4c09247ec02edce69f6a2d");

/// `pay verify` of this body.
fn verify(body: impl AsRef<[u8]>) -> support::Done {
    wxkit("pay verify --from -").env(KEY.0, KEY.1).stdin(body).run().prints_nothing()
}

#[test]
fn empty_input() {
    verify("").exits(2).says("the input is empty");
    verify("\u{feff} \n").exits(2).says("the input is empty");
    wxkit("pay sign").env(KEY.0, KEY.1).run().exits(2).prints_nothing().says("empty");
    wxkit("pay verify --batch --from -").env(KEY.0, KEY.1).run().exits(2).prints_nothing().says("empty");
}

#[test]
fn ten_mebibytes() {
    let big = format!("<xml><body>{}</body></xml>", "x".repeat(10 << 20));
    let started = Instant::now();
    verify(&big).exits(2).says("longer than 1 MiB");
    let dir = Dir::new();
    let file = dir.file("big.xml", &big);
    let run = wxkit("pay sign --from").word(file).env(KEY.0, KEY.1).run();
    run.exits(2).prints_nothing().says("longer than 1 MiB");
    assert!(started.elapsed().as_secs() < 5);
}

#[test]
fn xml_that_wants_to_be_clever() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE xml [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\
                <xml><body>&b;</body></xml>";
    verify(bomb).exits(2).says("DOCTYPE").says("XXE");
    let file = "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><xml><body>&f;</body></xml>";
    verify(file).exits(2).says("DOCTYPE").hides("root:");
    verify("<xml><body>&lol;</body></xml>").exits(2).says("&lol;");
    verify("<xml><a><b>1</b></a></xml>").exits(2).says("one level");
    verify("<xml><a>1</a><a>2</a></xml>").exits(2).says("once");
    verify("<xml><a>1</a>").exits(2).says("ends too early");
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    verify(deep).exits(2);
    let many: String = (0..513).map(|n| format!("<f{n}>1</f{n}>")).collect();
    verify(format!("<xml>{many}</xml>")).exits(2).says("512");
}

#[test]
fn text_that_is_not_utf8() {
    // 茶 in GBK
    let gbk = b"<xml><body>\xb2\xe8</body><sign>9A0A8659F005D6984697E2CA0A9CF3B7</sign></xml>";
    // Verifying reads it, and says what WeChat takes.
    let done = wxkit("pay verify --from -").env(KEY.0, KEY.1).stdin(gbk).run().exits(1);
    done.says("GBK").says("UTF-8").shows("body=茶");
    let file = Dir::new();
    let file = file.file("body", b"\xb2\xe8");
    wxkit("pay sign")
        .word(format!("body=@{file}"))
        .env(KEY.0, KEY.1)
        .run()
        .exits(2)
        .prints_nothing()
        .says("GBK");
}

#[test]
fn words_that_are_no_fields() {
    let sign = |words: &str| wxkit("pay sign").words(words).env(KEY.0, KEY.1).run().prints_nothing();
    sign("body").exits(2).says("\"body\" is not name=value");
    sign("a=1 a=2").exits(2).says("given twice");
    sign("a=@/nonexistent/file").exits(2).says("no such file");
    sign("--from /nonexistent/file").exits(2).says("no such file");
    wxkit("pay sign --sign-type SHA1 a=1").env(KEY.0, KEY.1).run().exits(2).says("HMAC-SHA256");
    wxkit("pay sing a=1").run().exits(2).prints_nothing().says("did you mean: sign");
    wxkit("pay").run().exits(2).prints_nothing().says("sign");
    wxkit("").run().exits(2).prints_nothing().says("Usage");
}

#[test]
fn orders_that_wechat_would_refuse() {
    // Nobody listens: all of this is found before anything is sent.
    let nobody = net::nobody();
    let order = |words: &str| {
        let usual = "body=tea trade_type=JSAPI notify_url=https://shop.example/n out_trade_no=BAD00001";
        wxkit("pay order").words(usual).words(words).to(&nobody).run().prints_nothing()
    };
    let openid = format!("openid={OPENID}");
    order(&format!("total_fee=1.00 {openid}")).exits(2).says("total_fee").says("1.00").says("100");
    order("total_fee=1").exits(2).says("openid is missing").says("JSAPI");
    order(&format!("total_fee=0 {openid}")).exits(2).says("total_fee");
    order(&format!("total_fee=-1 {openid}")).exits(2).says("total_fee");
    order(&format!("total_fee=1 out_trade_no=1 {openid}")).exits(2);
    let chinese = wxkit("pay order body=tea trade_type=JSAPI notify_url=https://a.cn total_fee=1 --lang zh");
    chinese.to(&nobody).run().exits(2).says("openid").says("错误：");
}

#[test]
fn settings_that_are_missing_or_wrong() {
    wxkit("pay sign a=1").run().exits(3).prints_nothing().says("--key").says("WXKIT_PAY_KEY");
    wxkit("token get").run().exits(3).prints_nothing().says("--app-id");
    wxkit("pay sign a=1 --key env:NOT_THERE").run().exits(3).says("NOT_THERE");
    wxkit("pay sign a=1 --key file:/nonexistent").run().exits(3).says("no such file");
    wxkit("pay sign a=1 --key prompt --no-input").run().exits(3).says("no terminal");
    wxkit("pay sign a=1 -p shop").run().exits(3).prints_nothing().says("no profile shop");
    wxkit("errcode 40029").env("WXKIT_LANG", "fr").run().exits(3).says("WXKIT_LANG").says("zh, en");
    wxkit("token get --timeout 0").as_merchant().run().exits(2).says("--timeout");
    let dir = Dir::new();
    dir.file("config/wxkit/config.toml", "[profile.shop]\napp_id = \"wx1\"\n");
    wxkit("profile show -p shop").home(&dir).run().exits(0).shows("wx1");
    wxkit("profile show -p shpo").home(&dir).run().exits(3).says("no profile shpo").says("there are: shop");
    dir.file("config/wxkit/config.toml", "[profile.shop]\napp_di = \"wx1\"\n");
    wxkit("profile show -p shop").home(&dir).run().exits(3).says("profile.shop.app_di").says("app_id");
    dir.file("config/wxkit/config.toml", "[profile.shop\n");
    wxkit("profile show").home(&dir).run().exits(3).says("line 1");
}

#[test]
fn settings_that_others_can_read() {
    let dir = Dir::new();
    let path = dir.file("config/wxkit/config.toml", format!("[profile.shop]\npay_key = \"{PAY_KEY}\"\n"));
    let sign = || wxkit("pay sign a=1 -p shop").home(&dir).run();
    sign().exits(0).hides(PAY_KEY);
    for mode in [0o644, 0o640, 0o604, 0o660] {
        set_mode(&path, mode);
        let refused = sign().exits(3).prints_nothing().hides(PAY_KEY);
        refused.says(&format!("mode {mode:o}")).says(&format!("chmod 600 {path}"));
    }
    set_mode(&path, 0o400);
    sign().exits(0);
}

#[test]
fn a_certificate_that_is_none() {
    let gateway = Gateway::start();
    let refund = |cert: &str, more: &str| {
        let fields = "out_trade_no=NONE0001 out_refund_no=R0000001 total_fee=1 refund_fee=1";
        wxkit("pay refund")
            .words(fields)
            .words(more)
            .word("--cert")
            .word(cert)
            .on(&gateway)
            .run()
            .prints_nothing()
    };
    let cert = support::repository("tests/tls/merchant.p12");
    let refused = refund(&cert, "--cert-password not-the-password").exits(3);
    if cfg!(feature = "p12") {
        refused.says("password").says("merchant id");
    } else {
        refused.says("p12").says("--cert-key");
    }
    refund(&support::repository("tests/tls/make.sh"), "").exits(3).says("make.sh");
    refund("/nonexistent.p12", "").exits(2).says("no such file");
    assert_eq!(gateway.calls("/secapi/pay/refund"), 0);
}

// What networks do wrong.

const ORDER: &str = "pay order body=tea trade_type=NATIVE product_id=1 total_fee=1 \
                     notify_url=https://shop.example/n out_trade_no=LOST0001";

#[test]
fn nobody_there() {
    let nobody = net::nobody();
    wxkit(ORDER).to(&nobody).run().exits(4).prints_nothing().says("cannot reach").says("safe to try again");
    wxkit("token get").to(&nobody).run().exits(4).prints_nothing();
    let error = wxkit(ORDER).word("--json").to(&nobody).run().exits(4).prints_nothing().error();
    assert_eq!((&error["code"], &error["exit"]), (&"net.unreachable".into(), &4.into()));
    // The proxy is not there: the same.
    wxkit(ORDER).word("--proxy").word(&*nobody).to("http://wechat.test").run().exits(4);
}

#[test]
fn no_answer_after_sending() {
    let silent = net::silent();
    let lost = wxkit(ORDER).words("--timeout 1").to(&silent).run().exits(7).prints_nothing();
    lost.says("unknown").says("wxkit pay query out_trade_no=LOST0001");
    let fields = "out_trade_no=LOST0001 out_refund_no=R0000001 total_fee=1 refund_fee=1";
    let refund = wxkit("pay refund --json --timeout 1").words(fields).to(&silent).run().exits(7);
    assert_eq!(refund.error()["next"][0], "wxkit pay refund-query out_refund_no=R0000001");
}

/// Each of these waits for a reply that does not come; for as long as it was told.
#[test]
fn a_time_limit_counts_for_notices_too() {
    let home = Dir::new();
    let notice = home.file("n.xml", "<xml><return_code>SUCCESS</return_code></xml>");
    let silent = net::silent();
    let timed = |line: String, exit: i32, said: &str| {
        let started = Instant::now();
        let done = wxkit(&line).as_merchant().run().exits(exit);
        assert!(started.elapsed().as_secs() < 4, "{line}: {:?}\n{done}", started.elapsed());
        assert!(format!("{done}").contains(said), "{line}: {done}");
    };
    timed(format!("notify replay {notice} --to {silent} --timeout 1"), 1, "within 1 s");
    timed(format!("notify replay {notice} --to {silent} --timeout 500ms --lang zh"), 1, "0.5 秒内");
    timed(format!("notify send out_trade_no=LOST0001 total_fee=1 --to {silent} --timeout 1"), 7, "");
    timed(format!("notify check --skip alive,refund --to {silent} --timeout 700ms"), 1, "timed out");
    let told = wxkit(&format!("notify replay {notice} --to {silent} --json")).env("WXKIT_TIMEOUT", "0.3");
    assert_eq!(told.run().exits(1).json()["failures"][0]["reason"], "no reply within 0.3 s");
    // Longer than WeChat waits: it is done, and said.
    let answering =
        net::answering(|_| Message::reply(200, "text/xml", "<xml><return_code>SUCCESS</return_code></xml>"));
    let long = wxkit(&format!("notify replay {notice} --to {answering} --timeout 8"));
    long.run().exits(0).says("WeChat waits 5");
    let usual = wxkit(&format!("notify replay {notice} --to {answering}")).run().exits(0);
    assert_eq!(usual.stderr, "", "{usual}");
}

#[test]
fn whatever_crosses_the_wire_is_shown_where_it_is_asked_for() {
    let home = Dir::new();
    let notice = home.file("n.xml", "<xml><return_code>SUCCESS</return_code></xml>");
    let url =
        net::answering(|_| Message::reply(200, "text/xml", "<xml><return_code>SUCCESS</return_code></xml>"));
    let gateway = Gateway::start();
    for (line, shown) in [
        (format!("notify send out_trade_no=SEEN0001 total_fee=1 --to {url}"), "> POST"),
        (format!("notify replay {notice} --to {url}"), "> POST"),
        (format!("notify check --to {url}"), "> POST"),
        (format!("mock requests --base {}", gateway.url), "> GET"),
        ("demo".to_owned(), "> POST"),
    ] {
        let (loud, calm) = (
            wxkit(&line).word("-v").as_merchant().run_unchecked(),
            wxkit(&line).as_merchant().run_unchecked(),
        );
        assert!(loud.stderr.contains(shown) && loud.stderr.contains("< 200"), "{line}: {loud}");
        assert!(!calm.stderr.contains("< 200"), "{line}: {calm}");
    }
}

#[test]
fn an_order_is_sent_once() {
    let (tell, told) = std::sync::mpsc::channel();
    let url = net::answering(move |request| {
        tell.send(request.first.clone()).unwrap();
        Message::reply(502, "text/html", "<html>bad gateway</html>")
    });
    wxkit(ORDER).to(&url).run();
    assert_eq!(told.try_iter().count(), 1);
}

#[test]
fn somebody_else_answers() {
    let page = "<!DOCTYPE html><html><title>Log in</title></html>";
    let portal = net::answering(move |_| Message::reply(200, "text/html", page));
    wxkit("pay query out_trade_no=HTML0001").to(&portal).run().exits(8).prints_nothing().says("HTTP 200");
    wxkit("token get").to(&portal).run().exits(8).prints_nothing();
    let empty = net::answering(|_| Message::reply(200, "text/xml", ""));
    wxkit("pay query out_trade_no=HTML0001").to(&empty).run().exits(8).prints_nothing();
    let cut = net::answering(|_| Message::reply(200, "text/xml", "<xml><return_code>SUCC"));
    wxkit("pay query out_trade_no=HTML0001").to(&cut).run().exits(8).prints_nothing();
}

#[test]
fn money_wants_a_yes() {
    // A proxy that would see every attempt: none is made.
    let (tell, told) = std::sync::mpsc::channel();
    let proxy = net::answering(move |request| {
        tell.send(request.first.clone()).unwrap();
        Message::reply(502, "text/plain", "")
    });
    let fields = "out_trade_no=LIVE0001 out_refund_no=R0000001 total_fee=1 refund_fee=1";
    let cert = support::certificate();
    let live = |words: &str| {
        let run = wxkit(words).word("--proxy").word(&*proxy).words(&cert);
        run.as_merchant().env("HTTPS_PROXY", &*proxy).run().prints_nothing()
    };
    let code =
        "body=tea total_fee=1 auth_code=134567890123456789 out_trade_no=LIVE0001 spbill_create_ip=127.0.0.1";
    for words in [
        format!("pay refund {fields}"),
        format!("pay micropay {code}"),
        "pay reverse out_trade_no=LIVE0001".to_owned(),
        format!("pay call /secapi/pay/refund {fields}"),
        format!("pay call /mmpaymkttools/transfers {fields}"),
    ] {
        live(&words).exits(9).says("--yes").says("--base");
    }
    assert_eq!(told.try_iter().count(), 0);
    live(&format!("pay refund {fields} --yes")).exits(4);
    assert!(told.try_iter().count() >= 1);
}

// What this machine does wrong.

#[test]
fn a_reader_that_goes_away() {
    for words in ["errcode 40029", "completions bash", "pay --help", "demo", "man"] {
        let home = Dir::new();
        let mut command = wxkit(words).command(&home);
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut stderr = String::new();
        child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        let status = child.wait().unwrap();
        assert_eq!((stderr.as_str(), status.code()), ("", Some(0)), "{words}");
    }
}

/// An answer that is cut off must not look like a whole one.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    for words in ["errcode 40029", "completions bash", "--help", "errcode 40029 --json"] {
        let (home, full) = (Dir::new(), std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
        let mut command = wxkit(words).command(&home);
        let output = command.stdin(Stdio::null()).stdout(full).stderr(Stdio::piped()).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{words}: {stderr}");
        assert!(stderr.contains("stdout: the disk is full"), "{words}: {stderr}");
        assert_eq!(stderr.contains("disk.full"), words.contains("--json"), "{words}: {stderr}");
    }
}

/// One code and one sentence, whatever was to be written.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_the_same_everywhere() {
    let gateway = Gateway::with("--at 1735700000");
    wxkit(ORDER).on(&gateway).run().exits(0);
    gateway.act("orders/LOST0001/pay", "");
    let dir = Dir::new();
    let full = dir.path("full");
    // A link, so that a program that replaces what it should write to harms no machine.
    std::os::unix::fs::symlink("/dev/full", &full).unwrap();
    std::fs::create_dir(dir.path("man")).unwrap();
    std::os::unix::fs::symlink("/dev/full", dir.path("man/wxkit.1")).unwrap();
    let receiver = net::answering(|_| Message::reply(200, "text/xml", "no"));
    for words in [
        format!("pay bill bill_date=20250101 -o {full}"),
        format!("notify check --to {receiver} --report json={full}"),
        format!("man --dir {}", dir.path("man")),
    ] {
        let done = wxkit(&words).word("--json").on(&gateway).run();
        let error = done.error();
        assert_eq!((done.exit, &error["code"]), (2, &"disk.full".into()), "{words}: {done}");
        assert!(error["message"].as_str().unwrap().ends_with(": the disk is full"), "{words}: {done}");
    }
}

/// A real file system without room, where one can be mounted.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up() {
    let dir = Dir::new();
    let disk = dir.path("disk");
    std::fs::create_dir(&disk).unwrap();
    let mount = |words: &[&str]| std::process::Command::new(words[0]).args(&words[1..]).output();
    let mounted = mount(&["mount", "-t", "tmpfs", "-o", "size=8k,mode=700", "tmpfs", &disk]);
    if !mounted.is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: a_disk_that_fills_up needs the right to mount");
        return;
    }
    let fill = std::fs::write(format!("{disk}/filler"), vec![b'x'; 64 << 10]);
    let state = format!("{disk}/state.json");
    let done = wxkit("mock --json --listen 127.0.0.1:0 --state").word(&*state).run();
    let left: Vec<_> = std::fs::read_dir(&disk).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let _ = mount(&["umount", &disk]);
    assert!(fill.is_err(), "the disk is full");
    assert_eq!((done.exit, &done.error()["code"]), (2, &"disk.full".into()), "{done}");
    let left: Vec<_> = left.iter().filter(|name| !name.to_string_lossy().ends_with(".lock")).collect();
    assert_eq!(left, ["filler"], "nothing half-written");
}

#[test]
fn a_word_that_is_not_text() {
    use std::os::unix::ffi::OsStrExt as _;
    let home = Dir::new();
    let mut command = wxkit("pay sign").command(&home);
    let output = command.arg(std::ffi::OsStr::from_bytes(b"body=\xb2\xe8")).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "error: a word is not UTF-8\n  → wxkit pay sign --help\n"
    );
}

#[test]
fn a_place_that_cannot_be_written() {
    // A day of 2025 on which something was paid.
    let gateway = Gateway::with("--at 1735700000");
    wxkit(ORDER).on(&gateway).run().exits(0);
    gateway.act("orders/LOST0001/pay", "");
    let bill = |path: &str| wxkit("pay bill bill_date=20250101 -o").word(path).on(&gateway).run();
    bill("/nonexistent/bill.csv").exits(2).prints_nothing().says("/nonexistent/bill.csv");
    let home = &gateway.home;
    let path = home.path("bill.csv");
    bill(&path).exits(0);
    assert!(std::fs::read_to_string(&path).unwrap().contains("交易时间"));
    bill(&home.path("")).exits(2);
    // A minus is stdout, as everywhere.
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(bill("-").exits(0).answer(), text.trim_end());
    assert!(!std::path::Path::new(&home.path("-")).exists());
    let rows = wxkit("pay bill bill_date=20250101 --json").on(&gateway).run().exits(0).json();
    assert_eq!(
        (rows["rows"].as_array().unwrap().len(), &rows["rows"][0]["商户订单号"]),
        (1, &"LOST0001".into())
    );
    assert_eq!((&rows["totals"]["总交易单数"], &rows["columns"][0]), (&"1".into(), &"交易时间".into()));
    wxkit("mock --listen 127.0.0.1:0 --ready-file /nonexistent/ready")
        .run()
        .exits(2)
        .says("/nonexistent/ready");
    let binary = wxkit("pay bill bill_date=20250101 tar_type=GZIP").on(&gateway);
    binary.run().exits(2).prints_nothing().says("--out");
    let taken = gateway.url.strip_prefix("http://").unwrap();
    wxkit("mock --listen").word(taken).run().exits(3).prints_nothing().says("in use");
}

#[test]
fn secrets_stay_secret() {
    let gateway = Gateway::start();
    let token = wxkit("token get -q").on(&gateway).run().exits(0).answer();
    let shown = wxkit("ticket get -v --json").on(&gateway).run().exits(0);
    let ticket = shown.json()["ticket"].as_str().unwrap().to_owned();
    assert!(!shown.stderr.contains(&ticket), "{shown}");
    shown.says("/cgi-bin/ticket/getticket").says("***").hides(&token).hides(APP_SECRET);
    // Asked for again, it is on stdout, and only there.
    let again = wxkit("token get --force -v -q").on(&gateway).run().exits(0);
    assert!(!again.stderr.contains(&again.answer()), "{again}");
    let sign = |more: &str| wxkit("pay sign a=1 --json").words(more).as_merchant().run().exits(0);
    sign("").hides(PAY_KEY).shows("a=1&key=***");
    sign("--reveal").shows(&format!("a=1&key={PAY_KEY}"));
    wxkit("profile show").as_merchant().run().exits(0).hides(PAY_KEY).hides(APP_SECRET);
    wxkit(ORDER).word("-v").on(&gateway).run().exits(0).says("/pay/unifiedorder").hides(PAY_KEY);
    let lost = wxkit("token get -v").to(&net::nobody()).run().exits(4);
    lost.hides(APP_SECRET);
    // A literal on the command line shows in the list of processes, and is hidden here.
    let typed = wxkit("pay sign a=1 --key").word(PAY_KEY).run().exits(0).hides(PAY_KEY);
    typed.says("list of processes");
}

/// What is typed wrongly is wrong use, whichever flag it stands behind.
#[test]
fn one_code_for_a_flag_that_is_typed_wrongly() {
    for words in [
        "--base ftp://x",
        "--base 127.0.0.1:7780",
        "--base x:99999",
        "--hub foo",
        "--proxy socks5://x:1",
        "--timeout 1.5x",
        "--timeout -1",
        "--timeout=-1",
        "--timeout 0",
    ] {
        for lang in ["zh", "en"] {
            let error = wxkit("token get --json --lang").word(lang).words(words).as_merchant().run();
            let error = error.exits(2).prints_nothing().error();
            let flag = words.split([' ', '=']).next().unwrap();
            assert_eq!(error["code"], "setting.invalid", "{words}: {error}");
            assert!(error["message"].as_str().unwrap().starts_with(flag), "{words}: {error}");
        }
    }
    for listen in ["[::1", "[::1]", "::1]:80", "[localhost]:80", "a b:80", "/run/x.sock:80", "77999"] {
        for command in
            ["mock --json --listen", "token serve --json --listen", "notify listen --json --listen"]
        {
            let error = wxkit(command).word(listen).as_merchant().run().exits(2).prints_nothing().error();
            assert!(error["message"].as_str().unwrap().contains(listen), "{error}");
        }
    }
    // In the environment it is a setting.
    wxkit("token get").env("WXKIT_TIMEOUT", "soon").as_merchant().run().exits(3).says("WXKIT_TIMEOUT");
    wxkit("pay sign a=1 --key @pay.key").run().exits(2).prints_nothing().says("file:PATH");
    wxkit("mock --listen no-such-host.invalid:7780").run().exits(3).says("no host of that name");
    wxkit("mock --listen no-such-host.invalid:7780 --lang zh").run().exits(3).says("查不到这个主机名");
    let dir = Dir::new();
    let junk = dir.file("junk.pem", "junk");
    wxkit("token get --ca-file")
        .word(&junk)
        .as_merchant()
        .run()
        .exits(3)
        .says("no certificate in the CA file");
    wxkit("pay refnd").run().exits(2).says("did you mean: refund, refund-query");
    wxkit("mock --fault zzz").run().exits(2).says("no fault is named zzz").says("wrong_sign");
    wxkit("mock --public-url nowhere").run().exits(2).says("--public-url");
    let fifo = dir.path("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    wxkit("mock --state").word(&fifo).run().exits(2).says("named pipe");
    wxkit("notify replay /dev/zero --to http://127.0.0.1:9/").run().exits(2).says("/dev/zero");
}

/// What a shell evals is all that is printed, and it ends there.
#[test]
fn the_environment_is_printed_and_nothing_else() {
    let told = wxkit("mock --print-env").run().exits(0);
    assert_eq!(told.stderr, "", "{told}");
    let lines: Vec<_> = told.stdout.lines().collect();
    assert_eq!(lines[0], "export WECHAT_BASE=http://127.0.0.1:7780", "{told}");
    assert_eq!(lines[1], "export WXKIT_BASE=http://127.0.0.1:7780", "{told}");
    assert!(lines[1..].iter().all(|line| line.starts_with("export WXKIT_")), "{told}");
    let fixed = wxkit("mock --print-env --listen 0.0.0.0:7799 --app-id wx00000000000000ff").run().exits(0);
    fixed
        .shows("export WXKIT_BASE=http://127.0.0.1:7799\n")
        .shows("export WXKIT_APP_ID=wx00000000000000ff\n");
    let env = wxkit("mock --print-env --json").run().exits(0).json();
    assert_eq!(env["env"]["WXKIT_BASE"], "http://127.0.0.1:7780");
    wxkit("mock --print-env --listen 127.0.0.1:0").run().exits(2).prints_nothing().says("--listen");
}

/// What a shell puts in place of `<(command)`, and a pipe with a name: read like a file, each
/// once however many ask for it.
#[cfg(unix)]
#[test]
fn pipes_are_read_like_files() {
    let home = Dir::new();
    let keys = support::repository("src/mock/keys");
    let id = "PUB_KEY_ID_0119000001092026112600000000000001";
    let made = wxkit("notify make --v3 out_trade_no=PIPE0001 amount.total=1").as_merchant().run().exits(0);
    let v3 = home.file("v3.http", made.stdout);
    let xml = home.file(
        "n.xml",
        wxkit("notify make out_trade_no=PIPE0001 total_fee=1").as_merchant().run().exits(0).stdout,
    );
    let (fifo, url) = (home.path("fifo"), net::nobody());
    assert!(std::process::Command::new("mkfifo").args(["-m", "600", &fifo]).status().unwrap().success());
    let refund = "out_trade_no=PIPE0001 out_refund_no=PIPE0001 total_fee=1 refund_fee=1";
    for (line, exit, files) in [
        ("explain @".to_owned(), 0, [&*xml, ""]),
        ("pay verify @".to_owned(), 0, [&xml, ""]),
        ("pay verify --from @".to_owned(), 0, [&xml, ""]),
        ("pay verify --batch @".to_owned(), 0, [&xml, ""]),
        (
            format!("v3 verify @ --wechat-key @ --wechat-key-id {id}"),
            0,
            [&v3, &format!("{keys}/pub_key.pem")],
        ),
        (
            format!("notify verify --from @ --wechat-key @ --wechat-key-id {id}"),
            0,
            [&v3, &format!("{keys}/pub_key.pem")],
        ),
        ("key inspect @".to_owned(), 0, [&format!("{keys}/apiclient_key.pem"), ""]),
        (
            "v3 sign GET /v3/x --private-key @ --cert @".to_owned(),
            0,
            [&format!("{keys}/apiclient_key.pem"), &format!("{keys}/apiclient_cert.pem")],
        ),
        // Nobody is there: certificate and key were read and fit.
        (
            format!("pay refund {refund} --base {} --cert @ --cert-key @", url.replace("http:", "https:")),
            4,
            [&format!("{keys}/apiclient_cert.pem"), &format!("{keys}/apiclient_key.pem")],
        ),
        (
            format!("pay refund {refund} --base {} --cert @", url.replace("http:", "https:")),
            4,
            [&format!("{keys}/apiclient_cert.p12"), ""],
        ),
    ] {
        let line = line.replacen('@', "@0", 1).replacen("@ ", "@1 ", 1);
        let line = if let Some(line) = line.strip_suffix('@') { format!("{line}@1") } else { line };
        let program = env!("CARGO_BIN_EXE_wxkit");
        let (zero, one) = (format!("<(cat {})", files[0]), format!("<(cat {})", files[1]));
        // It ends by itself, and holds nothing of ours open, if nobody reads.
        let named = format!("timeout 9 sh -c 'cat {} > {fifo}' > /dev/null 2>&1 & ", files[0]);
        for script in [
            format!("{program} {}", line.replace("@0", &zero).replace("@1", &one)),
            format!("{named}{program} {}", line.replace("@0", &fifo).replace("@1", &one)),
        ] {
            let run = wxkit("").as_merchant().home(&home);
            let mut command = run.command(&home);
            let mut bash = std::process::Command::new("bash");
            bash.args(["-c", &script]).env_clear().stdin(Stdio::null());
            bash.envs(
                command.stdin(Stdio::null()).get_envs().filter_map(|(name, value)| Some((name, value?))),
            );
            bash.env("PATH", std::env::var("PATH").unwrap());
            let done = bash.output().unwrap();
            let said = [done.stdout, done.stderr].concat();
            assert_eq!(done.status.code(), Some(exit), "{script}: {}", String::from_utf8_lossy(&said));
        }
    }
}

#[test]
fn an_empty_file_among_notices_is_told() {
    let home = Dir::new();
    home.file("kept/a.xml", "<xml><return_code>SUCCESS</return_code></xml>");
    home.file("kept/b.xml", "");
    let yes = "<xml><return_code>SUCCESS</return_code></xml>";
    let url = net::answering(move |_| Message::reply(200, "text/xml", yes));
    let replay = |lang: &str| {
        wxkit("notify replay").word(home.path("kept")).words(&format!("--to {url} --lang {lang}"))
    };
    replay("en").run().exits(0).says("b.xml is empty").shows("1 sent");
    replay("zh").run().exits(0).says("b.xml 是空的");
}

/// What became of a notice is told in the reader's language, wherever it was posted from.
#[test]
fn what_became_of_a_notice_is_told_in_the_language_of_the_reader() {
    let (gateway, nobody) = (Gateway::with("--lang zh"), net::nobody());
    let order = "pay order body=x out_trade_no=SAID0001 total_fee=1 trade_type=NATIVE product_id=1";
    wxkit(order).word(format!("notify_url={nobody}/n")).as_merchant().on(&gateway).run().exits(0);
    gateway.act("orders/SAID0001/pay", "");
    let told = support::soon(|| gateway.log().lines().find(|line| line.contains("通知 ")).map(str::to_owned));
    assert!(told.as_deref().is_some_and(|line| line.ends_with("连接被拒绝")), "{told:?}");
    let silent = net::silent();
    let check = format!("notify check --to {silent} --timeout 500ms --lang zh");
    let done = wxkit(&check).as_merchant().run().exits(1);
    assert!(done.stdout.contains("没有应答：超时") && !done.stdout.contains("timed out"), "{done}");
}

/// What the parser of TOML and of patterns says is told in the reader's language.
#[test]
fn parsers_speak_the_language_of_the_reader() {
    let home = Dir::new();
    let config = |text: &str| {
        let path = home.file("config.toml", text);
        set_mode(&path, 0o600);
        wxkit("profile list --lang zh --config").word(path).run().exits(3).stderr
    };
    let scenario =
        |text: &str| wxkit("test run --lang zh").word(home.file("s.toml", text)).run().exits(2).stderr;
    for text in [
        "a = wx1",
        "a \"x\"",
        "a = \"x",
        "a = ",
        "[profile",
        "a = [1,",
        "a = {b = 1",
        "a=\"\\q\"",
        "a = 01",
        "= 1",
        "a = 1\na = 2",
        "a = \"x\" y",
        "a = tru",
    ] {
        for said in [config(text), scenario(text)] {
            let why = said
                .lines()
                .next()
                .unwrap()
                .split("TOML：")
                .nth(1)
                .unwrap_or_else(|| panic!("{text}: {said}"));
            assert!(!why.contains('“') && !why.contains("expected"), "{text}: {why}");
        }
    }
    for pattern in ["(", ")", "[a", "*", "a{2,1}", "\\\\q", "(?=a)"] {
        let text = format!("[[step]]\ncall = \"mock orders\"\nexpect = {{ a = \"/{pattern}/\" }}\n");
        let said = scenario(&text);
        assert!(said.contains("不是正则表达式") && !said.contains('“'), "{pattern}: {said}");
    }
}

/// No room for one thread more: a stack of a gigabyte in a process that may have 400 MB.
/// What can do without goes on, the rest says so; nothing panics.
#[cfg(target_os = "linux")]
#[test]
fn no_room_for_files() {
    let home = Dir::new();
    for (lang, said) in [("en", "too many files and connections are open"), ("zh", "打开的文件和连接太多")]
    {
        let command = format!("ulimit -n 8; exec {} demo --lang {lang}", env!("CARGO_BIN_EXE_wxkit"));
        let mut run = std::process::Command::new("sh");
        let run = run.args(["-c", &command]).env_clear().env("HOME", home.path("")).stdin(Stdio::null());
        let done = run.output().unwrap();
        let told = String::from_utf8_lossy(&done.stderr);
        assert!(told.contains(said) && told.contains("ulimit -n") && !told.contains("panicked"), "{told}");
        assert_eq!(done.status.code(), Some(10), "{told}");
    }
}

#[test]
fn a_payload_that_is_too_long_is_told_with_its_file() {
    let home = Dir::new();
    home.file("d/a.xml", "<xml><return_code>SUCCESS</return_code></xml>");
    home.file("d/z.xml", "x".repeat(1_200_000));
    let run = wxkit("notify replay").word(home.path("d")).words("--to http://127.0.0.1:1/").run();
    run.exits(2).says("longer than 1 MiB").says("z.xml, payload 1");
}

#[test]
fn no_room_for_threads() {
    let home = Dir::new();
    let notice = home.file("n.xml", "<xml><return_code>SUCCESS</return_code></xml>");
    let yes = "<xml><return_code>SUCCESS</return_code></xml>";
    let url = net::answering(move |_| Message::reply(200, "text/xml", yes));
    let named = url.replace("127.0.0.1", "localhost");
    let (state, program) = (home.path("state"), env!("CARGO_BIN_EXE_wxkit"));
    for (line, exits) in [
        (format!("notify replay {notice} --to {url} --concurrency 8 --repeat 20"), 0),
        (format!("notify replay {notice} --to {named} --rate 1000 --repeat 20"), 0),
        (format!("notify send out_trade_no=FEW00001 total_fee=1 --to {named}"), 0),
        (format!("notify check --to {url} --skip hmac"), 1),
        (format!("mock --state {state} --listen localhost:0 -- {program} token get"), 0),
        (format!("mock -- {program} pay order body=x --lang en"), 2),
        (format!("pay verify --batch {notice}"), 1),
        ("demo".to_owned(), 10),
        ("demo --lang zh".to_owned(), 10),
        ("mock --listen 127.0.0.1:0 --until-eof".to_owned(), 10),
        (format!("test run {}", support::repository("tests/scenarios/demo.toml")), 10),
    ] {
        let command = format!("ulimit -v 400000; exec {program} {line}");
        let mut run = std::process::Command::new("sh");
        let run = run.args(["-c", &command]).stdin(Stdio::null());
        let run = run.env_clear().envs([("HOME", home.path("").as_str()), ("WXKIT_LANG", "en")]);
        let run = run.envs([
            ("WXKIT_PAY_KEY", KEY.1),
            ("WXKIT_APP_ID", support::APP_ID),
            ("WXKIT_MCH_ID", "1900000109"),
        ]);
        let done = run.env("RUST_MIN_STACK", "1000000000").output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(!said.contains("panicked") && !said.contains("abort"), "{line}: {said}");
        assert_eq!(done.status.code(), Some(exits), "{line}: {said}");
        let one_more = if line.contains("zh") { "再开一个线程" } else { "one more thread" };
        assert_eq!(said.contains(one_more), exits == 10, "{line}: {said}");
    }
}
