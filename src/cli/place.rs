//! Where one of our servers can be reached, and by whom. Comes in: a bound
//! listener; goes out: the address to call, and a warning where others than this
//! machine can call it too.

use wxkit::api::{Message, Word};
use wxkit::net::{self, Listener};

/// Where a server listens.
pub struct Place {
    /// As a client on this machine writes it.
    pub url: String,
    /// The address itself, where the network can reach it.
    pub public: Option<String>,
}

impl Place {
    /// Where this one listens.
    pub fn of(listener: &Listener) -> Self {
        let public = match listener.place() {
            net::Place::Ip(address) if !listener.is_local() => Some(address.to_string()),
            net::Place::Ip(_) | net::Place::Path(_) => None,
        };
        Self { url: listener.local_url(), public }
    }

    /// What to think of before others use it.
    pub fn warning(&self) -> Option<Message> {
        Some(OPEN.with([self.public.as_deref()?]))
    }
}

const OPEN: Word = Word::new(
    "注意：监听在 {}，网络上的其他机器也能访问；只给本机用请写 --listen 127.0.0.1:端口",
    "note: it listens on {}, where other machines of the network can reach it; for this machine only, write --listen 127.0.0.1:PORT",
);
