//! Mistakes that WeChat Pay itself names in the text of a refusal: no signature is needed to
//! know them, and none would show them. Comes in: a text; goes out: the cause.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012365336>

use super::cause::{self, Cause};

/// Part of WeChat's text, and what it means.
const TEXTS: &[(&str, &Cause)] = &[
    ("无可用的平台证书", cause::V_NOPLATCERT),
    ("请求的时间不得超过5分钟", cause::V_CLOCK),
    ("商户证书序列号有误", cause::V_KEY_SERIAL),
    ("已更换证书，请使用新证书", cause::V_KEY_SERIAL),
    ("header中的mchid与post payload中的mchid不匹配", cause::V_MCHID),
    ("Http头Authorization值格式错误", cause::V_AUTH_FORMAT),
    ("Http头Authorization认证类型不正确", cause::V_AUTH_FORMAT),
    ("HTTP header缺少微信支付平台证书序列号", cause::V_SENS_SERIAL),
    ("平台证书序列号Wechatpay-Serial错误", cause::V_SENS_SERIAL),
    ("待处理的消息是否为加密后的密文", cause::V_SENS_PLAIN),
];

/// The mistake that a text of WeChat Pay names.
#[must_use]
pub fn said(text: &str) -> Option<&'static Cause> {
    TEXTS.iter().find(|(part, _)| text.contains(part)).map(|(_, cause)| *cause)
}
