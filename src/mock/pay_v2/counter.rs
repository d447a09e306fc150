//! At the counter: payment codes, reversal, and the four small calls that stand
//! next to them. Comes in: an admitted call; goes out: the fields of the reply,
//! or WeChat's no.

use super::super::identity::SANDBOX_KEY;
use super::super::ledger::{Name, Order, State};
use super::super::paycode::{self, CannotReverse, NotCharged, Why};
use super::super::world::World;
use super::call::Call;
use super::notice::paid;
use super::refusal::Refusal;
use super::trade::{ask, find};
use crate::api::Answer;
use crate::wire::Fields;

/// Charges a payment code.
pub(super) fn micropay(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let number = call.said("out_trade_no");
    if let Some(order) = world.ledger.find(Name::Number(&call.mch_id, number), call.now) {
        return Err(already(order));
    }
    let order = paycode::charge(world, ask(call, paycode::TRADE), call.said("auth_code"), call.now);
    let order = order.map_err(|why| match why {
        NotCharged::Refused(why) => Refusal::of(code_of(why)),
        NotCharged::Typing => Refusal::because("USERPAYING", "需要用户输入支付密码"),
        NotCharged::Unheard => Refusal::of("SYSTEMERROR"),
    })?;
    let mut fields = call.reply(&mut world.dice);
    fields.extend(paid(&order).iter());
    Ok(fields.into())
}

/// How this API says why a payment code does not pay.
const fn code_of(why: Why) -> &'static str {
    match why {
        Why::Expired => "AUTHCODEEXPIRE",
        Why::Poor => "NOTENOUGH",
        Why::Invalid => "AUTH_CODE_INVALID",
        Why::Card => "NOTSUPORTCARD",
        Why::Bank => "BANKERROR",
        Why::Trade => "TRADE_ERROR",
        Why::OtherBuyer => "BUYER_MISMATCH",
    }
}

fn already(order: &Order) -> Refusal {
    match order.state {
        State::Success | State::Refund => Refusal::because("ORDERPAID", "该订单已支付"),
        State::Closed => Refusal::of("ORDERCLOSED"),
        State::Revoked => Refusal::of("ORDERREVERSED"),
        State::UserPaying { .. } => Refusal::because("USERPAYING", "需要用户输入支付密码"),
        State::NotPay | State::PayError => Refusal::of("OUT_TRADE_NO_USED"),
    }
}

/// Takes a payment back, or closes it for good. WeChat wants 15 seconds in
/// between; a mock that did would only make tests slow.
pub(super) fn reverse(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let order = find(world, call, "ORDER_NOT_EXIST")?;
    paycode::reverse(world, &order, call.now).map_err(|why| match why {
        CannotReverse::NoCode => Refusal::because("INVALID_REQUEST", "仅付款码支付的订单可以撤销"),
        CannotReverse::Refunded => Refusal::of("TRADE_ERROR"),
        CannotReverse::TooLate => Refusal::of("REVERSE_EXPIRE"),
    })?;
    Ok(one(world, call, "recall", "N"))
}

/// Whose payment code this is.
pub(super) fn authcodetoopenid(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    if let Some(why) = paycode::useless(call.said("auth_code")) {
        return Err(Refusal::of(code_of(why)));
    }
    let openid = world.identity.default_openid(&call.app_id);
    Ok(one(world, call, "openid", &openid))
}

/// A short link for a long one.
pub(super) fn shorturl(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    if !call.said("long_url").starts_with("weixin://wxpay/bizpayurl") {
        return Err(Refusal::because("LACK_PARAMS", "invalid long_url"));
    }
    let short = format!("weixin://wxpay/s/{}", world.dice.text(6));
    Ok(one(world, call, "short_url", &short))
}

/// Hands out the key.
#[expect(clippy::unnecessary_wraps, reason = "every function of the table has one shape")]
pub(super) fn getsignkey(_: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let told = [
        ("return_code", "SUCCESS"),
        ("return_msg", "ok"),
        ("mch_id", &call.mch_id),
        ("sandbox_signkey", SANDBOX_KEY),
    ];
    Ok(told.into_iter().collect::<Fields>().into())
}

/// Takes note of nothing.
#[expect(clippy::unnecessary_wraps, reason = "every function of the table has one shape")]
pub(super) fn report(_: &mut World, _: &Call) -> Result<Answer, Refusal> {
    let told = [("return_code", "SUCCESS"), ("return_msg", "OK"), ("result_code", "SUCCESS")];
    Ok(told.into_iter().collect::<Fields>().into())
}

fn one(world: &mut World, call: &Call, name: &str, value: &str) -> Answer {
    let mut fields = call.reply(&mut world.dice);
    fields.set(name, value);
    fields.into()
}
