//! The one door to the network. [`send`] carries a request to a server,
//! [`listen`] answers requests; both speak [`wire`](crate::wire) and know
//! nothing of WeChat. The async runtime is built in [`runtime`] and nowhere
//! else.

pub mod address;
mod body;
mod ca;
pub mod carry;
mod child;
mod connection;
pub mod error;
mod front;
mod group;
pub mod identity;
mod interrupt;
mod lane;
pub mod listen;
mod load;
mod p12;
mod pace;
mod patience;
mod pem;
mod proxy;
mod reach;
mod route;
pub mod runtime;
mod secure;
pub mod send;
mod service;
pub mod socket;
#[cfg(unix)]
mod socket_file;
mod stop;
mod thread;
mod trust;

pub use address::{Access, Address, BadAddress};
pub use ca::Ca;
pub use carry::{Sending, Transport};
pub use child::Child;
pub use connection::{Answer, Outgoing};
pub use error::{Distrust, NetError, SendError, Why};
pub use front::{AtFront, Front};
pub use group::{Group, Said, said_by, told_by};
pub use identity::Identity;
pub use interrupt::{Interrupt, interrupted};
pub use listen::{serve, serve_wide};
pub use load::{Ended, Landed, Load, load};
pub use p12::unpacked;
pub use proxy::{NoWay, Others, Proxy};
pub use reach::{Reach, reach};
pub use runtime::block_on;
pub use secure::Secure;
pub use send::{Http, Options};
pub use service::{Reloads, tell_ready};
pub use socket::{Listener, Place, bind, bind_to};
#[cfg(unix)]
pub use socket_file::group_id;
pub use stop::Stop;
pub use thread::{blocking, thread};
pub use tokio::sync::{Mutex, Notify, Semaphore, mpsc, oneshot, watch};
pub use tokio::task::{JoinHandle, JoinSet, spawn};
pub use tokio::time::{interval, sleep, timeout};
pub use tokio::{join, select};
#[cfg(feature = "p12")]
pub use trust::store as trust_store;
pub use trust::{STORE_PASSWORD, bundle};
