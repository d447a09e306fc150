//! Leases: what is wanted, what comes, what WeChat's answer says, and whether one
//! is still good. Pure: the second comes in as a value, and so does whether
//! somebody else is fetching.

use crate::api::check::{FieldFault, Problem};
use crate::api::endpoint::Endpoint;
use crate::api::oa;
use crate::sign::Secret;
use crate::store::{Lease, LeaseKind, StoreError};
use crate::wire::Fields;

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Want {
    /// The stored one while it is fresh.
    Fresh,
    /// A new one, whatever is stored.
    Renewed,
    /// Any but this one, which WeChat calls dead.
    Instead(Secret),
    /// The one after this, which is still good but will not be for long.
    After(Secret),
}

/// A lease and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    /// The lease.
    pub lease: Lease,
    /// Where it came from.
    pub source: Source,
    /// Why a fetched one could not be stored: nobody else has it.
    pub unsaved: Option<StoreError>,
}

/// Where a lease came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// It was there, perhaps fetched by another process a moment ago.
    Store,
    /// Fetched from WeChat for this call.
    Fetched,
    /// A token central server had it.
    Hub,
}

/// The row that such a lease comes from.
#[must_use]
pub const fn row(kind: LeaseKind) -> &'static Endpoint {
    match kind {
        LeaseKind::Token => &oa::TOKEN,
        LeaseKind::StableToken => &oa::STABLE_TOKEN,
        LeaseKind::Ticket(_) => &oa::GETTICKET,
    }
}

/// Longest life that is believed, in seconds. WeChat lends for two hours at most;
/// what says much more would be kept while everybody is refused with it.
const LONGEST_LIFE: u64 = 86_400;

/// The lease in these fields, asked for at this second.
///
/// # Errors
/// No value, one that no header and no URL can carry, or a life that is none.
pub(super) fn read(kind: LeaseKind, fields: &Fields, asked_at: u64) -> Result<Lease, Problem> {
    let name = if matches!(kind, LeaseKind::Ticket(_)) { "ticket" } else { "access_token" };
    let problem = |field: &str, fault| Problem { field: field.to_owned(), fault };
    let value = fields.filled(name).ok_or_else(|| problem(name, FieldFault::Missing))?;
    if !value.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(problem(name, FieldFault::Unprintable));
    }
    let said = fields.filled("expires_in").ok_or_else(|| problem("expires_in", FieldFault::Missing))?;
    let life = said.parse().ok().and_then(believed);
    let life = life.ok_or_else(|| {
        let value = said.chars().take(40).collect();
        problem("expires_in", FieldFault::OutOfRange { least: 1, most: LONGEST_LIFE, value })
    })?;
    // The life is counted from before the request, so it is never overrated.
    Ok(Lease { value: Secret::new(value), fetched_at: asked_at, expires_at: asked_at.saturating_add(life) })
}

/// A life in seconds, if it is one.
pub(super) fn believed(life: u64) -> Option<u64> {
    (1..=LONGEST_LIFE).contains(&life).then_some(life)
}

/// What to do about a lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Hand it out.
    Use,
    /// Fetch a new one.
    Refresh,
    /// Somebody else is fetching one.
    Wait,
}

/// What the others do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// Nobody is fetching, as far as we know.
    Idle,
    /// One of them is fetching this lease.
    Fetching,
}

/// Longest time before the end when a lease is renewed, in seconds. `WeChat`
/// keeps the old token alive for about five minutes after handing out a new one.
const LONGEST_MARGIN: u64 = 300;
/// A lease from the future is one from before the clock was set back. A few
/// seconds are only two processes reading the clock in turn, and half the margin
/// two machines whose clocks differ: it is renewed before it ends all the same.
const CLOCK_SLACK: u64 = 5;

/// Uses a lease while it has more than a tenth of its life (at most five
/// minutes) left; in that last stretch, only while somebody else renews it.
#[must_use]
pub fn decide(lease: Option<&Lease>, now: u64, others: Others) -> Next {
    match (lease.map_or(State::Dead, |lease| state(lease, now)), others) {
        (State::Fresh, _) | (State::Ageing, Others::Fetching) => Next::Use,
        (State::Dead, Others::Fetching) => Next::Wait,
        (State::Ageing | State::Dead, Others::Idle) => Next::Refresh,
    }
}

/// When a server renews a lease: when a quarter of a full life is left, at most
/// five minutes, and a little earlier, each server by its own dice, so that many
/// servers do not all come in the same second. `dice` is in thousandths.
#[must_use]
pub fn renew_at(lease: &Lease, full_life: u64, dice: u16) -> u64 {
    let margin = (full_life / 4).min(LONGEST_MARGIN);
    let early = (full_life / 20).min(360) * u64::from(dice.min(1000)) / 1000;
    lease.expires_at.saturating_sub(margin + early)
}

enum State {
    Fresh,
    Ageing,
    Dead,
}

fn state(lease: &Lease, now: u64) -> State {
    let life = lease.expires_at.saturating_sub(lease.fetched_at);
    let margin = (life / 10).min(LONGEST_MARGIN);
    let slack = CLOCK_SLACK.max(margin / 2);
    if lease.fetched_at > now.saturating_add(slack) || lease.expires_at <= now {
        return State::Dead;
    }
    if lease.expires_at - now > margin { State::Fresh } else { State::Ageing }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sign::Secret;

    fn lease(fetched_at: u64, expires_at: u64) -> Lease {
        Lease { value: Secret::new("t"), fetched_at, expires_at }
    }

    #[test]
    fn two_hours_are_used_for_all_but_five_minutes() {
        let token = lease(1_000, 8_200);
        assert_eq!(decide(Some(&token), 1_000, Others::Idle), Next::Use);
        assert_eq!(decide(Some(&token), 7_899, Others::Idle), Next::Use);
        assert_eq!(decide(Some(&token), 7_900, Others::Idle), Next::Refresh);
        assert_eq!(decide(Some(&token), 7_900, Others::Fetching), Next::Use);
        assert_eq!(decide(Some(&token), 8_200, Others::Fetching), Next::Wait);
        assert_eq!(decide(None, 0, Others::Idle), Next::Refresh);
    }

    #[test]
    fn a_clock_set_back_makes_it_worthless() {
        assert_eq!(decide(Some(&lease(10_000, 17_200)), 9_000, Others::Idle), Next::Refresh);
        assert_eq!(decide(Some(&lease(10_000, 17_200)), 9_998, Others::Idle), Next::Use);
    }

    #[test]
    fn a_reply_is_a_lease_or_none() {
        let told = |value: &str, life: &str| {
            let fields = [("access_token", value), ("expires_in", life)].into_iter().collect();
            read(LeaseKind::Token, &fields, 1_000).map(|lease| (lease.fetched_at, lease.expires_at))
        };
        assert_eq!(told("t", "7200"), Ok((1_000, 8_200)));
        assert_eq!((told("t", "1"), told("t", "86400")), (Ok((1_000, 1_001)), Ok((1_000, 87_400))));
        for (value, life) in
            [("t", "0"), ("t", "86401"), ("t", "-1"), ("a b", "1"), ("a\u{7f}", "1"), ("", "1"), ("t", "")]
        {
            assert!(told(value, life).is_err(), "{value:?} {life}");
        }
    }

    #[test]
    fn short_lives_have_short_margins() {
        let token = lease(1_000, 2_000);
        assert_eq!(decide(Some(&token), 1_899, Others::Idle), Next::Use);
        assert_eq!(decide(Some(&token), 1_900, Others::Idle), Next::Refresh);
        // Two machines whose clocks differ by half the margin share it all the same.
        assert_eq!(decide(Some(&lease(10_150, 17_350)), 10_000, Others::Idle), Next::Use);
        assert_eq!(decide(Some(&lease(10_151, 17_351)), 10_000, Others::Idle), Next::Refresh);
    }

    proptest! {
        #[test]
        fn what_is_used_has_not_expired(from in 0u64..1 << 40, to in 0u64..1 << 40, now in 0u64..1 << 40) {
            for others in [Others::Idle, Others::Fetching] {
                if decide(Some(&lease(from, to)), now, others) == Next::Use {
                    prop_assert!(now < to);
                    prop_assert!(from <= now + LONGEST_MARGIN / 2);
                }
            }
        }

        #[test]
        fn once_refreshed_never_used_again(from in 0u64..1 << 40, life in 0u64..100_000, a in 0u64..200_000, b in 0u64..200_000) {
            let (lease, early, late) = (lease(from, from + life), from + a.min(b), from + a.max(b));
            if decide(Some(&lease), early, Others::Idle) == Next::Refresh {
                prop_assert_eq!(decide(Some(&lease), late, Others::Idle), Next::Refresh);
            }
        }

        #[test]
        fn waits_only_for_others_and_refreshes_only_alone(from: u64, to: u64, now: u64) {
            prop_assert_ne!(decide(Some(&lease(from, to)), now, Others::Idle), Next::Wait);
            prop_assert_ne!(decide(Some(&lease(from, to)), now, Others::Fetching), Next::Refresh);
        }
    }
}
