//! Who may ask: bearer tokens, one for each client, from a file of lines; and the
//! refusal of web pages where there are no tokens. Keeps only hashes of the
//! tokens and compares them without telling by its time how near a guess was.

use crate::sign::{Digest, Hash, same};
use crate::wire::Request;

/// Shortest token that is taken, in bytes.
const SHORTEST: usize = 16;

/// The clients that may ask.
pub struct Clients(Vec<(String, Hash)>);

/// A line of the file that is no client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadClients {
    /// Not one client in it.
    Nobody,
    /// Not a name and a token, on this line (from 1).
    Malformed(usize),
    /// The token is too short to be hard to guess.
    TooShort(usize),
    /// A name or a token that stood before.
    Twice(usize),
}

impl Clients {
    /// Reads one client a line, `name token`; `#` begins a remark.
    ///
    /// # Errors
    /// [`BadClients`].
    pub fn read(text: &str) -> Result<Self, BadClients> {
        let mut clients: Vec<(String, Hash)> = Vec::new();
        for (at, line) in text.lines().enumerate().map(|(at, line)| (at + 1, line.trim())) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut words = line.split_whitespace();
            let (Some(name), Some(token), None) = (words.next(), words.next(), words.next()) else {
                return Err(BadClients::Malformed(at));
            };
            if token.len() < SHORTEST {
                return Err(BadClients::TooShort(at));
            }
            let hash = hash(token);
            if clients.iter().any(|(other, known)| other == name || same(known.as_bytes(), hash.as_bytes())) {
                return Err(BadClients::Twice(at));
            }
            clients.push((name.to_owned(), hash));
        }
        if clients.is_empty() { Err(BadClients::Nobody) } else { Ok(Self(clients)) }
    }

    /// Whose token this is. Looks at all of them, whichever it is.
    #[must_use]
    pub fn who(&self, token: &str) -> Option<&str> {
        let given = hash(token);
        let fits = |(_, known): &&(String, Hash)| same(known.as_bytes(), given.as_bytes());
        self.0.iter().filter(fits).fold(None, |_, (name, _)| Some(name.as_str()))
    }
}

/// Equal hashes are equal tokens, and have one length.
fn hash(token: &str) -> Hash {
    Digest::Sha256.of(&[], token.as_bytes())
}

/// The token of an `Authorization: Bearer …`.
#[must_use]
pub fn bearer(request: &Request) -> Option<&str> {
    let (scheme, token) = request.header("authorization")?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Whether a web page makes this request: of another site, or by a name that it
/// has made to point at this machine.
#[must_use]
pub fn is_from_page(request: &Request) -> bool {
    let foreign = request.header("origin").is_some()
        || request.header("sec-fetch-site").is_some_and(|site| site != "none");
    foreign || !request.is_to_own_name()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# shops\nshop 0123456789abcdef\n\n  app\tfedcba9876543210  \n";

    #[test]
    fn each_client_has_its_token() {
        let clients = Clients::read(FILE).unwrap();
        assert_eq!(clients.who("0123456789abcdef"), Some("shop"));
        assert_eq!(clients.who("fedcba9876543210"), Some("app"));
        for wrong in ["", "0123456789abcde", "0123456789abcdef0", "shop"] {
            assert_eq!(clients.who(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_file_with_a_mistake_is_no_file() {
        let read = |text: &str| Clients::read(text).err();
        assert_eq!(read(""), Some(BadClients::Nobody));
        assert_eq!(read("shop"), Some(BadClients::Malformed(1)));
        assert_eq!(read("#\nshop 0123456789abcdef x"), Some(BadClients::Malformed(2)));
        assert_eq!(read("shop 0123456789abcde"), Some(BadClients::TooShort(1)));
        assert_eq!(read("a 0123456789abcdef\nb 0123456789abcdef"), Some(BadClients::Twice(2)));
    }

    #[test]
    fn pages_are_told_from_programs() {
        let from = |headers: &[(&str, &str)]| {
            let mut request = Request::new("GET", "/");
            request.headers = headers.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
            is_from_page(&request)
        };
        for host in ["127.0.0.1:7700", "localhost:7700", "localhost", "[::1]:7700", "::1", "10.0.0.1"] {
            assert!(!from(&[("host", host)]), "{host}");
        }
        assert!(from(&[("host", "rebound.example:7700")]));
        assert!(from(&[("host", "localhost"), ("origin", "https://a.example")]));
        assert!(from(&[("host", "localhost"), ("sec-fetch-site", "cross-site")]));
    }
}
