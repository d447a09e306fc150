//! A notice on its way to a merchant: written, spoiled where somebody asked for that, put
//! among what is to be sent; and signed anew before each later attempt, where its proof
//! has a time. Comes in: what happened and whose keys sign it; goes out: what to send. It
//! knows the rows of notices, and nothing of the calls that led to them.

use super::faults::{self, Effect, Kind};
use super::notices::About;
use super::world::World;
use crate::api::codec::write_request;
use crate::api::endpoint::{Endpoint, Scheme};
use crate::api::keys::{Keys, Stamp};
use crate::api::scheme::Envelope;
use crate::api::{self};
use crate::wire::{Fields, Later, Request};

/// What is to be told.
pub(super) struct Letter<'a> {
    pub(super) row: &'static Endpoint,
    pub(super) url: &'a str,
    pub(super) fields: Fields,
    pub(super) keys: &'a Keys,
    pub(super) about: About,
    /// Its amount, which may be told wrong.
    pub(super) amount: &'static str,
}

/// So old is what is told too late, in seconds: a minute more than is taken.
const STALE: u64 = 360;

/// Puts a notice among what is to be sent.
pub(super) fn post(world: &mut World, letter: Letter<'_>, now: u64) {
    let Letter { row, url, keys, about, .. } = letter;
    let effects = world.faults.take(Kind::of(Some(row)), row.name, now);
    let then = if effects.contains(&Effect::Stale) { now.saturating_sub(STALE) } else { now };
    let stamp = Stamp { now: then, nonce: world.dice.text(32) };
    let fields = told_wrong(letter.fields, letter.amount, &effects);
    let mut request = match written(row, fields, keys, &stamp, url, &effects) {
        Ok(request) => request,
        Err(why) => return world.notices.unwritten(about, Request::new("POST", url), why, now),
    };
    for effect in &effects {
        faults::spoil_body(&mut request.body, effect, keys.v2.as_ref().map(|v2| &v2.key));
    }
    if faults::ending(&effects).is_some() {
        return world.notices.unwritten(about, request, "fault: drop".into(), now);
    }
    let mut later = world.notices.send(about, request.clone(), &effects, now);
    // What is wrong with its proof is so once: WeChat's probes come again, rightly signed.
    for one in later.iter_mut().filter(|one| one.request == request) {
        for effect in &effects {
            faults::spoil_seal(&mut one.request.headers, effect);
        }
    }
    world.outbox.extend(later);
}

/// The request that says this.
fn written(
    row: &'static Endpoint,
    mut fields: Fields,
    keys: &Keys,
    stamp: &Stamp,
    url: &str,
    effects: &[Effect],
) -> Result<Request, String> {
    let write =
        |fields: &Fields| write_request(row, fields, keys, stamp, url).map_err(|why| format!("{why:?}"));
    if effects.contains(&Effect::EmptyAad) {
        fields.set(BESIDE, "");
    }
    let written = write(&fields)?;
    if !effects.contains(&Effect::Tampered) {
        return Ok(written.request);
    }
    let cipher = written.fields.get(CIPHER).unwrap_or_default();
    fields.set(CIPHER, faults::other_start(cipher));
    write(&fields).map(|written| written.request)
}

const BESIDE: &str = "resource.associated_data";
const CIPHER: &str = "resource.ciphertext";

/// What a notice says when it is told to say something else.
fn told_wrong(mut fields: Fields, amount: &str, effects: &[Effect]) -> Fields {
    for effect in effects {
        match effect {
            Effect::NewFields => {
                fields.extend([("new_field_of_wechat", "1"), ("new_words_of_wechat", "新字段")]);
            }
            Effect::Amount(wrong) => {
                let usual = if fields.get(amount) == Some("1") { 2 } else { 1 };
                fields.set(amount, wrong.unwrap_or(usual).to_string());
            }
            _ => {}
        }
    }
    fields
}

/// The same attempt with a proof of the moment in which it will be made.
/// <https://pay.weixin.qq.com/doc/v3/partner/4012231898>
pub(super) fn renewed(world: &mut World, mut later: Later, now: u64) -> Later {
    let Some(about) = world.notices.about(later.ticket) else { return later };
    let Some(row) = api::by_name(about.endpoint).filter(|row| matches!(row.scheme, Scheme::NoticeV3(_)))
    else {
        return later;
    };
    let merchant = world.identity.merchant(&about.mch_id);
    let id = later.request.header(SERIAL).map(str::to_owned);
    let keys = merchant.and_then(|merchant| merchant.keys_v3(world.identity.key_mode, id.as_deref()));
    let Some(keys) = keys else { return later };
    let stamp = Stamp { now: now + later.after.as_secs(), nonce: world.dice.text(32) };
    if let Ok(seal) = row.scheme.proof().seal(Envelope::Request(&later.request), &keys, &stamp) {
        later.request.headers.retain(|(name, _)| !seal.iter().any(|(sealed, _)| sealed == name));
        later.request.headers.extend(seal);
    }
    later
}

const SERIAL: &str = "wechatpay-serial";
