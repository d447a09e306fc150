//! Bills of pay v2.

use crate::world::{is, world};
use wxkit::api::keys::Secret;
use wxkit::api::keys::V2;

#[test]
fn a_bill_shows_the_day() {
    let mut w = world();
    w.paid_order("order-1", 1234);
    w.order("order-2", 1);
    w.good("refund", "out_trade_no=order-1 out_refund_no=r1 total_fee=1234 refund_fee=34");
    let mut text = |said: &str| {
        let bill = w.call("downloadbill", said).unwrap().file.unwrap();
        String::from_utf8(bill).unwrap()
    };
    let all = text("bill_date=20260115");
    let lines: Vec<&str> = all.trim_end().split("\r\n").collect();
    assert!(
        lines[0].starts_with("\u{feff}交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,")
    );
    assert!(lines[1].starts_with("`2026-01-15 20:00:00,`wx00c0ffee00c0ffee,`1900000109,`0,`,`4200000"));
    assert!(
        lines[1].contains("`order-1,`oMockUser0000000000000000001,`NATIVE,`SUCCESS,`OTHERS,`CNY,`12.34,")
    );
    assert!(lines[2].contains("`r1,`0.34,`0.00,`ORIGINAL,`SUCCESS,`tea,"));
    assert_eq!(lines[3].split(',').count(), 7);
    assert_eq!(lines[4], "`2,`12.34,`0.34,`0.00,`0.00000,`12.34,`0.34");
    for kind in ["ALL", "SUCCESS", "REFUND"] {
        let bill = text(&format!("bill_date=20260115 bill_type={kind}"));
        let columns: Vec<usize> = bill.lines().take(2).map(|line| line.split(',').count()).collect();
        assert_eq!(columns[0], columns[1], "{kind}");
    }
}

#[test]
fn bills_are_refused_in_wechats_words() {
    let mut w = world();
    is(&w.no("downloadbill", "bill_date=20260115"), "20002", "No Bill Exist");
    is(&w.raw_no("downloadbill", ""), "20001", "missing parameter");
    is(&w.raw_no("downloadbill", "bill_date=2026-01-15"), "20001", "data format error");
    is(&w.raw_no("downloadbill", "bill_date=20260115 bill_type=x"), "20001", "invalid bill_type");
    is(&w.no("downloadfundflow", "bill_date=20260115 account_type=Basic"), "NO_BILL_EXIST", "账单不存在");
    is(
        &w.raw_no("downloadfundflow", "bill_date=20260115 account_type=Basic"),
        "缺少参数sign_type",
        "缺少参数sign_type",
    );
    w.keys.v2 = Some(V2::new(Secret::new("wrong")));
    is(&w.no("downloadbill", "bill_date=20260115"), "20001", "SIGN ERROR");
    is(&w.no("downloadfundflow", "bill_date=20260115 account_type=Basic"), "签名错误", "签名错误");
}

#[test]
fn the_fund_flow_shows_money_in_and_out() {
    let mut w = world();
    w.paid_order("order-1", 1234);
    w.good("refund", "out_trade_no=order-1 out_refund_no=r1 total_fee=1234 refund_fee=34");
    let bill = w.call("downloadfundflow", "bill_date=20260115 account_type=Basic").unwrap().file.unwrap();
    let text = String::from_utf8(bill).unwrap();
    let lines: Vec<&str> = text.trim_end().split("\r\n").collect();
    assert!(lines[1].contains("`交易,`交易,`收入,`12.34,`12.34,"), "{text}");
    assert!(lines[2].contains("`退款,`退款,`支出,`0.34,`12.00,"), "{text}");
    assert_eq!(lines[4], "`2,`1,`12.34,`1,`0.34");
}

/// Unpacked by Python, which did not pack it.
#[test]
fn a_bill_comes_as_gzip() {
    let mut w = world();
    w.paid_order("order-1", 1);
    let plain = w.call("downloadbill", "bill_date=20260115").unwrap().file.unwrap();
    let packed = w.call("downloadbill", "bill_date=20260115 tar_type=GZIP").unwrap().file.unwrap();
    let script = "import gzip,sys;sys.stdout.buffer.write(gzip.decompress(bytes.fromhex(sys.argv[1])))";
    let hex: Vec<String> = packed.iter().map(|byte| format!("{byte:02x}")).collect();
    let run = std::process::Command::new("python3").args(["-c", script, &hex.concat()]).output();
    match run {
        Ok(out) => assert_eq!(out.stdout, plain),
        Err(_) => assert!(std::env::var_os("CI").is_none(), "python3 is needed"),
    }
}
