//! Transfers of pay v3: asked for, queried by either number, cancelled; the user's yes
//! comes by the control plane, as there is no phone. Comes in: an admitted call, or the
//! decision; goes out: the fields of the reply, WeChat's no, or the notice of the end.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012716434>

use super::super::ledger::News;
use super::super::transfers::{State, Transfer};
use super::super::world::World;
use super::call::{API, Call};
use super::refusal::Refusal;
use crate::api::Answer;
use crate::api::calendar::{date8, rfc3339};
use crate::wire::Fields;

/// From so many fen on the name of the receiver is asked for.
const NAMED_FROM: u64 = 200_000;

/// Asks the user to take money; the same number in the same words gives the same answer.
pub(super) fn transfer(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let number = call.said("out_bill_no");
    let terms = call.terms();
    let is_named = |one: &Transfer| one.mch_id == call.mch_id && one.number == number;
    if let Some(known) = world.transfers.find(call.now, is_named) {
        if known.terms == terms {
            return Ok(accepted(known).into());
        }
        return Err(Refusal::because("INVALID_REQUEST", "商户单号已存在，且与之前的请求参数不一致"));
    }
    if call.fen("transfer_amount") >= NAMED_FROM && call.filled("user_name").is_none() {
        return Err(Refusal::because("INVALID_REQUEST", "转账金额大于等于2000元时，收款用户姓名必填"));
    }
    let transfer = asked(world, call, terms);
    let told = accepted(&transfer);
    world.transfers.add(transfer);
    Ok(told.into())
}

fn asked(world: &mut World, call: &Call, terms: Fields) -> Transfer {
    let id = format!("1330000{}{}{}", world.dice.digits(6), date8(call.now), world.dice.digits(16));
    Transfer {
        api: API.into(),
        mch_id: call.mch_id.clone(),
        app_id: call.said("appid").into(),
        number: call.said("out_bill_no").into(),
        id,
        openid: call.said("openid").into(),
        user_name: call.filled("user_name"),
        fee: call.fen("transfer_amount"),
        remark: call.said("transfer_remark").into(),
        notify_url: call.filled("notify_url"),
        package: world.dice.text(96),
        proof: call.key_id().into(),
        state: State::Waiting,
        created: call.now,
        changed: call.now,
        terms,
    }
}

fn accepted(transfer: &Transfer) -> Fields {
    let created = rfc3339(transfer.created);
    let mut told: Fields =
        [("create_time", created.as_str()), ("out_bill_no", &transfer.number)].into_iter().collect();
    if transfer.state == State::Waiting {
        told.set("package_info", transfer.package.as_str());
    }
    told.extend([("state", transfer.state.as_str()), ("transfer_bill_no", &transfer.id)]);
    told
}

/// What became of a transfer. One that is being cancelled is cancelled when it is looked at.
pub(super) fn query(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let found = find(world, call)?;
    if found.state == State::Cancelling {
        found.turn(State::Cancelled, call.now);
        let ended = found.clone();
        let answer = told(&ended);
        world.news.push(News::Ended(Box::new(ended)));
        return Ok(answer.into());
    }
    Ok(told(found).into())
}

/// Ends a transfer that the user has not taken.
pub(super) fn cancel(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let found = find(world, call)?;
    match found.state {
        State::Waiting => found.turn(State::Cancelling, call.now),
        State::Cancelling | State::Cancelled => {}
        State::Done | State::Failed => {
            return Err(Refusal::because("INVALID_REQUEST", "当前单据状态不支持撤销"));
        }
    }
    let changed = rfc3339(found.changed);
    let told = [
        ("out_bill_no", found.number.as_str()),
        ("state", found.state.as_str()),
        ("transfer_bill_no", &found.id),
        ("update_time", &changed),
    ];
    Ok(told.into_iter().collect::<Fields>().into())
}

fn find<'a>(world: &'a mut World, call: &Call) -> Result<&'a mut Transfer, Refusal> {
    let (number, id) = (call.filled("out_bill_no"), call.filled("transfer_bill_no"));
    let is_meant = |one: &Transfer| {
        one.mch_id == call.mch_id && (Some(&one.number) == number.as_ref() || Some(&one.id) == id.as_ref())
    };
    let none = || Refusal::because("RESOURCE_NOT_EXISTS", "记录不存在");
    world.transfers.find(call.now, is_meant).ok_or_else(none)
}

fn told(transfer: &Transfer) -> Fields {
    let mut fields = happened(transfer);
    fields.extend([("appid", transfer.app_id.as_str()), ("transfer_remark", &transfer.remark)]);
    if let Some(name) = &transfer.user_name {
        fields.set("user_name", name.as_str());
    }
    fields
}

/// What a query and a notice both tell.
pub(super) fn happened(transfer: &Transfer) -> Fields {
    let (created, changed) = (rfc3339(transfer.created), rfc3339(transfer.changed));
    let fee = transfer.fee.to_string();
    let mut fields: Fields = [
        ("create_time", created.as_str()),
        ("mch_id", &transfer.mch_id),
        ("openid", &transfer.openid),
        ("out_bill_no", &transfer.number),
        ("state", transfer.state.as_str()),
        ("transfer_amount", &fee),
        ("transfer_bill_no", &transfer.id),
        ("update_time", &changed),
    ]
    .into_iter()
    .collect();
    if let Some(reason) = transfer.fail_reason() {
        fields.set("fail_reason", reason);
    }
    fields
}
