//! `token get|serve`: the shared access_token, and the server of it; the verbs of
//! `token status|forget` too, which are in `held`.

use std::sync::Arc;

use serde_json::json;
use wxkit::api::word::Part;
use wxkit::api::{Message, Word, calendar};
use wxkit::client::hub::pause::refused_ip;
use wxkit::client::hub::{self, Clients, Deed, Elsewhere, Hub, Trouble};
use wxkit::client::{Client, LeaseKind, Leased, Source, StoreError};
use wxkit::net;

use super::super::args::{Args, Flag};
use super::super::door;
use super::super::error::{self, Error};
use super::super::files;
use super::super::outcome::{Event, Outcome, Purpose, View, pairs};
use super::super::verb::{Verb, Words};
use super::super::wiring::{Context, Name};
use super::held;

pub(super) static FORCE: Flag = Flag::switch(
    "force",
    "不用缓存，重新获取（旧的会失效）",
    "Fetch a new one even if the stored one is good; the old one dies",
);
static STABLE: Flag = Flag::switch("stable", "使用 stable_token 接口", "Use the stable_token interface");

static LISTEN: Flag = Flag::text(
    "listen",
    "ADDR",
    "监听地址，默认 127.0.0.1:7700；unix:路径 表示套接字文件",
    "Address, 127.0.0.1:7700 by default; unix:PATH makes a socket file",
);
static AUTH_FILE: Flag = Flag::text(
    "auth-file",
    "FILE",
    "谁可以取：每行一个客户端，“名称 令牌”",
    "Who may ask: one client a line, \"name token\"",
);
static APP: Flag = Flag::text(
    "app",
    "PROFILES",
    "服务哪些配置档，逗号分隔；默认当前配置",
    "Profiles to serve, with commas between; the one in force by default",
);
static SERVE_STABLE: Flag = Flag::switch(
    "stable",
    "用 stable_token 接口（与其他地方取的 token 互不影响）",
    "Use the stable_token interface: it does not retire tokens fetched elsewhere",
);
static RELAY: Flag = Flag::switch(
    "relay",
    "把 /cgi-bin 和 /sns 下的其他接口转给微信：SDK 只改接口地址即可",
    "Pass the other calls of /cgi-bin and /sns on to WeChat: an SDK only changes its base URL",
);

/// `token`
pub const VERBS: &[&Verb] = &[
    &Verb {
        noun: "token",
        name: "get",
        about: Word::new(
            "取得有效的 access_token，必要时才请求微信",
            "Get a fresh access_token; WeChat is asked only when needed",
        ),
        example: "token get -q",
        flags: &[&FORCE, &STABLE],
        words: Words::None,
        row: None,
        run: get,
    },
    &Verb {
        noun: "token",
        name: "status",
        about: Word::new(
            "查看已保存（有 --hub 时为中控服务持有）的 token 与 ticket",
            "Show what the store holds, or with --hub the token server",
        ),
        example: "token status",
        flags: &[],
        words: Words::None,
        row: None,
        run: held::status,
    },
    &Verb {
        noun: "token",
        name: "forget",
        about: Word::new(
            "删除本应用已保存的 token 与 ticket；有 --hub 时让中控服务全部换新",
            "Drop what the store holds for this app; with --hub the server replaces it",
        ),
        example: "token forget",
        flags: &[],
        words: Words::None,
        row: None,
        run: held::forget,
    },
    &Verb {
        noun: "token",
        name: "serve",
        about: Word::new(
            "运行 token 中控服务：所有机器和进程共用一个 token",
            "Run the token central server: one fresh token for every process and machine",
        ),
        example: "token serve --store redis://10.0.0.5 --listen 0.0.0.0:7700 --auth-file clients.txt",
        flags: &[
            &LISTEN,
            &AUTH_FILE,
            &APP,
            &SERVE_STABLE,
            &RELAY,
            &door::READY_FILE,
            &door::SOCKET_MODE,
            &door::SOCKET_GROUP,
        ],
        words: Words::None,
        row: None,
        run: serve,
    },
];

fn get(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let kind = if args.has(&STABLE) { LeaseKind::StableToken } else { LeaseKind::Token };
    let lease = ctx.lease(kind, args.has(&FORCE))?;
    Ok(leased("access_token", &lease))
}

/// A lease as an answer: asked for, so shown.
pub(super) fn leased(name: &str, leased: &Leased) -> Outcome {
    let value = leased.lease.value.expose();
    let source = match leased.source {
        Source::Store => "store",
        Source::Fetched => "wechat",
        Source::Hub => "hub",
    };
    let expires_at = leased.lease.expires_at.to_string();
    let data = json!({ name: value, "expires_at": expires_at, "source": source });
    let until = format!("{expires_at} ({} UTC+8)", calendar::datetime(leased.lease.expires_at));
    let lines = pairs([(name, value), ("expires_at", &until), ("source", source)]);
    Outcome::new(data, value).show(lines).meant_for(Purpose::Asked)
}

fn serve(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let listen = door::address(args, &LISTEN, "127.0.0.1:7700")?;
    let Served { apps, clients } = served(args, ctx)?;
    let ids: Vec<String> = apps.iter().filter_map(|app| app.caller.keys.app_id.clone()).collect();
    let (sender, mut happened) = net::mpsc::unbounded_channel();
    let is_guarded = clients.is_some();
    let elsewhere = if args.has(&RELAY) { Elsewhere::PassedOn } else { Elsewhere::Refused };
    let hub = Hub::new(&apps, clients, elsewhere, Arc::new(move |event| drop(sender.send(event))));
    let url = ctx.wait(async {
        let interrupted = net::interrupted();
        let listener = net::bind_to(&listen).await?;
        if !listener.is_local() && !is_guarded {
            return Err(error::public_hub(&listener.local_url()));
        }
        let url = listener.local_url();
        let mut reloads = net::Reloads::heeded();
        ready(args, ctx, &ids, &url)?;
        let mut serving = std::pin::pin!(Arc::clone(&hub).serve(listener, interrupted));
        loop {
            net::select! {
                () = &mut serving => return Ok(url),
                Some(event) = happened.recv() => {
                    ctx.show_crossed();
                    ctx.stage.event(&line(&event));
                }
                () = reloads.next() => reload(args, ctx, &hub),
            }
        }
    })??;
    let said = Word::new("中控服务已停止", "the token server has stopped");
    Ok(Outcome::new(json!({ "type": "stopped", "url": url }), "").show(View::Say(said.into())))
}

/// What is served, and to whom.
struct Served {
    apps: Vec<Client>,
    /// None: whoever can reach it.
    clients: Option<Clients>,
}

fn served(args: &Args, ctx: &Context) -> Result<Served, Error> {
    let clients = args.text(&AUTH_FILE).map(clients).transpose()?;
    Ok(Served { apps: apps(args, ctx)?, clients })
}

/// Files as they are now; what was typed stays. A mistake in them changes nothing.
fn reload(args: &Args, ctx: &Context, hub: &Hub) {
    match ctx.anew().and_then(|ctx| served(args, &ctx)) {
        Ok(Served { apps, clients }) => hub.reload(&apps, clients),
        Err(error) => ctx.stage.note(&NOT_RELOADED.with([error.message])),
    }
}

const NOT_RELOADED: Word = Word::new(
    "提示：没能重新读取，照旧服务：{}",
    "note: the settings could not be read again, it serves on as before: {}",
);

fn clients(path: &str) -> Result<Clients, Error> {
    Clients::read(&files::private_text(path)?).map_err(|bad| error::of_clients(path, bad))
}

/// A client for each app, each with its own secret; no app twice.
fn apps(args: &Args, ctx: &Context) -> Result<Vec<Client>, Error> {
    let client = |ctx: &Context| -> Result<Client, Error> {
        ctx.app_id()?;
        ctx.app_secret()?;
        if let Some(hub) = &ctx.settings.hub {
            ctx.stage.note(&OWN_STORE.with([hub.as_str()]));
        }
        let mut client = ctx.keeping_client()?;
        if args.has(&SERVE_STABLE) {
            client.tokens.kind = LeaseKind::StableToken;
        }
        Ok(client)
    };
    let Some(names) = args.text(&APP) else { return Ok(vec![client(ctx)?]) };
    let mut apps: Vec<Client> = Vec::new();
    for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let app = client(&ctx.of_profile(name)?)?;
        if let Some(twice) = apps.iter().find(|other| other.caller.keys.app_id == app.caller.keys.app_id) {
            return Err(error::app_twice(twice.caller.keys.app_id.as_deref().unwrap_or_default()));
        }
        apps.push(app);
    }
    if apps.is_empty() { Err(error::missing(Name::AppId)) } else { Ok(apps) }
}

/// A server that asked another one would not be the one place.
const OWN_STORE: Word = Word::new(
    "提示：这里就是中控服务，使用自己的存储，不会去问 {}",
    "note: this is the server: it keeps its own store and does not ask {}",
);

/// Says where it listens and for whom: one line, and the file that was asked for.
fn ready(args: &Args, ctx: &Context, ids: &[String], url: &str) -> Result<(), Error> {
    door::tell_ready(args, url)?;
    if let Some(socket) = ctx.world.variable("NOTIFY_SOCKET") {
        net::tell_ready(&socket).map_err(|error| Error::io("NOTIFY_SOCKET", &error))?;
    }
    let data = json!({ "type": "ready", "url": url, "apps": ids });
    let words = Word::new(
        "token 中控服务已就绪：{}，应用 {}（Ctrl-C 停止）",
        "the token server is ready at {} for {} (Ctrl-C stops it)",
    );
    let view = View::Good(words.with([url.to_owned(), ids.join(", ")]));
    ctx.stage.event(&Event { data, answer: Some(url.to_owned()), view: vec![view] });
    Ok(())
}

/// One line of the log; no token in it.
fn line(event: &hub::Event) -> Event {
    match event {
        hub::Event::Fetched { app_id, kind, left } => {
            let data =
                json!({ "type": "fetched", "app_id": app_id, "kind": kind.as_str(), "expires_in": left });
            let words = Word::new("{} {}：取得新的，{} 秒有效", "{} {}: fetched, good for {} seconds");
            let view = View::Good(words.with([app_id.as_str(), kind.as_str(), &left.to_string()]));
            Event { data, answer: None, view: vec![view] }
        }
        hub::Event::Failed { app_id, kind, trouble } => failed(app_id, *kind, trouble.as_ref()),
        hub::Event::StoreLost(deed, error) => store_lost(*deed, error.clone()),
        hub::Event::Rotated { app_id, kind, by } => {
            let data = json!({ "type": "rotated", "app_id": app_id, "kind": kind.as_str(), "client": by });
            let words = Word::new(
                "{} {}：{} 说它已失效，正在换新的",
                "{} {}: {} says that it failed, fetching another",
            );
            let view = View::Say(words.with([app_id.as_str(), kind.as_str(), by.as_str()]));
            Event { data, answer: None, view: vec![view] }
        }
        hub::Event::Reloaded { apps } => {
            let data = json!({ "type": "reloaded", "apps": apps });
            let words = Word::new("已重新读取配置，应用 {}", "the settings were read again, serving {}");
            Event { data, answer: None, view: vec![View::Good(words.with([apps.join(", ")]))] }
        }
        hub::Event::NotPassedOn { what, why } => {
            let data = json!({ "type": "not_passed_on", "call": what, "why": why });
            let words = Word::new("{} 没有得到微信的回复：{}", "{} got no reply from WeChat: {}");
            let view = View::Bad(words.with([what.as_str(), why.as_str()]));
            Event { data, answer: None, view: vec![view] }
        }
        hub::Event::StoreBack => {
            let view = View::Good(Word::new("存储恢复了", "the store is back").into());
            Event { data: json!({ "type": "store_back" }), answer: None, view: vec![view] }
        }
    }
}

fn store_lost(deed: Deed, error: StoreError) -> Event {
    let error = Error::from(error);
    let (state, words) = match deed {
        Deed::Read => {
            ("away", Word::new("存储不可用，继续用手里的：{}", "the store is lost, serving what is held: {}"))
        }
        Deed::Write => (
            "read_only",
            Word::new(
                "存储只能读不能写，手里的到期后就取不到新的：{}",
                "the store cannot be written: what is held is served until it ends, and not renewed: {}",
            ),
        ),
    };
    let data = json!({ "type": "store_lost", "store": state, "code": error.code });
    Event { data, answer: None, view: vec![View::Bad(words.with([error.message]))] }
}

fn failed(app_id: &str, kind: LeaseKind, trouble: Option<&Trouble>) -> Event {
    let (code, text) = trouble.map_or(("", ""), |t| (t.failed.code.as_str(), t.failed.text.as_str()));
    let retry = trouble.and_then(|t| t.until.map(|until| until.saturating_sub(t.failed.at)));
    let mut data = json!({
        "type": "failed", "app_id": app_id, "kind": kind.as_str(),
        "errcode": code, "errmsg": text, "retry_after": retry,
    });
    let what = format!("{app_id} {} {code} {text}", kind.as_str());
    let remedy = wxkit::api::error_codes::find(code).filter(|_| !code.is_empty()).map(|row| row.remedy);
    let ip = refused_ip(text).filter(|_| code == "40164");
    if let Some(ip) = ip {
        data["add_to_whitelist"] = ip.into();
    }
    let advice: Message = match (ip, remedy) {
        (Some(ip), _) => {
            Word::new("把 {} 加入公众平台的 IP 白名单", "add {} to the IP whitelist of the account")
                .with([ip])
        }
        (None, Some(remedy)) => remedy.into(),
        (None, None) => Word::new("微信没有应答", "WeChat did not answer").into(),
    };
    let next: Message = match retry {
        Some(seconds) => Word::new("{} 秒后再试", "again in {} seconds").with([seconds.to_string()]),
        None => Word::new("已停止，等待人工处理", "stopped until somebody acts").into(),
    };
    let words = Word::new("{}。{}；{}", "{}. {}; {}");
    Event {
        data,
        answer: None,
        view: vec![View::Bad(words.with([Part::from(what), advice.into(), next.into()]))],
    }
}
