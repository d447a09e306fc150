//! Native mode 1: a customer scans a product code, WeChat asks the merchant for an
//! order, and the customer pays it. Comes in: the code and where the merchant
//! answers; goes out: the signed question, and what became of it.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::Mock;
use super::cashier::How;
use super::ledger::Name;
use crate::api::codec::{read_reply, write_request};
use crate::api::invoke;
use crate::api::keys::{Keys, SignType};
use crate::api::notice::NATIVE_CALLBACK;
use crate::api::{ReadError, Stamp, Word, Written};
use crate::wire::{Fields, Later, Reply, query};

/// How a product code begins.
const LINK: &str = "weixin://wxpay/bizpayurl?";
/// Tickets of scans have this bit, those of notices do not.
const SCAN: u64 = 1 << 63;
/// Most scans that are remembered.
const KEEP: usize = 1000;

/// Why a code cannot be scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BadCode {
    NoLink,
    UnknownMerchant,
    WrongSign,
}

impl BadCode {
    /// What a customer would not be told.
    pub(super) const fn word(self) -> Word {
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

/// What the customer does when the order is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    Pays,
    Looks,
}

#[derive(Debug)]
struct Scan {
    id: u64,
    keys: Keys,
    product_id: String,
    openid: String,
    then: Then,
    state: State,
}

#[derive(Debug)]
enum State {
    Asked,
    /// The merchant gave this order.
    Ordered(String),
    /// The merchant gave none.
    Failed(String),
}

/// All scans; the oldest are forgotten.
#[derive(Debug, Default)]
pub(super) struct Scans {
    next: u64,
    scans: VecDeque<Scan>,
}

impl Scans {
    /// Whether the question of this ticket is still to be asked.
    pub(super) fn wants(&self, ticket: u64) -> bool {
        self.scans.iter().any(|scan| scan.id | SCAN == ticket)
    }

    /// None, but numbers go on.
    pub(super) const fn emptied(&self) -> Self {
        Self { next: self.next, scans: VecDeque::new() }
    }

    /// All of them, newest last.
    pub(super) fn shown(&self) -> Value {
        json!({ "scans": self.scans.iter().map(shown).collect::<Vec<_>>() })
    }
}

/// Whether a ticket is one of a scan.
pub(super) const fn is_scan(ticket: u64) -> bool {
    ticket & SCAN != 0
}

/// A customer scans this code; the merchant is asked at this address.
pub(super) fn scan(
    mock: &mut Mock,
    code: &str,
    callback: &str,
    openid: Option<&str>,
    then: Then,
    now: u64,
) -> Result<Value, BadCode> {
    let said = link(mock, code)?;
    let text = |name: &str| said.get(name).unwrap_or_default();
    let merchant = mock.identity.merchant(text("mch_id")).ok_or(BadCode::UnknownMerchant)?;
    let keys = merchant.keys(text("appid"), SignType::Md5);
    let user = mock.identity.default_user().openid;
    let (openid, product_id) = (openid.unwrap_or(&user).to_owned(), text("product_id").to_owned());
    let stamp = Stamp { now, nonce: mock.dice.text(32) };
    let fields: Fields = [("openid", &openid), ("product_id", &product_id)].into_iter().collect();
    let Written { request, .. } =
        write_request(&NATIVE_CALLBACK, &fields, &keys, &stamp, callback).map_err(|_| BadCode::NoLink)?;
    let scans = &mut mock.scans;
    scans.next += 1;
    if scans.scans.len() == KEEP {
        scans.scans.pop_front();
    }
    let asked = Scan { id: scans.next, keys, product_id, openid, then, state: State::Asked };
    let told = shown(&asked);
    mock.outbox.push(Later { after: std::time::Duration::ZERO, request, ticket: asked.id | SCAN });
    scans.scans.push_back(asked);
    Ok(told)
}

/// The fields of a code that its merchant signed.
fn link(mock: &Mock, code: &str) -> Result<Fields, BadCode> {
    let said = code.strip_prefix(LINK).and_then(|rest| query::read(rest).ok()).ok_or(BadCode::NoLink)?;
    if ["appid", "mch_id", "product_id", "sign"].iter().any(|name| said.filled(name).is_none()) {
        return Err(BadCode::NoLink);
    }
    let merchant = mock.identity.merchant(said.get("mch_id").unwrap_or_default());
    let key = &merchant.ok_or(BadCode::UnknownMerchant)?.pay_key;
    invoke::verify_pay_v2(&said, key).map_err(|_| BadCode::WrongSign)?;
    Ok(said)
}

/// The merchant has answered, or not.
pub(super) fn answered(mock: &mut Mock, ticket: u64, outcome: &Result<Reply, String>, now: u64) {
    let Some(place) = mock.scans.scans.iter().position(|scan| scan.id | SCAN == ticket) else { return };
    let scan = &mock.scans.scans[place];
    let (openid, then) = (scan.openid.clone(), scan.then);
    let prepay = match outcome {
        Ok(reply) => prepay_id(reply, &scan.keys),
        Err(why) => Err(why.clone()),
    };
    let ordered = prepay.and_then(|id| {
        let order = mock.ledger.find(Name::Prepay(&id), now);
        order
            .map(|order| (order.mch_id.clone(), order.out_trade_no.clone()))
            .ok_or(format!("no order has prepay_id {id}"))
    });
    let state = ordered.and_then(|(mch_id, number)| {
        if then == Then::Pays {
            let how = How { openid: Some(openid), ..How::default() };
            mock.take_payment(&mch_id, &number, how, now).map_err(|why| format!("{why:?}"))?;
        }
        Ok(number)
    });
    mock.scans.scans[place].state = state.map_or_else(State::Failed, State::Ordered);
}

/// What WeChat takes from the merchant's answer, or why it shows an error.
fn prepay_id(reply: &Reply, keys: &Keys) -> Result<String, String> {
    let answer = read_reply(&NATIVE_CALLBACK, reply, keys).map_err(|error| match error {
        ReadError::Refused(no) => no.text,
        ReadError::Seal { .. } => "the answer is not signed, or wrongly".to_owned(),
        other => format!("{other:?}"),
    })?;
    answer.fields.filled("prepay_id").map(str::to_owned).ok_or_else(|| "no prepay_id".to_owned())
}

fn shown(scan: &Scan) -> Value {
    let (state, number, why) = match &scan.state {
        State::Asked => ("asked", None, None),
        State::Ordered(number) => ("ordered", Some(number), None),
        State::Failed(why) => ("failed", None, Some(why)),
    };
    json!({
        "id": scan.id.to_string(),
        "product_id": scan.product_id,
        "openid": scan.openid,
        "state": state,
        "out_trade_no": number,
        "error": why,
    })
}
