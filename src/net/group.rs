//! A line for the shell in a process group of its own: it ends with everything that it
//! started. Comes in: the line and its variables; goes out: its code and what it said.
//! What takes longer than the one who asks, and what says more than is read, is killed.

use std::io;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::{Child as Process, ChildStderr, ChildStdout, Command};
use tokio::task::JoinSet;

use super::child::code;

/// How long a group may take to end by itself after it was asked to.
const PATIENCE: Duration = Duration::from_secs(3);
/// Most that is read of what a line prints, in bytes.
const MOST: u64 = 1024 * 1024;

/// Everything that a line started. Dropped, it is killed.
#[derive(Debug)]
pub struct Group {
    process: Process,
    #[cfg(unix)]
    leader: Option<rustix::process::Pid>,
}

/// What a line came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its exit code; 128 and the signal that ended it.
    pub code: u8,
    /// What it printed.
    pub stdout: Vec<u8>,
    /// What it complained of; empty where that went to the person.
    pub stderr: Vec<u8>,
}

impl Group {
    /// Starts a line with these variables beside those that there are. It reads nothing,
    /// and somebody has to [`Group::listen`], or it waits once it has said much.
    ///
    /// # Errors
    /// There is no shell.
    pub fn start(line: &str, variables: &[(String, String)]) -> io::Result<Self> {
        Self::of(line, variables, Stdio::piped())
    }

    fn of(line: &str, variables: &[(String, String)], stderr: Stdio) -> io::Result<Self> {
        let (shell, word) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
        let mut command = Command::new(shell);
        command.args([word, line]).envs(variables.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(stderr).kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        let process = command.spawn()?;
        Ok(Self {
            #[cfg(unix)]
            leader: process.id().and_then(|id| rustix::process::Pid::from_raw(i32::try_from(id).ok()?)),
            process,
        })
    }

    /// Tells `tell` everything that it says, on both of its streams, while it runs; what
    /// is given back ends when all was told.
    pub fn listen(&mut self, tell: impl Fn(&[u8]) + Clone + Send + 'static) -> JoinSet<()> {
        let (stdout, stderr) = self.streams();
        let mut listening = JoinSet::new();
        if let Some(stream) = stdout {
            listening.spawn(follow(stream, tell.clone()));
        }
        if let Some(stream) = stderr {
            listening.spawn(follow(stream, tell));
        }
        listening
    }

    fn streams(&mut self) -> (Option<ChildStdout>, Option<ChildStderr>) {
        (self.process.stdout.take(), self.process.stderr.take())
    }

    /// Waits until the line has ended; what it left running ends when this is dropped.
    ///
    /// # Errors
    /// The system does not tell how it ended.
    pub async fn ended(&mut self) -> io::Result<u8> {
        self.process.wait().await.map(code)
    }

    /// Asks everything to end, and ends it when it does not listen.
    pub async fn stop(mut self) {
        self.ask();
        // The end of the first is not the end of all; those that are left are killed now.
        let _ = tokio::time::timeout(PATIENCE, self.process.wait()).await;
    }

    #[cfg(unix)]
    fn ask(&mut self) {
        // A group that has ended meanwhile needs no asking.
        let _ = self
            .leader
            .map(|leader| rustix::process::kill_process_group(leader, rustix::process::Signal::TERM));
    }

    #[cfg(not(unix))]
    fn ask(&mut self) {
        let _ = self.process.start_kill();
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        #[cfg(unix)]
        let _ = self
            .leader
            .map(|leader| rustix::process::kill_process_group(leader, rustix::process::Signal::KILL));
    }
}

/// Runs a line to its end.
///
/// # Errors
/// There is no shell, or it says more than a megabyte.
pub async fn said_by(line: &str, variables: &[(String, String)]) -> io::Result<Said> {
    said(Group::start(line, variables)?).await
}

/// The same, its complaints going where those of this process go.
///
/// # Errors
/// There is no shell, or it says more than a megabyte.
pub async fn told_by(line: &str) -> io::Result<Said> {
    said(Group::of(line, &[], Stdio::inherit())?).await
}

async fn said(mut group: Group) -> io::Result<Said> {
    let (stdout, stderr) = group.streams();
    let (code, stdout, stderr) = tokio::try_join!(group.ended(), whole(stdout), whole(stderr))?;
    Ok(Said { code, stdout, stderr })
}

async fn follow(mut stream: impl AsyncRead + Unpin, tell: impl Fn(&[u8])) {
    let mut piece = [0; 4096];
    while let Ok(count @ 1..) = stream.read(&mut piece).await {
        tell(&piece[..count]);
    }
}

async fn whole(stream: Option<impl AsyncRead + Unpin>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Some(stream) = stream {
        stream.take(MOST + 1).read_to_end(&mut bytes).await?;
    }
    if bytes.len() as u64 > MOST { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::time::Instant;

    use super::*;

    fn run<T>(work: impl Future<Output = T>) -> T {
        super::super::block_on(work).unwrap()
    }

    fn is_alive(pid: &str) -> bool {
        std::process::Command::new("kill").args(["-0", pid]).stderr(Stdio::null()).status().unwrap().success()
    }

    /// Killed processes are there until their parent has looked.
    fn ends(pid: &str) -> bool {
        (0..200).any(|_| {
            std::thread::sleep(Duration::from_millis(10));
            let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            !is_alive(pid) || state.contains(") Z ")
        })
    }

    #[test]
    fn a_line_says_how_it_ended_and_what() {
        let said = run(said_by("echo out; echo err >&2; exit 3", &[])).unwrap();
        let told = (said.code, said.stdout.as_slice(), said.stderr.as_slice());
        assert_eq!(told, (3, b"out\n".as_slice(), b"err\n".as_slice()));
        let with = [("X".to_owned(), "y".to_owned())];
        assert_eq!(run(said_by("echo $X", &with)).unwrap().stdout, b"y\n");
        let endless = run(said_by("yes", &[])).unwrap_err();
        assert_eq!(endless.kind(), io::ErrorKind::FileTooLarge);
    }

    #[test]
    fn what_it_started_ends_with_it() {
        let late = async {
            let said = said_by("sleep 60 & echo $! > /dev/stderr; wait", &[]);
            tokio::time::timeout(Duration::from_millis(100), said).await.is_err()
        };
        assert!(run(late), "nobody waits a minute");
        let left = run(async {
            let mut group = Group::start("trap '' TERM; sleep 60 & echo $!; wait", &[]).unwrap();
            let mut pid = vec![0; 16];
            let read = group.streams().0.unwrap().read(&mut pid).await.unwrap();
            let started = Instant::now();
            group.stop().await;
            assert!(started.elapsed() < PATIENCE * 2);
            String::from_utf8_lossy(&pid[..read]).trim().to_owned()
        });
        assert!(ends(&left), "{left} runs on");
    }
}
