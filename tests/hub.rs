//! The token central server as its callers see it: real processes, real sockets,
//! the gateway in place of WeChat.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod servers;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use servers::{APP, HubProcess, Mock, Place, SECRET, answer, get, is_there, post, send, until};
use wxkit::net::{self, Http, Options, Transport as _};
use wxkit::wire::Request;

fn started() -> (Place, Mock, HubProcess) {
    let place = Place::new();
    let mock = Mock::start(&place, &[]);
    let hub = HubProcess::start(&place, &mock, &[]);
    (place, mock, hub)
}

fn with_bearer(method: &str, url: &str, token: &str) -> Request {
    let mut request = Request::new(method, url);
    request.headers.push(("authorization".into(), format!("Bearer {token}")));
    request
}

/// Sends the same request many times at once; tells what was answered.
fn crowd(request: &Request, callers: usize) -> Vec<(u16, serde_json::Value)> {
    let http = Arc::new(Http::new(Options::default()).unwrap());
    let room = Arc::new(net::Semaphore::new(200));
    net::block_on(async {
        let mut tasks = net::JoinSet::new();
        for _ in 0..callers {
            let (http, room, request) = (http.clone(), room.clone(), request.clone());
            tasks.spawn(async move {
                let _seat = room.acquire().await.unwrap();
                servers::json(&http.send(&request).await.unwrap())
            });
        }
        tasks.join_all().await
    })
    .unwrap()
}

#[test]
fn a_token_killed_outside_is_replaced_once_for_a_thousand_callers() {
    let (_place, mock, hub) = started();
    let dead = hub.token();
    mock.forget();
    assert!(!mock.takes(&dead));
    let body = format!(r#"{{"rotate":"{dead}"}}"#);
    let rotate = Request::new("POST", hub.at("token/rotate")).with_body("application/json", body);
    let answers = crowd(&rotate, 1000);
    let new = hub.token();
    assert_ne!(new, dead);
    assert!(answers.iter().all(|(status, shown)| *status == 200 && shown["access_token"] == new.as_str()));
    assert!(mock.takes(&new));
    assert_eq!((mock.fetches(), hub.figure("rotations_total")), (1, 1000));
    // Who complains about the new one at once has another problem.
    let (status, shown) = post(&hub.at("token/rotate"), &format!(r#"{{"rotate":"{new}"}}"#));
    assert_eq!((status, shown["error"]["code"].as_str()), (429, Some("hub.too_soon")), "{shown}");
    assert!(shown["error"]["retry_after"].as_u64().is_some_and(|seconds| (1..=30).contains(&seconds)));
    assert_eq!(mock.fetches(), 1);
}

#[test]
fn a_slow_wechat_holds_up_no_reader() {
    let (_place, mock, hub) = started();
    let old = hub.token();
    mock.fault(r#"{"endpoint":"token","delay_ms":3000}"#);
    let rotate = hub.at("token/rotate");
    let waiting = thread::spawn(move || post(&rotate, ""));
    until(Duration::from_secs(5), || (mock.fetches() == 2).then_some(())).expect("the fetch begins");
    let began = Instant::now();
    let answers = crowd(&Request::new("GET", hub.at("token")), 500);
    assert!(began.elapsed() < Duration::from_millis(2500), "{:?}", began.elapsed());
    assert!(!waiting.is_finished(), "the fetch is still under way");
    assert!(answers.iter().all(|(status, shown)| *status == 200 && shown["access_token"] == old.as_str()));
    let (status, shown) = waiting.join().unwrap();
    assert_eq!((status, shown["access_token"].as_str()), (200, Some(hub.token().as_str())));
    assert_ne!(hub.token(), old);
}

#[test]
fn processes_and_a_server_share_the_files() {
    let place = Place::new();
    let mock = Mock::start(&place, &[]);
    mock.fault(r#"{"endpoint":"token","delay_ms":500}"#);
    let children: Vec<Child> =
        (0..8).map(|_| place.as_app(&mock, &["token", "get", "-q"]).spawn().unwrap()).collect();
    let hub = HubProcess::start(&place, &mock, &[]);
    let token = hub.token();
    for child in children {
        assert_eq!(answer(child.wait_with_output().unwrap()), token);
    }
    assert_eq!(mock.fetches(), 1);
    // What a process renews, the server hands out a moment later.
    let forced = answer(place.as_app(&mock, &["token", "get", "-q", "--force"]).output().unwrap());
    until(Duration::from_secs(5), || (hub.token() == forced).then_some(())).expect("the newer one");
    assert_eq!(mock.fetches(), 2);
}

#[test]
fn an_sdk_only_changes_its_address() {
    let (_place, mock, hub) = started();
    let token = hub.token();
    let url = format!("{}/cgi-bin/token?grant_type=client_credential&appid={APP}", hub.url);
    let (status, shown) = get(&format!("{url}&secret={SECRET}"));
    assert_eq!((status, shown["access_token"].as_str()), (200, Some(token.as_str())), "{shown}");
    assert!(shown["expires_in"].as_u64().is_some_and(|left| (7100..=7200).contains(&left)));
    assert_eq!(shown.as_object().map(serde_json::Map::len), Some(2));
    let ticket = format!("{}/cgi-bin/ticket/getticket?type=jsapi&access_token={token}", hub.url);
    let (_, shown) = get(&ticket);
    assert_eq!((shown["errcode"].as_i64(), shown["errmsg"].as_str()), (Some(0), Some("ok")), "{shown}");
    assert_eq!(shown["ticket"], get(&hub.at("ticket/jsapi")).1["ticket"]);
    let stable = format!("{}/cgi-bin/stable_token", hub.url);
    let body = format!(r#"{{"grant_type":"client_credential","appid":"{APP}","secret":"{SECRET}"}}"#);
    let (_, first) = post(&stable, &body);
    assert!(mock.takes(first["access_token"].as_str().unwrap()));
    assert_eq!(post(&stable, &body).1["access_token"], first["access_token"]);
    for (url, code) in [
        (format!("{}/cgi-bin/token?grant_type=client_credential&appid=wx1", hub.url), 40013),
        (format!("{}/cgi-bin/token?appid={APP}", hub.url), 40002),
        (format!("{}/cgi-bin/ticket/getticket?type=jsapi&access_token=x", hub.url), 40001),
    ] {
        assert_eq!(get(&url).1["errcode"], code, "{url}");
    }
    assert_eq!((mock.fetches(), mock.calls("getticket"), mock.calls("stable_token")), (1, 2, 1));
}

#[test]
fn only_known_clients_are_answered() {
    let place = Place::new();
    let mock = Mock::start(&place, &[]);
    let file = place.path("clients.txt");
    fs::write(&file, "# machines\nshop shop-token-0123456789\n").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let args = ["token", "serve", "--listen", "127.0.0.1:0", "--auth-file", file.to_str().unwrap()];
    let output = place.as_app(&mock, &args).output().unwrap();
    assert_eq!(output.status.code(), Some(3), "others could read it");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let hub = HubProcess::start(&place, &mock, &args[2..]);
    for url in [hub.at("token"), hub.at("ticket/jsapi"), format!("{}/metrics", hub.url)] {
        assert_eq!(get(&url).0, 401, "{url}");
        assert_eq!(send(&with_bearer("GET", &url, "shop-token-012345678x")).status, 401);
        assert_eq!(send(&with_bearer("GET", &url, "shop-token-0123456789")).status, 200);
    }
    let url = format!("{}/cgi-bin/token?grant_type=client_credential&appid={APP}", hub.url);
    assert_eq!(get(&url).1["errcode"], 40125);
    assert_eq!(get(&format!("{url}&secret=wrong")).1["errcode"], 40125);
    for secret in ["shop-token-0123456789", SECRET] {
        assert!(get(&format!("{url}&secret={secret}")).1["access_token"].is_string());
    }
    assert_eq!(get(&format!("{}/healthz", hub.url)).0, 200);
    let (status, shown) = hub.ready();
    assert_eq!((status, shown.get("leases")), (200, None), "strangers learn no app id");
    let cli = |token: &str| {
        let args = ["token", "get", "-q", "--hub", &hub.url, "--app-id", APP];
        place.wxkit(&args).env("WXKIT_HUB_TOKEN", token).output().unwrap()
    };
    assert!(mock.takes(&answer(cli("shop-token-0123456789"))));
    assert_eq!(cli("shop-token-xxxxxxxxxx").status.code(), Some(3));
}

#[test]
fn a_public_address_wants_clients() {
    let place = Place::new();
    let mock = Mock::start(&place, &[]);
    let output =
        place.as_app(&mock, &["token", "serve", "--listen", "0.0.0.0:0", "--json"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(9), "{said}");
    assert!(said.contains("safety.public") && said.contains("--auth-file"), "{said}");
    assert_eq!(mock.fetches(), 0);
}

#[test]
fn web_pages_are_refused() {
    let (_place, _mock, hub) = started();
    for (name, value) in
        [("origin", "https://evil.example"), ("host", "evil.example"), ("sec-fetch-site", "cross-site")]
    {
        let mut request = Request::new("GET", hub.at("token"));
        request.headers.push((name.into(), value.into()));
        assert_eq!(send(&request).status, 403, "{name}");
    }
}

#[test]
fn a_socket_file_is_for_its_owner_and_survives_a_kill() {
    let place = Place::new();
    let mock = Mock::start(&place, &[]);
    let path = place.path("hub.sock");
    let address = format!("unix:{}", path.display());
    let mut hub = HubProcess::start(&place, &mock, &["--listen", &address]);
    assert_eq!(hub.url, address);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let ask =
        || answer(place.wxkit(&["token", "get", "-q", "--hub", &address, "--app-id", APP]).output().unwrap());
    let token = ask();
    let taken = place.as_app(&mock, &["token", "serve", "--listen", &address]).output().unwrap();
    assert_eq!(taken.status.code(), Some(3), "another server has it");
    hub.process.kill();
    assert!(is_there(&path), "a killed server leaves its file");
    let mut hub = HubProcess::start(&place, &mock, &["--listen", &address]);
    assert_eq!(ask(), token);
    hub.process.stop();
    assert!(!is_there(&path), "a stopped one does not");
}

#[test]
fn a_wrong_secret_stops_it() {
    let place = Place::new();
    let mock = Mock::start(&place, &[]);
    mock.fault(r#"{"endpoint":"token","code":40125}"#);
    let hub = HubProcess::start(&place, &mock, &[]);
    let answers = crowd(&Request::new("GET", hub.at("token")), 100);
    for (status, shown) in &answers {
        assert_eq!((*status, shown["error"]["code"].as_str()), (503, Some("hub.stopped")), "{shown}");
        assert_eq!(shown["error"]["errcode"], "40125");
    }
    assert_eq!(hub.ready().0, 503);
    let url = format!("{}/cgi-bin/token?grant_type=client_credential&appid={APP}&secret=x", hub.url);
    assert_eq!(get(&url).1["errcode"], 40125, "WeChat's own words for an SDK");
    thread::sleep(Duration::from_secs(3));
    assert_eq!(mock.fetches(), 1, "no hammering");
    let log = hub.process.log();
    assert!(log.contains("40125") && !log.contains(SECRET), "{log}");
    let output = place.wxkit(&["token", "get", "--hub", &hub.url, "--app-id", APP]).output().unwrap();
    assert_eq!(output.status.code(), Some(6));
}

#[test]
fn a_busy_wechat_is_asked_less_and_less_often() {
    let place = Place::new();
    let mock = Mock::start(&place, &[]);
    mock.fault(r#"{"endpoint":"token","code":-1}"#);
    let hub = HubProcess::start(&place, &mock, &[]);
    thread::sleep(Duration::from_secs(6));
    let tries = mock.fetches();
    assert!((3..=5).contains(&tries), "after 0, 1, 3 and 7 seconds, a little earlier: {tries}");
    mock.heal();
    until(Duration::from_secs(15), || (get(&hub.at("token")).0 == 200).then_some(())).expect("it recovers");
}

#[test]
fn a_limit_is_waited_for() {
    let place = Place::new();
    let mock = Mock::start(&place, &[]);
    mock.fault(r#"{"endpoint":"token","code":45009}"#);
    let hub = HubProcess::start(&place, &mock, &[]);
    let (status, shown) = get(&hub.at("token"));
    let wait = shown["error"]["retry_after"].as_u64().unwrap();
    assert_eq!((status, shown["error"]["code"].as_str()), (503, Some("hub.paused")), "{shown}");
    assert!((450..=600).contains(&wait), "{wait}");
    thread::sleep(Duration::from_secs(2));
    assert_eq!(mock.fetches(), 1);
}

#[test]
fn it_renews_ahead_and_never_stops_serving() {
    let place = Place::new();
    let mock = Mock::start(&place, &["--token-life", "8"]);
    let hub = HubProcess::start(&place, &mock, &[]);
    let began = Instant::now();
    let mut tokens = vec![hub.token()];
    while began.elapsed() < Duration::from_secs(15) {
        let token = hub.token();
        assert!(mock.takes(&token), "handed out dead after {:?}", began.elapsed());
        if tokens.last() != Some(&token) {
            tokens.push(token);
        }
        thread::sleep(Duration::from_millis(50));
    }
    assert!((3..=4).contains(&tokens.len()), "one each six seconds: {}", tokens.len());
    assert_eq!(mock.fetches(), tokens.len());
}

#[test]
fn stable_tokens_are_forced_as_seldom_as_wechat_allows() {
    let place = Place::new();
    let mock = Mock::start(&place, &[]);
    let hub = HubProcess::start(&place, &mock, &["--stable"]);
    let first = hub.token();
    let rotate = |token: &str| post(&hub.at("token/rotate"), &format!(r#"{{"rotate":"{token}"}}"#));
    let (_, shown) = rotate(&first);
    let second = shown["access_token"].as_str().unwrap().to_owned();
    assert_ne!(first, second);
    assert!(!mock.takes(&first) && mock.takes(&second));
    assert_eq!(rotate(&second).0, 429, "thirty seconds have to pass");
    assert_eq!((mock.fetches(), mock.calls("stable_token")), (0, 2));
}

#[test]
fn many_apps_have_one_server() {
    let place = Place::new();
    let mock = Mock::start(&place, &[]);
    let config = place.path("config/wxkit/config.toml");
    fs::create_dir_all(config.parent().unwrap()).unwrap();
    let text = format!(
        "[profile.shop]\napp_id = \"{APP}\"\napp_secret = \"{SECRET}\"\nbase = \"{0}\"\n\
         [profile.blog]\napp_id = \"wx1\"\napp_secret = \"x\"\nbase = \"{0}\"\n",
        mock.url
    );
    fs::write(&config, text).unwrap();
    fs::set_permissions(&config, fs::Permissions::from_mode(0o600)).unwrap();
    let args = ["token", "serve", "--listen", "127.0.0.1:0", "--app", "shop,blog", "--ready-file"];
    let ready = place.path("many");
    let mut child = place.wxkit(&args).arg(&ready).spawn().unwrap();
    let url = until(Duration::from_secs(10), || fs::read_to_string(&ready).ok()).expect("ready");
    let (shop, blog) = (get(&format!("{url}/v1/apps/{APP}/token")), get(&format!("{url}/v1/apps/wx1/token")));
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!((shop.0, blog.0, blog.1["error"]["errcode"].as_str()), (200, 503, Some("40013")));
    let twice = place.wxkit(&["token", "serve", "--app", "shop,shop"]).output().unwrap();
    assert_eq!(twice.status.code(), Some(2));
}

#[test]
fn the_rest_of_wechat_is_not_served_and_says_so() {
    let (_place, _mock, hub) = started();
    for path in ["/cgi-bin/user/info", "/cgi-bin/menu/create", "/sns/userinfo", "/nothing"] {
        let (status, shown) = get(&format!("{}{path}?access_token=x", hub.url));
        assert_eq!((status, &shown["error"]["code"]), (404, &"hub.not_found".into()), "{path}: {shown}");
        let serves = shown["error"]["serves"].as_array().unwrap();
        assert!(serves.iter().any(|path| path == "GET /cgi-bin/token"), "{shown}");
        // An SDK tries -1 again for ever, and this one never.
        assert_eq!(shown["errcode"], 40066, "{shown}");
    }
}

#[test]
fn who_complains_is_named() {
    let place = Place::new();
    let mock = Mock::start(&place, &[]);
    let file = place.path("clients.txt");
    fs::write(&file, "shop shop-token-0123456789\n").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let hub = HubProcess::start(&place, &mock, &["--auth-file", file.to_str().unwrap()]);
    let request = with_bearer("POST", &hub.at("token/rotate"), "shop-token-0123456789");
    assert_eq!(send(&request).status, 200);
    let log = hub.process.log();
    assert!(log.contains(r#""client":"shop""#) && log.contains(r#""type":"rotated""#), "{log}");
    assert!(!log.contains("shop-token"), "{log}");
}

#[test]
fn a_hangup_reads_clients_and_profiles_again() {
    let place = Place::new();
    let mock = Mock::start(&place, &[]);
    let private = |path: &std::path::Path, text: &str| {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    };
    let (config, clients) = (place.path("config/wxkit/config.toml"), place.path("clients.txt"));
    let profile = |name: &str, app: &str, secret: &str| {
        format!("[profile.{name}]\napp_id = \"{app}\"\napp_secret = \"{secret}\"\nbase = \"{}\"\n", mock.url)
    };
    let shop = profile("shop", APP, SECRET);
    private(&config, &(shop.clone() + &profile("blog", "wx1", "wrong")));
    private(&clients, "one token-of-one-0123456789\n");
    let auth = clients.to_str().unwrap();
    let args =
        ["token", "serve", "--json", "--listen", "127.0.0.1:0", "--app", "shop,blog", "--auth-file", auth];
    let hub = place.serving(&args);
    let ask = |app: &str, bearer: &str| {
        servers::json(&send(&with_bearer("GET", &format!("{}/v1/apps/{app}/token", hub.url), bearer)))
    };
    let (status, first) = ask(APP, "token-of-one-0123456789");
    assert_eq!((status, ask(APP, "token-of-two-0123456789").0), (200, 401), "{first}");
    // A file with a mistake changes nothing.
    private(&clients, "two short\n");
    let hang_up = |wanted: &str| {
        let before = hub.process.log().len();
        assert!(
            Command::new("kill").args(["-HUP", &hub.process.id().to_string()]).status().unwrap().success()
        );
        let said = || Some(hub.process.log()[before..].to_owned()).filter(|log| log.contains(wanted));
        until(Duration::from_secs(10), said).unwrap_or_else(|| panic!("no {wanted}: {}", hub.process.log()))
    };
    hang_up("less than 16");
    assert_eq!(ask(APP, "token-of-one-0123456789").0, 200);
    private(&clients, "two token-of-two-0123456789\n");
    private(&config, &(shop + &profile("blog", APP, SECRET)));
    // Two profiles of one app are a mistake, too.
    hang_up("is there twice");
    private(&config, &(profile("shop", APP, SECRET) + &profile("blog", "wx2", "another")));
    hang_up("reloaded");
    assert_eq!(ask(APP, "token-of-one-0123456789").0, 401);
    let (status, again) = ask(APP, "token-of-two-0123456789");
    assert_eq!((status, &again["access_token"]), (200, &first["access_token"]), "what was held is kept");
    assert_eq!(ask("wx1", "token-of-two-0123456789").0, 404);
    assert_eq!(ask("wx2", "token-of-two-0123456789").0, 503);
}

#[test]
fn systemd_is_told_when_it_is_ready() {
    let place = Place::new();
    let mock = Mock::start(&place, &[]);
    let path = place.path("notify");
    let manager = std::os::unix::net::UnixDatagram::bind(&path).unwrap();
    manager.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let args = ["token", "serve", "--json", "--listen", "127.0.0.1:0"];
    let mut command = place.as_app(&mock, &args);
    let mut child = command.env("NOTIFY_SOCKET", &path).spawn().unwrap();
    let mut said = [0; 100];
    let read = manager.recv(&mut said).unwrap();
    let said = String::from_utf8_lossy(&said[..read]).into_owned();
    assert_eq!(said, format!("READY=1\nMAINPID={}\n", child.id()));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_full_disk_is_noticed_before_a_token_is_fetched() {
    let place = Place::new();
    let mock = Mock::start(&place, &[]);
    let command = place.as_app(&mock, &["token", "get", "-q"]);
    let environment: Vec<_> =
        command.get_envs().map(|(n, v)| (n.to_owned(), v.unwrap().to_owned())).collect();
    // No file may grow: to the program the same as no room on the disk.
    let script = format!("trap '' XFSZ; ulimit -f 0; exec {} token get -q", env!("CARGO_BIN_EXE_wxkit"));
    let output = Command::new("sh").args(["-c", &script]).env_clear().envs(environment).output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(mock.fetches(), 0, "a token that nobody can keep is not fetched");
}

#[test]
fn the_secret_is_never_shown() {
    let (_place, mock, hub) = started();
    hub.token();
    let mut seen = hub.process.log();
    for path in ["/readyz", "/metrics", "/healthz", "/", "/v1/apps/x/token"] {
        seen += &String::from_utf8_lossy(&send(&Request::new("GET", format!("{}{path}", hub.url))).body);
    }
    mock.fault(r#"{"endpoint":"token","code":40243}"#);
    seen += &post(&hub.at("token/rotate"), "").1.to_string();
    seen += &hub.process.log();
    assert!(seen.contains("40243"));
    assert!(!seen.contains(SECRET));
    assert!(!seen.contains(&hub.token()), "nor is a token, where it was not asked for");
}

/// Every file below, with what is in it.
fn files_below(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(dir).into_iter().flatten().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            all.extend(files_below(&entry));
        } else {
            all.push((entry.clone(), fs::read(&entry).unwrap()));
        }
    }
    all.sort();
    all
}

/// A machine that asks the server, with a store of its own that is filled.
struct Asker {
    place: Place,
    held: Vec<(PathBuf, Vec<u8>)>,
}

impl Asker {
    fn new() -> Self {
        let place = Place::new();
        // Another account's gateway, so that the server's token stays good.
        let elsewhere = Mock::start(&place, &[]);
        answer(place.as_app(&elsewhere, &["token", "get", "-q"]).output().unwrap());
        let held = files_below(&place.path("state"));
        assert!(!held.is_empty(), "its store is filled");
        Self { place, held }
    }

    /// Runs the program as one who was told of the server in one of three ways.
    fn said(&self, how: &str, url: &str, words: &[&str]) -> Output {
        let mut args = words.to_vec();
        args.extend(["--json", "--app-id", APP]);
        let mut command = if how == "flag" {
            args.extend(["--hub", url]);
            self.place.wxkit(&args)
        } else {
            self.place.wxkit(&args)
        };
        if how == "environment" {
            command.env("WXKIT_HUB", url);
        }
        if how == "profile" {
            let dir = self.place.path("config/wxkit");
            fs::create_dir_all(&dir).unwrap();
            let file = dir.join("config.toml");
            fs::write(&file, format!("[profile.far]\nhub = \"{url}\"\n")).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
            command.env("WXKIT_PROFILE", "far");
        }
        command.output().unwrap()
    }

    fn answers(&self, how: &str, url: &str, words: &[&str]) -> Value {
        serde_json::from_str(&answer(self.said(how, url, words))).unwrap()
    }

    fn is_as_it_was(&self) -> bool {
        files_below(&self.place.path("state")) == self.held
    }
}

#[test]
fn status_and_forget_ask_the_server_and_leave_the_store_alone() {
    let (_place, mock, hub) = started();
    let asker = Asker::new();
    let old = hub.token();
    for how in ["flag", "environment", "profile"] {
        let shown = asker.answers(how, &hub.url, &["token", "status", "--reveal"]);
        let lease = &shown["leases"][0];
        let whose = (&shown["source"], &lease["app_id"], &lease["kind"]);
        assert_eq!(whose, (&json!("hub"), &json!(APP), &json!("token")), "{how}: {shown}");
        assert!(lease["expires_in"].as_u64().unwrap() > 7000, "{how}: {shown}");
        assert!(!shown.to_string().contains(&old), "{how}: {shown}");
    }
    assert_eq!(mock.fetches(), 1, "looking fetches nothing");
    let shown = asker.answers("flag", &hub.url, &["token", "forget"]);
    assert_eq!((&shown["forgotten"], &shown["replaced"]), (&json!(1), &json!(["token"])), "{shown}");
    let new = hub.token();
    assert!(new != old && mock.takes(&new));
    for how in ["flag", "environment", "profile"] {
        let output = asker.said(how, &hub.url, &["token", "forget"]);
        assert!(String::from_utf8_lossy(&output.stderr).contains("hub.too_soon"), "{how}: {output:?}");
    }
    assert_eq!((hub.token(), mock.fetches()), (new, 2));
    assert!(asker.is_as_it_was());
}

#[test]
fn a_server_that_says_no_or_nothing_leaves_the_store_alone() {
    let place = Place::new();
    let mock = Mock::start(&place, &[]);
    let file = place.path("clients.txt");
    fs::write(&file, "shop shop-token-0123456789\n").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let hub = HubProcess::start(&place, &mock, &["--auth-file", file.to_str().unwrap()]);
    let (asker, fetches) = (Asker::new(), mock.fetches());
    let nobody = "http://127.0.0.1:9";
    for (url, code) in
        [(hub.url.as_str(), "hub.unauthorized"), (&mock.url, "hub.not_a_hub"), (nobody, "net.")]
    {
        for words in [["token", "status"], ["token", "forget"]] {
            let output = asker.said("flag", url, &words);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!output.status.success() && said.contains(code), "{url} {words:?}: {said}");
        }
    }
    let unknown = asker.place.wxkit(&[
        "token",
        "forget",
        "--json",
        "--hub",
        &hub.url,
        "--app-id",
        "wx0000000000000001",
    ]);
    let output = { unknown }.env("WXKIT_HUB_TOKEN", "shop-token-0123456789").output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("hub.unknown_app"), "{output:?}");
    assert!(asker.is_as_it_was());
    assert_eq!(mock.fetches(), fetches);
}

#[test]
fn who_asks_a_server_needs_no_store() {
    let (place, mock, hub) = started();
    let mut command = place.wxkit(&[
        "token",
        "get",
        "-q",
        "--hub",
        &hub.url,
        "--app-id",
        APP,
        "--store",
        "redis://127.0.0.1:9",
    ]);
    assert!(mock.takes(&answer(command.env_remove("HOME").env_remove("XDG_STATE_HOME").output().unwrap())));
}
