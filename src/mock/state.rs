//! The gateway's memory as bytes, so that it outlives a restart: orders with their
//! refunds, transfers, shares, tokens, notices. Comes in: such bytes; goes out: the same. Versioned;
//! what is not understood is refused as a whole. Touches no file.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::accounts::Accounts;
use super::identity::Options;
use super::ledger::Ledger;
use super::notices::Notices;
use super::splits::Splits;
use super::transfers::Transfers;
use super::world::World;
use crate::api::{Message, Word};

/// What stands first in the bytes.
const FORMAT: &str = "wxkit mock state";
/// Grows with every change that older programs cannot read.
const VERSION: u64 = 3;

/// Why bytes are no state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadState {
    /// Not JSON, or not all of it.
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// JSON of something else.
    NotState,
    /// Written by another version of this program.
    Version {
        /// Its version.
        found: u64,
        /// Ours.
        known: u64,
    },
    /// A part is missing or has another shape.
    Damaged {
        /// What it says, or the parser.
        why: Message,
    },
    /// An order whose sums cannot be.
    WrongSums {
        /// The merchant's number of it.
        out_trade_no: String,
    },
}

impl BadState {
    /// What happened, for a person.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::NotJson { line, column } => {
                Word::new("第 {} 行第 {} 列不是 JSON", "not JSON at line {}, column {}")
                    .with([line.to_string(), column.to_string()])
            }
            Self::NotState => {
                Word::new("不是 wxkit mock 的状态文件", "not a state file of wxkit mock").into()
            }
            Self::Version { found, known } => {
                Word::new("状态版本是 {}，这个程序只认识 {}", "its version is {}; this program knows {}")
                    .with([found.to_string(), known.to_string()])
            }
            Self::WrongSums { out_trade_no } => Word::new(
                "订单 {} 的金额自相矛盾：退款或代金券超过了订单金额",
                "the sums of order {} contradict each other: its refunds or coupons are more than it is worth",
            )
            .with([out_trade_no.as_str()]),
            Self::Damaged { why } => {
                Word::new("内容损坏：{}", "damaged: {}").with([why.clone()])
            }
        }
    }
}

#[derive(Deserialize)]
struct Head {
    format: String,
    version: u64,
}

#[derive(Serialize)]
struct Written<'a> {
    format: &'a str,
    version: u64,
    ledger: &'a Ledger,
    accounts: &'a Accounts,
    notices: &'a Notices,
    transfers: &'a Transfers,
    splits: &'a Splits,
}

#[derive(Deserialize)]
struct Read {
    ledger: Ledger,
    accounts: Accounts,
    notices: Notices,
    transfers: Transfers,
    splits: Splits,
}

impl World {
    /// Everything that a restart should not lose.
    pub(super) fn save(&self) -> Vec<u8> {
        let written = Written {
            format: FORMAT,
            version: VERSION,
            ledger: &self.ledger,
            accounts: &self.accounts,
            notices: &self.notices,
            transfers: &self.transfers,
            splits: &self.splits,
        };
        // Nothing in it can refuse to be written: names are strings, times numbers.
        serde_json::to_vec(&written).unwrap_or_default()
    }

    /// Goes on where these bytes ended. Notices that were waiting are in the outbox
    /// then. Every order came by an API that is a till.
    ///
    /// # Errors
    /// [`BadState`]; the gateway is as it was.
    pub(super) fn load(&mut self, bytes: &[u8], is_till: fn(&str) -> bool, now: u64) -> Result<(), BadState> {
        let Read { ledger, accounts, notices, transfers, splits } = read(bytes)?;
        if let Some(order) = ledger.stray(is_till) {
            return Err(BadState::Damaged { why: NO_API.with([&*order.ask.api]) });
        }
        if let Some(order) = ledger.contradiction() {
            return Err(BadState::WrongSums { out_trade_no: order.ask.out_trade_no.clone() });
        }
        let Options { keep_orders, speed, token_life, .. } = self.options;
        self.ledger = ledger.revived(keep_orders);
        self.accounts = accounts.revived(token_life);
        self.notices = notices.revived(keep_orders, speed);
        (self.transfers, self.splits) = (transfers, splits);
        self.outbox.extend(self.notices.overdue(now));
        Ok(())
    }
}

fn read(bytes: &[u8]) -> Result<Read, BadState> {
    let head: Head = serde_json::from_slice(bytes).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => BadState::NotState,
        _ => BadState::NotJson { line: error.line(), column: error.column() },
    })?;
    match head {
        Head { format, .. } if format != FORMAT => return Err(BadState::NotState),
        Head { version: found, .. } if found != VERSION => {
            return Err(BadState::Version { found, known: VERSION });
        }
        Head { .. } => {}
    }
    let damaged = |error: serde_json::Error| BadState::Damaged { why: PARSER.with([error.to_string()]) };
    let whole: Value = serde_json::from_slice(bytes).map_err(damaged)?;
    if let Some(number) = absurd(&whole) {
        return Err(BadState::Damaged { why: ABSURD.with([number.to_string()]) });
    }
    serde_json::from_value(whole).map_err(damaged)
}

const NO_API: Word = Word::new("没有叫 {} 的接口", "no API is called {}");
const ABSURD: Word = Word::new("没有 {} 这样的时间、数量或金额", "no time, number or amount is {}");
/// Another program's words.
const PARSER: Word = Word::new("“{}”", "{}");

/// No second, count or amount in fen is larger: what is added to one stays a number.
const LARGEST: u64 = 1_000_000_000_000_000;

/// A number that somebody made up.
fn absurd(value: &Value) -> Option<&serde_json::Number> {
    match value {
        Value::Number(number) => Some(number).filter(|n| n.as_u64().is_none_or(|n| n > LARGEST)),
        Value::Array(list) => list.iter().find_map(absurd),
        Value::Object(map) => map.values().find_map(absurd),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::Identity;

    fn world() -> World {
        World::new(Identity::default(), Options::default())
    }

    #[test]
    fn what_is_no_state_is_refused_with_its_reason() {
        let load = |text: &str| world().load(text.as_bytes(), |_| true, 0).unwrap_err();
        assert_eq!(load(""), BadState::NotJson { line: 1, column: 0 });
        assert_eq!(load("{\"format\":"), BadState::NotJson { line: 1, column: 10 });
        assert_eq!(load("{}"), BadState::NotState);
        assert_eq!(load("{\"format\":\"x\",\"version\":1}"), BadState::NotState);
        let newer = format!("{{\"format\":\"{FORMAT}\",\"version\":4}}");
        assert_eq!(load(&newer), BadState::Version { found: 4, known: 3 });
        let empty = format!("{{\"format\":\"{FORMAT}\",\"version\":3}}");
        assert!(matches!(load(&empty), BadState::Damaged { .. }));
    }

    #[test]
    fn every_cut_is_noticed() {
        let bytes = world().save();
        assert_eq!(world().load(&bytes, |_| true, 0), Ok(()));
        for end in 0..bytes.len() {
            assert!(world().load(&bytes[..end], |_| true, 0).is_err(), "{end}");
        }
    }
}
