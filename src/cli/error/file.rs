//! Files and directories that cannot be used: not there, no file, without end,
//! open to others, somebody else's. Advises only what harms nobody: a directory
//! that all share is not to be closed.

use std::path::{Component, Path};

use wxkit::api::word::Part;
use wxkit::api::{Message, Word};
use wxkit::store::reading::{Kind, Trouble};

use super::typed::typed;
use super::{Error, Exit, of_io, shell_word};

impl From<Trouble> for Error {
    fn from(trouble: Trouble) -> Self {
        let shown = |path: &Path| typed(&path.display().to_string());
        match trouble {
            Trouble::Io { path, why } => of_io(&path.display().to_string(), why),
            Trouble::TooOpen { path, mode, wanted } => too_open(&path, mode, wanted),
            Trouble::NotOurs { path, owner } => {
                let message = Word::new(
                    "{} 属于别的用户（编号 {}），他随时可以改动它",
                    "{} belongs to another user (number {}), who can change it at any moment",
                );
                Self::new("setting.unsafe", Exit::Setting, message.with([shown(&path), owner.to_string()]))
                    .hint(Word::new("请换成你自己的文件", "use a file of your own"))
            }
            Trouble::NotAFile { path, what } => {
                let message = Word::new("{}：{}", "{}: {}").with([Part::from(shown(&path)), what_word(what)]);
                Self::new("io", Exit::Usage, message)
                    .hint(Word::new("请给出一个文件；标准输入写作 -", "name a file; stdin is written -"))
            }
            Trouble::TooLong { path, limit } => {
                let message = Word::new(
                    "{} 超过 {} 字节，没有读下去",
                    "{} has more than {} bytes, the most that is read",
                );
                Self::new("input.too_long", Exit::Usage, message.with([shown(&path), limit.to_string()]))
                    .hint(Word::new("请检查是不是这个文件", "check that it is the right file"))
            }
        }
    }
}

fn what_word(what: Kind) -> Part {
    match what {
        Kind::Directory => Word::new("这是目录", "is a directory").into(),
        Kind::Pipe => {
            Word::new("这是命名管道，可能永远读不完", "is a named pipe: it may never be filled").into()
        }
        Kind::Device => Word::new("这是设备或套接字，不是文件", "is a device or a socket, not a file").into(),
    }
}

/// Other users can read or change it.
fn too_open(path: &Path, mode: u32, wanted: u32) -> Error {
    let shown = path.display().to_string();
    let message = Word::new("{} 的权限是 {}，别的用户也能访问", "{} has mode {}: other users can get at it");
    let message: Message = message.with([shown.clone(), format!("{mode:o}")]);
    let error = Error::new("setting.unsafe", Exit::Setting, message);
    if !is_everybodys(path, mode) {
        let hint = Word::new("里面有密钥，请先收紧权限", "it holds secrets: close it first");
        return error.hint(hint).next(format!("chmod {wanted:o} {}", shell_word(&shown)));
    }
    error.hint(if wanted == DIRECTORY {
        Word::new(
            "请换成只属于你的目录，例如它下面的一个新目录",
            "use a directory of your own, such as a new one below it",
        )
    } else {
        Word::new("请换成只属于你的文件", "use a file of your own")
    })
}

/// What a private directory has; a file has less.
const DIRECTORY: u32 = 0o700;
/// A directory where everybody may write, but delete only what is theirs.
const STICKY: u32 = 0o1000;

/// What more than one user or program lives on: closing it would break them.
fn is_everybodys(path: &Path, mode: u32) -> bool {
    let mut parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    let (first, second) = (parts.next(), parts.next());
    let is_system = path.is_absolute()
        && first.is_none_or(|first| {
            let systems = [
                "bin", "boot", "dev", "etc", "lib", "lib64", "opt", "proc", "run", "sbin", "srv", "sys",
                "usr", "var",
            ];
            systems.contains(&first.as_str()) || second.is_none()
        });
    is_system || mode & STICKY != 0
}
