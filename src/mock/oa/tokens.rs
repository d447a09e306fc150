//! Tokens and tickets of the account itself, and whom they belong to. Comes in: a
//! call; goes out: the fields of the reply, or WeChat's no.

use super::super::accounts::{Family, Given, NotGood};
use super::super::faults::End;
use super::super::world::World;
use super::call::{Call, Refusal};
use crate::wire::{Fields, Request};

pub(super) fn token(world: &mut World, call: &Call) -> Result<Fields, Refusal> {
    let app_id = account(world, call)?;
    Ok(given(world.accounts.classic(&app_id, call.now, &mut world.dice)))
}

pub(super) fn stable_token(world: &mut World, call: &Call) -> Result<Fields, Refusal> {
    let app_id = account(world, call)?;
    if call.fields.get("force_refresh") == Some("true") {
        let forced = world.accounts.forced(&app_id, call.now, &mut world.dice);
        return forced.map(given).ok_or_else(|| Refusal::of("45009"));
    }
    Ok(given(world.accounts.stable(&app_id, call.now, &mut world.dice)))
}

pub(super) fn getticket(world: &mut World, call: &Call) -> Result<Fields, Refusal> {
    let app_id = owner(world, call)?;
    let family = match call.fields.get("type") {
        Some("jsapi") => Family::Jsapi,
        Some("wx_card") => Family::Card,
        _ => return Err(Refusal { code: "40097", text: "invalid args".into() }),
    };
    let ticket = world.accounts.ticket(&app_id, family, call.now, &mut world.dice);
    let mut fields = okay();
    fields.set("ticket", ticket.text);
    fields.set("expires_in", ticket.expires_in.to_string());
    Ok(fields)
}

/// The account that proves itself with its secret.
fn account(world: &World, call: &Call) -> Result<String, Refusal> {
    if call.fields.get("grant_type") != Some("client_credential") {
        return Err(Refusal::of("40002"));
    }
    let app_id = proven(world, call)?;
    let whitelist = &world.options.whitelist;
    if !whitelist.is_empty() && !whitelist.contains(&call.peer) {
        return Err(not_whitelisted(&call.peer));
    }
    Ok(app_id)
}

pub(super) fn not_whitelisted(ip: &str) -> Refusal {
    let ip6 = if ip.contains('.') { format!("::ffff:{ip}") } else { ip.to_owned() };
    Refusal { code: "40164", text: format!("invalid ip {ip} ipv6 {ip6}, not in whitelist") }
}

/// What a fault does to the token that a call shows, wherever it stands.
pub(in crate::mock) fn end_token(world: &mut World, request: &Request, how: End, now: u64) {
    let fields = request.query().unwrap_or_default();
    let Some(token) = fields.get("access_token") else { return };
    match how {
        End::Expired => world.accounts.expire(token, now),
        End::Killed => world.accounts.kill(token, now),
    }
}

pub(super) fn proven(world: &World, call: &Call) -> Result<String, Refusal> {
    let app_id = call.need("appid", "41002")?;
    let app = world.identity.app(app_id).ok_or_else(|| Refusal::of("40013"))?;
    let secret = call.need("secret", "41004")?;
    if app.secret.expose() == secret { Ok(app_id.into()) } else { Err(Refusal::of("40125")) }
}

/// The account whose token is shown.
fn owner(world: &World, call: &Call) -> Result<String, Refusal> {
    let token = call.need("access_token", "41001")?;
    world.accounts.account_of(token, call.now).map(str::to_owned).map_err(|why| bad_token(token, why))
}

pub(super) fn bad_token(token: &str, why: NotGood) -> Refusal {
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

pub(super) fn given(token: Given) -> Fields {
    [("access_token", token.text), ("expires_in", token.expires_in.to_string())].into_iter().collect()
}

pub(super) fn okay() -> Fields {
    [("errcode", "0"), ("errmsg", "ok")].into_iter().collect()
}
