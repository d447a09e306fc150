//! Native mode 1: a customer scans a product code, WeChat asks the merchant for an
//! order, and the customer pays it. Comes in: the code and where the merchant
//! answers; goes out: the signed question, and what became of it.

use std::time::Duration;

use super::super::cashier::{self, How};
use super::super::ledger::Name;
use super::super::scans::{Code, Scan, State, Then};
use super::super::world::World;
use crate::api::codec::{read_reply, write_request};
use crate::api::invoke;
use crate::api::keys::{Keys, SignType};
use crate::api::notice::NATIVE_CALLBACK;
use crate::api::{ReadError, Stamp, Word, Written};
use crate::wire::{Fields, Later, Reply, query};

/// How a product code begins.
const LINK: &str = "weixin://wxpay/bizpayurl?";

/// Why a code cannot be scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BadCode {
    NoLink,
    UnknownMerchant,
    WrongSign,
}

impl BadCode {
    /// What a customer would not be told.
    const fn word(self) -> Word {
        match self {
            Self::NoLink => Word::new(
                "不是模式一的二维码：应以 weixin://wxpay/bizpayurl? 开头，并带 appid mch_id product_id sign",
                "not a code of mode 1: it begins with weixin://wxpay/bizpayurl? and has appid mch_id product_id sign",
            ),
            Self::UnknownMerchant => Word::new("没有这个商户号", "no such merchant"),
            Self::WrongSign => Word::new("二维码的签名错误", "the signature of the code is wrong"),
        }
    }
}

/// A customer scans this code; the merchant is asked for an order.
pub(super) fn scan(world: &mut World, code: Code<'_>, now: u64) -> Result<(), Word> {
    ask(world, code, now).map_err(BadCode::word)
}

fn ask(world: &mut World, code: Code<'_>, now: u64) -> Result<(), BadCode> {
    let Code { link: text, callback, openid, then } = code;
    let said = link(world, text)?;
    let text = |name: &str| said.get(name).unwrap_or_default().to_owned();
    let (app_id, mch_id, product_id) = (text("appid"), text("mch_id"), text("product_id"));
    let user = world.identity.default_openid(&app_id);
    let openid = openid.unwrap_or(&user).to_owned();
    let scan = Scan { app_id, mch_id, product_id, openid, then, state: State::Asked };
    let keys = keys(world, &scan).ok_or(BadCode::UnknownMerchant)?;
    let stamp = Stamp { now, nonce: world.dice.text(32) };
    let fields: Fields = [("openid", &scan.openid), ("product_id", &scan.product_id)].into_iter().collect();
    let Written { request, .. } =
        write_request(&NATIVE_CALLBACK, &fields, &keys, &stamp, callback).map_err(|_| BadCode::NoLink)?;
    let ticket = world.scans.add(scan);
    world.outbox.push(Later { after: Duration::ZERO, request, ticket });
    Ok(())
}

fn keys(world: &World, scan: &Scan) -> Option<Keys> {
    let merchant = world.identity.merchant(&scan.mch_id)?;
    Some(merchant.keys(&scan.app_id, SignType::Md5))
}

/// The fields of a code that its merchant signed.
fn link(world: &World, code: &str) -> Result<Fields, BadCode> {
    let said = code.strip_prefix(LINK).and_then(|rest| query::read(rest).ok()).ok_or(BadCode::NoLink)?;
    if ["appid", "mch_id", "product_id", "sign"].iter().any(|name| said.filled(name).is_none()) {
        return Err(BadCode::NoLink);
    }
    let merchant = world.identity.merchant(said.get("mch_id").unwrap_or_default());
    let key = &merchant.ok_or(BadCode::UnknownMerchant)?.pay_key;
    invoke::verify_pay_v2(&said, key).map_err(|_| BadCode::WrongSign)?;
    Ok(said)
}

/// The merchant has answered, or not.
pub(super) fn answered(world: &mut World, ticket: u64, outcome: &Result<Reply, String>, now: u64) {
    let Some(scan) = world.scans.find(ticket).map(|scan| scan.clone()) else { return };
    let state = ordered(world, &scan, outcome, now).map_or_else(State::Failed, State::Ordered);
    if let Some(scan) = world.scans.find(ticket) {
        scan.state = state;
    }
}

/// The number of the order that the merchant gave; paid, if the customer pays.
fn ordered(
    world: &mut World,
    scan: &Scan,
    outcome: &Result<Reply, String>,
    now: u64,
) -> Result<String, String> {
    let keys = keys(world, scan).ok_or("no such merchant")?;
    let id = prepay_id(outcome.as_ref().map_err(Clone::clone)?, &keys)?;
    let order = world.ledger.find(Name::Prepay(&id), now);
    let order = order.ok_or_else(|| format!("no order has prepay_id {id}"))?.clone();
    if scan.then == Then::Pays {
        let how = How { openid: Some(scan.openid.clone()), ..How::default() };
        let paid = cashier::pay(world, &order.ask.mch_id, &order.ask.out_trade_no, how, now);
        paid.map_err(|why| format!("{why:?}"))?;
    }
    Ok(order.ask.out_trade_no.clone())
}

/// What WeChat takes from the merchant's answer, or why it shows an error.
fn prepay_id(reply: &Reply, keys: &Keys) -> Result<String, String> {
    let answer =
        read_reply(&NATIVE_CALLBACK, reply, keys, Stamp::TIMELESS.now).map_err(|error| match error {
            ReadError::Refused(no) => no.text,
            ReadError::Seal { .. } => "the answer is not signed, or wrongly".to_owned(),
            other => format!("{other:?}"),
        })?;
    answer.fields.filled("prepay_id").map(str::to_owned).ok_or_else(|| "no prepay_id".to_owned())
}
