//! What a service manager says to a server and hears from it: reload (SIGHUP), and
//! `READY=1` on the socket that systemd names. Where there is neither, nothing
//! happens.

/// Requests to read the settings again.
pub struct Reloads {
    #[cfg(unix)]
    signal: Option<tokio::signal::unix::Signal>,
}

impl Reloads {
    /// From now on SIGHUP asks for a reload, and ends nothing. Needs the runtime.
    #[must_use]
    pub fn heeded() -> Self {
        #[cfg(unix)]
        let signal = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).ok();
        Self {
            #[cfg(unix)]
            signal,
        }
    }

    /// Ready when the next one comes.
    pub async fn next(&mut self) {
        #[cfg(unix)]
        if let Some(signal) = &mut self.signal
            && signal.recv().await.is_some()
        {
            return;
        }
        std::future::pending::<()>().await;
    }
}

/// Tells the service manager that this server answers now. `socket` is what
/// `NOTIFY_SOCKET` says: a path, or with a leading `@` a name of Linux's own.
/// <https://www.freedesktop.org/software/systemd/man/sd_notify.html>
///
/// # Errors
/// Nobody listens there.
#[cfg(unix)]
pub fn tell_ready(socket: &str) -> std::io::Result<()> {
    use std::os::unix::net::UnixDatagram;
    let message = format!("READY=1\nMAINPID={}\n", std::process::id());
    let sender = UnixDatagram::unbound()?;
    #[cfg(target_os = "linux")]
    if let Some(name) = socket.strip_prefix('@') {
        use std::os::linux::net::SocketAddrExt as _;
        let address = std::os::unix::net::SocketAddr::from_abstract_name(name)?;
        return sender.send_to_addr(message.as_bytes(), &address).map(drop);
    }
    sender.send_to(message.as_bytes(), socket).map(drop)
}

/// There is no such manager here.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn tell_ready(_: &str) -> std::io::Result<()> {
    Ok(())
}
