//! Payment codes by pay v3: a customer shows one, the shop charges it, or takes that back.
//! Comes in: an admitted call; goes out: the paid order, or WeChat's no. Which code comes
//! to what no page of v3 says; the meaning is that of pay v2.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012382150>

use super::super::ledger::{Name, Order, State};
use super::super::paycode::{self, CannotReverse, NotCharged, Why};
use super::super::world::World;
use super::call::Call;
use super::orders::{ask, find};
use super::refusal::Refusal;
use super::told::{parties, trade};
use crate::api::Answer;
use crate::wire::Fields;

/// Charges a payment code; the same number in the same words gives the same answer.
pub(super) fn codepay(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let ask = ask(call);
    if let Some(order) = world.ledger.find(Name::Number(&call.mch_id, &ask.out_trade_no), call.now) {
        let is_same = order.ask.api == ask.api && order.ask.terms == ask.terms;
        return again(order).filter(|_| is_same).unwrap_or_else(|| Err(Refusal::of("OUT_TRADE_NO_USED")));
    }
    let order = paycode::charge(world, ask, call.said("payer.auth_code"), call.now);
    order.map(|order| trade(&order).into()).map_err(|why| match why {
        NotCharged::Refused(why) => no(why),
        NotCharged::Typing => typing(),
        NotCharged::Unheard => Refusal::of("SYSTEM_ERROR"),
    })
}

/// What an order by a code comes to when it is asked for once more.
fn again(order: &Order) -> Option<Result<Answer, Refusal>> {
    match order.state {
        State::Success | State::Refund => Some(Ok(trade(order).into())),
        State::UserPaying { .. } => Some(Err(typing())),
        _ => None,
    }
}

fn typing() -> Refusal {
    Refusal::because("USERPAYING", "需要用户输入支付密码")
}

fn no(why: Why) -> Refusal {
    match why {
        Why::Expired => Refusal::because("PARAM_ERROR", "付款码已过期，请刷新再试"),
        Why::Invalid => Refusal::because("PARAM_ERROR", "付款码无效"),
        Why::Poor => Refusal::because("NOT_ENOUGH", "用户余额不足"),
        Why::Card => Refusal::because("TRADE_ERROR", "不支持的卡种"),
        Why::Trade => Refusal::because("TRADE_ERROR", "交易错误"),
        Why::OtherBuyer => Refusal::because("INVALID_REQUEST", "支付帐号错误，请确认支付方是否相同"),
        Why::Bank => Refusal::because("BANK_ERROR", "银行系统异常"),
    }
}

/// Takes a payment back, or closes it for good.
pub(super) fn reverse(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let order = find(world, call)?;
    paycode::reverse(world, &order, call.now).map_err(|why| match why {
        CannotReverse::NoCode => Refusal::because("INVALID_REQUEST", "仅付款码支付的订单可以撤销"),
        CannotReverse::Refunded => Refusal::of("TRADE_ERROR"),
        CannotReverse::TooLate => Refusal::because("INVALID_REQUEST", "订单已超过可撤销期限"),
    })?;
    let mut told: Fields = parties(&order).into_iter().collect();
    told.set("out_trade_no", order.ask.out_trade_no.as_str());
    Ok(told.into())
}
