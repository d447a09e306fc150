//! Profit sharing of pay v3: receivers, shares, what comes back. Comes in: an admitted
//! call; goes out: the fields of the reply, or WeChat's no. Accepted means PROCESSING in
//! the reply; whoever asks later sees the end.
//! <https://pay.weixin.qq.com/doc/v3/partner/4012690683>

use super::super::ledger::{Name, Order};
use super::super::splits::{Receiver, Rest, Return, Share, Split};
use super::super::world::World;
use super::call::Call;
use super::orders::theirs;
use super::refusal::Refusal;
use crate::api::Answer;
use crate::api::calendar::{date8, rfc3339};
use crate::wire::Fields;

/// The largest share of a payment, in ten-thousandths, unless another one is agreed on.
const MAX_RATIO: u64 = 3000;
/// What was not shared in so many seconds is the merchant's.
const FROZEN: u64 = 30 * 86_400;

/// How far it is told to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// It was asked for this moment.
    Accepted,
    /// As it stands.
    Ended,
}

/// Shares a payment out, or thaws the rest of it; the same number in the same words gives
/// the same answer.
pub(super) fn order(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let (number, terms) = (call.said("out_order_no"), call.terms());
    if let Some(known) = world.splits.find(&call.mch_id, |split| split.number == number) {
        if known.terms == terms {
            return Ok(told(known, Told::Ended).into());
        }
        return Err(Refusal::because("INVALID_REQUEST", "商户分账单号已存在，且与之前的请求参数不一致"));
    }
    let paid = paid(world, call)?;
    let shares: Vec<Share> = (0..).map_while(|n| share(world, call, n)).collect();
    may_share(world, &paid, &shares, call.now)?;
    let thaws = shares.is_empty() || call.said("unfreeze_unsplit") == "true";
    let split = Split {
        mch_id: call.mch_id.clone(),
        transaction_id: call.said("transaction_id").into(),
        number: number.into(),
        id: format!("3008450740{}{}", date8(call.now), world.dice.digits(14)),
        shares,
        rest: if thaws { Rest::Thawed } else { Rest::Frozen },
        at: call.now,
        terms,
    };
    let answer = told(&split, Told::Accepted);
    world.splits.add(split);
    Ok(answer.into())
}

/// The payment that is named, if it is one to share.
fn paid(world: &mut World, call: &Call) -> Result<Order, Refusal> {
    let order = theirs(world, call, Name::Transaction(call.said("transaction_id")));
    let order = order.ok_or_else(|| Refusal::because("INVALID_REQUEST", "微信支付订单号不存在"))?;
    if order.ask.term("settle_info.profit_sharing") != "true" {
        return Err(Refusal::because("INVALID_REQUEST", "非分账订单不支持分账"));
    }
    Ok(order)
}

fn share(world: &mut World, call: &Call, n: usize) -> Option<Share> {
    let said = |own: &str| call.said(&format!("receivers.{n}.{own}")).to_owned();
    let (kind, account) = (said("type"), said("account"));
    if account.is_empty() {
        return None;
    }
    let receiver = Receiver { mch_id: call.mch_id.clone(), kind: kind.clone(), account: account.clone() };
    Some(Share {
        is_related: world.splits.is_allowed(&receiver),
        kind,
        account,
        fee: call.fen(&format!("receivers.{n}.amount")),
        description: said("description"),
        id: format!("36000641{}{}", date8(call.now), world.dice.digits(16)),
    })
}

fn may_share(world: &World, order: &Order, shares: &[Share], now: u64) -> Result<(), Refusal> {
    let id = order.payment.as_ref().map_or("", |payment| &payment.transaction_id);
    let asked = shares.iter().fold(0, |sum: u64, share| sum.saturating_add(share.fee));
    let most = u128::from(order.ask.total_fee) * u128::from(MAX_RATIO) / 10_000;
    if world.splits.is_thawed(id) {
        return Err(Refusal::because("INVALID_REQUEST", "订单剩余资金已解冻，不能再分账"));
    }
    if asked > unsplit(world, order, now) {
        return Err(Refusal::because("NOT_ENOUGH", "分账金额超过剩余待分金额"));
    }
    if u128::from(world.splits.shared(id).saturating_add(asked)) > most {
        return Err(Refusal::because("RULE_LIMIT", "分账金额超过最大分账比例"));
    }
    Ok(())
}

/// What of a payment is still to be shared, fen.
fn unsplit(world: &World, order: &Order, now: u64) -> u64 {
    let Some(payment) = &order.payment else { return 0 };
    let id = payment.transaction_id.as_str();
    if world.splits.is_thawed(id) || now > payment.at.saturating_add(FROZEN) {
        return 0;
    }
    order.left().saturating_sub(world.splits.shared(id))
}

/// What became of a split.
pub(super) fn query(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let is_meant = |split: &Split| {
        split.number == call.said("out_order_no") && split.transaction_id == call.said("transaction_id")
    };
    let split = world.splits.find(&call.mch_id, is_meant);
    split.map(|split| told(split, Told::Ended).into()).ok_or_else(none)
}

fn none() -> Refusal {
    Refusal::because("RESOURCE_NOT_EXISTS", "记录不存在")
}

fn told(split: &Split, how: Told) -> Fields {
    let state = if how == Told::Accepted { "PROCESSING" } else { "FINISHED" };
    let mut fields: Fields =
        [("order_id", split.id.as_str()), ("out_order_no", &split.number)].into_iter().collect();
    if let Some(sub_mch_id) = split.terms.filled("sub_mchid") {
        fields.set("sub_mchid", sub_mch_id);
    }
    for (n, share) in split.shares.iter().enumerate() {
        let named = told_share(share, how, split.at).into_iter();
        fields.extend(named.map(|(name, value)| (format!("receivers.{n}.{name}"), value)));
    }
    fields.extend([("state", state), ("transaction_id", &split.transaction_id)]);
    fields
}

fn told_share(share: &Share, how: Told, at: u64) -> Vec<(&'static str, String)> {
    let result = match (how, share.is_related) {
        (Told::Accepted, _) => "PENDING",
        (Told::Ended, true) => "SUCCESS",
        (Told::Ended, false) => "CLOSED",
    };
    let mut told = vec![
        ("account", share.account.clone()),
        ("amount", share.fee.to_string()),
        ("create_time", rfc3339(at)),
        ("description", share.description.clone()),
        ("detail_id", share.id.clone()),
        ("result", result.to_owned()),
        ("type", share.kind.clone()),
    ];
    if how == Told::Ended {
        told.push(("finish_time", rfc3339(at)));
        told.extend((!share.is_related).then(|| ("fail_reason", "NO_RELATION".to_owned())));
    }
    told
}

/// What is left to share.
pub(super) fn amounts(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let id = call.said("transaction_id");
    let order = world.ledger.find(Name::Transaction(id), call.now).map(|order| order.clone());
    let order = order.filter(|order| order.ask.mch_id == call.mch_id).ok_or_else(none)?;
    let left = unsplit(world, &order, call.now).to_string();
    Ok([("transaction_id", id), ("unsplit_amount", &left)].into_iter().collect::<Fields>().into())
}

/// Takes a share back from a merchant.
pub(super) fn take_back(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let (number, terms) = (call.said("out_return_no"), call.terms());
    if let Some(known) = world.splits.returned(&call.mch_id, number) {
        if known.terms == terms {
            return Ok(told_back(known, Told::Ended).into());
        }
        return Err(Refusal::because("INVALID_REQUEST", "商户回退单号已存在，且与之前的请求参数不一致"));
    }
    let (id, own) = (call.filled("order_id"), call.filled("out_order_no"));
    let is_meant = |split: &Split| match &id {
        Some(id) => &split.id == id,
        None => Some(&split.number) == own.as_ref(),
    };
    let split = world.splits.find(&call.mch_id, is_meant).cloned();
    let split = split.ok_or_else(|| Refusal::because("INVALID_REQUEST", "分账单不存在"))?;
    let (from, fee) = (call.said("return_mchid"), call.fen("amount"));
    if fee > world.splits.held(&split, from) {
        return Err(Refusal::because("INVALID_REQUEST", "回退金额超过可回退金额"));
    }
    let one = Return {
        mch_id: call.mch_id.clone(),
        split_id: split.id,
        split_number: split.number,
        number: number.into(),
        id: format!("3008450740{}{}", date8(call.now), world.dice.digits(14)),
        from: from.into(),
        fee,
        description: call.said("description").into(),
        at: call.now,
        terms,
    };
    let answer = told_back(&one, Told::Accepted);
    world.splits.take_back(one);
    Ok(answer.into())
}

/// What became of it.
pub(super) fn query_back(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let found = world.splits.returned(&call.mch_id, call.said("out_return_no"));
    let found = found.filter(|one| one.split_number == call.said("out_order_no"));
    found.map(|one| told_back(one, Told::Ended).into()).ok_or_else(none)
}

fn told_back(one: &Return, how: Told) -> Fields {
    let (at, fee) = (rfc3339(one.at), one.fee.to_string());
    let told = [
        ("amount", fee.as_str()),
        ("create_time", &at),
        ("description", &one.description),
        ("finish_time", &at),
        ("order_id", &one.split_id),
        ("out_order_no", &one.split_number),
        ("out_return_no", &one.number),
        ("result", if how == Told::Accepted { "PROCESSING" } else { "SUCCESS" }),
        ("return_id", &one.id),
        ("return_mchid", &one.from),
    ];
    told.into_iter().collect()
}

/// Makes somebody a receiver.
#[expect(clippy::unnecessary_wraps, reason = "every function of the table has one shape")]
pub(super) fn allow(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    world.splits.allow(receiver(call));
    Ok(echoed(call, &["account", "custom_relation", "name", "relation_type", "sub_mchid", "type"]))
}

/// Makes somebody no receiver any more.
pub(super) fn forbid(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let receiver = receiver(call);
    if !world.splits.is_allowed(&receiver) {
        return Err(Refusal::because("INVALID_REQUEST", "分账接收方不存在"));
    }
    world.splits.forbid(&receiver);
    Ok(echoed(call, &["account", "sub_mchid", "type"]))
}

fn receiver(call: &Call) -> Receiver {
    let said = |name: &str| call.said(name).to_owned();
    Receiver { mch_id: call.mch_id.clone(), kind: said("type"), account: said("account") }
}

fn echoed(call: &Call, names: &[&str]) -> Answer {
    let told = names.iter().filter_map(|name| Some((*name, call.fields.filled(name)?)));
    told.collect::<Fields>().into()
}

/// How much a sub-merchant may share.
#[expect(clippy::unnecessary_wraps, reason = "every function of the table has one shape")]
pub(super) fn config(_: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let most = MAX_RATIO.to_string();
    Ok([("max_ratio", most.as_str()), ("sub_mchid", call.said("sub_mchid"))]
        .into_iter()
        .collect::<Fields>()
        .into())
}
