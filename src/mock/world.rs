//! Everything that the gateway remembers, passed round between its doors. Owns the
//! parts and how they begin; decides nothing and knows no door.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::accounts::Accounts;
use super::dice::Dice;
use super::faults::{Effect, Faults};
use super::identity::{Identity, Options};
use super::ledger::{Ledger, News};
use super::log::Log;
use super::notices::Notices;
use super::scans::Scans;
use super::shelf::Shelf;
use super::splits::Splits;
use super::transfers::Transfers;
use crate::wire::Later;

/// The gateway's memory.
#[derive(Debug)]
pub(super) struct World {
    pub(super) identity: Arc<Identity>,
    pub(super) options: Options,
    pub(super) dice: Dice,
    pub(super) accounts: Accounts,
    pub(super) ledger: Ledger,
    pub(super) notices: Notices,
    pub(super) scans: Scans,
    pub(super) faults: Faults,
    /// The faults of the beginning, to which a reset goes back.
    pub(super) first_faults: Faults,
    pub(super) log: Log,
    pub(super) transfers: Transfers,
    pub(super) splits: Splits,
    /// Bills that wait to be fetched.
    pub(super) shelf: Shelf,
    /// What goes wrong with the call at hand.
    pub(super) upset: Vec<Effect>,
    /// What merchants have not been told yet.
    pub(super) news: Vec<News>,
    /// What is to be sent.
    pub(super) outbox: Vec<Later>,
    /// States under a name, to go back to.
    pub(super) kept: BTreeMap<String, Vec<u8>>,
}

impl World {
    /// Nothing has happened yet.
    pub(super) fn new(identity: Identity, options: Options) -> Self {
        Self {
            dice: Dice::new(options.seed),
            accounts: Accounts::new(&options),
            ledger: Ledger::new(options.keep_orders),
            notices: Notices::new(options.keep_orders, options.speed),
            scans: Scans::default(),
            faults: Faults::new(options.seed),
            first_faults: Faults::new(options.seed),
            log: Log::new(options.keep_requests),
            transfers: Transfers::default(),
            splits: Splits::default(),
            shelf: Shelf::default(),
            upset: Vec::new(),
            news: Vec::new(),
            outbox: Vec::new(),
            kept: BTreeMap::new(),
            identity: Arc::new(identity),
            options,
        }
    }

    /// Forgets everything but the identity, the options and what is kept under a name. Numbers go on: what was
    /// sent before comes back to nobody.
    pub(super) fn reset(&mut self) {
        let (dice, notices, scans) = (self.dice.clone(), self.notices.emptied(), self.scans.emptied());
        let (faults, first_faults) = (self.first_faults.clone(), self.first_faults.clone());
        let kept = std::mem::take(&mut self.kept);
        let new = Self::new((*self.identity).clone(), self.options.clone());
        *self = Self { dice, notices, scans, faults, first_faults, kept, ..new };
    }
}
