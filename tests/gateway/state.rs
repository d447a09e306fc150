//! What the gateway goes on with after a restart, and what it refuses to go on with.

use proptest::prelude::*;
use serde_json::{Value, json};
use wxkit::mock::{BadState, Identity, Mock, Options};
use wxkit::wire::{Reply, Request};

use crate::world::{World, world};

/// A day's work: paid, refunded, closed, typing, told and untold.
fn busy() -> World {
    let mut w = world();
    w.order("order-1", 100);
    w.post(
        "/_mock/orders/order-1/pay",
        &json!({ "coupons": [{ "fee": 30 }, { "fee": 5, "type": "NO_CASH" }] }),
    );
    let refund =
        "out_trade_no=order-1 out_refund_no=r1 total_fee=100 refund_fee=40 notify_url=http://127.0.0.1:9/r";
    w.good("refund", refund);
    w.order("order-2", 7);
    w.good("closeorder", "out_trade_no=order-2");
    w.no("micropay", "body=t out_trade_no=order-3 total_fee=5 auth_code=130000000000000098");
    w.order("order-4", 9);
    let token = w.good("token", "");
    w.good("token", "");
    w.good("stable_token", "force_refresh=true");
    w.good("getticket", &format!("access_token={}", token.get("access_token").unwrap()));
    let code = w.code("snsapi_userinfo");
    w.good("sns_access_token", &format!("code={code}"));
    let first = w.later.remove(0);
    let stamp = w.stamp();
    w.mock.delivered(first.ticket, &Err("refused".into()), &stamp);
    w
}

fn loaded(state: &[u8]) -> Result<World, BadState> {
    let mut w = world();
    w.mock.load(state, w.now).map(|()| w)
}

/// Everything that reads what was written.
fn look_around(w: &mut World) {
    w.later = w.mock.due();
    for later in w.later.clone() {
        let stamp = w.stamp();
        let _ = w.mock.wants(later.ticket);
        w.mock.delivered(later.ticket, &Ok(Reply::ok("text/xml", "no")), &stamp);
    }
    for path in ["/_mock/", "/_mock/orders", "/_mock/notices", "/_wx/scan", "/_mock/orders/order-1"] {
        w.send(&Request::new("GET", path));
    }
    for number in ["order-1", "order-2", "order-3", "order-4", ""] {
        for path in ["/pay/orderquery", "/pay/refundquery", "/pay/closeorder", "/secapi/pay/reverse"] {
            let asked = w.signed("orderquery", &format!("out_trade_no={number}"));
            w.post_xml(path, &asked);
        }
        let refund = format!("out_trade_no={number} out_refund_no=x{number} total_fee=100 refund_fee=1");
        let refund = w.signed("refund", &refund);
        w.post_xml("/secapi/pay/refund", &refund);
        w.post(&format!("/_mock/orders/{number}/pay"), &json!({}));
        w.post(&format!("/_mock/orders/{number}/refund"), &json!({}));
    }
    let _ = w.call("downloadbill", "bill_date=20260115");
    let _ = w.call("downloadfundflow", "bill_date=20260115 account_type=Basic");
    let _ = w.call("stable_token", "force_refresh=true");
    let _ = w.call("token", "");
    w.order("order-new", 1);
    w.pay("order-new");
}

#[test]
fn a_day_comes_back_as_it_was() {
    let mut before = busy();
    let mut after = loaded(&before.mock.save()).unwrap();
    for path in ["/_mock/orders", "/_mock/notices"] {
        assert_eq!(before.get(path), after.get(path));
    }
    look_around(&mut after);
    assert_eq!(after.get("/_mock/orders/order-1")["refunds"].as_array().unwrap().len(), 3);
}

#[test]
fn sums_that_cannot_be_are_refused() {
    let state: Value = serde_json::from_slice(&busy().mock.save()).unwrap();
    let first = "/ledger/orders/0";
    for (place, value) in
        [("/ask/total_fee", json!(39)), ("/refunds/0/fee", json!(101)), ("/payment/coupons/0/fee", json!(99))]
    {
        let mut wrong = state.clone();
        *wrong.pointer_mut(&format!("{first}{place}")).unwrap() = value;
        let bad = loaded(wrong.to_string().as_bytes()).map(drop).unwrap_err();
        assert_eq!(bad, BadState::WrongSums { out_trade_no: "order-1".into() }, "{place}");
    }
    for (place, value) in [("/payment/at", json!(u64::MAX)), ("/ask/api", json!("PayV9"))] {
        let mut wrong = state.clone();
        *wrong.pointer_mut(&format!("{first}{place}")).unwrap() = value;
        let bad = loaded(wrong.to_string().as_bytes()).map(drop);
        assert!(matches!(bad, Err(BadState::Damaged { .. })), "{place}: {bad:?}");
    }
}

/// The places of all values that are no containers, and of all members.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    match value {
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(n, one)| places(one, &format!("{at}/{n}"), out));
        }
        Value::Object(map) => map.iter().for_each(|(name, one)| {
            places(one, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), out);
        }),
        _ => {}
    }
    if !at.is_empty() {
        out.push(at.to_owned());
    }
}

fn wrong_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<u64>().prop_map(Value::from),
        (0..2_000_000_000_000_000_u64).prop_map(Value::from),
        (0..200_u64).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        "[a-zA-Z0-9_]{0,12}|\\PC{0,8}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!("NotPay")),
        Just(json!({ "UserPaying": { "queries": 0, "then": "Pays" } })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]
    /// Whatever a hand or a disk made of it: refused, or gone on with; never a panic.
    #[test]
    fn no_state_makes_it_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), wrong_value()), 1..4)) {
        let mut state: Value = serde_json::from_slice(&busy().mock.save()).unwrap();
        for (index, value) in changes {
            let mut all = Vec::new();
            places(&state, "", &mut all);
            *state.pointer_mut(&all[index.index(all.len())]).unwrap() = value;
        }
        if let Ok(mut w) = loaded(state.to_string().as_bytes()) {
            look_around(&mut w);
            let again = w.mock.save();
            let mut next = Mock::new(Identity::default(), Options::default());
            let _ = next.load(&again, w.now);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), cut in 0..4000_usize) {
        let _ = loaded(&bytes);
        let mut state = busy().mock.save();
        state.truncate(cut);
        state.extend(bytes);
        if let Ok(mut w) = loaded(&state) {
            look_around(&mut w);
        }
    }
}
