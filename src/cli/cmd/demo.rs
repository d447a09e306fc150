//! `demo`: the whole story on an embedded gateway on loopback: no account, no
//! network. Every step is the code that the other commands run.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};

use serde_json::json;
use wxkit::api::invoke::{self, Authorize};
use wxkit::api::keys::SignType;
use wxkit::api::notice::{PAYMENT, REFUND};
use wxkit::api::oa::SNS_ACCESS_TOKEN;
use wxkit::api::pay_v2::{ORDERQUERY, REFUND as REFUND_CALL, UNIFIEDORDER};
use wxkit::api::{Heard, Word, codec};
use wxkit::client::{LeaseKind, TicketType};
use wxkit::mock::{Identity, Mock, Options};
use wxkit::wire::{Fields, Request};

use super::super::args::Args;
use super::super::error::{self, Error};
use super::super::explained;
use super::super::host::{Background, Host};
use super::super::outcome::{Outcome, View};
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;
use super::demo_story::{Story, explain, next, paid, short};
use super::demo_v3;

/// `demo`
pub const VERBS: &[&Verb] = &[&Verb {
    noun: "",
    name: "demo",
    about: Word::new(
        "在本机走一遍完整流程：不需要账号，不需要网络",
        "Walk the whole story on this machine: no account, no network",
    ),
    example: "demo",
    flags: &[],
    words: Words::None,
    row: None,
    run: demo,
}];

fn demo(_: &Args, outer: &Context) -> Result<Outcome, Error> {
    let mock = Mock::new(Identity::default(), Options::default());
    let gateway = Background::gateway(Host::wired(outer, mock, Arc::new(|_| ()))?)?;
    let (tell, notices) = mpsc::channel();
    let shop = Background::receiver(move |request| drop(tell.send(request)))?;
    let ctx = outer.of_somebody(Identity::default().default_keys(), &gateway.url)?;
    let mut story = Story { ctx: &ctx, steps: Vec::new() };
    credentials(&mut story)?;
    let openid = authorize(&mut story)?;
    let order = order(&mut story, &openid, &shop.url)?;
    pay(&mut story, &order, &notices)?;
    refund(&mut story, &order, &shop.url, &notices)?;
    broken_signature(&mut story, &order)?;
    demo_v3::tell(&mut story, (&openid, &order.number), &shop.url, &notices)?;
    Ok(end(&story))
}

fn end(story: &Story<'_>) -> Outcome {
    let said = Word::new(
        "全部完成：{} 步，全部在本机。接下来：wxkit init 写入你的账号，wxkit mock 给你的测试用",
        "all done: {} steps, all on this machine. Next: wxkit init for your own account, wxkit mock for your tests",
    );
    let count = story.steps.len().to_string();
    Outcome::new(json!({ "ok": true, "steps": story.steps }), "ok").show(View::Good(said.with([count])))
}

fn credentials(story: &mut Story<'_>) -> Result<(), Error> {
    let ctx = story.ctx;
    let token = ctx.lease(LeaseKind::Token, false)?;
    story.step("token", Word::new("取 access_token", "access_token"), short(token.lease.value.expose()));
    let ticket = ctx.lease(LeaseKind::Ticket(TicketType::Jsapi), false)?.lease.value;
    story.step("ticket", Word::new("取 jsapi_ticket", "jsapi_ticket"), short(ticket.expose()));
    let signed = invoke::jssdk(&ticket, "https://shop.example/tea?id=1#/top", &ctx.stamp());
    story.step("jssdk", Word::new("JS-SDK 签名", "JS-SDK signature"), signed.signature);
    Ok(())
}

fn authorize(story: &mut Story<'_>) -> Result<String, Error> {
    let ctx = story.ctx;
    let origin = ctx.origin(wxkit::api::endpoint::Host::Open);
    let app_id = ctx.app_id()?;
    let ask = Authorize {
        app_id: &app_id,
        redirect_uri: "https://shop.example/callback",
        scope: "snsapi_base",
        state: "tea",
        force_popup: None,
    };
    let url = invoke::authorize_url(&origin, &ask);
    let back = ctx.deliver(&Request::new("GET", url.split('#').next().unwrap_or(&url)))?;
    let location = Request::new("GET", back.header("location").unwrap_or_default());
    let code = location.query()?.get("code").unwrap_or_default().to_owned();
    story.step("authorize", Word::new("网页授权，拿到 code", "authorize, code comes back"), short(&code));
    let called = ctx.call(&SNS_ACCESS_TOKEN, &[("code", code)].into_iter().collect())?;
    let openid = called.answer.fields.get("openid").unwrap_or_default().to_owned();
    story.step("openid", Word::new("用 code 换 openid", "code for openid"), &*openid);
    Ok(openid)
}

/// What the rest of the story is about.
struct Order {
    sent: Fields,
    number: String,
}

fn order(story: &mut Story<'_>, openid: &str, shop: &str) -> Result<Order, Error> {
    let ctx = story.ctx;
    let notify_url = format!("{shop}/notify");
    let fields = [("body", "龙井茶"), ("total_fee", "880"), ("openid", openid), ("notify_url", &notify_url)];
    let called = ctx.call(&UNIFIEDORDER, &fields.into_iter().collect())?;
    let prepay_id = called.answer.fields.get("prepay_id").unwrap_or_default();
    story.step("unifiedorder", Word::new("统一下单 8.80 元", "unifiedorder, 8.80 yuan"), prepay_id);
    let (app_id, key) = (ctx.app_id()?, ctx.pay_key()?);
    let signed = invoke::jsapi(&app_id, prepay_id, &key, SignType::Md5, &ctx.stamp());
    story.step("invoke", Word::new("调起支付的参数 paySign", "pay parameters, paySign"), signed.signature);
    let number = called.sent.get("out_trade_no").unwrap_or_default().to_owned();
    Ok(Order { sent: called.sent, number })
}

fn pay(story: &mut Story<'_>, order: &Order, notices: &Receiver<Request>) -> Result<(), Error> {
    let ctx = story.ctx;
    paid(ctx, &order.number)?;
    story.step("pay", Word::new("用户付款", "the customer pays"), &*order.number);
    let notice = codec::read_request(&PAYMENT, &next(notices)?, &ctx.keys_of_notices()?, ctx.stamp().now);
    let notice = notice.and_then(Heard::sound).map_err(|e| error::of_reply(&PAYMENT, e))?;
    let detail = format!(
        "{} fen, {}",
        notice.get("total_fee").unwrap_or_default(),
        notice.get("time_end").unwrap_or_default()
    );
    story.step("notice", Word::new("收到支付通知，验签通过", "payment notice, signature verified"), detail);
    let called = ctx.call(&ORDERQUERY, &[("out_trade_no", &*order.number)].into_iter().collect())?;
    let state = called.answer.fields.get("trade_state").unwrap_or_default();
    story.step("query", Word::new("查询订单", "query"), state);
    Ok(())
}

fn refund(
    story: &mut Story<'_>,
    order: &Order,
    shop: &str,
    notices: &Receiver<Request>,
) -> Result<(), Error> {
    let ctx = story.ctx;
    let notify_url = format!("{shop}/refund");
    let out_refund_no = format!("R{:.20}", order.number);
    let fields = [
        ("out_trade_no", &*order.number),
        ("out_refund_no", &out_refund_no),
        ("total_fee", "880"),
        ("refund_fee", "880"),
        ("notify_url", &notify_url),
    ];
    let called = ctx.call(&REFUND_CALL, &fields.into_iter().collect())?;
    let refund_id = called.answer.fields.get("refund_id").unwrap_or_default();
    story.step("refund", Word::new("退款 8.80 元", "refund, 8.80 yuan"), refund_id);
    let notice = codec::read_request(&REFUND, &next(notices)?, &ctx.keys_of_notices()?, ctx.stamp().now);
    let notice = notice.and_then(Heard::sound).map_err(|e| error::of_reply(&REFUND, e))?;
    let status = notice.get("refund_status").unwrap_or_default();
    story.step("refund_notice", Word::new("退款通知，解密成功", "refund notice, decrypted"), status);
    Ok(())
}

/// The classic: an empty `attach` was signed too, and the letters are small.
fn broken_signature(story: &mut Story<'_>, order: &Order) -> Result<(), Error> {
    let key = story.ctx.pay_key()?;
    let mut fields = order.sent.clone();
    fields.remove("sign");
    fields.set("attach", "");
    let wrong = explained::broken_on_purpose(&fields, &key);
    let case = explained::message(fields, key, &wrong);
    explain(story, "explain", Word::new("解释一个错误的签名", "a wrong signature, explained"), &case)
}
