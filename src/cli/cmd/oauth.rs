//! `oauth url|exchange|refresh|check|userinfo`: web authorization.

use serde_json::json;
use wxkit::api::endpoint::{Host, Kind};
use wxkit::api::invoke::{Authorize, authorize_url};
use wxkit::api::keys::Secret;
use wxkit::api::oa::{SNS_ACCESS_TOKEN, SNS_AUTH, SNS_REFRESH_TOKEN, SNS_USERINFO};
use wxkit::api::{Word, check};
use wxkit::wire::{Fields, Request};

use super::super::args::{Args, Flag};
use super::super::error::{self, Error};
use super::super::outcome::{Outcome, Purpose, View, pairs};
use super::super::verb::{Verb, Words};
use super::super::wiring::Context;

static REDIRECT_URI: Flag = Flag::text(
    "redirect-uri",
    "URL",
    "授权后回到的地址，域名须已登记",
    "Where the code goes; its host must be registered",
);
static SCOPE: Flag = Flag::choice(
    "scope",
    &["base", "userinfo", "snsapi_base", "snsapi_userinfo"],
    "静默授权或用户信息，默认 base",
    "Silent, or with the user's profile; base by default",
);
static STATE: Flag =
    Flag::text("state", "STR", "原样带回，默认随机", "Comes back unchanged; random by default");
static FORCE_POPUP: Flag = Flag::switch("force-popup", "总是弹出授权页", "Always show the consent page");
static WEBSITE: Flag = Flag::switch("website", "网站应用扫码登录", "Website login by QR code (qrconnect)");
static QR: Flag = Flag::switch("qr", "在终端显示二维码", "Show a QR code in the terminal");
static ACCESS_TOKEN: Flag = Flag::text(
    "access-token",
    "REF",
    "网页授权的 access_token（不是公众号的）",
    "The user's OAuth access_token (not the account's)",
);
static OPENID: Flag = Flag::text("openid", "ID", "用户的 openid", "openid of the user");
static REFRESH_TOKEN: Flag =
    Flag::text("refresh-token", "REF", "网页授权的 refresh_token", "The user's refresh_token");
static LANGUAGE: Flag =
    Flag::choice("user-lang", &["zh_CN", "zh_TW", "en"], "资料的语言", "Language of the profile");

/// `oauth`
pub const VERBS: &[&Verb] = &[
    &Verb {
        noun: "oauth",
        name: "url",
        about: Word::new("生成网页授权链接", "Build the authorize link"),
        example: "oauth url --redirect-uri https://example.com/cb --scope userinfo",
        flags: &[&REDIRECT_URI, &SCOPE, &STATE, &FORCE_POPUP, &QR, &WEBSITE],
        words: Words::None,
        row: None,
        run: url,
    },
    &Verb {
        noun: "oauth",
        name: "exchange",
        about: SNS_ACCESS_TOKEN.about,
        example: "oauth exchange 'https://example.com/cb?code=081…&state=s'",
        flags: &[],
        words: Words::One(
            "CODE_OR_URL",
            Word::new("code，或回调的完整地址", "the code, or the whole URL it came back in"),
        ),
        row: None,
        run: exchange,
    },
    &Verb {
        noun: "oauth",
        name: "refresh",
        about: SNS_REFRESH_TOKEN.about,
        example: "oauth refresh --refresh-token env:REFRESH_TOKEN",
        flags: &[&REFRESH_TOKEN],
        words: Words::None,
        row: None,
        run: refresh,
    },
    &Verb {
        noun: "oauth",
        name: "check",
        about: SNS_AUTH.about,
        example: "oauth check --openid o… --access-token env:USER_TOKEN",
        flags: &[&ACCESS_TOKEN, &OPENID],
        words: Words::None,
        row: None,
        run: check_token,
    },
    &Verb {
        noun: "oauth",
        name: "userinfo",
        about: SNS_USERINFO.about,
        example: "oauth userinfo --openid o… --access-token env:USER_TOKEN",
        flags: &[&ACCESS_TOKEN, &OPENID, &LANGUAGE],
        words: Words::None,
        row: None,
        run: userinfo,
    },
];

fn url(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let redirect_uri = args.needed(&REDIRECT_URI)?;
    if !check::fits(Kind::Url, redirect_uri) {
        let why = Word::new(
            "--redirect-uri 必须是 http(s) 网址，不是 “{}”",
            "--redirect-uri is an http(s) URL, not \"{}\"",
        );
        return Err(Error::usage(why.with([error::typed(redirect_uri)])));
    }
    for note in redirect_notes(redirect_uri) {
        ctx.stage.note(&note.into());
    }
    let state = args.text(&STATE).map_or_else(|| ctx.stamp().nonce.chars().take(16).collect(), str::to_owned);
    check_state(&state)?;
    let scope = match args.text(&SCOPE) {
        _ if args.has(&WEBSITE) => "snsapi_login",
        Some("userinfo" | "snsapi_userinfo") => "snsapi_userinfo",
        _ => "snsapi_base",
    };
    let app_id = ctx.app_id()?;
    let force_popup = args.has(&FORCE_POPUP).then_some(true);
    let ask = Authorize { app_id: &app_id, redirect_uri, scope, state: &state, force_popup };
    let url = authorize_url(&ctx.origin(Host::Open), &ask);
    let mut outcome =
        Outcome::new(json!({ "url": url, "state": state }), &*url).show(View::Block(url.clone()));
    if args.has(&QR) {
        outcome = outcome.show(View::Qr(url));
    }
    Ok(outcome.show(pairs([("state", state)])).meant_for(Purpose::Sending))
}

/// What WeChat does not like in an address, though it is one.
fn redirect_notes(uri: &str) -> Vec<Word> {
    let host = uri.split_once("://").map_or("", |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => (name, port),
        _ => (host, ""),
    };
    let is_ip = name.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok() || name == "localhost";
    let rules =
        [(uri.contains('#'), HASH), (is_ip, IP), (!is_ip && !matches!(port, "" | "80" | "443"), PORT)];
    rules.into_iter().filter_map(|(applies, note)| applies.then_some(note)).collect()
}

const HASH: Word = Word::new(
    "redirect_uri 里有 #：code 和 state 会加在 # 前面，# 后面的部分到不了服务器",
    "redirect_uri has a #: code and state are put before it, and what follows it never reaches a server",
);
const IP: Word = Word::new(
    "redirect_uri 是 IP 或本机地址：网页授权域名只能登记域名，只有测试号可以用 IP；否则会报 10003",
    "redirect_uri is an IP or local address: only hosts can be registered (an IP only for test accounts), else it is error 10003",
);
const PORT: Word = Word::new(
    "redirect_uri 带端口：登记的网页授权域名不含端口，多半会报 10003；请用 80 或 443",
    "redirect_uri has a port: the registered domain has none, so this is mostly error 10003; use 80 or 443",
);

fn check_state(state: &str) -> Result<(), Error> {
    let fits = state.len() <= 128 && state.bytes().all(|b| b.is_ascii_alphanumeric());
    if fits {
        return Ok(());
    }
    let why = Word::new(
        "--state 只能是字母和数字，最多 128 字节",
        "--state has letters and digits only, at most 128 bytes",
    );
    Err(Error::usage(why).hint(Word::new(
        "微信用严格的规则匹配链接，否则页面打不开",
        "WeChat matches the link with a strict pattern; otherwise the page does not open",
    )))
}

fn exchange(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let code = code_of(args.word().unwrap_or_default())?;
    // Good once, and as good as a password until then.
    ctx.stage.hide(&Secret::new(&*code));
    let called = ctx.call(&SNS_ACCESS_TOKEN, &[("code", code)].into_iter().collect())?;
    let fields = called.answer.fields;
    let openid = fields.get("openid").unwrap_or_default().to_owned();
    Ok(Outcome::of_fields(&fields, SNS_ACCESS_TOKEN.reply, &openid).meant_for(Purpose::Asked))
}

fn code_of(word: &str) -> Result<String, Error> {
    if !word.contains(['?', '=', '/']) {
        return Ok(word.to_owned());
    }
    let fields = Request::new("GET", word).query()?;
    fields.filled("code").map(str::to_owned).ok_or_else(|| {
        Error::usage(Word::new("地址里没有 code", "there is no code in that URL"))
            .hint(Word::new("用户拒绝授权时微信不带 code", "WeChat leaves it out when the user refuses"))
    })
}

fn refresh(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let token = ctx.secret_of(&REFRESH_TOKEN, args)?;
    let fields = [("refresh_token", token.expose())].into_iter().collect();
    let fields = ctx.call(&SNS_REFRESH_TOKEN, &fields)?.answer.fields;
    let answer = fields.get("access_token").unwrap_or_default().to_owned();
    Ok(Outcome::of_fields(&fields, SNS_REFRESH_TOKEN.reply, &answer).meant_for(Purpose::Asked))
}

fn user_fields(args: &Args, ctx: &Context) -> Result<Fields, Error> {
    let token = ctx.secret_of(&ACCESS_TOKEN, args)?;
    Ok([("access_token", token.expose()), ("openid", args.needed(&OPENID)?)].into_iter().collect())
}

fn check_token(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    ctx.call(&SNS_AUTH, &user_fields(args, ctx)?)?;
    let said = Word::new("access_token 有效", "the access_token is valid");
    Ok(Outcome::new(json!({ "valid": true, "errcode": 0, "errmsg": "ok" }), "ok")
        .show(View::Good(said.into())))
}

fn userinfo(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let mut fields = user_fields(args, ctx)?;
    if let Some(lang) = args.text(&LANGUAGE) {
        fields.set("lang", lang);
    }
    let fields = ctx.call(&SNS_USERINFO, &fields)?.answer.fields;
    let openid = fields.get("openid").unwrap_or_default().to_owned();
    Ok(Outcome::of_fields(&fields, SNS_USERINFO.reply, &openid))
}
