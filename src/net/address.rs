//! Where a server is asked to listen, as people type it: `127.0.0.1:7780`, only
//! a port, or `unix:PATH`. Comes in: text; goes out: an [`Address`], or what is
//! wrong with the text. Opens nothing.

use std::net::{Ipv6Addr, SocketAddr};
use std::path::PathBuf;

/// What stands before the path of a socket file.
pub(super) const UNIX: &str = "unix:";
/// Where a port without a host belongs: nobody else can reach it there.
const LOOPBACK: &str = "127.0.0.1";

/// Where a server shall listen, and who may use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Which place.
    pub spot: Spot,
    /// Who may connect to a socket file.
    pub access: Access,
}

/// The place itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// `HOST:PORT`.
    Port(String),
    /// A socket file.
    Path(PathBuf),
}

/// Who may connect to a socket file; a port has no such thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// Permission bits.
    pub mode: u32,
    /// Id of the group it is given to.
    pub group: Option<u32>,
}

impl Access {
    /// Only the user who started it.
    pub const OWNER: Self = Self { mode: 0o600, group: None };
}

/// Why a text is no address to listen on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadAddress {
    /// Nothing.
    Empty,
    /// `unix:` and no path.
    NoPath,
    /// A host without a port.
    NoPort,
    /// Brackets that hold no IPv6 address, or only one of them.
    Brackets,
    /// A host that no name and no address looks like.
    BadHost(String),
    /// Not a number up to 65535.
    BadPort(String),
    /// A URL; this part of it would do.
    Url(String),
}

impl Address {
    /// Reads an address. A port alone (`7780`, `:7780`) is one of this machine's own.
    ///
    /// # Errors
    /// [`BadAddress`].
    pub fn read(text: &str) -> Result<Self, BadAddress> {
        Ok(Self { spot: spot(text.trim())?, access: Access::OWNER })
    }

    /// Where a client on this machine will find it; none for a socket file, a name,
    /// and for port 0, which is known only when it is taken.
    #[must_use]
    pub fn known_url(&self) -> Option<String> {
        let Spot::Port(addr) = &self.spot else { return None };
        let addr: SocketAddr = addr.replace("localhost:", "127.0.0.1:").parse().ok()?;
        (addr.port() != 0).then(|| local_url(addr))
    }
}

/// `http://127.0.0.1:PORT`, as a client on this machine would write it.
pub(super) fn local_url(mut addr: SocketAddr) -> String {
    if addr.ip().is_unspecified() {
        addr.set_ip(if addr.is_ipv4() { [127, 0, 0, 1].into() } else { [0, 0, 0, 0, 0, 0, 0, 1].into() });
    }
    format!("http://{addr}")
}

fn spot(text: &str) -> Result<Spot, BadAddress> {
    if let Some(path) = text.strip_prefix(UNIX) {
        // `unix://` is how some programs write it: the path begins with the third.
        let path = path.strip_prefix("//").unwrap_or(path);
        return if path.is_empty() { Err(BadAddress::NoPath) } else { Ok(Spot::Path(path.into())) };
    }
    if let Some((_, rest)) = text.split_once("://") {
        return Err(BadAddress::Url(rest.split('/').next().unwrap_or_default().to_owned()));
    }
    if text.is_empty() {
        return Err(BadAddress::Empty);
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Spot::Port(format!("{LOOPBACK}:{}", port(text)?)));
    }
    if text.contains(['[', ']']) {
        let (inside, behind) =
            text.strip_prefix('[').and_then(|rest| rest.split_once(']')).ok_or(BadAddress::Brackets)?;
        inside.parse::<Ipv6Addr>().map_err(|_| BadAddress::Brackets)?;
        let number = behind.strip_prefix(':').ok_or(BadAddress::NoPort)?;
        return Ok(Spot::Port(format!("[{inside}]:{}", port(number)?)));
    }
    let (host, number) = text.rsplit_once(':').ok_or(BadAddress::NoPort)?;
    if host.contains(':') {
        // The last group of an IPv6 address is no port.
        return Err(BadAddress::NoPort);
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    if host != "*" && !host.chars().all(is_name) {
        return Err(BadAddress::BadHost(host.to_owned()));
    }
    let number = port(number)?;
    let host = match host {
        "" => LOOPBACK,
        "*" => "0.0.0.0",
        host => host,
    };
    Ok(Spot::Port(format!("{host}:{number}")))
}

fn port(text: &str) -> Result<u16, BadAddress> {
    text.parse().map_err(|_| BadAddress::BadPort(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, BadAddress> {
        Address::read(text).map(|address| match address.spot {
            Spot::Port(addr) => addr,
            Spot::Path(path) => format!("{UNIX}{}", path.display()),
        })
    }

    #[test]
    fn plain_meanings_are_taken() {
        for (typed, meant) in [
            ("127.0.0.1:7780", "127.0.0.1:7780"),
            ("7799", "127.0.0.1:7799"),
            (":7799", "127.0.0.1:7799"),
            ("*:80", "0.0.0.0:80"),
            ("[::1]:0", "[::1]:0"),
            ("localhost:1", "localhost:1"),
            ("unix:/run/w.sock", "unix:/run/w.sock"),
            ("unix:///run/w.sock", "unix:/run/w.sock"),
            (" 127.0.0.1:1 ", "127.0.0.1:1"),
        ] {
            assert_eq!(read(typed).as_deref(), Ok(meant), "{typed}");
        }
    }

    #[test]
    fn the_rest_is_told_apart() {
        for (typed, bad) in [
            ("", BadAddress::Empty),
            ("unix:", BadAddress::NoPath),
            ("unix://", BadAddress::NoPath),
            ("localhost", BadAddress::NoPort),
            ("::1", BadAddress::NoPort),
            ("77999", BadAddress::BadPort("77999".into())),
            ("127.0.0.1:http", BadAddress::BadPort("http".into())),
            ("127.0.0.1:", BadAddress::BadPort(String::new())),
            ("[::1", BadAddress::Brackets),
            ("[::1:80", BadAddress::Brackets),
            ("::1]:80", BadAddress::Brackets),
            ("[localhost]:80", BadAddress::Brackets),
            ("[]:80", BadAddress::Brackets),
            ("[::1]", BadAddress::NoPort),
            ("[::1]80", BadAddress::NoPort),
            ("a b:80", BadAddress::BadHost("a b".into())),
            ("/run/wxkit.sock:80", BadAddress::BadHost("/run/wxkit.sock".into())),
            ("http://127.0.0.1:80/x", BadAddress::Url("127.0.0.1:80".into())),
        ] {
            assert_eq!(read(typed), Err(bad), "{typed}");
        }
    }
}
