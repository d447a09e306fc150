//! How fast is `explain`? Prints strings hashed a second on one core, singles
//! and pairs of an order of 15 fields, and triples within the usual budget.

#![allow(clippy::print_stdout, reason = "a bench tells its figures")]

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

fn case() -> Case {
    Case {
        scheme: Scheme::PayV2,
        fields: ORDER.iter().copied().collect::<Fields>(),
        signature: "0123456789ABCDEF0123456789ABCDEF".into(),
        secret: Some(Secret::new("k0o6dL81yzJt6MRQsUOxCGoJHwoALYo6")),
        sign_type: None,
        others: Vec::new(),
        repairs: Vec::new(),
    }
}

fn measure(name: &str, limits: Limits, budget: Duration) {
    let wanted = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    if wanted.is_some_and(|part| !name.contains(&part)) {
        return;
    }
    let mut best: Option<(Duration, Report)> = None;
    for _ in 0..5 {
        let start = Instant::now();
        let report = explain(&case(), &limits, &|| start.elapsed() >= budget);
        let took = start.elapsed();
        assert_eq!(report.verdict, Verdict::Unexplained, "nothing explains a made-up signature");
        if best.as_ref().is_none_or(|(least, _)| took < *least) {
            best = Some((took, report));
        }
    }
    let Some((took, report)) = best else { return };
    #[expect(clippy::cast_precision_loss, reason = "for people")]
    let rate = report.tried as f64 / took.as_secs_f64() / 1e6;
    println!(
        "{name:<34} {:>9.1} ms  {:>10} strings  {rate:>6.2} M/s",
        took.as_secs_f64() * 1e3,
        report.tried
    );
}

fn main() {
    let limits = |causes, threads| Limits { causes, threads };
    let endless = Duration::from_secs(3600);
    measure("singles, 1 core", limits(1, 1), endless);
    measure("singles and pairs, 1 core", limits(2, 1), Duration::ZERO);
    measure("singles and pairs, 2 cores", limits(2, 2), Duration::ZERO);
    measure("up to triples, 2 s, 1 core", limits(3, 1), Duration::from_secs(2));
    measure("up to triples, 2 s, 2 cores", limits(3, 2), Duration::from_secs(2));
}
