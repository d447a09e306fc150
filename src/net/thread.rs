//! Threads, made here and nowhere else: where the system has no room for one more, that is
//! an error or somebody else does the work, and never a panic. Comes in: work; goes out:
//! its end. Looks up names too, since that blocks.

use std::io;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

use tokio::sync::oneshot;

/// Does this on a thread of its own.
///
/// # Errors
/// The system has no room for one more: memory, or the number of processes.
pub fn thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> io::Result<JoinHandle<T>> {
    Builder::new().spawn(work)
}

/// Does what may block on a thread for that, and waits without blocking; where there is
/// none to be had, everybody waits.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    // Held by both: a thread that does not come about takes nothing along.
    let work = Arc::new(Mutex::new(Some(work)));
    let (done, end) = oneshot::channel();
    let there = Arc::clone(&work);
    let thread = thread(move || {
        let work = there.lock().unwrap_or_else(PoisonError::into_inner).take();
        work.map(|work| drop(done.send(work())))
    });
    let here = || work.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (thread, end.await) {
        (_, Ok(done)) => done,
        (Ok(thread), Err(_)) => match thread.join() {
            Err(panic) => std::panic::resume_unwind(panic),
            Ok(_) => unreachable!("it has sent"),
        },
        (Err(_), Err(_)) => match here() {
            Some(work) => work(),
            None => unreachable!("nobody took it"),
        },
    }
}

/// The addresses of a host; of one that is an address, itself.
///
/// # Errors
/// Nobody knows the name.
pub(super) async fn addresses(host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
    if let Ok(ip) = host.parse() {
        return Ok(vec![SocketAddr::new(ip, port)]);
    }
    let host = host.to_owned();
    blocking(move || Ok((host.as_str(), port).to_socket_addrs()?.collect())).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::block_on;

    #[test]
    fn work_is_done_elsewhere_and_its_panic_is_ours() {
        let here = std::thread::current().id();
        let there = block_on(blocking(|| std::thread::current().id())).unwrap();
        assert_ne!(here, there);
        let died = std::panic::catch_unwind(|| block_on(blocking(|| panic!("on purpose"))));
        assert_eq!(died.unwrap_err().downcast_ref::<&str>(), Some(&"on purpose"));
    }

    #[test]
    fn an_address_is_its_own() {
        let found = |host: &str| block_on(addresses(host, 7)).unwrap();
        assert_eq!(found("127.0.0.1").unwrap(), ["127.0.0.1:7".parse().unwrap()]);
        assert_eq!(found("::1").unwrap(), ["[::1]:7".parse().unwrap()]);
        assert!(found("localhost").unwrap().iter().all(|address| address.ip().is_loopback()));
        assert!(found("nobody.invalid").is_err());
    }
}
