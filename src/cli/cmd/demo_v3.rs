//! The part of `demo` that goes by pay v3: an order, the RSA signature of the page, a
//! notice proved and opened, and a broken request, explained.

use std::sync::mpsc::Receiver;

use wxkit::api::pay_v3::notice::PAYMENT;
use wxkit::api::pay_v3::{JSAPI, QUERY};
use wxkit::api::{Heard, Word, codec, invoke};
use wxkit::wire::{Fields, Request};

use super::super::error::{self, Error};
use super::super::explained;
use super::demo_story::{Story, explain, next, paid, short};

/// Tells it, on the same gateway and to the same shop.
pub(super) fn tell(
    story: &mut Story<'_>,
    (openid, number): (&str, &str),
    shop: &str,
    notices: &Receiver<Request>,
) -> Result<(), Error> {
    // In a frozen world the usual number is the one of the order before.
    let number = format!("V{number:.26}");
    order(story, (openid, &number), shop)?;
    pay(story, &number, notices)?;
    broken_request(story, &number)
}

fn order(story: &mut Story<'_>, (openid, number): (&str, &str), shop: &str) -> Result<(), Error> {
    let ctx = story.ctx;
    let notify_url = format!("{shop}/v3");
    let fields = [
        ("description", "龙井茶"),
        ("out_trade_no", number),
        ("amount.total", "880"),
        ("payer.openid", openid),
        ("notify_url", &notify_url),
    ];
    let called = ctx.call_v3(&JSAPI, &fields.into_iter().collect())?;
    let prepay_id = called.answer.fields.get("prepay_id").unwrap_or_default();
    story.step(
        "v3_order",
        Word::new("v3 下单 8.80 元，应答验签通过", "v3 order, 8.80 yuan, reply proved"),
        prepay_id,
    );
    let signed = invoke::jsapi_v3(&ctx.app_id()?, prepay_id, &ctx.needed_v3()?, &ctx.stamp());
    let params = signed.map_err(error::of_rsa)?.params;
    let signature = short(params.get("paySign").unwrap_or_default());
    story.step("v3_invoke", Word::new("v3 的 paySign（RSA）", "paySign of v3, by RSA"), signature);
    Ok(())
}

fn pay(story: &mut Story<'_>, number: &str, notices: &Receiver<Request>) -> Result<(), Error> {
    let ctx = story.ctx;
    paid(ctx, number)?;
    let notice = codec::read_request(&PAYMENT, &next(notices)?, &ctx.trust()?, ctx.stamp().now);
    let notice = notice.and_then(Heard::sound).map_err(|e| error::of_reply(&PAYMENT, e))?;
    let said = |name: &str| notice.get(name).unwrap_or_default().to_owned();
    let detail = format!("{} fen, {}", said("amount.total"), said("success_time"));
    story.step("v3_notice", Word::new("v3 支付通知，验签并解密", "v3 notice, proved and decrypted"), detail);
    let asked = Fields::from_iter([("out_trade_no", number)]);
    let found = ctx.call_v3(&QUERY, &asked)?.answer.fields;
    let state = found.get("trade_state").unwrap_or_default();
    story.step("v3_query", Word::new("v3 查询订单", "v3 query"), state);
    Ok(())
}

/// The classic: the whole address was signed, and not the path.
fn broken_request(story: &mut Story<'_>, number: &str) -> Result<(), Error> {
    let (keys, stamp) = (story.ctx.needed_v3()?, story.ctx.stamp());
    let body = format!("{{\"mchid\":\"{}\"}}", keys.mch_id);
    let path = format!("/v3/pay/transactions/out-trade-no/{number}/close");
    let case = explained::broken_request_on_purpose(&keys, &path, &body, &stamp).map_err(error::of_rsa)?;
    let title = Word::new("解释一个签错的 v3 请求", "a wrong v3 request, explained");
    explain(story, "v3_explain", title, &case)
}
