//! How long to leave WeChat alone after it refused or did not answer. Pure: the
//! code, how often it failed in a row, and the dice come in. Never endless, never
//! in step with other servers.

use crate::store::{Failed, LeaseKind};

/// What a failure means for the next attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// Trying again changes nothing: a person has to act first.
    Stop,
    /// Try again after so many seconds.
    Seconds(u64),
}

/// The secret or the account is wrong.
/// <https://developers.weixin.qq.com/doc/service/api/base/api_getaccesstoken>
const STOPS: &[&str] = &["40001", "40002", "40013", "40125", "40243", "41002", "41004", "48004", "50002"];

/// First and longest wait for codes that pass by themselves, or by the hand of
/// somebody who sets up the account meanwhile.
const WAITS: &[(&str, u64, u64)] = &[
    // The address is not on the whitelist: it may be put there any moment.
    ("40164", 60, 600),
    ("61004", 60, 600),
    // The quota of the day, and of the minute.
    ("45009", 600, 3600),
    ("45011", 60, 300),
];

/// Everything else: busy, timed out, unreachable, a proxy's page.
const OTHERS: (u64, u64) = (1, 60);

/// Decides. `row` counts the failures in a row, from 1; `dice` is in thousandths.
#[must_use]
pub fn pause(kind: LeaseKind, failed: &Failed, row: u32, dice: u16) -> Pause {
    // A ticket's 40001 is about the token it was asked with, not the secret.
    let is_ticket = matches!(kind, LeaseKind::Ticket(_));
    if STOPS.contains(&failed.code.as_str()) && !is_ticket {
        return Pause::Stop;
    }
    let known = WAITS.iter().find(|(code, ..)| *code == failed.code);
    let (first, longest) = known.map_or(OTHERS, |(_, first, longest)| (*first, *longest));
    let doubled = first.saturating_mul(1 << row.saturating_sub(1).min(20)).min(longest);
    let jitter = doubled * u64::from(dice.min(1000)) / 4000;
    Pause::Seconds((doubled - jitter).max(1))
}

/// The address that WeChat did not find on its whitelist (40164).
#[must_use]
pub fn refused_ip(text: &str) -> Option<&str> {
    let after = text.split_once("invalid ip ")?.1;
    after.split([' ', ',']).next().filter(|ip| !ip.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn failed(code: &str) -> Failed {
        Failed { code: code.into(), text: String::new(), at: 0 }
    }

    fn seconds(code: &str, row: u32) -> Pause {
        pause(LeaseKind::Token, &failed(code), row, 0)
    }

    #[test]
    fn a_wrong_secret_stops() {
        for code in ["40001", "40125", "40243"] {
            assert_eq!(seconds(code, 1), Pause::Stop);
        }
        let ticket = LeaseKind::Ticket(crate::store::TicketType::Jsapi);
        assert_eq!(pause(ticket, &failed("40001"), 1, 0), Pause::Seconds(1));
    }

    #[test]
    fn a_limit_waits_long_and_a_bad_line_short() {
        assert_eq!(seconds("45009", 1), Pause::Seconds(600));
        assert_eq!(seconds("45011", 1), Pause::Seconds(60));
        assert_eq!(seconds("40164", 1), Pause::Seconds(60));
        let rows: Vec<Pause> = (1..9).map(|row| seconds("-1", row)).collect();
        assert_eq!(rows, [1, 2, 4, 8, 16, 32, 60, 60].map(Pause::Seconds));
    }

    #[test]
    fn every_code_has_its_pause() {
        for code in ["40001", "40002", "40013", "40125", "40243", "41002", "41004", "48004", "50002"] {
            assert_eq!(seconds(code, 1), Pause::Stop, "{code}");
        }
        let longest = [("40164", 600), ("61004", 600), ("45009", 3600), ("45011", 300), ("-1", 60)];
        for (code, longest) in longest {
            assert_eq!(seconds(code, 30), Pause::Seconds(longest), "{code}");
        }
        // Dice take away a quarter at most.
        assert_eq!(pause(LeaseKind::Token, &failed("45009"), 1, 1000), Pause::Seconds(450));
    }

    #[test]
    fn the_address_is_found_in_the_text() {
        let text = "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 1-2-3";
        assert_eq!(refused_ip(text), Some("203.0.113.7"));
        assert_eq!(refused_ip("invalid ip 203.0.113.7, not in whitelist"), Some("203.0.113.7"));
        assert_eq!(refused_ip("invalid credential"), None);
    }

    proptest! {
        #[test]
        fn every_wait_has_an_end(code in "-1|45009|40164|", row: u32, dice in 0u16..=1000) {
            let Pause::Seconds(wait) = pause(LeaseKind::Token, &failed(&code), row, dice) else {
                return Err(TestCaseError::fail("stopped"));
            };
            prop_assert!((1..=3600).contains(&wait));
        }
    }
}
