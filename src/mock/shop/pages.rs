//! The shop's pages and what they sign. Comes in: a visitor, an order; goes
//! out: HTML. A mistake on purpose is the right function with one value changed.

use serde_json::{Value, json};

use super::goods::{Mistake, Order, State, TEAS, Tea, Trouble, Visitor};
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
    let slots = [
        ("hello", hello.into()),
        ("teas", teas.into()),
        ("switch", switch(visitor.mistake, "", lang).into()),
    ];
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

/// The switch to sign wrongly on purpose.
fn switch(mistake: Mistake, number: &str, lang: Lang) -> Html {
    let choices: Html = [
        (Mistake::None, "none", Word::new("正确", "Right")),
        (Mistake::Config, "config", Word::new("签错 wx.config", "Wrong wx.config")),
        (Mistake::PaySign, "pay", Word::new("签错 paySign", "Wrong paySign")),
    ]
    .into_iter()
    .map(|(which, value, word)| {
        let tone = if which == mistake { "chosen" } else { "" };
        fill(
            CHOICE,
            lang,
            &[("value", value.into()), ("tone", tone.into()), ("word", word.text(lang).into())],
        )
    })
    .collect();
    fill(SWITCH, lang, &[("number", number.into()), ("choices", choices.into())])
}

const CHOICE: &str =
    "<button class=\"{{tone}}\" id=\"sign-{{value}}\" name=\"mistake\" value=\"{{value}}\">{{word}}</button>";
const SWITCH: &str = "<form class=\"switch\" method=\"post\" action=\"/shop/mistake\">\
    <input type=\"hidden\" name=\"no\" value=\"{{number}}\"><span class=\"quiet\">[[签名|Signatures]]</span>\
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
        ("switch", switch(visitor.mistake, &order.number, lang).into()),
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
pub(super) fn pay(keys: &Keys, prepay_id: &str, mistake: Mistake, stamp: &Stamp) -> Value {
    let key = keys.v2.as_ref().map_or_else(|| Secret::new(""), |v2| v2.key.clone());
    let app_id = keys.app_id.as_deref();
    let right = invoke::jsapi(app_id.unwrap_or_default(), prepay_id, &key, SignType::Md5, stamp);
    let params = match mistake {
        Mistake::PaySign => {
            let mut params = right.params.clone();
            params.remove("paySign");
            params.set("package", prepay_id);
            let mut params = invoke::jsapi_of(&key, SignType::Md5, params).params;
            params.set("package", format!("prepay_id={prepay_id}"));
            params
        }
        Mistake::None | Mistake::Config => right.params,
    };
    object(&params)
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
