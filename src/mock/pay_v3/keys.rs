//! Platform certificates, and WeChat's self-test of signing, verifying and encrypting.
//! Comes in: an admitted call; goes out: the fields of the reply, hidden on the way by
//! `api`.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012551764>

use super::super::published;
use super::super::world::World;
use super::call::Call;
use super::refusal::Refusal;
use crate::api::Answer;
use crate::api::calendar::rfc3339;
use crate::wire::Fields;

/// Merchants who began with a public key have no platform certificate.
const NONE: &str = "无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。\
    可查看指引https://pay.weixin.qq.com/docs/merchant/products/platform-certificate/wxp-pub-key-guide.html";

/// The platform certificates there are.
pub(super) fn certificates(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    if !world.identity.key_mode.has_certificate() || call.said("algorithm_type") == "SM2" {
        return Err(Refusal::because("RESOURCE_NOT_EXISTS", NONE));
    }
    let platform = published::platform();
    let time = |unix: i64| rfc3339(u64::try_from(unix).unwrap_or_default());
    let (from, until) = (time(platform.from), time(platform.until));
    let told: Fields = [
        ("data.0.effective_time", from.as_str()),
        ("data.0.certificate", platform.pem),
        ("data.0.expire_time", &until),
        ("data.0.serial_no", platform.serial),
    ]
    .into_iter()
    .collect();
    Ok(told.into())
}

/// What was sent comes back, hidden for the merchant if it was hidden for WeChat.
#[expect(clippy::unnecessary_wraps, reason = "every function of the table has one shape")]
pub(super) fn echo(_: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let names = ["echo_message", "encrypted_echo_message"];
    let told = names.into_iter().filter_map(|name| Some((name, call.fields.filled(name)?)));
    Ok(told.collect::<Fields>().into())
}
