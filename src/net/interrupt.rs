//! Ctrl-C and the polite end by the system: SIGINT and SIGTERM, as futures. Comes in:
//! signals; goes out: who asked. Ends nothing by itself.

use std::future::Future;

/// Who asks to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interrupt {
    /// The person: Ctrl-C, which the terminal sends to everything in it.
    Keyboard,
    /// The system, which asks this process alone.
    Terminate,
}

/// Ready when the person or the system asks to stop: SIGINT or SIGTERM. Asked for
/// from this call on, so call it before anybody is told that a server is ready.
pub fn interrupted() -> impl Future<Output = Interrupt> {
    #[cfg(unix)]
    let (mut terminate, mut interrupt) = {
        use tokio::signal::unix::{SignalKind, signal};
        (signal(SignalKind::terminate()).ok(), signal(SignalKind::interrupt()).ok())
    };
    async move {
        #[cfg(unix)]
        if let (Some(terminate), Some(interrupt)) = (&mut terminate, &mut interrupt) {
            return tokio::select! {
                _ = interrupt.recv() => Interrupt::Keyboard,
                _ = terminate.recv() => Interrupt::Terminate,
            };
        }
        let _ = tokio::signal::ctrl_c().await;
        Interrupt::Keyboard
    }
}
