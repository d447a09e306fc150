//! The row of every table here: a code or message, where it comes from, what it
//! means and what to do. Knows no table.

use crate::api::word::Word;

/// One documented code or message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorCode {
    /// Where it comes from.
    pub area: &'static Area,
    /// As WeChat writes it: `40029`, `-1`, `OUT_TRADE_NO_USED`; empty for a message
    /// that comes without a code.
    pub code: &'static str,
    /// The text WeChat sends with it (`errmsg`, `err_code_des`, `return_msg`,
    /// `message`); for pay the Chinese text, for official accounts the English one.
    pub text: &'static str,
    /// Other texts that say the same.
    pub also: &'static [&'static str],
    /// What kind of refusal it is.
    pub fault: Fault,
    /// What it means.
    pub meaning: Word,
    /// What to do about it.
    pub remedy: Word,
    /// The official page.
    pub page: &'static str,
}

/// One of WeChat's worlds; the table of its codes owns it.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Area {
    /// Its name.
    pub word: Word,
    /// Words by which a paste shows that it comes from there.
    pub(super) marks: &'static [&'static str],
    /// What its messages are worth.
    pub(super) messages: Messages,
}

/// What the messages of an area are worth beside a code.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) enum Messages {
    /// One that is there says more than the code it comes with.
    SayMore,
    /// They look like the texts of other codes, or there are none.
    SayLess,
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

impl ErrorCode {
    pub(super) const fn new(
        area: &'static Area,
        page: &'static str,
        code: &'static str,
        text: &'static str,
        fault: Fault,
    ) -> Self {
        let unsaid = Word::new("", "");
        Self { area, code, text, also: &[], fault, meaning: unsaid, remedy: unsaid, page }
    }

    pub(super) const fn also(mut self, texts: &'static [&'static str]) -> Self {
        self.also = texts;
        self
    }

    pub(super) const fn means(mut self, zh: &'static str, en: &'static str) -> Self {
        self.meaning = Word::new(zh, en);
        self
    }

    pub(super) const fn remedy(mut self, zh: &'static str, en: &'static str) -> Self {
        self.remedy = Word::new(zh, en);
        self
    }

    pub(super) const fn page(mut self, page: &'static str) -> Self {
        self.page = page;
        self
    }

    /// Every text that stands for this row.
    pub(super) fn texts(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.text).chain(self.also.iter().copied())
    }
}
