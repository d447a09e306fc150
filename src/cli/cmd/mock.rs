//! `mock`: the local WeChat gateway.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use wxkit::api::keys::Secret;
use wxkit::api::word::Part;
use wxkit::api::{Lang, Word};
use wxkit::mock::{CertificateRule, Consent, Identity, KeyMode, Mock, NOT_PLAYED_CODE, Options, Stub};
use wxkit::net::{self, Address, AtFront, Reach};

use super::super::args::{Args, Flag};
use super::super::door;
use super::super::error::{self, Error};
use super::super::explained;
use super::super::files::{self, Scenario};
use super::super::host::{Beside, Happened, Host, Journal, Log, WRITING};
use super::super::outcome::{Event, Format, Outcome, View};
use super::super::place::Place;
use super::super::seeds;
use super::super::verb::{Verb, Words};
use super::super::wiring::{Context, Located, Name};
use super::mock_access::{self, CONTROL_FROM, CONTROL_TOKEN};
use super::mock_beside::{PROGRAM, Program};
use super::mock_env::{self, ENV_FILE, PRINT_ENV};
use super::mock_front::{self, Asked, PROXY, PROXY_OTHER, TLS};
use super::mock_keys::{self, Existing, KEYS};
use super::mock_until::{self, UNTIL_EOF};

static LISTEN: Flag = Flag::text(
    "listen",
    "ADDR",
    "监听地址，默认 127.0.0.1:7780，端口 0 表示任选",
    "Address, 127.0.0.1:7780 by default; port 0 takes a free one",
);
static SPEED: Flag = Flag::number(
    "speed",
    "N",
    "时间加速倍数：通知按计划的 1/N 发送",
    "Time runs N times faster for the schedule of notices",
);
static SEED: Flag = Flag::number(
    "seed",
    "N",
    "随机数种子：相同的调用得到相同的编号与随机串；时间用 --at 固定",
    "Seed of all that is random: the same calls get the same numbers; --at freezes the time",
);
static PUBLIC_URL: Flag = Flag::texts(
    "public-url",
    "URL",
    "别的机器用来访问网关的地址，可重复；其他域名的请求会被拒绝（IP、localhost、无点的名字和微信自己的域名除外）",
    "Address by which other machines call the gateway, repeatable; calls to other names are refused (but for addresses, localhost, names without a dot and WeChat's own)",
);
static TOKEN_LIFE: Flag = Flag::number(
    "token-life",
    "SECS",
    "access_token 有效期，默认 7200",
    "Life of an access_token, 7200 by default",
);

static STUB: Flag = Flag::texts(
    "stub",
    "PATH=BODY",
    "网关没有实现的接口怎么回复，可重复；路径末尾的 * 表示任意",
    "What to answer to calls that the gateway does not play, repeatable; a * at the end of the path stands for anything",
);
static FAULT: Flag = Flag::texts(
    "fault",
    "SPEC",
    "故障，可重复：refund:SYSTEMERROR,count=2；清单见 GET /_mock/faults/known",
    "A fault, repeatable: refund:SYSTEMERROR,count=2; GET /_mock/faults/known lists them all",
);
static SCENARIO: Flag = Flag::text(
    "scenario",
    "FILE",
    "从 TOML 文件读故障、公众号、商户、用户与 seed、speed、token_life",
    "Read faults, accounts, merchants, users, and seed, speed, token_life, from a TOML file",
);
static SHOP: Flag =
    Flag::switch("shop", "同时在 /shop 提供一个示例商城", "Serve a small sample shop under /shop too");
static CONSENT: Flag = Flag::switch(
    "consent",
    "浏览器打开授权链接时总是显示授权页（snsapi_base 除外）",
    "Always show the consent page to browsers (but not for snsapi_base)",
);

static KEY_MODE: Flag = Flag::text(
    "key-mode",
    "MODE",
    "v3 用微信的哪把密钥：both（默认，按请求头）、certificate、public-key（新商户，没有平台证书），或切换中的百分比如 5%",
    "Which of WeChat Pay's keys sign in v3: both (the default: the request says), certificate, public-key (a new merchant without certificates), or the percentage of a switch, like 5%",
);
static REFUND_URL: Flag = Flag::text(
    "refund-url",
    "URL",
    "商户平台上设置的退款通知地址：退款请求没有 notify_url 时用它，按 v2 的格式通知",
    "The address for refund notices set on the merchant platform: used where a refund names none, told in the form of v2",
);

static STATE: Flag = Flag::text(
    "state",
    "FILE",
    "把订单、令牌、通知保存在这个文件里，重启后继续；每 0.2 秒写一次，被 kill -9 时丢失最后一刻",
    "Keep orders, tokens and notices in this file, and go on with them after a restart; it is written every 0.2 s, so kill -9 loses the last moment",
);

/// `mock`
pub const VERBS: &[&Verb] = &[&Verb {
    noun: "",
    name: "mock",
    about: Word::new("运行本地微信网关", "Run a local WeChat gateway"),
    example: "mock --listen 127.0.0.1:7780 --speed 60",
    flags: &[
        &LISTEN,
        &SPEED,
        &SEED,
        &door::READY_FILE,
        &door::READY_FD,
        &UNTIL_EOF,
        &door::SOCKET_MODE,
        &door::SOCKET_GROUP,
        &PRINT_ENV,
        &ENV_FILE,
        &TLS,
        &PROXY,
        &PROXY_OTHER,
        &PUBLIC_URL,
        &CONTROL_FROM,
        &CONTROL_TOKEN,
        &STUB,
        &TOKEN_LIFE,
        &FAULT,
        &SCENARIO,
        &STATE,
        &SHOP,
        &CONSENT,
        &KEYS,
        &KEY_MODE,
        &REFUND_URL,
    ],
    words: Words::Program(PROGRAM),
    row: None,
    run: mock,
}];

fn mock(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let scenario = args.text(&SCENARIO).map(files::scenario).transpose()?.unwrap_or_default();
    let speed = speed(args.number(&SPEED).or(scenario.speed))?;
    let program = Program::of(args)?;
    let usual = if program.is_some() { "127.0.0.1:0" } else { "127.0.0.1:7780" };
    let listen = door::address(args, &LISTEN, usual)?;
    let asked = Asked::of(args, ctx, &listen)?;
    let seed = args.number(&SEED).or(scenario.seed);
    let options = Options {
        speed,
        seed: seed.unwrap_or(0),
        token_life: args.number(&TOKEN_LIFE).or(scenario.token_life).unwrap_or(7200),
        control: mock_access::asked(args, ctx)?,
        stubs: args.texts(&STUB).map(stub).collect::<Result<_, _>>()?,
        names: args.texts(&PUBLIC_URL).map(name_in).collect::<Result<_, _>>()?,
        consent: if args.has(&CONSENT) { Consent::Asked } else { Consent::Silent },
        refund_url: args.text(&REFUND_URL).map(str::to_owned).or(scenario.refund_url),
        certificate: if asked.is_some() { CertificateRule::OverTls } else { CertificateRule::Ignored },
        ..Options::default()
    };
    let mode = args.text(&KEY_MODE).or(scenario.key_mode.as_deref()).map(key_mode).transpose()?;
    let identity = Identity {
        key_mode: mode.unwrap_or(KeyMode::Both),
        ..seeds::seeded(identity(ctx)?, scenario.seeds, ctx)?
    };
    if let Some(dir) = args.text(&KEYS) {
        mock_keys::written(Path::new(dir), Existing::Kept)?;
    }
    let names = options.names.clone();
    let mut mock = Mock::new(identity.clone(), options);
    add_faults(&mut mock, args.texts(&FAULT).map(Value::from).chain(scenario.faults))?;
    if args.has(&PRINT_ENV) || args.text(&ENV_FILE).is_some() {
        return mock_env::told(args, ctx, &identity, &listen, asked.as_ref());
    }
    let beside = if args.has(&SHOP) { Beside::Shop } else { Beside::Nothing };
    let state = args.text(&STATE).map(Path::new);
    let gateway =
        Gateway { mock, beside, state, listen: &listen, asked: asked.as_ref(), seed, names: &names };
    if let Some(program) = program {
        mock_until::not_beside_a_program(args)?;
        return beside_program(args, ctx, gateway, &identity, program);
    }
    let url = serve(
        ctx,
        gateway,
        |place, _| {
            let asked_to_stop = mock_until::asked(args)?;
            ready(args, ctx, &identity, place, asked.as_ref())?;
            Ok(asked_to_stop)
        },
        |happened| ctx.stage.event(&line(&happened, ctx.lang)),
    )?;
    let said = Word::new("网关已停止", "the gateway has stopped");
    Ok(Outcome::new(json!({ "type": "stopped", "url": url }), "").show(View::Say(said.into())))
}

/// The gateway of a scenario, with whom it names, else with the published keys.
pub(super) fn of_scenario(scenario: Scenario, ctx: &Context) -> Result<Mock, Error> {
    let mode = scenario.key_mode.as_deref().map(key_mode).transpose()?;
    let identity = seeds::seeded(Identity::default(), scenario.seeds, ctx)?;
    let identity = Identity { key_mode: mode.unwrap_or(KeyMode::Both), ..identity };
    let options = Options {
        speed: speed(scenario.speed)?,
        seed: scenario.seed.unwrap_or(0),
        token_life: scenario.token_life.unwrap_or(7200),
        refund_url: scenario.refund_url,
        ..Options::default()
    };
    let mut mock = Mock::new(identity, options);
    add_faults(&mut mock, scenario.faults)?;
    Ok(mock)
}

fn add_faults(mock: &mut Mock, faults: impl IntoIterator<Item = Value>) -> Result<(), Error> {
    for fault in faults {
        mock.add_faults(&fault).map_err(|bad| error::of_fault(&fault, &bad))?;
    }
    Ok(())
}

/// Serves as long as a program runs: what stdout shows is the program's.
fn beside_program(
    args: &Args,
    ctx: &Context,
    gateway: Gateway<'_>,
    identity: &Identity,
    program: Program<'_>,
) -> Result<Outcome, Error> {
    let asked = gateway.asked;
    serve(
        ctx,
        gateway,
        |place, host| {
            door::tell_ready(args, &place.url)?;
            warn(ctx, identity, place, asked);
            let keys = args.text(&KEYS).map(Path::new);
            let variables = mock_env::leading(keys, ctx, identity, &place.url, asked)?;
            let (ended, host) = (program.start(&variables)?, host.clone());
            Ok(async move {
                ended.await;
                host.explained().await;
            })
        },
        |happened| {
            if is_refusal(&happened) {
                program.keep(line(&happened, ctx.lang));
            }
        },
    )?;
    program.outcome(ctx)
}

/// `PATH=BODY`
fn stub(text: &str) -> Result<Stub, Error> {
    let found = text.split_once('=').filter(|(path, _)| path.starts_with('/'));
    let (path, body) = found.ok_or_else(|| {
        let message = Word::new("--stub 应写成 /路径=回复：{}", "--stub is /PATH=BODY: {}");
        Error::usage(message.with([error::typed(text)]))
            .next(r#"wxkit mock --stub '/cgi-bin/message/*={"errcode":0}'"#)
    })?;
    Ok(Stub { path: path.to_owned(), body: body.to_owned() })
}

/// Whether this is what the program did wrong, or why.
pub(super) fn is_refusal(happened: &Happened) -> bool {
    match happened {
        Happened::Answered { verdict, .. } => verdict != "ok",
        Happened::Explained(_) | Happened::NotKept(_) => true,
        Happened::Delivered { outcome, .. } => !matches!(outcome, Ok(200 | 204)),
        Happened::AtFront(at) => !matches!(at, AtFront::Elsewhere(_, Ok(()))),
        Happened::Missed(_) => false,
    }
}

/// The name of the host in an address.
fn name_in(url: &str) -> Result<String, Error> {
    match net::reach(url) {
        Some(Reach::Far { host }) => Ok(host),
        Some(Reach::Near) => Ok("localhost".to_owned()),
        None => {
            let message = Word::new("--public-url 不是网址：{}", "--public-url is no address: {}");
            Err(Error::usage(message.with([error::typed(url)])).hint(Word::new(
                "写全，如 https://wxkit.example.com",
                "write all of it, like https://wxkit.example.com",
            )))
        }
    }
}

/// `both`, `certificate`, `public-key`, or the share of a switch: `0.1%` to `100%`.
fn key_mode(text: &str) -> Result<KeyMode, Error> {
    let share = |text: &str| {
        let percent = text.strip_suffix('%')?.parse::<f64>().ok()?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 1000")]
        (0.1..=100.0).contains(&percent).then(|| (percent * 10.0).round() as u16)
    };
    match text {
        "both" => Ok(KeyMode::Both),
        "certificate" => Ok(KeyMode::Certificate),
        "public-key" => Ok(KeyMode::PublicKey),
        other => share(other).map(KeyMode::Switching).ok_or_else(|| {
            let message = Word::new("--key-mode 不认识 {}", "--key-mode does not know {}");
            Error::usage(message.with([error::typed(other)])).hint(Word::new(
                "both、certificate、public-key，或 0.1% 到 100% 的百分比",
                "both, certificate, public-key, or a percentage from 0.1% to 100%",
            ))
        }),
    }
}

/// How much faster the schedule of notices is than WeChat's.
fn speed(given: Option<u64>) -> Result<u32, Error> {
    let given = given.unwrap_or(1);
    u32::try_from(given).ok().filter(|speed| *speed > 0).ok_or_else(|| bad_speed(given))
}

fn bad_speed(given: u64) -> Error {
    let message = Word::new("--speed {}：应为 1 到 4294967295", "--speed {}: it is between 1 and 4294967295");
    let hint = Word::new(
        "--speed 60 让一分钟变成一秒；1 是微信的真实节奏",
        "--speed 60 makes a minute a second; 1 is WeChat's own pace",
    );
    Error::usage(message.with([given.to_string()])).hint(hint)
}

/// What is served, and where.
struct Gateway<'a> {
    mock: Mock,
    beside: Beside,
    state: Option<&'a Path>,
    listen: &'a Address,
    asked: Option<&'a Asked>,
    /// From which everything random comes, if it is to repeat.
    seed: Option<u64>,
    /// Names by which it is called, beside the usual ones.
    names: &'a [String],
}

/// Serves a gateway until what `start` gives is ready: it is told where the gateway
/// listens, and `tell` everything that happens then. Returns the address.
fn serve<Until: Future>(
    ctx: &Context,
    gateway: Gateway<'_>,
    start: impl FnOnce(&Place, &Host) -> Result<Until, Error>,
    tell: impl Fn(Happened),
) -> Result<String, Error> {
    let journal = Journal::default();
    let host = Host::wired(ctx, gateway.mock, watcher(ctx, &journal))?;
    let host = if let Some(seed) = gateway.seed { host.seeded(seed) } else { host };
    let host = if let Some(path) = gateway.state { host.kept_in(path)? } else { host };
    ctx.wait(async {
        let listener = net::bind_to(gateway.listen).await?;
        let place = Place::of(&listener);
        let host = if gateway.beside == Beside::Shop { host.with_shop(&place.url) } else { host };
        let host = match gateway.asked {
            Some(asked) => host.with_front(asked.front(&listener, gateway.names, at_front(ctx, &journal))?),
            None => host,
        };
        let until = start(&place, &host)?;
        let mut serving = std::pin::pin!(host.serve(listener, until));
        let mut looks = net::interval(Journal::LOOKS);
        loop {
            let ended = net::select! {
                ended = &mut serving => Some(ended),
                _ = looks.tick() => None,
            };
            ctx.show_crossed();
            journal.take().into_iter().for_each(&tell);
            if let Some(ended) = ended {
                return ended.map(|()| place.url);
            }
        }
    })?
}

/// Who is told what happens; nobody, where nothing would be shown.
fn watcher(ctx: &Context, journal: &Journal) -> Log {
    let journal = journal.clone();
    match ctx.format {
        Format::Quiet => Arc::new(|_| ()),
        Format::Human | Format::Json => Arc::new(move |happened| journal.note(happened)),
    }
}

/// Likewise for what happens before there is a request.
fn at_front(ctx: &Context, journal: &Journal) -> impl Fn(AtFront) + Send + Sync + 'static {
    let watcher = watcher(ctx, journal);
    move |at| watcher(Happened::AtFront(at))
}

/// The fixed identity, with what was set for it: by a flag, in the environment, or
/// by a profile that was named. The default profile is nobody's wish to have real
/// keys in a gateway.
fn identity(ctx: &Context) -> Result<Identity, Error> {
    let fixed = Identity::default().default_keys();
    let own = &ctx.settings;
    let text = |name, given: &Option<String>, usual: Option<String>| {
        given.clone().filter(|_| ctx.is_named(name)).or(usual).unwrap_or_default()
    };
    let secret = |name, given: Option<&Located>, usual: Option<Secret>| {
        let given = ctx.secret(given.filter(|_| ctx.is_named(name)))?;
        Ok::<_, Error>(given.or(usual).unwrap_or_else(|| Secret::new("")))
    };
    Ok(Identity::new(
        &text(Name::AppId, &own.app_id, fixed.app_id),
        secret(Name::AppSecret, own.app_secret.as_ref(), fixed.app_secret)?,
        &text(Name::MchId, &own.mch_id, fixed.mch_id),
        secret(Name::PayKey, own.pay_key.as_ref(), fixed.v2.map(|v2| v2.key))?,
    ))
}

const OWN_KEY: Word = Word::new(
    "注意：网关用的是你自己的支付密钥（--key、环境变量或配置），不是公开的测试密钥：正确的签名与待签名串不会在网页和 /_mock/ 里给出",
    "note: the gateway runs with your own pay key (--key, environment or profile), not with the published one: right signatures and strings to sign are not shown on its pages and under /_mock/",
);

const WAITS_AS_WECHAT: Word = Word::new(
    "提示：--timeout 在这里不起作用：网关和微信一样，每条通知等 5 秒应答",
    "note: --timeout changes nothing here: like WeChat, the gateway waits 5 seconds for the reply to a notice",
);

/// Says where it listens: one line, the file that was asked for, the variables.
fn ready(
    args: &Args,
    ctx: &Context,
    identity: &Identity,
    place: &Place,
    asked: Option<&Asked>,
) -> Result<(), Error> {
    let url = place.url.as_str();
    door::tell_ready(args, url)?;
    let keys = identity.default_keys();
    let dashboard = format!("{url}/_mock/");
    let mut data = json!({
        "type": "ready", "url": url, "app_id": keys.app_id, "mch_id": keys.mch_id, "dashboard": dashboard,
        "listen": place.public, "own_key": identity.has_own_key(),
    });
    if url.starts_with("unix:") {
        data["dashboard"] = Value::Null;
    }
    let words =
        Word::new("微信网关已就绪：{}（Ctrl-C 停止）", "the gateway is ready at {} (Ctrl-C stops it)");
    let mut view = vec![View::Good(words.with([url]))];
    view.push(View::Say(match url.strip_prefix("unix:") {
        None => Word::new("控制台：{}", "dashboard: {}").with([dashboard]),
        // No browser opens a socket file.
        Some(path) => Word::new(
            "控制接口：curl --unix-socket {} http://localhost/_mock/requests",
            "control plane: curl --unix-socket {} http://localhost/_mock/requests",
        )
        .with([error::shell_word(path)]),
    }));
    if let Some(asked) = asked {
        asked.told(url, &mut data, &mut view);
    }
    if args.has(&SHOP) {
        let shop = format!("{url}/shop");
        data["shop"] = shop.as_str().into();
        view.push(View::Say(Word::new("示例商城：{}", "sample shop: {}").with([shop])));
    }
    if let Some(file) = args.text(&STATE) {
        let every = u64::try_from(WRITING.as_millis()).unwrap_or_default();
        data["state"] = json!({ "file": file, "written_every_ms": every });
        let said = Word::new(
            "状态：{}，有变化时每 {} 毫秒写一次（kill -9 会丢失最后一刻）",
            "state: {}, written every {} ms while it changes (kill -9 loses the last moment)",
        );
        view.push(View::Say(said.with([file.to_owned(), every.to_string()])));
    }
    ctx.stage.event(&Event { data, answer: Some(url.to_owned()), view });
    warn(ctx, identity, place, asked);
    Ok(())
}

/// What to think of before others use it, or read it.
fn warn(ctx: &Context, identity: &Identity, place: &Place, asked: Option<&Asked>) {
    let own_key = identity.has_own_key().then(|| OWN_KEY.into());
    let open = asked.and_then(|asked| asked.warning(place.public.is_some()));
    let waits = ctx.is_typed(Name::Timeout).then(|| WAITS_AS_WECHAT.into());
    for warning in place.warning().iter().chain(&open).chain(&own_key).chain(&waits) {
        ctx.stage.note(warning);
    }
}

/// One line of the log.
pub(super) fn line(happened: &Happened, lang: Lang) -> Event {
    match happened {
        Happened::Answered { what, verdict } if verdict == NOT_PLAYED_CODE => {
            let words = Word::new(
                "wxkit mock 没有实现这个接口：{}（要让它有回复：--stub '{}=…'）",
                "wxkit mock does not play this call: {} (to have it answered: --stub '{}=…')",
            );
            let path = what.split_once(' ').map_or("", |(_, path)| path);
            let data = json!({ "type": "request", "what": what, "verdict": verdict });
            Event { data, answer: None, view: vec![View::Bad(words.with([what.as_str(), path]))] }
        }
        Happened::Answered { what, verdict } => {
            let message = Word::new("{}  {}", "{}  {}").with([what.as_str(), verdict.as_str()]);
            let view = vec![if verdict == "ok" { View::Good(message) } else { View::Bad(message) }];
            Event { data: json!({ "type": "request", "what": what, "verdict": verdict }), answer: None, view }
        }
        Happened::Explained(explained) => {
            let report = explained::document(explained, lang);
            let view = explained::views(&explained.report);
            Event { data: json!({ "type": "explain", "explain": report }), answer: None, view }
        }
        Happened::AtFront(at) => mock_front::line(at),
        Happened::Missed(count) => {
            let message = Word::new("另有 {} 条来不及显示", "{} more went by too fast to be shown");
            let data = json!({ "type": "missed", "count": count });
            Event { data, answer: None, view: vec![View::Say(message.with([count.to_string()]))] }
        }
        Happened::NotKept(why) => {
            let message = Word::new("状态没能保存：{}", "the state could not be written: {}")
                .with([Part::from(why.clone())]);
            let data = json!({ "type": "state", "error": why.text(lang) });
            Event { data, answer: None, view: vec![View::Bad(message)] }
        }
        Happened::Delivered { url, outcome } => {
            let (ok, said, told) = match outcome {
                Ok(status) => (matches!(*status, 200 | 204), status.to_string(), status.to_string().into()),
                Err(why) => (false, why.clone(), Part::from(error::said_word(why))),
            };
            let message = Word::new("通知 {} → {}", "notice {} → {}").with([url.as_str().into(), told]);
            let view = vec![if ok { View::Good(message) } else { View::Bad(message) }];
            Event { data: json!({ "type": "notice", "url": url, "outcome": said }), answer: None, view }
        }
    }
}
