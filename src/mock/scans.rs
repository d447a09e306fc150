//! Scans of product codes: who scanned what, what the merchant was asked, what came of
//! it. Bounded; knows nothing of messages.

use std::collections::VecDeque;

use serde_json::{Value, json};

/// Tickets of scans have this bit, those of notices do not.
const SCAN: u64 = 1 << 63;
/// Most scans that are remembered.
const KEEP: usize = 1000;

/// What the customer does when the order is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    Pays,
    Looks,
}

/// A code that a customer scans.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code<'a> {
    /// What it says.
    pub(super) link: &'a str,
    /// Where the merchant answers.
    pub(super) callback: &'a str,
    /// Who scans it; otherwise the usual customer.
    pub(super) openid: Option<&'a str>,
    pub(super) then: Then,
}

/// One scan.
#[derive(Debug, Clone)]
pub(super) struct Scan {
    pub(super) app_id: String,
    pub(super) mch_id: String,
    pub(super) product_id: String,
    pub(super) openid: String,
    pub(super) then: Then,
    pub(super) state: State,
}

/// Where a scan stands.
#[derive(Debug, Clone)]
pub(super) enum State {
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
    scans: VecDeque<(u64, Scan)>,
}

impl Scans {
    /// Adds one, and says the ticket of its question.
    pub(super) fn add(&mut self, scan: Scan) -> u64 {
        self.next += 1;
        if self.scans.len() == KEEP {
            self.scans.pop_front();
        }
        self.scans.push_back((self.next, scan));
        self.next | SCAN
    }

    /// The scan whose question has this ticket.
    pub(super) fn find(&mut self, ticket: u64) -> Option<&mut Scan> {
        self.scans.iter_mut().find(|(id, _)| id | SCAN == ticket).map(|(_, scan)| scan)
    }

    /// Whether the question of this ticket is still to be asked.
    pub(super) fn wants(&self, ticket: u64) -> bool {
        self.scans.iter().any(|(id, _)| id | SCAN == ticket)
    }

    /// None, but numbers go on.
    pub(super) const fn emptied(&self) -> Self {
        Self { next: self.next, scans: VecDeque::new() }
    }

    /// The newest one.
    pub(super) fn last(&self) -> Value {
        self.scans.back().map_or(Value::Null, |(id, scan)| shown(*id, scan))
    }

    /// All of them, newest last.
    pub(super) fn shown(&self) -> Value {
        json!({ "scans": self.scans.iter().map(|(id, scan)| shown(*id, scan)).collect::<Vec<_>>() })
    }
}

/// Whether a ticket is one of a scan.
pub(super) const fn is_scan(ticket: u64) -> bool {
    ticket & SCAN != 0
}

fn shown(id: u64, scan: &Scan) -> Value {
    let (state, number, why) = match &scan.state {
        State::Asked => ("asked", None, None),
        State::Ordered(number) => ("ordered", Some(number), None),
        State::Failed(why) => ("failed", None, Some(why)),
    };
    json!({
        "id": id.to_string(),
        "product_id": scan.product_id,
        "openid": scan.openid,
        "state": state,
        "out_trade_no": number,
        "error": why,
    })
}
