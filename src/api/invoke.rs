//! What we sign and hand over to a page, an app or a browser: `wx.config`, pay
//! parameters, links. Nothing here is sent by us.

use super::keys::{RsaError, Stamp, V3};
pub use super::scheme::pay_v2::verify as verify_pay_v2;
use crate::sign::{self, APP_SIGN, CARD, Canonical, JSSDK, PAY_SIGN, Recipe, Secret, SignType};
use crate::wire::{Fields, query};

/// Values that were signed, the signature among them.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The values in the order the page or app expects, signature last.
    pub params: Fields,
    /// The string that was hashed.
    pub canonical: Canonical,
    /// The signature.
    pub signature: String,
}

fn signed(recipe: &Recipe, mut params: Fields, secret: &Secret, name: &str) -> Signed {
    let canonical = sign::canonical(recipe, params.iter(), secret);
    let signature = canonical.hash(recipe, secret).hex(recipe.case);
    params.set(name, &*signature);
    Signed { params, canonical, signature }
}

/// Any fields, signed the pay v2 way; what `sign` they had is replaced.
#[must_use]
pub fn pay_v2(mut fields: Fields, key: &Secret, sign_type: SignType) -> Signed {
    fields.remove("sign");
    signed(&sign_type.of(&sign::PAY_V2), fields, key, "sign")
}

/// The URL that JS-SDK signs: the page's, without `#…`.
#[must_use]
pub fn page_url(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}

/// `noncestr`, `timestamp`, `url` and the signature of `wx.config`.
/// <https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/JS-SDK.html>
#[must_use]
pub fn jssdk(ticket: &Secret, url: &str, stamp: &Stamp) -> Signed {
    let now = stamp.now.to_string();
    let params = [("noncestr", &*stamp.nonce), ("timestamp", &now), ("url", page_url(url))];
    jssdk_of(ticket, params.into_iter().collect())
}

/// The same for a `noncestr`, `timestamp` and `url` that are there already.
#[must_use]
pub fn jssdk_of(ticket: &Secret, params: Fields) -> Signed {
    signed(&JSSDK, params, ticket, "signature")
}

/// Card signature over the values that are there.
#[must_use]
pub fn card(api_ticket: &Secret, fields: Fields) -> Signed {
    signed(&CARD, fields, api_ticket, "signature")
}

/// Parameters of `getBrandWCPayRequest` and `wx.requestPayment`; pass
/// `timeStamp` as `timestamp` to `wx.chooseWXPay`.
/// <https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=7_7&index=6>
#[must_use]
pub fn jsapi(app_id: &str, prepay_id: &str, key: &Secret, sign_type: SignType, stamp: &Stamp) -> Signed {
    let (now, package) = (stamp.now.to_string(), format!("prepay_id={prepay_id}"));
    let params = [
        ("appId", app_id),
        ("timeStamp", &now),
        ("nonceStr", &stamp.nonce),
        ("package", &package),
        ("signType", sign_type.as_str()),
    ];
    jsapi_of(key, sign_type, params.into_iter().collect())
}

/// The same for parameters that are there already, right or wrong.
#[must_use]
pub fn jsapi_of(key: &Secret, sign_type: SignType, params: Fields) -> Signed {
    signed(&sign_type.of(&PAY_SIGN), params, key, "paySign")
}

/// Parameters of the app SDK's `PayReq`.
/// <https://pay.weixin.qq.com/wiki/doc/api/app/app.php?chapter=9_12&index=2>
#[must_use]
pub fn app(
    app_id: &str,
    mch_id: &str,
    prepay_id: &str,
    key: &Secret,
    sign_type: SignType,
    stamp: &Stamp,
) -> Signed {
    let now = stamp.now.to_string();
    let params = [
        ("appid", app_id),
        ("partnerid", mch_id),
        ("prepayid", prepay_id),
        ("package", "Sign=WXPay"),
        ("noncestr", &stamp.nonce),
        ("timestamp", &now),
    ];
    app_of(key, sign_type, params.into_iter().collect())
}

/// The same for parameters that are there already, right or wrong.
#[must_use]
pub fn app_of(key: &Secret, sign_type: SignType, params: Fields) -> Signed {
    signed(&sign_type.of(&APP_SIGN), params, key, "sign")
}

/// Parameters signed with the merchant's key, and the bytes that were signed.
#[derive(Debug, Clone)]
pub struct SignedV3 {
    /// The values in the order the page or app expects, signature last.
    pub params: Fields,
    /// The string that was signed.
    pub message: String,
}

fn signed_v3(recipe: &Recipe, mut params: Fields, keys: &V3, name: &str) -> Result<SignedV3, RsaError> {
    let parts = params.iter().map(|(name, value)| (name, value.as_bytes()));
    let message = sign::message(recipe, parts);
    let signature = keys.private.sign(&message)?;
    params.set(name, signature);
    Ok(SignedV3 { params, message: String::from_utf8_lossy(&message).into_owned() })
}

/// Parameters of `getBrandWCPayRequest` and `wx.requestPayment` for an order of v3;
/// pass `timeStamp` as `timestamp` to `wx.chooseWXPay`.
/// <https://pay.weixin.qq.com/doc/v3/merchant/4012365339>
///
/// # Errors
/// A key that does not sign.
pub fn jsapi_v3(app_id: &str, prepay_id: &str, keys: &V3, stamp: &Stamp) -> Result<SignedV3, RsaError> {
    let (now, package) = (stamp.now.to_string(), format!("prepay_id={prepay_id}"));
    let params = [
        ("appId", app_id),
        ("timeStamp", &now),
        ("nonceStr", &stamp.nonce),
        ("package", &package),
        ("signType", "RSA"),
    ];
    jsapi_v3_of(keys, params.into_iter().collect())
}

/// The same for parameters that are there already, right or wrong.
///
/// # Errors
/// A key that does not sign.
pub fn jsapi_v3_of(keys: &V3, params: Fields) -> Result<SignedV3, RsaError> {
    signed_v3(&sign::V3_PAY_SIGN, params, keys, "paySign")
}

/// Parameters of the app SDK's `PayReq` for an order of v3.
/// <https://pay.weixin.qq.com/doc/v3/merchant/4012365340>
///
/// # Errors
/// A key that does not sign.
pub fn app_v3(
    app_id: &str,
    mch_id: &str,
    prepay_id: &str,
    keys: &V3,
    stamp: &Stamp,
) -> Result<SignedV3, RsaError> {
    let now = stamp.now.to_string();
    let params = [
        ("appid", app_id),
        ("partnerid", mch_id),
        ("prepayid", prepay_id),
        ("package", "Sign=WXPay"),
        ("noncestr", &stamp.nonce),
        ("timestamp", &now),
    ];
    app_v3_of(keys, params.into_iter().collect())
}

/// The same for parameters that are there already, right or wrong.
///
/// # Errors
/// A key that does not sign.
pub fn app_v3_of(keys: &V3, params: Fields) -> Result<SignedV3, RsaError> {
    signed_v3(&sign::V3_APP_SIGN, params, keys, "sign")
}

/// The static QR link of native mode 1, `weixin://wxpay/bizpayurl?…`.
/// <https://pay.weixin.qq.com/wiki/doc/api/native.php?chapter=6_4>
#[must_use]
pub fn native_link(app_id: &str, mch_id: &str, product_id: &str, key: &Secret, stamp: &Stamp) -> String {
    let now = stamp.now.to_string();
    let params = [
        ("appid", app_id),
        ("mch_id", mch_id),
        ("nonce_str", &*stamp.nonce),
        ("product_id", product_id),
        ("time_stamp", &now),
    ];
    let signed = pay_v2(params.into_iter().collect(), key, SignType::Md5);
    format!("weixin://wxpay/bizpayurl?{}", query::write(&signed.params))
}

/// `mweb_url` with the page to come back to.
#[must_use]
pub fn h5_url(mweb_url: &str, redirect_url: &str) -> String {
    format!("{mweb_url}&redirect_url={}", query::escape(redirect_url))
}

/// What an authorize link asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorize<'a> {
    /// The official account, or the website application.
    pub app_id: &'a str,
    /// Where the code goes; its host must be registered.
    pub redirect_uri: &'a str,
    /// `snsapi_base`, `snsapi_userinfo` or `snsapi_login`.
    pub scope: &'a str,
    /// Comes back unchanged: `[0-9A-Za-z]`, at most 128 bytes.
    pub state: &'a str,
    /// Shows the consent page even to those who agreed before.
    pub force_popup: Option<bool>,
}

/// The link of the consent page. WeChat matches it with a strict pattern: the
/// parameters must stand in this order and `#wechat_redirect` at the end.
/// <https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html>
#[must_use]
pub fn authorize_url(origin: &str, ask: &Authorize<'_>) -> String {
    let page = if ask.scope == "snsapi_login" { "qrconnect" } else { "oauth2/authorize" };
    let mut fields: Fields = [
        ("appid", ask.app_id),
        ("redirect_uri", ask.redirect_uri),
        ("response_type", "code"),
        ("scope", ask.scope),
        ("state", ask.state),
    ]
    .into_iter()
    .collect();
    if let Some(force) = ask.force_popup {
        fields.set("forcePopup", force.to_string());
    }
    format!("{origin}/connect/{page}?{}#wechat_redirect", query::write(&fields))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp() -> Stamp {
        Stamp { now: 1_490_840_662, nonce: "5K8264ILTKCH16CQ2502SI8ZNMTM67VS".into() }
    }

    /// The sample of the official mini program page.
    #[test]
    fn jsapi_parameters_of_the_official_page() {
        let key = Secret::new("qazwsxedcrfvtgbyhnujmikolp111111");
        let id = "wx2017033010242291fcfe0db70013231072";
        let signed = jsapi("wxd678efh567hg6787", id, &key, SignType::Md5, &stamp());
        assert_eq!(signed.params.get("paySign"), Some("22D9B4E54AB1950F51E0649E8810ACD6"));
        assert!(signed.canonical.masked().ends_with("&timeStamp=1490840662&key=***"));
    }

    #[test]
    fn links_keep_wechats_order() {
        let ask = Authorize {
            app_id: "wx1",
            redirect_uri: "https://a.cn/cb?x=1",
            scope: "snsapi_base",
            state: "s",
            force_popup: Some(true),
        };
        assert_eq!(
            authorize_url("https://open.weixin.qq.com", &ask),
            "https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx1&redirect_uri=https%3A%2F%2Fa.cn%2Fcb%3Fx%3D1\
             &response_type=code&scope=snsapi_base&state=s&forcePopup=true#wechat_redirect"
        );
    }

    #[test]
    fn the_fragment_is_no_part_of_a_page_url() {
        assert_eq!(page_url("http://a/?b=1#/c"), "http://a/?b=1");
        let ticket = Secret::new("T");
        assert_eq!(jssdk(&ticket, "http://a/#b", &stamp()).params.get("url"), Some("http://a/"));
    }
}
