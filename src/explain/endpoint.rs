//! What is special about the signatures of single calls of pay v2: fields that
//! must not be sent, and replies that carry no signature. Comes in: the fields of
//! a message; goes out: the [`Rule`] of its call. Where a call is not told by its
//! fields there is no rule.

use crate::api::Word;
use crate::wire::Fields;

/// The rule of one kind of call.
pub(super) struct Rule {
    /// Fields by which a request is told: all of one list.
    request: &'static [&'static [&'static str]],
    /// Fields that no such request has.
    lacks: &'static [&'static str],
    /// Fields by which a reply is told: all of one list.
    reply: &'static [&'static [&'static str]],
    /// What must not be sent, signed or not.
    pub(super) not_sent: &'static [&'static str],
    /// What to do about that.
    pub(super) fix: Word,
    /// What to say about a reply.
    pub(super) unsigned: Word,
}

/// Which of the two a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// To WeChat.
    Request,
    /// From WeChat.
    Reply,
}

/// The rules; the first that fits is the one. Facts: three reports of 签名错误 for
/// `sign_type` in red packets and transfers, and the pages of these calls, none of
/// which has `sign` in its reply.
static RULES: &[Rule] = &[
    Rule {
        request: &[&["wxappid", "mch_billno"], &["mch_billno", "bill_type"]],
        lacks: &[],
        reply: &[&["mch_billno"]],
        not_sent: &["sign_type"],
        fix: Word::new(
            "红包接口不要发送 sign_type（签不签它微信都会报签名错误）：删掉它，用 MD5 签其余字段",
            "do not send sign_type with red packets (WeChat refuses it, signed or not): remove it, and sign the other fields with MD5",
        ),
        unsigned: Word::new(
            "红包接口的返回里没有 sign：这份返回不用验签",
            "replies of the red packet calls carry no sign: there is nothing to verify here",
        ),
    },
    Rule {
        request: &[
            &["mch_appid", "partner_trade_no"],
            &["partner_trade_no", "enc_bank_no"],
            &["partner_trade_no", "mch_id"],
        ],
        lacks: &[],
        reply: &[&["partner_trade_no"]],
        not_sent: &["sign_type"],
        fix: Word::new(
            "企业付款接口不要发送 sign_type（签不签它微信都会报签名错误）：删掉它，用 MD5 签其余字段",
            "do not send sign_type with transfers (WeChat refuses it, signed or not): remove it, and sign the other fields with MD5",
        ),
        unsigned: Word::new(
            "企业付款接口的返回里没有 sign：这份返回不用验签",
            "replies of the transfer calls carry no sign: there is nothing to verify here",
        ),
    },
    Rule {
        request: &[&["auth_code", "mch_id"]],
        lacks: &["out_trade_no", "total_fee", "body"],
        // Its reply is signed as most are.
        reply: &[],
        not_sent: &["sign_type"],
        fix: Word::new(
            "authcodetoopenid 不要发送 sign_type：删掉它，用 MD5 签其余字段",
            "do not send sign_type with authcodetoopenid: remove it, and sign the other fields with MD5",
        ),
        unsigned: Word::new("", ""),
    },
];

/// The rule of the call that a message belongs to, and which way it goes.
pub(super) fn rule(fields: &Fields) -> Option<(&'static Rule, Way)> {
    let has = |name: &&str| fields.get(name).is_some();
    let is = |lists: &[&[&str]]| lists.iter().any(|all| all.iter().all(has));
    let way = if has(&"return_code") { Way::Reply } else { Way::Request };
    let told_by = |rule: &&Rule| match way {
        Way::Reply => is(rule.reply),
        Way::Request => is(rule.request) && !rule.lacks.iter().any(has),
    };
    RULES.iter().find(told_by).map(|rule| (rule, way))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> Option<(&'static str, Way)> {
        let fields: Fields = names.iter().map(|name| (*name, "1")).collect();
        rule(&fields).map(|(rule, way)| (rule.unsigned.en, way))
    }

    #[test]
    fn calls_are_told_by_their_fields() {
        let (packet, _) = of(&["wxappid", "mch_billno", "re_openid", "total_amount"]).unwrap();
        assert!(packet.contains("red packet"));
        assert_eq!(of(&["wxappid", "mch_billno", "amt_type"]), Some((packet, Way::Request)), "a group's");
        assert_eq!(
            of(&["wxappid", "mch_billno", "notify_way"]),
            Some((packet, Way::Request)),
            "a mini program's"
        );
        assert_eq!(of(&["return_code", "mch_billno"]), Some((packet, Way::Reply)));
        let (transfer, _) = of(&["mch_appid", "mchid", "partner_trade_no", "check_name"]).unwrap();
        assert!(transfer.contains("transfer"));
        assert_eq!(of(&["return_code", "partner_trade_no", "payment_no"]), Some((transfer, Way::Reply)));
        assert_eq!(of(&["appid", "mch_id", "out_trade_no", "sign_type"]), None);
        let code = ["appid", "mch_id", "auth_code", "sign_type"];
        assert_eq!(
            rule(&code.iter().map(|name| (*name, "1")).collect()).map(|(_, way)| way),
            Some(Way::Request)
        );
        assert_eq!(of(&["appid", "mch_id", "auth_code", "out_trade_no", "total_fee"]), None);
    }
}
