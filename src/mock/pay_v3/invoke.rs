//! How what opens the cashier is signed for an order of pay v3: RSA, with the merchant's
//! own key. Comes in: what was passed; goes out: the right signature, or why there is none.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012365339>

use super::super::opening::{Kind, Opening, Proof};
use super::super::published;
use super::super::refusal::{Right, Signed};
use super::super::world::World;
use crate::api::Word;
use crate::api::invoke;
use crate::api::keys::Secret;

const SIGN_TYPE: Word = Word::new(
    "这是 v3 下的单：signType 填 RSA，paySign 用商户私钥签（不是 APIv2 密钥）",
    "this order was placed by v3: signType is RSA, and paySign is made with the merchant's private key, not with the APIv2 key",
);
const BROKEN: Word = Word::new("商户密钥不能签名", "the merchant's key does not sign");

/// The signature that the parameters should carry.
pub(super) fn proof(world: &World, opening: &Opening<'_>) -> Result<Proof, Word> {
    let keys = published::of_merchant(&opening.order.ask.mch_id, world.identity.key_mode);
    let (signed, name, what) = match opening.way.kind {
        Kind::Page if opening.said("signType") != "RSA" => return Err(SIGN_TYPE),
        Kind::Page => (invoke::jsapi_v3_of(&keys, opening.params()), "paySign", Signed::PaySignV3),
        Kind::App => (invoke::app_v3_of(&keys, opening.params()), "sign", Signed::AppSignV3),
    };
    let signed = signed.map_err(|_| BROKEN)?;
    let signature = signed.params.get(name).unwrap_or_default().to_owned();
    let right = Right { signature, canonical: signed.message };
    Ok(Proof {
        told: Some(right.clone()),
        right,
        what,
        key: Secret::new(published::MERCHANT_PEM),
        sign_type: "RSA",
        others: Vec::new(),
        but: None,
    })
}
