//! The one door to the network. [`send`] carries a request to a server,
//! [`listen`] answers requests; both speak [`wire`](crate::wire) and know
//! nothing of WeChat. The async runtime is built in [`runtime`] and nowhere
//! else.

pub mod address;
mod body;
pub mod carry;
mod child;
pub mod error;
pub mod identity;
mod lane;
pub mod listen;
mod load;
mod p12;
mod pace;
mod reach;
mod route;
pub mod runtime;
pub mod send;
mod service;
pub mod socket;
#[cfg(unix)]
mod socket_file;
mod stop;

pub use address::{Access, Address, BadAddress};
pub use carry::{Sending, Transport};
pub use child::Child;
pub use error::{NetError, SendError, Why};
pub use identity::Identity;
pub use listen::{Answer, Interrupt, Outgoing, interrupted, serve, serve_wide};
pub use load::{Ended, Landed, Load, load};
pub use p12::unpacked;
pub use reach::{Reach, reach};
pub use runtime::{block_on, blocking};
pub use send::{Http, Options};
pub use service::{Reloads, tell_ready};
pub use socket::{Listener, Place, bind, bind_to};
#[cfg(unix)]
pub use socket_file::group_id;
pub use stop::Stop;
pub use tokio::sync::{Mutex, Notify, Semaphore, mpsc, oneshot, watch};
pub use tokio::task::{JoinHandle, JoinSet, spawn, spawn_blocking};
pub use tokio::time::{interval, sleep, timeout};
pub use tokio::{join, select};
