//! How fast is `explain`? Prints strings hashed a second, singles and pairs of an order of 15
//! fields and of a page, and triples within the usual budget; on one core also how many times
//! as many that is as `openssl speed` hashes, measured in the same run.

#![allow(clippy::print_stdout, reason = "a bench tells its figures")]

use std::process::Command;
use std::time::{Duration, Instant};

use wxkit::explain::{Case, Limits, Report, Scheme, Verdict, explain};
use wxkit::sign::Secret;
use wxkit::wire::Fields;

/// An order of 15 fields whose string to sign has about 400 bytes.
const ORDER: &[(&str, &str)] = &[
    ("appid", "wxd930ea5d5a258f4f"),
    ("mch_id", "10000100"),
    ("device_info", "WEB"),
    ("nonce_str", "5K8264ILTKCH16CQ2502SI8ZNMTM67VS"),
    ("body", "西湖龙井礼盒装"),
    ("attach", "shop=70&channel=official"),
    ("out_trade_no", "20240623307293550219"),
    ("fee_type", "CNY"),
    ("total_fee", "12800"),
    ("spbill_create_ip", "114.142.119.242"),
    ("time_start", "20240623091010"),
    ("goods_tag", "WXG"),
    ("notify_url", "https://pay.example.com.cn/wxpay/notify.php"),
    ("trade_type", "JSAPI"),
    ("openid", "oqre3YfQq5hh3u9nI3zEKPWqNiCB"),
];

/// A page with an address as long as they are.
const PAGE: &[(&str, &str)] = &[
    ("noncestr", "Wm3WZYTPz0wzccnW"),
    ("timestamp", "1414587457"),
    (
        "url",
        "https://shop.example.com.cn/wx/goods/detail.html?id=20240623&channel=official&from=singlemessage&isappinstalled=0",
    ),
];

/// What is searched, and the hash that `openssl` is asked to be as fast at.
struct Kind {
    name: &'static str,
    scheme: Scheme,
    fields: &'static [(&'static str, &'static str)],
    /// Bytes of a signature that nobody made.
    size: usize,
    hash: &'static str,
    /// Bytes of a string to sign.
    length: &'static str,
}

const MD5: Kind =
    Kind { name: "MD5", scheme: Scheme::PayV2, fields: ORDER, size: 16, hash: "md5", length: "436" };
const HMAC: Kind = Kind { name: "HMAC-SHA256", size: 32, hash: "sha256", ..MD5 };
const SHA1: Kind =
    Kind { name: "SHA-1", scheme: Scheme::Jssdk, fields: PAGE, size: 20, hash: "sha1", length: "260" };

impl Kind {
    fn case(&self) -> Case {
        let hex = "0123456789ABCDEF".repeat(2 * self.size.div_ceil(16))[..2 * self.size].to_owned();
        Case {
            scheme: self.scheme,
            fields: self.fields.iter().copied().collect::<Fields>(),
            signature: if self.scheme == Scheme::Jssdk { hex.to_lowercase() } else { hex },
            secret: Some(Secret::new("k0o6dL81yzJt6MRQsUOxCGoJHwoALYo6")),
            sign_type: None,
            others: Vec::new(),
            repairs: Vec::new(),
        }
    }

    /// Strings of this length that `openssl` hashes a second on one core, in millions.
    fn reference(&self) -> Option<f64> {
        let asked = ["speed", "-seconds", "1", "-evp", self.hash, "-bytes", self.length];
        let said = Command::new("openssl").args(asked).output().ok()?;
        let said = String::from_utf8(said.stdout).ok()?;
        let thousands: f64 =
            said.lines().last()?.split_whitespace().nth(1)?.strip_suffix('k')?.parse().ok()?;
        Some(thousands / 1e3 / self.length.parse::<f64>().ok()?)
    }
}

fn measure(kind: &Kind, what: &str, limits: Limits, budget: Duration) {
    let name = format!("{}, {what}", kind.name);
    let wanted = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    if wanted.is_some_and(|part| !name.contains(&part)) {
        return;
    }
    let mut best: Option<(Duration, Report)> = None;
    for _ in 0..5 {
        let start = Instant::now();
        let report = explain(&kind.case(), &limits, &|| start.elapsed() >= budget);
        let took = start.elapsed();
        assert_eq!(report.verdict, Verdict::Unexplained, "nothing explains a made-up signature");
        if best.as_ref().is_none_or(|(least, _)| took < *least) {
            best = Some((took, report));
        }
    }
    let Some((took, report)) = best else { return };
    #[expect(clippy::cast_precision_loss, reason = "for people")]
    let rate = report.tried as f64 / took.as_secs_f64() / 1e6;
    let times = (limits.threads == 1).then(|| kind.reference()).flatten();
    let times = times.map_or_else(String::new, |one| format!("  {:.1} × openssl {}", rate / one, kind.hash));
    println!(
        "{name:<42} {:>9.1} ms  {:>10} strings  {rate:>6.2} M/s{times}",
        took.as_secs_f64() * 1e3,
        report.tried
    );
}

fn main() {
    let limits = |causes, threads| Limits { causes, threads };
    let endless = Duration::from_secs(3600);
    for kind in &[MD5, HMAC, SHA1] {
        measure(kind, "singles, 1 core", limits(1, 1), endless);
        measure(kind, "singles and pairs, 1 core", limits(2, 1), Duration::ZERO);
        measure(kind, "singles and pairs, 2 cores", limits(2, 2), Duration::ZERO);
        measure(kind, "up to triples, 2 s, 1 core", limits(3, 1), Duration::from_secs(2));
        measure(kind, "up to triples, 2 s, 2 cores", limits(3, 2), Duration::from_secs(2));
    }
}
