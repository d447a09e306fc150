//! The APIs that the gateway plays, one row each, and which of them it is. To play
//! another one, add its folder and its row here. Whoever stands above asks here and
//! knows no API by its name.

use super::checked::Checked;
use super::desk::{Codes, Desk, Till};
use super::ledger::News;
use super::opening;
use super::scans::Code;
use super::world::World;
use super::{oa, pay_v2, pay_v3};
use crate::api::{Endpoint, Word};
use crate::wire::{Fields, Reply, Request};

/// In the order in which they are asked whether something is theirs.
static ALL: [&Desk; 3] = [&oa::DESK, &pay_v2::DESK, &pay_v3::DESK];

/// The desk that answers a row, if somebody plays it.
pub(super) fn of(row: &Endpoint) -> Option<&'static Desk> {
    ALL.into_iter().find(|desk| (desk.takes)(row))
}

/// The row that a path stands for which is no row's own.
pub(super) fn row_at(path: &str) -> Option<&'static Endpoint> {
    ALL.into_iter().find_map(|desk| (desk.row_at)(path))
}

/// The desk that a request would belong to if somebody played it.
pub(super) fn knowing(request: &Request) -> Option<&'static Desk> {
    ALL.into_iter().find(|desk| (desk.knows)(request))
}

/// Whether orders come by an API of this name.
pub(super) fn is_till(name: &str) -> bool {
    tills().any(|till| till.name == name)
}

/// Tells merchants everything that they have not been told yet.
pub(super) fn tell_all(world: &mut World, now: u64) {
    for news in std::mem::take(&mut world.news) {
        tell(world, &news, now);
    }
}

/// Tells the merchant of an order what happened, in the API that it came by; what the
/// merchant platform says where to tell, in its own.
fn tell(world: &mut World, news: &News, now: u64) {
    let is_teller = |till: &&Till| news.api().map_or(till.is_platforms, |api| till.name == api);
    if let Some(till) = tills().find(is_teller) {
        (till.tell)(world, news, now);
    }
}

/// Checks what a page passed to the cashier, as the API that its order came by signs it.
pub(super) fn opened(world: &mut World, asked: &Fields, now: u64) -> Checked {
    opening::check(world, asked, now, |world, opening| {
        let till = tills().find(|till| till.name == opening.order.ask.api);
        till.map(|till| (till.proof)(world, opening))
    })
}

/// A customer scans a code.
pub(super) fn scan(world: &mut World, code: Code<'_>, now: u64) -> Result<(), Word> {
    codes().map_or(Ok(()), |codes| (codes.scan)(world, code, now))
}

/// The merchant has answered what it was asked after a scan, or not.
pub(super) fn scan_answered(world: &mut World, ticket: u64, outcome: &Result<Reply, String>, now: u64) {
    if let Some(codes) = codes() {
        (codes.answered)(world, ticket, outcome, now);
    }
}

fn tills() -> impl Iterator<Item = &'static Till> {
    ALL.into_iter().filter_map(|desk| desk.till)
}

fn codes() -> Option<&'static Codes> {
    tills().find_map(|till| till.codes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::endpoint::Host;

    #[test]
    fn every_call_has_one_desk() {
        for row in crate::api::rows().filter(|row| row.host != Host::Merchant) {
            let desks = ALL.into_iter().filter(|desk| (desk.takes)(row)).count();
            assert_eq!(desks, 1, "{}", row.name);
        }
    }

    #[test]
    fn no_two_tills_have_one_name() {
        let mut names: Vec<&str> = tills().map(|till| till.name).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
