//! Tokens, tickets and the calls behind web authorization: who asks, with what,
//! and the one function of the row. Comes in: a row and a request; goes out:
//! JSON in WeChat's words. To add a call, add its row in `api` and its line in
//! [`HANDLERS`].

use super::accounts::{Family, Given, Grant, NotGood};
use super::authorize::SNAPSHOT;
use super::caller::peer_ip;
use super::faults::End;
use super::refusal::text_of;
use super::{Mock, Said};
use crate::api::codec::{read_request, write_reply};
use crate::api::endpoint::{Endpoint, Method, Success};
use crate::api::oa::{
    GETTICKET, SNS_ACCESS_TOKEN, SNS_AUTH, SNS_REFRESH_TOKEN, SNS_USERINFO, STABLE_TOKEN, TOKEN,
};
use crate::api::{Keys, ReadError};
use crate::wire::{Fields, Reply, Request, WireError};

/// WeChat's no.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) code: &'static str,
    pub(super) text: String,
}

impl Refusal {
    pub(super) fn of(code: &'static str) -> Self {
        Self { code, text: text_of(code).into() }
    }
}

/// A call with the address it came from.
struct Call {
    fields: Fields,
    peer: String,
    now: u64,
}

impl Call {
    fn need(&self, name: &str, otherwise: &'static str) -> Result<&str, Refusal> {
        self.fields.filled(name).ok_or_else(|| Refusal::of(otherwise))
    }
}

type Handler = fn(&mut Mock, &Call) -> Result<Fields, Refusal>;

/// Which function answers which row.
static HANDLERS: &[(&Endpoint, Handler)] = &[
    (&TOKEN, token),
    (&STABLE_TOKEN, stable_token),
    (&GETTICKET, getticket),
    (&SNS_ACCESS_TOKEN, sns_access_token),
    (&SNS_REFRESH_TOKEN, sns_refresh_token),
    (&SNS_AUTH, sns_auth),
    (&SNS_USERINFO, sns_userinfo),
];

/// Answers a call; with `forced`, refuses it with that code.
pub(super) fn answer(
    mock: &mut Mock,
    row: &'static Endpoint,
    request: &Request,
    forced: Option<&str>,
    now: u64,
) -> Said {
    let outcome = match forced {
        Some("40164") => Err(not_whitelisted(&peer_ip(request))),
        Some(code) => return no(mock, row, code, text_of(code), now),
        None => handle(mock, row, request, now),
    };
    match outcome {
        Ok(fields) => Said { reply: json(row, fields).into(), verdict: "ok".into(), refused: None },
        Err(refusal) => no(mock, row, refusal.code, &refusal.text, now),
    }
}

fn handle(mock: &mut Mock, row: &'static Endpoint, request: &Request, now: u64) -> Result<Fields, Refusal> {
    let heard = read_request(row, request, &Keys::default()).map_err(|error| match (row.method, error) {
        (Method::Get, _) => Refusal::of("40035"),
        (_, ReadError::Wire(WireError::Empty)) => Refusal::of("44002"),
        _ => Refusal::of("47001"),
    })?;
    let call = Call { fields: heard.fields, peer: peer_ip(request), now };
    match HANDLERS.iter().find(|(answered, _)| *answered == row) {
        Some((_, handler)) => handler(mock, &call),
        None => Err(Refusal::of("-1")),
    }
}

/// GET where POST is due, or the other way round.
pub(super) fn wrong_method(mock: &mut Mock, row: &'static Endpoint, now: u64) -> Said {
    let code = if row.method == Method::Post { "43002" } else { "43001" };
    no(mock, row, code, text_of(code), now)
}

/// A path that no row has.
pub(super) fn nowhere(mock: &mut Mock, path: &str, now: u64) -> Said {
    let families = ["/cgi-bin/", "/sns/", "/wxa/", "/card/", "/datacube/", "/customservice/"];
    if families.iter().any(|family| path.starts_with(family)) {
        return no(mock, &TOKEN, "40066", text_of("40066"), now);
    }
    let page = "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n\
                <center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    let reply = Reply::ok("text/html", page).with_status(404);
    Said { reply: reply.into(), verdict: "404".into(), refused: None }
}

fn no(mock: &mut Mock, row: &'static Endpoint, code: &str, text: &str, now: u64) -> Said {
    let rid = format!("{now:08x}-{}-{}", mock.dice.hex(8), mock.dice.hex(8));
    let message = format!("{text} rid: {rid}");
    let fields = [("errcode", code), ("errmsg", &message)].into_iter().collect();
    Said { reply: json(row, fields).into(), verdict: code.into(), refused: None }
}

/// `/sns/` answers JSON under the name of plain text, as WeChat does.
fn json(row: &'static Endpoint, fields: Fields) -> Reply {
    // A link opened in the wrong way has no place to redirect to.
    let shape = if row.success == Success::Fields { row } else { &TOKEN };
    let written = write_reply(shape, fields.into(), &Keys::default());
    let mut reply = written.unwrap_or_else(|_| Reply::ok("application/json", "{}"));
    if row.path.starts_with("/sns/") {
        reply.headers = vec![("content-type".into(), "text/plain".into())];
    }
    reply
}

// Tokens and tickets of the account.

fn token(mock: &mut Mock, call: &Call) -> Result<Fields, Refusal> {
    let app_id = account(mock, call)?;
    Ok(given(mock.accounts.classic(&app_id, call.now, &mut mock.dice)))
}

fn stable_token(mock: &mut Mock, call: &Call) -> Result<Fields, Refusal> {
    let app_id = account(mock, call)?;
    if call.fields.get("force_refresh") == Some("true") {
        let forced = mock.accounts.forced(&app_id, call.now, &mut mock.dice);
        return forced.map(given).ok_or_else(|| Refusal::of("45009"));
    }
    Ok(given(mock.accounts.stable(&app_id, call.now, &mut mock.dice)))
}

fn getticket(mock: &mut Mock, call: &Call) -> Result<Fields, Refusal> {
    let app_id = owner(mock, call)?;
    let family = match call.fields.get("type") {
        Some("jsapi") => Family::Jsapi,
        Some("wx_card") => Family::Card,
        _ => return Err(Refusal { code: "40097", text: "invalid args".into() }),
    };
    let ticket = mock.accounts.ticket(&app_id, family, call.now, &mut mock.dice);
    let mut fields = okay();
    fields.set("ticket", ticket.text);
    fields.set("expires_in", ticket.expires_in.to_string());
    Ok(fields)
}

/// The account that proves itself with its secret.
fn account(mock: &Mock, call: &Call) -> Result<String, Refusal> {
    if call.fields.get("grant_type") != Some("client_credential") {
        return Err(Refusal::of("40002"));
    }
    let app_id = proven(mock, call)?;
    let whitelist = &mock.options.whitelist;
    if !whitelist.is_empty() && !whitelist.contains(&call.peer) {
        return Err(not_whitelisted(&call.peer));
    }
    Ok(app_id)
}

fn not_whitelisted(ip: &str) -> Refusal {
    let ip6 = if ip.contains('.') { format!("::ffff:{ip}") } else { ip.to_owned() };
    Refusal { code: "40164", text: format!("invalid ip {ip} ipv6 {ip6}, not in whitelist") }
}

/// What a fault does to the token that a call shows, wherever it stands.
pub(super) fn end_token(mock: &mut Mock, request: &Request, how: End, now: u64) {
    let fields = request.query().unwrap_or_default();
    let Some(token) = fields.get("access_token") else { return };
    match how {
        End::Expired => mock.accounts.expire(token, now),
        End::Killed => mock.accounts.kill(token, now),
    }
}

fn proven(mock: &Mock, call: &Call) -> Result<String, Refusal> {
    let app_id = call.need("appid", "41002")?;
    let app = mock.identity.app(app_id).ok_or_else(|| Refusal::of("40013"))?;
    let secret = call.need("secret", "41004")?;
    if app.secret.expose() == secret { Ok(app_id.into()) } else { Err(Refusal::of("40125")) }
}

/// The account whose token is shown.
fn owner(mock: &Mock, call: &Call) -> Result<String, Refusal> {
    let token = call.need("access_token", "41001")?;
    mock.accounts.account_of(token, call.now).map(str::to_owned).map_err(|why| bad_token(token, why))
}

fn bad_token(token: &str, why: NotGood) -> Refusal {
    let odd = token.len() < 16 || !token.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
    match why {
        NotGood::Expired => Refusal::of("42001"),
        NotGood::Unknown if odd => Refusal::of("40014"),
        _ => {
            let text = "invalid credential, access_token is invalid or not latest, could get access_token by \
                        getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r";
            Refusal { code: "40001", text: text.into() }
        }
    }
}

// Tokens of users.

fn sns_access_token(mock: &mut Mock, call: &Call) -> Result<Fields, Refusal> {
    let app_id = proven(mock, call)?;
    let code = call.need("code", "41008")?;
    if call.fields.get("grant_type") != Some("authorization_code") {
        return Err(Refusal::of("40002"));
    }
    let grant = mock.accounts.redeem(&app_id, code, call.now).map_err(|why| match why {
        NotGood::Used => Refusal::of("40163"),
        NotGood::Expired => Refusal::of("42003"),
        NotGood::Unknown | NotGood::Replaced => Refusal::of("40029"),
    })?;
    let refresh = mock.accounts.refresh_token(grant.clone(), call.now, &mut mock.dice);
    Ok(user_fields(mock, &grant, &refresh, call.now))
}

fn sns_refresh_token(mock: &mut Mock, call: &Call) -> Result<Fields, Refusal> {
    let app_id = call.need("appid", "41002")?;
    if mock.identity.app(app_id).is_none() {
        return Err(Refusal::of("40013"));
    }
    if call.fields.get("grant_type") != Some("refresh_token") {
        return Err(Refusal::of("40002"));
    }
    let token = call.need("refresh_token", "41003")?;
    let grant = mock.accounts.refreshed(app_id, token, call.now).map_err(|why| match why {
        NotGood::Expired => Refusal::of("42002"),
        _ => Refusal::of("40030"),
    })?;
    let mut fields = user_fields(mock, &grant, token, call.now);
    fields.remove("unionid");
    Ok(fields)
}

fn user_fields(mock: &mut Mock, grant: &Grant, refresh: &str, now: u64) -> Fields {
    let token = mock.accounts.user_token(grant.clone(), now, &mut mock.dice);
    let mut fields = given(token);
    fields.set("refresh_token", refresh);
    fields.set("openid", grant.openid.as_str());
    fields.set("scope", grant.scope.as_str());
    if grant.openid == SNAPSHOT {
        fields.set("is_snapshotuser", "1");
    }
    if grant.scope != "snsapi_base"
        && let Some(user) = mock.identity.user(&grant.openid)
    {
        fields.set("unionid", user.unionid.as_str());
    }
    fields
}

fn sns_auth(mock: &mut Mock, call: &Call) -> Result<Fields, Refusal> {
    consented(mock, call).map(|_| okay())
}

fn sns_userinfo(mock: &mut Mock, call: &Call) -> Result<Fields, Refusal> {
    let grant = consented(mock, call)?;
    if grant.scope == "snsapi_base" || grant.openid == SNAPSHOT {
        return Err(Refusal::of("48001"));
    }
    let user = mock.identity.user(&grant.openid).ok_or_else(|| Refusal::of("40003"))?;
    let told = [
        ("openid", user.openid.as_str()),
        ("nickname", &user.nickname),
        // Empty for everyone since 2021.
        ("sex", "0"),
        ("province", ""),
        ("city", ""),
        ("country", ""),
        ("headimgurl", &user.headimgurl),
        ("privilege", "[]"),
        ("unionid", &user.unionid),
    ];
    Ok(told.into_iter().collect())
}

/// The consent behind a user's token and openid.
fn consented(mock: &Mock, call: &Call) -> Result<Grant, Refusal> {
    let token = call.need("access_token", "41001")?;
    let openid = call.need("openid", "41009")?;
    let grant = mock.accounts.user_of(token, call.now).map_err(|why| bad_token(token, why))?;
    if grant.openid == openid { Ok(grant) } else { Err(Refusal::of("40003")) }
}

fn given(token: Given) -> Fields {
    [("access_token", token.text), ("expires_in", token.expires_in.to_string())].into_iter().collect()
}

fn okay() -> Fields {
    [("errcode", "0"), ("errmsg", "ok")].into_iter().collect()
}
