//! Refunds of pay v2 and their queries.

use crate::world::{BASE, fields, is, with, world};
use wxkit::api;
use wxkit::api::codec;
use wxkit::mock::CertificateRule;
use wxkit::mock::Options;

#[test]
fn refunds_add_up_and_repeat() {
    let mut w = world();
    w.paid_order("order-1", 100);
    let ask = |no: &str, total: u64, fee: u64| {
        format!("out_trade_no=order-1 out_refund_no={no} total_fee={total} refund_fee={fee}")
    };
    let first = w.good("refund", &ask("r1", 100, 60));
    assert_eq!(w.good("refund", &ask("r1", 100, 60)).get("refund_id"), first.get("refund_id"));
    let mismatch = "订单金额或退款金额与之前请求不一致，请核实后再试";
    is(&w.no("refund", &ask("r1", 100, 50)), "REFUND_FEE_MISMATCH", mismatch);
    is(&w.no("refund", &ask("r2", 99, 1)), "REFUND_FEE_MISMATCH", mismatch);
    is(&w.no("refund", &ask("r2", 100, 41)), "REFUND_FEE_INVALID", "累计退款金额大于支付金额");
    is(&w.no("refund", &ask("r2", 100, 101)), "invalid refund_fee", "invalid refund_fee");
    w.good("refund", &ask("r2", 100, 40));
    is(&w.no("refund", &ask("r3", 100, 1)), "ERROR", "订单已全额退款");
    is(&w.no("refund", &ask("r3", 100, 1).replace("order-1", "order-9")), "ORDERNOTEXIST", "order not exist");
    w.order("order-2", 1);
    is(&w.no("refund", &ask("r4", 1, 1).replace("order-1", "order-2")), "ORDERNOTEXIST", "订单不存在");
}

#[test]
fn refunds_are_queried_by_four_names_and_in_pages() {
    let mut w = world();
    w.paid_order("order-1", 100);
    is(&w.no("refundquery", "out_trade_no=order-1"), "REFUNDNOTEXIST", "not exist");
    for n in 0..50 {
        w.good("refund", &format!("out_trade_no=order-1 out_refund_no=r{n} total_fee=100 refund_fee=1"));
    }
    let more = "out_trade_no=order-1 out_refund_no=r50 total_fee=100 refund_fee=1";
    is(&w.no("refund", more), "INVALID_REQUEST", "订单部分退款次数超过50次");
    let all = w.good("refundquery", "out_trade_no=order-1");
    assert_eq!((all.get("refund_count"), all.get("total_refund_count")), (Some("20"), None));
    assert_eq!(all.get("out_refund_no_19"), Some("r19"));
    let rest = w.good("refundquery", "out_trade_no=order-1 offset=40");
    assert_eq!((rest.get("refund_count"), rest.get("total_refund_count")), (Some("10"), Some("50")));
    assert_eq!(rest.get("out_refund_no_0"), Some("r40"));
    let one = w.good("refundquery", "out_refund_no=r7");
    assert_eq!((one.get("refund_count"), one.get("refund_status_0")), (Some("1"), Some("SUCCESS")));
    let id = one.get("refund_id_0").unwrap();
    assert_eq!(w.good("refundquery", &format!("refund_id={id}")).get("out_refund_no_0"), Some("r7"));
    is(&w.no("refundquery", "out_refund_no=r99"), "REFUNDNOTEXIST", "not exist");
}

#[test]
fn refunds_end_after_a_year_and_can_want_a_certificate() {
    let mut w = with(Options { certificate: CertificateRule::Required, ..Options::default() });
    w.paid_order("order-1", 100);
    let said = "out_trade_no=order-1 out_refund_no=r1 total_fee=100 refund_fee=1";
    let row = api::by_name("refund").unwrap();
    let stamp = w.stamp();
    let mut request = codec::write_request(row, &fields(said), &w.keys, &stamp, BASE).unwrap().request;
    request.certificate = false;
    let reply = w.send(&request).reply;
    assert_eq!(reply.status, 400);
    assert!(String::from_utf8_lossy(&reply.body).contains("No required SSL certificate was sent"));
    w.now += 366 * 86_400;
    is(&w.no("refund", said), "TRADE_OVERDUE", "订单已经超过退款期限");
}
