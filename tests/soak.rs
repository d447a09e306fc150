//! The token server for a long time under bad conditions: four servers, one
//! Redis, two hundred clients, tokens that live ten seconds; servers are killed
//! and Redis loses everything now and then. Prints its figures.
//!
//!     WXKIT_SOAK_SECONDS=300 cargo test --release --test soak -- --ignored --nocapture

#![cfg(all(unix, feature = "redis"))]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod servers;

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use servers::{APP, HubProcess, Mock, Place, Redis, get, until};
use wxkit::client::Clock;
use wxkit::mock::{Identity, Mock as Wechat, Options};
use wxkit::net::{self, Http, Transport as _};
use wxkit::wire::{Request, json};

const LIFE: u64 = 10;
const SERVERS: usize = 4;
const CLIENTS: usize = 200;

/// What WeChat gave out: token, and the second it was asked for.
type Issued = Arc<Mutex<Vec<(String, u64)>>>;

/// The gateway in this process, so that we see every token it gives.
fn wechat(issued: Issued) -> String {
    let (tell, told) = std::sync::mpsc::channel();
    thread::spawn(move || {
        net::block_on(async {
            let listener = net::bind("127.0.0.1:0").await.unwrap();
            tell.send(listener.local_url()).unwrap();
            let options = Options { token_life: LIFE, ..Options::default() };
            let wechat = Arc::new(Mutex::new(Wechat::new(Identity::default(), options)));
            let answer = move |request: &Request| {
                let stamp = Clock::default().stamp();
                let answered = wechat.lock().unwrap().answer(request, &stamp);
                if request.path() == "/cgi-bin/token" {
                    let token =
                        json::read(&answered.reply.body).unwrap().get("access_token").unwrap().to_owned();
                    issued.lock().unwrap().push((token, stamp.now));
                }
                // As slow as the real one.
                (answered.reply, Some(Duration::from_millis(120)))
            };
            net::serve(listener, answer, std::future::pending::<()>()).await;
        })
    });
    told.recv().unwrap()
}

#[derive(Default)]
struct Figures {
    given: u64,
    unavailable: u64,
    unreachable: u64,
    dead: u64,
    unknown: u64,
    /// Longest time that a token was handed out after a newer one was there, in seconds.
    behind: u64,
    /// Milliseconds, with their counts.
    times: BTreeMap<u128, u64>,
}

impl Figures {
    fn note(&mut self, token: &str, asked_at: u64, issued: &Issued) {
        self.given += 1;
        let issued = issued.lock().unwrap();
        let Some(place) = issued.iter().position(|(known, _)| known == token) else {
            self.unknown += 1;
            return;
        };
        self.dead += u64::from(asked_at >= issued[place].1 + LIFE);
        if let Some((_, newer)) = issued.get(place + 1) {
            self.behind = self.behind.max(asked_at.saturating_sub(*newer));
        }
    }

    fn quantile(&self, share: f64) -> u128 {
        let all: u64 = self.times.values().sum();
        let mut seen = 0;
        #[expect(clippy::cast_precision_loss, reason = "a share of a count")]
        let found = self.times.iter().find(|(_, count)| {
            seen += **count;
            seen as f64 >= all as f64 * share
        });
        found.map_or(0, |(time, _)| *time)
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
#[ignore = "takes minutes; run by hand"]
#[expect(clippy::too_many_lines, reason = "one story, told from top to bottom")]
fn tokens_stay_fresh_whatever_dies() {
    let seconds = std::env::var("WXKIT_SOAK_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(300);
    let place = Place::new();
    let Some(mut redis) = Redis::start(&place) else { return };
    let issued = Issued::default();
    let mock_url = wechat(issued.clone());
    let place = Arc::new(place);
    // Only its address is used: it plays in this process.
    let mock = Arc::new(Mock { url: mock_url, process: None });
    let ports: Vec<u16> = (0..SERVERS).map(|_| free_port()).collect();
    let start = {
        let (place, mock, store) = (place.clone(), mock.clone(), redis.url());
        move |port: u16| {
            HubProcess::start(&place, &mock, &["--store", &store, "--listen", &format!("127.0.0.1:{port}")])
        }
    };
    let mut hubs: Vec<HubProcess> = ports.iter().map(|port| start(*port)).collect();
    let first = format!("http://127.0.0.1:{}/v1/apps/{APP}/token", ports[0]);
    until(Duration::from_secs(10), || (get(&first).0 == 200).then_some(())).expect("it begins");

    let over = Arc::new(AtomicBool::new(false));
    let chaos = {
        let (over, ports) = (over.clone(), ports.clone());
        thread::spawn(move || {
            let (mut kills, mut restarts, began) = (0_usize, 0_u32, Instant::now());
            while !over.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(4700));
                let victim = kills * 7 % SERVERS;
                hubs[victim].process.kill();
                thread::sleep(Duration::from_millis(900));
                hubs[victim] = start(ports[victim]);
                kills += 1;
                if began.elapsed() > Duration::from_secs(20) * (restarts + 1) {
                    redis.kill();
                    thread::sleep(Duration::from_millis(1500));
                    redis.run();
                    restarts += 1;
                }
            }
            let logs: Vec<String> = hubs.iter().map(|hub| hub.process.log()).collect();
            (kills, restarts, logs)
        })
    };

    let figures = Arc::new(Mutex::new(Figures::default()));
    let begun_with = issued.lock().unwrap().len();
    let end = Instant::now() + Duration::from_secs(seconds);
    net::block_on(async {
        let mut clients = net::JoinSet::new();
        for number in 0..CLIENTS {
            let (figures, issued) = (figures.clone(), issued.clone());
            let http = Http::new(wxkit::net::send::Options::default()).unwrap();
            let ports = ports.clone();
            clients.spawn(async move {
                let mut turn = number;
                while Instant::now() < end {
                    net::sleep(Duration::from_millis(100)).await;
                    turn += 1;
                    let url = format!("http://127.0.0.1:{}/v1/apps/{APP}/token", ports[turn % ports.len()]);
                    let (began, asked_at) = (Instant::now(), Clock::default().now());
                    let replied = http.send(&Request::new("GET", url)).await;
                    let mut figures = figures.lock().unwrap();
                    match replied {
                        Err(_) => figures.unreachable += 1,
                        Ok(reply) if reply.status == 200 => {
                            let fields = json::read(&reply.body).unwrap();
                            figures.note(fields.get("access_token").unwrap(), asked_at, &issued);
                            *figures.times.entry(began.elapsed().as_millis()).or_default() += 1;
                        }
                        Ok(_) => figures.unavailable += 1,
                    }
                }
            });
        }
        clients.join_all().await;
    })
    .unwrap();
    over.store(true, Ordering::Relaxed);
    let (kills, restarts, logs) = chaos.join().unwrap();
    let figures = figures.lock().unwrap();
    let times: Vec<u64> = issued.lock().unwrap().iter().map(|(_, at)| *at).collect();
    let mut gaps: Vec<u64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    gaps.sort_unstable();
    let fetches = times.len() - begun_with;
    let periods = seconds / (LIFE - LIFE / 4);
    println!(
        "soak of {seconds} s: {SERVERS} servers, {CLIENTS} clients, {kills} servers killed, Redis lost {restarts} times"
    );
    println!("  tokens handed out      {}", figures.given);
    println!("  of them dead           {} (unknown to WeChat: {})", figures.dead, figures.unknown);
    println!("  longest behind a newer {} s", figures.behind);
    println!(
        "  answers without token  {} (503), connections lost to kills {}",
        figures.unavailable, figures.unreachable
    );
    println!("  fetches                {fetches} in {periods} periods of {} s", LIFE - LIFE / 4);
    println!(
        "  seconds between them   min {} median {} max {}",
        gaps[0],
        gaps[gaps.len() / 2],
        gaps[gaps.len() - 1]
    );
    println!("  answer in ms           p50 {} p99 {}", figures.quantile(0.5), figures.quantile(0.99));
    assert_eq!((figures.dead, figures.unknown), (0, 0), "{logs:?}");
    assert!(figures.given > 0);
    // A server that dies between WeChat's answer and Redis takes a token with it.
    assert!(fetches as u64 <= periods + 2 + kills as u64 / 8, "{fetches} fetches: {gaps:?}");
}
