//! Codes, tokens and profiles of users. Comes in: a call; goes out: the fields of the
//! reply, or WeChat's no.

use super::super::accounts::{Grant, NotGood};
use super::super::identity::SNAPSHOT;
use super::super::world::World;
use super::call::{Call, Refusal};
use super::tokens::{bad_token, given, okay, proven};
use crate::api::Lang;
use crate::wire::Fields;

pub(super) fn access_token(world: &mut World, call: &Call) -> Result<Fields, Refusal> {
    let app_id = proven(world, call)?;
    let code = call.need("code", "41008")?;
    if call.fields.get("grant_type") != Some("authorization_code") {
        return Err(Refusal::of("40002"));
    }
    let grant = world.accounts.redeem(&app_id, code, call.now).map_err(|why| match why {
        NotGood::Used => Refusal::of("40163"),
        NotGood::Expired => Refusal::of("42003"),
        NotGood::Unknown | NotGood::Replaced => Refusal::of("40029"),
    })?;
    let refresh = world.accounts.refresh_token(grant.clone(), call.now, &mut world.dice);
    Ok(user_fields(world, &grant, &refresh, call.now))
}

pub(super) fn refresh_token(world: &mut World, call: &Call) -> Result<Fields, Refusal> {
    let app_id = call.need("appid", "41002")?;
    if world.identity.app(app_id).is_none() {
        return Err(Refusal::of("40013"));
    }
    if call.fields.get("grant_type") != Some("refresh_token") {
        return Err(Refusal::of("40002"));
    }
    let token = call.need("refresh_token", "41003")?;
    let grant = world.accounts.refreshed(app_id, token, call.now).map_err(|why| match why {
        NotGood::Expired => Refusal::of("42002"),
        _ => Refusal::of("40030"),
    })?;
    let mut fields = user_fields(world, &grant, token, call.now);
    fields.remove("unionid");
    Ok(fields)
}

fn user_fields(world: &mut World, grant: &Grant, refresh: &str, now: u64) -> Fields {
    let token = world.accounts.user_token(grant.clone(), now, &mut world.dice);
    let mut fields = given(token);
    fields.set("refresh_token", refresh);
    fields.set("openid", grant.openid.as_str());
    fields.set("scope", grant.scope.as_str());
    if grant.openid == SNAPSHOT {
        fields.set("is_snapshotuser", "1");
    }
    if grant.scope != "snsapi_base"
        && let Some(user) = world.identity.user(&grant.openid)
    {
        fields.set("unionid", user.unionid.as_str());
    }
    fields
}

pub(super) fn auth(world: &mut World, call: &Call) -> Result<Fields, Refusal> {
    consented(world, call).map(|_| okay())
}

pub(super) fn userinfo(world: &mut World, call: &Call) -> Result<Fields, Refusal> {
    let grant = consented(world, call)?;
    if grant.scope == "snsapi_base" || grant.openid == SNAPSHOT {
        return Err(Refusal::of("48001"));
    }
    let user = world.identity.user(&grant.openid).ok_or_else(|| Refusal::of("40003"))?;
    let lang = if call.fields.get("lang") == Some("en") { Lang::En } else { Lang::Zh };
    let told = [
        ("openid", grant.openid.as_str()),
        ("nickname", user.name(lang)),
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
fn consented(world: &World, call: &Call) -> Result<Grant, Refusal> {
    let token = call.need("access_token", "41001")?;
    let openid = call.need("openid", "41009")?;
    let grant = world.accounts.user_of(token, call.now).map_err(|why| bad_token(token, why))?;
    if grant.openid == openid { Ok(grant) } else { Err(Refusal::of("40003")) }
}
