//! What WeChat's app checks when a page, a mini program or an app wants to open the
//! cashier: the parameters, the order, the signature. Comes in: what was passed; goes
//! out: WeChat's own message and, for a wrong signature, the refused case. How an order
//! of one API or the other is signed, its till says.

use serde_json::json;

use super::checked::{Checked, UNKNOWN_APP, both, refused};
use super::ledger::{Name, Order, State};
use super::refusal::{RefusedSign, Right, Signed};
use super::world::World;
use crate::api::Word;
use crate::api::keys::Secret;
use crate::wire::Fields;

/// A way to the cashier: a function and what it is given, the signature last.
#[derive(Debug)]
pub(super) struct Way {
    via: &'static str,
    pub(super) function: &'static str,
    pub(super) names: &'static [&'static str],
    app_id: &'static str,
    prepay_id: fn(&Fields) -> &str,
    pub(super) kind: Kind,
}

/// Which signature a way takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Pages and mini programs.
    Page,
    /// Apps.
    App,
}

const PAGE_NAMES: &[&str] = &["appId", "timeStamp", "nonceStr", "package", "signType", "paySign"];
const APP_NAMES: &[&str] = &["appid", "partnerid", "prepayid", "package", "noncestr", "timestamp", "sign"];

const fn page(via: &'static str, function: &'static str) -> Way {
    Way { via, function, names: PAGE_NAMES, app_id: "appId", prepay_id: in_package, kind: Kind::Page }
}

fn in_package(asked: &Fields) -> &str {
    asked.get("package").and_then(|text| text.strip_prefix("prepay_id=")).unwrap_or_default()
}

/// All ways, the usual one first.
static WAYS: [Way; 4] = [
    page("getBrandWCPayRequest", "getBrandWCPayRequest"),
    page("chooseWXPay", "wx.chooseWXPay"),
    page("requestPayment", "wx.requestPayment"),
    Way {
        via: "app",
        function: "PayReq",
        names: APP_NAMES,
        app_id: "appid",
        prepay_id: |asked| asked.get("prepayid").unwrap_or_default(),
        kind: Kind::App,
    },
];

/// An order whose cashier is to be opened.
pub(super) struct Opening<'a> {
    pub(super) way: &'static Way,
    pub(super) asked: &'a Fields,
    pub(super) order: &'a Order,
}

impl Opening<'_> {
    /// A value that was passed, empty if it was not.
    pub(super) fn said(&self, name: &str) -> &str {
        self.asked.get(name).unwrap_or_default()
    }

    /// What is signed, as it was passed.
    pub(super) fn params(&self) -> Fields {
        let (_, signed) = self.way.names.split_last().unwrap_or((&"", &[]));
        signed.iter().map(|name| (*name, self.said(name))).collect()
    }

    /// The signature that was passed.
    fn given(&self) -> &str {
        self.way.names.last().map_or("", |name| self.said(name))
    }
}

/// How the parameters should be signed.
pub(super) struct Proof {
    /// The signature and the string to sign, the key masked.
    pub(super) right: Right,
    /// The same, as far as it may be told.
    pub(super) told: Option<Right>,
    pub(super) what: Signed,
    pub(super) key: Secret,
    pub(super) sign_type: &'static str,
    /// What may have been signed by mistake.
    pub(super) others: Vec<(String, Secret)>,
    /// Why it is refused although the signature is right.
    pub(super) but: Option<Word>,
}

const ORDER_PARTS: Word = Word::new(
    "prepay_id 不是下单返回的那个（网页的 package 写作 prepay_id=…）",
    "the prepay_id is not one that an order returned (a page's package is prepay_id=…)",
);
const NOT_TEXT: Word = Word::new(
    "这个参数缺失、为空或不是字符串；timeStamp 传数字时 iOS 会当作缺少",
    "this parameter is missing, empty or no string; iOS treats a number as missing",
);
const OTHER_APP: Word = Word::new(
    "appId 与下单时的 appid（或 sub_appid）不一致",
    "appId is not the appid (or sub_appid) of the order",
);
const STATE: Word = Word::new("订单已经不能再支付", "the order cannot be paid any more");
const EXPIRED: Word =
    Word::new("prepay_id 超过两小时，重新下单", "the prepay_id is older than two hours: order again");

/// Why the cashier does not open.
struct NoPay {
    text: String,
    /// What it means; for a wrong signature the report says it better.
    note: Option<Word>,
    refused: Option<Box<RefusedSign>>,
}

fn no_pay(text: impl Into<String>, note: Word) -> NoPay {
    NoPay { text: text.into(), note: Some(note), refused: None }
}

/// Whether the cashier opens, and for which order. `proof` asks the till of the order;
/// none if it has none.
pub(super) fn check(
    world: &mut World,
    asked: &Fields,
    now: u64,
    proof: impl Fn(&World, &Opening<'_>) -> Option<Result<Proof, Word>>,
) -> Checked {
    let via = asked.get("via").unwrap_or_default();
    let way = WAYS.iter().find(|way| way.via == via).unwrap_or(&WAYS[0]);
    match payable(world, way, asked, now, proof) {
        Ok(prepay_id) => {
            let told = json!({ "ok": true, "prepay_id": prepay_id });
            Checked { function: way.function, verdict: "ok".into(), told, refused: None }
        }
        Err(no) => {
            let told = json!({ "ok": false, "err_desc": no.text, "note": no.note.map(both) });
            let refused = no.refused.map(|refused| *refused);
            Checked { function: way.function, verdict: no.text, told, refused }
        }
    }
}

fn payable(
    world: &mut World,
    way: &'static Way,
    asked: &Fields,
    now: u64,
    proof: impl Fn(&World, &Opening<'_>) -> Option<Result<Proof, Word>>,
) -> Result<String, NoPay> {
    let loose: Vec<&str> = asked.get("loose").unwrap_or_default().split(',').collect();
    let lacking = |name: &&&str| asked.filled(name).is_none() || loose.contains(*name);
    if let Some(name) = way.names.iter().find(lacking) {
        return Err(no_pay(format!("调用支付JSAPI缺少参数：{name}"), NOT_TEXT));
    }
    let app_id = asked.get(way.app_id).unwrap_or_default();
    if world.identity.app(app_id).is_none() {
        return Err(no_pay("appid不存在", UNKNOWN_APP));
    }
    let order = world.ledger.find(Name::Prepay((way.prepay_id)(asked)), now);
    let order = order.ok_or_else(|| no_pay("调用支付JSAPI缺少参数：total_fee", ORDER_PARTS))?.clone();
    if app_id != order.ask.app_id && Some(app_id) != order.ask.sub_app_id.as_deref() {
        return Err(no_pay("appid与下单时不一致", OTHER_APP));
    }
    let opening = Opening { way, asked, order: &order };
    if let Some(proof) = proof(world, &opening) {
        is_signed(&opening, proof)?;
    }
    may_be_paid(&order, now)?;
    Ok(order.prepay_id)
}

/// What WeChat says to a wrong paySign.
const WRONG_PAY_SIGN: &str = "支付验证签名失败";

fn is_signed(opening: &Opening<'_>, proof: Result<Proof, Word>) -> Result<(), NoPay> {
    let proof = proof.map_err(|note| no_pay(WRONG_PAY_SIGN, note))?;
    if proof.right.signature == opening.given() {
        return proof.but.map_or(Ok(()), |note| Err(no_pay(WRONG_PAY_SIGN, note)));
    }
    let (function, params) = (opening.way.function, opening.params());
    let case = refused(function, proof.what, params, proof.told, opening.given());
    let case = RefusedSign { key: proof.key, sign_type: proof.sign_type, others: proof.others, ..case };
    Err(NoPay { text: WRONG_PAY_SIGN.into(), note: None, refused: Some(Box::new(case)) })
}

/// Whether an order can still be paid: WeChat's text if not.
fn may_be_paid(order: &Order, now: u64) -> Result<(), NoPay> {
    match order.state {
        State::Success | State::Refund => Err(no_pay("该订单已支付", STATE)),
        State::Closed | State::Revoked | State::PayError => Err(no_pay("该订单已关闭", STATE)),
        State::NotPay | State::UserPaying { .. } if now >= order.prepay_expires => {
            Err(no_pay("订单已过期，请重新下单", EXPIRED))
        }
        State::NotPay | State::UserPaying { .. } => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::identity::{Identity, Options};

    #[test]
    fn a_number_is_a_missing_parameter() {
        let mut world = World::new(Identity::default(), Options::default());
        let mut fields: Fields = PAGE_NAMES.iter().map(|name| (*name, "1")).collect();
        fields.set("loose", "timeStamp");
        let mut verdict = |fields: &Fields| check(&mut world, fields, 0, |_, _| None).verdict;
        assert_eq!(verdict(&fields), "调用支付JSAPI缺少参数：timeStamp");
        fields.set("loose", "");
        assert_eq!(verdict(&fields), "appid不存在");
        fields.set("appId", "wx00c0ffee00c0ffee");
        assert_eq!(verdict(&fields), "调用支付JSAPI缺少参数：total_fee");
        fields.set("via", "app");
        assert_eq!(verdict(&fields), "调用支付JSAPI缺少参数：appid");
    }
}
