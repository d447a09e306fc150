//! The effects, as a table: name, meaning, where they fit, how their value is
//! read. To add a fault, add an [`Effect`], its line in [`EFFECTS`], and what it
//! does in `spoil` or where calls and notices are made.

use std::time::Duration;

use serde_json::Value;

use super::kind::Kind;
use crate::api::Word;
use crate::wire::Ending;

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::mock) enum Effect {
    /// The call is refused with this code and does nothing.
    Code(String),
    /// The call does its work, and then says this code.
    CodeAfter(String),
    /// Refused for coming too often.
    TooOften,
    /// The token of the call is good no more, from now on.
    Token(End),
    /// It is done, but the HTTP status says something else.
    Status(u16),
    /// It is done, the reply or the notice comes late (milliseconds).
    Delay(u64),
    /// The connection closes without an answer; a notice never leaves.
    Drop(Moment),
    /// The connection is reset without an answer.
    Reset(Moment),
    /// It is done, the connection closes in the middle of the reply.
    Cut,
    /// It is done, half of the message is missing.
    Truncated,
    /// It is done, the message is not signed.
    DropSign,
    /// It is done, the message's signature is wrong.
    WrongSign,
    /// It is done, the message is not UTF-8 but GBK.
    Gbk,
    /// It is done, the reply is a page of somebody else.
    Html,
    /// So many more copies of the notice, at once.
    Copies(u64),
    /// The notice waits until the next one is on its way.
    Hold,
    /// Another amount in the notice (fen), rightly signed.
    Amount(Option<u64>),
    /// Fields that no page knows, rightly signed.
    NewFields,
    /// Signed with HMAC-SHA256, and nothing says so.
    HmacUnnamed,
    /// The signature is one of WeChat's probes.
    SignTest,
    /// It names a key that nobody has.
    WrongSerial,
    /// It is from too long ago, rightly signed.
    Stale,
    /// Nothing is authenticated beside the resource.
    EmptyAad,
    /// The resource does not open, rightly signed.
    Tampered,
    /// The refund cannot go back to where it came from.
    Abnormal,
}

/// How a token ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mock) enum End {
    /// Its time is over.
    Expired,
    /// Somebody else fetched a new one.
    Killed,
}

/// Whether the call has done its work when it goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mock) enum Moment {
    Before,
    After,
}

type Reader = fn(&Value) -> Option<Effect>;

/// One effect of the table.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) fits: &'static [Kind],
    /// What the value has to be.
    pub(super) wants: Word,
    pub(super) about: Word,
    pub(super) read: Reader,
}

const CALLS: &[Kind] = &[Kind::Oa, Kind::Pay, Kind::PayV3];
const OA: &[Kind] = &[Kind::Oa];
const PAY: &[Kind] = &[Kind::Pay, Kind::PayV3];
const SIGNED: &[Kind] = &[Kind::Pay, Kind::PayV3, Kind::Notice, Kind::NoticeV3];
const SEALED: &[Kind] = &[Kind::PayV3, Kind::NoticeV3];
const NOTICES: &[Kind] = &[Kind::Notice, Kind::NoticeV3];
const V2_NOTICES: &[Kind] = &[Kind::Notice];
const V3_NOTICES: &[Kind] = &[Kind::NoticeV3];
const ALL: &[Kind] = &[Kind::Oa, Kind::Pay, Kind::PayV3, Kind::Notice, Kind::NoticeV3];

const A_CODE: Word =
    Word::new("错误码，如 SYSTEMERROR 或 40001", "an error code, such as SYSTEMERROR or 40001");
const A_SWITCH: Word = Word::new("true", "true");
const A_MOMENT: Word = Word::new("true、before 或 after", "true, before or after");
const A_TIME: Word = Word::new("秒数，或 500ms、1.5s、2m", "seconds, or 500ms, 1.5s, 2m");
const A_TIME_IN_MS: Word = Word::new("毫秒数，或 500ms、1.5s、2m", "milliseconds, or 500ms, 1.5s, 2m");
const A_STATUS: Word = Word::new("200 到 599", "200 to 599");
const A_COUNT: Word = Word::new("true，或 1 到 100", "true, or 1 to 100");
const FEN: Word = Word::new("true，或以分为单位的金额", "true, or an amount in fen");

const fn row(name: &'static str, fits: &'static [Kind], wants: Word, about: Word, read: Reader) -> Row {
    Row { name, fits, wants, about, read }
}

/// Every effect.
#[rustfmt::skip]
pub(super) const EFFECTS: &[Row] = &[
    row("code", CALLS, A_CODE, Word::new("以此错误码拒绝，什么也不做", "Refuse with this code and do nothing"), |v| text(v).map(Effect::Code)),
    row("code_after", CALLS, A_CODE, Word::new("事情做完了，却回复此错误码", "Do the work, then answer with this code"), |v| text(v).map(Effect::CodeAfter)),
    row("frequency_limit", CALLS, A_SWITCH, Word::new("频率超限", "Refuse for coming too often"), |v| switch(v, Effect::TooOften)),
    row("expired_token", OA, A_SWITCH, Word::new("所用 access_token 从此过期", "The access_token shown is expired from now on"), |v| switch(v, Effect::Token(End::Expired))),
    row("killed_token", OA, A_SWITCH, Word::new("所用 access_token 从此被顶替", "The access_token shown is replaced by another from now on"), |v| switch(v, Effect::Token(End::Killed))),
    row("status", CALLS, A_STATUS, Word::new("回复这个 HTTP 状态码", "Answer with this HTTP status"), |v| v.as_u64().and_then(|n| u16::try_from(n).ok()).filter(|n| (200..600).contains(n)).map(Effect::Status)),
    row("delay", ALL, A_TIME, Word::new("推迟回复或通知", "The reply or the notice comes late"), |v| time(v, SECOND).map(Effect::Delay)),
    row("delay_ms", ALL, A_TIME_IN_MS, Word::new("同 delay，单位毫秒", "The same as delay, in milliseconds"), |v| time(v, 1.0).map(Effect::Delay)),
    row("late", ALL, A_TIME, Word::new("晚到，默认一分钟", "It comes late, by a minute unless told otherwise"), |v| time(v, SECOND).or_else(|| is_true(v).then_some(60_000)).map(Effect::Delay)),
    row("drop", ALL, A_MOMENT, Word::new("不回复就断开；通知则不发出", "Close without an answer; a notice never leaves"), |v| moment(v).map(Effect::Drop)),
    row("reset", CALLS, A_MOMENT, Word::new("不回复就重置连接", "Reset the connection without an answer"), |v| moment(v).map(Effect::Reset)),
    row("cut", CALLS, A_SWITCH, Word::new("回复到一半断开", "Close in the middle of the reply"), |v| switch(v, Effect::Cut)),
    row("truncated", ALL, A_SWITCH, Word::new("内容只有前一半", "Half of the message is missing"), |v| switch(v, Effect::Truncated)),
    row("wrong_sign", SIGNED, A_SWITCH, Word::new("签名错误", "The signature is wrong"), |v| switch(v, Effect::WrongSign)),
    row("drop_sign", SIGNED, A_SWITCH, Word::new("没有签名", "There is no signature"), |v| switch(v, Effect::DropSign)),
    row("missing_sign", SIGNED, A_SWITCH, Word::new("同 drop_sign", "The same as drop_sign"), |v| switch(v, Effect::DropSign)),
    row("gbk", ALL, A_SWITCH, Word::new("内容是 GBK 编码", "The message is GBK, not UTF-8"), |v| switch(v, Effect::Gbk)),
    row("html", CALLS, A_SWITCH, Word::new("回复一个 502 网页", "Answer with an HTML page and 502"), |v| switch(v, Effect::Html)),
    row("duplicate", NOTICES, A_COUNT, Word::new("同一通知多发几份", "Send more copies of the notice at once"), |v| copies(v).map(Effect::Copies)),
    row("out_of_order", NOTICES, A_SWITCH, Word::new("等下一条通知发出后才发", "The notice waits until the next one has left"), |v| switch(v, Effect::Hold)),
    row("wrong_amount", NOTICES, FEN, Word::new("通知里的金额不对，签名正确", "Another amount in the notice, rightly signed"), |v| v.as_u64().map(Some).or_else(|| is_true(v).then_some(None)).map(Effect::Amount)),
    row("new_fields", NOTICES, A_SWITCH, Word::new("通知里有文档没有的新字段", "The notice has fields that no page knows"), |v| switch(v, Effect::NewFields)),
    row("hmac_unnamed", V2_NOTICES, A_SWITCH, Word::new("用 HMAC-SHA256 签名，但没有 sign_type", "Signed with HMAC-SHA256, without sign_type"), |v| switch(v, Effect::HmacUnnamed)),
    row("signtest", SEALED, A_SWITCH, Word::new("探测签名（WECHATPAY/SIGNTEST/ 开头），应验签失败", "A probe: the signature begins with WECHATPAY/SIGNTEST/ and must not be believed"), |v| switch(v, Effect::SignTest)),
    row("wrong_serial", SEALED, A_SWITCH, Word::new("Wechatpay-Serial 是商户没有的密钥", "Wechatpay-Serial names a key that nobody has"), |v| switch(v, Effect::WrongSerial)),
    row("stale_time", SEALED, A_SWITCH, Word::new("时间戳是 6 分钟前的，签名正确", "The time is six minutes ago, rightly signed"), |v| switch(v, Effect::Stale)),
    row("empty_aad", V3_NOTICES, A_SWITCH, Word::new("associated_data 为空，能解密", "associated_data is empty, and it opens"), |v| switch(v, Effect::EmptyAad)),
    row("tampered", V3_NOTICES, A_SWITCH, Word::new("密文被改过，签名正确，不能解密", "The ciphertext is changed, rightly signed, and does not open"), |v| switch(v, Effect::Tampered)),
    row("abnormal", PAY, A_SWITCH, Word::new("退款异常：退不回原账户", "The refund is abnormal: it cannot go back to where it came from"), |v| switch(v, Effect::Abnormal)),
];

/// The code to refuse with.
pub(in crate::mock) fn code(effects: &[Effect], kind: Kind) -> Option<&str> {
    effects.iter().find_map(|effect| match effect {
        Effect::Code(code) if code == "SYSTEMERROR" && kind == Kind::Oa => Some("-1"),
        Effect::Code(code) => Some(code.as_str()),
        Effect::TooOften if kind == Kind::Oa => Some("45011"),
        Effect::TooOften => Some("FREQUENCY_LIMITED"),
        _ => None,
    })
}

/// The code to answer with when all is done.
pub(in crate::mock) fn code_after(effects: &[Effect]) -> Option<&str> {
    effects.iter().find_map(|effect| if let Effect::CodeAfter(code) = effect { Some(&**code) } else { None })
}

/// What happens to the token that the call shows.
pub(in crate::mock) fn token_end(effects: &[Effect]) -> Option<End> {
    effects.iter().find_map(|effect| if let Effect::Token(end) = effect { Some(*end) } else { None })
}

/// How long to wait.
pub(in crate::mock) fn delay(effects: &[Effect]) -> Option<Duration> {
    let ms = effects.iter().find_map(|effect| if let Effect::Delay(ms) = effect { Some(*ms) } else { None });
    ms.map(Duration::from_millis)
}

/// How the connection ends, and whether the work is done first.
pub(in crate::mock) fn ending(effects: &[Effect]) -> Option<(Ending, Moment)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Drop(moment) => Some((Ending::Closed, *moment)),
        Effect::Reset(moment) => Some((Ending::Reset, *moment)),
        Effect::Cut => Some((Ending::Cut, Moment::After)),
        _ => None,
    })
}

fn is_true(value: &Value) -> bool {
    value == &Value::Bool(true)
}

fn switch(value: &Value, effect: Effect) -> Option<Effect> {
    is_true(value).then_some(effect)
}

/// A code is short: it comes back in replies and logs.
fn text(value: &Value) -> Option<String> {
    let text = value.as_str().map(str::to_owned).or_else(|| value.as_i64().map(|n| n.to_string()));
    text.filter(|text| !text.is_empty() && text.len() <= 64)
}

fn moment(value: &Value) -> Option<Moment> {
    match value {
        Value::Bool(true) => Some(Moment::After),
        Value::String(text) if text == "before" => Some(Moment::Before),
        Value::String(text) if text == "after" => Some(Moment::After),
        _ => None,
    }
}

/// A second, in milliseconds.
const SECOND: f64 = 1000.0;
/// Ten minutes are the most: a forgotten fault must not hold a connection for ever.
const LONGEST: f64 = 600.0 * SECOND;

/// A time as it is written in a query.
pub(super) fn duration(text: &str) -> Option<Duration> {
    time(&text.into(), SECOND).map(Duration::from_millis)
}

/// Milliseconds; a number without a unit has this one, in milliseconds too.
fn time(value: &Value, bare: f64) -> Option<u64> {
    let (number, unit) = match value {
        Value::String(text) => {
            let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            (number.parse::<f64>().ok()?, &text[number.len()..])
        }
        other => (other.as_f64()?, ""),
    };
    let unit = match unit {
        "" => bare,
        "ms" => 1.0,
        "s" => SECOND,
        "m" => 60.0 * SECOND,
        _ => return None,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and ten minutes")]
    (number >= 0.0).then(|| (number * unit).round().min(LONGEST) as u64)
}

fn copies(value: &Value) -> Option<u64> {
    if is_true(value) { Some(1) } else { value.as_u64().filter(|n| (1..=100).contains(n)) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn times_have_units() {
        let read = |value: Value| time(&value, SECOND);
        assert_eq!(read(json!(3)), Some(3000), "a number without a unit is seconds");
        assert_eq!(read(json!(0.25)), Some(250));
        assert_eq!(read(json!("500ms")), Some(500));
        assert_eq!(read(json!("1.5s")), Some(1500));
        assert_eq!(read(json!("2m")), Some(120_000));
        assert_eq!(read(json!("9999999m")), Some(600_000));
        assert_eq!(time(&json!(20), 1.0), Some(20));
        assert_eq!(time(&json!("20s"), 1.0), Some(20_000));
        for bad in [json!("2h"), json!("s"), json!(-1), json!(""), json!("1 s"), json!("nan"), json!(true)] {
            assert_eq!(read(bad.clone()), None, "{bad}");
        }
    }

    #[test]
    fn every_effect_of_the_table_can_be_asked_for() {
        let values = [json!(true), json!(200), json!("500ms")];
        for row in EFFECTS {
            assert!(values.iter().any(|value| (row.read)(value).is_some()), "{}", row.name);
            assert!(!row.fits.is_empty(), "{}", row.name);
        }
    }
}
