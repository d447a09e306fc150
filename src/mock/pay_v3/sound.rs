//! Whether what a believed call says is sound: JSON types, characters, fields, what was
//! encrypted for WeChat, and whose merchant number it names. Comes in: the message as it
//! came, and its fields as they were opened; goes out: the first thing that is wrong.

use serde_json::{Value, json};

use super::call::SERIAL;
use super::problem::{mistyped, of_problem};
use super::refusal::Refusal;
use crate::api::WechatKey;
use crate::api::check::Problem;
use crate::api::endpoint::{Endpoint, Format, Kind, Spot};
use crate::wire::{Fields, Request};

/// The header that names one of WeChat Pay's keys, as requests have it.
pub(super) const NAMED: &str = "wechatpay-serial";

/// A message of a known merchant.
pub(super) struct Message<'a> {
    pub(super) row: &'static Endpoint,
    pub(super) request: &'a Request,
    pub(super) fields: &'a Fields,
    pub(super) problems: &'a [Problem],
    /// Who signed it.
    pub(super) mch_id: &'a str,
    /// The key of WeChat Pay that it names, if there is one of that name.
    pub(super) key: Option<&'a str>,
}

const STRANGE: &str = "请求体含有微信支付不支持的字符（4 字节 UTF-8，如表情）";
const OTHER_MERCHANT: &str = "http header中的mchid与post payload中的mchid不匹配";

impl Message<'_> {
    /// The first thing that is wrong.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        let body = self.body();
        body.as_ref().and_then(|body| mistyped(self.row, body)).map_or(Ok(()), Err)?;
        if let Some(c) = String::from_utf8_lossy(&self.request.body).chars().find(|c| c.len_utf8() == 4) {
            return Err(Refusal::because("PARAM_ERROR", STRANGE).at("body", json!(c)));
        }
        self.problems.first().map_or(Ok(()), |problem| Err(of_problem(self.row, problem)))?;
        self.is_openable(body.as_ref())?;
        let said = ["mchid", "sp_mchid", "combine_mchid"].iter().find_map(|name| self.fields.filled(name));
        match said {
            Some(said) if said != self.mch_id => Err(Refusal::because("PARAM_ERROR", OTHER_MERCHANT)),
            _ => Ok(()),
        }
    }

    fn body(&self) -> Option<Value> {
        let is_json = self.row.sends == Format::Tree;
        is_json.then(|| serde_json::from_slice(&self.request.body).ok()).flatten()
    }

    /// Whether WeChat can read what was encrypted for it.
    /// <https://pay.weixin.qq.com/doc/v3/merchant/4013053257>
    fn is_openable(&self, body: Option<&Value>) -> Result<(), Refusal> {
        let no = |text: &str| Err(Refusal::because("PARAM_ERROR", text));
        let hidden: Vec<(&str, &str)> = self.hidden().collect();
        let named = self.fields.filled(SERIAL).or(self.request.header(NAMED));
        match (named, self.key) {
            (Some(id), None) if !hidden.is_empty() || id.starts_with(WechatKey::PUBLIC_KEY_ID) => {
                return no("平台证书序列号Wechatpay-Serial错误");
            }
            (None, _) if !hidden.is_empty() => {
                return no("HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)");
            }
            _ => {}
        }
        // What did not open stands there as it came.
        let came = |name: &str| body?.pointer(&format!("/{}", name.replace('.', "/")))?.as_str();
        if hidden.iter().any(|(name, value)| came(name) == Some(value)) {
            return no("请确认待处理的消息是否为加密后的密文");
        }
        Ok(())
    }

    /// The fields that only WeChat may read.
    fn hidden(&self) -> impl Iterator<Item = (&str, &str)> {
        let is_hidden = |name: &str| {
            let field = self.row.field(name);
            field.is_some_and(|field| field.kind == Kind::Encrypted && field.spot == Spot::Body)
        };
        self.fields.iter().filter(move |(name, value)| !value.is_empty() && is_hidden(name))
    }
}
