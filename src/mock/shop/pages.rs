//! The shop's pages and what they sign. Comes in: a visitor, an order; goes
//! out: HTML. A mistake on purpose is the right function with one value changed.

use serde_json::{Value, json};

use super::goods::{Api, Mistake, Order, State, TEAS, Tea, Trouble, Visitor};
use crate::api::invoke;
use crate::api::keys::{Secret, SignType};
use crate::api::{Keys, Lang, Stamp, Word};
use crate::mock::sheet::html::{Html, Slot, fill};
use crate::mock::sheet::{asset, tag, yuan};
use crate::wire::{Fields, Reply};

const SHELL: &str = include_str!("shell.html");
const HOME: &str = include_str!("home.html");
const TEA: &str = include_str!("tea.html");
const ORDER: &str = include_str!("order.html");
const PROBLEM: &str = include_str!("problem.html");

/// The shop's own script.
pub(super) fn script() -> Reply {
    asset("application/javascript; charset=utf-8", include_str!("shop.js"))
}

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
                      frame-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";

fn page(body: Html, lang: Lang) -> Reply {
    let slots: [(&str, Slot<'_>); 2] = [("body", body.into()), ("lang", tag(lang).into())];
    asset("text/html; charset=utf-8", &fill(SHELL, lang, &slots).into_text())
        .with_header("content-security-policy", POLICY)
        .with_header("referrer-policy", "same-origin")
}

/// The shelves.
pub(super) fn home(visitor: &Visitor, lang: Lang) -> Reply {
    let teas: Html = TEAS.iter().map(|tea| shelf(tea, visitor, lang)).collect();
    let hello = match (&visitor.openid, visitor.nickname.as_str()) {
        (None, _) => fill(STRANGER, lang, &[]),
        (Some(openid), "") => fill(FRIEND, lang, &[("name", openid.as_str().into())]),
        (Some(_), name) => fill(FRIEND, lang, &[("name", name.into())]),
    };
    let switches: Html = [ways(visitor, lang), signatures(visitor, "", lang)].into_iter().collect();
    let slots = [("hello", hello.into()), ("teas", teas.into()), ("switch", switches.into())];
    page(fill(HOME, lang, &slots), lang)
}

const STRANGER: &str =
    "<a id=\"login\" class=\"small-button\" href=\"/shop/login\">[[微信登录|Sign in with WeChat]]</a>";
const FRIEND: &str = "<span id=\"who\" class=\"quiet\">[[你好，|Hello, ]]{{name}}</span>";

fn shelf(tea: &Tea, visitor: &Visitor, lang: Lang) -> Html {
    let buy = if visitor.openid.is_some() { BUY } else { "" };
    let slots = [
        ("name", tea.name.text(lang).into()),
        ("fee", yuan(tea.fee).into()),
        ("id", tea.id.into()),
        ("buy", fill(buy, lang, &[("id", tea.id.into())]).into()),
    ];
    fill(TEA, lang, &slots)
}

const BUY: &str = "<form method=\"post\" action=\"/shop/order\"><input type=\"hidden\" name=\"tea\" value=\"{{id}}\">\
    <button class=\"small-button\" id=\"buy-{{id}}\">[[购买|Buy]]</button></form>";

/// Which API is paid by, from the next order on.
fn ways(visitor: &Visitor, lang: Lang) -> Html {
    let choices = [
        (visitor.api == Api::V2, "v2", Word::new("APIv2", "APIv2")),
        (visitor.api == Api::V3, "v3", Word::new("APIv3", "APIv3")),
    ];
    switch("api", Word::new("支付接口", "Paid by"), &choices, "", lang)
}

/// The switch to sign wrongly on purpose.
fn signatures(visitor: &Visitor, number: &str, lang: Lang) -> Html {
    let choices = [
        (visitor.mistake == Mistake::None, "none", Word::new("正确", "Right")),
        (visitor.mistake == Mistake::Config, "config", Word::new("签错 wx.config", "Wrong wx.config")),
        (visitor.mistake == Mistake::PaySign, "pay", Word::new("签错 paySign", "Wrong paySign")),
    ];
    switch("mistake", Word::new("签名", "Signatures"), &choices, number, lang)
}

fn switch(name: &str, label: Word, choices: &[(bool, &str, Word)], number: &str, lang: Lang) -> Html {
    let choice = |(is_chosen, value, word): &(bool, &str, Word)| {
        let slots = [
            ("name", name.into()),
            ("id", if name == "api" { "api" } else { "sign" }.into()),
            ("value", (*value).into()),
            ("tone", if *is_chosen { "chosen" } else { "" }.into()),
            ("word", word.text(lang).into()),
        ];
        fill(CHOICE, lang, &slots)
    };
    let choices: Html = choices.iter().map(choice).collect();
    let slots = [
        ("name", name.into()),
        ("label", label.text(lang).into()),
        ("number", number.into()),
        ("choices", choices.into()),
    ];
    fill(SWITCH, lang, &slots)
}

const CHOICE: &str = "<button class=\"{{tone}}\" id=\"{{id}}-{{value}}\" name=\"{{name}}\" value=\"{{value}}\">{{word}}</button>";
const SWITCH: &str = "<form class=\"switch\" method=\"post\" action=\"/shop/{{name}}\">\
    <input type=\"hidden\" name=\"no\" value=\"{{number}}\"><span class=\"quiet\">{{label}}</span>\
    <div class=\"choices\">{{choices}}</div></form>";

/// One order.
pub(super) fn order(order: &Order, visitor: &Visitor, config: &Value, pay: &Value, lang: Lang) -> Reply {
    let actions = match order.state {
        State::Open => fill(PAY, lang, &[]),
        State::Paid => fill(REFUND, lang, &[("number", order.number.as_str().into())]),
        State::Refunding | State::Refunded => Html::none(),
    };
    let slots = [
        ("name", order.tea.name.text(lang).into()),
        ("fee", yuan(order.tea.fee).into()),
        ("number", order.number.as_str().into()),
        ("state", order.state.as_str().into()),
        ("told", told(order.state).text(lang).into()),
        ("config", config.to_string().into()),
        ("pay", pay.to_string().into()),
        ("actions", actions.into()),
        ("paying", fill(if order.state == State::Open { PAYING } else { "" }, lang, &[]).into()),
        ("switch", signatures(visitor, &order.number, lang).into()),
    ];
    page(fill(ORDER, lang, &slots), lang)
}

const PAY: &str = "<button class=\"button\" id=\"pay\">[[微信支付|Pay with WeChat]]</button>\
    <button class=\"link\" id=\"bridge\">[[用 WeixinJSBridge 支付|Pay through WeixinJSBridge]]</button>";
const PAYING: &str =
    "<div><dt class=\"mono\">wx.chooseWXPay</dt><dd id=\"result\" class=\"mono\">&hellip;</dd></div>";
const REFUND: &str = "<form method=\"post\" action=\"/shop/refund\"><input type=\"hidden\" name=\"no\" value=\"{{number}}\">\
    <button class=\"button plain\" id=\"refund\">[[申请退款|Ask for a refund]]</button></form>";

const fn told(state: State) -> Word {
    match state {
        State::Open => Word::new("等待付款", "Waiting for payment"),
        State::Paid => Word::new("已付款：通知已收到并验签", "Paid: the notice has come and is verified"),
        State::Refunding => Word::new("退款中，等待退款通知", "Refund asked for, waiting for its notice"),
        State::Refunded => {
            Word::new("已退款：退款通知已解密", "Refunded: the notice has come and is decrypted")
        }
    }
}

/// What `wx.config` is given.
pub(super) fn config(keys: &Keys, ticket: &Secret, page: &str, mistake: Mistake, stamp: &Stamp) -> Value {
    let url = match mistake {
        Mistake::Config => page.split('?').next().unwrap_or(page),
        Mistake::None | Mistake::PaySign => page,
    };
    let signed = invoke::jssdk(ticket, url, stamp);
    json!({
        "debug": false,
        "appId": keys.app_id,
        "timestamp": stamp.now,
        "nonceStr": stamp.nonce,
        "signature": signed.signature,
        "jsApiList": ["chooseWXPay", "updateAppMessageShareData"],
    })
}

/// What `getBrandWCPayRequest` is given; `wx.chooseWXPay` wants `timestamp`.
pub(super) fn pay(keys: &Keys, order: &Order, mistake: Mistake, stamp: &Stamp) -> Value {
    let (app_id, prepay_id) = (keys.app_id.as_deref().unwrap_or_default(), order.prepay_id.as_str());
    let package = format!("prepay_id={prepay_id}");
    let sign_type = if order.api == Api::V3 { "RSA" } else { SignType::Md5.as_str() };
    let now = stamp.now.to_string();
    let params = [
        ("appId", app_id),
        ("timeStamp", &now),
        ("nonceStr", &stamp.nonce),
        ("package", if mistake == Mistake::PaySign { prepay_id } else { &package }),
        ("signType", sign_type),
    ];
    let mut params = signed(keys, order.api, params.into_iter().collect());
    params.set("package", package);
    object(&params)
}

/// The parameters with `paySign`; without a key they stay as they are.
fn signed(keys: &Keys, api: Api, params: Fields) -> Fields {
    match (api, &keys.v2, &keys.v3) {
        (Api::V2, Some(v2), _) => invoke::jsapi_of(&v2.key, SignType::Md5, params).params,
        (Api::V3, _, Some(v3)) => {
            invoke::jsapi_v3_of(v3, params.clone()).map_or(params, |signed| signed.params)
        }
        _ => params,
    }
}

fn object(fields: &Fields) -> Value {
    fields
        .iter()
        .map(|(name, value)| (name.to_owned(), Value::from(value)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

const NOT_ALLOWED: Word = Word::new("你没有授权，不能下单", "Without your permission there can be no order");
const LOST: Word =
    Word::new("没有这一页，或者不是同一个访客", "There is no such page, or you are another visitor");

/// What went wrong.
pub(super) fn trouble(trouble: &Trouble, lang: Lang) -> Reply {
    let (said, meaning, status) = match trouble {
        Trouble::Refused(refused) => (refused.text.as_str(), refused.call, 502),
        Trouble::NotAllowed => (NOT_ALLOWED.text(lang), "", 200),
        Trouble::Lost => (LOST.text(lang), "", 404),
    };
    let body = fill(PROBLEM, lang, &[("said", said.into()), ("meaning", meaning.into())]);
    page(body, lang).with_status(status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::sheet::html::check_languages;

    #[test]
    fn templates_speak_both_languages() {
        check_languages(&[
            ("shell", SHELL),
            ("home", HOME),
            ("tea", TEA),
            ("order", ORDER),
            ("problem", PROBLEM),
            ("pages.rs", include_str!("pages.rs")),
        ]);
    }
}
