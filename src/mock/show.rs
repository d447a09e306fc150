//! Orders, notices and calls as the control plane shows them: ids and times as
//! strings, money as whole fen, no secret. Comes in: what the rooms hold; goes
//! out: JSON.

use serde_json::{Map, Value, json};

use super::identity::{Identity, User};
use super::ledger::{Order, Payment, Refund};
use super::log::Entry;
use super::notices::{Attempt, Notice, Outcome, State};
use super::refusal::RefusedSign;
use super::transfers::Transfer;

pub(super) fn order(order: &Order) -> Value {
    let mut shown = json!({
        "out_trade_no": order.ask.out_trade_no,
        "trade_state": order.state.as_str(),
        "trade_state_desc": order.state.told(),
        "trade_type": order.ask.trade_type,
        "total_fee": order.ask.total_fee,
        "api": order.ask.api,
        "appid": order.ask.app_id,
        "mch_id": order.ask.mch_id,
        "prepay_id": order.prepay_id,
        "body": order.ask.subject.as_str(),
        "attach": order.ask.attach.as_str(),
        "notify_url": order.ask.notify_url.as_deref(),
        "created_at": order.created.to_string(),
        "prepay_expires_at": order.prepay_expires.to_string(),
        "refunds": order.refunds.iter().map(refund).collect::<Vec<_>>(),
    });
    if order.ask.trade_type == "NATIVE" {
        shown["code_url"] = order.code_url().into();
    }
    if let Some(payment) = &order.payment {
        merge(&mut shown, paid(order, payment));
    }
    shown
}

fn paid(order: &Order, payment: &Payment) -> Value {
    let coupons = payment
        .coupons
        .iter()
        .map(|coupon| json!({ "id": coupon.id, "type": coupon.kind, "fee": coupon.fee }));
    json!({
        "transaction_id": payment.transaction_id,
        "openid": payment.openid,
        "bank_type": payment.bank_type,
        "cash_fee": order.cash(),
        "coupon_fee": payment.coupon_fee(),
        "coupons": coupons.collect::<Vec<_>>(),
        "paid_at": payment.at.to_string(),
        "refunded_fee": order.refunded(),
    })
}

fn refund(refund: &Refund) -> Value {
    json!({
        "out_refund_no": refund.out_refund_no,
        "refund_id": refund.id,
        "refund_fee": refund.fee,
        "refund_desc": refund.desc,
        "refund_status": "SUCCESS",
        "at": refund.at.to_string(),
    })
}

pub(super) fn transfer(transfer: &Transfer) -> Value {
    json!({
        "out_bill_no": transfer.number,
        "transfer_bill_no": transfer.id,
        "state": transfer.state.as_str(),
        "transfer_amount": transfer.fee,
        "transfer_remark": transfer.remark,
        "openid": transfer.openid,
        "mch_id": transfer.mch_id,
        "created_at": transfer.created.to_string(),
        "updated_at": transfer.changed.to_string(),
    })
}

pub(super) fn notice(notice: &Notice) -> Value {
    let state = match notice.state {
        State::Waiting => "waiting",
        State::Delivered => "delivered",
        State::GivenUp => "given_up",
    };
    json!({
        "id": notice.id.to_string(),
        "endpoint": notice.about.endpoint,
        "mch_id": notice.about.mch_id,
        "out_trade_no": notice.about.out_trade_no,
        "out_refund_no": notice.about.out_refund_no,
        "url": notice.request.url,
        "state": state,
        "next_at": notice.next_at.map(|at| at.to_string()),
        "attempts": notice.attempts.iter().map(attempt).collect::<Vec<_>>(),
    })
}

fn attempt(attempt: &Attempt) -> Value {
    let at = attempt.at.to_string();
    match &attempt.outcome {
        Outcome::Answered { status, success, start } => {
            json!({ "at": at, "status": status, "success": success, "reply": start })
        }
        Outcome::Failed { why } => json!({ "at": at, "success": false, "error": why }),
    }
}

pub(super) fn call(entry: &Entry) -> Value {
    let mut shown = json!({
        "id": entry.id.to_string(),
        "at": entry.at.to_string(),
        "method": entry.method,
        "path": entry.path,
        "query": entry.query,
        "endpoint": entry.endpoint,
        "status": entry.status,
        "verdict": entry.verdict,
    });
    if let Some(refused) = &entry.refused {
        shown["signature"] = signature(refused);
    }
    if let Some(report) = &entry.report {
        shown["explain"] = report.clone();
    }
    shown
}

fn signature(refused: &RefusedSign) -> Value {
    let fields: Map<String, Value> =
        refused.fields.iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    json!({
        "given": refused.given,
        "expected": refused.right.as_ref().map(|right| &right.signature),
        "sign_type": refused.sign_type,
        "string_to_sign": refused.right.as_ref().map(|right| &right.canonical),
        "fields": fields,
    })
}

/// Names only: keys and secrets are not shown, even where they are the public ones.
pub(super) fn identity(identity: &Identity) -> Value {
    let apps = identity.apps.iter().map(|app| json!({ "app_id": app.app_id, "name": app.name }));
    let merchants = identity
        .merchants
        .iter()
        .map(|m| json!({ "mch_id": m.mch_id, "app_ids": m.app_ids, "sub_mch_ids": m.sub_mch_ids }));
    let user = |u: &User| {
        let openids: Map<String, Value> =
            u.openids.iter().map(|(app_id, openid)| (app_id.clone(), openid.as_str().into())).collect();
        json!({ "openid": u.openid, "openids": openids, "unionid": u.unionid, "nickname": u.nickname })
    };
    let users = identity.users.iter().map(user);
    json!({
        "apps": apps.collect::<Vec<_>>(),
        "merchants": merchants.collect::<Vec<_>>(),
        "users": users.collect::<Vec<_>>(),
    })
}

fn merge(into: &mut Value, more: Value) {
    if let (Value::Object(into), Value::Object(more)) = (into, more) {
        into.extend(more);
    }
}
