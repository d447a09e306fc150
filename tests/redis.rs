//! Many machines, one Redis: one fetch for all, whoever dies, and whatever Redis
//! forgets. Against a real `redis-server` and the gateway.

#![cfg(all(unix, feature = "redis"))]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod servers;

use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use servers::{APP, HubProcess, Mock, Place, Redis, SECRET, answer, client, get, post, until};
use wxkit::client::{LeaseKind, Want};
use wxkit::net;
use wxkit::sign::Secret;
use wxkit::store::{Damage, Forgotten, Lease, LeaseKey, RedisStore, Store, StoreError};

fn key() -> LeaseKey {
    LeaseKey { app_id: APP.into(), origin: "https://api.weixin.qq.com".into(), kind: LeaseKind::Token }
}

fn lease(value: &str) -> Lease {
    Lease { value: Secret::new(value), fetched_at: 1_000, expires_at: 8_200 }
}

fn save(store: &RedisStore, value: &str) {
    store.try_lock(&key()).unwrap().expect("nobody else locks it").save(&lease(value)).unwrap();
}

fn value(store: &RedisStore) -> Option<String> {
    store.load(&key()).unwrap().map(|lease| lease.value.expose().to_owned())
}

#[test]
fn a_hundred_tasks_and_eight_processes_make_one_fetch() {
    let place = Place::new();
    let Some(redis) = Redis::start(&place) else { return };
    let mock = Mock::start(&place, &[]);
    mock.fault(r#"{"endpoint":"token","delay_ms":700}"#);
    let children: Vec<Child> = (0..8)
        .map(|_| place.as_app(&mock, &["token", "get", "-q", "--store", &redis.url()]).spawn().unwrap())
        .collect();
    let client = client(&mock, RedisStore::new(&redis.url()).unwrap());
    let tasks = net::block_on(async {
        let mut tasks = net::JoinSet::new();
        for _ in 0..100 {
            let client = client.clone();
            tasks.spawn(async move { client.lease(LeaseKind::Token, Want::Fresh).await });
        }
        tasks.join_all().await
    });
    let mut tokens: Vec<String> =
        tasks.unwrap().into_iter().map(|leased| leased.unwrap().lease.value.expose().to_owned()).collect();
    tokens.extend(children.into_iter().map(|child| answer(child.wait_with_output().unwrap())));
    tokens.sort();
    tokens.dedup();
    assert_eq!((tokens.len(), mock.fetches()), (1, 1));
    assert!(mock.takes(&tokens[0]));
}

#[test]
fn who_waited_for_a_fetch_that_failed_does_not_ask_again() {
    let place = Place::new();
    let Some(redis) = Redis::start(&place) else { return };
    let mock = Mock::start(&place, &[]);
    mock.fault(r#"{"endpoint":"token","delay_ms":1500,"code":40125}"#);
    let children: Vec<Child> = (0..6)
        .map(|_| place.as_app(&mock, &["token", "get", "-q", "--store", &redis.url()]).spawn().unwrap())
        .collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(6), "{said}");
        assert!(said.contains("40125") && !said.contains(SECRET), "{said}");
    }
    assert_eq!(mock.fetches(), 1);
}

#[test]
fn a_holder_killed_during_its_fetch_is_succeeded() {
    let place = Place::new();
    let Some(redis) = Redis::start(&place) else { return };
    let mock = Mock::start(&place, &[]);
    mock.fault(r#"{"endpoint":"token","delay_ms":60000,"count":1}"#);
    let args = ["token", "get", "-q", "--store", &redis.url()];
    let mut first = place.as_app(&mock, &args).spawn().unwrap();
    until(Duration::from_secs(10), || (mock.fetches() == 1).then_some(())).expect("the first fetch");
    let second = place.as_app(&mock, &args).spawn().unwrap();
    thread::sleep(Duration::from_millis(300));
    assert_eq!(mock.fetches(), 1, "the second waits while the first lives");
    first.kill().unwrap();
    first.wait().unwrap();
    let began = Instant::now();
    let token = answer(second.wait_with_output().unwrap());
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
    assert!(mock.takes(&token));
    assert_eq!(mock.fetches(), 2);
}

#[test]
fn a_slow_fetch_keeps_its_lock() {
    let place = Place::new();
    let Some(redis) = Redis::start(&place) else { return };
    let mock = Mock::start(&place, &[]);
    // Longer than the lock lives without being extended.
    mock.fault(r#"{"endpoint":"token","delay_ms":13000,"count":1}"#);
    let args = ["token", "get", "-q", "--store", &redis.url()];
    let children: Vec<Child> = (0..2).map(|_| place.as_app(&mock, &args).spawn().unwrap()).collect();
    let tokens: Vec<String> =
        children.into_iter().map(|child| answer(child.wait_with_output().unwrap())).collect();
    assert_eq!((&tokens[0], mock.fetches()), (&tokens[1], 1));
}

#[test]
fn redis_may_go_and_come_back_empty() {
    let place = Place::new();
    let Some(mut redis) = Redis::start(&place) else { return };
    let mock = Mock::start(&place, &[]);
    let hub = HubProcess::start(&place, &mock, &["--store", &redis.url()]);
    let token = hub.token();
    assert_eq!(hub.ready().1["status"], "ready");
    redis.kill();
    let away = || Some(hub.ready()).filter(|(_, shown)| shown["store"] == "away");
    let (status, shown) = until(Duration::from_secs(10), away).expect("it notices");
    assert_eq!((status, shown["status"].as_str()), (200, Some("degraded")), "{shown}");
    assert_eq!(hub.token(), token, "what is held is served on");
    let output = place.as_app(&mock, &["token", "get", "--store", &redis.url()]).output().unwrap();
    assert_eq!(output.status.code(), Some(4), "nothing is fetched without the lock");
    redis.run();
    let back = || Some(hub.ready()).filter(|(_, shown)| shown["status"] == "ready");
    until(Duration::from_secs(10), back).expect("it comes back by itself");
    let again = place.as_app(&mock, &["token", "get", "-q", "--store", &redis.url()]).output().unwrap();
    assert_eq!((answer(again), mock.fetches()), (token, 1), "the server has put back what Redis lost");
    let log = hub.process.log();
    assert!(log.contains("store_lost") && log.contains("store_back"), "{log}");
}

#[test]
fn two_servers_hand_out_one_token() {
    let place = Place::new();
    let Some(redis) = Redis::start(&place) else { return };
    let mock = Mock::start(&place, &[]);
    let start = || HubProcess::start(&place, &mock, &["--store", &redis.url()]);
    let (one, two) = (start(), start());
    let token = one.token();
    assert_eq!((&two.token(), mock.fetches()), (&token, 1));
    let body = format!(r#"{{"rotate":"{token}"}}"#);
    let replaced: Vec<String> = thread::scope(|scope| {
        let ask = |hub: &HubProcess| {
            post(&hub.at("token/rotate"), &body).1["access_token"].as_str().map(str::to_owned)
        };
        let asks: Vec<_> = [&one, &two, &one, &two].map(|hub| scope.spawn(move || ask(hub))).into();
        asks.into_iter().map(|ask| ask.join().unwrap().expect("a token")).collect()
    });
    assert!(replaced.iter().all(|new| *new == replaced[0] && *new != token), "{replaced:?}");
    assert_eq!(mock.fetches(), 2, "both servers were told, one of them fetched");
    assert_eq!((one.token(), two.token()), (replaced[0].clone(), replaced[0].clone()));
}

#[test]
fn who_was_overtaken_writes_nothing() {
    let place = Place::new();
    let Some(redis) = Redis::start(&place) else { return };
    let store = || RedisStore::new(&redis.url()).unwrap();
    let (one, two) = (store(), store());
    let slow = one.try_lock(&key()).unwrap().unwrap();
    assert!(two.try_lock(&key()).unwrap().is_none(), "it is locked");
    slow.extend().unwrap();
    // The holder was asleep for longer than its lock lives.
    let locks: Vec<String> = redis.ask(&["KEYS", "*:lock"]);
    redis.ask::<u64>(&["DEL", &locks[0]]);
    let quick = two.try_lock(&key()).unwrap().expect("free again");
    assert_eq!(slow.extend(), Err(StoreError::Overtaken { key: key() }));
    quick.save(&lease("later")).unwrap();
    assert_eq!(slow.save(&lease("earlier")), Err(StoreError::Overtaken { key: key() }));
    drop(slow);
    assert!(one.try_lock(&key()).unwrap().is_none(), "nobody frees the lock of another");
    drop(quick);
    assert!(one.try_lock(&key()).unwrap().is_some());
    assert_eq!((value(&one), value(&two)), (Some("later".into()), Some("later".into())));
}

#[test]
fn what_redis_forgets_is_put_back_but_nothing_older() {
    let place = Place::new();
    let Some(redis) = Redis::start(&place) else { return };
    let store = || RedisStore::new(&redis.url()).unwrap();
    let (behind, ahead) = (store(), store());
    save(&behind, "old");
    assert_eq!(value(&ahead).as_deref(), Some("old"));
    save(&ahead, "new");
    redis.ask::<String>(&["FLUSHALL"]);
    // Who has not seen the new one yet puts the old one back …
    assert_eq!(value(&behind).as_deref(), Some("old"));
    assert_eq!(value(&store()).as_deref(), Some("old"));
    // … until somebody comes who has.
    assert_eq!(value(&ahead).as_deref(), Some("new"));
    assert_eq!((value(&behind).as_deref(), value(&store()).as_deref()), (Some("new"), Some("new")));
    // A lock after a loss is later than all before.
    redis.ask::<String>(&["FLUSHALL"]);
    save(&store(), "newest");
    assert_eq!((value(&behind).as_deref(), value(&ahead).as_deref()), (Some("newest"), Some("newest")));
    assert_eq!(ahead.list().unwrap(), [(key(), lease("newest"))]);
    assert_eq!(ahead.forget(&key()), Ok(Forgotten::Dropped));
    assert_eq!((value(&behind), value(&ahead), value(&store())), (None, None, None));
    assert_eq!(behind.forget(&key()), Ok(Forgotten::Nothing));
    assert_eq!(behind.list(), Ok(Vec::new()));
    save(&store(), "after");
    assert_eq!(value(&behind).as_deref(), Some("after"));
}

#[test]
fn a_damaged_entry_stops_before_a_second_token_is_fetched() {
    let place = Place::new();
    let Some(redis) = Redis::start(&place) else { return };
    let store = RedisStore::new(&redis.url()).unwrap();
    save(&store, "t");
    let name = redis.ask::<Vec<String>>(&["KEYS", "*:lease"]).remove(0);
    let text: String = redis.ask(&["HGET", &name, "lease"]);
    let broken = |text: &str| {
        redis.ask::<u64>(&["HSET", &name, "lease", text]);
        match RedisStore::new(&redis.url()).unwrap().load(&key()) {
            Err(StoreError::Garbled { name: told, why, .. }) if told == name => why,
            other => panic!("{other:?}"),
        }
    };
    assert!(matches!(broken(&text[..20]), Damage::NotJson(_)));
    assert_eq!(broken(&text.replace("8200", "\"soon\"")), Damage::Member("expires_at"));
    assert_eq!(broken(&text.replace(APP, "wx1")), Damage::OtherKey);
}

#[test]
fn no_address_and_no_password_are_told_apart() {
    let place = Place::new();
    let Some(redis) = Redis::start(&place) else { return };
    assert!(matches!(RedisStore::new("redis:/"), Err(StoreError::BadUrl { .. })));
    let wrong = format!("redis://user:hunter2@127.0.0.1:{}", redis.port);
    let error = RedisStore::new(&wrong).unwrap().load(&key()).unwrap_err();
    assert!(matches!(error, StoreError::Refused { .. }), "{error:?}");
    assert!(!format!("{error:?}").contains("hunter2"));
    let nobody = RedisStore::new("redis://127.0.0.1:1").unwrap().load(&key()).unwrap_err();
    assert!(nobody.may_pass(), "{nobody:?}");
}

#[test]
fn the_app_secret_never_reaches_redis() {
    let place = Place::new();
    let Some(redis) = Redis::start(&place) else { return };
    let mock = Mock::start(&place, &[]);
    let hub = HubProcess::start(&place, &mock, &["--store", &redis.url()]);
    let token = hub.token();
    assert_eq!(get(&hub.at("ticket/jsapi")).0, 200);
    let mut seen = String::new();
    for name in redis.ask::<Vec<String>>(&["KEYS", "*"]) {
        seen += &name;
        match redis.ask::<String>(&["TYPE", &name]).as_str() {
            "hash" => seen += &redis.ask::<Vec<String>>(&["HGETALL", &name]).join(" "),
            _ => seen += &redis.ask::<String>(&["GET", &name]),
        }
    }
    assert!(seen.contains(&token), "the token is there");
    assert!(!seen.contains(SECRET), "the secret is not");
}

/// A Redis that has become a replica reads and does not write.
#[test]
fn a_store_that_is_only_read_is_told_before_it_matters() {
    let place = Place::new();
    let Some(redis) = Redis::start(&place) else { return };
    let mock = Mock::start(&place, &[]);
    let hub = HubProcess::start(&place, &mock, &["--store", &redis.url()]);
    let token = hub.token();
    assert_eq!(hub.ready().1["store"], "ok");
    // Of a server that is not there: it reads on, and takes no writes.
    let _: String = redis.ask(&["REPLICAOF", "127.0.0.1", "1"]);
    let told = || Some(hub.ready()).filter(|(_, shown)| shown["store"] == "read_only");
    let (status, shown) = until(Duration::from_secs(25), told).expect("it is told while tokens are good");
    assert_eq!((status, shown["status"].as_str()), (200, Some("degraded")), "{shown}");
    assert!(shown["store_error"].as_str().unwrap().contains("read only replica"), "{shown}");
    thread::sleep(Duration::from_secs(5));
    let lines = |log: &str, kind: &str| log.matches(&format!(r#""type":"{kind}""#)).count();
    let log = hub.process.log();
    assert_eq!((lines(&log, "store_lost"), lines(&log, "store_back")), (1, 0), "{log}");
    assert_eq!(hub.token(), token);
    let _: String = redis.ask(&["REPLICAOF", "NO", "ONE"]);
    let back = || Some(hub.ready()).filter(|(_, shown)| shown["store"] == "ok");
    until(Duration::from_secs(10), back).expect("it comes back by itself");
    let log = hub.process.log();
    assert_eq!((lines(&log, "store_lost"), lines(&log, "store_back")), (1, 1), "{log}");
}

/// What stands where a fence should stop nobody for good.
#[test]
fn a_broken_fence_heals() {
    let place = Place::new();
    let Some(redis) = Redis::start(&place) else { return };
    let store = RedisStore::new(&redis.url()).unwrap();
    save(&store, "first");
    let names: Vec<String> = redis.ask(&["KEYS", "*:fence"]);
    let fence = names[0].as_str();
    let good: u64 = redis.ask(&["GET", fence]);
    for (number, broken) in
        ["", "soup", "nan", "inf", "-7", "1.5", "1e300", "99999999999999999999"].into_iter().enumerate()
    {
        let _: String = redis.ask(&["SET", fence, broken]);
        save(&store, &format!("after {number}"));
        assert_eq!(value(&store), Some(format!("after {number}")), "{broken}");
        let healed: u64 = redis.ask(&["GET", fence]);
        assert!(healed > good, "{broken}: {healed}");
    }
    let _: u64 = redis.ask(&["DEL", fence]);
    let _: u64 = redis.ask(&["RPUSH", fence, "a list"]);
    save(&store, "after a list");
    assert_eq!(value(&store).as_deref(), Some("after a list"));
    // A lock without an end is nobody's, and gets one.
    let lock = fence.replace(":fence", ":lock");
    let _: String = redis.ask(&["SET", &lock, "forgotten"]);
    assert!(store.try_lock(&key()).unwrap().is_none());
    let left: i64 = redis.ask(&["PTTL", &lock]);
    assert!((1..=10_000).contains(&left), "{left}");
}
