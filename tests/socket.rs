//! What a server does to the files at the places it was given: it takes away a
//! socket that a killed server left, and nothing else, and nobody can connect
//! before the socket is closed to all but its users.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;

use support::{Dir, Done, soon, wxkit};
use wxkit::net;
use wxkit::store::{private, reading};

/// Every command that can listen on a socket file.
const SERVERS: &[&str] = &["mock", "token serve", "notify listen"];

/// One that runs until it is dropped.
struct Server(Child);

impl Server {
    fn start(words: &str, home: &Dir, socket: &str) -> Self {
        let mut command =
            wxkit(words).words("--listen").word(format!("unix:{socket}")).as_merchant().command(home);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let server = Self(command.spawn().unwrap());
        soon(|| UnixStream::connect(socket).ok()).expect("the server answers");
        server
    }

    fn stop(mut self) {
        let kill = format!("kill -TERM {}", self.0.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        soon(|| self.0.try_wait().unwrap()).expect("the server ends");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn refused(words: &str, socket: &str) -> Done {
    wxkit(words)
        .words("--listen")
        .word(format!("unix:{socket}"))
        .as_merchant()
        .run()
        .exits(3)
        .prints_nothing()
}

/// What is in a directory, by name.
fn names(dir: &Dir) -> Vec<String> {
    let entries = fs::read_dir(&dir.0).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_is_no_socket_is_left_alone() {
    for words in SERVERS {
        let dir = Dir::new();
        let file = dir.file("ledger.db", "ten years of orders");
        refused(words, &file).says("no socket").says("left alone");
        assert_eq!(fs::read_to_string(&file).unwrap(), "ten years of orders", "{words}");
        fs::create_dir(dir.path("folder")).unwrap();
        refused(words, &dir.path("folder"));
        assert!(Path::new(&dir.path("folder")).is_dir(), "{words}");
        Command::new("mkfifo").arg(dir.path("fifo")).status().unwrap();
        refused(words, &dir.path("fifo"));
        assert!(fs::metadata(dir.path("fifo")).unwrap().file_type().is_fifo(), "{words}");
        symlink(&file, dir.path("link")).unwrap();
        refused(words, &dir.path("link"));
        symlink("/nonexistent", dir.path("dangling")).unwrap();
        refused(words, &dir.path("dangling"));
        drop(UnixListener::bind(dir.path("dead")).unwrap());
        symlink(dir.path("dead"), dir.path("to-dead")).unwrap();
        refused(words, &dir.path("to-dead"));
        assert_eq!(
            names(&dir),
            ["dangling", "dead", "fifo", "folder", "ledger.db", "link", "to-dead"],
            "{words}"
        );
    }
}

#[test]
fn a_socket_that_somebody_answers_on_stays() {
    let dir = Dir::new();
    let path = dir.path("live.sock");
    let other = UnixListener::bind(&path).unwrap();
    let id = fs::symlink_metadata(&path).unwrap().ino();
    for words in SERVERS {
        let error =
            wxkit(words).words("--json --listen").word(format!("unix:{path}")).as_merchant().run().exits(3);
        assert_eq!(error.error()["code"], "net.in_use", "{words}");
    }
    assert_eq!((fs::symlink_metadata(&path).unwrap().ino(), names(&dir)), (id, vec!["live.sock".to_owned()]));
    drop(other);
}

#[test]
fn a_socket_that_nobody_answers_on_is_replaced() {
    for words in SERVERS {
        let dir = Dir::new();
        let path = dir.path("dead.sock");
        drop(UnixListener::bind(&path).unwrap());
        Server::start(words, &Dir::new(), &path).stop();
        assert_eq!(names(&dir), [""; 0], "{words} cleans up behind itself");
    }
}

#[test]
fn what_was_put_there_meanwhile_stays() {
    let (dir, home) = (Dir::new(), Dir::new());
    let path = dir.path("s.sock");
    let server = Server::start("mock", &home, &path);
    fs::remove_file(&path).unwrap();
    fs::write(&path, "mine").unwrap();
    server.stop();
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
}

/// Many servers race for the place that a dead one left: one gets it, the others
/// are refused, and it still answers.
#[test]
fn one_of_many_gets_the_place_of_a_dead_one() {
    for _ in 0..10 {
        let dir = Dir::new();
        let path = dir.path("race.sock");
        drop(UnixListener::bind(&path).unwrap());
        let (start, ended) = (Arc::new(Barrier::new(8)), Arc::new(Barrier::new(8)));
        let racers: Vec<_> = (0..8)
            .map(|_| {
                let (start, ended, address) = (start.clone(), ended.clone(), format!("unix:{path}"));
                thread::spawn(move || {
                    let bound = net::block_on(async {
                        start.wait();
                        net::bind(&address).await
                    });
                    ended.wait();
                    bound.unwrap().is_ok()
                })
            })
            .collect();
        let won = racers.into_iter().map(|racer| racer.join().unwrap()).filter(|won| *won).count();
        assert!(won <= 1, "{won} servers have one place");
        assert!(names(&dir).iter().all(|name| name == "race.sock"), "{:?}", names(&dir));
    }
}

/// While a thousand sockets come and go, every look at the place finds one that is
/// closed to others.
#[test]
fn the_socket_is_never_open_to_others() {
    let dir = Dir::new();
    let path = dir.path("s.sock");
    let over = Arc::new(AtomicBool::new(false));
    let watcher = {
        let (path, over) = (path.clone(), over.clone());
        thread::spawn(move || {
            let mut seen = 0;
            while !over.load(Ordering::Relaxed) {
                if let Ok(about) = fs::symlink_metadata(&path) {
                    assert_eq!(about.permissions().mode() & 0o777, 0o600, "after {seen} looks");
                    seen += 1;
                }
            }
            seen
        })
    };
    for _ in 0..1000 {
        net::block_on(net::bind(&format!("unix:{path}"))).unwrap().unwrap();
    }
    over.store(true, Ordering::Relaxed);
    assert!(watcher.join().unwrap() > 0, "the watcher saw nothing");
}

#[test]
fn a_service_opens_it_to_its_group() {
    let mode = |path: &str| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (dir, home) = (Dir::new(), Dir::new());
    let path = dir.path("s.sock");
    let group = fs::metadata(&dir.0).unwrap().gid();
    let server = Server::start(&format!("mock --socket-group {group}"), &home, &path);
    assert_eq!((mode(&path), fs::metadata(&path).unwrap().gid()), (0o660, group));
    server.stop();
    let server = Server::start("token serve --socket-mode 666", &home, &path);
    assert_eq!(mode(&path), 0o666);
    server.stop();
    for (flag, value) in
        [("--socket-mode", "rw"), ("--socket-mode", "7777"), ("--socket-group", "no-such-group")]
    {
        let run = wxkit("mock --listen").word(format!("unix:{path}")).word(flag).word(value).run();
        run.exits(2).says(value);
    }
}

#[test]
fn a_ready_file_is_never_another_file() {
    for words in SERVERS {
        let dir = Dir::new();
        let ready = |path: &str| {
            let run = wxkit(words).words("--listen 127.0.0.1:0 --ready-file").word(path).as_merchant().run();
            run.exits(2).prints_nothing().says("left alone");
        };
        let file = dir.file("notes.txt", "do not lose this\n");
        ready(&file);
        assert_eq!(fs::read_to_string(&file).unwrap(), "do not lose this\n", "{words}");
        symlink(&file, dir.path("link")).unwrap();
        ready(&dir.path("link"));
        assert!(fs::symlink_metadata(dir.path("link")).unwrap().is_symlink());
        Command::new("mkfifo").arg(dir.path("fifo")).status().unwrap();
        ready(&dir.path("fifo"));
        assert!(fs::metadata(dir.path("fifo")).unwrap().file_type().is_fifo());
    }
}

/// Files are replaced through a new one beside them: that has a name of its own.
#[test]
fn a_neighbour_is_never_taken_for_a_left_over() {
    let (dir, home) = (Dir::new(), Dir::new());
    let (ready, neighbour) = (dir.file("ready", "http://127.0.0.1:1"), dir.file("ready.new", "somebody's"));
    let mut command = wxkit("mock --listen 127.0.0.1:0 --ready-file").word(&*ready).command(&home);
    let server = Server(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
    soon(|| fs::read_to_string(&ready).ok().filter(|text| text != "http://127.0.0.1:1")).expect("ready");
    drop(server);
    assert_eq!(fs::read_to_string(&neighbour).unwrap(), "somebody's");
    assert_eq!(names(&dir), ["ready", "ready.new"]);
}

/// What `--state`, `-o` and their like are pointed at is replaced only if it is a
/// file. Devices are tried through links, so that a fault harms no machine.
#[test]
fn no_device_pipe_or_link_is_replaced() {
    let dir = Dir::new();
    let file = dir.file("target", "old");
    symlink(&file, dir.path("link")).unwrap();
    private::replace(Path::new(&dir.path("link")), b"new").unwrap();
    assert!(fs::symlink_metadata(dir.path("link")).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&file).unwrap(), "new");
    Command::new("mkfifo").arg(dir.path("fifo")).status().unwrap();
    assert!(private::replace(Path::new(&dir.path("fifo")), b"new").is_err());
    assert!(fs::metadata(dir.path("fifo")).unwrap().file_type().is_fifo());
    for device in ["null", "full"] {
        symlink(format!("/dev/{device}"), dir.path(device)).unwrap();
    }
    private::replace(Path::new(&dir.path("null")), b"new").unwrap();
    assert!(fs::metadata(dir.path("null")).unwrap().file_type().is_char_device());
    let full = private::replace(Path::new(&dir.path("full")), b"new");
    assert!(
        matches!(full, Err(reading::Trouble::Io { why: std::io::ErrorKind::StorageFull, .. })),
        "{full:?}"
    );
}
