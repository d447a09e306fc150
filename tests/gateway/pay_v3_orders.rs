//! Orders, payments and refunds of v3, and that v2 sees the same ones.

use crate::world::{NOTIFY, is, world};
use serde_json::json;
use wxkit::api::bill;
use wxkit::wire::query;

const ORDER: &str = "description=tea out_trade_no=order-1 amount.total=100";

#[test]
fn four_kinds_of_orders_are_placed_and_told() {
    let mut w = world();
    let jsapi = w.good("v3_jsapi", &format!("{ORDER} payer.openid=o1"));
    let id = jsapi.get("prepay_id").unwrap().to_owned();
    assert!(id.starts_with("wx20260115200000") && id.len() == 36, "{id}");
    let app = w.good("v3_app", "description=tea out_trade_no=order-2 amount.total=1");
    assert!(app.get("prepay_id").unwrap().starts_with("wx"));
    let h5 = "description=tea out_trade_no=order-3 amount.total=1 scene_info.payer_client_ip=1.2.3.4 \
              scene_info.h5_info.type=Wap";
    let h5 = w.good("v3_h5", h5);
    assert!(h5.get("h5_url").unwrap().starts_with("http://127.0.0.1:7780/cgi-bin/mmpayweb-bin/checkmweb?"));
    let native = w.good("v3_native", "description=tea out_trade_no=order-4 amount.total=1");
    assert!(native.get("code_url").unwrap().starts_with("weixin://wxpay/bizpayurl?pr="));
    let open = w.good("v3_query", "out_trade_no=order-1");
    assert_eq!((open.get("trade_state"), open.get("trade_state_desc")), (Some("NOTPAY"), Some("订单未支付")));
    assert_eq!((open.get("transaction_id"), open.get("amount.total")), (None, Some("100")));
    w.pay("order-1");
    let paid = w.good("v3_query", "out_trade_no=order-1");
    assert_eq!((paid.get("trade_state"), paid.get("payer.openid")), (Some("SUCCESS"), Some("o1")));
    assert_eq!(paid.get("success_time"), Some("2026-01-15T20:00:00+08:00"));
    let by_id = w.good("v3_query_id", &format!("transaction_id={}", paid.get("transaction_id").unwrap()));
    assert_eq!(by_id.get("out_trade_no"), Some("order-1"));
}

#[test]
fn an_order_number_comes_again_in_the_same_words_only() {
    let mut w = world();
    let id = w.good("v3_native", ORDER);
    assert_eq!(w.good("v3_native", ORDER), id);
    is(&w.no("v3_native", &ORDER.replace("100", "101")), "OUT_TRADE_NO_USED", "商户订单号重复");
    is(&w.no("v3_app", ORDER), "OUT_TRADE_NO_USED", "商户订单号重复");
    // Of another API it is another order.
    let v2 = "body=tea out_trade_no=order-1 total_fee=100 trade_type=NATIVE product_id=p1";
    assert_ne!(w.no("unifiedorder", v2).0, "");
    w.good("v3_close", "out_trade_no=order-1");
    is(&w.no("v3_native", ORDER), "ORDER_CLOSED", "该订单已关闭");
    is(&w.no("v3_close", "out_trade_no=order-9"), "ORDER_NOT_EXIST", "订单不存在");
    w.good("v3_native", &ORDER.replace("order-1", "order-2"));
    w.pay("order-2");
    is(&w.no("v3_close", "out_trade_no=order-2"), "ORDER_PAID", "该订单已支付");
    is(&w.no("v3_query", "out_trade_no=order-9"), "ORDER_NOT_EXIST", "订单不存在");
}

#[test]
fn both_apis_see_one_ledger() {
    let mut w = world();
    w.good("v3_jsapi", &format!("{ORDER} payer.openid=o1 attach=a1"));
    w.pay("order-1");
    let seen = w.good("orderquery", "out_trade_no=order-1");
    assert_eq!((seen.get("trade_state"), seen.get("openid")), (Some("SUCCESS"), Some("o1")));
    assert_eq!((seen.get("total_fee"), seen.get("attach")), (Some("100"), Some("a1")));
    let back = "out_trade_no=order-1 out_refund_no=R1 total_fee=100 refund_fee=30";
    w.good("refund", back);
    let refund = w.good("v3_refund_query", "out_refund_no=R1");
    assert_eq!((refund.get("status"), refund.get("amount.refund")), (Some("SUCCESS"), Some("30")));
    w.paid_order("order-2", 50);
    assert_eq!(w.good("v3_query", "out_trade_no=order-2").get("trade_state"), Some("SUCCESS"));
    let back = "out_trade_no=order-2 out_refund_no=R2 amount.refund=20 amount.total=50";
    assert_eq!(w.good("v3_refund", back).get("status"), Some("PROCESSING"));
    let seen = w.good("refundquery", "out_refund_no=R2");
    assert_eq!((seen.get("refund_fee_0"), seen.get("refund_status_0")), (Some("20"), Some("SUCCESS")));
    assert_eq!(w.good("v3_query", "out_trade_no=order-2").get("trade_state"), Some("REFUND"));
    w.order("order-3", 5);
    w.good("v3_close", "out_trade_no=order-3");
    assert_eq!(w.good("orderquery", "out_trade_no=order-3").get("trade_state"), Some("CLOSED"));
}

#[test]
fn partners_order_for_their_merchants() {
    let mut w = world();
    let order = format!("{ORDER} sub_mchid=1900000110 payer.sp_openid=o1");
    w.good("v3_partner_jsapi", &order);
    w.pay("order-1");
    let told = w.good("v3_partner_query", "out_trade_no=order-1 sub_mchid=1900000110");
    assert_eq!((told.get("sp_mchid"), told.get("sub_mchid")), (Some("1900000109"), Some("1900000110")));
    assert_eq!((told.get("payer.sp_openid"), told.get("appid")), (Some("o1"), None));
    let other = "out_trade_no=order-1 sub_mchid=1900000111";
    is(&w.no("v3_partner_query", other), "ORDER_NOT_EXIST", "订单不存在");
    is(&w.no("v3_query", "out_trade_no=order-1"), "ORDER_NOT_EXIST", "订单不存在");
    assert_eq!(w.good("orderquery", "out_trade_no=order-1").get("sub_mch_id"), None, "v2 asks for itself");
}

#[test]
fn refunds_are_refused_in_wechats_words() {
    let mut w = world();
    let refund = |number: &str, fee: u64| {
        format!("out_trade_no=order-1 out_refund_no={number} amount.refund={fee} amount.total=100")
    };
    is(&w.no("v3_refund", &refund("R1", 1)), "RESOURCE_NOT_EXISTS", "订单不存在");
    w.good("v3_native", ORDER);
    is(&w.no("v3_refund", &refund("R1", 1)), "RESOURCE_NOT_EXISTS", "原订单不存在");
    w.pay("order-1");
    let told = w.good("v3_refund", &refund("R1", 60));
    assert_eq!((told.get("status"), told.get("success_time")), (Some("PROCESSING"), None));
    assert_eq!(w.good("v3_refund", &refund("R1", 60)).get("refund_id"), told.get("refund_id"));
    is(
        &w.no("v3_refund", &refund("R1", 61)),
        "INVALID_REQUEST",
        "订单金额或退款金额与之前请求不一致，请核实后再试",
    );
    assert_eq!(w.no("v3_refund", &refund("R2", 41)).0, "INVALID_REQUEST");
    w.good("v3_refund", &refund("R2", 40));
    is(&w.no("v3_refund", &refund("R3", 1)), "INVALID_REQUEST", "订单已全额退款");
    is(&w.no("v3_refund_query", "out_refund_no=R9"), "RESOURCE_NOT_EXISTS", "退款单不存在");
}

#[test]
fn an_abnormal_refund_goes_to_a_card() {
    let mut w = world();
    w.good("v3_native", ORDER);
    w.pay("order-1");
    w.post("/_mock/faults", &json!("v3_refund:abnormal,count=1"));
    let refund = "out_trade_no=order-1 out_refund_no=R1 amount.refund=1 amount.total=100";
    let id = w.good("v3_refund", refund).get("refund_id").unwrap().to_owned();
    assert_eq!(w.good("v3_refund_query", "out_refund_no=R1").get("status"), Some("ABNORMAL"));
    assert_eq!(w.good("refundquery", "out_refund_no=R1").get("refund_status_0"), Some("CHANGE"));
    let card = format!(
        "refund_id={id} out_refund_no=R1 type=USER_BANK_CARD bank_type=ICBC_DEBIT \
                        bank_account=6222 real_name=张三"
    );
    assert_eq!(w.good("v3_refund_abnormal", &card).get("status"), Some("PROCESSING"));
    assert_eq!(w.good("v3_refund_query", "out_refund_no=R1").get("status"), Some("SUCCESS"));
    assert_eq!(w.no("v3_refund_abnormal", &card).0, "INVALID_REQUEST");
}

#[test]
fn bills_have_the_digest_that_was_told() {
    let mut w = world();
    is(&w.no("v3_tradebill", "bill_date=2026-01-15"), "NO_STATEMENT_EXIST", "账单不存在");
    w.good("v3_native", ORDER);
    w.pay("order-1");
    w.good("v3_refund", "out_trade_no=order-1 out_refund_no=R1 amount.refund=1 amount.total=100");
    for (row, said, line) in [
        ("v3_tradebill", "bill_date=2026-01-15", "总交易单数"),
        ("v3_tradebill", "bill_date=2026-01-15 tar_type=GZIP bill_type=REFUND", "R1"),
        ("v3_fundflowbill", "bill_date=2026-01-15", "资金流水总笔数"),
    ] {
        let told = w.good(row, said);
        let url = told.get("download_url").unwrap().to_owned();
        let token = query::read(url.split_once('?').unwrap().1).unwrap();
        assert_eq!(token.get("tartype").is_some(), said.contains("GZIP"));
        let said = token.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ");
        let file = w.call("v3_bill_file", &said).unwrap().file.unwrap();
        let text = bill::proved(file, told.get("hash_value").unwrap()).unwrap();
        assert!(String::from_utf8(text).unwrap().contains(line), "{row} {line}");
    }
    assert_eq!(w.no("v3_bill_file", "token=x").0, "INVALID_REQUEST");
    is(
        &w.no("v3_fundflowbill", "bill_date=2026-01-15 account_type=FEES"),
        "NO_STATEMENT_EXIST",
        "账单不存在",
    );
}

#[test]
fn the_cashier_checks_an_rsa_pay_sign() {
    use wxkit::api::{Stamp, invoke};
    let mut w = world();
    let order = format!("{ORDER} payer.openid=o1 notify_url={NOTIFY}");
    let id = w.good("v3_jsapi", &order).get("prepay_id").unwrap().to_owned();
    let keys = w.keys.v3.clone().unwrap();
    let stamp = Stamp { now: w.now, nonce: "n1".into() };
    let right = invoke::jsapi_v3("wx00c0ffee00c0ffee", &id, &keys, &stamp).unwrap().params;
    let mut asked = json!({ "via": "chooseWXPay" });
    for (name, value) in right.iter() {
        asked[name] = value.into();
    }
    assert_eq!(w.post("/_wx/pay", &asked).1["prepay_id"], id.as_str());
    let mut wrong = asked.clone();
    wrong["nonceStr"] = "n2".into();
    let (_, told) = w.post("/_wx/pay", &wrong);
    assert_eq!(told["err_desc"], "支付验证签名失败");
    assert!(told["string_to_sign"].as_str().unwrap().contains("\nn2\nprepay_id="), "{told}");
    let mut md5 = asked.clone();
    md5["signType"] = "MD5".into();
    assert!(w.post("/_wx/pay", &md5).1["note"]["en"].as_str().unwrap().contains("RSA"));
    // A v2 order takes no RSA.
    let v2 = "body=tea out_trade_no=order-2 total_fee=1 trade_type=JSAPI openid=o1";
    let v2_id = w.good("unifiedorder", v2).get("prepay_id").unwrap().to_owned();
    let mut other = asked.clone();
    other["package"] = format!("prepay_id={v2_id}").into();
    assert_eq!(w.post("/_wx/pay", &other).1["ok"], false);
    // An app's order.
    let app = w.good("v3_app", "description=tea out_trade_no=order-3 amount.total=1");
    let id = app.get("prepay_id").unwrap().to_owned();
    let right = invoke::app_v3("wx00c0ffee00c0ffee", "1900000109", &id, &keys, &stamp).unwrap().params;
    let mut asked = json!({ "via": "app" });
    for (name, value) in right.iter() {
        asked[name] = value.into();
    }
    assert_eq!(w.post("/_wx/pay", &asked).1["prepay_id"], id.as_str());
    asked["prepayid"] = id.replace('0', "1").into();
    assert_eq!(w.post("/_wx/pay", &asked).1["ok"], false);
}
