//! Payment codes, combined orders, profit sharing and transfers of v3.

use crate::world::{World, is, world};
use serde_json::json;
use wxkit::api::codec::{self, Heard};
use wxkit::api::pay_v3::notice;

#[test]
fn payment_codes_pay_wait_and_are_reversed() {
    let mut w = world();
    let pay = |number: &str, end: &str| {
        format!(
            "description=tea out_trade_no={number} amount.total=1 payer.auth_code=1300000000000000{end} \
                 scene_info.store_info.id=1"
        )
    };
    let paid = w.good("v3_codepay", &pay("order-1", "01"));
    assert_eq!((paid.get("trade_state"), paid.get("trade_type")), (Some("SUCCESS"), Some("MICROPAY")));
    assert_eq!(w.good("v3_codepay", &pay("order-1", "01")).get("transaction_id"), paid.get("transaction_id"));
    let typing = w.ask("v3_codepay", &pay("order-2", "98"));
    assert_eq!(typing.status, 202);
    assert!(typing.header("wechatpay-signature").is_some(), "a 202 is signed as what is done");
    assert_eq!(w.good("v3_query", "out_trade_no=order-2").get("trade_state"), Some("USERPAYING"));
    assert_eq!(w.good("v3_query", "out_trade_no=order-2").get("trade_state"), Some("SUCCESS"));
    assert_eq!(w.no("v3_codepay", &pay("order-3", "91")).0, "NOT_ENOUGH");
    assert_eq!(w.good("v3_reverse", "out_trade_no=order-1").get("out_trade_no"), Some("order-1"));
    assert_eq!(w.good("orderquery", "out_trade_no=order-1").get("trade_state"), Some("REVOKED"));
    assert!(w.later.is_empty(), "no notice follows a payment code");
}

fn combined() -> String {
    let part = |n: usize, fee: u64| {
        format!(
            "sub_orders.{n}.mchid=1900000109 sub_orders.{n}.out_trade_no=part-00{n} sub_orders.{n}.description=tea \
             sub_orders.{n}.attach=a{n} sub_orders.{n}.amount.total_amount={fee} sub_orders.{n}.amount.currency=CNY "
        )
    };
    format!("combine_out_trade_no=whole-1 {}{}", part(0, 3), part(1, 4))
}

#[test]
fn a_combined_order_is_paid_once_and_told_once() {
    let mut w = world();
    let code = w.good("v3_combine_native", &combined());
    assert!(code.get("code_url").is_some());
    assert_eq!(w.good("v3_combine_native", &combined()), code);
    assert_eq!(w.no("v3_combine_native", &combined().replace("tea", "milk")).0, "OUT_TRADE_NO_USED");
    assert_eq!(w.pay("whole-1")["total_fee"], 7);
    let told = w.good("v3_combine_query", "combine_out_trade_no=whole-1");
    assert_eq!(
        (told.get("sub_orders.0.trade_state"), told.get("sub_orders.1.attach")),
        (Some("SUCCESS"), Some("a1"))
    );
    assert_ne!(told.get("sub_orders.0.transaction_id"), told.get("sub_orders.1.transaction_id"));
    assert_eq!(w.later.len(), 1);
    let sent = w.later.pop().unwrap().request;
    let heard = codec::read_request(&notice::COMBINED_PAYMENT, &sent, &w.keys, w.now).and_then(Heard::sound);
    assert_eq!(heard.unwrap().get("sub_orders.1.amount.payer_amount"), Some("4"));
    // Each part goes back by itself; the whole is none.
    let part = told.get("sub_orders.1.transaction_id").unwrap();
    let back = format!("transaction_id={part} out_refund_no=R1 amount.refund=4 amount.total=4");
    w.good("v3_refund", &back);
    let whole = "out_trade_no=whole-1 out_refund_no=R2 amount.refund=1 amount.total=7";
    assert_eq!(w.no("v3_refund", whole).0, "RESOURCE_NOT_EXISTS");
    assert_eq!(w.no("v3_query", "out_trade_no=whole-1").0, "ORDER_NOT_EXIST");
    let mut w = world();
    w.good("v3_combine_native", &combined());
    w.good(
        "v3_combine_close",
        "combine_out_trade_no=whole-1 sub_orders.0.mchid=1900000109 sub_orders.0.out_trade_no=part-000",
    );
    let told = w.good("v3_combine_query", "combine_out_trade_no=whole-1");
    assert_eq!(told.get("sub_orders.1.trade_state"), Some("CLOSED"));
}

fn shared(w: &mut World) -> String {
    w.good(
        "v3_native",
        "description=tea out_trade_no=order-1 amount.total=1000 settle_info.profit_sharing=true",
    );
    w.pay("order-1")["transaction_id"].as_str().unwrap().to_owned()
}

#[test]
fn a_payment_is_shared_out_and_taken_back() {
    let mut w = world();
    let id = shared(&mut w);
    w.good(
        "v3_profitsharing_receiver_add",
        "type=MERCHANT_ID account=1900000110 name=茶 relation_type=SUPPLIER",
    );
    let split = |number: &str, account: &str, fee: u64| {
        format!(
            "transaction_id={id} out_order_no={number} unfreeze_unsplit=false receivers.0.type=MERCHANT_ID \
                 receivers.0.account={account} receivers.0.amount={fee} receivers.0.description=share"
        )
    };
    let told = w.good("v3_profitsharing_orders", &split("S1", "1900000110", 200));
    assert_eq!((told.get("state"), told.get("receivers.0.result")), (Some("PROCESSING"), Some("PENDING")));
    let asked = format!("out_order_no=S1 transaction_id={id}");
    let told = w.good("v3_profitsharing_query", &asked);
    assert_eq!((told.get("state"), told.get("receivers.0.result")), (Some("FINISHED"), Some("SUCCESS")));
    let left = |w: &mut World| {
        let told = w.good("v3_profitsharing_amounts", &format!("transaction_id={id}"));
        told.get("unsplit_amount").unwrap().to_owned()
    };
    assert_eq!(left(&mut w), "800");
    // 30 % are the most; a stranger gets nothing, and FINISHED is not success.
    assert_eq!(w.no("v3_profitsharing_orders", &split("S2", "1900000110", 101)).0, "RULE_LIMIT");
    w.good("v3_profitsharing_orders", &split("S3", "1900000111", 50));
    let told = w.good("v3_profitsharing_query", &format!("out_order_no=S3 transaction_id={id}"));
    assert_eq!(
        (told.get("receivers.0.result"), told.get("receivers.0.fail_reason")),
        (Some("CLOSED"), Some("NO_RELATION"))
    );
    let back = "out_order_no=S1 out_return_no=B1 return_mchid=1900000110 amount=150 description=back";
    assert_eq!(w.good("v3_profitsharing_return", back).get("result"), Some("PROCESSING"));
    let told = w.good("v3_profitsharing_return_query", "out_return_no=B1 out_order_no=S1");
    assert_eq!(told.get("result"), Some("SUCCESS"));
    assert_eq!(w.no("v3_profitsharing_return", &back.replace("B1", "B2")).0, "INVALID_REQUEST");
    w.good("v3_profitsharing_unfreeze", &format!("transaction_id={id} out_order_no=S4 description=rest"));
    assert_eq!(left(&mut w), "0");
    assert_eq!(w.no("v3_profitsharing_orders", &split("S5", "1900000110", 1)).0, "INVALID_REQUEST");
    let other = w.good("v3_profitsharing_config", "sub_mchid=1900000110");
    assert_eq!(other.get("max_ratio"), Some("3000"));
}

#[test]
fn a_transfer_waits_for_the_user() {
    let mut w = world();
    let transfer = |number: &str| {
        format!(
            "out_bill_no={number} transfer_scene_id=1000 openid=o1 transfer_amount=30 transfer_remark=thanks \
                 notify_url=http://127.0.0.1:9/n user_name=张三 transfer_scene_report_infos.0.info_type=活动名称 \
                 transfer_scene_report_infos.0.info_content=x"
        )
    };
    let told = w.good("v3_transfer", &transfer("T1"));
    assert_eq!(told.get("state"), Some("WAIT_USER_CONFIRM"));
    assert!(told.get("package_info").is_some());
    assert_eq!(w.good("v3_transfer", &transfer("T1")).get("transfer_bill_no"), told.get("transfer_bill_no"));
    assert_eq!(w.no("v3_transfer", &transfer("T1").replace("30", "31")).0, "INVALID_REQUEST");
    let id = told.get("transfer_bill_no").unwrap().to_owned();
    assert_eq!(w.post("/_mock/transfers/T1/confirm", &json!({})).1["state"], "SUCCESS");
    let told = w.good("v3_transfer_query_id", &format!("transfer_bill_no={id}"));
    assert_eq!((told.get("state"), told.get("user_name")), (Some("SUCCESS"), Some("张三")));
    let sent = w.later.pop().unwrap().request;
    let heard = codec::read_request(&notice::TRANSFER, &sent, &w.keys, w.now).and_then(Heard::sound).unwrap();
    assert_eq!((heard.get("state"), heard.get("out_bill_no")), (Some("SUCCESS"), Some("T1")));
    assert_eq!(w.no("v3_transfer_cancel", "out_bill_no=T1").0, "INVALID_REQUEST");
    w.good("v3_transfer", &transfer("T2"));
    assert_eq!(w.good("v3_transfer_cancel", "out_bill_no=T2").get("state"), Some("CANCELING"));
    assert_eq!(w.good("v3_transfer_query", "out_bill_no=T2").get("state"), Some("CANCELLED"));
    is(&w.no("v3_transfer_query", "out_bill_no=T9"), "RESOURCE_NOT_EXISTS", "记录不存在");
}

#[test]
fn a_restart_loses_nothing_of_v3() {
    let mut w = world();
    let id = shared(&mut w);
    w.good("v3_combine_native", &combined());
    let bytes = w.mock.save();
    let mut new = world();
    new.mock.load(&bytes, new.now).unwrap();
    // What waited goes on, with a proof of now.
    let waiting = new.mock.due();
    assert_eq!(waiting.len(), 1);
    assert!(codec::read_request(&notice::PAYMENT, &waiting[0].request, &new.keys, new.now).is_ok());
    assert_eq!(new.good("v3_query", "out_trade_no=order-1").get("transaction_id"), Some(id.as_str()));
    assert!(new.good("v3_combine_query", "combine_out_trade_no=whole-1").get("sub_orders.1.mchid").is_some());
}
