//! Addresses that a server cannot listen on: written wrongly, taken, forbidden.

use std::io::ErrorKind;

use wxkit::api::word::Part;
use wxkit::api::{Message, Word};
use wxkit::net::BadAddress;

use super::typed::typed as shown;
use super::{Error, Exit, io_word};

/// A text that is no address.
pub fn of_address(flag: &str, typed: &str, bad: &BadAddress) -> Error {
    let host = typed.trim_matches(['[', ']', ':']);
    let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    let (why, right): (Message, String) = match bad {
        BadAddress::Empty => (Word::new("是空的", "nothing is there").into(), "127.0.0.1:7780".into()),
        BadAddress::NoPath => (
            Word::new("unix: 后面没有路径", "no path stands behind unix:").into(),
            "unix:/run/wxkit/wxkit.sock".into(),
        ),
        BadAddress::Brackets => (
            Word::new("方括号里要是一个完整的 IPv6 地址", "brackets stand around one whole IPv6 address")
                .into(),
            "[::1]:7780".into(),
        ),
        BadAddress::BadHost(name) => (
            Word::new("“{}” 不是主机名或地址", "\"{}\" is no name of a host and no address")
                .with([shown(name)]),
            "127.0.0.1:7780".into(),
        ),
        BadAddress::NoPort => (Word::new("没有端口", "the port is missing").into(), format!("{host}:7780")),
        BadAddress::BadPort(port) => (
            Word::new("端口 “{}” 不是 0 到 65535 的数", "the port \"{}\" is no number from 0 to 65535")
                .with([shown(port)]),
            "127.0.0.1:7780".into(),
        ),
        BadAddress::Url(part) => (
            Word::new("这是网址", "that is a URL").into(),
            if part.contains(':') { part.clone() } else { format!("{part}:7780") },
        ),
    };
    let message = Word::new("--{} 不能是 “{}”：{}", "--{} cannot be \"{}\": {}");
    let parts = [Part::from(flag), shown(typed).into(), why.into()];
    Error::usage(message.with(parts))
        .hint(Word::new("写成：--{} {}", "write it as: --{} {}").with([flag.to_owned(), shown(&right)]))
}

/// An address that the system does not give.
pub(super) fn of_listen(addr: &str, why: ErrorKind) -> Error {
    let is_file = addr.starts_with("unix:");
    let hint = match why {
        ErrorKind::AddrInUse if is_file => Word::new(
            "另一个服务正在用这个套接字；停掉它，或换一个路径",
            "another server answers on it: stop that one, or take another path",
        ),
        ErrorKind::AddrInUse => Word::new(
            "另一个程序占着这个端口；停掉它，或换一个端口（端口 0 表示任选）",
            "another program has this port: stop it, or take another port (0 takes a free one)",
        ),
        ErrorKind::AlreadyExists => Word::new(
            "那里的文件没有动；换一个路径，或自己移走它",
            "what is there was left alone: take another path, or move it away yourself",
        ),
        ErrorKind::PermissionDenied if is_file => Word::new(
            "换一个自己能写的目录，或检查用户组",
            "take a directory that you may write to, and check the group",
        ),
        ErrorKind::PermissionDenied => Word::new(
            "1024 以下的端口只有 root 能用；换一个更大的端口",
            "ports below 1024 are for root: take a larger one",
        ),
        ErrorKind::AddrNotAvailable => Word::new(
            "这个地址不是本机的；本机用 127.0.0.1，全部网卡用 0.0.0.0",
            "it is no address of this machine: write 127.0.0.1, or 0.0.0.0 for every interface",
        ),
        ErrorKind::NotFound if is_file => {
            Word::new("目录不存在，先建好它", "its directory is not there: make it first")
        }
        ErrorKind::InvalidInput if is_file => Word::new(
            "套接字的路径最多一百个字符左右",
            "the path of a socket has about a hundred characters at most",
        ),
        // The resolver's no has no kind of its own.
        _ if has_name(addr) => Word::new(
            "写地址更稳妥：127.0.0.1:7780，或 0.0.0.0:7780 表示全部网卡",
            "an address is safer: 127.0.0.1:7780, or 0.0.0.0:7780 for every interface",
        ),
        _ => Word::new("写法：127.0.0.1:7780 或 unix:路径", "write 127.0.0.1:7780 or unix:PATH"),
    };
    let code = if why == ErrorKind::AddrInUse { "net.in_use" } else { "net.listen" };
    let message = Word::new("无法监听 {}：{}", "cannot listen on {}: {}");
    Error::new(code, Exit::Setting, message.with([Part::from(shown(addr)), listen_word(addr, why)]))
        .hint(hint)
}

/// Whether its host is a name that somebody had to look up.
fn has_name(addr: &str) -> bool {
    let host = addr.rsplit_once(':').map_or(addr, |(host, _)| host).trim_matches(['[', ']']);
    !addr.starts_with("unix:") && host.parse::<std::net::IpAddr>().is_err()
}

fn listen_word(addr: &str, why: ErrorKind) -> Part {
    match why {
        ErrorKind::AlreadyExists => {
            Word::new("那里有别的文件，不是套接字", "a file is there that is no socket").into()
        }
        ErrorKind::InvalidInput => Word::new("路径太长", "the path is too long").into(),
        ErrorKind::AddrNotAvailable => Word::new("不是本机的地址", "not an address of this machine").into(),
        ErrorKind::NotFound => Word::new("没有这个目录", "no such directory").into(),
        ErrorKind::AddrInUse | ErrorKind::PermissionDenied | ErrorKind::Unsupported => io_word(why),
        _ if has_name(addr) => Word::new("查不到这个主机名", "there is no host of that name").into(),
        other => io_word(other),
    }
}

/// A file that no server has written.
pub fn not_a_ready_file(path: &str) -> Error {
    let message = Word::new(
        "--ready-file {}：那里已有别的东西，没有覆盖",
        "--ready-file {}: something else is there, and was left alone",
    );
    Error::new("setting.ready_file", Exit::Usage, message.with([shown(path)])).hint(Word::new(
        "就绪文件只写在没有文件、或文件里是旧地址的地方；换一个路径",
        "it is written only where nothing is, or the address of an earlier run: take another path",
    ))
}
