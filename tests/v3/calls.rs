//! The commands of v3 against that WeChat Pay: what is believed, what is refused and
//! with which exit code, what is sent, and what a lost refund says to type.

use std::sync::mpsc::channel;

use super::keys::{
    API_V3_KEY, MERCHANT_KEY, MERCHANT_SERIAL, PLATFORM_SERIAL, PUB_KEY_ID, WECHAT_KEY, private,
};
use super::support::net::{self, Message, answering};
use super::support::{Dir, Done, Run, repository, wxkit};
use super::wechat::{BILL, Wrong, start, sub_bill_text};

/// A merchant in public-key mode.
fn merchant(words: &str) -> Run {
    unnamed(&format!("--wechat-key-id {PUB_KEY_ID} {words}"))
}

/// The same who does not say which id the public key has.
fn unnamed(words: &str) -> Run {
    wxkit(words)
        .env("WXKIT_LANG", "en")
        .env("WXKIT_MCH_ID", "1900000109")
        .env("WXKIT_APP_ID", "wx2421b1c4370ec43b")
        .env("WXKIT_NOTIFY_URL", "https://shop.example/n")
        .env("WXKIT_PRIVATE_KEY", MERCHANT_KEY)
        .env("WXKIT_SERIAL", MERCHANT_SERIAL)
        .env("WXKIT_API_V3_KEY", API_V3_KEY)
        .env("WXKIT_WECHAT_KEY", repository("tests/v3/keys/wechat_pub.pem"))
}

fn told(wrong: Wrong, words: &str) -> Done {
    merchant(words).env("WXKIT_BASE", start(wrong).0).run()
}

const QUERY: &str = "v3 query out_trade_no=T00001";
const REFUND: &str = "v3 refund out_trade_no=T00001 out_refund_no=R00001 amount.refund=1 amount.total=100";

#[test]
fn good_replies_are_believed_and_nested_as_they_were_sent() {
    let paid = told(Wrong::Nothing, &format!("{QUERY} --json")).exits(0).json();
    assert_eq!(paid["amount"]["total"], 100);
    assert_eq!(paid["new_member"]["of"][1], "2", "what no row knows stays as it is");
    told(Wrong::Nothing, QUERY).exits(0).shows("paid, ¥1.00").shows("payer.openid");
    assert_eq!(told(Wrong::Nothing, &format!("{QUERY} -q")).exits(0).answer(), "SUCCESS");
    assert_eq!(told(Wrong::Nothing, "v3 close T00001 --json").exits(0).json(), serde_json::json!({}));
    told(Wrong::Nothing, REFUND).exits(0).shows("wxkit v3 refund-query out_refund_no=R00001");
    told(Wrong::Nothing, "v3 refund-query R00001").exits(0).shows("PROCESSING");
}

#[test]
fn an_order_comes_with_what_the_page_passes_on() {
    let order = "v3 order description=tea amount.total=1 payer.openid=o1 --at 1795656000 --nonce n1 --json";
    // The server's clock runs on: a frozen one would call its replies stale.
    let order = order.replace(" --at 1795656000", "");
    let told = told(Wrong::Nothing, &order).exits(0).json();
    let invoke = &told["invoke"];
    assert_eq!((&invoke["signType"], &invoke["nonceStr"]), (&"RSA".into(), &"n1".into()));
    let text = |name: &str| invoke[name].as_str().unwrap();
    let message = format!(
        "wx2421b1c4370ec43b\n{}\nn1\nprepay_id={}\n",
        text("timeStamp"),
        told["prepay_id"].as_str().unwrap()
    );
    assert_eq!(private(MERCHANT_KEY).public().verify(message.as_bytes(), text("paySign")), Ok(()));
    assert!(told["out_trade_no"].as_str().is_some_and(|number| number.len() > 6));
}

#[test]
fn the_fields_say_which_row_is_meant() {
    let sent = |words: &str| {
        let (url, asked) = start(Wrong::Nothing);
        merchant(words).env("WXKIT_BASE", url.as_str()).run();
        let asked = asked.lock().unwrap();
        asked.first().map(|(first, _, _)| first.trim_end_matches(" HTTP/1.1").to_owned()).unwrap_or_default()
    };
    let order = "v3 order description=tea amount.total=1";
    assert_eq!(sent(&format!("{order} trade_type=native")), "POST /v3/pay/transactions/native");
    assert_eq!(
        sent(&format!("{order} sub_mchid=1 payer.sub_openid=o1 sub_appid=wx1")),
        "POST /v3/pay/partner/transactions/jsapi"
    );
    assert_eq!(sent(QUERY), "GET /v3/pay/transactions/out-trade-no/T00001?mchid=1900000109");
    assert_eq!(
        sent("v3 query 4200000000202611260000000001"),
        "GET /v3/pay/transactions/id/4200000000202611260000000001?mchid=1900000109"
    );
    assert_eq!(
        sent(&format!("{QUERY} sub_mchid=2")),
        "GET /v3/pay/partner/transactions/out-trade-no/T00001?sp_mchid=1900000109&sub_mchid=2"
    );
    assert_eq!(sent(&format!("{order} trade_type=QR")), "", "nothing is sent of what is no kind");
}

#[test]
fn what_is_not_proved_is_not_believed() {
    let cases = [
        (Wrong::Byte, "reply.bad_sign", "does not match"),
        (Wrong::Header("Wechatpay-Nonce"), "reply.unsigned", "Wechatpay-Nonce"),
        (Wrong::Header("Wechatpay-Signature"), "reply.unsigned", "Wechatpay-Signature"),
        (Wrong::Serial, "reply.unknown_key", PLATFORM_SERIAL),
        (Wrong::Stale, "reply.stale", "5 minutes"),
        (Wrong::Probe, "reply.probe", "SIGNTEST"),
        (Wrong::Unsigned, "reply.unsigned", "no signature"),
        (Wrong::Long, "reply.too_long", "bytes"),
    ];
    for (wrong, code, text) in cases {
        let done = told(wrong, &format!("{QUERY} --json")).exits(8).prints_nothing();
        let error = done.error();
        assert_eq!(error["code"], code, "{wrong:?}: {done}");
        assert!(error["message"].as_str().unwrap().contains(text), "{wrong:?}: {done}");
        assert!(!error["hint"].as_str().unwrap().is_empty(), "{wrong:?}");
        // Of a refund nobody can say whether it was done.
        let done = told(wrong, &format!("{REFUND} --json")).exits(7).prints_nothing();
        assert_eq!(done.error()["next"][0], "wxkit v3 refund-query out_refund_no=R00001", "{wrong:?}");
    }
}

#[test]
fn a_refusal_is_told_with_its_meaning() {
    let done = told(Wrong::Nothing, "v3 query out_trade_no=NOBODY1 --json").exits(5).prints_nothing();
    assert_eq!(done.error()["upstream"]["code"], "ORDER_NOT_EXIST");
    told(Wrong::Nothing, "v3 query out_trade_no=NOBODY1").exits(5).says("Request-ID").says("mchid");
    let other = merchant(QUERY).env("WXKIT_MCH_ID", "1900000110").env("WXKIT_BASE", start(Wrong::Nothing).0);
    other.run().exits(6).says("SIGN_ERROR");
    told(Wrong::Nothing, "v3 call GET /v3/no/such").exits(5).says("check the method and the path");
}

#[test]
fn a_lost_refund_says_what_to_type() {
    let lost = merchant(REFUND)
        .words("--timeout 1 --json")
        .env("WXKIT_BASE", net::silent())
        .run()
        .exits(7)
        .prints_nothing();
    assert_eq!(lost.error()["next"][0], "wxkit v3 refund-query out_refund_no=R00001");
    let (came, when) = channel();
    let url = answering(move |_| {
        let _ = came.send(());
        std::thread::sleep(std::time::Duration::from_secs(20));
        Message::reply(200, "application/json", "{}")
    });
    let stopped =
        merchant(REFUND).word("--json").env("WXKIT_BASE", url.as_str()).interrupted("INT", &when).exits(130);
    assert_eq!(stopped.error()["next"][0], "wxkit v3 refund-query out_refund_no=R00001");
    let raw = r#"{"out_bill_no":"B00001","transfer_amount":1}"#;
    let home = Dir::new();
    let path = home.file("body.json", raw);
    let call = merchant("v3 call POST /v3/fund-app/mch-transfer/transfer-bills --timeout 1 --json --from");
    let lost = call.word(path).env("WXKIT_BASE", net::silent()).run().exits(7);
    assert_eq!(lost.error()["next"][0], "wxkit v3 transfer-query out_bill_no=B00001");
}

#[test]
fn money_on_live_hosts_wants_a_yes() {
    for words in [
        REFUND,
        "v3 call POST /v3/unheard/of a=1",
        "v3 profitsharing-unfreeze transaction_id=4 out_order_no=S2 description=x",
    ] {
        merchant(words).run().exits(9).prints_nothing();
    }
}

#[test]
fn bills_are_checked_by_their_digest() {
    let text = told(Wrong::Nothing, "v3 bill bill_date=2026-11-25").exits(0).stdout;
    assert_eq!(text.lines().collect::<Vec<_>>(), BILL.lines().collect::<Vec<_>>());
    let rows = told(Wrong::Nothing, "v3 bill bill_date=2026-11-25 --json").exits(0).json();
    assert_eq!(rows["rows"][0]["订单金额"], "0.01");
    assert_eq!(rows["totals"]["总交易单数"], "1");
    let wrong = told(Wrong::Nothing, "v3 fundflow bill_date=2026-11-25 --json").exits(8).prints_nothing();
    assert_eq!(wrong.error()["code"], "reply.bad_digest");
    let (url, asked) = start(Wrong::Nothing);
    merchant("v3 bill bill_date=2026-11-25").env("WXKIT_BASE", url.as_str()).run().exits(0);
    let file = asked.lock().unwrap()[1].0.clone();
    assert!(file.starts_with("GET /v3/billdownload/file?token=a%2Bb&tartype=gzip "), "{file}");
}

#[test]
fn a_bill_of_sealed_files_is_opened_and_joined() {
    let words = "v3 sub-fundflow sub_mchid=1900000110 bill_date=2026-11-25 account_type=BASIC";
    let done = told(Wrong::Nothing, words).exits(0);
    assert_eq!(done.stdout.lines().collect::<Vec<_>>(), sub_bill_text().lines().collect::<Vec<_>>());
    let rows = told(Wrong::Nothing, &format!("{words} --json")).exits(0).json();
    assert_eq!(
        (&rows["rows"][1]["收支金额(元)"], &rows["totals"]["资金流水总笔数"]),
        (&"0.02".into(), &"2".into())
    );
    let stranger =
        merchant(words).env("WXKIT_PRIVATE_KEY", WECHAT_KEY).env("WXKIT_BASE", start(Wrong::Nothing).0);
    stranger.run().exits(6);
}

/// One run of each rarer call: what WeChat says of it is what is answered.
#[test]
fn every_call_is_made_and_its_reply_believed() {
    let order = "sub_orders.0.mchid=1900000109 sub_orders.0.out_trade_no=T00011 sub_orders.0.description=tea \
        sub_orders.0.attach=a sub_orders.0.amount.total_amount=1 sub_orders.0.amount.currency=CNY \
        sub_orders.1.mchid=1900000109 sub_orders.1.out_trade_no=T00012 sub_orders.1.description=tea \
        sub_orders.1.attach=a sub_orders.1.amount.total_amount=1 sub_orders.1.amount.currency=CNY";
    let close = "sub_orders.0.mchid=1900000109 sub_orders.0.out_trade_no=T00011 sub_orders.1.mchid=1900000109 sub_orders.1.out_trade_no=T00012";
    let combine =
        format!("v3 combine-order combine_out_trade_no=C00001 combine_payer_info.openid=o1 {order}");
    for (words, name, answer) in [
        (combine.as_str(), "combine_out_trade_no", "C00001"),
        (
            &format!("{combine} trade_type=NATIVE").replace("combine_payer_info.openid=o1 ", ""),
            "code_url",
            "weixin://wxpay/bizpayurl?pr=p4lpSuKzz",
        ),
        ("v3 combine-query combine_out_trade_no=C00001", "combine_mchid", "1900000109"),
        (&format!("v3 combine-close combine_out_trade_no=C00001 {close}"), "", ""),
        (
            "v3 codepay description=tea out_trade_no=T00001 amount.total=1 amount.currency=CNY payer.auth_code=134567890123456789 scene_info.store_info.id=1",
            "trade_state",
            "USERPAYING",
        ),
        ("v3 reverse out_trade_no=T00001", "out_trade_no", "T00001"),
        (
            "v3 refund-abnormal refund_id=5030 out_refund_no=R00001 type=MERCHANT_BANK_CARD",
            "status",
            "PROCESSING",
        ),
        (
            "v3 profitsharing-order transaction_id=4200 out_order_no=S00001 unfreeze_unsplit=true receivers.0.type=MERCHANT_ID receivers.0.account=1900000110 receivers.0.amount=1 receivers.0.description=d",
            "state",
            "PROCESSING",
        ),
        ("v3 profitsharing-query out_order_no=S00001 transaction_id=4200", "state", "PROCESSING"),
        (
            "v3 profitsharing-unfreeze transaction_id=4200 out_order_no=S00002 description=d",
            "order_id",
            "3008",
        ),
        (
            "v3 profitsharing-return out_order_no=S00001 out_return_no=B00001 return_mchid=1900000110 amount=1 description=r",
            "result",
            "SUCCESS",
        ),
        ("v3 profitsharing-return-query out_return_no=B00001 out_order_no=S00001", "return_id", "3009"),
        ("v3 profitsharing-amounts transaction_id=4200", "transaction_id", "4200"),
        (
            "v3 profitsharing-receiver-add type=PERSONAL_OPENID account=o1 relation_type=STAFF",
            "relation_type",
            "STAFF",
        ),
        ("v3 profitsharing-receiver-delete type=PERSONAL_OPENID account=o1", "account", "o1"),
        ("v3 profitsharing-config sub_mchid=1900000110", "sub_mchid", "1900000110"),
        ("v3 transfer-query out_bill_no=T00001", "state", "WAIT_USER_CONFIRM"),
        ("v3 transfer-cancel out_bill_no=T00001", "state", "CANCELING"),
        ("v3 echo echo_message=hello", "echo_message", "hello"),
    ] {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let done = told(Wrong::Nothing, &format!("{words} --yes --json")).exits(0).json();
        assert!(name.is_empty() || done[name] == answer, "{words}: {done}");
        told(Wrong::Unsigned, &format!("{words} --yes --json")).prints_nothing();
    }
}

#[test]
fn certificates_are_opened_proved_and_kept() {
    let home = Dir::new();
    let dir = home.path("");
    let first = unnamed("v3 certs --json --out").word(&dir).without(&["WXKIT_WECHAT_KEY"]);
    let done = first.env("WXKIT_BASE", start(Wrong::Nothing).0).run().exits(0).json();
    assert_eq!(
        (&done["mode"], &done["certificates"][0]["serial"]),
        (&"certificate".into(), &PLATFORM_SERIAL.into())
    );
    // What was kept proves the next reply, which the certificate's key signs then.
    let kept = home.path(&format!("wechatpay_{PLATFORM_SERIAL}.pem"));
    let next = unnamed(QUERY).env("WXKIT_WECHAT_KEY", kept);
    next.env("WXKIT_BASE", start(Wrong::Nothing).0).run().exits(0).shows("SUCCESS");
    // So it does where it was kept: the same home, no file named, the same server.
    let (home, (url, _)) = (Dir::new(), start(Wrong::Nothing));
    let at = |words: &str| {
        unnamed(words).without(&["WXKIT_WECHAT_KEY"]).home(&home).env("WXKIT_BASE", url.as_str()).run()
    };
    at(QUERY).exits(3);
    at("v3 certs").exits(0).shows("kept");
    at(QUERY).exits(0).shows("SUCCESS");
    unnamed(QUERY)
        .without(&["WXKIT_WECHAT_KEY"])
        .home(&home)
        .env("WXKIT_BASE", start(Wrong::Nothing).0)
        .run()
        .exits(3);
    let other = merchant("v3 certs --json").env("WXKIT_API_V3_KEY", "anotherapiv3key_anotherapiv3key_");
    other.env("WXKIT_BASE", start(Wrong::Nothing).0).run().exits(8).prints_nothing();
}

#[test]
fn any_path_is_called_and_a_body_goes_as_it_is() {
    let (url, asked) = start(Wrong::Nothing);
    let home = Dir::new();
    let raw = "{\"b\" : [1, \"2\"],\n \"amount\":{\"total\":5}}\n";
    let path = home.file("body.json", raw);
    merchant("v3 call POST /v3/any/path --yes --json --from")
        .word(path)
        .env("WXKIT_BASE", url.as_str())
        .run()
        .exits(0);
    merchant("v3 call POST /v3/any/path amount.total=5 name=1 --yes")
        .env("WXKIT_BASE", url.as_str())
        .run()
        .exits(0);
    merchant("v3 call GET /v3/any/path?a=b%2Fc d=1").env("WXKIT_BASE", url.as_str()).run().exits(0);
    let asked = asked.lock().unwrap();
    assert_eq!(asked[0].2, raw);
    assert_eq!(asked[1].2, r#"{"amount":{"total":5},"name":"1"}"#);
    assert_eq!(asked[2].0, "GET /v3/any/path?a=b%2Fc&d=1 HTTP/1.1");
    assert!(asked.iter().all(|(_, serial, _)| serial == PUB_KEY_ID));
}

#[test]
fn bad_bodies_are_told_before_they_are_sent() {
    let home = Dir::new();
    for (body, code) in [
        (r#"{"attach":null}"#, "input.null"),
        (r#"{"description":"😀","amount":{"total":1},"payer":{"openid":"o1"}}"#, "input.emoji"),
        (r#"{"description":"tea","amount":{"total":1.00},"payer":{"openid":"o1"}}"#, "fields.invalid"),
        (r#"{"description":"tea","amount":"#, "input.truncated"),
    ] {
        let (url, asked) = start(Wrong::Nothing);
        let path = home.file("order.json", body);
        let done = merchant("v3 order --json --from")
            .word(path)
            .env("WXKIT_BASE", url.as_str())
            .run()
            .exits(2)
            .prints_nothing();
        assert_eq!(done.error()["code"], code, "{body}");
        assert!(asked.lock().unwrap().is_empty(), "{body}");
    }
}

#[test]
fn names_are_sealed_for_wechat_alone() {
    let (url, asked) = start(Wrong::Nothing);
    let home = Dir::new();
    let body = r#"{"out_bill_no":"B1","transfer_scene_id":"1000","openid":"o1","user_name":"张三","transfer_amount":1,
        "transfer_remark":"r","transfer_scene_report_infos":[{"info_type":"活动名称","info_content":"x"}]}"#;
    let path = home.file("transfer.json", body);
    merchant("v3 transfer-order --yes --from")
        .word(path)
        .env("WXKIT_BASE", url.as_str())
        .run()
        .exits(0)
        .shows("ACCEPTED");
    let (_, serial, body) = asked.lock().unwrap()[0].clone();
    assert_eq!(serial, PUB_KEY_ID);
    let sent: serde_json::Value = serde_json::from_str(&body).unwrap();
    let opened = private(WECHAT_KEY).open(sent["user_name"].as_str().unwrap()).unwrap();
    assert_eq!(opened.as_slice(), "张三".as_bytes());
    assert_eq!(sent["transfer_scene_report_infos"][0]["info_type"], "活动名称");
}

#[test]
fn nothing_is_sent_that_nobody_could_prove() {
    let (url, asked) = start(Wrong::Nothing);
    let bare = unnamed(QUERY).without(&["WXKIT_WECHAT_KEY"]).env("WXKIT_BASE", url.as_str()).run();
    bare.exits(3).says("wxkit v3 certs");
    unnamed(QUERY).env("WXKIT_BASE", url.as_str()).run().exits(3).says("WXKIT_WECHAT_KEY_ID");
    merchant(QUERY)
        .without(&["WXKIT_PRIVATE_KEY"])
        .env("WXKIT_BASE", url.as_str())
        .run()
        .exits(3)
        .says("private");
    assert!(asked.lock().unwrap().is_empty());
}
