//! The door of a server: where it listens, who may use it, and the files that lead
//! others there. Comes in: flags; goes out: an address, and its lines in files that
//! are ours to write.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use wxkit::api::Word;
use wxkit::net::{Access, Address};
use wxkit::store::private;

use super::args::{Args, Flag};
use super::error::{self, Error};

/// `--socket-mode` of every server.
pub static SOCKET_MODE: Flag = Flag::text(
    "socket-mode",
    "MODE",
    "套接字文件的权限，默认 600；给了 --socket-group 则为 660",
    "Mode of the socket file, 600 by default, 660 with --socket-group",
);
/// `--socket-group` of every server.
pub static SOCKET_GROUP: Flag = Flag::text(
    "socket-group",
    "GROUP",
    "套接字文件归哪个用户组，组员都能连接",
    "Group of the socket file: its members can connect",
);
/// `--ready-file` of every server.
pub static READY_FILE: Flag = Flag::text(
    "ready-file",
    "FILE",
    "就绪后把地址写进这个文件",
    "Write the address into this file when ready",
);

/// `--ready-fd` of every server.
pub static READY_FD: Flag = Flag::number(
    "ready-fd",
    "N",
    "就绪后把地址写进这个已打开的文件描述符，以换行结尾",
    "Write the address and a line end to this open file descriptor when ready",
);

/// Where to listen: as typed, else as usual.
pub fn address(args: &Args, listen: &Flag, usual: &str) -> Result<Address, Error> {
    let typed = args.text(listen).unwrap_or(usual);
    let address = Address::read(typed).map_err(|bad| error::of_address(listen.name, typed, &bad))?;
    Ok(Address { access: access(args)?, ..address })
}

fn access(args: &Args) -> Result<Access, Error> {
    let group = args.text(&SOCKET_GROUP).map(group_id).transpose()?;
    let mode = match args.text(&SOCKET_MODE) {
        Some(text) => mode(text)?,
        None if group.is_some() => 0o660,
        None => Access::OWNER.mode,
    };
    Ok(Access { mode, group })
}

fn mode(text: &str) -> Result<u32, Error> {
    let bits = u32::from_str_radix(text, 8).ok().filter(|bits| bits & !0o777 == 0);
    bits.ok_or_else(|| {
        let message = Word::new("--socket-mode 不能是 “{}”", "--socket-mode cannot be \"{}\"")
            .with([error::typed(text)]);
        Error::usage(message).hint(Word::new("写成八进制，例如 660", "write it in octal, such as 660"))
    })
}

#[cfg(unix)]
fn group_id(name: &str) -> Result<u32, Error> {
    wxkit::net::group_id(name).map_err(|_| {
        Error::usage(Word::new("没有用户组 {}", "there is no group {}").with([error::typed(name)])).hint(
            Word::new(
                "可用的组名见 /etc/group；也可以写组的编号",
                "/etc/group lists them; the number of a group will do too",
            ),
        )
    })
}

#[cfg(not(unix))]
fn group_id(_: &str) -> Result<u32, Error> {
    Err(Error::io("--socket-group", &std::io::ErrorKind::Unsupported.into()))
}

/// Writes the address into the file and the descriptor that were asked for.
pub fn tell_ready(args: &Args, url: &str) -> Result<(), Error> {
    if let Some(number) = args.number(&READY_FD) {
        tell_descriptor(number, url)?;
    }
    let Some(path) = args.text(&READY_FILE) else { return Ok(()) };
    if !is_ours(Path::new(path), |text| text.is_empty() || is_address(text)) {
        return Err(error::not_a_ready_file(path));
    }
    Ok(private::replace(Path::new(path), url.as_bytes())?)
}

/// Opened by its name: this process owns no descriptor that it was handed.
fn tell_descriptor(number: u64, url: &str) -> Result<(), Error> {
    let written = fs::OpenOptions::new()
        .write(true)
        .open(format!("/dev/fd/{number}"))
        .and_then(|mut file| file.write_all(format!("{url}\n").as_bytes()));
    written.map_err(|_| {
        let message = Word::new("文件描述符 {} 不能写", "file descriptor {} cannot be written to");
        Error::usage(message.with([number.to_string()])).hint(Word::new(
            "启动时打开它，例如 --ready-fd 3 3>ready；没有描述符的系统用 --ready-file",
            "open it when starting, for example --ready-fd 3 3>ready; where there are no descriptors, --ready-file",
        ))
    })
}

/// Writes variables into a file, `NAME=VALUE` lines, unless others than those that may
/// come from here stand there.
pub fn tell_variables(path: &str, pairs: &[(&str, String)], may: &[&str]) -> Result<(), Error> {
    let is_name = |name: &str| name.is_empty() || may.contains(&name);
    let is_line = |line: &str| is_name(line.split('=').next().unwrap_or_default());
    if !is_ours(Path::new(path), |text| text.lines().all(is_line)) {
        let message = Word::new("{} 里有别的内容，没有覆盖", "{} holds other lines; it was left alone");
        return Err(Error::usage(message.with([path])).hint(Word::new(
            "换一个文件，或自己追加：wxkit mock --print-env",
            "take another file, or add the lines yourself: wxkit mock --print-env",
        )));
    }
    let lines: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    Ok(private::replace(Path::new(path), (lines.join("\n") + "\n").as_bytes())?)
}

/// Longer than anything that was written here.
const LONGEST: u64 = 4096;

/// Whether the file is not there yet, or holds what we write: whatever else stands
/// there is somebody's.
fn is_ours(path: &Path, is_text_of_ours: impl Fn(&str) -> bool) -> bool {
    // What else is wrong with the place, the writing tells.
    let Ok(about) = fs::symlink_metadata(path) else { return true };
    about.is_file()
        && about.len() <= LONGEST
        && fs::read_to_string(path).is_ok_and(|text| is_text_of_ours(&text))
}

fn is_address(text: &str) -> bool {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    lines.next().is_none() && ["http://", "https://", "unix:"].iter().any(|start| first.starts_with(start))
}
