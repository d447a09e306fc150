//! How what opens the cashier is signed for an order of pay v2. Comes in: what was
//! passed; goes out: the right signature, or why there is none.

use super::super::opening::{Kind, Opening, Proof};
use super::super::refusal::{Right, Signed};
use super::super::world::World;
use super::place::proof_of;
use crate::api::Word;
use crate::api::invoke;
use crate::api::keys::{Secret, SignType};
use crate::wire::xml;

const SIGN_TYPE: Word = Word::new(
    "signType 必须与统一下单时的签名方式一致，取值 MD5 或 HMAC-SHA256",
    "signType has to be the one that unifiedorder was signed with: MD5 or HMAC-SHA256",
);
const NO_MERCHANT: Word = Word::new("网关不认识这个商户号", "the gateway does not know this merchant id");

/// The signature that the parameters should carry.
pub(super) fn proof(world: &World, opening: &Opening<'_>) -> Result<Proof, Word> {
    let order = opening.order;
    let merchant = world.identity.merchant(&order.ask.mch_id).ok_or(NO_MERCHANT)?;
    let (place, digest) = proof_of(order);
    let key = place.key_of(merchant);
    let (sign_type, signed, what) = match opening.way.kind {
        Kind::Page => {
            let sign_type = SignType::named(opening.said("signType")).ok_or(SIGN_TYPE)?;
            (sign_type, invoke::jsapi_of(&key, sign_type, opening.params()), Signed::PaySign)
        }
        Kind::App => (digest, invoke::app_of(&key, digest, opening.params()), Signed::AppSign),
    };
    let (signature, canonical) = (signed.signature, signed.canonical.masked());
    Ok(Proof {
        told: Right::of_key(&key, signature.clone(), canonical.clone()),
        right: Right { signature, canonical },
        what,
        sign_type: sign_type.as_str(),
        // Its own signature may have been passed on as this one.
        others: xml::write(&order.ask.terms)
            .map(|order| ("order".to_owned(), Secret::new(order)))
            .into_iter()
            .collect(),
        key,
        but: (sign_type != digest).then_some(SIGN_TYPE),
    })
}
