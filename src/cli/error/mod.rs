//! The one sum of all that can go wrong, as a person and a script see it: what
//! happened, why, what to type next; a stable code and the exit code. Rooms
//! report data; here it gets its words, one file for each kind of trouble.

mod file;
mod hub;
mod input;
mod key;
mod listen;
mod network;
mod parser;
mod proof;
mod reply;
mod script;
mod send;
mod setting;
mod store;
mod typed;
mod usage;

use std::io;

use serde_json::Value;
use wxkit::api::word::Part;
use wxkit::api::{Message, Word};
use wxkit::wire::Fields;

use super::outcome::{Exit, View};

pub use hub::{app_twice, of_clients, public_hub};
pub use input::{of_fault, of_state, state_in_use, stdin_twice};
pub use key::{
    api_v3_key_length, expired, no_certificate, no_wechat_key, not_text, of_aead, of_key, of_rsa, other_key,
    what as key_word,
};
pub use listen::{not_a_ready_file, of_address};
pub use network::{of_call, of_exam, of_identity};
pub use proof::{notice_unproved, of_another_key, of_bill};
pub use reply::{of_reply, of_req_info, of_resource};
pub use script::{PROGRAM, program_ended, program_is_there, program_not_ready};
pub use send::{of_send, said_word, why_word};
pub use setting::{
    at_for_file, missing, money, no_home, no_input, no_state_home, of_source, place_word, profile_exists,
    published_key, secret_inside,
};
pub use store::no_such_store;
pub use typed::{typed, typed_name};
pub use usage::{no_such_command, of_usage};

/// A failure with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Error {
    /// Stable, for scripts: `pay.refused`.
    pub code: &'static str,
    /// Exit code.
    pub exit: Exit,
    /// What happened.
    pub message: Message,
    /// Why, and what to do.
    pub hint: Option<Message>,
    /// Commands to type.
    pub next: Vec<String>,
    /// WeChat's own fields.
    pub upstream: Option<Fields>,
    /// More for a person: the explanation of a signature.
    pub view: Vec<View>,
    /// The same for a script: the `explain` member.
    pub explain: Option<Value>,
}

impl Error {
    /// A failure without advice yet.
    pub fn new(code: &'static str, exit: Exit, message: impl Into<Message>) -> Self {
        Self {
            code,
            exit,
            message: message.into(),
            hint: None,
            next: Vec::new(),
            upstream: None,
            view: Vec::new(),
            explain: None,
        }
    }

    /// Wrong use.
    pub fn usage(message: impl Into<Message>) -> Self {
        Self::new("usage", Exit::Usage, message)
    }

    /// The same with its why and what to do.
    pub fn hint(mut self, hint: impl Into<Message>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with one more command to type.
    pub fn next(mut self, command: impl Into<String>) -> Self {
        self.next.push(command.into());
        self
    }

    /// A failure that is nobody's fault but ours.
    pub fn bug(what: &str) -> Self {
        let message = Word::new("程序内部错误：{}", "a bug of ours: {}").with([what]);
        Self::new("bug", Exit::Bug, message)
            .hint(Word::new("请把重现步骤告诉我们", "please tell us how to repeat it"))
    }

    /// A file or device that the system refuses.
    pub fn io(what: &str, error: &io::Error) -> Self {
        // EMFILE and ENFILE, which have no kind of their own.
        match error.raw_os_error().filter(|_| cfg!(unix)) {
            Some(23 | 24) => Self::no_file(),
            _ => of_io(what, error.kind()),
        }
    }

    /// No file or socket more can be opened.
    fn no_file() -> Self {
        let message = Word::new("打开的文件和连接太多", "too many files and connections are open");
        Self::new("system.no_file", Exit::Busy, message).hint(Word::new(
            "调高上限（ulimit -n），或减少同时的连接",
            "raise the limit (ulimit -n), or use fewer connections at once",
        ))
    }

    /// There is no room for a thread that is needed.
    pub fn no_thread() -> Self {
        let message = Word::new("系统没有余地再开一个线程", "the system has no room for one more thread");
        Self::new("system.no_thread", Exit::Busy, message).hint(Word::new(
            "多给些内存或进程数（ulimit -v、ulimit -u、容器的内存与 pids 限制），或稍后再试",
            "allow more memory or processes (ulimit -v, ulimit -u, the memory and pids limits of the container), or try again later",
        ))
    }
}

/// The code of a full disk, whatever was being written.
const DISK_FULL: &str = "disk.full";

fn of_io(what: &str, kind: io::ErrorKind) -> Error {
    let message = Word::new("{}：{}", "{}: {}").with([Part::from(typed(what)), io_word(kind)]);
    if is_full(kind) {
        return Error::new(DISK_FULL, Exit::Usage, message).hint(Word::new(
            "腾出空间后再试；原来的文件没有动，也没有留下写了一半的文件",
            "make room and try again; the old file is untouched, and nothing half-written is left",
        ));
    }
    Error::new("io", Exit::Usage, message)
}

/// A disk, a quota, or a device like `/dev/full`: one sentence and one code, whatever
/// was written.
const fn is_full(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

/// A room's own trouble with a file has the room's exit code; a full disk keeps its own.
fn of_room(exit: Exit, error: Error) -> Error {
    if error.code == DISK_FULL { error } else { Error { exit, ..error } }
}

fn io_word(kind: io::ErrorKind) -> Part {
    match kind {
        io::ErrorKind::NotFound => Word::new("没有这个文件", "no such file").into(),
        io::ErrorKind::PermissionDenied => Word::new("没有权限", "permission denied").into(),
        io::ErrorKind::IsADirectory => Word::new("这是目录", "is a directory").into(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Word::new("磁盘已满", "the disk is full").into()
        }
        io::ErrorKind::AddrInUse => Word::new("已被占用", "it is in use").into(),
        io::ErrorKind::AlreadyExists => {
            Word::new("那里已有别的东西", "something else is there already").into()
        }
        io::ErrorKind::NotADirectory => Word::new("上级不是目录", "its parent is no directory").into(),
        io::ErrorKind::ReadOnlyFilesystem => {
            Word::new("只读的文件系统", "the file system is read-only").into()
        }
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidFilename => {
            Word::new("系统不接受这个名字或操作", "the system does not take this name or operation").into()
        }
        io::ErrorKind::InvalidData => Word::new("内容不对", "what is in it is damaged").into(),
        io::ErrorKind::FileTooLarge => Word::new("文件太大", "the file is too large").into(),
        io::ErrorKind::ResourceBusy => Word::new("正被占用", "it is busy").into(),
        io::ErrorKind::Unsupported => Word::new("这个系统不支持", "this system cannot do that").into(),
        io::ErrorKind::TimedOut => Word::new("超时", "timed out").into(),
        io::ErrorKind::BrokenPipe => Word::new("对方已经关闭", "the other side has closed").into(),
        io::ErrorKind::UnexpectedEof => Word::new("没有读完就结束了", "it ended too early").into(),
        io::ErrorKind::OutOfMemory => Word::new("内存不足", "out of memory").into(),
        _ => Word::new("系统拒绝了", "the system refused").into(),
    }
}

/// Quotes a word for a shell, if it needs it.
pub fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_=:./,@%+".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}
