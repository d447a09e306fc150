//! Bills of pay v3: first where the file is and what its digest is, then the file. Comes
//! in: an admitted call; goes out: the fields of the reply, the file, or WeChat's no.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4013071227>

use super::super::bill::{self, Kind, Line};
use super::super::gzip;
use super::super::ledger::Order;
use super::super::shelf::NotThere;
use super::super::world::World;
use super::call::Call;
use super::refusal::Refusal;
use crate::api::Answer;
use crate::api::bill::digest;
use crate::wire::Fields;

/// The trades of a day.
pub(super) fn trades(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let kind = match call.fields.filled("bill_type").unwrap_or("ALL") {
        "ALL" => Kind::All,
        "SUCCESS" => Kind::Success,
        "REFUND" => Kind::Refund,
        // Nothing of the kind happens here.
        _ => return Err(none()),
    };
    let lines = bill::of_kind(day(world, call), kind).ok_or_else(none)?;
    let text = bill::trade_text(&lines, kind);
    Ok(made(world, call, text.into_bytes()))
}

/// The movements of money of a day, all of them on the basic account.
pub(super) fn funds(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let lines = day(world, call);
    if lines.is_empty() || call.fields.filled("account_type").unwrap_or("BASIC") != "BASIC" {
        return Err(none());
    }
    let text = bill::flow_text(&lines);
    Ok(made(world, call, text.into_bytes()))
}

fn none() -> Refusal {
    Refusal::of("NO_STATEMENT_EXIST")
}

/// What the merchant's ledger says about the day.
fn day<'a>(world: &'a mut World, call: &Call) -> Vec<Line<'a>> {
    let sub_mch_id = call.filled("sub_mchid");
    let is_mine = |order: &&Order| {
        order.parts.is_empty()
            && order.ask.mch_id == call.mch_id
            && (sub_mch_id.is_none() || order.ask.sub_mch_id == sub_mch_id)
    };
    bill::day(world.ledger.all(call.now).filter(is_mine), &call.said("bill_date").replace('-', ""))
}

/// Where the bill is, and the digest of what is in it unpacked.
fn made(world: &mut World, call: &Call, plain: Vec<u8>) -> Answer {
    let hash_value = digest(&plain);
    let (bytes, tail) = match call.said("tar_type") {
        "GZIP" => (gzip::stored(&plain), "&tartype=gzip"),
        _ => (plain, ""),
    };
    let token = world.dice.text(80);
    let download_url = format!("{}/v3/billdownload/file?token={token}{tail}", call.origin);
    world.shelf.put(token, &call.mch_id, bytes, call.now);
    let told = [("download_url", download_url), ("hash_type", "SHA1".into()), ("hash_value", hash_value)];
    told.into_iter().collect::<Fields>().into()
}

/// The file of a token.
pub(super) fn file(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let bytes = world.shelf.get(call.said("token"), &call.mch_id, call.now).map_err(|why| match why {
        NotThere::Gone => Refusal::because("INVALID_REQUEST", "账单下载链接已失效，请重新申请"),
        NotThere::NotYours => Refusal::of("NO_AUTH"),
    })?;
    Ok(Answer { fields: Fields::new(), file: Some(bytes.to_vec()) })
}
