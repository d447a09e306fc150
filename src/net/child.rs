//! A program that runs beside a server. Comes in: its words and variables; goes
//! out: the code with which it ended. It never outlives the one who started it.

use std::ffi::OsString;
use std::io;
use std::process::ExitStatus;
use std::time::Duration;

use tokio::process::{Child as Process, Command};

use super::interrupt::Interrupt;

/// How long a program may take to end by itself after it was asked to.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running program. Dropped, it is killed.
#[derive(Debug)]
pub struct Child(Process);

impl Child {
    /// Starts a program with these variables beside those that there are. It reads
    /// and writes where this process does, and Ctrl-C on the terminal reaches both.
    ///
    /// # Errors
    /// There is no such program, or it may not be run.
    pub fn start(
        program: &OsString,
        words: &[OsString],
        variables: &[(&str, String)],
    ) -> Result<Self, io::Error> {
        let mut command = Command::new(program);
        command.args(words).envs(variables.iter().map(|(name, value)| (name, value))).kill_on_drop(true);
        command.spawn().map(Self)
    }

    /// Waits for its end; an interrupt is handed on, and ends it when it does not listen.
    ///
    /// # Errors
    /// The system does not tell how it ended.
    pub async fn ended(mut self, interrupted: impl Future<Output = Interrupt>) -> Result<u8, io::Error> {
        let interrupt = tokio::select! {
            status = self.0.wait() => return status.map(code),
            interrupt = interrupted => interrupt,
        };
        // The terminal has told the program of a Ctrl-C itself.
        if interrupt == Interrupt::Terminate || tokio::time::timeout(PATIENCE, self.0.wait()).await.is_err() {
            self.terminate();
        }
        if tokio::time::timeout(PATIENCE, self.0.wait()).await.is_err() {
            self.0.start_kill()?;
        }
        self.0.wait().await.map(code)
    }

    #[cfg(unix)]
    fn terminate(&mut self) {
        use rustix::process::{Pid, Signal, kill_process};
        let pid = self.0.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        // A program that has ended meanwhile needs no asking.
        let _ = pid.map(|pid| kill_process(pid, Signal::TERM));
    }

    #[cfg(not(unix))]
    fn terminate(&mut self) {
        let _ = self.0.start_kill();
    }
}

/// Its own code; ended by a signal, 128 and the signal, as shells tell it.
pub(super) fn code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status).map(|signal| 128 + signal);
    #[cfg(not(unix))]
    let signal = None;
    let code = status.code().or(signal);
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}
