//! Who calls, and whether that is proved: headers, time, merchant, signature, in WeChat's
//! order and words. Comes in: a row and a request; goes out: a believed call with what is
//! wrong in it, or a 400 or 401. It decides nothing of the business.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012365344>

use serde_json::{Value, json};

use super::super::caller::origin;
use super::super::identity::Identity;
use super::super::published;
use super::super::refusal::{RefusedSign, Right, Signed};
use super::call::Call;
use super::problem::of_wire;
use super::refusal::Refusal;
use super::sound::{Message, NAMED};
use crate::api::authorization::{BadHeader, Parts, authorize, request_message, signed_url};
use crate::api::codec::read_request;
use crate::api::endpoint::Endpoint;
use crate::api::keys::{Secret, Stamp, Who};
use crate::api::{Heard, Keyring, ReadError, V3Unproved};
use crate::wire::{Fields, Request};

/// A call that a merchant signed, and what is wrong in it.
pub(super) struct Admitted {
    pub(super) call: Call,
    pub(super) wrong: Option<Refusal>,
}

/// Lets a request in that a known merchant signed.
pub(super) fn admit(
    identity: &Identity,
    row: &'static Endpoint,
    request: &Request,
    now: u64,
) -> Result<Admitted, Refusal> {
    has_headers(request)?;
    let mode = identity.key_mode;
    let known = request.header(NAMED).filter(|id| published::stand_in(mode, id).is_some());
    let ring = |who: Who<'_>| identity.merchant(who.mch_id)?.keys_v3(mode, known);
    let heard =
        read_request(row, request, &ring, now).map_err(|error| unheard(row, request, &ring, error))?;
    let Heard { fields, problems, keys } = heard;
    let mch_id = keys.mch_id.clone().unwrap_or_default();
    let message = Message { row, request, fields: &fields, problems: &problems, mch_id: &mch_id, key: known };
    let wrong = message.check().and_then(|()| is_partner(identity, &mch_id, &fields)).err();
    let call = Call { row, fields, mch_id, keys, now, origin: origin(request) };
    Ok(Admitted { call, wrong })
}

/// Whether the merchant may do this for the sub-merchant that it names.
fn is_partner(identity: &Identity, mch_id: &str, fields: &Fields) -> Result<(), Refusal> {
    let merchant = identity.merchant(mch_id);
    match fields.filled("sub_mchid") {
        Some(sub) if merchant.is_some_and(|merchant| !merchant.may_order_for(sub)) => {
            Err(Refusal::of("NO_AUTH"))
        }
        _ => Ok(()),
    }
}

/// Calls of `/v3/pay/` are answered without.
fn has_headers(request: &Request) -> Result<(), Refusal> {
    let is_there = |name: &str| request.header(name).is_some_and(|value| !value.trim().is_empty());
    if request.path().starts_with("/v3/pay/") || is_there("accept") && is_there("user-agent") {
        return Ok(());
    }
    Err(Refusal::because("INVALID_REQUEST", "Http头缺少Accept或User-Agent"))
}

const HEADER: &str = "Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》";
const SCHEMA: &str = "Http头Authorization认证类型不正确";
/// What orders and queries say of both.
const UNSIGNED: &str = "签名信息错误，验签失败";
const STALE: &str = "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟";
const OTHER_SERIAL: &str = "商户证书序列号有误。请使用签名私钥匹配的证书序列号";
const NOBODY: &str = "签名错误";
const WRONG: &str = "错误的签名，验签失败";

/// What WeChat says to a call that is not believed, or that cannot be read.
fn unheard(row: &'static Endpoint, request: &Request, ring: &dyn Keyring, error: ReadError) -> Refusal {
    let is_pay = request.path().starts_with("/v3/pay/");
    let no = |text: &str| Refusal::because("SIGN_ERROR", text);
    let why = match error {
        ReadError::V3(why) => *why,
        ReadError::Wire(error) => return of_wire(row, &error),
        _ => return no(NOBODY),
    };
    match why {
        V3Unproved::Unsigned | V3Unproved::BadHeader(BadHeader::Schema) if is_pay => no(UNSIGNED),
        V3Unproved::BadHeader(BadHeader::Schema) => no(SCHEMA),
        V3Unproved::Unsigned | V3Unproved::NoHeader(_) | V3Unproved::BadHeader(BadHeader::Pairs) => {
            no(HEADER)
        }
        V3Unproved::Stale { .. } => no(STALE),
        V3Unproved::UnknownKey { .. } => no(OTHER_SERIAL),
        V3Unproved::Wrong { .. } | V3Unproved::NotBase64 | V3Unproved::Probe => {
            wrong_sign(row, request, ring)
        }
    }
}

/// The refusal that shows what WeChat received, and the case to explain.
fn wrong_sign(row: &'static Endpoint, request: &Request, ring: &dyn Keyring) -> Refusal {
    let refusal = Refusal::because("SIGN_ERROR", WRONG);
    let Some(parts) = request.header("authorization").and_then(|header| Parts::read(header).ok()) else {
        return refusal;
    };
    let url = signed_url(&request.url);
    let detail = json!({
        "detail": { "issue": "sign not match" },
        "field": "signature",
        "location": "authorization",
        "sign_information": received(request, &url, &parts),
    });
    let stamp = Stamp { now: parts.timestamp.parse().unwrap_or_default(), nonce: parts.nonce_str.into() };
    let keys = ring.keys(Who { app_id: "", mch_id: parts.mchid }).and_then(|keys| keys.v3);
    let right = keys.and_then(|v3| authorize(&v3, &request.method, &url, &request.body, &stamp).ok());
    let case = RefusedSign {
        request_id: 0,
        endpoint: row.name,
        what: Signed::RequestV3,
        fields: case_fields(request, &url, &parts),
        key: Secret::new(published::MERCHANT_PEM),
        others: Vec::new(),
        given: parts.signature.to_owned(),
        right: right.map(|right| Right {
            signature: right.signature,
            canonical: String::from_utf8_lossy(&right.message).into_owned(),
        }),
        sign_type: "RSA",
    };
    Refusal { detail: Some(detail), sign: Some(Box::new(case)), ..refusal }
}

/// So much of a body is shown.
const SHOWN: usize = 8;

/// `sign_information`: what was built from the wire, the body cut.
fn received(request: &Request, url: &str, parts: &Parts<'_>) -> Value {
    let message = |body: &[u8]| request_message(&request.method, url, parts.timestamp, parts.nonce_str, body);
    let shown = &request.body[..request.body.len().min(SHOWN)];
    json!({
        "method": request.method,
        "url": url,
        "sign_message_length": message(&request.body).len(),
        "truncated_sign_message": String::from_utf8_lossy(&message(shown)),
    })
}

fn case_fields(request: &Request, url: &str, parts: &Parts<'_>) -> Fields {
    let body = String::from_utf8_lossy(&request.body);
    let pairs = [
        ("method", request.method.as_str()),
        ("url", url),
        ("timestamp", parts.timestamp),
        ("nonce_str", parts.nonce_str),
        ("body", &body),
        ("mchid", parts.mchid),
        ("serial_no", parts.serial_no),
    ];
    pairs.into_iter().collect()
}
