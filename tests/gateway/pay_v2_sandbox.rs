//! The sandbox of pay v2: the same calls under a prefix, signed with a second key; and
//! that what is said of a wrong signature is what it was refused for.

use serde_json::json;
use wxkit::api::invoke;
use wxkit::api::keys::{Secret, SignType};
use wxkit::api::{self, pay_v2};
use wxkit::explain::{Case, Limits, Scheme, Verdict, explain};
use wxkit::mock::RefusedSign;
use wxkit::wire::{Fields, Request, xml};

use crate::world::{KEY, World, fields, world};

const WHO: &str = "appid=wx00c0ffee00c0ffee mch_id=1900000109 nonce_str=n";
const ORDER: &str = "body=tea out_trade_no=order-1 total_fee=101 trade_type=NATIVE product_id=p \
                     spbill_create_ip=127.0.0.1 notify_url=http://127.0.0.1:9/notify";

fn signed(key: &str, sign_type: SignType, said: &str) -> Fields {
    invoke::pay_v2(fields(said), &Secret::new(key), sign_type).params
}

fn post(w: &mut World, path: &str, message: &Fields) -> (Fields, Option<RefusedSign>) {
    let request = Request::new("POST", path).with_body("text/xml", xml::write(message).unwrap());
    let answered = w.send(&request);
    (xml::read(&answered.reply.body).unwrap(), answered.refused)
}

fn sandbox_key(w: &mut World, path: &str) -> String {
    let asked = signed(KEY, SignType::Md5, "mch_id=1900000109 nonce_str=n");
    let (told, _) = post(w, path, &asked);
    assert_eq!((told.get("return_code"), told.get("sign")), (Some("SUCCESS"), None), "{told:?}");
    told.get("sandbox_signkey").unwrap().to_owned()
}

#[test]
fn a_whole_flow_goes_with_the_key_of_the_sandbox() {
    for (key_at, prefix) in [
        ("/sandboxnew/pay/getsignkey", "/sandboxnew"),
        ("/xdc/apiv2getsignkey/sign/getsignkey", "/xdc/apiv2sandbox"),
    ] {
        let mut w = world();
        let key = sandbox_key(&mut w, key_at);
        assert!(key.len() == 32 && key != KEY);
        for (path, said) in [("pay/unifiedorder", ORDER), ("pay/orderquery", "out_trade_no=order-1")] {
            let message = signed(&key, SignType::HmacSha256, &format!("{WHO} sign_type=HMAC-SHA256 {said}"));
            let (told, refused) = post(&mut w, &format!("{prefix}/{path}"), &message);
            assert!(refused.is_none(), "{path}");
            assert_eq!(told.get("result_code"), Some("SUCCESS"), "{told:?}");
            let mut again = told.clone();
            again.remove("sign");
            let right = invoke::pay_v2(again, &Secret::new(key.as_str()), SignType::HmacSha256).signature;
            assert_eq!(told.get("sign"), Some(right.as_str()), "{path}");
        }
        w.later.clear();
        w.post("/_mock/orders/order-1/pay", &json!({}));
        let notice = xml::read(&w.later[0].request.body).unwrap();
        let mut again = notice.clone();
        again.remove("sign");
        let right = invoke::pay_v2(again, &Secret::new(key.as_str()), SignType::HmacSha256).signature;
        assert_eq!(notice.get("sign"), Some(right.as_str()));
        let refund = format!("{WHO} out_trade_no=order-1 out_refund_no=r1 total_fee=101 refund_fee=1");
        let (told, _) =
            post(&mut w, &format!("{prefix}/secapi/pay/refund"), &signed(&key, SignType::Md5, &refund));
        assert_eq!(told.get("result_code"), Some("SUCCESS"), "{told:?}");
    }
}

#[test]
fn each_place_has_its_key_and_says_which_one_was_used() {
    let mut w = world();
    let key = sandbox_key(&mut w, "/sandboxnew/pay/getsignkey");
    let query = format!("{WHO} out_trade_no=order-1");
    for (path, wrong) in [("/sandboxnew/pay/orderquery", KEY), ("/pay/orderquery", key.as_str())] {
        let (told, refused) = post(&mut w, path, &signed(wrong, SignType::Md5, &query));
        assert_eq!(told.get("return_msg"), Some("签名错误"), "{path}");
        let report = explain(&case(&refused.unwrap()), &Limits::default(), &|| false);
        let causes: Vec<&str> = report.explanations[0].causes.iter().map(|named| named.cause.id).collect();
        assert_eq!(causes, ["P-KEY-SANDBOX"], "{path}");
    }
    let asked = signed(&key, SignType::Md5, "mch_id=1900000109 nonce_str=n");
    assert_eq!(post(&mut w, "/sandboxnew/pay/getsignkey", &asked).0.get("return_msg"), Some("签名错误"));
    assert_eq!(
        w.send(&Request::new("POST", "/sandboxnew/pay/nothing")).verdict.as_deref(),
        Some("NOT_PLAYED")
    );
}

fn case(refused: &RefusedSign) -> Case {
    let mut fields = refused.fields.clone();
    fields.remove("sign");
    Case {
        scheme: Scheme::default(),
        fields,
        signature: refused.given.clone(),
        secret: Some(refused.key.clone()),
        sign_type: SignType::named(refused.sign_type),
        others: refused.others.clone(),
        repairs: Vec::new(),
    }
}

/// Refusal and explanation come from one rule.
#[test]
fn what_is_refused_is_never_explained_as_right() {
    const DIGESTS: [SignType; 2] = [SignType::Md5, SignType::HmacSha256];
    let mut refusals = 0;
    for row in pay_v2::ROWS {
        for named in [None, Some(DIGESTS[0]), Some(DIGESTS[1])] {
            for digest in DIGESTS {
                let mut w = world();
                let name = named.map_or(String::new(), |named| format!("sign_type={}", named.as_str()));
                let own = if row.name == "authcodetoopenid" { "auth_code=130000000000000001" } else { "" };
                let message = signed(KEY, digest, &format!("{WHO} {name} {own}"));
                let (_, refused) = post(&mut w, row.path, &message);
                let what = format!("{} named {named:?} signed {digest:?}", row.name);
                let Some(refused) = refused else {
                    assert!(named.is_none_or(|named| named == digest), "{what}");
                    continue;
                };
                refusals += 1;
                let report = explain(&case(&refused), &Limits::default(), &|| false);
                assert_eq!(report.verdict, Verdict::Explained, "{what}");
                if row.name == "authcodetoopenid" && named.is_some() {
                    let fixes: Vec<&str> =
                        report.explanations[0].causes.iter().map(|named| named.fix().en).collect();
                    assert!(
                        fixes.iter().any(|fix| fix.contains("do not send sign_type")),
                        "{what}: {fixes:?}"
                    );
                }
            }
        }
    }
    // Where the name and the digest differ, each call refuses twice.
    assert!(refusals >= 2 * pay_v2::ROWS.len(), "{refusals}");
    assert!(api::by_name("getsignkey").is_none());
}
