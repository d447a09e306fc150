//! Pay v3: the proof stands in the headers of a message, over its very bytes.
//! <https://pay.weixin.qq.com/doc/v3/merchant/4012365336>

use super::proof::Proof;
use crate::wire::{Fields, Reply};

/// What proves the reply of a call of pay v3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleV3 {
    /// Its headers: a 2xx without a valid signature is not to be believed.
    Signed,
    /// Nothing (the file of a bill): a digest that was told before proves it.
    Unsigned,
    /// Its headers, perhaps by a certificate that it brings itself.
    Certificates,
}

impl Proof for RuleV3 {
    /// Everything but 200 and 204 is a no, and says why.
    fn refusal(&self, reply: &Reply, fields: &Fields) -> Option<(String, String)> {
        let code = fields.get("code").filter(|_| !matches!(reply.status, 200 | 204))?;
        Some((code.to_owned(), fields.get("message").unwrap_or_default().to_owned()))
    }
}
