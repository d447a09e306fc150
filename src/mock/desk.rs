//! One API as the gateway plays it: what is asked of it, as a row of functions. Owns
//! the shape; the rows stand in the folders of the APIs, and their list in `desks`.
//! Knows none of them.

use std::fmt::Debug;

use super::answer::{Answered, Draft};
use super::identity::Identity;
use super::ledger::News;
use super::opening::{Opening, Proof};
use super::scans::Code;
use super::world::World;
use crate::api::{Endpoint, Word};
use crate::wire::{Reply, Request};

/// One API.
#[derive(Debug)]
pub(super) struct Desk {
    /// Whether this row is one of its calls.
    pub(super) takes: fn(&Endpoint) -> bool,
    /// The row that a path stands for which is no row's own.
    pub(super) row_at: fn(&str) -> Option<&'static Endpoint>,
    /// Whether a request that no row has would be one of its calls.
    pub(super) knows: fn(&Request) -> bool,
    /// Reads a call and looks who sent it, as far as no memory is needed.
    /// `now` is Unix time.
    pub(super) hear: fn(&Identity, &'static Endpoint, &Request, u64) -> Box<dyn Heard>,
    /// Whether even PUT and DELETE are told that they are wrong.
    pub(super) takes_any_method: bool,
    /// GET where POST is due, or the other way round.
    pub(super) wrong_method: fn(&mut World, &'static Endpoint, u64) -> Answered<Draft>,
    /// A call that no row has.
    pub(super) not_played: fn(&mut World, u64) -> Answered<Draft>,
    /// What it does besides, if orders come by it.
    pub(super) till: Option<&'static Till>,
}

/// A call that was read.
pub(super) trait Heard: Debug + Send {
    /// Does what it asks for; with `forced`, refuses it with that code.
    fn answer(
        self: Box<Self>,
        world: &mut World,
        request: &Request,
        forced: Option<&str>,
        now: u64,
    ) -> Answered<Draft>;
}

/// What an API does besides answering calls, if orders come by it.
#[derive(Debug)]
pub(super) struct Till {
    /// Its name in the orders that came by it, and so in saved states.
    pub(super) name: &'static str,
    /// Tells a merchant what happened to an order.
    pub(super) tell: fn(&mut World, &News, u64),
    /// Whether the merchant platform speaks it, when it is the one who says where.
    pub(super) is_platforms: bool,
    /// How what a page or an app passes to the cashier should be signed.
    pub(super) proof: fn(&World, &Opening<'_>) -> Result<Proof, Word>,
    /// Codes that ask the merchant for an order, if it has such.
    pub(super) codes: Option<&'static Codes>,
}

/// Codes that customers scan before there is an order.
#[derive(Debug)]
pub(super) struct Codes {
    /// A customer scans one.
    pub(super) scan: fn(&mut World, Code<'_>, u64) -> Result<(), Word>,
    /// The merchant has answered the question with this ticket, or not.
    pub(super) answered: fn(&mut World, u64, &Result<Reply, String>, u64),
}
