//! downloadbill and downloadfundflow. Comes in: an admitted call; goes out: the file,
//! as text or GZIP, or one of the ways in which these two say no.

use super::super::bill::{self, Kind, Line};
use super::super::gzip;
use super::super::ledger::Order;
use super::super::world::World;
use super::call::{Call, plain};
use super::refusal::Refusal;
use crate::api::pay_v2::DOWNLOADBILL;
use crate::api::{Answer, Endpoint};
use crate::wire::{Fields, Reply};

/// One day's trades.
pub(super) fn downloadbill(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let kind = match call.fields.filled("bill_type").unwrap_or("ALL") {
        "SUCCESS" => Kind::Success,
        "REFUND" => Kind::Refund,
        "ALL" => Kind::All,
        _ => return Err(Refusal::of("No Bill Exist")),
    };
    let lines = bill::of_kind(day(world, call), kind).ok_or_else(|| Refusal::of("No Bill Exist"))?;
    Ok(file(call, &bill::trade_text(&lines, kind)))
}

/// One day's movements of money.
pub(super) fn downloadfundflow(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let lines = day(world, call);
    // Everything happens on the basic account here.
    if lines.is_empty() || call.said("account_type") != "Basic" {
        return Err(Refusal::of("NO_BILL_EXIST"));
    }
    Ok(file(call, &bill::flow_text(&lines)))
}

/// How a bill call says no.
pub(super) fn no(row: &'static Endpoint, code: &str, text: &str) -> Reply {
    let mut fields: Fields = [("return_code", "FAIL")].into_iter().collect();
    if row != &DOWNLOADBILL {
        let business = code == "NO_BILL_EXIST" || code == "BILL_CREATING";
        fields.set("return_code", if business { "SUCCESS" } else { "FAIL" });
        fields.set("return_msg", if business { "OK" } else { text });
        if !code.is_empty() && code != "SIGNERROR" {
            fields.extend([("result_code", "FAIL"), ("err_code", code), ("err_code_des", text)]);
        }
        return plain(&fields);
    }
    let (message, number) = match code {
        "SIGNERROR" => ("SIGN ERROR", "20001"),
        "LACK_PARAMS" => ("missing parameter", "20001"),
        "PARAM_ERROR" if text.ends_with("bill_type") => ("invalid bill_type", "20001"),
        "PARAM_ERROR" => ("data format error", "20001"),
        "No Bill Exist" | "Bill Creating" => (code, "20002"),
        "CompressGZip Error" | "UnCompressGZip Error" => (code, "20007"),
        "SYSTEMERROR" => ("system error", "20003"),
        _ => (text, "20001"),
    };
    fields.extend([("return_msg", message), ("error_code", number)]);
    plain(&fields)
}

fn file(call: &Call, text: &str) -> Answer {
    let bytes = match call.said("tar_type") {
        "GZIP" => gzip::stored(text.as_bytes()),
        _ => text.as_bytes().to_vec(),
    };
    Answer { fields: Fields::new(), file: Some(bytes) }
}

/// What the account's ledger says about the day.
fn day<'a>(world: &'a mut World, call: &Call) -> Vec<Line<'a>> {
    let mine = |order: &&Order| order.ask.mch_id == call.mch_id && order.ask.app_id == call.app_id;
    bill::day(world.ledger.all(call.now).filter(mine), call.said("bill_date"))
}
