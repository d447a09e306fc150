//! What a search may cost, whatever it is handed: the clock is asked every so
//! many bytes, nothing goes on after time is up but what is quick, and the
//! process stays small. Work is counted in bytes, so that a busy machine does
//! not matter; memory is the peak that the kernel saw.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::io::Write as _;
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use support::{Dir, Gateway, net, soon, wxkit};
use wxkit::explain::{Case, Limits, Verdict, explain, read};
use wxkit::sign::{self, PAY_V2, Secret};
use wxkit::wire::{Fields, xml};

const KEY: &str = "wxkitbounds0key0wxkitbounds0key0";
const MIB: usize = 1 << 20;

/// A signature that nothing explains, over fields of this scheme.
#[expect(clippy::needless_pass_by_value, reason = "reads better where it is called")]
fn case(scheme: &str, fields: Value, others: Value) -> Value {
    let hex = "0123456789abcdef";
    let signature = match scheme {
        "pay-v2" => hex.repeat(2).to_uppercase(),
        "xpay" => hex.repeat(4),
        _ => format!("{}01234567", hex.repeat(2)),
    };
    json!({
        "scheme": scheme, "fields": fields, "signature": signature, "others": others,
        "key": KEY, "ticket": KEY, "token": KEY, "app_key": KEY, "session_key": KEY,
    })
}

fn order(more: impl IntoIterator<Item = (String, String)>) -> Value {
    let mut fields = json!({
        "appid": "wx2421b1c4370ec43b", "mch_id": "10000100", "nonce_str": "1add1a30ac87aa2db72f57a2375d8fec",
        "body": "茶 & 杯", "out_trade_no": "1415659990", "total_fee": "129", "trade_type": "JSAPI",
    });
    for (name, value) in more {
        fields[name] = value.into();
    }
    fields
}

fn json_text(bytes: usize) -> String {
    let item = r#"{"goods_id":"茶/杯","price":1}"#;
    format!("[{}]", vec![item; bytes / (item.len() + 1)].join(","))
}

/// Inputs that are far larger than WeChat's, each with a name.
fn giants() -> Vec<(&'static str, Value)> {
    let field = |name: &str, value: String| [(name.to_owned(), value)];
    let (long, page) =
        ("x y&=茶".repeat(MIB / 12), format!("https://a.example/?{}", "q=%E8%8C%B6&".repeat(MIB / 14)));
    let many = |count: usize| (0..count).map(|n| (format!("field_{n:03}"), format!("value {n}")));
    let none = || json!({});
    let small = "x y&=茶".repeat(100 * 1024 / 10);
    vec![
        ("a value of 100 KiB", case("pay-v2", order(field("attach", small)), none())),
        ("a value of nearly 1 MiB", case("pay-v2", order(field("attach", long)), none())),
        (
            "a JSON value of nearly 1 MiB",
            case("pay-v2", order(field("detail", json_text(MIB * 3 / 4))), none()),
        ),
        ("a detail as long as WeChat takes", case("pay-v2", order(field("detail", json_text(6000))), none())),
        ("64 fields", case("pay-v2", order(many(57)), none())),
        ("512 fields", case("pay-v2", order(many(500)), none())),
        (
            "a page of nearly 1 MiB",
            case("jssdk", json!({"noncestr": "n", "timestamp": "1414587457", "url": page}), none()),
        ),
        (
            "a letter of nearly 1 MiB",
            case(
                "msg-crypt",
                json!({"timestamp": "1", "nonce": "n", "encrypt": "aB+/".repeat(MIB / 5)}),
                none(),
            ),
        ),
        (
            "a body of nearly 1 MiB",
            case("xpay", json!({"uri": "/xpay/a", "body": json_text(MIB * 3 / 4)}), none()),
        ),
        ("a candidate of nearly 1 MiB", case("pay-v2", order([]), json!({"body": "茶".repeat(MIB / 4)}))),
        (
            "200 fields and 200 candidates",
            case(
                "pay-v2",
                order(many(200)),
                (0..200).map(|n| (format!("old {n}"), json!(format!("other {n:05}")))).collect(),
            ),
        ),
    ]
}

fn length(case: &Case) -> u64 {
    let bytes: usize = case.fields.iter().map(|(name, value)| name.len() + value.len() + 2).sum();
    u64::try_from(bytes).unwrap()
}

/// After time is up only the plain string and what is quick is hashed: a tenth of
/// what an hour's budget would do in half a second on one slow core.
#[test]
fn nothing_long_goes_on_when_time_is_up() {
    for (name, giant) in giants() {
        let case = read(giant.to_string().as_bytes()).unwrap();
        let report = explain(&case, &Limits::default(), &|| true);
        assert_eq!(report.verdict, Verdict::Unexplained, "{name}");
        let hashed = report.tried * length(&case).max(64);
        let is_usual = length(&case) < 16 * 1024 && case.fields.len() < 20;
        let most = if is_usual { 2 << 30 } else { 64 << 20 };
        assert!(hashed < most, "{name}: {} strings, {hashed} bytes", report.tried);
    }
}

/// The clock is asked so often that a search ends soon after its time.
#[test]
fn the_clock_is_asked_every_so_many_bytes() {
    for (name, giant) in giants() {
        let case = read(giant.to_string().as_bytes()).unwrap();
        let asked = AtomicU64::new(0);
        let most = 40;
        let report = explain(&case, &Limits { causes: 2, threads: 1 }, &|| {
            asked.fetch_add(1, Ordering::Relaxed) > most
        });
        let hashed = report.tried * length(&case).max(64);
        let is_usual = length(&case) < 16 * 1024 && case.fields.len() < 20;
        assert!(is_usual || hashed < 40 * (3 << 20), "{name}: {hashed} bytes in {most} questions");
    }
}

/// The peak of a process in bytes, as long as it runs, without the pages of its program:
/// those are on the disk, and in a build for tests there are many.
fn peak(id: u32) -> Option<usize> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let kib = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse::<usize>().ok()
    };
    Some((kib("VmHWM:")? - kib("RssFile:")?) * 1024)
}

/// Whatever comes through a pipe: one line without an end, then notices.
#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads /proc")]
fn a_batch_stays_small() {
    let own = Dir::new();
    let verify = wxkit("pay verify --batch --threads 2 --stats --from -").env("WXKIT_PAY_KEY", KEY);
    let mut command = verify.command(&own);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let line = "x".repeat(MIB);
    for _ in 0..64 {
        stdin.write_all(line.as_bytes()).unwrap();
    }
    let fields: Fields =
        order([]).as_object().unwrap().iter().map(|(n, v)| (n, v.as_str().unwrap())).collect();
    let sign = sign::sign(&PAY_V2, fields.iter(), &Secret::new(KEY));
    let notice = xml::write(&fields).unwrap().replace("</xml>", &format!("<sign>{sign}</sign></xml>"));
    let notices = format!("\n{}", notice.repeat(MIB / notice.len()));
    for _ in 0..32 {
        stdin.write_all(notices.as_bytes()).unwrap();
    }
    let bytes = peak(child.id()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    let total = 32 * (MIB / notice.len());
    assert!(told.contains(&format!("payloads: {}, valid: {total}", total + 1)), "{told}");
    assert!(told.contains("payload 1 (from byte 0): ") && told.contains(" MB a second"), "{told}");
    assert!(bytes < 16 * MIB, "{} KiB", bytes / 1024);
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads /proc")]
fn a_search_stays_small() {
    for (name, giant) in giants() {
        let home = Dir::new();
        let file = home.file("case.json", giant.to_string());
        let mut command = wxkit("explain --json").word(file).command(&home);
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let mut most = 0;
        while child.try_wait().unwrap().is_none() {
            most = most.max(peak(child.id()).unwrap_or(0));
            thread::sleep(Duration::from_millis(5));
        }
        assert!(most > MIB && most < 128 * MIB, "{name}: {} MiB", most / MIB);
    }
}

fn wrong_order(fields: usize) -> String {
    let more = (0..fields).map(|n| format!("<field_{n:03}>value {n}</field_{n:03}>"));
    let body: String = more.collect();
    format!(
        "<xml><appid>wx00c0ffee00c0ffee</appid><mch_id>1900000109</mch_id><nonce_str>n</nonce_str><body>b</body>\
         <out_trade_no>T0001</out_trade_no><total_fee>1</total_fee><spbill_create_ip>127.0.0.1</spbill_create_ip>\
         <notify_url>http://127.0.0.1:9/n</notify_url><trade_type>NATIVE</trade_type><product_id>1</product_id>\
         {body}<sign>0123456789ABCDEF0123456789ABCDEF</sign></xml>"
    )
}

/// Wrong signatures over very many fields, all at once.
#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads /proc")]
fn a_flood_of_wrong_signatures_leaves_the_gateway_small_and_awake() {
    let gateway = Gateway::start();
    let url = format!("{}/pay/unifiedorder", gateway.url);
    let posts: Vec<_> = [400, 400, 400, 50, 25, 5, 400, 400, 60, 10, 400, 400, 400, 20, 400, 400]
        .into_iter()
        .map(|fields| {
            let url = url.clone();
            thread::spawn(move || net::http("POST", &url, &wrong_order(fields)).status)
        })
        .collect();
    for post in posts {
        assert_eq!(post.join().unwrap(), 200);
    }
    let mut most = 0;
    let told = soon(|| {
        assert_eq!(net::http("GET", &format!("{}/_mock/healthz", gateway.url), "").status, 200);
        most = most.max(peak(gateway.id()).unwrap());
        let seen = gateway.look("requests");
        let calls = seen["requests"].as_array().unwrap();
        let explained = calls.iter().filter(|call| !call["explain"].is_null()).count();
        (explained > 0).then_some(explained)
    });
    assert!(told.is_some(), "one of them is explained: {}", gateway.look("requests"));
    // The others wait for their turn; the peak is that of one.
    thread::sleep(Duration::from_secs(2));
    most = most.max(peak(gateway.id()).unwrap());
    assert!(most < 64 * MIB, "{} MiB", most / MIB);
}
