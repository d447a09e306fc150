//! WeChat's error codes with their meaning and what to do, in both languages.
//! Looked up by number (`40029`), by name (`SIGNERROR`) or by WeChat's own
//! message (`签名错误`). Pure data; the families follow the two API worlds.

use super::word::Word;

/// One documented code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorCode {
    /// As WeChat writes it: `40029`, `-1`, `OUT_TRADE_NO_USED`.
    pub code: &'static str,
    /// The text WeChat sends with it (`errmsg`, `err_code_des`, `return_msg`);
    /// for pay v2 the Chinese text, for official accounts the English one.
    pub text: &'static str,
    /// What kind of refusal it is.
    pub fault: Fault,
    /// What it means.
    pub meaning: Word,
    /// What to do about it.
    pub remedy: Word,
}

/// What kind of refusal a code is; decides the exit code and whether a call
/// may be repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Not a refusal (`0`, `SUCCESS`).
    None,
    /// Credentials or signature: key, secret, app id, IP whitelist.
    Credential,
    /// The access token is dead: fetch a new one and repeat once.
    Token,
    /// WeChat says no to this order, user or amount.
    Business,
    /// The request itself is wrong: a field, a format.
    Request,
    /// WeChat is busy or a limit is reached: later.
    Busy,
    /// WeChat does not say whether it was done: query before anything else.
    Unknown,
}

/// All codes.
pub static ALL: &[ErrorCode] = &[];

/// The code of this name, or whose text this is.
#[must_use]
pub fn find(code: &str) -> Option<&'static ErrorCode> {
    ALL.iter().find(|c| c.code == code || c.text == code)
}
