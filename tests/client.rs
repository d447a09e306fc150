//! The caller's side against a scripted server: who is asked how often, with
//! which token, and what is never repeated.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use wxkit::api::codec::{self, Answer};
use wxkit::api::{Keys, ReadError, Stamp, V2, WriteError, oa, pay_v2};
use wxkit::client::{
    CallError, Called, Caller, Client, Clock, LeaseKind, Leased, Source, TicketType, Tokens, Want,
};
use wxkit::net::{self, SendError, Sending, Transport, Why};
use wxkit::sign::Secret;
use wxkit::store::{Lease, LeaseKey, MemoryStore, Store, StoreError};
use wxkit::wire::{Fields, Reply, Request, xml};

const NOW: u64 = 1_600_000_000;
const PAY_KEY: &str = "192006250b4c09247ec02edce69f6a2d";

/// Answers in this order, and remembers what it was asked.
#[derive(Default)]
struct Script {
    replies: Mutex<VecDeque<Result<Reply, SendError>>>,
    asked: Mutex<Vec<Request>>,
    pace: Duration,
}

impl Transport for Script {
    fn send<'a>(&'a self, request: &'a Request) -> Sending<'a> {
        self.asked.lock().unwrap().push(request.clone());
        let reply = self.replies.lock().unwrap().pop_front().expect("asked more often than expected");
        Box::pin(async move {
            net::sleep(self.pace).await;
            reply
        })
    }
}

struct Stage {
    script: Arc<Script>,
    store: MemoryStore,
    client: Client,
}

fn stage(replies: impl IntoIterator<Item = Result<Reply, SendError>>) -> Stage {
    let script = Arc::new(Script { replies: Mutex::new(replies.into_iter().collect()), ..Script::default() });
    let store = MemoryStore::new();
    let keys = Keys {
        app_id: Some("wxd930ea5d5a258f4f".into()),
        app_secret: Some(Secret::new("hunter2")),
        mch_id: Some("10000100".into()),
        v2: Some(V2::new(Secret::new(PAY_KEY))),
        v3: None,
        notify_url: Some("https://shop.test/notify".into()),
        ..Keys::default()
    };
    let caller = Caller {
        transport: script.clone(),
        clock: Clock { at: Some(NOW), nonce: None },
        keys,
        base: None,
        observer: None,
        stop: wxkit::net::Stop::default(),
    };
    let tokens = Tokens { patience: Duration::from_millis(100), ..Tokens::new(Arc::new(store.clone())) };
    Stage { script, store, client: Client { caller, tokens } }
}

impl Stage {
    /// The URLs that were asked, and the tokens they were asked with.
    fn asked(&self) -> Vec<String> {
        let short = |request: &Request| {
            let token = request.query().unwrap().get("access_token").map(str::to_owned);
            format!("{}{}", request.path(), token.map(|token| format!(" {token}")).unwrap_or_default())
        };
        self.script.asked.lock().unwrap().iter().map(short).collect()
    }

    fn store(&self, kind: LeaseKind, value: &str, fetched_at: u64) {
        let key = Tokens::key(&self.client.caller, kind).unwrap();
        let lease = Lease { value: Secret::new(value), fetched_at, expires_at: fetched_at + 7200 };
        self.store.try_lock(&key).unwrap().unwrap().save(&lease).unwrap();
    }

    fn lease(&self, kind: LeaseKind, want: Want) -> Result<Leased, CallError> {
        net::block_on(self.client.lease(kind, want)).unwrap()
    }

    fn ticket(&self) -> Result<Called, CallError> {
        net::block_on(self.client.call(&oa::GETTICKET, &Fields::new())).unwrap()
    }

    fn order(&self, fields: &[(&str, &str)]) -> Result<Called, CallError> {
        let fields = fields.iter().copied().collect();
        net::block_on(self.client.call(&pay_v2::UNIFIEDORDER, &fields)).unwrap()
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a line of the script")]
fn json(text: &str) -> Result<Reply, SendError> {
    Ok(Reply::ok("text/plain", text))
}

fn token(value: &str) -> Result<Reply, SendError> {
    json(&format!(r#"{{"access_token":"{value}","expires_in":7200}}"#))
}

fn ticket(value: &str) -> Result<Reply, SendError> {
    json(&format!(r#"{{"errcode":0,"errmsg":"ok","ticket":"{value}","expires_in":7200}}"#))
}

fn refusal(code: &str) -> Result<Reply, SendError> {
    json(&format!(r#"{{"errcode":{code},"errmsg":"no"}}"#))
}

fn lost() -> Result<Reply, SendError> {
    Err(SendError::Lost {
        host: "api.mch.weixin.qq.com".into(),
        why: Why::TimedOut,
        after: Duration::from_secs(30),
    })
}

#[expect(clippy::unnecessary_wraps, reason = "a line of the script")]
fn signed(stage_keys: &Keys, fields: &[(&str, &str)]) -> Result<Reply, SendError> {
    let answer = Answer::from(fields.iter().copied().collect::<Fields>());
    Ok(codec::write_reply(&pay_v2::UNIFIEDORDER, answer, stage_keys, &Stamp::TIMELESS).unwrap())
}

const ORDER: &[(&str, &str)] =
    &[("body", "茶"), ("total_fee", "1"), ("spbill_create_ip", "127.0.0.1"), ("openid", "o1")];

#[test]
fn a_fresh_token_is_used_and_an_old_one_renewed() {
    let stage = stage([token("new")]);
    stage.store(LeaseKind::Token, "old", NOW - 100);
    let leased = stage.lease(LeaseKind::Token, Want::Fresh).unwrap();
    assert_eq!((leased.lease.value.expose(), leased.source), ("old", Source::Store));
    stage.store(LeaseKind::Token, "old", NOW - 7_000);
    let leased = stage.lease(LeaseKind::Token, Want::Fresh).unwrap();
    assert_eq!((leased.lease.value.expose(), leased.source), ("new", Source::Fetched));
    assert_eq!((leased.lease.fetched_at, leased.lease.expires_at), (NOW, NOW + 7200));
    assert_eq!(stage.asked(), ["/cgi-bin/token"]);
}

#[test]
fn force_fetches_whatever_is_stored() {
    let stage = stage([token("t2"), token("s2")]);
    stage.store(LeaseKind::Token, "t1", NOW);
    stage.store(LeaseKind::StableToken, "s1", NOW);
    assert_eq!(stage.lease(LeaseKind::Token, Want::Renewed).unwrap().source, Source::Fetched);
    assert_eq!(stage.lease(LeaseKind::StableToken, Want::Renewed).unwrap().lease.value.expose(), "s2");
    let asked = stage.script.asked.lock().unwrap();
    let body = String::from_utf8_lossy(&asked[1].body);
    assert!(body.contains(r#""force_refresh":true"#), "{body}");
}

#[test]
fn a_dead_token_is_replaced_once_and_the_call_repeated_once() {
    for code in ["40001", "40014", "42001"] {
        let stage = stage([refusal(code), token("t2"), ticket("T")]);
        stage.store(LeaseKind::Token, "t1", NOW);
        let called = stage.ticket().unwrap();
        assert_eq!(called.answer.fields.get("ticket"), Some("T"));
        assert_eq!(called.sent.get("access_token"), Some("t2"));
        let getticket = "/cgi-bin/ticket/getticket";
        assert_eq!(stage.asked(), [&format!("{getticket} t1"), "/cgi-bin/token", &format!("{getticket} t2")]);
    }
}

#[test]
fn a_token_that_stays_dead_is_given_up() {
    let stage = stage([refusal("40001"), token("t2"), refusal("40001")]);
    stage.store(LeaseKind::Token, "t1", NOW);
    assert!(stage.ticket().unwrap_err().is_dead_token());
    assert_eq!(stage.asked().len(), 3);
}

#[test]
fn other_refusals_are_not_repeated() {
    let stage = stage([refusal("45009")]);
    stage.store(LeaseKind::Token, "t1", NOW);
    assert!(!stage.ticket().unwrap_err().is_dead_token());
    assert_eq!(stage.asked().len(), 1);
}

/// Between our call and our look into the store, somebody else has renewed it.
struct Rival {
    script: Arc<Script>,
    store: MemoryStore,
    key: LeaseKey,
}

impl Transport for Rival {
    fn send<'a>(&'a self, request: &'a Request) -> Sending<'a> {
        let lease = Lease { value: Secret::new("theirs"), fetched_at: NOW, expires_at: NOW + 7200 };
        self.store.try_lock(&self.key).unwrap().unwrap().save(&lease).unwrap();
        self.script.send(request)
    }
}

#[test]
fn a_token_that_somebody_else_renewed_is_simply_used() {
    let mut stage = stage([refusal("42001"), ticket("T")]);
    stage.store(LeaseKind::Token, "ours", NOW);
    let key = Tokens::key(&stage.client.caller, LeaseKind::Token).unwrap();
    stage.client.caller.transport =
        Arc::new(Rival { script: stage.script.clone(), store: stage.store.clone(), key });
    stage.ticket().unwrap();
    let getticket = "/cgi-bin/ticket/getticket";
    assert_eq!(stage.asked(), [format!("{getticket} ours"), format!("{getticket} theirs")]);
}

#[test]
fn a_token_that_the_caller_brought_is_the_callers() {
    let mut stage = stage([refusal("40001"), refusal("40001")]);
    let given = [("access_token", "mine")].into_iter().collect();
    assert!(net::block_on(stage.client.call(&oa::GETTICKET, &given)).unwrap().is_err());
    stage.client.caller.keys.access_token = Some(Secret::new("mine too"));
    assert!(stage.ticket().is_err());
    assert_eq!(stage.asked().len(), 2, "nothing fetched, nothing repeated");
}

#[test]
fn tickets_are_leases_too() {
    let stage = stage([token("t1"), refusal("42001"), token("t2"), ticket("J"), ticket("C")]);
    let jsapi = LeaseKind::Ticket(TicketType::Jsapi);
    assert_eq!(stage.lease(jsapi, Want::Fresh).unwrap().lease.value.expose(), "J");
    assert_eq!(stage.lease(jsapi, Want::Fresh).unwrap().source, Source::Store);
    let card = stage.lease(LeaseKind::Ticket(TicketType::WxCard), Want::Fresh).unwrap();
    assert_eq!(card.lease.value.expose(), "C");
    assert_eq!(stage.asked().len(), 5);
    assert!(stage.script.asked.lock().unwrap()[4].url.contains("type=wx_card"));
}

#[test]
fn fifty_tasks_make_one_fetch() {
    let stage = stage([token("t")]);
    let results = net::block_on(async {
        let mut tasks = net::JoinSet::new();
        for _ in 0..50 {
            let client = stage.client.clone();
            tasks.spawn(async move { client.lease(LeaseKind::Token, Want::Fresh).await });
        }
        tasks.join_all().await
    });
    let leased: Vec<_> = results.unwrap().into_iter().map(Result::unwrap).collect();
    assert!(leased.iter().all(|leased| leased.lease.value.expose() == "t"));
    assert_eq!(leased.iter().filter(|leased| leased.source == Source::Fetched).count(), 1);
}

#[test]
fn a_fetch_elsewhere_that_never_ends_is_busy() {
    let stage = stage([]);
    let key = Tokens::key(&stage.client.caller, LeaseKind::Token).unwrap();
    let _held = stage.store.try_lock(&key).unwrap().unwrap();
    let error = stage.lease(LeaseKind::Token, Want::Fresh).unwrap_err();
    assert!(matches!(error, CallError::Store(StoreError::Busy { .. })), "{error:?}");
    // While somebody renews it, a token in its last minutes is still good.
    let lease = Lease { value: Secret::new("ageing"), fetched_at: NOW - 7_000, expires_at: NOW + 200 };
    let stage = self::stage([]);
    let held = stage.store.try_lock(&key).unwrap().unwrap();
    held.save(&lease).unwrap();
    assert_eq!(stage.lease(LeaseKind::Token, Want::Fresh).unwrap().lease, lease);
}

#[test]
fn a_token_reply_without_a_token_is_not_stored() {
    for body in
        [r#"{"expires_in":7200}"#, r#"{"access_token":"","expires_in":7200}"#, r#"{"access_token":"t"}"#]
    {
        let stage = stage([json(body)]);
        let error = stage.lease(LeaseKind::Token, Want::Fresh).unwrap_err();
        assert!(
            matches!(&error, CallError::Read(read) if matches!(read.error, ReadError::Fields(_))),
            "{error:?}"
        );
        assert_eq!(stage.store.list(), Ok(Vec::new()));
    }
}

#[test]
fn an_order_without_an_answer_is_never_repeated() {
    let stage = stage([lost()]);
    let CallError::Send(unanswered) = stage.order(ORDER).unwrap_err() else { panic!("not a send error") };
    assert!(matches!(unanswered.error, SendError::Lost { .. }));
    assert_eq!(unanswered.row.name, "unifiedorder");
    let number = unanswered.sent.get("out_trade_no").expect("the number to query for");
    let on_the_wire = xml::read(&unanswered.request.body).unwrap();
    assert_eq!(on_the_wire.get("out_trade_no"), Some(number));
    assert_eq!(stage.asked(), ["/pay/unifiedorder"]);
}

#[test]
fn an_answer_is_believed_only_with_its_signature() {
    let keys = stage([]).client.caller.keys;
    let good = [("return_code", "SUCCESS"), ("result_code", "SUCCESS"), ("prepay_id", "wx1")];
    let stage = stage([
        signed(&keys, &good),
        signed(&keys, &good).map(|mut reply| {
            let text = String::from_utf8(reply.body).unwrap();
            reply.body = text.replace("wx1", "wx2").into_bytes();
            reply
        }),
    ]);
    let called = stage.order(ORDER).unwrap();
    assert_eq!(called.answer.fields.get("prepay_id"), Some("wx1"));
    assert!(called.sent.filled("sign").is_some());
    let CallError::Read(unbelieved) = stage.order(ORDER).unwrap_err() else { panic!("believed") };
    assert!(matches!(unbelieved.error, ReadError::Seal { .. }));
}

#[test]
fn a_page_of_somebody_else_is_no_answer() {
    let page = || Ok(Reply::ok("text/html", "<!DOCTYPE html><html><body>502</body></html>").with_status(502));
    let stage = stage([page(), page()]);
    for error in [stage.order(ORDER).unwrap_err(), stage.lease(LeaseKind::Token, Want::Fresh).unwrap_err()] {
        let CallError::Read(unbelieved) = error else { panic!("believed") };
        assert!(matches!(unbelieved.error, ReadError::NotWeChat { status: 502, .. }));
    }
}

#[test]
fn what_cannot_be_written_is_not_sent() {
    let stage = stage([]);
    let error = stage.order(&[("body", "茶"), ("total_fee", "1.00")]).unwrap_err();
    assert!(
        matches!(&error, CallError::Write(WriteError::Fields(problems)) if problems.len() > 1),
        "{error:?}"
    );
}

#[test]
fn any_path_is_called_signed() {
    let keys = stage([]).client.caller.keys;
    let reply = || signed(&keys, &[("return_code", "SUCCESS"), ("result_code", "SUCCESS")]);
    let mut stage = stage([reply(), reply(), reply()]);
    stage.client.caller.base = Some("http://127.0.0.1:7780/".into());
    for (path, certificate) in [("pay/new", false), ("/secapi/pay/new", true), ("/pay/orderquery", false)] {
        let fields = [("out_trade_no", "20260101")].into_iter().collect();
        let called = net::block_on(stage.client.call_path(path, &fields)).unwrap().unwrap();
        let url = format!("http://127.0.0.1:7780/{}", path.trim_start_matches('/'));
        assert_eq!((&called.request.url, called.request.certificate), (&url, certificate));
        for name in ["appid", "mch_id", "nonce_str", "out_trade_no", "sign"] {
            assert!(called.sent.filled(name).is_some(), "{name}");
        }
    }
}

#[test]
fn the_observer_sees_both_directions() {
    let mut stage = stage([token("t"), lost()]);
    let seen = Arc::<Mutex<Vec<String>>>::default();
    let notes = seen.clone();
    stage.client.caller.observer = Some(Arc::new(move |request, reply| {
        notes.lock().unwrap().push(format!("{} {}", request.path(), reply.map_or(0, |reply| reply.status)));
    }));
    stage.lease(LeaseKind::Token, Want::Fresh).unwrap();
    stage.order(ORDER).unwrap_err();
    assert_eq!(*seen.lock().unwrap(), ["/cgi-bin/token 200", "/pay/unifiedorder 0"]);
}

#[test]
fn errors_show_no_secret() {
    let stage = stage([refusal("40125")]);
    let error = stage.lease(LeaseKind::Token, Want::Fresh).unwrap_err();
    assert!(!format!("{error:?}").contains("hunter2"));
}
