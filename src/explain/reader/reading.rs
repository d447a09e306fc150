//! What was read: a case, the notation it stood in, and what it was taken for.

use crate::api::Word;
use crate::explain::case::Case;
use crate::explain::family::Scheme;

/// A case, and what it was read from.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What is to be explained.
    pub case: Case,
    /// The notation in which it stood.
    pub from: Word,
    /// What the scheme signs and nothing in the paste says.
    pub missing: Vec<&'static str>,
}

impl Reading {
    /// What it was taken for.
    #[must_use]
    pub fn what(&self) -> Word {
        let has = |name: &str| self.case.fields.get(name).is_some();
        match self.case.scheme {
            Scheme::Jssdk => Word::new("JS-SDK 签名", "a JS-SDK signature"),
            Scheme::AgentConfig => {
                Word::new("企业微信 agentConfig 签名", "a signature of WeCom's agentConfig")
            }
            Scheme::Xpay => Word::new("虚拟支付 pay_sig", "a pay_sig of virtual payment"),
            Scheme::XpayUser => Word::new("虚拟支付用户态签名", "a user signature of virtual payment"),
            Scheme::RawData => Word::new("小程序用户数据签名", "a signature of a mini program's user data"),
            Scheme::Card => Word::new("卡券签名", "a card signature"),
            Scheme::PayV2
                if has("transaction_id") && has("bank_type") && has("return_code") && !has("trade_state") =>
            {
                Word::new("支付 v2 通知", "a pay v2 notice")
            }
            Scheme::PayV2 if has("return_code") || has("result_code") => {
                Word::new("支付 v2 应答", "a pay v2 reply")
            }
            Scheme::PayV2 => Word::new("支付 v2 请求", "a pay v2 request"),
            Scheme::PaySign => Word::new("JSAPI/小程序支付参数", "JSAPI pay parameters"),
            Scheme::AppSign => Word::new("App 支付参数", "App pay parameters"),
            Scheme::ServerToken => Word::new("服务器地址校验", "a URL check of the message server"),
            Scheme::MsgCrypt => Word::new("加密消息", "an encrypted message"),
        }
    }
}
