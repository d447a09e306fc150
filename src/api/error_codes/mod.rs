//! WeChat's error codes and messages with their meaning and what to do, in both
//! languages, a table per area. Comes in: a code (`40029`, `SIGNERROR`), a message
//! (`签名错误`) or a whole paste that holds some; goes out: rows. Pure data.

mod near;
pub mod oa;
pub mod page;
pub mod pay_v2;
mod read;

use super::word::Word;

pub use near::nearest;
pub use read::{in_fields, in_text};

/// One documented code or message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorCode {
    /// Where it comes from.
    pub area: Area,
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

/// Which of WeChat's worlds speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Area {
    /// `api.weixin.qq.com`: official accounts and mini programs.
    Oa,
    /// What a page sees: authorization, `wx.config`, the call of the payment window.
    Page,
    /// Pay v2.
    PayV2,
}

impl Area {
    /// Its name.
    #[must_use]
    pub const fn word(self) -> Word {
        match self {
            Self::Oa => Word::new("公众号、小程序接口", "official account and mini program API"),
            Self::Page => Word::new("网页", "in the page"),
            Self::PayV2 => Word::new("微信支付 v2", "WeChat Pay v2"),
        }
    }
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

/// The best reading of a code, a message or a paste: the first of [`in_text`].
#[must_use]
pub fn find(asked: &str) -> Option<&'static ErrorCode> {
    in_text(asked).into_iter().next()
}

/// The row of a message that says more than the code it comes with; the longest
/// one wins.
#[must_use]
pub fn message(text: &str) -> Option<&'static ErrorCode> {
    read::longest(text, messages())
}

/// Tables of codes; of two with the same code the first is the more usual.
static CODES: &[&[ErrorCode]] = &[oa::CODES, page::CODES, pay_v2::CODES];

/// Tables of messages.
static TEXTS: &[&[ErrorCode]] = &[page::TEXTS, pay_v2::TEXTS];

/// Every documented code, once in each area.
pub fn codes() -> impl Iterator<Item = &'static ErrorCode> {
    CODES.iter().copied().flatten()
}

fn messages() -> impl Iterator<Item = &'static ErrorCode> {
    TEXTS.iter().copied().flatten()
}

/// Every row: codes, then the messages that say more.
pub fn all() -> impl Iterator<Item = &'static ErrorCode> {
    codes().chain(messages())
}

impl ErrorCode {
    const fn new(
        area: Area,
        page: &'static str,
        code: &'static str,
        text: &'static str,
        fault: Fault,
    ) -> Self {
        let unsaid = Word::new("", "");
        Self { area, code, text, also: &[], fault, meaning: unsaid, remedy: unsaid, page }
    }

    const fn also(mut self, texts: &'static [&'static str]) -> Self {
        self.also = texts;
        self
    }

    const fn means(mut self, zh: &'static str, en: &'static str) -> Self {
        self.meaning = Word::new(zh, en);
        self
    }

    const fn remedy(mut self, zh: &'static str, en: &'static str) -> Self {
        self.remedy = Word::new(zh, en);
        self
    }

    const fn page(mut self, page: &'static str) -> Self {
        self.page = page;
        self
    }

    /// What to ask for to get this row again: its code, where that leads here.
    #[must_use]
    pub fn name(&self) -> &'static str {
        let is_code = codes().any(|row| row.code == self.code && row.text == self.text);
        if is_code { self.code } else { self.text }
    }

    /// Every text that stands for this row.
    fn texts(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.text).chain(self.also.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn has_cjk(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    fn code_of(message: &str) -> &'static str {
        find(message).map_or("none", |row| row.code)
    }

    #[test]
    fn every_row_speaks_both_languages() {
        for row in all() {
            assert!(!row.text.is_empty(), "{}", row.code);
            for word in [row.meaning, row.remedy] {
                assert!(has_cjk(word.zh), "{}: {}", row.code, word.zh);
                assert!(
                    !word.en.is_empty() && !has_cjk(&word.en.replace("订单已全额退款", "")),
                    "{}",
                    row.code
                );
            }
            assert_ne!(row.meaning, row.remedy, "{}", row.code);
        }
    }

    #[test]
    fn a_code_stands_once() {
        let mut seen = HashSet::new();
        for row in codes() {
            assert!(seen.insert((row.area, row.code.to_ascii_lowercase())), "{} twice", row.code);
        }
        let mut said = HashSet::new();
        for row in messages() {
            assert!(said.insert(row.text), "{} twice", row.text);
            assert!(codes().all(|known| known.text != row.text), "{} hides {}", row.code, row.text);
        }
    }

    #[test]
    fn all_global_codes_are_there() {
        let documented = "-1 0 40001 40002 40003 40004 40007 40008 40013 40014 40015 40029 40030 40033 40035 \
            40037 40038 40039 40048 40066 40125 40132 40163 40164 40243 41001 41002 41003 41004 41006 41008 \
            41009 42001 42002 42003 42007 43001 43002 43003 43004 43019 43101 44002 45002 45009 45011 45035 \
            45047 46003 46004 47001 48001 48002 48004 48006 50001 50002 50005 61004 61007 61450 61451 9001003 \
            10003 10004 10005 10006 10009 10010 10011 10012 10013 10015 10016";
        for code in documented.split_whitespace() {
            assert!(oa::CODES.iter().chain(page::CODES).any(|row| row.code == code), "{code}");
        }
        assert!(oa::CODES.len() >= 60);
    }

    #[test]
    fn codes_are_found_in_any_letter_case() {
        assert_eq!(code_of("40029"), "40029");
        assert_eq!(code_of("-1"), "-1");
        assert_eq!(code_of(" signerror "), "SIGNERROR");
        assert_eq!(code_of("NO Bill Exist"), "No Bill Exist");
        assert_eq!(code_of("sign error"), "SIGN ERROR");
        assert_eq!(code_of("签名错误"), "SIGNERROR");
    }

    #[test]
    fn messages_are_found_with_what_wechat_appends() {
        let real = [
            ("签名错误，请检查后再试", "SIGNERROR"),
            (
                "invalid credential, access_token is invalid or not latest, could get access_token by \
                 getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r rid: 6509033a",
                "40001",
            ),
            ("invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist rid: 1", "40164"),
            ("system error, rid: 6509033a-307d2628", "-1"),
            ("reach max api daily quota limit rid: 1", "45009"),
            ("101 付款码已过期，请退出重试", "AUTH_CODE_INVALID"),
            ("400 No required SSL certificate was sent", "FAIL"),
            ("config:invalid signature", "config:fail"),
        ];
        for (message, code) in real {
            assert_eq!(code_of(message), code, "{message}");
        }
    }

    #[test]
    fn the_longest_message_wins() {
        let row = find("sub_appid and sub_openid not match").expect("in the table");
        assert_eq!(row.text, "sub_appid and sub_openid not match");
        let row = find("appid and openid not match").expect("in the table");
        assert!(row.remedy.en.contains("openid"));
        assert_eq!(code_of("access clientip is not registered, not in ip-white-list"), "61004");
    }

    #[test]
    fn strangers_are_not_found() {
        for unknown in ["", "40012", "token", "tokens are fine", "NOPE"] {
            assert_eq!(code_of(unknown), "none", "{unknown}");
        }
    }

    #[test]
    fn faults_drive_the_exit_code() {
        let faults = [
            (
                Fault::Credential,
                &["SIGNERROR", "SIGN ERROR", "40001", "40013", "40125", "40164", "40243"][..],
            ),
            (Fault::Token, &["40014", "42001"]),
            (Fault::Busy, &["-1", "45009", "45011", "FREQUENCY_LIMITED", "FREQUENCY_LIMIT"]),
            (Fault::Unknown, &["SYSTEMERROR", "BANKERROR", "USERPAYING", "BIZERR_NEED_RETRY"]),
            (Fault::Business, &["ORDERPAID", "NOTENOUGH", "40029", "48001", "APPID_MCHID_NOT_MATCH"]),
            (Fault::None, &["0", "SUCCESS"]),
        ];
        for (fault, codes) in faults {
            for code in codes {
                assert_eq!(find(code).map(|row| row.fault), Some(fault), "{code}");
            }
        }
    }

    #[test]
    fn near_codes_are_suggested() {
        let near = |input| nearest(input).iter().map(|row| row.code).collect::<Vec<_>>();
        assert_eq!(near("SIGN_ERROR")[0], "SIGNERROR");
        assert_eq!(near("out_trade_no_use"), ["OUT_TRADE_NO_USED"]);
        assert!(near("40028").contains(&"40029"));
        assert!(near("40012").len() <= 3);
        assert!(near("").is_empty());
        assert!(near("完全无关").is_empty());
    }
}
