//! Who may use `/_mock/`: this machine, and whoever is let in by network and token.
//! Comes in: a request; goes out: whether its sender is one of them.

use std::net::IpAddr;

use super::caller::peer_ip;
use crate::api::keys::Secret;
use crate::wire::Request;

/// Who may use `/_mock/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// This machine only.
    Loopback,
    /// Everyone who can connect.
    Anyone,
    /// This machine, and guests of these networks who show the token.
    Guests {
        /// Where they come from.
        networks: Vec<Network>,
        /// What they show: `Authorization: Bearer …`
        token: Secret,
    },
}

/// A network: an address, and how many of its first bits count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u32,
}

impl Network {
    /// `10.0.0.0/8`, an address alone, or `any`, which is two: of either kind.
    #[must_use]
    pub fn read(text: &str) -> Option<Vec<Self>> {
        if text == "any" {
            return Some(["0.0.0.0/0", "::/0"].iter().filter_map(|all| Self::one(all)).collect());
        }
        Self::one(text).map(|network| vec![network])
    }

    fn one(text: &str) -> Option<Self> {
        let (address, bits) =
            text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().ok()?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Some(most), |bits| bits.parse().ok().filter(|bits| *bits <= most))?;
        Some(Self { address, bits })
    }

    fn holds(&self, ip: IpAddr) -> bool {
        let same = |all: u32, ours: u128, theirs: u128| {
            (ours ^ theirs).checked_shr(all - self.bits).unwrap_or(0) == 0
        };
        match (self.address, ip) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => {
                same(32, u32::from(ours).into(), u32::from(theirs).into())
            }
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => same(128, ours.into(), theirs.into()),
            _ => false,
        }
    }
}

impl Access {
    /// Whether this request comes from where guests come from.
    pub(super) fn invites(&self, request: &Request) -> bool {
        let Self::Guests { networks, .. } = self else { return *self == Self::Anyone };
        peer_ip(request).parse().is_ok_and(|ip| networks.iter().any(|network| network.holds(ip)))
    }

    /// Whether it shows what guests show.
    pub(super) fn believes(&self, request: &Request) -> bool {
        let Self::Guests { token, .. } = self else { return true };
        let shown = request.header("authorization").and_then(|text| text.strip_prefix("Bearer "));
        // As long for a wrong first letter as for a wrong last one.
        shown.is_some_and(|shown| {
            let pairs = shown.bytes().zip(token.expose().bytes());
            shown.len() == token.expose().len() && pairs.fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_hold_their_addresses() {
        let holds = |network: &str, ip: &str| {
            Network::read(network).unwrap().iter().any(|n| n.holds(ip.parse().unwrap()))
        };
        for (network, ip) in [
            ("10.0.0.0/8", "10.255.1.2"),
            ("172.17.0.0/16", "172.17.0.3"),
            ("192.168.1.7", "192.168.1.7"),
            ("0.0.0.0/0", "8.8.8.8"),
            ("any", "8.8.8.8"),
            ("any", "2001:db8::1"),
            ("fd00::/8", "fdff::1"),
        ] {
            assert!(holds(network, ip), "{network} {ip}");
        }
        for (network, ip) in [
            ("10.0.0.0/8", "11.0.0.1"),
            ("192.168.1.7", "192.168.1.8"),
            ("fd00::/8", "fe00::1"),
            ("::/0", "1.1.1.1"),
        ] {
            assert!(!holds(network, ip), "{network} {ip}");
        }
        for bad in ["", "10.0.0.0/33", "10.0.0.0/x", "10.0.0", "host", "::/129"] {
            assert_eq!(Network::read(bad), None, "{bad}");
        }
    }
}
