//! The file store between real processes: one fetch for all of them, and a
//! lease that is whole or absent however its writer dies.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use wxkit::api::Keys;
use wxkit::client::{CallError, Caller, Client, Clock, LeaseKind, Source, Tokens, Want};
use wxkit::net::{self, Http, Options};
use wxkit::sign::Secret;
use wxkit::store::reading::Trouble;
use wxkit::store::{Damage, FileStore, Forgotten, Lease, LeaseKey, Store, StoreError};
use wxkit::wire::{Reply, Request};

/// A directory that goes away with its test.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("wxkit-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }

    fn store(&self) -> FileStore {
        FileStore::new(&self.0)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn key(origin: &str) -> LeaseKey {
    LeaseKey { app_id: "wx1".into(), origin: origin.into(), kind: LeaseKind::Token }
}

fn lease(value: &str) -> Lease {
    Lease { value: Secret::new(value), fetched_at: 1, expires_at: 7201 }
}

fn save(store: &FileStore, key: &LeaseKey, lease: &Lease) {
    store.try_lock(key).unwrap().expect("nobody else locks it").save(lease).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Runs one test of this file again, in a process of its own.
fn again(test: &str, place: &Path, base: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env("WXKIT_TEST_PLACE", place)
        .env("WXKIT_TEST_BASE", base)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Where a process started by [`again`] shall work.
fn place_of_child() -> Option<(PathBuf, String)> {
    Some((std::env::var_os("WXKIT_TEST_PLACE")?.into(), std::env::var("WXKIT_TEST_BASE").ok()?))
}

fn client(store: FileStore, base: &str) -> Client {
    let app_secret = Some(Secret::new("s"));
    let caller = Caller {
        transport: Arc::new(Http::new(Options::default()).unwrap()),
        clock: Clock::default(),
        keys: Keys { app_id: Some("wx1".into()), app_secret, ..Keys::default() },
        base: Some(base.into()),
        observer: None,
        stop: wxkit::net::Stop::default(),
    };
    Client { caller, tokens: Tokens::new(Arc::new(store)) }
}

fn token(client: &Client, want: Want) -> Result<wxkit::client::Leased, CallError> {
    net::block_on(client.lease(LeaseKind::Token, want)).unwrap()
}

/// Hands out `token-1`, `token-2` …, slowly.
fn issuer() -> (String, Arc<AtomicUsize>) {
    let fetches = Arc::<AtomicUsize>::default();
    let count = fetches.clone();
    let (tell, told) = std::sync::mpsc::channel();
    thread::spawn(move || {
        net::block_on(async {
            let listener = net::bind("127.0.0.1:0").await.unwrap();
            tell.send(listener.local_url()).unwrap();
            let answer = move |request: &Request| {
                assert_eq!(request.path(), "/cgi-bin/token");
                let number = count.fetch_add(1, Ordering::SeqCst) + 1;
                let body = format!(r#"{{"access_token":"token-{number}","expires_in":7200}}"#);
                (Reply::ok("application/json", body), Some(Duration::from_millis(300)))
            };
            net::serve(listener, answer, std::future::pending::<()>()).await;
        })
    });
    (told.recv().unwrap(), fetches)
}

#[test]
fn ten_processes_make_one_fetch() {
    if let Some((place, base)) = place_of_child() {
        let leased = token(&client(FileStore::new(place), &base), Want::Fresh).unwrap();
        println!("got {}", leased.lease.value.expose());
        return;
    }
    let place = Place::new("ten");
    let (base, fetches) = issuer();
    let children: Vec<Child> =
        (0..10).map(|_| again("ten_processes_make_one_fetch", &place.0, &base)).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && text.contains("got token-1\n"), "{text}");
    }
    assert_eq!(fetches.load(Ordering::SeqCst), 1);
    let leased = token(&client(place.store(), &base), Want::Fresh).unwrap();
    assert_eq!((leased.lease.value.expose(), leased.source), ("token-1", Source::Store));
}

#[test]
fn one_fetch_replaces_a_token_that_died_for_all() {
    let place = Place::new("dead");
    let (base, fetches) = issuer();
    let dead = token(&client(place.store(), &base), Want::Fresh).unwrap().lease.value;
    let threads: Vec<_> = (0..6)
        .map(|_| {
            let (client, dead) = (client(place.store(), &base), dead.clone());
            thread::spawn(move || token(&client, Want::Instead(dead)).unwrap().lease.value)
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap().expose(), "token-2");
    }
    assert_eq!(fetches.load(Ordering::SeqCst), 2);
}

#[test]
fn a_killed_fetcher_holds_up_nobody() {
    if let Some((place, _)) = place_of_child() {
        let _lock = FileStore::new(place).try_lock(&key("k")).unwrap().unwrap();
        println!("locked");
        thread::sleep(Duration::from_secs(60));
        return;
    }
    let place = Place::new("killed");
    let mut child = again("a_killed_fetcher_holds_up_nobody", &place.0, "");
    let mut said = std::io::BufReader::new(child.stdout.take().unwrap());
    while !next_line(&mut said).contains("locked") {}
    assert!(place.store().try_lock(&key("k")).unwrap().is_none());
    assert!(place.store().try_lock(&key("other")).unwrap().is_some(), "other leases are not held up");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(place.store().try_lock(&key("k")).unwrap().is_some());
}

fn next_line(from: &mut impl std::io::BufRead) -> String {
    let mut line = String::new();
    assert_ne!(from.read_line(&mut line).unwrap(), 0, "the child ended early");
    line
}

#[test]
fn a_killed_writer_leaves_a_whole_lease() {
    let long = |letter: &str| lease(&letter.repeat(200_000));
    if let Some((place, _)) = place_of_child() {
        let store = FileStore::new(place);
        let lock = store.try_lock(&key("k")).unwrap().unwrap();
        println!("writing");
        loop {
            lock.save(&long("a")).unwrap();
            lock.save(&long("b")).unwrap();
        }
    }
    let place = Place::new("torn");
    save(&place.store(), &key("k"), &long("a"));
    for round in 0..12 {
        let mut child = again("a_killed_writer_leaves_a_whole_lease", &place.0, "");
        let mut said = std::io::BufReader::new(child.stdout.take().unwrap());
        while !next_line(&mut said).contains("writing") {}
        for _ in 0..20 {
            let found = place.store().load(&key("k")).unwrap().expect("never absent");
            assert!(found == long("a") || found == long("b"));
        }
        thread::sleep(Duration::from_millis(round));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = place.store().load(&key("k")).unwrap().expect("never absent");
        assert!(found == long("a") || found == long("b"));
    }
    save(&place.store(), &key("k"), &lease("c"));
    assert_eq!(place.store().load(&key("k")), Ok(Some(lease("c"))));
}

#[test]
fn only_the_owner_can_read_it() {
    let place = Place::new("mode");
    let store = place.store();
    save(&store, &key("k"), &lease("t"));
    assert_eq!(mode(&place.0), 0o700);
    for entry in fs::read_dir(&place.0).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
    let path = store.path(&key("k"));
    chmod(&path, 0o644);
    let too_open = StoreError::Disk(Trouble::TooOpen { path: path.clone(), mode: 0o644, wanted: 0o600 });
    assert_eq!(store.load(&key("k")), Err(too_open.clone()));
    assert_eq!(store.list(), Err(too_open));
    chmod(&path, 0o600);
    chmod(&place.0, 0o777);
    let too_open = StoreError::Disk(Trouble::TooOpen { path: place.0.clone(), mode: 0o777, wanted: 0o700 });
    assert_eq!(store.try_lock(&key("k")).err(), Some(too_open));
}

#[test]
fn a_damaged_file_stops_before_a_second_token_is_fetched() {
    let place = Place::new("damaged");
    let (base, fetches) = issuer();
    let (store, key) = (place.store(), key(&base));
    save(&store, &key, &lease("t"));
    let path = store.path(&key);
    let whole = fs::read(&path).unwrap();
    for damaged in [&whole[..whole.len() / 2], b"", b"{}", b"\0\0\0\0", b"[1]"] {
        fs::write(&path, damaged).unwrap();
        let error = token(&client(store.clone(), &base), Want::Fresh).unwrap_err();
        assert!(
            matches!(&error, CallError::Store(StoreError::Corrupt { path: told, .. }) if *told == path),
            "{error:?}"
        );
    }
    let text = String::from_utf8(whole).unwrap();
    fs::write(&path, text.replace("\"wx1\"", "\"wx2\"")).unwrap();
    assert_eq!(store.load(&key), Err(StoreError::Corrupt { path: path.clone(), why: Damage::OtherKey }));
    fs::write(&path, text.replace(":7201", ":\"soon\"")).unwrap();
    assert_eq!(store.load(&key), Err(StoreError::Corrupt { path, why: Damage::Member("expires_at") }));
    assert_eq!(fetches.load(Ordering::SeqCst), 0);
    assert_eq!(store.forget(&key), Ok(Forgotten::Dropped));
    assert_eq!(token(&client(store, &base), Want::Fresh).unwrap().source, Source::Fetched);
}

#[test]
fn a_mock_and_wechat_do_not_mix() {
    let place = Place::new("mix");
    let store = place.store();
    save(&store, &key("http://127.0.0.1:7780"), &lease("mock"));
    save(&store, &key("https://api.weixin.qq.com"), &lease("live"));
    let value =
        |origin| store.load(&key(origin)).unwrap().map(|lease: Lease| lease.value.expose().to_owned());
    assert_eq!(value("http://127.0.0.1:7780").as_deref(), Some("mock"));
    assert_eq!(value("https://api.weixin.qq.com").as_deref(), Some("live"));
    assert_eq!(value("http://127.0.0.1:7781"), None);
    let listed: Vec<_> = store.list().unwrap().into_iter().map(|(key, _)| key.origin).collect();
    assert_eq!(listed, ["http://127.0.0.1:7780", "https://api.weixin.qq.com"]);
    let odd = LeaseKey { app_id: "../../etc/x".into(), ..key("k") };
    save(&store, &odd, &lease("inside"));
    assert_eq!(store.path(&odd).parent(), Some(place.0.as_path()));
    assert_eq!(store.forget(&odd), Ok(Forgotten::Dropped));
    assert_eq!(store.forget(&odd), Ok(Forgotten::Nothing));
}

#[test]
fn no_directory_is_no_lease() {
    let place = Place::new("none");
    assert_eq!(place.store().load(&key("k")), Ok(None));
    assert_eq!(place.store().list(), Ok(Vec::new()));
    assert!(!place.0.exists(), "reading makes nothing");
}
