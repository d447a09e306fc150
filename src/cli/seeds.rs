//! Whom `wxkit mock --scenario` makes the gateway know: accounts, merchants and users of
//! the file in place of its own. Comes in: the gateway's identity and the file's seeds;
//! goes out: the identity with them, every secret found.

use wxkit::api::Word;
use wxkit::api::keys::Secret;
use wxkit::config::{AppSeed, MerchantSeed, Seeds, UserSeed};
use wxkit::mock::{App, Identity, Merchant, User};

use super::error::{self, Error};
use super::wiring::Context;

/// The identity with what the file says in place of the gateway's own: each table that
/// is there replaces that list.
pub fn seeded(identity: Identity, seeds: Seeds, ctx: &Context) -> Result<Identity, Error> {
    let mut identity = identity;
    let usual = Identity::default().default_keys();
    if !seeds.apps.is_empty() {
        let secret = usual.app_secret.unwrap_or_else(|| Secret::new(""));
        identity.apps =
            seeds.apps.into_iter().map(|seed| app(seed, &secret, ctx)).collect::<Result<_, _>>()?;
    }
    let all: Vec<String> = identity.apps.iter().map(|app| app.app_id.clone()).collect();
    for merchant in &mut identity.merchants {
        merchant.app_ids.clone_from(&all);
    }
    if !seeds.merchants.is_empty() {
        let key = usual.v2.map_or_else(|| Secret::new(""), |v2| v2.key);
        let merchant = |seed| merchant(seed, &all, &key, ctx);
        identity.merchants = seeds.merchants.into_iter().map(merchant).collect::<Result<_, _>>()?;
    }
    if !seeds.users.is_empty() {
        identity.users = seeds.users.into_iter().map(user).collect();
    }
    let of_users = identity.users.iter().flat_map(|user| user.openids.iter().map(|(app_id, _)| app_id));
    let named = of_users.chain(identity.merchants.iter().flat_map(|merchant| &merchant.app_ids));
    match named.into_iter().find(|app_id| !all.contains(app_id)) {
        Some(stranger) => Err(no_such_app(stranger, &all)),
        None => Ok(identity),
    }
}

fn app(seed: AppSeed, usual: &Secret, ctx: &Context) -> Result<App, Error> {
    let secret = found("app.secret", seed.secret, ctx)?.unwrap_or_else(|| usual.clone());
    Ok(App { app_id: seed.app_id, secret, name: seed.name })
}

fn merchant(seed: MerchantSeed, all: &[String], usual: &Secret, ctx: &Context) -> Result<Merchant, Error> {
    let pay_key = found("merchant.pay_key", seed.pay_key, ctx)?.unwrap_or_else(|| usual.clone());
    let v3_key = found("merchant.v3_key", seed.v3_key, ctx)?;
    if v3_key.as_ref().is_some_and(|key| key.expose().len() != V3_KEY) {
        return Err(bad_v3_key(&seed.mch_id));
    }
    let app_ids = seed.app_ids.unwrap_or_else(|| all.to_vec());
    Ok(Merchant { v3_key, sub_mch_ids: seed.sub_mch_ids, ..Merchant::new(&seed.mch_id, pay_key, app_ids) })
}

/// Bytes of an APIv3 key.
const V3_KEY: usize = 32;

fn user(seed: UserSeed) -> User {
    let usual = User::default();
    let nickname = seed.name.unwrap_or(usual.nickname);
    User {
        // Unions are made of one person's openids.
        unionid: seed.unionid.unwrap_or_else(|| format!("u{}", seed.openid)),
        openid: seed.openid,
        openids: seed.openids,
        english: seed.english.unwrap_or_else(|| nickname.clone()),
        nickname,
        ..User::default()
    }
}

fn found(what: &str, written: Option<Secret>, ctx: &Context) -> Result<Option<Secret>, Error> {
    written.map(|text| ctx.candidate(what, text.expose())).transpose()
}

fn no_such_app(app_id: &str, all: &[String]) -> Error {
    let message =
        Word::new("场景里没有 app_id 为 {} 的 [[app]]", "the scenario has no [[app]] with app_id {}");
    let hint = Word::new("已有：{}", "there are: {}").with([all.join(", ")]);
    Error::usage(message.with([error::typed(app_id)])).hint(hint)
}

fn bad_v3_key(mch_id: &str) -> Error {
    let message =
        Word::new("商户 {} 的 v3_key 应是 32 个字节", "the v3_key of merchant {} should have 32 bytes");
    Error::usage(message.with([mch_id]))
}
