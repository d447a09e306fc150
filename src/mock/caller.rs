//! Who makes a request: a program, a page of ours, or a page of somebody else in a
//! browser on this machine. Comes in: a request; goes out: what its address and
//! headers tell. Decides nothing.

use std::net::IpAddr;

use crate::api::endpoint::is_wechats;
use crate::wire::Request;

/// The address without its port; empty for a caller inside this process.
pub(super) fn peer_ip(request: &Request) -> String {
    let peer = request.peer.as_deref().unwrap_or_default();
    let ip = peer.parse::<std::net::SocketAddr>().map(|address| address.ip());
    ip.or_else(|_| peer.parse()).map_or_else(|_| String::new(), |ip| ip.to_canonical().to_string())
}

/// Whether the caller is on this machine. No peer is a caller inside this process.
pub(super) fn is_on_this_machine(request: &Request) -> bool {
    let loopback = || peer_ip(request).parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    request.peer.is_none() || loopback()
}

/// Whether a page of another site asks.
pub(super) fn is_cross_site(request: &Request) -> bool {
    let foreign = |origin: &str| {
        let authority = origin.split_once("://").map(|(_, authority)| authority);
        authority.is_none() || authority != request.header("host")
    };
    request.header("sec-fetch-site") == Some("cross-site") || request.header("origin").is_some_and(foreign)
}

/// Whether a page asks that is not one of ours: of another site, or under a name
/// that it made to point at this machine. A program sends no `Origin`, whatever
/// name it calls; browsers send one with every post.
pub(super) fn is_foreign_page(request: &Request) -> bool {
    is_cross_site(request) || request.header("origin").is_some() && !request.is_to_own_name()
}

/// Whether it was called by a name that a stranger can have pointed at this machine,
/// as a page does whose browser sends no `Origin` (a plain GET), and as a program
/// does that was talked into it. Not so: an address, `localhost`, a name of WeChat's
/// own (mapped here, or through a proxy), one that public name servers do not give
/// out (a container's or a machine's short name, `.internal`, `.test`), and those
/// that the gateway was told of.
pub(super) fn is_by_strange_name(request: &Request, told: &[String]) -> bool {
    if request.is_to_own_name() {
        return false;
    }
    let Some(name) = request.host() else { return false };
    // ICANN keeps `internal` for private use, RFC 6761 `test`.
    let is_local = !name.is_empty() && !name.contains('.')
        || [".internal", ".test"].iter().any(|end| name.ends_with(end));
    !(is_local || is_wechats(&name) || told.contains(&name))
}

/// Where the caller reached us: `http://host`, `https://host` over TLS.
pub(super) fn origin(request: &Request) -> String {
    let plausible = |host: &&str| host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b));
    let host = request.header("host").filter(|host| !host.is_empty()).filter(plausible);
    let scheme = match request.header("x-forwarded-proto") {
        Some("https") => "https",
        _ if request.secure => "https",
        _ => "http",
    };
    [scheme, "://", host.unwrap_or("localhost")].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(headers: &[(&str, &str)]) -> Request {
        let mut request = Request::new("POST", "/pay/unifiedorder");
        request.headers = headers.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
        request
    }

    #[test]
    fn pages_are_told_from_programs() {
        for own in [
            &[][..],
            &[("host", "api.mch.weixin.qq.com")],
            &[("host", "wxkit:7780")],
            &[("host", "localhost:7780"), ("origin", "http://localhost:7780")],
        ] {
            assert!(!is_foreign_page(&asking(own)), "{own:?}");
        }
        let told = ["pay.shop.example".to_owned()];
        for known in [
            "127.0.0.1:7780",
            "[::1]:7780",
            "LOCALHOST",
            "wxkit:7780",
            "host.docker.internal:7780",
            "shop.test",
            "api.mch.weixin.qq.com",
            "API.MCH.WEIXIN.QQ.COM.:443",
            "wx.tenpay.com",
            "pay.shop.example:8443",
        ] {
            assert!(!is_by_strange_name(&asking(&[("host", known)]), &told), "{known}");
        }
        assert!(!is_by_strange_name(&asking(&[]), &told));
        for strange in [
            "",
            ".",
            "rebound.example:7780",
            "localhost.evil.example",
            "api.mch.weixin.qq.com.evil.example",
            "evilqq.com",
            "127.0.0.1.evil.example",
            "a.pay.shop.example",
            "evil.local",
        ] {
            assert!(is_by_strange_name(&asking(&[("host", strange)]), &told), "{strange}");
        }
        for foreign in [
            &[("host", "localhost:7780"), ("origin", "http://localhost:3000")][..],
            &[("host", "localhost:7780"), ("origin", "null")],
            &[("host", "localhost:7780"), ("sec-fetch-site", "cross-site")],
            &[("host", "rebound.example:7780"), ("origin", "http://rebound.example:7780")],
        ] {
            assert!(is_foreign_page(&asking(foreign)), "{foreign:?}");
        }
    }
}
