//! Who is at an address, as far as the address itself tells: this machine, a
//! private network, or anybody. Comes in: a URL, read by the parser that the
//! client sends with, so that both see the same host; goes out: a [`Reach`].
//! Connects nowhere and asks no name server: a name may lead elsewhere next time.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use reqwest::Url;

/// Who is at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// This machine, or one of a private network.
    Near,
    /// Anybody: a public address, or a name.
    Far {
        /// Its host, in small letters.
        host: String,
    },
}

/// Who is at this address; none if nothing can be sent there.
#[must_use]
pub fn reach(url: &str) -> Option<Reach> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?.trim_end_matches('.').to_ascii_lowercase();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let is_near = match address {
        Ok(address) => is_near(address),
        Err(_) => host == "localhost",
    };
    Some(if is_near { Reach::Near } else { Reach::Far { host } })
}

fn is_near(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_near_v4(v4),
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or_else(|| is_near_v6(v6), is_near_v4),
    }
}

/// Whether an address is nobody's outside of this machine and its network: near, or of
/// the link.
pub(super) fn is_inside(address: IpAddr) -> bool {
    let is_of_link = match address.to_canonical() {
        IpAddr::V4(v4) => v4.is_link_local() || v4.is_broadcast(),
        IpAddr::V6(v6) => v6.is_unicast_link_local(),
    };
    is_near(address) || is_of_link
}

/// What every system takes for itself, and RFC 1918. Addresses that providers
/// share among customers (RFC 6598) are anybody's; so are those of the link, where
/// the provider of a rented machine answers (169.254.169.254) and no gateway does.
fn is_near_v4(address: Ipv4Addr) -> bool {
    address.is_loopback() || address.is_unspecified() || address.is_private()
}

fn is_near_v6(address: Ipv6Addr) -> bool {
    address.is_loopback() || address.is_unspecified() || address.is_unique_local()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_and_private_networks_are_near() {
        for url in [
            "http://127.0.0.1:7780",
            "http://127.9.9.9/x",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://017700000001/",
            "http://0.0.0.0:1/",
            "http://[::1]:7780/",
            "http://[::]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://[fd00::1]/",
            "http://LOCALHOST:1/",
            "http://localhost./",
            "http://10.1.2.3/",
            "http://172.31.255.255/",
            "http://192.168.1.1/",
            "http://api.mch.weixin.qq.com@127.0.0.1/",
        ] {
            assert_eq!(reach(url), Some(Reach::Near), "{url}");
        }
    }

    #[test]
    fn everything_else_is_far_and_named() {
        for (url, host) in [
            ("https://api.mch.weixin.qq.com", "api.mch.weixin.qq.com"),
            ("https://API.MCH.WEIXIN.QQ.COM./pay", "api.mch.weixin.qq.com"),
            ("http://127.0.0.1@api.mch.weixin.qq.com/", "api.mch.weixin.qq.com"),
            ("http://127.0.0.1:7780@api.mch.weixin.qq.com/", "api.mch.weixin.qq.com"),
            ("http:\\\\api.mch.weixin.qq.com\\@127.0.0.1", "api.mch.weixin.qq.com"),
            ("http://127.0.0.1.evil.example/", "127.0.0.1.evil.example"),
            ("http://localhost.evil.example/", "localhost.evil.example"),
            ("http://gateway.localhost/", "gateway.localhost"),
            ("http://172.32.0.1/", "172.32.0.1"),
            ("http://100.64.0.1/", "100.64.0.1"),
            ("http://169.254.169.254/", "169.254.169.254"),
            ("http://0xa9fea9fe/", "169.254.169.254"),
            ("http://[fe80::1]/", "[fe80::1]"),
            ("http://[::ffff:169.254.1.1]/", "[::ffff:a9fe:101]"),
            ("http://[::ffff:8.8.8.8]/", "[::ffff:808:808]"),
            ("http://[64:ff9b::7f00:1]/", "[64:ff9b::7f00:1]"),
            ("http://[2002:7f00:1::]/", "[2002:7f00:1::]"),
        ] {
            assert_eq!(reach(url), Some(Reach::Far { host: host.to_owned() }), "{url}");
        }
    }

    #[test]
    fn where_nothing_can_be_sent_nobody_is() {
        for url in ["", "127.0.0.1:7780", "localhost:7780", "/pay", "http://", "http://127.0.0.1.:x/"] {
            assert_eq!(reach(url), None, "{url}");
        }
    }
}
